//! Transactions that weigh evidence against hypotheses: ratings, their reasons, what counts, and what is made from claims.

use jiff::{SignedDuration, Timestamp};

use super::{Edit, Transaction, delete};
use crate::model::{
    Actor, Analyst, Answer, Assessment, Claim, Entity, Evidence, Hypothesis, Id, Incident, Proposition,
    Rating, RatingValue, Stance, Status, Uuid,
};

/// A rating that is younger than this is changed in place; an older one stays as it was, and a new one follows it.
pub const SETTLED_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// A cell of the matrix and how people call it, such as "E2 against H1".
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// The row.
    pub evidence: Id<Evidence>,
    /// The column.
    pub hypothesis: Id<Hypothesis>,
    /// What it is called.
    pub name: &'a str,
}

/// A transaction by which an analyst rates a cell at `now`. `present` is their rating that holds, and `id` is that of a new
/// one, should there be one. `None` where nothing changes.
pub fn rate(
    cell: Cell<'_>,
    analyst: Id<Analyst>,
    present: Option<&Rating>,
    value: RatingValue,
    (id, now): (Id<Rating>, Timestamp),
) -> Option<Transaction> {
    if present.is_some_and(|present| present.value == value) {
        return None;
    }
    let edit = match present {
        Some(present) if now.duration_since(present.rated_at) < SETTLED_AFTER => {
            let mut rating = Rating { rated_at: now, ..present.clone() };
            rating.set_value(value);
            Edit::Replace(rating.into_record())
        }
        _ => {
            let rating = Rating {
                id,
                analyst,
                evidence: cell.evidence,
                hypothesis: cell.hypothesis,
                value,
                likelihood: None,
                reason: String::new(),
                rated_at: now,
                // One of an earlier round would not hold.
                round: present.map_or(0, |present| present.round),
            };
            Edit::Insert(rating.into_record())
        }
    };
    Some(Transaction::new(format!("Rate {}", cell.name), vec![edit]))
}

/// A transaction that takes a rating back; the one before it holds again.
pub fn take_back(assessment: &Assessment, cell: Cell<'_>, rating: Id<Rating>) -> Transaction {
    let label = format!("Take back rating of {}", cell.name);
    Transaction { label, ..delete(assessment, &[rating.into()]) }
}

/// A transaction that gives a rating its reason; `None` where it has it already.
pub fn give_reason(cell: Cell<'_>, rating: &Rating, reason: &str) -> Option<Transaction> {
    let reason = reason.trim();
    (rating.reason != reason).then(|| {
        let new = Rating { reason: reason.to_owned(), ..rating.clone() };
        Transaction::new(format!("Change reason of {}", cell.name), vec![Edit::Replace(new.into_record())])
    })
}

/// A transaction that leaves a piece of evidence out of the scores, or takes it in again.
pub fn toggle_excluded(evidence: &Evidence, name: &str) -> Transaction {
    let new = Evidence { excluded: !evidence.excluded, ..evidence.clone() };
    let verb = if new.excluded { "Leave out" } else { "Count" };
    Transaction::new(format!("{verb} {name}"), vec![Edit::Replace(new.into_record())])
}

