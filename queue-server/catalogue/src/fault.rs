//! What comes in to be read and what is found wrong with it.

use std::fmt;

/// A file that somebody else has read: where it is and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, as it shall be named in faults.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Something in a file that must be put right before the hall opens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file's name as it was given.
    pub file: String,
    /// The line, 1 and up.
    pub line: usize,
    /// What is wrong, in the words of the file.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
