//! A disk that fails at every call there is, and a power cut between any two: what a kill cannot show.
//!
//! `faulty.c` stands between the real program, with SQLite's own files, and the system. `FAULTS=1` tries each call under each
//! way to go wrong; without it, the ways take turns.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::office::{APPROVE, LIFE, Office, PROPOSE, errors, whole};

const EIO: u32 = 5;
const ENOSPC: u32 = 28;

/// How a call goes wrong, and the error or the seed.
const WAYS: [(&str, u32); 11] = [
    ("fail", EIO),
    ("cut", 0),
    ("stuck", EIO),
    ("kill", 0),
    ("fail", ENOSPC),
    ("cut", 1),
    ("tear", 0),
    ("stuck", ENOSPC),
    ("cut", 2),
    ("cut", 3),
    ("cut", 4),
];

/// The shim, built once; `None` where there is no C compiler, or nothing can be put before a program.
fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = SHIM.get_or_init(|| {
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("faulty-{}.so", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/record/faulty.c");
        let mut build = Command::new("cc");
        build.args(["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1", "-o"]).arg(&to).arg(source).arg("-ldl");
        match build.output() {
            Ok(output) => assert!(output.status.success(), "{}", errors(&output)),
            Err(_) => {
                eprintln!("SKIPPED: there is no C compiler");
                return None;
            }
        }
        let works = !Faults { shim: &to, office: Office::new() }.run(("kill", 0), 1, PROPOSE).1.is_empty();
        if !works {
            eprintln!("SKIPPED: nothing can be put before the program here");
        }
        works.then_some(to)
    });
    built.as_deref()
}

struct Faults<'a> {
    shim: &'a Path,
    office: Office,
}

impl Faults<'_> {
    /// Runs a step of which the `n`th call goes wrong; and whether it came to that call.
    fn run(&self, (how, with): (&str, u32), n: usize, step: &[&str]) -> (Output, String) {
        let mark = self.office.dir().join("gone-wrong");
        let mut command = self.office.command(step);
        command.env("LD_PRELOAD", self.shim).env("FAULTY", format!("{how}:{n}:{with}")).env("FAULTY_MARK", &mark);
        let output = command.output().unwrap();
        let gone_wrong = mark.exists();
        let _ = std::fs::remove_file(&mark);
        (output, if gone_wrong { format!("{how}:{n}:{with}") } else { String::new() })
    }
}

/// Lets every call of a step go wrong, one after another.
fn each_call(before: &[&[&str]], step: &[&str]) {
    let Some(shim) = shim() else { return };
    let faults = Faults { shim, office: Office::after(before) };
    let office = &faults.office;
    let (bytes, entries) = (office.bytes(), office.entries());
    let every = std::env::var_os("FAULTS").is_some();
    let (mut n, mut tried, mut there_after_all) = (1, 0, 0);
    loop {
        let ways: Vec<_> = if every { WAYS.to_vec() } else { vec![WAYS[n % WAYS.len()], WAYS[(n + 5) % WAYS.len()]] };
        let mut came_to_it = false;
        for way in ways {
            office.reset(&bytes);
            let (output, what) = faults.run(way, n, step);
            came_to_it |= !what.is_empty();
            tried += usize::from(!what.is_empty());
            let said = errors(&output);
            // Who only reads may be the first to come by.
            let reads_first = tried % 2 == 0;
            if reads_first {
                let status = office.run(&["status"]);
                assert!(matches!(status.status.code(), Some(0 | 2)), "{what}: {}", errors(&status));
            }
            let there = whole(&entries, &office.entries(), step);
            match output.status.code() {
                Some(0) => assert!(there, "{what}: said to be done, and is not there"),
                Some(1) => {
                    assert!(said.contains("record.db: "), "{what}: {said}");
                    assert_eq!(said.lines().count(), 2, "{what}: {said}");
                    assert!(!there || !said.contains("nothing was changed"), "{what}: it is there: {said}");
                    assert!(
                        ["nothing was changed", "see `log`", "copy the file"].iter().any(|help| said.contains(help)),
                        "{what}: {said}"
                    );
                }
                Some(137) => {}
                other => panic!("{what}: {other:?}: {said}"),
            }
            there_after_all += usize::from(there && output.status.code() != Some(0));
            if way.0 == "fail" && !there {
                // One failure, and all is cleared away.
                let left: &[&str] = if bytes.is_empty() { &[] } else { &["record.db"] };
                assert_eq!(office.files_of_the_record(), left, "{what}");
                assert!(office.bytes() == bytes, "{what}");
            }
            if !there && !reads_first {
                office.done(step);
                assert!(whole(&entries, &office.entries(), step), "{what}");
                assert_eq!(office.files_of_the_record(), ["record.db"], "{what}");
            }
        }
        if !came_to_it {
            break;
        }
        n += 1;
    }
    eprintln!("{} calls, {tried} faults, {there_after_all} entries there though not said to be", n - 1);
    assert!(n > 10, "only {} calls were seen", n - 1);
}

#[test]
fn whatever_call_fails_while_a_record_is_begun_nothing_is_half_there() {
    each_call(&[], PROPOSE);
}

#[test]
fn whatever_call_fails_in_a_proposal_nothing_is_half_there() {
    each_call(&LIFE[..2], PROPOSE);
}

#[test]
fn whatever_call_fails_in_an_approval_nothing_is_half_there() {
    each_call(&LIFE[..1], APPROVE);
}

/// The power fails as soon as something is said to be done. It stays done.
#[test]
fn what_is_said_to_be_done_has_been_waited_for() {
    let Some(shim) = shim() else { return };
    for seed in 0..6 {
        let faults = Faults { shim, office: Office::new() };
        let mut before = Vec::new();
        for step in LIFE {
            let (output, _) = faults.run(("end", seed), 0, step);
            assert!(output.status.success(), "{}", errors(&output));
            let now = faults.office.entries();
            assert!(whole(&before, &now, step), "{step:?} is gone after a power cut, seed {seed}");
            before = now;
        }
    }
}
