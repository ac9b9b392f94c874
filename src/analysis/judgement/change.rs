//! What changed between two judgements.

use super::record;
use super::wording::{Wording, percent, wording};
use crate::analysis::Measure;
use crate::analysis::agreement::jensen_shannon_divergence;
use crate::analysis::charts::ChartTable;
use crate::analysis::explain::Explanation;
use crate::analysis::rounding::ROUNDING;
use crate::model::{Analyst, Assessment, Confidence, Hypothesis, Id, Judgement, Standard};

/// What changed from one judgement to another.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgementChange {
    /// What became of each answer: hypotheses in the order of the assessment, and last none of them.
    pub shares: Vec<ShareChange>,
    /// The analytic confidence before and after, where it changed.
    pub confidence: Option<(Option<Confidence>, Option<Confidence>)>,
    /// The reasons for the confidence that changed, such as "information base".
    pub reasons: Vec<&'static str>,
    /// The key sentence before and after, where it changed.
    pub sentence: Option<(String, String)>,
    /// Whose dissent came, went or was put otherwise.
    pub dissent: Vec<(Id<Analyst>, DissentChange)>,
    /// How far the two distributions are apart: the Jensen–Shannon divergence in bits, in `[0, 1]`. What one of the two does
    /// not know counts within none of these. Undefined where one of them is no distribution.
    pub divergence: Measure,
}

/// What became of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareChange {
    /// The hypothesis; `None` for none of them.
    pub hypothesis: Option<Id<Hypothesis>>,
    /// Its probability before; `None` where the judgement did not know it.
    pub before: Option<f64>,
    /// Its probability after.
    pub after: Option<f64>,
}

/// What became of a dissent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DissentChange {
    /// It is new.
    Came,
    /// It was taken back.
    Went,
    /// It is put otherwise.
    Changed,
}

impl DissentChange {
    /// The words that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Came => "dissents now",
            Self::Went => "dissents no more",
            Self::Changed => "puts the dissent otherwise",
        }
    }
}

impl ShareChange {
    /// By how much the probability rose, in `[-1, 1]`; `None` where one of the two is not known.
    pub fn rise(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }

    /// Whether it is another one, or known now and not before.
    pub fn is_change(&self) -> bool {
        match (self.before, self.after) {
            (Some(before), Some(after)) => (after - before).abs() > ROUNDING,
            (before, after) => before.is_some() != after.is_some(),
        }
    }

    /// The words before and after under a standard, where they differ.
    pub fn words(&self, standard: Standard) -> Option<(Wording, Wording)> {
        let (before, after) = (wording(standard, self.before?), wording(standard, self.after?));
        (before != after).then_some((before, after))
    }

    /// What became of it, such as "20 % → 44 %, very unlikely → unlikely".
    pub fn sentence(&self, standard: Standard) -> String {
        let text = |share: Option<f64>| share.map_or_else(|| "not known".to_owned(), percent);
        let mut sentence = match self.is_change() {
            true => format!("{} → {}", text(self.before), text(self.after)),
            false => format!("{}, as before", text(self.after)),
        };
        if let Some((before, after)) = self.words(standard) {
            sentence.push_str(&format!(", {} → {}", before.label(), after.label()));
        }
        sentence
    }
}

