use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::analysis::Options;
use crate::analysis::fixture::{Case, period, world};
use crate::analysis::fusion::Number;
use crate::analysis::progress::Stage;
use crate::model::{Confidence, Credibility, GradeOverride, Likelihood, Reliability};

fn derived(case: &Case, options: Options) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), options, None)
}

fn text(table: &ChartTable) -> String {
    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()));
    table.rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n")
}

fn close(found: f64, expect: f64) -> bool {
    (found - expect).abs() < 1e-9
}

/// A service, a bureau and their rivals; one source cannot be judged, one names nobody, one speaks of another time.
fn case() -> (Case, Id<Incident>) {
    let mut case = world();
    let incident = case.incident("Airlines", period("2020-01", "2020-06"));
    case.blames("Vendor", &["JSSD"]);
    case.blames("Ministry", &["CN"]);
    let denial = case.blames("Embassy", &["CN"]);
    case.change(denial, |claim| claim.stance = Stance::Denies);
    let rumour = case.blames("Rumour", &["CIA"]);
    case.change(rumour, |claim| {
        claim.reliability_override =
            Some(GradeOverride { reliability: Reliability::F, reason: String::new() });
    });
    let silent = case.blames("Agency", &[]);
    case.change(silent, |claim| claim.stance = Stance::Declines);
    let past = case.blames("Historian", &["NSA"]);
    case.change(past, |claim| claim.covers = period("2008", "2009"));
    (case, incident)
}

/// Two sources that hold .8 against .1 and .1 against .8, with .1 open (van der Heijden, Kopp & Kargl 2018): by
/// conventions under which a claim's trust is .9.
fn conflict() -> (Case, Id<Incident>) {
    let mut case = Case::default();
    case.actor("A", ActorLevel::State, &[]);
    case.assessment.header.methods.reliability_trust[0] = 0.9;
    case.assessment.header.methods.credibility_trust[0] = 1.0;
    for (source, probability) in [("For", 8.0 / 9.0), ("Against", 1.0 / 9.0)] {
        let claim = case.blames(source, &["A"]);
        case.change(claim, |claim| {
            claim.credibility = Some(Credibility::One);
            claim.confidence = Some(Confidence::High);
            let (low, high) = (Some(probability), Some(probability));
            claim.likelihood = Some(Likelihood { words: String::new(), low, high });
        });
    }
    let incident = case.assessment.incidents.ids().next().unwrap();
    (case, incident)
}

/// Trust is .95 × .6 × .8 = .456 for each claim and p = .95, so each has .4332 for, .0228 against and .544 open.
#[test]
fn one_claim_is_belief_in_all_above_and_leaves_them_plausible() {
    let mut case = world();
    case.blames("Vendor", &["JSSD"]);
    let incident = case.assessment.incidents.ids().next().unwrap();
    let derived = derived(&case, Options::default());
    let chart = BeliefChart::new(&derived, incident, None, None);
    let numbers: Vec<(&str, f64, f64)> = chart
        .rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let span = chart.span(place).unwrap();
            (row.name.as_str(), span.belief, span.plausibility)
        })
        .collect();
    // What speaks against the bureau does not speak against another one of the service.
    let expect =
        [("Any state", 0.4332, 1.0), ("CN", 0.4332, 1.0), ("MSS", 0.4332, 1.0), ("JSSD", 0.4332, 0.9772)];
    for ((name, belief, plausibility), (expected, a, b)) in numbers.iter().zip(expect) {
        assert_eq!(*name, expected);
        assert!(close(*belief, a) && close(*plausibility, b), "{name} {belief} {plausibility}");
    }
    assert!(close(chart.uncertainty.clone().unwrap(), 0.544));
    assert!(close(chart.conflict.unwrap(), 0.0));
}

