//! What the manager does, and what becomes of those left at the end.

use expect_test::{Expect, expect};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::{Told, rules, tell, tell_in, tell_on};
use crate::{
    Command, Event, LeftOver, Manage, Notice, NoticeId, NoticeRequest, Rejection, Rules, StandIn,
    StandInId, StandInRequest, TicketRequest, WindowId, decide,
};

fn check(script: &str, expected: &Expect) {
    expected.assert_eq(&tell(script).text);
}

#[test]
fn whoever_waited_in_vain_comes_back_with_the_same_paper() {
    let mut told = tell("day 23; open 1; issue A; issue A; next 1; day 24");
    assert!(told.submit(&back("token-2")), "who was not called");
    assert!(told.submit(&back("token-1")), "who was called and not served");
    assert!(!told.submit(&back("token-1")), "once");
    assert!(told.hall.tickets().all(|it| it.waits_from < it.issued_at));
    expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        issue A
          ticket issued A002
        next 1
          ticket called A001 at 1
        day 24
          pass given A001
          ticket voided A001 DayEnded
          pass given A002
          ticket voided A002 DayEnded
          window closed at 1
          day closed 2026-11-23
          day opened 2026-11-24
          ticket issued A001
          ticket issued A002
          no: the return pass is not valid
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn a_hall_may_let_numbers_end_with_the_day() {
    let rules = Rules { left_over: LeftOver::Void, ..rules() };
    let mut told = tell_in(rules, "day 23; issue A; day 24");
    assert!(!told.submit(&back("token-1")));
    expect![[r#"
        day 23
          day opened 2026-11-23
        issue A
          ticket issued A001
        day 24
          ticket voided A001 DayEnded
          day closed 2026-11-23
          day opened 2026-11-24
          no: the return pass is not valid
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn the_pass_is_taken_on_so_many_open_days() {
    let mut rules = Rules { left_over: LeftOver::ReturnPass { days: 2 }, ..rules() };
    rules.closed_days.insert(date(2026, 11, 25));
    let told = tell_in(rules, "day 23; issue A; day 24");
    let pass = told.hall.pass("token-1").unwrap();
    assert_eq!(pass.pass.until, date(2026, 11, 26));
}

#[test]
fn a_day_that_was_closed_too_early_goes_on_with_its_numbers() {
    let mut told = Told::new(rules());
    told.now = "2026-11-23T01:00:00Z".parse().unwrap();
    tell_on(
        &mut told,
        "day 23; open 1; issue A; close-day; issue A; reopen; issue A; open 1; next 1; reopen",
    );
    expect![[r#"
        day 23
          day opened 2026-11-23
        open 1
          window opened at 1
        issue A
          ticket issued A001
        close-day
          pass given A001
          ticket voided A001 DayEnded
          window closed at 1
          day closed 2026-11-23
        issue A
          no: no business day is open
        reopen
          day reopened
        issue A
          ticket issued A002
        open 1
          window opened at 1
        next 1
          ticket called A002 at 1
        reopen
          no: the business day is already open
    "#]]
    .assert_eq(&told.text);
}

#[test]
fn a_day_is_reopened_on_the_same_day_only() {
    let mut told = tell("day 23; close-day");
    told.now = "2026-11-24T08:00:00Z".parse().unwrap();
    assert_eq!(decide(&told.hall, &reopen(), told.now), Err(Rejection::DayNotOpen));
}

#[test]
fn stopped_numbers_are_given_by_the_desk_alone_until_they_go_on() {
    check(
        "day 23; stop A; issue A; desk A; issue B; stop A; resume-numbers A B; issue A; stop A; day 24; issue A",
        &expect![[r#"
            day 23
              day opened 2026-11-23
            stop A
              numbers stopped
            issue A
              no: numbers of lane `A` are stopped
            desk A
              ticket issued A001
            issue B
              ticket issued B001
            stop A
              no: it is so already
            resume-numbers A B
              numbers resumed
            issue A
              ticket issued A002
            stop A
              numbers stopped
            day 24
              pass given A001
              ticket voided A001 DayEnded
              pass given B001
              ticket voided B001 DayEnded
              pass given A002
              ticket voided A002 DayEnded
              day closed 2026-11-23
              day opened 2026-11-24
            issue A
              ticket issued A001
        "#]],
    );
}

#[test]
fn a_window_serves_other_lanes_for_the_rest_of_the_day() {
    check(
        "day 23; open 3; issue A; next 3; assign 3 A; assign 3 A; next 3; assign 9 A; day 24; open 3; issue A; next 3",
        &expect![[r#"
            day 23
              day opened 2026-11-23
            open 3
              window opened at 3
            issue A
              ticket issued A001
            next 3
              no: nobody is waiting
            assign 3 A
              window assigned
            assign 3 A
              no: it is so already
            next 3
              ticket called A001 at 3
            assign 9 A
              no: there is no window `9`
            day 24
              pass given A001
              ticket voided A001 DayEnded
              window closed at 3
              day closed 2026-11-23
              day opened 2026-11-24
            open 3
              window opened at 3
            issue A
              ticket issued A001
            next 3
              no: nobody is waiting
        "#]],
    );
}

#[test]
fn a_notice_needs_both_languages_and_an_end_behind_its_beginning() {
    let told = tell("day 23");
    let posts = |zh: &str, en: &str, until| {
        let (zh, en) = (zh.to_owned(), en.to_owned());
        let request = NoticeRequest { zh, en, zone: None, from: None, until };
        decide(&told.hall, &Command::Manage(Manage::PostNotice(request)), told.now)
    };
    let unfit = Err(Rejection::NoticeUnfit { chars_max: 120 });
    assert_eq!(posts("系统检修", " ", None), unfit);
    assert_eq!(posts(&"长".repeat(121), "long", None), unfit);
    assert_eq!(posts("系统检修", "Maintenance", Some(told.now)), unfit);
    let from = told.now;
    let (zh, en) = ("系统检修".to_owned(), "Maintenance".to_owned());
    let notice = Notice { id: NoticeId(1), zh, en, zone: None, from, until: None };
    assert_eq!(posts(" 系统检修 ", "Maintenance", None), Ok(vec![Event::NoticePosted { notice }]));
}

#[test]
fn notices_are_few_and_those_that_are_over_make_room_overnight() {
    let mut told = tell("day 23");
    for _ in 0..8 {
        let until = told.now + SignedDuration::from_hours(1);
        assert!(told.submit(&post(Some(until))));
    }
    assert!(!told.submit(&post(None)));
    let remove = Command::Manage(Manage::RemoveNotice { notice: NoticeId(3) });
    assert!(told.submit(&remove));
    assert!(!told.submit(&remove), "removed once");
    assert!(told.submit(&post(None)));
    told.now += SignedDuration::from_hours(12);
    assert!(told.submit(&Command::OpenDay { day: date(2026, 11, 24) }));
    let left: Vec<NoticeId> = told.hall.notices().map(|it| it.id).collect();
    assert_eq!(left, [NoticeId(9)], "only the one without an end");
}

#[test]
fn a_stand_in_is_filed_for_days_to_come_and_sits_at_one_window() {
    let mut told = tell("day 23");
    told.now = "2026-11-23T01:00:00Z".parse().unwrap();
    let mut files = |window, staff: &str, from: i8, to: i8| {
        let (from, to) = (date(2026, 11, from), date(2026, 11, to));
        let request =
            StandInRequest { window: WindowId(window), staff: staff.parse().unwrap(), from, to };
        told.submit(&Command::Manage(Manage::FileStandIn(request)))
    };
    assert!(!files(1, "1005", 20, 22), "those days are over");
    assert!(!files(1, "1005", 26, 25), "it ends before it begins");
    assert!(!files(9, "1005", 24, 25), "there is no such window");
    assert!(files(1, "1005", 24, 25));
    assert!(!files(1, "1006", 25, 27), "somebody is filed for that window");
    assert!(!files(2, "1005", 25, 25), "nobody sits at two windows");
    assert!(files(2, "1006", 25, 25));
    let first = told.hall.stand_ins().next().unwrap();
    assert!(first.is_for(date(2026, 11, 25)) && !first.is_for(date(2026, 11, 26)));
    assert_eq!(first.filed, date(2026, 11, 23));
    let withdraw = Command::Manage(Manage::WithdrawStandIn { stand_in: StandInId(2) });
    assert!(told.submit(&withdraw) && !told.submit(&withdraw));
    assert!(told.submit(&Command::OpenDay { day: date(2026, 11, 26) }));
    assert_eq!(told.hall.stand_ins().collect::<Vec<&StandIn>>(), Vec::<&StandIn>::new());
}

#[test]
fn what_was_posted_and_filed_is_there_on_the_next_morning() {
    let mut told = tell("day 23");
    told.submit(&post(None));
    told.submit(&Command::OpenDay { day: date(2026, 11, 24) });
    let morning = told.hall.morning().unwrap();
    assert_eq!(crate::Hall::on_morning(rules(), morning), told.hall);
}

fn post(until: Option<Timestamp>) -> Command {
    let (zh, en) = ("系统检修".to_owned(), "Maintenance".to_owned());
    Command::Manage(Manage::PostNotice(NoticeRequest { zh, en, zone: None, from: None, until }))
}

/// Somebody with the paper of an earlier day.
fn back(pass: &str) -> Command {
    let request = TicketRequest::at_kiosk("A".parse().unwrap(), format!("again-{pass}"));
    Command::IssueTicket(TicketRequest { pass: Some(pass.to_owned()), ..request })
}

fn reopen() -> Command {
    Command::Manage(Manage::ReopenDay)
}

/// `close-day`, `reopen`, `stop A`, `resume-numbers A`, `assign 3 A`.
pub(super) fn read(words: &[&str]) -> Option<Command> {
    let lanes = |from: usize| {
        words.get(from..).unwrap_or_default().iter().map(|it| it.parse().unwrap()).collect()
    };
    Some(Command::Manage(match words[0] {
        "close-day" => Manage::CloseDay,
        "reopen" => Manage::ReopenDay,
        "stop" => Manage::StopNumbers { lanes: lanes(1) },
        "resume-numbers" => Manage::ResumeNumbers { lanes: lanes(1) },
        "assign" => Manage::AssignWindow {
            window: WindowId(words[1].parse().unwrap()),
            lanes: lanes(2),
            helps: Vec::new(),
        },
        _ => return None,
    }))
}
