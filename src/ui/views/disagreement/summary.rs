//! The summary at the top of the view: how much is independent, whom the origins disagree about, how far they agree, and
//! which claims matter most. Every number explains itself.

use eframe::egui::{Button, FontId, Label, Popup, PopupCloseBehavior, ScrollArea, Ui, vec2};

use super::heatmap::Chosen;
use super::memo::Memo;
use super::tiles::{self, Tile};
use crate::analysis::Measure;
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
    claim_sentence, counted, degree_text, elided, explained, grouped, icon_button, line_width, named, quiet,
    without_middle,
};
use crate::ui::{Command, ViewContext};

/// What the words and numbers beside a name take, in points: of a contested actor, the same with a button for the others, of the
/// pair with most conflict, with its measure in full, and of the claim that moves most.
const BESIDE_CONTESTED: (f32, f32) = (86.0, 126.0);
const BESIDE_CONFLICT: (f32, f32) = (66.0, 148.0);
const BESIDE_INFLUENCE: f32 = 92.0;
/// What the warning of few claims takes, in points.
const FEW: f32 = 44.0;
/// The room between texts, in points.
const BETWEEN: f32 = 6.0;
/// What stands between the names of a pair.
const VERSUS: &str = " × ";

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
            tiles(ui, cx, memo, chosen);
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

fn tiles(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, chosen: &mut Option<Chosen>) {
    let incident = memo.key.incident;
    let wanted = [
        claims_width(ui, memo),
        contested_width(ui, &memo.contested),
        agreement_width(ui, cx, memo),
        most_conflicting_width(ui, memo),
        influence_width(ui, cx, incident),
    ];
    let mut claims = |ui: &mut Ui| claims(ui, cx, memo, false);
    let mut contested = |ui: &mut Ui| contested(ui, cx, &memo.contested);
    let mut agreement = |ui: &mut Ui| agreement(ui, cx, memo);
    let mut most = |ui: &mut Ui| most_conflicting(ui, cx, memo, chosen);
    let mut influence = |ui: &mut Ui| influence(ui, cx, incident);
    let [for_claims, for_contested, for_agreement, for_most, for_influence] = wanted;
    let mut tiles = [
        Tile::new(("Independent origins", ""), for_claims, &mut claims),
        Tile::new(("Contested", "Contested"), for_contested, &mut contested),
        Tile::new(("Agreement", "Agreement"), for_agreement, &mut agreement),
        Tile::new(("Most conflict", "Most conflict"), for_most, &mut most),
        Tile::new(("Most influential claim", "Most influential"), for_influence, &mut influence),
    ];
    tiles::show(ui, &mut tiles);
}

/// How wide texts are that stand side by side, the first of them bold, in points.
fn texts_width(ui: &Ui, first: &str, others: &[&str]) -> f32 {
    let regular = FontId::proportional(tokens::BODY);
    let others: f32 = others.iter().map(|text| line_width(ui, text, &regular) + BETWEEN).sum();
    (line_width(ui, first, &bold_font()) + others).ceil() + 1.0
}

