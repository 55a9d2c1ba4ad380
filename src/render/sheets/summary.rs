//! The sums of a day: balance, classes, districts, tiers, companies and ranks. A sum is a formula over the rows above it.

use super::book::range;
use super::orders::Told;
use super::words::Word;
use super::{Cell, Sheet, Style, Value};
use crate::decide::Decision;
use crate::policy::Policy;
use crate::render::fmt;
use crate::render::screen::{Scene, gas_day};
use crate::render::words::Word as ScreenWord;
use crate::units::M3;

/// The columns: a name, three volumes, a share.
const WIDTHS: [u16; 5] = [52, 18, 18, 18, 14];

/// The sheet.
pub(super) fn sheet<'a>(told: &Told<'a>) -> Sheet<'a> {
    let lang = told.lang;
    let mut sums = Sums { told, rows: Vec::new() };
    sums.line(gas_day(told.day, lang), Style::Label);
    for (part, policy) in told.parts() {
        sums.part(part, policy);
    }
    let rows = sums.rows;
    let loud = told.decision.is_beyond_authority();
    Sheet { name: Word::Summary.text(lang), rows, widths: WIDTHS.to_vec(), loud, ..Sheet::default() }
}

struct Sums<'t, 'a> {
    told: &'t Told<'a>,
    rows: Vec<Vec<Cell<'a>>>,
}

impl Sums<'_, '_> {
    fn line(&mut self, text: String, style: Style) {
        self.rows.push(vec![Cell::text(text).styled(style)]);
    }

    fn part(&mut self, decision: &Decision, policy: &Policy) {
        let lang = self.told.lang;
        let scene = Scene { decision, policy, city: self.told.city, lang };
        self.rows.push(Vec::new());
        self.line(scene.how_short().text(lang), Style::Label);
        for (at, line) in scene.beyond_lines().into_iter().enumerate() {
            // One line is loud enough where figures follow.
            if at < 2 {
                let mut cells = vec![Cell::text(line).styled(Style::Loud)];
                cells.resize(WIDTHS.len(), Cell::default().styled(Style::Loud));
                self.rows.push(cells);
            }
        }
        self.balance(decision);
        let total = decision.totals.demand_m3;
        let class = decision.by_class.iter().filter(|row| !row.demand_m3.is_zero());
        let class = class.map(|row| (scene.class(&row.class), row.demand_m3, row.served_m3)).collect();
        self.table(&ScreenWord::ByClass, &ScreenWord::Class, class, total);
        let district = decision.by_district.iter();
        let district = district.map(|row| (scene.district(&row.district), row.demand_m3, row.served_m3)).collect();
        self.table(&ScreenWord::ByDistrict, &ScreenWord::District, district, total);
        let tier = decision.by_tier.iter().filter(|row| !row.demand_m3.is_zero()).map(|row| {
            let name = ScreenWord::TierName { number: row.tier.to_string(), label: scene.tier(row.tier) };
            (name.text(lang), row.demand_m3, row.served_m3)
        });
        self.table(&ScreenWord::ByTier, &ScreenWord::Tier, tier.collect(), total);
        let company = decision.by_company.iter();
        let company = company.map(|row| (row.company.clone(), row.demand_m3, row.served_m3)).collect();
        self.table(&ScreenWord::ByCompany, &ScreenWord::Company, company, total);
        let rank = decision.by_rank.iter().map(|row| (scene.rank(row), row.size_m3, row.served_m3)).collect();
        self.table(&ScreenWord::ByRank, &ScreenWord::Rank, rank, total);
    }

    fn balance(&mut self, decision: &Decision) {
        let (lang, balance) = (self.told.lang, &decision.balance);
        let title = Word::OfUnit { name: ScreenWord::Balance.text(lang), unit: self.told.unit() };
        self.rows.push(Vec::new());
        self.line(title.text(lang), Style::Label);
        let first = self.rows.len() + 1;
        for (word, volume) in [
            (ScreenWord::Demand, balance.demand_m3),
            (ScreenWord::Supply, balance.supply_m3),
            (ScreenWord::Deliverable, balance.deliverable_m3),
        ] {
            self.rows.push(vec![Cell::text(word.text(lang)), Cell::whole(volume.get())]);
        }
        let formula = format!("=B{first}-B{}", first + 2);
        let share = fmt::percent(balance.shortfall_m3, balance.demand_m3);
        self.rows.push(vec![
            Cell::text(ScreenWord::Shortfall.text(lang)).styled(Style::Total),
            Cell { value: Value::Formula(formula, balance.shortfall_m3.get().to_string()), style: Style::Total },
            Cell::text(ScreenWord::OfDemand { share }.text(lang)),
        ]);
    }

    /// A table of demand and what is served of it; what is cut is a formula, and so is every sum.
    fn table(&mut self, title: &ScreenWord, first: &ScreenWord, rows: Vec<(String, M3, M3)>, demand: M3) {
        if rows.is_empty() || demand.is_zero() {
            return;
        }
        let lang = self.told.lang;
        self.rows.push(Vec::new());
        self.line(title.text(lang), Style::Label);
        let unit = self.told.unit();
        let figures = [ScreenWord::Demand, ScreenWord::Served, ScreenWord::Cut];
        let mut head = vec![Cell::text(first.text(lang)).styled(Style::Head)];
        head.extend(figures.map(|word| {
            let heading = Word::OfUnit { name: word.text(lang), unit: unit.clone() };
            Cell::text(heading.text(lang)).styled(Style::Head)
        }));
        head.push(Cell::text(ScreenWord::CutShare.text(lang)).styled(Style::Head));
        self.rows.push(head);
        let from = self.rows.len();
        let mut sums = [M3(0); 3];
        for (name, demand, served) in rows {
            let cut = demand.less(served);
            sums = [sums[0] + demand, sums[1] + served, sums[2] + cut];
            let line = self.rows.len() + 1;
            self.rows.push(vec![
                Cell::text(name),
                Cell::whole(demand.get()),
                Cell::whole(served.get()),
                Cell { value: Value::Formula(format!("=B{line}-C{line}"), cut.get().to_string()), style: Style::Plain },
                Cell::text(fmt::percent(cut, demand)),
            ]);
        }
        let last = self.rows.len() - 1;
        let mut total = vec![Cell::text(ScreenWord::Total.text(lang)).styled(Style::Total)];
        total.extend(sums.iter().zip(1..).map(|(sum, column)| Cell {
            value: Value::Formula(format!("=SUM({})", range(column, from, last)), sum.get().to_string()),
            style: Style::Total,
        }));
        total.push(Cell::text(fmt::percent(sums[2], sums[0])).styled(Style::Total));
        self.rows.push(total);
    }
}
