//! What this process takes, for the programs' long runs.

use std::{fs, io};

/// What of a process lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Now, in kilobytes.
    pub now_kb: u64,
    /// The most there ever was.
    pub peak_kb: u64,
}

/// What of this process lies in memory.
pub fn memory() -> io::Result<Memory> {
    let status = fs::read_to_string("/proc/self/status")?;
    let size = |name: &str| {
        let line = status.lines().find_map(|it| it.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    };
    let sizes = size("VmRSS:").zip(size("VmHWM:"));
    let (now_kb, peak_kb) = sizes.ok_or(io::ErrorKind::InvalidData)?;
    Ok(Memory { now_kb, peak_kb })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kernel counts pages for each processor, and sums them up later.
    const UNCOUNTED_KB: u64 = 4_000;

    #[test]
    fn what_is_held_is_counted() {
        let before = memory().unwrap().now_kb;
        let held = vec![1_u8; 32_000_000];
        let with = memory().unwrap();
        assert!(with.now_kb > before + 20_000, "{} and {before}", with.now_kb);
        drop(held);
        assert!(memory().unwrap().peak_kb + UNCOUNTED_KB >= with.now_kb);
    }
}
