//! Halls of the imagination for ten thousand hours: see `harness/sim`.
//! `cargo xtask simulate` runs longer; `SIM_SEED=N` replays one hall.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tests::sim::{Figures, HOURS_EACH, simulate};

const HOURS: u64 = 10_000;

/// How much it gives way to the tests beside it: all there is.
const GIVES_WAY: i32 = 19;

#[test]
fn nothing_is_lost_doubled_or_unfair_in_ten_thousand_hours() {
    if let Ok(seed) = std::env::var("SIM_SEED") {
        simulate(seed.parse().unwrap(), HOURS_EACH).unwrap_or_else(|it| panic!("{it}"));
        return;
    }
    let sum = Mutex::new(Figures::default());
    let next = AtomicU64::new(1);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                // It has time; the programs of the other tests have not.
                let _ = rustix::process::nice(GIVES_WAY);
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > HOURS.div_ceil(HOURS_EACH) {
                        return;
                    }
                    let figures = simulate(seed, HOURS_EACH).unwrap_or_else(|it| panic!("{it}"));
                    sum.lock().unwrap_or_else(PoisonError::into_inner).add(&figures);
                }
            });
        }
    });
    let sum = sum.into_inner().unwrap();
    assert!(sum.hours >= HOURS, "{} hours", sum.hours);
    assert!(sum.crashes >= 7 * sum.hours, "only {} crashes", sum.crashes);
    // Every kind of trouble was there, and people were served in it.
    let seen = [sum.lost, sum.doubled, sum.repeated, sum.partitions, sum.kiosk_failures];
    assert!(seen.iter().all(|it| *it > 1_000), "{seen:?}");
    assert!(sum.finished > 10 * sum.hours, "{} visits", sum.finished);
    let rare = [sum.offline, sum.late, sum.restores, sum.copies];
    assert!(rare.iter().all(|it| *it > 10), "{rare:?}");
    // And of every kind of appointment there were many.
    let booked = [sum.checked_in, sum.cancelled, sum.missed, sum.early];
    assert!(booked.iter().all(|it| *it > sum.hours), "{booked:?}");
}

#[test]
fn a_seed_is_the_same_day_again() {
    let figures = || format!("{:?}", simulate(7, 1).unwrap());
    assert_eq!(figures(), figures());
}
