//! Three lenses on one question: what speaks against each hypothesis, what the evidence weighs, and who claims what. Side by
//! side, with where they differ and why.
//!
//! They are not three measurements of one thing. Inconsistency is a rank of the evidence against, log-odds are probabilities
//! that rest on the evidence and on priors, fusion rests on claims and their sources alone. That they agree is no proof, and
//! that they differ is a question to the analyst.

mod explain;
#[cfg(test)]
mod tests;
mod why;

use rustc_hash::FxHashMap;

use super::record;
use crate::analysis::ach::{HypothesisScore, Raters, Scores};
use crate::analysis::charts::{BeliefSpan, ChartTable};
use crate::analysis::fusion::{ActorBelief, Fused};
use crate::analysis::odds::LogOdds;
use crate::analysis::rounding::ROUNDING;
use crate::analysis::{Derived, Measure, Undefined};
use crate::model::wording::{capitalised, in_a_row};
use crate::model::{ActorLevel, Answer, FusionRule, Hypothesis, Id, Incident, Judgement};

/// One of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lens {
    /// The weighted inconsistency of the evidence matrix: the least is in front.
    Inconsistency,
    /// The posterior probability by log-odds.
    LogOdds,
    /// The projected probability of the hypothesis's actor in the fused claims.
    Fusion,
}

impl Lens {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Inconsistency, Self::LogOdds, Self::Fusion];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Inconsistency => "Inconsistency",
            Self::LogOdds => "Log-odds",
            Self::Fusion => "Claim fusion",
        }
    }

    /// What stands above its numbers: what they are, as it is called where they come from.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Inconsistency => "Weighted inconsistency",
            Self::LogOdds => "Log-odds, posterior",
            Self::Fusion => "Claim fusion, projected",
        }
    }

    /// What it is, in one sentence.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Inconsistency => {
                "What speaks against each hypothesis, weighed: a rank, and never a probability. Consistent evidence buys nothing \
                 back"
            }
            Self::LogOdds => {
                "Priors and P(E|H) of every rating, for and against: a probability among these hypotheses, of which one is taken \
                 to be true"
            }
            Self::Fusion => {
                "What sources claim, by their grades and their independence: the projected probability of the hypothesis’s \
                 actor. It knows nothing of the evidence"
            }
        }
    }
}

/// What the three lenses show of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Lenses {
    /// Of which incident.
    pub incident: Id<Incident>,
    /// The hypotheses, in the order of the assessment.
    pub rows: Vec<LensRow>,
    /// How many pieces of evidence are rated and count.
    pub items: usize,
    /// By which rule claims were fused.
    pub rule: FusionRule,
    /// What the fused claims leave open, in `[0, 1]`.
    pub uncertainty: Measure,
    /// Where two lenses have another hypothesis in front, and why.
    pub differences: Vec<Difference>,
}

/// What the lenses show of one hypothesis.
#[derive(Clone, Debug, PartialEq)]
pub struct LensRow {
    /// The hypothesis.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called, such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
    /// How much speaks against it.
    pub score: HypothesisScore,
    /// Its probability before the evidence, in `[0, 1]`.
    pub prior: f64,
    /// Its probability by log-odds, in `[0, 1]`; undefined where no evidence is rated.
    pub posterior: Measure,
    /// The projected probability of its actor, in `[0, 1]`; undefined where no claim names the actor, and where the hypothesis
    /// is in free text.
    pub projected: Measure,
    /// What stands behind that probability: how much the claims speak for its actor, and how much they leave open. `None` where
    /// it is undefined.
    pub span: Option<BeliefSpan>,
    /// The rank under each lens, in the order of [`Lens::ALL`], counted from 1; equals share one. `None` where it is undefined.
    pub ranks: [Option<usize>; 3],
    /// The number of its actor in the hierarchy.
    number: Option<usize>,
}

impl LensRow {
    /// The rank under a lens.
    pub fn rank(&self, lens: Lens) -> Option<usize> {
        let [inconsistency, odds, fusion] = self.ranks;
        match lens {
            Lens::Inconsistency => inconsistency,
            Lens::LogOdds => odds,
            Lens::Fusion => fusion,
        }
    }

    /// The number that a lens shows: the weighted inconsistency, or a probability.
    pub const fn value(&self, lens: Lens) -> &Measure {
        match lens {
            Lens::Inconsistency => &self.score.weighted,
            Lens::LogOdds => &self.posterior,
            Lens::Fusion => &self.projected,
        }
    }
}

/// Two lenses that have another hypothesis in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The one.
    pub first: Lens,
    /// The other.
    pub second: Lens,
    /// What they say, such as "Inconsistency puts H1 in front, log-odds H2".
    pub what: String,
    /// Why, the plainest reason first; a sentence each.
    pub why: Vec<String>,
}

