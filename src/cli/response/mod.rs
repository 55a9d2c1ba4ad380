//! The commands of a response's life: each adds one entry to the record, or reads it.

mod deliver;
mod depart;
mod log;
mod meter;
mod propose;
mod recording;
mod restore;
mod rotation;
mod status;
mod steps;

use std::path::{Path, PathBuf};

use crate::city::Settings;
use crate::city::read::Case;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::today::Calendar;
use crate::record::{By, Days, Moment, Record, RecordError, RecordMessage};

pub(crate) use deliver::{Args as DeliverArgs, run as deliver};
pub(crate) use depart::{Args as DepartArgs, run as depart};
pub(crate) use log::{Args as LogArgs, run as log};
pub(crate) use meter::{Args as MeterArgs, run as meter};
pub(crate) use propose::{Args as ProposeArgs, run as propose};
pub(crate) use recording::Recording;
pub(crate) use restore::{Args as RestoreArgs, run as restore};
pub(crate) use rotation::{Args as RotationArgs, run as rotation};
pub(crate) use status::{Args as StatusArgs, due, run as status};
pub(crate) use steps::{DecisionArgs, EndArgs, LowerArgs, approve, body, end, issue, lower, sign};

/// The record's file where `case.toml` names none.
const FILE: &str = "record.db";

/// Where a case's record is, or would be: that of real days, or beside it that of an exercise.
#[derive(Clone, Debug)]
pub(crate) struct RecordFile {
    pub path: PathBuf,
    days: Days,
}

impl RecordFile {
    /// The record of a case with these files.
    pub(crate) fn of(global: &Global, files: &std::collections::BTreeMap<String, PathBuf>) -> Self {
        let path = files.get("record").cloned().unwrap_or_else(|| global.case.join(FILE));
        match global.drill {
            false => Self { path, days: Days::Real },
            true => Self { path: beside(&path), days: Days::Exercise },
        }
    }

    /// In a folder, under the name that a case has it by which names none.
    fn within(folder: &Path, global: &Global) -> Self {
        Self::of(&Global { case: folder.to_owned(), ..global.clone() }, &std::collections::BTreeMap::new())
    }

    /// Opens it to read; `None` if there is none yet.
    pub(crate) fn look(&self) -> Result<Option<Record>, RecordError> {
        Record::look_of(&self.path, self.days)
    }

    /// Opens it to add to it.
    pub(crate) fn open(&self) -> Result<Record, RecordError> {
        Record::open_of(&self.path, self.days)
    }

    /// As people name it.
    pub(crate) fn shown(&self) -> String {
        self.path.display().to_string()
    }
}

/// The exercise's record beside a record: `record.db` and `record-drill.db`.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().map_or_else(std::ffi::OsString::new, std::ffi::OsStr::to_owned);
    name.push("-drill");
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Who does this.
#[derive(clap::Args, Debug, Default)]
pub(crate) struct Who {
    /// Who does this: a name, which stands in the record
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// In which role: a body of the policy, by id or name
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
}

impl Who {
    /// As it goes into the record. `bodies` finds a body of the policy by what a person calls it.
    pub(crate) fn stated(&self, body: impl Fn(&str) -> Result<String, RecordMessage>) -> Result<By, Failure> {
        let name = self.by.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.ok_or(RecordMessage::NoName {})?.to_owned();
        let role = self.role.as_deref().map(|role| body(role.trim())).transpose()?;
        let account = whoami::username().unwrap_or_default();
        let host = whoami::hostname().unwrap_or_default();
        Ok(By { name, role, account, host })
    }
}

/// What these commands need of a case: not its tables, which may be in the making.
pub(crate) struct About {
    pub settings: Settings,
    pub file: RecordFile,
    pub calendar: Calendar,
    /// Whether the case has figures of what was really taken.
    pub metered: bool,
}

impl About {
    /// Of the case that `-C` names.
    pub(crate) fn read(global: &Global) -> Result<Self, Failure> {
        let (settings, files) = Case::about(&global.case)?;
        let calendar = Calendar::new(&settings.timezone, settings.gas_day_start)?;
        let metered = files.contains_key("actuals");
        Ok(Self { file: RecordFile::of(global, &files), settings, calendar, metered })
    }

    /// Its record, which must be there.
    pub(crate) fn record(&self) -> Result<Record, Failure> {
        let missing = || RecordMessage::NoRecord { path: self.file.shown() };
        Ok(self.file.look()?.ok_or_else(missing)?)
    }

    /// The time.
    pub(crate) fn now(&self, global: &Global) -> Result<Moment, Failure> {
        now(self.calendar, global)
    }
}

/// The time, as the case's clock shows it.
pub(crate) fn now(calendar: Calendar, global: &Global) -> Result<Moment, Failure> {
    let moment = calendar.moment(global.now).ok_or_else(|| CliMessage::BadTime { text: "--now".to_owned() })?;
    Ok(moment)
}
