//! What stands in one cell of a matrix: ratings, grades, kinds of evidence.

use super::super::cells::{Fault, choice};
use super::super::grades::{credibility, reliability};
use crate::model::{Credibility, EvidenceKind, Grade3, Methods, RatingValue, Reliability};

/// Reads a rating: `CC C N I II NA` in any letter case, also as `C C` and `I I`, `++ + 0 - --`; `None` where the cell is empty.
pub(super) fn rating(cell: &str) -> Result<Option<RatingValue>, Fault> {
    let letters: String = cell.chars().filter(|letter| !letter.is_whitespace()).collect();
    let value = match letters.to_uppercase().as_str() {
        "" => return Ok(None),
        "CC" | "++" => RatingValue::VeryConsistent,
        "C" | "+" => RatingValue::Consistent,
        "N" | "0" => RatingValue::Neutral,
        // The true minus sign, too, which word processors put in its place.
        "I" | "-" | "−" => RatingValue::Inconsistent,
        "II" | "--" | "−−" => RatingValue::VeryInconsistent,
        "NA" | "N/A" => RatingValue::NotApplicable,
        _ => {
            let mend = "write CC C N I II NA, or ++ + 0 - --, or leave it empty where it is not rated";
            return Err((format!("\"{}\" is not a rating", cell.trim()), mend.to_owned()));
        }
    };
    Ok(Some(value))
}

/// Reads a grade in three steps: `LOW MEDIUM HIGH` or `L M H`, in any letter case.
pub(super) fn grade3(cell: &str) -> Result<Option<Grade3>, Fault> {
    let is = |grade: &&Grade3| {
        let (label, text) = (grade.label(), cell.trim());
        label.eq_ignore_ascii_case(text)
            || label.get(..1).is_some_and(|first| first.eq_ignore_ascii_case(text))
    };
    match (Grade3::ALL.iter().find(is), cell.trim()) {
        (Some(grade), _) => Ok(Some(*grade)),
        (None, "") => Ok(None),
        (None, text) => {
            Err((format!("\"{text}\" is not a grade"), "write LOW, MEDIUM or HIGH, or L, M or H".to_owned()))
        }
    }
}

/// How far an item is to be believed, as a cell says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Believed {
    /// In three steps, source and item together.
    Steps(Grade3),
    /// On the Admiralty scale: the source's reliability, the item's credibility, or both.
    Admiralty(Option<Reliability>, Option<Credibility>),
}

/// Reads a credibility: `LOW MEDIUM HIGH`, `L M H`, or an Admiralty grade such as `B2`, also the letter or the digit alone.
pub(super) fn believed(cell: &str) -> Result<Option<Believed>, Fault> {
    if let Ok(grade) = grade3(cell) {
        return Ok(grade.map(Believed::Steps));
    }
    match (reliability(cell).ok().flatten(), credibility(cell).ok().flatten()) {
        (None, None) => Err((
            format!("\"{}\" is not a credibility", cell.trim()),
            "write LOW, MEDIUM or HIGH, L, M or H, or an Admiralty grade such as B2".to_owned(),
        )),
        (reliability, credibility) => Ok(Some(Believed::Admiralty(reliability, credibility))),
    }
}

impl Believed {
    /// The grades on the Admiralty scale. A grade in three steps becomes the pair that the conventions of the assessment
    /// turn into it, of those that do the one in the middle: by default B2, C3 and D4.
    pub fn grades(self, methods: &Methods) -> (Option<Reliability>, Option<Credibility>) {
        use {Credibility as C, Reliability as R};
        match self {
            Self::Admiralty(reliability, credibility) => (reliability, credibility),
            Self::Steps(grade) => {
                let (letters, digits) = match grade {
                    Grade3::High => {
                        ([R::B, R::A, R::C, R::D, R::E], [C::Two, C::One, C::Three, C::Four, C::Five])
                    }
                    Grade3::Medium => {
                        ([R::C, R::B, R::D, R::A, R::E], [C::Three, C::Two, C::Four, C::One, C::Five])
                    }
                    Grade3::Low => {
                        ([R::D, R::E, R::C, R::B, R::A], [C::Four, C::Five, C::Three, C::Two, C::One])
                    }
                };
                let letter = letters.into_iter().find(|it| methods.grade_of_reliability(*it) == Some(grade));
                let digit = digits.into_iter().find(|it| methods.grade_of_credibility(*it) == Some(grade));
                (letter, digit)
            }
        }
    }

