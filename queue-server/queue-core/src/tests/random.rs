//! Whatever is asked in whatever order: nothing is issued twice, nobody
//! is in two places, and the journal tells the same story again.

use std::collections::BTreeSet;

use jiff::civil::{Time, date, time};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{Told, rules};
use crate::rules::OfflineRules;
use crate::{
    AppointmentId, AppointmentRules, AppointmentState, Booking, BookingLine, Class, Command,
    Discipline, Errand, Grant, Hall, LaneId, LaneRules, Line, OfflineTicket, Outcome, PrintOutcome,
    Rates, RatingLevel, Rules, Source, SpanRules, Ticket, TicketId, TicketNumber, TicketRequest,
    TicketState, WindowAct, WindowId, accuracy, ahead, before, estimate, estimate_ticket, next,
    waiting_for,
};

fn any_window() -> impl Strategy<Value = WindowId> {
    (0..5_u16).prop_map(WindowId)
}

fn any_ticket() -> impl Strategy<Value = TicketId> {
    (0..40_u64).prop_map(TicketId)
}

fn any_lane() -> impl Strategy<Value = LaneId> {
    "[A-D]".prop_map(|lane| lane.parse().unwrap())
}

fn any_act() -> impl Strategy<Value = WindowAct> {
    let meant = || proptest::option::of(any_ticket());
    let to = prop_oneof![any_lane().prop_map(Line::Lane), any_window().prop_map(Line::Window)];
    prop_oneof![
        2 => Just(WindowAct::Open { staff: "1001".parse().unwrap() }),
        1 => Just(WindowAct::Pause { reason: Some("lunch".to_owned()), minutes: Some(30) }),
        1 => Just(WindowAct::Close),
        6 => Just(WindowAct::CallNext),
        1 => any_ticket().prop_map(|ticket| WindowAct::Call { ticket, why: "asked".to_owned() }),
        1 => meant().prop_map(|ticket| WindowAct::Recall { ticket }),
        2 => meant().prop_map(|ticket| WindowAct::Arrive { ticket }),
        2 => meant().prop_map(|ticket| WindowAct::NoShow { ticket }),
        1 => meant().prop_map(|ticket| WindowAct::Park { ticket }),
        2 => any_ticket().prop_map(|ticket| WindowAct::Resume { ticket }),
        2 => (meant(), to).prop_map(|(ticket, to)| WindowAct::Transfer { ticket, to, note: None }),
        4 => meant().prop_map(|ticket| WindowAct::Finish { ticket, outcome: Outcome::Consult }),
    ]
}

fn any_request() -> impl Strategy<Value = TicketRequest> {
    use Class::{Appointment, Green, Ordinary, Priority};
    let class = prop_oneof![4 => Just(Ordinary), 1 => Just(Appointment), 1 => Just(Priority), 1 => Just(Green)];
    let more = proptest::collection::vec(any_lane(), 0..3);
    let pass = proptest::option::weighted(0.1, (1..20_u64).prop_map(|it| format!("pass-{it}")));
    (any_lane(), class, more, pass).prop_map(|(lane, class, more, pass)| TicketRequest {
        lane,
        matter: None,
        class,
        answers: None,
        source: Source::Kiosk,
        token: String::new(),
        more: more
            .into_iter()
            .map(|lane| Errand { lane, matter: "more".to_owned(), answers: None })
            .collect(),
        priority: None,
        grant: Some(Grant { by: "2001".parse().unwrap(), reason: "a project".to_owned() }),
        pass,
        holder: None,
    })
}

/// Numbers of leases that are there, and of some that are not.
fn any_offline() -> impl Strategy<Value = OfflineTicket> {
    let number = (any_lane(), 1..30_u32).prop_map(|(lane, count)| TicketNumber { lane, count });
    let instead_of = proptest::option::of(any_ticket());
    (number, 1..9_u8, 22..30_i8, instead_of, -600..600_i64).prop_map(
        |(number, nth, day, instead_of, at)| OfflineTicket {
            lease: format!("lease-{nth}"),
            day: date(2026, 11, day),
            issued_at: Timestamp::from_second(at).unwrap(),
            request: TicketRequest::at_kiosk(number.lane.clone(), format!("paper-{number}")),
            number,
            asked_as: "a-press-of-somebody".parse().unwrap(),
            instead_of,
        },
    )
}

