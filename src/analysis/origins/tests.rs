use crate::analysis::fixture::{Case, world};
use crate::analysis::{Derived, Options};
use crate::model::{Claim, Document, Id, Incident, Stance, Status};
use std::sync::Arc;

fn derived(case: &Case) -> (Derived, Id<Incident>) {
    let derived = Derived::new(Arc::new(case.assessment.clone()), Options::default(), None);
    (derived, case.find("The incident"))
}

/// Each origin as the sources of its claims, the first-hand one first; "!" marks a circular one.
fn origins(case: &Case) -> Vec<String> {
    let (derived, incident) = derived(case);
    let name = |id: &Id<Claim>| case.assessment.name_of(case.assessment.get(*id).unwrap().source);
    let results = derived.incident(incident);
    let text = |origin: &super::Origin| {
        let names: Vec<String> = origin.claims.iter().map(name).collect();
        format!("{}{}", names.join("+"), if origin.is_circular { "!" } else { "" })
    };
    results.origins().iter().map(text).collect()
}

fn repeats(case: &mut Case, claim: Id<Claim>, others: &[Id<Claim>]) {
    case.change(claim, |claim| claim.repeats = others.to_vec());
}

#[test]
fn repetitions_collapse_to_what_they_repeat() {
    let mut case = world();
    let [a, b, c, d] = ["A", "B", "C", "D"].map(|name| case.blames(name, &["CIA"]));
    assert_eq!(origins(&case), ["A", "B", "C", "D"]);
    repeats(&mut case, a, &[b]);
    repeats(&mut case, b, &[c]);
    assert_eq!(origins(&case), ["C+A+B", "D"]);
    // Two originals repeated by one claim tie together.
    repeats(&mut case, d, &[a, Id::new(crate::model::Uuid::nil())]);
    assert_eq!(origins(&case), ["C+A+B+D"]);
    repeats(&mut case, c, &[d]);
    assert_eq!(origins(&case), ["A+B+C+D!"]);
    let (derived, _) = derived(&case);
    assert_eq!(derived.circles().repeats.len(), 1);
    assert_eq!(derived.circles().repeats[0].records.len(), 4);
    assert!(derived.circles().relays.is_empty());
    // A claim that repeats itself is a circle of one.
    repeats(&mut case, c, &[c]);
    assert_eq!(self::derived(&case).0.circles().repeats[0].records.len(), 1);
}

#[test]
fn relaying_documents_collapse_where_they_say_the_same() {
    let mut case = world();
    let link = case.same("Turbine Panda", "JSSD");
    case.links(link);
    let release = case.document("Release", &[]);
    let article = case.document("Article", &[release]);
    let reprint = case.document("Reprint", &[article]);
    let other = case.document("Another", &[]);
    let mut say = |source: &str, actor: &str, document| {
        let claim = case.blames(source, &[actor]);
        case.change(claim, |claim| claim.document = Some(document));
        claim
    };
    say("Agency", "JSSD", release);
    let press = say("Press", "Turbine Panda", article);
    say("Press too", "JSSD", reprint);
    say("Official in the press", "CIA", article);
    say("Elsewhere", "JSSD", other);
    assert_eq!(origins(&case), ["Agency+Press+Press too", "Official in the press", "Elsewhere"]);
    case.change(press, |claim| claim.stance = Stance::Denies);
    assert_eq!(origins(&case), ["Agency+Press too", "Press", "Official in the press", "Elsewhere"]);
}

/// Claims in documents, each as a source, its document and whom it names.
fn said(case: &mut Case, claims: &[(&str, Id<Document>, &[&str])]) -> Vec<Id<Claim>> {
    let put = |(source, document, actors): &(&str, Id<Document>, &[&str])| {
        let claim = case.blames(source, actors);
        case.change(claim, |claim| claim.document = Some(*document));
        claim
    };
    claims.iter().map(put).collect()
}

#[test]
fn who_narrows_or_widens_what_is_relayed_has_no_origin_of_their_own() {
    let mut case = world();
    let release = case.document("Release", &[]);
    let article = case.document("Article", &[release]);
    let claims = said(
        &mut case,
        &[("Agency", release, &["CN"]), ("Press", article, &["JSSD"]), ("Voice", article, &["CIA"])],
    );
    assert_eq!(origins(&case), ["Agency+Press", "Voice"]);
    // The other way round it is the same, and by way of a document in which nothing stands.
    let blog = case.document("Blog", &[article]);
    said(&mut case, &[("Blogger", blog, &["Any state"])]);
    assert_eq!(origins(&case), ["Agency+Press+Blogger", "Voice"]);
    let reprint = case.document("Reprint", &[]);
    let copy = case.document("Copy", &[reprint]);
    case.relays(reprint, &[release]);
    said(&mut case, &[("Editor", copy, &["MSS"])]);
    assert_eq!(origins(&case), ["Agency+Press+Blogger+Editor", "Voice"]);
    // Another stance is another saying, and what a claim itself says comes first.
    case.change(claims[1], |claim| claim.stance = Stance::Denies);
    assert!(origins(&case).contains(&"Press".to_owned()), "{:?}", origins(&case));
    case.change(claims[1], |claim| (claim.stance, claim.repeats) = (Stance::Asserts, vec![claims[2]]));
    assert_eq!(origins(&case), ["Agency+Editor", "Voice+Press+Blogger"]);
}

#[test]
fn of_two_voices_in_a_relayed_document_the_nearer_one_is_retold() {
    let mut case = world();
    let release = case.document("Release", &[]);
    let article = case.document("Article", &[release]);
    said(&mut case, &[("One", release, &["CN"]), ("Two", release, &["MSS"]), ("Press", article, &["JSSD"])]);
    assert_eq!(origins(&case), ["One", "Two+Press"]);
    // Another voice retells the other one, which ties the two no more than before.
    said(&mut case, &[("Columnist", article, &["Any state"])]);
    assert_eq!(origins(&case), ["One+Columnist", "Two+Press"]);
}

