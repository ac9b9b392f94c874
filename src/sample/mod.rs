//! Synthetic assessments of any size, for trying things out, for tests and for measuring.

mod actors;
mod claims;
mod names;
mod random;
mod weighing;

use jiff::{Timestamp, civil::Date};

use self::random::Random;
pub use self::weighing::MatrixSize;
use crate::model::{
    Analyst, AnalystRole, Assessment, Entity, Header, Id, Incident, Nameable, PartialDate, Period, Record,
    Tlp,
};

/// The last day on which anything is said: the day before the assessment is made.
const LAST_DAY: Date = jiff::civil::date(2025, 12, 31);
/// Claims for each incident, on average.
const CLAIMS_PER_INCIDENT: usize = 20;
/// How many incidents there are at most.
const MOST_INCIDENTS: usize = 5_000;
/// How many incidents have evidence, hypotheses, ratings and judgements.
const WEIGHED_INCIDENTS: usize = 50;

/// A synthetic assessment with that many claims, the same for the same number and seed on every machine.
///
/// It looks like a real one: about one incident for 20 claims (at most 5,000), sources with grades, a
/// hierarchy of actors with contested links, denials, hedges, joint attributions, repetitions and relayed
/// documents; and for the first incidents evidence, hypotheses, ratings and judgements. It has no errors;
/// some of the warnings that a real one has are in it.
pub fn generate(claims: usize, seed: u64) -> Assessment {
    generate_with(claims, seed, None)
}

/// A whole number with its thousands set apart.
fn thousands(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (above, rest) => format!("{},{rest:03}", thousands(above)),
    }
}

/// The same with one more incident, whose evidence matrix is of that size and rated in full.
pub fn generate_with(claims: usize, seed: u64, matrix: Option<MatrixSize>) -> Assessment {
    let mut make = Make { random: Random::new(seed), records: Vec::new() };
    let header = Header {
        id: make.random.uuid(),
        title: format!("Synthetic assessment of {} claims (seed {seed})", thousands(claims)),
        question: "Who carried out these operations, and who says so?".to_owned(),
        marking: Tlp::Clear,
        created: timestamp(2026, 1, 1),
        updated: timestamp(2026, 1, 1),
        notes: "All names are invented.".to_owned(),
        ..Header::default()
    };
    let analysts = make.analysts();
    let world = make.world(claims);
    let incidents = make.incidents((claims / CLAIMS_PER_INCIDENT).clamp(1, MOST_INCIDENTS));
    let sources = make.sources(&world, &analysts, claims);
    let made = make.claims(claims, &world, &incidents, &sources);
    for (incident, blamed) in made.blamed.iter().take(WEIGHED_INCIDENTS) {
        make.weigh(*incident, blamed, &analysts, &sources);
    }
    if let Some(size) = matrix {
        let incident = make.id();
        make.put(Incident::named(incident, "Long weighed incident".to_owned()));
        make.fill_matrix(incident, size, &sources);
    }
    Assessment::from_records(header, make.records)
}

/// An assessment in the making.
struct Make {
    random: Random,
    records: Vec<Record>,
}

/// An incident and the day on which it began.
#[derive(Clone, Copy)]
struct Happened {
    id: Id<Incident>,
    began: Date,
}

impl Make {
    fn id<T>(&mut self) -> Id<T> {
        Id::new(self.random.uuid())
    }

    fn put(&mut self, record: impl Entity) {
        self.records.push(record.into_record());
    }

    fn analysts(&mut self) -> Vec<Id<Analyst>> {
        let people = [
            ("First analyst", AnalystRole::Facilitator),
            ("Second analyst", AnalystRole::Analyst),
            ("Third analyst", AnalystRole::DevilsAdvocate),
        ];
        people
            .into_iter()
            .map(|(name, role)| {
                let id = self.id();
                self.put(Analyst { id, name: name.to_owned(), role });
                id
            })
            .collect()
    }

    fn incidents(&mut self, count: usize) -> Vec<Happened> {
        (0..count)
            .map(|number| {
                let id = self.id();
                let sector = self.random.pick(&names::SECTORS).copied().unwrap_or("government");
                let began = self.day(2012, 2024);
                let ended = self.later(began, 200);
                let name = names::incident(&mut self.random, number, sector);
                let victim = names::body("Holdings", self.random.below(40));
                let period = Period { from: Some(self.blurred(began)), to: Some(self.blurred(ended)) };
                self.put(Incident {
                    period,
                    victims: vec![victim],
                    sector: sector.to_owned(),
                    ..Incident::named(id, name)
                });
                Happened { id, began }
            })
            .collect()
    }

