//! A slip of paper, from its meaning to the printer's bytes.
//!
//! Read in this order: a typed document, its fixed words. This crate
//! must never do I/O, look at a clock, or decide what a slip says about
//! a matter: what comes from the catalogue is handed in ready.
#![forbid(unsafe_code)]

mod document;

pub use crate::document::{
    Answer, Due, Fee, Lang, Minutes, NoticeSlip, Paper, Place, Redirect, Slip, Step, TestSlip,
    TicketSlip,
};
