//! A day decided again: the order in force stands where an equally good decision may, the past joins the rest in every table,
//! and the change is told.

use std::collections::BTreeMap;

use super::allocate::{Cell, Shares, Unanswered};
use super::decision::{Change, Changes, Decision, LinepackPast, PastTotals, Revision, SourcePast};
use super::inside::{self, Claim};
use super::past::{InForce, Past, Piece, Split};
use super::plan::Plan;
use super::prepare::Prepared;
use super::slices::{PAST, Rank, Slice, Slices};
use super::{Day, Kind, balance, revise};
use crate::city::City;
use crate::policy::Sharing;
use crate::units::{M3, Milli};

/// An order may lie so many m3 from an even share and still be even: the past of its volume was rounded, the past of its demand,
/// and the share itself.
pub(crate) const ROUNDED: u64 = 3;

/// A cell of a rank, or of a company's part of one, that is served in part.
struct Partly {
    cell: usize,
    claims: Vec<Claim>,
    list: Vec<u32>,
}

/// What each slice gets, and how many small cuts stay, as [`inside::share`] has it, with the order in force kept where it is as good: the same total, and
/// everybody's share as even as whole volumes of a part of a day can be. That is asked of a rank as a whole, or where the network could not
/// carry what comes of it, of each cell. `shares` follow.
pub(super) fn share(
    plan: &Plan<'_>,
    order: &InForce,
    cut: &Slices,
    cells: &[Cell],
    supply: &[u64],
    shares: &mut Shares,
) -> Result<(Vec<u64>, usize, Kept), Unanswered> {
    let plain = shares.cells.clone();
    let question = plan.scope.question(supply, cells);
    let mut refused = None;
    if !question.is_multi_commodity() {
        let mut whole = shares.clone();
        let (served, small) = share_by(plan, order, cut, cells, &mut whole, true);
        let got = served_cells(cells, &whole.cells);
        let all: u64 = whole.cells.iter().sum();
        if plan.scope.reach.network.is_none() || balance::deliverable(plan.scope, supply, &got)? == all {
            *shares = whole;
            return Ok((served, small, Kept { plain, refused: None }));
        }
        refused = Some(got);
    }
    let (served, small) = share_by(plan, order, cut, cells, shares, false);
    Ok((served, small, Kept { plain, refused }))
}

/// What came of keeping the order in force.
pub(super) struct Kept {
    /// What each cell would get without the order.
    pub plain: Vec<u64>,
    /// What cells would get together if each rank as a whole kept its orders, where that cannot be carried.
    pub refused: Option<Vec<Cell>>,
}

/// Cells as large as what they get.
pub(super) fn served_cells(cells: &[Cell], served: &[u64]) -> Vec<Cell> {
    let got = cells.iter().zip(served).filter(|(_, got)| **got > 0);
    got.map(|(cell, got)| Cell { size: *got, ..*cell }).collect()
}

