//! One event, one change; and what is counted of it.

use expect_test::{Expect, expect};
use jiff::Timestamp;
use jiff::civil::date;
use queue_core::{CallReason, Entry, Errand, Event, Issued, Line, Offline, VoidReason};

use super::*;

/// Events of one day, a minute apart, as the lines they leave: nth, lane,
/// when it was waited for, called, arrived and finished (in minutes), the
/// window and clerk, how it ended, and wait and service in seconds.
fn check(events: Vec<Event>, expected: &Expect) {
    let mut fold = Fold::default();
    let mut lines = std::collections::BTreeMap::new();
    let day = Event::DayOpened { day: date(2026, 11, 23) };
    let open = Event::WindowOpened { window: WindowId(1), staff: "1001".parse().unwrap() };
    for (seq, event) in (1..).zip([day, open].into_iter().chain(events)) {
        let at = minute(i64::try_from(seq).unwrap() - 3);
        for visit in fold.see(&Entry { seq, at, event }) {
            lines.insert((visit.ticket, visit.nth), visit);
        }
    }
    expected.assert_eq(&lines.values().map(line).collect::<Vec<_>>().join("\n"));
}

fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(n * 60).unwrap()
}

fn line(it: &Visit) -> String {
    let minutes = |at: Option<i64>| at.map_or("-".to_owned(), |it| (it / 60).to_string());
    let text = |it: Option<String>| it.unwrap_or("-".to_owned());
    format!(
        "{}/{} {} {} since {} called {} arrived {} finished {} at {} by {}: {} {} wait {:?} service {:?}",
        it.number,
        it.nth,
        it.lane,
        text(it.matter.clone()),
        it.since / 60,
        minutes(it.called),
        minutes(it.arrived),
        minutes(it.finished),
        text(it.window.map(|it| it.to_string())),
        text(it.clerk.as_ref().map(ToString::to_string)),
        text(it.ended.as_ref().map(word)),
        text(it.outcome.as_ref().map(word)),
        it.wait_s(),
        it.service_s(),
    )
}

const TICKET: TicketId = TicketId(1);
const WINDOW: WindowId = WindowId(1);

fn issued() -> Issued {
    let lane: LaneId = "A".parse().unwrap();
    Issued {
        ticket: TICKET,
        number: TicketNumber { lane: lane.clone(), count: 1 },
        lane,
        class: Class::Ordinary,
        matter: Some("id-card".to_owned()),
        answers: None,
        source: Source::Kiosk,
        token: "secret".to_owned(),
        more: Vec::new(),
        priority: None,
        grant: None,
        waits_from: None,
        pass: None,
        appointment: None,
        forecast: None,
        offline: None,
        holder: None,
    }
}

fn called() -> Event {
    let reason = CallReason::LongestWaiting;
    Event::TicketCalled { ticket: TICKET, window: WINDOW, reason, helping: false }
}

fn arrived() -> Event {
    Event::TicketArrived { ticket: TICKET, window: WINDOW }
}

fn finished(outcome: Outcome) -> Event {
    Event::TicketFinished { ticket: TICKET, window: WINDOW, outcome }
}

#[test]
fn a_visit_to_its_end() {
    let recalled = Event::TicketRecalled { ticket: TICKET, window: WINDOW };
    let events = vec![
        Event::TicketIssued(issued()),
        called(),
        recalled,
        arrived(),
        finished(Outcome::Accepted),
    ];
    check(
        events,
        &expect![
            "A001/1 A id-card since 0 called 1 arrived 3 finished 4 at 1 by 1001: finished accepted wait Some(60) service Some(60)"
        ],
    );
}

#[test]
fn time_set_aside_is_no_service() {
    let events = vec![
        Event::TicketIssued(issued()),
        called(),
        arrived(),
        Event::TicketParked { ticket: TICKET, window: WINDOW },
        Event::DayClosed { day: date(2026, 11, 23) },
        Event::TicketResumed { ticket: TICKET, window: WINDOW },
        finished(Outcome::DoneNow),
    ];
    check(
        events,
        &expect![
            "A001/1 A id-card since 0 called 1 arrived 2 finished 6 at 1 by 1001: finished done_now wait Some(60) service Some(120)"
        ],
    );
}

