//! A basis, factored: two triangles of sparse columns, and what was exchanged since.
//!
//! Most columns of a flow's basis hang together like trees: they are taken in an order in which nothing has to be eliminated. Only
//! what is left, mostly a tenth, is tangled.

/// No entry below this is a pivot.
const LEAST_PIVOT: f64 = 1e-9;

/// What is nearer to nothing is nothing.
const NOTHING: f64 = 1e-14;

/// A pivot is at least this part of the largest entry of its column.
const THRESHOLD: f64 = 0.1;

/// An entry of a column: its row and its value.
pub(super) type Entry = (u32, f64);

/// Sparse columns, one after another.
#[derive(Debug, Default)]
struct Columns {
    ends: Vec<usize>,
    entries: Vec<Entry>,
}

impl Columns {
    fn clear(&mut self) {
        self.ends.clear();
        self.entries.clear();
    }

    fn end(&mut self) {
        self.ends.push(self.entries.len());
    }

    fn column(&self, at: usize) -> &[Entry] {
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.entries[from..self.ends[at]]
    }

    /// Takes so many times a column off.
    fn less(&self, at: usize, times: f64, work: &mut [f64]) {
        self.column(at).iter().for_each(|(row, by)| work[*row as usize] -= by * times);
    }

    /// What a column is worth at these prices.
    fn worth(&self, at: usize, prices: &[f64]) -> f64 {
        self.column(at).iter().map(|(row, by)| by * prices[*row as usize]).sum()
    }
}

/// The factors of a basis. Basic columns are named by the rows in which they are pivoted.
#[derive(Debug, Default)]
pub(super) struct Factors {
    /// In the order of elimination: the row, and the pivot.
    pivots: Vec<Entry>,
    lower: Columns,
    upper: Columns,
    /// Columns exchanged since: the row and the pivot, and the other entries.
    exchanged: Vec<Entry>,
    changes: Columns,
}

impl Factors {
    /// Factors as many columns as there are rows; tells in which row each of them is pivoted, or `None` if they do not span the rows.
    pub fn factor(&mut self, columns: &[&[Entry]]) -> Option<Vec<u32>> {
        let rows = columns.len();
        self.pivots.clear();
        self.exchanged.clear();
        for part in [&mut self.lower, &mut self.upper, &mut self.changes] {
            part.clear();
        }
        let order = Order::of(columns);
        let mut pivoted = vec![false; rows];
        let mut row_of = vec![0; rows];
        let mut work = vec![0.0; rows];
        for (place, (at, row)) in order.columns.iter().enumerate() {
            let column = columns[*at];
            row_of[*at] = match row {
                Some(row) => self.take(column, *row, &mut pivoted)?,
                None => {
                    column.iter().for_each(|(row, value)| work[*row as usize] = *value);
                    self.untangle(&mut work, order.tangled..place, &order.in_row, &mut pivoted)?
                }
            };
        }
        Some(row_of)
    }

    /// A column of which nothing has to be eliminated.
    fn take(&mut self, column: &[Entry], row: u32, pivoted: &mut [bool]) -> Option<u32> {
        let pivot = column.iter().find(|(at, _)| *at == row).map(|(_, value)| *value)?;
        for (at, value) in column.iter().filter(|(at, _)| *at != row) {
            match pivoted[*at as usize] {
                true => self.upper.entries.push((*at, *value)),
                false => self.lower.entries.push((*at, value / pivot)),
            }
        }
        self.pivoted(row, pivot, pivoted)
    }

    /// A column of the tangled ones, in `work`, which is nothing again afterwards. Of the pivots that are large enough it is one in a
    /// row of few entries.
    fn untangle(
        &mut self,
        work: &mut [f64],
        before: std::ops::Range<usize>,
        in_row: &[u32],
        pivoted: &mut [bool],
    ) -> Option<u32> {
        for at in before {
            let value = work[self.pivots[at].0 as usize];
            if value != 0.0 {
                self.lower.less(at, value, work);
            }
        }
        let open = || work.iter().enumerate().filter(|(row, value)| !pivoted[*row] && value.abs() > LEAST_PIVOT);
        let most = open().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        let large = open().filter(|(_, value)| value.abs() >= THRESHOLD * most);
        let row = large.map(|(row, _)| row).min_by_key(|row| in_row[*row])?;
        let pivot = work[row];
        for (at, value) in work.iter_mut().enumerate() {
            if at != row && value.abs() > NOTHING {
                match pivoted[at] {
                    true => self.upper.entries.push((at as u32, *value)),
                    false => self.lower.entries.push((at as u32, *value / pivot)),
                }
            }
            *value = 0.0;
        }
        self.pivoted(row as u32, pivot, pivoted)
    }

    fn pivoted(&mut self, row: u32, pivot: f64, pivoted: &mut [bool]) -> Option<u32> {
        pivoted[row as usize] = true;
        self.pivots.push((row, pivot));
        self.lower.end();
        self.upper.end();
        (pivot.abs() >= LEAST_PIVOT).then_some(row)
    }

    /// Whether so much was exchanged that factoring anew is quicker.
    pub fn is_worn(&self) -> bool {
        let own = self.pivots.len() + self.lower.entries.len() + self.upper.entries.len();
        self.exchanged.len() >= 100 || self.changes.entries.len() > 3 * own
    }

