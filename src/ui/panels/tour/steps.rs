//! What the tour says, and how it sees that a step was done.

use eframe::egui::Context;

use super::ShellView;
use crate::model::{AnyId, Kind, Proposition};
use crate::ui::views::ViewKind;
use crate::ui::{Action, Landmark, ViewContext};

/// One step.
pub struct Step {
    /// What it is about.
    pub title: &'static str,
    /// What to do; `KEYS` stands for the keys of the action.
    pub text: &'static str,
    /// What is to be seen once it is done.
    pub then: &'static str,
    /// What it points at.
    pub target: Landmark,
    /// Whose keys the text mentions.
    pub action: Option<Action>,
    /// Whether it was done, between the beginning of the step and now.
    pub is_done: fn(&Baseline, &Baseline) -> bool,
}

/// What the steps look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    selection: Vec<AnyId>,
    front: Option<ViewKind>,
    claims: usize,
    accepted_links: usize,
    can_redo: bool,
    is_saved: bool,
    shows_pair: bool,
}

impl Baseline {
    /// How things stand now.
    pub fn of(ctx: &Context, cx: &ViewContext<'_>, shell: &ShellView<'_>) -> Self {
        let is_link =
            |claim: &&crate::model::Claim| !matches!(claim.proposition, Proposition::Attribution { .. });
        Self {
            selection: cx.selection.to_vec(),
            front: shell.front_view,
            claims: cx.assessment.claims.len(),
            accepted_links: cx
                .assessment
                .claims
                .iter()
                .filter(is_link)
                .filter(|claim| claim.accepted)
                .count(),
            can_redo: cx.redo_label.is_some(),
            shows_pair: Landmark::Pair.place(ctx).is_some(),
            is_saved: shell.was_saved && !cx.is_changed,
        }
    }

    fn has_only(&self, kind: Kind, count: usize) -> bool {
        self.selection.len() == count && self.selection.iter().all(|id| id.kind == kind)
    }
}

/// All steps, in order: the main job from end to end.
pub const STEPS: &[Step] = &[
    Step {
        title: "Two breaches, many voices",
        text: "This is a real case: who broke into the Office of Personnel Management and into Anthem. The navigator has its incidents, \
               sources and actors. Click the incident \"Breach of Anthem\"",
        then: "The numbers beside it are its claims and their independent origins. The crossed swords say that claims contradict \
               each other",
        target: Landmark::Navigator,
        action: None,
        is_done: |before, now| now.selection != before.selection && now.has_only(Kind::Incident, 1),
    },
    Step {
        title: "Who says who",
        text: "Show the disagreement with KEYS, or click its tab",
        then: "Sources stand in rows, actors in columns. The shape of a mark is the stance, its size the confidence, its bar the \
               likelihood",
        target: Landmark::Tab(ViewKind::Disagreement),
        action: Some(Action::Show(ViewKind::Disagreement)),
        is_done: |_, now| now.front == Some(ViewKind::Disagreement),
    },
    Step {
        title: "Why two sources disagree",
        text: "Show \"One against another\": each cell is a pair of sources. Click a cell with a cross",
        then: "Both claims stand side by side, with what exactly differs between them",
        target: Landmark::Heatmap,
        action: None,
        is_done: |_, now| now.shows_pair,
    },
    Step {
        title: "Decide on a link",
        text: "That two names mean one group is itself a claim. Under \"Links between these actors\" accept one of them, or no longer \
               accept one",
        then: "The charts follow at once: claims that named different groups may now say the same, or contradict each other",
        target: Landmark::Links,
        action: None,
        is_done: |before, now| now.accepted_links != before.accepted_links,
    },
    Step {
        title: "Take it back",
        text: "Everything can be undone, with KEYS or with the arrow above",
        then: "The link is as it was, and the charts with it",
        target: Landmark::Undo,
        action: Some(Action::Undo),
        is_done: |_, now| now.can_redo,
    },
    Step {
        title: "Record a claim",
        text: "KEYS opens a row above the table of claims. Type a source, go on with Tab to the actor and the rest, and press \
               Enter. Names that are new are made with the claim",
        then: "It counts in all charts. Esc closes the row",
        target: Landmark::Tab(ViewKind::Claims),
        action: Some(Action::AddClaim),
        is_done: |before, now| now.claims > before.claims,
    },
    Step {
        title: "What the numbers are made of",
        text: "Click any claim in the table. The inspector has every field of it",
        then: "Below the fields stands what the claim weighs, and what each part of that comes from",
        target: Landmark::Inspector,
        action: None,
        is_done: |before, now| now.selection != before.selection && now.has_only(Kind::Claim, 1),
    },
    Step {
        title: "Keep it",
        text: "Save with KEYS. A worked case is a copy, so it asks where to. You need not: the case itself stays as it is",
        then: "The last version is kept beside it whenever you save. That was all: the guide in docs goes on from here",
        target: Landmark::Saved,
        action: Some(Action::Save),
        is_done: |_, now| now.is_saved,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_mentioned_where_there_are_some() {
        for step in STEPS {
            assert_eq!(step.text.contains("KEYS"), step.action.is_some(), "{}", step.title);
            assert!(!step.text.ends_with('.') && !step.then.ends_with('.'), "{}", step.title);
        }
        assert_eq!(STEPS.len(), 8);
    }
}
