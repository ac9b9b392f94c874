//! Transactions as lines of RON, on which a journal, history and merging can stand.

use serde::Deserialize;

use super::ron_writer::RonWriter;
use super::wire::{Wire, v1};
use crate::edit::{Edit, StepKey, Transaction};

/// A line that is no edit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this line is no change that can be read: {0}")]
pub struct NotAnEdit(String);

/// A transaction as one line, without a line break.
pub fn transaction_to_line(transaction: &Transaction) -> String {
    let mut out = RonWriter::compact();
    TransactionLine::write(transaction, &mut out);
    out.finish()
}

/// Reads what [`transaction_to_line`] has written.
pub fn transaction_from_line(line: &str) -> Result<Transaction, NotAnEdit> {
    let read = v1::read_value::<TransactionLine>(line);
    read.map(TransactionLine::into_model).map_err(|error| NotAnEdit(error.to_string()))
}

#[derive(Deserialize)]
enum EditLine {
    Insert(v1::Record),
    Replace(v1::Record),
    Remove(v1::AnyId),
    SetHeader(Box<v1::Header>),
}

impl Wire for EditLine {
    type Model = Edit;

    fn into_model(self) -> Edit {
        match self {
            Self::Insert(record) => Edit::Insert(record.into_model()),
            Self::Replace(record) => Edit::Replace(record.into_model()),
            Self::Remove(id) => Edit::Remove(id.into_model()),
            Self::SetHeader(header) => Edit::SetHeader(std::sync::Arc::new(header.into_model())),
        }
    }

    fn write(model: &Edit, out: &mut RonWriter) {
        match model {
            Edit::Insert(record) => out.wrapped("Insert", |out| v1::Record::write(record, out)),
            Edit::Replace(record) => out.wrapped("Replace", |out| v1::Record::write(record, out)),
            Edit::Remove(id) => out.wrapped("Remove", |out| v1::AnyId::write(id, out)),
            Edit::SetHeader(header) => out.wrapped("SetHeader", |out| v1::Header::write(header, out)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TransactionLine {
    label: String,
    edits: Vec<EditLine>,
    #[serde(default)]
    continues: Option<StepKeyLine>,
}

impl Wire for TransactionLine {
    type Model = Transaction;

    fn into_model(self) -> Transaction {
        Transaction {
            label: self.label,
            edits: self.edits.into_model(),
            continues: self.continues.into_model(),
        }
    }

    fn write(model: &Transaction, out: &mut RonWriter) {
        out.open("");
        out.field("label");
        out.text(&model.label);
        out.field("edits");
        Vec::<EditLine>::write(&model.edits, out);
        if model.continues.is_some() {
            out.field("continues");
            Option::<StepKeyLine>::write(&model.continues, out);
        }
        out.close();
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepKeyLine {
    #[serde(default)]
    record: Option<v1::AnyId>,
    field: String,
}

impl Wire for StepKeyLine {
    type Model = StepKey;

    fn into_model(self) -> StepKey {
        StepKey { record: self.record.into_model(), field: self.field }
    }

    fn write(model: &StepKey, out: &mut RonWriter) {
        out.open("");
        if model.record.is_some() {
            out.field("record");
            Option::<v1::AnyId>::write(&model.record, out);
        }
        out.field("field");
        out.text(&model.field);
        out.close();
    }
}
