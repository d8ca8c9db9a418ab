//! Appointments: how many fit, who comes early, on time, late and not at
//! all.

use expect_test::expect;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Told, read, rules};
use crate::{
    AppointmentId, AppointmentRules, AppointmentState, Booking, BookingLine, Command, LaneId,
    LaneRules, Rejection, Rules, Source, WindowId, WindowRules, ahead, decide, slots, waiting_for,
};

/// On Monday the 23rd, at eight in the morning.
fn told_in(rules: Rules) -> Told {
    let mut told = Told::new(rules);
    told.now = "2026-11-23T08:00:00Z".parse().unwrap();
    told.submit(&Command::OpenDay { day: date(2026, 11, 23) });
    told
}

fn booking(told: &Told, lane: &str, day: i8, time: &str) -> Booking {
    let nth = told.journal.len();
    Booking {
        code: format!("{:08}", nth + 1).parse().unwrap(),
        lane: lane.parse().unwrap(),
        matter: None,
        day: date(2026, 11, day),
        time: time.parse().unwrap(),
        reference: None,
    }
}

/// `book A 24 10:00`, `check-in 1`, `cancel 1`, `at 10:05` or what other
/// scripts say.
fn tell(told: &mut Told, script: &str) {
    for line in script.split(';').map(str::trim) {
        told.text.push_str(&format!("{line}\n"));
        let words: Vec<&str> = line.split_whitespace().collect();
        let id = |at: usize| AppointmentId(words[at].parse().unwrap());
        let command = match words[0] {
            "at" => {
                let day = told.hall.day().unwrap();
                told.now = format!("{day}T{}:00Z", words[1]).parse().unwrap();
                continue;
            }
            "book" => {
                let day = words[2].parse().unwrap();
                Command::MakeAppointment(booking(told, words[1], day, words[3]))
            }
            "check-in" => Command::CheckIn {
                appointment: id(1),
                token: format!("token-{line}-{}", told.now),
                source: Source::Kiosk,
            },
            "cancel-booking" => Command::CancelAppointment { appointment: id(1) },
            _ => read(told, line),
        };
        told.submit(&command);
    }
}

