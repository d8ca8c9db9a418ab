//! Appointments made, given up, kept and missed.

use jiff::Timestamp;
use jiff::civil::Date;

use super::issue::in_turn;
use crate::appointment::{
    Appointment, AppointmentId, AppointmentState, Book, Booking, BookingLine, Capacity,
    HeldAppointment, bookable_days, is_slot, minutes, next_free, starts,
};
use crate::command::TicketRequest;
use crate::event::{Event, Issued};
use crate::hall::{Hall, count};
use crate::ids::{Class, LaneId, Source};
use crate::rejection::Rejection;

/// A place in a slot of a day that can be booked today.
pub(super) fn make(
    hall: &Hall,
    booking: &Booking,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let (first, last) = bookable_days(hall).ok_or(Rejection::DayNotOpen)?;
    if !(first..=last).contains(&booking.day) {
        return Err(Rejection::DayNotBookable { first, last });
    }
    let capacity = Capacity::of(hall, &booking.lane);
    let appointment = appoint(hall, hall.book(), &capacity, booking, now)?;
    if appointment.starts <= now {
        return Err(no_slot(hall, booking, now));
    }
    Ok(vec![Event::AppointmentMade { appointment }])
}

/// All lines of a file, or none. What was booked elsewhere may be for
/// today and for a slot that has begun. A line whose reference is known
/// is no second booking.
pub(super) fn import(
    hall: &Hall,
    file: &str,
    lines: &[BookingLine],
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let today = hall.day().ok_or(Rejection::DayNotOpen)?;
    let (_, last) = bookable_days(hall).ok_or(Rejection::DayNotOpen)?;
    let mut book = hall.book().clone();
    let mut capacities = std::collections::BTreeMap::<LaneId, Capacity>::new();
    let (mut made, mut known, mut refused) = (Vec::new(), 0, Vec::new());
    for BookingLine { line, booking } in lines {
        let capacity = capacities
            .entry(booking.lane.clone())
            .or_insert_with(|| Capacity::of(hall, &booking.lane));
        let before = booking.reference.as_deref().and_then(|it| book.by_reference(it));
        match before {
            Some(it) if it.appointment.is_for(booking) => {
                known += 1;
                continue;
            }
            Some(_) | None if !(today..=last).contains(&booking.day) => {
                refused.push((*line, Rejection::DayNotBookable { first: today, last }));
                continue;
            }
            Some(_) | None => {}
        }
        match appoint(hall, &book, capacity, booking, now) {
            Ok(it) if is_missed(hall, &it, now) => {
                refused.push((*line, no_slot(hall, booking, now)));
            }
            Ok(appointment) => {
                book.add(appointment.clone());
                made.push(Event::AppointmentMade { appointment });
            }
            Err(rejection) => refused.push((*line, rejection)),
        }
    }
    if !refused.is_empty() {
        return Err(Rejection::LinesRefused(refused));
    }
    let made_count = count(made.len());
    let imported = Event::AppointmentsImported { file: file.to_owned(), made: made_count, known };
    made.push(imported);
    Ok(made)
}

/// What a booking becomes, if its slot has a place and nobody has its
/// code or its reference.
fn appoint(
    hall: &Hall,
    book: &Book,
    capacity: &Capacity,
    booking: &Booking,
    now: Timestamp,
) -> Result<Appointment, Rejection> {
    let Booking { code, lane, matter, day, time, reference } = booking;
    if !hall.rules().lanes.contains_key(lane) {
        return Err(Rejection::UnknownLane(lane.clone()));
    }
    let at = starts(hall.rules(), *day, *time).filter(|_| is_slot(hall.rules(), lane, *day, *time));
    let starts = at.ok_or_else(|| no_slot(hall, booking, now))?;
    if book.by_code(code).is_some() {
        return Err(Rejection::CodeTaken(code.clone()));
    }
    if let Some(taken) = reference.as_ref().filter(|it| book.by_reference(it).is_some()) {
        return Err(Rejection::ReferenceTaken(taken.clone()));
    }
    if capacity.free(book, *day, *time) == 0 {
        let next = next_free(hall, lane, (*day, *time), now);
        return Err(Rejection::SlotFull { lane: lane.clone(), at: day.to_datetime(*time), next });
    }
    Ok(Appointment {
        id: book.next_id(),
        code: code.clone(),
        lane: lane.clone(),
        matter: matter.clone(),
        day: *day,
        time: *time,
        starts,
        reference: reference.clone(),
    })
}

fn no_slot(hall: &Hall, booking: &Booking, now: Timestamp) -> Rejection {
    let Booking { lane, day, time, .. } = booking;
    let next = next_free(hall, lane, (*day, *time), now);
    Rejection::NoSlot { lane: lane.clone(), at: day.to_datetime(*time), next }
}

pub(super) fn cancel(
    hall: &Hall,
    id: AppointmentId,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let held = known(hall, id)?;
    if held.state != AppointmentState::Booked {
        return Err(Rejection::NotBooked(id));
    }
    let least = hall.rules().appointments.cancel_minutes;
    if held.appointment.starts.duration_since(now) < minutes(least) {
        return Err(Rejection::CancelTooLate { minutes: least });
    }
    Ok(vec![Event::AppointmentCancelled { appointment: id }])
}

/// A number without queueing for one. Who is early or on time counts as
/// waiting from the slot on, who is late from now on.
pub(super) fn check_in(
    hall: &Hall,
    id: AppointmentId,
    token: &str,
    source: Source,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    let today = hall.day().ok_or(Rejection::DayNotOpen)?;
    let held = known(hall, id)?;
    let it = &held.appointment;
    match (held.state, held.ticket) {
        (AppointmentState::CheckedIn, Some(ticket)) => {
            return Err(Rejection::CheckedInBefore(ticket));
        }
        (AppointmentState::Missed, _) => return Err(Rejection::AppointmentMissed),
        (AppointmentState::Booked, _) => {}
        _ => return Err(Rejection::NotBooked(id)),
    }
    let rules = hall.rules().appointments;
    let opens = it.starts.saturating_sub(minutes(rules.early_minutes)).unwrap_or(it.starts);
    if it.day > today || now < opens {
        let opens = hall.rules().zone.to_datetime(opens).time();
        return Err(Rejection::CheckInEarly { day: it.day, opens });
    }
    if it.day < today || is_missed(hall, it, now) {
        return Err(Rejection::AppointmentMissed);
    }
    let late = now.duration_since(it.starts) > minutes(rules.on_time_minutes);
    let waits_from = (!late).then_some(it.starts);
    let request = TicketRequest {
        class: Class::Appointment,
        matter: it.matter.clone(),
        source,
        ..TicketRequest::at_kiosk(it.lane.clone(), token.to_owned())
    };
    let issued = in_turn(hall, &request, waits_from, now);
    Ok(vec![Event::TicketIssued(Issued { appointment: Some(id), ..issued })])
}

/// Who was awaited on a day before this one and did not come.
pub(super) fn missed_before(hall: &Hall, day: Date) -> Vec<Event> {
    let missed = hall
        .appointments()
        .filter(|it| it.state == AppointmentState::Booked && it.appointment.day < day);
    missed.map(|it| Event::AppointmentMissed { appointment: it.appointment.id }).collect()
}

fn is_missed(hall: &Hall, it: &Appointment, now: Timestamp) -> bool {
    now.duration_since(it.starts) >= minutes(hall.rules().appointments.missed_minutes)
}

fn known(hall: &Hall, id: AppointmentId) -> Result<&HeldAppointment, Rejection> {
    hall.appointment(id).ok_or(Rejection::UnknownAppointment(id))
}
