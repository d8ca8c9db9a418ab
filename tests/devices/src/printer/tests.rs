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

/// `FS 2` for FE A1: its first column black, the others white.
fn define_hanzi() -> Vec<u8> {
    let mut bytes = vec![0x1c, b'2', 0xfe, 0xa1, 0xff, 0xff, 0xff];
    bytes.resize(4 + 72, 0);
    bytes
}

#[test]
fn a_hanzi_that_was_defined_is_printed() {
    let job = [b"\x1b@\x1c&", define_hanzi().as_slice(), b"\xfe\xa1A\n\x1dVB\x00"].concat();
    let receipt = print(&job);
    assert_eq!(receipt.lines, ["[hanzi fea1]A"]);
    assert_eq!(receipt.faults, []);
}

#[test]
fn a_hanzi_that_was_forgotten_is_none() {
    for forget in [b"\x1c?\xfe\xa1".as_slice(), b"\x1b@\x1c&"] {
        let job = [b"\x1c&", define_hanzi().as_slice(), forget, b"\xfe\xa1\n\x1dVB\x00"].concat();
        let mut printer = Printer::new(384);
        let receipt = receipts(printer.receive(&job)).pop().unwrap();
        assert_eq!(receipt.lines, ["〓"]);
        assert!(receipt.faults[0].what.contains("no glyph"), "{:?}", receipt.faults);
    }
    let beyond = [0x1c, b'2', 0xb0, 0xa1].into_iter().chain([0; 72]);
    let beyond = beyond.chain(*b"A\n\x1dVB\x00").collect::<Vec<_>>();
    assert!(faults(&beyond)[0].contains("FS 2 with wrong parameters"));
}

#[test]
fn a_printer_that_knows_no_definitions_prints_them() {
    let model = Model { user_hanzi: false, ..Model::of_width(384) };
    let mut definition = define_hanzi();
    definition[4..].fill(b'x');
    let job = [b"\x1c&", definition.as_slice(), b"\n\x1dVB\x00"].concat();
    let receipt = receipts(Printer::of_model(model).receive(&job)).remove(0);
    assert!(receipt.faults[0].what.contains("does not know"), "{:?}", receipt.faults);
    assert!(receipt.lines.concat().contains("xxxxxxxx"), "{:?}", receipt.lines);
}

#[test]
fn changes_are_told_unasked_if_wanted() {
    let mut printer = Printer::new(384);
    assert_eq!(replies(printer.receive(b"\x1da\x0f")), [0x10, 0, 0, 0]);
    let told = replies(printer.set_fault(Some(Fault::now(FaultKind::CoverOpen))));
    assert_eq!(told, [0x38, 0, 0, 0]);
    assert_eq!(replies(printer.set_fault(None)), [0x10, 0, 0, 0]);
    assert_eq!(
        replies(printer.set_fault(Some(Fault::now(FaultKind::NoPaper)))),
        [0x18, 0, 0x0f, 0]
    );
    assert_eq!(replies(printer.set_fault(None)), [0x10, 0, 0, 0]);
    printer.receive(b"\x1da\x00");
    assert_eq!(printer.set_fault(Some(Fault::now(FaultKind::CoverOpen))), []);
}

#[test]
fn a_printer_says_what_it_is() {
    let mut printer = Printer::new(384);
    assert_eq!(replies(printer.receive(b"\x1dI\x01")).len(), 1);
    assert_eq!(replies(printer.receive(b"\x1dI\x43")), b"_virtual-printer\0");
}

#[test]
fn answers_have_their_habits() {
    let ask = [0x10, 4, 1];
    let with = |kind| {
        let mut printer = Printer::new(384);
        printer.set_fault(Some(Fault::now(kind)));
        printer
    };
    assert_eq!(replies(with(FaultKind::ExtraByte).receive(&ask)), [CALM, CALM]);
    let garbage = replies(with(FaultKind::Garbage).receive(&ask));
    assert_eq!((garbage.len(), garbage[1]), (2, CALM));
    let mut late = with(FaultKind::LateAnswer);
    assert_eq!(late.receive(&ask), []);
    assert_eq!(late.advance(Duration::from_millis(1_900)), []);
    assert_eq!(replies(late.advance(Duration::from_secs(2))), [CALM]);
    let mut split = with(FaultKind::SplitAnswer);
    assert_eq!(replies(split.receive(b"\x1d(H\x06\x0000AB12")), b"7");
    assert_eq!(replies(split.advance(Duration::from_millis(60))), b"\x22A");
}

