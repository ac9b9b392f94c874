//! The archived text of a document, and the passages of it in which claims and evidence are anchored.

use eframe::egui::{self, RichText, Ui};

use super::form::{Form, section};
use crate::model::{ArchivedText, Document, Entity, Id, Locator, Span};
use crate::ui::command::Notice;
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::fields::{self, Reading};
use crate::ui::widgets::{icon_button, labelled_button, quiet};
use crate::ui::{Command, ViewContext};

/// How the field of a span is named among the findings.
const SPAN: &str = "locator.span";

/// The room for the button beside the words.
const BUTTON: f32 = 24.0;

/// How much of an archived text is shown: laying out a whole book in a narrow panel would cost every frame.
const SHOWN: usize = 4_000;

/// The passage of an archived text in which a record is anchored: its words, which can be typed, or taken from `quote`.
pub(super) fn passage<T: Entity>(
    ui: &mut Ui,
    form: &Form<'_, T>,
    document: Option<Id<Document>>,
    (locator, quote): (&Locator, &str),
    set: impl Fn(&mut T, Option<Span>),
) {
    let archived = document.and_then(|id| form.cx.assessment.get(id)?.text.as_ref());
    let span = locator.span;
    let new = form.row(ui, "Passage", SPAN, |ui| match archived {
        Some(archived) => with_buttons(ui, form, archived, (span, quote)),
        None if span.is_some() => remove(ui).then_some(None),
        None => {
            let why = if document.is_none() { "No document" } else { "The document has no archived text" };
            ui.add_space(3.0);
            ui.add(egui::Label::new(quiet(ui, why)).wrap());
            None
        }
    });
    if let Some(span) = new {
        form.change(SPAN, |record| set(record, span));
    }
}

/// The field for the words, and beside it what leads to another place. Gives back the new span.
fn with_buttons<T: Entity>(
    ui: &mut Ui,
    form: &Form<'_, T>,
    archived: &ArchivedText,
    (span, quote): (Option<Span>, &str),
) -> Option<Option<Span>> {
    let mut new = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let has_button = span.is_some() || !quote.trim().is_empty();
        let room = ui.available_width() - if has_button { BUTTON } else { 0.0 };
        fields::clamped(ui, room, |ui| {
            let id = form.field_id(SPAN);
            let hint = "Words of the archived text";
            let write = |span: &Option<Span>| span.map_or_else(String::new, |span| words_of(archived, span));
            new = fields::reading(ui, id, "Passage", hint, &span, write, |text| read(archived, text, span));
        });
        if has_button && let Some(place) = other_place(ui, form.cx, archived, (span, quote)) {
            new = Some(Some(place));
        }
    });
    new
}

/// A button that leads to the next place where the words stand, or to the quote where there is no passage yet.
fn other_place(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    archived: &ArchivedText,
    (span, quote): (Option<Span>, &str),
) -> Option<Span> {
    if let Some(span) = span {
        let next = icon_button(ui, Icon::ArrowDown, "Next place where these words stand");
        let words = archived.words_of(span).unwrap_or_default();
        return next.clicked().then(|| archived.place_of(words, span.start.saturating_add(1))).flatten();
    }
    // Looked for when asked: the text may be a book.
    if !icon_button(ui, Icon::Crosshair, "Anchor where the quote stands").clicked() {
        return None;
    }
    let place = archived.place_of(quote, 0);
    if place.is_none() {
        cx.send(Command::Notify(Notice::info("The quote does not stand in the archived text")));
    }
    place
}

/// The words of a span in one line.
fn words_of(archived: &ArchivedText, span: Span) -> String {
    let words = archived.words_of(span).unwrap_or("(no passage of the archived text)");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the words that were typed stand: where the passage already begins, if they stand there too.
fn read(archived: &ArchivedText, text: &str, span: Option<Span>) -> Reading<Option<Span>> {
    if text.trim().is_empty() {
        return Reading::Value(None);
    }
    match archived.place_of(text, span.map_or(0, |span| span.start)) {
        Some(place) => Reading::Value(Some(place)),
        None => Reading::Wrong("These words do not stand in the archived text".to_owned()),
    }
}

/// Whether a passage that leads nowhere is to be removed.
fn remove(ui: &mut Ui) -> bool {
    labelled_button(ui, Icon::X, "Remove the passage").clicked()
}

/// The archived text of a document, or where to paste it.
pub(super) fn text(ui: &mut Ui, form: &Form<'_, Document>) {
    section(ui, "Archived text");
    let Some(archived) = &form.record.text else {
        paste(ui, form);
        return;
    };
    let shown: String = archived.text.chars().take(SHOWN).collect();
    ui.add(egui::Label::new(RichText::new(&shown).size(tokens::SMALL)).wrap());
    if shown.len() < archived.text.len() {
        ui.label(quiet(ui, format!("… and {} bytes more", archived.text.len() - shown.len())));
    }
    fields::shown(ui, "SHA-256", &archived.sha256);
    form.problems_of(ui, "text.sha256");
    if labelled_button(ui, Icon::Trash, "Remove the archived text").clicked() {
        form.change_once("text", |document| document.text = None);
    }
}

/// A field for a text that is not archived yet: its digest is taken once, when all of it is there. What is pasted whole is archived at
/// once, so that it is in the document, and not laid out here in every frame; a text that is typed when it is said to be complete.
fn paste(ui: &mut Ui, form: &Form<'_, Document>) {
    let id = form.field_id("text");
    let mut draft: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let label = "Text to archive";
    let mut is_whole = false;
    if let Some(text) = fields::text_area(ui, id, label, "Paste the text of the document", &draft) {
        is_whole = text.len() > draft.len() + SHOWN;
        draft = text;
        ui.data_mut(|data| data.insert_temp(id, draft.clone()));
    }
    let can_archive = !draft.trim().is_empty();
    let archive = |ui: &mut Ui| labelled_button(ui, Icon::FileText, "Archive this text");
    if ui.add_enabled_ui(can_archive, archive).inner.clicked() || (is_whole && can_archive) {
        form.change_once("text", |document| document.text = Some(ArchivedText::new(draft)));
        ui.data_mut(|data| data.remove::<String>(id));
    }
}
