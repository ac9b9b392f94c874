//! Remarks on a record, a field or a cell, and a field for a new one.

use eframe::egui::{
    Align, EventFilter, Id as EguiId, Key, KeyboardShortcut, Label, Layout, Modifiers, RichText, TextEdit, Ui,
};

use super::fields;
use super::own_keys::has_keyboard;
use super::text::{icon_text, moment, named, quiet, square};
use crate::edit::discuss::{self, Subject};
use crate::model::{Comment, Id};
use crate::ui::command::Notice;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::{Command, ViewContext};

/// Draws remarks, the oldest first, and under them a field for a new one on `subject`. `wants_focus` puts the cursor there.
pub fn comments(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    list: &[Id<Comment>],
    subject: &Subject,
    wants_focus: bool,
) {
    for comment in list.iter().filter_map(|id| cx.assessment.comments.get(*id)) {
        one(ui, cx, comment, comment.field != subject.field);
        ui.add_space(tokens::GRID);
    }
    new(ui, cx, subject, wants_focus);
}

fn one(ui: &mut Ui, cx: &ViewContext<'_>, comment: &Comment, names_field: bool) {
    let palette = tokens::palette(ui);
    let author = comment
        .analyst
        .map_or_else(|| "Unknown analyst".to_owned(), |analyst| cx.assessment.name_of(analyst));
    ui.push_id(comment.id, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if named(square(ui, icon_text(Icon::Trash2).color(palette.quiet)), "Delete comment")
                    .on_hover_text("Delete comment")
                    .clicked()
                {
                    cx.send(Command::Delete(vec![comment.id.into()]));
                }
                let (icon, name) = if comment.resolved {
                    (Icon::CircleCheck, "Dealt with: open the comment again")
                } else {
                    (Icon::Circle, "Open: mark the comment as dealt with")
                };
                let colour = if comment.resolved { palette.same } else { palette.quiet };
                if named(square(ui, icon_text(icon).color(colour)), name).on_hover_text(name).clicked() {
                    cx.edit(discuss::toggle_resolved(comment));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.label(bold(author));
                    let when = moment(comment.at);
                    let field = cx.assessment.field_text(comment);
                    let text = match comment.cell() {
                        _ if !names_field || field.is_empty() => when,
                        Some(_) => format!("{when} · {field}"),
                        None => format!("{when} · on {field}"),
                    };
                    ui.add(Label::new(quiet(ui, text).size(tokens::SMALL)).truncate());
                });
            });
        });
        let text = if comment.resolved { quiet(ui, &comment.text) } else { RichText::new(&comment.text) };
        ui.add(Label::new(text).wrap());
    });
}

/// The field for a new remark. What is typed stays until it is added.
fn new(ui: &mut Ui, cx: &ViewContext<'_>, subject: &Subject, wants_focus: bool) {
    let id = EguiId::unique(("new comment", subject.on, subject.field.as_str()));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let before = text.clone();
    let edit = TextEdit::multiline(&mut text)
        .id(id)
        .desired_rows(1)
        .desired_width(f32::INFINITY)
        .hint_text("Add a comment")
        .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
        .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() });
    let field = ui.add(edit);
    fields::name(&field, "New comment");
    if wants_focus {
        field.request_focus();
    }
    if !text.trim().is_empty() {
        let is_entered = has_keyboard(&field)
            && ui.input_mut(|input| !input.modifiers.shift && input.consume_key(Modifiers::NONE, Key::Enter));
        let is_clicked = ui
            .horizontal(|ui| {
                let button = named(ui.button("Add comment"), "Add comment");
                ui.label(quiet(ui, "Enter adds it").size(tokens::SMALL));
                button.clicked()
            })
            .inner;
        if is_entered || is_clicked {
            match cx.analyst {
                Some(analyst) => {
                    let made = (cx.new_id(), cx.now());
                    if let Some(transaction) = discuss::remark(subject.clone(), analyst, &text, made) {
                        cx.edit(transaction);
                    }
                    text.clear();
                }
                None => cx.send(Command::Notify(Notice::info(
                    "Say first who remarks: choose an analyst in the bar at the top, or add one",
                ))),
            }
        }
    }
    if text != before {
        ui.data_mut(|data| data.insert_temp(id, text));
    }
}
