//! One row of each kind, as a file keeps them from the first version on.

use super::*;

/// One of every kind this version writes.
fn one_of_each() -> Vec<Row> {
    let (ticket, window) = (TicketId(2), WindowId(1));
    let staff = || "1001".parse().unwrap();
    let no_paper = PrintOutcome::NotStarted { reason: "no_paper".into() };
    vec![
        day(1),
        issued(2, 1),
        row(3, Event::TicketPrinted { ticket, print: PrintOutcome::Done }),
        row(4, Event::TicketPrinted { ticket, print: no_paper }),
        row(5, Event::TicketPrinted { ticket, print: PrintOutcome::Unknown }),
        row(6, Event::WindowOpened { window, staff: staff() }),
        row(
            7,
            Event::TicketCalled {
                ticket,
                window,
                reason: CallReason::LongestWaiting,
                helping: false,
            },
        ),
        row(8, Event::TicketRecalled { ticket, window }),
        row(9, Event::TicketArrived { ticket, window }),
        row(10, Event::TicketFinished { ticket, window, outcome: Outcome::Accepted }),
        row(11, Event::TicketNoShow { ticket, window }),
        row(12, Event::TicketVoided { ticket, reason: VoidReason::Cancelled }),
        row(13, Event::TicketVoided { ticket, reason: VoidReason::DayEnded }),
        row(14, Event::WindowPaused { window, reason: Some("午餐".to_owned()), minutes: None }),
        row(15, Event::WindowClosed { window }),
        row(16, Event::DayClosed { day: date(2026, 11, 23) }),
        issued_with_everything(17),
        row(18, Event::TicketVoided { ticket, reason: VoidReason::Unseen }),
        row(19, Event::TicketReinstated { ticket, waits_from: Timestamp::UNIX_EPOCH }),
        row(20, Event::TicketParked { ticket, window }),
        row(21, Event::TicketResumed { ticket, window }),
        sent_on(22, Line::Lane("B".parse().unwrap()), Some("缺授权书")),
        sent_on(23, Line::Window(WindowId(2)), None),
        row(24, Event::MatterFinished { ticket, window, outcome: Outcome::DoneNow, stays: true }),
        pass_given(25),
    ]
    .into_iter()
    .chain(calls_by_every_rule(26))
    .chain([issued_with_a_forecast(32)])
    .chain(without_the_server(33))
    .chain(appointments::appointments(38))
    .chain([archived(44)])
    .chain(managed::managed(45))
    .chain(by_the_visitor(55))
    .chain([row(58, Event::NumbersSkipped { blocks: vec![], tickets: 1, appointments: Some(2) })])
    .chain([issued_for_two_situations(59), issued_to_a_holder(60), paused_for_a_while(61)])
    .collect()
}

fn archived(seq: u64) -> Row {
    let archived = Archived {
        before: date(2026, 11, 20),
        through_seq: 12,
        through_chain: "c0ffee".to_owned(),
        morning_sha256: "e3b0".to_owned(),
        archive_sha256: "beef".to_owned(),
    };
    row(seq, Event::RecordArchived(archived))
}

fn issued_with_everything(seq: u64) -> Row {
    let Event::TicketIssued(issued) = issued(seq, 9).entry.event else { unreachable!() };
    let errand =
        Errand { lane: "B".parse().unwrap(), matter: "senior-card".to_owned(), answers: None };
    row(
        seq,
        Event::TicketIssued(Issued {
            more: vec![errand],
            priority: Some(PriorityReason::WithInfant),
            grant: Some(Grant { by: "2001".parse().unwrap(), reason: "重点项目".to_owned() }),
            waits_from: Some(Timestamp::UNIX_EPOCH),
            pass: Some("pass".to_owned()),
            ..issued
        }),
    )
}

fn issued_for_two_situations(seq: u64) -> Row {
    let Event::TicketIssued(mut it) = issued_with_everything(seq).entry.event else {
        unreachable!()
    };
    it.more[0].answers = Some([("age".to_owned(), vec!["65".to_owned()])].into());
    row(seq, Event::TicketIssued(it))
}

fn paused_for_a_while(seq: u64) -> Row {
    let reason = Some("午餐".to_owned());
    row(seq, Event::WindowPaused { window: WindowId(1), reason, minutes: Some(30) })
}

fn issued_to_a_holder(seq: u64) -> Row {
    let Event::TicketIssued(issued) = issued(seq, 10).entry.event else { unreachable!() };
    let holder = Some("0123456789abcdef".repeat(4).parse().unwrap());
    row(seq, Event::TicketIssued(Issued { holder, ..issued }))
}

