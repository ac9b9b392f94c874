//! Transactions that judge: probabilities, confidence, the key sentence, dissent.
//!
//! A judgement is dated, and those before it stay. What an analyst changes on the day on which the judgement was made goes
//! into it; on a later day a copy, dated now, follows it and takes the change. [`record`] begins a new one at any time.
//! Dissent belongs to the judgement that it is about, whenever it comes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Edit, Transaction};
use crate::model::{
    Analyst, Assessment, Dissent, Entity, Hypothesis, Id, Incident, Judgement, Nameable, ProbabilityShare,
};

/// Who judges what and when.
#[derive(Clone, Debug)]
pub struct Occasion<'a> {
    /// Who judges.
    pub analyst: Id<Analyst>,
    /// On which incident.
    pub incident: Id<Incident>,
    /// The hypotheses of the incident, in order.
    pub hypotheses: &'a [Id<Hypothesis>],
    /// The identifier of a new judgement, should there be one.
    pub id: Id<Judgement>,
    /// The present moment.
    pub now: Timestamp,
    /// Where the analyst is: days begin and end there.
    pub zone: TimeZone,
}

impl Occasion<'_> {
    /// Whether a change goes into a judgement itself: it was made on this day.
    pub fn is_open(&self, judgement: &Judgement) -> bool {
        let day = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        day(judgement.made_at) == day(self.now)
    }

    /// A first judgement: equal shares for all hypotheses and for none of them, in whole percents as far as they go.
    pub fn first(&self) -> Judgement {
        let mut judgement = Judgement::new(self.id, self.analyst, self.incident, self.now);
        let answers = self.hypotheses.len() + 1;
        let share = (100.0 / answers as f64).floor() / 100.0;
        judgement.probabilities = self
            .hypotheses
            .iter()
            .map(|hypothesis| ProbabilityShare { hypothesis: *hypothesis, probability: share })
            .collect();
        judgement.other = 1.0 - share * self.hypotheses.len() as f64;
        judgement
    }

    /// A judgement dated now that says what another one says; what that did not know has the probability 0.
    pub fn following(&self, before: &Judgement) -> Judgement {
        let mut judgement =
            Judgement { id: self.id, analyst: self.analyst, made_at: self.now, ..before.clone() };
        let knows = |id: &Id<Hypothesis>| before.probabilities.iter().any(|share| share.hypothesis == *id);
        let unknown = self.hypotheses.iter().filter(|id| !knows(id));
        let shares = unknown.map(|id| ProbabilityShare { hypothesis: *id, probability: 0.0 });
        judgement.probabilities.extend(shares);
        judgement
    }
}

/// A transaction by which an analyst changes one field of their judgement. `present` is the one that holds; where there is
/// none, or it was made on an earlier day, a new one is made. Changes of one field that follow one another are one step.
/// `None` where nothing changes.
pub fn change(
    occasion: &Occasion<'_>,
    present: Option<&Judgement>,
    (label, field): (&str, &str),
    change: impl FnOnce(&mut Judgement),
) -> Option<Transaction> {
    let open = present.filter(|present| occasion.is_open(present));
    let mut judgement = match (open, present) {
        (Some(open), _) => open.clone(),
        (None, Some(before)) => occasion.following(before),
        (None, None) => occasion.first(),
    };
    let before = judgement.clone();
    change(&mut judgement);
    if judgement == before && present.is_some() {
        return None;
    }
    let id = judgement.id;
    let record = judgement.into_record();
    let edit = if open.is_some() { Edit::Replace(record) } else { Edit::Insert(record) };
    Some(Transaction::new(label, vec![edit]).typing(Some(id.into()), field))
}

/// A transaction that begins a new judgement, dated now: a copy of the one that holds, or a first one. Those before it stay.
pub fn record(occasion: &Occasion<'_>, present: Option<&Judgement>) -> Transaction {
    let judgement = present.map_or_else(|| occasion.first(), |present| occasion.following(present));
    Transaction::new("Record judgement", vec![Edit::Insert(judgement.into_record())])
}

