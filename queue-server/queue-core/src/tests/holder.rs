//! One live ticket for a matter, where a hall asks for identity cards.

use expect_test::expect;

use super::{Told, rules, tell_in, tell_on};
use crate::{Command, Event, Rules, TicketRequest};

fn asking() -> Rules {
    Rules { one_live_ticket: true, ..rules() }
}

/// A number for somebody, by the digit that their hash is made of.
fn request(digit: &str, lane: &str, matter: Option<&str>) -> TicketRequest {
    TicketRequest {
        holder: Some(digit.repeat(64).parse().unwrap()),
        matter: matter.map(str::to_owned),
        ..TicketRequest::at_kiosk(lane.parse().unwrap(), format!("{digit}{lane}{matter:?}"))
    }
}

fn asks(told: &mut Told, digit: &str, lane: &str, matter: Option<&str>) -> bool {
    let token = format!("token-{}", told.journal.len());
    let request = TicketRequest { token, ..request(digit, lane, matter) };
    told.submit(&Command::IssueTicket(request))
}

#[test]
fn nobody_has_two_live_tickets_for_one_matter() {
    let mut told = tell_in(asking(), "day 23; open 1");
    assert!(asks(&mut told, "1", "A", Some("permit")));
    assert!(!asks(&mut told, "1", "A", Some("permit")), "the same matter");
    assert!(asks(&mut told, "1", "A", Some("licence")), "another matter of the lane");
    assert!(asks(&mut told, "2", "A", Some("permit")), "somebody else");
    assert!(asks(&mut told, "1", "B", None), "a lane without a matter");
    assert!(!asks(&mut told, "1", "B", None));
    assert!(told.text.contains("the visitor has `A001` for this already"), "{}", told.text);
}

#[test]
fn a_ticket_that_is_over_stands_in_nobodys_way() {
    let mut told = tell_in(asking(), "day 23; open 1");
    assert!(asks(&mut told, "1", "A", Some("permit")));
    tell_on(&mut told, "next 1");
    assert!(!asks(&mut told, "1", "A", Some("permit")), "it was called");
    tell_on(&mut told, "finish 1");
    assert!(asks(&mut told, "1", "A", Some("permit")));
    tell_on(&mut told, "void A002");
    assert!(asks(&mut told, "1", "A", Some("permit")));
}

#[test]
fn the_rule_is_learned_from_the_record() {
    let mut told = tell_in(asking(), "day 23; open 1");
    assert!(asks(&mut told, "1", "A", Some("permit")));
    let mut again = Told::new(asking());
    for entry in &told.journal {
        let body = serde_json::to_string(&entry.event).unwrap();
        let event: Event = serde_json::from_str(&body).unwrap();
        again.hall.apply(&crate::Entry { event, ..entry.clone() });
        again.journal.push(entry.clone());
    }
    assert!(!asks(&mut again, "1", "A", Some("permit")));
}

#[test]
fn a_hall_that_does_not_ask_keeps_nothing() {
    let mut told = tell_in(rules(), "day 23; open 1");
    assert!(asks(&mut told, "1", "A", Some("permit")));
    assert!(asks(&mut told, "1", "A", Some("permit")));
    assert!(told.hall.tickets().all(|it| it.holder.is_none()));
    let said = told.journal.iter().map(|it| serde_json::to_string(&it.event).unwrap());
    assert!(said.into_iter().all(|it| !it.contains("holder")));
}

#[test]
fn a_holder_is_a_hash_and_not_said_in_a_log() {
    for text in ["", "11010519491231002X", &"G".repeat(64), &"a".repeat(63)] {
        assert!(text.parse::<crate::Holder>().is_err(), "{text}");
    }
    let holder: crate::Holder = "a".repeat(64).parse().unwrap();
    expect!["Holder(…)"].assert_eq(&format!("{holder:?}"));
}
