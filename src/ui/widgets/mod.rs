//! Small parts that several views share.

pub mod comparison;
pub mod fields;
pub mod marks;
pub mod picker;
mod text;

pub use comparison::comparison;
pub use picker::{Nameable, Picked, Picker, PickerOutput, TokenChange, TokenPicker};
pub use text::{
    elided, empty_state, icon_button, icon_text, icon_toggle, labelled_button, named, quiet, section_title,
    square,
};
