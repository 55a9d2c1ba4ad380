//! The chain of hashes that makes a record tamper-evident.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::policy::hex;

/// The hash of a record's last entry, which covers all entries before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Head(pub(super) [u8; 32]);

impl Head {
    /// The head once an entry follows: the hash of the head so far, the entry's place and its text.
    pub(super) fn after(self, seq: u64, body: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(seq.to_le_bytes());
        hash.update(body.as_bytes());
        Self(hash.finalize().into())
    }

    /// The first sixteen digits, for paper.
    pub fn short(self) -> String {
        self.to_string().chars().take(16).collect()
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}
