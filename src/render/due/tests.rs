//! Screens of what is due, pinned.

#![allow(clippy::unwrap_used)]

use unicode_width::UnicodeWidthStr;

use super::due;
use crate::Lang;
use crate::city::{Workdays, read};
use crate::deadlines::{self, Delivered, Moment, Response};
use crate::policy::Policy;
use crate::render::page::Page;

/// The plan and the calendar of the large example.
fn example() -> (Policy, Workdays) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/xian");
    let (case, _) = read::Case::open(&folder, &read::CaseOptions::default()).unwrap();
    (case.policies.main, case.city.workdays)
}

fn screen(colour: bool, lang: Lang, (began, ended): (&str, &str), delivered: &[(&str, &str)], now: &str) -> String {
    let (policy, workdays) = example();
    let at = |text: &str| text.parse::<Moment>().unwrap();
    let response = Response { began: at(began), ended: Some(ended).filter(|ended| !ended.is_empty()).map(at) };
    let delivered: Vec<Delivered<'_>> =
        delivered.iter().map(|(duty, end)| Delivered { duty, period_end: end.parse().ok() }).collect();
    let items = deadlines::due(&policy, &workdays, response, &delivered, at(now));
    let mut page = Page::new(colour);
    due(&mut page, &policy, &items, lang);
    page.into_text()
}

const DONE: [(&str, &str); 4] =
    [("sign", ""), ("file", ""), ("daily-report", "2026-02-12"), ("daily-report", "2026-02-13")];

#[test]
fn what_is_due_on_the_screen() {
    let spring = ("2026-02-12 08:05", "2026-02-14 15:00");
    let turn = ("2026-12-28 08:05", "2026-12-29 15:00");
    for (lang, name) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        for (case, text) in [
            ("begins", screen(false, lang, ("2026-02-12 08:05", ""), &[], "2026-02-12 08:05")),
            ("in_progress", screen(false, lang, ("2026-02-12 08:05", ""), &DONE[..3], "2026-02-13 18:20")),
            ("ended", screen(false, lang, spring, &DONE, "2026-02-14 17:30")),
            ("assumed", screen(false, lang, turn, &DONE, "2026-12-30 12:00")),
        ] {
            assert!(text.lines().all(|line| line.width() <= 100 && !line.contains('…')), "{text}");
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path("../../../tests/snapshots");
            settings.set_prepend_module_to_snapshot(false);
            settings.bind(|| insta::assert_snapshot!(format!("due_{case}_{name}"), text));
        }
    }
}

#[test]
fn what_is_late_is_loud_and_what_is_uncertain_is_marked() {
    let text = screen(true, Lang::En, ("2026-12-28 08:05", "2026-12-29 15:00"), &DONE, "2026-12-30 12:00");
    assert!(text.contains("\u{1b}[1;31mLATE by 19 h\u{1b}[0m"), "{text}");
    assert!(text.contains("\u{1b}[33mThis date is not certain"), "{text}");
    assert!(text.contains("\u{1b}[2mDone: 1\u{1b}[0m"), "{text}");
}

#[test]
fn nothing_due_is_said() {
    let policy = Policy::village();
    let mut page = Page::new(false);
    due(&mut page, &policy, &[], Lang::En);
    assert!(page.into_text().ends_with("\n  Nothing is due.\n"));
}
