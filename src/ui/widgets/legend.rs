//! What the marks of the charts mean.

use eframe::egui::{Align2, FontId, Painter, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::checkbox;
use super::marks::{ClaimMark, LikelihoodBar, paint_hatch, paint_relation, paint_warning};
use crate::analysis::Relation;
use crate::model::{Confidence, Stance};
use crate::ui::tokens::{self, Palette};

/// Whether the legend of a view is shown, as the user has set it; at first it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LegendSwitch {
    is_off: bool,
}

impl LegendSwitch {
    /// Whether the legend is shown.
    pub const fn is_on(self) -> bool {
        !self.is_off
    }

    /// Draws the switch: the last one of the first line of tools, in every view that has a legend.
    pub fn show(&mut self, ui: &mut Ui) {
        let mut is_on = self.is_on();
        checkbox(ui, &mut is_on, "Legend").on_hover_text("What the marks mean");
        self.is_off = !is_on;
    }
}

/// Which marks a legend explains: only those that are in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Relations, in the order in which they are listed.
    pub relations: Vec<Relation>,
    /// The marks of claims.
    pub marks: MarksInUse,
    /// Whether any likelihood is drawn as a range.
    pub has_likelihood: bool,
    /// Whether any likelihood is stated in words that fix no number.
    pub has_words_only: bool,
    /// Whether any claim is tied to its origin.
    pub has_ties: bool,
    /// Whether cells write how many pairs of claims they stand for.
    pub has_counts: bool,
    /// Whether any claim names several actors jointly.
    pub has_joint: bool,
    /// Whether any claim speaks of another period than its incident's.
    pub has_period_mismatch: bool,
    /// The greatest degree on the scale of the degree of conflict; `None` where relations are drawn.
    pub conflict_top: Option<f64>,
}

impl Legend {
    /// Draws the legend in one or, where that is too narrow, several rows.
    pub fn show(&self, ui: &mut Ui) {
        line(ui, |ui| {
            if let Some(top) = self.conflict_top {
                conflict_scale(ui, top);
            }
            let relations = self.relations.iter().filter(|_| self.conflict_top.is_none());
            for relation in relations {
                entry(ui, 14.0, relation.label(), |painter, rect, palette| {
                    paint_relation(painter, rect.center(), 4.5, *relation, palette);
                });
            }
            if self.has_counts {
                entry(ui, 10.0, "So many pairs of claims in that relation", |painter, rect, palette| {
                    let font = FontId::proportional(tokens::TINY);
                    painter.text(rect.center(), Align2::CENTER_CENTER, "2", font, palette.text);
                });
            }
            self.marks.show(ui);
            if self.has_ties {
                entry(ui, 24.0, "Tied to its origin", |painter, rect, palette| {
                    // Bent as in the chart: a straight one is a likelihood in words.
                    let bent = (0_u8..=8).map(|step| {
                        let along = f32::from(step) / 8.0;
                        let rise = 4.0 * along * (1.0 - along) * 7.0;
                        pos2(rect.left() + along * rect.width(), rect.center().y + 4.0 - rise)
                    });
                    let stroke = Stroke::new(1.0, palette.edge);
                    painter.extend(Shape::dashed_line(&bent.collect::<Vec<_>>(), stroke, 4.0, 3.0));
                });
            }
            if self.has_likelihood {
                entry(ui, 32.0, "Likelihood, 0 to 100 %", |painter, rect, palette| {
                    LikelihoodBar::Range(0.55, 0.8).paint(painter, rect.shrink2(vec2(2.0, 0.0)), palette);
                });
            }
            if self.has_words_only {
                entry(ui, 32.0, "Likelihood in words only", |painter, rect, palette| {
                    LikelihoodBar::Unquantified.paint(painter, rect.shrink2(vec2(2.0, 0.0)), palette);
                });
            }
            if self.has_joint {
                entry(ui, 26.0, "Jointly", paint_joint);
            }
            if self.has_period_mismatch {
                other_period(ui);
            }
        });
    }
}

/// What the marks of claims say that are in use, in the same words wherever they are drawn: the inside of a mark is the stance, its
/// size the stated confidence, its outline whether the claim is first-hand. A solid outline stands with each stance, so that only the
/// broken one has a word of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksInUse {
    stances: Vec<Stance>,
    /// `None` for claims that state none.
    confidences: Vec<Option<Confidence>>,
    goes_back: bool,
}

impl MarksInUse {
    /// What there is to be said of some marks.
    pub fn of(marks: impl Iterator<Item = ClaimMark>) -> Self {
        let mut found = Self::default();
        for mark in marks {
            if !found.stances.contains(&mark.stance) {
                found.stances.push(mark.stance);
            }
            if !found.confidences.contains(&mark.confidence) {
                found.confidences.push(mark.confidence);
            }
            found.goes_back |= !mark.is_first_hand;
        }
        found.stances.sort_by_key(|stance| Stance::ALL.iter().position(|it| it == stance));
        // Those that state none come last.
        found.confidences.sort_by_key(|confidence| (confidence.is_none(), *confidence));
        found
    }

