//! Names the word that was probably meant.

/// A mend that names the nearest of the words that are known, or all of them where none is near.
pub(super) fn did_you_mean<'a>(found: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(found, known.clone()) {
        Some(word) => format!("did you mean `{word}`?"),
        None => {
            let all: Vec<String> = known.map(|word| format!("`{word}`")).collect();
            format!("known here: {}", all.join(", "))
        }
    }
}

/// The nearest of the known words; `None` where all are too different to be meant.
fn nearest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = found.to_lowercase();
    known
        .map(|word| (strsim::osa_distance(&lower, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= 1 + word.chars().count() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest_word_or_all() {
        let check = |found: &str, expect: &str| {
            assert_eq!(did_you_mean(found, ["likelihood", "status", "stance"].into_iter()), expect);
        };
        check("likelyhood", "did you mean `likelihood`?");
        check("Stance", "did you mean `stance`?");
        check("colour", "known here: `likelihood`, `status`, `stance`");
    }
}
