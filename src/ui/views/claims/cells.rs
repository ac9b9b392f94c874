//! How one value looks in its cell. Painted, not laid out: a table of many cells costs what its visible text costs.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{
    Align2, Color32, CornerRadius, FontFamily, FontId, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::columns::{Column, Lie, percent_range, role};
use crate::analysis::relation::is_period_mismatch;
use crate::model::{Assessment, Claim, Likelihood, Role, Stance, Status};
use crate::ui::tokens::{self, Icon, Palette};
use crate::ui::widgets::{NamesApart, period_warning, told_apart};

/// The gap between the edge of a cell and what stands in it, in points.
pub const CELL_PADDING: f32 = 8.0;
/// The width of a mark before a word, in points.
const MARK: f32 = 14.0;
const BAR_WIDTH: f32 = 28.0;

/// One line of text, cut with an ellipsis where it is wider than `width`.
pub fn line_galley(ui: &Ui, text: &str, size: f32, colour: Color32, width: f32) -> Arc<Galley> {
    let font = FontId::new(size, FontFamily::Proportional);
    let format = TextFormat::simple(font, colour);
    // A value of several lines shows its first.
    let line = text.lines().next().unwrap_or_default();
    let mut job = LayoutJob::single_section(line.to_owned(), format);
    job.wrap = TextWrapping {
        max_width: width.max(0.0),
        max_rows: 1,
        break_anywhere: true,
        overflow_character: Some('…'),
    };
    ui.painter().layout_job(job)
}

/// A cell that is being painted.
pub struct CellPainter<'a> {
    /// Where.
    pub ui: &'a Ui,
    /// The cell with its padding.
    pub rect: Rect,
    /// The colours.
    pub palette: &'static Palette,
    /// What the names are taken from.
    pub assessment: &'a Assessment,
    /// Whether something was left out for want of room.
    pub is_cut: bool,
    /// What the names of sources and incidents share with one another.
    pub apart: &'a NamesApart,
    /// Whether what is said tells the role as well, where it is not the usual one.
    pub shows_role: bool,
}

