//! Bytes as a case folder (see [`super::files`]): read, and if it is accepted, every day of it decided and verified.

use std::path::Path;

use curtail::city::City;
use curtail::city::read::{Case, CaseOptions, read_list, read_shortfalls};
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::units::Date;
use curtail::verify::verify;

use super::{files, in_words, refused};

/// Reads a case and decides its days.
pub fn run(data: &[u8]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    files::write(dir.path(), &files::unpack(data));
    let keep = CaseOptions { keep: true, ..CaseOptions::default() };
    let case = match Case::open(dir.path(), &keep) {
        Ok((case, problems)) => {
            assert!(!problems.stop(), "accepted in spite of {problems}");
            in_words(&problems);
            case
        }
        Err(problems) => return refused(&problems),
    };
    let (policies, city) = (&case.policies, &case.city);
    in_words(&city.check_days());
    for (date, _) in city.workdays.days().take(3) {
        let (until, _) = city.workdays.after(date, 3);
        assert!(until > date && city.workdays.is_workday(until) || until == Date::LAST, "{date}");
    }
    let mut options = Options::default();
    options.solver = Solver::Exact;
    let prepared = match Prepared::new(policies, city, options) {
        Ok(prepared) => prepared,
        Err(problems) => return refused(&problems),
    };
    lists(dir.path(), city);
    for date in city.supply.keys().take(3) {
        let day = match Day::on(city, *date) {
            Ok((day, _)) => day,
            Err(problems) => {
                refused(&problems);
                continue;
            }
        };
        match prepared.decide(&day) {
            Ok(decision) => {
                as_it_was(&case, *date, &decision);
                let found = verify(policies, city, &day, &decision).unwrap_or_else(|problems| panic!("{problems}"));
                assert!(found.holds(), "{date}: {:?}", found.violated);
            }
            Err(problems) => refused(&problems),
        }
    }
}

/// The day's files, written somewhere else, give the same decision: what a record keeps.
fn as_it_was(case: &Case, date: Date, decision: &Decision) {
    let Ok(files) = case.day_files(date) else { return };
    let dir = tempfile::tempdir().expect("a temporary folder");
    files::write(dir.path(), &files);
    let (then, _) = Case::open(dir.path(), &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&then.city, date).unwrap_or_else(|problems| panic!("{problems}"));
    let mut options = Options::default();
    options.solver = Solver::Exact;
    let again = Prepared::new(&then.policies, &then.city, options).and_then(|prepared| prepared.decide(&day));
    let again = again.unwrap_or_else(|problems| panic!("{problems}"));
    let json = |decision: &Decision| serde_json::to_string(decision).expect("a decision is JSON");
    assert!(json(&again) == json(decision), "{date}: another decision");
}

/// A company's list and a forecast, where the folder has them.
fn lists(dir: &Path, city: &City) {
    let path = |name: &str| dir.join(name).display().to_string();
    let standing: Vec<_> = city.customers.iter().map(|customer| customer.demand).collect();
    for company in city.companies.iter().take(2) {
        match read_list(&path("list.csv"), company, city, &standing) {
            Ok((rows, problems)) => {
                in_words(&problems);
                assert!(rows.iter().all(|row| row.cut <= standing[row.customer as usize]));
            }
            Err(problems) => refused(&problems),
        }
    }
    match read_shortfalls(&path("forecast.csv")) {
        Ok((_, problems)) => in_words(&problems),
        Err(problems) => refused(&problems),
    }
}
