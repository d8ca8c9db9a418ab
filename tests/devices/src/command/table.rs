//! The table of commands: their first bytes, their parameters, and what
//! they mean.

use super::{Align, Command, Ejector, Parsed};

/// The largest raster a real printer takes, in rows.
const RASTER_ROWS_MAX: u16 = 2303;

/// A hanzi of 24 × 24 dots.
const HANZI_BYTES: usize = 72;

/// One row of the table.
struct Row {
    name: &'static str,
    prefix: &'static [u8],
    /// How many parameter bytes follow.
    n_parameters: usize,
    /// How many bytes follow those.
    n_data: fn(&[u8]) -> usize,
    /// What it means, or what is wrong with its parameters.
    read: fn(&[u8], &[u8]) -> Option<Command>,
}

const fn row(
    name: &'static str,
    prefix: &'static [u8],
    n_parameters: usize,
    read: fn(&[u8], &[u8]) -> Option<Command>,
) -> Row {
    Row { name, prefix, n_parameters, n_data: |_| 0, read }
}

fn length(p: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([p[0], p[1]]))
}

/// The codes of hanzi that can be defined: FE A1 to FE FE.
fn user_hanzi(code: &[u8]) -> Option<u8> {
    match *code {
        [0xfe, trail @ 0xa1..=0xfe] => Some(trail),
        _ => None,
    }
}

fn flag(byte: u8) -> Option<bool> {
    matches!(byte, 0 | 1).then_some(byte == 1)
}

const TABLE: &[Row] = &[
    row("DLE EOT", &[0x10, 0x04], 1, |p, _| {
        matches!(p[0], 1..=4 | 0x14).then_some(Command::RealTime)
    }),
    row("DLE ENQ", &[0x10, 0x05], 1, |p, _| matches!(p[0], 1 | 2).then_some(Command::RealTime)),
    row("ESC @", &[0x1b, b'@'], 0, |_, _| Some(Command::Initialize)),
    row("ESC 2", &[0x1b, b'2'], 0, |_, _| Some(Command::DefaultLineSpacing)),
    row("ESC 3", &[0x1b, b'3'], 1, |p, _| Some(Command::LineSpacing(p[0]))),
    row("ESC E", &[0x1b, b'E'], 1, |p, _| flag(p[0]).map(Command::Bold)),
    row("ESC J", &[0x1b, b'J'], 1, |p, _| Some(Command::FeedDots(p[0]))),
    row("ESC d", &[0x1b, b'd'], 1, |p, _| Some(Command::FeedLines(p[0]))),
    row("ESC $", &[0x1b, b'$'], 2, |p, _| Some(Command::MoveTo(u16::from_le_bytes([p[0], p[1]])))),
    row("ESC a", &[0x1b, b'a'], 1, |p, _| match p[0] {
        0 => Some(Command::Align(Align::Left)),
        1 => Some(Command::Align(Align::Centre)),
        2 => Some(Command::Align(Align::Right)),
        _ => None,
    }),
    Row {
        name: "ESC *",
        prefix: &[0x1b, b'*'],
        n_parameters: 3,
        n_data: |p| 3 * length(&p[1..]),
        read: |p, data| (p[0] == 33).then(|| Command::ColumnImage(data.to_vec())),
    },
    row("FS &", &[0x1c, b'&'], 0, |_, _| Some(Command::HanziMode(true))),
    row("FS .", &[0x1c, b'.'], 0, |_, _| Some(Command::HanziMode(false))),
    row("FS S", &[0x1c, b'S'], 2, |p, _| Some(Command::HanziSpacing { left: p[0], right: p[1] })),
    Row {
        name: "FS 2",
        prefix: &[0x1c, b'2'],
        n_parameters: 2,
        n_data: |_| HANZI_BYTES,
        read: |p, data| user_hanzi(p).map(|it| Command::DefineHanzi(it, data.to_vec())),
    },
    row("FS ?", &[0x1c, b'?'], 2, |p, _| user_hanzi(p).map(Command::ForgetHanzi)),
    row("FS !", &[0x1c, b'!'], 1, |p, _| {
        Some(Command::HanziSize { wide: p[0] & 0x04 != 0, high: p[0] & 0x08 != 0 })
    }),
    row("FS W", &[0x1c, b'W'], 1, |p, _| {
        flag(p[0]).map(|on| Command::HanziSize { wide: on, high: on })
    }),
    row("GS I", &[0x1d, b'I'], 1, |p, _| {
        matches!(p[0], 1..=3 | 65..=69).then_some(Command::AskModel(p[0]))
    }),
    row("GS a", &[0x1d, b'a'], 1, |p, _| Some(Command::TellChanges(p[0] != 0))),
    Row {
        name: "GS e",
        prefix: &[0x1d, b'e'],
        n_parameters: 1,
        n_data: |p| usize::from(p[0] == 3),
        read: |p, _| match p[0] {
            2 => Some(Command::Ejector(Ejector::Retract)),
            3 => Some(Command::Ejector(Ejector::Present)),
            5 => Some(Command::Ejector(Ejector::Eject)),
            6 => Some(Command::Ejector(Ejector::Ask)),
            _ => None,
        },
    },
    row("GS !", &[0x1d, b'!'], 1, |p, _| {
        let (wide, high) = ((p[0] >> 4) + 1, (p[0] & 0x0f) + 1);
        (wide <= 8 && high <= 8).then_some(Command::Size { wide, high })
    }),
    row("GS V 0", &[0x1d, b'V', 0], 0, |_, _| Some(Command::Cut { full: true, feed: None })),
    row("GS V 1", &[0x1d, b'V', 1], 0, |_, _| Some(Command::Cut { full: false, feed: None })),
    row("GS V A", &[0x1d, b'V', 65], 1, |p, _| Some(Command::Cut { full: true, feed: Some(p[0]) })),
    row("GS V B", &[0x1d, b'V', 66], 1, |p, _| {
        Some(Command::Cut { full: false, feed: Some(p[0]) })
    }),
    row("GS r", &[0x1d, b'r'], 1, |p, _| matches!(p[0], 1 | 49).then_some(Command::AskPaper)),
    Row {
        name: "GS v 0",
        prefix: &[0x1d, b'v', b'0'],
        n_parameters: 5,
        n_data: |p| length(&p[1..]) * length(&p[3..]),
        read: read_raster,
    },
    Row {
        name: "GS ( H",
        prefix: &[0x1d, b'(', b'H'],
        n_parameters: 2,
        n_data: length,
        read: |_, data| match *data {
            [0x30, 0x30, a, b, c, d] => Some(Command::AskProcess([a, b, c, d])),
            _ => None,
        },
    },
    Row {
        name: "GS ( k",
        prefix: &[0x1d, b'(', b'k'],
        n_parameters: 2,
        n_data: length,
        read: |_, data| read_qr(data),
    },
];

