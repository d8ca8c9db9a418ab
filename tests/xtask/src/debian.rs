//! The Debian packages that a task needs beside Rust and a C compiler.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::{Step, run, say};

/// A package, and what it is for.
type Package = (&'static str, &'static str);

/// To build the board, whose linker asks for libasound, and to show the
/// screens on this machine's own display. The window system is loaded at
/// run time, so no linker asks for that.
pub(crate) const WINDOW: &[Package] = &[
    ("libasound2-dev", "the board's voice"),
    ("libx11-6", "windows"),
    ("libx11-xcb1", "windows"),
    ("libxcursor1", "windows"),
    ("libxi6", "touch"),
    ("libxkbcommon-x11-0", "keys"),
    ("fonts-dejavu-core", "one font, which fontconfig wants to find"),
];

/// To show and use them where there is no display.
pub(crate) const SCREENLESS: &[Package] = &[
    ("libasound2-dev", "the board's voice"),
    ("libx11-6", "windows"),
    ("libx11-xcb1", "windows"),
    ("libxcursor1", "windows"),
    ("libxi6", "touch"),
    ("libxkbcommon-x11-0", "keys"),
    ("fonts-dejavu-core", "one font, which fontconfig wants to find"),
    ("xvfb", "a display without a monitor"),
    ("xdotool", "a finger"),
    ("imagemagick", "pictures of that display"),
    ("chromium", "the clerk's browser"),
    ("chromium-driver", "somebody who uses it"),
    ("zbar-tools", "a QR reader of another house"),
    ("tesseract-ocr", "somebody who reads the board from its picture"),
    ("strace", "a disk that fails when it is told to"),
    ("git", "the house rules look at the files that git knows"),
];

/// Installs what is missing, in one call, saying what and why.
pub(crate) fn need(packages: &[Package]) -> Step {
    let missing: Vec<&Package> = packages.iter().filter(|(name, _)| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say("installing from Debian:");
    for (name, why) in &missing {
        say(&format!("  {name}: {why}"));
    }
    let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    let install = format!(
        "apt-get update -q && apt-get install -y -q --no-install-recommends {}",
        names.join(" ")
    );
    let mut command = if am_root() { Command::new("sh") } else { Command::new("sudo") };
    if !am_root() {
        command.arg("sh");
    }
    command.args(["-c", &install]).env("DEBIAN_FRONTEND", "noninteractive");
    run(&mut command).map_err(|why| format!("{why}\nas root, run: {install}"))
}

fn installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query")
        .args(["-W", "-f", "${db:Status-Status}", package])
        .stderr(Stdio::null())
        .output();
    asked.is_ok_and(|it| it.stdout == b"installed")
}

fn am_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().is_ok_and(|it| it.uid() == 0)
}
