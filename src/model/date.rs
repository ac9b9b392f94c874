//! Dates as sources give them: a year, a month or a day, never more precise than what was said.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// How precise a [`PartialDate`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year is known.
    Year,
    /// The year and the month are known.
    Month,
    /// The day is known.
    Day,
}

/// A calendar date of which the month or the day may be unknown, for example `2015`, `2015-06` or `2015-06-19`.
///
/// Ordered by its first possible day, the less precise date first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has another shape.
    #[error("\"{0}\" is not a date: write a year, a month or a day, such as 2015, 2015-06 or 2015-06-19")]
    Shape(String),
    /// The shape is right, but the calendar has no such day or month.
    #[error("\"{0}\" is not in the calendar")]
    NoSuchDay(String),
}

impl PartialDate {
    /// The year `year`; `None` outside 1 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        Self::checked(year, 1, 1, Precision::Year)
    }

    /// The month `month` (1 to 12) of `year`; `None` where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::checked(year, month, 1, Precision::Month)
    }

    /// The day `day`; `None` where the calendar has no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::checked(year, month, day, Precision::Day)
    }

    /// A date that is known to the day.
    pub const fn from_day(day: Date) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    fn checked(year: i16, month: i8, day: i8, precision: Precision) -> Option<Self> {
        if year < 1 {
            return None;
        }
        let first = Date::new(year, month, day).ok()?;
        Some(Self { first, precision })
    }

    /// How precise the date is.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The first day that the date can mean.
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// The last day that the date can mean.
    pub fn last_day(self) -> Date {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first, self.precision).cmp(&(other.first, other.precision))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first;
        match self.precision {
            Precision::Year => write!(f, "{:04}", date.year()),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Day => write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let shape = || DateError::Shape(text.to_owned());
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let mut parts = text.trim().split('-');
        let year = parts.next().and_then(|part| number(part, 4)).ok_or_else(shape)?;
        let month = parts.next().map(|part| number(part, 2).ok_or_else(shape)).transpose()?;
        let day = parts.next().map(|part| number(part, 2).ok_or_else(shape)).transpose()?;
        if parts.next().is_some() {
            return Err(shape());
        }
        let small = |value: i16| i8::try_from(value).ok();
        let date = match (month, day) {
            (None, _) => Self::year(year),
            (Some(month), None) => small(month).and_then(|month| Self::month(year, month)),
            (Some(month), Some(day)) => {
                small(month).zip(small(day)).and_then(|(month, day)| Self::day(year, month, day))
            }
        };
        date.ok_or_else(|| DateError::NoSuchDay(text.to_owned()))
    }
}

/// A span of time with either end possibly open, each end as precise as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Period {
    /// When it began; `None` if unknown or open.
    pub from: Option<PartialDate>,
    /// When it ended; `None` if unknown or still going on.
    pub to: Option<PartialDate>,
}

/// How two periods lie to each other, as far as their precision tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// At least one of the two says nothing about time.
    Unknown,
    /// They can share a day.
    Shared,
    /// No day can belong to both.
    Apart,
}

impl Period {
    /// The period that one date stands for.
    pub const fn on(date: PartialDate) -> Self {
        Self { from: Some(date), to: Some(date) }
    }

    /// Whether neither end is known.
    pub const fn is_unknown(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether its end lies before its start, whatever the unknown parts are.
    pub fn is_reversed(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to.last_day() < from.first_day())
    }

    /// Whether the two periods can share a day. An open end reaches arbitrarily far; a missing period is unknown.
    pub fn overlap(self, other: Self) -> Overlap {
        if self.is_unknown() || other.is_unknown() {
            return Overlap::Unknown;
        }
        let starts_after_end = |a: Self, b: Self| matches!((a.from, b.to), (Some(from), Some(to)) if from.first_day() > to.last_day());
        if starts_after_end(self, other) || starts_after_end(other, self) {
            Overlap::Apart
        } else {
            Overlap::Shared
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (Some(from), Some(to)) => write!(f, "{from} – {to}"),
            (Some(from), None) => write!(f, "since {from}"),
            (None, Some(to)) => write!(f, "until {to}"),
            (None, None) => write!(f, "unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        for text in ["2015", "2015-06", "2015-06-19", "0001", "2024-02-29"] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
        }
        for text in ["", "15", "2015-6", "2015-06-19-01", "June", "2015/06", "+015", "2015-", "-2015"] {
            assert!(matches!(text.parse::<PartialDate>(), Err(DateError::Shape(_))), "{text}");
        }
        for text in ["2015-13", "2015-02-29", "0000", "2015-00", "2015-01-32"] {
            assert!(matches!(text.parse::<PartialDate>(), Err(DateError::NoSuchDay(_))), "{text}");
        }
    }

    #[test]
    fn a_date_covers_all_days_that_it_can_mean() {
        let month: PartialDate = "2016-02".parse().unwrap();
        assert_eq!((month.first_day().day(), month.last_day().day()), (1, 29));
        let year: PartialDate = "2016".parse().unwrap();
        assert_eq!(year.last_day().month(), 12);
        assert!(year < month);
    }

    #[test]
    fn periods_overlap_where_a_day_can_belong_to_both() {
        let period = |from: &str, to: &str| Period { from: from.parse().ok(), to: to.parse().ok() };
        let check = |a: Period, b: Period, expect: Overlap| {
            assert_eq!(a.overlap(b), expect, "{a} against {b}");
            assert_eq!(b.overlap(a), expect, "{b} against {a}");
        };
        check(period("2008-09", "2019-06"), period("2020-01", "2020"), Overlap::Apart);
        check(period("2008-09", "2020-01"), period("2020-01-31", "2020"), Overlap::Shared);
        check(period("2008", ""), period("2020", "2021"), Overlap::Shared);
        check(period("2022", ""), period("2020", "2021"), Overlap::Apart);
        check(period("", ""), period("2020", "2021"), Overlap::Unknown);
        assert!(period("2020-02", "2020-01").is_reversed());
        assert!(!period("2020-02-03", "2020").is_reversed());
    }
}
