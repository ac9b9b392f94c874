//! The `ascribe` binary: a thin door to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Quiet unless asked: RUST_LOG=ascribe=debug shows what goes on inside. That the locale "C" names no language is no news.
    env_logger::Builder::from_env(
        env_logger::Env::default().default_filter_or("warn,egui_system_font_provider=error"),
    )
    .init();
    ascribe::cli::main_with_args(std::env::args_os())
}
