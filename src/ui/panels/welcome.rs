//! The welcome page: what a crash left over, worked cases, the tour, a template, a blank assessment, opening a file, recent files, and the keys worth knowing.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Button, Label, Layout, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, vec2,
};

use super::{CaseCard, RecentFile, Recoverable, ShellView};
use crate::ui::dialogs::recovery;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{icon_button, icon_text, named, quiet, section_title};
use crate::ui::{Action, Command, ViewContext};

const GAP: f32 = 16.0;
/// The room of keys before what they do, in points.
const KEYS: f32 = 44.0;
/// The height of a card, of a line with a button, and of the title of a section, in points.
const CARD_HEIGHT: f32 = 156.0;
const LINE_HEIGHT: f32 = 32.0;
const TITLE_HEIGHT: f32 = 24.0;
/// From which width of the page on what is worth knowing has a column of its own, in points.
const THREE_COLUMNS: f32 = 840.0;

/// How the page is composed in a window.
#[derive(Clone, Copy)]
struct Page {
    /// Its width, in points.
    width: f32,
    /// The room above each section, in points.
    section: f32,
    /// The height of a card, in points.
    card: f32,
}

impl Page {
    /// A large window has a larger page, not only more around it.
    fn of(size: Vec2) -> Self {
        let is_large = size.x >= 1_400.0 && size.y >= 840.0;
        let (most, section, card) =
            if is_large { (1_200.0, 48.0, 152.0) } else { (960.0, 24.0, CARD_HEIGHT) };
        Self { width: (size.x - 48.0).min(most), section, card }
    }

    /// About how high it is, in points.
    fn height(self, shell: &ShellView<'_>) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "there are few of either")]
        let lines = |count: usize| count as f32 * LINE_HEIGHT;
        let section = |height: f32| if height > 0.0 { self.section + TITLE_HEIGHT + height } else { 0.0 };
        let cards = lines(shell.cases.len().div_ceil(columns(self.width, shell.cases))) / LINE_HEIGHT;
        let hints = if self.width < THREE_COLUMNS { self.section + TITLE_HEIGHT } else { 0.0 };
        2.0 * TITLE_HEIGHT
            + section(lines(shell.recoverable.len()))
            + section(cards * (self.card + GAP))
            + section(lines(STARTS.len()))
            + hints
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let page = Page::of(ui.available_size());
        let margin = (ui.available_width() - page.width) / 2.0;
        // What stands a little above the middle looks centred.
        let above = ((ui.available_height() - page.height(shell)) * 0.42).max(24.0);
        ui.add_space(above);
        ui.horizontal(|ui| {
            ui.add_space(margin);
            ui.vertical(|ui| {
                ui.set_width(page.width);
                ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
                sections(ui, cx, shell, page);
            });
        });
        ui.add_space(24.0);
    });
}

fn sections(ui: &mut Ui, cx: &ViewContext<'_>, shell: &ShellView<'_>, page: Page) {
    ui.label(bold("Ascribe").size(tokens::TITLE));
    ui.label(quiet(
        ui,
        "Record who says who did what, and see where sources agree and contradict one another",
    ));
    if !shell.recoverable.is_empty() {
        ui.add_space(page.section);
        section_title(ui, "Unsaved changes from last time");
        ui.add_space(4.0);
        for left in shell.recoverable {
            left_over(ui, cx, left);
        }
    }
    if !shell.cases.is_empty() {
        ui.add_space(page.section);
        section_title(ui, "Begin with a worked case");
        ui.add_space(4.0);
        cards(ui, cx, shell.cases, page.card);
    }
    ui.add_space(page.section - GAP + 4.0);
    let width = (ui.available_width() - 2.0 * GAP) / 3.0;
    let has_three = ui.available_width() >= THREE_COLUMNS;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let column = |ui: &mut Ui, width: f32, title: &str, content: &mut dyn FnMut(&mut Ui)| {
            ui.vertical(|ui| {
                ui.set_width(width);
                section_title(ui, title);
                ui.add_space(4.0);
                content(ui);
            });
        };
        column(ui, width, "Start", &mut |ui| {
            for (action, label) in STARTS {
                start(ui, cx, action, label);
            }
        });
        let rest = if has_three { width } else { 2.0 * width + GAP };
        column(ui, rest, "Recent files", &mut |ui| recent(ui, cx, shell.recent));
        if has_three {
            column(ui, width, "Worth knowing", &mut |ui| {
                for hint in hints(ui) {
                    ui.horizontal(|ui| {
                        // The texts stand beneath one another.
                        let (keys, text) = hint;
                        if !keys.is_empty() {
                            let size = vec2(KEYS, tokens::ROW_HEIGHT);
                            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                                ui.set_min_width(KEYS);
                                show_hint(ui, (keys, ""));
                            });
                        }
                        show_hint(ui, (String::new(), text));
                    });
                }
            });
        }
    });
    if !has_three {
        ui.add_space(page.section);
        ui.horizontal_wrapped(|ui| {
            for hint in hints(ui) {
                show_hint(ui, hint);
                ui.add_space(12.0);
            }
        });
    }
}

