//! From the tests' own towns to the library and back.

pub mod town;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use curtail::city::{
    Backup, City, CityBuilder, Contract, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow,
};
use curtail::decide::{Day, Decision, Kind, Options, Prepared, Solver, Status};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, Decimal, M3};

use town::{Outcome, Rank, Rotation, Totals, Town};

/// The library's decision, by the exact algorithm and, where this build has it, confirmed by the linear program.
pub fn decide(town: &Town, solver: Solver) -> Result<Outcome, String> {
    let decision = decision(town, solver)?;
    assert!(decision.confirmed, "{:?}", decision.warnings);
    adds_up(&decision);
    Ok(outcome(&decision))
}

pub fn decision(town: &Town, solver: Solver) -> Result<Decision, String> {
    let (city, day) = city(town)?;
    let mut options = Options::default();
    (options.solver, options.unified) = (solver, town.unified);
    let policies = policies_of(town);
    let prepared = Prepared::new(&policies, &city, options).map_err(|problems| problems.to_string())?;
    prepared.decide(&day).map_err(|problems| problems.to_string())
}

pub fn policies(plan: &str) -> &'static Policies {
    static ALL: OnceLock<BTreeMap<&str, Policies>> = OnceLock::new();
    let read = |id| (id, Policies::of(Policy::builtin(id).expect("the built-in policy is sound")));
    let all = ALL.get_or_init(|| Policy::builtins().map(read).collect());
    all.get(if plan.is_empty() { "xian-2025" } else { plan }).expect("a built-in policy")
}

/// The town's plan, with what the town changes of it.
pub fn policies_of(town: &Town) -> Cow<'static, Policies> {
    let (hours, turns) = (town.hours.as_ref(), town.rest > 0 || town.run > 0);
    let changed = turns || hours.is_some_and(|hours| hours.as_needed || hours.rebound > 0);
    if !changed {
        return Cow::Borrowed(if town.lists { by_list() } else { policies(&town.plan) });
    }
    let mut set = vec![format!("rotation.rest_days={}", town.rest), format!("rotation.longest_run_days={}", town.run)];
    set.retain(|_| turns);
    if let Some(hours) = hours {
        set.push(format!("measures.peak-stop.rebound={}", thousandths(hours.rebound * 10)));
        let as_needed = ["measures.peak-stop.mode=\"as_needed\"", "measures.peak-stop.within=[\"backup\"]"];
        set.extend(as_needed.into_iter().filter(|_| hours.as_needed).map(str::to_owned));
    }
    let text = Policy::builtin_text("xian-2025").expect("its text");
    let policy = Policy::parse(text, &Origin::memory("as the town has it"), &set);
    Cow::Owned(Policies::of(policy.unwrap_or_else(|problems| panic!("{problems}")).0))
}

/// Xi'an's plan with whole customers stopped by list.
pub fn by_list() -> &'static Policies {
    static LISTS: OnceLock<Policies> = OnceLock::new();
    LISTS.get_or_init(|| {
        let plain = Policy::builtin("xian-2025").expect("the built-in policy is sound");
        let lists: Vec<String> = plain.measures.iter().map(|m| format!("measures.{}.sharing=\"list\"", m.id)).collect();
        let text = Policy::builtin_text("xian-2025").expect("its text");
        Policies::of(Policy::parse(text, &Origin::memory("by list"), &lists).expect("lists are sound").0)
    })
}

pub fn city(town: &Town) -> Result<(City, Day), String> {
    city_with(town, |_| ())
}

