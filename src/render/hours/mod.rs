//! The hours of a decision as a chart of 24 columns: what is asked for and served, what the pipes hold, and when who is off; how
//! many hours until they are down to their least; and all of it as a table of data.

mod svg;

use std::io::{self, Write};

use crate::Lang;
use crate::city::City;
use crate::decide::{Decision, DistrictHours, HoursUsed, Kind};
use crate::policy::{Cut, Policies};
use crate::render::GasDay;
use crate::render::fmt;
use crate::render::orders::field;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::{Scene, gas_day};
use crate::render::words::Word;
use crate::units::{M3, Milli};

/// The height of the chart in rows; each shows eighths.
const ROWS: u64 = 6;

/// From empty to full in eighths.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The hours alone: the main urban area, then each outer district.
pub(crate) fn page(
    decision: &Decision,
    policies: &Policies,
    city: &City,
    day: &GasDay,
    lang: Lang,
    colour: bool,
) -> String {
    let mut page = Page::new(colour);
    page.line(&gas_day(day, lang), Style::Bold);
    if !decision.areas.is_empty() {
        page.line(&Word::AreasFollow { count: decision.areas.len().to_string() }.text(lang), Style::Dim);
    }
    for scene in scenes(decision, policies, city, lang) {
        scene.where_and_how_short(&mut page);
        scene.hours(&mut page);
    }
    page.into_text()
}

/// The hours as a picture: the main urban area, then each outer district.
pub(crate) fn picture(decision: &Decision, policies: &Policies, city: &City, day: &GasDay, lang: Lang) -> String {
    svg::picture(&scenes(decision, policies, city, lang), day)
}

/// The balance of the main urban area and those of the outer districts, each with its policy.
fn scenes<'a>(decision: &'a Decision, policies: &'a Policies, city: &'a City, lang: Lang) -> Vec<Scene<'a>> {
    let policy = |area: &Decision| {
        let district = area.area.as_deref().and_then(|id| city.district(id));
        policies.named(district.and_then(|at| city.districts[at].policy.as_deref()))
    };
    let main = Scene { decision, policy: &policies.main, city, lang };
    let areas = decision.areas.iter().map(|area| Scene { decision: area, policy: policy(area), city, lang });
    std::iter::once(main).chain(areas).collect()
}

/// When an hour of the day begins; of an hour that the clock shows twice, the second one is marked.
pub(crate) fn hour_name(clock: &[u8], h: usize) -> String {
    let hour = clock.get(h).copied().unwrap_or_default();
    let again = clock.iter().take(h).any(|before| *before == hour);
    format!("{hour:02}:00{}", if again { " (2)" } else { "" })
}

/// One row an hour: the balance's, then each source's, district's, link's and class's.
pub(crate) fn csv(decision: &Decision, to: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("area,what,id,hour,demand_m3,served_m3,given_m3,linepack_m3\n");
    for decision in std::iter::once(decision).chain(&decision.areas) {
        let Some(hours) = &decision.hours else { continue };
        let mut rows = |what: &str, id: &str, columns: [&[Milli]; 4]| {
            for h in 0..hours.clock.len() {
                field(&mut text, decision.area.as_deref().unwrap_or_default());
                text.push_str(&format!(",{what},"));
                field(&mut text, id);
                text.push_str(&format!(",{}", hour_name(&hours.clock, h)));
                for column in columns {
                    text.push(',');
                    text.push_str(&column.get(h).map_or_else(String::new, Milli::to_string));
                }
                text.push('\n');
            }
        };
        rows("balance", "", [&hours.demand_m3, &hours.served_m3, &hours.given_m3, &[]]);
        for source in &hours.by_source {
            rows("source", &source.source, [&[], &[], &source.given_m3, &[]]);
        }
        for district in &hours.by_district {
            rows(
                "district",
                &district.district,
                [&district.demand_m3, &district.served_m3, &[], &district.linepack_m3],
            );
        }
        for link in &hours.by_link {
            rows("link", &format!("{} → {}", link.from, link.to), [&[], &[], &link.flow_m3, &[]]);
        }
        for class in &hours.by_class {
            rows("class", &class.class, [&class.demand_m3, &class.served_m3, &[], &[]]);
        }
    }
    to.write_all(text.as_bytes())
}

