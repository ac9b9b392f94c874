//! The command line: without a subcommand it opens the window, with one it works without a display.
//!
//! Results go to standard output, messages to standard error, both through [`Console`]. The exit codes are those
//! of [`Exit`].

mod asked;
mod check;
mod console;
mod exchange;
mod figure;
mod layout;
mod output;
mod sample;
mod score;
mod shell;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

pub use console::{Console, Exit};

const EXAMPLES: &str = "\
Examples:
  ascribe                              open the window
  ascribe saves/opm-anthem.ron         open an assessment in the window
  ascribe check saves/*.ron            look for what does not hold, without a display
  ascribe score saves/opm-anthem.ron   who agrees and who disagrees, as numbers
  ascribe figure FILE --view timeline -o timeline.svg   one chart, as it is on the screen
  ascribe COMMAND --help               what a command does, with examples

Exit codes: 0 done, or only warnings; 1 errors were found; 2 wrong usage, or a file that cannot be read or written.";

/// Assess attribution claims: who says who did which cyber operation, and where they disagree.
#[derive(Debug, Parser)]
#[command(name = "ascribe", version, after_help = EXAMPLES, subcommand_precedence_over_arg = true)]
pub struct Arguments {
    /// The assessment to open in the window
    file: Option<PathBuf>,

    /// Only results and errors, no messages
    #[arg(short, long, global = true)]
    quiet: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Export(exchange::Export),
    Figure(figure::Figure),
    Fmt(layout::Fmt),
    Import(exchange::Import),
    Migrate(layout::Migrate),
    Sample(sample::Sample),
    Score(score::Score),
    Completions(shell::Completions),
    Man(shell::Man),
}

impl Command {
    fn run(&self, console: &mut Console<'_>) -> std::io::Result<Exit> {
        match self {
            Self::Check(command) => command.run(console),
            Self::Export(command) => command.run(console),
            Self::Figure(command) => command.run(console),
            Self::Fmt(command) => command.run(console),
            Self::Import(command) => command.run(console),
            Self::Migrate(command) => command.run(console),
            Self::Sample(command) => command.run(console),
            Self::Score(command) => command.run(console),
            Self::Completions(command) => command.run(console),
            Self::Man(command) => command.run(console),
        }
    }
}

/// Runs the program with these arguments, the first of which is its name.
pub fn main_with_args(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Arguments::try_parse_from(args) {
        Ok(Arguments { command: None, file, .. }) => open_window(file),
        parsed => {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            let mut err = std::io::stderr().lock();
            without_window(parsed, &mut Console::new(&mut out, &mut err)).into()
        }
    }
}

/// Runs a command, or says what is wrong with the arguments.
fn without_window(parsed: Result<Arguments, clap::Error>, console: &mut Console<'_>) -> Exit {
    match parsed {
        Ok(Arguments { command: Some(command), file: None, quiet }) => {
            console.set_quiet(quiet);
            run(&command, console)
        }
        Ok(Arguments { file, .. }) => {
            let file = file.unwrap_or_default();
            let message = format!("{} stands before a command: give files after the command", file.display());
            usage(&Arguments::command().error(clap::error::ErrorKind::ArgumentConflict, message), console)
        }
        Err(error) => usage(&error, console),
    }
}

/// Runs a command. That nobody reads the output any more is no error: `ascribe check … | head` is meant.
fn run(command: &Command, console: &mut Console<'_>) -> Exit {
    let done = command.run(console).and_then(|exit| console.flush().map(|()| exit));
    match done {
        Ok(exit) => exit,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            // Where standard error is broken too there is nobody left to tell.
            let _ = console.error(format_args!("cannot write the output: {error}"));
            Exit::Failed
        }
    }
}

/// Shows help or what is wrong with the arguments.
fn usage(error: &clap::Error, console: &mut Console<'_>) -> Exit {
    let text = error.render();
    // Where the terminal is gone there is nobody left to tell.
    if error.use_stderr() {
        let _ = console.message(format_args!("{}", text.to_string().trim_end()));
        Exit::Failed
    } else {
        let _ = console.print(text).and_then(|()| console.flush());
        Exit::Done
    }
}

/// Opens the window, with an assessment in it where one is named.
fn open_window(file: Option<PathBuf>) -> ExitCode {
    match crate::app::run(crate::app::LaunchOptions { file, ..Default::default() }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::error!("{error}");
            Exit::Failed.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
