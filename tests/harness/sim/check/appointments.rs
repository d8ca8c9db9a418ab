//! Appointments by their rules, said a second time: one ticket each and
//! at its time, no more of them than the windows' time holds, and who did
//! not come is written down once, when the next day opens.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use queue_api::{
    AppointmentCode, AppointmentId, Class, CommandId, LaneId, ProblemCode, TicketId, WindowId,
};
use queue_core::{Appointment, Booking, Command, Event, Issued};

use super::services::Rounded;
use super::{Checker, Verdict, hold};

/// A day in minutes.
const DAY_MINUTES: u32 = 1_440;

/// What became of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Awaited,
    Ticket(TicketId),
    Cancelled,
    Missed,
}

/// All that the record ever had.
#[derive(Debug, Default)]
pub(super) struct Promises {
    all: BTreeMap<AppointmentId, (Appointment, Became)>,
    /// Written down as missed, with the next day not open yet.
    missing: Vec<AppointmentId>,
    /// Whose appointment a command is to cancel.
    meant: BTreeMap<CommandId, AppointmentCode>,
    counts: Counts,
}

/// How many there were.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::sim) struct Counts {
    pub(in crate::sim) booked: u64,
    pub(in crate::sim) checked_in: u64,
    pub(in crate::sim) cancelled: u64,
    pub(in crate::sim) missed: u64,
    /// Called before their slot.
    pub(in crate::sim) early: u64,
}

