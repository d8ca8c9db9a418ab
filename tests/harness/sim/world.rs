//! The simulated hall: what happens next, in the order of time. What goes
//! wrong is in `faults`, what visitors do in `kiosks`.

mod faults;
mod guests;
mod kiosks;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use board_core::{Msg as BoardMsg, Settings, State as Board};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kiosk_core::Msg;
use queue_api::{CommandId, LaneId, NumberLease, PrintOutcome, ProblemCode, TicketId};
use queue_core::{Command, Event, Ticket};
use queue_server::engine::Asked;
use queue_server::journal::Row;
use queue_server::views;
use voice::Language;

use super::check::{Checker, Verdict};
use super::guests::Guest;
use super::kiosk::{Heard, Kiosk};
use super::people::{Person, Post};
use super::server::{Answer, Server, Worked};
use super::times::Times;
use super::{Figures, HALL};
use chance::Chance;

const KIOSKS: usize = 3;

/// A kiosk has a visitor so often, in seconds.
const VISITOR_EVERY_S: f64 = 240.0;

/// A kiosk hears how long the lanes are so often, and whenever its line
/// or the server comes back.
const VIEW_EVERY: SignedDuration = SignedDuration::from_mins(3);

/// A hall that has nights has one so often.
const NIGHT_AFTER: SignedDuration = SignedDuration::from_mins(50);

/// The desk does something so often, in seconds, and in every third hall,
/// where many come who cannot all be served.
const DESK_EVERY_S: f64 = 40.0;
const DESK_IN_A_CROWD_EVERY_S: f64 = 7.0;

/// Appointments are made, imported or given up so often, in seconds.
const BOOKING_EVERY_S: f64 = 25.0;

/// How long the server lives on average, in seconds, beside the deaths
/// within a commit.
const SERVER_LIVES_S: f64 = 700.0;

/// Who waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// A kiosk in one of its runs.
    Kiosk(usize, u32),
    /// A member of staff.
    Person(usize),
    /// Somebody with an appointment, when they came for the nth time.
    Guest(usize, usize),
}

/// Something that happens.
#[derive(Clone, Debug)]
enum Happening {
    VisitorComes(usize),
    VisitorPresses(usize, u32),
    KioskTicks(usize, u32),
    KioskTries(usize, u32),
    PersonActs(usize),
    GuestComes(usize, usize),
    GuestTries(usize, usize),
    GuestAsks(usize, usize),
    Arrives(Sender, Box<Asked>),
    ServerWorks(u32),
    Answered(Sender, CommandId, Answer),
    Printed(usize, u32, CommandId, PrintOutcome),
    ServerDies,
    ServerStarts,
    DiskFails,
    KioskFails(usize),
    KioskStarts(usize),
    LineChanges(usize),
    ClockSteps,
    KioskClockSteps(usize),
    StoreFails(usize),
    DiskIsCopied,
    OldCopy,
    Night,
    ViewComes,
}

/// Ordered by time, then by the order in which it was foreseen.
struct Due(Timestamp, u64, Happening);

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}

/// Everything there is.
pub(super) struct World {
    pub(super) now: Timestamp,
    chance: Chance,
    due: BinaryHeap<Reverse<Due>>,
    foreseen: u64,
    server: Server,
    /// Counts the starts of the server.
    server_run: u32,
    /// By how much its clock is off.
    skew: SignedDuration,
    /// The nights so far, which take no time.
    nights: SignedDuration,
    /// This hall lives through nights, in which nothing happens.
    has_nights: bool,
    kiosks: Vec<Kiosk>,
    /// Whose line is cut.
    cut: Vec<bool>,
    /// By how much the kiosks' clocks are off.
    off: Vec<SignedDuration>,
    people: Vec<Person>,
    guests: Vec<Guest>,
    board: Board,
    checker: Checker,
    lanes: Vec<LaneId>,
    matters: Vec<String>,
    /// No clock was ever set.
    clocks_are_right: bool,
    /// Faults may happen.
    pub(super) rough: bool,
    pub(super) figures: Figures,
}

