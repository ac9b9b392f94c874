use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::analysis::Options;
use crate::analysis::fixture::{Case, world};
use crate::analysis::fusion::fuse;
use crate::model::{Credibility, Proposition, Role};

fn derived(case: &Case) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), Options::default(), None)
}

fn over_time(case: &Case) -> BeliefOverTime {
    let found = derived(case).belief_over_time(case.find("The incident"), &AtomicBool::new(false));
    (*found.unwrap()).clone()
}

fn dated(case: &mut Case, source: &str, actor: &str, on: &str) -> Id<Claim> {
    let claim = case.blames(source, &[actor]);
    case.change(claim, |claim| claim.stated_on = on.parse().ok());
    claim
}

/// Every step as "day claims: what happened".
fn steps(case: &Case) -> Vec<String> {
    let found = over_time(case);
    let text =
        |step: &Step| format!("{} {}: {}", step.day_text(), step.claims, step.sentence(&case.assessment));
    found.steps.iter().map(text).collect()
}

#[test]
fn claims_come_in_are_superseded_and_taken_back() {
    let mut case = world();
    let first = dated(&mut case, "A", "CIA", "2015-06-04");
    let second = dated(&mut case, "A", "NSA", "2016");
    let third = dated(&mut case, "B", "MSS", "2015-06");
    case.blames("C", &["PLA"]);
    case.change(first, |claim| claim.status = Status::Superseded { by: Some(second) });
    case.change(third, |claim| claim.status = Status::Retracted { on: "2017-02".parse().ok() });
    assert_eq!(
        steps(&case),
        [
            "2015-06-04 1: A: CIA stated",
            "2015-06-30 2: B: MSS stated some day within 2015-06",
            "2016-12-31 2: A: CIA superseded some day within 2016; A: NSA stated some day within 2016",
            "2017-02-28 1: B: MSS retracted some day within 2017-02",
            "no date 2: C: PLA stated",
        ]
    );
    // When it was taken back nobody knows: only that it was.
    case.change(third, |claim| claim.status = Status::Retracted { on: None });
    assert_eq!(steps(&case)[3], "no date 2: B: MSS retracted; C: PLA stated");
    // Superseded within the year in which it was stated: it was said before that.
    case.change(first, |claim| claim.stated_on = "2015".parse().ok());
    case.change(second, |claim| claim.stated_on = "2015-09-01".parse().ok());
    assert_eq!(steps(&case)[0], "2015-01-01 1: A: CIA stated some day within 2015");
    assert_eq!(steps(&case)[2], "2015-09-01 2: A: CIA superseded; A: NSA stated");
}

#[test]
fn each_day_is_the_fusion_of_what_had_been_said() {
    let mut case = world();
    dated(&mut case, "A", "CIA", "2015-06-04");
    let late = dated(&mut case, "B", "MSS", "2016-06-04");
    let found = over_time(&case);
    let mut early = world();
    dated(&mut early, "A", "CIA", "2015-06-04");
    let early_fused = fuse(&derived(&early), early.find("The incident"), None);
    let of = |name: &str| found.tracks.iter().find(|track| track.name == name).unwrap();
    let number = derived(&early).hierarchy().number_of(early.find("CIA")).unwrap();
    let then = early_fused.actors.iter().find(|row| row.number == number).unwrap();
    let held = of("CIA").after[0].unwrap();
    assert!((held.projected - then.projected).abs() < 1e-12 && (held.belief - then.belief).abs() < 1e-12);
    assert_eq!((of("CIA").before.belief, of("CIA").before.plausibility), (0.0, 1.0));
    assert!(of("CIA").after[1].unwrap().projected < held.projected);
    assert_eq!(found.steps[1].claims_concerned(), [late]);
    let day = |text: &str| text.parse::<Date>().unwrap();
    let at = ["2015-06-03", "2015-06-04", "2016-06-03", "2020-01-01"].map(|text| found.step_at(day(text)));
    assert_eq!(at, [None, Some(0), Some(0), Some(1)]);
    // The number of a day is the sum of what the days before it added.
    let derived = derived(&case);
    for step in [None, Some(0), Some(1)] {
        let explanation = found.explanation(&derived, of("CIA"), step);
        assert!(explanation.remainder().unwrap().abs() < 1e-12, "{explanation:?}");
    }
    let table = found.table(&case.assessment);
    assert_eq!(table.rows.len(), found.steps.len() * found.tracks.len());
    assert_eq!(table.rows[0][0], "2015-06-04");
}

/// Only actors whom a claim that takes part names have a line, and only from when something is said of them.
#[test]
fn a_base_rate_is_no_line() {
    let mut case = world();
    dated(&mut case, "A", "CIA", "2015");
    let sponsor = dated(&mut case, "B", "PLA", "2016");
    case.change(sponsor, |claim| {
        if let Proposition::Attribution { role, .. } = &mut claim.proposition {
            *role = Role::Sponsor;
        }
    });
    let vacuous = dated(&mut case, "C", "MSS", "2014");
    case.change(vacuous, |claim| claim.credibility = Some(Credibility::Six));
    let found = over_time(&case);
    let names: Vec<&str> = found.tracks.iter().map(|track| track.name.as_str()).collect();
    assert_eq!(names, ["CIA", "MSS"]);
    let open = |track: usize| {
        found.tracks[track].after.iter().map(|held| held.unwrap().is_open()).collect::<Vec<_>>()
    };
    assert_eq!(open(0), [true, false]);
    assert_eq!(open(1), [true, false], "what is claimed of the CIA speaks against the MSS");
}

#[test]
fn an_incident_without_claims_has_no_steps() {
    let mut case = world();
    case.incident("The incident", crate::model::Period::default());
    let found = over_time(&case);
    assert!(found.steps.is_empty() && found.tracks.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever came in when, in the end the picture is the present one.
    #[test]
    fn the_last_step_is_the_present(
        sayings in prop::collection::vec((0..3usize, 0..4usize, 0..4usize, 0..6usize, 0..4usize), 1..8)
    ) {
        let mut case = world();
        let actors = ["CIA", "MSS", "CN", "Criminals"];
        let dates = [None, Some("2015"), Some("2015-06"), Some("2016-02-03")];
        for (source, actor, date, credibility, status) in sayings {
            let claim = case.blames(&format!("Source {source}"), &[actors[actor]]);
            case.change(claim, |claim| {
                claim.stated_on = dates[date].and_then(|date| date.parse().ok());
                claim.credibility = Some(Credibility::ALL[credibility]);
                claim.status = match status {
                    0 => Status::Retracted { on: "2015-08".parse().ok() },
                    1 => Status::Retracted { on: None },
                    _ => Status::Standing,
                };
            });
        }
        let derived = derived(&case);
        let found = over_time(&case);
        let now = fuse(&derived, case.find("The incident"), None);
        for track in &found.tracks {
            let number = derived.hierarchy().number_of(track.actor).unwrap();
            let last = track.after.last().copied().flatten().unwrap_or(track.before);
            if let Some(row) = now.actors.iter().find(|row| row.number == number) {
                prop_assert!((row.projected - last.projected).abs() < 1e-9);
                prop_assert!((row.belief - last.belief).abs() < 1e-9);
            } else {
                prop_assert!(last.belief < 1e-9, "only claims that ended named it");
            }
        }
        let days: Vec<_> = found.steps.iter().map(|step| (step.day.is_none(), step.day)).collect();
        prop_assert!(days.is_sorted());
    }
}
