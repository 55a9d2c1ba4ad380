//! Days decided hour by hour, worked by hand from section 5, "Hours", of the decision model; each with its arithmetic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use curtail::city::{City, CityBuilder, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
use curtail::decide::{CustomerHours, Day, Decision, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, Decimal, M3, Milli};

#[path = "hours/along.rs"]
mod along;
#[cfg(feature = "lp")]
#[path = "hours/companies.rs"]
mod companies;
#[path = "hours/explain.rs"]
mod explain;
#[path = "hours/proofs.rs"]
mod proofs;
#[path = "hours/random.rs"]
mod random;

fn date() -> Date {
    "2026-01-07".parse().unwrap()
}

/// A city by the hour whose gas day begins at 08:00.
fn city() -> CityBuilder {
    let mut rows = City::builder(Settings { hourly: true, ..Settings::default() });
    // A tenth of the day at 18:00 and at 19:00 each, an equal part of the rest in the other 22 hours.
    for hour in 0..24 {
        let share = if (18..20).contains(&hour) { "0.10" } else { "0.036363636363636364" };
        rows.add_profile(ProfileRow { profile: "evening", hour, share: share.parse().unwrap() });
    }
    rows
}

fn district(id: &str) -> DistrictRow<'_> {
    DistrictRow { id, urban: true, ..DistrictRow::default() }
}

fn customer<'a>(id: &'a str, class: &'a str, demand: u64) -> CustomerRow<'a> {
    CustomerRow { id, district: "a", company: "gas", class, demand: M3(demand), ..CustomerRow::default() }
}

fn supply(source: &str, volume: u64, max_h: Option<u64>) -> SupplyRow<'_> {
    SupplyRow { date: date(), source, volume: M3(volume), max_h: max_h.map(M3), company: None, area: None }
}

fn decide_under(policy: Policy, rows: CityBuilder, change: impl FnOnce(&mut Day)) -> Decision {
    let policies = Policies::of(policy);
    let (city, _) = rows.build(&policies).unwrap_or_else(|problems| panic!("{problems}"));
    let (mut day, _) = Day::on(&city, date()).unwrap_or_else(|problems| panic!("{problems}"));
    change(&mut day);
    let prepared = Prepared::new(&policies, &city, Options::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let decision = prepared.decide(&day).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(decision.confirmed, "{:?}", decision.warnings);
    proofs::it_holds(&policies, &city, &day, &decision);
    decision
}

fn decide(rows: CityBuilder) -> Decision {
    decide_under(Policy::builtin("xian-2025").unwrap(), rows, |_| {})
}

fn hour(decision: &Decision, clock: u8) -> usize {
    decision.hours.as_ref().unwrap().clock.iter().position(|hour| *hour == clock).unwrap()
}

fn served(decision: &Decision, clock: u8) -> String {
    decision.hours.as_ref().unwrap().served_m3[hour(decision, clock)].to_string()
}

fn cut_of(decision: &Decision, id: &str) -> u64 {
    let customers = &decision.detail.as_ref().unwrap().customers;
    customers.iter().find(|customer| &*customer.customer_id == id).unwrap().cut_m3().get()
}

/// A customer that is cut, by the hour.
fn hours_of<'a>(decision: &'a Decision, id: &str) -> &'a CustomerHours {
    let detail = decision.detail.as_ref().unwrap();
    let named = |hours: &&CustomerHours| &*detail.customers[hours.customer as usize].customer_id == id;
    detail.hours.iter().find(named).unwrap()
}

fn level(decision: &Decision) -> &str {
    decision.level.as_ref().map_or("none", |level| &level.id)
}

#[test]
fn a_day_that_balances_can_fail_in_the_evening() {
    // 2,400 m3 asked and given, but 240 m3 an hour asked at 18:00 and 19:00 where 150 can come: 180 m3 short, 7.5 %.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(CustomerRow { profile: "evening", ..customer("works", "industry", 2_400) });
    rows.add_supply(supply("gate", 2_400, Some(150)));
    let decision = decide(rows);
    assert_eq!((decision.balance.deliverable_m3, level(&decision)), (M3(2_220), "III"));
    assert_eq!(cut_of(&decision, "works"), 180);
    assert_eq!((served(&decision, 18), served(&decision, 20)), ("150.000".into(), "87.273".into()));
}

