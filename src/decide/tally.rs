//! Adds up: every table of a decision is a sum of the same slices, so all of them agree.

use std::collections::HashMap;

use super::DecideMessage as M;
use super::allocate::{Cell, Shares};
use super::area::Raised;
use super::balance::{Balance, ratio};
use super::confirm::{Doubt, Parts};
use super::decision::{
    self, BEYOND_AUTHORITY, ClassRow, CompanyRow, CustomerShare, Decision, DemandFrom, Detail, DistrictRow, Form,
    HoursUsed, Kind, PINNED, RankRow, Reason, SliceShare, TierRow, Totals, Warning,
};
use super::hourly::ByHour;
use super::plan::Plan;
use super::rotation::Chosen;
use super::slices::{PAST, Slices};
use super::weather;
use crate::city::DemandSource;
use crate::policy::{Cut, Standing};
use crate::problem::Origin;
use crate::units::{M3, Milli};

/// What the steps before have found.
pub(super) struct Outcome {
    pub balance: Balance,
    pub standing: Standing,
    /// The area that raised the level above the balance's own.
    pub raised: Option<Raised>,
    pub rotation: Option<Chosen>,
    pub firm_loss: u64,
    pub escalate_to: Option<String>,
    pub shares: Shares,
    pub doubts: Vec<Doubt>,
    /// Cuts below the smallest order that could not be moved.
    pub kept: usize,
    /// What each hour gets, where hours are decided.
    pub by_hour: Option<ByHour>,
    /// What is told of them.
    pub hours: Option<HoursUsed>,
}

/// Demand and what is served of it.
#[derive(Clone, Copy, Default)]
struct Sum {
    demand: u64,
    served: u64,
}

impl Sum {
    fn add(&mut self, demand: u64, served: u64) {
        self.demand += demand;
        self.served += served;
    }

    /// Demand, served and cut, as the tables have them.
    const fn row(self) -> (M3, M3, M3) {
        (M3(self.demand), M3(self.served), M3(self.demand - self.served))
    }
}

