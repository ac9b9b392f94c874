//! The properties of the assessment: title, question, marking, standard, notes, and the conventions of its numbers.

use eframe::egui::{ComboBox, Context, Grid, Label, ScrollArea, TextEdit, Ui};

use super::{buttons, dialog, main_button};
use crate::edit::{Edit, Transaction};
use crate::model::{Grade3, Header, Methods, Standard, Tlp};
use crate::ui::tokens;
use crate::ui::widgets::{quiet, section_title};
use crate::ui::{Command, ViewContext};

/// Draws the dialog; whether it is to be closed. Every change is an edit at once and can be undone.
pub fn show(ctx: &Context, cx: &ViewContext<'_>) -> bool {
    let mut is_done = false;
    let height = (ctx.content_rect().height() - 200.0).max(160.0);
    let closed = dialog(ctx, "Assessment properties", tokens::FORM_WIDTH + 40.0, |ui| {
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.set_width(ui.available_width() - 12.0);
            fields(ui, cx);
            dates(ui, cx);
            ui.add_space(tokens::SECTION_GAP);
            section_title(ui, "Conventions of the numbers");
            methods(ui, &cx.assessment.header.methods);
        });
        buttons(ui, |ui| is_done = main_button(ui, "Done", true).clicked());
    });
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

fn methods(ui: &mut Ui, methods: &Methods) {
    let list = |names: &[&str], values: &[f64]| {
        let pairs = names.iter().zip(values).map(|(name, value)| format!("{name} {}", number(*value)));
        pairs.collect::<Vec<_>>().join("   ")
    };
    let grades = |names: &[&str], grades: &[Grade3]| {
        let pairs =
            names.iter().zip(grades).map(|(name, grade)| format!("{name} {}", grade.label().to_lowercase()));
        pairs.collect::<Vec<_>>().join("   ")
    };
    let rows = [
        ("Fusion of opinions", methods.fusion.label().to_owned()),
        ("Discount by trust", methods.discount.label().to_owned()),
        ("Trust by reliability", list(&["A", "B", "C", "D", "E"], &methods.reliability_trust)),
        ("Trust by credibility", list(&["1", "2", "3", "4", "5"], &methods.credibility_trust)),
        ("Trust by confidence", list(&["low", "moderate", "high"], &methods.confidence_trust)),
        ("Trust, confidence unstated", number(methods.unstated_confidence_trust)),
        ("Probability without a hedge", number(methods.unhedged_probability)),
        ("P(E|H) of ratings", list(&["CC", "C", "N", "I", "II"], &methods.rating_likelihoods)),
        ("Inconsistency points", list(&["CC", "C", "N", "I", "II"], &methods.rating_points)),
        ("Weight of grades", list(&["low", "medium", "high"], &methods.grade_weights)),
        ("Grade of reliability", grades(&["A", "B", "C", "D", "E"], &methods.reliability_grades)),
        ("Grade of credibility", grades(&["1", "2", "3", "4", "5"], &methods.credibility_grades)),
        ("Correlation within a group", number(methods.group_correlation)),
    ];
    Grid::new("methods").num_columns(2).spacing([16.0, 4.0]).striped(true).show(ui, |ui| {
        for (name, value) in rows {
            ui.label(quiet(ui, name));
            ui.label(value);
            ui.end_row();
        }
    });
}

/// A number with as many decimals as it needs, three at most.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_no_idle_decimals() {
        let check = |value: f64, expect: &str| assert_eq!(number(value), expect);
        check(1.0, "1");
        check(0.95, "0.95");
        check(std::f64::consts::SQRT_2, "1.414");
        check(0.0, "0");
    }
}
