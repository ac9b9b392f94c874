//! The worked cases that come with the program.

use crate::ui::panels::CaseCard;

/// A worked case.
#[derive(Clone, Copy, Debug)]
pub struct BundledCase {
    /// What the welcome page shows of it.
    pub card: &'static CaseCard,
    /// The file.
    pub bytes: &'static [u8],
}

/// What the welcome page shows of the worked cases, the best to begin with first. The counts stand here, so that no file has to be
/// read before the first frame; a test holds them.
pub const CARDS: &[CaseCard] = &[OPM, CHINA_AIRLINES, TURBINE_PANDA];

const OPM: CaseCard = CaseCard {
    file: "opm-anthem.ron",
    title: "OPM and Anthem: one hand or several?",
    teaches: "Many voices: contradiction, refinement, contested names, and a hedge that was lost on the way",
    claims: 36,
    sources: 43,
    incidents: 4,
};

const CHINA_AIRLINES: CaseCard = CaseCard {
    file: "china-airlines-2020.ron",
    title: "China airlines 2020: which overseas service?",
    teaches: "A ministry that names no country, and reports of earlier years that are not about this",
    claims: 12,
    sources: 21,
    incidents: 1,
};

const TURBINE_PANDA: CaseCard = CaseCard {
    file: "turbine-panda-c919.ron",
    title: "Turbine Panda and the C919: who ran the campaign?",
    teaches: "A joint charge, denials, roles, and a link between a cluster and a bureau that you can switch",
    claims: 19,
    sources: 21,
    incidents: 6,
};

/// All worked cases.
pub const CASES: &[BundledCase] = &[
    BundledCase { card: &OPM, bytes: include_bytes!("../../saves/opm-anthem.ron") },
    BundledCase { card: &CHINA_AIRLINES, bytes: include_bytes!("../../saves/china-airlines-2020.ron") },
    BundledCase { card: &TURBINE_PANDA, bytes: include_bytes!("../../saves/turbine-panda-c919.ron") },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cards_say_what_is_in_the_files() {
        for case in CASES {
            let assessment = crate::store::parse(case.bytes).assessment.expect(case.card.file);
            let counts = (assessment.claims.len(), assessment.sources.len(), assessment.incidents.len());
            let card = case.card;
            assert_eq!((card.claims, card.sources, card.incidents), counts, "counts of {}", card.file);
        }
        assert_eq!(CARDS.len(), CASES.len());
    }
}