impl JudgementChange {
    /// What changed from `before` to `after`, two judgements on one incident.
    pub fn new(assessment: &Assessment, before: &Judgement, after: &Judgement) -> Self {
        let known = |judgement: &Judgement, id| record::share_of(judgement, id);
        let answers = record::hypotheses(assessment, after.incident).into_iter().map(Some).chain([None]);
        let shares = answers
            .map(|hypothesis| ShareChange {
                hypothesis,
                before: known(before, hypothesis),
                after: known(after, hypothesis),
            })
            .filter(|share| share.before.is_some() || share.after.is_some());
        let reasons = [
            (
                "information base",
                &before.confidence_reasons.information_base,
                &after.confidence_reasons.information_base,
            ),
            ("rigour", &before.confidence_reasons.rigour, &after.confidence_reasons.rigour),
            ("complexity", &before.confidence_reasons.complexity, &after.confidence_reasons.complexity),
        ];
        let (old, new) = (before.key_sentence.trim(), after.key_sentence.trim());
        let shares: Vec<ShareChange> = shares.collect();
        Self {
            divergence: divergence(&shares),
            shares,
            confidence: (before.confidence != after.confidence)
                .then_some((before.confidence, after.confidence)),
            reasons: reasons.iter().filter(|(_, old, new)| old != new).map(|(name, ..)| *name).collect(),
            sentence: (old != new).then(|| (old.to_owned(), new.to_owned())),
            dissent: dissent(before, after),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        !self.shares.iter().any(ShareChange::is_change)
            && self.confidence.is_none()
            && self.reasons.is_empty()
            && self.sentence.is_none()
            && self.dissent.is_empty()
    }

    /// The answer whose probability moved most; `None` where none did.
    pub fn largest(&self) -> Option<&ShareChange> {
        let moved = self.shares.iter().filter_map(|share| Some((share, share.rise()?.abs())));
        moved.filter(|(_, by)| *by > ROUNDING).max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(share, _)| share)
    }

    /// Everything but the probabilities, a sentence each.
    pub fn other_changes(&self, assessment: &Assessment) -> Vec<String> {
        let mut found = Vec::new();
        if let Some((before, after)) = self.confidence {
            let name = |confidence: Option<Confidence>| {
                confidence.map_or_else(|| "none given".to_owned(), |it| it.label().to_lowercase())
            };
            found.push(format!("Confidence: {} → {}", name(before), name(after)));
        }
        if !self.reasons.is_empty() {
            found.push(format!("Reasons for the confidence changed: {}", self.reasons.join(", ")));
        }
        if let Some((_, after)) = &self.sentence {
            found.push(match after.as_str() {
                "" => "The key sentence was taken out".to_owned(),
                after => format!("Key sentence now: {after}"),
            });
        }
        found.extend(
            self.dissent.iter().map(|(who, what)| format!("{} {}", assessment.name_of(*who), what.label())),
        );
        found
    }

    /// The same as a table.
    pub fn table(&self, assessment: &Assessment) -> ChartTable {
        let standard = assessment.header.standard;
        let mut table =
            ChartTable::new(&["Answer", "Before", "After", "Change", "Words before", "Words after"]);
        for share in &self.shares {
            let name =
                share.hypothesis.map_or_else(|| "None of these".to_owned(), |id| assessment.name_of(id));
            let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let words =
                |value: Option<f64>| value.map_or_else(String::new, |it| wording(standard, it).label());
            table.rows.push(vec![
                name,
                number(share.before),
                number(share.after),
                number(share.rise()),
                words(share.before),
                words(share.after),
            ]);
        }
        for change in self.other_changes(assessment) {
            let mut row = vec![change];
            row.resize(table.headers.len(), String::new());
            table.rows.push(row);
        }
        table
    }

    /// How the divergence came about.
    pub fn explain(&self, assessment: &Assessment) -> Explanation {
        let mut explanation = Explanation::new(
            "Jensen–Shannon divergence, bits",
            self.divergence.clone(),
            "H((p + q) / 2) − (H(p) + H(q)) / 2",
            "J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37 (1991)",
        );
        for share in &self.shares {
            let name =
                share.hypothesis.map_or_else(|| "None of these".to_owned(), |id| assessment.name_of(id));
            explanation = explanation.with(name, share.sentence(assessment.header.standard));
        }
        explanation.noting("0 for the same probabilities, 1 for answers that share none")
    }
}

/// How far the two are apart over the answers that both know; what one of them does not know counts within none of these.
fn divergence(shares: &[ShareChange]) -> Measure {
    let of = |side: &dyn Fn(&ShareChange) -> Option<f64>| -> Vec<f64> {
        let is_common = |share: &&ShareChange| {
            share.hypothesis.is_some() && share.before.is_some() && share.after.is_some()
        };
        let common: Vec<f64> = shares.iter().filter(is_common).filter_map(side).collect();
        let all: f64 = shares.iter().filter_map(side).sum();
        let rest = (all - common.iter().sum::<f64>()).max(0.0);
        common.into_iter().chain([rest]).collect()
    };
    jensen_shannon_divergence(&of(&|share| share.before), &of(&|share| share.after))
}

