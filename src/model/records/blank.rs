//! Records with what they cannot be without, and nothing else. The rest is filled in afterwards.

use jiff::Timestamp;

use super::super::date::Period;
use super::super::scales::{ActorLevel, AnalystRole, EvidenceKind, SourceKind, Stance, Verification};
use super::super::{Entity, Id};
use super::{
    Actor, Analyst, Answer, Claim, ConfidenceReasons, Document, Evidence, Hypothesis, Incident, Judgement,
    Locator, Proposition, Source, Status,
};

/// A kind of record of which a name is enough to make one.
pub trait Nameable: Entity {
    /// A record with this name and nothing else.
    fn named(id: Id<Self>, name: String) -> Self;
}

impl Nameable for Source {
    fn named(id: Id<Self>, name: String) -> Self {
        Self {
            id,
            name,
            kind: SourceKind::Government,
            affiliation: String::new(),
            gradings: Vec::new(),
            sorted_as: String::new(),
            notes: String::new(),
        }
    }
}

impl Nameable for Actor {
    fn named(id: Id<Self>, name: String) -> Self {
        Self {
            id,
            name,
            level: ActorLevel::Cluster,
            belongs_to: Vec::new(),
            aliases: Vec::new(),
            notes: String::new(),
        }
    }
}

impl Nameable for Incident {
    fn named(id: Id<Self>, name: String) -> Self {
        Self {
            id,
            name,
            period: Period::default(),
            victims: Vec::new(),
            sector: String::new(),
            campaign: None,
            summary: String::new(),
            sorted_as: String::new(),
            notes: String::new(),
        }
    }
}

impl Nameable for Document {
    fn named(id: Id<Self>, title: String) -> Self {
        Self {
            id,
            title,
            publisher: None,
            url: String::new(),
            published: None,
            retrieved: None,
            language: String::new(),
            relays: Vec::new(),
            text: None,
            notes: String::new(),
        }
    }
}

impl Nameable for Analyst {
    fn named(id: Id<Self>, name: String) -> Self {
        Self { id, name, role: AnalystRole::Analyst }
    }
}

impl Claim {
    /// A standing, first-hand claim that asserts this without a hedge; nothing else is known of it.
    pub fn new(id: Id<Self>, source: Id<Source>, proposition: Proposition) -> Self {
        Self {
            id,
            source,
            document: None,
            locator: Locator::default(),
            quote: String::new(),
            stated_on: None,
            proposition,
            stance: Stance::Asserts,
            likelihood: None,
            confidence: None,
            confidence_words: String::new(),
            basis: Vec::new(),
            covers: Period::default(),
            repeats: Vec::new(),
            credibility: None,
            credibility_reason: String::new(),
            reliability_override: None,
            status: Status::Standing,
            accepted: false,
            verification: Verification::Unverified,
            notes: String::new(),
        }
    }
}

impl Evidence {
    /// A piece of evidence that is neither graded nor weighed.
    pub fn new(id: Id<Self>, incident: Id<Incident>, statement: String) -> Self {
        Self {
            id,
            incident,
            statement,
            kind: EvidenceKind::Other,
            source: None,
            documents: Vec::new(),
            locator: Locator::default(),
            from_claim: None,
            observed_on: None,
            credibility: None,
            reliability_override: None,
            relevance: None,
            dependence_group: String::new(),
            deception_risk: None,
            excluded: false,
            sorted_as: String::new(),
            notes: String::new(),
        }
    }
}

impl Hypothesis {
    /// An answer without a prior.
    pub const fn new(id: Id<Self>, incident: Id<Incident>, answer: Answer) -> Self {
        Self {
            id,
            incident,
            answer,
            prior: None,
            from_claims: Vec::new(),
            sorted_as: String::new(),
            notes: String::new(),
        }
    }
}

impl Judgement {
    /// A judgement that gives no hypothesis anything, and all to none of them.
    pub fn new(id: Id<Self>, analyst: Id<Analyst>, incident: Id<Incident>, made_at: Timestamp) -> Self {
        Self {
            id,
            analyst,
            incident,
            made_at,
            probabilities: Vec::new(),
            other: 1.0,
            confidence: None,
            confidence_reasons: ConfidenceReasons::default(),
            key_sentence: String::new(),
            dissent: Vec::new(),
            round: 0,
        }
    }
}
