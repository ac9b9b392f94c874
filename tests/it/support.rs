//! A small assessment and the window around it, for tests that work the real program.

use ascribe::app::{App, LaunchOptions};
use ascribe::model::*;
use egui_kittest::Harness;

/// The identifier of the record with this number; numbers are unique over all kinds.
pub fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// The numbers of the records of [`assessment`].
pub mod number {
    pub const ANALYST: u128 = 1;
    pub const CROWDSTRIKE: u128 = 10;
    pub const XINHUA: u128 = 11;
    pub const CHINA: u128 = 20;
    pub const MSS: u128 = 21;
    pub const JSSD: u128 = 22;
    pub const CRIMINALS: u128 = 23;
    pub const OPM: u128 = 30;
    pub const REPORT: u128 = 40;
    pub const CROWDSTRIKE_SAYS_JSSD: u128 = 50;
    pub const XINHUA_SAYS_CRIMINALS: u128 = 51;
}

/// Two sources that contradict each other on one incident, and a hierarchy of three actors and a fourth apart.
pub fn assessment() -> Assessment {
    use number::*;
    let actor = |number: u128, name: &str, level: ActorLevel, wider: &[u128], aliases: &[&str]| Actor {
        level,
        belongs_to: wider.iter().map(|number| id(*number)).collect(),
        aliases: aliases.iter().map(|name| Alias { name: (*name).to_owned(), coined_by: None }).collect(),
        ..Actor::named(id(number), name.to_owned())
    };
    let source = |number: u128, name: &str, kind: SourceKind, grade: Reliability| Source {
        kind,
        gradings: vec![Grading {
            reliability: grade,
            reason: "Long record".to_owned(),
            on: "2026-01".parse().ok(),
            by: Some(id(ANALYST)),
        }],
        ..Source::named(id(number), name.to_owned())
    };
    let records = [
        Analyst { id: id(ANALYST), name: "Ada".to_owned(), role: AnalystRole::Analyst }.into_record(),
        source(CROWDSTRIKE, "CrowdStrike", SourceKind::SecurityVendor, Reliability::B).into_record(),
        source(XINHUA, "Xinhua", SourceKind::Press, Reliability::D).into_record(),
        actor(CHINA, "China", ActorLevel::State, &[], &[]).into_record(),
        actor(MSS, "MSS", ActorLevel::Service, &[CHINA], &[]).into_record(),
        actor(JSSD, "JSSD", ActorLevel::Unit, &[MSS], &["Turbine Panda", "APT26"]).into_record(),
        actor(CRIMINALS, "Criminals", ActorLevel::Class, &[], &[]).into_record(),
        Incident {
            period: Period { from: "2014".parse().ok(), to: "2015-06".parse().ok() },
            victims: vec!["OPM".to_owned()],
            sector: "Government".to_owned(),
            ..Incident::named(id(OPM), "OPM breach".to_owned())
        }
        .into_record(),
        Document {
            id: id(REPORT),
            title: "Huge fan of your work".to_owned(),
            publisher: Some(id(CROWDSTRIKE)),
            url: "https://example.org/report".to_owned(),
            published: "2019-10".parse().ok(),
            retrieved: None,
            language: "en".to_owned(),
            relays: Vec::new(),
            text: None,
            notes: String::new(),
        }
        .into_record(),
        claim(CROWDSTRIKE_SAYS_JSSD, CROWDSTRIKE, &[JSSD]).into_record(),
        claim(XINHUA_SAYS_CRIMINALS, XINHUA, &[CRIMINALS]).into_record(),
    ];
    let header = Header {
        id: Uuid::from_u128(1),
        title: "Who broke into OPM?".to_owned(),
        question: "Who took the personnel files?".to_owned(),
        ..Header::default()
    };
    Assessment::from_records(header, records)
}

/// A source's assertion that these actors broke into OPM.
pub fn claim(number: u128, source: u128, actors: &[u128]) -> Claim {
    Claim {
        stated_on: "2019-10-14".parse().ok(),
        ..Claim::new(
            id(number),
            id(source),
            Proposition::Attribution {
                incident: id(number::OPM),
                actors: actors.iter().map(|number| id(*number)).collect(),
                role: Role::Perpetrator,
            },
        )
    }
}

/// The program with an assessment open, in a window of the usual size.
pub fn window(assessment: Assessment) -> Harness<'static, App> {
    let options = LaunchOptions { assessment: Some(assessment), ..Default::default() };
    Harness::builder().with_size([1280.0, 800.0]).build_eframe(|cc| App::new(cc, options))
}

/// The numbers of the hypotheses of [`weighed`], in the order of their names.
pub const HYPOTHESES: [u128; 3] = [70, 71, 72];
/// The number of the first of the six pieces of evidence of [`weighed`].
pub const FIRST_ITEM: u128 = 60;

/// The usual assessment with three hypotheses and the matrix of Heuer 1999, figure 15: H2 leads, and its lead rests on E2 and E3
/// together. It has been judged twice by one analyst.
pub fn weighed() -> Assessment {
    let usual = assessment();
    let mut records = Vec::new();
    usual.for_each_record(&mut |record| records.push(record));
    let answers = [
        Answer::Text("A false flag".to_owned()),
        Answer::Actor(id(number::CRIMINALS)),
        Answer::Actor(id(number::JSSD)),
    ];
    for (number, answer) in HYPOTHESES.into_iter().zip(answers) {
        records.push(Hypothesis::new(id(number), id(number::OPM), answer).into_record());
    }
    let rows = ["+++", "++-", "++-", "-++", "-++", "-++"];
    for (row, item) in (0..).zip(rows) {
        let evidence = id(FIRST_ITEM + row);
        let statement = format!("Item {}", row + 1);
        records.push(
            Evidence {
                source: Some(id(number::CROWDSTRIKE)),
                ..Evidence::new(evidence, id(number::OPM), statement)
            }
            .into_record(),
        );
        for (column, sign) in HYPOTHESES.into_iter().zip(item.chars()) {
            let value = if sign == '+' { RatingValue::Consistent } else { RatingValue::Inconsistent };
            let rating = Rating {
                id: id(1_000 + 10 * row + column),
                analyst: id(number::ANALYST),
                evidence,
                hypothesis: id(column),
                value,
                likelihood: None,
                reason: String::new(),
                rated_at: jiff::Timestamp::UNIX_EPOCH,
                round: 0,
            };
            records.push(rating.into_record());
        }
    }
    for (number, (made_at, shares)) in
        (1_900..).zip([("2026-01-01T12:00:00Z", [0.1, 0.5, 0.3]), ("2026-02-01T12:00:00Z", [0.1, 0.7, 0.1])])
    {
        let made_at = made_at.parse().unwrap();
        let mut judgement = Judgement::new(id(number), id(number::ANALYST), id(number::OPM), made_at);
        let share = |(hypothesis, probability)| ProbabilityShare { hypothesis: id(hypothesis), probability };
        judgement.probabilities = HYPOTHESES.into_iter().zip(shares).map(share).collect();
        judgement.other = 0.1;
        records.push(judgement.into_record());
    }
    Assessment::from_records(usual.header, records)
}