fn any_command() -> impl Strategy<Value = Command> {
    let print = prop_oneof![
        Just(PrintOutcome::Unknown),
        Just(PrintOutcome::NotStarted { reason: PrintOutcome::VISITOR_LEFT.to_owned() }),
    ];
    prop_oneof![
        1 => (22..30_i8).prop_map(|day| Command::OpenDay { day: date(2026, 11, day) }),
        12 => any_request().prop_map(Command::IssueTicket),
        1 => any_ticket().prop_map(|ticket| Command::VoidTicket { ticket }),
        1 => any_ticket().prop_map(|ticket| Command::LeaveQueue { ticket }),
        3 => (any_ticket(), 0..4_u32, 1..=5_u8).prop_map(|(ticket, service, level)| {
            let level = RatingLevel::try_from(level).unwrap();
            Command::RateService { ticket, service, level, reasons: level.reasons().collect() }
        }),
        3 => any_ticket().prop_map(|ticket| Command::Reinstate { ticket }),
        1 => (any_ticket(), 1..20_u64).prop_map(|(ticket, pass)| Command::GivePass {
            ticket,
            token: format!("pass-{pass}"),
            until: date(2026, 11, 26),
        }),
        1 => (any_ticket(), print)
            .prop_map(|(ticket, print)| Command::ReportPrinted { ticket, print }),
        1 => (any_lane(), 1..9_u8).prop_map(|(lane, nth)| Command::LeaseNumbers {
            device: format!("kiosk-{}", nth % 2),
            token: format!("lease-{nth}"),
            lanes: vec![lane],
        }),
        3 => any_offline().prop_map(Command::TakeIn),
        1 => Just(Command::SkipNumbers),
        6 => any_booking().prop_map(Command::MakeAppointment),
        2 => proptest::collection::vec(any_booking(), 0..5).prop_map(|bookings| {
            let lines = (1..).zip(bookings).map(|(line, booking)| BookingLine { line, booking });
            Command::ImportAppointments { file: String::new(), lines: lines.collect() }
        }),
        2 => any_appointment().prop_map(|appointment| Command::CancelAppointment { appointment }),
        8 => any_appointment().prop_map(|appointment| Command::CheckIn {
            appointment,
            token: String::new(),
            source: Source::Kiosk,
        }),
        24 => (any_window(), any_act()).prop_map(|(window, act)| Command::AtWindow { window, act }),
    ]
}

fn any_appointment() -> impl Strategy<Value = AppointmentId> {
    (1..12_u64).prop_map(AppointmentId)
}

fn any_booking() -> impl Strategy<Value = Booking> {
    let reference = proptest::option::weighted(0.3, "[a-e]");
    let code = 10_000_000..10_000_200_u64;
    (any_lane(), 22..26_i8, 0..24_i8, code, reference).prop_map(
        |(lane, day, slot, code, reference)| Booking {
            code: code.to_string().parse().unwrap(),
            lane,
            matter: None,
            day: date(2026, 11, day),
            time: minute_of_day(slot * 5),
            reference,
        },
    )
}

/// An appointment becomes one ticket, and only one that was kept does.
fn assert_appointments(hall: &Hall) {
    let mut tickets = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for held in hall.appointments() {
        assert!(codes.insert(held.appointment.code.clone()), "a code is there twice");
        let came = held.state == AppointmentState::CheckedIn;
        assert_eq!(came, held.ticket.is_some(), "{held:?}");
        assert!(held.ticket.is_none_or(|it| tickets.insert(it)), "{held:?}");
    }
    let mut kept = BTreeSet::new();
    for ticket in hall.tickets() {
        let Some(id) = ticket.appointment else { continue };
        assert!(kept.insert(id), "appointment {id} became two tickets");
        assert_eq!(hall.appointment(id).and_then(|it| it.ticket), Some(ticket.id));
    }
}

/// What must hold in any hall at any time.
fn assert_sound(hall: &Hall) {
    let mut numbers = BTreeSet::new();
    for ticket in hall.tickets() {
        assert!(numbers.insert(ticket.number.clone()), "{} twice", ticket.number);
        let line = hall.line(&ticket.line());
        let waits =
            line.map_or(0, |it| it.places().filter(|(_, it)| it.ticket == ticket.id).count());
        let sits = hall.windows().filter(|(_, it)| it.ticket == Some(ticket.id)).count();
        let places = match ticket.state {
            TicketState::Waiting => (1, 0),
            TicketState::Called | TicketState::Serving => (0, 1),
            TicketState::Parked
            | TicketState::Finished
            | TicketState::NoShow
            | TicketState::Void => (0, 0),
        };
        assert_eq!((waits, sits), places, "{} is {:?}", ticket.number, ticket.state);
    }
    assert_eq!(hall.waiting_total() as usize, waiting(hall).count());
    for lane in hall.rules().lanes.keys() {
        let issued = hall.tickets().filter(|it| it.number.lane == *lane).count();
        assert_eq!(u32::try_from(issued).unwrap(), hall.issued_in(lane), "lane {lane} has a gap");
    }
}

