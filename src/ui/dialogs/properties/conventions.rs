//! The conventions of the numbers: each can be set, and put back to what is usual.

use eframe::egui::{
    Align, Align2, ComboBox, FontId, Id as EguiId, IdSalt, Layout, Rect, Sense, TextStyle, Ui, UiBuilder,
    vec2,
};

use crate::edit::{Edit, Transaction};
use crate::model::{Convention, ConventionValue, FusionRule, Grade3, Header, Methods, TrustDiscount};
use crate::ui::tokens::{self, Icon, ROW_HEIGHT};
use crate::ui::widgets::fields::{self, Reading};
use crate::ui::widgets::{icon_button, quiet};
use crate::ui::{Command, ViewContext};

/// The width of a row, in points: five grades with their letters.
pub(super) const WIDTH: f32 = 748.0;
const LABEL: f32 = 188.0;
const BUTTON: f32 = 28.0;
/// The least width of what a number or grade stands for, so that they stand in columns.
const PART: f32 = 20.0;
const NUMBER: f32 = 64.0;
const RULE: f32 = 260.0;

/// Draws all conventions.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>) {
    let methods = &cx.assessment.header.methods;
    let own = Convention::ALL.iter().filter(|convention| !convention.is_usual(methods)).count();
    ui.horizontal(|ui| {
        let note = "None of them is a fact. They are saved in the file, and every number follows them";
        ui.label(quiet(ui, note));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if own > 0 && ui.button("All back to the usual ones").clicked() {
                set_all(cx, Methods::default());
            }
        });
    });
    let text = match own {
        0 => "All are the usual ones".to_owned(),
        own => format!("{own} of {} not the usual ones", Convention::ALL.len()),
    };
    ui.label(quiet(ui, text).size(tokens::SMALL));
    ui.add_space(tokens::PADDING);
    ui.spacing_mut().item_spacing.y = 2.0;
    for convention in Convention::ALL {
        row(ui, cx, convention);
    }
}

/// A convention: what it is called, its values, and where it is not the usual one a button that puts it back.
fn row(ui: &mut Ui, cx: &ViewContext<'_>, convention: Convention) {
    let methods = &cx.assessment.header.methods;
    let is_usual = convention.is_usual(methods);
    let mut complaints = Vec::new();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = tokens::PADDING;
        let (rect, response) = ui.allocate_exact_size(vec2(LABEL, ROW_HEIGHT), Sense::hover());
        let palette = tokens::palette(ui);
        if !is_usual {
            // Not by weight of type alone: a mark before the name, and the button at the end.
            ui.painter().circle_filled(rect.left_center() + vec2(3.0, 0.0), 3.0, palette.text);
        }
        let font = TextStyle::Body.resolve(ui.style());
        let colour = if is_usual { palette.quiet } else { palette.text };
        let place = rect.left_center() + vec2(12.0, 0.0);
        ui.painter().text(place, Align2::LEFT_CENTER, convention.label(), font, colour);
        response.on_hover_text(convention.description());

        let rest = (ui.available_width() - BUTTON - tokens::PADDING).max(NUMBER);
        fields::clamped(ui, rest, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(tokens::GRID, 2.0);
                values(ui, cx, convention, &mut complaints);
            });
        });
        let (rect, _) = ui.allocate_exact_size(vec2(BUTTON, ROW_HEIGHT), Sense::hover());
        if !is_usual {
            let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
            let name = format!(
                "{} back to the usual: {}",
                convention.label(),
                convention.words(&convention.usual())
            );
            if icon_button(&mut child, Icon::RotateCcw, &name).clicked() {
                set(cx, convention, &convention.usual(), true);
            }
        }
    });
    for complaint in complaints {
        ui.horizontal(|ui| {
            ui.add_space(LABEL + tokens::PADDING);
            fields::problem(ui, &complaint, true);
        });
    }
}

fn values(ui: &mut Ui, cx: &ViewContext<'_>, convention: Convention, complaints: &mut Vec<String>) {
    match convention.value(&cx.assessment.header.methods) {
        ConventionValue::Fusion(rule) => {
            let new = choice(ui, convention, (rule, FusionRule::ALL), RULE, |rule| rule.label());
            if let Some(rule) = new {
                set(cx, convention, &ConventionValue::Fusion(rule), true);
            }
        }
        ConventionValue::Discount(discount) => {
            let new = choice(ui, convention, (discount, TrustDiscount::ALL), RULE, |it| it.label());
            if let Some(discount) = new {
                set(cx, convention, &ConventionValue::Discount(discount), true);
            }
        }
        ConventionValue::Numbers(numbers) => {
            for (place, value) in numbers.iter().enumerate() {
                let part = convention.parts().get(place).copied().unwrap_or_default();
                let (new, complaint) = number(ui, convention, (place, part), *value);
                if let Some(new) = new {
                    let mut numbers = numbers.clone();
                    numbers.iter_mut().skip(place).take(1).for_each(|number| *number = new);
                    set(cx, convention, &ConventionValue::Numbers(numbers), false);
                }
                complaints.extend(
                    complaint.map(|text| if part.is_empty() { text } else { format!("{part}: {text}") }),
                );
            }
        }
        ConventionValue::Grades(grades) => {
            for (place, (value, part)) in grades.iter().zip(convention.parts()).enumerate() {
                part_label(ui, part, usual_grade(convention, place) == Some(*value));
                let name = format!("{}: {part}", convention.label());
                let new = ui
                    .push_id((convention.field(), place), |ui| {
                        one_of(ui, &name, (*value, Grade3::ALL), NUMBER, |grade| grade.label())
                    })
                    .inner;
                if let Some(new) = new {
                    let mut grades = grades.clone();
                    grades.iter_mut().skip(place).take(1).for_each(|grade| *grade = new);
                    set(cx, convention, &ConventionValue::Grades(grades), true);
                }
            }
        }
    }
}

