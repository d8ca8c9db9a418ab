//! Who makes appointments in the simulation, and gives them up: one place
//! for the desk, the telephone and the files of other programs.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use queue_api::{AppointmentCode, LaneId};
use queue_core::{AppointmentState, Booking, BookingLine, Command, Hall, HeldAppointment};

use super::times::Times;

use chance::Chance;

/// Slots from the next on in which somebody is wanted.
const SLOTS_AHEAD: u64 = 5;

/// What is asked for next; `nth` is no one else's.
pub(super) fn books(
    hall: &Hall,
    lanes: &[LaneId],
    chance: &mut Chance,
    nth: u64,
    now: Timestamp,
) -> Option<Command> {
    match chance.between(0, 99) {
        0..80 => Some(Command::MakeAppointment(booking(hall, lanes, chance, now)?)),
        80..90 => {
            let all: Vec<&HeldAppointment> = hall.appointments().collect();
            let awaited = |it: &&&HeldAppointment| it.state == AppointmentState::Booked;
            let booked: Vec<&HeldAppointment> = all.iter().filter(awaited).copied().collect();
            let whom = if chance.percent(80) { booked } else { all };
            let whom = chance.any(&whom)?;
            Some(Command::CancelAppointment { appointment: whom.appointment.id })
        }
        _ => Some(Command::ImportAppointments {
            file: format!("file-{nth}"),
            lines: lines(hall, lanes, chance, nth, now)?,
        }),
    }
}

/// A code as the server's door makes it: nearly always a new one.
pub(super) fn code(hall: &Hall, chance: &mut Chance) -> AppointmentCode {
    let known: Vec<&HeldAppointment> = hall.appointments().collect();
    if let Some(known) = chance.any(&known).filter(|_| chance.percent(2)) {
        return known.appointment.code.clone();
    }
    let code = chance.between(10_000_000, 99_999_999).to_string();
    code.parse().expect("eight digits make a code")
}

fn booking(hall: &Hall, lanes: &[LaneId], chance: &mut Chance, now: Timestamp) -> Option<Booking> {
    let (day, time) = slot(hall, chance, now)?;
    let (lane, code) = (chance.any(lanes)?.clone(), code(hall, chance));
    let matter = chance.percent(30).then(|| "senior-card".to_owned());
    Some(Booking { code, lane, matter, day, time, reference: None })
}

/// One of the slots to come; at times the one that has begun, or none.
fn slot(hall: &Hall, chance: &mut Chance, now: Timestamp) -> Option<(Date, Time)> {
    let rules = hall.rules();
    let now = rules.zone.to_datetime(now);
    let length = u64::from(rules.appointments.slot_minutes.max(1));
    let minute = u64::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).ok()?;
    let ahead = if chance.percent(3) { 0 } else { chance.between(1, SLOTS_AHEAD) };
    let askew = if chance.percent(2) { 3 } else { 0 };
    let minute = (minute / length + ahead) * length + askew;
    let midnight = minute / 1_440 + u64::from(chance.percent(10));
    let day = now.date().checked_add(i64::try_from(midnight).ok()?.days()).ok()?;
    let part = |it: u64| i8::try_from(it).ok();
    Some((day, Time::new(part(minute % 1_440 / 60)?, part(minute % 60)?, 0, 0).ok()?))
}

/// Lines of a file of another program; every third file was there before.
fn lines(
    hall: &Hall,
    lanes: &[LaneId],
    chance: &mut Chance,
    nth: u64,
    now: Timestamp,
) -> Option<Vec<BookingLine>> {
    let imported = |it: &&HeldAppointment| it.appointment.reference.is_some();
    let known: Vec<&HeldAppointment> = hall.appointments().filter(imported).collect();
    let count = chance.between(1, 3);
    let again = chance.percent(33);
    (1..=count)
        .map(|line| {
            let booking = match chance.any(&known).filter(|_| again) {
                Some(known) => again_as(known),
                None => Booking {
                    reference: Some(format!("P-{nth}-{line}")),
                    ..booking(hall, lanes, chance, now)?
                },
            };
            Some(BookingLine { line, booking })
        })
        .collect()
}

fn again_as(known: &HeldAppointment) -> Booking {
    let it = known.appointment.clone();
    Booking {
        code: it.code,
        lane: it.lane,
        matter: it.matter,
        day: it.day,
        time: it.time,
        reference: it.reference,
    }
}
