//! Whole visits, told as text: what is pressed and what happens go in,
//! what the screen shows and what the shell is told to do come out.

#![allow(clippy::unwrap_used, reason = "this is a test program")]

mod demo;
mod errands;
mod idle;
mod modes;
mod offline;
mod papers;
mod story;
mod text;
mod ways;
