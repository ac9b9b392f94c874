//! The views that stand in tabs, one folder each.

pub mod actors;
pub mod belief;
pub mod claims;
mod data_key;
pub mod disagreement;
mod incident;
pub mod judgement;
pub mod matrix;
pub mod odds;
pub mod provenance;
pub mod sensitivity;
pub mod timeline;
mod whose;

use eframe::egui::{Key, Ui};

use super::ViewContext;
use super::figure::FigureSettings;
use super::tokens::Icon;
use super::widgets::own_keys::KeyLines;

/// A kind of view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum ViewKind {
    /// The table of claims.
    Claims,
    /// Who says who, and where sources disagree.
    Disagreement,
    /// When each claim was stated, and what it covers.
    Timeline,
    /// How much speaks for whom, once all claims are taken together.
    Belief,
    /// Where claims come from.
    Provenance,
    /// The hierarchy of actors.
    Actors,
    /// Evidence against rival hypotheses.
    Matrix,
    /// Evidence weighed as odds.
    Odds,
    /// What the ranking of the hypotheses hangs on.
    Sensitivity,
    /// What an analyst concludes.
    Judgement,
}

impl ViewKind {
    /// All views, in the order of their tabs.
    pub const ALL: &'static [Self] = &[
        Self::Claims,
        Self::Disagreement,
        Self::Timeline,
        Self::Belief,
        Self::Provenance,
        Self::Actors,
        Self::Matrix,
        Self::Odds,
        Self::Sensitivity,
        Self::Judgement,
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Claims => "Claims",
            Self::Disagreement => "Disagreement",
            Self::Timeline => "Timeline",
            Self::Belief => "Belief",
            Self::Provenance => "Provenance",
            Self::Actors => "Actors",
            Self::Matrix => "Evidence matrix",
            Self::Odds => "Weight of evidence",
            Self::Sensitivity => "Sensitivity",
            Self::Judgement => "Judgement",
        }
    }

    /// What it is called where there is room for a short word only.
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::Matrix => "Matrix",
            Self::Odds => "Weights",
            _ => self.label(),
        }
    }

    /// What it shows, in one sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Claims => "Every claim: who says who did what",
            Self::Disagreement => "Where sources agree, refine and contradict one another",
            Self::Timeline => "When each claim was stated, and what it covers",
            Self::Belief => {
                "How much speaks for whom once all claims are taken together, and what stays open"
            }
            Self::Provenance => "Who repeats and relays whom, and how many independent origins are left",
            Self::Actors => "The hierarchy of actors, their other names and contested links",
            Self::Matrix => {
                "Which evidence speaks against which hypothesis, and which hypothesis has least against it"
            }
            Self::Odds => {
                "How probable each hypothesis is before and after the evidence, and what each item adds"
            }
            Self::Sensitivity => {
                "What the ranking of the hypotheses hangs on, and how firm its first rank is"
            }
            Self::Judgement => {
                "How likely each answer is in the words of a standard, how confident that is, and why"
            }
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Claims => Icon::MessagesSquare,
            Self::Disagreement => Icon::Scale,
            Self::Timeline => Icon::CalendarRange,
            Self::Belief => Icon::ChartBarStacked,
            Self::Provenance => Icon::GitFork,
            Self::Actors => Icon::Network,
            Self::Matrix => Icon::Grid3x3,
            Self::Odds => Icon::Weight,
            Self::Sensitivity => Icon::Activity,
            Self::Judgement => Icon::Gavel,
        }
    }

    /// Whether it has a chart that can be written as a figure.
    pub const fn has_figure(self) -> bool {
        match self {
            Self::Claims => false,
            Self::Disagreement
            | Self::Timeline
            | Self::Belief
            | Self::Provenance
            | Self::Actors
            | Self::Matrix
            | Self::Odds
            | Self::Sensitivity
            | Self::Judgement => true,
        }
    }

    /// The keys that work in it.
    pub const fn keys(self) -> KeyLines {
        match self {
            Self::Claims => claims::KEYS,
            Self::Disagreement => disagreement::KEYS,
            Self::Timeline => timeline::KEYS,
            Self::Belief => belief::KEYS,
            Self::Provenance => provenance::KEYS,
            Self::Actors => actors::KEYS,
            Self::Matrix => matrix::KEYS,
            Self::Odds => odds::KEYS,
            Self::Sensitivity => sensitivity::KEYS,
            // It is made of fields and buttons, and has no keys of its own.
            Self::Judgement => &[],
        }
    }

    /// The key that shows it, together with Ctrl; not every view has one.
    pub const fn key(self) -> Option<Key> {
        Some(match self {
            Self::Odds => return None,
            Self::Claims => Key::Num1,
            Self::Disagreement => Key::Num2,
            Self::Timeline => Key::Num3,
            Self::Belief => Key::Num4,
            Self::Provenance => Key::Num5,
            Self::Actors => Key::Num6,
            Self::Matrix => Key::Num7,
            Self::Sensitivity => Key::Num8,
            Self::Judgement => Key::Num9,
        })
    }
}

