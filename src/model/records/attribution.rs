//! Who says who did what: sources, documents, actors, incidents and claims.

use sha2::{Digest as _, Sha256};

use super::super::date::{PartialDate, Period};
use super::super::scales::{
    ActorLevel, Basis, Confidence, Credibility, Reliability, Role, SourceKind, Stance, Verification,
};
use super::super::{AnyId, Id};
use super::{Analyst, Reference, forget_one, forget_some, mentions, needs};

/// The first-class object: this source says this, on this date, in this document.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its identifier.
    pub id: Id<Claim>,
    /// Who says it.
    pub source: Id<Source>,
    /// Where it is said.
    pub document: Option<Id<Document>>,
    /// Where in the document.
    pub locator: Locator,
    /// The wording, where the wording is the datum.
    pub quote: String,
    /// When it was said.
    pub stated_on: Option<PartialDate>,
    /// What is said.
    pub proposition: Proposition,
    /// Whether the source asserts it, denies it, or declines to say.
    pub stance: Stance,
    /// The likelihood as stated; `None` where it was stated without a hedge.
    pub likelihood: Option<Likelihood>,
    /// The confidence as stated; `None` where none was stated.
    pub confidence: Option<Confidence>,
    /// The source's own words for its confidence, such as "medium degree of confidence".
    pub confidence_words: String,
    /// What the source says it rests on, in the order of the scale; empty where it gives nothing.
    pub basis: Vec<Basis>,
    /// The period that the claim speaks of; unknown where it does not say.
    pub covers: Period,
    /// The claims that this one merely repeats.
    pub repeats: Vec<Id<Claim>>,
    /// The analyst's grade of the item itself; `None` where not yet graded.
    pub credibility: Option<Credibility>,
    /// Why that grade.
    pub credibility_reason: String,
    /// A reliability for this item alone, in place of its source's.
    pub reliability_override: Option<GradeOverride>,
    /// Whether the source still stands by it.
    pub status: Status,
    /// For same-actor and belongs-to claims: whether the analyst accepts the link.
    pub accepted: bool,
    /// How far the claim was checked against the original.
    pub verification: Verification,
    /// Anything else worth knowing.
    pub notes: String,
}

/// What a claim can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposition {
    /// The incident was done by the actors, jointly where there are several.
    Attribution {
        /// What happened.
        incident: Id<Incident>,
        /// Who did it; empty only where the source declines to name anybody.
        actors: Vec<Id<Actor>>,
        /// In which role.
        role: Role,
    },
    /// Two actors are one.
    SameActor {
        /// One of them.
        first: Id<Actor>,
        /// The other.
        second: Id<Actor>,
    },
    /// An actor is part of another, or run by it.
    BelongsTo {
        /// The narrower actor.
        part: Id<Actor>,
        /// The wider actor.
        whole: Id<Actor>,
    },
}

impl Proposition {
    /// The incident that an attribution speaks of.
    pub const fn incident(&self) -> Option<Id<Incident>> {
        match self {
            Self::Attribution { incident, .. } => Some(*incident),
            Self::SameActor { .. } | Self::BelongsTo { .. } => None,
        }
    }

    /// Whether it links two actors, so that an analyst accepts it or not.
    pub const fn is_link(&self) -> bool {
        matches!(self, Self::SameActor { .. } | Self::BelongsTo { .. })
    }

    /// All actors that it names, in order.
    pub fn actors(&self) -> Vec<Id<Actor>> {
        match self {
            Self::Attribution { actors, .. } => actors.clone(),
            Self::SameActor { first, second } => vec![*first, *second],
            Self::BelongsTo { part, whole } => vec![*part, *whole],
        }
    }
}

/// A likelihood as a source stated it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Likelihood {
    /// The words that were used; empty where only numbers were given.
    pub words: String,
    /// The lowest probability that was meant, in `[0, 1]`; `None` where the words fix no number.
    pub low: Option<f64>,
    /// The highest probability that was meant, in `[0, 1]`, not below `low`.
    pub high: Option<f64>,
}

/// Where in a document something stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Locator {
    /// A span of the document's archived text.
    pub span: Option<Span>,
    /// A page, as printed.
    pub page: String,
    /// A paragraph or section, as the document counts them.
    pub paragraph: String,
}

/// A span of an archived text, in bytes of its UTF-8, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A reliability that an item has in place of its source's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeOverride {
    /// The grade.
    pub reliability: Reliability,
    /// Why it differs from the source's.
    pub reason: String,
}

/// Whether a source still stands by a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Status {
    /// It does, as far as is known.
    #[default]
    Standing,
    /// It took it back.
    Retracted {
        /// When.
        on: Option<PartialDate>,
    },
    /// It said something newer in its place.
    Superseded {
        /// The newer claim.
        by: Option<Id<Claim>>,
    },
}

/// Someone who asserts.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its identifier.
    pub id: Id<Source>,
    /// Its name.
    pub name: String,
    /// What kind of party it is.
    pub kind: SourceKind,
    /// Whom it belongs to or speaks for, such as a state or a parent company.
    pub affiliation: String,
    /// The history of its reliability grades, oldest first; the last one holds.
    pub gradings: Vec<Grading>,
    /// What it is sorted as among its kind, where it was moved; empty: its name. See [`crate::model::order`].
    pub sorted_as: String,
    /// Anything else worth knowing.
    pub notes: String,
}

