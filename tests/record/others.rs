//! Files that are not this case's record.

use std::fs;

use rusqlite::Connection;

use super::office::{APPROVE, LIFE, Office, PROPOSE};

/// A file that is no record is said to be none by everything that reads or writes one, and is left as it is.
fn is_none(what: &str, bytes: &[u8], said: &str) {
    let office = Office::new();
    fs::write(office.record(), bytes).unwrap();
    for args in [&["status"][..], &["log"], &["log", "--check"], PROPOSE, APPROVE] {
        let output = office.run(args);
        let errors = super::office::errors(&output);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{what}, {args:?}: {errors}");
        assert!(errors.contains(said), "{what}, {args:?}: {errors}");
        assert!(!errors.contains("panicked"), "{what}, {args:?}: {errors}");
    }
    assert_eq!(office.bytes(), bytes, "{what}");
    assert_eq!(office.files_of_the_record(), ["record.db"], "{what}");
}

#[test]
fn a_file_that_is_no_database() {
    is_none("text", "date,source,volume_m3\n".repeat(200).as_bytes(), "not a record of this program");
    is_none("a line", b"hello\n", "not a record of this program");
    // (Of a single byte SQLite says that it is an empty file.)
    is_none("two bytes", b"x\n", "not a record of this program");
    let noise: Vec<u8> = (0..40_960u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    is_none("noise, as of an encrypted file", &noise, "not a record of this program");
    is_none("zeros", &[0; 8192], "not a record of this program");
}

#[test]
fn a_database_of_another_program() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("other.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE accounts (id INTEGER PRIMARY KEY)").unwrap();
    is_none("another's tables", &fs::read(&path).unwrap(), "not a record of this program");
    Connection::open(&path).unwrap().execute_batch("PRAGMA application_id = 1196444487").unwrap();
    is_none("another's id", &fs::read(&path).unwrap(), "not a record of this program");
}

#[test]
fn a_record_of_a_newer_program() {
    let office = Office::after(&LIFE[..1]);
    Connection::open(office.record()).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    is_none("a newer format", &office.bytes(), "written by a newer program (format 999; this one knows up to");
}

#[test]
fn the_record_of_another_case() {
    let office = Office::after(&LIFE[..1]);
    let case = office.dir().join("case.toml");
    let text = fs::read_to_string(&case).unwrap().replace("A small city (synthetic)", "Another city");
    fs::write(&case, text).unwrap();
    let before = office.bytes();
    for args in [PROPOSE, APPROVE] {
        let said = office.fails(2, args);
        assert!(said.contains("the record of the case `A small city (synthetic)`"), "{said}");
        assert!(said.contains("this is the case `Another city`"), "{said}");
    }
    assert_eq!(office.bytes(), before);
}

#[test]
fn an_empty_file_is_a_record_that_is_not_begun() {
    let office = Office::new();
    fs::write(office.record(), "").unwrap();
    for args in [&["status"][..], &["log"], &["log", "--check"], APPROVE] {
        assert!(office.fails(2, args).contains("there is no record yet"), "{args:?}");
    }
    office.done(PROPOSE);
    assert_eq!(office.entries().len(), 2);
}

#[test]
fn a_folder_in_its_place() {
    let office = Office::new();
    fs::create_dir(office.record()).unwrap();
    for args in [&["status"][..], &["log"], PROPOSE, APPROVE] {
        assert!(office.fails(1, args).contains("not a record of this program"), "{args:?}");
    }
    assert_eq!(office.files_of_the_record(), ["record.db"]);
    assert_eq!(fs::read_dir(office.record()).unwrap().count(), 0);
}

#[test]
fn where_nothing_is_recorded_nothing_is_left() {
    let office = Office::new();
    // Nobody says who; what-if figures; nothing to approve.
    office.fails(2, &["decide", "--date", "2026-01-07", "--record"]);
    office.fails(2, &["decide", "--date", "2026-01-07", "--record", "--by", "Li", "--shortfall", "20%"]);
    office.fails(2, APPROVE);
    office.fails(2, &["status"]);
    assert_eq!(office.files_of_the_record(), [""; 0]);
}

/// What the library is refused by the maker of the first entry leaves no file either.
#[test]
fn a_refused_first_entry_leaves_no_file() {
    use curtail::record::{By, Draft, Moment, Record, RecordMessage};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.db");
    let now = Moment::parse("2026-01-07T09:00:00+08:00").unwrap();
    let by = By { name: "Li".to_owned(), ..By::default() };
    let mut record = Record::open(&path).unwrap();
    let refused = record.append("a case", now, &by, Draft::default(), |_, _| Err(RecordMessage::NothingOpen {}));
    assert_eq!(super::office::code(refused), "nothing_open");
    drop(record);
    assert!(!path.exists());
}

