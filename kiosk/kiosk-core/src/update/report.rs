//! A slip for whoever could not get it done, or complains. The kiosk only
//! prints: it asks for nobody's name, and what it does not know is left
//! to be written.

use queue_api::{CommandId, Ticket, TicketNumber};
use slip::{ReportKind, Slip};

use super::{errand, held};
use crate::Effect;
use crate::slips::report_slip;
use crate::state::{Page, State};

/// What it is about.
pub(super) fn chosen(state: &mut State, kind: ReportKind) {
    if state.visit.page == Page::Report && !state.printer_is_unable() {
        state.visit.go(Page::Number { typed: String::new(), report: Some(kind) });
    }
}

/// Without a number.
pub(super) fn blank(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    match state.visit.page {
        Page::Number { report: Some(kind), .. } => print(state, kind, None, None, command_id),
        _ => Vec::new(),
    }
}

/// On a ticket that the server knows, or on a number that nobody could be
/// asked about. The page of what is in the hand, if it stands, is left.
pub(super) fn print(
    state: &mut State,
    kind: ReportKind,
    number: Option<&TicketNumber>,
    ticket: Option<&Ticket>,
    job: CommandId,
) -> Vec<Effect> {
    if state.visit.page == Page::Held {
        held::leave(state);
    }
    match report_slip(state, kind, number, ticket) {
        Some(slip) => errand::print_report(state, Slip::Report(slip), job),
        None => Vec::new(),
    }
}
