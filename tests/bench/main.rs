//! `cargo xtask bench`: figures, measured on this machine, never
//! asserted. `--json` prints them for a program.

mod clock;
mod figures;
mod paper;
mod queue;
mod start;
mod years;

use std::io::Write;
use std::process::ExitCode;

use figures::Figures;

fn main() -> ExitCode {
    let as_json = std::env::args().any(|it| it == "--json");
    match measure() {
        Ok(figures) => {
            let text = if as_json { figures.json() } else { figures.table() };
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

fn measure() -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    if std::env::args().any(|it| it == "start") { start::measure(&mut figures)?; return Ok(figures); }
    paper::measure(&mut figures)?;
    tokio::runtime::Runtime::new()?.block_on(queue::measure(&mut figures))?;
    Ok(figures)
}
