//! The list of problems: what does not hold in the assessment, each line a way to its record.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Align2, FontId, Frame, Layout, Margin, Panel, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{ShellState, ShellView};
use crate::model::AnyId;
use crate::model::validate::{Finding, Severity};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{icon_button, quiet, section_title};
use crate::ui::{Action, Command, ViewContext};

/// Draws the list where it is shown.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, state: &mut ShellState) {
    if !state.shows_problems {
        return;
    }
    let palette = tokens::palette(ui);
    let frame = Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(8, 4));
    Panel::bottom("problems").default_size(160.0).size_range(80.0..=420.0).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            section_title(ui, "Problems");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, Icon::X, "Close the list of problems").clicked() {
                    cx.send(Command::Do(Action::ToggleProblems));
                }
            });
        });
        match shell.findings {
            None => {
                ui.label(quiet(ui, "The assessment is being checked…"));
            }
            Some([]) => {
                ui.label(quiet(
                    ui,
                    "No problems: every reference resolves, and all dates and numbers are possible",
                ));
            }
            Some(findings) => list(ui, cx, findings),
        }
    });
}

fn list(ui: &mut Ui, cx: &ViewContext<'_>, findings: &[Finding]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    area.show_rows(ui, tokens::ROW_HEIGHT, findings.len(), |ui, rows| {
        for finding in findings.get(rows).unwrap_or_default() {
            line(ui, cx, finding);
        }
    });
}

fn line(ui: &mut Ui, cx: &ViewContext<'_>, finding: &Finding) {
    let palette = tokens::palette(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), tokens::ROW_HEIGHT), Sense::click());
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(480.0);
        ui.label(&finding.message);
        if !finding.mend.is_empty() {
            ui.label(quiet(ui, finding.mend.as_str()));
        }
    });
    if response.clicked() {
        jump(cx, finding.record);
    }
    let name = finding.record.map_or_else(|| "Assessment".to_owned(), |id| cx.assessment.name_of(id));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {name}", finding.message)));

    let is_selected = finding.record.is_some_and(|id| cx.is_selected(id));
    if is_selected {
        ui.painter().rect_filled(rect, f32::from(tokens::RADIUS), palette.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, f32::from(tokens::RADIUS), palette.hovered);
    }
    let (icon, colour) = match finding.severity {
        Severity::Error => (Icon::CircleX, palette.contradicts),
        Severity::Warning => (Icon::TriangleAlert, palette.overlaps),
    };
    let font = FontId::proportional(tokens::BODY);
    let text = |at, text: &str, width: f32, colour| {
        let galley = eframe::egui::WidgetText::from(text).into_galley(
            ui,
            Some(eframe::egui::TextWrapMode::Truncate),
            width.max(0.0),
            font.clone(),
        );
        ui.painter().galley_with_override_text_color(at, galley, colour);
    };
    let middle = rect.center().y;
    ui.painter().text(
        pos2(rect.left() + 6.0, middle),
        Align2::LEFT_CENTER,
        char::from(icon),
        FontId::proportional(tokens::ICON),
        colour,
    );
    let split = rect.left() + 28.0 + (rect.width() - 28.0) * 0.6;
    let top = rect.top() + 4.0;
    let message = Rect::from_min_max(pos2(rect.left() + 28.0, top), pos2(split - 12.0, rect.bottom()));
    text(message.min, &finding.message, message.width(), palette.text);
    let kind = finding.record.map_or("", |id| id.kind.label());
    text(pos2(split, top), &format!("{kind} · {name}"), rect.right() - split - 6.0, palette.quiet);
}

fn jump(cx: &ViewContext<'_>, record: Option<AnyId>) {
    match record {
        Some(id) => cx.select(id),
        None => cx.send(Command::Do(Action::Properties)),
    }
}
