//! When each claim was stated, against the period that it covers and the incident's.

use jiff::civil::Date;

use super::super::Derived;
use super::super::relation::is_period_mismatch;
use super::ChartTable;
use crate::model::date::Precision;
use crate::model::{Claim, Id, Incident, PartialDate, Period, Stance, Status};

/// The days that a date or period can mean, both ends included; `None` for an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpan {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl DaySpan {
    /// The days that a period can mean; `None` where it is unknown.
    pub fn of_period(period: Period) -> Option<Self> {
        let first = period.from.map(PartialDate::first_day);
        let last = period.to.map(PartialDate::last_day);
        (!period.is_unknown()).then_some(Self { first, last })
    }

    /// The days that a date can mean.
    pub fn of_date(date: PartialDate) -> Self {
        Self { first: Some(date.first_day()), last: Some(date.last_day()) }
    }
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its source stands by it.
    Stands,
    /// Its source took it back.
    Retracted {
        /// When.
        on: Option<PartialDate>,
    },
    /// Its source said something newer.
    Superseded {
        /// The newer claim.
        by: Option<Id<Claim>>,
        /// When that was stated.
        on: Option<PartialDate>,
    },
}

/// One claim on the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    /// The claim.
    pub claim: Id<Claim>,
    /// The incident that it speaks of; `None` for a claim that links actors.
    pub incident: Option<Id<Incident>>,
    /// Its source's name.
    pub source_name: String,
    /// What it says.
    pub says: String,
    /// Asserted, denied or declined.
    pub stance: Stance,
    /// When it was stated, as precise as it is known.
    pub stated_on: Option<PartialDate>,
    /// The period that it says it covers.
    pub covers: Period,
    /// The period of its incident.
    pub incident_period: Period,
    /// Whether it speaks of a period outside its incident's.
    pub is_period_mismatch: bool,
    /// Whether it is first-hand, and not a repetition.
    pub is_first_hand: bool,
    /// What became of it.
    pub fate: Fate,
}

impl TimelineRow {
    /// How precise the date of the statement is; `None` where it is unknown.
    pub fn precision(&self) -> Option<Precision> {
        self.stated_on.map(PartialDate::precision)
    }
}

/// When each claim was stated, against the period that it covers and the incident's.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Timeline {
    /// By the middle of the date stated, those without a date last, then by identifier.
    pub rows: Vec<TimelineRow>,
    /// The first and last day of everything in the rows; `None` where no day is known.
    pub bounds: Option<(Date, Date)>,
}

impl Timeline {
    /// The timeline of one incident, or of all claims. Retracted and superseded claims are in it.
    pub fn new(derived: &Derived, incident: Option<Id<Incident>>) -> Self {
        let mut rows: Vec<TimelineRow> = match incident {
            Some(incident) => derived.claims_of(incident).iter().map(|claim| row(derived, claim)).collect(),
            None => derived.assessment().claims.iter().map(|claim| row(derived, claim)).collect(),
        };
        // By where its mark stands: a date that is known to the month lies in the middle of it.
        rows.sort_by_key(|row| (row.stated_on.is_none(), row.stated_on.map(middle), row.claim));
        let bounds = bounds(&rows);
        Self { rows, bounds }
    }

    /// The same as a table, one line a claim.
    pub fn table(&self) -> ChartTable {
        let mut table = ChartTable::new(&[
            "Stated", "Source", "Says", "Stance", "Covers", "Incident", "Period", "Hand", "Status",
        ]);
        for row in &self.rows {
            let fate = match row.fate {
                Fate::Stands => "stands".to_owned(),
                Fate::Retracted { on: Some(on) } => format!("retracted {on}"),
                Fate::Retracted { on: None } => "retracted".to_owned(),
                Fate::Superseded { on: Some(on), .. } => format!("superseded {on}"),
                Fate::Superseded { on: None, .. } => "superseded".to_owned(),
            };
            table.rows.push(vec![
                row.stated_on.map_or_else(|| "unknown".to_owned(), |date| date.to_string()),
                row.source_name.clone(),
                row.says.clone(),
                row.stance.label().to_owned(),
                if row.covers.is_unknown() { "does not say".to_owned() } else { row.covers.to_string() },
                row.incident_period.to_string(),
                if row.is_period_mismatch { "outside the incident’s" } else { "" }.to_owned(),
                if row.is_first_hand { "first-hand" } else { "repeats" }.to_owned(),
                fate,
            ]);
        }
        table
    }
}

fn row(derived: &Derived, claim: &Claim) -> TimelineRow {
    let assessment = derived.assessment();
    let incident = claim.proposition.incident();
    let incident_period =
        incident.and_then(|id| assessment.get(id)).map_or(Period::default(), |incident| incident.period);
    let fate = match claim.status {
        Status::Standing => Fate::Stands,
        Status::Retracted { on } => Fate::Retracted { on },
        Status::Superseded { by } => Fate::Superseded {
            by,
            on: by.and_then(|by| assessment.get(by)).and_then(|newer| newer.stated_on),
        },
    };
    TimelineRow {
        claim: claim.id,
        incident,
        source_name: assessment.name_of(claim.source),
        says: match incident {
            Some(_) => assessment.actors_text(claim),
            None => assessment.proposition_text(claim),
        },
        stance: claim.stance,
        stated_on: claim.stated_on,
        covers: claim.covers,
        incident_period,
        is_period_mismatch: is_period_mismatch(assessment, claim),
        is_first_hand: match incident {
            Some(incident) if claim.status == Status::Standing => {
                derived.incident(incident).is_first_hand(claim.id)
            }
            _ => claim.repeats.is_empty(),
        },
        fate,
    }
}

/// The middle of a date, in seconds from a fixed day, twice.
fn middle(date: PartialDate) -> i64 {
    let since = |day: Date| day.duration_since(Date::constant(1970, 1, 1)).as_secs();
    since(date.first_day()) + since(date.last_day())
}

fn bounds(rows: &[TimelineRow]) -> Option<(Date, Date)> {
    let spans = rows.iter().flat_map(|row| {
        let fate = match row.fate {
            Fate::Stands => None,
            Fate::Retracted { on } | Fate::Superseded { on, .. } => on.map(DaySpan::of_date),
        };
        [
            row.stated_on.map(DaySpan::of_date),
            DaySpan::of_period(row.covers),
            DaySpan::of_period(row.incident_period),
            fate,
        ]
    });
    let days: Vec<Date> = spans.flatten().flat_map(|span| [span.first, span.last]).flatten().collect();
    Some((*days.iter().min()?, *days.iter().max()?))
}
