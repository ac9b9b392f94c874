//! The template for an incident with competing claims: the frame of a good assessment, and no facts.
//!
//! What stands in it holds for every attribution: the kinds of culprit that exclude one another and leave nothing out, a
//! deception among them; what is usually taken for granted; what would tell the kinds apart. All of it is meant to be
//! changed.

use jiff::Timestamp;

use crate::model::{
    Actor, ActorLevel, Analyst, AnalystRole, Answer, Assessment, Assumption, AssumptionStrength, Entity,
    Header, Hypothesis, Id, Incident, Indicator, Nameable, Observation, Record, Standard, Tlp, Uuid,
};

const NOTES: &str = "1. Name the incident, with its period and its victims: claims about other periods are not comparable.
2. Record each claim with the words that its source used, and what it merely repeats.
3. Grade the sources, with a reason.
4. Add the actors that are named, and where they belong. Replace the kinds of culprit below by them where you can.
5. Record evidence, and rate it against every hypothesis: what counts is what speaks against one.
6. Check what is taken for granted, and write down what would change your mind.";

const ASSUMPTIONS: &[(&str, &str)] = &[
    (
        "Claims that have one origin are recognised as one",
        "A source turns out to have had its knowledge from another, or from the same briefing",
    ),
    (
        "The tools and the infrastructure that were seen were used by those to whom they are ascribed",
        "They are shared, sold, leaked, or were planted",
    ),
    (
        "The names that firms give to groups mean one and the same group in all sources",
        "A firm splits or merges a group, or two firms draw its border differently",
    ),
    (
        "The sources have no interest in this answer that outweighs their knowledge",
        "A source gains from it: politically, in a lawsuit, in a sale, in an insurance claim",
    ),
];

const INDICATORS: &[&str] = &[
    "What was taken is offered for sale, or used for fraud",
    "A ransom is asked for",
    "Somebody claims the deed in public, for a cause",
    "What was taken is of use to an intelligence service and brings no money",
    "Access was kept for months without any visible use",
    "The intruders knew what no outsider could know",
    "Traces that point to one culprit are unusually easy to find",
];

/// The kinds of culprit, which exclude one another.
const CULPRITS: &[&str] =
    &["State service, or who works for one", "Criminals for profit", "Hacktivists", "Insider"];
/// What is no kind of culprit and yet an answer.
const DECEPTION: &str = "A false flag: somebody who wants another one to be blamed";

/// A new assessment with this frame, and its incident, which is to be named first.
pub fn competing_claims(now: Timestamp) -> (Assessment, Id<Incident>) {
    let header = Header {
        id: Uuid::now_v7(),
        title: "Incident with competing claims".to_owned(),
        question: "Who was behind the incident, and on whose behalf?".to_owned(),
        // Work that is under way is not for everybody; the marking is changed when it is.
        marking: Tlp::Amber,
        standard: Standard::Icd203,
        created: now,
        updated: now,
        notes: NOTES.to_owned(),
        ..Header::default()
    };
    let incident = Incident::named(Id::new(Uuid::now_v7()), "The incident".to_owned());
    let about = incident.id;
    let mut records = vec![incident.into_record()];
    records.extend(analysts());
    for name in CULPRITS {
        let id = Id::new(Uuid::now_v7());
        let actor = Actor { level: ActorLevel::Class, ..Actor::named(id, (*name).to_owned()) };
        records.push(hypothesis(about, Answer::Actor(actor.id)));
        records.push(actor.into_record());
    }
    records.push(hypothesis(about, Answer::Text(DECEPTION.to_owned())));
    records.extend(ASSUMPTIONS.iter().map(|(statement, overturned_by)| {
        Assumption {
            id: Id::new(Uuid::now_v7()),
            incident: Some(about),
            statement: (*statement).to_owned(),
            strength: AssumptionStrength::Caveated,
            overturned_by: (*overturned_by).to_owned(),
            sorted_as: String::new(),
            notes: String::new(),
        }
        .into_record()
    }));
    records.extend(INDICATORS.iter().map(|statement| {
        Indicator {
            id: Id::new(Uuid::now_v7()),
            incident: about,
            statement: (*statement).to_owned(),
            likelihoods: Vec::new(),
            observation: Observation::Open,
            notes: String::new(),
        }
        .into_record()
    }));
    (Assessment::from_records(header, records), about)
}

fn analysts() -> [Record; 2] {
    let analyst =
        |name: &str, role| Analyst { id: Id::new(Uuid::now_v7()), name: name.to_owned(), role }.into_record();
    [analyst("Lead analyst", AnalystRole::Analyst), analyst("Devil's advocate", AnalystRole::DevilsAdvocate)]
}

fn hypothesis(incident: Id<Incident>, answer: Answer) -> Record {
    Hypothesis::new(Id::new(Uuid::now_v7()), incident, answer).into_record()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::validate::{Severity, validate};

    #[test]
    fn it_is_a_sound_frame_without_facts() {
        let (frame, incident) = competing_claims(Timestamp::UNIX_EPOCH);
        let errors: Vec<_> =
            validate(&frame).into_iter().filter(|it| it.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!((frame.claims.len(), frame.evidence.len(), frame.sources.len()), (0, 0, 0));
        assert_eq!(frame.hypotheses.len(), CULPRITS.len() + 1);
        assert!(frame.incidents.contains(incident));
        let again = crate::store::parse(&crate::store::to_bytes(&frame));
        assert_eq!(again.assessment.as_ref(), Some(&frame));
    }
}
