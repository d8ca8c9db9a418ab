//! The printer's language: which bytes are which command.
//!
//! A table, read strictly. What is not in it, or has a parameter out of
//! its range, is a fault of the sender; the printer drops as little as
//! possible and goes on. This file must not know what commands do.

mod table;

pub(crate) use self::table::{RealTime, real_time};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Initialize,
    /// A byte that a printer ignores, as after an interrupted command.
    Nothing,
    /// One character: one byte, or two in hanzi mode.
    Character(Vec<u8>),
    LineFeed,
    LineSpacing(u8),
    DefaultLineSpacing,
    Align(Align),
    /// To a distance from the left edge, in dots.
    MoveTo(u16),
    FeedDots(u8),
    FeedLines(u8),
    Size {
        wide: u8,
        high: u8,
    },
    /// Hanzi only, beside the size of all.
    HanziSize {
        wide: bool,
        high: bool,
    },
    Bold(bool),
    HanziMode(bool),
    HanziSpacing {
        left: u8,
        right: u8,
    },
    /// The looks of a hanzi that the font lacks: 24 columns of three
    /// bytes. It is written `0xFE` and this byte.
    DefineHanzi(u8, Vec<u8>),
    /// Forgets one.
    ForgetHanzi(u8),
    /// A 24-dot image in the line: columns of three bytes.
    ColumnImage(Vec<u8>),
    Raster {
        twice_wide: bool,
        twice_high: bool,
        row_bytes: u16,
        dots: Vec<u8>,
    },
    QrModel(u8),
    QrModuleDots(u8),
    QrLevel(u8),
    QrStore(Vec<u8>),
    QrPrint,
    Cut {
        full: bool,
        /// Feeds to the cutter and so many dots more; without, it cuts
        /// where the head is.
        feed: Option<u8>,
    },
    AskPaper,
    /// What the printer is (`GS I`).
    AskModel(u8),
    /// Whether changes of the status are told unasked (`GS a`).
    TellChanges(bool),
    /// What a presenter is to do.
    Ejector(Ejector),
    AskProcess([u8; 4]),
    /// Was answered when it arrived.
    RealTime,
}

impl Command {
    /// Whether it only asks, or moves a ticket that is finished, and so
    /// is no part of a receipt.
    pub(crate) fn is_apart(&self) -> bool {
        matches!(
            self,
            Self::AskPaper
                | Self::AskModel(_)
                | Self::TellChanges(_)
                | Self::AskProcess(_)
                | Self::Ejector(Ejector::Eject | Ejector::Retract | Ejector::Ask)
                | Self::RealTime
        )
    }
}

/// What a presenter does with a ticket (`GS e`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ejector {
    /// Hands it out, so that it hangs in the mouth.
    Present,
    /// Drops it out of the mouth.
    Eject,
    /// Draws it back in.
    Retract,
    /// Tells whether one is there.
    Ask,
}

/// Where lines stand on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// What stands at the head of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Parsed {
    /// Its end has not arrived.
    Incomplete,
    /// A command of so many bytes.
    Command(usize, Command),
    /// So many bytes that a printer would print as rubbish.
    Wrong(usize, String),
}

/// Reads the first command.
pub(crate) fn parse(bytes: &[u8], hanzi_mode: bool) -> Parsed {
    let Some(&first) = bytes.first() else { return Parsed::Incomplete };
    match first {
        0x00 => Parsed::Command(1, Command::Nothing),
        b'\n' => Parsed::Command(1, Command::LineFeed),
        0x20..=0x7e => Parsed::Command(1, Command::Character(vec![first])),
        0x10 | 0x1b | 0x1c | 0x1d => table::parse(bytes),
        0x81..=0xfe if hanzi_mode => parse_hanzi(bytes),
        _ => Parsed::Wrong(1, format!("byte 0x{first:02x} is no command and no character")),
    }
}

fn parse_hanzi(bytes: &[u8]) -> Parsed {
    match *bytes {
        [] | [_] | [_, b'0'..=b'9'] | [_, b'0'..=b'9', _] => Parsed::Incomplete,
        [a, b @ b'0'..=b'9', c, d, ..] => Parsed::Command(4, Command::Character(vec![a, b, c, d])),
        [lead, trail @ (0x40..=0x7e | 0x80..=0xfe), ..] => {
            Parsed::Command(2, Command::Character(vec![lead, trail]))
        }
        [lead, trail, ..] => {
            Parsed::Wrong(1, format!("0x{lead:02x} 0x{trail:02x} is no character"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_waits_for_its_end() {
        assert_eq!(parse(&[0x1b], true), Parsed::Incomplete);
        assert_eq!(parse(&[0x1d, b'v', b'0', 0, 1, 0, 2, 0, 0xff], true), Parsed::Incomplete);
        assert_eq!(parse(&[0xb0], true), Parsed::Incomplete);
        assert_eq!(
            parse(&[0xb0, 0xa1, 0x0a], true),
            Parsed::Command(2, Command::Character(vec![0xb0, 0xa1]))
        );
    }

    #[test]
    fn what_is_not_in_the_table_is_wrong() {
        let wrong = |bytes: &[u8]| matches!(parse(bytes, true), Parsed::Wrong(..));
        assert!(wrong(&[0x1b, 0x07, 0x00]), "an unknown command");
        assert!(wrong(&[0x1d, b'!', 0x88]), "a size beyond eight");
        assert!(wrong(&[0x1b, b'a', 3]), "an alignment beyond right");
        assert!(wrong(&[0x07]), "a bell");
        assert!(!wrong(&[0x1d, b'!', 0x33]));
        assert!(matches!(parse(&[0xb0, 0xa1], false), Parsed::Wrong(1, _)));
    }
}
