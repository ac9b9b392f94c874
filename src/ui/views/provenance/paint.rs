//! Paints the graph: families, edges, cards; only what is in sight, and only as much of it as can be made out.

use std::collections::BTreeSet;

use eframe::egui::epaint::CubicBezierShape;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use rustc_hash::FxHashMap;

use super::camera::View;
use crate::analysis::charts::Provenance;
use crate::analysis::charts::provenance::{
    Card, CardKind, ClaimRow, Edge, EdgeKind, Family, Frame, Layout, Node, SIZES,
};
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::marks::{ClaimMark, paint_warning};

/// From which zoom on everything on a card is written out.
const WRITTEN_FROM: f32 = 0.6;
/// From which zoom on a card has at least its name.
const NAMED_FROM: f32 = 0.3;
/// From which zoom on a family has its label.
const LABELLED_FROM: f32 = 0.43;
/// How strong what is not in the light is drawn.
const DIM: f32 = 0.28;

/// How much of the cards can be made out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// Their shapes.
    Shapes,
    /// Their names too.
    Names,
    /// Everything.
    Written,
}

impl Detail {
    /// What can be made out at a zoom.
    pub fn at(zoom: f32) -> Self {
        if zoom >= WRITTEN_FROM {
            Self::Written
        } else if zoom >= NAMED_FROM {
            Self::Names
        } else {
            Self::Shapes
        }
    }
}

/// What is drawn, and how.
pub(super) struct Picture<'a> {
    pub chart: &'a Provenance,
    pub layout: &'a Layout,
    pub view: View,
    pub palette: &'a Palette,
    /// The nodes in the light: all others are drawn faint. `None` where nothing is picked out.
    pub lit: Option<&'a BTreeSet<Node>>,
    /// The selected nodes, by card.
    pub selected: &'a FxHashMap<usize, Vec<Node>>,
    /// The node under the pointer.
    pub hovered: Option<Node>,
    /// The node under the keyboard.
    pub cursor: Option<Node>,
}

