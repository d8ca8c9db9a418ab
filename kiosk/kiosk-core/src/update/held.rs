//! What the visitor has in the hand: a number typed, a slip or a code
//! scanned. The server says what it is worth today; nothing is given for
//! a number alone but its place, the way back into the line, and a slip
//! without the ticket's secret (D-053).

use jiff::Timestamp;
use queue_api::{CommandId, PassView, Ticket, TicketNumber, TicketState};

use super::{errand, report};
use crate::held::{Held, Sorry, Wanted};
use crate::number::Given;
use crate::request::Claim;
use crate::scan::{Scan, Shown, meaning};
use crate::state::{AWAY_AFTER_LOST_S, AWAY_AFTER_S, Page, REPRINTS_MAX, State};
use crate::{Effect, IssueFailure};

pub(super) use crate::held::Progress;

/// The longest code of an appointment, and the shortest, in digits.
const CODE_DIGITS: std::ops::RangeInclusive<usize> = 8..=16;

/// The most letters before them.
const LETTERS_MAX: usize = 4;

/// The most digits that a number of one day can have.
const NUMBER_DIGITS_MAX: usize = 5;

/// HTTP statuses from here on say that the server cannot just now.
const SERVER_TROUBLE: u16 = 500;

/// A digit on a pad; a keyboard also has the letter before the digits.
pub(super) fn type_key(page: &mut Page, key: char) {
    if let Page::Number { typed, .. } = page
        && key.is_ascii_alphabetic()
        && digits(typed).is_empty()
        && typed.len() < LETTERS_MAX
    {
        typed.push(key.to_ascii_uppercase());
    }
    if !key.is_ascii_digit() {
        return;
    }
    match page {
        Page::Code { typed } if typed.len() < *CODE_DIGITS.end() => typed.push(key),
        Page::Number { typed, .. } if digits(typed).len() < NUMBER_DIGITS_MAX => typed.push(key),
        _ => {}
    }
}

/// The lane before the digits, in place of another.
pub(super) fn type_lane(page: &mut Page, lane: &queue_api::LaneId) {
    if let Page::Number { typed, .. } = page {
        *typed = format!("{lane}{}", digits(typed));
    }
}

fn digits(typed: &str) -> &str {
    typed.trim_start_matches(|it: char| it.is_ascii_uppercase())
}

/// Whether what was typed is long enough to be asked for.
pub(crate) fn is_complete(page: &Page) -> bool {
    match page {
        Page::Code { typed } => CODE_DIGITS.contains(&typed.len()),
        Page::Number { typed, .. } => number(typed).is_some(),
        _ => false,
    }
}

/// `A23` and `A023` are one number.
fn number(typed: &str) -> Option<TicketNumber> {
    let digits = digits(typed);
    let lane = typed[..typed.len() - digits.len()].parse().ok()?;
    let count = digits.parse().ok().filter(|it| *it > 0)?;
    Some(TicketNumber { lane, count })
}