/// The same with more rows.
pub fn city_with(town: &Town, more: impl Fn(&mut CityBuilder)) -> Result<(City, Day), String> {
    let date: Date = "2026-01-07".parse().map_err(|_| "date")?;
    let hours = town.hours.clone().unwrap_or_default();
    let hourly = town.hours.is_some();
    let mut rows = City::builder(Settings { pooling: !town.apart, hourly, ..Settings::default() });
    for district in &town.districts {
        let pack = hours.packs.get(&district.id);
        rows.add_district(DistrictRow {
            id: &district.id,
            urban: district.urban,
            linepack: pack.map(|pack| M3(pack.start)),
            linepack_min: pack.map(|pack| M3(pack.least)),
            linepack_max: pack.map(|pack| M3(pack.most)),
            linepack_draw: pack.map(|pack| M3(pack.draw)),
            ..DistrictRow::default()
        });
    }
    for source in &town.sources {
        let (company, area) = (source.company.as_deref(), source.area.as_deref());
        let max_h = hours.sources.get(&source.id).copied().map(M3);
        rows.add_supply(SupplyRow { date, source: &source.id, volume: M3(source.volume), max_h, company, area });
    }
    for link in town.links.iter().flatten() {
        let capacity_h = hours.links.get(&(link.from.clone(), link.to.clone())).copied().map(M3);
        rows.add_link(LinkRow { from: &link.from, to: &link.to, capacity: M3(link.capacity), capacity_h });
    }
    for customer in &town.customers {
        let profile = match hours.profiles.get(&customer.id) {
            Some(_) => customer.id.clone(),
            None => customer.evening.map_or_else(String::new, |evening| format!("evening-{evening}")),
        };
        rows.add_customer(CustomerRow {
            id: &customer.id,
            district: &customer.district,
            company: &customer.company,
            class: &customer.class,
            // A table's floor is never above its demand; the day's forecast may be lower.
            demand: M3(customer.demand.max(customer.floor)),
            floor: M3(customer.floor),
            boiler_t_h: customer.boiler.map(thousandths),
            backup: if customer.backup { Backup::Oil } else { Backup::None },
            contract: if customer.interruptible { Contract::Interruptible } else { Contract::Firm },
            annual: (customer.annual > 0).then_some(M3(customer.annual)),
            profile: &profile,
            tags: &customer.tags.join(";"),
            households: customer.households,
            ..CustomerRow::default()
        });
    }
    let evenings: std::collections::BTreeSet<u64> = town.customers.iter().filter_map(|c| c.evening).collect();
    for evening in evenings {
        // Something just before and just after the three hours, so that a window off by one shows.
        let (third, rest) = (evening / 3, 1000 - evening);
        for hour in 0..24 {
            let share = match hour {
                16 => rest / 2,
                17 => evening - 2 * third,
                18 | 19 => third,
                20 => rest - rest / 2,
                _ => 0,
            };
            rows.add_profile(ProfileRow { profile: &format!("evening-{evening}"), hour, share: thousandths(share) });
        }
    }
    for (id, profile) in &hours.profiles {
        for (hour, share) in (0..).zip(profile) {
            rows.add_profile(ProfileRow { profile: id, hour, share: thousandths(*share) });
        }
    }
    more(&mut rows);
    let (city, _) = rows.build(policies(&town.plan)).map_err(|problems| problems.to_string())?;
    let demand = |id: &str| town.customers.iter().find(|c| c.id == id).map_or(0, |c| c.demand);
    let supply = |id: &str| town.sources.iter().find(|s| s.id == id).map(|s| M3(s.volume));
    let mut day = Day::new(
        date,
        city.customers.iter().map(|c| M3(demand(&c.id))).collect(),
        city.sources.iter().map(|s| supply(&s.id)).collect(),
    );
    let burden = |id: &str| town.customers.iter().find(|c| c.id == id).map_or(0, |c| c.burden);
    day.customer_burdens = (0..).zip(&city.customers).map(|(i, c)| (i, thousandths(burden(&c.id)))).collect();
    let turns = |id: &str| town.turns.get(id).into_iter().flatten().map(|ago| days_before(date, *ago)).collect();
    day.turns = (0..).zip(&town.districts).map(|(i, d)| (i, turns(&d.id))).collect();
    day.hours.clone_from(&hours.clock);
    day.burdens = (0..).zip(&town.districts).map(|(i, d)| (i, thousandths(d.burden))).collect();
    Ok((city, day))
}

/// At most so many days as the month is old.
fn days_before(date: Date, days: u32) -> Date {
    Date::new(date.year(), date.month(), date.day() - days as u8).expect("a day of the same month")
}

fn thousandths(number: u64) -> Decimal {
    format!("{}.{:03}", number / 1000, number % 1000).parse().expect("a decimal")
}

