//! Asking a printer how it is, and reading what it says.
//!
//! Questions are bytes to send; replies are told apart by their bit
//! pattern, because one that was asked for earlier may come late. This
//! file must not wait, retry or send.

use serde::{Deserialize, Serialize};

use crate::profile::Presenter;

/// How a printer is. A slip that was not begun has one of these as its
/// reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrinterStatus {
    /// Ready, enough paper.
    Ready,
    /// Ready, but the roll is near its end.
    NearEnd,
    /// There is no paper.
    NoPaper,
    /// The cover is open.
    CoverOpen,
    /// The cutter is stuck.
    CutterJam,
    /// The paper is stuck on its way out.
    PaperJam,
    /// The slip before still hangs in the mouth.
    NotTaken,
    /// Too hot or out of voltage; it will go on by itself.
    Cooling,
    /// A fault that needs a technician.
    Broken,
    /// Offline for a reason it does not tell.
    Offline,
    /// It is connected and does not answer.
    NoAnswer,
    /// There is no connection to it.
    NotConnected,
}

impl PrinterStatus {
    /// Whether a slip can be begun.
    pub fn can_print(self) -> bool {
        matches!(self, Self::Ready | Self::NearEnd)
    }

    /// Whether the printer holds what it was sent and goes on when a
    /// person has helped it or it has cooled.
    pub fn holds_its_job(self) -> bool {
        matches!(self, Self::NoPaper | Self::CoverOpen | Self::Cooling | Self::Offline)
    }

    /// Whether the printer has stopped, so that what it says to have
    /// read is not all on paper.
    pub fn stops_printing(self) -> bool {
        self.holds_its_job() || matches!(self, Self::CutterJam | Self::PaperJam | Self::Broken)
    }

    /// The status in one word for reports and logs, such as `no_paper`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NearEnd => "near_end",
            Self::NoPaper => "no_paper",
            Self::CoverOpen => "cover_open",
            Self::CutterJam => "cutter_jam",
            Self::PaperJam => "paper_jam",
            Self::NotTaken => "not_taken",
            Self::Cooling => "cooling",
            Self::Broken => "broken",
            Self::Offline => "offline",
            Self::NoAnswer => "no_answer",
            Self::NotConnected => "not_connected",
        }
    }
}

/// What became of a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PrintOutcome {
    /// The printer said that everything before the question is on paper.
    Done,
    /// No byte of the slip was sent; it is safe to print it again.
    NotStarted {
        /// Why.
        reason: PrinterStatus,
    },
    /// It was begun and its end was not seen; only a person can tell.
    Unknown,
}

/// A question that is answered at once with one byte (`DLE EOT n`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// `DLE EOT 1`: is it online?
    Printer,
    /// `DLE EOT 2`: why is it offline?
    Offline,
    /// `DLE EOT 3`: what is broken?
    Error,
    /// `DLE EOT 4`: what do the paper sensors see?
    Paper,
}

impl Query {
    /// All of them, in the order that settles a status soonest.
    pub const ALL: [Self; 4] = [Self::Printer, Self::Offline, Self::Error, Self::Paper];

    /// The bytes to send.
    pub fn bytes(self) -> [u8; 3] {
        let n = match self {
            Self::Printer => 1,
            Self::Offline => 2,
            Self::Error => 3,
            Self::Paper => 4,
        };
        [0x10, 0x04, n]
    }
}

/// The reply bytes of all four queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealTimeReplies {
    /// To [`Query::Printer`].
    pub printer: u8,
    /// To [`Query::Offline`].
    pub offline: u8,
    /// To [`Query::Error`].
    pub error: u8,
    /// To [`Query::Paper`].
    pub paper: u8,
}

impl RealTimeReplies {
    /// What the replies mean together: the nearest cause first, because
    /// an open cover also reads as "no paper" and as "offline".
    pub fn status(self) -> PrinterStatus {
        const OFFLINE: u8 = 0x08;
        const COVER: u8 = 0x04;
        const STOPPED_BY_PAPER: u8 = 0x20;
        const CUTTER: u8 = 0x08;
        const FATAL: u8 = 0x20;
        const RECOVERS: u8 = 0x40;
        const PAPER_OUT: u8 = 0x60;
        const NEAR_END: u8 = 0x0c;
        match self {
            it if it.offline & COVER != 0 => PrinterStatus::CoverOpen,
            it if it.paper & PAPER_OUT != 0 || it.offline & STOPPED_BY_PAPER != 0 => {
                PrinterStatus::NoPaper
            }
            it if it.error & FATAL != 0 => PrinterStatus::Broken,
            it if it.error & CUTTER != 0 => PrinterStatus::CutterJam,
            it if it.error & RECOVERS != 0 => PrinterStatus::Cooling,
            it if it.printer & OFFLINE != 0 => PrinterStatus::Offline,
            it if it.paper & NEAR_END != 0 => PrinterStatus::NearEnd,
            _ => PrinterStatus::Ready,
        }
    }
}

