//! Facts about `workdays`.
