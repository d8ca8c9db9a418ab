//! A kiosk loses its power within a slip, on real parts: its own file
//! knows which slip is unknown, the hall's record is told so, the slip is
//! not sent again, and the next one prints right.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tests::hall::{DemoHall, data};
use tests::paper::Printer;
use tests::visitor::Kiosk;

/// Long enough for anything here; reached only on failure.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often a file is looked into.
const GLANCE: Duration = Duration::from_millis(30);

/// The first column of a row, read without disturbing its owner.
fn read(file: &Path, query: &str) -> Option<String> {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    db.query_row(query, [], |row| row.get(0)).ok()
}

/// Waits until a query gives this.
async fn becomes(file: &Path, query: &str, wanted: &str) {
    let look = async {
        while read(file, query).as_deref() != Some(wanted) {
            tokio::time::sleep(GLANCE).await;
        }
    };
    let came = tokio::time::timeout(PATIENCE, look).await;
    assert!(came.is_ok(), "`{query}` is {:?}, not `{wanted}`", read(file, query));
}

async fn take_a_number(kiosk: &Kiosk) {
    kiosk.press("我要取号").await.unwrap();
    kiosk.press("身份证").await.unwrap();
    kiosk.press("直接取号").await.unwrap();
}

#[tokio::test]
async fn a_kiosk_that_lost_power_within_a_slip_says_so_and_does_not_repeat_it() {
    let hall = DemoHall::start("kiosk-power").unwrap();
    let token = hall.enrol("kiosk", "kiosk-1").unwrap();
    let listen = format!("pty:{}", hall.folder().join("printer").display());
    let printer = Printer::start(hall.folder(), &listen, 576).unwrap();
    let start =
        || Kiosk::start(hall.folder(), &hall.address, &token, &printer.uri, (1080, 1920)).unwrap();
    let store = hall.folder().join("kiosk/state/kiosk.db");
    let record = data(hall.folder()).join("hall.db");
    let outcome = "SELECT json_extract(body, '$.print.outcome') FROM events
                   WHERE kind = 'ticket_printed' ORDER BY seq DESC LIMIT 1";

    // The printer takes half of the slip and no byte more.
    let kiosk = start();
    kiosk.page("Home").await.unwrap();
    printer.jam(Some("stall@200")).unwrap();
    take_a_number(&kiosk).await;
    becomes(&store, "SELECT state FROM jobs", "sending").await;
    // The value ends as a power cut ends a machine.
    drop(kiosk);
    assert_eq!(read(&record, outcome), None, "nothing was told");
    // The map of a screen that is gone would be pressed by.
    fs::remove_file(hall.folder().join("kiosk/layout.json")).unwrap();

    let kiosk = start();
    becomes(&record, outcome, "unknown").await;
    becomes(&store, "SELECT state || reported FROM jobs", "unknown1").await;
    printer.jam(None).unwrap();
    // What it remembers is on the map before the window is on the screen.
    kiosk.reads("共 1 人").await.unwrap();
    kiosk.screen.picture_at_rest("after-power.png").await.unwrap();
    take_a_number(&kiosk).await;
    becomes(&record, outcome, "done").await;

    let papers = printer.papers().unwrap();
    let numbers: Vec<String> = (0..2).filter_map(|it| read(&record, &number(it))).collect();
    assert_eq!(numbers.len(), 2);
    let times = |number: &str| papers.iter().filter(|it| it.words().contains(number)).count();
    assert!(times(&numbers[0]) <= 1, "it is not sent again: {papers:?}");
    let last = papers.last().unwrap();
    assert!(last.complete && last.faults.is_empty(), "{:?}", last.faults);
    assert!(last.words().contains(&numbers[1]), "{}", last.words());
}

/// Asks for the number of a ticket of this hall, counted from 0.
fn number(nth: u64) -> String {
    format!(
        "SELECT json_extract(body, '$.number') FROM events
         WHERE kind = 'ticket_issued' ORDER BY seq LIMIT 1 OFFSET {nth}"
    )
}
