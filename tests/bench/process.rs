//! What a running program costs, as the kernel counts it.

use std::fs;
use std::time::Duration;

use anyhow::Context;
use tests::program::Program;

/// Processor time of all threads so far.
pub(crate) fn worked(program: &Program) -> anyhow::Result<Duration> {
    let mut sum = 0;
    for task in fs::read_dir(format!("/proc/{}/task", program.id()))? {
        let times = fs::read_to_string(task?.path().join("schedstat"))?;
        let ran: u64 = times.split(' ').next().context("a time")?.parse()?;
        sum += ran;
    }
    Ok(Duration::from_nanos(sum))
}

/// A line of its status, `VmRSS:` or another size.
pub(crate) fn memory_mb(program: &Program, what: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id()))?;
    let line = status.lines().find_map(|it| it.strip_prefix(what)).context("a size")?;
    let kb: u32 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(f64::from(kb) / 1024.0)
}
