//! How the numbers of the weight of evidence came about.

use super::words::{decibans_text, measure};
use super::{IndicatorRow, OddsChart, OddsColumn, OddsPair, PairItem};
use crate::analysis::explain::{Contribution, Explanation};
use crate::analysis::odds::cell_likelihood;
use crate::analysis::percent::percent_in_full;
use crate::model::{Assessment, RatingValue};

const BAYES: &str = "I. J. Good, Probability and the Weighing of Evidence (1950); E. T. Jaynes, Probability Theory (2003), chapter 4";
const HEURISTIC: &str =
    "Items of one dependence group are tempered with the power 1 / (1 + (k − 1)·ρ), a heuristic.";
const STAND_IN: &str = "The neutral stand-in is a convention: where an item is not rated against a hypothesis, or not applicable to it, the \
                        hypothesis takes the geometric mean of the item's other likelihoods, without those of 0; where there is none it \
                        stays at its prior. One rule for all hypotheses is needed for posteriors that sum to 1: pairs that each leave out \
                        other items would not fit together.";

impl OddsChart {
    /// How the prior of a hypothesis came about.
    pub fn explain_prior(&self, column: &OddsColumn) -> Explanation {
        let title = format!("Prior of {}", column.name);
        let mut explanation =
            Explanation::new(title, Ok(column.prior), "own prior / Σ priors of all hypotheses", BAYES)
                .in_percent();
        for other in &self.columns {
            let given = other.given.map_or_else(|| "an equal share of what is left".to_owned(), percent);
            let name = format!("{} {}", other.name, other.answer);
            explanation = explanation.with_record(name, given, other.hypothesis);
        }
        explanation.noting("Those without a prior of their own share what the others leave. All are brought to the sum of 100 %.")
    }

    /// How the posterior of a hypothesis came about.
    pub fn explain_posterior(&self, column: &OddsColumn) -> Explanation {
        let explanation = Explanation::new(
            format!("Posterior of {}", column.name),
            column.posterior.clone(),
            "prior · Π P(E|H)^w / Σ over all hypotheses",
            BAYES,
        )
        .in_percent();
        self.with_posteriors(explanation)
            .with("Items that are weighed", self.rows.len().to_string())
            .noting(format!("{HEURISTIC} {STAND_IN}"))
    }

    /// How the posterior odds of a hypothesis against all others together came about.
    pub fn explain_decibans(&self, column: &OddsColumn) -> Explanation {
        let explanation = Explanation::new(
            format!("Odds of {} against the rest, decibans", column.name),
            column.decibans.clone(),
            "10·log₁₀(posterior / (1 − posterior))",
            BAYES,
        );
        self.with_posteriors(explanation)
            .noting("10 decibans are odds of 10 to 1, 20 of 100 to 1, 0 are even odds.")
    }

    fn with_posteriors(&self, mut explanation: Explanation) -> Explanation {
        for other in &self.columns {
            let posterior = other.posterior.as_ref().map_or_else(ToString::to_string, |it| percent(*it));
            let value = format!("{} → {posterior}", percent(other.prior));
            let name = format!("{} {}", other.name, other.answer);
            explanation = explanation.with_record(name, value, other.hypothesis);
        }
        explanation
    }

    /// How the posterior odds of a pair came about: the prior and what each item adds.
    pub fn explain_pair(&self, pair: &OddsPair) -> Explanation {
        let (own, other) = self.names(pair);
        let mut explanation = Explanation::new(
            format!("Odds of {own} against {other}, decibans"),
            pair.posterior.clone(),
            if pair.stand_ins.is_some() {
                "prior odds + Σ w · 10·log₁₀(P(E|H) / P(E|rival)) + stand-ins of what is left out"
            } else {
                "prior odds + Σ w · 10·log₁₀(P(E|H) / P(E|rival))"
            },
            BAYES,
        );
        if let Ok(prior) = pair.prior {
            let part = |what: &str, value| Contribution { what: what.to_owned(), value, record: None };
            explanation.contributions.push(part("Prior odds", prior));
        }
        for item in &pair.items {
            let Some(row) = self.rows.get(item.row) else { continue };
            let (what, value) = match (&item.adds, item.stand_in) {
                (Ok(adds), _) => (format!("{}: {}", row.name, row.statement), *adds),
                (Err(_), Some(stand_in)) => {
                    let why = self.not_counted(pair, item);
                    (format!("Stand-in for {}, {why}: {}", row.name, row.statement), stand_in)
                }
                (Err(_), None) => continue,
            };
            if value != 0.0 {
                let record = Some(row.evidence.into());
                explanation.contributions.push(Contribution { what, value, record });
            }
        }
        "the part of the prior and of each item, in decibans".clone_into(&mut explanation.contributions_are);
        if pair.stand_ins.is_some() {
            explanation.noting(format!("{HEURISTIC} {STAND_IN}"))
        } else {
            explanation.noting(HEURISTIC)
        }
    }

