//! The simulated hall: what happens next, in the order of time, and what
//! goes wrong on the way.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use board_core::{Msg as BoardMsg, Settings, State as Board};
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kiosk_core::{Effect, Msg};
use queue_api::{CommandId, LaneId, PrintOutcome, TicketId};
use queue_core::{Command, Event};
use queue_server::actor::Actor;
use queue_server::engine::Asked;
use queue_server::journal::Row;
use queue_server::{commands, views};
use slip::Slip;
use voice::Language;

use super::chance::Chance;
use super::check::{Checker, Verdict};
use super::disk::Fault;
use super::kiosk::{Kiosk, Letter, Press, What};
use super::people::{Person, Post};
use super::server::{Answer, Server, Worked};
use super::{Figures, HALL};

const KIOSKS: usize = 3;

/// A kiosk has a visitor so often, in seconds.
const VISITOR_EVERY_S: f64 = 240.0;

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
}

/// Something that happens.
#[derive(Clone, Debug)]
enum Happening {
    VisitorComes(usize),
    VisitorPresses(usize, u32),
    KioskTicks(usize, u32),
    KioskTries(usize, u32),
    PersonActs(usize),
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
    Minute,
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
    kiosks: Vec<Kiosk>,
    /// Whose line is cut.
    cut: Vec<bool>,
    people: Vec<Person>,
    board: Board,
    checker: Checker,
    lanes: Vec<LaneId>,
    matters: Vec<String>,
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
        let windows = files.rules.windows.keys().map(|id| Post::Window(*id));
        let settings =
            Settings { language: Language::Zh, zone: None, time_zone: TimeZone::UTC.clone() };
        let mut world = World {
            now,
            chance: Chance::new(seed),
            due: BinaryHeap::new(),
            foreseen: 0,
            server: Server::new(files, zone),
            server_run: 0,
            skew: SignedDuration::ZERO,
            kiosks: (0..KIOSKS).map(Kiosk::new).collect(),
            cut: vec![false; KIOSKS],
            people: windows.chain([Post::Desk]).map(Person::new).collect(),
            board: Board::new(settings),
            checker: Checker::new(&files.rules),
            lanes: files.rules.lanes.keys().cloned().collect(),
            matters: files.catalogue.matters.iter().map(|it| it.id.clone()).collect(),
            rough: true,
            figures: Figures::default(),
        };
        world.foresee_the_first();
        world
    }

    fn foresee_the_first(&mut self) {
        let none = SignedDuration::ZERO;
        self.after(none, Happening::ServerStarts);
        self.after(SignedDuration::from_secs(60), Happening::Minute);
        for nth in 0..KIOSKS {
            self.after(none, Happening::KioskStarts(nth));
            self.after(SignedDuration::from_secs(5), Happening::VisitorComes(nth));
            self.sometime(1_500.0, Happening::LineChanges(nth));
            self.sometime(5_000.0, Happening::KioskFails(nth));
        }
        for nth in 0..self.people.len() {
            self.after(SignedDuration::from_secs(1), Happening::PersonActs(nth));
        }
        self.sometime(SERVER_LIVES_S, Happening::ServerDies);
        self.sometime(900.0, Happening::DiskFails);
        self.sometime(4_000.0, Happening::ClockSteps);
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
        self.kiosks.iter().flat_map(|it| &it.visits).try_for_each(|it| self.checker.visited(it))
    }

    /// Nobody waits for an answer any more.
    pub(super) fn is_drained(&self) -> bool {
        self.server.desk.is_some()
            && self.kiosks.iter().all(|it| it.state.is_some() && it.letters.is_empty())
            && self.people.iter().all(|it| it.pending.is_none())
    }

    fn happens(&mut self, happening: Happening) -> Verdict {
        match happening {
            Happening::VisitorComes(nth) => self.visitor_comes(nth),
            Happening::VisitorPresses(nth, run) => self.visitor_presses(nth, run)?,
            Happening::KioskTicks(nth, run) => self.kiosk_ticks(nth, run),
            Happening::KioskTries(nth, run) => self.kiosk_tries(nth, run),
            Happening::PersonActs(nth) => self.person_acts(nth),
            Happening::Arrives(from, asked) => {
                if self.server.receive(from, *asked) {
                    let pause = self.chance.millis(0, 3);
                    self.after(pause, Happening::ServerWorks(self.server_run));
                }
            }
            Happening::ServerWorks(run) if run == self.server_run => self.server_works()?,
            Happening::ServerWorks(_) => {}
            Happening::Answered(to, id, answer) => self.answered(to, &id, answer)?,
            Happening::Printed(nth, run, job, outcome) => {
                self.at_kiosk(nth, run, Msg::Printed { job, outcome })?;
            }
            Happening::Minute => {
                self.publish();
                self.after(SignedDuration::from_secs(60), Happening::Minute);
            }
            fault => self.goes_wrong(fault)?,
        }
        Ok(())
    }

    fn goes_wrong(&mut self, fault: Happening) -> Verdict {
        match fault {
            Happening::ServerDies => {
                self.sometime(SERVER_LIVES_S, Happening::ServerDies);
                if self.rough && self.server.desk.is_some() {
                    self.server_dies();
                }
            }
            Happening::ServerStarts => self.server_starts()?,
            Happening::DiskFails => {
                let faults = [Fault::Full, Fault::DiesBefore, Fault::DiesAfter];
                if let Some(fault) = self.chance.pick(&faults).filter(|_| self.rough) {
                    self.server.disk.fail_next(*fault);
                }
                self.sometime(900.0, Happening::DiskFails);
            }
            Happening::KioskFails(nth) => {
                if self.rough && self.kiosks[nth].state.is_some() {
                    self.figures.kiosk_failures += 1;
                    self.kiosks[nth].switch_off();
                    let pause = self.chance.millis(10_000, 60_000);
                    self.after(pause, Happening::KioskStarts(nth));
                }
                self.sometime(5_000.0, Happening::KioskFails(nth));
            }
            Happening::KioskStarts(nth) => {
                let prints = self.kiosks[nth].switch_on(self.server.files, self.now);
                let run = self.kiosks[nth].run;
                self.print(nth, prints)?;
                self.after(SignedDuration::from_secs(1), Happening::KioskTicks(nth, run));
                self.after(SignedDuration::from_secs(1), Happening::KioskTries(nth, run));
                self.publish();
            }
            Happening::LineChanges(nth) => {
                self.cut[nth] = self.rough && !self.cut[nth];
                let mean_s = if self.cut[nth] { 40.0 } else { 1_500.0 };
                if self.cut[nth] {
                    self.figures.partitions += 1;
                    self.kiosks[nth].lose(self.now);
                } else {
                    self.publish();
                }
                self.sometime(mean_s, Happening::LineChanges(nth));
            }
            Happening::ClockSteps => {
                if self.rough {
                    self.figures.clock_steps += 1;
                    let back = self.chance.millis(0, 3_600_000);
                    let on = self.chance.millis(0, 600_000);
                    self.skew = on - back;
                }
                self.sometime(4_000.0, Happening::ClockSteps);
            }
            other => unreachable!("{other:?} is no fault"),
        }
        Ok(())
    }

    /// What everybody does when there is nothing wrong any more.
    pub(super) fn mend(&mut self) {
        self.rough = false;
        self.cut.fill(false);
        self.publish();
    }

    fn server_dies(&mut self) {
        self.figures.crashes += 1;
        self.server.die();
        for kiosk in &mut self.kiosks {
            kiosk.lose(self.now);
        }
        board_core::update(&mut self.board, BoardMsg::FeedLost, self.now);
        let pause = self.chance.millis(1_000, 40_000);
        self.after(pause, Happening::ServerStarts);
    }

    /// The record tells the same story as before, and a command that was
    /// answered is answered the same.
    fn server_starts(&mut self) -> Verdict {
        self.server_run += 1;
        self.server.start();
        self.read_the_record()?;
        self.ask_again()?;
        self.publish();
        Ok(())
    }

    /// Some of today's commands once more.
    fn ask_again(&mut self) -> Verdict {
        let known: Vec<(CommandId, Command)> = self.figures.asked.iter().cloned().collect();
        for (id, command) in known {
            let stored = self.checker.commands.get(&id).copied();
            let asked = Asked { command_id: Some(id.clone()), by: Actor::Server, command };
            let Some(desk) = &mut self.server.desk else { return Ok(()) };
            let at = self.now + self.skew;
            // The disk may fail here as anywhere.
            let Ok(mut answers) = desk.take(&[asked], at) else {
                self.server_dies();
                return Ok(());
            };
            let answer = answers.pop();
            let same = matches!((&answer, stored), (Some(Ok(done)), Some((seq, ticket)))
                if done.repeated && (done.seq, done.ticket) == (seq, ticket));
            if !same {
                return Err(format!("{id} was {stored:?}, after the restart it is {answer:?}"));
            }
            self.read_the_record()?;
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
        Ok(())
    }

    fn server_works(&mut self) -> Verdict {
        let before = self.server.disk.len();
        match self.server.work(self.now + self.skew) {
            Worked::Died => {
                self.server_dies();
                return Ok(());
            }
            Worked::Answered(answers) => {
                self.read_the_record()?;
                for (to, asked, answer) in answers {
                    let Some(id) = asked.command_id.clone() else { continue };
                    if let Answer::Done(done) = answer {
                        self.checker.answered(&id, done.seq, done.ticket)?;
                        self.figures.repeated += u64::from(done.repeated);
                        self.figures.remember(id.clone(), asked.command);
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
        let profile = &self.server.files.profile;
        let view = views::board(&desk.published().hall(), profile, None, self.now);
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
            self.now + self.skew,
        );
        for (nth, kiosk) in self.kiosks.iter_mut().enumerate() {
            if !self.cut[nth] {
                kiosk.hear(view.clone(), self.now);
            }
        }
    }

    /// Over a line that loses and doubles.
    fn send(&mut self, message: Happening, with: Sender) {
        let cut = matches!(with, Sender::Kiosk(nth, _) if self.cut[nth]);
        if cut || (self.rough && self.chance.percent(4)) {
            self.figures.lost += 1;
            return;
        }
        if self.rough && self.chance.percent(3) {
            let pause = self.chance.millis(1, 4_000);
            self.figures.doubled += 1;
            self.after(pause, message.clone());
        }
        let pause = self.chance.millis(1, 40);
        self.after(pause, message);
    }

    fn answered(&mut self, to: Sender, id: &CommandId, answer: Answer) -> Verdict {
        match to {
            Sender::Person(nth) => {
                self.people[nth].answered(id);
                Ok(())
            }
            Sender::Kiosk(nth, run) if self.kiosks[nth].run == run => {
                let heard = match answer {
                    Answer::Refused(code) => Err(code),
                    Answer::Done(_) => Ok(answer.ticket().and_then(|it| self.ticket(it))),
                };
                let prints = self.kiosks[nth].answered(id, heard, self.now);
                self.print(nth, prints)
            }
            Sender::Kiosk(..) => Ok(()),
        }
    }

    /// The ticket as it went out with the answer.
    fn ticket(&self, id: TicketId) -> Option<queue_api::Ticket> {
        let hall = self.server.desk.as_ref()?.published().hall();
        let ticket = hall.ticket(id)?;
        Some(views::ticket(&hall, &self.server.files.profile, ticket, self.now))
    }

    fn print(&mut self, nth: usize, prints: Vec<Effect>) -> Verdict {
        let run = self.kiosks[nth].run;
        for effect in prints {
            let Effect::Print { job, ticket, slip } = effect else { continue };
            let outcome = match self.chance.between(0, 99) {
                0 => PrintOutcome::NotStarted { reason: "no_paper".to_owned() },
                1 => PrintOutcome::Unknown,
                _ => PrintOutcome::Done,
            };
            let begun = !matches!(outcome, PrintOutcome::NotStarted { .. });
            if let (Slip::Ticket(it) | Slip::TicketAndNotice(it, _), Some(ticket), true) =
                (&slip, ticket, begun)
            {
                self.figures.printed += 1;
                self.checker.printed(it.issued.date(), &it.number, ticket, it.reprint)?;
            }
            let pause = self.chance.millis(800, 3_000);
            self.after(pause, Happening::Printed(nth, run, job, outcome));
        }
        Ok(())
    }

    fn at_kiosk(&mut self, nth: usize, run: u32, msg: Msg) -> Verdict {
        if self.kiosks[nth].run != run {
            return Ok(());
        }
        let prints = self.kiosks[nth].receive(msg, self.now);
        self.print(nth, prints)
    }

    fn visitor_comes(&mut self, nth: usize) {
        self.sometime(VISITOR_EVERY_S, Happening::VisitorComes(nth));
        let kiosk = &mut self.kiosks[nth];
        if kiosk.state.is_none() || kiosk.busy || !kiosk.connected {
            return;
        }
        kiosk.busy = true;
        kiosk.visits.push(BTreeSet::new());
        let run = kiosk.run;
        self.after(SignedDuration::from_secs(1), Happening::VisitorPresses(nth, run));
    }

    fn visitor_presses(&mut self, nth: usize, run: u32) -> Verdict {
        let kiosk = &mut self.kiosks[nth];
        if kiosk.run != run || !kiosk.busy {
            return Ok(());
        }
        let (msg, pause) = match kiosk.next_press(&self.matters, &mut self.chance) {
            Press::Leaves => {
                kiosk.busy = false;
                return Ok(());
            }
            Press::Waits => (None, self.chance.millis(1_000, 4_000)),
            Press::Then(msg) => (Some(*msg), self.chance.millis(1_500, 6_000)),
        };
        if let Some(msg) = msg {
            let leaves = matches!(msg, Msg::HomePressed);
            let again = self.chance.percent(5).then(|| msg.clone());
            self.at_kiosk(nth, run, msg)?;
            // A finger that trembles.
            if let Some(again) = again {
                self.at_kiosk(nth, run, again)?;
            }
            if leaves {
                self.kiosks[nth].busy = false;
                return Ok(());
            }
        }
        self.kiosk_sends(nth, run);
        self.after(pause, Happening::VisitorPresses(nth, run));
        Ok(())
    }

    fn kiosk_ticks(&mut self, nth: usize, run: u32) {
        let kiosk = &mut self.kiosks[nth];
        if kiosk.run != run || kiosk.state.is_none() {
            return;
        }
        let pause = if kiosk.busy { 1 } else { 15 };
        // A tick prints nothing.
        kiosk.receive(Msg::Tick, self.now);
        self.after(SignedDuration::from_secs(pause), Happening::KioskTicks(nth, run));
    }

    /// Every second, like the client's own retries.
    fn kiosk_tries(&mut self, nth: usize, run: u32) {
        if self.kiosks[nth].run != run || self.kiosks[nth].state.is_none() {
            return;
        }
        self.kiosk_sends(nth, run);
        self.after(SignedDuration::from_millis(1_500), Happening::KioskTries(nth, run));
    }

    fn kiosk_sends(&mut self, nth: usize, run: u32) {
        for letter in self.kiosks[nth].take_tries(self.now) {
            let Some(asked) = self.asked_by(nth, letter) else { continue };
            let from = Sender::Kiosk(nth, run);
            self.send(Happening::Arrives(from, Box::new(asked)), from);
        }
    }

    /// A letter as the server's door reads it.
    fn asked_by(&mut self, nth: usize, letter: Letter) -> Option<Asked> {
        let by = Actor::Device(format!("kiosk-{nth}"));
        let command = match letter.what {
            What::Printed(ticket, report) => {
                Command::ReportPrinted { ticket, print: report.outcome }
            }
            What::Issue(request) => {
                self.figures.tokens += 1;
                let token = format!("token-{}", self.figures.tokens);
                commands::issue(self.server.files, request, token, &by).ok()?
            }
        };
        Some(Asked { command_id: Some(letter.id), by, command })
    }

    fn person_acts(&mut self, nth: usize) {
        let Some(desk) = &self.server.desk else {
            self.after(SignedDuration::from_secs(3), Happening::PersonActs(nth));
            return;
        };
        let now = self.now + self.skew;
        let hall = desk.published().hall();
        let (asked, pause) = self.people[nth].acts(&hall, &self.lanes, &mut self.chance, now);
        drop(hall);
        if let Some(asked) = asked {
            let from = Sender::Person(nth);
            self.send(Happening::Arrives(from, Box::new(asked)), from);
        }
        self.after(pause, Happening::PersonActs(nth));
    }
}
