//! What happened. Facts only: dates that follow from a calendar are
//! counted when they are wanted, since the calendar of a year appears
//! late.

use catalogue::{Answers, ClockStart, Correcting, Department, Kind, Limit, Text};
use jiff::civil::Date;
use queue_core::{TicketId, TicketNumber};
use serde::{Deserialize, Serialize};

use crate::card::CardKind;
use crate::ids::{CardId, CaseId, DocumentNumber};
use crate::papers::{ListedPaper, Mark, Wanted};

/// One fact, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A case began.
    Opened {
        /// Which.
        case: CaseId,
        /// When.
        on: Date,
        /// With what.
        of: Box<Opened>,
    },
    /// A paper was looked at.
    Marked {
        /// Which case.
        case: CaseId,
        /// The material's id.
        paper: String,
        /// What became of it.
        #[serde(flatten)]
        mark: Mark,
    },
    /// The papers were taken in.
    Received {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the receipt.
        number: DocumentNumber,
    },
    /// The applicant was told what is missing.
    CorrectionIssued {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the notice.
        number: DocumentNumber,
        /// What is wanted.
        wanted: Vec<Wanted>,
        /// Until when.
        until: Date,
        /// Why not at the first time.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The application was accepted.
    Accepted {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the acceptance notice.
        number: DocumentNumber,
        /// The first day is not counted; this is it.
        clock_from: Date,
        /// Papers that follow, and by when.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        deferred: Vec<(String, Date)>,
        /// Of the written promise, if papers follow.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promise: Option<DocumentNumber>,
    },
    /// Nobody said in time what is missing: the application is accepted by
    /// law from the day on which it was received.
    DeemedAccepted {
        /// Which case.
        case: CaseId,
        /// That day.
        on: Date,
    },
    /// It was not accepted.
    Declined {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the notice.
        number: DocumentNumber,
        /// On what ground.
        #[serde(flatten)]
        why: Decline,
    },
    /// It was taken back.
    Withdrawn {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// By whom.
        by: Withdrawal,
    },
    /// A promised paper came.
    PromiseKept {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// The material's id.
        paper: String,
    },
    /// The limit was extended.
    Extended {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the notice.
        number: DocumentNumber,
        /// By how much.
        by: Limit,
        /// Who approved it.
        approver: String,
        /// Why.
        reason: String,
    },
    /// A proceeding began whose days do not count.
    ExclusionBegan {
        /// Which case.
        case: CaseId,
        /// When; this day does not count any more.
        on: Date,
        /// Of the notice.
        number: DocumentNumber,
        /// What it is.
        what: String,
        /// How long it takes, as was told.
        takes: Limit,
    },
    /// It ended.
    ExclusionEnded {
        /// Which case.
        case: CaseId,
        /// When; the next day counts.
        on: Date,
    },
    /// Another department was asked.
    OpinionAsked {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// The department's id.
        department: String,
        /// How long it has.
        within: Limit,
    },
    /// It answered.
    OpinionGiven {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// The department's id.
        department: String,
        /// Whether it agrees.
        agrees: bool,
        /// What it says.
        text: String,
    },
    /// It was passed up.
    HandedUp {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// To whom.
        to: String,
    },
    /// It came back.
    TakenBack {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
    },
    /// It was decided.
    Settled {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// How.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// The result was served.
    Delivered {
        /// Which case.
        case: CaseId,
        /// When.
        on: Date,
        /// Of the delivery receipt.
        number: DocumentNumber,
        /// At the counter, by post …
        how: String,
    },
    /// Something was not as it should be.
    CardShown {
        /// Which card.
        card: CardId,
        /// Of which case.
        case: CaseId,
        /// The first day on which it was so.
        on: Date,
        /// What.
        #[serde(flatten)]
        what: CardKind,
    },
    /// Whom it concerns answered.
    CardAnswered {
        /// Which card.
        card: CardId,
        /// What was said.
        text: String,
    },
    /// A supervisor took it back.
    CardWithdrawn {
        /// Which card.
        card: CardId,
        /// Why.
        reason: String,
    },
}

/// What a case begins with: what the visitor was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The visit it began with.
    pub ticket: TicketId,
    /// What stood on the slip.
    pub number: TicketNumber,
    /// The matter's id.
    pub matter: String,
    /// Its official name.
    pub name: Text,
    /// The implementing authority, in whose name all papers are.
    pub department: Department,
    /// In whose name the window accepts, if that is another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrusted_by: Option<Text>,
    /// How it flows.
    pub flow: Kind,
    /// What was answered.
    pub answers: Answers,
    /// Of the catalogue.
    pub revision: String,
    /// The papers of these answers.
    pub papers: Vec<ListedPaper>,
    /// How long there is to say what is missing.
    pub correcting: Correcting,
    /// 承诺时限.
    pub promised: Limit,
    /// 法定时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<Limit>,
    /// By how much it may be extended, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Limit>,
    /// What starts the clock.
    pub clock_starts: ClockStart,
    /// Departments that assist, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
}

/// On what ground an application is not accepted (行政许可法 32).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum Decline {
    /// (1): nothing has to be applied for.
    NotNeeded {
        /// Why.
        reason: String,
    },
    /// (2): another authority does it.
    OtherAuthority {
        /// Why.
        reason: String,
        /// Its name.
        authority: String,
        /// Where it is.
        address: String,
    },
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Granted, registered, paid …
    Granted,
    /// Refused, with reasons and remedies (38); the decision itself is
    /// written by the department.
    Refused {
        /// Why.
        reasons: String,
    },
}

/// Why there is nothing to decide any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawal {
    /// The applicant took it back.
    Applicant,
    /// What was wanted did not come in time (安阳条例 36).
    NotCorrected,
}

impl Event {
    /// The case it is about; cards know theirs.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Event::Opened { case, .. }
            | Event::Marked { case, .. }
            | Event::Received { case, .. }
            | Event::CorrectionIssued { case, .. }
            | Event::Accepted { case, .. }
            | Event::DeemedAccepted { case, .. }
            | Event::Declined { case, .. }
            | Event::Withdrawn { case, .. }
            | Event::PromiseKept { case, .. }
            | Event::Extended { case, .. }
            | Event::ExclusionBegan { case, .. }
            | Event::ExclusionEnded { case, .. }
            | Event::OpinionAsked { case, .. }
            | Event::OpinionGiven { case, .. }
            | Event::HandedUp { case, .. }
            | Event::TakenBack { case, .. }
            | Event::Settled { case, .. }
            | Event::Delivered { case, .. }
            | Event::CardShown { case, .. } => Some(*case),
            Event::CardAnswered { .. } | Event::CardWithdrawn { .. } => None,
        }
    }

    /// Numbers of the papers that it brings about.
    pub fn documents(&self) -> impl Iterator<Item = DocumentNumber> {
        let (first, second) = match self {
            Event::Received { number, .. }
            | Event::CorrectionIssued { number, .. }
            | Event::Declined { number, .. }
            | Event::Extended { number, .. }
            | Event::ExclusionBegan { number, .. }
            | Event::Delivered { number, .. } => (Some(*number), None),
            Event::Accepted { number, promise, .. } => (Some(*number), *promise),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }
}
