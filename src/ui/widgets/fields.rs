//! Fields of a form: each takes the present value and gives back a new one when the user has made one.
//!
//! What cannot be read as a value yet is kept in the field with the reason, and the old value stays: nothing that was
//! typed is lost, and nothing wrong gets into the document.

use std::hash::Hash;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    self, Button, ComboBox, EventFilter, Id as EguiId, IdSalt, Label, Layout, Response, RichText, TextBuffer,
    TextEdit, Ui, UiBuilder, WidgetText, vec2,
};

use crate::model::PartialDate;
use crate::model::date::Precision;
use crate::ui::tokens::{self, Icon};

/// The width of the labels that stand before fields.
pub const LABEL_WIDTH: f32 = 88.0;

/// From this width on a text of several lines stands beside its label.
const PROSE_BESIDE: f32 = 420.0;

/// Gives a widget the name that screen readers say, and brings it into sight when the cursor comes to it.
pub fn name(response: &Response, name: &str) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// A label and, beside it, what `add` draws in the rest of the width. Labels of one form are aligned.
///
/// The label is only painted: the field beside it has it as its name, and screen readers say it once.
pub fn row<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::PADDING;
        let (rect, response) =
            ui.allocate_exact_size(vec2(LABEL_WIDTH, tokens::ROW_HEIGHT), egui::Sense::hover());
        paint_label(ui, rect, label, response);
        clamped(ui, width - LABEL_WIDTH - tokens::PADDING, add)
    })
    .inner
}

/// A label and what `add` draws for a text of several lines: beside it where there is room, else below it, since prose in a
/// narrow column is hard to read.
pub fn prose_row<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let width = ui.available_width();
    if width >= PROSE_BESIDE {
        return row(ui, label, add);
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, response) = ui.allocate_exact_size(vec2(width, tokens::ROW_HEIGHT), egui::Sense::hover());
        paint_label(ui, rect, label, response);
        clamped(ui, width, add)
    })
    .inner
}

/// What `add` draws, in exactly that width: a widget that is a point too wide does not push the rows below it.
pub fn clamped<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let place = ui.cursor().min;
    // One row high to begin with, so that what is centred has a middle; more rows make it grow.
    let room = egui::Rect::from_min_size(place, vec2(width, tokens::ROW_HEIGHT));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room).layout(Layout::top_down(egui::Align::Min)));
    let result = add(&mut child);
    let height = child.min_size().y.max(tokens::ROW_HEIGHT);
    ui.allocate_rect(egui::Rect::from_min_size(place, vec2(width, height)), egui::Sense::hover());
    result
}

/// A label and a value that is only shown.
pub fn shown(ui: &mut Ui, label: &str, value: &str) {
    row(ui, label, |ui| {
        ui.add_space(3.0);
        let response = ui.add(Label::new(value).wrap());
        response.ctx.accesskit_node_builder(response.id, |node| node.set_description(label));
    });
}

/// Draws a field of one line in the available width. While the cursor is elsewhere, text that does not fit ends in "…"
/// and stands in the tooltip.
/// `build` says how else the field is.
pub(super) fn line(
    ui: &mut Ui,
    id: EguiId,
    text: &mut String,
    build: impl for<'t> FnOnce(TextEdit<'t>) -> TextEdit<'t>,
) -> Response {
    if ui.memory(|memory| memory.has_focus(id)) {
        return build(TextEdit::singleline(text).id(id).desired_width(f32::INFINITY))
            .show(ui)
            .response
            .response;
    }
    let margin = 2.0 * ui.spacing().button_padding.x;
    let width = ui.available_width() - margin;
    let mut layout = move |ui: &Ui, text: &dyn TextBuffer, _wrap_width: f32| {
        let font = egui::TextStyle::Body.resolve(ui.style());
        let mut job = LayoutJob::simple_singleline(text.as_str().to_owned(), font, ui.visuals().text_color());
        job.wrap = TextWrapping::truncate_at_width(width);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let output =
        build(TextEdit::singleline(text).id(id).desired_width(f32::INFINITY)).layouter(&mut layout).show(ui);
    let response = output.response.response;
    if output.galley.elided { response.on_hover_text(output.galley.text()) } else { response }
}

/// One line of text.
pub fn text(ui: &mut Ui, id: EguiId, label: &str, hint: &str, value: &str) -> Option<String> {
    let mut text = value.to_owned();
    let response = line(ui, id, &mut text, |edit| edit.hint_text(hint.to_owned()));
    name(&response, label);
    response.changed().then_some(text)
}

/// One line of text that is wrapped where it is long, such as a title.
pub fn title(ui: &mut Ui, id: EguiId, label: &str, value: &str) -> Option<String> {
    let mut text = value.to_owned();
    let edit = TextEdit::multiline(&mut text)
        .id(id)
        .desired_width(f32::INFINITY)
        .desired_rows(1)
        .return_key(None)
        .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() });
    let response = ui.add(edit);
    name(&response, label);
    response.changed().then(|| text.replace(['\n', '\r'], " "))
}

