//! Which columns fit into the table, and how wide they are: by what stands in them.

use super::columns::Column;
use crate::model::{Assessment, Claim};

/// How many claims are looked at to see what the columns hold.
const SAMPLE: usize = 240;
/// The usual width of a letter, in points.
const LETTER: f32 = 7.0;
/// What padding takes of a column, in points.
const PADDING: f32 = 20.0;
/// A column in which fewer of the claims say anything stands behind those that say more.
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
    /// The share of claims that say something there.
    filled: f32,
}

impl Default for Needs {
    fn default() -> Self {
        Self { of: Column::ALL.map(|column| Need { width: limits(column).0, filled: 1.0 }) }
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
            // The few that are much longer than the rest are cut.
            let most = letters.get(letters.len() * 9 / 10).copied().unwrap_or_default();
            let (least, greatest) = limits(column);
            let width = (most as f32 * LETTER + PADDING + mark(column)).clamp(least, greatest);
            Need { width, filled: filled as f32 / claims.len() as f32 }
        };
        Self { of: Column::ALL.map(&mut need) }
    }

    fn get(&self, column: Column) -> Need {
        self.of.get(column.place()).copied().unwrap_or(Need { width: limits(column).0, filled: 1.0 })
    }

    /// The columns that fit into a width: as many as can be read, those that say most before the others, and without those
    /// that say nothing.
    pub fn fitting(&self, width: f32, says_nothing: impl Fn(Column) -> bool) -> Vec<Column> {
        /// These stand there even where they have to be cut.
        const ALWAYS: [Column; 5] =
            [Column::Source, Column::Stance, Column::Says, Column::Link, Column::StatedOn];
        const MOST_TELLING_FIRST: [Column; 8] = [
            Column::Incident,
            Column::Likelihood,
            Column::Confidence,
            Column::Grade,
            Column::Document,
            Column::Covers,
            Column::Basis,
            Column::Origin,
        ];
        let mut columns: Vec<Column> = ALWAYS.into_iter().filter(|column| !says_nothing(*column)).collect();
        // What stands there anyway makes room down to a width in which most can be read.
        let asked = |column: &Column| self.get(*column).width.min(comfortable(*column));
        let mut room = width - columns.iter().map(asked).sum::<f32>();
        let mut others: Vec<Column> = MOST_TELLING_FIRST
            .into_iter()
            .filter(|column| !says_nothing(*column) && self.get(*column).filled > 0.0)
            .collect();
        others.sort_by_key(|column| self.get(*column).filled < TELLING);
        for column in others {
            room -= asked(&column);
            if room < 0.0 {
                break;
            }
            columns.push(column);
        }
        columns.sort_unstable();
        columns
    }

    /// The widths of columns that fill a width, as far as their limits let them.
    pub fn widths(&self, columns: &[Column], room: f32) -> Vec<f32> {
        let wanted: f32 = columns.iter().map(|column| self.get(*column).width).sum();
        let left = room - wanted;
        let share = |column: Column| {
            if left > 0.0 { gain(column) } else { self.get(column).width - limits(column).0 }
        };
        let shares: f32 = columns.iter().map(|column| share(*column)).sum();
        let width = |column: &Column| {
            let more = if shares > 0.0 { left * share(*column) / shares } else { 0.0 };
            (self.get(*column).width + more).max(limits(*column).0).floor()
        };
        columns.iter().map(width).collect()
    }
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
        Column::Likelihood => (112.0, 220.0),
        Column::Confidence | Column::StatedOn => (88.0, 110.0),
        Column::Covers => (96.0, 160.0),
        Column::Grade => (56.0, 56.0),
        Column::Document => (140.0, 280.0),
    }
}

/// The width in which most of what usually stands in a column can be read, in points.
const fn comfortable(column: Column) -> f32 {
    match column {
        Column::Source => 160.0,
        Column::Says => 180.0,
        Column::Incident => 128.0,
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
        Column::Likelihood => 20.0,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Header, Id, Incident, Nameable, Proposition, Role, Source, Uuid};

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
        assert!(needs.fitting(300.0, |_| false).contains(&Column::Link), "a link can be switched");
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
