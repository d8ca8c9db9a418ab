//! Facts about `when`.
