//! A proposal is a file of three lines: a plan with overrides by path.

use curtail::policy::{Cut, Policy, Status};
use curtail::problem::Origin;
use curtail::units::{Date, Decimal};

const CAP: &str = "extends = \"xian-2025\"\n[set]\n\"measures.limit-large-central.III.limit\" = 0.4\n";

fn read(text: &str) -> Policy {
    Policy::parse(text, &Origin::file("cap-40.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}")).0
}

fn refused(text: &str) -> Vec<(String, String)> {
    let problems = Policy::parse(text, &Origin::file("cap-40.toml"), &[]).expect_err("it is wrong");
    problems.iter().map(|problem| (problem.code().to_owned(), problem.place.to_string())).collect()
}

#[test]
fn three_lines_make_a_plan_that_differs_in_one_value() {
    let (base, proposal) = (Policy::builtin("xian-2025").unwrap(), read(CAP));
    let limit = |policy: &Policy, level: &str| {
        let at = policy.level(level).unwrap();
        let action = policy.measures[policy.measure("limit-large-central").unwrap()].at[at].clone().unwrap();
        let day: Date = "2026-01-07".parse().unwrap();
        let Cut::Limit(limit) = action.cut else { panic!("a limit") };
        (limit.on(day).unwrap(), action.basis)
    };
    assert_eq!(limit(&base, "III").0, Decimal::percent(30));
    let (share, basis) = limit(&proposal, "III");
    assert_eq!(share, Decimal::percent(40));
    // The clause stays; that it is changed is told.
    assert_eq!(basis.clause, limit(&base, "III").1.clause);
    assert_eq!(basis.status, Status::Reading);
    assert!(basis.note.en.starts_with("Changed by the proposal cap-40: limit 0.30 -> 0.4"), "{}", basis.note.en);
    assert!(basis.note.zh.starts_with("由修改建议 cap-40 修改"), "{}", basis.note.zh);
    assert_eq!(limit(&proposal, "II"), limit(&base, "II"));
    assert_eq!((proposal.id.as_str(), proposal.extends[0].id.as_str()), ("cap-40", "xian-2025"));
    assert_eq!(proposal.extends[0].digest, base.digest);
    assert_ne!(proposal.digest, base.digest);
    assert!(proposal.name.zh.contains(&base.name.zh) && proposal.name.en.starts_with("proposal on: "));
}

#[test]
fn tables_say_the_same_as_paths() {
    let tables = "extends = \"xian-2025\"\n[measures.limit-large-central.III]\nlimit = 0.4\n";
    assert_eq!(read(tables).digest, read(CAP).digest);
}

#[test]
fn a_changed_rule_that_was_stated_is_stated_no_longer() {
    let changed = read(
        "extends = \"xian-2025\"\n[set]\n\"levels.IV.when.shortfall.below\" = 0.06\n\"levels.III.when.shortfall.from\" = 0.06\n",
    );
    let status = |policy: &Policy| policy.levels[policy.level("IV").unwrap()].basis.status;
    assert_eq!(status(&Policy::builtin("xian-2025").unwrap()), Status::Stated);
    assert_eq!(status(&changed), Status::Reading);
}

#[test]
fn a_measure_that_is_removed_is_gone_everywhere() {
    let without =
        read("extends = \"xian-2025\"\nremove = [\"measures.rotate-blocks\", \"rotation\", \"exemptions\"]\n");
    assert!(without.measure("rotate-blocks").is_none() && without.rotation.is_none() && without.exemptions.is_empty());
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let one = |text| refused(text).remove(0);
    assert_eq!(one("extends = \"xian-2024\"\n"), ("unknown_base".into(), "cap-40.toml:1:1".into()));
    let typo = "extends = \"xian-2025\"\n[set]\n\"measures.limit-large-centrl.III.limit\" = 0.4\n";
    assert_eq!(one(typo), ("path_not_found".into(), "cap-40.toml:3:1".into()));
    assert_eq!(one("[set]\n\"a.b\" = 1\n").0, "nothing_to_change");
    let above_one = "extends = \"xian-2025\"\n[set]\n\"measures.limit-large-central.III.limit\" = 1.4\n";
    assert_eq!(one(above_one).1, "cap-40.toml:3:1");
}

#[test]
fn bases_are_found_beside_the_file_and_never_in_a_circle() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("one.toml", CAP);
    write("two.toml", "extends = \"one.toml\"\n[set]\n\"measures.limit-large-central.II.limit\" = 0.6\n");
    let (two, _) = Policy::load("two.toml", dir.path(), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let bases: Vec<&str> = two.extends.iter().map(|base| base.id.as_str()).collect();
    assert_eq!((two.id.as_str(), bases), ("two", vec!["one", "xian-2025"]));
    write("three.toml", "extends = \"four.toml\"\n");
    write("four.toml", "extends = \"three.toml\"\n");
    let problems = Policy::load("three.toml", dir.path(), &[]).expect_err("a circle");
    assert_eq!(problems.iter().map(|problem| problem.code()).collect::<Vec<_>>(), ["circle_of_bases"]);
}