impl CellPainter<'_> {
    /// Paints the value of a column.
    pub fn paint(&mut self, column: Column, claim: &Claim) {
        self.rect = self.rect.shrink2(vec2(CELL_PADDING, 0.0));
        let stands = claim.status == Status::Standing;
        let colour = if stands { self.palette.text } else { self.palette.quiet };
        match column {
            Column::Stance => self.stance(claim.stance, colour),
            Column::Likelihood => self.likelihood(claim, colour),
            Column::Link => self.link(claim),
            Column::Grade => self.grade(claim, colour),
            Column::Origin => self.origin(claim),
            Column::Status => self.status(claim),
            Column::Says => self.says(claim, colour),
            Column::Source | Column::Incident => self.name(&column.text(self.assessment, claim), colour),
            _ => {
                let text = column.text(self.assessment, claim);
                if text.is_empty() {
                    self.nothing(column.lie());
                } else {
                    self.text(&text, column.lie(), colour);
                }
            }
        }
    }

    /// Whom it names, in which role where that is not the usual one, and a warning where it speaks of another time.
    fn says(&mut self, claim: &Claim, colour: Color32) {
        let whole = self.rect;
        if is_period_mismatch(self.assessment, claim) {
            let icon = char::from(Icon::TriangleAlert).to_string();
            let galley = line_galley(self.ui, &icon, tokens::SMALL_ICON, self.palette.overlaps, MARK);
            let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), whole).min;
            self.ui.painter().galley(place, galley, self.palette.overlaps);
            self.rect = whole.with_max_x(whole.right() - MARK - 4.0);
        }
        let role = role(claim).filter(|role| self.shows_role && *role != Role::Perpetrator);
        // A claim that no longer stands is grey, and says so.
        let note = match claim.status {
            Status::Standing => role.map(Role::label),
            Status::Retracted { .. } => Some("Retracted"),
            Status::Superseded { .. } => Some("Superseded"),
        };
        if let Some(note) = note {
            let text = note.to_lowercase();
            let galley = line_galley(self.ui, &text, tokens::SMALL, self.palette.quiet, f32::INFINITY);
            let place = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), self.rect).min;
            let width = galley.size().x;
            self.ui.painter().galley(place, galley, self.palette.quiet);
            self.rect = self.rect.with_max_x(self.rect.right() - width - 6.0);
        }
        let text = Column::Says.text(self.assessment, claim);
        let is_nobody = claim.stance == Stance::Declines;
        self.name(&text, if is_nobody { self.palette.quiet } else { colour });
        self.rect = whole;
    }

    /// Incidents are often called alike but for the year at the end, sources but for the person; a link ends with whom it is to.
    fn name(&mut self, name: &str, colour: Color32) {
        let font = FontId::proportional(tokens::BODY);
        let name_among = (name, self.apart.shared(name));
        let cut = told_apart(self.ui.painter(), name_among, &font, self.rect.width());
        self.is_cut |= cut.is_some();
        self.text(cut.as_deref().unwrap_or(name), Lie::Left, colour);
    }

    fn text(&mut self, text: &str, lie: Lie, colour: Color32) {
        let galley = line_galley(self.ui, text, tokens::BODY, colour, self.rect.width());
        self.is_cut |= galley.elided || text.contains('\n');
        let align = match lie {
            Lie::Left => Align2::LEFT_CENTER,
            Lie::Right => Align2::RIGHT_CENTER,
        };
        let place = align.align_size_within_rect(galley.size(), self.rect).min;
        self.ui.painter().galley(place, galley, colour);
    }

    /// Text that begins further right, behind a mark.
    fn text_after(&mut self, offset: f32, text: &str, colour: Color32) {
        let whole = self.rect;
        self.rect = whole.with_min_x((whole.left() + offset).min(whole.right()));
        self.text(text, Lie::Left, colour);
        self.rect = whole;
    }

    fn nothing(&mut self, lie: Lie) {
        self.text("–", lie, self.palette.quiet);
    }

    fn icon(&self, icon: Icon, colour: Color32) {
        let galley = line_galley(self.ui, &char::from(icon).to_string(), tokens::SMALL_ICON, colour, MARK);
        let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), self.rect).min;
        self.ui.painter().galley(place, galley, colour);
    }

    fn stance(&mut self, stance: Stance, colour: Color32) {
        let centre = pos2(self.rect.left() + 5.0, self.rect.center().y);
        paint_stance(self.ui, centre, stance, colour, self.palette);
        self.text_after(MARK, stance.label(), colour);
    }

    fn likelihood(&mut self, claim: &Claim, colour: Color32) {
        let Some(likelihood) = &claim.likelihood else { return self.nothing(Lie::Left) };
        let Some(range) = percent_range(likelihood) else {
            return self.text(&likelihood.words, Lie::Left, colour);
        };
        self.bar(likelihood);
        let words = if likelihood.words.is_empty() { format!("{range} %") } else { likelihood.words.clone() };
        let offset = BAR_WIDTH + 8.0;
        let room = self.rect.width() - offset;
        let main = line_galley(self.ui, &words, tokens::BODY, colour, room);
        let numbers = line_galley(self.ui, &range, tokens::SMALL, self.palette.quiet, f32::INFINITY);
        let has_room = main.size().x + 6.0 + numbers.size().x <= room;
        self.text_after(offset, &words, colour);
        if !likelihood.words.is_empty() {
            if has_room {
                let place = Align2::RIGHT_CENTER.align_size_within_rect(numbers.size(), self.rect).min;
                self.ui.painter().galley(place, numbers, self.palette.quiet);
            } else {
                self.is_cut = true;
            }
        }
    }

    /// The range on a line from 0 to 100 %.
    fn bar(&self, likelihood: &Likelihood) {
        #[expect(clippy::cast_possible_truncation, reason = "a probability fits")]
        let at = |share: f64| self.rect.left() + BAR_WIDTH * (share.clamp(0.0, 1.0) as f32);
        let y = self.rect.center().y;
        let left = at(likelihood.low.unwrap_or(0.0));
        let right = at(likelihood.high.unwrap_or(1.0)).max(left + 2.0);
        let painter = self.ui.painter();
        painter.hline(at(0.0)..=at(1.0), y, Stroke::new(1.0, self.palette.edge));
        let bar = Rect::from_x_y_ranges(left..=right, y - 4.0..=y + 4.0);
        painter.rect_filled(bar, CornerRadius::same(1), self.palette.quiet);
    }

    fn link(&self, claim: &Claim) {
        if claim.proposition.is_link() {
            paint_switch(self.ui, switch_rect(self.rect), claim.accepted, self.palette);
        }
    }

    fn grade(&mut self, claim: &Claim, colour: Color32) {
        let text = Column::Grade.text(self.assessment, claim);
        if text.is_empty() {
            return self.nothing(Lie::Left);
        }
        self.text(&text, Lie::Left, colour);
        if claim.reliability_override.is_some() {
            // The letter is this claim's own and not its source's.
            let whole = self.rect;
            self.rect = whole.with_min_x(whole.left() + 22.0);
            self.icon(Icon::PenLine, self.palette.quiet);
            self.rect = whole;
        }
    }

    fn origin(&mut self, claim: &Claim) {
        if claim.repeats.is_empty() {
            return self.text("First-hand", Lie::Left, self.palette.quiet);
        }
        self.icon(Icon::Repeat2, self.palette.text);
        self.text_after(MARK + 4.0, &format!("Repeats {}", claim.repeats.len()), self.palette.text);
    }

    fn status(&mut self, claim: &Claim) {
        let text = Column::Status.text(self.assessment, claim);
        match claim.status {
            Status::Standing => self.text(&text, Lie::Left, self.palette.quiet),
            Status::Retracted { .. } | Status::Superseded { .. } => {
                self.icon(Icon::Undo, self.palette.overlaps);
                self.text_after(MARK + 4.0, &text, self.palette.text);
            }
        }
    }
}

