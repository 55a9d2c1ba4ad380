//! What a run comes to, as it is kept: exact sums, so that parts of a run, wherever they were made, add up to the whole.

use serde::{Deserialize, Serialize};

use super::ensemble::{Difference, Ensemble, Outcome};
use super::figures::{Figure, Tally};
use crate::Label;
use crate::policy::hex;
use crate::units::Date;

/// Winters that were simulated, with all that it takes to read them and to add others of the same run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Results {
    /// [`Results::SCHEMA`].
    pub schema: String,
    /// The version of the program: another one may decide otherwise.
    pub version: String,
    /// SHA-256 of all that decides the result, in hex: parts of one run share it.
    pub inputs: String,
    /// Which winters these are.
    pub winters: Span,
    /// How the sample of days fared that the linear program decided as well.
    pub confirmed: Confirmed,
    /// The scenarios, the first of them the one that the others are held against.
    pub scenarios: Vec<Simulated>,
    /// For each scenario but the first: how it differs from the first on the same winters, figure by figure.
    pub differences: Vec<Vec<(Figure, Difference)>>,
}

/// Which winters of a run: those from `from` on and before `until`, of `of` in all, numbered from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Span {
    pub from: u64,
    pub until: u64,
    pub of: u64,
}

impl Span {
    /// All winters.
    pub const fn all(of: u64) -> Self {
        Self { from: 0, until: of, of }
    }

    /// The part with this number, from 1, of so many parts, which differ by one winter at most.
    pub fn shard(number: u64, parts: u64, of: u64) -> Self {
        let first = |part: u64| ((u128::from(of) * u128::from(part)) / u128::from(parts.max(1))) as u64;
        Self { from: first(number.saturating_sub(1)), until: first(number), of }
    }
}

/// A sample of short days that were decided again with the linear program beside the exact algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// How many days.
    pub days: u64,
    /// On how many of them both found the same totals.
    pub agreed: u64,
}

/// A scenario and what its winters come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Simulated {
    /// What it is called.
    pub name: String,
    /// What sets it apart from the others of a row of values, `PATH=VALUE`; empty without such a row.
    pub value: String,
    /// The case.
    pub case: String,
    /// How many customers the case has, and by how many groups that no rule can tell apart it was simulated.
    pub customers: (u64, u64),
    /// The policy.
    pub policy: PolicyUsed,
    /// Overrides, as they were given.
    pub set: Vec<String>,
    /// The first day of the season.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// What chance began with.
    pub seed: u64,
    /// The weather that winters were drawn from.
    pub weather: WeatherUsed,
    /// The levels, the mildest first.
    pub levels: Vec<LevelUsed>,
    /// What was counted, and what its subject is called: the class, the district, the tier or the level.
    pub figures: Vec<(Figure, Label)>,
    /// The sums.
    pub tally: Tally,
}

/// The policy of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct PolicyUsed {
    pub id: String,
    pub version: String,
    pub digest: String,
    pub name: Label,
}

/// The weather of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeatherUsed {
    /// The first day of the series.
    pub from: Date,
    /// How many days it has.
    pub days: u64,
    /// How many whole seasons it holds.
    pub winters: u64,
    /// How many days a block has; `None` if winters were replayed.
    pub block_days: Option<u32>,
}

/// A level of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelUsed {
    /// Its id.
    pub id: String,
    /// The colour of its warning.
    pub colour: String,
    /// What the colour is called.
    pub colour_name: Label,
}

/// Why parts do not make one run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Apart {
    /// The part with this number, by its place in the list, is of another run than the first: of other inputs, another version
    /// or another number of winters.
    OtherInputs {
        part: usize,
    },
    OtherVersion {
        part: usize,
    },
    OtherNumber {
        part: usize,
    },
    /// Two parts have winters in common, from the one on and before the other.
    Overlap {
        one: usize,
        other: usize,
        from: u64,
        until: u64,
    },
    /// Winters are missing, from the one on and before the other.
    Gap {
        from: u64,
        until: u64,
    },
    /// The sums are not those of such a run.
    Misshapen {
        part: usize,
    },
}

impl Results {
    /// The kind of file.
    pub const SCHEMA: &'static str = "curtail.simulation/1";

    /// What a run of these scenarios comes to before its first winter, each with the digest of its inputs.
    pub fn nothing(scenarios: Vec<(Simulated, String)>, ensemble: &Ensemble<'_>, winters: Span) -> Self {
        let mut all = hmac_sha256::Hash::new();
        for (scenario, digest) in &scenarios {
            all.update(format!("{} {} {}\n", digest, scenario.name.len(), scenario.name));
            all.update(format!("{} {}\n", scenario.value.len(), scenario.value));
        }
        Self {
            schema: Self::SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: hex(&all.finalize()),
            winters,
            confirmed: Confirmed::default(),
            scenarios: scenarios.into_iter().map(|(scenario, _)| scenario).collect(),
            differences: ensemble.nothing().differences,
        }
    }

