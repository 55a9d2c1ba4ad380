//! A company's list of whom it would cut, as CSV or as a sheet of a workbook.

use std::collections::HashMap;
use std::path::Path;

use super::headings::STOP_LIST;
use super::split_sheet;
use super::table::{Cells, Table};
use super::xlsx::{has_sheet, sheet_name};
use crate::city::ledger::Ledger;
use crate::city::{City, TableMessage};
use crate::problem::{Origin, Place, Problem, Problems, nearest};
use crate::units::M3;

/// A row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The customer, by index in [`City::customers`].
    pub customer: u32,
    /// What it gives up, in m3 over the gas day.
    pub cut: M3,
}

/// Reads a company's list; `demand` is the day's, by customer. Rows in the order of the file. Of a workbook, the sheet that is
/// named, or called like the company, or like a list.
///
/// # Errors
/// All that is wrong with it: an unknown customer or one of another company, a customer twice, no volume or one above demand.
pub fn read_list(path: &str, company: &str, city: &City, demand: &[M3]) -> Result<(Vec<ListRow>, Problems), Problems> {
    let (file, sheet) = split_sheet(path);
    if !Path::new(file).exists() {
        return Err(Problem::error(Place::whole(Origin::file(file)), TableMessage::MissingList {}).into());
    }
    let own = sheet_name(company);
    let is_book = file.to_ascii_lowercase().ends_with(".xlsx");
    let sheet = sheet.or_else(|| (is_book && has_sheet(Path::new(file), &own)).then_some(own.as_str()));
    let table = Table::open(Path::new(file), file, sheet, &STOP_LIST, None)?;
    let mut ledger = Ledger::default();
    let mut rows = Vec::new();
    let mut seen: HashMap<u32, u32> = HashMap::new();
    let ids: HashMap<&str, u32> = city.customers.iter().zip(0..).map(|(customer, at)| (&*customer.id, at)).collect();
    if let Some(columns) = table.columns(&STOP_LIST, &city.settings.volume_basis, &mut ledger) {
        table.entries(&columns, &mut ledger, |ledger, line, row| {
            let mut cells = Cells { row, line, origin: &table.origin, columns: &columns, ledger };
            let id = cells.id(0).to_owned();
            let (keeps, cut) = (cells.whole(6), cells.whole(7));
            let place = Place::at(table.origin.clone(), line, 1);
            let mut refuse = |message| ledger.error(place.clone(), message);
            let Some(at) = ids.get(id.as_str()).copied() else {
                let near = nearest(&id, city.customers.iter().map(|customer| &*customer.id)).map(str::to_owned);
                return refuse(match near {
                    Some(near) => TableMessage::ListNear { id, near },
                    None => TableMessage::ListStranger { id },
                });
            };
            let theirs = city.customers.get(at as usize).and_then(|c| city.companies.get(c.company as usize));
            if let Some(theirs) = theirs.filter(|theirs| &***theirs != company) {
                let (theirs, ours) = (theirs.to_string(), company.to_owned());
                return refuse(TableMessage::ListOtherCompany { id, theirs, ours });
            }
            if let Some(first) = seen.insert(at, line) {
                return refuse(TableMessage::ListTwice { id, first });
            }
            let demand = demand.get(at as usize).map_or(0, |demand| demand.get());
            match (cut, keeps) {
                (None, None) => refuse(TableMessage::ListWithoutVolume { id }),
                (Some(cut), _) if cut > demand => refuse(TableMessage::ListAboveDemand { id, cut, demand }),
                (Some(cut), _) => rows.push(ListRow { customer: at, cut: M3(cut) }),
                (None, Some(keeps)) => rows.push(ListRow { customer: at, cut: M3(demand.saturating_sub(keeps)) }),
            }
        });
    }
    super::sorted(ledger.close()).or(rows)
}
