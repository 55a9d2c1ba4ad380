//! The one place through which data reaches standard output, and words standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

use anyhow::Context;

use crate::Lang;
use crate::cli::exit::Failure;
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::render::drill::{Kind, Marker};
use crate::render::encoding::{Encoder, Encoding};

/// Standard output. A reader that has seen enough and closes the pipe (`| head`) is no error: from then on
/// everything is swallowed, and the run ends with the status that it would have had.
pub(crate) struct Out {
    to: Encoder<BufWriter<StdoutLock<'static>>>,
    mark: Option<Marker>,
    closed: bool,
    lang: Lang,
}

impl Out {
    /// Standard output of this process.
    pub(crate) fn stdout(lang: Lang) -> Self {
        Self::encoded(Encoding::Utf8, lang)
    }

    fn encoded(encoding: Encoding, lang: Lang) -> Self {
        let to = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        Self { to: Encoder::new(encoding, to), mark: None, closed: false, lang }
    }

    /// The same; in an exercise, all that goes out is marked as one, and a table is encoded as it is asked for.
    pub(crate) fn of(global: &Global) -> Self {
        let (kind, encoding) = match global.format {
            Format::Table => (Kind::Screen(global.colour), Encoding::Utf8),
            Format::Json => (Kind::Json, Encoding::Utf8),
            Format::Csv => (Kind::Csv, global.csv_encoding),
        };
        let mark = global.drill.then(|| Marker::new(kind, global.lang));
        Self { mark, ..Self::encoded(encoding, global.lang) }
    }

    /// Writes a text as it is.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.write_with(|to| to.write_all(text.as_bytes()))
    }

    /// Hands out the stream; its errors are told apart here.
    pub(crate) fn write_with(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = match &mut self.mark {
            None => write(&mut self.to),
            Some(marker) => write(&mut Marked { marker, to: &mut self.to }),
        };
        self.judge(written)
    }

    /// What is still held back goes out; errors show only now when little was written.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let flushed = match &mut self.mark {
            _ if self.closed => Ok(()),
            None => self.to.flush(),
            Some(mark) => mark.end(&mut self.to).and_then(|()| self.to.flush()),
        };
        let judged = self.judge(flushed);
        if self.closed || judged.is_err() {
            // Dropping a BufWriter tries once more; taking it apart does not.
            let _ = self.to.into_inner().into_parts();
        }
        judged
    }

    fn judge(&mut self, result: io::Result<()>) -> Result<(), Failure> {
        match result {
            Err(error) if is_closed_pipe(&error) => {
                self.closed = true;
                Ok(())
            }
            Err(error) => {
                self.closed = true;
                Err(Failure::Broken(
                    Err::<(), _>(error)
                        .context(CliMessage::StdoutFailed {}.text(self.lang))
                        .err()
                        .unwrap_or_else(|| anyhow::anyhow!("")),
                ))
            }
            Ok(()) => Ok(()),
        }
    }
}

/// What is written here is marked as an exercise on its way.
pub(crate) struct Marked<'a> {
    pub marker: &'a mut Marker,
    pub to: &'a mut dyn Write,
}

impl Write for Marked<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.marker.pass(piece, self.to)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The writer of tables wraps what the stream says in an error of its own.
fn is_closed_pipe(error: &io::Error) -> bool {
    let wrapped = error.get_ref().and_then(|error| error.downcast_ref::<csv::Error>());
    let kind = match wrapped.map(csv::Error::kind) {
        Some(csv::ErrorKind::Io(error)) => error.kind(),
        _ => error.kind(),
    };
    kind == io::ErrorKind::BrokenPipe
}

/// Words on standard error. If even that fails there is nobody left to tell.
pub(crate) fn tell(text: &str) {
    if !text.is_empty() {
        let mut to = io::stderr().lock();
        let _ = to.write_all(text.as_bytes()).and_then(|()| to.write_all(b"\n"));
    }
}
