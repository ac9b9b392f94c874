//! Which incident, whose ratings, who rates, in which order, and what to beware of.

use eframe::egui::{Align, ComboBox, Label, Layout, Ui};

use super::memo::Memo;
use super::{Show, State};
use crate::analysis::ach::Raters;
use crate::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use crate::edit;
use crate::model::{Analyst, Nameable};
use crate::ui::tokens::{self, Icon};
use crate::ui::views::disagreement::toolbar::incident_picker;
use crate::ui::widgets::{Picked, Picker, copy_table_button, elided, icon_text, quiet};
use crate::ui::{Action, Command, ViewContext};

/// Whose ratings count under a choice.
pub(super) fn raters(cx: &ViewContext<'_>, show: Show) -> Raters {
    match show {
        Show::Group => Raters::Everyone,
        Show::Own => cx.analyst.map_or(Raters::Everyone, Raters::One),
        Show::Of(analyst) if cx.assessment.analysts.contains(analyst) => Raters::One(analyst),
        Show::Of(_) => Raters::Everyone,
    }
}

/// Draws the lines of tools and the hints.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.toggle_value(&mut state.shows_legend, "Legend")
                .on_hover_text("What the signs mean, and the keys");
            ui.selectable_value(&mut state.shows_table, true, "Table")
                .on_hover_text("The same as a table, for reading, copying and screen readers");
            ui.selectable_value(&mut state.shows_table, false, "Chart");
            copy_table_button(ui, cx, "Copy the matrix as a table", || memo.chart.table());
            ui.toggle_value(&mut state.is_transposed, "Transposed")
                .on_hover_text("Hypotheses as rows, evidence as columns");
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let wants_focus = std::mem::take(&mut state.wants_picker_focus);
                incident_picker(ui, cx, "matrix", wants_focus);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        whose(ui, cx, memo, state);
        who_rates(ui, cx, state);
        order(ui, state);
        ui.menu_button("Add", |ui| {
            for action in [Action::AddEvidence, Action::AddHypothesis, Action::HypothesesFromClaims] {
                if ui.button(format!("{}  {}", char::from(action.icon()), action.label())).clicked() {
                    cx.send(Command::Do(action));
                }
            }
        });
    });
    hints(ui, memo, state);
}

fn whose(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let name = |show: Show| match show {
        Show::Group => "Of the group".to_owned(),
        Show::Own => "One’s own".to_owned(),
        Show::Of(analyst) => cx.assessment.name_of(analyst),
    };
    let label = ui.label(quiet(ui, "Ratings"));
    let combo = ComboBox::from_id_salt("matrix ratings")
        .selected_text(name(state.show))
        .width(110.0)
        .show_ui(ui, |ui| {
            for show in [Show::Group, Show::Own] {
                ui.selectable_value(&mut state.show, show, name(show));
            }
            for analyst in memo.chart.raters().iter().filter(|id| Some(**id) != cx.analyst) {
                ui.selectable_value(&mut state.show, Show::Of(*analyst), name(Show::Of(*analyst)));
            }
        });
    combo
        .response
        .labelled_by(label.id)
        .on_hover_text("Whose ratings stand in the cells and make the scores");
}

/// The field that says who rates, with a new analyst on the spot.
fn who_rates(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let is_missing = cx.analyst.is_none();
    let text = if is_missing { "Who rates?" } else { "Rating as" };
    ui.label(quiet(ui, text));
    ui.scope(|ui| {
        ui.set_max_width(150.0);
        let picker = Picker::<Analyst>::new(cx, ("matrix", "analyst"), "Rating as")
            .current(cx.analyst)
            .required()
            .hint("Choose, or type a name")
            .wants_focus(std::mem::take(&mut state.wants_analyst_focus));
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

fn order(ui: &mut Ui, state: &mut State) {
    let label = ui.label(quiet(ui, "Sort"));
    let combo = ComboBox::from_id_salt("matrix sort").selected_text(state.sort.label()).width(96.0).show_ui(
        ui,
        |ui| {
            for sort in MatrixSort::ALL {
                ui.selectable_value(&mut state.sort, sort, sort.label());
            }
        },
    );
    combo.response.labelled_by(label.id);
    let combo = ComboBox::from_id_salt("matrix groups")
        .selected_text(state.groups.label())
        .width(100.0)
        .show_ui(ui, |ui| {
            for groups in MatrixGroups::ALL {
                ui.selectable_value(&mut state.groups, groups, groups.label());
            }
        });
    crate::ui::widgets::fields::name(&combo.response, "Groups");
}

/// What to beware of: the gravest in a line, the rest on demand.
fn hints(ui: &mut Ui, memo: &Memo, state: &mut State) {
    let hints = &memo.chart.hints;
    let shown = if state.shows_all_hints { hints.len() } else { 1 };
    for (place, hint) in hints.iter().take(shown).enumerate() {
        ui.horizontal(|ui| {
            let palette = tokens::palette(ui);
            ui.add(
                Label::new(icon_text(Icon::TriangleAlert).size(12.0).color(palette.overlaps))
                    .selectable(false),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if place == 0 && hints.len() > 1 {
                    let text = format!("{} hints", hints.len());
                    ui.toggle_value(&mut state.shows_all_hints, text)
                        .on_hover_text("Shows all that is to be said of this matrix");
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    elided(ui, quiet(ui, hint.as_str()))
                });
            });
        });
    }
}
