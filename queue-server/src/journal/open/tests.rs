//! Journals of every earlier schema open, tell the same story, and are
//! kept as they were. The files are in `tests/golden/journals`; one is
//! added with each schema and none is ever changed.

use expect_test::expect;
use jiff::civil::date;
use queue_core::{Hall, Rules, TicketId};

use super::super::*;
use super::*;
use crate::scratch::Scratch;

fn golden(schema: u32) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/journals");
    folder.join(format!("schema-{schema}.db"))
}

/// The rows of a journal that is not opened for writing.
fn rows(path: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    Journal::inspect(path, &mut |row| rows.push(row)).unwrap();
    rows
}

#[test]
fn every_earlier_schema_opens_and_is_kept_as_it_was() {
    for schema in 1..=schema::version() {
        let dir = Scratch::new(&format!("schema-{schema}"));
        let path = dir.path().join("hall.db");
        fs::copy(golden(schema), &path).unwrap();
        let before = rows(&path);
        let mut told = Vec::new();
        let journal = Journal::open(dir.path(), &mut |row| told.push(row)).unwrap();
        assert_eq!(told, before, "schema {schema} tells the same story");
        drop(journal);
        assert_eq!(rows(&path), before, "and goes on telling it");
        let connection = Connection::open(&path).unwrap();
        assert_eq!(schema::version_of(&connection).unwrap(), schema::version());

        let kept = dir.path().join(format!("hall.schema-{schema}.db"));
        assert_eq!(kept.exists(), schema < schema::version());
        if kept.exists() {
            assert_eq!(rows(&kept), before, "as it was, for the program that wrote it");
            let connection = Connection::open(&kept).unwrap();
            assert_eq!(schema::version_of(&connection).unwrap(), schema);
        }
    }
}

#[test]
fn half_a_copy_of_an_earlier_start_is_in_nobodys_way() {
    let dir = Scratch::new("schema-half");
    fs::copy(golden(1), dir.path().join("hall.db")).unwrap();
    let kept = dir.path().join("hall.schema-1.db");
    fs::write(&kept, "half").unwrap();
    Journal::open(dir.path(), &mut |_| {}).unwrap();
    assert_eq!(rows(&kept).len(), 13);
}

#[test]
fn the_first_schema_still_means_what_it_meant() {
    // Reading leaves files beside a journal, so it is done elsewhere.
    let dir = Scratch::new("schema-first");
    let path = dir.path().join("hall.db");
    fs::copy(golden(1), &path).unwrap();
    let lines: Vec<String> = rows(&path)
        .iter()
        .map(|it| format!("{} {} {}", it.entry.seq, it.origin.by, it.entry.event.kind()))
        .collect();
    expect![[r#"
        1 server day_opened
        2 staff:1001 window_opened
        3 staff:2001 ticket_issued
        4 staff:2001 ticket_issued
        5 staff:2001 ticket_issued
        6 staff:2001 ticket_issued
        7 staff:1001 ticket_called
        8 staff:1001 ticket_arrived
        9 staff:1001 ticket_finished
        10 staff:1001 ticket_called
        11 staff:1001 ticket_no_show
        12 staff:2001 ticket_voided
        13 staff:2001 pass_given"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn a_journal_that_was_cut_still_begins_on_its_morning() {
    struct Begun(Option<(Morning, bool)>, Vec<u64>);
    impl Reader for Begun {
        fn begin(&mut self, morning: Morning, whole: bool) {
            self.0 = Some((morning, whole));
        }

        fn row(&mut self, row: Row) {
            self.1.push(row.entry.seq);
        }
    }
    let dir = Scratch::new("schema-cut");
    let path = dir.path().join("hall.db");
    fs::copy(golden(3), &path).unwrap();
    let mut begun = Begun(None, Vec::new());
    Journal::inspect(&path, &mut begun).unwrap();
    let (morning, whole) = begun.0.unwrap();
    assert!(whole, "it has nothing older");
    assert_eq!(begun.1, (25..=34).collect::<Vec<_>>());
    let hall = Hall::on_morning(Rules::default(), morning);
    assert_eq!(hall.day(), Some(date(2026, 11, 20)));
    assert_eq!(hall.next_ticket(), TicketId(5));
    assert!(hall.pass("pass-1").is_some_and(|it| !it.used));
    assert_eq!(hall.appointments().count(), 3);
}
