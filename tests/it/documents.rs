//! What the project says of itself: links that lead somewhere, scripts that can be run.

use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The targets of the links and pictures of a Markdown text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut pages = vec![Path::new(ROOT).join("README.md")];
    for name in ["ARCHITECTURE.md", "CHANGELOG.md"] {
        pages.push(Path::new(ROOT).join(name));
    }
    pages.extend(std::fs::read_dir(Path::new(ROOT).join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = std::fs::read_to_string(page).unwrap();
        for link in links(&text).filter(|link| !link.contains("://") && !link.starts_with('#')) {
            let file = link.split('#').next().unwrap();
            assert!(page.parent().unwrap().join(file).exists(), "{} links to {link}", page.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn every_script_can_be_run_and_says_what_it_does() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut scripts: Vec<_> = std::fs::read_dir(Path::new(ROOT).join("scripts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    scripts.push(Path::new(ROOT).join(".ci/run"));
    for script in scripts {
        let mode = std::fs::metadata(&script).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{} has no run bit", script.display());
        let text = std::fs::read_to_string(&script).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("#!/usr/bin/env bash"), "{}", script.display());
        assert!(lines.next().unwrap().starts_with("# "), "{} does not say what it does", script.display());
        assert!(text.contains("\nset -euo pipefail\n"), "{} goes on after an error", script.display());
    }
}

#[test]
fn finds_links() {
    let found: Vec<&str> = links("see [a](x.md) and ![b](y/z.png), not (c)").collect();
    assert_eq!(found, ["x.md", "y/z.png"]);
}
