//! The tables of `docs/why-not-weights.md`, computed again: the documents cannot say what is not so.
//!
//! `BLESS=1 cargo test --test weights` writes them anew.
#![cfg(all(feature = "files", feature = "lp"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "weights/pipe.rs"]
mod pipe;
#[path = "weights/simplex.rs"]
mod simplex;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use curtail::city::City;
use curtail::city::read::{Case, CaseOptions};
use curtail::decide::{Day, Options, Prepared};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, constraint, variable};
use pipe::{Program, program};
use simplex::Pivot;

const CASE: &str = "examples/why-not-weights";
/// As the tables list them: down the pipe, the better tier first.
const CUSTOMERS: [&str; 8] = ["hospital", "homes", "foot-a", "foot-b", "middle-a", "middle-b", "upper-a", "upper-b"];
const TIERS: [u32; 2] = [1, 3];

/// What each customer gets, in m3, in the order of [`CUSTOMERS`].
type List = [u64; 8];

struct Town {
    case: Case,
    day: Day,
}

fn town(dir: &Path) -> Town {
    let (case, _) = Case::open(dir, &CaseOptions::default()).unwrap_or_else(|problems| panic!("{problems}"));
    let (day, _) = Day::on(&case.city, "2026-01-09".parse().unwrap()).unwrap_or_else(|problems| panic!("{problems}"));
    Town { case, day }
}

/// The tier of a customer, by the policy: a customer here has one slice.
fn tier(town: &Town, customer: usize) -> u32 {
    let class = &town.case.city.classes[town.case.city.customers[customer].class as usize];
    if ["hospital", "residential"].contains(&&**class) { TIERS[0] } else { TIERS[1] }
}

/// What the engine gives, and by the policy's own tiers in all.
fn engine(town: &Town) -> (List, BTreeMap<u32, u64>) {
    let prepared = Prepared::new(&town.case.policies, &town.case.city, Options::default()).unwrap();
    let decision = prepared.decide(&town.day).unwrap_or_else(|problems| panic!("{problems}"));
    let detail = decision.detail.as_ref().unwrap();
    let served: BTreeMap<&str, u64> = detail.customers.iter().map(|c| (&*c.customer_id, c.served_m3.get())).collect();
    let tiers = decision.by_tier.iter().map(|row| (row.tier, row.served_m3.get())).collect();
    (CUSTOMERS.map(|id| served[id]), tiers)
}

/// The list of a solution; the numbers of this city are whole at every vertex that the solvers stop at.
fn list(city: &City, program: &Program, x: &[f64]) -> List {
    CUSTOMERS.map(|id| {
        let column = program.customers.iter().position(|at| &*city.customers[*at].id == id).unwrap();
        assert!((x[column] - x[column].round()).abs() < 1e-6, "{id}: {}", x[column]);
        x[column].round() as u64
    })
}

fn by_tier(list: &List) -> [u64; 2] {
    [list[..2].iter().sum(), list[2..].iter().sum()]
}

/// One goal over the customers' columns: `worth` by tier.
fn goal(town: &Town, program: &Program, worth: impl Fn(u32) -> f64) -> Vec<f64> {
    program.customers.iter().map(|at| worth(tier(town, *at))).collect()
}

/// One goal a tier, the better first: the sum of what it gets.
fn tier_by_tier(town: &Town, program: &Program) -> Vec<Vec<f64>> {
    TIERS.iter().map(|this| goal(town, program, |tier| f64::from(u8::from(tier == *this)))).collect()
}

