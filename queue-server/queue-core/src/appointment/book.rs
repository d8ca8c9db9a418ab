//! The appointments that the hall knows: those to come, and those of the
//! last day, so that who missed one can still be told.
//!
//! What happened is taken as given here; rules are looked at elsewhere.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{Appointment, AppointmentCode, AppointmentId, AppointmentState};
use crate::ids::{LaneId, TicketId};

/// An appointment with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldAppointment {
    /// As it was made.
    pub appointment: Appointment,
    /// Where it is in its life.
    pub state: AppointmentState,
    /// The ticket it became.
    pub ticket: Option<TicketId>,
}

/// All that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub(crate) struct Book {
    made_ever: u64,
    kept: BTreeMap<AppointmentId, HeldAppointment>,
    codes: BTreeMap<AppointmentCode, AppointmentId>,
    references: BTreeMap<String, AppointmentId>,
    /// How many take a place, by day, lane and time.
    places: BTreeMap<(Date, LaneId, Time), u32>,
}

/// The book as a morning keeps it; the rest follows from it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    made_ever: u64,
    kept: Vec<HeldAppointment>,
}

impl From<Written> for Book {
    fn from(written: Written) -> Book {
        let mut book = Book::default();
        written.kept.into_iter().for_each(|it| book.put(it));
        Book { made_ever: written.made_ever, ..book }
    }
}

impl From<Book> for Written {
    fn from(book: Book) -> Written {
        Written { made_ever: book.made_ever, kept: book.kept.into_values().collect() }
    }
}

impl Book {
    /// The id of the appointment to come.
    pub(crate) fn next_id(&self) -> AppointmentId {
        AppointmentId(self.made_ever + 1)
    }

    /// All, as they were made.
    pub(crate) fn all(&self) -> impl Iterator<Item = &HeldAppointment> {
        self.kept.values()
    }

    pub(crate) fn get(&self, id: AppointmentId) -> Option<&HeldAppointment> {
        self.kept.get(&id)
    }

    pub(crate) fn by_code(&self, code: &AppointmentCode) -> Option<&HeldAppointment> {
        self.get(*self.codes.get(code)?)
    }

    pub(crate) fn by_reference(&self, reference: &str) -> Option<&HeldAppointment> {
        self.get(*self.references.get(reference)?)
    }

    /// How many take a place in a lane between two times of a day. Who
    /// checked in takes theirs; who cancelled or missed it has freed it.
    pub(crate) fn places(&self, day: Date, lane: &LaneId, from: Time, before: Time) -> u32 {
        let key = |time| (day, lane.clone(), time);
        self.places.range(key(from)..key(before)).map(|(_, n)| *n).sum()
    }

    /// Adds one that was made.
    pub(crate) fn add(&mut self, appointment: Appointment) {
        assert_eq!(appointment.id, self.next_id(), "appointment ids have no gap");
        assert!(!self.codes.contains_key(&appointment.code), "every appointment has its own code");
        self.made_ever = appointment.id.0;
        self.put(HeldAppointment { appointment, state: AppointmentState::Booked, ticket: None });
    }

    /// Ids that may belong to appointments nobody here knows of.
    pub(crate) fn skip(&mut self, ids: u64) {
        self.made_ever += ids;
    }

    /// What becomes of one that is awaited, once.
    pub(crate) fn ends(
        &mut self,
        id: AppointmentId,
        state: AppointmentState,
        ticket: Option<TicketId>,
    ) {
        let it = self.kept.get_mut(&id).expect("the journal speaks of appointments it made");
        assert_eq!(it.state, AppointmentState::Booked, "an appointment ends once");
        (it.state, it.ticket) = (state, ticket);
        if !takes_place(state) {
            let key = place_of(&it.appointment);
            if let Some(n) = self.places.get_mut(&key) {
                *n -= 1;
                if *n == 0 {
                    self.places.remove(&key);
                }
            }
        }
    }

    /// Lets go of what is older than `day`.
    pub(crate) fn forget_before(&mut self, day: Date) {
        self.kept.retain(|_, it| it.appointment.day >= day);
        let kept = &self.kept;
        self.codes.retain(|_, id| kept.contains_key(id));
        self.references.retain(|_, id| kept.contains_key(id));
        self.places.retain(|(of, _, _), _| *of >= day);
    }

    fn put(&mut self, it: HeldAppointment) {
        let id = it.appointment.id;
        self.codes.insert(it.appointment.code.clone(), id);
        if let Some(reference) = &it.appointment.reference {
            self.references.insert(reference.clone(), id);
        }
        if takes_place(it.state) {
            *self.places.entry(place_of(&it.appointment)).or_default() += 1;
        }
        self.kept.insert(id, it);
    }
}

fn takes_place(state: AppointmentState) -> bool {
    matches!(state, AppointmentState::Booked | AppointmentState::CheckedIn)
}

fn place_of(it: &Appointment) -> (Date, LaneId, Time) {
    (it.day, it.lane.clone(), it.time)
}
