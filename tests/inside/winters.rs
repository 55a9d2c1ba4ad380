//! Winters of a small city, held to the decisions of their days.

use super::figures::{Count, Figure, Layout};
use super::winter::{DayOfWinter, Seasons};
use super::winters::{Draw, Winters};
use super::*;
use crate::city::{City, CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
use crate::decide::{Day, Options, Prepared, Solver};
use crate::forecast::{ClassModel, Model, Weather};
use crate::policy::{Policies, Policy};
use crate::units::{Celsius, Date, Decimal, M3};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn degrees(hundredths: i32) -> Celsius {
    Celsius::hundredths(hundredths).expect("a temperature")
}

fn policies() -> Policies {
    Policies::of(Policy::builtin("xian-2025").expect("the plan"))
}

/// Three blocks, six classes, sources `contract` and `tank`; with links the middle block's gate is narrow.
fn city(links: bool) -> City {
    by(Settings { name: "Winterton".into(), ..Settings::default() }, links)
}

fn by(settings: Settings, links: bool) -> City {
    let mut city = City::builder(settings);
    for id in ["north", "middle", "south"] {
        city.add_district(DistrictRow { id, urban: true, ..DistrictRow::default() });
        for (class, demand, floor) in [
            ("residential", 10_000, 0),
            ("residential_heating", 8_000, 0),
            ("hospital", 700, 0),
            ("industry", 9_001, 1_203),
            ("commercial", 2_500, 0),
            ("boiler_community", 6_003, 0),
        ] {
            for number in 1..=3u64 {
                let name = format!("{id}-{class}-{number}");
                city.add_customer(CustomerRow {
                    id: &name,
                    class,
                    district: id,
                    company: "gas",
                    demand: M3(demand + 7 * number),
                    floor: M3(floor),
                    boiler_t_h: (class == "boiler_community").then(|| Decimal::whole(4 * number)),
                    households: if class == "residential" || class == "boiler_community" { 900 } else { 0 },
                    ..CustomerRow::default()
                });
            }
        }
    }
    for source in ["contract", "tank"] {
        let (date, volume) = (date("2026-11-15"), M3(1));
        city.add_supply(SupplyRow { date, source, volume, max_h: None, company: None, area: None });
    }
    if links {
        for (to, capacity) in [("north", 60_000), ("middle", 33_000), ("south", 60_000)] {
            for from in ["contract", "tank"] {
                city.add_link(LinkRow { from, to, capacity: M3(capacity), capacity_h: None });
            }
        }
    }
    city.build(&policies()).expect("a city").0
}

/// Heating follows the cold, the rest does not; chance moves industry.
fn demand() -> Model {
    let class = |class: &str, base: u64, per_degree: u64| ClassModel {
        per_degree: per_degree * 1000,
        memory: 250_000,
        ..ClassModel::constant(class, M3(base))
    };
    let mut model = Model::new(degrees(1800));
    model.classes = vec![class("residential", 80_000, 300), class("residential_heating", 5_000, 3_700)];
    model.classes.push(ClassModel { errors: vec![930_000, 1_000_000, 1_080_001], ..class("industry", 80_000, 40) });
    model
}

/// Two years, from 15 degrees in July to -12 in January with a cold spell every ninth day.
fn weather() -> Weather {
    let day = |day: i32| degrees(1500 - (182 - (day % 365 - 182).abs()) * 14 - if day % 9 == 0 { 600 } else { 0 });
    Weather { from: date("2020-07-01"), days: (0..730).map(day).collect() }
}

fn sources() -> Vec<SourceModel> {
    let contract = SourceModel {
        source: 0,
        gives: Gives::Contract(vec![(date("2026-11-15"), M3(260_000)), (date("2026-12-20"), M3(280_000))]),
        outages: Some(Outages {
            fails: Decimal::percent(4),
            mended: Decimal::percent(40),
            loses: Decimal::percent(35),
            cold: Some((degrees(-500), Decimal::whole(3))),
        }),
    };
    let store = Store { holds: M3(90_000), sends: M3(30_000), refill: M3(4_000) };
    vec![contract, SourceModel { source: 1, gives: Gives::Store(store), outages: None }]
}

fn dates() -> Vec<Date> {
    let first = date("2026-12-01");
    (0..80).filter_map(|day| first.plus_days(day)).collect()
}

fn exact<'a>(policies: &'a Policies, city: &'a City) -> Prepared<'a> {
    let options = Options { solver: Solver::Exact, ..Options::default() };
    Prepared::new(policies, city, options).expect("a city made ready")
}

/// Every simulated day, decided again as a day of its own, has the same balance, level, blocks and losses by class and district.
#[test]
fn a_simulated_day_is_the_decision_of_its_inputs() {
    let (policies, model, weather) = (policies(), demand(), weather());
    let (mut short, mut level_one, mut turns) = (0, 0, 0);
    for (links, hourly, winters_of) in [(false, false, 6), (true, false, 6), (false, true, 1)] {
        let city = by(Settings { name: "Winterton".into(), hourly, ..Settings::default() }, links);
        let prepared = exact(&policies, &city);
        let winters = Winters::of(&weather, dates()[0], 80, Draw::Blocks(5)).expect("winters");
        let seasons = Seasons::new(&prepared, &model, &sources(), dates(), winters, 7);
        let layout = Layout::of(&city, &policies);
        for winter in 0..winters_of {
            let mut scratch = seasons.scratch();
            let mut again = Vec::new();
            let mut before = vec![0; layout.figures.len()];
            let mut count = Count::new(&layout, &city, &policies);
            seasons
                .winter_with(winter, &mut scratch, |day, inputs: &Day| {
                    let level = count.add(day);
                    let today: Vec<u64> =
                        count.numbers.iter().zip(&before).map(|(now, then)| now.saturating_sub(*then)).collect();
                    before.clone_from(&count.numbers);
                    again.push((day.demand, day.supplied, level, today, inputs.clone()));
                })
                .expect("a winter");
            for (demand, supplied, level, today, day) in again {
                // By one that was never asked before.
                let decision = exact(&policies, &city).decide(&day).expect("a decision");
                let balance = &decision.balance;
                assert_eq!((balance.demand_m3.get(), balance.supply_m3.get()), (demand, supplied), "{}", day.date);
                let wanted = decision.level.as_ref().map(|level| level.id.clone());
                assert_eq!(level.checked_sub(1).map(|at| policies.main.levels[at].id.clone()), wanted, "{}", day.date);
                for (figure, number) in layout.figures.iter().zip(&today) {
                    let wanted = match figure {
                        Figure::Lost => decision.totals.cut_m3.get(),
                        Figure::Withheld => decision.totals.withheld_m3.get(),
                        Figure::Beyond => decision.totals.beyond_authority_m3.get(),
                        Figure::Class(id) => {
                            decision.by_class.iter().filter(|sum| sum.class == *id).map(|sum| sum.cut_m3.get()).sum()
                        }
                        Figure::District(id) => decision
                            .by_district
                            .iter()
                            .filter(|sum| sum.district == *id)
                            .map(|sum| sum.cut_m3.get())
                            .sum(),
                        Figure::Tier(tier) => {
                            decision.by_tier.iter().filter(|sum| sum.tier == *tier).map(|sum| sum.cut_m3.get()).sum()
                        }
                        _ => continue,
                    };
                    assert_eq!(*number, wanted, "{figure:?} on {}", day.date);
                }
                short += u32::from(balance.shortfall_m3.get() > 0);
                let rotation = decision.rotation.as_ref().map_or(0, |rotation| rotation.blocks.len());
                (level_one, turns) = (level_one + u32::from(rotation > 0), turns + rotation);
            }
        }
    }
    assert!(short > 100 && level_one > 10 && turns > level_one as usize, "{short} {level_one} {turns}");
}

/// Where sums by class and district tell that nobody lacks gas, they tell it of days of which everybody's demand tells it, too.
#[test]
fn sums_tell_of_no_day_what_it_is_not() {
    let (policies, model, weather) = (policies(), demand(), weather());
    // So much comes of the contract, in thousands of m3, and so much passes the links, in parts of a hundred.
    for (links, store, contract, wide) in
        [(false, true, 350, 0), (true, true, 350, 350), (true, false, 390, 360), (true, false, 420, 330)]
    {
        let mut city = city(links);
        city.links.iter_mut().flatten().for_each(|link| link.capacity = M3(link.capacity.get() * wide / 100));
        let mut sources = sources();
        let gives = |volume: u64| Gives::Contract(vec![(date("2026-11-15"), M3(volume * 1000))]);
        sources[0].gives = gives(contract);
        if !store {
            sources[1].gives = gives(20);
        }
        let prepared = exact(&policies, &city);
        let winters = Winters::of(&weather, dates()[0], 80, Draw::Blocks(5)).expect("winters");
        let seasons = Seasons::new(&prepared, &model, &sources, dates(), winters, 7);
        let layout = Layout::of(&city, &policies);
        let (mut sums, mut whole) = (seasons.scratch(), seasons.scratch());
        let (mut told, mut short) = (0, 0);
        for winter in 0..12 {
            let (mut ours, mut all) = (Vec::new(), Vec::new());
            let mut count = Count::new(&layout, &city, &policies);
            let each = |day: &DayOfWinter<'_>| {
                told += u32::from(day.balances.is_empty());
                ours.push((day.demand, day.supplied, count.add(day), count.numbers.clone()));
            };
            seasons.winter(winter, &mut sums, each).expect("a winter");
            let mut count = Count::new(&layout, &city, &policies);
            let each = |day: &DayOfWinter<'_>, _: &Day| {
                short += u32::from(day.balances.iter().any(|balance| balance.deliverable < balance.demand));
                all.push((day.demand, day.supplied, count.add(day), count.numbers.clone()));
            };
            seasons.winter_with(winter, &mut whole, each).expect("a winter");
            assert_eq!(ours, all, "winter {winter}, links: {links}");
        }
        assert!(told > 100 && short > 50, "{told} {short}");
        // A store gives no more than sums lack: then only everybody's demand tells whether that reaches them.
        assert!(store && links || told + short > 12 * 80 - 5, "{told} {short}");
    }
}

