//! Which incident is compared, and how it is looked at.

use eframe::egui::{Align, ComboBox, Layout, Ui};

use super::State;
use super::memo::Memo;
use crate::analysis::Options;
use crate::analysis::agreement::LevelAgreement;
use crate::analysis::charts::{Rows, RowsBy};
use crate::model::ActorLevel;
use crate::ui::widgets::{as_table, checkbox, quiet};
use crate::ui::{Command, ViewContext};

/// Draws which incident it is, and how it is looked at.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_tables, "Chart");
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "disagreement");
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        rows(ui, &mut state.rows);
        options(ui, cx, &memo.levels);
    });
}

/// What the rows stand for, and what they are grouped by.
fn rows(ui: &mut Ui, rows: &mut Rows) {
    let label = ui.label(quiet(ui, "Rows"));
    let combo = ComboBox::from_id_salt("rows").selected_text(rows.by.label()).width(92.0).show_ui(ui, |ui| {
        for choice in RowsBy::ALL {
            ui.selectable_value(&mut rows.by, choice, choice.label());
        }
    });
    combo.response.labelled_by(label.id);
    let choices = rows.by.groups();
    rows.grouped = rows.grouped.filter(|group| choices.contains(group));
    if choices.is_empty() {
        return;
    }
    let name = |group: Option<RowsBy>| group.map_or("Nothing", RowsBy::label);
    let label = ui.label(quiet(ui, "Grouped by"));
    let combo =
        ComboBox::from_id_salt("groups").selected_text(name(rows.grouped)).width(92.0).show_ui(ui, |ui| {
            for choice in std::iter::once(None).chain(choices.iter().copied().map(Some)) {
                ui.selectable_value(&mut rows.grouped, choice, name(choice));
            }
        });
    combo.response.labelled_by(label.id);
}

/// The level of the hierarchy at which actors are seen, and whether periods count. `levels` says what holds at which level;
/// empty where that is not told.
pub(crate) fn options(ui: &mut Ui, cx: &ViewContext<'_>, levels: &[LevelAgreement]) {
    let options = cx.derived.options();
    let name = |level: Option<ActorLevel>| level.map_or("As named", ActorLevel::label);
    let label = ui.label(quiet(ui, "Level"));
    let mut level = options.level;
    let combo = ComboBox::from_id_salt("level").selected_text(name(level)).width(132.0).show_ui(ui, |ui| {
        for choice in std::iter::once(None).chain(ActorLevel::ALL.iter().copied().map(Some)) {
            let at_level = levels.iter().find(|it| Some(it.level) == choice);
            let words = at_level.map_or_else(String::new, |it| it.words());
            ui.horizontal(|ui| {
                ui.selectable_value(&mut level, choice, name(choice));
                ui.label(quiet(ui, words));
            });
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
