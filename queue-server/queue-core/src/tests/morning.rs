//! Mornings are a lasting format: a record whose older days were moved to
//! an archive begins with one.

use crate::{Hall, Morning, Rules};

/// Lines are only ever added to this file, one whenever a morning gets
/// another field: what was once written is read for ever.
#[test]
fn every_morning_ever_written_is_read_back() {
    let golden = include_str!("../../../../tests/golden/mornings.jsonl");
    let mut last = None;
    for (nth, line) in (1..).zip(golden.lines()) {
        let read: Morning = serde_json::from_str(line).unwrap_or_else(|it| panic!("{nth}: {it}"));
        let hall = Hall::on_morning(Rules::default(), read.clone());
        assert_eq!(hall.morning(), Some(read.clone()), "line {nth} is a hall's morning");
        last = Some((line, read));
    }
    let (line, read) = last.unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), line, "a new field wants a new line");
}