impl Lenses {
    /// Looks at an incident through the three lenses: with the ratings of everyone, and the claims fused as the assessment
    /// says.
    pub fn new(derived: &Derived, incident: Id<Incident>) -> Self {
        let assessment = derived.assessment();
        let matrix = derived.matrix(incident);
        let scores = Scores::new(&matrix, Raters::Everyone, &assessment.header.methods);
        let odds = LogOdds::new(assessment, &matrix, Raters::Everyone);
        let fused = derived.fused(incident, None, None);
        let columns: FxHashMap<Id<Hypothesis>, usize> =
            matrix.hypotheses.iter().enumerate().map(|(column, id)| (*id, column)).collect();
        let row = |(number, id): (usize, Id<Hypothesis>)| {
            let column = *columns.get(&id)?;
            let (score, posterior) = (scores.hypotheses.get(column)?, odds.hypotheses.get(column)?);
            let hypothesis = assessment.get(id)?;
            let actor = match hypothesis.answer {
                Answer::Actor(actor) => derived.hierarchy().number_of(actor),
                Answer::Text(_) => None,
            };
            let is_rated = !odds.items.is_empty();
            let claimed = claimed(derived, &fused, hypothesis);
            Some(LensRow {
                hypothesis: id,
                name: format!("H{}", number + 1),
                answer: assessment.answer_text(&hypothesis.answer),
                score: score.clone(),
                prior: posterior.prior,
                posterior: if is_rated {
                    posterior.posterior.clone()
                } else {
                    Err(Undefined::because("no evidence is rated"))
                },
                projected: claimed.as_ref().map(|span| span.projected).map_err(Clone::clone),
                span: claimed.ok(),
                ranks: [score.rank, None, None],
                number: actor,
            })
        };
        let ids = record::hypotheses(assessment, incident).into_iter().enumerate();
        let mut rows: Vec<LensRow> = ids.filter_map(row).collect();
        rank(&mut rows);
        let mut lenses = Self {
            incident,
            rows,
            items: odds.items.len(),
            rule: fused.rule,
            uncertainty: fused.uncertainty.clone(),
            differences: Vec::new(),
        };
        lenses.differences = why::differences(derived, &lenses, &matrix, &odds, &fused);
        lenses
    }

    /// The rows that a lens has in front: several where they are level. None where it rates fewer than two hypotheses, and none
    /// by claim fusion where that cannot rate a hypothesis which the evidence has in front, since what is first among the rest is
    /// not in front of it, or where no claim that takes part speaks for the one with the greatest share.
    pub fn leaders(&self, lens: Lens) -> Vec<usize> {
        let is_known = |place: &usize| self.rows.get(*place).is_some_and(|row| row.value(lens).is_ok());
        let of_evidence = [Lens::Inconsistency, Lens::LogOdds].into_iter().flat_map(|lens| self.first(lens));
        let first = self.first(lens);
        // A share that is base rate alone was claimed by nobody.
        let is_claimed = |place: &usize| {
            let span = self.rows.get(*place).and_then(|row| row.span);
            span.is_some_and(|span| span.belief > ROUNDING)
        };
        let cannot_lead = lens == Lens::Fusion
            && !(of_evidence.into_iter().all(|it| is_known(&it)) && first.iter().all(is_claimed));
        if self.known(lens) < 2 || cannot_lead { Vec::new() } else { first }
    }

