//! A folder in which the real program is run, and workbooks as their cells.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use calamine::{Data, Reader, Xlsx};

/// A folder.
pub struct Office(tempfile::TempDir);

impl Office {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.output().unwrap()
    }

    /// Runs a command that must come to an end as it should, and gives what it prints.
    pub fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let status = output.status.code();
        assert!(matches!(status, Some(0 | 3)), "{args:?}: {status:?} {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A case of `init`, from 7 January 2026.
    pub fn town(lang: &str) -> Self {
        let office = Self::new();
        office.done(&["init", "town", "--lang", lang, "--now", "2026-01-07 09:00"]);
        office
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn book(&self, name: &str) -> Book {
        Book::open(&self.path(name))
    }
}

/// A workbook.
pub struct Book(Xlsx<std::io::BufReader<std::fs::File>>);

impl Book {
    pub fn open(path: &Path) -> Self {
        Self(calamine::open_workbook(path).unwrap())
    }

    pub fn sheets(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// The cells of a sheet as texts, from its first row and column.
    pub fn rows(&mut self, sheet: &str) -> Vec<Vec<String>> {
        let range = self.0.worksheet_range(sheet).unwrap();
        range.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    /// The cells that hold a formula: row, column, formula.
    pub fn formulas(&mut self, sheet: &str) -> Vec<(u32, u32, String)> {
        let range = self.0.worksheet_formula(sheet).unwrap();
        let (row, column) = range.start().unwrap_or_default();
        let used = range.used_cells().filter(|(.., formula)| !formula.is_empty());
        used.map(|(r, c, formula)| (row + r as u32, column + c as u32, formula.clone())).collect()
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        cell => cell.to_string(),
    }
}

/// The rows of a CSV below its headings.
pub fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let rows = csv::ReaderBuilder::new().flexible(true).from_reader(bytes).into_records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
