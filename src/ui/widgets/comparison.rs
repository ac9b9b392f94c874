//! Two claims side by side: how they stand to each other, why, how strongly they conflict, and what differs.

mod side_by_side;

use std::sync::Arc;

use eframe::egui::{self, Label, Ui, WidgetInfo};

use super::marks::relation_mark;
use super::{degree_text, explained, grouped, quiet, section_title};
use crate::analysis::alternatives::{Alternative, Change, alternatives};
use crate::analysis::explain::Explanation;
use crate::analysis::relation::{FieldPair, explain_conflict, explain_dempster_k, explain_similarity};
use crate::analysis::weight::Weight;
use crate::analysis::{Comparison, Measure, Options, Relation};
use crate::edit::Revision;
use crate::model::{Claim, Id};
use crate::ui::tokens::{self, bold};
use crate::ui::{Command, ViewContext};

/// From this width on the two claims stand side by side.
const WIDE: f32 = 440.0;

/// What is kept of two claims that are set against each other.
struct Found {
    comparison: Comparison,
    alternatives: Vec<Alternative>,
}

/// What a comparison was made from. The address tells two documents with the same revision apart.
#[derive(Clone, PartialEq)]
struct Key {
    claims: (Id<Claim>, Id<Claim>),
    revision: Revision,
    options: Options,
    address: usize,
}

/// The comparison of two claims, kept until the document changes; `None` where one of them is gone.
fn compare(ui: &Ui, cx: &ViewContext<'_>, left: Id<Claim>, right: Id<Claim>) -> Option<Arc<Found>> {
    let address = std::ptr::from_ref(cx.assessment).addr();
    let key = Key { claims: (left, right), revision: cx.revision, options: cx.derived.options(), address };
    // The inspector and a view can each show a pair, at the same time.
    let place = ui.make_persistent_id("comparison of claims");
    let kept: Option<(Key, Arc<Found>)> = ui.data(|data| data.get_temp(place));
    if let Some((_, found)) = kept.filter(|(kept, _)| *kept == key) {
        return Some(found);
    }
    let comparison = cx.derived.compare(left, right)?;
    let found = Arc::new(Found { comparison, alternatives: alternatives(cx.derived, left, right) });
    ui.data_mut(|data| data.insert_temp(place, (key, Arc::clone(&found))));
    Some(found)
}

/// Draws two claims side by side and what differs, in the available width.
pub fn comparison(ui: &mut Ui, cx: &ViewContext<'_>, left: Id<Claim>, right: Id<Claim>) {
    let (Some(first), Some(second)) = (cx.assessment.get(left), cx.assessment.get(right)) else { return };
    let Some(found) = compare(ui, cx, left, right) else { return };
    let names = [cx.assessment.name_of(first.source), cx.assessment.name_of(second.source)];
    let [first_name, second_name] = &names;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        relation_mark(ui, found.comparison.relation);
        ui.add(Label::new(bold(found.comparison.sentence(first_name, second_name))).wrap());
    });
    conflict(ui, cx, &found.comparison, first, second);
    if found.comparison.conflict.is_ok() {
        no_belief(ui, cx, &[(first, first_name), (second, second_name)]);
    }
    for alternative in &found.alternatives {
        would_change(ui, cx, alternative, &names);
    }
    ui.add_space(tokens::GRID);
    if ui.available_width() >= WIDE {
        side_by_side::show(ui, cx, [first, second], &names, &found.comparison);
    } else {
        for (claim, name) in [(first, first_name), (second, second_name)] {
            one_claim(ui, cx, claim, name);
            ui.add_space(tokens::GRID);
        }
        section_title(ui, "What differs");
        found.comparison.differences().for_each(|difference| stacked(ui, &names, difference));
        same_fields(ui, &found.comparison);
    }
}

/// One thing that would change the relation; a click does it.
fn would_change(ui: &mut Ui, cx: &ViewContext<'_>, alternative: &Alternative, names: &[String; 2]) {
    let [first, second] = names;
    let sentence = alternative.sentence(cx.assessment, first, second);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        relation_mark(ui, alternative.relation);
        let text = quiet(ui, &sentence);
        let button = egui::Button::new(text).frame_when_inactive(false).wrap();
        let tooltip = match alternative.change {
            Change::IgnorePeriod | Change::Level(_) => "Look at all claims so",
            Change::Accept(_) | Change::Refuse(_) => "Switch this link; undo takes it back",
        };
        if ui.add(button).on_hover_text(tooltip).clicked() {
            apply(cx, alternative.change);
        }
    });
}

