//! What has to hold in the header and in each record on its own, with the records that it mentions.

use rayon::prelude::*;

use super::super::date::{Overlap, Period};
use super::super::{
    Actor, Analyst, Answer, ArchivedText, Assumption, Claim, Comment, Document, Entity, Evidence, Exercise,
    GradeOverride, Hypothesis, Id, Incident, Indicator, Judgement, Likelihood, Locator, Outcome, Proposition,
    Rating, Source, Stance, Status, Table,
};
use super::{Check, Finding, SUM_TOLERANCE};

/// How many records are worth a task of their own.
const PIECE: usize = 2048;

/// How far calculating with shares may lead beyond 0 or 1.
const ROUNDING: f64 = 1e-9;

const IN_PERCENT: &str = "write a number from 0 to 1, such as 0.55 for 55 %";

impl<'a> Check<'a> {
    pub(super) fn each_record(&mut self) {
        let assessment = self.assessment;
        self.all(&assessment.analysts, Self::analyst);
        self.all(&assessment.sources, Self::source);
        self.all(&assessment.documents, Self::document);
        self.all(&assessment.actors, Self::actor);
        self.all(&assessment.incidents, Self::incident);
        self.all(&assessment.claims, Self::claim);
        self.all(&assessment.evidence, Self::evidence);
        self.all(&assessment.hypotheses, Self::hypothesis);
        self.all(&assessment.ratings, Self::rating);
        self.all(&assessment.assumptions, Self::assumption);
        self.all(&assessment.indicators, Self::indicator);
        self.all(&assessment.judgements, Self::judgement);
        self.all(&assessment.comments, Self::comment);
        self.all(&assessment.exercises, Self::exercise);
        self.all(&assessment.outcomes, Self::outcome);
    }

    /// Looks at all records of a table, in parallel: the findings come in the order of the records all the same.
    fn all<T: Entity>(&mut self, table: &Table<T>, look: fn(&mut Check<'a>, &T)) {
        let records: Vec<&T> = table.iter().collect();
        let findings: Vec<Vec<Finding>> = records
            .par_chunks(PIECE)
            .map(|piece| {
                let mut check = Check { record: None, findings: Vec::new(), ..*self };
                for record in piece {
                    check.record = Some(record.id().into());
                    check.references(*record);
                    look(&mut check, record);
                }
                check.findings
            })
            .collect();
        self.findings.extend(findings.into_iter().flatten());
    }

    pub(super) fn header(&mut self) {
        let header = &self.assessment.header;
        self.text("title", &header.title);
        let methods = &header.methods;
        let numbered = |field: &'static str, values: &[f64]| {
            values.iter().map(|value| (field, *value)).collect::<Vec<_>>()
        };
        let probabilities = [
            numbered("methods.reliability_trust", &methods.reliability_trust),
            numbered("methods.credibility_trust", &methods.credibility_trust),
            numbered("methods.confidence_trust", &methods.confidence_trust),
            numbered("methods.unstated_confidence_trust", &[methods.unstated_confidence_trust]),
            numbered("methods.unhedged_probability", &[methods.unhedged_probability]),
            numbered("methods.unquantified_hedge", &[methods.unquantified_hedge]),
            numbered("methods.rating_likelihoods", &methods.rating_likelihoods),
            numbered("methods.group_correlation", &[methods.group_correlation]),
        ];
        for (field, value) in probabilities.into_iter().flatten() {
            self.probability(field, value);
        }
        let weights = [
            numbered("methods.rating_points", &methods.rating_points),
            numbered("methods.grade_weights", &methods.grade_weights),
        ];
        for (field, value) in weights.into_iter().flatten() {
            if !value.is_finite() || value < 0.0 {
                self.broken(
                    field,
                    format!("{value} cannot weigh anything"),
                    "write a number that is not below 0",
                );
            } else if value > crate::model::Methods::GREATEST {
                self.error(
                    field,
                    format!(
                        "{value} is more than anything can weigh: {} counts in its place",
                        crate::model::Methods::GREATEST
                    ),
                    "write smaller numbers; only their proportions matter",
                );
            }
        }
    }

