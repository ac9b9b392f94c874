//! Every colour of the program, for both themes, each also with high contrast. The only file with raw colours.
#![expect(clippy::disallowed_methods, reason = "this is the token file that the rule points to")]

use eframe::egui::Color32;

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Whether it is the dark theme.
    pub is_dark: bool,
    /// Behind everything: views and text fields.
    pub background: Color32,
    /// Panels around the views.
    pub panel: Color32,
    /// Menus, dialogs, buttons.
    pub raised: Color32,
    /// Rows under the pointer.
    pub hovered: Color32,
    /// Every other row of a table.
    pub stripe: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Edges that must be seen, as of fields and marks.
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text of second rank.
    pub quiet: Color32,
    /// Selection and focus; nothing else.
    pub accent: Color32,
    /// Text of what is switched on, and the edge of the field that has the cursor: a relative of the accent that can be read
    /// as text, on the selection too.
    pub accent_text: Color32,
    /// Behind selected rows.
    pub selection: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Relation: same. Also: all is well.
    pub same: Color32,
    /// Relation: refines.
    pub refines: Color32,
    /// Relation: overlaps. Also: a warning.
    pub overlaps: Color32,
    /// Relation: contradicts. Also: an error.
    pub contradicts: Color32,
    /// Relations silent and not comparable.
    pub neutral: Color32,
    /// Belief: what speaks for an answer.
    pub belief: Color32,
    /// Behind the letters of a rating, from very consistent over neutral to very inconsistent.
    pub ratings: [Color32; 5],
    /// No conflict at all, on the scale of its degree. The scale goes from here to `conflict` in lightness, with little
    /// change of hue, so that it is read alike by all eyes.
    pub no_conflict: Color32,
    /// The greatest conflict, on the scale of its degree.
    pub conflict: Color32,
}

impl Palette {
    /// The colour of a degree of conflict, given as its share of the scale's top, in `[0, 1]`.
    pub fn conflict_at(&self, share: f32) -> Color32 {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self.no_conflict.lerp_to_gamma(self.conflict, share)
    }

    /// The colour of text on another colour: that one of the two that stands out more.
    pub fn text_on(&self, back: Color32) -> Color32 {
        let contrast = |front| contrast(front, back);
        if contrast(DARKEST) > contrast(LIGHTEST) { DARKEST } else { LIGHTEST }
    }
}

/// Text on light colours.
const DARKEST: Color32 = rgb(0x00_00_00);
/// Text on dark colours.
const LIGHTEST: Color32 = rgb(0xFF_FF_FF);

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: Color32) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
}

/// The contrast of two colours, as WCAG 2.2 defines it: from 1 to 21.
fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// The dark theme.
pub const DARK: Palette = Palette {
    is_dark: true,
    background: rgb(0x0F_11_13),
    panel: rgb(0x15_18_1B),
    raised: rgb(0x1D_21_25),
    hovered: rgb(0x23_28_2D),
    stripe: rgb(0x13_16_18),
    line: rgb(0x2A_2F_35),
    edge: rgb(0x7C_86_91),
    text: rgb(0xE6_E9_EC),
    quiet: rgb(0x9A_A3_AD),
    accent: rgb(0x4C_8D_FF),
    accent_text: rgb(0x8A_B4_FF),
    selection: rgb(0x1B_34_5E),
    on_accent: rgb(0x08_0C_12),
    same: rgb(0x00_B3_84),
    refines: rgb(0x56_B4_E9),
    overlaps: rgb(0xE6_9F_00),
    contradicts: rgb(0xF0_72_1E),
    neutral: rgb(0x8B_94_9E),
    belief: rgb(0x7F_A3_C7),
    ratings: [rgb(0x0B_57_87), rgb(0x14_38_50), rgb(0x2B_30_36), rgb(0x52_30_1A), rgb(0x8A_41_0C)],
    no_conflict: rgb(0x20_22_26),
    conflict: rgb(0xFF_B0_7A),
};

/// The light theme. Sky blue and orange fall under 3:1 on white, so darker relatives stand in.
pub const LIGHT: Palette = Palette {
    is_dark: false,
    background: rgb(0xFF_FF_FF),
    panel: rgb(0xF6_F7_F9),
    raised: rgb(0xFF_FF_FF),
    hovered: rgb(0xEC_EF_F3),
    stripe: rgb(0xFA_FB_FC),
    line: rgb(0xDD_E1_E6),
    edge: rgb(0x76_7F_89),
    text: rgb(0x15_18_1B),
    quiet: rgb(0x57_60_6A),
    accent: rgb(0x1F_5F_D6),
    accent_text: rgb(0x1A_50_BC),
    selection: rgb(0xD9_E6_FD),
    on_accent: rgb(0xFF_FF_FF),
    same: rgb(0x00_79_5A),
    refines: rgb(0x00_72_B2),
    overlaps: rgb(0x9A_67_00),
    contradicts: rgb(0xB8_4A_00),
    neutral: rgb(0x6E_77_81),
    belief: rgb(0x3F_63_87),
    ratings: [rgb(0x8C_C4_E6), rgb(0xCF_E6_F4), rgb(0xE8_EB_EE), rgb(0xFA_DD_C6), rgb(0xF0_A8_78)],
    no_conflict: rgb(0xFB_F3_EC),
    conflict: rgb(0x8A_2F_00),
};

