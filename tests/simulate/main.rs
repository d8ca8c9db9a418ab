//! `cargo xtask simulate [--hours N] [--seed S]`: the long run of the
//! simulation, on every core. It ends at the first violation and names
//! its seed. `cargo xtask mutants [PART OF A NAME]` proves that it sees.

mod mutants;

use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, bail};
use mimalloc::MiMalloc;
use tests::sim::{Figures, HOURS_EACH, Violation, simulate};

/// A hall is made of small things that come and go: a seventh of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Hours where none are named: what a release must have lived through.
const HOURS: u64 = 500_000;

/// A word is said after so many.
const TOLD_EVERY: u64 = 10_000;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout();
    match run(&words, &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Nobody is left to tell if standard output is gone.
            let _ = writeln!(out, "simulate: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String], out: &mut (impl Write + Send)) -> anyhow::Result<()> {
    if let [first, of @ ..] = words
        && first == "mutants"
    {
        return mutants::hunt(out, &of.join(" "));
    }
    let (hours, first) = read(words)?;
    let figures = live(hours.div_ceil(HOURS_EACH), first, out)
        .map_err(|violation| anyhow::anyhow!("{violation}"))?;
    writeln!(out, "{figures:#?}")?;
    let (hours, crashes) = (figures.hours, figures.crashes);
    writeln!(out, "{hours} hall-hours, {crashes} crashes, 0 violations")?;
    Ok(())
}

fn read(words: &[String]) -> anyhow::Result<(u64, u64)> {
    let (mut hours, mut seed) = (HOURS, 1);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("`{word}` wants a number"))?;
        let value = value.parse().with_context(|| format!("`{value}` is no number"))?;
        match word.as_str() {
            "--hours" => hours = value,
            "--seed" => seed = value,
            _ => bail!("simulate [--hours N] [--seed S], or mutants [PART OF A NAME]"),
        }
    }
    Ok((hours, seed))
}

/// So many halls, each with a seed of its own.
fn live(halls: u64, first: u64, out: &mut (impl Write + Send)) -> Result<Figures, Violation> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(first);
    let sum = Mutex::new((Ok(Figures::default()), out));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + halls {
                        return;
                    }
                    let result = simulate(seed, HOURS_EACH);
                    let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
                    let (so_far, out) = &mut *sum;
                    match (so_far, result) {
                        (Ok(figures), Ok(more)) => {
                            figures.add(&more);
                            if figures.hours.is_multiple_of(TOLD_EVERY) {
                                // A run goes on without whoever reads.
                                let _ = writeln!(out, "{} hall-hours so far", figures.hours);
                            }
                        }
                        (so_far @ Ok(_), Err(violation)) => *so_far = Err(violation),
                        (Err(_), _) => return,
                    }
                }
            });
        }
    });
    sum.into_inner().unwrap_or_else(PoisonError::into_inner).0
}