fn homes() -> Homes {
    let building = Building {
        time_constant: Decimal::whole(48),
        indoor: degrees(2000),
        outdoor: degrees(-900),
        gains: degrees(200),
    };
    let classes = ["residential_heating", "boiler_community"].map(|class| (class.to_owned(), building));
    Homes::new(vec![degrees(1800), degrees(1600)], classes.to_vec()).expect("homes")
}

fn values() -> Values {
    let classes = [("industry", 450), ("boiler_community", 1000)].map(|(class, fen)| (class.to_owned(), fen));
    Values { classes: classes.to_vec(), stored: 3, season: 5_000_000 }
}

/// Ten days of December of a scenario, as the weather was; who asks for other days, weather or luck says so.
fn inputs<'a>(
    (city, policies): (&'a City, &'a Policies),
    demand: &'a Model,
    weather: &'a Weather,
    sources: &'a [SourceModel],
) -> Inputs<'a> {
    let (from, until) = (date("2026-12-01"), date("2026-12-10"));
    Inputs { city, policies, demand, sources, weather, draw: Draw::Replay, from, until, seed: 1 }
}

fn study_of<'a>(inputs: &Inputs<'a>, prepared: &'a Prepared<'a>) -> Study<'a> {
    Study::new(inputs, prepared).expect("winters")
}

