//! Curves worked out by hand, for the plan of Xi'an.

use curtail::curve::{Curve, Stretch};
use curtail::policy::Standing;
use curtail::units::Fraction;

use crate::reference::{Customer, District, Source, Town};
use crate::with_curves;

pub fn customer(id: &str, class: &str, demand: u64) -> Customer {
    let text = str::to_owned;
    Customer {
        id: text(id),
        district: text("A"),
        company: text("y"),
        class: text(class),
        demand,
        ..Customer::default()
    }
}

/// One pool of one source and these blocks.
pub fn town(blocks: &[&str], customers: Vec<Customer>) -> Town {
    let district = |id: &&str| District { id: (*id).to_owned(), urban: true, burden: 0 };
    Town {
        districts: blocks.iter().map(district).collect(),
        sources: vec![Source { id: "s".into(), volume: 777, ..Source::default() }],
        customers,
        ..Town::default()
    }
}

/// Companies x and y with a source each: x can give all that its 500 ask for while y is short already.
pub fn two_companies() -> Town {
    let of = |id: &str, class: &str, demand, company: &str| Customer {
        company: company.to_owned(),
        ..customer(id, class, demand)
    };
    let source = |id: &str, volume, company: &str| Source {
        id: id.into(),
        volume,
        company: Some(company.to_owned()),
        area: None,
    };
    Town {
        sources: vec![source("sx", 600, "x"), source("sy", 400, "y")],
        apart: true,
        customers: vec![
            of("a", "industry", 200, "x"),
            of("b", "residential", 300, "x"),
            of("c", "industry", 250, "y"),
            of("d", "residential", 250, "y"),
        ],
        ..town(&["A"], vec![])
    }
}

fn percent(parts: u128) -> Fraction {
    Fraction::new(parts, 100)
}

fn line(curve: &Curve<'_>, id: &str) -> Vec<(Fraction, Fraction, u64, u64)> {
    let at = curve.city().customer(id).unwrap();
    let whole = |f: Fraction| u64::try_from(f.numerator()).unwrap() * u64::from(f.denominator() == 1);
    let stretch = |s: &Stretch| (s.from, s.until, whole(s.first), whole(s.last));
    curve.customer(at).unwrap().iter().map(stretch).collect()
}

/// 400 m3 of industry and 600 of homes: industry alone pays up to 40 %, then the block whose turn it is.
#[test]
fn industry_first_and_then_the_block_clause_2_2() {
    let town = town(&["A"], vec![customer("mill", "industry", 400), customer("home", "residential", 600)]);
    with_curves(&town, |_, _, _, curves| {
        let curve = &curves[0];
        let ends: Vec<_> = curve.pieces().iter().map(|p| (p.from, p.until, p.from_closed, p.until_closed)).collect();
        let wanted = [(0, 0, true, true), (0, 5, false, false), (5, 10, true, false), (10, 20, true, true)];
        let wanted = wanted.into_iter().chain([(20, 40, false, false), (40, 100, true, true)]);
        let wanted: Vec<_> = wanted.map(|(a, b, c, d)| (percent(a), percent(b), c, d)).collect();
        assert_eq!(ends, wanted);
        let levels: Vec<_> = curve.pieces().iter().map(|piece| piece.standing).collect();
        let at = Standing::At;
        assert_eq!(levels, [Standing::NoShortage, at(0), at(1), at(2), at(3), at(3)]);
        assert_eq!(curve.first_touched(curve.city().customer("mill").unwrap()), Some(percent(0)));
        assert_eq!(curve.first_touched(curve.city().customer("home").unwrap()), Some(percent(40)));
        // At 30 % a hundred is left to the mill.
        assert_eq!(curve.at(percent(30)).unwrap().by_district(), [Fraction::new(700, 1)]);
        assert_eq!(line(curve, "home").last(), Some(&(percent(40), percent(100), 600, 0)));
    });
}

/// A boiler of 12 t/h that takes its 300 m3 evenly is off for three of 24 hours at III: 37 m3, whatever is short.
#[test]
fn the_evening_stop_takes_its_gas_all_along_the_level_clause_2_2_2() {
    let boiler = Customer { boiler: Some(12_000), ..customer("boiler", "boiler_community", 300) };
    let town = town(&["A"], vec![customer("mill", "industry", 300), boiler, customer("home", "residential", 400)]);
    with_curves(&town, |_, _, _, curves| {
        let curve = &curves[0];
        let boiler = line(curve, "boiler");
        // At IV it is firm; at III 37 m3 are off; at I its block is on its turn once mill and limit are spent.
        assert_eq!(boiler[0], (percent(0), percent(5), 300, 300));
        assert_eq!((boiler[1].0, boiler[1].2), (percent(5), 263));
        // The mill gets back at 5 % what the boiler gives up: 1000 - 50 - 263 - 400.
        let mill = line(curve, "mill");
        assert!(mill.contains(&(percent(5), percent(10), 287, 237)), "{mill:?}");
    });
}

/// Three blocks and no industry: below I firm gas is lost, at I the blocks take turns.
#[test]
fn blocks_are_added_every_five_percent_clause_2_2_4() {
    let blocks = ["A", "B", "C"];
    let home = |district: &&str| Customer {
        district: (*district).to_owned(),
        ..customer(&format!("home-{district}"), "residential", 100)
    };
    let town = town(&blocks, blocks.iter().map(home).collect());
    with_curves(&town, |_, _, _, curves| {
        // One block's 100 of 300 would be enough up to a third; the formula adds one every 5 %, and has no fourth.
        let used = |p: &curtail::curve::Piece| (p.by_formula, p.blocks.len(), p.from, p.until);
        let at_one: Vec<_> = curves[0].pieces().iter().filter(|p| p.standing == Standing::At(3)).map(used).collect();
        let wanted =
            [(1, 1, percent(20), percent(25)), (2, 2, percent(25), percent(30)), (3, 3, percent(30), percent(100))];
        assert_eq!(at_one, wanted);
    });
}

/// A list stops whole customers: the larger first, and each has a stretch of its own.
#[test]
fn a_stop_list_gives_every_customer_its_own_stretch() {
    let mut town = town(&["A"], vec![customer("big", "industry", 60), customer("small", "industry", 40)]);
    town.customers.push(customer("home", "residential", 900));
    let (city, day) = crate::common::city(&town).unwrap();
    let listed = curtail::policy::Policy::load(
        "xian-2025",
        std::path::Path::new(""),
        &["measures.stop-industry-commerce.sharing=\"list\"".to_owned()],
    );
    let policies = curtail::policy::Policies::of(listed.unwrap().0);
    let prepared = curtail::decide::Prepared::new(&policies, &city, Default::default()).unwrap();
    let curves = prepared.curves(&day).unwrap();
    let (big, small) = (line(&curves[0], "big"), line(&curves[0], "small"));
    let zero = (percent(0), percent(0), 60, 60);
    assert_eq!(big[..2], [zero, (percent(0), percent(5), 60, 10)]);
    assert_eq!(big[2], (percent(5), percent(6), 10, 0), "{big:?}");
    assert_eq!((small[0].0, small[0].1, small[0].2), (percent(0), percent(6), 40), "{small:?}");
    assert_eq!(small[1].1, percent(10));
}
