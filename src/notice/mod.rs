//! Who is told what of a decision: each company its list, each site that is cut what it may take and when.
//!
//! Plain data, put together from a decision, the city and the policies; no words and no files. What is told adds up: the rows of the
//! sites are those of their company's list, and all lists together are the decision's cuts.

mod site;

use std::collections::{BTreeMap, HashMap};

pub use site::SiteNotice;

use crate::city::City;
use crate::decide::by_profile::{ByProfile, HoursOf};
use crate::decide::revise::ChangeKind;
use crate::decide::{Decision, PAST, Reason};
use crate::policy::Policies;
use crate::units::{M3, Milli};

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The order of its day: to be carried out.
    Order,
    /// Approved, and not an order yet: be ready.
    Warning,
    /// Approved by nobody: nobody acts on it.
    Proposal,
    /// The order of a day in a response that is over since: a copy of what was told then.
    Ended,
}

/// What papers are made of.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The city.
    pub city: &'a City,
    /// The policies it was decided under.
    pub policies: &'a Policies,
    /// The decision, with its customers and slices.
    pub decision: &'a Decision,
    /// What the clock shows at the beginning of each hour of the gas day.
    pub clock: &'a [u8],
    /// What an earlier order left, if papers were sent of one.
    pub earlier: Option<&'a Earlier>,
    /// What came back of this order since, by customer.
    pub back: Option<&'a HashMap<String, CameBack>>,
}

/// What came back of a customer's cut: by the clock hour from which on, `None` for all of the gas day.
pub type CameBack = BTreeMap<Option<u8>, M3>;

/// What an earlier order left whoever it cut, over the hours that this decision is about. Who is not in it was not cut.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// By customer.
    pub left: HashMap<String, M3>,
}

/// All that is told of a decision.
#[derive(Clone, Debug)]
pub struct Notices<'a> {
    /// In the order of their ids.
    pub companies: Vec<CompanyNotice<'a>>,
    /// What the clock shows at the beginning of each hour of the gas day.
    pub clock: &'a [u8],
    /// The first hour, counted from 0, that this is about: a revision is about the rest of its day.
    pub first: usize,
}

/// A company's list.
#[derive(Clone, Debug)]
pub struct CompanyNotice<'a> {
    /// The company, by index in [`City::companies`].
    pub company: u32,
    /// In the order of the districts' table; only those with a row.
    pub blocks: Vec<BlockNotice<'a>>,
    /// All of them together.
    pub sum: Sum,
    /// Its sites, in the order of their ids.
    pub sites: Vec<SiteNotice<'a>>,
}

/// The part of a company's list in one district.
#[derive(Clone, Debug)]
pub struct BlockNotice<'a> {
    /// The district, by index in [`City::districts`].
    pub district: u32,
    /// Who is cut, and whose cut is lifted, in the order of their ids.
    pub rows: Vec<Row<'a>>,
    /// All of them together.
    pub sum: Sum,
}

/// A customer, in m3 over the hours that this is about.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// By index in [`City::customers`].
    pub customer: u32,
    /// The balance it belongs to: the decision, or one of its areas.
    pub part: &'a Decision,
    /// How and why it is cut.
    pub reason: Option<&'a Reason>,
    /// What it asks for.
    pub demand: M3,
    /// What it may take.
    pub served: M3,
    /// What keeps its plant from harm, in m3 a day and at most its day's demand.
    pub floor: M3,
    /// What of it came back since the order.
    pub back: M3,
    /// From when on; empty where nothing did.
    pub back_from: CameBack,
    /// What an earlier order left it, where there was one that cut it.
    pub before: Option<M3>,
    /// How its order changes; absent where nothing came before, or it is cut by neither.
    pub change: Option<ChangeKind>,
    /// The same by the hour of the gas day; of what came back nothing is said by the hour.
    pub hours: Vec<Milli>,
    /// What it asks for, by the hour.
    pub asked: Vec<Milli>,
}

impl Row<'_> {
    /// What it gives up.
    pub fn cut(&self) -> M3 {
        self.demand.less(self.served)
    }
}

/// Rows together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Customers that are cut.
    pub customers: u64,
    /// Their households.
    pub households: u64,
    /// What the rows ask for.
    pub demand: M3,
    /// What they may take.
    pub served: M3,
    /// What they give up, by the hour of the gas day.
    pub cut_by_hour: Vec<Milli>,
}

impl Sum {
    /// What the rows give up.
    pub fn cut(&self) -> M3 {
        self.demand.less(self.served)
    }

    fn add(&mut self, row: &Row<'_>, city: &City) {
        let more = city.customers.get(row.customer as usize).and_then(|customer| customer.more.as_ref());
        if !row.cut().is_zero() {
            self.customers += 1;
            self.households += more.map_or(0, |more| more.households);
        }
        self.demand += row.demand;
        self.served += row.served;
        self.cut_by_hour.resize(row.hours.len().max(self.cut_by_hour.len()), Milli(0));
        let cut = row.asked.iter().zip(&row.hours).map(|(asked, served)| asked.0.saturating_sub(served.0));
        self.cut_by_hour.iter_mut().zip(cut).for_each(|(sum, cut)| sum.0 += cut);
    }
}

/// A customer of a decision that the city has not, or has elsewhere: the case is no longer the one that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger(pub String);

