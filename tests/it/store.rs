//! Files: golden ones, arbitrary ones, broken ones.

use std::path::{Path, PathBuf};

use ascribe::model::validate::{Severity, validate};
use ascribe::model::{Assessment, Kind};
use ascribe::store::{self, edits};
use proptest::prelude::*;

use crate::arbitrary;

pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn read_golden(name: &str) -> Vec<u8> {
    std::fs::read(golden(name)).unwrap()
}

fn assert_reads_back(assessment: &Assessment) {
    let bytes = store::to_bytes(assessment);
    let parsed = store::parse(&bytes);
    let read = parsed.assessment.unwrap_or_else(|| {
        panic!("{:?}\n{}", parsed.problems, String::from_utf8_lossy(&bytes));
    });
    assert_eq!(&read, assessment);
    assert_eq!(store::to_bytes(&read), bytes, "equal assessments give equal bytes");
    assert_eq!(parsed.comments, 0);
}

#[test]
fn the_complete_golden_file_reads_without_problems_and_is_canonical() {
    let bytes = read_golden("complete.ron");
    let loaded = store::load(&golden("complete.ron")).unwrap();
    assert_eq!(loaded.problems, []);
    assert_eq!(validate(&loaded.assessment), []);
    assert_eq!(
        String::from_utf8(store::to_bytes(&loaded.assessment)).unwrap(),
        String::from_utf8(bytes).unwrap()
    );
    for kind in Kind::ALL {
        assert!(loaded.assessment.count(*kind) > 0, "{kind:?} is missing from the golden file");
    }
    assert_reads_back(&loaded.assessment);
}

/// Every layout of a document means the same.
#[test]
fn any_layout_reads_alike() {
    let expect = store::load(&golden("layout.canonical.ron")).unwrap();
    let other = store::parse(&read_golden("layout.other.ron"));
    assert_eq!(other.problems, expect.problems);
    assert_eq!(other.assessment.unwrap(), expect.assessment);
    assert_eq!(other.comments, 9);
    let id = expect.assessment.actors.ids().next().unwrap();
    assert_eq!(expect.lines.place(id.into()).map(|place| (place.line, place.column)), Some((14, 9)));
    assert_eq!(other.lines.place(id.into()).map(|place| (place.line, place.column)), Some((36, 9)));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_tolerated() {
    let expect = store::load(&golden("complete.ron")).unwrap().assessment;
    let text = String::from_utf8(read_golden("complete.ron")).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let parsed = store::parse(windows.as_bytes());
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.assessment.unwrap(), expect);
}

#[test]
fn an_empty_assessment_is_written_and_read() {
    let assessment = Assessment::default();
    assert_reads_back(&assessment);
    let text = String::from_utf8(store::to_bytes(&assessment)).unwrap();
    assert!(text.starts_with("#![enable(implicit_some)]\n// An assessment"), "{text}");
    assert!(text.ends_with("    ),\n)\n"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn writing_and_reading_is_the_identity(assessment in arbitrary::assessments()) {
        assert_reads_back(&assessment);
    }

    #[test]
    fn each_record_stands_on_one_line_in_order(assessment in arbitrary::assessments()) {
        let text = String::from_utf8(store::to_bytes(&assessment)).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("        (id: ")).collect();
        let count: usize = Kind::ALL.iter().map(|kind| assessment.count(*kind)).sum();
        prop_assert_eq!(lines.len(), count);
        prop_assert!(lines.iter().all(|line| line.ends_with("),")));
        // The places are those of the lines.
        let parsed = store::parse(text.as_bytes());
        let mut missing = Vec::new();
        assessment.for_each_record(&mut |record| {
            let place = parsed.lines.place(record.id()).unwrap();
            let line = text.lines().nth(place.line - 1).unwrap();
            if place.column != 9 || !line.contains(&format!("(id: \"{}\"", record.id().uuid)) {
                missing.push(record.id());
            }
        });
        prop_assert_eq!(missing, []);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let parsed = store::parse(&bytes);
        prop_assert!(parsed.assessment.is_none() && parsed.has_errors());
    }

    #[test]
    fn no_text_makes_reading_panic(text in "[\\[\\](){}:,\"'/*#!rb\\\\a-e0-9 \n\u{e9}]{0,200}") {
        for text in [text.clone(), format!("Assessment(format: 1, claims: [{text}"), format!("Assessment({text})")] {
            prop_assert!(store::parse(text.as_bytes()).has_errors());
        }
    }

    #[test]
    fn every_cut_is_noticed(at in 0.0..1.0_f64) {
        let bytes = read_golden("complete.ron");
        // The last two bytes are the closing bracket and the line break.
        let at = (at * (bytes.len() - 2) as f64) as usize;
        let parsed = store::parse(&bytes[..at]);
        prop_assert!(parsed.assessment.is_none() && parsed.has_errors(), "cut at {}", at);
    }

    #[test]
    fn changed_files_give_problems_within_the_file(changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..4)) {
        let mut bytes = read_golden("complete.ron");
        for (at, byte) in changes {
            let at = usize::from(at) % bytes.len();
            bytes[at] = byte;
        }
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
        let parsed = store::parse(&bytes);
        prop_assert!(parsed.assessment.is_some() || parsed.has_errors());
        for problem in parsed.problems {
            prop_assert!((1..=lines).contains(&problem.place.line) && problem.place.column >= 1, "{}", problem);
            prop_assert!(!problem.to_string().contains('\n'), "one line: {}", problem);
        }
    }

    #[test]
    fn validation_never_panics(assessment in arbitrary::assessments()) {
        for finding in validate(&assessment) {
            prop_assert!(!finding.message.is_empty() && !finding.mend.is_empty());
        }
    }

    #[test]
    fn every_edit_survives_its_line((_, transactions) in arbitrary::histories()) {
        for transaction in transactions {
            let line = edits::transaction_to_line(&transaction);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(&edits::transaction_from_line(&line).unwrap(), &transaction);
        }
    }
}

