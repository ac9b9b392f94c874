//! Text and buttons.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align, Button, Checkbox, Label, Layout, Response, RichText, Ui, WidgetInfo, vec2};

use crate::ui::Action;
use crate::ui::context::ViewContext;
use crate::ui::tokens::{self, Icon, bold};

/// One line of text that is cut where it does not fit; the whole stands in the tooltip.
pub fn elided(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    ui.add(Label::new(text.into()).truncate())
}

/// Text of second rank.
pub fn quiet(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text).color(tokens::palette(ui).quiet)
}

/// The title of a section.
pub fn section_title(ui: &mut Ui, title: &str) -> Response {
    let text = bold(title.to_uppercase()).size(tokens::SMALL).color(tokens::palette(ui).quiet);
    ui.add(Label::new(text).truncate().selectable(false))
}

/// The icon as text that egui's own widgets take.
pub fn icon_text(icon: Icon) -> RichText {
    RichText::new(char::from(icon)).size(tokens::ICON)
}

/// Gives a button the name that a screen reader says, without its icon.
pub fn named(response: Response, name: &str) -> Response {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, response.enabled(), name));
    response
}

/// A button with an icon before its label.
pub fn labelled_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    let response = ui.add(Button::new((icon_text(icon), label)).min_size(vec2(0.0, 28.0)));
    named(response, label)
}

/// A choice in a menu, with an icon before it.
pub fn menu_item(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    let colour = tokens::palette(ui).quiet;
    named(ui.add(Button::new((icon_text(icon).color(colour), label))), label)
}

/// Gives a field that filters or finds the name that a screen reader says, beside what stands in it.
pub fn filter_name(response: &Response, name: &str, text: &str) {
    response.widget_info(|| WidgetInfo {
        label: Some(name.to_owned()),
        ..WidgetInfo::text_edit(response.enabled(), text, text, "")
    });
}

/// A button that shows only an icon; its name is in the tooltip and for screen readers.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let response = square(ui, icon_text(icon)).on_hover_text(name).on_disabled_hover_text(name);
    named(response, name)
}

/// A square button as high as a row, without a frame until it is pointed at.
pub fn square(ui: &mut Ui, icon: RichText) -> Response {
    let button = Button::new(icon).frame_when_inactive(false).min_size(vec2(24.0, 24.0));
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(4.5, 3.0));
    let response = ui.add(button);
    ui.spacing_mut().button_padding = padding;
    response
}

/// An icon button that shows whether something is on.
pub fn icon_toggle(ui: &mut Ui, icon: Icon, name: &str, is_on: bool) -> Response {
    let palette = tokens::palette(ui);
    let colour = if is_on { palette.text } else { palette.quiet };
    let response = square(ui, icon_text(icon).color(colour)).on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, response.enabled(), is_on, name));
    response
}

/// A check box with a label. One that is off is nothing but its edge, which therefore is that of a mark, not the hairline of
/// buttons.
pub fn checkbox(ui: &mut Ui, is_on: &mut bool, label: &str) -> Response {
    with_edge(ui, Checkbox::new(is_on, label))
}

/// A check box without a label, which needs an accessible name.
pub fn bare_checkbox(ui: &mut Ui, is_on: &mut bool, is_enabled: bool) -> Response {
    ui.add_enabled_ui(is_enabled, |ui| with_edge(ui, Checkbox::without_text(is_on))).inner
}

fn with_edge(ui: &mut Ui, checkbox: Checkbox<'_>) -> Response {
    let palette = tokens::palette(ui);
    let before = ui.visuals().widgets.inactive;
    let inactive = &mut ui.visuals_mut().widgets.inactive;
    inactive.bg_stroke.color = palette.edge;
    inactive.bg_fill = palette.background;
    let response = ui.add(checkbox);
    ui.visuals_mut().widgets.inactive = before;
    response
}

/// What stands where there is nothing to show: what belongs here, why it is empty, and the next steps as buttons.
pub fn empty_state(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    icon: Icon,
    title: &str,
    detail: &str,
    steps: &[Action],
) {
    let palette = tokens::palette(ui);
    let height = ui.available_height();
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::top_down(Align::Center), |ui| {
        ui.add_space((height * 0.3 - 60.0).max(tokens::SECTION_GAP));
        ui.label(RichText::new(char::from(icon)).size(tokens::LARGE_ICON).color(palette.quiet));
        ui.add_space(tokens::PADDING);
        ui.label(RichText::new(title).size(tokens::TITLE));
        ui.add_space(tokens::GRID);
        ui.scope(|ui| {
            ui.set_max_width(460.0);
            ui.label(RichText::new(detail).color(palette.quiet));
        });
        ui.add_space(tokens::SECTION_GAP);
        for step in steps {
            let button = Button::new((icon_text(step.icon()), step.label())).min_size(vec2(200.0, 28.0));
            if named(ui.add(button), step.label()).clicked() {
                cx.send(crate::ui::Command::Do(*step));
            }
        }
    });
}

/// A moment, to the minute, where the user is.
pub fn moment(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The room between two parts of a line of facts, in points. A sign between them would stand alone where the line breaks.
pub const BETWEEN_PARTS: f32 = 10.0;

/// A degree of conflict or movement in `[0, 1]` as people read it: small ones with a digit more; what is not quite nothing or
/// all is not shown as that.
pub fn degree_text(degree: f64) -> String {
    match degree {
        degree if degree > 0.0 && degree < 0.000_5 => "< 0.001".to_owned(),
        degree if degree > 0.0 && degree < 0.1 => format!("{degree:.3}"),
        degree if (0.995..1.0).contains(&degree) => "> 0.99".to_owned(),
        degree => format!("{degree:.2}"),
    }
}

/// How many there are of something, such as "1 claim" or "1,234 claims".
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(number)) }
}

/// A whole number with its thousands set apart.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        let check = |number: usize, expect: &str| assert_eq!(grouped(number), expect);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(1_234_567, "1,234,567");
    }
}
