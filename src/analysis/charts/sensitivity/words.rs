//! What a ranking hangs on, in words, and the table twin.

use super::{LeadColumn, LeadSet, SensitivityChart, TornadoEnd, TornadoRow};
use crate::analysis::Measure;
use crate::analysis::ach::hints::OverlapKind;
use crate::analysis::ach::sensitivity::{Change, Effect, LinkEffect, Overlap, Sensitivity};
use crate::analysis::charts::ChartTable;
use crate::analysis::charts::weighing_names::WeighingNames;
use crate::model::wording::lower_first;
use crate::model::{AnyId, Assessment, Evidence, Hypothesis, Id};

/// How many changes are named.
const NAMED_SETS: usize = 3;
/// Up to how many items of a set are named in the sentence.
const NAMED_ITEMS: usize = 4;

/// Evidence without which others draw level or are ahead.
struct MergedSet<'a> {
    evidence: &'a [Id<Evidence>],
    leading: Vec<Id<Hypothesis>>,
    level: Vec<Id<Hypothesis>>,
}

/// What is needed to put the results into words.
pub(super) struct Words<'a> {
    pub assessment: &'a Assessment,
    pub names: &'a WeighingNames,
    pub sensitivity: &'a Sensitivity,
}

impl Words<'_> {
    /// Why the margin of `shown` is looked at, and not that of those before it; empty where there are none.
    pub fn passed_over(&self, columns: &[LeadColumn], passed_over: &[usize], shown: Option<usize>) -> String {
        let name = |place: &usize| columns.get(*place).map(|column| column.hypothesis);
        let before: Vec<Id<Hypothesis>> = passed_over.iter().filter_map(name).collect();
        let Some(shown) = shown.as_ref().and_then(name).filter(|_| !before.is_empty()) else {
            return String::new();
        };
        let margin = if before.len() == 1 { "margin" } else { "margins" };
        format!(
            "No single change moves the {margin} of {}; shown is the next, {}",
            self.names.list(&before),
            self.names.hypothesis(shown)
        )
    }

    /// What the lead rests on, such as "The lead of H2 rests on E2 and E3 together: without them H3 draws level".
    pub fn lead(&self, columns: &[LeadColumn]) -> String {
        let Some(leader) = self.sensitivity.leader else {
            let first: Vec<Id<Hypothesis>> = columns
                .iter()
                .filter(|column| column.rank == Some(1))
                .map(|column| column.hypothesis)
                .collect();
            return if first.is_empty() {
                "No hypothesis has a score yet: nothing is rated".to_owned()
            } else {
                format!("{} share the first rank: there is no lead to lose", self.names.list(&first))
            };
        };
        let leader = self.names.hypothesis(leader);
        if self.sensitivity.margin.is_err() {
            return format!("{leader} is the only hypothesis with a score: there is nothing to lead");
        }
        let Some(smallest) = &self.sensitivity.smallest else {
            return format!("No evidence could be left out to take the lead from {leader}");
        };
        let sets = self.merged_sets();
        let what = match sets.as_slice() {
            [] => format!("{} items together", smallest.size),
            [set] => {
                let (items, count) = (self.names.evidence_list(set.evidence), set.evidence.len());
                let outcome = self.set_outcome(set);
                match count {
                    1 => format!("{items} alone: without it {outcome}"),
                    2..=NAMED_ITEMS => format!("{items} together: without them {outcome}"),
                    _ => format!("{count} items together: without them {outcome}"),
                }
            }
            sets if smallest.is_complete => {
                let many = sets.len();
                match smallest.size {
                    1 => format!("each of {many} items: without one of them {leader} is not alone in front"),
                    2 => format!(
                        "each of {many} pairs of items: without one pair {leader} is not alone in front"
                    ),
                    size => format!(
                        "each of {many} sets of {size} items: without one set {leader} is not alone in front"
                    ),
                }
            }
            _ => format!("{} items together; fewer do not take it away", smallest.size),
        };
        format!("The lead of {leader} rests on {what}")
    }

    /// The smallest sets, those of several challengers once.
    fn merged_sets(&self) -> Vec<MergedSet<'_>> {
        let mut merged: Vec<MergedSet<'_>> = Vec::new();
        for set in self.sensitivity.smallest.iter().flat_map(|smallest| &smallest.sets) {
            let place = merged.iter().position(|other| other.evidence == set.evidence).unwrap_or_else(|| {
                let evidence = &set.evidence;
                merged.push(MergedSet { evidence, leading: Vec::new(), level: Vec::new() });
                merged.len() - 1
            });
            if let Some(set_of_all) = merged.get_mut(place) {
                let list = if set.takes_lead { &mut set_of_all.leading } else { &mut set_of_all.level };
                list.extend(set.challenger);
            }
        }
        merged
    }

    fn set_outcome(&self, set: &MergedSet<'_>) -> String {
        let (ids, one, many) = match (set.leading.as_slice(), set.level.as_slice()) {
            ([], []) => return "nothing is rated any more".to_owned(),
            ([], level) => (level, "draws level", "draw level"),
            (leading, _) => (leading, "is ahead", "are ahead"),
        };
        format!("{} {}", self.names.list(ids), if ids.len() == 1 { one } else { many })
    }

    /// The smallest sets, each in words.
    pub fn sets(&self) -> Vec<LeadSet> {
        let said = |set: &MergedSet<'_>| {
            let mut evidence = set.evidence.to_vec();
            evidence.sort_by_key(|id| self.names.place(*id));
            LeadSet { names: self.names.evidence_list(&evidence), evidence, outcome: self.set_outcome(set) }
        };
        self.merged_sets().iter().map(said).collect()
    }

    /// What the single changes do, such as "No single item, source or grade ends the lead of H2" or "3 single changes take
    /// the lead from H2, such as without E2"; where several share the first rank, what parts them.
    pub fn singles(&self, rows: &[TornadoRow]) -> String {
        match (self.sensitivity.leader, self.sensitivity.leaders.as_slice()) {
            (Some(_), _) if self.sensitivity.margin.is_ok() => {}
            (None, [_, _, ..]) => {}
            _ => return String::new(),
        }
        let ends = rows.iter().flat_map(|row| row.ends.iter().map(move |end| (row, end)));
        let flips: Vec<_> = ends
            .filter(|(_, end)| {
                end.changes_leader && (self.sensitivity.leader.is_some() || !end.leaders.is_empty())
            })
            .collect();
        let (does, whom) = match self.sensitivity.leader {
            // Where the leader still shares the first rank, or nothing is rated, the lead is gone and nobody else has it.
            Some(leader)
                if flips.is_empty()
                    || flips
                        .iter()
                        .any(|(_, end)| end.leaders.is_empty() || end.leaders.contains(&leader)) =>
            {
                ("end", format!("the lead of {}", self.names.hypothesis(leader)))
            }
            Some(leader) => ("take", format!("the lead from {}", self.names.hypothesis(leader))),
            None => ("part", "them".to_owned()),
        };
        let flips: Vec<String> = flips
            .into_iter()
            .map(|(row, end)| {
                let what = match end.change {
                    Change::Without(_) | Change::WithoutSource(_) => lower_first(&row.what),
                    _ => format!("{} {}", lower_first(&row.what), end.label),
                };
                // Nobody takes the lead then.
                if end.leaders.is_empty() { format!("{what} (nothing is rated any more)") } else { what }
            })
            .collect();
        match flips.as_slice() {
            [] => format!("No single item, source or grade {does}s {whom}"),
            [one] => format!("One single change {does}s {whom}: {one}"),
            many if many.len() <= NAMED_SETS => {
                format!("{} single changes {does} {whom}: {}", many.len(), many.join("; "))
            }
            many => {
                let named = many.iter().take(NAMED_SETS).cloned().collect::<Vec<_>>().join("; ");
                format!("{} single changes {does} {whom}, such as {named}", many.len())
            }
        }
    }

    /// What a change concerns, such as "Credibility of E2", and what that is.
    pub fn what(&self, change: Change) -> (String, String) {
        let evidence = |id: Id<Evidence>| self.names.evidence(id);
        let statement =
            |id: Id<Evidence>| self.assessment.get(id).map_or_else(String::new, |it| it.statement.clone());
        let source = |id| self.assessment.name_of(id);
        match change {
            Change::Without(id) => (format!("Without {}", evidence(id)), statement(id)),
            Change::With(id) => (format!("With {}", evidence(id)), statement(id)),
            Change::ItemReliability(id, _) => (format!("Reliability of {}", evidence(id)), statement(id)),
            Change::Credibility(id, _) => (format!("Credibility of {}", evidence(id)), statement(id)),
            Change::Relevance(id, _) => (format!("Relevance of {}", evidence(id)), statement(id)),
            Change::Judged(id, _) => (format!("Grade of {}", evidence(id)), statement(id)),
            Change::WithoutSource(id) => (format!("Without {}", source(id)), "all its evidence".to_owned()),
            Change::SourceReliability(id, _) => {
                (format!("Reliability of {}", source(id)), "all that inherits it".to_owned())
            }
            Change::SourceJudged(id, _) => {
                (format!("Grade of {}", source(id)), "all that inherits it".to_owned())
            }
            Change::Link(id, _) => {
                let claim = self.assessment.get(id);
                let text = claim.map_or_else(String::new, |it| self.assessment.proposition_text(it));
                let source = claim.map_or_else(String::new, |it| self.assessment.name_of(it.source));
                (format!("Link: {text}"), format!("says {source}"))
            }
        }
    }

    /// What is tried, such as "left out" or "C → B".
    pub fn tried(&self, change: Change) -> String {
        match change {
            Change::Without(_) | Change::WithoutSource(_) => "left out".to_owned(),
            Change::With(_) => "taken in".to_owned(),
            Change::Link(_, true) => "accepted".to_owned(),
            Change::Link(_, false) => "not accepted".to_owned(),
            _ => {
                change.grades(self.assessment).map_or_else(String::new, |(from, to)| format!("{from} → {to}"))
            }
        }
    }

    /// What a change does.
    pub fn outcome(&self, subject: Option<Id<Hypothesis>>, margin: &Measure, effect: &Effect) -> String {
        if effect.changes_leader {
            return match effect.leaders.as_slice() {
                [] => "nothing is rated any more".to_owned(),
                [one] if self.sensitivity.leader.is_some() => {
                    format!("{} takes the lead", self.names.hypothesis(*one))
                }
                [one] => format!("{} is alone in front", self.names.hypothesis(*one)),
                several => format!("{} share the first rank", self.names.list(several)),
            };
        }
        let subject = subject.map_or_else(String::new, |id| self.names.hypothesis(id));
        match margin {
            Ok(margin) => format!("{subject} {}", lead_words(*margin)),
            Err(undefined) => undefined.to_string(),
        }
    }

    /// What a link does: which hypotheses begin or cease to exclude each other.
    pub fn link_outcome(&self, link: &LinkEffect) -> String {
        if let Some(undefined) = &link.refused {
            return format!("cannot be accepted: {}", undefined.0);
        }
        let says = |overlap: &Overlap, is_new: bool| {
            let (first, second) = (self.names.hypothesis(overlap.0), self.names.hypothesis(overlap.1));
            let both = self.names.list(&[overlap.0, overlap.1]);
            match (overlap.2, is_new) {
                (OverlapKind::Same, true) => format!("{both} become one answer"),
                (OverlapKind::Subsumes, true) => format!("{first} becomes part of {second}"),
                (OverlapKind::Shares, true) => format!("{both} come to share members"),
                (_, false) => format!("{both} exclude each other"),
            }
        };
        let today = &self.sensitivity.overlaps;
        let begun = link.begun(today).map(|overlap| says(overlap, true));
        // Where the same two still overlap, only otherwise, nothing has ended.
        let still = |overlap: &&Overlap| {
            link.overlaps
                .iter()
                .any(|(a, b, _)| (*a, *b) == (overlap.0, overlap.1) || (*b, *a) == (overlap.0, overlap.1))
        };
        let ended = link.ended(today).filter(|overlap| !still(overlap)).map(|overlap| says(overlap, false));
        begun.chain(ended).collect::<Vec<_>>().join("; ")
    }
}

