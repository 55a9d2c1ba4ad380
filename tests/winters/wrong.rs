//! What people get wrong when they ask for winters, and what they are told then; and what a screen says of what never happens.

use super::*;

/// Each is refused in both languages before anything is written.
#[test]
fn arguments_that_cannot_be_are_refused_with_what_to_write() {
    let home = Home::new();
    let scenario = ["simulate", "en/scenario.toml", "--out", "never"];
    for (args, en, zh) in [
        (&["--threads", "0"][..], "write for example --threads 2", "例如 --threads 2"),
        (&["--winters", "0"], "write for example --winters 1000", "例如 --winters 1000"),
        (
            &["--threads", "100000"],
            "`--threads 100000` are more than 1024 threads",
            "`--threads 100000` 超过 1024 个线程",
        ),
        (
            &["--day", "3/2027-02-30"],
            "write a winter's number, counted from 0, and a date",
            "请写冬季编号（从 0 起）和季内日期",
        ),
    ] {
        for (lang, words) in [("en", en), ("zh", zh)] {
            let said = home.refused(&[&scenario[..], args, &["--lang", lang]].concat());
            assert!(said.contains(words), "{args:?}: {said}");
        }
    }
    for (lang, words) in [("en", "takes 2 values, and here are 1"), ("zh", "应有 2 个值，这里是 1 个")] {
        let said = home.refused(&["simulate", "--compare", "en/scenario.toml", "--lang", lang]);
        assert!(said.contains(words), "{said}");
    }
    assert!(!home.path("never").exists());
    // As many threads as there may be, and fewer winters.
    home.simulate(&["--winters", "3", "--threads", "1024", "--out", "many"]);
    home.simulate(&["--winters", "3", "--threads", "1", "--out", "one"]);
    assert!(home.files("many") == home.files("one"));
}

#[test]
fn a_part_is_not_written_over() {
    let home = Home::new();
    for (number, part) in [("1/2", "first"), ("2/2", "second")] {
        home.simulate(&["--winters", "8", "--shard", number, "--out", part]);
    }
    let before = home.files("second");
    for (lang, words) in [("en", "`./second` is one of the parts"), ("zh", "`./second` 是其中一个部分")] {
        let said = home.refused(&["merge", "first", "second", "--out", "./second", "--lang", lang]);
        assert!(said.contains(words), "{said}");
    }
    assert!(before == home.files("second"));
    // A part says which winters it has, by the numbers that `--day` takes.
    let screen = home.simulate(
        &["--winters", "8", "--shard", "2/2"].map(|arg| arg).into_iter().chain(["--out", "again"]).collect::<Vec<_>>(),
    );
    assert!(screen.contains("Only a part of a run of 8 winters, those numbered 4 to 7 (from 0 on)"), "{screen}");
    let (heading, rows) = table(&before["winters.csv"]);
    let at = heading.iter().position(|name| name == "winter").unwrap();
    assert_eq!((rows[0][at].as_str(), rows[rows.len() - 1][at].as_str()), ("4", "7"));
}

/// Results of another run may be hours of work; the same winters again, or more of them, take nothing away.
#[test]
fn another_run_is_not_written_over() {
    let home = Home::new();
    home.simulate(&["--winters", "8", "--out", "kept"]);
    let before = home.files("kept");
    let set = ["--set", "scenario.sources.hill-gate.m3_day=1"];
    let others =
        [&["--winters", "8", "--seed", "9"][..], &["--winters", "7"], &["--winters", "8", "--shard", "1/2"], &set];
    for other in others {
        for (lang, words) in [("en", "`kept` holds the results of another run"), ("zh", "`kept` 中是另一次运行的结果")]
        {
            let args = [&["simulate", "en/scenario.toml", "--out", "kept", "--lang", lang], other].concat();
            let said = home.refused(&args);
            assert!(said.contains(words), "{other:?}: {said}");
        }
    }
    home.simulate(&["--winters", "8", "--seed", "9", "--out", "part"]);
    let merged = home.refused(&["merge", "part", "--out", "kept"]);
    assert!(merged.contains("`kept` holds the results of another run"), "{merged}");
    assert!(before == home.files("kept"));
    home.simulate(&["--winters", "8", "--threads", "1", "--out", "kept"]);
    assert!(before == home.files("kept"));
    home.simulate(&["--winters", "12", "--out", "kept"]);
    assert_eq!(table(&home.files("kept")["winters.csv"]).1.len(), 12);
    // What is no longer readable is not written over, either.
    fs::write(home.path("kept/results.json"), "{}").unwrap();
    assert!(home.refused(&["simulate", "en/scenario.toml", "--out", "kept"]).contains("`kept` holds the results"));
}

