//! How each number of the fused opinion came about.

use super::super::super::explain::{Contribution, Explanation, Input, Unit};
use super::super::super::fusion::{BaseRates, Contributions, Number, Way, about};
use super::super::super::percent::percent_in_full;
use super::super::super::{Derived, Measure};
use super::{BeliefChart, BeliefOrigin};

/// How many origins an explanation names; the parts of the others are added up.
const NAMED: usize = 24;

const SHAPLEY: &str = "Shapley, A value for n-person games (1953)";

impl BeliefChart {
    /// How a number came about: formula, inputs, the part of each origin, source.
    ///
    /// The parts sum to the number to within rounding, for the rules that mix as weight times own value, for the others as
    /// Shapley values; where these would take too long, the inputs say what the number would be without each origin.
    pub fn explain(&self, derived: &Derived, number: Number) -> Explanation {
        let rule = about(self.rule);
        let source = match number {
            Number::Conflict => "Shafer, A Mathematical Theory of Evidence (1976)",
            _ => rule.source,
        };
        let found = self.fused.contributions(derived, number);
        let formula = self.formula(number, found.as_ref().ok());
        let mut explanation = Explanation::new(self.title(number), self.value(number), formula, source);
        if number != Number::Conflict {
            explanation = explanation.in_percent();
            explanation.formula.push('\n');
            explanation.formula.push_str(rule.formula);
            explanation = explanation.with("Rule", self.rule.label());
        }
        explanation = explanation
            .with("Trust discount", self.discount.label())
            .with("Origins that take part", self.origins.len().to_string());
        if matches!(number, Number::Projected(_)) {
            explanation = explanation.with("Base rates", BaseRates::IN_WORDS);
        }
        if let Ok(found) = found {
            self.take_apart(&mut explanation, &found, number);
        }
        let caution = match number {
            Number::Conflict => {
                "The same under every rule; it grows with the number of origins. Each claim also speaks against all others by the doubt that it \
                 states, so that it is not the K of two claims set side by side, and is 0 only where nobody doubts and all are compatible"
            }
            _ => rule.misleads,
        };
        explanation.note = [explanation.note.as_str(), caution]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect::<Vec<_>>()
            .join(". ");
        explanation
    }

    fn name(&self, number: usize) -> &str {
        self.rows.iter().find(|row| row.number == number).map_or("an actor", |row| row.name.as_str())
    }

    fn title(&self, number: Number) -> String {
        match number {
            Number::Belief(actor) => format!("Belief in {}", self.name(actor)),
            Number::Plausibility(actor) => format!("Plausibility of {}", self.name(actor)),
            Number::Projected(actor) => format!("Projected probability of {}", self.name(actor)),
            Number::Uncertainty => "Uncertainty".to_owned(),
            Number::Conflict => "Conflict K".to_owned(),
        }
    }

    fn value(&self, number: Number) -> Measure {
        let span = |actor: usize| {
            let spans = self.spans.as_ref().map_err(Clone::clone)?;
            let place = self.rows.iter().position(|row| row.number == actor);
            let nothing = super::BeliefSpan { belief: 0.0, plausibility: 1.0, projected: 0.0 };
            Ok(place.and_then(|place| spans.get(place)).copied().unwrap_or(nothing))
        };
        match number {
            Number::Belief(actor) => span(actor).map(|span| span.belief),
            Number::Plausibility(actor) => span(actor).map(|span| span.plausibility),
            Number::Projected(actor) => span(actor).map(|span| span.projected),
            Number::Uncertainty => self.uncertainty.clone(),
            Number::Conflict => self.conflict.clone(),
        }
    }

