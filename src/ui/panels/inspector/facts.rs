//! What the inspector has to look up or count: kept until the document or the selection changes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::incident::RelationCounts;
use crate::analysis::relation::Standing;
use crate::analysis::weight::{ProbabilityFrom, Weight};
use crate::analysis::{Options, Relation};
use crate::edit::Revision;
use crate::model::{AnyId, Claim, Comment, Id, Kind, Rating};
use crate::ui::ViewContext;

/// How many records of one kind are listed among those that mention a record.
const LISTED: usize = 8;

/// What follows from everything for one record.
#[derive(Debug)]
pub(super) struct Facts {
    key: Key,
    /// The records that mention it, by kind.
    pub mentioned_by: BTreeMap<Kind, Mentions>,
    /// The remarks on it, the oldest first; for a rating also those on its cell.
    pub comments: Vec<Id<Comment>>,
    /// For a rating: all ratings of its cell, the latest first, and whether each holds.
    pub cell: Vec<(Id<Rating>, bool)>,
    /// For a claim: what it weighs, and how it stands to the others.
    pub claim: Option<ClaimFacts>,
}

#[derive(Debug, PartialEq)]
struct Key {
    record: AnyId,
    revision: Revision,
    options: Options,
}

/// Records of one kind that mention a record.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// The first ones.
    pub listed: Vec<AnyId>,
    /// How many there are.
    pub count: usize,
}

/// What follows for a claim.
#[derive(Debug)]
pub(super) struct ClaimFacts {
    /// What it weighs.
    pub weight: Weight,
    /// The other claims of its origin; empty where it stands alone.
    pub same_origin: Vec<Id<Claim>>,
    /// The first-hand claim of its origin; `None` where the claim does not count.
    pub first_hand: Option<Id<Claim>>,
    /// How the other claims that count stand to it, in the order in which relations are listed.
    pub relations: Vec<(Relation, u64)>,
    /// The claims about the same incident, or about links where it is one.
    pub neighbours: Vec<Id<Claim>>,
}

impl Facts {
    /// The facts of a record: the kept ones where they still hold.
    pub fn of<'a>(kept: &'a mut Option<Self>, cx: &ViewContext<'_>, record: AnyId) -> &'a Self {
        let key = Key { record, revision: cx.revision, options: cx.derived.options() };
        let still_holds = kept.take().filter(|facts| facts.key == key);
        kept.insert(still_holds.unwrap_or_else(|| Self::new(cx, key)))
    }

    fn new(cx: &ViewContext<'_>, key: Key) -> Self {
        let mut mentioned_by: BTreeMap<Kind, Mentions> = BTreeMap::new();
        let mut before = None;
        for (id, _) in cx.derived.references_to(key.record) {
            // One record may mention another in several fields.
            if before.replace(id) == Some(id) {
                continue;
            }
            let mentions = mentioned_by.entry(id.kind).or_default();
            mentions.count += 1;
            if mentions.listed.len() < LISTED {
                mentions.listed.push(id);
            }
        }
        let claim = key.record.typed::<Claim>().and_then(|id| cx.assessment.get(id));
        let claim = claim.map(|claim| ClaimFacts::new(cx, claim));
        Self { mentioned_by, comments: comments(cx, key.record), cell: cell(cx, key.record), claim, key }
    }
}

/// The remarks on a record; for a rating also those on its cell.
fn comments(cx: &ViewContext<'_>, record: AnyId) -> Vec<Id<Comment>> {
    let cell = rating(cx, record).map(|rating| (rating.evidence, rating.hypothesis));
    let is_on = |comment: &&Comment| comment.on == record || cell.is_some() && comment.cell() == cell;
    let mut found: Vec<&Comment> = cx.assessment.comments.iter().filter(is_on).collect();
    found.sort_by_key(|comment| (comment.at, comment.id));
    found.into_iter().map(|comment| comment.id).collect()
}

