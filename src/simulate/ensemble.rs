//! Scenarios on the same winters: what each comes to, and how they differ winter by winter.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::each::EachWinter;
use super::figures::{Figure, Tally};
use super::parallel::in_parallel;
use super::study::{Study, Worker};
use crate::problem::Problems;

/// Scenarios made ready to meet the same winters, the first of them the one that the others are held against.
pub struct Ensemble<'a> {
    studies: Vec<Study<'a>>,
    /// For each scenario but the first: the figures that it shares with the first, by index in the first and in its own.
    shared: Vec<Vec<(usize, usize)>>,
}

/// What is kept of winters beside their sums.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Sums,
    Winters,
    Days,
}

/// What winters come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// For each scenario.
    pub tallies: Vec<Tally>,
    /// For each scenario but the first: how it differs from the first, figure by figure.
    pub differences: Vec<Vec<(Figure, Difference)>>,
}

/// How two scenarios differ in a figure on the same winters: the second less the first, in exact sums.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Difference {
    count: u64,
    sum: i128,
    squares: u128,
    less: u64,
    more: u64,
}

/// How a difference is written: sums as texts, since they outgrow what other programs take for a number.
#[derive(Serialize, Deserialize)]
struct Written {
    winters: u64,
    sum: String,
    squares: String,
    less: u64,
    more: u64,
}

impl From<Difference> for Written {
    fn from(own: Difference) -> Self {
        let (sum, squares) = (own.sum.to_string(), own.squares.to_string());
        Self { winters: own.count, sum, squares, less: own.less, more: own.more }
    }
}

impl TryFrom<Written> for Difference {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { winters, less, more, .. } = written;
        let (Ok(sum), Ok(squares)) = (written.sum.parse(), written.squares.parse()) else {
            return Err(format!("`{}` or `{}` is no sum", written.sum, written.squares));
        };
        if less.checked_add(more).is_none_or(|unlike| unlike > winters) {
            return Err(format!("{less} and {more} of {winters} winters"));
        }
        Ok(Self { count: winters, sum, squares, less, more })
    }
}

impl Difference {
    fn add(&mut self, first: u64, second: u64) {
        let difference = i128::from(second) - i128::from(first);
        self.count += 1;
        self.sum += difference;
        self.squares += difference.unsigned_abs() * difference.unsigned_abs();
        self.less += u64::from(second < first);
        self.more += u64::from(second > first);
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
        self.less += other.less;
        self.more += other.more;
    }

    /// How many winters.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// In how many winters the second has less.
    pub const fn less(&self) -> u64 {
        self.less
    }

    /// In how many winters the second has more.
    pub const fn more(&self) -> u64 {
        self.more
    }

    /// The mean difference; 0 of no winter.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    /// The standard error of the mean difference, from the winters as pairs. `None` of fewer than two winters.
    pub fn error(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        // As in a spread: exactly, before anything is rounded.
        let (n, sum) = (u128::from(self.count), self.sum.unsigned_abs());
        let spread = n.checked_mul(self.squares)?.checked_sub(sum.checked_mul(sum)?)?;
        Some((spread as f64 / (n as f64 * (n - 1) as f64)).sqrt() / (n as f64).sqrt())
    }

    /// Half of the interval that holds the mean difference of all winters nineteen times in twenty. `None` of fewer than two winters.
    pub fn interval(&self) -> Option<f64> {
        self.error().map(|error| 1.96 * error)
    }
}

impl Outcome {
    /// Takes in other winters of the same scenarios.
    pub fn merge(&mut self, other: &Self) {
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(own, other)| own.merge(other));
        for (own, other) in self.differences.iter_mut().zip(&other.differences) {
            own.iter_mut().zip(other).for_each(|((_, own), (_, other))| own.merge(other));
        }
    }

    /// How many winters.
    pub fn winters(&self) -> u64 {
        self.tallies.first().map_or(0, Tally::winters)
    }
}

impl<'a> Ensemble<'a> {
    /// Scenarios on the same winters. That they draw the same winters, by seed, season and weather, is up to the caller.
    pub fn new(studies: Vec<Study<'a>>) -> Self {
        let (first, others) = match studies.split_first() {
            Some((first, others)) => (first.figures(), others),
            None => (&[][..], &[][..]),
        };
        let shared = others.iter().map(|study| {
            let own = |figure: &Figure| study.figures().iter().position(|own| own == figure);
            (0..).zip(first).filter_map(|(at, figure)| Some((at, own(figure)?))).collect()
        });
        Self { shared: shared.collect(), studies }
    }

