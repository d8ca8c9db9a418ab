//! The published matters of a hall (事项): what is asked, what a visitor
//! must bring, how long it takes, what it costs.
//!
//! Texts come in and values go out; this crate opens no file, knows no
//! clock and no queue. It never decides whether somebody is entitled to
//! something, only what the published catalogue says of their situation.

#![forbid(unsafe_code)]

mod combinations;
#[cfg(test)]
mod demo;
mod document;
mod fault;
mod gate;
mod guide;
mod inquiry;
mod joint;
mod limits;
mod matter;
mod notice;
mod question;
mod questions;
mod read;
mod search;
mod shelf;
mod situation;
mod text;
mod when;
mod workdays;

pub use combinations::COMBINATIONS_MAX;
pub use document::Document;
pub use fault::{Fault, SourceFile};
pub use guide::{
    Amount, Basis, Channels, Contact, Delivery, Fee, MatterResult, Period, Rejection, Step,
    Verified,
};
pub use inquiry::Inquiry;
pub use joint::{JointPaper, JointPapers};
pub use limits::{ClockStart, Correcting, Extension, Limit, LimitWhen, TimeLimits, Unit};
pub use matter::{
    Audience, Catalogue, Category, Department, Kind, Material, MaterialClass, MaterialSource,
    Matter, Media, Need,
};
pub use notice::{FeeLine, Notice, Paper, Papers, SituationLine};
pub use question::{Answers, Choice, Choose, NONE, Question, Redirect, RedirectOutcome, UNSURE};
pub use questions::{Answered, BadAnswer};
pub use read::{ContactWords, Contacts, HallTerms, read, read_calendars};
pub use shelf::{LifeEvent, Shelf, Topic};
pub use text::{Lang, Text};
pub use when::{BadWhen, When};
pub use workdays::{Due, Workdays};