fn minutes(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

fn minute_of(time: Time) -> u32 {
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(u32::MAX)
}

impl Checker {
    /// What is in the record of an appointment. Of those who are missed
    /// nothing is said but when a day ends.
    pub(super) fn is_promised(&mut self, event: &Event, at: Timestamp) -> Verdict {
        let ends_the_day = matches!(
            event,
            Event::AppointmentMissed { .. }
                // Also to those who waited in vain until then.
                | Event::PassGiven { .. }
                | Event::TicketVoided { .. }
                | Event::WindowClosed { .. }
                | Event::DayClosed { .. }
                | Event::DayOpened { .. }
        );
        let missing = self.promises.missing.first();
        hold(ends_the_day || missing.is_none(), || format!("{missing:?} is missed too soon"))?;
        match event {
            Event::AppointmentMade { appointment } => self.is_booked(appointment),
            Event::AppointmentCancelled { appointment } => self.is_cancelled(*appointment, at),
            Event::AppointmentMissed { appointment } => {
                self.promises.counts.missed += 1;
                self.promises.missing.push(*appointment);
                self.ends(*appointment, Became::Missed).map(|_| ())
            }
            Event::TicketIssued(it) => it.appointment.map_or(Ok(()), |id| self.comes(id, it, at)),
            Event::DayOpened { day } => self.are_missed(*day),
            _ => Ok(()),
        }
    }

    /// It is awaited, and from now on it is not.
    fn ends(&mut self, id: AppointmentId, how: Became) -> Result<Appointment, String> {
        let (appointment, became) =
            self.promises.all.get_mut(&id).ok_or_else(|| format!("nobody made {id}"))?;
        let before = std::mem::replace(became, how);
        hold(before == Became::Awaited, || format!("{id} is {before:?} already"))?;
        Ok(appointment.clone())
    }

    fn is_booked(&mut self, it: &Appointment) -> Verdict {
        self.promises.counts.booked += 1;
        let Appointment { id, code, lane, day, time, starts, reference, .. } = it;
        let today = self.day.ok_or("no day is open")?;
        hold(*day >= today, || format!("{id} is for {day}"))?;
        let last = self.promises.all.keys().next_back();
        hold(last.is_none_or(|last| last < id), || format!("{id} follows {last:?}"))?;
        let begins = self.rules.zone.to_timestamp(day.to_datetime(*time));
        hold(begins.ok() == Some(*starts), || format!("{id} of {time} starts at {starts}"))?;
        hold(self.is_slot(lane, *time), || format!("{lane} has no slot at {time}"))?;
        // Of days before yesterday's nothing is asked any more.
        let yesterday = self.days.iter().rev().nth(1).copied().unwrap_or(today);
        let mut known = self.promises.all.values().filter(|(it, _)| it.day >= yesterday);
        let same = known
            .find(|(it, _)| it.code == *code || reference.is_some() && it.reference == *reference);
        hold(same.is_none(), || format!("{id} is also {same:?}"))?;
        self.promises.all.insert(*id, (it.clone(), Became::Awaited));
        let over =
            self.roundings().iter().all(|up| !self.has_room(lane, *day, minute_of(*time), 0, up));
        hold(!over, || format!("{lane} of {day} {time} is booked over its capacity by {id}"))
    }

    /// Whether a slot of the lane begins at this time.
    fn is_slot(&self, lane: &LaneId, time: Time) -> bool {
        let Some(of_lane) = self.rules.lanes.get(lane) else { return false };
        let (at, length) = (minute_of(time), self.rules.appointments.slot_minutes);
        let begins = |from: u32, to: u32| {
            at >= from && at + length <= to && (at - from).is_multiple_of(length)
        };
        let mut spans = of_lane.spans.iter().map(|it| (minute_of(it.from), minute_of(it.to)));
        time.second() == 0
            && if of_lane.spans.is_empty() {
                begins(0, DAY_MINUTES)
            } else {
                spans.any(|(from, to)| begins(from, to))
            }
    }

    fn service_minutes(&self, lane: &LaneId, rounded: Rounded) -> u32 {
        let assumed = self.rules.lanes.get(lane).map_or(0, |it| it.service_minutes);
        self.services.minutes(lane, assumed, rounded)
    }

    /// Every choice of lanes whose minutes may have been rounded up: a mean
    /// so near to half a minute that it is not known which was done.
    fn roundings(&self) -> Vec<BTreeSet<LaneId>> {
        let unsure = |lane: &&LaneId| {
            self.service_minutes(lane, Rounded::Down) != self.service_minutes(lane, Rounded::Up)
        };
        let mut choices = vec![BTreeSet::new()];
        for lane in self.rules.lanes.keys().filter(unsure) {
            let with = |it: &BTreeSet<LaneId>| it.iter().chain([lane]).cloned().collect();
            let more: Vec<_> = choices.iter().map(with).collect();
            choices.extend(more);
        }
        choices
    }

    /// Whether what is booked, and `more` in this slot, fits: of the time
    /// of any windows no more than the share is promised to the lanes
    /// that have only these, in any stretch long enough for one service.
    /// The minutes of one service are rounded up in the lanes of `up`.
    fn has_room(
        &self,
        lane: &LaneId,
        day: Date,
        at: u32,
        more: u32,
        up: &BTreeSet<LaneId>,
    ) -> bool {
        let rules = self.rules;
        let (slot, share) = (rules.appointments.slot_minutes, rules.appointments.share_percent);
        let service = |lane: &LaneId| {
            let rounded = if up.contains(lane) { Rounded::Up } else { Rounded::Down };
            self.service_minutes(lane, rounded)
        };
        let windows_of = |lane: &LaneId| -> BTreeSet<WindowId> {
            let own = rules.windows.iter().filter(|(_, it)| !it.tidal && it.lanes.contains(lane));
            own.map(|(id, _)| *id).collect()
        };
        let own = windows_of(lane);
        let sets: BTreeSet<_> =
            rules.lanes.keys().map(windows_of).filter(|it| it.is_superset(&own)).collect();
        let takes = |(it, became): &&(Appointment, Became)| {
            it.day == day && matches!(became, Became::Awaited | Became::Ticket(_))
        };
        let promised: Vec<(u32, u32, BTreeSet<WindowId>)> = self
            .promises
            .all
            .values()
            .filter(takes)
            .map(|(it, _)| (minute_of(it.time), service(&it.lane), windows_of(&it.lane)))
            .collect();
        let fits = |windows: &BTreeSet<WindowId>| {
            let hundredths = share * u32::try_from(windows.len()).unwrap_or(0);
            let stretch = slot * (service(lane) * 100).div_ceil((hundredths * slot).max(1));
            let room = hundredths * stretch / 100;
            stretch <= DAY_MINUTES
                && (0..stretch / slot).all(|back| {
                    // The first may begin on the day before.
                    let begin = at + DAY_MINUTES - back * slot;
                    let within =
                        |minute: u32| (begin..begin + stretch).contains(&(minute + DAY_MINUTES));
                    let work: u32 = promised
                        .iter()
                        .filter(|(minute, _, of)| within(*minute) && of.is_subset(windows))
                        .map(|(_, service, _)| service)
                        .sum();
                    work + more * service(lane) <= room
                })
        };
        !own.is_empty() && sets.iter().all(fits)
    }

    /// In time, and the one that was meant.
    fn is_cancelled(&mut self, id: AppointmentId, at: Timestamp) -> Verdict {
        self.promises.counts.cancelled += 1;
        let it = self.ends(id, Became::Cancelled)?;
        let left = it.starts.duration_since(at);
        let in_time = left >= minutes(self.rules.appointments.cancel_minutes);
        hold(in_time, || format!("{id} is cancelled {left:#} before"))?;
        let meant = self.last_command.as_ref().and_then(|it| self.promises.meant.get(it));
        hold(meant.is_none_or(|code| *code == it.code), || {
            format!("{id} is cancelled, {meant:?} was meant")
        })
    }

    /// Somebody with an appointment has a ticket: in its lane, in its
    /// time, and counting from its slot, or from coming if that is late.
    fn comes(&mut self, id: AppointmentId, issued: &Issued, at: Timestamp) -> Verdict {
        self.promises.counts.checked_in += 1;
        let it = self.ends(id, Became::Ticket(issued.ticket))?;
        let same = (issued.class, &issued.lane, &issued.matter)
            == (Class::Appointment, &it.lane, &it.matter);
        hold(same, || format!("{id} was for {} {:?}", it.lane, it.matter))?;
        let in_time = self.turned_away(&it, at).is_none();
        hold(in_time, || format!("{id} of {} is checked in at {at}", it.starts))?;
        let late = at.duration_since(it.starts) > minutes(self.rules.appointments.on_time_minutes);
        let from = if late { at } else { it.starts };
        let counts_from = issued.waits_from.unwrap_or(at);
        hold(counts_from == from, || format!("{id} counts from {counts_from}, not {from}"))
    }

    /// What somebody with an appointment that is awaited is told at this
    /// time instead of a number.
    fn turned_away(&self, it: &Appointment, at: Timestamp) -> Option<ProblemCode> {
        let rules = &self.rules.appointments;
        let behind = at.duration_since(it.starts);
        if self.day < Some(it.day) || behind < -minutes(rules.early_minutes) {
            return Some(ProblemCode::CheckInEarly);
        }
        let missed = self.day > Some(it.day) || behind >= minutes(rules.missed_minutes);
        missed.then_some(ProblemCode::AppointmentMissed)
    }

    /// A day opens: whoever was awaited before it is written down, and
    /// nobody else.
    fn are_missed(&mut self, day: Date) -> Verdict {
        let all = &self.promises.all;
        let silent =
            all.iter().find(|(_, (it, became))| it.day < day && *became == Became::Awaited);
        hold(silent.is_none(), || format!("{silent:?} did not come, and nothing says so"))?;
        let missing = std::mem::take(&mut self.promises.missing);
        let soon = missing.iter().find(|id| all.get(id).is_none_or(|(it, _)| it.day >= day));
        hold(soon.is_none(), || format!("{soon:?} is missed before its day is over"))
    }

    /// How many there were so far.
    pub(in crate::sim) fn counts(&self) -> Counts {
        self.promises.counts
    }

    /// Somebody was called before their slot.
    pub(super) fn is_called_early(&mut self, early: bool) {
        self.promises.counts.early += u64::from(early);
    }

    /// A command is to cancel the appointment that has this code.
    pub(in crate::sim) fn means(&mut self, command: CommandId, code: AppointmentCode) {
        self.promises.meant.entry(command).or_insert(code);
    }

    /// What was meant goes on when the record is an old copy.
    pub(super) fn meant(&mut self) -> Promises {
        Promises { meant: std::mem::take(&mut self.promises.meant), ..Promises::default() }
    }

    /// Somebody was told that they are checked in already.
    pub(in crate::sim) fn is_checked_in(&self, id: AppointmentId, as_: TicketId) -> Verdict {
        let became = self.promises.all.get(&id).map(|(_, became)| *became);
        hold(became == Some(Became::Ticket(as_)), || format!("{id} is not {as_}, but {became:?}"))
    }

    /// A command was refused, and nothing else was done with it: nobody
    /// is turned away who is in time, or told that a slot is full which
    /// is not.
    pub(in crate::sim) fn is_refused(
        &self,
        command: &Command,
        code: ProblemCode,
        now: Timestamp,
    ) -> Verdict {
        if code.status() >= 500 || code == ProblemCode::CommandReused {
            return Ok(());
        }
        let now = now.max(self.at);
        // Those of days before yesterday are not known any more.
        let yesterday = self.days.iter().rev().nth(1).copied();
        let of = |id: &AppointmentId| {
            self.promises.all.get(id).filter(|(it, _)| Some(it.day) >= yesterday)
        };
        let due = match command {
            Command::CheckIn { appointment, .. } => match of(appointment) {
                Some((it, Became::Awaited)) => self.turned_away(it, now),
                Some((_, Became::Ticket(_))) => Some(ProblemCode::CheckedInBefore),
                Some((_, Became::Missed)) => Some(ProblemCode::AppointmentMissed),
                Some((_, Became::Cancelled)) => Some(ProblemCode::NotBooked),
                None => Some(ProblemCode::UnknownAppointment),
            },
            Command::CancelAppointment { appointment } => match of(appointment) {
                Some((it, Became::Awaited)) => {
                    let least = minutes(self.rules.appointments.cancel_minutes);
                    let late = it.starts.duration_since(now) < least;
                    late.then_some(ProblemCode::CancelTooLate)
                }
                Some(_) => Some(ProblemCode::NotBooked),
                None => Some(ProblemCode::UnknownAppointment),
            },
            Command::MakeAppointment(booking) if code == ProblemCode::SlotFull => {
                return self.is_full(booking);
            }
            _ => return Ok(()),
        };
        hold(due == Some(code), || format!("{command:?} is refused as {code:?}, not {due:?}"))
    }

    fn is_full(&self, it: &Booking) -> Verdict {
        let has_room = |up| self.has_room(&it.lane, it.day, minute_of(it.time), 1, up);
        let room = self.roundings().iter().all(has_room);
        hold(!room, || format!("{it:?} is refused as full, and it is not"))
    }
}
