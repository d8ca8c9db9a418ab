//! What other systems read: the events, and the numbers.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tests::hall::{CLERK, DemoHall};

/// Reads entries of a stream until there are so many.
async fn entries(mut reply: Response, n: usize) -> Vec<Value> {
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    let mut found = Vec::new();
    let read = async {
        while found.len() < n {
            text.push_str(std::str::from_utf8(&reply.chunk().await.unwrap().unwrap()).unwrap());
            found.clear();
            let mut id = None;
            for line in text.lines() {
                if let Some(it) = line.strip_prefix("id: ") {
                    id = Some(it.parse::<u64>().unwrap());
                } else if let (Some(seq), Some(data)) = (id, line.strip_prefix("data: "))
                    && let Ok(entry) = serde_json::from_str::<Value>(data)
                {
                    assert_eq!(entry["seq"], seq);
                    found.push(entry);
                    id = None;
                }
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), read).await.expect("the entries come");
    found
}

fn seqs(entries: &[Value]) -> Vec<u64> {
    entries.iter().map(|it| it["seq"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_program_hears_of_everything_once_and_goes_on_where_it_stopped() {
    let mut hall = DemoHall::start("events").unwrap();
    let program = hall.enrol("program", "city").unwrap();
    let ask = |http: &Client, hall: &DemoHall, query: &str| -> RequestBuilder {
        http.get(hall.url(&format!("events{query}"))).bearer_auth(&program)
    };
    let http = Client::new();
    let ticket = hall.issue("A").await.unwrap();
    let first = entries(ask(&http, &hall, "").send().await.unwrap(), 2).await;
    assert_eq!(seqs(&first)[..2], [1, 2]);
    assert_eq!((&first[0]["kind"], &first[0]["by"]), (&json!("day_opened"), &json!("server")));
    assert_eq!(first[1]["number"], ticket.number.to_string());
    assert!(!json!(first).to_string().contains(&ticket.token), "no secret of a paper");
    // What happens while it listens.
    let listening = ask(&http, &hall, "?after=2").send().await.unwrap();
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    let heard = entries(listening, 2).await;
    assert_eq!(seqs(&heard), [3, 4]);
    assert_eq!(heard[1]["kind"], "ticket_called");
    // After a restart, from where it stopped; the header goes before.
    hall.kill().unwrap();
    hall.restart().unwrap();
    let http = Client::new();
    let again = ask(&http, &hall, "?after=0").header("last-event-id", "3");
    assert_eq!(seqs(&entries(again.send().await.unwrap(), 1).await), [4]);
    let bad = ask(&http, &hall, "").header("last-event-id", "x").send().await.unwrap();
    assert_eq!(bad.status(), StatusCode::BAD_REQUEST);
    // A program reads, and does nothing.
    let void = hall.post(&program, "tickets/1/void", &json!({})).await.unwrap();
    assert_eq!(void.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_events_stop_for_whoever_is_shown_out() {
    let hall = DemoHall::start("events-end").unwrap();
    let manager = hall.sign_in("3001").await.unwrap();
    let mut events = hall.get(&manager, "events").await.unwrap();
    let out =
        Client::new().delete(hall.url("sessions")).bearer_auth(&manager).send().await.unwrap();
    assert_eq!(out.status(), StatusCode::NO_CONTENT);
    let end = async { while events.chunk().await.unwrap().is_some() {} };
    tokio::time::timeout(Duration::from_mins(1), end).await.expect("the stream ends");
    assert_eq!(hall.get(&manager, "queue").await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

/// The value of a metric with these labels.
fn value(text: &str, name: &str) -> u64 {
    let line = text.lines().find(|it| it.strip_prefix(name).is_some_and(|it| it.starts_with(' ')));
    let line = line.unwrap_or_else(|| panic!("no {name} in:\n{text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_numbers_are_those_of_the_hall_and_nobody_s() {
    let hall = DemoHall::start("metrics").unwrap();
    let program = hall.enrol("program", "prometheus").unwrap();
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    let tickets = [hall.issue("A").await.unwrap(), hall.issue("A").await.unwrap()];
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    let feed = hall.get(&kiosk, "feed?view=board").await.unwrap();
    assert_eq!(hall.get("guessed", "queue").await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let metrics = format!("{}/metrics", hall.address);
    let reply = Client::new().get(&metrics).bearer_auth(&program).send().await.unwrap();
    let kind = reply.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = reply.text().await.unwrap();
    assert_eq!(value(&text, "yimen_events_total{kind=\"ticket_issued\"}"), 2);
    assert_eq!(value(&text, "yimen_events_total{kind=\"ticket_called\"}"), 1);
    assert_eq!(value(&text, "yimen_waiting{lane=\"A\"}"), 1);
    assert_eq!(value(&text, "yimen_windows{state=\"open\"}"), 1);
    assert_eq!(value(&text, "yimen_feeds{view=\"board\"}"), 1);
    assert_eq!(value(&text, "yimen_device_connected{device=\"kiosk-1\"}"), 1);
    assert_eq!(value(&text, "yimen_refusals_total{code=\"sign_in_first\"}"), 1);
    assert_eq!(value(&text, "yimen_alert{alert=\"disk_full\"}"), 0);
    assert!(value(&text, "yimen_commit_seconds_count") >= 4);
    assert_eq!(value(&text, "yimen_journal_seq"), 5);
    for ticket in &tickets {
        assert!(!text.contains(&ticket.number.to_string()), "no number of anybody");
    }
    assert!(!text.contains(CLERK), "nor of staff");
    assert!(text.ends_with("# EOF\n"));
    drop(feed);
}
