//! Which rows are shown in which order: filter, sorting and groups, each redone only for what changed.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{Column, SortKey};
use super::filter::{Filter, Haystack};
use super::rows::{Change, Row, Rows};
use crate::model::{Assessment, Claim, Id, Incident, Proposition, Stance, Uuid};

/// By which column rows are sorted, and which way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// Whether the greatest comes first.
    pub is_descending: bool,
}

/// What rows are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Grouping {
    /// Nothing.
    #[default]
    None,
    /// The incident.
    Incident,
    /// The source.
    Source,
    /// The actors that are named.
    Actor,
}

impl Grouping {
    /// All, in the order of their menu.
    pub const ALL: [Self; 4] = [Self::None, Self::Incident, Self::Source, Self::Actor];

    /// What it is called in its menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "No groups",
            Self::Incident => "By incident",
            Self::Source => "By source",
            Self::Actor => "By actor",
        }
    }
}

/// What a group has in common. Groups stand in this order where their names do not decide.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKey {
    /// One incident, source or actor.
    One(Uuid),
    /// Several actors jointly.
    Several(Vec<Uuid>),
    /// Claims that name nobody.
    Nobody,
    /// Claims that link two actors.
    Links,
}

/// What is to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// What was typed into the filter.
    pub filter: String,
    /// Only claims about this incident.
    pub incident: Option<Id<Incident>>,
    /// Only claims of this stance.
    pub stance: Option<Stance>,
    /// The first key and then those that decide where it does not.
    pub sorting: Vec<Sorting>,
    /// What rows are put together by.
    pub grouping: Grouping,
    /// The groups of which only the title is shown.
    pub collapsed: FxHashSet<GroupKey>,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The title of a group, by its place among the groups.
    Group(u32),
    /// A claim, by its place among the rows.
    Row(u32),
}

/// A group of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it has in common.
    pub key: GroupKey,
    /// Its name.
    pub title: String,
    /// How many rows it has.
    pub count: usize,
    /// Whether only its title is shown.
    pub is_collapsed: bool,
}

/// The lines of the table.
#[derive(Debug, Default)]
pub struct Index {
    rows: Rows,
    /// What the lines were made for.
    wanted: Wanted,
    filter: Filter,
    /// All rows as they are sorted.
    order: Vec<u32>,
    /// For each row, whether the filter keeps it.
    is_kept: Vec<bool>,
    kept: usize,
    has_links: bool,
    lines: Vec<Line>,
    groups: Vec<Group>,
}

impl Index {
    /// The rows.
    pub const fn rows(&self) -> &Rows {
        &self.rows
    }

    /// What stands in the table, from top to bottom.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many claims the filter keeps, those in collapsed groups included.
    pub const fn kept(&self) -> usize {
        self.kept
    }

    /// Whether any claim links two actors, kept by the filter or not.
    pub const fn has_links(&self) -> bool {
        self.has_links
    }

    /// A group by its place.
    pub fn group(&self, place: u32) -> Option<&Group> {
        self.groups.get(place as usize)
    }

    /// The claim of a line; `None` for the title of a group.
    pub fn claim_at(&self, line: usize) -> Option<&Claim> {
        match self.lines.get(line)? {
            Line::Row(place) => self.rows.get(*place).map(|row| row.claim.as_ref()),
            Line::Group(_) => None,
        }
    }

    /// The line of a claim, where it is shown.
    pub fn line_of(&self, id: Id<Claim>) -> Option<usize> {
        let row = Line::Row(self.rows.place_of(id)?);
        self.lines.iter().position(|line| *line == row)
    }

    /// The claims of some lines, in their order.
    pub fn claims_in(&self, lines: Range<usize>) -> impl Iterator<Item = &Claim> {
        lines.filter_map(|line| self.claim_at(line))
    }

