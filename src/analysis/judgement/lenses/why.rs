//! Why two lenses have another hypothesis in front.
//!
//! Each reason is tried: one convention is set aside, and if the two lenses then agree, it is what makes the difference.

use super::{Difference, Lens, LensRow, Lenses};
use crate::analysis::ach::score::{ranks, sole_leader};
use crate::analysis::ach::{Matrix, Raters, Scores};
use crate::analysis::charts::WeighingNames;
use crate::analysis::fusion::Fused;
use crate::analysis::odds::{LogOdds, posteriors};
use crate::analysis::percent::percent;
use crate::analysis::rounding::ROUNDING;
use crate::analysis::{Derived, Measure};
use crate::model::wording::in_a_row;
use crate::model::{Assessment, Evidence, Id, Methods};

/// How many items a sentence names.
const NAMED: usize = 3;
/// From this on it is worth a word that much stays open.
const MUCH_IS_OPEN: f64 = 0.25;

/// All differences between lenses that say anything.
pub(super) fn differences(
    derived: &Derived,
    lenses: &Lenses,
    matrix: &Matrix,
    odds: &LogOdds,
    fused: &Fused,
) -> Vec<Difference> {
    let leaders = Lens::ALL.map(|lens| lenses.leaders(lens));
    let [by_inconsistency, by_odds, by_fusion] = &leaders;
    let mut found = Vec::new();
    let mut push = |first: Lens, second: Lens, what: String, why: Vec<String>| {
        found.push(Difference { first, second, what, why });
    };
    let front = |own: &[usize]| {
        let names = lenses.names(own);
        if own.len() > 1 { format!("{names} level in front") } else { format!("{names} in front") }
    };
    let names = WeighingNames::new(derived.assessment(), lenses.incident);
    let evidence = Evidenced { derived, lenses, matrix, odds, names };
    let is_said = |own: &[usize]| !own.is_empty();
    if is_said(by_inconsistency) && is_said(by_odds) && by_inconsistency != by_odds {
        let why = evidence.why(by_inconsistency, by_odds);
        let what = format!("Inconsistency has {}, log-odds have {}", front(by_inconsistency), front(by_odds));
        push(Lens::Inconsistency, Lens::LogOdds, what, why);
    }
    let claimed = Claimed { derived, lenses, fused };
    let is_one = by_inconsistency == by_odds;
    // What is in front by log-odds is in front by inconsistency too, beside others: nothing new is to be said of it.
    let is_within = by_odds.iter().all(|place| by_inconsistency.contains(place));
    let both = [
        (
            Lens::Inconsistency,
            by_inconsistency,
            if is_one { "Inconsistency and log-odds have" } else { "Inconsistency has" },
        ),
        (Lens::LogOdds, by_odds, "Log-odds have"),
    ];
    let mut before = Vec::new();
    for (lens, own, begin) in both {
        if own.is_empty() || by_fusion.is_empty() || own == by_fusion || (is_within && lens == Lens::LogOdds)
        {
            continue;
        }
        let why = claimed.why(own, by_fusion);
        // What holds for both lenses that look at the evidence is said once.
        if before.is_empty() || before != why {
            let what = format!("{begin} {}, claim fusion has {}", front(own), front(by_fusion));
            push(lens, Lens::Fusion, what, why.clone());
        }
        before = why;
    }
    found
}

/// What the two lenses that look at the evidence go by.
struct Evidenced<'a> {
    derived: &'a Derived,
    lenses: &'a Lenses,
    matrix: &'a Matrix,
    odds: &'a LogOdds,
    names: WeighingNames,
}

