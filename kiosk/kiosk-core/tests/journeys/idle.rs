//! Nobody touches the screen.

use expect_test::expect;
use jiff::SignedDuration;
use kiosk_core::{Msg, PageView, view};
use queue_api::{Bilingual, BoardNotice};

use crate::demo;
use crate::story::{Kiosk, check};

#[test]
fn after_a_minute_the_kiosk_asks_and_after_half_a_minute_more_it_forgets() {
    check(
        "language\npapers\nmatter food-operation-permit\nwait 59\nshow\nwait 1\nshow\nwait 29\nshow\nwait 1\nshow",
        expect![[r#"
            == 09:42 En
            guide: Food operation permit (new) (Administration for Market Regulation), Papers first, page 1/2
              Result: Food operation permit (valid: Five years)
              Who: Persons, companies and other bodies
              Kind: Permit. Settled within a promised time
              Time: Promised: 5 working days; by law: 10 working days
              Fee: No fee
              Where: area A, windows A01–A02, A04
              Channels: online, by appointment, by post, through an agent
              Basis: 《食品安全法》第三十五条: Permit needed for food sales and catering; none for farm produce or only prepackaged food, the latter is filed
            == 09:42 En — still here? 30 s
            guide: Food operation permit (new) (Administration for Market Regulation), Papers first, page 1/2
              Result: Food operation permit (valid: Five years)
              Who: Persons, companies and other bodies
              Kind: Permit. Settled within a promised time
              Time: Promised: 5 working days; by law: 10 working days
              Fee: No fee
              Where: area A, windows A01–A02, A04
              Channels: online, by appointment, by post, through an agent
              Basis: 《食品安全法》第三十五条: Permit needed for food sales and catering; none for farm produce or only prepackaged food, the latter is filed
            == 09:42 En — still here? 1 s
            guide: Food operation permit (new) (Administration for Market Regulation), Papers first, page 1/2
              Result: Food operation permit (valid: Five years)
              Who: Persons, companies and other bodies
              Kind: Permit. Settled within a promised time
              Time: Promised: 5 working days; by law: 10 working days
              Fee: No fee
              Where: area A, windows A01–A02, A04
              Channels: online, by appointment, by post, through an agent
              Basis: 《食品安全法》第三十五条: Permit needed for food sales and catering; none for farm produce or only prepackaged food, the latter is filed
            == 09:42 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn who_is_still_here_goes_on_where_they_were() {
    check(
        "papers\nmatter food-operation-permit\nquestions\nwait 70\nhere\nshow\nwait 59\nshow",
        expect![[r#"
            == 09:42 Zh
            question 1 of 3: 由谁来办理？
              [ ] 1 本人（本单位人员）办理
              [ ] 2 委托他人代办
            == 09:43 Zh
            question 1 of 3: 由谁来办理？
              [ ] 1 本人（本单位人员）办理
              [ ] 2 委托他人代办
        "#]],
    );
}

#[test]
fn a_number_stays_on_the_screen_until_somebody_was_asked() {
    check(
        "number\nmatter food-operation-permit\ntake number\nissued press-1\nprinted press-1 done
         wait 10\nshow\nwait 60\nshow\nwait 20\nshow",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! print press-1- for ticket 23: ticket A023 Zh
            ! report press-1- as p-press-1-, ticket 23: done
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Out, notice false, reprint true, asked in 50 s
            == 09:42 Zh — still here? 20 s
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Out, notice false, reprint true, asked in 0 s
            == 09:42 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn the_home_page_takes_back_another_language_without_asking() {
    check(
        "language\ncontrast\nwait 89\nshow\nwait 1\nshow",
        expect![[r#"
        == 09:42 En, contrast
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A Business [5] [20–30 min]
          C Household [] [no wait]
          E Real estate [3] []
        == 09:42 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
}

#[test]
fn a_new_catalogue_waits_until_the_visitor_has_left() {
    let mut kiosk = Kiosk::in_the_hall();
    kiosk.hear("number");
    kiosk.hear("matter food-operation-permit");
    let mut newer = demo::catalogue().clone();
    newer.revision = "newer".to_owned();
    newer.matters.retain(|it| it.id == "id-card-renewal");
    kiosk.receive(Msg::CatalogueArrived { catalogue: newer });
    kiosk.hear("questions");
    assert!(matches!(view(&kiosk.state).page, PageView::Question(_)));
    kiosk.hear("home");
    kiosk.hear("number");
    kiosk.hear("matter food-operation-permit");
    assert!(matches!(view(&kiosk.state).page, PageView::Find(_)), "it is not offered any more");
}

#[test]
fn a_kiosk_that_is_shown_out_says_its_code_and_lets_a_visitor_finish() {
    let mut kiosk = Kiosk::in_the_hall();
    let code = |kiosk: &Kiosk| match view(&kiosk.state).page {
        PageView::Joining(it) => Some(it.code),
        _ => None,
    };
    kiosk.hear("asks-in");
    assert_eq!(code(&kiosk).as_deref(), Some(""), "the server is away");
    kiosk.hear("asks-in 481526");
    assert_eq!(code(&kiosk).as_deref(), Some("481 526"));
    kiosk.hear("let-in");
    assert!(matches!(view(&kiosk.state).page, PageView::Home(_)));
    for line in ["number", "matter food-operation-permit", "take number", "issued press-1"] {
        kiosk.hear(line);
    }
    kiosk.hear("asks-in 481526");
    assert!(matches!(view(&kiosk.state).page, PageView::Ticket(_)), "the number stays in sight");
    kiosk.hear("wait 3");
    kiosk.hear("home");
    assert_eq!(code(&kiosk).as_deref(), Some("481 526"));
}

/// The hall's hours and notices, at another place each minute.
#[test]
fn a_closed_halls_screen_goes_dark_and_a_touch_or_the_morning_wakes_it() {
    let mut kiosk = Kiosk::in_the_hall();
    let page = |kiosk: &Kiosk| match view(&kiosk.state).page {
        PageView::Home(_) => None,
        PageView::Night(it) => Some(it),
        other => panic!("{other:?}"),
    };
    kiosk.hear("wait 301");
    assert_eq!(page(&kiosk), None, "the hall is open");
    kiosk.hear("closed");
    let dark = page(&kiosk).unwrap();
    assert!(view(&kiosk.state).contrast);
    assert_eq!((dark.hours.as_str(), dark.notice_zh.as_str()), ("9:00–17:00", ""));
    let mut board = demo::board(false);
    board.notices = vec![BoardNotice {
        id: 1,
        text: Bilingual {
            zh: "元旦放假".to_owned(), en: "Closed on New Year's Day".to_owned()
        },
        zone: None,
        from: board.now,
        until: None,
    }];
    kiosk.receive(Msg::BoardViewArrived { view: board });
    let dark = page(&kiosk).unwrap();
    assert_eq!(dark.notice_zh, "元旦放假");
    assert_eq!(dark.notice_en, "Closed on New Year's Day");
    kiosk.hear("wait 60");
    assert_ne!(page(&kiosk).unwrap().place, dark.place, "no picture stays in the glass");
    kiosk.hear("home");
    assert_eq!(page(&kiosk), None, "somebody is here");
    assert!(!view(&kiosk.state).contrast);
    kiosk.hear("wait 301");
    assert!(page(&kiosk).is_some());
    kiosk.hear("found");
    assert_eq!(page(&kiosk), None, "the day has begun");
}

/// The minute is counted from where the clock is now, not from a time that
/// is to come.
#[test]
fn a_clock_that_is_set_back_keeps_nobodys_page_for_an_hour() {
    let mut kiosk = Kiosk::in_the_hall();
    "papers\nmatter food-operation-permit\nquestions".lines().for_each(|it| kiosk.hear(it));
    kiosk.now -= SignedDuration::from_hours(1);
    kiosk.hear("wait 59");
    assert_eq!(view(&kiosk.state).still_here_s, None);
    kiosk.hear("wait 2");
    assert!(view(&kiosk.state).still_here_s.is_some());
    kiosk.hear("wait 31");
    assert!(matches!(view(&kiosk.state).page, PageView::Home(_)));
}

/// A step that is far longer than the time between two ticks is the
/// clock's; the visitor has their minute all the same, not more and not
/// less.
#[test]
fn a_clock_that_is_set_ahead_throws_nobody_out_and_keeps_nobodys_page() {
    let mut kiosk = Kiosk::in_the_hall();
    "papers\nmatter food-operation-permit\nquestions".lines().for_each(|it| kiosk.hear(it));
    kiosk.hear("wait 30");
    kiosk.now += SignedDuration::from_mins(3);
    kiosk.hear("wait 29");
    assert!(matches!(view(&kiosk.state).page, PageView::Question(_)));
    assert_eq!(view(&kiosk.state).still_here_s, None);
    kiosk.hear("wait 2");
    assert!(view(&kiosk.state).still_here_s.is_some());
    kiosk.now += SignedDuration::from_hours(1);
    kiosk.hear("wait 28");
    assert!(matches!(view(&kiosk.state).page, PageView::Question(_)));
    kiosk.hear("wait 3");
    assert!(matches!(view(&kiosk.state).page, PageView::Home(_)));
}

/// Two seconds without an answer are two seconds of waiting.
#[test]
fn a_clock_that_is_set_ahead_gives_no_server_up() {
    let mut kiosk = Kiosk::in_the_hall();
    "leased 23\nnumber\nmatter food-operation-permit\ntake number"
        .lines()
        .for_each(|it| kiosk.hear(it));
    let _ = kiosk.take_told();
    kiosk.now += SignedDuration::from_mins(3);
    kiosk.hear("wait 1");
    assert_eq!(kiosk.take_told(), "", "the server is still asked");
    kiosk.hear("issued press-1");
    assert!(matches!(view(&kiosk.state).page, PageView::Ticket(_)));
}
