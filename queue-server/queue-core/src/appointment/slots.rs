//! What can be booked: the slots of a lane, and how much of each is free.
//!
//! Appointments may take a share of the time of the windows that serve a
//! lane, and no more, so that nobody with an appointment queues for
//! hours. Windows for peaks and windows that only help do not count. A
//! window that serves several lanes is shared: what is booked in all the
//! lanes that have no other windows than a lane's own counts for it.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{AppointmentRules, Book};
use crate::estimate::service_minutes;
use crate::hall::Hall;
use crate::ids::{LaneId, WindowId};
use crate::rules::Rules;

/// A day in minutes.
const DAY_MINUTES: u32 = 1_440;

/// Dates that are looked at for days of opening: longer holidays have no
/// appointments after them.
const DATES_MAX: usize = 370;

/// A slot of a lane on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// First minute.
    pub time: Time,
    /// First minute after; midnight is the last minute of the day.
    pub to: Time,
    /// Appointments in it.
    pub booked: u32,
    /// How many more may be made in it now.
    pub free: u32,
}

/// The first and the last day that can be booked today.
pub fn bookable_days(hall: &Hall) -> Option<(Date, Date)> {
    let (today, rules) = (hall.day()?, hall.rules());
    let AppointmentRules { days_ahead_min, days_ahead_max, .. } = rules.appointments;
    let ahead = |days: u32| {
        if days == 0 {
            return Some(today);
        }
        let open = |it: &Date| !rules.closed_days.contains(it);
        let dates = today.series(1.day()).skip(1).take(DATES_MAX);
        dates.filter(open).nth(days as usize - 1)
    };
    Some((ahead(days_ahead_min)?, ahead(days_ahead_max)?))
}

/// The slots of a lane on a day, with what is free in each. Nothing is on
/// a day that can't be booked today, nor where a slot has begun.
pub fn slots(hall: &Hall, lane: &LaneId, day: Date, now: Timestamp) -> Vec<Slot> {
    let capacity = Capacity::of(hall, lane);
    let reach = bookable_days(hall).is_some_and(|(first, last)| (first..=last).contains(&day));
    let slot = |(from, to): (u32, u32)| {
        let time = time_of(from);
        let to_come = starts(hall.rules(), day, time).is_some_and(|it| it > now);
        let free = if reach && to_come { capacity.free(hall.book(), day, time) } else { 0 };
        Slot { time, to: time_of(to), booked: capacity.booked(hall.book(), day, from), free }
    };
    of_day(hall.rules(), lane, day).into_iter().map(slot).collect()
}

/// The first slot with a free place at or after this time.
pub fn next_free(
    hall: &Hall,
    lane: &LaneId,
    from: (Date, Time),
    now: Timestamp,
) -> Option<(Date, Time)> {
    let (first, last) = bookable_days(hall)?;
    let capacity = Capacity::of(hall, lane);
    let mut days = first.max(from.0).series(1.day()).take_while(|day| *day <= last);
    days.find_map(|day| {
        let mut times = of_day(hall.rules(), lane, day).into_iter().map(|(from, _)| time_of(from));
        let free = times.find(|time| {
            (day, *time) >= from
                && starts(hall.rules(), day, *time).is_some_and(|it| it > now)
                && capacity.free(hall.book(), day, *time) > 0
        });
        free.map(|time| (day, time))
    })
}

/// Whether a slot of the lane begins at this time.
pub(crate) fn is_slot(rules: &Rules, lane: &LaneId, day: Date, time: Time) -> bool {
    of_day(rules, lane, day).into_iter().any(|(from, _)| time_of(from) == time)
}

/// When a slot begins, by the hall's clock.
pub(crate) fn starts(rules: &Rules, day: Date, time: Time) -> Option<Timestamp> {
    let zone: &TimeZone = &rules.zone;
    Some(day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp())
}

/// The whole slots of the day, in minutes of it.
fn of_day(rules: &Rules, lane: &LaneId, day: Date) -> Vec<(u32, u32)> {
    let Some(of_lane) = rules.lanes.get(lane) else { return Vec::new() };
    if rules.appointments.share_percent == 0 || rules.closed_days.contains(&day) {
        return Vec::new();
    }
    let length = rules.appointments.slot_minutes.max(1);
    let spans = match &of_lane.spans[..] {
        [] => vec![(0, DAY_MINUTES)],
        spans => spans.iter().map(|it| (minute_of(it.from), minute_of(it.to))).collect(),
    };
    let within = |(from, to): (u32, u32)| {
        (0..to.saturating_sub(from) / length)
            .map(move |nth| (from + nth * length, from + (nth + 1) * length))
    };
    spans.into_iter().flat_map(within).collect()
}

