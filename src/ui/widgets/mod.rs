//! Small parts that several views share.

mod text;

pub use text::{
    elided, empty_state, icon_button, icon_text, icon_toggle, labelled_button, named, quiet, section_title,
    square,
};
