//! Tests that lie beside policies: those of the built-in ones pass and depend on their rules as counted here; a wrong
//! expectation fails with its exact words, and a bad file is refused with all of its problems.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;

use curtail::Lang;
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::trial::{Coverage, Found, Report, Suite};

const EVERYTHING: &str = include_str!("trials/everything.test.toml");

fn village() -> Policies {
    let text = include_str!("plans/village.toml");
    Policies::of(Policy::parse(text, &Origin::file("village.toml"), &[]).unwrap().0)
}

fn origin() -> Origin {
    Origin::file("village.test.toml")
}

fn run(text: &str) -> Report {
    let policies = village();
    let (suite, notes) = Suite::parse(text, &origin(), &policies.main).unwrap_or_else(|found| panic!("{found}"));
    assert!(notes.is_empty(), "{notes}");
    suite.run(&policies).unwrap_or_else(|found| panic!("{found}"))
}

/// `place: what: expected, found` of every mismatch.
fn missed(report: &Report) -> Vec<String> {
    let mismatches = report.outcomes.iter().flat_map(|outcome| &outcome.mismatches);
    mismatches.map(|m| format!("{}: {}: {}, {}", m.place, m.what, m.expected, m.found)).collect()
}

fn idle(coverage: &Coverage) -> Vec<&str> {
    coverage.rules.iter().filter(|rule| rule.found == Found::Idle).map(|rule| rule.path.as_str()).collect()
}

/// Tests, rules, and the paths of those rules that no test depends on; the head of each file says why none can.
const COVERED: [(&str, usize, usize, &[&str]); 5] = [
    (
        "cn-shanxi-2021",
        20,
        62,
        &[
            "tiers.1.ranks.0.takes.0",
            "tiers.2.ranks.0.takes.0",
            "tiers.3.ranks.0.takes.0",
            "tiers.4.ranks.0.takes.0",
            "tiers.5.ranks.0.takes.0",
        ],
    ),
    ("nl-bhg-2023", 12, 37, &[]),
    ("us-granite-ferc", 11, 85, &["tiers.10.ranks.0.takes.0.demand_m3.over", "measures.curtail-0.always.tiers"]),
    ("us-texas-7455", 9, 50, &["measures.curtail-1.always.tiers"]),
    ("xian-2025", 33, 90, &["tiers.4.ranks.2.takes.0", "tiers.4.ranks.3.takes.0", "tiers.4.ranks.4.takes.0"]),
];

#[test]
fn every_built_in_policy_passes_its_tests_and_they_depend_on_its_rules() {
    let mut covered = COVERED.iter();
    for id in Policy::builtins() {
        let (policies, suite, notes) = Suite::load(id, "".as_ref()).unwrap_or_else(|found| panic!("{found}"));
        assert!(notes.is_empty(), "{notes}");
        let report = suite.run(&policies).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(missed(&report), [""; 0], "{id}");
        let rules = report.coverage.rules.len();
        let found = (id, suite.trials.len(), rules, &*idle(&report.coverage));
        assert_eq!(Some(&found), covered.next());
        // Whatever changes a decision makes a test fail.
        assert_eq!(report.coverage.noticed(), rules - found.3.len(), "{id}");
        // Who acts, and when a shortage has eased, decides no volume: no test of a day could cover it.
        assert!(report.coverage.rules.iter().all(|rule| !rule.path.starts_with("response")), "{id}");
        assert!(suite.trials.iter().all(|trial| !trial.clause.is_empty()), "each test names its clause");
    }
    assert!(covered.next().is_none());
}

#[test]
fn every_key_is_read_and_held_against_the_decision() {
    let report = run(EVERYTHING);
    assert_eq!(missed(&report), [""; 0]);
    assert!(report.passes());
}

