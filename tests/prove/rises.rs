//! Who is better off although gas is shorter: the plan's paradoxes, and what the plan declares.

use curtail::curve::Curve;
use curtail::policy::Standing;
use curtail::prove::{Check, Rise, Why, check, risers, stopped};
use curtail::units::Fraction;

use crate::reference::Customer;
use crate::{Town, customer, id, in_block, m3, plan, stretch, thousandths, town, with_curve};

fn boiler(id: &str, demand: u64, tonnes: u64) -> Customer {
    Customer { boiler: Some(tonnes * 1000), ..customer(id, "boiler_community", demand) }
}

/// Who rises, from how much to how much.
fn who(curve: &Curve<'_>, rise: &Rise) -> Vec<(String, Fraction, Fraction)> {
    risers(curve, rise).iter().map(|riser| (id(curve, riser.customer).to_owned(), riser.before, riser.after)).collect()
}

fn rises(town: &Town, changes: &[&str], test: impl FnOnce(&Curve<'_>, &Check)) {
    with_curve(town, &plan(changes), |curve| test(curve, &check(curve)));
}

/// Mill 300, boiler of 12 t/h 300, home 400. At exactly 5 %, 950 are left. Under IV the mill alone pays 50 and keeps 250.
/// Under III the boiler is off for 3 of 24 hours: floor(300 x 3 / 24) = 37, whatever is short; of 950 it gets 263, the home
/// 400, the mill 287. The mill is better off by 37 though gas is shorter.
#[test]
fn a_required_stop_gives_industry_gas_back_at_five_percent_clause_2_2_2() {
    let town = town(
        &["A"],
        vec![customer("mill", "industry", 300), boiler("boiler", 300, 12), customer("home", "residential", 400)],
    );
    rises(&town, &[], |curve, found| {
        let [rise] = found.rises.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((rise.interval, rise.just_above, rise.why), (stretch("[50, 50]"), false, Why::Taken));
        assert_eq!(rise.standings, (Standing::At(0), Standing::At(1)));
        assert_eq!((rise.customers, rise.volume, rise.declared), (1, m3(37), false));
        assert_eq!(who(curve, rise), [("mill".to_owned(), m3(250), m3(287))]);
        let [cause] = rise.causes.as_slice() else { panic!("{:?}", rise.causes) };
        assert_eq!((cause.measure, cause.more), (curve.policy().measure("peak-stop"), m3(37)));
        assert_eq!(found.unused, [], "the mill takes all that the boiler gives up");
    });
    // On a stop list the mill rises no less, and not because others stop in its place.
    rises(&town, &["measures.stop-industry-commerce.sharing=\"list\""], |curve, found| {
        let [rise] = found.rises.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((rise.why, rise.declared), (Why::Taken, false));
        assert_eq!(who(curve, rise), [("mill".to_owned(), m3(250), m3(287))]);
    });
}

/// The same with a boiler of 6 t/h, which III leaves alone and II stops: at 10 % 900 are left, of which the mill has 200
/// just before and 900 - 263 - 400 = 237 from there on.
#[test]
fn industry_regains_gas_at_the_edge_of_level_ii_clause_2_2_3() {
    let town = town(
        &["A"],
        vec![customer("mill", "industry", 300), boiler("boiler", 300, 6), customer("home", "residential", 400)],
    );
    rises(&town, &[], |curve, found| {
        let [rise] = found.rises.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((rise.interval, rise.standings), (stretch("[100, 100]"), (Standing::At(1), Standing::At(2))));
        assert_eq!(who(curve, rise), [("mill".to_owned(), m3(200), m3(237))]);
    });
}

/// Boiler 800 of 12 t/h, home 200: the stop takes 800 x 3 / 24 = 100 from 5 % on, where 50 are short. So 50 lie unused at
/// 5 %, less and less up to 10 %, and the boiler is stopped for nothing.
#[test]
fn a_stop_that_frees_too_much_leaves_gas_unused_clause_2_2_2() {
    let town = town(&["A"], vec![boiler("boiler", 800, 12), customer("home", "residential", 200)]);
    rises(&town, &[], |curve, found| {
        let [unused] = found.unused.as_slice() else { panic!("{:?}", found.unused) };
        assert_eq!((unused.interval, unused.most, unused.standing), (stretch("[50, 100)"), m3(50), Standing::At(1)));
        assert_eq!((unused.customers, unused.withheld), (1, 100));
        let all: Vec<_> = stopped(curve, unused).iter().map(|one| (id(curve, one.customer), one.withheld)).collect();
        assert_eq!(all, [("boiler", 100)]);
        assert_eq!(found.rises, []);
    });
}

/// With a stop at III alone, what lay unused up to 10 % is given to the boiler at II: it has 1000 - 100 - 200 = 700 before,
/// and 1000 - 85 - 200 = 715 just after 8.5 %, where II begins here.
#[test]
fn gas_that_lay_unused_is_given_at_the_next_level() {
    let town = town(&["A"], vec![boiler("boiler", 800, 12), customer("home", "residential", 200)]);
    let changes = [
        "levels.III.when.shortfall.below=0.085",
        "levels.II.when.shortfall.from=0.085",
        "measures.peak-stop.II.who={ tag = \"nobody\" }",
    ];
    rises(&town, &changes, |curve, found| {
        let [rise] = found.rises.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((rise.interval, rise.declared), (stretch("[85, 85]"), false));
        assert_eq!(who(curve, rise), [("boiler".to_owned(), m3(700), m3(715))]);
        // The limit takes 85 where it took nothing: less than the stop did, but more than before.
        assert_eq!((rise.why, rise.causes.len()), (Why::Taken, 1));
    });
}

/// A home of 100 in each of three blocks. Up to 20 % all lose alike, 20 of 100 each there; just above A alone pays 60, and
/// B and C have 100 again. At 25 % 75 are short and a second block takes its turn: A, 25 just before, gets
/// 100 - 37.5 = 62.5. At 30 % the third does: A and B rise from 100 - 45 = 55 to 70.
#[test]
fn one_block_more_gives_others_gas_back_as_declared_clause_2_2_4() {
    let homes = ["A", "B", "C"].map(|block| in_block(block, customer(&format!("home-{block}"), "residential", 100)));
    rises(&town(&["A", "B", "C"], homes.to_vec()), &[], |curve, found| {
        let of = |rise: &Rise| (rise.interval, rise.just_above, rise.why, rise.blocks, rise.declared);
        let told: Vec<_> = found.rises.iter().map(of).collect();
        let expected = [
            (stretch("[200, 200]"), true, Why::Taken, (0, 1), true),
            (stretch("[250, 250]"), false, Why::Rotation, (1, 2), true),
            (stretch("[300, 300]"), false, Why::Rotation, (2, 3), true),
        ];
        assert_eq!(told, expected);
        let half = Fraction::new(125, 2);
        let rise = |id: &str, before, after| (id.to_owned(), before, after);
        assert_eq!(who(curve, &found.rises[0]), [rise("home-B", m3(80), m3(100)), rise("home-C", m3(80), m3(100))]);
        assert_eq!(who(curve, &found.rises[1]), [rise("home-A", m3(25), half)]);
        assert_eq!(who(curve, &found.rises[2]), [rise("home-A", m3(55), m3(70)), rise("home-B", m3(55), m3(70))]);
        let volumes: Vec<_> = found.rises.iter().map(|rise| (rise.customers, rise.volume)).collect();
        assert_eq!(volumes, [(2, m3(40)), (1, Fraction::new(75, 2)), (2, m3(30))]);
    });
}

/// Large boilers on a stop list, the largest slice first: C1 of 100 with a floor of 60, C2 of 90; a mill of 70 goes first,
/// homes of 740. At III C1 may lose 100 - max(60, 70) = 30 and C2 90 - 63 = 27; at II C1 100 - 60 = 40 and C2 45. Just below
/// 10 % the mill gives 70 and the list 30, all of it C1's. At 10 % C2 stands first, and C1 has its 100 again.
/// Above 20 % the block's turn takes C2's other 45 and spares C1's firm gas: 200 = 70 + 40 + 45 + 45, where II had cut
/// 45 of firm gas from both, 60/105 of it from C1: 60 - 180/7 = 240/7 before, 60 after.
#[test]
fn a_stop_list_that_turns_to_others_is_the_plans_own_way() {
    let floor = |customer: Customer, floor| Customer { floor, ..customer };
    let town = town(
        &["A"],
        vec![
            customer("mill", "industry", 70),
            floor(customer("C1", "boiler_central", 100), 60),
            customer("C2", "boiler_central", 90),
            customer("home", "residential", 740),
        ],
    );
    rises(&town, &["measures.limit-large-central.sharing=\"list\""], |curve, found| {
        let [list, turn] = found.rises.as_slice() else { panic!("{:?}", found.rises) };
        assert_eq!((list.interval, list.why, list.declared), (stretch("[100, 100]"), Why::List, true));
        assert_eq!((list.customers, list.volume), (1, m3(30)));
        assert_eq!(who(curve, list), [("C1".to_owned(), m3(70), m3(100))]);
        assert_eq!((turn.interval.from, turn.why, turn.declared), (thousandths(200), Why::Taken, true));
        assert_eq!(who(curve, turn), [("C1".to_owned(), Fraction::new(240, 7), m3(60))]);
    });
    // Shared evenly: of the 30, C1 bears 30/57 at III and 40/85 at II. The same measure takes the same, but from others.
    rises(&town, &[], |curve, found| {
        let rise = found.rises.iter().find(|rise| rise.interval.from == thousandths(100)).unwrap();
        assert_eq!((rise.why, rise.declared, rise.causes.len()), (Why::Shifted, false, 0));
        assert_eq!(who(curve, rise), [("C1".to_owned(), Fraction::new(1600, 19), Fraction::new(1460, 17))]);
    });
}

/// Boilers of 720 and 80, both of 12 t/h, are off for an eighth of the day at III: 90 and 10. If II stops only those of 100
/// m3 or more, at 8.5 %, where it begins here, 85 are short, the big one's 90 are enough, and the small one has its 80 again.
#[test]
fn a_stop_that_frees_less_of_too_much_gives_gas_back() {
    let town =
        town(&["A"], vec![boiler("big", 720, 12), boiler("small", 80, 12), customer("home", "residential", 200)]);
    let changes = [
        "levels.III.when.shortfall.below=0.085",
        "levels.II.when.shortfall.from=0.085",
        "measures.peak-stop.II.who={ class = \"boiler_community\", demand_m3 = { at_least = 100 } }",
    ];
    rises(&town, &changes, |curve, found| {
        // At level I the small one is stopped again, which is another story.
        let rise = &found.rises[0];
        assert_eq!((rise.interval, rise.why, rise.declared), (stretch("[85, 85]"), Why::Released, false));
        assert_eq!(who(curve, rise), [("small".to_owned(), m3(70), m3(80))]);
        // 100 - 50 lie unused at 5 %, and 90 - 85 at 8.5 %, down to 9 %.
        let unused: Vec<_> = found.unused.iter().map(|one| (one.interval, one.most, one.customers)).collect();
        assert_eq!(unused, [(stretch("[50, 85)"), m3(50), 2), (stretch("[85, 90)"), m3(5), 1)]);
    });
}
