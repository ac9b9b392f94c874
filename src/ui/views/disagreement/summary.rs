//! The summary at the top of the view: how much is independent, whom the origins disagree about, how far they agree, and
//! which claims matter most. Every number explains itself.

use eframe::egui::{
    Align, Button, Label, Layout, Popup, PopupCloseBehavior, ScrollArea, TextStyle, TextWrapMode, Ui,
    WidgetText, vec2,
};

use super::heatmap::Chosen;
use super::memo::Memo;
use crate::analysis::contested::ContestedActor;
use crate::analysis::explain::{Contribution, Explanation};
use crate::analysis::percent::percent;
use crate::analysis::progress::Stage;
use crate::model::wording::capitalised;
use crate::model::{Id, Incident};
use crate::ui::command::Computation;
use crate::ui::tokens::{self, Icon, bold};
use crate::ui::widgets::legend::relation_count;
use crate::ui::widgets::{
    claim_sentence, counted, degree_text, elided, explained, grouped, icon_button, named, quiet,
};
use crate::ui::{Command, ViewContext};

/// The least width of a tile whose title stands above what it is about, in points; and where it stands before it.
const TILE: (f32, f32) = (160.0, 210.0);
/// The height of the one and of the other, in points.
const HEIGHT: (f32, f32) = (38.0, 22.0);
/// The room between two tiles, in points.
const GAP: f32 = 12.0;

/// A title, a short one for where it stands in one line with what it is about, and what that is.
type Tile<'a> = (&'a str, &'a str, &'a mut dyn FnMut(&mut Ui));

/// Asks once for what has to be found in the background.
pub(super) fn ask_influence(cx: &ViewContext<'_>, memo: &mut Memo) {
    let stage = cx.derived.influence_stage(memo.key.incident, None);
    if !memo.has_asked_influence && matches!(stage, Stage::NotBegun | Stage::Stopped) {
        memo.has_asked_influence = true;
        cx.send(Command::Compute(Computation::Influence(memo.key.incident, None)));
    }
}

/// Asks once for how far sources agree over all incidents.
pub(super) fn ask_agreement(cx: &ViewContext<'_>, memo: &mut Memo) {
    if !memo.has_asked_agreement && matches!(cx.derived.agreement_stage(), Stage::NotBegun) {
        memo.has_asked_agreement = true;
        cx.send(Command::Compute(Computation::Agreement));
    }
}

/// Below this height of the window a chart that does not fit has the summary folded until it is unfolded.
const LOW: f32 = 900.0;
/// What a chart needs besides its rows when the summary is unfolded: tools, summary, the heads of the columns, legend, in points.
const AROUND: f32 = 480.0;

/// Whether the room of the view is too low for the chart below an unfolded summary.
pub(super) fn is_low(ui: &Ui, memo: &Memo) -> bool {
    let rows = memo.who_layout.line_tops.last().copied().unwrap_or_default();
    ui.ctx().content_rect().height() < LOW && ui.available_height() < AROUND + rows
}

/// Draws the summary, folded to a line or not as the user left it.
pub(super) fn show(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    memo: &Memo,
    is_low: bool,
    chosen: &mut Option<Chosen>,
) {
    let mut tiles: Vec<Tile<'_>> = Vec::new();
    let mut claims = |ui: &mut Ui| claims(ui, cx, memo, false);
    tiles.push(("Independent origins", "", &mut claims));
    let mut contested = |ui: &mut Ui| contested(ui, cx, &memo.contested);
    tiles.push(("Contested", "Contested", &mut contested));
    let mut agreement = |ui: &mut Ui| agreement(ui, cx, memo);
    tiles.push(("Agreement", "Agreement", &mut agreement));
    let mut most = |ui: &mut Ui| most_conflicting(ui, cx, memo, chosen);
    tiles.push(("Most conflict", "Most conflict", &mut most));
    let mut influence = |ui: &mut Ui| influence(ui, cx, memo.key.incident);
    tiles.push(("Most influential claim", "Most influential", &mut influence));

    let id = ui.make_persistent_id("disagreement summary");
    let is_folded = ui.data_mut(|data| data.get_persisted(id)).unwrap_or(is_low);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        let (icon, name) = if is_folded {
            (Icon::ChevronRight, "Unfold the summary")
        } else {
            (Icon::ChevronDown, "Fold the summary to a line")
        };
        if icon_button(ui, icon, name).clicked() {
            ui.data_mut(|data| data.insert_persisted(id, !is_folded));
        }
        ui.vertical(|ui| {
            if is_folded {
                in_a_line(ui, cx, memo);
                return;
            }
            rows(ui, &mut tiles);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
                relations(ui, memo);
                stated(ui, cx, memo);
            });
            if let Some(sentence) = &memo.levels_sentence {
                ui.add(Label::new(quiet(ui, sentence)).wrap()).on_hover_text(
                    "What each source says last and at first hand, as seen at each level of the hierarchy",
                );
            }
        });
    });
}

