//! What the user sees: panels, views, dialogs, widgets and the design tokens.
//!
//! Everything here borrows the assessment and its results by `&` and sends [`command::Command`]s; nothing here
//! changes a document or touches a file.

pub mod action;
pub mod command;
pub mod context;
pub mod dialogs;
pub mod figure;
pub mod landmark;
pub mod panels;
pub mod selection;
pub mod tokens;
pub mod views;
pub mod widgets;

pub use action::Action;
pub use command::{Command, Commands};
pub use context::ViewContext;
pub use landmark::Landmark;
pub use selection::Selection;
