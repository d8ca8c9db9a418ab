//! The one HTTP and feed client of the devices: retries with the same
//! command id, reconnects, backs off. It decides nothing.
//!
//! Reading order: `client` (one request, one answer), `feed` (a stream
//! of whole views that outlives the connection), `join` (coming in without
//! a token), `trust` (who the server is).

#![forbid(unsafe_code)]

mod client;
mod feed;
mod join;
mod trust;

pub use client::{Client, ClientError, Fetched};
pub use feed::FeedEvent;
pub use join::Joining;
pub use trust::{NoPin, Pin};