fn share_by(
    plan: &Plan<'_>,
    order: &InForce,
    cut: &Slices,
    cells: &[Cell],
    shares: &mut Shares,
    pooled: bool,
) -> (Vec<u64>, usize) {
    let cell_of = inside::cell_of(cut, cells);
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); cells.len()];
    for (i, slice) in cut.slices.iter().enumerate() {
        let customer = slice.customer as usize;
        let at = cut.at(slice.rank, plan.scope.district_of[customer], plan.scope.company(customer));
        if let Some(list) = lists.get_mut(cell_of[at] as usize) {
            list.push(i as u32);
        }
    }
    let mut served = vec![0; cut.slices.len()];
    // What the order leaves each customer, less what better ranks have given it of that.
    let mut left: Vec<u64> = plan.scope.customers.iter().map(|i| order.rest[*i as usize]).collect();
    let (mut from, mut kept) = (0, 0);
    for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
        let mut groups: Vec<(u32, Vec<Partly>)> = Vec::new();
        for (cell, list) in (from..).zip(&mut lists[from..from + rank.len()]) {
            let partly = Partly { cell, claims: Vec::new(), list: std::mem::take(list) };
            let company = cells[cell].company;
            match groups.iter_mut().find(|(known, _)| pooled && *known == company) {
                Some((_, group)) => group.push(partly),
                None => groups.push((company, vec![partly])),
            }
        }
        from += rank.len();
        for (_, mut group) in groups {
            if group.iter().all(|partly| shares.cells[partly.cell] == cells[partly.cell].size) {
                for i in group.iter().flat_map(|partly| &partly.list) {
                    let slice = &cut.slices[*i as usize];
                    served[*i as usize] = slice.size;
                    let left = &mut left[slice.customer as usize];
                    *left = left.saturating_sub(slice.size);
                }
                continue;
            }
            if group.iter().all(|partly| shares.cells[partly.cell] == 0) {
                continue;
            }
            group.iter_mut().for_each(|partly| partly.claims = inside::claims(&cut.slices, &partly.list));
            let (sharing, smallest) = inside::rule(plan, cut, rank[0].rank);
            match sharing {
                Sharing::Even => kept += evenly(cells, &mut group, shares, &left, smallest),
                Sharing::List => {
                    for Partly { cell, claims, .. } in &mut group {
                        let wanted = cells[*cell].size - shares.cells[*cell];
                        // Who is stopped by the order in force stays stopped first.
                        let stopped = |claim: &Claim| left[claim.customer as usize] < claim.size;
                        inside::cut_by_list(plan, claims, wanted, &|claim| !stopped(claim));
                        kept += inside::move_small(claims, smallest);
                    }
                }
            }
            for Partly { cell, claims, list } in group {
                shares.cells[cell] = claims.iter().map(|claim| claim.size - claim.cut).sum();
                for claim in &claims {
                    let given = claim.size - claim.cut;
                    inside::serve(&cut.slices, &list[claim.from..claim.until], given, &mut served);
                    let left = &mut left[claim.customer as usize];
                    *left = left.saturating_sub(given);
                }
            }
        }
    }
    (served, kept)
}

/// By the hour: in each cell the order in force stands if it gives the cell's whole m3 and each customer what its hours get, as near as
/// rounding goes; else it is what the hours make it.
pub(super) fn by_hour(
    plan: &Plan<'_>,
    order: &InForce,
    cut: &Slices,
    cells: &[Cell],
    shares: &Shares,
    mut served: Vec<u64>,
) -> Vec<u64> {
    let cell_of = inside::cell_of(cut, cells);
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); cells.len()];
    for (i, slice) in cut.slices.iter().enumerate() {
        let customer = slice.customer as usize;
        let at = cut.at(slice.rank, plan.scope.district_of[customer], plan.scope.company(customer));
        if let Some(list) = lists.get_mut(cell_of[at] as usize) {
            list.push(i as u32);
        }
    }
    let mut left: Vec<u64> = plan.scope.customers.iter().map(|i| order.rest[*i as usize]).collect();
    for (cell, list) in lists.iter().enumerate() {
        let claims = inside::claims(&cut.slices, list);
        let got = |claim: &Claim| list[claim.from..claim.until].iter().map(|i| served[*i as usize]).sum::<u64>();
        let before = |claim: &Claim| claim.size.min(left[claim.customer as usize]);
        let near = |claim: &Claim| got(claim).abs_diff(before(claim)) <= ROUNDED;
        let stands = claims.iter().map(before).sum::<u64>() == shares.cells[cell] && claims.iter().all(near);
        let volumes: Vec<u64> = claims.iter().map(|claim| if stands { before(claim) } else { got(claim) }).collect();
        for (claim, given) in claims.iter().zip(volumes) {
            inside::serve(&cut.slices, &list[claim.from..claim.until], given, &mut served);
            let left = &mut left[claim.customer as usize];
            *left = left.saturating_sub(given);
        }
    }
    served
}

