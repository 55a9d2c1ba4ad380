//! What is counted of a winter, and how the counts of many winters are kept.

use serde::{Deserialize, Serialize};

use super::homes::{Cause, Heating, Rooms};
use super::running::Running;
use super::severity::Severities;
use super::spread::Spread;
use super::values::{self, Values};
use super::winter::DayOfWinter;
use crate::city::City;
use crate::decide::{Kind, Losses};
use crate::policy::{Policies, Policy};
use crate::units::Celsius;

/// What is counted of each winter. Volumes are m3 of the season, days are days of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Figure {
    /// Gas that customers lacked, whatever the reason.
    Lost,
    /// Of that, what a required stop withheld.
    Withheld,
    /// Of that, what the day's level did not authorise.
    Beyond,
    /// Days on which gas was lost that the level did not authorise.
    BeyondDays,
    /// Days on which any balance was short.
    ShortDays,
    /// The longest run of such days.
    LongestShortage,
    /// Days at a level of the case's policy, by its id.
    LevelDays(String),
    /// Gas that stores sent out.
    SentOut,
    /// Days on which a required stop took gas.
    StopDays,
    /// Households times days on which they lacked gas of their own meter or of their boiler.
    HouseholdDays,
    /// Heated square metres times days on which their boiler lacked gas.
    HeatedDays,
    /// Gas that a tier lacked, by its number.
    Tier(u32),
    /// Gas that a class lacked, by its id.
    Class(String),
    /// Gas that a district lacked, by its id.
    District(String),
    /// Turns of a block, by its district's id.
    Turns(String),
    /// The longest run of days on which the same block had its turn.
    LongestTurn,
    /// Homes times hours at whose end they were below an indoor temperature, for this cause beside those before it.
    ColdHours(Celsius, Cause),
    /// Homes that were below an indoor temperature at the end of any hour.
    ColdHomes(Celsius),
    /// The longest run of such hours of any home.
    LongestCold(Celsius),
    /// How far below the indoor temperature of its boiler's design the coldest home was, in hundredths of a degree.
    Coldest,
    /// What the gas that was lost is worth to those who lost it, in fen.
    LostValue,
    /// What stores cost, in fen.
    StoreCost,
    /// Both together, in fen.
    Cost,
}

/// The figures of a city under its policies, and where each is found among a winter's numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub figures: Vec<Figure>,
    levels: usize,
    tiers: Vec<u32>,
    classes: usize,
    districts: usize,
    level_at: usize,
    tier_at: usize,
    class_at: usize,
    district_at: usize,
    turn_at: usize,
    /// Where those of homes are.
    homes: std::ops::Range<usize>,
    prices: Option<Prices>,
}

/// What gas is worth, and where the costs of a winter are.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Prices {
    at: usize,
    /// By class of the city, in fen.
    classes: Vec<u64>,
    stored: u64,
    season: u64,
}

const LOST: usize = 0;
const WITHHELD: usize = 1;
const BEYOND: usize = 2;
const BEYOND_DAYS: usize = 3;
const SHORT_DAYS: usize = 4;
const LONGEST_SHORTAGE: usize = 5;
const SENT_OUT: usize = 6;
const STOP_DAYS: usize = 7;
const HOUSEHOLD_DAYS: usize = 8;
const HEATED_DAYS: usize = 9;
const LONGEST_TURN: usize = 10;

