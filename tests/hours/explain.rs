//! Explanations by the hour: what binds when, what a customer gets in its hours, and what more supply would do; by hand.

use curtail::city::{CityBuilder, CustomerRow, DistrictRow, LinkRow};
use curtail::decide::{Day, Options, Prepared, Probe, Solver};
use curtail::explain::{Because, Binding, Explanation, FirstTouched, HourLimit, Room, Subject};
use curtail::policy::{Policies, Policy};
use curtail::units::{M3, Milli};

use super::{city, customer, date, district, supply};

/// What is said of a customer of a town.
fn explained(rows: CityBuilder, who: &str) -> Explanation {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&city, date()).unwrap();
    let mut options = Options::default();
    options.solver = Solver::Exact;
    let prepared = Prepared::new(&policies, &city, options).unwrap();
    let decision = prepared.decide(&day).unwrap();
    let rooms = Room::all(&decision, &policies, &city);
    let probe = Probe::new(&prepared, None, &day);
    assert!(probe.is_some());
    let who = city.customer(who).unwrap() as u32;
    Explanation::of(&rooms[0], Subject::Customer(who), probe.as_ref(), &[]).unwrap()
}

/// Each limit with the hours in which it is reached.
type Limits = Vec<(HourLimit, Vec<u8>)>;

/// What binds: the hours in which gas lacks, and the limits.
fn binds(explanation: &Explanation) -> Vec<(Vec<u8>, Limits)> {
    let bound = explanation.because.iter().filter_map(|because| match because {
        Because::Bound { by: Binding::Hours { hours, limits, .. }, .. } => Some((hours, limits)),
        _ => None,
    });
    let limits = bound.map(|(hours, limits)| {
        (hours.clone(), limits.iter().map(|wall| (wall.limit.clone(), wall.hours.clone())).collect())
    });
    limits.collect()
}

fn touched(explanation: &Explanation) -> Option<FirstTouched> {
    let touched = explanation.because.iter().find_map(|because| match because {
        Because::FirstTouched(touched) => Some(*touched),
        _ => None,
    });
    touched.unwrap_or_else(|| panic!("{explanation:#?}"))
}

/// From all sources in proportion.
fn restored(explanation: &Explanation) -> Option<u64> {
    let more = explanation.because.iter().find_map(|because| match because {
        Because::Restored { source: None, more, .. } => Some(*more),
        _ => None,
    });
    more.unwrap_or_else(|| panic!("{explanation:#?}"))
}

fn works(rows: &mut CityBuilder, profile: &str, demand: u64) {
    rows.add_customer(CustomerRow { profile, ..customer("works", "industry", demand) });
}

#[test]
fn the_evening_is_short_by_a_sources_hourly_limit() {
    // 240 m3 are asked for at 18:00 and at 19:00, 150 come; 87.27 in each other hour.
    let mut rows = city();
    rows.add_district(district("a"));
    works(&mut rows, "evening", 2_400);
    rows.add_supply(supply("gate", 2_400, Some(150)));
    let works = explained(rows, "works");
    let source = HourLimit::SourceInHour { source: "gate".into(), most: Milli(150_000) };
    let own = |hour| (vec![hour], vec![(source.clone(), vec![hour])]);
    assert_eq!(binds(&works), [own(18), own(19)]);
    let hours = works.because.iter().find_map(|because| match because {
        Because::Hours(hours) => Some(hours),
        _ => None,
    });
    let hours = hours.unwrap();
    let short = hours.short();
    assert_eq!(short.iter().map(|hour| hours.clock[*hour]).collect::<Vec<_>>(), [18, 19]);
    assert_eq!((hours.demand[short[0]], hours.served[short[0]]), (Milli(240_000), Milli(150_000)));
    // However much more the day brings, the hour brings no more.
    assert_eq!(restored(&works), None);
    let ceiling = works.because.iter().find_map(|because| match because {
        Because::Ceiling(ceiling) => Some((ceiling.restored, ceiling.lacking, ceiling.walls.len())),
        _ => None,
    });
    // One wall in each of the two hours.
    assert_eq!(ceiling, Some((0, 180, 2)));
    // So it is touched even when supply is as large as demand: 180 of 2,400 m3.
    let touched = touched(&works).unwrap();
    assert_eq!((touched.supply(), touched.shortfall(), touched.exact), (2_400, 180, true));
}

#[test]
fn a_link_at_its_hourly_capacity_is_named_with_its_hours() {
    // 200 m3 an hour pass, 240 are asked for.
    let mut rows = city();
    rows.add_district(district("a"));
    works(&mut rows, "evening", 2_400);
    rows.add_supply(supply("gate", 9_000, None));
    rows.add_link(LinkRow { from: "gate", to: "a", capacity: M3(9_000), capacity_h: Some(M3(200)) });
    let link = HourLimit::Link { from: "gate".into(), to: "a".into(), most: Milli(200_000) };
    let own = |hour| (vec![hour], vec![(link.clone(), vec![hour])]);
    assert_eq!(binds(&explained(rows, "works")), [own(18), own(19)]);
}

