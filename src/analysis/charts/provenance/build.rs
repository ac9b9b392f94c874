//! Makes the cards, edges, families and circles.

use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::words;
use super::{Card, CardKind, CircleMark, ClaimRow, Edge, EdgeKind, Family, Node, Provenance, Scope};
use crate::analysis::Derived;
use crate::model::{
    AnyId, Assessment, Claim, Document, Id, Incident, PartialDate, Proposition, Stance, Status,
};

/// From how many cards on that repeat the same in the same way most of them are folded into one.
const FOLDED_FROM: usize = 6;
/// How many of those are still shown one by one: the first ones.
const SHOWN_OF_FOLDED: usize = 3;

/// What the origins say about one claim.
#[derive(Clone, Copy)]
struct OriginFacts {
    number: usize,
    is_first_hand: bool,
    is_circular: bool,
}

pub(super) fn build(derived: &Derived, scope: &Scope) -> Provenance {
    let assessment = derived.assessment();
    let claims = claims(derived, scope);
    let (origins, origin_of) = origins(derived, scope, &claims);
    let circle_records = circles(derived);
    let circle_of: FxHashMap<AnyId, usize> = circle_records
        .iter()
        .enumerate()
        .flat_map(|(place, records)| records.iter().map(move |record| (*record, place)))
        .collect();
    let row = |claim: &Claim| row(assessment, scope, claim, origin_of.get(&claim.id), &circle_of);
    let mut cards = cards(assessment, scope, &claims, &circle_of, &row);
    let mut edges = edges(assessment, scope, &cards, &circle_records);
    fold(scope, &mut cards, &mut edges);

    let mut chart = Provenance {
        claims: claims.iter().filter(|claim| claim.status == Status::Standing).count(),
        origins,
        set_aside: claims.iter().filter(|claim| claim.status != Status::Standing).count(),
        documents: cards.iter().filter(|card| matches!(card.kind, CardKind::Document(_))).count(),
        cards,
        edges,
        ..Provenance::default()
    };
    families(assessment, scope, &mut chart, &origin_of);
    mark_circles(assessment, &mut chart, circle_records);
    for (number, edge) in chart.edges.iter().enumerate() {
        chart.edges_at.entry(edge.original).or_default().push(number);
        if edge.repeat != edge.original {
            chart.edges_at.entry(edge.repeat).or_default().push(number);
        }
    }
    chart
}

/// The claims in scope, by identifier.
fn claims<'a>(derived: &'a Derived, scope: &Scope) -> Vec<&'a Claim> {
    match scope.incident {
        Some(incident) => derived.claims_of(incident).iter().map(AsRef::as_ref).collect(),
        None => derived.assessment().claims.iter().collect(),
    }
}

/// How many origins there are, and to which one each standing claim goes back.
fn origins(
    derived: &Derived,
    scope: &Scope,
    claims: &[&Claim],
) -> (usize, FxHashMap<Id<Claim>, OriginFacts>) {
    let mut incidents: Vec<Id<Incident>> = match scope.incident {
        Some(incident) => vec![incident],
        None => claims.iter().filter_map(|claim| claim.proposition.incident()).collect(),
    };
    incidents.sort_unstable();
    incidents.dedup();
    let mut facts = FxHashMap::default();
    let mut number = 0;
    for incident in incidents {
        for origin in derived.incident(incident).origins() {
            for claim in origin.claims.iter().chain(std::iter::once(&origin.first_hand)) {
                let is_first_hand = origin.first_hand == *claim && !origin.is_circular;
                facts.insert(*claim, OriginFacts { number, is_first_hand, is_circular: origin.is_circular });
            }
            number += 1;
        }
    }
    (number, facts)
}

/// The records of each circle: those of claims, those of documents, and those of both.
fn circles(derived: &Derived) -> Vec<Vec<AnyId>> {
    let circles = derived.circles();
    circles
        .repeats
        .iter()
        .chain(&circles.relays)
        .chain(&circles.mixed)
        .map(|circle| circle.records.clone())
        .collect()
}

