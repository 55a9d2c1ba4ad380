//! The file of a demand model.

use std::path::Path;

use crate::city::TableMessage;
use crate::forecast::{DemandModel, ForecastMessage};
use crate::problem::{Origin, Place, Problem, Problems};

/// Reads a demand model. Its classes are as the file names them; see [`DemandModel::named_by`].
///
/// # Errors
/// All that is wrong with it at once.
pub fn read_demand_model(path: &str) -> Result<(DemandModel, Problems), Problems> {
    let origin = Origin::file(path);
    match std::fs::read(Path::new(path)) {
        Ok(bytes) => parse(bytes, &origin),
        Err(error) => Err(Problem::error(
            Place::whole(origin),
            match error.kind() {
                _ if Path::new(path).is_dir() => TableMessage::IsDirectory {}.into(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                    crate::problem::Message::from(ForecastMessage::NoModelFile {})
                }
                _ => TableMessage::Unreadable { what: error.to_string() }.into(),
            },
        )
        .into()),
    }
}

/// The model of a file's bytes, which must be UTF-8, as all TOML is.
pub(super) fn parse(bytes: Vec<u8>, origin: &Origin) -> Result<(DemandModel, Problems), Problems> {
    match String::from_utf8(bytes) {
        Ok(text) => DemandModel::parse(&text, origin),
        Err(error) => {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|b| **b == b'\n').count() as u32 + 1;
            Err(Problem::error(Place::line(origin.clone(), line), TableMessage::BadEncoding {}).into())
        }
    }
}
