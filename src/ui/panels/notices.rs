//! Notices: shown above the views for a while, and kept in a list.

use eframe::egui::{
    Align2, Area, Context, Frame, Id, Label, Margin, Order, Rect, RichText, ScrollArea, Stroke, Ui, vec2,
};

use super::{NoticeEntry, ShellView};
use crate::ui::command::{Notice, NoticeSeverity};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{icon_button, icon_text, quiet, section_title};
use crate::ui::{Command, ViewContext};

/// How many are shown above the views at once; the rest is in the list.
const SHOWN: usize = 4;
const WIDTH: f32 = 360.0;

impl NoticeEntry {
    /// Whether it says that something is wrong.
    pub fn is_problem(&self) -> bool {
        self.notice.severity > NoticeSeverity::Info
    }
}

/// Draws the newest notices above the views, which stand in `centre`.
pub fn show_above(ctx: &Context, centre: Rect, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let open: Vec<_> = shell.notices.iter().filter(|entry| !entry.is_dismissed).collect();
    if open.is_empty() {
        return;
    }
    let newest = open.iter().skip(open.len().saturating_sub(SHOWN));
    Area::new(Id::unique("notices-above"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(centre.right_bottom() - vec2(12.0, 12.0))
        .constrain_to(centre)
        .show(ctx, |ui| {
            ui.set_width(WIDTH.min(centre.width() - 24.0));
            for entry in newest {
                toast(ui, cx, entry);
            }
        });
}

fn toast(ui: &mut Ui, cx: &ViewContext<'_>, entry: &NoticeEntry) {
    let palette = tokens::palette(ui);
    Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(f32::from(tokens::RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin { left: 12, right: 6, top: 8, bottom: 8 })
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                severity_icon(ui, entry.notice.severity);
                ui.vertical(|ui| {
                    ui.set_width((ui.available_width() - 30.0).max(40.0));
                    texts(ui, &entry.notice);
                });
                if icon_button(ui, Icon::X, "Close notice").clicked() {
                    cx.send(Command::Dismiss(entry.number));
                }
            });
        });
}

fn texts(ui: &mut Ui, notice: &Notice) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add(Label::new(notice.title.as_str()).wrap());
    if !notice.detail.is_empty() {
        let detail = quiet(ui, notice.detail.as_str());
        ui.add(Label::new(detail).wrap());
    }
}

/// The mark of a severity: its own shape for each, and a colour.
pub fn severity_icon(ui: &mut Ui, severity: NoticeSeverity) {
    let palette = tokens::palette(ui);
    let (icon, colour) = match severity {
        NoticeSeverity::Info => (Icon::CircleCheck, palette.same),
        NoticeSeverity::Warning => (Icon::TriangleAlert, palette.overlaps),
        NoticeSeverity::Error => (Icon::CircleX, palette.contradicts),
    };
    ui.add(Label::new(icon_text(icon).color(colour)).selectable(false));
}

/// The list of all notices, newest first, in a popup.
pub fn list(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    ui.set_width(WIDTH);
    section_title(ui, "Notices");
    if shell.notices.is_empty() {
        ui.add_space(tokens::PADDING);
        let text = quiet(ui, "Nothing has happened yet. What the program says stays in this list.");
        ui.add(Label::new(text).wrap());
        ui.add_space(tokens::PADDING);
        return;
    }
    ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        for entry in shell.notices.iter().rev() {
            ui.separator();
            ui.horizontal_top(|ui| {
                severity_icon(ui, entry.notice.severity);
                ui.vertical(|ui| texts(ui, &entry.notice));
            });
        }
        ui.separator();
    });
    let all = || {
        let lines =
            shell.notices.iter().map(|entry| format!("{}\n{}", entry.notice.title, entry.notice.detail));
        lines.collect::<Vec<_>>().join("\n")
    };
    let copy = eframe::egui::Button::new(RichText::new("Copy all"));
    if ui.add(copy).clicked() {
        cx.send(Command::Copy { text: all(), what: "all notices".to_owned() });
    }
}
