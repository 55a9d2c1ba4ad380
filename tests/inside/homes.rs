//! Indoor temperatures of a boiler's homes, held to the exponential that a pencil finds.

use super::*;
use crate::city::{CustomerRow, DistrictRow, Settings, SupplyRow};
use crate::policy::Policy;
use crate::units::Decimal;

const TAU: f64 = 40.0;
const DEMAND: u64 = 24_000;

fn celsius(text: &str) -> Celsius {
    text.parse().expect(text)
}

fn policies() -> Policies {
    Policies::of(Policy::builtin("xian-2025").expect("the plan"))
}

/// A boiler of 12 t/h with 500 homes and a works without any.
fn city(policies: &Policies) -> City {
    let mut city = City::builder(Settings { name: "Warmwick".into(), ..Settings::default() });
    city.add_district(DistrictRow { id: "north", urban: true, ..DistrictRow::default() });
    let of = |id, class| CustomerRow {
        id,
        class,
        district: "north",
        company: "gas",
        demand: M3(DEMAND),
        ..CustomerRow::default()
    };
    let boiler = CustomerRow {
        boiler_t_h: Some(Decimal::whole(12)),
        households: 500,
        heated_m2: 40_000,
        ..of("boiler", "boiler_community")
    };
    city.add_customer(boiler);
    city.add_customer(of("works", "industry"));
    let date = "2026-12-01".parse().expect("a date");
    city.add_supply(SupplyRow { date, source: "gate", volume: M3(1), max_h: None, company: None, area: None });
    city.build(policies).expect("a city").0
}

/// 20 degrees inside down to -5 outside, 2 of them for nothing.
fn homes() -> Homes {
    let building = Building {
        time_constant: TAU.to_string().parse().expect("hours"),
        indoor: celsius("20"),
        outdoor: celsius("-5"),
        gains: celsius("2"),
    };
    Homes::new(vec![celsius("18"), celsius("16")], vec![("boiler_community".into(), building)]).expect("homes")
}

/// What the boiler lacks on a day at level II: by measure, `None` for beyond authority.
fn lacks(policies: &Policies, cuts: &[(Option<&str>, u64)]) -> Vec<Losses> {
    let policy = &policies.main;
    let loss = |(measure, lost): &(Option<&str>, u64)| {
        let at = measure.map(|id| policy.measures.iter().position(|own| own.id == id).expect(id) as u32);
        let kind = match measure {
            None => Kind::Firm,
            Some(id) if *id == "peak-stop" => Kind::Withheld,
            Some(_) => Kind::Authorised,
        };
        Loss { customer: 0, kind, tier: 0, measure: at, lost: *lost }
    };
    vec![Losses { level: policy.level("II"), losses: cuts.iter().map(loss).collect(), ..Losses::default() }]
}

/// The rooms of one boiler, day after day.
struct Winter<'a> {
    policies: &'a Policies,
    rooms: Rooms<'a, 'a>,
    numbers: Vec<u64>,
}

impl<'a> Winter<'a> {
    fn new(heating: &'a Heating<'a>, policies: &'a Policies) -> Self {
        let mut rooms = Rooms::new(heating);
        rooms.begin();
        Self { policies, rooms, numbers: vec![0; heating.figures().len()] }
    }

    fn day(&mut self, outside: &str, cuts: &[(Option<&str>, u64)]) {
        let balances = lacks(self.policies, cuts);
        self.rooms.day(celsius(outside), &balances, &[M3(DEMAND), M3(DEMAND)], &mut self.numbers);
    }

    /// The rooms' temperature as it is, in degrees.
    fn now(&self) -> f64 {
        let nano =
            if self.rooms.apart[0] { *self.rooms.temperatures.last().expect("a room") } else { self.rooms.base[0].1 };
        nano as f64 / 1e9
    }

    fn number(&self, figure: &Figure) -> u64 {
        let at = self.rooms.heating.figures().iter().position(|own| own == figure).expect("a figure");
        self.numbers[at]
    }
}

/// The exponential of so many hours.
fn after(from: f64, to: f64, hours: f64) -> f64 {
    to + (from - to) * (-hours / TAU).exp()
}

#[test]
fn a_stop_and_the_hours_around_it_are_the_exponential() {
    let policies = policies();
    let (city, homes) = (city(&policies), homes());
    let heating = Heating::new(&homes, &city, &policies);
    let mut winter = Winter::new(&heating, &policies);
    // An even profile: the three hours of the stop ask for an eighth.
    winter.day("0", &[(Some("peak-stop"), DEMAND / 8)]);
    // From 8 to 17 as always, then towards 0 outside and 2 of gains, then back.
    let stopped = after(20.0, 2.0, 3.0);
    let wanted = after(stopped, 20.0, 12.0);
    assert!((winter.now() - wanted).abs() < 1e-6, "{} for {wanted}", winter.now());
    assert_eq!(winter.number(&Figure::Coldest), ((20.0 - stopped) * 100.0) as u64);
    // Half of its gas besides: 9 hours at a half, 3 at nothing, 12 at a half.
    winter.day("0", &[(Some("peak-stop"), DEMAND / 8), (Some("limit-community-boilers"), DEMAND * 7 / 16)]);
    let wanted = after(after(after(wanted, 11.0, 9.0), 2.0, 3.0), 11.0, 12.0);
    assert!((winter.now() - wanted).abs() < 1e-6, "{} for {wanted}", winter.now());
    // And recovery with all of it.
    winter.day("0", &[]);
    winter.day("0", &[]);
    let wanted = after(wanted, 20.0, 48.0);
    assert!((winter.now() - wanted).abs() < 1e-6, "{} for {wanted}", winter.now());
}

