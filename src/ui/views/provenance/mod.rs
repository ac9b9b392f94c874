//! Where claims come from: documents with their claims, what repeats and relays what, families of one origin, and circular
//! reporting.

mod camera;
mod canvas;
mod circles;
mod computing;
mod figure;
mod legend;
mod navigate;
mod paint;
mod toolbar;

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Frame, Margin, Panel, Ui, Vec2};
use rustc_hash::FxHashMap;

use super::data_key::DataKey;
use super::incident::IncidentField;
use crate::analysis::charts::provenance::{CardKind, Layout, Node, ProvenanceMap, Room, Scope};
use crate::analysis::charts::{ChartTable, Provenance};
use crate::model::AnyId;
use crate::ui::tokens::Icon;
use crate::ui::widgets::legend::LegendSwitch;
use crate::ui::widgets::own_keys::KeyLines;
use crate::ui::widgets::{Computing, empty_state, quiet, table_twin};
use crate::ui::{Action, Selection, ViewContext};
use camera::{MARGIN, Sight};
use canvas::Wanted;
pub use figure::FigureSettings;
pub(crate) use figure::figure;

/// Its keys, as the shortcut sheet lists them.
pub const KEYS: KeyLines = &[
    ("↑ ↓ ← →", "Move along what repeats and relays"),
    ("Shift+↑ ↓ ← →", "Move the graph"),
    ("Home", "Go to the first card"),
    ("+ −", "Draw larger or smaller"),
    ("F", "Fit everything into sight"),
    ("Enter", "Select, or unfold a group"),
];

/// What the view remembers between frames.
#[derive(Debug)]
pub struct State {
    /// Whether all incidents are shown, and not one.
    shows_whole: bool,
    hides_documents: bool,
    shows_table: bool,
    legend: LegendSwitch,
    /// The folded groups that were opened.
    unfolded: BTreeSet<AnyId>,
    /// What is searched for.
    find: String,
    /// What part is in sight.
    sight: Sight,
    /// The room for which the graph is laid out.
    room: Option<Room>,
    /// The node under the keyboard.
    cursor: Option<Node>,
    wants_fit: bool,
    /// What is to be brought into sight.
    wants_view: Option<Wanted>,
    /// The record that is to be brought into sight, whether it is shown now or not.
    wants_record: Option<AnyId>,
    /// The main selection as the view knows it: another one is brought into sight.
    seen_selection: Option<AnyId>,
    wants_find_focus: bool,
    /// The field that picks the incident.
    incident: IncidentField,
    /// The room that the graph had last.
    size: Vec2,
    memo: Option<Memo>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            shows_whole: false,
            hides_documents: false,
            shows_table: false,
            legend: LegendSwitch::default(),
            unfolded: BTreeSet::new(),
            find: String::new(),
            sight: Sight::default(),
            room: None,
            cursor: None,
            wants_fit: false,
            wants_view: None,
            wants_record: None,
            seen_selection: None,
            wants_find_focus: false,
            incident: IncidentField::default(),
            size: Vec2::ZERO,
            memo: None,
        }
    }
}

impl State {
    /// Puts the cursor into the field that searches.
    pub const fn focus_filter(&mut self) {
        self.wants_find_focus = true;
    }

    /// Brings a claim or document into sight when the view is drawn next.
    pub const fn reveal(&mut self, record: AnyId) {
        self.wants_record = Some(record);
    }
}

/// The graph and where everything stands, computed once for each state of the document and of what is shown of it, and how.
#[derive(Debug)]
struct Memo {
    key: (DataKey, Scope, Room),
    chart: Arc<Provenance>,
    layout: Arc<Layout>,
    in_use: legend::InUse,
    nodes: Arc<FxHashMap<AnyId, Node>>,
    /// The node in the light, and all that it is tied to.
    lit: Option<(Node, BTreeSet<Node>)>,
    found: Option<Found>,
    /// The selected nodes by card, with the stamp of the selection.
    selected: (u64, FxHashMap<usize, Vec<Node>>),
    table: Option<(ChartTable, Vec<AnyId>)>,
}