/// A simulated day goes where no case is, or where another day was.
#[test]
fn a_day_is_not_written_over_a_case() {
    let home = Home::new();
    let before = home.files("en");
    let day = |out| ["simulate", "en/scenario.toml", "--day", "3/2027-01-12", "--out", out];
    for out in ["en", "zh"] {
        let said = home.refused(&day(out));
        assert!(said.contains(&format!("`{out}` holds a case")), "{said}");
    }
    let said = home.refused(&[&day("zh")[..], &["--lang", "zh"]].concat());
    assert!(said.contains("`zh` 中已有案例"), "{said}");
    assert!(before == home.files("en"));
    home.done(&day("day"));
    home.done(&day("day"));
    // Even the scenario's own case, if it was a simulated day before.
    fs::copy(home.path("day/burdens.csv"), home.path("en/burdens.csv")).unwrap();
    assert!(home.refused(&day("en")).contains("`en` holds a case"));
}

/// A disk that is full in the middle of a run loses nothing that was kept.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_run_goes_on_when_there_is_room() {
    let home = Home::new();
    let args = ["simulate", "en/scenario.toml", "--winters", "400", "--threads", "1", "--out"];
    home.done(&[&args[..], &["straight"]].concat());
    let program = env!("CARGO_BIN_EXE_curtail");
    let line = format!("trap '' XFSZ; ulimit -f 60; exec {program} {} full", args.join(" "));
    let mut shell = Command::new("sh");
    let output = shell.args(["-c", &line]).current_dir(home.0.path()).env("LANG", "C.UTF-8").output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("what was done until then is kept in `full/unfinished.json`"), "{said}");
    home.done(&[&args[..], &["full", "--resume"]].concat());
    assert!(home.files("full") == home.files("straight"));
}

/// A winter in which nothing is short: no table without a row, and what was asked for is answered.
#[test]
fn what_never_happens_is_said() {
    let home = Home::new();
    let toml = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    let homes = "\n[homes]\nlimits_c = [16]\n[homes.classes.boiler_community]\ntime_constant_h = 60\nindoor_c = 20\noutdoor_c = -15\n\
                 [values]\nlost_yuan_m3 = { industry = 3.5 }\nstored_yuan_m3 = 4\nseason_yuan = 2000001\n";
    let plenty = toml.replace("m3_day = 380000", "m3_day = 9000000").replace("m3_day = 400000", "m3_day = 9000000");
    let plenty = plenty.replace("m3_day = 30000", "m3_day = 9000000").replace("outages =", "# outages =") + homes;
    // The case as one pool, so that nothing is in the way of the gas.
    let plenty = plenty.replace("unified = false", "unified = true").replace("network = true", "network = false");
    fs::write(home.path("en/plenty.toml"), plenty).unwrap();
    let screen = |lang: &str| home.done(&["simulate", "en/plenty.toml", "--winters", "4", "--lang", lang]);
    let (en, zh) = (screen("en"), screen("zh"));
    assert!(
        en.contains("In none of these winters does anybody lack gas.") && !en.contains("Days, people and stores"),
        "{en}"
    );
    assert!(en.contains("In none of these winters does a home fall below 16 C."), "{en}");
    assert!(zh.contains("所有冬季均无住户低于 16 ℃。") && !zh.contains("每季天数、受影响者与储气"), "{zh}");
    // What is the same in every winter is told as it is, and not as the lowest of its bin.
    let costs = en.lines().find(|line| line.trim_start().starts_with("stores ")).unwrap();
    assert_eq!(
        costs.split_whitespace().skip(1).collect::<Vec<_>>(),
        ["2,000,001", "0", "2,000,001", "2,000,001", "2,000,001", "2,000,001", "0"]
    );

    // Short of gas, and yet neither does a block take its turn nor is anybody cut without authority.
    let set = "scenario.sources.north-gate.contract.1.m3_day=380000";
    let mild = ["simulate", "en/scenario.toml", "--winters", "20", "--set", set];
    let never = |lang: &str| home.done(&[&mild[..], &["--lang", lang]].concat());
    let (en, zh) = (never("en"), never("zh"));
    assert!(en.contains("Gas not served"), "{en}");
    for (screen, beyond, turns) in [
        (
            &en,
            "In none of these winters is a cut beyond the authority of the day's level.",
            "No block has a turn in any of these winters.",
        ),
        (&zh, "所有冬季的压减均未超出当日级别的授权。", "所有冬季均无区块轮换。"),
    ] {
        assert!(
            screen.contains(beyond)
                != (screen.contains("beyond the level's authority") || screen.contains("其中超出本级授权")),
            "{screen}"
        );
        assert!(
            screen.contains(turns) != (screen.contains("Turns of the blocks") || screen.contains("每季区块轮换天数")),
            "{screen}"
        );
    }
}

#[test]
fn a_single_winter_of_weather_is_named_as_such() {
    let home = Home::new();
    let weather = fs::read_to_string(home.path("en/weather-40y.csv")).unwrap();
    let one: String = weather.lines().take(1 + 365 + 150).map(|line| format!("{line}\n")).collect();
    fs::write(home.path("en/one.csv"), one).unwrap();
    let toml = fs::read_to_string(home.path("en/scenario.toml")).unwrap().replace("weather-40y.csv", "one.csv");
    fs::write(home.path("en/one.toml"), toml).unwrap();
    for (lang, title, words) in [
        ("en", ": 1 winter of 121 days", "holds one winter, and all winters have its weather"),
        ("zh", "：1 个冬季，共 121 天", "只含一个冬季，各冬季天气相同"),
    ] {
        let screen = home.done(&["simulate", "en/one.toml", "--winters", "1", "--lang", lang]).replace('\n', " ");
        assert!(screen.contains(title) && screen.replace("  ", " ").contains(words), "{screen}");
    }
}

