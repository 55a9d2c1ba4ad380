//! The synthetic Xi'an-like case is what its generator writes, and what its README says of it.

#[path = "../examples/xian/generate/mod.rs"]
mod generate;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use curtail::city::read::{Case, CaseOptions, read_weather};
use curtail::city::{DayBasis, DayKind};
use curtail::forecast::Weather;
use curtail::units::{Date, Weekday};
use generate::classes::{CLASSES, Follows};
use generate::customers::{Customer, all};
use generate::districts::DISTRICTS;
use generate::network::{PROFILES, SOUTHERN_LINE};
use generate::week::{DAYS, SOURCES, forecast};

/// Each day's demand of the main urban area, what its sources give, and what of it can arrive, in m3.
const BALANCES: [(u64, u64, u64); 7] = [
    (15_562_376, 15_750_000, 15_562_376),
    (16_505_643, 15_950_000, 15_950_000),
    (17_742_905, 16_500_000, 16_500_000),
    (19_200_000, 17_680_000, 17_280_000),
    (18_779_413, 14_750_000, 14_750_000),
    (18_124_552, 13_340_000, 13_340_000),
    (17_054_297, 14_830_000, 14_830_000),
];

fn urban(customer: &Customer) -> bool {
    DISTRICTS[customer.district].urban
}

/// Demand at design cold of the classes, in m3/d.
fn demand(customers: &[Customer], classes: &[&str]) -> u64 {
    customers.iter().filter(|c| classes.contains(&CLASSES[c.class].id)).map(|c| c.demand).sum()
}

#[test]
fn the_committed_files_are_what_the_generator_writes() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/xian");
    for (name, text) in generate::files() {
        let committed = std::fs::read(folder.join(name))?;
        assert!(committed == text.as_bytes(), "{name} differs: cargo run --example generate-xian -- examples/xian");
    }
    Ok(())
}

#[test]
fn twenty_million_a_day_in_the_shares_of_the_reference() {
    let customers = all();
    assert_eq!(customers.len(), 5_000);
    assert_eq!(customers.iter().map(|c| c.demand).sum::<u64>(), 20_000_000);
    assert_eq!(customers.iter().filter(|c| urban(c)).map(|c| c.demand).sum::<u64>(), 19_200_000);
    let commerce = [
        "hospital",
        "kindergarten",
        "nursing_home",
        "welfare_home",
        "school",
        "government",
        "canteen",
        "airport",
        "railway_station",
        "coach_station",
        "hotel",
        "public_service",
        "military",
        "boiler_public_service",
        "commercial",
    ];
    let vehicles = ["bus", "taxi", "passenger_vehicle", "sanitation_vehicle", "freight_vehicle"];
    for (per_cent, classes) in [
        (8, &["residential"][..]),
        (22, &["residential_heating"]),
        (22, &["boiler_central"]),
        (18, &["boiler_community"]),
        (10, &["chp", "distributed_energy"]),
        (9, &["industry", "national_project"]),
        (8, &commerce),
        (3, &vehicles),
    ] {
        assert_eq!(demand(&customers, classes), per_cent * 200_000, "{classes:?}");
    }
    for class in &CLASSES {
        assert_eq!(demand(&customers, &[class.id]), class.demand.0 + class.demand.1, "{}", class.id);
    }
}

#[test]
fn boilers_are_of_the_sizes_told_and_none_burns_more_than_it_can() {
    let customers = all();
    let sizes =
        |id: &str| -> Vec<u64> { customers.iter().filter(|c| CLASSES[c.class].id == id).map(|c| c.tonnage).collect() };
    let (central, community) = (sizes("boiler_central"), sizes("boiler_community"));
    assert_eq!((central.len(), community.len()), (130, 620));
    assert_eq!((central.iter().min(), central.iter().max()), (Some(&200), Some(&2000)));
    let known: Vec<u64> = community.iter().copied().filter(|&t| t > 0).collect();
    assert_eq!((known.iter().min(), known.iter().max()), (Some(&10), Some(&800)));
    assert_eq!(community.len() - known.len(), 2, "two without a tonnage, on purpose");
    for boiler in customers.iter().filter(|c| c.tonnage > 0) {
        // 75 m3/h for each t/h at full load; tonnage is in tenths.
        let full_load = boiler.tonnage * 75 * 24 / 10;
        let per_cent = boiler.demand * 100 / full_load;
        assert!((25..=60).contains(&per_cent), "{} at {per_cent} % of full load", boiler.id);
    }
}

#[test]
fn rows_are_sound() {
    let customers = all();
    let ids: BTreeSet<&str> = customers.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), customers.len());
    assert!(customers.iter().all(|c| c.demand > 0 && c.floor <= c.demand));
    assert!(customers.iter().all(|c| DISTRICTS[c.district].companies.contains(&c.company)));
    assert!(customers.iter().any(|c| CLASSES[c.class].id == "industry" && c.floor > 0));
    assert_eq!(customers.iter().map(|c| c.company).collect::<BTreeSet<_>>().len(), 3);
    assert_eq!(DISTRICTS.iter().filter(|d| d.urban).count(), 9);
    let hospital = customers.iter().filter(|c| CLASSES[c.class].id.starts_with("boiler") && c.name.contains("医院"));
    assert_eq!(hospital.count(), 1, "one boiler whose name suggests a hospital, on purpose");
}

