//! The pages of the staff panel, and the way to each.

use kiosk_core::{Ending, Machine, Msg, Roll};

use super::super::{Player, Scene};
use super::press;

/// Every scene of it.
pub(in crate::shots) const ALL: &[Scene] = &[
    Scene {
        name: "staff-pin",
        play: |it| {
            corner(it);
            digits(it, "2468");
        },
    },
    Scene {
        name: "staff-pin-wrong",
        play: |it| {
            corner(it);
            wrong(it, 1);
        },
    },
    Scene {
        name: "staff-pin-closed",
        play: |it| {
            corner(it);
            wrong(it, 5);
        },
    },
    Scene { name: "staff", play: inside },
    Scene {
        name: "staff-away",
        play: |it| {
            inside(it);
            it.receive(Msg::ServerLost);
            it.receive(Msg::TestPagePressed { command_id: press() });
            super::not_printed(it);
        },
    },
    Scene {
        name: "staff-log",
        play: |it| {
            inside(it);
            it.receive(Msg::LogPressed);
        },
    },
    Scene { name: "staff-restart", play: |it| ends(it, Ending::Restart) },
    Scene { name: "staff-leave", play: |it| ends(it, Ending::Leave) },
];

fn corner(it: &mut Player) {
    it.receive(Msg::StaffPinFound);
    for _ in 0..5 {
        it.receive(Msg::CornerPressed);
    }
    // The modes of the picture: the panel has begun a new visit.
    for mode in it.modes.clone() {
        it.receive(mode);
    }
}

fn digits(it: &mut Player, digits: &str) {
    for key in digits.chars() {
        it.receive(Msg::KeyPressed { key });
    }
}

fn wrong(it: &mut Player, times: usize) {
    for _ in 0..times {
        digits(it, "135790");
        it.receive(Msg::EnterPressed { command_id: press() });
        it.receive(Msg::PinChecked { right: false });
    }
}

fn inside(it: &mut Player) {
    corner(it);
    digits(it, "246810");
    it.receive(Msg::EnterPressed { command_id: press() });
    it.receive(Msg::PinChecked { right: true });
    let machine = Machine {
        version: "0.1.0".to_owned(),
        server: "https://192.168.100.110:8443".to_owned(),
        addresses: vec!["192.168.100.121".to_owned()],
        printer: "serial:/dev/ttyUSB0?baud=115200".to_owned(),
        profile: "generic-80".to_owned(),
        roll: Roll { since: Some(it.now), slips: 1_214, mm: 186_940 },
        lines: (1..=34)
            .map(|nth| {
                format!("2026-11-23T01:41:{nth:02}.123456Z  INFO printed bytes=1204 job=5b0c5c1e-6f0f-4a53-9d0f-0e0d6f1a2b{nth:02}")
            })
            .collect(),
    };
    it.receive(Msg::MachineTold { machine });
}

fn ends(it: &mut Player, ending: Ending) {
    inside(it);
    it.receive(Msg::EndPressed { ending });
}