fn by_the_visitor(from: u64) -> Vec<Row> {
    let (ticket, window, day) = (TicketId(2), WindowId(1), date(2026, 11, 23));
    let level = RatingLevel::try_from(4).unwrap();
    let (matter, reasons) = (None, BTreeSet::new());
    let bare = Rating { ticket, service: 1, day, window, matter, level, reasons };
    let matter = Some("id-card-renewal".to_owned());
    let full = Rating { matter, reasons: level.reasons().take(3).collect(), ..bare.clone() };
    let events = [
        Event::TicketVoided { ticket, reason: VoidReason::Left },
        Event::ServiceRated(bare),
        Event::ServiceRated(full),
    ];
    let by_visitor = |row: Row| {
        let origin = Origin { by: Actor::Visitor, ..row.origin };
        Row { origin, ..row }
    };
    (from..).zip(events).map(|(seq, event)| by_visitor(row(seq, event))).collect()
}

fn issued_with_a_forecast(seq: u64) -> Row {
    let Event::TicketIssued(issued) = issued(seq, 10).entry.event else { unreachable!() };
    let forecast = Some(Estimate { likely: 17, low: 10, high: 25 });
    row(seq, Event::TicketIssued(Issued { forecast, ..issued }))
}

fn without_the_server(from: u64) -> Vec<Row> {
    let Event::TicketIssued(issued) = issued(from, 501).entry.event else { unreachable!() };
    let (day, number) = (date(2026, 11, 22), issued.number.clone());
    let blocks = vec![Block { lane: issued.lane.clone(), first: 501, count: 40 }];
    let (token, device) = ("lease".to_owned(), "kiosk-1".to_owned());
    let asked_as = "asked-in-vain".parse().unwrap();
    let offline = Some(Offline { lease: token.clone(), asked_as });
    let ticket = issued.ticket;
    let issued_at = Timestamp::UNIX_EPOCH;
    vec![
        row(from, Event::NumbersLeased(Lease { token, device, blocks: blocks.clone() })),
        row(from + 1, Event::TicketIssued(Issued { offline, ..issued })),
        row(from + 2, Event::TicketVoided { ticket, reason: VoidReason::Replaced }),
        row(from + 3, Event::NumbersSkipped { blocks, tickets: 100_000, appointments: None }),
        row(from + 4, Event::NumberToldLate { day, number, issued_at }),
    ]
}

fn sent_on(seq: u64, to: Line, note: Option<&str>) -> Row {
    let (ticket, window) = (TicketId(2), note.map(|_| WindowId(1)));
    row(seq, Event::TicketTransferred { ticket, window, to, note: note.map(str::to_owned) })
}

fn pass_given(seq: u64) -> Row {
    let pass = Pass {
        token: "pass".to_owned(),
        lane: "A".parse().unwrap(),
        matter: Some("id-card-renewal".to_owned()),
        until: date(2026, 11, 30),
    };
    row(seq, Event::PassGiven { ticket: TicketId(2), pass })
}

fn calls_by_every_rule(from: u64) -> Vec<Row> {
    let (ticket, window, before) = (TicketId(2), WindowId(1), TicketId(1));
    let reasons = [
        CallReason::PastCap { cap_minutes: 30, before },
        CallReason::HigherScore {
            rate: 300,
            waited_s: 361,
            before,
            before_rate: 100,
            before_waited_s: 962,
        },
        CallReason::HigherClass { before },
        CallReason::InTurn { in_a_row: 1, of: 2, before },
        CallReason::OrdinaryTurn { before },
        CallReason::ByNumber { why: "赶火车".to_owned() },
    ];
    let called = |(seq, reason)| {
        row(seq, Event::TicketCalled { ticket, window, reason, helping: seq == from })
    };
    (from..).zip(reasons).map(called).collect()
}

/// Lines are only ever added to this file: what was once written is read
/// for ever.
#[test]
fn every_event_ever_written_is_read_back() {
    let golden = include_str!("../../../../tests/golden/events.jsonl");
    let mut expected = one_of_each().into_iter();
    for (seq, line) in (1..).zip(golden.lines()) {
        let at = Timestamp::from_second(seq).unwrap();
        let read = Row::read(u64::try_from(seq).unwrap(), at, line).unwrap();
        let row = expected.next().unwrap();
        assert_eq!(read, row, "line {seq}");
        assert_eq!(row.body(), line, "line {seq} is still written the same way");
    }
    let missing: Vec<String> = expected.map(|it| it.body()).collect();
    assert_eq!(missing.join("\n"), "", "every kind has a line in tests/golden/events.jsonl");
}
