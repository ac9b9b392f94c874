//! The smallest parts of the file: identifiers, dates, points in time, grades. Each checks itself where it is read, so
//! that what is wrong with it is reported at its place.

use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::Wire;
use crate::model::date::DateError;
use crate::model::{self, Id, PartialDate, Uuid};
use crate::store::ron_writer::RonWriter;

/// A value that the file holds as a text.
trait Text: Sized {
    /// What is expected, for messages: "a date, such as …".
    const EXPECTED: &'static str;

    fn read(text: &str) -> Result<Self, String>;
}

/// Reads a [`Text`] without copying it first.
struct TextVisitor<T>(PhantomData<T>);

impl<T: Text> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::read(text).map_err(E::custom)
    }
}

/// Declares a leaf that is a text in the file.
macro_rules! text_leaf {
    ($(#[$meta:meta])* $name:ident($model:ty)) => {
        $(#[$meta])*
        pub(in crate::store) struct $name($model);

        impl Wire for $name {
            type Model = $model;

            fn into_model(self) -> $model {
                self.0
            }

            fn write(model: &$model, out: &mut RonWriter) {
                out.quoted(model);
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor(PhantomData))
            }
        }
    };
}

text_leaf! {
    /// An identifier, as a hyphenated UUID.
    UuidText(Uuid)
}

impl Text for UuidText {
    const EXPECTED: &'static str = "an identifier, such as \"0190163d-8694-739b-aea5-966c26f8ad91\"";

    fn read(text: &str) -> Result<Self, String> {
        // The crate reads other spellings too; one spelling keeps files comparable line by line.
        let uuid = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
        uuid.map(Self).ok_or_else(|| {
            format!("{text:?} is not an identifier: write a UUID with hyphens, such as \"0190163d-8694-739b-aea5-966c26f8ad91\"")
        })
    }
}

text_leaf! {
    /// A date as precise as it is known.
    Date(PartialDate)
}

impl Text for Date {
    const EXPECTED: &'static str = "a date, such as \"2015\", \"2015-06\" or \"2015-06-19\"";

    fn read(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error: DateError| match error {
            DateError::Shape(_) => error.to_string(),
            DateError::NoSuchDay(_) => format!("{error}: write a month and a day that the calendar has"),
        })
    }
}

text_leaf! {
    /// A point in time, as in RFC 3339.
    Moment(Timestamp)
}

impl Text for Moment {
    const EXPECTED: &'static str = "a point in time, such as \"2015-06-19T12:00:00Z\"";

    fn read(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            format!(
                "{text:?} is not a point in time: write date, time and offset, such as \"2015-06-19T12:00:00Z\""
            )
        })
    }
}

/// The identifier of a record of type `T`.
pub(in crate::store) struct Ref<T>(Id<T>);

impl<T> Wire for Ref<T> {
    type Model = Id<T>;

    fn into_model(self) -> Id<T> {
        self.0
    }

    fn write(model: &Id<T>, out: &mut RonWriter) {
        out.quoted(model);
    }
}

impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        UuidText::deserialize(deserializer).map(|text| Self(Id::new(text.0)))
    }
}

/// A grade of credibility, as its digit.
pub(in crate::store) struct Digit(model::Credibility);

impl Wire for Digit {
    type Model = model::Credibility;

    fn into_model(self) -> Self::Model {
        self.0
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        out.display(&model.digit());
    }
}

impl<'de> Deserialize<'de> for Digit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digit = u8::deserialize(deserializer)?;
        model::Credibility::from_digit(digit).map(Self).ok_or_else(|| {
            de::Error::custom(format_args!(
                "{digit} is not a grade of credibility: write a number from 1 (confirmed) to 6 (cannot be judged)"
            ))
        })
    }
}
