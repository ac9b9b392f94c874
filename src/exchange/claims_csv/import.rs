//! Reading a table of claims into an assessment.

use std::collections::{HashMap, HashSet};

use super::super::text::{self, Table};
use super::super::{Change, Finding, Import, Row, State, Stopped, Unreadable, grades, rejects};
use super::circles::on_circles;
use super::columns::Column;
use super::header::Header;
use super::identity::{KnownClaims, SeenRows, updated};
use super::resolve::{Resolved, Resolver, finding};
use super::row::{self, ClaimRow};
use crate::model::validate::{Severity, circles};
use crate::model::{
    Actor, AnyId, Assessment, Claim, Entity, Id, Locator, Record, Reliability, Source, Status, Uuid,
    Verification,
};

/// The cells that a [`Row`] of such a table shows.
pub const SHOWN: [&str; 3] = ["Source", "Incident", "Actor"];

/// Reads a table of claims, to be put `into` an assessment.
///
/// Sources, incidents, actors and documents are found there by identifier, name or alias, or are made. A row whose `id` is the
/// UUID of a claim changes that claim; a row without one is the claim that says all that it says, where there is one. `new_id`
/// gives an identifier that was never given before. `goes_on` is told from time to time how far it is, from 0 to 1, and says
/// whether to go on.
///
/// # Errors
///
/// Where the table cannot be read at all: it is empty, a required column is missing, the encoding is broken; or when it was
/// stopped. A row that cannot be read is no error: it is among the findings and the rejects.
pub fn read(
    bytes: &[u8],
    into: &Assessment,
    new_id: &mut dyn FnMut() -> Uuid,
    goes_on: &dyn Fn(f32) -> bool,
) -> Result<Import, Unreadable> {
    let table = text::table(bytes, &|name| Column::from_header(name).is_some())?;
    let mut findings = Vec::new();
    let header = Header::read(&table, &mut findings)?;
    let mut reading = Reading { into, table: &table, header: &header, findings, rejected: HashSet::new() };
    let pending = reading.pending(new_id, goes_on)?;
    Ok(reading.finish(pending))
}

/// The rows that were understood, with the records that they need.
struct Pending {
    rows: Vec<Settled>,
    sources: Vec<Source>,
    others: Vec<Record>,
    actors: Vec<Actor>,
}

/// A row of which it is known which claim it is.
struct Settled {
    row: ClaimRow,
    /// What the row says, under the identifier that it has in the assessment.
    claim: Claim,
    is: Is,
}

/// How the sources are graded that were not there before.
type NewGrades = HashMap<Id<Source>, Option<Reliability>>;

#[derive(Clone, Copy, PartialEq)]
enum Is {
    New,
    Known,
    /// The same as an earlier row.
    Repeated,
}

struct Reading<'a> {
    into: &'a Assessment,
    table: &'a Table,
    header: &'a Header,
    findings: Vec<Finding>,
    rejected: HashSet<usize>,
}

