//! What must hold around the program before it opens a window.

use std::net::ToSocketAddrs as _;

use super::WindowError;

/// Whether a window can be opened here: there is a display, and nobody on another machine could read and work the window.
pub(super) fn check() -> Result<(), WindowError> {
    if !has_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err(WindowError::NoDisplay);
    }
    match std::env::var("EGUI_INSPECTION") {
        Ok(address) if cfg!(feature = "inspection") && !stays_here(&address) => {
            Err(WindowError::NotLoopback(address))
        }
        _ => Ok(()),
    }
}

/// Whether there is a display, as far as the variables of the environment tell.
fn has_display(is_set: impl Fn(&str) -> bool) -> bool {
    let needs_one = cfg!(all(unix, not(target_os = "macos")));
    !needs_one || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
}

/// Whether an address for inspection lets programs on this machine alone in: it is off, the loopback that it is by default, or
/// names nothing but the loopback.
fn stays_here(address: &str) -> bool {
    let address = address.trim();
    matches!(address.to_lowercase().as_str(), "" | "0" | "false" | "1" | "true")
        || address.to_socket_addrs().is_ok_and(|mut found| found.all(|found| found.ip().is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inspection_stays_on_this_machine() {
        let check = |address: &str, expect: bool| assert_eq!(stays_here(address), expect, "{address}");
        check("", true);
        check("True", true);
        check("127.0.0.1:5719", true);
        check("[::1]:5719", true);
        check("0.0.0.0:5719", false);
        check("[::]:5719", false);
        check("192.0.2.1:5719", false);
        check("no address", false);
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn a_display_is_x11_or_wayland() {
        assert!(has_display(|name| name == "DISPLAY"));
        assert!(has_display(|name| name == "WAYLAND_DISPLAY"));
        assert!(!has_display(|_| false));
    }
}
