//! Which incident, whose ratings, whose margin, which changes, and what the lead rests on.

use eframe::egui::{
    Align, Button, ComboBox, Label, Layout, Response, ScrollArea, TextStyle, Ui, WidgetText, vec2,
};

use super::State;
use super::memo::Memo;
use crate::analysis::ach::sensitivity::ChangeKind;
use crate::analysis::charts::{SensitivityChart, WeighingNames};
use crate::ui::ViewContext;
use crate::ui::tokens::bold;
use crate::ui::views::whose;
use crate::ui::widgets::{
    BETWEEN_PARTS, as_table, checkbox, elided, explained, figure_and_copy, grouped, quiet,
};

/// The least width of the choice of changes, in points.
const KINDS: f32 = 92.0;
const ONLY_FLIPS: &str = "Only what ends the lead";

/// Draws the lines of tools and the sentences.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_table, "Chart");
            if let Some(chart) = memo.chart().filter(|_| !memo.is_stale()) {
                figure_and_copy(
                    ui,
                    cx,
                    ("Export the changes as a figure…", || state.tornado_settings()),
                    ("Copy the changes as a table", || chart.table()),
                );
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "sensitivity");
            });
        });
    });
    if memo.hypotheses == 0 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        whose::show(ui, cx, "sensitivity", &mut state.raters, &memo.raters);
        if let Some(chart) = memo.chart() {
            subject(ui, chart, state);
        }
        kinds(ui, state);
    });
    if let Some(chart) = memo.chart() {
        ui.scope(|ui| {
            if memo.is_stale() {
                ui.set_opacity(super::DIMMED);
            }
            sentences(ui, cx, chart);
        });
    }
}

/// The choice of the hypothesis whose margin is looked at.
fn subject(ui: &mut Ui, chart: &SensitivityChart, state: &mut State) {
    let name = |column: &crate::analysis::charts::sensitivity::LeadColumn| {
        format!("{} {}", column.name, column.answer)
    };
    let label = ui.label(quiet(ui, "Margin of"));
    let shown = chart.subject().map_or_else(|| "–".to_owned(), name);
    // As wide as its text, while what follows has room in the same line.
    let spacing = ui.spacing();
    let beside = spacing.icon_width + spacing.icon_spacing + 2.0 * spacing.button_padding.x + 2.0;
    let needed = text_width(ui, &shown) + beside;
    let free = ui.available_size_before_wrap().x - kinds_width(ui, state);
    let width = needed.min(free).max(140.0);
    let combo = ui.scope(|ui| {
        ui.set_max_width(width);
        ComboBox::from_id_salt("sensitivity subject").selected_text(shown).width(width).truncate().show_ui(
            ui,
            |ui| {
                for column in chart.columns.iter().filter(|column| column.score.is_some()) {
                    let is_shown =
                        chart.subject().is_some_and(|subject| subject.hypothesis == column.hypothesis);
                    if ui.selectable_label(is_shown, name(column)).clicked() {
                        state.subject = Some(column.hypothesis);
                    }
                }
            },
        )
    });
    combo
        .inner
        .response
        .labelled_by(label.id)
        .on_hover_text("How far the best of the others is behind it, and what each change makes of that");
}

/// What a choice of changes is called.
fn kind_name(kind: Option<ChangeKind>) -> &'static str {
    kind.map_or("All changes", ChangeKind::label)
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    WidgetText::from(text).into_galley(ui, None, f32::INFINITY, TextStyle::Button).size().x.ceil()
}

/// How wide the choice of changes is with the room before it, in points.
fn kinds_width(ui: &Ui, state: &State) -> f32 {
    let spacing = ui.spacing();
    let (icon, padding) = (spacing.icon_width + spacing.icon_spacing, 2.0 * spacing.button_padding.x);
    let kind = (text_width(ui, kind_name(state.filter.kind)) + icon + padding).max(KINDS);
    let only = icon + text_width(ui, ONLY_FLIPS) + padding;
    kind + only + 3.0 * spacing.item_spacing.x
}

fn kinds(ui: &mut Ui, state: &mut State) {
    let name = kind_name;
    let combo = ComboBox::from_id_salt("sensitivity kinds")
        .selected_text(name(state.filter.kind))
        .width(KINDS)
        .show_ui(ui, |ui| {
            for kind in std::iter::once(None).chain(ChangeKind::ALL.map(Some)) {
                ui.selectable_value(&mut state.filter.kind, kind, name(kind));
            }
        });
    crate::ui::widgets::fields::name(&combo.response, "Which changes");
    checkbox(ui, &mut state.filter.only_flips, ONLY_FLIPS).on_hover_text(
        "Shows those changes alone after which another hypothesis leads, or several are level",
    );
}

/// What the lead rests on.
fn sentences(ui: &mut Ui, cx: &ViewContext<'_>, chart: &SensitivityChart) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if !chart.names_sets {
                sets(ui, cx, chart);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                elided(ui, bold(chart.lead.as_str()));
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        if let Some(subject) = chart.subject() {
            let text = match &subject.margin {
                Ok(margin) => format!("{margin:.2}"),
                Err(_) => "undefined".to_owned(),
            };
            ui.label(quiet(ui, format!("Margin of {}", subject.name)));
            let name = format!("Margin of {}: {text}", subject.name);
            explained(ui, cx, bold(text.replace('-', "\u{2212}")), &name, || chart.explain_lead(subject));
            ui.add_space(BETWEEN_PARTS);
        }
        if !chart.passed_over.is_empty() {
            part(ui, &chart.passed_over);
            ui.add_space(BETWEEN_PARTS);
        }
        let (tried, still) = chart.tried;
        let text = if still == 0 {
            format!("{} changes tried", grouped(tried))
        } else {
            format!("{} changes tried, {} of them move nothing", grouped(tried), grouped(still))
        };
        part(ui, &text).on_hover_text("What moves nothing stands in the table alone");
        if !chart.singles.is_empty() {
            ui.add_space(BETWEEN_PARTS);
            part(ui, &chart.singles);
        }
    });
}

/// One of the facts of the line, in quiet words: in one piece, where a line has room for it.
fn part(ui: &mut Ui, text: &str) -> Response {
    let label = Label::new(quiet(ui, text));
    let galley = WidgetText::from(text).into_galley(ui, None, f32::INFINITY, TextStyle::Body);
    let fits = galley.size().x <= ui.max_rect().width();
    ui.add(if fits { label.extend() } else { label.wrap() })
}

/// The evidence of the smallest sets, by name; a click shows it.
fn sets(ui: &mut Ui, cx: &ViewContext<'_>, chart: &SensitivityChart) {
    let text = match chart.sets.as_slice() {
        [set] => format!("Which {} items", grouped(set.evidence.len())),
        sets => format!("Which {} sets", grouped(sets.len())),
    };
    let menu = ui.menu_button(text, |ui| {
        ui.set_width(420.0);
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            let names = WeighingNames::new(cx.assessment, chart.incident);
            for set in &chart.sets {
                ui.add(Label::new(bold(set.sentence_in_short())).wrap());
                for id in &set.evidence {
                    let statement = cx.assessment.get(*id).map_or("", |it| it.statement.as_str());
                    let name = format!("{} {statement}", names.evidence(*id));
                    let button = Button::new(name.as_str()).frame_when_inactive(false).truncate();
                    if ui.add(button).on_hover_text(&name).clicked() {
                        cx.select(*id);
                    }
                }
            }
        });
    });
    menu.response
        .on_hover_text("The smallest sets of evidence without which the leader is not alone in front");
}
