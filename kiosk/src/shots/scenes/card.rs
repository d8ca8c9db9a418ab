//! Pages that ask for an identity card.

use kiosk_core::{CardHeard, IssueFailure, Msg, Want};
use queue_api::{Problem, ProblemCode};

use super::super::demo::hall_that_asks;
use super::super::{Player, Scene};
use super::{press, take};

macro_rules! scenes {
    ($($name:literal $play:expr;)*) => {
        /// Every scene about a card.
        pub(in crate::shots) const ALL: &[Scene] = &[$(Scene { name: $name, play: $play }),*];
    };
}

scenes! {
    "card-home" |it| hall_that_asks(it, false);
    "card" |it| asked(it, false);
    "card-required" |it| asked(it, true);
    "card-long" |it| { asked(it, false); it.wait_ms(21_000); };
    "card-seen" |it| { asked(it, false); heard(it, CardHeard::Seen); };
    "card-unreadable" |it| { asked(it, false); heard(it, CardHeard::Unreadable); };
    "card-away" |it| { asked(it, false); heard(it, CardHeard::Away); };
    "card-away-required" |it| { asked(it, true); heard(it, CardHeard::Away); };
    "card-has-ticket" has_ticket;
}

fn asked(it: &mut Player, required: bool) {
    hall_that_asks(it, required);
    take(it, Want::Both);
}

fn heard(it: &mut Player, heard: CardHeard) {
    it.receive(Msg::Card { press: press(), heard });
}

fn has_ticket(it: &mut Player) {
    asked(it, false);
    let holder = "0123456789abcdef".repeat(4).parse().expect("64 hex digits");
    heard(it, CardHeard::Read(holder));
    let number = Some("A007".parse().expect("a number"));
    let problem = Problem { number, ..Problem::new(ProblemCode::HasTicket) };
    let failure = IssueFailure::Refused(Box::new(problem));
    it.receive(Msg::IssueFailed { command_id: press(), failure });
}
