//! How the fused belief moved as claims came in: step lines over the time axis of the rows.

use eframe::egui::{
    Align, Align2, Button, EventFilter, FontId, Key, Layout, Painter, Pos2, Rect, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;

use super::axis;
use super::line_names::{self, Line};
use crate::analysis::charts::{BeliefOverTime, Happening, Held, Step, Track};
use crate::analysis::percent::percent;
use crate::model::{Actor, AnyId, Id};
use crate::ui::tokens::{self, Palette};
use crate::ui::widgets::chart_parts::paint_line;
use crate::ui::widgets::own_keys::{holds_arrows, pressed};
use crate::ui::widgets::{explained, quiet, without_middle};
use crate::ui::{Command, ViewContext};

/// How many actors are drawn; the table has all.
pub(super) const DRAWN: usize = 5;
/// The height of one actor beside the chart, in points.
const LINE: f32 = 24.0;
/// The room below the curves for what happened, in points.
const EVENTS: f32 = 18.0;

/// The height of the chart, in points: that of its names, and more where there is much room.
pub(super) fn height(chart: &BeliefOverTime, room: f32) -> f32 {
    let lines = chart.tracks.len().clamp(3, DRAWN) as f32;
    (24.0 + lines * LINE).max(room * 0.28).min(room * 0.5)
}

/// For each line of the table the claim of what happened first on that day.
pub(super) fn records(chart: &BeliefOverTime) -> Vec<AnyId> {
    let first = |step: &Step| step.events.first().map(|event| AnyId::from(event.claim));
    let of_step = |step| first(step).into_iter().cycle().take(chart.tracks.len());
    chart.steps.iter().flat_map(of_step).collect()
}

/// What the chart remembers between frames.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The step that was picked; `None` shows the last one.
    step: Option<StepDay>,
    /// The actor whose uncertainty is drawn; the first one where none was picked.
    band: Option<Id<Actor>>,
}

/// What a step is known by, whatever comes before and after it: its day, which no other step has. `None` is the step of
/// what has no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct StepDay(Option<Date>);

impl State {
    fn pick(&mut self, chart: &BeliefOverTime, step: Option<usize>) {
        self.step = step.and_then(|step| chart.steps.get(step)).map(|step| StepDay(step.day));
    }

    /// The step that was picked, by its place.
    fn picked(&self, chart: &BeliefOverTime) -> Option<usize> {
        let picked = self.step?;
        chart.steps.iter().position(|step| StepDay(step.day) == picked)
    }

    /// The place of the actor whose uncertainty is drawn.
    fn band(&self, chart: &BeliefOverTime) -> usize {
        let place = |actor| chart.tracks.iter().take(DRAWN).position(|track| track.actor == actor);
        self.band.and_then(place).unwrap_or_default()
    }
}

/// How strong the band of what is open is drawn: as belief is, so that it is not taken for the shade of the incident.
pub(super) const BAND: f32 = 0.22;

/// Where the chart stands: the same days as the rows.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Everything, with the names at the left.
    pub whole: Rect,
    /// The left and right edge of the days in sight.
    pub days_on: (f32, f32),
    /// The days in sight.
    pub sight: (f64, f64),
    /// Where what has no day is drawn.
    pub undated: f64,
}

impl Place {
    fn x(&self, day: f64) -> f32 {
        let (from, to) = self.sight;
        let share = ((day - from) / (to - from).max(f64::MIN_POSITIVE)) as f32;
        (self.days_on.0 + share * (self.days_on.1 - self.days_on.0)).clamp(-1e5, 1e5)
    }

    /// The day at a place on the screen.
    fn day(&self, x: f32) -> f64 {
        let share = f64::from((x - self.days_on.0) / (self.days_on.1 - self.days_on.0).max(1.0));
        self.sight.0 + share * (self.sight.1 - self.sight.0)
    }

    fn curves(&self) -> Rect {
        Rect::from_min_max(
            pos2(self.days_on.0, self.whole.top() + 6.0),
            pos2(self.days_on.1, self.whole.bottom() - EVENTS),
        )
    }

    fn step_x(&self, step: &Step) -> f32 {
        self.x(step.day.map_or(self.undated, axis::day_number))
    }
}