#[test]
fn a_long_cut_ends_in_the_balance_of_heat() {
    let policies = policies();
    let (city, homes) = (city(&policies), homes());
    let heating = Heating::new(&homes, &city, &policies);
    for (outside, lost, wanted) in [
        // The boiler keeps 20 degrees as far as -5 outside.
        ("5", 0, 20.0),
        ("-5", 0, 20.0),
        // Below, it gives what it was built for: 23 degrees more than outside, and the gains.
        ("-9", 0, 16.0),
        // A third of 18 degrees of need lacks.
        ("0", DEMAND / 3, 14.0),
        // Nothing at all leaves the gains.
        ("-3", DEMAND, -1.0),
        // It is not cooled on warm days.
        ("25", DEMAND / 3, 27.0),
    ] {
        let mut winter = Winter::new(&heating, &policies);
        let cuts = [(None, lost)];
        (0..40).for_each(|_| winter.day(outside, if lost > 0 { &cuts } else { &[] }));
        assert!((winter.now() - wanted).abs() < 1e-6, "{outside} {lost}: {} for {wanted}", winter.now());
    }
}

#[test]
fn hours_below_a_limit_are_counted_by_cause_and_add_up() {
    let policies = policies();
    let (city, homes) = (city(&policies), homes());
    let heating = Heating::new(&homes, &city, &policies);
    let mut winter = Winter::new(&heating, &policies);
    let measure = |id: &str| Cause::Measure(id.into());
    let days = [
        vec![(Some("peak-stop"), 3000)],
        vec![(Some("peak-stop"), 3000), (Some("limit-community-boilers"), 6000)],
        vec![(Some("peak-stop"), 3000), (Some("limit-community-boilers"), 6000), (None, 9000)],
        vec![],
        vec![],
    ];
    days.iter().for_each(|cuts| winter.day("-2", cuts));
    // The same by a pencil, hour by hour; a thermometer with tenths shows 17.9 below 17.95.
    let limits = [17.95, 15.95];
    let need = 20.0 - 2.0 + 2.0;
    let mut hours = [[0u64; 2]; 3];
    let (mut fell, mut longest, mut run) = ([false; 2], [0u64; 2], [0u64; 2]);
    for (track, hours) in hours.iter_mut().enumerate() {
        let mut now = 20.0;
        for cuts in &days {
            let kept = match (cuts.len().min(track + 1), cuts.len()) {
                (3, _) => 6000.0 / 21_000.0,
                (2, _) => 15_000.0 / 21_000.0,
                _ => 1.0,
            };
            for hour in 0..24 {
                let part = if (9..12).contains(&hour) && !cuts.is_empty() { 0.0 } else { kept };
                now = after(now, need * part, 1.0);
                for limit in 0..2 {
                    let cold = now < limits[limit];
                    hours[limit] += u64::from(cold);
                    if track == 2 {
                        fell[limit] |= cold;
                        run[limit] = if cold { run[limit] + 1 } else { 0 };
                        longest[limit] = longest[limit].max(run[limit]);
                    }
                }
            }
        }
    }
    for (at, limit) in [celsius("18"), celsius("16")].into_iter().enumerate() {
        let of = |cause| winter.number(&Figure::ColdHours(limit, cause));
        let counted = [of(measure("peak-stop")), of(measure("limit-community-boilers")), of(Cause::Beyond)];
        let wanted = [hours[0][at], hours[1][at] - hours[0][at], hours[2][at] - hours[1][at]];
        assert_eq!(counted, wanted.map(|hours| 500 * hours), "below {limit}");
        assert_eq!(of(Cause::Weather), 0);
        assert_eq!(winter.number(&Figure::ColdHomes(limit)), 500 * u64::from(fell[at]));
        assert_eq!(winter.number(&Figure::LongestCold(limit)), longest[at]);
    }
    assert!(hours[2][1] > 0 && hours[1][0] > hours[0][0], "{hours:?}");
}

/// Nobody who is not heated by a boiler of the list is counted, and a winter begins warm again.
#[test]
fn a_winter_begins_warm_and_without_a_memory() {
    let policies = policies();
    let (city, homes) = (city(&policies), homes());
    let heating = Heating::new(&homes, &city, &policies);
    assert_eq!(heating.groups.len(), 1);
    let mut winter = Winter::new(&heating, &policies);
    let course = |winter: &mut Winter<'_>| {
        winter.rooms.begin();
        winter.numbers.fill(0);
        (0..5).for_each(|_| winter.day("-7", &[(None, 12_000)]));
        (winter.now(), winter.numbers.clone())
    };
    let first = course(&mut winter);
    assert!(first.0 < 16.0);
    assert_eq!(course(&mut winter), first);
}

#[test]
fn buildings_that_cannot_stand_are_refused() {
    let sound = *homes().classes().first().map(|(_, building)| building).expect("a building");
    let with = |change: fn(&mut Building)| {
        let mut building = sound;
        change(&mut building);
        Homes::new(Vec::new(), vec![("hall".into(), building)]).map_err(|wrong| wrong.to_string())
    };
    assert!(with(|_| ()).is_ok());
    for (change, wanted) in [
        (
            (|b| b.time_constant = Decimal::percent(99)) as fn(&mut Building),
            "hall: a time constant is from 1 to 1000 hours",
        ),
        (|b| b.time_constant = Decimal::whole(1001), "hall: a time constant is from 1 to 1000 hours"),
        (|b| b.gains = celsius("-1"), "hall: gains are not below zero"),
        (
            |b| b.gains = celsius("25"),
            "hall: the indoor temperature less the gains is not above the outdoor temperature",
        ),
    ] {
        assert_eq!(with(change), Err(wanted.to_owned()));
    }
}
