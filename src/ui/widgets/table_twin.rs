//! The table twin of a chart: the same data in words, for reading, copying and screen readers.

use eframe::egui::{
    self, Align, Label, Layout, Margin, RichText, Role, Sense, Stroke, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};

use crate::analysis::charts::ChartTable;
use crate::model::AnyId;
use crate::ui::figure::FigureSettings;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::{Command, ViewContext};

/// The greatest width of a column at first, in points.
const WIDEST: f32 = 240.0;

/// The choice between a chart, or whatever else it is called, and its table; for a layout from right to left.
pub fn as_table(ui: &mut Ui, shows_table: &mut bool, other: &str) {
    let table = "The same as a table, for reading, copying and screen readers";
    segmented(ui, shows_table, &[(false, other, ""), (true, "Table", table)]);
}

/// A choice of one of a few, as parts of one control, so that what is switched on or off beside it does not look like one of
/// them: the value, what it is called, and what the tooltip says. For layouts in either direction; gives where each part stands.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    value: &mut T,
    choices: &[(T, &str, &str)],
) -> Vec<egui::Rect> {
    let place = ui.painter().add(egui::Shape::Noop);
    let all = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let show = |ui: &mut Ui, value: &mut T, (choice, name, about): &(T, &str, &str)| {
            let response = ui.selectable_value(value, *choice, *name);
            let rect = response.rect;
            if !about.is_empty() {
                response.on_hover_text(*about);
            }
            rect
        };
        // The first one stands at the left.
        if ui.layout().prefer_right_to_left() {
            let mut rects: Vec<_> = choices.iter().rev().map(|choice| show(ui, value, choice)).collect();
            rects.reverse();
            rects
        } else {
            choices.iter().map(|choice| show(ui, value, choice)).collect()
        }
    });
    // A frame that takes no room, so that the line of tools stays as high as its buttons.
    let stroke = Stroke::new(1.0, tokens::palette(ui).line);
    let frame = egui::epaint::RectShape::stroke(
        all.response.rect.expand(1.0),
        tokens::RADIUS,
        stroke,
        egui::StrokeKind::Inside,
    );
    ui.painter().set(place, frame);
    all.inner
}

/// The buttons that write a chart as a figure and copy it as a table, each with its name; in this order from left to right in
/// layouts of either direction.
pub fn figure_and_copy(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (figure, settings): (&str, impl FnOnce() -> FigureSettings),
    (copy, table): (&str, impl FnOnce() -> ChartTable),
) {
    if ui.layout().prefer_right_to_left() {
        copy_table_button(ui, cx, copy, table);
        figure_button(ui, cx, figure, settings);
    } else {
        figure_button(ui, cx, figure, settings);
        copy_table_button(ui, cx, copy, table);
    }
}

/// A button that copies a table as tab-separated values, ready to be pasted into a spreadsheet.
pub fn copy_table_button(ui: &mut Ui, cx: &ViewContext<'_>, name: &str, table: impl FnOnce() -> ChartTable) {
    if super::icon_button(ui, Icon::Copy, name).clicked() {
        let table = table();
        let rows = table.rows.len();
        let what = super::counted(rows, "row");
        cx.send(Command::Copy { text: table.to_tsv(), what });
    }
}

/// A button that writes a chart as a picture, after asking where to.
pub fn figure_button(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    name: &str,
    settings: impl FnOnce() -> FigureSettings,
) {
    if super::icon_button(ui, Icon::ImageDown, name).clicked() {
        cx.send(Command::ExportFigure(settings()));
    }
}

/// Draws a table in the available room. `records` names for each row the record that a click on it selects.
pub fn table_twin(ui: &mut Ui, cx: &ViewContext<'_>, salt: &str, table: &ChartTable, records: &[AnyId]) {
    let columns = table.headers.iter().map(|_| Column::new(96.0).range(40.0..=600.0).resizable(true));
    Table::new()
        .id_salt(salt)
        .columns(columns.collect::<Vec<_>>())
        .num_sticky_cols(1)
        .headers([HeaderRow::new(tokens::ROW_HEIGHT)])
        .num_rows(table.rows.len() as u64)
        .show(ui, &mut Twin { cx, table, records });
}

struct Twin<'a> {
    cx: &'a ViewContext<'a>,
    table: &'a ChartTable,
    records: &'a [AnyId],
}

impl Twin<'_> {
    fn record(&self, row: u64) -> Option<AnyId> {
        self.records.get(usize::try_from(row).ok()?).copied()
    }
}

fn text_cell(ui: &mut Ui, text: RichText) {
    egui::Frame::new().inner_margin(Margin::symmetric(8, 0)).show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if ui.is_sizing_pass() {
                // How wide a column is at first: as wide as what is in sight, within reason.
                let whole = WidgetText::from(text).into_galley(
                    ui,
                    Some(TextWrapMode::Extend),
                    f32::INFINITY,
                    TextStyle::Body,
                );
                ui.allocate_space(vec2(whole.size().x.min(WIDEST), whole.size().y));
            } else {
                ui.add(Label::new(text).truncate().selectable(false));
            }
        });
    });
}

impl TableDelegate for Twin<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let palette = tokens::palette(ui);
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
        if let Some(header) = self.table.headers.get(cell.col_range.start) {
            text_cell(ui, bold(header.as_str()).size(tokens::SMALL).color(palette.quiet));
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let Some(record) = self.record(row) else { return };
        let palette = tokens::palette(ui);
        let rect = ui.max_rect();
        let response = ui.interact(rect, ui.scope_id().with(("row", row)), Sense::click());
        if self.cx.is_selected(record) {
            ui.painter().rect_filled(rect, 0, palette.selection);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 0, palette.hovered);
        }
        response.widget_info(|| {
            let cells = usize::try_from(row).ok().and_then(|row| self.table.rows.get(row));
            let text = cells.map(|cells| cells.join(", ")).unwrap_or_default();
            WidgetInfo::selected(Role::Row, true, self.cx.is_selected(record), text)
        });
        if response.clicked() {
            self.cx.send(Command::Select(vec![record]));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let row = usize::try_from(cell.row_nr).ok().and_then(|row| self.table.rows.get(row));
        let Some(text) = row.and_then(|row| row.get(cell.col_nr)) else { return };
        text_cell(ui, RichText::new(text));
    }

    fn default_row_height(&self) -> f32 {
        tokens::ROW_HEIGHT
    }
}