#[test]
fn the_chart_says_who_takes_part_and_who_does_not() {
    let (case, incident) = case();
    let derived = derived(&case, Options::default());
    let chart = BeliefChart::new(&derived, incident, None, None);
    insta::assert_snapshot!(text(&chart.table()), @r"
        Any state | Class of actors | 0.2964 | 1.0000 | 0.4284 | 0 | 0
          CN | State | 0.2964 | 0.8480 | 0.3331 | 1 | 1
            MSS | Service or agency | 0.1444 | 0.8480 | 0.2072 | 0 | 0
              JSSD | Unit or bureau | 0.1444 | 0.8404 | 0.1758 | 1 | 0
          US | State | 0.0000 | 0.7036 | 0.0476 | 0 | 0
            CIA | Service or agency | 0.0000 | 0.7036 | 0.0159 | 1 | 0
            NSA | Service or agency | 0.0000 | 0.7036 | 0.0159 | 0 | 0
        ");
    insta::assert_snapshot!(text(&chart.origin_table()), @r"
        Vendor | asserts: JSSD | 1 | yes
        Ministry | asserts: CN | 1 | yes
        Embassy | denies: CN | 1 | yes
        Rumour | asserts: CIA | 1 | counts as ignorance: graded F or 6, which gives no basis to judge
        Agency | declines | 1 | counts as ignorance: names nobody
        Historian | asserts: NSA | 1 | no: speaks of another period
        ");
    assert_eq!((chart.claims, chart.ignorant(), chart.left_out.len()), (5, 2, 1));
    assert_eq!(
        chart.row_of(&derived, case.find("JSSD")),
        Some(chart.rows.iter().position(|row| row.name == "JSSD").unwrap())
    );
    assert_eq!(chart.row_of(&derived, case.find("PLA")), None);
    let triangle = OpinionTriangle::new(&derived, &chart, chart.foremost().unwrap()).unwrap();
    insta::assert_snapshot!(text(&triangle.table()), @r"
        All, fused | How much speaks for CN? | 0.2964 | 0.1520 | 0.5516 | 0.3331 | 0.0667
        Vendor | asserts: JSSD | 0.4332 | 0.0000 | 0.5668 | 0.4707 | 0.0667
        Ministry | asserts: CN | 0.4332 | 0.0228 | 0.5440 | 0.4695 | 0.0667
        Embassy | denies: CN | 0.0228 | 0.4332 | 0.5440 | 0.0591 | 0.0667
        Rumour | asserts: CIA | 0.0000 | 0.0000 | 1.0000 | 0.0667 | 0.0667
        Agency | declines | 0.0000 | 0.0000 | 1.0000 | 0.0667 | 0.0667
        ");

    let options = Options { level: Some(ActorLevel::State), ..Options::default() };
    let chart = BeliefChart::new(&self::derived(&case, options), incident, None, None);
    let names: Vec<&str> = chart.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Any state", "CN", "US"]);
}

#[test]
fn the_rules_differ_as_published() {
    let (case, incident) = conflict();
    let derived = derived(&case, Options::default());
    let chart = all_rules(&derived, incident);
    let check = |rule: FusionRule, belief: f64, uncertainty: f64| {
        let column = chart.columns.iter().position(|column| column.rule == rule).unwrap();
        let span = chart.span(0, column).unwrap();
        let open = chart.columns[column].uncertainty.clone().unwrap();
        assert!(close(span.belief, belief) && close(open, uncertainty), "{rule}: {span:?} {open}");
        assert!(close(span.projected, 0.5), "{rule}: {span:?}");
    };
    check(FusionRule::Weighted, 0.45, 0.1);
    check(FusionRule::Cumulative, 9.0 / 19.0, 1.0 / 19.0);
    check(FusionRule::Averaging, 0.45, 0.1);
    check(FusionRule::ConsensusCompromise, 169.0 / 900.0, 281.0 / 450.0);
    check(FusionRule::Dempster, 17.0 / 35.0, 1.0 / 35.0);
    check(FusionRule::Yager, 0.17, 0.66);
    check(FusionRule::DuboisPrade, 0.17, 0.66);
    // K = .65 is all shared out: .64 in equal parts and .01 in equal parts, by symmetry half of it each.
    check(FusionRule::Pcr6, 0.17 + 0.325, 0.01);
    let whole = BeliefChart::new(&derived, incident, Some(FusionRule::Dempster), None);
    assert!(close(whole.conflict.unwrap(), 0.65));
    assert_eq!(chart.table().rows.len(), 2);
}

#[test]
fn total_conflict_is_undefined_and_says_why() {
    let (mut case, incident) = conflict();
    case.assessment.header.methods.reliability_trust[0] = 1.0;
    let claims: Vec<Id<Claim>> = case.assessment.claims.ids().collect();
    for (claim, probability) in claims.into_iter().zip([1.0, 0.0]) {
        case.change(claim, |claim| {
            let (low, high) = (Some(probability), Some(probability));
            claim.likelihood = Some(Likelihood { words: String::new(), low, high });
        });
    }
    let derived = derived(&case, Options::default());
    let chart = BeliefChart::new(&derived, incident, Some(FusionRule::Dempster), None);
    assert_eq!((chart.rows.len(), chart.span(0), chart.foremost()), (1, None, None));
    let why = chart.uncertainty.clone().unwrap_err().to_string();
    assert_eq!(why, "undefined, because the opinions contradict one another totally (K = 1)");
    let explanation = chart.explain(&derived, Number::Belief(chart.rows[0].number));
    assert!(explanation.value.is_err() && explanation.contributions.is_empty());
    let rules = all_rules(&derived, incident);
    assert_eq!(rules.columns.iter().filter(|column| column.spans.is_err()).count(), 1);
    assert!(OpinionTriangle::new(&derived, &chart, 0).unwrap().fused.is_err());
}

#[test]
fn every_number_explains_itself_and_its_parts_sum_to_it() {
    for (case, incident) in [case(), conflict()] {
        let derived = derived(&case, Options::default());
        for rule in FusionRule::ALL {
            for discount in TrustDiscount::ALL {
                let chart = BeliefChart::new(&derived, incident, Some(*rule), Some(*discount));
                let of_rows = chart.rows.iter().flat_map(|row| {
                    [
                        Number::Belief(row.number),
                        Number::Plausibility(row.number),
                        Number::Projected(row.number),
                    ]
                });
                for number in of_rows.chain([Number::Uncertainty, Number::Conflict]) {
                    let explanation = chart.explain(&derived, number);
                    let value = explanation.value.clone().unwrap();
                    let sum: f64 = explanation.contributions.iter().map(|part| part.value).sum();
                    assert!((sum - value).abs() < 1e-12, "{rule} {number:?}: {explanation:?}");
                    assert!(!explanation.source.is_empty() && !explanation.note.is_empty());
                }
            }
        }
    }
}

#[test]
fn an_explanation_reads_well() {
    let (case, incident) = conflict();
    let derived = derived(&case, Options::default());
    let text_of = |rule, number| {
        let chart = BeliefChart::new(&derived, incident, Some(rule), None);
        let mut explanation = chart.explain(&derived, number);
        explanation.formula = explanation.formula.replace('\n', " / ");
        text(&explanation.table())
    };
    insta::assert_snapshot!(text_of(FusionRule::Weighted, Number::Belief(0)), @r"
        Result | Belief in A | 0.4500000000000001
        Formula |  | belief = Σ weight × own belief / b = Σ bᵢ(1−uᵢ)/uᵢ ÷ Σ (1−uᵢ)/uᵢ,  u = Σ (1−uᵢ) ÷ the same
        Input | Rule | Weighted belief fusion
        Input | Trust discount | Uncertainty-favouring
        Input | Origins that take part | 2
        Input | For asserts: A | 0.8000 × weight 0.5000
        Input | Against asserts: A | 0.1000 × weight 0.5000
        Contribution | For asserts: A | 0.40000000000000013
        Contribution | Against asserts: A | 0.049999999999999975
        Source |  | Jøsang, Wang & Zhang, Multi-source fusion in subjective logic (FUSION 2017); van der Heijden, Kopp & Kargl, Multi-source fusion operations in subjective logic (FUSION 2018)
        Note |  | Two firm opposite opinions come out as an even split with little uncertainty, so look at the conflict beside it
        ");
    insta::assert_snapshot!(text_of(FusionRule::Dempster, Number::Uncertainty), @r"
        Result | Uncertainty | 0.028571428571428602
        Formula |  | u = m(everybody) / m(A) = Σ Π mᵢ(Bᵢ) over ∩Bᵢ = A, ÷ (1 − K)
        Input | Rule | Dempster's rule
        Input | Trust discount | Uncertainty-favouring
        Input | Origins that take part | 2
        Contribution | before any claim all is open | 1
        Contribution | For asserts: A | -0.48571428571428577
        Contribution | Against asserts: A | -0.48571428571428565
        Source |  | Dempster (1967); Shafer, A Mathematical Theory of Evidence (1976); Shapley, A value for n-person games (1953)
        Note |  | The part of an origin is how much it changes the number, averaged over all orders in which the origins can be heard. Under strong conflict what all hold nearly impossible can become certain (Zadeh 1984)
        ");
}

/// Claims on the actors of [`world`], by their numbers there: who is named, and whether that is denied.
fn arbitrary_claims() -> impl Strategy<Value = Vec<(usize, bool, Option<u8>)>> {
    prop::collection::vec((0usize..12, any::<bool>(), prop::option::of(1u8..=6)), 1..7)
}

proptest! {
    #[test]
    fn belief_grows_with_the_actor(claims in arbitrary_claims()) {
        let mut case = world();
        let names: Vec<String> = case.assessment.actors.iter().map(|actor| actor.name.clone()).collect();
        for (place, (actor, is_denied, grade)) in claims.into_iter().enumerate() {
            let claim = case.blames(&format!("Source {place}"), &[names[actor].as_str()]);
            case.change(claim, |claim| {
                claim.stance = if is_denied { Stance::Denies } else { Stance::Asserts };
                claim.credibility = grade.and_then(|grade| Credibility::ALL.get(usize::from(grade) - 1).copied());
            });
        }
        let incident = case.assessment.incidents.ids().next().unwrap();
        let derived = derived(&case, Options::default());
        for rule in FusionRule::ALL {
            let chart = BeliefChart::new(&derived, incident, Some(*rule), None);
            let Ok(spans) = &chart.spans else { continue };
            for (row, span) in chart.rows.iter().zip(spans) {
                prop_assert!(span.belief <= span.projected + 1e-9 && span.projected <= span.plausibility + 1e-9);
                for above in derived.hierarchy().ancestors(row.number) {
                    let above = chart.rows.iter().position(|row| row.number == above).unwrap();
                    let wider = spans[above];
                    prop_assert!(wider.belief >= span.belief - 1e-9, "{rule}");
                    prop_assert!(wider.plausibility >= span.plausibility - 1e-9, "{rule}");
                    prop_assert!(wider.projected >= span.projected - 1e-9, "{rule}");
                }
            }
        }
    }
}

fn all_rules(derived: &Derived, incident: Id<Incident>) -> Arc<RulesChart> {
    let discount = derived.assessment().header.methods.discount;
    derived.all_rules(incident, discount, &AtomicBool::new(false)).expect("nothing stops it")
}

#[test]
fn all_rules_are_followed_stopped_and_taken_over() {
    let (case, incident) = case();
    let before = derived(&case, Options::default());
    let discount = before.assessment().header.methods.discount;
    assert!(matches!(before.all_rules_stage(incident, discount), Stage::NotBegun));
    assert!(before.all_rules(incident, discount, &AtomicBool::new(true)).is_none());
    assert!(matches!(before.all_rules_stage(incident, discount), Stage::Stopped));
    let chart = all_rules(&before, incident);
    assert_eq!(chart.columns.len(), FusionRule::ALL.len());
    let same = Arc::new(case.assessment);
    let after = Derived::new(same, Options::default(), Some(&before));
    assert!(Arc::ptr_eq(&chart, &all_rules(&after, incident)));
}
