//! The worked cases in `saves/`: that each is complete and canonical, keeps to the rules for citing, and shows the
//! relations that it is there to show.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use ascribe::analysis::hedges::lost_hedges;
use ascribe::analysis::relation::{Reason, is_period_mismatch};
use ascribe::analysis::{Derived, Options, Relation, Side};
use ascribe::model::validate::Severity;
use ascribe::model::{
    ActorLevel, AnyId, Assessment, Claim, Confidence, Header, Kind, Proposition, Reliability, Stance,
    Standard, Status, Tlp, Verification,
};
use ascribe::store;

const AIRLINES: &str = "china-airlines-2020.ron";
const TURBINE: &str = "turbine-panda-c919.ron";
const OPM: &str = "opm-anthem.ron";
const CASES: [&str; 3] = [AIRLINES, TURBINE, OPM];

/// The most words that a quotation may have.
const MAX_QUOTED_WORDS: usize = 15;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("saves").join(name)).unwrap()
}

fn read(name: &str) -> Assessment {
    store::parse(&bytes(name)).assessment.unwrap()
}

/// A case with what follows from it.
struct Case {
    derived: Derived,
}

impl Case {
    fn of(name: &str) -> Self {
        Self::with(read(name), Options::default())
    }

    fn with(assessment: Assessment, options: Options) -> Self {
        Self { derived: Derived::new(Arc::new(assessment), options, None) }
    }

    fn assessment(&self) -> &Assessment {
        self.derived.assessment()
    }

    /// The one claim of a source about an incident that has all these words in its quotation or notes.
    fn claim(&self, source: &str, incident: &str, words: &str) -> &Claim {
        let assessment = self.assessment();
        let is_meant = |claim: &&Claim| {
            let about = claim.proposition.incident().and_then(|id| assessment.get(id));
            assessment.get(claim.source).unwrap().name == source
                && about.is_some_and(|about| about.name.contains(incident))
                && format!("{} {}", claim.quote, claim.notes).contains(words)
        };
        let found: Vec<&Claim> = assessment.claims.iter().filter(is_meant).collect();
        assert_eq!(found.len(), 1, "claims of {source} on {incident} with {words:?}");
        found[0]
    }

    fn relation(&self, left: &Claim, right: &Claim) -> (Relation, Option<Side>, Reason) {
        let comparison = self.derived.compare(left.id, right.id).unwrap();
        (comparison.relation, comparison.narrower, comparison.reason)
    }

    fn have_one_origin(&self, left: &Claim, right: &Claim) -> bool {
        let results = self.derived.incident(left.proposition.incident().unwrap());
        let of = |claim: &Claim| results.origin_of(claim.id).unwrap();
        of(left) == of(right)
    }

    /// The same case with the link between two actors accepted, or not.
    fn with_link(&self, first: &str, second: &str, is_accepted: bool) -> Self {
        let assessment = self.assessment();
        let name = |id| assessment.get(id).map(|actor: &ascribe::model::Actor| actor.name.clone()).unwrap();
        let mut found = 0;
        let mut records = Vec::new();
        assessment.for_each_record(&mut |record| {
            let ascribe::model::Record::Claim(claim) = &record else { return records.push(record) };
            let mut claim = Claim::clone(claim);
            let actors: Vec<String> = claim.proposition.actors().into_iter().map(name).collect();
            if claim.proposition.is_link() && actors == [first, second] && claim.stance == Stance::Asserts {
                found += 1;
                claim.accepted = is_accepted;
            }
            records.push(ascribe::model::Record::Claim(Arc::new(claim)));
        });
        assert!(found > 0, "no link of {first} and {second}");
        Self::with(Assessment::from_records(assessment.header.clone(), records), Options::default())
    }
}

#[test]
fn every_case_reads_without_errors_and_with_no_warnings_but_those_that_are_its_point() {
    let check = |name: &str, expected: &[(&str, usize)]| {
        let parsed = store::parse(&bytes(name));
        let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
        for problem in &parsed.problems {
            assert_eq!(problem.severity, Severity::Warning, "{name}: {problem}");
            let field = problem.path.rsplit('.').next().unwrap();
            *warnings.entry(field).or_default() += 1;
        }
        assert_eq!(warnings.into_iter().collect::<Vec<_>>(), expected, "{name}: {:#?}", parsed.problems);
    };
    check(AIRLINES, &[("covers", 5)]);
    check(TURBINE, &[]);
    // "Thinks" and "leading suspect" are in no standard.
    check(OPM, &[("likelihood", 2)]);
}

