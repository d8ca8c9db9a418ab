//! Which profile a printer has: a shipped one by its name, or a file of
//! the hall's own. What a profile means is not its business.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use slip::{Profile, ProfileError};
use thiserror::Error;

/// Where a printer's profile is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileChoice {
    /// A shipped profile, such as `epson-tm-cn`.
    Named(String),
    /// A file of the hall's own, whose path ends in `.toml`.
    File(PathBuf),
}

/// Why there is no profile.
#[derive(Debug, Error)]
pub enum NoProfile {
    /// None is shipped under this name.
    #[error(
        "no printer profile is called `{0}`; there are {names}, or a path that ends in `.toml`",
        names = Profile::names().collect::<Vec<_>>().join(", ")
    )]
    Unknown(String),
    /// The file cannot be read.
    #[error("cannot read the printer profile `{path}`")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is no profile.
    #[error("`{path}` is no printer profile")]
    Wrong {
        /// The file.
        path: String,
        /// The line and what is wrong with it.
        #[source]
        source: ProfileError,
    },
}

impl ProfileChoice {
    /// The profile, read from its file if it has one.
    pub fn profile(&self) -> Result<Profile, NoProfile> {
        match self {
            Self::Named(name) => {
                Profile::named(name).ok_or_else(|| NoProfile::Unknown(name.clone()))
            }
            Self::File(path) => {
                let name = || path.display().to_string();
                let text = fs::read_to_string(path)
                    .map_err(|source| NoProfile::Unreadable { path: name(), source })?;
                Profile::read(&text).map_err(|source| NoProfile::Wrong { path: name(), source })
            }
        }
    }
}

impl From<&str> for ProfileChoice {
    fn from(text: &str) -> Self {
        let path = Path::new(text);
        if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml")) {
            Self::File(path.to_owned())
        } else {
            Self::Named(text.to_owned())
        }
    }
}

impl fmt::Display for ProfileChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}
