//! What is shown of the graph, what is searched for, and the counts.

use eframe::egui::{Align, Key, Label, Layout, TextEdit, Ui, vec2};

use super::canvas::{Wanted, ZOOM_STEP};
use super::{Memo, State};
use crate::analysis::charts::provenance::Node;
use crate::ui::ViewContext;
use crate::ui::figure::FigureSettings;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{
    BETWEEN_PARTS, as_table, checkbox, counted, explained, figure_and_copy, filter_name, grouped,
    icon_button, quiet, segmented,
};

/// Draws the lines above the graph: what is shown, how, and what that amounts to.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &mut Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_table, "Graph");
            let settings = || FigureSettings::Provenance(state.figure_settings());
            figure_and_copy(
                ui,
                cx,
                ("Export the provenance as a figure…", settings),
                ("Copy the provenance as a table", || memo.chart.table()),
            );
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let whole = "All claims on all incidents, and the links between actors";
                let choices = [(false, "One incident", ""), (true, "Whole assessment", whole)];
                segmented(ui, &mut state.shows_whole, &choices);
                if !state.shows_whole {
                    state.incident.show(ui, cx, "provenance");
                }
            });
        });
    });
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !state.shows_table {
                zooming(ui, state);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let mut shows_documents = !state.hides_documents;
                checkbox(ui, &mut shows_documents, "Documents")
                    .on_hover_text("Without them only the claims are drawn, and what ties them together");
                state.hides_documents = !shows_documents;
                find(ui, memo, state);
                if !state.unfolded.is_empty() && ui.button("Fold repeats").clicked() {
                    state.unfolded.clear();
                }
            });
        });
    });
    summary(ui, cx, memo);
}

fn zooming(ui: &mut Ui, state: &mut State) {
    if icon_button(ui, Icon::Maximize2, "Fit everything into sight (F)").clicked() {
        state.wants_fit = true;
    }
    if icon_button(ui, Icon::ZoomIn, "Draw the graph larger (+)").clicked() {
        state.wants_view = Some(Wanted::Zoom(ZOOM_STEP));
    }
    if icon_button(ui, Icon::ZoomOut, "Draw the graph smaller (−)").clicked() {
        state.wants_view = Some(Wanted::Zoom(1.0 / ZOOM_STEP));
    }
}

fn find(ui: &mut Ui, memo: &mut Memo, state: &mut State) {
    let edit = TextEdit::singleline(&mut state.find)
        .hint_text("Find a source, actor or document")
        .desired_width(234.0);
    let response = ui.add(edit);
    filter_name(&response, "Find in the provenance", &state.find);
    if std::mem::take(&mut state.wants_find_focus) {
        response.request_focus();
    }
    if response.lost_focus() {
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            state.find.clear();
        } else if ui.input(|input| input.key_pressed(Key::Enter)) {
            show_next(memo, state);
            // The cursor stays, so that Enter leads from one to the next.
            response.request_focus();
        }
    }
    if let Some(found) = &memo.found {
        let text = match (found.nodes.len(), found.at) {
            (0, _) => "nothing found".to_owned(),
            (count, Some(at)) => {
                let place = found.nodes.iter().take_while(|node| **node <= at).count();
                format!("{place} of {}", grouped(count))
            }
            (count, None) => format!("{} found, Enter shows the first", grouped(count)),
        };
        ui.label(quiet(ui, text));
    }
}

/// Brings the next node into sight that was found.
fn show_next(memo: &mut Memo, state: &mut State) {
    let Some(found) = &mut memo.found else { return };
    let after = |at: Node| found.nodes.range(at..).find(|node| **node > at);
    let next = found.at.and_then(after).or_else(|| found.nodes.first()).copied();
    found.at = next;
    if let Some(node) = next {
        state.cursor = Some(node);
        state.wants_view = Some(Wanted::Node(node));
    }
}

fn summary(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let chart = &memo.chart;
    let palette = tokens::palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        let claims = counted(chart.claims, "claim");
        explained(ui, cx, bold(&claims), &claims, || chart.explain_claims());
        ui.label(quiet(ui, "from"));
        let origins = counted(chart.origins, "independent origin");
        explained(ui, cx, bold(&origins), &origins, || chart.explain_origins());
        if chart.documents > 0 {
            ui.add_space(BETWEEN_PARTS);
            ui.label(quiet(ui, counted(chart.documents, "document")));
        }
        if chart.set_aside > 0 {
            ui.add_space(BETWEEN_PARTS);
            let text = format!("{} retracted or superseded, not counted", chart.set_aside);
            ui.add(Label::new(quiet(ui, text)).extend());
        }
        if !chart.circles.is_empty() {
            ui.add_space(BETWEEN_PARTS);
            let text = counted(chart.circles.len(), "circle");
            ui.label(bold(text).color(palette.contradicts))
                .on_hover_text("Circular reporting: claims or documents that go back to one another");
        }
    });
}
