//! Grows here.

pub mod browser;
