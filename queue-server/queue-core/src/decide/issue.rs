//! A number for a visitor.

use jiff::{SignedDuration, Timestamp};

use crate::command::TicketRequest;
use crate::estimate::estimate_newcomer;
use crate::event::{Event, Issued};
use crate::hall::Hall;
use crate::holder::one_live_ticket;
use crate::hours::gives_numbers;
use crate::ids::{Class, Source, TicketNumber};
use crate::rejection::Rejection;

/// How long the holder of a return pass counts as having waited where
/// the hall has no cap.
const PASS_WAITED_MINUTES: u32 = 30;

pub(super) fn issue(
    hall: &Hall,
    request: &TicketRequest,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    if hall.day().is_none() {
        return Err(Rejection::DayNotOpen);
    }
    know_lanes(hall, request)?;
    if request.class == Class::Green
        && request.grant.as_ref().is_none_or(|it| it.reason.trim().is_empty())
    {
        return Err(Rejection::GrantMissing);
    }
    one_live_ticket(hall, request)?;
    let waits_from = match &request.pass {
        Some(token) => Some(comes_back(hall, token, request, now)?),
        None => None,
    };
    // Who holds a pass was promised to be served; the desk decides by
    // itself.
    if waits_from.is_none() && request.source != Source::Desk {
        gives_numbers(hall, &request.lane, now)?;
    }
    Ok(vec![Event::TicketIssued(in_turn(hall, request, waits_from, now))])
}

/// The next number in turn, for somebody who is here now.
pub(super) fn in_turn(
    hall: &Hall,
    request: &TicketRequest,
    waits_from: Option<Timestamp>,
    now: Timestamp,
) -> Issued {
    let TicketRequest { lane, class, .. } = request;
    let number = TicketNumber { lane: lane.clone(), count: hall.numbers().next(lane) };
    let from = waits_from.unwrap_or(now);
    let forecast = Some(estimate_newcomer(hall, lane, *class, from, now));
    Issued { waits_from, forecast, ..issued(hall, request, number) }
}

/// What every ticket takes over from the request for it.
pub(super) fn issued(hall: &Hall, request: &TicketRequest, number: TicketNumber) -> Issued {
    Issued {
        ticket: hall.next_ticket(),
        number,
        lane: request.lane.clone(),
        class: request.class,
        matter: request.matter.clone(),
        answers: request.answers.clone(),
        source: request.source,
        token: request.token.clone(),
        more: request.more.clone(),
        priority: request.priority.filter(|_| request.class == Class::Priority),
        grant: request.grant.clone().filter(|_| request.class == Class::Green),
        waits_from: None,
        pass: request.pass.clone(),
        appointment: None,
        forecast: None,
        offline: None,
        holder: request.holder.clone().filter(|_| hall.rules().one_live_ticket),
    }
}

/// A ticket is for lanes that the hall has.
pub(super) fn know_lanes(hall: &Hall, request: &TicketRequest) -> Result<(), Rejection> {
    let lanes = [&request.lane].into_iter().chain(request.more.iter().map(|it| &it.lane));
    let unknown = lanes.into_iter().find(|it| !hall.rules().lanes.contains_key(*it));
    unknown.map_or(Ok(()), |it| Err(Rejection::UnknownLane(it.clone())))
}

/// Since when the holder of a pass counts as waiting: as long as the cap,
/// so that nobody who comes later goes before them, and nobody who has
/// waited longer is overtaken.
fn comes_back(
    hall: &Hall,
    token: &str,
    request: &TicketRequest,
    now: Timestamp,
) -> Result<Timestamp, Rejection> {
    let held = hall.pass(token).ok_or(Rejection::PassInvalid)?;
    let over = hall.day().is_none_or(|today| held.pass.until < today);
    if held.used || over || held.pass.lane != request.lane {
        return Err(Rejection::PassInvalid);
    }
    let minutes = hall.rules().cap_minutes.unwrap_or(PASS_WAITED_MINUTES);
    let waited = SignedDuration::from_mins(i64::from(minutes));
    Ok(now.saturating_sub(waited).unwrap_or(now))
}