    /// The rows with rank 1 under a lens, among those that it rates.
    fn first(&self, lens: Lens) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|place| self.rows.get(*place).is_some_and(|row| row.rank(lens) == Some(1)))
            .collect()
    }

    /// How many hypotheses a lens rates.
    pub fn known(&self, lens: Lens) -> usize {
        self.rows.iter().filter(|row| row.value(lens).is_ok()).count()
    }

    /// Why lenses that have nobody in front cannot rate some hypotheses: a sentence for each lens and reason.
    pub fn gaps(&self) -> Vec<String> {
        let mut found = Vec::new();
        for lens in Lens::ALL.into_iter().filter(|lens| self.leaders(*lens).is_empty()) {
            let mut reasons: Vec<(String, Vec<usize>)> = Vec::new();
            for (place, row) in self.rows.iter().enumerate() {
                let Err(undefined) = row.value(lens) else { continue };
                let reason = undefined.0.to_string();
                match reasons.iter_mut().find(|(other, _)| *other == reason) {
                    Some((_, places)) => places.push(place),
                    None => reasons.push((reason, vec![place])),
                }
            }
            found.extend(reasons.into_iter().map(|(reason, places)| {
                format!("{} cannot rate {}: {reason}", lens.label(), self.names(&places))
            }));
        }
        found
    }

    /// The lenses that say anything.
    pub fn speaking(&self) -> impl Iterator<Item = Lens> {
        Lens::ALL.into_iter().filter(|lens| !self.leaders(*lens).is_empty())
    }

    /// The names of rows, such as "H1 and H2".
    pub fn names(&self, places: &[usize]) -> String {
        let names: Vec<&str> =
            places.iter().filter_map(|place| Some(self.rows.get(*place)?.name.as_str())).collect();
        if names.is_empty() { "none".to_owned() } else { in_a_row(&names) }
    }

    /// What the lenses have in common, or that they differ, in one sentence.
    pub fn summary(&self) -> String {
        // Lenses that have the same in front, in the order of the lenses.
        let mut fronts: Vec<(Vec<usize>, Vec<Lens>)> = Vec::new();
        for lens in self.speaking() {
            let leaders = self.leaders(lens);
            match fronts.iter_mut().find(|(other, _)| *other == leaders) {
                Some((_, lenses)) => lenses.push(lens),
                None => fronts.push((leaders, vec![lens])),
            }
        }
        let told = match fronts.as_slice() {
            [] if Lens::ALL.iter().all(|lens| self.known(*lens) == 0) => {
                return "Nothing to compare yet: no evidence is rated, and no claim names the actor of a hypothesis"
                    .to_owned();
            }
            [] => "No lens has anything in front".to_owned(),
            [(leaders, lenses)] => {
                let names = self.names(leaders);
                if lenses.len() == Lens::ALL.len() {
                    format!("All three have {names} in front")
                } else {
                    format!("{} {names} in front", capitalised(&having(lenses)))
                }
            }
            [(leaders, lenses), others @ ..] => {
                let each = others
                    .iter()
                    .map(|(leaders, lenses)| format!(", {} {}", lens_list(lenses), self.names(leaders)));
                let each: String = each.collect();
                format!("They differ: {} {} in front{each}", having(lenses), self.names(leaders))
            }
        };
        let silent = Lens::ALL.into_iter().filter(|lens| self.leaders(*lens).is_empty());
        let silent: String = silent.map(|lens| format!("; {}", self.unable(lens))).collect();
        told + &silent
    }

    /// What a lens cannot rate, such as "claim fusion cannot rate H1 and H2".
    fn unable(&self, lens: Lens) -> String {
        let is_unknown = |place: &usize| self.rows.get(*place).is_some_and(|row| row.value(lens).is_err());
        let unknown: Vec<usize> = (0..self.rows.len()).filter(is_unknown).collect();
        let what = match (unknown.len(), self.rows.len()) {
            (0, _) if self.known(lens) > 1 => {
                return format!("{} leaves open who is in front", lens.label().to_lowercase());
            }
            (0, _) => return format!("{} has nothing to compare", lens.label().to_lowercase()),
            (some, all) if some == all => "any hypothesis".to_owned(),
            _ => self.names(&unknown),
        };
        format!("{} cannot rate {what}", lens.label().to_lowercase())
    }

    /// How a judgement stands to the lenses, in one sentence; `None` where it has no hypothesis in front, or no lens says
    /// anything.
    pub fn beside(&self, judgement: &Judgement) -> Option<String> {
        let share = |row: &LensRow| record::share_of(judgement, Some(row.hypothesis)).unwrap_or(0.0);
        let of_hypotheses = self.rows.iter().map(share).fold(0.0, f64::max);
        let greatest = judgement.other.max(of_hypotheses);
        let is_none_in_front = judgement.other > 0.0 && greatest - judgement.other < ROUNDING;
        let own: Vec<usize> = (0..self.rows.len())
            .filter(|place| {
                self.rows.get(*place).is_some_and(|row| greatest > 0.0 && greatest - share(row) < ROUNDING)
            })
            .collect();
        if own.is_empty() {
            // No lens can have it in front: each looks at the hypotheses alone.
            return is_none_in_front.then(|| {
                "The judgement has none of these hypotheses in front, which no lens speaks of".to_owned()
            });
        }
        let shares_one = |lens: &Lens| self.leaders(*lens).iter().any(|place| own.contains(place));
        let (with, against): (Vec<Lens>, Vec<Lens>) = self.speaking().partition(shares_one);
        let verb = |lenses: &[Lens]| if is_plural(lenses) { "do" } else { "does" };
        let begin = if is_none_in_front {
            format!("The judgement has {} and none of these in front", self.names(&own))
        } else {
            format!("The judgement has {} in front", self.names(&own))
        };
        let adds_none = |lens: &Lens| self.leaders(*lens).iter().all(|place| own.contains(place));
        let (alike, wider): (Vec<Lens>, Vec<Lens>) = with.into_iter().partition(adds_none);
        let it = if own.len() == 1 { "it" } else { "them" };
        let level = wider.iter().map(|lens| {
            let mut others = self.leaders(*lens);
            others.retain(|place| !own.contains(place));
            let has = if is_plural(&[*lens]) { "have" } else { "has" };
            format!("; {} {has} {} level with {it}", lens.label().to_lowercase(), self.names(&others))
        });
        let level: String = level.collect();
        Some(match (alike.as_slice(), against.as_slice()) {
            ([], []) if level.is_empty() => return None,
            ([], against) if level.is_empty() => {
                format!("{begin}, and {} {} not", lens_list(against), verb(against))
            }
            ([], _) => format!("{begin}{level}"),
            (alike, _) => format!("{begin}, as {} {}{level}", lens_list(alike), verb(alike)),
        })
    }

    /// The same as a table, with what is judged: what that is called, and the probability of each row where it is known.
    pub fn table(&self, (judged, shares): (&str, &[Option<f64>])) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Hypothesis",
            "Answer",
            judged,
            "Weighted inconsistency",
            "Rank by inconsistency",
            "Prior",
            "Posterior by log-odds",
            "Rank by log-odds",
            "Projected by claim fusion",
            "Rank by claim fusion",
        ]);
        let number = |measure: &Measure| match measure {
            Ok(value) => value.to_string(),
            Err(undefined) => undefined.to_string(),
        };
        for (place, row) in self.rows.iter().enumerate() {
            let rank = |lens| row.rank(lens).map_or_else(String::new, |rank| rank.to_string());
            let judged = shares.get(place).copied().flatten();
            table.rows.push(vec![
                row.name.clone(),
                row.answer.clone(),
                judged.map_or_else(String::new, |share| share.to_string()),
                number(&row.score.weighted),
                rank(Lens::Inconsistency),
                row.prior.to_string(),
                number(&row.posterior),
                rank(Lens::LogOdds),
                number(&row.projected),
                rank(Lens::Fusion),
            ]);
        }
        table
    }
}

