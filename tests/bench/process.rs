//! What a program costs: as the kernel counts it, or as it says itself.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde::de::DeserializeOwned;
use tests::program::{Program, built, repository};

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

/// What our program's `soak` with these options says when it has ended.
pub(crate) fn soaked<T: DeserializeOwned>(program: &str, options: &[&OsStr]) -> anyhow::Result<T> {
    let output = Command::new(built(program)?)
        .arg("soak")
        .args(options)
        .current_dir(repository())
        .output()
        .with_context(|| format!("`{program} soak` does not start"))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}
