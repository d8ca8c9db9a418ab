//! The staff of the simulation: clerks at windows and the guide desk.
//! Each does one thing at a time and repeats it with the same id until
//! it is answered.

use jiff::{SignedDuration, Timestamp};
use queue_api::{Class, CommandId, LaneId, Outcome, PriorityReason, Source, WindowId};
use queue_core::{
    Command, Errand, Grant, Hall, Line, Ticket, TicketRequest, TicketState, WindowAct,
    WindowStatus, next, waiting_for,
};
use queue_server::actor::Actor;
use queue_server::engine::Asked;

use super::bookings::{books, code};
use super::times::Times;

use chance::Chance;

/// Where somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Post {
    Window(WindowId),
    Desk,
    /// Makes appointments for others.
    Bookings,
}

/// A member of staff.
pub(super) struct Person {
    pub(super) post: Post,
    /// What was asked and not answered yet.
    pub(super) pending: Option<Asked>,
    /// What is left of the pause after what was asked last.
    rest: Option<SignedDuration>,
    /// About how many seconds lie between two things; windows have a pace
    /// of their own.
    pace_s: f64,
    done: u64,
}

impl Person {
    pub(super) fn new(post: Post, pace_s: f64) -> Person {
        Person { post, pending: None, rest: None, pace_s, done: 0 }
    }

    /// Asks for the same again, or for whatever is next. Also says when to
    /// look again. Nobody comes for a number that was not `seen`.
    pub(super) fn acts(
        &mut self,
        hall: &Hall,
        lanes: &[LaneId],
        chance: &mut Chance,
        now: Timestamp,
        seen: impl Fn(&Ticket) -> bool,
    ) -> (Option<Asked>, SignedDuration) {
        let again = SignedDuration::from_secs(2);
        if let Some(pending) = &mut self.pending {
            // The door makes up a new code for each request.
            if let Command::MakeAppointment(booking) = &mut pending.command {
                booking.code = code(hall, chance);
            }
            return (Some(pending.clone()), again);
        }
        if let Some(rest) = self.rest.take() {
            return (None, rest);
        }
        let (command, pause) = match self.post {
            Post::Window(window) => at_window(hall, window, lanes, chance, now, seen),
            Post::Desk => (at_desk(hall, lanes, chance, self.done), chance.about_s(self.pace_s)),
            Post::Bookings => {
                (books(hall, lanes, chance, self.done, now), chance.about_s(self.pace_s))
            }
        };
        let Some(command) = command else { return (None, pause) };
        self.done += 1;
        let asked = Asked { command_id: Some(self.id()), by: self.actor(), command };
        self.pending = Some(asked.clone());
        self.rest = (pause > again).then(|| pause - again);
        (Some(asked), again.min(pause))
    }

    /// The answer came, to what was asked last.
    pub(super) fn answered(&mut self, id: &CommandId) -> Option<Asked> {
        self.pending.take_if(|it| it.command_id.as_ref() == Some(id))
    }

    fn id(&self) -> CommandId {
        let post = match self.post {
            Post::Window(window) => format!("window-{window}-{}", self.done),
            Post::Desk => format!("desk-{:06}", self.done),
            Post::Bookings => format!("booking-{}", self.done),
        };
        post.parse().expect("names and numbers make an id")
    }

    fn actor(&self) -> Actor {
        let number = match self.post {
            Post::Window(window) => format!("10{:02}", window.0),
            Post::Desk => "2001".to_owned(),
            Post::Bookings => "2002".to_owned(),
        };
        Actor::Staff(number.parse().expect("four digits make a service number"))
    }
}

/// What a clerk does next, and when to look again.
fn at_window(
    hall: &Hall,
    id: WindowId,
    lanes: &[LaneId],
    chance: &mut Chance,
    now: Timestamp,
    seen: impl Fn(&Ticket) -> bool,
) -> (Option<Command>, SignedDuration) {
    let window = hall.window(id);
    let soon = chance.millis(500, 5_000);
    let act = |act| (Some(Command::AtWindow { window: id, act }), soon);
    let staff = || format!("10{:02}", id.0).parse().expect("four digits make a service number");
    let WindowStatus::Open { .. } = window.status else {
        // Now and then a hand presses before it has sat down.
        let early = chance.percent(10);
        return act(if early { WindowAct::CallNext } else { WindowAct::Open { staff: staff() } });
    };
    let Some(ticket) = window.ticket.and_then(|it| hall.ticket(it)) else {
        return match with_nobody(hall, id, chance, now) {
            Some(next) => act(next),
            None => (None, chance.about_s(40.0)),
        };
    };
    if ticket.state == TicketState::Called {
        return match awaiting(ticket, chance, now, seen(ticket)) {
            Some(next) => act(next),
            None => (None, chance.millis(3_000, 20_000)),
        };
    }
    // A service takes three minutes on average.
    if !chance.percent(15) {
        return (None, chance.millis(10_000, 50_000));
    }
    act(serving(hall, id, ticket, lanes, chance))
}

