//! The client of egui's inspection protocol: one request, one answer.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::{self, Affine, Node, NodeId, Role, TreeUpdate};
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, pos2};
use egui_inspection::protocol::{read_handshake, read_message, write_message};
use egui_inspection::{EncodedPng, Request, Response};

use super::Result;

/// How long a widget may take to appear. Generous: a debug build draws with a software renderer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// A request is answered within some frames; the program itself gives up after 20 seconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(40);
/// More frames than any animation takes.
const SETTLE_FRAMES: u64 = 120;

/// More widgets than any form has.
const MOST_TABS: usize = 40;

/// A connection to a running program.
pub struct Window {
    stream: TcpStream,
}

/// What stands on the screen at one moment.
pub struct Screen {
    /// How many frames were drawn since the start.
    pub frames: u64,
    /// The widgets, outer ones first.
    pub widgets: Vec<Widget>,
    /// The name of the widget that has the keyboard.
    pub focused: Option<String>,
}

/// One widget as a screen reader meets it.
#[derive(Debug)]
pub struct Widget {
    pub role: Role,
    /// Its name.
    pub label: String,
    /// Its content: the text of a label or field.
    pub value: String,
    pub rect: Rect,
    pub is_disabled: bool,
}

impl Window {
    /// Connects and checks that the other side speaks the protocol.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_WITHIN))?;
        let version = read_handshake(&stream)?;
        if version != egui_inspection::PROTOCOL_VERSION {
            return Err(format!("the program speaks version {version} of the inspection protocol").into());
        }
        Ok(Self { stream })
    }

    fn ask(&mut self, request: &Request) -> Result<Response> {
        write_message(&self.stream, request)?;
        match read_message(&self.stream)? {
            Response::Error { message } => Err(message.into()),
            answer => Ok(answer),
        }
    }

    /// What stands on the screen now.
    pub fn screen(&mut self) -> Result<Screen> {
        match self.ask(&Request::GetTree)? {
            Response::Tree { step, pixels_per_point, accesskit } => {
                let tree = accesskit.ok_or("the program has no accessible tree")?;
                Ok(Screen::read(step, &tree, pixels_per_point))
            }
            other => Err(format!("no tree but {other:?}").into()),
        }
    }

    /// Waits until the program draws no further frame by itself.
    pub fn settle(&mut self) -> Result {
        self.ask(&Request::Settle { max_steps: SETTLE_FRAMES }).map(drop)
    }

    /// Waits until `look` finds something on the screen; `what` says what that is should it never come.
    pub fn wait_for<T>(&mut self, what: &str, look: impl Fn(&Screen) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen()?;
            if let Some(found) = look(&screen) {
                return Ok(found);
            }
            if Instant::now() > deadline {
                return Err(format!("{what} did not come. On the screen:\n{}", screen.listed()).into());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until a text stands on the screen.
    pub fn wait_for_text(&mut self, text: &str) -> Result {
        self.wait_for(&format!("“{text}”"), |screen| screen.says(text).then_some(()))
    }

    /// Waits for a widget of that name and clicks it.
    pub fn click(&mut self, name: &str) -> Result {
        let at = self.wait_for(&format!("a widget “{name}” to click"), |screen| {
            screen.named(name).filter(|widget| !widget.is_disabled).map(|widget| widget.rect.center())
        })?;
        self.click_at(at)
    }

    /// Clicks a place.
    pub fn click_at(&mut self, pos: Pos2) -> Result {
        let button = |pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        self.send(vec![Event::PointerMoved(pos)])?;
        self.send(vec![button(true)])?;
        self.send(vec![button(false)])?;
        self.settle()
    }

    /// Takes the pointer out of the window, so that nothing is pointed at.
    pub fn leave(&mut self) -> Result {
        self.send(vec![Event::PointerGone])?;
        self.settle()
    }

    /// Types into what has the focus.
    pub fn type_text(&mut self, text: &str) -> Result {
        self.send(vec![Event::Text(text.to_owned())])?;
        self.settle()
    }

    /// Presses a key with its modifiers, as in `press("Ctrl+Shift+S")`.
    pub fn press(&mut self, chord: &str) -> Result {
        let mut modifiers = Modifiers::NONE;
        let mut parts: Vec<&str> = chord.split('+').collect();
        let name = parts.pop().unwrap_or_default();
        for part in parts {
            modifiers |= match part {
                "Ctrl" => Modifiers::CTRL | Modifiers::COMMAND,
                "Shift" => Modifiers::SHIFT,
                "Alt" => Modifiers::ALT,
                other => return Err(format!("no modifier {other}").into()),
            };
        }
        let key = Key::from_name(name).ok_or_else(|| format!("no key {name}"))?;
        for pressed in [true, false] {
            self.send(vec![Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }])?;
        }
        self.settle()
    }

    /// Presses Tab until the widget of that name has the keyboard.
    pub fn tab_to(&mut self, name: &str) -> Result {
        for _ in 0..MOST_TABS {
            if self.screen()?.focused.as_deref() == Some(name) {
                return Ok(());
            }
            self.press("Tab")?;
        }
        Err(format!("Tab does not reach “{name}”. On the screen:\n{}", self.screen()?.listed()).into())
    }

    /// Gives the window that size, in points.
    pub fn resize(&mut self, width: u32, height: u32) -> Result {
        self.ask(&Request::Resize { width, height })?;
        let deadline = Instant::now() + PATIENCE;
        while self.picture()?.size != [width, height] {
            if Instant::now() > deadline {
                return Err(format!("the window does not become {width}×{height}").into());
            }
        }
        self.settle()
    }

    /// What the window shows, as PNG, a pixel a point.
    pub fn picture(&mut self) -> Result<EncodedPng> {
        match self.ask(&Request::GetScreenshot { pixels_per_point: Some(1.0) })? {
            Response::Screenshot(png) => Ok(png),
            other => Err(format!("no picture but {other:?}").into()),
        }
    }

    /// Hands over input; the answer comes when a frame has worked on it.
    pub fn send(&mut self, events: Vec<Event>) -> Result {
        self.ask(&Request::ApplyEvents { events }).map(drop)
    }
}

