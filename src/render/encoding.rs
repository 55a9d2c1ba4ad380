//! How tables are encoded for whoever opens them. Whoever writes a table writes UTF-8, and it is encoded on its way out; whoever
//! reads back one of ours finds out which encoding it has.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use encoding_rs::{Decoder, GB18030};

/// How a CSV is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8.
    #[value(name = "utf-8")]
    Utf8,
    /// UTF-8 with a byte-order mark, which Excel needs to know it by.
    #[value(name = "utf-8-bom")]
    Utf8Bom,
    /// GB18030.
    #[value(name = "gb18030")]
    Gb18030,
}

/// What tells UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A table on its way: what is written here is UTF-8, in pieces that may end within a character.
pub(crate) struct Encoder<W> {
    encoding: Encoding,
    begun: bool,
    /// The beginning of a character whose end is still to come.
    held: Vec<u8>,
    to: W,
}

impl<W: Write> Encoder<W> {
    /// Nothing has passed yet.
    pub(crate) const fn new(encoding: Encoding, to: W) -> Self {
        Self { encoding, begun: false, held: Vec::new(), to }
    }

    /// Where it all goes.
    pub(crate) fn into_inner(self) -> W {
        self.to
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Gb18030 {
            self.held.extend_from_slice(piece);
            let whole = whole(&self.held)?;
            // GB18030 holds every character.
            self.to.write_all(&GB18030.encode(whole).0)?;
            let passed = whole.len();
            self.held.drain(..passed);
            return Ok(piece.len());
        }
        if self.encoding == Encoding::Utf8Bom && !self.begun && !piece.is_empty() {
            self.to.write_all(MARK)?;
            self.begun = true;
        }
        self.to.write_all(piece)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The characters of a piece that are whole.
fn whole(piece: &[u8]) -> io::Result<&str> {
    let known = match std::str::from_utf8(piece) {
        Ok(text) => return Ok(text),
        Err(error) if error.error_len().is_none() => piece.get(..error.valid_up_to()).unwrap_or_default(),
        Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    };
    std::str::from_utf8(known).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// A table that we wrote, in whichever encoding, as the UTF-8 that was written.
pub(crate) struct Decoded {
    from: BufReader<File>,
    /// `None` of UTF-8.
    decoder: Option<Decoder>,
    /// What was decoded and not handed out.
    ready: Vec<u8>,
    at: usize,
}

/// A table is read in pieces of so many bytes.
const PIECE: usize = 1 << 16;

impl Decoded {
    /// Opens a table; what is no UTF-8 throughout is taken for GB18030.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let decoder = if is_utf8(&mut file)? { None } else { Some(GB18030.new_decoder_without_bom_handling()) };
        let mut mark = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        (&file).take(MARK.len() as u64).read_to_end(&mut mark)?;
        if mark != MARK {
            file.seek(SeekFrom::Start(0))?;
        }
        Ok(Self { from: BufReader::with_capacity(PIECE, file), decoder, ready: Vec::new(), at: 0 })
    }
}

impl Read for Decoded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return self.from.read(to) };
        while self.at == self.ready.len() && !to.is_empty() {
            let mut piece = vec![0; PIECE];
            let read = self.from.read(&mut piece)?;
            let most = decoder.max_utf8_buffer_length(read).unwrap_or(4 * PIECE);
            self.ready.resize(most, 0);
            let (_, _, written, _) =
                decoder.decode_to_utf8(piece.get(..read).unwrap_or_default(), &mut self.ready, read == 0);
            self.ready.truncate(written);
            self.at = 0;
            if read == 0 {
                self.decoder = None;
                break;
            }
        }
        let read = self.ready.get(self.at..).unwrap_or_default().read(to)?;
        self.at += read;
        Ok(read)
    }
}

/// Whether a file is UTF-8 from its place to its end.
fn is_utf8(file: &mut impl Read) -> io::Result<bool> {
    let (mut held, mut piece) = (Vec::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(held.is_empty());
        }
        held.extend_from_slice(piece.get(..read).unwrap_or_default());
        let Ok(whole) = whole(&held).map(str::len) else { return Ok(false) };
        held.drain(..whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "编号,名称\nA-1,碑林区🔥某热力站\n";

    fn encoded(encoding: Encoding, pieces: &mut dyn Iterator<Item = &[u8]>) -> Vec<u8> {
        let mut to = Encoder::new(encoding, Vec::new());
        for piece in pieces {
            to.write_all(piece).unwrap();
        }
        to.into_inner()
    }

    #[test]
    fn a_table_is_encoded_wherever_its_pieces_end() {
        for size in 1..TABLE.len() {
            let all = |encoding| encoded(encoding, &mut TABLE.as_bytes().chunks(size));
            assert_eq!(all(Encoding::Utf8), TABLE.as_bytes());
            assert_eq!(all(Encoding::Utf8Bom), [MARK, TABLE.as_bytes()].concat());
            assert_eq!(all(Encoding::Gb18030), &*GB18030.encode(TABLE).0);
        }
    }

    #[test]
    fn what_was_encoded_is_read_back_as_it_was_written() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        // Longer than a piece, with characters across where the pieces meet.
        for rows in [0, 1, 9_000] {
            let text = format!("a{}", TABLE.repeat(rows));
            for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Gb18030] {
                std::fs::write(&path, encoded(encoding, &mut std::iter::once(text.as_bytes()))).unwrap();
                let mut read = Vec::new();
                Decoded::open(&path).unwrap().read_to_end(&mut read).unwrap();
                assert!(read == text.as_bytes(), "{encoding:?}, {rows}");
            }
        }
    }
}