/// A transaction that makes a hypothesis of each actor that standing claims on an incident assert and that has none yet,
/// each with the claims that it was made from. `None` where there is nothing to make.
pub fn hypotheses_from_claims(
    assessment: &Assessment,
    incident: Id<Incident>,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Option<Transaction> {
    let has_one = |actor: Id<Actor>| {
        assessment.hypotheses.iter().any(|it| it.incident == incident && it.answer == Answer::Actor(actor))
    };
    let mut made: Vec<Hypothesis> = Vec::new();
    for claim in assessment.claims.iter().filter(|claim| asserts_on(claim, incident)) {
        for actor in claim.proposition.actors() {
            let answer = Answer::Actor(actor);
            if let Some(hypothesis) = made.iter_mut().find(|it| it.answer == answer) {
                hypothesis.from_claims.push(claim.id);
            } else if !has_one(actor) {
                let from_claims = vec![claim.id];
                made.push(Hypothesis { from_claims, ..Hypothesis::new(Id::new(new_id()), incident, answer) });
            }
        }
    }
    let label = match made.len() {
        0 => return None,
        1 => "Make 1 hypothesis from claims".to_owned(),
        count => format!("Make {count} hypotheses from claims"),
    };
    Some(Transaction::new(label, made.into_iter().map(|it| Edit::Insert(it.into_record())).collect()))
}

fn asserts_on(claim: &Claim, incident: Id<Incident>) -> bool {
    claim.stance == Stance::Asserts
        && claim.status == Status::Standing
        && matches!(&claim.proposition, Proposition::Attribution { incident: on, .. } if *on == incident)
}

/// A transaction that makes a piece of evidence of each claim: what it says, by whom, where and when, with the link to the
/// claim kept. Claims that are about no incident are passed over. `None` where there is nothing to make.
pub fn evidence_from_claims(
    assessment: &Assessment,
    claims: &[Id<Claim>],
    new_id: &mut dyn FnMut() -> Uuid,
) -> Option<(Transaction, Vec<Id<Evidence>>)> {
    let claims = claims.iter().filter_map(|id| assessment.get(*id));
    let made: Vec<Evidence> = claims
        .filter_map(|claim| {
            let incident = claim.proposition.incident()?;
            let statement = if claim.quote.trim().is_empty() {
                assessment.name_of(claim.id)
            } else {
                format!("{}: \u{201c}{}\u{201d}", assessment.name_of(claim.source), claim.quote.trim())
            };
            Some(Evidence {
                source: Some(claim.source),
                documents: claim.document.into_iter().collect(),
                locator: claim.locator.clone(),
                from_claim: Some(claim.id),
                observed_on: claim.stated_on,
                credibility: claim.credibility,
                reliability_override: claim.reliability_override.clone(),
                ..Evidence::new(Id::new(new_id()), incident, statement)
            })
        })
        .collect();
    let label = match made.len() {
        0 => return None,
        1 => "Make evidence from claim".to_owned(),
        count => format!("Make evidence from {count} claims"),
    };
    let ids = made.iter().map(|it| it.id).collect();
    let edits = made.into_iter().map(|it| Edit::Insert(it.into_record())).collect();
    Some((Transaction::new(label, edits), ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likelihood_was_that_of_the_value_and_goes_with_it() {
        let id = |number: u128| Uuid::from_u128(number);
        let rated_at = Timestamp::UNIX_EPOCH;
        let present = Rating {
            id: Id::new(id(1)),
            analyst: Id::new(id(2)),
            evidence: Id::new(id(3)),
            hypothesis: Id::new(id(4)),
            value: RatingValue::Consistent,
            likelihood: Some(0.8),
            reason: "why".to_owned(),
            rated_at,
            round: 0,
        };
        let cell = Cell { evidence: present.evidence, hypothesis: present.hypothesis, name: "E1 against H1" };
        let rated = |value, minutes: i64| {
            let now = rated_at + SignedDuration::from_mins(minutes);
            let transaction = rate(cell, present.analyst, Some(&present), value, (Id::new(id(9)), now))?;
            match transaction.edits.into_iter().next() {
                Some(Edit::Replace(crate::model::Record::Rating(it))) => Some((true, Rating::clone(&it))),
                Some(Edit::Insert(crate::model::Record::Rating(it))) => Some((false, Rating::clone(&it))),
                edit => panic!("{edit:?}"),
            }
        };
        assert_eq!(rated(RatingValue::Consistent, 1), None);
        for (minutes, in_place) in [(1, true), (30, false)] {
            let (is_in_place, new) = rated(RatingValue::VeryInconsistent, minutes).unwrap();
            assert_eq!(
                (is_in_place, new.value, new.likelihood),
                (in_place, RatingValue::VeryInconsistent, None)
            );
        }
        let mut same = present.clone();
        same.set_value(RatingValue::Consistent);
        assert_eq!(same, present);
    }
}
