//! Cases told as stories: who asks what on which day, what follows, and
//! what a correction notice holds. `limits` counts days, `year` lets a
//! year of cases pass.

mod limits;
mod year;

use std::fs;
use std::path::Path;

use catalogue::{
    ClockStart, Correcting, Department, Kind, Limit, Need, SourceFile, Text, Unit, Workdays,
    read_calendars,
};
use expect_test::{Expect, expect};
use jiff::civil::{Date, date};
use queue_core::TicketId;

use crate::*;

/// A Monday.
const MONDAY: Date = date(2026, 11, 23);

fn calendar() -> Workdays {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/halls/demo/calendar");
    let files: Vec<SourceFile> = ["2025.toml", "2026.toml"]
        .iter()
        .map(|name| SourceFile {
            name: (*name).to_owned(),
            text: fs::read_to_string(folder.join(name)).unwrap(),
        })
        .collect();
    let (workdays, faults) = read_calendars(&files);
    assert_eq!(faults, []);
    workdays
}

fn text(zh: &str) -> Text {
    Text { zh: zh.to_owned(), en: zh.to_owned() }
}

fn workdays(value: u32) -> Limit {
    Limit { value, unit: Unit::Workday }
}

fn paper(id: &str, need: Need) -> ListedPaper {
    ListedPaper { id: id.to_owned(), name: text(id), original: 1, copies: 0, need, sure: true }
}

/// A permit with four papers: two that must be there, one that may follow,
/// one that helps.
fn permit() -> Opened {
    Opened {
        ticket: TicketId(7),
        number: "A023".parse().unwrap(),
        matter: "drainage-permit".to_owned(),
        name: text("排水许可"),
        department: Department {
            id: "swj".to_owned(),
            zh: "水务局".to_owned(),
            en: "Water".to_owned(),
        },
        entrusted_by: None,
        flow: Kind::Promise,
        answers: std::iter::empty().collect(),
        revision: "r1".to_owned(),
        papers: vec![
            paper("form", Need::Required),
            paper("plan", Need::Required),
            paper("lease", Need::Deferrable),
            paper("photo", Need::Optional),
        ],
        correcting: Correcting::WithinFiveDays,
        promised: workdays(7),
        statutory: Some(workdays(20)),
        extension: Some(workdays(10)),
        clock_starts: ClockStart::Accepted,
        partners: Vec::new(),
    }
}

/// A window and its register, day by day.
struct Office {
    register: Register,
    today: Date,
    workdays: Workdays,
    is_chief: bool,
    /// Everything that happened, as the journal would keep it.
    told: Vec<String>,
}

impl Office {
    fn new() -> Office {
        Office {
            register: Register::default(),
            today: MONDAY,
            workdays: calendar(),
            is_chief: false,
            told: Vec::new(),
        }
    }

    fn with(opened: Opened) -> Office {
        let mut office = Office::new();
        office.does(&Command::Open(Box::new(opened)));
        office.told.clear();
        office
    }

    fn apply(&mut self, events: Vec<Event>) {
        for event in events {
            let line = serde_json::to_string(&event).unwrap();
            let read: Event = serde_json::from_str(&line).unwrap();
            assert_eq!(read, event, "what is kept is read back");
            self.register.apply(&read);
            self.told.push(line);
        }
    }

    fn asks(&mut self, command: &Command) -> Result<(), Refusal> {
        let moment =
            Moment { today: self.today, workdays: &self.workdays, is_chief: self.is_chief };
        let events = decide(&self.register, command, moment)?;
        self.apply(events);
        Ok(())
    }

    #[track_caller]
    fn does(&mut self, command: &Command) {
        self.asks(command).unwrap();
    }

    #[track_caller]
    fn may_not(&mut self, command: &Command, refusal: &Refusal) {
        let before = self.register.clone();
        assert_eq!(self.asks(command).as_ref(), Err(refusal));
        assert_eq!(self.register, before);
    }

    fn marks(&mut self, paper: &str, mark: Mark) {
        self.does(&Command::Mark { case: CASE, paper: paper.to_owned(), mark });
    }

