//! What a restoration leaves in the record: who got back how much, and by how much that makes burdens lighter.

use std::collections::{BTreeMap, HashMap};

use super::book::Dossier;
use super::entry::{Borne, DecisionId, Restored, Steps, Turn};
use super::messages::{RecordError, RecordMessage as M};
use super::store::{Draft, Record};
use crate::city::City;
use crate::decide::restore::{Back, Restoration};
use crate::decide::{Decision, revise};
use crate::policy::{Policy, Sharing};
use crate::units::{Decimal, Fraction, M3};

/// The file in which a record keeps what came back of an order, by measure.
pub const RETURNED: &str = "returned.json";

/// The file in which it keeps by how much that makes the burdens of customers on stop lists lighter.
pub(super) const RELIEVED: &str = "relieved.json";

impl Restored {
    /// What comes back of an order, with the contents that its entry names.
    ///
    /// # Errors
    /// That a content cannot be kept.
    pub fn of(
        id: DecisionId,
        order: &Decision,
        restoration: &Restoration,
        city: &City,
        policy: &Policy,
        steps: Steps,
    ) -> Result<(Draft, Self), M> {
        let backs = restoration.backs(city);
        let of = |back: &Back| {
            let measure = policy.measures.iter().find(|measure| Some(&measure.id) == back.measure.as_ref())?;
            let home = city.customers.get(city.customer(&back.customer_id)?)?;
            Some((measure, city.districts.get(home.district as usize)?))
        };
        let (mut blocks, mut listed) = (BTreeMap::<String, M3>::new(), BTreeMap::<&str, u64>::new());
        for back in &backs {
            let Some((measure, district)) = of(back) else { continue };
            if measure.rotates {
                *blocks.entry(district.id.to_string()).or_default() += back.back_m3;
            }
            if measure.sharing == Sharing::List {
                *listed.entry(&back.customer_id).or_default() += back.back_m3.get();
            }
        }
        let mut draft = Draft::default();
        let mut add = |name: &str, content: serde_json::Result<Vec<u8>>| {
            let what = |error: &dyn std::error::Error| M::Unpackable { what: error.to_string() };
            let content = content.map_err(|error| what(&error))?;
            draft.add(name, &content).map_err(|error| what(&error))
        };
        add(RETURNED, serde_json::to_vec(&backs))?;
        if !listed.is_empty() {
            // By the demand that the burden of the order was measured by.
            let shares = order.detail.iter().flat_map(|detail| &detail.customers);
            let demands: HashMap<&str, M3> = shares.map(|share| (&*share.customer_id, share.demand_m3)).collect();
            let relieved = |(id, back): (&&str, &u64)| {
                let demand = demands.get(id).filter(|demand| !demand.is_zero())?;
                let burden = Decimal::below(Fraction::new(u128::from(*back), u128::from(demand.get())));
                Some(Borne { customer_id: (*id).to_owned(), burden })
            };
            add(RELIEVED, serde_json::to_vec(&listed.iter().filter_map(relieved).collect::<Vec<Borne>>()))?;
        }
        let restored = Self {
            order: id,
            back_m3: restoration.customers.iter().map(|it| it.back_m3).sum(),
            customers: restoration.customers.len() as u64,
            from: restoration.from.map(revise::clock),
            blocks,
            steps,
            files: BTreeMap::new(),
        };
        Ok((draft, restored))
    }
}

impl Dossier {
    /// What each block gives up under rotation by it, less what came back of that.
    pub fn turns(&self) -> Vec<Turn> {
        let mut turns = self.proposed.turns.clone();
        for turn in &mut turns {
            let back = self.restored.iter().filter_map(|(_, restored)| restored.blocks.get(&turn.district));
            turn.cut_m3 = back.fold(turn.cut_m3, |cut, back| cut.less(*back));
        }
        turns
    }
}

impl Record {
    /// Takes what came back of an order out of what its customers on stop lists gave up.
    pub(super) fn relieve(
        &self,
        order: &Dossier,
        borne: &mut [(u32, Decimal)],
        city: &City,
    ) -> Result<(), RecordError> {
        for (act, restored) in order.restored.iter().filter(|(_, it)| it.files.contains_key(RELIEVED)) {
            let relieved: Vec<Borne> = self.table(act.seq, &restored.files, RELIEVED)?;
            let of = |it: &Borne| Some((city.customer(&it.customer_id)? as u32, it.burden));
            let relieved: HashMap<u32, Decimal> = relieved.iter().filter_map(of).collect();
            for (customer, burden) in &mut *borne {
                if let Some(relief) = relieved.get(customer) {
                    *burden = burden.minus(*relief);
                }
            }
        }
        Ok(())
    }
}
