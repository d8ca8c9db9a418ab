//! One day of the hall, second by second as its clerks and visitors live
//! it, on the real rules: every step is a command that is decided and
//! applied. The clock is the study's own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use queue_core::{
    Class, Command, Entry, Event, Grant, Hall, LaneId, Line, Outcome, TicketId, TicketRequest,
    WindowAct, WindowId, WindowStatus, ahead, decide,
};
use rand::RngExt;

use crate::before::{self, Range};
use crate::settings;
use crate::visitors::{Days, Visitor, chance, since_midnight, whole};

/// A ticket's wait, as it came out.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) lane: LaneId,
    pub(crate) class: Class,
    /// Days on this hall before this one.
    pub(crate) day: u32,
    /// In milliseconds after midnight.
    pub(crate) issued_ms: i64,
    /// To the first call; none if that never came.
    pub(crate) called_ms: Option<i64>,
    /// How many who came later were called from the same lane before.
    pub(crate) overtaken: u32,
    /// What the formula of old said.
    pub(crate) old: Range,
    /// What the hall says.
    pub(crate) new: Range,
}

/// A day as it came out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lived {
    pub(crate) visits: Vec<Visit>,
    pub(crate) refused: u32,
    pub(crate) busy_ms: i64,
    pub(crate) open_ms: i64,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Comes(usize),
    ComesBack(TicketId),
    /// The clerk looks up: opens, leaves, or calls.
    LooksUp(WindowId),
    Arrives(WindowId, TicketId),
    CalledAgain(WindowId, TicketId),
    GivenUp(WindowId, TicketId),
    Served(WindowId, TicketId),
}

/// When a clerk is at the window: from, to, and whether to the last
/// visitor.
#[derive(Clone, Copy, Debug)]
struct Shift {
    from_ms: i64,
    to_ms: i64,
    to_the_last: bool,
}

#[derive(Clone, Debug, Default)]
struct Clerk {
    shifts: Vec<Shift>,
    opened_ms: i64,
    idle: bool,
}

struct Day<'a> {
    hall: &'a mut Hall,
    midnight: Timestamp,
    nth: u32,
    visitors: &'a [Visitor],
    agenda: BinaryHeap<Reverse<(i64, u64, Happens)>>,
    planned: u64,
    clerks: BTreeMap<WindowId, Clerk>,
    who: BTreeMap<TicketId, usize>,
    back: BTreeSet<TicketId>,
    lived: Lived,
    at: BTreeMap<TicketId, usize>,
}

/// Lives a day to its end.
pub(crate) fn live(
    hall: &mut Hall,
    date: Date,
    nth: u32,
    days: Days,
    visitors: &[Visitor],
) -> anyhow::Result<Lived> {
    let zone = TimeZone::get(settings::ZONE)?;
    let midnight = date.to_zoned(zone)?.timestamp();
    let clerks = clerks(hall, date, days);
    let mut day = Day {
        hall,
        midnight,
        nth,
        visitors,
        agenda: BinaryHeap::new(),
        planned: 0,
        clerks,
        who: BTreeMap::new(),
        back: BTreeSet::new(),
        lived: Lived::default(),
        at: BTreeMap::new(),
    };
    day.submit(0, &Command::OpenDay { day: date })?;
    for (nth, visitor) in visitors.iter().enumerate() {
        day.plan(visitor.comes_ms, Happens::Comes(nth));
    }
    let starts: Vec<_> = day
        .clerks
        .iter()
        .flat_map(|(id, it)| it.shifts.iter().map(|it| (*id, it.from_ms)))
        .collect();
    for (window, from_ms) in starts {
        day.plan(from_ms, Happens::LooksUp(window));
    }
    while let Some(Reverse((now, _, happens))) = day.agenda.pop() {
        day.happens(now, happens)?;
    }
    Ok(day.lived)
}

/// The shifts of a day, with what goes wrong in them.
fn clerks(hall: &Hall, date: Date, days: Days) -> BTreeMap<WindowId, Clerk> {
    let mut rng = chance(days, date, 2);
    let windows: Vec<_> = hall.rules().windows.iter().map(|(id, it)| (*id, it.tidal)).collect();
    let mut clerks = BTreeMap::new();
    for (id, tidal) in windows {
        let mut late = || {
            let minutes = settings::UNPUNCTUAL_MINUTES;
            whole(rng.random_range(-minutes..minutes) * 60_000.0)
        };
        let hours = if tidal { settings::TIDE } else { settings::SPANS };
        let stays = settings::NOON_WINDOWS.contains(&id.0);
        let mut shifts: Vec<Shift> = hours
            .iter()
            .map(|(from, to)| Shift {
                from_ms: since_midnight(*from) + late(),
                to_ms: since_midnight(*to) + if tidal { late() } else { 0 },
                to_the_last: false,
            })
            .collect();
        if stays {
            shifts[0].to_ms = shifts[1].to_ms;
            shifts.truncate(1);
        }
        if let Some(last) = shifts.last_mut().filter(|_| !tidal) {
            last.to_the_last = true;
        }
        if rng.random_bool(settings::STAND_INS) {
            shifts[0].from_ms += millis(settings::STAND_IN_LATE);
        }
        for half in settings::SPANS {
            if rng.random_bool(settings::PAUSES) {
                let (from, to) = (since_midnight(half.0), since_midnight(half.1));
                let hour = 60 * 60_000;
                pause(&mut shifts, rng.random_range(from + hour..to - hour / 2));
            }
        }
        clerks.insert(id, Clerk { shifts, ..Clerk::default() });
    }
    clerks
}

