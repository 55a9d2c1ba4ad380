//! What of a gas day is past when what remains of it is decided again, and what the order in force says of both.
//!
//! A clock hour cuts the day in two. What a customer's forecast asks for before it follows its profile; the whole cubic metre goes by
//! carry among customers of one district, company and profile, so that a thousand small ones are not all rounded the same
//! way, and past and rest add up to the forecast. Each slice of the plan is cut for the whole day and loses its past part: what a
//! stop takes, by the stop's hours; all else, floors too, in proportion, as the hours of a day would spread it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::decision::{MovedPast, PAST, RestoredPast};
use crate::city::City;
use crate::units::{Fraction, Hours, M3, mul_div};

/// What of a gas day is past. Made by [`super::revise::rest`].
#[derive(Clone, Debug)]
pub struct Past {
    /// The clock hour from which on the day is decided again.
    pub(crate) at: u8,
    /// The clock hours before it.
    pub(crate) elapsed: Hours,
    /// What the clock shows at the beginning of each hour of the day: where it is put forward or back, not every hour once.
    pub(crate) clock: Vec<u8>,
    /// What the forecast asks for in them, by index in [`City::customers`].
    pub(crate) demand: Vec<u64>,
    /// What was taken in them, likewise.
    pub(crate) taken: Vec<u64>,
    /// What the order in force, or without one the forecast, had for them.
    pub(crate) ordered: Vec<u64>,
    /// What the sources gave, by index in [`City::sources`].
    pub(crate) given: Vec<Given>,
    /// What each link carries over a whole day, by index in [`City::links`].
    pub(crate) links: Vec<u64>,
    /// What each source was said to give, by index in [`City::sources`]: the whole day, or with `remaining_supply` what remains of it.
    pub(crate) supply: Vec<Option<M3>>,
    /// What stops have moved from before the hour to after it, in m3, and the hours in which that comes back, by index in
    /// [`City::customers`]; it is not in `demand`.
    pub(crate) moved: Vec<(u64, Hours)>,
    /// What of `moved` is each stop's, for whoever decides the day again after this.
    pub(crate) moved_by: Vec<MovedPast>,
    /// By the hour: what each district's pipes hold, in millionths of a m3, by index in [`City::districts`]; `None` where they keep nothing.
    pub(crate) linepack: Vec<Option<u64>>,
    /// Whether somebody read that, likewise.
    pub(crate) linepack_read: Vec<bool>,
    /// Whether the day's supply was stated as what remains of it.
    pub(crate) remaining_supply: bool,
    /// The order in force, if there is one.
    pub(crate) order: Option<InForce>,
    /// How customers' past is known.
    pub(crate) figures: Figures,
}

/// What a source gave, and how that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub volume: u64,
    pub metered: bool,
}

/// How customers' past is known: so many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// By figures of their own.
    pub metered: u64,
    /// Of these, some hours only.
    pub in_part: u64,
    /// By those of their district.
    pub by_district: u64,
    /// As ordered, or by the forecast where nothing was.
    pub assumed: u64,
    /// Sources that gave more than the day's supply.
    pub overdrawn: u64,
}

/// The order in force, as far as what remains of the day needs it.
#[derive(Clone, Debug, Default)]
pub(crate) struct InForce {
    /// Its name in the record; empty if it has none.
    pub id: String,
    /// What it leaves each customer for the rest of the day, by index in [`City::customers`].
    pub rest: Vec<u64>,
    /// Where the measures in force by it stand among a policy's actions, by outer district ([`None`] for the main urban area).
    pub levels: BTreeMap<Option<u32>, usize>,
    /// The blocks on its list, in the order in which they were chosen, by index in [`City::districts`].
    pub blocks: Vec<u32>,
    /// The measures that cut each customer, as an index in `reasons`.
    pub reason_of: Vec<u32>,
    pub reasons: Vec<Cutting>,
    /// Gas that could have been delivered by it and that nobody took, by outer district ([`None`] for the main urban area).
    pub unused: BTreeMap<Option<u32>, u64>,
    /// What came back of it in the hours that are past, by index in [`City::customers`]; empty where nothing came back.
    pub back: Vec<u64>,
    /// The same in sums, if anything came back at all.
    pub returned: Option<RestoredPast>,
    /// What its stops move from their hours to others of the day, by index in [`City::customers`].
    pub moves: Vec<u64>,
    /// What each block, by id, has given up under rotation so far.
    pub turns: BTreeMap<String, u64>,
    /// What each customer, by id, has given up so far under measures that share by list.
    pub listed: BTreeMap<String, u64>,
}

