//! Probabilities as people read them: in per cent. Tables, files and the command line have them as decimals, to compute with.

/// A probability in `[0, 1]` in whole per cent, such as "64 %"; what is not quite nothing or all is not shown as that.
pub fn percent(probability: f64) -> String {
    in_percent(probability, 0)
}

/// The same with one digit after the point, such as "72.7 %", where probabilities near the ends are compared.
pub fn percent_in_tenths(probability: f64) -> String {
    in_percent(probability, 1)
}

/// The same with two digits after the point, such as "64.25 %", where it is told how a number came about.
pub fn percent_in_full(probability: f64) -> String {
    in_percent(probability, 2)
}

/// From the one to the other in whole per cent, such as "26 – 94 %".
pub fn percent_span(low: f64, high: f64) -> String {
    let (low, high) = (percent(low), percent(high));
    // A dash before a sign would be read with it.
    let between = if high.starts_with('>') { "to" } else { "–" };
    format!("{} {between} {high}", low.trim_end_matches(" %"))
}

/// A part that a number in per cent is added up from, with its sign, such as "+3.21 %".
pub fn signed_percent(part: f64) -> String {
    let sign = if part < 0.0 { '\u{2212}' } else { '+' };
    format!("{sign}{:.2} %", part.abs() * 100.0)
}

fn in_percent(probability: f64, digits: usize) -> String {
    // What rounding leaves of nothing or all is that.
    let probability = if probability.abs() < 1e-12 { 0.0 } else { probability };
    let probability = if (probability - 1.0).abs() < 1e-12 { 1.0 } else { probability };
    let value = probability * 100.0;
    let least = [1.0, 0.1, 0.01].get(digits).copied().unwrap_or(1.0);
    if value > 0.0 && value < least / 2.0 {
        format!("< {least:.digits$} %")
    } else if probability < 1.0 && value >= 100.0 - least / 2.0 {
        format!("> {:.digits$} %", 100.0 - least)
    } else {
        format!("{value:.digits$} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_nothing_or_all_is_not_shown_as_that() {
        let check = |value: f64, expect: [&str; 3]| {
            assert_eq!([percent(value), percent_in_tenths(value), percent_in_full(value)], expect, "{value}");
        };
        check(0.0, ["0 %", "0.0 %", "0.00 %"]);
        check(0.000_01, ["< 1 %", "< 0.1 %", "< 0.01 %"]);
        check(0.004, ["< 1 %", "0.4 %", "0.40 %"]);
        check(0.433_21, ["43 %", "43.3 %", "43.32 %"]);
        check(0.996, ["> 99 %", "99.6 %", "99.60 %"]);
        check(0.999_99, ["> 99 %", "> 99.9 %", "> 99.99 %"]);
        check(1.0, ["100 %", "100.0 %", "100.00 %"]);
        check(-1e-17, ["0 %", "0.0 %", "0.00 %"]);
        check(1.0 - 1e-15, ["100 %", "100.0 %", "100.00 %"]);
    }

    #[test]
    fn a_span_has_its_unit_once() {
        let check = |low: f64, high: f64, expect: &str| assert_eq!(percent_span(low, high), expect);
        check(0.26, 0.94, "26 – 94 %");
        check(0.002, 0.999, "< 1 to > 99 %");
        check(0.0, 1.0, "0 – 100 %");
    }

    #[test]
    fn parts_have_a_sign() {
        let check = |part: f64, expect: &str| assert_eq!(signed_percent(part), expect);
        check(0.0321, "+3.21 %");
        check(-0.5, "\u{2212}50.00 %");
        check(0.0, "+0.00 %");
    }
}
