//! Bytes as a case folder (see [`super::files`]): read, and if it is accepted, every day of it decided and verified.

use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::units::Date;
use curtail::verify::verify;

use super::{files, in_words, refused};

/// Reads a case and decides its days.
pub fn run(data: &[u8]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    files::write(dir.path(), &files::unpack(data));
    let case = match Case::open(dir.path(), &CaseOptions::default()) {
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
                let found = verify(policies, city, &day, &decision).unwrap_or_else(|problems| panic!("{problems}"));
                assert!(found.holds(), "{date}: {:?}", found.violated);
            }
            Err(problems) => refused(&problems),
        }
    }
}