impl Source {
    /// The reliability that holds now; `None` where it was never graded.
    pub fn reliability(&self) -> Option<Reliability> {
        self.gradings.last().map(|grading| grading.reliability)
    }
}

/// One dated grade of a source's reliability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading {
    /// The grade.
    pub reliability: Reliability,
    /// Why.
    pub reason: String,
    /// When it was given.
    pub on: Option<PartialDate>,
    /// Who gave it.
    pub by: Option<Id<Analyst>>,
}

/// A publication in which claims stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its identifier.
    pub id: Id<Document>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<Id<Source>>,
    /// Where it is found.
    pub url: String,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it was read.
    pub retrieved: Option<PartialDate>,
    /// Its language, as a BCP 47 tag such as "en" or "zh-Hans".
    pub language: String,
    /// The documents that it repeats.
    pub relays: Vec<Id<Document>>,
    /// A copy of its text.
    pub text: Option<ArchivedText>,
    /// Anything else worth knowing.
    pub notes: String,
}

/// A copy of a document's text, to which spans are anchored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedText {
    /// The text.
    pub text: String,
    /// The SHA-256 of the text's UTF-8 when it was archived, in lower-case hexadecimal.
    pub sha256: String,
}

impl ArchivedText {
    /// A copy that is made now.
    pub fn new(text: String) -> Self {
        Self { sha256: digest(&text), text }
    }

    /// The SHA-256 of the text as it now is. It differs from the one that is noted where the text was changed.
    pub fn present_digest(&self) -> String {
        digest(&self.text)
    }
}

fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Someone to whom an incident can be attributed.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Its identifier.
    pub id: Id<Actor>,
    /// Its name.
    pub name: String,
    /// How wide or narrow it is.
    pub level: ActorLevel,
    /// The wider actors that it is part of: an acyclic graph, not only a tree.
    pub belongs_to: Vec<Id<Actor>>,
    /// Its other names.
    pub aliases: Vec<Alias>,
    /// Anything else worth knowing.
    pub notes: String,
}

/// Another name of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// Who coined it.
    pub coined_by: Option<Id<Source>>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Its identifier.
    pub id: Id<Incident>,
    /// Its name.
    pub name: String,
    /// When it happened.
    pub period: Period,
    /// Who was attacked.
    pub victims: Vec<String>,
    /// The sector of the victims.
    pub sector: String,
    /// The wider campaign that it is part of.
    pub campaign: Option<Id<Incident>>,
    /// What is known of it.
    pub summary: String,
    /// What it is sorted as among its kind, where it was moved; empty: its name. See [`crate::model::order`].
    pub sorted_as: String,
    /// Anything else worth knowing.
    pub notes: String,
}

impl Claim {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        see(needs(self.source, "source"));
        self.document.iter().for_each(|id| see(mentions(*id, "document")));
        match &self.proposition {
            Proposition::Attribution { incident, actors, .. } => {
                see(needs(*incident, "proposition.incident"));
                actors.iter().for_each(|id| see(needs(*id, "proposition.actors")));
            }
            Proposition::SameActor { first, second } => {
                see(needs(*first, "proposition.first"));
                see(needs(*second, "proposition.second"));
            }
            Proposition::BelongsTo { part, whole } => {
                see(needs(*part, "proposition.part"));
                see(needs(*whole, "proposition.whole"));
            }
        }
        self.repeats.iter().for_each(|id| see(mentions(*id, "repeats")));
        if let Status::Superseded { by: Some(by) } = self.status {
            see(mentions(by, "status.by"));
        }
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.document, gone);
        forget_some(&mut self.repeats, gone);
        if let Status::Superseded { by } = &mut self.status {
            forget_one(by, gone);
        }
    }
}

impl Source {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.gradings.iter().filter_map(|grading| grading.by).for_each(|id| see(mentions(id, "gradings.by")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        self.gradings.iter_mut().for_each(|grading| forget_one(&mut grading.by, gone));
    }
}

impl Document {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.publisher.iter().for_each(|id| see(mentions(*id, "publisher")));
        self.relays.iter().for_each(|id| see(mentions(*id, "relays")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.publisher, gone);
        forget_some(&mut self.relays, gone);
    }
}

impl Actor {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.belongs_to.iter().for_each(|id| see(mentions(*id, "belongs_to")));
        self.aliases
            .iter()
            .filter_map(|alias| alias.coined_by)
            .for_each(|id| see(mentions(id, "aliases.coined_by")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_some(&mut self.belongs_to, gone);
        self.aliases.iter_mut().for_each(|alias| forget_one(&mut alias.coined_by, gone));
    }
}

impl Incident {
    pub(in crate::model) fn visit(&self, see: &mut dyn FnMut(Reference)) {
        self.campaign.iter().for_each(|id| see(mentions(*id, "campaign")));
    }

    pub(in crate::model) fn clear(&mut self, gone: &dyn Fn(AnyId) -> bool) {
        forget_one(&mut self.campaign, gone);
    }
}