/// Goals one after another by a solver of good_lp: each is maximised, its value pinned, and the next one solved.
macro_rules! by_good_lp {
    ($name:ident, $solver:path) => {
        fn $name(program: &Program, goals: &[Vec<f64>]) -> Vec<f64> {
            let mut pinned: Vec<(&Vec<f64>, f64)> = Vec::new();
            let mut x = Vec::new();
            for goal in goals {
                let mut all = ProblemVariables::new();
                let columns: Vec<_> = (0..program.columns).map(|_| all.add(variable().min(0.0))).collect();
                let sum = |of: &[f64]| of.iter().zip(&columns).map(|(worth, x)| *worth * *x).sum::<Expression>();
                let mut model = all.maximise(sum(goal)).using($solver);
                for (row, bound) in &program.rows {
                    let left: Expression = row.iter().map(|(column, by)| *by * columns[*column]).sum();
                    model = model.with(constraint!(left <= *bound));
                }
                for (goal, value) in &pinned {
                    model = model.with(constraint!(sum(goal) >= *value));
                }
                let solved = model.solve().expect("the program can be solved");
                x = columns.iter().map(|column| solved.value(*column)).collect::<Vec<f64>>();
                let value = goal.iter().zip(&x).map(|(worth, x)| worth * x).sum::<f64>();
                pinned.push((goal, value));
            }
            x
        }
    };
}
by_good_lp!(microlp, good_lp::microlp);
#[cfg(feature = "highs")]
by_good_lp!(highs, good_lp::highs);

fn dantzig(program: &Program, goals: &[Vec<f64>]) -> Vec<f64> {
    simplex::solve(program, goals, Pivot::Dantzig)
}

fn bland(program: &Program, goals: &[Vec<f64>]) -> Vec<f64> {
    simplex::solve(program, goals, Pivot::Bland)
}

type Table = fn(&Town) -> String;
type Solve = fn(&Program, &[Vec<f64>]) -> Vec<f64>;

const SOLVERS: [(&str, Solve); 3] =
    [("microlp", microlp), ("textbook simplex, Dantzig's rule", dantzig), ("textbook simplex, Bland's rule", bland)];

/// Some orders of the same customers: as a person may sort a table.
fn orders(city: &City) -> [(&'static str, Vec<usize>); 3] {
    let mut by_id: Vec<usize> = (0..city.customers.len()).collect();
    by_id.sort_by_key(|at| city.customers[*at].id.clone());
    let backwards = by_id.iter().rev().copied().collect();
    let mut largest_first = by_id.clone();
    largest_first.sort_by_key(|at| std::cmp::Reverse(city.customers[*at].demand));
    [("by id", by_id), ("by id, backwards", backwards), ("largest first", largest_first)]
}

/// `count` orders, by Fisher and Yates and a linear congruence.
fn shuffles(length: usize, count: u64) -> impl Iterator<Item = Vec<usize>> {
    (1..=count).map(move |seed| {
        let mut state = seed;
        let mut order: Vec<usize> = (0..length).collect();
        for at in (1..length).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (state >> 33) as usize % (at + 1));
        }
        order
    })
}

fn cells<T: ToString>(cells: impl IntoIterator<Item = T>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.to_string()).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn head(first: &[&str], last: &[&str]) -> String {
    let names: Vec<&str> = first.iter().chain(&CUSTOMERS).chain(last).copied().collect();
    let rule: Vec<&str> =
        names.iter().enumerate().map(|(at, _)| if at < first.len() { "---" } else { "--:" }).collect();
    cells(&names) + &cells(rule).replace(' ', "")
}

fn row(first: &[&str], list: &List, last: &[u64]) -> String {
    let numbers = list.iter().chain(last).map(u64::to_string);
    cells(first.iter().map(|word| (*word).to_owned()).chain(numbers))
}

/// (a) One linear program with a weight a tier.
fn weights(town: &Town) -> String {
    let order = &orders(&town.case.city)[0].1;
    let mut text = head(&["weights of tiers 1 and 3", "gas"], &["tier 1", "tier 3"]);
    for (pooled, gas) in [(false, "each company its own"), (true, "all pooled")] {
        for [first, third] in [[2, 1], [10, 1], [100, 1]] {
            let program = program(&town.case.city, &town.day, order, pooled);
            let goal = goal(town, &program, |tier| f64::from(if tier == TIERS[0] { first } else { third }));
            let list = list(&town.case.city, &program, &dantzig(&program, &[goal]));
            text += &row(&[&format!("{first} : {third}"), gas], &list, &by_tier(&list));
        }
    }
    text
}

