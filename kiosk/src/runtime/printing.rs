//! The printer's side: one slip after the other, and what became of each.

use anyhow::Context;
use kiosk_core::{Msg, TicketRef};
use queue_api::{CommandId, PrintOutcome, PrinterState};
use slip::{PrinterStatus, Profile, Slip};
use tokio::sync::mpsc;

use super::{Hands, Sent, staff};
use crate::printer::{Before, Patience, Printer, PrinterUri};

/// Slips that wait for the printer.
pub(super) const SLIPS_MAX: usize = 8;

/// A slip and whose press it is.
pub(super) struct PrintJob {
    job: CommandId,
    slip: Slip,
}

/// Starts the printer's thread.
pub(super) fn open_printer(
    uri: &PrinterUri,
    profile: Profile,
    before: Before,
    messages: mpsc::Sender<Sent>,
) -> anyhow::Result<Printer> {
    let changed = move |status| {
        let msg = Msg::PrinterChanged { state: printer_state(status) };
        // Nobody listens any more when the kiosk stops.
        let _closed = messages.blocking_send(Sent::Msg(Box::new(msg))).is_err();
    };
    Printer::open(uri, profile, before, Patience::DEFAULT, changed)
        .context("cannot start the printer's thread")
}

/// The printer's status in the words of the server.
fn printer_state(status: PrinterStatus) -> PrinterState {
    match status {
        PrinterStatus::Ready => PrinterState::Ready,
        PrinterStatus::NearEnd => PrinterState::NearEnd,
        PrinterStatus::NoPaper => PrinterState::NoPaper,
        PrinterStatus::CoverOpen => PrinterState::CoverOpen,
        PrinterStatus::CutterJam => PrinterState::CutterJam,
        PrinterStatus::PaperJam => PrinterState::PaperJam,
        PrinterStatus::NotTaken => PrinterState::NotTaken,
        PrinterStatus::Cooling => PrinterState::Cooling,
        PrinterStatus::Broken | PrinterStatus::Offline => PrinterState::Fault,
        PrinterStatus::NoAnswer | PrinterStatus::NotConnected => PrinterState::Away,
    }
}

/// The printer's outcome in the words of the server.
fn outcome_of(outcome: slip::PrintOutcome) -> PrintOutcome {
    match outcome {
        slip::PrintOutcome::Done => PrintOutcome::Done,
        slip::PrintOutcome::NotStarted { reason } => {
            PrintOutcome::NotStarted { reason: reason.word().to_owned() }
        }
        slip::PrintOutcome::Unknown => PrintOutcome::Unknown,
    }
}

/// The number of the notice on a slip.
fn notice_of(slip: &Slip) -> Option<&str> {
    match slip {
        Slip::Notice(notice) | Slip::TicketAndNotice(_, notice) => Some(&notice.notice_number),
        Slip::Ticket(_)
        | Slip::ReturnPass(_)
        | Slip::Elsewhere(_)
        | Slip::Report(_)
        | Slip::Test(_) => None,
    }
}

impl Hands {
    /// A slip for the printer, noted first.
    pub(super) async fn queue(self, job: CommandId, ticket: Option<TicketRef>, slip: Slip) {
        let now = appliance::now();
        self.note("job", |store| store.job_queued(&job, ticket.as_ref(), notice_of(&slip), now));
        let refused = match self.slips.try_send(PrintJob { job, slip }) {
            Ok(()) => return,
            Err(mpsc::error::TrySendError::Full(it) | mpsc::error::TrySendError::Closed(it)) => it,
        };
        let outcome = PrintOutcome::NotStarted { reason: "busy".to_owned() };
        self.ended(refused.job, outcome).await;
    }

    /// The printer's side: one slip after the other.
    pub(super) async fn print_in_turn(
        self,
        printer: Printer,
        paper: Profile,
        mut slips: mpsc::Receiver<PrintJob>,
    ) {
        while let Some(PrintJob { job, slip }) = slips.recv().await {
            let mm = staff::paper_mm(&slip, &paper);
            self.note("job", |store| store.job_sending(&job));
            let outcome = match printer.print(slip).await {
                Ok(outcome) => outcome_of(outcome),
                // The printer's thread is gone; nobody knows how far it came.
                Err(_) => PrintOutcome::Unknown,
            };
            if !matches!(outcome, PrintOutcome::NotStarted { .. }) {
                self.count_paper(mm);
            }
            self.ended(job, outcome).await;
        }
    }

    async fn ended(&self, job: CommandId, outcome: PrintOutcome) {
        match &outcome {
            PrintOutcome::Done => tracing::info!(%job, "printed"),
            PrintOutcome::NotStarted { reason } => tracing::warn!(%job, reason, "not printed"),
            PrintOutcome::Unknown => tracing::warn!(%job, "perhaps not printed"),
        }
        self.note("outcome", |store| store.job_ended(&job, &outcome));
        self.tell(Msg::Printed { job, outcome }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_told_what_the_printer_says() {
        for (status, state) in [
            (PrinterStatus::Ready, "ready"),
            (PrinterStatus::NearEnd, "near_end"),
            (PrinterStatus::NoPaper, "no_paper"),
            (PrinterStatus::CoverOpen, "cover_open"),
            (PrinterStatus::CutterJam, "cutter_jam"),
            (PrinterStatus::PaperJam, "paper_jam"),
            (PrinterStatus::NotTaken, "not_taken"),
            (PrinterStatus::Cooling, "cooling"),
            (PrinterStatus::Broken, "fault"),
            (PrinterStatus::Offline, "fault"),
            (PrinterStatus::NoAnswer, "away"),
            (PrinterStatus::NotConnected, "away"),
        ] {
            let told = serde_json::to_string(&printer_state(status)).unwrap();
            assert_eq!(told, format!("\"{state}\""), "{status:?}");
        }
    }
}