/// Names that SQLite would take for something else than a file.
#[test]
fn a_case_may_lie_in_a_folder_of_any_name() {
    let office = Office::new();
    for folder in ["file:town", ":memory:"] {
        office.done(&["init", folder, "--lang", "en"]);
        office.done(&[&["-C", folder], PROPOSE].concat());
        let path = office.dir().join(folder).join("record.db");
        let record = curtail::record::Record::look(&path).unwrap().unwrap();
        assert_eq!(record.check().unwrap().entries.len(), 2, "{folder}");
    }
}

/// A volume below nothing is told as what it is.
#[test]
fn a_negative_volume_is_no_unknown_argument() {
    let office = Office::new();
    let depart = |volume| {
        ["depart", "--customer", "H-01", "--volume", volume, "--until", "2026-01-09", "--reason", "x", "--by", "Li"]
    };
    assert!(office.fails(2, &depart("-5")).contains("`-5` is not a volume in whole m3"));
    assert!(office.fails(2, &["decide", "--supply", "-5"]).contains("`-5` is not a volume in whole m3"));
    assert!(office.fails(2, &["decide", "--shortfall", "-5"]).contains("`-5` is not a percentage"));
}

/// An export never writes over a case or a record: not over this one, and not over what was exported before.
#[test]
fn an_export_writes_over_nothing() {
    let office = Office::after(&LIFE[..1]);
    let folder = || {
        let files = office.names().into_iter().filter(|name| name != "then");
        files.map(|name| (fs::read(office.dir().join(&name)).unwrap(), name)).collect::<Vec<_>>()
    };
    let before = folder();
    let to = |dir| ["log", "export", "2026-01-07-1", "--out", dir];
    assert!(office.fails(2, &to(".")).contains("case.toml is there already"));
    assert!(folder() == before);
    office.done(&to("then"));
    assert!(office.fails(2, &to("then")).contains("case.toml is there already"));
    fs::create_dir(office.dir().join("late")).unwrap();
    fs::write(office.dir().join("late/record.db"), "another's").unwrap();
    assert!(office.fails(2, &to("late")).contains("record.db is there already"));
    assert_eq!(fs::read_dir(office.dir().join("late")).unwrap().count(), 1);
}

/// Whoever gives the burdens himself decides though the record cannot be read, and is told with the decision that departures are not
/// followed; with a record that can be read they are.
#[test]
fn burdens_of_ones_own_need_no_record_but_departures_do() {
    let office = Office::after(&[PROPOSE, APPROVE]);
    let pinned = ["depart", "--customer", "I-01", "--volume", "12345", "--from", "2026-01-07", "--until", "2026-01-07"];
    office.done(&[&pinned[..], &["--reason", "a furnace", "--by", "Wang", "--role", "group"]].concat());
    fs::write(office.dir().join("burdens.csv"), "district,burden\nold-town,0.5\n").unwrap();
    let decide = ["decide", "--date", "2026-01-07", "--burdens", "burdens.csv"];
    let row = |orders: &str| orders.lines().find(|row| row.starts_with("I-01,")).unwrap_or_default().to_owned();
    let csv = [&["--format", "csv"][..], &decide, &["--all"]].concat();
    assert!(row(&office.done(&csv)).contains(",12345,"), "{}", row(&office.done(&csv)));

    let sound = office.bytes();
    let damage = |sql: &str| {
        office.reset(&sound);
        let file = Connection::open(office.record()).unwrap();
        file.execute_batch("DROP TRIGGER entries_stay").unwrap();
        file.execute_batch(sql).unwrap();
    };
    let broken: [(&dyn Fn(), &str); 3] = [
        (&|| damage("UPDATE entries SET body = replace(body, 'Li', 'Lu') WHERE seq = 2"), "entry 2"),
        (&|| damage("PRAGMA user_version = 999"), "written by a newer program"),
        (&|| fs::write(office.record(), "date,source\n".repeat(500)).unwrap(), "not a record of this program"),
    ];
    for (damage, why) in broken {
        damage();
        let before = office.bytes();
        // Without them nothing is decided, for the reason.
        let plain = office.run(&decide[..3]);
        assert!(matches!(plain.status.code(), Some(1 | 2)), "{why}");
        assert!(super::office::errors(&plain).contains(why), "{}", super::office::errors(&plain));
        let screen = office.done(&decide);
        assert!(screen.contains("departures from the plan that stand in it are NOT followed"), "{screen}");
        let data: serde_json::Value =
            serde_json::from_str(&office.done(&[&["--format", "json"][..], &decide].concat())).unwrap();
        assert_eq!(data["warnings"][0]["code"], "record_unread");
        for lang in ["text", "text_zh"] {
            assert!(!data["warnings"][0][lang].as_str().unwrap_or_default().is_empty());
        }
        assert!(!row(&office.done(&csv)).contains(",12345,"));
        // What asks the same of a day goes on too, and nothing goes into such a record.
        for args in [&["curve"][..], &["hours"], &["explain", "I-01"]] {
            office.done(&[args, &decide[1..]].concat());
        }
        office.fails(2, &[&decide[..], &["--record", "--by", "Li"]].concat());
        assert_eq!(office.bytes(), before, "{why}");
    }
}
