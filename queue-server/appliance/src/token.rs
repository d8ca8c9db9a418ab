//! The secret by which the server knows a device.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// A device's token: from its file, else from the environment's
/// `YIMEN_TOKEN`, else none.
pub fn device_token(file: Option<&Path>) -> anyhow::Result<Option<String>> {
    let Some(path) = file else {
        return Ok(std::env::var("YIMEN_TOKEN").ok());
    };
    let token =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok(Some(token.trim().to_owned()))
}
