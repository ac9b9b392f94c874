//! Figures: every chart as SVG and PNG, through the library, the command line and the window.

use std::path::Path;
use std::time::Duration;

use ascribe::analysis::{Derived, Options};
use ascribe::app::App;
use ascribe::edit::Document as History;
use ascribe::model::{Assessment, Entity as _, Id, Incident, Kind, Record, Tlp};
use ascribe::store;
use ascribe::ui::figure::{
    FigureError, FigureFormat, FigureKind, FigureRequest, FigureSettings, FigureTheme, MOST_ROWS, draw,
};
use eframe::egui::Event;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use roxmltree::Document;

use crate::program::ascribe;
use crate::support::{self, claim, id, number};

const THEMES: [FigureTheme; 2] = [FigureTheme::Light, FigureTheme::Dark];

fn request(settings: FigureSettings, incident: Option<Id<Incident>>, theme: FigureTheme) -> FigureRequest {
    FigureRequest { settings, incident, title: None, theme, date: "2026-11-22".parse().unwrap() }
}

fn made(
    assessment: &Assessment,
    request: &FigureRequest,
    format: FigureFormat,
) -> Result<Vec<u8>, FigureError> {
    let document = History::new(assessment.clone());
    let derived = Derived::new(document.snapshot(), Options::default(), None);
    draw(&derived, document.revision(), request, format)
}

fn records(assessment: &Assessment) -> Vec<Record> {
    let mut records = Vec::new();
    assessment.for_each_record(&mut |record| records.push(record));
    records
}

/// The assessment with these records added, or in the place of those that it has.
fn with(assessment: &Assessment, more: impl IntoIterator<Item = Record>) -> Assessment {
    Assessment::from_records(assessment.header.clone(), records(assessment).into_iter().chain(more))
}

fn svg(assessment: &Assessment, kind: FigureKind, theme: FigureTheme) -> String {
    let request = request(kind.usual(), Some(id(number::OPM)), theme);
    String::from_utf8(made(assessment, &request, FigureFormat::Svg).unwrap()).unwrap()
}

/// All text that can be read in a picture, in the order in which it was painted.
fn words(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text().map(str::to_owned)).collect()
}

#[test]
fn every_view_is_a_figure() {
    let mut assessment = support::weighed();
    assessment.header.marking = Tlp::AmberStrict;
    for kind in FigureKind::ALL {
        for theme in THEMES {
            let text = svg(&assessment, *kind, theme);
            let words = words(&text);
            let has = |part: &str| words.iter().any(|word| word.contains(part));
            assert_eq!(words.iter().filter(|word| *word == "TLP:AMBER+STRICT").count(), 2, "{kind:?}");
            assert!(text.contains("fill=\"#ffc000\""), "{kind:?}: the marking has its official colour");
            assert!(has("2026-11-22") && has("Who broke into OPM?"), "{kind:?}: {words:?}");
            assert_eq!(has("OPM breach"), kind.is_of_an_incident(), "{kind:?}: {words:?}");
            assert_eq!(text.matches("<title").count(), 1, "{kind:?}: no text is cut");
            assert_eq!(text, svg(&assessment, *kind, theme), "{kind:?}: the same once more");
        }
    }
}

#[test]
fn no_label_of_the_worked_cases_is_cut() {
    for case in ["china-airlines-2020.ron", "opm-anthem.ron", "turbine-panda-c919.ron"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves").join(case);
        let assessment = store::load(&path).unwrap().assessment;
        for incident in assessment.incidents.ids() {
            for kind in FigureKind::ALL {
                let request = request(kind.usual(), Some(incident), FigureTheme::Dark);
                match made(&assessment, &request, FigureFormat::Svg) {
                    Ok(bytes) => {
                        let text = String::from_utf8(bytes).unwrap();
                        assert_eq!(text.matches("<title").count(), 1, "{case} {kind:?}: {text}");
                        assert!(Document::parse(&text).is_ok());
                    }
                    // Not every incident of a campaign has claims of its own.
                    Err(FigureError::Empty { .. }) => {}
                    Err(error) => panic!("{case} {kind:?}: {error}"),
                }
            }
        }
    }
}

