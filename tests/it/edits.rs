//! Changes and their inverses.

use ascribe::edit::{Document, apply_all};
use ascribe::model::Assessment;
use ascribe::model::validate::validate;
use proptest::prelude::*;

use crate::arbitrary;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn applying_and_undoing_is_the_identity((before, transactions) in arbitrary::histories()) {
        let mut now = before;
        for transaction in transactions {
            let earlier = now.clone();
            let inverses = apply_all(&mut now, transaction.edits.clone()).unwrap();
            let later = now.clone();
            let forth = apply_all(&mut now, inverses).unwrap();
            prop_assert_eq!(&now, &earlier);
            apply_all(&mut now, forth).unwrap();
            prop_assert_eq!(&now, &later);
        }
    }

    #[test]
    fn the_edits_between_two_assessments_lead_from_one_to_the_other(
        (from, transactions) in arbitrary::histories(),
        other in arbitrary::assessments(),
    ) {
        let mut to = from.clone();
        for transaction in transactions {
            apply_all(&mut to, transaction.edits).unwrap();
        }
        for to in [to, other] {
            let mut now = from.clone();
            apply_all(&mut now, ascribe::edit::between(&from, &to)).unwrap();
            prop_assert_eq!(now, to);
        }
    }

    #[test]
    fn a_history_leads_back_and_forth((before, transactions) in arbitrary::histories(), closes in any::<u16>()) {
        let mut document = Document::new(before.clone());
        // The assessment and the state after each step that can be undone.
        let mut steps = vec![(before, document.state())];
        for (index, transaction) in transactions.into_iter().enumerate() {
            if closes >> (index % 16) & 1 == 1 {
                document.close_step();
            }
            let was = document.undo_label().map(str::to_owned);
            let is_empty = transaction.edits.is_empty();
            let undoable = count_steps(&document);
            let was_there = document.assessment().clone();
            if document.commit(transaction).is_err() {
                prop_assert_eq!(document.assessment(), &was_there);
                prop_assert_eq!(count_steps(&document), undoable);
                continue;
            }
            if is_empty {
                prop_assert_eq!(document.undo_label().map(str::to_owned), was);
                continue;
            }
            if count_steps(&document) == undoable {
                // It continued the newest step.
                steps.pop();
            }
            steps.push((document.assessment().clone(), document.state()));
        }
        for (assessment, state) in steps.iter().rev().skip(1) {
            prop_assert!(document.undo().is_some());
            prop_assert_eq!(document.assessment(), assessment);
            prop_assert_eq!(document.state(), *state);
        }
        prop_assert_eq!(document.undo(), None);
        prop_assert!(!document.is_changed());
        for (assessment, state) in steps.iter().skip(1) {
            prop_assert!(document.redo().is_some());
            prop_assert_eq!(document.assessment(), assessment);
            prop_assert_eq!(document.state(), *state);
        }
        prop_assert_eq!(document.redo(), None);
    }

    #[test]
    fn no_change_leads_to_what_cannot_be_opened((_, transactions) in arbitrary::histories()) {
        let mut document = Document::new(Assessment::default());
        for transaction in transactions {
            // Most of them are refused: they refer to what is not there.
            let _ = document.commit(transaction);
        }
        let broken: Vec<_> =
            validate(document.assessment()).into_iter().filter(|finding| finding.blocks_opening).collect();
        prop_assert!(broken.is_empty(), "{broken:?}");
    }

    #[test]
    fn a_transaction_that_fails_changes_nothing((before, transactions) in arbitrary::histories()) {
        for transaction in transactions {
            let mut edits = transaction.edits;
            // An edit of something that is not there fails.
            edits.push(ascribe::edit::Edit::Remove(ascribe::model::AnyId {
                kind: ascribe::model::Kind::Claim,
                uuid: ascribe::model::Uuid::max(),
            }));
            let mut now = before.clone();
            prop_assert!(apply_all(&mut now, edits).is_err());
            prop_assert_eq!(&now, &before);
        }
    }
}

/// How many steps the history has, as its debug output lists them.
fn count_steps(document: &Document) -> usize {
    format!("{document:?}").matches("Step {").count()
}
