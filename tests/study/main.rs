//! `cargo xtask study queue`: what each discipline does to those who
//! wait, and how good the hall's forecasts are, on days that are made up
//! but decided by the real rules. Tables go to standard output, figures
//! and plots with the settings that made them to `target/study/queue/`.
//! `cargo xtask study search`: how well the catalogue's search finds what
//! people ask for.

mod before;
mod day;
mod errors;
mod plots;
mod runs;
mod search;
mod settings;
mod tables;
#[cfg(test)]
mod tests;
mod visitors;
mod waits;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, bail};

const HELP: &str = "study queue [--days N] [--seed S]\nstudy search [QUERIES]";

/// Hall-days of each discipline at each load.
const DAYS: u32 = 400;

fn main() -> ExitCode {
    match study() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "study: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn study() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    match words.next().as_deref() {
        Some("queue") => study_queue(words),
        Some("search") => {
            let queries = words.next().unwrap_or_else(|| search::QUERIES.to_owned());
            let text = search::text(Path::new("assets/halls/demo"), Path::new(&queries))?;
            let _ = writeln!(std::io::stdout(), "{text}");
            Ok(())
        }
        _ => bail!(HELP),
    }
}

fn study_queue(words: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let (days, seed) = asked(words)?;
    #[expect(clippy::disallowed_methods, reason = "the study says how long it took")]
    let began = Instant::now();
    let results = runs::all(Path::new("assets/halls/demo"), days, seed)?;
    let out = Path::new("target/study/queue");
    std::fs::create_dir_all(out).with_context(|| format!("cannot make `{}`", out.display()))?;
    let head = format!(
        "{} hall-days simulated in {:.0} s, seed {seed}\n\n{}",
        results.hall_days,
        began.elapsed().as_secs_f64(),
        settings::told()
    );
    let text = format!("{head}\n{}", tables::text(&results));
    write(&out.join("study.txt"), &text)?;
    write(&out.join("waits.csv"), &tables::waits_csv(&results))?;
    write(&out.join("forecasts.csv"), &tables::forecasts_csv(&results))?;
    plots::draw(&results, out)?;
    // Nobody is left to tell if standard output is gone.
    let _ = writeln!(std::io::stdout(), "{text}\nthe figures and plots lie in {}", out.display());
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Days and seed.
fn asked(mut words: impl Iterator<Item = String>) -> anyhow::Result<(u32, u64)> {
    let (mut days, mut seed) = (DAYS, 1);
    while let Some(word) = words.next() {
        let value = words.next().context(HELP)?;
        match word.as_str() {
            "--days" => days = value.parse().context(HELP)?,
            "--seed" => seed = value.parse().context(HELP)?,
            _ => bail!(HELP),
        }
    }
    Ok((days.max(1), seed))
}
