//! A damaged `decision.json`, or one of another case: exactly these messages, status 2 where it cannot be judged and 4 where it does
//! not hold.
//!
//! `tests/bad-decisions` holds one file for each damage; `BLESS=1 cargo test --test bad_decisions` writes them anew.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

const EXPECTED: &str = "tests/bad-decisions";

/// What happens to the home in which `decision.json` was written from `case`.
enum Damage {
    /// To the file's bytes; `None` removes it.
    Bytes(fn(Vec<u8>) -> Option<Vec<u8>>),
    /// To what it says.
    Json(fn(&mut Value)),
    /// To a file of the case, afterwards: its name, a piece of its text and what it becomes.
    Case(&'static str, &'static str, &'static str),
    /// To the command that verifies.
    With(&'static [&'static str]),
}
use Damage::{Bytes, Case, Json, With};

const DAMAGE: [(&str, u8, Damage); 27] = [
    ("missing", 2, Bytes(|_| None)),
    ("empty", 2, Bytes(|_| Some(Vec::new()))),
    ("truncated", 2, Bytes(|bytes| Some(bytes[..2000].to_vec()))),
    ("broken-utf8", 2, Bytes(|bytes| Some([&bytes[..40], b"\xff", &bytes[40..]].concat()))),
    ("a-table", 2, Bytes(|_| Some(b"customer_id,served_m3\nC1,5\n".to_vec()))),
    ("a-list", 2, Json(|json| *json = json!([json.take()]))),
    ("a-key-twice", 2, Bytes(|bytes| Some([b"{\"schema\":\"curtail.decision/1\",", &bytes[1..]].concat()))),
    ("a-key-missing", 2, Json(|json| drop(json.as_object_mut().unwrap().remove("totals")))),
    ("another-schema", 2, Json(|json| json["schema"] = json!("curtail.decision/2"))),
    ("without-customers", 2, Json(|json| drop(json.as_object_mut().unwrap().remove("detail")))),
    ("negative", 2, Json(|json| json["totals"]["served_m3"] = json!(-1))),
    ("a-fraction", 2, Json(|json| json["totals"]["served_m3"] = json!(1.5))),
    ("above-64-bits", 2, Json(|json| json["totals"]["served_m3"] = json!(1.0e20))),
    ("no-such-day", 2, Json(|json| json["date"] = json!("2026-02-30"))),
    ("districts-below-districts", 2, Json(|json| json["areas"][0]["areas"] = json!([json.clone()]))),
    ("a-day-without-supply", 2, Json(|json| json["date"] = json!("2026-01-20"))),
    ("another-day", 2, Json(|json| json["date"] = json!("2026-01-08"))),
    ("another-case", 2, Case("case.toml", "name = \"Bad\"", "name = \"Another\"")),
    ("another-policy", 2, Case("case.toml", "policy = \"xian-2025\"", "policy = \"own.toml\"")),
    ("a-policy-that-changed", 2, Json(|json| json["policy"]["digest"] = json!("0".repeat(64)))),
    ("a-demand-that-changed", 2, Case("demand.csv", "residential,84000", "residential,84001")),
    ("orders-missing", 2, With(&["--orders", "nowhere.csv"])),
    (
        "one-cubic-metre-more",
        4,
        Json(|json| {
            let served = &mut json["detail"]["customers"][1]["served_m3"];
            *served = json!(served.as_u64().unwrap() + 1);
        }),
    ),
    ("a-huge-slice", 4, Json(|json| json["detail"]["slices"][0][3] = json!(u64::MAX))),
    ("a-slice-of-nobody", 4, Json(|json| json["detail"]["slices"][0][0] = json!(u32::MAX))),
    (
        "a-customer-twice",
        4,
        Json(|json| {
            let customers = json["detail"]["customers"].as_array_mut().unwrap();
            customers.insert(0, customers[0].clone());
        }),
    ),
    ("a-proof-of-no-rank", 4, Json(|json| json["evidence"]["ranks"][0]["rank"] = json!(0))),
];

