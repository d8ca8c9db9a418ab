//! Tokens open what they were made for, for as long as they were made.

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
    let device = Device { name: "kiosk-1".to_owned(), kind: DeviceKind::Kiosk };
    assert_eq!(access.device(&new).unwrap(), Some(device.clone()));
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
fn a_session_outlives_a_restart_and_ends_after_the_shift() {
    let dir = Scratch::new("access-session");
    let session = Session { staff: "1001".parse().unwrap(), window: Some(WindowId(1)) };
    let token = Access::open(dir.path()).unwrap().begin(&session, at(0)).unwrap();
    let access = Access::open(dir.path()).unwrap();
    let shift = SESSION_HOURS * 3_600;
    assert_eq!(access.session(&token, at(shift - 1)).unwrap(), Some(session));
    assert_eq!(access.session(&token, at(shift)).unwrap(), None);
    assert_eq!(access.session("another", at(0)).unwrap(), None);
    access.end(&token).unwrap();
    assert_eq!(access.session(&token, at(0)).unwrap(), None);
}
