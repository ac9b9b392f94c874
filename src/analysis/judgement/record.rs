//! Which judgement holds, and those before it.

use super::repair::is_coherent;
use crate::model::{Analyst, Assessment, Hypothesis, Id, Incident, Judgement};

/// The judgements of an analyst on an incident, the oldest first: by round, then by moment. The last one holds.
pub fn history(assessment: &Assessment, incident: Id<Incident>, analyst: Id<Analyst>) -> Vec<&Judgement> {
    let of_both = |it: &&Judgement| it.incident == incident && it.analyst == analyst;
    let mut found: Vec<&Judgement> = assessment.judgements.iter().filter(of_both).collect();
    found.sort_by_key(|it| (it.round, it.made_at, it.id));
    found
}

/// Of each analyst the judgement on an incident that holds: that of the latest round, in it the latest one. By the names of
/// the analysts.
pub fn latest(assessment: &Assessment, incident: Id<Incident>) -> Vec<&Judgement> {
    let mut found: Vec<&Judgement> =
        assessment.judgements.iter().filter(|it| it.incident == incident).collect();
    found.sort_by_key(|it| (it.analyst, std::cmp::Reverse((it.round, it.made_at, it.id))));
    found.dedup_by_key(|it| it.analyst);
    found.sort_by_cached_key(|it| (assessment.name_of(it.analyst).to_lowercase(), it.analyst));
    found
}

/// The hypotheses of an incident in the order of the assessment: H1, H2 and so on.
pub fn hypotheses(assessment: &Assessment, incident: Id<Incident>) -> Vec<Id<Hypothesis>> {
    let mut found: Vec<Id<Hypothesis>> =
        assessment.hypotheses.iter().filter(|it| it.incident == incident).map(|it| it.id).collect();
    found.sort_by_cached_key(|id| (assessment.sort_key(*id), *id));
    found
}

/// What a judgement gives a hypothesis, or with `None` none of them; `None` where it does not know the hypothesis, since it
/// is older.
pub fn share_of(judgement: &Judgement, hypothesis: Option<Id<Hypothesis>>) -> Option<f64> {
    match hypothesis {
        Some(id) => {
            judgement.probabilities.iter().find(|share| share.hypothesis == id).map(|share| share.probability)
        }
        None => Some(judgement.other),
    }
}

/// The factor by which all probabilities of a judgement are multiplied when it is pooled; `None` where they sum to 1 already
/// ([`is_coherent`]), and then in it `None` where all are 0, so that no proportion can be kept and it is left out of pools.
pub fn scaled(judgement: &Judgement) -> Option<Option<f64>> {
    let shares: Vec<f64> =
        judgement.probabilities.iter().map(|share| share.probability).chain([judgement.other]).collect();
    let sum: f64 = shares.iter().sum();
    (!is_coherent(&shares)).then(|| (sum > 0.0 && sum.is_finite()).then(|| 1.0 / sum))
}

/// What a judgement gives these hypotheses (0 where it does not know one), and last none of them.
pub fn shares(judgement: &Judgement, hypotheses: &[Id<Hypothesis>]) -> Vec<f64> {
    let of = |id: &Id<Hypothesis>| share_of(judgement, Some(*id)).unwrap_or(0.0);
    hypotheses.iter().map(of).chain([judgement.other]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Judged;
    use super::*;

    #[test]
    fn the_last_judgement_of_each_analyst_holds() {
        let mut judged = Judged::new(&["A", "B"]);
        let old = judged.judges("Ann", 1, &[0.5, 0.5], 0.0);
        let new = judged.judges("Ann", 3, &[0.7, 0.3], 0.0);
        let bens = judged.judges("Ben", 2, &[0.2, 0.7], 0.1);
        let holding: Vec<_> = latest(&judged.assessment, judged.incident).iter().map(|it| it.id).collect();
        assert_eq!(holding, [new, bens]);
        let ann = judged.analyst("Ann");
        let all: Vec<_> = history(&judged.assessment, judged.incident, ann).iter().map(|it| it.id).collect();
        assert_eq!(all, [old, new]);
        assert_eq!(hypotheses(&judged.assessment, judged.incident), judged.hypotheses);
        let bens = judged.assessment.get(bens).unwrap();
        assert_eq!(shares(bens, &judged.hypotheses), [0.2, 0.7, 0.1]);
        assert_eq!(share_of(bens, None), Some(0.1));
        assert_eq!(scaled(bens), None);
        let odd = judged.judges("Ann", 4, &[0.75, 0.5], 0.0);
        assert_eq!(scaled(judged.assessment.get(odd).unwrap()), Some(Some(0.8)));
        let nothing = judged.judges("Ann", 5, &[0.0, 0.0], 0.0);
        assert_eq!(scaled(judged.assessment.get(nothing).unwrap()), Some(None));
    }
}
