//! Which incident, who judges, and in whose words.

use eframe::egui::{Align, ComboBox, Layout, Ui};

use super::State;
use super::memo::Memo;
use crate::edit::{Edit, Transaction};
use crate::model::{Header, Standard};
use crate::ui::ViewContext;
use crate::ui::views::whose::who_works;
use crate::ui::widgets::{as_table, copy_table_button, quiet};

/// Draws the lines of tools.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            as_table(ui, &mut state.shows_table, "Form");
            copy_table_button(ui, cx, "Copy the lenses as a table", || memo.lens_table(cx));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "judgement");
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        who_works(ui, cx, ("Who judges?", "Judging as"), 180.0, false);
        standard(ui, cx);
    });
}

/// Whose words of likelihood the assessment uses: chosen once for all its judgements.
fn standard(ui: &mut Ui, cx: &ViewContext<'_>) {
    let header = &cx.assessment.header;
    let mut standard = header.standard;
    let label = ui.label(quiet(ui, "Likelihood terms"));
    let combo = ComboBox::from_id_salt("judgement standard")
        .selected_text(standard.label())
        .width(80.0)
        .show_ui(ui, |ui| {
            for choice in Standard::ALL {
                ui.selectable_value(&mut standard, *choice, choice.label());
            }
        });
    combo.response.labelled_by(label.id).on_hover_text(
        "Whose words of likelihood the whole assessment uses. Claims that give words and no number are read by them too",
    );
    if standard != header.standard {
        let header = Header { standard, ..header.clone() };
        let label = format!("Use the words of {standard}");
        cx.edit(Transaction::new(label, vec![Edit::SetHeader(header.into())]));
    }
}
