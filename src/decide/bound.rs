//! What somebody asks for and gets hour by hour, and what binds in the hours in which it is short.

use std::collections::BTreeMap;

use super::allocate::{Cell, exact};
use super::hourly::{Barred, Limit, NEARLY, Ways};
use super::inside;
use super::probe::{Held, InHours, Probe, Shared};
use super::{Kind, failed};
use crate::problem::Problems;
use crate::units::{Decimal, Milli, mul_div};

/// Somebody's hours, with level, slices and blocks held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OwnHours {
    /// What it asks for in each hour of the gas day, before any stop.
    pub demand: Vec<Milli>,
    /// What it gets.
    pub served: Vec<Milli>,
    /// In each rank, from 1, in which it lacks gas: the hours, and what binds in them.
    pub bound: Vec<(u32, Vec<InTheseHours>)>,
}

/// Hours, by their place in the day, in which the same limits bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InTheseHours {
    pub hours: Vec<usize>,
    pub barred: Barred,
}

impl Probe<'_> {
    /// The hours of these customers (by index in the city, sorted), at the day's supply; `None` where the day is decided as a
    /// whole.
    pub(crate) fn own_hours(
        &self,
        who: &[u32],
        level: Option<usize>,
        blocks: &[String],
    ) -> Result<Option<OwnHours>, Problems> {
        if self.hourly.is_none() {
            return Ok(None);
        }
        let held = self.hold(self.plan(level, blocks));
        let Some(InHours { hourly, .. }) = held.in_hours else { return Ok(None) };
        let shared = self.share(&held, &self.volumes()).map_err(failed)?;
        let mut served = vec![0u128; hourly.pipes.hours];
        let mut demand = served.clone();
        self.add_served(&held, &shared, who, &mut served);
        for (at, i) in self.scope.customers.iter().enumerate().filter(|(at, _)| self.is_of(*at as u32, who)) {
            let spread = hourly.clock.profile(self.prepared.city.customers[*i as usize].profile);
            let volume = u128::from(self.day.demand[self.scope.customers[at] as usize].get());
            demand.iter_mut().zip(spread).for_each(|(sum, share)| *sum += u128::from(*share) * volume);
        }
        let told = |volumes: &[u128]| volumes.iter().copied().map(thousandths).collect();
        let bound = self.bound(&held, &self.volumes(), who);
        Ok(Some(OwnHours { demand: told(&demand), served: told(&served), bound }))
    }

    /// What these customers' slices get in each hour, in units of 10^-18 m3. Where whole customers are stopped one after another,
    /// what one keeps of its day is spread as its demand is.
    fn add_served(&self, held: &Held<'_>, shared: &Shared, who: &[u32], served: &mut [u128]) {
        let (Some(InHours { hourly, .. }), Some(by_hour)) = (&held.in_hours, &shared.by_hour) else { return };
        let shares = super::Shares { cells: shared.cells.clone(), ranks: Vec::new() };
        let (of_the_day, _) = inside::share(&held.plan, &held.cut, &held.cells, &shares, Some(by_hour));
        let own = held.cut.slices.iter().zip(of_the_day).filter(|(slice, _)| self.is_of(slice.customer, who));
        for (slice, kept) in own {
            let (at, spread) = (slice.customer as usize, &held.cut.spreads[slice.spread as usize]);
            let (district, company) = (self.scope.district_of[at], self.scope.company(at));
            let cell = Cell { rank: slice.rank, district, company, size: 0 };
            let listed = self.is_list(held, slice.rank);
            for (hour, size, got) in by_hour.hours(hourly, &cell) {
                let asked = u128::from(spread[hour]) * u128::from(slice.size);
                let (part, of) = if listed { (kept, slice.size) } else { (got, size) };
                if let Some(sum) = served.get_mut(hour) {
                    *sum += mul_div(asked, u128::from(part), u128::from(of.max(1))).0;
                }
            }
        }
    }

    /// What binds in each rank and hour in which these customers lack gas, at a supply.
    pub(super) fn bound(&self, held: &Held<'_>, supply: &[u64], who: &[u32]) -> Vec<(u32, Vec<InTheseHours>)> {
        let Some(InHours { hourly, cells, .. }) = &held.in_hours else { return Vec::new() };
        let supply = hourly.pipes.supply(supply);
        // By a network of its own: what links carry is told as if it were the first question.
        let Ok(mut exact) = exact::Prepared::new(&hourly.pipes.reach) else { return Vec::new() };
        let served = exact.share(&supply, cells).cells;
        let ways = Ways::new(hourly, &supply, cells, &served, &exact.flows());
        let mut by_hour: BTreeMap<(u32, usize), Vec<Barred>> = BTreeMap::new();
        for at in self.cells_of(held, who).in_hours.into_iter().filter(|at| served[*at] + NEARLY <= cells[*at].size) {
            let hour = cells[at].district as usize / hourly.pipes.districts;
            let (found, barred) = (by_hour.entry((cells[at].rank, hour)).or_default(), ways.barred(at));
            // In several districts each of many may do alone; what does only together stays together.
            match found.iter_mut().find(|known| **known == barred || (known.alone && barred.alone)) {
                Some(known) => known.join(barred),
                None => found.push(barred),
            }
        }
        let mut bound: Vec<(u32, Vec<InTheseHours>)> = Vec::new();
        for ((rank, hour), all) in by_hour {
            if bound.last().is_none_or(|(last, _)| *last != rank) {
                bound.push((rank, Vec::new()));
            }
            let Some((_, found)) = bound.last_mut() else { continue };
            for barred in all {
                match found.iter_mut().find(|known| known.barred == barred) {
                    Some(known) => known.hours.push(hour),
                    None => found.push(InTheseHours { hours: vec![hour], barred }),
                }
            }
        }
        bound
    }

    /// Whether a rank stops whole customers one after another.
    pub(super) fn is_list(&self, held: &Held<'_>, rank: u32) -> bool {
        let rank = &held.cut.ranks[rank as usize];
        let sharing = rank.measure.and_then(|at| self.scope.policy.measures.get(at)).map(|measure| measure.sharing);
        rank.kind == Kind::Authorised && sharing == Some(crate::policy::Sharing::List)
    }

    /// How much a limit is. `None` of pipes that keep no gas.
    pub(crate) fn most(&self, limit: Limit) -> Option<Milli> {
        let hourly = self.hourly.as_ref()?;
        let city = self.prepared.city;
        let capacity = |arc: Option<&usize>| {
            let links = &hourly.pipes.reach.network.as_ref()?.links;
            Some(Milli(links.get(*arc?)?.capacity / 1_000))
        };
        let pipes = |at: usize| {
            let district = city.districts.get(*self.scope.districts.get(at)? as usize)?;
            (district.linepack.is_some() || district.linepack_max.is_some()).then_some(district)
        };
        let whole = |volume: crate::units::M3| Milli(volume.get() * 1_000);
        match limit {
            Limit::SourceInHour(at) => capacity(hourly.pipes.source_arcs.get(at).and_then(|arcs| arcs.first())),
            Limit::Link(at) => capacity(hourly.pipes.link_arcs.get(at).and_then(|arcs| arcs.iter().flatten().next())),
            Limit::Source(at) => Some(whole(
                self.day.supply.get(*self.scope.sources.get(at)? as usize).copied().flatten().unwrap_or_default(),
            )),
            Limit::PackLeast(at) => Some(whole(pipes(at)?.linepack_min.unwrap_or_default())),
            Limit::PackMost(at) => {
                let district = pipes(at)?;
                Some(whole(district.linepack_max.or(district.linepack).unwrap_or_default()))
            }
            Limit::PackEnd(at) => {
                let district = pipes(at)?;
                let draw = district.linepack_draw.unwrap_or_default();
                Some(whole(district.linepack.unwrap_or_default().less(draw)))
            }
        }
    }

    /// What a limit is of: a link, a source or a district of the city, by index there.
    pub(crate) fn place(&self, limit: Limit) -> Option<usize> {
        let (list, at) = match limit {
            Limit::SourceInHour(at) | Limit::Source(at) => (&self.scope.sources, at),
            Limit::Link(at) => (&self.scope.links, at),
            Limit::PackLeast(at) | Limit::PackMost(at) | Limit::PackEnd(at) => (&self.scope.districts, at),
        };
        list.get(at).map(|at| *at as usize)
    }

    /// What the clock shows at the beginning of each hour of the gas day.
    pub(crate) fn clock(&self) -> &[u8] {
        self.hourly.as_ref().map_or(&[], |hourly| &hourly.clock.hours)
    }
}