/// How much may be booked in a lane, found once for many bookings.
#[derive(Clone, Debug)]
pub(crate) struct Capacity {
    lane: LaneId,
    service_minutes: u32,
    slot_minutes: u32,
    limits: Vec<Limit>,
}

/// The time of some windows, and the lanes that have no others.
#[derive(Clone, Debug)]
struct Limit {
    /// With the minutes of one service.
    lanes: Vec<(LaneId, u32)>,
    /// How much of each minute may be booked, in hundredths of a minute.
    percent: u32,
    /// How long a stretch is looked at, in slots: the share of it must
    /// hold one service of the lane that is asked for.
    slots: u32,
}

impl Capacity {
    pub(crate) fn of(hall: &Hall, lane: &LaneId) -> Capacity {
        let rules = hall.rules();
        let AppointmentRules { slot_minutes, share_percent, .. } = rules.appointments;
        let slot_minutes = slot_minutes.max(1);
        let mine = windows_of(rules, lane);
        let own_minutes = service_minutes(hall, lane);
        let limit = |windows: &BTreeSet<WindowId>| {
            let shares = |it: &&LaneId| {
                let of_lane = windows_of(rules, it);
                !of_lane.is_empty() && of_lane.is_subset(windows)
            };
            let lanes: Vec<_> = rules
                .lanes
                .keys()
                .filter(shares)
                .map(|it| (it.clone(), service_minutes(hall, it)))
                .collect();
            let n_windows = u32::try_from(windows.len()).unwrap_or(u32::MAX);
            let percent = n_windows.saturating_mul(share_percent);
            let of_slot = percent.saturating_mul(slot_minutes).max(1);
            let slots = own_minutes.saturating_mul(100).div_ceil(of_slot);
            Limit { lanes, percent, slots }
        };
        let wider: BTreeSet<BTreeSet<WindowId>> = rules
            .lanes
            .keys()
            .map(|it| windows_of(rules, it))
            .filter(|it| mine.is_subset(it))
            .collect();
        let limits = if mine.is_empty() { Vec::new() } else { wider.iter().map(limit).collect() };
        Capacity { lane: lane.clone(), service_minutes: own_minutes, slot_minutes, limits }
    }

    /// How many more may be booked in the slot that begins at `time`.
    pub(crate) fn free(&self, book: &Book, day: Date, time: Time) -> u32 {
        let at = minute_of(time);
        let least =
            |limit: &Limit| limit.free(book, day, at, self.slot_minutes, self.service_minutes);
        self.limits.iter().map(least).min().unwrap_or(0)
    }

    fn booked(&self, book: &Book, day: Date, from: u32) -> u32 {
        book.places(day, &self.lane, time_of(from), time_of(from + self.slot_minutes))
    }
}

impl Limit {
    /// Every stretch with the slot in it must have room.
    fn free(&self, book: &Book, day: Date, at: u32, slot_minutes: u32, service: u32) -> u32 {
        let length = self.slots.saturating_mul(slot_minutes);
        if length > DAY_MINUTES {
            return 0;
        }
        let room = self.percent.saturating_mul(length) / 100;
        let stretches = (0..self.slots).map(|back| i64::from(at) - i64::from(back * slot_minutes));
        let free = stretches.map(|from| {
            let to = u32::try_from(from + i64::from(length)).unwrap_or(0);
            let from = u32::try_from(from).unwrap_or(0);
            room.saturating_sub(self.work(book, day, from, to)) / service.max(1)
        });
        free.min().unwrap_or(0)
    }

    /// Minutes that are booked of it between two minutes of the day.
    fn work(&self, book: &Book, day: Date, from: u32, to: u32) -> u32 {
        let of = |(lane, service): &(LaneId, u32)| {
            book.places(day, lane, time_of(from), time_of(to)).saturating_mul(*service)
        };
        self.lanes.iter().map(of).fold(0, u32::saturating_add)
    }
}

/// The windows that are there for a lane on any day.
fn windows_of(rules: &Rules, lane: &LaneId) -> BTreeSet<WindowId> {
    let serves = rules.windows.iter().filter(|(_, it)| !it.tidal && it.lanes.contains(lane));
    serves.map(|(id, _)| *id).collect()
}

fn minute_of(time: Time) -> u32 {
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

fn time_of(minute: u32) -> Time {
    let part = |of: u32| i8::try_from(of).unwrap_or(0);
    if minute >= DAY_MINUTES {
        return Time::MAX;
    }
    Time::new(part(minute / 60), part(minute % 60), 0, 0).unwrap_or(Time::MAX)
}