fn dissent(before: &Judgement, after: &Judgement) -> Vec<(Id<Analyst>, DissentChange)> {
    let texts = |judgement: &Judgement, who: Id<Analyst>| -> Vec<String> {
        judgement.dissent.iter().filter(|it| it.analyst == who).map(|it| it.text.clone()).collect()
    };
    let mut who: Vec<Id<Analyst>> =
        before.dissent.iter().chain(&after.dissent).map(|dissent| dissent.analyst).collect();
    who.sort_unstable();
    who.dedup();
    who.into_iter()
        .filter_map(|who| match (texts(before, who), texts(after, who)) {
            (old, new) if old == new => None,
            (old, _) if old.is_empty() => Some((who, DissentChange::Came)),
            (_, new) if new.is_empty() => Some((who, DissentChange::Went)),
            _ => Some((who, DissentChange::Changed)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Judged;
    use super::*;
    use crate::model::Dissent;

    #[test]
    fn what_changed_is_told() {
        let mut judged = Judged::new(&["A", "B", "C"]);
        let old = judged.judges("Ann", 1, &[0.5, 0.4], 0.1);
        let new = judged.judges("Ann", 2, &[0.7, 0.1, 0.1], 0.1);
        let ben = judged.analyst("Ben");
        judged.change(new, |judgement| {
            judgement.confidence = Some(Confidence::Moderate);
            judgement.confidence_reasons.rigour = "Rated twice".to_owned();
            judgement.key_sentence = "A is likely.".to_owned();
            judgement.dissent.push(Dissent { analyst: ben, text: "No".to_owned() });
        });
        let assessment = &judged.assessment;
        let change =
            JudgementChange::new(assessment, assessment.get(old).unwrap(), assessment.get(new).unwrap());
        let said: Vec<String> = change.shares.iter().map(|share| share.sentence(Standard::Icd203)).collect();
        assert_eq!(
            said,
            [
                "50 % → 70 %, roughly even chance → likely",
                "40 % → 10 %, unlikely → very unlikely",
                "not known → 10 %",
                "10 %, as before"
            ]
        );
        assert_eq!(change.largest().and_then(|it| it.hypothesis), Some(judged.hypotheses[1]));
        assert_eq!(
            change.other_changes(assessment),
            [
                "Confidence: none given → moderate",
                "Reasons for the confidence changed: rigour",
                "Key sentence now: A is likely.",
                "Ben dissents now"
            ]
        );
        // C counts within none of these: (.5, .4, .1) against (.7, .1, .2).
        let expect = jensen_shannon_divergence(&[0.5, 0.4, 0.1], &[0.7, 0.1, 0.2]).unwrap();
        assert!((change.divergence.clone().unwrap() - expect).abs() < 1e-12);
        assert_eq!(change.table(assessment).rows.len(), 8);
    }

    #[test]
    fn a_judgement_does_not_differ_from_itself() {
        let mut judged = Judged::new(&["A"]);
        let id = judged.judges("Ann", 1, &[0.9], 0.1);
        let judgement = judged.assessment.get(id).unwrap();
        let change = JudgementChange::new(&judged.assessment, judgement, judgement);
        assert!(change.is_empty() && change.largest().is_none());
        assert_eq!(change.divergence, Ok(0.0));
    }

    /// (1, 0) against (.5, .5): the distance of scipy is .46450140402245893, its square in nats.
    #[test]
    fn the_divergence_is_the_published_one() {
        let mut judged = Judged::new(&["A"]);
        let old = judged.judges("Ann", 1, &[1.0], 0.0);
        let new = judged.judges("Ann", 2, &[0.5], 0.5);
        let assessment = &judged.assessment;
        let change =
            JudgementChange::new(assessment, assessment.get(old).unwrap(), assessment.get(new).unwrap());
        let bits = 0.464_501_404_022_458_93_f64.powi(2) / std::f64::consts::LN_2;
        assert!((change.divergence.unwrap() - bits).abs() < 1e-12);
    }
}