fn y(curves: Rect, value: f64) -> f32 {
    curves.bottom() - curves.height() * value as f32
}

/// Draws the chart and takes what is done to it.
pub(super) fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &BeliefOverTime,
    state: &mut State,
    place: Place,
) {
    let id = ui.make_persistent_id("belief over time");
    take_keys(ui, cx, chart, state, id);
    let frame = place.curves().with_max_y(place.whole.bottom());
    let response = ui.interact(frame, id, Sense::click());
    let hovered = response.hover_pos().filter(|at| frame.contains(*at)).map(|at| place.day(at.x));
    let shown = hovered.map_or(state.picked(chart).map(Some), |day| Some(step_at(chart, &place, day)));
    let shown = shown.unwrap_or_else(|| chart.steps.len().checked_sub(1));
    response.widget_info(|| WidgetInfo {
        current_text_value: Some(state_text(chart, shown)),
        ..WidgetInfo::labeled(Role::Slider, true, "Belief over time, by day")
    });
    if response.clicked() {
        state.pick(chart, shown);
        response.request_focus();
    }
    let palette = tokens::palette(ui);
    let painter = ui.painter().with_clip_rect(place.whole.intersect(ui.clip_rect()));
    paint(&painter, chart, state.band(chart), place, palette);
    let at = hovered.or_else(|| {
        let step = chart.steps.get(state.picked(chart)?)?;
        Some(step.day.map_or(place.undated, axis::day_number))
    });
    if let Some(day) = at {
        let x = place.x(day);
        if frame.x_range().contains(x) {
            painter.vline(x, frame.y_range(), Stroke::new(1.0, palette.edge));
        }
    }
    if response.has_focus() {
        painter.rect_stroke(frame.shrink(0.5), 0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    events(ui, cx, chart, state, place);
    names(ui, cx, chart, state, place, (shown, at.map(axis::day)));
}

/// The last step at or before a place on the axis.
fn step_at(chart: &BeliefOverTime, place: &Place, day: f64) -> Option<usize> {
    if day >= place.undated {
        return chart.steps.len().checked_sub(1);
    }
    chart.step_at(axis::day(day))
}

fn held(track: &Track, step: Option<usize>) -> Option<Held> {
    step.map_or(Some(track.before), |step| track.after.get(step).copied().flatten())
}

/// The state after a step, in words.
fn state_text(chart: &BeliefOverTime, step: Option<usize>) -> String {
    let when = step.and_then(|step| chart.steps.get(step));
    let when = when.map_or_else(|| "Before any claim".to_owned(), Step::day_text);
    let values = chart
        .tracks
        .iter()
        .take(DRAWN)
        .map(|track| format!("{} {}", track.name, value_text(held(track, step))));
    format!("{when}: {}", values.collect::<Vec<_>>().join(", "))
}

/// The projected probability; a base rate that nobody stated is not shown as one.
fn value_text(held: Option<Held>) -> String {
    match held {
        None => "undefined".to_owned(),
        Some(held) if held.is_open() => "open".to_owned(),
        Some(held) => percent(held.projected),
    }
}

/// Moves from step to step by keys.
fn take_keys(ui: &Ui, cx: &ViewContext<'_>, chart: &BeliefOverTime, state: &mut State, id: eframe::egui::Id) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    if !holds_arrows(ui, id, filter) {
        return;
    }
    let Some(last) = chart.steps.len().checked_sub(1) else { return };
    let at = state.picked(chart).unwrap_or(last);
    let steps = [
        (Key::ArrowLeft, at.saturating_sub(1)),
        (Key::ArrowRight, (at + 1).min(last)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (key, step) in steps {
        if pressed(ui, key) {
            state.pick(chart, Some(step));
        }
    }
    if pressed(ui, Key::Enter)
        && let Some(step) = chart.steps.get(at)
    {
        select(cx, step);
    }
}

fn select(cx: &ViewContext<'_>, step: &Step) {
    cx.send(Command::Select(step.claims_concerned().into_iter().map(AnyId::from).collect()));
}

/// Paints the curves: the uncertainty of one actor as a band, and the projected probability of each as a step line.
/// Needs no more than a painter, so that a figure can be made of it.
pub(super) fn paint(painter: &Painter, chart: &BeliefOverTime, band: usize, place: Place, palette: &Palette) {
    let curves = place.curves();
    let painter = painter.with_clip_rect(curves.expand2(vec2(0.0, 4.0)).intersect(painter.clip_rect()));
    let mut taken: Vec<Rect> = Vec::new();
    for (value, label) in [(0.0, "0"), (0.5, "50 %"), (1.0, "100 %")] {
        painter.hline(curves.x_range(), y(curves, value), Stroke::new(1.0, palette.line));
        let (anchor, shift) = if value > 0.9 { (Align2::LEFT_TOP, 1.0) } else { (Align2::LEFT_BOTTOM, -1.0) };
        let at = pos2(curves.left() + 4.0, y(curves, value) + shift);
        taken.push(painter.text(at, anchor, label, FontId::proportional(tokens::SMALL), palette.quiet));
    }
    let parts = chart.tracks.get(band).map(|track| band_parts(chart, track, place)).unwrap_or_default();
    for rect in parts {
        painter.rect_filled(rect, 0, palette.belief.gamma_multiply(BAND));
        let edge = Stroke::new(1.0, palette.edge.gamma_multiply(0.8));
        for y in [rect.top(), rect.bottom()] {
            painter.hline(rect.x_range(), y, edge);
            // No name covers an edge of the band.
            taken.push(Rect::from_x_y_ranges(rect.x_range(), y..=y));
        }
    }
    let drawn: Vec<Line> = chart.tracks.iter().take(DRAWN).map(|track| lines(chart, track, place)).collect();
    for (number, lines) in drawn.iter().enumerate() {
        for line in lines {
            paint_line(&painter, line, number, stroke(number == band, palette));
        }
    }
    paint_names(&painter, &chart.tracks, &drawn, (band, &taken), place, palette);
}

fn stroke(is_banded: bool, palette: &Palette) -> Stroke {
    if is_banded { Stroke::new(2.0, palette.text) } else { Stroke::new(1.5, palette.quiet) }
}

/// The parts of a step line in sight; it is broken where the rule is undefined.
fn lines(chart: &BeliefOverTime, track: &Track, place: Place) -> Line {
    let curves = place.curves();
    let mut found = Vec::new();
    // Before the first claim there is nothing but base rates, which nobody stated.
    let mut line: Vec<Pos2> = Vec::new();
    for (step, held) in chart.steps.iter().zip(&track.after) {
        // Whatever is out of sight at the left only sets where the line begins.
        let x = place.step_x(step).max(curves.left()).min(curves.right());
        if let Some(before) = line.last().copied() {
            line.push(pos2(x, before.y));
        }
        match held.filter(|held| !held.is_open()) {
            Some(held) => line.push(pos2(x, y(curves, held.projected))),
            None => found.push(std::mem::take(&mut line)),
        }
    }
    if let Some(last) = line.last().copied() {
        line.push(pos2(curves.right(), last.y));
    }
    found.push(line);
    for line in &mut found {
        line.dedup();
    }
    found.retain(|line| line.len() > 1);
    found
}

/// The parts of the band from belief to plausibility in sight; like the line it has none while all is open.
fn band_parts(chart: &BeliefOverTime, track: &Track, place: Place) -> Vec<Rect> {
    let curves = place.curves();
    let mut parts = Vec::new();
    let mut from = curves.left();
    let mut now: Option<Held> = None;
    // Whole points, so that two parts side by side leave no seam.
    let ends = chart.steps.iter().map(|step| place.step_x(step).clamp(curves.left(), curves.right()).round());
    let after = track.after.iter().copied().chain(std::iter::once(None));
    for (to, next) in ends.chain(std::iter::once(curves.right())).zip(after) {
        if let Some(held) = now.filter(|held| to > from && !held.is_open()) {
            parts.push(Rect::from_min_max(
                pos2(from, y(curves, held.plausibility)),
                pos2(to, y(curves, held.belief)),
            ));
        }
        (from, now) = (to, next);
    }
    parts
}

/// Puts names to the lines; where a line gets none, the stroke beside its name at the left says which it is.
fn paint_names(
    painter: &Painter,
    tracks: &[Track],
    lines: &[Line],
    (band, taken): (usize, &[Rect]),
    place: Place,
    palette: &Palette,
) {
    let curves = place.curves();
    let font = FontId::proportional(tokens::SMALL);
    let names = tracks.iter().take(DRAWN);
    let galleys: Vec<_> =
        names.map(|track| painter.layout_no_wrap(track.name.clone(), font.clone(), palette.text)).collect();
    let sizes: Vec<Vec2> = galleys.iter().map(|galley| galley.size()).collect();
    let places = line_names::places(curves, lines, &sizes, band, taken);
    for (galley, rect) in galleys.into_iter().zip(places) {
        if let Some(rect) = rect {
            painter.galley(rect.min, galley, palette.text);
        }
    }
}

/// Marks each step below the curves: a click selects its claims.
fn events(ui: &mut Ui, cx: &ViewContext<'_>, chart: &BeliefOverTime, state: &mut State, place: Place) {
    let palette = tokens::palette(ui);
    let band = Rect::from_min_max(
        pos2(place.days_on.0, place.whole.bottom() - EVENTS),
        pos2(place.days_on.1, place.whole.bottom()),
    );
    let painter = ui.painter().with_clip_rect(band.intersect(ui.clip_rect()));
    let picked = state.picked(chart);
    for (number, step) in chart.steps.iter().enumerate() {
        let centre = pos2(place.step_x(step), band.center().y);
        if !band.x_range().contains(centre.x) {
            continue;
        }
        let rect = Rect::from_center_size(centre, vec2(12.0, EVENTS));
        let response = ui.interact(rect, ui.scope_id().with(("step", number)), Sense::CLICK);
        response.widget_info(|| {
            let name = format!("{}: {}", step.day_text(), step.sentence(cx.assessment));
            WidgetInfo::labeled(Role::Button, true, format!("Step of {name}"))
        });
        let is_picked = picked == Some(number);
        let colour = if response.hovered() || is_picked { palette.text } else { palette.quiet };
        paint_events(&painter, &place, step, centre, colour);
        if response.clicked() {
            state.pick(chart, Some(number));
            select(cx, step);
        }
        response.on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(340.0);
            ui.label(tokens::bold(step.day_text()));
            for line in step.sentence(cx.assessment).split("; ").take(12) {
                ui.label(line);
            }
            ui.label(quiet(ui, "Click: select the claims"));
        });
    }
}

/// A dot for what was stated, a cross for what was taken back, an arrowhead for what was superseded; a bracket over the days
/// that an imprecise date can mean.
fn paint_events(painter: &Painter, place: &Place, step: &Step, centre: Pos2, colour: eframe::egui::Color32) {
    let stroke = Stroke::new(1.5, colour);
    for event in &step.events {
        let Some(on) = event.on.filter(|on| on.first_day() != on.last_day()) else { continue };
        let left = place.x(axis::day_number(on.first_day()));
        painter.hline(left..=centre.x, centre.y, Stroke::new(1.0, colour.gamma_multiply(0.6)));
        painter.vline(left, centre.y - 3.0..=centre.y + 3.0, Stroke::new(1.0, colour.gamma_multiply(0.6)));
    }
    let has = |what: Happening| step.events.iter().any(|event| event.what == what);
    if has(Happening::Stated) {
        painter.circle_filled(centre, 3.0, colour);
    }
    if has(Happening::Retracted) {
        painter.line_segment([centre + vec2(-4.0, -4.0), centre + vec2(4.0, 4.0)], stroke);
        painter.line_segment([centre + vec2(4.0, -4.0), centre + vec2(-4.0, 4.0)], stroke);
    }
    if has(Happening::Superseded) {
        painter.line_segment([centre + vec2(0.0, -5.0), centre + vec2(5.0, 0.0)], stroke);
        painter.line_segment([centre + vec2(0.0, 5.0), centre + vec2(5.0, 0.0)], stroke);
    }
}

/// The actors at the left: the stroke of each, its name, and what is held of it at the day that is shown.
fn names(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    chart: &BeliefOverTime,
    state: &mut State,
    place: Place,
    (shown, day): (Option<usize>, Option<Date>),
) {
    let left = Rect::from_min_max(
        place.whole.min + vec2(8.0, 4.0),
        pos2(place.days_on.0 - 8.0, place.whole.bottom()),
    );
    let mut ui = ui.new_child(UiBuilder::new().max_rect(left).id_salt("held"));
    ui.shrink_clip_rect(left.expand(4.0));
    ui.spacing_mut().item_spacing = vec2(6.0, 0.0);
    let is_last = shown.is_some_and(|step| step + 1 == chart.steps.len());
    let title = match (shown, day) {
        (None, _) => "Before any claim".to_owned(),
        (Some(_), None) => "Projected, all claims".to_owned(),
        (Some(step), Some(_)) if is_last && chart.steps.get(step).is_some_and(|step| step.day.is_none()) => {
            "Projected, claims without a date too".to_owned()
        }
        (Some(_), Some(day)) => format!("Projected on {day}"),
    };
    let hover = "The projected probability of each actor once all claims so far are fused. A claim counts from the last day that its date can mean. The band is that of the actor picked \
                 here: from belief to plausibility, what the claims leave open.";
    ui.add(eframe::egui::Label::new(quiet(&ui, title).size(tokens::SMALL)).truncate()).on_hover_text(hover);
    let band = state.band(chart);
    for (number, track) in chart.tracks.iter().take(DRAWN).enumerate() {
        ui.allocate_ui_with_layout(vec2(left.width(), LINE), Layout::right_to_left(Align::Center), |ui| {
            let held = held(track, shown);
            let text = value_text(held);
            let name = format!("{}: {text}", track.name);
            explained(ui, cx, text, &name, || chart.explanation(cx.derived, track, shown));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let palette = tokens::palette(ui);
                let (rect, _) = ui.allocate_exact_size(vec2(26.0, LINE), Sense::hover());
                let ends = [rect.left_center(), rect.right_center()];
                paint_line(ui.painter(), &ends, number, stroke(number == band, palette));
                let room = ui.available_width() - 2.0 * ui.spacing().button_padding.x - 1.0;
                let font = FontId::proportional(tokens::BODY);
                let cut = without_middle(ui.painter(), &track.name, &font, room);
                let shown_name = cut.as_deref().unwrap_or(&track.name);
                let button = Button::selectable(number == band, shown_name).truncate();
                let reach = held.map_or_else(String::new, |held| {
                    format!(": from {} to {}", percent(held.belief), percent(held.plausibility))
                });
                let response = ui.add(button);
                response.widget_info(|| {
                    WidgetInfo::selected(Role::Button, true, number == band, track.name.as_str())
                });
                if response.on_hover_text(format!("Show the band of {}{reach}", track.name)).clicked() {
                    state.band = Some(track.actor);
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Measure;
    use crate::model::{FusionRule, Uuid};

    #[test]
    fn the_band_begins_where_the_line_does() {
        let held = |belief, plausibility, projected| Some(Held { belief, plausibility, projected });
        let step =
            |day| Step { day: Some(day), events: Vec::new(), uncertainty: Measure::Ok(0.5), claims: 1 };
        let first = jiff::civil::date(2020, 1, 1);
        let days = [0, 10, 20].map(|after| first + jiff::Span::new().days(after));
        let track = Track {
            actor: Id::new(Uuid::from_u128(1)),
            name: "APT1".to_owned(),
            before: Held { belief: 0.0, plausibility: 1.0, projected: 0.5 },
            after: vec![held(0.0, 1.0, 0.5), held(0.4, 0.9, 0.6), held(0.5, 0.8, 0.6)],
        };
        let chart = BeliefOverTime {
            rule: FusionRule::Averaging,
            tracks: vec![track.clone()],
            steps: days.map(step).to_vec(),
            left_out: Vec::new(),
        };
        let place = Place {
            whole: Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 120.0)),
            days_on: (0.0, 400.0),
            sight: (axis::day_number(first), axis::day_number(first) + 40.0),
            undated: axis::day_number(first) + 40.0,
        };
        let parts = band_parts(&chart, &track, place);
        let [first, last] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!((first.left(), first.right(), last.right()), (100.0, 200.0, 400.0));
        let line = lines(&chart, &track, place);
        assert_eq!(line.first().and_then(|line| line.first()).map(|at| at.x), Some(100.0));
    }
}
