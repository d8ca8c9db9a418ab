//! `cargo xtask bench`: figures, measured on this machine, never
//! asserted. `--json` prints them for a program; words (`paper`, `queue`,
//! `memory`, `slow-disks`, `feeds`, `phones`, `years`, `reports`, `start`, `kiosk`,
//! `visits`, `board`) measure those parts alone.

mod board;
mod clock;
mod disk;
mod display;
mod figures;
mod kiosk;
mod lean;
mod paper;
mod phones;
mod process;
mod queue;
mod reports;
mod slow_disks;
mod start;
mod years;

use std::io::Write;
use std::process::ExitCode;

use figures::Figures;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (flags, parts): (Vec<_>, Vec<_>) = words.iter().partition(|it| it.starts_with("--"));
    match measure(&parts) {
        Ok(figures) => {
            let as_json = flags.iter().any(|it| *it == "--json");
            let json = figures.json().unwrap_or_else(|error| error.to_string());
            let text = if as_json { json } else { figures.table() };
            // Nobody is left to tell if standard output is gone.
            let _ = writeln!(std::io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures the parts that are named, or all.
fn measure(parts: &[&String]) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|it| *it == part);
    let runtime = tokio::runtime::Runtime::new()?;
    if wanted("paper") {
        paper::measure(&mut figures)?;
    }
    if wanted("queue") {
        runtime.block_on(queue::measure(&mut figures))?;
    }
    if wanted("memory") {
        runtime.block_on(queue::memory(&mut figures))?;
    }
    if wanted("slow-disks") {
        slow_disks::measure(&mut figures)?;
    }
    if wanted("feeds") {
        runtime.block_on(queue::feeds(&mut figures))?;
    }
    if wanted("phones") {
        runtime.block_on(phones::measure(&mut figures))?;
    }
    if wanted("years") {
        runtime.block_on(queue::years(&mut figures))?;
    }
    if wanted("reports") {
        runtime.block_on(reports::measure(&mut figures))?;
    }
    if wanted("start") {
        start::measure(&mut figures)?;
    }
    if wanted("kiosk") {
        runtime.block_on(kiosk::measure(&mut figures))?;
    }
    if wanted("visits") {
        kiosk::visits(&mut figures)?;
    }
    if wanted("board") {
        runtime.block_on(board::measure(&mut figures))?;
    }
    Ok(figures)
}