/// What one can begin with.
const STARTS: [(Action, &str); 5] = [
    (Action::Tour, "Two-minute tour of a case"),
    (Action::NewFromTemplate, "From a template: competing claims"),
    (Action::New, "Blank assessment"),
    (Action::Open, "Open…"),
    (Action::OpenByPath, "Open by path…"),
];

/// Changes that a crash left over, as one line that leads to the question.
fn left_over(ui: &mut Ui, cx: &ViewContext<'_>, left: &Recoverable) {
    let palette = tokens::palette(ui);
    let note = format!("{} · {}", recovery::count_text(left.changes), recovery::moment(left.last_at));
    let tip = format!("{}\n{note}", left.title);
    let button = Button::new((
        icon_text(Icon::LifeBuoy).color(palette.overlaps),
        RichText::new(&left.title),
        RichText::new(note).size(tokens::SMALL).color(palette.quiet),
    ))
    .right_text(RichText::new("Recover…").color(palette.text))
    .truncate()
    .min_size(vec2(ui.available_width(), 28.0));
    let response = ui.add(button).on_hover_text(tip);
    if named(response, &format!("Recover unsaved changes of {}", left.title)).clicked() {
        cx.send(Command::OfferRecovery(left.journal.clone()));
    }
}

fn start(ui: &mut Ui, cx: &ViewContext<'_>, action: Action, label: &str) {
    let palette = tokens::palette(ui);
    let keys = action.keys_text(ui.ctx());
    let button = Button::new((icon_text(action.icon()).color(palette.quiet), label))
        .right_text(RichText::new(keys).size(tokens::SMALL).color(palette.quiet))
        .min_size(vec2(ui.available_width(), 28.0));
    let mut response = ui.add(button);
    if action == Action::NewFromTemplate {
        response = response.on_hover_text("The frame of an assessment: kinds of culprit as rival hypotheses, assumptions to check, indicators; no facts");
    }
    if named(response, label).clicked() {
        cx.send(Command::Do(action));
    }
}

fn columns(width: f32, cases: &[CaseCard]) -> usize {
    if width < 620.0 { 1 } else { cases.len().clamp(1, 3) }
}

fn cards(ui: &mut Ui, cx: &ViewContext<'_>, cases: &[CaseCard], height: f32) {
    let columns = columns(ui.available_width(), cases);
    #[expect(clippy::cast_precision_loss, reason = "there are at most three columns")]
    let width = (ui.available_width() - GAP * (columns - 1) as f32) / columns as f32;
    for row in cases.chunks(columns) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for case in row {
                card(ui, cx, case, vec2(width, height));
            }
        });
        ui.add_space(GAP - 4.0);
    }
}

