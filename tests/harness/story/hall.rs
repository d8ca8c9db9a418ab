//! The hall of a story: its server, kiosks, windows and boards, and the
//! time that passes for all of them alike.

use std::collections::BTreeMap;

use anyhow::{Context, bail, ensure};
use jiff::civil::{Time, date};
use jiff::{SignedDuration, Timestamp};
use kiosk_core::{IssueFailure, Msg};
use queue_api::WindowId;
use queue_core::{Command, CommandId, Outcome, StaffId, WindowAct};
use queue_server::actor::Actor;

use super::Nth;
use super::board::{Board, Switch};
use super::kiosk::{Kiosk, Letter, Line, What};
use super::server::Server;

/// The server tells its feeds that it lives this often, seconds.
const PING_S: i64 = 5;

/// No story waits longer at a time, seconds.
const WAIT_S_MAX: i64 = 24 * 3_600;

pub(super) struct Hall {
    now: Timestamp,
    server: Server,
    kiosks: BTreeMap<Nth, Kiosk>,
    boards: BTreeMap<Nth, Board>,
    clerk_presses: u32,
    /// The last press at a window, which a clerk may make again.
    last_press: Option<(CommandId, Nth, WindowAct)>,
    seen: Vec<String>,
}

impl Hall {
    /// Monday, 23 November 2026, 08:50 in the demo hall; the server is up.
    pub(super) fn open(name: &str) -> anyhow::Result<Hall> {
        let server = Server::open(name)?;
        let now = date(2026, 11, 23).at(8, 50, 0, 0).to_zoned(server.zone.clone())?.timestamp();
        Ok(Hall {
            now,
            server,
            kiosks: BTreeMap::new(),
            boards: BTreeMap::new(),
            clerk_presses: 0,
            last_press: None,
            seen: Vec::new(),
        })
    }

    pub(super) fn take_seen(&mut self) -> Vec<String> {
        std::mem::take(&mut self.seen)
    }

    /// A kiosk that is named for the first time is switched on.
    fn kiosk(&mut self, nth: Nth) -> anyhow::Result<&mut Kiosk> {
        if !self.kiosks.contains_key(&nth) {
            let mut kiosk = Kiosk::new(nth, self.now);
            let (hall, zone) = (self.server.files.profile.clone(), self.server.zone.clone());
            let catalogue = self.server.files.catalogue.clone();
            let state = queue_api::PrinterState::Ready;
            // Before anybody looks at it.
            kiosk.receive(Msg::HallArrived { hall, zone }, self.now);
            kiosk.receive(Msg::CatalogueArrived { catalogue }, self.now);
            kiosk.receive(Msg::PrinterChanged { state }, self.now);
            self.kiosks.insert(nth, kiosk);
            self.publish()?;
        }
        self.kiosks.get_mut(&nth).context("it was switched on")
    }

    pub(super) fn at_kiosk(&mut self, nth: Nth, what: &str) -> anyhow::Result<()> {
        // A visitor reads a page that has just come before pressing on it.
        while !self.kiosk(nth)?.listens() {
            self.wait(1)?;
        }
        let now = self.now;
        let seen = self.kiosk(nth)?.press(what, now)?;
        self.seen.extend(seen);
        self.deliver()
    }

    pub(super) fn at_printer(&mut self, nth: Nth, what: &str) -> anyhow::Result<()> {
        let now = self.now;
        let seen = self.kiosk(nth)?.at_printer(what, now)?;
        self.seen.extend(seen);
        self.deliver()
    }

    /// The line of a kiosk.
    pub(super) fn at_line(&mut self, nth: Nth, what: &str) -> anyhow::Result<()> {
        let now = self.now;
        let kiosk = self.kiosk(nth)?;
        kiosk.set_line(what)?;
        if kiosk.line == Line::Cut {
            let seen = kiosk.lose(now);
            self.seen.extend(seen);
        }
        self.publish()
    }

