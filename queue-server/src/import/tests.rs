//! What a file of appointments says, and what is wrong with it.

use std::path::Path;

use expect_test::{Expect, expect};

use super::*;
use crate::profile;

#[expect(clippy::needless_pass_by_value, reason = "expect! makes a value")]
fn check(text: &[u8], expected: Expect) {
    let demo = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/halls/demo"));
    let files = profile::load(demo).unwrap();
    let (lines, faults) = read(&files, text, || "00000000".parse().unwrap());
    let mut seen: Vec<String> = lines
        .into_iter()
        .map(|BookingLine { line, booking: it }| {
            let (day, time, lane, code) = (it.day, it.time, it.lane, it.code);
            format!("{line} {:?} {day} {time} {lane} {:?} {code}", it.reference, it.matter)
        })
        .collect();
    seen.extend(faults.into_iter().map(|(line, fault)| format!("{line}: {fault}")));
    expected.assert_eq(&seen.join("\n"));
}

#[test]
fn columns_come_in_any_order_and_some_may_be_missing() {
    let text = "\u{feff}day,time,reference,matter,lane\r\n2026-11-24, 09:30 ,P-1,id-card-renewal,\r\n2026-11-24,10:00,P-2,,A\r\n";
    check(
        text.as_bytes(),
        expect![[r#"
        2 Some("P-1") 2026-11-24 09:30:00 C Some("id-card-renewal") 00000000
        3 Some("P-2") 2026-11-24 10:00:00 A None 00000000"#]],
    );
    check(
        b"reference,day,time,lane,code\nP-1,2026-11-24,09:30,A,123456789\n",
        expect![[r#"2 Some("P-1") 2026-11-24 09:30:00 A None 123456789"#]],
    );
}

#[test]
fn every_fault_is_told_by_its_line() {
    let text = "reference,day,time,lane,matter,code\nP-1,24.11.2026,09:30,A,,\nP-2,2026-11-24,9.30,A,,\nP-3,2026-11-24,09:30,a,,\nP-4,2026-11-24,09:30,A,id-card-renewal,\nP-5,2026-11-24,09:30,,gone,\nP-6,2026-11-24,09:30,,,\nP-7,2026-11-24,09:30,A,,1234\nP-8,2026-11-24,09:30,A,,\nP-8,2026-11-24,10:00,A,,\n13912345678,2026-11-24,10:00,A,,\n11010519491231002X,2026-11-24,10:00,A,,\nP-9,2026-11-24\n";
    check(
        text.as_bytes(),
        expect![[r#"
        9 Some("P-8") 2026-11-24 09:30:00 A None 00000000
        2: `24.11.2026` is not a day as 2026-11-24
        3: `9.30` is not a time of day as 09:30
        4: a lane is one to four capital letters
        5: the matter is not done in that lane
        6: there is no such matter
        7: neither a lane nor a matter is named
        8: an appointment's code is 8 to 16 digits
        10: `P-8` is in line 9 too
        11: the reference looks like a person's number
        12: the reference looks like a person's number
        13: 2 fields, there are 6 columns"#]],
    );
    check(
        "reference,day,time,lane,姓名\nP-1,2026-11-24,09:30,A,王\n".as_bytes(),
        expect![
            "2: unknown field `姓名`, expected one of `reference`, `day`, `time`, `lane`, `matter`, `code`"
        ],
    );
    check(b"reference,day,time,lane\nP-1\xff,2026-11-24,09:30,A\n", expect!["2: not in UTF-8"]);
}