fn bold_font() -> FontId {
    FontId::new(tokens::BODY, tokens::bold_family())
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

/// A name in bold that loses its middle where it is wider than a width, in points.
fn shortened(ui: &Ui, name: &str, width: f32) -> String {
    without_middle(ui.painter(), name, &bold_font(), width.max(24.0)).unwrap_or_else(|| name.to_owned())
}

fn claims(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, is_short: bool) {
    let origins = counted(memo.origins, "independent origin");
    let (short, of) = claims_texts(memo, is_short);
    explained(ui, cx, bold(short), &origins, || explain_origins(cx, memo));
    elided(ui, quiet(ui, of)).on_hover_text(
        "Claims that repeat one another, or stand in documents that relay one another, have one origin. Retracted and \
         superseded claims are set aside",
    );
}

/// How many origins, and of how many claims.
fn claims_texts(memo: &Memo, is_short: bool) -> (String, String) {
    let mut of = format!("of {}", counted(memo.claims, "claim"));
    if memo.set_aside > 0 && !is_short {
        of.push_str(&format!(", {} not counted", memo.set_aside));
    }
    (counted(memo.origins, "origin"), of)
}

fn claims_width(ui: &Ui, memo: &Memo) -> f32 {
    let (origins, of) = claims_texts(memo, false);
    texts_width(ui, &origins, &[&of])
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
    one_contested(ui, cx, first, (beside_contested(contested), false));
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

/// The room for the number with its word, and the button with the rest.
const fn beside_contested(contested: &[ContestedActor]) -> f32 {
    if contested.len() > 1 { BESIDE_CONTESTED.1 } else { BESIDE_CONTESTED.0 }
}

fn contested_width(ui: &Ui, contested: &[ContestedActor]) -> f32 {
    contested.first().map_or(0.0, |first| texts_width(ui, &first.name, &[]) + beside_contested(contested))
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
        let name = shortened(ui, &actor.name, room);
        let button = Button::new(bold(name)).frame(false).truncate();
        let tooltip = format!(
            "{}: {} for it, {} against it. Select this actor",
            actor.name,
            counted(actor.origins_for, "origin"),
            counted(actor.origins_against, "origin")
        );
        if named(ui.add(button), &actor.name).on_hover_text(tooltip).clicked() {
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
    let text = overall_text(&overall.alpha, found.observed.is_ok());
    let name = match &overall.alpha {
        Ok(alpha) => format!("Krippendorff's alpha over all incidents {alpha:.2}"),
        Err(undefined) => format!("Krippendorff's alpha over all incidents {undefined}"),
    };
    explained(ui, cx, quiet(ui, text), &name, || overall.explain_alpha(cx.assessment));
    if !overall.caution.is_empty() && overall.alpha.is_ok() {
        let palette = tokens::palette(ui);
        let icon = char::from(Icon::TriangleAlert);
        let text = if ui.available_width() < FEW { icon.to_string() } else { format!("{icon} few") };
        elided(ui, eframe::egui::RichText::new(text).size(tokens::SMALL).color(palette.overlaps))
            .on_hover_text(capitalised(overall.caution));
    }
}

/// Alpha, always with its scope: beside the share of this incident it would else be taken for its alpha.
fn overall_text(alpha: &Measure, is_here_defined: bool) -> String {
    match alpha {
        Ok(alpha) => format!("overall α {alpha:.2}").replace('-', "\u{2212}"),
        Err(_) if is_here_defined => "overall α undefined".to_owned(),
        Err(_) => "here and overall".to_owned(),
    }
}

fn agreement_width(ui: &Ui, cx: &ViewContext<'_>, memo: &Memo) -> f32 {
    let observed = &memo.agreement.observed;
    let here = observed.as_ref().map_or_else(|_| "undefined".to_owned(), |observed| percent(*observed));
    match cx.derived.agreement_stage() {
        Stage::Done(overall) => {
            let few = if overall.caution.is_empty() || overall.alpha.is_err() { 0.0 } else { FEW + BETWEEN };
            texts_width(ui, &here, &[&overall_text(&overall.alpha, observed.is_ok())]) + few
        }
        // As wide as it will be.
        _ => texts_width(ui, &here, &["overall α 0.00"]),
    }
}

/// The pair of sources with the most conflict: their names, where they stand, and how far they are in conflict.
fn most_conflicting_pair(memo: &Memo) -> Option<(&str, &str, usize, usize, f64)> {
    let (row, column, degree) = memo.most_conflicting?;
    let label = |place: usize| memo.heat.labels.get(place).map_or("", String::as_str);
    Some((label(row), label(column), row, column, degree))
}

fn most_conflicting_width(ui: &Ui, memo: &Memo) -> f32 {
    most_conflicting_pair(memo).map_or(0.0, |(first, second, ..)| {
        texts_width(ui, &format!("{first}{VERSUS}{second}"), &[]) + BESIDE_CONFLICT.0
    })
}

fn most_conflicting(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, chosen: &mut Option<Chosen>) {
    let Some((first, second, row, column, degree)) = most_conflicting_pair(memo) else {
        ui.label(quiet(ui, "None"));
        return;
    };
    let text = format!("{first}{VERSUS}{second}");
    // The word in full where it leaves the names enough.
    let wanted = texts_width(ui, &text, &[]);
    let is_whole = ui.available_width() >= wanted + BESIDE_CONFLICT.1;
    let (word, reserved) =
        if is_whole { ("degree of conflict", BESIDE_CONFLICT.1) } else { ("DC", BESIDE_CONFLICT.0) };
    let room = (ui.available_width() - reserved).max(48.0);
    // The second name must not fall away for the first: each has its half, and what the other leaves of its.
    let names = room - texts_width(ui, VERSUS, &[]);
    let width = |name: &str| texts_width(ui, name, &[]);
    let second_room = (names - width(first)).max(names / 2.0);
    let first_room = (names - width(second)).max(names / 2.0);
    let both = format!("{}{VERSUS}{}", shortened(ui, first, first_room), shortened(ui, second, second_room));
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

fn influence_width(ui: &Ui, cx: &ViewContext<'_>, incident: Id<Incident>) -> f32 {
    let Stage::Done(influence) = cx.derived.influence_stage(incident, None) else {
        return texts_width(ui, "Being found…", &[]);
    };
    let claim = influence.strongest_claim().and_then(|(claim, _)| cx.assessment.get(claim));
    claim.map_or(0.0, |claim| texts_width(ui, &claim_sentence(cx, claim), &[]) + BESIDE_INFLUENCE)
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
    let room = (ui.available_width() - BESIDE_INFLUENCE).max(48.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let tooltip = format!("{says}\nWithout this claim {}. Select it", effect.sentence(cx.assessment));
        let button = Button::new(bold(shortened(ui, &says, room))).frame(false).truncate();
        if named(ui.add(button), &says).on_hover_text(tooltip).clicked() {
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
