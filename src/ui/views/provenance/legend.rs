//! What the marks of the graph mean.

use eframe::egui::{Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::paint::arrowhead;
use crate::analysis::charts::Provenance;
use crate::analysis::charts::provenance::{CardKind, EdgeKind};
use crate::ui::tokens;
use crate::ui::widgets::legend::{claim_marks, entry, line, stances_in_use};
use crate::ui::widgets::marks::paint_warning;

/// Draws the legend in one or, where that is too narrow, several rows: only what is in use.
pub(super) fn show(ui: &mut Ui, chart: &Provenance) {
    let rows = || chart.cards.iter().flat_map(|card| &card.rows);
    let stances = stances_in_use(|stance| rows().any(|row| row.stance == stance));
    let has = |kind| chart.edges.iter().any(|edge| edge.kind == kind);
    line(ui, |ui| {
        claim_marks(ui, &stances, rows().any(|row| !row.is_first_hand));
        if has(EdgeKind::Repeats) {
            entry(ui, 30.0, "Repeated by", |painter, rect, palette| {
                let (from, to) = (rect.left_center(), rect.right_center() - vec2(2.0, 0.0));
                painter.line_segment([from, to], Stroke::new(1.2, palette.edge));
                arrowhead(painter, from, to, 6.0, palette.edge);
            });
        }
        if has(EdgeKind::Relays) {
            entry(ui, 30.0, "Relayed by", |painter, rect, palette| {
                let (from, to) = (rect.left_center(), rect.right_center() - vec2(2.0, 0.0));
                painter.extend(Shape::dashed_line(&[from, to], Stroke::new(1.2, palette.edge), 5.0, 3.0));
                arrowhead(painter, from, to, 6.0, palette.edge);
            });
        }
        if chart.related > 0 {
            entry(ui, 26.0, "Related", |painter, rect, palette| {
                let family = rect.shrink2(vec2(0.0, 3.0));
                painter.rect_filled(family, tokens::RADIUS, palette.panel);
                painter.rect_stroke(
                    family,
                    tokens::RADIUS,
                    Stroke::new(1.0, palette.edge),
                    StrokeKind::Inside,
                );
            });
        }
        if chart.cards.iter().any(|card| matches!(card.kind, CardKind::Folded { .. })) {
            entry(ui, 22.0, "Repeats folded away, click to unfold", |painter, rect, palette| {
                for step in [4.0, 0.0] {
                    let card = rect.shrink2(vec2(2.0, 6.0)).translate(vec2(step - 2.0, step - 2.0));
                    painter.rect_filled(card, 2, palette.raised);
                    painter.rect_stroke(card, 2, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
                }
            });
        }
        if !chart.circles.is_empty() {
            entry(ui, 14.0, "Circular reporting", |painter, rect, palette| {
                paint_warning(painter, pos2(rect.center().x, rect.center().y), 5.0, palette);
            });
        }
    });
}
