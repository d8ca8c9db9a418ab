//! The rarer slips, and slips that are hard to lay out.

use slip::{
    ElsewhereSlip, Fee, Lang, NoticeMatter, NoticeSlip, Paper, Place, ReportKind, ReportSlip,
    ReturnPassSlip, SharedPaper,
};

use super::{answer, notice_en, notice_zh, of_one, paper, step};

/// Picks a text by language.
fn say(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.into(),
        Lang::En => en.into(),
    }
}

/// A notice for a business licence and a food permit together.
pub(crate) fn joint(lang: Lang) -> NoticeSlip {
    let say = |zh, en| say(lang, zh, en);
    let own = say("自己准备", "you prepare it");
    let with_you = say("随身带", "you have it");
    let shared = |name: String, source: &str, originals, copies, matters: &[u32]| SharedPaper {
        paper: Paper { originals, copies, kept: copies == 0, ..paper(&name, source) },
        matters: matters.to_vec(),
    };
    NoticeSlip {
        lang,
        hall: say("云溪区政务服务中心", "Yunxi District Service Hall"),
        matters: vec![licence(lang), permit(lang)],
        bring: vec![
            shared(say("居民身份证", "Resident identity card"), &with_you, 1, 2, &[1, 2]),
            shared(
                say("住所（经营场所）使用证明", "Proof that you may use the premises"),
                &own,
                0,
                2,
                &[1, 2],
            ),
            shared(say("公司登记申请书", "Company application form"), &own, 1, 0, &[1]),
            shared(
                say(
                    "主要设备设施、经营布局、操作流程等文件",
                    "Plan of the kitchen and its equipment",
                ),
                &own,
                1,
                0,
                &[2],
            ),
        ],
        later: vec![shared(
            say("食品安全规章制度目录清单", "List of food safety rules"),
            &own,
            1,
            0,
            &[2],
        )],
        skip: vec![shared(say("营业执照", "Business licence"), "", 0, 0, &[2])],
        catalogue_revision: "2026-11-22".into(),
        notice_number: "N-1050".into(),
        printed_at: "2026-12-28T09:31:05".parse().unwrap(),
        url: Some("http://192.168.10.5:8080/n/N-1050".into()),
        reprint: false,
        large: false,
    }
}

fn licence(lang: Lang) -> NoticeMatter {
    let say = |zh, en| say(lang, zh, en);
    NoticeMatter {
        name: say("企业设立登记", "Registration of a company"),
        department: say("市场监督管理局", "Administration for Market Regulation"),
        entrusted_by: None,
        category: say("行政许可", "permit"),
        kind: say("即办件", "done at once"),
        answers: vec![answer(
            &say("什么类型的企业？", "What kind of company?"),
            &say("有限责任公司", "Limited liability"),
        )],
        redirects: Vec::new(),
        steps: vec![step(&say("受理并决定", "Accept and decide"), None)],
        promised: say("当场办结", "done on the spot"),
        statutory: Some(say("3 个工作日", "3 working days")),
        clock_starts: None,
        excluded: Vec::new(),
        due: None,
        fees: Vec::new(),
        place: Place {
            window: Some("A01–A04".into()),
            phone: Some("0519-8888 1234".into()),
            ..Place::default()
        },
        rejections: Vec::new(),
    }
}

fn permit(lang: Lang) -> NoticeMatter {
    let say = |zh, en| say(lang, zh, en);
    NoticeMatter {
        name: say("食品经营许可（新办）", "Food business permit (new)"),
        kind: say("承诺件", "promised time"),
        answers: vec![answer(
            &say("主要经营什么？", "What do you sell?"),
            &say("餐饮服务（饭店、奶茶店等）", "Meals (a restaurant or a tea shop)"),
        )],
        steps: vec![
            step(&say("受理", "Accept"), None),
            step(
                &say("现场核查", "Visit of the premises"),
                Some(&say("3 个工作日", "3 working days")),
            ),
            step(&say("决定、发证", "Decide and issue"), Some(&say("1 个工作日", "1 working day"))),
        ],
        promised: say("5 个工作日", "5 working days"),
        statutory: Some(say("10 个工作日", "10 working days")),
        clock_starts: Some(say("从受理那天起算", "Counted from acceptance")),
        fees: vec![Fee {
            item: say("许可证工本费", "Certificate"),
            amount: say("20 元/本", "¥20 each"),
            basis: say("发改价格〔2019〕914号", "NDRC price notice [2019] 914"),
        }],
        place: Place {
            window: Some("B07".into()),
            phone: Some("0519-8888 5678".into()),
            ..Place::default()
        },
        rejections: vec![say("布局图缺洗消间", "The plan shows no washing room")],
        ..licence(lang)
    }
}

