//! Whether a change has broken the structure: what was touched is looked at, and what leads to what is gone.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::{Actor, AnyId, Assessment, Claim, Entity, Incident, Record, Status};
use super::{Check, Finding};

/// How many records are worth a task of their own.
const PIECE: usize = 1024;

/// What breaks the structure at these places, where `None` is the header: references that lead nowhere, numbers that are
/// none, circles. Of a place whose record is gone: what still refers to it.
///
/// Takes time in proportion to the places, and to the assessment only where a record is gone.
pub fn broken_at(assessment: &Assessment, places: &BTreeSet<Option<AnyId>>) -> Vec<Finding> {
    let (mut there, gone): (BTreeSet<AnyId>, BTreeSet<AnyId>) =
        places.iter().flatten().copied().partition(|id| assessment.contains(*id));
    if !gone.is_empty() {
        assessment.for_each_reference(&mut |from, reference| {
            if gone.contains(&reference.target) {
                there.insert(from);
            }
        });
    }
    let there: Vec<AnyId> = there.into_iter().collect();
    let begin = || Check { assessment, exists_elsewhere: &|_| false, record: None, findings: Vec::new() };
    let pieces: Vec<Vec<Finding>> = there
        .par_chunks(PIECE)
        .map(|piece| {
            let mut check = begin();
            piece.iter().filter_map(|id| assessment.record(*id)).for_each(|record| check.one(&record));
            check.findings
        })
        .collect();
    let mut check = begin();
    if places.contains(&None) {
        check.header();
    }
    check.findings.extend(pieces.into_iter().flatten());
    check.circles_from(&there);
    check.findings.retain(|finding| finding.blocks_opening);
    check.findings
}

impl<'a> Check<'a> {
    fn one(&mut self, record: &Record) {
        match record {
            Record::Analyst(it) => self.look_at(&**it, Self::analyst),
            Record::Source(it) => self.look_at(&**it, Self::source),
            Record::Document(it) => self.look_at(&**it, Self::document),
            Record::Actor(it) => self.look_at(&**it, Self::actor),
            Record::Incident(it) => self.look_at(&**it, Self::incident),
            Record::Claim(it) => self.look_at(&**it, Self::claim),
            Record::Evidence(it) => self.look_at(&**it, Self::evidence),
            Record::Hypothesis(it) => self.look_at(&**it, Self::hypothesis),
            Record::Rating(it) => self.look_at(&**it, Self::rating),
            Record::Assumption(it) => self.look_at(&**it, Self::assumption),
            Record::Indicator(it) => self.look_at(&**it, Self::indicator),
            Record::Judgement(it) => self.look_at(&**it, Self::judgement),
            Record::Comment(it) => self.look_at(&**it, Self::comment),
            Record::Exercise(it) => self.look_at(&**it, Self::exercise),
            Record::Outcome(it) => self.look_at(&**it, Self::outcome),
        }
    }

    fn look_at<T: Entity>(&mut self, record: &T, look: fn(&mut Check<'a>, &T)) {
        self.record = Some(record.id().into());
        self.references(record);
        look(self, record);
    }

    /// Reports the circles that break the structure and can be reached from these records.
    fn circles_from(&mut self, records: &[AnyId]) {
        let assessment = self.assessment;
        let wider = |id: AnyId| -> Vec<AnyId> {
            let actor = id.typed::<Actor>().and_then(|id| assessment.get(id));
            actor.iter().flat_map(|it| &it.belongs_to).map(|id| AnyId::from(*id)).collect()
        };
        self.report(reachable(records, wider).into_iter(), "belongs_to", "belongs to");
        let later = |id: AnyId| match id.typed::<Claim>().and_then(|id| assessment.get(id))?.status {
            Status::Superseded { by } => by.map(AnyId::from),
            _ => None,
        };
        let edges = reachable(records, |id| later(id).into_iter().collect());
        self.report(edges.into_iter(), "status.by", "is superseded by");
        let campaign =
            |id: AnyId| id.typed::<Incident>().and_then(|id| assessment.get(id))?.campaign.map(AnyId::from);
        let edges = reachable(records, |id| campaign(id).into_iter().collect());
        self.report(edges.into_iter(), "campaign", "is part of");
    }
}

/// All steps that can be taken from these records on.
fn reachable(from: &[AnyId], next: impl Fn(AnyId) -> Vec<AnyId>) -> Vec<(AnyId, AnyId)> {
    let mut edges = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<AnyId> = from.to_vec();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let targets = next(id);
            edges.extend(targets.iter().map(|target| (id, *target)));
            open.extend(targets);
        }
    }
    edges
}
