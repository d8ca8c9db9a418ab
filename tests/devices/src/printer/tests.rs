//! The printer as a value: bytes in, paper and replies out.

use super::*;
use crate::fault::{Fault, Moment};
use crate::receipt::PaperCut;

const CALM: u8 = 0x12;

fn receipts(output: Vec<Output>) -> Vec<Receipt> {
    let receipt = |it| match it {
        Output::Receipt(receipt) => Some(receipt),
        Output::Reply(_) => None,
    };
    output.into_iter().filter_map(receipt).collect()
}

fn replies(output: Vec<Output>) -> Vec<u8> {
    let reply = |it| match it {
        Output::Reply(bytes) => Some(bytes),
        Output::Receipt(_) => None,
    };
    output.into_iter().filter_map(reply).flatten().collect()
}

fn print(bytes: &[u8]) -> Receipt {
    let mut receipts = receipts(Printer::new(384).receive(bytes));
    assert_eq!(receipts.len(), 1);
    receipts.remove(0)
}

fn faults(bytes: &[u8]) -> Vec<String> {
    print(bytes).faults.into_iter().map(|it| it.what).collect()
}

#[test]
fn a_cut_ends_a_receipt() {
    let receipt = print(b"\x1b@A012\n\x1dVB\x00");
    assert_eq!(receipt.lines, ["A012"]);
    assert_eq!(receipt.faults, []);
    assert_eq!(receipt.cut, Some(PaperCut::Partial));
    assert!(receipt.complete);
    assert_eq!(receipt.bytes, 11);
}

#[test]
fn hanzi_need_their_mode() {
    let receipt = print(b"\x1c&\xb0\xa1\n\x1dVB\x00");
    assert_eq!(receipt.lines, ["啊"]);
    assert_eq!(faults(b"\xb0\xa1A\n\x1dVB\x00").len(), 2);
}

#[test]
fn a_line_wider_than_the_paper_is_noted_and_wrapped() {
    let mut bytes = vec![b'x'; 33];
    bytes.extend(b"\n\x1dVB\x00");
    let receipt = print(&bytes);
    assert_eq!(receipt.lines.iter().map(String::len).collect::<Vec<_>>(), [32, 1]);
    assert_eq!(receipt.faults.len(), 1);
    assert_eq!(receipt.faults[0].offset, 32);
}

#[test]
fn foolish_bytes_are_noted_with_their_place() {
    let receipt = print(b"A\n\x1b\x07B\n\x1dVB\x00");
    assert_eq!(receipt.lines, ["A", "B"]);
    assert_eq!(receipt.faults[0].offset, 2);
    assert!(faults(b"A\x1ba\x01\n\x1dVB\x00")[0].contains("middle of a line"));
}

#[test]
fn real_time_questions_are_answered_at_once() {
    let mut printer = Printer::new(384);
    assert_eq!(replies(printer.receive(&[0x10, 4, 1])), [CALM]);
    printer.set_fault(Some(Fault::now(FaultKind::NoPaper)));
    assert_eq!(replies(printer.receive(&[0x10, 4, 1, 0x10, 4, 2])), [0x1a, 0x32]);
    printer.set_fault(Some(Fault::now(FaultKind::NoAnswer)));
    assert!(replies(printer.receive(&[0x10, 4, 1])).is_empty());
}

#[test]
fn a_queued_question_waits_for_the_paper() {
    let mut printer = Printer::new(384);
    printer.set_fault(Some(Fault::now(FaultKind::NoPaper).at(Moment::AtByte(3))));
    let output = printer.receive(b"A012\n\x1dVB\x00\x1dr\x01");
    assert_eq!(output, []);
    assert_eq!(replies(printer.receive(&[0x10, 4, 4])), [0x7e]);
    let output = printer.set_fault(None);
    assert_eq!(output.len(), 2);
    assert_eq!(receipts(output)[0].lines, ["A012"]);
}

#[test]
fn the_mark_of_a_job_comes_back() {
    let mut printer = Printer::new(384);
    let output = printer.receive(b"\x1d(H\x06\x0000AB12");
    assert_eq!(replies(output), b"7\x22AB12\x00");
}

#[test]
fn an_unplugged_cable_loses_the_rest() {
    let mut printer = Printer::new(384);
    printer.set_fault(Some(Fault::now(FaultKind::Unplug).at(Moment::AtByte(2))));
    assert_eq!(printer.receive(b"A012\n\x1dVB\x00"), []);
    assert!(printer.is_unplugged());
    printer.set_fault(None);
    let output = printer.receive(b"\n\x1b@B001\n\x1dVB\x00");
    let receipts = receipts(output);
    assert_eq!(receipts[0].lines, ["A0"]);
    assert!(!receipts[0].complete);
    assert_eq!(receipts[1].lines, ["B001"]);
    assert!(receipts[1].complete);
}