impl Widget {
    fn read(node: &Node, nodes: &HashMap<NodeId, &Node>, bounds: accesskit::Rect) -> Self {
        let corner = |x: f64, y: f64| pos2(x as f32, y as f32);
        Self {
            role: node.role(),
            label: name(node, nodes),
            value: node.value().unwrap_or_default().to_owned(),
            rect: Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1)),
            is_disabled: node.is_disabled(),
        }
    }
}

impl Screen {
    fn read(frames: u64, tree: &TreeUpdate, pixels_per_point: f32) -> Self {
        let nodes: HashMap<NodeId, &Node> = tree.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let root = tree.tree.as_ref().map(|tree| tree.root);
        let to_points = Affine::scale(1.0 / f64::from(pixels_per_point));
        let mut widgets = Vec::with_capacity(nodes.len());
        let mut waiting: Vec<(NodeId, Affine)> = root.into_iter().map(|root| (root, to_points)).collect();
        while let Some((id, outer)) = waiting.pop() {
            let Some(node) = nodes.get(&id) else { continue };
            let place = node.transform().map_or(outer, |inner| outer * *inner);
            waiting.extend(node.children().iter().rev().map(|child| (*child, place)));
            // A run of text repeats what the widget around it says.
            if node.role() != Role::TextRun
                && let Some(bounds) = node.bounds()
            {
                widgets.push(Widget::read(node, &nodes, place.transform_rect_bbox(bounds)));
            }
        }
        let focused = nodes.get(&tree.focus).map(|node| name(node, &nodes));
        Self { frames, widgets, focused }
    }

    /// The widget of exactly that name, or else the text of exactly these words; of several, the smallest.
    pub fn named(&self, name: &str) -> Option<&Widget> {
        let smallest = |is: &dyn Fn(&&Widget) -> bool| {
            self.widgets.iter().filter(is).min_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))
        };
        smallest(&|widget| widget.label == name).or_else(|| smallest(&|widget| widget.value == name))
    }

    /// Whether a text stands somewhere, as a name or a content or within one.
    pub fn says(&self, text: &str) -> bool {
        self.widgets.iter().any(|widget| widget.label.contains(text) || widget.value.contains(text))
    }

    /// All that can be read, a line a widget.
    pub fn listed(&self) -> String {
        let line = |widget: &Widget| format!("  {:?} “{}” = “{}”\n", widget.role, widget.label, widget.value);
        self.widgets.iter().filter(|w| !w.label.is_empty() || !w.value.is_empty()).map(line).collect()
    }
}

/// The name of a widget: its own, or that of the label it is tied to.
fn name(node: &Node, nodes: &HashMap<NodeId, &Node>) -> String {
    let of_others = || {
        let labels = node.labelled_by().iter().filter_map(|id| nodes.get(id));
        labels.filter_map(|label| label.label().or(label.value())).collect::<Vec<_>>().join(" ")
    };
    node.label().map_or_else(of_others, str::to_owned)
}