/// One way in which the order in force cuts customers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cutting {
    pub measures: Vec<String>,
    /// Of each of them the clause; empty of what is no measure.
    pub clauses: Vec<String>,
    pub off: Hours,
}

impl Past {
    /// What the forecast asks for in the rest of the day, given that of the whole day.
    pub(crate) fn left(&self, customer: u32, demand: u64) -> u64 {
        demand.saturating_sub(self.demand.get(customer as usize).copied().unwrap_or(0))
    }

    /// The city as it is for a whole day, from what it is for the rest of one.
    pub(crate) fn city_of_the_day<'a>(&self, city: &'a City) -> Cow<'a, City> {
        let mut city = Cow::Borrowed(city);
        if city.links.is_some() {
            let links = city.to_mut().links.iter_mut().flatten();
            links.zip(&self.links).for_each(|(link, whole)| link.capacity = M3(*whole));
        }
        city
    }

    /// Demand over the day as it turns out: the forecast, and what was taken above it so far.
    pub(crate) fn over_the_day(&self, customer: u32, demand: u64) -> u64 {
        let of = |list: &[u64]| list.get(customer as usize).copied().unwrap_or(0);
        demand + of(&self.taken).saturating_sub(of(&self.demand))
    }

    /// What a customer did not take of its forecast in the hours that are past, in m3.
    pub(crate) fn missed(&self, customer: u32) -> u64 {
        let of = |list: &[u64]| list.get(customer as usize).copied().unwrap_or(0);
        of(&self.demand).saturating_sub(of(&self.taken))
    }

    /// Gas that could have been delivered to an outer district ([`None`]: the main urban area) by the order in force and that nobody took.
    pub(crate) fn unused(&self, area: Option<u32>) -> u64 {
        self.order.as_ref().and_then(|order| order.unused.get(&area)).copied().unwrap_or(0)
    }

    /// Whether a measure cuts a customer already by the order in force.
    pub(crate) fn is_cut_by(&self, customer: u32, measure: &str) -> bool {
        self.cutting(customer).is_some_and(|cutting| cutting.measures.iter().any(|id| id == measure))
    }

    /// What stops have moved from before the hour to after it, in m3.
    pub(crate) fn moved(&self, customer: u32) -> u64 {
        self.moved.get(customer as usize).map_or(0, |(volume, _)| *volume)
    }

    /// How a customer is cut by the order in force.
    pub(crate) fn cutting(&self, customer: u32) -> Option<&Cutting> {
        let order = self.order.as_ref()?;
        order.reasons.get(*order.reason_of.get(customer as usize)? as usize)
    }

    /// The hours in which a customer is off by the order in force.
    pub(crate) fn off(&self, customer: u32) -> Hours {
        self.cutting(customer).map_or(Hours::NONE, |cutting| cutting.off)
    }

    /// What the pipes of some districts hold at the hour above what must be in them at the end of the day, in whole m3, rounded up.
    pub(crate) fn drawable(&self, city: &City, districts: &[u32]) -> u64 {
        let above = |at: &u32| {
            let (district, level) = (city.districts.get(*at as usize)?, self.linepack.get(*at as usize).copied()??);
            let end = district.linepack.unwrap_or_default().less(district.linepack_draw.unwrap_or_default());
            Some(level.saturating_sub(end.get() * super::MICRO))
        };
        districts.iter().filter_map(above).sum::<u64>().div_ceil(super::MICRO)
    }

    /// How many hours are past.
    pub(crate) fn hours(&self) -> u32 {
        shown(&self.clock, self.elapsed) as u32
    }

    /// The hours of the rest in which somebody who needs so many hours of notice cannot be cut yet.
    pub(crate) fn too_soon(&self, notice: u32) -> Hours {
        let rest = self.clock.iter().filter(|hour| !self.elapsed.has(**hour));
        rest.take(notice as usize).fold(Hours::NONE, |soon, next| soon.with(hour(*next)))
    }

    /// The part of a profile's rest that is left after so many hours of notice.
    pub(crate) fn after_notice(&self, city: &City, profile: Option<u32>, notice: u32) -> Fraction {
        let remaining = ALL.without(self.elapsed);
        let part = part(city, &self.clock, profile, remaining.without(self.too_soon(notice)), remaining);
        part.unwrap_or_else(|| Fraction::new(0, 1))
    }
}