fn order(told: &Told) -> String {
    let numbers = waiting_for(&told.hall, WindowId(1), told.now).into_iter().map(|id| {
        let ticket = told.hall.ticket(id).unwrap();
        format!("{} after {}", ticket.number, ahead(&told.hall, ticket, told.now))
    });
    numbers.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_slot_takes_what_half_the_windows_time_can_serve() {
    let mut told = told_in(rules());
    // A has the windows 1 and 2: half of an hour is three of ten minutes.
    // B shares window 1: one of ten minutes, or none once A is full.
    tell(
        &mut told,
        "book B 24 10:00; book B 24 10:00; book A 24 10:00; book A 24 10:00; book A 24 10:00; book A 24 10:07; book A 23 10:00; book A 30 10:00; book C 24 10:00; cancel-booking 1; book A 24 10:00",
    );
    expect![[r#"
          day opened 2026-11-23
        book B 24 10:00
          appointment made
        book B 24 10:00
          no: lane `B` is booked up at 2026-11-24T10:00:00; the next free slot is 2026-11-24 10:30
        book A 24 10:00
          appointment made
        book A 24 10:00
          appointment made
        book A 24 10:00
          no: lane `A` is booked up at 2026-11-24T10:00:00; the next free slot is 2026-11-24 10:30
        book A 24 10:07
          no: lane `A` has no slot at 2026-11-24T10:07:00; the next free slot is 2026-11-24 10:30
        book A 23 10:00
          no: appointments are made from 2026-11-24 to 2026-11-28
        book A 30 10:00
          no: appointments are made from 2026-11-24 to 2026-11-28
        book C 24 10:00
          no: lane `C` is booked up at 2026-11-24T10:00:00
        cancel-booking 1
          appointment cancelled
        book A 24 10:00
          appointment made
    "#]]
    .assert_eq(&told.text);
}

/// A page that was opened before the old copy took the place of the
/// journal must not give up somebody else's.
#[test]
fn after_a_return_to_an_old_copy_no_appointment_has_the_id_of_another() {
    let mut told = told_in(rules());
    tell(&mut told, "book A 24 10:00; skip; book A 24 10:30; cancel-booking 2");
    assert!(told.text.ends_with("no: there is no appointment `2`\n"), "{}", told.text);
    let ids: Vec<u64> = told.hall.appointments().map(|it| it.appointment.id.0).collect();
    assert_eq!(ids, [1, 100_002]);
}

#[test]
fn who_is_early_or_on_time_counts_from_the_slot_and_who_is_late_from_coming() {
    let mut told = told_in(rules());
    tell(
        &mut told,
        "book A 24 10:00; book A 24 10:00; book A 24 10:00; book A 24 10:30; day 24; at 09:20; check-in 1; at 09:45; issue A; check-in 1; check-in 1; issue A; at 10:08; check-in 2; at 10:20; check-in 3; at 11:05; check-in 4; check-in 9",
    );
    expect![[r#"
          day opened 2026-11-23
        book A 24 10:00
          appointment made
        book A 24 10:00
          appointment made
        book A 24 10:00
          appointment made
        book A 24 10:30
          appointment made
        day 24
          day closed 2026-11-23
          day opened 2026-11-24
        at 09:20
        check-in 1
          no: one checks in on 2026-11-24 from 09:30:00
        at 09:45
        issue A
          ticket issued A001
        check-in 1
          ticket issued A002
        check-in 1
          no: the appointment became ticket `2` already
        issue A
          ticket issued A003
        at 10:08
        check-in 2
          ticket issued A004
        at 10:20
        check-in 3
          ticket issued A005
        at 11:05
        check-in 4
          no: the appointment was missed
        check-in 9
          no: there is no appointment `9`
    "#]]
    .assert_eq(&told.text);
    let mut seen = String::new();
    for (at, it) in told.hall.tickets().map(|it| (it.waits_from, it)) {
        seen.push_str(&format!("{} {} from {at}\n", it.number, it.class as u8));
    }
    expect![[r#"
        A001 0 from 2026-11-24T09:45:01Z
        A002 1 from 2026-11-24T10:00:00Z
        A003 0 from 2026-11-24T09:45:04Z
        A004 1 from 2026-11-24T10:00:00Z
        A005 1 from 2026-11-24T10:20:01Z
    "#]]
    .assert_eq(&seen);
}

#[test]
fn who_is_early_goes_behind_all_who_wait_until_the_slot_begins() {
    // Also where their class goes first.
    let mut told = told_in(Rules { discipline: crate::Discipline::Strict, ..rules() });
    tell(&mut told, "book A 24 10:00; day 24; at 09:40; check-in 1; at 09:55; issue A");
    let mut orders = vec![order(&told)];
    tell(&mut told, "at 10:01");
    orders.push(order(&told));
    tell(&mut told, "at 10:04");
    orders.push(order(&told));
    expect![[r#"
        A002 after 0, A001 after 1
        A001 after 0, A002 after 1
        A001 after 0, A002 after 1"#]]
    .assert_eq(&orders.join("\n"));
    // Nobody else waits: an idle window need not wait for the slot.
    let mut told = told_in(rules());
    tell(&mut told, "book A 24 10:00; day 24; at 09:40; check-in 1; open 1; next 1");
    assert!(told.text.ends_with("ticket called A001 at 1\n"), "{}", told.text);
}

#[test]
fn who_did_not_come_is_written_down_when_the_next_day_begins() {
    let mut told = told_in(rules());
    tell(
        &mut told,
        "book A 24 12:00; book A 24 12:00; book A 25 12:00; day 24; at 10:30; cancel-booking 1; day 25; check-in 2; day 26",
    );
    let states: Vec<_> =
        told.hall.appointments().map(|it| (it.appointment.id.0, it.state)).collect();
    assert_eq!(states, [(3, AppointmentState::Missed)], "those of the last day are known");
    expect![[r#"
          day opened 2026-11-23
        book A 24 12:00
          appointment made
        book A 24 12:00
          appointment made
        book A 25 12:00
          appointment made
        day 24
          day closed 2026-11-23
          day opened 2026-11-24
        at 10:30
        cancel-booking 1
          no: an appointment is given up 120 minutes before at the latest
        day 25
          appointment missed
          appointment missed
          day closed 2026-11-24
          day opened 2026-11-25
        check-in 2
          no: the appointment was missed
        day 26
          appointment missed
          day closed 2026-11-25
          day opened 2026-11-26
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn a_file_is_booked_whole_or_not_at_all_and_once() {
    let mut told = told_in(rules());
    let line = |line: u64, time: &str, reference: &str| BookingLine {
        line,
        booking: Booking {
            code: format!("{:08}", 100 + line).parse().unwrap(),
            reference: Some(reference.to_owned()),
            ..booking(&Told::new(Rules::default()), "A", 23, time)
        },
    };
    let import = |lines: &[BookingLine]| Command::ImportAppointments {
        file: "a file".to_owned(),
        lines: lines.to_vec(),
    };
    let mut lines: Vec<_> = (2..5).map(|it| line(it, "08:00", &format!("r{it}"))).collect();
    lines.extend([line(5, "08:00", "r5"), line(6, "08:11", "r6"), line(7, "08:30", "r2")]);
    let refused = decide(&told.hall, &import(&lines), told.now).unwrap_err();
    let Rejection::LinesRefused(refused) = refused else { panic!("{refused}") };
    let words: Vec<String> = refused.iter().map(|(at, why)| format!("{at}: {why}")).collect();
    expect![[r#"
        5: lane `A` is booked up at 2026-11-23T08:00:00; the next free slot is 2026-11-24 00:00
        6: lane `A` has no slot at 2026-11-23T08:11:00; the next free slot is 2026-11-24 00:00
        7: `r2` is booked for something else; cancel that first"#]]
    .assert_eq(&words.join("\n"));
    for _ in 0..2 {
        assert!(told.submit(&import(&lines[..3])));
    }
    assert_eq!(told.hall.appointments().count(), 3);
    let moved = [line(9, "09:00", "r2")];
    assert!(!told.submit(&import(&moved)));
    expect![[r#"
          day opened 2026-11-23
          appointment made
          appointment made
          appointment made
          appointments imported
          appointments imported
          no: 1 line(s) cannot be booked
    "#]]
    .assert_eq(&told.text.replace("  ", ""));
}

/// Whether all that is booked fits into the share, in every lane and in
/// all lanes that have no other windows.
fn fits(told: &Told, day: Date) -> bool {
    let rules = told.hall.rules();
    let windows = |lane: &LaneId| {
        let serve = rules.windows.iter().filter(|(_, it)| it.lanes.contains(lane));
        serve.map(|(id, _)| *id).collect::<std::collections::BTreeSet<_>>()
    };
    let share = rules.appointments.share_percent;
    rules.lanes.keys().all(|lane| {
        let of = windows(lane);
        let within = |it: &&LaneId| windows(it).is_subset(&of);
        let (mut work, mut longest) = (0, 0);
        for it in rules.lanes.keys().filter(within) {
            let minutes = rules.lanes[it].service_minutes.max(1);
            let booked: u32 =
                slots(&told.hall, it, day, told.now).iter().map(|slot| slot.booked).sum();
            work += booked * minutes;
            longest = longest.max(minutes);
        }
        // Over the whole day: each stretch is at most its share.
        let day_minutes = 1_440 + longest * 100 / share;
        work <= u32::try_from(of.len()).unwrap() * share * day_minutes / 100
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn there_is_never_more_in_a_slot_than_the_windows_can_take(
        services in proptest::collection::vec(1..70_u32, 3),
        serves in proptest::collection::vec(proptest::collection::vec(0..3_usize, 1..3), 1..5),
        share in 10..=100_u32,
        asked in proptest::collection::vec((0..3_usize, 0..4_i8), 1..60),
    ) {
        let ids = ["A", "B", "C"].map(|it| it.parse::<LaneId>().unwrap());
        let lanes = ids.iter().cloned().zip(services.iter().map(|it| LaneRules {
            service_minutes: *it,
            ..LaneRules::default()
        }));
        let windows = (1..).map(WindowId).zip(serves.iter().map(|own| WindowRules {
            lanes: own.iter().map(|at| ids[*at].clone()).collect(),
            ..WindowRules::default()
        }));
        let appointments = AppointmentRules { share_percent: share, ..AppointmentRules::default() };
        let rules =
            Rules { lanes: lanes.collect(), windows: windows.collect(), appointments, ..Rules::default() };
        let mut told = told_in(rules);
        for (lane, slot) in asked {
            let time = format!("{:02}:{:02}", 10 + slot / 2, slot % 2 * 30);
            let wanted = booking(&told, ids[lane].as_str(), 24, &time);
            let free = |told: &Told| {
                let slots = slots(&told.hall, &ids[lane], wanted.day, told.now);
                slots.into_iter().find(|it| it.time == wanted.time).unwrap()
            };
            let before = free(&told);
            let made = told.submit(&Command::MakeAppointment(wanted.clone()));
            prop_assert_eq!(made, before.free > 0, "what is shown as free can be had");
            let after = free(&told);
            prop_assert_eq!(after.booked, before.booked + u32::from(made));
            // A slot by itself takes no more than the whole windows could.
            let of_lane = told.hall.rules().windows.values().filter(|it| it.lanes.contains(&ids[lane]));
            let all = u32::try_from(of_lane.count()).unwrap() * 30 * share / 100;
            prop_assert!(after.booked * services[lane] <= all.max(services[lane]));
            prop_assert!(fits(&told, wanted.day));
        }
    }
}
