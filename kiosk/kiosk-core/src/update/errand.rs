//! The number and the paper. One press is one command id and one print
//! job, however often the server or the printer is asked.
//!
//! The path of a press is straight: `take` asks, `ticket_issued` prints,
//! `printed` reports. What can be known before is said before: a printer
//! that cannot print is told to the visitor first.

use catalogue::Inquiry;
use jiff::Timestamp;
use queue_api::{
    CheckInRequest, CommandId, IssueRequest, PrintOutcome, PrintedReport, Source, Ticket, TicketId,
    TicketState,
};
use slip::Slip;

use super::{card, held, offline};
use crate::number::{Given, TicketRef};
use crate::request::{Claim, Request};
use crate::slips::{notice_slip, ticket_slip};
use crate::state::{
    AWAY_AFTER_LOST_S, AWAY_AFTER_S, Asked, Errand, OFFLINE_AFTER_MS, Page, Paper, Progress,
    REPRINTS_MAX, State,
};
use crate::{Effect, IssueFailure, Want};

/// Told to the server where nobody was there to take the paper.
const VISITOR_LEFT: &str = PrintOutcome::VISITOR_LEFT;

/// Told to the server where the printer went unable without a word why.
const PRINTER_UNABLE: &str = "printer_unable";

/// HTTP statuses from here on say that the server cannot just now.
const SERVER_TROUBLE: u16 = 500;

/// The visitor wants a number, a notice, or both.
pub(super) fn take(
    state: &mut State,
    want: Want,
    command_id: CommandId,
    notice_number: String,
    token: String,
) -> Vec<Effect> {
    let on_a_matter = matches!(state.visit.page, Page::Guide { .. } | Page::Papers { .. });
    if !on_a_matter || state.matter().is_none() || state.hall.is_none() {
        return Vec::new();
    }
    let new = Errand::new(command_id, Progress::NoPaper);
    state.visit.errand = Some(Errand { want, notice_number, token, ..new });
    state.visit.go(Page::Errand);
    if state.printer_is_unable() { Vec::new() } else { begin(state) }
}

/// The visitor shows something for their number.
pub(super) fn claim(state: &mut State, claim: Claim, command_id: CommandId) -> Vec<Effect> {
    let claim = Some(claim);
    state.visit.errand = Some(Errand { claim, ..Errand::new(command_id, Progress::NoPaper) });
    state.visit.go(Page::Errand);
    if state.printer_is_unable() { Vec::new() } else { begin(state) }
}

/// Prints the slip of a ticket that the server knows once more, marked
/// if one of it may be out.
pub(super) fn print_again(state: &mut State, number: Given, job: CommandId) -> Vec<Effect> {
    let on_paper = number.on_paper;
    let Some(slip) = ticket_slip(state, &number, None, on_paper).map(Slip::Ticket) else {
        return Vec::new();
    };
    let ticket = number.ticket.clone();
    let paper = Paper::Coming { job: job.clone() };
    let progress = Progress::Ticket { number, paper, reprints: 1 };
    state.visit.errand = Some(Errand { on_paper, ..Errand::new(job.clone(), progress) });
    state.visit.go(Page::Errand);
    print(state, job, Some(ticket), slip)
}

/// Prints a report to write on.
pub(super) fn print_report(state: &mut State, slip: Slip, job: CommandId) -> Vec<Effect> {
    let progress = Progress::Report { paper: Paper::Coming { job: job.clone() } };
    let want = Want::Notice;
    state.visit.errand = Some(Errand { want, ..Errand::new(job.clone(), progress) });
    state.visit.go(Page::Errand);
    print(state, job, None, slip)
}

/// The visitor takes the number without paper.
pub(super) fn go_without_paper(state: &mut State) -> Vec<Effect> {
    match &mut state.visit.errand {
        Some(errand) if matches!(errand.progress, Progress::NoPaper) && errand.want.number() => {
            errand.without_paper = true;
            begin(state)
        }
        _ => Vec::new(),
    }
}

/// The printer was found unable, the visitor was told, and now it can:
/// the visitor is back where the press was made.
pub(super) fn printer_is_back(state: &mut State) {
    let told = matches!(&state.visit.errand, Some(Errand { progress: Progress::NoPaper, .. }));
    if told && state.visit.page == Page::Errand && !state.printer_is_unable() {
        state.visit.errand = None;
        state.visit.come_back();
    }
}

/// Asks again with the id of the same press.
pub(super) fn try_again(state: &mut State) -> Vec<Effect> {
    match &state.visit.errand {
        Some(Errand { progress: Progress::Away, .. }) => begin(state),
        _ => Vec::new(),
    }
}

