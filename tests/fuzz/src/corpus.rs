//! Inputs that once did something new, in a file that people can read: a
//! JSON text a line, bytes beyond ASCII as `\u00XX`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::Target;

/// The kept inputs of one target.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The file.
    path: PathBuf,
    /// What is in it.
    pub inputs: Vec<Vec<u8>>,
}

impl Corpus {
    /// Reads the corpus of a target; one that is not there is empty.
    pub fn open(target: &Target) -> anyhow::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden/fuzz");
        let path = folder.join(format!("{}.txt", target.name));
        let text = if path.exists() {
            fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()))?
        } else {
            String::new()
        };
        let read = |line: &str| -> anyhow::Result<Vec<u8>> {
            let text: String = serde_json::from_str(line)?;
            Ok(text.chars().map(|it| u8::try_from(it).unwrap_or(b'?')).collect())
        };
        let inputs = text.lines().map(read).collect::<Result<_, _>>();
        let inputs = inputs.with_context(|| format!("`{}` is no corpus", path.display()))?;
        Ok(Self { path, inputs })
    }

    /// Writes it, the shortest inputs first.
    pub fn keep(&mut self) -> anyhow::Result<()> {
        self.inputs.sort_by_key(|it| (it.len(), it.clone()));
        self.inputs.dedup();
        let mut text = String::new();
        for input in &self.inputs {
            text.push_str(&line(input));
            text.push('\n');
        }
        fs::write(&self.path, text)
            .with_context(|| format!("cannot write `{}`", self.path.display()))
    }
}

/// An input as a line.
fn line(input: &[u8]) -> String {
    let mut line = String::from('"');
    for &byte in input {
        match byte {
            b'"' | b'\\' => line.extend(['\\', char::from(byte)]),
            b'\n' => line.push_str("\\n"),
            b' '..=b'~' => line.push(char::from(byte)),
            _ => line.push_str(&format!("\\u{byte:04x}")),
        }
    }
    line.push('"');
    line
}