fn row(
    assessment: &Assessment,
    scope: &Scope,
    claim: &Claim,
    origin: Option<&OriginFacts>,
    circle_of: &FxHashMap<AnyId, usize>,
) -> ClaimRow {
    let is_standing = claim.status == Status::Standing;
    let says = match (&claim.proposition, claim.stance) {
        (Proposition::Attribution { .. }, Stance::Denies) => {
            format!("denies: {}", assessment.actors_text(claim))
        }
        (Proposition::Attribution { .. }, _) => assessment.actors_text(claim),
        _ => assessment.proposition_text(claim),
    };
    // Where all incidents are shown, what is said of one is no answer for another.
    let is_elsewhere = scope.incident.is_some() && claim.proposition.incident() != scope.incident;
    ClaimRow {
        claim: claim.id,
        source_name: assessment.name_of(claim.source),
        says: if is_elsewhere { assessment.proposition_text(claim) } else { says },
        stance: claim.stance,
        confidence: claim.confidence,
        stated_on: claim.stated_on,
        origin: origin.filter(|_| is_standing).map(|origin| origin.number),
        is_first_hand: origin.map_or_else(|| claim.repeats.is_empty(), |origin| origin.is_first_hand),
        is_standing,
        circle: circle_of.get(&claim.id.into()).copied(),
    }
}

/// By date, those without one last, and then by identifier.
type Order = (bool, Option<PartialDate>, AnyId);

fn cards(
    assessment: &Assessment,
    scope: &Scope,
    claims: &[&Claim],
    circle_of: &FxHashMap<AnyId, usize>,
    row: &dyn Fn(&Claim) -> ClaimRow,
) -> Vec<Card> {
    let mut cards: Vec<(Order, Card)> = Vec::new();
    let mut rows: FxHashMap<Id<Document>, Vec<ClaimRow>> = FxHashMap::default();
    for claim in claims {
        match claim.document.filter(|id| !scope.claims_only && assessment.documents.contains(*id)) {
            Some(document) => rows.entry(document).or_default().push(row(claim)),
            None => {
                let row = row(claim);
                let card = Card {
                    kind: CardKind::Claim(claim.id),
                    heading: row.source_name.clone(),
                    title: String::new(),
                    date: claim.stated_on,
                    rows: vec![row],
                    circle: None,
                    family: 0,
                };
                cards.push(((card.date.is_none(), card.date, claim.id.into()), card));
            }
        }
    }
    let shown = if scope.claims_only { Vec::new() } else { documents(assessment, scope, &rows) };
    for document in shown {
        let mut rows = rows.remove(&document.id).unwrap_or_default();
        rows.sort_by_key(|row| (row.stated_on.is_none(), row.stated_on, row.claim));
        let date = document.published.or_else(|| rows.iter().filter_map(|row| row.stated_on).min());
        let card = Card {
            kind: CardKind::Document(document.id),
            heading: document.publisher.map(|publisher| assessment.name_of(publisher)).unwrap_or_default(),
            title: document.title.clone(),
            date,
            rows,
            circle: circle_of.get(&document.id.into()).copied(),
            family: 0,
        };
        cards.push(((date.is_none(), date, document.id.into()), card));
    }
    cards.sort_by_key(|(order, _)| *order);
    cards.into_iter().map(|(_, card)| card).collect()
}

/// The documents that hold a claim in scope, and those that hang together with them by relays; of the whole assessment
/// also those that relay another or are relayed.
fn documents<'a>(
    assessment: &'a Assessment,
    scope: &Scope,
    rows: &FxHashMap<Id<Document>, Vec<ClaimRow>>,
) -> Vec<&'a Document> {
    let numbers: FxHashMap<Id<Document>, usize> =
        assessment.documents.ids().enumerate().map(|(number, id)| (id, number)).collect();
    let mut groups = UnionFind::<usize>::new(numbers.len());
    let mut is_tied = vec![false; numbers.len()];
    for (number, document) in assessment.documents.iter().enumerate() {
        for other in document.relays.iter().filter_map(|id| numbers.get(id)) {
            groups.union(number, *other);
            for end in [number, *other] {
                if let Some(tied) = is_tied.get_mut(end) {
                    *tied = true;
                }
            }
        }
    }
    let group_of = groups.into_labeling();
    let wanted: FxHashSet<usize> =
        rows.keys().filter_map(|id| group_of.get(*numbers.get(id)?)).copied().collect();
    let is_shown = |number: usize| {
        let is_tied = is_tied.get(number).copied().unwrap_or_default();
        (scope.incident.is_none() && is_tied)
            || group_of.get(number).is_some_and(|group| wanted.contains(group))
    };
    assessment
        .documents
        .iter()
        .enumerate()
        .filter(|(number, _)| is_shown(*number))
        .map(|(_, it)| it)
        .collect()
}

