//! The three lenses side by side with the judgement, where they differ and why.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Align2, FontId, Galley, Label, Layout, Rect, Role, Sense, Stroke, TextStyle, TextWrapMode, Ui,
    UiBuilder, WidgetInfo, WidgetText, pos2, vec2,
};

use super::figure::FigureSettings;
use super::memo::Memo;
use super::section;
use crate::analysis::judgement::{Lens, LensRow, Lenses, record};
use crate::analysis::percent::percent;
use crate::ui::ViewContext;
use crate::ui::figure;
use crate::ui::tokens::{self, SMALL, bold};
use crate::ui::widgets::belief_bar;
use crate::ui::widgets::marks::paint_hatch;
use crate::ui::widgets::{explained, figure_and_copy, quiet};

/// The height of the titles of the columns, in points.
pub(super) const HEAD: f32 = 34.0;
/// The height of a row, in points.
pub(super) const ROW: f32 = 36.0;
/// The height of a bar, in points.
const BAR: f32 = 5.0;
/// The room between a number and its rank, in points.
const BETWEEN: f32 = 6.0;
/// The room around what stands in a lens, in points.
const AROUND: f32 = 12.0;
/// In how many lines an answer may stand.
const LINES: usize = 4;
/// The width of the short names, in points.
const NAME: f32 = 30.0;

/// What is set beside the lenses.
pub(super) struct Judged {
    /// What it is called.
    pub title: &'static str,
    /// The probability of each row, in the order of the lenses' rows; `None` where it is not known.
    pub shares: Vec<Option<f64>>,
}

impl Judged {
    /// The judgement of the analyst that holds; nothing where there is none.
    pub fn own(cx: &ViewContext<'_>, memo: &Memo) -> Self {
        let present = memo.present(cx);
        let share = |row: &LensRow| present.and_then(|it| record::share_of(it, Some(row.hypothesis)));
        Self { title: "Judged", shares: memo.lenses.rows.iter().map(share).collect() }
    }
}

/// Draws the part.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    section(ui, "Three lenses", |ui| {
        let settings = FigureSettings { analyst: memo.key.analyst };
        figure_and_copy(
            ui,
            cx,
            ("Export the lenses as a figure…", || figure::FigureSettings::Lenses(settings)),
            ("Copy lenses and judgement as a table", || memo.lens_table(cx)),
        );
    });
    let lenses = &memo.lenses;
    let judged = Judged::own(cx, memo);
    let width = ui.available_width();
    let columns = Columns::within(ui, lenses, &judged, width);
    let size = vec2(width, height(ui, lenses, columns));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    chart(ui, cx, lenses, &judged, (rect, columns));
    ui.add_space(tokens::GRID);
    ui.add(Label::new(bold(lenses.summary())).wrap());
    if let Some(sentence) = memo.present(cx).and_then(|present| lenses.beside(present)) {
        ui.add(Label::new(sentence).wrap());
    }
    for gap in lenses.gaps() {
        reason(ui, &gap);
    }
    for difference in &lenses.differences {
        // The one difference that there is was said above.
        if lenses.differences.len() > 1 {
            ui.add_space(tokens::GRID);
            ui.add(Label::new(format!("{}.", difference.what)).wrap());
        }
        for why in &difference.why {
            reason(ui, why);
        }
    }
    ui.add_space(tokens::GRID);
    let caution =
        "They measure different things. That they agree is no proof, and that they differ is a question";
    ui.add(Label::new(quiet(ui, caution).size(SMALL)).wrap());
}

fn reason(ui: &mut Ui, text: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(quiet(ui, "–"));
        ui.add(Label::new(quiet(ui, text)).wrap());
    });
}

/// The height of the chart, in points.
pub(super) fn height(ui: &Ui, lenses: &Lenses, columns: Columns) -> f32 {
    HEAD + lenses.rows.iter().map(|row| row_height(ui, row, columns)).sum::<f32>()
}

/// The height of a row: what its answer needs, in points.
fn row_height(ui: &Ui, row: &LensRow, columns: Columns) -> f32 {
    let answer = answer_galley(ui, row, columns.answer_width(), LINES);
    (answer.size().y + 4.0).ceil().max(ROW)
}

/// How wide the columns are, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// The names of the hypotheses.
    pub names: f32,
    /// The judgement, and each lens.
    pub cell: f32,
}

