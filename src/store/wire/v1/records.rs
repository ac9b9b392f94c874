//! The records of version 1, field by field, in the order of the file.

use serde::Deserialize;

use super::scales::{
    ActorLevel, AnalystRole, AssumptionStrength, Basis, Confidence, EvidenceKind, Grade3, Kind, RatingValue,
    Reliability, Role, SourceKind, Stance, Technique, Verification,
};
use crate::model;
use crate::store::ron_writer::RonWriter;
use crate::store::wire::leaf::{Date, Digit, Moment, Ref, UuidText};
use crate::store::wire::{Wire, choice, may_be_left_out, wire};

wire! {
    Analyst {
        id: Ref<model::Analyst>,
        name: String,
        role: AnalystRole,
    }

    Source {
        id: Ref<model::Source>,
        name: String,
        kind: SourceKind,
        affiliation: String = default,
        gradings: Vec<Grading> = default,
        sorted_as: String = default,
        notes: String = default,
    }

    Grading {
        reliability: Reliability,
        reason: String = default,
        on: Option<Date> = default,
        by: Option<Ref<model::Analyst>> = default,
    }

    Document {
        id: Ref<model::Document>,
        title: String,
        publisher: Option<Ref<model::Source>> = default,
        url: String = default,
        published: Option<Date> = default,
        retrieved: Option<Date> = default,
        language: String = default,
        relays: Vec<Ref<model::Document>> = default,
        text: Option<ArchivedText> = default,
        notes: String = default,
    }

    ArchivedText {
        text: String,
        sha256: String,
    }

    Actor {
        id: Ref<model::Actor>,
        name: String,
        level: ActorLevel,
        belongs_to: Vec<Ref<model::Actor>> = default,
        aliases: Vec<Alias> = default,
        notes: String = default,
    }

    Alias {
        name: String,
        coined_by: Option<Ref<model::Source>> = default,
    }

    Incident {
        id: Ref<model::Incident>,
        name: String,
        period: Period = default,
        victims: Vec<String> = default,
        sector: String = default,
        campaign: Option<Ref<model::Incident>> = default,
        summary: String = default,
        sorted_as: String = default,
        notes: String = default,
    }

    #[derive(Default)]
    Period {
        from: Option<Date> = default,
        to: Option<Date> = default,
    }

    Claim {
        id: Ref<model::Claim>,
        source: Ref<model::Source>,
        document: Option<Ref<model::Document>> = default,
        locator: Locator = default,
        quote: String = default,
        stated_on: Option<Date> = default,
        proposition: Proposition,
        stance: Stance,
        likelihood: Option<Likelihood> = default,
        confidence: Option<Confidence> = default,
        confidence_words: String = default,
        basis: Vec<Basis> = default,
        covers: Period = default,
        repeats: Vec<Ref<model::Claim>> = default,
        credibility: Option<Digit> = default,
        credibility_reason: String = default,
        reliability_override: Option<GradeOverride> = default,
        status: Status = default,
        accepted: bool = default,
        verification: Verification = default,
        notes: String = default,
    }

    #[derive(Default)]
    Locator {
        span: Option<Span> = default,
        page: String = default,
        paragraph: String = default,
    }

    Span {
        start: usize,
        end: usize,
    }

    Likelihood {
        words: String = default,
        low: Option<f64> = default,
        high: Option<f64> = default,
    }

    GradeOverride {
        reliability: Reliability,
        reason: String = default,
    }

    Evidence {
        id: Ref<model::Evidence>,
        incident: Ref<model::Incident>,
        statement: String,
        kind: EvidenceKind,
        source: Option<Ref<model::Source>> = default,
        documents: Vec<Ref<model::Document>> = default,
        locator: Locator = default,
        from_claim: Option<Ref<model::Claim>> = default,
        observed_on: Option<Date> = default,
        credibility: Option<Digit> = default,
        reliability_override: Option<GradeOverride> = default,
        relevance: Option<Grade3> = default,
        dependence_group: String = default,
        deception_risk: Option<Grade3> = default,
        excluded: bool = default,
        sorted_as: String = default,
        notes: String = default,
    }

    Hypothesis {
        id: Ref<model::Hypothesis>,
        incident: Ref<model::Incident>,
        answer: Answer,
        prior: Option<f64> = default,
        from_claims: Vec<Ref<model::Claim>> = default,
        sorted_as: String = default,
        notes: String = default,
    }

    Rating {
        id: Ref<model::Rating>,
        analyst: Ref<model::Analyst>,
        evidence: Ref<model::Evidence>,
        hypothesis: Ref<model::Hypothesis>,
        value: RatingValue,
        likelihood: Option<f64> = default,
        reason: String = default,
        rated_at: Moment,
        round: u32 = default,
    }

    Assumption {
        id: Ref<model::Assumption>,
        incident: Option<Ref<model::Incident>> = default,
        statement: String,
        strength: AssumptionStrength,
        overturned_by: String = default,
        sorted_as: String = default,
        notes: String = default,
    }

    Indicator {
        id: Ref<model::Indicator>,
        incident: Ref<model::Incident>,
        statement: String,
        likelihoods: Vec<IndicatorLikelihood> = default,
        observation: Observation = default,
        notes: String = default,
    }

    IndicatorLikelihood {
        hypothesis: Ref<model::Hypothesis>,
        probability: f64,
    }

    Judgement {
        id: Ref<model::Judgement>,
        analyst: Ref<model::Analyst>,
        incident: Ref<model::Incident>,
        made_at: Moment,
        probabilities: Vec<ProbabilityShare> = default,
        other: f64 = default,
        confidence: Option<Confidence> = default,
        confidence_reasons: ConfidenceReasons = default,
        key_sentence: String = default,
        dissent: Vec<Dissent> = default,
        round: u32 = default,
    }

    ProbabilityShare {
        hypothesis: Ref<model::Hypothesis>,
        probability: f64,
    }

    #[derive(Default)]
    ConfidenceReasons {
        information_base: String = default,
        rigour: String = default,
        complexity: String = default,
    }

    Dissent {
        analyst: Ref<model::Analyst>,
        text: String,
    }

    Comment {
        id: Ref<model::Comment>,
        analyst: Option<Ref<model::Analyst>> = default,
        on: AnyId,
        field: String = default,
        at: Moment,
        text: String,
        resolved: bool = default,
    }

    Exercise {
        id: Ref<model::Exercise>,
        title: String,
        technique: Technique,
        incident: Option<Ref<model::Incident>> = default,
        step: u32,
        rounds: Vec<Round> = default,
        participants: Vec<Ref<model::Analyst>> = default,
        notes: String = default,
    }

    Round {
        number: u32,
        opened: Option<Moment> = default,
        closed: Option<Moment> = default,
        releases: Vec<AnyId> = default,
    }

    Outcome {
        id: Ref<model::Outcome>,
        incident: Ref<model::Incident>,
        sealed: bool,
        hypothesis: Option<Ref<model::Hypothesis>> = default,
        explanation: String = default,
    }
}