/// A pass for whoever was sent for one more paper.
pub(crate) fn return_pass(lang: Lang) -> ReturnPassSlip {
    let say = |zh, en| say(lang, zh, en);
    ReturnPassSlip {
        lang,
        hall: say("云溪区政务服务中心", "Yunxi District Service Hall"),
        what: say("食品经营许可（新办）", "Food business permit (new)"),
        valid_from: "2026-11-23".parse().unwrap(),
        valid_to: "2026-11-27".parse().unwrap(),
        lane: say("综合窗口", "General windows"),
        ticket: "A023".into(),
        notice_number: Some("N-1042".into()),
        token: "http://192.168.10.5:8080/p/3mK9xQ2vR7tYw8LzPb4NcA".into(),
        issued: "2026-11-22T10:12:40".parse().unwrap(),
        reprint: false,
    }
}

/// A report on a visit that is known.
pub(crate) fn report(lang: Lang) -> ReportSlip {
    let say = |zh, en| say(lang, zh, en);
    ReportSlip {
        lang,
        hall: say("云溪区政务服务中心", "Yunxi District Service Hall"),
        kind: ReportKind::Stuck,
        number: Some("A023".into()),
        lane: Some(say("市场监管", "Business")),
        window: Some("A03".into()),
        issued: Some("2026-11-22T09:31:05".parse().unwrap()),
        called: Some("2026-11-22T09:55:40".parse().unwrap()),
        hand_in: say("一楼 A05 办不成事反映窗口", "Window A05, ground floor"),
        hotline: "12345".into(),
        printed_at: "2026-11-22T10:15:00".parse().unwrap(),
    }
}

/// A complaint of somebody without a number.
pub(crate) fn blank_report(lang: Lang) -> ReportSlip {
    ReportSlip {
        kind: ReportKind::Complaint,
        number: None,
        lane: None,
        window: None,
        issued: None,
        called: None,
        ..report(lang)
    }
}

/// Where to go with what this hall does not do.
pub(crate) fn elsewhere(lang: Lang) -> ElsewhereSlip {
    let say = |zh, en| say(lang, zh, en);
    ElsewhereSlip {
        lang,
        hall: say("云溪区政务服务中心", "Yunxi District Service Hall"),
        matter: say("机动车驾驶证换发", "Renewal of a driving licence"),
        why: say(
            "驾驶证由车辆管理所办理，本厅没有这个窗口。",
            "Driving licences are issued by the vehicle office; this hall has no window for them.",
        ),
        go_to: say("云溪市公安局车辆管理所", "Yunxi City Vehicle Office"),
        place: Place {
            window: None,
            address: Some(say("云溪市清河路 88 号", "88 Qinghe Road, Yunxi")),
            hours: Some(say(
                "周一至周六 8:30–12:00、13:30–17:00",
                "Mon-Sat 8:30-12:00, 13:30-17:00",
            )),
            phone: Some("0519-8666 0122".into()),
            complaint: Some("12345".into()),
        },
        printed_at: "2026-11-22T10:15:00".parse().unwrap(),
    }
}

/// Rare characters in every size, and texts that are hard to break.
pub(crate) fn awkward(lang: Lang) -> NoticeSlip {
    let plain = match lang {
        Lang::Zh => notice_zh(),
        Lang::En => notice_en(),
    };
    let say = |zh, en| say(lang, zh, en);
    let matter = NoticeMatter {
        name: say("䶮镇居民户口登记（𠮷姓）", "Registration of a household in Dvořák Street"),
        entrusted_by: None,
        answers: vec![answer(
            &say("您姓什么？", "What is your name?"),
            &say("㛃、䶮、𠮷、堃、𬭊", "François Đặng"),
        )],
        ..plain.matters[0].clone()
    };
    NoticeSlip {
        hall: say("垟头村㛃𠮷便民服务站", "Müller & Łódź Street Hall"),
        matters: vec![matter],
        bring: of_one(vec![
            Paper {
                originals: 1,
                copies: 1,
                check: Some(say(
                    "身份证号码 320402199901011234 与户口簿一致；“曾用名”一栏写明，见 https://www.gov.cn/zhengce/2019/1042.htm 第 3 条",
                    "The number 320402199901011234 is that of the register; see https://www.gov.cn/zhengce/2019/1042.htm, item 3",
                )),
                ..paper(
                    &say(
                        "关于同意设立分支机构并授权其负责人办理登记、备案和年度报告等事项的股东会决议书",
                        "Antidisestablishmentarianism-declaration (notarised)",
                    ),
                    &say("自己准备", "you prepare it"),
                )
            },
            Paper {
                copies: 2,
                note: Some(say(
                    "面积 ≥ 60 ㎡，租金 ¥1,200/月 或 €150",
                    "At least 60 ㎡; rent ¥1,200 or €150 a month",
                )),
                ..paper(&say("租房合同（含附件①—③）", "Lease (with annexes ①—③)"), "")
            },
        ]),
        later: Vec::new(),
        skip: Vec::new(),
        ..plain
    }
}