/// `ids` are those of the scope's customers, or none where nobody asks who gets what.
pub(super) fn tally(
    ids: Vec<Box<str>>,
    plan: &Plan<'_>,
    cut: &Slices,
    cells: &[Cell],
    served: &[u64],
    outcome: Outcome,
) -> Decision {
    let (city, scope, policy) = (plan.city, plan.scope, plan.scope.policy);
    let mut by_class = vec![Sum::default(); policy.classes.len()];
    let mut by_district = vec![Sum::default(); scope.districts.len()];
    let mut by_company = vec![Sum::default(); city.companies.len()];
    let mut by_tier = vec![Sum::default(); policy.tiers.len()];
    let mut totals = Totals::default();
    let mut reasons = Reasons::new(plan);
    let keep = ids.len() == scope.customers.len();
    let mut customers = Vec::with_capacity(ids.len());
    let mut ids = ids.into_iter();

    let mut next = 0;
    for (at, i) in scope.customers.iter().enumerate() {
        let (mut got, mut why) = (0, Why::default());
        let demand = plan.day.over_the_day(*i);
        while let Some(slice) = cut.slices.get(next).filter(|slice| slice.customer as usize == at) {
            let rank = &cut.ranks[slice.rank as usize];
            got += served[next];
            by_tier[slice.tier as usize].add(slice.size, served[next]);
            if rank.kind == Kind::Withheld && rank.measure != Some(PAST) {
                totals.withheld_m3 += M3(slice.size);
            }
            if served[next] < slice.size {
                why.note(rank);
            }
            next += 1;
        }
        by_class[plan.kinds.kinds[plan.kinds.of[at] as usize].class].add(demand, got);
        by_district[scope.district_of[at] as usize].add(demand, got);
        by_company[scope.company_of[at] as usize].add(demand, got);
        totals.demand_m3 += M3(demand);
        totals.served_m3 += M3(got);
        if got < demand {
            totals.customers_cut += 1;
            totals.households_cut += city.customers[*i as usize].more.as_ref().map_or(0, |more| more.households);
        }
        if let Some(customer_id) = ids.next() {
            // The form of an order is that of what it says from now on.
            let taken = plan.day.past.as_ref().map_or(0, |past| past.taken[*i as usize]);
            let (left, whole) = (plan.day.left(*i), plan.day.demand[*i as usize].get());
            let floor = scope.floors[at].min(whole);
            let floor = (u128::from(floor) * u128::from(left)).div_ceil(u128::from(whole.max(1))) as u64;
            let form = why.form(got - taken, floor, left);
            let reason = reasons.index(why, form);
            customers.push(CustomerShare { customer_id, demand_m3: M3(demand), served_m3: M3(got), reason });
        }
    }
    totals.cut_m3 = totals.demand_m3 - totals.served_m3;
    totals.beyond_authority_m3 = M3(outcome.firm_loss);
    totals.unused_m3 = M3(outcome.balance.deliverable) - totals.served_m3;

    let status = match (outcome.firm_loss, outcome.balance.shortfall) {
        (0, 0) => decision::Status::NoShortage,
        (0, _) => decision::Status::Balanced,
        _ => decision::Status::BeyondAuthority,
    };
    let level = match outcome.standing {
        Standing::At(level) => policy.levels.get(level),
        _ => None,
    };
    let district = |at: usize| &city.districts[scope.districts[at] as usize];
    let rotation = outcome.rotation.as_ref().map(|chosen| decision::Rotation {
        blocks_by_formula: chosen.by_formula,
        blocks: chosen.blocks.iter().map(|b| district(*b).id.to_string()).collect(),
        extended: chosen.blocks.len() > chosen.by_formula,
        rest_gave_way: chosen.rest_gave_way,
    });
    let by_rank = by_rank(plan, cut, cells, &outcome.shares);
    Decision {
        exercise: false,
        schema: decision::SCHEMA.to_owned(),
        case: city.settings.name.clone(),
        date: plan.day.date,
        area: scope.area.map(|area| city.districts[area as usize].id.to_string()),
        volume_basis: city.settings.volume_basis.clone(),
        policy: decision::PolicyUsed {
            id: policy.id.clone(),
            version: policy.version.clone(),
            digest: policy.digest.clone(),
            overrides: policy.overrides.clone(),
        },
        balance: decision::Balance {
            demand_m3: M3(outcome.balance.demand),
            supply_m3: M3(outcome.balance.supplied),
            deliverable_m3: M3(outcome.balance.deliverable),
            shortfall_m3: M3(outcome.balance.shortfall),
            ratio: ratio(outcome.balance.shortfall, outcome.balance.demand),
        },
        level: level.map(|level| decision::LevelUsed {
            id: level.id.clone(),
            colour: level.colour.clone(),
            area: outcome.raised.map(|area| area.used(district(area.district).id.to_string())),
        }),
        status,
        confirmed: outcome.doubts.is_empty(),
        warnings: warnings(plan, &outcome, &totals),
        escalate_to: outcome.escalate_to.clone(),
        rotation,
        by_rank,
        by_class: rows(&by_class, policy.classes.iter().map(|class| class.id.clone()))
            .filter(|(_, (demand, ..))| !demand.is_zero())
            .map(|(class, (demand_m3, served_m3, cut_m3))| ClassRow { class, demand_m3, served_m3, cut_m3 })
            .collect(),
        by_district: rows(&by_district, scope.districts.iter().map(|d| city.districts[*d as usize].id.to_string()))
            .map(|(district, (demand_m3, served_m3, cut_m3))| DistrictRow { district, demand_m3, served_m3, cut_m3 })
            .collect(),
        by_company: rows(&by_company, city.companies.iter().map(|company| company.to_string()))
            .filter(|(_, (demand, ..))| !demand.is_zero())
            .map(|(company, (demand_m3, served_m3, cut_m3))| CompanyRow { company, demand_m3, served_m3, cut_m3 })
            .collect(),
        by_tier: rows(&by_tier, policy.tiers.iter().map(|tier| tier.number))
            .filter(|(_, (demand, ..))| !demand.is_zero())
            .map(|(tier, (demand_m3, served_m3, cut_m3))| TierRow { tier, demand_m3, served_m3, cut_m3 })
            .collect(),
        totals,
        demand_source: demand_from(plan),
        revision: None,
        hours: outcome.hours,
        detail: keep.then(|| Detail { reasons: reasons.list, customers, ..Detail::default() }),
        evidence: None,
        areas: Vec::new(),
    }
}