/// Each line of the expectations, said wrongly, is told with its place, what was expected and what is.
#[test]
fn a_wrong_expectation_fails_with_its_exact_words() {
    let wrong = [
        ("expect.raised_by = \"none\"", "expect.raised_by = \"N\"", "raised_by: N, none"),
        ("expect.status = \"balanced\"", "expect.status = \"no_shortage\"", "status: no_shortage, balanced"),
        ("expect.blocks = []", "expect.blocks = [\"N\"]", "blocks: N, none"),
        ("expect.blocks_by_formula = 0", "expect.blocks_by_formula = 2", "blocks_by_formula: 2, 0"),
        ("expect.extended = false", "expect.extended = true", "extended: true, false"),
        ("expect.rest_gave_way = false", "expect.rest_gave_way = true", "rest_gave_way: true, false"),
        (
            "expect.in_force = [\"slow-works\", \"close-inns\"]",
            "expect.in_force = [\"slow-works\"]",
            "in_force: slow-works, close-inns, slow-works",
        ),
        ("expect.cutting = [\"close-inns\"]", "expect.cutting = []", "cutting: none, close-inns"),
        ("measures = { close-inns = 220,", "measures = { close-inns = 219,", "measures.close-inns: 219, 220"),
        ("customers_cut = 1,", "customers_cut = 2,", "totals.customers_cut: 2, 1"),
        ("deliverable_m3 = 880,", "deliverable_m3 = 881,", "balance.deliverable_m3: 881, 880"),
        ("by_class.inns = { demand_m3 = 500", "by_class.inns = { demand_m3 = 5", "by_class.inns.demand_m3: 5, 500"),
        ("by_tier.2 = { demand_m3 = 500", "by_tier.1 = { demand_m3 = 500", "by_tier.1.demand_m3: 500, 600"),
        ("served_m3 = 280, cut_m3 = 220, form", "served_m3 = 281, form", "customers.inn.served_m3: 281, 280"),
        ("form = \"limit\"", "form = \"stop\"", "customers.inn.form: stop, limit"),
        (
            "measures = [\"close-inns\"]",
            "measures = [\"slow-works\"]",
            "customers.inn.measures: slow-works, close-inns",
        ),
        ("clauses = [\"3\"]", "clauses = [\"4\"]", "customers.inn.clauses: 4, 3"),
        ("areas.O.status = \"no_shortage\"", "areas.O.status = \"balanced\"", "areas.O.status: balanced, no_shortage"),
        ("mills.cut_m3 = 0", "mills.cut_m3 = 1", "areas.O.by_class.mills.cut_m3: 1, 0"),
        ("expect.warnings = []", "expect.warnings = [\"unused\"]", "warnings: unused, none"),
        ("{ cut_m3 = 10,", "{ cut_m3 = 11,", "customers.home.cut_m3: 11, 10"),
    ];
    for (right, other, expected) in wrong {
        assert_eq!(EVERYTHING.matches(right).count(), 1, "{right}");
        let text = EVERYTHING.replace(right, other);
        let missed = missed(&run(&text));
        assert!(missed.iter().any(|missed| missed.ends_with(&format!(": {expected}"))), "{expected}: {missed:?}");
        // `by_tier.1` has three columns, and none of them is tier 2's.
        assert!(missed.len() == 1 || other.contains("by_tier"), "{missed:?}");
        let (line, _) = text.lines().enumerate().find(|(_, line)| line.contains(other)).unwrap();
        assert!(missed.iter().all(|m| m.starts_with(&format!("village.test.toml:{}:", line + 1))), "{missed:?}");
    }
}

/// Each file of `tests/trials/bad` and the messages that it gets, in both languages; `BLESS=1 cargo test --test trials`
/// writes them anew, to be read before they are committed.
#[test]
fn bad_files_get_exactly_these_messages() {
    let policies = village();
    let mut files: Vec<_> = fs::read_dir("tests/trials/bad").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert_eq!(files.len(), 8);
    for file in files {
        let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let found = Suite::parse(&text, &origin(), &policies.main).map(|_| ()).unwrap_err();
        for (lang, extension) in [(Lang::En, "txt"), (Lang::Zh, "zh.txt")] {
            let expected = file.with_extension(extension);
            let words: String = found.iter().map(|problem| problem.in_words(lang) + "\n").collect();
            if std::env::var_os("BLESS").is_some() {
                fs::write(&expected, &words).unwrap();
            }
            assert_eq!(fs::read_to_string(&expected).unwrap().replace("\r\n", "\n"), words, "{}", file.display());
        }
    }
}

