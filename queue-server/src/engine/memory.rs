//! What was already answered: command id → what became of it. Rebuilt
//! from the journal on start; reaches back to the day before.

use std::collections::HashMap;

use queue_core::{
    CallReason, Command, CommandId, Event, Issued, Manage, OfflineTicket, TicketId, TicketRequest,
    VoidReason, WindowAct, WindowId,
};

use super::{Done, Refusal};
use crate::journal::Row;

/// Commands of today and of the day before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    done: HashMap<CommandId, Remembered>,
    /// Where the days begin in the journal that are remembered, and that
    /// of today.
    days_from: Vec<u64>,
}

#[derive(Debug, PartialEq, Eq)]
struct Remembered {
    seq: u64,
    /// Its last event, which tells what was asked.
    event: Event,
}

impl Memory {
    /// Remembers the command that a row came from.
    pub(crate) fn keep(&mut self, row: &Row) {
        let event = &row.entry.event;
        if matches!(event, Event::DayOpened { .. }) {
            self.days_from.push(row.entry.seq);
        }
        if let Some(id) = &row.origin.command_id {
            let remembered = Remembered { seq: row.entry.seq, event: event.clone() };
            self.done.insert(id.clone(), remembered);
        }
        // The request which the kiosk gave up may still be under way.
        if let Event::TicketIssued(Issued { offline: Some(offline), .. }) = event {
            let answer = || Remembered { seq: row.entry.seq, event: event.clone() };
            self.done.entry(offline.asked_as.clone()).or_insert_with(answer);
        }
    }

    /// The ticket that a command led to, if it is remembered.
    pub(crate) fn ticket_of(&self, id: &CommandId) -> Option<TicketId> {
        self.done.get(id)?.event.ticket()
    }

    /// Forgets commands whose rows never reached the disk.
    pub(crate) fn forget_after(&mut self, seq: u64) {
        self.done.retain(|_, it| it.seq <= seq);
        self.days_from.retain(|from| *from <= seq);
    }

    /// Lets go of what came before yesterday. Only when the rows are on
    /// the disk: a day that was not opened after all ends nothing.
    pub(crate) fn prune(&mut self) {
        if let [.., yesterday_from, today_from] = self.days_from[..]
            && self.days_from.len() > 2
        {
            self.done.retain(|_, it| it.seq >= yesterday_from);
            self.days_from = vec![yesterday_from, today_from];
        }
    }

    /// The answer to a command that came before, if it did.
    pub(crate) fn answer(
        &self,
        id: &CommandId,
        command: &Command,
    ) -> Option<Result<Done, Refusal>> {
        let before = self.done.get(id)?;
        // The number which a kiosk gave is the answer to what it asked in
        // vain, under the id of that.
        let asked = |it: &Issued| it.offline.as_ref().is_none_or(|it| it.asked_as == *id);
        let other = match (command, &before.event) {
            (Command::IssueTicket(_), Event::TicketIssued(issued)) => !asked(issued),
            _ => false,
        };
        if other || !leads_to(command, &before.event) {
            return Some(Err(Refusal::CommandReused));
        }
        let (ticket, appointment) = (before.event.ticket(), before.event.appointment());
        Some(Ok(Done { seq: before.seq, ticket, appointment, repeated: true }))
    }
}

/// Whether `event` is the last that this very command leads to.
fn leads_to(command: &Command, event: &Event) -> bool {
    match (command, event) {
        (Command::OpenDay { day }, Event::DayOpened { day: opened }) => day == opened,
        (Command::IssueTicket(request), Event::TicketIssued(issued)) => issued_for(request, issued),
        (Command::CheckIn { appointment, source, .. }, Event::TicketIssued(issued)) => {
            (Some(*appointment), *source) == (issued.appointment, issued.source)
        }
        (Command::MakeAppointment(booking), Event::AppointmentMade { appointment }) => {
            appointment.is_for(booking)
        }
        (
            Command::ImportAppointments { file, .. },
            Event::AppointmentsImported { file: of, .. },
        ) => file == of,
        (
            Command::CancelAppointment { appointment },
            Event::AppointmentCancelled { appointment: of },
        ) => appointment == of,
        (
            Command::ReportPrinted { ticket, print },
            Event::TicketPrinted { ticket: of, print: was },
        ) => ticket == of && print == was,
        (Command::VoidTicket { ticket }, Event::TicketVoided { ticket: voided, reason }) => {
            ticket == voided && *reason != VoidReason::Left
        }
        (Command::LeaveQueue { ticket }, Event::TicketVoided { ticket: voided, reason }) => {
            ticket == voided && *reason == VoidReason::Left
        }
        (Command::RateService { ticket, service, level, reasons }, Event::ServiceRated(rating)) => {
            (ticket, service, level, reasons)
                == (&rating.ticket, &rating.service, &rating.level, &rating.reasons)
        }
        (Command::Reinstate { ticket }, Event::TicketReinstated { ticket: back, .. }) => {
            ticket == back
        }
        (Command::GivePass { ticket, .. }, Event::PassGiven { ticket: of, .. }) => ticket == of,
        (Command::LeaseNumbers { device, lanes, token: _ }, Event::NumbersLeased(lease)) => {
            let wanted = |lane| lanes.is_empty() || lanes.contains(lane);
            device == &lease.device && lease.blocks.iter().all(|it| wanted(&it.lane))
        }
        (Command::TakeIn(told), Event::TicketIssued(issued)) => is_told(told, issued),
        (Command::TakeIn(told), Event::NumberToldLate { day, number, .. }) => {
            (&told.day, &told.number) == (day, number)
        }
        (Command::SkipNumbers, Event::NumbersSkipped { .. }) => true,
        (Command::Manage(act), event) => managed(act, event),
        (Command::AtWindow { window, act }, event) => done_at(*window, act, event),
        _ => false,
    }
}

