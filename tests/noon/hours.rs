//! Days decided hour by hour, decided again from an hour on. Profiles are flat but where another is given: 100 m3 an hour are 2,400 a day.

use curtail::city::{ActualRow, City, CityBuilder, CustomerRow, DistrictRow, Settings, SupplyRow};
use curtail::decide::revise::{self, ChangeKind, Changed, Rest, Revision, changes};
use curtail::decide::{Day, Decision, Options, Prepared};
use curtail::policy::{Policies, Policy};
use curtail::problem::Origin;
use curtail::units::{Date, Decimal, M3, Milli};
use curtail::verify::{Finding, Rule, verify};

fn date() -> Date {
    "2026-01-07".parse().unwrap()
}

fn policies(set: &[&str]) -> Policies {
    let set: Vec<String> = set.iter().map(|set| (*set).to_owned()).collect();
    let text = Policy::builtin_text("xian-2025").unwrap();
    Policies::of(Policy::parse(text, &Origin::memory("plan"), &set).unwrap().0)
}

/// A town of one block with pipes: at the start of the day, the least, the most, and what may be drawn of them.
struct Town<'a> {
    customers: &'a [(&'a str, &'a str, u64)],
    /// In m3 a day, and the most an hour.
    gate: (u64, Option<u64>),
    pack: Option<[u64; 4]>,
    set: &'a [&'a str],
}

impl Town<'_> {
    fn city(&self, more: impl Fn(&mut CityBuilder)) -> City {
        let mut city = City::builder(Settings { hourly: true, ..Settings::default() });
        let [start, least, most, draw] = self.pack.map_or([None; 4], |pack| pack.map(|volume| Some(M3(volume))));
        city.add_district(DistrictRow {
            id: "A",
            urban: true,
            linepack: start,
            linepack_min: least,
            linepack_max: most,
            linepack_draw: draw,
            ..DistrictRow::default()
        });
        for (id, class, demand) in self.customers {
            let (demand, boiler_t_h) = (M3(*demand), Some(Decimal::whole(20)));
            city.add_customer(CustomerRow {
                id,
                class,
                district: "A",
                company: "gas",
                demand,
                boiler_t_h,
                ..CustomerRow::default()
            });
        }
        let (volume, max_h) = (M3(self.gate.0), self.gate.1.map(M3));
        city.add_supply(SupplyRow { date: date(), source: "gate", volume, max_h, company: None, area: None });
        more(&mut city);
        city.build(&policies(&[])).unwrap_or_else(|e| panic!("{e}")).0
    }

    fn whole(&self) -> Decision {
        let (city, policies) = (self.city(|_| ()), policies(self.set));
        let day = Day::on(&city, date()).unwrap().0;
        Prepared::new(&policies, &city, Options::default()).unwrap().decide(&day).unwrap_or_else(|e| panic!("{e}"))
    }

    fn again(&self, at: u8, order: Option<&Decision>) -> Again {
        self.again_with(at, order, |_| ())
    }

    fn again_with(&self, at: u8, order: Option<&Decision>, more: impl Fn(&mut CityBuilder)) -> Again {
        let (city, policies) = (self.city(more), policies(self.set));
        let day = Day::on(&city, date()).unwrap().0;
        let mut revision = Revision::at(at);
        revision.order = order.map(|order| (order, "2026-01-07-1"));
        let Rest { city: rest, day, .. } = revise::rest(&city, &policies, day, revision).unwrap();
        let decision = Prepared::new(&policies, &rest, Options::default()).unwrap().decide(&day).unwrap();
        assert!(decision.confirmed, "{:?}", decision.warnings);
        super::common::adds_up(&decision);
        let verification = verify(&policies, &rest, &day, &decision).unwrap();
        assert!(verification.holds(), "{:?}", verification.violated);
        let found = |rule| verification.findings.iter().find(|(known, _)| *known == rule).map(|(_, found)| *found);
        assert_eq!([found(Rule::Past), found(Rule::Bounds)], [Some(Finding::Holds); 2]);
        Again { changes: changes(&city, &day, &decision), decision }
    }
}

struct Again {
    decision: Decision,
    changes: Vec<Changed>,
}

