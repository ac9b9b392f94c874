//! What the signs of the matrix mean, and which keys rate.

use eframe::egui::{Align2, FontId, Rect, Ui, vec2};

use super::memo::Memo;
use super::paint;
use crate::analysis::ach::DisputeLevel;
use crate::analysis::charts::matrix::{MatrixCell, Shown, rating_words};
use crate::model::RatingValue;
use crate::ui::figure::is_figure;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::legend::{entry, line};
use crate::ui::widgets::{quiet, rating_colour};

/// The keys that do something in a cell, and what they do.
const KEYS: [(&str, &str); 6] = [
    ("1–5, N, X", "rate"),
    ("Delete", "take back"),
    ("Enter", "reason"),
    ("H", "history and comments"),
    ("E", "leave out"),
    ("D", "next difference"),
];

/// Draws the legend: the ratings, the other signs that occur, and the keys.
pub(super) fn show(ui: &mut Ui, memo: &Memo) {
    let palette = tokens::palette(ui);
    // On paper there are no keys, and nobody works.
    let is_on_paper = is_figure(ui);
    line(ui, |ui| {
        for value in RatingValue::ALL {
            letters(ui, value.label(), rating_words(*value), *value, *value);
        }
        for sign in memo.signs.listed() {
            match sign {
                Sign::Split => {
                    letters(ui, "C/I", "split vote", RatingValue::Consistent, RatingValue::Inconsistent);
                }
                Sign::NotApplicableToSome => letters(
                    ui,
                    "C/NA",
                    "not applicable to some",
                    RatingValue::Consistent,
                    RatingValue::Consistent,
                ),
                Sign::Unknown => {
                    let unknown = RatingValue::NotApplicable;
                    letters(ui, "1.41?", "F or 6: taken as medium at most", unknown, unknown);
                }
                Sign::Dispute(level) => entry(ui, 14.0, level.label(), |painter, rect, palette| {
                    paint::dispute(painter, rect.shrink2(vec2(0.0, 3.0)), level, palette);
                }),
                Sign::Remarks => entry(ui, 14.0, "comments", |painter, rect, palette| {
                    paint::remarks(painter, rect.shrink2(vec2(0.0, 3.0)), true, palette);
                }),
                Sign::NotOwn => entry(ui, 14.0, "not rated by you", |painter, rect, _| {
                    paint::not_own(painter, rect.shrink2(vec2(0.0, 4.0)), palette);
                }),
            }
        }
    });
    if !is_on_paper {
        keys(ui);
    }
}

/// The keys, each before what it does.
fn keys(ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        for (place, (key, meaning)) in KEYS.into_iter().enumerate() {
            if place > 0 {
                ui.add_space(8.0);
            }
            ui.label(bold(key).size(tokens::SMALL));
            ui.label(quiet(ui, meaning).size(tokens::SMALL));
        }
    });
}

/// A sample of a cell with its letters, and what they mean; the two halves may differ.
fn letters(ui: &mut Ui, text: &str, meaning: &str, left: RatingValue, right: RatingValue) {
    let font = FontId::proportional(tokens::SMALL);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), tokens::palette(ui).text);
    let width = (galley.size().x + 6.0).max(24.0);
    entry(ui, width, meaning, |painter, rect, palette| {
        let rect = Rect::from_center_size(rect.center(), vec2(rect.width(), 16.0));
        let middle = rect.center().x;
        for (half, value) in [(rect.with_max_x(middle), left), (rect.with_min_x(middle), right)] {
            if let Some(colour) = rating_colour(palette, value) {
                painter.rect_filled(half, 0, colour);
            }
        }
        painter.text(rect.center(), Align2::CENTER_CENTER, text, font, palette.text);
    });
}

/// A sign beside the ratings themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// Some hold it consistent and others inconsistent.
    Split,
    /// Some hold it not applicable.
    NotApplicableToSome,
    /// The weight of what cannot be judged.
    Unknown,
    /// How far analysts are apart.
    Dispute(DisputeLevel),
    /// There are remarks.
    Remarks,
    /// The analyst who works now has not rated it.
    NotOwn,
}

/// Which signs occur in a matrix.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    split: bool,
    not_applicable: bool,
    unknown: bool,
    levels: [bool; 3],
    remarks: bool,
    not_own: bool,
}

const LEVELS: [DisputeLevel; 3] = [DisputeLevel::Mild, DisputeLevel::Strong, DisputeLevel::Extreme];

impl Signs {
    /// Looks for the signs of a matrix.
    pub fn found(memo: &Memo) -> Self {
        let chart = &memo.chart;
        let is_of_two = chart.sides.is_some();
        let mut found =
            Self { unknown: chart.rows.iter().any(|row| row.weight.is_unknown), ..Self::default() };
        let places = (0..chart.rows.len()).flat_map(|row| (0..chart.columns.len()).map(move |it| (row, it)));
        for (row, column) in places {
            found.remarks |= chart.remarks(row, column).is_some();
            if let Some(cell) = chart.cell(row, column) {
                found.add(cell, is_of_two, memo.marks_unrated);
            }
        }
        found
    }

    fn add(&mut self, cell: &MatrixCell, is_of_two: bool, marks_unrated: bool) {
        self.split |= !is_of_two && matches!(cell.shown, Shown::Split(..));
        self.not_applicable |= !is_of_two && cell.not_applicable > 0;
        self.not_own |= marks_unrated && cell.own.is_none() && cell.shown != Shown::Nothing;
        for (level, is_there) in LEVELS.iter().zip(&mut self.levels) {
            *is_there |= cell.dispute.is_some_and(|dispute| dispute.level == *level);
        }
    }

    fn listed(self) -> impl Iterator<Item = Sign> {
        let levels = LEVELS.into_iter().zip(self.levels);
        let before = [
            (Sign::Split, self.split),
            (Sign::NotApplicableToSome, self.not_applicable),
            (Sign::Unknown, self.unknown),
        ];
        let after = [(Sign::Remarks, self.remarks), (Sign::NotOwn, self.not_own)];
        before
            .into_iter()
            .chain(levels.map(|(level, is_there)| (Sign::Dispute(level), is_there)))
            .chain(after)
            .filter(|(_, is_there)| *is_there)
            .map(|(sign, _)| sign)
    }
}
