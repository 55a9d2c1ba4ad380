//! A decision of a random city holds; changed by one cubic metre it does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, missing_docs)]

mod common;
mod reference;

#[path = "properties/towns.rs"]
mod towns;

use curtail::city::City;
use curtail::decide::{Day, Decision, Options, Prepared, Solver};
use curtail::verify::{Finding, Rule, Verification, verify};
use proptest::prelude::*;
use reference::Town;
use serde_json::Value;

fn cases(cases: u32) -> ProptestConfig {
    let set = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..set }
}

fn decided(town: &Town) -> Option<(City, Day, Decision)> {
    let (city, day) = common::city(town).ok()?;
    let mut options = Options::default();
    (options.solver, options.unified) = (Solver::Exact, town.unified);
    let decision = Prepared::new(policies(town), &city, options).ok()?.decide(&day).ok()?;
    Some((city, day, decision))
}

fn policies(town: &Town) -> &'static curtail::policy::Policies {
    common::policies(&town.plan)
}

fn check(town: &Town, city: &City, day: &Day, decision: &Decision) -> Verification {
    verify(policies(town), city, day, decision).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Paths of every volume in a decision that says something of the day; digests, proofs and the record aside.
fn volumes(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in
                entries.iter().filter(|(key, _)| !["memory", "deliverable", "escalation"].contains(&key.as_str()))
            {
                path.push(key.clone());
                let by_company = path.len() >= 2 && path[path.len() - 2] == "by_company" && value.is_string();
                if key.ends_with("_m3") && (value.is_u64() || value.is_string()) || by_company {
                    found.push(path.clone());
                }
                volumes(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(at.to_string());
                // A slice is the list of its numbers: customer, rank, size, served.
                if path.len() >= 3 && path[path.len() - 3] == "slices" && at >= 2 {
                    found.push(path.clone());
                }
                volumes(item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, path: &[String]) -> &'v mut Value {
    path.iter().fold(value, |value, part| match part.parse::<usize>() {
        Ok(at) if value.is_array() => &mut value[at],
        _ => &mut value[part.as_str()],
    })
}

fn holds_unless_changed(town: &Town, which: usize, up: bool) -> Result<(), TestCaseError> {
    let Some((city, day, decision)) = decided(town) else { return Ok(()) };
    let verification = check(town, &city, &day, &decision);
    prop_assert!(verification.holds(), "{:?}", verification.violated);
    let mut json = serde_json::to_value(&decision).unwrap();
    prop_assert_eq!(&serde_json::from_value::<Decision>(json.clone()).unwrap(), &decision);
    let mut found = Vec::new();
    volumes(&json, &mut Vec::new(), &mut found);
    let path = &found[which % found.len()];
    let leaf = at(&mut json, path);
    // A fraction of a cubic metre is written as text.
    let before = leaf.as_str().map_or(leaf.to_string(), str::to_owned);
    let (whole, decimals) = before.split_once('.').map_or((&*before, ""), |(whole, decimals)| (whole, decimals));
    let whole: u64 = whole.parse().unwrap();
    let after = if up { whole + 1 } else { whole.saturating_sub(1).max(u64::from(whole == 0)) };
    *leaf = if leaf.is_string() { format!("{after}.{decimals}0").into() } else { after.into() };
    let changed: Decision = serde_json::from_value(json).unwrap();
    let verification = check(town, &city, &day, &changed);
    prop_assert!(!verification.holds(), "{} changed from {before}, and nobody noticed", path.join("."));
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn one_cubic_metre_more_or_less_anywhere_is_noticed(town in towns::any_town(), which: usize, up: bool) {
        holds_unless_changed(&town, which, up)?;
    }

    #[test]
    fn so_it_is_under_every_plan(town in towns::under_any_plan(), which: usize, up: bool) {
        all_is_proved(&town, &[])?;
        holds_unless_changed(&town, which, up)?;
    }

    #[test]
    fn so_it_is_where_an_area_may_raise_the_level(town in towns::of_areas(), which: usize, up: bool) {
        all_is_proved(&town, &[])?;
        holds_unless_changed(&town, which, up)?;
    }

    /// The level that an area calls for, and the area, are the ones that the evidence proves.
    #[test]
    fn another_area_or_none_is_noticed(town in towns::of_areas(), other: usize) {
        let Some((city, day, mut decision)) = decided(&town) else { return Ok(()) };
        let Some(level) = decision.level.as_mut() else { return Ok(()) };
        let Some(area) = level.area.as_mut() else { return Ok(()) };
        let others: Vec<_> = town.districts.iter().filter(|district| district.id != area.district).collect();
        match others.get(other % town.districts.len()) {
            Some(other) => area.district.clone_from(&other.id),
            None => level.area = None,
        }
        prop_assert!(!check(&town, &city, &day, &decision).holds());
    }

    /// A cubic metre handed from one customer to another, with every slice and every sum set right.
    #[test]
    fn a_cubic_metre_moved_between_customers_is_noticed(town in towns::any_town(), from: usize, to: usize) {
        moved_is_noticed(&town, from, to)?;
    }
}

/// Every rule is found to hold, but for those that may be left open.
fn all_is_proved(town: &Town, left: &[Rule]) -> Result<(), TestCaseError> {
    let Some((city, day, decision)) = decided(town) else { return Ok(()) };
    for (rule, finding) in check(town, &city, &day, &decision).findings {
        prop_assert!(finding == Finding::Holds || left.contains(&rule), "{rule:?}: {finding:?}");
    }
    Ok(())
}

fn moved_is_noticed(town: &Town, from: usize, to: usize) -> Result<(), TestCaseError> {
    let Some((city, day, mut decision)) = decided(town) else { return Ok(()) };
    let detail = decision.detail.as_mut().unwrap();
    let givers: Vec<usize> = (0..detail.slices.len()).filter(|s| detail.slices[*s].served_m3.get() > 0).collect();
    let short = |s: &usize| detail.slices[*s].served_m3 < detail.slices[*s].size_m3;
    let takers: Vec<usize> = (0..detail.slices.len()).filter(short).collect();
    if givers.is_empty() || takers.is_empty() {
        return Ok(());
    }
    let (from, to) = (givers[from % givers.len()], takers[to % takers.len()]);
    let [giver, taker] = [from, to].map(|s| detail.slices[s].customer as usize);
    if giver == taker {
        return Ok(());
    }
    detail.slices[from].served_m3.0 -= 1;
    detail.slices[to].served_m3.0 += 1;
    detail.customers[giver].served_m3.0 -= 1;
    detail.customers[taker].served_m3.0 += 1;
    let verification = check(town, &city, &day, &decision);
    prop_assert!(!verification.holds());
    Ok(())
}

/// Behind a link of 10 m3 three districts share 10, 3.33 each; two others share the other 9 of a source, 4.5 each. Two cubic metres are left
/// once all are rounded down, and the largest remainders are those of the two: the three get 9, though 10 could reach them.
#[test]
fn a_group_may_round_up_at_the_cost_of_another() {
    use curtail::city::{CustomerRow, DistrictRow, LinkRow, Settings, SupplyRow};
    use curtail::units::M3;
    let date = "2026-01-07".parse().unwrap();
    let policies = curtail::policy::Policies::of(curtail::policy::Policy::builtin("xian-2025").unwrap());
    let mut rows = City::builder(Settings::default());
    rows.add_supply(SupplyRow { date, source: "gate", volume: M3(19), max_h: None, company: None, area: None });
    let mut link = |from, to, volume| {
        rows.add_link(LinkRow { from, to, capacity: M3(volume), capacity_h: None });
    };
    link("gate", "ring", 10);
    ["a", "b", "c"].into_iter().for_each(|district| link("ring", district, 10));
    ["d", "e"].into_iter().for_each(|district| link("gate", district, 10));
    for district in ["a", "b", "c", "d", "e"] {
        rows.add_district(DistrictRow { id: district, urban: true, ..DistrictRow::default() });
        let demand = M3(10);
        let row =
            CustomerRow { id: district, district, company: "gas", class: "hospital", demand, ..CustomerRow::default() };
        rows.add_customer(row);
    }
    let (city, _) = rows.build(&policies).unwrap();
    let (day, _) = Day::on(&city, date).unwrap();
    let decision = Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap();
    let served: Vec<u64> = decision.by_district.iter().map(|row| row.served_m3.get()).collect();
    assert_eq!(served, [3, 3, 3, 5, 5]);
    let found = |decision: &Decision| verify(&policies, &city, &day, decision).unwrap();
    assert_eq!(found(&decision).violated, None);
    // A cubic metre of the two for the three, with all sums and flows set right, is as even; but not the largest remainder.
    let text = serde_json::to_string(&decision).unwrap();
    let mut other: Value = serde_json::from_str(&text).unwrap();
    let mut set = |pointer: String, to: Value| *other.pointer_mut(&pointer).unwrap_or_else(|| panic!("{pointer}")) = to;
    for (at, served) in [(0, 4), (4, 4)] {
        set(format!("/detail/slices/{at}/3"), served.into());
        set(format!("/detail/customers/{at}/served_m3"), served.into());
        set(format!("/by_district/{at}/served_m3"), served.into());
        set(format!("/by_district/{at}/cut_m3"), (10 - served).into());
    }
    let links = decision.evidence.as_ref().unwrap().links.iter().enumerate();
    for (at, link) in links {
        let more = [("gate", "ring", 10), ("ring", "a", 4), ("gate", "e", 4)];
        if let Some((.., flow)) = more.iter().find(|(from, to, _)| (link.from.as_str(), link.to.as_str()) == (from, to))
        {
            set(format!("/evidence/links/{at}/flow_m3"), (*flow).into());
        }
    }
    let violated = found(&serde_json::from_value(other).unwrap()).violated.unwrap();
    assert_eq!(violated.rule, Rule::WholeMetres, "{violated:?}");
}

/// Rules that nothing but a solver would settle among companies that share a network.
#[cfg(feature = "lp")]
const LEFT: [Rule; 2] = [Rule::Evenness, Rule::WholeMetres];

/// A random test shows nothing of what its towns never reach.
#[cfg(feature = "lp")]
#[test]
fn companies_on_a_network_reach_every_corner() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut corners = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..600 {
        let town = towns::of_companies().new_tree(&mut runner).unwrap().current();
        let Some((_, _, decision)) = decided(&town) else { continue };
        let evidence = decision.evidence.as_ref().unwrap();
        let companies = |link: &curtail::decide::evidence::LinkUse| link.by_company.len().min(2);
        let fraction = |decimal: &curtail::units::Decimal| decimal.to_string().contains('.');
        let priced = || evidence.ranks.iter().filter_map(|proof| proof.priced.as_ref());
        let rotation = evidence.rotation.as_ref();
        for (corner, reached) in [
            ("two companies on a link", evidence.links.iter().any(|link| companies(link) == 2)),
            ("a fraction on a link", evidence.deliverable.iter().flat_map(|d| &d.by_company).flatten().any(fraction)),
            ("a total that is a fraction", priced().any(|priced| fraction(&priced.total_m3))),
            ("a better rank worth something", priced().any(|priced| !priced.prices.ranks.is_empty())),
            (
                "a better rank worth more than 1",
                priced().any(|p| p.prices.ranks.values().any(|w| *w > curtail::units::Decimal::ONE)),
            ),
            ("a price that is a fraction", priced().any(|p| p.prices.links.values().any(fraction))),
            ("a rotation", rotation.is_some()),
            ("one block fewer", rotation.is_some_and(|rotation| rotation.with_one_fewer.is_some())),
            ("graver levels", evidence.escalation.len() > 1),
            ("a level that would do", decision.escalate_to.is_some()),
            ("decided", true),
        ] {
            *corners.entry(corner.to_owned()).or_default() += usize::from(reached);
        }
    }
    assert!(corners.values().all(|count| *count > 0), "{corners:#?}");
}

#[cfg(feature = "lp")]
proptest! {
    #![proptest_config(cases(200))]

    /// Where companies share a network.
    #[test]
    fn so_it_is_among_companies_on_a_network(town in towns::of_companies(), which: usize, up: bool) {
        all_is_proved(&town, &LEFT)?;
        holds_unless_changed(&town, which, up)?;
    }

    #[test]
    fn a_cubic_metre_moved_among_companies_is_noticed(
        town in towns::of_companies(),
        from: usize,
        to: usize,
    ) {
        moved_is_noticed(&town, from, to)?;
    }
}

#[test]
fn every_rule_has_a_name_and_a_sentence_of_its_own() {
    let names: std::collections::BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    let words: std::collections::BTreeSet<String> = Rule::ALL.iter().map(|rule| rule.label().zh).collect();
    assert_eq!((names.len(), words.len()), (Rule::ALL.len(), Rule::ALL.len()));
}