fn apply(cx: &ViewContext<'_>, change: Change) {
    let options = cx.derived.options();
    match change {
        Change::IgnorePeriod => cx.send(Command::SetOptions(Options { ignore_period: true, ..options })),
        Change::Level(level) => cx.send(Command::SetOptions(Options { level, ..options })),
        Change::Accept(link) => cx.accept_link(link, true),
        Change::Refuse(link) => cx.accept_link(link, false),
    }
}

/// A column of that width, as high as what is in it.
fn column<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) {
    ui.allocate_ui_with_layout(egui::vec2(width, 18.0), egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width);
        add(ui);
    });
}

/// A relation with its mark, and how many pairs or claims stand in it.
pub fn relation_count(ui: &mut Ui, relation: Relation, count: u64) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        relation_mark(ui, relation);
        ui.label(relation.label());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(grouped(usize::try_from(count).unwrap_or(usize::MAX)))
        });
    });
}

fn conflict(ui: &mut Ui, cx: &ViewContext<'_>, found: &Comparison, left: &Claim, right: &Claim) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(tokens::SECTION_GAP, 2.0);
        let mut number = |name: &str, measure: &Measure, explain: &dyn Fn() -> Explanation| match measure {
            Ok(value) => {
                let text = format!("{name} {}", degree_text(*value));
                explained(ui, cx, quiet(ui, &text), &text, explain);
            }
            Err(undefined) => {
                ui.add(Label::new(quiet(ui, format!("{name} {undefined}"))).wrap());
            }
        };
        number("Degree of conflict", &found.conflict, &|| {
            explain_conflict(cx.assessment, found, left, right)
        });
        if found.dempster_k.is_ok() {
            number("Dempster's K", &found.dempster_k, &|| {
                explain_dempster_k(cx.assessment, found, left, right)
            });
        }
        if found.similarity.is_ok() {
            number("Similarity", &found.similarity, &|| {
                explain_similarity(cx.assessment, found, left, right)
            });
        }
    });
}

/// Says which of the claims carries no belief: without that a contradiction with a degree of conflict of 0 is a riddle.
fn no_belief(ui: &mut Ui, cx: &ViewContext<'_>, claims: &[(&Claim, &String)]) {
    for (claim, name) in claims {
        let weight = Weight::of(cx.assessment, claim);
        if weight.trust <= 0.0 {
            let grade = format!("{}{}", weight.reliability.letter(), weight.credibility.digit());
            let text = format!("{name} is graded {grade} here, which cannot be judged and carries no belief");
            ui.add(Label::new(quiet(ui, text)).wrap());
        }
    }
}

fn one_claim(ui: &mut Ui, cx: &ViewContext<'_>, claim: &Claim, source: &str) {
    let date = claim.stated_on.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    claim_button(ui, cx, claim, source);
    ui.add(Label::new(quiet(ui, format!("{} · {date}", claim.stance.label()))).wrap());
    ui.add(Label::new(cx.assessment.proposition_text(claim)).wrap());
    if !claim.quote.is_empty() {
        ui.add(Label::new(quiet(ui, format!("“{}”", claim.quote))).wrap());
    }
}

fn claim_button(ui: &mut Ui, cx: &ViewContext<'_>, claim: &Claim, source: &str) {
    let button = ui.add(egui::Button::new(bold(source)).frame_when_inactive(false).truncate());
    let spoken = format!("Show the claim of {source}");
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &spoken));
    if button.on_hover_text(spoken).clicked() {
        cx.select(claim.id);
    }
}

/// The fields in which two claims do not differ, in one quiet line.
fn same_fields(ui: &mut Ui, found: &Comparison) {
    let same = found.fields.iter().filter(|field| !field.is_different());
    let names: Vec<&str> = same.map(|field| field.field.label()).collect();
    if !names.is_empty() {
        ui.add_space(tokens::GRID);
        ui.add(Label::new(quiet(ui, format!("Same: {}", names.join(", ").to_lowercase()))).wrap());
    }
}

/// One field after another: for a narrow panel.
fn stacked(ui: &mut Ui, names: &[String; 2], difference: &FieldPair) {
    let [first, second] = names;
    ui.add_space(tokens::GRID);
    ui.label(bold(difference.field.label()));
    for (name, value) in [(first, &difference.left), (second, &difference.right)] {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.allocate_ui_with_layout(
                egui::vec2(super::fields::LABEL_WIDTH, 18.0),
                egui::Layout::left_to_right(egui::Align::Min),
                |ui| {
                    ui.set_min_width(super::fields::LABEL_WIDTH);
                    ui.set_max_width(super::fields::LABEL_WIDTH);
                    ui.add(Label::new(quiet(ui, name)).truncate());
                },
            );
            ui.add(Label::new(value.as_str()).wrap());
        });
    }
    ui.add(Label::new(quiet(ui, &difference.meaning).size(tokens::SMALL)).wrap());
}