/// What the charts below are about: how many claims and origins there are, and how they stand to one another.
fn in_a_line(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
        claims(ui, cx, memo, true);
        ui.add_space(4.0);
        relations(ui, memo);
    });
}

/// Draws the tiles: their titles above them where all stand side by side, else before them, so that two rows take no more height
/// than one.
fn rows(ui: &mut Ui, tiles: &mut [Tile<'_>]) {
    let width = ui.available_width();
    let count = tiles.len() as f32;
    let is_inline = width < count * (TILE.0 + GAP) - GAP;
    let (least, height) = if is_inline { (TILE.1, HEIGHT.1) } else { (TILE.0, HEIGHT.0) };
    let fitting = ((width + GAP) / (least + GAP)).floor().max(1.0).min(count);
    // As many in one row as in the other.
    let per_row = (count / (count / fitting).ceil()).ceil();
    for row in tiles.chunks_mut(per_row as usize) {
        let shares: f32 = row.iter().map(|(title, ..)| share(title, is_inline)).sum();
        let room = width - (row.len() as f32 - 1.0) * GAP;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            for (title, short, content) in row {
                let size = vec2(room * share(title, is_inline) / shares, height);
                if is_inline {
                    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                        ui.set_width(size.x);
                        ui.spacing_mut().item_spacing.x = 6.0;
                        if !short.is_empty() {
                            ui.label(quiet(ui, *short));
                        }
                        content(ui);
                    });
                } else {
                    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                        ui.set_width(size.x);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        elided(ui, quiet(ui, *title).size(tokens::SMALL));
                        ui.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = 6.0;
                            content(ui);
                        });
                    });
                }
            }
        });
    }
}

/// How much of the room a tile gets, beside the others: those that name claims need more, and beside its title an actor with a number
/// more than a count.
fn share(title: &str, is_inline: bool) -> f32 {
    match title {
        "Independent origins" => {
            if is_inline {
                0.85
            } else {
                1.25
            }
        }
        "Contested" if is_inline => 1.15,
        title if title.starts_with("Most") => 1.5,
        _ => 1.0,
    }
}

/// A text cut to a width, in points.
fn shortened(ui: &Ui, text: &str, width: f32) -> String {
    let galley = WidgetText::from(bold(text)).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        width.max(24.0),
        TextStyle::Body,
    );
    galley.rows.first().map_or_else(|| text.to_owned(), |row| row.text())
}

fn claims(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, is_short: bool) {
    let origins = counted(memo.origins, "independent origin");
    let short = counted(memo.origins, "origin");
    explained(ui, cx, bold(short), &origins, || explain_origins(cx, memo));
    let mut text = format!("of {}", counted(memo.claims, "claim"));
    if memo.set_aside > 0 && !is_short {
        text.push_str(&format!(", {} not counted", memo.set_aside));
    }
    elided(ui, quiet(ui, text)).on_hover_text(
        "Claims that repeat one another, or stand in documents that relay one another, have one origin. Retracted and \
         superseded claims are set aside",
    );
}

fn explain_origins(cx: &ViewContext<'_>, memo: &Memo) -> Explanation {
    let results = cx.derived.incident(memo.key.incident);
    let mut explanation = Explanation::new(
        "Independent origins",
        Ok(f64::from(u32::try_from(memo.origins).unwrap_or(u32::MAX))),
        "one for each group of claims that go back to one statement",
        "Connected components over “repeats” and “relays”: a convention of this program",
    )
    .with("Claims that count", grouped(memo.claims))
    .with("Claims set aside", grouped(memo.set_aside));
    explanation.contributions = results
        .origins()
        .iter()
        .map(|origin| {
            let first = cx.assessment.get(origin.first_hand);
            let source = first.map_or_else(String::new, |claim| cx.assessment.name_of(claim.source));
            let repeats = origin.claims.len().saturating_sub(1);
            let what = match repeats {
                0 => source,
                1 => format!("{source}, repeated once"),
                _ => format!("{source}, repeated {repeats} times"),
            };
            Contribution { what, value: 1.0, record: Some(origin.first_hand.into()) }
        })
        .collect();
    explanation.contributions_are = "The origins".to_owned();
    explanation
}

