//! The pages as text: everything a visitor must read is there, in both
//! languages, and nothing that a text says becomes part of the page.

use std::path::Path;

use catalogue::{Answers, Matter};
use jiff::civil::date;
use jiff::{Timestamp, tz};
use queue_api::{Bilingual, EstimateMinutes, RatingLevel, TicketState, TicketView};

use super::*;
use crate::profile;

fn demo() -> HallFiles {
    profile::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/demo")).unwrap()
}

fn now() -> Timestamp {
    date(2026, 11, 23)
        .at(9, 41, 0, 0)
        .to_zoned(tz::TimeZone::get("Asia/Shanghai").unwrap())
        .unwrap()
        .timestamp()
}

fn view(state: TicketState) -> TicketView {
    let lane_name = Bilingual { zh: "市场监管".to_owned(), en: "Business".to_owned() };
    TicketView {
        seq: 1,
        number: "A023".parse().unwrap(),
        lane_name,
        state,
        ahead: 5,
        estimate_minutes: EstimateMinutes { low: 20, high: 30 },
        window_label: Some("A01".to_owned()),
        zone: "A".to_owned(),
        windows: "A01–A02".to_owned(),
        calls: 0,
        rejoin_until: None,
        services: Vec::new(),
    }
}

fn notice(files: &HallFiles, matter: &Matter) -> Notice {
    let workdays = &files.catalogue.workdays;
    Notice::of(matter, &Answers::new(), date(2026, 11, 23), workdays, true)
}

/// What is on the paper.
const PAPER: Origin<'_> = Origin::Ticket { number: "A023", token: "s" };

const STATES: [TicketState; 7] = [
    TicketState::Waiting,
    TicketState::Called,
    TicketState::Serving,
    TicketState::Parked,
    TicketState::Finished,
    TicketState::NoShow,
    TicketState::Void,
];

#[test]
fn every_state_is_told_in_both_languages() {
    let files = demo();
    for state in STATES {
        let page = |lang| ticket_page(&files, &view(state), &[], "secret", 30, now(), lang);
        let (zh, en) = (page(Lang::Zh), page(Lang::En));
        assert!(zh.contains("<html lang=\"zh-CN\">") && en.contains("<html lang=\"en\">"));
        let said = |page: &str| {
            let after = page.split_once("<b id=\"state\">").unwrap().1;
            after.split_once('<').unwrap().0.to_owned()
        };
        assert_ne!(said(&zh), said(&en), "{state:?}");
        for page in [zh, en] {
            let left = page.contains('{') || page.contains("><b id=\"state\"></b>");
            assert!(!left, "a place was left open in {page}");
        }
    }
}

#[test]
fn who_waits_reads_how_many_are_ahead_and_for_how_long() {
    let page = ticket_page(&demo(), &view(TicketState::Waiting), &[], "s", 30, now(), Lang::En);
    for part in [
        "<span id=\"plate\">A023</span>",
        "<b id=\"ahead\">5</b>",
        "<b id=\"estimate\">20–30</b>",
        "As of 09:41",
        "Please wait in area A",
        ">A01–A02</span>",
    ] {
        assert!(page.contains(part), "`{part}` is missing in {page}");
    }
}

#[test]
fn a_place_is_offered_again_until_it_is_not_kept_any_more() {
    let files = demo();
    let rejoin_until = Some(now() + jiff::SignedDuration::from_mins(7));
    let passed_over = TicketView { rejoin_until, ..view(TicketState::NoShow) };
    let page = |at| ticket_page(&files, &passed_over, &[], "s", 30, at, Lang::En);
    assert!(page(now()).contains("Until 09:48 you can join again once"));
    assert!(page(now() + jiff::SignedDuration::from_mins(8)).contains("It is too late to join"));
}

