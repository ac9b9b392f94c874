//! Drives the real program from outside: starts it in a virtual display and reads and uses its window by the names
//! that a screen reader would say. The end-to-end test and the pictures stand on it.

pub mod display;
pub mod inspect;
pub mod program;

/// What fails here says so in words; nothing that drives the program can go on after it.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;
