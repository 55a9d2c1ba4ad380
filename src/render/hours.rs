//! The hours of a decision as a chart of 24 columns: what is asked for and served, what the pipes hold, and when who is off.

use crate::decide::{HoursUsed, Kind};
use crate::policy::Cut;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Scene;
use crate::render::words::Word;
use crate::render::fmt;
use crate::units::Milli;

/// The height of the chart in rows; each shows eighths.
const ROWS: u64 = 6;

/// From empty to full in eighths.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

impl Scene<'_> {
    /// The chart, where the case is decided by the hour.
    pub(super) fn hours(&self, page: &mut Page) {
        let Some(hours) = &self.decision.hours else { return };
        let lang = self.lang;
        page.heading(&Word::ByHour.text(lang));
        let most = hours.demand_m3.iter().copied().max().unwrap_or_default().max(Milli(1));
        let mut rows = Vec::new();
        for row in (0..ROWS).rev() {
            let label = match row {
                _ if row + 1 == ROWS => volume(most, lang),
                0 => "0".to_owned(),
                _ => String::new(),
            };
            let column = |h: usize| block(hours.served_m3[h], hours.demand_m3[h], most, row);
            let bars: String = (0..hours.clock.len()).map(column).collect();
            rows.push(vec![Cell::right(label), Cell::left(bars)]);
        }
        let each = |text: &dyn Fn(usize) -> String| -> String { (0..hours.clock.len()).map(text).collect() };
        let clock = each(&|h| format!("{:02} ", hours.clock[h]));
        rows.push(vec![Cell::right(Word::Clock.text(lang)).styled(Style::Dim), Cell::left(clock).styled(Style::Dim)]);
        for district in hours.by_district.iter().filter(|district| !district.linepack_m3.is_empty()) {
            let city = self.city.districts.iter().find(|d| *d.id == *district.district);
            let (least, most) = city.map_or((0, 0), |city| {
                let start = city.linepack.unwrap_or_default();
                (city.linepack_min.unwrap_or_default().get(), city.linepack_max.unwrap_or(start).get())
            });
            let level = |h: usize| {
                let above = district.linepack_m3[h].0.saturating_sub(least * 1_000);
                let eighth = (above * 8).div_ceil((most - least.min(most)).max(1) * 1_000).min(8) as usize;
                format!("{} ", EIGHTHS[eighth].repeat(2))
            };
            let name = Word::LinepackOf { district: self.district(&district.district) };
            rows.push(vec![Cell::right(name.text(lang)), Cell::left(each(&level))]);
        }
        for (name, off) in self.stops(hours) {
            rows.push(vec![Cell::right(name), Cell::left(each(&|h| if off[h] { "×× ".into() } else { "·  ".into() }))]);
        }
        page.table(rows);
        page.item(&Word::HoursLegend.text(lang), Style::Dim);
        let short = |h: &usize| hours.served_m3[*h] < Milli(hours.demand_m3[*h].0.saturating_sub(500));
        let worst = (0..hours.clock.len()).filter(short).max_by_key(|h| hours.demand_m3[*h].0 - hours.served_m3[*h].0);
        if let Some(h) = worst {
            let (demand, served) = (hours.demand_m3[h], hours.served_m3[h]);
            let word = Word::WorstHour {
                hour: format!("{:02}:00", hours.clock[h]),
                demand: volume(demand, lang),
                served: volume(served, lang),
                share: crate::units::percent(demand.0 - served.0, demand.0),
            };
            page.item(&word.text(lang), Style::Plain);
        }
    }

    /// The required stops in force and the hours in which they are off.
    fn stops(&self, hours: &HoursUsed) -> Vec<(String, Vec<bool>)> {
        let level = self.decision.level.as_ref().and_then(|level| self.policy.level(&level.id)).unwrap_or(0);
        let mut stops = Vec::new();
        for rank in self.decision.by_rank.iter().filter(|rank| rank.kind == Kind::Withheld) {
            let measure = self.policy.measures.iter().find(|measure| Some(&measure.id) == rank.measure.as_ref());
            let action = measure.and_then(|measure| measure.at.get(level)?.as_ref());
            if let (Some(measure), Some(Cut::Stop { hours: off, .. })) = (measure, action.map(|action| &action.cut)) {
                let off = hours.clock.iter().map(|hour| off.has(*hour)).collect();
                stops.push((Word::StopOf { measure: measure.id.clone() }.text(self.lang), off));
            }
        }
        stops
    }
}

/// A column of one row of the chart, three characters wide: what is served, and above it what is asked for.
fn block(served: Milli, demand: Milli, most: Milli, row: u64) -> String {
    let eighths = |volume: Milli| (volume.0 * ROWS * 8 + most.0 / 2) / most.0;
    let within = |volume: Milli| eighths(volume).saturating_sub(row * 8).min(8) as usize;
    let (full, asked) = (within(served), within(demand));
    let text = match (full, asked) {
        (8, _) => "██",
        (0, 0) => "  ",
        (0, _) => "░░",
        (part, _) => return format!("{} ", EIGHTHS[part].repeat(2)),
    };
    format!("{text} ")
}

fn volume(volume: Milli, lang: crate::Lang) -> String {
    fmt::volume(crate::units::M3((volume.0 + 500) / 1_000), lang)
}
