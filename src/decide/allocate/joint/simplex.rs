//! A simplex that grants one wish after another and never takes back what a better one has: once a wish is granted as far as it can
//! be, whatever would cost it anything is *frozen*, and stays where it is for good.
//!
//! Everything starts at nothing, which no row forbids, so there is no first phase; and what the last wish left is where the next one
//! begins. Sparse (`factors`), in floats: it serves to find how links are parted, and decides nothing.

use super::factors::{Entry, Factors};

/// By how much a bound may be missed, in scaled units.
const NEAR: f64 = 1e-9;

/// What costs a wish less than this, of 1, costs it nothing.
const FREE: f64 = 1e-8;

/// No entry below this is a pivot.
const LEAST_PIVOT: f64 = 1e-9;

/// After so many steps without gain in a row the first variable that may enter does (Bland), and not the one that gains most.
const PATIENCE: usize = 500;

/// A variable between two bounds.
#[derive(Clone, Debug)]
struct Variable {
    low: f64,
    high: f64,
    value: f64,
    /// What it is worth to the wish at hand, and what a step of it would gain.
    worth: f64,
    gain: f64,
    /// How long its steps are, roughly (Devex).
    weight: f64,
    basic: bool,
    frozen: bool,
}

/// Why a wish was not granted as far as it could be; what was reached so far still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It would take more steps than are allowed.
    Steps,
    /// Rounding has spoilt the numbers.
    Numbers,
}

/// The tableau.
#[derive(Debug)]
pub(super) struct Simplex {
    columns: Vec<Vec<Entry>>,
    /// By row, the columns with an entry there.
    rows: Vec<Vec<Entry>>,
    right: Vec<f64>,
    variables: Vec<Variable>,
    /// The basic variable of each row.
    basis: Vec<u32>,
    factors: Factors,
    steps: usize,
    most_steps: usize,
    /// The column that enters, by basic variable.
    image: Vec<f64>,
    /// The row that leaves, by row and by variable.
    prices: Vec<f64>,
    touched: Vec<u32>,
    rates: Vec<f64>,
}

impl Simplex {
    pub fn new(most_steps: usize) -> Self {
        Self {
            columns: Vec::new(),
            rows: Vec::new(),
            right: Vec::new(),
            variables: Vec::new(),
            basis: Vec::new(),
            factors: Factors::default(),
            steps: 0,
            most_steps,
            image: Vec::new(),
            prices: Vec::new(),
            touched: Vec::new(),
            rates: Vec::new(),
        }
    }

    /// Adds a row `sum + left = right`, where `left` is between two bounds and now makes up for the sum, which is `so_far`. Tells the
    /// row and the variable that is left.
    pub fn row(&mut self, right: f64, (low, high): (f64, f64), so_far: f64) -> (u32, usize) {
        let row = self.right.len() as u32;
        self.right.push(right);
        self.rows.push(Vec::new());
        let left = self.column(low, high, &[(row, 1.0)]);
        (self.variables[left].basic, self.variables[left].value) = (true, right - so_far);
        self.basis.push(left as u32);
        (row, left)
    }

    /// Adds a variable, at its lower bound.
    pub fn column(&mut self, low: f64, high: f64, entries: &[Entry]) -> usize {
        let at = self.columns.len();
        entries.iter().for_each(|(row, by)| self.rows[*row as usize].push((at as u32, *by)));
        self.columns.push(entries.to_vec());
        let variable =
            Variable { low, high, value: low, worth: 0.0, gain: 0.0, weight: 1.0, basic: false, frozen: false };
        self.variables.push(variable);
        at
    }

    /// Adds an entry to a variable.
    pub fn entry(&mut self, column: usize, row: u32, by: f64) {
        self.rows[row as usize].push((column as u32, by));
        self.columns[column].push((row, by));
    }

    pub fn value(&self, column: usize) -> f64 {
        self.variables[column].value
    }

