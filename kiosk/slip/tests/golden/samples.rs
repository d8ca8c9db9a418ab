//! Slips as a hall would print them, for the tests of this crate, of the
//! emulated printer and of the kiosk's printing.

mod more;

use slip::{
    Answer, Due, Fee, Lang, Minutes, NoticeMatter, NoticeSlip, Paper, Place, Redirect, SharedPaper,
    Slip, Step, TestSlip, TicketSlip,
};

/// Every kind of slip in both languages, with its name; all of it in
/// characters that any printer has.
pub(crate) fn all() -> Vec<(&'static str, Slip)> {
    let reprint = |lang| TicketSlip { reprint: true, ..ticket(lang) };
    let large = |notice| Slip::Notice(NoticeSlip { large: true, ..notice });
    vec![
        ("ticket_zh", Slip::Ticket(ticket(Lang::Zh))),
        ("ticket_en", Slip::Ticket(ticket(Lang::En))),
        ("ticket_reprint_zh", Slip::Ticket(reprint(Lang::Zh))),
        ("ticket_reprint_en", Slip::Ticket(reprint(Lang::En))),
        ("ticket_offline_zh", Slip::Ticket(offline(Lang::Zh))),
        ("ticket_offline_en", Slip::Ticket(offline(Lang::En))),
        ("notice_zh", Slip::Notice(notice_zh())),
        ("notice_en", Slip::Notice(notice_en())),
        ("notice_large_zh", large(notice_zh())),
        ("notice_large_en", large(notice_en())),
        ("redirect_zh", Slip::Notice(redirect_zh())),
        ("redirect_en", Slip::Notice(redirect_en())),
        ("ticket_and_notice_zh", Slip::TicketAndNotice(ticket(Lang::Zh), notice_zh())),
        ("ticket_and_notice_en", Slip::TicketAndNotice(ticket(Lang::En), notice_en())),
        ("joint_zh", Slip::Notice(more::joint(Lang::Zh))),
        ("joint_en", Slip::Notice(more::joint(Lang::En))),
        ("return_pass_zh", Slip::ReturnPass(more::return_pass(Lang::Zh))),
        ("return_pass_en", Slip::ReturnPass(more::return_pass(Lang::En))),
        ("report_zh", Slip::Report(more::report(Lang::Zh))),
        ("report_en", Slip::Report(more::report(Lang::En))),
        ("report_blank_zh", Slip::Report(more::blank_report(Lang::Zh))),
        ("report_blank_en", Slip::Report(more::blank_report(Lang::En))),
        ("elsewhere_zh", Slip::Elsewhere(more::elsewhere(Lang::Zh))),
        ("elsewhere_en", Slip::Elsewhere(more::elsewhere(Lang::En))),
    ]
}

/// Slips with characters that most printers lack, which therefore come
/// out as dots, and with texts that are hard to break.
pub(crate) fn awkward() -> Vec<(&'static str, Slip)> {
    vec![
        ("test_zh", Slip::Test(test(Lang::Zh))),
        ("test_en", Slip::Test(test(Lang::En))),
        ("awkward_zh", Slip::Notice(more::awkward(Lang::Zh))),
        ("awkward_en", Slip::Notice(more::awkward(Lang::En))),
    ]
}

/// A ticket for a matter, with everything a ticket can say.
pub(crate) fn ticket(lang: Lang) -> TicketSlip {
    let say = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    TicketSlip {
        lang,
        hall: say("云溪区政务服务中心", "Yunxi District Service Hall"),
        number: "A023".into(),
        what: say("食品许可", "Food permit"),
        department: Some(say("市场监督管理局", "Administration for Market Regulation")),
        zone: say("等候区 A", "Zone A"),
        windows: "A01–A04".into(),
        ahead: Some(5),
        estimate: Some(Minutes { low: 20, high: 30 }),
        issued: "2026-11-22T09:31:05".parse().unwrap(),
        class: Some(say("普通号", "walk-in")),
        url: Some("http://192.168.10.5:8080/t/3mK9xQ2vR7tYw8LzPb4NcA".into()),
        rejoin_minutes: Some(30),
        notice_number: Some("N-1042".into()),
        offline: false,
        reprint: false,
    }
}