/// What was typed is all of it.
pub(super) fn enter(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    match state.visit.page.clone() {
        Page::Code { typed } => match typed.parse() {
            Ok(code) => errand::claim(state, Claim::Appointment(code), command_id),
            Err(_) => Vec::new(),
        },
        Page::Number { typed, report } => match number(&typed) {
            Some(number) => {
                let effects = look(state, Wanted::Number(command_id, number), false);
                state.visit.held.iter_mut().for_each(|it| it.report = report);
                effects
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A scanner has read something, where somebody may be expected to show
/// it: at home, at a pad, and where something was shown before.
pub(super) fn scanned(state: &mut State, text: &str, command_id: CommandId) -> Vec<Effect> {
    let page = &state.visit.page;
    let waits = matches!(
        page,
        Page::Home | Page::Have | Page::Code { .. } | Page::Number { .. } | Page::Held
    );
    if !waits || state.hall.is_none() || state.catalogue.is_none() {
        return Vec::new();
    }
    if *page == Page::Held {
        leave(state);
    }
    // A scanner that is a keyboard typed into the pad, too.
    if let Page::Code { typed } | Page::Number { typed, .. } = &mut state.visit.page {
        typed.clear();
    }
    let checks_in = matches!(state.visit.page, Page::Code { .. });
    let shown = if checks_in { Shown::AtCheckIn } else { Shown::Anywhere };
    match meaning(text, shown) {
        Scan::Appointment(code) => errand::claim(state, Claim::Appointment(code), command_id),
        Scan::Ticket(token) => look(state, Wanted::Ticket(command_id, token), true),
        Scan::Pass(token) => look(state, Wanted::Pass(command_id, token), true),
        Scan::Notice(_) => tell(state, Sorry::Notice),
        Scan::Unknown => tell(state, Sorry::Unreadable),
    }
}

/// Away from what was shown before.
pub(super) fn leave(state: &mut State) {
    state.visit.held = None;
    state.visit.come_back();
}

fn tell(state: &mut State, sorry: Sorry) -> Vec<Effect> {
    let progress = Progress::Sorry(sorry);
    state.visit.held =
        Some(Held { asked: Wanted::Nothing, shown: true, n_slips: 0, report: None, progress });
    state.visit.go(Page::Held);
    Vec::new()
}

fn look(state: &mut State, asked: Wanted, shown: bool) -> Vec<Effect> {
    let progress = Progress::Asking { since: state.now };
    let effects = ask(&asked);
    state.visit.held = Some(Held { asked, shown, n_slips: 0, report: None, progress });
    state.visit.go(Page::Held);
    effects
}

fn ask(asked: &Wanted) -> Vec<Effect> {
    let effect = match asked.clone() {
        Wanted::Number(command_id, number) => Effect::FindByNumber { command_id, number },
        Wanted::Ticket(command_id, token) => Effect::FindBySecret { command_id, token },
        Wanted::Pass(command_id, token) => Effect::FindPass { command_id, token },
        Wanted::Rejoin(command_id, ticket) => Effect::Reinstate { command_id, ticket: ticket.id },
        Wanted::Nothing => return Vec::new(),
    };
    vec![effect]
}

/// Asks again with the id of the same press.
pub(super) fn try_again(state: &mut State) -> Vec<Effect> {
    match &mut state.visit.held {
        Some(Held { asked, progress: progress @ Progress::Away, .. }) => {
            *progress = Progress::Asking { since: state.now };
            ask(asked)
        }
        _ => Vec::new(),
    }
}

/// What is in the hand, if the answer to this press is still awaited.
fn awaited<'a>(state: &'a mut State, command_id: &CommandId) -> Option<&'a mut Held> {
    state.visit.held.as_mut().filter(|it| {
        matches!(it.progress, Progress::Asking { .. } | Progress::Away)
            && it.asked.command_id() == Some(command_id)
    })
}

/// The server knows the ticket.
pub(super) fn ticket_found(
    state: &mut State,
    command_id: &CommandId,
    ticket: Ticket,
) -> Vec<Effect> {
    if let Some(Held { asked: Wanted::Number(_, number), report: Some(kind), .. }) =
        awaited(state, command_id)
    {
        let (number, kind) = (number.clone(), *kind);
        return report::print(state, kind, Some(&number), Some(&ticket), command_id.clone());
    }
    if let Some(held) = awaited(state, command_id) {
        let rejoined = matches!(held.asked, Wanted::Rejoin(..));
        held.progress = Progress::Ticket { ticket: Box::new(ticket), rejoined };
        state.visit.touched_at = state.now;
    }
    Vec::new()
}

/// What somebody showed for a number is a ticket that waits no more: the
/// page of the errand gives way to where it stands.
pub(super) fn stands(state: &mut State, ticket: Ticket) {
    let progress = Progress::Ticket { ticket: Box::new(ticket), rejoined: false };
    state.visit.held =
        Some(Held { asked: Wanted::Nothing, shown: true, n_slips: 0, report: None, progress });
    state.visit.page = Page::Held;
    state.visit.touched_at = state.now;
}

/// The server knows the pass. If its holder came back before, their
/// ticket is what they have.
pub(super) fn pass_found(
    state: &mut State,
    command_id: &CommandId,
    mut pass: PassView,
) -> Vec<Effect> {
    if let Some(held) = awaited(state, command_id) {
        held.progress = match pass.ticket.take() {
            Some(ticket) => Progress::Ticket { ticket: Box::new(ticket), rejoined: false },
            None => Progress::Pass(Box::new(pass)),
        };
        state.visit.touched_at = state.now;
    }
    Vec::new()
}

/// There is no answer, or no. A slip that is none of today's may be of
/// somebody who waited in vain: then it is a return pass.
pub(super) fn look_failed(
    state: &mut State,
    command_id: &CommandId,
    failure: IssueFailure,
) -> Vec<Effect> {
    let now = state.now;
    let Some(held) = awaited(state, command_id) else { return Vec::new() };
    let sorry = match failure {
        IssueFailure::Refused(problem) if problem.status < SERVER_TROUBLE => Sorry::of(&problem),
        IssueFailure::Unreachable | IssueFailure::Refused(_) => {
            if held.report.is_some() {
                return report_without_server(state);
            }
            held.progress = Progress::Away;
            state.visit.touched_at = now;
            return Vec::new();
        }
    };
    if let Wanted::Ticket(command_id, token) = &held.asked
        && sorry == Sorry::Ticket
    {
        held.asked = Wanted::Pass(command_id.clone(), token.clone());
        return ask(&held.asked);
    }
    held.progress = Progress::Sorry(sorry);
    state.visit.touched_at = now;
    Vec::new()
}

/// No answer for long: the visitor is told, and the asking goes on.
pub(super) fn lose_patience(state: &mut State, now: Timestamp) -> Vec<Effect> {
    let patience_s = if state.queue.connected { AWAY_AFTER_S } else { AWAY_AFTER_LOST_S };
    if let Some(held) = &mut state.visit.held
        && let Progress::Asking { since } = held.progress
        && now.duration_since(since).as_secs() >= patience_s
    {
        if held.report.is_some() {
            return report_without_server(state);
        }
        held.progress = Progress::Away;
        state.visit.touched_at = now;
    }
    Vec::new()
}

/// A report needs no server: the rest is written by hand.
fn report_without_server(state: &mut State) -> Vec<Effect> {
    let Some(Held { asked: Wanted::Number(job, number), report: Some(kind), .. }) =
        state.visit.held.take()
    else {
        return Vec::new();
    };
    report::print(state, kind, Some(&number), None, job)
}

/// Back into the line.
pub(super) fn rejoin(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    let now = state.now;
    let Some(held) = &mut state.visit.held else { return Vec::new() };
    let Progress::Ticket { ticket, .. } = &held.progress else { return Vec::new() };
    if state.visit.page != Page::Held || !may_rejoin(ticket, now) {
        return Vec::new();
    }
    held.asked = Wanted::Rejoin(command_id, ticket.clone());
    held.progress = Progress::Asking { since: now };
    ask(&held.asked)
}

/// Whether a ticket can be put back now. The kiosk's clock may differ a
/// little from the server's, which has the last word.
pub(crate) fn may_rejoin(ticket: &Ticket, now: Timestamp) -> bool {
    ticket.state == TicketState::NoShow && ticket.rejoin_until.is_some_and(|until| now <= until)
}

/// A slip of the ticket that was looked up: as it was, if the slip was
/// shown; for a number alone one that leads nowhere and says no matter.
pub(super) fn print_slip(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    if state.printer_is_unable() || state.visit.page != Page::Held {
        return Vec::new();
    }
    let Some(held) = &mut state.visit.held else { return Vec::new() };
    if !may_print(held) {
        return Vec::new();
    }
    let Progress::Ticket { ticket, .. } = &mut held.progress else { return Vec::new() };
    let given = Given::from((**ticket).clone());
    held.n_slips += 1;
    ticket.on_paper = true;
    let given =
        if held.shown { given } else { Given { matter: None, url: String::new(), ..given } };
    errand::print_again(state, given, command_id)
}

/// Whether a slip of it is still of use, and was not printed too often.
pub(crate) fn may_print(held: &Held) -> bool {
    use TicketState::{Called, Parked, Waiting};
    let Progress::Ticket { ticket, .. } = &held.progress else { return false };
    held.n_slips < REPRINTS_MAX && matches!(ticket.state, Waiting | Called | Parked)
}

/// The holder of a return pass takes their number.
pub(super) fn come_back(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    let Some(Held { progress: Progress::Pass(pass), asked: Wanted::Pass(_, token), .. }) =
        &state.visit.held
    else {
        return Vec::new();
    };
    let lane = pass.lane.clone();
    // One who was sent on to another lane comes back there.
    let matter = pass.matter.as_deref().and_then(|id| state.catalogue.as_ref()?.matter(id));
    let matter = matter.filter(|it| it.lane == lane.as_str()).map(|it| it.id.clone());
    let claim = Claim::Pass { token: token.clone(), lane, matter };
    if state.visit.page != Page::Held {
        return Vec::new();
    }
    errand::claim(state, claim, command_id)
}
