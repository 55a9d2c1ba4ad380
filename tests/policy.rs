//! Policies: the built-in ones are sound, and unsound ones are refused with place and hint.

#![allow(clippy::panic)]

#[path = "policy/response.rs"]
mod response;

use std::path::Path;

use curtail::policy::{Cut, Policy, Standing, Status};
use curtail::problem::{Origin, Problems};
use curtail::units::Date;

fn builtin(id: &str) -> Policy {
    Policy::builtin(id).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The Xi'an policy with one piece of text replaced by another; the piece must be there.
fn xian_with(old: &str, new: &str) -> Result<Policy, Problems> {
    let text = Policy::builtin_text("xian-2025").unwrap_or_default();
    assert!(text.contains(old), "the policy no longer says `{old}`");
    Policy::parse(&text.replacen(old, new, 1), &Origin::file("plan.toml"), &[]).map(|(policy, _)| policy)
}

fn refused(old: &str, new: &str) -> String {
    match xian_with(old, new) {
        Ok(_) => panic!("accepted: `{new}`"),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn every_builtin_policy_is_sound_and_every_rule_cites_its_clause() {
    for id in Policy::builtins() {
        let policy = builtin(id);
        assert_eq!(policy.id, id);
        let (_, notes) = Policy::load(id, Path::new("."), &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(notes.len(), 0, "{id}: {notes}");
        let bases = (policy.tiers.iter().map(|t| (t.number.to_string(), &t.basis)))
            .chain(policy.levels.iter().map(|l| (l.id.clone(), &l.basis)))
            .chain(policy.exemptions.iter().map(|e| (e.id.clone(), &e.basis)))
            .chain(policy.duties.iter().map(|d| (d.id.clone(), &d.basis)))
            .chain(policy.rotation.iter().map(|r| ("rotation".to_owned(), &r.basis)))
            .chain(policy.response.acts.iter().map(|(act, who)| (act.id().to_owned(), &who.basis)))
            .chain(policy.response.ease.iter().map(|ease| ("ease".to_owned(), &ease.basis)))
            .chain((!policy.response.warn.is_empty()).then(|| ("warn".to_owned(), &policy.response.warn_basis)))
            .chain(policy.measures.iter().flat_map(|m| m.at.iter().flatten().map(|a| (m.id.clone(), &a.basis))));
        for (rule, basis) in bases {
            assert!(!basis.clause.is_empty(), "{id}: {rule} cites no clause");
        }
    }
}

#[test]
fn the_bands_of_xian_are_exact_at_five_ten_and_twenty_percent() {
    let policy = builtin("xian-2025");
    let level = |shortfall, demand| match policy.standing(shortfall, demand) {
        Standing::At(level) => policy.levels[level].id.as_str(),
        _ => "none",
    };
    let demand = 1_000_000_000_000;
    for (shortfall, expected) in [
        (0, "none"),
        (1, "IV"),
        (49_999_999_999, "IV"),
        (50_000_000_000, "III"),
        (99_999_999_999, "III"),
        (100_000_000_000, "II"),
        (200_000_000_000, "II"),
        (200_000_000_001, "I"),
        (1_000_000_000_000, "I"),
    ] {
        assert_eq!(level(shortfall, demand), expected, "{shortfall}");
    }
}

#[test]
fn the_number_of_blocks_grows_by_one_every_five_percent_from_twenty() {
    let rotation = builtin("xian-2025").rotation.unwrap_or_else(|| panic!("no rotation"));
    let blocks = |shortfall| rotation.blocks_by_formula(shortfall, 10_000, 9);
    let expected = [(1000, 1), (2001, 1), (2499, 1), (2500, 2), (2999, 2), (3000, 3), (5999, 8), (6000, 9), (9999, 9)];
    for (shortfall, k) in expected {
        assert_eq!(blocks(shortfall), k, "{shortfall}");
    }
    assert_eq!(rotation.blocks_by_formula(9999, 10_000, 0), 0);
}

#[test]
fn an_override_changes_one_value_and_the_digest_says_so() {
    let plain = builtin("xian-2025");
    let set = ["measures.limit-large-central.III.limit=0.4".to_owned()];
    let (changed, _) = Policy::load("xian-2025", Path::new("."), &set).unwrap_or_else(|problems| panic!("{problems}"));
    let limit = |policy: &Policy| {
        let measure = &policy.measures[policy.measure("limit-large-central").unwrap_or_default()];
        let day = Date::new(2026, 1, 7).unwrap_or_else(|e| panic!("{e}"));
        match &measure.at[policy.level("III").unwrap_or_default()].as_ref().map(|action| &action.cut) {
            Some(Cut::Limit(limit)) => limit.on(day).map(|limit| limit.to_string()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((limit(&plain), limit(&changed)), (Some("0.3".into()), Some("0.4".into())));
    assert_ne!(plain.digest, changed.digest);
    assert_eq!(changed.overrides, set);
}

#[test]
fn the_digest_ignores_layout_but_not_content() {
    let same = xian_with("limit = 0.30", "limit   =   0.3 # thirty percent").unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(same.digest, builtin("xian-2025").digest);
    let other = xian_with("limit = 0.30", "limit = 0.31").unwrap_or_else(|p| panic!("{p}"));
    assert_ne!(other.digest, same.digest);
}

#[test]
fn the_ferc_policy_has_no_levels_and_splits_a_requirement() {
    let policy = builtin("us-granite-ferc");
    assert_eq!(policy.standing(0, 10), Standing::Always);
    assert_eq!(policy.tiers.len(), 11);
    assert!(policy.tiers.iter().any(|tier| tier.basis.status == Status::Reading));
}

#[test]
fn unsound_policies_are_refused_with_place_and_hint() {
    let cases = [
        ("unknown key", ("rebound = 0\n", "rebounce = 0\n"), "unknown key `rebounce`\n  help: did you mean `rebound`?"),
        (
            "gapped levels",
            ("from = 0.05, below = 0.10", "from = 0.05, below = 0.09"),
            "no level answers shortfalls from 0.09 to 0.1 of demand",
        ),
        (
            "overlapping levels",
            ("from = 0.05, below = 0.10", "from = 0.05, up_to = 0.10"),
            "levels III and II both answer a shortfall of 0.1 of demand",
        ),
        ("levels that end early", ("{ over = 0.20 }", "{ over = 0.20, up_to = 0.9 }"), "from 0.9 to 1 of demand"),
        (
            "an unmatched class",
            ("takes = [{ class = [\"boiler_central\"] }]", "takes = [{ class = [\"boiler_central\"], tag = [\"x\"] }]"),
            "some gas of class `boiler_central` has no place in the supply order",
        ),
        (
            "an unknown class",
            ("who = { class = [\"boiler_central\"] }", "who = { class = [\"boiler_centrl\"] }"),
            "unknown class `boiler_centrl`\n  help: the nearest class: `boiler_central`",
        ),
        (
            "an unreachable measure",
            ("levels = [\"IV\", \"III\", \"II\", \"I\"]\n", ""),
            "measure `reduce-chp` is in force at no level",
        ),
        (
            "a shadowed measure",
            ("who = { class = [\"chp\", \"distributed_energy\"] }", "who = { class = [\"industry\"] }"),
            "measure `reduce-chp` can never cut anything: `stop-industry-commerce`",
        ),
        (
            "an impossible window",
            ("from = \"17:00\", until = \"20:00\"", "from = \"17:00\", until = \"17:00\""),
            "no hour lies between 17:00 and 17:00",
        ),
        (
            "half an hour",
            ("from = \"17:00\", until = \"20:00\"", "from = \"17:30\", until = \"20:00\""),
            "`17:30` is not a whole clock hour",
        ),
        ("a limit above one", ("limit = 0.30", "limit = 30"), "`limit` is 30, but it is a share of demand"),
        ("a negative limit", ("limit = 0.30", "limit = -0.3"), "`limit` must be a decimal number, not negative"),
        ("an infinite limit", ("limit = 0.30", "limit = inf"), "`limit` must be a decimal number, not negative"),
        (
            "a season without its limit",
            ("limit = 0.30", "limit = [{ from = \"11-01\", until = \"03-31\" }, { value = 0.3 }]"),
            "the key `value` is missing",
        ),
        (
            "an unknown level",
            ("levels = [\"IV\", \"III\"", "levels = [\"IV\", \"VI\""),
            "unknown level `VI`\n  help: the levels of this policy are: IV, III, II, I",
        ),
        (
            "an unknown role",
            ("approved_by = \"office\"", "approved_by = \"offices\""),
            "unknown role `offices`\n  help: the nearest role: `office`",
        ),
        ("no step", ("step = 0.05", "step = 0"), "the rotation's `step` is 0"),
        ("two names for one thing", ("aliases = [\"公交\"", "aliases = [\"出租车\""), "`出租车` already means `bus`"),
        (
            "a measure left out of the order",
            ("    \"reduce-chp\",\n", ""),
            "measure `reduce-chp` is missing in `cut_order`",
        ),
        ("a stop as needed", ("rebound = 0\n", "rebound = 0.1\nmode = \"as_needed\"\n"), "stops customers as needed"),
        ("a tier beyond counting", ("number = 4\n", "number = 4294967296\n"), "`number` must be a whole number"),
        ("a rest beyond counting", ("step = 0.05\n", "step = 0.05\nrest_days = 4294967296\n"), "`rest_days` must be a"),
        ("broken syntax", ("[rotation]", "[rotation"), "plan.toml:"),
    ];
    for (name, (old, new), expected) in cases {
        let text = refused(old, new);
        assert!(text.contains(expected), "{name}: expected `{expected}` in:\n{text}");
        assert!(text.contains("plan.toml:"), "{name}: no place in:\n{text}");
    }
}

#[test]
fn unsound_triggers_are_refused_with_place_and_hint() {
    let text = Policy::builtin_text("cn-shanxi-2021").unwrap_or_default();
    let (two, one) = ("{ any = { shortfall = { over = 0.20 }, area_shortfall = { over = 0.40 } } }", "over = 0.40");
    let orange = "area_shortfall = { from = 0.30, up_to = 0.40 }";
    let cases = [
        (
            "side by side",
            (two, "{ shortfall = { over = 0.20 }, area_shortfall = { over = 0.40 } }"),
            "level I has two triggers side by side\n  help: either is enough: write `when = { any = ",
        ),
        ("no trigger", (two, "{}"), "nothing triggers level I\n  help: write `when = { shortfall = "),
        ("an empty any", (two, "{ any = {} }"), "nothing triggers level I"),
        ("any and one beside it", (two, "{ any = { shortfall = { over = 0.2 } }, shortfall = 1 }"), "unknown key"),
        (
            "a declared stage",
            (two, "{ any = { declared = true } }"),
            "does not decide by triggers other than shortfalls",
        ),
        ("areas that overlap", (one, "over = 0.35"), "levels II and I both answer an area's shortfall of 0.35 of its"),
        ("areas that meet", (one, "from = 0.40"), "levels II and I both answer an area's shortfall of 0.4 of its"),
        ("areas in disorder", (one, "over = 0.10, up_to = 0.20"), "level I is graver than II, but answers smaller"),
        ("an empty area band", (one, "over = 0.50, below = 0.50"), "no number satisfies the range of `area_shortfall`"),
        (
            "a whole left open",
            (two, "{ area_shortfall = { over = 0.40 } }"),
            "no level answers shortfalls from 0.2 to 1",
        ),
        ("an unknown key", (orange, "area_shortfal = { from = 0.30 }"), "did you mean `area_shortfall`?"),
    ];
    for (name, (old, new), expected) in cases {
        assert!(text.contains(old), "the policy no longer says `{old}`");
        match Policy::parse(&text.replacen(old, new, 1), &Origin::file("plan.toml"), &[]) {
            Ok(_) => panic!("{name}: accepted `{new}`"),
            Err(problems) => {
                let said = problems.to_string();
                assert!(said.contains(expected) && said.contains("plan.toml:"), "{name}: no `{expected}` in:\n{said}");
            }
        }
    }
}

#[test]
fn a_level_of_areas_alone_has_its_place_among_the_others() {
    let text = Policy::builtin_text("cn-shanxi-2021").unwrap_or_default();
    let added = |when: &str| {
        let level = format!(
            "[levels.local]\nen = \"Local\"\nzh = \"局部\"\nclause = \"x\"\nwhen = {when}\n\
             colour = {{ id = \"grey\", en = \"grey\", zh = \"灰\" }}\n[levels.IV]\n"
        );
        Policy::parse(&text.replacen("[levels.IV]\n", &level, 1), &Origin::file("plan.toml"), &[])
    };
    for (when, expected) in [
        ("{ area_shortfall = { over = 0.1, below = 0.3 } }", ["IV", "III", "local", "II", "I"]),
        ("{ any = { area_shortfall = { over = 0.1, below = 0.3 } } }", ["IV", "III", "local", "II", "I"]),
    ] {
        let (policy, _) = added(when).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(policy.levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!((policy.area_level(1, 5), policy.area_level(1, 10), policy.area_level(0, 5)), (Some(2), None, None));
        assert_eq!(policy.area_level(3, 10), Some(3));
        assert_eq!(policy.standing(1, 5), Standing::At(3), "the whole does not call for it");
    }
    // Where no other level has an area's band nothing says how grave it is.
    let alone = text.replace(", area_shortfall = { from = 0.30, up_to = 0.40 }", "");
    let alone = alone.replace("shortfall = { over = 0.20 }, ", "").replace("up_to = 0.20", "up_to = 1");
    let said = Policy::parse(&alone, &Origin::file("plan.toml"), &[]).map(|_| ()).map_err(|p| p.to_string());
    assert!(said.as_ref().is_err_and(|said| said.contains("level I is triggered by areas alone")), "{said:?}");
}

#[test]
fn all_faults_of_a_policy_come_at_once_and_in_order() {
    let text = Policy::builtin_text("xian-2025").unwrap_or_default();
    let text = text.replace("limit = 0.30", "limit = 3").replace("step = 0.05", "stepp = 0.05");
    let problems = match Policy::parse(&text, &Origin::file("plan.toml"), &[]) {
        Ok(_) => panic!("accepted"),
        Err(problems) => problems,
    };
    let codes: Vec<_> = problems.iter().map(|problem| problem.code()).collect();
    assert_eq!(codes, ["limit_out_of_range", "limit_out_of_range", "missing_key", "unknown_key"]);
}

#[test]
fn a_policy_that_is_not_there_is_named_with_those_that_are() {
    let text = Policy::builtin("xian-2026").map(|p| p.id).map_err(|problems| problems.to_string());
    let expected = "error: policy: there is no policy `xian-2026`: it is neither built in nor a file here\n  help: the \
                    built-in ones are: cn-shanxi-2021, nl-bhg-2023, us-granite-ferc, us-texas-7455, xian-2025; or give \
                    the path of a policy file";
    assert_eq!(text, Err(expected.to_owned()));
}
