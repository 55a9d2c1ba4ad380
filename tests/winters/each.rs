//! Single winters and days: their rows, in columns too, what a day hands over, and whose a folder is.

use super::*;

/// Each winter is a row, and each of its days, and they add up to what is counted; the same bytes on any number of threads and in parts.
#[test]
fn each_winter_and_each_day_is_a_row() {
    let home = Home::new();
    let short = ["--winters", "30", "--each-day", "--set", "scenario.sources.north-gate.contract.1.m3_day=300000"];
    home.simulate(&[&short[..], &["--threads", "3", "--out", "whole"]].concat());
    let whole = home.files("whole");
    let (heading, rows) = table(&whole["winters.csv"]);
    assert_eq!(rows.len(), 30);
    let column =
        |name: &str| heading.iter().position(|own| own == name).unwrap_or_else(|| panic!("{name}: {heading:?}"));
    let (_, seasons) = table(&whole["seasons.csv"]);
    let mut above = 0;
    for season in &seasons {
        // scenario, value, figure, id, name_en, name_zh, unit, winters, winters_above_zero, sum, mean, error, p50 to worst, worst_winter
        let name = if season[3].is_empty() { season[2].clone() } else { format!("{}:{}", season[2], season[3]) };
        let all: Vec<u128> = rows.iter().map(|row| row[column(&name)].parse().unwrap()).collect();
        assert_eq!(all.iter().sum::<u128>().to_string(), season[9], "{name}");
        assert_eq!(all.iter().filter(|own| **own > 0).count().to_string(), season[8], "{name}");
        if all.iter().any(|own| *own > 0) {
            above += 1;
            let worst = all.iter().max().unwrap();
            assert_eq!(all.iter().position(|own| own == worst).unwrap().to_string(), season[16], "{name}");
        }
    }
    assert!(above > 10, "{above}");
    let (day_heading, days) = table(&whole["winter-days.csv"]);
    let day = |name: &str| day_heading.iter().position(|own| own == name).unwrap();
    assert_eq!(days.len(), 30 * 121);
    for (at, winter) in rows.iter().enumerate() {
        let own: Vec<_> = days.iter().filter(|row| row[day("winter")] == at.to_string()).collect();
        assert_eq!((own.len(), &winter[column("winter")]), (121, &at.to_string()));
        for (name, figure) in
            [("lost_m3", "lost"), ("withheld_m3", "withheld"), ("beyond_m3", "beyond"), ("sent_out_m3", "sent_out")]
        {
            let sum: u64 = own.iter().map(|row| row[day(name)].parse::<u64>().unwrap()).sum();
            assert_eq!(sum.to_string(), winter[column(figure)], "{at} {name}");
        }
        for level in ["IV", "III", "II", "I"] {
            let count = own.iter().filter(|row| row[day("level")] == level).count();
            assert_eq!(count.to_string(), winter[column(&format!("level_days:{level}"))], "{at} {level}");
        }
    }
    // A row says the same as the day alone.
    let row = days.iter().find(|row| row[day("winter")] == "7" && row[day("lost_m3")] != "0").unwrap();
    let told = format!("7/{}", row[day("date")]);
    let alone = home.simulate(&[&short[3..], &["--day", &told, "--out", "day", "--format", "json"]].concat());
    let alone: Value = serde_json::from_str(&alone).unwrap();
    assert_eq!(alone["temperature_c"], row[day("temperature_c")].as_str());
    assert_eq!(alone["demand_m3"].to_string(), row[day("demand_m3")]);
    assert_eq!(alone["supply_m3"].to_string(), row[day("supply_m3")]);
    assert_eq!(alone["level"], row[day("level")].as_str());
    for (number, part) in [("1/2", "half-1"), ("2/2", "half-2")] {
        home.simulate(&[&short[..], &["--threads", "1", "--shard", number, "--out", part]].concat());
    }
    home.done(&["merge", "half-2", "half-1", "--out", "merged"]);
    assert!(whole == home.files("merged"));
    fs::remove_file(home.path("merged/winter-days.csv")).unwrap();
    let missing = [&["simulate", "en/scenario.toml"], &short[..], &["--out", "merged", "--resume"]].concat();
    assert!(home.refused(&missing).contains("`merged/winter-days.csv` does not hold"));
    // Days of some parts alone are not the days of the run.
    fs::remove_file(home.path("half-1/winter-days.csv")).unwrap();
    let said = home.refused(&["merge", "half-2", "half-1", "--out", "never", "--lang", "zh"]);
    assert!(said.contains("`half-1/winter-days.csv` 的逐冬各行与同处的统计不符"), "{said}");
}

