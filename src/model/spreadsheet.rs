//! What a spreadsheet does with text that it is given.

/// Whether a spreadsheet may run a cell: it begins with a sign of a formula (the wide forms of East Asian keyboards too) or a
/// control character. Space in front does not count, and neither do apostrophes, so that a cell that was guarded by one can
/// itself be guarded.
pub fn may_run(cell: &str) -> bool {
    let begins = |letter: char| letter == '\'' || (letter.is_whitespace() && !letter.is_control());
    let first = cell.trim_start_matches(begins).chars().next();
    first.is_some_and(|sign| {
        sign.is_control() || matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_text() {
        let check = |cell: &str, expect: bool| assert_eq!(may_run(cell), expect, "{cell:?}");
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "＝1",
            "＋1",
            "－1",
            "＠A1",
            "\t=1",
            "\r",
            "'=1",
            "  =1",
            "\u{3000}＝1",
        ] {
            check(cell, true);
        }
        for cell in ["", "A + B", "1 = 1", "a@b", "'", " ", "'quoted'", "国"] {
            check(cell, false);
        }
    }
}