#[test]
fn the_program_carries_every_case_under_its_own_title() {
    let carried: BTreeSet<&str> = ascribe::app::CASES.iter().map(|case| case.card.file).collect();
    assert_eq!(carried, BTreeSet::from(CASES));
    for case in ascribe::app::CASES {
        assert_eq!(case.card.title, read(case.card.file).header.title);
        assert!(case.bytes == bytes(case.card.file), "{}", case.card.file);
    }
}

#[test]
fn every_case_has_the_canonical_layout() {
    for name in CASES {
        let written = store::to_bytes(&read(name));
        assert!(written == bytes(name), "{name}: run `ascribe fmt saves/{name}`");
    }
}

#[test]
fn every_case_has_something_for_every_view() {
    let check = |name: &str, least: &[(Kind, usize)]| {
        let assessment = read(name);
        for (kind, least) in least {
            assert!(
                assessment.count(*kind) >= *least,
                "{name}: {} {}",
                assessment.count(*kind),
                kind.plural()
            );
        }
        let Header { title, question, marking, standard, created, updated, notes, .. } = &assessment.header;
        assert!(!title.is_empty() && question.ends_with('?') && !notes.is_empty(), "{name}");
        assert_eq!((*marking, *standard), (Tlp::Clear, Standard::Icd203), "{name}");
        assert!(created < updated, "{name}");
        assert!(notes.contains("Not verified"), "{name}: the header says what was not verified");
    };
    use Kind::{
        Actor, Analyst, Assumption, Claim, Comment, Document, Evidence, Hypothesis, Incident, Indicator,
        Judgement, Source,
    };
    let team = [(Analyst, 3), (Assumption, 3), (Indicator, 4), (Comment, 2), (Hypothesis, 4), (Evidence, 6)];
    let with = |more: &[(Kind, usize)]| [&team, more].concat();
    check(
        AIRLINES,
        &with(&[(Source, 15), (Document, 12), (Actor, 6), (Incident, 1), (Claim, 8), (Judgement, 2)]),
    );
    check(
        TURBINE,
        &with(&[(Source, 15), (Document, 12), (Actor, 15), (Incident, 5), (Claim, 8), (Judgement, 2)]),
    );
    check(
        OPM,
        &with(&[(Source, 25), (Document, 20), (Actor, 15), (Incident, 4), (Claim, 17), (Judgement, 3)]),
    );
}

#[test]
fn every_voice_of_a_case_is_heard() {
    use Stance::{Asserts, Declines, Denies};
    let check = |name: &str, voices: &[(&str, Stance)]| {
        let assessment = read(name);
        for (source, stance) in voices {
            let is_heard = assessment.claims.iter().any(|claim| {
                let own = assessment.get(claim.source).unwrap();
                own.name.contains(source) && claim.stance == *stance
            });
            assert!(is_heard, "{name}: {source} {stance}");
        }
    };
    check(
        AIRLINES,
        &[
            ("Ministry of State Security", Asserts),
            ("The Record", Declines),
            ("Qihoo 360", Asserts),
            ("QiAnXin", Asserts),
            ("Symantec", Asserts),
            ("Central Intelligence Agency", Declines),
            ("Fortune", Declines),
            ("Ministry of Foreign Affairs", Asserts),
        ],
    );
    check(
        TURBINE,
        &[
            ("US Department of Justice", Asserts),
            ("CrowdStrike", Asserts),
            ("Ministry of Foreign Affairs", Denies),
            ("US federal courts", Asserts),
            ("Xu Yanjun", Denies),
            ("Infosecurity Magazine", Asserts),
            ("EuRepoC", Asserts),
        ],
    );
    check(
        OPM,
        &[
            ("Embassy of China", Denies),
            ("Ministry of Foreign Affairs", Denies),
            ("FireEye", Denies),
            ("FireEye", Asserts),
            ("People close to the US investigation", Denies),
            ("Unnamed security researchers", Asserts),
            ("Michael Rogers", Declines),
            ("James Clapper", Asserts),
            ("Xinhua", Asserts),
            ("House Oversight Committee", Asserts),
            ("John Bolton", Asserts),
            ("CrowdStrike", Asserts),
            ("FBI", Declines),
            ("ThreatConnect", Asserts),
            ("Symantec", Asserts),
            ("Insurance commissioners", Declines),
            ("Insurance commissioners", Asserts),
            ("US Department of Justice", Asserts),
            ("Jon DiMaggio", Declines),
            ("Infosecurity Magazine", Asserts),
            ("EuRepoC", Asserts),
        ],
    );
}

