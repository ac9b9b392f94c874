//! The probabilities: a slider that keeps the sum, a field to type in, and the words of the standard beside each.

use eframe::egui::{Align, Button, Label, Layout, RichText, Slider, TextStyle, Ui, vec2};

use super::State;
use super::edits::Judging;
use super::section;
use crate::analysis::judgement::repair::is_coherent;
use crate::analysis::judgement::wording::percent;
use crate::analysis::judgement::{Repair, Wording, rebalance, record, repair, wording};
use crate::edit::judge::set_share;
use crate::model::{Hypothesis, Id, Judgement};
use crate::ui::Command;
use crate::ui::command::Notice;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::{elided, fields, icon_text, named, quiet, segmented};

const NAME: f32 = 32.0;
const FIELD: f32 = 52.0;
const PERCENT: f32 = 14.0;
const SLIDER: f32 = 130.0;
/// The room for the words of the standard, in points: for the longest of them, and the least.
const WORDS: f32 = 192.0;
const LEAST_WORDS: f32 = 110.0;
/// The least room for the names beside all that, in points.
const LEAST_NAMES: f32 = 150.0;

/// A slider that is being moved, by pointer or by keys.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    answer: Option<Id<Hypothesis>>,
    /// The probabilities at its beginning: moved to the end and back, all is as it was.
    origin: Vec<f64>,
    /// Those after its last move; where they are others, the run is over.
    last: Vec<f64>,
}

/// An answer and what is shown of it.
struct Answer<'a> {
    place: usize,
    id: Option<Id<Hypothesis>>,
    name: &'a str,
    text: &'a str,
    share: f64,
    /// What a repair would make of it, where one is needed.
    repaired: Option<f64>,
}

/// Draws the part.
pub(super) fn show(ui: &mut Ui, judging: &Judging<'_>, present: &Judgement, state: &mut State) {
    heading(ui, judging, present);
    let shares = record::shares(present, &judging.memo.ids);
    let is_sound = is_coherent(&shares);
    let repaired = if is_sound { None } else { Some(repair(&shares, state.repair)) };
    let share_at = |place: usize| shares.get(place).copied().unwrap_or_default();
    let repaired_at = |place: usize| repaired.as_ref()?.as_ref().ok()?.get(place).copied();
    let hypotheses = &judging.memo.hypotheses;
    let names = room_for_names(ui, hypotheses.iter().map(|rival| rival.answer.as_str()));
    for (place, rival) in hypotheses.iter().enumerate() {
        let answer = Answer {
            place,
            id: Some(rival.id),
            name: &rival.name,
            text: &rival.answer,
            share: share_at(place),
            repaired: repaired_at(place),
        };
        line(ui, judging, &shares, &answer, (names, state));
    }
    let place = hypotheses.len();
    let none = Answer {
        place,
        id: None,
        name: "",
        text: "None of these",
        share: share_at(place),
        repaired: repaired_at(place),
    };
    line(ui, judging, &shares, &none, (names, state));
    sum(ui, judging, &shares, repaired.as_ref().map(|it| it.as_deref()), state);
}

/// Whose judgement it is, of when, and what a change does to it.
fn heading(ui: &mut Ui, judging: &Judging<'_>, present: &Judgement) {
    let name = judging.cx.assessment.name_of(judging.analyst);
    section(ui, &format!("Judgement of {name}"), |ui| {
        let button = ui.add(Button::new((icon_text(Icon::Gavel), "Record judgement")));
        let hover =
            "Begins a new judgement, dated now, with what this one says. This one stays in the history";
        if named(button, "Record judgement").on_hover_text(hover).clicked() {
            judging.record();
        }
    });
    let made = super::history::moment(present.made_at);
    let text = if judging.is_open() {
        format!("Made {made}. Changes of the same day go into it")
    } else {
        format!("Made {made}. A change begins a new judgement, and this one stays in the history")
    };
    elided(ui, quiet(ui, text).size(tokens::SMALL));
    ui.add_space(2.0);
}

/// The room for the names before what belongs to them, in points: all that they need where the words of the standard leave
/// that, else in several lines. `None` where they stand above it, since there is too little for both.
fn room_for_names<'a>(ui: &Ui, names: impl Iterator<Item = &'a str>) -> Option<f32> {
    let font = TextStyle::Body.resolve(ui.style());
    let width = |name: &str| {
        ui.painter().layout_no_wrap(name.to_owned(), font.clone(), ui.visuals().text_color()).size().x
    };
    let around = NAME + tokens::GRID + 2.0 * ui.spacing().button_padding.x;
    let needed = (names.map(width).fold(100.0, f32::max) + around).ceil();
    let controls = SLIDER + FIELD + PERCENT + 4.0 * tokens::GRID + 8.0;
    let room = |words: f32| ui.available_width() - controls - words;
    match room(WORDS) {
        room if room < LEAST_NAMES => None,
        all if needed <= room(LEAST_WORDS) => Some(needed.max(all)),
        all => Some(all),
    }
}

