//! Numbers that the kiosk gives while the server cannot be reached.

use expect_test::expect;

use crate::story::check;

/// On a matter's guide, with numbers of today.
const READY: &str = "leased 23\nnumber\nmatter food-operation-permit\n";

#[test]
fn after_two_seconds_without_an_answer_there_is_a_number() {
    check(
        &format!("{READY}take number\nwait 2\nshow\nkept press-1\nprinted press-1 done\nshow"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! keep A501 of lease-23 for press-1-; left A 2, C 3, E 3
            == 09:41 Zh
            Busy(BusyPage { want: Number })
            ! print press-1- for the number of press-1-: ticket A501 Zh, offline
            ! tell the numbers given
            == 09:41 Zh
            number A501 for 食品经营许可（新办）　市场监督管理局
              how long is not known, 等候区 A windows A01–A02、A04
              paper Out, notice false, reprint true, asked in 60 s
        "#]],
    );
}

#[test]
fn an_answer_that_comes_after_all_is_nobodys() {
    check(
        &format!(
            "{READY}take number\nwait 2\nkept press-1\nissued press-1\nunreachable press-1\nprinted press-1 done\nshow"
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! keep A501 of lease-23 for press-1-; left A 2, C 3, E 3
            ! print press-1- for the number of press-1-: ticket A501 Zh, offline
            ! tell the numbers given
            == 09:41 Zh
            number A501 for 食品经营许可（新办）　市场监督管理局
              how long is not known, 等候区 A windows A01–A02、A04
              paper Out, notice false, reprint true, asked in 60 s
        "#]],
    );
}

#[test]
fn a_number_that_was_not_kept_is_not_shown() {
    check(
        &format!(
            "{READY}take number\nwait 2\nnot-kept press-1\nshow\ntry-again\nwait 2\nkept press-1"
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! keep A501 of lease-23 for press-1-; left A 2, C 3, E 3
            == 09:41 Zh
            Away(AwayPage { want: Number })
            ! ask press-1-: food-operation-permit, no answers
            ! keep A502 of lease-23 for press-1-; left A 1, C 3, E 3
            ! print press-1- for the number of press-1-: ticket A502 Zh, offline
            ! tell the numbers given
        "#]],
    );
}

#[test]
fn a_lease_of_another_day_or_another_hour_gives_nothing() {
    check(
        "leased 22\nnumber\nmatter food-operation-permit\nlost\ntake number\nwait 3\nshow",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            == 09:41 Zh
            Away(AwayPage { want: Number })
        "#]],
    );
}

#[test]
fn the_first_page_says_that_numbers_are_given_all_the_same() {
    check(
        "leased 23\nlost\nshow\nleased 24\nshow",
        expect![[r#"
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected false, numbers true of its own, printer None
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected false, numbers true, printer None
    "#]],
    );
}

#[test]
fn yesterdays_numbers_never_come_back() {
    check(
        "leased 23\nleased 22\nleased 24\nleased 23\nnumber\nmatter food-operation-permit\nlost\ntake number\nwait 3\nshow",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            == 09:41 Zh
            Away(AwayPage { want: Number })
        "#]],
    );
}

#[test]
fn a_number_used_up_is_the_last() {
    let visit = "number\nmatter food-operation-permit\ntake number\nwait 2\n";
    check(
        &format!(
            "leased 23\nlost\n{visit}kept press-1\nwait 2\nhome\n{visit}kept press-2\nwait 2\nhome\n{visit}kept press-3\n\
             wait 2\nhome\n{visit}wait 2\nshow"
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! keep A501 of lease-23 for press-1-; left A 2, C 3, E 3
            ! print press-1- for the number of press-1-: ticket A501 Zh, offline
            ! ask press-2-: food-operation-permit, no answers
            ! keep A502 of lease-23 for press-2-; left A 1, C 3, E 3
            ! print press-2- for the number of press-2-: ticket A502 Zh, offline
            ! ask press-3-: food-operation-permit, no answers
            ! keep A503 of lease-23 for press-3-; left A 0, C 3, E 3
            ! print press-3- for the number of press-3-: ticket A503 Zh, offline
            ! ask press-4-: food-operation-permit, no answers
            == 09:41 Zh
            Away(AwayPage { want: Number })
        "#]],
    );
}

#[test]
fn once_the_server_knows_the_number_it_is_told_of_the_paper() {
    check(
        &format!(
            "{READY}lost\ntake number\nwait 2\nkept press-1\nfound\ntaken-in press-1\nprinted press-1 done\nreprint\nprinted press-2 unknown"
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! keep A501 of lease-23 for press-1-; left A 2, C 3, E 3
            ! print press-1- for the number of press-1-: ticket A501 Zh, offline
            ! fetch the hall
            ! tell the numbers given
            ! report the printer: Some(Ready)
            ! report press-1- as p-press-1-, ticket 23: done
            ! print press-2- for ticket 23: ticket A501 Zh, offline, again
            ! report press-2- as p-press-2-, ticket 23: unknown
        "#]],
    );
}

#[test]
fn numbers_are_asked_for_when_there_are_few_and_not_all_the_time() {
    check(
        "found\nwait 59\nfound\nwait 2\nfound\nleased 23\nwait 61\nfound",
        expect![[r#"
        ! ask for numbers of all
        ! ask for numbers of A C E
    "#]],
    );
}
