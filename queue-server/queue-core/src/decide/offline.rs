//! Numbers that kiosks give by themselves while they cannot reach the
//! server: set apart beforehand, taken in afterwards.
//!
//! A lease is of one business day and of one journal. A kiosk that comes
//! back with numbers of a day that is over is heard, and nobody is called
//! for them.

use jiff::Timestamp;

use super::issue::{issued, know_lanes};
use crate::command::OfflineTicket;
use crate::event::{Block, Event, Issued, Lease, Offline, VoidReason};
use crate::hall::{Hall, Ticket};
use crate::hours::numbers_left;
use crate::ids::{LaneId, TicketState};
use crate::rejection::Rejection;

/// Leases a kiosk can have on one day. Each is for when the one before is
/// nearly used up; more are a fault.
const LEASES_MAX: usize = 24;

/// More than a lane gives between a copy of the journal and the accident
/// after which it is needed.
const SKIPPED: u32 = 300;

/// The same for the ids of tickets, over all lanes and days.
const TICKETS_SKIPPED: u64 = 100_000;

/// And for those of appointments.
const APPOINTMENTS_SKIPPED: u64 = 100_000;

/// Sets numbers apart for a kiosk.
pub(super) fn lease(
    hall: &Hall,
    device: &str,
    token: &str,
    wanted: &[LaneId],
) -> Result<Vec<Event>, Rejection> {
    let today = hall.day().ok_or(Rejection::DayNotOpen)?;
    let rules = hall.rules();
    if let Some(unknown) = wanted.iter().find(|it| !rules.lanes.contains_key(*it)) {
        return Err(Rejection::UnknownLane(unknown.clone()));
    }
    if rules.closed_days.contains(&today)
        || hall.numbers().leases_of(device) >= LEASES_MAX
        || hall.numbers().held(token).is_some()
    {
        return Err(Rejection::NothingToLease);
    }
    let lanes = rules.lanes.keys().filter(|it| wanted.is_empty() || wanted.contains(it));
    let blocks: Vec<Block> = lanes.filter_map(|lane| block(hall, lane)).collect();
    if blocks.is_empty() {
        return Err(Rejection::NothingToLease);
    }
    let (token, device) = (token.to_owned(), device.to_owned());
    Ok(vec![Event::NumbersLeased(Lease { token, device, blocks })])
}

/// As many numbers of a lane as it may still give.
fn block(hall: &Hall, lane: &LaneId) -> Option<Block> {
    let rules = &hall.rules().offline;
    let left = numbers_left(hall, lane).unwrap_or(u32::MAX);
    let count = rules.numbers.min(left);
    let first = hall.numbers().free_from(lane, rules.first);
    (count > 0).then(|| Block { lane: lane.clone(), first, count })
}

/// A number that a kiosk gave becomes a ticket, at the place its time
/// gives it.
pub(super) fn take_in(
    hall: &Hall,
    told: &OfflineTicket,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let OfflineTicket { number, day, issued_at, .. } = told;
    if hall.day() != Some(*day) {
        let over = hall.latest_day().is_some_and(|latest| *day <= latest);
        if !over {
            return Err(Rejection::DayNotOpen);
        }
        let (day, number, issued_at) = (*day, number.clone(), *issued_at);
        let replaced = unseen(hall, told).map(replaced);
        let late = Event::NumberToldLate { day, number, issued_at };
        return Ok(replaced.into_iter().chain([late]).collect());
    }
    know_lanes(hall, &told.request)?;
    let known = hall.ticket_by_token(&told.request.token).is_some();
    let own = number.lane == told.request.lane && hall.numbers().may_be_of(&told.lease, number);
    if known || !own {
        return Err(Rejection::NumberTaken(number.clone()));
    }
    let unseen = unseen(hall, told);
    let offline = Offline { lease: told.lease.clone(), asked_as: told.asked_as.clone() };
    let issued = Event::TicketIssued(Issued {
        waits_from: Some(came(hall, told, unseen, now)),
        offline: Some(offline),
        ..issued(hall, &told.request, number.clone())
    });
    Ok(unseen.map(replaced).into_iter().chain([issued]).collect())
}

/// The number in the answer that never came: nobody has seen it, and a
/// window that has called it waits for nobody.
fn unseen<'a>(hall: &'a Hall, told: &OfflineTicket) -> Option<&'a Ticket> {
    let answered = told.instead_of.and_then(|it| hall.ticket(it));
    answered.filter(|it| matches!(it.state, TicketState::Waiting | TicketState::Called))
}

fn replaced(unseen: &Ticket) -> Event {
    Event::TicketVoided { ticket: unseen.id, reason: VoidReason::Replaced }
}

/// Since when the visitor waits. A clock may be wrong; nobody came before
/// the numbers were there.
fn came(hall: &Hall, told: &OfflineTicket, unseen: Option<&Ticket>, now: Timestamp) -> Timestamp {
    let granted_at = hall.numbers().held(&told.lease).map_or(told.issued_at, |it| it.granted_at);
    let came = told.issued_at.max(granted_at).min(now);
    unseen.map_or(came, |it| it.waits_from.min(came))
}

/// After a return to an old copy of the journal: numbers and leases given
/// since are on paper and in kiosks, and nobody here knows which.
pub(super) fn skip(hall: &Hall) -> Result<Vec<Event>, Rejection> {
    hall.day().ok_or(Rejection::DayNotOpen)?;
    let apart = |lane: &LaneId| {
        let (numbers, offline) = (hall.numbers(), &hall.rules().offline);
        let next = Block { lane: lane.clone(), first: numbers.next(lane), count: SKIPPED };
        let leased = numbers.free_from(lane, offline.first.max(next.first + SKIPPED));
        let count = SKIPPED.max(offline.numbers.saturating_mul(10));
        [next, Block { lane: lane.clone(), first: leased, count }]
    };
    let blocks = hall.rules().lanes.keys().flat_map(apart).collect();
    // A report on a ticket that is not known here must not reach another,
    // nor somebody who cancels an appointment another one's.
    let (tickets, appointments) = (TICKETS_SKIPPED, Some(APPOINTMENTS_SKIPPED));
    Ok(vec![Event::NumbersSkipped { blocks, tickets, appointments }])
}