/// Where each claim and document stands on the cards.
struct Places {
    claims: FxHashMap<Id<Claim>, Node>,
    documents: FxHashMap<Id<Document>, Node>,
}

impl Places {
    fn of(cards: &[Card]) -> Self {
        let mut places = Self { claims: FxHashMap::default(), documents: FxHashMap::default() };
        for (card, content) in cards.iter().enumerate() {
            if let CardKind::Document(document) = &content.kind {
                places.documents.insert(*document, Node { card, row: None });
            }
            for (row, claim) in content.rows.iter().enumerate() {
                places.claims.insert(claim.claim, Node { card, row: Some(row) });
            }
        }
        places
    }
}

fn edges(assessment: &Assessment, scope: &Scope, cards: &[Card], circles: &[Vec<AnyId>]) -> Vec<Edge> {
    let places = Places::of(cards);
    let in_circle: FxHashMap<(AnyId, AnyId), usize> = circles
        .iter()
        .enumerate()
        .flat_map(|(place, records)| {
            let next = records.iter().cycle().skip(1);
            records.iter().zip(next).map(move |(from, to)| ((*from, *to), place))
        })
        .collect();
    let mut edges = Vec::new();
    let mut push = |kind, original, repeat, ends: (AnyId, AnyId)| {
        edges.push(Edge { kind, original, repeat, circle: in_circle.get(&ends).copied() });
    };
    for (card, content) in cards.iter().enumerate() {
        if let CardKind::Document(id) = &content.kind {
            let relayed = assessment.get(*id).map_or(&[][..], |document| document.relays.as_slice());
            for other in relayed {
                if let Some(original) = places.documents.get(other) {
                    push(
                        EdgeKind::Relays,
                        *original,
                        Node { card, row: None },
                        ((*id).into(), (*other).into()),
                    );
                }
            }
        }
        for (row, claim) in content.rows.iter().enumerate() {
            let Some(record) = assessment.get(claim.claim) else { continue };
            let repeat = Node { card, row: Some(row) };
            for other in &record.repeats {
                if let Some(original) = places.claims.get(other) {
                    push(EdgeKind::Repeats, *original, repeat, (record.id.into(), (*other).into()));
                }
            }
        }
    }
    if scope.claims_only {
        edges.extend(ties(assessment, cards, &places));
    }
    edges
}

/// What relays tie together where documents are not shown: each claim with the nearest ones of its origin in the documents that
/// its own relays.
fn ties(assessment: &Assessment, cards: &[Card], places: &Places) -> Vec<Edge> {
    let mut said: FxHashMap<(Id<Document>, usize), Vec<Id<Claim>>> = FxHashMap::default();
    let rows = || cards.iter().flat_map(|card| &card.rows);
    for row in rows() {
        let document = assessment.get(row.claim).and_then(|claim| claim.document);
        if let (Some(document), Some(origin)) = (document, row.origin) {
            said.entry((document, origin)).or_default().push(row.claim);
        }
    }
    let mut edges = Vec::new();
    for row in rows() {
        let Some(claim) = assessment.get(row.claim) else { continue };
        let (Some(own), Some(origin)) = (claim.document, row.origin) else { continue };
        let mut open = vec![own];
        let mut seen = FxHashSet::from_iter([own]);
        while let Some(at) = open.pop() {
            for relayed in assessment.get(at).into_iter().flat_map(|document| &document.relays) {
                if !seen.insert(*relayed) {
                    continue;
                }
                let Some(originals) = said.get(&(*relayed, origin)) else {
                    open.push(*relayed);
                    continue;
                };
                for original in originals.iter().filter(|original| !claim.repeats.contains(original)) {
                    if let (Some(original), Some(repeat)) =
                        (places.claims.get(original), places.claims.get(&row.claim))
                    {
                        let (original, repeat) = (*original, *repeat);
                        edges.push(Edge { kind: EdgeKind::Relays, original, repeat, circle: None });
                    }
                }
            }
        }
    }
    edges
}

