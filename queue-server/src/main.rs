//! The program `queue-server`; everything is in its library.

use std::process::ExitCode;

fn main() -> ExitCode {
    queue_server::run()
}
