//! A slip is printed exactly once, or not begun, or its end is unknown:
//! thousands of jobs and faults in virtual time.
//!
//! Every run is made by its seed alone; a failure names the seed, and
//! `ONCE_SEED=… cargo test -p devices --test once` tells it again.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

mod babble;
mod first_slip;
mod mouth;
#[path = "../../../../kiosk/slip/tests/golden/samples.rs"]
#[allow(dead_code, reason = "single samples are for other tests")]
mod samples;
mod sim;
mod story;

use std::collections::BTreeMap;

use crate::story::{Jobs, Story, Tally};

/// How many stories are told, each of a few jobs.
const N_STORIES: u64 = 7_000;

/// How many threads tell them.
const N_THREADS: u64 = 2;

fn tell(seeds: impl Iterator<Item = u64>) -> Tally {
    let (mut jobs, mut tally) = (Jobs::default(), Tally::default());
    for seed in seeds {
        Story::of_seed(seed).run(&mut jobs, &mut tally);
    }
    tally
}

#[test]
fn every_outcome_is_true_whatever_happens() {
    if let Some(seed) = std::env::var("ONCE_SEED").ok().and_then(|it| it.parse().ok()) {
        tell(std::iter::once(seed));
        return;
    }
    let tellers: Vec<_> = (0..N_THREADS)
        .map(|n| std::thread::spawn(move || tell((n..N_STORIES).filter(|it| it % N_THREADS == n))))
        .collect();
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for teller in tellers {
        for (outcome, n) in teller.join().unwrap().outcomes {
            *outcomes.entry(outcome).or_default() += n;
        }
    }
    let n_jobs: usize = outcomes.values().sum();
    // For whoever wonders what was seen.
    let summary = concat!(env!("CARGO_TARGET_TMPDIR"), "/once.txt");
    std::fs::write(summary, format!("{n_jobs} jobs: {outcomes:#?}\n")).unwrap();
    assert!(n_jobs >= 20_000, "{n_jobs} jobs are too few");
}