/// Whether the sentence on the lead names all items of the smallest sets: where there is one, of few items.
pub(super) fn names_all(sets: &[LeadSet]) -> bool {
    match sets {
        [] => true,
        [set] => set.evidence.len() <= NAMED_ITEMS,
        _ => false,
    }
}

/// A margin in words, such as "leads by 2.00", "is level" or "is 1.00 behind".
pub(super) fn lead_words(margin: f64) -> String {
    match margin {
        margin if margin > 0.0 => format!("leads by {margin:.2}"),
        margin if margin < 0.0 => format!("is {:.2} behind", -margin),
        _ => "is level with the best of the others".to_owned(),
    }
}

impl SensitivityChart {
    /// The changes as a table: a row for each way in which one thing is changed, and after these one for each of the smallest
    /// sets that end the lead.
    pub fn table(&self) -> ChartTable {
        let subject = self.subject().map_or("", |column| column.name.as_str());
        let (now, after) = (format!("Margin of {subject} now"), format!("Margin of {subject} after"));
        let mut table = ChartTable::new(&[
            "Change",
            "Tried",
            "What it is",
            "Kind",
            &now,
            &after,
            "Ends the lead",
            "What it does",
        ]);
        for (row, end) in self.ends() {
            table.rows.push(vec![
                row.what.clone(),
                end.label.clone(),
                row.detail.clone(),
                row.kind.label().to_owned(),
                measure(&row.before),
                measure(&end.margin),
                if end.changes_leader { "yes" } else { "no" }.to_owned(),
                end.outcome.clone(),
            ]);
        }
        let margin = self.subject().map_or_else(String::new, |column| measure(&column.margin));
        for set in &self.sets {
            let what = if set.evidence.len() == 1 { "one item" } else { "a smallest set" };
            table.rows.push(vec![
                format!("Without {}", set.names),
                "left out".to_owned(),
                what.to_owned(),
                "Smallest set".to_owned(),
                margin.clone(),
                String::new(),
                "yes".to_owned(),
                set.outcome.clone(),
            ]);
        }
        table
    }

    /// The record of each row of the table.
    pub fn records(&self) -> Vec<AnyId> {
        let of_sets = self.sets.iter().filter_map(|set| set.evidence.first().map(|id| AnyId::from(*id)));
        self.ends().map(|(row, _)| row.record).chain(of_sets).collect()
    }

    fn ends(&self) -> impl Iterator<Item = (&TornadoRow, &TornadoEnd)> {
        self.rows.iter().flat_map(|row| row.ends.iter().map(move |end| (row, end)))
    }
}

pub(super) fn measure(measure: &Measure) -> String {
    match measure {
        Ok(value) => value.to_string(),
        Err(undefined) => undefined.to_string(),
    }
}
