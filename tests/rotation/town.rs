//! A town in a folder, and its dispatcher at the terminal.

use std::process::{Command, Output, Stdio};

/// In the morning of the first day that the tests plan.
const NOW: &str = "2026-01-05T09:00:00+08:00";

/// Homes in blocks, and one source.
pub struct Town(tempfile::TempDir);

/// A row of the calendar.
#[derive(Debug)]
pub struct Row {
    pub date: String,
    pub block: String,
    pub status: String,
    pub turn: Option<u64>,
    pub demand: Option<u64>,
    pub cut: Option<u64>,
    pub equivalent_days: String,
}

/// A forecast as people keep it.
pub fn forecast(heading: &str, days: &[(&str, &str)]) -> String {
    days.iter().fold(format!("{heading}\n"), |text, (date, percent)| text + date + "," + percent + "\n")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Town {
    /// A block each with its homes' demand in m3; the case has figures of the source for a day long past.
    pub fn new(blocks: &[(&str, u64)]) -> Self {
        let town = Self(tempfile::tempdir().unwrap());
        let case = "[case]\nname = \"Three blocks\"\npolicy = \"xian-2025\"\ntimezone = \"Asia/Shanghai\"\n\
                    gas_day_start = \"08:00\"\n[files]\ncustomers = \"customers.csv\"\ndistricts = \"districts.csv\"\n\
                    supply = \"supply.csv\"\n";
        town.write("case.toml", case);
        let (mut customers, mut districts) =
            ("customer_id,name,district,company,class,demand_m3\n".to_owned(), "district,name,urban\n".to_owned());
        for (block, demand) in blocks {
            customers += &format!("homes-{block},Homes of {block},{block},gas,residential,{demand}\n");
            districts += &format!("{block},Block {},true\n", block.to_uppercase());
        }
        town.write("customers.csv", &customers);
        town.write("districts.csv", &districts);
        town.supply(&[("2025-03-01", 1000)]);
        town
    }

    pub fn write(&self, name: &str, content: &str) {
        std::fs::write(self.0.path().join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    /// More customers.
    pub fn add(&self, rows: &str) {
        self.write("customers.csv", &(self.read("customers.csv") + rows));
    }

    /// What the source gives on some days, in m3.
    pub fn supply(&self, days: &[(&str, u64)]) {
        let rows = days.iter().map(|(date, volume)| format!("{date},gate,{volume}\n")).collect::<String>();
        self.write("supply.csv", &format!("date,source,volume_m3\n{rows}"));
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(["-q", "--now", NOW]).args(args).current_dir(self.0.path()).stdin(Stdio::null());
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.env("LANG", "C.UTF-8").output().unwrap()
    }

    /// Standard output of a run that is done.
    pub fn prints(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Standard error of a run that is refused and prints nothing.
    pub fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }

    /// Proposes the day's decision, which may well be beyond authority.
    pub fn decide(&self, date: &str) -> String {
        self.decide_as(date, &[])
    }

    fn decide_as(&self, date: &str, more: &[&str]) -> String {
        let args = [&["--format", "csv", "decide", "--date", date, "--record", "--by", "Sun Yi"], more].concat();
        let output = self.run(&args);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Approves, signs and issues a decision, whoever must.
    pub fn issue(&self, id: &str) {
        let approved = ["group", "office"]
            .iter()
            .any(|role| self.run(&["approve", id, "--by", "Li Wei", "--role", role]).status.success());
        assert!(approved, "{id}");
        self.prints(&["sign", id, "--by", "Zhao Min", "--role", "head"]);
        self.prints(&["issue", id, "--by", "Wang Fang", "--role", "office"]);
    }

    /// All of it: from the proposal to the order of the day.
    pub fn order(&self, date: &str, number: u32) {
        self.decide(date);
        self.issue(&format!("{date}-{number}"));
    }

    /// The ids of the customers that the day's decision, proposed, stops.
    pub fn stopped(&self, date: &str, more: &[&str]) -> String {
        let orders = self.decide_as(date, more);
        let ids = orders.lines().skip(1).filter_map(|line| line.split(',').next());
        ids.collect::<Vec<_>>().join(" ")
    }

    /// The authority decides otherwise.
    pub fn depart(&self, what: &[&str]) {
        let by = ["--reason", "tested", "--by", "Li Wei", "--role", "group"];
        self.prints(&[&["depart"], what, &by[..]].concat());
    }

    /// Gives back what the day's gas now allows.
    pub fn restore(&self, date: &str) -> serde_json::Value {
        let by = ["--record", "--by", "Li Wei", "--role", "group"];
        let args = [&["--format", "json", "restore", "--date", date][..], &by].concat();
        serde_json::from_str(&self.prints(&args)).unwrap()
    }

    pub fn calendar(&self, args: &[&str]) -> Vec<Row> {
        let csv = self.prints(&[&["--format", "csv", "rotation"], args].concat());
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some("date,block,name,status,turn,demand_m3,cut_m3,equivalent_days"));
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let [date, block, _, status, turn, demand, cut, equivalent_days] = cells[..] else { panic!("{line}") };
            let number = |cell: &str| (!cell.is_empty()).then(|| cell.parse().unwrap());
            Row {
                date: date.to_owned(),
                block: block.to_owned(),
                status: status.to_owned(),
                turn: number(turn),
                demand: number(demand),
                cut: number(cut),
                equivalent_days: equivalent_days.to_owned(),
            }
        };
        lines.map(row).collect()
    }

    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.prints(&[&["--format", "json", "rotation"], args].concat())).unwrap()
    }
}