#[test]
fn shares_of_each_profile_add_up_to_one() {
    for (name, shares) in PROFILES {
        assert_eq!(shares.iter().sum::<u64>(), 10_000, "{name}");
    }
    let known: BTreeSet<&str> = PROFILES.iter().map(|p| p.0).collect();
    assert!(CLASSES.iter().all(|c| known.contains(c.profile)));
}

#[test]
fn the_week_passes_through_every_level() {
    let customers = all();
    let mut levels = Vec::new();
    for (day, (demand, supply, deliverable)) in BALANCES.into_iter().enumerate() {
        let date = DAYS[day].0;
        let groups = forecast(&customers, day);
        let expected: u64 = groups.iter().filter(|((d, _), _)| DISTRICTS[*d].urban).map(|(_, v)| v).sum();
        let given: u64 = SOURCES.iter().filter(|s| s.1.is_empty()).map(|s| s.3[day] * 1000).sum();
        assert_eq!((expected, given), (demand, supply), "{date}");
        // Only the line out of the southern gate ever keeps gas back.
        let southern: u64 = SOURCES.iter().filter(|s| s.0 == "south-pipeline").map(|s| s.3[day]).sum();
        let kept = southern.saturating_sub(SOUTHERN_LINE) * 1000;
        assert_eq!((given - kept).min(demand), deliverable, "{date}");
        let short = demand - deliverable;
        levels.push(match short * 100 {
            0 => "none",
            s if s < demand * 5 => "IV",
            s if s < demand * 10 => "III",
            s if s <= demand * 20 => "II",
            _ => "I",
        });
    }
    assert_eq!(levels, ["none", "IV", "III", "II", "I", "I", "II"]);
    let (demand, supply, deliverable) = BALANCES[3];
    assert_eq!((demand - deliverable) * 10, demand, "exactly 10 %, which belongs to the graver level");
    assert!((demand - supply) * 10 < demand, "by supply alone it would be level III");
    let blocks =
        |day: usize| 1 + ((BALANCES[day].0 - BALANCES[day].2) * 100 - BALANCES[day].0 * 20) / (BALANCES[day].0 * 5);
    assert_eq!((blocks(4), blocks(5)), (1, 2), "blocks that rotate");
}

#[test]
fn counties_have_a_day_of_shortage_too() {
    let customers = all();
    let mut short = BTreeMap::new();
    for day in 0..DAYS.len() {
        let groups = forecast(&customers, day);
        for (name, area, _, volumes) in SOURCES.iter().filter(|s| !s.1.is_empty()) {
            let demand: u64 = groups.iter().filter(|((d, _), _)| DISTRICTS[*d].id == *area).map(|(_, v)| v).sum();
            if volumes[day] * 1000 < demand {
                short.insert((*name, DAYS[day].0), demand - volumes[day] * 1000);
            }
        }
    }
    let expected = [(("zhouzhi-station", "2026-01-09"), 26_985), (("zhouzhi-station", "2026-01-10"), 10_768)];
    assert_eq!(short, BTreeMap::from(expected));
}

#[test]
fn the_coldest_day_is_the_standing_demand() {
    let customers = all();
    for ((_, class), volume) in forecast(&customers, 3) {
        assert!(volume > 0, "{}", CLASSES[class].id);
    }
    assert_eq!(forecast(&customers, 3).values().sum::<u64>(), 20_000_000);
    let heat = CLASSES.iter().filter(|c| c.follows == Follows::Cold(1000)).count();
    assert_eq!(heat, 4, "what follows the cold alone: wall-hung, central, community and office boilers");
}

/// The days of `holidays.csv` by name, kind and year.
type Spells<'a> = BTreeMap<(u16, &'a str, DayKind), Vec<Date>>;

