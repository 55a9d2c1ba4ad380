//! A damaged case and the real program: exit status 2, nothing on standard output, nothing written.
#![cfg(feature = "cli")]

use std::path::Path;
use std::process::Command;

type Damage = fn(&Path) -> std::io::Result<()>;

/// Replaces a piece of a file's text, which must be there.
fn replace(file: &Path, old: &str, new: &str) -> std::io::Result<()> {
    let text = std::fs::read_to_string(file)?;
    assert!(text.contains(old), "{} no longer says `{old}`", file.display());
    std::fs::write(file, text.replacen(old, new, 1))
}

const DAMAGE: [(&str, Damage, &str); 5] = [
    ("a missing file", |case| std::fs::remove_file(case.join("supply.csv")), "supply.csv"),
    ("a misspelt key", |case| replace(&case.join("case.toml"), "pooling =", "poolling ="), "did you mean `pooling`"),
    ("a negative number", |case| replace(&case.join("customers.csv"), ",40000,", ",-40000,"), "customers.csv:2:6"),
    ("a case that is none", |case| std::fs::remove_file(case.join("case.toml")), "case.toml"),
    ("a policy that is none", |case| replace(&case.join("case.toml"), "xian-2025", "xian-2052"), "xian-2052"),
];

#[test]
fn a_damaged_case_is_refused_and_nothing_is_written() -> std::io::Result<()> {
    for (name, damage, said) in DAMAGE {
        let home = tempfile::tempdir()?;
        let case = home.path().join("case");
        std::fs::create_dir(&case)?;
        for entry in std::fs::read_dir("tests/bad/base")? {
            let entry = entry?;
            std::fs::copy(entry.path(), case.join(entry.file_name()))?;
        }
        let run = |args: &[&str]| {
            let program = env!("CARGO_BIN_EXE_curtail");
            Command::new(program).args(["-C", "case", "--lang", "en"]).args(args).current_dir(home.path()).output()
        };
        let decide = ["decide", "--date", "2026-01-07", "--out", "out"];
        let sound = run(&["check", "--now", "2026-01-07 09:00"])?;
        assert_eq!(sound.status.code(), Some(0), "{}", String::from_utf8_lossy(&sound.stderr));
        damage(&case)?;
        for args in [&["check"][..], &decide, &[&decide[..], &["--format", "json"]].concat()] {
            let output = run(args)?;
            let error = String::from_utf8_lossy(&output.stderr);
            // `check --format json` alone tells problems as data, on standard output.
            assert_eq!(
                (output.status.code(), output.stdout.as_slice()),
                (Some(2), &b""[..]),
                "{name}, {args:?}: {error}"
            );
            assert!(error.contains(said) && !error.contains("panicked"), "{name}, {args:?}: {error}");
        }
        assert!(!home.path().join("out").exists(), "{name}");
    }
    Ok(())
}
