//! Noon: from a day and what is past of it to the day that remains, which is then decided like any other.
//!
//! What is past is fixed: each customer's gas before the hour is what it took ([`City::actuals_on`]), else what the order of the day
//! gave it for those hours, else its forecast. The rest of the day is a day of its own (`decide/past.rs`): demand, floors and
//! slices less their past, sources less what they gave, links in proportion to the hours. Level and `k` come from the whole
//! day, where gas that was not delivered counts as short. The order in force is kept where an equally good decision may.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

pub use super::revised::{ChangeKind, Changed, changes};

use super::given::{self, Before};
use super::past::{self, ALL, Cutting, Figures, InForce, Past, Piece, Split, is_past};
use super::restore::Back;
use super::{Day, DecideMessage as M, Decision, Kind, hourly, rebound, returned};
use crate::city::{City, Metered};
use crate::policy::{Cut, Measure, Policies, Policy, Sharing};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::{Hours, M3};

/// What a day is decided again from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Revision<'a> {
    /// The clock hour, inside the gas day, from which on it is decided again.
    pub at: u8,
    /// The order in force, with its slices, and its name in the record; without one everybody had its demand.
    pub order: Option<(&'a Decision, &'a str)>,
    /// What came back of the order since it was issued, which counts as ordered, and in how many restorations.
    pub restored: (&'a [Back], u32),
    /// Whether the day's supply is what remains of it, and not the whole day's.
    pub remaining_supply: bool,
    /// Whether the outer districts join the urban balance.
    pub unified: bool,
}

impl Revision<'_> {
    /// A revision from a clock hour on, of a day without an order.
    pub const fn at(at: u8) -> Self {
        Self { at, order: None, restored: (&[], 0), remaining_supply: false, unified: false }
    }
}

/// What remains of a day, and the city that it is decided in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rest<'a> {
    /// The city, its links as they are for the rest of the day.
    pub city: Cow<'a, City>,
    /// The day: its demand is the whole day's still, and [`Day::past`] says what of it is gone.
    pub day: Day,
}

impl<'a> Rest<'a> {
    /// All of a day.
    pub const fn whole(city: &'a City, day: Day) -> Self {
        Self { city: Cow::Borrowed(city), day }
    }
}

/// What remains of a day from an hour on.
///
/// # Errors
/// An hour that does not lie inside the gas day, a city that is decided by the hour, an order that does not say who gets what
/// or that was made for a later hour.
pub fn rest<'a>(
    city: &'a City,
    policies: &Policies,
    mut day: Day,
    revision: Revision<'_>,
) -> Result<Rest<'a>, Problems> {
    let start = city.settings.gas_day_start;
    let refused = |message: M| Problems::from(Problem::error(Place::whole(Origin::memory("--at")), message));
    // From the beginning of the day on nothing is past.
    let elapsed = if revision.at == start { Some(Hours::NONE) } else { Hours::between(start, revision.at) };
    let elapsed = elapsed.filter(|_| revision.at < 24);
    let elapsed = elapsed.ok_or_else(|| refused(M::NotInside { at: clock(revision.at), start: clock(start) }))?;
    // Where the clock is put forward an hour is missing; where it is put back one comes twice, and the first of the two is meant.
    let shown = day.clock(city);
    if !shown.contains(&revision.at) {
        return Err(refused(M::NoSuchHour { at: clock(revision.at), date: day.date.to_string() }));
    }
    let known = shown.iter().fold(Hours::NONE, |known, one| known.with(past::hour(*one)));
    let elapsed = elapsed.common(known);
    let demand: Vec<u64> = day.demand.iter().map(|demand| demand.get()).collect();
    let mut forecast = past::spread(city, &shown, &demand, elapsed, ALL);
    let (mut moved, mut moved_by) = (Vec::new(), Vec::new());
    let (ordered, order) = match revision.order {
        None => (forecast.clone(), None),
        Some((decision, id)) => {
            // What a stop took that ran before, and that comes back later, is not past.
            let gone = decision.revision.as_ref().and_then(|earlier| hour_of(&earlier.at));
            let gone = gone.and_then(|at| Hours::between(start, at)).unwrap_or(Hours::NONE);
            let moves = rebound::moved(city, policies, (&day, decision), revision.unified, [elapsed, gone])?;
            forecast.iter_mut().zip(&moves.before[0]).for_each(|(past, (moved, _))| *past -= (*past).min(*moved));
            let (mut ordered, mut order) =
                in_force(city, policies, (decision, id), (elapsed, &shown), &forecast, &moves.before)
                    .map_err(refused)?;
            (order.moves, moved_by) = (moves.all, moves.told);
            returned::count(city, policies, &day, elapsed, &forecast, revision.restored, (&mut ordered, &mut order));
            [moved, _] = moves.before;
            (ordered, Some(order))
        }
    };
    let mut past = Past {
        at: revision.at,
        elapsed,
        clock: shown,
        demand: forecast,
        taken: Vec::new(),
        ordered,
        given: Vec::new(),
        links: city.links.iter().flatten().map(|link| link.capacity.get()).collect(),
        supply: day.supply.clone(),
        moved,
        moved_by,
        linepack: Vec::new(),
        linepack_read: Vec::new(),
        remaining_supply: revision.remaining_supply,
        order,
        figures: Figures::default(),
    };
    taken(city, &day, &mut past);
    let mut before = Before::default();
    let order = revision.order.map(|(order, _)| order);
    if city.settings.hourly {
        let levels = hourly::levels(city, &day, revision.at, order);
        before.planned = hourly::planned(city, elapsed, order);
        before.start = levels.iter().map(|level| level.map(|level| level.start)).collect();
        before.told = levels.iter().map(|level| level.map(|level| level.told)).collect();
        past.linepack_read = levels.iter().map(|level| level.is_some_and(|level| level.read.is_some())).collect();
        past.linepack = levels.iter().map(|level| level.map(|level| level.read.unwrap_or(level.told))).collect();
    } else if city.links.is_some() {
        before.planned = given::planned_on_network(city, (elapsed, &past.clock), order);
    }
    given::given(city, &day, &mut past, revision.unified, &before);
    if !revision.remaining_supply {
        for (volume, given) in day.supply.iter_mut().zip(&past.given) {
            let Some(volume) = volume else { continue };
            past.figures.overdrawn += u64::from(given.volume > volume.get());
            *volume = volume.less(M3(given.volume));
        }
    }
    let hours = day.clock(city).len() as u64;
    let left = hours.saturating_sub(past.hours().into());
    let mut city = Cow::Borrowed(city);
    // By the hour a link has its hours still, each with what it can carry.
    if city.links.is_some() && !city.settings.hourly {
        // A capacity is a rate: what was not used of it is not there later.
        for link in city.to_mut().links.iter_mut().flatten() {
            link.capacity = M3((u128::from(link.capacity.get()) * u128::from(left) / u128::from(hours.max(1))) as u64);
        }
    }
    day.past = Some(past);
    Ok(Rest { city, day })
}