    /// What people call a record must not be empty.
    fn text(&mut self, field: &str, text: &str) {
        if text.trim().is_empty() {
            self.warning(field, format!("the {} is empty", field.replace('_', " ")), "fill it in");
        }
    }

    fn probability(&mut self, field: &str, value: f64) {
        if !value.is_finite() {
            self.broken(field, format!("{value} is not a number that can be calculated with"), IN_PERCENT);
        } else if !(0.0..=1.0).contains(&value) {
            self.broken(field, format!("{value} is not a probability"), IN_PERCENT);
        }
    }

    fn period(&mut self, field: &str, period: Period) {
        if let (true, Some(from), Some(to)) = (period.is_reversed(), period.from, period.to) {
            self.error(
                field,
                format!("it ends ({to}) before it begins ({from})"),
                "exchange or correct the two dates",
            );
        }
    }

    fn grade_override(&mut self, grade: Option<&GradeOverride>) {
        if grade.is_some_and(|grade| grade.reason.trim().is_empty()) {
            self.warning(
                "reliability_override.reason",
                "the reliability differs from the source's without a reason",
                "say why, or remove the override",
            );
        }
    }

    /// A span must lie within the archived text of the document that it is anchored in.
    fn locator(&mut self, locator: &Locator, document: Option<Id<Document>>) {
        let Some(span) = locator.span else { return };
        let text =
            document.and_then(|id| self.assessment.get(id)).and_then(|document| document.text.as_ref());
        match text {
            None => self.warning(
                "locator.span",
                "it is anchored in a text that is not archived",
                "archive the document's text, or remove the span",
            ),
            Some(ArchivedText { text, .. }) if text.get(span.start..span.end).is_none() => self.error(
                "locator.span",
                format!(
                    "bytes {} to {} are no span of the archived text, which has {} bytes, or they cut a character",
                    span.start,
                    span.end,
                    text.len()
                ),
                "select the words in the text again",
            ),
            Some(_) => {}
        }
    }

    pub(super) fn analyst(&mut self, analyst: &Analyst) {
        self.text("name", &analyst.name);
    }

    pub(super) fn source(&mut self, source: &Source) {
        self.text("name", &source.name);
        if source.gradings.is_empty() {
            self.warning("gradings", "its reliability is not graded", "grade it from A to F");
        }
    }

