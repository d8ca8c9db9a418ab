//! What every program of the suite does the same way at its edge: read
//! its configuration file and its token, log, notice that it should
//! stop, tell the supervisor that it lives, and ask what time it is,
//! which machine, and how much of it is taken.
//!
//! It knows nothing of halls. The clock is here so that no other module
//! reads one.

mod clock;
mod config;
mod log;
mod machine;
mod memory;
mod screen;
mod shutdown;
mod token;
mod watchdog;

pub use clock::{monotonic, now};
pub use config::read_config;
pub use log::{recent_lines, start_log};
pub use machine::machine;
pub use memory::{Memory, memory};
pub use screen::Size;
pub use shutdown::shutdown;
pub use token::{device_name, device_token, keep_token};
pub use watchdog::Watchdog;