    /// A day in one of these years.
    fn day(&mut self, first: i16, last: i16) -> Date {
        let start = Date::new(first, 1, 1).unwrap_or_default();
        let years = usize::try_from(last - first).unwrap_or(0) + 1;
        self.later(start, years * 365 - 1)
    }

    /// A day up to `days` later, and none after the last.
    fn later(&mut self, from: Date, days: usize) -> Date {
        let left = LAST_DAY.since(from).map_or(0, |left| usize::try_from(left.get_days()).unwrap_or(0));
        let days = days.min(left);
        let days = i64::try_from(self.random.below(days + 1)).unwrap_or(0);
        from.checked_add(jiff::Span::new().days(days)).unwrap_or(from)
    }

    /// A day as a source might give it: often exactly, sometimes the month or the year only.
    fn blurred(&mut self, day: Date) -> PartialDate {
        let exact = PartialDate::from_day(day);
        match self.random.below(10) {
            0 => PartialDate::year(day.year()).unwrap_or(exact),
            1..=3 => PartialDate::month(day.year(), day.month()).unwrap_or(exact),
            _ => exact,
        }
    }
}

/// Noon of a day, in universal time.
fn timestamp(year: i16, month: i8, day: i8) -> Timestamp {
    let noon = Date::new(year, month, day).unwrap_or_default().at(12, 0, 0, 0);
    noon.to_zoned(jiff::tz::TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::validate::{Severity, validate};

    #[test]
    fn a_sample_is_the_same_for_the_same_seed_and_has_no_errors() {
        for claims in [0, 1, 20, 500] {
            let sample = generate(claims, 7);
            assert_eq!(sample.claims.len(), claims);
            assert_eq!(sample, generate(claims, 7));
            let errors: Vec<_> =
                validate(&sample).into_iter().filter(|finding| finding.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
        assert_ne!(generate(20, 7), generate(20, 8));
    }

    #[test]
    fn a_matrix_of_any_size_is_rated_in_full() {
        let size: MatrixSize = "7X3×2".parse().unwrap();
        let sample = generate_with(20, 1, Some(size));
        let plain = generate(20, 1);
        assert_eq!(sample.ratings.len() - plain.ratings.len(), 42);
        assert_eq!(sample.incidents.len(), plain.incidents.len() + 1);
        assert!(validate(&sample).iter().all(|finding| finding.severity != Severity::Error));
        for wrong in ["", "7", "7x3", "7x3x2x1", "0x1x1", "9999x1x1", "5000x100x100", "axbxc"] {
            assert!(wrong.parse::<MatrixSize>().is_err(), "{wrong}");
        }
    }

    /// Should this change, files made by an earlier version can no longer be made again: say so in the change
    /// log.
    #[test]
    fn the_sequence_is_fixed() {
        let sample = generate(3, 1);
        let names: Vec<String> = sample.claims.iter().map(|claim| sample.proposition_text(claim)).collect();
        insta::assert_snapshot!(names.join("\n"), @r"
        Drevland Security Office (Sabotage of Northgate finance (case 1))
        Drevland Security Office (Sabotage of Northgate finance (case 1))
        Estmark Foreign Service (Sabotage of Northgate finance (case 1))
        ");
    }

    #[test]
    fn a_sample_has_what_a_real_assessment_has() {
        let sample = generate(2_000, 3);
        let count = |of: &dyn Fn(&crate::model::Claim) -> bool| {
            sample.claims.iter().filter(|claim| of(claim)).count()
        };
        let share = |found: usize| found * 100 / 2_000;
        assert!((10..40).contains(&share(count(&|claim| !claim.repeats.is_empty()))));
        assert!(share(count(&|claim| claim.likelihood.is_some())) > 10);
        assert!(share(count(&|claim| claim.stance == crate::model::Stance::Denies)) >= 5);
        let declines = crate::model::Stance::Declines;
        assert_eq!(count(&|claim| claim.stance == declines && claim.likelihood.is_some()), 0);
        assert_eq!(sample.header.title, "Synthetic assessment of 2,000 claims (seed 3)");
        assert!(count(&|claim| claim.proposition.actors().len() > 1 && !claim.proposition.is_link()) > 10);
        assert!(count(&|claim| claim.proposition.is_link()) > 10);
        assert!(sample.documents.iter().any(|document| !document.relays.is_empty()));
        assert!(!sample.ratings.is_empty() && !sample.judgements.is_empty());
        assert_eq!(sample.incidents.len(), 100);
    }
}
