//! A calendar as an axis: days are numbered, and grid lines stand where years, months or days begin.

use std::ops::RangeInclusive;

use egui_plot::GridMark;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::analysis::charts::DaySpan;

/// Day 0.
const EPOCH: Date = Date::constant(1970, 1, 1);
/// The least distance between two labels of the axis, in points.
const LABEL_GAP: f64 = 84.0;
/// More lines than this are never asked for by a window of any size.
const MOST_LINES: usize = 400;

/// The number of a day.
pub(super) fn day_number(day: Date) -> f64 {
    day.since(EPOCH).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The day with a number, as near as the calendar reaches.
pub(super) fn day(number: f64) -> Date {
    let number = (number.floor() as i64).clamp(-700_000, 2_900_000);
    EPOCH.saturating_add(number.days())
}

/// The first moment and the moment after the last of some days; open ends are `None`.
pub(super) fn ends(span: DaySpan) -> (Option<f64>, Option<f64>) {
    (span.first.map(day_number), span.last.map(|last| day_number(last) + 1.0))
}

/// A distance between grid lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(u8),
    Months(i8),
    Years(i16),
}

impl Step {
    const ALL: [Self; 15] = [
        Self::Days(1),
        Self::Days(2),
        Self::Days(7),
        Self::Days(14),
        Self::Months(1),
        Self::Months(2),
        Self::Months(3),
        Self::Months(6),
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(50),
        Self::Years(100),
        Self::Years(1000),
    ];

    /// Its length in days, roughly.
    fn days(self) -> f64 {
        match self {
            Self::Days(days) => f64::from(days),
            Self::Months(months) => f64::from(months) * 30.44,
            Self::Years(years) => f64::from(years) * 365.25,
        }
    }

    /// The last line at or before a day.
    fn start(self, at: Date) -> Date {
        match self {
            Self::Days(days) => {
                let number = day_number(at);
                day(number - number.rem_euclid(f64::from(days)))
            }
            Self::Months(months) => {
                let first = at.month() - (at.month() - 1) % months;
                Date::new(at.year(), first, 1).unwrap_or(at)
            }
            Self::Years(years) => Date::new(at.year() - at.year().rem_euclid(years), 1, 1).unwrap_or(at),
        }
    }

    fn next(self, line: Date) -> Date {
        match self {
            Self::Days(days) => line.saturating_add(i64::from(days).days()),
            Self::Months(months) => line.saturating_add(i64::from(months).months()),
            Self::Years(years) => line.saturating_add(i64::from(years).years()),
        }
    }
}

/// The grid lines of the days in sight, at least so far apart that their labels do not touch. `width` is that of the axis, in
/// points.
pub(super) fn lines((from, to): (f64, f64), width: f64) -> Vec<GridMark> {
    let least = (to - from) / width.max(1.0) * LABEL_GAP;
    let Some(step) = Step::ALL.into_iter().find(|step| step.days() >= least) else { return Vec::new() };
    let mut line = step.start(day(from));
    let mut lines = Vec::new();
    while day_number(line) <= to && lines.len() < MOST_LINES {
        if day_number(line) >= from {
            lines.push(GridMark { value: day_number(line), step_size: step.days() });
        }
        let next = step.next(line);
        if next <= line {
            break;
        }
        line = next;
    }
    lines
}

/// The label of a grid line, as precise as the distance to the next.
pub(super) fn label(mark: GridMark, _range: &RangeInclusive<f64>) -> String {
    let at = day(mark.value + 0.5);
    if mark.step_size > 360.0 {
        format!("{:04}", at.year())
    } else if mark.step_size > 28.0 {
        format!("{:04}-{:02}", at.year(), at.month())
    } else {
        at.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_where_the_calendar_turns() {
        let check = |from: &str, to: &str, width: f64, expect: &[&str]| {
            let (from, to): (Date, Date) = (from.parse().unwrap(), to.parse().unwrap());
            let range = (day_number(from), day_number(to));
            let labels: Vec<String> =
                lines(range, width).into_iter().map(|mark| label(mark, &(0.0..=1.0))).collect();
            assert_eq!(labels, expect, "{from} to {to} on {width}");
        };
        check("2015-03-10", "2018-02-01", 400.0, &["2016", "2017", "2018"]);
        check(
            "2015-05-10",
            "2015-11-01",
            600.0,
            &["2015-06", "2015-07", "2015-08", "2015-09", "2015-10", "2015-11"],
        );
        check("2015-06-01", "2015-06-04", 400.0, &["2015-06-01", "2015-06-02", "2015-06-03", "2015-06-04"]);
        check("1990-01-01", "2030-01-01", 500.0, &["1990", "2000", "2010", "2020", "2030"]);
    }

    #[test]
    fn labels_never_touch_and_lines_never_run_away() {
        for days in [0.001, 0.5, 3.0, 40.0, 500.0, 9_000.0, 800_000.0, 3_000_000.0] {
            let found = lines((10_000.0, 10_000.0 + days), 700.0);
            assert!(found.len() < 12, "{days}: {}", found.len());
        }
        assert!(lines((f64::NAN, f64::NAN), 700.0).len() <= 1);
    }
}
