//! Damaged cases, and the exact messages they get.
//!
//! Each folder of `tests/bad` but `base` holds the files in which a case differs from `base`, the messages that it
//! gets (`expected.txt`, sometimes `expected.zh.txt`), and perhaps a `setup.txt` for what a folder in a repository
//! cannot hold. `BLESS=1 cargo test --test bad` writes the messages anew, to be read before they are committed.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use curtail::Lang;
use curtail::city::read::{Case, CaseOptions};
use curtail::problem::Problems;

/// A temporary copy of `base` with a folder's files laid over it.
fn case(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for from in ["base", name] {
        for entry in fs::read_dir(Path::new("tests/bad").join(from)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
        }
    }
    let setup = fs::read_to_string(dir.path().join("setup.txt")).unwrap_or_default();
    for line in setup.lines() {
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            ["remove", file] => fs::remove_file(dir.path().join(file)).unwrap(),
            ["mkdir", file] => fs::create_dir(dir.path().join(file)).unwrap(),
            ["rename", from, to] => fs::rename(dir.path().join(from), dir.path().join(to)).unwrap(),
            _ => panic!("{name}/setup.txt: {line}"),
        }
    }
    dir
}

/// All problems of a case and of its days.
fn problems(dir: &Path) -> (bool, Problems) {
    match Case::open(dir, &CaseOptions::default()) {
        Ok((case, mut problems)) => {
            problems.extend(case.city.check_days());
            (!problems.stop(), problems)
        }
        Err(problems) => (false, problems),
    }
}

/// The problems in words, without the folder they are in.
fn in_words(problems: &Problems, lang: Lang, dir: &Path) -> String {
    let prefix = format!("{}/", dir.display());
    problems.iter().map(|problem| problem.in_words(lang).replace(&prefix, "") + "\n").collect()
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("tests/bad").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("base"));
    folders.sort();
    folders
}

#[test]
fn the_base_is_sound() {
    let dir = case("base");
    let (sound, problems) = problems(dir.path());
    assert!(sound && problems.is_empty(), "{problems}");
}

#[test]
fn damaged_cases_get_exactly_these_messages() {
    let mut wrong = Vec::new();
    assert!(folders().len() > 30);
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let dir = case(&name);
        let (_, problems) = problems(dir.path());
        assert!(!problems.is_empty(), "{name} has no problem");
        for (lang, file) in [(Lang::En, "expected.txt"), (Lang::Zh, "expected.zh.txt")] {
            let file = folder.join(file);
            let words = in_words(&problems, lang, dir.path());
            if std::env::var_os("BLESS").is_some() && (lang == Lang::En || file.exists()) {
                fs::write(&file, &words).unwrap();
            }
            match fs::read_to_string(&file) {
                Ok(expected) if expected.replace("\r\n", "\n") == words => {}
                Ok(expected) => wrong.push(format!("{}\n--- expected\n{expected}--- got\n{words}", file.display())),
                Err(_) if lang == Lang::Zh => {}
                Err(error) => wrong.push(format!("{}: {error}", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_problem_takes_more_than_eight_lines() {
    for folder in folders() {
        let dir = case(&folder.file_name().unwrap().to_string_lossy());
        for problem in &problems(dir.path()).1 {
            for lang in [Lang::En, Lang::Zh] {
                assert!(problem.in_words(lang).lines().count() <= 8, "{}: {problem}", folder.display());
            }
        }
    }
}

#[test]
fn what_is_damaged_is_refused_and_what_is_odd_is_not() {
    let only_odd = ["forecasts-overridden", "worth-a-look"];
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (sound, problems) = problems(case(&name).path());
        assert_eq!(sound, only_odd.contains(&name.as_str()), "{name}:\n{problems}");
    }
}