/// Text of several lines, as high as it needs to be.
pub fn text_area(ui: &mut Ui, id: EguiId, label: &str, hint: &str, value: &str) -> Option<String> {
    let mut text = value.to_owned();
    let edit = TextEdit::multiline(&mut text)
        .id(id)
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .desired_rows(1)
        // Tab goes on to the next field, as everywhere in a form.
        .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() });
    let response = ui.add(edit);
    name(&response, label);
    response.changed().then_some(text)
}

/// A list of texts, one a line. Empty lines are kept while they are typed and do not get into the list.
pub fn lines(ui: &mut Ui, id: EguiId, label: &str, hint: &str, value: &[String]) -> Option<Vec<String>> {
    let read = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    let text = typed.filter(|typed| read(typed) == value).unwrap_or_else(|| value.join("\n"));
    let new = text_area(ui, id, label, hint, &text)?;
    let list = read(&new);
    ui.data_mut(|data| data.insert_temp(id, new));
    (list != value).then_some(list)
}

/// What stands in a field, where that is not how its value is written.
#[derive(Clone, PartialEq)]
struct Draft {
    text: String,
    /// The value when it was typed: where that has changed since, as by undo, the draft is void.
    over: String,
}

/// What a text is, as it is typed.
pub enum Reading<T> {
    /// A value.
    Value(T),
    /// The beginning of one, so that there is nothing to complain of while it is typed; with what is expected.
    Beginning(String),
    /// Neither, because …
    Wrong(String),
}

/// A field whose text has to be read. `write` is how a value is shown, `read` reads what was typed.
pub fn reading<T>(
    ui: &mut Ui,
    id: EguiId,
    label: &str,
    hint: &str,
    value: &T,
    write: impl Fn(&T) -> String,
    read: impl Fn(&str) -> Reading<T>,
) -> Option<T> {
    let (new, complaint) = reading_alone(ui, id, (label, hint), value, write, read);
    if let Some(reason) = &complaint {
        problem(ui, reason, true);
    }
    new
}

/// The same without room for what is wrong, which it gives back: for where several stand in a row.
pub fn reading_alone<T>(
    ui: &mut Ui,
    id: EguiId,
    (label, hint): (&str, &str),
    value: &T,
    write: impl Fn(&T) -> String,
    read: impl Fn(&str) -> Reading<T>,
) -> (Option<T>, Option<String>) {
    let shown = write(value);
    let draft: Option<Draft> = ui.data(|data| data.get_temp(id));
    let draft = draft.filter(|draft| draft.over == shown);
    let mut text = draft.map_or_else(|| shown.clone(), |draft| draft.text);
    let response = line(ui, id, &mut text, |edit| edit.hint_text(hint.to_owned()));
    name(&response, label);
    let has_focus = response.has_focus();
    let mut new = None;
    let mut complaint = None;
    // The value over which the text is kept as it was typed: "55.0" does not become "55" under the cursor.
    let mut over = Some(shown.clone());
    if text == shown {
        over = None;
    } else {
        match read(&text) {
            Reading::Value(value) => {
                let written = write(&value);
                over = has_focus.then(|| written.clone());
                new = (written != shown).then_some(value);
            }
            Reading::Beginning(reason) => complaint = (!has_focus).then_some(reason),
            Reading::Wrong(reason) => complaint = Some(reason),
        }
    }
    ui.data_mut(|data| match over {
        Some(over) => {
            data.insert_temp(id, Draft { text, over });
        }
        None => data.remove::<Draft>(id),
    });
    if let Some(reason) = &complaint {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_invalid(egui::accesskit::Invalid::True);
            node.set_description(reason.as_str());
        });
    }
    (new, complaint)
}