/// The nodes that fit what is searched for.
#[derive(Debug)]
struct Found {
    text: String,
    nodes: BTreeSet<Node>,
    /// Which of them was shown last.
    at: Option<Node>,
}

impl Memo {
    fn new(key: (DataKey, Scope, Room), map: &ProvenanceMap) -> Self {
        let ProvenanceMap { chart, layout, nodes } = map.clone();
        let in_use = legend::InUse::of(&chart);
        let (lit, found, selected, table) = Default::default();
        Self { key, chart, layout, in_use, nodes, lit, found, selected, table }
    }

    fn node_of(&self, record: AnyId) -> Option<Node> {
        self.nodes.get(&record).copied()
    }

    /// The record of a node; of a folded group the one by which it is opened.
    fn record_of(&self, node: Node) -> Option<AnyId> {
        self.chart.record(node).or_else(|| match &self.chart.cards.get(node.card)?.kind {
            CardKind::Folded { first, .. } => Some(*first),
            _ => None,
        })
    }

    /// Puts a node into the light, with all that it goes back to and all that goes back to it.
    fn light(&mut self, node: Option<Node>) {
        let Some(node) = node else {
            self.lit = None;
            return;
        };
        if self.lit.as_ref().is_some_and(|(lit, _)| *lit == node) {
            return;
        }
        // What is tied to nothing casts no shadow on the rest.
        let chain = self.chart.chain(node);
        self.lit = (chain.len() > 1).then_some((node, chain));
    }

    /// Notes which nodes are selected.
    fn select(&mut self, selection: &Selection) {
        if self.selected.0 != selection.stamp() {
            let mut by_card: FxHashMap<usize, Vec<Node>> = FxHashMap::default();
            for node in selection.iter().filter_map(|record| self.node_of(*record)) {
                by_card.entry(node.card).or_default().push(node);
            }
            self.selected = (selection.stamp(), by_card);
        }
    }

    /// Finds the nodes that say `text`.
    fn find(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            self.found = None;
            return;
        }
        if self.found.as_ref().is_some_and(|found| found.text == text) {
            return;
        }
        let has = |name: &str| name.to_lowercase().contains(&text);
        let fits = |node: &Node| match (self.chart.row(*node), self.chart.cards.get(node.card)) {
            (Some(row), _) => has(&row.source_name) || has(&row.says),
            (None, Some(card)) => has(&card.heading) || has(&card.title),
            (None, None) => false,
        };
        let all = (0..self.chart.cards.len()).flat_map(|card| self.chart.nodes_of(card));
        let nodes = all.filter(fits).collect();
        self.found = Some(Found { text, nodes, at: None });
    }
}

/// Draws the view.
pub fn show(ui: &mut Ui, cx: &ViewContext<'_>, state: &mut State) {
    if cx.assessment.claims.is_empty() && cx.assessment.documents.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::GitFork,
            "Nothing said yet",
            "Here stands where claims come from: the documents in which they stand, which of them repeat and relay \
             others, and how many independent origins are left.",
            &[Action::AddClaim, Action::AddDocument],
        );
        return;
    }
    let room = *state.room.get_or_insert_with(|| first_room(ui));
    let computing = computing::map(cx, &scope(cx, state), room);
    let Some(mut memo) = memo(cx, state, room, &computing) else {
        computing::show(ui, cx, &computing, &scope(cx, state), room);
        return;
    };
    follow_selection(cx, &memo, state);
    memo.find(&state.find);
    let margin = Margin::symmetric(8, 4);
    Panel::top("provenance tools").frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        toolbar::show(ui, cx, &mut memo, state);
        circles::show(ui, &memo, state);
        computing::show(ui, cx, &computing, &memo.key.1, room);
        if memo.chart.is_unrelated() && !memo.chart.cards.is_empty() {
            ui.label(quiet(
                ui,
                "Nothing repeats or relays anything here. Say in the inspector which claims a claim repeats, and which \
                 documents a document relays: chains, families of one origin and circular reporting then show here.",
            ));
        }
    });
    if memo.chart.cards.is_empty() {
        empty_state(
            ui,
            cx,
            Icon::GitFork,
            "No claims on this incident",
            "No claim speaks of this incident yet. Each will stand here, with what it repeats.",
            &[Action::AddClaim],
        );
    } else if state.shows_table {
        let chart = &memo.chart;
        let (table, records) = memo.table.get_or_insert_with(|| (chart.table(), chart.table_records()));
        table_twin(ui, cx, "provenance table", table, records);
    } else {
        if state.legend.is_on() {
            Panel::bottom("provenance legend")
                .frame(Frame::new().inner_margin(margin))
                .show(ui, |ui| legend::show(ui, &memo.in_use));
        }
        canvas::show(ui, cx, &mut memo, state);
        if matches!(computing, Computing::Done(_)) {
            fit_into_room(ui, state);
        }
    }
    state.memo = Some(memo);
}