/// What two scenarios cost stands on the screen as on the sheet, and a row of values has its costs.
#[test]
fn break_even_stands_on_the_screen_too() {
    let home = Home::new();
    let toml = fs::read_to_string(home.path("en/scenario.toml")).unwrap();
    let values = "\n[values]\nlost_yuan_m3 = { industry = 3.5, boiler_community = 8 }\nstored_yuan_m3 = 4\nseason_yuan = 100000\n";
    fs::write(home.path("en/a.toml"), toml.clone() + values).unwrap();
    let more = toml.replace("sends_m3_day = 80000", "sends_m3_day = 110000") + &values.replace("100000", "180000");
    fs::write(home.path("en/b.toml"), more).unwrap();
    let args = ["simulate", "--compare", "en/a.toml", "en/b.toml", "--winters", "40"];
    let screen = home.done(&[&args[..], &["--out", "c"]].concat());
    let sheet = text(&home.files("c")["compare.en.html"]);
    let even = screen.lines().find(|line| line.starts_with("The two break even where")).unwrap();
    assert!(sheet.contains(even), "{even}");
    // By a pencil: what supply costs more, by what is lost less.
    let (_, seasons) = table(&home.files("c")["seasons.csv"]);
    let sum = |scenario: usize, figure: &str| -> i128 {
        let rows = seasons.iter().filter(|row| row[2] == figure).collect::<Vec<_>>();
        rows[scenario][9].parse().unwrap()
    };
    let (added, spared) = (sum(1, "store_cost") - sum(0, "store_cost"), sum(0, "lost") - sum(1, "lost"));
    let fen = (added as f64 / spared as f64).round() as i128;
    assert!(even.contains(&format!("{}.{:02} yuan", fen / 100, fen % 100)), "{even} {fen}");
    let zh = home.done(&[&args[..], &["--lang", "zh"]].concat());
    assert!(zh.contains(" 元，则两者相当。"), "{zh}");
    // Tables give money in fen and say so, and do not call it yuan.
    let money = seasons.iter().find(|row| row[2] == "lost_value").unwrap();
    assert_eq!(
        (money[4].as_str(), money[5].as_str(), money[6].as_str()),
        ("value of gas not served", "未供气量的价值", "fen")
    );
    let sweep =
        ["simulate", "en/a.toml", "--winters", "5", "--sweep", "scenario.values.season_yuan=1,1000001", "--lang"];
    for (lang, words) in [("en", "cost, yuan"), ("zh", "两项费用合计，元")] {
        let screen = home.done(&[&sweep[..], &[lang]].concat());
        let costs: Vec<u64> = screen
            .lines()
            .filter(|line| line.starts_with("  1"))
            .map(|line| line.split_whitespace().last().unwrap().replace(',', "").parse().unwrap())
            .collect();
        assert!(screen.contains(words) && costs.len() == 2 && costs[1] - costs[0] == 1_000_000, "{screen}");
    }
}

/// A simulated day is told in words, each in its language, with the units of people.
#[test]
fn a_day_is_told_in_words() {
    let home = Home::new();
    fs::create_dir(home.path("my days")).unwrap();
    let short = ["--set", "scenario.sources.north-gate.contract.1.m3_day=270000"];
    let day = |lang: &str, out: &str| {
        home.simulate(&[&short[..], &["--day", "3/2027-01-12", "--out", out, "--lang", lang]].concat())
    };
    let (en, zh) = (day("en", "my days/one"), day("zh", "zh-day"));
    for (screen, words, never) in [
        (&en, ["all gas not served", "days at level", "tier 5: the rest"], ["level_days", "short_days", "class "]),
        (&zh, ["未供气量合计", "级天数", "第 5 层"], ["lost", "tier", "days"]),
    ] {
        assert!(words.iter().all(|word| screen.contains(word)), "{screen}");
        let rows = screen
            .lines()
            .filter(|line| line.starts_with("  ") && !line.contains("curtail "))
            .collect::<Vec<_>>()
            .join("\n");
        assert!(!never.iter().any(|word| rows.contains(word)), "{screen}");
    }
    // A command that can be copied.
    assert!(en.contains("curtail -C 'my days/one' decide"), "{en}");
    let command = en.lines().find(|line| line.trim_start().starts_with("curtail ")).unwrap().trim();
    let line = command.replacen("curtail", env!("CARGO_BIN_EXE_curtail"), 1) + " --lang en";
    let decided = Command::new("sh").args(["-c", &line]).current_dir(home.0.path()).output().unwrap();
    assert!(matches!(decided.status.code(), Some(0 | 3)), "{}", text(&decided.stderr));
}