/// The mark of a stance: a filled disc asserts, a crossed ring denies, a hollow ring declines.
pub fn paint_stance(ui: &Ui, centre: Pos2, stance: Stance, colour: Color32, palette: &Palette) {
    let painter = ui.painter();
    let radius = 4.0;
    match stance {
        Stance::Asserts => {
            painter.circle_filled(centre, radius, colour);
        }
        Stance::Denies => {
            let stroke = Stroke::new(1.5, colour);
            painter.circle_stroke(centre, radius, stroke);
            let reach = radius * 0.65;
            painter.line_segment([centre - vec2(reach, reach), centre + vec2(reach, reach)], stroke);
            painter.line_segment([centre + vec2(reach, -reach), centre + vec2(-reach, reach)], stroke);
        }
        Stance::Declines => {
            painter.circle_stroke(centre, radius, Stroke::new(1.5, palette.neutral));
        }
    }
}

/// Where the switch of a link lies in its cell.
pub fn switch_rect(cell: Rect) -> Rect {
    Align2::LEFT_CENTER.align_size_within_rect(vec2(26.0, 14.0), cell)
}

fn paint_switch(ui: &Ui, rect: Rect, is_on: bool, palette: &Palette) {
    let painter = ui.painter();
    let radius = rect.height() / 2.0;
    let corner = CornerRadius::same(7);
    let knob = |x: f32| pos2(x, rect.center().y);
    if is_on {
        painter.rect_filled(rect, corner, palette.quiet);
        painter.circle_filled(knob(rect.right() - radius), radius - 2.0, palette.background);
    } else {
        painter.rect_stroke(rect, corner, Stroke::new(1.0, palette.edge), StrokeKind::Inside);
        painter.circle_filled(knob(rect.left() + radius), radius - 3.0, palette.edge);
    }
}

/// What hovering over a cell tells beyond what it shows.
pub fn explanation(column: Column, assessment: &Assessment, claim: &Claim) -> String {
    let text = column.text(assessment, claim);
    match column {
        Column::Likelihood if claim.likelihood.is_none() => "Stated without a hedge".to_owned(),
        Column::Likelihood => match claim.likelihood.as_ref().is_some_and(|it| percent_range(it).is_none()) {
            true => format!("{text}: these words fix no number in {}", assessment.header.standard),
            false => text,
        },
        Column::Confidence if !claim.confidence_words.is_empty() => {
            format!("{text}: “{}”", claim.confidence_words)
        }
        Column::Confidence if text.is_empty() => "No confidence was stated".to_owned(),
        Column::Grade => grade_explanation(assessment, claim),
        Column::Origin if !claim.repeats.is_empty() => {
            let names = claim.repeats.iter().map(|id| assessment.name_of(*id));
            format!("Repeats:\n{}", names.collect::<Vec<_>>().join("\n"))
        }
        Column::Says => {
            let quote = (!claim.quote.is_empty()).then(|| format!("“{}”", claim.quote));
            let warning = is_period_mismatch(assessment, claim).then(|| period_warning(assessment, claim));
            std::iter::once(text).chain(quote).chain(warning).collect::<Vec<_>>().join("\n")
        }
        Column::Basis if text.is_empty() => "The source gives no basis".to_owned(),
        Column::StatedOn if text.is_empty() => "It is not known when this was said".to_owned(),
        Column::Covers if text.is_empty() => "The claim names no period".to_owned(),
        _ => text,
    }
}

fn grade_explanation(assessment: &Assessment, claim: &Claim) -> String {
    let reliability = match (&claim.reliability_override, assessment.claim_reliability(claim)) {
        (Some(own), _) => {
            let source = assessment.get(claim.source).and_then(crate::model::Source::reliability);
            let source = source.map_or("is not graded".to_owned(), |grade| format!("has {}", grade.letter()));
            let reason = if own.reason.is_empty() { "no reason is given" } else { own.reason.as_str() };
            format!("{}, for this claim alone (its source {source}): {reason}", own.reliability)
        }
        (None, Some(grade)) => format!("{grade}, as its source"),
        (None, None) => "The source's reliability is not graded".to_owned(),
    };
    let credibility = claim.credibility.map_or("The credibility is not graded", |grade| grade.label());
    format!("{reliability}\n{credibility}")
}