/// At an open window without a visitor.
fn with_nobody(
    hall: &Hall,
    id: WindowId,
    chance: &mut Chance,
    now: Timestamp,
) -> Option<WindowAct> {
    if chance.percent(1) {
        let reason = Some("饮水".to_owned());
        return Some(if chance.percent(50) {
            WindowAct::Pause { reason, minutes: None }
        } else {
            WindowAct::Close
        });
    }
    if let Some(parked) = hall.parked_at(id).next().filter(|_| chance.percent(40)) {
        return Some(WindowAct::Resume { ticket: parked.id });
    }
    if chance.percent(2) {
        let waiting = waiting_for(hall, id, now);
        let ticket = *chance.any(&waiting)?;
        return Some(WindowAct::Call { ticket, why: "赶火车".to_owned() });
    }
    next(hall, id, now).map(|_| WindowAct::CallNext)
}

/// Somebody was called.
fn awaiting(ticket: &Ticket, chance: &mut Chance, now: Timestamp, seen: bool) -> Option<WindowAct> {
    let ticket_id = Some(ticket.id);
    let since = now.duration_since(ticket.first_called_at.unwrap_or(now)).as_secs();
    // Every eleventh visitor does not come, and of those who are put back
    // every third does not come again.
    let stays_away = if ticket.reinstated { 33 } else { 11 };
    if !seen || ticket.id.0.is_multiple_of(stays_away) {
        return match (ticket.calls, since) {
            (1, 40..) => Some(WindowAct::Recall { ticket: ticket_id }),
            (2.., 90..) => Some(WindowAct::NoShow { ticket: ticket_id }),
            _ => None,
        };
    }
    chance.percent(40).then_some(WindowAct::Arrive { ticket: ticket_id })
}

/// Somebody is served.
fn serving(
    hall: &Hall,
    id: WindowId,
    ticket: &Ticket,
    lanes: &[LaneId],
    chance: &mut Chance,
) -> WindowAct {
    let meant = Some(ticket.id);
    let windows: Vec<WindowId> =
        hall.rules().windows.keys().copied().filter(|it| *it != id).collect();
    let note = Some("缺授权书".to_owned());
    match chance.between(0, 99) {
        0..4 => match chance.any(lanes) {
            Some(lane) => WindowAct::Transfer { ticket: meant, to: Line::Lane(lane.clone()), note },
            None => WindowAct::Park { ticket: meant },
        },
        4..7 => match chance.any(&windows) {
            Some(window) => WindowAct::Transfer { ticket: meant, to: Line::Window(*window), note },
            None => WindowAct::Park { ticket: meant },
        },
        7..12 => WindowAct::Park { ticket: meant },
        _ => WindowAct::Finish { ticket: meant, outcome: Outcome::DoneNow },
    }
}

/// What the guide desk does: gives numbers of every class, puts back who
/// was passed over, gives up a number, gives passes and takes them.
fn at_desk(hall: &Hall, lanes: &[LaneId], chance: &mut Chance, nth: u64) -> Option<Command> {
    let any = |state: TicketState| -> Vec<&Ticket> {
        hall.tickets().filter(|it| it.state == state).collect()
    };
    match chance.between(0, 9) {
        0..3 => {
            let passed = any(TicketState::NoShow);
            // Who was put back once asks for it again.
            let again: Vec<&Ticket> = passed.iter().copied().filter(|it| it.reinstated).collect();
            let whom = if chance.percent(50) { &again } else { &passed };
            chance.any(whom).map(|it| Command::Reinstate { ticket: it.id })
        }
        3 => {
            let waiting = any(TicketState::Waiting);
            chance.any(&waiting).map(|it| Command::VoidTicket { ticket: it.id })
        }
        4 => {
            let done = any(TicketState::Finished);
            let until = hall.day()?.tomorrow().ok()?;
            let token = format!("pass-{nth}");
            chance.any(&done).map(|it| Command::GivePass { ticket: it.id, token, until })
        }
        5 => Some(Command::IssueTicket(comes_back(hall, chance, nth)?)),
        _ => Some(Command::IssueTicket(desk_ticket(chance.any(lanes)?, lanes, chance, nth))),
    }
}

/// Somebody with a pass, which may be used up.
fn comes_back(hall: &Hall, chance: &mut Chance, nth: u64) -> Option<TicketRequest> {
    let token = |ago: u64| format!("pass-{}", nth.saturating_sub(ago));
    let given = (1..60).map(token).filter_map(|it| hall.pass(&it).map(|held| (it, held)));
    let given: Vec<_> = given.collect();
    let (token, held) = chance.any(&given)?;
    Some(TicketRequest {
        source: Source::Desk,
        pass: Some(token.clone()),
        ..TicketRequest::at_kiosk(held.pass.lane.clone(), format!("desk-token-{nth}"))
    })
}

fn desk_ticket(lane: &LaneId, lanes: &[LaneId], chance: &mut Chance, nth: u64) -> TicketRequest {
    let classes = [Class::Ordinary, Class::Appointment, Class::Priority, Class::Green];
    let class = chance.any(&classes).copied().unwrap_or(Class::Ordinary);
    let by = "2001".parse().expect("four digits make a service number");
    let more: Vec<Errand> = if chance.percent(20) {
        let next = chance.any(lanes).cloned().into_iter();
        next.map(|lane| Errand { lane, matter: "senior-card".to_owned(), answers: None }).collect()
    } else {
        Vec::new()
    };
    TicketRequest {
        class,
        source: Source::Desk,
        more,
        priority: Some(PriorityReason::Elder),
        grant: Some(Grant { by, reason: "重点项目".to_owned() }),
        // None that there is.
        pass: chance.percent(2).then(|| format!("pass-of-nobody-{nth}")),
        ..TicketRequest::at_kiosk(lane.clone(), format!("desk-token-{nth}"))
    }
}
