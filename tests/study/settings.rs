//! Everything the study assumes of a hall's day, in one place. The text
//! of [`told`] is printed with the results: figures without their
//! settings are worth nothing.

use jiff::SignedDuration;
use jiff::civil::{Date, Time, date, time};

/// The demo hall's zone.
pub(crate) const ZONE: &str = "Asia/Shanghai";

/// The first day; days follow each other, Saturdays and Sundays aside.
pub(crate) const FIRST_DAY: Date = date(2026, 3, 2);

/// Opening, on paper.
pub(crate) const SPANS: [(Time, Time); 2] =
    [(time(9, 0, 0, 0), time(12, 0, 0, 0)), (time(13, 30, 0, 0), time(17, 0, 0, 0))];

/// No numbers from then on.
pub(crate) const LAST_TICKET: Time = time(16, 45, 0, 0);

/// What comes to a lane on a day that all windows together can just
/// serve, and how far the profile's service minutes are from the truth
/// where the study says that they are wrong.
pub(crate) struct LaneLoad {
    pub(crate) lane: &'static str,
    pub(crate) visitors: f64,
    pub(crate) truth: f64,
}

const fn lane(lane: &'static str, visitors: f64, truth: f64) -> LaneLoad {
    LaneLoad { lane, visitors, truth }
}

/// By lane: visitors at full load, and true minutes by the profile's.
pub(crate) const LANES: [LaneLoad; 12] = [
    lane("A", 28.0, 1.3),
    lane("B", 20.0, 0.8),
    lane("C", 40.0, 1.2),
    lane("D", 36.0, 0.75),
    lane("E", 11.0, 1.25),
    lane("F", 18.0, 1.3),
    lane("G", 10.0, 0.7),
    lane("H", 8.0, 0.8),
    lane("I", 7.0, 1.2),
    lane("J", 4.0, 0.8),
    lane("K", 9.0, 1.3),
    lane("L", 3.0, 1.0),
];

/// Visitors by half hour from 8:30, as weights: the two peaks of a
/// hall's day, before 11 and after the lunch break. The last is the
/// quarter hour until the numbers stop.
pub(crate) const HALF_HOURS: [f64; 17] =
    [6.0, 10.0, 11.0, 11.0, 9.0, 7.0, 4.0, 1.5, 1.0, 4.0, 8.0, 9.0, 8.5, 6.0, 4.0, 2.5, 0.8];

/// When the first half hour of [`HALF_HOURS`] begins.
pub(crate) const FIRST_HALF_HOUR: Time = time(8, 30, 0, 0);

/// Monday to Friday, as factors.
pub(crate) const WEEKDAYS: [f64; 5] = [1.15, 1.0, 0.95, 0.95, 0.95];

/// Shares of classes.
pub(crate) const APPOINTMENTS: f64 = 0.15;
pub(crate) const PRIORITY: f64 = 0.12;
pub(crate) const GREEN: f64 = 0.01;

/// Spread of a service by its mean; lognormal.
pub(crate) const SERVICE_CV: f64 = 0.7;

/// Services in the last hour of a half day are so much shorter.
pub(crate) const HURRY: f64 = 0.9;

/// Shares of those who are called and do not come, and of these who come
/// back and are put back.
pub(crate) const NO_SHOW: f64 = 0.05;
pub(crate) const COMES_BACK: f64 = 0.3;

/// From the call to the window, and from one visitor to the next call,
/// in seconds.
pub(crate) const WALK_S: f64 = 30.0;
pub(crate) const BETWEEN_S: f64 = 20.0;

/// A second call, and giving up, in seconds after the first call.
pub(crate) const RECALL_S: i64 = 45;
pub(crate) const GIVEN_UP_S: i64 = 90;

/// A clerk who waits sees a new visitor after so many seconds.
pub(crate) const SEES_S: i64 = 5;

/// Windows that stay at noon.
pub(crate) const NOON_WINDOWS: [u16; 3] = [1, 5, 7];

/// Hours of the tidal windows.
pub(crate) const TIDE: [(Time, Time); 2] =
    [(time(9, 30, 0, 0), time(11, 30, 0, 0)), (time(14, 0, 0, 0), time(16, 0, 0, 0))];

/// Clerks are so early or late, in minutes.
pub(crate) const UNPUNCTUAL_MINUTES: f64 = 4.0;

/// How often a clerk pauses in a half day, and for how long.
pub(crate) const PAUSES: f64 = 0.5;
pub(crate) const PAUSE: SignedDuration = SignedDuration::from_mins(8);

/// How often a window opens late because a stand-in has to be found, and
/// how late.
pub(crate) const STAND_INS: f64 = 0.03;
pub(crate) const STAND_IN_LATE: SignedDuration = SignedDuration::from_mins(90);

/// Days that follow each other on one hall, so that it can learn.
pub(crate) const DAYS_IN_A_ROW: u32 = 40;

/// Shares of full load that are tried.
pub(crate) const LOADS: [f64; 3] = [0.6, 0.75, 0.9];

/// The load of an ordinary week; the plots show it.
pub(crate) const USUAL_LOAD: f64 = 0.75;

/// The settings in words.
pub(crate) fn told() -> String {
    let lanes: Vec<String> =
        LANES.iter().map(|it| format!("{} {} (×{})", it.lane, it.visitors, it.truth)).collect();
    format!(
        "hall        assets/halls/demo: its lanes, windows and helps; open 9:00-12:00 and 13:30-17:00, last ticket 16:45
visitors    a day at full load, by lane (true minutes by the profile's, where it is wrong): {}
            loads {LOADS:?}; Monday to Friday {WEEKDAYS:?}; Poisson
arrivals    weights by half hour from 8:30: {HALF_HOURS:?}
classes     appointment {APPOINTMENTS}, priority {PRIORITY}, green {GREEN}, the rest ordinary
service     lognormal, mean of the matter, CV {SERVICE_CV}; ×{HURRY} in the last hour of a half day
no-shows    {NO_SHOW} of calls (recalled after {RECALL_S} s, given up after {GIVEN_UP_S} s); {COMES_BACK} of them come back and are put back
clerks      {WALK_S} s to the window, {BETWEEN_S} s between visitors; windows {NOON_WINDOWS:?} stay at noon; tidal windows 9:30-11:30 and 14:00-16:00;
            ±{UNPUNCTUAL_MINUTES} min, a pause of {PAUSE:#} in {PAUSES} of half days, {STAND_INS} of windows open {STAND_IN_LATE:#} late; served to the last ticket
days        {DAYS_IN_A_ROW} in a row on one hall
",
        lanes.join(", ")
    )
}