/// Every clock hour.
pub(crate) const ALL: Hours = Hours::NONE.inverted();

/// One clock hour.
pub(super) fn hour(hour: u8) -> Hours {
    Hours::between(hour, hour + 1).unwrap_or(Hours::NONE)
}

/// How many hours of a day some clock hours are: one that the clock shows twice is two, one that it leaves out is none.
fn shown(clock: &[u8], hours: Hours) -> usize {
    clock.iter().filter(|hour| hours.has(**hour)).count()
}

fn weight(city: &City, clock: &[u8], profile: Option<u32>, hours: Hours) -> u128 {
    match profile.and_then(|profile| city.profiles.get(profile as usize)) {
        Some(profile) => {
            let own = clock.iter().filter(|hour| hours.has(**hour));
            own.filter_map(|hour| profile.shares.get(usize::from(*hour))).map(|share| share.atto()).sum()
        }
        None => shown(clock, hours) as u128,
    }
}

/// The part of a profile's gas in some hours that falls into others among them; `None` if it takes nothing in them.
pub(super) fn part(city: &City, clock: &[u8], profile: Option<u32>, within: Hours, of: Hours) -> Option<Fraction> {
    let whole = weight(city, clock, profile, of);
    (whole > 0).then(|| Fraction::new(weight(city, clock, profile, within), whole))
}

/// A part of a volume, to the nearest whole m3, halves up.
pub(super) fn nearest(volume: u64, of: Fraction) -> u64 {
    let (floor, rest) = mul_div(u128::from(volume), of.numerator(), of.denominator());
    let up = rest >= of.denominator() - rest;
    u64::try_from(floor + u128::from(up)).unwrap_or(u64::MAX).min(volume)
}

/// What of each customer's volume falls into some hours, of those it is spread over: to a whole m3 by carry among customers
/// of one district, company and profile, in the order of their ids.
pub(super) fn spread(city: &City, clock: &[u8], volumes: &[u64], within: Hours, of: Hours) -> Vec<u64> {
    let mut carried: HashMap<(u32, u32, Option<u32>), (u64, u64)> = HashMap::new();
    let mut parts: HashMap<Option<u32>, Fraction> = HashMap::new();
    let spread = city.customers.iter().zip(volumes).map(|(customer, volume)| {
        let profile = customer.profile;
        let whole = || part(city, clock, profile, within, of).unwrap_or_else(|| Fraction::new(1, 1));
        let share = *parts.entry(profile).or_insert_with(whole);
        let (sum, given) = carried.entry((customer.district, customer.company, profile)).or_default();
        *sum += volume;
        let until = nearest(*sum, share);
        let own = until.saturating_sub(*given).min(*volume);
        *given = until;
        own
    });
    spread.collect()
}

/// A slice of a customer as far as its hours matter: best served first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub size: u64,
    /// Where only some hours are its own: the part of them that is past.
    pub past: Option<Fraction>,
}