impl Columns {
    /// Those of a chart of a width: the lenses give way to the names down to what their numbers need.
    fn within(ui: &Ui, lenses: &Lenses, judged: &Judged, width: f32) -> Self {
        let needed = lenses.rows.iter().map(|row| answer_galley(ui, row, f32::INFINITY, 1).size().x);
        let needed = needed.fold(80.0, f32::max).ceil() + NAME + 8.0;
        Self::shared(width, needed, least_cell(ui, lenses, judged))
    }

    /// A width shared out: the names get what they need of what the numbers leave.
    fn shared(width: f32, names: f32, least_cell: f32) -> Self {
        let cell = ((width - names) / 4.0).min(width * 0.16).max(least_cell).min(width / 5.0);
        Self { names: (width - 4.0 * cell).max(40.0), cell }
    }

    /// The room for an answer, in points.
    const fn answer_width(self) -> f32 {
        self.names - 4.0 - NAME
    }
}

/// The width of a column with which all numbers with their ranks and all titles are whole, in points.
fn least_cell(ui: &Ui, lenses: &Lenses, judged: &Judged) -> f32 {
    let small = |text: &str| {
        let font = FontId::proportional(SMALL);
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font, eframe::egui::Color32::PLACEHOLDER);
        galley.size().x.ceil()
    };
    let lens = |lens: Lens| {
        let ranks = lenses.rows.iter().map(|row| rank_text(lenses, row, lens));
        let ranks = ranks.map(|rank| small(&rank)).fold(0.0, f32::max);
        // A title of several words stands in two lines.
        let title = lens.head().split(' ').map(small).fold(0.0, f32::max);
        title.max(number_width(ui, lenses, lens) + BETWEEN + ranks)
    };
    Lens::ALL.into_iter().map(lens).fold(small(judged.title), f32::max) + AROUND
}

/// The width of the widest number of a lens, in points.
fn number_width(ui: &Ui, lenses: &Lenses, lens: Lens) -> f32 {
    widest(ui, lenses.rows.iter().map(|row| number_text(row, lens).unwrap_or_else(|| "–".to_owned())))
}

/// Draws the chart into a rectangle: a row for each hypothesis, the judgement and the lenses beside one another.
pub(super) fn chart(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    lenses: &Lenses,
    judged: &Judged,
    (rect, columns): (Rect, Columns),
) {
    let Columns { names, cell } = columns;
    let palette = tokens::palette(ui);
    let column = |number: usize, row: Rect| {
        let left = rect.left() + names + number as f32 * cell;
        Rect::from_x_y_ranges(left + 6.0..=left + cell - 4.0, row.y_range())
    };
    let head = rect.with_max_y(rect.top() + HEAD);
    title(ui, column(0, head), judged.title, "What is judged: the analyst’s own probability");
    for (number, lens) in Lens::ALL.into_iter().enumerate() {
        title(ui, column(number + 1, head), lens.head(), lens.about());
    }
    ui.painter().hline(rect.x_range(), head.bottom() - 0.5, Stroke::new(1.0, palette.line));
    let greatest =
        lenses.rows.iter().filter_map(|row| row.score.weighted.as_ref().ok().copied()).fold(0.0, f64::max);
    let shares = judged.shares.iter().map(|share| share_text(*share));
    let own_width = widest(ui, shares);
    let widths = Lens::ALL.map(|lens| number_width(ui, lenses, lens));
    let mut top = rect.top() + HEAD;
    for (place, row) in lenses.rows.iter().enumerate() {
        let bottom = top + row_height(ui, row, columns);
        let whole = Rect::from_x_y_ranges(rect.x_range(), top..=bottom);
        top = bottom;
        name(ui, cx, whole.with_max_x(rect.left() + names - 4.0), row);
        // Numbers and bars stay together beside an answer of many lines.
        let middle = whole.center().y;
        let band = Rect::from_x_y_ranges(rect.x_range(), middle - ROW / 2.0..=middle + ROW / 2.0);
        own(ui, column(0, band), judged, place, (row, own_width));
        for (number, (lens, width)) in Lens::ALL.into_iter().zip(widths).enumerate() {
            value(ui, cx, lenses, column(number + 1, band), (row, lens), (greatest, width));
        }
        ui.painter().hline(rect.x_range(), bottom - 0.5, Stroke::new(1.0, palette.line));
    }
}

