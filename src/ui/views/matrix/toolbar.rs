//! Which incident, whose ratings, who rates, in which order, and what to beware of.

use eframe::egui::{Align, ComboBox, Label, Layout, Ui};

use super::memo::{Agreement, Memo};
use super::{FigureSettings, Show, State};
use crate::analysis::ach::Raters;
use crate::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use crate::analysis::explain::Explanation;
use crate::model::wording::lower_first;
use crate::model::{Analyst, Id, Incident};
use crate::ui::figure::FigureSettings as Figure;
use crate::ui::tokens::{self, Icon};
use crate::ui::views::whose::who_works;
use crate::ui::widgets::{
    as_table, checkbox, elided, explained, fields, figure_and_copy, grouped, icon_button, icon_text,
    menu_item, quiet,
};
use crate::ui::{Action, Command, ViewContext};

/// Whose ratings count under the choice that was made.
pub(super) fn raters(cx: &ViewContext<'_>, incident: Id<Incident>, state: &State) -> Raters {
    match state.show {
        Show::Group => Raters::Everyone,
        Show::Own => cx.analyst.map_or(Raters::Everyone, Raters::One),
        Show::Of(analyst) if cx.assessment.analysts.contains(analyst) => Raters::One(analyst),
        Show::Of(_) => Raters::Everyone,
        Show::Two => two(cx, incident, state.two).map_or(Raters::Everyone, Raters::Two),
    }
}

/// The two analysts who are set against each other: those who were chosen, else who works now and the first other rater.
/// `None` where there are no two.
fn two(
    cx: &ViewContext<'_>,
    incident: Id<Incident>,
    chosen: [Option<Id<Analyst>>; 2],
) -> Option<[Id<Analyst>; 2]> {
    let is_there = |id: &Id<Analyst>| cx.assessment.analysts.contains(*id);
    let [left, right] = chosen.map(|id| id.filter(is_there));
    let matrix = cx.derived.matrix(incident);
    let all: Vec<Id<Analyst>> = cx
        .analyst
        .into_iter()
        .chain(matrix.raters.iter().copied())
        .chain(cx.assessment.analysts.ids())
        .collect();
    let other_than = |taken: Option<Id<Analyst>>| all.iter().copied().find(|id| Some(*id) != taken);
    let left = left.or_else(|| other_than(right))?;
    let right = right.filter(|right| *right != left).or_else(|| other_than(Some(left)))?;
    Some([left, right])
}

/// Draws the lines of tools and the hints.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_table, "Chart");
            let (sort, groups, is_transposed) = memo.key.layout;
            let settings = FigureSettings { raters: memo.key.raters, sort, groups, is_transposed };
            figure_and_copy(
                ui,
                cx,
                ("Export the matrix as a figure…", || Figure::Matrix(settings)),
                ("Copy the matrix as a table", || memo.chart.table(cx.assessment)),
            );
            checkbox(ui, &mut state.is_transposed, "Transposed")
                .on_hover_text("Hypotheses as rows, evidence as columns");
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "matrix");
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        whose(ui, cx, memo, state);
        if cx.analyst.is_none() || state.wants_analyst_focus {
            let wants_focus = std::mem::take(&mut state.wants_analyst_focus);
            who_works(ui, cx, ("Who rates?", "Rating as"), 150.0, wants_focus);
        }
        order(ui, state);
        ui.menu_button("Add…", |ui| {
            for action in [Action::AddEvidence, Action::AddHypothesis, Action::HypothesesFromClaims] {
                if menu_item(ui, action.icon(), action.label()).clicked() {
                    cx.send(Command::Do(action));
                }
            }
        });
    });
    hints(ui, memo, state);
}

fn whose(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let name = |show: Show| match show {
        Show::Group => "Everyone’s ratings".to_owned(),
        Show::Own => "One’s own ratings".to_owned(),
        Show::Of(analyst) => cx.assessment.name_of(analyst),
        Show::Two => "Two compared".to_owned(),
    };
    let combo = ComboBox::from_id_salt("matrix ratings")
        .selected_text(match state.show {
            Show::Of(analyst) => format!("Ratings: {}", cx.assessment.name_of(analyst)),
            show => name(show),
        })
        .width(150.0)
        .truncate()
        .show_ui(ui, |ui| {
            for show in [Show::Group, Show::Own] {
                ui.selectable_value(&mut state.show, show, name(show));
            }
            if cx.assessment.analysts.len() > 1 {
                ui.selectable_value(&mut state.show, Show::Two, name(Show::Two));
            }
            for analyst in memo.chart.raters().iter().filter(|id| Some(**id) != cx.analyst) {
                ui.selectable_value(&mut state.show, Show::Of(*analyst), name(Show::Of(*analyst)));
            }
        });
    fields::name(&combo.response, "Ratings");
    combo.response.on_hover_text("Whose ratings stand in the cells and make the scores");
    if let Raters::Two(analysts) = memo.chart.raters {
        the_two(ui, cx, state, analysts);
    }
    differences(ui, memo, state);
    agreement(ui, cx, memo);
}

