//! What two policies do not say alike.

use curtail::policy::compare::{Difference, differences};
use curtail::policy::{Policy, Status};
use curtail::problem::Origin;
use curtail::tree::{self, Node, Value};

use crate::plan;

fn paths(found: &[Difference<'_>]) -> Vec<(String, char)> {
    let mark = |difference: &Difference<'_>| match (&difference.before, &difference.after) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    };
    found.iter().map(|difference| (difference.path.clone(), mark(difference))).collect()
}

/// The paths at which the plan and the plan with changes differ.
fn changed(changes: &[&str]) -> Vec<String> {
    let (before, after) = (plan(&[]), plan(changes));
    differences(&before, &after).iter().map(|difference| difference.path.clone()).collect()
}

#[test]
fn a_value_is_told_by_the_path_that_changes_it() {
    for (change, path) in [
        ("measures.limit-large-central.III.limit=0.4", "measures.limit-large-central.III.limit"),
        ("measures.stop-industry-commerce.sharing=\"list\"", "measures.stop-industry-commerce.sharing"),
        ("measures.rotate-blocks.within=[]", "measures.rotate-blocks.within"),
        ("levels.I.approved_by=\"office\"", "levels.I.approved_by"),
        ("rotation.step=0.1", "rotation.step"),
        ("policy.in_force={}", "policy.in_force"),
        ("duties.assessment.due={ working_days_after_end = 5 }", "duties.assessment.due"),
        ("response.sign.by=\"group\"", "response.sign.by"),
        ("response.restore.order=[\"peak-stop\"]", "response.restore.order"),
        ("response.ease.days=2", "response.ease.days"),
        ("response.ease.margin=0.02", "response.ease.margin"),
        ("response.ease.hours=6", "response.ease.hours"),
        ("response.warn.at=[0.9]", "response.warn.at"),
        ("exemptions.care.who.class=\"hospital\"", "exemptions.care.who"),
        (
            "tiers.4.ranks.0.takes=[{ class = [\"boiler_central\"], backup = \"none\" }, { class = \"boiler_central\" }]",
            "tiers.4.ranks.0.takes",
        ),
        ("classes.hotel.aliases=[]", "classes.hotel.aliases"),
        ("roles.office.zh=\"办公室\"", "roles.office.zh"),
    ] {
        assert_eq!(changed(&[change]), [path], "{change}");
    }
    // A measure that lists its levels has no table of each: one level less is an action less.
    assert_eq!(changed(&["measures.reduce-chp.levels=[\"IV\", \"II\", \"I\"]"]), ["measures.reduce-chp.III"]);
}

/// Both sides carry their basis; what the plan stated is a reading once it is changed.
#[test]
fn both_sides_say_on_what_they_stand() {
    let (before, after) = (plan(&[]), plan(&["levels.I.reported_to=\"group\""]));
    let found = differences(&before, &after);
    let [one] = found.as_slice() else { panic!("{:?}", paths(&found)) };
    let basis = |said: &Option<curtail::policy::compare::Said<'_>>| said.as_ref().unwrap().basis.unwrap().clone();
    let (stated, reading) = (basis(&one.before), basis(&one.after));
    assert_eq!((stated.status, reading.status), (Status::Stated, Status::Reading));
    assert_eq!(stated.clause, reading.clause);
}

#[test]
fn what_one_plan_lacks_is_added_or_removed_whole() {
    let without = "extends = \"xian-2025\"\nremove = [\"measures.rotate-blocks\", \"rotation\", \"duties.file\", \"response.sign\", \
                   \"response.restore\", \"response.ease\", \"response.warn\", \"classes.hotel\"]\n";
    let (after, _) = Policy::parse(without, &Origin::file("mine.toml"), &[]).unwrap();
    let before = plan(&[]);
    let gone = [
        ("classes.hotel", '-'),
        ("tiers.0.ranks.0.takes", '~'),
        ("cut_order", '~'),
        ("measures.rotate-blocks", '-'),
        // They were exemptions from that measure alone.
        ("exemptions.care", '-'),
        ("exemptions.welfare", '-'),
        ("exemptions.designated", '-'),
        ("rotation", '-'),
        ("duties.file", '-'),
        ("response.sign", '-'),
        ("response.restore", '-'),
        ("response.ease", '-'),
        ("response.warn", '-'),
    ];
    let gone = gone.map(|(path, mark)| (path.to_owned(), mark));
    assert_eq!(paths(&differences(&before, &after)), gone);
    let back = gone.map(|(path, mark)| (path, if mark == '-' { '+' } else { mark }));
    let mut found = paths(&differences(&after, &before));
    let mut back = back.to_vec();
    found.sort();
    back.sort();
    assert_eq!(found, back);
}

/// Where nothing of a rule differs but what it stands on, that is told. (The override makes the rule a reading, too.)
#[test]
fn a_basis_alone_is_told() {
    assert_eq!(changed(&["levels.IV.clause=\"9\""]), ["levels.IV.clause", "levels.IV.status", "levels.IV.note"]);
    assert_eq!(changed(&["levels.IV.status=\"paraphrased\""]), ["levels.IV.status"]);
}

#[test]
fn the_order_of_a_list_of_words_makes_no_difference() {
    let text = Policy::builtin_text("xian-2025").unwrap();
    let other = text.replacen("\"hospital\", \"nursing_home\"", "\"nursing_home\", \"hospital\"", 1);
    assert_ne!(text, other);
    let (after, _) = Policy::parse(&other, &Origin::file("plan.toml"), &[]).unwrap();
    let before = plan(&[]);
    assert_ne!(before.digest, after.digest);
    assert_eq!(paths(&differences(&before, &after)), []);
}

/// Every value of a plan that uses every key, changed one at a time: the comparison tells of each, at its rule.
#[test]
fn no_value_of_a_plan_can_change_unseen() {
    fn leaves(node: &Node, path: &str, found: &mut Vec<(String, String)>) {
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match &node.value {
            Value::Table(entries) => entries.iter().for_each(|(key, node)| leaves(node, &below(key), found)),
            Value::List(items) => {
                (0..).zip(items).for_each(|(at, item): (usize, _)| leaves(item, &below(&at.to_string()), found))
            }
            Value::Text(text) if text.ends_with(":00") => found.push((path.to_owned(), "\"09:00\"".to_owned())),
            Value::Text(text) => found.push((path.to_owned(), format!("\"{text}-other\""))),
            Value::Number(number) if number.contains('.') => found.push((path.to_owned(), format!("{number}1"))),
            Value::Number(number) => found.push((path.to_owned(), format!("{number}7"))),
            Value::Bool(truth) => found.push((path.to_owned(), (!truth).to_string())),
            Value::Time(_) => {}
        }
    }
    let text = std::fs::read_to_string("tests/plans/everything.toml").unwrap();
    let origin = Origin::file("everything.toml");
    let (before, _) = Policy::parse(&text, &origin, &[]).unwrap();
    let mut all = Vec::new();
    leaves(&tree::parse(&text, &origin).unwrap(), "", &mut all);
    // What a plan is called is no rule; aliases of levels are for people who search the file.
    let named = |path: &str| {
        let about = ["policy.id", "policy.version", "policy.name", "policy.source"];
        about.iter().any(|about| path.starts_with(about)) || (path.starts_with("levels.") && path.contains(".aliases"))
    };
    let mut seen = 0;
    for (path, value) in all.iter().filter(|(path, _)| !named(path)) {
        // Most texts are names of something: another is refused, and so is many a number.
        let Ok((after, _)) = Policy::parse(&text, &origin, &[format!("{path}={value}")]) else { continue };
        let found = differences(&before, &after);
        let substance = |one: &&Difference<'_>| !one.path.ends_with(".status") && !one.path.ends_with(".note");
        let part = path.rsplit('.').next().unwrap_or_default();
        let basis = ["clause", "status", "note"].iter().any(|key| path.contains(&format!(".{key}"))) || part == "note";
        let told = found.iter().find(|one| basis || substance(one));
        let told = told.unwrap_or_else(|| panic!("{path} = {value} is not seen: {:?}", paths(&found)));
        let rule = |path: &str| path.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
        assert!(rule(&told.path)[0] == rule(path)[0] || told.path.starts_with("measures"), "{path}: {}", told.path);
        seen += 1;
    }
    assert!(seen > 60, "only {seen} of {} could be changed", all.len());
}
