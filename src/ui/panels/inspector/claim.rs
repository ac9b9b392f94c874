//! Every field of a claim.

use eframe::egui::Ui;

use super::form::{Form, section};
use super::parties::chain;
use super::{archived, likelihood, proposition};
use crate::analysis::relation::is_period_mismatch;
use crate::model::{
    Basis, Claim, Confidence, Credibility, Entity, GradeOverride, Id, PartialDate, Reliability, Source,
    Stance, Status, Verification,
};
use crate::ui::widgets::fields;

pub(super) const CONFIDENCES: &[(Confidence, &str)] =
    &[(Confidence::Low, "Low"), (Confidence::Moderate, "Moderate"), (Confidence::High, "High")];

const BASES: &[(Basis, &str)] = &[
    (Basis::Technical, "Technical"),
    (Basis::Human, "Human"),
    (Basis::Legal, "Legal"),
    (Basis::Motive, "Motive"),
];

/// Draws the fields. `neighbours` are the claims that this one can repeat or be superseded by.
pub(super) fn show(ui: &mut Ui, form: &Form<'_, Claim>, neighbours: &[Id<Claim>]) {
    let claim = form.record;
    section(ui, "What is said");
    form.needed(ui, "Source", "source", claim.source, |claim, id| claim.source = id);
    stance(ui, form);
    proposition::show(ui, form);
    section(ui, "How sure");
    likelihood::show(ui, form);
    confidence(ui, form);
    section(ui, "When");
    form.date(ui, "Stated on", "stated_on", claim.stated_on, |claim, date| claim.stated_on = date);
    form.period(ui, ["Covers from", "Covers to"], "covers", claim.covers, |claim, covers| {
        claim.covers = covers;
    });
    period_warning(ui, form);
    section(ui, "Where");
    form.one(ui, "Document", "document", claim.document, |claim, id| claim.document = id);
    form.text(ui, "Page", "locator.page", "", &claim.locator.page, |claim, text| claim.locator.page = text);
    form.text(ui, "Paragraph", "locator.paragraph", "", &claim.locator.paragraph, |claim, text| {
        claim.locator.paragraph = text;
    });
    archived::passage(ui, form, claim.document, (&claim.locator, &claim.quote), |claim, span| {
        claim.locator.span = span;
    });
    form.area(ui, "Quote", "quote", "The wording, where it matters", &claim.quote, |claim, text| {
        claim.quote = text;
    });
    // Circular reporting happens, and is named below the field.
    let refuse = |id: Id<Claim>| (id == claim.id).then(|| "this claim itself".to_owned());
    form.several_existing(
        ui,
        ("Repeats", "Add a claim that it repeats"),
        "repeats",
        (&claim.repeats, neighbours),
        &refuse,
        |claim, ids| claim.repeats = ids,
    );
    lost_hedges(ui, form);
    section(ui, "Grading");
    grading(ui, form);
    section(ui, "Status");
    status(ui, form, neighbours);
    form.choice(ui, "Checked", "verification", claim.verification, Verification::ALL, |claim, value| {
        claim.verification = value;
    });
    form.area(ui, "Notes", "notes", "", &claim.notes, |claim, text| claim.notes = text);
}

fn stance(ui: &mut Ui, form: &Form<'_, Claim>) {
    const STANCES: &[(Stance, &str)] =
        &[(Stance::Asserts, "Asserts"), (Stance::Denies, "Denies"), (Stance::Declines, "Declines")];
    let stance = form.record.stance;
    let new = form
        .row(ui, "Stance", "stance", |ui| fields::buttons(ui, "Stance", Some(stance), STANCES, false))
        .flatten();
    if let Some(stance) = new {
        form.change_once("stance", |claim| claim.stance = stance);
    }
}

fn confidence(ui: &mut Ui, form: &Form<'_, Claim>) {
    let claim = form.record;
    let new = form.row(ui, "Confidence", "confidence", |ui| {
        fields::buttons(ui, "Confidence", claim.confidence, CONFIDENCES, true)
    });
    if let Some(confidence) = new {
        form.change_once("confidence", |claim| claim.confidence = confidence);
    }
    form.text(
        ui,
        "In their words",
        "confidence_words",
        if claim.confidence.is_none() { "No confidence stated" } else { "" },
        &claim.confidence_words,
        |claim, text| claim.confidence_words = text,
    );
    let new = form.row(ui, "Basis", "basis", |ui| fields::several(ui, "Basis", &claim.basis, BASES));
    if let Some(basis) = new {
        form.change_once("basis", |claim| claim.basis = basis);
    }
}

/// That the claim speaks of another time than its incident, where the validation does not say it already.
fn period_warning(ui: &mut Ui, form: &Form<'_, Claim>) {
    let is_said = form.findings.iter().any(|finding| finding.field == "covers");
    if is_said || !is_period_mismatch(form.cx.assessment, form.record) {
        return;
    }
    let incident = form.record.proposition.incident().and_then(|id| form.cx.assessment.get(id));
    if let Some(incident) = incident {
        let text = format!(
            "The claim covers {}, but {} happened {}: it is not comparable with claims about that time",
            form.record.covers, incident.name, incident.period
        );
        fields::row(ui, "", |ui| fields::problem(ui, &text, false));
    }
}

