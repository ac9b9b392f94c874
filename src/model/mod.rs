//! What an assessment is: plain data and its invariants.
//!
//! Nothing here knows a window, a file, a clock or randomness. The words are those of the field; the map of the
//! records is [`Assessment`].

pub mod cascade;
mod conventions;
pub mod date;
pub mod header;
pub mod id;
pub mod naming;
pub mod order;
pub mod records;
pub mod scales;
pub mod spreadsheet;
mod table;
mod terms;
pub mod validate;
pub mod wording;

use std::sync::Arc;

pub use conventions::{Convention, ConventionValue};
pub use date::{PartialDate, Period};
pub use header::{Header, Methods};
pub use id::{Id, Uuid};
pub use records::*;
pub use scales::*;
pub use table::{RecordChange, Records, Table};
pub use terms::{ADVERBS, Term};

/// Defines the kinds of records, and for each what depends on its name alone.
macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident, $table:ident, $one:literal, $many:literal;)+) => {
        /// The kinds of records, in the order in which the file has them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$meta])* $kind,)+ }

        impl Kind {
            /// All kinds, in the order in which the file has them.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The name of one record of the kind, in lower case.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$kind => $one,)+ }
            }

            /// The name of several records of the kind, in lower case.
            pub const fn plural(self) -> &'static str {
                match self { $(Self::$kind => $many,)+ }
            }

            /// The name of the kind's table in the file.
            pub const fn table_name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($table),)+ }
            }
        }

        /// A record of any kind. Cheap to clone: the data is shared.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Record { $($(#[$meta])* $kind(Arc<$kind>),)+ }

        impl Record {
            /// Its identifier.
            pub fn id(&self) -> AnyId {
                match self { $(Self::$kind(record) => record.id.into(),)+ }
            }

            /// Calls `see` once for each mention of another record.
            pub fn references(&self, see: &mut dyn FnMut(Reference)) {
                match self { $(Self::$kind(record) => record.references(see),)+ }
            }

            /// The same record without its mentions of records that are `gone`.
            #[must_use]
            pub fn forgetting(&self, gone: &dyn Fn(AnyId) -> bool) -> Self {
                match self {
                    $(Self::$kind(record) => {
                        let mut record = (**record).clone();
                        record.forget(gone);
                        Self::$kind(Arc::new(record))
                    })+
                }
            }
        }

        $(impl Entity for $kind {
            const KIND: Kind = Kind::$kind;

            fn id(&self) -> Id<Self> {
                self.id
            }

            fn references(&self, see: &mut dyn FnMut(Reference)) {
                self.visit(see);
            }

            fn forget(&mut self, gone: &dyn Fn(AnyId) -> bool) {
                self.clear(gone);
            }

            fn table(assessment: &Assessment) -> &Table<Self> {
                &assessment.$table
            }

            fn into_record(self) -> Record {
                Record::$kind(Arc::new(self))
            }
        })+

        /// The document: a question, everything that was claimed about it, what the analysts made of it, and what
        /// they concluded.
        ///
        /// Cloning is cheap enough for a snapshot: the records are shared. Only [`crate::edit`] changes one.
        #[derive(Clone, Debug, PartialEq, Default)]
        pub struct Assessment {
            /// What concerns the whole.
            pub header: Header,
            $(
                #[doc = concat!("All ", $many, ".")]
                pub $table: Table<$kind>,
            )+
        }

        impl Assessment {
            /// The record of an identifier.
            pub fn record(&self, id: AnyId) -> Option<Record> {
                match id.kind { $(Kind::$kind => self.$table.shared(Id::new(id.uuid)).map(Record::$kind),)+ }
            }

            /// Whether there is a record of that identifier.
            pub fn contains(&self, id: AnyId) -> bool {
                match id.kind { $(Kind::$kind => self.$table.contains(Id::new(id.uuid)),)+ }
            }

            /// How many records of a kind there are.
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$kind => self.$table.len(),)+ }
            }

            /// Calls `see` for every record, by kind and then by identifier.
            pub fn for_each_record(&self, see: &mut dyn FnMut(Record)) {
                $(self.$table.iter_shared().for_each(|record| see(Record::$kind(Arc::clone(record))));)+
            }

            /// Calls `see` for every mention, with the record that mentions.
            pub fn for_each_reference(&self, see: &mut dyn FnMut(AnyId, Reference)) {
                $(for record in self.$table.iter() {
                    let from = AnyId::from(record.id);
                    record.references(&mut |reference| see(from, reference));
                })+
            }

            /// Puts a record in, and gives back the one of the same identifier that was there.
            pub(crate) fn put(&mut self, record: Record) -> Option<Record> {
                match record { $(Record::$kind(record) => self.$table.put(record).map(Record::$kind),)+ }
            }

            /// Takes a record out.
            pub(crate) fn take(&mut self, id: AnyId) -> Option<Record> {
                match id.kind { $(Kind::$kind => self.$table.take(Id::new(id.uuid)).map(Record::$kind),)+ }
            }
        }
    };
}