impl World {
    pub(super) fn new(seed: u64) -> World {
        let files = &HALL.files;
        let zone = files.rules.zone.clone();
        // Any hour, so that every fourth hall lives through a midnight.
        let hour = i8::try_from(seed % 24).unwrap_or(8);
        let opening = date(2026, 11, 23).at(hour, 0, 0, 0);
        let now = opening.to_zoned(zone.clone()).expect("a time of a hall").timestamp();
        let windows = files.rules.windows.keys().map(|id| Person::new(Post::Window(*id), 0.0));
        let crowded = seed % 3 == 2;
        let desk_s = if crowded { DESK_IN_A_CROWD_EVERY_S } else { DESK_EVERY_S };
        let others =
            [Person::new(Post::Desk, desk_s), Person::new(Post::Bookings, BOOKING_EVERY_S)];
        let settings = Settings {
            language: Language::Zh,
            time_zone: TimeZone::UTC.clone(),
            loudspeakers: Vec::new(),
            volume: Vec::new(),
        };
        let mut world = World {
            now,
            chance: Chance::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
            due: BinaryHeap::new(),
            foreseen: 0,
            server: Server::new(files, zone),
            server_run: 0,
            skew: SignedDuration::ZERO,
            nights: SignedDuration::ZERO,
            has_nights: seed.is_multiple_of(5),
            kiosks: (0..KIOSKS).map(Kiosk::new).collect(),
            cut: vec![false; KIOSKS],
            off: vec![SignedDuration::ZERO; KIOSKS],
            people: windows.chain(others).collect(),
            guests: Vec::new(),
            board: Board::new(settings),
            checker: Checker::new(&files.rules),
            lanes: files.rules.lanes.keys().cloned().collect(),
            matters: files.catalogue.matters.iter().map(|it| it.id.clone()).collect(),
            clocks_are_right: true,
            rough: true,
            figures: Figures::default(),
        };
        world.foresee_the_first();
        // What one hall hardly sees twice.
        if seed.is_multiple_of(3) {
            world.sometime(4_000.0, Happening::DiskIsCopied);
        }
        if seed % 4 == 1 {
            world.sometime(4_000.0, Happening::OldCopy);
        }
        world
    }

    fn at_the_server(&self) -> Timestamp {
        self.now + self.nights + self.skew
    }

    fn at_clock_of(&self, kiosk: usize) -> Timestamp {
        self.now + self.nights + self.off[kiosk]
    }

    fn foresee_the_first(&mut self) {
        let none = SignedDuration::ZERO;
        self.after(none, Happening::ServerStarts);
        self.after(VIEW_EVERY, Happening::ViewComes);
        for nth in 0..KIOSKS {
            self.after(none, Happening::KioskStarts(nth));
            self.after(SignedDuration::from_secs(5), Happening::VisitorComes(nth));
            self.sometime(1_500.0, Happening::LineChanges(nth));
            self.sometime(5_000.0, Happening::KioskFails(nth));
            self.sometime(1_500.0, Happening::KioskClockSteps(nth));
            self.sometime(3_000.0, Happening::StoreFails(nth));
        }
        for nth in 0..self.people.len() {
            self.after(SignedDuration::from_secs(1), Happening::PersonActs(nth));
        }
        self.sometime(SERVER_LIVES_S, Happening::ServerDies);
        self.sometime(900.0, Happening::DiskFails);
        self.sometime(4_000.0, Happening::ClockSteps);
        self.after(NIGHT_AFTER, Happening::Night);
    }

    fn after(&mut self, pause: SignedDuration, happening: Happening) {
        self.foreseen += 1;
        self.due.push(Reverse(Due(self.now + pause, self.foreseen, happening)));
    }

    fn sometime(&mut self, mean_s: f64, happening: Happening) {
        let pause = self.chance.about_s(mean_s);
        self.after(pause, happening);
    }

    /// Lets everything happen until `then`.
    pub(super) fn until(&mut self, then: Timestamp) -> Verdict {
        while self.due.peek().is_some_and(|Reverse(due)| due.0 <= then) {
            let Some(Reverse(Due(at, _, happening))) = self.due.pop() else { break };
            self.now = at;
            self.figures.steps += 1;
            self.happens(happening)?;
        }
        self.now = then;
        Ok(())
    }

    /// What must hold when everything has come to rest.
    pub(super) fn at_rest(&self) -> Verdict {
        self.checker.heard_of_all()?;
        self.kiosks.iter().try_for_each(|kiosk| {
            let (shown, unsure) = (&kiosk.shown, &kiosk.unsure);
            kiosk.visits.iter().try_for_each(|it| self.checker.visited(it, shown, unsure))?;
            let sure = kiosk.ended_visits().filter(|it| !kiosk.unsure.contains(*it));
            self.checker.are_shown(sure, &kiosk.shown)
        })
    }