#[test]
fn an_interrupted_command_swallows_what_follows() {
    let mut printer = Printer::new(384);
    // A raster of 8 × 4 dots of which one row arrived.
    printer.receive(&[0x1d, b'v', b'0', 0, 1, 0, 4, 0, 0xff]);
    assert_eq!(printer.receive(b"\x1b@"), []);
    assert_eq!(printer.receive(&[0]), []);
    let receipts = receipts(printer.receive(b"\x1b@A\n\x1dVB\x00"));
    assert_eq!(receipts[0].lines, ["[image 8x4]"]);
    assert_eq!(receipts[1].lines, ["A"]);
}

#[test]
fn a_stalled_printer_takes_nothing() {
    let mut printer = Printer::new(384);
    printer.set_fault(Some(Fault::now(FaultKind::Stall).at(Moment::AtByte(1))));
    assert!(printer.takes_input());
    assert_eq!(printer.receive(b"A012\n"), []);
    assert!(!printer.takes_input());
    printer.set_fault(None);
    assert_eq!(printer.switch_off()[0].lines, ["A012"]);
}

/// A printer whose tickets are taken after two seconds.
fn presenter() -> Printer {
    let taken_after = Some(Duration::from_secs(2));
    Printer::of_model(Model { taken_after, ..Model::of_width(384) })
}

/// A ticket as a kiosk sends it: printed, cut, handed out.
const TICKET: &[u8] = b"A012\n\x1dVA\x00\x1de\x03\x50";

const ASK_ALL: [u8; 3] = [0x10, 4, 0x14];

fn full_status(paper: u8) -> [u8; 6] {
    [0x10, 0x0f, paper, 0, 0, 0]
}

#[test]
fn a_ticket_hangs_in_the_mouth_until_it_is_taken() {
    let mut printer = presenter();
    assert_eq!(replies(printer.receive(&ASK_ALL)), full_status(0));
    assert_eq!(printer.receive(TICKET), [], "it is handed out and not taken yet");
    assert!(printer.holds_ticket());
    assert_eq!(replies(printer.receive(&ASK_ALL)), full_status(0x20));
    assert_eq!(replies(printer.receive(b"\x1de\x06")), [0x08]);
    let taken = receipts(printer.advance(Duration::from_secs(2)));
    assert_eq!(taken[0].lines, ["A012"]);
    assert!(taken[0].complete && !taken[0].retracted && taken[0].faults.is_empty());
    assert_eq!(taken[0].bytes, TICKET.len());
    assert_eq!(replies(printer.receive(&ASK_ALL)), full_status(0));
}

#[test]
fn a_ticket_that_nobody_takes_is_moved_by_command() {
    for (command, retracted) in [(b"\x1de\x05", false), (b"\x1de\x02", true)] {
        let mut printer = presenter();
        printer.set_fault(Some(Fault::now(FaultKind::NotTaken)));
        printer.receive(TICKET);
        assert_eq!(printer.advance(Duration::from_mins(1)), []);
        let moved = receipts(printer.receive(command));
        assert_eq!((moved.len(), moved[0].retracted), (1, retracted));
        assert!(!printer.holds_ticket());
    }
}

#[test]
fn a_ticket_that_was_forgotten_is_taken_after_all() {
    let mut printer = presenter();
    printer.set_fault(Some(Fault::now(FaultKind::NotTaken).lasting(Duration::from_secs(9))));
    printer.receive(TICKET);
    assert_eq!(printer.advance(Duration::from_secs(8)), []);
    assert_eq!(receipts(printer.advance(Duration::from_secs(10))).len(), 1);
}

#[test]
fn a_ticket_pushes_the_one_before_out() {
    let mut printer = presenter();
    printer.receive(TICKET);
    let pushed = receipts(printer.receive(TICKET));
    assert!(pushed[0].faults[0].what.contains("pushed out"), "{:?}", pushed[0].faults);
}

#[test]
fn a_presenter_may_take_a_ticket_back_by_itself() {
    let mut printer = presenter();
    printer.set_fault(Some(Fault::now(FaultKind::Retract)));
    assert!(receipts(printer.receive(TICKET))[0].retracted);
}

#[test]
fn a_jam_is_told_as_the_printer_can_and_holds_the_ticket() {
    let mut printer = presenter();
    let jam = Fault::now(FaultKind::PaperJam).at(Moment::AtByte(9));
    printer.set_fault(Some(jam));
    assert_eq!(printer.receive(TICKET), []);
    assert_eq!(replies(printer.receive(&ASK_ALL)), [0x10, 0x0f, 0, 0, 0x40, 0]);
    assert_eq!(replies(printer.receive(&[0x10, 4, 3])), [0x1a]);
    assert!(!printer.holds_ticket());
    printer.set_fault(None);
    assert!(printer.holds_ticket());
}

#[test]
fn a_printer_without_a_presenter_knows_none() {
    let mut printer = Printer::new(384);
    assert_eq!(printer.receive(&ASK_ALL), []);
    let receipt = receipts(printer.receive(b"A\n\x1de\x03\x50\x1dVA\x00")).remove(0);
    assert!(receipt.faults[0].what.contains("there is none"), "{:?}", receipt.faults);
}
