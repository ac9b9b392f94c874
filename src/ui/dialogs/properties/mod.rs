//! The properties of the assessment: title, question, marking, standard, notes, and the conventions of its numbers.

mod conventions;

use eframe::egui::{ComboBox, Context, Grid, Id, Label, ScrollArea, TextEdit, Ui};

use super::{buttons, dialog, main_button};
use crate::edit::{Edit, Transaction};
use crate::model::{Header, Standard, Tlp};
use crate::ui::tokens;
use crate::ui::widgets::{quiet, segmented};
use crate::ui::{Command, ViewContext};

/// The greatest height of a page, in points: that of all conventions.
const HIGHEST: f32 = 560.0;
/// The room for the scroll bar, in points.
const SCROLL_BAR: f32 = 12.0;

/// The two pages of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Assessment,
    Conventions,
}

/// Draws the dialog; whether it is to be closed. Every change is an edit at once and can be undone.
pub fn show(ctx: &Context, cx: &ViewContext<'_>) -> bool {
    let mut is_done = false;
    let height = (ctx.content_rect().height() - 230.0).clamp(160.0, HIGHEST);
    let id = Id::unique("page of the properties");
    let mut page: Page = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    let closed = dialog(ctx, "Assessment properties", conventions::WIDTH + SCROLL_BAR, |ui| {
        ui.horizontal(|ui| {
            let pages =
                [(Page::Assessment, "Assessment", ""), (Page::Conventions, "Conventions of the numbers", "")];
            segmented(ui, &mut page, &pages);
        });
        ui.add_space(tokens::PADDING);
        // Each page keeps the height of the higher one, so that nothing jumps.
        let scroll =
            ScrollArea::vertical().id_salt(page as u8).max_height(height).min_scrolled_height(height);
        scroll.auto_shrink([true, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - SCROLL_BAR);
            match page {
                Page::Assessment => {
                    ui.set_max_width(tokens::FORM_WIDTH);
                    fields(ui, cx);
                    dates(ui, cx);
                }
                Page::Conventions => conventions::show(ui, cx),
            }
        });
        buttons(ui, |ui| is_done = main_button(ui, "Done", true).clicked());
    });
    ctx.data_mut(|data| data.insert_temp(id, page));
    is_done || closed
}

fn change(cx: &ViewContext<'_>, field: &str, header: Header) {
    let label = format!("Change {field} of assessment");
    cx.edit(Transaction::new(label, vec![Edit::SetHeader(header.into())]).typing(None, field));
}

fn fields(ui: &mut Ui, cx: &ViewContext<'_>) {
    let header = &cx.assessment.header;
    Grid::new("properties").num_columns(2).spacing([16.0, 8.0]).min_col_width(88.0).show(ui, |ui| {
        text_field(ui, "Title", &header.title, 1, |text| {
            change(cx, "title", Header { title: text, ..header.clone() });
        });
        text_field(ui, "Question", &header.question, 2, |text| {
            change(cx, "question", Header { question: text, ..header.clone() });
        });
        let label = ui.label(quiet(ui, "Marking"));
        let mut marking = header.marking;
        ComboBox::from_id_salt("marking")
            .selected_text(marking.label())
            .width(200.0)
            .show_ui(ui, |ui| {
                for choice in Tlp::ALL {
                    ui.selectable_value(&mut marking, *choice, choice.label());
                }
            })
            .response
            .labelled_by(label.id);
        if marking != header.marking {
            cx.send(Command::SetMarking(marking));
        }
        ui.end_row();
        let label = ui.label(quiet(ui, "Standard"));
        let mut standard = header.standard;
        ComboBox::from_id_salt("standard")
            .selected_text(standard.label())
            .width(200.0)
            .show_ui(ui, |ui| {
                for choice in Standard::ALL {
                    ui.selectable_value(&mut standard, *choice, choice.label());
                }
            })
            .response
            .labelled_by(label.id)
            .on_hover_text("Whose words of estimative probability are used");
        if standard != header.standard {
            change(cx, "standard", Header { standard, ..header.clone() });
        }
        ui.end_row();
        text_field(ui, "Notes", &header.notes, 4, |text| {
            change(cx, "notes", Header { notes: text, ..header.clone() });
        });
    });
}

fn text_field(ui: &mut Ui, name: &str, value: &str, rows: usize, changed: impl FnOnce(String)) {
    let label = ui.label(quiet(ui, name));
    let mut text = value.to_owned();
    let field = if rows == 1 { TextEdit::singleline(&mut text) } else { TextEdit::multiline(&mut text) };
    let response = ui.add(field.desired_rows(rows).desired_width(ui.available_width())).labelled_by(label.id);
    if response.changed() {
        changed(text);
    }
    ui.end_row();
}

fn dates(ui: &mut Ui, cx: &ViewContext<'_>) {
    let header = &cx.assessment.header;
    let zone = jiff::tz::TimeZone::system();
    let day = |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    ui.add_space(8.0);
    let text = format!("Begun {} · last saved with a change {}", day(header.created), day(header.updated));
    let text = quiet(ui, text).size(tokens::SMALL);
    ui.add(Label::new(text).wrap());
}
