use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::analysis::Options;
use crate::analysis::fixture::{Case, world};
use crate::model::Status;

fn derived(case: &Case) -> Derived {
    Derived::new(Arc::new(case.assessment.clone()), Options::default(), None)
}

fn chart_of(case: &Case, scope: &Scope) -> (Provenance, Layout) {
    let chart = Provenance::new(&derived(case), scope);
    let layout = Layout::new(&chart, Room::PAPER, || Some(())).unwrap();
    (chart, layout)
}

fn incident(case: &Case) -> Scope {
    Scope { incident: case.assessment.incidents.ids().next(), ..Scope::default() }
}

/// A claim by its source with "!" where it is first-hand, a document by its title, a folded group by its heading.
fn name(chart: &Provenance, node: Node) -> String {
    match (chart.row(node), &chart.cards[node.card]) {
        (Some(row), _) => format!("{}{}", row.source_name, if row.is_first_hand { "!" } else { "" }),
        (None, Card { kind: CardKind::Document(_), title, .. }) => title.clone(),
        (None, card) => card.heading.clone(),
    }
}

/// The families, each with its cards by layer, then the edges, then the circles.
fn text(case: &Case, scope: &Scope) -> String {
    let (chart, layout) = chart_of(case, scope);
    let mut lines = Vec::new();
    for family in &chart.families {
        lines.push(format!("# {}", family.label));
        let mut xs: Vec<i64> = family.cards.iter().map(|card| layout.cards[*card].x as i64).collect();
        xs.sort_unstable();
        xs.dedup();
        for x in xs {
            let mut cards: Vec<usize> =
                family.cards.iter().copied().filter(|card| layout.cards[*card].x as i64 == x).collect();
            cards.sort_by(|a, b| layout.cards[*a].y.total_cmp(&layout.cards[*b].y));
            let of_card = |card: usize| {
                chart.nodes_of(card).map(|node| name(&chart, node)).collect::<Vec<_>>().join(" ")
            };
            let cards: Vec<String> = cards.into_iter().map(|card| format!("[{}]", of_card(card))).collect();
            lines.push(cards.join(" "));
        }
    }
    for edge in &chart.edges {
        let verb = if edge.kind == EdgeKind::Repeats { "repeats" } else { "relays" };
        let mark = if edge.circle.is_some() { " (circle)" } else { "" };
        lines.push(format!("{} {verb} {}{mark}", name(&chart, edge.repeat), name(&chart, edge.original)));
    }
    lines.extend(chart.circles.iter().map(|circle| circle.sentence.clone()));
    lines.push(chart.summary());
    lines.join("\n")
}

fn repeats(case: &mut Case, claim: Id<Claim>, others: &[Id<Claim>]) {
    case.change(claim, |claim| claim.repeats = others.to_vec());
}

fn in_document(case: &mut Case, source: &str, actor: &str, document: Id<Document>) -> Id<Claim> {
    let claim = case.blames(source, &[actor]);
    case.change(claim, |claim| claim.document = Some(document));
    claim
}

