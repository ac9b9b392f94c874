use super::*;
use crate::model::{Actor, Confidence, Entity, Header, Likelihood, Nameable, Role, Source, SourceKind};

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn source(number: u128, name: &str) -> Source {
    Source { kind: SourceKind::SecurityVendor, ..Source::named(id(number), name.to_owned()) }
}

fn actor(number: u128, name: &str) -> Actor {
    Actor::named(id(number), name.to_owned())
}

fn incident(number: u128, name: &str) -> Incident {
    Incident::named(id(number), name.to_owned())
}

fn claim(number: u128, source: u128, stance: Stance, incident: u128, actors: &[u128]) -> Claim {
    let actors = actors.iter().map(|actor| id(*actor)).collect();
    Claim {
        stance,
        ..Claim::new(
            id(number),
            id(source),
            Proposition::Attribution { incident: id(incident), actors, role: Role::Perpetrator },
        )
    }
}

/// Sources 1 and 2, actors 11 and 12, incidents 21 and 22, claims 31 to 36.
fn example() -> Assessment {
    let mut dated = claim(31, 2, Stance::Asserts, 21, &[11]);
    dated.stated_on = "2015-06".parse().ok();
    dated.likelihood = Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) });
    let mut denied = claim(32, 1, Stance::Denies, 21, &[12]);
    denied.stated_on = "2014".parse().ok();
    denied.confidence = Some(Confidence::High);
    let mut joint = claim(33, 1, Stance::Asserts, 22, &[12, 11]);
    joint.quote = "Straße der Kränkung".to_owned();
    let silent = claim(34, 2, Stance::Declines, 22, &[]);
    let mut link = claim(35, 1, Stance::Asserts, 21, &[]);
    link.proposition = Proposition::SameActor { first: id(11), second: id(12) };
    let twin = claim(36, 2, Stance::Asserts, 22, &[11, 12]);
    let records = [
        source(1, "Xinhua").into_record(),
        source(2, "crowdstrike").into_record(),
        actor(11, "JSSD").into_record(),
        actor(12, "Axiom").into_record(),
        incident(21, "OPM breach").into_record(),
        incident(22, "Anthem breach").into_record(),
    ];
    let claims = [dated, denied, joint, silent, link, twin].map(Entity::into_record);
    Assessment::from_records(Header::default(), records.into_iter().chain(claims))
}

fn shown(index: &Index) -> Vec<String> {
    let line = |line: &Line| match line {
        Line::Group(place) => index.group(*place).map(|group| format!("{} ({})", group.title, group.count)),
        Line::Row(place) => index.rows.get(*place).map(|row| row.claim.id.uuid().as_u128().to_string()),
    };
    index.lines().iter().filter_map(line).collect()
}

fn made(assessment: &Assessment, wanted: &Wanted) -> Index {
    let mut index = Index::default();
    index.update(assessment, true, wanted);
    index
}

fn sorting(column: Column, is_descending: bool) -> Sorting {
    Sorting { column, is_descending }
}

#[test]
fn rows_stand_as_they_are_sorted_and_what_is_unknown_stands_last() {
    let assessment = example();
    let check = |sorting: &[Sorting], expect: &[u32]| {
        let wanted = Wanted { sorting: sorting.to_vec(), ..Wanted::default() };
        let expect: Vec<String> = expect.iter().map(u32::to_string).collect();
        assert_eq!(shown(&made(&assessment, &wanted)), expect, "{sorting:?}");
    };
    check(&[], &[31, 32, 33, 34, 35, 36]);
    check(&[sorting(Column::Source, false)], &[31, 34, 36, 32, 33, 35]);
    check(&[sorting(Column::Source, true)], &[32, 33, 35, 31, 34, 36]);
    check(&[sorting(Column::StatedOn, false)], &[32, 31, 33, 34, 35, 36]);
    check(&[sorting(Column::StatedOn, true)], &[31, 32, 33, 34, 35, 36]);
    check(&[sorting(Column::Likelihood, true)], &[31, 32, 33, 34, 35, 36]);
    check(&[sorting(Column::Stance, false)], &[31, 33, 35, 36, 32, 34]);
    check(&[sorting(Column::Stance, false), sorting(Column::Source, false)], &[31, 36, 33, 35, 32, 34]);
    check(&[sorting(Column::Incident, false)], &[33, 34, 36, 31, 32, 35]);
}

