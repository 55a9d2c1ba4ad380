//! Random cities by the hour: the linear program agrees, every node balances in every hour, and where no hour binds the day is
//! decided as it is without hours.

use curtail::city::{City, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
use curtail::decide::{Day, Decision, Options, Prepared, Probe, Solver};
use curtail::explain::{Because, Explanation, Room, Subject};
use curtail::policy::{Policies, Policy};
use curtail::units::{M3, Milli};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Town {
    /// Linepack at the start, its least, what more fits, and what may be drawn; nothing in towns without.
    packs: Vec<Option<(u64, u64, u64, u64)>>,
    /// Class, demand, floor, tonnage, profile, district.
    customers: Vec<(usize, u64, u64, u64, usize, usize)>,
    /// Permille of demand that each source gives, and of that the permille that it gives in an hour at most.
    sources: Vec<(u64, Option<u64>)>,
    /// Whether there are links, their daily capacities, and whether they go round.
    links: Option<(Vec<u64>, bool)>,
}

const CLASSES: [&str; 6] = ["residential", "hospital", "industry", "boiler_community", "boiler_central", "chp"];
const PROFILES: [&str; 4] = ["", "evening", "shift", "night"];

fn town() -> impl Strategy<Value = Town> {
    let pack = prop_oneof![
        1 => Just(None),
        2 => (0..400u64, 0..400u64, 0..400u64, 0..400u64).prop_map(|(least, start, more, draw)| {
            Some((least + start, least, more, draw.min(start)))
        }),
    ];
    (1..4usize).prop_flat_map(move |districts| {
        let customer = (0..CLASSES.len(), 0..3_000u64, 0..1_000u64, 0..12u64, 0..PROFILES.len(), 0..districts);
        let source = (0..1_200u64, proptest::option::of(30..120u64));
        let link = prop_oneof![Just(0u64), 0..6_000u64, Just(60_000u64)];
        (
            proptest::collection::vec(pack.clone(), districts),
            proptest::collection::vec(customer, 1..8),
            proptest::collection::vec(source, 1..3),
            proptest::option::of((proptest::collection::vec(link, 8), any::<bool>())),
        )
            .prop_map(|(packs, customers, sources, links)| Town { packs, customers, sources, links })
    })
}

fn build(town: &Town, hourly: bool, policies: &Policies) -> Option<City> {
    build_for(town, Settings { hourly, ..Settings::default() }, policies)
}

/// Two companies, where they do not pool, of which each has a source if there are two.
const COMPANIES: [&str; 2] = ["gas", "works"];

fn build_for(town: &Town, settings: Settings, policies: &Policies) -> Option<City> {
    let apart = !settings.pooling;
    let mut rows = City::builder(settings);
    for (name, share) in [
        ("evening", (|h| if (17..22).contains(&h) { "0.10" } else { "0.0263157894" }) as fn(u8) -> &'static str),
        ("shift", |h| if (8..18).contains(&h) { "0.1" } else { "0" }),
        ("night", |h| if h < 6 { "0.125" } else { "0.0138888888" }),
    ] {
        for hour in 0..24 {
            rows.add_profile(ProfileRow { profile: name, hour, share: share(hour).parse().unwrap() });
        }
    }
    let names = ["a", "b", "c"];
    for (name, pack) in names.iter().zip(&town.packs) {
        let mut row = DistrictRow { id: name, urban: true, ..DistrictRow::default() };
        if let Some((start, least, more, draw)) = pack {
            row.linepack = Some(M3(*start));
            (row.linepack_min, row.linepack_max) = (Some(M3(*least)), Some(M3(start + more)));
            row.linepack_draw = Some(M3(*draw));
        }
        rows.add_district(row);
    }
    let ids: Vec<String> = (0..town.customers.len()).map(|i| format!("c{i}")).collect();
    for (at, (id, (class, demand, floor, tonnage, profile, district))) in ids.iter().zip(&town.customers).enumerate() {
        rows.add_customer(CustomerRow {
            id,
            district: names[*district],
            company: COMPANIES[if apart { at % 2 } else { 0 }],
            class: CLASSES[*class],
            demand: M3(*demand),
            floor: M3(*floor.min(demand)),
            boiler_t_h: Some(tonnage.to_string().parse().unwrap()),
            profile: PROFILES[*profile],
            ..CustomerRow::default()
        });
    }
    let demand: u64 = town.customers.iter().map(|customer| customer.1).sum();
    let sources = ["s", "t"];
    for (at, (name, (share, hour))) in sources.iter().zip(&town.sources).enumerate() {
        let volume = demand * share / 1_000;
        let max_h = hour.map(|permille| M3(volume * permille / 1_000));
        let (date, company) = (super::date(), apart.then(|| COMPANIES[at]));
        rows.add_supply(SupplyRow { date, source: name, volume: M3(volume), max_h, company, area: None });
    }
    if let Some((capacities, ring)) = &town.links {
        let mut capacity = capacities.iter().copied().map(M3);
        let mut link = |from, to| {
            rows.add_link(LinkRow { from, to, capacity: capacity.next().unwrap_or(M3(100)), capacity_h: None });
        };
        for source in sources.iter().take(town.sources.len()) {
            link(source, "gate");
        }
        for name in names.iter().take(town.packs.len()) {
            link("gate", name);
        }
        if *ring && town.packs.len() == 3 {
            link("a", "b");
            link("b", "c");
        }
    }
    (demand > 0).then(|| rows.build(policies).unwrap_or_else(|problems| panic!("{problems}")).0)
}

fn decide(town: &Town, hourly: bool) -> Option<(City, Decision)> {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let city = build(town, hourly, &policies)?;
    let (day, _) = Day::on(&city, super::date()).unwrap();
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    if hourly {
        super::proofs::it_holds(&policies, &city, &day, &decision);
    }
    Some((city, decision))
}

fn sum(volumes: &[Milli]) -> u64 {
    volumes.iter().map(|volume| volume.0).sum()
}

/// In thousandths, give or take one for each figure that is rounded.
fn near(a: u64, b: u64, figures: u64, what: &str) {
    assert!(a.abs_diff(b) <= figures, "{what}: {a} and {b} thousandths");
}

pub fn every_hour_balances(city: &City, decision: &Decision) {
    let hours = decision.hours.as_ref().unwrap();
    let links = hours.by_link.as_slice();
    for h in 0..hours.clock.len() {
        for (at, district) in hours.by_district.iter().enumerate() {
            let row = &city.districts[at];
            let flow = |end: fn(&curtail::decide::LinkHours) -> &str| -> u64 {
                links.iter().filter(|link| end(link) == district.district).map(|link| link.flow_m3[h].0).sum()
            };
            let (into, out) = (flow(|link| &link.to), flow(|link| &link.from));
            if links.is_empty() {
                continue;
            }
            let level = |h: usize| district.linepack_m3.get(h).map_or(0, |level| level.0);
            let start = row.linepack.map_or(0, |start| start.get() * 1_000);
            let before = if h == 0 { start } else { level(h - 1) };
            let figures = links.len() as u64 + 3;
            near(before + into, level(h) + district.served_m3[h].0 + out, figures, "a district's hour");
            let most = row.linepack_max.or(row.linepack).map_or(0, |most| most.get() * 1_000);
            let least = row.linepack_min.map_or(0, |least| least.get() * 1_000);
            assert!(level(h) <= most && (row.linepack.is_none() || level(h) >= least));
            // What a stop withholds is whole: the rest of a m3 of each boiler is taken in its other hours.
            let boilers = city.customers.iter().filter(|c| c.district == at as u32 && c.more.is_some()).count() as u64;
            assert!(district.served_m3[h].0 <= district.demand_m3[h].0 + 1_000 * boilers);
        }
        for link in links {
            assert!(link.flow_m3[h] <= Milli(link.capacity_m3_h.0 + 1));
        }
        if links.is_empty() {
            let before = |district: usize| match h {
                0 => city.districts[district].linepack.map_or(0, |start| start.get() * 1_000),
                _ => hours.by_district[district].linepack_m3.get(h - 1).map_or(0, |level| level.0),
            };
            let level = |district: usize| hours.by_district[district].linepack_m3.get(h).map_or(0, |level| level.0);
            let districts = 0..hours.by_district.len();
            let (had, has): (u64, u64) = (districts.clone().map(before).sum(), districts.map(level).sum());
            near(had + hours.given_m3[h].0, has + hours.served_m3[h].0, 9, "the pool's hour");
        }
    }
    for (source, row) in hours.by_source.iter().zip(&city.supply[&decision.date]) {
        assert!(sum(&source.given_m3) <= row.volume.get() * 1_000 + 25, "{}", source.source);
        let most = row.max_h.map_or(u64::MAX, |most| most.get() * 1_000 + 1);
        assert!(source.given_m3.iter().all(|given| given.0 <= most));
    }
    for (at, district) in decision.by_district.iter().enumerate() {
        let by_hour = sum(&hours.by_district[at].served_m3);
        // A cell's day is within 1 m3 of its hours.
        near(by_hour, district.served_m3.get() * 1_000, 1_000 * decision.by_rank.len() as u64 + 30, "a district's day");
    }
    near(
        sum(&hours.served_m3),
        decision.totals.served_m3.get() * 1_000,
        1_000 * decision.by_rank.len() as u64,
        "the day",
    );
    let ends = decision.hours.as_ref().unwrap().by_district.iter().zip(&city.districts);
    for (district, row) in ends.filter(|(district, _)| !district.linepack_m3.is_empty()) {
        let end = row.linepack.unwrap_or_default().less(row.linepack_draw.unwrap_or_default());
        assert!(district.linepack_m3.last().unwrap().0 >= end.get() * 1_000);
    }
}

/// The hours of each customer that is cut add up to its day, and those of all to what their district lacks.
fn every_customer_knows_its_hours(city: &City, decision: &Decision) {
    let (hours, detail) = (decision.hours.as_ref().unwrap(), decision.detail.as_ref().unwrap());
    let cut = detail.customers.iter().zip(0..).filter(|(share, _)| !share.cut_m3().is_zero()).map(|(_, at)| at);
    assert!(detail.hours.iter().map(|hours| hours.customer).eq(cut));
    let mut lacks = vec![vec![0u64; hours.clock.len()]; city.districts.len()];
    let district = |id: &str| city.customers[city.customer(id).unwrap()].district as usize;
    for by_hour in &detail.hours {
        let share = &detail.customers[by_hour.customer as usize];
        assert_eq!(sum(&by_hour.demand_m3), share.demand_m3.get() * 1_000);
        assert_eq!(sum(&by_hour.served_m3), share.served_m3.get() * 1_000);
        let district = &mut lacks[district(&share.customer_id)];
        for (h, (demand, served)) in by_hour.demand_m3.iter().zip(&by_hour.served_m3).enumerate() {
            assert!(served <= demand, "{}", share.customer_id);
            district[h] += demand.0 - served.0;
        }
        let off = detail.reasons[share.reason as usize].off.filter(|_| share.served_m3 > M3(0));
        let floor = city.customers[city.customer(&share.customer_id).unwrap()].floor;
        if let Some((from, until)) = off.filter(|_| floor.is_zero()) {
            let within = |(hour, _): &(&u8, &Milli)| (from..until).contains(*hour);
            let mut served = hours.clock.iter().zip(&by_hour.served_m3).filter(within);
            assert!(served.all(|(_, served)| *served == Milli(0)), "{}", share.customer_id);
        }
    }
    for (at, lacks) in lacks.iter().enumerate() {
        let slices = detail.slices.iter();
        let here =
            slices.filter(|slice| district(&detail.customers[slice.customer as usize].customer_id) == at).count();
        for (h, lacks) in lacks.iter().enumerate() {
            let row = &hours.by_district[at];
            // Each slice's day is a whole m3, and so is what a stop withholds.
            near(row.served_m3[h].0 + lacks, row.demand_m3[h].0, 1_001 * here as u64, "a district's hour");
        }
    }
}

pub fn cases(default: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { default };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_linear_program_agrees_and_every_hour_balances(town in town()) {
        let Some((city, decision)) = decide(&town, true) else { return Ok(()) };
        prop_assert!(decision.confirmed, "{:?}", decision.warnings);
        every_hour_balances(&city, &decision);
        every_customer_knows_its_hours(&city, &decision);
    }

    #[test]
    fn a_figure_changed_anywhere_is_noticed(town in town(), which: usize, up: bool) {
        let Some((city, decision)) = decide(&town, true) else { return Ok(()) };
        let (pointer, changed) = super::proofs::changed(&decision, which, up);
        let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
        let (day, _) = Day::on(&city, super::date()).unwrap();
        let violated = super::proofs::violated(&policies, &city, &day, &changed);
        prop_assert!(violated.is_some(), "{} was changed, and nobody noticed", pointer);
    }

    /// Also where stopped gas comes back after the stop, and where each company has a pool of its own.
    #[test]
    fn gas_that_comes_back_and_pools_of_companies_are_proved(town in town(), apart: bool) {
        let text = Policy::builtin_text("xian-2025").unwrap().replace("rebound = 0\n", "rebound = 0.3\n");
        let origin = curtail::problem::Origin::file("plan.toml");
        let policies = Policies::of(Policy::parse(&text, &origin, &[]).unwrap().0);
        let mut town = town;
        if apart {
            let companies = town.customers.len().min(COMPANIES.len());
            town.sources.truncate(companies);
            town.links = None;
            town.packs.iter_mut().for_each(|pack| *pack = None);
        }
        let settings = Settings { hourly: true, pooling: !apart, ..Settings::default() };
        let Some(city) = build_for(&town, settings, &policies) else { return Ok(()) };
        let (day, _) = Day::on(&city, super::date()).unwrap();
        let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
        super::proofs::it_holds(&policies, &city, &day, &decision);
    }

    #[test]
    fn where_no_hour_binds_the_day_is_decided_as_without_hours(town in town()) {
        let mut town = town;
        town.links = None;
        town.packs.iter_mut().for_each(|pack| *pack = None);
        town.sources.iter_mut().for_each(|source| source.1 = None);
        let Some((_, by_hour)) = decide(&town, true) else { return Ok(()) };
        let Some((_, by_day)) = decide(&town, false) else { return Ok(()) };
        prop_assert_eq!(by_hour.balance, by_day.balance);
        prop_assert_eq!(by_hour.by_rank, by_day.by_rank);
        prop_assert_eq!(by_hour.by_district, by_day.by_district);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn whoever_lacks_gas_is_told_what_binds_and_nobody_breaks_the_explanation(town in town()) {
        let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
        let Some(city) = build(&town, true, &policies) else { return Ok(()) };
        let (day, _) = Day::on(&city, super::date()).unwrap();
        let mut options = Options::default();
        options.solver = Solver::Exact;
        let prepared = Prepared::new(&policies, &city, options).unwrap();
        let decision = prepared.decide(&day).unwrap();
        let rooms = Room::all(&decision, &policies, &city);
        let probe = Probe::new(&prepared, None, &day).unwrap();
        let customers = (0..city.customers.len() as u32).map(Subject::Customer);
        let classes = (0..policies.main.classes.len()).map(Subject::Class);
        let districts = (0..city.districts.len() as u32).map(Subject::District);
        for subject in customers.chain(classes).chain(districts).chain([Subject::Measure(0), Subject::Level]) {
            let told = Explanation::of(&rooms[0], subject, Some(&probe), &[]).unwrap();
            let ranks: Vec<u32> = told.because.iter().flat_map(|because| match because {
                Because::Bound { ranks, .. } => ranks.clone(),
                _ => Vec::new(),
            }).collect();
            for because in &told.because {
                because.triple(&rooms[0]);
                // A cubic metre may be one of rounding.
                if let Because::Slice(slice) = because && slice.size.less(slice.served) > M3(1) {
                    prop_assert!(ranks.contains(&slice.rank), "{subject:?} {slice:?}");
                }
                if let Because::Hours(hours) = because {
                    let day = hours.served.iter().map(|volume| volume.0).sum::<u64>();
                    let slack = 1_000 * (told.slices().count() as u64 + 1) * (told.customers as u64 + 1);
                    prop_assert!(day.abs_diff(told.served.get() * 1_000) <= slack, "{subject:?} {day} {}", told.served);
                }
            }
        }
    }
}
