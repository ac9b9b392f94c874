use std::sync::Arc;

use super::*;
use crate::analysis::fixture::{Case, world};
use crate::model::{Period, Proposition, Role};

/// A world with two incidents of three claims each.
fn two_incidents() -> (Case, [Id<Incident>; 2]) {
    let mut case = world();
    let incidents = ["One", "Two"].map(|name| case.incident(name, Period::default()));
    for incident in incidents {
        for (source, actor) in [("A", "CIA"), ("B", "MSS"), ("C", "US")] {
            let actors = vec![case.find(actor)];
            case.says(source, Proposition::Attribution { incident, actors, role: Role::Perpetrator });
        }
    }
    (case, incidents)
}

fn next(before: &Derived, case: &Case) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), before.options(), Some(before))
}

fn is_kept(before: &Derived, after: &Derived, incident: Id<Incident>) -> bool {
    std::ptr::eq(before.incident(incident), after.incident(incident))
}

#[test]
fn what_an_edit_did_not_touch_is_kept() {
    let (mut case, [one, two]) = two_incidents();
    let first = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    first.warm(&|| false);

    let claim = first.claims_of(one)[0].id;
    case.change(claim, |claim| claim.stance = crate::model::Stance::Denies);
    let second = next(&first, &case);
    assert!(std::ptr::eq(first.hierarchy(), second.hierarchy()));
    assert!(!is_kept(&first, &second, one));
    assert!(is_kept(&first, &second, two));
    assert_ne!(first.incident(one).relations(), second.incident(one).relations());

    // A revision that nobody looked at hands on what it was given.
    let unseen = next(&second, &case);
    let third = next(&unseen, &case);
    assert!(is_kept(&second, &third, one));

    // Notes on an actor say nothing of who belongs to whom; its level does.
    let actor: Id<Actor> = case.find("MSS");
    let was = case.assessment.get(actor).unwrap().clone();
    case.put(Actor { notes: "A ministry".to_owned(), ..was.clone() });
    let noted = next(&third, &case);
    assert!(std::ptr::eq(third.hierarchy(), noted.hierarchy()) && is_kept(&third, &noted, one));
    case.put(Actor { level: crate::model::ActorLevel::Person, ..was.clone() });
    let moved = next(&third, &case);
    assert!(!std::ptr::eq(third.hierarchy(), moved.hierarchy()) && !is_kept(&third, &moved, one));
    case.put(was);

    // Another level is another result.
    let options = Options { level: Some(crate::model::ActorLevel::State), ..Options::default() };
    let at_state = Derived::new(Arc::new(case.assessment.clone()), options, Some(&third));
    assert!(!is_kept(&third, &at_state, two));

    // A link changes everything, and so does the incident's own period for its claims.
    let link = case.same("CIA", "MSS");
    case.links(link);
    let linked = next(&third, &case);
    assert!(!is_kept(&third, &linked, two));
    assert_eq!(linked.incident(two).relations().of(crate::analysis::Relation::Contradicts), 0);
    let mut incident = case.assessment.get(two).unwrap().clone();
    incident.period = crate::analysis::fixture::period("2020", "2020");
    case.put(incident);
    let moved = next(&linked, &case);
    assert!(is_kept(&linked, &moved, one) && !is_kept(&linked, &moved, two));
}

#[test]
fn an_incremental_revision_equals_a_fresh_one() {
    let (mut case, [one, two]) = two_incidents();
    let mut derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let claims: Vec<Id<Claim>> = case.assessment.claims.ids().collect();
    for (step, claim) in claims.iter().enumerate() {
        derived.warm(&|| false);
        match step % 4 {
            0 => drop(case.assessment.take((*claim).into())),
            1 => case.change(*claim, |it| it.repeats = claims.clone()),
            2 => {
                let proposition = case.part("MSS", "US");
                case.change(*claim, |it| it.proposition = proposition);
            }
            _ => {
                case.says(
                    "New",
                    Proposition::Attribution { incident: one, actors: vec![], role: Role::Insider },
                );
            }
        }
        derived = next(&derived, &case);
        let fresh = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
        for incident in [one, two] {
            assert_eq!(derived.claims_of(incident), fresh.claims_of(incident));
            assert_eq!(derived.incident(incident).relations(), fresh.incident(incident).relations());
            assert_eq!(derived.incident(incident).origins(), fresh.incident(incident).origins());
            assert_eq!(derived.references_to(incident), fresh.references_to(incident));
        }
        assert_eq!(derived.circles(), fresh.circles());
        assert!(derived.links().eq(fresh.links()));
        assert_eq!(derived.hierarchy(), fresh.hierarchy());
        let source: Id<Source> = case.find("A");
        assert_eq!(derived.references_to(source), fresh.references_to(source));
    }
}

#[test]
fn a_fusion_is_kept_until_something_that_it_depends_on_changes() {
    let (mut case, [one, two]) = two_incidents();
    let first = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    let is_kept = |before: &Derived, after: &Derived, incident| {
        Arc::ptr_eq(&before.fused(incident, None, None), &after.fused(incident, None, None))
    };
    assert!(is_kept(&first, &first, one));
    let dempster = first.fused(one, Some(FusionRule::Dempster), None);
    assert_eq!(dempster.rule, FusionRule::Dempster);
    assert!(!Arc::ptr_eq(&dempster, &first.fused(one, None, None)));
    first.fused(two, None, None);

    let claim = first.claims_of(one)[0].id;
    case.change(claim, |claim| claim.stance = crate::model::Stance::Denies);
    let second = next(&first, &case);
    assert!(!is_kept(&first, &second, one) && is_kept(&first, &second, two));

    // A source's grade is not among the incident's claims, and weighs all the same.
    let source: Id<Source> = case.find("A");
    let mut graded = case.assessment.get(source).unwrap().clone();
    graded.gradings.push(crate::model::Grading {
        reliability: crate::model::Reliability::F,
        reason: String::new(),
        on: None,
        by: None,
    });
    case.put(graded);
    let third = next(&second, &case);
    assert!(!is_kept(&second, &third, one) && !is_kept(&second, &third, two));

    case.assessment.header.methods.unhedged_probability = 0.5;
    let fourth = next(&third, &case);
    assert!(!is_kept(&third, &fourth, two));
}

#[test]
fn names_are_ranked_without_regard_to_case() {
    let mut case = Case::default();
    let ids = ["beta", "Alpha", "Gamma"].map(|name| case.source(name));
    let derived = Derived::new(Arc::new(case.assessment), Options::default(), None);
    let ranks = derived.places(Kind::Source);
    assert_eq!(ids.map(|id| ranks[&id.uuid()]), [1, 0, 2]);
    assert!(derived.places(Kind::Claim).is_empty());
}

#[test]
fn it_can_be_shared_with_a_job() {
    fn shared<T: Send + Sync>() {}
    shared::<Derived>();
}
