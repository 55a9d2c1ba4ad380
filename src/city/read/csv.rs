//! Bytes of a CSV file as text: UTF-8 with or without a byte-order mark, or GB18030.

use crate::city::TableMessage;
use crate::problem::{Origin, Place, Problem, Problems};

/// So many characters beyond ASCII that read as UTF-8 are no accident: the file is UTF-8, and damaged.
const NO_ACCIDENT: usize = 4;

/// The text of a file.
pub(super) fn decode(bytes: Vec<u8>, origin: &Origin) -> Result<String, Problems> {
    let fault = |line: u32, message| Err(Problems::from(Problem::error(Place::line(origin.clone(), line), message)));
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return fault(0, TableMessage::Utf16 {});
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return fault(0, TableMessage::NotAText {});
    }
    // `contains` is quicker than a search for the place, which sound files do not have.
    if bytes.contains(&0) {
        let at = bytes.iter().position(|b| *b == 0).unwrap_or(0);
        return fault(line_of(&bytes, at), TableMessage::NulByte {});
    }
    let text = match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            text
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let valid = bytes.get(..at).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
            let marked = valid.starts_with('\u{feff}');
            if marked || valid.chars().filter(|c| !c.is_ascii()).take(NO_ACCIDENT).count() == NO_ACCIDENT {
                return fault(line_of(&bytes, at), TableMessage::BadEncoding {});
            }
            match encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes) {
                Some(text) => text.into_owned(),
                None => {
                    // A line break is never part of a character of GB18030, so each line can be tried alone.
                    let decodes = |line: &&[u8]| {
                        encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(line).is_some()
                    };
                    let sound = bytes.split(|b| *b == b'\n').take_while(decodes).count();
                    return fault(u32::try_from(sound + 1).unwrap_or(u32::MAX), TableMessage::BadEncoding {});
                }
            }
        }
    };
    if text.trim().is_empty() {
        return fault(0, TableMessage::EmptyFile {});
    }
    // Spreadsheets on a Macintosh may end rows with a carriage return alone; rows are counted by their line feeds.
    if text.contains('\r') && !text.contains('\n') {
        return Ok(text.replace('\r', "\n"));
    }
    Ok(text)
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    let before = bytes.get(..at).unwrap_or_default();
    u32::try_from(before.iter().filter(|b| **b == b'\n').count() + 1).unwrap_or(u32::MAX)
}

/// A text longer than this is cut into records by a second thread, ahead of whoever reads them.
const LONG: usize = 4 << 20;

/// So many records change hands at a time.
const BATCH: usize = 2048;

/// Records and the lines they begin on.
type Batch = Vec<(u32, csv::StringRecord)>;

/// Calls `each` with every record and the line it begins on; gives the line of a quotation mark that never closes.
pub(super) fn records(text: &str, mut each: impl FnMut(u32, &csv::StringRecord)) -> Option<u32> {
    let mut cutter = Cutter::new(text);
    if text.len() < LONG {
        let mut record = csv::StringRecord::new();
        while let Some(line) = cutter.next(&mut record) {
            each(line, &record);
        }
        return cutter.unclosed;
    }
    std::thread::scope(|scope| {
        let (full, read) = std::sync::mpsc::sync_channel::<Batch>(4);
        let (done, empty) = std::sync::mpsc::channel::<Batch>();
        let ahead = scope.spawn(move || {
            loop {
                let mut batch = empty.try_recv().unwrap_or_default();
                batch.resize_with(BATCH, Default::default);
                let mut count = 0;
                while let Some((line, record)) = batch.get_mut(count)
                    && let Some(at) = cutter.next(record)
                {
                    *line = at;
                    count += 1;
                }
                batch.truncate(count);
                if count == 0 || full.send(batch).is_err() {
                    return cutter.unclosed;
                }
            }
        });
        for batch in read {
            batch.iter().for_each(|(line, record)| each(*line, record));
            // The cutter may be gone: then nobody needs the batch again.
            let _ = done.send(batch);
        }
        ahead.join().unwrap_or(None)
    })
}

/// Cuts a text into records, and counts the lines they begin on.
struct Cutter<'a> {
    text: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    line: u32,
    counted: usize,
    /// The line of a quotation mark that never closes.
    unclosed: Option<u32>,
}

impl<'a> Cutter<'a> {
    fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        Self { text, reader, line: 1, counted: 0, unclosed: None }
    }

    /// Reads the next record and gives its line; `None` at the end, or at a quotation mark that never closes.
    fn next(&mut self, record: &mut csv::StringRecord) -> Option<u32> {
        if !matches!(self.reader.read_record(record), Ok(true)) {
            return None;
        }
        // The reader's own line numbers are those of the byte after the record before, blank lines not skipped; so
        // breaks are counted here, up to the record's first byte.
        let start = record.position().map_or(self.counted, |position| position.byte() as usize);
        let blank = self.text.iter().skip(start).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let start = start + blank;
        let passed = self.text.get(self.counted..start).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u32;
        self.counted = start;
        // A quotation mark that never closes swallows the rest of the text.
        if self.reader.position().byte() as usize >= self.text.len() && record.iter().any(|cell| cell.contains('\n')) {
            let last = self.text.get(start..).unwrap_or_default();
            if last.iter().filter(|b| **b == b'"').count() % 2 == 1 {
                self.unclosed = Some(self.line);
                return None;
            }
        }
        Some(self.line)
    }
}
