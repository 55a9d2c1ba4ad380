//! Days by the hour whose settings differ, decided one after another.

use std::sync::Arc;

use super::Hourly;
use crate::city::{City, CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
use crate::decide::{Day, Options, Prepared};
use crate::policy::{Policies, Policy};
use crate::units::{Date, M3};

fn date(day: u8) -> Date {
    Date::new(2026, 1, day).expect("a date")
}

/// Two districts behind one gate, one of which keeps gas in its pipes; from the tenth on the gate gives less in an hour.
fn town(policies: &Policies) -> City {
    let mut rows = City::builder(Settings { hourly: true, ..Settings::default() });
    let pipes = DistrictRow { linepack: Some(M3(6_000)), linepack_max: Some(M3(9_000)), ..DistrictRow::default() };
    rows.add_district(DistrictRow { id: "old", urban: true, ..pipes });
    rows.add_district(DistrictRow { id: "new", urban: true, ..DistrictRow::default() });
    for (at, class) in ["residential", "industry", "commercial", "hospital"].into_iter().enumerate() {
        for district in ["old", "new"] {
            let id = format!("{district}-{class}");
            let row = CustomerRow { id: &id, class, district, company: "gas", ..CustomerRow::default() };
            rows.add_customer(CustomerRow { demand: M3(12_000 + 1_001 * at as u64), ..row });
        }
    }
    for day in 7..13 {
        let max_h = Some(M3(if day < 10 { 5_000 } else { 3_500 }));
        let (date, volume) = (date(day), M3(98_000 - 1_000 * u64::from(day)));
        rows.add_supply(SupplyRow { date, source: "gate", volume, max_h, company: None, area: None });
    }
    for to in ["old", "new"] {
        rows.add_link(LinkRow { from: "gate", to, capacity: M3(60_000), capacity_h: None });
    }
    rows.build(policies).expect("a town").0
}

#[test]
fn days_of_one_setting_share_it_and_no_others_do() {
    let policies = Policies::of(Policy::builtin("xian-2025").expect("the plan"));
    let city = town(&policies);
    let ready = || Prepared::new(&policies, &city, Options::default()).expect("a town made ready");
    let day = |of: u8, hours: std::ops::Range<u8>| {
        let day = Day::on(&city, date(of)).expect("a day").0;
        Day { hours: hours.map(|hour| (8 + hour) % 24).collect(), ..day }
    };
    let one = ready();
    let pipes = |day: &Day| Hourly::new(&city, &one.urban, day).pipes;
    let (first, second) = (pipes(&day(7, 0..24)), pipes(&day(8, 0..24)));
    assert!(Arc::ptr_eq(&first, &second));
    for other in [day(10, 0..24), day(7, 0..23), day(7, 1..24)] {
        assert!(!Arc::ptr_eq(&first, &pipes(&other)));
    }
    // In any order, and more settings than are kept: each day is decided as if it were the only one.
    let spans = [0..24, 0..23, 1..24, 2..24, 3..24, 0..22];
    let mut short = 0;
    for _ in 0..2 {
        for of in [7, 12, 9, 10] {
            for span in &spans {
                let day = day(of, span.clone());
                let decision = one.decide(&day).expect("a decision");
                assert_eq!(decision, ready().decide(&day).expect("a decision"), "{of} {span:?}");
                short += u32::from(decision.balance.shortfall_m3.get() > 0);
            }
        }
    }
    assert!(short > 10, "{short}");
}
