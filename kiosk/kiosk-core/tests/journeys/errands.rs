//! The number and the paper, with everything that can go wrong.

use expect_test::expect;

use crate::story::check;

const TO_THE_LIST: &str =
    "papers\nmatter food-operation-permit\nquestions\nanswer agent\nanswer catering\nanswer no\n";

fn from_the_list(story: &str) -> String {
    format!("{TO_THE_LIST}{story}")
}

#[test]
fn a_press_reaches_the_printer_in_one_server_round_trip() {
    check(
        &from_the_list("take both\nshow\nissued press-1\nshow\nprinted press-1 done\nshow"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            == 09:41 Zh
            bring 4 for 食品经营许可（新办）
              so far: 委托他人代办 · 餐饮服务（饭店、奶茶店等） · 不用
              Bring
                食品经营许可申请书 | 自备 | 原件 1
                主要设备设施、经营布局、操作流程等文件 | 自备　标明功能区、面积和人流物流方向 | 原件 1
                授权委托书 | 自备　委托事项、权限、期限写明；委托人签名或盖章 | 原件 1
                代办人居民身份证 | 部门核发 | 原件 1, 复印件 1
              Later
                食品安全规章制度目录清单 | 自备 | 原件 1
              NotNeeded
                营业执照　法定代表人（负责人）身份证明 |  | 
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice true, reprint false, asked in 60 s
            ! report press-1- as p-press-1-, ticket 23: done
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Out, notice true, reprint true, asked in 60 s
        "#]],
    );
}

#[test]
fn a_number_alone_needs_no_answers() {
    check(
        "number\nmatter food-operation-permit\ntake number\nshow\nissued press-1\nprinted press-1 done\nshow",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
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
            ! print press-1- for ticket 23: ticket A023 Zh
            ! report press-1- as p-press-1-, ticket 23: done
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Out, notice false, reprint true, asked in 60 s
        "#]],
    );
}

#[test]
fn a_notice_alone_needs_no_server() {
    check(
        &from_the_list("lost\ntake notice\nshow\nprinted press-1 done\nshow\nback\nshow"),
        expect![[r#"
            ! print press-1-: notice N-1042 Zh
            == 09:41 Zh
            notice N-1042: 食品经营许可（新办）, paper Coming, reprint false
            == 09:41 Zh
            notice N-1042: 食品经营许可（新办）, paper Out, reprint false
            == 09:41 Zh
            bring 4 for 食品经营许可（新办）
              so far: 委托他人代办 · 餐饮服务（饭店、奶茶店等） · 不用
              Bring
                食品经营许可申请书 | 自备 | 原件 1
                主要设备设施、经营布局、操作流程等文件 | 自备　标明功能区、面积和人流物流方向 | 原件 1
                授权委托书 | 自备　委托事项、权限、期限写明；委托人签名或盖章 | 原件 1
                代办人居民身份证 | 部门核发 | 原件 1, 复印件 1
              Later
                食品安全规章制度目录清单 | 自备 | 原件 1
              NotNeeded
                营业执照　法定代表人（负责人）身份证明 |  | 
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
        "#]],
    );
}

#[test]
fn one_press_sent_twice_is_one_ticket() {
    check(
        &from_the_list("take both\ntake both\ntake number\nissued press-1\nissued press-1\nshow"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice true, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn whatever_may_be_on_paper_marks_every_slip_after_it() {
    let story = "take number\nissued press-1\nprinted press-1 done\nreprint\nprinted press-2 no_paper\nreprint\nprinted press-3 done";
    check(
        &from_the_list(story),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! print press-1- for ticket 23: ticket A023 Zh
        ! report press-1- as p-press-1-, ticket 23: done
        ! print press-2- for ticket 23: ticket A023 Zh, again
        ! report press-2- as p-press-2-, ticket 23: not started, no_paper
        ! print press-3- for ticket 23: ticket A023 Zh, again
        ! report press-3- as p-press-3-, ticket 23: done
    "#]],
    );
}

#[test]
fn the_second_half_of_a_double_press_does_not_close_the_page_it_brought() {
    let double = "take number\nissued press-1\nat-once home\nshow\nhome\nshow";
    check(
        &from_the_list(double),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice false, reprint false, asked in 60 s
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
    let failed = "take number\nunreachable press-1\nat-once home\nshow";
    check(
        &from_the_list(failed),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        == 09:41 Zh
        Away(AwayPage { want: Number })
    "#]],
    );
}

#[test]
fn a_printer_without_paper_is_found_before_the_number_is_taken() {
    check(
        &from_the_list(
            "printer no_paper\ntake both\nshow\nwithout-paper\nissued press-1\nshow\nhome\nshow",
        ),
        expect![[r#"
            ! report the printer: Some(NoPaper)
            == 09:41 Zh
            no paper: NoPaper, wanted Both
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! report press-1- as p-press-1-, ticket 23: not started, no_paper
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper NotOut(NoPaper), notice false, reprint false, asked in 60 s
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer Some(NoPaper)
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn a_printer_that_gets_paper_lets_the_visitor_press_again() {
    check(
        &from_the_list("printer cover_open\ntake notice\nshow\nwithout-paper\nprinter ready\nshow"),
        expect![[r#"
            ! report the printer: Some(CoverOpen)
            == 09:41 Zh
            no paper: CoverOpen, wanted Notice
            ! report the printer: Some(Ready)
            == 09:41 Zh
            bring 4 for 食品经营许可（新办）
              so far: 委托他人代办 · 餐饮服务（饭店、奶茶店等） · 不用
              Bring
                食品经营许可申请书 | 自备 | 原件 1
                主要设备设施、经营布局、操作流程等文件 | 自备　标明功能区、面积和人流物流方向 | 原件 1
                授权委托书 | 自备　委托事项、权限、期限写明；委托人签名或盖章 | 原件 1
                代办人居民身份证 | 部门核发 | 原件 1, 复印件 1
              Later
                食品安全规章制度目录清单 | 自备 | 原件 1
              NotNeeded
                营业执照　法定代表人（负责人）身份证明 |  | 
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
        "#]],
    );
}

#[test]
fn a_roll_near_its_end_still_prints() {
    check(
        &from_the_list("printer near_end\ntake number\nissued press-1"),
        expect![[r#"
        ! report the printer: Some(NearEnd)
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! print press-1- for ticket 23: ticket A023 Zh
    "#]],
    );
}

#[test]
fn a_slip_that_did_not_come_out_leaves_the_number_on_the_screen() {
    check(
        &from_the_list("take both\nissued press-1\nprinted press-1 no_paper\nshow"),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
        ! report press-1- as p-press-1-, ticket 23: not started, no_paper
        == 09:41 Zh
        number A023 for 食品经营许可（新办）　市场监督管理局
          5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
          paper NotOut(NoPaper), notice true, reprint true, asked in 60 s
    "#]],
    );
    check(
        &from_the_list(
            "language\ntake both\nissued press-1\nprinted press-1 unknown\nshow
             reprint\nshow\nprinted press-2 done\nreprint\nprinted press-3 done\nreprint\nshow",
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 En
            ! report press-1- as p-press-1-, ticket 23: unknown
            == 09:41 En
            number A023 for Food operation permit (new)
              5 before, 20–30 min, at 10:01–10:11, area A windows A01–A02, A04
              paper Unknown, notice true, reprint true, asked in 60 s
            ! print press-2- for ticket 23: ticket A023 and notice N-1042 En, again
            == 09:41 En
            number A023 for Food operation permit (new)
              5 before, 20–30 min, at 10:01–10:11, area A windows A01–A02, A04
              paper Coming, notice true, reprint false, asked in 60 s
            ! report press-2- as p-press-2-, ticket 23: done
            ! print press-3- for ticket 23: ticket A023 and notice N-1042 En, again
            ! report press-3- as p-press-3-, ticket 23: done
            == 09:41 En
            number A023 for Food operation permit (new)
              5 before, 20–30 min, at 10:01–10:11, area A windows A01–A02, A04
              paper Out, notice true, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn a_slip_that_never_began_is_no_reprint() {
    check(
        &from_the_list(
            "printer no_paper\ntake both\nwithout-paper\nissued press-1\nreprint
             printer ready\nreprint\nprinted press-3 done\nreprint\nshow",
        ),
        expect![[r#"
            ! report the printer: Some(NoPaper)
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! report press-1- as p-press-1-, ticket 23: not started, no_paper
            ! report the printer: Some(Ready)
            ! print press-3- for ticket 23: ticket A023 and notice N-1042 Zh
            ! report press-3- as p-press-3-, ticket 23: done
            ! print press-4- for ticket 23: ticket A023 and notice N-1042 Zh, again
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice true, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn a_notice_that_did_not_come_out_may_be_printed_again() {
    check(
        &from_the_list(
            "take notice\nprinted press-1 unknown\nshow\nreprint\nprinted press-2 done\nreprint\nshow",
        ),
        expect![[r#"
            ! print press-1-: notice N-1042 Zh
            == 09:41 Zh
            notice N-1042: 食品经营许可（新办）, paper Unknown, reprint true
            ! print press-2-: notice N-1042 Zh, again
            == 09:41 Zh
            notice N-1042: 食品经营许可（新办）, paper Out, reprint false
        "#]],
    );
}

#[test]
fn a_server_that_is_away_is_tried_with_the_same_id() {
    check(
        &from_the_list("take both\nwait 2\nshow\nwait 7\nshow\ntry-again\nissued press-1\nshow"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            == 09:41 Zh
            Busy(BusyPage { want: Both })
            == 09:41 Zh
            Away(AwayPage { want: Both })
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice true, reprint false, asked in 60 s
        "#]],
    );
    check(
        &from_the_list("take both\nunreachable press-1\nshow\ntry-again"),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        == 09:41 Zh
        Away(AwayPage { want: Both })
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
    "#]],
    );
}

#[test]
fn a_late_answer_is_still_used() {
    check(
        &from_the_list("take both\nwait 20\nissued press-1\nshow"),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
        == 09:41 Zh
        number A023 for 食品经营许可（新办）　市场监督管理局
          5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
          paper Coming, notice true, reprint false, asked in 60 s
    "#]],
    );
}

#[test]
fn a_late_answer_waits_for_a_visitor_who_went_back() {
    check(
        &from_the_list(
            "take number\nwait 9\nback\ntake notice\nprinted press-2 done\nback\nissued press-1
             show\ntake both\nshow",
        ),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-2-: notice N-1042 Zh
            == 09:41 Zh
            bring 4 for 食品经营许可（新办）
              so far: 委托他人代办 · 餐饮服务（饭店、奶茶店等） · 不用
              Bring
                食品经营许可申请书 | 自备 | 原件 1
                主要设备设施、经营布局、操作流程等文件 | 自备　标明功能区、面积和人流物流方向 | 原件 1
                授权委托书 | 自备　委托事项、权限、期限写明；委托人签名或盖章 | 原件 1
                代办人居民身份证 | 部门核发 | 原件 1, 复印件 1
              Later
                食品安全规章制度目录清单 | 自备 | 原件 1
              NotNeeded
                营业执照　法定代表人（负责人）身份证明 |  | 
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
            == 09:41 Zh
            number A023 for 食品经营许可（新办）　市场监督管理局
              5 before, 20–30 min, at 10:01–10:11, 等候区 A windows A01–A02、A04
              paper Coming, notice true, reprint false, asked in 60 s
        "#]],
    );
}

#[test]
fn going_back_and_pressing_again_is_still_one_number() {
    check(
        &from_the_list("take both\nwait 9\nback\nback\nanswer yes\ntake number\nissued press-1"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 Zh
        "#]],
    );
}

#[test]
fn a_number_that_nobody_waits_for_is_told_to_the_server() {
    check(
        &from_the_list("take both\nwait 9\nhome\nissued press-1\nshow"),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! report press-1- as p-press-1-, ticket 23: not started, visitor_left
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
    check(
        &from_the_list("take both\nwait 9\nback\nissued press-1\nhome"),
        expect![[r#"
        ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
        ! report press-1- as p-press-1-, ticket 23: not started, visitor_left
    "#]],
    );
}

#[test]
fn a_refusal_is_shown_in_the_visitors_language() {
    check(
        &from_the_list("take both\nrefused press-1\nshow\nlanguage\nshow\nback\ntake both"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            == 09:41 Zh
            refused: 今天没有取号
            == 09:41 En
            refused: No numbers are issued now
            ! ask press-2-: food-operation-permit, agent=agent auto=no scope=catering
        "#]],
    );
}

#[test]
fn a_printer_that_changes_is_reported_once() {
    check(
        "printer no_paper\nprinter no_paper\nprinter ready\nlost\nfound\nfound",
        expect![[r#"
            ! report the printer: Some(NoPaper)
            ! report the printer: Some(Ready)
            ! fetch the hall
            ! tell the numbers given
            ! report the printer: Some(Ready)
        "#]],
    );
}

#[test]
fn paper_that_comes_after_the_visitor_left_is_still_reported() {
    check(
        &from_the_list("take both\nissued press-1\nhome\nprinted press-1 done\nshow"),
        expect![[r#"
            ! ask press-1-: food-operation-permit, agent=agent auto=no scope=catering
            ! print press-1- for ticket 23: ticket A023 and notice N-1042 Zh
            ! report press-1- as p-press-1-, ticket 23: done
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers true, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn a_number_that_came_for_another_matter_is_given_up() {
    check(
        "number\nmatter food-operation-permit\ntake number\nwait 9\nback\nissued press-1\n\
         back\nmatter id-card-renewal\ntake number",
        expect![[r#"
            ! ask press-1-: food-operation-permit, no answers
            ! report press-1- as p-press-1-, ticket 23: not started, visitor_left
            ! ask press-2-: id-card-renewal, no answers
        "#]],
    );
}
