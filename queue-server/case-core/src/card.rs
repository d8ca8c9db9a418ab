//! Cards of supervision (预警、黄牌、红牌): facts, to be answered before
//! anybody is blamed (办法 40, 42).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CardId, CaseId};

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// 预警: it is not too late.
    Warning,
    /// 黄牌.
    Yellow,
    /// 红牌.
    Red,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CardKind {
    /// The promised limit is nearly over.
    DueSoon,
    /// The promised limit is over.
    PromisePassed,
    /// The law's limit is over.
    LawPassed,
    /// Nobody said in time what is missing, so it is accepted by law.
    Silence,
    /// What is missing was told once more.
    CorrectedAgain {
        /// Which time it was.
        time: u32,
    },
    /// A paper was wanted that is on no list of the matter.
    BeyondTheList {
        /// By which notice.
        time: u32,
        /// What was wanted.
        name: String,
    },
    /// A department did not give its opinion in time.
    OpinionLate {
        /// Its id.
        department: String,
    },
    /// A promised paper did not come in time.
    PromisedPaperLate {
        /// The material's id.
        paper: String,
    },
}

impl CardKind {
    /// How serious it is.
    pub const fn colour(&self) -> Colour {
        match self {
            CardKind::DueSoon | CardKind::PromisedPaperLate { .. } => Colour::Warning,
            CardKind::PromisePassed
            | CardKind::Silence
            | CardKind::CorrectedAgain { .. }
            | CardKind::OpinionLate { .. } => Colour::Yellow,
            CardKind::LawPassed | CardKind::BeyondTheList { .. } => Colour::Red,
        }
    }
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub id: CardId,
    /// Of which case.
    pub case: CaseId,
    /// The first day on which it was so.
    pub on: Date,
    /// What.
    pub what: CardKind,
    /// What was answered, oldest first.
    pub answers: Vec<String>,
    /// Why a supervisor took it back.
    pub withdrawn: Option<String>,
}
