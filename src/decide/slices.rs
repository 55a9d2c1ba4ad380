//! The slices into which customers are cut, and their sums by rank, district and company (section 2 of the decision model).

use super::allocate::Cell;
use super::decision::{Kind as SliceKind, PAST as PAST_ID, PINNED};
use super::hourly::Spread;
use super::plan::Plan;

/// Stands for the measure of a rank that holds what is past of the day.
pub(super) const PAST: usize = usize::MAX;

/// One place in the supply order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rank {
    pub kind: SliceKind,
    /// The tier, by index in the policy, of a firm rank.
    pub tier: Option<usize>,
    /// The measure, by index in the policy, of an authorised or withheld rank; `None` of a pinned one.
    pub measure: Option<usize>,
}

impl Rank {
    /// The measure's id, or what stands for it.
    pub(super) fn measure_id(&self, plan: &Plan<'_>) -> Option<String> {
        match (self.measure, self.tier) {
            (Some(PAST), _) => Some(PAST_ID.to_owned()),
            (Some(measure), _) => Some(plan.scope.policy.measures[measure].id.clone()),
            (None, Some(_)) => None,
            (None, None) => Some(PINNED.to_owned()),
        }
    }
}

/// A part of a customer's demand in one rank and of one tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    /// Index in the scope's customers.
    pub customer: u32,
    /// Rank in [`Slices::ranks`].
    pub rank: u32,
    /// The tier that it has when firm, by index in the policy.
    pub tier: u32,
    /// How it spreads over the hours, as an index in [`Slices::spreads`]; 0 where the day is decided as a whole.
    pub spread: u32,
    /// In m3, above 0.
    pub size: u64,
}

/// All slices of a balance, or their sums alone.
#[derive(Clone)]
pub(super) struct Slices {
    /// The ranks that there are, in supply order; empty ones do not exist.
    pub ranks: Vec<Rank>,
    /// The sum of the slices by rank, district and company, dense.
    pub sizes: Vec<u64>,
    pub(super) districts: usize,
    pub(super) companies: usize,
    /// The same sums by hour, in units of 10^-18 m3; empty where the day is decided as a whole.
    pub by_hour: Vec<u128>,
    pub(super) hours: usize,
    /// How slices spread over the hours.
    pub spreads: Vec<Spread>,
    /// Slice by slice, by customer; from best to worst within a customer of each kind. Empty if only sums were asked for.
    pub slices: Vec<Slice>,
}

impl Slices {
    /// The cells of the ranks that can be served, in the order of the allocation.
    pub fn cells(&self) -> Vec<Cell> {
        let per_rank = self.districts * self.companies;
        let cell = |(at, size): (usize, &u64)| {
            let (rank, within) = (at / per_rank, at % per_rank);
            let servable = *size > 0 && self.ranks[rank].kind != SliceKind::Withheld;
            let (district, company) = ((within / self.companies) as u32, (within % self.companies) as u32);
            servable.then_some(Cell { rank: rank as u32, district, company, size: *size })
        };
        let mut cells = Vec::with_capacity(self.sizes.len());
        cells.extend(self.sizes.iter().enumerate().filter_map(cell));
        cells
    }

    /// The size of a rank in m3.
    pub fn rank_size(&self, rank: usize) -> u64 {
        let per_rank = self.districts * self.companies;
        self.sizes[rank * per_rank..(rank + 1) * per_rank].iter().sum()
    }

    /// How many districts there are.
    pub const fn districts(&self) -> usize {
        self.districts
    }

    /// The rank of a dense sum.
    pub const fn rank_of(&self, at: usize) -> usize {
        at / (self.companies * self.districts)
    }

    /// The district of a dense sum.
    pub const fn district_of(&self, at: usize) -> usize {
        at / self.companies % self.districts
    }

    /// Takes over the sums of one district from slices of the same ranks.
    pub fn take_district(&mut self, from: &Self, district: usize) {
        for at in (0..self.sizes.len()).filter(|at| at / self.companies % self.districts == district) {
            self.sizes[at] = from.sizes[at];
            let hours = at * self.hours..(at + 1) * self.hours;
            self.by_hour[hours.clone()].copy_from_slice(&from.by_hour[hours]);
        }
    }

    /// The firm slices of each district and company together, as cells of one rank.
    pub fn firm_cells(&self) -> Vec<Cell> {
        let per_rank = self.districts * self.companies;
        let mut sums = vec![0; per_rank];
        for (rank, sizes) in self.ranks.iter().zip(self.sizes.chunks(per_rank.max(1))) {
            if rank.kind == SliceKind::Firm {
                sums.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
            }
        }
        cells_of_one_rank(&sums, self.companies)
    }

    /// Where a slice's cell stands among the dense sums.
    pub fn at(&self, rank: u32, district: u32, company: u32) -> usize {
        (rank as usize * self.districts + district as usize) * self.companies + company as usize
    }
}

impl Slices {
    /// Empty ranks do not exist, and ranks count on.
    pub fn without_empty_ranks(mut self) -> Self {
        let per_rank = self.districts * self.companies;
        let mut new = vec![u32::MAX; self.ranks.len()];
        let mut next = 0;
        for (rank, new) in new.iter_mut().enumerate() {
            if self.rank_size(rank) > 0 {
                *new = next as u32;
                self.ranks[next] = self.ranks[rank];
                self.sizes.copy_within(rank * per_rank..(rank + 1) * per_rank, next * per_rank);
                let per_rank = per_rank * self.hours;
                self.by_hour.copy_within(rank * per_rank..(rank + 1) * per_rank, next * per_rank);
                next += 1;
            }
        }
        self.ranks.truncate(next);
        self.sizes.truncate(next * per_rank);
        self.by_hour.truncate(next * per_rank * self.hours);
        for slice in &mut self.slices {
            slice.rank = new[slice.rank as usize];
        }
        self
    }
}

/// Sums by district and company as cells of one rank.
pub(super) fn cells_of_one_rank(sums: &[u64], companies: usize) -> Vec<Cell> {
    let cell = |(at, size): (usize, &u64)| {
        let (district, company) = ((at / companies) as u32, (at % companies) as u32);
        (*size > 0).then_some(Cell { rank: 0, district, company, size: *size })
    };
    sums.iter().enumerate().filter_map(cell).collect()
}