/// An hour as a clock shows it.
pub(crate) fn clock(hour: u8) -> String {
    format!("{hour:02}:00")
}

/// The hour that a clock shows, if it is a whole one.
pub(crate) fn hour_of(clock: &str) -> Option<u8> {
    let (hour, minutes) = clock.split_once(':')?;
    let plain = (1..=2).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit()) && minutes == "00";
    hour.parse().ok().filter(|hour| plain && *hour < 24)
}

/// The clause of each measure at a level; empty of what is no measure.
fn clauses(policy: &Policy, level: usize, measures: &[String]) -> Vec<String> {
    let of = |id: &String| {
        let measure = policy.measures.iter().find(|measure| measure.id == *id);
        let action = measure.and_then(|measure| measure.at.get(level)?.as_ref());
        action.map_or_else(String::new, |action| action.basis.clause.clone())
    };
    measures.iter().map(of).collect()
}

/// Where the measures in force by an order stand among the actions of its policy; `None` if none is.
pub(super) fn standing(policy: &Policy, order: &Decision) -> Option<usize> {
    let always = policy.levels.is_empty().then_some(0);
    always.or_else(|| policy.level(&order.level.as_ref()?.id))
}

/// The hours of a measure that stops its customers by the clock.
pub(super) fn stop_hours(measure: &Measure, level: usize) -> Option<Hours> {
    match measure.at.get(level)?.as_ref()?.cut {
        Cut::Stop { hours, .. } => Some(hours),
        _ => None,
    }
}

