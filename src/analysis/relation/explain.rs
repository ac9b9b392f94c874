//! How the numbers of a comparison come about.

use super::conflict::{BASE_RATE, ConflictParts};
use super::{Comparison, Opinion, Side};
use crate::analysis::explain::Explanation;
use crate::analysis::weight::Weight;
use crate::model::{Assessment, Claim};

/// How the degree of conflict of two claims comes about: see [`degree_of_conflict`](super::degree_of_conflict).
pub fn explain_conflict(
    assessment: &Assessment,
    comparison: &Comparison,
    left: &Claim,
    right: &Claim,
) -> Explanation {
    let mut explanation = Explanation::new(
        "Degree of conflict",
        comparison.conflict.clone(),
        "DC = PD · CC,  PD = |P₁ − P₂|,  CC = (1 − u₁)(1 − u₂),  P = b + u / 2",
        "Jøsang, Subjective Logic (2016), section 4.8",
    );
    explanation = weights(explanation, assessment, [left, right]);
    let opinions = [left, right].map(|claim| Opinion::of_claim(assessment, claim));
    let (Some(sets), [first, second]) = (comparison.sets, opinions) else { return explanation };
    let parts = ConflictParts::of(first, second, sets);
    let asked = if parts.question == Side::Left { left } else { right };
    explanation = explanation.with(
        "Question",
        format!(
            "was it {}? (as {} puts it)",
            assessment.actors_text(asked),
            assessment.name_of(asked.source)
        ),
    );
    for (place, (claim, opinion)) in ["₁", "₂"].into_iter().zip([left, right].into_iter().zip(parts.opinions))
    {
        let name = assessment.name_of(claim.source);
        let text = format!(
            "b {:.3}, d {:.3}, u{place} {:.3}, P{place} {:.3}",
            opinion.belief,
            opinion.disbelief,
            opinion.uncertainty(),
            opinion.projected(BASE_RATE)
        );
        explanation = explanation.with_record(format!("{name} on it"), text, claim.id);
    }
    explanation
        .with("PD, projected distance", format!("{:.4}", parts.distance))
        .with("CC, conjunctive certainty", format!("{:.4}", parts.certainty))
        .noting(
            "Each claim is read on the two questions that the claims themselves raise, and the greater degree is \
             given. 0 is agreement or ignorance, 1 certain opposites.",
        )
}

/// How Dempster's K of two claims comes about: see [`dempster_conflict`](super::dempster_conflict).
pub fn explain_dempster_k(
    assessment: &Assessment,
    comparison: &Comparison,
    left: &Claim,
    right: &Claim,
) -> Explanation {
    let explanation = Explanation::new(
        "Dempster's K",
        comparison.dempster_k.clone(),
        "K = m₁(A) · m₂(B) for sets A and B without a common member, else 0",
        "Shafer, A Mathematical Theory of Evidence (1976)",
    );
    let explanation = weights(explanation, assessment, [left, right]);
    let Some(sets) = comparison.sets else { return explanation };
    explanation
        .with("Common members", if sets.is_disjoint { "none" } else { "some, so K is 0" })
        .with("Trust discount", assessment.header.methods.discount.label())
        .noting(
            "Each claim is belief in the actors that it stands for, t · p unless the discount is that of opposite belief, and leaves the rest \
             open. The conflict K of the Belief view is another number: there a claim also speaks against all others by the doubt that it \
             states.",
        )
}

/// How near the actors of two claims stand to each other.
pub fn explain_similarity(
    assessment: &Assessment,
    comparison: &Comparison,
    left: &Claim,
    right: &Claim,
) -> Explanation {
    Explanation::new(
        "Similarity in the hierarchy",
        comparison.similarity.clone(),
        "2 · depth of the nearest common actor above both / (depth of the one + depth of the other)",
        "Wu and Palmer, Verb semantics and lexical selection, ACL 1994",
    )
    .with("One", assessment.actors_text(left))
    .with("The other", assessment.actors_text(right))
    .noting(
        "A root above all actors has depth 1; of several actors each counts with the nearest among the others. It ranks pairs by how \
         much of the way down they share, and is no conflict: two services of one state contradict each other and are near.",
    )
}

/// What each claim weighs.
fn weights(mut explanation: Explanation, assessment: &Assessment, claims: [&Claim; 2]) -> Explanation {
    for claim in claims {
        let weight = Weight::of(assessment, claim);
        let grade = format!("{}{}", weight.reliability.letter(), weight.credibility.digit());
        let text = format!(
            "t {:.3}, p {:.3}: belief {:.3}, graded {grade}{}",
            weight.trust,
            weight.probability,
            Opinion::of_claim(assessment, claim).belief,
            if weight.is_reliability_assumed || weight.is_credibility_assumed {
                " in part assumed"
            } else {
                ""
            }
        );
        explanation = explanation.with_record(assessment.name_of(claim.source), text, claim.id);
    }
    explanation
}
