//! The simplex method of the textbooks, on one tableau, with two of the textbooks' rules for the column that enters.

use super::pipe::Program;

/// Which column enters.
#[derive(Clone, Copy)]
pub enum Pivot {
    /// Dantzig: the one with the largest gain a unit, the first of equals.
    Dantzig,
    /// Bland: the first that gains anything.
    Bland,
}

const NOTHING: f64 = 1e-9;

/// Maximises the goals one after another, what the earlier ones reached held: a column that would lose some of it never enters.
pub fn solve(program: &Program, goals: &[Vec<f64>], pivot: Pivot) -> Vec<f64> {
    let (rows, columns) = (program.rows.len(), program.columns);
    // Each row: the columns, a slack for every row, the bound.
    let width = columns + rows + 1;
    let mut tableau: Vec<Vec<f64>> = Vec::new();
    for (at, (row, bound)) in program.rows.iter().enumerate() {
        let mut line = vec![0.0; width];
        row.iter().for_each(|(column, coefficient)| line[*column] = *coefficient);
        (line[columns + at], line[width - 1]) = (1.0, *bound);
        tableau.push(line);
    }
    let mut basis: Vec<usize> = (columns..columns + rows).collect();
    let mut held: Vec<Vec<f64>> = Vec::new();
    for goal in goals {
        let mut gains = vec![0.0; width];
        gains[..goal.len()].copy_from_slice(goal);
        for (line, basic) in tableau.iter().zip(&basis) {
            let gain = gains[*basic];
            gains.iter_mut().zip(line).for_each(|(to, from)| *to -= gain * from);
        }
        loop {
            let free = |at: &usize| held.iter().all(|earlier| earlier[*at].abs() < NOTHING) && gains[*at] > NOTHING;
            let mut candidates = (0..width - 1).filter(free);
            let enters = match pivot {
                Pivot::Bland => candidates.next(),
                Pivot::Dantzig => {
                    candidates.reduce(|best, at| if gains[at] > gains[best] + NOTHING { at } else { best })
                }
            };
            let Some(enters) = enters else { break };
            let room = |line: &Vec<f64>| line[width - 1] / line[enters];
            let leaves = (0..rows).filter(|at| tableau[*at][enters] > NOTHING).min_by(|a, b| {
                let by_room = room(&tableau[*a]).total_cmp(&room(&tableau[*b]));
                by_room.then(basis[*a].cmp(&basis[*b]))
            });
            let leaves = leaves.expect("supply bounds everything");
            let by = tableau[leaves][enters];
            tableau[leaves].iter_mut().for_each(|value| *value /= by);
            let line = tableau[leaves].clone();
            let others = (0..rows).filter(|at| *at != leaves);
            let clear = |other: &mut Vec<f64>| {
                let factor = other[enters];
                other.iter_mut().zip(&line).for_each(|(to, from)| *to -= factor * from);
            };
            others.for_each(|at| clear(&mut tableau[at]));
            clear(&mut gains);
            held.iter_mut().for_each(clear);
            basis[leaves] = enters;
        }
        held.push(gains);
    }
    let mut x = vec![0.0; columns];
    for (line, basic) in tableau.iter().zip(&basis).filter(|(_, basic)| **basic < columns) {
        x[*basic] = line[width - 1];
    }
    x
}
