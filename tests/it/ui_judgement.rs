//! Judgements in the window: probabilities that keep their sum or are repaired, words of the standard, the key sentence checked
//! as it is typed, dissent, history, pools and the three lenses.

use ascribe::app::App;
use ascribe::model::*;
use ascribe::ui::Command;
use ascribe::ui::views::ViewKind;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driving::{Driving, has, window};
use crate::support::{assessment, id, number};

const H_CRIMINALS: u128 = 70;
const H_JSSD: u128 = 71;
const BEA: u128 = 2;
const JUDGED: u128 = 80;

/// The usual assessment with these records besides its own.
fn with(records: Vec<Record>) -> Assessment {
    let usual = assessment();
    let mut all = records;
    usual.for_each_record(&mut |record| all.push(record));
    Assessment::from_records(usual.header, all)
}

fn hypotheses() -> Vec<Record> {
    let hypothesis = |number: u128, actor: u128| {
        Hypothesis::new(id(number), id(number::OPM), Answer::Actor(id(actor))).into_record()
    };
    vec![
        hypothesis(H_CRIMINALS, number::CRIMINALS),
        hypothesis(H_JSSD, number::JSSD),
        Analyst::named(id(BEA), "Bea".to_owned()).into_record(),
    ]
}

/// A judgement of H1 (criminals), H2 (the JSSD) and none of them.
fn judgement(number: u128, analyst: u128, made_at: &str, [h1, h2, other]: [f64; 3]) -> Record {
    let mut judgement = Judgement::new(id(number), id(analyst), id(number::OPM), made_at.parse().unwrap());
    let share =
        |hypothesis: u128, probability: f64| ProbabilityShare { hypothesis: id(hypothesis), probability };
    judgement.probabilities = vec![share(H_CRIMINALS, h1), share(H_JSSD, h2)];
    judgement.other = other;
    judgement.into_record()
}

fn open(assessment: Assessment) -> Harness<'static, App> {
    sized(assessment, [1900.0, 1400.0])
}

fn sized(assessment: Assessment, size: [f32; 2]) -> Harness<'static, App> {
    let mut harness = window(assessment, size);
    harness.press_with(Modifiers::COMMAND, Key::Num9);
    harness
}

/// With one judgement of long ago.
fn judged() -> Harness<'static, App> {
    let mut records = hypotheses();
    records.push(judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.2, 0.7, 0.1]));
    open(with(records))
}

fn judgements(harness: &Harness<'_, App>) -> Vec<Judgement> {
    let mut all: Vec<Judgement> =
        harness.state().document().assessment().judgements.iter().cloned().collect();
    all.sort_by_key(|it| it.made_at);
    all
}

/// The probabilities of the latest judgement in whole percents: H1, H2, none.
fn percents(harness: &Harness<'_, App>) -> [f64; 3] {
    let last = judgements(harness).pop().unwrap();
    let of = |hypothesis: u128| {
        last.probabilities
            .iter()
            .find(|it| it.hypothesis == id(hypothesis))
            .map_or(f64::NAN, |it| it.probability)
    };
    [of(H_CRIMINALS), of(H_JSSD), last.other].map(|share| (share * 1000.0).round() / 10.0)
}

fn undo(harness: &mut Harness<'_, App>) {
    // Ctrl+Z belongs to a field that has the cursor.
    harness.click("Undo");
}

fn retype(harness: &mut Harness<'_, App>, field: &str, text: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.press_with(Modifiers::COMMAND, Key::A);
    harness.type_in(text);
}

#[test]
fn a_first_judgement_begins_with_equal_shares() {
    let mut harness = open(with(hypotheses()));
    assert!(has(&harness, "Ada has not judged this incident yet"));
    harness.click("Record judgement");
    assert_eq!(percents(&harness), [33.0, 33.0, 34.0]);
    assert!(has(&harness, "Sum 100 %"));
    assert!(has(&harness, "Changes of the same day go into it"));
    assert_eq!(harness.state().document().undo_label(), Some("Record judgement"));
    harness.click("Record judgement");
    assert_eq!(judgements(&harness).len(), 2, "the one before stays");
}

