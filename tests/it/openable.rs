//! What the window can make it can open again: no change leads into a state that is refused.

use ascribe::edit::{self, Document, Transaction, discuss, judge, weigh};
use ascribe::model::validate::validate;
use ascribe::model::*;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use crate::arbitrary::{Draw, IDENTIFIERS, drawn};

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_leaves_an_assessment_that_can_be_opened((before, transactions) in changes()) {
        let mut document = Document::new(before);
        for transaction in transactions {
            let label = transaction.label.clone();
            document.commit(transaction).unwrap();
            prop_assert_eq!(blocking(document.assessment()), Vec::<String>::new(), "{}", label);
        }
        while document.undo().is_some() {
            prop_assert_eq!(blocking(document.assessment()), Vec::<String>::new());
        }
    }
}

fn blocking(assessment: &Assessment) -> Vec<String> {
    let found = validate(assessment).into_iter().filter(|finding| finding.blocks_opening);
    found.map(|finding| format!("{:?} {}: {}", finding.record, finding.field, finding.message)).collect()
}

/// An assessment that can be opened, and transactions of every kind that apply to it one after the other.
fn changes() -> impl Strategy<Value = (Assessment, Vec<Transaction>)> {
    drawn(|draw| {
        draw.is_sound = true;
        let uuids = 0..IDENTIFIERS as u128 / 2;
        let ids = Kind::ALL.iter().flat_map(|kind| {
            uuids.clone().map(|number| AnyId { kind: *kind, uuid: Uuid::from_u128(number) })
        });
        let records: Vec<Record> = ids.map(|id| record(draw, id)).collect();
        let mut now = Assessment::from_records(draw.header(), records);
        // What leads nowhere goes, and with it what needs it.
        let lost: Vec<AnyId> =
            validate(&now).iter().filter(|it| it.blocks_opening).filter_map(|it| it.record).collect();
        let losing = edit::delete(&now, &lost);
        edit::apply_all(&mut now, losing.edits).expect("drawn to apply");
        assert_eq!(blocking(&now), Vec::<String>::new());
        let before = now.clone();
        let transactions = (0..draw.below(16) as u128)
            .filter_map(|number| {
                let transaction = transaction(draw, &now, Uuid::from_u128(100 + number))?;
                edit::apply_all(&mut now, transaction.edits.clone()).expect("drawn to apply");
                Some(transaction)
            })
            .collect();
        (before, transactions)
    })
}

/// A record without the circles that the window refuses: it belongs only to what has a smaller identifier.
fn record(draw: &mut Draw<'_>, id: AnyId) -> Record {
    match draw.record_with(id) {
        Record::Actor(actor) => {
            let mut actor = Actor::clone(&actor);
            actor.belongs_to.retain(|wider| wider.uuid() < id.uuid);
            actor.into_record()
        }
        Record::Incident(incident) => {
            let campaign = incident.campaign.filter(|wider| wider.uuid() < id.uuid);
            Incident { campaign, ..Incident::clone(&incident) }.into_record()
        }
        record => record,
    }
}

/// Any of the changes that the window makes, where there is what it changes.
fn transaction(draw: &mut Draw<'_>, now: &Assessment, new: Uuid) -> Option<Transaction> {
    let mut there = Vec::new();
    now.for_each_record(&mut |record| there.push(record.id()));
    if there.is_empty() {
        return None;
    }
    let at = draw.moment();
    match draw.below(11) {
        0 => Some(edit::delete(now, &[draw.one(&there), draw.one(&there)])),
        1 => {
            let id = AnyId { kind: draw.one(Kind::ALL), uuid: new };
            let record = record(draw, id);
            resolves(now, &record).then(|| Transaction::new("Add", vec![edit::Edit::Insert(record)]))
        }
        2 => {
            let id = draw.one(&there);
            let record = record(draw, id);
            resolves(now, &record).then(|| Transaction::new("Change", vec![edit::Edit::Replace(record)]))
        }
        3 => edit::reorder(now, draw.one(&there), None, Some(draw.one(&there)).filter(|_| draw.flag())),
        4 | 5 => judging(draw, now, new, at),
        6 => {
            let analyst = any(draw, now.analysts.ids())?;
            let (evidence, hypothesis) = (any(draw, now.evidence.ids())?, any(draw, now.hypotheses.ids())?);
            let cell = weigh::Cell { evidence, hypothesis, name: "the cell" };
            let of_cell = |it: &&Rating| it.evidence == evidence && it.hypothesis == hypothesis;
            let present = now.ratings.iter().filter(of_cell).find(|it| it.analyst == analyst);
            weigh::rate(cell, analyst, present, draw.one(RatingValue::ALL), (Id::new(new), at))
        }
        7 => Some(weigh::toggle_excluded(now.get(any(draw, now.evidence.ids())?)?, "it")),
        8 => {
            let mut next = new.as_u128() << 32;
            let mut new_id = || {
                next += 1;
                Uuid::from_u128(next)
            };
            if draw.flag() {
                weigh::hypotheses_from_claims(now, any(draw, now.incidents.ids())?, &mut new_id)
            } else {
                let claims: Vec<Id<Claim>> = now.claims.ids().collect();
                weigh::evidence_from_claims(now, &claims, &mut new_id).map(|(transaction, _)| transaction)
            }
        }
        9 => {
            let subject = discuss::Subject { on: draw.one(&there), field: draw.text() };
            discuss::remark(subject, any(draw, now.analysts.ids())?, "a remark", (Id::new(new), at))
        }
        _ => Some(discuss::toggle_resolved(now.get(any(draw, now.comments.ids())?)?)),
    }
}

/// A change of a judgement: a share that is typed, whatever the sum; a new judgement; a dissent.
fn judging(draw: &mut Draw<'_>, now: &Assessment, new: Uuid, at: jiff::Timestamp) -> Option<Transaction> {
    let (analyst, incident) = (any(draw, now.analysts.ids())?, any(draw, now.incidents.ids())?);
    let mut hypotheses = now.in_order::<Hypothesis>();
    hypotheses.retain(|id| now.get(*id).is_some_and(|it| it.incident == incident));
    let occasion = judge::Occasion {
        analyst,
        incident,
        hypotheses: &hypotheses,
        id: Id::new(new),
        now: at,
        zone: TimeZone::UTC,
    };
    let of_both = |it: &&Judgement| it.analyst == analyst && it.incident == incident;
    let present = now.judgements.iter().find(of_both);
    match draw.below(4) {
        0 => Some(judge::record(&occasion, present)),
        1 => judge::dissent(now, present?, any(draw, now.analysts.ids())?, None),
        _ => {
            let answer = any(draw, hypotheses.iter().copied()).filter(|_| draw.flag());
            let value = draw.number();
            judge::change(&occasion, present, ("Change probability", "share"), |judgement| {
                judge::set_share(judgement, answer, value);
            })
        }
    }
}

fn any<T>(draw: &mut Draw<'_>, ids: impl Iterator<Item = Id<T>>) -> Option<Id<T>> {
    let ids: Vec<Id<T>> = ids.collect();
    (!ids.is_empty()).then(|| draw.one(&ids))
}

fn resolves(now: &Assessment, record: &Record) -> bool {
    let mut all = true;
    record.references(&mut |reference| {
        all &= now.contains(reference.target) || reference.target == record.id();
    });
    all
}
