//! What the marks mean.

use eframe::egui::{Rect, Ui, vec2};

use super::hypotheses;
use crate::analysis::charts::OddsChart;
use crate::analysis::charts::odds::OddsPair;
use crate::ui::tokens::SMALL;
use crate::ui::widgets::chart_parts::paint_bar;
use crate::ui::widgets::legend::entry;
use crate::ui::widgets::quiet;

/// What the marks of the probabilities mean.
pub(super) fn posterior_entries(ui: &mut Ui) {
    entry(ui, 26.0, "Posterior", |painter, rect, palette| {
        let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 10.0));
        paint_bar(painter, bar, true, palette);
    });
    entry(ui, 12.0, "Prior", |painter, rect, palette| {
        hypotheses::paint_prior(painter, rect.center(), palette);
    });
}

/// What the bars of a pair mean.
pub(super) fn pair_entries(ui: &mut Ui, chart: &OddsChart, pair: &OddsPair, has_groups: bool) {
    for (place, is_solid) in [(pair.column, true), (pair.against, false)] {
        let name = chart.columns.get(place).map_or("", |column| column.name.as_str());
        entry(ui, 26.0, &format!("Speaks for {name}"), |painter, rect, palette| {
            let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 10.0));
            paint_bar(painter, bar, is_solid, palette);
        });
    }
    if has_groups {
        ui.label(quiet(ui, "×½, ×⅓, …: tempered, as one of a dependence group (a heuristic)").size(SMALL));
    }
}