#[test]
fn a_small_figure_is_as_it_was() {
    for (kind, theme) in
        [(FigureKind::WhoSaysWho, FigureTheme::Light), (FigureKind::Timeline, FigureTheme::Dark)]
    {
        let text = svg(&support::weighed(), kind, theme);
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(kind.name(), text);
    }
}

#[test]
fn names_are_never_markup() {
    let assessment = support::weighed();
    let mut changed: Vec<Record> = Vec::new();
    let names = [
        "<script>alert(1)</script>",
        "a & b \"quoted\" 'so' ]]>",
        "two\nlines\tand\u{1}\u{FFFF}",
        "turned \u{202E}dnuora\u{2066}",
        "国安部 · إيران",
    ];
    for (name, source) in names.iter().zip([number::CROWDSTRIKE, number::XINHUA]) {
        let mut source = assessment.get(id::<ascribe::model::Source>(source)).unwrap().clone();
        source.name = (*name).to_owned();
        changed.push(source.into_record());
    }
    for (name, actor) in names.iter().skip(2).zip([number::CHINA, number::JSSD, number::CRIMINALS]) {
        let mut actor = assessment.get(id::<ascribe::model::Actor>(actor)).unwrap().clone();
        actor.name = (*name).to_owned();
        changed.push(actor.into_record());
    }
    let mut assessment = with(&assessment, changed);
    assessment.header.title = "</title><script>x</script>".to_owned();
    for kind in FigureKind::ALL {
        let text = svg(&assessment, *kind, FigureTheme::Light);
        let document = Document::parse(&text).unwrap();
        assert!(!text.contains("<script"), "{kind:?}");
        assert!(!text.contains(['\u{202E}', '\u{2066}', '\u{1}', '\u{FFFF}']), "{kind:?}");
        let tags =
            ["svg", "title", "desc", "defs", "clipPath", "g", "rect", "circle", "line", "path", "text"];
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(tags.contains(&node.tag_name().name()), "{kind:?}: {:?}", node.tag_name());
        }
    }
    let words = words(&svg(&assessment, FigureKind::WhoSaysWho, FigureTheme::Light));
    assert!(words.iter().any(|word| word == names[0]), "the name is shown as it is: {words:?}");
    assert!(words.iter().any(|word| word == names[1]), "{words:?}");
}

/// The width, height and pixels of a PNG file, three bytes each.
fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, bytes)
}

#[test]
fn a_png_is_twice_as_large_as_the_svg_and_shows_the_same() {
    let assessment = support::weighed();
    for theme in THEMES {
        let text = svg(&assessment, FigureKind::Heatmap, theme);
        let document = Document::parse(&text).unwrap();
        let side = |name: &str| document.root_element().attribute(name).unwrap().parse::<f32>().unwrap();
        let request = request(FigureKind::Heatmap.usual(), Some(id(number::OPM)), theme);
        let (width, height, bytes) = pixels(&made(&assessment, &request, FigureFormat::Png).unwrap());
        assert_eq!((width as f32, height as f32), (side("width") * 2.0, side("height") * 2.0));
        let at = |x: u32, y: u32| {
            let place = ((y * width + x) * 3) as usize;
            [bytes[place], bytes[place + 1], bytes[place + 2]]
        };
        assert_eq!(at(1, 1), [0, 0, 0], "the marking is on black");
        let background = if theme == FigureTheme::Dark { [0x0F, 0x11, 0x13] } else { [0xFF; 3] };
        assert_eq!(at(2, 60), background);
        let orange = if theme == FigureTheme::Dark { [0xF0, 0x72, 0x1E] } else { [0xB8, 0x4A, 0x00] };
        assert!(bytes.chunks(3).any(|pixel| pixel == orange), "the contradiction is seen");
    }
}

