//! The checklist, on the screen and on paper.

use expect_test::expect;
use jiff::tz::{Offset, TimeZone};
use kiosk_core::{Effect, Msg, PageView, Shape, Want, view};
use slip::Slip;

use crate::demo;
use crate::story::{Kiosk, check};

const TO_THE_LIST: &str =
    "papers\nmatter food-operation-permit\nquestions\nanswer agent\nanswer catering\nanswer no\n";

#[test]
fn the_list_is_exactly_what_this_visitor_brings() {
    check(
        &format!("{TO_THE_LIST}show\nlanguage\nshow"),
        expect![[r#"
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
        == 09:41 En
        bring 4 for Food operation permit (new), page 1/2
          so far: Through an agent · Catering (restaurant, tea shop) · No
          Bring
            Application for a food operation permit | Your own | Original 1
            Equipment, layout and workflow | Your own · Areas, sizes and the flow of people and goods are marked | Original 1
            Power of attorney | Your own · Scope, powers and term stated; signed or sealed by the principal | Original 1
            Agent's resident identity card | Issued by an authority | Original 1, Copy 1
          promised 5 working days | by law 10 working days | fee none | visits 1
    "#]],
    );
}

#[test]
fn who_is_not_sure_gets_the_fullest_list_and_is_told_so() {
    check(
        "papers\nmatter food-operation-permit\nquestions\nunsure\nunsure\nunsure\nshow\nnext\nshow",
        expect![[r#"
            == 09:41 Zh
            bring 5 for 食品经营许可（新办）, page 1/2
              so far: 不清楚 · 不清楚 · 不清楚
              told: 可能：仅销售预包装食品不需要许可，改办备案，由窗口核对
              told: 可能：销售食用农产品不需要许可（食品安全法第三十五条），由窗口核对
              Bring
                食品经营许可申请书 | 自备 | 原件 1
                主要设备设施、经营布局、操作流程等文件 | 自备　标明功能区、面积和人流物流方向 | 原件 1
                自动设备放置地点和许可证展示方式说明 | 自备　是否需要由窗口核对 | 原件 1
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
            == 09:41 Zh
            bring 5 for 食品经营许可（新办）, page 2/2
              so far: 不清楚 · 不清楚 · 不清楚
              Bring (more)
                授权委托书 | 自备　委托事项、权限、期限写明；委托人签名或盖章　是否需要由窗口核对 | 原件 1
                代办人居民身份证 | 部门核发　是否需要由窗口核对 | 原件 1, 复印件 1
              Later
                食品安全规章制度目录清单 | 自备 | 原件 1
              NotNeeded
                营业执照　法定代表人（负责人）身份证明 |  | 
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
        "#]],
    );
}

#[test]
fn what_need_not_be_done_is_said_at_once() {
    check(
        "papers\nmatter food-operation-permit\nquestions\nanswer self\nanswer farm\nshow",
        expect![[r#"
            == 09:41 Zh
            bring 0 for 食品经营许可（新办）
              so far: 本人（本单位人员）办理 · 只销售食用农产品
              stop, NotRequired: 销售食用农产品不需要许可（食品安全法第三十五条）
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
        "#]],
    );
    check(
        "papers\nmatter food-operation-permit\nquestions\nanswer self\nanswer prepackaged\nshow
         matter food-prepackaged-filing\nshow",
        expect![[r#"
            == 09:41 Zh
            bring 0 for 食品经营许可（新办）
              so far: 本人（本单位人员）办理 · 只销售预包装食品
              stop, OtherMatter: 仅销售预包装食品不需要许可，改办备案
              [预包装备案] 市场监管
              promised 5 个工作日 | by law 10 个工作日 | fee none | visits 1
            == 09:41 Zh
            guide: 仅销售预包装食品备案（新办） (市场监督管理局), Papers first
              Result: 备案编号
              Who: 个人、企业和其他组织
              Kind: 其他行政权力，即办件
              Time: 承诺当场办结，法定最长 5 个工作日
              Fee: 不收费
              Where: 等候区 A，窗口 A01–A02、A04
              Channels: 网上办、预约办、邮寄办、自助机办、可以代办
              Basis: 《食品安全法》第三十五条第一款：仅销售预包装食品应当报监督管理部门备案
              Basis: 《食品经营许可和备案管理办法（总局令第78号）》备案一章
        "#]],
    );
}

#[test]
fn a_long_list_is_cut_into_pages_that_repeat_the_head() {
    check(
        "papers\nmatter construction-permit\nquestions\nunsure\nunsure\nunsure\nunsure\nunsure
         landscape\nshow\nnext\nshow\nnext\nnext\nnext\nnext\nnext\nshow",
        expect![[r#"
            == 09:41 Zh
            bring 8 for 建筑工程施工许可证核发, page 1/3
              so far: 不清楚 · 不清楚 · 不清楚 · 不清楚 · 不清楚
              told: 可能：限额以下小型工程可以不办理施工许可，按当地限额，由窗口核对
              Bring
                建筑工程施工许可证申请表 | 自备 | 原件 1
                中标通知书 | 第三方出具　是否需要由窗口核对 | 原件 1
                施工合同 | 自备 | 原件 1
              promised 3 个工作日 | by law 7 日 | fee none | visits 1
            == 09:41 Zh
            bring 8 for 建筑工程施工许可证核发, page 2/3
              so far: 不清楚 · 不清楚 · 不清楚 · 不清楚 · 不清楚
              Bring (more)
                监理合同 | 自备　是否需要由窗口核对 | 原件 1
                保证工程质量和安全的具体措施 | 自备 | 原件 1
                建设资金已经落实承诺书 | 自备 | 原件 1
                授权委托书 | 自备　是否需要由窗口核对 | 原件 1
                代办人居民身份证 | 部门核发　是否需要由窗口核对 | 原件 1, 复印件 1
              promised 3 个工作日 | by law 7 日 | fee none | visits 1
            == 09:41 Zh
            bring 8 for 建筑工程施工许可证核发, page 3/3
              so far: 不清楚 · 不清楚 · 不清楚 · 不清楚 · 不清楚
              Later
                农民工工资专用账户和工资保证金证明 | 第三方出具 | 原件 1
              NotNeeded
                建筑工程用地批准手续　建设工程规划许可证　房屋权属或者使用权证明　施工图设计文件审查合格书　建设项目工伤保险参保证明 |  | 
              promised 3 个工作日 | by law 7 日 | fee none | visits 1
        "#]],
    );
}

/// The slip that a visitor of the food permit takes away.
fn taken(want: Want, language: bool) -> Slip {
    taken_at(&mut Kiosk::in_the_hall(), want, language)
}

fn taken_at(kiosk: &mut Kiosk, want: Want, language: bool) -> Slip {
    TO_THE_LIST.lines().for_each(|line| kiosk.hear(line));
    if language {
        kiosk.hear("language");
    }
    let press: queue_api::CommandId = "press-1-".parse().unwrap();
    let notice_number = "N-1042".to_owned();
    let mut effects = kiosk.receive(Msg::TakePressed {
        want,
        command_id: press.clone(),
        notice_number,
        token: String::new(),
    });
    if want.number() {
        effects = kiosk.receive(Msg::TicketIssued { command_id: press, ticket: demo::ticket() });
    }
    match effects.as_slice() {
        [Effect::Print { slip, .. }] => slip.clone(),
        other => panic!("one slip was expected: {other:?}"),
    }
}

fn on_paper(want: Want, language: bool) -> String {
    printed(&taken(want, language))
}

fn printed(slip: &Slip) -> String {
    slip::plain_text(&slip::layout(slip, slip::Profile::GENERIC_80.columns()))
}

#[test]
fn a_notice_says_in_whose_name_the_window_accepts() {
    let mut kiosk = Kiosk::in_the_hall();
    let mut hall = demo::hall();
    let lane = hall.lanes.iter_mut().find(|it| it.id.as_str() == "A").unwrap();
    let (zh, en) = ("区市场监督管理局".to_owned(), "District Market Bureau".to_owned());
    lane.entrusted_by = Some(queue_api::Bilingual { zh, en });
    kiosk.receive(Msg::HallArrived { hall, zone: TimeZone::fixed(Offset::constant(8)) });
    let zh = printed(&taken_at(&mut kiosk, Want::Notice, false));
    assert!(zh.contains("\n受区市场监督管理局委托\n"), "{zh}");
    kiosk.hear("home");
    let en = printed(&taken_at(&mut kiosk, Want::Notice, true));
    assert!(en.contains("\nEntrusted by District Market Bureau\n"), "{en}");
    assert!(!on_paper(Want::Notice, false).contains("委托\n"), "its own window");
}

#[test]
fn ticket_and_notice_come_on_one_paper() {
    expect![[r#"
        示范区政务服务中心
        ----
        A023
        食品许可 · 市场监督管理局
        等候区 A  窗口 A01-A02、A04
        前面 5 人  约 20-30 分钟
        11月23日 09:41  普通号
        [qr http://hall/t/token]
        扫码看前面还有几人
        材料清单见一次性告知单 N-1042
        ----
        示范区政务服务中心
        一次性告知单
        食品经营许可（新办）
        市场监督管理局 · 行政许可 · 承诺件
        ----
        您的情况
        · 由谁来办理？ 委托他人代办
        · 主要经营什么？ 餐饮服务（饭店、奶茶店等）
        · 用自动售货、自动制售设备吗？ 不用
        要带的材料（4 样）
        □ 食品经营许可申请书
           原件 1 份（窗口留存） · 自备
        □ 主要设备设施、经营布局、操作流程等文件
           原件 1 份（窗口留存） · 自备
           窗口会看：标明功能区、面积和人流物流方向
        □ 授权委托书
           原件 1 份（窗口留存） · 自备
           窗口会看：委托事项、权限、期限写明；委托人签
           名或盖章
        □ 代办人居民身份证
           原件 1 份（看后退还），复印件 1 份
           部门核发
        可以后补的材料（1 样）
        □ 食品安全规章制度目录清单
           原件 1 份（窗口留存） · 自备
        不用带的材料
        大厅自己查，不用您跑。
        · 营业执照
        · 法定代表人（负责人）身份证明
        办理步骤
        1. 受理
        2. 材料审查  1 个工作日
        3. 现场核查  3 个工作日
        4. 决定、发证  1 个工作日
        多久办好
        承诺：5 个工作日
        法定：10 个工作日
        自受理之日起
        不计入：现场整改时间（各地口径不同）
        今天（2026-11-23）交齐，最晚 2026-11-30 办好
        收费
        不收费
        到哪里办
        窗口：A01-A02、A04
        投诉：12345
        这些情况会让您再跑一趟
        · 布局图缺洗消间、凉菜间等必需分区
        · 现场与图纸不符
        · 应当备案而申请许可
        ----
        告知单号 N-1042  清单版本 20261122-49f1be
        打印时间 2026-11-23 09:41
        本单不是受理凭证
        [qr http://hall/n/food-operation-permit~agent.agent~auto.no~scope.catering]
        扫码在手机上看这张清单
    "#]]
    .assert_eq(&on_paper(Want::Both, false));
}

#[test]
fn the_notice_is_in_the_visitors_language() {
    expect![[r#"
        Demo District Service Centre
        What to bring
        Food operation permit (new)
        Administration for Market Regulation · Permit
        Settled within a promised time
        ----
        Your situation
        · Who is applying? Through an agent
        · What will you mainly sell? Catering
           (restaurant, tea shop)
        · Are vending machines used? No
        Bring these (4)
        □ Application for a food operation permit
           1 original (kept by the window) · Your own
        □ Equipment, layout and workflow
           1 original (kept by the window) · Your own
           The window checks: Areas, sizes and the flow
           of people and goods are marked
        □ Power of attorney
           1 original (kept by the window) · Your own
           The window checks: Scope, powers and term
           stated; signed or sealed by the principal
        □ Agent's resident identity card
           1 original (shown, then returned), 1 copy
           Issued by an authority
        May follow later (1)
        □ List of food-safety rules in force
           1 original (kept by the window) · Your own
        You need not bring
        The hall looks these up itself.
        · Business licence
        · Identity document of the legal representative
           or person in charge
        Steps
        1. Accept
        2. Review of papers  1 working day
        3. On-site check  3 working days
        4. Decide and issue  1 working day
        How long it takes
        Promised: 5 working days
        By law: 10 working days
        from acceptance
        Not counted: 现场整改时间（各地口径不同）
        Everything handed in today (2026-11-23): done by
        2026-11-30
        Fees
        No fee
        Where to go
        Window: A01-A02, A04
        Complaints: 12345
        Why people are sent back
        · The plan lacks required areas such as
           dishwashing or the cold-dish room
        · The site differs from the plan
        · A permit was applied for where filing
           suffices
        ----
        Notice N-1042  Edition 20261122-49f1be
        Printed 2026-11-23 09:41
        This notice is not an acceptance voucher
        [qr http://hall/n/food-operation-permit~agent.agent~auto.no~scope.catering]
        Scan to have this list on your phone
    "#]]
    .assert_eq(&on_paper(Want::Notice, true));
}

#[test]
fn the_ticket_is_in_the_visitors_language() {
    expect![[r#"
        Demo District Service Centre
        ----
        A023
        Food permit
        Administration for Market Regulation
        area A  Windows A01-A02, A04
        5 people before you  about 20-30 min
        23 Nov 09:41  Walk-in
        [qr http://hall/t/token]
        Scan to see how many are before you
    "#]]
    .assert_eq(&on_paper(Want::Number, true));
}

/// Every matter with every question answered "not sure": the most text.
#[test]
fn every_list_ends_with_papers_on_its_last_page() {
    for matter in &demo::catalogue().matters {
        for shape in [Shape::Portrait, Shape::Landscape] {
            for language in [false, true] {
                let mut kiosk = Kiosk::in_the_hall();
                kiosk.receive(Msg::ScreenChanged { shape });
                kiosk.hear("papers");
                if language {
                    kiosk.hear("language");
                }
                kiosk.hear(&format!("matter {}", matter.id));
                kiosk.hear("questions");
                for _ in &matter.questions {
                    kiosk.hear("unsure");
                }
                let PageView::Papers(first) = view(&kiosk.state).page else {
                    panic!("`{}` does not come to its list", matter.id);
                };
                for _ in 1..first.pager.pages {
                    kiosk.hear("next");
                }
                let PageView::Papers(last) = view(&kiosk.state).page else { panic!("the list") };
                assert_eq!(last.pager.page, first.pager.pages, "`{}`", matter.id);
                assert!(!last.groups.is_empty(), "`{}` ends with an empty page", matter.id);
            }
        }
    }
}