    /// The commands that wait for an answer.
    pub(super) fn waiting_for_answers(&self) -> Vec<CommandId> {
        let of_kiosk = |it: &Kiosk| {
            let letters = it.letters.iter().chain(&it.given_up).map(|it| it.id.clone());
            let untold = it.store.untold().iter().map(|it| it.command_id.clone());
            letters.chain(untold).collect::<Vec<_>>()
        };
        let asked = self.people.iter().filter_map(|it| it.pending.as_ref()?.command_id.clone());
        let guests = self.guests.iter().flat_map(|it| &it.comings).filter(|it| it.asks);
        let kiosks = self.kiosks.iter().flat_map(of_kiosk);
        kiosks.chain(asked).chain(guests.map(|it| it.id.clone())).collect()
    }

    /// Nobody waits for an answer any more.
    pub(super) fn is_drained(&self) -> bool {
        self.server.desk.is_some()
            && self.kiosks.iter().all(|it| {
                it.state.is_some()
                    && it.letters.is_empty()
                    && it.given_up.is_empty()
                    && it.store.untold().is_empty()
            })
            && self.people.iter().all(|it| it.pending.is_none())
            && self.guests.iter().flat_map(|it| &it.comings).all(|it| !it.asks)
    }

    fn happens(&mut self, happening: Happening) -> Verdict {
        match happening {
            Happening::VisitorComes(nth) => self.visitor_comes(nth),
            Happening::VisitorPresses(nth, run) => self.visitor_presses(nth, run)?,
            Happening::KioskTicks(nth, run) => self.kiosk_ticks(nth, run)?,
            Happening::KioskTries(nth, run) => self.kiosk_tries(nth, run)?,
            Happening::PersonActs(nth) => self.person_acts(nth),
            Happening::GuestComes(nth, coming) => self.guest_comes(nth, coming),
            Happening::GuestTries(nth, coming) => self.guest_tries(nth, coming),
            Happening::GuestAsks(nth, coming) => self.guest_asks(nth, coming),
            Happening::Arrives(from, asked) => self.arrives(from, *asked),
            Happening::ServerWorks(run) if run == self.server_run => self.server_works()?,
            Happening::ServerWorks(_) => {}
            Happening::Answered(to, id, answer) => self.answered(to, &id, answer)?,
            Happening::Printed(nth, run, job, outcome) => {
                self.at_kiosk(nth, run, Msg::Printed { job, outcome })?;
            }
            Happening::ViewComes => {
                self.publish();
                self.after(VIEW_EVERY, Happening::ViewComes);
            }
            fault => self.goes_wrong(fault)?,
        }
        Ok(())
    }

    fn read_the_record(&mut self) -> Verdict {
        let rows = self.server.disk.rows_after(self.checker.seq);
        for row in &rows {
            self.checker.read(row)?;
        }
        self.figures.issued = self.checker.issued;
        self.figures.finished = self.checker.finished;
        self.figures.late = self.checker.late;
        let counts = self.checker.counts();
        self.figures.booked = counts.booked;
        self.figures.checked_in = counts.checked_in;
        self.figures.cancelled = counts.cancelled;
        self.figures.missed = counts.missed;
        self.figures.early = counts.early;
        Ok(())
    }

    fn server_works(&mut self) -> Verdict {
        let before = self.server.disk.len();
        match self.server.work(self.at_the_server()) {
            Worked::Died => {
                self.server_dies();
                return Ok(());
            }
            Worked::Answered(answers) => {
                self.read_the_record()?;
                if let [(_, asked, Answer::Refused(code))] = &answers[..] {
                    let now = self.at_the_server();
                    self.checker.is_refused(&asked.command, *code, now)?;
                }
                for (to, asked, answer) in answers {
                    let Some(id) = asked.command_id.clone() else { continue };
                    if let Answer::Done(done) = answer {
                        self.checker.answered(&id, done.seq, done.ticket)?;
                        self.figures.repeated += u64::from(done.repeated);
                        self.figures.remember(id.clone(), asked.command.clone());
                    }
                    if let (Command::CheckIn { appointment, .. }, Answer::CheckedIn(ticket)) =
                        (&asked.command, answer)
                    {
                        self.checker.is_checked_in(*appointment, ticket)?;
                    }
                    self.send(Happening::Answered(to, id, answer), to);
                }
            }
        }
        if let Some(desk) = &self.server.desk {
            let shown = desk.published().hall().seq();
            if shown > self.server.disk.len() {
                return Err(format!("event {shown} is shown and not stored"));
            }
        }
        let called = |row: &Row| {
            matches!(row.entry.event, Event::TicketCalled { .. } | Event::TicketRecalled { .. })
        };
        if self.server.disk.rows_after(before).iter().any(called) {
            self.show_on_board();
        }
        Ok(())
    }