/// Gives a hypothesis, or with `None` none of them, a probability in a judgement.
pub fn set_share(judgement: &mut Judgement, hypothesis: Option<Id<Hypothesis>>, probability: f64) {
    let Some(hypothesis) = hypothesis else {
        judgement.other = probability;
        return;
    };
    match judgement.probabilities.iter_mut().find(|share| share.hypothesis == hypothesis) {
        Some(share) => share.probability = probability,
        None => judgement.probabilities.push(ProbabilityShare { hypothesis, probability }),
    }
}

/// A transaction that records the dissent of an analyst from a judgement. `new` is the name of one who is yet to be made.
/// `None` where they dissent already.
pub fn dissent(
    assessment: &Assessment,
    judgement: &Judgement,
    analyst: Id<Analyst>,
    new: Option<String>,
) -> Option<Transaction> {
    if judgement.dissent.iter().any(|dissent| dissent.analyst == analyst) {
        return None;
    }
    let mut changed = judgement.clone();
    changed.dissent.push(Dissent { analyst, text: String::new() });
    let name = new.clone().unwrap_or_else(|| assessment.name_of(analyst));
    let made = new.map(|name| Edit::Insert(Analyst::named(analyst, name).into_record()));
    let edits = made.into_iter().chain([Edit::Replace(changed.into_record())]).collect();
    Some(Transaction::new(format!("Record dissent of {name}"), edits))
}

/// A transaction that puts the dissent at a place otherwise; what is typed without a pause is one step.
pub fn put_dissent(judgement: &Judgement, place: usize, text: String) -> Transaction {
    let mut changed = judgement.clone();
    if let Some(dissent) = changed.dissent.get_mut(place) {
        dissent.text = text;
    }
    let id = changed.id;
    Transaction::new("Change dissent", vec![Edit::Replace(changed.into_record())])
        .typing(Some(id.into()), format!("dissent {place}"))
}