fn title(ui: &Ui, rect: Rect, text: &str, about: &str) {
    let palette = tokens::palette(ui);
    let galley = WidgetText::from(quiet(ui, text).size(SMALL)).into_galley(
        ui,
        Some(TextWrapMode::Wrap),
        rect.width(),
        TextStyle::Small,
    );
    let response = ui.interact(rect, ui.scope_id().with(("lens title", text)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let top = rect.bottom() - 4.0 - galley.size().y;
    ui.painter().galley(pos2(rect.left(), top), galley, palette.quiet);
    response.on_hover_text(format!("{text}\n{about}"));
}

/// The short name and the answer, in several lines where one is too short; a click selects the hypothesis.
fn name(ui: &Ui, cx: &ViewContext<'_>, rect: Rect, row: &LensRow) {
    let palette = tokens::palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("lens row", row.hypothesis.uuid())), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &row.answer));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 2.0)), tokens::RADIUS, palette.hovered);
    }
    let font = FontId::new(tokens::BODY, tokens::bold_family());
    let at = pos2(rect.left(), rect.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, &row.name, font, palette.text);
    let galley = answer_galley(ui, row, rect.width() - NAME, LINES);
    let at = pos2(rect.left() + NAME, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    let hover = format!("{}: {}\nSelect this hypothesis", row.name, row.answer);
    if response.on_hover_text(hover).clicked() {
        cx.select(row.hypothesis);
    }
}

/// An answer in at most so many lines of a width, cut where it does not fit.
fn answer_galley(ui: &Ui, row: &LensRow, width: f32, lines: usize) -> Arc<Galley> {
    let font = FontId::proportional(tokens::BODY);
    let mut job = LayoutJob::simple(row.answer.clone(), font, tokens::palette(ui).text, width);
    job.wrap.max_rows = lines;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Where the bar of a cell stands.
fn bar(rect: Rect) -> Rect {
    Rect::from_min_max(pos2(rect.left(), rect.bottom() - BAR - 5.0), pos2(rect.right(), rect.bottom() - 5.0))
}

/// The bar of a share in `[0, 1]`; what speaks against is hatched.
pub(super) fn paint_bar(ui: &Ui, rect: Rect, share: f64, is_against: bool) {
    let palette = tokens::palette(ui);
    let bar = bar(rect);
    ui.painter().rect_filled(bar, 0, palette.line);
    let filled = bar.with_max_x(bar.left() + bar.width() * share.clamp(0.0, 1.0) as f32);
    if filled.width() < 0.5 {
        return;
    }
    if is_against {
        ui.painter().rect_filled(filled, 0, palette.background);
        let painter = ui.painter().with_clip_rect(filled.intersect(ui.clip_rect()));
        paint_hatch(&painter, filled, 4.0, Stroke::new(1.0, palette.contradicts));
        let edge = Stroke::new(1.0, palette.contradicts);
        ui.painter().rect_stroke(filled, 0, edge, eframe::egui::StrokeKind::Inside);
    } else {
        ui.painter().rect_filled(filled, 0, palette.belief);
    }
}

/// What a lens shows of a row as text; `None` where that is undefined.
fn number_text(row: &LensRow, lens: Lens) -> Option<String> {
    let number = *row.value(lens).as_ref().ok()?;
    Some(match lens {
        Lens::Inconsistency => format!("{number:.2}"),
        Lens::LogOdds | Lens::Fusion => percent(number),
    })
}

/// The rank of a row by a lens; empty where there is none.
fn rank_text(lenses: &Lenses, row: &LensRow, lens: Lens) -> String {
    // First of those that the lens rates is not in front of those that it does not; and what it does not rate is often of another
    // level, so that base rates make the order.
    let is_ranked = lenses.known(lens) == lenses.rows.len();
    row.rank(lens).filter(|_| is_ranked).map(ordinal).unwrap_or_default()
}

fn share_text(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), percent)
}

/// The width of the widest of some numbers, in points: they end below one another.
fn widest(ui: &Ui, texts: impl Iterator<Item = String>) -> f32 {
    let font = FontId::new(tokens::BODY, tokens::bold_family());
    let width = |text: String| {
        ui.painter().layout_no_wrap(text, font.clone(), eframe::egui::Color32::PLACEHOLDER).size().x
    };
    texts.map(width).fold(0.0_f32, f32::max).ceil()
}