#[test]
fn any_threads_and_any_shards_add_up_to_the_same() {
    let (policies, city, model, weather, sources) = (policies(), city(false), demand(), weather(), sources());
    let prepared = exact(&policies, &city);
    let inputs = Inputs {
        draw: Draw::Blocks(5),
        until: date("2027-02-18"),
        seed: 11,
        ..inputs((&city, &policies), &model, &weather, &sources)
    };
    let study = study_of(&inputs, &prepared);
    let run = |from, until, threads| study.run(from, until, threads, &|_| true).expect("sound").expect("all of them");
    let whole = run(0, 30, 1);
    assert!(run(0, 30, 3) == whole);
    let mut parts = run(17, 30, 2);
    parts.merge(&run(0, 17, 1));
    assert!(parts == whole);
    assert_eq!(whole.winters(), 30);
    // An end ahead of time is no answer.
    assert!(study.run(0, 30, 1, &|_| false).expect("sound").is_none());
    // What was counted before stands where it stood, whatever else is counted; and that, too, adds up in any split.
    let more = || study_of(&inputs, &prepared).with_homes(&homes()).with_values(&values());
    let all = more().run(0, 30, 3, &|_| true).expect("sound").expect("all of them");
    assert_eq!(all.spreads()[..whole.spreads().len()], *whole.spreads());
    let mut parts = more().run(17, 30, 1, &|_| true).expect("sound").expect("all of them");
    parts.merge(&more().run(0, 17, 2, &|_| true).expect("sound").expect("all of them"));
    assert!(parts == all);
    let study = more();
    let sum = |wanted: &dyn Fn(&Figure) -> Option<u128>| -> u128 {
        study.figures().iter().zip(all.spreads()).filter_map(|(f, own)| Some(wanted(f)? * own.sum())).sum()
    };
    let one = |figure: Figure| sum(&|own| (*own == figure).then_some(1));
    let lost = sum(&|figure| match figure {
        Figure::Class(class) => values().classes.iter().find(|(own, _)| own == class).map(|(_, fen)| u128::from(*fen)),
        _ => None,
    });
    assert!(lost > 0 && one(Figure::SentOut) > 0);
    assert_eq!(one(Figure::LostValue), lost);
    assert_eq!(one(Figure::StoreCost), 3 * one(Figure::SentOut) + 30 * 5_000_000);
    assert_eq!(one(Figure::Cost), one(Figure::LostValue) + one(Figure::StoreCost));
    let (limit, other) = (homes().limits()[0], homes().limits()[1]);
    let cold =
        |limit: Celsius| sum(&|figure| matches!(figure, Figure::ColdHours(own, _) if *own == limit).then_some(1));
    assert!(cold(limit) > cold(other) && one(Figure::ColdHomes(limit)) >= one(Figure::ColdHomes(other)));
    assert!(one(Figure::LongestCold(limit)) > 0 && one(Figure::Coldest) > 0);
    assert_eq!(all.running().course(0).last().map(|last| last.mean), Some(all.spreads()[0].mean()));
    assert_eq!(all.severities().all().map(|step| step.classes.iter().sum::<u128>()).sum::<u128>(), one(Figure::Lost));
    let other = Inputs { seed: 12, ..inputs };
    assert!(study_of(&other, &prepared).run(0, 30, 1, &|_| true).expect("sound") != Some(whole));
}

