//! The program itself, running with a home folder of its own.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Result;
use super::display::Display;
use super::inspect::Window;

/// How long the first frame may take: a debug build, on a machine that compiles shaders in software.
const STARTS_WITHIN: Duration = Duration::from_secs(60);
const ENDS_WITHIN: Duration = Duration::from_secs(20);

/// A running program; it ends when this is dropped.
pub struct Program {
    process: Child,
    /// Its window.
    pub window: Window,
    /// From the start of the process to its first frame.
    pub first_frame_after: Duration,
}

impl Program {
    /// Starts it in a display, with `home` for its settings, and waits for its first frame.
    pub fn start<A: AsRef<OsStr>>(
        binary: &Path,
        display: &Display,
        home: &Path,
        arguments: &[A],
    ) -> Result<Self> {
        let address = free_address()?;
        let started = Instant::now();
        let process = Command::new(binary)
            .args(arguments)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("XDG_RUNTIME_DIR", home)
            .env("EGUI_INSPECTION", address.to_string())
            // What a virtual display lacks is no news.
            .env("RUST_LOG", "error,ascribe=warn")
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", binary.display()))?;
        let mut guard = Guard(Some(process));
        let window = loop {
            if let Some(status) = guard.0.as_mut().map(Child::try_wait).transpose()?.flatten() {
                return Err(format!("the program ended before its first frame, with {status}").into());
            }
            match Window::connect(address) {
                Ok(mut window) => {
                    window.screen()?;
                    break window;
                }
                Err(error) if started.elapsed() > STARTS_WITHIN => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let first_frame_after = started.elapsed();
        let process = guard.0.take().ok_or("the process is gone")?;
        Ok(Self { process, window, first_frame_after })
    }

    /// Waits until it has ended by itself.
    pub fn ended(mut self) -> Result<ExitStatus> {
        let deadline = Instant::now() + ENDS_WITHIN;
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err("the program did not end".into())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// Ends a process that nobody took over.
struct Guard(Option<Child>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            end(process);
        }
    }
}

fn end(process: &mut Child) {
    // Where it has ended already there is nothing left to do.
    let _ = process.kill();
    let _ = process.wait();
}

/// A port of this machine that is free now.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
