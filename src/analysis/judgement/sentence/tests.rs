//! Sentences, checked and made.

use super::super::fixture::Judged;
use super::*;
use crate::model::Confidence;

/// The faults of a text, with the words that they stand at.
fn faults(text: &str, standard: Standard) -> Vec<(Fault, String)> {
    check_sentence(text, standard)
        .into_iter()
        .map(|it| (it.fault, text.get(it.span).unwrap().to_owned()))
        .collect()
}

fn check(standard: Standard, text: &str, expect: &[(Fault, &str)]) {
    let found = faults(text, standard);
    let found: Vec<(Fault, &str)> = found.iter().map(|(fault, words)| (*fault, words.as_str())).collect();
    assert_eq!(found, expect, "{text}");
}

use Fault::*;
use Standard::{Icd203, Phia};

#[test]
fn likelihood_and_confidence_stand_apart() {
    check(
        Icd203,
        "We assess with high confidence that the JSSD was likely behind it.",
        &[(LikelihoodWithConfidence, "high confidence")],
    );
    check(Icd203, "The JSSD was likely behind it. We judge so with high confidence.", &[]);
    check(
        Icd203,
        "The JSSD was likely behind it; confidence in this is moderate.",
        &[(LikelihoodWithConfidence, "confidence in this is moderate")],
    );
    check(
        Phia,
        "With moderate analytic confidence, it is highly likely.",
        &[(LikelihoodWithConfidence, "moderate analytic confidence")],
    );
    check(
        Icd203,
        "There is a 70 % chance, we say with low confidence.",
        &[(LikelihoodWithConfidence, "low confidence")],
    );
    check(Icd203, "It is likely that the investors’ confidence in the bank was shaken.", &[]);
}

/// Whatever stands between "confidence" and its level, and however the two are joined.
#[test]
fn confidence_is_found_around_a_likelihood() {
    for (text, words) in [
        (
            "Our confidence that the unit is likely behind this is high.",
            "confidence that the unit is likely behind this is high",
        ),
        (
            "Confidence that the unit was likely behind it is moderate.",
            "Confidence that the unit was likely behind it is moderate",
        ),
        ("It is likely that the unit did it (confidence: moderate).", "confidence: moderate"),
        ("It is likely that the unit did it; analytic confidence: HIGH.", "confidence: HIGH"),
        ("It is likely that the unit did it, confidence level: low.", "confidence level: low"),
        ("It is likely that the unit did it – confidence high.", "confidence high"),
        ("It is almost certain, with high confidence.", "high confidence"),
        ("It is very likely [high confidence].", "high confidence"),
        ("The probability that the unit did it is 80 %, with high confidence.", "high confidence"),
        ("The chance is 70 %, and we say so with high confidence.", "high confidence"),
        ("The likelihood, as we see it, is 55–80 per cent: moderate confidence.", "moderate confidence"),
    ] {
        check(Icd203, text, &[(LikelihoodWithConfidence, words)]);
    }
    for text in [
        // Shares of other things, and "high" of other things, are no likelihoods and no levels.
        "It is likely. In 80 % of the samples we have high confidence.",
        "It is likely. With confidence, high officials said so.",
        "It is likely. We say with confidence some of them did.",
        "The probability is 80 %. We say so with high confidence.",
    ] {
        check(Icd203, text, &[]);
    }
}

#[test]
fn confidence_in_other_words_is_found() {
    for (text, expect) in [
        ("It is likely. Our confidence is very high.", "confidence is very high"),
        ("It is likely. Our confidence is not high.", "confidence is not high"),
        ("It is likely. Confidence is moderate to high.", "Confidence is moderate to high"),
        ("It is likely. Confidence: fair.", "Confidence: fair"),
        ("It is likely. We are certain of it.", "certain"),
        ("It is likely. We are sure about it.", "sure"),
    ] {
        check(Icd203, text, &[(NotALevel, expect)]);
    }
    check(
        Icd203,
        "We judge with moderate-to-high confidence that it is likely.",
        &[
            (LikelihoodWithConfidence, "moderate-to-high confidence"),
            (NotALevel, "moderate-to-high confidence"),
        ],
    );
    check(
        Icd203,
        "We are confident that the unit is likely behind it.",
        &[(LikelihoodWithConfidence, "confident"), (NotALevel, "confident")],
    );
    check(
        Icd203,
        "We assess with high confidence that the unit did it.",
        &[(NoLikelihood, "We assess with high confidence that the unit did it.")],
    );
}

