//! A linear program in exact fractions, by the plainest simplex there is.

use std::cmp::Ordering;

/// The most of a sum of numbers that are not negative, where no row is above what stands beside it; `None` if there are
/// no such numbers. A sum is terms: which number, how many times. By Bland's rule.
pub fn simplex(n: usize, rows: &[(Vec<(usize, Q)>, Q)], sought: &[(usize, Q)]) -> Option<Q> {
    let m = rows.len();
    // Columns: the numbers, one that makes up for what is missing (n), what stands beside. Below the rows: what is sought
    // (m), and what is made up, which counts for more.
    let line = |terms: &[(usize, Q)], sign: Q, made_up: Q, beside: Q| {
        let mut line = [vec![ZERO; n], vec![made_up, beside]].concat();
        terms.iter().for_each(|(at, by)| line[*at] = line[*at].plus(by.times(sign)));
        line
    };
    let minus = ZERO.minus(ONE);
    let mut table: Vec<Vec<Q>> = rows.iter().map(|(terms, most)| line(terms, ONE, minus, *most)).collect();
    table.extend([line(sought, minus, ZERO, ZERO), line(&[], ONE, ONE, ZERO)]);
    let (mut outside, mut inside): (Vec<usize>, Vec<usize>) = ((0..=n).collect(), (n + 1..=n + m).collect());
    let worst = (0..m).min_by(|a, b| table[*a][n + 1].cmp(&table[*b][n + 1]))?;
    let mut enters = Some((worst, n)).filter(|_| table[worst][n + 1].0 < 0);
    loop {
        if let Some((row, column)) = enters {
            let by = table[row][column];
            table[row].iter_mut().for_each(|q| *q = q.over(by));
            table[row][column] = ONE.over(by);
            let pivot = table[row].clone();
            for (_, other) in table.iter_mut().enumerate().filter(|(at, other)| *at != row && other[column].0 != 0) {
                let times = std::mem::replace(&mut other[column], ZERO);
                other.iter_mut().zip(&pivot).filter(|(_, p)| p.0 != 0).for_each(|(q, p)| *q = q.minus(times.times(*p)));
            }
            std::mem::swap(&mut inside[row], &mut outside[column]);
        }
        let gains = (0..=n).filter(|c| (table[m + 1][*c].0, table[m][*c].0) < (0, 0));
        let Some(column) = gains.min_by_key(|c| outside[*c]) else { break };
        let far = |row: usize| table[row][n + 1].over(table[row][column]);
        let row = (0..m).filter(|row| table[*row][column].0 > 0);
        enters = Some((row.min_by(|a, b| far(*a).cmp(&far(*b)).then(inside[*a].cmp(&inside[*b])))?, column));
    }
    Some(table[m][n + 1]).filter(|_| table[m + 1][n + 1] == ZERO)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}

/// An exact fraction in lowest terms; overflow panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Q(pub i128, pub i128);

pub const ZERO: Q = Q(0, 1);
pub const ONE: Q = Q(1, 1);

impl Q {
    pub fn int(n: impl Into<i128>) -> Self {
        Self(n.into(), 1)
    }
    pub fn plus(self, other: Self) -> Self {
        let by = if self.1 == other.1 { self.1 } else { gcd(self.1, other.1) };
        let (n, d) = (self.0 * (other.1 / by) + other.0 * (self.1 / by), self.1 / by * other.1);
        let by = if d == 1 { 1 } else { gcd(n, d) };
        Self(n / by, d / by)
    }
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }
    pub fn times(self, other: Self) -> Self {
        if self.1 == 1 && other.1 == 1 {
            return Self(self.0 * other.0, 1);
        }
        let (a, b) = (gcd(self.0, other.1), gcd(other.0, self.1));
        Self((self.0 / a) * (other.0 / b), (self.1 / b) * (other.1 / a))
    }
    pub fn over(self, other: Self) -> Self {
        self.times(Self(other.1 * other.0.signum(), other.0.abs()))
    }
    pub fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
    fn cmp(&self, other: &Self) -> Ordering {
        self.minus(*other).0.cmp(&0)
    }
}
