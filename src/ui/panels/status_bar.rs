//! The status bar: saved or not, where, problems, work in the background, counts.

use std::time::Duration;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Button, Color32, FontId, Frame, Label, Layout, Margin, Panel, ProgressBar, RichText, Spinner, Ui,
    WidgetInfo, vec2,
};

use super::{JobKind, Journalling, OnDisk, ShellView};
use crate::model::validate::Severity;
use crate::model::wording::lower_first;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{counted, grouped, icon_button, icon_text, line_width, named, without_middle};
use crate::ui::{Action, Command, Landmark, ViewContext};

const HEIGHT: f32 = 26.0;

/// Draws the status bar.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let frame = Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("status-bar").exact_size(HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
        ui.style_mut().override_font_id = Some(FontId::proportional(tokens::SMALL + 1.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            zoom(ui, cx, shell);
            if !shell.is_welcome {
                problems(ui, cx, shell);
                counts(ui, cx, shell);
            }
            jobs(ui, cx, shell);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                if shell.is_welcome {
                    let version =
                        RichText::new(concat!("Ascribe ", env!("CARGO_PKG_VERSION"))).color(palette.quiet);
                    ui.add(Label::new(version).selectable(false));
                } else {
                    on_disk(ui, cx, shell);
                    saved(ui, cx, shell);
                }
            });
        });
    });
}

/// What another program has done to the open file: a button that reads it again.
fn on_disk(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let (text, tip) = match shell.on_disk {
        OnDisk::Same => return,
        OnDisk::Changed => {
            ("Changed on disk", "Another program has changed the file. Click to read it again")
        }
        OnDisk::Gone => ("No longer on disk", "The file is no longer where it was. Saving writes it anew"),
    };
    let icon = icon_text(Icon::TriangleAlert).size(13.0).color(palette.overlaps);
    let button = Button::new((icon, text)).frame_when_inactive(false).min_size(vec2(0.0, 22.0));
    let can_be_read = shell.on_disk == OnDisk::Changed;
    let response = ui.add_enabled(can_be_read, button).on_hover_text(tip).on_disabled_hover_text(tip);
    if named(response, text).clicked() {
        cx.send(Command::Do(Action::ReadAgain));
    }
}

fn saved(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let (icon, text, colour) = if shell.is_saving() {
        (Icon::Save, "Saving…", palette.quiet)
    } else if cx.is_changed {
        return unsaved(ui, cx, shell);
    } else if shell.was_saved {
        (Icon::CircleCheck, "Saved", palette.same)
    } else {
        (Icon::CircleDashed, "Not saved to a file yet", palette.quiet)
    };
    let tip = shell.saved_at.map(|at| format!("Last saved at {}", clock(at)));
    state(ui, cx, icon, text, colour, tip);
}

/// Unsaved changes, and how far they are safe from a crash. A time of day and not "12 s ago": it stays true while nothing
/// is drawn.
fn unsaved(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let (icon, text, colour, mut tip) = match shell.journal {
        Journalling::Off | Journalling::Writing => {
            (Icon::CircleAlert, "Unsaved changes".to_owned(), palette.overlaps, String::new())
        }
        Journalling::Written(at) => (
            Icon::CircleAlert,
            format!("Unsaved, journalled {}", clock(*at)),
            palette.overlaps,
            "Should the program end before you save, it offers to recover the changes up to this time"
                .to_owned(),
        ),
        Journalling::Failed(reason) => (
            Icon::CircleX,
            "Unsaved, not journalled".to_owned(),
            palette.contradicts,
            format!("After a crash the changes could not be recovered: {reason}"),
        ),
    };
    if let Some(at) = shell.saved_at {
        let gap = if tip.is_empty() { "" } else { "\n" };
        tip = format!("{tip}{gap}Last saved at {}", clock(at));
    }
    state(ui, cx, icon, &text, colour, Some(tip).filter(|tip| !tip.is_empty()));
}

/// The time of day where the user is.
fn clock(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string()
}

fn state(ui: &mut Ui, cx: &ViewContext<'_>, icon: Icon, text: &str, colour: Color32, tip: Option<String>) {
    let palette = tokens::palette(ui);
    ui.add(Label::new(icon_text(icon).size(13.0).color(colour)).selectable(false));
    let label = ui.add(Label::new(text).selectable(false));
    Landmark::Saved.is_at(ui, label.rect.expand2(vec2(20.0, 4.0)));
    if let Some(tip) = tip {
        label.on_hover_text(tip);
    }
    if let Some(path) = cx.path {
        let text = RichText::new(path.display().to_string()).color(palette.quiet);
        ui.add(Label::new(text).truncate());
    }
}