/// The room that the graph will have, before it is known what stands above and below it.
fn first_room(ui: &Ui) -> Room {
    /// What the toolbar and the legend usually take, in points.
    const AROUND: f32 = 170.0;
    let size = ui.available_size();
    Room::of(size.x - 2.0 * MARGIN, size.y - AROUND - 2.0 * MARGIN)
}

/// Lays the graph out anew in the next frame where its room has become another. What the user has moved into sight stays where
/// it is; and what says how far laying out has come takes room itself, so that nothing is judged by what is left then.
fn fit_into_room(ui: &Ui, state: &mut State) {
    let size = state.size - Vec2::splat(2.0 * MARGIN);
    let room = Some(Room::of(size.x, size.y));
    if !matches!(state.sight, Sight::Moved(_)) && state.room != room {
        state.room = room;
        ui.ctx().request_repaint();
    }
}

/// What is to be shown.
fn scope(cx: &ViewContext<'_>, state: &State) -> Scope {
    let incident = cx.incident.filter(|_| !state.shows_whole);
    Scope { incident, claims_only: state.hides_documents, unfolded: state.unfolded.clone() }
}

/// What is shown: while a map is computed that of the state before, so that an edit does not make the view flicker.
/// `None` where there is none of the same kind.
fn memo(cx: &ViewContext<'_>, state: &mut State, room: Room, computing: &computing::Map) -> Option<Memo> {
    let key = (DataKey::of(cx), scope(cx, state), room);
    let old = state.memo.take();
    let is_kind = |old: &Memo| {
        (old.key.1.incident, old.key.1.claims_only) == (key.1.incident, key.1.claims_only)
            && old.key.0.is_same_document(&key.0)
    };
    match (old, computing) {
        (Some(old), _) if old.key == key => Some(old),
        (old, Computing::Done(map)) => {
            if !old.as_ref().is_some_and(is_kind) {
                state.sight = Sight::Opening;
            }
            let new = Memo::new(key, map);
            let kept = state.cursor.zip(old.as_ref()).and_then(|(cursor, old)| old.record_of(cursor));
            state.cursor = kept.and_then(|record| new.node_of(record));
            Some(new)
        }
        (old, _) => old.filter(is_kind),
    }
}

/// Brings into sight what was selected elsewhere, and what was asked for.
fn follow_selection(cx: &ViewContext<'_>, memo: &Memo, state: &mut State) {
    let selected = cx.main_selection();
    let asked = state.wants_record.take();
    if asked.is_none() && selected == state.seen_selection {
        return;
    }
    let is_first_look = state.memo.is_none() && !matches!(state.sight, Sight::Moved(_)) && asked.is_none();
    state.seen_selection = selected;
    let Some(record) = asked.or(selected) else { return };
    match memo.node_of(record) {
        Some(node) => {
            if memo.chart.record(node).is_none()
                && let Some(first) = memo.record_of(node)
            {
                // It is folded away: opened in the next frame, and then brought into sight.
                state.unfolded.insert(first);
                state.wants_record = Some(record);
                return;
            }
            state.cursor = Some(node);
            if !is_first_look || asked.is_some() {
                state.wants_view = Some(Wanted::Node(node));
            }
        }
        None if asked.is_some() && !state.shows_whole => {
            state.shows_whole = true;
            state.wants_record = asked;
        }
        None => {}
    }
}