    fn show_on_board(&mut self) {
        let Some(desk) = &self.server.desk else { return };
        let view = views::board(&desk.published().hall(), &HALL.on_board, None, self.now);
        let said =
            board_core::update(&mut self.board, BoardMsg::ViewArrived(Box::new(view)), self.now);
        self.figures.spoken += said.len() as u64;
    }

    /// Whoever has a feed gets the view of this moment.
    fn publish(&mut self) {
        let Some(desk) = &self.server.desk else { return };
        let view = views::board(
            &desk.published().hall(),
            &self.server.files.profile,
            None,
            self.at_the_server(),
        );
        for nth in 0..self.kiosks.len() {
            if !self.cut[nth] {
                let now = self.at_clock_of(nth);
                self.kiosks[nth].hear(view.clone(), now);
            }
        }
    }

    /// Over a line that loses and doubles.
    fn send(&mut self, message: Happening, with: Sender) {
        let kiosk = match with {
            Sender::Kiosk(nth, _) => Some(nth),
            Sender::Guest(nth, coming) => self.guests[nth].comings[coming].kiosk,
            Sender::Person(_) => None,
        };
        let cut = kiosk.is_some_and(|it| self.cut[it]);
        if cut || (self.rough && self.chance.percent(4)) {
            self.figures.lost += 1;
            return;
        }
        if self.rough && self.chance.percent(3) {
            // Some take a way on which they are held up.
            let most = if self.chance.percent(20) { 60_000 } else { 4_000 };
            let pause = self.chance.millis(1, most);
            self.figures.doubled += 1;
            self.after(pause, message.clone());
        }
        let pause = self.chance.millis(1, 40);
        self.after(pause, message);
    }

    fn answered(&mut self, to: Sender, id: &CommandId, answer: Answer) -> Verdict {
        match to {
            Sender::Person(nth) => {
                if let Some(asked) = self.people[nth].answered(id) {
                    self.expect(&asked, answer);
                }
                Ok(())
            }
            Sender::Guest(nth, coming) => self.guest_hears(nth, coming, answer),
            // Of a server that has died meanwhile no answer arrives.
            Sender::Kiosk(..) if self.server.desk.is_none() => Ok(()),
            Sender::Kiosk(nth, run) if self.kiosks[nth].run == run => {
                let heard = match answer {
                    Answer::Refused(code) => Err(code),
                    Answer::CheckedIn(_) => Err(ProblemCode::CheckedInBefore),
                    Answer::Done(done) if id.as_str().starts_with("o-") => {
                        Ok(Heard::TakenIn(done.ticket))
                    }
                    Answer::Done(done) => {
                        let ticket = || answer.ticket().and_then(|it| self.ticket(it));
                        let lease = self.lease(done.seq).map(Heard::Lease);
                        Ok(lease.unwrap_or_else(|| Heard::Ticket(ticket().map(Box::new))))
                    }
                };
                let now = self.at_clock_of(nth);
                let prints = self.kiosks[nth].answered(id, heard, now)?;
                self.print(nth, prints)
            }
            Sender::Kiosk(..) => Ok(()),
        }
    }

    /// The lease as it went out with the answer.
    fn lease(&self, seq: u64) -> Option<NumberLease> {
        let hall = self.server.desk.as_ref()?.published().hall();
        let lease = hall.lease_of(seq)?;
        Some(views::number_lease(&hall, lease, hall.day()?))
    }

    /// The ticket as it went out with the answer.
    fn ticket(&self, id: TicketId) -> Option<queue_api::Ticket> {
        let hall = self.server.desk.as_ref()?.published().hall();
        let ticket = hall.ticket(id)?;
        Some(views::ticket(&hall, &self.server.files.profile, ticket, self.now))
    }

    fn person_acts(&mut self, nth: usize) {
        let Some(desk) = &self.server.desk else {
            self.after(SignedDuration::from_secs(3), Happening::PersonActs(nth));
            return;
        };
        let now = self.at_the_server();
        let hall = desk.published().hall();
        let shown = |id| self.kiosks.iter().any(|it| it.shown.contains(&id));
        let seen = |it: &Ticket| self.checker.is_handed_out(it) || shown(it.id);
        let (asked, pause) = self.people[nth].acts(&hall, &self.lanes, &mut self.chance, now, seen);
        if let Some(Asked { command_id: Some(id), command, .. }) = &asked
            && let Command::CancelAppointment { appointment } = command
            && let Some(held) = hall.appointment(*appointment)
        {
            self.checker.means(id.clone(), held.appointment.code.clone());
        }
        drop(hall);
        if let Some(asked) = asked {
            let from = Sender::Person(nth);
            self.send(Happening::Arrives(from, Box::new(asked)), from);
        }
        self.after(pause, Happening::PersonActs(nth));
    }
}