/// Prints the notice alone, asks for a number, or takes the one that
/// came while the visitor was elsewhere.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let now = state.now;
    let request = request(state);
    let visit = &mut state.visit;
    let Some(errand) = &mut visit.errand else { return Vec::new() };
    if !errand.want.number() {
        return print_notice(state);
    }
    let again = visit.asked.as_ref().is_some_and(|it| it.request.is_for_the_same(&request));
    if !again && card::is_wanted(state) {
        return card::ask(state);
    }
    let visit = &mut state.visit;
    let Some(errand) = &mut visit.errand else { return Vec::new() };
    // One visitor and one matter are one command id, whatever they press
    // in between: nobody takes a second number by pressing twice.
    let other = visit.asked.take_if(|it| !it.request.is_for_the_same(&request));
    let asked = visit.asked.take().unwrap_or(Asked { request, ticket: None });
    // They want something else now: a number that came is given up, one
    // that comes later finds nobody who asked.
    let mut effects: Vec<Effect> = other.and_then(unfetched).into_iter().collect();
    errand.command_id = asked.request.command_id().clone();
    errand.progress = Progress::Asking { since: now };
    if let Some(ticket) = asked.ticket {
        return use_ticket(state, ticket);
    }
    effects.push(ask(asked.request.clone()));
    visit.asked = Some(asked);
    effects
}

/// What the server is told of a number that came and was never seen.
fn unfetched(asked: Asked) -> Option<Effect> {
    let ticket = asked.ticket?;
    Some(not_started(ticket.id, asked.request.command_id(), VISITOR_LEFT))
}

fn ask(request: Request) -> Effect {
    match request {
        Request::Issue(request) => Effect::Ask(request),
        Request::CheckIn(request) => Effect::CheckIn(request),
    }
}

fn request(state: &State) -> Request {
    let visit = &state.visit;
    let errand = visit.errand.as_ref().expect("an errand was set before it begins");
    let command_id = errand.command_id.clone();
    let plain = IssueRequest::ordinary(command_id.clone(), Source::Kiosk);
    match &errand.claim {
        None => {
            let holder = errand.holder.clone();
            Request::Issue(for_all(state.to_be_done(), IssueRequest { holder, ..plain }))
        }
        Some(Claim::Pass { token, lane, matter }) => Request::Issue(IssueRequest {
            matter: matter.clone(),
            lane: Some(lane.clone()),
            pass: Some(token.clone()),
            ..plain
        }),
        Some(Claim::Appointment(code)) => Request::CheckIn(CheckInRequest {
            command_id,
            code: code.clone(),
            source: Source::Kiosk,
        }),
    }
}

/// One number for several matters, done in that order.
fn for_all(inquiries: Vec<Inquiry>, plain: IssueRequest) -> IssueRequest {
    let mut inquiries = inquiries.into_iter();
    let first = inquiries.next();
    let answers = first.as_ref().map(|it| it.answers.clone()).filter(|it| !it.is_empty());
    let (more, more_answers) = inquiries.map(|it| (it.matter, it.answers)).unzip();
    IssueRequest { matter: first.map(|it| it.matter), answers, more, more_answers, ..plain }
}

/// The notice alone: no server is asked.
fn print_notice(state: &mut State) -> Vec<Effect> {
    let Some(errand) = state.visit.errand.clone() else { return Vec::new() };
    let Some(notice) = notice_slip(state, &errand.notice_number, false) else { return Vec::new() };
    let job = errand.command_id;
    set_progress(state, Progress::Notice { paper: Paper::Coming { job: job.clone() } });
    print(state, job, None, Slip::Notice(notice))
}

/// The server gave a number. It is used at once if the visitor waits for
/// it, kept if they are on another page, and reported if they left.
pub(super) fn ticket_issued(
    state: &mut State,
    command_id: &CommandId,
    ticket: Ticket,
) -> Vec<Effect> {
    if state.answers_again(command_id) {
        return Vec::new();
    }
    let asked = state.visit.asked.as_mut().filter(|it| it.request.command_id() == command_id);
    let Some(asked) = asked else {
        return vec![not_started(ticket.id, command_id, VISITOR_LEFT)];
    };
    let waited_for = state.visit.errand.as_ref().is_some_and(|errand| {
        errand.want.number() && matches!(errand.progress, Progress::Asking { .. } | Progress::Away)
    });
    if waited_for {
        use_ticket(state, ticket)
    } else {
        asked.ticket = Some(ticket);
        Vec::new()
    }
}

