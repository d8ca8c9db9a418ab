//! Which journal a job reads: that of a data folder, or a file that lies
//! elsewhere, such as an archive.

use std::path::PathBuf;

use anyhow::{Context, ensure};

/// One of the two.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct WhichRecord {
    /// Where the journal is kept; a server may be running on it.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// A journal that lies elsewhere: an archive or a copy.
    #[arg(long)]
    pub(crate) file: Option<PathBuf>,
}

impl WhichRecord {
    /// The journal's file, which is there.
    pub(crate) fn path(&self) -> anyhow::Result<PathBuf> {
        if let Some(file) = &self.file {
            ensure!(file.exists(), "there is no file `{}`", file.display());
            return Ok(file.clone());
        }
        let dir = self.data.as_ref().context("`--data` or `--file` is wanted")?;
        let path = dir.join("hall.db");
        ensure!(path.exists(), "there is no journal in `{}`", dir.display());
        Ok(path)
    }
}
