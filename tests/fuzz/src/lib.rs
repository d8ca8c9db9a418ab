//! Feeds bytes that nobody meant to everything that reads what others
//! wrote: a printer's replies, a printer's commands, profiles, addresses.
//!
//! Read in this order: what is fed and what must hold of it, how inputs
//! are made, and how those that did something new are kept. Stable Rust
//! only: what an input did takes the place of a coverage counter.
#![forbid(unsafe_code)]

pub mod target;

mod mutate;

mod corpus;
mod hunt;

pub use crate::corpus::Corpus;
pub use crate::hunt::{Hunt, Tally};
pub use crate::target::Target;
