//! Many at once: one writes, the others wait, and everything that was said to be done is there.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use curtail::record::{By, DecisionId, Draft, Entry, Event, Moment, Record};
use rusqlite::Connection;

use super::office::{APPROVE, LIFE, Office, PROPOSE, RESTORE, code, errors, times};

const AT_ONCE: usize = 8;

fn start(office: &Office, args: &[&str]) -> Child {
    office.command(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Eight desks propose at the same time, from the very first entry on.
#[test]
fn nothing_is_lost_when_many_propose_at_once() {
    let (office, rounds) = (Office::new(), times("ROUNDS", 3));
    let names: Vec<String> = (0..AT_ONCE).map(|desk| format!("desk {desk}")).collect();
    for _ in 0..rounds {
        let all: Vec<Child> = names.iter().map(|name| start(&office, &[&PROPOSE[..5], &[name]].concat())).collect();
        for one in all {
            let output = one.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", errors(&output));
        }
    }
    let entries = office.entries();
    assert_eq!(entries.len(), 1 + AT_ONCE * rounds);
    let numbers: Vec<u32> = entries.iter().filter_map(|entry| entry.event.decision()).map(|id| id.number).collect();
    assert_eq!(
        numbers,
        (1..=(AT_ONCE * rounds) as u32).collect::<Vec<_>>(),
        "each has a number of its own, none is left out"
    );
    for name in &names {
        let theirs = |entry: &&Entry| entry.by.name == *name && entry.event.kind() == "proposed";
        assert_eq!(entries.iter().filter(theirs).count(), rounds, "{name}");
    }
    assert_eq!(office.files_of_the_record(), ["record.db"]);
}

/// Eight approve the same decision, and one of them does.
#[test]
fn one_of_many_approves() {
    let office = Office::after(&[PROPOSE]);
    let all: Vec<Child> = (0..AT_ONCE).map(|_| start(&office, APPROVE)).collect();
    let outputs: Vec<_> = all.into_iter().map(|one| one.wait_with_output().unwrap()).collect();
    let (done, refused): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.status.success());
    assert_eq!((done.len(), refused.len()), (1, AT_ONCE - 1));
    for output in refused {
        assert_eq!(output.status.code(), Some(2));
        assert!(
            errors(output).contains("2026-01-07-1: Wang did this (approve) at 2026-01-07 09:00"),
            "{}",
            errors(output)
        );
    }
    assert_eq!(office.entries().len(), 3);
}

/// Two desks give the same gas back at the same time: one of them does, and the other is told to look again.
#[test]
fn of_two_restorations_at_once_one_is_taken() {
    let office = Office::after(&LIFE[..4]);
    let supply = office.dir().join("supply.csv");
    let rows = std::fs::read_to_string(&supply).unwrap();
    let row = rows.lines().find(|row| row.starts_with("2026-01-07,lng-store,")).unwrap();
    let volume: u64 = row.split(',').nth(2).unwrap().parse().unwrap();
    let more = rows.replace(row, &row.replace(&volume.to_string(), &(volume + 6_000).to_string()));
    std::fs::write(&supply, more).unwrap();
    // The file is held until both have worked out what comes back.
    let other = Connection::open(office.record()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut both = [start(&office, RESTORE), start(&office, RESTORE)];
    let begun = Instant::now();
    while !both.iter().all(|one| has_come_to_write(one, &office)) && begun.elapsed() < Duration::from_secs(15) {
        assert!(both.iter_mut().all(|one| one.try_wait().unwrap().is_none()), "it did not wait");
        std::thread::sleep(Duration::from_millis(20));
    }
    other.execute_batch("ROLLBACK").unwrap();
    let outputs = both.map(|one| one.wait_with_output().unwrap());
    let (done, refused): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.status.success());
    assert_eq!((done.len(), refused.len()), (1, 1), "{} {}", errors(&outputs[0]), errors(&outputs[1]));
    assert_eq!(refused[0].status.code(), Some(2));
    assert!(
        errors(refused[0]).contains("more came back of 2026-01-07-1 meanwhile, or another order was issued")
            && errors(refused[0]).contains("do it again"),
        "{}",
        errors(refused[0])
    );
    // The chain is sound, and what came back came back once.
    let entries = office.entries();
    let restored: Vec<_> = entries
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Restored(restored) => Some(restored.back_m3.get()),
            _ => None,
        })
        .collect();
    assert_eq!((entries.len(), restored), (6, vec![6_000]));
    let checked = office.done(&["log", "--check"]);
    assert!(checked.contains("no entry was changed"), "{checked}");
    let again: serde_json::Value = serde_json::from_str(&office.done(&["--format", "json", "restore"])).unwrap();
    assert_eq!(again["customers"], serde_json::json!([]));
}