/// The same number where the kiosk gave it by itself.
pub(crate) fn offline(lang: Lang) -> TicketSlip {
    TicketSlip { number: "A501".into(), ahead: None, estimate: None, offline: true, ..ticket(lang) }
}

/// A notice with papers of every kind.
pub(crate) fn notice_zh() -> NoticeSlip {
    NoticeSlip {
        lang: Lang::Zh,
        hall: "云溪区政务服务中心".into(),
        matters: vec![NoticeMatter {
            name: "食品经营许可（新办）".into(),
            department: "市场监督管理局".into(),
            entrusted_by: Some("云溪市市场监督管理局".into()),
            category: "行政许可".into(),
            kind: "承诺件".into(),
            answers: vec![
                answer("由谁来办理？", "委托他人代办"),
                answer("主要经营什么？", "餐饮服务（饭店、奶茶店等）"),
                answer("用自动售货、自动制售设备吗？", "不用"),
            ],
            redirects: Vec::new(),
            steps: vec![
                step("受理", None),
                step("材料审查", Some("1 个工作日")),
                step("现场核查", Some("3 个工作日")),
                step("决定、发证", Some("1 个工作日")),
            ],
            promised: "5 个工作日".into(),
            statutory: Some("10 个工作日".into()),
            clock_starts: Some("从受理那天起算".into()),
            excluded: vec!["现场整改时间".into()],
            due: Some(Due {
                handed_in: "2026-12-28".parse().unwrap(),
                due: "2027-01-05".parse().unwrap(),
                provisional: true,
            }),
            fees: Vec::new(),
            place: Place {
                window: Some("A01–A04".into()),
                address: Some("云溪区政和路 12 号一楼 A 区".into()),
                hours: Some("周一至周五 9:00–12:00、13:00–17:00".into()),
                phone: Some("0519-8888 1234".into()),
                complaint: Some("12345".into()),
            },
            rejections: vec![
                "营业执照经营范围没有食品项目".into(),
                "布局图缺洗消间、凉菜间等必需分区".into(),
            ],
        }],
        bring: of_one(papers_zh()),
        later: of_one(vec![Paper {
            kept: true,
            originals: 1,
            ..paper("食品安全规章制度目录清单", "自己准备")
        }]),
        skip: of_one(vec![paper("营业执照", ""), paper("法定代表人（负责人）身份证明", "")]),
        catalogue_revision: "2026-11-22".into(),
        notice_number: "N-1042".into(),
        printed_at: "2026-12-28T09:31:05".parse().unwrap(),
        url: Some("http://192.168.10.5:8080/n/N-1042".into()),
        reprint: false,
        large: false,
    }
}

/// A notice that spares the visitor the trip.
pub(crate) fn redirect_zh() -> NoticeSlip {
    redirected(
        NoticeSlip { url: None, ..notice_zh() },
        &answer("主要经营什么？", "只销售预包装食品"),
        "仅销售预包装食品不需要许可，改办备案",
        "仅销售预包装食品备案（新办）",
    )
}

/// The same in English.
pub(crate) fn redirect_en() -> NoticeSlip {
    redirected(
        notice_en(),
        &answer("Where do you live?", "In another province"),
        "You can renew a passport in the province where you live",
        "Ordinary passport (renewal in any province)",
    )
}

fn redirected(notice: NoticeSlip, answer: &Answer, text: &str, instead: &str) -> NoticeSlip {
    let redirect = Redirect { text: text.into(), instead: Some(instead.into()) };
    let alone = |matter: NoticeMatter| NoticeMatter {
        entrusted_by: None,
        answers: vec![answer.clone()],
        redirects: vec![redirect.clone()],
        steps: Vec::new(),
        due: None,
        excluded: Vec::new(),
        rejections: Vec::new(),
        ..matter
    };
    NoticeSlip {
        matters: notice.matters.into_iter().map(alone).collect(),
        bring: Vec::new(),
        later: Vec::new(),
        skip: Vec::new(),
        reprint: true,
        ..notice
    }
}

