//! Who disagrees with the judgement, and why.

use eframe::egui::{Label, Ui};

use super::edits::Judging;
use super::section;
use crate::edit::judge;
use crate::model::{Analyst, Id, Judgement};
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{Picked, Picker, fields, icon_button, quiet};

/// Draws the part.
pub(super) fn show(ui: &mut Ui, judging: &Judging<'_>, present: &Judgement) {
    section(ui, "Dissent", |_| {});
    let cx = judging.cx;
    if present.dissent.is_empty() {
        let text = "Nobody dissents from this judgement. Dissent is recorded by name, and stays with the judgement that it is about";
        ui.add(Label::new(quiet(ui, text).size(tokens::SMALL)).wrap());
    }
    for (place, dissent) in present.dissent.iter().enumerate() {
        let name = cx.assessment.name_of(dissent.analyst);
        ui.horizontal(|ui| {
            ui.label(bold(name.as_str()));
            if icon_button(ui, Icon::X, &format!("Remove dissent of {name}")).clicked()
                && let Some(gone) = judge::take_dissent(cx.assessment, present, place)
            {
                cx.edit(gone);
            }
        });
        let id = judging.field_id(("dissent", present.id.uuid(), place));
        let label = format!("Dissent of {name}");
        if let Some(text) = fields::text_area(ui, id, &label, "Why", &dissent.text) {
            cx.edit(judge::put_dissent(present, place, text));
        }
        ui.add_space(2.0);
    }
    let refuse = |analyst: Id<Analyst>| -> Option<String> {
        if analyst == judging.analyst {
            return Some("it is their own judgement".to_owned());
        }
        present.dissent.iter().any(|it| it.analyst == analyst).then(|| "dissents already".to_owned())
    };
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(260.0));
        let picker = Picker::<Analyst>::new(cx, judging.field_id("dissent by"), "Add dissent")
            .hint("Add the dissent of…")
            .refusing(&refuse);
        let made = match picker.show(ui).picked {
            Some(Picked::Existing(analyst)) => judge::dissent(cx.assessment, present, analyst, None),
            Some(Picked::New(name)) => judge::dissent(cx.assessment, present, cx.new_id(), Some(name)),
            Some(Picked::Cleared) | None => None,
        };
        if let Some(made) = made {
            cx.edit(made);
        }
    });
}
