//! What ports do to a kiosk: wrong speed, dead connections, cables and
//! power that come and go.

use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use devices::{Listen, Model, VirtualPrinter};
use kiosk::printer::Patience;
use slip::{PrintOutcome, PrinterStatus, Profile};

use crate::rig::{BRIEF, HANG, LOST, PATIENCE, Rig, not_started, open, ticket, wait};

#[test]
fn a_wrong_speed_is_silence_and_not_a_slip() {
    let folder = tempfile::tempdir().unwrap();
    let listen = Listen::Pty(folder.path().join("tty"));
    let model = Model { baud: Some(9_600), ..Model::of_width(576) };
    let out = folder.path().join("paper");
    let device = VirtualPrinter::start_model(&listen, &out, model).unwrap();
    let right = device.uri().to_owned();
    assert!(right.ends_with("?baud=9600"), "{right}");
    let (printer, _statuses) = open(&right, PATIENCE);
    assert_eq!(wait(printer.print(ticket("A001"))), PrintOutcome::Done);
    drop(printer);
    let wrong = right.replace("9600", "115200");
    let (printer, statuses) = open(&wrong, Patience { answer: LOST, ..PATIENCE });
    // The port is free when the first kiosk has let it go.
    while statuses.recv_timeout(HANG).unwrap() != PrinterStatus::NoAnswer {}
    assert_eq!(wait(printer.print(ticket("A002"))), not_started(PrinterStatus::NoAnswer));
    let receipts = device.stop().unwrap();
    let slips = receipts.iter().filter(|it| it.complete).count();
    assert_eq!(slips, 1, "{receipts:?}");
    assert!(receipts.len() > 1, "and rubbish");
}

#[test]
fn a_peer_that_never_reads_hangs_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("tcp:{}", listener.local_addr().unwrap());
    // The system takes connections for it, and nobody ever reads.
    let (printer, statuses) = open(&uri, Patience { answer: LOST, ..PATIENCE });
    assert_eq!(statuses.recv_timeout(HANG).unwrap(), PrinterStatus::NoAnswer);
    assert_eq!(wait(printer.print(ticket("A001"))), not_started(PrinterStatus::NoAnswer));
    drop(listener);
}

#[test]
fn a_connection_that_dies_within_a_slip_leaves_it_unknown_and_is_made_anew() {
    let rig = Rig::new("tcp", Patience { answer: LOST, progress: BRIEF, ..PATIENCE });
    assert_eq!(rig.print("A000"), PrintOutcome::Done);
    rig.fault("half-open@200");
    assert_eq!(rig.print("A001"), PrintOutcome::Unknown);
    rig.wait_for(PrinterStatus::Ready);
    assert_eq!(rig.print("A002"), PrintOutcome::Done, "over a new connection");
    let paper = rig.paper();
    assert_eq!(paper, ["A000", "-A001", "A002"]);
}

#[test]
fn a_printer_that_returns_under_its_name_is_found() {
    for connection in ["pty", "lp", "tcp"] {
        let rig = Rig::new(connection, Patience { answer: LOST, ..PATIENCE });
        rig.wait_for(PrinterStatus::Ready);
        for number in ["A001", "A002"] {
            rig.fault("unplug");
            rig.wait_for(PrinterStatus::NotConnected);
            rig.help();
            rig.wait_for(PrinterStatus::Ready);
            assert_eq!(rig.print(number), PrintOutcome::Done, "{connection}");
        }
        assert_eq!(rig.paper(), ["A001", "A002"], "{connection}");
    }
}

#[test]
fn power_that_goes_takes_usb_and_network_with_it_and_the_kiosk_comes_back() {
    for (connection, off) in [
        ("pty", PrinterStatus::NoAnswer),
        ("lp", PrinterStatus::NotConnected),
        ("tcp", PrinterStatus::NotConnected),
    ] {
        let rig = Rig::new(connection, Patience { answer: LOST, progress: BRIEF, ..PATIENCE });
        assert_eq!(rig.print("A001"), PrintOutcome::Done, "{connection}");
        rig.fault("power-off@200");
        assert_eq!(rig.print("A002"), PrintOutcome::Unknown, "{connection}");
        rig.wait_for(off);
        rig.help();
        rig.wait_for(PrinterStatus::Ready);
        assert_eq!(rig.print("A003"), PrintOutcome::Done, "{connection}");
        assert_eq!(rig.paper(), ["A001", "-A002", "A003"], "{connection}");
    }
}

/// Opens a kiosk's printer before there is one, then switches it on.
fn off_at_start(uri: &str, listen: &Listen, out: &Path) {
    let (printer, statuses) = open(uri, Patience { answer: LOST, ..PATIENCE });
    assert_eq!(statuses.recv_timeout(HANG).unwrap(), PrinterStatus::NotConnected, "{uri}");
    let absent = not_started(PrinterStatus::NotConnected);
    assert_eq!(wait(printer.print(ticket("A001"))), absent, "{uri}");
    let device = VirtualPrinter::start(listen, out, 576).unwrap();
    while statuses.recv_timeout(HANG).unwrap() != PrinterStatus::Ready {}
    assert_eq!(wait(printer.print(ticket("A002"))), PrintOutcome::Done, "{uri}");
    assert_eq!(device.stop().unwrap().len(), 1, "{uri}");
}

#[test]
fn a_printer_that_is_off_when_the_kiosk_starts_is_found_later() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("printer");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    for (uri, listen) in [
        (format!("serial:{}", link.display()), Listen::Pty(link.clone())),
        (format!("lp:{}", link.display()), Listen::Lp(link.clone())),
        (format!("tcp:{address}"), Listen::Tcp(address)),
    ] {
        off_at_start(&uri, &listen, &folder.path().join("paper"));
    }
}

#[test]
fn a_slip_that_nobody_takes_is_told_and_dropped() {
    let mut profile = Profile::named("kiosk-presenter-80").unwrap();
    profile.presenter.as_mut().unwrap().take_secs = 1;
    let model = Model { taken_after: Some(Duration::ZERO), ..Model::of_width(576) };
    for connection in ["pty", "lp", "tcp"] {
        let rig = Rig::of(connection, model, profile.clone(), PATIENCE);
        assert_eq!(rig.print("A001"), PrintOutcome::Done, "{connection}");
        rig.fault("not-taken");
        assert_eq!(rig.print("A002"), PrintOutcome::Done, "{connection}");
        rig.wait_for(PrinterStatus::NotTaken);
        rig.wait_for(PrinterStatus::Ready);
        assert_eq!(rig.device.wait_for_receipts(2).len(), 2, "{connection}");
        rig.fault("paper-jam");
        rig.wait_for(PrinterStatus::PaperJam);
        assert_eq!(rig.print("A003"), not_started(PrinterStatus::PaperJam), "{connection}");
        assert_eq!(rig.paper(), ["A001", "A002"], "{connection}");
    }
}