    /// Whether it is of the same run as another, whichever winters of it.
    pub fn is_of_run(&self, other: &Self) -> bool {
        let same = self.version == other.version && self.inputs == other.inputs;
        same && self.winters.of == other.winters.of && self.is_like(other)
    }

    /// Whether all winters of another are among its own: those of the same inputs, however many were asked for.
    pub fn holds(&self, other: &Self) -> bool {
        let same = self.version == other.version && self.inputs == other.inputs && self.is_like(other);
        same && self.winters.from <= other.winters.from && other.winters.until <= self.winters.until
    }

    /// The outcome without its words.
    pub fn outcome(&self) -> Outcome {
        let tallies = self.scenarios.iter().map(|scenario| scenario.tally.clone()).collect();
        Outcome { tallies, differences: self.differences.clone() }
    }

    /// Takes in the outcome of some of its winters.
    pub fn put(&mut self, outcome: Outcome) {
        self.scenarios.iter_mut().zip(outcome.tallies).for_each(|(scenario, tally)| scenario.tally = tally);
        self.differences = outcome.differences;
    }

    /// Whether sums and winters fit each other, as far as they can be held against each other: a file may have been damaged.
    pub fn is_sound(&self) -> bool {
        let Span { from, until, of } = self.winters;
        let winters = until.saturating_sub(from);
        let sound = |scenario: &Simulated| {
            let days = (scenario.until.day_number() + 1).saturating_sub(scenario.from.day_number());
            scenario.tally.fits(scenario.figures.len(), scenario.levels.len(), days as usize, winters)
        };
        let counted = self.differences.iter().flatten().all(|(_, difference)| difference.count() == winters);
        from <= until
            && until <= of
            && !self.scenarios.is_empty()
            && self.differences.len() + 1 == self.scenarios.len()
            && self.confirmed.agreed <= self.confirmed.days
            && counted
            && self.scenarios.iter().all(sound)
    }

    /// Parts of one run as the whole run, in whatever order they come.
    ///
    /// # Errors
    /// The first reason why they do not make one.
    pub fn merge(parts: &[Self]) -> Result<Self, Apart> {
        let Some(first) = parts.first() else { return Err(Apart::Gap { from: 0, until: 0 }) };
        for (part, own) in parts.iter().enumerate() {
            if own.version != first.version || own.schema != first.schema {
                return Err(Apart::OtherVersion { part });
            }
            if own.inputs != first.inputs {
                return Err(Apart::OtherInputs { part });
            }
            if own.winters.of != first.winters.of {
                return Err(Apart::OtherNumber { part });
            }
            if !own.is_sound() || !own.is_like(first) {
                return Err(Apart::Misshapen { part });
            }
        }
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| (parts[*at].winters.from, parts[*at].winters.until, *at));
        let (mut reached, mut last) = (0, order[0]);
        for at in &order {
            let Span { from, until, .. } = parts[*at].winters;
            if from < reached && until > from {
                return Err(Apart::Overlap { one: last, other: *at, from, until: reached.min(until) });
            }
            if from > reached {
                return Err(Apart::Gap { from: reached, until: from });
            }
            (reached, last) = (reached.max(until), *at);
        }
        if reached < first.winters.of {
            return Err(Apart::Gap { from: reached, until: first.winters.of });
        }
        let mut whole = parts[order[0]].clone();
        let mut outcome = whole.outcome();
        for at in &order[1..] {
            outcome.merge(&parts[*at].outcome());
            whole.confirmed.days += parts[*at].confirmed.days;
            whole.confirmed.agreed += parts[*at].confirmed.agreed;
        }
        whole.winters = Span::all(first.winters.of);
        whole.put(outcome);
        Ok(whole)
    }

    /// Whether the sums are of the same figures.
    fn is_like(&self, other: &Self) -> bool {
        let figures = |results: &Self| {
            let own = results.scenarios.iter().map(|scenario| scenario.figures.clone()).collect::<Vec<_>>();
            let differences =
                results.differences.iter().map(|of| of.iter().map(|(figure, _)| figure.clone()).collect());
            (own, differences.collect::<Vec<Vec<Figure>>>())
        };
        figures(self) == figures(other)
    }
}

impl Simulated {
    /// How a figure is spread, if it was counted.
    pub fn spread(&self, figure: &Figure) -> Option<&super::Spread> {
        let at = self.figures.iter().position(|(own, _)| own == figure)?;
        self.tally.spreads().get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_all_winters_once_and_of_like_size() {
        for (parts, of) in [(1, 10), (3, 10), (7, 3), (4, 1_000_000_000)] {
            let shards: Vec<Span> = (1..=parts).map(|number| Span::shard(number, parts, of)).collect();
            assert_eq!((shards[0].from, shards[parts as usize - 1].until), (0, of));
            assert!(shards.windows(2).all(|pair| pair[0].until == pair[1].from));
            let sizes = || shards.iter().map(|shard| shard.until - shard.from);
            assert!(sizes().max() <= sizes().min().map(|least| least + 1));
        }
    }
}
