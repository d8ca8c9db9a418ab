//! Numbers under load and under the axe: two kiosks and 32 clients at
//! once, and a server killed ten times meanwhile, or as often as
//! `YIMEN_KILLS` says (`cargo xtask crash`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use queue_api::{CommandId, IssueRequest, LaneId, Source, Ticket, TicketId};
use queue_client::Client;
use tests::hall::{DemoHall, command_id, data};

/// Tickets in all.
const TICKETS: usize = 5_000;

/// Kiosks with a token of their own.
const KIOSKS: usize = 2;

/// How often the server is killed, evenly over the tickets.
const CUTS: usize = 10;

/// Who asks: half of them by each kiosk.
const CLIENTS: usize = KIOSKS + 32;

/// How long a client goes on asking. Reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// Every ticket a client was given, by the command that asked for it.
type Given = BTreeMap<CommandId, Ticket>;

fn clients(hall: &DemoHall) -> Vec<Client> {
    let tokens: Vec<String> =
        (0..KIOSKS).map(|nth| hall.enrol("kiosk", &format!("kiosk-{nth}")).unwrap()).collect();
    let client =
        |nth: usize| Client::new(&hall.address, Some(tokens[nth % KIOSKS].clone())).unwrap();
    (0..CLIENTS).map(client).collect()
}

/// The `nth` request; the twelve lanes take turns.
fn request(nth: usize) -> IssueRequest {
    let letter = char::from(b'A' + u8::try_from(nth % 12).unwrap());
    IssueRequest {
        lane: Some(letter.to_string().parse().unwrap()),
        ..IssueRequest::ordinary(command_id().parse().unwrap(), Source::Kiosk)
    }
}

/// All clients issue until there are `TICKETS`; `done` counts along.
async fn issue_all(clients: Vec<Client>, done: Arc<AtomicUsize>) -> Given {
    let next = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| {
            let (next, done) = (Arc::clone(&next), Arc::clone(&done));
            tokio::spawn(async move {
                let mut given = Given::new();
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= TICKETS {
                        return given;
                    }
                    let request = request(nth);
                    let ticket = client.issue_ticket(&request, PATIENCE).await.unwrap();
                    given.insert(request.command_id, ticket);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let mut given = Given::new();
    for task in tasks {
        given.append(&mut task.await.unwrap());
    }
    given
}

/// The tickets as the journal on the disk tells them, in its order.
fn journal(hall: &DemoHall) -> Vec<(TicketId, String, LaneId, u32)> {
    let connection = rusqlite::Connection::open(data(hall.folder()).join("hall.db")).unwrap();
    let mut select = connection
        .prepare("SELECT body FROM events WHERE kind = 'ticket_issued' ORDER BY seq")
        .unwrap();
    let bodies = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    bodies
        .map(|body| {
            let body: serde_json::Value = serde_json::from_str(&body.unwrap()).unwrap();
            let number: queue_api::TicketNumber =
                serde_json::from_value(body["number"].clone()).unwrap();
            let id = serde_json::from_value(body["ticket"].clone()).unwrap();
            (id, body["command_id"].as_str().unwrap().to_owned(), number.lane, number.count)
        })
        .collect()
}

/// Every number once, no gap, counted up in the journal's order, and
/// every ticket that was given out is there as it was given.
fn assert_true_to_journal(hall: &DemoHall, given: &Given) {
    let journal = journal(hall);
    let mut counts: BTreeMap<LaneId, u32> = BTreeMap::new();
    for (place, (id, _, lane, count)) in journal.iter().enumerate() {
        assert_eq!(id.0, u64::try_from(place).unwrap() + 1, "ticket ids follow the journal");
        let last = counts.entry(lane.clone()).or_default();
        assert_eq!(*count, *last + 1, "lane {lane} counts without gap or double");
        *last = *count;
    }
    let kept: BTreeMap<&str, &TicketId> =
        journal.iter().map(|(id, command, _, _)| (command.as_str(), id)).collect();
    assert_eq!(kept.len(), journal.len(), "no command made two tickets");
    for (command, ticket) in given {
        assert_eq!(
            kept.get(command.as_str()),
            Some(&&ticket.id),
            "{} was given out",
            ticket.number
        );
    }
    let numbers: BTreeSet<String> = given.values().map(|it| it.number.to_string()).collect();
    assert_eq!(numbers.len(), given.len(), "no number was given twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_tickets_at_once_are_five_thousand_numbers() {
    let hall = DemoHall::start("issuing").unwrap();
    let given = issue_all(clients(&hall), Arc::default()).await;
    assert_eq!(given.len(), TICKETS);
    assert_eq!(journal(&hall).len(), TICKETS);
    assert_true_to_journal(&hall, &given);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_again_and_again_loses_no_ticket_and_doubles_none() {
    let cuts = std::env::var("YIMEN_KILLS").map_or(CUTS, |it| it.parse().unwrap());
    let mut hall = DemoHall::start("power-cuts").unwrap();
    let clients = clients(&hall);
    let again = clients[0].clone();
    let done = Arc::new(AtomicUsize::new(0));
    let issuing = tokio::spawn(issue_all(clients, Arc::clone(&done)));
    for cut in 1..=cuts {
        let mark = TICKETS * cut / (cuts + 1);
        while done.load(Ordering::Relaxed) < mark && !issuing.is_finished() {
            tokio::task::yield_now().await;
        }
        assert!(!issuing.is_finished(), "cut {cut} comes while tickets are issued");
        hall.kill().unwrap();
        hall.restart().unwrap();
    }
    let given = issuing.await.unwrap();
    assert_eq!(given.len(), TICKETS);
    assert_true_to_journal(&hall, &given);
    // Whoever asks again hears the same, also from a server that has
    // been started since.
    for (command, ticket) in given.iter().step_by(97) {
        let mut repeated = request(0);
        repeated.command_id = command.clone();
        repeated.lane = Some(ticket.lane.clone());
        let answer = again.issue_ticket(&repeated, PATIENCE).await.unwrap();
        assert_eq!((answer.id, &answer.number), (ticket.id, &ticket.number));
        assert_eq!(answer.token, ticket.token);
    }
    assert_eq!(journal(&hall).len(), TICKETS, "asking again issued nothing");
}
