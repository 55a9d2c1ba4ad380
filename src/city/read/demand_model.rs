//! The file of a demand model.

use std::path::Path;

use crate::city::TableMessage;
use crate::forecast::{DemandModel, ForecastMessage};
use crate::problem::{Message, Origin, Place, Problem, Problems};

/// Its key under `[files]`.
pub(super) const KEY: &str = "demand_model";

/// Reads a demand model. Its classes are as the file names them; see [`DemandModel::named_by`].
///
/// # Errors
/// All that is wrong with it at once.
pub fn read_demand_model(path: &str) -> Result<(DemandModel, Problems), Problems> {
    let missing = ForecastMessage::NoModelFile {};
    open(Path::new(path), &Origin::file(path), missing.into()).map(|(model, problems, _)| (model, problems))
}

/// The same of a case.
pub(super) fn open_of_case(path: &Path, origin: &Origin) -> Result<(DemandModel, Problems, Vec<u8>), Problems> {
    open(path, origin, TableMessage::MissingFile { key: KEY.to_owned() }.into())
}

/// The model and the file's bytes.
fn open(path: &Path, origin: &Origin, missing: Message) -> Result<(DemandModel, Problems, Vec<u8>), Problems> {
    let refused =
        |line: u32, message: Message| Problems::from(Problem::error(Place::line(origin.clone(), line), message));
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        _ if path.is_dir() => refused(0, TableMessage::IsDirectory {}.into()),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => refused(0, missing),
        _ => refused(0, TableMessage::Unreadable { what: error.to_string() }.into()),
    })?;
    // As all TOML it is UTF-8.
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() as u32 + 1;
        refused(line, TableMessage::BadEncoding {}.into())
    })?;
    let (model, problems) = DemandModel::parse(text, origin)?;
    Ok((model, problems, bytes))
}