impl Evidenced<'_> {
    fn column(&self, place: usize) -> Option<usize> {
        let id = self.lenses.rows.get(place)?.hypothesis;
        self.matrix.hypotheses.iter().position(|other| *other == id)
    }

    /// Why the one lens has `first` in front and the other `second`, each by rows.
    fn why(&self, first: &[usize], second: &[usize]) -> Vec<String> {
        // The one that the other lens does not have in front, where there is such a one.
        let apart = |own: &[usize], other: &[usize]| {
            own.iter().find(|place| !other.contains(place)).or_else(|| own.first()).copied()
        };
        let (Some(a), Some(b)) = (apart(first, second), apart(second, first)) else { return Vec::new() };
        if a == b {
            return Vec::new();
        }
        let (Some(a_column), Some(b_column)) = (self.column(a), self.column(b)) else { return Vec::new() };
        let name = |place: usize| self.lenses.rows.get(place).map_or("", |row| row.name.as_str());
        let (a_name, b_name) = (name(a), name(b));
        let mut why = Vec::new();
        // Whom log-odds would have in front as inconsistency has.
        let agrees = |posteriors: &[Measure]| leads(posteriors, a_column);
        why.extend(self.consistent((a_column, a_name), (b_column, b_name), &agrees));
        why.extend(self.priors((a, a_name), (b, b_name), &agrees));
        why.extend(self.groups(&agrees));
        why.extend(self.own_likelihoods(&agrees));
        why.extend(self.weights(b_column, b_name, first.contains(&b)));
        if why.is_empty() {
            why.extend(self.gaps((a_column, a_name), (b_column, b_name)));
        }
        why.extend(self.parts((a_column, a_name), (b_column, b_name), why.is_empty()));
        why
    }

    /// The posteriors where `change` is made to the conventions.
    fn posteriors_with(&self, change: impl FnOnce(&mut Methods)) -> Vec<Measure> {
        let mut assessment: Assessment = self.derived.assessment().clone();
        change(&mut assessment.header.methods);
        let odds = LogOdds::new(&assessment, self.matrix, Raters::Everyone);
        odds.hypotheses.into_iter().map(|it| it.posterior).collect()
    }

    fn consistent(
        &self,
        (a, a_name): (usize, &str),
        (b, b_name): (usize, &str),
        agrees: &dyn Fn(&[Measure]) -> bool,
    ) -> Option<String> {
        let without = self.posteriors_with(|methods| {
            let [cc, c, n, ..] = &mut methods.rating_likelihoods;
            (*cc, *c) = (*n, *n);
        });
        if !agrees(&without) {
            return None;
        }
        let table = crate::analysis::ach::Table::new(
            self.matrix,
            Raters::Everyone,
            &self.derived.assessment().header.methods,
        );
        let is_silent = |evidence: Id<Evidence>| {
            let row = self.matrix.items.iter().position(|item| item.evidence == evidence);
            row.is_some_and(|row| {
                let points = |column| table.at(row, column).unwrap_or(0.0);
                (points(a) - points(b)).abs() < ROUNDING
            })
        };
        let named: Vec<String> = self
            .strongest(a, b)
            .into_iter()
            .filter(|(evidence, ..)| is_silent(*evidence))
            .map(|(evidence, ..)| self.names.evidence(evidence))
            .take(NAMED)
            .collect();
        let items = match named.len() {
            0 => String::new(),
            1 => format!("; {} makes the difference", in_a_row(&named)),
            _ => format!("; {} make the difference", in_a_row(&named)),
        };
        let stands = if leads(&without, b) { "level with" } else { "in front of" };
        Some(format!(
            "Log-odds count evidence that is consistent, inconsistency does not: taken as neutral, {a_name} would be {stands} \
             {b_name} by log-odds too{items}"
        ))
    }

    fn priors(
        &self,
        (a, a_name): (usize, &str),
        (b, b_name): (usize, &str),
        agrees: &dyn Fn(&[Measure]) -> bool,
    ) -> Option<String> {
        let count = self.odds.hypotheses.len();
        let equal = vec![1.0 / count.max(1) as f64; count];
        let items = self.odds.items.iter().map(|item| item.log_likelihoods.as_slice());
        if !agrees(&posteriors(&equal, items)) {
            return None;
        }
        let prior = |place: usize| self.lenses.rows.get(place).map_or(0.0, |row| row.prior);
        Some(format!(
            "Log-odds begin with the priors, {} for {a_name} and {} for {b_name}; with equal ones {a_name} would be in \
             front",
            percent(prior(a)),
            percent(prior(b))
        ))
    }

    fn groups(&self, agrees: &dyn Fn(&[Measure]) -> bool) -> Option<String> {
        let is_tempered = self.odds.items.iter().any(|item| item.power < 1.0);
        (is_tempered && agrees(&self.posteriors_with(|methods| methods.group_correlation = 0.0))).then(|| {
            "Log-odds count items of one dependence group as hardly more than one, inconsistency counts each: with each counted, \
             they would agree"
                .to_owned()
        })
    }

    fn own_likelihoods(&self, agrees: &dyn Fn(&[Measure]) -> bool) -> Option<String> {
        let plain = self.matrix.without_likelihoods()?;
        let odds = LogOdds::new(self.derived.assessment(), &plain, Raters::Everyone);
        let posteriors: Vec<Measure> = odds.hypotheses.into_iter().map(|it| it.posterior).collect();
        agrees(&posteriors).then(|| {
            "Some cells have a P(E|H) of their own, which inconsistency does not see: by their ratings alone they would agree"
                .to_owned()
        })
    }

    /// What holds unweighted: the one that log-odds have in front is in front by inconsistency too; alone, where it shares the
    /// first rank by weight.
    fn weights(&self, b: usize, b_name: &str, is_first: bool) -> Option<String> {
        let methods = &self.derived.assessment().header.methods;
        let scores = Scores::new(self.matrix, Raters::Everyone, methods);
        let plain = scores.hypotheses.iter().map(|it| it.inconsistency.as_ref().ok().copied());
        let plain: Vec<Option<f64>> = plain.collect();
        let is_reason = if is_first {
            sole_leader(&plain) == Some(b)
        } else {
            ranks(&plain).get(b).copied().flatten() == Some(1)
        };
        let alone = if is_first { "alone " } else { "" };
        is_reason.then(|| {
            format!(
                "Inconsistency weighs evidence by credibility × relevance, log-odds do not: unweighted, {b_name} would be {alone}in \
                 front by inconsistency too"
            )
        })
    }

    fn gaps(&self, (a, a_name): (usize, &str), (b, b_name): (usize, &str)) -> Option<String> {
        let rated = |column: usize| {
            self.odds.items.iter().filter(|item| item.is_rated.get(column) == Some(&true)).count()
        };
        let (of_a, of_b) = (rated(a), rated(b));
        (of_a < of_b).then(|| {
            format!(
                "{a_name} has fewer ratings than {b_name} ({of_a} against {of_b}): what is not rated adds no points, and counts as \
                 average in log-odds"
            )
        })
    }

    /// The items that do most for the one over the other by log-odds; and whether one alone makes the difference.
    fn parts(&self, (a, a_name): (usize, &str), (b, b_name): (usize, &str), is_only: bool) -> Vec<String> {
        let mut found = Vec::new();
        let turns = |item: &&crate::analysis::odds::ItemOdds| leads(&item.without, a);
        let turning: Vec<String> =
            self.odds.items.iter().filter(turns).map(|item| self.names.evidence(item.evidence)).collect();
        match turning.as_slice() {
            [] => {}
            [one] => found.push(format!("Without {one}, {a_name} would be in front by log-odds too")),
            [one, two] => {
                found.push(format!(
                    "Without {one}, or without {two}, {a_name} would be in front by log-odds too"
                ));
            }
            many => found.push(format!(
                "Without any one of {}, {a_name} would be in front by log-odds too",
                many.join(", ")
            )),
        }
        let parts: Vec<String> = self
            .strongest(a, b)
            .into_iter()
            .take(NAMED)
            .map(|(evidence, decibans)| format!("{} {decibans:+.1}", self.names.evidence(evidence)))
            .collect();
        if is_only && found.is_empty() && !parts.is_empty() {
            found.push("No convention alone makes the difference".to_owned());
        }
        if !parts.is_empty() {
            found.push(format!(
                "For {b_name} over {a_name} log-odds count most, in decibans: {}",
                parts.join(", ")
            ));
        }
        found
    }

    /// The items that speak for `b` over `a` by log-odds, in decibans, the strongest first.
    fn strongest(&self, a: usize, b: usize) -> Vec<(Id<Evidence>, f64)> {
        let parts = self.odds.contributions(b, a);
        let items = self.odds.items.iter().map(|item| item.evidence);
        let mut parts: Vec<(Id<Evidence>, f64)> = items
            .zip(parts)
            .filter_map(|(evidence, part)| Some((evidence, part.ok()?)))
            .filter(|(_, part)| *part > ROUNDING)
            .collect();
        parts.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        parts
    }
}