    pub(super) fn at_board(&mut self, nth: Nth, what: &str) -> anyhow::Result<()> {
        let board = self.boards.entry(nth).or_insert_with(|| Board::new(nth));
        match Switch::read(what)? {
            Switch::On => {
                board.switch_on(&self.server.files.profile, &self.server.zone, self.now);
            }
            Switch::Off => board.switch_off(),
        }
        self.publish()
    }

    pub(super) fn at_server(&mut self, what: &str) -> anyhow::Result<()> {
        match what {
            "dies" => {
                self.server.die()?;
                for board in self.boards.values_mut() {
                    self.seen.extend(board.lose(self.now));
                }
                for kiosk in self.kiosks.values_mut() {
                    self.seen.extend(kiosk.lose(self.now));
                }
                Ok(())
            }
            "leases numbers" => self.server.lease_numbers(40),
            "starts" => {
                self.server.start()?;
                self.publish()
            }
            _ => bail!("a server `dies`, `starts` or `leases numbers`"),
        }
    }

    /// A clerk presses a key of the console, or the same one again.
    pub(super) fn at_window(&mut self, nth: Nth, what: &str) -> anyhow::Result<()> {
        let (id, nth, act) = if what == "again" {
            self.last_press.clone().context("nothing was pressed before")?
        } else {
            self.clerk_presses += 1;
            let id = format!("window-{nth}-press-{}", self.clerk_presses);
            (id.parse()?, nth, window_act(nth, what)?)
        };
        self.last_press = Some((id.clone(), nth, act.clone()));
        if !self.server.is_up() {
            self.seen.push(format!("window {nth}: the server cannot be reached"));
            return Ok(());
        }
        let command = Command::AtWindow { window: WindowId(nth), act };
        let by = Actor::Staff(clerk(nth)?);
        match self.server.submit(Some(id), by, command, self.now)? {
            Ok(done) if done.repeated => self.seen.push(format!("window {nth}: as before")),
            Ok(_) => {}
            Err(problem) => self.seen.push(format!("window {nth}: {}", problem.titles.zh)),
        }
        self.publish()
    }

    pub(super) fn wait_until(&mut self, time: Time) -> anyhow::Result<()> {
        let local = self.now.to_zoned(self.server.zone.clone());
        let then = local.date().to_datetime(time).to_zoned(self.server.zone.clone())?.timestamp();
        self.wait(then.duration_since(self.now).as_secs())
    }

    /// Nobody is there at night; only the clock goes on.
    pub(super) fn sleep_until(&mut self, time: Time) -> anyhow::Result<()> {
        let day = self.now.to_zoned(self.server.zone.clone()).date().tomorrow()?;
        self.now = day.to_datetime(time).to_zoned(self.server.zone.clone())?.timestamp();
        for kiosk in self.kiosks.values_mut() {
            // The hall forgets yesterday's tickets; the record does not.
            kiosk.numbers.clear();
        }
        self.tick()
    }

    pub(super) fn wait(&mut self, seconds: i64) -> anyhow::Result<()> {
        ensure!((0..=WAIT_S_MAX).contains(&seconds), "time goes on, and not for ever");
        for _ in 0..seconds {
            self.now += SignedDuration::from_secs(1);
            self.tick()?;
        }
        Ok(())
    }

    /// A second passes.
    fn tick(&mut self) -> anyhow::Result<()> {
        for kiosk in self.kiosks.values_mut() {
            self.seen.extend(kiosk.receive(Msg::Tick, self.now));
        }
        self.server.look_at_the_clock(self.now)?;
        if self.server.is_up() && self.now.as_second() % PING_S == 0 {
            for board in self.boards.values_mut() {
                self.seen.extend(board.ping(self.now));
            }
        }
        for board in self.boards.values_mut() {
            self.seen.extend(board.look(self.now));
        }
        self.deliver()
    }

    /// Every letter is tried once, and so is what an answer leads to;
    /// what the server did is published.
    fn deliver(&mut self) -> anyhow::Result<()> {
        for _ in 0..2 {
            let nths: Vec<Nth> = self.kiosks.keys().copied().collect();
            for nth in nths {
                let kiosk = self.kiosks.get_mut(&nth).context("it is there")?;
                for letter in kiosk.take_letters(self.now) {
                    self.try_letter(nth, letter)?;
                }
            }
        }
        self.publish()
    }

