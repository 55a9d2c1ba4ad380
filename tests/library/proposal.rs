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

/// A proposal that takes things out.
fn without(paths: &str, more: &str) -> String {
    format!("extends = \"xian-2025\"\nremove = [{paths}]\n{more}")
}

#[test]
fn a_level_is_removed_with_every_mention_of_it() {
    let policy = read(&without("\"levels.III\"", "[set]\n\"levels.II.when.shortfall.from\" = 0.05\n"));
    let levels: Vec<&str> = policy.levels.iter().map(|level| level.id.as_str()).collect();
    assert_eq!(levels, ["IV", "II", "I"]);
    // A measure that listed its levels, and one that had a table for each.
    for measure in ["reduce-chp", "limit-large-central"] {
        let at = &policy.measures[policy.measure(measure).unwrap()].at;
        assert_eq!(at.len(), 3);
        assert!(at[1].is_some() && at[2].is_some(), "{measure}");
    }
    // The gap is told at the removal, and so is a measure that was of that level alone.
    let gap = ("level_gap".to_owned(), "cap-40.toml:2:11".to_owned());
    assert_eq!(refused(&without("\"levels.III\"", "")), std::slice::from_ref(&gap));
    let unreached = ("measure_unreached".to_owned(), "cap-40.toml:2:11".to_owned());
    assert_eq!(refused(&without("\"levels.I\"", "")), [gap, unreached]);
}

#[test]
fn a_measure_leaves_one_level_whether_it_listed_it_or_had_a_table_for_it() {
    let policy = read(&without("\"measures.reduce-chp.III\", \"measures.peak-stop.III\"", ""));
    for measure in ["reduce-chp", "peak-stop"] {
        let at = &policy.measures[policy.measure(measure).unwrap()].at;
        assert!(at[policy.level("III").unwrap()].is_none() && at[policy.level("II").unwrap()].is_some(), "{measure}");
    }
}

#[test]
fn a_class_or_a_body_is_struck_wherever_it_is_named() {
    let policy = read(&without("\"classes.hotel\", \"roles.office\"", ""));
    assert!(policy.class("hotel").is_none() && !policy.roles.contains_key("office"));
    let takes = &policy.tiers[0].ranks[0][0].who.classes;
    assert_eq!(takes.len(), Policy::builtin("xian-2025").unwrap().tiers[0].ranks[0][0].who.classes.len() - 1);
    assert!(policy.levels[0].approved_by.is_empty());
    assert_eq!(policy.tiers[0].basis.status, Status::Reading);
    // A rule about nobody else would be about everybody.
    let last = ("last_of_its_rule".to_owned(), "cap-40.toml:2:11".to_owned());
    assert_eq!(refused(&without("\"classes.boiler_central\"", "")), [last]);
    let other = "[set]\n\"measures.limit-large-central.who\" = { class = \"boiler_community\" }\n\
                 \"measures.limit-community-boilers.who\" = { class = \"boiler_community\", backup = \"any\" }\n";
    let policy = read(&without("\"classes.boiler_central\"", other));
    // Its rank in tier 5 took nothing else.
    assert_eq!(policy.tiers[4].ranks.len(), 4);
}

#[test]
fn what_a_removal_leaves_wanting_is_told_where_it_stands() {
    let at = |paths: &str| -> Vec<(String, String)> { refused(&without(paths, "")) };
    let told = |code: &str| (code.to_owned(), "cap-40.toml:2:11".to_owned());
    assert_eq!(at("\"rotation\""), [told("measure_without_rotation")]);
    assert_eq!(at("\"tiers.3\""), [told("class_without_tier"), told("class_without_tier")]);
    assert_eq!(at("\"measures\""), [told("no_plan_without")]);
    assert_eq!(at("\"measures.limit-large-central.III.limit\""), [told("missing_for_cut")]);
    assert_eq!(at("\"levels.V\""), [told("path_not_found")]);
    assert!(at("\"levels\"").iter().all(|problem| *problem == told("measure_unreached")));
}

#[test]
fn an_override_is_a_reading_as_a_proposal_is() {
    let set = ["measures.limit-large-central.III.limit=0.35".to_owned(), "levels.I.approved_by=office".to_owned()];
    let over = |text: &str| Policy::parse(text, &Origin::file("cap-40.toml"), &set).unwrap().0;
    for (policy, before) in [
        (over(CAP), "limit 0.4 -> 0.35. Changed by the proposal cap-40: limit 0.30 -> 0.4. "),
        (over(Policy::builtin_text("xian-2025").unwrap()), "limit 0.30 -> 0.35. "),
    ] {
        let measure = &policy.measures[policy.measure("limit-large-central").unwrap()];
        let basis = &measure.at[policy.level("III").unwrap()].as_ref().unwrap().basis;
        assert_eq!(basis.status, Status::Reading);
        assert!(basis.note.en.starts_with(&format!("Changed for this run: {before}")), "{}", basis.note.en);
        assert!(basis.note.zh.starts_with("本次运行修改：limit "), "{}", basis.note.zh);
        // The plan states level I; with another body to approve it, it does not.
        let level = &policy.levels[policy.level("I").unwrap()].basis;
        assert_eq!(level.status, Status::Reading);
        assert!(
            level.note.en.starts_with("Changed for this run: approved_by \"group\" -> \"office\". "),
            "{}",
            level.note.en
        );
        assert_eq!(policy.levels[0].basis.status, Status::Stated);
    }
}

#[test]
fn an_override_that_changes_nothing_marks_nothing() {
    let set = ["measures.limit-large-central.III.limit=0.30".to_owned()];
    let text = Policy::builtin_text("xian-2025").unwrap();
    let (same, _) = Policy::parse(text, &Origin::memory("plan"), &set).unwrap();
    assert_eq!(same.digest, Policy::builtin("xian-2025").unwrap().digest);
}

#[test]
fn no_two_plans_have_one_id() {
    let named = |id: &str| format!("extends = \"xian-2025\"\n[policy]\nid = \"{id}\"\n");
    assert_eq!(refused(&named("xian-2025")), [("named_as_its_base".to_owned(), "cap-40.toml:3:1".to_owned())]);
    assert_eq!(refused(&named("nl-bhg-2023")), [("named_as_a_built_in".to_owned(), "cap-40.toml:3:1".to_owned())]);
    // Further up the chain.
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write("one.toml", CAP);
    write("two.toml", "extends = \"one.toml\"\n");
    write("three.toml", "extends = \"two.toml\"\n[policy]\nid = \"one\"\n");
    let problems = Policy::load("three.toml", dir.path(), &[]).expect_err("the id of one.toml");
    assert_eq!(problems.iter().map(|problem| problem.code()).collect::<Vec<_>>(), ["named_as_its_base"]);
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
