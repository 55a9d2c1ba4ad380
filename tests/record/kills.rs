//! Programs that are killed while they write: `kill -9`, at instants that nobody chose. `KILLS=1000` for the long run.

use std::path::Path;
use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use curtail::record::Entry;

use super::office::{APPROVE, Dice, ISSUE, METER, Office, PROPOSE, SIGN, errors, times, whole};

/// What is done over and over. A new office every so often, so that the first entry is interrupted too.
const STEPS: [&[&str]; 7] = [PROPOSE, APPROVE, SIGN, ISSUE, METER, PROPOSE, METER];

/// How the kills fell.
#[derive(Debug, Default)]
struct Tally {
    /// Before anything of the record was changed.
    before: usize,
    /// While it was written: what was there had to be undone.
    midway: usize,
    /// After it was written and before the program said so.
    after: usize,
    /// After the program had ended.
    late: usize,
}

#[test]
fn killed_at_any_instant_nothing_is_lost_and_nothing_is_half_there() {
    let kills = times("KILLS", 50);
    let (mut dice, mut tally) = (Dice(7), Tally::default());
    let mut done = 0;
    while done < kills {
        let office = Office::new();
        let took = {
            let start = Instant::now();
            office.run(&["status"]);
            start.elapsed()
        };
        for step in STEPS.iter().take(kills - done) {
            kill_one(&office, step, took, &mut dice, &mut tally);
            done += 1;
        }
    }
    eprintln!("{done} kills, 0 lost: {tally:?}");
    assert!(tally.before + tally.midway + tally.after > 0, "no kill was in time: {tally:?}");
}

/// What lies there after a kill of whoever begins a record: nothing, an empty file, one with a journal beside it, or all of the record.
/// None of it is ever taken for a record, or in anybody's way.
#[test]
fn killed_while_a_record_is_begun_there_is_all_of_it_or_none() {
    let kills = times("FIRST_KILLS", 24);
    let (office, mut dice) = (Office::new(), Dice(11));
    let none = ["status", "log"].map(|what| said(&office, what));
    let start = Instant::now();
    office.done(PROPOSE);
    let took = start.elapsed();
    let mut found = std::collections::BTreeMap::<&str, usize>::new();
    for kill in 0..kills {
        office.reset(&[]);
        let mut writer = office.command(PROPOSE).stdout(std::process::Stdio::null()).spawn().unwrap();
        // Somebody else begins it at the same time.
        let other =
            (kill % 7 == 6).then(|| office.command(PROPOSE).stdout(std::process::Stdio::null()).spawn().unwrap());
        match kill % 5 {
            // Once there is a file, or a little later.
            0 => {
                wait_for(&office.record(), &mut writer, true);
                sleep(Duration::from_micros(dice.below(2) * dice.below(400)));
            }
            1 => {
                wait_for_the_journal(&office, &mut writer, true);
                sleep(Duration::from_micros(dice.below(3) * dice.below(1500)));
            }
            // Once what is to be undone is known, and the file is written.
            2 | 3 => {
                let journal = office.dir().join("record.db-journal");
                while !is_hot(&journal) && writer.try_wait().unwrap().is_none() {
                    std::hint::spin_loop();
                }
                sleep(Duration::from_micros(dice.below(2) * dice.below(600)));
            }
            _ => sleep(took.mul_f64(dice.below(1200) as f64 / 1000.0)),
        }
        let _ = writer.kill();
        let status = writer.wait().unwrap();
        if let Some(other) = other {
            assert!(other.wait_with_output().unwrap().status.success());
            let now = office.entries();
            let kinds: Vec<_> = now.iter().map(|entry| entry.event.kind()).collect();
            assert!(kinds == ["begun", "proposed"] || kinds == ["begun", "proposed", "proposed"], "{kinds:?}");
            assert!(kinds.len() == 3 || !status.success());
            *found.entry("two at once").or_default() += 1;
            continue;
        }
        let hot = is_hot(&office.dir().join("record.db-journal"));
        let left = match (office.files_of_the_record().len(), office.bytes().len(), hot) {
            (0, ..) => "nothing",
            (_, _, true) => "half of it, to be undone",
            (1, 0, _) => "an empty file",
            (_, 0, _) => "an empty file and an empty journal",
            _ => "all of it",
        };
        *found.entry(left).or_default() += 1;
        // Who comes by finds no record, or the whole one.
        let what = usize::from(dice.below(2) == 0);
        let says = said(&office, ["status", "log"][what]);
        assert_eq!(says != none[what], left == "all of it", "{left}: {says}");
        let there = whole(&[], &office.entries(), PROPOSE);
        assert!(there || !status.success());
        assert_eq!(there, left == "all of it", "{left}");
        if !there {
            office.done(PROPOSE);
            assert!(whole(&[], &office.entries(), PROPOSE));
        }
        assert_eq!(office.files_of_the_record(), ["record.db"]);
    }
    eprintln!("{kills} kills of whoever begins a record: {found:?}");
}