/// Whether a column is in front, alone or level with others.
fn leads(posteriors: &[Measure], column: usize) -> bool {
    let greatest = posteriors.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    matches!(posteriors.get(column), Some(Ok(own)) if greatest - own < ROUNDING)
}

/// What fusion goes by.
struct Claimed<'a> {
    derived: &'a Derived,
    lenses: &'a Lenses,
    fused: &'a Fused,
}

impl Claimed<'_> {
    /// Why a lens that looks at the evidence has `first` in front and fusion `second`.
    fn why(&self, first: &[usize], second: &[usize]) -> Vec<String> {
        let row = |place: &usize| self.lenses.rows.get(*place);
        let apart: Vec<&LensRow> =
            first.iter().filter(|place| !second.contains(place)).filter_map(row).collect();
        let claimed = second.iter().find(|place| !first.contains(place)).or_else(|| second.first());
        let Some(claimed) = claimed.and_then(row) else { return Vec::new() };
        let mut why = Vec::new();
        why.extend(apart.iter().filter_map(|row| self.contains(row, claimed)));
        why.extend(self.voices(claimed, &apart));
        if let Ok(open) = self.lenses.uncertainty
            && open >= MUCH_IS_OPEN
        {
            why.push(format!(
                "The claims leave {} open, which the projected probability shares out by base rate",
                percent(open)
            ));
        }
        why
    }

    /// One hypothesis that contains the other.
    fn contains(&self, a: &LensRow, b: &LensRow) -> Option<String> {
        let hierarchy = self.derived.hierarchy();
        let (own, wider) = (hierarchy.set_of_node(a.number?), hierarchy.set_of_node(b.number?));
        (own.is_subset(&wider) && own != wider).then(|| {
            format!(
                "{} contains {}, and fusion gives a wider actor at least as much as its part; the evidence takes the two for rivals",
                b.name, a.name
            )
        })
    }

    /// How many origins speak for the one that fusion has in front, and for those others that it knows.
    fn voices(&self, claimed: &LensRow, others: &[&LensRow]) -> Option<String> {
        let voices = |row: &LensRow| {
            let number = row.number?;
            row.projected.as_ref().ok()?;
            let answers = self.fused.answers(self.derived, number);
            let speaking = answers.origins.iter().filter(|(_, opinion)| opinion.belief > ROUNDING);
            Some((speaking.count(), row.name.clone()))
        };
        let (count, name) = voices(claimed)?;
        if count == 0 {
            return Some(format!(
                "No claim that takes part speaks for {name} itself: it has its share by base rate of what is claimed of wider \
                 actors, and of what is open"
            ));
        }
        let origins =
            if count == 1 { "1 origin speaks".to_owned() } else { format!("{count} origins speak") };
        let rest: Vec<String> = others
            .iter()
            .filter_map(|row| voices(row))
            .map(|(count, name)| format!(", {count} for {name}"))
            .collect();
        Some(format!(
            "Fusion follows who says what, and knows nothing of the evidence: {origins} for {name}{}",
            rest.concat()
        ))
    }
}
