//! What is remembered of the table between runs.

use serde::{Deserialize, Serialize};

use super::State;
use super::columns::Column;
use super::index::{Grouping, Sorting};

/// How the user has set up the table: its columns, widths, sorting and groups. The filter is not remembered, since a
/// table that opens without its rows looks like one that has lost them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// The columns that were chosen; `None` where as many are shown as fit.
    columns: Option<Vec<Column>>,
    /// The widths in points; empty where the columns fill the table.
    widths: Vec<(Column, f32)>,
    sorting: Vec<Sorting>,
    grouping: Grouping,
}

impl State {
    /// How the table is set up now.
    pub fn remembered(&self) -> Remembered {
        Remembered {
            columns: self.columns.clone(),
            widths: self.widths.of_the_user().to_vec(),
            sorting: self.wanted.sorting.clone(),
            grouping: self.wanted.grouping,
        }
    }

    /// Sets the table up as it was. What cannot be is put right: the first column stays, and no width is absurd.
    pub fn restore(&mut self, remembered: Remembered) {
        let Remembered { columns, mut widths, mut sorting, grouping } = remembered;
        self.columns = columns.map(|mut columns| {
            columns.push(Column::Source);
            columns.sort_unstable();
            columns.dedup();
            columns
        });
        widths.retain(|(_, width)| width.is_finite());
        widths.iter_mut().for_each(|(_, width)| *width = width.clamp(40.0, 900.0));
        self.widths.restore(widths);
        sorting.truncate(super::MOST_SORTINGS);
        self.wanted.sorting = sorting;
        self.wanted.grouping = grouping;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_set_up_as_it_was() {
        let mut state = State::default();
        let set_up = Remembered {
            columns: Some(vec![Column::Source, Column::Says, Column::Verification]),
            widths: vec![(Column::Source, 200.0)],
            sorting: vec![Sorting { column: Column::StatedOn, is_descending: true }],
            grouping: Grouping::Incident,
        };
        let text = ron::to_string(&set_up).unwrap();
        state.restore(ron::from_str(&text).unwrap());
        assert_eq!(state.remembered(), set_up);
    }

    #[test]
    fn what_cannot_be_is_put_right() {
        let mut state = State::default();
        state.restore(Remembered {
            columns: Some(vec![Column::Says, Column::Says]),
            widths: vec![(Column::Source, f32::NAN), (Column::Says, 1e9)],
            ..Remembered::default()
        });
        let found = state.remembered();
        assert_eq!(found.columns, Some(vec![Column::Source, Column::Says]));
        assert_eq!(found.widths, [(Column::Says, 900.0)]);
    }
}