/// (b) One linear program a tier, the totals of the better ones pinned, and no rule inside.
fn priorities(town: &Town) -> String {
    let mut text = head(&["solver", "order of the columns"], &["tier 1", "tier 3"]);
    for (solver, solve) in SOLVERS {
        for (name, order) in orders(&town.case.city) {
            let list = by(town, solve, &order);
            text += &row(&[solver, name], &list, &by_tier(&list));
        }
    }
    text
}

fn by(town: &Town, solve: Solve, order: &[usize]) -> List {
    let program = program(&town.case.city, &town.day, order, false);
    list(&town.case.city, &program, &solve(&program, &tier_by_tier(town, &program)))
}

/// The case with its rows in other orders; `districts.csv`, whose order the model reads, stays.
fn shuffled(seed: u64, dir: &Path) {
    for entry in fs::read_dir(CASE).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let text = if ["customers.csv", "supply.csv", "links.csv"].contains(&name.as_str()) {
            let lines: Vec<&str> = text.lines().collect();
            let order = shuffles(lines.len() - 1, seed).last().unwrap();
            order.iter().fold(lines[0].to_owned(), |text, at| text + "\n" + lines[at + 1]) + "\n"
        } else {
            text
        };
        fs::write(dir.join(name), text).unwrap();
    }
}

/// (c) How many lists there are among so many orders.
fn lists(town: &Town) -> String {
    const ORDERS: u64 = 200;
    let mut text = cells(["who decides", "orders tried", "different lists", "least and most that upper-b gets"]);
    text += "|---|--:|--:|--:|\n";
    let mut tell = |who: &str, lists: &BTreeSet<List>| {
        let upper_b = || lists.iter().map(|list| list[7]);
        let range = format!("{} to {}", upper_b().min().unwrap(), upper_b().max().unwrap());
        text += &cells([who, &ORDERS.to_string(), &lists.len().to_string(), &range]);
    };
    for (solver, solve) in SOLVERS {
        tell(solver, &shuffles(CUSTOMERS.len(), ORDERS).map(|order| by(town, solve, &order)).collect());
    }
    let dir = tempfile::tempdir().unwrap();
    let engine_in = |seed| {
        shuffled(seed, dir.path());
        engine(&self::town(dir.path())).0
    };
    tell("curtail", &(1..=ORDERS).map(engine_in).collect());
    text
}

fn ours(town: &Town) -> String {
    let (list, tiers) = engine(town);
    head(&["who decides"], &["tier 1", "tier 3"]) + &row(&["curtail"], &list, &TIERS.map(|tier| tiers[&tier]))
}

fn asked(town: &Town) -> String {
    let city = &town.case.city;
    let asks = CUSTOMERS.map(|id| town.day.demand[city.customer(id).unwrap()].get());
    head(&[""], &["tier 1", "tier 3"]) + &row(&["asks for"], &asks, &by_tier(&asks))
}