/// What a group gets is what its customers get together, but for a whole m3 a customer and slice.
#[test]
fn a_condensed_city_loses_what_the_city_loses() {
    let (policies, whole, model, weather) = (policies(), city(true), demand(), weather());
    let small = condense(&whole, &policies, false).expect("a city");
    // The community boilers differ by tonnage: 4 t/h is below what the plan stops, 8 and 12 stand on both sides of 10.
    assert_eq!((whole.customers.len(), small.customers.len()), (54, 24));
    let sum = |city: &City| {
        city.customers.iter().map(|c| (c.demand.get(), c.floor.get())).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    assert_eq!(sum(&whole), sum(&small));
    let days = |city: &City| {
        let prepared = exact(&policies, city);
        let winters = Winters::of(&weather, dates()[0], 80, Draw::Replay).expect("winters");
        let seasons = Seasons::new(&prepared, &model, &sources(), dates(), winters, 7);
        let mut days = Vec::new();
        let each = |day: &DayOfWinter<'_>| {
            let lost: u64 = day.balances.iter().flat_map(|b| &b.losses).map(|loss| loss.lost).sum();
            days.push((day.demand, day.supplied, day.balances.first().and_then(|b| b.level), lost));
        };
        seasons.winter(0, &mut seasons.scratch(), each).expect("a winter");
        days
    };
    let (all, condensed) = (days(&whole), days(&small));
    assert_eq!(all.len(), condensed.len());
    for (day, (one, other)) in all.iter().zip(&condensed).enumerate() {
        assert_eq!((one.0, one.1, one.2), (other.0, other.1, other.2), "day {day}");
        assert!(one.3.abs_diff(other.3) <= 2 * 54, "day {day}: {one:?} {other:?}");
    }
    assert!(all.iter().any(|day| day.3 > 0));
}

/// A city of one works with 1,000 m3 a day and sources by name.
fn city_of_one(policies: &Policies, sources: &[&str]) -> City {
    let mut city = City::builder(Settings { name: "One".into(), ..Settings::default() });
    city.add_district(DistrictRow { id: "north", urban: true, ..DistrictRow::default() });
    let works =
        CustomerRow { id: "works", class: "industry", district: "north", company: "gas", ..CustomerRow::default() };
    city.add_customer(CustomerRow { demand: M3(1000), ..works });
    let (date, volume) = (date("2026-12-01"), M3(1));
    for source in sources {
        city.add_supply(SupplyRow { date, source, volume, max_h: None, company: None, area: None });
    }
    city.build(policies).expect("a city").0
}

