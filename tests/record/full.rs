//! A disk without room: the command fails with a reason, and the record is as it was.

use std::fs;
use std::process::Command;

use super::office::{APPROVE, LIFE, Office, PROPOSE, errors, times, whole};

/// One step under a limit to the size of files, of so many blocks of 512 bytes; whether it was done.
fn within(office: &Office, blocks: usize, step: &[&str]) -> bool {
    let mut shell = Command::new("sh");
    let limited = r#"trap "" XFSZ; ulimit -f "$1" || exit 99; shift; exec "$@""#;
    shell.args(["-c", limited, "sh", &blocks.to_string(), env!("CARGO_BIN_EXE_curtail")]);
    let output = office.by_way_of(shell, step).output().unwrap();
    match output.status.code() {
        Some(0) => true,
        Some(1) => {
            let said = errors(&output);
            assert!(
                said.contains("record.db: the record cannot be written: ") && said.contains("nothing was changed"),
                "{said}"
            );
            false
        }
        other => panic!("{other:?}: {}", errors(&output)),
    }
}

/// A file may grow so far and no further, from one block up to as many as are needed.
fn starved(before: &[&[&str]], step: &[&str]) {
    let office = Office::after(before);
    let (bytes, entries) = (office.bytes(), office.entries());
    // A limit below what the file has already would have to be tried once only.
    let mut blocks = 1;
    let stride = times("BLOCKS", 7).max(1);
    while !within(&office, blocks, step) {
        assert!(office.bytes() == bytes, "the file was changed at {blocks} blocks");
        assert_eq!(office.entries(), entries);
        let left: &[&str] = if before.is_empty() { &[] } else { &["record.db"] };
        assert_eq!(office.files_of_the_record(), left, "at {blocks} blocks");
        blocks += stride;
        assert!(blocks < 10_000);
    }
    assert!(blocks > 1, "no limit was too small");
    assert!(whole(&entries, &office.entries(), step));
}

#[test]
fn a_first_entry_that_has_no_room_leaves_nothing() {
    starved(&[], PROPOSE);
}

#[test]
fn a_proposal_that_has_no_room_changes_nothing() {
    starved(&LIFE[..1], PROPOSE);
}

#[test]
fn an_approval_that_has_no_room_changes_nothing() {
    starved(&LIFE[..1], APPROVE);
}

/// A disk of a few kilobytes, really full, where one can be made.
#[test]
fn a_full_disk_changes_nothing() {
    let office = Office::new();
    let disk = office.dir().join("disk");
    fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "none"]).arg(&disk).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: no disk can be mounted here");
        return;
    }
    let mounted = Mounted(&disk);
    let case = office.dir().join("case.toml");
    let text = fs::read_to_string(&case).unwrap().replace("[files]", "[files]\nrecord = \"disk/record.db\"");
    fs::write(&case, text).unwrap();
    let record = disk.join("record.db");
    let checked = || -> Vec<_> {
        let record = curtail::record::Record::look(&record).unwrap();
        record.map(|record| record.check().unwrap().entries).unwrap_or_default()
    };
    let refused = |step: &[&str]| {
        let said = office.fails(1, step);
        assert!(said.contains("the disk is full") && said.contains("nothing was changed"), "{said}");
    };
    // Room for so much: first for nothing, then for more and more, until the steps are done.
    let ballast = disk.join("ballast");
    for step in [PROPOSE, APPROVE, PROPOSE] {
        let before = checked();
        let bytes = fs::read(&record).unwrap_or_default();
        for room in (0usize..).step_by(times("ROOM", 8192)) {
            fill(&ballast, room);
            if office.run(step).status.success() {
                assert!(room > 0, "the disk was not full");
                break;
            }
            refused(step);
            fs::remove_file(&ballast).unwrap();
            assert!(fs::read(&record).unwrap_or_default() == bytes, "the file was changed with room for {room} bytes");
            assert_eq!(checked(), before);
            let left: Vec<_> = fs::read_dir(&disk).unwrap().map(|file| file.unwrap().file_name()).collect();
            assert_eq!(left, if bytes.is_empty() { vec![] } else { vec!["record.db"] }, "with room for {room} bytes");
        }
        fs::remove_file(&ballast).unwrap();
        assert!(whole(&before, &checked(), step));
    }
    drop(mounted);
}

/// Fills the disk but for so many bytes.
fn fill(ballast: &std::path::Path, room: usize) {
    use std::io::Write;
    let mut file = fs::File::create(ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    let size = file.metadata().unwrap().len();
    file.set_len(size.saturating_sub(room as u64)).unwrap();
}

struct Mounted<'a>(&'a std::path::Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}
