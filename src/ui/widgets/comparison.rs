//! Two claims side by side: how they stand to each other, why, how strongly they conflict, and what differs.

use std::sync::Arc;

use eframe::egui::{self, Id as EguiId, Label, RichText, Ui, WidgetInfo};

use super::marks::relation_mark;
use super::{grouped, quiet, section_title};
use crate::analysis::relation::Difference;
use crate::analysis::weight::Weight;
use crate::analysis::{Comparison, Measure, Options, Relation};
use crate::edit::Revision;
use crate::model::{Claim, Id};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, bold};

/// From this width on the two claims and the meaning of what differs stand in columns.
const WIDE: f32 = 480.0;

/// What a comparison was made from. The address tells two documents with the same revision apart.
#[derive(Clone, PartialEq)]
struct Key {
    claims: (Id<Claim>, Id<Claim>),
    revision: Revision,
    options: Options,
    address: usize,
}

/// The comparison of two claims, kept until the document changes; `None` where one of them is gone.
fn compare(ui: &Ui, cx: &ViewContext<'_>, left: Id<Claim>, right: Id<Claim>) -> Option<Arc<Comparison>> {
    let address = std::ptr::from_ref(cx.assessment).addr();
    let key = Key { claims: (left, right), revision: cx.revision, options: cx.derived.options(), address };
    let place = EguiId::unique("comparison of claims");
    let kept: Option<(Key, Arc<Comparison>)> = ui.data(|data| data.get_temp(place));
    if let Some((_, comparison)) = kept.filter(|(kept, _)| *kept == key) {
        return Some(comparison);
    }
    let comparison = Arc::new(cx.derived.compare(left, right)?);
    ui.data_mut(|data| data.insert_temp(place, (key, Arc::clone(&comparison))));
    Some(comparison)
}

/// Draws two claims side by side and what differs, in the available width.
pub fn comparison(ui: &mut Ui, cx: &ViewContext<'_>, left: Id<Claim>, right: Id<Claim>) {
    let (Some(first), Some(second)) = (cx.assessment.get(left), cx.assessment.get(right)) else { return };
    let Some(found) = compare(ui, cx, left, right) else { return };
    let names = [cx.assessment.name_of(first.source), cx.assessment.name_of(second.source)];
    let [first_name, second_name] = &names;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::GRID;
        relation_mark(ui, found.relation);
        ui.add(Label::new(bold(found.sentence(first_name, second_name))).wrap());
    });
    conflict(ui, &found);
    if found.conflict.is_ok() {
        no_belief(ui, cx, &[(first, first_name), (second, second_name)]);
    }
    ui.add_space(tokens::PADDING);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::PADDING;
        let half = (ui.available_width() - tokens::PADDING) / 2.0;
        for (claim, name) in [(first, first_name), (second, second_name)] {
            column(ui, half, |ui| one_claim(ui, cx, claim, name));
        }
    });
    ui.add_space(tokens::PADDING);
    section_title(ui, "What differs");
    if found.differences.is_empty() {
        ui.label(quiet(ui, "Nothing: they say the same in every field that is compared"));
        return;
    }
    if ui.available_width() >= WIDE {
        table(ui, &names, &found.differences);
    } else {
        found.differences.iter().for_each(|difference| stacked(ui, &names, difference));
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

fn conflict(ui: &mut Ui, found: &Comparison) {
    let text = |name: &str, measure: &Measure| match measure {
        Ok(value) => format!("{name} {value:.2}"),
        Err(undefined) => format!("{name} {undefined}"),
    };
    let palette = tokens::palette(ui);
    let degree = RichText::new(text("Degree of conflict", &found.conflict)).color(palette.quiet);
    let hover = "Projected distance × conjunctive certainty, from 0 (agreement or ignorance) to 1 (certain opposites)";
    ui.add(Label::new(degree).wrap()).on_hover_text(hover);
    if found.dempster_k.is_ok() {
        let k = RichText::new(text("Dempster's K", &found.dempster_k)).color(palette.quiet);
        let hover = "The belief that the two give to sets without a common member: 0 for nested claims";
        ui.add(Label::new(k).wrap()).on_hover_text(hover);
    }
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
    let name = bold(source);
    let button = ui.add(egui::Button::new(name).frame_when_inactive(false).truncate());
    let spoken = format!("Show the claim of {source}");
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &spoken));
    if button.on_hover_text(spoken).clicked() {
        cx.select(claim.id);
    }
    ui.add(Label::new(quiet(ui, format!("{} · {date}", claim.stance.label()))).wrap());
    ui.add(Label::new(cx.assessment.proposition_text(claim)).wrap());
    if !claim.quote.is_empty() {
        ui.add(Label::new(quiet(ui, format!("“{}”", claim.quote))).wrap());
    }
}

/// One field after another: for a narrow panel.
fn stacked(ui: &mut Ui, names: &[String; 2], difference: &Difference) {
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

/// A table with a row for each field.
fn table(ui: &mut Ui, names: &[String; 2], differences: &[Difference]) {
    let [first, second] = names;
    let line = tokens::palette(ui).line;
    let field_width = 88.0;
    let rest = (ui.available_width() - field_width - 3.0 * tokens::SECTION_GAP) / 3.0;
    let row = |ui: &mut Ui, cells: [RichText; 4]| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::SECTION_GAP;
            for (place, cell) in cells.into_iter().enumerate() {
                let width = if place == 0 { field_width } else { rest };
                column(ui, width, |ui| ui.add(Label::new(cell).wrap()));
            }
        });
        let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
        ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, line));
    };
    row(ui, [quiet(ui, "Field"), quiet(ui, first), quiet(ui, second), quiet(ui, "What it means")]);
    for difference in differences {
        let cells = [
            bold(difference.field.label()),
            RichText::new(&difference.left),
            RichText::new(&difference.right),
            quiet(ui, &difference.meaning),
        ];
        row(ui, cells);
    }
}