/// A city of one class and no chance: its losses are those that a pencil finds.
#[test]
fn a_city_of_one_class_loses_what_a_pencil_finds() {
    let policies = policies();
    let (city, day) = (city_of_one(&policies, &["gate"]), date("2026-12-01"));
    let mut model = Model::new(degrees(1800));
    model.classes = vec![ClassModel { per_degree: 100_000, ..ClassModel::constant("industry", M3(1000)) }];
    // 0, 1, 2, ... degrees below zero, day after day.
    let days = (0..400).map(|day| degrees(-((day % 365 - 153).clamp(-90, 90) * 100))).collect();
    let weather = Weather { from: date("2020-07-01"), days };
    let sources = [SourceModel { source: 0, gives: Gives::Contract(vec![(day, M3(3000))]), outages: None }];
    let prepared = exact(&policies, &city);
    let inputs = inputs((&city, &policies), &model, &weather, &sources);
    let study = study_of(&inputs, &prepared);
    let tally = study.run(0, 1, 1, &|_| true).expect("sound").expect("one winter");
    // Demand is 1,000 + 100 x (18 + n): 2,800 on the first day, 3,000 on the third, 3,700 on the tenth.
    let lost: u64 = (0..10).map(|n| (2800 + 100 * n as u64).saturating_sub(3000)).sum();
    let of = |figure: Figure| {
        let at = study.figures().iter().position(|own| *own == figure).expect("a figure");
        tally.spreads()[at].quantile(1000)
    };
    assert_eq!((of(Figure::Lost), of(Figure::ShortDays), of(Figure::LongestShortage)), (lost, 7, 7));
    // 100 of 3,100 is IV; 200 of 3,200, 300 of 3,300 are above 5 and below 10 %; 400 of 3,400 is 11.8 %; 700 of 3,700 is 18.9 %.
    let levels = ["IV", "III", "II", "I"].map(|level| of(Figure::LevelDays(level.into())));
    assert_eq!(levels, [1, 2, 4, 0]);
    assert_eq!(tally.levels_on(9), [0, 0, 0, 1, 0]);
}

/// A city of one class whose demand is drawn each day: what is lost in a season is binomial, and so are all that is told of it.
#[test]
fn a_city_of_one_class_loses_as_its_distribution_says() {
    let policies = policies();
    let (city, day) = (city_of_one(&policies, &["gate"]), date("2026-12-01"));
    let mut model = Model::new(degrees(1800));
    // 1,200 once in three days, and there are 1,000: 200 lost, 16.7 % of demand, which is level II.
    let errors = vec![900_000, 1_000_000, 1_200_000];
    model.classes = vec![ClassModel { errors, ..ClassModel::constant("industry", M3(1000)) }];
    let weather = Weather { from: date("2020-07-01"), days: vec![degrees(0); 400] };
    let sources = [SourceModel { source: 0, gives: Gives::Contract(vec![(day, M3(1000))]), outages: None }];
    let prepared = exact(&policies, &city);
    let inputs = Inputs { seed: 5, ..inputs((&city, &policies), &model, &weather, &sources) };
    const WINTERS: u64 = 4000;
    let study = study_of(&inputs, &prepared);
    let tally = study.run(0, WINTERS, 2, &|_| true).expect("sound").expect("all");
    let of = |figure: Figure| {
        let at = study.figures().iter().position(|own| *own == figure).expect("a figure");
        &tally.spreads()[at]
    };
    // Ten days, one third: k short days with probability C(10, k) 2^(10 - k) / 3^10.
    let chances: Vec<f64> = [1u32, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1]
        .iter()
        .zip(0..)
        .map(|(ways, k)| f64::from(ways * 2u32.pow(10 - k)) / 3f64.powi(10))
        .collect();
    let lost = of(Figure::Lost);
    let (mean, variance) = (200.0 * 10.0 / 3.0, 200.0 * 200.0 * 10.0 * 2.0 / 9.0);
    let error = (variance / WINTERS as f64).sqrt();
    assert!((lost.mean() - mean).abs() < 4.0 * error, "{} for {mean} +- {error}", lost.mean());
    // The error that a run tells of itself is the one that the distribution has, to some percent.
    assert!((lost.error().expect("many") / error - 1.0).abs() < 0.05);
    for (k, chance) in (0u64..).zip(&chances) {
        let winters =
            of(Figure::LevelDays("II".into())).steps().find(|(days, _)| *days == k).map_or(0, |(_, n)| n) as f64;
        let (expected, spread) = (chance * WINTERS as f64, (chance * (1.0 - chance) * WINTERS as f64).sqrt());
        assert!((winters - expected).abs() < 4.0 * spread + 1.0, "{k} days: {winters} for {expected} +- {spread}");
    }
    // Quantiles: 500, 950 and 990 thousandths of this binomial are 3, 6 and 7 days, far from where its steps are.
    assert_eq!([500, 950, 990].map(|part| lost.quantile(part)), [600, 1200, 1400]);
    assert_eq!(lost.sum(), 200 * of(Figure::ShortDays).sum());
}