/// A date, as precise as it is known. `Some(None)` where the field was emptied.
pub fn date(ui: &mut Ui, id: EguiId, label: &str, value: Option<PartialDate>) -> Option<Option<PartialDate>> {
    let write = |value: &Option<PartialDate>| value.map_or_else(String::new, |date| date.to_string());
    let precision = value.map(|date| match date.precision() {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
    });
    with_note(ui, precision.unwrap_or_default(), |ui| {
        reading(ui, id, label, "year-month-day", &value, write, |text| {
            let text = text.trim();
            if text.is_empty() {
                return Reading::Value(None);
            }
            match text.parse::<PartialDate>() {
                Ok(date) => Reading::Value(Some(date)),
                Err(error) if is_beginning_of_date(text) => Reading::Beginning(error.to_string()),
                Err(error) => Reading::Wrong(error.to_string()),
            }
        })
    })
}

fn is_beginning_of_date(text: &str) -> bool {
    text.len() < 10
        && text.char_indices().all(|(place, letter)| match place {
            4 | 7 => letter == '-',
            _ => letter.is_ascii_digit(),
        })
}

/// A probability, written in per cent, with its unit. `Some(None)` where the field was emptied.
pub fn percent(ui: &mut Ui, id: EguiId, label: &str, hint: &str, value: Option<f64>) -> Option<Option<f64>> {
    with_note(ui, if value.is_some() { "%" } else { "" }, |ui| percent_alone(ui, id, label, hint, value))
}

/// A probability, written in per cent, without its unit: for where several stand in a row.
pub fn percent_alone(
    ui: &mut Ui,
    id: EguiId,
    label: &str,
    hint: &str,
    value: Option<f64>,
) -> Option<Option<f64>> {
    let write = |value: &Option<f64>| value.map_or_else(String::new, percent_text);
    reading(ui, id, label, hint, &value, write, |text| {
        let text = text.trim().trim_end_matches('%').trim_end();
        if text.is_empty() {
            return Reading::Value(None);
        }
        match text.replace(',', ".").parse::<f64>() {
            Ok(number) if (0.0..=100.0).contains(&number) => Reading::Value(Some(number / 100.0)),
            Ok(_) => Reading::Wrong("A probability lies between 0 and 100 %".to_owned()),
            Err(_) => Reading::Wrong(format!("“{text}” is not a number")),
        }
    })
}

/// A long label and, at the right, a probability in per cent: for a list of them. `Some(None)` where it was emptied.
pub fn share(ui: &mut Ui, id: EguiId, label: &str, value: Option<f64>) -> Option<Option<f64>> {
    const WIDTH: f32 = 64.0;
    let palette = tokens::palette(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        let room = ui.available_width() - WIDTH - 20.0 - 2.0 * tokens::GRID;
        let (rect, response) = ui.allocate_exact_size(vec2(room, tokens::ROW_HEIGHT), egui::Sense::hover());
        paint_label(ui, rect, label, response);
        let new = clamped(ui, WIDTH, |ui| percent_alone(ui, id, label, "", value));
        let (rect, _) = ui.allocate_exact_size(vec2(20.0, tokens::ROW_HEIGHT), egui::Sense::hover());
        let font = egui::FontId::proportional(tokens::SMALL);
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, "%", font, palette.quiet);
        new
    })
    .inner
}

fn paint_label(ui: &Ui, rect: egui::Rect, label: &str, response: Response) {
    let colour = tokens::palette(ui).quiet;
    let text = WidgetText::from(RichText::new(label).color(colour));
    let wrap = Some(egui::TextWrapMode::Truncate);
    let galley = text.into_galley(ui, wrap, rect.width(), egui::TextStyle::Body);
    if galley.elided {
        response.on_hover_text(label);
    }
    let place = egui::Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(place, galley, colour);
}

/// A probability in per cent, without needless digits.
pub fn percent_text(value: f64) -> String {
    // A "-0" stays one: what is below 0 is wrong, and a field that shows 0 could not be set to 0.
    format!("{}", (value * 10_000.0).round() / 100.0)
}

/// A field with a short quiet note after it, such as a unit. Room for it is kept where it is empty, so that fields
/// stay aligned.
fn with_note<R>(ui: &mut Ui, note: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    const NOTE_WIDTH: f32 = 40.0;
    let palette = tokens::palette(ui);
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        let rest = width - NOTE_WIDTH - tokens::GRID;
        let result = clamped(ui, rest, add);
        let layout = Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(NOTE_WIDTH, tokens::ROW_HEIGHT), layout, |ui| {
            let text = RichText::new(note).size(tokens::SMALL).color(palette.quiet);
            ui.add(Label::new(text).truncate().selectable(false));
        });
        result
    })
    .inner
}

