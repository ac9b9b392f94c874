//! Which incident, how claims are looked at, by which rule they are fused, and what came out of it.

use eframe::egui::{Align, Button, ComboBox, Label, Layout, Ui};

use super::State;
use super::memo::Memo;
use crate::analysis::Measure;
use crate::analysis::fusion::{Number, about, about_discount};
use crate::analysis::percent::percent;
use crate::edit::{Edit, Transaction};
use crate::model::{Claim, FusionRule, Header, Id, Methods, Role, TrustDiscount};
use crate::ui::ViewContext;
use crate::ui::figure::FigureSettings;
use crate::ui::tokens::bold;
use crate::ui::views::disagreement::toolbar::options;
use crate::ui::widgets::{
    BETWEEN_PARTS, as_table, counted, degree_text, explained, figure_and_copy, grouped, quiet, segmented,
};

/// Draws the lines of tools and the summary.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            state.legend.show(ui);
            as_table(ui, &mut state.shows_table, "Chart");
            if !state.shows_rules {
                let settings = || FigureSettings::Belief(state.figure_settings());
                figure_and_copy(
                    ui,
                    cx,
                    ("Export belief as a figure…", settings),
                    ("Copy belief as a table", || memo.chart.table()),
                );
            }
            let one = "Belief to plausibility for each actor, under the rule that is chosen";
            let all = "What each of the eight rules makes of the same claims, side by side";
            segmented(ui, &mut state.shows_rules, &[(false, "One rule", one), (true, "All rules", all)]);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                state.incident.show(ui, cx, "belief");
            });
        });
    });
    let mut has_room = true;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        rule(ui, cx, memo, state);
        discount(ui, cx, memo, state);
        use_for_assessment(ui, cx, memo, state);
        if ui.available_size_before_wrap().x > 340.0 {
            options(ui, cx, &[]);
        } else {
            has_room = false;
        }
    });
    if !has_room {
        // A line of their own, so that no label stands apart from its field.
        ui.horizontal(|ui| options(ui, cx, &[]));
    }
    summary(ui, cx, memo);
}

/// What marks the assessment's own convention in a list of choices.
fn choice(label: &str, is_convention: bool) -> String {
    if is_convention { format!("{label} (this assessment’s)") } else { label.to_owned() }
}

fn rule(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let convention = cx.assessment.header.methods.fusion;
    let mut rule = memo.key.rule;
    let label = ui.label(quiet(ui, "Rule"));
    let combo =
        ComboBox::from_id_salt("belief rule").selected_text(rule.label()).width(196.0).show_ui(ui, |ui| {
            for other in FusionRule::ALL {
                let about = about(*other);
                let text = choice(other.label(), *other == convention);
                ui.selectable_value(&mut rule, *other, text)
                    .on_hover_text(format!("{}\n{}\n{}", about.assumes, about.fits, about.misleads));
            }
        });
    let about = about(rule);
    combo
        .response
        .labelled_by(label.id)
        .on_hover_text(format!("{}\n{}\n{}\n{}", about.assumes, about.fits, about.misleads, about.source));
    set_rule(cx, state, rule);
}

/// Shows a rule; the assessment's own is followed, whatever it becomes.
pub(super) fn set_rule(cx: &ViewContext<'_>, state: &mut State, rule: FusionRule) {
    state.rule = (rule != cx.assessment.header.methods.fusion).then_some(rule);
}

fn discount(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let convention = cx.assessment.header.methods.discount;
    let mut discount = memo.key.discount;
    let label = ui.label(quiet(ui, "Trust"));
    let combo = ComboBox::from_id_salt("belief discount")
        .selected_text(discount.label())
        .width(150.0)
        .show_ui(ui, |ui| {
            for other in TrustDiscount::ALL {
                ui.selectable_value(&mut discount, *other, choice(other.label(), *other == convention))
                    .on_hover_text(about_discount(*other));
            }
        });
    combo.response.labelled_by(label.id).on_hover_text(about_discount(discount));
    state.discount = (discount != convention).then_some(discount);
}

