//! Who comes on a day: the same visitors for every discipline, so that
//! a difference between two tables is the discipline's.

use jiff::civil::Weekday;
use jiff::civil::{Date, Time};
use queue_core::{Class, LaneId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp, LogNormal, Poisson};

use crate::settings;

/// One visitor, with all that chance has in store for them.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// In milliseconds after midnight.
    pub(crate) comes_ms: i64,
    pub(crate) lane: LaneId,
    pub(crate) matter: String,
    pub(crate) class: Class,
    pub(crate) service_ms: i64,
    pub(crate) walk_ms: i64,
    /// Until the window calls again.
    pub(crate) after_ms: i64,
    pub(crate) shows: bool,
    /// How long after they were given up they come back, if they do.
    pub(crate) back_ms: Option<i64>,
}

/// A matter as the study knows it.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    pub(crate) lane: LaneId,
    pub(crate) matter: String,
    pub(crate) minutes: f64,
}

/// How the days of one run are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Days {
    pub(crate) seed: u64,
    /// By full load.
    pub(crate) load: f64,
    /// Whether services last what the profile says.
    pub(crate) profile_is_right: bool,
}

/// Chance of one day, apart from that of every other.
pub(crate) fn chance(days: Days, day: Date, what: u64) -> StdRng {
    let date = u64::try_from(i64::from(day.year()) * 366 + i64::from(day.day_of_year()));
    let date = date.expect("the study's days are after year 0");
    StdRng::seed_from_u64(days.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (date << 8) ^ what)
}

/// Everybody who comes on `day`, in the order in which they come.
pub(crate) fn of(day: Date, days: Days, errands: &[Errand]) -> anyhow::Result<Vec<Visitor>> {
    let mut rng = chance(days, day, 1);
    let weekday = match day.weekday() {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday | Weekday::Saturday | Weekday::Sunday => 4,
    };
    let mut visitors = Vec::new();
    for lane in &settings::LANES {
        let here: Vec<&Errand> =
            errands.iter().filter(|it| it.lane.as_str() == lane.lane).collect();
        anyhow::ensure!(!here.is_empty(), "no matter is done in lane {}", lane.lane);
        let truth = if days.profile_is_right { 1.0 } else { lane.truth };
        // A wrong profile changes what is known, not how full it is.
        let expected = lane.visitors * days.load * settings::WEEKDAYS[weekday] / truth;
        let number: f64 = Poisson::new(expected)?.sample(&mut rng);
        let mut left = number;
        while left >= 1.0 {
            left -= 1.0;
            let errand = here[rng.random_range(0..here.len())];
            visitors.push(visitor(errand, truth, &mut rng)?);
        }
    }
    visitors.sort_by_key(|it| it.comes_ms);
    Ok(visitors)
}

fn visitor(errand: &Errand, truth: f64, rng: &mut StdRng) -> anyhow::Result<Visitor> {
    let sigma = (1.0 + settings::SERVICE_CV.powi(2)).ln().sqrt();
    let mean_ms = errand.minutes * truth * 60_000.0;
    let service = LogNormal::new(mean_ms.ln() - sigma * sigma / 2.0, sigma)?.sample(rng);
    let walk = settings::WALK_S * 1_000.0 * rng.random_range(0.5..1.5);
    let after = Exp::new(1.0 / (settings::BETWEEN_S * 1_000.0))?.sample(rng);
    let shows = !rng.random_bool(settings::NO_SHOW);
    let comes_back = rng.random_bool(settings::COMES_BACK);
    let back = f64::from(rng.random_range(3 * 60_000..15 * 60_000_u32));
    Ok(Visitor {
        comes_ms: comes(rng),
        lane: errand.lane.clone(),
        matter: errand.matter.clone(),
        class: class(rng),
        service_ms: whole(service).max(15_000),
        walk_ms: whole(walk),
        after_ms: whole(after).min(120_000),
        shows,
        back_ms: (!shows && comes_back).then(|| whole(back)),
    })
}

fn class(rng: &mut StdRng) -> Class {
    let at: f64 = rng.random();
    if at < settings::GREEN {
        Class::Green
    } else if at < settings::GREEN + settings::PRIORITY {
        Class::Priority
    } else if at < settings::GREEN + settings::PRIORITY + settings::APPOINTMENTS {
        Class::Appointment
    } else {
        Class::Ordinary
    }
}

/// A moment by the weights of the half hours.
fn comes(rng: &mut StdRng) -> i64 {
    let total: f64 = settings::HALF_HOURS.iter().sum();
    let mut at = rng.random_range(0.0..total);
    let mut from = since_midnight(settings::FIRST_HALF_HOUR);
    for weight in settings::HALF_HOURS {
        let length = (since_midnight(settings::LAST_TICKET) - from).min(30 * 60_000);
        if at < weight {
            let share = at / weight;
            let within = f64::from(i32::try_from(length).unwrap_or(i32::MAX)) * share;
            return from + whole(within).min(length - 1);
        }
        at -= weight;
        from += length;
    }
    from - 1
}

/// Milliseconds from midnight.
pub(crate) fn since_midnight(time: Time) -> i64 {
    i64::try_from(time.duration_since(Time::midnight()).as_millis()).unwrap_or(i64::MAX)
}

/// Milliseconds without their parts.
#[expect(clippy::cast_possible_truncation, reason = "a day has 86 million milliseconds")]
pub(crate) fn whole(ms: f64) -> i64 {
    ms.round() as i64
}
