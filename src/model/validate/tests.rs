use super::super::*;
use super::*;

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn period(from: &str, to: &str) -> Period {
    Period { from: from.parse().ok(), to: to.parse().ok() }
}

fn actor(number: u128, name: &str, belongs_to: &[u128]) -> Actor {
    Actor {
        belongs_to: belongs_to.iter().copied().map(id).collect(),
        ..Actor::named(id(number), name.to_owned())
    }
}

fn claim(number: u128) -> Claim {
    Claim {
        verification: Verification::WordingSeen,
        ..Claim::new(
            id(number),
            id(1),
            Proposition::Attribution { incident: id(1), actors: vec![id(1)], role: Role::Perpetrator },
        )
    }
}

fn hypothesis(number: u128, answer: Answer) -> Hypothesis {
    Hypothesis::new(id(number), id(1), answer)
}

fn judgement(shares: &[(u128, f64)], other: f64) -> Judgement {
    Judgement {
        id: id(1),
        analyst: id(1),
        incident: id(1),
        made_at: jiff::Timestamp::UNIX_EPOCH,
        probabilities: shares
            .iter()
            .map(|(hypothesis, probability)| ProbabilityShare {
                hypothesis: id(*hypothesis),
                probability: *probability,
            })
            .collect(),
        other,
        confidence: None,
        confidence_reasons: ConfidenceReasons::default(),
        key_sentence: String::new(),
        dissent: Vec::new(),
        round: 0,
    }
}

/// A small assessment without findings, with these records in it or in place of its own.
fn with(records: Vec<Record>) -> Assessment {
    let usual = [
        Analyst { id: id(1), name: "Ana".to_owned(), role: AnalystRole::Analyst }.into_record(),
        Source {
            kind: SourceKind::SecurityVendor,
            gradings: vec![Grading {
                reliability: Reliability::B,
                reason: String::new(),
                on: None,
                by: None,
            }],
            ..Source::named(id(1), "A vendor".to_owned())
        }
        .into_record(),
        actor(1, "A service", &[2]).into_record(),
        actor(2, "A state", &[]).into_record(),
        Incident { period: period("2020", "2021"), ..Incident::named(id(1), "The ministry".to_owned()) }
            .into_record(),
        hypothesis(1, Answer::Actor(id(1))).into_record(),
        hypothesis(2, Answer::Text("Criminals".to_owned())).into_record(),
    ];
    let header = Header { title: "A test".to_owned(), ..Header::default() };
    Assessment::from_records(header, usual.into_iter().chain(records))
}

/// Holds the findings of an assessment against "severity field" and a part of the message.
fn check_all(assessment: &Assessment, expect: &[(&str, &str)]) {
    let found = validate(assessment);
    assert_eq!(found.len(), expect.len(), "{found:#?}");
    for (finding, (place, message)) in found.iter().zip(expect) {
        assert_eq!(format!("{} {}", finding.severity, finding.field).trim_end(), *place, "{finding:#?}");
        assert!(finding.message.contains(message), "{finding:#?}");
        assert!(!finding.mend.is_empty(), "{finding:#?}");
    }
}

fn check(record: impl Entity, expect: &[(&str, &str)]) {
    check_all(&with(vec![record.into_record()]), expect);
}

fn check_claim(change: impl FnOnce(&mut Claim), expect: &[(&str, &str)]) {
    let mut claim = claim(1);
    change(&mut claim);
    check(claim, expect);
}

#[test]
fn a_sound_assessment_has_no_findings() {
    check_all(&with(Vec::new()), &[]);
    check_claim(|_| {}, &[]);
    check_claim(|claim| claim.covers = period("2021-12", ""), &[]);
    check(judgement(&[(1, 0.333), (2, 0.333)], 0.333), &[]);
}

#[test]
fn references_must_resolve() {
    check_claim(
        |claim| {
            claim.source = id(9);
            claim.document = Some(id(9));
        },
        &[("error source", "no source with"), ("error document", "no document with")],
    );
    // A record that is known to exist elsewhere is not missing.
    let mut assessment = with(vec![claim(1).into_record()]);
    assessment.take(Id::<Source>::new(Uuid::from_u128(1)).into());
    assert_eq!(validate(&assessment).len(), 1);
    assert_eq!(validate_with(&assessment, &|id| id.kind == Kind::Source), []);
}

