//! Facts about `notice`.