/// The server's number is the visitor's now.
fn use_ticket(state: &mut State, ticket: Ticket) -> Vec<Effect> {
    state.visit.asked = None;
    let claimed = state.visit.errand.as_ref().is_some_and(|it| it.claim.is_some());
    if claimed && ticket.state != TicketState::Waiting {
        // They have had their number before, and it has gone on since.
        state.visit.errand = None;
        held::stands(state, ticket);
        return Vec::new();
    }
    use_number(state, ticket.into())
}

/// One slip with everything is printed, unless the visitor goes without.
pub(super) fn use_number(state: &mut State, number: Given) -> Vec<Effect> {
    state.visit.touched_at = state.now;
    let Some(errand) = &mut state.visit.errand else { return Vec::new() };
    errand.on_paper |= number.on_paper;
    let errand = errand.clone();
    let (ticket, job) = (number.ticket.clone(), errand.command_id.clone());
    if errand.without_paper {
        let reason = printer_word(state);
        // What the server does not know yet it is told without this.
        let report = match ticket {
            TicketRef::Known(id) => Some(not_started(id, &job, &reason)),
            TicketRef::Offline(_) => None,
        };
        let paper = Paper::NotOut { reason };
        set_progress(state, Progress::Ticket { number, paper, reprints: 0 });
        return report.into_iter().collect();
    }
    let Some(slip) = slip_of(state, &errand, &number, errand.on_paper) else { return Vec::new() };
    let paper = Paper::Coming { job: job.clone() };
    set_progress(state, Progress::Ticket { number, paper, reprints: 0 });
    print(state, job, Some(ticket), slip)
}

/// The visit ends: a number that nobody fetched is told to the server.
pub(super) fn leave(state: &mut State) -> Vec<Effect> {
    state.visit.asked.take().and_then(unfetched).into_iter().collect()
}

/// What is printed for an errand that has its number.
fn slip_of(state: &State, errand: &Errand, number: &Given, reprint: bool) -> Option<Slip> {
    let notice_number = errand.want.notice().then_some(errand.notice_number.as_str());
    let on_paper = ticket_slip(state, number, notice_number, reprint)?;
    Some(match notice_number {
        Some(number) => Slip::TicketAndNotice(on_paper, notice_slip(state, number, reprint)?),
        None => Slip::Ticket(on_paper),
    })
}

/// The server gave no number.
pub(super) fn issue_failed(
    state: &mut State,
    command_id: &CommandId,
    failure: IssueFailure,
) -> Vec<Effect> {
    let Some(errand) = &mut state.visit.errand else { return Vec::new() };
    let concerned = &errand.command_id == command_id
        && matches!(errand.progress, Progress::Asking { .. } | Progress::Away);
    if !concerned {
        return Vec::new();
    }
    if let IssueFailure::Refused(problem) = &failure
        && problem.status < SERVER_TROUBLE
    {
        state.visit.asked = None;
    }
    errand.progress = match failure {
        IssueFailure::Refused(problem) if problem.status < SERVER_TROUBLE => {
            Progress::Refused(problem)
        }
        // Away, or there and not able just now: the same page helps.
        IssueFailure::Unreachable | IssueFailure::Refused(_) => Progress::Away,
    };
    state.visit.touched_at = state.now;
    if matches!(state.visit.errand, Some(Errand { progress: Progress::Away, .. })) {
        return offline::give(state).into_iter().collect();
    }
    Vec::new()
}

/// No answer for long: the visitor gets a number that the kiosk has, or
/// is told, and the asking goes on.
pub(super) fn lose_patience(state: &mut State, now: Timestamp) -> Vec<Effect> {
    let patience_s = if state.queue.connected { AWAY_AFTER_S } else { AWAY_AFTER_LOST_S };
    let Some(Errand { progress: Progress::Asking { since }, .. }) = &state.visit.errand else {
        return Vec::new();
    };
    let asked = now.duration_since(*since);
    if asked.as_millis() < i128::from(OFFLINE_AFTER_MS) {
        return Vec::new();
    }
    if let Some(effect) = offline::give(state) {
        return vec![effect];
    }
    if asked.as_secs() >= patience_s {
        set_progress(state, Progress::Away);
        state.visit.touched_at = now;
    }
    Vec::new()
}

