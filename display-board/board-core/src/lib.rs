//! The board as a pure state machine: whole views of the hall come in,
//! what is to be shown and what is to be said comes out.
//!
//! No clock, no network, no picture: time is an argument, and drawing is
//! the shell's. Reading order: `state` (what arrives and what follows from
//! it), `calls` (which call is the newest and how old it is), `speaking`
//! (which call is spoken next), `view` (what the board shows now), `sign`
//! (over a window), `idle` (before and after the day), `lanes` and `notice`
//! (smaller parts).

#![forbid(unsafe_code)]

mod calls;
mod idle;
mod lanes;
mod notice;
mod sign;
mod speaking;
mod state;
mod view;

#[cfg(test)]
mod story;

pub use calls::{BLINK_MS, BLINK_PHASE_MS, FRESH_SECS, SPEAK_AGE_SECS_MAX};
pub use idle::{IDLE_SECS, IdlePage, Plan, PlanMark};
pub use lanes::{LANE_ROWS, LaneRow, Wait};
pub use notice::{NOTICE_EMS_MAX, NOTICE_SECS};
pub use sign::{SIGN_LANE_ROWS, Sign, Turn};
pub use speaking::{LoudspeakerPlace, Spoken};
pub use state::{BLIND_AFTER_SECS, Effect, Joining, Msg, Settings, State, VolumeSpan, update};
pub use view::{
    Clock, EARLIER_ROWS, EarlierCall, Foot, Lintel, NewestCall, Rest, View, next_change, view,
};
pub use voice::Language;