/// Cuts a pause out of the shift that is under way at `at_ms`.
fn pause(shifts: &mut Vec<Shift>, at_ms: i64) {
    let back = at_ms + millis(settings::PAUSE);
    let Some(at) = shifts.iter().position(|it| it.from_ms < at_ms && back < it.to_ms) else {
        return;
    };
    let after = Shift { from_ms: back, ..shifts[at] };
    shifts[at].to_ms = at_ms;
    shifts[at].to_the_last = false;
    shifts.insert(at + 1, after);
}

fn millis(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl Day<'_> {
    fn plan(&mut self, at_ms: i64, happens: Happens) {
        self.planned += 1;
        self.agenda.push(Reverse((at_ms, self.planned, happens)));
    }

    /// Decides and applies; none if the rules say no.
    fn try_submit(&mut self, now: i64, command: &Command) -> Option<Vec<Event>> {
        let at = self.midnight + SignedDuration::from_millis(now);
        let events = decide(self.hall, command, at).ok()?;
        for event in &events {
            let entry = Entry { seq: self.hall.seq() + 1, at, event: event.clone() };
            self.hall.apply(&entry);
        }
        Some(events)
    }

    fn submit(&mut self, now: i64, command: &Command) -> anyhow::Result<Vec<Event>> {
        let events = self.try_submit(now, command);
        events.ok_or_else(|| anyhow::anyhow!("refused at {now} ms: {command:?}"))
    }

    fn act(&mut self, now: i64, window: WindowId, act: WindowAct) -> anyhow::Result<Vec<Event>> {
        self.submit(now, &Command::AtWindow { window, act })
    }

    fn happens(&mut self, now: i64, happens: Happens) -> anyhow::Result<()> {
        match happens {
            Happens::Comes(nth) => self.comes(now, nth),
            Happens::ComesBack(ticket) => {
                if self.try_submit(now, &Command::Reinstate { ticket }).is_some() {
                    self.back.insert(ticket);
                    self.wake(now, ticket);
                }
            }
            Happens::LooksUp(window) => self.looks_up(now, window)?,
            Happens::Arrives(window, ticket) => {
                self.act(now, window, WindowAct::Arrive { ticket: Some(ticket) })?;
                let service_ms = self.visitor(ticket).service_ms;
                let hurry = settings::SPANS
                    .iter()
                    .any(|(_, to)| (0..60 * 60_000).contains(&(since_midnight(*to) - now)));
                let factor = if hurry { settings::HURRY } else { 1.0 };
                let service = f64::from(i32::try_from(service_ms)?) * factor;
                self.plan(now + whole(service), Happens::Served(window, ticket));
            }
            Happens::CalledAgain(window, ticket) => {
                self.act(now, window, WindowAct::Recall { ticket: Some(ticket) })?;
            }
            Happens::GivenUp(window, ticket) => {
                self.act(now, window, WindowAct::NoShow { ticket: Some(ticket) })?;
                if let Some(back) = self.visitor(ticket).back_ms {
                    self.plan(now + back, Happens::ComesBack(ticket));
                }
                self.let_go(now, window, ticket);
            }
            Happens::Served(window, ticket) => {
                let outcome = Outcome::DoneNow;
                self.act(now, window, WindowAct::Finish { ticket: Some(ticket), outcome })?;
                self.let_go(now, window, ticket);
            }
        }
        Ok(())
    }

    fn visitor(&self, ticket: TicketId) -> &Visitor {
        &self.visitors[self.who[&ticket]]
    }

    fn let_go(&mut self, now: i64, window: WindowId, ticket: TicketId) {
        let called = self.hall.ticket(ticket).and_then(|it| it.first_called_at);
        let called = called.map_or(now, |it| millis(it.duration_since(self.midnight)));
        self.lived.busy_ms += now - called;
        let after = self.visitor(ticket).after_ms;
        self.plan(now + after, Happens::LooksUp(window));
    }

    fn comes(&mut self, now: i64, nth: usize) {
        let visitor = &self.visitors[nth];
        let token = format!("{}-{nth}", self.nth);
        let grant = (visitor.class == Class::Green).then(|| Grant {
            by: "2001".parse().expect("digits are a staff number"),
            reason: "a project".to_owned(),
        });
        let request = TicketRequest {
            matter: Some(visitor.matter.clone()),
            class: visitor.class,
            grant,
            ..TicketRequest::at_kiosk(visitor.lane.clone(), token)
        };
        let Some(events) = self.try_submit(now, &Command::IssueTicket(request)) else {
            self.lived.refused += 1;
            return;
        };
        let Some(id) = events.iter().find_map(Event::ticket) else { return };
        self.who.insert(id, nth);
        let at = self.midnight + SignedDuration::from_millis(now);
        let ticket = self.hall.ticket(id).expect("it was just issued");
        let old = before::estimate(self.hall, &ticket.lane, ahead(self.hall, ticket, at));
        let forecast = ticket.forecast.unwrap_or_default();
        let [low, high, likely] = [forecast.low, forecast.high, forecast.likely].map(f64::from);
        let new = Range { low, high, likely };
        self.at.insert(id, self.lived.visits.len());
        self.lived.visits.push(Visit {
            lane: ticket.lane.clone(),
            class: ticket.class,
            day: self.nth,
            issued_ms: now,
            called_ms: None,
            overtaken: 0,
            old,
            new,
        });
        self.wake(now, id);
    }

    /// Clerks without a visitor see who has come.
    fn wake(&mut self, now: i64, ticket: TicketId) {
        let Some(ticket) = self.hall.ticket(ticket) else { return };
        let Line::Lane(lane) = ticket.line() else { return };
        let idle: Vec<WindowId> = self
            .clerks
            .iter()
            .filter(|(_, it)| it.idle)
            .map(|(id, _)| *id)
            .filter(|id| {
                let rules = &self.hall.rules().windows[id];
                rules.lanes.contains(&lane) || rules.helps.contains(&lane)
            })
            .collect();
        for window in idle {
            self.plan(now + settings::SEES_S * 1_000, Happens::LooksUp(window));
        }
    }

    fn looks_up(&mut self, now: i64, window: WindowId) -> anyhow::Result<()> {
        if self.hall.window(window).ticket.is_some() {
            return Ok(());
        }
        let open = matches!(self.hall.window(window).status, WindowStatus::Open { .. });
        let clerk = self.clerks.get_mut(&window).expect("every window has a clerk");
        clerk.idle = false;
        let shift = clerk.shifts.iter().rfind(|it| it.from_ms <= now).copied();
        let wanted = shift.is_some_and(|it| now < it.to_ms || it.to_the_last);
        if wanted && !open {
            self.clerks.entry(window).or_default().opened_ms = now;
            let staff = format!("10{:02}", window.0).parse()?;
            self.act(now, window, WindowAct::Open { staff })?;
        }
        let after_hours = shift.is_some_and(|it| it.to_ms <= now);
        let called = wanted && self.call(now, window, after_hours);
        if called {
            return Ok(());
        }
        if open && (!wanted || after_hours) {
            return self.leave(now, window);
        }
        if let Some(shift) = shift.filter(|_| wanted) {
            self.clerks.entry(window).or_default().idle = true;
            if now < shift.to_ms {
                self.plan(shift.to_ms, Happens::LooksUp(window));
            }
        }
        Ok(())
    }

    /// True if somebody was called. After hours nobody helps out.
    fn call(&mut self, now: i64, window: WindowId, after_hours: bool) -> bool {
        if after_hours {
            let own = &self.hall.rules().windows[&window].lanes;
            if own.iter().all(|lane| self.hall.waiting_count(lane) == 0) {
                return false;
            }
        }
        let next = Command::AtWindow { window, act: WindowAct::CallNext };
        let Some(events) = self.try_submit(now, &next) else { return false };
        let Some(id) = events.iter().find_map(Event::ticket) else { return false };
        self.count(now, id);
        let visitor = self.visitor(id);
        if visitor.shows || self.back.contains(&id) {
            let walk = visitor.walk_ms;
            self.plan(now + walk, Happens::Arrives(window, id));
        } else {
            self.plan(now + settings::RECALL_S * 1_000, Happens::CalledAgain(window, id));
            self.plan(now + settings::GIVEN_UP_S * 1_000, Happens::GivenUp(window, id));
        }
        true
    }

    /// Writes down a first call, and whom it overtook.
    fn count(&mut self, now: i64, id: TicketId) {
        let Some(at) = self.at.get(&id).copied() else { return };
        if self.lived.visits[at].called_ms.is_some() {
            return;
        }
        self.lived.visits[at].called_ms = Some(now);
        let lane = self.lived.visits[at].lane.clone();
        // Visits lie in the order of issue.
        for earlier in &mut self.lived.visits[..at] {
            earlier.overtaken += u32::from(earlier.called_ms.is_none() && earlier.lane == lane);
        }
    }

    fn leave(&mut self, now: i64, window: WindowId) -> anyhow::Result<()> {
        let clerk = self.clerks.entry(window).or_default();
        self.lived.open_ms += now - clerk.opened_ms;
        let comes_back = clerk.shifts.iter().any(|it| it.from_ms > now);
        let act = if comes_back {
            WindowAct::Pause { reason: None, minutes: None }
        } else {
            WindowAct::Close
        };
        self.act(now, window, act)?;
        Ok(())
    }
}
