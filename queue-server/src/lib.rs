//! The hall server: numbers, windows, record and pages.
//!
//! Reading order: `cli` (which job), `serve` (start and stop), `http` (the
//! door), `commands` (a request as a command), `engine` (decide, store,
//! publish), `journal` (the record), `views` (what screens get), `phone`
//! (the pages behind the QR of a ticket), and
//! `profile` (the hall's files). Public is what the stories run without
//! a network: the desk of the engine, with its files and views; and what
//! the power cuts cut, `archive`.

mod access;
pub mod actor;
pub mod archive;
mod backup;
mod check;
mod cli;
pub mod commands;
pub mod engine;
mod enrol;
mod export;
mod hash;
mod http;
mod identity;
mod import;
pub mod journal;
mod live;
mod meters;
mod phone;
mod place;
pub mod profile;
mod reading;
mod record;
mod reports;
mod retold;
#[cfg(test)]
mod scratch;
mod secret;
mod serve;
mod supervision;
mod table;
mod tls;
mod verify;
pub mod views;
pub mod visits;
#[cfg(test)]
mod week;

pub use cli::run;
