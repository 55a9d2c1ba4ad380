//! Contents under their digests, compressed.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::Sha256;

use super::entry::Digest;
use crate::policy::hex;

/// The digest of a content.
pub(super) fn digest(content: &[u8]) -> Digest {
    hex(&<Sha256 as sha2::Digest>::digest(content))
}

/// A content, compressed. Fast rather than small: a day is recorded while people wait.
pub(super) fn pack(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 4), Compression::fast());
    encoder.write_all(content)?;
    encoder.finish()
}

/// A content as it was; `size` bounds what a damaged one can grow to.
pub(super) fn unpack(packed: &[u8], size: u64) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    ZlibDecoder::new(packed).take(size.saturating_add(1)).read_to_end(&mut content)?;
    Ok(content)
}
