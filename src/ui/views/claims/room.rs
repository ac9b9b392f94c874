//! Which columns fit into the table, and how wide they are: by what stands in them.

use super::columns::{Column, percent_range};
use crate::model::{Assessment, Claim};

/// How many claims are looked at to see what the columns hold.
const SAMPLE: usize = 240;
/// The usual width of a letter, in points.
const LETTER: f32 = 7.0;
/// What padding takes of a column, in points.
const PADDING: f32 = 20.0;
/// A column in which fewer of the claims say anything stands only where there is room to spare.
const TELLING: f32 = 0.1;

/// What the columns need so that nearly all that stands in them can be read.
#[derive(Clone, Debug)]
pub struct Needs {
    of: [Need; Column::COUNT],
}

#[derive(Clone, Copy, Debug)]
struct Need {
    /// In points.
    width: f32,
    /// In less its words lose what matters, in points.
    least: f32,
    /// The share of claims that say something there.
    filled: f32,
}

impl Default for Needs {
    fn default() -> Self {
        Self { of: Column::ALL.map(usual) }
    }
}

impl Needs {
    /// What the claims of an assessment need: a sample of them, so that it takes no longer where there are many.
    pub fn of(assessment: &Assessment) -> Self {
        let step = assessment.claims.len().div_ceil(SAMPLE).max(1);
        let claims: Vec<&Claim> = assessment.claims.iter().step_by(step).collect();
        if claims.is_empty() {
            return Self::default();
        }
        let mut text = String::new();
        let mut need = |column: Column| {
            let mut letters: Vec<usize> = Vec::with_capacity(claims.len());
            for claim in &claims {
                text.clear();
                column.write(assessment, claim, &mut text);
                letters.push(text.chars().count());
            }
            letters.sort_unstable();
            let filled = letters.iter().filter(|count| **count > 0).count();
            let (least, greatest) = limits(column);
            let width =
                |letters: usize| (letters as f32 * LETTER + PADDING + mark(column)).clamp(least, greatest);
            let longest = letters.last().copied().unwrap_or_default();
            // The few that are much longer than the rest are cut.
            let most = letters.get(letters.len() * 9 / 10).copied().unwrap_or_default();
            let (width, least) = match column {
                // The end of a period says as much as its beginning.
                Column::Covers => (width(longest), width(longest)),
                // The range beside the words is left out where there is no room for it.
                Column::Likelihood => (width(most), width(longest_words(&claims))),
                _ => (width(most), least),
            };
            Need { width: width.max(least), least, filled: filled as f32 / claims.len() as f32 }
        };
        Self { of: Column::ALL.map(&mut need) }
    }

    fn get(&self, column: Column) -> Need {
        self.of.get(column.place()).copied().unwrap_or(usual(column))
    }

    /// The columns that fit into a width: as many as can be read, those that say most before the others, and without those
    /// that say nothing.
    pub fn fitting(&self, width: f32, says_nothing: impl Fn(Column) -> bool) -> Vec<Column> {
        /// These stand there even where they have to be cut.
        const ALWAYS: [Column; 4] = [Column::Source, Column::Stance, Column::Says, Column::StatedOn];
        const MOST_TELLING_FIRST: [Column; 9] = [
            Column::Incident,
            Column::Likelihood,
            Column::Link,
            Column::Confidence,
            Column::Grade,
            Column::Document,
            Column::Covers,
            Column::Basis,
            Column::Origin,
        ];
        let mut columns: Vec<Column> = ALWAYS.into_iter().filter(|column| !says_nothing(*column)).collect();
        // What stands there anyway makes room down to a width in which most can be read.
        let asked = |column: &Column| {
            let need = self.get(*column);
            need.width.min(comfortable(*column)).max(need.least)
        };
        let mut room = width - columns.iter().map(asked).sum::<f32>();
        let others = MOST_TELLING_FIRST.into_iter().filter(|column| !says_nothing(*column));
        let (telling, others): (Vec<Column>, Vec<Column>) =
            others.partition(|column| self.get(*column).filled >= TELLING);
        for column in telling {
            if asked(&column) <= room {
                room -= asked(&column);
                columns.push(column);
            }
        }
        // In the others few claims say anything: they stand only where nothing is cut for them.
        let mut room = width - columns.iter().map(|column| self.get(*column).width).sum::<f32>();
        for column in others.into_iter().filter(|column| self.get(*column).filled > 0.0) {
            if self.get(column).width <= room {
                room -= self.get(column).width;
                columns.push(column);
            }
        }
        columns.sort_unstable();
        columns
    }

    /// The widths of columns that fill a width, as far as their limits let them.
    pub fn widths(&self, columns: &[Column], room: f32) -> Vec<f32> {
        let wanted: f32 = columns.iter().map(|column| self.get(*column).width).sum();
        let left = room - wanted;
        let share = |column: Column| {
            if left > 0.0 { gain(column) } else { self.get(column).width - self.get(column).least }
        };
        let shares: f32 = columns.iter().map(|column| share(*column)).sum();
        let width = |column: &Column| {
            let more = if shares > 0.0 { left * share(*column) / shares } else { 0.0 };
            (self.get(*column).width + more).max(self.get(*column).least).floor()
        };
        columns.iter().map(width).collect()
    }
}

/// What a column needs of which nothing is known.
const fn usual(column: Column) -> Need {
    let (least, _) = limits(column);
    Need { width: least, least, filled: 1.0 }
}

/// The longest words that say how likely something is, or the range where there are none, in letters.
fn longest_words(claims: &[&Claim]) -> usize {
    let letters = claims.iter().filter_map(|claim| claim.likelihood.as_ref()).map(|likelihood| {
        let range = || percent_range(likelihood).map_or(0, |range| range.chars().count() + 2);
        if likelihood.words.is_empty() { range() } else { likelihood.words.chars().count() }
    });
    letters.max().unwrap_or_default()
}