/// A store is asked for what it can bring: an outer district's surplus and another company's are in nobody's way, the shortage of neither
/// empties it, and where a link holds gas back it gives what the link lets through. Joined or pooled all share all of it.
#[test]
fn a_store_gives_what_reaches_somebody() {
    let policies = policies();
    let day = date("2026-12-01");
    // (pooling, whether the second works is in an outer district, unified, what the tank's link carries), then what the tank sends and what
    // the two works lack.
    for (pooling, outer, unified, link, sent, lost) in [
        // Two accounts: 1,000 asked for and 700 contracted, so the store gives its 200; the other has 500 too much, and nobody gets them.
        (true, true, false, None, 200, 100),
        (false, false, false, None, 200, 100),
        // One account: what the other has too much is there first.
        (true, true, true, None, 0, 0),
        (true, false, false, None, 0, 0),
        // The other's 500 have no link to whom they could help.
        (true, false, false, Some(1000), 200, 100),
        (true, false, false, Some(150), 150, 150),
    ] {
        let mut city = City::builder(Settings { name: "Two".into(), pooling, ..Settings::default() });
        city.add_district(DistrictRow { id: "north", urban: true, ..DistrictRow::default() });
        city.add_district(DistrictRow { id: "south", urban: !outer, ..DistrictRow::default() });
        for (id, district, company) in [("one", "north", "a"), ("two", "south", "b")] {
            let works = CustomerRow { id, class: "industry", district, company, ..CustomerRow::default() };
            city.add_customer(CustomerRow { demand: M3(1000), ..works });
        }
        let area = outer.then_some("south");
        for (source, company, area) in [("gate", "a", None), ("other", "b", area), ("tank", "a", None)] {
            let company = (!pooling).then_some(company);
            city.add_supply(SupplyRow { date: day, source, volume: M3(1), max_h: None, company, area });
        }
        for (from, to, carries) in
            [("gate", "north", 5000), ("other", "south", 5000), ("tank", "north", link.unwrap_or(0))]
        {
            let capacity = M3(carries);
            if link.is_some() {
                city.add_link(LinkRow { from, to, capacity, capacity_h: None });
            }
        }
        let city = city.build(&policies).expect("a city").0;
        let model = Model::new(degrees(1800));
        let weather = Weather { from: date("2020-07-01"), days: vec![degrees(0); 400] };
        let contract = |source, volume| {
            let gives = Gives::Contract(vec![(day, M3(volume))]);
            SourceModel { source, gives, outages: None }
        };
        let store = Gives::Store(Store { holds: M3(2000), sends: M3(200), refill: M3(0) });
        let sources = [contract(0, 700), contract(1, 1500), SourceModel { source: 2, gives: store, outages: None }];
        let options = Options { solver: Solver::Exact, unified, ..Options::default() };
        let prepared = Prepared::new(&policies, &city, options).expect("a city");
        let inputs = inputs((&city, &policies), &model, &weather, &sources);
        let study = study_of(&inputs, &prepared);
        let tally = study.run(0, 1, 1, &|_| true).expect("sound").expect("one winter");
        let of = |figure: Figure| {
            let at = study.figures().iter().position(|own| *own == figure).expect("a figure");
            tally.spreads()[at].quantile(1000)
        };
        let case = format!("pooling {pooling}, outer {outer}, unified {unified}, link {link:?}");
        assert_eq!((of(Figure::SentOut), of(Figure::Lost)), (10 * sent, 10 * lost), "{case}");
    }
}