/// Every slice with what it gets.
pub(super) fn slices(cut: &Slices, served: &[u64]) -> Vec<SliceShare> {
    let share = |(slice, served): (&super::slices::Slice, &u64)| {
        SliceShare::from((slice.customer, slice.rank + 1, M3(slice.size), M3(*served)))
    };
    let mut slices: Vec<SliceShare> = cut.slices.iter().zip(served).map(share).collect();
    // Best served first, as a reader wants them.
    slices.chunk_by_mut(|a, b| a.customer == b.customer).for_each(|of_one| of_one.sort_unstable_by_key(|s| s.rank));
    slices
}

fn rows<K>(sums: &[Sum], keys: impl Iterator<Item = K>) -> impl Iterator<Item = (K, (M3, M3, M3))> {
    keys.zip(sums.iter().map(|sum| sum.row()))
}

fn by_rank(plan: &Plan<'_>, cut: &Slices, cells: &[Cell], shares: &Shares) -> Vec<RankRow> {
    let mut served = vec![0; cut.ranks.len()];
    for (cell, given) in cells.iter().zip(&shares.cells) {
        served[cell.rank as usize] += given;
    }
    let row = |(i, rank): (usize, &super::slices::Rank)| RankRow {
        rank: i as u32 + 1,
        kind: rank.kind,
        tier: rank.tier.map(|tier| plan.scope.policy.tiers[tier].number),
        measure: rank.measure_id(plan),
        size_m3: M3(cut.rank_size(i)),
        served_m3: M3(served[i]),
    };
    cut.ranks.iter().enumerate().map(row).collect()
}

/// What cuts a customer: measures as bits, by index in the policy, and gas beyond them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Why {
    measures: u128,
    beyond: bool,
    pinned: bool,
    past: bool,
    withheld: u128,
}

impl Why {
    fn note(&mut self, rank: &super::slices::Rank) {
        match (rank.kind, rank.measure) {
            (Kind::Firm, _) => self.beyond = true,
            (_, Some(PAST)) => self.past = true,
            (_, None) => self.pinned = true,
            (kind, Some(measure)) => {
                // Reading a policy has refused more measures than there are bits.
                let bit = 1u128 << (measure % 128);
                self.measures |= bit;
                if kind == Kind::Withheld {
                    self.withheld |= bit;
                }
            }
        }
    }

    const fn form(&self, got: u64, floor: u64, demand: u64) -> Form {
        if got == demand {
            Form::None
        } else if self.measures == self.withheld && self.measures != 0 && !self.beyond && !self.pinned {
            Form::OffPeak
        } else if got <= floor {
            Form::Stop
        } else {
            Form::Limit
        }
    }
}

/// The few ways in which customers are cut.
struct Reasons<'p> {
    plan: &'p Plan<'p>,
    list: Vec<Reason>,
    known: HashMap<(Why, Form), u32>,
    /// The answer before this one, which is mostly the answer again.
    last: Option<((Why, Form), u32)>,
}

impl<'p> Reasons<'p> {
    fn new(plan: &'p Plan<'p>) -> Self {
        Self { plan, list: Vec::new(), known: HashMap::new(), last: None }
    }

    fn index(&mut self, why: Why, form: Form) -> u32 {
        let key = (why, form);
        if let Some((last, index)) = self.last
            && last == key
        {
            return index;
        }
        let index = match self.known.get(&key) {
            Some(known) => *known,
            None => {
                let reason = self.reason(why, form);
                self.list.push(reason);
                let index = self.list.len() as u32 - 1;
                self.known.insert(key, index);
                index
            }
        };
        self.last = Some((key, index));
        index
    }