/// The table that stands between `<!-- table: NAME -->` and `<!-- end -->`.
fn put(document: &str, name: &str, table: &str) -> String {
    let mark = format!("<!-- table: {name} -->\n");
    let (before, rest) = document.split_once(&mark).unwrap_or_else(|| panic!("no table `{name}`"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{mark}{table}<!-- end -->{after}")
}

/// The words of the tables in the Chinese document.
const ZH: [(&str, &str); 18] = [
    ("weights of tiers 1 and 3", "第 1、3 级的权重"),
    ("each company its own", "各企业各用自己的气"),
    ("all pooled", "全部统筹"),
    ("who decides", "谁来决定"),
    ("orders tried", "试过的次序"),
    ("different lists", "不同的名单"),
    ("least and most that upper-b gets", "upper-b 所得的最小与最大"),
    ("order of the columns", "各列的次序"),
    ("by id, backwards", "按编号倒序"),
    ("by id", "按编号"),
    ("largest first", "由大到小"),
    ("textbook simplex, Dantzig's rule", "教科书单纯形法，Dantzig 规则"),
    ("textbook simplex, Bland's rule", "教科书单纯形法，Bland 规则"),
    ("solver", "求解器"),
    ("asks for", "需求"),
    ("tier 1", "第 1 级"),
    ("tier 3", "第 3 级"),
    ("| gas |", "| 气 |"),
];

#[test]
fn the_documents_say_what_is_computed() {
    let town = town(Path::new(CASE));
    let tables: [(&str, Table); 5] =
        [("asked", asked), ("weights", weights), ("priorities", priorities), ("curtail", ours), ("lists", lists)];
    let tables = tables.map(|(name, table)| (name, table(&town)));
    for (file, words) in [("docs/why-not-weights.md", &[][..]), ("docs/why-not-weights.zh-CN.md", &ZH[..])] {
        let document = fs::read_to_string(file).unwrap().replace("\r\n", "\n");
        let computed = tables.iter().fold(document.clone(), |document, (name, table)| {
            let table = words.iter().fold(table.clone(), |table, (en, zh)| table.replace(en, zh));
            put(&document, name, &table.replace(" to ", if words.is_empty() { " to " } else { " 至 " }))
        });
        if std::env::var_os("BLESS").is_some() {
            fs::write(file, &computed).unwrap();
        } else {
            let mut differ = String::new();
            for (said, is) in document.lines().zip(computed.lines()).filter(|(said, is)| said != is) {
                let _ = writeln!(differ, "- {said}\n+ {is}");
            }
            assert!(document == computed, "{file}:\n{differ}");
        }
    }
}

/// What the documents claim in words.
#[test]
fn the_documents_claims_hold() {
    let town = town(Path::new(CASE));
    let (ours, tiers) = engine(&town);
    let order = &orders(&town.case.city)[0].1;
    let weighed = |first: f64, pooled: bool| {
        let program = program(&town.case.city, &town.day, order, pooled);
        let goal = goal(&town, &program, |tier| if tier == TIERS[0] { first } else { 1.0 });
        by_tier(&list(&town.case.city, &program, &dantzig(&program, &[goal])))
    };
    // Three towns outvote one hospital below 3 : 1, and above it they do not; pooled, the order is kept by any weights that fall.
    assert_eq!([weighed(2.9, false)[0], weighed(3.1, false)[0]], [0, 480]);
    assert_eq!(weighed(1.1, true)[0], 600);
    // Every priority program is optimal: the totals of the tiers are the engine's.
    for (_, solve) in SOLVERS {
        for order in shuffles(CUSTOMERS.len(), 200) {
            let list = by(&town, solve, &order);
            assert_eq!(by_tier(&list), TIERS.map(|tier| tiers[&tier]));
        }
    }
    // Inside a tier everybody gets the same share of what it asks for.
    let shares: BTreeSet<u64> =
        ours[2..].iter().zip([200, 400].iter().cycle()).map(|(got, of)| got * 100 / of).collect();
    assert_eq!(shares, BTreeSet::from([20]));
}

/// A second solver of another kind, where it is built in, stops at another list again, and the engine's list is still the one.
#[cfg(feature = "highs")]
#[test]
fn highs_gives_lists_of_its_own_and_the_engine_the_same_one() {
    let town = town(Path::new(CASE));
    let lists: BTreeSet<List> = shuffles(CUSTOMERS.len(), 200).map(|order| by(&town, highs, &order)).collect();
    let (first, tiers) = (orders(&town.case.city)[0].1.clone(), engine(&town).1);
    // As the documents say beside the table, which is computed without HiGHS.
    assert_eq!(by(&town, highs, &first), [200, 280, 0, 120, 0, 120, 0, 120]);
    assert_eq!(by(&town, microlp, &first), [80, 400, 120, 0, 120, 0, 120, 0]);
    assert!(lists.len() > 1 && lists.iter().all(|list| by_tier(list) == TIERS.map(|tier| tiers[&tier])));
    assert_eq!(engine(&town).0, [160, 320, 40, 80, 40, 80, 40, 80]);
}
