//! What several analysts come to when their judgements are pooled.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, DragValue, FontId, Galley, Grid, Label, Layout, Response, Role, ScrollArea, Sense, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::memo::Memo;
use super::{State, section};
use crate::analysis::charts::ChartTable;
use crate::analysis::judgement::pool::extremising_factor;
use crate::analysis::judgement::wording::wording;
use crate::analysis::judgement::{PoolMethod, PooledJudgements};
use crate::analysis::percent::percent;
use crate::ui::ViewContext;
use crate::ui::tokens::{self, bold};
use crate::ui::widgets::{copy_table_button, explained, fields, quiet, segmented};

/// The room for the names of analysts, in points.
const NAMES: f32 = 150.0;
/// The room for the divergence, in points.
const DIVERGENCE: f32 = 92.0;
/// The least and the greatest width of an answer, in points.
const LEAST_ANSWER: f32 = 64.0;
const WIDEST_ANSWER: f32 = 120.0;
/// The room between two columns, in points.
const GAP: f32 = 14.0;
/// The greatest factor that can be set.
const MOST: f64 = 4.0;

/// Draws the part.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let pooled = &memo.pooled;
    section(ui, "Analysts together", |ui| {
        if pooled.rows.len() > 1 {
            copy_table_button(ui, cx, "Copy the pool as a table", || table(cx, memo, pooled));
        }
    });
    if pooled.rows.len() < 2 {
        let text = match pooled.rows.first() {
            None => "Nobody has judged this incident yet".to_owned(),
            Some(row) => {
                let name = cx.assessment.name_of(row.analyst);
                format!("Only {name} has judged this incident: pooling begins with two analysts")
            }
        };
        ui.add(Label::new(quiet(ui, text)).wrap());
        return;
    }
    methods(ui, pooled, state);
    ui.add(Label::new(quiet(ui, pooled.pool.method.about()).size(tokens::SMALL)).wrap());
    ui.add_space(2.0);
    ScrollArea::horizontal().id_salt("judgement pool").show(ui, |ui| grid(ui, cx, memo, pooled));
    if let Err(undefined) = &pooled.pooled {
        fields::problem(ui, &format!("The pool is {undefined}"), false);
    }
    agreement(ui, cx, pooled);
    if !pooled.folded.is_empty() {
        let names: Vec<String> = pooled.folded.iter().map(|id| memo.name_of(Some(*id))).collect();
        let text = format!(
            "{} not known to every judgement, since some are older: pooled within “none of these”",
            match names.as_slice() {
                [one] => format!("{one} is"),
                many => format!("{} are", many.join(", ")),
            }
        );
        ui.add(Label::new(quiet(ui, text).size(tokens::SMALL)).wrap());
    }
}

/// How far the analysts agree in what they give the answers.
fn agreement(ui: &mut Ui, cx: &ViewContext<'_>, pooled: &PooledJudgements) {
    let [alpha, _] = &pooled.alpha;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(quiet(ui, "Agreement").size(tokens::SMALL));
        let (text, spoken) = match alpha {
            Ok(alpha) => {
                (format!("α {alpha:.2}"), format!("Krippendorff's alpha of the analysts {alpha:.2}"))
            }
            Err(undefined) => {
                ("α undefined".to_owned(), format!("Krippendorff's alpha of the analysts {undefined}"))
            }
        };
        let text = quiet(ui, text).size(tokens::SMALL);
        explained(ui, cx, text, &spoken, || pooled.explain_alpha(cx.assessment));
    });
}

fn methods(ui: &mut Ui, pooled: &PooledJudgements, state: &mut State) {
    ui.horizontal_wrapped(|ui| {
        let about = |it: PoolMethod| format!("{}\n{}\n{}", it.formula(), it.about(), it.source());
        let abouts: Vec<_> = PoolMethod::ALL.iter().map(|it| (*it, about(*it))).collect();
        let choices: Vec<_> = abouts.iter().map(|(it, about)| (*it, it.label(), about.as_str())).collect();
        segmented(ui, &mut state.pool.method, &choices);
        if state.pool.method == PoolMethod::ExtremisedOdds {
            let usual = extremising_factor(pooled.rows.len());
            let mut factor = state.pool.factor_for(pooled.rows.len());
            let label = ui.label(quiet(ui, "Factor d"));
            let value = DragValue::new(&mut factor).range(1.0..=MOST).speed(0.01).fixed_decimals(2);
            let response = ui.add(value).labelled_by(label.id);
            if response.changed() {
                state.pool.factor = ((factor - usual).abs() > 0.005).then_some(factor);
            }
            response.on_hover_text(format!(
                "How far the log-odds are moved away from even: 1 not at all, {usual:.2} for so many analysts after Neyman and \
                 Roughgarden 2021; Satopää and others found 1.16 to 3.92 in forecasts"
            ));
        }
    });
}