/// What is wrong with a day shows when it is decided: a district that nothing is decided for, a day without demand.
#[test]
fn a_day_that_cannot_be_decided_is_told_at_its_test() {
    let text = "[city]
districts = [{ district = \"N\" }, { district = \"O\", urban = false }]
customers = [{ customer_id = \"inn\", class = \"inns\", demand_m3 = 100 }]
[[test]]
expect.areas.O.level = \"none\"
[[test]]
demand.inn = 0
expect.level = \"none\"
";
    let policies = village();
    let (suite, _) = Suite::parse(text, &origin(), &policies.main).unwrap();
    let found = suite.run(&policies).map(|_| ()).unwrap_err();
    let expected =
        "error: village.test.toml:5:14: nothing is decided for `O` in this test: it has no demand, or all is one balance
  help: take the expectation out, or give it demand
error: village.test.toml:6:1: city: no demand on this day
  help: give its customers a demand above 0";
    assert_eq!(found.to_string(), expected);
}

/// A copy of the village with its tests in a folder of its own.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::copy("tests/plans/village.toml", home.path().join("plan.toml")).unwrap();
    fs::copy("tests/trials/everything.test.toml", home.path().join("plan.test.toml")).unwrap();
    home
}

#[test]
fn tests_are_those_beside_a_policy_or_name_it_themselves() {
    let home = home();
    let load = |name: &str| {
        Suite::load(name, home.path())
            .map(|(policies, suite, _)| (policies.main.id, suite.trials.len()))
            .map_err(|found| found.to_string().replace(&format!("{}/", home.path().display()), ""))
    };
    let village = || Ok(("village".to_owned(), 2));
    assert_eq!((load("plan.toml"), load("plan.test.toml")), (village(), village()));
    let text = EVERYTHING.replace("policy = \"village\"", "policy = \"plan.toml\"");
    for file in ["plan.test.toml", "other.test.toml"] {
        fs::write(home.path().join(file), &text).unwrap();
    }
    assert_eq!((load("plan.toml"), load("plan.test.toml"), load("other.test.toml")), (village(), village(), village()));
    let text = EVERYTHING.replace("policy = \"village\"\n", "");
    for file in ["plan.test.toml", "other.test.toml"] {
        fs::write(home.path().join(file), &text).unwrap();
    }
    assert_eq!((load("plan.toml"), load("plan.test.toml")), (village(), village()));
    let refused = |text: &str| Err(text.to_owned());
    assert_eq!(
        load("other.test.toml"),
        refused(
            "error: other.test.toml: which policy is tested here? there is no other.toml
  help: put the policy there, or write `policy = \"...\"` at the top"
        )
    );
    fs::write(home.path().join("plan.test.toml"), format!("policy = \"hamlet\"\n{text}")).unwrap();
    assert_eq!(
        load("plan.toml"),
        refused(
            "error: plan.test.toml:1:1: these tests are of policy `hamlet`, not of `village`
  help: take `policy` out, or run the file itself"
        )
    );
    fs::remove_file(home.path().join("plan.test.toml")).unwrap();
    assert_eq!(
        load("plan.toml"),
        refused("error: plan.test.toml: policy `village` has no tests\n  help: write them into plan.test.toml")
    );
}

/// The tests that the readmes show, in both languages.
#[test]
fn the_tests_of_the_readmes_pass() {
    let policies = Policies::of(Policy::builtin("xian-2025").unwrap());
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = fs::read_to_string(readme).unwrap().replace("\r\n", "\n");
        let start = text.find("[city]\n").unwrap_or_else(|| panic!("{readme} shows no test"));
        let block = &text[start..start + text[start..].find("```").unwrap()];
        let (suite, _) = Suite::parse(block, &Origin::file(readme), &policies.main).unwrap();
        assert_eq!(missed(&suite.run(&policies).unwrap()), [""; 0], "{readme}");
    }
}

/// What a test does not tell apart is not counted.
#[test]
fn a_rule_counts_only_where_a_test_depends_on_it() {
    let city = "[city]
customers = [
    { customer_id = \"home\", class = \"homes\", demand_m3 = 100 },
    { customer_id = \"inn\", class = \"inns\", demand_m3 = 100 },
    { customer_id = \"works\", class = \"works\", demand_m3 = 100, floor_m3 = 50 },
]
[[test]]
";
    let found = |test: &str| {
        let rules = run(&format!("{city}{test}")).coverage.rules;
        rules
            .into_iter()
            .filter(|rule| rule.found > Found::Idle)
            .map(|rule| (rule.path, rule.found))
            .collect::<Vec<_>>()
    };
    let rule = |path: &str, found| (path.to_owned(), found);
    // Nothing is short, so nothing matters.
    assert_eq!(found("expect.totals.cut_m3 = 0\n"), []);
    // The inn gives 60 whichever comes first in the order; no expectation looks at the works.
    let closed = "supply_m3 = 240\nexpect.totals.cut_m3 = 60\n";
    let unnoticed = [rule("cut_order.1", Found::Exercised), rule("measures.close-inns.always", Found::Exercised)];
    assert_eq!(found(closed), unnoticed);
    let noticed = [rule("cut_order.1", Found::Noticed), rule("measures.close-inns.always", Found::Noticed)];
    assert_eq!(found(&format!("{closed}expect.measures.close-inns = 60\n")), noticed);
    // 160 are short: 100 of the inn, 50 of the works, and 10 of the floor, which without either measure would share its
    // rank with more.
    let all = found("supply_m3 = 140\nexpect.customers.works.served_m3 = 40\nexpect.measures.slow-works = 50\n");
    let expected = [
        rule("tiers.0.ranks.0.takes.0", Found::Noticed),
        rule("tiers.1.ranks.0.takes.0", Found::Noticed),
        rule("measures.close-inns.always", Found::Noticed),
        rule("measures.slow-works.always", Found::Noticed),
        rule("measures.slow-works.always.cut", Found::Noticed),
    ];
    assert_eq!(all, expected);
}
