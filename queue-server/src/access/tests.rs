//! Tokens open what they were made for, for as long as they were made.

use queue_api::{AuditFact, DeviceKind, StaffId, WindowId};

use super::sessions::{IDLE_SECS, SESSION_HOURS};
use super::*;
use crate::scratch::Scratch;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

#[test]
fn a_device_is_known_by_its_latest_token_only() {
    let dir = Scratch::new("access-device");
    let access = Access::open(dir.path()).unwrap();
    let old = access.enrol("kiosk-1", DeviceKind::Kiosk, at(0)).unwrap();
    let new = access.enrol("kiosk-1", DeviceKind::Kiosk, at(1)).unwrap();
    assert_eq!(access.device(&old).unwrap(), None);
    let device = access.device(&new).unwrap().unwrap();
    assert_eq!((device.name.as_str(), device.kind), ("kiosk-1", DeviceKind::Kiosk));
    assert_eq!(access.devices().unwrap(), [device]);
}

#[test]
fn a_device_enrolled_beside_an_open_server_is_known_at_once() {
    let dir = Scratch::new("access-beside");
    let server = Access::open(dir.path()).unwrap();
    let token =
        Access::open(dir.path()).unwrap().enrol("board-1", DeviceKind::Board, at(0)).unwrap();
    assert_eq!(server.device(&token).unwrap().unwrap().kind, DeviceKind::Board);
}

#[test]
fn a_revoked_device_is_unknown_and_streams_hear_of_it() {
    let dir = Scratch::new("access-revoke");
    let access = Access::open(dir.path()).unwrap();
    let token = access.enrol("kiosk-1", DeviceKind::Kiosk, at(0)).unwrap();
    let device = access.device(&token).unwrap().unwrap();
    let before = access.n_shown_out();
    assert_eq!(access.revoke(device.id).unwrap(), Some(device.clone()));
    assert!(access.n_shown_out() > before);
    assert!(!access.opens(&token, at(0)).unwrap());
    assert_eq!(access.revoke(device.id).unwrap(), None);
}

#[test]
fn a_session_outlives_a_restart_and_ends_after_the_shift() {
    let dir = Scratch::new("access-session");
    let session = Session { staff: "1001".parse().unwrap(), window: Some(WindowId(1)) };
    let token = Access::open(dir.path()).unwrap().begin(&session, at(0)).unwrap();
    let access = Access::open(dir.path()).unwrap();
    let shift = SESSION_HOURS * 3_600;
    // In use every hour.
    for hour in 1..SESSION_HOURS {
        let seen = access.session_in_use(&token, at(hour * 3_600)).unwrap();
        assert_eq!(seen, Some(session.clone()), "hour {hour}");
    }
    assert_eq!(access.session(&token, at(shift - 1)).unwrap(), Some(session));
    assert_eq!(access.session(&token, at(shift)).unwrap(), None);
    assert_eq!(access.session("another", at(0)).unwrap(), None);
    access.end(&token).unwrap();
    assert_eq!(access.session(&token, at(shift - 1)).unwrap(), None);
}

#[test]
fn a_session_that_nobody_uses_ends_and_watching_is_no_use() {
    let dir = Scratch::new("access-idle");
    let access = Access::open(dir.path()).unwrap();
    let session = Session { staff: "4001".parse().unwrap(), window: None };
    let token = access.begin(&session, at(0)).unwrap();
    for minute in 0..IDLE_SECS / 60 {
        assert!(access.opens(&token, at(minute * 60)).unwrap(), "minute {minute}");
    }
    assert!(!access.opens(&token, at(IDLE_SECS)).unwrap());
    assert_eq!(access.session_in_use(&token, at(IDLE_SECS)).unwrap(), None);
}

#[test]
fn all_sessions_of_a_number_end_at_once_and_no_other() {
    let dir = Scratch::new("access-everywhere");
    let access = Access::open(dir.path()).unwrap();
    let (clerk, other): (StaffId, StaffId) = ("1001".parse().unwrap(), "1002".parse().unwrap());
    let begin = |staff: &StaffId| {
        let session = Session { staff: staff.clone(), window: None };
        access.begin(&session, at(0)).unwrap()
    };
    let (here, there, others) = (begin(&clerk), begin(&clerk), begin(&other));
    access.end_all(&clerk).unwrap();
    let opens = |token: &str| access.opens(token, at(1)).unwrap();
    assert_eq!([opens(&here), opens(&there), opens(&others)], [false, false, true]);
}

#[test]
fn what_was_noted_is_read_back_and_cannot_be_changed_unnoticed() {
    let dir = Scratch::new("access-audit");
    let access = Access::open(dir.path()).unwrap();
    let staff: StaffId = "1001".parse().unwrap();
    for nth in 0..150 {
        let fact = AuditFact::WrongPin { staff: staff.clone(), from: format!("10.0.0.{nth}") };
        access.note(&fact, at(nth));
    }
    let newest = access.noted(None).unwrap();
    assert_eq!((newest.entries[0].seq, newest.entries.len(), newest.next), (150, 100, Some(51)));
    let oldest = access.noted(newest.next).unwrap();
    assert_eq!((oldest.entries.len(), oldest.next), (50, None));
    assert_eq!(walk_notes(dir.path()).unwrap(), Ok(150));
    let connection = access.connection();
    assert!(connection.execute("UPDATE audit SET body = '{}' WHERE seq = 7", []).is_err());
    assert!(connection.execute("DELETE FROM audit WHERE seq = 7", []).is_err());
    connection
        .execute_batch(
            "DROP TRIGGER audit_stays_as_it_is; UPDATE audit SET at = 'never' WHERE seq = 7",
        )
        .unwrap();
    drop(connection);
    assert!(walk_notes(dir.path()).unwrap().unwrap_err().contains("audit entry 7"));
}

/// As version 0.1 left it.
#[test]
fn a_file_of_before_is_taken_over() {
    let dir = Scratch::new("access-before");
    std::fs::create_dir_all(dir.path()).unwrap();
    let token = "a token of before";
    let before = Connection::open(dir.path().join("access.db")).unwrap();
    before
        .execute_batch(
            "CREATE TABLE devices (name TEXT PRIMARY KEY, kind TEXT NOT NULL,
                fingerprint BLOB NOT NULL UNIQUE, enrolled_at TEXT NOT NULL) STRICT;
             CREATE TABLE sessions (fingerprint BLOB PRIMARY KEY, staff TEXT NOT NULL,
                window INTEGER, until INTEGER NOT NULL) STRICT;",
        )
        .unwrap();
    let print = crate::secret::fingerprint(token);
    for (name, print) in [("board-1", print), ("board-2", [7; 32])] {
        before
            .execute("INSERT INTO devices VALUES (?1, 'board', ?2, 'then')", (name, print))
            .unwrap();
    }
    drop(before);
    let access = Access::open(dir.path()).unwrap();
    assert_eq!(access.device(token).unwrap().unwrap().name, "board-1");
    assert_eq!(access.devices().unwrap().len(), 2);
    drop(access);
    assert!(Access::open(dir.path()).unwrap().device(token).unwrap().is_some(), "and once only");
}
