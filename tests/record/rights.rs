//! A process that may read and not write: it reads, and says why it cannot write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use super::office::{APPROVE, LIFE, Office, PROPOSE, errors};

/// Runs the program as somebody whom the modes of files bind: root is bound by none.
struct Nobody {
    office: Office,
    root: bool,
}

impl Nobody {
    /// `None` where one is root and cannot be somebody else.
    fn at(office: Office) -> Option<Self> {
        let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
        mode(office.dir(), 0o755);
        let nobody = Self { office, root };
        if root && !nobody.run(&["--version"]).is_some_and(|output| output.status.success()) {
            eprintln!("SKIPPED: root cannot run the program as somebody else here");
            return None;
        }
        Some(nobody)
    }

    fn run(&self, args: &[&str]) -> Option<Output> {
        let command = if self.root {
            // Where the program was built need not be a folder that others may enter.
            let program = self.office.dir().join("program");
            if !program.exists() {
                fs::copy(env!("CARGO_BIN_EXE_curtail"), &program).unwrap();
                mode(&program, 0o755);
            }
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(env!("CARGO_BIN_EXE_curtail"))
        };
        self.office.by_way_of(command, args).output().ok()
    }

    fn reads(&self) {
        for args in [&["status"][..], &["log"], &["log", "--check"]] {
            let output = self.run(args).unwrap();
            assert!(output.status.success(), "{args:?}: {}", errors(&output));
        }
    }

    fn cannot(&self, status: i32, args: &[&str], said: &str) {
        let output = self.run(args).unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {}", errors(&output));
        assert!(errors(&output).contains(said), "{args:?}: {}", errors(&output));
    }

    fn cannot_write(&self) {
        let (before, files) = (self.office.bytes(), self.office.names());
        for args in [PROPOSE, APPROVE] {
            self.cannot(1, args, "record.db: the record cannot be written: ");
            self.cannot(1, args, "check the disk and the rights to the file and its folder; nothing was changed");
        }
        assert!(self.office.bytes() == before);
        assert_eq!(self.office.names(), files);
    }
}

impl Drop for Nobody {
    fn drop(&mut self) {
        // So that the folder can be removed.
        mode(self.office.dir(), 0o755);
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn who_may_not_write_the_file_reads_it() {
    let Some(nobody) = Nobody::at(Office::after(&LIFE[..1])) else { return };
    mode(&nobody.office.record(), 0o444);
    nobody.reads();
    nobody.cannot_write();
    // Nor where the folder may be written to.
    mode(nobody.office.dir(), 0o777);
    nobody.reads();
    nobody.cannot_write();
}

#[test]
fn who_may_not_write_the_folder_reads_the_record() {
    let Some(nobody) = Nobody::at(Office::after(&LIFE[..1])) else { return };
    mode(&nobody.office.record(), 0o666);
    mode(nobody.office.dir(), 0o555);
    nobody.reads();
    nobody.cannot_write();
}

#[test]
fn who_may_not_write_the_folder_begins_no_record() {
    let Some(nobody) = Nobody::at(Office::new()) else { return };
    mode(nobody.office.dir(), 0o555);
    nobody.cannot(2, &["status"], "there is no record yet");
    nobody.cannot(1, PROPOSE, "record.db: the record cannot be written: ");
    assert_eq!(nobody.office.files_of_the_record(), [""; 0]);
}

#[test]
fn who_may_not_read_the_file_is_told_so() {
    let Some(nobody) = Nobody::at(Office::after(&LIFE[..1])) else { return };
    mode(&nobody.office.record(), 0o000);
    for args in [&["status"][..], &["log"], APPROVE, PROPOSE] {
        nobody.cannot(1, args, "record.db: the record cannot be opened: ");
        nobody.cannot(1, args, "check the rights to the file and its folder");
    }
}
