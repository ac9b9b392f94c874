//! The page of the command line names the commands, options and columns that there are.

use std::collections::BTreeSet;
use std::path::Path;

use ascribe::cli::Arguments;
use ascribe::exchange::claims_csv::Column;
use clap::CommandFactory;

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/command-line.md")).unwrap()
}

#[test]
fn the_page_names_the_commands_and_options_that_there_are() {
    let page = page();
    let command = Arguments::command();
    let known: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let section = page.split("## Commands").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let mut named = BTreeSet::new();
    for (name, rest) in rows {
        named.insert(name);
        let command = command.find_subcommand(name).unwrap_or_else(|| panic!("there is no `{name}`"));
        let options: BTreeSet<String> = command
            .get_arguments()
            .filter_map(|argument| argument.get_long())
            .filter(|long| !matches!(*long, "help" | "quiet"))
            .map(|long| format!("--{long}"))
            .collect();
        let last = rest.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let said: BTreeSet<String> =
            last.split('`').filter(|part| part.starts_with("--")).map(str::to_owned).collect();
        assert_eq!(said, options, "{name}");
        assert!(section.contains(&format!("\nascribe {name} ")), "{name} has no example");
    }
    assert_eq!(named, known);
}

#[test]
fn the_page_lists_the_columns_of_a_table() {
    let row = |column: &Column| format!("| `{}` | {} |\n", column.name(), column.about().replace('|', "\\|"));
    let table: String = Column::ALL.iter().map(row).collect();
    assert!(page().contains(&table), "docs/command-line.md should have\n{table}");
}
