//! How egui's own widgets look: flat, dense, one accent.

use std::collections::BTreeMap;

use eframe::egui::style::{ScrollStyle, WidgetVisuals};
use eframe::egui::{
    Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

use super::palette::{DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette};
use super::{BODY, DENSE, RADIUS, SMALL, TITLE};

/// What of the look is for the user to choose, beside the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Look {
    /// Nothing is animated.
    pub reduces_motion: bool,
    /// Text, lines and marks stand out as far as they can.
    pub has_high_contrast: bool,
}

/// Gives both themes their look.
pub fn install_styles(ctx: &Context, look: Look) {
    let (dark, light) = if look.has_high_contrast { (&HIGH_DARK, &HIGH_LIGHT) } else { (&DARK, &LIGHT) };
    for (theme, palette) in [(Theme::Dark, dark), (Theme::Light, light)] {
        ctx.style_mut_of(theme, |style| apply(style, palette, look.reduces_motion));
    }
}

fn apply(style: &mut Style, palette: &Palette, reduces_motion: bool) {
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = BTreeMap::from([
        (TextStyle::Small, proportional(SMALL)),
        (TextStyle::Body, proportional(BODY)),
        (TextStyle::Button, proportional(BODY)),
        (TextStyle::Heading, proportional(TITLE)),
        (TextStyle::Monospace, FontId::new(DENSE, FontFamily::Monospace)),
    ]);
    style.animation_time = if reduces_motion { 0.0 } else { 0.08 };
    style.spacing.item_spacing = vec2(8.0, 4.0);
    style.spacing.button_padding = vec2(8.0, 3.0);
    style.spacing.interact_size = vec2(24.0, 24.0);
    style.spacing.menu_margin = Margin::same(4);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.indent = 16.0;
    style.spacing.combo_height = 320.0;
    style.spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        // In the colour of text: that of buttons cannot be told from a panel.
        foreground_color: true,
        dormant_handle_opacity: 0.45,
        active_handle_opacity: 0.6,
        interact_handle_opacity: 0.8,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.3,
        interact_background_opacity: 0.5,
        ..ScrollStyle::thin()
    };
    style.interaction.tooltip_delay = 0.35;
    style.visuals = visuals(palette);
}

fn visuals(palette: &Palette) -> Visuals {
    let radius = CornerRadius::same(RADIUS);
    let widget = |fill, edge, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let mut visuals = if palette.is_dark { Visuals::dark() } else { Visuals::light() };
    visuals.widgets.noninteractive = widget(palette.panel, palette.line, palette.text);
    visuals.widgets.inactive = widget(palette.raised, palette.line, palette.text);
    visuals.widgets.hovered = widget(palette.hovered, palette.edge, palette.text);
    visuals.widgets.active = widget(palette.hovered, palette.accent, palette.text);
    visuals.widgets.open = widget(palette.hovered, palette.line, palette.text);
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.quiet);
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent_text);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.stripe;
    visuals.extreme_bg_color = palette.background;
    visuals.text_edit_bg_color = Some(palette.background);
    visuals.code_bg_color = palette.raised;
    visuals.warn_fg_color = palette.overlaps;
    visuals.error_fg_color = palette.contradicts;
    visuals.window_corner_radius = radius;
    visuals.menu_corner_radius = radius;
    visuals.window_fill = palette.raised;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.panel_fill = palette.panel;
    let shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: visuals.window_shadow.color };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.indent_has_left_vline = false;
    visuals.striped = false;
    visuals.slider_trailing_fill = true;
    visuals
}
