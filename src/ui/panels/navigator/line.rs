//! One row of the navigator.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, FontId, Id as WidgetId, Popup, Rect, Response, Sense, SetOpenCommand, Ui, WidgetInfo,
    pos2, vec2,
};

use super::rows::{Key, Row};
use super::{KeyMenu, State, allocate_row, choose, menu, moving, select_to};
use crate::model::wording::capitalised;
use crate::model::{AnyId, Kind, Record};
use crate::ui::tokens::{self, Icon, Palette, bold, bold_family};
use crate::ui::widgets::{grouped, icon_button, middle_galley};
use crate::ui::{Action, Command, ViewContext};

/// How far each step of the hierarchy is indented.
const INDENT: f32 = 14.0;

/// Draws a row and takes its clicks; a click gives the focus to the tree as a whole.
pub fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    state: &mut State,
    (place, row): (usize, Row),
    tree: WidgetId,
) {
    let top = ui.cursor().min;
    match row {
        Row::Section { kind, count, is_open } => section(ui, cx, state, kind, count, is_open, tree),
        Row::Record { id, depth, is_open } => {
            let response = record(ui, cx, state, (id, depth, is_open), tree);
            if let Some(response) = response {
                moving::take_up(state, place, id, &response);
            }
        }
    }
    let rect = Rect::from_min_size(top, vec2(ui.available_width(), tokens::ROW_HEIGHT));
    moving::hover(ui, cx, state, place, row, rect);
}

fn section(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    state: &mut State,
    kind: Kind,
    count: usize,
    is_open: bool,
    tree: WidgetId,
) {
    let palette = tokens::palette(ui);
    let (rect, response) = allocate_row(ui, Sense::CLICK);
    let name = capitalised(kind.plural());
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, name.as_str()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    let has_cursor = state.cursor == Some(Key::Section(kind)) && ui.memory(|memory| memory.has_focus(tree));
    backdrop(ui, rect, false, response.hovered(), has_cursor);
    let middle = rect.center().y;
    let chevron = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    glyph(ui, pos2(rect.left() + 10.0, middle), chevron, 13.0, palette.quiet);
    let font = FontId::new(tokens::SMALL, bold_family());
    let colour = if count > 0 { palette.text } else { palette.quiet };
    let title = name.to_uppercase();
    let title = ui.painter().text(pos2(rect.left() + 20.0, middle), Align2::LEFT_CENTER, title, font, colour);
    let number = grouped(count);
    let at = pos2(title.right() + 8.0, middle);
    ui.painter().text(at, Align2::LEFT_CENTER, number, FontId::proportional(tokens::SMALL), palette.quiet);

    if kind == Kind::Incident && count > 0 {
        let font = FontId::proportional(tokens::SMALL);
        let head = ui.painter().layout_no_wrap(COUNTS_HEAD.to_owned(), font, palette.quiet);
        let at = pos2(rect.right() - 30.0 - head.size().x, middle - head.size().y / 2.0);
        if at.x > title.right() + 40.0 {
            ui.painter().galley(at, head, palette.quiet);
        }
    }
    if let Some(action) = add_action(kind) {
        let place = Rect::from_center_size(pos2(rect.right() - 16.0, middle), vec2(22.0, 22.0));
        let builder = eframe::egui::UiBuilder::new().max_rect(place);
        let add = ui.scope_builder(builder, |ui| icon_button(ui, Icon::Plus, action.label())).inner;
        if add.clicked() {
            state.fold(Key::Section(kind), true);
            cx.send(Command::Do(action));
            return;
        }
    }
    if response.clicked() {
        ui.memory_mut(|memory| memory.request_focus(tree));
        state.cursor = Some(Key::Section(kind));
        state.fold(Key::Section(kind), !is_open);
    }
}

/// What adds a record of a kind, where there is such an action.
const fn add_action(kind: Kind) -> Option<Action> {
    match kind {
        Kind::Incident => Some(Action::AddIncident),
        Kind::Source => Some(Action::AddSource),
        Kind::Actor => Some(Action::AddActor),
        Kind::Document => Some(Action::AddDocument),
        Kind::Analyst => Some(Action::AddAnalyst),
        Kind::Evidence => Some(Action::AddEvidence),
        Kind::Hypothesis => Some(Action::AddHypothesis),
        _ => None,
    }
}