kinds! {
    /// Someone who rates and judges.
    Analyst, analysts, "analyst", "analysts";
    /// Someone who asserts.
    Source, sources, "source", "sources";
    /// A publication.
    Document, documents, "document", "documents";
    /// Someone to whom an incident can be attributed.
    Actor, actors, "actor", "actors";
    /// What happened.
    Incident, incidents, "incident", "incidents";
    /// A source says something.
    Claim, claims, "claim", "claims";
    /// Something observed.
    Evidence, evidence, "piece of evidence", "evidence";
    /// A rival answer.
    Hypothesis, hypotheses, "hypothesis", "hypotheses";
    /// A cell of the evidence matrix.
    Rating, ratings, "rating", "ratings";
    /// Something taken for granted.
    Assumption, assumptions, "assumption", "assumptions";
    /// What would be seen.
    Indicator, indicators, "indicator", "indicators";
    /// A conclusion.
    Judgement, judgements, "judgement", "judgements";
    /// A remark.
    Comment, comments, "comment", "comments";
    /// A structured technique.
    Exercise, exercises, "exercise", "exercises";
    /// A ground truth.
    Outcome, outcomes, "outcome", "outcomes";
}

/// The identifier of a record together with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyId {
    /// The kind of record.
    pub kind: Kind,
    /// Its identifier.
    pub uuid: Uuid,
}

impl AnyId {
    /// The identifier typed as a record of kind `T`; `None` where it is of another kind.
    pub fn typed<T: Entity>(self) -> Option<Id<T>> {
        (self.kind == T::KIND).then(|| Id::new(self.uuid))
    }
}

impl<T: Entity> From<Id<T>> for AnyId {
    fn from(id: Id<T>) -> Self {
        Self { kind: T::KIND, uuid: id.uuid() }
    }
}

impl std::fmt::Display for AnyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind.label(), id::short(self.uuid))
    }
}

impl Assessment {
    /// An assessment with these records; of several with one identifier the last one stays.
    pub fn from_records(header: Header, records: impl IntoIterator<Item = Record>) -> Self {
        let mut assessment = Self { header, ..Self::default() };
        for record in records {
            assessment.put(record);
        }
        assessment
    }

    /// The record of a typed identifier.
    pub fn get<T: Entity>(&self, id: Id<T>) -> Option<&T> {
        T::table(self).get(id)
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        Kind::ALL.iter().all(|kind| self.count(*kind) == 0)
    }

    /// The reliability that holds for a claim: its own override, else its source's grade; `None` where neither is given.
    pub fn claim_reliability(&self, claim: &Claim) -> Option<Reliability> {
        match &claim.reliability_override {
            Some(own) => Some(own.reliability),
            None => self.get(claim.source).and_then(Source::reliability),
        }
    }
}