#[test]
fn sliders_keep_the_sum_and_a_drag_is_one_step() {
    let mut harness = judged();
    harness.get_by_label("Slider of H1").focus();
    harness.run_ok();
    for _ in 0..10 {
        harness.press(Key::ArrowRight);
    }
    // H2 and none share what is left as 7 to 1, in tenths of a percent.
    let [h1, h2, none] = percents(&harness);
    assert_eq!(h1, 30.0);
    assert!((h2 - 61.25).abs() < 0.1 && (none - 8.75).abs() < 0.1, "{h2} {none}");
    assert_eq!(judgements(&harness).len(), 2, "the old judgement stays in the history");
    assert_eq!(harness.state().document().undo_label(), Some("Change probability of H1"));
    undo(&mut harness);
    assert_eq!((judgements(&harness).len(), percents(&harness)), (1, [20.0, 70.0, 10.0]));

    let slider = harness.get_by_label("Slider of H2").rect();
    let at = |share: f32| slider.left_center() + vec2(slider.width() * share, 0.0);
    harness.drag_at(at(0.7));
    harness.run_ok();
    for share in [0.8, 1.0, 0.5, 0.3] {
        harness.hover_at(at(share));
        harness.run_ok();
    }
    harness.drop_at(at(0.3));
    harness.run_ok();
    let [h1, h2, none] = percents(&harness);
    assert!((25.0..35.0).contains(&h2), "{h2}");
    assert!((h1 + h2 + none - 100.0).abs() < 0.2);
    // From one end to the other and back: the others are as 2 to 1 still.
    assert!((h1 / none - 2.0).abs() < 0.02, "{h1} {none}");
    undo(&mut harness);
    assert_eq!((judgements(&harness).len(), percents(&harness)), (1, [20.0, 70.0, 10.0]));
}

#[test]
fn what_lies_between_the_steps_of_a_slider_is_left_alone() {
    let mut records = hypotheses();
    records.push(judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.005, 0.9951, -0.0001]));
    let mut harness = open(with(records));
    for _ in 0..3 {
        harness.press(Key::Tab);
    }
    assert_eq!(harness.state().document().undo_label(), None);
}

#[test]
fn what_is_typed_is_kept_and_repaired_on_command() {
    let mut harness = judged();
    retype(&mut harness, "Probability of H1", "60");
    assert_eq!(percents(&harness), [60.0, 70.0, 10.0]);
    assert!(has(&harness, "They sum to 140 %"));
    assert!(has(&harness, "→ 42.9 %") && has(&harness, "→ 50 %") && has(&harness, "→ 7.1 %"));
    harness.click("Shift");
    assert!(has(&harness, "→ 45 %") && has(&harness, "→ 55 %") && has(&harness, "→ 0 %"));
    harness.click("Repair");
    assert_eq!(harness.state().document().undo_label(), Some("Repair probabilities"));
    assert_eq!(percents(&harness), [45.0, 55.0, 0.0]);
    assert!(has(&harness, "Sum 100 %"));
    assert!(has(&harness, "Repaired to 100 % (shift)"));
    undo(&mut harness);
    assert_eq!(percents(&harness), [60.0, 70.0, 10.0], "as it was typed");
    undo(&mut harness);
    assert_eq!(percents(&harness), [20.0, 70.0, 10.0]);
}

#[test]
fn the_words_are_those_of_the_standard_that_is_chosen() {
    let mut harness = judged();
    // 20 % is the end of two bands.
    assert!(has(&harness, "very unlikely or unlikely"));
    harness.click("Likelihood terms");
    harness.click("PHIA");
    assert_eq!(harness.state().document().assessment().header.standard, Standard::Phia);
    assert!(has(&harness, "highly unlikely"));
    assert_eq!(harness.state().document().undo_label(), Some("Use the words of PHIA"));
    undo(&mut harness);
    assert!(has(&harness, "very unlikely or unlikely"));
}

#[test]
fn the_key_sentence_is_checked_as_it_is_typed() {
    let mut harness = judged();
    retype(&mut harness, "Key sentence", "It is highly likely");
    assert!(has(&harness, "is a term of PHIA"));
    harness.click("Write “very likely”");
    assert_eq!(judgements(&harness)[1].key_sentence, "It is very likely");
    assert!(has(&harness, "Keeps to ICD 203"));
    retype(&mut harness, "Key sentence", "It is likely, with high confidence");
    assert!(has(&harness, "Likelihood and confidence in one sentence"));
    harness.click("Write from the numbers");
    assert_eq!(judgements(&harness)[1].key_sentence, "It is likely that JSSD was behind this: OPM breach.");
    assert!(has(&harness, "Keeps to ICD 203"));
}

