//! The network is pulled for two hundred visitors at two kiosks, and put
//! back: each of them stands in the queue, once, where they came.
//!
//! The kiosks are real programs with real stores and printers (folders);
//! their visitors press without a window, since two seconds of waiting
//! and a page that settles would make this an hour of tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use queue_api::{Ticket, TicketState};
use rusqlite::Connection;
use tests::cable::Cable;
use tests::hall::{DESK, DemoHall, data};
use tests::program::{Program, Start};

/// Visitors at each kiosk, and the matters they come for, one lane each.
const VISITORS: usize = 100;
const MATTERS: [&str; 5] = [
    "id-card-renewal",
    "housing-fund-withdrawal",
    "individual-business-registration",
    "realty-transfer",
    "pension-claim",
];

/// What a kiosk says. Reached only on failure: how long it may take.
const PATIENCE: Duration = Duration::from_mins(3);
const GLANCE: Duration = Duration::from_millis(50);

struct Kiosk {
    folder: PathBuf,
    _program: Program,
}

impl Kiosk {
    fn start(hall: &DemoHall, cable: &Cable, name: &str) -> anyhow::Result<Kiosk> {
        let token = hall.enrol("kiosk", name)?;
        let folder = hall.folder().join(name);
        fs::create_dir_all(&folder)?;
        let printer = format!("dir:{}", folder.join("paper").display());
        let visitors: Vec<&str> = MATTERS.into_iter().cycle().take(VISITORS).collect();
        let program = Start::ours("kiosk")?
            .args(["--server", &cable.address, "--printer", &printer])
            .args(["--visitors", &visitors.join(",")])
            .args([Path::new("--state"), &folder.join("state")])
            .env("YIMEN_TOKEN", token)
            .logging_to(&folder.join("kiosk.log"))?;
        Ok(Kiosk { folder, _program: program })
    }

    async fn says(&self, what: &str, times: usize) -> anyhow::Result<()> {
        let log = self.folder.join("kiosk.log");
        let look = async {
            while fs::read_to_string(&log).map_or(0, |it| it.matches(what).count()) < times {
                tokio::time::sleep(GLANCE).await;
            }
        };
        let said = tokio::time::timeout(PATIENCE, look).await;
        said.with_context(|| format!("`{}` never said `{what}` {times} times", log.display()))
    }

    /// Rows of its store of which this is true.
    fn rows(&self, of: &str) -> anyhow::Result<u32> {
        count(&self.folder.join("state/kiosk.db"), of)
    }
}

fn count(db: &Path, of: &str) -> anyhow::Result<u32> {
    let db = Connection::open(db).with_context(|| format!("cannot open `{}`", db.display()))?;
    Ok(db.query_row(&format!("SELECT count(*) FROM {of}"), [], |row| row.get(0))?)
}

#[tokio::test]
async fn two_hundred_visitors_come_while_the_network_is_away() {
    let hall = DemoHall::start("outage").unwrap();
    let cable = Cable::lay(&hall.address).await.unwrap();
    let kiosks = ["kiosk-1", "kiosk-2"].map(|it| Kiosk::start(&hall, &cable, it).unwrap());
    for kiosk in &kiosks {
        kiosk.says("numbers for when the server is away", 1).await.unwrap();
    }
    cable.pull();
    for kiosk in &kiosks {
        kiosk.says("the visitors have their numbers", 1).await.unwrap();
        assert_eq!(
            kiosk.rows("offline WHERE told IS NULL").unwrap(),
            100,
            "each number is on the kiosk's disk"
        );
    }
    let desk = hall.sign_in(DESK).await.unwrap();
    assert!(ticket(&hall, &desk, 1).await.is_none(), "the server has heard of nobody");

    cable.put_back();
    for kiosk in &kiosks {
        kiosk.says("an offline number is a ticket", VISITORS).await.unwrap();
    }
    let mut tickets = Vec::new();
    while let Some(ticket) = ticket(&hall, &desk, tickets.len() as u64 + 1).await {
        tickets.push(ticket);
    }
    let given = tickets.len();
    let numbers: BTreeSet<String> =
        tickets.iter().map(|it| format!("{} {}", it.business_day, it.number)).collect();
    assert_eq!(numbers.len(), given, "no number is there twice");
    // A request of before may arrive when the cable is back; nobody has
    // seen its number, and it is taken back.
    tickets.retain(|it| it.state != TicketState::Void);
    assert_eq!(tickets.len(), 200, "everybody is there once");
    assert!(tickets.iter().all(|it| it.number.count >= 501), "with the number on their paper");
    stand_where_they_came(&tickets);
    let printed = "events WHERE kind = 'ticket_printed'";
    let reported = async {
        while count(&data(hall.folder()).join("hall.db"), printed).unwrap() < 200 {
            tokio::time::sleep(GLANCE).await;
        }
    };
    tokio::time::timeout(PATIENCE, reported).await.expect("every paper is reported");
    for kiosk in &kiosks {
        let papers = fs::read_dir(kiosk.folder.join("paper")).unwrap();
        let papers = papers
            .filter(|it| it.as_ref().unwrap().path().extension().is_some_and(|it| it == "png"));
        assert_eq!(papers.count(), VISITORS, "one visitor, one paper");
        assert_eq!(kiosk.rows("offline WHERE told IS NULL").unwrap(), 0, "nothing is left to tell");
        let owed = async {
            while kiosk.rows("jobs WHERE reported = 0").unwrap() > 0 {
                tokio::time::sleep(GLANCE).await;
            }
        };
        tokio::time::timeout(PATIENCE, owed).await.expect("nothing is left to report");
    }
}

/// In every lane those who came earlier stand before, whichever kiosk it
/// was; and both kiosks gave numbers of it in turn.
fn stand_where_they_came(tickets: &[Ticket]) {
    let mut lanes: BTreeMap<String, Vec<&Ticket>> = BTreeMap::new();
    for ticket in tickets {
        assert_eq!(ticket.state, TicketState::Waiting);
        lanes.entry(ticket.lane.to_string()).or_default().push(ticket);
    }
    assert_eq!(lanes.len(), MATTERS.len());
    for (lane, mut line) in lanes {
        line.sort_by_key(|it| it.ahead);
        assert_eq!(line.len(), 40, "{lane}");
        assert!(line.is_sorted_by_key(|it| it.issued_at), "{lane} is not in the order of issue");
        assert!(line.iter().zip(0..).all(|(it, place)| it.ahead == place), "{lane}");
        // The first 40 numbers are one kiosk's, the others the other's.
        let kiosks: Vec<bool> = line.iter().map(|it| it.number.count < 541).collect();
        let turns = kiosks.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(turns > 1, "{lane}: the kiosks gave their numbers one after the other");
    }
}

/// As the desk sees it, if it is there.
async fn ticket(hall: &DemoHall, desk: &str, id: u64) -> Option<Ticket> {
    let reply = hall.get(desk, &format!("tickets/{id}")).await.unwrap();
    reply.error_for_status().ok()?.json().await.ok()
}
