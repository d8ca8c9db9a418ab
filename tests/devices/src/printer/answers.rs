//! What the printer says: to whom it asks, when, and with which habits.

use std::collections::VecDeque;
use std::time::Duration;

use crate::fault::{Fault, FaultKind};

use super::{Output, Printer};

/// How late an answer is that comes late.
const LATE: Duration = Duration::from_secs(2);

/// The pause between the bytes of an answer that comes split.
const SPLIT_PAUSE: Duration = Duration::from_millis(30);

/// Bytes that are no answer: nothing, a part of an automatic status, a
/// part of a job's name.
const NOISE: [u8; 4] = [0xff, 0x14, 0x37, 0x91];

/// An answer whose time has not come.
#[derive(Debug)]
pub(super) struct Answer {
    due: Duration,
    bytes: Vec<u8>,
}

impl Printer {
    pub(super) fn reply(&mut self, bytes: &[u8]) {
        let kind = self.present().map(|it| it.kind);
        match kind {
            Some(FaultKind::NoAnswer | FaultKind::Stall | FaultKind::PowerOff) => {}
            Some(FaultKind::LateAnswer) => self.answer_at(self.now + LATE, bytes),
            Some(FaultKind::SplitAnswer) => {
                for (n, byte) in (0_u32..).zip(bytes) {
                    self.answer_at(self.now + SPLIT_PAUSE * n, &[*byte]);
                }
            }
            Some(FaultKind::ExtraByte) => self.answer_at(self.now, &bytes.repeat(2)),
            Some(FaultKind::Garbage) => {
                let noise = [&[NOISE[self.receipt.bytes % NOISE.len()]], bytes].concat();
                self.answer_at(self.now, &noise);
            }
            _ => self.answer_at(self.now, bytes),
        }
        self.say_what_is_due();
    }

    fn answer_at(&mut self, due: Duration, bytes: &[u8]) {
        // An answer never overtakes the one before it.
        let due = self.answers.back().map_or(due, |it| it.due.max(due));
        self.answers.push_back(Answer { due, bytes: bytes.to_vec() });
    }

    pub(super) fn say_what_is_due(&mut self) {
        while self.answers.front().is_some_and(|it| it.due <= self.now) {
            let answer = self.answers.pop_front().expect("it was just seen");
            self.output.push(Output::Reply(answer.bytes));
        }
    }

    pub(super) fn next_answer(&self) -> Option<Duration> {
        self.answers.front().map(|it| it.due)
    }

    /// The answer to `DLE EOT n`.
    pub(super) fn real_time_status(&self, question: u8) -> u8 {
        const CALM: u8 = 0x12;
        let (mut printer, mut offline, mut error, mut paper) = (CALM, CALM, CALM, CALM);
        match self.present().map(|it| it.kind) {
            Some(FaultKind::NoPaper | FaultKind::NoPaperReprint | FaultKind::NoPaperDiscard) => {
                (printer, offline, paper) = (CALM | 0x08, CALM | 0x20, CALM | 0x6c);
            }
            Some(FaultKind::CoverOpen) => (printer, offline) = (CALM | 0x08, CALM | 0x04),
            Some(FaultKind::PaperNearEnd) => paper = CALM | 0x0c,
            Some(FaultKind::CutterJam | FaultKind::PaperJam) => {
                (printer, offline, error) = (CALM | 0x08, CALM | 0x40, CALM | 0x08);
            }
            Some(FaultKind::HeadHot) => {
                (printer, offline, error) = (CALM | 0x08, CALM | 0x40, CALM | 0x40);
            }
            Some(FaultKind::Broken) => {
                (printer, offline, error) = (CALM | 0x08, CALM | 0x40, CALM | 0x20);
            }
            _ => {}
        }
        match question {
            1 => printer,
            2 => offline,
            3 => error,
            _ => paper,
        }
    }

    /// The answer to `GS r 1`: two bits for each paper sensor.
    pub(super) fn paper_status(&self) -> u8 {
        match self.present().map(|it| it.kind) {
            Some(FaultKind::PaperNearEnd) => 0x03,
            _ => 0x00,
        }
    }

    /// The four bytes of `GS a`.
    pub(super) fn automatic_status(&self) -> [u8; 4] {
        let offline = self.real_time_status(1) & 0x08;
        let cover = (self.real_time_status(2) & 0x04) << 3;
        let error = self.real_time_status(3) & 0x68;
        let paper = self.real_time_status(4);
        let sensors = ((paper & 0x0c) >> 2) | ((paper & 0x60) >> 3);
        [0x10 | offline | cover, error, sensors, 0x00]
    }

    /// Tells the automatic status if it was asked for and has changed.
    pub(super) fn tell_change(&mut self) {
        let status = self.automatic_status();
        if self.automatic && self.told != Some(status) {
            self.told = Some(status);
            self.reply(&status);
        }
    }

    /// The full status of a presenter (`DLE EOT 14h`): six bytes.
    pub(super) fn full_status(&self) -> [u8; 6] {
        let (mut paper, mut user, mut recoverable, mut fatal) = (0, 0, 0, 0);
        match self.present().map(|it| it.kind) {
            Some(FaultKind::NoPaper | FaultKind::NoPaperReprint | FaultKind::NoPaperDiscard) => {
                paper = 0x01;
            }
            Some(FaultKind::PaperNearEnd) => paper = 0x04,
            Some(FaultKind::CoverOpen) => user = 0x02,
            Some(FaultKind::HeadHot) => recoverable = 0x01,
            Some(FaultKind::PaperJam) => recoverable = 0x40,
            Some(FaultKind::CutterJam) => fatal = 0x01,
            Some(FaultKind::Broken) => fatal = 0x40,
            _ => {}
        }
        if self.holds_ticket() {
            paper |= 0x20;
        }
        [0x10, 0x0f, paper, user, recoverable, fatal]
    }
}

/// Answers that wait for their time.
pub(super) type Answers = VecDeque<Answer>;

/// Whether the mechanism moves under this fault.
pub(super) fn moves_under(fault: Option<Fault>) -> bool {
    !matches!(
        fault.map(|it| it.kind),
        Some(
            FaultKind::NoPaper
                | FaultKind::NoPaperReprint
                | FaultKind::NoPaperDiscard
                | FaultKind::CoverOpen
                | FaultKind::CutterJam
                | FaultKind::PaperJam
                | FaultKind::HeadHot
                | FaultKind::Broken
                | FaultKind::Stall
                | FaultKind::PowerOff
        )
    )
}
