//! Appointments as staff and kiosks see them.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    Appointment, AppointmentCounts, AppointmentState, AppointmentsView, ImportedAppointment,
    LaneId, SlotView,
};
use queue_core::{Hall, HeldAppointment};

/// Appointments on a page.
const PAGE: usize = 100;

/// Those of a day, of a lane, or all that are known; page 1 and up.
pub(crate) fn list(
    hall: &Hall,
    day: Option<Date>,
    lane: Option<&LaneId>,
    page: usize,
    now: Timestamp,
) -> AppointmentsView {
    let wanted = |it: &&HeldAppointment| {
        day.is_none_or(|day| it.appointment.day == day)
            && lane.is_none_or(|lane| it.appointment.lane == *lane)
    };
    let mut found: Vec<&HeldAppointment> = hall.appointments().filter(wanted).collect();
    found.sort_by_key(|it| (it.appointment.starts, it.appointment.id));
    let mut counts = AppointmentCounts::default();
    for it in &found {
        *match state(hall, it, now) {
            AppointmentState::Booked => &mut counts.booked,
            AppointmentState::CheckedIn => &mut counts.checked_in,
            AppointmentState::Cancelled => &mut counts.cancelled,
            AppointmentState::Missed => &mut counts.missed,
        } += 1;
    }
    let pages = found.len().div_ceil(PAGE).max(1);
    let of_page = found.into_iter().skip(page.saturating_sub(1).saturating_mul(PAGE)).take(PAGE);
    let appointments = of_page.map(|it| appointment(hall, it, now)).collect();
    AppointmentsView { counts, pages, appointments }
}

/// One of them.
pub(crate) fn appointment(hall: &Hall, held: &HeldAppointment, now: Timestamp) -> Appointment {
    let it = &held.appointment;
    Appointment {
        id: it.id,
        code: it.code.clone(),
        lane: it.lane.clone(),
        matter: it.matter.clone(),
        day: it.day,
        time: it.time,
        state: state(hall, held, now),
        ticket: held.ticket,
        reference: it.reference.clone(),
    }
}

/// What a line of a file has become.
pub(crate) fn imported(hall: &Hall, reference: &str) -> Option<ImportedAppointment> {
    let it = &hall.appointment_by_reference(reference)?.appointment;
    Some(ImportedAppointment { reference: reference.to_owned(), id: it.id, code: it.code.clone() })
}

/// The slots of a lane on a day.
pub(crate) fn slots(hall: &Hall, lane: &LaneId, day: Date, now: Timestamp) -> Vec<SlotView> {
    let slot = |it: queue_core::Slot| SlotView {
        from: it.time,
        to: it.to,
        booked: it.booked,
        free: it.free,
    };
    queue_core::slots(hall, lane, day, now).into_iter().map(slot).collect()
}

/// Nobody can check in any more: it is missed, though that is written
/// down when the day ends.
fn state(hall: &Hall, held: &HeldAppointment, now: Timestamp) -> AppointmentState {
    let grace = SignedDuration::from_mins(i64::from(hall.rules().appointments.missed_minutes));
    let over = now.duration_since(held.appointment.starts) >= grace;
    match held.state {
        AppointmentState::Booked if over => AppointmentState::Missed,
        state => state,
    }
}
