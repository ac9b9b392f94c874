//! What an option of `ascribe figure` can be.

use clap::ValueEnum;

use crate::analysis::ach::sensitivity::ChangeKind;
use crate::analysis::ach::stability::Move;
use crate::analysis::charts::matrix::{MatrixGroups, MatrixSort};
use crate::analysis::charts::{HeatOrder, RowsBy};
use crate::model::{FusionRule, TrustDiscount};
use crate::ui::figure::{FigureKind, Measure};

/// A chart, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum View {
    /// Who says who: sources down, actors across
    WhoSaysWho,
    /// One source against another, by relation
    Heatmap,
    /// When each claim was stated, and what it covers
    Timeline,
    /// How much speaks for whom once all claims are taken together
    Belief,
    /// The opinions of all origins on one actor
    OpinionTriangle,
    /// What each of the eight fusion rules makes of the same claims
    FusionRules,
    /// Documents and claims, and what goes back to what
    Provenance,
    /// The hierarchy of actors with claimed links
    Actors,
    /// Evidence against rival hypotheses, with the scores
    EvidenceMatrix,
    /// The hypotheses before and after the evidence
    Posteriors,
    /// What each item adds to the odds of the two most probable hypotheses
    Contributions,
    /// What the lead of the first hypothesis hangs on
    Tornado,
    /// How firm the first rank is when ratings move
    RankStability,
    /// Inconsistency, log-odds and claim fusion beside what analysts judge together
    Lenses,
    /// The judgements of an analyst over time; of the one who has made most of them where nobody is named
    Judgements,
}

impl View {
    /// Its name on the command line.
    pub(super) const fn name(self) -> &'static str {
        self.kind().name()
    }

    /// Whether it shows one incident; otherwise it shows the whole assessment.
    pub(super) const fn is_of_an_incident(self) -> bool {
        !matches!(self, Self::Actors)
    }

    pub(super) const fn kind(self) -> FigureKind {
        match self {
            Self::WhoSaysWho => FigureKind::WhoSaysWho,
            Self::Heatmap => FigureKind::Heatmap,
            Self::Timeline => FigureKind::Timeline,
            Self::Belief => FigureKind::Belief,
            Self::OpinionTriangle => FigureKind::Triangle,
            Self::FusionRules => FigureKind::Rules,
            Self::Provenance => FigureKind::Provenance,
            Self::Actors => FigureKind::Actors,
            Self::EvidenceMatrix => FigureKind::Matrix,
            Self::Posteriors => FigureKind::Posteriors,
            Self::Contributions => FigureKind::Contributions,
            Self::Tornado => FigureKind::Tornado,
            Self::RankStability => FigureKind::RankStability,
            Self::Lenses => FigureKind::Lenses,
            Self::Judgements => FigureKind::Judgements,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Rows {
    Source,
    Origin,
    Affiliation,
    Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// Those who agree stand together
    Blocs,
    /// By name
    Name,
    /// By the day on which each first spoke
    Date,
}

impl From<Order> for HeatOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Blocs => Self::Bloc,
            Order::Name => Self::Name,
            Order::Date => Self::Date,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// As in the assessment
    Order,
    /// What tells hypotheses apart first
    Diagnosticity,
    /// What weighs most first
    Weight,
    /// By kind
    Kind,
    /// By date
    Date,
}

impl From<Sort> for MatrixSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Order => Self::Order,
            Sort::Diagnosticity => Self::Diagnosticity,
            Sort::Weight => Self::Weight,
            Sort::Kind => Self::Kind,
            Sort::Date => Self::Date,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Rule {
    Weighted,
    Cumulative,
    Averaging,
    ConsensusCompromise,
    Dempster,
    Yager,
    DuboisPrade,
    Pcr6,
}

impl From<Rule> for FusionRule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Weighted => Self::Weighted,
            Rule::Cumulative => Self::Cumulative,
            Rule::Averaging => Self::Averaging,
            Rule::ConsensusCompromise => Self::ConsensusCompromise,
            Rule::Dempster => Self::Dempster,
            Rule::Yager => Self::Yager,
            Rule::DuboisPrade => Self::DuboisPrade,
            Rule::Pcr6 => Self::Pcr6,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Cells {
    /// How claims stand to each other
    Relation,
    /// How strongly they conflict
    Conflict,
}

impl From<Cells> for Measure {
    fn from(cells: Cells) -> Self {
        match cells {
            Cells::Relation => Self::Relation,
            Cells::Conflict => Self::Conflict,
        }
    }
}

impl From<Rows> for RowsBy {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Source => Self::Source,
            Rows::Origin => Self::Origin,
            Rows::Affiliation => Self::Affiliation,
            Rows::Kind => Self::Kind,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Discount {
    ProbabilitySensitive,
    UncertaintyFavouring,
    OppositeBelief,
}

impl From<Discount> for TrustDiscount {
    fn from(discount: Discount) -> Self {
        match discount {
            Discount::ProbabilitySensitive => Self::ProbabilitySensitive,
            Discount::UncertaintyFavouring => Self::UncertaintyFavouring,
            Discount::OppositeBelief => Self::OppositeBelief,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Groups {
    /// By kind of observation
    Kind,
    /// By what stands or falls together
    Dependence,
}

impl From<Groups> for MatrixGroups {
    fn from(groups: Groups) -> Self {
        match groups {
            Groups::Kind => Self::Kind,
            Groups::Dependence => Self::Dependence,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Changes {
    /// Pieces of evidence that count or do not
    Items,
    /// Sources that count or do not
    Sources,
    /// Grades that are one step higher or lower
    Grades,
    /// Links that are accepted or not
    Links,
}

impl From<Changes> for ChangeKind {
    fn from(changes: Changes) -> Self {
        match changes {
            Changes::Items => Self::Item,
            Changes::Sources => Self::Source,
            Changes::Grades => Self::Grade,
            Changes::Links => Self::Link,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Moves {
    /// To the opposite: CC to II, C to I
    Opposite,
    /// By one step
    Neighbour,
}

impl From<Moves> for Move {
    fn from(moves: Moves) -> Self {
        match moves {
            Moves::Opposite => Self::Opposite,
            Moves::Neighbour => Self::Neighbour,
        }
    }
}