/// What makes cards alike, so that many of them can be folded into one: to what they go back, and what they say.
type Likeness = (Vec<(EdgeKind, Node)>, Option<usize>, Option<Stance>);

/// Folds cards that go back to the same in the same way, to which nothing goes back, and of which there are many.
fn fold(scope: &Scope, cards: &mut Vec<Card>, edges: &mut Vec<Edge>) {
    let mut back: Vec<Vec<(EdgeKind, Node)>> = vec![Vec::new(); cards.len()];
    let mut is_leaf = vec![true; cards.len()];
    for edge in edges.iter() {
        if let Some(leaf) = is_leaf.get_mut(edge.original.card) {
            *leaf = false;
        }
        if let Some(back) = back.get_mut(edge.repeat.card) {
            back.push((edge.kind, edge.original));
        }
    }
    let mut alike: FxHashMap<Likeness, Vec<usize>> = FxHashMap::default();
    for (place, ((card, mut back), is_leaf)) in cards.iter().zip(back).zip(is_leaf).enumerate() {
        let is_marked = card.circle.is_some() || card.rows.iter().any(|row| row.circle.is_some());
        if !is_leaf || back.is_empty() || card.rows.len() > 1 || is_marked {
            continue;
        }
        back.sort_unstable();
        let row = card.rows.first();
        let likeness = (back, row.and_then(|row| row.origin), row.map(|row| row.stance));
        alike.entry(likeness).or_default().push(place);
    }
    let mut groups: Vec<Vec<usize>> =
        alike.into_values().filter(|group| group.len() >= FOLDED_FROM).collect();
    groups.sort_unstable();
    let mut target: Vec<Option<usize>> = vec![None; cards.len()];
    let mut folded: Vec<(usize, Card)> = Vec::new();
    for group in groups {
        let first = group.first().and_then(|place| cards.get(*place)).and_then(first_record);
        let Some(first) = first.filter(|first| !scope.unfolded.contains(first)) else { continue };
        let away = group.get(SHOWN_OF_FOLDED..).unwrap_or_default();
        let Some(at) = away.first().copied() else { continue };
        for place in away {
            if let Some(target) = target.get_mut(*place) {
                *target = Some(at);
            }
        }
        let claims = away.iter().filter_map(|place| cards.get(*place)).flat_map(|card| &card.rows);
        let claims: Vec<Id<Claim>> = claims.map(|row| row.claim).collect();
        let heading = words::folded_heading(away.len(), claims.len());
        let date = cards.get(at).and_then(|card| card.date);
        let kind = CardKind::Folded { first, cards: away.len(), claims };
        let card =
            Card { kind, heading, title: String::new(), date, rows: Vec::new(), circle: None, family: 0 };
        folded.push((at, card));
    }
    if folded.is_empty() {
        return;
    }
    // The folded card takes the place of the first one in it; the others go.
    for (at, card) in folded {
        if let Some(place) = cards.get_mut(at) {
            *place = card;
        }
    }
    let mut new_place = Vec::with_capacity(cards.len());
    let mut next = 0;
    for (place, target) in target.iter().enumerate() {
        let is_kept = target.is_none_or(|at| at == place);
        new_place.push(is_kept.then_some(next));
        next += usize::from(is_kept);
    }
    let mut places = new_place.iter();
    cards.retain(|_| places.next().is_some_and(Option::is_some));
    let moved = |node: Node| {
        let at = target.get(node.card).copied().flatten();
        let card = new_place.get(at.unwrap_or(node.card)).copied().flatten()?;
        Some(Node { card, row: if at.is_some() { None } else { node.row } })
    };
    let mut seen = FxHashSet::default();
    edges.retain_mut(|edge| {
        let (Some(original), Some(repeat)) = (moved(edge.original), moved(edge.repeat)) else { return false };
        (edge.original, edge.repeat) = (original, repeat);
        seen.insert((edge.kind, original, repeat))
    });
}

