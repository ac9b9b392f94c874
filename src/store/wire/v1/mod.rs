//! Version 1 of the format.

mod header;
mod records;
mod scales;

use std::sync::Arc;

use ron::error::{SpannedError, SpannedResult};
use ron::extensions::Extensions;
use serde::Deserialize;

pub(in crate::store) use header::Header;
pub(in crate::store) use records::AnyId;
use records::{
    Actor, Analyst, Assumption, Claim, Comment, Document, Evidence, Exercise, Hypothesis, Incident,
    Indicator, Judgement, Outcome, Rating, Source,
};

use super::Wire;
use crate::model::{self, Entity, Kind};
use crate::store::ron_writer::RonWriter;

/// How the parts of the file are read, whatever the document itself enables.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Reads one value.
pub(in crate::store) fn read_value<'a, T: Deserialize<'a>>(text: &'a str) -> SpannedResult<T> {
    options().from_str(text)
}

/// Why a value could not be read, and the path to the place where: slower than [`read_value`], so it is asked only
/// after that has failed. `None` where it can be read after all.
fn explain_value<'a, T: Deserialize<'a>>(text: &'a str) -> Option<(SpannedError, serde_path_to_error::Path)> {
    let mut reader = match ron::Deserializer::from_str_with_options(text, &options()) {
        Ok(reader) => reader,
        Err(error) => return Some((error, serde_path_to_error::Track::new().path())),
    };
    let mut track = serde_path_to_error::Track::new();
    let read = T::deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
    let error = match read {
        Ok(_) => reader.end().err()?,
        Err(error) => error,
    };
    Some((reader.span_error(error), track.path()))
}

/// Why the header could not be read.
pub(in crate::store) fn explain_header(text: &str) -> Option<(SpannedError, serde_path_to_error::Path)> {
    explain_value::<Header>(text)
}

/// Defines what is done with a record according to its kind.
macro_rules! by_kind {
    ($($kind:ident),+ $(,)?) => {
        /// A record of any kind, as it stands in an edit.
        #[derive(Deserialize)]
        pub(in crate::store) enum Record { $($kind(Box<$kind>),)+ }

        impl Wire for Record {
            type Model = model::Record;

            fn into_model(self) -> Self::Model {
                match self { $(Self::$kind(record) => model::Record::$kind(Arc::new(record.into_model())),)+ }
            }

            fn write(model: &Self::Model, out: &mut RonWriter) {
                match model {
                    $(model::Record::$kind(record) => {
                        out.wrapped(stringify!($kind), |out| $kind::write(record, out));
                    })+
                }
            }
        }

        /// Reads a record of a table.
        pub(in crate::store) fn read_record(kind: Kind, text: &str) -> SpannedResult<model::Record> {
            match kind {
                $(Kind::$kind => read_value::<$kind>(text).map(|record| record.into_model().into_record()),)+
            }
        }

        /// Why a record could not be read.
        pub(in crate::store) fn explain_record(
            kind: Kind,
            text: &str,
        ) -> Option<(SpannedError, serde_path_to_error::Path)> {
            match kind { $(Kind::$kind => explain_value::<$kind>(text),)+ }
        }

        /// Writes a record as it stands in its table.
        pub(in crate::store) fn write_record(record: &model::Record, out: &mut RonWriter) {
            match record { $(model::Record::$kind(record) => $kind::write(record, out),)+ }
        }
    };
}

by_kind! {
    Analyst, Source, Document, Actor, Incident, Claim, Evidence, Hypothesis, Rating, Assumption, Indicator,
    Judgement, Comment, Exercise, Outcome,
}