#[test]
fn holidays_are_what_the_notices_of_2025_and_2026_say() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/xian");
    let (case, _) = Case::open(&folder, &CaseOptions::default()).map_err(|problems| problems.to_string())?;
    let days = &case.city.workdays;
    let mut spells = Spells::new();
    for (date, day) in days.days() {
        spells.entry((date.year(), &day.name, day.kind)).or_default().push(date);
        assert_eq!(day.basis == DayBasis::Published, date.year() < 2027, "{date}");
        assert!(!day.source.is_empty(), "{date}");
    }
    for ((year, name, kind), dates) in &spells {
        match kind {
            DayKind::Workday => assert!(dates.iter().all(|date| date.weekday().is_weekend()), "{year} {name}"),
            DayKind::Holiday => {
                assert!(dates.windows(2).all(|pair| pair[0].next() == Some(pair[1])), "{year} {name} has a gap");
            }
        }
    }
    // How many days are free and how many are worked for them, and the weekday of the first, as the notices put it.
    let count = |year, name, kind| spells.get(&(year, name, kind)).map_or(0, Vec::len);
    let first = |year, name| spells.get(&(year, name, DayKind::Holiday)).and_then(|dates| dates.first().copied());
    for (year, name, free, worked, begins, weekday) in [
        (2025, "元旦", 1, 0, "2025-01-01", Weekday::Wednesday),
        (2025, "春节", 8, 2, "2025-01-28", Weekday::Tuesday),
        (2025, "清明节", 3, 0, "2025-04-04", Weekday::Friday),
        (2025, "劳动节", 5, 1, "2025-05-01", Weekday::Thursday),
        (2025, "端午节", 3, 0, "2025-05-31", Weekday::Saturday),
        (2025, "国庆节、中秋节", 8, 2, "2025-10-01", Weekday::Wednesday),
        (2026, "元旦", 3, 1, "2026-01-01", Weekday::Thursday),
        (2026, "春节", 9, 2, "2026-02-15", Weekday::Sunday),
        (2026, "清明节", 3, 0, "2026-04-04", Weekday::Saturday),
        (2026, "劳动节", 5, 1, "2026-05-01", Weekday::Friday),
        (2026, "端午节", 3, 0, "2026-06-19", Weekday::Friday),
        (2026, "中秋节", 3, 0, "2026-09-25", Weekday::Friday),
        (2026, "国庆节", 7, 2, "2026-10-01", Weekday::Thursday),
        // The law alone: its days, and a weekday for each that falls on a weekend.
        (2027, "元旦", 1, 0, "2027-01-01", Weekday::Friday),
        (2027, "春节", 6, 0, "2027-02-05", Weekday::Friday),
        (2027, "清明节", 1, 0, "2027-04-05", Weekday::Monday),
        (2027, "劳动节", 4, 0, "2027-05-01", Weekday::Saturday),
        (2027, "端午节", 1, 0, "2027-06-09", Weekday::Wednesday),
        (2027, "中秋节", 1, 0, "2027-09-15", Weekday::Wednesday),
        (2027, "国庆节", 5, 0, "2027-10-01", Weekday::Friday),
    ] {
        assert_eq!(
            (count(year, name, DayKind::Holiday), count(year, name, DayKind::Workday)),
            (free, worked),
            "{name}"
        );
        assert_eq!(first(year, name).map(|date| (date.to_string(), date.weekday())), Some((begins.into(), weekday)));
    }
    assert_eq!(days.days().count(), 91);
    // Days that are exchanged cancel out: what remains is the law's 13 days off, none of them lost to a weekend.
    let working = |year: u16| {
        let mut date = Date::new(year, 1, 1).ok();
        let mut working = 0;
        while let Some(day) = date.filter(|date| date.year() == year) {
            working += usize::from(days.is_workday(day));
            date = day.next();
        }
        working
    };
    // 365 days less 104 of weekends, less 13.
    assert_eq!((working(2025), working(2026), working(2027)), (248, 248, 248));
    Ok(())
}

#[test]
fn forty_winters_are_as_cold_as_the_readme_says() -> Result<(), Box<dyn Error>> {
    let days = generate::winters::weather();
    assert_eq!(days.len(), 14_610);
    let mean = |month: usize| {
        let of: Vec<i64> = days.iter().filter(|(day, _)| day.month == month).map(|(_, tenths)| *tenths).collect();
        of.iter().sum::<i64>() / of.len() as i64
    };
    assert_eq!((mean(1), mean(7)), (13, 273), "1.39 and 27.39 degrees, in tenths");
    let coldest = days.iter().min_by_key(|(_, tenths)| *tenths).ok_or("no day")?;
    assert_eq!((coldest.0.year, coldest.0.month, coldest.0.day, coldest.1), (1995, 1, 31, -123));
    let design: Vec<i64> =
        days.iter().filter(|(_, t)| *t <= -80).map(|(day, _)| day.year - i64::from(day.month < 7)).collect();
    assert_eq!((design.len(), design.iter().collect::<BTreeSet<_>>().len()), (5, 3));
    let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
    for (day, tenths) in &days {
        let heated = match day.month {
            11 => day.day >= 15,
            3 => day.day <= 15,
            month => matches!(month, 12 | 1 | 2),
        };
        if heated {
            *sums.entry(day.year - i64::from(day.month < 7)).or_default() += (180 - tenths).max(0);
        }
    }
    let sums: Vec<i64> = sums.into_values().map(|tenths| (tenths + 5) / 10).collect();
    assert_eq!((sums.len(), sums.iter().min(), sums.iter().max()), (40, Some(&1439), Some(&1997)));
    Ok(())
}

#[test]
fn the_weather_of_forty_years_has_no_gap() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/xian/winters");
    let path = |name: &str| folder.join(name).display().to_string();
    let (days, problems) = read_weather(&path("weather-40y.csv")).map_err(|problems| problems.to_string())?;
    assert!(problems.is_empty(), "{problems}");
    let weather = Weather::of(&days).map_err(|problems| problems.to_string())?;
    assert_eq!((weather.from.to_string().as_str(), weather.days.len()), ("1985-07-01", 14_610));
    Ok(())
}
