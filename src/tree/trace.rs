//! What readers ask of the tables they read, for the test that holds schemas to readers.

use std::cell::RefCell;

use crate::problem::Place;

thread_local! {
    static ASKED: RefCell<Option<Vec<Asked>>> = const { RefCell::new(None) };
}

/// One key that a reader asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Where the table stands.
    pub table: Place,
    pub key: String,
    /// Whether it must be there.
    pub required: bool,
    /// The words that it may be, where it is one of some.
    pub words: Vec<String>,
}

/// All that is asked while `work` is done.
pub(crate) fn during(work: impl FnOnce()) -> Vec<Asked> {
    ASKED.set(Some(Vec::new()));
    work();
    ASKED.take().unwrap_or_default()
}

/// Notes a key.
pub(super) fn note(table: &Place, key: &str, required: bool) {
    note_words(table, key, required, &[]);
}

/// Notes a key and the words that it may be.
pub(super) fn note_words(table: &Place, key: &str, required: bool, words: &[&str]) {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    ASKED.with_borrow_mut(|asked| {
        if let Some(asked) = asked {
            asked.push(Asked { table: table.clone(), key: key.to_owned(), required, words });
        }
    });
}