    /// Whether a variable may not move any more without cost to a wish that was granted.
    pub fn is_frozen(&self, column: usize) -> bool {
        self.variables[column].frozen
    }

    /// Lets a variable that is at a bound go on from there.
    pub fn go_on(&mut self, column: usize, high: f64) {
        let variable = &mut self.variables[column];
        (variable.low, variable.high, variable.frozen) = (variable.high, high, false);
        if !variable.basic {
            variable.value = variable.low;
        }
    }

    /// A variable stays where it is for good.
    pub fn settle(&mut self, column: usize) {
        let variable = &mut self.variables[column];
        (variable.low, variable.high, variable.frozen) = (variable.value, variable.value, true);
    }

    /// Raises the sum of these variables as far as it goes, and freezes what would lower it.
    pub fn maximise(&mut self, wanted: &[usize]) -> Result<(), Lost> {
        for variable in &mut self.variables {
            (variable.worth, variable.weight) = (0.0, 1.0);
        }
        wanted.iter().for_each(|at| self.variables[*at].worth = 1.0);
        self.rates.resize(self.columns.len(), 0.0);
        self.factor()?;
        let (mut fresh, mut idle) = (true, 0);
        loop {
            let Some(entering) = self.entering(idle > PATIENCE) else {
                if fresh {
                    break;
                }
                self.factor()?;
                fresh = true;
                continue;
            };
            if self.steps == self.most_steps {
                return Err(Lost::Steps);
            }
            self.steps += 1;
            let moved = self.step(entering)?;
            idle = if moved > NEAR { 0 } else { idle + 1 };
            fresh = self.factors.is_worn();
            if fresh {
                self.factor()?;
            }
        }
        for variable in self.variables.iter_mut().filter(|variable| !variable.basic) {
            variable.frozen |= variable.gain.abs() > FREE;
        }
        Ok(())
    }

    /// Factors the basis, and works out values and gains anew.
    fn factor(&mut self) -> Result<(), Lost> {
        let columns: Vec<&[Entry]> = self.basis.iter().map(|at| &*self.columns[*at as usize]).collect();
        let rows = self.factors.factor(&columns).ok_or(Lost::Numbers)?;
        let before = std::mem::take(&mut self.basis);
        self.basis.resize(before.len(), 0);
        before.iter().zip(rows).for_each(|(column, row)| self.basis[row as usize] = *column);
        let mut work = self.right.clone();
        for (column, variable) in self.columns.iter().zip(&self.variables) {
            if !variable.basic && variable.value != 0.0 {
                column.iter().for_each(|(row, by)| work[*row as usize] -= by * variable.value);
            }
        }
        self.factors.forward(&mut work);
        for (at, value) in self.basis.iter().zip(&mut work) {
            let variable = &mut self.variables[*at as usize];
            variable.value = *value;
            *value = variable.worth;
        }
        self.factors.backward(&mut work);
        for (column, variable) in self.columns.iter().zip(&mut self.variables) {
            let price = |(row, by): &Entry| by * work[*row as usize];
            variable.gain = if variable.basic { 0.0 } else { variable.worth - column.iter().map(price).sum::<f64>() };
        }
        Ok(())
    }

