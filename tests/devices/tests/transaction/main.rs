//! The kiosk's printing against the emulated printer, over TCP, over a
//! serial port and a USB printer's file made of pseudo-terminals: each
//! outcome is true, nothing prints twice, and nothing hangs.
#![allow(clippy::unwrap_used, reason = "a test program stops at the first surprise")]

mod ports;
mod rig;
#[path = "../../../../kiosk/slip/tests/golden/samples.rs"]
#[allow(dead_code, reason = "single samples are for other tests")]
mod samples;

use std::time::Duration;

use devices::Model;
use kiosk::printer::Patience;
use slip::{PrintOutcome, PrinterStatus, Profile};

use crate::rig::{BRIEF, HANG, LOST, PATIENCE, Rig, not_started, open, ticket, wait};

#[test]
fn a_slip_is_done_when_it_is_on_paper() {
    for connection in ["tcp", "pty", "lp"] {
        let rig = Rig::new(connection, PATIENCE);
        for number in ["A001", "A002", "A003"] {
            assert_eq!(rig.print(number), PrintOutcome::Done, "{connection}");
        }
        assert_eq!(rig.paper(), ["A001", "A002", "A003"], "{connection}");
    }
}

#[test]
fn a_printer_that_cannot_print_gets_no_byte_of_the_slip() {
    for connection in ["tcp", "pty", "lp"] {
        let rig = Rig::new(connection, PATIENCE);
        rig.fault("no-paper");
        assert_eq!(rig.print("A001"), not_started(PrinterStatus::NoPaper), "{connection}");
        rig.fault("cover-open");
        assert_eq!(rig.print("A002"), not_started(PrinterStatus::CoverOpen), "{connection}");
        rig.help();
        assert_eq!(rig.print("A003"), PrintOutcome::Done, "{connection}");
        assert_eq!(rig.paper(), ["A003"], "{connection}");
    }
}

#[test]
fn paper_that_ends_within_a_slip_is_waited_for() {
    for connection in ["tcp", "pty"] {
        let patience = Patience { progress: Duration::from_secs(2), ..PATIENCE };
        let rig = Rig::new(connection, patience);
        rig.fault("no-paper@200");
        let outcome = rig.printer.print(ticket("A001"));
        rig.wait_for(PrinterStatus::NoPaper);
        rig.help();
        assert_eq!(wait(outcome), PrintOutcome::Done, "{connection}");
        rig.wait_for(PrinterStatus::Ready);
        assert_eq!(rig.paper(), ["A001"], "{connection}");
    }
}

#[test]
fn paper_that_nobody_refills_leaves_the_slip_unknown() {
    for connection in ["tcp", "pty"] {
        let rig = Rig::new(connection, Patience { progress: BRIEF, hold: BRIEF, ..PATIENCE });
        rig.fault("no-paper@200");
        assert_eq!(rig.print("A001"), PrintOutcome::Unknown, "{connection}");
        assert_eq!(rig.print("A002"), not_started(PrinterStatus::NoPaper), "{connection}");
        // The printer holds the rest and prints it by itself.
        rig.wait_for(PrinterStatus::NoPaper);
        rig.help();
        assert_eq!(rig.device.wait_for_receipts(1).len(), 1);
        rig.wait_for(PrinterStatus::Ready);
        assert_eq!(rig.print("A003"), PrintOutcome::Done, "{connection}");
        assert_eq!(rig.paper(), ["A001", "A003"], "{connection}");
    }
}

#[test]
fn a_cable_pulled_within_a_slip_leaves_it_unknown_and_the_next_is_right() {
    for connection in ["tcp", "pty"] {
        for byte in [1, 200, 260] {
            // An answer that was lost with the cable is waited for.
            let rig = Rig::new(connection, Patience { answer: LOST, ..PATIENCE });
            assert_eq!(rig.print("A000"), PrintOutcome::Done, "{connection} {byte}");
            rig.fault(&format!("unplug@{byte}"));
            assert_eq!(rig.print("A001"), PrintOutcome::Unknown, "{connection} {byte}");
            assert_eq!(
                rig.print("A002"),
                not_started(PrinterStatus::NotConnected),
                "{connection} {byte}"
            );
            // Not to take the first Ready of all for the one after.
            rig.wait_for(PrinterStatus::NotConnected);
            rig.help();
            rig.wait_for(PrinterStatus::Ready);
            assert_eq!(rig.print("A003"), PrintOutcome::Done, "{connection} {byte}");
            let paper = rig.paper();
            assert_eq!(paper.last().unwrap(), "A003", "{connection} {byte}: {paper:?}");
            assert!(!paper.contains(&"A001".to_owned()), "{connection} {byte}: {paper:?}");
        }
    }
}

