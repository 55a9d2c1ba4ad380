//! `decide --xlsx`, and reading a sheet of orders back.

use std::io::Write;

use crate::Lang;
use crate::city::City;
use crate::city::read::{OrderCells, read_orders};
use crate::cli::exit::Failure;
use crate::cli::files::Content;
use crate::cli::message::CliMessage;
use crate::cli::run_case::Opened;
use crate::decide::Decision;
use crate::policy::Policies;
use crate::render::GasDay;
use crate::render::sheets::{self, ROWS, Sheet, Standing, Told};
use crate::verify::{Finding, Rule, Violation};

/// The workbook of orders.
pub(crate) const BOOK: &str = "orders.xlsx";

/// Whether and how workbooks are written.
#[derive(clap::Args, Debug)]
pub(crate) struct Workbooks {
    /// With --out, also a workbook for Excel and WPS: orders.xlsx, with a stop list a company
    #[arg(long, requires = "out")]
    pub xlsx: bool,
    /// With --xlsx, each company's stop list in a workbook of its own: list-COMPANY.xlsx
    #[arg(long, requires = "xlsx")]
    each_company: bool,
}

impl Workbooks {
    /// That no sheet gets more rows than a sheet can hold.
    pub(crate) fn fit(
        &self,
        decided: (&Decision, &Policies, &City),
        day: &GasDay,
        all: bool,
    ) -> Result<(), CliMessage> {
        let rows = match self.xlsx {
            true => sheets::longest(&sheets::told(decided, day, &Standing::default(), Lang::En), all),
            false => 0,
        };
        if rows > ROWS { Err(CliMessage::SheetFull { rows, most: ROWS }) } else { Ok(()) }
    }

    /// The names of the workbooks, the first of which holds the orders; none where none is asked for.
    pub(crate) fn names(&self, city: &City) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        if self.xlsx {
            names.push(BOOK.to_owned());
        }
        if self.each_company {
            for company in &city.companies {
                let name = free(company, &names);
                names.push(name);
            }
        }
        names
    }

    /// The workbooks, by the names of [`Workbooks::names`].
    pub(crate) fn contents<'a>(&self, told: &'a Told<'a>, all: bool) -> Vec<Content<'a>> {
        let mut contents: Vec<Content<'a>> = Vec::new();
        if self.xlsx {
            contents.push(content(sheets::orders(told, all, !self.each_company), told, None));
        }
        if self.each_company {
            let companies = sheets::companies(told).into_iter();
            contents.extend(companies.map(|(at, _)| content(sheets::lists(told, at), told, Some(at))));
        }
        contents
    }
}

fn content<'a>(book: Vec<Sheet<'a>>, told: &Told<'_>, company: Option<u32>) -> Content<'a> {
    let properties = told.properties(company);
    Box::new(move |to: &mut dyn Write| sheets::write(&book, &properties, to))
}

/// The name of a company's file, which no file before has: without what file systems refuse.
fn free(company: &str, taken: &[String]) -> String {
    let kept = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = company.trim().chars().map(kept).take(60).collect();
    let is_taken = |name: &String| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| format!("list-{name} ({number}).xlsx"));
    let mut names = std::iter::once(format!("list-{name}.xlsx")).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