fn problems(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let errors = shell.count_findings(Severity::Error);
    let warnings = shell.count_findings(Severity::Warning);
    let (icon, text, colour) = match (shell.findings, errors, warnings) {
        (None, ..) => (Icon::ListChecks, "Checking…".to_owned(), palette.quiet),
        (_, 0, 0) => (Icon::CircleCheck, "No problems".to_owned(), palette.same),
        (_, 0, _) => (Icon::TriangleAlert, counted(warnings, "warning"), palette.overlaps),
        (_, _, 0) => (Icon::CircleX, counted(errors, "error"), palette.contradicts),
        _ => {
            let text = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
            (Icon::CircleX, text, palette.contradicts)
        }
    };
    let button = Button::new((icon_text(icon).size(13.0).color(colour), text.as_str()))
        .frame_when_inactive(false)
        .min_size(vec2(0.0, 22.0));
    let response = ui.add(button).on_hover_text("Show or hide the list of problems");
    if named(response, &format!("Problems: {text}")).clicked() {
        cx.send(Command::Do(Action::ToggleProblems));
    }
}

/// The room that is kept for whether it is saved and where, and for work in the background, in points.
const SAVED: f32 = 360.0;
const JOBS: f32 = 220.0;
/// The least room in which the name of an incident says anything, in points.
const LEAST_NAME: f32 = 72.0;

fn counts(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    let total = cx.assessment.claims.len();
    let mut text = counted(total, "claim");
    let (mut tip, mut in_full) = (format!("{text} in all"), text.clone());
    if let Some(incident) = cx.incident.and_then(|id| cx.assessment.get(id)) {
        let results = cx.derived.incident(incident.id);
        let (claims, origins) = (results.claims().len(), results.origins().len());
        let origins = counted(origins, "origin");
        text = format!("{text} · {} from {origins} on ", grouped(claims));
        let is_alone = cx.assessment.incidents.len() < 2;
        // One incident alone needs no name; of several it is named, as far as there is room.
        in_full = format!("{text}{}", if is_alone { "this incident" } else { &incident.name });
        let font = FontId::proportional(tokens::SMALL + 1.0);
        let has_jobs = shell.jobs.iter().any(|job| job.kind != JobKind::Quiet);
        let kept = SAVED + if has_jobs { JOBS } else { 0.0 };
        let room = ui.available_width() - kept - line_width(ui, &text, &font);
        if is_alone || room < LEAST_NAME {
            text.push_str("this incident");
        } else {
            text.push_str(
                &without_middle(ui.painter(), &incident.name, &font, room)
                    .unwrap_or_else(|| incident.name.clone()),
            );
        }
        tip = format!(
            "{tip}\n{}: {} from {origins} that are independent",
            incident.name,
            counted(claims, "standing claim")
        );
    }
    let label = ui.add(Label::new(RichText::new(text).color(palette.quiet)).selectable(false));
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &in_full));
    label.on_hover_text(tip);
}

fn jobs(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let palette = tokens::palette(ui);
    for job in shell.jobs.iter().filter(|job| job.kind != JobKind::Quiet) {
        let stop = || format!("Stop {}", lower_first(&job.label));
        if job.kind == JobKind::Stoppable && icon_button(ui, Icon::X, &stop()).clicked() {
            cx.send(Command::CancelJob(job.number));
        }
        ui.add(Label::new(RichText::new(&job.label).color(palette.quiet)).selectable(false));
        if let Some(done) = &job.done {
            let bar = ProgressBar::new(done.share()).desired_width(80.0).desired_height(6.0);
            let bar = ui.add(bar);
            bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, job.label.as_str()));
            ui.request_repaint_after(Duration::from_millis(100));
            continue;
        }
        // A spinner draws every frame: only where the program works, not where it waits for its user.
        if job.kind == JobKind::Waiting {
            ui.add(Label::new(icon_text(Icon::AppWindow).size(13.0).color(palette.quiet)).selectable(false));
        } else if shell.preferences.look.reduces_motion {
            ui.add(Label::new(icon_text(Icon::Hourglass).size(13.0).color(palette.quiet)).selectable(false));
        } else {
            ui.add(Spinner::new().size(13.0).color(palette.quiet));
        }
    }
}

fn zoom(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    let zoom = shell.preferences.zoom;
    if (zoom - 1.0).abs() < 0.005 {
        return;
    }
    let text = format!("{:.0} %", zoom * 100.0);
    let button = Button::new(text.as_str()).frame_when_inactive(false).min_size(vec2(0.0, 22.0));
    if ui.add(button).on_hover_text("Back to actual size").clicked() {
        cx.send(Command::Do(Action::ZoomReset));
    }
}
