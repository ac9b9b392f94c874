//! What the charts show, as data: rows, columns, marks and their meaning, without a colour or a pixel.
//!
//! The screen and the exports draw the same data, and each chart has a [`ChartTable`] that says the same in
//! text.

mod actors;
mod belief;
mod belief_over_time;
mod heatmap;
pub mod matrix;
pub mod odds;
pub mod provenance;
pub mod sensitivity;
pub mod seriation;
mod table;
mod timeline;
mod weighing_names;
mod who_says_who;

pub use actors::{ActorChart, ActorLink, ActorRow, LinkKind};
pub use belief::{
    BeliefChart, BeliefOrigin, BeliefRow, BeliefSpan, Ignorance, LeftOutClaim, OpinionTriangle, RuleColumn,
    RulesChart,
};
pub use belief_over_time::{BeliefOverTime, Event, Happening, Held, Step, Track};
pub use heatmap::{Cell, HeatOrder, Heatmap};
pub use matrix::MatrixChart;
pub use odds::OddsChart;
pub use provenance::Provenance;
pub use sensitivity::SensitivityChart;
pub use table::ChartTable;
pub use timeline::{DaySpan, Fate, Timeline, TimelineRow};
pub use weighing_names::WeighingNames;
pub use who_says_who::{ActorColumn, Mark, Row, RowGroup, RowKey, Rows, RowsBy, WhoSaysWho};

#[cfg(test)]
mod tests;
