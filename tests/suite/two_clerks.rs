//! Two clerks press Next at the same moment, a thousand times, over real
//! HTTP at the real server: nobody is called twice, nobody is passed over.

use std::collections::BTreeSet;

use queue_api::{Ticket, TicketId, WindowView};
use serde_json::{Value, json};
use tests::hall::{CLERK, DESK, DemoHall, command_id};

/// How often both press.
const PRESSES: usize = 1_000;

/// A lane that windows 1 and 2 serve.
const LANE: &str = "A";

/// Visitors who wait at first; two come with every press, so that there
/// is always a line to mix up.
const WAITING: usize = 12;

/// The clerk of window 2.
const OTHER_CLERK: &str = "1002";

#[tokio::test]
async fn two_clerks_who_press_next_together_a_thousand_times_never_share_or_skip_a_visitor() {
    let hall = DemoHall::start("two-clerks").unwrap();
    let desk = hall.sign_in(DESK).await.unwrap();
    let clerks = [hall.sign_in(CLERK).await.unwrap(), hall.sign_in(OTHER_CLERK).await.unwrap()];
    let mut came = Vec::new();
    for _ in 0..WAITING {
        came.push(issue(&hall, &desk).await);
    }
    let [one, two] = &clerks;
    tokio::join!(act(&hall, one, 1, "open", json!({})), act(&hall, two, 2, "open", json!({})));

    let mut called = Vec::new();
    for press in 0..PRESSES {
        let (a, b) = tokio::join!(
            act(&hall, one, 1, "call-next", json!({})),
            act(&hall, two, 2, "call-next", json!({})),
        );
        let pair = [a, b].map(|view| view.ticket.expect("both have somebody").id);
        // Whoever came first is called first: these two are the next two.
        let expected: BTreeSet<_> = came[2 * press..2 * press + 2].iter().copied().collect();
        assert_eq!(BTreeSet::from(pair), expected, "press {press}");
        called.extend(pair);
        let done = |ticket: TicketId| json!({ "ticket": ticket, "outcome": "done_now" });
        let (_, _, first, second) = tokio::join!(
            act(&hall, one, 1, "finish", done(pair[0])),
            act(&hall, two, 2, "finish", done(pair[1])),
            issue(&hall, &desk),
            issue(&hall, &desk),
        );
        came.extend(BTreeSet::from([first, second]));
    }
    called.sort();
    assert_eq!(called, came[..2 * PRESSES], "everybody was called once");
    let figures = hall.window(1).await.unwrap();
    assert_eq!((figures.served_today, figures.waiting.len()), (1_000, WAITING));
}

async fn issue(hall: &DemoHall, desk: &str) -> TicketId {
    let request = json!({
        "command_id": command_id(), "lane": LANE, "class": "ordinary", "source": "desk",
    });
    let reply = hall.post(desk, "tickets", &request).await.unwrap();
    reply.error_for_status().unwrap().json::<Ticket>().await.unwrap().id
}

async fn act(hall: &DemoHall, clerk: &str, window: u16, verb: &str, mut body: Value) -> WindowView {
    body["command_id"] = json!(command_id());
    let reply = hall.post(clerk, &format!("windows/{window}/{verb}"), &body).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}
