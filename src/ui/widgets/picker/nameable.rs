//! Records of which a name is enough to make one.

use crate::model::{
    Actor, ActorLevel, Analyst, AnalystRole, Document, Entity, Id, Incident, Period, Source, SourceKind,
};

/// A kind of record of which a name is enough to make one. The rest is filled in later, in the inspector.
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
