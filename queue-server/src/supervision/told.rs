//! An event in the words that may be shown: numbers for tickets, and no
//! secret of a paper, a pass or a lease.

use std::collections::BTreeMap;

use queue_api::{Told, WhyCalled};
use queue_core::{
    CallReason, Event, Issued, Line, PrintOutcome, TicketId, TicketNumber, VoidReason,
};

use crate::journal::Row;

type Numbers = BTreeMap<TicketId, TicketNumber>;

/// What a row says.
pub(super) fn told(row: &Row, numbers: &Numbers) -> Told {
    let event = &row.entry.event;
    let mut told = Told {
        seq: row.entry.seq,
        at: row.entry.at,
        kind: event.kind().to_owned(),
        by: row.origin.by.to_string(),
        number: event.ticket().and_then(|it| numbers.get(&it).cloned()),
        class: None,
        lane: None,
        window: None,
        matter: None,
        source: None,
        priority: None,
        granted_by: None,
        outcome: None,
        how: None,
        call: None,
        note: None,
    };
    match event {
        Event::TicketIssued(issued) => issue(&mut told, issued),
        Event::TicketCalled { window, reason, helping, .. } => {
            told.window = Some(*window);
            told.call = Some(WhyCalled { helping: *helping, ..why(reason, numbers) });
            if let CallReason::ByNumber { why } = reason {
                told.note = Some(why.clone());
            }
        }
        Event::TicketFinished { window, outcome, .. }
        | Event::MatterFinished { window, outcome, .. } => {
            told.window = Some(*window);
            told.outcome = Some(*outcome);
        }
        Event::TicketRecalled { window, .. }
        | Event::TicketArrived { window, .. }
        | Event::TicketNoShow { window, .. }
        | Event::TicketParked { window, .. }
        | Event::TicketResumed { window, .. } => told.window = Some(*window),
        Event::TicketTransferred { to, note, .. } => {
            told.note.clone_from(note);
            match to {
                Line::Lane(lane) => told.lane = Some(lane.clone()),
                Line::Window(window) => told.window = Some(*window),
            }
        }
        Event::TicketVoided { reason, .. } => told.how = Some(void(*reason).to_owned()),
        Event::TicketPrinted { print, .. } => told.how = Some(paper(print).to_owned()),
        Event::PassGiven { pass, .. } => told.lane = Some(pass.lane.clone()),
        _ => {}
    }
    told
}

fn issue(told: &mut Told, issued: &Issued) {
    told.number = Some(issued.number.clone());
    told.class = Some(issued.class);
    told.lane = Some(issued.lane.clone());
    told.matter.clone_from(&issued.matter);
    told.source = Some(issued.source);
    told.priority = issued.priority;
    if let Some(grant) = &issued.grant {
        told.granted_by = Some(grant.by.clone());
        told.note = Some(grant.reason.clone());
    }
}

fn why(reason: &CallReason, numbers: &Numbers) -> WhyCalled {
    let number = |ticket: &TicketId| numbers.get(ticket).cloned();
    let of = |rule: &str, before: Option<&TicketId>| WhyCalled {
        rule: rule.to_owned(),
        before: before.and_then(number),
        ..WhyCalled::default()
    };
    match reason {
        CallReason::LongestWaiting => of("longest_waiting", None),
        CallReason::PastCap { cap_minutes, before } => {
            WhyCalled { cap_minutes: Some(*cap_minutes), ..of("past_cap", Some(before)) }
        }
        CallReason::HigherScore { rate, waited_s, before, before_rate, before_waited_s } => {
            WhyCalled {
                rate: Some(*rate),
                waited_minutes: Some(waited_s / 60),
                before_rate: Some(*before_rate),
                before_waited_minutes: Some(before_waited_s / 60),
                ..of("higher_score", Some(before))
            }
        }
        CallReason::HigherClass { before } => of("higher_class", Some(before)),
        CallReason::InTurn { in_a_row, of: most, before } => {
            WhyCalled { in_a_row: Some(*in_a_row), of: Some(*most), ..of("in_turn", Some(before)) }
        }
        CallReason::OrdinaryTurn { before } => of("ordinary_turn", Some(before)),
        CallReason::ByNumber { .. } => of("by_number", None),
    }
}

fn void(reason: VoidReason) -> &'static str {
    match reason {
        VoidReason::Cancelled => "cancelled",
        VoidReason::Left => "left",
        VoidReason::DayEnded => "day_ended",
        VoidReason::Unseen => "unseen",
        VoidReason::Replaced => "replaced",
    }
}

fn paper(print: &PrintOutcome) -> &'static str {
    match print {
        PrintOutcome::Done => "printed",
        PrintOutcome::NotStarted { .. } => "not_printed",
        PrintOutcome::Unknown => "print_unknown",
    }
}