#[test]
fn confidence_stands_apart_with_its_reasons() {
    let mut harness = judged();
    harness.click("Confidence: Low");
    assert!(has(&harness, "questionable, fragmented or poorly corroborated"));
    retype(&mut harness, "Information", "One report");
    let last = judgements(&harness).pop().unwrap();
    assert_eq!(last.confidence, Some(Confidence::Low));
    assert_eq!(last.confidence_reasons.information_base, "One report");
    assert_eq!(harness.state().document().undo_label(), Some("Change information of confidence"));
    undo(&mut harness);
    undo(&mut harness);
    assert_eq!(judgements(&harness).len(), 1);
}

#[test]
fn dissent_is_recorded_by_name() {
    let mut harness = judged();
    harness.get_by_label("Add dissent").focus();
    harness.run_ok();
    harness.type_in("Bea");
    harness.press(Key::Enter);
    assert_eq!(harness.state().document().undo_label(), Some("Record dissent of Bea"));
    retype(&mut harness, "Dissent of Bea", "No");
    let all = judgements(&harness);
    assert_eq!(all.len(), 1, "dissent stays with the judgement that it is about");
    assert_eq!(all[0].dissent, [Dissent { analyst: id(BEA), text: "No".to_owned() }]);
    harness.click("Remove dissent of Bea");
    assert!(judgements(&harness)[0].dissent.is_empty());
    undo(&mut harness);
    assert!(has(&harness, "Dissent of Bea"));
}

#[test]
fn the_history_says_what_changed() {
    let mut records = hypotheses();
    for (place, (made_at, shares)) in [
        ("2020-01-01T12:00:00Z", [0.2, 0.7, 0.1]),
        ("2020-02-01T12:00:00Z", [0.3, 0.6, 0.1]),
        ("2020-03-01T12:00:00Z", [0.3, 0.4, 0.3]),
    ]
    .into_iter()
    .enumerate()
    {
        records.push(judgement(JUDGED + place as u128, number::ANALYST, made_at, shares));
    }
    let mut harness = open(with(records));
    assert!(has(&harness, "Probabilities over time"));
    assert!(has(&harness, "60 % → 40 %, likely → unlikely"));
    assert_eq!(harness.names("Judgement of 2020").len(), 3);
    harness.click("Changed from");
    // The list that opened stands last.
    let day = |text: &str| text.starts_with("2020-01-01");
    harness.query_all_by(|node| node.label().is_some_and(|text| day(&text))).last().unwrap().click();
    harness.run_ok();
    assert!(has(&harness, "70 % → 40 %, likely → unlikely"));
    harness.names("Divergence of the two judgements").first().expect("the divergence explains itself");
    harness.get_by_label("Copy what changed as a table").click();
    harness.step();
    assert!(harness.copied().is_some_and(|text| text.contains("None of these\t0.1\t0.3")));
}

#[test]
fn analysts_are_pooled() {
    let mut records = hypotheses();
    records.push(judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.2, 0.8, 0.0]));
    records.push(judgement(JUDGED + 1, BEA, "2020-01-02T12:00:00Z", [0.6, 0.4, 0.0]));
    let mut harness = open(with(records));
    assert!(has(&harness, "Pooled probability of H1: 40 %"));
    harness.get_by_label("Logarithmic").click();
    harness.run_ok();
    // √.12 : √.32
    assert!(has(&harness, "Pooled probability of H1: 38 %"));
    harness.get_by_label("Extremised odds").click();
    harness.run_ok();
    assert!(has(&harness, "Factor d"));
    assert!(has(&harness, "Pooled probability of H1: 35 %"));
}

