//! Whoever changes a record behind the program's back: the file itself refuses, and what is forced on it is noticed.

use std::sync::OnceLock;

use curtail::record::{Book, Record};
use rusqlite::Connection;

use super::office::{Dice, LIFE, Office, PROPOSE, code, times};

/// The record of a response and of a decision after it, made once.
fn life() -> &'static [u8] {
    static LIFE_OF_ONE: OnceLock<Vec<u8>> = OnceLock::new();
    LIFE_OF_ONE.get_or_init(|| Office::after_a_life().bytes())
}

fn office() -> Office {
    let office = Office::new();
    office.reset(life());
    office
}

/// Does something to the file as somebody would who has another program, and nothing keeps from anything.
fn forced(office: &Office, sql: &str) {
    let file = Connection::open(office.record()).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: String = file.query_row(triggers, [], |row| row.get(0)).unwrap();
    file.execute_batch(&triggers).unwrap();
    file.execute_batch(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// What the library and the program say of a record that something was done to.
fn noticed(sql: &str) -> (&'static str, String) {
    let office = office();
    forced(&office, sql);
    let code = code(office.checked());
    (code, office.fails(1, &["log", "--check"]))
}

#[test]
fn a_record_that_nobody_touched_is_whole() {
    let office = office();
    assert_eq!(office.entries().len(), LIFE.len() + 3);
    assert!(office.done(&["log", "--check"]).starts_with("The record holds: no entry was changed, moved or taken out"));
}

#[test]
fn an_entry_rewritten_moved_or_cut_out_is_noticed() {
    // The proposal and the papers that come after the response.
    let (long, last) = (LIFE.len() + 2, LIFE.len() + 3);
    let does_not_follow = [
        ("the text of an entry", "UPDATE entries SET body = replace(body, 'Wang', 'Wong') WHERE seq = 3", 3),
        ("the text of the first", "UPDATE entries SET body = replace(body, 'Li', 'Lu') WHERE seq = 1", 1),
        ("one letter of a long one", "UPDATE entries SET body = replace(body, 'II', 'IV') WHERE seq = LONG", long),
        ("one letter of the last", "UPDATE entries SET body = replace(body, 'Zhao', 'Zhai') WHERE seq = LAST", last),
        ("a hash", "UPDATE entries SET hash = zeroblob(32) WHERE seq = 4", 4),
        ("no hash", "UPDATE entries SET hash = x'' WHERE seq = 4", 4),
        ("an entry cut out", "DELETE FROM entries WHERE seq = 3", 3),
        (
            "an entry cut out and the others moved up",
            "DELETE FROM entries WHERE seq = 3; UPDATE entries SET seq = seq - 1 WHERE seq > 3",
            3,
        ),
        ("the first cut off", "DELETE FROM entries WHERE seq = 1", 1),
        (
            "two changed places",
            "UPDATE entries SET seq = 99 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 5; UPDATE entries SET seq = 5 WHERE seq = 99",
            4,
        ),
        ("one twice", "INSERT INTO entries SELECT LAST + 1, body, hash FROM entries WHERE seq = LAST", last + 1),
        (
            "one without a head",
            "INSERT INTO entries SELECT LAST + 1, body, zeroblob(32) FROM entries WHERE seq = LAST",
            last + 1,
        ),
    ];
    for (what, sql, seq) in does_not_follow {
        let sql = sql.replace("LONG", &long.to_string()).replace("LAST", &last.to_string());
        let (code, said) = noticed(&sql);
        assert_eq!(code, "broken_chain", "{what}: {said}");
        assert!(said.contains(&format!("entry {seq} does not follow")), "{what}: {said}");
    }
}

#[test]
fn a_damaged_record_is_not_added_to() {
    let office = office();
    forced(&office, "UPDATE entries SET body = replace(body, 'Wang', 'Wong') WHERE seq = 3");
    let before = office.bytes();
    for step in LIFE {
        assert!(office.fails(1, step).contains("tampered with or damaged"), "{step:?}");
    }
    assert_eq!(office.bytes(), before);
}

#[test]
fn a_tail_cut_off_is_noticed_by_a_head_on_paper() {
    let office = office();
    let head = office.checked().unwrap().unwrap().head;
    let on_paper = head.short();
    office.done(&["log", "--check", "--head", &on_paper]);
    // More entries after it do no harm.
    office.done(PROPOSE);
    let said = office.done(&["log", "--check", "--head", &head.to_string()]);
    let last = LIFE.len() + 3;
    assert!(said.contains(&format!("entry {last} of")), "{said}");
    forced(&office, &format!("DELETE FROM entries WHERE seq > {}", last - 1));
    let unknown = |what: &str| {
        office.done(&["log", "--check"]);
        let said = office.fails(2, &["log", "--check", "--head", &on_paper]);
        assert!(said.contains(&on_paper) && said.contains("cut off or rewritten"), "{what}: {said}");
    };
    unknown("cut off");
    // Whoever goes on from there with something else has another head.
    office.done(&[&PROPOSE[..5], &["Lu"]].concat());
    unknown("cut off and gone on with");
    for no_head in ["123456", "not a head", &"0".repeat(65)] {
        assert!(
            office.fails(2, &["log", "--check", "--head", no_head]).contains("not a head of a record"),
            "{no_head}"
        );
    }
}

#[test]
fn a_content_damaged_or_missing_is_noticed() {
    let of = "digest = (SELECT body ->> '$.event.files.\"orders.csv\"' FROM entries WHERE seq = 2)";
    let nested = "digest = (SELECT json_extract(body, '$.files.\"orders.csv\"') FROM entries WHERE seq = 2)";
    let office = office();
    let file = Connection::open(office.record()).unwrap();
    let count = |of: &str| -> i64 {
        file.query_row(&format!("SELECT count(*) FROM contents WHERE {of}"), [], |row| row.get(0)).unwrap()
    };
    let of = if count(of) == 1 { of } else { nested };
    assert_eq!(count(of), 1);
    for (what, sql) in [
        ("gone", format!("DELETE FROM contents WHERE {of}")),
        ("another's", format!("UPDATE contents SET packed = (SELECT packed FROM contents WHERE NOT {of}) WHERE {of}")),
        ("cut short", format!("UPDATE contents SET packed = substr(packed, 1, 9) WHERE {of}")),
        ("no compressed content", format!("UPDATE contents SET packed = x'00112233' WHERE {of}")),
        ("said to be shorter", format!("UPDATE contents SET size = size / 2 WHERE {of}")),
        ("said to be less than nothing", format!("UPDATE contents SET size = -1 WHERE {of}")),
    ] {
        let (code, said) = noticed(&sql);
        assert_eq!(code, "broken_content", "{what}: {said}");
        assert!(said.contains("`orders.csv` of entry 2 is missing or is not what was recorded"), "{what}: {said}");
    }
}

#[test]
fn the_file_itself_refuses_to_be_changed() {
    let office = office();
    let file = Connection::open(office.record()).unwrap();
    let again = "SELECT 3, body, hash FROM entries WHERE seq = 4";
    let known = "SELECT digest, size, x'00' FROM contents LIMIT 1";
    for (sql, why) in [
        ("UPDATE entries SET body = ''".to_owned(), "entries are never changed"),
        ("UPDATE OR REPLACE entries SET seq = 3 WHERE seq = 4".to_owned(), "entries are never changed"),
        ("DELETE FROM entries".to_owned(), "entries are never deleted"),
        ("DELETE FROM entries WHERE seq = 8".to_owned(), "entries are never deleted"),
        (format!("INSERT INTO entries {again}"), "an entry follows the last one"),
        (format!("INSERT OR REPLACE INTO entries {again}"), "an entry follows the last one"),
        (format!("REPLACE INTO entries {again}"), "an entry follows the last one"),
        (format!("INSERT OR IGNORE INTO entries {again}"), "an entry follows the last one"),
        (
            format!("INSERT INTO entries {again} ON CONFLICT (seq) DO UPDATE SET body = ''")
                .replace("seq = 4 ", "seq = 4 AND true "),
            "an entry follows the last one",
        ),
        ("INSERT INTO entries VALUES (10, '{}', x'00')".to_owned(), "an entry follows the last one"),
        ("INSERT INTO entries VALUES (0, '{}', x'00')".to_owned(), "an entry follows the last one"),
        ("INSERT INTO entries VALUES (-1, '{}', x'00')".to_owned(), "an entry follows the last one"),
        ("UPDATE contents SET packed = x'00'".to_owned(), "contents are never changed"),
        ("DELETE FROM contents".to_owned(), "contents are never deleted"),
        (format!("INSERT INTO contents {known}"), "contents are never replaced"),
        (format!("INSERT OR REPLACE INTO contents {known}"), "contents are never replaced"),
        (format!("INSERT OR IGNORE INTO contents {known}"), "contents are never replaced"),
    ] {
        let refused = file.execute_batch(&sql).expect_err(&sql).to_string();
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    drop(file);
    assert_eq!(office.bytes(), life());
}

/// Damage that no program does: bytes of the file that are no longer what they were. The entries are either the same or the
/// damage is noticed. A head on paper vouches for how many there are: a page of which SQLite sees only a part is a cut tail.
#[test]
fn no_damaged_byte_gives_another_record() {
    let office = Office::new();
    let known = {
        office.reset(life());
        office.checked().unwrap().unwrap()
    };
    let mut dice = Dice(1);
    let (mut same, mut seen) = (0, 0);
    for _ in 0..times("DAMAGES", 400) {
        let mut bytes = life().to_vec();
        let at = dice.below(bytes.len() as u64) as usize;
        bytes[at] ^= 1 << dice.below(8);
        std::fs::write(office.record(), &bytes).unwrap();
        match looked(&office) {
            Some(book) if book.entries == known.entries && book.heads == known.heads => same += 1,
            Some(book) => {
                let part = known.entries.get(..book.entries.len());
                assert!(part == Some(book.entries.as_slice()), "byte {at} gives another record");
                seen += 1;
            }
            None => seen += 1,
        }
    }
    assert!(seen > same / 8, "{seen} of {} damages were seen", same + seen);
}

/// The file without its end, page by page.
#[test]
fn no_part_of_a_file_gives_another_record() {
    let office = Office::new();
    office.reset(life());
    let known = office.checked().unwrap().unwrap();
    for length in (1..life().len()).step_by(1024) {
        std::fs::write(office.record(), &life()[..length]).unwrap();
        if let Some(book) = looked(&office) {
            assert_eq!(book.entries, known.entries, "the first {length} bytes");
        }
    }
}

fn looked(office: &Office) -> Option<Book> {
    Record::look(&office.record()).ok()??.check().ok()
}
