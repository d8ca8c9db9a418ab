//! What happens at the kiosks of the simulated hall: visitors, paper, and
//! letters to the server.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use kiosk_core::{Effect, Msg};
use queue_api::PrintOutcome;
use queue_core::Command;
use queue_server::actor::Actor;
use queue_server::commands;
use queue_server::engine::Asked;
use slip::Slip;

use super::{Happening, Sender, VISITOR_EVERY_S, Verdict, World};
use crate::sim::kiosk::{Letter, Press, What};
use crate::sim::times::Times;

impl World {
    pub(super) fn print(&mut self, nth: usize, prints: Vec<Effect>) -> Verdict {
        let run = self.kiosks[nth].run;
        for effect in prints {
            if let Effect::KeepOffline { ticket, .. } = &effect {
                self.figures.offline += 1;
                self.checker.gave(ticket)?;
                if self.clocks_are_right {
                    let at = self.now + self.nights + SignedDuration::from_secs(1);
                    self.checker.gave_at(&ticket.number, at);
                }
            }
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
                self.checker.printed(it.issued.date(), &it.number, &ticket, it.reprint)?;
            }
            let pause = self.chance.millis(800, 3_000);
            self.after(pause, Happening::Printed(nth, run, job, outcome));
        }
        Ok(())
    }

    pub(super) fn at_kiosk(&mut self, nth: usize, run: u32, msg: Msg) -> Verdict {
        if self.kiosks[nth].run != run {
            return Ok(());
        }
        let now = self.at_clock_of(nth);
        let prints = self.kiosks[nth].receive(msg, now);
        self.print(nth, prints)
    }

    pub(super) fn visitor_comes(&mut self, nth: usize) {
        self.sometime(VISITOR_EVERY_S, Happening::VisitorComes(nth));
        let kiosk = &mut self.kiosks[nth];
        if kiosk.state.is_none() || kiosk.busy || !kiosk.serves() {
            return;
        }
        kiosk.busy = true;
        kiosk.visits.push(BTreeSet::new());
        let run = kiosk.run;
        self.after(SignedDuration::from_secs(1), Happening::VisitorPresses(nth, run));
    }

    pub(super) fn visitor_presses(&mut self, nth: usize, run: u32) -> Verdict {
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
        self.kiosk_sends(nth, run)?;
        self.after(pause, Happening::VisitorPresses(nth, run));
        Ok(())
    }

    pub(super) fn kiosk_ticks(&mut self, nth: usize, run: u32) -> Verdict {
        let kiosk = &self.kiosks[nth];
        if kiosk.run != run || kiosk.state.is_none() {
            return Ok(());
        }
        // A longer step would be the clock being set.
        let pause = if kiosk.busy { 1 } else { 10 };
        self.at_kiosk(nth, run, Msg::Tick)?;
        self.after(SignedDuration::from_secs(pause), Happening::KioskTicks(nth, run));
        Ok(())
    }

    /// Every second or so, like the client's own retries.
    pub(super) fn kiosk_tries(&mut self, nth: usize, run: u32) -> Verdict {
        if self.kiosks[nth].run != run || self.kiosks[nth].state.is_none() {
            return Ok(());
        }
        self.kiosk_sends(nth, run)?;
        let kiosk = &self.kiosks[nth];
        let idle = kiosk.letters.is_empty() && kiosk.store.untold().is_empty();
        let pause = if idle { 6_000 } else { 1_500 };
        self.after(SignedDuration::from_millis(pause), Happening::KioskTries(nth, run));
        Ok(())
    }

    fn kiosk_sends(&mut self, nth: usize, run: u32) -> Verdict {
        let now = self.at_clock_of(nth);
        let (letters, given) = self.kiosks[nth].take_tries(now);
        self.print(nth, given)?;
        for letter in letters {
            let Some(asked) = self.asked_by(nth, letter) else { continue };
            let from = Sender::Kiosk(nth, run);
            self.send(Happening::Arrives(from, Box::new(asked)), from);
        }
        Ok(())
    }

    /// A request reaches the server's door, perhaps for the second time:
    /// what the door makes up, it makes up anew.
    pub(super) fn arrives(&mut self, from: Sender, mut asked: Asked) {
        if let Command::LeaseNumbers { token, .. } = &mut asked.command {
            self.figures.tokens += 1;
            *token = format!("lease-{}", self.figures.tokens);
        }
        if self.server.receive(from, asked) {
            let pause = self.chance.millis(0, 3);
            self.after(pause, Happening::ServerWorks(self.server_run));
        }
    }

    /// A letter as the server's door reads it.
    fn asked_by(&mut self, nth: usize, letter: Letter) -> Option<Asked> {
        let by = Actor::Device(self.kiosks[nth].name.clone());
        let command = match letter.what {
            What::Lease(request) => commands::lease(request, &self.kiosks[nth].name, String::new()),
            What::TakeIn(told) => {
                let off_by = self.skew - self.off[nth];
                commands::take_in(self.server.files, told, off_by).ok()?.1
            }
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
}
