//! The file's own types, one module for each version of the format, apart from the model.
//!
//! The model can change its names and shapes without changing the files of its users: what a version of the format
//! looks like is fixed here, and each type says once how it is read, what it turns into, and how it is written.
//! Reading goes through the types, since what stands in a file must first be checked; writing goes straight from
//! the model, since it always can be written.

pub(in crate::store) mod leaf;
pub(in crate::store) mod v1;

use super::ron_writer::RonWriter;

/// The newest version of the format, which is the one that is written.
pub const NEWEST_FORMAT: u64 = 1;

/// A type of the file and its counterpart in the model.
pub(in crate::store) trait Wire: Sized {
    /// What it stands for.
    type Model;

    fn into_model(self) -> Self::Model;

    fn write(model: &Self::Model, out: &mut RonWriter);

    /// Whether a field that may be left out is left out.
    fn is_default(_model: &Self::Model) -> bool {
        false
    }
}

/// Types that are the same in the file and in the model.
macro_rules! same {
    ($($ty:ty: $write:ident, $is_default:expr;)+) => {
        $(impl Wire for $ty {
            type Model = Self;

            fn into_model(self) -> Self {
                self
            }

            fn write(model: &Self, out: &mut RonWriter) {
                out.$write(model);
            }

            fn is_default(model: &Self) -> bool {
                ($is_default)(model)
            }
        })+
    };
}

same! {
    String: text, |text: &Self| text.is_empty();
    bool: display, |value: &Self| !*value;
    u32: display, |value: &Self| *value == 0;
    usize: display, |value: &Self| *value == 0;
    f64: number, |value: &Self| *value == 0.0;
}

impl<T: Wire, const N: usize> Wire for [T; N] {
    type Model = [T::Model; N];

    fn into_model(self) -> Self::Model {
        self.map(T::into_model)
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        out.sequence(('(', ')'), model, |item, out| T::write(item, out));
    }
}

impl<T: Wire> Wire for Option<T> {
    type Model = Option<T::Model>;

    fn into_model(self) -> Self::Model {
        self.map(T::into_model)
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        match model {
            // The document enables implicit_some.
            Some(model) => T::write(model, out),
            None => out.display(&"None"),
        }
    }

    fn is_default(model: &Self::Model) -> bool {
        model.is_none()
    }
}

impl<T: Wire> Wire for Vec<T> {
    type Model = Vec<T::Model>;

    fn into_model(self) -> Self::Model {
        self.into_iter().map(T::into_model).collect()
    }

    fn write(model: &Self::Model, out: &mut RonWriter) {
        out.sequence(('[', ']'), model, T::write);
    }

    fn is_default(model: &Self::Model) -> bool {
        model.is_empty()
    }
}

/// Whether a field with this mark may be left out.
macro_rules! may_be_left_out {
    () => {
        false
    };
    (default) => {
        true
    };
}

/// Declares a vocabulary of the file, with the names that its values have there.
macro_rules! scale {
    ($name:ident $(= $default:ident)? { $($variant:ident),+ $(,)? }) => {
        #[derive(serde::Deserialize)]
        pub(in crate::store) enum $name { $($variant),+ }

        impl $crate::store::wire::Wire for $name {
            type Model = $crate::model::$name;

            fn into_model(self) -> Self::Model {
                match self { $(Self::$variant => $crate::model::$name::$variant),+ }
            }

            fn write(model: &Self::Model, out: &mut $crate::store::ron_writer::RonWriter) {
                out.display(&match model { $($crate::model::$name::$variant => stringify!($variant)),+ });
            }

            $(fn is_default(model: &Self::Model) -> bool {
                matches!(model, $crate::model::$name::$default)
            })?
        }

        $(impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        })?
    };
}

/// Declares a record, or a part of one, with its fields in the order of the file. A field with `= default` may be
/// left out, and is left out where it has its default.
macro_rules! wire {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $ty:ty $(= $default:ident)?,)+ })+) => {
        $($(#[$meta])*
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::store) struct $name {
            $(
                $(#[serde($default)])?
                $field: $ty,
            )+
        }

        impl $crate::store::wire::Wire for $name {
            type Model = $crate::model::$name;

            fn into_model(self) -> Self::Model {
                $crate::model::$name { $($field: $crate::store::wire::Wire::into_model(self.$field),)+ }
            }

            fn write(model: &Self::Model, out: &mut $crate::store::ron_writer::RonWriter) {
                out.open("");
                $(if !(may_be_left_out!($($default)?) && <$ty as $crate::store::wire::Wire>::is_default(&model.$field)) {
                    out.field(stringify!($field));
                    <$ty as $crate::store::wire::Wire>::write(&model.$field, out);
                })+
                out.close();
            }

            fn is_default(model: &Self::Model) -> bool {
                true $(&& <$ty as $crate::store::wire::Wire>::is_default(&model.$field))+
            }
        })+
    };
}

/// Declares an alternative of which some or all choices have fields.
macro_rules! choice {
    ($($name:ident $(= $default_choice:ident)? {
        $($variant:ident $({ $($field:ident: $ty:ty $(= $default:ident)?),+ $(,)? })?,)+
    })+) => {
        $(#[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(in crate::store) enum $name {
            $(
                $variant $({
                    $(
                        $(#[serde($default)])?
                        $field: $ty,
                    )+
                })?,
            )+
        }

        impl $crate::store::wire::Wire for $name {
            type Model = $crate::model::$name;

            fn into_model(self) -> Self::Model {
                match self {
                    $(Self::$variant $({ $($field),+ })? => $crate::model::$name::$variant $({
                        $($field: $crate::store::wire::Wire::into_model($field),)+
                    })?,)+
                }
            }

            fn write(model: &Self::Model, out: &mut $crate::store::ron_writer::RonWriter) {
                match model {
                    $($crate::model::$name::$variant $({ $($field),+ })? => {
                        out.display(&stringify!($variant));
                        $(
                            out.open("");
                            $(if !(may_be_left_out!($($default)?) && <$ty as $crate::store::wire::Wire>::is_default($field)) {
                                out.field(stringify!($field));
                                <$ty as $crate::store::wire::Wire>::write($field, out);
                            })+
                            out.close();
                        )?
                    })+
                }
            }

            $(fn is_default(model: &Self::Model) -> bool {
                matches!(model, $crate::model::$name::$default_choice)
            })?
        }

        $(impl Default for $name {
            fn default() -> Self {
                Self::$default_choice
            }
        })?)+
    };
}

use {choice, may_be_left_out, scale, wire};