impl Layout {
    pub fn of(city: &City, policies: &Policies) -> Self {
        use Figure as F;
        let mut figures = vec![
            F::Lost,
            F::Withheld,
            F::Beyond,
            F::BeyondDays,
            F::ShortDays,
            F::LongestShortage,
            F::SentOut,
            F::StopDays,
            F::HouseholdDays,
            F::HeatedDays,
            F::LongestTurn,
        ];
        let mut tiers: Vec<u32> = policies.all().flat_map(|p| p.tiers.iter().map(|tier| tier.number)).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let level_at = figures.len();
        figures.extend(policies.main.levels.iter().map(|level| F::LevelDays(level.id.clone())));
        let tier_at = figures.len();
        figures.extend(tiers.iter().map(|tier| F::Tier(*tier)));
        let class_at = figures.len();
        figures.extend(city.classes.iter().map(|class| F::Class(class.to_string())));
        let district_at = figures.len();
        figures.extend(city.districts.iter().map(|district| F::District(district.id.to_string())));
        let turn_at = figures.len();
        figures.extend(city.districts.iter().map(|district| F::Turns(district.id.to_string())));
        Self {
            homes: 0..0,
            prices: None,
            figures,
            levels: policies.main.levels.len(),
            tiers,
            classes: city.classes.len(),
            districts: city.districts.len(),
            level_at,
            tier_at,
            class_at,
            district_at,
            turn_at,
        }
    }

    /// With homes.
    pub fn with_homes(&mut self, heating: &Heating<'_>) {
        let from = self.figures.len();
        self.figures.extend(heating.figures());
        self.homes = from..self.figures.len();
    }

    /// With costs.
    pub fn with_values(&mut self, values: &Values, city: &City) {
        let worth = |class: &str| values.classes.iter().find(|(own, _)| own == class).map_or(0, |(_, worth)| *worth);
        let classes = city.classes.iter().map(|class| worth(class)).collect();
        let (at, stored, season) = (self.figures.len(), values.stored, values.season);
        self.prices = Some(Prices { at, classes, stored, season });
        self.figures.extend([Figure::LostValue, Figure::StoreCost, Figure::Cost]);
    }
}

/// The numbers of one winter while it goes on.
#[derive(Clone, Debug)]
pub(crate) struct Count<'a> {
    layout: &'a Layout,
    city: &'a City,
    policies: &'a Policies,
    /// By customer, close together.
    who: Vec<Who>,
    /// By figure.
    pub numbers: Vec<u64>,
    short_run: u64,
    turn_runs: Vec<u64>,
    rooms: Option<Rooms<'a, 'a>>,
}

/// What is counted of a customer that lacks gas.
#[derive(Clone, Copy, Debug)]
struct Who {
    /// Figures, by index.
    class: u32,
    district: u32,
    households: u64,
    heated_m2: u64,
}

impl<'a> Count<'a> {
    pub fn new(layout: &'a Layout, city: &'a City, policies: &'a Policies) -> Self {
        let who = |customer: &crate::city::Customer| Who {
            class: layout.class_at as u32 + customer.class,
            district: layout.district_at as u32 + customer.district,
            households: customer.more.as_deref().map_or(0, |more| more.households),
            heated_m2: customer.more.as_deref().map_or(0, |more| more.heated_m2),
        };
        Self {
            layout,
            city,
            policies,
            who: city.customers.iter().map(who).collect(),
            numbers: vec![0; layout.figures.len()],
            short_run: 0,
            turn_runs: vec![0; layout.districts],
            rooms: None,
        }
    }

    /// With homes, which the layout knows.
    pub fn with_homes(mut self, heating: Option<&'a Heating<'a>>) -> Self {
        self.rooms = heating.map(Rooms::new);
        self
    }

    /// Before the first day.
    pub fn begin(&mut self) {
        self.numbers.fill(0);
        self.short_run = 0;
        self.turn_runs.fill(0);
        self.rooms.iter_mut().for_each(Rooms::begin);
        self.costs();
    }

