//! Halls that ask for an identity card before they give a number.

use expect_test::{Expect, expect};
use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use kiosk_core::{Effect, Msg};
use queue_api::{HallProfile, IdentityProfile};

use crate::demo;
use crate::story::Kiosk;

/// To the press for a number.
const TAKE: &str = "number\nmatter food-operation-permit\ntake number\n";

/// A kiosk with a reader in a hall that asks, and the key of the day.
fn asking(required: bool) -> Kiosk {
    let mut kiosk = without_key(required);
    kiosk.receive(Msg::IdentityKeyArrived { day: date(2026, 11, 23) });
    kiosk
}

fn without_key(required: bool) -> Kiosk {
    let mut kiosk = Kiosk::in_the_hall();
    kiosk.receive(Msg::CardReaderKnown);
    let identity = Some(IdentityProfile { required });
    let hall = HallProfile { identity, ..demo::hall() };
    let effects =
        kiosk.receive(Msg::HallArrived { hall, zone: TimeZone::fixed(Offset::constant(8)) });
    assert!(effects.contains(&Effect::FetchIdentityKey), "{effects:?}");
    kiosk
}

fn told(kiosk: &mut Kiosk, story: &str) -> String {
    for line in story.lines().map(str::trim).filter(|it| !it.is_empty()) {
        kiosk.hear(line);
    }
    kiosk.take_told()
}

#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes values")]
fn check(required: bool, story: &str, expected: Expect) {
    expected.assert_eq(&told(&mut asking(required), story));
}

