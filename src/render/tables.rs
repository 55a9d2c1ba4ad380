//! The tables of a decision: by class with bars, by district with the blocks' turns, by tier, company and rank.

use crate::decide::{Kind, PAST, RankRow, Status};
use crate::render::fmt;
use crate::render::page::{Cell, Style};
use crate::render::screen::Scene;
use crate::render::words::Word;
use crate::units::{M3, mul_div};

/// The columns of a bar.
const BAR: u64 = 15;

impl Scene<'_> {
    fn volumes(&self, demand: M3, served: M3, cut: M3) -> [Cell; 4] {
        let style = || if cut.is_zero() { Style::Plain } else { Style::Warn };
        [
            Cell::right(fmt::volume(demand, self.lang)),
            Cell::right(fmt::volume(served, self.lang)),
            Cell::right(fmt::volume(cut, self.lang)).styled(style()),
            Cell::right(fmt::percent(cut, demand)).styled(style()),
        ]
    }

    fn header(&self, first: &Word, last: Option<&Word>) -> Vec<Cell> {
        let mut cells = vec![Cell::left(first.text(self.lang)).styled(Style::Dim)];
        let figures = [Word::Demand, Word::Served, Word::Cut, Word::CutShare];
        cells.extend(figures.iter().map(|word| Cell::right(word.text(self.lang)).styled(Style::Dim)));
        cells.extend(last.map(|word| Cell::left(word.text(self.lang)).styled(Style::Dim)));
        cells
    }

    fn total(&self) -> Vec<Cell> {
        let totals = &self.decision.totals;
        let mut cells = vec![Cell::left(Word::Total.text(self.lang)).styled(Style::Bold)];
        cells.extend(self.volumes(totals.demand_m3, totals.served_m3, totals.cut_m3));
        cells
    }

    /// By class, each with a bar as long as its demand.
    pub(super) fn by_class(&self) -> Vec<Vec<Cell>> {
        let rows: Vec<_> = self.decision.by_class.iter().filter(|row| !row.demand_m3.is_zero()).collect();
        let most = rows.iter().map(|row| row.demand_m3).max().unwrap_or_default();
        let mut table = vec![self.header(&Word::Class, Some(&Word::Bars))];
        for row in rows {
            let mut cells = vec![Cell::left(self.class(&row.class))];
            cells.extend(self.volumes(row.demand_m3, row.served_m3, row.cut_m3));
            cells.push(Cell::left(bar(row.served_m3, row.cut_m3, most)));
            table.push(cells);
        }
        table.push(self.total());
        table
    }

    /// By district, with the blocks whose turn it is.
    pub(super) fn by_district(&self) -> Vec<Vec<Cell>> {
        let blocks = self.decision.rotation.as_ref().map(|rotation| rotation.blocks.as_slice());
        let mut table = vec![self.header(&Word::District, blocks.map(|_| &Word::Turn))];
        for row in &self.decision.by_district {
            let mut cells = vec![Cell::left(self.district(&row.district))];
            cells.extend(self.volumes(row.demand_m3, row.served_m3, row.cut_m3));
            if let Some(at) = blocks.and_then(|blocks| blocks.iter().position(|id| *id == row.district)) {
                let turn = Word::TurnNumber { turn: (at + 1).to_string() }.text(self.lang);
                cells.push(Cell::left(turn).styled(Style::Warn));
            }
            table.push(cells);
        }
        table.push(self.total());
        table
    }

    /// By tier.
    pub(super) fn by_tier(&self) -> Vec<Vec<Cell>> {
        let mut table = vec![self.header(&Word::Tier, None)];
        for row in self.decision.by_tier.iter().filter(|row| !row.demand_m3.is_zero()) {
            let name = Word::TierName { number: row.tier.to_string(), label: self.tier(row.tier) };
            let mut cells = vec![Cell::left(name.text(self.lang))];
            cells.extend(self.volumes(row.demand_m3, row.served_m3, row.cut_m3));
            table.push(cells);
        }
        table.push(self.total());
        table
    }

    /// By company.
    pub(super) fn by_company(&self) -> Vec<Vec<Cell>> {
        let mut table = vec![self.header(&Word::Company, None)];
        for row in &self.decision.by_company {
            let mut cells = vec![Cell::left(row.company.clone())];
            cells.extend(self.volumes(row.demand_m3, row.served_m3, row.cut_m3));
            table.push(cells);
        }
        table.push(self.total());
        table
    }

    /// By rank, in supply order.
    pub(super) fn by_rank(&self) -> Vec<Vec<Cell>> {
        let mut table = vec![self.header(&Word::Rank, None)];
        for row in &self.decision.by_rank {
            let mut cells = vec![Cell::left(self.rank(row))];
            cells.extend(self.volumes(row.size_m3, row.served_m3, row.size_m3.less(row.served_m3)));
            table.push(cells);
        }
        table
    }

    /// What people call a rank.
    pub(super) fn rank(&self, row: &RankRow) -> String {
        let measure = row.measure.clone().unwrap_or_default();
        let what = match row.kind {
            Kind::Firm if measure == PAST => Word::RankTaken,
            Kind::Withheld if measure == PAST => Word::RankMissed,
            Kind::Firm => Word::RankFirm { tier: row.tier.map_or_else(String::new, |tier| tier.to_string()) },
            Kind::Authorised => Word::RankAuthorised { measure },
            Kind::Withheld => Word::RankWithheld { measure },
        };
        format!("{:>2}  {}", row.rank, what.text(self.lang))
    }

    /// Firm gas cut, tier by tier, worst tier first.
    pub(super) fn beyond_by_tier(&self) -> Vec<(u32, M3)> {
        let mut tiers: Vec<(u32, M3)> = Vec::new();
        if self.decision.status != Status::BeyondAuthority {
            return tiers;
        }
        for row in self.decision.by_rank.iter().rev().filter(|row| row.kind == Kind::Firm) {
            let (lost, tier) = (row.size_m3.less(row.served_m3), row.tier.unwrap_or_default());
            match tiers.iter_mut().find(|(known, _)| *known == tier) {
                _ if lost.is_zero() => {}
                Some((_, sum)) => *sum += lost,
                None => tiers.push((tier, lost)),
            }
        }
        tiers
    }
}

/// A bar of at most [`BAR`] columns, for reading only: served solid, cut light; what is there at all shows.
fn bar(served: M3, cut: M3, most: M3) -> String {
    let long = |volume: M3| {
        let (columns, _) = mul_div(u128::from(volume.get()), u128::from(BAR), u128::from(most.get().max(1)));
        usize::try_from(columns).unwrap_or(0).max(usize::from(!volume.is_zero()))
    };
    let light = if cut.is_zero() { 0 } else { long(served + cut).saturating_sub(long(served)).max(1) };
    "█".repeat(long(served)) + &"░".repeat(light)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_whatever_is_there() {
        assert_eq!(bar(M3(100), M3(0), M3(100)), "█".repeat(15));
        assert_eq!(bar(M3(50), M3(50), M3(100)), "█".repeat(7) + &"░".repeat(8));
        assert_eq!(bar(M3(1), M3(1), M3(1_000_000)), "█░");
        assert_eq!(bar(M3(0), M3(0), M3(0)), "");
    }
}
