//! A number for a visitor.

use jiff::{SignedDuration, Timestamp};

use crate::command::TicketRequest;
use crate::estimate::estimate_newcomer;
use crate::event::{Event, Issued};
use crate::hall::Hall;
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
    let lanes = [&request.lane].into_iter().chain(request.more.iter().map(|it| &it.lane));
    for lane in lanes {
        if !hall.rules().lanes.contains_key(lane) {
            return Err(Rejection::UnknownLane(lane.clone()));
        }
    }
    if request.class == Class::Green
        && request.grant.as_ref().is_none_or(|it| it.reason.trim().is_empty())
    {
        return Err(Rejection::GrantMissing);
    }
    let waits_from = match &request.pass {
        Some(token) => Some(comes_back(hall, token, request, now)?),
        None => None,
    };
    // Who holds a pass was promised to be served; the desk decides by
    // itself.
    if waits_from.is_none() && request.source != Source::Desk {
        gives_numbers(hall, &request.lane, now)?;
    }
    let count = hall.numbers().next(&request.lane);
    Ok(vec![Event::TicketIssued(Issued {
        ticket: hall.next_ticket(),
        number: TicketNumber { lane: request.lane.clone(), count },
        lane: request.lane.clone(),
        class: request.class,
        matter: request.matter.clone(),
        answers: request.answers.clone(),
        source: request.source,
        token: request.token.clone(),
        more: request.more.clone(),
        priority: request.priority.filter(|_| request.class == Class::Priority),
        grant: request.grant.clone().filter(|_| request.class == Class::Green),
        waits_from,
        pass: request.pass.clone(),
        appointment: None,
        forecast: Some(estimate_newcomer(
            hall,
            &request.lane,
            request.class,
            waits_from.unwrap_or(now),
            now,
        )),
        offline: None,
    })])
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