impl Again {
    fn served(&self, id: &str) -> u64 {
        let customers = &self.decision.detail.as_ref().unwrap().customers;
        customers.iter().find(|customer| *customer.customer_id == *id).unwrap().served_m3.0
    }

    /// What the pipes hold at the hour and at the end of each hour after it, in m3.
    fn pipes(&self) -> (Milli, bool, Vec<u64>) {
        let now = &self.decision.revision.as_ref().unwrap().by_district[0];
        let hours = self.decision.hours.as_ref().unwrap();
        let later = hours.by_district[0].linepack_m3.iter().map(|level| level.0 / 1_000).collect();
        (now.linepack_m3, now.read, later)
    }

    fn left(&self) -> u64 {
        self.decision.revision.as_ref().unwrap().by_source[0].left_m3.0
    }
}

/// Homes that ask for 2,400 and works for 2,400; the gate gives 4,200, at most 175 an hour.
const TOWN: Town<'_> = Town {
    customers: &[("home", "residential", 2400), ("works", "industry", 2400)],
    gate: (4200, Some(175)),
    pack: None,
    set: &[],
};

#[test]
fn as_ordered_and_nothing_new_changes_no_order() {
    let order = TOWN.whole();
    for at in [8, 9, 12, 17, 23, 0, 7] {
        let again = TOWN.again(at, Some(&order));
        // 12.5 % short in every hour: the works get 75 of 100.
        assert_eq!((again.served("home"), again.served("works")), (2400, 1800), "{at}");
        assert_eq!(
            again.changes.iter().map(|changed| changed.change).collect::<Vec<_>>(),
            [ChangeKind::Unchanged],
            "{at}"
        );
        let hours = again.decision.hours.as_ref().unwrap();
        assert_eq!(hours.clock.first(), Some(&at));
        assert_eq!(hours.clock.len() as u64, 24 - (u64::from(at) + 16) % 24);
        assert!(hours.served_m3.iter().all(|served| *served == Milli(175_000)), "{at}: {:?}", hours.served_m3);
        assert_eq!(again.decision.balance.shortfall_m3, M3(600), "{at}");
    }
}

#[test]
fn from_the_first_hour_on_it_is_the_whole_day() {
    let whole = TOWN.whole();
    let again = TOWN.again(8, None);
    assert_eq!(again.decision.by_class, whole.by_class);
    assert_eq!(again.decision.by_rank, whole.by_rank);
    assert_eq!(again.decision.hours, whole.hours);
    assert_eq!(again.decision.level, whole.level);
}

#[test]
fn an_hour_that_is_gone_gives_its_room_to_nobody() {
    // Nothing was cut before 14:00, 200 an hour: 1,200 of 4,200 are gone. 18 hours of at most 175 are 3,150, and 3,000 are left.
    let again = TOWN.again(14, None);
    assert_eq!(again.left(), 3000);
    assert_eq!((again.served("home"), again.served("works")), (2400, 600 + 1200));
    // With 175 an hour as ordered 1,050 are gone, and 3,150 are left, all of which arrive.
    let order = TOWN.whole();
    assert_eq!(TOWN.again(14, Some(&order)).left(), 3150);
}

/// 200 an hour are asked for; the gate gives 190, and pipes of 300 may be drawn down to 60.
const PACKED: Town<'_> = Town { gate: (4560, Some(190)), pack: Some([300, 0, 300, 240]), ..TOWN };

#[test]
fn what_is_in_the_pipes_is_what_the_order_has_there() {
    let order = PACKED.whole();
    let planned = order.hours.as_ref().unwrap().by_district[0].linepack_m3.clone();
    assert_eq!(order.totals.cut_m3, M3(0));
    let again = PACKED.again(14, Some(&order));
    let (level, read, later) = again.pipes();
    // 6 hours x 10 m3 were drawn: 240 are there, and 60 at the end of the day.
    assert_eq!((level, read), (planned[5], false));
    assert_eq!((level, later.last()), (Milli(240_000), Some(&60)));
    // Of 1,200 that were taken the gate gave 1,140.
    assert_eq!(again.left(), 4560 - 1140);
    assert_eq!(again.decision.totals.cut_m3, M3(0));
}