fn card(ui: &mut Ui, cx: &ViewContext<'_>, case: &CaseCard, size: Vec2) {
    let palette = tokens::palette(ui);
    let height = if size.x > 500.0 { 110.0 } else { size.y };
    let (rect, response) = ui.allocate_exact_size(vec2(size.x, height), Sense::click());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Open worked case {}", case.title)));
    let is_lit = response.hovered() || response.has_focus();
    let fill = if is_lit { palette.hovered } else { palette.panel };
    let edge = if response.has_focus() { palette.accent } else { palette.line };
    let radius = f32::from(tokens::RADIUS);
    ui.painter().rect(rect, radius, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let inside = UiBuilder::new().max_rect(rect.shrink(14.0)).layout(Layout::top_down(Align::Min));
    // A child of its own: the card has its size already, whatever stands in it.
    let mut inside = ui.new_child(inside);
    let plain = |text: RichText| Label::new(text).selectable(false).wrap();
    inside.add(plain(bold(case.title)));
    inside.add_space(2.0);
    inside.add(plain(RichText::new(case.teaches).color(palette.quiet)));
    inside.with_layout(Layout::bottom_up(Align::Min), |ui| {
        let counts = format!(
            "{} · {} claims · {} sources",
            if case.incidents == 1 {
                "1 incident".to_owned()
            } else {
                format!("{} incidents", case.incidents)
            },
            case.claims,
            case.sources
        );
        ui.add(plain(RichText::new(counts).size(tokens::SMALL).color(palette.quiet)));
    });
    if response.clicked() {
        cx.send(Command::OpenCase(case.file));
    }
    response.on_hover_cursor(eframe::egui::CursorIcon::PointingHand);
}

fn recent(ui: &mut Ui, cx: &ViewContext<'_>, files: &[RecentFile]) {
    if files.is_empty() {
        ui.label(quiet(ui, "Files that you open or save are listed here"));
        return;
    }
    for file in files.iter().take(6) {
        recent_file(ui, cx, file);
    }
}

fn recent_file(ui: &mut Ui, cx: &ViewContext<'_>, file: &RecentFile) {
    let palette = tokens::palette(ui);
    let name = file.path.file_name().unwrap_or(file.path.as_os_str()).to_string_lossy();
    let folder = file.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width() - 32.0;
        let note = if file.is_there { folder } else { "not found".to_owned() };
        let icon = if file.is_there { Icon::FileText } else { Icon::FileX2 };
        let button = Button::new((
            icon_text(icon).color(palette.quiet),
            RichText::new(name.as_ref()).color(if file.is_there { palette.text } else { palette.quiet }),
            RichText::new(note).size(tokens::SMALL).color(palette.quiet),
        ))
        .frame_when_inactive(false)
        .truncate();
        let sized = ui.allocate_ui_with_layout(
            vec2(width, 26.0),
            Layout::left_to_right(Align::Center).with_main_align(Align::Min),
            |ui| ui.add_enabled(file.is_there, button),
        );
        let response = sized.inner.on_hover_text(file.path.display().to_string());
        if named(response, &name).clicked() {
            cx.send(Command::OpenPath(file.path.clone()));
        }
        if icon_button(ui, Icon::X, &format!("Remove {name} from the list")).clicked() {
            cx.send(Command::ForgetRecent(file.path.clone()));
        }
    });
}

/// What is worth knowing, each with its keys where it has any.
fn hints(ui: &Ui) -> [(String, &'static str); 3] {
    let keys = |action: Action| action.keys_text(ui.ctx());
    [
        (keys(Action::CommandPalette), "Find any record or command"),
        (keys(Action::Shortcuts), "All keys"),
        (String::new(), "Drop a file anywhere on the window to open it"),
    ]
}

fn show_hint(ui: &mut Ui, (keys, text): (String, &str)) {
    let quiet = tokens::palette(ui).quiet;
    let line = |text: RichText| Label::new(text.size(tokens::SMALL).color(quiet)).selectable(false);
    if !keys.is_empty() {
        ui.add(line(bold(keys)));
    }
    if !text.is_empty() {
        ui.add(line(RichText::new(text)));
    }
}
