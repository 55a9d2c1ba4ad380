//! A simplex in exact fractions that serves ranks one after another and never takes back what a better one has.
//!
//! Everything starts at nothing, which no row forbids, so there is no first phase. Variables between two bounds; a step that
//! would cost a better rank anything is *frozen*: it stays at its bound for good.

use super::network::Rows;
use crate::rational::Rational;

/// After so many steps without gain in a row the first variable that may enter does (Bland), which cannot circle.
const PATIENCE: usize = 20;

/// So many steps and no more.
const MOST_STEPS: usize = 200_000;

/// Where a variable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// At nothing.
    Lower,
    /// At its most.
    Upper,
    /// In the basis, wherever that puts it.
    Inside,
}

/// A variable: flows first, then what each row has left, then cells.
struct Variable {
    most: Option<Rational>,
    bound: Bound,
    frozen: bool,
}

/// The tableau.
pub(super) struct Simplex {
    variables: Vec<Variable>,
    /// By row: the coefficients of every variable.
    rows: Vec<Vec<Rational>>,
    /// The basic variable of each row, and its value.
    basis: Vec<usize>,
    values: Vec<Rational>,
    /// What a step of each variable would cost the rank at hand.
    costs: Vec<Rational>,
    /// The first of what each row has left.
    left: usize,
}

impl Simplex {
    pub fn new(rows: &Rows) -> Self {
        let left = rows.flows.len();
        let count = left + rows.rows.len();
        let mut tableau = vec![vec![Rational::ZERO; count]; rows.rows.len()];
        for (column, flow) in rows.flows.iter().enumerate() {
            tableau[flow.from][column] = Rational::ONE;
            tableau[flow.to][column] = -Rational::ONE;
            if let Some(link) = rows.link_rows[flow.link] {
                tableau[link][column] = Rational::ONE;
            }
        }
        for (row, coefficients) in tableau.iter_mut().enumerate() {
            coefficients[left + row] = Rational::ONE;
        }
        let bound = |column| if column < left { Bound::Lower } else { Bound::Inside };
        Self {
            variables: (0..count).map(|at| Variable { most: None, bound: bound(at), frozen: false }).collect(),
            rows: tableau,
            basis: (left..count).collect(),
            values: rows.rows.iter().map(|volume| Rational::whole(*volume)).collect(),
            costs: vec![Rational::ZERO; count],
            left,
        }
    }

    /// Adds a cell that is served from a row; `None` if a better rank has a use for all that could be served there.
    pub fn add(&mut self, row: usize, size: u64) -> Option<usize> {
        let like = self.left + row;
        if self.variables[like].frozen {
            return None;
        }
        for coefficients in &mut self.rows {
            let coefficient = coefficients[like];
            coefficients.push(coefficient);
        }
        self.costs.push(Rational::ZERO);
        self.variables.push(Variable { most: Some(Rational::whole(size)), bound: Bound::Lower, frozen: false });
        Some(self.variables.len() - 1)
    }

    /// Serves these cells together as much as can be, without cost to those before. Tells whether it came to an end.
    pub fn maximise(&mut self, wanted: &[usize]) -> bool {
        self.costs.fill(Rational::ZERO);
        wanted.iter().for_each(|column| self.costs[*column] = -Rational::ONE);
        self.improve()
    }

    /// Sends nothing over a link that need not be sent, without cost to anybody: then nothing is left on the way, nor goes
    /// round in circles. Tells whether it came to an end.
    pub fn shorten(&mut self, flows: usize) -> bool {
        self.costs.fill(Rational::ZERO);
        self.costs[..flows].fill(Rational::ONE);
        for (row, coefficients) in self.rows.iter().enumerate().filter(|(row, _)| self.basis[*row] < flows) {
            debug_assert_eq!(coefficients[self.basis[row]], Rational::ONE);
            self.costs.iter_mut().zip(coefficients).for_each(|(cost, of)| *cost = *cost - *of);
        }
        self.improve()
    }

    fn improve(&mut self) -> bool {
        let mut idle = 0;
        for _ in 0..MOST_STEPS {
            let Some(entering) = self.entering(idle > PATIENCE) else {
                for (variable, cost) in self.variables.iter_mut().zip(&self.costs) {
                    variable.frozen |= !cost.is_zero();
                }
                return true;
            };
            let moved = self.step(entering);
            if moved.is_lost() {
                return false;
            }
            idle = if moved.is_zero() { idle + 1 } else { 0 };
        }
        false
    }