    /// The scenarios.
    pub fn studies(&self) -> &[Study<'a>] {
        &self.studies
    }

    /// What no winter comes to.
    pub fn nothing(&self) -> Outcome {
        let named = |shared: &Vec<(usize, usize)>| {
            let first = self.studies.first().map_or(&[][..], Study::figures);
            let difference = |(at, _): &(usize, usize)| (first[*at].clone(), Difference::default());
            shared.iter().map(difference).collect()
        };
        let tallies = self.studies.iter().map(Study::empty).collect();
        Outcome { tallies, differences: self.shared.iter().map(named).collect() }
    }

    /// Simulates the winters `from..until`, on so many threads (at least one). `progress` hears now and then how many are done, from any
    /// of them; where it says `false` the work ends early and comes to nothing.
    ///
    /// # Errors
    /// What is wrong with a day of the first winter that has such a day.
    pub fn run(
        &self,
        from: u64,
        until: u64,
        threads: usize,
        progress: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Option<Outcome>, Problems> {
        Ok(self.go(from..until, threads, progress, Keep::Sums)?.map(|(outcome, _)| outcome))
    }

    /// The same, with what each winter came to, in their order, and with `days` each of its days too. All of them are in memory at once:
    /// whoever wants many winters takes them some at a time.
    ///
    /// # Errors
    /// As for [`Ensemble::run`].
    pub fn run_each(
        &self,
        from: u64,
        until: u64,
        threads: usize,
        days: bool,
        progress: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Option<(Outcome, Vec<EachWinter>)>, Problems> {
        self.go(from..until, threads, progress, if days { Keep::Days } else { Keep::Winters })
    }

    fn go(
        &self,
        winters: Range<u64>,
        threads: usize,
        progress: &(dyn Fn(u64) -> bool + Sync),
        keep: Keep,
    ) -> Result<Option<(Outcome, Vec<EachWinter>)>, Problems> {
        let begin = || (self.nothing(), self.studies.iter().map(Study::worker).collect::<Vec<_>>(), Vec::new());
        let each = |(outcome, workers, kept): &mut (Outcome, Vec<Worker<'_, 'a>>, Vec<EachWinter>), winter: u64| {
            let mut first: &[u64] = &[];
            let mut own = EachWinter { winter, ..EachWinter::default() };
            let studies = self.studies.iter().zip(&mut outcome.tallies).zip(workers);
            for (at, ((study, tally), worker)) in studies.enumerate() {
                let mut days = (keep == Keep::Days).then(Vec::new);
                let numbers = study.winter(winter, tally, worker, days.as_mut())?;
                if keep != Keep::Sums {
                    own.figures.push(numbers.to_vec());
                    own.days.extend(days);
                }
                let Some(before) = at.checked_sub(1) else {
                    first = numbers;
                    continue;
                };
                let differences = self.shared[before].iter().zip(&mut outcome.differences[before]);
                differences.for_each(|((one, own), (_, difference))| difference.add(first[*one], numbers[*own]));
            }
            if keep != Keep::Sums {
                kept.push(own);
            }
            Ok(())
        };
        let parts = in_parallel(winters, threads, progress, begin, each)?;
        Ok(parts.map(|parts| {
            let mut parts = parts.into_iter().map(|(part, _, kept)| (part, kept));
            // There is a part for each thread, and at least one of them. Sums are large, so they are added up in the first.
            let (mut sum, mut all) = parts.next().unwrap_or_else(|| (self.nothing(), Vec::new()));
            for (part, kept) in parts {
                sum.merge(&part);
                all.extend(kept);
            }
            all.sort_unstable_by_key(|own| own.winter);
            (sum, all)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_has_its_mean_and_error_from_pairs() {
        let of = |pairs: &[(u64, u64)]| {
            let mut difference = Difference::default();
            pairs.iter().for_each(|(first, second)| difference.add(*first, *second));
            difference
        };
        let pairs = [(10, 4), (20, 18), (30, 30), (40, 44)];
        let (all, mut rest) = (of(&pairs), of(&pairs[2..]));
        rest.merge(&of(&pairs[..2]));
        assert_eq!(rest, all);
        // Differences -6, -2, 0, 4: mean -1, squares 56, variance (56 - 4) / 3, over 4 winters.
        assert_eq!((all.mean(), all.less(), all.more()), (-1.0, 2, 1));
        assert!((all.error().expect("four") - (52.0f64 / 12.0).sqrt()).abs() < 1e-12);
        assert_eq!(Difference::try_from(Written::from(all.clone())).as_ref(), Ok(&all));
    }
}