#[test]
fn who_is_sent_on_begins_another_visit_unless_nobody_called_them() {
    let to = |lane: &str| Event::TicketTransferred {
        ticket: TICKET,
        window: None,
        to: Line::Lane(lane.parse().unwrap()),
        note: None,
    };
    let events = vec![
        Event::TicketIssued(issued()),
        to("B"),
        called(),
        arrived(),
        to("C"),
        called(),
        arrived(),
        finished(Outcome::Consult),
    ];
    check(
        events,
        &expect![[r#"
            A001/1 B id-card since 0 called 2 arrived 3 finished 4 at 1 by 1001: sent_on - wait Some(120) service Some(60)
            A001/2 C id-card since 4 called 5 arrived 6 finished 7 at 1 by 1001: finished consult wait Some(60) service Some(60)"#]],
    );
}

#[test]
fn who_did_not_come_and_is_put_back_has_two_visits() {
    let waits_from = minute(0);
    let events = vec![
        Event::TicketIssued(issued()),
        called(),
        Event::TicketNoShow { ticket: TICKET, window: WINDOW },
        Event::TicketReinstated { ticket: TICKET, waits_from },
        Event::TicketVoided { ticket: TICKET, reason: VoidReason::DayEnded },
    ];
    check(
        events,
        &expect![[r#"
            A001/1 A id-card since 0 called 1 arrived - finished 2 at 1 by 1001: no_show - wait Some(60) service None
            A001/2 A id-card since 3 called - arrived - finished 4 at - by -: left_over - wait None service None"#]],
    );
}

#[test]
fn each_matter_of_a_ticket_is_a_visit_here_or_elsewhere() {
    let errand = |lane: &str, matter: &str| Errand {
        lane: lane.parse().unwrap(),
        matter: matter.to_owned(),
        answers: None,
    };
    let more = vec![errand("A", "passport"), errand("B", "pension")];
    let outcome = Outcome::Collected;
    let next = |stays| Event::MatterFinished { ticket: TICKET, window: WINDOW, outcome, stays };
    let events = vec![
        Event::TicketIssued(Issued { more, ..issued() }),
        called(),
        arrived(),
        next(true),
        next(false),
        called(),
        arrived(),
        finished(Outcome::Other),
    ];
    check(
        events,
        &expect![[r#"
            A001/1 A id-card since 0 called 1 arrived 2 finished 3 at 1 by 1001: finished collected wait Some(60) service Some(60)
            A001/2 A passport since 3 called 3 arrived 3 finished 4 at 1 by 1001: finished collected wait Some(0) service Some(60)
            A001/3 B pension since 4 called 5 arrived 6 finished 7 at 1 by 1001: finished other wait Some(60) service Some(60)"#]],
    );
}

#[test]
fn an_early_check_in_waits_from_its_slot_and_a_kiosks_number_from_its_own_time() {
    let early = Issued { waits_from: Some(minute(2)), ..issued() };
    let place_only = Issued { waits_from: Some(minute(-30)), ticket: TicketId(2), ..issued() };
    let offline =
        Some(Offline { lease: "lease".to_owned(), asked_as: "asked-in-vain".parse().unwrap() });
    let told_later =
        Issued { offline, waits_from: Some(minute(-30)), ticket: TicketId(3), ..issued() };
    let events = [early, place_only, told_later].map(Event::TicketIssued).into();
    check(
        events,
        &expect![[r#"
            A001/1 A id-card since 2 called - arrived - finished - at - by -: - - wait None service None
            A001/1 A id-card since 1 called - arrived - finished - at - by -: - - wait None service None
            A001/1 A id-card since -30 called - arrived - finished - at - by -: - - wait None service None"#]],
    );
}

/// A small generator: the same numbers each time.
fn numbers() -> impl Iterator<Item = i64> {
    let mut state = 42_u64;
    std::iter::from_fn(move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 50).ok()
    })
}

#[test]
fn percentiles_lie_in_the_step_of_the_true_one_and_never_below_it() {
    let mut spread = Spread::default();
    let mut times: Vec<i64> = numbers().take(5_000).collect();
    for it in &times {
        spread.see(*it);
    }
    times.sort_unstable();
    for percent in [1, 10, 50, 90, 99, 100] {
        let at = (times.len() * percent).div_ceil(100) - 1;
        let truth = times[at];
        let told = i64::try_from(spread.percentile_s(percent as u64).unwrap()).unwrap();
        let precision = match truth {
            0..=600 => 10,
            601..=3_600 => 30,
            3_601..=14_400 => 120,
            _ => 600,
        };
        assert!((0..precision).contains(&(told - truth)), "{percent}%: {told} for {truth}");
    }
    for minutes in 1..=60 {
        let truth = times.iter().filter(|it| **it <= minutes * 60).count();
        assert_eq!(spread.within(minutes * 60), truth as u64, "within {minutes} minutes");
    }
    let sum = u64::try_from(times.iter().sum::<i64>()).unwrap();
    assert_eq!(spread.mean_s(), Some((sum + 2_500) / 5_000));
    assert_eq!(spread.longest_s, u64::try_from(times[4_999]).unwrap());
}

#[test]
fn of_nothing_there_is_no_percentile() {
    let spread = Spread::default();
    assert_eq!((spread.percentile_s(50), spread.mean_s(), spread.within(900)), (None, None, 0));
}

#[test]
fn a_tally_is_read_back_as_it_was_and_days_add_up() {
    let mut fold = Fold::default();
    let day = Event::DayOpened { day: date(2026, 11, 23) };
    fold.see(&Entry { seq: 1, at: minute(0), event: day });
    let forecast = Some(Estimate { likely: 5, low: 2, high: 9 });
    let issued = Event::TicketIssued(Issued { forecast, ..issued() });
    let (mut both, mut tallies) = (Tally::default(), Vec::new());
    for wait in [1, 400] {
        fold.see(&Entry { seq: 2, at: minute(0), event: issued.clone() });
        let visit = fold.see(&Entry { seq: 3, at: minute(wait), event: called() }).remove(0);
        let mut tally = Tally::default();
        tally.see(&visit);
        both.see(&visit);
        assert_eq!(Tally::from_bytes(&tally.to_bytes()), Some(tally.clone()));
        tallies.push(tally);
    }
    let mut sum = tallies.remove(0);
    sum.merge(&tallies[0]);
    assert_eq!(sum, both);
    assert_eq!((both.forecasts, both.within_forecast, both.forecast_error_s), (2, 0, 23_940));
    for cut in 0..both.to_bytes().len() {
        assert_eq!(Tally::from_bytes(&both.to_bytes()[..cut]), None, "{cut} bytes of it");
    }
}
