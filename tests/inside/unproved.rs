//! A split of contested links that nobody proved, decided and verified.

use crate::city::{City, CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
use crate::decide::{Day, Decision, Options, Prepared};
use crate::policy::{Policies, Policy};
use crate::units::{Date, M3};
use crate::verify::verify;

/// Two companies with a gate of their own each, and one narrow link to the town that both serve.
fn town(policies: &Policies) -> City {
    let settings = Settings { hourly: true, pooling: false, ..Settings::default() };
    let mut rows = City::builder(settings);
    rows.add_district(DistrictRow { id: "town", urban: true, ..DistrictRow::default() });
    let date = Date::new(2026, 1, 7).unwrap();
    for (company, gate) in [("jia", "north"), ("yi", "south")] {
        for (class, demand) in [("residential", 24_000), ("industry", 24_000)] {
            let id = format!("{company}-{class}");
            let row = CustomerRow { id: &id, class, district: "town", company, ..CustomerRow::default() };
            rows.add_customer(CustomerRow { demand: M3(demand), ..row });
        }
        let volume = M3(60_000);
        rows.add_supply(SupplyRow { date, source: gate, volume, max_h: None, company: Some(company), area: None });
        rows.add_link(LinkRow { from: gate, to: "ring", capacity: M3(60_000), capacity_h: None });
    }
    rows.add_link(LinkRow { from: "ring", to: "town", capacity: M3(72_000), capacity_h: None });
    rows.build(policies).unwrap().0
}

fn decided(policies: &Policies, city: &City, most_steps: Option<usize>) -> Decision {
    let day = Day::on(city, Date::new(2026, 1, 7).unwrap()).unwrap().0;
    let prepared = Prepared::new(policies, city, Options { most_steps, ..Options::default() }).unwrap();
    let decision = prepared.decide(&day).unwrap();
    let verified = verify(policies, city, &day, &decision).unwrap();
    assert!(verified.holds(), "{:?}", verified.violated);
    decision
}

#[test]
fn contested_links_whose_program_is_given_up_are_unconfirmed_and_say_both_figures() {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let city = town(&policies);
    let decision = decided(&policies, &city, None);
    assert!(decision.confirmed);
    assert_eq!(decision.totals.served_m3, M3(72_000));
    let given_up = decided(&policies, &city, Some(0));
    assert!(!given_up.confirmed);
    let told: Vec<_> = given_up.warnings.iter().filter(|warning| warning.code == "unconfirmed").collect();
    assert!(!told.is_empty());
    assert!(given_up.totals.served_m3 <= M3(72_000));
    // What was found, and the most that it could be: whole figures in both languages.
    let figures = |text: &str| text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() > 2).count();
    assert!(told.iter().any(|warning| figures(&warning.text) >= 2 && figures(&warning.text_zh) >= 2), "{told:?}");
}
