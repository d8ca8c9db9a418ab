//! Why something was not done, in words.

use jiff::civil::Date;

use crate::ids::{CardId, CaseId};

/// Why a command was not done. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such case.
    #[error("there is no case {}", .0.0)]
    UnknownCase(CaseId),
    /// There is no such card.
    #[error("there is no card {}", .0.0)]
    UnknownCard(CardId),
    /// It is not so far, or too far for that.
    #[error("the case is not at that stage")]
    WrongStage,
    /// The paper is not on the case's list.
    #[error("`{0}` is not on the list")]
    UnknownPaper(String),
    /// Only a paper that was not sure can be found not needed.
    #[error("`{0}` is needed")]
    Needed(String),
    /// The applicant may put it right at the window (行政许可法 32 (3)).
    #[error("`{0}` can be put right here")]
    CorrectHere(String),
    /// Nothing is left over.
    #[error("nothing is missing")]
    NothingMissing,
    /// Something is left over.
    #[error("`{0}` is missing")]
    PaperMissing(String),
    /// Only papers that the matter says may follow.
    #[error("`{0}` may not follow later")]
    NotDeferrable(String),
    /// The day is before today.
    #[error("{0} is over")]
    DayOver(Date),
    /// A second notice without a reason.
    #[error("a second correction notice needs a reason")]
    ReasonWanted,
    /// A text that must be there is empty.
    #[error("a text is missing")]
    TextMissing,
    /// The limit is over, or was extended before, or the matter knows no
    /// extension as long.
    #[error("the limit cannot be extended so")]
    NoExtension,
    /// Only one proceeding at a time.
    #[error("a proceeding is under way")]
    ExclusionRunning,
    /// There is none.
    #[error("no proceeding is under way")]
    NoExclusion,
    /// The matter has no such partner, or it was asked before, or did not
    /// have to answer.
    #[error("`{0}` is not asked")]
    NotAsked(String),
    /// An opinion is not here yet.
    #[error("`{0}` has not answered")]
    OpinionMissing(String),
    /// A promised paper is not here yet.
    #[error("`{0}` was promised and is not here")]
    PromiseOpen(String),
    /// It is with the next level, or never was there.
    #[error("the case is not here to be decided")]
    HandedUp,
    /// Only the chief representative or the stand-in settles it.
    #[error("only the chief representative settles this")]
    NotTheChief,
}