/// What the order in force had for the hours that are past, by customer, and what it leaves for the rest.
fn in_force(
    city: &City,
    policies: &Policies,
    (decision, id): (&Decision, &str),
    (elapsed, shown): (Hours, &[u8]),
    forecast: &[u64],
    moved: &[Vec<(u64, Hours)>; 2],
) -> Result<(Vec<u64>, InForce), M> {
    // Of an order that was itself made for a later hour than the day's first, only what is not its past was spread since.
    let (mut gone, start) = (Hours::NONE, city.settings.gas_day_start);
    if let Some(earlier) = &decision.revision {
        gone = hour_of(&earlier.at).and_then(|at| Hours::between(start, at)).unwrap_or(Hours::NONE);
    }
    // An hour that the clock leaves out is not past, and was not then.
    let known = shown.iter().fold(Hours::NONE, |known, one| known.with(past::hour(*one)));
    if gone.common(known).without(elapsed) != Hours::NONE {
        let at = decision.revision.as_ref().map_or_else(String::new, |earlier| earlier.at.clone());
        return Err(M::OrderFromLater { id: id.to_owned(), at });
    }
    let (since, open) = (elapsed.without(gone), ALL.without(gone));
    let mut all = vec![Vec::<(Piece, u64, Option<&Measure>)>::new(); city.customers.len()];
    let mut order = InForce { id: id.to_owned(), reason_of: vec![u32::MAX; all.len()], ..InForce::default() };
    let mut before = vec![0; all.len()];
    let mut spread = vec![0; all.len()];
    let mut known = vec![false; all.len()];
    let mut by_hour = BTreeMap::new();
    for part in std::iter::once(decision).chain(&decision.areas) {
        let detail = part.detail.as_ref().filter(|detail| !detail.slices.is_empty() || detail.customers.is_empty());
        let detail = detail.ok_or(M::WithoutDetail {})?;
        let area = part.area.as_deref().and_then(|id| city.districts.get(city.district(id)?));
        let of_area = part.area.as_deref().and_then(|id| city.district(id)).map(|at| at as u32);
        order.unused.insert(of_area, part.totals.unused_m3.get());
        let policy: &Policy = match area {
            Some(district) => policies.named(district.policy.as_deref()),
            None => &policies.main,
        };
        let standing = standing(policy, part);
        order.levels.extend(standing.map(|level| (of_area, level)));
        let level = standing.unwrap_or(0);
        let measure = |id: &str| policy.measures.iter().find(|measure| measure.id == id);
        let at: Vec<Option<usize>> = detail.customers.iter().map(|share| city.customer(&share.customer_id)).collect();
        let early = hourly::ordered_before(part, since);
        by_hour.extend(early.into_iter().filter_map(|(row, volume)| Some(((*at.get(row as usize)?)? as u32, volume))));
        for (share, at) in detail.customers.iter().zip(&at) {
            let Some(at) = *at else { continue };
            known[at] = true;
            if let Some(slot) = order.reason_of.get_mut(at) {
                *slot = order.reasons.len() as u32 + share.reason;
            }
        }
        for slice in &detail.slices {
            let Some(at) = at.get(slice.customer as usize).copied().flatten() else { continue };
            let Some(rank) = part.by_rank.get((slice.rank as usize).wrapping_sub(1)) else { continue };
            let id = rank.measure.as_deref();
            if is_past(id) {
                before[at] += slice.served_m3.get();
                continue;
            }
            let found = id.and_then(measure);
            let own = found.filter(|_| rank.kind != Kind::Firm).and_then(|measure| stop_hours(measure, level));
            let profile = city.customers.get(at).and_then(|customer| customer.profile);
            let of = own.and_then(|own| past::part(city, shown, profile, own.common(since), own.common(open)));
            spread[at] += slice.size_m3.get();
            all[at].push((Piece { size: slice.size_m3.get(), past: of }, slice.served_m3.get(), found));
        }
        order.reasons.extend(detail.reasons.iter().map(|reason| Cutting {
            measures: reason.measures.clone(),
            clauses: clauses(policy, level, &reason.measures),
            off: reason.off.and_then(|(from, until)| Hours::between(from, until)).unwrap_or(Hours::NONE),
        }));
        let blocks = part.rotation.iter().flat_map(|rotation| &rotation.blocks);
        order.blocks.extend(blocks.filter_map(|id| city.district(id)).map(|at| at as u32));
        if let Some(earlier) = &part.revision {
            for (block, cut) in &earlier.turns {
                *order.turns.entry(block.clone()).or_default() += cut.get();
            }
            for (customer, cut) in &earlier.listed {
                *order.listed.entry(customer.clone()).or_default() += cut.get();
            }
        }
    }
    // What stops have moved since the order began is not past either; what they had moved before comes back in hours of its own.
    spread.iter_mut().zip(&moved[1]).for_each(|(volume, (moved, _))| *volume = volume.saturating_sub(*moved));
    let parts = past::spread(city, shown, &spread, since, open);
    let mut ordered = Vec::with_capacity(all.len());
    for (at, slices) in all.iter().enumerate() {
        if !known[at] {
            // Somebody new: nothing was ordered of it.
            let demand = forecast.get(at).copied().unwrap_or(0);
            ordered.push(demand);
            order.rest.push(u64::MAX);
            continue;
        }
        let pieces: Vec<Piece> = slices.iter().map(|(piece, ..)| *piece).collect();
        let served: Vec<u64> = slices.iter().map(|(_, served, _)| *served).collect();
        let part = (parts[at] + moved[1][at].0).saturating_sub(moved[0][at].0);
        let split = Split::new(&pieces, part);
        let rest = split.rest_of_served(&pieces, &served);
        // By the hour the order itself says what a customer that is cut gets when.
        let all: u64 = served.iter().sum();
        let rest = by_hour.get(&(at as u32)).map_or(rest, |earlier| all.saturating_sub(*earlier));
        ordered.push(before[at] + all - rest);
        order.rest.push(rest);
        let mut upto = 0;
        for (piece, served, measure) in slices {
            let whole = upto + piece.size;
            let customer = city.customers.get(at);
            if let (Some(measure), Some(customer), true) =
                (measure, customer, piece.past.is_none() && *served < piece.size)
            {
                let earlier = piece.size - served - (split.rest_of(whole) - split.rest_of(upto + served));
                let block = city.districts.get(customer.district as usize).filter(|_| measure.rotates && earlier > 0);
                if let Some(block) = block {
                    *order.turns.entry(block.id.to_string()).or_default() += earlier;
                }
                if measure.sharing == Sharing::List && earlier > 0 {
                    *order.listed.entry(customer.id.to_string()).or_default() += earlier;
                }
            }
            upto = if piece.past.is_none() { whole } else { upto };
        }
    }
    Ok((ordered, order))
}