/// A notice in English, with fees.
pub(crate) fn notice_en() -> NoticeSlip {
    NoticeSlip {
        lang: Lang::En,
        hall: "Yunxi District Service Hall".into(),
        matters: vec![NoticeMatter {
            name: "Ordinary passport (first, renewal, replacement)".into(),
            department: "Public Security Bureau (exit and entry)".into(),
            entrusted_by: None,
            category: "permit".into(),
            kind: "promised time".into(),
            answers: vec![answer("What do you need?", "A first passport")],
            redirects: Vec::new(),
            steps: vec![step("Accept", None), step("Make the passport", Some("7 working days"))],
            promised: "7 working days".into(),
            statutory: Some("15 days".into()),
            clock_starts: Some("Counted from acceptance".into()),
            excluded: Vec::new(),
            due: Some(Due {
                handed_in: "2026-11-23".parse().unwrap(),
                due: "2026-12-02".parse().unwrap(),
                provisional: false,
            }),
            fees: vec![Fee {
                item: "Passport".into(),
                amount: "¥120 each".into(),
                basis: "NDRC price notice [2019] 914".into(),
            }],
            place: Place { window: Some("B01".into()), ..Place::default() },
            rejections: vec!["The photograph is older than six months".into()],
        }],
        bring: of_one(vec![
            Paper { originals: 1, copies: 1, ..paper("Resident identity card", "you have it") },
            Paper {
                originals: 2,
                kept: true,
                check: Some("White background, 33 × 48 mm, taken within six months".into()),
                ..paper("Photographs", "a photo shop")
            },
            Paper { copies: 2, optional: true, ..paper("Old passport", "you have it") },
        ]),
        later: Vec::new(),
        skip: of_one(vec![paper("Household register", "")]),
        catalogue_revision: "2026-11-22".into(),
        notice_number: "N-1043".into(),
        printed_at: "2026-11-23T14:02:59".parse().unwrap(),
        url: None,
        reprint: false,
        large: false,
    }
}

/// The installer's page.
pub(crate) fn test(lang: Lang) -> TestSlip {
    TestSlip {
        lang,
        hall: match lang {
            Lang::Zh => "云溪区政务服务中心".into(),
            Lang::En => "Yunxi District Service Hall".into(),
        },
        printer: "serial:/dev/ttyUSB0?baud=115200".into(),
        profile: "generic-80".into(),
        printed_at: "2026-11-22T08:00:00".parse().unwrap(),
    }
}

fn papers_zh() -> Vec<Paper> {
    vec![
        Paper { originals: 1, kept: true, ..paper("食品经营许可申请书", "自己准备") },
        Paper {
            originals: 1,
            kept: true,
            check: Some("标明功能区、面积和人流物流方向".into()),
            ..paper("主要设备设施、经营布局、操作流程等文件", "自己准备")
        },
        Paper {
            originals: 1,
            kept: true,
            check: Some("委托事项、权限、期限写明；委托人签名或盖章".into()),
            ..paper("授权委托书", "自己准备")
        },
        Paper { originals: 1, copies: 1, ..paper("代办人居民身份证", "随身带") },
        Paper {
            copies: 1,
            optional: true,
            note: Some("有的话可以少等一次现场核查。".into()),
            ..paper("连锁企业总部证明", "公司总部")
        },
    ]
}

pub(crate) fn paper(name: &str, source: &str) -> Paper {
    Paper {
        name: name.into(),
        originals: 0,
        copies: 0,
        source: (!source.is_empty()).then(|| source.into()),
        check: None,
        note: None,
        kept: false,
        optional: false,
    }
}

/// The papers of a notice for one matter.
pub(crate) fn of_one(papers: Vec<Paper>) -> Vec<SharedPaper> {
    papers.into_iter().map(|paper| SharedPaper { paper, matters: vec![1] }).collect()
}

pub(crate) fn answer(question: &str, answer: &str) -> Answer {
    Answer { question: question.into(), answer: answer.into() }
}

pub(crate) fn step(name: &str, limit: Option<&str>) -> Step {
    Step { name: name.into(), limit: limit.map(str::to_owned) }
}