    /// The variable whose step gains most, or the first that gains.
    fn entering(&self, first: bool) -> Option<usize> {
        let score = |(at, variable): (usize, &Variable)| {
            let Variable { low, high, value, gain, weight, basic, frozen, .. } = variable;
            let gains = (*gain > FREE && *value < high - NEAR) || (*gain < -FREE && *value > low + NEAR);
            (gains && !basic && !frozen).then(|| (at, gain * gain / weight))
        };
        let mut scores = self.variables.iter().enumerate().filter_map(score);
        if first {
            return scores.next().map(|(at, _)| at);
        }
        scores.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(at, _)| at)
    }

    /// Moves a variable as far as it goes, and tells how far.
    fn step(&mut self, entering: usize) -> Result<f64, Lost> {
        self.image.clear();
        self.image.resize(self.right.len(), 0.0);
        self.columns[entering].iter().for_each(|(row, by)| self.image[*row as usize] = *by);
        self.factors.forward(&mut self.image);
        let Variable { low, high, gain, .. } = self.variables[entering];
        let sign = gain.signum();
        let Some(row) = self.leaving(sign, high - low) else {
            if !(high - low).is_finite() {
                return Err(Lost::Numbers);
            }
            let (from, to) =
                if sign > 0.0 { (self.variables[entering].value, high) } else { (self.variables[entering].value, low) };
            self.shift(to - from);
            self.variables[entering].value = to;
            return Ok((to - from).abs());
        };
        let leaving = self.basis[row] as usize;
        let (room, bound) = self.room(row, sign);
        let far = (room / (self.image[row] * sign).abs()).max(0.0);
        self.shift(far * sign);
        self.variables[entering].value += far * sign;
        self.variables[leaving].value = bound;
        self.exchange(row, entering, leaving);
        Ok(far)
    }

    /// How far the basic variable of a row is from the bound that it nears, and that bound.
    fn room(&self, row: usize, sign: f64) -> (f64, f64) {
        let Variable { low, high, value, .. } = self.variables[self.basis[row] as usize];
        if self.image[row] * sign > 0.0 { (value - low, low) } else { (high - value, high) }
    }

    /// The row whose variable comes to its bound first, if any does before the one that enters has gone so far. Of those that come
    /// there at nearly the same time it is the one that moves fastest (Harris).
    fn leaving(&self, sign: f64, own: f64) -> Option<usize> {
        let moving = || self.image.iter().enumerate().filter(|(_, rate)| rate.abs() > LEAST_PIVOT);
        let room = |row: usize| self.room(row, sign).0.max(0.0);
        let far = moving().map(|(row, rate)| (room(row) + NEAR) / rate.abs()).fold(f64::INFINITY, f64::min);
        if own <= far {
            return None;
        }
        let near = moving().filter(|(row, rate)| room(*row) / rate.abs() <= far);
        near.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs())).map(|(row, _)| row)
    }

    /// Moves the basic variables as the one that enters moves so far.
    fn shift(&mut self, far: f64) {
        for (at, rate) in self.basis.iter().zip(&self.image).filter(|(_, rate)| **rate != 0.0) {
            self.variables[*at as usize].value -= rate * far;
        }
    }

    fn exchange(&mut self, row: usize, entering: usize, leaving: usize) {
        self.prices.clear();
        self.prices.resize(self.right.len(), 0.0);
        self.prices[row] = 1.0;
        self.factors.backward(&mut self.prices);
        self.touched.drain(..).for_each(|at| self.rates[at as usize] = 0.0);
        for (entries, price) in self.rows.iter().zip(&self.prices).filter(|(_, price)| price.abs() > 1e-13) {
            for (column, by) in entries {
                let rate = &mut self.rates[*column as usize];
                if *rate == 0.0 {
                    self.touched.push(*column);
                }
                *rate += price * by;
            }
        }
        let pivot = self.image[row];
        let Variable { gain, weight, .. } = self.variables[entering];
        for at in &self.touched {
            let variable = &mut self.variables[*at as usize];
            if !variable.basic && !variable.frozen {
                let ratio = self.rates[*at as usize] / pivot;
                variable.gain -= gain * ratio;
                variable.weight = variable.weight.max(ratio * ratio * weight);
            }
        }
        let out = &mut self.variables[leaving];
        (out.basic, out.gain, out.weight) = (false, -gain / pivot, (weight / (pivot * pivot)).max(1.0));
        let enters = &mut self.variables[entering];
        (enters.basic, enters.gain) = (true, 0.0);
        self.basis[row] = entering as u32;
        self.factors.exchange(row, &self.image);
    }
}
