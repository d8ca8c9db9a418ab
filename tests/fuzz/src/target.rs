//! What is fed, and what must hold whatever it is fed.
//!
//! A feed panics when something does not hold. What it returns says in a
//! few words each what the input did; one that did nothing new is alike
//! to others.

mod address;
mod command;
mod profile;
mod reply;
mod serial;

/// Something that reads what others wrote.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and that of its corpus.
    pub name: &'static str,
    /// Inputs that it was made for.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words of its language.
    pub words: &'static [&'static [u8]],
    /// The longest input, in bytes.
    pub bytes_max: usize,
    /// Feeds it, and says what it did.
    pub feed: fn(&[u8]) -> Vec<String>,
}

/// Everything that is fed.
pub const ALL: [Target; 5] =
    [reply::TARGET, command::TARGET, profile::TARGET, address::TARGET, serial::TARGET];

/// A complaint without the bytes and texts that it quotes.
fn in_short(complaint: &str) -> String {
    const WORDS: usize = 4;
    let is_word = |it: &&str| it.bytes().all(|it| it.is_ascii_lowercase());
    let unquoted = complaint.split(['"', '`']).next().unwrap_or_default();
    unquoted.split(' ').filter(is_word).take(WORDS).collect::<Vec<_>>().join(" ")
}