/// Everybody by the same share, as the order in force has it where it can. Returns how many small cuts stay.
fn evenly(cells: &[Cell], group: &mut [Partly], shares: &Shares, left: &[u64], smallest: u64) -> usize {
    let total: u64 = group.iter().map(|partly| shares.cells[partly.cell]).sum();
    // What each gets by the order in force, its even share rounded down, and what that leaves over.
    let mut entries: Vec<Entry> = Vec::new();
    for (at, partly) in group.iter().enumerate() {
        let (size, given) = (cells[partly.cell].size, shares.cells[partly.cell]);
        for (which, claim) in partly.claims.iter().enumerate() {
            let product = u128::from(claim.size) * u128::from(given);
            let (even, rest) = ((product / u128::from(size)) as u64, (product % u128::from(size)) as u64);
            let before = claim.size.min(left[claim.customer as usize]);
            entries.push(Entry { at, which, size: claim.size, before, even, rest, gets: before });
        }
    }
    let before: u64 = entries.iter().map(|entry| entry.before).sum();
    let is_above = |entry: &Entry| entry.before > entry.even + ROUNDED;
    let is_below = |entry: &Entry| entry.before + ROUNDED < entry.even;
    if before == total && !entries.iter().any(|entry| is_above(entry) || is_below(entry)) {
        // As good as any: it stands.
    } else if total > before && !entries.iter().any(is_above) {
        raise(&mut entries, total);
    } else {
        return group.iter_mut().map(|partly| anew(cells, partly, shares, left, smallest)).sum();
    }
    for entry in &entries {
        group[entry.at].claims[entry.which].cut = entry.size - entry.gets;
    }
    let small = |claim: &&Claim| 0 < claim.cut && claim.cut < smallest;
    group.iter().flat_map(|partly| &partly.claims).filter(small).count()
}

/// A customer of a cell.
struct Entry {
    at: usize,
    which: usize,
    size: u64,
    before: u64,
    even: u64,
    rest: u64,
    gets: u64,
}

/// There is more than the order in force gave: nobody gets less than by it, and otherwise all alike.
fn raise(entries: &mut [Entry], total: u64) {
    entries.iter_mut().for_each(|entry| entry.gets = entry.before.max(entry.even));
    let sum: u64 = entries.iter().map(|entry| entry.gets).sum();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(entries[*i].rest));
    let mut more = total.saturating_sub(sum);
    for i in &order {
        let entry = &mut entries[*i];
        let one = u64::from(more > 0 && entry.gets == entry.even && entry.gets < entry.size);
        (entry.gets, more) = (entry.gets + one, more - one);
    }
    let mut less = sum.saturating_sub(total);
    while less > 0 {
        let begun = less;
        for i in order.iter().rev() {
            let entry = &mut entries[*i];
            let one = u64::from(less > 0 && entry.gets > entry.before);
            (entry.gets, less) = (entry.gets - one, less - one);
        }
        if begun == less {
            break;
        }
    }
}

/// Everybody by the same share; of the whole m3 left over, those first who then keep their order.
fn anew(cells: &[Cell], partly: &mut Partly, shares: &Shares, left: &[u64], smallest: u64) -> usize {
    let (size, given) = (cells[partly.cell].size, shares.cells[partly.cell]);
    let mut over = given;
    let mut order = Vec::with_capacity(partly.claims.len());
    for (which, claim) in partly.claims.iter_mut().enumerate() {
        let product = u128::from(claim.size) * u128::from(given);
        let (even, rest) = ((product / u128::from(size)) as u64, (product % u128::from(size)) as u64);
        let before = claim.size.min(left[claim.customer as usize]);
        let keeps = if before == even + 1 { 0 } else { 1 + u8::from(before == even) };
        claim.cut = claim.size - even;
        over -= even;
        if even < claim.size {
            order.push((keeps, std::cmp::Reverse(rest), which));
        }
    }
    order.sort_unstable();
    for (_, _, which) in order.into_iter().take(over as usize) {
        partly.claims[which].cut -= 1;
    }
    inside::move_small(&mut partly.claims, smallest)
}