#[test]
fn the_lenses_say_where_they_differ_and_why() {
    let mut records = hypotheses();
    records.push(judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.2, 0.8, 0.0]));
    let ratings = [("1 against H2", RatingValue::Consistent, RatingValue::Inconsistent)]
        .into_iter()
        .chain([("2", RatingValue::Neutral, RatingValue::VeryConsistent); 2]);
    for (place, (statement, h1, h2)) in ratings.enumerate() {
        let number = 100 + 10 * place as u128;
        records
            .push(Evidence::new(id(number), id(number::OPM), format!("{place} {statement}")).into_record());
        for (offset, hypothesis, value) in [(1, H_CRIMINALS, h1), (2, H_JSSD, h2)] {
            let rating = Rating {
                id: id(number + offset),
                analyst: id(number::ANALYST),
                evidence: id(number),
                hypothesis: id(hypothesis),
                value,
                likelihood: None,
                reason: String::new(),
                rated_at: "2020-01-01T12:00:00Z".parse().unwrap(),
                round: 0,
            };
            records.push(rating.into_record());
        }
    }
    let mut harness = open(with(records));
    assert!(has(&harness, "Inconsistency has H1 in front, log-odds have H2 in front"));
    assert!(has(&harness, "E2 and E3 make the difference"));
    assert!(has(&harness, "The judgement has H2 in front"));
    let posterior = harness.names("Log-odds of H2").pop().expect("the posterior is shown");
    harness.click(&posterior);
    assert!(has(&harness, "Posterior of H2"));
    harness.press(Key::Escape);
    harness.click("Table");
    assert!(has(&harness, "Posterior by log-odds") && has(&harness, "Made"));
}

#[test]
fn empty_places_lead_on() {
    let mut harness = open(assessment());
    assert!(has(&harness, "No hypotheses yet"));
    harness.click("Make hypotheses from claims");
    assert!(has(&harness, "Ada has not judged this incident yet"));
    assert!(has(&harness, "Nobody has judged this incident yet"));

    let nobody = Assessment::from_records(
        Header::default(),
        [
            Incident::named(id(number::OPM), "OPM breach".to_owned()).into_record(),
            Hypothesis::new(id(H_JSSD), id(number::OPM), Answer::Text("Somebody".to_owned())).into_record(),
        ],
    );
    let mut harness = open(nobody);
    assert!(has(&harness, "Nobody judges yet"));
    let picker = harness.query_all_by_label("Judging as").last().unwrap();
    picker.focus();
    harness.run_ok();
    harness.type_in("Cleo");
    harness.press(Key::Enter);
    assert!(has(&harness, "Cleo has not judged this incident yet"));

    let harness = open(Assessment::from_records(
        Header::default(),
        [Analyst::named(id(BEA), "Bea".to_owned()).into_record()],
    ));
    assert!(has(&harness, "No incident yet"));
    assert_eq!(ViewKind::Judgement.label(), "Judgement");
}

/// Small, the parts stand below one another; nothing is cut off and nothing brings the window down.
#[test]
fn it_fits_into_narrow_windows() {
    for size in [[1280.0, 800.0], [800.0, 600.0], [420.0, 300.0]] {
        let mut records = hypotheses();
        records.push(judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.2, 0.9, 0.1]));
        records.push(judgement(JUDGED + 1, BEA, "2020-01-02T12:00:00Z", [0.6, 0.4, 0.0]));
        let harness = sized(with(records), size);
        for part in ["Slider of H1", "Key sentence", "Pooled probability of H1", "Log-odds of H2"] {
            assert!(has(&harness, part), "{part} at {size:?}");
        }
    }
}

#[test]
fn a_judgement_that_a_file_brings_with_errors_can_be_mended_in_the_inspector() {
    let mut records = hypotheses();
    let usual = judgement(JUDGED, number::ANALYST, "2020-01-01T12:00:00Z", [0.2, 0.8, -1e-17]);
    let Record::Judgement(usual) = usual else { panic!("{usual:?}") };
    let mut broken = Judgement::clone(&usual);
    broken.probabilities.push(ProbabilityShare { hypothesis: id(H_CRIMINALS), probability: 0.0 });
    records.push(broken.into_record());
    let mut harness = open(with(records));
    harness.state().send(Command::Select(vec![id::<Judgement>(JUDGED).into()]));
    harness.run_ok();
    retype(&mut harness, "Other", "0");
    assert_eq!(judgements(&harness)[0].other, 0.0);
    assert!(judgements(&harness)[0].other.is_sign_positive());
    harness.click("Take out Criminals");
    assert_eq!(judgements(&harness)[0].probabilities.len(), 2);
    assert!(!has(&harness, "Take out Criminals"));
    assert_eq!(percents(&harness), [20.0, 80.0, 0.0], "the first one stays");
}