/// The secret of the paper is made anew for each request and says
/// nothing about what was asked.
fn issued_for(request: &TicketRequest, issued: &Issued) -> bool {
    let TicketRequest { lane, matter, class, answers, source, more, pass, token: _, .. } = request;
    issued.appointment.is_none()
        && lane == &issued.lane
        && matter == &issued.matter
        && class == &issued.class
        && answers == &issued.answers
        && source == &issued.source
        && more == &issued.more
        && pass == &issued.pass
}

/// A paper has one number and one secret, whatever else was made of it.
fn is_told(told: &OfflineTicket, issued: &Issued) -> bool {
    told.number == issued.number && told.request.token == issued.token
}

/// What the core leaves out (a lane that was stopped already) was asked
/// for all the same.
fn managed(act: &Manage, event: &Event) -> bool {
    match (act, event) {
        (Manage::CloseDay, Event::DayClosed { .. })
        | (Manage::ReopenDay, Event::DayReopened { .. }) => true,
        (Manage::StopNumbers { lanes }, Event::NumbersStopped { lanes: were })
        | (Manage::ResumeNumbers { lanes }, Event::NumbersResumed { lanes: were }) => {
            were.iter().all(|it| lanes.contains(it))
        }
        (
            Manage::AssignWindow { window, lanes, .. },
            Event::WindowAssigned { window: at, lanes: own, .. },
        ) => (window, lanes) == (at, own),
        (Manage::PostNotice(asked), Event::NoticePosted { notice }) => {
            let said = (asked.zh.trim(), asked.en.trim(), &asked.zone, &asked.until);
            said == (notice.zh.as_str(), notice.en.as_str(), &notice.zone, &notice.until)
        }
        (Manage::RemoveNotice { notice }, Event::NoticeRemoved { notice: was }) => notice == was,
        (Manage::FileStandIn(asked), Event::StandInFiled { stand_in: it }) => {
            (asked.window, &asked.staff, asked.from, asked.to)
                == (it.window, &it.staff, it.from, it.to)
        }
        (Manage::WithdrawStandIn { stand_in }, Event::StandInWithdrawn { stand_in: was }) => {
            stand_in == was
        }
        _ => false,
    }
}

/// A press that names no ticket meant whoever was there.
fn done_at(at: WindowId, act: &WindowAct, event: &Event) -> bool {
    let meant = |asked: &Option<TicketId>, was: &TicketId| asked.is_none_or(|it| it == *was);
    match (act, event) {
        (WindowAct::Open { staff }, Event::WindowOpened { window, staff: who }) => {
            (at, staff) == (*window, who)
        }
        (
            WindowAct::Pause { reason, minutes },
            Event::WindowPaused { window, reason: said, minutes: meant },
        ) => (at, reason, minutes) == (*window, said, meant),
        (WindowAct::Close, Event::WindowClosed { window }) => at == *window,
        (WindowAct::CallNext, Event::TicketCalled { window, reason, .. }) => {
            at == *window && !matches!(reason, CallReason::ByNumber { .. })
        }
        (
            WindowAct::Call { ticket, why },
            Event::TicketCalled { ticket: was, window, reason, .. },
        ) => {
            let said = matches!(reason, CallReason::ByNumber { why: said } if said == why);
            at == *window && ticket == was && said
        }
        (WindowAct::Resume { ticket }, Event::TicketResumed { ticket: was, window }) => {
            (at, ticket) == (*window, was)
        }
        (
            WindowAct::Transfer { ticket, to, note },
            Event::TicketTransferred { ticket: was, window, to: went, note: said },
        ) => Some(at) == *window && meant(ticket, was) && (to, note) == (went, said),
        (WindowAct::Recall { ticket }, Event::TicketRecalled { ticket: was, window })
        | (WindowAct::Arrive { ticket }, Event::TicketArrived { ticket: was, window })
        | (WindowAct::Park { ticket }, Event::TicketParked { ticket: was, window })
        | (WindowAct::NoShow { ticket }, Event::TicketNoShow { ticket: was, window }) => {
            at == *window && meant(ticket, was)
        }
        (
            WindowAct::Finish { ticket, outcome },
            Event::TicketFinished { ticket: was, window, outcome: how }
            | Event::MatterFinished { ticket: was, window, outcome: how, .. },
        ) => at == *window && meant(ticket, was) && outcome == how,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