/// The slices of the whole day, with what each gets: what was taken as a first rank, what was not delivered as a last one; and by how
/// much that moves the ranks of the rest.
pub(super) fn over_the_day(plan: &Plan<'_>, past: &Past, rest: &Slices, served: &[u64]) -> (Slices, Vec<u64>, u32) {
    let scope = plan.scope;
    let of = |list: &[u64], i: &u32| list[*i as usize];
    let missed = |i: &u32| of(&past.demand, i).saturating_sub(of(&past.taken, i));
    let taken = scope.customers.iter().any(|i| of(&past.taken, i) > 0);
    let first = u32::from(taken);
    let mut ranks = Vec::with_capacity(rest.ranks.len() + 2);
    let rank = |kind| Rank { kind, tier: None, measure: Some(PAST) };
    ranks.extend(taken.then(|| rank(Kind::Firm)));
    ranks.extend(&rest.ranks);
    let last = ranks.len() as u32;
    if scope.customers.iter().any(|i| missed(i) > 0) {
        ranks.push(rank(Kind::Withheld));
    }
    let per_rank = rest.districts * rest.companies;
    let mut day = Slices {
        sizes: vec![0; ranks.len() * per_rank],
        ranks,
        slices: Vec::with_capacity(rest.slices.len() + scope.customers.len()),
        by_hour: Vec::new(),
        spreads: Vec::new(),
        ..*rest
    };
    let (mut given, mut stack, mut next) = (Vec::new(), Vec::new(), 0);
    for (at, i) in scope.customers.iter().enumerate() {
        let customer = at as u32;
        let mut put = |rank: u32, tier: usize, size: u64, served: u64| {
            if size > 0 {
                day.slices.push(Slice { customer, rank, tier: tier as u32, spread: 0, size });
                given.push(served);
            }
        };
        let kind = &plan.kinds.kinds[plan.kinds.of[at] as usize];
        let demand = plan.day.demand[*i as usize].get();
        let (mut left, gone) = (of(&past.taken, i), of(&past.demand, i));
        // Someone who took gas without a forecast of any took it as what it would be.
        let asked = if demand == 0 { left } else { demand };
        plan.requirement(kind, asked, scope.floors[at].min(asked), &mut stack);
        let pieces: Vec<Piece> = stack.iter().map(|(_, size)| Piece { size: *size, past: None }).collect();
        let rests = Split::new(&pieces, if demand == 0 { asked } else { gone }).rests(&pieces);
        let mut above = left.saturating_sub(gone.max(if demand == 0 { asked } else { 0 }));
        for (n, ((firm, size), kept)) in stack.iter().zip(rests).enumerate() {
            let (tier, own) = (plan.tier_of(*firm), size - kept);
            let mut got = own.min(left);
            left -= got;
            put(last, tier, own - got, 0);
            // What was taken above the forecast belongs to what comes last.
            if n + 1 == stack.len() {
                (got, above) = (got + above, 0);
            }
            put(0, tier, got, got);
        }
        while let Some(slice) = rest.slices.get(next).filter(|slice| slice.customer == customer) {
            put(slice.rank + first, slice.tier as usize, slice.size, served.get(next).copied().unwrap_or_default());
            next += 1;
        }
        debug_assert_eq!(above, 0, "everybody has a tier");
    }
    for slice in &day.slices {
        let at = slice.customer as usize;
        let cell = day.at(slice.rank, scope.district_of[at], scope.company(at));
        day.sizes[cell] += slice.size;
    }
    (day, given, first)
}

/// The cells of the whole day, and what each gets, from those of its rest.
pub(super) fn cells_over_the_day(day: &Slices, first: u32, rest: &[Cell], shares: &mut Shares) -> Vec<Cell> {
    let per_rank = day.districts * day.companies;
    let (mut all, mut parts) = (Vec::new(), Vec::new());
    for at in 0..per_rank * first as usize {
        let (district, company) = ((at / day.companies) as u32, (at % day.companies) as u32);
        if day.sizes[at] > 0 {
            all.push(Cell { rank: 0, district, company, size: day.sizes[at] });
            parts.push(day.sizes[at]);
        }
    }
    all.extend(rest.iter().map(|cell| Cell { rank: cell.rank + first, ..*cell }));
    parts.append(&mut shares.cells);
    shares.cells = parts;
    all
}

/// What a revision does to a customer's order for the rest of the day, in m3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The customer, by index in [`City::customers`].
    pub customer: u32,
    /// How its order changes.
    pub change: ChangeKind,
    /// What its forecast asks for in the rest of the day.
    pub demand_m3: M3,
    /// What the order in force leaves it for that.
    pub before_m3: M3,
    /// What the revision gives it for that.
    pub now_m3: M3,
    /// What the order in force gave it for the hours that are past.
    pub past_ordered_m3: M3,
    /// What it took in them.
    pub past_taken_m3: M3,
}

/// How an order changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Cut now, and not before.
    Added,
    /// Cut before, and no longer.
    Lifted,
    /// Cut before and now, by another volume.
    Altered,
    /// Cut before and now, by the same volume.
    Unchanged,
}