/// What the claim says more than the one that it repeats, and what others that repeat it say more than it.
fn lost_hedges(ui: &mut Ui, form: &Form<'_, Claim>) {
    let (cx, claim) = (form.cx, form.record);
    let Some(incident) = claim.proposition.incident() else { return };
    for pair in cx.derived.retellings(incident).iter().filter(|pair| pair.is_loss()) {
        let (other, who) = match claim.id {
            id if id == pair.repeat => (pair.original, "Says more than"),
            id if id == pair.original => (pair.repeat, "Says less than its repeat by"),
            _ => continue,
        };
        let source = cx.assessment.get(other).map_or_else(String::new, |it| cx.assessment.name_of(it.source));
        for shift in pair.lost() {
            fields::row(ui, "", |ui| {
                fields::problem(ui, &format!("{who} {source}; {}", shift.sentence()), false);
            });
        }
    }
}

fn grading(ui: &mut Ui, form: &Form<'_, Claim>) {
    let claim = form.record;
    form.choice_or_none(
        ui,
        "Credibility",
        "credibility",
        claim.credibility,
        (Credibility::ALL, "Not graded yet"),
        |claim, value| claim.credibility = value,
    );
    form.reason(
        ui,
        "Reason for credibility",
        "credibility_reason",
        "Why this credibility",
        &claim.credibility_reason,
        |claim, text| {
            claim.credibility_reason = text;
        },
    );
    reliability_override(ui, form, Some(claim.source), claim.reliability_override.as_ref(), |claim| {
        &mut claim.reliability_override
    });
}

/// The reliability that a claim or a piece of evidence has: its source's, or one of its own with the reason.
pub(super) fn reliability_override<T: Entity>(
    ui: &mut Ui,
    form: &Form<'_, T>,
    source: Option<Id<Source>>,
    own: Option<&GradeOverride>,
    field_of: impl Fn(&mut T) -> &mut Option<GradeOverride>,
) {
    const FIELD: &str = "reliability_override";
    const REASON: &str = "reliability_override.reason";
    let inherits = source.map_or_else(
        || "No source".to_owned(),
        |id| {
            let name = form.cx.assessment.name_of(id);
            let grade = form.cx.assessment.get(id).and_then(Source::reliability);
            grade.map_or_else(
                || format!("Not graded: {name}"),
                |grade| format!("{} from {name}", grade.letter()),
            )
        },
    );
    let grade = own.map(|own| own.reliability);
    form.choice_or_none(ui, "Reliability", FIELD, grade, (Reliability::ALL, &inherits), |record, grade| {
        let own = field_of(record);
        let reason = own.take().map(|own| own.reason).unwrap_or_default();
        *own = grade.map(|reliability| GradeOverride { reliability, reason });
    });
    let Some(own) = own else { return };
    let hint = "Why it differs from the source's";
    form.reason(ui, "Reason for reliability", REASON, hint, &own.reason, |record, text| {
        if let Some(own) = field_of(record) {
            own.reason = text;
        }
    });
    let is_said = form.findings.iter().any(|finding| finding.field == REASON);
    if own.reason.trim().is_empty() && !is_said {
        fields::row(ui, "", |ui| {
            fields::problem(ui, "Say why this grade differs from the source's", false);
        });
    }
}

/// A status without what belongs to it.
#[derive(Clone, Copy, PartialEq)]
enum StatusKind {
    Standing,
    Retracted,
    Superseded,
}

fn status(ui: &mut Ui, form: &Form<'_, Claim>, neighbours: &[Id<Claim>]) {
    const KINDS: &[(StatusKind, &str)] = &[
        (StatusKind::Standing, "Standing"),
        (StatusKind::Retracted, "Retracted"),
        (StatusKind::Superseded, "Superseded"),
    ];
    let claim = form.record;
    let kind = match claim.status {
        Status::Standing => StatusKind::Standing,
        Status::Retracted { .. } => StatusKind::Retracted,
        Status::Superseded { .. } => StatusKind::Superseded,
    };
    let new = form
        .row(ui, "Status", "status", |ui| fields::buttons(ui, "Status", Some(kind), KINDS, false))
        .flatten();
    if let Some(kind) = new {
        form.change_once("status", |claim| {
            claim.status = match kind {
                StatusKind::Standing => Status::Standing,
                StatusKind::Retracted => Status::Retracted { on: None },
                StatusKind::Superseded => Status::Superseded { by: None },
            };
        });
    }
    match claim.status {
        Status::Standing => {}
        Status::Retracted { on } => {
            form.date(ui, "Retracted on", "status.on", on, |claim, on: Option<PartialDate>| {
                claim.status = Status::Retracted { on };
            });
        }
        Status::Superseded { by } => {
            let among: Vec<Id<Claim>> = neighbours.iter().copied().filter(|id| *id != claim.id).collect();
            let newer = |id: Id<Claim>| match form.cx.assessment.get(id).map(|claim| claim.status) {
                Some(Status::Superseded { by: Some(by) }) => vec![by],
                _ => Vec::new(),
            };
            let refuse =
                |id: Id<Claim>| chain(claim.id, id, newer).map(|_| "this one supersedes it".to_owned());
            form.existing(ui, "By", "status.by", (by, &among), &refuse, |claim, by| {
                claim.status = Status::Superseded { by };
            });
        }
    }
    if claim.proposition.is_link() {
        let new = form.row(ui, "Link", "accepted", |ui| fields::check(ui, "Accepted", claim.accepted));
        if let Some(accepted) = new {
            form.cx.accept_link(claim.id, accepted);
        }
    }
}