/// A transaction that takes the dissent at a place out.
pub fn take_dissent(assessment: &Assessment, judgement: &Judgement, place: usize) -> Option<Transaction> {
    let mut changed = judgement.clone();
    if place >= changed.dissent.len() {
        return None;
    }
    let gone = changed.dissent.remove(place);
    let label = format!("Remove dissent of {}", assessment.name_of(gone.analyst));
    Some(Transaction::new(label, vec![Edit::Replace(changed.into_record())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Document;
    use crate::model::{Answer, Header, Uuid};

    fn id<T>(number: u128) -> Id<T> {
        Id::new(Uuid::from_u128(number))
    }

    fn document() -> Document {
        let analyst = |number, name: &str| Analyst::named(id(number), name.to_owned()).into_record();
        let hypothesis = |number, text: &str| {
            Hypothesis::new(id(number), id(3), Answer::Text(text.to_owned())).into_record()
        };
        let records = [
            analyst(1, "Ann"),
            analyst(2, "Ben"),
            Incident::named(id(3), "The incident".to_owned()).into_record(),
            hypothesis(4, "A"),
            hypothesis(5, "B"),
        ];
        Document::new(Assessment::from_records(Header::default(), records))
    }

    fn occasion<'a>(hypotheses: &'a [Id<Hypothesis>], number: u128, now: &str) -> Occasion<'a> {
        Occasion {
            analyst: id(1),
            incident: id(3),
            hypotheses,
            id: id(number),
            now: now.parse().unwrap(),
            zone: TimeZone::UTC,
        }
    }

    fn count(document: &Document) -> usize {
        document.assessment().judgements.len()
    }

    #[test]
    fn a_change_of_the_day_goes_into_the_judgement_and_a_later_one_begins_another() {
        let mut document = document();
        let hypotheses = [id(4), id(5)];
        let raise = |judgement: &mut Judgement| set_share(judgement, Some(id(4)), 0.6);
        let first = occasion(&hypotheses, 10, "2026-11-22T09:00:00Z");
        let made = change(&first, None, ("Change probability", "share"), raise).unwrap();
        document.commit(made).unwrap();
        let present = document.assessment().get::<Judgement>(id(10)).unwrap().clone();
        assert_eq!(present.probabilities.iter().map(|it| it.probability).collect::<Vec<_>>(), [0.6, 0.33]);
        assert!((present.other - 0.34).abs() < 1e-12);

        // Going on at once is the same step, though the judgement was only just made.
        let later = occasion(&hypotheses, 11, "2026-11-22T23:59:00Z");
        let lower = |judgement: &mut Judgement| set_share(judgement, Some(id(4)), 0.5);
        let made = change(&later, Some(&present), ("Change probability", "share"), lower).unwrap();
        document.commit(made).unwrap();
        assert_eq!(count(&document), 1);
        document.undo();
        assert_eq!(count(&document), 0);
        document.redo();
        document.close_step();

        let present = document.assessment().get::<Judgement>(id(10)).unwrap().clone();
        let next_day = occasion(&hypotheses, 12, "2026-11-23T00:01:00Z");
        assert_eq!(change(&next_day, Some(&present), ("", ""), |_| {}), None);
        let made = change(&next_day, Some(&present), ("Change probability", "share"), raise).unwrap();
        document.commit(made).unwrap();
        let share =
            |number| document.assessment().get::<Judgement>(id(number)).unwrap().probabilities[0].probability;
        assert_eq!((count(&document), share(10), share(12)), (2, 0.5, 0.6));
    }

    #[test]
    fn a_new_judgement_knows_all_hypotheses() {
        let mut document = document();
        let one = [id(4)];
        document.commit(record(&occasion(&one, 10, "2026-11-22T09:00:00Z"), None)).unwrap();
        let present = document.assessment().get::<Judgement>(id(10)).unwrap().clone();
        assert_eq!((present.probabilities[0].probability, present.other), (0.5, 0.5));
        let both = [id(4), id(5)];
        let again = record(&occasion(&both, 11, "2026-11-22T09:05:00Z"), Some(&present));
        assert_eq!(again.label, "Record judgement");
        document.commit(again).unwrap();
        let new = document.assessment().get::<Judgement>(id(11)).unwrap();
        assert_eq!(new.probabilities.iter().map(|it| it.probability).collect::<Vec<_>>(), [0.5, 0.0]);
    }

    #[test]
    fn dissent_goes_into_the_judgement_that_it_is_about() {
        let mut document = document();
        let both = [id(4), id(5)];
        document.commit(record(&occasion(&both, 10, "2020-01-01T09:00:00Z"), None)).unwrap();
        let judgement = |document: &Document| document.assessment().get::<Judgement>(id(10)).unwrap().clone();
        let by_ben = dissent(document.assessment(), &judgement(&document), id(2), None).unwrap();
        assert_eq!(by_ben.label, "Record dissent of Ben");
        document.commit(by_ben).unwrap();
        assert_eq!(dissent(document.assessment(), &judgement(&document), id(2), None), None);
        let by_cleo = dissent(document.assessment(), &judgement(&document), id(20), Some("Cleo".to_owned()));
        document.commit(by_cleo.unwrap()).unwrap();
        assert_eq!(document.assessment().name_of(id::<Analyst>(20)), "Cleo");
        document.commit(put_dissent(&judgement(&document), 1, "No".to_owned())).unwrap();
        let gone = take_dissent(document.assessment(), &judgement(&document), 0).unwrap();
        assert_eq!(gone.label, "Remove dissent of Ben");
        document.commit(gone).unwrap();
        assert_eq!(judgement(&document).dissent, [Dissent { analyst: id(20), text: "No".to_owned() }]);
        assert_eq!((count(&document), judgement(&document).made_at.as_second()), (1, 1_577_869_200));
        assert!(take_dissent(document.assessment(), &judgement(&document), 1).is_none());
    }
}
