//! The same server on the disks that halls have: this machine's disk may
//! take a tenth of a millisecond for what takes an office's longer. Every
//! sync sleeps, by a library that is loaded before the system's.

use std::env;
use std::process::{Command, Stdio};

use anyhow::ensure;
use tests::program::repository;

use crate::figures::Figures;

/// What a disk adds to a sync, in microseconds.
const DISKS: [(&str, &str); 2] = [("office SSD, 2 ms", "2000"), ("spinning disk, 10 ms", "10000")];

/// Measures the queue again on each.
pub(crate) fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let library = repository().join("target/slow_disk.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O2", "-o"])
        .arg(&library)
        .arg(repository().join("tests/bench/slow_disk.c"))
        .status()?;
    ensure!(built.success(), "the C compiler refused the slow disk");
    for (name, delay_us) in DISKS {
        let measured = Command::new(env::current_exe()?)
            .args(["--json", "queue"])
            .env("LD_PRELOAD", &library)
            .env("SLOW_DISK_US", delay_us)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(measured.status.success(), "nothing was measured on a {name}");
        figures.add_json(name, &measured.stdout)?;
    }
    Ok(())
}