fn first_record(card: &Card) -> Option<AnyId> {
    match &card.kind {
        CardKind::Document(document) => Some((*document).into()),
        CardKind::Claim(claim) => Some((*claim).into()),
        CardKind::Folded { first, .. } => Some(*first),
    }
}

fn families(
    assessment: &Assessment,
    scope: &Scope,
    chart: &mut Provenance,
    origin_of: &FxHashMap<Id<Claim>, OriginFacts>,
) {
    let mut groups = UnionFind::<usize>::new(chart.cards.len());
    let mut is_related: FxHashSet<usize> = FxHashSet::default();
    for edge in &chart.edges {
        groups.union(edge.original.card, edge.repeat.card);
        is_related.extend([edge.original.card, edge.repeat.card]);
    }
    let labels = groups.into_labeling();
    let mut number_of: FxHashMap<usize, usize> = FxHashMap::default();
    let mut families: Vec<Family> = Vec::new();
    let mut alone = Family::default();
    for (card, label) in labels.iter().enumerate() {
        if !is_related.contains(&card) {
            alone.cards.push(card);
            continue;
        }
        let number = *number_of.entry(*label).or_insert_with(|| {
            families.push(Family::default());
            families.len() - 1
        });
        if let Some(family) = families.get_mut(number) {
            family.cards.push(card);
        }
    }
    chart.related = families.len();
    if !alone.cards.is_empty() {
        families.push(alone);
    }
    for (number, family) in families.iter_mut().enumerate() {
        let mut origins: FxHashSet<usize> = FxHashSet::default();
        let mut incidents: FxHashSet<Option<Id<Incident>>> = FxHashSet::default();
        for place in &family.cards {
            let Some(card) = chart.cards.get_mut(*place) else { continue };
            card.family = number;
            let folded = match &card.kind {
                CardKind::Folded { claims, .. } => claims.as_slice(),
                _ => &[],
            };
            for id in card.rows.iter().map(|row| &row.claim).chain(folded) {
                let Some(claim) = assessment.get(*id).filter(|claim| claim.status == Status::Standing) else {
                    continue;
                };
                family.claims += 1;
                incidents.insert(claim.proposition.incident());
                if let Some(origin) = origin_of.get(id) {
                    origins.insert(origin.number);
                    family.is_circular |= origin.is_circular;
                }
            }
        }
        family.origins = origins.len();
        let incident = match (scope.incident, incidents.len()) {
            (None, 1) => incidents.into_iter().next().flatten(),
            _ => None,
        };
        let incident = incident.map(|incident| assessment.name_of(incident));
        let is_document = |card: &usize| {
            matches!(chart.cards.get(*card).map(|card| &card.kind), Some(CardKind::Document(_)))
        };
        let documents = family.cards.iter().filter(|card| is_document(card)).count();
        family.label = words::family(family, documents, number >= chart.related, incident);
    }
    chart.families = families;
}

/// Keeps the circles that are in sight, and says what they mean.
fn mark_circles(assessment: &Assessment, chart: &mut Provenance, circles: Vec<Vec<AnyId>>) {
    let places = Places::of(&chart.cards);
    let mut new_place: Vec<Option<usize>> = Vec::new();
    for records in circles {
        let node = |record: &AnyId| {
            let claim = record.typed::<Claim>().and_then(|claim| places.claims.get(&claim));
            claim.or_else(|| places.documents.get(&record.typed::<Document>()?)).copied()
        };
        let nodes: Vec<Node> = records.iter().filter_map(node).collect();
        new_place.push((!nodes.is_empty()).then_some(chart.circles.len()));
        if !nodes.is_empty() {
            let sentence = words::circle_sentence(assessment, &records);
            chart.circles.push(CircleMark { records, nodes, sentence });
        }
    }
    let moved = |circle: Option<usize>| new_place.get(circle?).copied().flatten();
    for card in &mut chart.cards {
        card.circle = moved(card.circle);
        for row in &mut card.rows {
            row.circle = moved(row.circle);
        }
    }
    for edge in &mut chart.edges {
        edge.circle = moved(edge.circle);
    }
}
