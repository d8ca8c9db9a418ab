//! What must hold at every step, judged from the record alone: this file
//! knows the rules of a hall a second time, in other words, and uses
//! nothing of the state that the server keeps.

mod appointments;
mod numbers;
mod services;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kiosk_core::TicketRef;
use queue_api::{Class, CommandId, LaneId, Source, TicketId, TicketNumber, WindowId};
use queue_core::{Block, CallReason, Event, Line, Rules, Ticket};
use queue_server::journal::Row;

use appointments::Promises;
use services::Services;

/// Where a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In its line, put there by this event.
    Waiting(u64),
    /// At a window.
    AtWindow,
    /// Set aside by this one.
    Parked(WindowId),
    Gone,
}

/// A ticket of today.
#[derive(Clone, Debug)]
struct Seen {
    number: TicketNumber,
    class: Class,
    /// Since when it counts as waiting.
    from: Timestamp,
    /// Where it waits, or waited last.
    line: Line,
    /// The lane it is of, also while it waits for one window.
    lane: LaneId,
    /// Lanes of the matters to come.
    more: Vec<LaneId>,
    place: Place,
    /// It was put back after a no-show.
    reinstated: bool,
    /// A window had it.
    called: bool,
    /// Somebody came for it.
    came: bool,
}

/// The record as it is read.
#[derive(Debug)]
pub(super) struct Checker {
    rules: &'static Rules,
    pub(super) seq: u64,
    at: Timestamp,
    day: Option<Date>,
    days: BTreeSet<Date>,
    /// Where the days begin in the record.
    days_from: Vec<u64>,
    /// Everything of today.
    tickets: BTreeMap<TicketId, Seen>,
    waiting: BTreeSet<TicketId>,
    windows: BTreeMap<WindowId, TicketId>,
    /// Windows that serve, and among them those that are away for a while.
    open: BTreeSet<WindowId>,
    paused: BTreeSet<WindowId>,
    counts: BTreeMap<LaneId, u32>,
    /// Numbers of today that are not given in turn.
    apart: Vec<Block>,
    /// All numbers of today.
    numbers: BTreeSet<TicketNumber>,
    /// Numbers that kiosks gave, and for which press.
    given: BTreeMap<(Date, TicketNumber), CommandId>,
    /// When that was, while every clock is right.
    given_at: BTreeMap<TicketNumber, Timestamp>,
    /// Of them, those that the record ever had.
    heard_of: BTreeSet<(Date, TicketNumber)>,
    /// Which ticket a number became that a kiosk gave.
    offline: BTreeMap<TicketId, CommandId>,
    /// The command behind each event that a client asked for, of all days.
    pub(super) commands: BTreeMap<CommandId, (u64, Option<TicketId>)>,
    last_command: Option<CommandId>,
    /// Numbers on paper or on a screen: one is one ticket for ever.
    papers: BTreeMap<(Date, String), TicketRef>,
    /// The record is an old copy: answers of the one before may still be
    /// under way.
    is_copy: bool,
    promises: Promises,
    services: Services,
    pub(super) late: u64,
    pub(super) issued: u64,
    pub(super) finished: u64,
}

/// What is wrong, in words.
pub(super) type Verdict = Result<(), String>;

