//! Companies that share a network, by the real program: a case folder decided, its `decision.json` verified, then edited.
#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

const CASE: &str = r#"[case]
name = "Ring"
policy = "xian-2025"
timezone = "Asia/Shanghai"
gas_day_start = "08:00"
pooling = false
hourly = false
volume_basis = "Nm3"
[files]
customers = "customers.csv"
districts = "districts.csv"
supply = "supply.csv"
links = "links.csv"
"#;

/// Each company's hospital is two links round the ring from its source, so each link serves two companies: of 101 a link the three
/// get 151.5 together.
const CUSTOMERS: &str = "customer_id,name,district,company,class,demand_m3
h1,hospital,north,a,hospital,90
h2,hospital,east,b,hospital,90
h3,hospital,south,c,hospital,90
i1,works,north,a,industry,400
i2,works,east,b,industry,300
i3,works,south,c,industry,200
";
const DISTRICTS: &str = "district,name,urban\nnorth,North,true\neast,East,true\nsouth,South,true\n";
const SUPPLY: &str = "date,source,volume_m3,company
2026-01-07,sa,500,a
2026-01-07,sb,500,b
2026-01-07,sc,500,c
";
const LINKS: &str = "from,to,capacity_m3
sa,j1,500
sb,j2,500
sc,j3,500
j1,j2,101
j2,j3,101
j3,j1,101
j3,north,500
j1,east,500
j2,south,500
";

fn run(case: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
    command.args(["--lang", "en", "-C"]).arg(case).args(args).current_dir(case).env("LANG", "C.UTF-8");
    command.output().unwrap()
}

#[test]
fn a_decision_for_companies_on_a_ring_verifies_until_it_is_edited() {
    let home = tempfile::tempdir().unwrap();
    let files = [
        ("case.toml", CASE),
        ("customers.csv", CUSTOMERS),
        ("districts.csv", DISTRICTS),
        ("supply.csv", SUPPLY),
        ("links.csv", LINKS),
    ];
    files.iter().for_each(|(name, text)| std::fs::write(home.path().join(name), text).unwrap());
    let decided = run(home.path(), &["decide", "--date", "2026-01-07", "--out", "out"]);
    assert_eq!(decided.status.code(), Some(3), "{}", String::from_utf8_lossy(&decided.stderr));

    let file = home.path().join("out/decision.json");
    let told = std::fs::read_to_string(&file).unwrap();
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(json["balance"]["deliverable_m3"], 151);
    assert_eq!(json["evidence"]["ranks"][0]["priced"]["total_m3"], "151.5");
    assert_eq!(json["evidence"]["ranks"][0]["priced"]["prices"]["links"]["1"], "0.5");
    assert_eq!(json["by_rank"][0]["served_m3"], 151);

    let verified = run(home.path(), &["verify", "out/decision.json"]);
    let screen = String::from_utf8(verified.stdout).unwrap();
    assert_eq!(verified.status.code(), Some(0), "{screen}");
    let open: Vec<&str> = screen.lines().filter(|line| line.contains("not proved")).collect();
    assert!(open.iter().all(|line| line.contains("evenness") || line.contains("whole")), "{screen}");

    for (from, to, rule) in [
        ("\"deliverable_m3\":151", "\"deliverable_m3\":152", "balance"),
        ("\"flow_m3\":101", "\"flow_m3\":100", "balance"),
        ("\"total_m3\":\"151.5\"", "\"total_m3\":\"150.5\"", "order"),
        // Prices that are not negative bound the total too, but not to a cubic metre.
        ("\"1\":\"0.5\"", "\"1\":\"0.6\"", "balance"),
    ] {
        assert!(told.contains(from), "{from} in {told}");
        std::fs::write(&file, told.replace(from, to)).unwrap();
        let refused = run(home.path(), &["verify", "out/decision.json"]);
        let screen = String::from_utf8(refused.stdout).unwrap();
        assert_eq!(refused.status.code(), Some(4), "{from} to {to}: {screen}");
        assert!(screen.contains(&format!("does not hold: {rule}.")), "{screen}");
    }
}
