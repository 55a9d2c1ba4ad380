//! Papers on pages: laid out by an office program and by a browser, and read as they would be printed.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::sample::{self, ORDER_FOOT, ORDER_HEADINGS, ORDER_MARKS, REPORT_FOOT, REPORT_MARK};
use crate::Lang;
use crate::render::document::{Document, Format, write};

/// Says so on the terminal even though the test passes, whose output nobody sees.
fn skipped(why: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {why}").unwrap();
}

fn is_there(program: &str) -> bool {
    std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(program).is_file())
}

fn run<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The texts of a PDF's pages without blanks, which differ between fonts.
fn pages(pdf: &Path) -> Vec<String> {
    let text = String::from_utf8(run("pdftotext", [pdf.as_os_str(), OsStr::new("-")])).unwrap();
    let mut pages: Vec<String> =
        text.split('\u{c}').map(|page| page.chars().filter(|c| !c.is_whitespace()).collect()).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "a page ends with a form feed");
    pages
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every page says what it is, where it comes from, and which one it is; every row is somewhere, under its headings.
fn check(pages: &[String], on_each: &[&str], number: impl Fn(usize, usize) -> String) {
    assert!(pages.len() > 1, "{pages:?}");
    for (at, page) in (1..).zip(pages) {
        for text in on_each {
            assert!(page.contains(&bare(text)), "page {at} without {text}: {page}");
        }
        let number = bare(&number(at, pages.len()));
        assert!(page.contains(&number), "page {at} without {number}: {page}");
    }
}

fn check_order(pages: &[String]) {
    check(pages, &[ORDER_MARKS[0], ORDER_MARKS[1], ORDER_FOOT], |page, all| format!("第 {page} 页，共 {all} 页"));
    let rows = |page: &String| (1..=64).filter(|row| page.contains(&format!("第{row:03}站"))).count();
    let with_rows: Vec<&String> = pages.iter().filter(|page| rows(page) > 1).collect();
    assert!(with_rows.len() > 1, "{pages:?}");
    for page in with_rows {
        ORDER_HEADINGS.iter().for_each(|heading| assert!(page.contains(heading), "{heading}: {page}"));
        // The head and the foot of an exercise.
        assert!(page.matches(&bare(ORDER_MARKS[0])).count() > 1, "{page}");
    }
    let all = pages.concat();
    (1..=64).for_each(|row| assert_eq!(all.matches(&format!("第{row:03}站")).count(), 1, "{row}"));
    assert_eq!(all.matches("712345").count(), 1, "a total stands once, not on every page");
}

fn check_report(pages: &[String]) {
    check(pages, &[REPORT_MARK, REPORT_FOOT], |page, all| format!("Page {page} of {all}"));
    (1..=45).filter(|row| row % 4 != 0).for_each(|row| {
        assert!(pages.concat().contains(&format!("Brickworks{row}")), "{row}");
    });
}

/// The samples in a format, in files.
fn files(folder: &Path, format: Format) -> [PathBuf; 2] {
    let file = |name: &str, document: &Document, lang| {
        let path = folder.join(name).with_extension(format.extension());
        std::fs::write(&path, write(document, format, lang).unwrap()).unwrap();
        path
    };
    [file("order", &sample::order(), Lang::Zh), file("report", &sample::report(), Lang::En)]
}

/// Where the files go: `PAPERS=<folder>` keeps them, for whoever wants to look at the pages.
fn folder() -> (Option<tempfile::TempDir>, PathBuf) {
    match std::env::var_os("PAPERS") {
        Some(kept) => (None, PathBuf::from(kept)),
        None => {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().to_owned();
            (Some(folder), path)
        }
    }
}

#[test]
fn docx_in_libreoffice() {
    let Some(office) = ["soffice", "libreoffice"].into_iter().find(|name| is_there(name) && is_there("pdftotext"))
    else {
        return skipped("DOCX is laid out by LibreOffice and read by pdftotext, which this machine lacks");
    };
    let (_kept, folder) = folder();
    let profile = tempfile::tempdir().unwrap();
    let mut arguments = vec![
        format!("-env:UserInstallation=file://{}", profile.path().display()).into(),
        "--headless".into(),
        "--convert-to".into(),
        "pdf:writer_pdf_Export".into(),
        "--outdir".into(),
        folder.clone().into_os_string(),
    ];
    arguments.extend(files(&folder, Format::Docx).map(PathBuf::into_os_string));
    run(office, arguments);
    check_order(&pages(&folder.join("order.pdf")));
    check_report(&pages(&folder.join("report.pdf")));
}

#[test]
fn html_in_a_browser() {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let Some(browser) = browsers.into_iter().find(|name| is_there(name) && is_there("pdftotext")) else {
        return skipped("HTML is printed by Chromium and read by pdftotext, which this machine lacks");
    };
    let (_kept, folder) = folder();
    let checks = [check_order as fn(&[String]), check_report];
    for (file, check) in files(&folder, Format::Html).into_iter().zip(checks) {
        let profile = tempfile::tempdir().unwrap();
        let pdf = file.with_extension("html.pdf");
        let flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \
                     --disable-background-networking --disable-component-update --no-pdf-header-footer";
        let mut arguments: Vec<String> = flags.split_whitespace().map(str::to_owned).collect();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        arguments.push(format!("--print-to-pdf={}", pdf.display()));
        arguments.push(format!("file://{}", file.display()));
        run(browser, arguments);
        check(&pages(&pdf));
    }
}
