//! What a shell and a manual reader need to know about the commands.

use std::io;

use clap::{Args, CommandFactory};

use super::{Arguments, Console, Exit};

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  ascribe completions bash > ~/.local/share/bash-completion/completions/ascribe
  ascribe completions fish > ~/.config/fish/completions/ascribe.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  ascribe man > ascribe.1 && man ./ascribe.1";

/// Write the completions for a shell
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(super) struct Completions {
    /// For which shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "ascribe", &mut script);
        console.bytes(&script)?;
        Ok(Exit::Done)
    }
}

/// Write the manual page
#[derive(Debug, Args)]
#[command(after_help = MAN_EXAMPLES)]
pub(super) struct Man {}

impl Man {
    pub(super) fn run(&self, console: &mut Console<'_>) -> io::Result<Exit> {
        let mut page = Vec::new();
        clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
        console.bytes(&page)?;
        Ok(Exit::Done)
    }
}