impl Picture<'_> {
    /// Paints everything in sight.
    pub fn paint(&self, painter: &Painter) {
        let painter = &painter.with_clip_rect(self.view.rect);
        let in_sight: Vec<(usize, &Family, Frame)> = self
            .chart
            .families
            .iter()
            .zip(&self.layout.families)
            .enumerate()
            .filter(|(_, (_, frame))| self.view.sees(**frame))
            .map(|(number, (family, frame))| (number, family, *frame))
            .collect();
        for (number, family, frame) in &in_sight {
            self.family(painter, *number, family, *frame);
        }
        for (number, family, _) in &in_sight {
            let edges = self.layout.edges_of.get(*number).into_iter().flatten();
            for number in edges {
                self.edge(painter, *number, family.origins > 1);
            }
        }
        for (number, family, _) in &in_sight {
            // On their own all are of different origins.
            let shows_origin = family.origins > 1 && *number < self.chart.related;
            for card in &family.cards {
                self.card(painter, *card, shows_origin);
            }
        }
    }

    fn detail(&self) -> Detail {
        Detail::at(self.view.camera.zoom)
    }

    fn is_lit(&self, node: Node) -> bool {
        self.lit.is_none_or(|lit| lit.contains(&node))
    }

    fn family(&self, painter: &Painter, number: usize, family: &Family, frame: Frame) {
        let palette = self.palette;
        let rect = self.view.frame(frame);
        let is_alone = number >= self.chart.related;
        if !is_alone {
            painter.rect_filled(rect, tokens::RADIUS, palette.panel);
            let colour = if family.is_circular { palette.contradicts } else { palette.line };
            painter.rect_stroke(rect, tokens::RADIUS, Stroke::new(1.0, colour), StrokeKind::Inside);
        }
        if self.view.camera.zoom < LABELLED_FROM {
            return;
        }
        // The cards on their own have no frame: their label stands above the first of them.
        let label = self.layout.alone.filter(|_| is_alone).map(|frame| self.view.frame(frame));
        let padding = if is_alone { 0.0 } else { self.layout.sizes.padding };
        let rect = label.unwrap_or(rect);
        let middle = rect.top() + self.view.length(self.layout.sizes.label) / 2.0 + 2.0;
        let mut left = rect.left() + self.view.length(padding);
        if family.is_circular {
            paint_warning(painter, pos2(left + 6.0, middle), 5.0, palette);
            left += 16.0;
        }
        let size = (tokens::SMALL * self.view.camera.zoom).clamp(tokens::SMALL, tokens::BODY);
        let colour = if family.is_circular { palette.text } else { palette.quiet };
        put(painter, pos2(left, middle), rect.right() - left - 6.0, &family.label, size, colour);
        if let Some(beyond) = self.layout.alone_beyond.filter(|_| is_alone) {
            let rect = self.view.frame(beyond);
            let at = pos2(rect.left(), rect.top() + self.view.length(self.layout.sizes.label) / 2.0 + 2.0);
            put(painter, at, rect.width(), "On their own too", size, colour);
        }
    }

    fn edge(&self, painter: &Painter, number: usize, in_mixed_family: bool) {
        let (Some(edge), Some(points)) = (self.chart.edges.get(number), self.layout.edges.get(number)) else {
            return;
        };
        let points: Vec<Pos2> = points.iter().map(|point| self.view.point(*point)).collect();
        let bounds = Rect::from_points(&points).expand(self.view.length(40.0).max(2.0));
        if !bounds.intersects(self.view.rect) {
            return;
        }
        let is_lit = self.is_lit(edge.original) && self.is_lit(edge.repeat);
        let base = match edge.circle {
            Some(_) => self.palette.contradicts,
            None if self.lit.is_some() && is_lit => self.palette.text,
            None => self.palette.edge,
        };
        let colour = if is_lit { base } else { base.gamma_multiply(DIM) };
        let is_bold = edge.circle.is_some() || (self.lit.is_some() && is_lit);
        let stroke = Stroke::new(if is_bold { 2.0 } else { 1.2 }, colour);
        if self.detail() == Detail::Shapes {
            for pair in points.windows(2) {
                if let [from, to] = pair {
                    painter.line_segment([*from, *to], stroke);
                }
            }
            return;
        }
        if in_mixed_family && self.is_of_one_origin(edge) {
            let band = Stroke::new(self.view.length(14.0), self.palette.text.gamma_multiply(0.07));
            self.curve(painter, &points, band, false);
        }
        self.curve(painter, &points, stroke, edge.kind == EdgeKind::Relays);
        if let [.., before, tip] = points.as_slice() {
            arrowhead(painter, *before, *tip, self.view.length(7.0).clamp(4.0, 9.0), colour);
        }
    }

    /// Whether both ends are claims of one independent origin.
    fn is_of_one_origin(&self, edge: &Edge) -> bool {
        let origin = |node| self.chart.row(node).and_then(|row| row.origin);
        origin(edge.original).is_some_and(|own| origin(edge.repeat) == Some(own))
    }

    /// A line through points that leaves and reaches each card level; dashed where a document relays a document.
    fn curve(&self, painter: &Painter, points: &[Pos2], stroke: Stroke, is_dashed: bool) {
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let reach = if (from.x - to.x).abs() < 0.5 {
                // Within one card: a loop at its left.
                vec2(-self.view.length(14.0), 0.0)
            } else {
                vec2((to.x - from.x) / 2.0, 0.0)
            };
            let end = if (from.x - to.x).abs() < 0.5 { *to + reach } else { *to - reach };
            if is_dashed {
                let is_level = (from.y - to.y).abs() < 0.5 && (from.x - to.x).abs() >= 0.5;
                let steps = if is_level { 1 } else { 12 };
                let path: Vec<Pos2> = (0_u8..=steps)
                    .map(|step| {
                        on_curve([*from, *from + reach, end, *to], f32::from(step) / f32::from(steps))
                    })
                    .collect();
                // Where several leave a card their first dashes would run together to what looks like the head of an arrow.
                painter.extend(Shape::dashed_line_with_offset(
                    &path,
                    stroke,
                    &[5.0],
                    &[3.0],
                    self.view.length(LEAVING),
                ));
            } else if (from.y - to.y).abs() < 0.5 && (from.x - to.x).abs() >= 0.5 {
                painter.line_segment([*from, *to], stroke);
            } else {
                let curve = [*from, *from + reach, end, *to];
                painter.add(CubicBezierShape::from_points_stroke(curve, false, Color32::TRANSPARENT, stroke));
            }
        }
    }

    fn card(&self, painter: &Painter, place: usize, shows_origin: bool) {
        let (Some(card), Some(frame)) = (self.chart.cards.get(place), self.layout.cards.get(place)) else {
            return;
        };
        if !self.view.sees(*frame) {
            return;
        }
        let rect = self.view.frame(*frame);
        let is_lit = self.lit.is_none_or(|_| self.chart.nodes_of(place).any(|node| self.is_lit(node)));
        let mut painter = painter.clone();
        if !is_lit {
            painter.multiply_opacity(DIM);
        }
        let is_marked = card.circle.is_some() || card.rows.iter().any(|row| row.circle.is_some());
        self.outline(&painter, card, rect, is_marked);
        match self.detail() {
            Detail::Shapes => {}
            Detail::Names => self.names(&painter, card, rect),
            Detail::Written => self.written(&painter, place, card, rect, shows_origin),
        }
        self.states(&painter, place, rect);
        if is_marked && self.detail() > Detail::Shapes {
            paint_warning(
                &painter,
                rect.right_top() + vec2(-2.0, 2.0),
                self.view.length(8.0).max(5.0),
                self.palette,
            );
        }
    }

    fn outline(&self, painter: &Painter, card: &Card, rect: Rect, is_marked: bool) {
        let palette = self.palette;
        let radius = if self.detail() == Detail::Shapes { 0 } else { tokens::RADIUS };
        let colour = if is_marked { palette.contradicts } else { palette.edge };
        let is_shape = self.detail() == Detail::Shapes;
        if let CardKind::Folded { .. } = card.kind {
            if !is_shape {
                for step in [4.0, 2.0] {
                    let behind = rect.translate(Vec2::splat(self.view.length(step)));
                    painter.rect_filled(behind, radius, palette.raised);
                    painter.rect_stroke(behind, radius, Stroke::new(1.0, palette.line), StrokeKind::Inside);
                }
            }
            painter.rect_filled(rect, radius, if is_shape { palette.edge } else { palette.raised });
            painter.rect_stroke(rect, radius, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
            return;
        }
        let is_document = matches!(card.kind, CardKind::Document(_));
        let first_hand = card.rows.iter().any(|row| row.is_first_hand && row.is_standing);
        if is_shape {
            // Bright where something on it is first-hand and hangs together with others, faint where everything
            // repeats and where a card is on its own: many of these must not outshine what is connected.
            let fill = if is_marked {
                palette.contradicts
            } else if first_hand && card.family < self.chart.related {
                palette.quiet
            } else {
                palette.line
            };
            painter.rect_filled(rect, 0, fill);
            return;
        }
        painter.rect_filled(rect, radius, palette.raised);
        let stroke = Stroke::new(
            if is_marked { 1.5 } else { 1.0 },
            if is_document && !is_marked { palette.line } else { colour },
        );
        if first_hand || is_document {
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        } else {
            let inner = rect.shrink(0.5);
            let corners = [
                inner.left_top(),
                inner.right_top(),
                inner.right_bottom(),
                inner.left_bottom(),
                inner.left_top(),
            ];
            painter.extend(Shape::dashed_line(&corners, stroke, 4.0, 3.0));
        }
    }

    /// One line: who, or which document.
    fn names(&self, painter: &Painter, card: &Card, rect: Rect) {
        let name = if card.heading.is_empty() { &card.title } else { &card.heading };
        if rect.height() < tokens::SMALL || rect.width() < 40.0 {
            return;
        }
        put(
            painter,
            rect.left_center() + vec2(5.0, 0.0),
            rect.width() - 10.0,
            name,
            tokens::SMALL,
            self.palette.text,
        );
    }

    fn written(&self, painter: &Painter, place: usize, card: &Card, rect: Rect, shows_origin: bool) {
        let palette = self.palette;
        let zoom = self.view.camera.zoom;
        let length = |points: f32| points * zoom;
        let (left, right) = (rect.left() + length(8.0), rect.right() - length(8.0));
        let small = text_size(tokens::SMALL, zoom);
        let body = text_size(tokens::BODY, zoom);
        let date = card.date.map(|date| date.to_string()).unwrap_or_default();
        let line = |y: f32, text: &str, size: f32, colour: Color32, right: f32| {
            put(painter, pos2(left, y), right - left, text, size, colour);
        };
        if let CardKind::Folded { .. } = card.kind {
            line(rect.center().y, &card.heading, body, palette.text, right);
            return;
        }
        let heading = if card.heading.is_empty() { "Publisher unknown" } else { &card.heading };
        let y = rect.top() + length(12.0);
        let date_width = put_right(
            painter,
            pos2(right - length(if card.circle.is_some() { 8.0 } else { 0.0 }), y),
            &date,
            small,
            palette.quiet,
        );
        line(y, heading, small, palette.quiet, right - date_width - length(8.0));
        let head = match card.kind {
            CardKind::Document(_) => {
                let head = self.layout.sizes.document_head;
                if head > SIZES.document_head {
                    // There is room for several lines.
                    let title = painter.layout(
                        card.title.clone(),
                        FontId::proportional(body),
                        palette.text,
                        (right - left).max(1.0),
                    );
                    painter.galley(pos2(left, rect.top() + length(21.0)), title, palette.text);
                } else {
                    line(rect.top() + length(29.0), &card.title, body, palette.text, right);
                }
                head
            }
            _ => self.layout.sizes.claim_head,
        };
        if !card.rows.is_empty() && matches!(card.kind, CardKind::Document(_)) {
            let y = rect.top() + length(head) - 0.5;
            painter.hline(rect.x_range().shrink(1.0), y, Stroke::new(1.0, palette.line));
        }
        for (row, claim) in card.rows.iter().enumerate() {
            let y = rect.top() + length(head + self.layout.sizes.row * (row as f32 + 0.5));
            let mut painter = painter.clone();
            let node = Node { card: place, row: Some(row) };
            if self.lit.is_some() && !self.is_lit(node) {
                painter.multiply_opacity(DIM.sqrt());
            }
            self.row(&painter, claim, card, (left, right, y), shows_origin);
        }
    }

    fn row(
        &self,
        painter: &Painter,
        row: &ClaimRow,
        card: &Card,
        (left, right, y): (f32, f32, f32),
        shows_origin: bool,
    ) {
        let palette = self.palette;
        let zoom = self.view.camera.zoom;
        let mark = mark_of(row);
        let is_plain = row.is_standing;
        let colour = if is_plain { palette.text } else { palette.neutral };
        mark.paint_scaled(painter, pos2(left + 8.0 * zoom, y), 0.85 * zoom, colour);
        let mut right = right;
        let mut note = |text: &str| {
            right -= put_right(painter, pos2(right, y), text, text_size(tokens::SMALL, zoom), palette.quiet)
                + 6.0 * zoom;
        };
        if row.circle.is_some() {
            note("circular");
        }
        if !row.is_standing {
            note("no longer stands");
        } else if let Some(origin) = row.origin.filter(|_| shows_origin) {
            note(&format!("origin {}", origin + 1));
        }
        let from = left + 20.0 * zoom;
        let size = text_size(tokens::BODY, zoom);
        let tells_source = row.source_name != card.heading;
        let small = text_size(tokens::SMALL, zoom);
        // Who is quoted must be seen as well, or the publisher seems to say it.
        let kept = if tells_source {
            let wanted = text_width(painter, &row.source_name, small) + 8.0 * zoom;
            wanted.min((right - from) * 0.45)
        } else {
            0.0
        };
        let width = put(painter, pos2(from, y), right - from - kept, &row.says, size, colour);
        if tells_source {
            let after = from + width + 8.0 * zoom;
            put(painter, pos2(after, y), right - after, &row.source_name, small, palette.quiet);
        }
    }

    /// Selection, pointer and keyboard.
    fn states(&self, painter: &Painter, place: usize, rect: Rect) {
        let palette = self.palette;
        let frame = |node: Node| {
            let frame = self.layout.frame_of(self.chart, node)?;
            Some(self.view.frame(frame))
        };
        for node in self.selected.get(&place).into_iter().flatten() {
            if let Some(part) = frame(*node) {
                painter.rect_filled(part.shrink(1.0), 2, palette.accent.gamma_multiply(0.18));
            }
            painter.rect_stroke(rect, tokens::RADIUS, Stroke::new(2.0, palette.accent), StrokeKind::Outside);
        }
        let lines = [(self.hovered, palette.text), (self.cursor, palette.accent)];
        for (node, colour) in lines {
            if let Some(part) = node.filter(|node| node.card == place).and_then(frame) {
                painter.rect_stroke(part.shrink(0.5), 2, Stroke::new(1.0, colour), StrokeKind::Inside);
            }
        }
    }
}