    /// What an item adds to the odds of a pair.
    pub fn explain_item(&self, assessment: &Assessment, pair: &OddsPair, item: &PairItem) -> Explanation {
        let (own, other) = self.names(pair);
        let Some(row) = self.rows.get(item.row) else {
            return Explanation::new(String::new(), item.adds.clone(), "", BAYES);
        };
        let mut explanation = Explanation::new(
            format!("What {} adds to {own} against {other}, decibans", row.name),
            item.adds.clone(),
            "w · 10·log₁₀(P(E|H) / P(E|rival))",
            BAYES,
        )
        .with_record("Evidence", row.statement.as_str(), row.evidence);
        let methods = &assessment.header.methods;
        let mut is_filled = false;
        for place in [pair.column, pair.against] {
            let Some(column) = self.columns.get(place) else { continue };
            let votes = self.matrix.votes(row.place, column.place);
            let votes: Vec<_> = votes.iter().filter(|vote| self.raters.includes(vote)).collect();
            for vote in &votes {
                let what = format!("{} rates {}", assessment.name_of(vote.analyst), column.name);
                let own = vote.likelihood.map(|own| format!("P(E|H) {} of its own", percent(own)));
                let value = own.unwrap_or_else(|| match methods.likelihood(vote.value) {
                    Some(usual) => format!("{}: P(E|H) {}", vote.value, percent(usual)),
                    None => vote.value.label().to_owned(),
                });
                let value = if vote.value == RatingValue::NotApplicable { "NA".to_owned() } else { value };
                explanation = explanation.with_record(what, value, vote.rating);
            }
            let name = format!("P(E|{})", column.name);
            let all = self.matrix.votes(row.place, column.place);
            explanation = match cell_likelihood(all, self.raters, methods) {
                Some(likelihood) => explanation.with_probability(name, likelihood, None),
                None => {
                    is_filled = true;
                    explanation.with(name, "not rated: left out of the pair")
                }
            };
        }
        if row.group_size > 1 {
            explanation = explanation
                .with("Dependence group", format!("{}, {} items", row.group, row.group_size))
                .with("Correlation ρ in the group", methods.group_correlation.to_string())
                .with("Power w", format!("{:.4}", row.power));
        }
        if let Some(stand_in) = item.stand_in {
            explanation = explanation.with("What its stand-in moves, decibans", decibans_text(stand_in));
        }
        let filled = if is_filled { format!(" {STAND_IN}") } else { String::new() };
        explanation.noting(format!("Several raters count by their geometric mean. {HEURISTIC}{filled}"))
    }

    /// The posterior of the first one of a pair without an item.
    pub fn explain_without(&self, pair: &OddsPair, item: &PairItem) -> Explanation {
        let own = self.columns.get(pair.column);
        let name = own.map_or("", |column| column.name.as_str());
        let row = self.rows.get(item.row);
        let mut explanation = Explanation::new(
            format!("Posterior of {name} without {}", row.map_or("", |row| row.name.as_str())),
            item.without.clone(),
            "prior · Π over the other items of P(E|H)^w / Σ over all hypotheses",
            BAYES,
        )
        .in_percent();
        if let Some(column) = own {
            explanation = explanation.with("With it", measure_percent(&column.posterior));
        }
        let without = row.and_then(|row| self.odds.items.get(row.item)).map(|item| &item.without);
        for column in &self.columns {
            if let Some(posterior) = without.and_then(|it| it.get(column.place)) {
                let value =
                    format!("{} → {}", measure_percent(&column.posterior), measure_percent(posterior));
                let title = format!("{} {}", column.name, column.answer);
                explanation = explanation.with_record(title, value, column.hypothesis);
            }
        }
        explanation.noting("The other items of its dependence group count for more without it.")
    }

    /// What it would be worth to look for an indicator.
    pub fn explain_information(&self, row: &IndicatorRow) -> Explanation {
        let value = row.information.as_ref().map(|it| it.expected_bits).map_err(Clone::clone);
        let mut explanation = Explanation::new(
            "Expected information, bits",
            value,
            "H(P) − P(seen)·H(P|seen) − P(not seen)·H(P|not seen)",
            "D. V. Lindley, On a measure of the information provided by an experiment, Annals of Mathematical Statistics 27 (1956)",
        )
        .with_record("Indicator", row.statement.as_str(), row.indicator);
        if let Ok(it) = &row.information {
            explanation = explanation
                .with("Uncertainty now, bits", format!("{:.4}", it.uncertainty_bits))
                .with("Probability of seeing it", percent(it.seen));
            for column in &self.columns {
                let at = |after: &[crate::analysis::Measure]| {
                    after.get(column.place).map_or_else(String::new, measure_percent)
                };
                let value = format!("{} if seen, {} if not", at(&it.if_seen), at(&it.if_not_seen));
                let title = format!("{} {}", column.name, column.answer);
                explanation = explanation.with_record(title, value, column.hypothesis);
            }
        }
        explanation.noting(
            "0 for an indicator that tells nothing; the whole uncertainty for one that settles the question.",
        )
    }

    fn names(&self, pair: &OddsPair) -> (&str, &str) {
        let name = |place: usize| self.columns.get(place).map_or("", |column| column.name.as_str());
        (name(pair.column), name(pair.against))
    }

    /// A pair in one sentence, such as "The evidence speaks for H1 against H2 by +12.4 decibans, 17 to 1".
    pub fn pair_sentence(&self, pair: &OddsPair) -> String {
        let (own, other) = self.names(pair);
        match &pair.posterior {
            Ok(odds) if odds.abs() < 0.05 => format!("{own} and {other} are as probable as each other"),
            Ok(odds) => {
                let (first, second, odds) =
                    if *odds > 0.0 { (own, other, *odds) } else { (other, own, -odds) };
                format!(
                    "{first} is more probable than {second}: {} decibans, {}",
                    decibans_text(odds),
                    super::times_text(odds)
                )
            }
            Err(undefined) => {
                format!("The odds of {own} against {other} are {}", measure(&Err(undefined.clone())))
            }
        }
    }
}

/// A probability in per cent; one that was stated without needless digits.
fn percent(share: f64) -> String {
    percent_in_full(share).replace(".00 %", " %")
}

fn measure_percent(value: &crate::analysis::Measure) -> String {
    value.as_ref().map_or_else(ToString::to_string, |it| percent(*it))
}
