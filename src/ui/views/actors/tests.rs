use std::sync::Arc;

use super::lines::{Line, Wanted, lines};
use crate::analysis::{Derived, Options};
use crate::model::{
    Actor, ActorLevel, Alias, Assessment, Claim, Confidence, Entity, Header, Id, Nameable, Proposition,
    Source, SourceKind, Uuid, Verification,
};

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn actor(number: u128, name: &str, level: ActorLevel, belongs_to: &[u128], alias: &str) -> Actor {
    let aliases = [alias].into_iter().filter(|name| !name.is_empty());
    Actor {
        level,
        belongs_to: belongs_to.iter().map(|number| id(*number)).collect(),
        aliases: aliases.map(|name| Alias { name: name.to_owned(), coined_by: None }).collect(),
        ..Actor::named(id(number), name.to_owned())
    }
}

fn assessment() -> Assessment {
    let source =
        Source { kind: SourceKind::SecurityVendor, ..Source::named(id(1), "CrowdStrike".to_owned()) };
    let link = Claim {
        confidence: Some(Confidence::High),
        verification: Verification::WordingSeen,
        ..Claim::new(id(50), id(1), Proposition::SameActor { first: id(12), second: id(13) })
    };
    let records = [
        source.into_record(),
        actor(10, "China", ActorLevel::State, &[], "").into_record(),
        actor(11, "MSS", ActorLevel::Service, &[10], "").into_record(),
        actor(12, "Turbine Panda", ActorLevel::Cluster, &[11], "Black Vine").into_record(),
        actor(13, "APT26", ActorLevel::Cluster, &[10], "").into_record(),
        actor(14, "United States", ActorLevel::State, &[], "").into_record(),
        link.into_record(),
    ];
    Assessment::from_records(Header::default(), records)
}

#[test]
fn the_tree_shows_what_is_wanted_with_what_stands_above_it() {
    let derived = Derived::new(Arc::new(assessment()), Options::default(), None);
    let chart = derived.actor_chart();
    let check = |wanted: Wanted, expect: &[&str]| {
        let found: Vec<String> = lines(derived.assessment(), derived.hierarchy(), &chart, &wanted)
            .into_iter()
            .map(|line| match line {
                Line::Actor { row, is_context, .. } => {
                    let row = &chart.rows[row];
                    let mark = if is_context { "~" } else { "" };
                    format!("{}{mark}{}", "-".repeat(row.depth), row.name)
                }
                Line::Link { link, depth } => {
                    format!(
                        "{}link {}",
                        "-".repeat(depth),
                        derived.assessment().name_of(chart.links[link].second)
                    )
                }
            })
            .collect();
        assert_eq!(found, expect, "{wanted:?}");
    };
    let filter = |text: &str| Wanted { filter: text.to_owned(), ..Wanted::default() };
    check(
        Wanted::default(),
        &["China", "-MSS", "--Turbine Panda", "---link APT26", "-APT26", "United States"],
    );
    check(filter("black VINE"), &["~China", "-~MSS", "--Turbine Panda", "---link APT26"]);
    check(filter("crowdstrike"), &["~China", "-~MSS", "--Turbine Panda", "---link APT26"]);
    check(filter("nobody"), &[]);
    check(
        Wanted { hides_links: true, ..Wanted::default() },
        &["China", "-MSS", "--Turbine Panda", "-APT26", "United States"],
    );
    check(Wanted { folded: [id(10)].into(), ..Wanted::default() }, &["China", "United States"]);
    check(Wanted { only_named: true, ..Wanted::default() }, &[]);
}
