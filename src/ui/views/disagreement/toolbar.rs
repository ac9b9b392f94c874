//! Which incident is compared, how it is looked at, and the summary.

use eframe::egui::{Align, ComboBox, Layout, Ui};

use super::State;
use super::memo::Memo;
use crate::analysis::Options;
use crate::analysis::charts::RowsBy;
use crate::model::{ActorLevel, Incident};
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::legend::relation_count;
use crate::ui::widgets::{Picked, Picker, checkbox, quiet};
use crate::ui::{Command, ViewContext};

/// Draws the three lines: the incident, how it is looked at, the summary.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.toggle_value(&mut state.shows_legend, "Legend").on_hover_text("What the marks mean");
            ui.selectable_value(&mut state.shows_tables, true, "Table")
                .on_hover_text("The same as tables, for reading, copying and screen readers");
            ui.selectable_value(&mut state.shows_tables, false, "Chart");
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let wants_focus = std::mem::take(&mut state.wants_picker_focus);
                incident_picker(ui, cx, "disagreement", wants_focus);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        rows(ui, &mut state.rows);
        options(ui, cx);
    });
    summary(ui, memo);
}

/// The field that says which incident the charts show.
pub(crate) fn incident_picker(ui: &mut Ui, cx: &ViewContext<'_>, salt: &str, wants_focus: bool) {
    ui.label(quiet(ui, "Incident"));
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

fn rows(ui: &mut Ui, rows: &mut RowsBy) {
    let label = ui.label(quiet(ui, "Rows"));
    let combo = ComboBox::from_id_salt("rows").selected_text(rows.label()).width(110.0).show_ui(ui, |ui| {
        for choice in RowsBy::ALL {
            ui.selectable_value(rows, choice, choice.label());
        }
    });
    combo.response.labelled_by(label.id);
}

/// The level of the hierarchy at which actors are seen, and whether periods count.
pub(crate) fn options(ui: &mut Ui, cx: &ViewContext<'_>) {
    let options = cx.derived.options();
    let name = |level: Option<ActorLevel>| level.map_or("As named", ActorLevel::label);
    let label = ui.label(quiet(ui, "Level"));
    let mut level = options.level;
    let combo = ComboBox::from_id_salt("level").selected_text(name(level)).width(132.0).show_ui(ui, |ui| {
        for choice in std::iter::once(None).chain(ActorLevel::ALL.iter().copied().map(Some)) {
            ui.selectable_value(&mut level, choice, name(choice));
        }
    });
    combo
        .response
        .labelled_by(label.id)
        .on_hover_text("At the level of states the CIA and the NSA are both the United States");
    let mut ignore_period = options.ignore_period;
    checkbox(ui, &mut ignore_period, "Set period aside")
        .on_hover_text("Compares claims even where their periods cannot share a day");
    let wanted = Options { level, ignore_period };
    if wanted != options {
        cx.send(Command::SetOptions(wanted));
    }
}

fn summary(ui: &mut Ui, memo: &Memo) {
    let palette = tokens::palette(ui);
    let count = |number: usize, one: &str, many: &str| {
        if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 2.0);
        ui.label(bold(count(memo.claims, "claim", "claims")));
        ui.label(quiet(ui, "from"));
        ui.label(bold(count(memo.origins, "independent origin", "independent origins"))).on_hover_text(
            "Claims that repeat one another, or stand in documents that relay one another, count as one",
        );
        if memo.set_aside > 0 {
            ui.label(quiet(ui, format!("· {} retracted or superseded, not counted", memo.set_aside)));
        }
        if memo.is_contested {
            ui.label(quiet(ui, "·"));
            ui.label(bold("Contested").color(palette.contradicts))
                .on_hover_text("At least two claims contradict each other");
        }
        ui.label(quiet(
            ui,
            format!(
                "· {}:",
                count(usize::try_from(memo.relations.total()).unwrap_or(usize::MAX), "pair", "pairs")
            ),
        ));
        for (relation, pairs) in memo.relations.iter().filter(|(_, pairs)| *pairs > 0) {
            relation_count(ui, relation, pairs);
        }
    });
}