/// Who is told what.
///
/// # Errors
/// A customer of the decision whom the city does not know.
pub fn notices(ask: Ask<'_>) -> Result<Notices<'_>, Stranger> {
    let city = ask.city;
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut first = 0;
    // Rows of a meter with one that is cut are told too: the meter counts them together.
    let mut told: HashMap<(u32, &str), bool> = HashMap::new();
    let site_of = |customer: u32| {
        let found = city.customers.get(customer as usize)?;
        let site = found.more.as_ref().map_or("", |more| &more.site);
        (!site.is_empty()).then_some((found.company, site))
    };
    for part in std::iter::once(ask.decision).chain(&ask.decision.areas) {
        let Some(detail) = &part.detail else { continue };
        let own = part.area.as_deref().and_then(|area| city.districts.iter().find(|it| &*it.id == area));
        let policy = ask.policies.named(own.and_then(|district| district.policy.as_deref()));
        let hours = ByProfile::new(part, policy, city, ask.clock);
        first = first.max(hours.first());
        let past = past(part);
        let mut of_part = Vec::with_capacity(detail.customers.len());
        for (i, share) in (0..).zip(&detail.customers) {
            let stranger = || Stranger(share.customer_id.to_string());
            let customer = city.customer(&share.customer_id).ok_or_else(stranger)? as u32;
            let (past_demand, past_served) = past.get(&i).copied().unwrap_or_default();
            let (demand, kept) = (share.demand_m3.less(past_demand), share.served_m3.less(past_served));
            let back_from = ask.back.and_then(|back| back.get(&*share.customer_id)).cloned().unwrap_or_default();
            let back: M3 = back_from.values().copied().sum();
            let back = back.min(demand.less(kept));
            let served = kept + back;
            let earlier = ask.earlier.and_then(|earlier| earlier.left.get(&*share.customer_id));
            let before = match (earlier, back.is_zero()) {
                (_, false) => Some(kept),
                (earlier, true) => earlier.copied().map(|left| M3(left.get().min(demand.get()))),
            };
            let cut_before = before.is_some_and(|before| before < demand);
            let change = match (cut_before, served < demand) {
                (false, true) if ask.earlier.is_some() => Some(ChangeKind::Added),
                (true, false) => Some(ChangeKind::Lifted),
                (true, true) if before == Some(served) => Some(ChangeKind::Unchanged),
                (true, true) => Some(ChangeKind::Altered),
                _ => None,
            };
            let before = before.filter(|_| cut_before);
            let speaks = served < demand || change.is_some();
            if let Some(site) = site_of(customer) {
                *told.entry(site).or_default() |= speaks;
            }
            let floor = city.customers.get(customer as usize).map_or(M3::ZERO, |it| it.floor).min(share.demand_m3);
            let reason = detail.reasons.get(share.reason as usize);
            of_part.push((
                i,
                speaks,
                Row {
                    customer,
                    part,
                    reason,
                    demand,
                    served,
                    floor,
                    back,
                    back_from,
                    before,
                    change,
                    hours: Vec::new(),
                    asked: Vec::new(),
                },
            ));
        }
        let wanted = of_part.into_iter().filter(|(_, speaks, row)| {
            *speaks || site_of(row.customer).is_some_and(|site| told.get(&site).copied().unwrap_or(false))
        });
        rows.extend(wanted.map(|(i, _, row)| {
            let profile = city.customers.get(row.customer as usize).and_then(|customer| customer.profile);
            let HoursOf { demand, served } = hours.of(i, profile);
            Row { hours: served, asked: demand, ..row }
        }));
    }
    Ok(Notices { companies: companies(city, rows), clock: ask.clock, first })
}

/// What of each customer's demand and gas is past in a revision, by index in the decision's list.
fn past(part: &Decision) -> HashMap<u32, (M3, M3)> {
    let mut past: HashMap<u32, (M3, M3)> = HashMap::new();
    let ranks: Vec<u32> =
        part.by_rank.iter().filter(|rank| rank.measure.as_deref() == Some(PAST)).map(|rank| rank.rank).collect();
    if ranks.is_empty() {
        return past;
    }
    for slice in part.detail.iter().flat_map(|detail| &detail.slices).filter(|slice| ranks.contains(&slice.rank)) {
        let (demand, served) = past.entry(slice.customer).or_default();
        *demand += slice.size_m3;
        *served += slice.served_m3;
    }
    past
}

fn companies<'a>(city: &'a City, rows: Vec<Row<'a>>) -> Vec<CompanyNotice<'a>> {
    let mut by_company: BTreeMap<u32, Vec<Row<'a>>> = BTreeMap::new();
    for row in rows {
        let company = city.customers.get(row.customer as usize).map_or(0, |customer| customer.company);
        by_company.entry(company).or_default().push(row);
    }
    let notice = |(company, rows): (u32, Vec<Row<'a>>)| {
        let sites = site::sites(city, &rows);
        let (mut by_block, mut sum): (BTreeMap<u32, BlockNotice<'a>>, Sum) = (BTreeMap::new(), Sum::default());
        for row in rows.into_iter().filter(|row| !row.cut().is_zero() || row.change.is_some()) {
            sum.add(&row, city);
            let district = city.customers.get(row.customer as usize).map_or(0, |customer| customer.district);
            let block = by_block.entry(district);
            let block = block.or_insert_with(|| BlockNotice { district, rows: Vec::new(), sum: Sum::default() });
            block.sum.add(&row, city);
            block.rows.push(row);
        }
        let mut blocks: Vec<BlockNotice<'a>> = by_block.into_values().collect();
        blocks.iter_mut().for_each(|block| block.rows.sort_by_key(|row| row.customer));
        CompanyNotice { company, blocks, sum, sites }
    };
    by_company.into_iter().map(notice).collect()
}
