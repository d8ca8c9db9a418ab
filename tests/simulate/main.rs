//! `cargo xtask simulate --hours N [--seed S]`: the long run of the
//! simulation, on every core. Ends with 1 at the first violation, which
//! it names with its seed. `cargo xtask mutants` proves that it sees.

mod mutants;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tests::sim::{Figures, HOURS_EACH, Violation, simulate};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words == ["mutants"] {
        return match mutants::hunt() {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("{why:#}");
                ExitCode::FAILURE
            }
        };
    }
    let Some((hours, first)) = read(&words) else {
        eprintln!("simulate [--hours N] [--seed S] | mutants");
        return ExitCode::FAILURE;
    };
    let begun = Instant::now();
    let result = run(hours.div_ceil(HOURS_EACH), first);
    match result {
        Ok(figures) => {
            println!("{figures:#?}");
            let per_hour = figures.crashes as f64 / figures.hours as f64;
            println!(
                "{} hall-hours, {} crashes ({per_hour:.1} an hour), 0 violations, {:.0} s",
                figures.hours,
                figures.crashes,
                begun.elapsed().as_secs_f64()
            );
            ExitCode::SUCCESS
        }
        Err(violation) => {
            println!("{violation}");
            ExitCode::FAILURE
        }
    }
}

fn read(words: &[String]) -> Option<(u64, u64)> {
    let (mut hours, mut seed) = (500_000, 1);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next()?.parse().ok()?;
        match word.as_str() {
            "--hours" => hours = value,
            "--seed" => seed = value,
            _ => return None,
        }
    }
    Some((hours, seed))
}

fn run(halls: u64, first: u64) -> Result<Figures, Violation> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(first);
    let sum = Mutex::new(Ok(Figures::default()));
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
                    match (&mut *sum, result) {
                        (Ok(figures), Ok(more)) => figures.add(&more),
                        (Ok(_), Err(violation)) => *sum = Err(violation),
                        (Err(_), _) => return,
                    }
                }
            });
        }
    });
    sum.into_inner().unwrap_or_else(PoisonError::into_inner)
}
