//! What was already answered: command id → what became of it. Rebuilt
//! from the journal on start; reaches back to the day before.

use std::collections::HashMap;

use queue_core::{Command, CommandId, Event, TicketId, WindowAct};

use super::{Done, Refusal};
use crate::journal::Row;

/// Commands of today and of the day before.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    done: HashMap<CommandId, Remembered>,
    /// Where the present day begins in the journal.
    today_from: u64,
}

#[derive(Debug)]
struct Remembered {
    seq: u64,
    ticket: Option<TicketId>,
    /// Kind of its last event, which tells commands apart.
    kind: &'static str,
}

impl Memory {
    /// Remembers the command that a row came from.
    pub(crate) fn keep(&mut self, row: &Row) {
        let event = &row.entry.event;
        if matches!(event, Event::DayOpened { .. }) {
            let yesterday_from = self.today_from;
            self.done.retain(|_, it| it.seq >= yesterday_from);
            self.today_from = row.entry.seq;
        }
        if let Some(id) = &row.origin.command_id {
            let remembered =
                Remembered { seq: row.entry.seq, ticket: event.ticket(), kind: event.kind() };
            self.done.insert(id.clone(), remembered);
        }
    }

    /// Forgets commands whose rows never reached the disk.
    pub(crate) fn forget_after(&mut self, seq: u64) {
        self.done.retain(|_, it| it.seq <= seq);
    }

    /// The answer to a command that came before, if it did.
    pub(crate) fn answer(
        &self,
        id: &CommandId,
        command: &Command,
    ) -> Option<Result<Done, Refusal>> {
        let before = self.done.get(id)?;
        if before.kind != last_kind(command) {
            return Some(Err(Refusal::CommandReused));
        }
        Some(Ok(Done { seq: before.seq, ticket: before.ticket, repeated: true }))
    }
}

/// The kind of the last event that a command leads to.
fn last_kind(command: &Command) -> &'static str {
    match command {
        Command::OpenDay { .. } => "day_opened",
        Command::IssueTicket(_) => "ticket_issued",
        Command::ReportPrinted { .. } => "ticket_printed",
        Command::VoidTicket { .. } => "ticket_voided",
        Command::AtWindow { act, .. } => match act {
            WindowAct::Open { .. } => "window_opened",
            WindowAct::Pause { .. } => "window_paused",
            WindowAct::Close => "window_closed",
            WindowAct::CallNext => "ticket_called",
            WindowAct::Recall { .. } => "ticket_recalled",
            WindowAct::Arrive { .. } => "ticket_arrived",
            WindowAct::Finish { .. } => "ticket_finished",
            WindowAct::NoShow { .. } => "ticket_no_show",
        },
    }
}