/// The figures of one meter in the hours that are past.
#[derive(Clone, Copy, Default)]
pub(super) struct Meter {
    pub hours: Hours,
    pub volume: u64,
}

pub(super) fn meters(city: &City, day: &Day, elapsed: Hours) -> BTreeMap<Metered, Meter> {
    let mut meters: BTreeMap<Metered, Meter> = BTreeMap::new();
    for actual in city.actuals_on(day.date) {
        let Some(hour) = actual.hour.filter(|hour| elapsed.has(*hour)) else { continue };
        let meter = meters.entry(actual.who).or_default();
        meter.hours = meter.hours.with(Hours::between(hour, hour + 1).unwrap_or(Hours::NONE));
        meter.volume += actual.volume.get();
    }
    meters
}

/// What each customer took: by its own figures, else by its district's, else as ordered. Hours without a figure count as ordered.
fn taken(city: &City, day: &Day, past: &mut Past) {
    let meters = meters(city, day, past.elapsed);
    let ordered_in = |past: &Past, at: usize, hours: Hours| {
        let ordered = past.ordered.get(at).copied().unwrap_or(0);
        let profile = city.customers.get(at).and_then(|customer| customer.profile);
        let off = past.off(at as u32);
        let on = past::part(city, &past.clock, profile, hours.without(off), past.elapsed.without(off));
        let of = on.or_else(|| past::part(city, &past.clock, profile, hours, past.elapsed));
        of.map_or(0, |of| past::nearest(ordered, of))
    };
    let mut taken = past.ordered.clone();
    let mut own = vec![false; taken.len()];
    let mut homes: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, customer) in city.customers.iter().enumerate() {
        homes.entry(customer.district).or_default().push(at);
    }
    let mut figures = Figures::default();
    for (who, meter) in &meters {
        let Metered::Customer(customer) = who else { continue };
        let at = *customer as usize;
        let missing = past.elapsed.without(meter.hours);
        taken[at] = meter.volume + if missing == Hours::NONE { 0 } else { ordered_in(past, at, missing) };
        own[at] = true;
        figures.metered += 1;
        figures.in_part += u64::from(missing != Hours::NONE);
    }
    for (who, meter) in &meters {
        let Metered::District(district) = who else { continue };
        let members = homes.get(district).map_or(&[][..], Vec::as_slice);
        let missing = past.elapsed.without(meter.hours);
        let mut volume = meter.volume;
        if missing != Hours::NONE {
            volume += members.iter().map(|at| ordered_in(past, *at, missing)).sum::<u64>();
        }
        let (metered, others): (Vec<usize>, Vec<usize>) = members.iter().partition(|at| own[**at]);
        let left = volume.saturating_sub(metered.iter().map(|at| taken[*at]).sum());
        // Where nothing was ordered, whoever took something did so in proportion to the forecast.
        for by in [&past.ordered, &past.demand] {
            let weights: Vec<M3> = others.iter().map(|at| M3(by[*at])).collect();
            if let Some(shares) = super::whatif::scale(&weights, M3(left)) {
                others.iter().zip(shares).for_each(|(at, share)| taken[*at] = share.get());
                figures.by_district += others.iter().filter(|at| !day.demand[**at].is_zero()).count() as u64;
                break;
            }
        }
        others.iter().for_each(|at| own[*at] = true);
    }
    figures.assumed = own.iter().zip(&day.demand).filter(|(own, demand)| !**own && !demand.is_zero()).count() as u64;
    past.taken = taken;
    past.figures = figures;
}
