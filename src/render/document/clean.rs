//! What a text may bring onto paper: every character that shows, none that steers.

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").split(['\n', '\r']).map(clean).collect()
}

/// The text in one line.
pub(super) fn line(text: &str) -> String {
    lines(text).join(" ")
}

/// XML has no place for most control characters, and a turned writing direction would let a name reorder its
/// neighbours; that there was one still shows.
fn clean(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}