#[test]
fn linepack_carries_the_peak() {
    // The pipes hold the 180 m3 that the evening lacks, and are filled again before the day ends: of the 150 m3 that come in an
    // hour 62.7 are over in each of the other hours.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(200)), ..district("a") });
    rows.add_customer(CustomerRow { profile: "evening", ..customer("works", "industry", 2_400) });
    rows.add_supply(supply("gate", 2_400, Some(150)));
    let decision = decide(rows);
    assert_eq!((decision.balance.shortfall_m3, level(&decision)), (M3(0), "none"));
    let district = &decision.hours.as_ref().unwrap().by_district[0];
    let at = |clock| district.linepack_m3[hour(&decision, clock)];
    assert_eq!((at(17), at(18), at(19)), (Milli(200_000), Milli(110_000), Milli(20_000)));
    // What was taken is put back as soon as there is gas.
    assert_eq!((at(20), at(21), at(22), at(7)), (Milli(82_727), Milli(145_455), Milli(200_000), Milli(200_000)));
}

#[test]
fn gas_is_kept_for_the_evening_no_sooner_than_it_must_be() {
    // The pipes hold 100 m3 and may hold 300; 140 m3 come in an hour, 87.27 are asked for, and 240 twice: 200 m3 lack in the evening.
    // So 100 m3 more are kept in the last hours before it, 52.73 in each.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(100)), linepack_max: Some(M3(300)), ..district("a") });
    rows.add_customer(CustomerRow { profile: "evening", ..customer("works", "industry", 2_400) });
    rows.add_supply(supply("gate", 3_000, Some(140)));
    let decision = decide(rows);
    assert_eq!(decision.balance.shortfall_m3, M3(0));
    let district = &decision.hours.as_ref().unwrap().by_district[0];
    let at = |clock| district.linepack_m3[hour(&decision, clock)].to_string();
    assert_eq!([8, 15, 16, 17].map(at), ["100.000", "100.000", "147.273", "200.000"]);
    assert_eq!([18, 19, 20, 21, 22].map(at), ["100.000", "0.000", "52.727", "100.000", "100.000"]);
}

#[test]
fn pipes_that_hold_more_than_they_may_end_with_as_much_as_they_can() {
    // Reading a case refuses such pipes, and all others can end as they must, since nobody's demand is forced on them: to keep what
    // they hold is always possible. A program that changes a city may say so all the same.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(500)), ..district("a") });
    rows.add_customer(customer("works", "industry", 2_400));
    rows.add_supply(supply("gate", 2_400, Some(100)));
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let (mut city, _) = rows.build(&policies).unwrap();
    city.districts[0].linepack_max = Some(M3(470));
    let day = Day::on(&city, date()).unwrap().0;
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    let hours = decision.hours.as_ref().unwrap();
    assert_eq!((hours.linepack_missing_m3, hours.by_district[0].linepack_m3[23]), (Milli(30_000), Milli(470_000)));
    assert!(decision.confirmed && decision.is_beyond_authority());
    assert!(decision.warnings.iter().any(|warning| warning.code == "linepack_missing"));
    // What does not fit in is used first.
    assert_eq!((hours.given_m3[0], hours.given_m3[1]), (Milli(70_000), Milli(100_000)));
}

#[test]
fn linepack_of_ninety_carries_half_the_peak() {
    // 90 m3 above the least of 10: the evening still lacks 90 of 2,400 m3, 3.75 %.
    let mut rows = city();
    let pipes = DistrictRow { linepack: Some(M3(100)), linepack_min: Some(M3(10)), ..district("a") };
    rows.add_district(pipes);
    rows.add_customer(CustomerRow { profile: "evening", ..customer("works", "industry", 2_400) });
    rows.add_supply(supply("gate", 2_400, Some(150)));
    let decision = decide(rows);
    assert_eq!((decision.balance.shortfall_m3, level(&decision)), (M3(90), "IV"));
    let district = &decision.hours.as_ref().unwrap().by_district[0];
    assert_eq!(district.linepack_m3[hour(&decision, 19)], Milli(10_000));
}

