//! A case folder as one text: parts that begin with a line `--- NAME`; what no part names is as in `tests/bad/base`.
//!
//! A part named `BOOK.xlsx!PATH` is one file inside a workbook, which is put together here: a fuzzer cannot guess checksums.

use std::collections::BTreeMap;
use std::path::Path;

/// The sound case that the parts are laid over.
pub const BASE: [(&str, &str); 8] = [
    ("case.toml", include_str!("../../tests/bad/base/case.toml")),
    ("customers.csv", include_str!("../../tests/bad/base/customers.csv")),
    ("demand.csv", include_str!("../../tests/bad/base/demand.csv")),
    ("districts.csv", include_str!("../../tests/bad/base/districts.csv")),
    ("holidays.csv", include_str!("../../tests/bad/base/holidays.csv")),
    ("links.csv", include_str!("../../tests/bad/base/links.csv")),
    ("profiles.csv", include_str!("../../tests/bad/base/profiles.csv")),
    ("supply.csv", include_str!("../../tests/bad/base/supply.csv")),
];

/// A name that stays inside its folder.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    (1..40).contains(&name.len()) && !name.starts_with('.') && name.chars().all(plain)
}

/// The files of a folder by name.
pub fn unpack(data: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        BASE.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    let mut books: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    let mut rest = data;
    while let Some((name, content, after)) = part(rest) {
        rest = after;
        match name.split_once('!') {
            Some((book, inside)) if is_plain(book) => {
                books.entry(book.to_owned()).or_default().push((inside.to_owned(), content.to_vec()));
            }
            None if is_plain(&name) => {
                files.insert(name, content.to_vec());
            }
            _ => {}
        }
    }
    files.extend(books.into_iter().map(|(book, parts)| (book, zip(&parts))));
    files
}

const MARK: &[u8] = b"--- ";

/// The name and content of the first part, and what follows it.
fn part(data: &[u8]) -> Option<(String, &[u8], &[u8])> {
    let starts = |at: &usize| data[*at..].starts_with(MARK) && (*at == 0 || data[*at - 1] == b'\n');
    let from = (0..data.len()).find(starts)?;
    let name_until = data[from..].iter().position(|byte| *byte == b'\n').map_or(data.len(), |at| from + at);
    let name = String::from_utf8_lossy(&data[from + MARK.len()..name_until]).trim().to_owned();
    let content = (name_until + 1).min(data.len());
    let until = (content..data.len()).find(starts).unwrap_or(data.len());
    Some((name, &data[content..until], &data[until..]))
}

/// Writes files into a folder.
pub fn write(dir: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, content) in files {
        std::fs::write(dir.join(name), content).expect("the temporary folder can be written");
    }
}

/// A zip archive of stored (not compressed) files.
fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut index) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let at = bytes.len() as u32;
        let mut head = Vec::new();
        // Version, flags, method, time, date.
        [20u16, 0, 0, 0, 33].iter().for_each(|field| head.extend(field.to_le_bytes()));
        let (crc, size) = (crc32(content), content.len() as u32);
        [crc, size, size].iter().for_each(|field| head.extend(field.to_le_bytes()));
        [name.len() as u16, 0].iter().for_each(|field| head.extend(field.to_le_bytes()));
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        index.extend(b"PK\x01\x02\x14\x00");
        index.extend(&head);
        index.extend([0; 10]);
        index.extend(at.to_le_bytes());
        index.extend(name.as_bytes());
    }
    let (at, size, count) = (bytes.len() as u32, index.len() as u32, parts.len() as u16);
    bytes.extend(index);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    [count, count].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    [size, at].iter().for_each(|field| bytes.extend(field.to_le_bytes()));
    bytes.extend([0, 0]);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}
