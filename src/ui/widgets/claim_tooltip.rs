//! What a claim says, in words, for tooltips.

use eframe::egui::{Grid, Label, RichText, Ui};

use crate::analysis::relation::{is_period_mismatch, likelihood_text};
use crate::model::{Assessment, Claim, Id, Proposition, Role, Status, Verification};
use crate::ui::ViewContext;
use crate::ui::tokens::{self, Icon, bold};

const WIDTH: f32 = 320.0;

/// What a claim says in one line, such as "CrowdStrike asserts: JSSD".
pub fn claim_sentence(cx: &ViewContext<'_>, claim: &Claim) -> String {
    let says = match &claim.proposition {
        Proposition::Attribution { .. } => cx.assessment.actors_text(claim),
        _ => cx.assessment.proposition_text(claim),
    };
    format!("{} {}: {says}", cx.assessment.name_of(claim.source), claim.stance.label().to_lowercase())
}

/// The content of a claim's tooltip: what is said, when, how surely, in which words, and what to beware of.
pub fn claim_tooltip(ui: &mut Ui, cx: &ViewContext<'_>, id: Id<Claim>) {
    let Some(claim) = cx.assessment.get(id) else { return };
    let palette = tokens::palette(ui);
    ui.set_max_width(WIDTH);
    ui.label(bold(claim_sentence(cx, claim)));
    if !claim.quote.is_empty() {
        ui.label(RichText::new(format!("“{}”", claim.quote)).italics());
    }
    Grid::new(("claim tooltip", id))
        .num_columns(2)
        .spacing([12.0, 2.0])
        .min_row_height(14.0)
        .max_col_width(WIDTH - 84.0)
        .show(ui, |ui| {
            let mut line = |name: &str, value: &str| {
                ui.label(RichText::new(name).size(tokens::SMALL).color(palette.quiet));
                ui.add(Label::new(RichText::new(value).size(tokens::SMALL)).wrap());
                ui.end_row();
            };
            if let Proposition::Attribution { incident, role, .. } = &claim.proposition {
                line("Incident", &cx.assessment.name_of(*incident));
                if *role != Role::Perpetrator {
                    line("Role", role.label());
                }
            }
            line(
                "Stated",
                &claim.stated_on.map_or_else(|| "date unknown".to_owned(), |date| date.to_string()),
            );
            line("Likelihood", &likelihood_text(claim.likelihood.as_ref()));
            line("Confidence", claim.confidence.map_or("not stated", |confidence| confidence.label()));
            if !claim.covers.is_unknown() {
                line("Covers", &claim.covers.to_string());
            }
            if let Some(document) = claim.document {
                line("Document", &cx.assessment.name_of(document));
            }
        });
    for warning in warnings(cx, claim) {
        let text = format!("{}  {warning}", char::from(Icon::TriangleAlert));
        ui.label(RichText::new(text).size(tokens::SMALL).color(palette.overlaps));
    }
}

/// What to beware of in a claim.
fn warnings(cx: &ViewContext<'_>, claim: &Claim) -> Vec<String> {
    let mut warnings = Vec::new();
    if is_period_mismatch(cx.assessment, claim) {
        warnings.push(period_warning(cx.assessment, claim));
    }
    if !claim.repeats.is_empty() {
        let names: Vec<String> = claim
            .repeats
            .iter()
            .filter_map(|id| cx.assessment.get(*id))
            .map(|repeated| cx.assessment.name_of(repeated.source))
            .collect();
        warnings.push(format!("Repeats {}", names.join(", ")));
    }
    match claim.status {
        Status::Standing => {}
        Status::Retracted { on: Some(on) } => warnings.push(format!("Retracted on {on}")),
        Status::Retracted { on: None } => warnings.push("Retracted".to_owned()),
        Status::Superseded { .. } => warnings.push("Superseded by a newer claim".to_owned()),
    }
    match claim.verification {
        Verification::WordingSeen => {}
        Verification::Secondhand => warnings.push("Known from a report about it only".to_owned()),
        Verification::Unverified => warnings.push("Not checked against the original".to_owned()),
    }
    warnings
}

/// What is wrong with the period of a claim, such as "Covers 2008 – 2019, the incident 2020".
pub fn period_warning(assessment: &Assessment, claim: &Claim) -> String {
    let incident = claim.proposition.incident().and_then(|id| assessment.get(id));
    let incident =
        incident.map_or_else(String::new, |incident| format!(", the incident {}", incident.period));
    format!("Covers {}{incident}", claim.covers)
}