#[test]
fn a_reading_of_the_pipes_counts() {
    let order = PACKED.whole();
    let read = |volume: u64| {
        PACKED.again_with(14, Some(&order), move |city| {
            city.add_linepack(date(), 14, "A", M3(volume));
            // Of another hour it says nothing of this one.
            city.add_linepack(date(), 13, "A", M3(1));
        })
    };
    // 150 instead of 240: 90 came out of the pipes more than planned, so the gate has given 90 less and has them left; but at 190 an hour
    // only 3,420 can come in the 18 hours to come, and 90 may be drawn: the works lack 90.
    let again = read(150);
    assert_eq!(again.pipes().0, Milli(150_000));
    assert!(again.pipes().1);
    assert_eq!(again.left(), 4560 - 1050);
    assert_eq!(again.decision.totals.cut_m3, M3(90));
    assert_eq!((again.served("home"), again.changes[0].change), (2400, ChangeKind::Added));
    assert_eq!(again.pipes().2.last(), Some(&60));
    // Below what must be there at the end of the day: that comes before everybody.
    let again = read(0);
    assert_eq!((again.pipes().2.last(), again.decision.totals.cut_m3), (Some(&60), M3(240)));
    assert_eq!(again.decision.hours.as_ref().unwrap().linepack_missing_m3, Milli(0));
}

#[test]
fn what_the_gate_gave_and_nobody_took_is_in_the_pipes() {
    let order = PACKED.whole();
    // 170 an hour and not 190: 120 less, so 120 less are in the pipes.
    let again = PACKED.again_with(14, Some(&order), |city| {
        for hour in 8..14 {
            let (source, volume) = (Some("gate"), M3(170));
            city.add_actual(ActualRow {
                date: date(),
                hour: Some(hour),
                customer: None,
                district: None,
                source,
                volume,
            });
        }
    });
    assert_eq!((again.pipes().0, again.left()), (Milli(120_000), 4560 - 1020));
    assert_eq!(again.decision.totals.cut_m3, M3(120));
}

#[test]
fn what_the_pipes_may_still_give_is_not_short() {
    // 4,311 and 10 out of the pipes for 4,800 are 9.98 %: level III. Its stop takes 587, more than is short, so nothing leaves the pipes.
    let town = Town {
        customers: &[("boiler", "boiler_community", 4700), ("home", "residential", 100)],
        gate: (4311, None),
        pack: Some([10, 0, 10, 10]),
        set: &[],
    };
    let order = town.whole();
    assert_eq!(order.level.as_ref().unwrap().id, "III");
    for at in [18, 20, 2] {
        assert_eq!(town.again(at, Some(&order)).decision.level.as_ref().unwrap().id, "III", "{at}");
    }
}

#[test]
fn a_stop_that_has_run_has_run_and_what_it_moved_comes_back() {
    let boiler = Town {
        customers: &[("boiler", "boiler_community", 2400), ("home", "residential", 2400)],
        gate: (4500, None),
        pack: None,
        set: &["measures.peak-stop.III.rebound=1"],
    };
    let order = boiler.whole();
    assert_eq!(order.level.as_ref().unwrap().id, "III");
    for at in [12, 18, 20, 21] {
        let again = boiler.again(at, Some(&order));
        let hours = again.decision.hours.as_ref().unwrap();
        let class = hours.by_class.iter().find(|class| class.class == "boiler_community").unwrap();
        let asked = class.demand_m3.iter().map(|volume| volume.0).sum::<u64>();
        // What is told as demand is the forecast, before any stop that is to come; what one has moved comes on top.
        let moved = match at {
            18 => 100,
            20 => 300,
            21 => 200,
            _ => 0,
        };
        let expected = 100_000 * hours.clock.len() as u64 + 1_000 * moved;
        assert!(asked.abs_diff(expected) <= 2, "{at}: {asked}");
        let off = hours.clock.iter().zip(&class.served_m3).filter(|(hour, _)| (17..20).contains(*hour));
        assert!(off.clone().all(|(_, served)| *served == Milli(0)), "{at}");
        assert_eq!(again.served("boiler") + again.served("home"), 4500, "{at}");
        assert!(
            again.changes.iter().all(|changed| changed.now_m3.0.abs_diff(changed.before_m3.0) <= 1),
            "{at} {:?}",
            again.changes
        );
    }
}
