//! Which incident a view shows: the field that picks it, and what stands there while there is none.

use eframe::egui::Ui;

use crate::model::{Id, Incident};
use crate::ui::tokens::Icon;
use crate::ui::widgets::{Picked, Picker, empty_state, quiet};
use crate::ui::{Action, Command, ViewContext};

/// The incident in front; where there is none, the view says what will stand here, and how to begin.
pub(super) fn in_front(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    icon: Icon,
    [title, detail]: [&str; 2],
    steps: &[Action],
) -> Option<Id<Incident>> {
    if cx.incident.is_none() {
        empty_state(ui, cx, icon, title, detail, steps);
    }
    cx.incident
}

/// With less room than this, in points, the field has all of it and no label beside it.
const LABELLED: f32 = 260.0;

/// The field that says which incident a view shows.
#[derive(Debug, Default)]
pub(super) struct IncidentField {
    wants_focus: bool,
}

impl IncidentField {
    /// Gives it the cursor when it is drawn next.
    pub const fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// Draws it; `salt` tells the fields of several views from one another.
    pub fn show(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, salt: &str) {
        let wants_focus = std::mem::take(&mut self.wants_focus);
        if ui.available_width() >= LABELLED {
            ui.label(quiet(ui, "Incident"));
        }
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(420.0));
            let picker = Picker::<Incident>::new(cx, (salt, "incident"), "Incident")
                .current(cx.incident)
                .without_create()
                .wants_focus(wants_focus);
            if let Some(Picked::Existing(incident)) = picker.show(ui).picked {
                cx.send(Command::ShowIncident(Some(incident)));
            }
        });
    }
}
