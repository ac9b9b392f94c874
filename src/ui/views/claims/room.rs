//! Which columns fit into the table, and how wide they are: by what stands in them.

use super::columns::{Column, percent_range};
use crate::model::{Assessment, Claim};

/// How many claims are looked at to see what the columns hold.
const SAMPLE: usize = 240;
/// Between these widths of the table, in points, columns come to stand more comfortably.
const NARROW: f32 = 720.0;
const WIDE: f32 = 1_240.0;
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
    /// What the claims of an assessment need, by how wide texts are in points: of a sample of them, so that it takes no longer
    /// where there are many.
    pub fn of(assessment: &Assessment, mut width_of: impl FnMut(&str) -> f32) -> Self {
        let step = assessment.claims.len().div_ceil(SAMPLE).max(1);
        let claims: Vec<&Claim> = assessment.claims.iter().step_by(step).collect();
        if claims.is_empty() {
            return Self::default();
        }
        let mut text = String::new();
        let mut need = |column: Column| {
            let mut widths: Vec<f32> = Vec::with_capacity(claims.len());
            for claim in &claims {
                text.clear();
                column.write(assessment, claim, &mut text);
                widths.push(if text.is_empty() { 0.0 } else { width_of(&text).ceil() });
            }
            widths.sort_unstable_by(f32::total_cmp);
            let filled = widths.iter().filter(|width| **width > 0.0).count();
            let (least, greatest) = limits(column);
            let column_width = |text: f32| (text + PADDING + mark(column)).clamp(least, greatest);
            let longest = widths.last().copied().unwrap_or_default();
            // The few that are much longer than the rest are cut.
            let most = widths.get(widths.len() * 9 / 10).copied().unwrap_or_default();
            let (width, least) = match column {
                // The end of a period says as much as its beginning.
                Column::Covers => (column_width(longest), column_width(longest)),
                // The range beside the words is left out where there is no room for it.
                Column::Likelihood => {
                    (column_width(most), column_width(longest_words(&claims, &mut width_of)))
                }
                _ => (column_width(most), least),
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
            Column::Origin,
            Column::Basis,
        ];
        let mut columns: Vec<Column> = ALWAYS.into_iter().filter(|column| !says_nothing(*column)).collect();
        // What stands there anyway makes room down to a width in which most can be read.
        let asked = |column: &Column| {
            let need = self.get(*column);
            need.width.min(comfortable(*column, width)).max(need.least)
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

    /// The widths of columns that fill a width, as far as their limits let them. Where there is too little, those give way first
    /// in which a part says enough, and whom the claim is of and whom it names last.
    pub fn widths(&self, columns: &[Column], room: f32) -> Vec<f32> {
        let mut widths: Vec<f32> = columns.iter().map(|column| self.get(*column).width).collect();
        let left = room - widths.iter().sum::<f32>();
        if left > 0.0 {
            let gains: f32 = columns.iter().map(|column| gain(*column)).sum();
            for (width, column) in widths.iter_mut().zip(columns) {
                *width += if gains > 0.0 { left * gain(*column) / gains } else { 0.0 };
            }
        } else {
            let mut missing = -left;
            for step in GivingWay::IN_ORDER {
                let spare = |column: Column, width: f32| {
                    let need = self.get(column);
                    let down_to = match step {
                        GivingWay::Details if !is_detail(column) => return 0.0,
                        GivingWay::Middle if is_main(column) => return 0.0,
                        GivingWay::Details | GivingWay::All => need.least,
                        GivingWay::Middle | GivingWay::Main => comfortable(column, room).max(need.least),
                    };
                    (width - down_to).max(0.0)
                };
                let all: f32 =
                    columns.iter().zip(&widths).map(|(column, width)| spare(*column, *width)).sum();
                let share = if all > 0.0 { (missing / all).min(1.0) } else { 0.0 };
                for (width, column) in widths.iter_mut().zip(columns) {
                    *width -= spare(*column, *width) * share;
                }
                missing -= all * share;
            }
        }
        widths.into_iter().map(f32::floor).collect()
    }
}

/// The steps in which columns give way where there is too little room.
#[derive(Clone, Copy, Debug)]
enum GivingWay {
    /// The columns of details, as far as they can.
    Details,
    /// All but the main columns, while they stand comfortably.
    Middle,
    /// The main columns as well, while they stand comfortably.
    Main,
    /// All, as far as they can.
    All,
}

impl GivingWay {
    const IN_ORDER: [Self; 4] = [Self::Details, Self::Middle, Self::Main, Self::All];
}

/// Whether a part of what stands in the column says enough: the whole is a click away.
const fn is_detail(column: Column) -> bool {
    matches!(column, Column::Document | Column::Basis | Column::Origin | Column::Verification)
}

/// Whether the row is about what stands in the column.
const fn is_main(column: Column) -> bool {
    matches!(column, Column::Source | Column::Says)
}

/// What a column needs of which nothing is known.
const fn usual(column: Column) -> Need {
    let (least, _) = limits(column);
    Need { width: least, least, filled: 1.0 }
}

/// How wide the longest words are that say how likely something is, or the range where there are none, in points.
fn longest_words(claims: &[&Claim], mut width_of: impl FnMut(&str) -> f32) -> f32 {
    let widths = claims.iter().filter_map(|claim| claim.likelihood.as_ref()).map(|likelihood| {
        if likelihood.words.is_empty() {
            percent_range(likelihood).map_or(0.0, |range| width_of(&format!("{range} %")))
        } else {
            width_of(&likelihood.words)
        }
    });
    widths.fold(0.0, f32::max)
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

/// The width in which most of what usually stands in a column can be read, in points: in a wide table more than in a narrow one,
/// where more columns are worth more.
const fn comfortable(column: Column, room: f32) -> f32 {
    let wide = ((room - NARROW) / (WIDE - NARROW)).clamp(0.0, 1.0);
    let (narrow, more) = match column {
        Column::Source => (140.0, 60.0),
        Column::Says => (160.0, 60.0),
        Column::Incident => (120.0, 70.0),
        Column::Likelihood => (limits(column).0, 0.0),
        Column::Document => (200.0, -40.0),
        _ => (limits(column).1, 0.0),
    };
    narrow + more * wide
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

    /// The width of every letter, in points.
    const LETTER: f32 = 7.0;

    fn needs_of(assessment: &Assessment) -> Needs {
        Needs::of(assessment, |text| text.chars().count() as f32 * LETTER)
    }

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
            let needs = needs_of(&case(source, "A breach"));
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
        let needs = needs_of(&assessment);
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
        let needs = needs_of(&case("Director of National Intelligence", "A breach"));
        let check = |room: f32| {
            let columns = needs.fitting(room, |_| false);
            let widths = needs.widths(&columns, room);
            let least: f32 = columns.iter().map(|column| limits(*column).0).sum();
            let sum: f32 = widths.iter().sum();
            assert!((sum - room.max(least)).abs() <= columns.len() as f32, "{room}: {widths:?}");
        };
        [300.0, 520.0, 760.0, 1_340.0, 1_900.0].into_iter().for_each(check);
    }

    #[test]
    fn details_give_way_before_the_incident_and_that_before_who_says_what() {
        let columns = [Column::Source, Column::Stance, Column::Says, Column::Incident, Column::Document];
        let mut needs = Needs::default();
        for column in columns {
            let (least, greatest) = limits(column);
            needs.of[column.place()] = Need { width: greatest, least, filled: 1.0 };
        }
        let wanted: f32 = columns.iter().map(|column| limits(*column).1).sum();
        let check = |too_little: f32, gives: [bool; 5]| {
            let widths = needs.widths(&columns, wanted - too_little);
            let given = columns
                .iter()
                .zip(&widths)
                .map(|(column, width)| limits(*column).1 - width > 1.0)
                .collect::<Vec<_>>();
            assert_eq!(given, gives, "{too_little}: {widths:?}");
        };
        check(0.0, [false; 5]);
        check(120.0, [false, false, false, false, true]);
        check(180.0, [false, false, false, true, true]);
        check(300.0, [true, false, true, true, true]);
    }
}
