//! The runs: every discipline at every load on the same visitors, and
//! the forecasts under the hall's own discipline; on all cores.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, anyhow};
use jiff::civil::{Date, Weekday};
use queue_core::{Discipline, Hall, LastTicket, Rates, Rules, SpanRules};

use crate::errors::Compared;
use crate::settings;
use crate::visitors::{self, Days, Errand};
use crate::waits::Waits;

/// A discipline by name.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) discipline: Discipline,
    pub(crate) cap_minutes: Option<u32>,
    /// Whether the hall has it by default, whatever it is called here.
    pub(crate) is_default: bool,
}

/// What came out.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(crate) hall_days: u32,
    /// By load and discipline, in the order in which they were tried.
    pub(crate) waits: Vec<(f64, Named, Waits)>,
    /// By load, and whether the profile was right.
    pub(crate) forecasts: Vec<(f64, bool, Compared)>,
}

/// The disciplines that are compared. The first is the hall's default,
/// under which forecasts are looked at.
fn disciplines() -> Vec<Named> {
    let rates = |ordinary, appointment, priority, green| {
        Discipline::Accumulating(Rates { ordinary, appointment, priority, green })
    };
    let mut all = Vec::new();
    let default = Rules::default();
    let mut add = |name: &str, discipline: Discipline, cap_minutes: Option<u32>| {
        let is_default = (&discipline, cap_minutes) == (&default.discipline, default.cap_minutes);
        all.push(Named { name: name.to_owned(), discipline, cap_minutes, is_default });
    };
    add("default", default.discipline.clone(), default.cap_minutes);
    add("first come, first served", rates(100, 100, 100, 100), None);
    for (name, discipline) in [
        ("1:2:2:5", rates(100, 200, 200, 500)),
        ("1:3:3:5", rates(100, 300, 300, 500)),
        ("1:3:3:10", rates(100, 300, 300, 1_000)),
        ("1:5:5:20", rates(100, 500, 500, 2_000)),
    ] {
        for cap in [None, Some(30), Some(45), Some(60), Some(90)] {
            let words = cap.map_or_else(|| "no cap".to_owned(), |it| format!("cap {it}"));
            add(&format!("{name}, {words}"), discipline.clone(), cap);
        }
    }
    add("strict, no cap", Discipline::Strict, None);
    add("strict, cap 30", Discipline::Strict, Some(30));
    add("strict, cap 60", Discipline::Strict, Some(60));
    for of in [1, 2, 3] {
        add(&format!("{of}:1, no cap"), Discipline::Alternating { of }, None);
        add(&format!("{of}:1, cap 60"), Discipline::Alternating { of }, Some(60));
    }
    all
}

/// One run: some days in a row on one hall.
struct Run {
    discipline: usize,
    load: usize,
    days: Days,
}

/// Runs all; `days` of each discipline at each load.
pub(crate) fn all(hall: &Path, days: u32, seed: u64) -> anyhow::Result<Results> {
    let (rules, errands) = demo(hall)?;
    let disciplines = disciplines();
    let seeds = days.div_ceil(settings::DAYS_IN_A_ROW);
    let mut runs = Vec::new();
    for nth in 0..seeds {
        for load in 0..settings::LOADS.len() {
            for discipline in 0..disciplines.len() {
                for profile_is_right in [true, false] {
                    // Forecasts are looked at under the default only.
                    if profile_is_right || discipline == 0 {
                        let seed = seed.wrapping_mul(1_000_003).wrapping_add(u64::from(nth));
                        let load_share = settings::LOADS[load];
                        let days = Days { seed, load: load_share, profile_is_right };
                        runs.push(Run { discipline, load, days });
                    }
                }
            }
        }
    }
    let lived = on_all_cores(&runs, |run| {
        let named = &disciplines[run.discipline];
        let discipline = named.discipline.clone();
        let rules = Rules { discipline, cap_minutes: named.cap_minutes, ..rules.clone() };
        live(rules, run.days, &errands)
    })?;
    let mut waits = BTreeMap::<(usize, usize), Waits>::new();
    let mut forecasts = BTreeMap::<(usize, bool), Compared>::new();
    let mut results = Results::default();
    for (run, (lived, compared)) in runs.iter().zip(lived) {
        results.hall_days += lived.days;
        if run.discipline == 0 {
            let right = run.days.profile_is_right;
            forecasts.entry((run.load, right)).or_default().merge(compared);
        }
        if run.days.profile_is_right {
            waits.entry((run.load, run.discipline)).or_default().merge(lived);
        }
    }
    for ((load, discipline), mut it) in waits {
        it.sort();
        results.waits.push((settings::LOADS[load], disciplines[discipline].clone(), it));
    }
    for ((load, right), it) in forecasts {
        results.forecasts.push((settings::LOADS[load], right, it));
    }
    Ok(results)
}

/// The demo hall's rules and matters, with its hours of a working day.
pub(crate) fn demo(hall: &Path) -> anyhow::Result<(Rules, Vec<Errand>)> {
    let files = queue_server::profile::load(hall)
        .map_err(|faults| anyhow!("`{}` has {} faults", hall.display(), faults.len()))?;
    let mut errands = Vec::new();
    for it in &files.catalogue.matters {
        let lane = it.lane.parse().with_context(|| format!("lane of `{}`", it.id))?;
        errands.push(Errand { lane, matter: it.id.clone(), minutes: it.service_minutes.into() });
    }
    let mut rules = files.rules;
    // The demo gives numbers at night, too; the study wants its hours.
    for lane in rules.lanes.values_mut() {
        let span = |(from, to)| SpanRules { from, to, quota: None };
        lane.spans = settings::SPANS.map(span).to_vec();
        lane.last_ticket = LastTicket::At(settings::LAST_TICKET);
    }
    Ok((rules, errands))
}

fn live(rules: Rules, days: Days, errands: &[Errand]) -> anyhow::Result<(Waits, Compared)> {
    let mut hall = Hall::new(rules);
    let mut waits = Waits::default();
    let mut compared = Compared::default();
    let mut date = settings::FIRST_DAY;
    for nth in 0..settings::DAYS_IN_A_ROW {
        let visitors = visitors::of(date, days, errands)?;
        let lived = crate::day::live(&mut hall, date, nth, days, &visitors)?;
        waits.add(&lived);
        lived.visits.iter().for_each(|it| compared.add(it));
        date = next_workday(date)?;
    }
    Ok((waits, compared))
}

fn next_workday(mut date: Date) -> anyhow::Result<Date> {
    loop {
        date = date.tomorrow()?;
        if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Ok(date);
        }
    }
}

/// Does the work for each, on as many threads as there are cores; the
/// results come in the order of `items`.
fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> anyhow::Result<R> + Sync,
) -> anyhow::Result<Vec<R>> {
    let threads = std::thread::available_parallelism()?.get();
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, anyhow::Result<R>>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, item)) = pick(items, &next) {
                    let result = work(item);
                    done.lock()
                        .expect("no thread panics while it holds the lock")
                        .insert(at, result);
                }
            });
        }
    });
    done.into_inner().expect("no thread panics while it holds the lock").into_values().collect()
}

fn pick<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    items.get(at).map(|it| (at, it))
}
