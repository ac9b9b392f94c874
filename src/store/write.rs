//! Writes a document in its canonical layout: equal assessments give equal bytes, one record stands on one line, and
//! the records are sorted by identifier, so that the changes of two people merge and compare line by line.

use rayon::prelude::*;

use super::ron_writer::RonWriter;
use super::wire::{NEWEST_FORMAT, Wire, v1};
use crate::model::{Assessment, Record};

/// What the first comment of a file tells people.
pub(super) const BANNER: &str = "// An assessment made with Ascribe: one record a line, sorted by identifier, so that files can be compared and merged line by line.";

/// The bytes of a file with this assessment.
pub fn to_bytes(assessment: &Assessment) -> Vec<u8> {
    let mut out = format!(
        "#![enable(implicit_some)]\n{BANNER}\nAssessment(\n    format: {NEWEST_FORMAT},\n    header: "
    );
    let mut header = RonWriter::broken(1);
    v1::Header::write(&assessment.header, &mut header);
    out.push_str(&header.finish());
    out.push_str(",\n");
    let mut records = Vec::new();
    // They come by kind and then by identifier.
    assessment.for_each_record(&mut |record| records.push(record));
    for table in records.chunk_by(|a, b| a.id().kind == b.id().kind) {
        let Some(first) = table.first() else { continue };
        // Pieces large enough to be worth a task each.
        let pieces: Vec<String> = table.par_chunks(1024).map(lines_of).collect();
        out.reserve(pieces.iter().map(String::len).sum::<usize>() + 64);
        out.push_str(&format!("    {}: [\n", first.id().kind.table_name()));
        pieces.iter().for_each(|piece| out.push_str(piece));
        out.push_str("    ],\n");
    }
    out.push_str(")\n");
    out.into_bytes()
}

fn lines_of(records: &[Record]) -> String {
    let mut out = RonWriter::compact();
    for record in records {
        out.raw("        ");
        v1::write_record(record, &mut out);
        out.raw(",\n");
    }
    out.finish()
}
