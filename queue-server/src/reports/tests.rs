//! What SQL says of days made up at random is what their events come to,
//! counted a second time and in another way.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::SignedDuration;
use queue_core::{
    Command, Event, LaneId, LaneRules, Line, Outcome, Rules, Source, TicketId, TicketRequest,
    VoidReason, WindowAct, WindowId, WindowRules,
};

use super::*;
use crate::actor::Actor;
use crate::engine::{Asked, Desk};
use crate::journal::{Journal, Row};
use crate::profile;
use crate::scratch::Scratch;
use crate::visits::OUTCOMES;

const ZONE: &str = "Asia/Shanghai";

/// Small numbers, the same each time for a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % n
    }
}

fn lanes() -> Vec<LaneId> {
    ["A", "B", "C"].map(|it| it.parse().unwrap()).into()
}

fn rules() -> Rules {
    let window = |lanes: Vec<LaneId>| WindowRules { lanes, ..WindowRules::default() };
    let lanes = lanes();
    Rules {
        lanes: lanes.iter().map(|it| (it.clone(), LaneRules::default())).collect(),
        windows: [
            (WindowId(1), window(lanes[..2].to_vec())),
            (WindowId(2), window(lanes[1..].to_vec())),
            (WindowId(3), window(lanes.clone())),
        ]
        .into(),
        ..Rules::default()
    }
}

/// Whatever somebody may ask for; what the rules refuse is refused.
fn any_command(dice: &mut Dice, issued: u64) -> Command {
    let lane = lanes()[usize::try_from(dice.below(3)).unwrap()].clone();
    let ticket = TicketId(1 + issued.saturating_sub(dice.below(12)));
    let window = WindowId(1 + u16::try_from(dice.below(3)).unwrap());
    let outcome = OUTCOMES[usize::try_from(dice.below(8)).unwrap()];
    let act = match dice.below(32) {
        0..6 => {
            let matter = (dice.below(3) > 0).then(|| format!("matter-{}", dice.below(4)));
            let more = (dice.below(4) == 0).then(|| queue_core::Errand {
                lane: lane.clone(),
                matter: "more".to_owned(),
                answers: None,
            });
            return Command::IssueTicket(TicketRequest {
                source: Source::Desk,
                matter,
                more: more.into_iter().collect(),
                ..TicketRequest::at_kiosk(lane, format!("secret-{issued}-{}", dice.0))
            });
        }
        6 => return Command::VoidTicket { ticket },
        7 => return Command::Reinstate { ticket },
        8 | 9 => WindowAct::Open { staff: format!("100{}", dice.below(4)).parse().unwrap() },
        10..14 => WindowAct::CallNext,
        14 => WindowAct::NoShow { ticket: None },
        15 => WindowAct::Park { ticket: None },
        16 => WindowAct::Resume { ticket },
        17 => WindowAct::Transfer { ticket: None, to: Line::Lane(lane), note: None },
        18 | 19 => WindowAct::Arrive { ticket: None },
        20 => WindowAct::Recall { ticket: None },
        24.. => {
            // Most services are older than the last few tickets.
            let ticket = TicketId(1 + issued.saturating_sub(dice.below(60)));
            let level = u8::try_from(1 + dice.below(5)).unwrap().try_into().unwrap();
            let service = 1 + u32::try_from(dice.below(2)).unwrap();
            return Command::RateService { ticket, service, level, reasons: BTreeSet::new() };
        }
        _ => WindowAct::Finish { ticket: None, outcome },
    };
    Command::AtWindow { window, act }
}

/// Four days at random; the last is open still. Read back as rows.
fn lived(dir: &Path, seed: u64) -> Vec<Row> {
    let mut desk = Desk::open(dir, rules(), TimeZone::get(ZONE).unwrap()).unwrap();
    let mut dice = Dice(seed);
    let mut now: Timestamp = "2026-11-26T23:30:00Z".parse().unwrap();
    for _ in 0..4 {
        for _ in 0..300 {
            now += SignedDuration::from_secs(i64::try_from(dice.below(140)).unwrap());
            let issued = desk.published().hall().next_ticket().0 - 1;
            let command = any_command(&mut dice, issued);
            desk.take(&[Asked { command_id: None, by: Actor::Server, command }], now).unwrap();
        }
        now += SignedDuration::from_hours(24 + 24 * i64::try_from(dice.below(3)).unwrap() - 6);
    }
    desk.rows_after(0).unwrap()
}

