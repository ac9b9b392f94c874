//! Small parts that several views share.

mod text;

pub use text::{elided, empty_state, icon_button, quiet, section_title};