    /// Brings the lines up to date. `has_changed` says whether the assessment may differ from the last time.
    pub fn update(&mut self, assessment: &Assessment, has_changed: bool, wanted: &Wanted) {
        let change = if has_changed { self.rows.update(assessment) } else { Change::None };
        let is_new_order = self.wanted.sorting != wanted.sorting;
        let is_new_filter = self.wanted.filter != wanted.filter
            || self.wanted.incident != wanted.incident
            || self.wanted.stance != wanted.stance;
        if change == Change::None && self.wanted == *wanted {
            return;
        }
        self.wanted.clone_from(wanted);
        if is_new_filter {
            self.filter = Filter::parse(&wanted.filter);
        }
        self.carry_over(assessment, change, is_new_order, is_new_filter);
        if is_new_order {
            self.sort(assessment);
        }
        if is_new_filter {
            let this = &*self;
            self.is_kept = this.rows.as_slice().par_iter().map(|row| this.keeps(row)).collect();
        }
        self.has_links = self.rows.as_slice().iter().any(|row| row.claim.proposition.is_link());
        self.kept = self.is_kept.iter().filter(|kept| **kept).count();
        self.make_lines(assessment);
    }

    /// Follows a change of the rows in the order and the filter; what is made anew anyway is left alone.
    fn carry_over(
        &mut self,
        assessment: &Assessment,
        change: Change,
        is_new_order: bool,
        is_new_filter: bool,
    ) {
        let changed = match change {
            Change::None => return,
            Change::All => {
                self.order = (0..).take(self.rows.len()).collect();
                self.sort(assessment);
                let this = &*self;
                self.is_kept = this.rows.as_slice().par_iter().map(|row| this.keeps(row)).collect();
                return;
            }
            Change::Values(changed) => changed,
            Change::Rows { moved, changed } => {
                let target = |place: &u32| moved.get(*place as usize).copied().flatten();
                self.order = self.order.iter().filter_map(target).collect();
                let mut is_kept = vec![false; self.rows.len()];
                for (old, new) in self.is_kept.iter().zip(&moved) {
                    if let Some(place) = new.and_then(|new| is_kept.get_mut(new as usize)) {
                        *place = *old;
                    }
                }
                self.is_kept = is_kept;
                changed
            }
        };
        if !is_new_filter {
            for place in &changed {
                let keeps = self.rows.get(*place).is_some_and(|row| self.keeps(row));
                if let Some(kept) = self.is_kept.get_mut(*place as usize) {
                    *kept = keeps;
                }
            }
        }
        if is_new_order || changed.len() > self.rows.len() / 4 {
            self.order = (0..).take(self.rows.len()).collect();
            self.sort(assessment);
        } else {
            self.put_back(assessment, &changed);
        }
    }

    /// Takes some rows out of the order and puts each where it now belongs.
    fn put_back(&mut self, assessment: &Assessment, changed: &[u32]) {
        let is_changed: FxHashSet<u32> = changed.iter().copied().collect();
        let mut order = std::mem::take(&mut self.order);
        order.retain(|place| !is_changed.contains(place));
        let mut changed = changed.to_vec();
        changed.sort_unstable_by(|a, b| self.compare(assessment, *a, *b));
        let mut merged = Vec::with_capacity(order.len() + changed.len());
        let mut start = 0;
        for place in changed {
            let rest = order.get(start..).unwrap_or_default();
            let before = rest.partition_point(|other| self.compare(assessment, *other, place).is_lt());
            merged.extend(rest.iter().take(before));
            merged.push(place);
            start += before;
        }
        merged.extend(order.iter().skip(start));
        self.order = merged;
    }

    fn sort(&mut self, assessment: &Assessment) {
        let mut order = std::mem::take(&mut self.order);
        if self.wanted.sorting.is_empty() {
            order.sort_unstable();
        } else {
            order.par_sort_unstable_by(|a, b| self.compare(assessment, *a, *b));
        }
        self.order = order;
    }

    /// Which of two rows comes first. Never equal for two different rows: the older claim comes first at last.
    fn compare(&self, assessment: &Assessment, a: u32, b: u32) -> Ordering {
        let (Some(first), Some(second)) = (self.rows.get(a), self.rows.get(b)) else { return a.cmp(&b) };
        for sorting in &self.wanted.sorting {
            let key = |row| key_of(assessment, row, sorting.column);
            let by_key = match (key(first), key(second)) {
                (SortKey::Nothing, SortKey::Nothing) => Ordering::Equal,
                (_, SortKey::Nothing) => Ordering::Less,
                (SortKey::Nothing, _) => Ordering::Greater,
                (x, y) if sorting.is_descending => compare_keys(y, x),
                (x, y) => compare_keys(x, y),
            };
            if by_key.is_ne() {
                return by_key;
            }
        }
        a.cmp(&b)
    }

