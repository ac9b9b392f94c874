//! Tables of claims, as people keep them in spreadsheets: one row a claim, with the source, the incident and the actor by name.
//!
//! The columns are those of [`Column`], in any order; three are required. Several values in one cell are separated by `;`. A
//! name may be followed by the identifier of its record in square brackets, which is written where the name alone would
//! not do. Cells that a spreadsheet would run as a formula have an apostrophe in front.
//!
//! What the columns cannot carry: the status, the verification, the basis of a claim, whether a link is accepted, and
//! what else is known of sources, actors, incidents and documents.

mod circles;
mod columns;
mod export;
mod header;
mod identity;
mod import;
mod levels;
mod resolve;
mod row;
mod stated;

#[cfg(test)]
mod tests;

pub use columns::Column;
pub use export::write;
pub use import::{SHOWN, read};
