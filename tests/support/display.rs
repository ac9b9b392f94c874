//! A virtual display of one's own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use super::Result;

/// An X server without a screen; it ends when this is dropped.
pub struct Display {
    server: Child,
    /// What goes into `DISPLAY`.
    pub name: String,
}

impl Display {
    /// Starts one of that many pixels, under a number that nobody has: the server picks it and tells it.
    pub fn start(width: u32, height: u32) -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb does not start ({error}); scripts/setup tests installs it"))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            BufReader::new(stdout).read_line(&mut number)?;
        }
        let display = Self { server, name: format!(":{}", number.trim()) };
        if number.trim().is_empty() { Err("Xvfb ended at once".into()) } else { Ok(display) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Where it has ended already there is nothing left to do.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
