//! Finding records by a few letters of their names, a part of a large assessment in each frame.

use std::collections::BTreeSet;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::edit::Revision;
use crate::model::{AnyId, Kind, Record};
use crate::ui::{Action, ViewContext};

/// How many names are made in a frame, about a millisecond's worth.
const NAMED_PER_FRAME: usize = 2_000;
/// How many names are compared in a frame, a few milliseconds' worth.
const COMPARED_PER_FRAME: usize = 20_000;
/// How many results are kept.
const KEPT: usize = 60;

/// A search that goes on over several frames.
#[derive(Debug, Default)]
pub struct Search {
    revision: Option<Revision>,
    ids: Vec<AnyId>,
    /// The names of the first records in `ids`.
    names: Vec<String>,
    query: String,
    compared: usize,
    /// The best results so far: how bad (so that the best stands first), and the place in `ids`.
    best: BTreeSet<(u32, usize)>,
}

/// The order in which records are searched, so that the few that everything hangs on are found before the many claims.
const ORDER: &[Kind] = &[
    Kind::Incident,
    Kind::Actor,
    Kind::Source,
    Kind::Hypothesis,
    Kind::Document,
    Kind::Evidence,
    Kind::Analyst,
    Kind::Assumption,
    Kind::Indicator,
    Kind::Judgement,
    Kind::Claim,
];

impl Search {
    /// Searches on; whether there is more to search.
    pub fn advance(&mut self, cx: &ViewContext<'_>, query: &str) -> bool {
        if self.revision != Some(cx.revision) {
            *self = Self { revision: Some(cx.revision), ids: all_ids(cx), ..Self::default() };
        }
        if self.query != query {
            query.clone_into(&mut self.query);
            self.compared = 0;
            self.best.clear();
        }
        for id in self.ids.iter().skip(self.names.len()).take(NAMED_PER_FRAME) {
            self.names.push(searched_name(cx, *id));
        }
        self.compare();
        self.compared < self.ids.len()
    }

    /// The best results so far, best first.
    pub fn best(&self) -> impl Iterator<Item = AnyId> + '_ {
        self.best.iter().filter_map(|(_, place)| self.ids.get(*place).copied())
    }

    fn compare(&mut self) {
        let pattern = pattern(&self.query);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let end = self.names.len().min(self.compared + COMPARED_PER_FRAME);
        for place in self.compared..end {
            let Some(name) = self.names.get(place) else { break };
            if let Some(score) = pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher) {
                self.best.insert((u32::MAX - score, place));
                if self.best.len() > KEPT {
                    self.best.pop_last();
                }
            }
        }
        self.compared = end;
    }
}

/// The actions whose names match, best first.
pub fn actions(query: &str, named: &[(Action, String)]) -> Vec<Action> {
    let pattern = pattern(query);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, Action)> = named
        .iter()
        .filter_map(|(action, name)| {
            let score = pattern.score(Utf32Str::new(name, &mut buffer), &mut matcher)?;
            Some((u32::MAX - score, *action))
        })
        .collect();
    found.sort_by_key(|(badness, _)| *badness);
    found.into_iter().map(|(_, action)| action).collect()
}

fn pattern(query: &str) -> Pattern {
    Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart)
}

fn all_ids(cx: &ViewContext<'_>) -> Vec<AnyId> {
    let all = cx.assessment;
    let mut ids = Vec::with_capacity(Kind::ALL.iter().map(|kind| all.count(*kind)).sum());
    for kind in ORDER {
        match kind {
            Kind::Incident => ids.extend(all.incidents.ids().map(AnyId::from)),
            Kind::Actor => ids.extend(all.actors.ids().map(AnyId::from)),
            Kind::Source => ids.extend(all.sources.ids().map(AnyId::from)),
            Kind::Hypothesis => ids.extend(all.hypotheses.ids().map(AnyId::from)),
            Kind::Document => ids.extend(all.documents.ids().map(AnyId::from)),
            Kind::Evidence => ids.extend(all.evidence.ids().map(AnyId::from)),
            Kind::Analyst => ids.extend(all.analysts.ids().map(AnyId::from)),
            Kind::Assumption => ids.extend(all.assumptions.ids().map(AnyId::from)),
            Kind::Indicator => ids.extend(all.indicators.ids().map(AnyId::from)),
            Kind::Judgement => ids.extend(all.judgements.ids().map(AnyId::from)),
            Kind::Claim => ids.extend(all.claims.ids().map(AnyId::from)),
            Kind::Rating | Kind::Comment | Kind::Exercise | Kind::Outcome => {}
        }
    }
    ids
}

/// The name of a record; for actors with the aliases after it.
fn searched_name(cx: &ViewContext<'_>, id: AnyId) -> String {
    match cx.assessment.record(id) {
        Some(Record::Actor(actor)) if !actor.aliases.is_empty() => {
            let aliases = actor.aliases.iter().map(|alias| alias.name.as_str());
            format!("{} {}", actor.name, aliases.collect::<Vec<_>>().join(" "))
        }
        Some(record) => cx.assessment.name_of_record(&record),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_found_by_a_few_letters() {
        let named: Vec<(Action, String)> =
            Action::ALL.iter().map(|action| (*action, action.label().to_owned())).collect();
        let check = |query: &str, expect: Action| {
            assert_eq!(actions(query, &named).first(), Some(&expect), "{query}");
        };
        check("add cl", Action::AddClaim);
        check("undo", Action::Undo);
        check("spl", Action::SplitView);
        check("DISAGREE", Action::Show(crate::ui::views::ViewKind::Disagreement));
        assert!(actions("qzxqzx", &named).is_empty());
    }
}
