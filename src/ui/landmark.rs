//! Where the things stand that the tour points at: each says so itself when it is drawn.

use eframe::egui::{Context, Id, Rect};

use crate::ui::views::ViewKind;

/// Something that the tour points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Landmark {
    /// The navigator.
    Navigator,
    /// The tab of a view.
    Tab(ViewKind),
    /// The heatmap of the disagreement.
    Heatmap,
    /// The two claims behind a cell of the heatmap.
    Pair,
    /// The links above the charts of the disagreement.
    Links,
    /// The button that undoes.
    Undo,
    /// The inspector.
    Inspector,
    /// What the status bar says of saving.
    Saved,
}

/// The place of a landmark, and the frame in which it was there.
type Seen = (Rect, u64);

impl Landmark {
    fn id(self) -> Id {
        Id::unique(("landmark", self))
    }

    /// Notes where it stands in this frame.
    pub fn is_at(self, ctx: &Context, rect: Rect) {
        let frame = ctx.cumulative_frame_nr();
        ctx.data_mut(|data| data.insert_temp::<Seen>(self.id(), (rect, frame)));
    }

    /// Where it stands; `None` where it was not drawn in this frame.
    pub fn place(self, ctx: &Context) -> Option<Rect> {
        let frame = ctx.cumulative_frame_nr();
        let seen = ctx.data(|data| data.get_temp::<Seen>(self.id()));
        seen.filter(|(_, at)| *at == frame).map(|(rect, _)| rect)
    }
}