/// All that a question is answered with.
fn said(office: &Office, question: &str) -> String {
    let output = office.run(&[question]);
    format!("{:?} {} {}", output.status.code(), String::from_utf8_lossy(&output.stdout), errors(&output))
}

fn kill_one(office: &Office, step: &[&str], took: Duration, dice: &mut Dice, tally: &mut Tally) {
    let before = office.entries();
    let mut writer = office.command(step).stdout(std::process::Stdio::null()).spawn().unwrap();
    match dice.below(4) {
        // Somewhere in its life.
        0 => sleep(took.mul_f64(dice.below(3000) as f64 / 1000.0)),
        // Once it is done with the file.
        1 => {
            wait_for_the_journal(office, &mut writer, true);
            wait_for_the_journal(office, &mut writer, false);
        }
        // Once it has begun to write, or has gone on a little.
        _ => {
            wait_for_the_journal(office, &mut writer, true);
            sleep(Duration::from_micros(dice.below(4) * dice.below(1500)));
        }
    }
    // Now and then somebody waits for the file meanwhile.
    let other = (!before.is_empty() && dice.below(5) == 0)
        .then(|| office.command(PROPOSE).stdout(std::process::Stdio::null()).spawn().unwrap());
    let ended = writer.try_wait().unwrap();
    let _ = writer.kill();
    let status = writer.wait().unwrap();
    let hot = is_hot(&office.dir().join("record.db-journal"));
    if let Some(other) = other {
        assert!(other.wait_with_output().unwrap().status.success());
        after_two(office, &before, step, status.success(), hot, tally);
        return;
    }
    // Who only reads may be the first to come by.
    if dice.below(2) == 0 {
        let status = office.run(&["status"]);
        assert!(matches!(status.status.code(), Some(0 | 2)), "{}", errors(&status));
    }
    let now = office.entries();
    let there = whole(&before, &now, step);
    assert!(there || !status.success(), "{step:?} said that it was done and is not there");
    match (ended, there, hot) {
        (Some(_), ..) => tally.late += 1,
        (_, true, _) => tally.after += 1,
        (_, _, true) => tally.midway += 1,
        _ => tally.before += 1,
    }
    if !there {
        office.done(step);
        assert!(whole(&before, &office.entries(), step));
    }
    assert_eq!(office.files_of_the_record(), ["record.db"]);
}

/// Two were at it, and the one that was not killed is there.
fn after_two(office: &Office, before: &[Entry], step: &[&str], said: bool, hot: bool, tally: &mut Tally) {
    let now = office.entries();
    assert_eq!(now.get(..before.len()), Some(before), "entries were lost or changed");
    let added: Vec<_> = now.iter().skip(before.len()).map(|entry| entry.event.kind()).collect();
    assert!(added.contains(&"proposed"), "{added:?}");
    assert!(added.len() <= 2 && (added.len() == 2 || !said), "{added:?}");
    if added.len() == 1 {
        if hot {
            tally.midway += 1
        } else {
            tally.before += 1
        }
        office.done(step);
    } else {
        tally.after += 1;
    }
    office.entries();
    assert_eq!(office.files_of_the_record(), ["record.db"]);
}

/// Waits until the journal is there, or is no longer there.
fn wait_for_the_journal(office: &Office, writer: &mut Child, there: bool) {
    wait_for(&office.dir().join("record.db-journal"), writer, there);
}

fn wait_for(file: &Path, writer: &mut Child, there: bool) {
    while file.exists() != there && writer.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
}

/// Whether something was written that had to be undone.
fn is_hot(journal: &Path) -> bool {
    std::fs::read(journal).is_ok_and(|bytes| bytes.first().is_some_and(|first| *first != 0))
}