#[test]
fn every_claim_is_cited_and_graded_with_a_reason() {
    for name in CASES {
        let assessment = read(name);
        for claim in &assessment.claims {
            let at = format!("{name}: {}", claim.id);
            let document = assessment.get(claim.document.unwrap()).unwrap();
            assert!(document.url.starts_with("https://") || document.url.starts_with("http://"), "{at}");
            assert!(claim.credibility.is_some() && !claim.credibility_reason.is_empty(), "{at}");
            assert!(!claim.notes.is_empty() || claim.verification == Verification::WordingSeen, "{at}");
            assert_ne!(claim.verification, Verification::Unverified, "{at}");
        }
        for document in &assessment.documents {
            assert!(
                document.publisher.is_some() && !document.language.is_empty(),
                "{name}: {}",
                document.title
            );
            assert!(document.published.is_some() || !document.notes.is_empty(), "{name}: {}", document.title);
        }
        for source in &assessment.sources {
            let reasons = source.gradings.iter().map(|grading| grading.reason.as_str());
            assert!(
                !source.gradings.is_empty() && reasons.clone().all(|reason| reason.len() > 10),
                "{}",
                source.name
            );
        }
        let has_history = assessment.sources.iter().any(|source| {
            source
                .gradings
                .windows(2)
                .any(|pair| pair[0].on < pair[1].on && pair[0].reliability != pair[1].reliability)
        });
        assert!(has_history, "{name}: one source was graded twice");
        for source in
            assessment.sources.iter().filter(|source| source.kind == ascribe::model::SourceKind::Anonymous)
        {
            assert_eq!(source.reliability(), Some(Reliability::F), "{name}: {}", source.name);
        }
    }
}

#[test]
fn quotations_are_short_and_stand_in_what_is_archived() {
    let words = |text: &str| text.split_whitespace().count();
    for name in CASES {
        let assessment = read(name);
        for claim in &assessment.claims {
            assert!(words(&claim.quote) <= MAX_QUOTED_WORDS, "{name}: {}", claim.quote);
            let Some(span) = claim.locator.span else { continue };
            let text = &assessment.get(claim.document.unwrap()).unwrap().text.as_ref().unwrap().text;
            let anchored = text.get(span.start..span.end).unwrap();
            assert!(claim.quote.contains(anchored), "{name}: {anchored:?} is not in {:?}", claim.quote);
        }
        for text in assessment.documents.iter().filter_map(|document| document.text.as_ref()) {
            assert!(words(&text.text) <= MAX_QUOTED_WORDS, "{name}: {}", text.text);
        }
    }
}

#[test]
fn matrices_are_full_and_reasoned_and_judgements_coherent() {
    for name in CASES {
        let assessment = read(name);
        let mut cells: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for rating in &assessment.ratings {
            cells.entry((rating.evidence, rating.hypothesis)).or_default().insert(rating.analyst);
            assert!(!rating.reason.is_empty(), "{name}: rating {}", rating.id);
        }
        let mut incidents = BTreeSet::new();
        for hypothesis in &assessment.hypotheses {
            incidents.insert(hypothesis.incident);
            for evidence in assessment.evidence.iter().filter(|item| item.incident == hypothesis.incident) {
                let raters = cells.get(&(evidence.id, hypothesis.id)).map_or(0, BTreeSet::len);
                assert_eq!(raters, 2, "{name}: {}", evidence.statement);
            }
        }
        for incident in incidents {
            let of = |id| id == incident;
            let hypotheses: Vec<_> = assessment.hypotheses.iter().filter(|item| of(item.incident)).collect();
            assert!((3..=4).contains(&hypotheses.len()), "{name}");
            let priors: f64 = hypotheses.iter().map(|hypothesis| hypothesis.prior.unwrap()).sum();
            assert!((priors - 1.0).abs() < 1e-9, "{name}: priors sum to {priors}");
            let evidence: Vec<_> = assessment.evidence.iter().filter(|item| of(item.incident)).collect();
            let kinds: BTreeSet<_> = evidence.iter().map(|item| item.kind).collect();
            assert!(evidence.len() >= 6 && kinds.len() >= 4, "{name}");
            assert!(assessment.judgements.iter().any(|judgement| of(judgement.incident)), "{name}");
        }
        for judgement in &assessment.judgements {
            let sum: f64 =
                judgement.probabilities.iter().map(|share| share.probability).sum::<f64>() + judgement.other;
            assert!((sum - 1.0).abs() < 1e-9, "{name}: {sum}");
            let sentence = judgement.key_sentence.to_lowercase();
            assert!(!sentence.contains("confiden"), "{name}: confidence and likelihood in one sentence");
        }
    }
}

