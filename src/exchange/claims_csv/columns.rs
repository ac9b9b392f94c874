//! The columns of a table of claims.

/// Defines the columns with the names that stand in the header.
macro_rules! columns {
    ($($(#[doc = $doc:literal])+ $column:ident => $name:literal,)+) => {
        /// A column of a table of claims. Only source, incident and actor are required.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[doc = $doc])+ $column,)+ }

        impl Column {
            /// All columns, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$column,)+];

            /// Its name in the header.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$column => $name,)+ }
            }

            /// What stands in it, for people.
            pub fn about(self) -> String {
                let about = match self { $(Self::$column => concat!($($doc),+),)+ };
                about.trim().trim_end_matches('.').to_owned()
            }
        }
    };
}

columns! {
    /// The identifier of the claim; a UUID is kept, anything else names the row within this table.
    Id => "id",
    /// Who says it.
    Source => "source",
    /// What kind of party the source is.
    SourceKind => "source_kind",
    /// How reliable the source is, A to F; where it differs from the source's grade it holds for this claim alone.
    Reliability => "reliability",
    /// What happened; may be empty where two actors are linked.
    Incident => "incident",
    /// When the incident began.
    IncidentStart => "incident_start",
    /// When the incident ended.
    IncidentEnd => "incident_end",
    /// What kind of claim it is: attribution, same-actor, belongs-to.
    Proposition => "proposition",
    /// Who did it; several, separated by `;`, did it jointly. May be empty where the stance is declines.
    Actor => "actor",
    /// How wide the actor is; of several actors in their order, separated by `;`.
    ActorLevel => "actor_level",
    /// The wider actors that the actor is part of, separated by `;`; of several actors in their order, separated by `|`.
    BelongsTo => "belongs_to",
    /// In which role the actor took part.
    Role => "role",
    /// Whether the source asserts it, denies it, or declines to say.
    Stance => "stance",
    /// The likelihood as stated: a percentage, a range, or words.
    Likelihood => "likelihood",
    /// The confidence as stated: low, moderate or high, or the source's own words.
    Confidence => "confidence",
    /// The analyst's grade of the item, 1 to 6.
    Credibility => "credibility",
    /// When it was said.
    StatedOn => "stated_on",
    /// The beginning of the period that the claim speaks of.
    CoversFrom => "covers_from",
    /// The end of the period that the claim speaks of.
    CoversTo => "covers_to",
    /// The title of the document in which it stands.
    Document => "document",
    /// The address of the document.
    Url => "url",
    /// The page or paragraph of the document.
    Locator => "locator",
    /// The wording.
    Quote => "quote",
    /// The claims that it merely repeats: identifiers, or rows such as `row 12`, separated by `;`.
    Repeats => "repeats",
    /// Anything else worth knowing.
    Notes => "notes",
}

impl Column {
    /// The columns without which a table says nothing.
    pub const REQUIRED: [Self; 3] = [Self::Source, Self::Incident, Self::Actor];

    /// The column of a name in a header: letter case, spaces around it and the sign between words do not matter.
    pub fn from_header(name: &str) -> Option<Self> {
        let name = normal(name);
        Self::ALL.iter().copied().find(|column| column.name() == name)
    }

    /// The column whose name is nearest; `None` where all are too different to be meant.
    pub(super) fn nearest(name: &str) -> Option<Self> {
        let name = normal(name);
        Self::ALL
            .iter()
            .map(|column| (strsim::osa_distance(&name, column.name()), *column))
            .filter(|(distance, column)| *distance <= 1 + column.name().len() / 3 && *distance < name.len())
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, column)| column)
    }
}

fn normal(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_in_any_case() {
        let check = |name: &str, expect: Option<Column>, near: Option<Column>| {
            assert_eq!((Column::from_header(name), Column::nearest(name)), (expect, near), "{name}");
        };
        check(" Source-Kind ", Some(Column::SourceKind), Some(Column::SourceKind));
        check("STATED ON", Some(Column::StatedOn), Some(Column::StatedOn));
        check("likelyhood", None, Some(Column::Likelihood));
        check("sources", None, Some(Column::Source));
        check("region", None, None);
        check("x", None, None);
        check("", None, None);
    }

    #[test]
    fn the_names_are_those_of_the_contract() {
        let names: Vec<&str> = Column::ALL.iter().map(|column| column.name()).collect();
        let contract = "id,source,source_kind,reliability,incident,incident_start,incident_end,proposition,actor,actor_level,\
                        belongs_to,role,stance,likelihood,confidence,credibility,stated_on,covers_from,covers_to,document,url,\
                        locator,quote,repeats,notes";
        assert_eq!(names.join(","), contract);
    }
}
