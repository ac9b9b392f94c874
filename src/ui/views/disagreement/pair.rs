//! The two claims behind a cell of the heatmap, side by side, and what differs.

use eframe::egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui};

use super::heatmap::Chosen;
use super::memo::Memo;
use crate::analysis::Undefined;
use crate::analysis::explain::Explanation;
use crate::analysis::relation::explain_conflict;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::marks::relation_mark;
use crate::ui::widgets::{comparison, icon_button, quiet, section_title};
use crate::ui::{Landmark, ViewContext};

/// Draws the panel, where a cell is chosen that still stands for a pair of claims.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut Option<Chosen>) {
    let Some(mut chosen) = state.take() else { return };
    let place = |key| memo.heat.keys.iter().position(|other| other == key);
    let (Some(row), Some(column)) = (place(&chosen.row), place(&chosen.column)) else { return };
    let Some(cell) = memo.heat.cell(row, column) else { return };
    let pairs = memo.heat.pairs(row, column);
    chosen.pair = chosen.pair.min(pairs.len().saturating_sub(1));
    let Some((left, right)) = pairs.get(chosen.pair).copied() else { return };

    let height = ui.available_height();
    let mut is_open = true;
    Panel::bottom("disagreement pair")
        .resizable(true)
        .default_size(240.0_f32.min(height * 0.5))
        .size_range(120.0..=(height - 160.0).max(121.0))
        .frame(Frame::new().inner_margin(Margin::symmetric(8, 4)).fill(tokens::palette(ui).panel))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                section_title(ui, "What differs");
                relation_mark(ui, cell.relation);
                ui.label(cell.relation.label());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    is_open = !icon_button(ui, Icon::X, "Close the comparison").clicked();
                    if cell.pair_count > 1 {
                        step(ui, &mut chosen.pair, pairs.len(), cell.pair_count);
                    }
                });
            });
            ScrollArea::vertical().id_salt("pair").auto_shrink(false).show(ui, |ui| {
                comparison(ui, cx, left, right);
            });
        });
    if is_open {
        Landmark::Pair.is_at(ui, ui.max_rect());
        *state = Some(chosen);
    }
}

/// The buttons that lead to the other pairs of claims of the same two rows.
fn step(ui: &mut Ui, pair: &mut usize, named: usize, all: usize) {
    ui.add_enabled_ui(*pair + 1 < named, |ui| {
        if icon_button(ui, Icon::ChevronRight, "Next pair of claims").clicked() {
            *pair += 1;
        }
    });
    ui.add_enabled_ui(*pair > 0, |ui| {
        if icon_button(ui, Icon::ChevronLeft, "Previous pair of claims").clicked() {
            *pair -= 1;
        }
    });
    let text = if all > named {
        format!("Pair {} of {named} with most conflict, {all} in all", *pair + 1)
    } else {
        format!("Pair {} of {all}", *pair + 1)
    };
    ui.label(quiet(ui, text));
}

/// How the degree of conflict of two rows comes about: that of the pair of claims that has it.
pub(super) fn explain(cx: &ViewContext<'_>, memo: &Memo, row: usize, column: usize) -> Explanation {
    let pairs = memo.heat.pairs(row, column);
    let found = pairs.first().and_then(|(left, right)| {
        let comparison = cx.derived.compare(*left, *right)?;
        let (left, right) = (cx.assessment.get(*left)?, cx.assessment.get(*right)?);
        Some(explain_conflict(cx.assessment, &comparison, left, right))
    });
    found.unwrap_or_else(|| {
        let undefined = Undefined::because("nothing can be set against each other");
        Explanation::new(
            "Degree of conflict",
            Err(undefined),
            "DC = PD · CC",
            "Jøsang, Subjective Logic (2016)",
        )
    })
}