    fn reason(&self, why: Why, form: Form) -> Reason {
        let level = match self.plan.standing {
            Standing::At(level) => level,
            _ => 0,
        };
        let (mut measures, mut clauses, mut off) = (Vec::new(), Vec::new(), None);
        for (i, measure) in self.plan.scope.policy.measures.iter().enumerate() {
            let Some(action) = measure.at.get(level).and_then(Option::as_ref) else { continue };
            if why.measures >> (i % 128) & 1 == 0 {
                continue;
            }
            measures.push(measure.id.clone());
            if !clauses.contains(&action.basis.clause) {
                clauses.push(action.basis.clause.clone());
            }
            // By the hour a stop as needed is off when gas is short, which differs from one customer to another.
            if let Cut::Stop { from, until, required, .. } = action.cut
                && off.is_none()
                && (required || self.plan.hourly.is_none())
            {
                off = Some((from, until));
            }
        }
        if why.past {
            measures.push(decision::PAST.to_owned());
        }
        if why.pinned {
            measures.push(PINNED.to_owned());
        }
        if why.beyond {
            measures.push(BEYOND_AUTHORITY.to_owned());
        }
        Reason { form, measures, clauses, off }
    }
}

fn warnings(plan: &Plan<'_>, outcome: &Outcome, totals: &Totals) -> Vec<Warning> {
    let (scope, day) = (plan.scope, plan.day);
    let mut messages = Vec::new();
    if let Some((customers, volume, standing)) = without_forecast(plan) {
        messages.push(M::StaleDemand { customers, volume, source: standing.name() });
    }
    if let Some(DemandSource::Modelled { day, .. }) = &plan.day.demand_source {
        messages.extend(weather::warnings(day, plan));
    }
    if !scope.policy.in_force.holds(day.date) {
        messages.push(M::NotInForce { policy: scope.policy.id.clone() });
    }
    let level = match plan.standing {
        Standing::At(level) => level,
        _ => 0,
    };
    if let Some(Raised { district, short, of }) = outcome.raised {
        let name = plan.city.districts[scope.districts[district] as usize].name.to_string();
        let (share, level) = (crate::units::percent(short, of), scope.policy.levels[level].id.clone());
        messages.push(M::AreaLevel { district: name, share, level });
    }
    // A measure in force that asks for tonnage, of customers that have none.
    let asks = |class: usize| {
        let actions = plan.in_force().filter_map(|i| scope.policy.measures[i].at.get(level).and_then(Option::as_ref));
        actions.into_iter().any(|action| action.who.asks_tonnage() && action.who.may_mean(class))
    };
    let asked: Vec<bool> = (0..scope.policy.classes.len()).map(asks).collect();
    let (mut no_tonnage, mut floors, mut pinned_above) = (0, 0, 0);
    for ((i, kind), floor) in scope.customers.iter().zip(&plan.kinds.of).zip(&scope.floors) {
        let (kind, demand) = (&plan.kinds.kinds[*kind as usize], day.demand[*i as usize]);
        no_tonnage += usize::from(kind.no_tonnage && asked[kind.class] && !demand.is_zero());
        floors += usize::from(*floor > demand.get());
        pinned_above += usize::from(day.pinned.get(i).is_some_and(|pinned| *pinned > demand));
    }
    if no_tonnage > 0 {
        messages.push(M::MissingTonnage { customers: no_tonnage });
    }
    if floors > 0 {
        messages.push(M::FloorAboveForecast { customers: floors });
    }
    if pinned_above > 0 {
        messages.push(M::PinnedAboveForecast { customers: pinned_above });
    }
    if outcome.balance.stuck > 0 {
        let volume = outcome.balance.stuck;
        messages.push(match plan.hourly {
            Some(_) => M::BottleneckByHour { volume },
            None => M::Bottleneck { volume },
        });
    }
    if let Some(past) = &day.past {
        messages.extend(plan.in_force().filter_map(|i| {
            let (measure, soon) = (&scope.policy.measures[i], |hours| past.too_soon(hours));
            let hours = measure.notice_hours.filter(|hours| *hours > 0)?;
            let from = super::revise::clock(((u32::from(past.at) + soon(hours).count()) % 24) as u8);
            Some(M::NoticeGiven { measure: measure.id.clone(), hours, from })
        }));
        if scope.area.is_none() && past.figures.overdrawn > 0 {
            messages.push(M::SourceOverdrawn { sources: past.figures.overdrawn });
        }
    }
    if let Some(chosen) = &outcome.rotation {
        if chosen.blocks.len() > chosen.by_formula {
            messages.push(M::BlocksExtended { by_formula: chosen.by_formula, used: chosen.blocks.len() });
        }
        if chosen.rest_gave_way {
            messages.push(M::RestGaveWay {});
        }
    }
    if !totals.unused_m3.is_zero() {
        let volume = totals.unused_m3.get();
        messages.push(match totals.withheld_m3.is_zero() {
            false => M::Unused { volume },
            true => M::UnusedByOrder { volume },
        });
    }
    let missing = outcome.by_hour.as_ref().map_or(0, ByHour::missing_at_the_end);
    if missing >= super::MICRO / 1_000 {
        messages.push(M::LinepackMissing { volume: Milli(missing / 1_000).to_string() });
    }
    if outcome.kept > 0 {
        messages.push(M::SmallOrdersKept { customers: outcome.kept });
    }
    for doubt in &outcome.doubts {
        messages.push(match doubt {
            Doubt::Rank { rank, exact, lp } => M::Unconfirmed { rank: *rank, exact: *exact, lp: format!("{lp:.3}") },
            Doubt::Failed(what) => M::LpFailed { what: what.clone() },
            Doubt::Parts(Parts::Deliverable { found, most }) => M::PartsDeliverable { found: *found, most: *most },
            Doubt::Parts(Parts::Firm { found, most }) => M::PartsFirm { found: *found, most: *most },
            Doubt::Parts(Parts::Total { rank, found, most }) => {
                M::PartsTotal { rank: *rank, found: *found, most: *most }
            }
            Doubt::Parts(Parts::Even { rank, found, most }) => {
                M::PartsEven { rank: *rank, found: percent(*found), most: percent(*most) }
            }
        });
    }
    messages.iter().map(Warning::new).collect()
}