    /// Draws their entries.
    pub fn show(&self, ui: &mut Ui) {
        for stance in &self.stances {
            entry(ui, 18.0, stance.label(), |painter, rect, palette| {
                plain(*stance, Some(Confidence::Moderate)).paint(painter, rect.center(), palette);
            });
        }
        if self.goes_back {
            let mark =
                ClaimMark { is_first_hand: false, ..plain(Stance::Asserts, Some(Confidence::Moderate)) };
            // By repeating it, or because its document relays the other's.
            entry(ui, 18.0, "Goes back to another", |painter, rect, palette| {
                mark.paint(painter, rect.center(), palette);
            });
        }
        for confidence in &self.confidences {
            let label = match confidence {
                Some(Confidence::Low) => "Low confidence",
                Some(Confidence::Moderate) => "Moderate confidence",
                Some(Confidence::High) => "High confidence",
                None => "No confidence level",
            };
            entry(ui, 20.0, label, |painter, rect, palette| {
                plain(Stance::Asserts, *confidence).paint(painter, rect.center(), palette);
            });
        }
    }
}

/// What the mark of a claim means that speaks of another period than its incident's.
pub fn other_period(ui: &mut Ui) {
    entry(ui, 14.0, "Speaks of another period", |painter, rect, palette| {
        paint_warning(painter, rect.center(), 5.0, palette);
    });
}

/// The scale of the degree of conflict, with its ends as numbers, and the mark of what is undefined.
fn conflict_scale(ui: &mut Ui, top: f64) {
    let label = format!("Degree of conflict, 0 to {top}");
    entry(ui, SCALE, &label, |painter, rect, palette| {
        let bar = rect.shrink2(vec2(0.0, 5.0));
        let steps = (0..SCALE as u8).map(f32::from);
        for step in steps {
            let colour = palette.conflict_at(step / SCALE);
            painter.vline(bar.left() + step + 0.5, bar.y_range(), Stroke::new(1.0, colour));
        }
    });
    entry(ui, 18.0, "Undefined: nothing to set against each other", |painter, rect, palette| {
        let cell = Rect::from_center_size(rect.center(), vec2(14.0, 12.0));
        paint_hatch(painter, cell, 5.0, Stroke::new(1.0, palette.neutral));
    });
}

/// The width of the scale of the degree of conflict, in points.
const SCALE: f32 = 72.0;

const fn plain(stance: Stance, confidence: Option<Confidence>) -> ClaimMark {
    ClaimMark { stance, confidence, is_first_hand: true }
}

fn paint_joint(painter: &Painter, rect: Rect, palette: &Palette) {
    let (left, right) = (pos2(rect.left() + 4.0, rect.center().y), pos2(rect.right() - 4.0, rect.center().y));
    painter.add(Shape::line_segment([left, right], Stroke::new(2.0, palette.edge)));
    painter.circle_filled(left, 3.0, palette.text);
    painter.circle_filled(right, 3.0, palette.text);
}

/// Entries in one or, where that is too narrow, several lines.
pub fn line(ui: &mut Ui, entries: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        entries(ui);
    });
}

/// One mark with its meaning. It is laid out as one piece, so that rows break between entries only.
pub fn entry(ui: &mut Ui, width: f32, label: &str, paint: impl FnOnce(&Painter, Rect, &Palette)) {
    let palette = tokens::palette(ui);
    let font = FontId::proportional(tokens::SMALL);
    let text = ui.painter().layout_no_wrap(label.to_owned(), font, palette.quiet);
    let (rect, response) = ui.allocate_exact_size(vec2(width + 4.0 + text.size().x, 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, label));
    paint(ui.painter(), rect.with_max_x(rect.left() + width), palette);
    let at = pos2(rect.left() + width + 4.0, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(at, text, palette.quiet);
}

/// A relation with how many pairs of claims stand in it, as one piece of a line.
pub fn relation_count(ui: &mut Ui, relation: Relation, pairs: u64) {
    let palette = tokens::palette(ui);
    let label = format!("{pairs} {}", relation.label().to_lowercase());
    let font = FontId::proportional(tokens::BODY);
    let text = ui.painter().layout_no_wrap(label.clone(), font, palette.text);
    let (rect, response) = ui.allocate_exact_size(vec2(18.0 + text.size().x, 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
    paint_relation(ui.painter(), pos2(rect.left() + 7.0, rect.center().y), 5.0, relation, palette);
    let at = pos2(rect.left() + 18.0, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(at, text, palette.text);
}
