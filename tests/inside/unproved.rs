//! A split of contested links that nobody proved, decided and verified.

use crate::city::{City, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
use crate::decide::revise::{self, Revision};
use crate::decide::{Day, Decision, Options, Prepared};
use crate::policy::{Policies, Policy};
use crate::units::{Date, M3};
use crate::verify::verify;

/// Two companies with a gate of their own each, and one narrow link to the town that both serve.
fn town(policies: &Policies, morning: Option<fn(u8) -> &'static str>) -> City {
    let settings = Settings { hourly: true, pooling: false, ..Settings::default() };
    let mut rows = City::builder(settings);
    rows.add_district(DistrictRow { id: "town", urban: true, ..DistrictRow::default() });
    let date = Date::new(2026, 1, 7).unwrap();
    let profile = if morning.is_some() { "morning" } else { "" };
    for (share, hour) in morning.into_iter().flat_map(|share| (0..24).map(move |hour| (share(hour), hour))) {
        rows.add_profile(ProfileRow { profile: "morning", hour, share: share.parse().unwrap() });
    }
    for (company, gate) in [("jia", "north"), ("yi", "south")] {
        for (class, demand) in [("residential", 24_000), ("industry", 24_000)] {
            let id = format!("{company}-{class}");
            let row = CustomerRow { id: &id, class, district: "town", company, ..CustomerRow::default() };
            rows.add_customer(CustomerRow { demand: M3(demand), profile, ..row });
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
    let city = town(&policies, None);
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

/// Both companies want the link in the morning and have room on it later: what of the rest of the day arrives is no question, and what
/// could have arrived over the day is one.
#[test]
fn a_revision_doubts_what_could_have_arrived_before_it() {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let city = town(&policies, Some(|hour| if (8..12).contains(&hour) { "0.125" } else { "0.025" }));
    let order = decided(&policies, &city, None);
    assert!(order.confirmed);
    let date = Date::new(2026, 1, 7).unwrap();
    let revised = |most_steps: Option<usize>| {
        let day = Day::on(&city, date).unwrap().0;
        let revision = Revision { order: Some((&order, "2026-01-07-1")), ..Revision::at(14) };
        let rest = revise::rest(&city, &policies, day, revision).unwrap();
        let options = Options { most_steps, ..Options::default() };
        let decision = Prepared::new(&policies, &rest.city, options).unwrap().decide(&rest.day).unwrap();
        let verified = verify(&policies, &rest.city, &rest.day, &decision).unwrap();
        assert!(verified.holds(), "{:?}", verified.violated);
        decision
    };
    let sure = revised(None);
    assert!(sure.confirmed, "{:?}", sure.warnings);
    let given_up = revised(Some(0));
    assert!(!given_up.confirmed);
    let told: Vec<_> = given_up.warnings.iter().filter(|warning| warning.code == "unconfirmed").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(given_up.totals, sure.totals);
}