#[test]
fn a_chain_and_a_fan_begin_at_the_first_hand_claim() {
    let mut case = world();
    let [a, b, c, d, e] = ["A", "B", "C", "D", "E"].map(|source| case.blames(source, &["CIA"]));
    repeats(&mut case, b, &[a]);
    repeats(&mut case, c, &[b]);
    repeats(&mut case, d, &[a]);
    let _alone = e;
    insta::assert_snapshot!(text(&case, &incident(&case)), @"
    # 4 claims from one origin
    [A!]
    [B] [D]
    [C]
    # On their own: 1 claim
    [E!]
    B repeats A!
    C repeats B
    D repeats A!
    5 claims, 2 independent origins
    ");
}

#[test]
fn a_circle_of_claims_is_drawn_and_named() {
    let mut case = world();
    let [a, b] = ["A", "B"].map(|source| case.blames(source, &["CIA"]));
    repeats(&mut case, a, &[b]);
    repeats(&mut case, b, &[a]);
    insta::assert_snapshot!(text(&case, &incident(&case)), @"
    # Circular: 2 claims, none first-hand
    [A]
    [B]
    A repeats B (circle)
    B repeats A (circle)
    A repeats B, B repeats A: neither is an independent origin
    2 claims, 1 independent origin, 1 circle
    ");
}

#[test]
fn a_circle_of_documents_is_drawn_and_named() {
    let mut case = world();
    let [x, y, z] = ["X", "Y", "Z"].map(|title| case.document(title, &[]));
    for (document, other) in [(x, y), (y, z), (z, x)] {
        let mut record = case.assessment.get(document).unwrap().clone();
        record.relays = vec![other];
        case.put(record);
    }
    in_document(&mut case, "A", "CIA", x);
    insta::assert_snapshot!(text(&case, &incident(&case)), @"
    # 1 claim, 3 documents
    [X A!]
    [Z]
    [Y]
    X relays Y (circle)
    Y relays Z (circle)
    Z relays X (circle)
    X relays Y, Y relays Z, Z relays X: none of the 3 is an independent origin
    1 claim, 1 independent origin, 1 circle
    ");
}

/// A release, an article that relays it through an agency, a comment in the same article, and a claim without a document.
fn mixed() -> Case {
    let mut case = world();
    let release = case.document("Release", &[]);
    let agency = case.document("Agency", &[release]);
    let article = case.document("Article", &[agency]);
    let _unrelated = case.document("Cookery book", &[]);
    let original = in_document(&mut case, "Ministry", "CIA", release);
    in_document(&mut case, "Paper", "CIA", article);
    in_document(&mut case, "Expert", "NSA", article);
    let blog = case.blames("Blog", &["CIA"]);
    repeats(&mut case, blog, &[original]);
    case.change(blog, |claim| claim.status = Status::Retracted { on: None });
    case
}

#[test]
fn documents_hold_their_claims_and_tie_those_that_say_the_same() {
    let case = mixed();
    insta::assert_snapshot!(text(&case, &incident(&case)), @"
    # 3 claims from 2 independent origins
    [Release Ministry!]
    [Agency] [Blog]
    [Article Paper Expert!]
    Agency relays Release
    Article relays Agency
    Blog repeats Ministry!
    3 claims, 2 independent origins
    ");
    let claims_only = Scope { claims_only: true, ..incident(&case) };
    insta::assert_snapshot!(text(&case, &claims_only), @"
    # 2 claims from one origin
    [Ministry!]
    [Paper] [Blog]
    # On their own: 1 claim
    [Expert!]
    Blog repeats Ministry!
    Paper relays Ministry!
    3 claims, 2 independent origins
    ");
}

#[test]
fn a_node_is_said_in_words_and_the_table_says_the_same() {
    let case = mixed();
    let (chart, _) = chart_of(&case, &incident(&case));
    let said: Vec<String> = (0..chart.cards.len())
        .flat_map(|card| chart.nodes_of(card))
        .map(|node| chart.describe(node))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @"
    Release, relayed by Agency
    Ministry asserts: CIA, first-hand, repeated by Blog
    Agency, relays Release, relayed by Article
    Article, relays Agency
    Paper asserts: CIA, not first-hand
    Expert asserts: NSA, first-hand
    Blog asserts: CIA, no longer stands, repeats Ministry
    ");
    let table = chart.table();
    assert_eq!(table.rows.len(), chart.table_records().len());
    assert!(table.rows.contains(
        &["claim", "Paper", "CIA", "", "Article", "1", "repeats", "", ""].map(str::to_owned).to_vec()
    ));
}

#[test]
fn the_chain_of_a_node_goes_to_its_origin_and_to_its_repeats() {
    let case = mixed();
    let (chart, _) = chart_of(&case, &incident(&case));
    let agency = chart.node_of(case.find::<Document>("Agency").into()).unwrap();
    let names: Vec<String> = chart.chain(agency).into_iter().map(|node| name(&chart, node)).collect();
    assert_eq!(names, ["Release", "Agency", "Article"]);
}

#[test]
fn many_repeats_of_one_claim_are_folded_and_unfolded() {
    let mut case = world();
    let original = case.blames("Ministry", &["CIA"]);
    let papers: Vec<Id<Claim>> =
        (0..40).map(|number| case.blames(&format!("Paper {number}"), &["CIA"])).collect();
    for paper in &papers {
        repeats(&mut case, *paper, &[original]);
    }
    let (folded, _) = chart_of(&case, &incident(&case));
    let headings: Vec<&str> = folded.cards.iter().map(|card| card.heading.as_str()).collect();
    assert_eq!(headings, ["Ministry", "Paper 0", "Paper 1", "Paper 2", "+37 repeats"]);
    assert_eq!(folded.edges.len(), 4);
    assert_eq!(folded.families[0].label, "41 claims from one origin");
    assert_eq!(folded.node_of(papers[20].into()), Some(Node { card: 4, row: None }));
    let unfolded = BTreeSet::from([papers[0].into()]);
    let (whole, _) = chart_of(&case, &Scope { unfolded, ..incident(&case) });
    assert_eq!((whole.cards.len(), whole.edges.len()), (41, 40));
    // One of them that is itself repeated stands by itself.
    let echo = case.blames("Echo", &["CIA"]);
    repeats(&mut case, echo, &[papers[20]]);
    let (again, _) = chart_of(&case, &incident(&case));
    assert_eq!(again.cards.iter().filter(|card| card.heading == "+36 repeats").count(), 1);
    assert!(again.cards.iter().any(|card| card.heading == "Paper 20"));
}

/// Families of a claim that one other repeats, and claims that nobody repeats.
fn many(families: usize, singles: usize) -> Case {
    let mut case = world();
    for number in 0..families {
        let original = case.blames(&format!("Original {number}"), &["CIA"]);
        let repeat = case.blames(&format!("Repeat {number}"), &["CIA"]);
        repeats(&mut case, repeat, &[original]);
    }
    for number in 0..singles {
        case.blames(&format!("Single {number}"), &["CIA"]);
    }
    case
}

#[test]
fn the_room_is_filled() {
    let check = |families: usize, singles: usize, width: f32, height: f32, least: f32| {
        let chart = Provenance::new(&derived(&many(families, singles)), &Scope::default());
        let room = Room::of(width, height);
        let layout = Layout::new(&chart, room, || Some(())).unwrap();
        let zoom = layout.zoom(room);
        assert!(zoom >= least, "{families} and {singles} in {width} × {height}: {zoom}");
        let area: f32 = layout.cards.iter().map(|card| card.width * card.height).sum();
        area * zoom * zoom / (room.width() * room.height())
    };
    // A tall room and a wide one; what is written can be read from 0.6 on.
    check(4, 11, 700.0, 500.0, 0.7);
    check(4, 11, 1_340.0, 760.0, 1.0);
    check(0, 12, 700.0, 500.0, 0.9);
    check(3, 0, 400.0, 700.0, 0.55);
    // Where there are many they cover at least half of the room.
    for (width, height) in [(700.0, 500.0), (1_340.0, 760.0), (500.0, 900.0)] {
        let covered = check(40, 200, width, height, 0.0);
        assert!(covered > 0.5, "{covered} of {width} × {height}");
    }
}

#[test]
fn cards_are_wider_where_there_is_room() {
    let check = |families: usize, singles: usize, (width, height): (f32, f32), expect: f32| {
        let chart = Provenance::new(&derived(&many(families, singles)), &Scope::default());
        let room = Room::of(width, height);
        let layout = Layout::new(&chart, room, || Some(())).unwrap();
        assert_eq!(layout.sizes.card_width, expect, "{families} families and {singles} singles");
        assert!(layout.cards.iter().all(|card| card.width == expect));
        let narrow = Layout::with_sizes(&chart, SIZES, room, || Some(())).unwrap();
        assert!(layout.zoom(room) >= narrow.zoom(room));
    };
    check(1, 2, (1_340.0, 760.0), 360.0);
    check(1, 400, (1_340.0, 760.0), SIZES.card_width);
    // Too high to be shown at a zoom of 1, with room beside it.
    check(4, 0, (900.0, 420.0), 360.0);
}

#[test]
fn cards_on_their_own_stand_under_the_families_first() {
    let chart = Provenance::new(&derived(&many(1, 8)), &Scope::default());
    let layout = Layout::with_sizes(&chart, SIZES, Room::of(700.0, 500.0), || Some(())).unwrap();
    let (family, label) = (layout.families[0], layout.alone.unwrap());
    assert!(label.y >= family.y + family.height, "{label:?}");
    // Beneath the cards of the family.
    let of = |alone: bool| {
        let cards = chart.cards.iter().zip(&layout.cards);
        let mut xs: Vec<i64> =
            cards.filter(|(card, _)| (card.family == 1) == alone).map(|(_, frame)| frame.x as i64).collect();
        xs.sort_unstable();
        xs.dedup();
        xs
    };
    assert_eq!(of(true), of(false));
}

/// Claims of one incident in some documents, with repeats and relays between any of them.
fn arbitrary_case() -> impl Strategy<Value = Case> {
    let claims =
        prop::collection::vec((0_usize..8, prop::collection::vec(0_usize..30, 0..3), 0_i16..3), 1..30);
    let relays = prop::collection::vec(prop::collection::vec(0_usize..6, 0..3), 6);
    (claims, relays).prop_map(|(claims, relays)| {
        let mut case = world();
        let documents: Vec<Id<Document>> =
            (0..relays.len()).map(|number| case.document(&format!("Document {number}"), &[])).collect();
        for (document, relays) in documents.iter().zip(&relays) {
            let mut record = case.assessment.get(*document).unwrap().clone();
            record.relays = relays.iter().map(|other| documents[*other]).collect();
            case.put(record);
        }
        let ids: Vec<Id<Claim>> =
            (0..claims.len()).map(|number| case.blames(&format!("Source {number}"), &["CIA"])).collect();
        for (id, (document, repeats, year)) in ids.iter().zip(&claims) {
            case.change(*id, |claim| {
                claim.document = documents.get(*document).copied();
                claim.repeats = repeats.iter().filter_map(|other| ids.get(*other)).copied().collect();
                claim.stated_on = PartialDate::year(2000 + *year);
            });
        }
        case
    })
}

fn records(chart: &Provenance) -> Vec<AnyId> {
    let nodes = (0..chart.cards.len()).flat_map(|card| chart.nodes_of(card));
    let mut records: Vec<AnyId> = nodes.filter_map(|node| chart.record(node)).collect();
    for card in &chart.cards {
        if let CardKind::Folded { claims, .. } = &card.kind {
            records.extend(claims.iter().map(|claim| AnyId::from(*claim)));
        }
    }
    records.sort_unstable();
    records
}

/// For each card the cards that can be reached from it.
fn reach(chart: &Provenance, from: usize) -> BTreeSet<usize> {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        for edge in chart.edges.iter().filter(|edge| edge.original.card == at) {
            if seen.insert(edge.repeat.card) {
                open.push(edge.repeat.card);
            }
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_node_is_placed_once_and_nothing_overlaps(case in arbitrary_case(), claims_only: bool) {
        let scope = Scope { claims_only, ..incident(&case) };
        let (chart, layout) = chart_of(&case, &scope);
        let placed = records(&chart);
        let claims = placed.iter().filter(|record| record.typed::<Claim>().is_some()).count();
        prop_assert_eq!(claims, case.assessment.claims.len());
        prop_assert!(placed.windows(2).all(|pair| pair[0] != pair[1]));
        let mut in_families: Vec<usize> = chart.families.iter().flat_map(|it| it.cards.clone()).collect();
        in_families.sort_unstable();
        prop_assert_eq!(in_families, (0..chart.cards.len()).collect::<Vec<_>>());
        for (place, frame) in layout.cards.iter().enumerate() {
            prop_assert!(frame.x >= 0.0 && frame.x + frame.width <= layout.width);
            prop_assert!(frame.y >= 0.0 && frame.y + frame.height <= layout.height);
            for other in &layout.cards[place + 1..] {
                prop_assert!(!frame.overlaps(other));
            }
        }
        let (families, _) = layout.families.split_at(chart.related);
        for (place, frame) in families.iter().enumerate() {
            prop_assert!(families[place + 1..].iter().all(|other| !frame.overlaps(other)));
            // The cards on their own, and the line above them, stand beside families, not in them.
            prop_assert!(layout.alone.is_none_or(|label| !label.overlaps(frame)));
            for (card, place) in chart.cards.iter().zip(&layout.cards) {
                prop_assert!(card.family < chart.related || !place.overlaps(frame));
            }
        }
    }

    #[test]
    fn another_room_is_the_same_as_a_layout_for_it(case in arbitrary_case(), narrow in 200_u16..2_000, low in 200_u16..2_000) {
        let (chart, layout) = chart_of(&case, &incident(&case));
        let room = Room::of(f32::from(narrow), f32::from(low));
        let moved = layout.in_room(&chart, room, || Some(())).unwrap();
        let new = Layout::new(&chart, room, || Some(())).unwrap();
        prop_assert_eq!(moved.sizes, new.sizes);
        prop_assert!((moved.width - new.width).abs() < 0.1 && (moved.height - new.height).abs() < 0.1);
        for (moved, new) in moved.cards.iter().zip(&new.cards) {
            prop_assert!((moved.x - new.x).abs() < 0.1 && (moved.y - new.y).abs() < 0.1);
        }
    }

    #[test]
    fn edges_lead_to_the_right_but_those_of_circles(case in arbitrary_case(), claims_only: bool) {
        let scope = Scope { claims_only, ..incident(&case) };
        let (chart, layout) = chart_of(&case, &scope);
        for (edge, points) in chart.edges.iter().zip(&layout.edges) {
            let closes = reach(&chart, edge.repeat.card).contains(&edge.original.card);
            let (first, last) = (points.first().unwrap(), points.last().unwrap());
            prop_assert!(closes || first.x < last.x, "{edge:?} {points:?}");
            if edge.original.card != edge.repeat.card {
                for pair in points.windows(2) {
                    prop_assert_eq!(pair[0].x < pair[1].x, first.x < last.x);
                }
            }
        }
    }

    #[test]
    fn the_counts_are_the_sums_of_their_families(case in arbitrary_case(), claims_only: bool) {
        for scope in [Scope { claims_only, ..incident(&case) }, Scope { claims_only, ..Scope::default() }] {
            let (chart, _) = chart_of(&case, &scope);
            for explanation in [chart.explain_claims(), chart.explain_origins()] {
                prop_assert!(explanation.remainder().is_none_or(|rest| rest.abs() < 1e-9), "{explanation:#?}");
            }
        }
    }

    #[test]
    fn the_same_is_laid_out_the_same(case in arbitrary_case()) {
        prop_assert_eq!(chart_of(&case, &incident(&case)), chart_of(&case, &incident(&case)));
    }

    #[test]
    fn an_unrelated_claim_moves_nothing_within_a_family(case in arbitrary_case()) {
        let scope = incident(&case);
        // Cards are wider where there is room to spare; that is not what is meant.
        let lay_out = |case: &Case| {
            let (chart, _) = chart_of(case, &scope);
            let layout = Layout::with_sizes(&chart, SIZES, Room::PAPER, || Some(())).unwrap();
            (chart, layout)
        };
        let (chart, layout) = lay_out(&case);
        let mut more = case;
        let mut claim = more.assessment.claims.iter().next().unwrap().clone();
        claim.id = Id::new(crate::model::Uuid::from_u128(u128::MAX));
        (claim.repeats, claim.document) = (Vec::new(), None);
        more.put(claim);
        let (chart_after, layout_after) = lay_out(&more);
        prop_assert_eq!(chart.related, chart_after.related);
        for family in 0..chart.related {
            let within = |chart: &Provenance, layout: &Layout| -> Vec<(Option<AnyId>, f32, f32)> {
                let frame = layout.families[family];
                let cards = chart.families[family].cards.iter();
                cards
                    .map(|card| {
                        let node = chart.nodes_of(*card).next().unwrap();
                        let place = layout.cards[*card];
                        (chart.record(node), place.x - frame.x, place.y - frame.y)
                    })
                    .collect()
            };
            prop_assert_eq!(within(&chart, &layout), within(&chart_after, &layout_after));
        }
    }
}
