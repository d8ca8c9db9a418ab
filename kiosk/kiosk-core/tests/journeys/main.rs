//! Whole visits, told as text: what is pressed and what happens go in,
//! what the screen shows and what the shell is told to do come out.

#![allow(clippy::unwrap_used, reason = "this is a test program")]

mod booked;
mod card;
mod demo;
mod errands;
mod hand;
mod held;
mod idle;
mod modes;
mod offline;
mod papers;
mod reports;
mod several;
mod staff;
mod story;
mod text;
mod ways;