choice! {
    Proposition {
        Attribution { incident: Ref<model::Incident>, actors: Vec<Ref<model::Actor>> = default, role: Role },
        SameActor { first: Ref<model::Actor>, second: Ref<model::Actor> },
        BelongsTo { part: Ref<model::Actor>, whole: Ref<model::Actor> },
    }

    Status = Standing {
        Standing,
        Retracted { on: Option<Date> = default },
        Superseded { by: Option<Ref<model::Claim>> = default },
    }

    Observation = Open {
        Open,
        NotSeen { on: Option<Date> = default },
        Seen { on: Option<Date> = default },
    }
}

/// What a hypothesis says.
#[derive(Deserialize)]
pub(in crate::store) enum Answer {
    Actor(Ref<model::Actor>),
    Text(String),
}

impl Wire for Answer {
    type Model = model::Answer;

    fn into_model(self) -> Self::Model {
        match self {
            Self::Actor(id) => model::Answer::Actor(id.into_model()),
            Self::Text(text) => model::Answer::Text(text),
        }
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        match model {
            model::Answer::Actor(id) => out.wrapped("Actor", |out| Ref::write(id, out)),
            model::Answer::Text(text) => out.wrapped("Text", |out| String::write(text, out)),
        }
    }
}

/// The identifier of a record of any kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::store) struct AnyId {
    kind: Kind,
    id: UuidText,
}

impl Wire for AnyId {
    type Model = model::AnyId;

    fn into_model(self) -> Self::Model {
        model::AnyId { kind: self.kind.into_model(), uuid: self.id.into_model() }
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        out.open("");
        out.field("kind");
        Kind::write(&model.kind, out);
        out.field("id");
        UuidText::write(&model.uuid, out);
        out.close();
    }
}
