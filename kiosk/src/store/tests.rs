//! What the kiosk must still know after a power cut.

use std::{fs, slice};

use super::*;

fn id(text: &str) -> CommandId {
    text.parse().unwrap()
}

fn at() -> Timestamp {
    "2026-11-23T01:41:00Z".parse().unwrap()
}

/// A store in a folder of its own, opened again by `f` as if the kiosk
/// had been killed in between.
fn killed(first: impl FnOnce(&mut Store), then: impl FnOnce(Store)) {
    let name = format!("kiosk-store-{}-{:?}", std::process::id(), std::thread::current().id());
    let dir = std::env::temp_dir().join(name);
    fs::create_dir_all(&dir).unwrap();
    first(&mut Store::open(&dir).unwrap());
    then(Store::open(&dir).unwrap());
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_killed_kiosk_knows_which_slip_is_unknown() {
    killed(
        |store| {
            for (job, ticket) in [("job-done", 1), ("job-sending", 2), ("job-queued", 3)] {
                store
                    .job_queued(&id(job), Some(&TicketRef::Known(TicketId(ticket))), None, at())
                    .unwrap();
            }
            store.job_sending(&id("job-done")).unwrap();
            store.job_ended(&id("job-done"), &PrintOutcome::Done).unwrap();
            store.job_sending(&id("job-sending")).unwrap();
        },
        |store| {
            let found = store.unfinished().unwrap();
            let found: Vec<_> =
                found.iter().map(|it| (it.job.as_str(), it.outcome.clone())).collect();
            let restarted = PrintOutcome::NotStarted { reason: RESTARTED.to_owned() };
            assert_eq!(
                found,
                [
                    ("job-done", PrintOutcome::Done),
                    ("job-sending", PrintOutcome::Unknown),
                    ("job-queued", restarted),
                ]
            );
            for job in ["job-done", "job-sending", "job-queued"] {
                store.job_reported(&id(job)).unwrap();
            }
            assert_eq!(store.unfinished().unwrap(), []);
        },
    );
}

#[test]
fn a_killed_kiosk_knows_whether_the_printer_may_wait_for_the_rest() {
    let within = |steps: &[(&str, Option<PrintOutcome>)]| {
        let mut found = None;
        killed(
            |store| {
                for (job, outcome) in steps {
                    store.job_queued(&id(job), None, None, at()).unwrap();
                    if let Some(outcome) = outcome {
                        store.job_sending(&id(job)).unwrap();
                        store.job_ended(&id(job), outcome).unwrap();
                    }
                }
            },
            |store| found = Some(store.was_within_slip().unwrap()),
        );
        found.unwrap()
    };
    let refused = || Some(PrintOutcome::NotStarted { reason: "no_paper".to_owned() });
    assert!(!within(&[]), "a new kiosk");
    assert!(!within(&[("job-one-", Some(PrintOutcome::Done)), ("job-two-", None)]));
    assert!(within(&[("job-one-", Some(PrintOutcome::Unknown)), ("job-two-", refused())]));
    assert!(!within(&[
        ("job-one-", Some(PrintOutcome::Unknown)),
        ("job-two-", Some(PrintOutcome::Done))
    ]));
    killed(
        |store| {
            store.job_queued(&id("job-one-"), None, None, at()).unwrap();
            store.job_sending(&id("job-one-")).unwrap();
        },
        |store| assert!(store.was_within_slip().unwrap(), "killed within it"),
    );
}

#[test]
fn a_notice_number_that_reached_paper_is_never_used_again() {
    killed(
        |store| {
            assert_eq!(store.next_notice().unwrap(), FIRST_NOTICE);
            store.job_queued(&id("job-one-"), None, Some("N-1003"), at()).unwrap();
            store.job_queued(&id("job-two-"), None, Some("N-1001"), at()).unwrap();
        },
        |store| assert_eq!(store.next_notice().unwrap(), 1004),
    );
}

#[test]
fn hall_and_catalogue_outlive_the_kiosk() {
    killed(
        |store| {
            store.keep(Kept::Hall, "one").unwrap();
            store.keep(Kept::Hall, "two").unwrap();
        },
        |store| {
            assert_eq!(store.kept(Kept::Hall).unwrap().as_deref(), Some("two"));
            assert_eq!(store.kept(Kept::Catalogue).unwrap(), None);
        },
    );
}

#[test]
fn a_store_of_a_later_version_is_refused() {
    let newer = Connection::open_in_memory().unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let refused = Store::up_to_date(newer).unwrap_err();
    assert!(matches!(refused, StoreError::TooNew { found: 99, .. }), "{refused:?}");
}

fn lease(day: i8, first: u32) -> NumberLease {
    let block = queue_api::NumberBlock {
        lane: "A".parse().unwrap(),
        first,
        count: 40,
        gives_from: None,
        gives_until: None,
    };
    let business_day = jiff::civil::date(2026, 11, day);
    NumberLease { token: format!("lease-{day}"), business_day, blocks: vec![block] }
}

fn offline(press: &str, of: &NumberLease) -> OfflineTicket {
    OfflineTicket {
        command_id: id(press),
        lease: of.token.clone(),
        business_day: of.business_day,
        number: "A501".parse().unwrap(),
        token: "secret-of-the-paper".to_owned(),
        issued_at: at(),
        class: queue_api::Class::Ordinary,
        priority: None,
        matter: None,
        answers: None,
        more: Vec::new(),
        more_answers: Vec::new(),
        holder: None,
    }
}

#[test]
fn a_number_given_without_the_server_is_never_given_again() {
    let (whole, left) = (lease(23, 501), lease(23, 502));
    let given = offline("press-one", &whole);
    killed(
        |store| {
            store.keep_lease(&whole, "machine").unwrap();
            store.keep_offline(&given, &left).unwrap();
            // The answer to an old request, told once more.
            store.keep_lease(&whole, "machine").unwrap();
        },
        |mut store| {
            assert_eq!(store.leases("machine").unwrap(), slice::from_ref(&left));
            assert_eq!(store.untold(9).unwrap(), slice::from_ref(&given));
            let again = store.keep_offline(&given, &left);
            assert!(again.is_err(), "one press has one number");
            store.told(&given.command_id, Ok(TicketId(7))).unwrap();
            assert_eq!(store.untold(9).unwrap(), []);
        },
    );
}

#[test]
fn numbers_of_another_day_or_another_machine_are_nobodys() {
    killed(
        |store| {
            store.keep_lease(&lease(22, 501), "machine").unwrap();
            store.keep_lease(&lease(23, 501), "machine").unwrap();
        },
        |mut store| {
            assert_eq!(store.leases("machine").unwrap(), [lease(23, 501)]);
            assert_eq!(store.leases("another machine").unwrap(), []);
            let yesterday =
                store.keep_offline(&offline("press-one", &lease(22, 501)), &lease(22, 502));
            assert!(matches!(yesterday, Err(StoreError::NoLease)), "{yesterday:?}");
            assert_eq!(store.untold(9).unwrap(), []);
        },
    );
}

#[test]
fn the_paper_of_an_offline_number_is_reported_once_the_server_knows_it() {
    killed(
        |store| {
            let (whole, left) = (lease(23, 501), lease(23, 502));
            store.keep_lease(&whole, "machine").unwrap();
            store.keep_offline(&offline("press-one", &whole), &left).unwrap();
            let ticket = TicketRef::Offline(id("press-one"));
            for job in ["press-one", "press-two"] {
                store.job_queued(&id(job), Some(&ticket), None, at()).unwrap();
                store.job_sending(&id(job)).unwrap();
            }
            store.job_ended(&id("press-one"), &PrintOutcome::Done).unwrap();
        },
        |mut store| {
            assert_eq!(store.unfinished().unwrap(), [], "nobody to report to yet");
            let ended = store.told(&id("press-one"), Ok(TicketId(7))).unwrap();
            let ends: Vec<_> = ended.iter().map(|it| (it.ticket, it.outcome.clone())).collect();
            let ticket = Some(TicketId(7));
            assert_eq!(ends, [(ticket, PrintOutcome::Done), (ticket, PrintOutcome::Unknown)]);
        },
    );
}