/// A number with what it stands for before it.
fn number(
    ui: &mut Ui,
    convention: Convention,
    (place, part): (usize, &str),
    value: f64,
) -> (Option<f64>, Option<String>) {
    let usual = match convention.usual() {
        ConventionValue::Numbers(numbers) => numbers.get(place).copied(),
        _ => None,
    };
    if !part.is_empty() {
        part_label(ui, part, usual == Some(value));
    }
    let name = if part.is_empty() {
        convention.label().to_owned()
    } else {
        format!("{}: {part}", convention.label())
    };
    let id = EguiId::unique((convention.field(), place));
    let (rect, response) = ui.allocate_exact_size(vec2(NUMBER, ROW_HEIGHT), Sense::hover());
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    let result = fields::reading_alone(
        &mut child,
        id,
        (&name, ""),
        &value,
        |value| text(*value),
        |typed| read(typed, convention.greatest()),
    );
    if let Some(usual) = usual.filter(|usual| *usual != value) {
        response.on_hover_text(format!("Usually {}", text(usual)));
    }
    result
}

fn part_label(ui: &mut Ui, part: &str, is_usual: bool) {
    let palette = tokens::palette(ui);
    let colour = if is_usual { palette.quiet } else { palette.text };
    let font = FontId::proportional(tokens::BODY);
    let galley = ui.painter().layout_no_wrap(part.to_owned(), font, colour);
    let size = vec2(galley.size().x.max(PART) + tokens::GRID, ROW_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let place: Rect = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter().galley(place.min, galley, colour);
}

fn usual_grade(convention: Convention, place: usize) -> Option<Grade3> {
    match convention.usual() {
        ConventionValue::Grades(grades) => grades.get(place).copied(),
        _ => None,
    }
}

fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    convention: Convention,
    values: (T, &[T]),
    width: f32,
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    ui.push_id(convention.field(), |ui| one_of(ui, convention.label(), values, width, label)).inner
}

/// One of several values, in a list that opens.
fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    (value, all): (T, &[T]),
    width: f32,
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    let mut new = value;
    let inner = width - 2.0 * ui.spacing().button_padding.x;
    let combo = ComboBox::from_id_salt(IdSalt::new("choice"))
        .selected_text(label(value))
        .width(inner)
        .show_ui(ui, |ui| {
            for choice in all {
                ui.selectable_value(&mut new, *choice, label(*choice));
            }
        });
    fields::name(&combo.response, name);
    (new != value).then_some(new)
}

/// Asks for a change of a convention. What is typed is one step of undo; a choice is one of its own.
fn set(cx: &ViewContext<'_>, convention: Convention, value: &ConventionValue, is_choice: bool) {
    let mut header = cx.assessment.header.clone();
    convention.set(&mut header.methods, value);
    let label = format!("Change {}", convention.label());
    cx.edit(Transaction::new(label, vec![Edit::SetHeader(header.into())]).typing(None, convention.field()));
    if is_choice {
        cx.send(Command::CloseStep);
    }
}

fn set_all(cx: &ViewContext<'_>, methods: Methods) {
    let header = Header { methods, ..cx.assessment.header.clone() };
    let label = "Change all conventions to the usual ones";
    cx.edit(Transaction::new(label, vec![Edit::SetHeader(header.into())]));
}

/// What was typed as a number from 0 to the greatest.
fn read(typed: &str, greatest: f64) -> Reading<f64> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Reading::Beginning("write a number".to_owned());
    }
    match typed.replace(',', ".").parse::<f64>() {
        Ok(number) if !number.is_finite() => {
            Reading::Wrong(format!("“{typed}” is no number to calculate with"))
        }
        Ok(number) if !(0.0..=greatest).contains(&number) => {
            Reading::Wrong(format!("it lies between 0 and {greatest}"))
        }
        Ok(number) => Reading::Value(number),
        Err(_) => Reading::Wrong(format!("“{typed}” is not a number")),
    }
}

/// A number with as many decimals as it needs, four at most.
fn text(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_idle_decimals() {
        let check = |value: f64, expect: &str| assert_eq!(text(value), expect);
        check(1.0, "1");
        check(0.95, "0.95");
        check(std::f64::consts::SQRT_2, "1.4142");
        check(0.0, "0");
        check(100.0, "100");
    }

    #[test]
    fn what_is_typed_is_a_number_within_bounds() {
        let check = |typed: &str, greatest: f64, expect: Result<f64, bool>| {
            let found = match read(typed, greatest) {
                Reading::Value(value) => Ok(value),
                Reading::Beginning(_) => Err(false),
                Reading::Wrong(_) => Err(true),
            };
            assert_eq!(found, expect, "{typed}");
        };
        check("0,5", 1.0, Ok(0.5));
        check(" 1 ", 1.0, Ok(1.0));
        check("", 1.0, Err(false));
        check("1.01", 1.0, Err(true));
        check("3", 1_000.0, Ok(3.0));
        check("1e200", 1_000.0, Err(true));
        check("-1", 1_000.0, Err(true));
        check("nan", 1_000.0, Err(true));
        check("inf", 1_000.0, Err(true));
        check("much", 1_000.0, Err(true));
    }
}
