//! The fused belief over time while it is not there yet.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui::Ui;

use crate::analysis::charts::BeliefOverTime;
use crate::analysis::progress::Stage;
use crate::model::{FusionRule, Id, Incident};
use crate::ui::command::Computation;
use crate::ui::widgets::{Computing, computing_line};
use crate::ui::{Command, ViewContext};

/// Up to how many claims it is computed within a frame, under a rule that needs no combinations.
const AT_ONCE: usize = 100;
/// The same under a rule that looks at combinations.
const AT_ONCE_COMBINING: usize = 8;

/// How far the belief over time has come; it may be that there is none.
pub(super) type Belief = Computing<Option<Arc<BeliefOverTime>>>;

/// How the fused belief on an incident moved: computed at once where that is quick, else asked for.
pub(super) fn belief_over_time(cx: &ViewContext<'_>, incident: Id<Incident>) -> Belief {
    match cx.derived.belief_over_time_stage(incident) {
        Stage::Done(result) => Computing::Done(Some(result)),
        Stage::Running(fraction) => Computing::Running(fraction),
        Stage::Stopped => Computing::Stopped,
        Stage::NotBegun if is_quick(cx, incident) => {
            Computing::Done(cx.derived.belief_over_time(incident, &AtomicBool::new(false)))
        }
        Stage::NotBegun => {
            cx.send(Command::Compute(Computation::BeliefOverTime(incident)));
            Computing::Running(0.0)
        }
    }
}

fn is_quick(cx: &ViewContext<'_>, incident: Id<Incident>) -> bool {
    let claims = cx.derived.claims_of(incident).len();
    match cx.assessment.header.methods.fusion {
        FusionRule::Weighted | FusionRule::Cumulative | FusionRule::Averaging => claims <= AT_ONCE,
        _ => claims <= AT_ONCE_COMBINING,
    }
}

/// Says how far it has come, or offers to begin again.
pub(super) fn show(ui: &mut Ui, cx: &ViewContext<'_>, computing: &Belief, incident: Id<Incident>) {
    computing_line(ui, "the belief over time", computing, || {
        cx.send(Command::Compute(Computation::BeliefOverTime(incident)));
    });
}