#[test]
fn the_words_are_those_of_one_standard() {
    check(Icd203, "It is highly likely.", &[(OtherStandard, "highly likely")]);
    check(Icd203, "There is a realistic possibility of it.", &[(OtherStandard, "realistic possibility")]);
    check(Phia, "It is very likely.", &[(OtherStandard, "very likely")]);
    check(Phia, "It is nearly certain.", &[(OtherStandard, "nearly certain")]);
    check(Phia, "There is a roughly even chance.", &[(OtherStandard, "roughly even chance")]);
    for text in [
        "It is likely.",
        "It is unlikely.",
        "It probably was.",
        "It was almost certainly theirs.",
        "There is a remote chance.",
    ] {
        check(Icd203, text, &[]);
        check(Phia, text, &[]);
    }
    check(Icd203, "The chance is remote.", &[]);
    check(Phia, "The chance is remote.", &[(OtherStandard, "remote")]);
}

#[test]
fn words_outside_of_every_standard_are_found() {
    let outside = |text: &str, words: &str| check(Icd203, text, &[(OutsideStandard, words)]);
    outside("The JSSD may have done it.", "may");
    outside("It could be theirs.", "could");
    outside("They are possibly Chinese.", "possibly");
    outside("It cannot be ruled out.", "cannot be ruled out");
    outside("It is more likely than not.", "more likely than not");
    outside("It was certainly the JSSD.", "certainly");
    outside("It is certain that they did it.", "certain");
    outside("There is a strong possibility of it.", "strong possibility");
    outside("This is a high probability event.", "high probability");
    outside("It is not unlikely.", "not unlikely");
    outside("It stands fifty-fifty here.", "fifty-fifty");
    outside("It’s a near certainty that they did it.", "near certainty");
    outside("There is a realistic probability that they did it.", "realistic probability");
    outside("The chances are roughly even.", "chances are roughly even");
    outside("They would have been able to, and may have done it.", "may");
    check(
        Icd203,
        "They are highly likely behind it, and criminals may have helped.",
        &[(OtherStandard, "highly likely"), (OutsideStandard, "may")],
    );
    for text in ["They are the probable culprits.", "It is likely (55-80%).", "Nearly certainly the unit."] {
        check(Icd203, text, &[]);
    }
}