#[test]
fn why_there_is_no_figure_is_said() {
    let assessment = support::weighed();
    let check = |assessment: &Assessment, request: &FigureRequest, expect: &str| {
        let error = made(assessment, request, FigureFormat::Svg).unwrap_err();
        assert!(error.to_string().contains(expect), "{error}");
    };
    let of = |kind: FigureKind, incident| request(kind.usual(), incident, FigureTheme::Light);
    check(&assessment, &of(FigureKind::WhoSaysWho, None), "shows one incident");
    check(&assessment, &of(FigureKind::Timeline, Some(id(999))), "shows one incident");
    check(&Assessment::default(), &of(FigureKind::Actors, None), "there are no actors");

    let mut records = records(&assessment);
    records.retain(|record| record.id().kind != Kind::Claim);
    let silent = Assessment::from_records(assessment.header.clone(), records);
    check(&silent, &of(FigureKind::Timeline, Some(id(number::OPM))), "no claim speaks of this incident");

    let claims = |count: usize| {
        let claim = |place| claim(1_000 + place as u128, number::XINHUA, &[number::CRIMINALS]).into_record();
        with(&assessment, (0..count).map(claim))
    };
    let huge = claims(MOST_ROWS);
    check(&huge, &of(FigureKind::Timeline, Some(id(number::OPM))), "may have at most 4000");
    let large = claims(1_500);
    let timeline = of(FigureKind::Timeline, Some(id(number::OPM)));
    assert!(made(&large, &timeline, FigureFormat::Svg).is_ok());
}

#[test]
fn the_proposed_name_says_what_it_is() {
    let assessment = support::weighed();
    let check = |kind: FigureKind, expect: &str| {
        let request = request(kind.usual(), Some(id(number::OPM)), FigureTheme::Light);
        assert_eq!(request.file_name(&assessment), expect);
    };
    check(FigureKind::WhoSaysWho, "who-says-who-opm-breach.svg");
    check(FigureKind::Actors, "actors-who-broke-into-opm.svg");
}

/// A file of the small assessment in a folder of its own.
fn file() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.ron");
    store::save(&path, &support::weighed()).unwrap();
    (folder, path.to_str().unwrap().to_owned())
}

#[test]
fn the_command_writes_every_view() {
    let (folder, file) = file();
    for kind in FigureKind::ALL {
        for extension in ["svg", "png"] {
            let out = folder.path().join(format!("{}.{extension}", kind.name()));
            let out = out.to_str().unwrap();
            let output = ascribe(&["-q", "figure", &file, "--view", kind.name(), "-o", out]);
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{kind:?}");
            assert_eq!(output.status.code(), Some(0), "{kind:?}");
            let bytes = std::fs::read(out).unwrap();
            let start: &[u8] = if extension == "svg" { b"<svg " } else { b"\x89PNG" };
            assert!(bytes.starts_with(start), "{kind:?}.{extension}");
        }
    }
    let options: [(&str, &[&str]); 13] = [
        ("fusion-rules", &["--discount", "opposite-belief"]),
        ("posteriors", &["--analyst", "ada"]),
        ("contributions", &["--analyst", "ada", "--hypothesis", "H1", "--against", "criminals"]),
        ("tornado", &["--hypothesis", "h2", "--changes", "items"]),
        ("rank-stability", &["--move", "neighbour", "--probability", "0.2", "--draws", "500", "--seed", "3"]),
        ("lenses", &["--analyst", "ada", "--level", "state"]),
        ("judgements", &["--analyst", "ada"]),
        ("heatmap", &["--order", "date", "--rows", "origin"]),
        ("who-says-who", &["--grouped", "kind"]),
        ("belief", &["--rule", "dempster"]),
        ("opinion-triangle", &["--actor", "turbine panda"]),
        ("provenance", &["--whole", "--claims-only"]),
        ("evidence-matrix", &["--transposed", "--sort", "diagnosticity", "--analyst", "ada"]),
    ];
    for (view, more) in options {
        let output = ascribe(&[&["-q", "figure", &file, "--view", view, "-o", "-"], more].concat());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{view}");
        assert!(output.stdout.starts_with(b"<svg "), "{view}");
    }
    let args = ["figure", &file, "--view", "who-says-who", "--level", "state", "--title", "Mine & yours"];
    let more = ["--incident", "opm breach", "--theme", "dark", "--date", "2001-02-03", "-o", "-"];
    let output = ascribe(&[&args[..], &more[..]].concat());
    assert_eq!(output.status.code(), Some(0));
    let words = words(&String::from_utf8(output.stdout).unwrap());
    assert!(words.contains(&"Mine & yours".to_owned()), "{words:?}");
    assert!(words.iter().any(|word| word.contains("2001-02-03")), "{words:?}");
    assert!(words.iter().any(|word| word.contains("at the level state")), "{words:?}");
}