/// What was counted, with every single time.
#[derive(Debug, Default)]
struct Recount {
    figures: Figures,
    waits: Vec<i64>,
    services: Vec<i64>,
}

/// Counts the events of each day and lane by walking through each
/// ticket's own.
fn recount(rows: &[Row]) -> BTreeMap<(String, String), Recount> {
    let mut counted: BTreeMap<(String, String), Recount> = BTreeMap::new();
    let mut tickets: BTreeMap<TicketId, Vec<(i64, &Event)>> = BTreeMap::new();
    let mut days = BTreeMap::new();
    let mut day = String::new();
    for row in rows {
        match (&row.entry.event, row.entry.event.ticket()) {
            (Event::DayOpened { day: opened }, _) => day = opened.to_string(),
            (event, Some(ticket)) => {
                days.entry(ticket).or_insert_with(|| day.clone());
                tickets.entry(ticket).or_default().push((row.entry.at.as_second(), event));
            }
            _ => {}
        }
    }
    for (ticket, events) in tickets {
        for (lane, what, seconds) in credit_of(&events) {
            let it = counted.entry((days[&ticket].clone(), lane)).or_default();
            add(it, what, seconds);
        }
    }
    counted.retain(|_, it| it.figures != Figures::default() || !it.waits.is_empty());
    counted
}

/// What a ticket's events add to which lane.
fn credit_of(events: &[(i64, &Event)]) -> Vec<(String, &'static str, i64)> {
    let Some((issued_at, Event::TicketIssued(issued))) = events.first() else { unreachable!() };
    let (mut lane, mut since) = (issued.lane.to_string(), *issued_at);
    let (mut arrived, mut aside, mut called) = (None, 0, false);
    let mut more = issued.more.iter();
    let mut parked = 0;
    // The lane of each service that was finished.
    let mut finished = Vec::new();
    let mut credit = vec![(lane.clone(), "issued", 0)];
    for (at, event) in events {
        let mut note = |lane: &str, what, seconds| credit.push((lane.to_owned(), what, seconds));
        match event {
            Event::TicketCalled { .. } => {
                called = true;
                note(&lane, "wait", at - since);
            }
            Event::TicketArrived { .. } => (arrived, aside) = (Some(*at), 0),
            Event::TicketParked { .. } => parked = *at,
            Event::TicketResumed { .. } => aside += at - parked,
            Event::TicketNoShow { .. } => note(&lane, "no_show", 0),
            Event::TicketReinstated { .. } => (since, called, arrived) = (*at, false, None),
            Event::TicketVoided { reason: VoidReason::DayEnded, .. } => {
                note(&lane, "left_over", 0);
            }
            Event::TicketVoided { .. } => note(&lane, "void", 0),
            Event::ServiceRated(it) => {
                let lane: &String = &finished[it.service as usize - 1];
                note(lane, level_name(it.level.into()), 0);
            }
            Event::TicketFinished { outcome, .. } => {
                finished.push(lane.clone());
                note(&lane, outcome_name(*outcome), 0);
                note(&lane, "service", at - arrived.unwrap() - aside);
            }
            Event::MatterFinished { outcome, stays, .. } => {
                finished.push(lane.clone());
                note(&lane, outcome_name(*outcome), 0);
                note(&lane, "service", at - arrived.unwrap() - aside);
                lane = more.next().unwrap().lane.to_string();
                (since, called, arrived, aside) = (*at, *stays, stays.then_some(*at), 0);
                if *stays {
                    credit.push((lane.clone(), "wait", 0));
                }
            }
            Event::TicketTransferred { to: Line::Lane(to), .. } => {
                if called {
                    note(&lane, "sent_on", 0);
                    if let Some(arrived) = arrived {
                        // Who was sent on while set aside was aside until then.
                        let aside = aside
                            + if parked > 0 && is_parked(events, *at) { at - parked } else { 0 };
                        note(&lane, "service", at - arrived - aside);
                    }
                    (since, called, arrived) = (*at, false, None);
                }
                lane = to.to_string();
            }
            _ => {}
        }
    }
    // A number counts where its first service was waited for.
    if let Some(first) = credit.iter().find(|it| it.1 != "issued").map(|it| it.0.clone()) {
        credit[0].0 = first;
    } else {
        credit[0].0 = lane;
    }
    credit
}

