//! What goes wrong in the simulated hall, and how it is mended.

use jiff::SignedDuration;
use queue_api::CommandId;
use queue_core::Command;
use queue_server::actor::Actor;
use queue_server::engine::Asked;

use super::{BoardMsg, Happening, NIGHT_AFTER, SERVER_LIVES_S, Verdict, World};
use crate::sim::disk::Fault;
use crate::sim::times::Times;

impl World {
    pub(super) fn goes_wrong(&mut self, fault: Happening) -> Verdict {
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
                if let Some(fault) = self.chance.any(&faults).filter(|_| self.rough) {
                    self.server.disk.fail_next(*fault);
                }
                self.sometime(900.0, Happening::DiskFails);
            }
            Happening::LineChanges(nth) => {
                self.cut[nth] = self.rough && !self.cut[nth];
                let mean_s = if self.cut[nth] { 40.0 } else { 1_500.0 };
                if self.cut[nth] {
                    self.figures.partitions += 1;
                    let now = self.at_clock_of(nth);
                    self.kiosks[nth].lose(now);
                } else {
                    self.publish();
                }
                self.sometime(mean_s, Happening::LineChanges(nth));
            }
            // Nobody does anything at night: it is as if the clock went on
            // by a day.
            Happening::Night => {
                if self.rough && self.has_nights {
                    self.nights += SignedDuration::from_hours(24);
                }
                self.after(NIGHT_AFTER, Happening::Night);
            }
            Happening::ClockSteps => {
                if self.rough && !self.has_nights {
                    self.figures.clock_steps += 1;
                    self.clocks_are_right = false;
                    self.checker.distrust_clocks();
                    let back = self.chance.millis(0, 3_600_000);
                    let on = self.chance.millis(0, 600_000);
                    self.skew = on - back;
                }
                self.sometime(4_000.0, Happening::ClockSteps);
            }
            Happening::OldCopy => {
                if self.rough {
                    self.figures.restores += 1;
                    self.server_dies();
                    let rows = self.chance.between(0, 150);
                    self.server.disk.go_back(rows);
                    self.checker = self.checker.goes_back(&self.server.disk.rows())?;
                }
            }
            other => self.goes_wrong_at_a_kiosk(other)?,
        }
        Ok(())
    }

    fn goes_wrong_at_a_kiosk(&mut self, fault: Happening) -> Verdict {
        match fault {
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
                let now = self.at_clock_of(nth);
                let prints = self.kiosks[nth].switch_on(self.server.files, now);
                let run = self.kiosks[nth].run;
                self.print(nth, prints)?;
                self.after(SignedDuration::from_secs(1), Happening::KioskTicks(nth, run));
                self.after(SignedDuration::from_secs(1), Happening::KioskTries(nth, run));
                self.publish();
            }
            // A battery that is empty, a hand on the wrong key.
            Happening::KioskClockSteps(nth) => {
                self.clocks_are_right = false;
                self.checker.distrust_clocks();
                let steps = [0, 0, -3_600, 1_200, -86_400, 86_400];
                let step = self.chance.any(&steps).copied().filter(|_| self.rough);
                self.off[nth] = SignedDuration::from_secs(step.unwrap_or(0));
                self.sometime(1_500.0, Happening::KioskClockSteps(nth));
            }
            Happening::StoreFails(nth) => {
                self.kiosks[nth].store.fails = self.rough;
                self.sometime(3_000.0, Happening::StoreFails(nth));
            }
            // One disk in two machines, of which neither knows. What was
            // on the disk before is told already.
            Happening::DiskIsCopied => {
                if self.rough && !self.kiosks[1].store.untold().is_empty() {
                    self.sometime(300.0, Happening::DiskIsCopied);
                } else if self.rough {
                    self.figures.copies += 1;
                    self.kiosks[1].switch_off();
                    self.kiosks[1].store = self.kiosks[0].store.clone();
                    let name = self.kiosks[0].name.clone();
                    self.kiosks[1].name = name;
                    self.after(SignedDuration::from_secs(30), Happening::KioskStarts(1));
                }
            }
            other => unreachable!("{other:?} is no fault"),
        }
        Ok(())
    }

    /// What everybody does when there is nothing wrong any more.
    pub(in crate::sim) fn mend(&mut self) {
        self.rough = false;
        self.cut.fill(false);
        self.off.fill(SignedDuration::ZERO);
        self.publish();
    }

    pub(super) fn server_dies(&mut self) {
        self.figures.crashes += 1;
        self.server.die();
        for nth in 0..self.kiosks.len() {
            let now = self.at_clock_of(nth);
            self.kiosks[nth].lose(now);
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
            if stored.is_none_or(|(seq, _)| seq <= self.checker.remembered_from()) {
                continue;
            }
            let asked = Asked { command_id: Some(id.clone()), by: Actor::Server, command };
            let at = self.at_the_server();
            let Some(desk) = &mut self.server.desk else { return Ok(()) };
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
}