/// A size of text at a zoom: never too small to be read, and in steps, so that zooming does not make ever new glyphs.
fn text_size(natural: f32, zoom: f32) -> f32 {
    ((natural * zoom).max(natural * 0.8) * 2.0).round() / 2.0
}

fn layout(
    painter: &Painter,
    text: &str,
    size: f32,
    colour: Color32,
    room: f32,
) -> std::sync::Arc<eframe::egui::Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), FontId::proportional(size), colour);
    job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
    painter.layout_job(job)
}

/// Puts a line of text to the right of a place, cut where there is no room; how wide it is.
fn put(painter: &Painter, at: Pos2, room: f32, text: &str, size: f32, colour: Color32) -> f32 {
    if room < 2.0 * size || text.is_empty() {
        return 0.0;
    }
    let galley = layout(painter, text, size, colour, room);
    let size = galley.size();
    painter.galley(at - vec2(0.0, size.y / 2.0), galley, colour);
    size.x
}

/// What a dashed edge leaves free where it leaves a card, in points at a zoom of 1.
const LEAVING: f32 = 8.0;

/// The mark of a claim.
pub(super) const fn mark_of(row: &ClaimRow) -> ClaimMark {
    ClaimMark { stance: row.stance, confidence: row.confidence, is_first_hand: row.is_first_hand }
}