fn outcome(decision: &Decision) -> Outcome {
    let (balance, totals) = (&decision.balance, &decision.totals);
    let status = match decision.status {
        Status::NoShortage => "no_shortage",
        Status::Balanced => "balanced",
        Status::BeyondAuthority => "beyond_authority",
    };
    let rank = |row: &curtail::decide::RankRow| Rank {
        kind: match row.kind {
            Kind::Firm => "firm".to_owned(),
            Kind::Authorised => "authorised".to_owned(),
            Kind::Withheld => "withheld".to_owned(),
        },
        tier: row.tier,
        measure: row.measure.clone(),
        size: row.size_m3.0,
        served: row.served_m3.0,
    };
    let customers = decision.detail.as_ref().map(|detail| detail.customers.as_slice()).unwrap_or_default();
    let districts = || decision.hours.iter().flat_map(|hours| &hours.by_district);
    let by_district = || districts().map(|district| district.served_m3.iter().map(|volume| volume.0).collect());
    let tiers = decision.by_tier.iter().filter(|row| !row.demand_m3.is_zero());
    Outcome {
        area: decision.area.clone(),
        demand: balance.demand_m3.0,
        supply: balance.supply_m3.0,
        deliverable: balance.deliverable_m3.0,
        level: decision.level.as_ref().map(|level| level.id.clone()),
        raised: decision.level.as_ref().and_then(|level| Some(level.area.as_ref()?.district.clone())),
        status: status.to_owned(),
        escalate_to: decision.escalate_to.clone(),
        rotation: decision.rotation.as_ref().map(|rotation| Rotation {
            k: rotation.blocks_by_formula,
            blocks: rotation.blocks.clone(),
            extended: rotation.extended,
            rest_gave_way: rotation.rest_gave_way,
        }),
        ranks: decision.by_rank.iter().map(rank).collect(),
        served: customers.iter().map(|c| (c.customer_id.to_string(), c.served_m3.0)).collect(),
        totals: Totals {
            demand: totals.demand_m3.0,
            served: totals.served_m3.0,
            cut: totals.cut_m3.0,
            withheld: totals.withheld_m3.0,
            beyond: totals.beyond_authority_m3.0,
            unused: totals.unused_m3.0,
            customers_cut: totals.customers_cut,
            households_cut: totals.households_cut,
        },
        tiers: tiers.map(|row| (row.tier, (row.demand_m3.0, row.served_m3.0))).collect(),
        areas: decision.areas.iter().map(outcome).collect(),
        by_hour: by_district().collect(),
        missing: decision.hours.as_ref().map_or(0, |hours| hours.linepack_missing_m3.0),
    }
}

/// Section 6: every table is a sum of the customers' volumes, so all of them add up.
pub fn adds_up(decision: &Decision) {
    let (demand, served) = (decision.totals.demand_m3.0, decision.totals.served_m3.0);
    let customers = &decision.detail.as_ref().expect("customers are asked for").customers;
    let mut sums = vec![(
        "customers",
        customers.iter().map(|c| c.demand_m3.0).sum::<u64>(),
        customers.iter().map(|c| c.served_m3.0).sum::<u64>(),
    )];
    let ranks = &decision.by_rank;
    sums.push(("by_rank", ranks.iter().map(|r| r.size_m3.0).sum(), ranks.iter().map(|r| r.served_m3.0).sum()));
    macro_rules! sum {
        ($($table:ident)*) => { $(
            let rows = &decision.$table;
            assert!(rows.iter().all(|r| r.cut_m3.0 == r.demand_m3.0 - r.served_m3.0), "{}", stringify!($table));
            let demand = rows.iter().map(|r| r.demand_m3.0).sum();
            sums.push((stringify!($table), demand, rows.iter().map(|r| r.served_m3.0).sum()));
        )* };
    }
    sum!(by_class by_district by_company by_tier);
    for (table, of_demand, of_served) in sums {
        assert_eq!((of_demand, of_served), (demand, served), "{table} does not add up");
    }
    assert!(ranks.iter().zip(1..).all(|(row, rank)| row.rank == rank && row.size_m3.0 > 0), "{ranks:?}");
    decision.areas.iter().for_each(adds_up);
}
