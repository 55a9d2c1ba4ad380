//! Papers of a decision, through the real program: what they are follows from the record, what they say adds up, and what would
//! mislead is refused.
#![cfg(feature = "record")]
#![allow(clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with one small case, dated from 7 January 2026.
struct Home(tempfile::TempDir);

impl Home {
    fn new(lang: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap_or_else(|e| panic!("{e}")));
        home.done(&["init", "town", "--lang", lang, "--now", "2026-01-07 09:00"]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        command.output().unwrap_or_else(|e| panic!("{e}"))
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(matches!(output.status.code(), Some(0 | 3)), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs a command of the case at a time.
    fn at(&self, now: &str, args: &[&str]) -> String {
        self.done(&[&["-C", "town", "--now", now], args].concat())
    }

    /// What a refused command says; nothing is printed.
    fn refused(&self, now: &str, args: &[&str]) -> String {
        let output = self.run(&[&["-C", "town", "--now", now], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "{args:?}");
        text(&output.stderr)
    }

    fn propose(&self, now: &str, more: &[&str]) {
        let args = ["-q", "decide", "--date", "2026-01-08", "--record", "--by", "Wang Fang", "--role", "office"];
        self.at(now, &[&args[..], more].concat());
    }

    fn approve(&self, now: &str) {
        self.at(now, &["approve", "--by", "Li Wei", "--role", "group"]);
    }

    fn issue(&self, now: &str) {
        self.approve(now);
        self.at(now, &["sign", "--by", "Zhao Min", "--role", "head"]);
        self.at(now, &["issue", "--by", "Wang Fang", "--role", "office"]);
    }

    /// Changes a file of the case.
    fn change(&self, file: &str, from: &str, to: &str) {
        let path = self.path("town").join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{e}"));
        assert!(text.contains(from), "{file} does not say `{from}`");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap_or_else(|e| panic!("{e}"));
    }

    fn with_office(&self) {
        self.change(
            "case.toml",
            "[files]",
            "[office]\nname = \"Gas supply office 保供办\"\ntelephone = \"000-12345\"\n\n[files]",
        );
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|e| panic!("{e}"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A paper without the head of the record, which depends on the account and the machine.
fn without_head(paper: &str) -> String {
    let is_head = |word: &str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let lines = paper.lines().map(|line| match line.rsplit_once(' ') {
        Some((before, word)) if is_head(word) => format!("{before} [head]\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

const EVENING: &str = "2026-01-07 18:00";

#[test]
fn golden_papers() {
    for lang in ["en", "zh"] {
        let home = Home::new(lang);
        home.with_office();
        home.propose(EVENING, &[]);
        home.issue(EVENING);
        let company = if lang == "en" { "gas-a" } else { "甲燃气" };
        let day = ["--lang", lang, "--date", "2026-01-08"];
        let list = home.at(EVENING, &[&["notices"], &day[..], &["--company", company]].concat());
        insta::assert_snapshot!(format!("company_{lang}"), without_head(&list));
        // A revision at noon: more gas comes in.
        let order = home.at(EVENING, &[&["notices"], &day[..], &["--site", "S-01"]].concat());
        home.propose("2026-01-08 11:30", &["--revise", "--at", "12:00"]);
        home.approve("2026-01-08 11:35");
        let warning =
            home.at("2026-01-08 11:40", &["notices", "--lang", lang, "--decision", "2026-01-08-2", "--site", "B-02"]);
        insta::assert_snapshot!(format!("sites_{lang}"), without_head(&(order + &warning)));
    }
}

#[test]
fn what_a_paper_is_follows_from_the_record() {
    let home = Home::new("en");
    let first = |now: &str, args: &[&str]| {
        let paper = home.at(now, &[&["notices", "--site", "I-01"], args].concat());
        let title = paper.lines().find(|line| line.starts_with("# ")).unwrap_or_default().to_owned();
        (paper.lines().next().unwrap_or_default().to_owned(), title, paper)
    };
    let day = ["--date", "2026-01-08"];
    let proposal = "> **PROPOSAL, NOT AN ORDER: approved by nobody, not to be sent on, nobody acts on it**";
    let warning = "> **WARNING, NOT AN ORDER: be ready, nothing is to be done yet**";
    let order = "> **ORDER: to be carried out**";
    let titles = ["Proposed reduction of gas", "Warning of a reduction of gas", "Order to reduce gas"];
    let titles = titles.map(|title| format!("# {title}: Glassworks (I-01)"));
    let (mark, title, paper) = first(EVENING, &day);
    assert_eq!((mark.as_str(), &title), (proposal, &titles[0]));
    assert!(paper.contains("Decided for this paper alone: it stands in no record"));
    assert!(!paper.contains("carried out from"), "nobody confirms a proposal");
    home.propose(EVENING, &[]);
    let (mark, title, paper) = first(EVENING, &day);
    assert_eq!((mark.as_str(), &title), (proposal, &titles[0]));
    assert!(paper.contains("Decision 2026-01-08-1, proposed 2026-01-07 18:00 by Wang Fang; it waits for approval"));
    home.approve("2026-01-07 18:10");
    let (mark, title, paper) = first(EVENING, &day);
    assert_eq!((mark.as_str(), &title), (warning, &titles[1]));
    assert!(paper.contains("approved 2026-01-07 18:10 by Li Wei; it is no order until it is issued"), "{paper}");
    home.at(EVENING, &["sign", "--by", "Zhao Min", "--role", "head"]);
    assert_eq!(first(EVENING, &day).0, warning);
    home.at("2026-01-07 18:30", &["issue", "--by", "Wang Fang", "--role", "office"]);
    let (mark, title, paper) = first(EVENING, &day);
    assert_eq!((mark.as_str(), &title), (order, &titles[2]));
    assert!(paper.contains("Order 2026-01-08-1, issued 2026-01-07 18:30 by Wang Fang"), "{paper}");
    assert!(paper.contains("Received, and carried out from"), "{paper}");
    // What keeps the furnace from harm, and whom to call: the case names no telephone yet.
    assert!(paper.contains("- keep burning: 36,000 m³ a day, about 1,500 m³ an hour: do not go below it"), "{paper}");
    assert!(paper.contains("- to be called there: duty desk 000-0009 (synthetic)"), "{paper}");
    assert!(paper.contains("Whom to call (the case names no telephone: fill it in)"), "{paper}");
    home.with_office();
    let (_, _, paper) = first(EVENING, &day);
    assert!(paper.contains("- questions and reports to: Gas supply office 保供办, telephone 000-12345"), "{paper}");
    assert!(!paper.contains("fill it in"), "{paper}");
    // The same bytes on every run; and a day later it is a copy for the files.
    assert_eq!(paper, first(EVENING, &day).2);
    let late = first("2026-01-09 08:00", &["--decision", "2026-01-08-1"]).2;
    assert!(late.contains("This gas day ended at 2026-01-09 08:00: a copy for the files"), "{late}");
}

#[test]
fn sites_and_companies_add_up_to_the_orders() {
    let home = Home::new("en");
    home.propose(EVENING, &[]);
    let orders = home.at(EVENING, &["-q", "decide", "--date", "2026-01-08", "--format", "csv"]);
    let mut of_company: BTreeMap<String, u64> = BTreeMap::new();
    for row in orders.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        *of_company.entry(cells[3].to_owned()).or_default() +=
            cells[7].parse::<u64>().unwrap_or_else(|e| panic!("{e}"));
    }
    assert!(of_company.len() > 1);
    home.at(EVENING, &["notices", "--date", "2026-01-08", "--out", "papers", "--each", "--format", "md"]);
    let number =
        |text: &str| text.replace([',', '*', ' '], "").parse::<f64>().unwrap_or_else(|e| panic!("{text}: {e}"));
    let fact = |paper: &str, name: &str| {
        let line = paper.lines().find(|line| line.starts_with(name)).map(|line| line[name.len()..].to_owned());
        line.and_then(|line| Some(number(line.split(" m³").next()?)))
    };
    let mut of_sites: BTreeMap<String, f64> = BTreeMap::new();
    let (mut lists, mut sites) = (0, 0);
    for name in names(&home.path("papers")) {
        let paper = read(&home.path("papers").join(&name));
        let company =
            paper.lines().find_map(|line| line.strip_prefix("- gas company: ")).unwrap_or_default().to_owned();
        let gives_up = fact(&paper, "- gives up: ").unwrap_or_default();
        if name.contains("-company-") {
            lists += 1;
            assert_eq!(gives_up, of_company[&company] as f64, "{name}");
            // Every table of the list has the same sum.
            let totals = paper.lines().filter(|line| line.starts_with("| **In all**"));
            let totals: Vec<&str> = totals.collect();
            assert!(totals.len() > 2, "{paper}");
            let of = |line: &str, at: usize| number(line.split('|').nth(at).unwrap_or_default());
            assert_eq!(of(totals[0], 6), gives_up, "{}", totals[0]);
            assert_eq!(number(totals[1].trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default()), gives_up);
            assert_eq!(totals[2..].iter().map(|line| of(line, 6)).sum::<f64>(), gives_up);
        } else {
            sites += 1;
            *of_sites.entry(company).or_default() += gives_up;
            // The hours of a site add up to what it may take.
            let total = paper.lines().rfind(|line| line.starts_with("| **In all**")).unwrap_or_default();
            let hours = number(total.trim_end_matches([' ', '|']).rsplit('|').next().unwrap_or_default());
            assert_eq!(Some(hours), fact(&paper, "- may take in that time: "), "{paper}");
        }
    }
    assert_eq!(
        (lists, sites),
        (2, orders.lines().count() - 1),
        "one paper for each company and each customer that is cut"
    );
    let of_company: BTreeMap<String, f64> =
        of_company.into_iter().map(|(company, cut)| (company, cut as f64)).collect();
    assert_eq!(of_sites, of_company);
}

#[test]
fn what_would_mislead_is_refused() {
    let home = Home::new("en");
    let notices = |args: &[&'static str]| home.refused("2026-01-08 12:30", &[&["notices"], args].concat());
    let day = ["--date", "2026-01-08"];
    assert_eq!(
        notices(&["--decision", "2026-01-08-1"]),
        "error: town/record.db: there is no record yet\n  help: `decide --record` begins one\n"
    );
    home.propose(EVENING, &[]);
    home.issue(EVENING);
    home.propose("2026-01-08 11:30", &["--revise", "--at", "12:00"]);
    home.issue("2026-01-08 11:50");
    assert_eq!(
        notices(&["--decision", "2026-01-08-1"]),
        "error: 2026-01-08-1 is not in force any more: 2026-01-08-2 is the order of its day, and papers of 2026-01-08-1 would mislead\n  \
         help: `notices --decision 2026-01-08-2`\n"
    );
    assert_eq!(
        notices(&["--decision", "2026-01-08-1", "--lang", "zh"]),
        "错误：2026-01-08-1 已不再有效：当日现行指令为 2026-01-08-2，再发 2026-01-08-1 的通知将造成误导\n  \
         办法：`notices --decision 2026-01-08-2`\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--shortfall", "12"]),
        "error: 2026-01-08-2 of the record is the decision of that day: papers are made of it, and not of a what-if\n  \
         help: leave --supply and --shortfall out, or name another day\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--site", "S-O1"]),
        "error: this decision tells no site `S-O1` anything\n  help: did you mean `S-01`?\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--company", "gas-c"]),
        "error: there is no company `gas-c`\n  help: there are: gas-a, gas-b\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--format", "docx"]),
        "error: notices as docx go into files\n  help: name a folder with --out\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--format", "json"]),
        "error: notices are papers and not json\n  help: write for example --format html,docx; `decide --format json` gives the figures\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-08", "--format", "json,docx"]),
        "error: `--format` takes one format, or several of a paper\n  help: write for example --format json, or --format md,html,docx for a report\n"
    );
    assert_eq!(
        home.refused(EVENING, &["status", "--format", "docx"]),
        "error: only reports and notices are written as docx\n  help: leave `--format` out, or use `--format json`\n"
    );
    assert_eq!(
        notices(&["--date", "2026-01-07", "--shortfall", "0"]),
        "error: on 2026-01-07 nobody is cut: there is nobody to tell\n"
    );
    // A customer that the case has not any more, and a policy that reads otherwise.
    let customers = read(&home.path("town/customers.csv"));
    home.change("customers.csv", "I-02,", "I-99,");
    let said = notices(&day);
    assert_eq!(
        said,
        "error: 2026-01-08-2 was decided with a customer `I-02` whom the case has not any more\n  \
         help: `log export 2026-01-08-2` gives back the case as it was; make the papers there\n"
    );
    std::fs::write(home.path("town/customers.csv"), customers).unwrap_or_else(|e| panic!("{e}"));
    home.at("2026-01-08 13:00", &["end", "--reason", "supply covers demand", "--by", "Li Wei", "--role", "group"]);
    // Of a response that is over there are copies, which order nothing and are no entry.
    let copies = home.at("2026-01-09 09:00", &["notices", "--decision", "2026-01-08-2"]);
    let says = |said: &str| assert!(copies.contains(said), "no `{said}` in:\n{copies}");
    says("COPY, THE RESPONSE IS OVER: as it was told that day, nothing to be carried out any more");
    says("The response ended at 2026-01-08 13:00");
    assert!(!copies.contains("ORDER: to be carried out") && !copies.contains("Received"), "{copies}");
    let zh = home.at("2026-01-09 09:00", &["--lang", "zh", "notices", "--decision", "2026-01-08-2"]);
    assert!(zh.contains("存档副本（响应已结束）") && zh.contains("应急响应已于 2026-01-08 13:00 结束"), "{zh}");
    assert_eq!(
        notices(&[&day[..], &["--out", "copies", "--record", "--by", "Sun"]].concat()),
        "error: the response is over: a copy goes out to nobody and is no entry of the record\n  \
         help: leave --record, --by and --role out\n"
    );
}

