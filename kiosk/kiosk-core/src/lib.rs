//! The kiosk as a pure state machine: messages in, effects out.
//!
//! Read in this order: what may happen (`msg`), what the shell is then
//! told to do (`effect`), what the kiosk remembers (`state`), the rules
//! (`update` and the files below it), what the screen shows (`view` and
//! the files below it), and what the paper says (`slips`). Nothing here
//! does I/O, draws, looks at a clock or throws dice: time and ids come
//! in with the messages.
#![forbid(unsafe_code)]

mod card;
mod effect;
mod format;
mod held;
mod measure;
mod msg;
mod number;
mod request;
mod scan;
mod slips;
mod staff;
mod state;
mod update;
mod view;

pub use crate::card::CardHeard;
pub use crate::effect::Effect;
pub use crate::msg::{IssueFailure, Msg, Shape, Want, Way};
pub use crate::number::TicketRef;
pub use crate::scan::{Scan, Shown, meaning};
pub use crate::staff::{Ending, Machine, Roll};
pub use crate::state::State;
pub use crate::update::update;
pub use crate::view::{
    AwayPage, BusyPage, CardPage, CardStand, CodePage, Countdown, FactLabel, Facts, FindPage,
    GroupKind, GroupView, GuideLabel, GuidePage, GuideRow, HeldPage, HomePage, JoiningPage,
    LaneRow, LogPage, MatterButton, NightPage, NoPaperPage, NoticePage, NumberPage, OptionView,
    PageView, Pager, PanelPage, PaperRow, PaperState, PapersPage, PassPage, PinPage, PlanLane,
    PlanMark, PlanPage, PrinterTrouble, QuestionPage, RefusedPage, ReportDonePage, ReportPage,
    SearchPage, ShelfPage, SorryKind, SorryPage, SorryThen, StaffFact, StaffView, Stand,
    StandingPage, StopKind, StopView, TestStand, TicketPage, TopicButton, TopicPage, View, view,
};
