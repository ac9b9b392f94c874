//! The claims as rows: for each the text that filters and sorting look at, made once and kept until the claim or a
//! record that it names changes.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::columns::Column;
use super::filter::Haystack;
use crate::model::{
    Actor, Assessment, Claim, Document, Entity, Id, Incident, Proposition, Source, Table, Uuid,
};

/// Parts the values of a row. No value has it, so that nothing is found across two values.
const PART: char = '\u{1}';

/// A claim and its values in lower case.
#[derive(Clone, Debug)]
pub struct Row {
    /// The claim.
    pub claim: Arc<Claim>,
    text: Box<str>,
    /// Where the value of each column ends.
    ends: [u32; Column::COUNT],
}

impl Row {
    fn new(assessment: &Assessment, claim: &Arc<Claim>) -> Self {
        let mut text = String::with_capacity(192);
        let mut value = String::new();
        let mut ends = [0; Column::COUNT];
        for (column, end) in Column::ALL.into_iter().zip(&mut ends) {
            value.clear();
            column.write(assessment, claim, &mut value);
            push_lower_case(&mut text, &mut value);
            *end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            text.push(PART);
        }
        for other in [&claim.quote, &claim.notes, &claim.confidence_words, &claim.credibility_reason] {
            if !other.is_empty() {
                value.clone_from(other);
                push_lower_case(&mut text, &mut value);
                text.push(PART);
            }
        }
        Self { claim: Arc::clone(claim), text: text.into(), ends }
    }
}

impl Haystack for Row {
    fn all(&self) -> &str {
        &self.text
    }

    fn of(&self, column: Column) -> &str {
        let place = column.place();
        let start = match place.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some(end) => *end as usize + PART.len_utf8(),
            None => 0,
        };
        let end = self.ends.get(place).map_or(0, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

fn push_lower_case(text: &mut String, value: &mut str) {
    if value.is_ascii() {
        value.make_ascii_lowercase();
        text.push_str(value);
    } else {
        text.push_str(&value.to_lowercase());
    }
}

/// All claims as rows, by identifier.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    named: Named,
}

/// The records whose names rows show, as they were.
#[derive(Debug, Default)]
struct Named {
    sources: Table<Source>,
    actors: Table<Actor>,
    incidents: Table<Incident>,
    documents: Table<Document>,
}

/// What a change of the assessment did to the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// These rows have new values; each row is where it was.
    Values(Vec<u32>),
    /// Rows came or went.
    Rows {
        /// Where each old row is now; `None` for one that went.
        moved: Vec<Option<u32>>,
        /// Which of the new rows came or have new values.
        changed: Vec<u32>,
    },
    /// Everything is new.
    All,
}

impl Rows {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row at a place.
    pub fn get(&self, place: u32) -> Option<&Row> {
        self.rows.get(place as usize)
    }

    /// All rows, by the identifier of the claim.
    pub fn as_slice(&self) -> &[Row] {
        &self.rows
    }

    /// The place of a claim.
    pub fn place_of(&self, id: Id<Claim>) -> Option<u32> {
        let place = self.rows.binary_search_by(|row| row.claim.id.cmp(&id)).ok()?;
        u32::try_from(place).ok()
    }

    /// Brings the rows up to date, and says what changed. Rows whose claim and names are as they were are kept.
    pub fn update(&mut self, assessment: &Assessment) -> Change {
        let renamed = self.named.update(assessment);
        if self.rows.is_empty() {
            let claims: Vec<&Arc<Claim>> = assessment.claims.iter_shared().collect();
            self.rows = claims.into_par_iter().map(|claim| Row::new(assessment, claim)).collect();
            return if self.rows.is_empty() { Change::None } else { Change::All };
        }
        let is_stale = |row: &Row, claim: &Arc<Claim>| {
            !Arc::ptr_eq(&row.claim, claim) || (!renamed.is_empty() && mentions_any(claim, &renamed))
        };
        let has_same_ids = self.rows.len() == assessment.claims.len()
            && self.rows.iter().zip(assessment.claims.ids()).all(|(row, id)| row.claim.id == id);
        if has_same_ids {
            let mut changed = Vec::new();
            for (place, (row, claim)) in (0..).zip(self.rows.iter_mut().zip(assessment.claims.iter_shared()))
            {
                if is_stale(row, claim) {
                    *row = Row::new(assessment, claim);
                    changed.push(place);
                }
            }
            return if changed.is_empty() { Change::None } else { Change::Values(changed) };
        }

        let mut moved = Vec::with_capacity(self.rows.len());
        let mut changed = Vec::new();
        let mut rows = Vec::with_capacity(assessment.claims.len());
        let mut old = std::mem::take(&mut self.rows).into_iter().peekable();
        for (place, claim) in (0..).zip(assessment.claims.iter_shared()) {
            while old.next_if(|row| row.claim.id < claim.id).is_some() {
                moved.push(None);
            }
            match old.next_if(|row| row.claim.id == claim.id) {
                Some(row) => {
                    moved.push(Some(place));
                    if is_stale(&row, claim) {
                        changed.push(place);
                        rows.push(Row::new(assessment, claim));
                    } else {
                        rows.push(row);
                    }
                }
                None => {
                    changed.push(place);
                    rows.push(Row::new(assessment, claim));
                }
            }
        }
        moved.extend(old.map(|_| None));
        self.rows = rows;
        Change::Rows { moved, changed }
    }
}

impl Named {
    /// Takes over the records as they are now, and gives back those that differ.
    fn update(&mut self, assessment: &Assessment) -> FxHashSet<Uuid> {
        let mut changed = FxHashSet::default();
        keep_up(&mut self.sources, &assessment.sources, &mut changed);
        keep_up(&mut self.actors, &assessment.actors, &mut changed);
        keep_up(&mut self.incidents, &assessment.incidents, &mut changed);
        keep_up(&mut self.documents, &assessment.documents, &mut changed);
        changed
    }
}

fn keep_up<T: Entity>(kept: &mut Table<T>, now: &Table<T>, changed: &mut FxHashSet<Uuid>) {
    let before = changed.len();
    let mut old = kept.iter_shared().peekable();
    for record in now.iter_shared() {
        while let Some(gone) = old.next_if(|other| other.id() < record.id()) {
            changed.insert(gone.id().uuid());
        }
        let same = old.next_if(|other| other.id() == record.id());
        if !same.is_some_and(|other| Arc::ptr_eq(other, record)) {
            changed.insert(record.id().uuid());
        }
    }
    changed.extend(old.map(|gone| gone.id().uuid()));
    if changed.len() > before {
        *kept = now.clone();
    }
}

fn mentions_any(claim: &Claim, records: &FxHashSet<Uuid>) -> bool {
    records.contains(&claim.source.uuid())
        || claim.document.is_some_and(|id| records.contains(&id.uuid()))
        || match &claim.proposition {
            Proposition::Attribution { incident, actors, .. } => {
                records.contains(&incident.uuid()) || actors.iter().any(|id| records.contains(&id.uuid()))
            }
            Proposition::SameActor { first: one, second: other }
            | Proposition::BelongsTo { part: one, whole: other } => {
                records.contains(&one.uuid()) || records.contains(&other.uuid())
            }
        }
}