/// What a presenter says of its mouth (the full status).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouth {
    /// A slip hangs in it.
    pub holds_slip: bool,
    /// Paper is stuck.
    pub jammed: bool,
}

impl Mouth {
    /// The status of a printer with this mouth. Without paper or with
    /// its cover open it cannot tell a jam, or somebody clears it.
    pub fn amend(self, status: PrinterStatus) -> PrinterStatus {
        let nearer = matches!(status, PrinterStatus::NoPaper | PrinterStatus::CoverOpen);
        if self.jammed && !nearer { PrinterStatus::PaperJam } else { status }
    }
}

/// Something a printer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The answer to one `DLE EOT n`; it does not say which.
    RealTime(u8),
    /// The answer to `GS r 1`.
    Paper {
        /// The roll is near its end.
        near_end: bool,
        /// The roll is at its end.
        out: bool,
    },
    /// The answer to `GS ( H`: everything before this mark is printed.
    Printed([u8; 4]),
    /// Four bytes that a printer sends by itself when something changed.
    Automatic([u8; 4]),
    /// A presenter's full status.
    Mouth(Mouth),
}

/// Cuts the bytes of a printer into replies, however they arrive.
#[derive(Clone, Debug, Default)]
pub struct ReplyReader {
    pending: Vec<u8>,
    presenter: Option<Presenter>,
}

impl ReplyReader {
    const PROCESS_ID_BYTES: usize = 7;
    const AUTOMATIC_BYTES: usize = 4;

    /// A reader that knows the full status of a presenter too. Without
    /// it, one that comes late would read as several other replies.
    pub fn of(presenter: Option<Presenter>) -> Self {
        Self { pending: Vec::new(), presenter }
    }

    /// Forgets what came of a reply whose rest will not come.
    pub fn clear(&mut self) {
        self.pending.clear();
    }

    /// Takes bytes in.
    pub fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// The next whole reply; bytes that begin none are dropped.
    pub fn next_reply(&mut self) -> Option<Reply> {
        while let Some(&first) = self.pending.first() {
            if self.begins_full_status() {
                return self.full_status();
            }
            match first {
                0x37 => {
                    let fits = |n, it: u8| match n {
                        1 => it == 0x22,
                        6 => it == 0x00,
                        _ => it.is_ascii_graphic(),
                    };
                    if !self.goes_on(Self::PROCESS_ID_BYTES, fits) {
                        self.drop_front(1);
                        continue;
                    }
                    let reply = self.take(Self::PROCESS_ID_BYTES)?;
                    return Some(Reply::Printed([reply[2], reply[3], reply[4], reply[5]]));
                }
                _ if first & 0x93 == 0x12 => {
                    self.drop_front(1);
                    return Some(Reply::RealTime(first));
                }
                _ if first & 0x93 == 0x10 => {
                    if !self.goes_on(Self::AUTOMATIC_BYTES, |_, it| it & 0x90 == 0) {
                        self.drop_front(1);
                        continue;
                    }
                    let reply = self.take(Self::AUTOMATIC_BYTES)?;
                    return Some(Reply::Automatic([reply[0], reply[1], reply[2], reply[3]]));
                }
                _ if first & 0x90 == 0 => {
                    self.drop_front(1);
                    let (near_end, out) = (first & 0x03 != 0, first & 0x0c != 0);
                    return Some(Reply::Paper { near_end, out });
                }
                _ => self.drop_front(1),
            }
        }
        None
    }

    fn begins_full_status(&self) -> bool {
        let Some(presenter) = &self.presenter else { return false };
        presenter.reply_head.iter().zip(&self.pending).all(|(head, it)| head == it)
    }

    /// The full status that stands in front, once it is whole.
    fn full_status(&mut self) -> Option<Reply> {
        let n_bytes = usize::from(self.presenter.as_ref()?.reply_bytes);
        let status = self.take(n_bytes)?;
        let presenter = self.presenter.as_ref()?;
        let holds_slip = presenter.ticket_present.is_set(&status);
        Some(Reply::Mouth(Mouth { holds_slip, jammed: presenter.jam.is_set(&status) }))
    }

    /// Whether what came behind the first byte can belong to it; else
    /// that byte was noise, and real replies stand behind it.
    fn goes_on(&self, n_bytes: usize, fits: impl Fn(usize, u8) -> bool) -> bool {
        let rest = self.pending.iter().enumerate().take(n_bytes).skip(1);
        rest.into_iter().all(|(n, it)| fits(n, *it))
    }

    fn take(&mut self, n: usize) -> Option<Vec<u8>> {
        (self.pending.len() >= n).then(|| self.pending.drain(..n).collect())
    }

    fn drop_front(&mut self, n: usize) {
        self.pending.drain(..n);
    }
}

#[cfg(test)]
mod tests;
