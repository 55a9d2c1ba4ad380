//! How wide the columns of a table are: no program that opens a DOCX is asked to guess.

use unicode_width::UnicodeWidthStr;

use super::super::{Table, clean};

/// Sizes of type to try, in half-points, from the one that reads well to the last that reads at all.
const SIZES: [u32; 4] = [21, 18, 16, 14];
/// Blank to the left and to the right of a cell's text together, in twentieths of a point.
const BLANK: u32 = 170;
/// No text asks for more than this many halves of a Chinese character.
const WIDEST: usize = 48;
/// What programs that open it want beside a text, as their fonts are not ours: in halves of a Chinese character.
const LEEWAY: usize = 2;
/// A heading no wider than this is not broken.
const SHORT: usize = 8;
/// What a cell of words may be squeezed to: in halves of a Chinese character, unless a figure or a word is longer.
const NARROWEST: usize = 12;

/// Columns that fill the page.
pub(super) struct Columns {
    /// Twentieths of a point.
    pub widths: Vec<u32>,
    /// The size of type, in half-points.
    pub size: u32,
}

/// What a column asks for, in halves of a Chinese character.
#[derive(Clone, Copy)]
struct Ask {
    least: u32,
    best: u32,
}

/// The columns of a table on a page that is `full` twentieths of a point wide.
pub(super) fn columns(table: &Table, full: u32) -> Columns {
    let asks: Vec<Ask> = (0..table.columns.len()).map(|at| ask(table, at)).collect();
    let width = |units: u32, size: u32| units * size * 5 + BLANK;
    let sum = |of: &dyn Fn(&Ask) -> u32, size| asks.iter().map(|ask| width(of(ask), size)).sum::<u32>();
    let fits = |size: &u32| sum(&|ask| ask.least, *size) <= full;
    let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[SIZES.len() - 1]);
    let (least, best) = (sum(&|ask| ask.least, size), sum(&|ask| ask.best, size));
    let share = |of: u32, all: u32, room: u32| (u64::from(of) * u64::from(room) / u64::from(all.max(1))) as u32;
    let mut widths: Vec<u32> = asks
        .iter()
        .map(|ask| (width(ask.least, size), width(ask.best, size)))
        .map(|(low, high)| match (least, best) {
            (least, _) if least >= full => share(low, least, full),
            (_, best) if best <= full => share(high, best, full),
            _ => low + share(high - low, best - least, full - least),
        })
        .collect();
    let given: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += full.saturating_sub(given);
    }
    Columns { widths, size }
}

fn ask(table: &Table, at: usize) -> Ask {
    let cells =
        || table.rows.iter().chain(&table.total).filter_map(|row| row.get(at)).flat_map(|cell| clean::lines(cell));
    let column = table.columns.get(at);
    let heading = column.map(|column| clean::line(&column.heading)).unwrap_or_default();
    let widest = cells().map(|line| line.width()).max().unwrap_or(0).min(WIDEST);
    let head = if heading.width() <= SHORT { heading.width() } else { longest_word(&heading) };
    let word = head.max(cells().map(|line| longest_word(&line)).max().unwrap_or(0)).min(WIDEST / 2);
    let figures = column.is_some_and(|column| column.figures);
    let least = if figures { widest.max(head) } else { word.max(NARROWEST.min(widest)) };
    let best = widest.max(heading.width().min(WIDEST / 3)).max(least);
    // At most `WIDEST`, and a heading's longest word is a word.
    let ask = |units: usize| (units.min(WIDEST) + LEEWAY) as u32;
    Ask { least: ask(least), best: ask(best) }
}

/// How wide the names of facts are that stand before their values, at a size of type: as wide as they are, and two fifths of the page at
/// the most.
pub(super) fn names(table: &Table, size: u32, full: u32) -> u32 {
    (ask(table, 0).best * size * 5 + BLANK).min(full * 2 / 5)
}

/// The longest piece without a place to break it: between Chinese characters there is one, but none in brackets, where a unit stands.
fn longest_word(line: &str) -> usize {
    let (mut longest, mut here, mut bracket) = (0, 0, false);
    for c in line.chars() {
        let mut buffer = [0; 4];
        let wide = c.encode_utf8(&mut buffer).width();
        let breaks = !bracket && (c == ' ' || wide == 2);
        here = if breaks { wide } else { here + wide };
        // A sentence in brackets is no unit.
        bracket = (bracket || c == '（') && c != '）' && here <= SHORT;
        longest = longest.max(here);
    }
    longest
}
