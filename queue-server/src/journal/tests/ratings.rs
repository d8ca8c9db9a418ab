//! A rating counts on the day of its service, whenever it comes.

use super::*;

fn rated(seq: u64, level: u8) -> Row {
    row(
        seq,
        Event::ServiceRated(Rating {
            ticket: TicketId(2),
            service: 1,
            day: date(2026, 11, 23),
            window: WindowId(1),
            matter: None,
            level: level.try_into().unwrap(),
            reasons: [].into(),
        }),
    )
}

/// One served visitor, a day later, and what they thought.
fn lived(name: &str) -> Scratch {
    let dir = Scratch::new(name);
    let (ticket, window) = (TicketId(2), WindowId(1));
    let reason = CallReason::LongestWaiting;
    let mut journal = Journal::open(dir.path(), &mut |_| {}).unwrap();
    journal.append(0, &[day(1), issued(2, 1)]).unwrap();
    let served = [
        row(3, Event::TicketCalled { ticket, window, reason, helping: false }),
        row(4, Event::TicketArrived { ticket, window }),
        row(5, Event::TicketFinished { ticket, window, outcome: Outcome::DoneNow }),
        row(6, Event::DayOpened { day: date(2026, 11, 24) }),
        rated(7, 4),
    ];
    journal.append(2, &served).unwrap();
    dir
}

/// Facet, key, level and count, of the first day.
fn stored(dir: &Scratch) -> Vec<(String, String, u8, u64)> {
    let connection = Connection::open(dir.path().join("hall.db")).unwrap();
    let sql = "SELECT facet, key, level, count FROM ratings WHERE day = '2026-11-23'
        AND facet <> 'slot' ORDER BY facet";
    let mut select = connection.prepare(sql).unwrap();
    let rows = select
        .query_map([], |it| Ok((it.get(0)?, it.get(1)?, it.get(2)?, it.get(3)?)))
        .unwrap()
        .collect::<rusqlite::Result<_>>();
    rows.unwrap()
}

#[test]
fn a_rating_of_the_next_day_counts_where_the_visit_does() {
    let dir = lived("journal-rated");
    let expected = [
        ("all", ""),
        ("class", "ordinary"),
        ("lane", "A"),
        ("matter", "id-card-renewal"),
        ("window", "1"),
    ];
    let expected = expected.map(|(facet, key)| (facet.to_owned(), key.to_owned(), 4, 1));
    assert_eq!(stored(&dir), expected);
    Journal::inspect(&dir.path().join("hall.db"), &mut |_| {}).unwrap();
}

#[test]
fn ratings_that_differ_are_noticed_and_made_anew() {
    for harm in [
        "UPDATE ratings SET level = 5 WHERE facet = 'lane'",
        "UPDATE ratings SET count = 2",
        "DELETE FROM ratings WHERE facet = 'all'",
        "INSERT INTO ratings VALUES ('lane', '2026-11-24', 'B', 1, 1)",
    ] {
        let dir = lived("journal-rated-harm");
        let path = dir.path().join("hall.db");
        let before = stored(&dir);
        Connection::open(&path).unwrap().execute(harm, []).unwrap();
        let said = Journal::inspect(&path, &mut |_| {}).unwrap_err().to_string();
        assert!(said.ends_with("the ratings since 2026-11-23 are not as the events say"), "{said}");
        suspect(&path, "figures").unwrap();
        read_all(dir.path()).unwrap();
        assert_eq!(stored(&dir), before, "{harm}");
        Journal::inspect(&path, &mut |_| {}).unwrap();
    }
}
