//! What the kiosk must still know after a power cut.

use std::fs;

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
                store.job_queued(&id(job), Some(TicketId(ticket)), None, at()).unwrap();
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