impl Scene<'_> {
    /// How many hours until each district's pipes are down to their least.
    fn to_minimum(&self, page: &mut Page, hours: &HoursUsed) {
        // Where companies keep their gas apart nobody counts.
        if !self.city.settings.pooling && self.decision.area.is_none() && self.city.companies.len() > 1 {
            return;
        }
        let lang = self.lang;
        let mut rows = vec![
            [Word::District, Word::PackNow, Word::PackLeast, Word::WithoutMeasures, Word::AsDecided]
                .iter()
                .enumerate()
                .map(|(at, word)| if at == 0 { Cell::left(word.text(lang)) } else { Cell::right(word.text(lang)) })
                .map(|cell| cell.styled(Style::Dim))
                .collect::<Vec<_>>(),
        ];
        for district in hours.by_district.iter().filter(|district| !district.linepack_m3.is_empty()) {
            let Some(at) = self.city.district(&district.district) else { continue };
            let row = &self.city.districts[at];
            let [nothing_done, as_decided] = self.hours_to_least(district);
            let left = Cell::right(left(nothing_done).text(lang));
            rows.push(vec![
                Cell::left(self.district(&district.district)),
                Cell::right(fmt::volume(row.linepack.unwrap_or_default(), lang)),
                Cell::right(fmt::volume(row.linepack_min.unwrap_or_default(), lang)),
                if nothing_done.is_some() { left.styled(Style::Warn) } else { left },
                Cell::right(self::left(as_decided).text(lang)),
            ]);
        }
        if rows.len() > 1 {
            page.heading(&Word::ToMinimum.text(lang));
            page.table(rows);
            page.item(&Word::PackKept.text(lang), Style::Dim);
        }
    }

    /// The hours until a district's pipes are down to their least: if nothing is done, and as it is decided.
    fn hours_to_least(&self, district: &DistrictHours) -> [Option<Milli>; 2] {
        let [start, least, _] = self.linepack_bounds(&district.district).map(|bound| Milli(bound.get() * 1_000));
        let mut levels = std::iter::once(&start).chain(&district.linepack_m3);
        let as_decided = levels.position(|level| *level <= least).map(|h| Milli(h as u64 * 1_000));
        [district.hours_to_minimum, as_decided]
    }

    /// The chart, where the case is decided by the hour.
    pub(super) fn hours(&self, page: &mut Page) {
        let Some(hours) = &self.decision.hours else { return };
        let lang = self.lang;
        page.heading(&Word::ByHour.text(lang));
        // A name gives way to the columns: an hour that is cut off the screen would be one that nobody sees.
        let beside = |name: String| Cell::right(fmt::shortened(&name, 96usize.saturating_sub(3 * hours.clock.len())));
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
            let [_, least, most] = self.linepack_bounds(&district.district).map(M3::get);
            let level = |h: usize| {
                let above = district.linepack_m3[h].0.saturating_sub(least * 1_000);
                let eighth = (above * 8).div_ceil((most - least.min(most)).max(1) * 1_000).min(8) as usize;
                format!("{} ", EIGHTHS[eighth].repeat(2))
            };
            let name = Word::LinepackOf { district: self.district(&district.district) };
            rows.push(vec![beside(name.text(lang)), Cell::left(each(&level))]);
        }
        for (name, off) in self.stops(hours) {
            rows.push(vec![beside(name), Cell::left(each(&|h| if off[h] { "×× ".into() } else { "·  ".into() }))]);
        }
        page.table(rows);
        page.item(&Word::HoursLegend.text(lang), Style::Dim);
        if let Some(word) = self.worst_hour(hours) {
            page.item(&word.text(lang), Style::Plain);
        }
        self.to_minimum(page, hours);
    }

    /// The hour in which most is not served, where anything is not.
    fn worst_hour(&self, hours: &HoursUsed) -> Option<Word> {
        let short = |h: &usize| hours.served_m3[*h] < Milli(hours.demand_m3[*h].0.saturating_sub(500));
        let worst = (0..hours.clock.len()).filter(short).max_by_key(|h| hours.demand_m3[*h].0 - hours.served_m3[*h].0);
        worst.map(|h| {
            let (demand, served) = (hours.demand_m3[h], hours.served_m3[h]);
            Word::WorstHour {
                hour: hour_name(&hours.clock, h),
                demand: volume(demand, self.lang),
                served: volume(served, self.lang),
                share: crate::units::percent(demand.0 - served.0, demand.0),
            }
        })
    }

    /// What a district's pipes hold at first, at least and at most.
    fn linepack_bounds(&self, district: &str) -> [M3; 3] {
        let row = self.city.district(district).map(|at| &self.city.districts[at]);
        row.map_or([M3::ZERO; 3], |row| {
            let start = row.linepack.unwrap_or_default();
            [start, row.linepack_min.unwrap_or_default(), row.linepack_max.unwrap_or(start)]
        })
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
                stops.push((measure.id.clone(), off));
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

/// How long something takes, to a tenth of an hour, if it comes to that.
fn left(hours: Option<Milli>) -> Word {
    let tenths = |hours: Milli| (hours.0 + 50) / 100;
    let text = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
    hours.map_or(Word::NotToday, |hours| Word::HoursLeft { hours: text(tenths(hours)) })
}

fn volume(volume: Milli, lang: crate::Lang) -> String {
    fmt::volume(M3((volume.0 + 500) / 1_000), lang)
}
