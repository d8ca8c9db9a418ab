//! Facts about `gate`.
