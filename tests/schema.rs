//! The schemas of `docs/schema` are those that the program prints; they accept what it accepts, and refuse unknown keys.
//! `BLESS=1 cargo test --test schema` writes them anew, to be read before they are committed.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "schema/validate.rs"]
mod validate;

use std::path::Path;
use std::process::Command;

use curtail::policy::Policy;
use curtail::problem::Origin;
use curtail::tree::{self, Node};
use curtail::trial::Suite;
use serde_json::{Value, json};
use validate::faults;

fn print(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_curtail")).args(args).args(["--lang", "en"]).output().unwrap();
    assert!(output.status.code().is_some_and(|code| [0, 3].contains(&code)), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn schema(kind: &str) -> Value {
    serde_json::from_str(&print(&["schema", kind])).unwrap()
}

/// TOML as an editor's validator sees it.
fn toml(text: &str) -> Value {
    fn value(node: &Node) -> Value {
        match &node.value {
            tree::Value::Text(text) | tree::Value::Time(text) => json!(text),
            tree::Value::Number(number) => serde_json::from_str(number).unwrap_or_else(|_| json!(number)),
            tree::Value::Bool(truth) => json!(truth),
            tree::Value::List(items) => items.iter().map(value).collect(),
            tree::Value::Table(entries) => entries.iter().map(|(key, node)| (key.clone(), value(node))).collect(),
        }
    }
    value(&tree::parse(text, &Origin::memory("schema")).unwrap())
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

#[test]
fn the_committed_schemas_are_those_that_the_program_prints() {
    for kind in ["case", "policy", "decision", "tests", "demand-model", "scenario"] {
        let path = format!("docs/schema/{kind}.schema.json");
        let printed = print(&["schema", kind]);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all("docs/schema").unwrap();
            std::fs::write(&path, &printed).unwrap();
        }
        assert!(read(&path).replace("\r\n", "\n") == printed, "{path} is stale: BLESS=1 cargo test --test schema");
    }
    assert_eq!(print(&["policy", "schema"]), print(&["schema", "policy"]));
    assert_eq!(print(&["policy", "schema", "--tests"]), print(&["schema", "tests"]));
}

#[test]
fn every_shipped_scenario_is_valid() {
    let schema = schema("scenario");
    for dir in ["examples/init/en", "examples/init/zh", "examples/xian/winters", "tests/scenario"] {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let text = if path.extension().is_some_and(|it| it == "toml") { read(&path) } else { continue };
            if text.contains("[scenario]") {
                assert_eq!(faults(&schema, &toml(&text)), [""; 0], "{}", path.display());
            }
        }
    }
    assert_ne!(faults(&schema, &toml("[scenario]\nnane = \"x\"\n")), [""; 0]);
}

#[test]
fn every_shipped_policy_is_valid() {
    let schema = schema("policy");
    for id in Policy::builtins() {
        assert_eq!(faults(&schema, &toml(Policy::builtin_text(id).unwrap())), [""; 0], "{id}");
    }
    for plan in ["everything", "village"] {
        assert_eq!(faults(&schema, &toml(&read(format!("tests/plans/{plan}.toml")))), [""; 0], "{plan}");
    }
}

/// Files of a few lines that the program reads, and the schema accepts.
const PROPOSALS: [&str; 6] = [
    "extends = \"xian-2025\"\n[set]\n\"measures.limit-large-central.III.limit\" = 0.4\n",
    "extends = \"xian-2025\"\n[set]\nmeasures.limit-large-central.III.limit = 0.4\n",
    "extends = \"xian-2025\"\n[measures.limit-large-central.III]\nlimit = 0.4\n",
    "extends = \"xian-2025\"\nremove = [\"duties.file\", \"roles.duty_offices\"]\n[policy]\nid = \"mine\"\n",
    "extends = \"xian-2025\"\n[levels.IV.when.shortfall]\nbelow = 0.04\n[levels.III.when.shortfall]\nfrom = 0.04\n",
    "extends = \"xian-2025\"\n[classes.hotel]\nen = \"inn\"\n[exemptions.care.who]\nclass = \"hospital\"\n",
];

#[test]
fn a_proposal_of_a_few_lines_is_valid() {
    let schema = schema("policy");
    for text in PROPOSALS {
        let read = Policy::parse(text, &Origin::file("proposal.toml"), &[]);
        assert!(read.is_ok(), "{text}: {}", read.unwrap_err());
        assert_eq!(faults(&schema, &toml(text)), [""; 0], "{text}");
    }
}

#[test]
fn what_no_proposal_may_say_is_refused() {
    let schema = schema("policy");
    for (text, fault) in [
        ("extends = \"xian-2025\"\nextend = 1\n", ".extend: unknown"),
        ("extends = \"xian-2025\"\n[sets]\n", ".sets: unknown"),
        ("extends = \"xian-2025\"\nremove = \"duties.file\"\n", ".remove: \"duties.file\" against type"),
        ("extends = 3\n", ".extends: 3 against type"),
        ("extends = \"xian-2025\"\n[rotation]\nsteps = 0.1\n", ".rotation.steps: unknown"),
        ("extends = \"xian-2025\"\n[measures.x.III]\nlimits = 0.1\n", ".measures.x.III.limits: unknown"),
        ("extends = \"xian-2025\"\n[exemptions.care.who]\nclas = \"hospital\"\n", ".exemptions.care.who.clas: unknown"),
        ("extends = \"xian-2025\"\n[response.sign]\nbye = \"head\"\n", ".response.sign.bye: unknown"),
        (
            "extends = \"xian-2025\"\n[response.restore]\norder = \"back\"\n",
            ".response.restore.order: \"back\" against",
        ),
        ("extends = \"xian-2025\"\n[response.ease]\ndays = 0\n", ".response.ease.days: 0 against minimum"),
        ("extends = \"xian-2025\"\n[response.ease]\nmargin = 2\n", ".response.ease.margin: 2 against maximum"),
        ("extends = \"xian-2025\"\n[response.warn]\nat = [0, 1]\n", ".response.warn.at.0: 0 against exclusiveMinimum"),
        ("extends = \"xian-2025\"\n[response.warn]\nat = [90]\n", ".response.warn.at.0: 90 against maximum"),
        // A list is replaced whole, so its entries are whole.
        ("extends = \"xian-2025\"\n[[tiers]]\nnumber = 1\n", ".tiers.0: \"en\" is missing"),
        // Without `extends` a file is a plan.
        ("[set]\n\"a.b\" = 1\n", ".set: unknown"),
        ("cut_order = []\n", ": \"policy\" is missing"),
    ] {
        let found = faults(&schema, &toml(text));
        assert!(found.iter().any(|found| found.starts_with(fault)), "{text}: `{fault}` is not among {found:#?}");
    }
}

#[test]
fn the_tests_of_every_shipped_policy_are_valid() {
    let schema = schema("tests");
    for id in Policy::builtins() {
        assert_eq!(faults(&schema, &toml(Suite::builtin_text(id).unwrap())), [""; 0], "{id}");
    }
    assert_eq!(faults(&schema, &toml(&read("tests/trials/everything.test.toml"))), [""; 0]);
    let bad = faults(&schema, &toml(&read("tests/trials/bad/keys.toml")));
    for fault in [".polcy: unknown", ".test.0.shortfal: unknown", ".test.0.expect.lvel: unknown"] {
        assert!(bad.iter().any(|found| found.starts_with(fault)), "`{fault}` is not among {bad:#?}");
    }
}

#[test]
fn every_shipped_case_is_valid() {
    let schema = schema("case");
    let home = tempfile::tempdir().unwrap();
    let init = home.path().join("case");
    print(&["init", init.to_str().unwrap()]);
    for case in ["examples/xian", "tests/bad/base", init.to_str().unwrap()] {
        assert_eq!(faults(&schema, &toml(&read(Path::new(case).join("case.toml")))), [""; 0], "{case}");
    }
}

#[test]
fn decisions_are_valid_on_the_screen_and_in_their_file() {
    let schema = schema("decision");
    let home = tempfile::tempdir().unwrap();
    let out = home.path().to_str().unwrap();
    for day in ["2026-01-07", "2026-01-10"] {
        let args = ["-C", "examples/xian", "decide", "--date", day, "--format", "json", "--out", out];
        let printed: Value = serde_json::from_str(&print(&args)).unwrap();
        assert_eq!(faults(&schema, &printed), [""; 0], "{day}");
        let kept: Value = serde_json::from_str(&read(home.path().join("decision.json"))).unwrap();
        assert!(kept.get("detail").is_some() && kept.get("evidence").is_some());
        assert_eq!(faults(&schema, &kept), [""; 0], "{day}");
        let mut broken = printed.clone();
        broken["totals"]["cut_m3"] = json!(-1);
        broken["status"] = json!("fine");
        broken.as_object_mut().unwrap().remove("level");
        assert_eq!(faults(&schema, &broken).len(), 3, "{:?}", faults(&schema, &broken));
    }
}

/// But for `link` under `[files]`: only the program knows that a name is nearly one of its own.
#[test]
fn what_the_program_refuses_in_a_case_file_the_schema_refuses() {
    let found = faults(&schema("case"), &toml(&read("tests/bad/unknown-key/case.toml")));
    let expected = [
        ".case: \"name\" is missing",
        ".case.gas_day_start: \"8:30\" against pattern",
        ".case.hourly: \"no\" against type",
        ".case.poolling: unknown",
        ".case.volume_basis: \"m3\" against enum",
        ".extra: unknown",
        ".files.actuals: 3 against type",
    ];
    for fault in expected {
        assert!(found.iter().any(|found| found.starts_with(fault)), "`{fault}` is not among {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

/// A key that no table knows, put into each table of a file in turn.
#[test]
fn an_unknown_key_is_refused_in_every_table_of_a_policy_and_its_tests() {
    fn tables(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                found.push(at.to_owned());
                entries.iter().for_each(|(key, value)| tables(value, &format!("{at}/{key}"), found));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| tables(item, &format!("{at}/{i}"), found));
            }
            _ => {}
        }
    }
    // In the tables of names (`demand`, `by_class` and the like) any key is a name, and its value must not be a number's.
    let everything = [("policy", "tests/plans/everything.toml"), ("tests", "tests/trials/everything.test.toml")];
    for (kind, path) in everything {
        let (schema, file) = (schema(kind), toml(&read(path)));
        let mut all = Vec::new();
        tables(&file, "", &mut all);
        assert!(all.len() > 30, "{}", all.len());
        for at in all {
            let mut file = file.clone();
            file.pointer_mut(&at).unwrap().as_object_mut().unwrap().insert("unheard-of".to_owned(), json!(true));
            assert!(!faults(&schema, &file).is_empty(), "`unheard-of` is accepted in `{at}`");
        }
    }
}