/// Whether a process has opened the record to write: what it wants to write it knows by then.
fn has_come_to_write(one: &Child, office: &Office) -> bool {
    let (process, record) = (format!("/proc/{}", one.id()), office.record().canonicalize().unwrap());
    let Ok(open) = std::fs::read_dir(format!("{process}/fd")) else { return false };
    let mut of_the_record = open.flatten().filter(|fd| std::fs::read_link(fd.path()).is_ok_and(|to| to == record));
    of_the_record.any(|fd| {
        let info = format!("{process}/fdinfo/{}", fd.file_name().to_string_lossy());
        let info = std::fs::read_to_string(info).unwrap_or_default();
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).unwrap_or_default();
        u64::from_str_radix(flags.trim(), 8).is_ok_and(|flags| flags & 3 == 2)
    })
}

/// Whoever reads while others write sees the record as it was before an entry or after it.
#[test]
fn readers_are_never_in_the_way() {
    let office = Office::after(&[PROPOSE]);
    let mut writers: Vec<Child> = (0..4).map(|_| start(&office, PROPOSE)).collect();
    let mut seen = BTreeSet::new();
    while writers.iter_mut().any(|writer| writer.try_wait().unwrap().is_none()) {
        seen.insert(office.entries().len());
    }
    assert!(writers.into_iter().all(|writer| writer.wait_with_output().unwrap().status.success()));
    assert_eq!(office.entries().len(), 6);
    assert!(seen.iter().all(|count| (2..=6).contains(count)), "{seen:?}");
}

#[test]
fn who_waits_gets_his_turn() {
    let office = Office::after(&[PROPOSE]);
    let other = Connection::open(office.record()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start_of_the_wait = Instant::now();
    let mut waits = start(&office, APPROVE);
    std::thread::sleep(Duration::from_millis(300));
    assert!(waits.try_wait().unwrap().is_none(), "it did not wait");
    // Nobody has to wait to read.
    office.done(&["status"]);
    other.execute_batch("ROLLBACK").unwrap();
    let output = waits.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
    assert!(start_of_the_wait.elapsed() < Duration::from_secs(15));
    assert_eq!(office.entries().len(), 3);
}

#[test]
fn a_writer_that_never_ends_is_not_waited_for_for_ever() {
    let office = Office::after(&[PROPOSE]);
    let before = office.bytes();
    for hold in ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"] {
        let mut record = Record::open(&office.record()).unwrap();
        record.wait_at_most(Duration::from_millis(30)).unwrap();
        let other = Connection::open(office.record()).unwrap();
        other.execute_batch(hold).unwrap();
        let now = Moment::parse("2026-01-07T09:00:00+08:00").unwrap();
        let by = By { name: "Wang".to_owned(), role: Some("group".to_owned()), ..By::default() };
        let decision: DecisionId = "2026-01-07-1".parse().unwrap();
        let case = "A small city (synthetic)";
        let refused = record.append(case, now, &by, Draft::default(), |_, _| Ok(Event::Approved { decision }));
        assert_eq!(code(refused), "busy_record", "{hold}");
        if hold.ends_with("EXCLUSIVE") {
            assert_eq!(code(record.book()), "busy_record", "{hold}");
        }
        other.execute_batch("ROLLBACK").unwrap();
        drop(other);
        record.append(case, now, &by, Draft::default(), |_, _| Ok(Event::Approved { decision })).unwrap();
        drop(record);
        assert_eq!(office.entries().len(), 3);
        office.reset(&before);
    }
}

/// Two begin the same record, and one of them is refused: it must not take away what the other one has begun.
#[test]
fn an_empty_file_is_not_taken_from_under_somebody() {
    for _ in 0..times("ROUNDS", 3) {
        let office = Office::new();
        let mut good = [start(&office, PROPOSE), start(&office, PROPOSE)];
        // Somebody opens it again and again and begins nothing.
        while good.iter_mut().any(|one| one.try_wait().unwrap().is_none()) {
            drop(Record::open(&office.record()));
        }
        for one in good {
            let output = one.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", errors(&output));
        }
        assert_eq!(office.entries().len(), 3);
        assert_eq!(office.files_of_the_record(), ["record.db"]);
    }
}