/// One of several values, in a list that opens. With `none` the list has a line for no value.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    id_salt: impl Hash + std::fmt::Debug,
    label: &str,
    value: Option<T>,
    all: &[T],
    none: Option<&str>,
    describe: impl Fn(T) -> String,
) -> Option<Option<T>> {
    let mut new = None;
    let shown = value.map_or_else(|| none.unwrap_or_default().to_owned(), &describe);
    let combo = ComboBox::from_id_salt(IdSalt::new(id_salt))
        .selected_text(shown.clone())
        .width(ui.available_width())
        .truncate();
    let output = combo.show_ui(ui, |ui| {
        let none = none.map(|text| (None, text.to_owned()));
        for (option, text) in
            none.into_iter().chain(all.iter().map(|option| (Some(*option), describe(*option))))
        {
            let text = RichText::new(text).color(tokens::palette(ui).text);
            if ui.selectable_label(option == value, text).clicked() && option != value {
                new = Some(option);
            }
        }
    });
    name(&output.response, label);
    output.response.on_hover_text(shown);
    new
}

/// One of a few values, each a button. A second press on the chosen one takes the choice back where `can_clear`.
pub fn buttons<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    value: Option<T>,
    all: &[(T, &str)],
    can_clear: bool,
) -> Option<Option<T>> {
    let mut new = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        ui.spacing_mut().button_padding.x = 5.0;
        for (option, text) in all {
            let is_chosen = value == Some(*option);
            if button(ui, label, text, is_chosen) {
                match (is_chosen, can_clear) {
                    (true, true) => new = Some(None),
                    (true, false) => {}
                    (false, _) => new = Some(Some(*option)),
                }
            }
        }
    });
    new
}

/// Any number of a few values, each a button that is pressed or not, in the order of `all`.
pub fn several<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    value: &[T],
    all: &[(T, &str)],
) -> Option<Vec<T>> {
    let mut new = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
        ui.spacing_mut().button_padding.x = 5.0;
        for (option, text) in all {
            if button(ui, label, text, value.contains(option)) {
                let is_in = |other: &T| (value.contains(other)) != (other == option);
                new = Some(all.iter().map(|(other, _)| *other).filter(is_in).collect());
            }
        }
    });
    new
}

fn button(ui: &mut Ui, label: &str, text: &str, is_chosen: bool) -> bool {
    let palette = tokens::palette(ui);
    let stroke = egui::Stroke::new(1.0, if is_chosen { palette.accent } else { palette.line });
    // The accent is for the edge: as text on the selection it would be hard to read.
    let words = RichText::new(text).color(palette.text);
    let response = ui.add(Button::selectable(is_chosen, words).frame_when_inactive(true).stroke(stroke));
    name(&response, &format!("{label}: {text}"));
    response.clicked()
}

/// Yes or no.
pub fn check(ui: &mut Ui, text: &str, value: bool) -> Option<bool> {
    let mut new = value;
    super::checkbox(ui, &mut new, text).changed().then_some(new)
}

/// What is wrong, or worth a look, in words with an icon.
pub fn problem(ui: &mut Ui, message: &str, is_error: bool) {
    let palette = tokens::palette(ui);
    let (icon, colour) = if is_error {
        (Icon::CircleAlert, palette.contradicts)
    } else {
        (Icon::TriangleAlert, palette.overlaps)
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        ui.label(RichText::new(char::from(icon)).size(tokens::SMALL).color(colour));
        ui.add(Label::new(RichText::new(message).size(tokens::SMALL)).wrap());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_become_a_date_is_not_complained_of() {
        let check = |text: &str, expect: bool| assert_eq!(is_beginning_of_date(text), expect, "{text}");
        check("20", true);
        check("2015-", true);
        check("2015-0", true);
        check("2015-06-1", true);
        check("2015/", false);
        check("20x", false);
        check("2015-13-40", false);
    }

    #[test]
    fn probabilities_are_written_without_needless_digits() {
        let check = |value: f64, expect: &str| assert_eq!(percent_text(value), expect);
        check(0.55, "55");
        check(0.999, "99.9");
        check(0.0, "0");
        check(1.0, "100");
        check(1.0 / 3.0, "33.33");
    }
}
