//! What `check` says of the demo hall, sound and broken.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};

use crate::check::check;
use crate::profile;
use crate::scratch::Scratch;

fn demo() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/halls/demo"))
}

/// What `check` writes and says, without the folder's name.
fn said(dir: &Path) -> (bool, String) {
    let mut out = Vec::new();
    let sound = check(dir, &mut out);
    let prefix = format!("{}/", dir.display());
    (sound, String::from_utf8(out).unwrap().replace(&prefix, ""))
}

/// A copy of the demo hall with other words in it (`file`, `old`,
/// `new`).
fn changed(name: &str, changes: &[(&str, &str, &str)]) -> Scratch {
    let copy = Scratch::new(name);
    for folder in ["", "matters", "calendar"] {
        fs::create_dir_all(copy.path().join(folder)).unwrap();
        for entry in fs::read_dir(demo().join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                fs::copy(entry.path(), copy.path().join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
    for &(file, old, new) in changes {
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "`{old}` is not in {file}");
        fs::write(&path, text.replacen(old, new, 1)).unwrap();
    }
    copy
}

#[track_caller]
fn check_broken(name: &str, changes: &[(&str, &str, &str)], expected: &Expect) {
    let hall = changed(name, changes);
    let (sound, seen) = said(hall.path());
    assert!(!sound);
    expected.assert_eq(&seen);
}

#[test]
fn the_demo_hall_is_without_fault() {
    let (sound, seen) = said(demo());
    expect![[r#"
        30 matters, 12 lanes, 8 windows, 12 staff, 1179 combinations of answers: no fault
    "#]]
    .assert_eq(&seen);
    assert!(sound);
}

#[test]
fn every_fault_of_every_file_is_told_in_one_run() {
    check_broken(
        "many",
        &[
            ("hall.toml", "Asia/Shanghai", "Asia/Changzhou"),
            ("hall.toml", "last_ticket = \"16:45\"", "last_ticket = \"18:45\""),
            ("hall.toml", "waive_shared = true", "waive_shared = \"yes\""),
            ("hall.toml", "most_used = [", "most_used = [\n  \"gone\","),
            ("hall.toml", "zh = \"公安户政\"", "zh = \"公安户籍管理处\", py = \"gahz\""),
            ("hall.toml", "zone = \"A\"\nlast", "zone = \"C\"\nlast"),
            ("hall.toml", "label = \"A02\"", "label = \"A01\""),
            ("hall.toml", "lanes = [\"E\"]", "lanes = [\"Z\"]"),
            ("staff.toml", "id = \"1002\"", "id = \"1001\""),
            ("staff.toml", "window = 3", "window = 33"),
            ("staff.toml", "role = \"desk\"", "role = \"boss\""),
            ("staff.toml", "id = \"4001\"", "id = \"4001\"\nname = \"Wang\""),
            ("staff.toml", "$argon2id$", "$argon2i$"),
            ("calendar/2026.toml", "{ date = 2026-01-04,", "{ date = 2026-01-05,"),
            ("matters/senior-card.toml", "lane = \"H\"", "lane = \"Q\""),
            ("matters/senior-card.toml", "category = \"", "category = \"x"),
            ("matters/food-operation-permit.toml", "=prepackaged\"", "=packaged\""),
            ("matters/food-operation-permit.toml", "visits = 1", "visits = 1 1"),
        ],
        &expect![[r#"
            calendar/2026.toml:44: `2026-01-05` is worked anyway
            hall.toml:9: there is no time zone `Asia/Changzhou`
            hall.toml:26: the hall is not open at 18:45
            hall.toml:40: invalid type: string "yes", expected a boolean
            hall.toml:43: at most 10 matters fit
            hall.toml:44: there is no matter `gone`
            hall.toml:145: name of 7 characters, at most 6 fit in a row
            hall.toml:145: unknown field `py`, expected `zh` or `en`
            hall.toml:153: no window serves lane `E`
            hall.toml:156: the hall has no zone `C`
            hall.toml:210: label `A01` is in line 202 too
            hall.toml:231: the hall has no lane `Z`
            hall.toml:340: the hall has no window `A02`
            matters/food-operation-permit.toml:25: invalid type: string "1 1", expected u32
            matters/food-operation-permit.toml:25: string values must be quoted, expected literal string
            matters/food-operation-permit.toml:111: question `scope` has no option `packaged`
            matters/senior-card.toml:18: unknown variant `xpublic`, expected one of `permit`, `confirm`, `benefit`, `public`, `other`
            matters/senior-card.toml:22: the hall has no lane `Q`
            staff.toml:12: not a PHC string of argon2id, as `$argon2id$v=19$…`
            staff.toml:15: staff number `1001` is in line 9 too
            staff.toml:23: the hall has no window 33
            staff.toml:58: unknown variant `boss`, expected one of `clerk`, `desk`, `manager`, `supervisor`, `admin`
            staff.toml:68: unknown field `name`, expected one of `id`, `role`, `window`, `pin_hash`
            23 fault(s)
        "#]],
    );
}

#[test]
fn words_that_no_printer_can_print_are_told_by_file_and_line() {
    check_broken(
        "emoji",
        &[
            ("hall.toml", "zh = \"企业等候区\"", "zh = \"企业😀等候区👍\""),
            ("matters/senior-card.toml", "zh = \"老年证\"", "zh = \"老年证🎉\""),
            ("matters/senior-card.toml", "en = \"Apply\"", "en = \"Apply ☎️ \u{0645}\""),
            ("matters/senior-card.toml", "\"公交\"", "\"公交\\u0007\""),
        ],
        &expect![[r#"
            hall.toml:63: no printer can print 😀 U+1F600, 👍 U+1F44D
            matters/senior-card.toml:7: no printer can print 🎉 U+1F389
            matters/senior-card.toml:10: no printer can print U+0007
            matters/senior-card.toml:51: no printer can print م U+0645
            4 fault(s)
        "#]],
    );
}

#[test]
fn rare_hanzi_and_signs_that_are_drawn_with_dots_are_no_fault() {
    let hall = changed(
        "rare",
        &[
            ("hall.toml", "zh = \"示范区政务服务中心\"", "zh = \"㛃䶮𠮷堃区政务服务中心\""),
            ("hall.toml", "en = \"Demo District", "en = \"Dvořák District ¥ € ㎡ “①”"),
        ],
    );
    let (sound, seen) = said(hall.path());
    assert!(sound, "{seen}");
}

#[test]
fn words_for_a_department_that_nobody_names_are_a_fault() {
    check_broken(
        "taxi",
        &[("hall.toml", "[contacts.tax]", "[contacts.taxi]")],
        &expect![[r#"
            hall.toml:306: no matter is of a department `taxi`
            1 fault(s)
        "#]],
    );
}

#[test]
fn files_that_cannot_be_read_are_faults() {
    let hall = changed("gone", &[]);
    fs::remove_file(hall.path().join("staff.toml")).unwrap();
    fs::remove_dir_all(hall.path().join("calendar")).unwrap();
    fs::write(hall.path().join("matters/senior-card.toml"), b"schema = 1\nid = \"\xff\"\n")
        .unwrap();
    let (sound, seen) = said(hall.path());
    assert!(!sound);
    expect![[r#"
        calendar:1: cannot be read: No such file or directory (os error 2)
        matters/senior-card.toml:2: is not UTF-8
        staff.toml:1: cannot be read: No such file or directory (os error 2)
        3 fault(s)
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_folder_without_a_hall_says_so() {
    let nothing = Scratch::new("nothing");
    let (sound, seen) = said(nothing.path());
    assert!(!sound);
    expect![[r#"
        calendar:1: cannot be read: No such file or directory (os error 2)
        hall.toml:1: cannot be read: No such file or directory (os error 2)
        matters:1: cannot be read: No such file or directory (os error 2)
        staff.toml:1: cannot be read: No such file or directory (os error 2)
        4 fault(s)
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_broken_profile_does_not_make_faults_in_sound_files() {
    check_broken(
        "profile",
        &[
            ("hall.toml", "general = true", "general = 1"),
            ("hall.toml", "id = \"C\"", "id = \"c\""),
            ("hall.toml", "phone = \"000-80001000\"\n", ""),
        ],
        &expect![[r#"
            hall.toml:1: missing field `phone`
            hall.toml:142: a lane is one to four capital letters
            hall.toml:203: invalid type: integer `1`, expected a boolean
            hall.toml:337: the hall has no window `A01`
            4 fault(s)
        "#]],
    );
}

#[test]
fn an_address_that_phones_must_not_open_and_a_pin_that_stalls_the_server() {
    check_broken(
        "check-dangers",
        &[
            ("hall.toml", r#"public_url = """#, r#"public_url = "javascript:alert(1)""#),
            ("staff.toml", "m=19456,t=2", "m=4194304,t=2"),
        ],
        &expect![[r#"
            hall.toml:36: `javascript:alert(1)` is no address of pages
            staff.toml:12: the hash takes 4194304 KiB and 2 passes; more than 65536 and 8 would stall the server
            2 fault(s)
        "#]],
    );
}

#[test]
fn a_queue_that_nobody_would_choose() {
    check_broken(
        "check-queue",
        &[
            ("hall.toml", "ordinary = 100", "ordinary = 0"),
            ("hall.toml", "cap_minutes = 60", "cap_minutes = 30000"),
            ("hall.toml", r#"discipline = "accumulating""#, r#"discipline = "lottery""#),
            ("hall.toml", r#"helps = ["B"]"#, r#"helps = ["A", "Z"]"#),
            (
                "hall.toml",
                r#"last_ticket = "16:30""#,
                "last_ticket = \"at noon\"\nquota = 0\nopening = [{ from = \"12:00\", to = \"09:00\" }]",
            ),
        ],
        &expect![[r#"
            hall.toml:75: unknown variant `lottery`, expected one of `accumulating`, `strict`, `alternating`
            hall.toml:77: 0 is not between 1 and 10000
            hall.toml:80: 30000 is not between 0 and 1440
            hall.toml:156: `at noon` is neither `when_full` nor a time of day such as `16:45`
            hall.toml:157: a quota of no numbers closes the lane; leave the lane out
            hall.toml:158: the hall closes before it opens
            hall.toml:216: lane `A` is its own
            hall.toml:216: the hall has no lane `Z`
            8 fault(s)
        "#]],
    );
}

#[test]
fn appointments_that_cannot_be_kept_are_faults() {
    check_broken(
        "appointments",
        &[
            ("hall.toml", "\"appointment\", \"priority\"", "\"priority\""),
            ("hall.toml", "share_percent = 50", "share_percent = 150"),
            ("hall.toml", "missed_minutes = 30", "missed_minutes = 10"),
            ("hall.toml", "days_ahead_max = 5", "days_ahead_max = 0"),
            ("hall.toml", "cancel_minutes = 120", "cancel_hours = 2"),
        ],
        &expect![[r#"
            hall.toml:108: the hall has no class `appointment`
            hall.toml:113: 150 is not between 1 and 100
            hall.toml:118: an appointment is missed before it is late
            hall.toml:121: no day can be booked
            hall.toml:123: unknown field `cancel_hours`, expected one of `slot_minutes`, `share_percent`, `early_minutes`, `on_time_minutes`, `missed_minutes`, `days_ahead_min`, `days_ahead_max`, `cancel_minutes`
            5 fault(s)
        "#]],
    );
}

#[test]
fn a_record_that_would_be_too_short() {
    check_broken(
        "check-record",
        &[("hall.toml", "# keep_days = 365", "keep_days = 30")],
        &expect![[r#"
            hall.toml:351: 30 is not between 62 and 36525
            1 fault(s)
        "#]],
    );
    let hall = changed("check-kept", &[("hall.toml", "# keep_days = 365", "keep_days = 62")]);
    assert_eq!(profile::load(hall.path()).unwrap().keep_days, Some(62));
    assert_eq!(profile::load(demo()).unwrap().keep_days, None, "the demo keeps everything");
}

#[test]
fn a_card_that_is_not_asked_for_is_not_required() {
    check_broken(
        "identity",
        &[("hall.toml", "# required = false", "required = true")],
        &expect![[r#"
            hall.toml:359: a card that is not asked for cannot be required
            1 fault(s)
        "#]],
    );
    let asks = [("hall.toml", "# ask = true\n# required = false", "ask = true\nrequired = true")];
    let files = profile::load(changed("check-identity", &asks).path()).unwrap();
    assert!(files.rules.one_live_ticket && files.profile.identity.is_some_and(|it| it.required));
    let demo = profile::load(demo()).unwrap();
    assert!(!demo.rules.one_live_ticket && demo.profile.identity.is_none(), "off by default");
}

#[test]
fn a_plan_has_every_window_once_and_within_it() {
    check_broken(
        "plan",
        &[
            ("hall.toml", "height = 14", "height = 100"),
            ("hall.toml", "entrance = [10, 12, 4, 2]", "entrance = [22, 12, 4, 2]"),
            ("hall.toml", "[5, 12, 3, 2]", "[5, 12, 0, 2]"),
            ("hall.toml", "B = [13, 3, 10, 5]", "Q = [13, 3, 10, 5]"),
            ("hall.toml", "A02 = [3, 0, 3, 2]", "A02 = [2, 0, 3, 2]"),
            ("hall.toml", "B04 = [21, 0, 3, 2]", "B05 = [21, 0, 3, 2]"),
        ],
        &expect![[r#"
            hall.toml:328: 100 is not between 4 and 60
            hall.toml:329: is not within 24 by 100 cells
            hall.toml:331: is not within 24 by 100 cells
            hall.toml:335: the hall has no zone `Q`
            hall.toml:337: window `B04` is not on the plan
            hall.toml:339: windows `A01` and `A02` overlap
            hall.toml:345: the hall has no window `B05`
            7 fault(s)
        "#]],
    );
}