#[test]
fn a_printer_that_stalls_within_a_slip_hangs_nobody() {
    let brief = Duration::from_millis(300);
    for connection in ["tcp", "pty"] {
        let rig = Rig::new(connection, Patience { progress: brief, answer: brief, ..PATIENCE });
        rig.fault("stall@200");
        assert_eq!(rig.print("A001"), PrintOutcome::Unknown, "{connection}");
        assert_eq!(rig.print("A002"), not_started(PrinterStatus::NoAnswer), "{connection}");
        rig.wait_for(PrinterStatus::NoAnswer);
        rig.help();
        rig.wait_for(PrinterStatus::Ready);
        assert_eq!(rig.device.wait_for_receipts(1).len(), 1);
        assert_eq!(rig.paper(), ["A001"], "{connection}");
    }
}

#[test]
fn a_silent_printer_is_not_begun() {
    let answer = Duration::from_millis(300);
    for connection in ["tcp", "pty"] {
        let rig = Rig::new(connection, Patience { answer, ..PATIENCE });
        rig.fault("no-answer");
        assert_eq!(rig.print("A001"), not_started(PrinterStatus::NoAnswer), "{connection}");
        assert_eq!(rig.paper(), [""; 0], "{connection}");
    }
}

#[test]
fn a_printer_that_is_not_there_is_a_status() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    drop(taken);
    for uri in [format!("tcp:{address}"), "serial:/nowhere/tty".into(), "lp:/nowhere/lp0".into()] {
        let (printer, statuses) = open(&uri, PATIENCE);
        assert_eq!(statuses.recv_timeout(HANG).unwrap(), PrinterStatus::NotConnected, "{uri}");
        let outcome = wait(printer.print(ticket("A001")));
        assert_eq!(outcome, not_started(PrinterStatus::NotConnected), "{uri}");
    }
}

#[test]
fn a_status_is_told_when_it_changes_and_only_then() {
    let rig = Rig::new("pty", PATIENCE);
    let next = || rig.statuses.recv_timeout(HANG).unwrap();
    assert_eq!(next(), PrinterStatus::Ready);
    // The printer is looked at many times in between.
    for _ in 0..5 {
        assert_eq!(wait(rig.printer.status()), PrinterStatus::Ready);
    }
    rig.fault("paper-near-end");
    assert_eq!(next(), PrinterStatus::NearEnd);
    assert_eq!(rig.print("A001"), PrintOutcome::Done);
    rig.fault("cover-open");
    assert_eq!(next(), PrinterStatus::CoverOpen);
    rig.help();
    assert_eq!(next(), PrinterStatus::Ready);
}

#[test]
fn a_printer_that_names_its_jobs_is_believed() {
    let mut profile = Profile::GENERIC_80;
    profile.abilities.process_id = true;
    let rig = Rig::of("tcp", Model::of_width(576), profile, PATIENCE);
    assert_eq!(rig.print("A001"), PrintOutcome::Done);
    assert_eq!(rig.print("A002"), PrintOutcome::Done);
    assert_eq!(rig.paper(), ["A001", "A002"]);
}

#[test]
fn a_slow_printer_delays_nobody() {
    let slow = Rig::new("pty", PATIENCE);
    slow.fault("stall");
    let waiting = slow.printer.print(ticket("A001"));
    let quick = Rig::new("pty", PATIENCE);
    assert_eq!(quick.print("A002"), PrintOutcome::Done);
    slow.help();
    assert_eq!(wait(waiting), PrintOutcome::Done);
}

#[test]
fn a_folder_is_a_printer_that_a_person_can_jam() {
    let folder = tempfile::tempdir().unwrap();
    let uri = format!("dir:{}?width=384", folder.path().display());
    let (printer, _statuses) = open(&uri, PATIENCE);
    assert_eq!(wait(printer.print(ticket("A001"))), PrintOutcome::Done);
    assert!(folder.path().join("0001.png").exists());
    let text = std::fs::read_to_string(folder.path().join("0001.txt")).unwrap();
    assert!(text.contains("A001"), "{text}");
    std::fs::write(folder.path().join("fault"), "no-paper\n").unwrap();
    let outcome = wait(printer.print(ticket("A002")));
    assert_eq!(outcome, not_started(PrinterStatus::NoPaper));
    assert!(!folder.path().join("0002.png").exists());
}
