//! A table of claims to work with, small or large, and the keys and clicks that work the window.

use ascribe::app::{App, LaunchOptions};
use ascribe::model::{
    Actor, ActorLevel, Assessment, Claim, Confidence, Entity, Header, Incident, Likelihood, Nameable,
    Proposition, Record, Role, Source, SourceKind, Stance,
};
use eframe::egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use super::support::{self, id};

/// A source.
pub fn source(number: u128, name: &str) -> Record {
    Source { kind: SourceKind::SecurityVendor, ..Source::named(id(number), name.to_owned()) }.into_record()
}

/// An actor.
pub fn actor(number: u128, name: &str) -> Record {
    Actor { level: ActorLevel::Service, ..Actor::named(id(number), name.to_owned()) }.into_record()
}

/// An incident.
pub fn incident(number: u128, name: &str) -> Record {
    Incident::named(id(number), name.to_owned()).into_record()
}

/// A source's assertion that these actors did it, without a date.
pub fn claim(number: u128, source: u128, incident: u128, actors: &[u128]) -> Claim {
    let mut claim = support::claim(number, source, actors);
    claim.stated_on = None;
    claim.proposition = Proposition::Attribution {
        incident: id(incident),
        actors: actors.iter().map(|actor| id(*actor)).collect(),
        role: Role::Perpetrator,
    };
    claim
}

/// Three sources, three actors, two incidents, and five claims: 31 to 35, the last one a link.
pub fn small() -> Assessment {
    let mut likely = claim(31, 1, 21, &[11]);
    likely.likelihood = Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) });
    likely.stated_on = "2019-10-14".parse().ok();
    let mut denied = claim(32, 2, 21, &[13]);
    denied.stance = Stance::Denies;
    denied.stated_on = "2015-06-04".parse().ok();
    let mut joint = claim(33, 3, 22, &[11, 12]);
    joint.confidence = Some(Confidence::High);
    let mut silent = claim(34, 3, 21, &[]);
    silent.stance = Stance::Declines;
    let mut link = claim(35, 1, 21, &[]);
    link.proposition = Proposition::SameActor { first: id(11), second: id(12) };
    let records = [
        source(1, "CrowdStrike"),
        source(2, "Xinhua"),
        source(3, "Symantec"),
        actor(11, "JSSD"),
        actor(12, "Axiom"),
        actor(13, "China"),
        incident(21, "OPM breach"),
        incident(22, "Anthem breach"),
    ];
    let claims = [likely, denied, joint, silent, link].map(Entity::into_record);
    Assessment::from_records(Header::default(), records.into_iter().chain(claims))
}

/// Many claims of 200 sources about 50 incidents by 300 actors.
pub fn large(claims: u128) -> Assessment {
    let sources = (0..200).map(|number| source(1_000_000 + number, &format!("Source {number}")));
    let actors = (0..300).map(|number| actor(2_000_000 + number, &format!("Actor {number}")));
    let incidents = (0..50).map(|number| incident(3_000_000 + number, &format!("Incident {number}")));
    let claims = (0..claims).map(|number| {
        let by = 1_000_000 + number * 7 % 200;
        let mut claim =
            claim(10_000_000 + number, by, 3_000_000 + number % 50, &[2_000_000 + number * 13 % 300]);
        claim.stated_on = format!("{}", 1990 + number % 35).parse().ok();
        if number % 3 == 0 {
            claim.likelihood =
                Some(Likelihood { words: "likely".to_owned(), low: Some(0.55), high: Some(0.8) });
        }
        claim.into_record()
    });
    Assessment::from_records(Header::default(), sources.chain(actors).chain(incidents).chain(claims))
}

/// The program with an assessment open, as in a window of that size.
pub fn window(assessment: Assessment, size: impl Into<Vec2>) -> Harness<'static, App> {
    let options = LaunchOptions { assessment: Some(assessment), ..LaunchOptions::default() };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(20)
        // As in a window, so that two clicks can be a double click.
        .with_step_dt(1.0 / 60.0)
        .build_eframe(|cc| App::new(cc, options));
    harness.run_ok();
    harness
}

/// Whether anything in the window has a name with this text in it.
pub fn has(harness: &Harness<'_, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

/// What a test does to the window.
pub trait Driving {
    /// Presses a key.
    fn press(&mut self, key: Key);

    /// Presses a key with others held.
    fn press_with(&mut self, modifiers: Modifiers, key: Key);

    /// Types a text into whatever has the focus.
    fn type_in(&mut self, text: &str);

    /// Clicks a widget by its accessible name.
    fn click(&mut self, name: &str);

    /// Clicks a widget twice.
    fn double_click(&mut self, name: &str);

    /// What was put into the clipboard in the last frames.
    fn copied(&mut self) -> Option<String>;

    /// The accessible names of all widgets that begin so, from top to bottom.
    fn names(&self, beginning: &str) -> Vec<String>;
}

impl Driving for Harness<'_, App> {
    fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.key_press_modifiers(modifiers, key);
        self.run_ok();
    }

    fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            self.event(Event::Text(letter.to_string()));
            self.run_ok();
        }
    }

    fn click(&mut self, name: &str) {
        self.get_by_label(name).click();
        self.run_ok();
    }

    fn double_click(&mut self, name: &str) {
        // Apart from clicks before it: a third click soon after two is no double click.
        self.run_steps(60);
        self.get_by_label(name).click();
        self.get_by_label(name).click();
        self.run_ok();
    }

    fn copied(&mut self) -> Option<String> {
        let commands = &self.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            eframe::egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    fn names(&self, beginning: &str) -> Vec<String> {
        let begins = |name: &str| name.starts_with(beginning);
        let nodes = self.query_all_by(|node| node.label().is_some_and(|label| begins(&label)));
        let mut found: Vec<(f32, String)> = nodes
            .filter_map(|node| {
                let label = node.accesskit_node().label()?;
                Some((node.rect().top(), label))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.into_iter().map(|(_, name)| name).collect()
    }
}