    fn keeps(&self, row: &Row) -> bool {
        let claim = &row.claim;
        self.wanted.stance.is_none_or(|stance| claim.stance == stance)
            && self.wanted.incident.is_none_or(|incident| claim.proposition.incident() == Some(incident))
            && self.filter.keeps(row)
    }

    fn make_lines(&mut self, assessment: &Assessment) {
        self.lines.clear();
        self.groups.clear();
        let is_kept = |place: &u32| self.is_kept.get(*place as usize).copied().unwrap_or(false);
        let kept = self.order.iter().copied().filter(is_kept);
        if self.wanted.grouping == Grouping::None {
            self.lines.extend(kept.map(Line::Row));
            return;
        }
        let mut members: FxHashMap<GroupKey, Vec<u32>> = FxHashMap::default();
        for place in kept {
            if let Some(row) = self.rows.get(place) {
                members.entry(group_of(&row.claim, self.wanted.grouping)).or_default().push(place);
            }
        }
        let mut groups: Vec<(String, GroupKey, Vec<u32>)> = members
            .into_iter()
            .map(|(key, rows)| (title(assessment, &key, self.wanted.grouping), key, rows))
            .collect();
        groups.sort_by_cached_key(|(title, key, _)| {
            let rank = match key {
                GroupKey::One(_) | GroupKey::Several(_) => 0,
                GroupKey::Nobody => 1,
                GroupKey::Links => 2,
            };
            (rank, title.to_lowercase(), key.clone())
        });
        for (number, (title, key, rows)) in (0..).zip(groups) {
            let is_collapsed = self.wanted.collapsed.contains(&key);
            self.lines.push(Line::Group(number));
            if !is_collapsed {
                self.lines.extend(rows.iter().copied().map(Line::Row));
            }
            self.groups.push(Group { key, title, count: rows.len(), is_collapsed });
        }
    }
}

fn key_of<'a>(assessment: &Assessment, row: &'a Row, column: Column) -> SortKey<'a> {
    column.sort_key(assessment, &row.claim, row.of(column))
}

fn compare_keys(x: SortKey<'_>, y: SortKey<'_>) -> Ordering {
    match (x, y) {
        (SortKey::Number(x), SortKey::Number(y)) => x.cmp(&y),
        (SortKey::Text(x), SortKey::Text(y)) => x.cmp(y),
        // One column has keys of one kind only.
        _ => Ordering::Equal,
    }
}

fn group_of(claim: &Claim, grouping: Grouping) -> GroupKey {
    match (grouping, &claim.proposition) {
        (Grouping::None, _) => GroupKey::Nobody,
        (Grouping::Source, _) => GroupKey::One(claim.source.uuid()),
        (_, Proposition::SameActor { .. } | Proposition::BelongsTo { .. }) => GroupKey::Links,
        (Grouping::Incident, Proposition::Attribution { incident, .. }) => GroupKey::One(incident.uuid()),
        (Grouping::Actor, Proposition::Attribution { actors, .. }) => match actors[..] {
            [] => GroupKey::Nobody,
            [only] => GroupKey::One(only.uuid()),
            _ => {
                let mut actors: Vec<Uuid> = actors.iter().map(|actor| actor.uuid()).collect();
                actors.sort_unstable();
                GroupKey::Several(actors)
            }
        },
    }
}

fn title(assessment: &Assessment, key: &GroupKey, grouping: Grouping) -> String {
    let records = match key {
        GroupKey::One(record) => std::slice::from_ref(record),
        GroupKey::Several(records) => records.as_slice(),
        GroupKey::Nobody => return "Names nobody".to_owned(),
        GroupKey::Links => return "Links between actors".to_owned(),
    };
    let name = |uuid: &Uuid| match grouping {
        Grouping::Incident => assessment.name_of(Id::<Incident>::new(*uuid)),
        Grouping::Source => assessment.name_of(Id::<crate::model::Source>::new(*uuid)),
        Grouping::Actor | Grouping::None => assessment.name_of(Id::<crate::model::Actor>::new(*uuid)),
    };
    records.iter().map(name).collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests;