#[test]
fn paper_that_ends_is_reprinted_or_thrown_away_as_the_maker_chose() {
    let job = b"A012\nB\n\x1dVB\x00";
    let end = |kind| {
        let mut printer = Printer::new(384);
        printer.set_fault(Some(Fault::now(kind).at(Moment::AtByte(5))));
        let mut receipts = receipts(printer.receive(job));
        receipts.extend(self::receipts(printer.set_fault(None)));
        receipts.iter().map(|it| (it.lines.join(" "), it.complete)).collect::<Vec<_>>()
    };
    let whole = || ("A012 B".to_owned(), true);
    assert_eq!(end(FaultKind::NoPaper), [whole()]);
    assert_eq!(end(FaultKind::NoPaperReprint), [("A012".to_owned(), false), whole()]);
    assert_eq!(end(FaultKind::NoPaperDiscard), [("A012".to_owned(), false)]);
}

#[test]
fn power_that_goes_takes_what_the_printer_held() {
    let mut printer = Printer::new(384);
    printer.set_fault(Some(Fault::now(FaultKind::PowerOff).at(Moment::AtByte(5))));
    let torn = receipts(printer.receive(b"A012\nB\n\x1dVB\x00"));
    assert_eq!((torn[0].lines.join(" "), torn[0].complete), ("A012".to_owned(), false));
    assert!(printer.is_off());
    assert_eq!(printer.receive(&[0x10, 4, 1]), []);
    printer.set_fault(None);
    assert_eq!(replies(printer.receive(&[0x10, 4, 1])), [CALM]);
}

#[test]
fn a_pause_within_a_command_drops_it() {
    let model = Model { gap_max: Some(Duration::from_millis(500)), ..Model::of_width(384) };
    let mut printer = Printer::of_model(model);
    printer.receive(&[0x1d, b'v', b'0', 0, 1, 0, 4, 0, 0xff]);
    printer.advance(Duration::from_millis(500));
    let receipt = receipts(printer.receive(b"A\n\x1dVB\x00")).remove(0);
    assert_eq!(receipt.lines, ["A"]);
    assert!(receipt.faults[0].what.contains("a pause within"), "{:?}", receipt.faults);
}

#[test]
fn a_full_buffer_stalls_or_overruns() {
    let small = Model { buffer_bytes: 4, ..Model::of_width(384) };
    let stop = Some(Fault::now(FaultKind::CoverOpen));
    let mut stalls = Printer::of_model(small);
    stalls.set_fault(stop);
    stalls.receive(b"ABCD");
    assert!(!stalls.takes_input());
    let mut overruns = Printer::of_model(Model { when_full: WhenFull::Overrun, ..small });
    overruns.set_fault(stop);
    overruns.receive(b"ABCDEF");
    assert!(overruns.takes_input());
    overruns.set_fault(None);
    let torn = overruns.switch_off().remove(0);
    assert_eq!((torn.lines, torn.faults.len()), (vec!["ABCD".to_owned()], 2));
}

#[test]
fn somebody_else_writes_into_a_slip() {
    let mut printer = Printer::new(384);
    printer.set_fault(Some(Fault::now(FaultKind::SecondWriter).at(Moment::AtLine(1))));
    let receive = |it: &[u8]| receipts(printer.receive(it));
    let mut paper: Vec<_> = [b"A\n".as_slice(), b"B", b"C\n\x1dVB\x00"].map(receive).concat();
    assert_eq!(paper.remove(0).lines, ["A", "BFOREIGN", "C"]);
}