    fn try_letter(&mut self, nth: Nth, letter: Letter) -> anyhow::Result<()> {
        let now = self.now;
        let kiosk = self.kiosks.get_mut(&nth).context("it is there")?;
        if kiosk.line == Line::Cut || !self.server.is_up() {
            self.seen.extend(kiosk.tried(letter, false, now));
            return Ok(());
        }
        let msg = match &letter.what {
            What::Issue(request) => {
                let command_id = request.command_id.clone();
                let answer = self.server.issue(&kiosk.name, request.clone(), now)?;
                Some(match answer {
                    Ok(ticket) => Msg::TicketIssued { command_id, ticket },
                    Err(problem) => {
                        let failure = IssueFailure::Refused(Box::new(problem));
                        Msg::IssueFailed { command_id, failure }
                    }
                })
            }
            What::Printed(ticket, report) => {
                self.server.printed(&kiosk.name, *ticket, report, now)?;
                None
            }
            What::Lease(request) => {
                let lease = self.server.lease(&kiosk.name, request.clone(), now)?;
                lease.map(|lease| Msg::LeaseArrived { lease })
            }
            What::Tell => {
                for told in kiosk.untold.clone() {
                    let press = told.command_id.clone();
                    let ticket = self.server.take_in(&kiosk.name, told, now)?;
                    self.seen.extend(self.server.news()?.iter().map(|it| format!("server: {it}")));
                    match ticket {
                        Some(ticket) => self.seen.extend(kiosk.told(&press, ticket, now)),
                        None => kiosk.untold.retain(|it| it.command_id != press),
                    }
                }
                None
            }
        };
        for news in self.server.news()? {
            self.seen.push(format!("server: {news}"));
        }
        if kiosk.line == Line::LosesAnswer {
            kiosk.line = Line::Whole;
            self.seen.push(format!("line {nth}: the answer is lost"));
            self.seen.extend(kiosk.tried(letter, true, now));
        } else if let Some(msg) = msg {
            self.seen.extend(kiosk.answered(msg, now));
        }
        Ok(())
    }

    /// Whoever has a line to the server gets the whole view.
    fn publish(&mut self) -> anyhow::Result<()> {
        for news in self.server.news()? {
            self.seen.push(format!("server: {news}"));
        }
        let Some(view) = self.server.board(None, self.now) else { return Ok(()) };
        for board in self.boards.values_mut() {
            self.seen.extend(board.view(&view, self.now));
        }
        for kiosk in self.kiosks.values_mut() {
            self.seen.extend(kiosk.view(&view, self.now));
        }
        Ok(())
    }

    /// What must hold after every line.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        self.server.check()?;
        for kiosk in self.kiosks.values() {
            for number in &kiosk.numbers {
                ensure!(self.server.knows(number), "{} gave out {number}", kiosk.name);
            }
        }
        Ok(())
    }

    pub(super) fn check_record(&mut self) -> anyhow::Result<()> {
        self.server.check_record(self.now)
    }
}

fn clerk(window: Nth) -> anyhow::Result<StaffId> {
    format!("{}", 1000 + window).parse().context("a clerk's number")
}

fn window_act(window: Nth, what: &str) -> anyhow::Result<WindowAct> {
    Ok(match what {
        "opens" => WindowAct::Open { staff: clerk(window)? },
        "pauses" => WindowAct::Pause { reason: None, minutes: None },
        "closes" => WindowAct::Close,
        "calls next" => WindowAct::CallNext,
        "recalls" => WindowAct::Recall { ticket: None },
        "says arrived" => WindowAct::Arrive { ticket: None },
        "says no-show" => WindowAct::NoShow { ticket: None },
        "finishes" => WindowAct::Finish { ticket: None, outcome: Outcome::DoneNow },
        _ => bail!("a window does not `{what}`"),
    })
}
