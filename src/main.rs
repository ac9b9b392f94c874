//! The `ascribe` binary: a thin door to the library.

fn main() {}