fn read_raster(p: &[u8], data: &[u8]) -> Option<Command> {
    let row_bytes = u16::from_le_bytes([p[1], p[2]]);
    let rows = u16::from_le_bytes([p[3], p[4]]);
    let mode = if p[0] >= 48 { p[0] - 48 } else { p[0] };
    (mode <= 3 && row_bytes > 0 && (1..=RASTER_ROWS_MAX).contains(&rows)).then(|| Command::Raster {
        twice_wide: mode & 1 != 0,
        twice_high: mode & 2 != 0,
        row_bytes,
        dots: data.to_vec(),
    })
}

fn read_qr(data: &[u8]) -> Option<Command> {
    match *data {
        [b'1', b'A', model @ (49 | 50), 0] => Some(Command::QrModel(model - 48)),
        [b'1', b'C', dots @ 1..=16] => Some(Command::QrModuleDots(dots)),
        [b'1', b'E', level @ 48..=51] => Some(Command::QrLevel(level - 48)),
        [b'1', b'P', b'0', ref text @ ..] if !text.is_empty() => {
            Some(Command::QrStore(text.to_vec()))
        }
        [b'1', b'Q', b'0'] => Some(Command::QrPrint),
        _ => None,
    }
}

/// Reads a command that begins with a control byte.
pub(super) fn parse(bytes: &[u8]) -> Parsed {
    let Some(row) = TABLE.iter().find(|it| bytes.starts_with(it.prefix)) else {
        if TABLE.iter().any(|it| it.prefix.starts_with(bytes)) {
            return Parsed::Incomplete;
        }
        let n = 2.min(bytes.len());
        return Parsed::Wrong(n, format!("unknown command {:02x?}", &bytes[..n]));
    };
    let parameters_end = row.prefix.len() + row.n_parameters;
    let Some(parameters) = bytes.get(row.prefix.len()..parameters_end) else {
        return Parsed::Incomplete;
    };
    let end = parameters_end + (row.n_data)(parameters);
    let Some(data) = bytes.get(parameters_end..end) else { return Parsed::Incomplete };
    let Some(command) = (row.read)(parameters, data) else {
        let shown = &data[..data.len().min(8)];
        let what = format!("{} with wrong parameters {parameters:02x?} {shown:02x?}", row.name);
        return Parsed::Wrong(end, what);
    };
    Parsed::Command(end, command)
}

/// A command that is obeyed when it arrives, before all that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RealTime {
    /// `DLE EOT n`.
    Ask(u8),
    /// `DLE EOT 14h`: the full status of a presenter.
    AskAll,
    /// `DLE ENQ 2`.
    ClearAfterError,
}

/// Which real-time command the last three bytes are, if any. Printers
/// look for them in every byte, dots and texts included.
pub(crate) fn real_time(last: [u8; 3]) -> Option<RealTime> {
    match last {
        [0x10, 0x04, n @ 1..=4] => Some(RealTime::Ask(n)),
        [0x10, 0x04, 0x14] => Some(RealTime::AskAll),
        [0x10, 0x05, 2] => Some(RealTime::ClearAfterError),
        _ => None,
    }
}
