//! Which actions make sense now. Menus, palette and keys all ask here, so that none offers what another refuses.

use super::ShellView;
use crate::model::{AnyId, Claim};
use crate::ui::views::ViewKind;
use crate::ui::{Action, ViewContext};

/// Whether an action makes sense now.
pub fn is_available(action: Action, cx: &ViewContext<'_>, shell: &ShellView<'_>) -> bool {
    match action {
        Action::New
        | Action::NewFromTemplate
        | Action::Tour
        | Action::Open
        | Action::OpenByPath
        | Action::ImportClaims
        | Action::ImportMatrix
        | Action::Quit
        | Action::ToggleNotices
        | Action::ToggleTheme
        | Action::ZoomIn
        | Action::ZoomOut
        | Action::CommandPalette
        | Action::Shortcuts
        | Action::About => true,
        Action::ZoomReset => (shell.preferences.zoom - 1.0).abs() > f32::EPSILON,
        Action::Save => !shell.is_welcome && (cx.is_changed || cx.path.is_none()),
        Action::ReadAgain => !shell.is_welcome && cx.path.is_some(),
        Action::ExportClaims => !shell.is_welcome && !cx.assessment.claims.is_empty(),
        Action::ExportMatrix => {
            let is_weighed = |incident| {
                cx.assessment.evidence.iter().any(|it| it.incident == incident)
                    || cx.assessment.hypotheses.iter().any(|it| it.incident == incident)
            };
            !shell.is_welcome && cx.incident.is_some_and(is_weighed)
        }
        Action::Undo => !shell.is_welcome && cx.undo_label.is_some(),
        Action::Redo => !shell.is_welcome && cx.redo_label.is_some(),
        Action::DeleteSelection => !shell.is_welcome && !cx.selection.is_empty(),
        Action::ExportFigure => !shell.is_welcome && shell.front_view.is_some_and(ViewKind::has_figure),
        Action::AddEvidence | Action::AddHypothesis | Action::HypothesesFromClaims => {
            !shell.is_welcome && cx.incident.is_some()
        }
        Action::EvidenceFromClaims => {
            let is_on_incident = |id: &AnyId| {
                let claim = id.typed::<Claim>().and_then(|id| cx.assessment.get(id));
                claim.is_some_and(|claim| claim.proposition.incident().is_some())
            };
            !shell.is_welcome && cx.selection.iter().any(is_on_incident)
        }
        Action::SaveAs
        | Action::Close
        | Action::Find
        | Action::Show(_)
        | Action::SplitView
        | Action::ResetLayout
        | Action::ToggleNavigator
        | Action::ToggleInspector
        | Action::ToggleProblems
        | Action::AddClaim
        | Action::AddSource
        | Action::AddActor
        | Action::AddIncident
        | Action::AddDocument
        | Action::AddAnalyst
        | Action::Properties => !shell.is_welcome,
    }
}

/// What an action is called now: undo and redo say what they undo and redo.
pub fn present_label(action: Action, cx: &ViewContext<'_>) -> String {
    let what = match action {
        Action::Undo => cx.undo_label,
        Action::Redo => cx.redo_label,
        _ => None,
    };
    match what {
        // "Undo: Delete claim" reads as one; only the first letter of what was done is made small.
        Some(what) => {
            let mut letters = what.chars();
            let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
            format!("{} {first}{}", action.label(), letters.as_str())
        }
        None => action.label().to_owned(),
    }
}
