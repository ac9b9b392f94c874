use std::sync::Arc;

use crate::analysis::fixture::world;
use crate::analysis::{Derived, Options, Relation};
use crate::model::{Proposition, Stance, Status};

#[test]
fn pairs_are_counted_once_and_by_relation() {
    let mut case = world();
    for (source, actor) in [("A", "CIA"), ("B", "CIA"), ("C", "US"), ("D", "MSS")] {
        case.blames(source, &[actor]);
    }
    let silent = case.blames("E", &[]);
    case.change(silent, |claim| claim.stance = Stance::Declines);
    let gone = case.blames("F", &["NSA"]);
    case.change(gone, |claim| claim.status = Status::Retracted { on: None });
    let other_role = case.blames("G", &["CIA"]);
    case.change(other_role, |claim| {
        if let Proposition::Attribution { role, .. } = &mut claim.proposition {
            *role = crate::model::Role::Sponsor;
        }
    });

    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let results = derived.incident(case.find("The incident"));
    let counts: Vec<_> =
        results.relations().iter().map(|(relation, count)| (relation.key(), count)).collect();
    let expect = [
        ("same", 1),
        ("refines", 2),
        ("overlaps", 0),
        ("contradicts", 3),
        ("silent", 5),
        ("not_comparable", 4),
    ];
    assert_eq!(counts, expect);
    assert_eq!((results.claims().len(), results.all_claims().len(), results.origins().len()), (6, 7, 6));
    assert_eq!((results.relations().total(), results.relations().comparable()), (15, 11));
    assert!(results.is_contested());

    // Counting by position gives what going through all pairs gives.
    let pairs: Vec<_> = results.pairs(derived.assessment()).collect();
    for relation in Relation::ALL {
        let count = pairs.iter().filter(|pair| pair.standing.relation == relation).count();
        assert_eq!(count as u64, results.relations().of(relation));
    }
    assert!(pairs.iter().all(|pair| pair.left < pair.right));
    let compared = |pair: &super::Pair| derived.compare(pair.left, pair.right).unwrap();
    assert!(pairs.iter().all(|pair| compared(pair).conflict == pair.conflict));
    assert!(pairs.iter().all(|pair| compared(pair).relation == pair.standing.relation));
}

#[test]
fn an_incident_without_claims_has_empty_results() {
    let derived = Derived::new(Arc::default(), Options::default(), None);
    let results = derived.incident(crate::model::Id::new(crate::model::Uuid::nil()));
    assert!(results.claims().is_empty() && results.origins().is_empty() && !results.is_contested());
    assert_eq!(results.relations().total(), 0);
}
