//! What happens to those with an appointment in the simulated hall: they
//! are told their code, come with it, and ask until they are answered.

use jiff::{SignedDuration, Timestamp};
use queue_api::{AppointmentCode, ProblemCode, Source};
use queue_core::{Command, HeldAppointment};
use queue_server::actor::Actor;
use queue_server::engine::Asked;

use super::{Happening, KIOSKS, Sender, Verdict, World};
use crate::sim::guests::Guest;
use crate::sim::server::Answer;

/// Whoever is to come looks at the clock so often: nights take no time.
const LOOKS_EVERY: SignedDuration = SignedDuration::from_mins(10);

impl World {
    /// Something was booked, and whoever it is for will come.
    pub(super) fn expect(&mut self, asked: &Asked, answer: Answer) {
        let Some(desk) = &self.server.desk else { return };
        let hall = desk.published().hall();
        let promise = |it: &HeldAppointment| {
            let it = &it.appointment;
            (it.code.clone(), it.starts)
        };
        let promised: Vec<(AppointmentCode, Timestamp)> = match (&asked.command, answer) {
            (Command::MakeAppointment(_), Answer::Done(done)) => {
                let made = done.appointment.and_then(|id| hall.appointment(id));
                made.map(promise).into_iter().collect()
            }
            (Command::ImportAppointments { lines, .. }, Answer::Done(_)) => lines
                .iter()
                .filter_map(|it| hall.appointment_by_reference(it.booking.reference.as_deref()?))
                .map(promise)
                .collect(),
            _ => Vec::new(),
        };
        let rules = hall.rules().appointments;
        drop(hall);
        for (code, starts) in promised {
            if self.guests.iter().any(|it| it.code == code) {
                continue;
            }
            let nth = self.guests.len();
            let guest = Guest::new(nth, code, starts, &rules, KIOSKS, &mut self.chance);
            for coming in 0..guest.comings.len() {
                self.after(SignedDuration::ZERO, Happening::GuestComes(nth, coming));
            }
            self.guests.push(guest);
        }
    }

    pub(super) fn guest_comes(&mut self, nth: usize, coming: usize) {
        let to_go = self.guests[nth].comings[coming].at.duration_since(self.now + self.nights);
        if to_go > SignedDuration::ZERO {
            self.after(to_go.min(LOOKS_EVERY), Happening::GuestComes(nth, coming));
        } else {
            self.guests[nth].comings[coming].asks = true;
            self.guest_tries(nth, coming);
        }
    }

    pub(super) fn guest_tries(&mut self, nth: usize, coming: usize) {
        let it = &mut self.guests[nth].comings[coming];
        if !it.asks || !it.try_again() {
            return;
        }
        let has_power = it.kiosk.is_none_or(|kiosk| self.kiosks[kiosk].state.is_some());
        if has_power {
            self.send(Happening::GuestAsks(nth, coming), Sender::Guest(nth, coming));
        }
        self.after(SignedDuration::from_millis(1_500), Happening::GuestTries(nth, coming));
    }

    /// At the server's door: what a code stands for is known there.
    pub(super) fn guest_asks(&mut self, nth: usize, coming: usize) {
        let from = Sender::Guest(nth, coming);
        let Some(desk) = &self.server.desk else { return };
        let guest = &self.guests[nth];
        let it = &guest.comings[coming];
        let found = desk.published().hall().appointment_by_code(&guest.code).map(|held| {
            let (by, source) = if let Some(kiosk) = it.kiosk {
                (Actor::Device(self.kiosks[kiosk].name.clone()), Source::Kiosk)
            } else {
                let desk = "2001".parse().expect("four digits make a service number");
                (Actor::Staff(desk), Source::Desk)
            };
            self.figures.tokens += 1;
            let token = format!("token-{}", self.figures.tokens);
            let command = Command::CheckIn { appointment: held.appointment.id, token, source };
            Asked { command_id: Some(it.id.clone()), by, command }
        });
        if let Some(asked) = found {
            self.arrives(from, asked);
        } else {
            let answer = Answer::Refused(ProblemCode::UnknownAppointment);
            self.send(Happening::Answered(from, it.id.clone(), answer), from);
        }
    }

    /// However often they come, and to whom, it is one ticket.
    pub(super) fn guest_hears(&mut self, nth: usize, coming: usize, answer: Answer) -> Verdict {
        if matches!(answer, Answer::Refused(code) if code.status() >= 500) {
            return Ok(());
        }
        let guest = &mut self.guests[nth];
        guest.comings[coming].asks = false;
        let Some(ticket) = answer.ticket() else { return Ok(()) };
        let before = *guest.ticket.get_or_insert(ticket);
        if before != ticket && !self.checker.is_copy() {
            return Err(format!("guest {nth} has ticket {before} and ticket {ticket}"));
        }
        Ok(())
    }
}