/// A job ended: the server is told of a ticket's paper, and the visitor
/// sees it, if they are still here.
pub(super) fn printed(state: &mut State, job: &CommandId, outcome: PrintOutcome) -> Vec<Effect> {
    let awaited = state.jobs.iter().position(|it| &it.id == job);
    let ended = awaited.and_then(|at| state.jobs.remove(at));
    if let Some(Errand { progress, on_paper, .. }) = &mut state.visit.errand
        && let Progress::Ticket { paper, .. }
        | Progress::Notice { paper }
        | Progress::Report { paper } = progress
        && *paper == (Paper::Coming { job: job.clone() })
    {
        *on_paper |= !matches!(outcome, PrintOutcome::NotStarted { .. });
        *paper = match &outcome {
            PrintOutcome::Done => Paper::Out,
            PrintOutcome::NotStarted { reason } => Paper::NotOut { reason: reason.clone() },
            PrintOutcome::Unknown => Paper::Unknown,
        };
        state.visit.touched_at = state.now;
    }
    // Of a number that the server does not know the store keeps the end.
    match ended.and_then(|it| it.ticket) {
        Some(TicketRef::Known(ticket)) => vec![report(ticket, job, outcome)],
        Some(TicketRef::Offline(_)) | None => Vec::new(),
    }
}

/// The run that sent this job is over; its report was never made.
pub(super) fn unfinished_found(
    ticket: Option<TicketId>,
    job: &CommandId,
    outcome: PrintOutcome,
) -> Vec<Effect> {
    ticket.map(|ticket| report(ticket, job, outcome)).into_iter().collect()
}

/// The same slip once more, marked as a reprint if a byte of it may be on
/// paper already.
pub(super) fn reprint(state: &mut State, command_id: CommandId) -> Vec<Effect> {
    if state.printer_is_unable() {
        return Vec::new();
    }
    let Some(errand) = state.visit.errand.clone() else { return Vec::new() };
    let job = command_id;
    let again = errand.on_paper;
    match errand.progress.clone() {
        Progress::Ticket { number, paper, reprints }
            if reprints < REPRINTS_MAX && !matches!(paper, Paper::Coming { .. }) =>
        {
            let ticket = number.ticket.clone();
            let slip = slip_of(state, &errand, &number, again);
            let Some(slip) = slip else { return Vec::new() };
            go_with_paper(state);
            let paper = Paper::Coming { job: job.clone() };
            set_progress(state, Progress::Ticket { number, paper, reprints: reprints + 1 });
            print(state, job, Some(ticket), slip)
        }
        Progress::Report { paper: Paper::NotOut { .. } | Paper::Unknown } => {
            let Some(slip) = errand.slip else { return Vec::new() };
            set_progress(state, Progress::Report { paper: Paper::Coming { job: job.clone() } });
            print(state, job, None, slip)
        }
        Progress::Notice { paper: Paper::NotOut { .. } | Paper::Unknown } => {
            let slip = notice_slip(state, &errand.notice_number, again);
            let Some(slip) = slip else { return Vec::new() };
            set_progress(state, Progress::Notice { paper: Paper::Coming { job: job.clone() } });
            print(state, job, None, Slip::Notice(slip))
        }
        _ => Vec::new(),
    }
}

fn print(state: &mut State, job: CommandId, ticket: Option<TicketRef>, slip: Slip) -> Vec<Effect> {
    state.await_job(job.clone(), ticket.clone());
    if let Some(errand) = &mut state.visit.errand {
        errand.slip = Some(slip.clone());
    }
    vec![Effect::Print { job, ticket, slip }]
}

fn set_progress(state: &mut State, progress: Progress) {
    if let Some(errand) = &mut state.visit.errand {
        errand.progress = progress;
    }
}

fn go_with_paper(state: &mut State) {
    if let Some(errand) = &mut state.visit.errand {
        errand.without_paper = false;
    }
}

fn not_started(ticket: TicketId, job: &CommandId, reason: &str) -> Effect {
    report(ticket, job, PrintOutcome::NotStarted { reason: reason.to_owned() })
}

/// A report under an id of its own, made from the job's: however often
/// it is sent, and by whatever run of the kiosk, it is one report.
fn report(ticket: TicketId, job: &CommandId, outcome: PrintOutcome) -> Effect {
    let report = PrintedReport { command_id: job.prefixed("p"), outcome };
    Effect::ReportPrinted { ticket, job: job.clone(), report }
}

/// The printer's state in one word, as in a report that nothing began.
fn printer_word(state: &State) -> String {
    use queue_api::PrinterState;
    let word = match state.printer {
        Some(PrinterState::NoPaper) => "no_paper",
        Some(PrinterState::CoverOpen) => "cover_open",
        Some(PrinterState::CutterJam) => "cutter_jam",
        Some(PrinterState::PaperJam) => "paper_jam",
        Some(PrinterState::NotTaken) => "not_taken",
        Some(PrinterState::Cooling) => "cooling",
        Some(PrinterState::Away) => "away",
        Some(PrinterState::Fault) => "fault",
        None | Some(PrinterState::Ready | PrinterState::NearEnd) => PRINTER_UNABLE,
    };
    word.to_owned()
}