#[test]
fn one_identifier_means_one_thing_in_all_cases() {
    let mut known: BTreeMap<AnyId, String> = BTreeMap::new();
    for name in CASES {
        let assessment = read(name);
        assessment.for_each_record(&mut |record| {
            let id = record.id();
            let is_shared = matches!(id.kind, Kind::Analyst | Kind::Source | Kind::Document | Kind::Actor);
            let own = assessment.name_of(id);
            if let Some(other) = known.insert(id, own.clone()) {
                assert!(is_shared && other == own, "{name}: {id} is {own:?} and {other:?}");
            }
        });
    }
}

#[test]
fn claims_of_other_years_are_not_comparable_until_the_period_is_set_aside() {
    let case = Case::of(AIRLINES);
    let incident = "airlines";
    let ministry = case.claim("Ministry of State Security (China)", incident, "conducted by an overseas");
    let qihoo = case.claim("Qihoo 360", incident, "");
    let qianxin = case.claim("QiAnXin", incident, "");
    assert!(is_period_mismatch(case.assessment(), qihoo) && !is_period_mismatch(case.assessment(), ministry));
    assert_eq!(case.relation(ministry, qihoo), (Relation::NotComparable, None, Reason::OtherPeriod));
    assert_eq!(case.relation(qihoo, qianxin).0, Relation::Same);

    let case = Case::with(read(AIRLINES), Options { ignore_period: true, ..Options::default() });
    assert_eq!(case.relation(ministry, qihoo), (Relation::Refines, Some(Side::Right), Reason::Sets));
}

#[test]
fn a_non_response_is_silence_and_no_denial() {
    let case = Case::of(AIRLINES);
    let cia = case.claim("Central Intelligence Agency", "airlines", "");
    assert_eq!(cia.stance, Stance::Declines);
    for (source, words) in
        [("Qihoo 360", ""), ("Ministry of State Security (China)", "conducted by an overseas")]
    {
        let other = case.claim(source, "airlines", words);
        assert_eq!(case.relation(cia, other).0, Relation::Silent, "{source}");
    }
}

#[test]
fn echoes_have_one_origin() {
    let airlines = Case::of(AIRLINES);
    let ministry = "Ministry of State Security (China)";
    let release = airlines.claim(ministry, "airlines", "conducted by an overseas");
    assert!(airlines.have_one_origin(release, airlines.claim(ministry, "airlines", "carefully planned")));
    assert!(airlines.have_one_origin(release, airlines.claim("w.media", "airlines", "")));
    let qihoo = airlines.claim("Qihoo 360", "airlines", "");
    assert!(
        airlines
            .have_one_origin(qihoo, airlines.claim("Ministry of Foreign Affairs (China)", "airlines", ""))
    );
    assert!(!airlines.have_one_origin(qihoo, airlines.claim("QiAnXin", "airlines", "")));

    let opm = Case::of(OPM);
    let report = opm.claim("CrowdStrike", "found in 2015", "likely perpetrators");
    let article = opm.claim("Infosecurity Magazine", "found in 2015", "were also responsible");
    assert_eq!(opm.relation(report, article).0, Relation::Same);
    assert!(opm.have_one_origin(report, article));
    let hedge = report.likelihood.as_ref().unwrap();
    assert_eq!((hedge.words.as_str(), hedge.low, hedge.high), ("likely", Some(0.55), Some(0.8)));
    assert_eq!(article.likelihood, None, "the hedge was lost");
}