fn contested(ui: &mut Ui, cx: &ViewContext<'_>, contested: &[ContestedActor]) {
    let Some(first) = contested.first() else {
        ui.label(quiet(ui, "Nobody"));
        return;
    };
    // The room for the number with its word, and the button with the rest.
    let reserved = if contested.len() > 1 { 126.0 } else { 86.0 };
    one_contested(ui, cx, first, (reserved, false));
    if contested.len() > 1 {
        let more = contested.len() - 1;
        let button = ui.add(Button::new(format!("+{more}")).small());
        let name = format!("All {} contested actors", contested.len());
        button.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name));
        let button = button.on_hover_text(&name);
        Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            ui.set_width(300.0);
            ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                for actor in contested {
                    ui.horizontal(|ui| one_contested(ui, cx, actor, (160.0, true)));
                }
            });
        });
    }
}

fn one_contested(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    actor: &ContestedActor,
    (reserved, with_sides): (f32, bool),
) {
    let room = (ui.available_width() - reserved).max(48.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let button = Button::new(bold(&actor.name)).frame(false).truncate();
        let tooltip = format!(
            "{}: {} for it, {} against it. Select this actor",
            actor.name,
            counted(actor.origins_for, "origin"),
            counted(actor.origins_against, "origin")
        );
        if ui.add(button).on_hover_text(tooltip).clicked() {
            cx.select(actor.actor);
        }
    });
    let degree = degree_text(actor.conflict);
    let name = format!("Conflict over {}: {degree}", actor.name);
    ui.label(quiet(ui, "conflict"));
    explained(ui, cx, degree, &name, || actor.explain(cx.assessment));
    if with_sides {
        ui.label(quiet(ui, format!("{} : {}", actor.origins_for, actor.origins_against)));
    }
}

fn agreement(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let found = &memo.agreement;
    match &found.observed {
        Ok(observed) => {
            let name = format!("Observed agreement on this incident {}", percent(*observed));
            explained(ui, cx, bold(percent(*observed)), &name, || found.explain_observed());
        }
        Err(undefined) => {
            ui.label(quiet(ui, "undefined")).on_hover_text(undefined.to_string());
        }
    }
    let overall = match cx.derived.agreement_stage() {
        Stage::Done(overall) => overall,
        Stage::Stopped => {
            let button = ui.add(Button::new("α").small());
            if button.on_hover_text("Alpha over all incidents was stopped: compute it").clicked() {
                cx.send(Command::Compute(Computation::Agreement));
            }
            return;
        }
        Stage::NotBegun | Stage::Running(_) => {
            ui.label(quiet(ui, "α …")).on_hover_text("Alpha over all incidents is being computed");
            return;
        }
    };
    // Always with its scope: beside the share of this incident it would else be taken for its alpha.
    let text = match &overall.alpha {
        Ok(alpha) => format!("overall α {alpha:.2}").replace('-', "\u{2212}"),
        Err(_) if found.observed.is_err() => "here and overall".to_owned(),
        Err(_) => "overall α undefined".to_owned(),
    };
    let name = match &overall.alpha {
        Ok(alpha) => format!("Krippendorff's alpha over all incidents {alpha:.2}"),
        Err(undefined) => format!("Krippendorff's alpha over all incidents {undefined}"),
    };
    explained(ui, cx, quiet(ui, text), &name, || overall.explain_alpha(cx.assessment));
    if !overall.caution.is_empty() && overall.alpha.is_ok() {
        let palette = tokens::palette(ui);
        let icon = char::from(Icon::TriangleAlert);
        let text = if ui.available_width() < 44.0 { icon.to_string() } else { format!("{icon} few") };
        elided(ui, eframe::egui::RichText::new(text).size(tokens::SMALL).color(palette.overlaps))
            .on_hover_text(capitalised(overall.caution));
    }
}