#[test]
fn the_command_says_what_is_wrong() {
    let (folder, file) = file();
    let check = |args: &[&str], code: i32, expect: &[&str]| {
        let output = ascribe(args);
        let found = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {found}");
        for part in expect {
            assert!(found.contains(part), "{args:?}: {part:?} is missing from {found}");
        }
    };
    let out = folder.path().join("x.svg");
    let out = out.to_str().unwrap();
    check(
        &["figure", &file, "--view", "pie", "-o", out],
        2,
        &[
            "who-says-who",
            "heatmap",
            "timeline",
            "belief",
            "opinion-triangle",
            "provenance",
            "actors",
            "evidence-matrix",
        ],
    );
    check(&["figure", &file, "--view", "actors", "-o", "x.gif"], 2, &["x.gif", ".svg or .png"]);
    check(&["figure", "none.ron", "--view", "actors", "-o", out], 2, &["none.ron"]);
    check(
        &["figure", &file, "--view", "opinion-triangle", "--actor", "X", "-o", out],
        2,
        &["no actor \"X\""],
    );
    check(
        &["figure", &file, "--view", "heatmap", "--rows", "kind", "--grouped", "source", "-o", out],
        2,
        &["--grouped names something wider"],
    );
    // An option that would change nothing is refused, and says what it is for.
    let view = |view: &'static str, more: &[&'static str], expect: &str| {
        check(&[&["figure", &file, "--view", view, "-o", out], more].concat(), 2, &[expect]);
    };
    view(
        "timeline",
        &["--rule", "dempster"],
        "--rule says nothing to --view timeline; it is for belief, opinion",
    );
    view("timeline", &["--order", "date"], "--order says nothing to --view timeline; it is for heatmap");
    view("timeline", &["--actor", "Nobody"], "it is for opinion-triangle");
    view(
        "heatmap",
        &["--analyst", "Nobody"],
        "it is for evidence-matrix, posteriors, contributions, tornado",
    );
    view("posteriors", &["--analyst", "Nobody"], "no analyst \"Nobody\"");
    view("posteriors", &["--level", "state"], "--level says nothing to --view posteriors");
    view("actors", &["--incident", "OPM breach"], "--incident says nothing to --view actors");
    view("contributions", &["--hypothesis", "H9"], "no hypothesis \"H9\"; the incident has\n  H1 ");
    view("evidence-matrix", &["--compare", "ada"], "--analyst");
    view("rank-stability", &["--probability", "2"], "from 0 to 1");
    check(
        &["figure", &file, "--view", "timeline", "--incident", "nine", "-o", out],
        2,
        &["no incident \"nine\"", "OPM breach"],
    );
    let mut two = support::weighed();
    let mut other = two.get(id::<Incident>(number::OPM)).unwrap().clone();
    (other.id, other.name) = (id(31), "Anthem breach".to_owned());
    two = with(&two, [other.into_record()]);
    let several = folder.path().join("two.ron");
    store::save(&several, &two).unwrap();
    check(
        &["figure", several.to_str().unwrap(), "--view", "timeline", "-o", out],
        2,
        &["--incident", "OPM breach", "Anthem breach"],
    );
    assert!(!Path::new(out).exists(), "nothing was written");
}