/// A source that fails with a known chance and is mended with another is down so much of the time, and that is what is lost; in the cold it
/// fails so many times as often, and not on a day that is just as cold as the bound.
#[test]
fn outages_take_what_their_chances_say() {
    let policies = policies();
    let (city, day) = (city_of_one(&policies, &["gate"]), date("2026-12-01"));
    let model = Model::new(degrees(1800));
    let weather = Weather { from: date("2020-07-01"), days: vec![degrees(-500); 400] };
    let three = Decimal::whole(3);
    let colds = [(None, 0.1), (Some((degrees(-499), three)), 0.3), (Some((degrees(-500), three)), 0.1)];
    for (cold, fails) in colds {
        let outages =
            Outages { fails: Decimal::percent(10), mended: Decimal::percent(30), loses: Decimal::percent(40), cold };
        let gives = Gives::Contract(vec![(day, M3(1000))]);
        let sources = [SourceModel { source: 0, gives, outages: Some(outages) }];
        let prepared = exact(&policies, &city);
        let inputs =
            Inputs { until: date("2027-02-28"), seed: 3, ..inputs((&city, &policies), &model, &weather, &sources) };
        let tally = study_of(&inputs, &prepared).run(0, 700, 2, &|_| true).expect("sound").expect("all");
        // A chain that works before the first day is down on day n with probability q (1 - (1 - f - m)^n), q = f / (f + m).
        let (down, stays) = (fails / (fails + 0.3), 1.0 - fails - 0.3);
        let expected: f64 = (1..=90).map(|n| down * (1.0 - f64::powi(stays, n)) * 400.0).sum();
        let lost = &tally.spreads()[0];
        let error = lost.error().expect("many winters");
        assert!((lost.mean() - expected).abs() < 4.0 * error, "{fails}: {} for {expected} +- {error}", lost.mean());
        assert!(error < 0.02 * expected);
    }
}

/// A store from day to day by a pencil: what it sends, what comes in on days on which it sends nothing, and that it never holds more than it can.
#[test]
fn a_store_is_emptied_and_refilled() {
    let policies = policies();
    let city = city_of_one(&policies, &["gate", "tank"]);
    let model = Model::new(degrees(1800));
    let weather = Weather { from: date("2020-07-01"), days: vec![degrees(0); 400] };
    let contract =
        [("2026-12-01", 700), ("2026-12-04", 1000), ("2026-12-06", 700), ("2026-12-09", 1200), ("2026-12-19", 0)];
    let gate = Gives::Contract(contract.map(|(from, volume)| (date(from), M3(volume))).to_vec());
    let tank = Gives::Store(Store { holds: M3(500), sends: M3(200), refill: M3(60) });
    let source = |source, gives| SourceModel { source, gives, outages: None };
    let sources = [source(0, gate), source(1, tank)];
    let prepared = exact(&policies, &city);
    let inputs = Inputs { until: date("2026-12-21"), ..inputs((&city, &policies), &model, &weather, &sources) };
    let study = study_of(&inputs, &prepared);
    let mut days = Vec::new();
    study.days(0, |day| days.push(day.inputs.supply[1].map_or(0, M3::get))).expect("sound");
    // 500 in it: 200, 200 and the last 100; two days of 60 come in and go out, and then 60 every other day; ten mild days fill it.
    assert_eq!(days[..8], [200, 200, 100, 0, 0, 120, 0, 60]);
    assert!(days[8..18].iter().all(|sent| *sent == 0));
    // Not 600, which is what came in.
    assert_eq!(days[18..], [200, 200, 100]);
    let tally = study.run(0, 1, 1, &|_| true).expect("sound").expect("one winter");
    let of = |figure: Figure| {
        let at = study.figures().iter().position(|own| *own == figure).expect("a figure");
        tally.spreads()[at].quantile(1000)
    };
    assert_eq!(
        (of(Figure::SentOut), of(Figure::Lost)),
        (680 + 500, 100 + 100 + 200 + 180 + 300 + 240 + 800 + 800 + 900)
    );
}