fn line(
    ui: &mut Ui,
    judging: &Judging<'_>,
    shares: &[f64],
    answer: &Answer<'_>,
    (names, state): (Option<f32>, &mut State),
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(names) = names {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            label(ui, judging, answer, names);
            controls_of(ui, judging, shares, answer, state);
        });
    } else {
        label(ui, judging, answer, ui.available_width());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.add_space(NAME + tokens::GRID);
            controls_of(ui, judging, shares, answer, state);
        });
        ui.add_space(2.0);
    }
}

/// "H1" and what it says; a click selects it.
fn label(ui: &mut Ui, judging: &Judging<'_>, answer: &Answer<'_>, width: f32) {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(width, tokens::ROW_HEIGHT), layout, |ui| {
        ui.set_width(width);
        // Beside the middle of the answer, like what follows it.
        let beside = NAME + ui.spacing().item_spacing.x + 2.0 * ui.spacing().button_padding.x;
        let font = TextStyle::Button.resolve(ui.style());
        let text = ui.painter().layout(answer.text.to_owned(), font, ui.visuals().text_color(), width - beside);
        ui.allocate_ui_with_layout(vec2(NAME, text.size().y.max(tokens::ROW_HEIGHT)), layout, |ui| {
            ui.set_width(NAME);
            ui.label(bold(answer.name));
        });
        match answer.id {
            Some(id) => {
                let button = Button::new(answer.text).frame_when_inactive(false).wrap();
                let button = ui.add(button).on_hover_text(format!("{}\nSelect this hypothesis", answer.text));
                if button.clicked() {
                    judging.cx.select(id);
                }
            }
            None => {
                let hover = "That no hypothesis is true. It belongs to the sum: answers that nobody thought of are possible too";
                // As far in as the names above, which are buttons.
                ui.add_space(ui.spacing().button_padding.x);
                elided(ui, quiet(ui, answer.text)).on_hover_text(hover);
            }
        }
    });
}

fn spoken<'a>(answer: &'a Answer<'_>) -> &'a str {
    if answer.name.is_empty() { answer.text } else { answer.name }
}

fn controls_of(ui: &mut Ui, judging: &Judging<'_>, shares: &[f64], answer: &Answer<'_>, state: &mut State) {
    slider(ui, judging, shares, answer, state);
    let label = format!("Probability of {}", spoken(answer));
    let id = judging.field_id(("share", answer.id));
    // In the middle of the line, which is higher where the name wraps.
    let size = vec2(FIELD, tokens::ROW_HEIGHT);
    let field = ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        fields::clamped(ui, FIELD, |ui| fields::percent_alone(ui, id, &label, "", Some(answer.share)))
    });
    if let Some(value) = field.inner {
        set_alone(judging, answer, value.unwrap_or_default(), "typed");
    }
    ui.add_sized(vec2(PERCENT, tokens::ROW_HEIGHT), Label::new(quiet(ui, "%").size(tokens::SMALL)));
    words(ui, judging, answer);
}

fn step_label(answer: &Answer<'_>) -> String {
    format!("Change probability of {}", spoken(answer).replace("None", "none"))
}

/// Gives one answer a probability and leaves the others alone, whatever the sum.
fn set_alone(judging: &Judging<'_>, answer: &Answer<'_>, value: f64, how: &str) {
    let field = format!("{how} {:?}", answer.id.map(Id::uuid));
    judging.change(&step_label(answer), &field, |judgement| set_share(judgement, answer.id, value));
}

