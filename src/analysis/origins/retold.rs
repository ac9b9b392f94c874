//! Which claim another one retells because its document relays the other's.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Relays;
use crate::analysis::{ActorSet, Hierarchy};
use crate::model::{Assessment, Claim, Document, Id, Proposition, Role, Stance};

/// The claims of one incident that stand in documents which relay others or are relayed, by what they say.
pub(in crate::analysis) struct Retold<'a> {
    assessment: &'a Assessment,
    hierarchy: &'a Hierarchy,
    /// For each claim where it stands and what it says; nothing where its document hangs together with no other.
    said: Vec<Option<Said>>,
    sayings: Vec<Saying>,
    /// What is said in each document: the saying, and the first claim by identifier that says it there.
    inside: FxHashMap<Id<Document>, Vec<(usize, usize)>>,
}

/// Where a claim stands, and what it says there.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Said {
    /// The documents that hang together with its own by relays.
    pub group: usize,
    pub document: Id<Document>,
    /// The number of what is said: the same for all who say the same of the same.
    pub saying: usize,
}

/// What can be said of an incident, apart from how likely it is.
#[derive(Debug)]
struct Saying {
    stance: Stance,
    /// No role where nobody is named: it means nothing there.
    role: Option<Role>,
    whom: Vec<usize>,
    /// The actors as a set, made where it is asked for.
    set: OnceCell<ActorSet>,
}

impl<'a> Retold<'a> {
    /// Reads what these claims say, under a hierarchy: actors who are one by an accepted link are one here.
    pub fn new(
        assessment: &'a Assessment,
        hierarchy: &'a Hierarchy,
        relays: &Relays,
        claims: &[Arc<Claim>],
    ) -> Self {
        type Key = (Stance, Option<Role>, Vec<usize>);
        let mut numbers: FxHashMap<Key, usize> = FxHashMap::default();
        let mut retold = Self {
            assessment,
            hierarchy,
            said: Vec::new(),
            sayings: Vec::new(),
            inside: FxHashMap::default(),
        };
        for (number, claim) in claims.iter().enumerate() {
            let said = retold.said_by(relays, claim, &mut numbers);
            if let Some(Said { document, saying, .. }) = said {
                let inside = retold.inside.entry(document).or_default();
                if !inside.iter().any(|(other, _)| *other == saying) {
                    inside.push((saying, number));
                }
            }
            retold.said.push(said);
        }
        retold
    }

    fn said_by(
        &mut self,
        relays: &Relays,
        claim: &Claim,
        numbers: &mut FxHashMap<(Stance, Option<Role>, Vec<usize>), usize>,
    ) -> Option<Said> {
        let document = claim.document?;
        let group = *relays.group_of.get(&document)?;
        let Proposition::Attribution { actors, role, .. } = &claim.proposition else { return None };
        let mut whom: Vec<usize> =
            actors.iter().filter_map(|actor| self.hierarchy.number_of(*actor)).collect();
        whom.sort_unstable();
        whom.dedup();
        let role = (!whom.is_empty()).then_some(*role);
        let sayings = &mut self.sayings;
        let saying = *numbers.entry((claim.stance, role, whom.clone())).or_insert_with(|| {
            sayings.push(Saying { stance: claim.stance, role, whom, set: OnceCell::new() });
            sayings.len() - 1
        });
        Some(Said { group, document, saying })
    }

    /// Where each claim stands and what it says there.
    pub fn said(&self) -> &[Option<Said>] {
        &self.said
    }

    /// The number of the claim that the claim with this number retells; `None` where there is none.
    ///
    /// A claim retells another where its document relays that of the other, at once or by way of documents in which none fits,
    /// and both do with their statement the same, speak of the same role, and name actors of which one contains the other: who
    /// narrows what is relayed has no ground of its own. Of several the nearest document counts, in it the claim whose set differs
    /// by the fewest members, and the first one by identifier.
    pub fn original_of(&self, number: usize) -> Option<usize> {
        let Said { document, saying, .. } = (*self.said.get(number)?)?;
        let mut seen = FxHashSet::from_iter([document]);
        let mut level = vec![document];
        while !level.is_empty() {
            let mut further = Vec::new();
            let mut nearest: Option<(usize, usize)> = None;
            for relayed in level.iter().filter_map(|id| self.assessment.get(*id)).flat_map(|it| &it.relays) {
                if !seen.insert(*relayed) {
                    continue;
                }
                further.push(*relayed);
                let inside = self.inside.get(relayed).into_iter().flatten();
                let fits = inside.filter_map(|(other, claim)| Some((self.distance(saying, *other)?, *claim)));
                // Claims are numbered by their identifiers.
                nearest = nearest.into_iter().chain(fits).min();
            }
            if let Some((_, original)) = nearest {
                return Some(original);
            }
            level = further;
        }
        None
    }

    /// By how many members two sayings differ; `None` where neither contains the other, or they speak of something else.
    fn distance(&self, left: usize, right: usize) -> Option<usize> {
        if left == right {
            return Some(0);
        }
        let (left, right) = (self.sayings.get(left)?, self.sayings.get(right)?);
        let is_same_kind = (left.stance, left.role) == (right.stance, right.role);
        if !is_same_kind || left.whom.is_empty() || right.whom.is_empty() {
            return None;
        }
        let (left, right) = (self.set(left), self.set(right));
        (left.is_subset(right) || right.is_subset(left)).then(|| left.len().abs_diff(right.len()))
    }

    fn set<'b>(&self, saying: &'b Saying) -> &'b ActorSet {
        saying.set.get_or_init(|| {
            let sets = saying.whom.iter().map(|number| self.hierarchy.set_of_node(*number));
            sets.reduce(|all, more| all.union(&more)).unwrap_or_else(|| self.hierarchy.set_of(&[]))
        })
    }
}
