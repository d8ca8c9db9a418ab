//! The hash chain: each row vouches for all the rows before it, so a row
//! changed or taken out by hand is noticed.

use std::fmt;

use sha2::{Digest, Sha256};

/// One link: SHA-256 over the link before it and the row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chain([u8; 32]);

impl Chain {
    /// Before the first row.
    pub(crate) const GENESIS: Chain = Chain([0; 32]);

    /// The link of the row that follows.
    pub(crate) fn next(self, seq: u64, at: &str, kind: &str, body: &str) -> Chain {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(seq.to_be_bytes());
        hash.update(at);
        hash.update(kind);
        hash.update(body);
        Chain(hash.finalize().into())
    }

    /// As it was stored, if it was.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Chain> {
        bytes.try_into().ok().map(Chain)
    }

    /// As stored.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