fn percent(part: f64) -> String {
    format!("{:.4}", 100.0 * part)
}

/// How many customers of the scope have demand but no forecast of the day, their demand, and where it comes from.
fn without_forecast<'p>(plan: &'p Plan<'_>) -> Option<(usize, u64, &'p Origin)> {
    let count = |of: &mut dyn Iterator<Item = u32>| {
        let demands = of.map(|i| plan.day.demand[i as usize].get()).filter(|demand| *demand > 0);
        demands.fold((0, 0), |(customers, volume), demand| (customers + 1, volume + demand))
    };
    let ((customers, volume), standing) = match plan.day.demand_source.as_ref()? {
        DemandSource::Forecast(_) => return None,
        DemandSource::Partly { standing, without, .. } | DemandSource::Modelled { standing, without, .. } => {
            let here = |i: &u32| plan.city.customers.get(*i as usize).is_some_and(|c| plan.scope.holds(c.district));
            (count(&mut without.iter().copied().filter(here)), standing)
        }
        DemandSource::Standing(standing) => (count(&mut plan.scope.customers.iter().copied()), standing),
    };
    (customers > 0).then_some((customers, volume, standing))
}

fn demand_from(plan: &Plan<'_>) -> DemandFrom {
    let (of_the_day, message) = match (plan.day.demand_source.as_ref(), without_forecast(plan)) {
        (None, _) => (true, M::ForecastGiven {}),
        (Some(DemandSource::Forecast(origin)), _) | (Some(DemandSource::Partly { forecast: origin, .. }), None) => {
            (true, M::ForecastOfDay { source: origin.name() })
        }
        (Some(DemandSource::Partly { forecast, .. }), Some((customers, volume, standing))) => {
            let (source, standing) = (forecast.name(), standing.name());
            (false, M::ForecastPartly { source, standing, customers, volume })
        }
        (Some(DemandSource::Standing(origin)), _) => (false, M::ForecastNone { standing: origin.name() }),
        (Some(DemandSource::Modelled { day, .. }), without) => (without.is_none(), weather::source(day, plan)),
    };
    let Warning { text, text_zh, .. } = Warning::new(&message);
    let weather = match plan.day.demand_source.as_ref() {
        Some(DemandSource::Modelled { day, .. }) => Some(weather::used(day, plan)),
        _ => None,
    };
    DemandFrom { of_the_day, text, text_zh, weather }
}
