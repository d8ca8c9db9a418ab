//! What printers' bytes mean.

use super::*;

const CALM: RealTimeReplies =
    RealTimeReplies { printer: 0x12, offline: 0x12, error: 0x12, paper: 0x12 };

fn replies(bytes: &[u8]) -> Vec<Reply> {
    replies_of(ReplyReader::default(), bytes)
}

/// The replies of a printer with a presenter.
fn presenter_replies(bytes: &[u8]) -> Vec<Reply> {
    let profile = crate::Profile::named("kiosk-presenter-80").unwrap();
    replies_of(ReplyReader::of(profile.presenter), bytes)
}

fn replies_of(mut reader: ReplyReader, bytes: &[u8]) -> Vec<Reply> {
    let mut found = Vec::new();
    // Byte by byte, as a slow line brings them.
    for byte in bytes {
        reader.push(&[*byte]);
        found.extend(std::iter::from_fn(|| reader.next_reply()));
    }
    found
}

#[test]
fn a_calm_printer_is_ready() {
    assert_eq!(CALM.status(), PrinterStatus::Ready);
    assert!(CALM.status().can_print());
}

#[test]
fn the_nearest_cause_is_told() {
    let cover = RealTimeReplies { printer: 0x1a, offline: 0x36, paper: 0x72, ..CALM };
    assert_eq!(cover.status(), PrinterStatus::CoverOpen);
    let paper = RealTimeReplies { printer: 0x1a, offline: 0x32, paper: 0x7e, ..CALM };
    assert_eq!(paper.status(), PrinterStatus::NoPaper);
    let near = RealTimeReplies { paper: 0x1e, ..CALM };
    assert_eq!(near.status(), PrinterStatus::NearEnd);
    assert!(near.status().can_print());
    let cutter = RealTimeReplies { printer: 0x1a, offline: 0x52, error: 0x1a, ..CALM };
    assert_eq!(cutter.status(), PrinterStatus::CutterJam);
    let hot = RealTimeReplies { printer: 0x1a, offline: 0x52, error: 0x52, ..CALM };
    assert_eq!(hot.status(), PrinterStatus::Cooling);
    let broken = RealTimeReplies { printer: 0x1a, error: 0x32, ..CALM };
    assert_eq!(broken.status(), PrinterStatus::Broken);
    let silent = RealTimeReplies { printer: 0x1a, ..CALM };
    assert_eq!(silent.status(), PrinterStatus::Offline);
}

#[test]
fn replies_are_told_apart_by_their_bits() {
    assert_eq!(
        replies(&[0x12, 0x00, 0x37, 0x22, b'A', b'B', b'C', b'1', 0x00, 0x1e, 0x0f]),
        vec![
            Reply::RealTime(0x12),
            Reply::Paper { near_end: false, out: false },
            Reply::Printed(*b"ABC1"),
            Reply::RealTime(0x1e),
            Reply::Paper { near_end: true, out: true },
        ]
    );
}

#[test]
fn an_automatic_status_is_read_whole() {
    assert_eq!(
        replies(&[0x14, 0x00, 0x0c, 0x00, 0x12]),
        vec![Reply::Automatic([0x14, 0x00, 0x0c, 0x00]), Reply::RealTime(0x12)]
    );
}

#[test]
fn noise_is_dropped() {
    assert_eq!(replies(&[0xff, 0x91, 0x12]), vec![Reply::RealTime(0x12)]);
}

#[test]
fn noise_that_looks_like_a_beginning_swallows_no_reply() {
    // Of an automatic status, and of a job's name.
    assert_eq!(replies(&[0x14, 0x12]), vec![Reply::RealTime(0x12)]);
    let paper = Reply::Paper { near_end: false, out: false };
    assert_eq!(replies(&[0x14, 0x00, 0x12]), vec![paper, Reply::RealTime(0x12)]);
    assert_eq!(replies(&[0x37, 0x00]), vec![paper]);
}

#[test]
fn the_queries_have_no_stray_byte() {
    assert_eq!(
        Query::ALL.map(Query::bytes),
        [[0x10, 4, 1], [0x10, 4, 2], [0x10, 4, 3], [0x10, 4, 4]]
    );
}

#[test]
fn a_full_status_is_one_reply_and_nothing_else() {
    let mouth = |holds_slip, jammed| Reply::Mouth(Mouth { holds_slip, jammed });
    assert_eq!(
        presenter_replies(&[0x10, 0x0f, 0x20, 0, 0, 0, 0x12, 0x10, 0x0f, 0, 0, 0x40, 0, 0x00]),
        [
            mouth(true, false),
            Reply::RealTime(0x12),
            mouth(false, true),
            Reply::Paper { near_end: false, out: false },
        ]
    );
    assert_eq!(presenter_replies(&[0x10, 0x0f, 0x20, 0, 0]), [], "the rest may come");
    // A head that goes on otherwise was none.
    assert_eq!(presenter_replies(&[0x10, 0x12]), [Reply::RealTime(0x12)]);
}

#[test]
fn a_jam_is_told_unless_somebody_is_at_it() {
    let jammed = Mouth { holds_slip: true, jammed: true };
    assert_eq!(jammed.amend(PrinterStatus::CutterJam), PrinterStatus::PaperJam);
    assert_eq!(jammed.amend(PrinterStatus::Ready), PrinterStatus::PaperJam);
    assert_eq!(jammed.amend(PrinterStatus::CoverOpen), PrinterStatus::CoverOpen);
    let free = Mouth { holds_slip: false, jammed: false };
    assert_eq!(free.amend(PrinterStatus::CutterJam), PrinterStatus::CutterJam);
}