#[test]
fn a_broken_line_is_no_edit() {
    for line in ["", "(", "Insert()", "Remove((kind: Nobody, id: \"\"))", "(label: \"x\")"] {
        assert!(edits::transaction_from_line(line).is_err(), "{line}");
    }
}

#[test]
fn many_problems_are_found_quickly() {
    let mut text = String::from("Assessment(\n    format: 1,\n    claims: [\n");
    for _ in 0..20_000 {
        text.push_str("        (id: \"nonsense, ]\n");
    }
    let parsed = store::parse(text.as_bytes());
    assert!(parsed.problems.iter().filter(|problem| problem.severity == Severity::Error).count() >= 100);
}

const FORMAT_PAGE: &str = include_str!("../../docs/format.md");

#[test]
fn the_example_on_the_format_page_is_canonical() {
    let example = FORMAT_PAGE.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let parsed = store::parse(example.as_bytes());
    assert_eq!(parsed.problems, []);
    assert_eq!(String::from_utf8(store::to_bytes(&parsed.assessment.unwrap())).unwrap(), example);
}

/// Every field and every value of the format stands on its page; the format's own declarations say which there are.
#[test]
fn each_kind_of_record_has_its_own_fields_on_the_format_page() {
    let declarations = include_str!("../../src/store/wire/v1/records.rs");
    for kind in Kind::ALL {
        let (_, declaration) = declarations.split_once(&format!("\n    {kind:?} {{\n")).unwrap();
        let (declaration, _) = declaration.split_once("\n    }").unwrap();
        let declared: Vec<&str> =
            declaration.lines().filter_map(|line| Some(line.trim().split_once(": ")?.0)).collect();
        let (_, section) = FORMAT_PAGE.split_once(&format!("\n### `{}`\n", kind.table_name())).unwrap();
        let section = section.split("\n## ").next().unwrap().split("\n### ").next().unwrap();
        for field in &declared {
            assert!(section.contains(&format!("`{field}`")), "`{field}` is missing at {kind:?}");
        }
        let is_told = section.contains("`sorted_as`");
        assert_eq!(is_told, declared.contains(&"sorted_as"), "the order by hand of {kind:?}");
    }
}

#[test]
fn the_format_page_is_complete() {
    let is_word =
        |word: &str| word.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
    let declarations = [
        include_str!("../../src/store/wire/v1/records.rs"),
        include_str!("../../src/store/wire/v1/header.rs"),
    ];
    let fields = declarations
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| line.starts_with(' ') && line.ends_with(','))
        .filter_map(|line| line.trim().split_once(": "))
        .map(|(name, _)| name)
        .filter(|name| is_word(name));
    let scales = include_str!("../../src/store/wire/v1/scales.rs");
    let values = scales
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .flat_map(|(values, _)| values.split(','))
        .map(str::trim)
        .filter(|value| value.len() > 1 && is_word(value));
    let mut seen = 0;
    for word in fields.chain(values).chain(Kind::ALL.iter().map(|kind| kind.table_name())) {
        seen += 1;
        let ways = [format!("`{word}`"), format!("{word}: "), format!("`{word}(")];
        assert!(ways.iter().any(|way| FORMAT_PAGE.contains(way)), "`{word}` is missing from docs/format.md");
    }
    assert!(seen > 200, "only {seen} words found in the declarations");
}
