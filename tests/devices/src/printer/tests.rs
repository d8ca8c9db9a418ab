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
    assert_eq!(printer.switch_off().unwrap().lines, ["A012"]);
}
