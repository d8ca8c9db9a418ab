//! What kind of printer is emulated: its paper, its font, its buffer,
//! its speed and its habits.

use std::time::Duration;

/// A kind of printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// The dots across its paper.
    pub width_dots: usize,
    /// The characters it has.
    pub font: FontLevel,
    /// How many bytes its receive buffer holds.
    pub buffer_bytes: usize,
    /// What it does with more.
    pub when_full: WhenFull,
    /// How fast the paper moves; at once if not told.
    pub mm_per_second: Option<u32>,
    /// How long it waits within a command before it drops it; for good
    /// if not told.
    pub gap_max: Option<Duration>,
    /// Where it looks for commands that are obeyed at once.
    pub scanner: Scanner,
    /// The speed its serial port is set to, in bits a second; any other
    /// turns bytes into rubbish. It takes any speed if not told.
    pub baud: Option<u32>,
    /// Whether it lets hanzi be defined (`FS 2`). Those that do not print
    /// the definition.
    pub user_hanzi: bool,
    /// How soon somebody takes a ticket out of its presenter's mouth, if
    /// it has one.
    pub taken_after: Option<Duration>,
}

/// The characters of a printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontLevel {
    /// GB 2312 only.
    Gb2312,
    /// GBK: the two-byte codes, without the user-defined ones.
    Gbk,
    /// GBK and, of the four-byte codes, extension A; real firmware
    /// computes the others wrong.
    Gb18030,
}

/// What a full receive buffer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// It stops the line.
    Stall,
    /// It loses what comes.
    Overrun,
}

/// Where a printer looks for commands that are obeyed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// In every byte, dots and texts included.
    EveryByte,
    /// Where a command begins.
    CommandStart,
}

impl Model {
    /// A good printer with paper of so many dots across. Its mechanism
    /// takes no time, and it waits for the rest of a command for good,
    /// because on a busy machine a pause is nobody's fault.
    pub fn of_width(width_dots: usize) -> Self {
        Self {
            width_dots,
            font: FontLevel::Gbk,
            buffer_bytes: 65_536,
            when_full: WhenFull::Stall,
            mm_per_second: None,
            gap_max: None,
            scanner: Scanner::EveryByte,
            baud: None,
            user_hanzi: true,
            taken_after: None,
        }
    }
}