    /// Takes in a day, and tells its level: 0 without one, else one more than its index in the policy.
    pub fn add(&mut self, day: &DayOfWinter<'_>) -> usize {
        self.numbers[SENT_OUT] += day.sent_out;
        let short = day.balances.iter().any(|balance| balance.deliverable < balance.demand);
        self.short_run = if short { self.short_run + 1 } else { 0 };
        self.numbers[SHORT_DAYS] += u64::from(short);
        self.numbers[LONGEST_SHORTAGE] = self.numbers[LONGEST_SHORTAGE].max(self.short_run);
        let (mut beyond, mut withheld) = (0, 0);
        for balance in day.balances {
            let (own_beyond, own_withheld) = self.losses(balance, self.policy(balance));
            beyond += own_beyond;
            withheld += own_withheld;
        }
        self.numbers[BEYOND] += beyond;
        self.numbers[BEYOND_DAYS] += u64::from(beyond > 0);
        self.numbers[WITHHELD] += withheld;
        self.numbers[STOP_DAYS] += u64::from(withheld > 0);
        self.turns(day.balances);
        if let Some(rooms) = &mut self.rooms {
            rooms.day(day.temperature, day.balances, day.asked, &mut self.numbers[self.layout.homes.clone()]);
        }
        if day.sent_out > 0 || !day.balances.is_empty() {
            self.costs();
        }
        let level = day.balances.iter().find(|balance| balance.area.is_none()).and_then(|balance| balance.level);
        match level {
            Some(level) if level < self.layout.levels => {
                self.numbers[self.layout.level_at + level] += 1;
                level + 1
            }
            _ => 0,
        }
    }

    /// What the winter has cost so far.
    fn costs(&mut self) {
        let Some(prices) = &self.layout.prices else { return };
        let lost = &self.numbers[self.layout.class_at..self.layout.class_at + self.layout.classes];
        let product = |(lost, worth): (&u64, &u64)| lost.saturating_mul(*worth);
        let value = lost.iter().zip(&prices.classes).map(product).fold(0, u64::saturating_add).min(values::MOST);
        let stored = self.numbers[SENT_OUT].saturating_mul(prices.stored).saturating_add(prices.season);
        let stored = stored.min(values::MOST);
        self.numbers[prices.at..prices.at + 3].copy_from_slice(&[value, stored, value + stored]);
    }

    fn policy(&self, balance: &Losses) -> &'a Policy {
        let own = balance.area.and_then(|area| self.city.districts[area as usize].policy.as_deref());
        self.policies.named(own)
    }

    /// Counts who lacks what, and whose homes lack gas, each once; returns what was lost beyond authority and what a required stop
    /// withheld.
    fn losses(&mut self, balance: &Losses, policy: &Policy) -> (u64, u64) {
        let (mut lost, mut beyond, mut withheld, mut last) = (0, 0, 0, None);
        for loss in &balance.losses {
            let who = self.who[loss.customer as usize];
            lost += loss.lost;
            self.numbers[who.class as usize] += loss.lost;
            self.numbers[who.district as usize] += loss.lost;
            let number = policy.tiers[loss.tier as usize].number;
            if let Some(at) = self.layout.tiers.iter().position(|tier| *tier == number) {
                self.numbers[self.layout.tier_at + at] += loss.lost;
            }
            beyond += if loss.kind == Kind::Firm { loss.lost } else { 0 };
            withheld += if loss.kind == Kind::Withheld { loss.lost } else { 0 };
            // What a customer lacks stands together.
            if last.replace(loss.customer) != Some(loss.customer) {
                self.numbers[HOUSEHOLD_DAYS] += who.households;
                self.numbers[HEATED_DAYS] += who.heated_m2;
            }
        }
        self.numbers[LOST] += lost;
        (beyond, withheld)
    }

    fn turns(&mut self, balances: &[Losses]) {
        let turns = || balances.iter().flat_map(|balance| &balance.turns).filter(|(_, cut)| *cut > 0);
        if turns().next().is_none() {
            return self.turn_runs.fill(0);
        }
        for block in 0..self.turn_runs.len() {
            let turn = turns().any(|(district, _)| *district as usize == block);
            self.turn_runs[block] = if turn { self.turn_runs[block] + 1 } else { 0 };
            self.numbers[self.layout.turn_at + block] += u64::from(turn);
            self.numbers[LONGEST_TURN] = self.numbers[LONGEST_TURN].max(self.turn_runs[block]);
        }
    }
}