fn record(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    state: &mut State,
    (id, depth, is_open): (AnyId, u16, Option<bool>),
    tree: WidgetId,
) -> Option<Response> {
    let record = cx.assessment.record(id)?;
    let palette = tokens::palette(ui);
    let sense = if moving::can_move(id.kind) { Sense::click_and_drag() } else { Sense::CLICK };
    let (rect, response) = allocate_row(ui, sense);
    let name = cx.assessment.name_of_record(&record);
    let name = if name.trim().is_empty() { "(no name)".to_owned() } else { name };
    let is_selected = cx.is_selected(id);
    let notes = notes(cx, &record);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, is_selected, name.as_str()));
    if let Some(is_open) = is_open {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    }
    let has_cursor = state.cursor == Some(Key::Record(id)) && ui.memory(|memory| memory.has_focus(tree));
    backdrop(ui, rect, is_selected, response.hovered(), has_cursor);

    let middle = rect.center().y;
    let left = rect.left() + 20.0 + INDENT * f32::from(depth.min(12));
    if let Some(is_open) = is_open {
        fold_button(ui, state, id, pos2(left - 8.0, middle), is_open);
    }
    let icon = if cx.incident.is_some_and(|shown| AnyId::from(shown) == id) {
        Icon::Crosshair
    } else {
        icon_of(&record)
    };
    glyph(ui, pos2(left + 8.0, middle), icon, 14.0, palette.quiet);
    let mut right = rect.right() - 10.0;
    for note in &notes {
        right = paint_note(ui, palette, note, right, middle) - 6.0;
    }
    let room = (right - left - 22.0).max(20.0);
    // Names of one kind often begin alike.
    let font = FontId::proportional(tokens::BODY);
    let galley = middle_galley(ui.painter(), &name, font, palette.text, room);
    let is_cut = galley.text() != name;
    let at = pos2(left + 20.0, middle - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);

    clicks(ui, cx, state, id, &response, tree);
    context_menu(cx, state, id, &response, &name);
    if is_cut || notes.iter().any(|note| !note.tip.is_empty()) {
        response.clone().on_hover_ui(|ui| {
            ui.set_max_width(360.0);
            ui.label(bold(name.as_str()));
            for note in notes.iter().filter(|note| !note.tip.is_empty()) {
                ui.label(note.tip.as_str());
            }
        });
    }
    Some(response)
}