/// Whether the last that happened before `at` was being set aside.
fn is_parked(events: &[(i64, &Event)], at: i64) -> bool {
    let before = events.iter().take_while(|(when, event)| {
        *when < at || !matches!(event, Event::TicketTransferred { .. })
    });
    let matter = |it: &&(i64, &Event)| {
        matches!(
            it.1,
            Event::TicketParked { .. } | Event::TicketResumed { .. } | Event::TicketArrived { .. }
        )
    };
    matches!(before.filter(matter).last(), Some((_, Event::TicketParked { .. })))
}

fn level_name(level: u8) -> &'static str {
    match level {
        5 => "very_satisfied",
        4 => "satisfied",
        3 => "fairly_satisfied",
        2 => "dissatisfied",
        1 => "very_dissatisfied",
        other => unreachable!("level {other}"),
    }
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::DoneNow => "done_now",
        Outcome::Accepted => "accepted",
        Outcome::Correction => "corrections",
        Outcome::Declined => "declined",
        Outcome::Consult => "consults",
        Outcome::Collected => "collected",
        Outcome::PassedOn => "passed_on",
        Outcome::Other => "other",
    }
}

fn add(to: &mut Recount, what: &str, seconds: i64) {
    let it = &mut to.figures;
    let count = match what {
        "issued" => &mut it.issued,
        "no_show" => &mut it.no_show,
        "left_over" => &mut it.left_over,
        "void" => &mut it.void,
        "sent_on" => &mut it.sent_on,
        "done_now" => &mut it.done_now,
        "accepted" => &mut it.accepted,
        "corrections" => &mut it.corrections,
        "declined" => &mut it.declined,
        "consults" => &mut it.consults,
        "collected" => &mut it.collected,
        "passed_on" => &mut it.passed_on,
        "other" => &mut it.other,
        "very_satisfied" => &mut it.very_satisfied,
        "satisfied" => &mut it.satisfied,
        "fairly_satisfied" => &mut it.fairly_satisfied,
        "dissatisfied" => &mut it.dissatisfied,
        "very_dissatisfied" => &mut it.very_dissatisfied,
        "wait" => {
            to.waits.push(seconds);
            &mut it.called
        }
        "service" => {
            to.services.push(seconds);
            &mut it.served
        }
        other => unreachable!("{other}"),
    };
    *count += 1;
}

fn question(per: Per, by: By) -> Question {
    let (from, to) = ("2026-11-01".parse().unwrap(), "2027-01-31".parse().unwrap());
    Question { from, to, per, by, target_minutes: 5 }
}

fn ask(dir: &Path, question: &Question) -> FiguresReport {
    let record = Journal::guest(&dir.join("hall.db")).unwrap();
    let answer = question.answer(&record, &TimeZone::get(ZONE).unwrap()).unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo");
    question.page(&answer, &profile::load(&demo).unwrap(), 0, None)
}

/// Compares counts and times; a percentile to the step that it lies in.
fn compare(told: &Figures, counted: &mut Recount, what: &str) {
    let counts = |it: &Figures| {
        let ends = [it.done_now, it.accepted, it.corrections, it.declined, it.consults];
        let ways = [it.issued, it.called, it.served, it.no_show, it.void, it.left_over, it.sent_on];
        let low = [it.fairly_satisfied, it.dissatisfied, it.very_dissatisfied];
        (ends, ways, [it.collected, it.passed_on, it.other], [it.very_satisfied, it.satisfied], low)
    };
    assert_eq!(counts(told), counts(&counted.figures), "{what}");
    let (.., high, low) = counts(told);
    let rated = high.iter().sum::<u64>() + low.iter().sum::<u64>();
    assert_eq!(told.rated, rated, "{what}");
    let content = rated - told.dissatisfied - told.very_dissatisfied;
    assert_eq!(told.satisfied_percent, percent(content, rated), "{what}");
    let waits = [told.wait_mean_s, told.wait_median_s, told.wait_p90_s, told.wait_longest_s];
    let services = [told.service_mean_s, told.service_median_s, told.service_p90_s];
    for (told, times) in [(&waits[..], &mut counted.waits), (&services[..], &mut counted.services)]
    {
        times.sort_unstable();
        let n = i64::try_from(times.len()).unwrap();
        let truth = |percent: i64| {
            let at = usize::try_from((n * percent + 99) / 100 - 1).unwrap();
            u64::try_from(times[at]).unwrap()
        };
        if n == 0 {
            assert!(told.iter().all(Option::is_none), "{what}: nothing is no time");
            continue;
        }
        let mean = u64::try_from((times.iter().sum::<i64>() + n / 2) / n).unwrap();
        assert_eq!(told[0], Some(mean), "{what}: mean");
        for (told, percent) in told[1..].iter().zip([50, 90, 100]) {
            let (told, truth) = (told.unwrap(), truth(percent));
            let precision = match truth {
                0..=600 => 10,
                601..=3_600 => 30,
                3_601..=14_400 => 120,
                _ => 600,
            };
            let exact = percent == 100;
            let off = told.checked_sub(truth).expect("never below the truth");
            assert!(off < if exact { 1 } else { precision }, "{what}: {told} for {truth}");
        }
    }
    let within = counted.waits.iter().filter(|it| **it <= 300).count() as u64;
    assert_eq!(told.within_target_percent, percent(within, counted.figures.called), "{what}");
}

