use super::*;
use crate::analysis::fixture::{Case, world};
use crate::model::ActorLevel::{Class, Cluster, Service, State, Unit};
use crate::model::{Assessment, Entity, Nameable};

fn outline(hierarchy: &Hierarchy) -> String {
    let line = |node: &Node| format!("{}{}", "  ".repeat(node.depth), node.name);
    hierarchy.nodes().iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn actors_stand_below_their_first_parent_by_level_and_name() {
    let hierarchy = Hierarchy::new(&world().assessment);
    insta::assert_snapshot!(outline(&hierarchy), @r"
    Any state
      CN
        MSS
          JSSD
            Sixth Bureau
        PLA
      US
        CIA
        NSA
    Criminals
    APT26
    Turbine Panda
    ");
    assert!(hierarchy.rejected().is_empty());
}

#[test]
fn a_set_has_the_leaves_below_and_some_other_member_of_all_that_is_no_leaf() {
    let case = world();
    let hierarchy = Hierarchy::new(&case.assessment);
    let check = |names: &[&str], expect: &str| {
        let actors: Vec<_> = names.iter().map(|name| case.find(name)).collect();
        let set = hierarchy.set_of(&actors);
        assert_eq!(hierarchy.describe(&set), expect, "{names:?}");
        assert_eq!(set.complement().complement(), set);
        assert!(!set.complement().is_empty(), "someone else is always possible");
        assert!(!set.is_everyone());
    };
    check(&["CIA"], "CIA");
    check(&["CIA", "NSA"], "CIA, NSA");
    check(&["CN", "MSS"], "CN");
    check(&[], "nobody");
    let not_cia = hierarchy.set_of(&[case.find("CIA")]).complement();
    assert_eq!(
        hierarchy.describe(&not_cia),
        "other members of Any state, CN, other members of US, NSA, Criminals, APT26, Turbine Panda, anyone else"
    );
    assert_eq!(hierarchy.set_of(&[case.find("US")]).len(), 3);
}

#[test]
fn accepted_links_merge_and_attach() {
    let mut case = world();
    let is_jssd = case.links(case.same("Turbine Panda", "JSSD"));
    case.links(case.same("APT26", "Turbine Panda"));
    let hierarchy = Hierarchy::new(&case.assessment);
    let jssd: Id<Actor> = case.find("JSSD");
    for name in ["JSSD", "Turbine Panda", "APT26"] {
        assert_eq!(hierarchy.representative(case.find(name)), Some(jssd), "{name}");
    }
    assert!(!outline(&hierarchy).contains("Panda"));
    let node = hierarchy.node(hierarchy.number_of(jssd).unwrap()).unwrap();
    assert_eq!(node.members, [jssd, case.find("Turbine Panda"), case.find("APT26")]);

    // A link counts only while it is accepted, asserted and standing.
    for spoil in [
        (|claim| claim.accepted = false) as fn(&mut Claim),
        |claim| claim.stance = crate::model::Stance::Denies,
        |claim| claim.status = crate::model::Status::Retracted { on: None },
    ] {
        let before = case.assessment.get(is_jssd).unwrap().clone();
        case.change(is_jssd, spoil);
        let hierarchy = Hierarchy::new(&case.assessment);
        assert_ne!(hierarchy.representative(case.find("Turbine Panda")), Some(jssd));
        case.put(before);
    }

    case.links(case.part("Criminals", "CN"));
    let hierarchy = Hierarchy::new(&case.assessment);
    let set = |name: &str| hierarchy.set_of(&[case.find(name)]);
    assert!(set("Criminals").is_subset(&set("CN")));
}

#[test]
fn circles_are_left_out_and_named() {
    let check = |links: &[(&str, &str, bool)], expect: &[&str]| {
        let mut case = world();
        for (first, second, is_same) in links {
            let link = if *is_same { case.same(first, second) } else { case.part(first, second) };
            case.links(link);
        }
        let hierarchy = Hierarchy::new(&case.assessment);
        let circles: Vec<String> = hierarchy.rejected().iter().map(|link| link.circle.join(" > ")).collect();
        assert_eq!(circles, expect, "{links:?}");
        assert!(hierarchy.rejected().iter().all(|link| link.claim.is_some()));
    };
    check(&[("CN", "JSSD", false)], &["JSSD > MSS > CN > JSSD"]);
    check(&[("CN", "JSSD", true)], &["JSSD > MSS > JSSD"]);
    // The direct parent may be the same: the membership then says nothing more.
    check(&[("CN", "MSS", true)], &[]);
    check(&[("CN", "MSS", true), ("MSS", "CN", false)], &[]);
    check(&[("JSSD", "JSSD", false), ("JSSD", "JSSD", true)], &[]);
    check(&[("CN", "APT26", false), ("APT26", "MSS", false)], &["MSS > CN > APT26 > MSS"]);
}

#[test]
fn circles_in_the_actors_own_records_are_left_out() {
    let mut case = Case::default();
    let a = case.actor("A", State, &[]);
    let b = case.actor("B", Service, &["A"]);
    let c = case.actor("C", Unit, &["B"]);
    let mut actor = case.assessment.get(a).unwrap().clone();
    actor.belongs_to = vec![c, a];
    case.put(actor);
    let hierarchy = Hierarchy::new(&case.assessment);
    assert_eq!(hierarchy.nodes().len(), 3);
    assert_eq!(hierarchy.rejected().len(), 2);
    assert!(hierarchy.rejected().iter().all(|link| link.claim.is_none()));
    let set = |actor| hierarchy.set_of(&[actor]).len();
    assert_eq!([set(a), set(b), set(c)].iter().max(), Some(&3));
}

#[test]
fn levels_are_reached_from_below_and_by_all_parents() {
    let mut case = world();
    case.links(case.part("Turbine Panda", "JSSD"));
    case.links(case.part("Turbine Panda", "CIA"));
    let hierarchy = Hierarchy::new(&case.assessment);
    let check = |name: &str, level, expect: &[&str]| {
        let numbers = hierarchy.at_level(case.find(name), level);
        let names: Vec<&str> =
            numbers.iter().map(|number| hierarchy.node(*number).unwrap().name.as_str()).collect();
        assert_eq!(names, expect, "{name} at {level}");
    };
    check("CIA", State, &["US"]);
    check("US", State, &["US"]);
    check("Any state", State, &["Any state"]);
    check("Sixth Bureau", Service, &["MSS"]);
    check("Sixth Bureau", Unit, &["Sixth Bureau"]);
    check("APT26", State, &["APT26"]);
    check("Turbine Panda", Cluster, &["Turbine Panda"]);
    check("Turbine Panda", Service, &["MSS", "CIA"]);
    check("Turbine Panda", State, &["CN", "US"]);
    check("Turbine Panda", Class, &["Any state"]);
}

#[test]
fn a_second_parent_adds_to_the_sets_of_both() {
    let mut case = world();
    case.actor("Joint unit", Unit, &["CIA", "NSA"]);
    let hierarchy = Hierarchy::new(&case.assessment);
    let set = |name: &str| hierarchy.set_of(&[case.find(name)]);
    assert!(set("Joint unit").is_subset(&set("CIA")));
    assert!(set("Joint unit").is_subset(&set("NSA")));
    assert!(!set("CIA").is_disjoint(&set("NSA")));
    let node = hierarchy.node(hierarchy.number_of(case.find("Joint unit")).unwrap()).unwrap();
    assert_eq!((node.parents.len(), node.depth), (2, 3));
}

#[test]
fn long_chains_and_an_empty_assessment_are_no_trouble() {
    assert!(Hierarchy::new(&Assessment::default()).nodes().is_empty());
    let mut case = Case::default();
    let mut before: Option<Id<Actor>> = None;
    for number in 0..3_000 {
        let id = case.actor(&format!("{number:04}"), Unit, &[]);
        let mut actor = case.assessment.get(id).unwrap().clone();
        actor.belongs_to = before.into_iter().collect();
        case.put(actor);
        before = Some(id);
    }
    let hierarchy = Hierarchy::new(&case.assessment);
    assert_eq!(hierarchy.set_of(&[case.find("0000")]).len(), 3_000);
}

#[test]
fn merged_actors_have_the_name_that_most_claims_use() {
    let check = |named: &[&str], expect: &str| {
        let mut case = world();
        case.links(case.same("APT26", "Turbine Panda"));
        for (place, name) in named.iter().enumerate() {
            case.blames(&format!("Source {place}"), &[name]);
        }
        let hierarchy = Hierarchy::new(&case.assessment);
        let number = hierarchy.number_of(case.find("APT26")).unwrap();
        assert_eq!(hierarchy.node(number).unwrap().name, expect, "{named:?}");
    };
    check(&[], "APT26");
    check(&["APT26", "Turbine Panda"], "APT26");
    check(&["APT26", "Turbine Panda", "Turbine Panda"], "Turbine Panda");

    // A wider actor stands for a narrower one however often that is named.
    let mut case = world();
    case.links(case.same("Turbine Panda", "JSSD"));
    case.blames("Source", &["Turbine Panda"]);
    let hierarchy = Hierarchy::new(&case.assessment);
    assert_eq!(hierarchy.representative(case.find("Turbine Panda")), Some(case.find("JSSD")));

    // A claim that its source took back does not count.
    let mut case = world();
    case.links(case.same("APT26", "Turbine Panda"));
    let claim = case.blames("Source", &["Turbine Panda"]);
    case.change(claim, |claim| claim.status = crate::model::Status::Retracted { on: None });
    let hierarchy = Hierarchy::new(&case.assessment);
    assert_eq!(hierarchy.representative(case.find("Turbine Panda")), Some(case.find("APT26")));
}

#[test]
fn many_actors_take_no_room_for_each_pair_of_them() {
    const ACTORS: u128 = 60_000;
    let actor = |number: u128| {
        let id = |number: u128| Id::<Actor>::new(crate::model::Uuid::from_u128(number));
        // Ten states, a hundred services, and units below them.
        let belongs_to = match number {
            0..10 => Vec::new(),
            10..110 => vec![id(number % 10)],
            _ => vec![id(10 + number % 100)],
        };
        let level = if number < 10 {
            State
        } else if number < 110 {
            Service
        } else {
            Unit
        };
        Actor { level, belongs_to, ..Actor::named(id(number), format!("{number:06}")) }.into_record()
    };
    let assessment = Assessment::from_records(crate::model::Header::default(), (0..ACTORS).map(actor));
    let hierarchy = Hierarchy::new(&assessment);
    assert_eq!(hierarchy.nodes().len(), ACTORS as usize);
    assert_eq!(hierarchy.nodes().iter().map(|node| node.below.len()).sum::<usize>(), ACTORS as usize);
    // One state in ten, ten of its services, and their units.
    assert_eq!(hierarchy.set_of_node(0).len(), 6_000);
}

proptest::proptest! {
    /// Whoever is drawn where, a set has all that is below its node and nothing else.
    #[test]
    fn sets_are_what_is_below(links in proptest::collection::vec((0_usize..14, 0_usize..14), 0..40)) {
        let id = |number: usize| Id::<Actor>::new(crate::model::Uuid::from_u128(number as u128 + 1));
        let actors = (0..14).map(|number| {
            let wider = links.iter().filter(|(part, whole)| *part == number && whole < part);
            let belongs_to = wider.map(|(_, whole)| id(*whole)).collect();
            Actor { belongs_to, ..Actor::named(id(number), format!("{}", (number * 5) % 14)) }.into_record()
        });
        let assessment = Assessment::from_records(crate::model::Header::default(), actors);
        let hierarchy = Hierarchy::new(&assessment);
        for (number, _) in hierarchy.nodes().iter().enumerate() {
            let mut below = vec![number];
            let mut next = 0;
            while let Some(node) = below.get(next).and_then(|number| hierarchy.node(*number)) {
                below.extend(&node.children);
                next += 1;
            }
            below.sort_unstable();
            below.dedup();
            let set = hierarchy.set_of_node(number);
            proptest::prop_assert_eq!(set.members().collect::<Vec<_>>(), below);
            proptest::prop_assert!(hierarchy.node(number).is_some_and(|node| node.is_within(&set)));
        }
    }
}

#[test]
fn an_actor_is_unfolded_under_the_parent_that_it_is_drawn_under() {
    let mut case = world();
    let (cia, us, any, criminals) =
        (case.find("CIA"), case.find("US"), case.find("Any state"), case.find("Criminals"));
    let check = |case: &Case, above: &[Id<Actor>], expect: Option<Id<Actor>>| {
        assert_eq!(Hierarchy::new(&case.assessment).unfolded_under(cia, above), expect);
    };
    check(&case, &[], None);
    check(&case, &[any, us], Some(us));
    check(&case, &[criminals, any], Some(criminals));
    let second = Actor { belongs_to: vec![criminals, us], ..case.assessment.get(cia).unwrap().clone() };
    case.put(second);
    check(&case, &[us, criminals], Some(criminals));
}

/// Wu and Palmer 1994 on the tree actor > state > country > service > unit, actor > non-state > criminals, where the actor at the top
/// is nobody's name; the values are those of the formula 2 · depth of the common one / sum of the depths.
#[test]
fn actors_are_the_nearer_the_deeper_what_they_share() {
    let case = world();
    let hierarchy = Hierarchy::new(&case.assessment);
    let check = |left: &[&str], right: &[&str], expect: f64| {
        let ids = |names: &[&str]| names.iter().map(|name| case.find(name)).collect::<Vec<_>>();
        let found = hierarchy.similarity(&ids(left), &ids(right)).unwrap();
        assert!((found - expect).abs() < 1e-12, "{left:?} {right:?}: {found}");
        assert_eq!(hierarchy.similarity(&ids(right), &ids(left)), Ok(found), "it has no direction");
    };
    check(&["CIA"], &["CIA"], 1.0);
    check(&["CIA"], &["Any state"], 2.0 * 2.0 / (4.0 + 2.0));
    check(&["CIA"], &["US"], 2.0 * 3.0 / (4.0 + 3.0));
    check(&["CIA"], &["NSA"], 0.75);
    check(&["CIA"], &["JSSD"], 2.0 * 2.0 / (4.0 + 5.0));
    check(&["JSSD"], &["MSS"], 2.0 * 4.0 / (5.0 + 4.0));
    check(&["Sixth Bureau"], &["JSSD"], 2.0 * 5.0 / (6.0 + 5.0));
    check(&["JSSD"], &["PLA"], 2.0 * 3.0 / (5.0 + 4.0));
    check(&["MSS"], &["PLA"], 0.75);
    check(&["JSSD"], &["Criminals"], 2.0 / (5.0 + 2.0));
    // Each finds its best: the CIA itself, and for the NSA the CIA beside it.
    check(&["CIA", "NSA"], &["CIA"], (1.0 + 0.75 + 1.0) / 3.0);
    assert!(hierarchy.similarity(&[], &[case.find("CIA")]).is_err(), "nobody is near nobody");
}

#[test]
fn a_deep_hierarchy_does_not_overflow() {
    let mut case = Case::default();
    case.actor("0", State, &[]);
    for number in 1..20_000 {
        let above = (number - 1).to_string();
        case.actor(&number.to_string(), Unit, &[&above]);
    }
    let hierarchy = Hierarchy::new(&case.assessment);
    let found = hierarchy.similarity(&[case.find("19999")], &[case.find("0")]).unwrap();
    assert!((found - 4.0 / 20_003.0).abs() < 1e-12, "{found}");
}
