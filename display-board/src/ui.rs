//! The board on a surface: a screen, a window, or a picture file. The only
//! place that knows Slint.
//!
//! `board` runs the event loop, `properties` turns a view into what the
//! `.slint` files show, `headless` draws without a display.

mod board;
mod headless;
mod properties;

pub(crate) use board::{Look, Surface, show_board};
pub(crate) use headless::{Canvas, png_file};
pub(crate) use properties::{apply, dress};

/// What `build.rs` makes of `ui/app.slint`.
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::dbg_macro,
    clippy::get_unwrap,
    clippy::todo,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    reason = "generated code"
)]
mod generated {
    slint::include_modules!();
}
pub(crate) use generated::BoardWindow;