fn slider(ui: &mut Ui, judging: &Judging<'_>, shares: &[f64], answer: &Answer<'_>, state: &mut State) {
    // In the steps of the slider: it would bring any other value to a step by itself, and so change what is only shown.
    let shown = (answer.share * 100.0).clamp(0.0, 100.0).round();
    let mut value = shown;
    let palette = tokens::palette(ui);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().slider_width = SLIDER - 8.0;
            // A rail that is seen in both themes, filled like the bars beside it; the knob stays that of a button.
            let visuals = ui.visuals_mut();
            visuals.widgets.inactive.bg_fill = palette.line;
            visuals.selection.bg_fill = palette.belief;
            visuals.widgets.inactive.fg_stroke.color = palette.edge;
            let slider = Slider::new(&mut value, 0.0..=100.0).show_value(false).step_by(1.0);
            ui.add_sized(vec2(SLIDER, tokens::ROW_HEIGHT), slider)
        })
        .inner;
    fields::name(&response, &format!("Slider of {}", spoken(answer)));
    if response.changed() && value != shown {
        let run = state.drag.take().filter(|run| run.answer == answer.id && run.last == shares);
        let origin = run.map_or_else(|| shares.to_vec(), |run| run.origin);
        if is_coherent(&origin) {
            let moved = rebalance(&origin, answer.place, value / 100.0);
            let answers = judging.memo.ids.iter().copied().map(Some).chain([None]);
            let field = format!("slider {:?}", answer.id.map(Id::uuid));
            judging.change(&step_label(answer), &field, |judgement| {
                for (answer, share) in answers.zip(&moved) {
                    set_share(judgement, answer, *share);
                }
            });
            state.drag = Some(Drag { answer: answer.id, origin, last: moved });
        } else {
            // Nothing is repaired in passing.
            set_alone(judging, answer, value / 100.0, "slider");
        }
    }
    if response.drag_stopped() || response.lost_focus() {
        state.drag = None;
        judging.cx.send(Command::CloseStep);
    }
    let hover = if is_coherent(shares) {
        "Moves this probability; the others share what is left in their proportions"
    } else {
        "Moves this probability alone, until they sum to 100 %"
    };
    response.on_hover_text(hover);
}

/// The words of the standard, or what a repair would make of the number.
fn words(ui: &mut Ui, judging: &Judging<'_>, answer: &Answer<'_>) {
    let standard = judging.cx.assessment.header.standard;
    let found = wording(standard, answer.share);
    let width = ui.available_width().max(40.0);
    ui.allocate_ui_with_layout(vec2(width, tokens::ROW_HEIGHT), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        if let Some(repaired) = answer.repaired {
            let text = format!("→ {}", short_percent(repaired));
            elided(ui, bold(text)).on_hover_text(format!(
                "{} would become {}, {}",
                percent(answer.share),
                percent(repaired),
                wording(standard, repaired).label()
            ));
            return;
        }
        let text = match found {
            Wording::None(_) => RichText::new(found.label()).italics().color(tokens::palette(ui).quiet),
            _ => RichText::new(found.label()),
        };
        elided(ui, text).on_hover_text(found.explain(standard));
    });
}

/// A probability in per cent with one decimal at most.
fn short_percent(value: f64) -> String {
    format!("{} %", (value * 1000.0).round() / 10.0)
}

/// The sum, and the way to mend it.
fn sum(
    ui: &mut Ui,
    judging: &Judging<'_>,
    shares: &[f64],
    repaired: Option<Result<&[f64], &crate::analysis::Undefined>>,
    state: &mut State,
) {
    let palette = tokens::palette(ui);
    let sum: f64 = shares.iter().sum();
    ui.add_space(2.0);
    let Some(repaired) = repaired else {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.label(icon_text(Icon::Check).size(tokens::SMALL_ICON).color(palette.same));
            ui.label(quiet(ui, format!("Sum {}", short_percent(sum))));
        });
        return;
    };
    let text = format!(
        "They sum to {}, and one of these answers has to be true: no probabilities do that",
        short_percent(sum)
    );
    fields::problem(ui, &text, true);
    ui.horizontal_wrapped(|ui| {
        ui.label(quiet(ui, "Repair to 100 %:"));
        let choices: Vec<_> = Repair::ALL.iter().map(|it| (*it, it.label(), it.about())).collect();
        segmented(ui, &mut state.repair, &choices);
        match repaired {
            Ok(after) => {
                let button = ui.add(Button::new((icon_text(Icon::Wrench), "Repair")));
                let hover = "Puts the numbers after the arrows in the place of those before";
                if named(button, "Repair").on_hover_text(hover).clicked() {
                    apply(judging, shares, after, state.repair);
                }
            }
            Err(undefined) => {
                ui.label(quiet(ui, undefined.to_string()));
            }
        }
    });
}

fn apply(judging: &Judging<'_>, before: &[f64], after: &[f64], how: Repair) {
    let answers: Vec<Option<Id<Hypothesis>>> =
        judging.memo.ids.iter().copied().map(Some).chain([None]).collect();
    judging.change_once("Repair probabilities", "repair", |judgement| {
        for (answer, share) in answers.iter().zip(after) {
            set_share(judgement, *answer, *share);
        }
    });
    let told = answers.iter().zip(before).zip(after).map(|((answer, before), after)| {
        format!("{} {} → {}", judging.memo.name_of(*answer), short_percent(*before), short_percent(*after))
    });
    let detail = told.collect::<Vec<_>>().join(", ");
    let title = format!("Repaired to 100 % ({})", how.label().to_lowercase());
    judging.cx.send(Command::Notify(Notice { detail, ..Notice::info(title) }));
}