fn own(ui: &Ui, rect: Rect, judged: &Judged, place: usize, (row, width): (&LensRow, f32)) {
    let palette = tokens::palette(ui);
    let share = judged.shares.get(place).copied().flatten();
    let text = share_text(share);
    let response = ui.interact(rect, ui.scope_id().with(("judged", row.hypothesis.uuid())), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Label, true, format!("{} of {}: {text}", judged.title, row.name))
    });
    let is_first = share.is_some_and(|share| {
        judged.shares.iter().flatten().all(|other| *other <= share + 1e-9) && share > 0.0
    });
    let family = if is_first { tokens::bold_family() } else { eframe::egui::FontFamily::Proportional };
    let font = FontId::new(tokens::BODY, family);
    let at = pos2(rect.left() + width, rect.top() + 4.0);
    ui.painter().text(at, Align2::RIGHT_TOP, text, font, palette.text);
    if let Some(share) = share {
        paint_bar(ui, rect, share, false);
    }
}

fn value(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    lenses: &Lenses,
    rect: Rect,
    (row, lens): (&LensRow, Lens),
    (greatest, width): (f64, f32),
) {
    let id = ("lens", row.hypothesis.uuid(), lens);
    let above = rect.with_max_y(bar(rect).top());
    let number = match row.value(lens) {
        Ok(number) => *number,
        Err(undefined) => {
            let response = ui.interact(above, ui.scope_id().with(id), Sense::hover());
            let spoken = format!("{} of {}: {undefined}", lens.label(), row.name);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
            let palette = tokens::palette(ui);
            let at = pos2(rect.left() + width, rect.top() + 4.0);
            ui.painter().text(at, Align2::RIGHT_TOP, "–", FontId::proportional(tokens::BODY), palette.quiet);
            response.on_hover_text(spoken);
            return;
        }
    };
    let text = number_text(row, lens).unwrap_or_default();
    let share = match lens {
        Lens::Inconsistency if greatest > 0.0 => number / greatest,
        Lens::Inconsistency => 0.0,
        Lens::LogOdds | Lens::Fusion => number,
    };
    let (known, all) = (lenses.known(lens), lenses.rows.len());
    let rank = rank_text(lenses, row, lens);
    let mut child = ui.new_child(UiBuilder::new().max_rect(above.with_min_y(rect.top() + 2.0)).id_salt(id));
    child.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = BETWEEN;
        let is_first = row.rank(lens) == Some(1) && known == all && !lenses.leaders(lens).is_empty();
        let shown = if is_first { bold(text.as_str()) } else { text.as_str().into() };
        let gap = if rank.is_empty() { "" } else { ", " };
        let spoken = format!("{} of {}: {text}{gap}{rank}", lens.label(), row.name);
        let size = vec2(width, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_width(width);
            explained(ui, cx, shown, &spoken, || lenses.explain(cx.derived, row, lens));
        });
        ui.add(Label::new(quiet(ui, rank.as_str()).size(SMALL)).selectable(false));
    });
    match row.span.filter(|_| lens == Lens::Fusion) {
        Some(span) => {
            let track = bar(rect);
            belief_bar::bar(ui.painter(), track, track.height() / 2.0, span, tokens::palette(ui));
        }
        None => paint_bar(ui, rect, share, lens == Lens::Inconsistency),
    }
}

/// "1st", "2nd" and so on.
fn ordinal(rank: usize) -> String {
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{rank}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_what_the_numbers_leave() {
        #[track_caller]
        fn check((width, names, least): (f32, f32, f32), expect: (f32, f32)) {
            let columns = Columns::shared(width, names, least);
            assert_eq!((columns.names, columns.cell), expect);
        }
        // Lenses have a greatest width, and the names have the rest.
        check((600.0, 120.0, 84.0), (216.0, 96.0));
        // They give way to long names, down to what their numbers need.
        check((600.0, 250.0, 84.0), (250.0, 87.5));
        check((600.0, 500.0, 84.0), (264.0, 84.0));
        check((300.0, 500.0, 84.0), (60.0, 60.0));
    }

    #[test]
    fn ranks_are_written_as_people_say_them() {
        let check = |rank: usize, expect: &str| assert_eq!(ordinal(rank), expect);
        check(1, "1st");
        check(2, "2nd");
        check(3, "3rd");
        check(4, "4th");
        check(11, "11th");
        check(12, "12th");
        check(21, "21st");
    }
}