/// How far those whose ratings are shown rate alike.
fn agreement(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    if let Some(missing) = memo.agreement_waits(ui.input(|input| input.time)) {
        ui.label(quiet(ui, "α …"))
            .on_hover_text("The agreement of all raters follows when nothing is rated for a moment");
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(missing));
        return;
    }
    let (sign, what, value) = match memo.agreement() {
        Agreement::Nobody => return,
        Agreement::All(all) => ("α", "Krippendorff's alpha of all raters", &all.alpha),
        Agreement::Two(two) => ("κ", "Cohen's kappa of the two", &two.linear),
    };
    let (text, spoken) = match value {
        Ok(value) => (format!("{sign} {value:.2}"), format!("{what}: {value:.2}")),
        Err(undefined) => (format!("{sign} undefined"), format!("{what}: {undefined}")),
    };
    explained(ui, cx, quiet(ui, text), &spoken, || match memo.agreement() {
        Agreement::Two(two) => two.explain(cx.assessment),
        Agreement::All(all) => all.explain(),
        Agreement::Nobody => Explanation::new(what, value.clone(), "", ""),
    });
}

/// The fields that pick the two analysts.
fn the_two(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State, analysts: [Id<Analyst>; 2]) {
    for (side, name) in ["First analyst", "Second analyst"].into_iter().enumerate() {
        if side > 0 {
            ui.label(quiet(ui, "against"));
        }
        let Some(current) = analysts.get(side).copied() else { continue };
        let other = analysts.get(1 - side).copied();
        let mut chosen = current;
        let combo = ComboBox::from_id_salt(("matrix", name))
            .selected_text(cx.assessment.name_of(current))
            .width(110.0)
            .truncate()
            .show_ui(ui, |ui| {
                for analyst in cx.assessment.in_order::<Analyst>() {
                    ui.selectable_value(&mut chosen, analyst, cx.assessment.name_of(analyst));
                }
            });
        fields::name(&combo.response, name);
        if chosen != current {
            let [first, second] = analysts;
            state.two = match side {
                // Who is chosen twice changes places.
                _ if Some(chosen) == other => [Some(second), Some(first)],
                0 => [Some(chosen), Some(second)],
                _ => [Some(first), Some(chosen)],
            };
        }
    }
}

/// How many cells there are in which raters differ, and buttons that lead from one to the next.
fn differences(ui: &mut Ui, memo: &Memo, state: &mut State) {
    let count = memo.disputes();
    let is_of_two = memo.chart.sides.is_some();
    if count == 0 && !is_of_two {
        return;
    }
    let what = match (is_of_two, count) {
        (true, 1) => "1 difference".to_owned(),
        (true, count) => format!("{} differences", grouped(count)),
        (false, 1) => "1 cell differs".to_owned(),
        (false, count) => format!("{} cells differ", grouped(count)),
    };
    let place = state.cursor.and_then(|cell| memo.place_of(cell));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let response = ui.label(quiet(ui, what));
        if memo.one_sided > 0 {
            response.on_hover_text(format!("{} more cells are rated by one of the two only", memo.one_sided));
        }
        for (icon, name, step) in [
            (Icon::ChevronUp, "Previous difference (Shift+D)", -1),
            (Icon::ChevronDown, "Next difference (D)", 1),
        ] {
            if step > 0
                && let Some(number) = memo.dispute_number(place)
            {
                ui.label(quiet(ui, format!("{}/{}", grouped(number), grouped(count))));
            }
            let clicked = ui.add_enabled_ui(count > 0, |ui| icon_button(ui, icon, name).clicked()).inner;
            if let Some((row, column)) = memo.dispute_beyond(place, step).filter(|_| clicked)
                && let Some((row, column)) = memo.at(row, column)
            {
                state.cursor = memo.ids(row, column);
                (state.is_to_reveal, state.wants_focus) = (true, true);
            }
        }
    });
}

fn order(ui: &mut Ui, state: &mut State) {
    let combo = ComboBox::from_id_salt("matrix sort")
        .selected_text(format!("Sort: {}", lower_first(state.sort.label())))
        .width(124.0)
        .show_ui(ui, |ui| {
            for sort in MatrixSort::ALL {
                ui.selectable_value(&mut state.sort, sort, sort.label());
            }
        });
    fields::name(&combo.response, "Sort");
    let combo = ComboBox::from_id_salt("matrix groups")
        .selected_text(state.groups.label())
        .width(100.0)
        .show_ui(ui, |ui| {
            for groups in MatrixGroups::ALL {
                ui.selectable_value(&mut state.groups, groups, groups.label());
            }
        });
    fields::name(&combo.response, "Groups");
}

/// What to beware of: the gravest in a line, the rest on demand.
fn hints(ui: &mut Ui, memo: &Memo, state: &mut State) {
    let hints = &memo.chart.hints;
    let shown = if state.shows_all_hints { hints.len() } else { 1 };
    for (place, hint) in hints.iter().take(shown).enumerate() {
        ui.horizontal(|ui| {
            let palette = tokens::palette(ui);
            ui.add(
                Label::new(icon_text(Icon::TriangleAlert).size(tokens::SMALL_ICON).color(palette.overlaps))
                    .selectable(false),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if place == 0 && hints.len() > 1 {
                    let text = format!("All {} hints", hints.len());
                    checkbox(ui, &mut state.shows_all_hints, &text)
                        .on_hover_text("Shows all that is to be said of this matrix");
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    elided(ui, quiet(ui, hint.as_str()))
                });
            });
        });
    }
}
