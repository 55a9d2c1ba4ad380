//! Bytes as a policy file: read, and if it is accepted, put to work on a small town.
//!
//! A line `#set PATH=VALUE` is an override, as `--set` gives it. A file that says `extends` is a proposal.

use curtail::city::{Backup, City, CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, M3};
use curtail::verify::verify;

use super::{in_words, refused};

/// Reads a policy and decides a town by it.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let overrides: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("#set ")).map(str::to_owned).collect();
    let origin = Origin::file("plan.toml");
    let policy = match Policy::parse(&text, &origin, &overrides) {
        Err(problems) => return refused(&problems),
        Ok((policy, problems)) => {
            assert!(!problems.stop(), "accepted in spite of {problems}");
            in_words(&problems);
            policy
        }
    };
    // The digest is that of what it says, not of its layout.
    let again = Policy::parse(&format!("{text}\n# the same\n"), &origin, &overrides);
    assert_eq!(again.map(|(again, _)| again.digest).ok(), Some(policy.digest.clone()), "another digest");
    let _ = curtail::prove::plan(&policy);
    decide(&Policies::of(policy));
}

/// A town with every class of the plan (up to twelve), in blocks with and without a bottleneck, at several shortfalls.
fn decide(policies: &Policies) {
    let date = Date::new(2026, 1, 7).expect("a date");
    let settings = || Settings { name: "Town".into(), policy: policies.main.id.clone(), ..Settings::default() };
    for linked in [false, true] {
        let mut rows = City::builder(settings());
        for (id, urban) in [("n", true), ("s", true), ("out", false)] {
            rows.add_district(DistrictRow { id, urban, ..DistrictRow::default() });
        }
        for (at, class) in policies.main.classes.iter().take(12).enumerate() {
            let (id, demand) = (format!("c{at:02}"), 1000 + 37 * at as u64);
            rows.add_customer(CustomerRow {
                id: &id,
                district: ["n", "s", "n", "s", "out"][at % 5],
                company: "gas",
                class: &class.id,
                demand: M3(demand),
                floor: M3(if at % 3 == 0 { demand / 4 } else { 0 }),
                boiler_t_h: ["0", "5", "80"][at % 3].parse().ok(),
                backup: if at % 2 == 0 { Backup::None } else { Backup::Oil },
                annual: Some(M3(demand * 300)),
                ..CustomerRow::default()
            });
        }
        for (source, volume, area) in [("gate", 9000, None), ("tank", 2000, None), ("well", 1500, Some("out"))] {
            rows.add_supply(SupplyRow { date, source, volume: M3(volume), max_h: None, company: None, area });
        }
        let links = [("gate", "n", 6000), ("n", "s", 3000), ("tank", "s", 2000)];
        for (from, to, capacity) in links.into_iter().filter(|_| linked) {
            rows.add_link(LinkRow { from, to, capacity: M3(capacity), capacity_h: None });
        }
        let city = match rows.build(policies) {
            Ok((city, _)) => city,
            Err(problems) => return refused(&problems),
        };
        let mut options = Options::default();
        options.solver = Solver::Exact;
        let prepared = Prepared::new(policies, &city, options).unwrap_or_else(|problems| panic!("{problems}"));
        let (mut day, _) = Day::on(&city, date).unwrap_or_else(|problems| panic!("{problems}"));
        let full = day.supply.clone();
        for thousandths in [1000, 930, 850, 500, 60] {
            for (volume, full) in day.supply.iter_mut().zip(&full) {
                *volume = full.map(|full| M3(full.get() * thousandths / 1000));
            }
            let decision = match prepared.decide(&day) {
                Ok(decision) => decision,
                Err(problems) => return refused(&problems),
            };
            let found = verify(policies, &city, &day, &decision).unwrap_or_else(|problems| panic!("{problems}"));
            assert!(found.holds(), "{thousandths} thousandths: {:?}", found.violated);
        }
        if !linked && let Ok(curves) = prepared.curves(&day) {
            curves.iter().for_each(|curve| drop(curtail::prove::check(curve)));
        }
    }
}