#[test]
fn filters_look_at_every_value() {
    let assessment = example();
    let check = |filter: &str, expect: &[u32]| {
        let wanted = Wanted { filter: filter.to_owned(), ..Wanted::default() };
        let expect: Vec<String> = expect.iter().map(u32::to_string).collect();
        assert_eq!(shown(&made(&assessment, &wanted)), expect, "{filter}");
    };
    check("CROWD", &[31, 34, 36]);
    check("source:crowd stance:asserts", &[31, 36]);
    check("incident:opm", &[31, 32]);
    check("straße", &[33]);
    check("\"jssd = axiom\"", &[35]);
    check("actor:axiom -stance:denies", &[33, 35, 36]);
    check("likely", &[31]);
    check("nonsense", &[]);
    let wanted = Wanted { incident: Some(id(22)), stance: Some(Stance::Asserts), ..Wanted::default() };
    assert_eq!(shown(&made(&assessment, &wanted)), ["33", "36"]);
}

#[test]
fn groups_stand_by_name_and_can_be_closed() {
    let assessment = example();
    let check = |grouping: Grouping, collapsed: &[GroupKey], expect: &[&str]| {
        let collapsed = collapsed.iter().cloned().collect();
        let wanted = Wanted { grouping, collapsed, ..Wanted::default() };
        assert_eq!(shown(&made(&assessment, &wanted)), expect, "{grouping:?}");
    };
    check(Grouping::Source, &[], &["crowdstrike (3)", "31", "34", "36", "Xinhua (3)", "32", "33", "35"]);
    check(
        Grouping::Incident,
        &[],
        &[
            "Anthem breach (3)",
            "33",
            "34",
            "36",
            "OPM breach (2)",
            "31",
            "32",
            "Links between actors (1)",
            "35",
        ],
    );
    // A joint attribution is the same whatever the order of its actors.
    check(
        Grouping::Actor,
        &[GroupKey::Nobody],
        &[
            "Axiom (1)",
            "32",
            "JSSD (1)",
            "31",
            "JSSD + Axiom (2)",
            "33",
            "36",
            "Names nobody (1)",
            "Links between actors (1)",
            "35",
        ],
    );
}

#[test]
fn an_updated_index_is_the_same_as_a_new_one() {
    let wanted = Wanted {
        filter: "a".to_owned(),
        sorting: vec![sorting(Column::Source, true), sorting(Column::Says, false)],
        ..Wanted::default()
    };
    let mut assessment = example();
    let mut index = made(&assessment, &wanted);
    let mut check = |assessment: &Assessment, what: &str| {
        index.update(assessment, true, &wanted);
        assert_eq!(shown(&index), shown(&made(assessment, &wanted)), "{what}");
    };
    assessment.put(source(1, "Aardvark").into_record());
    check(&assessment, "a source renamed");
    assessment.put(claim(37, 2, Stance::Denies, 21, &[12]).into_record());
    check(&assessment, "a claim added at the end");
    assessment.put(claim(30, 1, Stance::Denies, 21, &[11]).into_record());
    check(&assessment, "a claim added at the start");
    assessment.take(id::<Claim>(33).into());
    check(&assessment, "a claim taken out");
    assessment.put(claim(34, 1, Stance::Asserts, 22, &[12]).into_record());
    check(&assessment, "a claim changed");
    assessment.take(id::<Actor>(12).into());
    check(&assessment, "an actor taken out");
    check(&Assessment::default(), "everything gone");
    check(&example(), "another document");
}

#[test]
fn one_edit_leaves_the_other_rows_alone() {
    let mut assessment = example();
    let mut rows = Rows::default();
    assert_eq!(rows.update(&assessment), Change::All);
    assert_eq!(rows.update(&assessment), Change::None);
    assessment.put(claim(34, 1, Stance::Asserts, 22, &[12]).into_record());
    assert_eq!(rows.update(&assessment), Change::Values(vec![3]));
    assessment.put(actor(11, "Jiangsu bureau").into_record());
    assert_eq!(rows.update(&assessment), Change::Values(vec![0, 2, 4, 5]));
    assessment.take(id::<Claim>(32).into());
    let moved = vec![Some(0), None, Some(1), Some(2), Some(3), Some(4)];
    assert_eq!(rows.update(&assessment), Change::Rows { moved, changed: Vec::new() });
    assert_eq!(rows.place_of(id(36)), Some(4));
    assert_eq!(rows.place_of(id(32)), None);
}
