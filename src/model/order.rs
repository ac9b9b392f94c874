//! The order in which records stand: by name, unless an analyst has put them elsewhere.
//!
//! A record that was moved says what it is sorted as, a text between the names of its neighbours. So a move changes one
//! record, and the moves of two people merge.

use super::{AnyId, Assessment, Entity, Id, Kind, Record};

impl Kind {
    /// Whether records of this kind can be put into an order by hand. Actors stand in their hierarchy.
    pub const fn has_order(self) -> bool {
        matches!(self, Self::Incident | Self::Source | Self::Evidence | Self::Hypothesis | Self::Assumption)
    }
}

impl Record {
    /// What it is sorted as, where that is not its name.
    pub fn sorted_as(&self) -> Option<&str> {
        let text = match self {
            Self::Incident(it) => &it.sorted_as,
            Self::Source(it) => &it.sorted_as,
            Self::Evidence(it) => &it.sorted_as,
            Self::Hypothesis(it) => &it.sorted_as,
            Self::Assumption(it) => &it.sorted_as,
            _ => return None,
        };
        Some(text.as_str()).filter(|text| !text.is_empty())
    }

    /// The same record, sorted as `text`, or by its name where that is empty; `None` for a kind without an order.
    #[must_use]
    pub fn sorting_as(&self, text: String) -> Option<Self> {
        Some(match self {
            Self::Incident(it) => super::Incident { sorted_as: text, ..(**it).clone() }.into_record(),
            Self::Source(it) => super::Source { sorted_as: text, ..(**it).clone() }.into_record(),
            Self::Evidence(it) => super::Evidence { sorted_as: text, ..(**it).clone() }.into_record(),
            Self::Hypothesis(it) => super::Hypothesis { sorted_as: text, ..(**it).clone() }.into_record(),
            Self::Assumption(it) => super::Assumption { sorted_as: text, ..(**it).clone() }.into_record(),
            _ => return None,
        })
    }
}

impl Assessment {
    /// What a record is sorted by among those of its kind; of two with the same the identifiers decide.
    pub fn sort_key(&self, id: impl Into<AnyId>) -> String {
        let Some(record) = self.record(id.into()) else { return String::new() };
        match record.sorted_as() {
            Some(text) => text.to_owned(),
            None => self.name_of_record(&record).to_lowercase(),
        }
    }

    /// All records of a kind in their order.
    pub fn in_order<T: Entity>(&self) -> Vec<Id<T>> {
        let mut ids: Vec<Id<T>> = T::table(self).ids().collect();
        ids.sort_by_cached_key(|id| (self.sort_key(*id), *id));
        ids
    }

    /// The record as it is when it stands between two others, or at an end; `None` for a kind without an order.
    pub fn moved_between(&self, id: AnyId, before: Option<AnyId>, after: Option<AnyId>) -> Option<Record> {
        let low = before.map(|id| self.sort_key(id)).unwrap_or_default();
        let high = after.map(|id| self.sort_key(id));
        self.record(id)?.sorting_as(between(&low, high.as_deref()))
    }
}

/// A short text that sorts after `low` and before `high`. Where nothing does, since they are equal, one after both.
pub fn between(low: &str, high: Option<&str>) -> String {
    let mut text = String::new();
    let mut low = low.chars();
    let mut high = high.map(str::chars);
    loop {
        let a = low.next();
        let Some(above) = &mut high else {
            // Anything that is greater than the rest of `low` will do.
            let next = a.map_or(Some('m'), |a| char_between(a, '{'));
            text.push(next.or(a).unwrap_or('m'));
            if next.is_some() {
                return text;
            }
            continue;
        };
        let Some(b) = above.next() else {
            text.extend(a.into_iter().chain(low));
            text.push('m');
            return text;
        };
        match a {
            Some(a) if a == b => text.push(a),
            Some(a) if a > b => {
                text.push(a);
                text.extend(low);
                text.push('m');
                return text;
            }
            _ => {
                if let Some(middle) = char_between(a.unwrap_or(' '), b) {
                    text.push(middle);
                    return text;
                }
                // They are neighbours: what begins as the lower one is below the upper one, however it goes on.
                text.push(a.unwrap_or(b));
                if a.is_some() {
                    high = None;
                }
            }
        }
    }
}

/// A character between two others; a letter where possible.
fn char_between(low: char, high: char) -> Option<char> {
    if low < 'm' && 'm' < high {
        return Some('m');
    }
    let middle = char::from_u32(u32::midpoint(low.into(), high.into()))?;
    (low < middle && middle < high).then_some(middle)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Header, Incident, Nameable, Uuid};
    use super::*;

    #[test]
    fn a_text_is_found_between_two_others() {
        let check = |low: &str, high: Option<&str>, expect: &str| {
            let found = between(low, high);
            assert_eq!(found, expect, "{low} … {high:?}");
            assert!(*low < *found && high.is_none_or(|high| *found < *high), "{low} < {found} < {high:?}");
        };
        check("", None, "m");
        check("", Some("axiom"), "@");
        check("axiom", Some("china"), "b");
        check("ab", Some("ac"), "abm");
        check("a", Some("ab"), "aA");
        check("zebra", None, "zm");
        check("中", Some("国"), "\u{5295}");
        check("国", Some("国家"), "国m");
    }

    #[test]
    fn what_is_moved_stands_where_it_was_put() {
        let id = |number: u128| Id::<Incident>::new(Uuid::from_u128(number));
        let names = ["Alpha", "beta", "Gamma", "delta"];
        let records = (1..).zip(names).map(|(number, name)| Incident::named(id(number), name.to_owned()));
        let mut assessment = Assessment::from_records(Header::default(), records.map(Entity::into_record));
        assert_eq!(assessment.in_order::<Incident>(), [id(1), id(2), id(4), id(3)]);
        for (before, after) in [(Some(1), Some(2)), (None, Some(1)), (Some(4), None), (Some(1), Some(2))] {
            let any = |number: u128| AnyId::from(id(number));
            let moved = assessment.moved_between(any(3), before.map(any), after.map(any));
            assessment.put(moved.expect("incidents have an order"));
            let order = assessment.in_order::<Incident>();
            let place = order.iter().position(|other| *other == id(3)).expect("it is there");
            let before_it = place.checked_sub(1).and_then(|place| order.get(place).copied());
            assert_eq!(before_it, before.map(id));
            assert_eq!(order.get(place + 1).copied(), after.map(id));
        }
        let back = assessment.record(id(3).into()).expect("it is there").sorting_as(String::new());
        assessment.put(back.expect("incidents have an order"));
        assert_eq!(assessment.in_order::<Incident>(), [id(1), id(2), id(4), id(3)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_sorts_between_any_two_names(a in "[ -~a-zäß国]{0,6}", b in "[!-~a-zäß国]{1,6}") {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            let found = between(&low, Some(&high));
            prop_assert!(low < found, "{low:?} < {found:?}");
            // There is nothing between a text and the same with the least of all characters behind it.
            let has_room = low != high && !high.strip_prefix(&*low).is_some_and(|rest| rest.chars().all(|it| it <= '!'));
            prop_assert!(!has_room || found < high, "{found:?} < {high:?}");
            prop_assert!(between(&low, None) > low);
        }
    }
}
