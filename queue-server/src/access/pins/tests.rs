//! The door closes to who tries too often, and to nobody else.

use std::thread;

use argon2::password_hash::PasswordHasher;

use super::*;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

fn hash(pin: &str) -> String {
    Argon2::default()
        .hash_password_with_salt(pin.as_bytes(), b"salt for a test")
        .unwrap()
        .to_string()
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

fn address(nth: u8) -> IpAddr {
    IpAddr::from([10, 0, 1, nth])
}

#[test]
fn five_wrong_tries_close_the_door_for_fifteen_minutes() {
    let (pins, staff, hash) = (Pins::default(), "1001".parse().unwrap(), hash("471100"));
    for _ in 0..5 {
        assert_eq!(pins.try_pin(&staff, "000000", Some(&hash), HERE, at(0)), Tried::Wrong);
    }
    assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), HERE, at(14)), Tried::Closed);
    assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), HERE, at(15)), Tried::Right);
}

#[test]
fn the_right_pin_forgives_the_wrong_ones_before_it() {
    let (pins, staff, hash) = (Pins::default(), "1001".parse().unwrap(), hash("471100"));
    for _ in 0..7 {
        for _ in 0..4 {
            assert_eq!(pins.try_pin(&staff, "000000", Some(&hash), HERE, at(0)), Tried::Wrong);
        }
        assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), HERE, at(0)), Tried::Right);
    }
}

#[test]
fn of_wrong_tries_side_by_side_five_are_looked_at() {
    let (pins, hash) = (Pins::default(), hash("471100"));
    let staff: StaffId = "1001".parse().unwrap();
    let tries: Vec<Tried> = thread::scope(|scope| {
        let try_it = || pins.try_pin(&staff, "000000", Some(&hash), HERE, at(0));
        let threads: Vec<_> = (0..20).map(|_| scope.spawn(try_it)).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(tries.iter().filter(|it| **it == Tried::Wrong).count(), 5);
}

#[test]
fn who_tries_for_a_colleague_closes_the_door_to_themselves() {
    let (pins, hash) = (Pins::default(), hash("471100"));
    let staff: StaffId = "1001".parse().unwrap();
    let wrong =
        |from| (0..6).map(|_| pins.try_pin(&staff, "000000", Some(&hash), from, at(0))).last();
    assert_eq!(wrong(address(1)), Some(Tried::Closed));
    assert!(!pins.is_closed(&staff, HERE, at(0)));
    assert_eq!(pins.try_pin(&staff, "471100", Some(&hash), HERE, at(0)), Tried::Right);
    for nth in 2..=5 {
        wrong(address(nth));
    }
    assert!(pins.is_closed(&staff, HERE, at(0)), "25 tries close it to everybody");
    assert!(!pins.is_closed(&staff, HERE, at(15)));
}

#[test]
fn ten_thousand_numbers_that_nobody_has_keep_nobody_out() {
    let pins = Pins::default();
    let staff: StaffId = "1001".parse().unwrap();
    for _ in 0..5 {
        assert!(pins.count(&staff, HERE, true, at(0)));
    }
    for number in 0..12_000 {
        assert!(pins.count(&format!("9{number}").parse().unwrap(), HERE, false, at(1)));
    }
    assert!(pins.lock().len() <= DOORS_MAX);
    assert!(pins.count(&"1002".parse().unwrap(), HERE, true, at(1)), "a colleague comes in");
    assert!(!pins.count(&staff, HERE, true, at(1)), "nor is a closed door forgotten for them");
    let mut doors = pins.lock();
    forget(&mut doors, at(16));
    assert!(doors.is_empty(), "what is old is forgotten");
}

#[test]
fn a_number_that_nobody_has_is_only_ever_wrong() {
    assert!(PasswordHash::new(NOBODY).is_ok());
    let nobody = "7".parse().unwrap();
    assert_eq!(Pins::default().try_pin(&nobody, "", None, HERE, at(0)), Tried::Wrong);
}
