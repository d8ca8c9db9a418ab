//! Grows here.

fn main() {}
