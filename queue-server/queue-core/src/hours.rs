//! When a lane gives numbers: its hours, its last ticket, its quotas.
//!
//! A number that is refused is refused with what comes next; a bare "no
//! numbers left" makes people queue at midnight. The guide desk may give
//! numbers all the same: a person decides there.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};

use crate::estimate::minutes_until_served;
use crate::hall::Hall;
use crate::ids::LaneId;
use crate::rejection::Rejection;
use crate::rules::{LaneRules, LastTicket, Rules, SpanRules};

/// How many numbers a lane still gives today; none if there is no limit.
pub fn numbers_left(hall: &Hall, lane: &LaneId) -> Option<u32> {
    let quota = hall.rules().lanes.get(lane)?.quota?;
    Some(quota.saturating_sub(hall.issued_in(lane)))
}

/// Whether a lane gives numbers now, and if not, why and until when.
pub fn gives_numbers(hall: &Hall, lane: &LaneId, now: Timestamp) -> Result<(), Rejection> {
    let rules = hall.rules();
    let unknown = || Rejection::UnknownLane(lane.clone());
    let of_lane = rules.lanes.get(lane).ok_or_else(unknown)?;
    let local = rules.zone.to_datetime(now);
    if hall.is_stopped(lane) {
        return Err(Rejection::NumbersStopped(lane.clone()));
    }
    within_hours(hall, lane, of_lane, local)?;
    before_last_ticket(hall, lane, of_lane, local)?;
    within_quota(hall, lane, of_lane, local)
}

fn within_hours(
    hall: &Hall,
    lane: &LaneId,
    of_lane: &LaneRules,
    local: DateTime,
) -> Result<(), Rejection> {
    let closed = |opens| Err(Rejection::LaneClosed { lane: lane.clone(), opens });
    if hall.rules().closed_days.contains(&local.date()) {
        return closed(None);
    }
    let (Some(first), Some(last)) = (of_lane.spans.first(), of_lane.spans.last()) else {
        return Ok(());
    };
    let opens = minutes_before(first.from, hall.rules().early_minutes);
    if local.time() < opens {
        return closed(Some(opens));
    }
    if local.time() >= last.to { closed(None) } else { Ok(()) }
}

/// From and until when a lane gives numbers on a working day, as far as
/// that is a matter of the clock.
pub fn number_hours(rules: &Rules, lane: &LaneId) -> (Option<Time>, Option<Time>) {
    let Some(of_lane) = rules.lanes.get(lane) else { return (None, None) };
    let from = of_lane.spans.first().map(|it| minutes_before(it.from, rules.early_minutes));
    let end = of_lane.spans.last().map(|it| it.to);
    let until = match of_lane.last_ticket {
        LastTicket::At(time) => Some(end.map_or(time, |end| end.min(time))),
        LastTicket::AtTheEnd | LastTicket::WhenFull { .. } => end,
    };
    (from, until)
}

fn minutes_before(time: Time, minutes: u32) -> Time {
    time.saturating_sub(jiff::SignedDuration::from_mins(i64::from(minutes)))
}

fn before_last_ticket(
    hall: &Hall,
    lane: &LaneId,
    of_lane: &LaneRules,
    local: DateTime,
) -> Result<(), Rejection> {
    let given = match of_lane.last_ticket {
        LastTicket::AtTheEnd => false,
        LastTicket::At(time) => local.time() >= time,
        LastTicket::WhenFull { overtime_minutes } => of_lane.spans.last().is_some_and(|last| {
            let left = local.time().duration_until(last.to).as_mins();
            let wanted = i64::from(minutes_until_served(hall, lane));
            wanted > left + i64::from(overtime_minutes)
        }),
    };
    if given { Err(Rejection::LastTicketGiven(lane.clone())) } else { Ok(()) }
}

fn within_quota(
    hall: &Hall,
    lane: &LaneId,
    of_lane: &LaneRules,
    local: DateTime,
) -> Result<(), Rejection> {
    let reached = |quota, next| Rejection::QuotaReached { lane: lane.clone(), quota, next };
    if let Some(quota) = of_lane.quota.filter(|quota| hall.issued_in(lane) >= *quota) {
        return Err(reached(quota, None));
    }
    // A number taken in a break is for the span that follows it.
    let at = |time: Time| of_lane.spans.iter().position(|span| time < span.to);
    let Some(span) = at(local.time()) else { return Ok(()) };
    let Some(quota) = of_lane.spans[span].quota else { return Ok(()) };
    let zone = &hall.rules().zone;
    let given = hall
        .tickets()
        .filter(|it| it.number.lane == *lane)
        .filter(|it| at(zone.to_datetime(it.issued_at).time()) == Some(span))
        .count();
    if given < quota as usize {
        return Ok(());
    }
    let next: Option<&SpanRules> = of_lane.spans.get(span + 1);
    Err(reached(quota, next.map(|it| it.from)))
}