fn waiting(hall: &Hall) -> impl Iterator<Item = &Ticket> {
    hall.tickets().filter(|it| it.state == TicketState::Waiting)
}

/// The order that is shown is the order that is called, for any
/// discipline; and the number of those before is the place in it.
fn assert_one_order(hall: &Hall, now: Timestamp) {
    for window in hall.rules().windows.keys() {
        let shown = waiting_for(hall, *window, now).first().copied();
        let called = next(hall, *window, now).map(|it| it.ticket);
        assert_eq!(called, shown, "at window {window}");
    }
    for ticket in waiting(hall) {
        let before = u32::try_from(before(hall, ticket, now).len()).unwrap();
        assert_eq!(ahead(hall, ticket, now), before, "before {}", ticket.number);
    }
}

/// Whatever the hall is like and whenever it is asked, there is a range,
/// in steps of five minutes, and nobody is told to wait for days.
fn assert_forecasts(hall: &Hall, times: &[Timestamp]) {
    for now in times.iter().copied() {
        let lanes = hall.rules().lanes.keys().map(|it| estimate(hall, it, now));
        let tickets = hall.tickets().map(|it| estimate_ticket(hall, it, now));
        for it in lanes.chain(tickets) {
            assert!(it.low < it.high && (it.low, it.high) == (it.low / 5 * 5, it.high / 5 * 5));
            assert!(it.low <= it.likely && it.likely <= it.high, "{it:?} at {now}");
            assert!(it.high <= 14 * 1_440, "{it:?} at {now}");
        }
    }
    for it in accuracy(hall).into_values() {
        assert!(it.within_percent <= 100, "{it:?}");
    }
}

fn any_lane_rules() -> impl Strategy<Value = LaneRules> {
    let minutes = prop_oneof![Just(0), 1..60_u32, Just(u32::MAX)];
    (minutes, any::<bool>()).prop_map(|(service_minutes, hours)| {
        let spans = [(0, 30), (60, 120)].map(|(from, to)| SpanRules {
            from: minute_of_day(from),
            to: minute_of_day(to),
            quota: None,
        });
        let spans = if hours { spans.to_vec() } else { Vec::new() };
        LaneRules { service_minutes, spans, ..LaneRules::default() }
    })
}

fn minute_of_day(minute: i8) -> Time {
    time(minute / 60, minute % 60, 0, 0)
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let rates = (1..500_u32, 1..500_u32, 1..500_u32, 1..500_u32).prop_map(
        |(ordinary, appointment, priority, green)| Rates { ordinary, appointment, priority, green },
    );
    let discipline = prop_oneof![
        2 => rates.prop_map(Discipline::Accumulating),
        1 => Just(Discipline::Strict),
        1 => (1..4_u32).prop_map(|of| Discipline::Alternating { of }),
    ];
    let cap = proptest::option::of(1..20_u32);
    let appointments =
        prop_oneof![Just(10_u32), Just(20_000)].prop_map(|early_minutes| AppointmentRules {
            slot_minutes: 5,
            early_minutes,
            days_ahead_min: 0,
            ..AppointmentRules::default()
        });
    let all = (discipline, cap, any_lane_rules(), appointments);
    all.prop_map(|(discipline, cap_minutes, lane, appointments)| {
        let rules = rules();
        let offline = OfflineRules { first: 5, numbers: 4 };
        let lanes = rules.lanes.into_keys().map(|it| (it, lane.clone())).collect();
        Rules { lanes, discipline, cap_minutes, appointments, offline, ..rules }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_order_of_commands_leaves_a_sound_hall(
        rules in any_rules(),
        commands in proptest::collection::vec((0..90_i64, any_command()), 1..120),
    ) {
        let mut told = Told::new(rules.clone());
        told.now = "2026-11-22T00:00:00Z".parse().unwrap();
        told.submit(&Command::OpenDay { day: date(2026, 11, 22) });
        for (at, (seconds, mut command)) in commands.into_iter().enumerate() {
            told.now += SignedDuration::from_secs(seconds);
            if let Command::IssueTicket(request) = &mut command {
                request.token = format!("token-{at}");
            }
            if let Command::CheckIn { token, .. } = &mut command {
                *token = format!("token-{at}");
            }
            if told.submit(&command) {
                assert_sound(&told.hall);
                assert_appointments(&told.hall);
                assert_one_order(&told.hall, told.now);
            }
            if at % 8 == 0 {
                assert_forecasts(&told.hall, &[told.now]);
            }
        }
        let later = told.now + SignedDuration::from_hours(20);
        assert_forecasts(&told.hall, &[told.now, later, Timestamp::MIN, Timestamp::MAX]);
        let mut again = Hall::new(rules);
        for entry in &told.journal {
            again.apply(entry);
        }
        prop_assert_eq!(again, told.hall);
    }
}
