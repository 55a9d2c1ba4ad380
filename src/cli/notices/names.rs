//! Names of files that every system takes, the same on every run: ids as they are, but for what a system would refuse.

use std::collections::HashSet;

/// Names of one run; no two are the same, whatever a system makes of capitals.
pub(super) struct Names {
    first: String,
    taken: HashSet<String>,
}

/// An id is cut to so many characters; 255 bytes are the most that systems take for a name.
const LONGEST: usize = 48;

impl Names {
    /// All names begin with this.
    pub(super) fn new(first: String) -> Self {
        Self { first, taken: HashSet::new() }
    }

    /// A name without its ending, of some words and ids.
    pub(super) fn stem(&mut self, parts: &[&str]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| plain(part)).collect();
        let stem = format!("{}-{}", self.first, parts.join("-"));
        let mut name = stem.clone();
        let mut count = 1;
        while !self.taken.insert(name.to_lowercase()) {
            count += 1;
            name = format!("{stem}~{count}");
        }
        name
    }
}

/// What every system takes: no separators, no signs that Windows reserves, no control characters, no blank or dot at an end.
fn plain(text: &str) -> String {
    let refused = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c) || is_unseen(c);
    let kept: String = text.chars().take(LONGEST).map(|c| if refused(c) { '_' } else { c }).collect();
    let kept = kept.trim_matches([' ', '.']);
    if kept.is_empty() { "_".to_owned() } else { kept.to_owned() }
}

/// Marks that turn the direction of what follows, or do not show at all.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_takes_the_names_and_no_two_are_the_same() {
        let mut names = Names::new("2026-01-07-1".to_owned());
        for (id, stem) in [
            ("XC-BCE-001", "2026-01-07-1-order-site-XC-BCE-001"),
            ("xc-bce-001", "2026-01-07-1-order-site-xc-bce-001~2"),
            ("../../etc/passwd", "2026-01-07-1-order-site-_.._etc_passwd"),
            ("C:\\x*?\"<>|", "2026-01-07-1-order-site-C__x______"),
            (" 用户 一。", "2026-01-07-1-order-site-用户 一。"),
            ("a\u{202e}b\u{7}", "2026-01-07-1-order-site-a_b_"),
            ("", "2026-01-07-1-order-site-_"),
            ("...", "2026-01-07-1-order-site-_~2"),
            ("aux", "2026-01-07-1-order-site-aux"),
        ] {
            assert_eq!(names.stem(&["order", "site", id]), stem, "{id:?}");
        }
        let long = names.stem(&["order", "site", &"名".repeat(200)]);
        assert!(long.len() < 240, "{}", long.len());
    }
}
