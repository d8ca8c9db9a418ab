//! What a command leads to: events, or a refusal in words. Nothing is
//! changed here; `Register::apply` does that. `hand_in` is what is asked
//! until the application is accepted, `course` what is asked from then on.

mod course;
mod hand_in;

use jiff::civil::Date;

use crate::card::Card;
use crate::case::{Case, Stage};
use crate::command::{Command, Moment};
use crate::event::Event;
use crate::ids::{CardId, CaseId, DocumentKind, DocumentNumber};
use crate::refusal::Refusal;
use crate::register::Register;

type Decided = Result<Event, Refusal>;

/// A case that somebody asks something of, and the day.
#[derive(Clone, Copy)]
struct Asked<'a> {
    register: &'a Register,
    case: &'a Case,
    moment: Moment<'a>,
}

impl Asked<'_> {
    fn on(&self) -> Date {
        self.moment.today
    }

    /// The number of a paper that is issued now.
    fn number(&self, kind: DocumentKind) -> DocumentNumber {
        self.register.next_number(kind, self.moment.today.year())
    }
}

/// The events that `command` leads to, at least one. What the days before
/// brought about ([`crate::watch`]) is in the register already.
pub fn decide(
    register: &Register,
    command: &Command,
    moment: Moment<'_>,
) -> Result<Vec<Event>, Refusal> {
    let of = |id: &CaseId| {
        let case = register.case(*id).ok_or(Refusal::UnknownCase(*id))?;
        Ok::<_, Refusal>(Asked { register, case, moment })
    };
    let event = match command {
        Command::Open(opened) => {
            let (case, on) = (register.next_case(), moment.today);
            Ok(Event::Opened { case, on, of: opened.clone() })
        }
        Command::Correct { case, until, beyond, reason } => {
            return hand_in::correct(of(case)?, *until, beyond, reason);
        }
        Command::Mark { case, paper, mark } => hand_in::mark(of(case)?, paper, mark),
        Command::Receive { case } => hand_in::receive(of(case)?),
        Command::Accept { case, deferred, clock_from } => {
            hand_in::accept(of(case)?, deferred, *clock_from)
        }
        Command::Decline { case, why } => hand_in::decline(of(case)?, why),
        Command::Withdraw { case } => hand_in::withdraw(of(case)?),
        Command::KeepPromise { case, paper } => course::keep_promise(of(case)?, paper),
        Command::Extend { case, by, approver, reason } => {
            course::extend(of(case)?, *by, approver, reason)
        }
        Command::Exclude { case, what, takes } => course::exclude(of(case)?, what, *takes),
        Command::EndExclusion { case } => course::end_exclusion(of(case)?),
        Command::AskOpinion { case, department, within } => {
            course::ask_opinion(of(case)?, department, *within)
        }
        Command::GiveOpinion { case, department, agrees, text } => {
            course::give_opinion(of(case)?, department, *agrees, text)
        }
        Command::HandUp { case, to } => course::hand_up(of(case)?, to),
        Command::TakeBack { case } => course::take_back(of(case)?),
        Command::Settle { case, outcome } => course::settle(of(case)?, outcome),
        Command::Deliver { case, how } => course::deliver(of(case)?, how),
        Command::AnswerCard { card, text } => answer_card(register, *card, text),
        Command::WithdrawCard { card, reason } => withdraw_card(register, *card, reason),
    };
    Ok(vec![event?])
}

fn answer_card(register: &Register, card: CardId, text: &String) -> Decided {
    known(register, card)?;
    ensure_said(&[text])?;
    Ok(Event::CardAnswered { card, text: text.clone() })
}

fn withdraw_card(register: &Register, card: CardId, reason: &String) -> Decided {
    ensure_stage(known(register, card)?.withdrawn.is_none())?;
    ensure_said(&[reason])?;
    Ok(Event::CardWithdrawn { card, reason: reason.clone() })
}

fn known(register: &Register, card: CardId) -> Result<&Card, Refusal> {
    register.card(card).ok_or(Refusal::UnknownCard(card))
}

fn ensure(holds: bool, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal()) }
}

fn ensure_stage(holds: bool) -> Result<(), Refusal> {
    ensure(holds, || Refusal::WrongStage)
}

fn ensure_said(texts: &[&String]) -> Result<(), Refusal> {
    ensure(texts.iter().all(|it| !it.trim().is_empty()), || Refusal::TextMissing)
}

fn is_before_acceptance(case: &Case) -> bool {
    matches!(case.stage, Stage::Open | Stage::Received { .. } | Stage::Correcting { .. })
}