    /// The column of a row is exchanged for the one with this image by [`Self::forward`].
    pub fn exchange(&mut self, row: usize, image: &[f64]) {
        let rest = image.iter().enumerate().filter(|(at, value)| *at != row && value.abs() > NOTHING);
        self.changes.entries.extend(rest.map(|(at, value)| (at as u32, *value)));
        self.changes.end();
        self.exchanged.push((row as u32, image[row]));
    }

    /// From a column to how much of each basic column makes it.
    pub fn forward(&self, work: &mut [f64]) {
        for (at, (row, _)) in self.pivots.iter().enumerate() {
            let value = work[*row as usize];
            if value != 0.0 {
                self.lower.less(at, value, work);
            }
        }
        let divided = |columns: &Columns, at: usize, (row, pivot): &Entry, work: &mut [f64]| {
            let value = work[*row as usize] / pivot;
            if value != 0.0 {
                work[*row as usize] = value;
                columns.less(at, value, work);
            }
        };
        self.pivots.iter().enumerate().rev().for_each(|(at, pivot)| divided(&self.upper, at, pivot, work));
        self.exchanged.iter().enumerate().for_each(|(at, pivot)| divided(&self.changes, at, pivot, work));
    }

    /// From what each basic column is worth to the price of each row.
    pub fn backward(&self, work: &mut [f64]) {
        let divided = |columns: &Columns, at: usize, (row, pivot): &Entry, work: &mut [f64]| {
            work[*row as usize] = (work[*row as usize] - columns.worth(at, work)) / pivot;
        };
        self.exchanged.iter().enumerate().rev().for_each(|(at, pivot)| divided(&self.changes, at, pivot, work));
        self.pivots.iter().enumerate().for_each(|(at, pivot)| divided(&self.upper, at, pivot, work));
        for (at, (row, _)) in self.pivots.iter().enumerate().rev() {
            work[*row as usize] -= self.lower.worth(at, work);
        }
    }
}

/// The order in which columns are taken.
struct Order {
    /// The column, and its row if that is clear.
    columns: Vec<(usize, Option<u32>)>,
    /// Where those begin whose row is not.
    tangled: usize,
    /// How many entries each row has in tangled columns.
    in_row: Vec<u32>,
}

/// What is not taken yet.
struct Left<'c> {
    columns: &'c [&'c [Entry]],
    by_row: Vec<Vec<u32>>,
    in_row: Vec<u32>,
    in_column: Vec<u32>,
    order: Vec<(usize, Option<u32>)>,
    row_done: Vec<bool>,
    column_done: Vec<bool>,
}

impl Order {
    fn of(columns: &[&[Entry]]) -> Self {
        let rows = columns.len();
        let mut left = Left {
            columns,
            by_row: vec![Vec::new(); rows],
            in_row: vec![0; rows],
            in_column: columns.iter().map(|column| column.len() as u32).collect(),
            order: Vec::with_capacity(rows),
            row_done: vec![false; rows],
            column_done: vec![false; rows],
        };
        for (at, column) in columns.iter().enumerate() {
            for (row, _) in *column {
                left.in_row[*row as usize] += 1;
                left.by_row[*row as usize].push(at as u32);
            }
        }
        left.take_columns();
        left.take_rows();
        let Left { mut order, in_row, in_column, column_done, .. } = left;
        let tangled = order.len();
        let mut rest: Vec<usize> = (0..rows).filter(|at| !column_done[*at]).collect();
        rest.sort_by_key(|at| in_column[*at]);
        order.extend(rest.into_iter().map(|at| (at, None)));
        Self { columns: order, tangled, in_row }
    }
}

impl Left<'_> {
    /// Columns with a single entry in the rows that are left: the others need not know them.
    fn take_columns(&mut self) {
        let mut ready: Vec<usize> = (0..self.columns.len()).filter(|at| self.in_column[*at] == 1).collect();
        while let Some(column) = ready.pop() {
            let row = self.columns[column].iter().map(|(row, _)| *row).find(|row| !self.row_done[*row as usize]);
            let Some(row) = row.filter(|_| !self.column_done[column]) else { continue };
            self.take(column, row);
            for other in &self.by_row[row as usize] {
                let entries = &mut self.in_column[*other as usize];
                *entries -= 1;
                if *entries == 1 {
                    ready.push(*other as usize);
                }
            }
        }
    }

    /// Rows with a single entry in the columns that are left: the other columns need nothing of them.
    fn take_rows(&mut self) {
        let mut ready: Vec<u32> =
            (0..self.columns.len() as u32).filter(|row| self.in_row[*row as usize] == 1).collect();
        while let Some(row) = ready.pop() {
            let column = self.by_row[row as usize].iter().find(|column| !self.column_done[**column as usize]);
            let Some(column) = column.filter(|_| !self.row_done[row as usize]) else { continue };
            let column = *column as usize;
            self.take(column, row);
            let alone = |row: &&Entry| self.in_row[row.0 as usize] == 1;
            ready.extend(self.columns[column].iter().filter(alone).map(|(row, _)| *row));
        }
    }

    fn take(&mut self, column: usize, row: u32) {
        self.order.push((column, Some(row)));
        self.column_done[column] = true;
        self.row_done[row as usize] = true;
        self.columns[column].iter().for_each(|(row, _)| self.in_row[*row as usize] -= 1);
    }
}
