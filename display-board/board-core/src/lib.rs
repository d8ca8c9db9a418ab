//! Grows here.
