//! From the hours back to the day: whole m3, rank by rank (section 6).

use super::carry::carry;
use super::{ATTO, Hourly, MICRO, Spread, whole};
use crate::decide::allocate::whole::{Even, raise};
use crate::decide::allocate::{Cell, Question, Reach, Shares, Unanswered};
use crate::decide::confirm::{self, Doubt};
use crate::decide::prepare::Solver;
use crate::decide::slices::Slices;

/// What each cell gets in each hour, in millionths of a m3.
#[derive(Clone, Debug)]
pub(in crate::decide) struct ByHour {
    /// Those of rank 0 are the pipes at the end of the day; the day's ranks count from 1.
    pub cells: Vec<Cell>,
    pub served: Vec<u64>,
    /// What each link of the day's network carries, in its order. Gas that nobody takes stays in its pipes.
    pub flows: Vec<u64>,
}

/// A day's answer from its hours.
pub(in crate::decide) struct Answer {
    pub shares: Shares,
    pub by_hour: ByHour,
    /// The network with its links parted among companies, where what they send did not fit.
    pub reach: Option<Reach>,
    pub doubts: Vec<Doubt>,
}

/// Shares the gas hour by hour, and adds up the day: `cells` are the slices' cells over the day. A rank's total is rounded down;
/// inside it each cell gets the whole m3 of its hours, and one more by largest remainder until that total is reached. So a
/// cell's day can be up to 1 m3 from the sum of its hours.
pub(in crate::decide) fn share(
    hourly: &Hourly,
    slices: &Slices,
    cells: &[Cell],
    supply: &[u64],
    solver: Solver,
) -> Result<Answer, Unanswered> {
    let answer = shares(hourly, slices, cells, supply, solver)?;
    Ok(Answer { by_hour: answer.by_hour.brought(hourly, answer.reach.as_ref(), supply), ..answer })
}

/// As [`share`], without a way to bring it all there: [`ByHour::flows`] is empty.
pub(in crate::decide) fn shares(
    hourly: &Hourly,
    slices: &Slices,
    cells: &[Cell],
    supply: &[u64],
    solver: Solver,
) -> Result<Answer, Unanswered> {
    let asked = hourly.asked(slices);
    let supply = hourly.pipes.supply(supply);
    let question = Question { reach: &hourly.pipes.reach, supply: &supply, cells: &asked };
    let (by_hour, reach, doubts) = match (solver, hourly.pipes.ready()) {
        (Solver::Exact, Some(ready)) => (ready.share(&supply, &asked), None, Vec::new()),
        _ => confirm::share_jointly(&question, hourly.asked_of(), MICRO, solver)?,
    };
    // Rank 0 are the pipes, and volumes are in millionths.
    let of_the_day = |doubt| match doubt {
        Doubt::Rank { rank, exact, lp } => Doubt::Rank { rank: rank - 1, exact: exact / MICRO, lp: lp / MICRO as f64 },
        other => other,
    };
    let doubts = doubts.into_iter().map(of_the_day).collect();
    let (shares, by_hour) = ByHour::and_the_day(hourly, slices, cells, asked, by_hour.cells);
    Ok(Answer { shares, by_hour, reach, doubts })
}

/// One way to bring it all there. What is in the pipes stays there to the end of the day, the sources give what they can, and
/// only what they cannot is drawn from the pipes: gas neither comes from nowhere nor goes there.
pub(super) fn flows(hourly: &Hourly, reach: &Reach, supply: &[u64], asked: &[Cell], served: &[u64]) -> Vec<u64> {
    let pipes = &hourly.pipes;
    // Of what must be there at the end only what is not there yet has to be brought.
    let first = (pipes.hours * pipes.districts) as u32;
    let brought = |(cell, served): (&Cell, &u64)| {
        let held = if cell.rank == 0 { pipes.packed.get((cell.district - first) as usize).copied() } else { None };
        let size = served.saturating_sub(held.unwrap_or_default());
        (size > 0).then_some(Cell { size, ..*cell })
    };
    let given: Vec<Cell> = asked.iter().zip(served).filter_map(brought).collect();
    carry(pipes, reach, &supply[..supply.len() - pipes.packed.len()], &given)
}

impl ByHour {
    /// What the hours of a day get, `asked` by `served`, and the day; without a way to bring it all there.
    pub fn and_the_day(
        hourly: &Hourly,
        slices: &Slices,
        cells: &[Cell],
        asked: Vec<Cell>,
        served: Vec<u64>,
    ) -> (Shares, Self) {
        let by_hour = Self { cells: asked, served, flows: Vec::new() };
        (by_hour.of_the_day(hourly, cells, slices.ranks.len()), by_hour)
    }

    /// The same with one way to bring it all there: by the day's network, or where its links are parted among companies by that one.
    pub fn brought(self, hourly: &Hourly, parted: Option<&Reach>, supply: &[u64]) -> Self {
        let reach = parted.unwrap_or(&hourly.pipes.reach);
        let flows = flows(hourly, reach, &hourly.pipes.supply(supply), &self.cells, &self.served);
        Self { flows, ..self }
    }

    /// The cells of a rank and a district in all hours, each with what it gets.
    pub fn hours<'a>(&'a self, hourly: &'a Hourly, cell: &Cell) -> impl Iterator<Item = (usize, u64, u64)> + 'a {
        let cell = *cell;
        (0..hourly.pipes.hours).filter_map(move |hour| {
            let at = hourly.place(&self.cells, &cell, hour)?;
            Some((hour, self.cells[at].size, self.served[at]))
        })
    }

    fn of_the_day(&self, hourly: &Hourly, cells: &[Cell], ranks: usize) -> Shares {
        let mut shares = Shares { cells: Vec::with_capacity(cells.len()), ranks: vec![0; ranks] };
        for rank in cells.chunk_by(|a, b| a.rank == b.rank) {
            let served = |cell: &Cell| self.hours(hourly, cell).map(|(_, _, served)| served).sum::<u64>();
            let served: Vec<u64> = rank.iter().map(served).collect();
            let total = whole(served.iter().sum());
            let even = |served: &u64| Even { floor: served / MICRO, micro: (served % MICRO) as u32 };
            let even: Vec<Even> = served.iter().map(even).collect();
            shares.cells.extend(raise(&even, total, |at| even[at].floor < rank[at].size));
            shares.ranks[rank[0].rank as usize] = total;
        }
        shares
    }

    /// What part of a slice of a cell is served over the day, in units of 10^-18.
    pub fn part(&self, hourly: &Hourly, cell: &Cell, spread: &Spread) -> u128 {
        let part = |(hour, size, served): (usize, u64, u64)| {
            u128::from(spread[hour]) * u128::from(served) / u128::from(size.max(1))
        };
        self.hours(hourly, cell).map(part).sum::<u128>().min(ATTO)
    }

    /// By how much the pipes hold less at the end of the day than they must, in millionths of a m3. Nobody's demand is forced on
    /// them, so to keep what they hold is always possible, and they need never end below their start: something is missing only
    /// where they hold more at the start than fits, which reading a case refuses and a program may still say.
    pub fn missing_at_the_end(&self) -> u64 {
        let ends = self.cells.iter().zip(&self.served).take_while(|(cell, _)| cell.rank == 0);
        ends.map(|(cell, served)| cell.size - served).sum()
    }
}
