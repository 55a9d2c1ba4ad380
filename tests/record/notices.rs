//! Papers that were made of a decision: noted through the library, kept by digest, told by everything that reads a record.

use curtail::record::{Addressee, Paper, PaperKind, Record};

use super::office::{APPROVE, ISSUE, LIFE, Office, PROPOSE, SIGN, code};

const ID: &str = "2026-01-07-1";

#[test]
fn what_was_made_for_whom_is_kept_and_told() {
    let office = Office::after(&LIFE[..4]);
    let papers = [
        Paper::new(PaperKind::Order, Addressee::Company("gas-a".to_owned()), "orders/gas-a.docx", b"one"),
        Paper::new(PaperKind::Order, Addressee::Site("W-1".to_owned()), "orders/W-1.docx", b"two"),
        Paper::new(PaperKind::Warning, Addressee::Site("W-1".to_owned()), "warnings/W-1.docx", b"three"),
    ];
    let book = office.notice(ID, &papers).unwrap();
    let (act, noticed) = book.notices.last().unwrap();
    let counted = (noticed.orders, noticed.warnings, noticed.companies, noticed.sites);
    assert_eq!((counted, act.seq, act.by.name.as_str()), ((2, 1, 1, 1), 6, "Zhao"));
    let record = Record::look(&office.record()).unwrap().unwrap();
    assert_eq!(record.papers(act.seq, noticed).unwrap(), papers);
    // SHA-256 of "one", as any tool gives it.
    assert_eq!(papers[0].digest, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
    record.check().unwrap();

    let said = office.done(&["log"]);
    assert!(said.contains("papers of 2026-01-07-1: orders 2, warnings 1"), "{said}");
    let said = office.done(&["log", "--lang", "zh"]);
    assert!(said.contains("2026-01-07-1 的文书：指令 2 份、预警 1 份\n"), "{said}");
    let said = office.done(&["status"]);
    assert!(said.contains("Papers of 2026-01-07-1: orders 2, warnings 1; made 2026-01-07 09:00 by Zhao"), "{said}");
    let said = office.done(&["status", "--lang", "zh"]);
    assert!(said.contains("2026-01-07-1 的文书：指令 2 份、预警 1 份；2026-01-07 09:00 由 Zhao 制作"), "{said}");
    let log: serde_json::Value = serde_json::from_str(&office.done(&["log", "--format", "json"])).unwrap();
    let event = &log[5]["event"];
    assert_eq!((&event["event"], &event["decision"], &event["orders"]), (&"noticed".into(), &ID.into(), &2.into()));
    let status: serde_json::Value = serde_json::from_str(&office.done(&["status", "--format", "json"])).unwrap();
    assert_eq!((&status["papers"][0]["warnings"], &status["papers"][0]["made"]["seq"]), (&1.into(), &6.into()));
}

#[test]
fn an_order_goes_out_once_its_decision_is_in_force() {
    let office = Office::after(&[PROPOSE]);
    let order = [Paper::new(PaperKind::Order, Addressee::Company("gas-a".to_owned()), "gas-a.md", b"stop")];
    let warning = [Paper::new(PaperKind::Warning, Addressee::Company("gas-a".to_owned()), "gas-a.md", b"be ready")];
    assert_eq!(code(office.notice(ID, &order)), "not_in_force");
    assert_eq!(code(office.notice(ID, &[])), "no_papers");
    assert_eq!(code(office.notice("2026-01-07-9", &warning)), "unknown_decision");
    assert_eq!(office.entries().len(), 2, "nothing of it was written");
    office.notice(ID, &warning).unwrap();
    for step in [APPROVE, SIGN, ISSUE] {
        office.done(step);
    }
    office.notice(ID, &order).unwrap();
    office.done(PROPOSE);
    let second = |step: &'static [&'static str]| [&step[..1], &["2026-01-07-2"], &step[2..]].concat();
    for step in [APPROVE, SIGN, ISSUE] {
        office.done(&second(step));
    }
    assert_eq!(code(office.notice(ID, &order)), "overtaken");
    office.notice("2026-01-07-2", &order).unwrap();
}
