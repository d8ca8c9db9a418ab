//! Logging: to standard error without colour, journald keeps it. The
//! last lines stay in memory, for staff who stand before the machine.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use tracing_subscriber::EnvFilter;

/// Lines that are kept, and characters of each.
const LINES_MAX: usize = 60;
const CHARS_MAX: usize = 300;

static LINES: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

/// Starts logging at `info`, or as `RUST_LOG` says.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| Kept)
        .with_ansi(false)
        .with_target(false)
        .init();
}

/// The last lines of the log, the newest last.
pub fn recent_lines() -> Vec<String> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

/// Standard error, and the memory of it.
struct Kept;

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        keep(&String::from_utf8_lossy(line));
        io::stderr().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

fn keep(line: &str) {
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    while lines.len() >= LINES_MAX {
        lines.pop_front();
    }
    lines.push_back(line.trim_end().chars().take(CHARS_MAX).collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_kept_and_no_more() {
        for nth in 0..1_000 {
            keep(&format!("line {nth} {}\n", "x".repeat(nth)));
        }
        let lines = recent_lines();
        assert_eq!(lines.len(), LINES_MAX);
        assert!(lines[LINES_MAX - 1].starts_with("line 999 x"), "{lines:?}");
        assert!(lines.iter().all(|it| it.chars().count() <= CHARS_MAX && !it.ends_with('\n')));
    }
}
