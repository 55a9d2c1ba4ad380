//! Curves by the hour: sampled at every percent, with the figures that a decision at that shortfall has.

use curtail::city::{City, CustomerRow};
use curtail::decide::whatif::{self, WhatIf};
use curtail::decide::{Day, Options, Prepared, Solver};
use curtail::policy::{Policies, Policy};
use curtail::units::{Decimal, Fraction, M3};

use super::{city, customer, date, district, supply};

fn town(policies: &Policies) -> City {
    let mut rows = city();
    rows.add_district(district("a"));
    rows.add_district(district("b"));
    rows.add_customer(CustomerRow { profile: "evening", ..customer("works", "industry", 24_000) });
    rows.add_customer(CustomerRow { district: "b", ..customer("shop", "commercial", 10_000) });
    rows.add_customer(customer("plant", "industry", 12_000));
    let boiler =
        CustomerRow { boiler_t_h: Some("12".parse().unwrap()), ..customer("boiler", "boiler_community", 8_000) };
    rows.add_customer(CustomerRow { district: "b", ..boiler });
    rows.add_customer(CustomerRow { profile: "evening", ..customer("homes", "residential", 46_000) });
    rows.add_supply(supply("gate", 100_000, Some(9_000)));
    rows.build(policies).unwrap_or_else(|problems| panic!("{problems}")).0
}

#[test]
fn at_every_percent_the_curve_says_what_a_decision_does() {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    let city = town(&policies);
    let (day, _) = Day::on(&city, date()).unwrap();
    let mut options = Options::default();
    options.solver = Solver::Exact;
    let prepared = Prepared::new(&policies, &city, options).unwrap();
    let curves = prepared.curves(&day).unwrap();
    let [curve] = &curves[..] else { panic!("one balance") };
    assert_eq!((curve.is_exact(), curve.steps_by_hour()), (false, Some(100)));
    for percent in [0u64, 3, 8, 10, 11, 24, 31, 60, 99] {
        let mut then = day.clone();
        whatif::apply(&city, &mut then, WhatIf::Shortfall(Decimal::whole(percent)), false).unwrap();
        let decision = prepared.decide(&then).unwrap();
        let point = curve.at(Fraction::new(u128::from(percent), 100)).unwrap();
        let whole = |fraction: Fraction| fraction.numerator() / fraction.denominator();
        assert_eq!(whole(point.deliverable()), u128::from(decision.balance.deliverable_m3.get()), "{percent} %");
        assert_eq!(whole(point.served()), u128::from(decision.totals.served_m3.get()), "{percent} %");
        let level = decision.level.as_ref().and_then(|level| policies.main.level(&level.id));
        let stands = match point.standing() {
            curtail::policy::Standing::At(level) => Some(level),
            _ => None,
        };
        assert_eq!(stands, level, "{percent} %");
        // Classes differ by their profiles; whole m3 inside a rank may fall to one or the other.
        for (class, served) in policies.main.classes.iter().zip(point.by_class()) {
            let row = decision.by_class.iter().find(|row| row.class == class.id);
            let decided = row.map_or(M3::ZERO, |row| row.served_m3).get();
            assert!(u128::from(decided).abs_diff(whole(served)) <= 2, "{percent} %: {} {decided} {served:?}", class.id);
        }
    }
    // No single customers: those of one cell want gas in different hours.
    assert_eq!((curve.customer(0), curve.first_touched(0)), (None, None));
    assert!(curtail::prove::fates(curve, curve).is_none());
    assert!(!curtail::prove::check(curve).proved);
}
