//! Transactions that make, settle and change remarks.

use jiff::Timestamp;

use super::{Edit, Transaction};
use crate::model::{Analyst, AnyId, Comment, Entity, Id};

/// What a remark is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The record.
    pub on: AnyId,
    /// The field of the record; empty for the whole record.
    pub field: String,
}

/// A transaction by which an analyst remarks something at `now`; `None` where there is nothing but space in it.
pub fn remark(
    subject: Subject,
    analyst: Id<Analyst>,
    text: &str,
    (id, now): (Id<Comment>, Timestamp),
) -> Option<Transaction> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Subject { on, field } = subject;
    let analyst = Some(analyst);
    let comment = Comment { id, analyst, on, field, at: now, text: text.to_owned(), resolved: false };
    Some(Transaction::new("Add comment", vec![Edit::Insert(comment.into_record())]))
}

/// A transaction that notes that a remark has been dealt with, or that it is open again.
pub fn toggle_resolved(comment: &Comment) -> Transaction {
    let new = Comment { resolved: !comment.resolved, ..comment.clone() };
    let label = if new.resolved { "Resolve comment" } else { "Reopen comment" };
    Transaction::new(label, vec![Edit::Replace(new.into_record())])
}
