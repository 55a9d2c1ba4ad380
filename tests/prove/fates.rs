//! Whose fate differs under two plans.

use curtail::curve::Curve;
use curtail::prove::{Effect, Fate, Fates, fates};
use curtail::units::Fraction;

use crate::{Town, customer, id, m3, plan, stretch, thousandths, town, with_curve};

/// A city under the plan and under the plan with changes.
fn compare(town: &Town, changes: &[&str], test: impl FnOnce(&Curve<'_>, &Fates)) {
    with_curve(town, &plan(&[]), |one| {
        with_curve(town, &plan(changes), |other| test(one, &fates(one, other).unwrap()));
    });
}

fn of<'f>(curve: &Curve<'_>, found: &'f Fates, name: &str) -> &'f Fate {
    found.customers.iter().find(|fate| id(curve, fate.customer) == name).unwrap()
}

/// Homes 700, community boilers 200, large ones 100. At III 30 % of the community boilers may go first, 60, then 30 of the
/// large one; what is short above 90 is firm, of the community boilers first. If the large one may give 40, it gives all that
/// is short from 90 to 100, and the community boilers' firm gas is spared: ten each way just below 10 %.
#[test]
fn a_higher_limit_shifts_the_cut_between_nine_and_ten_percent_clause_2_2_2() {
    let town = town(
        &["A"],
        vec![
            customer("home", "residential", 700),
            customer("small", "boiler_community", 200),
            customer("large", "boiler_central", 100),
        ],
    );
    compare(&town, &["measures.limit-large-central.III.limit=0.4"], |curve, found| {
        assert_eq!((found.customers.len(), found.differs.as_slice()), (2, &[stretch("(90, 100)")][..]));
        let (small, large) = (of(curve, found, "small"), of(curve, found, "large"));
        assert_eq!(
            (small.effect, small.at, small.one, small.other),
            (Effect::Better, thousandths(100), m3(130), m3(140))
        );
        assert_eq!((large.effect, large.at, large.one, large.other), (Effect::Worse, thousandths(100), m3(70), m3(60)));
        assert_eq!((small.differs.as_slice(), large.demand), (found.differs.as_slice(), 100));
        let districts: Vec<_> = found.by_district.iter().map(|g| (g.customers, g.better, g.worse, g.most)).collect();
        assert_eq!(districts, [(2, 1, 1, m3(20))]);
        assert_eq!(
            found.by_class.iter().map(|g| (g.customers, g.most)).collect::<Vec<_>>(),
            [(1, m3(10)), (1, m3(10))]
        );
    });
}

/// Mills of 60 and 40, homes 900. Evenly, of a cut c the big mill bears 0.6 c; on a list it bears all up to 60, then the
/// small one the rest up to 100. They differ most at 6 %, inside level III, where the list turns: 24 against 0, 16 against 40.
#[test]
fn a_stop_list_differs_most_where_it_turns_to_the_next() {
    let town = town(
        &["A"],
        vec![customer("big", "industry", 60), customer("small", "industry", 40), customer("home", "residential", 900)],
    );
    compare(&town, &["measures.stop-industry-commerce.sharing=\"list\""], |curve, found| {
        assert_eq!(found.differs, [stretch("(0, 100)")]);
        let (big, small) = (of(curve, found, "big"), of(curve, found, "small"));
        assert_eq!((big.effect, big.at, big.one, big.other), (Effect::Worse, thousandths(60), m3(24), m3(0)));
        assert_eq!((small.effect, small.at, small.one, small.other), (Effect::Better, thousandths(60), m3(16), m3(40)));
        assert_eq!(big.differs, [stretch("(0, 100)")]);
        assert_eq!(found.customers.len(), 2);
    });
}

/// Two mills of 50 on a list, told apart by id alone, homes 900: the first is worse off up to 10 %, and the second better.
/// Inside the turn of a list a difference may begin and end between two changes of the level: a third mill of 900 short of
/// nothing is never touched.
#[test]
fn who_is_never_touched_is_not_named() {
    let town = town(
        &["A"],
        vec![customer("a", "industry", 50), customer("b", "industry", 50), customer("home", "residential", 900)],
    );
    compare(&town, &["measures.stop-industry-commerce.sharing=\"list\""], |curve, found| {
        let names: Vec<_> = found.customers.iter().map(|fate| (id(curve, fate.customer), fate.effect)).collect();
        assert_eq!(names, [("a", Effect::Worse), ("b", Effect::Better)]);
        // At 5 % the first has lost its 50; evenly both have lost 25.
        assert_eq!((found.customers[0].at, found.customers[0].one), (thousandths(50), m3(25)));
    });
}

/// The boiler of 6 t/h that II stops from 17:00 to 20:00: without the stop it keeps 37 more and the mill has 37 less, from
/// 10 % on, itself included. Up to 20 % that is all; above, its block's turn makes up for the stop once the mill is spent.
#[test]
fn a_point_that_belongs_to_a_stretch_is_told() {
    let boiler = crate::Customer { boiler: Some(6_000), ..customer("boiler", "boiler_community", 300) };
    let town = town(&["A"], vec![customer("mill", "industry", 300), boiler, customer("home", "residential", 400)]);
    compare(&town, &["measures.peak-stop.II.who={ tag = \"nobody\" }"], |curve, found| {
        assert_eq!(found.differs, [stretch("[100, 200]")]);
        let mill = of(curve, found, "mill");
        assert_eq!((mill.effect, mill.one, mill.other), (Effect::Worse, m3(237), m3(200)));
        assert_eq!(of(curve, found, "boiler").effect, Effect::Better);
    });
}

#[test]
fn the_same_plan_makes_no_difference_and_another_city_cannot_be_compared() {
    let small = town(&["A"], vec![customer("home", "residential", 900)]);
    compare(&small, &["rotation.rest_days=0"], |_, found| assert_eq!(found, &Fates::default()));
    let other = town(&["A"], vec![customer("home", "residential", 901)]);
    let policy = plan(&[]);
    with_curve(&small, &policy, |one| with_curve(&other, &policy, |other| assert_eq!(fates(one, other), None)));
    assert_eq!(Fraction::new(1, 2), thousandths(500));
}