/// The least and the greatest width that a column is given, in points.
pub const fn limits(column: Column) -> (f32, f32) {
    match column {
        Column::Source => (110.0, 240.0),
        Column::Stance => (86.0, 86.0),
        Column::Says => (120.0, 300.0),
        Column::Link => (44.0, 44.0),
        Column::Incident => (96.0, 260.0),
        Column::Status => (104.0, 104.0),
        Column::Role | Column::Basis | Column::Origin | Column::Verification => (96.0, 160.0),
        Column::Likelihood => (112.0, 250.0),
        Column::Confidence | Column::StatedOn => (88.0, 110.0),
        Column::Covers => (96.0, 190.0),
        Column::Grade => (56.0, 56.0),
        Column::Document => (140.0, 280.0),
    }
}

/// The width in which most of what usually stands in a column can be read, in points.
const fn comfortable(column: Column) -> f32 {
    match column {
        Column::Source => 140.0,
        Column::Says => 160.0,
        Column::Incident => 120.0,
        Column::Likelihood => limits(column).0,
        Column::Document => 200.0,
        _ => limits(column).1,
    }
}

/// What a column gets of the room that is left.
const fn gain(column: Column) -> f32 {
    match column {
        Column::Says | Column::Document => 2.0,
        Column::Source | Column::Incident => 1.0,
        _ => 0.0,
    }
}

/// What marks before the words take, in points.
const fn mark(column: Column) -> f32 {
    match column {
        Column::Says => 18.0,
        Column::Likelihood => 36.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Entity, Header, Id, Incident, Likelihood, Nameable, Period, Proposition, Role, Source, Uuid,
    };

    /// Claims of a source of this name on an incident of that name.
    fn case(source: &str, incident: &str) -> Assessment {
        let id = |number: u128| Uuid::from_u128(number);
        let about = Proposition::Attribution {
            incident: Id::new(id(2)),
            actors: Vec::new(),
            role: Role::Perpetrator,
        };
        let records = [
            Source::named(Id::new(id(1)), source.to_owned()).into_record(),
            Incident::named(Id::new(id(2)), incident.to_owned()).into_record(),
            Claim::new(Id::new(id(3)), Id::new(id(1)), about).into_record(),
        ];
        Assessment::from_records(Header::default(), records)
    }

    #[test]
    fn more_columns_fit_into_more_room() {
        let needs = Needs::default();
        let narrow = needs.fitting(700.0, |column| column == Column::Link);
        assert!(narrow.starts_with(&[Column::Source, Column::Stance, Column::Says]), "{narrow:?}");
        let wide = needs.fitting(1340.0, |_| false);
        assert!(narrow.iter().all(|column| wide.contains(column)), "{wide:?}");
        assert!(wide.contains(&Column::Link) && !narrow.contains(&Column::Link));
        assert!(!needs.fitting(300.0, |_| false).contains(&Column::Link));
    }

    #[test]
    fn what_stands_in_a_column_makes_its_width() {
        let width = |source: &str| {
            let needs = Needs::of(&case(source, "A breach"));
            let columns = needs.fitting(900.0, |_| false);
            assert!(!columns.contains(&Column::Likelihood), "nobody says how likely");
            needs.widths(&columns, 900.0).first().copied().unwrap()
        };
        assert!(width("Director of National Intelligence") > width("FBI"));
    }

    #[test]
    fn what_must_not_be_cut_is_not() {
        let mut assessment = case("Director of National Intelligence", "A breach");
        let mut claim = assessment.claims.iter().next().unwrap().clone();
        let words = "roughly even chance".to_owned();
        claim.likelihood = Some(Likelihood { words, low: Some(0.45), high: Some(0.55) });
        claim.covers = Period { from: "2008-09".parse().ok(), to: "2013-12".parse().ok() };
        let mut records = vec![claim.into_record()];
        assessment.for_each_record(&mut |record| {
            if !matches!(record, crate::model::Record::Claim(_)) {
                records.push(record);
            }
        });
        assessment = Assessment::from_records(Header::default(), records);
        let needs = Needs::of(&assessment);
        let width = |column: Column, room: f32| {
            let columns = needs.fitting(room, |column| column == Column::Link);
            let place = columns.iter().position(|it| *it == column)?;
            needs.widths(&columns, room).get(place).copied()
        };
        // Beside both panels at 1280 points, and where there is more room.
        for room in [712.0, 900.0, 1_340.0, 1_900.0] {
            if let Some(likelihood) = width(Column::Likelihood, room) {
                assert!(likelihood >= 19.0 * LETTER + 36.0 + 16.0, "{room}: {likelihood}");
            }
            if let Some(covers) = width(Column::Covers, room) {
                assert!(covers >= 17.0 * LETTER + 16.0, "{room}: {covers}");
            }
        }
        assert!(width(Column::Covers, 1_340.0).is_some());
        assert!(width(Column::Likelihood, 900.0).is_some());
    }

    #[test]
    fn widths_fill_the_room_and_keep_their_least() {
        let needs = Needs::of(&case("Director of National Intelligence", "A breach"));
        let check = |room: f32| {
            let columns = needs.fitting(room, |_| false);
            let widths = needs.widths(&columns, room);
            let least: f32 = columns.iter().map(|column| limits(*column).0).sum();
            let sum: f32 = widths.iter().sum();
            assert!((sum - room.max(least)).abs() <= columns.len() as f32, "{room}: {widths:?}");
        };
        [300.0, 520.0, 760.0, 1_340.0, 1_900.0].into_iter().for_each(check);
    }
}