/// All ratings of the cell of a rating, the latest first, and whether each holds.
fn cell(cx: &ViewContext<'_>, record: AnyId) -> Vec<(Id<Rating>, bool)> {
    let Some(rating) = rating(cx, record) else { return Vec::new() };
    let Some(evidence) = cx.assessment.get(rating.evidence) else { return Vec::new() };
    let matrix = cx.derived.matrix(evidence.incident);
    let row = matrix.items.iter().position(|item| item.evidence == rating.evidence);
    let column = matrix.hypotheses.iter().position(|id| *id == rating.hypothesis);
    let Some(cell) = row.zip(column).and_then(|(row, column)| matrix.cell(row, column)) else {
        return Vec::new();
    };
    let holding = cell.votes.iter().map(|vote| (vote.rating, true));
    let mut all: Vec<_> = holding.chain(cell.earlier.iter().map(|id| (*id, false))).collect();
    all.sort_by_key(|(id, _)| Reverse(cx.assessment.get(*id).map(|rating| (rating.rated_at, rating.id))));
    all
}

fn rating<'a>(cx: &ViewContext<'a>, record: AnyId) -> Option<&'a Rating> {
    cx.assessment.ratings.get(record.typed()?)
}

impl ClaimFacts {
    fn new(cx: &ViewContext<'_>, claim: &Claim) -> Self {
        let weight = Weight::of(cx.assessment, claim);
        let Some(incident) = claim.proposition.incident() else {
            let neighbours = cx.derived.links().map(|claim| claim.id).collect();
            return Self {
                weight,
                same_origin: Vec::new(),
                first_hand: None,
                relations: Vec::new(),
                neighbours,
            };
        };
        let results = cx.derived.incident(incident);
        let origin = results.origin_of(claim.id).and_then(|place| results.origins().get(place));
        let others = origin.into_iter().flat_map(|origin| &origin.claims);
        let place = results.claims().iter().position(|other| other.id == claim.id);
        let mut counts = [0; 6];
        for other in (0..results.claims().len()).filter(|other| Some(*other) != place) {
            let standing: Option<Standing> = place.and_then(|place| results.standing(place, other));
            let Some(standing) = standing else { continue };
            for (count, _) in counts.iter_mut().zip(Relation::ALL).filter(|(_, it)| *it == standing.relation)
            {
                *count += 1;
            }
        }
        Self {
            weight,
            same_origin: others.copied().filter(|id| *id != claim.id).collect(),
            first_hand: origin.map(|origin| origin.first_hand),
            relations: Relation::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect(),
            neighbours: results.all_claims().iter().map(|claim| claim.id).collect(),
        }
    }
}

/// Where the probability of a claim comes from, in words.
pub(super) fn origin_of_probability(from: ProbabilityFrom) -> String {
    let words = match from {
        ProbabilityFrom::StandardWords(standard) => {
            return format!("the middle of the band that {standard} gives its words");
        }
        ProbabilityFrom::StatedRange => "the middle of the stated range",
        ProbabilityFrom::UnquantifiedHedge => "by convention, for a hedge that is in no standard’s words",
        ProbabilityFrom::Unhedged => "by convention, stated without a hedge",
    };
    words.to_owned()
}

/// What is said of the whole when nothing is selected.
#[derive(Debug)]
pub(super) struct Summary {
    key: (Revision, Options),
    /// How many claims count.
    pub claims: usize,
    /// How many independent origins they have.
    pub origins: usize,
    /// How many incidents have claims that contradict one another.
    pub contested: usize,
    /// The relations of all pairs.
    pub relations: Vec<(Relation, u64)>,
}

impl Summary {
    /// The summary of the whole: the kept one where it still holds.
    pub fn of<'a>(kept: &'a mut Option<Self>, cx: &ViewContext<'_>) -> &'a Self {
        let key = (cx.revision, cx.derived.options());
        let still_holds = kept.take().filter(|summary| summary.key == key);
        kept.insert(still_holds.unwrap_or_else(|| Self::new(cx, key)))
    }

    fn new(cx: &ViewContext<'_>, key: (Revision, Options)) -> Self {
        let mut summary = Self { key, claims: 0, origins: 0, contested: 0, relations: Vec::new() };
        let mut counts = [0; 6];
        for incident in cx.assessment.incidents.ids() {
            let results = cx.derived.incident(incident);
            summary.claims += results.claims().len();
            summary.origins += results.origins().len();
            summary.contested += usize::from(results.is_contested());
            let relations: &RelationCounts = results.relations();
            for (count, (_, more)) in counts.iter_mut().zip(relations.iter()) {
                *count += more;
            }
        }
        summary.relations = Relation::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        summary
    }
}