/// The figures of many winters. Sums of whole numbers: however the winters are spread over threads and machines, they add up to the
/// same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// By figure, in the order of the layout.
    spreads: Vec<Spread>,
    /// How many winters had each level (0: none) on each day of the season, day by day.
    calendar: Vec<u64>,
    /// How many levels there are, none included.
    levels: usize,
    /// The gas lost until each of these days, [`Tally::WEEK`] days apart and at the end of the season.
    cumulated: Vec<Spread>,
    /// How the figures settle.
    running: Running,
    /// Who loses in winters of like loss.
    severities: Severities,
}

impl Tally {
    /// The course of a season is kept so many days apart.
    pub const WEEK: usize = 7;

    pub(crate) fn new(layout: &Layout, days: usize) -> Self {
        Self {
            spreads: vec![Spread::default(); layout.figures.len()],
            calendar: vec![0; days * (layout.levels + 1)],
            levels: layout.levels + 1,
            cumulated: vec![Spread::default(); days.div_ceil(Self::WEEK)],
            running: Running::default(),
            severities: Severities::default(),
        }
    }

    /// Takes in a day of a winter: its level, and what the winter has lost so far.
    pub(crate) fn day(&mut self, winter: u64, at: usize, level: usize, count: &Count<'_>) {
        self.calendar[at * self.levels + level] += 1;
        let last = at + 1 == self.calendar.len() / self.levels;
        if (at + 1).is_multiple_of(Self::WEEK) || last {
            self.cumulated[at / Self::WEEK].add(winter, count.numbers[LOST]);
        }
    }

    /// Takes in a winter that is over.
    pub(crate) fn winter(&mut self, winter: u64, count: &Count<'_>) {
        self.spreads.iter_mut().zip(&count.numbers).for_each(|(spread, number)| spread.add(winter, *number));
        self.running.add(winter, &count.numbers);
        let classes = &count.numbers[count.layout.class_at..count.layout.class_at + count.layout.classes];
        self.severities.add(count.numbers[LOST], classes);
    }

    /// Whether it can be the tally of so many figures, levels, days and winters: what was read from a file need not be one.
    pub fn fits(&self, figures: usize, levels: usize, days: usize, winters: u64) -> bool {
        let of_all = |spreads: &[Spread]| spreads.iter().all(|spread| spread.count() == winters);
        let shaped = self.spreads.len() == figures
            && self.levels == levels + 1
            && self.calendar.len() == days * self.levels
            && self.cumulated.len() == days.div_ceil(Self::WEEK)
            && self.running.fits(figures, winters)
            && self.severities.fits(winters);
        let counted =
            |day: &[u64]| day.iter().try_fold(0u64, |sum, winters| sum.checked_add(*winters)) == Some(winters);
        shaped && of_all(&self.spreads) && of_all(&self.cumulated) && self.calendar.chunks(self.levels).all(counted)
    }

    /// Takes in the winters of another of the same scenario.
    pub fn merge(&mut self, other: &Self) {
        self.spreads.iter_mut().zip(&other.spreads).for_each(|(own, other)| own.merge(other));
        self.calendar.iter_mut().zip(&other.calendar).for_each(|(own, other)| *own += other);
        self.cumulated.iter_mut().zip(&other.cumulated).for_each(|(own, other)| own.merge(other));
        self.running.merge(&other.running);
        self.severities.merge(&other.severities);
    }

    /// How many winters.
    pub fn winters(&self) -> u64 {
        self.spreads.first().map_or(0, Spread::count)
    }

    /// Each figure's spread, in the order of [`super::Study::figures`].
    pub fn spreads(&self) -> &[Spread] {
        &self.spreads
    }

    /// How many winters had each level on a day of the season: none first, then the policy's from the mildest.
    pub fn levels_on(&self, day: usize) -> &[u64] {
        let from = day * self.levels;
        self.calendar.get(from..from + self.levels).unwrap_or_default()
    }

    /// The gas lost until the end of each week of the season, and until its end.
    pub fn cumulated(&self) -> &[Spread] {
        &self.cumulated
    }

    /// How the figures settle while winters are added.
    pub const fn running(&self) -> &Running {
        &self.running
    }

    /// What classes lose in mild winters and in hard ones.
    pub const fn severities(&self) -> &Severities {
        &self.severities
    }
}
