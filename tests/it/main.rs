//! The integration tests, in one binary so that it links once. One module a subject.

// `cfg(test)` tells clippy that helper functions, too, are test code, where `unwrap` is the right thing.
#[cfg(test)]
mod ach_csv;
#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod claims_csv;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod driving;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod openable;
#[cfg(test)]
mod program;
#[cfg(test)]
mod score;
#[cfg(test)]
mod score_judgements;
#[cfg(test)]
mod score_reporting;
#[cfg(test)]
mod score_schema;
#[cfg(test)]
mod score_weighing;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
#[cfg(test)]
mod ui_belief;
#[cfg(test)]
mod ui_charts;
#[cfg(test)]
mod ui_claims;
#[cfg(test)]
mod ui_conventions;
#[cfg(test)]
mod ui_cursors;
#[cfg(test)]
mod ui_files;
#[cfg(test)]
mod ui_inspector;
#[cfg(test)]
mod ui_judgement;
#[cfg(test)]
mod ui_matrix;
#[cfg(test)]
mod ui_navigator;
#[cfg(test)]
mod ui_odds;
#[cfg(test)]
mod ui_pictures;
#[cfg(test)]
mod ui_provenance;
#[cfg(test)]
mod ui_recovery;
#[cfg(test)]
mod ui_sensitivity;
#[cfg(test)]
mod ui_shell;
#[cfg(test)]
mod ui_tables;
#[cfg(test)]
mod ui_tour;