/// The dark theme with high contrast: text of 7:1 and more, and lines that can be seen.
pub const HIGH_DARK: Palette = Palette {
    background: rgb(0x00_00_00),
    panel: rgb(0x00_00_00),
    raised: rgb(0x0C_0E_10),
    hovered: rgb(0x2A_30_36),
    stripe: rgb(0x0A_0C_0E),
    line: rgb(0x7C_86_91),
    edge: rgb(0xC3_CA_D1),
    text: rgb(0xFF_FF_FF),
    quiet: rgb(0xD3_D9_DF),
    accent: rgb(0x6E_A8_FF),
    accent_text: rgb(0xC4_DB_FF),
    selection: rgb(0x0B_3B_8C),
    on_accent: rgb(0x00_00_00),
    same: rgb(0x1F_D6_A3),
    refines: rgb(0x7C_C8_F5),
    overlaps: rgb(0xFF_B8_1C),
    contradicts: rgb(0xFF_8A_3D),
    neutral: rgb(0xB4_BC_C4),
    belief: rgb(0xA9_C8_E8),
    ..DARK
};

/// The light theme with high contrast.
pub const HIGH_LIGHT: Palette = Palette {
    panel: rgb(0xFF_FF_FF),
    hovered: rgb(0xE3_E7_EB),
    stripe: rgb(0xF6_F7_F8),
    line: rgb(0x76_7F_89),
    edge: rgb(0x3A_40_46),
    text: rgb(0x00_00_00),
    quiet: rgb(0x30_36_3C),
    accent: rgb(0x0B_46_B0),
    accent_text: rgb(0x08_36_7F),
    selection: rgb(0xC9_DC_FC),
    same: rgb(0x00_5A_43),
    refines: rgb(0x00_54_84),
    overlaps: rgb(0x70_4A_00),
    contradicts: rgb(0x8A_37_00),
    neutral: rgb(0x45_4C_53),
    belief: rgb(0x27_47_66),
    ..LIGHT
};

/// The background of a TLP banner: black in both themes, as the standard has it.
pub const TLP_BACKGROUND: Color32 = rgb(0x00_00_00);
/// TLP:RED.
pub const TLP_RED: Color32 = rgb(0xFF_2B_2B);
/// TLP:AMBER and TLP:AMBER+STRICT.
pub const TLP_AMBER: Color32 = rgb(0xFF_C0_00);
/// TLP:GREEN.
pub const TLP_GREEN: Color32 = rgb(0x33_FF_00);
/// TLP:CLEAR.
pub const TLP_CLEAR: Color32 = rgb(0xFF_FF_FF);

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Palette; 4] = [DARK, LIGHT, HIGH_DARK, HIGH_LIGHT];

    #[test]
    fn every_pair_in_use_can_be_read() {
        // Text, and marks and edges, at least: WCAG 2.2 level AA, and AAA with high contrast.
        for (name, p, text, mark) in [
            ("dark", DARK, 4.5, 3.0),
            ("light", LIGHT, 4.5, 3.0),
            ("dark, high contrast", HIGH_DARK, 7.0, 4.5),
            ("light, high contrast", HIGH_LIGHT, 7.0, 4.5),
        ] {
            check_palette(name, &p, text, mark);
        }
        for p in ALL {
            for step in 0..=100_u8 {
                let colour = p.conflict_at(f32::from(step) / 100.0);
                assert!(contrast(p.text_on(colour), colour) >= 4.5, "{step}");
            }
        }
        for p in [HIGH_DARK, HIGH_LIGHT] {
            assert!(contrast(p.line, p.background) >= 3.0);
        }
        for tlp in [TLP_RED, TLP_AMBER, TLP_GREEN, TLP_CLEAR] {
            assert!(contrast(tlp, TLP_BACKGROUND) >= 4.5);
        }
    }

    #[test]
    fn a_palette_is_known_by_its_quiet_text() {
        for (place, p) in ALL.iter().enumerate() {
            assert!(!ALL.iter().skip(place + 1).any(|other| other.quiet == p.quiet));
        }
    }

    fn check_palette(name: &str, p: &Palette, text: f64, mark: f64) {
        let check = |what: &str, front: Color32, back: Color32, least: f64| {
            let found = contrast(front, back);
            assert!(found >= least, "{name}: {what} has a contrast of {found:.2}, needs {least}");
        };
        let backs = [
            ("background", p.background),
            ("panel", p.panel),
            ("raised", p.raised),
            ("hovered", p.hovered),
            ("stripe", p.stripe),
            ("selection", p.selection),
        ];
        for (back_name, back) in backs {
            check(&format!("text on {back_name}"), p.text, back, text);
            check(&format!("quiet text on {back_name}"), p.quiet, back, text);
            check(&format!("text of what is on, on {back_name}"), p.accent_text, back, text);
            // A check box that is off is nothing but its edge, and stands on rows of every kind.
            check(&format!("edge on {back_name}"), p.edge, back, mark);
        }
        for (back_name, back) in [("background", p.background), ("panel", p.panel), ("raised", p.raised)] {
            for (mark_name, colour) in [
                ("accent", p.accent),
                ("same", p.same),
                ("refines", p.refines),
                ("overlaps", p.overlaps),
                ("contradicts", p.contradicts),
                ("neutral", p.neutral),
                ("belief", p.belief),
            ] {
                check(&format!("{mark_name} on {back_name}"), colour, back, mark);
            }
        }
        check("text on accent", p.on_accent, p.accent, text);
        for (place, fill) in p.ratings.into_iter().enumerate() {
            check(&format!("letters on rating {place}"), p.text, fill, text);
            check(&format!("focus on rating {place}"), p.text, fill, 3.0);
        }
    }

    #[test]
    fn more_conflict_stands_out_more() {
        for p in ALL {
            let contrasts: Vec<f64> = (0..=20_u8)
                .map(|step| contrast(p.conflict_at(f32::from(step) / 20.0), p.background))
                .collect();
            assert!(contrasts.is_sorted(), "{contrasts:?}");
            assert!(contrasts.last().is_some_and(|last| *last >= 3.0));
        }
    }
}
