//! What the marks mean.

use eframe::egui::{Rect, Ui, vec2};

use super::tornado;
use crate::analysis::Relation;
use crate::analysis::ach::stability::Move;
use crate::analysis::charts::SensitivityChart;
use crate::ui::widgets::chart_parts::paint_bar;
use crate::ui::widgets::legend::entry;
use crate::ui::widgets::marks::paint_relation;

/// What those marks of the tornado mean that occur in the rows that are shown.
pub(super) fn tornado_entries(ui: &mut Ui, chart: &SensitivityChart, shown: &[usize]) {
    let rows = || shown.iter().filter_map(|place| chart.rows.get(*place));
    let margins = || {
        let after = rows().flat_map(|row| row.ends.iter().map(|end| &end.margin));
        after.chain(rows().map(|row| &row.before)).filter_map(|it| it.as_ref().ok())
    };
    entry(ui, 12.0, "Margin now", tornado::paint_now);
    let parts = [
        ("After the change", true, margins().any(|it| *it > 0.0)),
        ("Behind another one", false, margins().any(|it| *it < 0.0)),
    ];
    for (text, leads, _) in parts.into_iter().filter(|(.., is_there)| *is_there) {
        entry(ui, 26.0, text, |painter, rect, palette| {
            let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 8.0));
            tornado::paint_part(painter, bar, leads, palette);
        });
    }
    if rows().any(|row| row.changes_leader()) {
        entry(ui, 12.0, "Ends the lead", |painter, rect, palette| {
            paint_relation(painter, rect.center(), 4.5, Relation::Contradicts, palette);
        });
    }
}

/// What the bars of the stability mean.
pub(super) fn stability_entries(ui: &mut Ui) {
    for how in Move::ALL {
        let label = format!("Each rating moves {}", how.label());
        entry(ui, 26.0, &label, |painter, rect, palette| {
            let bar = Rect::from_center_size(rect.center(), vec2(rect.width() - 4.0, 8.0));
            paint_bar(painter, bar, how == Move::Opposite, palette);
        });
    }
}
