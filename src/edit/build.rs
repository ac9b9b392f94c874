//! The transactions that most commands make.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Edit, Transaction};
use crate::model::cascade::cascade;
use crate::model::{AnyId, Assessment, Claim, Entity, Kind};

/// A transaction that puts in a new record.
pub fn insert<T: Entity>(record: T) -> Transaction {
    Transaction::new(format!("Add {}", T::KIND.label()), vec![Edit::Insert(record.into_record())])
}

/// A transaction that changes one field of a record, as one step with the changes of that field before it.
pub fn replace<T: Entity>(record: T, field: &str) -> Transaction {
    let id = record.id();
    Transaction::new(
        format!("Change {} of {}", field.replace('_', " "), T::KIND.label()),
        vec![Edit::Replace(record.into_record())],
    )
    .typing(Some(id.into()), field)
}

/// A transaction that puts a record between two others of its kind, or at an end; nothing for a kind without an order.
pub fn reorder(
    assessment: &Assessment,
    id: AnyId,
    before: Option<AnyId>,
    after: Option<AnyId>,
) -> Option<Transaction> {
    let moved = assessment.moved_between(id, before, after)?;
    let label = format!("Move {} \"{}\"", id.kind.label(), assessment.name_of(id));
    Some(Transaction::new(label, vec![Edit::Replace(moved)]))
}

/// A transaction that deletes records, all that need them, and all mentions of them. Its label names what goes.
pub fn delete(assessment: &Assessment, asked: &[AnyId]) -> Transaction {
    let cascade = cascade(assessment, asked);
    let mut edits: Vec<Edit> = cascade.changed.into_iter().map(Edit::Replace).collect();
    edits.extend(cascade.gone.iter().copied().map(Edit::Remove));

    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for id in &cascade.gone {
        *counts.entry(id.kind).or_insert(0) += 1;
    }
    let what = counts
        .iter()
        .map(|(kind, count)| match count {
            1 => kind.label().to_owned(),
            _ => format!("{count} {}", kind.plural()),
        })
        .collect::<Vec<_>>()
        .join(", ");
    Transaction::new(format!("Delete {what}"), edits)
}

/// The edits that lead from one assessment to another.
pub fn between(from: &Assessment, to: &Assessment) -> Vec<Edit> {
    let mut edits = Vec::new();
    if from.header != to.header {
        edits.push(Edit::SetHeader(Arc::new(to.header.clone())));
    }
    from.for_each_record(&mut |record| {
        if !to.contains(record.id()) {
            edits.push(Edit::Remove(record.id()));
        }
    });
    to.for_each_record(&mut |record| match from.record(record.id()) {
        None => edits.push(Edit::Insert(record)),
        Some(before) if before != record => edits.push(Edit::Replace(record)),
        Some(_) => {}
    });
    edits
}

/// A transaction that accepts claimed links between actors, or does so no more: one step of its own, however often the same
/// switch was turned just before. Claims that are no links, and those that are so already, stay as they are.
pub fn accept_links<'a>(claims: impl IntoIterator<Item = &'a Claim>, accepted: bool) -> Transaction {
    let changed =
        claims.into_iter().filter(|claim| claim.proposition.is_link() && claim.accepted != accepted);
    let edits: Vec<Edit> =
        changed.map(|claim| Edit::Replace(Claim { accepted, ..claim.clone() }.into_record())).collect();
    let verb = if accepted { "Accept" } else { "No longer accept" };
    let what = if edits.len() == 1 { "link".to_owned() } else { format!("{} links", edits.len()) };
    Transaction::new(format!("{verb} {what}"), edits)
}
