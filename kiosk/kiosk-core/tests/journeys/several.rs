//! Several matters at once: one list, one slip, one ticket.

use catalogue::Inquiry;
use expect_test::expect;
use kiosk_core::{Effect, IssueFailure, Msg, PageView, PapersPage, view};
use slip::Slip;

use crate::demo;
use crate::story::{Kiosk, check};

/// From home to the list of the senior card, for somebody of 72.
const SENIOR: &str =
    "papers\nmatter senior-card\nquestions\nanswer self\nanswer local\nanswer 65\n";

/// And that of a residence permit, which asks for some of the same papers.
const PERMIT: &str = "matter residence-permit\nquestions\nanswer renew\nanswer self\n";

fn list(kiosk: &Kiosk) -> PapersPage {
    let PageView::Papers(page) = view(&kiosk.state).page else { panic!("not the list") };
    page
}

fn hear(story: &str) -> Kiosk {
    let mut kiosk = Kiosk::in_the_hall();
    story.lines().for_each(|line| kiosk.hear(line));
    kiosk
}

/// What is printed where the list alone is wanted.
fn notice(kiosk: &mut Kiosk) -> Slip {
    let press = kiosk.take("notice");
    match kiosk.receive(press).as_slice() {
        [Effect::Print { slip, ticket: None, .. }] => slip.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_of_two_matters_has_every_paper_once() {
    check(
        &format!("{SENIOR}show\nanother\n{PERMIT}show\nlanguage\nshow"),
        expect![[r#"
            == 09:41 Zh
            bring 1 for 老年人优待证申领
              so far: 本人（本单位人员）办理 · 在本地 · 65周岁以上
              Bring
                申请人居民身份证 | 部门核发 | 原件 1
              Optional
                近期免冠白底照片 | 自备　窗口可以现场拍 | 原件 1
              promised 当场办结 | by law  | fee none | visits 1
            == 09:41 Zh
            bring 2 for 2 件事，一张清单
              so far: 老年证 · 居住证
              Bring
                申请人居民身份证 | 部门核发 | 原件 1
                人像、指纹现场采集 | 居住证　现场办理 | 原件 1
              Optional
                近期免冠白底照片 | 老年证　自备　窗口可以现场拍 | 原件 1
              promised 10 日 | by law 15 日 | fee 按当地标准 | visits 1
            == 09:41 En
            bring 2 for 2 matters, one list
              so far: Senior card · Residence permit
              Bring
                Applicant's resident identity card | Issued by an authority | Original 1
                Photo and fingerprints taken at the window | Residence permit · Made at the window | Original 1
              Optional
                Recent bareheaded photo, white background | Senior card · Your own · Can be taken at the window | Original 1
              promised 10 days | by law 15 days | fee by the local standard | visits 1
        "#]],
    );
}

#[test]
fn one_slip_tells_what_serves_what() {
    let mut kiosk = hear(&format!("{SENIOR}another\n{PERMIT}"));
    let slip = notice(&mut kiosk);
    expect![[r#"
        示范区政务服务中心
        一次性告知单
        本单的事项
        1. 老年人优待证申领
           民政局 · 公共服务 · 即办件
        2. 居住证申领
           公安局（户政） · 行政确认 · 承诺件
        ----
        您的情况
        1. 由谁来办理？ 本人（本单位人员）办理
        1. 户口在本地吗？ 在本地
        1. 年满多少周岁？ 65周岁以上
        2. 办哪一种？ 换领、补领
        2. 由谁来办理？ 本人
        要带的材料（3 样）
        □ 申请人居民身份证
           原件 1 份（看后退还） · 部门核发
           用于事项 1、2
        □ 人像、指纹现场采集
           原件 1 份（看后退还） · 现场办理
           用于事项 2
        □ 近期免冠白底照片（有就带）
           原件 1 份（窗口留存） · 自备 · 用于事项 1
           窗口可以现场拍
        ----
        1. 老年人优待证申领
        办理步骤
        1. 申请
        2. 发证
        多久办好
        承诺：当场办结
        收费
        不收费
        到哪里办
        投诉：12345
        这些情况会让您再跑一趟
        · 未到当地规定的年龄
        ----
        2. 居住证申领
        办理步骤
        1. 受理、采集照片
        2. 审核  7 日
        3. 制证、发放  3 日
        多久办好
        承诺：10 日
        法定：15 日
        自受理之日起
        今天（2026-11-23）交齐，最晚 2026-12-03 办好
        收费
        · 居住证换领、补领工本费  按当地标准
           依据：居住证暂行条例第二十一条
        到哪里办
        窗口：B01
        投诉：12345
        这些情况会让您再跑一趟
        · 居住登记不满半年
        · 代办没有带委托人证件
        ----
        告知单号 N-1042  清单版本 20261122-49f1be
        打印时间 2026-11-23 09:41
        本单不是受理凭证
        [qr http://hall/n/senior-card~age.65~agent.self~hukou.local~~residence-permit~request.renew~who.self]
        扫码在手机上看这张清单
    "#]]
        .assert_eq(&slip::plain_text(&slip::layout(&slip, slip::Profile::GENERIC_80.columns())));
}

#[test]
fn one_ticket_is_for_all_of_them_in_turn() {
    let mut kiosk = hear(&format!("{SENIOR}another\n{PERMIT}"));
    let press = kiosk.take("both");
    let effects = kiosk.receive(press);
    let [Effect::Ask(request)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(request.matter.as_deref(), Some("senior-card"));
    assert_eq!(request.more, ["residence-permit"]);
    assert_eq!(request.answers.as_ref().unwrap()["age"], ["65"]);
    assert_eq!(request.more_answers[0]["request"], ["renew"]);
    let (command_id, more) = (request.command_id.clone(), request.more.clone());
    let matter = request.matter.clone();
    let ticket = queue_api::Ticket { matter, more, lane: "H".parse().unwrap(), ..demo::ticket() };
    let effects = kiosk.receive(Msg::TicketIssued { command_id, ticket });
    let [Effect::Print { slip: Slip::TicketAndNotice(ticket, notice), .. }] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(ticket.what, "老年证 等 2 件");
    assert_eq!(notice.matters.len(), 2);
    kiosk.hear("show");
}

/// A number that was asked for one matter is not the one for two: the
/// second press asks anew, and what comes of the first is nobody's.
#[test]
fn one_more_matter_is_another_request() {
    let mut kiosk = hear(SENIOR);
    let press = kiosk.take("number");
    let effects = kiosk.receive(press);
    let [Effect::Ask(first)] = effects.as_slice() else { panic!("{effects:?}") };
    let failure = IssueFailure::Unreachable;
    kiosk.receive(Msg::IssueFailed { command_id: first.command_id.clone(), failure });
    kiosk.hear("wait 2");
    kiosk.hear("back");
    kiosk.hear("another");
    PERMIT.lines().for_each(|line| kiosk.hear(line));
    let press = kiosk.take("number");
    let effects = kiosk.receive(press);
    let [Effect::Ask(both)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_ne!(both.command_id, first.command_id);
    assert_eq!(both.more, ["residence-permit"]);
}

/// Back from the second matter is the first one's list as it was, and
/// what was begun of the second is forgotten.
#[test]
fn back_leads_to_the_list_as_it_was() {
    let mut kiosk = hear(SENIOR);
    let one = list(&kiosk);
    kiosk.hear("another");
    kiosk.hear("back");
    assert_eq!(list(&kiosk), one);
    for line in ["another", "matter residence-permit", "questions", "answer renew", "back", "back"]
    {
        kiosk.hear(line);
    }
    kiosk.hear("back");
    kiosk.hear("back");
    assert_eq!(list(&kiosk), one);
    kiosk.hear("another");
    PERMIT.lines().for_each(|line| kiosk.hear(line));
    assert!(list(&kiosk).matter.starts_with("2 件事"), "{}", list(&kiosk).matter);
}

/// Where the list says "do another matter instead" and one looks at it,
/// back is that list again.
#[test]
fn back_from_the_other_matter_is_the_answer_that_led_there() {
    let mut kiosk =
        hear("papers\nmatter food-operation-permit\nquestions\nanswer self\nanswer prepackaged");
    let stopped = list(&kiosk);
    assert!(stopped.stop.is_some() && !stopped.another);
    kiosk.hear("matter food-prepackaged-filing");
    kiosk.hear("back");
    assert_eq!(list(&kiosk), stopped);
}

#[test]
fn a_matter_chosen_twice_is_asked_about_once() {
    let kiosk = hear(&format!("{SENIOR}another\n{SENIOR}").replace("another\npapers", "another"));
    assert_eq!(list(&kiosk).matter, "老年人优待证申领");
}

/// What is not to be done beside what is: the others' papers stand, and
/// the reason is told.
#[test]
fn a_matter_that_ends_is_told_beside_the_others_papers() {
    let mut kiosk = hear(&format!(
        "{SENIOR}another\nmatter food-operation-permit\nquestions\nanswer self\nanswer farm"
    ));
    let page = list(&kiosk);
    assert!(page.stop.is_none() && page.count > 0, "{page:?}");
    assert_eq!(page.told, ["食品许可：销售食用农产品不需要许可（食品安全法第三十五条）"]);
    let press = kiosk.take("number");
    let effects = kiosk.receive(press);
    let [Effect::Ask(request)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(request.matter.as_deref(), Some("senior-card"));
    assert!(request.more.is_empty(), "nobody queues for what need not be done");
}

#[test]
fn six_matters_are_enough() {
    let mut kiosk = hear(SENIOR);
    let others = demo::catalogue().matters.iter().map(|it| it.id.as_str());
    for id in others.filter(|it| *it != "senior-card").take(Inquiry::MATTERS_MAX - 1) {
        assert!(list(&kiosk).another);
        kiosk.hear("another");
        kiosk.hear(&format!("matter {id}"));
        kiosk.hear("questions");
        for _ in &demo::catalogue().matter(id).unwrap().questions {
            kiosk.hear("unsure");
        }
    }
    let full = list(&kiosk);
    assert!(!full.another && full.matter.starts_with("6 件事"), "{}", full.matter);
    kiosk.hear("another");
    assert_eq!(list(&kiosk), full, "a seventh is not taken");
}

/// The code on the list leads a phone or a window to the same list.
#[test]
fn the_code_says_what_was_asked_about() {
    let mut kiosk = hear(&format!("{SENIOR}another\n{PERMIT}"));
    let url = list(&kiosk).url;
    let code = url.strip_prefix("http://hall/n/").unwrap();
    assert_eq!(
        code,
        "senior-card~age.65~agent.self~hukou.local~~residence-permit~request.renew~who.self"
    );
    let asked = Inquiry::read(code, demo::catalogue()).unwrap();
    assert_eq!(asked.len(), 2);
    let Slip::Notice(slip) = notice(&mut kiosk) else { panic!("a notice alone") };
    assert_eq!(slip.url.as_deref(), Some(url.as_str()), "paper and screen say the same");
}