#[test]
fn a_revision_says_what_changed_and_for_when() {
    let home = Home::new("en");
    home.propose(EVENING, &[]);
    home.issue(EVENING);
    // More gas comes in than was expected: some is given back for the rest of the day.
    let supply = read(&home.path("town/supply.csv"));
    let row = supply.lines().find(|line| line.starts_with("2026-01-08,")).unwrap_or_default().to_owned();
    let cells: Vec<&str> = row.split(',').collect();
    let volume: u64 = cells[2].parse().unwrap_or_else(|e| panic!("{row}: {e}"));
    home.change("supply.csv", &row, &row.replacen(cells[2], &(volume + 60_000).to_string(), 1));
    home.propose("2026-01-08 11:30", &["--revise", "--at", "12:00"]);
    home.issue("2026-01-08 11:50");
    home.at("2026-01-08 11:55", &["notices", "--date", "2026-01-08", "--out", "papers", "--each", "--format", "md"]);
    let papers: Vec<(String, String)> = names(&home.path("papers"))
        .into_iter()
        .map(|name| (name.clone(), read(&home.path("papers").join(name))))
        .collect();
    let (mut lifted, mut more) = (0, 0);
    for (name, paper) in &papers {
        assert!(name.starts_with("2026-01-08-2-order-"), "{name}");
        assert!(
            paper.contains("It decides the day again from 12:00 on; until then order 2026-01-08-1 holds"),
            "{paper}"
        );
        assert!(paper.contains("- from, until: 2026-01-08 12:00 to 2026-01-09 08:00"), "{paper}");
        assert!(!paper.contains("| 08:00 to 0") && !paper.contains("| 11:00 |"), "{paper}");
        if paper.contains("# Reduction of gas lifted: ") {
            lifted += 1;
            assert!(paper.starts_with("> **ORDER LIFTED: gas may be taken again**"), "{paper}");
            assert!(
                paper.contains("- what has changed: ") && paper.contains(" before, now all of the forecast again: ")
            );
        } else if name.contains("-site-") {
            assert!(paper.contains("- what has changed: "), "{paper}");
            more += usize::from(paper.contains(" more\n"));
        }
    }
    assert!(
        lifted > 0 && more > 0,
        "{lifted} lifted, {more} altered of {:?}",
        papers.iter().map(|it| &it.0).collect::<Vec<_>>()
    );
    // Together they are what changes.csv says of the rest of the day.
    let changes = home.at("2026-01-08 11:56", &["log", "export", "2026-01-08-2", "--out", "then"]);
    assert!(changes.contains("2026-01-08-2"));
    let rows = read(&home.path("then/changes.csv"));
    let count = |what: &str| rows.lines().filter(|row| row.split(',').nth(5) == Some(what)).count();
    assert_eq!(lifted, count("lifted"), "{rows}");
    assert_eq!(papers.len() - 2, rows.lines().count() - 1, "a paper for each of them, and the two lists");
    // In one file for each company, whose order is lifted stands apart: what is on every page is true of each.
    home.at("2026-01-08 11:55", &["notices", "--date", "2026-01-08", "--out", "all", "--format", "md"]);
    let all = names(&home.path("all"));
    assert!(all.iter().any(|name| name.contains("-order-lifted-")), "{all:?}");
    for name in all.iter().filter(|name| name.contains("-order-lifted-")) {
        let paper = read(&home.path("all").join(name));
        assert!(!paper.contains("to be carried out**") && !paper.contains("Order to reduce"), "{paper}");
    }
}