#[test]
fn a_card_is_shown_and_its_hash_goes_with_the_request() {
    check(
        false,
        &format!(
            "{TAKE}show\ncard press-1 seen\nshow\ncard press-1 read\nissued press-1\nprinted press-1 done"
        ),
        expect![[r#"
            ! read a card for press-1-
            == 09:41 Zh
            your card please: Waits, may go on without
            == 09:41 Zh
            your card please: Seen, may go on without
            ! ask press-1-: food-operation-permit, no answers, of a holder
            ! let the card go
            ! print press-1- for ticket 23: ticket A023 Zh
            ! report press-1- as p-press-1-, ticket 23: done
        "#]],
    );
}

#[test]
fn whoever_shows_no_card_has_a_number_all_the_same() {
    check(
        false,
        &format!("{TAKE}without-card\nissued press-1"),
        expect![[r#"
        ! read a card for press-1-
        ! ask press-1-: food-operation-permit, no answers
        ! let the card go
        ! print press-1- for ticket 23: ticket A023 Zh
    "#]],
    );
}

#[test]
fn where_a_card_is_required_there_is_no_way_round_it() {
    check(
        true,
        &format!("{TAKE}without-card\nshow\nhome"),
        expect![[r#"
        ! read a card for press-1-
        == 09:41 Zh
        your card please: Waits
        ! let the card go
    "#]],
    );
}

#[test]
fn whatever_is_wrong_with_a_card_is_told_and_what_to_do() {
    check(
        false,
        &format!(
            "{TAKE}wait 21\nshow\ncard press-1 unreadable\nshow\ncard press-1 seen\nshow\ncard press-1 away\nshow\ncard press-1 waits\nshow\nback\nshow\ncard press-1 read"
        ),
        expect![[r#"
            ! read a card for press-1-
            == 09:41 Zh
            your card please: WaitsLong, may go on without
            == 09:41 Zh
            your card please: Unreadable, may go on without
            == 09:41 Zh
            your card please: Seen, may go on without
            == 09:41 Zh
            your card please: Away, may go on without
            == 09:41 Zh
            your card please: Waits, may go on without
            ! let the card go
            == 09:41 Zh
            guide: 食品经营许可（新办） (市场监督管理局), Number first
              Result: 食品经营许可证（有效期：五年）
              Who: 个人、企业和其他组织
              Kind: 行政许可，承诺件
              Time: 承诺 5 个工作日，法定最长 10 个工作日
              Fee: 不收费
              Where: 等候区 A，窗口 A01–A02、A04
              Channels: 网上办、预约办、邮寄办、可以代办
              Basis: 《食品安全法》第三十五条：食品销售、餐饮服务应当取得许可；食用农产品和仅销售预包装食品不需要许可，后者要备案
              Basis: 《食品经营许可和备案管理办法（总局令第78号）》申请、受理、审查各章：2023年12月1日起施行；自受理之日起10个工作日内决定
        "#]],
    );
}

#[test]
fn nobody_is_asked_where_there_is_no_reader_unless_there_must_be_a_card() {
    let mut kiosk = without_key(false);
    expect![[r#"
        ! ask press-1-: food-operation-permit, no answers
    "#]]
    .assert_eq(&told(&mut kiosk, TAKE));
    let mut kiosk = without_key(true);
    expect![[r#"
        == 09:41 Zh
        your card please: Away
    "#]]
    .assert_eq(&told(&mut kiosk, &format!("{TAKE}show")));
    // A hall that asks for none, at a kiosk with a reader.
    let mut kiosk = Kiosk::in_the_hall();
    kiosk.receive(Msg::CardReaderKnown);
    expect![[r#"
        ! ask press-1-: food-operation-permit, no answers
    "#]]
    .assert_eq(&told(&mut kiosk, TAKE));
}

#[test]
fn whoever_has_a_number_for_it_is_told_which() {
    check(
        false,
        &format!(
            "{TAKE}card press-1 read\nnot-checked-in press-1 has_ticket\nshow\nlanguage\nshow"
        ),
        expect![[r#"
            ! read a card for press-1-
            ! ask press-1-: food-operation-permit, no answers, of a holder
            ! let the card go
            == 09:41 Zh
            refused: 您办这件事已经有号：A007
            == 09:41 En
            refused: You have a number for this: A007
        "#]],
    );
}

#[test]
fn without_the_server_the_hash_goes_with_the_number_that_the_kiosk_gives() {
    check(
        false,
        &format!("leased 23\n{TAKE}card press-1 read\nwait 3\nkept press-1"),
        expect![[r#"
            ! read a card for press-1-
            ! ask press-1-: food-operation-permit, no answers, of a holder
            ! let the card go
            ! keep A501 of lease-23 for press-1- of a holder; left A 2, C 3, E 3
            ! print press-1- for the number of press-1-: ticket A501 Zh, offline
            ! tell the numbers given
        "#]],
    );
}

#[test]
fn a_card_page_that_nobody_touches_goes_home_and_lets_the_card_go() {
    check(
        false,
        &format!("{TAKE}wait 91\nshow"),
        expect![[r#"
        ! read a card for press-1-
        ! let the card go
        == 09:42 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
}

#[test]
fn a_number_that_came_meanwhile_is_not_asked_for_again() {
    check(
        false,
        &format!("{TAKE}card press-1 read\nwait 9\nback\ntake number\nshow"),
        expect![[r#"
            ! read a card for press-1-
            ! ask press-1-: food-operation-permit, no answers, of a holder
            ! let the card go
            ! ask press-1-: food-operation-permit, no answers, of a holder
            == 09:41 Zh
            guide: 食品经营许可（新办） (市场监督管理局), Number first, asking
              Result: 食品经营许可证（有效期：五年）
              Who: 个人、企业和其他组织
              Kind: 行政许可，承诺件
              Time: 承诺 5 个工作日，法定最长 10 个工作日
              Fee: 不收费
              Where: 等候区 A，窗口 A01–A02、A04
              Channels: 网上办、预约办、邮寄办、可以代办
              Basis: 《食品安全法》第三十五条：食品销售、餐饮服务应当取得许可；食用农产品和仅销售预包装食品不需要许可，后者要备案
              Basis: 《食品经营许可和备案管理办法（总局令第78号）》申请、受理、审查各章：2023年12月1日起施行；自受理之日起10个工作日内决定
        "#]],
    );
}

#[test]
fn the_key_goes_with_its_day() {
    let mut kiosk = asking(false);
    kiosk.at_midnight();
    expect![[r#"
        ! forget the key of the day
        ! ask press-1-: food-operation-permit, no answers
    "#]]
    .assert_eq(&told(&mut kiosk, &format!("wait 1\n{TAKE}")));
}