#[test]
fn what_the_timeline_calls_a_repeat_has_the_origin_of_what_it_repeats() {
    let mut case = world();
    let release = case.document("Release", &[]);
    let wire = case.document("Wire", &[release]);
    let article = case.document("Article", &[wire, release]);
    let actors = ["Any state", "CN", "MSS", "JSSD", "CIA", "Criminals"];
    for (number, actor) in actors.iter().cycle().take(30).enumerate() {
        let document = [release, wire, article][number * 7 % 3];
        let claims = said(&mut case, &[(&format!("S{number}"), document, &[actor])]);
        if number % 5 == 0 {
            case.change(claims[0], |claim| claim.stance = Stance::Denies);
        }
    }
    let (derived, incident) = derived(&case);
    let pairs = crate::analysis::hedges::retellings(&derived, incident);
    assert!(pairs.len() > 10 && pairs.iter().any(|pair| !pair.shifts.is_empty()));
    let results = derived.incident(incident);
    for pair in pairs {
        assert_eq!(results.origin_of(pair.original), results.origin_of(pair.repeat), "{pair:?}");
    }
}

#[test]
fn two_voices_in_one_document_are_two() {
    let mut case = world();
    let release = case.document("Release", &[]);
    let article = case.document("Article", &[release]);
    for source in ["One", "Two"] {
        let claim = case.blames(source, &["CIA"]);
        case.change(claim, |claim| claim.document = Some(article));
    }
    assert_eq!(origins(&case), ["One", "Two"]);
}

#[test]
fn what_no_longer_stands_ties_but_does_not_count() {
    let mut case = world();
    let [a, b, c] = ["A", "B", "C"].map(|name| case.blames(name, &["CIA"]));
    repeats(&mut case, b, &[a]);
    repeats(&mut case, c, &[a]);
    case.change(a, |claim| claim.status = Status::Retracted { on: None });
    assert_eq!(origins(&case), ["B+C"]);
    case.change(b, |claim| claim.status = Status::Superseded { by: None });
    case.change(c, |claim| claim.status = Status::Superseded { by: None });
    assert!(origins(&case).is_empty());
}

#[test]
fn long_chains_of_repetitions_do_not_overflow() {
    let mut case = world();
    let mut before: Option<Id<Claim>> = None;
    for _ in 0..20_000 {
        let claim = case.blames("A", &[]);
        case.change(claim, |claim| claim.repeats = before.into_iter().collect());
        before = Some(claim);
    }
    assert_eq!(origins(&case).len(), 1);
    assert!(derived(&case).0.circles().repeats.is_empty());
}

/// The mixed circles, each by the names of its records.
fn mixed(case: &Case) -> Vec<String> {
    let (derived, _) = derived(case);
    let name = |record: &crate::model::AnyId| match record.typed::<Claim>() {
        Some(claim) => case.assessment.name_of(case.assessment.get(claim).unwrap().source),
        None => case.assessment.name_of(*record),
    };
    let circles = &derived.circles().mixed;
    circles.iter().map(|circle| circle.records.iter().map(name).collect::<Vec<_>>().join(" > ")).collect()
}

#[test]
fn repeats_and_relays_together_make_circles() {
    let mut case = world();
    let wire = case.document("Wire", &[]);
    let paper = case.document("Paper", &[]);
    let say = |case: &mut Case, source: &str, document| {
        let claim = case.blames(source, &["CIA"]);
        case.change(claim, |claim| claim.document = Some(document));
        claim
    };
    let (agency, reporter) = (say(&mut case, "Agency", wire), say(&mut case, "Reporter", paper));
    repeats(&mut case, reporter, &[agency]);
    assert!(mixed(&case).is_empty());
    // The agency's wire relays the paper whose reporter repeats the agency.
    case.relays(wire, &[paper]);
    assert_eq!(mixed(&case), ["Wire > Paper > Reporter > Agency"]);
    assert_eq!(origins(&case), ["Agency+Reporter!"]);
    // Through a document between them it is the same.
    let blog = case.document("Blog", &[paper]);
    case.relays(wire, &[blog]);
    assert_eq!(mixed(&case), ["Wire > Blog > Paper > Reporter > Agency"]);
    // Another stance of the same people is another saying: no circle goes through it.
    case.change(agency, |claim| claim.stance = Stance::Denies);
    assert!(mixed(&case).is_empty());
}

#[test]
fn two_voices_in_one_document_do_not_close_a_circle() {
    let mut case = world();
    let wire = case.document("Wire", &[]);
    let paper = case.document("Paper", &[wire]);
    let mut say = |source: &str, document| {
        let claim = case.blames(source, &["CIA"]);
        case.change(claim, |claim| claim.document = Some(document));
        claim
    };
    let (first, second, third) = (say("First", paper), say("Second", paper), say("Third", wire));
    // Both stand in the paper, which relays the wire: neither is reached from the other.
    repeats(&mut case, first, &[second]);
    repeats(&mut case, third, &[]);
    assert!(mixed(&case).is_empty());
    // What the wire's claim repeats leads back to the wire through the paper.
    repeats(&mut case, third, &[first]);
    assert_eq!(mixed(&case).len(), 1);
    // Pure circles are named as such, and not again.
    let mut pure = world();
    let [a, b] = ["A", "B"].map(|name| pure.blames(name, &["CIA"]));
    repeats(&mut pure, a, &[b]);
    repeats(&mut pure, b, &[a]);
    assert!(mixed(&pure).is_empty());
}
