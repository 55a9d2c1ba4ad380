//! Why homes are cold: the weather alone, a measure, or a cut that nobody was authorised to make.

use serde::{Deserialize, Serialize};

use crate::city::City;
use crate::decide::{Kind, Loss, Losses};
use crate::policy::{Cut, Policies, Policy};

/// Why a home is cold. Causes are added one after another: what the weather alone does, what required stops add to that, then
/// the other measures in the order in which they cut, then what is beyond authority.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// It is colder than the boiler was built for, with all the gas it asks for.
    Weather,
    /// A measure, by id.
    Measure(String),
    /// A cut that the day's level did not authorise.
    Beyond,
}

/// The causes that there can be, and which one a loss has.
#[derive(Clone, Debug)]
pub(crate) struct Causes {
    /// In the order in which they are added; the weather first.
    pub all: Vec<Cause>,
    /// By policy (the main one, then each district's own), then by measure: an index in `all`.
    of: Vec<Vec<usize>>,
    /// By district: an index in `of`.
    policies: Vec<usize>,
}

impl Causes {
    pub fn of(city: &City, policies: &Policies) -> Self {
        let mut all = vec![Cause::Weather];
        for required in [true, false] {
            for measure in policies.all().flat_map(|policy| &policy.measures) {
                let stops = |cut: &Cut| matches!(cut, Cut::Stop { required: true, .. });
                let own = measure.at.iter().flatten().any(|action| stops(&action.cut));
                let cause = Cause::Measure(measure.id.clone());
                if own == required && !all.contains(&cause) {
                    all.push(cause);
                }
            }
        }
        all.push(Cause::Beyond);
        let find = |id: &str| all.iter().position(|cause| matches!(cause, Cause::Measure(own) if own == id));
        let of = |policy: &Policy| {
            let measures = policy.measures.iter();
            measures.map(|measure| find(&measure.id).unwrap_or(all.len() - 1)).collect()
        };
        let at = |own: Option<&str>| {
            let others = policies.own.keys().position(|name| Some(name.as_str()) == own);
            others.map_or(0, |at| at + 1)
        };
        let own = city.districts.iter().map(|district| at(district.policy.as_deref())).collect();
        Self { of: policies.all().map(of).collect(), policies: own, all }
    }

    /// The cause of a loss, as an index.
    pub fn cause(&self, balance: &Losses, loss: &Loss) -> usize {
        let policy = balance.area.map_or(0, |area| self.policies[area as usize]);
        match loss.measure {
            Some(measure) if loss.kind != Kind::Firm => self.of[policy][measure as usize],
            _ => self.all.len() - 1,
        }
    }
}