#[test]
fn what_may_be_missing_at_the_end_of_the_day_is_gas_of_the_day() {
    // 2,300 m3 come, and 100 m3 may be taken from the pipes for good: nothing is short. With 60 m3, 40 are.
    for (draw, short) in [(100, 0), (60, 40)] {
        let mut rows = city();
        let pipes = DistrictRow { linepack: Some(M3(500)), linepack_draw: Some(M3(draw)), ..district("a") };
        rows.add_district(pipes);
        rows.add_customer(customer("works", "industry", 2_400));
        rows.add_supply(supply("gate", 2_300, None));
        let decision = decide(rows);
        assert_eq!(decision.balance.shortfall_m3, M3(short));
        let district = &decision.hours.as_ref().unwrap().by_district[0];
        assert_eq!(district.linepack_m3[23], Milli((500 - draw) * 1_000));
    }
}

#[test]
fn a_link_carries_a_24th_of_its_day_in_an_hour() {
    // 2,400 m3 a day over the link are 100 an hour: the flat 2,400 pass, an evening peak of 240 twice does not (280 short).
    for (profile, deliverable) in [("", 2_400), ("evening", 2_120)] {
        let mut rows = city();
        rows.add_district(district("a"));
        rows.add_customer(CustomerRow { profile, ..customer("works", "industry", 2_400) });
        rows.add_supply(supply("gate", 9_000, None));
        rows.add_link(LinkRow { from: "gate", to: "a", capacity: M3(2_400), capacity_h: None });
        assert_eq!(decide(rows).balance.deliverable_m3, M3(deliverable));
    }
    // Its own hourly figure binds instead, and the daily one does not: 24 x 110 m3.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(customer("works", "industry", 2_640));
    rows.add_supply(supply("gate", 9_000, None));
    rows.add_link(LinkRow { from: "gate", to: "a", capacity: M3(2_400), capacity_h: Some(M3(110)) });
    assert_eq!(decide(rows).balance.deliverable_m3, M3(2_640));
}

#[test]
fn the_stop_takes_its_hours_and_nothing_else_of_the_day() {
    // 10,000 m3, 600 short (6 %): level III. The boiler of 10 t/h is off 17:00-20:00: floor(2,400 x 3/24) = 300 m3 withheld.
    // The other 300 are cut from the works, which stay above their floor.
    let mut rows = city();
    rows.add_district(district("a"));
    let boiler =
        CustomerRow { boiler_t_h: Some("10".parse().unwrap()), ..customer("boiler", "boiler_community", 2_400) };
    rows.add_customer(boiler);
    rows.add_customer(customer("works", "industry", 2_400));
    rows.add_customer(customer("homes", "residential", 5_200));
    rows.add_supply(supply("gate", 9_400, None));
    let decision = decide(rows);
    assert_eq!((level(&decision), cut_of(&decision, "boiler"), cut_of(&decision, "works")), ("III", 300, 300));
    let boilers = &decision.hours.as_ref().unwrap().by_class;
    let boilers = boilers.iter().find(|class| class.class == "boiler_community").unwrap();
    let at = |clock| boilers.served_m3[hour(&decision, clock)].to_string();
    assert_eq!((at(16), at(17), at(19), at(20)), ("100.000".into(), "0.000".into(), "0.000".into(), "100.000".into()));
}

#[test]
fn a_floor_holds_against_the_stop_by_the_hour_too() {
    // A floor of 2,250 m3 spares 150 m3: half of each of the three hours.
    let mut rows = city();
    rows.add_district(district("a"));
    let boiler = customer("boiler", "boiler_community", 2_400);
    rows.add_customer(CustomerRow { boiler_t_h: Some("10".parse().unwrap()), floor: M3(2_250), ..boiler });
    rows.add_customer(customer("works", "industry", 7_600));
    rows.add_supply(supply("gate", 9_400, None));
    let decision = decide(rows);
    assert_eq!((level(&decision), cut_of(&decision, "boiler"), cut_of(&decision, "works")), ("III", 150, 450));
    let boilers = &decision.hours.as_ref().unwrap().by_class;
    let boilers = boilers.iter().find(|class| class.class == "boiler_community").unwrap();
    assert_eq!(boilers.served_m3[hour(&decision, 18)].to_string(), "50.000");
}