#[test]
fn the_voices_on_the_personnel_records_stand_to_each_other_as_they_do() {
    let case = Case::of(OPM);
    let found_2015 = "found in 2015";
    let bureau = case.claim("CrowdStrike", found_2015, "likely perpetrators");
    let criminals = case.claim("Xinhua", found_2015, "");
    let china = case.claim("National Security Adviser (John Bolton)", found_2015, "");
    let not_deep_panda = case.claim("FireEye", found_2015, "different from");
    let in_china = case.claim("FireEye", found_2015, "no name");
    let house = "House Oversight Committee, majority staff";
    let deep_panda = case.claim(house, found_2015, "");
    let axiom = case.claim(house, "found in March 2014", "");
    let relation = |left, right| case.relation(left, right).0;
    assert_eq!(relation(criminals, bureau), Relation::Contradicts);
    assert_eq!(relation(criminals, china), Relation::Contradicts);
    assert_eq!(case.relation(bureau, china), (Relation::Refines, Some(Side::Left), Reason::Sets));
    assert_eq!(relation(not_deep_panda, deep_panda), Relation::Contradicts);
    assert_eq!(relation(in_china, criminals), Relation::Overlaps);
    assert_eq!(case.relation(axiom, deep_panda), (Relation::NotComparable, None, Reason::OtherIncident));
    let earlier = case.claim("CrowdStrike", found_2015, "superseded");
    assert_eq!(earlier.status, Status::Superseded { by: Some(bureau.id) });
}

#[test]
fn how_the_relations_come_about_and_what_would_change_them_is_said() {
    use ascribe::analysis::alternatives::{Change, alternatives};
    let case = Case::of(AIRLINES);
    let ministry = case.claim("Ministry of State Security (China)", "airlines", "conducted by an overseas");
    let qihoo = case.claim("Qihoo 360", "airlines", "");
    let ground =
        |case: &Case, left: &Claim, right: &Claim| case.derived.compare(left.id, right.id).unwrap().ground;
    assert!(ground(&case, ministry, qihoo).ends_with("cannot share a day"));
    let found = alternatives(&case.derived, ministry.id, qihoo.id);
    let aside = found.iter().find(|found| found.change == Change::IgnorePeriod).unwrap();
    assert_eq!((aside.relation, aside.narrower), (Relation::Refines, Some(Side::Right)));

    let case = Case::of(OPM);
    let bureau = case.claim("CrowdStrike", "found in 2015", "likely perpetrators");
    let china = case.claim("National Security Adviser (John Bolton)", "found in 2015", "");
    let criminals = case.claim("Xinhua", "found in 2015", "");
    assert!(ground(&case, bureau, china).ends_with("is part of China"));
    assert!(ground(&case, criminals, bureau).ends_with("have no member in common"));
    let found = alternatives(&case.derived, bureau.id, china.id);
    let at_state = found.iter().find(|found| found.change == Change::Level(Some(ActorLevel::State))).unwrap();
    assert_eq!(at_state.relation, Relation::Same);
}

#[test]
fn merged_clusters_have_the_name_that_most_claims_use() {
    let case = Case::of(OPM);
    let hierarchy = case.derived.hierarchy();
    let actor = case.assessment().find_by_name::<ascribe::model::Actor>("APT19").unwrap();
    assert_eq!(hierarchy.node(hierarchy.number_of(actor).unwrap()).unwrap().name, "Deep Panda");
}

#[test]
fn the_contested_actors_and_the_levels_of_a_case_are_found() {
    let case = Case::of(OPM);
    let incident = case.claim("Xinhua", "found in 2015", "").proposition.incident().unwrap();
    let contested = ascribe::analysis::contested::contested_actors(&case.derived, incident);
    let names: Vec<&str> = contested.iter().map(|actor| actor.name.as_str()).collect();
    assert!(names.contains(&"China"), "{names:?}");
    let levels = ascribe::analysis::agreement::agreement_by_level(&case.derived, incident);
    let at = |level: ActorLevel| *levels.iter().find(|it| it.level == level).unwrap();
    let (state, unit) = (at(ActorLevel::State), at(ActorLevel::Unit));
    assert!(state.agreeing * unit.voices > unit.agreeing * state.voices, "{levels:?}");
}

