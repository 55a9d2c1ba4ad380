//! The record: what it costs to add a decision, and to read a season of them.
//!
//! Run with `cargo bench --bench record`. The season it makes stays in `target/tmp/season`, for
//! `curtail -C target/tmp/season status`. The figures of this machine stand in `docs/benchmarks.md`.

#![allow(missing_docs, clippy::panic)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{CustomerShare, Day, Decision, Options, Prepared, Solver};
use curtail::record::{Answer, By, DECISION, DecisionId, Draft, Event, Moment, Proposed, Record, Step};
use curtail::units::Date;

const DAYS: u32 = 150;

fn ok<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

/// A decision of `examples/xian` that cuts, with all that is recorded of it.
struct Decided {
    case: Case,
    decision: Decision,
    json: Vec<u8>,
    orders: Vec<u8>,
}

impl Decided {
    fn new() -> Self {
        let options = CaseOptions { keep: true, ..CaseOptions::default() };
        let case = Case::open(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian")), &options);
        let case = case.unwrap_or_else(|problems| panic!("{problems}")).0;
        let (day, _) = ok(Day::on(&case.city, ok("2026-01-09".parse())));
        let mut options = Options::default();
        options.solver = Solver::Exact;
        let decision = ok(ok(Prepared::new(&case.policies, &case.city, options)).decide(&day));
        let json = ok(serde_json::to_vec_pretty(&decision));
        // An order for each of the 5,000 customers, which is more than a day has.
        let line = |share: &CustomerShare| {
            format!("{},{},{},{}\n", share.customer_id, share.demand_m3, share.served_m3, share.cut_m3())
        };
        let orders =
            decision.detail.iter().flat_map(|detail| &detail.customers).map(line).collect::<String>().into_bytes();
        Self { case, decision, json, orders }
    }

    /// As of another day: the same figures under another date, so that each day's contents are its own.
    fn draft(&self, date: Date) -> (Draft, Proposed) {
        let dated = |text: &[u8]| String::from_utf8_lossy(text).replace("2026-01-09", &date.to_string());
        let (json, orders) = (dated(&self.json), dated(&self.orders) + &date.to_string());
        let files = vec![(DECISION, json.as_bytes()), ("orders.csv", orders.as_bytes())];
        let asked = vec!["--date".to_owned(), date.to_string()];
        let (draft, mut proposed) = Answer { case: &self.case, decision: &self.decision, files, asked }
            .draft()
            .unwrap_or_else(|e| panic!("{e:?}"));
        proposed.id.date = date;
        (draft, proposed)
    }

    fn propose(&self, record: &mut Record, (draft, mut proposed): (Draft, Proposed), at: Moment) -> DecisionId {
        let case = &self.case.city.settings.name;
        let (entry, _) = ok(record.append(case, at, &by(None), draft, |book, files| {
            proposed.id = book.next_id(proposed.id.date);
            proposed.files = files;
            Ok(Event::Proposed(Box::new(proposed)))
        }));
        entry.event.decision().unwrap_or_else(|| panic!("a proposal is of a decision"))
    }

    /// A day from its proposal to its order.
    fn day(&self, record: &mut Record, date: Date) {
        let (draft, proposed) = self.draft(date);
        let approves = proposed.steps.who.get(&Step::Approve).and_then(|wanted| wanted.by.first().cloned());
        let at = ok(Moment::parse(&format!("{date}T09:00:00+08:00")).ok_or("a time"));
        let decision = self.propose(record, (draft, proposed), at);
        let case = &self.case.city.settings.name;
        for event in [Event::Approved { decision }, Event::Signed { decision }, Event::Issued { decision }] {
            ok(record.append(case, at, &by(approves.clone()), Draft::default(), |_, _| Ok(event)));
        }
    }
}

fn by(role: Option<String>) -> By {
    By { name: "Li".to_owned(), role, account: "dispatch".to_owned(), host: "desk-1".to_owned() }
}

/// A season in a case's folder, made once.
fn season(decided: &Decided) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("season");
    let _ = fs::remove_dir_all(&folder);
    ok(fs::create_dir_all(&folder));
    for file in ok(fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/xian"))) {
        let path = ok(file).path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            ok(fs::copy(&path, folder.join(name)));
        }
    }
    let path = folder.join("record.db");
    let mut record = ok(Record::open(&path));
    let (mut year, mut month, mut day) = (2025, 11, 1);
    for _ in 0..DAYS {
        let date = Date::new(year, month, day).unwrap_or_else(|_| {
            (month, day) = (month % 12 + 1, 1);
            year += u16::from(month == 1);
            ok(Date::new(year, month, day))
        });
        day += 1;
        decided.day(&mut record, date);
    }
    path
}

fn read(c: &mut Criterion) {
    let decided = Decided::new();
    let path = season(&decided);
    let mut group = c.benchmark_group("a season's record, 150 days of 5,000 orders");
    group.sample_size(20);
    let look = || ok(Record::look(&path)).unwrap_or_else(|| panic!("it is there"));
    group.bench_function("open it and read what it says", |b| b.iter(|| black_box(ok(look().book()))));
    let record = look();
    let book = ok(record.book());
    group.bench_function("what past orders mean for a day", |b| {
        let (day, _) = ok(Day::on(&decided.case.city, ok("2026-01-09".parse())));
        let policy = &decided.case.policies.main;
        b.iter_batched_ref(
            || day.clone(),
            |day| ok(record.remind(&book, day, &decided.case.city, policy)),
            BatchSize::LargeInput,
        );
    });
    group.sample_size(10);
    group.bench_function("check all of it", |b| b.iter(|| black_box(ok(look().check()))));
    group.finish();
}

fn write(c: &mut Criterion) {
    let decided = Decided::new();
    let date = ok("2026-01-09".parse());
    let at = ok(Moment::parse("2026-01-09T09:00:00+08:00").ok_or("a time"));
    let mut group = c.benchmark_group("recording a decision of examples/xian");
    group.sample_size(20);
    group.bench_function("pack its contents", |b| b.iter(|| black_box(decided.draft(date))));
    let folder = ok(tempfile::tempdir());
    let mut record = ok(Record::open(&folder.path().join("record.db")));
    group.bench_function("add it, disk included", |b| {
        b.iter_batched(
            || decided.draft(date),
            |draft| decided.propose(&mut record, draft, at),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, write, read);
criterion_main!(benches);