fn run(home: &Path, lang: &str, args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_curtail");
    let mut command = Command::new(program);
    command.args(["-C", "case", "-q", "--lang", lang]).args(args).current_dir(home).output().unwrap()
}

fn copy(to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir("tests/bad/base").unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    // A proposal that a damage may turn to.
    let own = "extends = \"xian-2025\"\n[set]\n\"measures.limit-large-central.III.limit\" = 0.4\n";
    fs::write(to.join("own.toml"), own).unwrap();
}

/// A home with a case and a decision of it, damaged.
fn home(damage: &Damage) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    copy(&home.path().join("case"));
    let decided = run(home.path(), "en", &["decide", "--date", "2026-01-07", "--out", "."]);
    assert!(matches!(decided.status.code(), Some(0 | 3)), "{}", String::from_utf8_lossy(&decided.stderr));
    let file = home.path().join("decision.json");
    let bytes = fs::read(&file).unwrap();
    match damage {
        Bytes(change) => match change(bytes) {
            Some(bytes) => fs::write(&file, bytes).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        },
        Json(change) => {
            let mut json: Value = serde_json::from_slice(&bytes).unwrap();
            change(&mut json);
            fs::write(&file, serde_json::to_vec(&json).unwrap()).unwrap();
        }
        Case(file, old, new) => {
            let file = home.path().join("case").join(file);
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains(old), "{} no longer says `{old}`", file.display());
            fs::write(file, text.replacen(old, new, 1)).unwrap();
        }
        With(_) => {}
    }
    home
}

/// What both commands say of it, in both languages.
fn said(name: &str, status: u8, damage: &Damage) -> String {
    let home = home(damage);
    let more = if let With(more) = damage { more } else { &[][..] };
    let mut said = String::new();
    for lang in ["en", "zh"] {
        let verify = [&["verify", "decision.json"][..], more].concat();
        let explain = ["explain", "C5", "--decision", "decision.json"];
        for args in [&verify[..], &explain] {
            let output = run(home.path(), lang, args);
            let [out, error] =
                [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            assert!(!error.contains("panicked"), "{name}, {args:?}: {error}");
            let code = output.status.code();
            if args[0] == "verify" {
                assert_eq!(code, Some(status.into()), "{name}, {args:?}: {out}{error}");
            } else {
                assert!(matches!(code, Some(0 | 2)), "{name}, {args:?}: {out}{error}");
            }
            assert!(code == Some(0) || error.lines().count() <= 8, "{name}, {args:?}: {error}");
            // What `explain` says of a decision that can be read is a screen of its own, and not what is tested here.
            let out = if args[0] == "explain" && code == Some(0) { "...\n".to_owned() } else { out };
            let _ = write!(said, "$ curtail --lang {lang} {}\n{out}{error}= {}\n", args.join(" "), code.unwrap());
        }
    }
    said
}

#[test]
fn damaged_decisions_get_exactly_these_messages() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for (name, status, damage) in &DAMAGE {
        let said = said(name, *status, damage);
        let file = Path::new(EXPECTED).join(format!("{name}.txt"));
        if bless {
            fs::write(&file, &said).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if expected != said {
            let _ = writeln!(wrong, "{}\n--- expected\n{expected}--- got\n{said}", file.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    let known = DAMAGE.iter().map(|(name, ..)| format!("{name}.txt")).collect::<std::collections::BTreeSet<_>>();
    let there = fs::read_dir(EXPECTED).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<std::collections::BTreeSet<_>>(), known);
}

#[test]
fn undamaged_it_holds_and_is_explained() {
    let home = home(&With(&[]));
    for args in [&["verify", "decision.json"][..], &["explain", "C5", "--decision", "decision.json"]] {
        assert_eq!(run(home.path(), "en", args).status.code(), Some(0), "{args:?}");
    }
}
