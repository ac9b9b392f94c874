//! Ascribe: a desktop program for assessing attribution claims, who says who did which cyber operation.
//!
//! The folder tree is the architecture; read it top to bottom. See ARCHITECTURE.md for what each room may know.

#![forbid(unsafe_code)]

pub mod analysis;
pub mod app;
pub mod cli;
pub mod edit;
pub mod exchange;
pub mod model;
pub mod sample;
pub mod store;
pub mod ui;