fn most_conflicting(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, chosen: &mut Option<Chosen>) {
    let Some((row, column, degree)) = memo.most_conflicting else {
        ui.label(quiet(ui, "None"));
        return;
    };
    let label = |place: usize| memo.heat.labels.get(place).map_or("", String::as_str);
    let text = format!("{} × {}", label(row), label(column));
    // The word in full where it leaves the names enough.
    let whole = ui.available_width() >= 320.0;
    let (word, reserved) = if whole { ("degree of conflict", 148.0) } else { ("DC", 66.0) };
    let room = (ui.available_width() - reserved).max(48.0);
    // Each of the two names gets its half: the second must not fall away.
    let half = (room - 24.0) / 2.0;
    let both = format!("{} × {}", shortened(ui, label(row), half), shortened(ui, label(column), half));
    ui.scope(|ui| {
        ui.set_max_width(room);
        let button = Button::new(bold(&both)).frame(false).truncate();
        if named(ui.add(button), &text).on_hover_text(format!("{text}\nShow what differs")).clicked()
            && let (Some(row), Some(column)) = (memo.heat.keys.get(row), memo.heat.keys.get(column))
        {
            *chosen = Some(Chosen { row: row.clone(), column: column.clone(), pair: 0 });
        }
    });
    let degree = degree_text(degree);
    let name = format!("Degree of conflict of {text}: {degree}");
    ui.label(quiet(ui, word))
        .on_hover_text("Degree of conflict, DC: how far the two are apart, times how sure both are");
    explained(ui, cx, degree, &name, || super::pair::explain(cx, memo, row, column));
}

/// The claim without which the fused picture would differ most.
fn influence(ui: &mut Ui, cx: &ViewContext<'_>, incident: Id<Incident>) {
    let influence = match cx.derived.influence_stage(incident, None) {
        Stage::Done(influence) => influence,
        Stage::Stopped => {
            let button = ui.add(Button::new("Find").small());
            if button.on_hover_text("It was stopped before it was found").clicked() {
                cx.send(Command::Compute(Computation::Influence(incident, None)));
            }
            return;
        }
        Stage::NotBegun | Stage::Running(_) => {
            ui.label(quiet(ui, "Being found…"));
            return;
        }
    };
    let Some((claim, effect)) = influence.strongest_claim() else {
        let reason = influence
            .undefined
            .as_ref()
            .map_or_else(|| "No claim moves the fused picture by itself".to_owned(), ToString::to_string);
        ui.label(quiet(ui, "None")).on_hover_text(reason);
        return;
    };
    let source =
        cx.assessment.get(claim).map_or_else(String::new, |claim| cx.assessment.name_of(claim.source));
    let says = cx.assessment.get(claim).map_or_else(String::new, |claim| claim_sentence(cx, claim));
    let room = (ui.available_width() - 92.0).max(48.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let tooltip = format!("{says}\nWithout this claim {}. Select it", effect.sentence(cx.assessment));
        let button = Button::new(bold(&says)).frame(false).truncate();
        if ui.add(button).on_hover_text(tooltip).clicked() {
            cx.select(claim);
        }
    });
    if let Ok(movement) = effect.movement {
        let movement = degree_text(movement);
        let name = format!("Movement without the claim of {source}: {movement}");
        ui.label(quiet(ui, "moves"));
        explained(ui, cx, movement, &name, || effect.explanation(cx.assessment));
    }
}

/// How alike claims are in the confidence and likelihood that they state; nothing where fewer than two state any.
fn stated(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    for found in &memo.stated {
        let Ok(agreement) = &found.agreement else { continue };
        let what = found.what.label();
        let number = format!("{agreement:+.2}").replace('-', "\u{2212}");
        let stating: u32 = found.steps.iter().map(|(_, claims)| claims).sum();
        let text = format!("Stated {what}: A {number} ({})", counted(stating as usize, "claim"));
        let spoken = format!("Agreement in stated {what}: {number}");
        explained(ui, cx, quiet(ui, text), &spoken, || found.explain());
    }
}

/// How many pairs of claims stand in which relation.
fn relations(ui: &mut Ui, memo: &Memo) {
    let pairs = usize::try_from(memo.relations.total()).unwrap_or(usize::MAX);
    let pairs = format!("{}:", counted(pairs, "pair"));
    ui.label(quiet(ui, pairs));
    for (relation, pairs) in memo.relations.iter().filter(|(_, pairs)| *pairs > 0) {
        relation_count(ui, relation, pairs);
    }
}
