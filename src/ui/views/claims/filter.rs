//! What is typed into the filter field: words, each of which must be found, and `field:value`.

use super::columns::Column;

/// What rows are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// Where to look; everywhere where it is `None`.
    column: Option<Column>,
    /// What to find, in lower case.
    text: String,
    /// Whether it must be found, or must not.
    is_wanted: bool,
}

/// What a filter looks into: the values of one row in lower case.
pub trait Haystack {
    /// All values, apart from one another.
    fn all(&self) -> &str;

    /// The value of a column.
    fn of(&self, column: Column) -> &str;
}

impl Filter {
    /// Reads a filter. Words are parted by spaces; quotes hold several together; a minus in front excludes; the name
    /// of a column and a colon in front look there only. Any text is a filter.
    pub fn parse(text: &str) -> Self {
        let mut terms = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (word, after) = next_word(rest);
            rest = after.trim_start();
            if let Some(term) = Term::parse(&word) {
                terms.push(term);
            }
        }
        Self { terms }
    }

    /// Whether it keeps a row.
    pub fn keeps(&self, row: &impl Haystack) -> bool {
        self.terms.iter().all(|term| {
            let text = term.column.map_or_else(|| row.all(), |column| row.of(column));
            text.contains(term.text.as_str()) == term.is_wanted
        })
    }
}

impl Term {
    fn parse(word: &str) -> Option<Self> {
        let (is_wanted, word) = match word.strip_prefix('-') {
            Some(word) => (false, word),
            None => (true, word),
        };
        let (column, value) = match word.split_once(':') {
            Some((field, value)) => match column_named(field) {
                Some(column) => (Some(column), value),
                None => (None, word),
            },
            None => (None, word),
        };
        let text: String = value.chars().filter(|letter| *letter != '"').collect::<String>().to_lowercase();
        (!text.is_empty()).then_some(Self { column, text, is_wanted })
    }
}

/// The first word with the quotes left in, and what follows.
fn next_word(text: &str) -> (String, &str) {
    let mut is_quoted = false;
    for (place, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            _ if letter.is_whitespace() && !is_quoted => {
                let (word, rest) = text.split_at(place);
                return (word.to_owned(), rest);
            }
            _ => {}
        }
    }
    (text.to_owned(), "")
}

/// The column that a field name means: the start of its name is enough.
fn column_named(field: &str) -> Option<Column> {
    let field = field.to_lowercase();
    if field.is_empty() {
        return None;
    }
    let exact = Column::ALL.into_iter().find(|column| column.filter_name() == field);
    exact.or_else(|| {
        Column::ALL.into_iter().find(|column| {
            column.filter_name().starts_with(&field) || column.label().to_lowercase().starts_with(&field)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row;

    impl Haystack for Row {
        fn all(&self) -> &str {
            "crowdstrike\u{1}denies\u{1}opm breach\u{1}jssd + axiom"
        }

        fn of(&self, column: Column) -> &str {
            match column {
                Column::Source => "crowdstrike",
                Column::Stance => "denies",
                Column::Incident => "opm breach",
                Column::Says => "jssd + axiom",
                _ => "",
            }
        }
    }

    #[test]
    fn every_word_must_be_found_where_it_is_looked_for() {
        let check = |filter: &str, expect: bool| {
            assert_eq!(Filter::parse(filter).keeps(&Row), expect, "{filter}");
        };
        check("", true);
        check("   ", true);
        check("CROWD", true);
        check("crowd opm", true);
        check("crowd anthem", false);
        check("source:crowd stance:denies incident:opm", true);
        check("source:opm", false);
        check("says:axiom", true);
        check("actor:\"jssd + axiom\"", true);
        check("\"opm breach\"", true);
        check("\"breach opm\"", false);
        check("-anthem", true);
        check("-stance:denies", false);
        check("http://x", false);
        check("src:", false);
        check("source:", true);
        check("\"", true);
        check(":", false);
        check("-", true);
    }
}