fn wait_until(window: &mut Harness<'_, App>, is_so: impl Fn(&Harness<'_, App>) -> bool) {
    for _ in 0..1_000 {
        window.run_ok();
        if is_so(window) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not come to be within ten seconds");
}

fn click(window: &mut Harness<'_, App>, name: &str) {
    window.get_by_label(name).click();
    window.run_ok();
}

/// Types a path into the dialog that is open, in place of what is proposed, and exports.
fn type_path(window: &mut Harness<'_, App>, path: &Path) -> String {
    window.run_ok();
    let field = window.get_by_label("Path of the figure, ending in .svg or .png");
    let proposed = field.accesskit_node().value().unwrap_or_default();
    field.focus();
    window.run_ok();
    window.key_press_modifiers(eframe::egui::Modifiers::COMMAND, eframe::egui::Key::A);
    window.run_ok();
    window.event(Event::Text(path.to_str().unwrap().to_owned()));
    window.run_ok();
    click(window, "Export");
    proposed
}

#[test]
fn the_buttons_of_the_window_export_what_is_shown() {
    use ascribe::ui::command::Command as Ask;
    use ascribe::ui::views::ViewKind;

    let folder = tempfile::tempdir().unwrap();
    let mut window = support::window(support::weighed());
    window.run_ok();
    // A dialog of the system's cannot be worked from here: the path is asked for as on a system without one.
    let has_dialogs = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    if has_dialogs {
        return;
    }
    let charts = [
        (ViewKind::Disagreement, "Export who says who as a figure…", "a.svg", "who-says-who-opm-breach.svg"),
        (
            ViewKind::Disagreement,
            "Export one against another as a figure…",
            "b.png",
            "heatmap-opm-breach.svg",
        ),
        (ViewKind::Timeline, "Export the timeline as a figure…", "c", "timeline-opm-breach.svg"),
        (ViewKind::Belief, "Export belief as a figure…", "e.svg", "belief-opm-breach.svg"),
        (
            ViewKind::Belief,
            "Export the opinion triangle as a figure…",
            "f.svg",
            "opinion-triangle-opm-breach.svg",
        ),
        (ViewKind::Provenance, "Export the provenance as a figure…", "g.png", "provenance-opm-breach.svg"),
        (ViewKind::Matrix, "Export the matrix as a figure…", "h.svg", "evidence-matrix-opm-breach.svg"),
        (ViewKind::Actors, "Export the actors as a figure…", "d.svg", "actors-who-broke-into-opm.svg"),
    ];
    for (view, button, name, expect) in charts {
        window.state().send(Ask::ShowView(view));
        window.run_ok();
        window.run_ok();
        // In a window of this width the two charts of Disagreement take turns.
        if button.contains("one against another") {
            click(&mut window, "One against another");
        }
        click(&mut window, button);
        let path = folder.path().join(name);
        let proposed = type_path(&mut window, &path);
        assert!(proposed.ends_with(expect), "{proposed}");
        let file = if path.extension().is_none() { path.with_extension("svg") } else { path };
        wait_until(&mut window, |_| file.exists());
        let bytes = std::fs::read(&file).unwrap();
        assert!(bytes.starts_with(b"<svg ") || bytes.starts_with(b"\x89PNG"), "{name}");
    }
    wait_until(&mut window, |window| window.query_all_by_label_contains("Exported d.svg").next().is_some());

    // The same path again is asked about.
    let path = folder.path().join("a.svg");
    store::replace(&path, b"somebody else's").unwrap();
    click(&mut window, "Export the actors as a figure…");
    type_path(&mut window, &path);
    wait_until(&mut window, |window| window.query_by_label("Overwrite").is_some());
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody else's");
    click(&mut window, "Overwrite");
    wait_until(&mut window, |_| std::fs::read(&path).unwrap().starts_with(b"<svg "));
}