impl Reading<'_> {
    fn say(&mut self, severity: Severity, row: usize, column: Column, message: String, mend: &str) {
        self.findings.push(finding(self.header, severity, row, column, message, mend));
    }

    /// Reads all rows, settles their names and which claims they are.
    fn pending(
        &mut self,
        new_id: &mut dyn FnMut() -> Uuid,
        goes_on: &dyn Fn(f32) -> bool,
    ) -> Result<Pending, Stopped> {
        let mut findings = std::mem::take(&mut self.findings);
        let mut understood = Vec::new();
        let mut rows_of_ids: HashMap<Uuid, usize> = HashMap::new();
        let total = self.table.rows.len().max(1) as f32;
        let mut resolver = Resolver::new(self.into, self.header, new_id, &mut findings);
        for (place, raw) in self.table.rows.iter().enumerate() {
            if place % 512 == 0 && !goes_on(0.8 * place as f32 / total) {
                return Err(Stopped);
            }
            let row = row::read(raw, self.header, self.into.header.standard, resolver.findings);
            let row = row.filter(|row| {
                match row.id.and_then(|id| rows_of_ids.insert(id, row.number).map(|first| (id, first))) {
                    None => true,
                    Some((id, first)) => {
                        rows_of_ids.insert(id, first);
                        let message = format!("row {first} already has this identifier");
                        resolver.say(
                            Severity::Error,
                            row.number,
                            Column::Id,
                            &message,
                            "leave it empty for a claim of its own",
                        );
                        false
                    }
                }
            });
            let settled = row.and_then(|row| resolver.row(&row).map(|resolved| (row, resolved)));
            match settled {
                Some(settled) => understood.push(settled),
                None => {
                    self.rejected.insert(raw.number);
                }
            }
        }
        resolver.say_defaults();
        let mut others = Vec::new();
        others.extend(resolver.documents.new.drain(..).map(Entity::into_record));
        others.extend(resolver.incidents.new.drain(..).map(Entity::into_record));
        let sources = std::mem::take(&mut resolver.sources.new);
        let actors = std::mem::take(&mut resolver.actors.new);
        self.findings = findings;
        let rows = self.identify(understood, new_id);
        if !goes_on(0.9) {
            return Err(Stopped);
        }
        Ok(Pending { rows, sources, others, actors })
    }

    /// Settles which claim each row is: by its identifier, by what it says, or a new one.
    fn identify(
        &mut self,
        rows: Vec<(ClaimRow, Resolved)>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Vec<Settled> {
        let named: HashSet<Uuid> = rows.iter().filter_map(|(row, _)| row.id).collect();
        let open = self.into.claims.ids().filter(|id| !named.contains(&id.uuid()));
        let mut known = KnownClaims::new(open, self.into);
        let mut seen = SeenRows::default();
        let mut settled = Vec::with_capacity(rows.len());
        for (row, resolved) in rows {
            let mut claim = fresh(&row, resolved);
            let is = match row.id {
                Some(id) => {
                    claim.id = Id::new(id);
                    if self.into.claims.contains(claim.id) { Is::Known } else { Is::New }
                }
                None => match known.take(&claim, self.into, self.header) {
                    Some(id) => {
                        claim.id = id;
                        Is::Known
                    }
                    None => {
                        claim.id = Id::new(new_id());
                        Is::New
                    }
                },
            };
            // Rows that are numbered by hand are meant to be two even where they say the same.
            let is = match (row.label.is_none(), is) {
                (true, Is::New) => match seen.same_or_add(&claim, row.number, self.header) {
                    Some((first, id)) => {
                        claim.id = id;
                        let message = format!("it says the same as row {first} and comes in once");
                        self.say(
                            Severity::Warning,
                            row.number,
                            Column::Id,
                            message,
                            "give both an id if they are two claims",
                        );
                        Is::Repeated
                    }
                    None => is,
                },
                _ => is,
            };
            settled.push(Settled { row, claim, is });
        }
        settled
    }

    fn finish(mut self, pending: Pending) -> Import {
        let Pending { mut rows, mut sources, others, mut actors } = pending;
        self.link_repeats(&mut rows);
        self.break_hierarchy_circles(&mut actors, &rows);
        let stated = rows.iter().filter_map(|it| Some((it.claim.source, it.row.reliability?)));
        grades::grade_new(&mut sources, stated);
        let new_grades: NewGrades = sources.iter().map(|source| (source.id, source.reliability())).collect();
        let mut changes: Vec<Change> = sources.into_iter().map(|it| Change::New(it.into_record())).collect();
        changes.extend(others.into_iter().map(Change::New));
        changes.extend(actors.into_iter().map(|it| Change::New(it.into_record())));
        let mut states = HashMap::new();
        for Settled { row, claim, is } in rows {
            let id = claim.id;
            let state = match (is, self.into.claims.get(id)) {
                (Is::Repeated, _) => State::Unchanged,
                (Is::Known, Some(known)) => self.change(known, &claim, &row, &new_grades, &mut changes),
                _ => {
                    let mut claim = claim;
                    self.regrade(&mut claim, row.reliability, &new_grades);
                    changes.push(Change::New(claim.into_record()));
                    State::New
                }
            };
            states.insert(row.number, (state, id));
        }
        self.result(changes, &mut states)
    }

    /// Changes a claim that is there to what its row says.
    fn change(
        &self,
        known: &Claim,
        says: &Claim,
        row: &ClaimRow,
        new_grades: &NewGrades,
        changes: &mut Vec<Change>,
    ) -> State {
        let (mut claim, mut changed) = match row.id {
            Some(_) => updated(known, says, self.header),
            // What it says is said already, or it would be another claim.
            None => (known.clone(), Vec::new()),
        };
        let speaks_of_repeats =
            self.header.has(Column::Repeats) && (row.id.is_some() || !says.repeats.is_empty());
        if speaks_of_repeats && claim.repeats != says.repeats {
            claim.repeats.clone_from(&says.repeats);
            changed.push(Column::Repeats);
        }
        if self.regrade(&mut claim, row.reliability, new_grades) {
            changed.push(Column::Reliability);
        }
        if changed.is_empty() {
            return State::Unchanged;
        }
        changes.push(Change::Changed(claim.into_record()));
        State::Changed(changed.iter().map(|column| column.name().to_owned()).collect())
    }

    /// Gives a claim the reliability of its row, where its source has another one. Whether that is something new.
    fn regrade(&self, claim: &mut Claim, stated: Option<Reliability>, new_grades: &NewGrades) -> bool {
        let Some(stated) = stated else { return false };
        let of_source = match self.into.get(claim.source) {
            Some(source) => source.reliability(),
            None => new_grades.get(&claim.source).copied().flatten(),
        };
        let own = claim.reliability_override.as_ref().map(|own| own.reliability);
        if own.or(of_source) == Some(stated) {
            return false;
        }
        claim.reliability_override = (of_source != Some(stated)).then(|| grades::own(stated));
        true
    }

    /// Finds the claims that rows repeat. What leads nowhere, and a claim that repeats itself, is left out, which is said.
    fn link_repeats(&mut self, rows: &mut [Settled]) {
        let mut by_label: HashMap<String, Id<Claim>> = HashMap::new();
        let mut by_number: HashMap<usize, Id<Claim>> = HashMap::new();
        for settled in rows.iter() {
            by_number.insert(settled.row.number, settled.claim.id);
            if let Some(label) = &settled.row.label {
                by_label.entry(label.to_lowercase()).or_insert(settled.claim.id);
            }
        }
        for settled in rows.iter_mut() {
            for text in &settled.row.repeats {
                let found = by_label.get(&text.to_lowercase()).copied().or_else(|| {
                    let known = super::super::cells::identifier(text).map(Id::new);
                    known
                        .filter(|id| self.into.claims.contains(*id))
                        .or_else(|| row_number(text).and_then(|number| by_number.get(&number).copied()))
                });
                match found {
                    Some(id) if id != settled.claim.id => {
                        if !settled.claim.repeats.contains(&id) {
                            settled.claim.repeats.push(id);
                        }
                    }
                    Some(_) => {
                        let message = "it repeats itself, which is left out".to_owned();
                        self.say(
                            Severity::Warning,
                            settled.row.number,
                            Column::Repeats,
                            message,
                            "name another claim",
                        );
                    }
                    None => {
                        let is_rejected =
                            row_number(text).is_some_and(|number| self.rejected.contains(&number));
                        let why = if is_rejected { "did not come in" } else { "is not to be found" };
                        let message = format!("\"{text}\" {why} and is left out");
                        let mend = "name the id of a claim, or its row as `row 12`";
                        self.say(Severity::Warning, settled.row.number, Column::Repeats, message, mend);
                    }
                }
            }
        }
        self.name_circles(rows);
    }

    /// Names the circles of claims that repeat one another, each once. Circular reporting happens: it comes in as it is.
    fn name_circles(&mut self, rows: &[Settled]) {
        let of_table: HashMap<Id<Claim>, &Settled> =
            rows.iter().filter(|it| it.is != Is::Repeated).map(|it| (it.claim.id, it)).collect();
        let there = self.into.claims.iter().filter(|claim| !of_table.contains_key(&claim.id));
        let all = there.chain(of_table.values().map(|it| &it.claim));
        let edges =
            all.flat_map(|claim| claim.repeats.iter().map(|other| (claim.id.into(), (*other).into())));
        for circle in circles(edges) {
            let row =
                |id: &AnyId| id.typed::<Claim>().and_then(|id| of_table.get(&id)).map(|it| it.row.number);
            // What was there before is no finding about the table.
            let Some(first) = circle.iter().filter_map(row).min() else { continue };
            let name = |id: &AnyId| match row(id) {
                Some(number) => format!("row {number}"),
                None => format!("\"{}\"", self.into.name_of(*id)),
            };
            let names: Vec<String> = circle.iter().chain(circle.first()).map(name).collect();
            let message = format!("circular reporting, which is kept: {}", names.join(" repeats "));
            let mend =
                "say which of them is the original; until then they are one origin, and none is first-hand";
            self.say(Severity::Warning, first, Column::Repeats, message, mend);
        }
    }

    /// Takes apart what belongs to itself by way of others.
    fn break_hierarchy_circles(&mut self, actors: &mut [Actor], rows: &[Settled]) {
        let mut edges: HashMap<Id<Actor>, Vec<Id<Actor>>> =
            self.into.actors.iter().map(|actor| (actor.id, actor.belongs_to.clone())).collect();
        edges.extend(actors.iter().map(|actor| (actor.id, actor.belongs_to.clone())));
        let circle = on_circles(&edges);
        for actor in actors.iter_mut().filter(|actor| circle.contains(&actor.id)) {
            actor.belongs_to.retain(|id| !circle.contains(id));
            let row = rows.iter().find(|it| it.claim.proposition.actors().contains(&actor.id));
            let number = row.map_or(self.table.header_row, |it| it.row.number);
            let message = format!("\"{}\" belongs to itself by way of others; that is left out", actor.name);
            self.say(
                Severity::Warning,
                number,
                Column::BelongsTo,
                message,
                "say which of the actors is the wider one",
            );
        }
    }

    fn result(mut self, changes: Vec<Change>, states: &mut HashMap<usize, (State, Id<Claim>)>) -> Import {
        let text = |raw: &text::RawRow, column: Column| {
            self.header.place(column).and_then(|place| raw.text(place)).unwrap_or_default()
        };
        let rows = self.table.rows.iter().map(|raw| {
            let (state, record) = match states.remove(&raw.number) {
                Some((state, claim)) => (state, Some(claim.into())),
                None => (State::Rejected, None),
            };
            let cells = [Column::Source, Column::Incident, Column::Actor].map(|column| text(raw, column));
            Row { number: raw.number, state, record, cells: cells.into() }
        });
        let rows = rows.collect();
        self.findings.sort_by_key(|finding| (finding.row, finding.column));
        let rejects = rejects::table(self.table, &self.rejected, &self.findings);
        Import { changes, rows, findings: self.findings, rejects }
    }
}

/// The row that a text such as "row 12" or "#12" means.
fn row_number(text: &str) -> Option<usize> {
    let text = text.trim().to_lowercase();
    text.strip_prefix("row").or_else(|| text.strip_prefix('#'))?.trim().parse().ok()
}

/// The claim of a row, with nothing that the columns do not carry.
fn fresh(row: &ClaimRow, resolved: Resolved) -> Claim {
    Claim {
        id: Id::new(Uuid::nil()),
        source: resolved.source,
        document: resolved.document,
        locator: Locator { span: None, page: row.page.clone(), paragraph: row.paragraph.clone() },
        quote: row.quote.clone(),
        stated_on: row.stated_on,
        proposition: resolved.proposition,
        stance: row.stance,
        likelihood: row.likelihood.clone(),
        confidence: row.confidence,
        confidence_words: row.confidence_words.clone(),
        basis: Vec::new(),
        covers: row.covers,
        repeats: Vec::new(),
        credibility: row.credibility,
        credibility_reason: String::new(),
        reliability_override: None,
        status: Status::Standing,
        accepted: false,
        verification: Verification::Unverified,
        notes: row.notes.clone(),
    }
}
