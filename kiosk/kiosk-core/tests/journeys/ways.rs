//! From home to a matter, its questions and back.

use expect_test::expect;
use kiosk_core::{Effect, PageView, view};

use crate::demo;
use crate::story::{Kiosk, check};

#[test]
fn home_is_the_whole_truth() {
    check(
        "show\nlanguage\ncontrast\nshow",
        expect![[r#"
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
        == 09:41 En, contrast
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A Business [5] [20–30 min]
          C Household [] [no wait]
          E Real estate [3] []
    "#]],
    );
    check(
        "lost\nshow\nclosed\nshow\nprinter cover_open\nshow",
        expect![[r#"
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected false, numbers true, printer None
            ! fetch the hall
            ! tell the numbers given
            ! report the printer: Some(Ready)
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers false, printer None
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
            ! report the printer: Some(CoverOpen)
            == 09:41 Zh
            home: 8 waiting, last 16:45, connected true, numbers false, printer Some(CoverOpen)
              A 市场监管 [5 人] [20–30 分]
              C 公安户政 [] [不用等]
              E 不动产登记 [3 人] []
        "#]],
    );
}

#[test]
fn a_matter_is_found_among_the_most_used_by_search_and_by_department() {
    check(
        "number\nshow\nsearch\ntype gt\nshow\nerase\nerase\nerase\ntype xyzzy\nshow\nclear\nshow",
        expect![[r#"
            == 09:41 Zh
            find
              [食品许可] 市场监管
              [身份证] 公安户政
            == 09:41 Zh
            search `gt`
              [个体户开办] 
              [卫生许可] 
            == 09:41 Zh
            search `xyzzy`
            == 09:41 Zh
            search ``
              [食品许可] 市场监管
              [身份证] 公安户政
        "#]],
    );
    check(
        "papers\nshelves\nshelf department\nshow\ntopic scjg\nshow",
        expect![[r#"
            == 09:41 Zh
            shelf Department, page 1/2
              [卫生健康局]
              [公安局（户政）]
              [市场监督管理局]
              [住房和城乡建设局]
              [残疾人联合会]
              [水务局（城镇排水主管部门）]
              [公安局（车管）]
              [人力资源和社会保障局]
              [住房公积金管理中心]
              [税务局]
              [医疗保障局]
              [民政局]
            == 09:41 Zh
            topic 市场监督管理局
              [有限责任公司设立登记] 
              [食品经营许可（新办）] 
              [仅销售预包装食品备案（新办）] 
              [个体工商户设立登记] 
              [特种设备使用登记] 
        "#]],
    );
}

#[test]
fn who_cannot_name_it_says_what_happened_and_goes_back_the_same_way() {
    check(
        "number\nshelves\nshow\nshelf life\nshow\ntopic old-age\nshow\nback\nback\nshelf business\nshow",
        expect![[r#"
            == 09:41 Zh
            shelves
            == 09:41 Zh
            shelf Life
              [生孩子]
              [办证件]
              [搬家落户]
              [工作、考证]
              [买房卖房]
              [看病就医]
              [出门远行]
              [退休养老]
              [遇到困难]
            == 09:41 Zh
            topic 退休养老
              [灵活就业人员参保登记] 
              [职工基本养老保险待遇申领（退休）] 
              [老年人优待证申领] 
            == 09:41 Zh
            shelf Business
              [开店、开公司]
              [经营许可]
              [盖房施工]
              [开票缴税]
        "#]],
    );
}

#[test]
fn a_guide_says_what_a_matter_is() {
    check(
        "number\nmatter food-operation-permit\nshow\nnext\nshow\nlanguage\nshow",
        expect![[r#"
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
            == 09:41 En
            guide: Food operation permit (new) (Administration for Market Regulation), Number first, page 1/2
              Result: Food operation permit (valid: Five years)
              Who: Persons, companies and other bodies
              Kind: Permit. Settled within a promised time
              Time: Promised: 5 working days; by law: 10 working days
              Fee: No fee
              Where: area A, windows A01–A02, A04
              Channels: online, by appointment, by post, through an agent
              Basis: 《食品安全法》第三十五条: Permit needed for food sales and catering; none for farm produce or only prepackaged food, the latter is filed
        "#]],
    );
}

#[test]
fn questions_come_one_by_one_and_go_back_one_by_one() {
    check(
        "papers\nmatter food-operation-permit\nquestions\nshow\nanswer agent\nshow
         answer catering\nshow\nback\nshow\nback\nback\nshow",
        expect![[r#"
            == 09:41 Zh
            question 1 of 3: 由谁来办理？
              [ ] 1 本人（本单位人员）办理
              [ ] 2 委托他人代办
            == 09:41 Zh
            question 2 of 3: 主要经营什么？
              so far: 委托他人代办
              [ ] 1 只销售预包装食品
              [ ] 2 只销售食用农产品
              [ ] 3 食品销售（含散装、熟食）
              [ ] 4 餐饮服务（饭店、奶茶店等）
              [ ] 5 单位食堂
            == 09:41 Zh
            question 3 of 3: 用自动售货、自动制售设备吗？
              so far: 委托他人代办 · 餐饮服务（饭店、奶茶店等）
              [ ] 1 不用
              [ ] 2 用
            == 09:41 Zh
            question 2 of 3: 主要经营什么？
              so far: 委托他人代办
              [ ] 1 只销售预包装食品
              [ ] 2 只销售食用农产品
              [ ] 3 食品销售（含散装、熟食）
              [ ] 4 餐饮服务（饭店、奶茶店等）
              [ ] 5 单位食堂
            == 09:41 Zh
            guide: 食品经营许可（新办） (市场监督管理局), Papers first
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
fn a_question_may_take_several_answers() {
    check(
        "papers\nmatter minimum-living-allowance\nquestions\nunsure\nchosen\nshow
         answer ill\nanswer student\nshow\nanswer none\nshow\nanswer nonsense\nchosen\nshow",
        expect![[r#"
            == 09:41 Zh
            question 2 of 3: 家庭成员有这些情形吗？（可多选）
              so far: 不清楚
              [ ] 1 都没有
              [ ] 2 重病
              [ ] 3 残疾
              [ ] 4 在校学生
              [ ] 5 失业
            == 09:41 Zh
            question 2 of 3: 家庭成员有这些情形吗？（可多选）
              so far: 不清楚
              [ ] 1 都没有
              [x] 2 重病
              [ ] 3 残疾
              [x] 4 在校学生
              [ ] 5 失业
            == 09:41 Zh
            question 2 of 3: 家庭成员有这些情形吗？（可多选）
              so far: 不清楚
              [x] 1 都没有
              [ ] 2 重病
              [ ] 3 残疾
              [ ] 4 在校学生
              [ ] 5 失业
            == 09:41 Zh
            question 3 of 3: 以单人户提出吗？
              so far: 不清楚 · 都没有
              [ ] 1 全家申请
              [ ] 2 重残、重病人员单人
        "#]],
    );
}

#[test]
fn back_from_the_first_page_keeps_the_language_and_home_forgets_it() {
    check(
        "language\nnumber\nback\nshow\nhome\nshow",
        expect![[r#"
        == 09:41 En
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A Business [5] [20–30 min]
          C Household [] [no wait]
          E Real estate [3] []
        == 09:41 Zh
        home: 8 waiting, last 16:45, connected true, numbers true, printer None
          A 市场监管 [5 人] [20–30 分]
          C 公安户政 [] [不用等]
          E 不动产登记 [3 人] []
    "#]],
    );
}

#[test]
fn a_press_on_something_that_is_not_there_changes_nothing() {
    check(
        "number\nmatter no-such-matter\nshow\nquestions\nanswer self\nchosen\nnext\nprevious
         without-paper\ntry-again\nreprint\ntake both\nshow",
        expect![[r#"
            == 09:41 Zh
            find
              [食品许可] 市场监管
              [身份证] 公安户政
            == 09:41 Zh
            find
              [食品许可] 市场监管
              [身份证] 公安户政
        "#]],
    );
}

/// 我要取号, the matter, 直接取号: whoever knows what they came for has
/// their number with three presses.
#[test]
fn a_common_matter_takes_three_presses() {
    for id in demo::hall().most_used {
        let mut kiosk = Kiosk::in_the_hall();
        kiosk.hear("number");
        let PageView::Find(page) = view(&kiosk.state).page else { panic!("not the matters") };
        assert!(page.most_used.iter().any(|it| it.id == id), "`{id}` is on the first page");
        kiosk.hear(&format!("matter {id}"));
        let press = kiosk.take("number");
        let effects = kiosk.receive(press);
        assert!(matches!(effects.as_slice(), [Effect::Ask(_)]), "{effects:?}");
    }
}
