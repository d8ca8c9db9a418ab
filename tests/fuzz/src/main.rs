//! `cargo xtask fuzz`: feeds each target so many inputs and says what
//! came of it. The input that a target panics at is written out.

use std::cell::RefCell;
use std::io::Write;
use std::time::Duration;

use appliance::monotonic;
use clap::Parser;
use fuzz::target::ALL;
use fuzz::{Corpus, Hunt, Target};

/// Feeds bytes that nobody meant to everything that reads what others
/// wrote.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    /// Inputs for each target.
    #[arg(long, default_value_t = 10_000_000)]
    inputs: u64,
    /// Makes the same inputs again.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// This target only.
    #[arg(long)]
    only: Option<String>,
    /// Puts inputs that did something new in place of those in
    /// `tests/golden/fuzz`.
    #[arg(long)]
    keep: bool,
}

thread_local! {
    /// What the target is being fed, for the hook of a panic.
    static PRESENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PRESENT.with_borrow(|it| say(&format!("the input was \"{}\"", it.escape_ascii())));
        usual(panic);
    }));
    let wanted = |it: &&Target| cli.only.as_ref().is_none_or(|only| only == it.name);
    for target in ALL.iter().filter(wanted) {
        hunt(target, &cli)?;
    }
    Ok(())
}

fn hunt(target: &Target, cli: &Cli) -> anyhow::Result<()> {
    let mut corpus = Corpus::open(target)?;
    let began = monotonic();
    let mut hunt = Hunt::new(*target, &corpus.inputs, cli.seed);
    let (mut now, mut slowest) = (began, Duration::ZERO);
    for _ in 0..cli.inputs {
        hunt.step(|input| {
            PRESENT.with_borrow_mut(|it| {
                it.clear();
                it.extend_from_slice(input);
            });
        });
        let before = std::mem::replace(&mut now, monotonic());
        slowest = slowest.max(now - before);
    }
    let tally = hunt.tally();
    say(&format!(
        "{}: {} inputs in {:.0} s, {} behaviours, the slowest took {:.1} ms, no panic",
        target.name,
        tally.n_inputs,
        (now - began).as_secs_f64(),
        tally.n_behaviours,
        slowest.as_secs_f64() * 1_000.0,
    ));
    if cli.keep {
        corpus.inputs = hunt.kept().to_vec();
        corpus.keep()?;
    }
    Ok(())
}

/// Nobody is left to be told if the output is closed.
fn say(line: &str) {
    let _closed = writeln!(std::io::stdout(), "{line}");
}