#[test]
fn a_day_that_is_given_binds_in_every_hour() {
    let mut rows = city();
    rows.add_district(district("a"));
    works(&mut rows, "", 2_400);
    rows.add_supply(supply("gate", 2_000, None));
    let works = explained(rows, "works");
    let given = HourLimit::Source { source: "gate".into(), volume: M3(2_000) };
    let clock: Vec<u8> = (8..24).chain(0..8).collect();
    assert_eq!(binds(&works), [(clock, vec![(given, vec![])])]);
    // Exactly what lacks would restore it, and from the first cubic metre on it lacks.
    assert_eq!(restored(&works), Some(400));
    let touched = touched(&works).unwrap();
    assert_eq!((touched.supply(), touched.shortfall()), (2_399, 1));
}

#[test]
fn pipes_at_their_least_and_at_their_most_are_named() {
    // 100 m3 above the least of 10 at first and at most: full until 18:00, empty by 20:00. 150 come an hour, 240 are asked for.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(110)), linepack_min: Some(M3(10)), ..district("a") });
    works(&mut rows, "evening", 2_400);
    rows.add_supply(supply("gate", 9_000, Some(150)));
    let [(hours, limits)] = &binds(&explained(rows, "works"))[..] else { panic!("one thing binds in both hours") };
    assert_eq!(hours, &[18, 19]);
    let source = HourLimit::SourceInHour { source: "gate".into(), most: Milli(150_000) };
    let least = HourLimit::LinepackLeast { district: "a".into(), level: M3(10) };
    let most = HourLimit::LinepackMost { district: "a".into(), level: M3(110) };
    assert_eq!(limits[..], [(source, vec![18, 19]), (least, vec![20]), (most, vec![18])]);

    // Filled only to 60 m3 although 5,000 would fit: 87.27 an hour are asked for all day and 80 come, so it runs empty.
    let mut rows = city();
    let pipes = DistrictRow { linepack: Some(M3(60)), linepack_max: Some(M3(5_000)), ..district("a") };
    rows.add_district(DistrictRow { linepack_draw: Some(M3(60)), ..pipes });
    works(&mut rows, "evening", 2_400);
    rows.add_supply(supply("gate", 9_000, Some(80)));
    let bound = binds(&explained(rows, "works"));
    let limits = |clock: u8| &bound.iter().find(|(hours, _)| hours.contains(&clock)).unwrap().1;
    let least = HourLimit::LinepackLeast { district: "a".into(), level: M3(0) };
    assert!(limits(18).iter().any(|(limit, _)| *limit == least), "{bound:?}");
}

#[test]
fn what_the_pipes_must_hold_in_the_end_is_named() {
    // A flat day of 2,400 m3, of which 2,300 come; 60 m3 may be drawn, 440 must be there in the end.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(500)), linepack_draw: Some(M3(60)), ..district("a") });
    works(&mut rows, "", 2_400);
    rows.add_supply(supply("gate", 2_300, None));
    let works = explained(rows, "works");
    let all: Vec<HourLimit> =
        binds(&works).into_iter().flat_map(|(_, limits)| limits).map(|(limit, _)| limit).collect();
    assert!(all.contains(&HourLimit::LinepackEnd { district: "a".into(), level: M3(440) }), "{all:?}");
    assert!(all.contains(&HourLimit::Source { source: "gate".into(), volume: M3(2_300) }), "{all:?}");
    assert_eq!(restored(&works), Some(40));
}

#[test]
fn a_stop_is_told_with_its_hours() {
    let mut rows = city();
    rows.add_district(district("a"));
    let boiler =
        CustomerRow { boiler_t_h: Some("10".parse().unwrap()), ..customer("boiler", "boiler_community", 2_400) };
    rows.add_customer(boiler);
    works(&mut rows, "", 2_400);
    rows.add_customer(customer("homes", "residential", 5_200));
    rows.add_supply(supply("gate", 9_400, None));
    let boiler = explained(rows, "boiler");
    let hours = boiler.because.iter().find_map(|because| match because {
        Because::Hours(hours) => Some(hours),
        _ => None,
    });
    let hours = hours.unwrap();
    assert_eq!(hours.off, [("peak-stop".to_owned(), vec![17, 18, 19])]);
    assert_eq!(hours.short().iter().map(|hour| hours.clock[*hour]).collect::<Vec<_>>(), [17, 18, 19]);
    // The level alone touches it: at 5 % short of 10,000 m3.
    let touched = touched(&boiler).unwrap();
    assert_eq!((touched.shortfall(), touched.supply()), (500, 9_500));
}

#[test]
fn so_much_more_supply_restores_and_a_cubic_metre_less_does_not() {
    // Two works that want gas in other hours; the source gives at most 150 an hour: 60 + 120 are asked for at 18:00.
    let town = |volume: u64| {
        let mut rows = city();
        rows.add_district(district("a"));
        works(&mut rows, "", 1_440);
        rows.add_customer(CustomerRow { profile: "evening", ..customer("peaky", "industry", 1_200) });
        rows.add_customer(customer("homes", "residential", 300));
        rows.add_supply(supply("gate", volume, Some(200)));
        rows
    };
    let more = restored(&explained(town(2_800), "works")).unwrap();
    assert_eq!(more, 140);
    let gets = |volume| explained(town(volume), "works").served;
    assert_eq!(gets(2_800 + more), M3(1_440));
    assert!(gets(2_800 + more - 1) < M3(1_440));
}
