//! What the view shows of one incident and analyst, computed once for each state of the document and each choice.

use std::sync::Arc;

use crate::analysis::charts::ChartTable;
use crate::analysis::judgement::sentence::{NoSentence, compose};
use crate::analysis::judgement::{
    JudgementChange, Lenses, Pool, PooledJudgements, SentenceFinding, check_sentence, record, wording,
};
use crate::model::{Analyst, Confidence, Hypothesis, Id, Incident, Judgement};
use crate::ui::ViewContext;
use crate::ui::views::data_key::DataKey;

use super::lenses::Judged;

/// What the memo was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub data: DataKey,
    pub incident: Id<Incident>,
    pub analyst: Option<Id<Analyst>>,
    pub pool: Pool,
    pub compared: Option<(Id<Judgement>, Id<Judgement>)>,
}

/// A hypothesis as the view calls it.
#[derive(Clone, Debug)]
pub(super) struct Rival {
    pub id: Id<Hypothesis>,
    /// Such as "H1".
    pub name: String,
    /// What it says.
    pub answer: String,
}

/// Everything that the view shows.
#[derive(Debug)]
pub(super) struct Memo {
    pub key: Key,
    pub hypotheses: Vec<Rival>,
    /// The identifiers of the hypotheses, in the same order.
    pub ids: Vec<Id<Hypothesis>>,
    /// The judgements of the analyst, the oldest first.
    pub history: Vec<Id<Judgement>>,
    pub lenses: Arc<Lenses>,
    /// What is wrong in the key sentence of the judgement that holds.
    pub findings: Vec<SentenceFinding>,
    /// The sentence that it makes.
    pub composed: Option<Result<String, NoSentence>>,
    pub pooled: PooledJudgements,
    /// The two judgements that are compared, and what changed.
    pub change: Option<(Id<Judgement>, Id<Judgement>, JudgementChange)>,
}

impl Memo {
    pub fn new(cx: &ViewContext<'_>, key: Key) -> Self {
        let assessment = cx.assessment;
        let ids = record::hypotheses(assessment, key.incident);
        let hypotheses = ids.iter().enumerate().filter_map(|(place, id)| {
            let answer = assessment.answer_text(&assessment.get(*id)?.answer);
            Some(Rival { id: *id, name: format!("H{}", place + 1), answer })
        });
        let hypotheses = hypotheses.collect();
        let history: Vec<&Judgement> =
            key.analyst.map(|analyst| record::history(assessment, key.incident, analyst)).unwrap_or_default();
        let present = history.last().copied();
        let change = compared(&history, key.compared)
            .map(|(before, after)| (before.id, after.id, JudgementChange::new(assessment, before, after)));
        Self {
            key,
            hypotheses,
            ids,
            lenses: cx.derived.lenses(key.incident),
            findings: present
                .map(|it| check_sentence(&it.key_sentence, assessment.header.standard))
                .unwrap_or_default(),
            composed: present.map(|it| compose(assessment, it)),
            pooled: PooledJudgements::new(assessment, key.incident, key.pool),
            change,
            history: history.into_iter().map(|it| it.id).collect(),
        }
    }

    /// The judgement of the analyst that holds.
    pub fn present<'a>(&self, cx: &ViewContext<'a>) -> Option<&'a Judgement> {
        self.history.last().and_then(|id| cx.assessment.get(*id))
    }

    /// What an answer is called: "H1", or "None of these".
    pub fn name_of(&self, answer: Option<Id<Hypothesis>>) -> String {
        let Some(id) = answer else { return "None of these".to_owned() };
        self.hypotheses.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone())
    }

    /// The lenses as a table.
    pub fn lens_table(&self, cx: &ViewContext<'_>) -> ChartTable {
        let judged = Judged::own(cx, self);
        self.lenses.table((judged.title, &judged.shares))
    }

    /// The history as a table: a row for each judgement of the analyst, the oldest first.
    pub fn history_table(&self, cx: &ViewContext<'_>) -> ChartTable {
        let mut headers = vec!["Made".to_owned()];
        headers.extend(self.hypotheses.iter().map(|it| format!("{} {}", it.name, it.answer)));
        headers.extend(["None of these", "Words", "Confidence", "Key sentence"].map(str::to_owned));
        let standard = cx.assessment.header.standard;
        let mut table = ChartTable { headers, rows: Vec::new() };
        for judgement in self.history.iter().filter_map(|id| cx.assessment.get(*id)) {
            let number =
                |share: Option<f64>| share.map_or_else(|| "not known".to_owned(), |share| share.to_string());
            let mut row = vec![super::history::moment(judgement.made_at)];
            row.extend(self.ids.iter().map(|id| number(record::share_of(judgement, Some(*id)))));
            row.push(judgement.other.to_string());
            let foremost = self
                .foremost(judgement)
                .map(|(name, share)| format!("{name} {}", wording(standard, share).label()));
            row.push(foremost.unwrap_or_default());
            row.push(judgement.confidence.map_or("", Confidence::label).to_owned());
            row.push(judgement.key_sentence.clone());
            table.rows.push(row);
        }
        table
    }

    /// The likeliest answer of a judgement and its probability; of several the first one.
    pub fn foremost(&self, judgement: &Judgement) -> Option<(String, f64)> {
        let answers = self.ids.iter().copied().map(Some).chain([None]);
        let shares = answers.filter_map(|answer| Some((answer, record::share_of(judgement, answer)?)));
        let best =
            shares.fold(None, |best: Option<(Option<Id<Hypothesis>>, f64)>, (answer, share)| match best {
                Some((_, most)) if most >= share => best,
                _ => Some((answer, share)),
            });
        best.map(|(answer, share)| (self.name_of(answer), share))
    }
}

/// The two judgements that are compared: those that were chosen while they are there, else the last two.
fn compared<'a>(
    history: &[&'a Judgement],
    chosen: Option<(Id<Judgement>, Id<Judgement>)>,
) -> Option<(&'a Judgement, &'a Judgement)> {
    let find = |id: Id<Judgement>| history.iter().copied().find(|it| it.id == id);
    let chosen = chosen.and_then(|(before, after)| Some((find(before)?, find(after)?)));
    chosen.or(match history {
        [.., before, last] => Some((*before, *last)),
        _ => None,
    })
}
