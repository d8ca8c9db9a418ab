//! What may be asked of a case.

use catalogue::{Limit, Text, Workdays};
use jiff::civil::Date;

use crate::event::{Decline, Opened, Outcome};
use crate::ids::{CardId, CaseId};
use crate::papers::Mark;

/// When somebody asks, and as whom.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The hall's own date.
    pub today: Date,
    /// The calendar that limits are counted by.
    pub workdays: &'a Workdays,
    /// Whether it is the department's chief representative or the
    /// stand-in of that day, who alone may settle what is settled on the
    /// spot (办法 27).
    pub is_chief: bool,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin a case; its id is given by the register.
    Open(Box<Opened>),
    /// Say what became of a paper.
    Mark {
        /// Which case.
        case: CaseId,
        /// The material's id.
        paper: String,
        /// What became of it.
        mark: Mark,
    },
    /// Take the papers in (收件): five days to say what is missing begin.
    Receive {
        /// Which case.
        case: CaseId,
    },
    /// Say once and completely what is missing: all that is left over.
    Correct {
        /// Which case.
        case: CaseId,
        /// Until when the applicant has time.
        until: Date,
        /// Papers that are on no list of the matter; each is looked at by
        /// a supervisor.
        beyond: Vec<Text>,
        /// Why the first notice did not say it; wanted from the second
        /// notice on.
        reason: String,
    },
    /// Accept the application.
    Accept {
        /// Which case.
        case: CaseId,
        /// Papers that follow by a day, against a written promise (容缺).
        deferred: Vec<(String, Date)>,
        /// Since when the clock runs, where that is not today: the end of
        /// a season.
        clock_from: Option<Date>,
    },
    /// Do not accept it.
    Decline {
        /// Which case.
        case: CaseId,
        /// On what ground.
        why: Decline,
    },
    /// The applicant takes it back.
    Withdraw {
        /// Which case.
        case: CaseId,
    },
    /// A paper that was promised is here.
    KeepPromise {
        /// Which case.
        case: CaseId,
        /// The material's id.
        paper: String,
    },
    /// Extend the limit (延期).
    Extend {
        /// Which case.
        case: CaseId,
        /// By how much.
        by: Limit,
        /// Who approved it.
        approver: String,
        /// Why; the applicant is told.
        reason: String,
    },
    /// Begin a proceeding whose days do not count (特别程序).
    Exclude {
        /// Which case.
        case: CaseId,
        /// Hearing, inspection, expert review …
        what: String,
        /// How long it takes, as the applicant is told.
        takes: Limit,
    },
    /// That proceeding is over.
    EndExclusion {
        /// Which case.
        case: CaseId,
    },
    /// Ask another department's opinion in a joint case.
    AskOpinion {
        /// Which case.
        case: CaseId,
        /// The department's id.
        department: String,
        /// How long it has.
        within: Limit,
    },
    /// That department answers.
    GiveOpinion {
        /// Which case.
        case: CaseId,
        /// The department's id.
        department: String,
        /// Whether it agrees.
        agrees: bool,
        /// What it says.
        text: String,
    },
    /// Pass it up to the next level (上报件).
    HandUp {
        /// Which case.
        case: CaseId,
        /// To whom.
        to: String,
    },
    /// It came back from there.
    TakeBack {
        /// Which case.
        case: CaseId,
    },
    /// Record the decision.
    Settle {
        /// Which case.
        case: CaseId,
        /// What it is.
        outcome: Outcome,
    },
    /// Record that the result was served (送达).
    Deliver {
        /// Which case.
        case: CaseId,
        /// At the counter, by post …
        how: String,
    },
    /// Answer a card.
    AnswerCard {
        /// Which.
        card: CardId,
        /// What is said.
        text: String,
    },
    /// Take a card back; a supervisor does.
    WithdrawCard {
        /// Which.
        card: CardId,
        /// Why.
        reason: String,
    },
}