/// What the views remember between frames, apart from the document: sorting, filters, scrolling.
#[derive(Debug, Default)]
pub struct ViewStates {
    /// What egui keeps of scroll areas and tables is still that of the document that was open before.
    pub has_old_scrolling: bool,
    /// The filter of the view in front is to get the cursor.
    pub wants_filter_focus: bool,
    /// A new claim is to be begun.
    pub wants_new_claim: bool,
    /// The table of claims.
    pub claims: claims::State,
    /// Who says who.
    pub disagreement: disagreement::State,
    /// When it was said.
    pub timeline: timeline::State,
    /// How much speaks for whom.
    pub belief: belief::State,
    /// Where it comes from.
    pub provenance: provenance::State,
    /// The hierarchy.
    pub actors: actors::State,
    /// Evidence against hypotheses.
    pub matrix: matrix::State,
    /// Evidence weighed as odds.
    pub odds: odds::State,
    /// What the ranking hangs on.
    pub sensitivity: sensitivity::State,
    /// What an analyst concludes.
    pub judgement: judgement::State,
}

impl ViewStates {
    /// Lets go of what concerned the document that was open; how the user has set up the table of claims stays.
    pub fn forget_document(&mut self) {
        let table = self.claims.remembered();
        *self = Self { has_old_scrolling: true, ..Self::default() };
        self.claims.restore(table);
    }

    /// Puts the cursor into the filter of the view in front.
    pub const fn focus_filter(&mut self) {
        self.wants_filter_focus = true;
    }

    const fn focus_filter_of(&mut self, view: ViewKind) {
        match view {
            ViewKind::Claims => self.claims.focus_filter(),
            ViewKind::Disagreement => self.disagreement.incident.focus(),
            ViewKind::Timeline => self.timeline.incident.focus(),
            ViewKind::Belief => self.belief.incident.focus(),
            ViewKind::Provenance => self.provenance.focus_filter(),
            ViewKind::Actors => self.actors.focus_filter(),
            ViewKind::Matrix => self.matrix.incident.focus(),
            ViewKind::Odds => self.odds.incident.focus(),
            ViewKind::Sensitivity => self.sensitivity.incident.focus(),
            ViewKind::Judgement => self.judgement.incident.focus(),
        }
    }

    /// The chart of a view as a figure, as the user has set it; `None` for a view without one.
    pub fn figure(&self, view: ViewKind) -> Option<FigureSettings> {
        match view {
            ViewKind::Claims => None,
            ViewKind::Belief => Some(self.belief.shown_settings()),
            ViewKind::Provenance => Some(FigureSettings::Provenance(self.provenance.figure_settings())),
            ViewKind::Matrix => Some(FigureSettings::Matrix(self.matrix.figure_settings())),
            ViewKind::Disagreement => Some(self.disagreement.figure_settings()),
            ViewKind::Timeline => Some(FigureSettings::Timeline(self.timeline.figure_settings())),
            ViewKind::Actors => Some(FigureSettings::Actors(self.actors.figure_settings())),
            ViewKind::Odds => Some(self.odds.posterior_settings()),
            ViewKind::Sensitivity => Some(self.sensitivity.tornado_settings()),
            ViewKind::Judgement => Some(FigureSettings::Lenses(self.judgement.figure_settings())),
        }
    }

    /// Begins a new claim in the table of claims.
    pub const fn begin_claim(&mut self) {
        self.wants_new_claim = true;
    }
}

/// Draws a view.
pub fn show(kind: ViewKind, ui: &mut Ui, cx: &ViewContext<'_>, states: &mut ViewStates) {
    if std::mem::take(&mut states.wants_filter_focus) {
        states.focus_filter_of(kind);
    }
    match kind {
        ViewKind::Claims => {
            if std::mem::take(&mut states.wants_new_claim) {
                states.claims.begin_claim();
            }
            claims::show(ui, cx, &mut states.claims);
        }
        ViewKind::Disagreement => disagreement::show(ui, cx, &mut states.disagreement),
        ViewKind::Timeline => timeline::show(ui, cx, &mut states.timeline),
        ViewKind::Belief => belief::show(ui, cx, &mut states.belief),
        ViewKind::Provenance => provenance::show(ui, cx, &mut states.provenance),
        ViewKind::Actors => actors::show(ui, cx, &mut states.actors),
        ViewKind::Matrix => matrix::show(ui, cx, &mut states.matrix),
        ViewKind::Odds => odds::show(ui, cx, &mut states.odds),
        ViewKind::Sensitivity => sensitivity::show(ui, cx, &mut states.sensitivity),
        ViewKind::Judgement => judgement::show(ui, cx, &mut states.judgement),
    }
}
