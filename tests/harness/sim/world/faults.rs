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
            // Nobody does anything at night: it is as if the clock went on
            // by a day.
            Happening::Night => {
                if self.rough && self.has_nights {
                    self.skew += SignedDuration::from_hours(24);
                }
                self.after(NIGHT_AFTER, Happening::Night);
            }
            Happening::ClockSteps => {
                if self.rough && !self.has_nights {
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
    pub(in crate::sim) fn mend(&mut self) {
        self.rough = false;
        self.cut.fill(false);
        self.publish();
    }

    pub(super) fn server_dies(&mut self) {
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
            if stored.is_none_or(|(seq, _)| seq <= self.checker.remembered_from()) {
                continue;
            }
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
}