#[test]
fn a_link_that_is_switched_changes_the_relation() {
    let check = |name: &str,
                 link: (&str, &str),
                 left: (&str, &str, &str),
                 right: (&str, &str, &str),
                 expect: [Relation; 2]| {
        let case = Case::of(name);
        for (is_accepted, expect) in [(false, expect[0]), (true, expect[1])] {
            let case = case.with_link(link.0, link.1, is_accepted);
            let claim = |(source, incident, words)| case.claim(source, incident, words);
            assert_eq!(case.relation(claim(left), claim(right)).0, expect, "{link:?} {is_accepted}");
        }
    };
    check(
        OPM,
        ("Black Vine", "Deep Panda"),
        ("Symantec", "Anthem", ""),
        ("EuRepoC", "Anthem", ""),
        [Relation::Contradicts, Relation::Same],
    );
    check(
        OPM,
        ("Turbine Panda", "Jiangsu State Security Department"),
        ("EuRepoC", "found in 2015", ""),
        ("CrowdStrike", "found in 2015", "likely perpetrators"),
        [Relation::Contradicts, Relation::Refines],
    );
    check(
        OPM,
        ("Deep Panda", "China"),
        ("House Oversight Committee, majority staff", "found in 2015", ""),
        ("National Security Adviser (John Bolton)", "found in 2015", ""),
        [Relation::Contradicts, Relation::Refines],
    );
}

#[test]
fn two_confidences_of_one_report_are_two_claims() {
    let case = Case::of(OPM);
    let commissioners = "Insurance commissioners of seven US states";
    let identity = case.claim(commissioners, "Anthem", "with a high degree");
    let government = case.claim(commissioners, "Anthem", "with a medium degree");
    assert_eq!((identity.stance, identity.confidence), (Stance::Declines, Some(Confidence::High)));
    assert_eq!((government.stance, government.confidence), (Stance::Asserts, Some(Confidence::Moderate)));
    assert_eq!(case.relation(identity, government).0, Relation::Silent);
}

#[test]
fn a_joint_charge_is_one_claim_and_refines_the_bureau() {
    let case = Case::of(TURBINE);
    let intrusions = "Intrusions into aerospace";
    let charge = case.claim("US Department of Justice", intrusions, "");
    assert!(matches!(&charge.proposition, Proposition::Attribution { actors, .. } if actors.len() == 3));
    let bureau = case.claim("CrowdStrike", intrusions, "ultimately traceable");
    assert_eq!(case.relation(charge, bureau), (Relation::Refines, Some(Side::Left), Reason::Sets));
    let tasking = case.claim("CrowdStrike", intrusions, "given the task");
    assert_eq!(case.relation(tasking, bureau), (Relation::NotComparable, None, Reason::OtherRole));
    let verdict = case.claim("US federal courts", "GE Aviation", "");
    for words in ["Lu Kang", "Wang Wenbin"] {
        let denial = case.claim("Ministry of Foreign Affairs (China)", "GE Aviation", words);
        assert_eq!(denial.stance, Stance::Denies);
        assert_eq!(case.relation(denial, verdict).0, Relation::Contradicts);
    }
}

/// "The likely perpetrators" of the report became "were also responsible" in the magazine.
#[test]
fn the_hedge_that_the_press_lost_is_found() {
    let case = Case::of(OPM);
    let original = case.claim("CrowdStrike", "found in 2015", "likely perpetrators");
    let repeat = case.claim("Infosecurity Magazine", "found in 2015", "also responsible");
    let incident = original.proposition.incident().unwrap();
    let lost = lost_hedges(&case.derived, incident);
    assert_eq!(
        lost.iter().map(|pair| (pair.original, pair.repeat)).collect::<Vec<_>>(),
        [(original.id, repeat.id)]
    );
    let shifts: Vec<String> = lost[0].lost().map(|shift| shift.sentence()).collect();
    assert_eq!(shifts, ["hedge lost: “likely” (55–80 %) became not hedged"]);
    // The commissioner put more strongly what the examiners had found with a medium degree of confidence.
    let commissioners = "Insurance commissioners of seven US states";
    let medium = case.claim(commissioners, "Anthem", "with a medium degree");
    let lost = lost_hedges(&case.derived, medium.proposition.incident().unwrap());
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].original, medium.id);
    assert_eq!(lost[0].lost().map(|shift| shift.label()).collect::<Vec<_>>(), ["confidence raised"]);
}