/// How a customer's slices fall into past and rest.
#[derive(Debug)]
pub(super) struct Split {
    /// What of each piece is past, for those with hours of their own.
    windows: Vec<u64>,
    /// What of the others together is past, and how much they are.
    past: u64,
    whole: u64,
}

impl Split {
    /// `past` is what the forecast asks for in the past, at most the pieces' sum.
    pub fn new(pieces: &[Piece], past: u64) -> Self {
        let sum: u64 = pieces.iter().map(|piece| piece.size).sum();
        let (mut past, mut rest) = (past.min(sum), sum.saturating_sub(past));
        let mut windows = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let own = piece.past.map_or(0, |of| nearest(piece.size, of));
            // What is past lies in the past, and what is not in the rest.
            let own = own.min(past).max(piece.size.saturating_sub(rest));
            if piece.past.is_some() {
                past = past.saturating_sub(own);
                rest = rest.saturating_sub(piece.size - own.min(piece.size));
            }
            windows.push(own);
        }
        Self { windows, past, whole: past + rest }
    }

    /// What remains of the first so many m3 of the pieces without hours of their own, counted from the best.
    pub fn rest_of(&self, upto: u64) -> u64 {
        match self.whole {
            0 => 0,
            whole => upto - nearest(upto, Fraction::new(u128::from(self.past), u128::from(whole))),
        }
    }

    /// What remains of each piece.
    pub fn rests(&self, pieces: &[Piece]) -> Vec<u64> {
        let mut upto = 0;
        let rest = |(piece, own): (&Piece, &u64)| match piece.past {
            Some(_) => piece.size.saturating_sub(*own),
            None => {
                let before = self.rest_of(upto);
                upto += piece.size;
                self.rest_of(upto) - before
            }
        };
        pieces.iter().zip(&self.windows).map(rest).collect()
    }

    /// What remains of what the pieces get.
    pub fn rest_of_served(&self, pieces: &[Piece], served: &[u64]) -> u64 {
        let (mut plain, mut rest) = (0, 0);
        for ((piece, own), served) in pieces.iter().zip(&self.windows).zip(served) {
            match piece.past {
                None => plain += served,
                Some(_) if piece.size == 0 => {}
                Some(_) => {
                    rest += served - nearest(*served, Fraction::new(u128::from(*own), u128::from(piece.size)));
                }
            }
        }
        rest + self.rest_of(plain)
    }
}

/// What remains of slices of which each has so much of itself, in units of 10^-18, in the hours that are past: whole m3, of which `gone`
/// are past together. Best served first.
pub(super) fn rests(slices: &[(u64, u128)], gone: u64) -> Vec<u64> {
    let upto = |slices: &[(u64, u128)]| slices.iter().map(|(size, part)| u128::from(*size) * part).sum::<u128>();
    let (all, mut behind) = (upto(slices), slices.iter().map(|(size, _)| size).sum::<u64>());
    let gone = gone.min(behind);
    let mut before = 0;
    let rest = |(at, (size, _)): (usize, &(u64, u128))| {
        behind -= size;
        let until = match all {
            0 => 0,
            all => nearest_of(gone, upto(&slices[..=at]), all),
        };
        // What is past lies in the slices, and no slice has more of it than it is large.
        let own = until.max(gone.saturating_sub(behind)).saturating_sub(before).min(*size);
        before += own;
        size - own
    };
    slices.iter().enumerate().map(rest).collect()
}

fn nearest_of(volume: u64, part: u128, of: u128) -> u64 {
    let (floor, rest) = mul_div(u128::from(volume), part, of);
    u64::try_from(floor + u128::from(rest >= of - rest)).unwrap_or(u64::MAX)
}

/// Whether a rank of an earlier revision is its past.
pub(super) fn is_past(measure: Option<&str>) -> bool {
    measure == Some(PAST)
}