#[test]
fn what_sql_says_is_what_the_events_come_to() {
    for seed in 1..=6 {
        let dir = Scratch::new(&format!("reports-{seed}"));
        let rows = lived(dir.path(), seed);
        let mut counted = recount(&rows);
        let by_lane = ask(dir.path(), &question(Per::Day, By::Lane));
        assert!(by_lane.total.served > 40 && by_lane.total.sent_on > 3, "{:?}", by_lane.total);
        assert!(by_lane.total.rated > 3, "{:?}", by_lane.total);
        for row in &by_lane.rows {
            let key = (row.period.clone(), row.key.clone());
            let mut counted = counted.remove(&key).unwrap_or_default();
            compare(&row.figures, &mut counted, &format!("seed {seed}, {key:?}"));
        }
        assert_eq!(counted.keys().collect::<Vec<_>>(), Vec::<&(String, String)>::new());

        let mut all = Recount::default();
        for (_, it) in recount(&rows) {
            let mut sum = serde_json::to_value(&all.figures).unwrap();
            let part = serde_json::to_value(&it.figures).unwrap();
            for (name, value) in sum.as_object_mut().unwrap() {
                if let (Some(a), Some(b)) = (value.as_u64(), part[name].as_u64()) {
                    *value = (a + b).into();
                }
            }
            all.figures = serde_json::from_value(sum).unwrap();
            all.waits.extend(it.waits);
            all.services.extend(it.services);
        }
        compare(&by_lane.total, &mut all, &format!("seed {seed}, all"));
        for by in [By::All, By::Class, By::Matter, By::Hour] {
            let report = ask(dir.path(), &question(Per::All, by));
            let called: u64 = report.rows.iter().map(|it| it.figures.called).sum();
            let served: u64 = report.rows.iter().map(|it| it.figures.served).sum();
            assert_eq!((called, served), (all.figures.called, all.figures.served), "{by:?}");
            let rated: u64 = report.rows.iter().map(|it| it.figures.rated).sum();
            assert_eq!(rated, by_lane.total.rated, "{by:?}");
            assert_eq!(report.total, by_lane.total, "{by:?}");
        }
        for by in [By::Window, By::Clerk] {
            let report = ask(dir.path(), &question(Per::Month, by));
            let served: u64 = report.rows.iter().map(|it| it.figures.served).sum();
            assert_eq!(served, all.figures.served, "{by:?}");
        }
    }
}

#[test]
fn a_table_has_a_column_for_every_field() {
    let dir = Scratch::new("reports-columns");
    lived(dir.path(), 3);
    let report = ask(dir.path(), &question(Per::Month, By::Hour));
    let line = &lines(&report).unwrap()[0];
    let mut fields: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    fields.retain(|it| *it != "name");
    let mut columns = COLUMNS.to_vec();
    columns.sort_unstable();
    assert_eq!(fields, columns);
}

#[test]
fn periods_and_hours_are_the_halls_own() {
    let zone = TimeZone::get(ZONE).unwrap();
    let day: Date = "2027-01-02".parse().unwrap();
    let [day, week, month] = [Per::Day, Per::Week, Per::Month].map(|per| period(per, day));
    assert_eq!((&*day, &*week, &*month), ("2027-01-02", "2026-W53", "2027-01"));
    assert_eq!(hour_of(&(1_800_000_000 / SLOT_S).to_string(), &zone), "16");
}

#[test]
fn what_would_be_too_much_is_refused() {
    let from: Date = "2026-11-01".parse().unwrap();
    let refused = |days: i32, per| {
        let to = from.checked_add(jiff::Span::new().days(days)).unwrap();
        Question { from, to, per, by: By::All, target_minutes: 15 }.refused().is_some()
    };
    assert!(refused(-1, Per::All));
    assert!(!refused(399, Per::Day) && refused(400, Per::Day));
    assert!(!refused(4_000, Per::Month) && refused(20_000, Per::All));
}