/// Tables for Excel hold what the others hold; parts in whichever encoding are put together, and a run that is over is written anew.
#[test]
fn tables_are_encoded_as_asked_and_read_back_in_any_encoding() {
    let home = Home::new();
    let scenario = fs::read_to_string(home.path("zh/scenario.toml")).unwrap();
    fs::write(home.path("zh/scenario.toml"), scenario.replacen("name = \"", "name = \"碑林 ", 1)).unwrap();
    let args = ["simulate", "zh/scenario.toml", "--winters", "12", "--each-day"];
    let run = |more: &[&str]| _ = home.done(&[&args[..], more].concat());
    run(&["--out", "plain"]);
    run(&["--out", "marked", "--csv-encoding", "utf-8-bom"]);
    run(&["--out", "gb", "--csv-encoding", "gb18030"]);
    let (plain, marked, gb) = (home.files("plain"), home.files("marked"), home.files("gb"));
    for (name, bytes) in &plain {
        if !name.ends_with(".csv") {
            assert!(*bytes == marked[name] && *bytes == gb[name], "{name}");
            continue;
        }
        assert!(marked[name] == [&b"\xef\xbb\xbf"[..], bytes].concat(), "{name}");
        let (decoded, _, wrong) = encoding_rs::GB18030.decode(&gb[name]);
        assert!(!wrong && decoded.as_bytes() == bytes && gb[name] != *bytes, "{name}");
    }
    // Over the whole program the same: what a screen's table says, and a day as a case.
    let screen = |encoding| home.run(&[&args[..4], &["--format", "csv", "--csv-encoding", encoding]].concat()).stdout;
    assert_eq!(encoding_rs::GB18030.decode(&screen("gb18030")).0, text(&screen("utf-8")));
    home.done(&[&args[..4], &["--day", "3/2027-01-12", "--out", "day", "--csv-encoding", "gb18030"]].concat());
    assert!(String::from_utf8(home.files("day")["customers.csv"].clone()).is_err());
    home.done(&["-C", "day", "check"]);

    for (number, encoding) in [("1/3", "gb18030"), ("2/3", "utf-8"), ("3/3", "utf-8-bom")] {
        run(&["--shard", number, "--out", encoding, "--csv-encoding", encoding]);
    }
    let merge = ["merge", "gb18030", "utf-8", "utf-8-bom", "--out"];
    home.done(&[&merge[..], &["merged"]].concat());
    assert!(home.files("merged") == plain);
    home.done(&[&merge[..], &["merged-gb", "--csv-encoding", "gb18030"]].concat());
    assert!(home.files("merged-gb") == gb);
    // A part that somebody has changed is noticed as in UTF-8.
    let mut damaged = home.files("gb18030")["winters.csv"].clone();
    damaged.extend(b"\n1");
    fs::write(home.path("gb18030/winters.csv"), damaged).unwrap();
    assert!(home.refused(&[&merge[..], &["never"]].concat()).contains("`gb18030/winters.csv` does not hold"));

    // A run that is over is not run again.
    run(&["--out", "plain", "--resume", "--csv-encoding", "gb18030"]);
    assert!(home.files("plain") == gb);
    run(&["--out", "plain", "--resume", "--csv-encoding", "utf-8-bom"]);
    assert!(home.files("plain") == marked);
    // What was interrupted goes on in whichever encoding its tables are to have in the end.
    fs::create_dir(home.path("half")).unwrap();
    for (from, to) in [("results.json", "unfinished.json"), ("winters.csv", "unfinished-winters.csv")] {
        fs::copy(home.path("utf-8").join(from), home.path("half").join(to)).unwrap();
    }
    fs::copy(home.path("utf-8/winter-days.csv"), home.path("half/unfinished-winter-days.csv")).unwrap();
    run(&["--shard", "2/3", "--out", "half", "--resume", "--csv-encoding", "gb18030"]);
    let (half, straight) = (home.files("half"), home.files("utf-8"));
    assert!(encoding_rs::GB18030.decode(&half["winters.csv"]).0.as_bytes() == straight["winters.csv"]);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn columns_are_refused_where_they_are_not_built_in() {
    let home = Home::new();
    for (lang, words) in [("en", "was built without Parquet"), ("zh", "未包含 Parquet")] {
        let args = ["simulate", "en/scenario.toml", "--winters", "2", "--out", "none", "--parquet", "--lang", lang];
        let said = home.refused(&args);
        assert!(said.contains(words), "{said}");
        let said = home.refused(&["merge", "none", "--out", "whole", "--parquet", "--lang", lang]);
        assert!(said.contains(words), "{said}");
    }
    assert!(!home.path("none").exists() && !home.path("whole").exists());
}

/// Columns hold what the rows hold, cell for cell; in parts and added later they are the same bytes.
#[cfg(feature = "parquet")]
#[test]
fn rows_in_columns_say_what_the_tables_say() {
    use parquet::file::reader::SerializedFileReader;
    use parquet::record::Field;

    let home = Home::new();
    home.simulate(&["--winters", "20", "--each-day", "--parquet", "--out", "whole"]);
    let whole = home.files("whole");
    for name in ["seasons", "days", "winters", "winter-days"] {
        let (heading, rows) = table(&whole[&format!("{name}.csv")]);
        let reader = SerializedFileReader::try_from(home.path(&format!("whole/{name}.parquet")).as_path()).unwrap();
        let read: Vec<_> = reader.into_iter().map(Result::unwrap).collect();
        assert_eq!(read.len(), rows.len(), "{name}");
        let mut numbers = 0;
        for (read, row) in read.iter().zip(&rows) {
            assert!(read.get_column_iter().map(|(name, _)| name).eq(&heading), "{name}");
            for ((_, field), cell) in read.get_column_iter().zip(row) {
                match field {
                    Field::Null => assert_eq!(cell, ""),
                    Field::Str(text) => assert_eq!(cell, text),
                    Field::Long(number) => {
                        assert_eq!(*cell, number.to_string());
                        numbers += 1;
                    }
                    Field::Double(number) => assert_eq!(cell.parse::<f64>().unwrap(), *number),
                    Field::Date(days) => {
                        let first: curtail::units::Date = "1970-01-01".parse().unwrap();
                        assert_eq!(first.plus_days(*days as u32).unwrap().to_string(), *cell);
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        assert!(numbers >= rows.len(), "{name}: {numbers}");
    }
    for (number, part) in [("1/3", "p1"), ("2/3", "p2"), ("3/3", "p3")] {
        home.simulate(&["--winters", "20", "--each-day", "--shard", number, "--out", part]);
    }
    home.done(&["merge", "p3", "p1", "p2", "--out", "merged", "--parquet"]);
    assert!(home.files("merged") == whole);
    home.simulate(&["--winters", "20", "--each-day", "--out", "later"]);
    home.simulate(&["--winters", "20", "--each-day", "--out", "later", "--resume", "--parquet"]);
    assert!(home.files("later") == whole);
}

/// One run at a time writes into a folder; one that is killed leaves nothing in the way of the next.
#[test]
fn a_folder_is_for_one_run_at_a_time() {
    let home = Home::new();
    let long = ["simulate", "en/scenario.toml", "--winters", "50000", "--threads", "1", "--out", "out"];
    let mut first = home.command(&long).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while !home.path("out/unfinished.json").exists() {
        assert!(begun.elapsed() < Duration::from_secs(120) && first.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(5));
    }
    let rest = home.path("out/.curtail-killed.tmp");
    fs::write(&rest, "half of").unwrap();
    let resumed = [&long[..], &["--resume"]].concat();
    for (lang, words) in [("en", "another run is writing into `out`"), ("zh", "另一次运行正在写入 `out`")] {
        let said = home.refused(&[&resumed[..], &["--lang", lang]].concat());
        assert!(said.contains(words), "{said}");
    }
    home.simulate(&["--winters", "3", "--shard", "1/1", "--out", "part"]);
    let said = home.refused(&["merge", "part", "--out", "out"]);
    assert!(said.contains("another run is writing into `out`"), "{said}");
    assert!(
        first.try_wait().unwrap().is_none() && rest.exists(),
        "the first goes on, and what it writes is left alone"
    );
    first.kill().unwrap();
    first.wait().unwrap();
    // Nobody has it now: what the next says is about what was done, and not about the folder.
    let said = home.refused(&long);
    assert!(said.contains("`--resume` goes on with it"), "{said}");
    assert!(!rest.exists(), "what was left of a killed run is cleared away");
    fs::remove_file(home.path("out/unfinished.json")).unwrap();
    home.simulate(&["--winters", "3", "--out", "out"]);
    assert_eq!(home.files("out").keys().map(String::as_str).collect::<Vec<_>>(), ALONE);
    // A refusal leaves no folder behind.
    home.refused(&["simulate", "en/scenario.toml", "--day", "3/2027-07-01", "--out", "fresh"]);
    assert!(!home.path("fresh").exists());
}

/// Under a plan that lets blocks rest, whose turn it is follows from whose it was: a day is decided alike by what it remembers of that, and
/// otherwise without.
#[test]
fn a_day_is_decided_alike_by_what_its_blocks_remember() {
    let home = Home::new();
    // One block at a time, if it will do.
    let rest = ["rotation.rest_days=3", "rotation.step=1"].map(|set| ["--set", set]).concat();
    let short = [&["--set", "scenario.sources.north-gate.contract.1.m3_day=200000"][..], &rest].concat();
    home.simulate(&[&short[..], &["--winters", "2", "--each-day", "--out", "all"]].concat());
    let (heading, days) = table(&home.files("all")["winter-days.csv"]);
    let of = |name: &str| heading.iter().position(|own| own == name).unwrap();
    let gravest = |row: &&Vec<String>| row[of("level")] == "I" && row[of("winter")] == "1";
    let dates: Vec<&String> = days.iter().filter(gravest).map(|row| &row[of("date")]).collect();
    assert!(dates.len() > 8, "{dates:?}");
    let (mut blocks, mut otherwise) = (0, 0);
    for date in dates.iter().skip(2).step_by(dates.len() / 8) {
        let (day, dir) = (format!("1/{date}"), format!("day-{date}"));
        let told = home.simulate(&[&short[..], &["--day", &day, "--out", &dir, "--format", "json"]].concat());
        let told: Value = serde_json::from_str(&told).unwrap();
        let burdens = format!("{dir}/burdens.csv");
        let (columns, remembered) = table(&fs::read(home.path(&burdens)).unwrap());
        assert_eq!(columns, ["district", "burden", "turns"]);
        let memory = told["memory"].as_array().unwrap();
        assert_eq!(memory.len(), remembered.len());
        for (said, row) in memory.iter().zip(&remembered) {
            let turns: Vec<&str> = said["turns"].as_array().unwrap().iter().map(|day| day.as_str().unwrap()).collect();
            assert!(turns.iter().all(|day| *day < date.as_str()) && row[2] == turns.join(";"), "{row:?}");
            assert_eq!((said["district"].as_str(), said["burden"].as_str()), (Some(&*row[0]), Some(&*row[1])));
        }
        let decide = |burdens: &str| -> Value {
            let args = ["-C", &dir, "decide", "--date", date, "--burdens", burdens, "--format", "json"];
            let decided = home.run(&[&args[..], &rest].concat());
            assert!(matches!(decided.status.code(), Some(0 | 3)), "{}", text(&decided.stderr));
            serde_json::from_slice(&decided.stdout).unwrap()
        };
        let lost = |decided: &Value| -> BTreeMap<String, u64> {
            let areas = std::iter::once(decided).chain(decided["areas"].as_array().unwrap());
            let rows = areas.flat_map(|area| area["by_district"].as_array().unwrap());
            let cut = |row: &Value| (row["district"].as_str().unwrap().to_owned(), row["cut_m3"].as_u64().unwrap());
            rows.map(cut).filter(|(_, cut)| *cut > 0).collect()
        };
        let turns = |decided: &Value| -> Vec<String> {
            let blocks = decided["rotation"]["blocks"].as_array().into_iter().flatten();
            let mut turns: Vec<_> = blocks.map(|block| block.as_str().unwrap().to_owned()).collect();
            turns.sort();
            turns
        };
        let figures = |key: &str| -> BTreeMap<String, u64> {
            let own = told["figures"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|figure| Some((figure["figure"][key].as_str()?.to_owned(), figure["value"].as_u64()?)));
            own.filter(|(_, value)| *value > 0).collect()
        };
        let decided = decide(&burdens);
        assert_eq!(lost(&decided), figures("district"), "{day}");
        // A block whose turn it is may in the end lack nothing.
        let chosen = turns(&decided);
        assert!(figures("turns").keys().all(|block| chosen.contains(block)), "{day}: {chosen:?}");
        blocks += figures("turns").len();
        // Without the days of their turns.
        let bare: String = fs::read_to_string(home.path(&burdens))
            .unwrap()
            .lines()
            .map(|line| format!("{}\n", line.rsplit_once(',').unwrap().0))
            .collect();
        fs::write(home.path("bare.csv"), bare).unwrap();
        otherwise += u64::from(lost(&decide("bare.csv")) != lost(&decided));
    }
    assert!(blocks > 4 && otherwise > 0, "{blocks} turns, {otherwise} days decided otherwise");
    // The screen tells it, and a day that is no date is refused.
    let day = format!("1/{}", dates[dates.len() / 2]);
    for (lang, words) in [("en", "What its blocks have borne before it"), ("zh", "该日之前各区块本季的负担")]
    {
        let screen = home.simulate(&[&short[..], &["--day", &day, "--out", "shown", "--lang", lang]].concat());
        assert!(screen.contains(words), "{screen}");
    }
    fs::write(home.path("bad.csv"), "district,burden,turns\nold-town,1,2026-12-01;soon\n").unwrap();
    let refused = ["-C", "shown", "decide", "--date", dates[dates.len() / 2], "--burdens", "bad.csv"];
    let said = home.refused(&refused);
    assert!(said.contains("bad.csv:2:3: `soon` is not the date of a turn"), "{said}");
}