/// The plan of the city with its stop as needed.
fn as_needed() -> Policy {
    let text = Policy::builtin_text("xian-2025").unwrap();
    let stop = "cut = \"stop\"\n";
    assert!(text.contains(stop));
    let text = text.replacen(stop, "cut = \"stop\"\nmode = \"as_needed\"\n", 1);
    Policy::parse(&text, &Origin::file("plan.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn a_stop_as_needed_gives_only_what_is_short_in_its_hours() {
    // The evening lacks 90 m3 in each of its two hours: 240 + 100 asked, 250 come. Of 4,800 m3 180 are short, 3.75 %: level IV
    // has no stop, so 7 % of them are asked for: 168 m3 an hour from 18:00 to 20:00 short of 4,800, level III.
    let mut rows = city();
    rows.add_district(district("a"));
    let boiler =
        CustomerRow { boiler_t_h: Some("10".parse().unwrap()), ..customer("boiler", "boiler_community", 2_400) };
    rows.add_customer(boiler);
    rows.add_customer(CustomerRow { profile: "evening", ..customer("homes", "residential", 2_400) });
    rows.add_supply(supply("gate", 4_800, Some(200)));
    // 340 asked at 18:00 and at 19:00, 200 come: 280 m3 short, 5.83 %.
    let decision = decide_under(as_needed(), rows, |_| {});
    assert_eq!((level(&decision), decision.balance.shortfall_m3), ("III", M3(280)));
    // At III a limit of 30 % authorises 30 m3 in each hour first; the stop what is left of its hours, 70 m3. So 100 m3 in each of
    // the two hours are the boiler's, and 40 m3 an hour of homes are beyond authority.
    assert_eq!((cut_of(&decision, "boiler"), cut_of(&decision, "homes")), (200, 80));
    let ranks = &decision.by_rank;
    let stop = ranks.iter().find(|rank| rank.measure.as_deref() == Some("peak-stop")).unwrap();
    // 70 m3 in each of three hours, of which two are needed.
    assert_eq!((stop.size_m3, stop.served_m3), (M3(210), M3(70)));
    let limit = ranks.iter().find(|rank| rank.measure.as_deref() == Some("limit-community-boilers")).unwrap();
    assert_eq!((limit.size_m3, limit.served_m3), (M3(720), M3(660)));
    assert_eq!(decision.totals.beyond_authority_m3, M3(80));
    assert_eq!(decision.totals.withheld_m3, M3(0));
    // It is off when gas is short, and not at 17:00.
    let boiler = hours_of(&decision, "boiler");
    let at = |clock| (boiler.demand_m3[hour(&decision, clock)].0, boiler.served_m3[hour(&decision, clock)].0);
    assert_eq!([17, 18, 19, 20].map(at), [(100_000, 100_000), (100_000, 0), (100_000, 0), (100_000, 100_000)]);
    assert_eq!(boiler.off, Some((18, 20)));
    assert_eq!(hours_of(&decision, "homes").off, None);
    let reasons = &decision.detail.as_ref().unwrap().reasons;
    assert!(reasons.iter().all(|reason| reason.off.is_none()));
}

#[test]
fn what_comes_back_after_a_stop_is_refused_where_the_stop_is_as_needed() {
    let text = Policy::builtin_text("xian-2025").unwrap();
    let text = text.replacen("rebound = 0\n", "mode = \"as_needed\"\nrebound = 0.2\n", 1);
    let problems = Policy::parse(&text, &Origin::file("plan.toml"), &[]).unwrap_err();
    assert!(problems.to_string().contains("stops customers as needed"), "{problems}");
}

#[test]
fn two_districts_lose_the_same_share_in_the_hour_that_is_short() {
    // At 18:00 the districts ask for 100 and 300 m3 where 200 come: half of each.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_district(district("b"));
    rows.add_customer(CustomerRow { profile: "evening", ..customer("small", "industry", 1_000) });
    rows.add_customer(CustomerRow { profile: "evening", district: "b", ..customer("large", "industry", 3_000) });
    rows.add_supply(supply("gate", 4_000, Some(200)));
    let decision = decide(rows);
    // 200 m3 short in each of two hours: 400 of 4,000.
    assert_eq!((level(&decision), cut_of(&decision, "small"), cut_of(&decision, "large")), ("II", 100, 300));
    let by_district = &decision.hours.as_ref().unwrap().by_district;
    let at = |district: usize| by_district[district].served_m3[hour(&decision, 18)].to_string();
    assert_eq!((at(0), at(1)), ("50.000".into(), "150.000".into()));
    // And so in what each is told.
    let at = |id| hours_of(&decision, id).served_m3[hour(&decision, 19)];
    assert_eq!((at("small"), at("large")), (Milli(50_000), Milli(150_000)));
}

#[test]
fn who_uses_gas_in_the_short_hour_loses_more_of_it() {
    // Two works of 1,200 m3, one flat, one in the evening: 50 + 120 asked at 18:00 where 85 come, half of each in that hour.
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_customer(customer("flat", "industry", 1_200));
    rows.add_customer(CustomerRow { profile: "evening", ..customer("peaky", "industry", 1_200) });
    rows.add_supply(supply("gate", 9_999, Some(93)));
    // 93.64 m3 an hour are asked for in the others: 93 come, so 0.636 m3 are short in each of 22 hours: 14; and 77 in two: 154.
    let decision = decide(rows);
    assert_eq!(decision.balance.shortfall_m3, M3(168));
    // 77 of 170 at 18:00 and at 19:00: 22.65 and 54.35 m3 an hour; 14/22 of 50 and 43.64 elsewhere: 0.340 and 0.297 an hour.
    // The flat one loses 45.29 + 7.47 = 52.77, the other 108.71 + 6.53 = 115.23.
    assert_eq!((cut_of(&decision, "flat"), cut_of(&decision, "peaky")), (53, 115));
}

#[test]
fn an_area_is_short_by_its_hours() {
    // b asks for 240 m3 at 18:00 and at 19:00 where its link carries 90 an hour: 300 of its 2,400 m3 are missing there, and nothing
    // of a's 9,600: 2.5 % of the whole. And with 60 m3 an hour 360, and 27.27 in each of the other 22 hours: 960, 40 % of b and 8 % of
    // the whole: level II for b alone, where the whole calls for III.
    for (link_h, short, level_is) in [(90, 300, "IV"), (60, 960, "II")] {
        let mut rows = city();
        rows.add_district(district("a"));
        rows.add_district(district("b"));
        rows.add_customer(customer("homes", "residential", 9_600));
        rows.add_customer(CustomerRow {
            profile: "evening",
            district: "b",
            ..customer("b-homes", "residential", 2_400)
        });
        rows.add_supply(supply("gate", 12_000, None));
        rows.add_link(LinkRow { from: "gate", to: "a", capacity: M3(9_600), capacity_h: None });
        rows.add_link(LinkRow { from: "gate", to: "b", capacity: M3(2_400), capacity_h: Some(M3(link_h)) });
        let decision = decide_under(Policy::builtin("cn-shanxi-2021").unwrap(), rows, |_| {});
        assert_eq!((decision.balance.shortfall_m3, level(&decision)), (M3(short), level_is));
    }
}

#[test]
fn a_day_of_23_or_25_hours_is_a_day() {
    // Flat 2,400 m3 over 23 hours are 104.348 an hour, over 25 hours 96: 100 an hour leave 100 short, and none.
    for (hours, short) in [(23, 100), (24, 0), (25, 0)] {
        let mut rows = city();
        rows.add_district(district("a"));
        rows.add_customer(customer("works", "industry", 2_400));
        rows.add_supply(supply("gate", 2_400, Some(100)));
        let clock = (0..hours).map(|hour| (8 + hour) % 24).collect();
        let decision = decide_under(Policy::builtin("xian-2025").unwrap(), rows, |day| day.hours = clock);
        assert_eq!(decision.balance.shortfall_m3, M3(short), "{hours} hours");
        assert_eq!(decision.hours.unwrap().clock.len(), usize::from(hours));
    }
}

#[test]
fn what_is_used_of_the_pipes_comes_from_the_pipes() {
    // Nothing is short and no source limited: the pipes stay as they are, and what flows in is what is served.
    let mut rows = city();
    rows.add_district(DistrictRow { linepack: Some(M3(700)), linepack_max: Some(M3(900)), ..district("a") });
    rows.add_customer(customer("works", "industry", 2_400));
    rows.add_supply(supply("gate", 5_000, None));
    let decision = decide(rows);
    let hours = decision.hours.as_ref().unwrap();
    for h in 0..24 {
        let before = if h == 0 { Milli(700_000) } else { hours.by_district[0].linepack_m3[h - 1] };
        let left = before.0 + hours.given_m3[h].0 - hours.served_m3[h].0;
        assert_eq!(left, hours.by_district[0].linepack_m3[h].0, "hour {h}");
    }
    assert_eq!(hours.by_district[0].linepack_m3[23], Milli(700_000));
}

#[test]
fn company_pools_are_decided_by_the_hour() {
    // Each company's evening lacks what its own source lacks: 240 asked, 150 and 240 come.
    let mut rows = City::builder(Settings { hourly: true, pooling: false, ..Settings::default() });
    for hour in 0..24 {
        let share = if (18..20).contains(&hour) { "0.10" } else { "0.036363636363636364" };
        rows.add_profile(ProfileRow { profile: "evening", hour, share: share.parse::<Decimal>().unwrap() });
    }
    rows.add_district(district("a"));
    for company in ["one", "two"] {
        rows.add_customer(CustomerRow { company, profile: "evening", ..customer(company, "industry", 2_400) });
    }
    rows.add_supply(SupplyRow { company: Some("one"), ..supply("one-gate", 2_400, Some(150)) });
    rows.add_supply(SupplyRow { company: Some("two"), ..supply("two-gate", 2_400, Some(240)) });
    let decision = decide(rows);
    assert_eq!((cut_of(&decision, "one"), cut_of(&decision, "two")), (180, 0));
}

#[test]
fn a_valve_that_is_shut_in_lanzhou() {
    // 30 January 2018: about 9,600,000 m3 a day, 400,000 an hour, and about 216,000 m3 of linepack a MPa. From 3.4 down to 1.7 MPa it
    // takes (3.4 - 1.7) x 216,000 / 400,000 = 0.918 hours: the 55 minutes that were published. From there to 0.4 MPa 0.702 more.
    let mpa = |tenths: u64| Some(M3(tenths * 21_600));
    for (from, to, hours) in [(34, 17, 918), (17, 4, 702)] {
        let mut rows = city();
        rows.add_district(DistrictRow { linepack: mpa(from), linepack_min: mpa(to), ..district("a") });
        rows.add_customer(customer("city", "residential", 9_600_000));
        rows.add_supply(supply("valve", 0, None));
        let shut = decide(rows);
        assert_eq!(shut.hours.unwrap().by_district[0].hours_to_minimum, Some(Milli(hours)));
    }
}

#[test]
fn an_evening_draws_the_pipes_down_and_a_flat_day_does_not() {
    // A 24th of 2,400 m3 comes in each hour, 87.27 m3 are asked for, and 240 at 18:00 and 19:00: 140 m3 drawn in each. 210 m3 above the
    // least last until half of the second: 10 hours after 08:00, and 1.5.
    for (profile, until) in [("evening", Some(Milli(11_500))), ("", None)] {
        let mut rows = city();
        let (start, least) = (Some(M3(300)), Some(M3(90)));
        rows.add_district(DistrictRow { linepack: start, linepack_min: least, ..district("a") });
        rows.add_customer(CustomerRow { profile, ..customer("works", "industry", 2_400) });
        rows.add_supply(supply("gate", 2_400, None));
        assert_eq!(decide(rows).hours.unwrap().by_district[0].hours_to_minimum, until);
    }
}