/// Lenses in a row, such as "inconsistency, log-odds and claim fusion".
fn lens_list(lenses: &[Lens]) -> String {
    let names: Vec<String> = lenses.iter().map(|lens| lens.label().to_lowercase()).collect();
    in_a_row(&names)
}

/// "Log-odds" are several.
const fn is_plural(lenses: &[Lens]) -> bool {
    !matches!(lenses, [Lens::Inconsistency | Lens::Fusion])
}

/// Lenses with their verb, such as "log-odds and claim fusion have".
fn having(lenses: &[Lens]) -> String {
    format!("{} {}", lens_list(lenses), if is_plural(lenses) { "have" } else { "has" })
}

/// What the fused claims say of a hypothesis's actor.
fn claimed(derived: &Derived, fused: &Fused, hypothesis: &Hypothesis) -> Result<BeliefSpan, Undefined> {
    let Answer::Actor(actor) = hypothesis.answer else {
        return Err(Undefined::because("free text names no actor, and fusion rates actors only"));
    };
    fused.uncertainty.clone()?;
    let number = derived.hierarchy().number_of(actor);
    let belief = fused.actors.iter().find(|belief| Some(belief.number) == number);
    let span = |row: &ActorBelief| BeliefSpan {
        belief: row.belief,
        plausibility: row.plausibility,
        projected: row.projected,
    };
    belief.map(span).ok_or_else(|| match derived.options().level {
        Some(level) => Undefined(
            format!(
                "no claim names the actor as seen at the level {}",
                ActorLevel::label(level).to_lowercase()
            )
            .into(),
        ),
        None => Undefined::because("no claim names the actor, or a part of it"),
    })
}

/// Puts in the ranks by the two probabilities, the greatest first.
fn rank(rows: &mut [LensRow]) {
    let ranks = |values: Vec<Option<f64>>| -> Vec<Option<usize>> {
        let above =
            |value: f64| 1 + values.iter().flatten().filter(|other| **other > value + ROUNDING).count();
        values.iter().map(|value| value.map(above)).collect()
    };
    let odds = ranks(rows.iter().map(|row| row.posterior.as_ref().ok().copied()).collect());
    let fusion = ranks(rows.iter().map(|row| row.projected.as_ref().ok().copied()).collect());
    for (row, (odds, fusion)) in rows.iter_mut().zip(odds.into_iter().zip(fusion)) {
        let [inconsistency, ..] = row.ranks;
        row.ranks = [inconsistency, odds, fusion];
    }
}
