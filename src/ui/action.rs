//! Everything that stands in a menu, the command palette or the shortcut sheet: its name, icon and keys.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::tokens::Icon;
use super::views::ViewKind;

/// Something that the user can do from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Begin a blank assessment.
    New,
    /// Begin with the frame of an assessment.
    NewFromTemplate,
    /// Open an assessment file.
    Open,
    /// Open a file by typing its path.
    OpenByPath,
    /// Read the open file again.
    ReadAgain,
    /// Save.
    Save,
    /// Save under another name.
    SaveAs,
    /// Write the chart in front as a picture.
    ExportFigure,
    /// Take in a table of claims.
    ImportClaims,
    /// Take in a matrix of evidence on the incident that is shown.
    ImportMatrix,
    /// Write the claims as a table.
    ExportClaims,
    /// Write the matrix of the incident that is shown as a table.
    ExportMatrix,
    /// Close the assessment and show the welcome page.
    Close,
    /// Leave the program.
    Quit,
    /// Take back the last change.
    Undo,
    /// Make a change again that was taken back.
    Redo,
    /// Begin a new claim.
    AddClaim,
    /// Add a source.
    AddSource,
    /// Add an actor.
    AddActor,
    /// Add an incident.
    AddIncident,
    /// Add a document.
    AddDocument,
    /// Add an analyst.
    AddAnalyst,
    /// Add a piece of evidence on the incident that is shown.
    AddEvidence,
    /// Add a hypothesis on the incident that is shown.
    AddHypothesis,
    /// Make a hypothesis of each actor whom claims on the incident name.
    HypothesesFromClaims,
    /// Make evidence from the selected claims.
    EvidenceFromClaims,
    /// Delete what is selected.
    DeleteSelection,
    /// Title, question, marking, standard.
    Properties,
    /// Show a view.
    Show(ViewKind),
    /// Show the view once more beside the others.
    SplitView,
    /// Put all panels and tabs back.
    ResetLayout,
    /// Show or hide the navigator.
    ToggleNavigator,
    /// Show or hide the inspector.
    ToggleInspector,
    /// Show or hide the list of problems.
    ToggleProblems,
    /// Show or hide the list of notices.
    ToggleNotices,
    /// Dark or light.
    ToggleTheme,
    /// Draw larger.
    ZoomIn,
    /// Draw smaller.
    ZoomOut,
    /// Draw at the usual size.
    ZoomReset,
    /// Search for anything.
    CommandPalette,
    /// Filter the view in front.
    Find,
    /// The guided tour.
    Tour,
    /// The shortcut sheet.
    Shortcuts,
    /// About the program and its licences.
    About,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl Action {
    /// All actions, in the order of the menus.
    pub const ALL: &'static [Self] = &[
        Self::New,
        Self::NewFromTemplate,
        Self::Open,
        Self::OpenByPath,
        Self::ReadAgain,
        Self::Save,
        Self::SaveAs,
        Self::ImportClaims,
        Self::ImportMatrix,
        Self::ExportClaims,
        Self::ExportMatrix,
        Self::ExportFigure,
        Self::Close,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::DeleteSelection,
        Self::Find,
        Self::CommandPalette,
        Self::Show(ViewKind::Claims),
        Self::Show(ViewKind::Disagreement),
        Self::Show(ViewKind::Timeline),
        Self::Show(ViewKind::Belief),
        Self::Show(ViewKind::Provenance),
        Self::Show(ViewKind::Actors),
        Self::Show(ViewKind::Matrix),
        Self::Show(ViewKind::Odds),
        Self::Show(ViewKind::Sensitivity),
        Self::Show(ViewKind::Judgement),
        Self::SplitView,
        Self::ResetLayout,
        Self::ToggleNavigator,
        Self::ToggleInspector,
        Self::ToggleProblems,
        Self::ToggleNotices,
        Self::ToggleTheme,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::AddClaim,
        Self::AddSource,
        Self::AddActor,
        Self::AddIncident,
        Self::AddDocument,
        Self::AddAnalyst,
        Self::AddEvidence,
        Self::AddHypothesis,
        Self::HypothesesFromClaims,
        Self::EvidenceFromClaims,
        Self::Properties,
        Self::Tour,
        Self::Shortcuts,
        Self::About,
    ];

    /// What it is called. An ellipsis says that a dialog follows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "New assessment",
            Self::NewFromTemplate => "New: incident with competing claims",
            Self::Open => "Open…",
            Self::OpenByPath => "Open by path…",
            Self::ReadAgain => "Read again",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::ImportClaims => "Import claims…",
            Self::ImportMatrix => "Import evidence matrix…",
            Self::ExportClaims => "Export claims…",
            Self::ExportMatrix => "Export evidence matrix…",
            Self::ExportFigure => "Export figure…",
            Self::Close => "Close assessment",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::AddClaim => "Add claim",
            Self::AddSource => "Add source",
            Self::AddActor => "Add actor",
            Self::AddIncident => "Add incident",
            Self::AddDocument => "Add document",
            Self::AddAnalyst => "Add analyst",
            Self::AddEvidence => "Add evidence",
            Self::AddHypothesis => "Add hypothesis",
            Self::HypothesesFromClaims => "Make hypotheses from claims",
            Self::EvidenceFromClaims => "Make evidence from the selected claims",
            Self::DeleteSelection => "Delete",
            Self::Properties => "Assessment properties…",
            Self::Show(view) => view.label(),
            Self::SplitView => "Split view",
            Self::ResetLayout => "Reset layout",
            Self::ToggleNavigator => "Navigator",
            Self::ToggleInspector => "Inspector",
            Self::ToggleProblems => "Problems",
            Self::ToggleNotices => "Notices",
            Self::ToggleTheme => "Switch dark and light",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Actual size",
            Self::CommandPalette => "Command palette…",
            Self::Find => "Find in view",
            Self::Tour => "Two-minute tour",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::About => "About Ascribe",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> Icon {
        match self {
            Self::New => Icon::FilePlus,
            Self::NewFromTemplate => Icon::ListTree,
            Self::Open | Self::OpenByPath => Icon::FolderOpen,
            Self::ReadAgain => Icon::RotateCcw,
            Self::Save | Self::SaveAs => Icon::Save,
            Self::ImportClaims | Self::ImportMatrix => Icon::FileInput,
            Self::ExportClaims | Self::ExportMatrix => Icon::FileOutput,
            Self::ExportFigure => Icon::ImageDown,
            Self::Close => Icon::X,
            Self::Quit => Icon::LogOut,
            Self::Undo => Icon::Undo2,
            Self::Redo => Icon::Redo2,
            Self::AddClaim => Icon::MessageSquarePlus,
            Self::AddSource => Icon::Megaphone,
            Self::AddActor => Icon::UserPlus,
            Self::AddIncident => Icon::Zap,
            Self::AddDocument => Icon::FileText,
            Self::AddAnalyst => Icon::Users,
            Self::AddEvidence | Self::EvidenceFromClaims => Icon::FileSearch,
            Self::AddHypothesis | Self::HypothesesFromClaims => Icon::Lightbulb,
            Self::DeleteSelection => Icon::Trash2,
            Self::Properties => Icon::Settings2,
            Self::Show(view) => view.icon(),
            Self::SplitView => Icon::Columns2,
            Self::ResetLayout => Icon::LayoutDashboard,
            Self::ToggleNavigator => Icon::PanelLeft,
            Self::ToggleInspector => Icon::PanelRight,
            Self::ToggleProblems => Icon::TriangleAlert,
            Self::ToggleNotices => Icon::Bell,
            Self::ToggleTheme => Icon::SunMoon,
            Self::ZoomIn => Icon::ZoomIn,
            Self::ZoomOut => Icon::ZoomOut,
            Self::ZoomReset => Icon::Search,
            Self::CommandPalette => Icon::Command,
            Self::Find => Icon::Search,
            Self::Tour => Icon::Signpost,
            Self::Shortcuts => Icon::Keyboard,
            Self::About => Icon::Info,
        }
    }

    /// Its keys.
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        let (modifiers, key) = match self {
            Self::New => (CTRL_SHIFT, Key::N),
            Self::Open => (CTRL, Key::O),
            Self::OpenByPath => (CTRL_SHIFT, Key::O),
            Self::Save => (CTRL, Key::S),
            Self::SaveAs => (CTRL_SHIFT, Key::S),
            Self::Close => (CTRL, Key::W),
            Self::Quit => (CTRL, Key::Q),
            Self::Undo => (CTRL, Key::Z),
            Self::Redo => (CTRL_SHIFT, Key::Z),
            Self::AddClaim => (CTRL, Key::N),
            Self::DeleteSelection => (Modifiers::NONE, Key::Delete),
            Self::Show(view) => match view.key() {
                Some(key) => (CTRL, key),
                None => return None,
            },
            Self::SplitView => (CTRL, Key::Backslash),
            Self::ToggleNavigator => (CTRL, Key::B),
            Self::ToggleInspector => (CTRL, Key::I),
            Self::ToggleProblems => (CTRL_SHIFT, Key::M),
            Self::ToggleTheme => (CTRL_SHIFT, Key::T),
            Self::ZoomIn => (CTRL, Key::Plus),
            Self::ZoomOut => (CTRL, Key::Minus),
            Self::ZoomReset => (CTRL, Key::Num0),
            Self::CommandPalette => (CTRL, Key::K),
            Self::Find => (CTRL, Key::F),
            Self::Shortcuts => (Modifiers::NONE, Key::F1),
            Self::Properties => (CTRL, Key::Comma),
            Self::AddSource
            | Self::AddActor
            | Self::AddIncident
            | Self::AddDocument
            | Self::AddAnalyst
            | Self::AddEvidence
            | Self::AddHypothesis
            | Self::HypothesesFromClaims
            | Self::EvidenceFromClaims
            | Self::NewFromTemplate
            | Self::ReadAgain
            | Self::ResetLayout
            | Self::ImportClaims
            | Self::ImportMatrix
            | Self::ExportClaims
            | Self::ExportMatrix
            | Self::ExportFigure
            | Self::ToggleNotices
            | Self::Tour
            | Self::About => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Its keys as people write them, such as "Ctrl+\\"; empty where it has none.
    pub fn keys_text(self, ctx: &Context) -> String {
        self.shortcut().map(|keys| keys_text(ctx, &keys)).unwrap_or_default()
    }

    /// Whether its keys mean something else inside a text field, so that they are left alone there.
    pub const fn yields_to_text_fields(self) -> bool {
        matches!(self, Self::Undo | Self::Redo | Self::DeleteSelection)
    }
}

/// Keys as people write them: the sign that is on the key, not its name.
pub fn keys_text(ctx: &Context, keys: &KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(keys);
    let signs = [("Backslash", "\\"), ("Plus", "+"), ("Minus", "−"), ("Comma", ","), ("Equals", "=")];
    match signs.iter().find(|(name, _)| text.ends_with(name)) {
        Some((name, sign)) => format!("{}{sign}", text.trim_end_matches(name)),
        None => text,
    }
}