    /// What one more m3 in each row would bring the rank that was served last.
    pub fn prices(&self) -> Vec<Rational> {
        self.costs[self.left..self.left + self.rows.len()].to_vec()
    }

    pub fn bound(&self, column: usize) -> Bound {
        self.variables[column].bound
    }

    pub fn value(&self, column: usize) -> Rational {
        let variable = &self.variables[column];
        match variable.bound {
            Bound::Lower => Rational::ZERO,
            Bound::Upper => variable.most.unwrap_or(Rational::ZERO),
            Bound::Inside => {
                let row = self.basis.iter().position(|basic| *basic == column);
                row.map_or(Rational::ZERO, |row| self.values[row])
            }
        }
    }

    /// The variable whose step gains most, or the first that gains.
    fn entering(&self, first: bool) -> Option<usize> {
        let mut best: Option<(usize, Rational)> = None;
        for (column, (variable, cost)) in self.variables.iter().zip(&self.costs).enumerate() {
            let gain = match variable.bound {
                Bound::Lower => -*cost,
                Bound::Upper => *cost,
                Bound::Inside => continue,
            };
            if !variable.frozen && gain > best.map_or(Rational::ZERO, |(_, best)| best) {
                best = Some((column, gain));
                if first {
                    break;
                }
            }
        }
        best.map(|(column, _)| column)
    }

    /// Moves a variable as far as it goes, and tells how far.
    fn step(&mut self, entering: usize) -> Rational {
        let up = self.variables[entering].bound == Bound::Lower;
        let sign = |coefficient: Rational| if up { coefficient } else { -coefficient };
        let mut far = self.variables[entering].most;
        let mut leaving: Option<(usize, Bound)> = None;
        for (row, coefficients) in self.rows.iter().enumerate() {
            let rate = sign(coefficients[entering]);
            let (room, bound) = match rate.cmp(&Rational::ZERO) {
                std::cmp::Ordering::Equal => continue,
                std::cmp::Ordering::Greater => (self.values[row], Bound::Lower),
                std::cmp::Ordering::Less => match self.variables[self.basis[row]].most {
                    Some(most) => (most - self.values[row], Bound::Upper),
                    None => continue,
                },
            };
            let reach = room.over(rate.abs());
            let nearer = far.is_none_or(|far| reach < far);
            // Of equals the first variable leaves: then Bland's rule cannot circle.
            let before = leaving.is_some_and(|(other, _)| self.basis[row] < self.basis[other]);
            if nearer || (Some(reach) == far && before) {
                (far, leaving) = (Some(reach), Some((row, bound)));
            }
        }
        let Some(far) = far else { return Rational::ONE.over(Rational::ZERO) };
        if !far.is_zero() {
            for (row, coefficients) in self.rows.iter().enumerate() {
                let rate = sign(coefficients[entering]);
                if !rate.is_zero() {
                    self.values[row] = self.values[row] - rate * far;
                }
            }
        }
        match leaving {
            None => self.variables[entering].bound = if up { Bound::Upper } else { Bound::Lower },
            Some((row, bound)) => {
                let start = if up { Rational::ZERO } else { self.variables[entering].most.unwrap_or(Rational::ZERO) };
                self.values[row] = if up { start + far } else { start - far };
                self.variables[self.basis[row]].bound = bound;
                self.variables[entering].bound = Bound::Inside;
                self.basis[row] = entering;
                self.pivot(row, entering);
            }
        }
        far
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let left = self.left + self.rows.len();
        // Cells that are frozen never move again; all else says what is worth what.
        let live: Vec<usize> =
            (0..self.variables.len()).filter(|at| *at < left || !self.variables[*at].frozen).collect();
        let mut pivot = std::mem::take(&mut self.rows[row]);
        let by = pivot[column];
        if by != Rational::ONE {
            live.iter().for_each(|at| pivot[*at] = pivot[*at].over(by));
        }
        let live: Vec<usize> = live.into_iter().filter(|at| !pivot[*at].is_zero()).collect();
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()).chain([&mut self.costs]) {
            let times = other[column];
            if !times.is_zero() {
                live.iter().for_each(|at| other[*at] = other[*at] - times * pivot[*at]);
            }
        }
        self.rows[row] = pivot;
    }
}