    /// Whether these grades come to the same already.
    pub fn is_met_by(
        self,
        reliability: Option<Reliability>,
        credibility: Option<Credibility>,
        methods: &Methods,
    ) -> bool {
        match self {
            Self::Admiralty(letter, digit) => {
                letter.is_none_or(|letter| reliability == Some(letter))
                    && digit.is_none_or(|digit| credibility == Some(digit))
            }
            Self::Steps(grade) => {
                let both = reliability
                    .and_then(|it| methods.grade_of_reliability(it))
                    .zip(credibility.and_then(|it| methods.grade_of_credibility(it)));
                both.is_some_and(|(left, right)| left.min(right) == grade)
            }
        }
    }
}

/// The Admiralty grade of an item as it stands in a cell, such as `B2`; what is not graded is left out.
pub(super) fn believed_cell(reliability: Option<Reliability>, credibility: Option<Credibility>) -> String {
    let letter = reliability.map(|it| it.letter().to_string()).unwrap_or_default();
    let digit = credibility.map(|it| it.digit().to_string()).unwrap_or_default();
    letter + &digit
}

/// Reads a kind of evidence: its name, or a beginning that only one has.
pub(super) fn kind(cell: &str) -> Result<Option<EvidenceKind>, Fault> {
    choice(cell, EvidenceKind::ALL, |kind| match kind {
        EvidenceKind::Malware => "malware",
        EvidenceKind::Infrastructure => "infrastructure",
        EvidenceKind::ControlServer => "control server",
        EvidenceKind::Telemetry => "telemetry",
        EvidenceKind::Intelligence => "intelligence",
        EvidenceKind::CuiBono => "cui bono",
        EvidenceKind::Legal => "legal",
        EvidenceKind::Other => "other",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_read_in_all_their_forms() {
        let check = |cells: &[&str], expect: Option<RatingValue>| {
            for cell in cells {
                assert_eq!(rating(cell), Ok(expect), "{cell}");
            }
        };
        check(&["", " "], None);
        check(&["CC", "cc", "C C", " c  c ", "++", "+ +"], Some(RatingValue::VeryConsistent));
        check(&["C", "c", "+"], Some(RatingValue::Consistent));
        check(&["N", "n", "0"], Some(RatingValue::Neutral));
        check(&["I", "i", "-", "−"], Some(RatingValue::Inconsistent));
        check(&["II", "ii", "I I", "--", "−−"], Some(RatingValue::VeryInconsistent));
        check(&["NA", "na", "N/A", "n/a"], Some(RatingValue::NotApplicable));
        for cell in ["CCC", "X", "CI", "1", "yes", "+-", "."] {
            assert!(rating(cell).is_err(), "{cell}");
        }
        for value in RatingValue::ALL {
            check(&[value.label()], Some(*value));
        }
    }

    #[test]
    fn grades_are_read_in_steps_or_on_the_admiralty_scale() {
        let methods = Methods::default();
        let check = |cell: &str, expect: &str, grade: Option<Grade3>| {
            let found = believed(cell).unwrap();
            let (letter, digit) = found.map_or((None, None), |it| it.grades(&methods));
            assert_eq!(believed_cell(letter, digit), expect, "{cell}");
            assert_eq!(grade3(cell).ok().flatten(), grade, "{cell}");
            assert!(found.is_none_or(|it| it.is_met_by(letter, digit, &methods)), "{cell}");
        };
        check("", "", None);
        check("HIGH", "B2", Some(Grade3::High));
        check("m", "C3", Some(Grade3::Medium));
        check(" Low ", "D4", Some(Grade3::Low));
        check("b2", "B2", None);
        check("F6", "F6", None);
        check("E", "E", None);
        check("5", "5", None);
        for cell in ["G1", "B7", "HIGHER", "2B", "lo"] {
            assert!(believed(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn steps_follow_the_conventions_of_the_assessment() {
        let methods = Methods::default();
        let steps = Believed::Steps(Grade3::High);
        assert!(steps.is_met_by(Some(Reliability::A), Some(Credibility::Two), &methods));
        assert!(!steps.is_met_by(Some(Reliability::A), Some(Credibility::Three), &methods));
        assert!(!steps.is_met_by(Some(Reliability::F), Some(Credibility::One), &methods), "F is not judged");
        assert!(!steps.is_met_by(None, Some(Credibility::One), &methods));
    }
}
