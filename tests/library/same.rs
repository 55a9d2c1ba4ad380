//! The same input gives the same decision: whoever hands it over, in whatever order, from whatever thread.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use curtail::city::read::{Case, CaseOptions};
use curtail::city::{
    Backup, City, Contract, CustomerRow, DemandRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow,
};
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::units::{Date, M3};

const BASE: &str = "tests/bad/base";
const XIAN: &str = "examples/xian";

fn open(dir: &Path) -> Case {
    Case::open(dir, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}")).0
}

fn options(solver: Solver) -> Options {
    let mut options = Options::default();
    options.solver = solver;
    options
}

/// Every day of a city that has supply, made ready afresh for each.
fn decisions(case: &Case, city: &City, options: Options) -> Vec<Decision> {
    let decide = |date: &Date| {
        let (day, _) = Day::on(city, *date).unwrap_or_else(|problems| panic!("{problems}"));
        Prepared::new(&case.policies, city, options)
            .unwrap()
            .decide(&day)
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    city.supply.keys().map(decide).collect()
}

#[test]
fn a_decision_survives_serde_unchanged() {
    let xian = open(Path::new(XIAN));
    let base = open(Path::new(BASE));
    let all = [(&xian, Solver::Exact), (&base, Solver::Confirmed)];
    let mut seen = 0;
    for (case, solver) in all {
        for decision in decisions(case, &case.city, options(solver)) {
            assert!(!decision.areas.is_empty() && decision.areas.iter().all(|area| area.detail.is_some()));
            assert!(decision.detail.as_ref().is_some_and(|detail| !detail.customers.is_empty()));
            let json = serde_json::to_string(&decision).unwrap();
            let back: Decision = serde_json::from_str(&json).unwrap();
            assert_eq!(decision, back, "{}", decision.date);
            assert_eq!(json, serde_json::to_string(&back).unwrap());
            seen += 1;
        }
    }
    assert_eq!(seen, 9);
}

#[test]
fn a_ratio_of_any_two_volumes_survives_serde() {
    let case = open(Path::new(BASE));
    let (mut day, _) = Day::on(&case.city, *case.city.supply.keys().next().unwrap()).unwrap();
    let prepared = Prepared::new(&case.policies, &case.city, options(Solver::Exact)).unwrap();
    let gate = case.city.sources.iter().position(|s| &*s.id == "North gate").unwrap();
    for volume in (0..70_000).step_by(97) {
        day.supply[gate] = Some(M3(volume));
        let decision = prepared.decide(&day).unwrap();
        let back: Decision = serde_json::from_str(&serde_json::to_string(&decision).unwrap()).unwrap();
        assert_eq!(decision.balance, back.balance);
    }
}

/// The rows of a table without quotation marks, each by heading.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(Path::new(BASE).join(table)).unwrap();
    let mut lines = text.lines();
    let headings: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| headings.iter().zip(line.split(',')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect();
    lines.map(row).collect()
}

/// The base case through the builder, row by row.
fn built(case: &Case) -> City {
    let m3 = |text: &String| M3(text.parse().unwrap());
    let some = |text: &String| (!text.is_empty()).then(|| M3(text.parse().unwrap()));
    let count = |text: &String| if text.is_empty() { 0 } else { text.parse().unwrap() };
    let named = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    // Rows borrow their words; a test may leak a few.
    let rows = |table| -> &'static [BTreeMap<String, String>] { rows(table).leak() };
    let mut city = City::builder(Settings { name: "Bad".into(), policy: "xian-2025".into(), ..Settings::default() });
    for row in rows("districts.csv") {
        let linepack =
            ["linepack_m3", "linepack_min_m3", "linepack_max_m3", "linepack_draw_m3"].map(|key| some(&row[key]));
        let [linepack, linepack_min, linepack_max, linepack_draw] = linepack;
        city.add_district(DistrictRow {
            id: &row["district"],
            name: &row["name"],
            urban: row["urban"] == "true",
            policy: named(&row["policy"]),
            linepack,
            linepack_min,
            linepack_max,
            linepack_draw,
        });
    }
    for row in rows("customers.csv") {
        city.add_customer(CustomerRow {
            id: &row["customer_id"],
            name: &row["name"],
            district: &row["district"],
            company: &row["company"],
            class: &row["class"],
            demand: m3(&row["demand_m3"]),
            floor: m3(&row["floor_m3"]),
            boiler_t_h: row["boiler_t_h"].parse().ok(),
            backup: match row["backup"].as_str() {
                "oil" => Backup::Oil,
                "electric" => Backup::Electric,
                _ => Backup::None,
            },
            profile: &row["profile"],
            contract: if row["contract"] == "firm" { Contract::Firm } else { Contract::Interruptible },
            annual: some(&row["annual_m3"]),
            tags: &row["tags"],
            site: &row["site"],
            households: count(&row["households"]),
            heated_m2: count(&row["heated_m2"]),
            contact: &row["contact"],
        });
    }
    for row in rows("supply.csv") {
        city.add_supply(SupplyRow {
            date: row["date"].parse().unwrap(),
            source: &row["source"],
            volume: m3(&row["volume_m3"]),
            max_h: some(&row["max_m3_h"]),
            company: named(&row["company"]),
            area: named(&row["area"]),
        });
    }
    for row in rows("demand.csv") {
        city.add_demand(DemandRow {
            date: row["date"].parse().unwrap(),
            customer: named(&row["customer_id"]),
            district: named(&row["district"]),
            company: named(&row["company"]),
            class: named(&row["class"]),
            volume: m3(&row["demand_m3"]),
        });
    }
    for row in rows("links.csv") {
        let (capacity, capacity_h) = (m3(&row["capacity_m3"]), some(&row["capacity_m3_h"]));
        city.add_link(LinkRow { from: &row["from"], to: &row["to"], capacity, capacity_h });
    }
    for row in rows("profiles.csv") {
        let (hour, share) = (row["hour"].parse().unwrap(), row["share"].parse().unwrap());
        city.add_profile(ProfileRow { profile: &row["profile"], hour, share });
    }
    city.build(&case.policies).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn the_builder_decides_as_the_files_do() {
    let case = open(Path::new(BASE));
    let city = built(&case);
    let solver = options(Solver::Confirmed);
    // Only where the figures come from may differ: a file, or a program's memory.
    let unsourced = |decision: Decision| {
        let json = serde_json::to_string_pretty(&decision).unwrap();
        ["demand", "customers"].iter().fold(json, |json, table| json.replace(&format!("{table}.csv"), table))
    };
    let from_files: Vec<_> = decisions(&case, &case.city, solver).into_iter().map(unsourced).collect();
    let from_memory: Vec<_> = decisions(&case, &city, solver).into_iter().map(unsourced).collect();
    assert_eq!(from_files.len(), 2);
    assert_eq!(from_files, from_memory);
    assert!(from_files.iter().all(|json| json.contains("\"beyond_authority\"") && json.contains("rotate-blocks")));
}

#[test]
fn one_city_made_ready_decides_many_days_from_two_threads() {
    let case = open(Path::new(XIAN));
    let fresh = decisions(&case, &case.city, options(Solver::Exact));
    let prepared = Prepared::new(&case.policies, &case.city, options(Solver::Exact)).unwrap();
    let dates: Vec<Date> = case.city.supply.keys().copied().collect();
    let decide = |date: &Date| prepared.decide(&Day::on(&case.city, *date).unwrap().0).unwrap();
    let (forwards, backwards) = std::thread::scope(|threads| {
        let forwards = threads.spawn(|| dates.iter().map(decide).collect::<Vec<_>>());
        let backwards = threads.spawn(|| dates.iter().rev().map(decide).collect::<Vec<_>>());
        (forwards.join().unwrap(), backwards.join().unwrap())
    });
    assert_eq!(fresh.len(), 7);
    assert_eq!(forwards, fresh);
    assert_eq!(backwards.into_iter().rev().collect::<Vec<_>>(), fresh);
}

#[test]
fn leaving_customers_out_changes_no_sum() {
    let case = open(Path::new(XIAN));
    let with = options(Solver::Exact);
    let mut without = with;
    without.without_customers = true;
    let stripped = |mut decision: Decision| {
        decision.detail = None;
        decision.evidence = None;
        for area in &mut decision.areas {
            area.detail = None;
            area.evidence = None;
        }
        decision
    };
    let with: Vec<_> = decisions(&case, &case.city, with).into_iter().map(stripped).collect();
    assert_eq!(with, decisions(&case, &case.city, without));
}

/// Copies a case folder with the rows of these tables in another order.
fn shuffled(from: &Path, to: &Path, tables: &[&str], seed: u64) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let name = entry.file_name().into_string().unwrap();
        if !tables.contains(&name.as_str()) {
            fs::copy(entry.path(), to.join(name)).unwrap();
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        // Fisher and Yates, below the heading, by a linear congruence.
        let mut state = seed;
        for at in (2..lines.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            lines.swap(at, 1 + (state >> 33) as usize % at);
        }
        assert!(lines.len() < 10 || lines.join("\n") != text.trim_end(), "{name} is not shuffled");
        fs::write(to.join(name), lines.join("\n") + "\n").unwrap();
    }
}

#[test]
fn rows_come_in_any_order() {
    let tables = ["customers.csv", "supply.csv", "links.csv", "demand.csv", "profiles.csv"];
    let apart = [("case.toml", "pooling = true", "pooling = false"), ("supply.csv", ",,,HY", ",,Chunda,HY")];
    for (folder, changes, solver, seeds) in [
        (BASE, &[][..], Solver::Confirmed, 4),
        // Companies that share a network: the linear program decides.
        (BASE, &apart[..], Solver::Confirmed, 4),
        (XIAN, &[][..], Solver::Exact, 2),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let mut json = Vec::new();
        for seed in 0..=seeds {
            let tables = if seed == 0 { &[][..] } else { &tables[..] };
            shuffled(Path::new(folder), dir.path(), tables, seed);
            for (file, old, new) in changes {
                let text = fs::read_to_string(dir.path().join(file)).unwrap();
                assert!(text.contains(old), "{file} no longer says `{old}`");
                fs::write(dir.path().join(file), text.replace(old, new)).unwrap();
            }
            let case = open(dir.path());
            assert_eq!(case.city.settings.pooling, changes.is_empty());
            json.push(serde_json::to_vec(&decisions(&case, &case.city, options(solver))).unwrap());
        }
        assert!(json.iter().all(|bytes| *bytes == json[0]), "{folder}, {changes:?}");
    }
}

/// Two ways to the same answer, on a city of true scale: every customer's volume on every day of the example's week.
#[cfg(feature = "lp")]
#[test]
fn the_week_of_the_example_is_the_same_by_both_computations() {
    let case = open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian")));
    let exact = decisions(&case, &case.city, options(Solver::Exact));
    let lp = decisions(&case, &case.city, options(Solver::Lp));
    assert_eq!(exact.len(), 7);
    assert!(exact == lp, "the linear program shares the week otherwise");
    let levels: Vec<_> = exact.iter().map(|day| day.level.as_ref().map_or("none", |level| &level.id)).collect();
    assert_eq!(levels, ["none", "IV", "III", "II", "I", "I", "II"]);
}