    fn formula(&self, number: Number, found: Option<&Contributions>) -> String {
        let is_mixture = found.is_some_and(|found| matches!(found.way, Way::Mixture { .. }));
        match (number, is_mixture) {
            (Number::Belief(_), true) => "belief = Σ weight × own belief",
            (Number::Plausibility(_), true) => {
                "plausibility = Σ weight × own mass that allows it + what stays open"
            }
            (Number::Projected(_), true) => {
                "projected = Σ weight × own projected mass + base rate × what stays open"
            }
            (Number::Uncertainty, true) => "u = Σ weight × own uncertainty",
            (Number::Belief(_), false) => "belief = Σ m(B) over all sets B within the actor’s",
            (Number::Plausibility(_), false) => {
                "plausibility = Σ m(B) over all sets B that share a member with the actor’s"
            }
            (Number::Projected(_), false) => "projected = Σ m(B) × the actor’s share of B by base rate",
            (Number::Uncertainty, false) => "u = m(everybody)",
            (Number::Conflict, _) => "K = Σ Π mᵢ(Bᵢ) over all ∩Bᵢ = ∅",
        }
        .to_owned()
    }

    /// Puts in what each origin itself says, and its part.
    fn take_apart(&self, explanation: &mut Explanation, found: &Contributions, number: Number) {
        let mut order: Vec<(usize, f64)> = found.parts.iter().copied().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        let named = order.get(..NAMED.min(order.len())).unwrap_or_default();
        // What an origin itself says, and how that counts: in per cent for people, and as a decimal.
        let input = |explanation: &mut Explanation, origin: &BeliefOrigin, own: f64, counts: String| {
            let as_decimal = format!("{own:.4} {counts}");
            let (value, decimal) = match explanation.unit {
                Unit::Percent => (format!("{} {counts}", percent_in_full(own)), Some(as_decimal)),
                Unit::Plain => (as_decimal, None),
            };
            let record = Some(origin.claim.into());
            explanation.inputs.push(Input { name: label(origin), value, decimal, record });
        };
        for (place, part) in named {
            let Some(origin) = self.origins.get(*place) else { continue };
            match &found.way {
                Way::Mixture { weights, own } => {
                    let of = |list: &[f64]| list.get(*place).copied().unwrap_or_default();
                    input(explanation, origin, of(own), format!("× weight {:.4}", of(weights)));
                }
                Way::Shapley => {}
                Way::LeaveOneOut => {
                    input(explanation, origin, found.value - part, "without it".to_owned());
                }
            }
            if found.is_sum() {
                let record = Some(origin.claim.into());
                explanation.contributions.push(Contribution { what: label(origin), value: *part, record });
            }
        }
        let others = order.get(named.len()..).unwrap_or_default();
        if !others.is_empty() && found.is_sum() {
            explanation.contributions.push(Contribution {
                what: format!("{} other origins together", others.len()),
                value: others.iter().map(|(_, part)| part).sum(),
                record: None,
            });
        }
        if let Some(what) = base_is(number, &found.way)
            && found.base != 0.0
        {
            let what = what.to_owned();
            explanation.contributions.insert(0, Contribution { what, value: found.base, record: None });
        }
        match found.way {
            Way::Mixture { .. } => {
                "Part of each origin: weight × own value".clone_into(&mut explanation.contributions_are);
            }
            Way::Shapley => {
                "Part of each origin: Shapley value".clone_into(&mut explanation.contributions_are);
                explanation.source = format!("{}; {SHAPLEY}", explanation.source);
                "The part of an origin is how much it changes the number, averaged over all orders in which the origins \
                 can be heard"
                    .clone_into(&mut explanation.note);
            }
            Way::LeaveOneOut => {
                "With so many origins only the number without each one is given; these differences do not sum to the number"
                    .clone_into(&mut explanation.note);
            }
        }
    }
}

/// What the part that no origin has stands for.
const fn base_is(number: Number, way: &Way) -> Option<&'static str> {
    match (way, number) {
        (Way::LeaveOneOut, _) => None,
        (Way::Mixture { .. }, Number::Plausibility(_)) => Some("what stays open"),
        (Way::Mixture { .. }, Number::Projected(_)) => Some("base rate × what stays open"),
        (Way::Mixture { .. }, _) | (Way::Shapley, Number::Uncertainty) => {
            Some("before any claim all is open")
        }
        (Way::Shapley, Number::Projected(_)) => Some("base rate, before any claim"),
        (Way::Shapley, _) => Some("before any claim"),
    }
}

fn label(origin: &BeliefOrigin) -> String {
    format!("{} {}", origin.source, origin.says)
}