#[test]
fn nothing_goes_round_in_a_circle() {
    check(
        actor(2, "A state", &[1]),
        &[("error belongs_to", "\"A service\" belongs to \"A state\" belongs to")],
    );
    check(actor(2, "A state", &[2]), &[("error belongs_to", "\"A state\" belongs to \"A state\"")]);
    check_claim(|claim| claim.repeats = vec![claim.id], &[("warning repeats", "circular reporting: ")]);
    check_claim(
        |claim| claim.status = Status::Superseded { by: Some(claim.id) },
        &[("error status.by", "is superseded by")],
    );
}

#[test]
fn numbers_must_be_probabilities() {
    let stated = |low: Option<f64>, high: Option<f64>, expect: &[(&str, &str)]| {
        check_claim(|claim| claim.likelihood = Some(Likelihood { words: String::new(), low, high }), expect);
    };
    stated(Some(0.0), Some(1.0), &[]);
    stated(Some(0.5), None, &[]);
    stated(Some(f64::NAN), None, &[("error likelihood.low", "NaN is not a number")]);
    stated(None, Some(f64::INFINITY), &[("error likelihood.high", "inf is not a number")]);
    stated(Some(-0.1), Some(1.1), &[("error likelihood.low", "-0.1"), ("error likelihood.high", "1.1")]);
    stated(Some(0.6), Some(0.5), &[("error likelihood", "0.6 is above")]);
    let mut prior = hypothesis(1, Answer::Actor(id(1)));
    prior.prior = Some(2.0);
    check(prior, &[("error prior", "2 is not a probability")]);
}

#[test]
fn judgements_sum_to_one() {
    let sum =
        |shares: &[(u128, f64)], other: f64, expect: &[(&str, &str)]| check(judgement(shares, other), expect);
    sum(&[(1, 0.5), (2, 0.3)], 0.1, &[("error probabilities", "90.0 %")]);
    sum(&[(1, 0.5), (1, 0.5)], 0.0, &[("error probabilities", "a hypothesis twice")]);
    sum(&[(1, f64::NAN)], 0.0, &[("error probabilities.probability", "NaN")]);
    sum(&[(1, 1.5)], -0.5, &[("error probabilities.probability", "1.5"), ("error other", "-0.5")]);
    let opens = |other: f64| {
        let found = validate(&with(vec![judgement(&[(1, 0.5), (2, 0.5)], other).into_record()]));
        found.iter().all(|finding| !finding.blocks_opening)
    };
    sum(&[(1, 0.5), (2, 0.5)], -1e-17, &[("error other", "not a probability")]);
    assert!(opens(-1e-17) && opens(1.0 + 1e-15) && !opens(-1e-6) && !opens(f64::NAN));
}

#[test]
fn the_conventions_must_be_usable() {
    let mut assessment = with(Vec::new());
    assessment.header.title = " ".to_owned();
    assessment.header.methods.rating_points[0] = f64::NAN;
    assessment.header.methods.grade_weights[1] = -1.0;
    assessment.header.methods.confidence_trust[2] = 1.01;
    check_all(
        &assessment,
        &[
            ("warning title", "the title is empty"),
            ("error methods.confidence_trust", "1.01"),
            ("error methods.rating_points", "NaN"),
            ("error methods.grade_weights", "-1"),
        ],
    );
}

#[test]
fn what_a_claim_says_must_make_sense() {
    let attribution = |actors: &[u128]| Proposition::Attribution {
        incident: id(1),
        actors: actors.iter().copied().map(id).collect(),
        role: Role::Sponsor,
    };
    let says = |proposition: Proposition, stance: Stance, expect: &[(&str, &str)]| {
        check_claim(
            |claim| {
                claim.proposition = proposition;
                claim.stance = stance;
            },
            expect,
        );
    };
    says(attribution(&[]), Stance::Asserts, &[("error proposition.actors", "it asserts, but names nobody")]);
    says(attribution(&[]), Stance::Denies, &[("error proposition.actors", "it denies, but names nobody")]);
    says(attribution(&[]), Stance::Declines, &[]);
    says(attribution(&[1]), Stance::Declines, &[("error stance", "but names actors")]);
    says(attribution(&[1, 2, 1]), Stance::Asserts, &[("warning proposition.actors", "twice")]);
    let same = |first, second| Proposition::SameActor { first: id(first), second: id(second) };
    says(same(1, 2), Stance::Denies, &[]);
    says(same(1, 2), Stance::Declines, &[("error stance", "links two actors")]);
    says(same(1, 1), Stance::Asserts, &[("error proposition.second", "is itself")]);
    let part = |part, whole| Proposition::BelongsTo { part: id(part), whole: id(whole) };
    says(part(2, 2), Stance::Asserts, &[("error proposition.whole", "belongs to itself")]);
}

