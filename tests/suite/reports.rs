//! Figures and the record, for manager and supervisor: over HTTP, as
//! downloads, on their pages in a real browser, and on paper.

use std::io::Cursor;

use calamine::Reader as _;
use queue_api::{FiguresReport, FiguresRow, RecordReport, TicketHistory, ToldPage};
use serde_json::json;
use tests::browser::Browser;
use tests::hall::{CLERK, DESK, DemoHall, PIN, data};
use tests::past;
use tests::program::repository;

const MANAGER: &str = "3001";
const SUPERVISOR: &str = "4001";

/// A hall with three days behind it, and the last of them.
fn hall(name: &str) -> (DemoHall, String) {
    let folder = repository().join("target/e2e").join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let day = past::live(&data(&folder), 3, 7).unwrap();
    (DemoHall::start_on(folder, "127.0.0.1:0").unwrap(), day.to_string())
}

async fn figures(hall: &DemoHall, token: &str, asked: &str) -> FiguresReport {
    let reply = hall.get(token, &format!("reports/figures?{asked}")).await.unwrap();
    reply.error_for_status().unwrap().json().await.unwrap()
}

#[tokio::test]
async fn manager_and_supervisor_read_and_nobody_else() {
    let (hall, day) = hall("reports-roles");
    let paths = [
        format!("reports/figures?from={day}&to={day}"),
        format!("supervision/events?day={day}&look=calls"),
        format!("supervision/tickets/A001?day={day}"),
        "supervision/record".to_owned(),
    ];
    for staff in [CLERK, DESK, "9001"] {
        let token = hall.sign_in(staff).await.unwrap();
        for path in &paths {
            assert_eq!(hall.get(&token, path).await.unwrap().status(), 403, "{staff} {path}");
        }
        let walk = hall.post(&token, "supervision/record/walk", &json!({})).await.unwrap();
        assert_eq!(walk.status(), 403, "{staff}");
    }
    let kiosk = hall.enrol("kiosk", "kiosk-1").unwrap();
    for path in &paths {
        assert_eq!(hall.get(&kiosk, path).await.unwrap().status(), 403, "a kiosk, {path}");
        assert_eq!(hall.get("nobody", path).await.unwrap().status(), 401, "nobody, {path}");
        for staff in [MANAGER, SUPERVISOR] {
            let token = hall.sign_in(staff).await.unwrap();
            let status = hall.get(&token, path).await.unwrap().status();
            assert!(status == 200 || status == 404, "{staff} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn pages_of_a_report_and_its_downloads_are_the_same_rows() {
    let (hall, day) = hall("reports-pages");
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let asked = format!("from=2020-01-01&to={day}&per=month&by=matter");
    let whole = figures(&hall, &manager, &asked).await;
    assert!(whole.count > 5 && whole.rows.len() == whole.count && whole.next.is_none());
    assert!(whole.total.served > 300, "{:?}", whole.total);
    let mut rows: Vec<FiguresRow> = Vec::new();
    let mut after = Some(0);
    while let Some(from) = after {
        let page = figures(&hall, &manager, &format!("{asked}&limit=4&after={from}")).await;
        assert!(page.rows.len() <= 4 && page.total == whole.total);
        rows.extend(page.rows);
        after = page.next;
    }
    assert_eq!(rows, whole.rows);

    let path = format!("reports/figures?{asked}&format=csv");
    let reply = hall.get(&manager, &path).await.unwrap();
    let kind = reply.headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!(kind, "text/csv; charset=utf-8");
    let csv = reply.bytes().await.unwrap();
    let mut table = csv::Reader::from_reader(&csv[..]);
    let columns = table.headers().unwrap().clone();
    let lines: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(lines.len(), rows.len());
    for (line, row) in lines.iter().zip(&rows) {
        let cell = |name: &str| &line[columns.iter().position(|it| it == name).unwrap()];
        assert_eq!((cell("period"), cell("key")), (&*row.period, &*row.key));
        assert_eq!(cell("served"), row.figures.served.to_string());
        let median = row.figures.wait_median_s.map(|it| it.to_string());
        assert_eq!(cell("wait_median_s"), median.unwrap_or_default());
        assert_eq!(cell("name_zh"), row.name.as_ref().unwrap().zh);
    }
    let path = format!("reports/figures?{asked}&format=xlsx");
    let xlsx = hall.get(&manager, &path).await.unwrap().bytes().await.unwrap();
    let mut book = calamine::Xlsx::new(Cursor::new(xlsx)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    // The same table, read by a program of other people.
    let cells = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut same = vec![columns.iter().map(str::to_owned).collect::<Vec<_>>()];
    // A sheet holds numbers, not how they are written.
    let number = |it: &str| it.strip_suffix(".0").unwrap_or(it).to_owned();
    same.extend(lines.iter().map(|it| it.iter().map(number).collect()));
    assert!(sheet.rows().map(cells).eq(same), "the sheet and the CSV are the same table");
    let refused = hall.get(&manager, "reports/figures?from=2026-02-01&to=2026-01-01").await;
    assert_eq!(refused.unwrap().status(), 400);
}

#[tokio::test]
async fn today_counts_at_once_and_what_was_counted_holds_after_a_restart() {
    let (mut hall, day) = hall("reports-today");
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let before = figures(&hall, &manager, "from=2020-01-01&to=2050-12-31").await;
    let old = figures(&hall, &manager, &format!("from={day}&to={day}&by=hour")).await;
    hall.issue("A").await.unwrap();
    hall.act("open", json!({})).await.unwrap();
    hall.act("call-next", json!({})).await.unwrap();
    hall.act("finish", json!({ "outcome": "correction" })).await.unwrap();
    let after = figures(&hall, &manager, "from=2020-01-01&to=2050-12-31").await.total;
    let total = before.total;
    let added = [
        after.issued - total.issued,
        after.called - total.called,
        after.served - total.served,
        after.corrections - total.corrections,
    ];
    assert_eq!(added, [1, 1, 1, 1]);
    hall.kill().unwrap();
    hall.restart().unwrap();
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let again = figures(&hall, &manager, "from=2020-01-01&to=2050-12-31").await;
    assert_eq!(again.total, after);
    let mut closed = figures(&hall, &manager, &format!("from={day}&to={day}&by=hour")).await;
    // Those who were left when the day ended are known since it did.
    closed.total.left_over = old.total.left_over;
    closed.total.void = old.total.void;
    assert_eq!(closed.total, old.total, "a day that is over is counted as it was");
}

#[tokio::test]
async fn the_manager_sees_charts_beside_their_tables() {
    let (hall, day) = hall("reports-page");
    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, MANAGER, PIN).await.unwrap();
    browser.press("English").await.unwrap();
    browser.press("中文").await.unwrap();
    browser.open(&format!("{}/reports?from={day}&to={day}&by=lane", hall.address)).await.unwrap();
    let manager = hall.sign_in(MANAGER).await.unwrap();
    let report = figures(&hall, &manager, &format!("from={day}&to={day}&by=lane")).await;
    let first = &report.rows[0];
    let row = browser.text("#people tr:first-child").await.unwrap();
    let served = first.figures.served.to_string();
    assert!(row.starts_with(&format!("{} ", first.key)), "{row}");
    assert!(row.split_whitespace().any(|it| it == served), "{row} has {served}");
    let chart = browser.text("#people-chart svg").await.unwrap();
    assert!(chart.contains(&served), "{chart}");
    browser.tells("headline", "材料一次带齐").await.unwrap();
    let (rated, total) = (report.rows.iter().map(|it| it.figures.rated).sum::<u64>(), report.total);
    assert!(rated > 5 && rated == total.rated, "{total:?}");
    let share = format!("{}%", total.satisfied_percent.unwrap().round());
    browser.tells("ratings", &share).await.unwrap();
    browser.tells("ratings-legend", "满意率").await.unwrap();
    // The whole page is in the picture.
    browser.resize(1366, 2_400).await.unwrap();
    browser.screenshot(&hall.folder().join("reports.png")).await.unwrap();
    browser.open(&format!("{}/reports/sheet?day={day}", hall.address)).await.unwrap();
    browser.shows("day", &day).await.unwrap();
    browser.tells("lane", &served).await.unwrap();
}

#[tokio::test]
async fn the_supervisor_reads_why_finds_a_number_and_walks_the_record() {
    let (hall, day) = hall("supervisor-page");
    let supervisor = hall.sign_in(SUPERVISOR).await.unwrap();
    let path = format!("supervision/events?day={day}&look=exceptions");
    let text = hall.get(&supervisor, &path).await.unwrap().text().await.unwrap();
    assert!(text.contains("赶火车") && text.contains("重点项目"), "{text}");
    assert!(!text.contains("secret"), "no ticket's secret is shown");
    let page: ToldPage = serde_json::from_str(&text).unwrap();
    let number = page.events.iter().find_map(|it| it.number.clone()).unwrap();
    let path = format!("supervision/tickets/{number}?day={day}");
    let text = hall.get(&supervisor, &path).await.unwrap().text().await.unwrap();
    assert!(!text.contains("secret"), "no ticket's secret is shown");
    let history: TicketHistory = serde_json::from_str(&text).unwrap();
    assert_eq!(history.events[0].kind, "ticket_issued");

    let browser = Browser::start().await.unwrap();
    browser.sign_in(&hall.address, SUPERVISOR, PIN).await.unwrap();
    browser.tells("hall-name", "示范区").await.unwrap();
    browser.open(&format!("{}/supervisor?day={day}", hall.address)).await.unwrap();
    browser.tells("events", "等得最久").await.unwrap();
    browser.press("绿色通道和点号").await.unwrap();
    browser.offers(&number.to_string()).await.unwrap();
    browser.fill("number", &number.to_string()).await.unwrap();
    browser.press("查").await.unwrap();
    browser.shows("found-title", &format!("{number}，{day}")).await.unwrap();
    browser.press("现在核对一遍").await.unwrap();
    browser.offers("现在核对一遍").await.unwrap();
    browser.shows("record-state", "完好，没有人动过").await.unwrap();
    let reply = hall.get(&supervisor, "supervision/record").await.unwrap();
    let record: RecordReport = reply.json().await.unwrap();
    let walk = record.last.unwrap();
    assert!(walk.sound && walk.seq == record.seq && walk.chain.len() == 64, "{walk:?}");
    let chain = browser.text("#record-chain").await.unwrap().replace(' ', "");
    assert_eq!(chain, walk.chain);
    browser.screenshot(&hall.folder().join("supervisor.png")).await.unwrap();
}
