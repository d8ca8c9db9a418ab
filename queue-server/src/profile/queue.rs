//! `[queue]` of `hall.toml` and what lanes and windows say of the queue:
//! who is called first, when numbers are given, who comes back.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{Catalogue, Document, Workdays};
use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use queue_core::{
    Discipline, LaneRules, LastTicket, LeftOver, NoShowRules, OfflineRules, Rates, RatingRules,
    ReinstateRules, Rules, SpanRules, WindowRules,
};
use serde::Deserialize;

use super::hall::{HallFile, LaneEntry, SpanEntry};

/// Service time of a lane that no matter names.
const SERVICE_MINUTES_DEFAULT: u32 = 10;

/// A day in minutes; nothing in a queue lasts longer.
const MINUTES_MAX: u32 = 1_440;

/// What a minute counts is at most this many times an ordinary one.
const RATE_MAX: u32 = 10_000;

/// `[queue]`, every key of which has a default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct QueueEntry {
    discipline: DisciplineEntry,
    rates: RatesEntry,
    alternate: u32,
    cap_minutes: u32,
    pub(super) wait_target_minutes: u32,
    early_minutes: u32,
    outside_hours: bool,
    no_show: NoShowEntry,
    reinstate: ReinstateEntry,
    offline: OfflineEntry,
    pass_days: u32,
    rating_days: u32,
    left_over: LeftOverEntry,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DisciplineEntry {
    Accumulating,
    Strict,
    Alternating,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LeftOverEntry {
    Void,
    ReturnPass,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RatesEntry {
    ordinary: u32,
    appointment: u32,
    priority: u32,
    green: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NoShowEntry {
    calls: u32,
    seconds: u32,
    enforced: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReinstateEntry {
    places_back: u32,
    within_minutes: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OfflineEntry {
    first: u32,
    numbers: u32,
}

/// A time of day, or the word for one that is computed.
#[derive(Clone, Copy, Debug)]
pub(super) enum LastTicketEntry {
    /// `"16:45"`.
    At(Time),
    /// `"when_full"`.
    WhenFull,
}

impl Default for QueueEntry {
    fn default() -> QueueEntry {
        let rules = Rules::default();
        QueueEntry {
            discipline: DisciplineEntry::Accumulating,
            rates: RatesEntry::default(),
            alternate: 2,
            cap_minutes: rules.cap_minutes.unwrap_or(0),
            wait_target_minutes: rules.wait_target_minutes,
            early_minutes: rules.early_minutes,
            outside_hours: false,
            no_show: NoShowEntry::default(),
            reinstate: ReinstateEntry::default(),
            offline: OfflineEntry::default(),
            pass_days: 5,
            rating_days: rules.rating.working_days,
            left_over: LeftOverEntry::ReturnPass,
        }
    }
}

impl Default for RatesEntry {
    fn default() -> RatesEntry {
        let Rates { ordinary, appointment, priority, green } = Rates::default();
        RatesEntry { ordinary, appointment, priority, green }
    }
}

impl Default for NoShowEntry {
    fn default() -> NoShowEntry {
        let NoShowRules { calls, seconds, enforced } = NoShowRules::default();
        NoShowEntry { calls, seconds, enforced }
    }
}

impl Default for ReinstateEntry {
    fn default() -> ReinstateEntry {
        let ReinstateRules { places_back, within_minutes } = ReinstateRules::default();
        ReinstateEntry { places_back, within_minutes }
    }
}

impl Default for OfflineEntry {
    fn default() -> OfflineEntry {
        let OfflineRules { first, numbers } = OfflineRules::default();
        OfflineEntry { first, numbers }
    }
}

/// Checks what the file says of the queue.
pub(super) fn check(document: &mut Document<'_>, file: &HallFile) {
    let queue = &file.queue;
    let rates = &queue.rates;
    for (key, value, range) in [
        ("rates.ordinary", rates.ordinary, 1..=RATE_MAX),
        ("rates.appointment", rates.appointment, 1..=RATE_MAX),
        ("rates.priority", rates.priority, 1..=RATE_MAX),
        ("rates.green", rates.green, 1..=RATE_MAX),
        ("alternate", queue.alternate, 1..=100),
        ("cap_minutes", queue.cap_minutes, 0..=MINUTES_MAX),
        ("wait_target_minutes", queue.wait_target_minutes, 1..=MINUTES_MAX),
        ("early_minutes", queue.early_minutes, 0..=MINUTES_MAX),
        ("no_show.calls", queue.no_show.calls, 1..=10),
        ("no_show.seconds", queue.no_show.seconds, 0..=3_600),
        ("reinstate.places_back", queue.reinstate.places_back, 1..=100),
        ("offline.first", queue.offline.first, 1..=90_000),
        ("offline.numbers", queue.offline.numbers, 0..=500),
        ("pass_days", queue.pass_days, 1..=60),
        ("rating_days", queue.rating_days, 0..=1),
        ("reinstate.within_minutes", queue.reinstate.within_minutes, 0..=MINUTES_MAX),
    ] {
        if !range.contains(&value) {
            let (least, most) = range.into_inner();
            let message = format!("{value} is not between {least} and {most}");
            document.fault(&format!("queue.{key}"), message);
        }
    }
    for (at, lane) in file.lanes.iter().enumerate() {
        check_lane(document, at, lane);
    }
    for (at, window) in file.windows.iter().enumerate() {
        for (place, lane) in window.helps.iter().enumerate() {
            let part = format!("windows.{at}.helps.{place}");
            if window.lanes.contains(lane) {
                document.fault(&part, format!("lane `{lane}` is its own"));
            } else if file.lanes.iter().all(|it| it.id != *lane) {
                document.fault(&part, format!("the hall has no lane `{lane}`"));
            }
        }
    }
}

fn check_lane(document: &mut Document<'_>, at: usize, lane: &LaneEntry) {
    let spans = lane.opening.as_deref().unwrap_or_default();
    super::hall::check_spans(document, &format!("lanes.{at}.opening"), spans);
    let quotas = spans
        .iter()
        .enumerate()
        .map(|(span, it)| (format!("lanes.{at}.opening.{span}.quota"), it.quota));
    for (part, quota) in quotas.chain([(format!("lanes.{at}.quota"), lane.quota)]) {
        if quota == Some(0) {
            document.fault(&part, "a quota of no numbers closes the lane; leave the lane out");
        }
    }
}

/// What the hall's files say of the queue.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) rules: Rules,
    pub(super) pass_days: u32,
}

pub(super) fn read(file: &HallFile, catalogue: &Catalogue) -> Queue {
    Queue { rules: rules(file, catalogue), pass_days: file.queue.pass_days }
}

fn rules(file: &HallFile, catalogue: &Catalogue) -> Rules {
    let queue = &file.queue;
    let RatesEntry { ordinary, appointment, priority, green } = queue.rates;
    let NoShowEntry { calls, seconds, enforced } = queue.no_show;
    let ReinstateEntry { places_back, within_minutes } = queue.reinstate;
    let OfflineEntry { first, numbers } = queue.offline;
    let lanes: BTreeMap<_, _> =
        file.lanes.iter().map(|it| (it.id.clone(), lane(file, it, catalogue))).collect();
    let windows = file.windows.iter().map(|it| {
        let rules =
            WindowRules { lanes: it.lanes.clone(), helps: it.helps.clone(), tidal: it.tidal };
        (it.id, rules)
    });
    Rules {
        lanes,
        windows: windows.collect(),
        discipline: match queue.discipline {
            DisciplineEntry::Accumulating => {
                Discipline::Accumulating(Rates { ordinary, appointment, priority, green })
            }
            DisciplineEntry::Strict => Discipline::Strict,
            DisciplineEntry::Alternating => Discipline::Alternating { of: queue.alternate },
        },
        cap_minutes: (queue.cap_minutes > 0).then_some(queue.cap_minutes),
        no_show: NoShowRules { calls, seconds, enforced },
        reinstate: ReinstateRules { places_back, within_minutes },
        left_over: match queue.left_over {
            LeftOverEntry::Void => LeftOver::Void,
            LeftOverEntry::ReturnPass => LeftOver::ReturnPass { days: queue.pass_days },
        },
        early_minutes: queue.early_minutes,
        appointments: super::appointments::rules(file.appointments.as_ref()),
        wait_target_minutes: queue.wait_target_minutes,
        zone: TimeZone::get(&file.time_zone).unwrap_or(TimeZone::UTC),
        closed_days: if queue.outside_hours {
            BTreeSet::new()
        } else {
            closed_days(&catalogue.workdays)
        },
        offline: OfflineRules { first, numbers },
        rating: RatingRules { working_days: queue.rating_days },
        one_live_ticket: file.identity.ask,
    }
}

fn lane(file: &HallFile, lane: &LaneEntry, catalogue: &Catalogue) -> LaneRules {
    let service_minutes = service_minutes(lane, catalogue);
    if file.queue.outside_hours {
        let LaneEntry { quota, warn_left, .. } = *lane;
        return LaneRules { service_minutes, quota, warn_left, ..LaneRules::default() };
    }
    let span = |it: &SpanEntry| SpanRules { from: it.from, to: it.to, quota: it.quota };
    let last_ticket = match lane.last_ticket.unwrap_or(file.last_ticket) {
        LastTicketEntry::At(time) => LastTicket::At(time),
        LastTicketEntry::WhenFull => {
            LastTicket::WhenFull { overtime_minutes: lane.overtime_minutes }
        }
    };
    LaneRules {
        service_minutes,
        spans: lane.opening.as_ref().unwrap_or(&file.opening).iter().map(span).collect(),
        last_ticket,
        quota: lane.quota,
        warn_left: lane.warn_left,
    }
}

/// The mean over the lane's matters.
fn service_minutes(lane: &LaneEntry, catalogue: &Catalogue) -> u32 {
    let matters = catalogue.matters.iter().filter(|it| it.lane == lane.id.as_str());
    let minutes: Vec<u32> = matters.map(|it| it.service_minutes).collect();
    let count = u32::try_from(minutes.len()).unwrap_or(u32::MAX);
    minutes.iter().sum::<u32>().checked_div(count).unwrap_or(SERVICE_MINUTES_DEFAULT)
}

/// Every day of the known years, and of the year after, on which offices
/// do not work.
fn closed_days(workdays: &Workdays) -> BTreeSet<Date> {
    let years = workdays.years.iter().copied();
    let (Some(first), Some(last)) = (years.clone().min(), years.max()) else {
        return BTreeSet::new();
    };
    let (from, to) = (date(first, 1, 1), date(last.saturating_add(1), 12, 31));
    from.series(1.day())
        .take_while(|day| *day <= to)
        .filter(|day| !workdays.is_workday(*day))
        .collect()
}