#[test]
fn every_matter_of_the_demo_hall_has_a_notice() {
    let files = demo();
    assert!(files.catalogue.matters.len() >= 30);
    for matter in &files.catalogue.matters {
        let notice = notice(&files, matter);
        let page = notice_page(&files, std::slice::from_ref(&notice), PAPER, Lang::Zh);
        for paper in notice.papers.to_collect() {
            let id = format!("data-tick=\"{}\"", paper.material.id);
            assert_eq!(page.matches(&id).count(), 1, "{} of {}", paper.material.id, matter.id);
        }
        for paper in &notice.papers.not_needed {
            let id = format!("data-tick=\"{}\"", paper.material.id);
            assert!(!page.contains(&id), "nobody collects {}", paper.material.id);
        }
        assert!(page.contains(&notice.contact.phone) && !page.contains('{'), "{}", matter.id);
    }
}

#[test]
fn what_ends_the_matter_comes_first_and_lists_no_papers() {
    let files = demo();
    let stops = |it: &Matter| it.redirects.iter().any(|it| it.stop);
    let matter = files.catalogue.matters.iter().find(|it| stops(it)).unwrap();
    let redirect = matter.redirects.iter().find(|it| it.stop).unwrap().clone();
    let ended = Notice {
        redirects: vec![redirect.clone()],
        perhaps: Vec::new(),
        papers: catalogue::Papers::default(),
        ..notice(&files, matter)
    };
    let page = notice_page(&files, &[ended], PAPER, Lang::Zh);
    assert!(page.contains(&redirect.text.zh) && page.contains(&redirect.text.en));
    assert!(!page.contains("data-tick") && page.contains("到哪里办"));
}

/// What is behind the code of a list: of two matters every paper once,
/// with what it is for.
#[test]
fn a_list_of_two_matters_has_every_paper_once() {
    let files = demo();
    let today = date(2026, 11, 23);
    let code = "senior-card~age.65~agent.agent~~residence-permit~request.renew~who.self";
    let notices = asked_about(&files, code, today).unwrap();
    let page = notice_page(&files, &notices, Origin::List, Lang::Zh);
    for (id, times) in [("id-card", 1), ("agent-id-card", 1), ("photo-onsite", 1)] {
        let tick = format!("data-tick=\"{id}\"");
        assert_eq!(page.matches(&tick).count(), times, "{id}");
    }
    assert!(page.contains("2 件事，一起带") && page.contains("For all 2 matters"));
    assert!(page.contains("用于：老年证") && !page.contains("用于：老年证 · 居住证"));
    assert!(!page.contains("class=\"back\""), "it belongs to no ticket");
    let one = asked_about(&files, "senior-card", today).unwrap();
    let page = notice_page(&files, &one, Origin::List, Lang::Zh);
    assert!(!page.contains("一起带") && !page.contains("用于："));
    assert_eq!(asked_about(&files, "senior-card~~no-such-matter", today), None);
}

#[test]
fn a_text_is_a_text_whatever_it_says() {
    let files = demo();
    let mut notice = notice(&files, &files.catalogue.matters[0]);
    notice.name.zh = "<script>alert(1)</script>".to_owned();
    let page = notice_page(
        &files,
        &[notice],
        Origin::Ticket { number: "A023", token: "\"><script>" },
        Lang::Zh,
    );
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"));
    assert!(!page.contains("\"><script>"));
}

#[test]
fn every_reason_of_the_national_codes_is_in_the_words() {
    for level in RatingLevel::ALL {
        words::text(&format!("rating.level.{}", u8::from(level)));
        for reason in level.reasons() {
            words::text(&format!("rating.{}", u16::from(reason)));
        }
    }
}

#[test]
fn a_page_begins_in_the_language_of_its_link_or_of_the_browser() {
    assert_eq!(language(Some("en"), Some("zh-CN")), Lang::En);
    assert_eq!(language(Some("xx"), Some("zh-CN,en;q=0.8")), Lang::Zh);
    assert_eq!(language(None, Some("de, en;q=0.8, zh-TW;q=0.2")), Lang::Zh);
    assert_eq!(language(None, Some("en-GB,en;q=0.9")), Lang::En);
    assert_eq!(language(None, None), Lang::Zh);
}
