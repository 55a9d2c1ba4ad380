//! The pages of a run: what they say is what its tables say, they need nothing from outside, and a browser draws them.
#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use quick_xml::Reader;
use quick_xml::events::Event;

/// A run of the small case in each language and a comparison, made once.
struct Runs(tempfile::TempDir);

impl Runs {
    fn made() -> &'static Self {
        static RUNS: OnceLock<Runs> = OnceLock::new();
        RUNS.get_or_init(|| {
            let runs = Self(tempfile::tempdir().unwrap());
            for lang in ["en", "zh"] {
                runs.done(&["init", lang, "--lang", lang, "--now", "2026-01-07 09:00"]);
                // What the example leaves out, put in by taking away the marks before it; and less gas, so that it is cold.
                let path = runs.path(&format!("{lang}/scenario.toml"));
                let text = fs::read_to_string(&path).unwrap();
                let at = text.find("# [homes]").unwrap();
                let mut with: String = text[..at].replace("m3_day = 380000", "m3_day = 300000");
                with = with.replace("m3_day = 400000", "m3_day = 330000");
                for line in text[at..].lines() {
                    let bare = line.strip_prefix("# ").filter(|bare| bare.starts_with('[') || bare.contains(" = "));
                    with += &format!("{}\n", bare.unwrap_or(line));
                }
                fs::write(&path, &with).unwrap();
                let more = with.replace("sends_m3_day = 80000", "sends_m3_day = 120000");
                let more = more.replace("season_yuan = 2000000", "season_yuan = 3500000");
                fs::write(runs.path(&format!("{lang}/more.toml")), more.replace("name = \"", "name = \"More <&> "))
                    .unwrap();
            }
            let scenario = ["simulate", "en/scenario.toml", "--winters", "120", "--out", "out"];
            runs.done(&scenario);
            runs.done(&["simulate", "zh/scenario.toml", "--winters", "20", "--out", "aus", "--lang", "zh"]);
            let pair = ["--compare", "en/scenario.toml", "en/more.toml", "--winters", "60", "--out", "pair"];
            runs.done(&[&["simulate"][..], &pair].concat());
            runs
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtail"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null()).env("LANG", "C.UTF-8");
        for variable in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS"] {
            command.env_remove(variable);
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

const PAGES: [&str; 10] = [
    "out/winters.en.html",
    "out/winters.zh.html",
    "aus/winters.en.html",
    "aus/winters.zh.html",
    "pair/winters-a.en.html",
    "pair/winters-a.zh.html",
    "pair/winters-b.en.html",
    "pair/winters-b.zh.html",
    "pair/compare.en.html",
    "pair/compare.zh.html",
];

/// The texts of each element of a name, in the order of the page.
fn texts(page: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(page);
    let (mut texts, mut depth): (Vec<String>, usize) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == name => {
                depth += 1;
                texts.push(String::new());
            }
            Event::End(end) if end.name().as_ref() == name => depth -= 1,
            Event::Text(text) if depth > 0 => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(entity) if depth > 0 => {
                let known = quick_xml::escape::resolve_predefined_entity(&entity).unwrap();
                texts.last_mut().unwrap().push_str(known);
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

/// The rows of a page's tables.
fn rows(page: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::from_str(page);
    let (mut rows, mut inside): (Vec<Vec<String>>, bool) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == "tr" => rows.push(Vec::new()),
            Event::Start(start) if matches!(start.name().as_ref(), "th" | "td") => {
                inside = true;
                rows.last_mut().unwrap().push(String::new());
            }
            Event::End(end) if matches!(end.name().as_ref(), "th" | "td") => inside = false,
            Event::Text(text) if inside => {
                rows.last_mut().unwrap().last_mut().unwrap().push_str(&text);
            }
            Event::Eof => return rows,
            _ => {}
        }
    }
}

#[test]
fn pages_are_well_formed_and_need_nothing_from_outside() {
    let runs = Runs::made();
    for name in PAGES {
        let page = runs.read(name);
        let (mut reader, mut open, mut ids, mut links) = (Reader::from_str(&page), 0, BTreeSet::new(), Vec::new());
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
            let (Event::Start(start) | Event::Empty(start)) = &event else {
                open -= usize::from(matches!(event, Event::End(_)));
                if matches!(event, Event::Eof) {
                    break;
                }
                continue;
            };
            open += usize::from(matches!(event, Event::Start(_)));
            assert!(!matches!(start.name().as_ref(), "script" | "link" | "img" | "iframe" | "object"), "{name}");
            for attribute in start.attributes() {
                let attribute = attribute.unwrap();
                let value = attribute.value.to_string();
                match attribute.key.as_ref() {
                    "id" => assert!(ids.insert(value.clone()), "{name}: {value} twice"),
                    "href" => links.push(value),
                    "src" => panic!("{name}: {value}"),
                    key => assert!(key == "xmlns" || !value.contains("//"), "{name}: {value}"),
                }
            }
        }
        assert_eq!(open, 0, "{name}");
        let folder = Path::new(name).parent().unwrap();
        for link in links {
            match link.strip_prefix('#') {
                Some(id) => assert!(ids.contains(id), "{name}: {link}"),
                None => assert!(runs.path(&folder.join(&link).to_string_lossy()).is_file(), "{name}: {link}"),
            }
        }
        assert!(!page.contains("@import") && !page.contains("url(http"), "{name}");
        // Each picture has a title and says what it shows.
        let pictures = page.matches("<svg class=\"picture\"").count();
        assert!(pictures >= 1 && texts(&page, "desc").len() == pictures, "{name}");
        assert!(texts(&page, "desc").iter().all(|says| says.len() > 20), "{name}");
    }
}

#[test]
fn a_page_has_its_sections_in_both_languages() {
    let runs = Runs::made();
    let english = [
        "At a glance",
        "When each level is reached",
        "How much gas is lost, and how rarely more",
        "How the loss grows over the winter",
        "How evenly blocks take their turns",
        "Who loses, in mild winters and in hard ones",
        "Who is cold at home",
        "What it costs",
        "How many winters are enough",
    ];
    assert_eq!(texts(&runs.read("out/winters.en.html"), "h2"), english);
    let chinese = texts(&runs.read("out/winters.zh.html"), "h2");
    assert_eq!(chinese, texts(&runs.read("aus/winters.zh.html"), "h2"));
    assert!(chinese.len() == english.len() && chinese.iter().all(|heading| !heading.is_ascii()));
    // Figures do not depend on the language of the page: the same rows, the same days.
    let [one, other] = ["en", "zh"].map(|lang| rows(&runs.read(&format!("out/winters.{lang}.html"))));
    assert_eq!(one.len(), other.len());
    let days = |rows: &[Vec<String>], name: &str| rows.iter().find(|row| row[0] == name).unwrap()[2..].to_vec();
    assert_eq!(days(&one, "days at level I"), days(&other, "I 级天数"));
    // A scenario's name may hold anything.
    assert!(runs.read("pair/winters-b.en.html").contains("More &lt;&amp;&gt; "));
}

#[test]
fn a_page_says_what_the_tables_say() {
    let runs = Runs::made();
    let page = rows(&runs.read("out/winters.en.html"));
    let seasons = fs::read(runs.path("out/seasons.csv")).unwrap();
    let mut seasons = csv::Reader::from_reader(seasons.as_slice());
    let headings = seasons.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let mut seen = 0;
    // The page says with each volume in what it is.
    let bare = |name: &str| name.trim_end_matches(", thousand m3").to_owned();
    for row in seasons.records().map(Result::unwrap) {
        let unit = match &row[at("unit")] {
            "m3" | "household-days" => 1000.0,
            "homes" | "home-hours" => 1.0,
            "fen" => 100.0,
            _ => continue,
        };
        let mean: f64 = row[at("mean")].parse().unwrap();
        // The table of figures has eight columns.
        let Some(shown) = page.iter().find(|shown| shown.len() == 8 && bare(&shown[0]) == row[at("name_en")]) else {
            continue;
        };
        assert_eq!(shown[2].replace(',', ""), format!("{}", (mean / unit).round()), "{}", &row[at("name_en")]);
        seen += 1;
    }
    assert!(seen > 12, "{seen}");
}

/// The example's homes and values are those that a page tells: homes are cold, by a stop and by limits, and it costs something.
#[test]
fn homes_and_costs_are_told_where_a_scenario_has_them() {
    let runs = Runs::made();
    let screen = runs.done(&["simulate", "en/scenario.toml", "--winters", "40"]);
    assert!(
        screen.contains("Below 18 C") && screen.contains("home-hours: ") && screen.contains("Costs, yuan a winter"),
        "{screen}"
    );
    let plain = fs::read_to_string(runs.path("en/scenario.toml")).unwrap();
    fs::write(runs.path("en/plain.toml"), &plain[..plain.find("[homes]").unwrap()]).unwrap();
    let screen = runs.done(&["simulate", "en/plain.toml", "--winters", "20", "--out", "plain"]);
    assert!(!screen.contains("home-hours") && !screen.contains("yuan"), "{screen}");
    let headings = texts(&runs.read("plain/winters.en.html"), "h2");
    assert!(headings.iter().all(|heading| heading != "What it costs" && heading != "Who is cold at home"));
}

#[test]
fn a_sheet_tells_two_scenarios_apart_and_where_they_break_even() {
    let runs = Runs::made();
    let sheet = runs.read("pair/compare.en.html");
    let leads = texts(&sheet, "p").join("\n");
    assert!(leads.contains("With B a winter loses") && leads.contains("less gas than with A"), "{leads}");
    assert!(leads.contains("The two break even where a cubic metre that is not lost is worth"), "{leads}");
    let table = runs.read("pair/differences.csv");
    let mut differences = csv::Reader::from_reader(table.as_bytes());
    let headings = differences.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let all: Vec<csv::StringRecord> = differences.records().map(Result::unwrap).collect();
    let mean_of = |figure: &str| -> f64 {
        all.iter().find(|row| &row[at("figure")] == figure).unwrap()[at("mean")].parse().unwrap()
    };
    let lost = mean_of("lost");
    let added = mean_of("store_cost");
    let row = rows(&sheet).into_iter().find(|row| row[0] == "all gas not served, thousand m3").unwrap();
    assert_eq!(row[3].replace(',', ""), format!("{}", (lost / 1000.0).round()));
    // What it costs more by what it saves, in yuan a m3.
    let even = format!("is worth {:.2} yuan", added / -lost / 100.0);
    assert!(leads.contains(&even), "{even}: {leads}");
}

/// Whoever opens one table, on paper or in Excel, finds in it what its figures are, in Chinese as Chinese is written.
#[test]
fn each_table_says_what_its_figures_are() {
    let runs = Runs::made();
    for (page, named, notes) in [
        (
            "out/winters.en.html",
            "all gas not served, thousand m3",
            ["Gas not served from the first day of the season on, thousand m3.", "winter of those, thousand m3."],
        ),
        (
            "out/winters.zh.html",
            "未供气量合计，万m³",
            ["自季节首日起累计的未供气量，万m³。", "这些冬季平均每季的未供气量，万m³。"],
        ),
    ] {
        let page = runs.read(page);
        let heads: Vec<String> = rows(&page).into_iter().flatten().collect();
        // At a glance, and over the column of how rare it is.
        assert_eq!(heads.iter().filter(|head| *head == named).count(), 2, "{heads:?}");
        let notes_there = texts(&page, "p").join("\n");
        assert!(notes.iter().all(|note| notes_there.contains(note)), "{notes_there}");
    }
    let chinese = texts(&runs.read("out/winters.zh.html"), "p").join("\n");
    assert!(chinese.contains("承担 ") && !chinese.contains(" 承担"), "{chinese}");
    let sheets = ["en", "zh"].map(|lang| runs.read(&format!("pair/compare.{lang}.html")));
    let ticks = sheets.each_ref().map(|sheet| texts(sheet, "text").into_iter().filter(|tick| tick.ends_with('%')));
    let [english, chinese] = ticks.map(Iterator::collect::<Vec<_>>);
    assert!(english.len() > 2 && english.iter().all(|tick| tick.ends_with(" %")), "{english:?}");
    let spaced: Vec<String> = chinese.iter().map(|tick| tick.replace('%', " %")).collect();
    assert_eq!(spaced, english);
    let title = texts(&sheets[1], "h1").join("");
    assert!(title.starts_with('“') && title.contains("”与“") && title.ends_with("”的比较"), "{title}");

    let table = runs.read("pair/differences.csv");
    let lost = table.lines().find(|row| row.contains(",lost,")).unwrap();
    assert!(lost.contains(",lost,,all gas not served,未供气量合计,m3,"), "{lost}");
    // Money in hundredths, and degrees, by the heading: a column has no unit beside it.
    let table = runs.read("out/winters.csv");
    let headings: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    for heading in ["lost_value_fen", "store_cost_fen", "cost_fen", "coldest_hundredths_c", "lost"] {
        assert!(headings.contains(&heading), "{headings:?}");
    }
    assert!(!headings.contains(&"cost"));
}

/// The notebook is ten lines and names columns that the tables have; where there is Python with pandas, it runs.
#[test]
fn the_notebook_reads_the_tables() {
    let runs = Runs::made();
    let notebook: serde_json::Value = serde_json::from_str(&fs::read_to_string("docs/winters.ipynb").unwrap()).unwrap();
    let code = notebook["cells"].as_array().unwrap().iter().filter(|cell| cell["cell_type"] == "code");
    let lines: Vec<String> = code
        .flat_map(|cell| cell["source"].as_array().unwrap())
        .map(|line| line.as_str().unwrap().trim_end().to_owned())
        .collect();
    assert_eq!(lines.len(), 10);
    let mut known: BTreeSet<String> = ["seasons", "days", "cumulated"].map(str::to_owned).into();
    for table in known.clone() {
        let table = runs.read(&format!("out/{table}.csv"));
        known.extend(table.lines().next().unwrap().split(',').map(str::to_owned));
        // Figures are named by the values of a column.
        known.extend(table.lines().filter_map(|line| line.split(',').nth(2)).map(str::to_owned));
    }
    for line in &lines[2..] {
        // Titles are no names.
        let line = line.find(", title=").map_or(line.as_str(), |at| &line[..at]);
        for word in line.split('\'').skip(1).step_by(2).filter(|word| !word.contains(' ') && !word.is_empty()) {
            assert!(known.contains(word), "`{word}` in {line}");
        }
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let has = Command::new(&python).args(["-c", "import matplotlib, pandas"]).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: there is no Python with pandas and matplotlib here");
        return;
    }
    let mut ran = Command::new(&python);
    ran.args(["-W", "error::DeprecationWarning", "-c", &lines.join("\n")])
        .current_dir(runs.0.path())
        .env("MPLBACKEND", "Agg");
    let ran = ran.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn browser() -> Option<&'static str> {
    let is_there = |name: &&str| {
        let version = Command::new(name).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
        version.is_ok_and(|version| version.status.success())
    };
    ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().find(is_there)
}

/// A real browser draws every page without a network: pictures have a size, letters of both languages are there, and a sheet is one
/// page of paper.
#[test]
fn a_browser_draws_the_pages_and_prints_the_sheet_on_one() {
    let runs = Runs::made();
    let Some(browser) = browser() else {
        eprintln!("SKIPPED: there is no browser here");
        return;
    };
    let open = |page: &str, what: &str| {
        let mut command = Command::new(browser);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-pdf-header-footer"]);
        command.args(["--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=1060,1600"]);
        command.arg(format!("--user-data-dir={}", runs.path("profile").display())).arg(what);
        command.arg(format!("file://{}", runs.path(page).display()));
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{page}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    for (page, heading) in [("out/winters.en.html", "At a glance"), ("out/winters.zh.html", "概览")] {
        let drawn = String::from_utf8(open(page, "--dump-dom")).unwrap();
        assert!(drawn.contains(heading) && drawn.contains("<svg class=\"picture\""), "{page}");
        let picture = runs.path("picture.png");
        open(page, &format!("--screenshot={}", picture.display()));
        let png = fs::read(&picture).unwrap();
        assert_eq!((&png[1..4], &png[16..24]), (&b"PNG"[..], &[0, 0, 4, 36, 0, 0, 6, 64][..]));
        // A blank picture of this size has some ten thousand bytes.
        assert!(png.len() > 60_000, "{page}: {}", png.len());
    }
    for page in ["pair/compare.en.html", "pair/compare.zh.html"] {
        let paper = runs.path("paper.pdf");
        open(page, &format!("--print-to-pdf={}", paper.display()));
        let paper = fs::read(&paper).unwrap();
        let text = String::from_utf8_lossy(&paper);
        let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
        assert_eq!(pages, 1, "{page}");
    }
}
