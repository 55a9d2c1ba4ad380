//! Customers cut by the short way of a day that is decided as a whole, held to the long way that also knows ranks and hours.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Plan;
use crate::city::{Backup, City, Contract, CustomerRow, DistrictRow, ProfileRow, Settings, SupplyRow};
use crate::decide::{Day, Options, Prepared};
use crate::policy::{Policies, Policy, Standing};
use crate::units::{Date, Decimal, M3};

/// Class by index, demand, floor, boiler, backup, contract, with a profile.
type Row = (usize, u64, u64, u64, bool, bool, bool);

fn city(policies: &Policies, rows: &[Row]) -> City {
    let mut city = City::builder(Settings::default());
    city.add_district(DistrictRow { id: "one", urban: true, ..DistrictRow::default() });
    for hour in 0..24u8 {
        let share = Decimal::percent(100 + 37 * u64::from(hour % 5) + u64::from(hour));
        city.add_profile(ProfileRow { profile: "uneven", hour, share });
    }
    let classes = &policies.main.classes;
    for (at, (class, demand, floor, boiler, backup, contract, profile)) in rows.iter().enumerate() {
        city.add_customer(CustomerRow {
            id: &format!("customer-{at}"),
            class: &classes[class % classes.len()].id,
            district: "one",
            company: "gas",
            demand: M3(*demand),
            floor: M3(*floor.min(demand)),
            boiler_t_h: Some(Decimal::whole(*boiler)),
            backup: if *backup { Backup::Oil } else { Backup::None },
            contract: if *contract { Contract::Interruptible } else { Contract::Firm },
            profile: if *profile { "uneven" } else { "" },
            ..CustomerRow::default()
        });
    }
    let date = Date::new(2026, 1, 7).expect("a date");
    city.add_supply(SupplyRow { date, source: "gate", volume: M3(1), max_h: None, company: None, area: None });
    city.build(policies).expect("a city").0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_short_way_cuts_as_the_long_way(
        rows in prop::collection::vec((0usize..40, 1u64..2_000_000, 0u64..900_000, 0u64..40, any::<bool>(), any::<bool>(), any::<bool>()), 1..30),
    ) {
        let mut short = 0;
        for id in Policy::builtins() {
            let policies = Policies::of(Policy::builtin(id).expect("a plan"));
            let city = city(&policies, &rows);
            let prepared = Prepared::new(&policies, &city, Options::default()).expect("a city made ready");
            let (day, scope) = (Day::on(&city, Date::new(2026, 1, 7).expect("a date")).expect("a day").0, &prepared.urban);
            let kinds = scope.kinds_on(&city, &day);
            let levels = (0..policies.main.levels.len()).map(Standing::At);
            for standing in levels.chain([Standing::Always, Standing::NoShortage]) {
                let plan = Plan::new(&city, scope, &day, &kinds, standing);
                for (at, rotating) in (0..scope.customers.len()).flat_map(|at| [(at, false), (at, true)]) {
                    let kind = kinds.of[at] as usize;
                    short += u32::from(plan.rules.course_of(kind, rotating).plain.is_some());
                    let mut own = BTreeMap::new();
                    for slice in plan.slices_of(at, &[rotating]) {
                        *own.entry(slice.rank as usize).or_default() += slice.size;
                    }
                    let long = plan.slices_as(at, &kinds.kinds[kind], scope.floors[at], rotating);
                    prop_assert_eq!(own, long, "{} {:?} {} {}", id, standing, at, rotating);
                }
            }
        }
        prop_assert!(short > 0);
    }
}