/// The menu of a record: at the pointer, or at its row where it was opened by keys.
fn context_menu(cx: &ViewContext<'_>, state: &mut State, id: AnyId, response: &Response, name: &str) {
    let by_keys = state.menu.filter(|menu| menu.of == id && !response.secondary_clicked());
    let mut popup = Popup::context_menu(response);
    if let Some(menu) = by_keys {
        popup = popup.at_position(response.rect.left_bottom());
        if menu.age == 0 {
            popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        state.menu = Some(KeyMenu { age: menu.age.saturating_add(1), ..menu });
    }
    let is_new = by_keys.is_some_and(|menu| menu.age < 3);
    let shown = popup.show(|ui| menu::show(ui, cx, state, (id, name), is_new));
    if shown.is_none() && by_keys.is_some() {
        state.menu = None;
    }
}

fn clicks(ui: &Ui, cx: &ViewContext<'_>, state: &mut State, id: AnyId, response: &Response, tree: WidgetId) {
    let key = Key::Record(id);
    let modifiers = ui.input(|input| input.modifiers);
    if response.clicked() {
        ui.memory_mut(|memory| memory.request_focus(tree));
        state.cursor = Some(key);
        if modifiers.shift {
            select_to(cx, state, key);
        } else if modifiers.command {
            state.anchor = Some(key);
            cx.send(Command::ToggleSelected(id));
        } else {
            state.anchor = Some(key);
            choose(cx, id);
        }
    }
    if response.double_clicked() {
        cx.send(Command::EditName(id));
    }
    if response.secondary_clicked() && !cx.is_selected(id) {
        state.cursor = Some(key);
        state.anchor = Some(key);
        cx.select(id);
    }
}

fn fold_button(ui: &mut Ui, state: &mut State, id: AnyId, centre: eframe::egui::Pos2, is_open: bool) {
    let palette = tokens::palette(ui);
    let rect = Rect::from_center_size(centre, vec2(16.0, tokens::ROW_HEIGHT));
    // The same actor can stand in several rows; only one of them can be folded.
    let response = ui.interact(rect, WidgetId::unique(("navigator-fold", id)), Sense::CLICK);
    let name = if is_open { "Hide narrower actors" } else { "Show narrower actors" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let colour = if response.hovered() { palette.text } else { palette.quiet };
    glyph(ui, centre, if is_open { Icon::ChevronDown } else { Icon::ChevronRight }, 13.0, colour);
    if response.clicked() {
        state.fold(Key::Record(id), !is_open);
    }
}

/// A short note at the right end of a row. Each stands in a column of its own, whatever the others of its row say.
struct Note {
    sign: Sign,
    tip: String,
}

/// How a note is drawn.
enum Sign {
    /// A word or number that ends its row.
    Text(String),
    /// How many claims there are and from how many origins, with the bars beneath one another.
    Counts(usize, usize),
    /// An icon, and which of the theme's colours it has.
    Mark(Icon, fn(&Palette) -> Color32),
}

impl Note {
    fn quiet(text: impl Into<String>, tip: impl Into<String>) -> Self {
        Self { sign: Sign::Text(text.into()), tip: tip.into() }
    }
}

/// The notes of a record, the rightmost first.
fn notes(cx: &ViewContext<'_>, record: &Record) -> Vec<Note> {
    match record {
        Record::Incident(incident) => {
            let results = cx.derived.incident(incident.id);
            let (claims, origins) = (results.claims().len(), results.origins().len());
            let tip = format!("{claims} standing claims from {origins} independent origins");
            let mut notes = vec![Note { sign: Sign::Counts(claims, origins), tip }];
            if results.is_contested() {
                notes.push(Note {
                    sign: Sign::Mark(Icon::Swords, |palette| palette.contradicts),
                    tip: "Contested: at least two of the claims contradict each other".to_owned(),
                });
            }
            notes
        }
        Record::Source(source) => match source.reliability() {
            Some(grade) => vec![Note::quiet(grade.letter(), format!("Reliability {}", grade.label()))],
            None => vec![Note::quiet("–", "Reliability not graded yet")],
        },
        Record::Document(document) => match document.published {
            Some(date) => {
                vec![Note::quiet(date.first_day().year().to_string(), format!("Published {date}"))]
            }
            None => Vec::new(),
        },
        Record::Evidence(evidence) => match evidence.credibility {
            Some(grade) => {
                vec![Note::quiet(grade.digit().to_string(), format!("Credibility {}", grade.label()))]
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What the numbers of an incident are.
const COUNTS_HEAD: &str = "claims / origins";
/// The room of these numbers, in points: before usual ones the icons stand beneath one another.
const NUMBERS: f32 = 40.0;

/// Paints a note that ends at `right`; gives back where it begins.
fn paint_note(ui: &Ui, palette: &Palette, note: &Note, right: f32, middle: f32) -> f32 {
    let text = |right: f32, text: String| {
        let font = FontId::proportional(tokens::SMALL);
        ui.painter().text(pos2(right, middle), Align2::RIGHT_CENTER, text, font, palette.quiet).left()
    };
    match &note.sign {
        Sign::Text(words) => text(right, words.clone()),
        Sign::Counts(claims, origins) => {
            text(right, format!("{} / {}", grouped(*claims), grouped(*origins))).min(right - NUMBERS)
        }
        Sign::Mark(icon, colour) => {
            glyph(ui, pos2(right - 7.0, middle), *icon, 13.0, colour(palette));
            right - 14.0
        }
    }
}

fn backdrop(ui: &Ui, rect: Rect, is_selected: bool, is_hovered: bool, has_cursor: bool) {
    let palette = tokens::palette(ui);
    let rect = rect.with_max_x(rect.right() - 4.0);
    let radius = f32::from(tokens::RADIUS);
    if is_selected {
        ui.painter().rect_filled(rect, radius, palette.selection);
    } else if is_hovered {
        ui.painter().rect_filled(rect, radius, palette.hovered);
    }
    if has_cursor {
        let stroke = eframe::egui::Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(rect, radius, stroke, eframe::egui::StrokeKind::Inside);
    }
}

fn glyph(ui: &Ui, centre: eframe::egui::Pos2, icon: Icon, size: f32, colour: Color32) {
    ui.painter().text(centre, Align2::CENTER_CENTER, char::from(icon), FontId::proportional(size), colour);
}

/// The icon of a kind of record.
pub const fn icon_of_kind(kind: Kind) -> Icon {
    match kind {
        Kind::Analyst => Icon::User,
        Kind::Source => Icon::Megaphone,
        Kind::Document => Icon::FileText,
        Kind::Actor => Icon::Network,
        Kind::Incident => Icon::Zap,
        Kind::Claim => Icon::MessageSquare,
        Kind::Evidence => Icon::Fingerprint,
        Kind::Hypothesis => Icon::Lightbulb,
        Kind::Rating => Icon::SquareCheck,
        Kind::Assumption => Icon::Landmark,
        Kind::Indicator => Icon::Radar,
        Kind::Judgement => Icon::Gavel,
        Kind::Comment => Icon::MessageSquare,
        Kind::Exercise => Icon::ClipboardList,
        Kind::Outcome => Icon::Flag,
    }
}

/// The icon of a record: for actors that of their level.
const fn icon_of(record: &Record) -> Icon {
    icon_of_kind(match record {
        Record::Analyst(_) => Kind::Analyst,
        Record::Source(_) => Kind::Source,
        Record::Document(_) => Kind::Document,
        Record::Actor(_) => Kind::Actor,
        Record::Incident(_) => Kind::Incident,
        Record::Claim(_) => Kind::Claim,
        Record::Evidence(_) => Kind::Evidence,
        Record::Hypothesis(_) => Kind::Hypothesis,
        Record::Rating(_) => Kind::Rating,
        Record::Assumption(_) => Kind::Assumption,
        Record::Indicator(_) => Kind::Indicator,
        Record::Judgement(_) => Kind::Judgement,
        Record::Comment(_) => Kind::Comment,
        Record::Exercise(_) => Kind::Exercise,
        Record::Outcome(_) => Kind::Outcome,
    })
}