fn hold(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Checker {
    pub(super) fn new(rules: &'static Rules) -> Checker {
        Checker {
            rules,
            seq: 0,
            at: Timestamp::UNIX_EPOCH,
            day: None,
            days: BTreeSet::new(),
            days_from: Vec::new(),
            tickets: BTreeMap::new(),
            waiting: BTreeSet::new(),
            windows: BTreeMap::new(),
            open: BTreeSet::new(),
            paused: BTreeSet::new(),
            counts: BTreeMap::new(),
            apart: Vec::new(),
            numbers: BTreeSet::new(),
            given: BTreeMap::new(),
            given_at: BTreeMap::new(),
            heard_of: BTreeSet::new(),
            offline: BTreeMap::new(),
            is_copy: false,
            promises: Promises::default(),
            services: Services::default(),
            late: 0,
            commands: BTreeMap::new(),
            last_command: None,
            papers: BTreeMap::new(),
            issued: 0,
            finished: 0,
        }
    }

    /// The next row of the record.
    pub(super) fn read(&mut self, row: &Row) -> Verdict {
        let (seq, at) = (row.entry.seq, row.entry.at);
        hold(seq == self.seq + 1, || format!("event {seq} follows {}", self.seq))?;
        hold(at >= self.at, || format!("event {seq} is of {at}, after {}", self.at))?;
        (self.seq, self.at) = (seq, at);
        // One command may lead to several events, one behind the other.
        let id = row.origin.command_id.clone();
        if let Some(id) = &id {
            let before = self.commands.insert(id.clone(), (seq, row.entry.event.ticket()));
            let again = before.is_some() && self.last_command.as_ref() != Some(id);
            hold(!again, || format!("command {id} was done again in event {seq}"))?;
        }
        self.last_command = id;
        let event = &row.entry.event;
        self.services.see(event, at, &self.tickets);
        self.is_promised(event, at)
            .and_then(|()| self.happened(event, seq, at))
            .map_err(|why| format!("event {seq}, {}: {why}", row.entry.event.kind()))
    }

    fn happened(&mut self, event: &Event, seq: u64, at: Timestamp) -> Verdict {
        match event {
            Event::DayOpened { day } => self.begin(*day),
            Event::DayClosed { day } => {
                let live = self.tickets.values().any(|it| it.place != Place::Gone);
                hold(!live, || "somebody is still in the books".to_owned())?;
                hold(self.day.take() == Some(*day), || "another day was open".to_owned())
            }
            Event::TicketIssued(it) => {
                self.is_numbered(it, at)?;
                self.issued += 1;
                let seen = Seen {
                    number: it.number.clone(),
                    class: it.class,
                    from: it.waits_from.unwrap_or(at),
                    line: Line::Lane(it.lane.clone()),
                    lane: it.lane.clone(),
                    more: it.more.iter().map(|it| it.lane.clone()).collect(),
                    place: Place::Waiting(seq),
                    reinstated: false,
                    called: false,
                    came: false,
                };
                self.waiting.insert(it.ticket);
                hold(self.tickets.insert(it.ticket, seen).is_none(), || "twice".to_owned())
            }
            Event::WindowOpened { window, .. } => {
                self.paused.remove(window);
                self.open.insert(*window);
                Ok(())
            }
            Event::WindowPaused { window, .. } => {
                hold(self.paused.insert(*window), || "it is away already".to_owned())
            }
            Event::WindowClosed { window } => self.closes(*window),
            Event::NumbersLeased(lease) => self.are_set_apart(&lease.blocks),
            Event::NumbersSkipped { blocks, .. } => self.are_set_apart(blocks),
            Event::NumberToldLate { day, number, .. } => {
                self.late += 1;
                let told = (*day, number.clone());
                hold(self.given.contains_key(&told), || format!("nobody gave {number}"))?;
                self.heard_of.insert(told);
                hold(self.day > Some(*day), || format!("{day} is not over"))
            }
            Event::TicketPrinted { ticket, print } if print.is_unseen() => {
                let waits = matches!(self.known(*ticket)?.place, Place::Waiting(_));
                hold(!waits, || "nobody has seen the number, and it waits".to_owned())
            }
            event => self.at_window(event, seq, at),
        }
    }

    /// The record is an old copy from now on: what came after is not in
    /// it, but on papers and in kiosks.
    pub(super) fn goes_back(&mut self, rows: &[Row]) -> Result<Checker, String> {
        let mut old = Checker::new(self.rules);
        old.given = std::mem::take(&mut self.given);
        old.promises = self.meant();
        for row in rows {
            old.read(row)?;
        }
        old.is_copy = true;
        old.papers = std::mem::take(&mut self.papers);
        old.heard_of.append(&mut self.heard_of);
        Ok(old)
    }

    /// The record is not the one that everybody was answered from.
    pub(super) fn is_copy(&self) -> bool {
        self.is_copy
    }

    /// From the call to the end of the visit, or on to another line.
    fn at_window(&mut self, event: &Event, seq: u64, at: Timestamp) -> Verdict {
        match event {
            Event::TicketCalled { ticket, window, reason, helping } => {
                let serves = self.open.contains(window) && !self.paused.contains(window);
                hold(serves, || format!("window {window} does not serve"))?;
                let by_number = matches!(reason, CallReason::ByNumber { .. });
                self.is_called(*ticket, by_number, *window, *helping, at)?;
                let early = self.known(*ticket)?.from > at;
                self.is_called_early(early);
                self.sits(*ticket, *window)
            }
            Event::TicketArrived { ticket, .. } => {
                self.known(*ticket)?.came = true;
                Ok(())
            }
            Event::TicketResumed { ticket, window } => self.sits(*ticket, *window),
            Event::TicketParked { ticket, window } => {
                self.leaves(*ticket, *window)?;
                self.known(*ticket)?.place = Place::Parked(*window);
                Ok(())
            }
            Event::MatterFinished { ticket, window, stays, .. } => {
                let it = self.known(*ticket)?;
                hold(!it.more.is_empty(), || "there is no next matter".to_owned())?;
                let lane = it.more.remove(0);
                it.line = Line::Lane(lane.clone());
                it.lane = lane.clone();
                if *stays {
                    let rules = self.rules.windows.get(window).ok_or("no such window")?;
                    let served = rules.lanes.contains(&lane) || rules.helps.contains(&lane);
                    return hold(served, || format!("stays where lane {lane} is not served"));
                }
                self.leaves(*ticket, *window)?;
                self.enters(*ticket, seq)
            }
            Event::TicketFinished { ticket, window, .. } => {
                self.finished += 1;
                self.leaves(*ticket, *window)?;
                self.is_gone(*ticket)
            }
            Event::TicketNoShow { ticket, window } => {
                self.leaves(*ticket, *window)?;
                self.is_gone(*ticket)
            }
            Event::TicketVoided { ticket, reason } => {
                self.is_unseen(*ticket, *reason)?;
                self.windows.retain(|_, it| it != ticket);
                self.is_gone(*ticket)
            }
            Event::TicketReinstated { ticket, waits_from } => {
                let it = self.known(*ticket)?;
                it.from = *waits_from;
                let again = std::mem::replace(&mut it.reinstated, true);
                hold(!again, || "it was put back once already".to_owned())?;
                self.enters(*ticket, seq)
            }
            Event::TicketTransferred { ticket, to, .. } => {
                self.windows.retain(|_, it| it != ticket);
                let it = self.known(*ticket)?;
                it.line = to.clone();
                if let Line::Lane(lane) = to {
                    it.lane = lane.clone();
                }
                let nobody = matches!(to, Line::Window(it) if !self.open.contains(it));
                hold(!nobody, || "sent to a window where nobody sits".to_owned())?;
                self.enters(*ticket, seq)
            }
            _ => Ok(()),
        }
    }

    /// Commands behind this event are of today or yesterday; only those
    /// are answered again.
    pub(super) fn remembered_from(&self) -> u64 {
        self.days_from.iter().rev().nth(1).copied().unwrap_or(0)
    }

    fn begin(&mut self, day: Date) -> Verdict {
        hold(self.days.insert(day), || format!("{day} was open before"))?;
        self.day = Some(day);
        self.days_from.push(self.seq);
        self.tickets.clear();
        self.waiting.clear();
        self.windows.clear();
        self.open.clear();
        self.paused.clear();
        self.counts.clear();
        self.apart.clear();
        self.numbers.clear();
        Ok(())
    }

    /// Nobody may be left with a window where nobody sits.
    fn closes(&mut self, window: WindowId) -> Verdict {
        self.open.remove(&window);
        self.paused.remove(&window);
        let left = self.tickets.iter().find(|(_, it)| match it.place {
            Place::Parked(at) => at == window,
            Place::Waiting(_) => it.line == Line::Window(window),
            Place::AtWindow | Place::Gone => false,
        });
        hold(left.is_none(), || format!("{left:?} is left there"))
    }

    fn known(&mut self, ticket: TicketId) -> Result<&mut Seen, String> {
        self.tickets.get_mut(&ticket).ok_or_else(|| format!("ticket {ticket} is not of today"))
    }

    fn sits(&mut self, ticket: TicketId, window: WindowId) -> Verdict {
        let before = self.windows.insert(window, ticket);
        hold(before.is_none(), || format!("window {window} has ticket {before:?}"))?;
        let elsewhere = self.windows.values().filter(|it| **it == ticket).count();
        hold(elsewhere == 1, || format!("ticket {ticket} is at two windows"))?;
        self.waiting.remove(&ticket);
        let it = self.known(ticket)?;
        it.place = Place::AtWindow;
        it.called = true;
        Ok(())
    }

    fn leaves(&mut self, ticket: TicketId, window: WindowId) -> Verdict {
        let present = self.windows.remove(&window);
        hold(present == Some(ticket), || format!("window {window} had {present:?}"))
    }

    fn is_gone(&mut self, ticket: TicketId) -> Verdict {
        self.waiting.remove(&ticket);
        self.known(ticket)?.place = Place::Gone;
        Ok(())
    }

    fn enters(&mut self, ticket: TicketId, seq: u64) -> Verdict {
        self.waiting.insert(ticket);
        self.known(ticket)?.place = Place::Waiting(seq);
        Ok(())
    }

    /// Who waits is called, and in turn: nobody of the same class who came
    /// earlier is passed over in their line, nobody past the cap by who
    /// came later, nobody at all by who is before their slot, and nobody
    /// helps while somebody waits in the lanes of their own.
    fn is_called(
        &self,
        ticket: TicketId,
        by_number: bool,
        window: WindowId,
        helping: bool,
        now: Timestamp,
    ) -> Verdict {
        let called = self.tickets.get(&ticket).ok_or("not a ticket of today")?;
        let Place::Waiting(order) = called.place else {
            return Err(format!("{ticket} does not wait: {:?}", called.place));
        };
        if by_number {
            return Ok(());
        }
        let early = called.from > now;
        let rules = self.rules.windows.get(&window).ok_or("no such window")?;
        let own = |line: &Line| match line {
            Line::Lane(lane) => rules.lanes.contains(lane),
            Line::Window(it) => *it == window,
        };
        let helped = |line: &Line| matches!(line, Line::Lane(it) if rules.helps.contains(it));
        let reach = |line: &Line| if helping { helped(line) } else { own(line) };
        hold(reach(&called.line), || format!("{:?} is not this window's", called.line))?;
        let cap = self.rules.cap_minutes.map(|it| SignedDuration::from_mins(i64::from(it)));
        for (id, other) in self.waiting.iter().filter_map(|id| Some((id, self.tickets.get(id)?))) {
            let Place::Waiting(since) = other.place else { continue };
            hold(!(helping && own(&other.line)), || format!("helped while {id} waited"))?;
            let earlier = (other.from, since) < (called.from, order);
            if !earlier || !reach(&other.line) {
                continue;
            }
            // Before the slot, behind all who have come and all whose slot
            // is sooner.
            hold(!early, || format!("{ticket} was called before its slot and {id}"))?;
            let same = other.line == called.line && other.class == called.class;
            hold(!same, || format!("{ticket} went before {id} of the same class and line"))?;
            let capped = cap.is_some_and(|cap| now.duration_since(other.from) >= cap);
            hold(!capped, || format!("{ticket} overtook {id}, who was past the cap"))?;
        }
        Ok(())
    }

    /// Whether whoever gave the number had shown it before it was a ticket
    /// here: the guide desk, or a kiosk by itself.
    pub(super) fn is_handed_out(&self, ticket: &Ticket) -> bool {
        ticket.source != Source::Kiosk || self.offline.contains_key(&ticket.id)
    }

    /// What became of the numbers that one visitor asked for: one of them
    /// at most may be good for anything. A kiosk that lost its power has
    /// forgotten what it is `unsure` of; a number asked for so, and neither
    /// shown nor given by itself, is nobody's.
    pub(super) fn visited(
        &self,
        asked: &BTreeSet<CommandId>,
        shown: &BTreeSet<TicketId>,
        unsure: &BTreeSet<CommandId>,
    ) -> Verdict {
        let told: Vec<CommandId> = asked.iter().map(|it| it.prefixed("o")).collect();
        let ticket_of = |id: &CommandId| self.commands.get(id)?.1;
        let forgotten = |id: &&CommandId| {
            unsure.contains(*id)
                && !self.commands.contains_key(&id.prefixed("o"))
                && ticket_of(id).is_none_or(|it| !shown.contains(&it))
        };
        let given = told.iter().any(|it| self.commands.contains_key(it));
        // Who was called before the kiosk could tell is at a window, as
        // far as the record goes, or was put back by somebody.
        let unseen = |id: &TicketId, it: &Seen| {
            let stays = it.place == Place::AtWindow || it.reinstated;
            stays && (given || !shown.contains(id))
        };
        let good: BTreeSet<TicketId> = asked
            .iter()
            .filter(|id| !forgotten(id))
            .filter_map(ticket_of)
            .filter(|id| self.tickets.get(id).is_some_and(|it| !unseen(id, it)))
            .chain(told.iter().filter_map(ticket_of))
            .filter(|id| self.tickets.get(id).is_some_and(|it| it.place != Place::Gone))
            .collect();
        hold(good.len() <= 1, || {
            let of = |id: &TicketId| self.tickets.get(id).map(|it| (*id, it.place, it.reinstated));
            let good: Vec<_> = good.iter().filter_map(of).collect();
            format!("one visitor has {good:?} by {asked:?}")
        })
    }

    /// Nobody waits for a visitor who never saw a number: who left before
    /// the answer is given up.
    pub(super) fn are_shown<'a>(
        &self,
        mut asked: impl Iterator<Item = &'a CommandId>,
        shown: &BTreeSet<TicketId>,
    ) -> Verdict {
        let waits = |id: &TicketId| {
            let ticket = self.tickets.get(id);
            ticket.is_some_and(|it| matches!(it.place, Place::Waiting(_)) && !it.called)
        };
        let ghost = asked.find_map(|id| {
            let ticket = self.commands.get(id)?.1?;
            let seen = shown.contains(&ticket) || self.offline.contains_key(&ticket);
            (!seen && waits(&ticket) && !self.is_copy).then_some((id, ticket))
        });
        hold(ghost.is_none(), || format!("nobody has seen {ghost:?}, and it waits"))
    }

    /// A client was told that its command is done.
    pub(super) fn answered(&self, id: &CommandId, seq: u64, ticket: Option<TicketId>) -> Verdict {
        let stored = self.commands.get(id);
        hold(stored == Some(&(seq, ticket)), || {
            format!("{id} was answered with event {seq} on {ticket:?}, the record has {stored:?}")
        })
    }
}
