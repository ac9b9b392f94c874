//! How wide an actor is, as a word in a table.

use super::super::cells::{Fault, choice};
use crate::model::ActorLevel;

/// The word of a level in a table.
pub(super) const fn level_word(level: ActorLevel) -> &'static str {
    match level {
        ActorLevel::Class => "class",
        ActorLevel::State => "state",
        ActorLevel::Service => "service",
        ActorLevel::Unit => "unit",
        ActorLevel::Cluster => "cluster",
        ActorLevel::Organisation => "organisation",
        ActorLevel::Person => "person",
    }
}

/// Reads a level: its word, or its name in the window.
pub(super) fn level(cell: &str) -> Result<Option<ActorLevel>, Fault> {
    let named = ActorLevel::ALL.iter().find(|level| level.label().eq_ignore_ascii_case(cell.trim()));
    match named {
        Some(level) => Ok(Some(*level)),
        None => choice(cell, ActorLevel::ALL, level_word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_by_word_or_label() {
        let check =
            |cell: &str, expect: Option<ActorLevel>| assert_eq!(level(cell).ok().flatten(), expect, "{cell}");
        check("Service or agency", Some(ActorLevel::Service));
        check("service", Some(ActorLevel::Service));
        check("organization", Some(ActorLevel::Organisation));
        check("cl", None);
        check("clu", Some(ActorLevel::Cluster));
        check("galaxy", None);
        for value in ActorLevel::ALL {
            check(level_word(*value), Some(*value));
        }
    }
}