#[test]
fn names_bring_nothing_of_their_own() {
    let home = Home::new("en");
    home.change("customers.csv", "I-01,Glassworks,", "I-01,\"=Glass|works* <b>\\` 玻璃厂\",");
    home.change("customers.csv", "duty desk 000-0009 (synthetic)", "\"<script>alert(1)</script> | # 1\"");
    home.at(
        EVENING,
        &["notices", "--date", "2026-01-08", "--out", "papers", "--format", "md,html,docx", "--site", "I-01"],
    );
    let dir = home.path("papers");
    assert_eq!(
        names(&dir),
        ["docx", "html", "md"].map(|extension| format!("2026-01-08-proposal-site-I-01.{extension}"))
    );
    let markdown = read(&dir.join("2026-01-08-proposal-site-I-01.md"));
    assert!(markdown.contains(r"=Glass\|works\* &lt;b>\\\` 玻璃厂"), "{markdown}");
    let html = read(&dir.join("2026-01-08-proposal-site-I-01.html"));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !html.contains("<script>"), "{html}");
}

#[test]
fn the_record_knows_who_was_told_what() {
    let home = Home::new("en");
    let by = ["--record", "--by", "Wang Fang", "--role", "office"];
    let noted =
        |args: &[&'static str]| [&["notices", "--date", "2026-01-08", "--out", "papers"], &by[..], args].concat();
    home.propose(EVENING, &[]);
    assert_eq!(
        home.refused(EVENING, &noted(&[])),
        "error: a proposal is told to nobody, so there is nothing to note\n  \
         help: leave --record out, or have the decision approved first\n"
    );
    let unstated = home.refused(EVENING, &["notices", "--date", "2026-01-08", "--by", "Wang Fang"]);
    assert!(unstated.contains("`--record` is missing"), "{unstated}");
    home.approve(EVENING);
    let said = home.at(EVENING, &noted(&["--company", "gas-a", "--each", "--format", "html"]));
    assert!(said.contains("Noted in the record: 5 papers. Head of the record: "), "{said}");
    home.at(EVENING, &["sign", "--by", "Zhao Min", "--role", "head"]);
    home.at(EVENING, &["issue", "--by", "Wang Fang", "--role", "office"]);
    home.at(EVENING, &noted(&["--company", "gas-a", "--format", "html,docx"]));
    let log = home.at(EVENING, &["log"]);
    // The list and four sites, announced; then ordered, in two formats.
    assert!(log.contains("papers of 2026-01-08-1: orders 0, warnings 5"), "{log}");
    assert!(log.contains("papers of 2026-01-08-1: orders 10, warnings 0"), "{log}");
    assert!(home.at(EVENING, &["log", "--check"]).starts_with("The record holds"));
    // A paper of an order says which head of the record it rests on, and the record goes on from there.
    let paper = home.at(EVENING, &["notices", "--date", "2026-01-08", "--site", "I-02"]);
    let head =
        paper.lines().find_map(|line| line.split_once("head of the record ")).map_or("", |(_, head)| head.trim());
    assert!(home.at(EVENING, &["log", "--check", "--head", head]).contains("goes on from that head"), "{head}");
}

#[test]
fn an_exercise_is_on_every_paper_and_in_every_name() {
    let home = Home::new("en");
    let order = |args: &[&str]| home.at(EVENING, &[&["--drill", "-q"], args].concat());
    order(&["decide", "--date", "2026-01-08", "--record", "--by", "Wang Fang", "--role", "office"]);
    order(&["approve", "--by", "Li Wei", "--role", "group"]);
    order(&["sign", "--by", "Zhao Min", "--role", "head"]);
    order(&["issue", "--by", "Wang Fang", "--role", "office"]);
    order(&["notices", "--date", "2026-01-08", "--out", "papers", "--format", "md,html,docx", "--each"]);
    let all = names(&home.path("papers"));
    assert!(all.len() > 20, "{all:?}");
    for name in &all {
        assert!(name.starts_with("EXERCISE-2026-01-08-1-order-"), "{name}");
        if name.ends_with(".md") {
            let paper = read(&home.path("papers").join(name));
            assert!(paper.starts_with("> **\\*\\*\\* EXERCISE 演练 \\*\\*\\* Nothing here is real"), "{paper}");
            assert!(paper.contains("\n# EXERCISE 演练: "), "{paper}");
        } else if name.ends_with(".html") {
            let paper = read(&home.path("papers").join(name));
            assert!(paper.contains("class=\"exercise\""), "{name}");
        }
    }
    // The real day knows nothing of it.
    let real = home.at(EVENING, &["notices", "--date", "2026-01-08", "--site", "I-01"]);
    assert!(real.starts_with("> **PROPOSAL, NOT AN ORDER") && !real.contains("EXERCISE"), "{real}");
}

/// By the hour a paper has the customer's own hours; of a revision those that are left; and what came back since is told beside them.
#[test]
fn papers_by_the_hour_have_their_own_hours_and_what_came_back() {
    let home = Home::new("en");
    home.change("case.toml", "hourly = false", "hourly = true");
    let site = |now: &str| home.at(now, &["notices", "--date", "2026-01-08", "--site", "P-01"]);
    // The volumes of its table of hours, of what may be taken altogether, in thousandths of a m3.
    let hours = |paper: &str| -> Vec<u64> {
        let rows = paper.lines().filter(|line| line.starts_with("| ") && line.contains(":00"));
        let volume = |row: &str| {
            let cell = row.split('|').nth(3)?.trim().replace(',', "");
            let (whole, part) = cell.split_once('.').unwrap_or((&cell, "0"));
            Some(whole.parse::<u64>().ok()? * 1_000 + format!("{part:0<3}").parse::<u64>().ok()?)
        };
        rows.filter_map(volume).collect()
    };
    let allowed = |paper: &str| -> u64 {
        let line = paper.lines().find(|line| line.contains("may take in that time")).unwrap_or_default();
        let volume = line.rsplit(['|', ':']).find(|cell| cell.contains("m³")).unwrap_or_default();
        volume.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
    };
    home.propose(EVENING, &[]);
    home.issue(EVENING);
    let order = site(EVENING);
    assert!(!order.contains("its hours follow this customer's usual day"), "{order}");
    assert_eq!((allowed(&order), hours(&order).iter().sum::<u64>()), (25_000, 25_000_000), "{order}");

    // More gas: some of it comes back, and is no part of the hours.
    let supply = read(&home.path("town/supply.csv"));
    let more = supply.replace("2026-01-08,lng-store,81000,", "2026-01-08,lng-store,90000,");
    std::fs::write(home.path("town/supply.csv"), more).unwrap_or_else(|e| panic!("{e}"));
    home.at(
        "2026-01-08 09:30",
        &["-q", "restore", "--date", "2026-01-08", "--record", "--by", "Li Wei", "--role", "group"],
    );
    let back = site("2026-01-08 10:00");
    assert_eq!(hours(&back), hours(&order), "{back}");
    assert!(allowed(&back) > allowed(&order) && back.contains("that came back since are not in the hours"), "{back}");
    // It came back from the next whole hour on, and all of it is told.
    let line = back.lines().find(|line| line.contains("came back since: ")).unwrap_or_default();
    let more = allowed(&back) - allowed(&order);
    let digits: String = line.split(" m³").next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    assert!(digits == more.to_string() && line.ends_with(" m³ from 10:00 on"), "{more}: {line}");
    let list = home.at("2026-01-08 10:00", &["notices", "--date", "2026-01-08", "--company", "gas-b"]);
    assert!(list.contains("came back since: the hours do not show it"), "{list}");
    assert!(list.lines().any(|row| row.starts_with("| P-01 ") && row.contains(", more from 10:00 on |")), "{list}");
    let chinese = home.at("2026-01-08 10:00", &["--lang", "zh", "notices", "--date", "2026-01-08", "--site", "P-01"]);
    assert!(chinese.contains("其后恢复供气：自 10:00 起 "), "{chinese}");

    // What is revised at noon has the hours that are left.
    home.propose("2026-01-08 11:00", &["--revise", "--at", "12:00"]);
    home.issue("2026-01-08 11:00");
    let revised = site("2026-01-08 11:10");
    assert_eq!(hours(&revised).iter().sum::<u64>(), allowed(&revised) * 1_000, "{revised}");
    assert!(revised.contains("| 12:00 to ") && !revised.contains("| 08:00 to "), "{revised}");
}
