use super::*;
use crate::edit::Document as OpenDocument;
use crate::model::Header;

fn example() -> Assessment {
    let mut next = 0_u128;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let assessment = Assessment::from_records(Header::default(), []);
    let mut maker = Maker::new(&assessment, &mut new_id);
    maker.source(&Entry::new("CrowdStrike"));
    maker.incident(&Entry::new("OPM breach"));
    maker.actors(&Entry::new("JSSD + Axiom"));
    let edits = maker.edits;
    let mut document = OpenDocument::new(assessment);
    document.commit(Transaction::new("example", edits)).unwrap();
    document.assessment().clone()
}

fn draft(source: &str, actors: &str) -> Draft {
    Draft {
        source: Entry::new(source),
        stance: Entry::new("Asserts"),
        actors: Entry::new(actors),
        incident: Entry::new("opm BREACH"),
        ..Draft::default()
    }
}

fn make(draft: &Draft) -> Result<Made, Problem> {
    let mut next = 1000_u128;
    draft.make(&example(), &mut || {
        next += 1;
        Uuid::from_u128(next)
    })
}

#[test]
fn known_names_are_used_and_new_ones_are_made() {
    let check = |draft: &Draft, expect: &[(Kind, &str)]| {
        let made = make(draft).unwrap();
        let created: Vec<(Kind, &str)> =
            made.created.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
        assert_eq!(created, expect);
        let mut document = OpenDocument::new(example());
        document.commit(made.transaction).unwrap();
        assert!(document.assessment().claims.contains(made.claim));
        document.undo();
        assert_eq!(*document.assessment(), example());
    };
    check(&draft(" crowdstrike ", "jssd"), &[]);
    check(&draft("Mandiant", "JSSD + Unit X"), &[(Kind::Source, "Mandiant"), (Kind::Actor, "Unit X")]);
    let same_twice = draft("CrowdStrike", "Unit X + unit x");
    check(&same_twice, &[(Kind::Actor, "Unit X")]);
    let with_document = Draft { document: Entry::new("A report"), ..draft("CrowdStrike", "JSSD") };
    check(&with_document, &[(Kind::Document, "A report")]);
}

#[test]
fn what_is_missing_is_named_with_its_field() {
    let check = |draft: Draft, expect: Field| {
        let problem = make(&draft).unwrap_err();
        assert_eq!(problem.field, expect, "{}", problem.reason);
    };
    let good = draft("CrowdStrike", "JSSD");
    check(Draft { source: Entry::default(), ..good.clone() }, Field::Source);
    check(Draft { actors: Entry::default(), ..good.clone() }, Field::Actors);
    check(Draft { actors: Entry::new(" + "), ..good.clone() }, Field::Actors);
    check(Draft { incident: Entry::default(), ..good.clone() }, Field::Incident);
    check(Draft { stance: Entry::new("Declines"), ..good.clone() }, Field::Actors);
    check(Draft { stance: Entry::new("maybe"), ..good.clone() }, Field::Stance);
    check(Draft { date: Entry::new("June"), ..good.clone() }, Field::Date);
    check(Draft { likelihood: Entry::new("130 %"), ..good.clone() }, Field::Likelihood);
    check(Draft { confidence: Entry::new("very"), ..good.clone() }, Field::Confidence);
    let link = Draft { kind: DraftKind::BelongsTo, ..good };
    check(link.clone(), Field::Other);
    check(Draft { other: Entry::new("jssd"), ..link.clone() }, Field::Other);
    check(Draft { actors: Entry::new("JSSD + Axiom"), other: Entry::new("X"), ..link }, Field::Actors);
}

#[test]
fn a_date_that_is_not_given_stays_unknown() {
    let made = make(&draft("CrowdStrike", "JSSD")).unwrap();
    let mut document = OpenDocument::new(example());
    document.commit(made.transaction).unwrap();
    let claim = document.assessment().get(made.claim).unwrap();
    assert_eq!((claim.stated_on, claim.likelihood.clone(), claim.confidence), (None, None, None));
    assert!(claim.covers.is_unknown());
}

#[test]
fn a_picked_record_goes_before_its_namesakes() {
    let twin = Uuid::from_u128(77);
    let mut assessment = example();
    let twin_record = Source::named(Id::new(twin), "CrowdStrike".to_owned());
    assessment.put(twin_record.into_record());
    let mut new_id = Uuid::nil;
    let mut maker = Maker::new(&assessment, &mut new_id);
    let entry = Entry { text: "CrowdStrike".to_owned(), picked: vec![("CrowdStrike".to_owned(), twin)] };
    assert_eq!(maker.source(&entry), Some(Id::new(twin)));
}

#[test]
fn the_next_claim_keeps_incident_and_document() {
    let first =
        Draft { document: Entry::new("A report"), likelihood: Entry::new("likely"), ..draft("X", "Y") };
    let next = first.next();
    assert_eq!((next.incident, next.document), (first.incident, first.document));
    assert!(next.source.is_blank() && next.actors.is_blank() && next.likelihood.is_blank());
}

#[test]
fn a_picked_record_that_is_gone_is_looked_up_by_its_name() {
    let gone = Uuid::from_u128(77);
    for (text, expect) in [("Axiom", "Axiom"), ("Ghost", "Ghost")] {
        let picked = Entry { text: text.to_owned(), picked: vec![(text.to_owned(), gone)] };
        let made = make(&Draft { actors: picked, ..draft("CrowdStrike", "") }).unwrap();
        let mut document = OpenDocument::new(example());
        document.commit(made.transaction).unwrap();
        let assessment = document.assessment();
        let claim = assessment.get(made.claim).unwrap();
        let names: Vec<String> =
            claim.proposition.actors().iter().map(|id| assessment.name_of(*id)).collect();
        assert_eq!(names, [expect]);
    }
}