    fn hands_in(&mut self, papers: &[&str]) {
        for it in papers {
            self.marks(it, Mark::Received);
        }
    }

    /// Every day begins with a look at those before it.
    fn until(&mut self, day: Date) {
        while self.today < day {
            self.today = self.today.tomorrow().unwrap();
            let events = watch(&self.register, self.today, &self.workdays);
            self.apply(events);
            assert_eq!(watch(&self.register, self.today, &self.workdays), [], "once");
        }
    }

    fn case(&self) -> &Case {
        self.register.case(CASE).unwrap()
    }

    fn check(&mut self, expected: &Expect) {
        expected.assert_eq(&self.told.drain(..).collect::<Vec<_>>().join("\n"));
    }
}

const CASE: CaseId = CaseId(1);

fn correct(reason: &str) -> Command {
    let until = date(2026, 12, 14);
    Command::Correct { case: CASE, until, beyond: Vec::new(), reason: reason.to_owned() }
}

fn accept() -> Command {
    Command::Accept { case: CASE, deferred: Vec::new(), clock_from: None }
}

fn settle() -> Command {
    Command::Settle { case: CASE, outcome: Outcome::Granted }
}

#[test]
fn everything_is_here_and_it_is_accepted_decided_and_served() {
    let mut office = Office::with(permit());
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&Command::Receive { case: CASE });
    office.does(&accept());
    office.until(date(2026, 11, 30));
    office.does(&settle());
    office.does(&Command::Deliver { case: CASE, how: "窗口领取".to_owned() });
    office.check(&expect![[r#"
        {"kind":"marked","case":1,"paper":"form","mark":"received"}
        {"kind":"marked","case":1,"paper":"plan","mark":"received"}
        {"kind":"marked","case":1,"paper":"lease","mark":"received"}
        {"kind":"received","case":1,"on":"2026-11-23","number":{"kind":"receipt","year":2026,"serial":1}}
        {"kind":"accepted","case":1,"on":"2026-11-23","number":{"kind":"acceptance","year":2026,"serial":1},"clock_from":"2026-11-23"}
        {"kind":"settled","case":1,"on":"2026-11-30","outcome":"granted"}
        {"kind":"delivered","case":1,"on":"2026-11-30","number":{"kind":"delivery","year":2026,"serial":1},"how":"窗口领取"}"#]]);
    assert_eq!(office.case().stage, Stage::Delivered { on: date(2026, 11, 30) });
}

#[test]
fn what_was_not_ticked_is_the_correction_notice() {
    let mut office = Office::with(permit());
    office.hands_in(&["form", "lease"]);
    office.marks("plan", Mark::Wrong { what: "没有盖章".to_owned() });
    office.may_not(&accept(), &Refusal::PaperMissing("plan".to_owned()));
    office.does(&correct(""));
    office.check(&expect![[r#"
        {"kind":"marked","case":1,"paper":"form","mark":"received"}
        {"kind":"marked","case":1,"paper":"lease","mark":"received"}
        {"kind":"marked","case":1,"paper":"plan","mark":"wrong","what":"没有盖章"}
        {"kind":"correction_issued","case":1,"on":"2026-11-23","number":{"kind":"correction","year":2026,"serial":1},"wanted":[{"paper":"plan","name":{"zh":"plan","en":"plan"},"what":"没有盖章"}],"until":"2026-12-14"}"#]]);
    let corrections = &office.case().corrections;
    let wanted: Vec<_> = corrections[0].wanted.iter().map(|it| it.paper.as_deref()).collect();
    assert_eq!(wanted, [Some("plan")]);
}

#[test]
fn nothing_is_asked_for_that_is_here() {
    let mut office = Office::with(permit());
    office.hands_in(&["form", "plan", "lease"]);
    office.may_not(&correct(""), &Refusal::NothingMissing);
}

#[test]
fn what_can_be_put_right_at_the_window_is_put_right_there() {
    let mut office = Office::with(permit());
    office.hands_in(&["plan", "lease"]);
    office.marks("form", Mark::Correctable { what: "漏签日期".to_owned() });
    office.may_not(&correct(""), &Refusal::CorrectHere("form".to_owned()));
    office.hands_in(&["form"]);
    office.does(&accept());
    assert!(office.case().is_running());
}

#[test]
fn a_second_notice_has_a_reason_and_a_card() {
    let mut office = Office::with(permit());
    office.hands_in(&["form"]);
    office.does(&correct(""));
    office.until(date(2026, 11, 25));
    office.hands_in(&["plan"]);
    office.does(&Command::Receive { case: CASE });
    office.may_not(&correct(" "), &Refusal::ReasonWanted);
    office.told.clear();
    office.does(&correct("上次漏看租赁合同"));
    office.check(&expect![[r#"
        {"kind":"correction_issued","case":1,"on":"2026-11-25","number":{"kind":"correction","year":2026,"serial":2},"wanted":[{"paper":"lease","name":{"zh":"lease","en":"lease"}}],"until":"2026-12-14","reason":"上次漏看租赁合同"}
        {"kind":"card_shown","card":1,"case":1,"on":"2026-11-25","what":"corrected_again","time":2}"#]]);
    let card = office.register.cards().next().unwrap();
    assert_eq!(card.what.colour(), Colour::Yellow);
    office.does(&Command::AnswerCard { card: CardId(1), text: "已提醒".to_owned() });
    let reason = "当事人后来换了场地".to_owned();
    office.does(&Command::WithdrawCard { card: CardId(1), reason: reason.clone() });
    let card = office.register.card(CardId(1)).unwrap();
    assert_eq!((card.answers.len(), card.withdrawn.clone()), (1, Some(reason.clone())));
    office.may_not(&Command::WithdrawCard { card: CardId(1), reason }, &Refusal::WrongStage);
}

#[test]
fn a_paper_that_is_on_no_list_is_a_red_card() {
    let mut office = Office::with(permit());
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&Command::Correct {
        case: CASE,
        until: date(2026, 12, 14),
        beyond: vec![text("居委会证明")],
        reason: String::new(),
    });
    let cards: Vec<_> = office.register.cards().map(|it| it.what.colour()).collect();
    assert_eq!(cards, [Colour::Red]);
    let wanted = &office.case().corrections[0].wanted;
    assert_eq!(wanted.iter().map(|it| it.name.zh.as_str()).collect::<Vec<_>>(), ["居委会证明"]);
}

#[test]
fn five_working_days_of_silence_accept_from_the_day_of_receipt() {
    let mut office = Office::with(permit());
    office.does(&Command::Receive { case: CASE });
    // Monday the 23rd is not counted; the fifth working day is the 30th.
    office.until(date(2026, 11, 30));
    assert_eq!(office.case().stage, Stage::Received { on: MONDAY });
    office.told.clear();
    office.until(date(2026, 12, 1));
    office.check(&expect![[r#"
        {"kind":"deemed_accepted","case":1,"on":"2026-11-23"}
        {"kind":"card_shown","card":1,"case":1,"on":"2026-12-01","what":"due_soon"}
        {"kind":"card_shown","card":2,"case":1,"on":"2026-12-01","what":"silence"}"#]]);
    assert_eq!(office.case().stage, Stage::Accepted { on: MONDAY, deemed: true });
    office.may_not(&correct(""), &Refusal::WrongStage);
}

#[test]
fn a_notice_within_the_five_days_is_no_silence() {
    let mut office = Office::with(permit());
    office.does(&Command::Receive { case: CASE });
    office.until(date(2026, 11, 30));
    office.does(&correct(""));
    office.until(date(2026, 12, 14));
    assert_eq!(office.case().stage, Stage::Correcting { until: date(2026, 12, 14) });
    assert_eq!(office.register.cards().count(), 0);
    // Nothing came: it counts as taken back.
    office.told.clear();
    office.until(date(2026, 12, 15));
    office.check(&expect![[
        r#"{"kind":"withdrawn","case":1,"on":"2026-12-15","by":"not_corrected"}"#
    ]]);
}

#[test]
fn real_estate_is_told_at_once_or_accepted() {
    let mut office = Office::with(Opened { correcting: Correcting::AtOnce, ..permit() });
    office.does(&Command::Receive { case: CASE });
    office.until(date(2026, 11, 24));
    assert_eq!(office.case().stage, Stage::Accepted { on: MONDAY, deemed: true });
}

#[test]
fn not_needed_and_elsewhere_are_said_at_once() {
    let mut office = Office::with(permit());
    let (reason, authority) = ("由市里办".to_owned(), String::new());
    let address = "建设路 1 号".to_owned();
    let case = CASE;
    let elsewhere = |authority: &str| Command::Decline {
        case,
        why: Decline::OtherAuthority {
            reason: reason.clone(),
            authority: authority.to_owned(),
            address: address.clone(),
        },
    };
    office.may_not(&elsewhere(&authority), &Refusal::TextMissing);
    office.does(&elsewhere("市水务局"));
    office.check(&expect![[r#"{"kind":"declined","case":1,"on":"2026-11-23","number":{"kind":"decline","year":2026,"serial":1},"ground":"other_authority","reason":"由市里办","authority":"市水务局","address":"建设路 1 号"}"#]]);
    office.may_not(&accept(), &Refusal::WrongStage);

    let mut office = Office::with(permit());
    let why = Decline::NotNeeded { reason: "不排入管网".to_owned() };
    office.does(&Command::Decline { case: CASE, why });
    office.check(&expect![[r#"{"kind":"declined","case":1,"on":"2026-11-23","number":{"kind":"decline","year":2026,"serial":1},"ground":"not_needed","reason":"不排入管网"}"#]]);
}

#[test]
fn a_promised_paper_may_follow_and_the_decision_waits_for_it() {
    let mut office = Office::with(permit());
    office.hands_in(&["form"]);
    let promise = |paper: &str, by| Command::Accept {
        case: CASE,
        deferred: vec![(paper.to_owned(), by)],
        clock_from: None,
    };
    office
        .may_not(&promise("plan", date(2026, 11, 27)), &Refusal::NotDeferrable("plan".to_owned()));
    office.hands_in(&["plan"]);
    office.may_not(&promise("lease", MONDAY), &Refusal::DayOver(MONDAY));
    office.told.clear();
    office.does(&promise("lease", date(2026, 11, 26)));
    office.check(&expect![[r#"{"kind":"accepted","case":1,"on":"2026-11-23","number":{"kind":"acceptance","year":2026,"serial":1},"clock_from":"2026-11-23","deferred":[["lease","2026-11-26"]],"promise":{"kind":"promise","year":2026,"serial":1}}"#]]);
    office.may_not(&settle(), &Refusal::PromiseOpen("lease".to_owned()));
    office.until(date(2026, 11, 27));
    office.check(&expect![[r#"{"kind":"card_shown","card":1,"case":1,"on":"2026-11-27","what":"promised_paper_late","paper":"lease"}"#]]);
    office.does(&Command::KeepPromise { case: CASE, paper: "lease".to_owned() });
    office.does(&settle());
}

#[test]
fn a_paper_that_was_not_sure_may_be_found_not_needed() {
    let mut opened = permit();
    opened.papers[1].sure = false;
    let mut office = Office::with(opened);
    office.hands_in(&["form", "lease"]);
    let not_needed =
        |paper: &str| Command::Mark { case: CASE, paper: paper.to_owned(), mark: Mark::NotNeeded };
    office.may_not(&not_needed("form"), &Refusal::Needed("form".to_owned()));
    office.may_not(&not_needed("nothing"), &Refusal::UnknownPaper("nothing".to_owned()));
    office.does(&not_needed("plan"));
    office.does(&accept());
}

#[test]
fn what_is_settled_on_the_spot_needs_no_acceptance_and_the_chief() {
    let mut office = Office::with(Opened { flow: Kind::Instant, ..permit() });
    office.hands_in(&["form", "plan"]);
    office.may_not(&settle(), &Refusal::NotTheChief);
    office.is_chief = true;
    office.may_not(&settle(), &Refusal::PaperMissing("lease".to_owned()));
    office.hands_in(&["lease"]);
    office.told.clear();
    office.does(&settle());
    office
        .check(&expect![[r#"{"kind":"settled","case":1,"on":"2026-11-23","outcome":"granted"}"#]]);

    let mut office = Office::with(permit());
    office.hands_in(&["form", "plan", "lease"]);
    office.is_chief = true;
    office.may_not(&settle(), &Refusal::WrongStage);
}

#[test]
fn what_was_passed_up_is_decided_when_it_is_back() {
    let mut office = Office::with(Opened { flow: Kind::Upward, ..permit() });
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&accept());
    office.does(&Command::HandUp { case: CASE, to: "市水务局".to_owned() });
    office.may_not(&settle(), &Refusal::HandedUp);
    office.does(&Command::TakeBack { case: CASE });
    office.may_not(&Command::TakeBack { case: CASE }, &Refusal::HandedUp);
    let reasons = "不符合排放标准".to_owned();
    let refused = |reasons| Command::Settle { case: CASE, outcome: Outcome::Refused { reasons } };
    office.may_not(&refused(String::new()), &Refusal::TextMissing);
    office.does(&refused(reasons));
}

#[test]
fn in_a_joint_case_every_partner_is_heard_and_in_time() {
    let partners = vec!["tax".to_owned(), "zjj".to_owned()];
    let mut office = Office::with(Opened { flow: Kind::Joint, partners, ..permit() });
    office.hands_in(&["form", "plan", "lease"]);
    office.does(&accept());
    let ask = |department: &str| Command::AskOpinion {
        case: CASE,
        department: department.to_owned(),
        within: workdays(2),
    };
    let give = |department: &str| Command::GiveOpinion {
        case: CASE,
        department: department.to_owned(),
        agrees: true,
        text: String::new(),
    };
    office.may_not(&ask("police"), &Refusal::NotAsked("police".to_owned()));
    office.may_not(&give("tax"), &Refusal::NotAsked("tax".to_owned()));
    office.does(&ask("tax"));
    office.may_not(&ask("tax"), &Refusal::NotAsked("tax".to_owned()));
    office.does(&ask("zjj"));
    office.does(&give("tax"));
    office.may_not(&settle(), &Refusal::OpinionMissing("zjj".to_owned()));
    office.told.clear();
    office.until(date(2026, 11, 26));
    office.check(&expect![[r#"{"kind":"card_shown","card":1,"case":1,"on":"2026-11-26","what":"opinion_late","department":"zjj"}"#]]);
    office.does(&give("zjj"));
    office.does(&settle());
}

#[test]
fn papers_are_counted_by_kind_and_year() {
    let mut office = Office::new();
    for _ in 0..2 {
        office.does(&Command::Open(Box::new(permit())));
    }
    office.does(&Command::Receive { case: CaseId(1) });
    office.does(&Command::Receive { case: CaseId(2) });
    office.today = date(2027, 1, 4);
    office.does(&Command::Open(Box::new(permit())));
    office.does(&Command::Receive { case: CaseId(3) });
    let numbers: Vec<String> = office
        .register
        .cases()
        .flat_map(|it| it.documents.iter().map(ToString::to_string))
        .collect();
    assert_eq!(numbers, ["收〔2026〕0001号", "收〔2026〕0002号", "收〔2027〕0001号"]);
}

#[test]
fn nothing_is_asked_of_what_is_not_there() {
    let mut office = Office::new();
    office.may_not(&accept(), &Refusal::UnknownCase(CASE));
    let answer = Command::AnswerCard { card: CardId(9), text: "…".to_owned() };
    office.may_not(&answer, &Refusal::UnknownCard(CardId(9)));
}

#[test]
fn whoever_takes_it_back_ends_it() {
    let mut office = Office::with(permit());
    office.does(&Command::Withdraw { case: CASE });
    office.may_not(&Command::Withdraw { case: CASE }, &Refusal::WrongStage);
    office.until(date(2027, 3, 1));
    assert_eq!(office.register.cards().count(), 0);
}
