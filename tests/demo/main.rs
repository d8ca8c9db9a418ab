//! `cargo xtask demo`: a whole hall on one machine. On a display, the
//! kiosk and the board are windows and a person uses them; without one,
//! a scripted visitor and clerk do, and their pictures stay.

mod scripted;
mod windows;

use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use tests::program::repository;

/// Where the demo keeps its things.
fn folder() -> PathBuf {
    repository().join("target/demo")
}

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.into()),
    };
    let shown = if env::var_os("DISPLAY").is_some() {
        runtime.block_on(windows::show(folder()))
    } else {
        runtime.block_on(scripted::show(folder()))
    };
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error),
    }
}

fn complain(error: &anyhow::Error) -> ExitCode {
    say(&format!("demo: {error:#}\nlogs lie in {}", folder().display()));
    ExitCode::FAILURE
}

/// A line for the person at the keyboard.
fn say(line: &str) {
    // Nobody is left to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{line}");
}