#[test]
fn periods_run_forwards_and_meet_their_incident() {
    check_claim(
        |claim| claim.covers = period("2021", "2020-12"),
        &[("error covers", "it ends (2020-12) before")],
    );
    check_claim(
        |claim| claim.covers = period("2008-09", "2019-06"),
        &[(
            "warning covers",
            "it speaks of 2008-09 – 2019-06, but the incident \"The ministry\" was 2020 – 2021",
        )],
    );
}

fn document(number: u128, text: Option<ArchivedText>) -> Document {
    Document { text, ..Document::named(id(number), "The report".to_owned()) }
}

#[test]
fn spans_lie_within_the_archived_text() {
    let document = |text: Option<&str>| document(1, text.map(|text| ArchivedText::new(text.to_owned())));
    let anchored = |text: Option<&str>, start: usize, end: usize, expect: &[(&str, &str)]| {
        let mut claim = claim(1);
        claim.document = Some(id(1));
        claim.locator.span = Some(Span { start, end });
        check_all(&with(vec![document(text).into_record(), claim.into_record()]), expect);
    };
    anchored(Some("国x"), 0, 3, &[]);
    anchored(Some("国x"), 0, 2, &[("error locator.span", "bytes 0 to 2")]);
    anchored(Some("国x"), 3, 5, &[("error locator.span", "which has 4 bytes")]);
    anchored(Some("国x"), 4, 3, &[("error locator.span", "bytes 4 to 3")]);
    anchored(Some("x"), usize::MAX, usize::MAX, &[("error locator.span", "are no span")]);
    anchored(None, 0, 1, &[("warning locator.span", "not archived")]);
}

#[test]
fn an_archived_text_is_what_was_archived() {
    let check = |sha256: &str, expect: &[(&str, &str)]| {
        let text = ArchivedText { text: "abc".to_owned(), sha256: sha256.to_owned() };
        check_all(&with(vec![document(1, Some(text)).into_record()]), expect);
    };
    // The example of FIPS 180-4.
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(ArchivedText::new("abc".to_owned()).sha256, digest);
    check(digest, &[]);
    check(&"0".repeat(64), &[("warning text.sha256", "its SHA-256 differs")]);
    check(&digest.to_uppercase(), &[("warning text.sha256", "no SHA-256")]);
    check("", &[("warning text.sha256", "no SHA-256")]);
}

#[test]
fn which_rating_of_a_cell_is_the_last_must_be_clear() {
    let evidence = Evidence {
        kind: EvidenceKind::Malware,
        reliability_override: Some(GradeOverride { reliability: Reliability::A, reason: String::new() }),
        ..Evidence::new(id(1), id(1), "A sample".to_owned())
    };
    let rating = |number: u128, round: u32, second: i64| {
        Rating {
            id: id(number),
            analyst: id(1),
            evidence: id(1),
            hypothesis: id(1),
            value: RatingValue::Neutral,
            likelihood: None,
            reason: String::new(),
            rated_at: jiff::Timestamp::constant(second, 0),
            round,
        }
        .into_record()
    };
    check_all(
        &with(vec![
            evidence.into_record(),
            rating(1, 0, 0),
            rating(2, 1, 0),
            rating(3, 1, 7),
            rating(4, 1, 7),
        ]),
        &[("warning reliability_override.reason", "without a reason"), ("error rated_at", "the same cell")],
    );
}

#[test]
fn hypotheses_should_exclude_one_another_and_names_be_unique() {
    check(
        hypothesis(3, Answer::Actor(id(2))),
        &[("warning answer", "the hypothesis \"A state\": \"A service\" is part of it")],
    );
    check(hypothesis(3, Answer::Actor(id(1))), &[("warning answer", "\"A service\" is a hypothesis")]);
    check(actor(3, " a STATE ", &[]), &[("warning name", "the actor \"A state\" is called")]);
    let mut twice = actor(3, "Panda", &[]);
    twice.aliases = vec![Alias { name: "panda".to_owned(), coined_by: None }];
    check(twice, &[("warning aliases.name", "it is called \"panda\" twice")]);
}

#[test]
fn gaps_are_worth_a_look() {
    check_claim(
        |claim| claim.status = Status::Superseded { by: None },
        &[("warning status", "by which claim")],
    );
    let source = |name: &str| Source { kind: SourceKind::Press, ..Source::named(id(1), name.to_owned()) };
    check(source("\t"), &[("warning name", "the name is empty"), ("warning gradings", "not graded")]);
}