/// To the nearest thousandth of a m3.
fn thousandths(volume: u128) -> Milli {
    const ONE: u128 = Decimal::ONE.atto() / 1_000;
    Milli(((volume + ONE / 2) / ONE) as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::city::{City, CustomerRow, DistrictRow, LinkRow, ProfileRow, Settings, SupplyRow};
    use crate::decide::halving::least;
    use crate::decide::hourly::{Hourly, is_better_served};
    use crate::decide::{Day, Options, Prepared};
    use crate::policy::{Policies, Policy};
    use crate::units::M3;

    /// Districts by their linepack, customers by class, demand, profile and district, sources by volume and hourly limit, the
    /// capacities of the links from sources to a gate and from there to districts.
    type Town =
        (Vec<(u64, u64, u64)>, Vec<(usize, u64, bool, usize)>, Vec<(u64, Option<u64>)>, Option<Vec<(u64, u64)>>);

    fn town() -> impl Strategy<Value = Town> {
        let pack = (0..3u64, 0..300u64, 0..300u64);
        let customer = (0..3usize, 100..3_000u64, any::<bool>(), 0..2usize);
        let link = (0..9_000u64, 0..400u64);
        (
            proptest::collection::vec(pack, 2),
            proptest::collection::vec(customer, 2..7),
            proptest::collection::vec((0..6_000u64, proptest::option::of(20..200u64)), 1..3),
            proptest::option::of(proptest::collection::vec(link, 5)),
        )
    }

    /// What a town's pipes hold at the least, so that it can be lowered.
    const LEAST: u64 = 100_000;

    /// The town with limits eased by so many m3, in its rows.
    fn build((packs, customers, sources, links): &Town, policies: &Policies, eased: &[Limit], by: u64) -> City {
        let more = |limit: Limit| if eased.contains(&limit) { by } else { 0 };
        let mut rows = City::builder(Settings { hourly: true, ..Settings::default() });
        for hour in 0..24 {
            let share = if (18..20).contains(&hour) { "0.20" } else { "0.02727272727272727" };
            rows.add_profile(ProfileRow { profile: "evening", hour, share: share.parse().unwrap() });
        }
        let (districts, names) = (["a", "b"], ["c0", "c1", "c2", "c3", "c4", "c5"]);
        for (at, (id, (keeps, start, room))) in districts.iter().zip(packs).enumerate() {
            let mut row = DistrictRow { id, urban: true, ..DistrictRow::default() };
            if let Some(share) = start.checked_div(*keeps) {
                let least = LEAST - more(Limit::PackLeast(at));
                let (start, most) = (LEAST + start, LEAST + start + room + more(Limit::PackMost(at)));
                row.linepack = Some(M3(start));
                (row.linepack_min, row.linepack_max) = (Some(M3(least)), Some(M3(most)));
                // Nothing is drawn below the least.
                let draw = share + more(Limit::PackEnd(at));
                row.linepack_draw = Some(M3(draw.min(start - least)));
            }
            rows.add_district(row);
        }
        let plan = &policies.main;
        for (id, (class, demand, evening, district)) in names.iter().zip(customers) {
            let class = &plan.classes[*class % plan.classes.len()].id;
            let (profile, district) = (if *evening { "evening" } else { "" }, districts[*district]);
            let demand = M3(*demand);
            rows.add_customer(CustomerRow {
                id,
                class,
                demand,
                profile,
                district,
                company: "g",
                ..CustomerRow::default()
            });
        }
        let date = "2026-01-07".parse().unwrap();
        for (at, (source, (volume, most))) in ["s", "t"].iter().zip(sources).enumerate() {
            let volume = M3(volume + more(Limit::Source(at)));
            let max_h = most.map(|most| M3(most + more(Limit::SourceInHour(at))));
            rows.add_supply(SupplyRow { date, source, volume, max_h, company: None, area: None });
        }
        // In the order in which a balance has them.
        let ends = [("a", "b"), ("gate", "a"), ("gate", "b"), ("s", "gate"), ("t", "gate")];
        for (at, ((from, to), (day, hour))) in ends.iter().zip(links.iter().flatten()).enumerate() {
            if sources.len() > 1 || *from != "t" {
                let hour = M3(hour + more(Limit::Link(at)));
                rows.add_link(LinkRow { from, to, capacity: M3(*day), capacity_h: Some(hour) });
            }
        }
        rows.build(policies).unwrap_or_else(|problems| panic!("{problems}")).0
    }

    /// A town's hours, and what is served in them.
    struct Asked {
        hourly: Hourly,
        supply: Vec<u64>,
        cells: Vec<Cell>,
        served: Vec<u64>,
        ranks: Vec<u64>,
        flows: Vec<u64>,
    }

    fn decided(city: &City, policies: &Policies) -> Asked {
        let (day, _) = Day::on(city, "2026-01-07".parse().unwrap()).unwrap();
        let prepared = Prepared::new(policies, city, Options::default()).unwrap();
        let probe = Probe::new(&prepared, None, &day).unwrap();
        let held = probe.hold(probe.plan(None, &[]));
        let InHours { hourly, cells, .. } = held.in_hours.as_ref().unwrap();
        let supply = hourly.pipes.supply(&probe.volumes());
        let mut exact = exact::Prepared::new(&hourly.pipes.reach).unwrap();
        let shares = exact.share(&supply, cells);
        let (hourly, cells, flows) = ((*hourly).clone(), cells.clone(), exact.flows());
        Asked { hourly, supply, cells, served: shares.cells, ranks: shares.ranks, flows }
    }

    /// Whether so much more can come to a cell, while whoever comes before it keeps what he has.
    fn more_can_come(before: &Asked, eased: &Asked, own: usize, more: u64) -> bool {
        let (cell, got) = (before.cells[own], before.served[own]);
        let keeps = |(at, (other, served)): (usize, (&Cell, &u64))| {
            let better = is_better_served((other, *served), (&cell, got));
            let kept = other.rank < cell.rank || (other.rank == cell.rank && !better);
            let size = served + if at == own { more } else { 0 };
            (other.rank > 0 && kept && size > 0).then_some(Cell { size, ..*other })
        };
        let kept = before.cells.iter().zip(&before.served).enumerate().filter_map(keeps);
        let pipes = &eased.hourly.pipes;
        let cells: Vec<Cell> = pipes.ends.iter().copied().chain(kept).collect();
        let all = cells.iter().map(|cell| cell.size).sum::<u64>();
        exact::Prepared::new(&pipes.reach).unwrap().deliverable(&eased.supply, &cells) == all
    }

    /// Whether a decision gives more to the ranks up to a cell's, the best first, or as much, and more evenly.
    fn is_better(before: &Asked, after: &Asked, rank: u32) -> bool {
        let upto = 1..=rank as usize;
        let (had, has) = (&before.ranks[upto.clone()], &after.ranks[upto]);
        if had != has {
            return has > had;
        }
        let shares = |asked: &Asked| {
            let own = asked.cells.iter().zip(&asked.served).filter(|(cell, _)| cell.rank == rank);
            let mut shares: Vec<f64> = own.map(|(cell, served)| *served as f64 / cell.size as f64).collect();
            shares.sort_by(f64::total_cmp);
            shares
        };
        // A millionth of a m3 is a share of some hundredth of a m3 an hour at the least.
        let differs = shares(before).into_iter().zip(shares(after)).find(|(a, b)| (a - b).abs() > 1e-6);
        differs.is_none_or(|(had, has)| has > had)
    }

    /// A few, or as many as are asked for.
    fn cases() -> ProptestConfig {
        let set = ProptestConfig::default();
        let cases = if std::env::var_os("PROPTEST_CASES").is_some() { set.cases } else { 12 };
        ProptestConfig { cases, failure_persistence: None, ..set }
    }

    proptest! {
        #![proptest_config(cases())]

        /// Limits are eased in the rows of the case, which is then decided again.
        #[test]
        fn limits_that_are_told_do_alone_or_all_together_and_no_others_do(town in town(), first in 0..17usize) {
            let policies = Policies::of(Policy::village());
            let before = decided(&build(&town, &policies, &[], 0), &policies);
            let Asked { hourly, supply, cells, served, flows, .. } = &before;
            let ways = Ways::new(hourly, supply, cells, served, flows);
            let short = (0..cells.len()).filter(|at| cells[*at].rank > 0 && served[*at] + NEARLY <= cells[*at].size);
            let all: Vec<Limit> = (0..5)
                .map(Limit::Link)
                .chain((0..2).flat_map(|at| {
                    [Limit::SourceInHour(at), Limit::Source(at), Limit::PackLeast(at), Limit::PackMost(at), Limit::PackEnd(at)]
                }))
                .collect();
            let mut eased: BTreeMap<(Vec<Limit>, u64), Asked> = BTreeMap::new();
            let mut ease = |limits: &[Limit], by: u64, own: usize| {
                let after = eased.entry((limits.to_vec(), by));
                let after = after.or_insert_with(|| decided(&build(&town, &policies, limits, by), &policies));
                (more_can_come(&before, after, own, if by > 1 { 100 * NEARLY } else { NEARLY }), is_better(&before, after, cells[own].rank))
            };
            for own in short.skip(first).step_by(17) {
                let barred = ways.barred(own);
                let set: Vec<Limit> = barred.walls.keys().copied().collect();
                for limit in &all {
                    let alone = barred.alone && set.contains(limit);
                    let (little, better) = ease(&[*limit], 1, own);
                    prop_assert!(!alone || (little && better), "{:?} of {:?}", limit, &barred);
                    // What does nothing for a little does nothing for much.
                    prop_assert!(alone || !ease(&[*limit], 20_000, own).0, "{:?} of {:?}", limit, &barred);
                }
                if !barred.alone && !set.is_empty() {
                    let (little, better) = ease(&set, 1, own);
                    prop_assert!(little && better, "{:?}", &barred);
                    for left_out in &set {
                        let others: Vec<Limit> = set.iter().copied().filter(|limit| limit != left_out).collect();
                        prop_assert!(!ease(&others, 20_000, own).0, "{:?} of {:?}", left_out, &barred);
                    }
                }
                if set.is_empty() {
                    prop_assert!(!ease(&all, 20_000, own).0);
                }
            }
        }

        /// What one source has to give more is found at once; it is what halving finds.
        #[test]
        fn a_source_restores_with_what_halving_finds(town in town(), who in 0..7u32) {
            let policies = Policies::of(Policy::village());
            let city = build(&town, &policies, &[], 0);
            let (day, _) = Day::on(&city, "2026-01-07".parse().unwrap()).unwrap();
            let prepared = Prepared::new(&policies, &city, Options::default()).unwrap();
            let probe = Probe::new(&prepared, None, &day).unwrap();
            let all: Vec<u32> = (0..city.customers.len() as u32).collect();
            // One customer, or all.
            let who = all.get(who as usize..=who as usize).unwrap_or(&all);
            let held = probe.hold(probe.plan(None, &[]));
            let wanted = probe.cells_of(&held, who);
            let (found, _) = probe.restored(who, None, &[]).unwrap();
            for restored in found.into_iter().filter(|restored| restored.source.is_some()) {
                let at = probe.scope.sources.iter().position(|source| Some(*source as usize) == restored.source).unwrap();
                let halved = least(probe.demand().get(), |more| {
                    let mut supply = probe.volumes();
                    supply[at] += more;
                    probe.fills(&held, &supply, &wanted)
                });
                prop_assert_eq!(restored.more, halved.unwrap());
            }
        }
    }
}
