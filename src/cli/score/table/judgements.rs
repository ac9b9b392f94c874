//! What analysts judged, for people.

use std::io;

use crate::analysis::Derived;
use crate::analysis::charts::WeighingNames;
use crate::analysis::judgement::wording::percent;
use crate::analysis::judgement::{Pool, PooledJudgements, check_sentence, record, wording};
use crate::cli::Console;
use crate::model::{Hypothesis, Id, Incident};

/// Prints of each analyst the judgement that holds, and what they come to together; nothing where nobody has judged.
pub(super) fn print(derived: &Derived, incident: Id<Incident>, console: &mut Console<'_>) -> io::Result<()> {
    let assessment = derived.assessment();
    let latest = record::latest(assessment, incident);
    if latest.is_empty() {
        return Ok(());
    }
    let standard = assessment.header.standard;
    let names = WeighingNames::new(assessment, incident);
    let name = |answer: Option<Id<Hypothesis>>| match answer {
        Some(id) => format!("{} {}", names.hypothesis(id), assessment.name_of(id)),
        None => "none of these".to_owned(),
    };
    let hypotheses = record::hypotheses(assessment, incident);
    for judgement in latest {
        let confidence = judgement.confidence.map_or_else(
            || "no confidence given".to_owned(),
            |confidence| format!("{} confidence", confidence.label().to_lowercase()),
        );
        let who = assessment.name_of(judgement.analyst);
        console.line(format_args!("  judgement of {who}, {}: {confidence}", judgement.made_at))?;
        match record::scaled(judgement) {
            None => {}
            Some(Some(factor)) => console.line(format_args!(
                "    it sums to {}, and is scaled to 100 % where judgements are pooled",
                percent(1.0 / factor)
            ))?,
            Some(None) => console.line("    it gives nothing a probability, and is left out of pools")?,
        }
        for answer in hypotheses.iter().copied().map(Some).chain([None]) {
            let Some(share) = record::share_of(judgement, answer) else { continue };
            let words = wording(standard, share).label();
            console.line(format_args!("    {:>8}  {words:<34}  {}", percent(share), name(answer)))?;
        }
        for finding in check_sentence(&judgement.key_sentence, standard) {
            console.line(format_args!("    key sentence: {}", finding.reason))?;
        }
    }
    let pooled = PooledJudgements::new(assessment, incident, Pool::default());
    if let (Ok(shares), true) = (&pooled.pooled, pooled.rows.len() > 1) {
        console.line(format_args!(
            "  {} analysts pooled, {}",
            pooled.rows.len(),
            pooled.pool.method.label().to_lowercase()
        ))?;
        for (answer, share) in pooled.answers.iter().zip(shares) {
            let words = wording(standard, *share).label();
            console.line(format_args!("    {:>8}  {words:<34}  {}", percent(*share), name(*answer)))?;
        }
    }
    Ok(())
}
