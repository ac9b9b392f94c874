//! The evidence matrix as a figure.

use std::cell::OnceCell;

use eframe::egui::{Rect, Ui, UiBuilder, Vec2, vec2};

use super::memo::{Key, Memo};
use super::{State, grid, labels, layout, legend, strip};
use crate::analysis::ach::Raters;
use crate::analysis::charts::ChartTable;
use crate::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use crate::ui::ViewContext;
use crate::ui::figure::{FigureChart, FigureError};
use crate::ui::tokens::ROW_HEIGHT;
use crate::ui::views::data_key::DataKey;
use crate::ui::widgets::chart_grid::{ChartGrid, GridSize};

/// The most rows of a figure.
const MOST_ROWS: usize = 600;

/// What the user has set in the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FigureSettings {
    /// Whose ratings.
    pub raters: Raters,
    /// In what order the evidence stands.
    pub sort: MatrixSort,
    /// What it is grouped by.
    pub groups: MatrixGroups,
    /// Whether hypotheses are the rows.
    pub is_transposed: bool,
}

impl State {
    /// What the user has set.
    pub fn figure_settings(&self) -> FigureSettings {
        FigureSettings {
            raters: self.memo.as_ref().map_or(Raters::Everyone, |memo| memo.key.raters),
            sort: self.sort,
            groups: self.groups,
            is_transposed: self.is_transposed,
        }
    }
}

/// The whole matrix with its scores.
pub(crate) fn figure<'a>(
    cx: &'a ViewContext<'a>,
    settings: FigureSettings,
) -> Result<Box<dyn FigureChart + 'a>, FigureError> {
    let incident = cx.incident;
    let incident = incident.ok_or(FigureError::NoIncident)?;
    let FigureSettings { raters, sort, groups, is_transposed } = settings;
    let layout = (sort, groups, is_transposed);
    // On paper nobody works, and no rating is one's own.
    let memo = Memo::new(cx, Key { data: DataKey::of(cx), incident, raters, own: None, layout }, None);
    if memo.chart.columns.is_empty() {
        return Err(FigureError::Empty { why: "this incident has no hypotheses" });
    }
    if memo.chart.rows.is_empty() {
        return Err(FigureError::Empty { why: "this incident has no evidence" });
    }
    Ok(Box::new(Matrix { cx, memo, settings, measured: OnceCell::new() }))
}

struct Matrix<'a> {
    cx: &'a ViewContext<'a>,
    memo: Memo,
    settings: FigureSettings,
    /// How it is laid out; it needs to be known how long texts are.
    measured: OnceCell<(GridSize, Vec<f32>)>,
}

impl Matrix<'_> {
    /// How the grid is laid out, and the tops of its rows: as high as their texts need.
    fn measured(&self, ui: &Ui) -> &(GridSize, Vec<f32>) {
        self.measured.get_or_init(|| {
            let memo = &self.memo;
            let height = |row: usize| {
                let text = layout::row_text(memo, row);
                text.map_or(ROW_HEIGHT, |text| labels::row_height(ui, &text, labels::WIDEST_TEXT, usize::MAX))
            };
            let mut tops = vec![0.0];
            let mut top = 0.0;
            for row in 0..memo.grid_rows() {
                top += height(row);
                tops.push(top);
            }
            let size = grid::full_size(ui, memo, labels::full_width(ui, memo));
            (size, tops)
        })
    }
}

impl FigureChart for Matrix<'_> {
    fn title(&self) -> String {
        "Evidence matrix".to_owned()
    }

    fn depends_on_options(&self) -> bool {
        false
    }

    fn conditions(&self) -> Vec<String> {
        let chart = &self.memo.chart;
        let raters = match self.settings.raters {
            Raters::One(analyst) => format!("Ratings of {}", self.cx.assessment.name_of(analyst)),
            Raters::Two(both) => {
                let [left, right] = both.map(|analyst| self.cx.assessment.name_of(analyst));
                format!("Ratings of {left} and {right}")
            }
            Raters::Everyone => match chart.raters() {
                [] => "Nothing rated yet".to_owned(),
                [analyst] => format!("Ratings of {}", self.cx.assessment.name_of(*analyst)),
                several => format!("Mean of the ratings of {} analysts", several.len()),
            },
        };
        let mut conditions = vec![
            format!("{} pieces of evidence, {} hypotheses", chart.rows.len(), chart.columns.len()),
            raters,
            "Fewest inconsistencies first; a rank, not a probability".to_owned(),
        ];
        let excluded = chart.rows.iter().filter(|row| row.is_excluded).count();
        if excluded > 0 {
            conditions.push(format!("{excluded} left out of the scores"));
        }
        if self.settings.sort != MatrixSort::Order {
            conditions.push(format!("Sorted by {}", self.settings.sort.label().to_lowercase()));
        }
        conditions
    }

    fn row_count(&self) -> usize {
        self.memo.grid_rows()
    }

    fn most_rows(&self) -> usize {
        MOST_ROWS
    }

    fn size(&self, ui: &Ui) -> Vec2 {
        let (size, tops) = self.measured(ui);
        ChartGrid::full_size(*size, tops) + vec2(0.0, strip::height(&self.memo) + 2.0)
    }

    fn draw(&self, ui: &mut Ui) {
        let (size, tops) = self.measured(ui);
        let whole = ui.max_rect();
        let full = ChartGrid::full_size(*size, tops);
        let above = Rect::from_min_size(whole.min, full);
        let mut child = ui.new_child(UiBuilder::new().max_rect(above).id_salt("matrix grid"));
        child.spacing_mut().item_spacing = Vec2::ZERO;
        let mut state = State { is_transposed: self.settings.is_transposed, ..State::default() };
        let placed = grid::show(&mut child, self.cx, &self.memo, &mut state, *size, tops);
        let below = whole.with_min_y(above.bottom());
        strip::show(ui, self.cx, &self.memo, (below, size.label_width), placed);
    }

    fn legend(&self, ui: &mut Ui) {
        legend::show(ui, &self.memo);
    }

    fn table(&self) -> ChartTable {
        self.memo.chart.table(self.cx.assessment)
    }
}
