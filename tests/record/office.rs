//! A small case whose record the tests work on, through the real program and through the library.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use curtail::record::{Addressee, Book, By, Entry, Moment, Paper, PaperKind, Record, RecordError, RecordMessage};

pub struct Office(tempfile::TempDir);

pub const PROPOSE: &[&str] = &["decide", "--date", "2026-01-07", "--record", "--by", "Li"];
pub const APPROVE: &[&str] = &["approve", "2026-01-07-1", "--by", "Wang", "--role", "group"];
pub const SIGN: &[&str] = &["sign", "2026-01-07-1", "--by", "Zhang", "--role", "head"];
pub const ISSUE: &[&str] = &["issue", "2026-01-07-1", "--by", "Zhao", "--role", "office"];
pub const LIST: &[&str] =
    &["propose", "--company", "gas-a", "list.csv", "--date", "2026-01-07", "--by", "Sun", "--role", "companies"];
pub const DEPART: &[&str] = &[
    "depart",
    "--measure",
    "rotate-blocks",
    "--from",
    "2026-01-12",
    "--until",
    "2026-01-12",
    "--reason",
    "a burst main",
    "--by",
    "Wang",
    "--role",
    "group",
];
pub const RESUME: &[&str] = &["depart", "--lift", "7", "--reason", "it is repaired", "--by", "Wang", "--role", "group"];
pub const RESTORE: &[&str] = &["restore", "--date", "2026-01-07", "--record", "--by", "Wang", "--role", "group"];
pub const METER: &[&str] = &["meter", "taken.csv", "--date", "2026-01-07", "--record", "--by", "Zhao"];
pub const LOWER: &[&str] = &["lower", "--to", "III", "--reason", "it is milder", "--by", "Zhang", "--role", "group"];
pub const END: &[&str] = &["end", "--reason", "the cold spell is over", "--by", "Zhang", "--role", "group"];
pub const DELIVER: &[&str] = &["deliver", "assessment", "--by", "Sun", "--role", "members"];

/// A response from its first proposal to its end: an entry of each kind.
pub const LIFE: [&[&str]; 12] =
    [PROPOSE, APPROVE, SIGN, ISSUE, LIST, DEPART, RESUME, RESTORE, METER, LOWER, END, DELIVER];

impl Office {
    /// A case that `curtail init` makes, without a record.
    pub fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        office.done(&["init", ".", "--lang", "en"]);
        std::fs::write(office.dir().join("list.csv"), "customer_id,cut_m3\nB-02,0\n").unwrap();
        let taken = "date,customer_id,volume_m3\n2026-01-07,I-01,40000\n2026-01-07,B-02,13000\n";
        std::fs::write(office.dir().join("taken.csv"), taken).unwrap();
        office
    }

    /// One with a record of some steps.
    pub fn after(steps: &[&[&str]]) -> Self {
        let office = Self::new();
        for step in steps {
            office.done(step);
        }
        office
    }

    pub fn dir(&self) -> &Path {
        self.0.path()
    }

    pub fn record(&self) -> PathBuf {
        self.dir().join("record.db")
    }

    pub fn command(&self, args: &[&str]) -> Command {
        self.by_way_of(Command::new(env!("CARGO_BIN_EXE_curtail")), args)
    }

    /// The program as another one starts it: `command` ends where the program's own arguments begin.
    pub fn by_way_of(&self, mut command: Command, args: &[&str]) -> Command {
        command.args(args).args(["--quiet", "--now", "2026-01-07 09:00"]).current_dir(self.dir());
        for variable in ["LC_ALL", "LC_MESSAGES", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("LANG", "C.UTF-8").stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a run says that succeeds.
    pub fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", errors(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a run says that ends with another status than success.
    pub fn fails(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", errors(&output));
        errors(&output)
    }

    /// Papers of a decision, noted through the library, as whoever makes them notes them.
    pub fn notice(&self, decision: &str, papers: &[Paper]) -> Result<Book, RecordError> {
        let now = Moment::parse("2026-01-07T09:00:00+08:00").unwrap();
        let by = By { name: "Zhao".to_owned(), ..By::default() };
        let mut record = Record::open(&self.record())?;
        let (case, decision) = (record.book()?.case().to_owned(), decision.parse().unwrap());
        record.noticed(&case, now, &by, decision, papers).map(|(_, book)| book)
    }

    /// A response from its first proposal to its end, with papers and another proposal after it.
    pub fn after_a_life() -> Self {
        let office = Self::after(&LIFE);
        office.done(PROPOSE);
        let paper = Paper::new(PaperKind::Warning, Addressee::Company("gas-a".to_owned()), "gas-a.md", b"be ready");
        office.notice("2026-01-07-2", &[paper]).unwrap();
        office
    }

    /// The record, every bit of it checked; `None` if there is none.
    pub fn checked(&self) -> Result<Option<Book>, RecordError> {
        Record::look(&self.record())?.map(|record| record.check()).transpose()
    }

    /// Its entries, every bit of the record checked; none if there is no record.
    pub fn entries(&self) -> Vec<Entry> {
        self.checked().unwrap_or_else(|e| panic!("{e}")).map(|book| book.entries).unwrap_or_default()
    }

    /// Everything that lies in the case's folder.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What lies there of the record, beside it included.
    pub fn files_of_the_record(&self) -> Vec<String> {
        self.names().into_iter().filter(|name| name.contains("record") || name.contains(".tmp")).collect()
    }

    /// The record's bytes; nothing if there is none.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.record()).unwrap_or_default()
    }

    /// Puts a record there, and nothing beside it.
    pub fn reset(&self, bytes: &[u8]) {
        for name in self.files_of_the_record() {
            std::fs::remove_file(self.dir().join(name)).unwrap();
        }
        if !bytes.is_empty() {
            std::fs::write(self.record(), bytes).unwrap();
        }
    }
}

/// What stands in the record once a step is done that is not there before.
pub fn kind(step: &[&str]) -> &'static str {
    match step.first() {
        Some(&"decide") => "proposed",
        Some(&"approve") => "approved",
        Some(&"sign") => "signed",
        Some(&"issue") => "issued",
        Some(&"propose") => "listed",
        Some(&"depart") if step.contains(&"--lift") => "resumed",
        Some(&"depart") => "departed",
        Some(&"restore") => "restored",
        Some(&"deliver") => "delivered",
        Some(&"meter") => "metered",
        Some(&"lower") => "lowered",
        _ => "ended",
    }
}

/// The entries are the old ones and, at most, all that a step adds: never a part of it. Whether it was added.
pub fn whole(before: &[Entry], now: &[Entry], step: &[&str]) -> bool {
    assert_eq!(now.get(..before.len()), Some(before), "entries were lost or changed");
    let added: Vec<_> = now.iter().skip(before.len()).map(|entry| entry.event.kind()).collect();
    let all = if before.is_empty() { vec!["begun", kind(step)] } else { vec![kind(step)] };
    assert!(added.is_empty() || added == all, "half an entry: {added:?}");
    !added.is_empty()
}

pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn code<T: std::fmt::Debug>(result: Result<T, RecordError>) -> &'static str {
    let error = result.expect_err("it was not noticed");
    RecordMessage::code(error.message())
}

/// How often something is done: few times in CI, as often as a variable says in a long run.
pub fn times(variable: &str, few: usize) -> usize {
    std::env::var(variable).map_or(few, |text| text.parse().expect("a number"))
}

/// Numbers that look random and are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }
}