fn grid(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, pooled: &PooledJudgements) {
    // What the names and the divergence leave, shared out.
    let count = pooled.answers.len().max(1) as f32;
    let room = ui.available_width() - NAMES - DIVERGENCE - (count + 1.0) * GAP;
    let width = (room / count).clamp(LEAST_ANSWER, WIDEST_ANSWER).floor();
    Grid::new("judgement pool").spacing([GAP, 3.0]).min_col_width(44.0).show(ui, |ui| {
        ui.label("");
        for answer in &pooled.answers {
            let name = if answer.is_some() { memo.name_of(*answer) } else { "None of these".to_owned() };
            wrapped(ui, vec2(width, 0.0), &name);
        }
        wrapped(ui, vec2(DIVERGENCE, 0.0), "Divergence from the pool, bits")
            .on_hover_text("Jensen–Shannon divergence: 0 the same, 1 nothing in common");
        ui.end_row();
        for row in &pooled.rows {
            ui.scope(|ui| {
                ui.set_max_width(NAMES);
                let name = cx.assessment.name_of(row.analyst);
                let text = if row.is_repaired { format!("{name} *") } else { name };
                // At the left edge, like the name of the pool below it.
                ui.spacing_mut().button_padding.x = 0.0;
                let button = eframe::egui::Button::new(text).frame_when_inactive(false).truncate();
                let hover = if row.is_repaired {
                    "This judgement does not sum to 100 %, and was scaled. Select it"
                } else {
                    "Select this judgement"
                };
                if ui.add(button).on_hover_text(hover).clicked() {
                    cx.select(row.judgement);
                }
            });
            for share in &row.shares {
                at_right(ui, width, |ui| ui.label(percent(*share)));
            }
            match &row.divergence {
                Ok(bits) => {
                    let apart = format!("{bits:.3}");
                    let name = cx.assessment.name_of(row.analyst);
                    let spoken = format!("Divergence of {name} from the pool: {apart} bits");
                    let text = quiet(ui, apart);
                    at_right(ui, DIVERGENCE, |ui| {
                        explained(ui, cx, text, &spoken, || pooled.explain_divergence(cx.assessment, row))
                    });
                }
                Err(_) => {
                    let text = quiet(ui, "–");
                    at_right(ui, DIVERGENCE, |ui| ui.label(text));
                }
            }
            ui.end_row();
        }
        ui.label(bold("Together"));
        if let Ok(shares) = &pooled.pooled {
            for (place, share) in shares.iter().enumerate() {
                let name = pooled.answers.get(place).map_or_else(String::new, |it| memo.name_of(*it));
                let spoken = format!("Pooled probability of {name}: {}", percent(*share));
                at_right(ui, width, |ui| {
                    explained(ui, cx, bold(percent(*share)), &spoken, || pooled.explain(cx.assessment, place))
                });
            }
        }
        ui.end_row();
        ui.label("");
        if let Ok(shares) = &pooled.pooled {
            let standard = cx.assessment.header.standard;
            let words: Vec<_> = shares.iter().map(|share| wording(standard, *share)).collect();
            // From one height on, in however many lines each stands.
            let heights = words.iter().map(|found| wrapped_galley(ui, width, &found.label()).size().y);
            let height = heights.fold(0.0, f32::max);
            for found in words {
                wrapped(ui, vec2(width, height), &found.label()).on_hover_text(found.explain(standard));
            }
        }
        ui.end_row();
    });
}

/// A number at the right end of its column, so that those of one column stand under one another.
fn at_right<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(width, ui.spacing().interact_size.y);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(width);
        add(ui)
    })
    .inner
}

fn wrapped_galley(ui: &Ui, width: f32, text: &str) -> Arc<Galley> {
    let colour = tokens::palette(ui).quiet;
    let mut job = LayoutJob::simple(text.to_owned(), FontId::proportional(tokens::SMALL), colour, width);
    job.halign = Align::RIGHT;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A quiet text in as many lines as it needs within a width, at the right end of its column like the numbers, and at the top of
/// a height.
fn wrapped(ui: &mut Ui, least: Vec2, text: &str) -> Response {
    let colour = tokens::palette(ui).quiet;
    let galley = wrapped_galley(ui, least.x, text);
    let size = vec2(least.x, galley.size().y.max(least.y));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().galley(rect.right_top(), galley, colour);
    response
}

fn table(cx: &ViewContext<'_>, memo: &Memo, pooled: &PooledJudgements) -> ChartTable {
    let mut headers = vec!["Analyst".to_owned()];
    headers.extend(pooled.answers.iter().map(|answer| memo.name_of(*answer)));
    headers.push("Divergence from the pool, bits".to_owned());
    let mut table = ChartTable { headers, rows: Vec::new() };
    let line = |name: String, shares: &[f64], apart: String| {
        let mut row = vec![name];
        row.extend(shares.iter().map(ToString::to_string));
        row.push(apart);
        row
    };
    for row in &pooled.rows {
        let apart = row.divergence.as_ref().map_or_else(ToString::to_string, ToString::to_string);
        table.rows.push(line(cx.assessment.name_of(row.analyst), &row.shares, apart));
    }
    if let Ok(shares) = &pooled.pooled {
        let name = format!("Together ({})", pooled.pool.method.label().to_lowercase());
        table.rows.push(line(name, shares, String::new()));
    }
    table
}
