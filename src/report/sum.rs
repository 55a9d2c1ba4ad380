//! Adding up a period, part of a day by part of a day.

use std::collections::BTreeMap;

use super::boilers::{self, State};
use super::figures::{AreaFigures, Block, ClassFigures, DayFigures, Figures, MeasureFigures, SourceFigures};
use super::metered::{self, Metering};
use super::protected::{self, Loss};
use super::returned::CameBack;
use super::split::{Split, evenly, split, whole};
use super::{Kept, Part, Standing};
use crate::decide::portion::{ATTO, Portion};
use crate::decide::{BEYOND_AUTHORITY, Decision, Kind};
use crate::policy::{Policy, Standing as At};
use crate::units::{M3, Milli, mul_div};

/// Adds up a period.
pub(crate) fn figures(parts: &[Part<'_>]) -> Figures {
    let mut sum = Sum::default();
    for part in parts {
        match part.kept {
            Some(kept) => sum.add(part, kept),
            None => sum.figures.days.push(unknown(part)),
        }
    }
    sum.close(parts)
}

/// What a measure has taken, in parts of 10^-18 m3 where it is not whole.
#[derive(Default)]
struct Measured {
    levels: Vec<String>,
    clauses: Vec<String>,
    customers: std::collections::BTreeSet<String>,
    ordered: M3,
    metered: u128,
    saved: u128,
    is_metered: bool,
}

#[derive(Default)]
struct Sum {
    figures: Figures,
    sources: BTreeMap<String, SourceFigures>,
    classes: BTreeMap<(usize, String), ClassFigures>,
    measures: BTreeMap<(usize, String), Measured>,
    beyond: BTreeMap<u32, M3>,
    /// Customers that lost gas, with households and area.
    touched: BTreeMap<String, (u64, u64, bool)>,
    boilers: BTreeMap<String, State>,
    losses: BTreeMap<String, Loss>,
    kept: BTreeMap<String, metered::Kept>,
    districts: BTreeMap<String, (u128, M3)>,
}

impl Sum {
    fn add(&mut self, part: &Part<'_>, kept: Kept<'_>) {
        let Kept { decision, city, policies, .. } = kept;
        let policy = &policies.main;
        let mut split = split(decision, policy, city, part);
        if kept.standing != Standing::Ordered {
            split.forget();
        }
        let came_back = match kept.standing {
            Standing::Ordered => CameBack::of(&kept, part),
            _ => CameBack::default(),
        };
        self.day(part, kept, &split, came_back.all);
        self.sources(part, kept);
        self.tables(part, kept, &split);
        self.customers(part, kept, &split, &came_back);
        for area in &decision.areas {
            let district = area.area.as_deref().and_then(|id| city.districts.get(city.district(id)?));
            let own = policies.named(district.and_then(|district| district.policy.as_deref()));
            let mut parts = super::split::split(area, own, city, part);
            if kept.standing != Standing::Ordered {
                parts.forget();
            }
            let total = |volume: fn(&super::split::Volumes) -> M3| parts.groups.values().map(volume).sum::<M3>();
            let (served_m3, cut_m3) = (total(|it| it.served), total(|it| it.cut));
            self.figures.areas.push(AreaFigures {
                date: part.date,
                district: area.area.clone().unwrap_or_default(),
                level: area.level.as_ref().map(|level| level.id.clone()),
                demand_m3: served_m3 + cut_m3,
                served_m3,
                cut_m3,
                customers_cut: area.totals.customers_cut,
                households_cut: area.totals.households_cut,
            });
        }
    }

    fn day(&mut self, part: &Part<'_>, kept: Kept<'_>, split: &Split, restored_m3: M3) {
        let (decision, balance) = (kept.decision, &kept.decision.balance);
        let total = |volume: fn(&super::split::Volumes) -> M3| split.groups.values().map(volume).sum::<M3>();
        let (served_m3, cut_m3) = (total(|it| it.served), total(|it| it.cut));
        let demand_m3 = served_m3 + cut_m3;
        self.figures.days.push(DayFigures {
            known: kept.standing,
            id: Some(kept.dossier.proposed.id.to_string()),
            revised_at: decision.revision.as_ref().map(|revision| revision.at.clone()),
            hourly: decision.hours.is_some(),
            level: decision.level.as_ref().map(|level| level.id.clone()),
            escalate_to: decision.escalate_to.clone(),
            beyond: !decision.totals.beyond_authority_m3.is_zero(),
            demand_m3,
            served_m3,
            cut_m3,
            restored_m3,
            shortfall_m3: shortfall(part, balance.shortfall_m3, demand_m3, decision.totals.demand_m3),
            day_demand_m3: balance.demand_m3,
            day_supply_m3: balance.supply_m3,
            day_deliverable_m3: balance.deliverable_m3,
            day_shortfall_m3: balance.shortfall_m3,
            linepack_missing_m3: decision.hours.as_ref().map_or(Milli(0), |hours| hours.linepack_missing_m3),
            ..unknown(part)
        });
    }

    fn sources(&mut self, part: &Part<'_>, kept: Kept<'_>) {
        let named: Vec<(String, M3)> = match &kept.decision.revision {
            Some(revision) => {
                let outer = |id: &str| kept.city.sources.iter().any(|it| *it.id == *id && it.area.is_some());
                let rows = revision.by_source.iter().filter(|source| !outer(&source.source));
                rows.map(|source| (source.source.clone(), source.given_m3 + source.left_m3)).collect()
            }
            None => {
                let rows = kept.city.supply.get(&part.date).into_iter().flatten();
                let named = rows.filter_map(|row| Some((kept.city.sources.get(row.source as usize)?, row.volume)));
                named
                    .filter(|(source, _)| source.area.is_none())
                    .map(|(it, volume)| (it.id.to_string(), volume))
                    .collect()
            }
        };
        let volumes: Vec<M3> = named.iter().map(|(_, volume)| *volume).collect();
        let shares = evenly(&volumes, part.from, part.until, part.clock.len());
        for ((source, _), nominated) in named.into_iter().zip(shares) {
            let even = (part.hours() as u128, part.clock.len() as u128);
            let reading = part.taken.and_then(|taken| taken.source(&source)?.reading(part, even));
            let row =
                self.sources.entry(source.clone()).or_insert_with(|| SourceFigures { source, ..Default::default() });
            row.nominated_m3 += nominated;
            if let Some(reading) = reading {
                row.metered_m3 = Some(row.metered_m3.unwrap_or_default() + reading.volume);
                row.metered_hours += reading.hours;
            }
        }
    }

    fn tables(&mut self, part: &Part<'_>, kept: Kept<'_>, split: &Split) {
        let Kept { decision, city, policies, .. } = kept;
        let policy = &policies.main;
        let is_ordered = kept.standing == Standing::Ordered;
        let blocks = decision.rotation.iter().filter(|_| is_ordered).flat_map(|rotation| &rotation.blocks);
        let mut blocks: Vec<Block> = blocks
            .map(|id| Block { date: part.date, district: id.clone(), demand_m3: M3::ZERO, cut_m3: M3::ZERO })
            .collect();
        let level = decision.level.as_ref().map(|level| level.id.clone());
        let standing = if is_ordered { standing(decision, policy) } else { At::NoShortage };
        for (_, measure, action) in policy.in_force(standing, decision.date) {
            let row = self.measures.entry((place(policy, &measure.id), measure.id.clone())).or_default();
            let mut note = |list: fn(&mut Measured) -> &mut Vec<String>, word: &str| {
                if !word.is_empty() && !list(row).iter().any(|known| known == word) {
                    list(row).push(word.to_owned());
                }
            };
            note(|row| &mut row.levels, level.as_deref().unwrap_or_default());
            note(|row| &mut row.clauses, &action.basis.clause);
        }
        for (group, volumes) in &split.groups {
            let class = city.classes.get(group.class as usize).map_or("", |class| class);
            let place = policy.classes.iter().position(|known| known.id == *class).unwrap_or(usize::MAX);
            let row = self.classes.entry((place, class.to_owned()));
            let row = row.or_insert_with(|| ClassFigures { class: class.to_owned(), ..ClassFigures::default() });
            row.served_m3 += volumes.served;
            row.cut_m3 += volumes.cut;
            row.demand_m3 = row.served_m3 + row.cut_m3;
            let Some(rank) = decision.by_rank.get(group.rank) else { continue };
            let home = city.districts.get(group.district as usize).map_or("", |district| &*district.id);
            let rotates =
                rank.measure.as_deref().is_some_and(|id| policy.measures.iter().any(|it| it.id == id && it.rotates));
            if let Some(block) = blocks.iter_mut().find(|block| block.district == *home) {
                block.demand_m3 += volumes.served + volumes.cut;
                block.cut_m3 += if rotates { volumes.cut } else { M3::ZERO };
            }
            if volumes.cut.is_zero() {
                continue;
            }
            let id = measure_of(rank);
            self.measures.entry((self::place(policy, id), id.to_owned())).or_default().ordered += volumes.cut;
            if let (Kind::Firm, None, Some(tier)) = (rank.kind, &rank.measure, rank.tier) {
                *self.beyond.entry(tier).or_default() += volumes.cut;
            }
        }
        self.figures.blocks.append(&mut blocks);
    }

    fn customers(&mut self, part: &Part<'_>, kept: Kept<'_>, split: &Split, came_back: &CameBack) {
        let Kept { decision, city, policies, .. } = kept;
        let (policy, Some(detail)) = (&policies.main, &decision.detail) else { return };
        let mut homes: BTreeMap<&str, u128> = BTreeMap::new();
        let left = super::split::left(&kept, part);
        let mut next = 0;
        for slices in detail.slices.chunk_by(|a, b| a.customer == b.customer) {
            let portions = split.slices.get(next..next + slices.len()).unwrap_or_default();
            next += slices.len();
            let share = slices.first().and_then(|slice| detail.customers.get(slice.customer as usize));
            let Some(share) = share else { continue };
            let Some(customer) = city.customer(&share.customer_id).and_then(|at| city.customers.get(at)) else {
                continue;
            };
            let class = city.classes.get(customer.class as usize).map_or("", |class| class);
            let sum = portions
                .iter()
                .fold(Portion::default(), |sum, it| Portion { served: sum.served + it.served, cut: sum.cut + it.cut });
            let home = city.districts.get(customer.district as usize).map_or("", |district| &*district.id);
            let allowed = left.as_ref().map_or(sum.served, |left| left.get(&*share.customer_id).copied().unwrap_or(0));
            // Whoever got gas back may take it.
            let [back, back_over_the_day] = came_back.to(&share.customer_id);
            let allowed = allowed + back;
            *homes.entry(home).or_default() += allowed;
            let boiler = boilers::is_boiler(policy, class, customer);
            let id = share.customer_id.to_string();
            if boiler {
                let form = detail.reasons.get(share.reason as usize).map(|reason| reason.form);
                let now = form.filter(|_| sum.cut > 0).map_or(State::Running, boilers::state);
                let state = self.boilers.entry(id.clone()).or_insert(now);
                *state = now.max(*state);
            }
            if sum.cut == 0 {
                continue;
            }
            let more = customer.more.as_deref();
            let households = more.map_or(0, |more| more.households);
            self.touched.insert(id.clone(), (households, more.map_or(0, |more| more.heated_m2), boiler));
            if let Some(shield) = protected::shield(policy, city, customer, share.demand_m3) {
                let (name, class) = (customer.name.to_string(), class.to_owned());
                self.losses.entry(id.clone()).or_insert(Loss { name, class, shield, cut: 0 }).cut += sum.cut;
            }
            let whole = u128::from(share.served_m3.get()) * ATTO + back_over_the_day;
            let by =
                if whole > 0 { (sum.served + back, whole) } else { (part.hours() as u128, part.clock.len() as u128) };
            let reading = part.taken.and_then(|taken| taken.customer(&id)?.all(part, by));
            let own = self.kept.entry(id.clone()).or_default();
            own.name = customer.name.to_string();
            own.parts.0 += 1;
            if let Some(reading) = reading {
                own.parts.1 += 1;
                own.allowed += allowed;
                own.taken += reading.volume;
                own.by_day |= reading.by_day;
            }
            let saved = reading.map(|it| (sum.served + sum.cut).saturating_sub(u128::from(it.volume.get()) * ATTO));
            for (slice, portion) in slices.iter().zip(portions).filter(|(_, portion)| portion.cut > 0) {
                let Some(rank) = decision.by_rank.get((slice.rank as usize).wrapping_sub(1)) else { continue };
                let measure = measure_of(rank);
                let row = self.measures.entry((place(policy, measure), measure.to_owned())).or_default();
                row.customers.insert(id.clone());
                if let Some(saved) = saved {
                    row.is_metered = true;
                    row.metered += portion.cut;
                    row.saved += mul_div(saved, portion.cut, sum.cut).0;
                }
            }
        }
        for (id, meter) in part.taken.iter().flat_map(|taken| taken.districts()) {
            let Some(ordered) = homes.get(id.as_str()) else { continue };
            if let Some(reading) = meter.all(part, (part.hours() as u128, part.clock.len() as u128)) {
                let sum = self.districts.entry(id.clone()).or_default();
                *sum = (sum.0 + ordered, sum.1 + reading.volume);
            }
        }
    }

    fn close(self, parts: &[Part<'_>]) -> Figures {
        let Self { mut figures, sources, classes, measures, beyond, touched, boilers, losses, kept, districts } = self;
        figures.demand_m3 = figures.days.iter().map(|day| day.demand_m3).sum();
        figures.served_m3 = figures.days.iter().map(|day| day.served_m3).sum();
        figures.cut_m3 = figures.days.iter().map(|day| day.cut_m3).sum();
        figures.restored_m3 = figures.days.iter().map(|day| day.restored_m3).sum();
        figures.shortfall_m3 = figures.days.iter().map(|day| day.shortfall_m3).sum();
        let hours: usize = parts.iter().filter(|part| part.kept.is_some()).map(Part::hours).sum();
        figures.by_source = sources.into_values().collect();
        figures.by_class = classes.into_values().filter(|row| !row.demand_m3.is_zero()).collect();
        let metered = whole(measures.values().map(|row| row.metered));
        let saved = whole(measures.values().map(|row| row.saved));
        let rows = measures.into_iter().zip(metered.into_iter().zip(saved));
        figures.by_measure = rows
            .map(|(((_, measure), row), (metered, saved))| MeasureFigures {
                measure,
                levels: row.levels,
                clauses: row.clauses,
                customers: row.customers.len() as u64,
                ordered_m3: row.ordered,
                metered_ordered_m3: metered.min(row.ordered),
                saved_m3: row.is_metered.then_some(saved),
            })
            .collect();
        figures.beyond_authority = beyond.into_iter().collect();
        for (households, heated, boiler) in touched.values() {
            let homes = &mut figures.homes;
            homes.customers += 1;
            homes.households += households;
            homes.heated_m2 += heated;
            homes.boilers_without_households += u64::from(*boiler && *households == 0);
            homes.boilers_without_area += u64::from(*boiler && *heated == 0);
        }
        if let Some(last) = parts.iter().rev().find_map(|part| part.kept) {
            figures.boilers = boilers::count(&last.policies.main, last.city, &boilers);
        }
        figures.protected = protected::protected(&losses);
        figures.compliance = metered::compliance(&kept, &districts);
        let is_metered = |source: &&SourceFigures| hours > 0 && source.metered_hours == hours;
        figures.metering = Metering {
            sources: (figures.by_source.iter().filter(is_metered).count(), figures.by_source.len()),
            customers: (figures.compliance.metered, figures.compliance.ordered),
        };
        figures
    }
}

/// A day of which the record has nothing.
fn unknown(part: &Part<'_>) -> DayFigures {
    let start = part.clock.first().copied().unwrap_or(0);
    let hour = |at: usize| part.clock.get(at).copied().unwrap_or(start);
    DayFigures {
        date: part.date,
        hours: [hour(part.from), hour(part.until)],
        of_hours: [part.hours(), part.clock.len()],
        known: Standing::Unknown,
        id: None,
        revised_at: None,
        hourly: false,
        level: None,
        escalate_to: None,
        beyond: false,
        demand_m3: M3::ZERO,
        served_m3: M3::ZERO,
        cut_m3: M3::ZERO,
        restored_m3: M3::ZERO,
        shortfall_m3: M3::ZERO,
        day_demand_m3: M3::ZERO,
        day_supply_m3: M3::ZERO,
        day_deliverable_m3: M3::ZERO,
        day_shortfall_m3: M3::ZERO,
        linepack_missing_m3: Milli(0),
    }
}

/// A day's shortfall in proportion to demand, to the nearest m3; what falls into the last hours is the rest of it.
fn shortfall(part: &Part<'_>, of_day: M3, demand: M3, whole: M3) -> M3 {
    let nearest = |demand: M3| {
        let doubled = 2 * u128::from(of_day.get());
        let part = mul_div(doubled, u128::from(demand.get()), u128::from(whole.get().max(1))).0;
        M3(part.div_ceil(2) as u64)
    };
    if part.from == 0 { nearest(demand).min(of_day) } else { of_day.less(nearest(whole.less(demand))) }
}

/// How the plan stands by a decision.
fn standing(decision: &Decision, policy: &Policy) -> At {
    match decision.level.as_ref().and_then(|level| policy.level(&level.id)) {
        Some(level) => At::At(level),
        None if policy.levels.is_empty() => At::Always,
        None => At::NoShortage,
    }
}

/// The measure of a rank, or what stands for it.
fn measure_of(rank: &crate::decide::RankRow) -> &str {
    rank.measure.as_deref().unwrap_or(BEYOND_AUTHORITY)
}

/// A measure's place in the cut order; what is no measure comes last.
fn place(policy: &Policy, measure: &str) -> usize {
    policy.measure(measure).unwrap_or(usize::MAX)
}
