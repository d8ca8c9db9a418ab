//! The first slip over a line that somebody used before.

use std::time::Duration;

use devices::{CableKind, Model, Receipt, Scanner};
use kiosk::printer::{Before, Line, Patience, Wire};
use slip::{Job, JobMark, Lang, PrintOutcome, PrinterStatus, Profile, Slip, prepare};

use crate::samples;
use crate::sim::SimLine;

const BAUD: u32 = 9_600;

/// A band of raster of which one row arrived.
const HALF_A_BAND: [u8; 16] =
    [0x1d, b'v', b'0', 0, 48, 0, 24, 0, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa];

fn ticket() -> Job {
    let slip = Slip::Ticket(samples::ticket(Lang::Zh));
    prepare(&slip, &Profile::GENERIC_58, JobMark::from_count(1))
}

fn wire(model: Model, before: Before) -> Wire<SimLine> {
    let line = SimLine::new(CableKind::Serial { baud: BAUD }, BAUD, model);
    Wire::new(line, &Profile::GENERIC_58, before, Patience::DEFAULT)
}

/// The pieces of paper that are the ticket, whole and nothing else.
fn whole(wire: &mut Wire<SimLine>) -> usize {
    let job = ticket();
    let question = job.chunks.last().unwrap().bytes().len();
    let is_whole = |it: &&Receipt| it.complete && it.bytes == job.n_bytes() - question;
    wire.line().cable.receipts().iter().filter(is_whole).count()
}

#[test]
fn a_visitor_waits_for_their_bytes_and_for_nothing_else() {
    let mut wire = wire(Model::of_width(384), Before::Nothing);
    let job = ticket();
    assert_eq!(wire.print(&job, &mut |_| {}), PrintOutcome::Done);
    let took = wire.line().now();
    let bytes = Duration::from_secs(1) * u32::try_from(job.n_bytes()).unwrap() / (BAUD / 10);
    assert!(took < bytes + Duration::from_millis(150), "{took:?} for {bytes:?} of bytes");
}

#[test]
fn an_idle_look_spares_the_visitor_the_zeros() {
    let mut wire = wire(Model::of_width(384), Before::PerhapsSlip);
    assert_eq!(wire.status(), PrinterStatus::Ready);
    let begin = wire.line().now();
    assert_eq!(wire.print(&ticket(), &mut |_| {}), PrintOutcome::Done);
    assert!(wire.line().now() < begin + Duration::from_secs(1));
}

#[test]
fn what_was_left_unfinished_does_not_reach_the_first_slip() {
    for scanner in [Scanner::EveryByte, Scanner::CommandStart] {
        for before in [Before::Nothing, Before::PerhapsSlip] {
            let mut wire = wire(Model { scanner, ..Model::of_width(384) }, before);
            wire.line().cable.handle(|it| it.receive(&HALF_A_BAND));
            // The idle kiosk looks; whoever left it was not our slip.
            let ready = (0..3).any(|_| wire.status() == PrinterStatus::Ready);
            assert!(ready, "{scanner:?} {before:?}");
            assert_eq!(wire.print(&ticket(), &mut |_| {}), PrintOutcome::Done);
            assert_eq!(whole(&mut wire), 1, "{scanner:?} {before:?}");
        }
    }
}

/// From the last press to the last byte on the paper, on a line of
/// 115,200 baud: every slip there is, also where a code is sent dot by
/// dot.
#[test]
fn whatever_is_asked_for_is_on_paper_within_a_second() {
    const FAST: u32 = 115_200;
    for name in ["generic-58", "generic-80", "epson-tm-cn", "xprinter-80"] {
        let profile = Profile::named(name).unwrap();
        let both = Slip::TicketAndNotice(samples::ticket(Lang::Zh), samples::notice_zh());
        let slips = samples::all().into_iter().chain([("both", both)]);
        for (what, slip) in slips.filter(|(it, _)| !it.starts_with("test")) {
            let slip = with_code(slip);
            let model = Model::of_width(usize::from(profile.width_dots));
            let line = SimLine::new(CableKind::Serial { baud: FAST }, FAST, model);
            let mut wire = Wire::new(line, &profile, Before::PerhapsSlip, Patience::DEFAULT);
            assert_eq!(wire.status(), PrinterStatus::Ready, "{name}: the idle kiosk looked");
            let pressed = wire.line().now();
            let job = prepare(&slip, &profile, JobMark::from_count(1));
            assert_eq!(wire.print(&job, &mut |_| {}), PrintOutcome::Done, "{what} on {name}");
            let took = wire.line().now().saturating_sub(pressed);
            assert!(took < Duration::from_secs(1), "{what} on {name}: {took:?}");
        }
    }
}

/// With the code of the list at its foot, as a kiosk prints it.
fn with_code(slip: Slip) -> Slip {
    let url = "http://192.168.1.10:8080/n/food-operation-permit~agent.agent~auto.no~scope.catering";
    let coded = |notice| slip::NoticeSlip { url: Some(url.to_owned()), ..notice };
    match slip {
        Slip::Notice(notice) => Slip::Notice(coded(notice)),
        Slip::TicketAndNotice(ticket, notice) => Slip::TicketAndNotice(ticket, coded(notice)),
        other => other,
    }
}