/// How far a decision has come: what the case's record, if it has one, says of the very same decision.
#[cfg(feature = "record")]
pub(crate) fn standing(opened: &Opened, decision: &Decision) -> Result<Standing, Failure> {
    use crate::record::{Act, DECISION, Stage};
    let Some(record) = opened.record.look()? else { return Ok(Standing::Unrecorded) };
    let book = record.book()?;
    let mut json = Vec::new();
    crate::cli::decide::write_json(decision, &mut json)?;
    let digest = crate::policy::hex(&hmac_sha256::Hash::hash(&json));
    let of_the_day = book.decisions.iter().rev().filter(|dossier| dossier.proposed.id.date == decision.date);
    let Some(dossier) = of_the_day.into_iter().find(|dossier| dossier.proposed.files.get(DECISION) == Some(&digest))
    else {
        return Ok(Standing::Unrecorded);
    };
    let id = dossier.proposed.id.to_string();
    // The head after the act itself, so that what follows in the record changes nothing here.
    let head = |act: &Act| {
        let at = usize::try_from(act.seq).ok().and_then(|seq| seq.checked_sub(1));
        at.and_then(|at| book.heads.get(at)).map_or_else(String::new, ToString::to_string)
    };
    Ok(match (dossier.stage(), &dossier.issued, dossier.replaced_by) {
        (Stage::Issued, Some(act), _) => Standing::Issued {
            id,
            head: head(act),
            by: act.by.name.clone(),
            at: act.at.time().format("%Y-%m-%d %H:%M").to_string(),
        },
        (Stage::Replaced, _, Some(by)) => Standing::Replaced { id, head: head(&dossier.act), by: by.to_string() },
        _ => Standing::Waiting { id, head: head(&dossier.act) },
    })
}

/// Without records every decision is one that nobody recorded.
#[cfg(not(feature = "record"))]
#[allow(clippy::unnecessary_wraps, reason = "the record can fail")]
pub(crate) fn standing(_: &Opened, _: &Decision) -> Result<Standing, Failure> {
    Ok(Standing::Unrecorded)
}

/// Whether the rows of a sheet of orders are those of the decision, whoever it lists, in whatever language it was written.
pub(crate) fn check(
    path: &str,
    decided: (&Decision, &Policies, &City),
    day: &GasDay,
    ids: &dyn Fn(bool) -> Result<Vec<Vec<String>>, Failure>,
) -> Result<Result<Finding, Violation>, Failure> {
    let (decision, standing) = (decided.0, Standing::default());
    let found = read_orders(path, &decision.volume_basis)?;
    let cut = ids(false)?;
    let all = found.len() > cut.len();
    let expected = if all { ids(true)? } else { cut };
    let in_words = [Lang::En, Lang::Zh].map(|lang| sheets::texts(&sheets::told(decided, day, &standing, lang), all));
    for at in 0..expected.len().max(found.len()) {
        let (expected, found) = (expected.get(at), found.get(at));
        let forms = || expected.into_iter().chain(in_words.iter().filter_map(|rows| rows.get(at)));
        let is_it = |found: &OrderCells| {
            let cells = found.cells.iter().enumerate().take(expected.map_or(0, Vec::len));
            let mut cells =
                cells.map(|(column, cell)| forms().any(|row| row.get(column).is_some_and(|it| same(it, cell))));
            expected.is_some() && cells.all(|same| same)
        };
        if !found.is_some_and(is_it) {
            let line = found.map_or_else(|| at as u32 + 2, |found| found.line);
            let told = |row: Option<&Vec<String>>| row.map_or_else(|| "-".to_owned(), |row| row.join(","));
            let cells = found.map(|found| found.cells.iter().take(13).cloned().collect());
            let (expected, found) = (told(expected), told(cells.as_ref()));
            return Ok(Err(Violation::new(Rule::Orders, format!("{path}:{line}"), expected, found)));
        }
    }
    Ok(Ok(Finding::Holds))
}

/// Whether a cell says a text: blanks at its ends do not count.
fn same(text: &str, cell: &str) -> bool {
    text.trim() == cell.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_company_has_a_file_of_its_own_whatever_it_is_called() {
        let mut names = Vec::new();
        for (company, file) in [
            ("甲燃气", "list-甲燃气.xlsx"),
            ("a/b", "list-a_b.xlsx"),
            ("A:B", "list-A_B (2).xlsx"),
            ("../../x", "list-.._.._x.xlsx"),
        ] {
            let name = free(company, &names);
            assert_eq!(name, file);
            names.push(name);
        }
    }
}