    pub(super) fn document(&mut self, document: &Document) {
        self.text("title", &document.title);
        let is_hash = |text: &str| {
            text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let Some(archived) = &document.text else { return };
        let present = archived.present_digest();
        if !is_hash(&archived.sha256) {
            self.warning(
                "text.sha256",
                "this is no SHA-256",
                format!("write \"{present}\", which is that of the archived text, or archive the text again"),
            );
        } else if archived.sha256 != present {
            self.warning(
                "text.sha256",
                "the archived text is not the one that was archived: its SHA-256 differs",
                format!("restore the text, or write \"{present}\" where the present one is right"),
            );
        }
    }

    pub(super) fn actor(&mut self, actor: &Actor) {
        self.text("name", &actor.name);
        if actor.aliases.iter().any(|alias| alias.name.trim().is_empty()) {
            self.warning("aliases.name", "an alias is empty", "fill it in or remove it");
        }
    }

    pub(super) fn incident(&mut self, incident: &Incident) {
        self.text("name", &incident.name);
        self.period("period", incident.period);
    }

    pub(super) fn claim(&mut self, claim: &Claim) {
        self.locator(&claim.locator, claim.document);
        self.proposition(claim);
        if let Some(likelihood) = &claim.likelihood {
            self.likelihood(likelihood);
        }
        self.unquantified(claim);
        self.period("covers", claim.covers);
        self.grade_override(claim.reliability_override.as_ref());
        if claim.status == (Status::Superseded { by: None }) {
            self.warning("status", "it is superseded, but not by which claim", "name the newer claim");
        }
        let incident = claim.proposition.incident().and_then(|id| self.assessment.get(id));
        if let Some(incident) = incident
            && claim.covers.overlap(incident.period) == Overlap::Apart
        {
            self.warning(
                "covers",
                format!(
                    "it speaks of {}, but the incident \"{}\" was {}",
                    claim.covers, incident.name, incident.period
                ),
                "keep it if the source really speaks of another time: the claim is then not comparable with the others",
            );
        }
    }

    fn proposition(&mut self, claim: &Claim) {
        match (&claim.proposition, claim.stance) {
            (Proposition::Attribution { actors, .. }, Stance::Asserts | Stance::Denies)
                if actors.is_empty() =>
            {
                let stance = claim.stance.label().to_lowercase();
                self.error(
                    "proposition.actors",
                    format!("it {stance}, but names nobody"),
                    "name the actors, or give it the stance `Declines`",
                );
            }
            (Proposition::Attribution { actors, .. }, Stance::Declines) if !actors.is_empty() => self.error(
                "stance",
                "it declines to name anybody, but names actors",
                "remove the actors, or give it the stance `Asserts` or `Denies`",
            ),
            (Proposition::SameActor { .. } | Proposition::BelongsTo { .. }, Stance::Declines) => self.error(
                "stance",
                "it links two actors, but declines to name anybody",
                "give it the stance `Asserts` or `Denies`",
            ),
            _ => {}
        }
        match &claim.proposition {
            Proposition::Attribution { actors, .. } => {
                let is_twice = |(index, actor)| actors.iter().take(index).any(|other| other == actor);
                if actors.iter().enumerate().any(is_twice) {
                    self.warning("proposition.actors", "it names an actor twice", "name each actor once");
                }
            }
            Proposition::SameActor { first, second } if first == second => {
                self.error(
                    "proposition.second",
                    "it says that an actor is itself",
                    "name two different actors",
                );
            }
            Proposition::BelongsTo { part, whole } if part == whole => {
                self.error(
                    "proposition.whole",
                    "it says that an actor belongs to itself",
                    "name two different actors",
                );
            }
            Proposition::SameActor { .. } | Proposition::BelongsTo { .. } => {}
        }
    }

    fn likelihood(&mut self, likelihood: &Likelihood) {
        for (field, bound) in [("likelihood.low", likelihood.low), ("likelihood.high", likelihood.high)] {
            if let Some(bound) = bound {
                self.probability(field, bound);
            }
        }
        if let (Some(low), Some(high)) = (likelihood.low, likelihood.high)
            && low > high
        {
            self.error(
                "likelihood",
                format!("its lower bound {low} is above its upper bound {high}"),
                "exchange the two",
            );
        }
    }

    /// A hedge of an attribution that fixes no number weighs by a convention; links are accepted or not, and weigh nothing.
    fn unquantified(&mut self, claim: &Claim) {
        let Some(likelihood) = &claim.likelihood else { return };
        let is_weighed = !claim.proposition.is_link() && claim.stance != Stance::Declines;
        if is_weighed && likelihood.is_unquantified(self.assessment.header.standard) {
            let words = likelihood.words.trim();
            self.warning(
                "likelihood",
                if words.is_empty() {
                    "it is hedged, but neither in words nor with a range".to_owned()
                } else {
                    format!("\"{words}\" is kept as words, without a range: no standard has such a term")
                },
                "give the range that the source means; until then the convention for such hedges holds",
            );
        }
    }

    pub(super) fn evidence(&mut self, evidence: &Evidence) {
        self.text("statement", &evidence.statement);
        self.locator(&evidence.locator, evidence.documents.first().copied());
        self.grade_override(evidence.reliability_override.as_ref());
    }

    pub(super) fn hypothesis(&mut self, hypothesis: &Hypothesis) {
        if let Answer::Text(text) = &hypothesis.answer {
            self.text("answer", text);
        }
        if let Some(prior) = hypothesis.prior {
            self.probability("prior", prior);
        }
    }

    pub(super) fn rating(&mut self, rating: &Rating) {
        if let Some(likelihood) = rating.likelihood {
            self.probability("likelihood", likelihood);
        }
        let row = self.assessment.get(rating.evidence).map(|evidence| evidence.incident);
        if let Some(row) = row {
            self.same_incident("hypothesis", rating.hypothesis, row, "the evidence");
        }
    }

    /// A hypothesis that is weighed must be one of the incident that is being weighed.
    fn same_incident(&mut self, field: &str, hypothesis: Id<Hypothesis>, incident: Id<Incident>, what: &str) {
        if self.assessment.get(hypothesis).is_some_and(|hypothesis| hypothesis.incident != incident) {
            self.warning(
                field,
                format!("the hypothesis explains another incident than {what}"),
                "name a hypothesis of the same incident",
            );
        }
    }

    pub(super) fn assumption(&mut self, assumption: &Assumption) {
        self.text("statement", &assumption.statement);
    }

    pub(super) fn indicator(&mut self, indicator: &Indicator) {
        self.text("statement", &indicator.statement);
        for entry in &indicator.likelihoods {
            self.probability("likelihoods.probability", entry.probability);
            self.same_incident(
                "likelihoods.hypothesis",
                entry.hypothesis,
                indicator.incident,
                "the indicator",
            );
        }
        let hypotheses: Vec<_> = indicator.likelihoods.iter().map(|entry| entry.hypothesis).collect();
        self.named_once("likelihoods", &hypotheses);
    }

    pub(super) fn judgement(&mut self, judgement: &Judgement) {
        for share in &judgement.probabilities {
            self.share("probabilities.probability", share.probability);
            self.same_incident(
                "probabilities.hypothesis",
                share.hypothesis,
                judgement.incident,
                "the judgement",
            );
        }
        self.share("other", judgement.other);
        let hypotheses: Vec<_> = judgement.probabilities.iter().map(|share| share.hypothesis).collect();
        self.named_once("probabilities", &hypotheses);
        let sum =
            judgement.other + judgement.probabilities.iter().map(|share| share.probability).sum::<f64>();
        // What is no number has been reported already.
        if sum.is_finite() && (sum - 1.0).abs() > SUM_TOLERANCE {
            self.error(
                "probabilities",
                format!("the probabilities and `other` sum to {:.1} %, not to 100 %", sum * 100.0),
                "change them until they sum to 1 (half a percent more or less is taken for rounding)",
            );
        }
    }

    /// A probability of a judgement. Shares are added up and taken from each other, and what is no probability only by the
    /// rounding of that must not lock anybody out.
    fn share(&mut self, field: &str, value: f64) {
        if value != value.clamp(0.0, 1.0) && (-ROUNDING..=1.0 + ROUNDING).contains(&value) {
            self.error(field, format!("{value} is not a probability"), IN_PERCENT);
        } else {
            self.probability(field, value);
        }
    }

    fn named_once(&mut self, field: &str, hypotheses: &[Id<Hypothesis>]) {
        let is_twice = |(index, hypothesis)| hypotheses.iter().take(index).any(|other| other == hypothesis);
        if hypotheses.iter().enumerate().any(is_twice) {
            self.error(field, "it gives a hypothesis twice", "give each hypothesis once");
        }
    }

    pub(super) fn comment(&mut self, comment: &Comment) {
        self.text("text", &comment.text);
    }

    pub(super) fn exercise(&mut self, exercise: &Exercise) {
        self.text("title", &exercise.title);
        if exercise.step == 0 {
            self.warning("step", "steps are counted from 1", "write 1 for an exercise at its beginning");
        }
        for round in &exercise.rounds {
            if let (Some(opened), Some(closed)) = (round.opened, round.closed)
                && closed < opened
            {
                self.error(
                    "rounds.closed",
                    format!("round {} was closed before it was opened", round.number),
                    "exchange or correct the two points in time",
                );
            }
        }
    }

    pub(super) fn outcome(&mut self, outcome: &Outcome) {
        if let Some(hypothesis) = outcome.hypothesis {
            self.same_incident("hypothesis", hypothesis, outcome.incident, "the outcome");
        }
    }
}
