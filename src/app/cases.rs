//! The worked cases that come with the program.

/// A worked case.
#[derive(Clone, Copy, Debug)]
pub struct BundledCase {
    /// Its file name.
    pub file: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub teaches: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

/// All worked cases, the best to begin with first.
pub const CASES: &[BundledCase] = &[
    BundledCase {
        file: "opm-anthem.ron",
        title: "OPM and Anthem: one hand or several?",
        teaches: "Many voices: contradiction, refinement, contested names, and a hedge that was lost on the way.",
        bytes: include_bytes!("../../saves/opm-anthem.ron"),
    },
    BundledCase {
        file: "china-airlines-2020.ron",
        title: "China airlines 2020: which overseas service?",
        teaches: "A ministry that names no country, and reports of earlier years that are not about this.",
        bytes: include_bytes!("../../saves/china-airlines-2020.ron"),
    },
    BundledCase {
        file: "turbine-panda-c919.ron",
        title: "Turbine Panda and the C919: who ran the campaign?",
        teaches: "A joint charge, denials, roles, and a link between a cluster and a bureau that you can switch.",
        bytes: include_bytes!("../../saves/turbine-panda-c919.ron"),
    },
];
