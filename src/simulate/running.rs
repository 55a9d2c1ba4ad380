//! How the figures settle while winters are added: what the first ten told, the first twenty, the first fifty.

use serde::{Deserialize, Serialize};

/// Sums of the winters up to each of some numbers, in whole numbers and so the same for any split of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Written>", try_from = "Vec<Written>")]
pub struct Running(Vec<Part>);

/// The winters from one number to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    winters: u64,
    /// By figure: sum and sum of squares.
    sums: Vec<(u128, u128)>,
}

/// What so many winters tell of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// How many winters.
    pub winters: u64,
    /// Their mean.
    pub mean: f64,
    /// The standard error of the mean; `None` of fewer than two winters.
    pub error: Option<f64>,
}

/// How a part is written: sums as texts, since they outgrow what other programs take for a number.
#[derive(Serialize, Deserialize)]
struct Written {
    winters: u64,
    sums: Vec<(String, String)>,
}

impl From<Running> for Vec<Written> {
    fn from(running: Running) -> Self {
        let text = |(sum, squares): &(u128, u128)| (sum.to_string(), squares.to_string());
        let written = |part: &Part| Written { winters: part.winters, sums: part.sums.iter().map(text).collect() };
        running.0.iter().map(written).collect()
    }
}

impl TryFrom<Vec<Written>> for Running {
    type Error = String;

    fn try_from(parts: Vec<Written>) -> Result<Self, String> {
        let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no sum"));
        let part = |part: Written| {
            let sums = part.sums.iter().map(|(sum, squares)| Ok((number(sum)?, number(squares)?)));
            Ok(Part { winters: part.winters, sums: sums.collect::<Result<_, String>>()? })
        };
        parts.into_iter().map(part).collect::<Result<_, _>>().map(Self)
    }
}

impl Running {
    /// Takes in a winter by its number, from 0, and its figures.
    pub(crate) fn add(&mut self, winter: u64, numbers: &[u64]) {
        let at = part_of(winter);
        if self.0.len() <= at {
            self.0.resize(at + 1, Part::default());
        }
        let part = &mut self.0[at];
        part.winters += 1;
        part.sums.resize(numbers.len(), (0, 0));
        for ((sum, squares), number) in part.sums.iter_mut().zip(numbers) {
            *sum += u128::from(*number);
            *squares += u128::from(*number) * u128::from(*number);
        }
    }

    /// Takes in other winters.
    pub(crate) fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), Part::default());
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            own.winters += other.winters;
            own.sums.resize(own.sums.len().max(other.sums.len()), (0, 0));
            for (own, other) in own.sums.iter_mut().zip(&other.sums) {
                *own = (own.0 + other.0, own.1 + other.1);
            }
        }
    }

    /// Whether these can be the sums of so many figures and winters.
    pub(crate) fn fits(&self, figures: usize, winters: u64) -> bool {
        let counted = self.0.iter().try_fold(0u64, |sum, part| sum.checked_add(part.winters));
        counted == Some(winters) && self.0.iter().all(|part| part.winters == 0 || part.sums.len() == figures)
    }

    /// What 10, 20, 50, 100 and so on winters tell of a figure (by index), and at last all of them.
    pub fn course(&self, figure: usize) -> Vec<Estimate> {
        let mut course: Vec<Estimate> = Vec::new();
        let (mut n, mut sum, mut squares) = (0u64, 0u128, 0u128);
        for part in self.0.iter().filter(|part| part.winters > 0) {
            let (own, own_squares) = part.sums.get(figure).copied().unwrap_or_default();
            (n, sum, squares) = (n + part.winters, sum + own, squares + own_squares);
            course.push(Estimate { winters: n, mean: sum as f64 / n as f64, error: error(n, sum, squares) });
        }
        course
    }
}

/// The standard error of a mean, exact before anything is rounded. `None` of fewer than two winters.
fn error(n: u64, sum: u128, squares: u128) -> Option<f64> {
    let wide = u128::from(n);
    let spread = wide.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
    (n > 1).then(|| (spread as f64 / (n as f64 * (n - 1) as f64)).sqrt() / (n as f64).sqrt())
}

/// The part that a winter belongs to: those before 10, before 20, before 50, before 100, ...
const fn part_of(winter: u64) -> usize {
    let (mut at, mut until) = (0, 10u64);
    while winter >= until {
        at += 1;
        until = if at % 3 == 2 { until / 2 * 5 } else { until.saturating_mul(2) };
        if until == u64::MAX {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_end_at_round_numbers() {
        let ends = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
        for (at, end) in ends.into_iter().enumerate() {
            assert_eq!((part_of(end - 1), part_of(end)), (at, at + 1), "{end}");
        }
        let _ = part_of(u64::MAX);
    }

    #[test]
    fn a_course_tells_what_the_first_winters_told() {
        let value = |winter: u64| [winter % 7, 1000 - winter];
        let (mut whole, mut parts) = (Running::default(), [Running::default(), Running::default()]);
        for winter in 0..120 {
            whole.add(winter, &value(winter));
            parts[(winter % 3 % 2) as usize].add(winter, &value(winter));
        }
        let mut merged = parts[1].clone();
        merged.merge(&parts[0]);
        assert_eq!(merged, whole);
        assert!(whole.fits(2, 120) && !whole.fits(2, 121) && !whole.fits(3, 120));
        for estimate in whole.course(0) {
            let first: Vec<f64> = (0..estimate.winters).map(|winter| value(winter)[0] as f64).collect();
            let n = first.len() as f64;
            let mean = first.iter().sum::<f64>() / n;
            let variance = first.iter().map(|own| (own - mean) * (own - mean)).sum::<f64>() / (n - 1.0);
            assert!((estimate.mean - mean).abs() < 1e-12);
            assert!((estimate.error.expect("some") - (variance / n).sqrt()).abs() < 1e-12);
        }
        let numbers: Vec<u64> = whole.course(1).iter().map(|estimate| estimate.winters).collect();
        assert_eq!(numbers, [10, 20, 50, 100, 120]);
        assert_eq!(Running::try_from(Vec::<Written>::from(whole.clone())), Ok(whole));
    }
}