/// Where the view fuses otherwise than the assessment: a button that makes it the convention, and one back.
fn use_for_assessment(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let header = &cx.assessment.header;
    let (fusion, discount) = (memo.key.rule, memo.key.discount);
    if (fusion, discount) == (header.methods.fusion, header.methods.discount) {
        ui.label(quiet(ui, "(as the assessment has it)")).on_hover_text(
            "These are the conventions that stand in the assessment; other choices change this view alone",
        );
        return;
    }
    let explained = format!(
        "Makes it the convention of the assessment, for every view and number: now it is {} with {} trust",
        header.methods.fusion.label(),
        header.methods.discount.label().to_lowercase()
    );
    if ui.add(Button::new("Use for this assessment")).on_hover_text(explained).clicked() {
        let methods = Methods { fusion, discount, ..header.methods.clone() };
        let header = Header { methods, ..header.clone() };
        let label = format!("Fuse by {}", fusion.label());
        cx.edit(Transaction::new(label, vec![Edit::SetHeader(header.into())]));
        (state.rule, state.discount) = (None, None);
    }
    if ui.add(Button::new("Back")).on_hover_text("Back to the conventions of the assessment").clicked() {
        (state.rule, state.discount) = (None, None);
    }
}

fn summary(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo) {
    let chart = &memo.chart;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 2.0);
        number(ui, cx, memo, "Left open", &chart.uncertainty, Number::Uncertainty);
        ui.add_space(BETWEEN_PARTS);
        number(ui, cx, memo, "Conflict K", &chart.conflict, Number::Conflict);
        ui.add_space(BETWEEN_PARTS);
        ui.label(bold(counted(chart.claims, "claim")));
        ui.label(quiet(ui, "from"));
        ui.label(bold(counted(chart.origins.len(), "independent origin")))
            .on_hover_text("Claims that repeat one another are averaged first, and count as one origin");
        if chart.role != Role::Perpetrator {
            ui.add_space(BETWEEN_PARTS);
            ui.label(quiet(ui, format!("role: {}", chart.role.label().to_lowercase())));
        }
        let ignorant = || {
            chart.origins.iter().filter_map(|origin| {
                let reason = origin.ignorance?;
                Some((origin.claim, [&origin.source, &origin.says, reason.label()]))
            })
        };
        let count = ignorant().count();
        if count > 0 {
            let verb = if count == 1 { "counts" } else { "count" };
            list(ui, cx, &format!("{} {verb} as ignorance", grouped(count)), count, ignorant());
        }
        let count = chart.left_out.len();
        if count > 0 {
            let left_out = chart
                .left_out
                .iter()
                .map(|left| (left.claim, [left.source.as_str(), left.says.as_str(), left.reason.label()]));
            list(ui, cx, &format!("{} left out", grouped(count)), count, left_out);
        }
        if memo.set_aside > 0 {
            ui.add_space(BETWEEN_PARTS);
            let text = format!("{} retracted or superseded, not counted", grouped(memo.set_aside));
            ui.add(Label::new(quiet(ui, text)).extend());
        }
    });
}

fn number(ui: &mut Ui, cx: &ViewContext<'_>, memo: &Memo, name: &str, value: &Measure, number: Number) {
    ui.label(quiet(ui, name));
    let text = match value {
        // A degree, and no probability.
        Ok(value) if number == Number::Conflict => degree_text(*value),
        Ok(value) => percent(*value),
        Err(_) => "undefined".to_owned(),
    };
    let spoken = format!("{name}: {text}");
    explained(ui, cx, bold(text), &spoken, || memo.chart.explain(cx.derived, number));
}

/// A count that opens the list of what it counts; each line leads to its claim.
fn list<'a>(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    text: &str,
    count: usize,
    entries: impl Iterator<Item = (Id<Claim>, [&'a str; 3])>,
) {
    const LISTED: usize = 12;
    ui.add_space(BETWEEN_PARTS);
    ui.menu_button(quiet(ui, text), |ui| {
        ui.set_max_width(460.0);
        for (claim, [source, says, reason]) in entries.take(LISTED) {
            let entry = format!("{source} {says} – {reason}");
            let button = ui.add(Button::new(entry.as_str()).frame_when_inactive(false).truncate());
            if button.on_hover_text(entry).clicked() {
                cx.select(claim);
                ui.close();
            }
        }
        let more = count.saturating_sub(LISTED);
        if more > 0 {
            ui.label(quiet(ui, format!("and {} more; all stand in the table", grouped(more))));
        }
    });
}
