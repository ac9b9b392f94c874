//! The key sentence, checked as it is typed.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Button, Color32, EventFilter, FontId, Galley, Label, RichText, Stroke, TextBuffer, TextEdit, TextStyle,
    Ui,
};

use super::edits::Judging;
use super::section;
use crate::analysis::judgement::{SentenceFinding, check_sentence};
use crate::model::{Judgement, Standard};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{fields, icon_text, named};

const FIELD: &str = "key_sentence";
const LABEL: &str = "Change key sentence of judgement";

/// Draws the part.
pub(super) fn show(ui: &mut Ui, judging: &Judging<'_>, present: &Judgement) {
    section(ui, "Key sentence", |ui| compose(ui, judging));
    let standard = judging.cx.assessment.header.standard;
    let mut text = present.key_sentence.clone();
    let findings = &judging.memo.findings;
    let (palette, known) = (tokens::palette(ui), present.key_sentence.as_str());
    let (breach, advice) = (palette.contradicts, palette.overlaps);
    let mut layout = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        let font = TextStyle::Body.resolve(ui.style());
        let now;
        // What was typed in this frame is not in the memo yet.
        let findings = if text.as_str() == known {
            findings.as_slice()
        } else {
            now = check_sentence(text.as_str(), standard);
            now.as_slice()
        };
        marked(ui, text.as_str(), findings, (breach, advice), (font, width))
    };
    let edit = TextEdit::multiline(&mut text)
        .id(judging.field_id(FIELD))
        .hint_text("The conclusion in a sentence, with its likelihood; the confidence in another sentence")
        .desired_width(f32::INFINITY)
        .desired_rows(2)
        .event_filter(EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() })
        .layouter(&mut layout);
    let response = ui.add(edit);
    fields::name(&response, "Key sentence");
    if response.changed() {
        judging.change(LABEL, FIELD, |judgement| judgement.key_sentence = text);
    }
    if present.key_sentence.trim().is_empty() {
        return;
    }
    if findings.is_empty() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = tokens::GRID;
            ui.label(icon_text(Icon::Check).size(tokens::SMALL_ICON).color(palette.same));
            let text = format!("Keeps to {standard}: likelihood in its terms, and apart from confidence");
            ui.add(Label::new(RichText::new(text).size(tokens::SMALL).color(palette.quiet)).wrap());
        });
    }
    for finding in findings {
        told(ui, judging, present, finding, standard);
    }
}

/// The text with what is wrong underlined.
fn marked(
    ui: &Ui,
    text: &str,
    findings: &[SentenceFinding],
    (breach, advice): (Color32, Color32),
    (font, width): (FontId, f32),
) -> Arc<Galley> {
    let mut ends: Vec<usize> = findings.iter().flat_map(|it| [it.span.start, it.span.end]).collect();
    ends.extend([0, text.len()]);
    ends.sort_unstable();
    ends.dedup();
    let colour = ui.visuals().text_color();
    let mut job =
        LayoutJob { wrap: eframe::egui::text::TextWrapping::wrap_at_width(width), ..LayoutJob::default() };
    for pair in ends.windows(2) {
        let [from, to] = pair else { continue };
        let Some(part) = text.get(*from..*to) else { continue };
        let covering = findings.iter().filter(|it| it.span.start <= *from && *to <= it.span.end);
        let worst = covering.map(|it| it.fault.is_breach()).max();
        let underline = match worst {
            Some(true) => Stroke::new(1.5, breach),
            Some(false) => Stroke::new(1.0, advice),
            None => Stroke::NONE,
        };
        job.append(part, 0.0, TextFormat { underline, ..TextFormat::simple(font.clone(), colour) });
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A finding: what is wrong, how to mend it, and a button that does.
fn told(
    ui: &mut Ui,
    judging: &Judging<'_>,
    present: &Judgement,
    finding: &SentenceFinding,
    standard: Standard,
) {
    let text = format!("{}: {}. To mend it: {}", finding.fault.label(), finding.reason, finding.mend);
    fields::problem(ui, &text, finding.fault.is_breach());
    let Some(new) = &finding.replacement else { return };
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        let label = format!("Write “{new}”");
        let button = ui.add(Button::new(&label).small());
        if named(button, &label).on_hover_text(format!("Puts the term of {standard} in its place")).clicked()
        {
            let mut text = present.key_sentence.clone();
            if text.get(finding.span.clone()).is_some() {
                text.replace_range(finding.span.clone(), new);
                judging.change_once(LABEL, "mended sentence", |judgement| judgement.key_sentence = text);
            }
        }
    });
}

/// The button that writes the sentence that the numbers make.
fn compose(ui: &mut Ui, judging: &Judging<'_>) {
    let made = judging.memo.composed.as_ref();
    let text = made.and_then(|it| it.as_ref().ok());
    let button =
        ui.add_enabled(text.is_some(), Button::new((icon_text(Icon::PenLine), "Write from the numbers")));
    let button = named(button, "Write from the numbers");
    let reason = made.and_then(|it| it.as_ref().err()).map(ToString::to_string).unwrap_or_default();
    let button = button.on_disabled_hover_text(format!("The numbers make no sentence: {reason}"));
    if let Some(text) = text
        && button.on_hover_text(text).clicked()
    {
        judging.change_once(LABEL, "composed sentence", |judgement| judgement.key_sentence.clone_from(text));
    }
}
