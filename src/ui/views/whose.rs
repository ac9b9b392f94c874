//! Who rates and judges, and whose ratings count, in the views that weigh evidence.

use eframe::egui::{ComboBox, Ui};

use crate::analysis::ach::Raters;
use crate::edit;
use crate::model::{Analyst, Id, Nameable};
use crate::ui::widgets::{Picked, Picker, quiet};
use crate::ui::{Command, ViewContext};

/// Draws the choice of whose ratings count: everyone's, or those of one who rated anything.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, salt: &str, raters: &mut Raters, who: &[Id<Analyst>]) {
    let name = |raters: Raters| name(cx, raters).unwrap_or_else(|| "Everyone’s".to_owned());
    let label = ui.label(quiet(ui, "Ratings"));
    let combo = ComboBox::from_id_salt((salt, "ratings")).selected_text(name(*raters)).width(96.0).show_ui(
        ui,
        |ui| {
            for choice in std::iter::once(Raters::Everyone).chain(who.iter().copied().map(Raters::One)) {
                ui.selectable_value(raters, choice, name(choice));
            }
        },
    );
    combo.response.labelled_by(label.id).on_hover_text("Whose ratings count");
}

/// Draws the field that says who works, with a new analyst on the spot: `question` where nobody is chosen, `doing` what they do, such
/// as "Rating as".
pub(super) fn who_works(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (question, doing): (&str, &str),
    room: f32,
    wants_focus: bool,
) {
    ui.label(quiet(ui, if cx.analyst.is_none() { question } else { doing }));
    ui.scope(|ui| {
        ui.set_max_width(room);
        let picker = Picker::<Analyst>::new(cx, ("who works", doing), doing)
            .current(cx.analyst)
            .required()
            .hint("Choose, or type a name")
            .wants_focus(wants_focus);
        match picker.show(ui).picked {
            Some(Picked::Existing(analyst)) => cx.send(Command::SetAnalyst(Some(analyst))),
            Some(Picked::New(name)) => {
                let analyst = Analyst::named(cx.new_id(), name);
                let id = analyst.id;
                cx.edit(edit::insert(analyst));
                cx.send(Command::SetAnalyst(Some(id)));
            }
            Some(Picked::Cleared) | None => {}
        }
    });
}

/// Whose ratings count, by name; `None` for everyone's.
pub(super) fn name(cx: &ViewContext<'_>, raters: Raters) -> Option<String> {
    match raters {
        Raters::Everyone => None,
        Raters::One(analyst) => Some(cx.assessment.name_of(analyst)),
        Raters::Two([first, second]) => {
            Some(format!("{} and {}", cx.assessment.name_of(first), cx.assessment.name_of(second)))
        }
    }
}

/// The raters of a view, everyone where the one who was chosen is gone.
pub(super) fn present(cx: &ViewContext<'_>, raters: Raters) -> Raters {
    match raters {
        Raters::One(analyst) if !cx.assessment.analysts.contains(analyst) => Raters::Everyone,
        raters => raters,
    }
}