#[test]
fn words_with_another_meaning_are_left_alone() {
    for text in [
        "It was likely a remote access tool on certain servers.",
        "It likely began in May 2015.",
        "It likely ended by May.",
        "May 2015 is likely when it began.",
        "It is likely that military might was not the aim: no show of might.",
        "They likely met by chance.",
        "H2 is more likely than H1.",
    ] {
        let found: Vec<_> = faults(text, Icd203).into_iter().filter(|(_, words)| words != "might").collect();
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn the_rows_of_icd_203_are_not_mixed() {
    check(
        Icd203,
        "The JSSD is likely behind it, and a criminal case improbable.",
        &[(MixedRows, "improbable")],
    );
    check(Icd203, "It is probable, and the other improbable.", &[]);
    check(Phia, "It is likely, indeed probable.", &[]);
}

#[test]
fn confidence_is_low_moderate_or_high() {
    check(Icd203, "It is likely. We have medium confidence.", &[(NotALevel, "medium confidence")]);
    check(Icd203, "It is likely. Confidence is fair.", &[(NotALevel, "Confidence is fair")]);
    check(Icd203, "It is likely. We are fairly confident.", &[(NotALevel, "fairly confident")]);
    check(
        Icd203,
        "It is likely. We have low to moderate confidence.",
        &[(NotALevel, "low to moderate confidence")],
    );
    check(Icd203, "It is likely. We have 80 % confidence.", &[(ConfidenceAsNumber, "80 % confidence")]);
    for level in ["low", "moderate", "high"] {
        check(Icd203, &format!("It is likely. We have {level} confidence in this."), &[]);
    }
}

#[test]
fn a_sentence_without_a_likelihood_reads_as_certain() {
    check(Icd203, " The JSSD did it. ", &[(NoLikelihood, "The JSSD did it.")]);
    check(Icd203, "The JSSD did it (55–80 %).", &[]);
    check(Icd203, "  ", &[]);
}

#[test]
fn each_finding_has_its_reason_and_its_mend() {
    let one = |text: &str, standard: Standard| {
        let found = check_sentence(text, standard);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap()
    };
    let replaced = |text: &str, standard: Standard| one(text, standard).replacement;
    assert_eq!(replaced("It is highly likely.", Icd203).as_deref(), Some("very likely"));
    assert_eq!(replaced("Highly unlikely, it seems.", Icd203).as_deref(), Some("Very unlikely"));
    assert_eq!(replaced("It is very unlikely.", Phia).as_deref(), Some("highly unlikely"));
    assert_eq!(replaced("There is almost no chance.", Phia).as_deref(), Some("remote chance"));
    assert_eq!(replaced("It was certainly them.", Icd203).as_deref(), Some("almost certainly"));
    assert_eq!(replaced("It is not likely.", Icd203).as_deref(), Some("unlikely"));
    assert_eq!(
        replaced("It is likely. We have medium confidence.", Icd203).as_deref(),
        Some("moderate confidence")
    );
    assert_eq!(replaced("The JSSD may have done it.", Icd203), None);
    // 45 % is the end of two bands of ICD 203, and 50 % in a gap of PHIA.
    let realistic = one("There is a realistic possibility of it.", Icd203);
    assert_eq!(realistic.replacement, None);
    assert!(realistic.mend.contains("unlikely") && realistic.mend.contains("roughly even chance"));
    assert!(one("There is a roughly even chance.", Phia).mend.contains("no term for 50 %"));
    let together = one("It is likely, with high confidence.", Icd203);
    assert!(together.reason.contains("“likely” is a likelihood and “high confidence” a confidence"));
    assert!(together.fault.is_breach() && !together.mend.is_empty());
}

#[test]
fn what_is_no_english_text_is_read_too() {
    for text in
        ["…", "可能是国家安全部。", "%%%", "5", "likely", "confidence", "a\u{301} may\u{2019}", "\n\n"]
    {
        for standard in Standard::ALL {
            for finding in check_sentence(text, *standard) {
                assert!(text.get(finding.span.clone()).is_some(), "{text}: {finding:?}");
            }
        }
    }
}

/// Whatever the probability, the sentence that a judgement makes keeps to the standard.
#[test]
fn a_judgement_makes_a_sentence_that_keeps_to_the_standard() {
    for standard in Standard::ALL {
        let mut made = 0;
        for percent in 1..100 {
            let share = f64::from(percent) / 100.0;
            let mut judged = Judged::new(&["The bureau", "Somebody else"]);
            judged.assessment.header.standard = *standard;
            let id = judged.judges("Ann", 1, &[share, 0.0], 0.0);
            judged.change(id, |it| it.confidence = Some(Confidence::Moderate));
            let judgement = judged.assessment.get(id).unwrap();
            if let Ok(text) = compose(&judged.assessment, judgement) {
                assert_eq!(check_sentence(&text, *standard), [], "{text}");
                made += 1;
            }
        }
        assert!(made > 60, "{standard}: {made}");
    }
}

#[test]
fn the_sentence_names_the_foremost_answer() {
    let mut judged = Judged::new(&["Another service", "Somebody else"]);
    let id = judged.judges("Ann", 1, &[0.6, 0.3], 0.1);
    let text = |judged: &Judged| compose(&judged.assessment, judged.assessment.get(id).unwrap());
    assert_eq!(
        text(&judged).unwrap(),
        "It is likely that this is the answer for The incident: Another service."
    );
    judged.change(id, |it| it.confidence = Some(Confidence::Low));
    assert!(text(&judged).unwrap().ends_with(". Confidence in this judgement is low."));
    judged.change(id, |it| it.other = 0.7);
    assert_eq!(text(&judged), Err(NoSentence::NoneOfThese));
    judged.change(id, |it| it.probabilities[1].probability = 0.6);
    assert_eq!(text(&judged), Err(NoSentence::NoLeader));
    judged.change(id, |it| {
        it.probabilities[0].probability = 0.999;
        it.other = 0.0;
    });
    assert!(matches!(text(&judged), Err(NoSentence::NoTerm(_))));
}