impl ChangeKind {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Lifted => "lifted",
            Self::Altered => "altered",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Whoever is cut before or after a revision, with how its order changes: in the order of the decision. Empty for a decision of a
/// whole day.
pub fn changes(city: &City, day: &Day, decision: &Decision) -> Vec<Changed> {
    let Some(past) = &day.past else { return Vec::new() };
    let mut found = Vec::new();
    let parts = std::iter::once(decision).chain(&decision.areas);
    for share in parts.flat_map(|part| &part.detail).flat_map(|detail| &detail.customers) {
        let Some(at) = city.customer(&share.customer_id) else { continue };
        let (customer, taken) = (at as u32, past.taken[at]);
        let left = day.left(customer);
        let before = past.order.as_ref().map_or(left, |order| order.rest[at].min(left));
        let now = share.served_m3.get().saturating_sub(taken);
        let change = match (before < left, now < left) {
            (false, false) => continue,
            (false, true) => ChangeKind::Added,
            (true, false) => ChangeKind::Lifted,
            (true, true) if before == now => ChangeKind::Unchanged,
            (true, true) => ChangeKind::Altered,
        };
        found.push(Changed {
            customer,
            change,
            demand_m3: M3(left),
            before_m3: M3(before),
            now_m3: M3(now),
            past_ordered_m3: M3(past.ordered[at]),
            past_taken_m3: M3(taken),
        });
    }
    found
}

impl Prepared<'_> {
    /// Tells what a decision of the rest of a day revises, and what that changes.
    pub(super) fn tell_revision(&self, day: &Day, decision: &mut Decision) {
        let Some(past) = &day.past else { return };
        let city = self.city;
        let mut sums = Changes::default();
        for changed in changes(city, day, decision) {
            let sum = match changed.change {
                ChangeKind::Added => &mut sums.added,
                ChangeKind::Lifted => &mut sums.lifted,
                ChangeKind::Altered => &mut sums.altered,
                ChangeKind::Unchanged => &mut sums.unchanged,
            };
            add(sum, &changed);
        }
        let over = || past.taken.iter().zip(&past.ordered).filter(|(taken, ordered)| taken > ordered);
        let figures = &past.figures;
        let source = |(at, given): (usize, &super::past::Given)| {
            let volume = day.supply.get(at).copied().flatten()?;
            let source = city.sources.get(at)?.id.to_string();
            Some(SourcePast { source, given_m3: M3(given.volume), metered: given.metered, left_m3: volume })
        };
        let order = past.order.as_ref();
        decision.revision = Some(Revision {
            revises: order.map(|order| order.id.clone()).filter(|id| !id.is_empty()),
            at: revise::clock(past.at),
            remaining_supply: past.remaining_supply,
            past: PastTotals {
                hours: past.hours(),
                demand_m3: past.demand.iter().copied().map(M3).sum(),
                delivered_m3: past.taken.iter().copied().map(M3).sum(),
                customers_metered: figures.metered,
                customers_metered_in_part: figures.in_part,
                customers_by_district: figures.by_district,
                customers_assumed: figures.assumed,
                customers_over: over().count() as u64,
                over_m3: over().map(|(taken, ordered)| M3(taken - ordered)).sum(),
            },
            restored: order.and_then(|order| order.returned.clone()),
            by_source: past.given.iter().enumerate().filter_map(source).collect(),
            by_district: self.linepack_at(past),
            moved: past.moved_by.clone(),
            changes: sums,
            turns: order.map(|order| told(&order.turns)).unwrap_or_default(),
            listed: order.map(|order| told(&order.listed)).unwrap_or_default(),
        });
    }
}

impl Prepared<'_> {
    /// What each district's pipes hold at the hour, by the hour.
    fn linepack_at(&self, past: &Past) -> Vec<LinepackPast> {
        let districts = self.city.districts.iter().zip(&past.linepack).zip(&past.linepack_read);
        let told = |((district, level), read): ((&crate::city::District, &Option<u64>), &bool)| {
            let linepack_m3 = Milli(((*level)? + 500) / 1_000);
            Some(LinepackPast { district: district.id.to_string(), linepack_m3, read: *read })
        };
        districts.filter_map(told).collect()
    }
}

fn told(cuts: &BTreeMap<String, u64>) -> BTreeMap<String, M3> {
    cuts.iter().map(|(id, cut)| (id.clone(), M3(*cut))).collect()
}

fn add(sum: &mut Change, changed: &Changed) {
    sum.customers += 1;
    sum.before_m3 += changed.demand_m3.less(changed.before_m3);
    sum.now_m3 += changed.demand_m3.less(changed.now_m3);
}
