//! A program's TOML file.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::de::DeserializeOwned;

/// Reads a program's configuration; unknown keys are refused by the
/// type (`deny_unknown_fields`), and the message shows line and caret.
pub fn read_config<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    toml::from_str(&text).with_context(|| format!("`{}` is not a valid config", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its reading matters")]
        listen: String,
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let path =
            std::env::temp_dir().join(format!("appliance-config-{}.toml", std::process::id()));
        fs::write(&path, "listen = \"127.0.0.1:0\"\nlisen = 1\n").unwrap();
        let error = read_config::<Sample>(&path).unwrap_err();
        fs::remove_file(&path).unwrap();
        let text = format!("{error:#}");
        assert!(text.contains("line 2") && text.contains("`lisen`"), "{text}");
    }
}
