//! The file of a demand model.

use std::path::Path;

use crate::city::TableMessage;
use crate::forecast::{DemandModel, ForecastMessage};
use crate::problem::{Message, Origin, Place, Problem, Problems};
use crate::tree::{self, FileKind};

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
    let refused = |message: Message| Problems::from(Problem::error(Place::whole(origin.clone()), message));
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        _ if path.is_dir() => refused(TableMessage::IsDirectory {}.into()),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => refused(missing),
        _ => refused(TableMessage::Unreadable { what: error.to_string() }.into()),
    })?;
    let text = tree::text(bytes, FileKind::DemandModel, origin)?;
    let (model, problems) = DemandModel::parse(&text, origin)?;
    Ok((model, problems, text.into_bytes()))
}
