//! Large text, low reach, and a keyboard for the whole way.

use expect_test::expect;
use kiosk_core::{Effect, Msg, PageView, view};
use slip::Slip;

use crate::demo;
use crate::story::{Kiosk, check};

/// What large text leaves for another page comes before 不清楚, and the way
/// back leads through it.
#[test]
fn large_text_asks_fewer_options_at_a_time() {
    check(
        "large\npapers\nmatter food-operation-permit\nquestions\ntype 1\nshow\nnext\nshow\nback\nback\nshow",
        expect![[r#"
            == 09:41 Zh, large
            question 2 of 3: 主要经营什么？
              so far: 本人（本单位人员）办理
              [ ] 1 只销售预包装食品
              [ ] 2 只销售食用农产品
              [ ] 3 食品销售（含散装、熟食）
            == 09:41 Zh, large
            question 2 of 3: 主要经营什么？
              so far: 本人（本单位人员）办理
              [ ] 4 餐饮服务（饭店、奶茶店等）
              [ ] 5 单位食堂
            == 09:41 Zh, large
            question 1 of 3: 由谁来办理？
              [ ] 1 本人（本单位人员）办理
              [ ] 2 委托他人代办
        "#]],
    );
}

#[test]
fn the_most_used_are_cut_into_pages_where_there_is_less_room() {
    for (modes, shown) in [("", 10), ("large", 4), ("low", 6), ("large\nlow", 2)] {
        let mut kiosk = Kiosk::in_the_hall();
        modes.lines().for_each(|mode| kiosk.hear(mode));
        kiosk.hear("number");
        let PageView::Find(page) = view(&kiosk.state).page else { panic!("not there") };
        assert_eq!(page.most_used.len().min(shown), page.most_used.len(), "{modes}");
        let mut seen = page.most_used.len();
        for _ in 1..page.pager.pages {
            kiosk.hear("next");
            let PageView::Find(page) = view(&kiosk.state).page else { panic!("not there") };
            seen += page.most_used.len();
        }
        assert_eq!(seen, demo::hall().most_used.len().min(10), "every one can be reached");
    }
}

#[test]
fn a_landscape_lies_within_reach_as_it_is() {
    let departments = |modes: &str| {
        let mut kiosk = Kiosk::in_the_hall();
        modes.lines().for_each(|mode| kiosk.hear(mode));
        kiosk.hear("number");
        kiosk.hear("shelves");
        kiosk.hear("shelf department");
        let PageView::Shelf(page) = view(&kiosk.state).page else { panic!("not there") };
        (page.topics.len(), page.pager.pages)
    };
    assert_eq!(departments("landscape\nlow"), departments("landscape"));
}

#[test]
fn the_modes_stay_while_the_visitor_does_and_go_with_them() {
    let modes = |kiosk: &Kiosk| {
        let view = view(&kiosk.state);
        (view.large, view.low)
    };
    let mut kiosk = Kiosk::in_the_hall();
    for line in ["large", "low", "papers", "back"] {
        kiosk.hear(line);
    }
    assert_eq!(modes(&kiosk), (true, true));
    kiosk.hear("wait 91");
    assert_eq!(modes(&kiosk), (false, false));
}

#[test]
fn who_reads_large_text_gets_large_paper() {
    let large = |mode: &str| {
        let mut kiosk = Kiosk::in_the_hall();
        kiosk.hear(mode);
        for line in ["papers", "matter food-operation-permit", "questions"] {
            kiosk.hear(line);
        }
        for _ in 0..3 {
            kiosk.hear("unsure");
        }
        let effects = kiosk.receive(Msg::TakePressed {
            want: kiosk_core::Want::Notice,
            command_id: "11111111-2222-3333-4444-555555555555".parse().unwrap(),
            notice_number: "N-1".to_owned(),
            token: String::new(),
        });
        let slip = effects.into_iter().find_map(|it| match it {
            Effect::Print { slip: Slip::Notice(slip), .. } => Some(slip),
            _ => None,
        });
        slip.expect("the notice is printed").large
    };
    assert!(large("large"));
    assert!(!large("low"));
}

/// A number pad answers with the digit in the ring; digits mean nothing
/// where there is nothing to answer.
#[test]
fn digits_answer_questions() {
    check(
        "type 1\npapers\ntype 1\nmatter food-operation-permit\nquestions\ntype 9\ntype 2\nshow",
        expect![[r#"
            == 09:41 Zh
            question 2 of 3: 主要经营什么？
              so far: 委托他人代办
              [ ] 1 只销售预包装食品
              [ ] 2 只销售食用农产品
              [ ] 3 食品销售（含散装、熟食）
              [ ] 4 餐饮服务（饭店、奶茶店等）
              [ ] 5 单位食堂
        "#]],
    );
}

/// 语音 is there where something can be heard, by press or by the star of a
/// number pad; like every mode it ends with the visit.
#[test]
fn a_kiosk_with_sound_reads_aloud_for_one_visitor() {
    let mut kiosk = Kiosk::in_the_hall();
    let aloud = |kiosk: &Kiosk| view(&kiosk.state).aloud;
    kiosk.hear("aloud");
    assert_eq!(aloud(&kiosk), None, "there is no sound card");
    kiosk.hear("sound ready");
    assert_eq!(aloud(&kiosk), Some(false), "it is not on because of a press before");
    kiosk.hear("type *");
    assert_eq!(aloud(&kiosk), Some(true));
    kiosk.hear("papers");
    kiosk.hear("back");
    assert_eq!(aloud(&kiosk), Some(true), "a step back is not leaving");
    kiosk.hear("home");
    assert_eq!(aloud(&kiosk), Some(false));
    kiosk.hear("aloud");
    kiosk.hear("sound gone");
    assert_eq!(aloud(&kiosk), None);
}
