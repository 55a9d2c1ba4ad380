//! How far a simulation has come, on standard error: one line that is written over on a terminal, now and then a line elsewhere.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Lang;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::render::fmt;

/// The columns of the bar.
const BAR: u64 = 30;

/// Tells how far it is.
pub(super) struct Progress {
    lang: Lang,
    /// `None` of a quiet run.
    shown: Option<Mutex<Shown>>,
    terminal: bool,
    begun: Instant,
    /// How many were done when it began, and how many there are.
    before: u64,
    all: u64,
}

struct Shown {
    last: Instant,
    any: bool,
}

impl Progress {
    pub fn new(global: &Global, before: u64, all: u64) -> Self {
        let begun = Instant::now();
        let shown = (!global.quiet).then_some(Mutex::new(Shown { last: begun, any: false }));
        Self { lang: global.lang, shown, terminal: std::io::stderr().is_terminal(), begun, before, all }
    }

    /// So many are done. From any thread; whoever comes while another one writes goes on without a word.
    pub fn tell(&self, done: u64) {
        let Some(shown) = &self.shown else { return };
        let Ok(mut shown) = shown.try_lock() else { return };
        let pause = if self.terminal { Duration::from_millis(200) } else { Duration::from_secs(30) };
        if shown.last.elapsed() < pause {
            return;
        }
        (shown.last, shown.any) = (Instant::now(), true);
        let line = self.line(done);
        let mut to = std::io::stderr().lock();
        // If nobody can be told, the work goes on all the same.
        let _ = if self.terminal { write!(to, "\r\u{1b}[K{line}") } else { writeln!(to, "{line}") };
        let _ = to.flush();
    }

    /// Takes the line off the terminal.
    pub fn end(&self) {
        let any = self.shown.as_ref().and_then(|shown| shown.lock().ok()).is_some_and(|shown| shown.any);
        if any && self.terminal {
            let mut to = std::io::stderr().lock();
            let _ = write!(to, "\r\u{1b}[K").and_then(|()| to.flush());
        }
    }

    fn line(&self, done: u64) -> String {
        let spent = self.begun.elapsed().as_secs_f64();
        let (here, rest) = (done.saturating_sub(self.before), self.all.saturating_sub(done));
        let left = if here == 0 { 0 } else { (spent * rest as f64 / here as f64).ceil() as u64 };
        let full = if self.all == 0 { BAR } else { (u128::from(done) * u128::from(BAR) / u128::from(self.all)) as u64 };
        let bar = "█".repeat(full as usize) + &"░".repeat((BAR - full.min(BAR)) as usize);
        let (done, of) = (fmt::grouped(done), fmt::grouped(self.all));
        let said = CliMessage::WintersDone { done, of, left: clock(left) }.text(self.lang);
        if self.terminal { format!("{bar} {said}") } else { said }
    }
}

/// Seconds as a clock shows them.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_as_a_clock_does() {
        assert_eq!([0, 61, 3599, 3600 + 62].map(clock), ["0:00", "1:01", "59:59", "1:01:02"]);
    }
}
