//! What stands above the table: filter, chips, groups, columns.

use eframe::egui::{self, Button, Margin, PopupCloseBehavior, RichText, TextEdit, Ui, WidgetInfo, vec2};

use super::State;
use super::columns::Column;
use super::index::Grouping;
use crate::model::{Kind, Stance};
use crate::ui::tokens::{self, Icon};
use crate::ui::widgets::{
    checkbox, counted, elided, filter_name, grouped, icon_button, icon_text, named, square,
};
use crate::ui::{Action, Command, ViewContext};

const FILTER_WIDTH: f32 = 216.0;

fn filter_id() -> egui::Id {
    egui::Id::unique("claims filter")
}

/// The width from which everything has room in one row, in points.
const ONE_ROW: f32 = 580.0;

/// Draws it.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State, columns: &[Column]) {
    let palette = tokens::palette(ui);
    let frame = egui::Frame::new().fill(palette.background).inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        // Where all does not fit side by side, what narrows the table down stands under the filter.
        let is_narrow = ui.available_width() < ONE_ROW;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            filter(ui, state);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if add_claim(ui).clicked() {
                    cx.send(Command::Do(Action::AddClaim));
                }
                column_chooser(ui, state, columns);
                if !is_narrow {
                    grouping(ui, state);
                    stances(ui, state);
                    incident(ui, cx, state);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| count(ui, cx, state));
            });
        });
        if is_narrow {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                incident(ui, cx, state);
                stances(ui, state);
                grouping(ui, state);
            });
        }
    });
}

/// The keys stand in the tooltip alone: to a screen reader they are no part of a name.
fn add_claim(ui: &mut Ui) -> egui::Response {
    let name = Action::AddClaim.label();
    let tip = format!("{name} ({})", Action::AddClaim.keys_text(ui.ctx()));
    named(square(ui, icon_text(Icon::MessageSquarePlus)).on_hover_text(tip), name)
}

fn filter(ui: &mut Ui, state: &mut State) {
    let id = filter_id();
    if std::mem::take(&mut state.wants_filter_focus) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let icon = char::from(Icon::Search).to_string();
    let response = TextEdit::singleline(&mut state.wanted.filter)
        .id(id)
        .prefix(RichText::new(icon).color(tokens::palette(ui).quiet))
        .hint_text("Filter, as by stance:denies")
        .desired_width(FILTER_WIDTH.min(ui.available_width() * 0.4))
        .margin(Margin::symmetric(6, 3))
        .show(ui)
        .response
        .response;
    filter_name(&response, "Filter claims", &state.wanted.filter);
    if response.gained_focus() {
        // Typing replaces what was there.
        let end = egui::text::CharIndex(state.wanted.filter.chars().count());
        let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(egui::text::CharIndex(0)),
            egui::text::CCursor::new(end),
        );
        edit.cursor.set_char_range(Some(all));
        edit.store(ui.ctx(), id);
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        state.wants_table_focus = true;
    }
    if !state.wanted.filter.is_empty() && icon_button(ui, Icon::X, "Clear filter").clicked() {
        state.wanted.filter.clear();
    }
    response.on_hover_text(
        "Every word has to be found somewhere in the claim, its quotation or its notes\n\
         source:mandiant looks only there; also actor: incident: stance: role: likelihood: confidence:\n\
         stated: covers: grade: basis: document: origin: status: verification: link:\n\
         -word leaves out; \"two words\" holds together",
    );
}

fn count(ui: &mut Ui, cx: &ViewContext<'_>, state: &State) {
    let palette = tokens::palette(ui);
    let (kept, all) = (state.index.kept(), cx.assessment.claims.len());
    let mut text = if kept == all {
        counted(all, "claim")
    } else {
        format!("{} of {}", grouped(kept), counted(all, "claim"))
    };
    let selected = cx.selection.count(Kind::Claim);
    if selected > 1 {
        text.push_str(&format!(", {selected} selected"));
    }
    elided(ui, RichText::new(text).color(palette.quiet));
}

fn incident(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    let Some(shown) = cx.incident else { return };
    let name = cx.assessment.name_of(shown);
    let response = checkbox(ui, &mut state.only_shown_incident, "This incident only");
    let is_on = state.only_shown_incident;
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::CheckBox, true, is_on, format!("Only claims about {name}"))
    });
    response.on_hover_text(format!("Show only claims about {name}"));
}

fn stances(ui: &mut Ui, state: &mut State) {
    let label = state.wanted.stance.map_or("All stances", Stance::label);
    let is_on = state.wanted.stance.is_some();
    let response = chip_menu(ui, label, is_on, "Filter by stance", |ui| {
        if ui.selectable_label(state.wanted.stance.is_none(), "All stances").clicked() {
            state.wanted.stance = None;
        }
        for stance in Stance::ALL {
            if ui.selectable_label(state.wanted.stance == Some(*stance), stance.label()).clicked() {
                state.wanted.stance = Some(*stance);
            }
        }
    });
    response.on_hover_text("Show only claims that assert, deny or decline");
}

fn grouping(ui: &mut Ui, state: &mut State) {
    let grouping = state.wanted.grouping;
    let response = chip_menu(ui, grouping.label(), grouping != Grouping::None, "Group claims", |ui| {
        for choice in Grouping::ALL {
            if ui.selectable_label(grouping == choice, choice.label()).clicked() {
                state.wanted.grouping = choice;
                state.wanted.collapsed.clear();
            }
        }
    });
    response.on_hover_text("Put claims together by incident, source or actor");
}

fn column_chooser(ui: &mut Ui, state: &mut State, columns: &[Column]) {
    let response = icon_button(ui, Icon::Columns3Cog, "Choose columns");
    let popup = egui::Popup::menu(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        for column in Column::ALL {
            let mut is_shown = columns.contains(&column);
            // The first column holds the table together.
            let can_change = column != Column::Source;
            let toggle = |ui: &mut Ui| checkbox(ui, &mut is_shown, column.label());
            if ui.add_enabled_ui(can_change, toggle).inner.on_hover_text(column.description()).changed() {
                let mut chosen = columns.to_vec();
                chosen.retain(|other| *other != column);
                if is_shown {
                    chosen.push(column);
                    chosen.sort_unstable();
                }
                state.columns = Some(chosen);
            }
        }
        ui.separator();
        if ui
            .button("As many as fit")
            .on_hover_text("Choose columns and widths by the room there is")
            .clicked()
        {
            state.columns = None;
            state.widths.reset();
            ui.close();
        }
    });
}

fn chip_menu(ui: &mut Ui, label: &str, is_on: bool, name: &str, add: impl FnOnce(&mut Ui)) -> egui::Response {
    let text = format!("{label} {}", char::from(Icon::ChevronDown));
    let response = ui.add(Button::selectable(is_on, text).min_size(vec2(0.0, 24.0)));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{name}: {label}")));
    egui::Popup::menu(&response).show(add);
    response
}