/// How wide a line of text is.
fn text_width(painter: &Painter, text: &str, size: f32) -> f32 {
    layout(painter, text, size, Color32::PLACEHOLDER, f32::INFINITY).size().x
}

/// Puts a line of text to the left of a place; how wide it is.
fn put_right(painter: &Painter, at: Pos2, text: &str, size: f32, colour: Color32) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    let galley = layout(painter, text, size, colour, f32::INFINITY);
    let size = galley.size();
    painter.galley(at - vec2(size.x, size.y / 2.0), galley, colour);
    size.x
}

fn on_curve([a, b, c, d]: [Pos2; 4], t: f32) -> Pos2 {
    let u = 1.0 - t;
    let sum = a.to_vec2() * (u * u * u)
        + b.to_vec2() * (3.0 * u * u * t)
        + c.to_vec2() * (3.0 * u * t * t)
        + d.to_vec2() * (t * t * t);
    sum.to_pos2()
}

/// Edges reach a card level, so the head points to the left or right.
pub(super) fn arrowhead(painter: &Painter, before: Pos2, tip: Pos2, size: f32, colour: Color32) {
    let back = if tip.x < before.x - 0.5 { size } else { -size };
    let points = vec![tip, tip + vec2(back, -size * 0.5), tip + vec2(back, size * 0.5)];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}
