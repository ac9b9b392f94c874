//! How the counts above the graph come about.

use super::{Family, Provenance};
use crate::analysis::explain::{Contribution, Explanation};

const CONVENTION: &str = "Connected components over “repeats” and “relays”: a convention of this program";

impl Provenance {
    /// How many claims stand, family by family. A whole number, at least 0.
    pub fn explain_claims(&self) -> Explanation {
        let explanation = Explanation::new(
            "Claims",
            Ok(number(self.claims)),
            "one for each claim that its source stands by",
            CONVENTION,
        );
        self.by_family(explanation, |family| family.claims)
            .noting("Claims that were retracted or superseded tie others together and do not count.")
    }

    /// How many independent origins the claims have, family by family. A whole number, at least 0; links between actors are
    /// claims without an origin.
    pub fn explain_origins(&self) -> Explanation {
        let explanation = Explanation::new(
            "Independent origins",
            Ok(number(self.origins)),
            "one for each group of claims on one incident that go back to one statement",
            CONVENTION,
        );
        self.by_family(explanation, |family| family.origins).noting(
            "Claims have one origin where one repeats the other, or where they say the same in documents that hang together by \
             relays, a narrower or wider actor in place of what is relayed included. In a circle nothing is first-hand: it is one origin all the same.",
        )
    }

    fn by_family(&self, explanation: Explanation, count: impl Fn(&Family) -> usize) -> Explanation {
        let mut explanation = explanation
            .with("Claims that count", self.claims.to_string())
            .with("Claims set aside", self.set_aside.to_string())
            .with("Documents", self.documents.to_string());
        let part = |family: &Family| {
            let first = *family.cards.first()?;
            let record = self.nodes_of(first).find_map(|node| self.record(node));
            let card = self.cards.get(first)?;
            let name = if card.heading.is_empty() { &card.title } else { &card.heading };
            let what = format!("{name}: {}", family.label);
            Some(Contribution { what, value: number(count(family)), record })
        };
        let parts: Vec<Contribution> =
            self.families.iter().filter(|family| count(family) > 0).filter_map(part).collect();
        // Where what ties an origin together is not drawn it stands in several families; then they are no parts of the whole.
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        if explanation.value.as_ref().is_ok_and(|value| (value - sum).abs() < 0.5) {
            explanation.contributions = parts;
            explanation.contributions_are = "the part of each family of the graph".to_owned();
        }
        explanation
    }
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
