//! Facts about `questions`.
