//! The workbook of a day's orders, and the stop list of each company.

use std::convert::Infallible;

use super::about::{self, Paper};
use super::book::range;
use super::summary;
use super::words::Word;
use super::{Cell, Sheet, Style, Value};
use crate::Lang;
use crate::city::read::headings::STOP_LIST;
use crate::city::{City, Customer};
use crate::decide::{BEYOND_AUTHORITY, Decision, Detail, Form, PAST, PINNED, Reason};
use crate::policy::{Policies, Policy};
use crate::render::hourly_orders;
use crate::render::orders::{Ordered, by_district, each};
use crate::render::words::Word as ScreenWord;
use crate::render::{GasDay, rules};
use crate::units::M3;

/// The columns of [`STOP_LIST`] by what they hold.
const COMPANY: usize = 3;
const CONTACT: usize = 13;
const VOLUMES: [usize; 3] = [5, 6, 7];

/// How far a decision has come, for the head of its workbooks.
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(feature = "record"), allow(dead_code, reason = "only a record knows how far a decision has come"))]
pub(crate) enum Standing {
    /// It is in no record.
    #[default]
    Unrecorded,
    /// It is recorded under this name and waits.
    Waiting { id: String, head: String },
    /// It is the order of its day.
    Issued { id: String, head: String, by: String, at: String },
    /// Another one is, in its place.
    Replaced { id: String, head: String, by: String },
}

/// A decision and all that its words need.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub decision: &'a Decision,
    pub policies: &'a Policies,
    pub city: &'a City,
    pub day: &'a GasDay,
    pub standing: &'a Standing,
    pub lang: Lang,
}

/// A decision for workbooks.
pub(crate) const fn told<'a>(
    (decision, policies, city): (&'a Decision, &'a Policies, &'a City),
    day: &'a GasDay,
    standing: &'a Standing,
    lang: Lang,
) -> Told<'a> {
    Told { decision, policies, city, day, standing, lang }
}

/// The workbook of orders: what it is, the orders, the hours, the sums and, with `lists`, a sheet for each company that is cut.
pub(crate) fn orders<'a>(told: &Told<'a>, all: bool, lists: bool) -> Vec<Sheet<'a>> {
    let mut sheets = vec![about::sheet(told, &Paper::Orders { all, lists }), orders_sheet(told, all)];
    sheets.extend(hours_sheet(told, None));
    sheets.push(summary::sheet(told));
    if lists {
        let lists = companies(told).into_iter().filter(|(_, cut)| *cut > 0);
        sheets.extend(
            lists.map(|(company, _)| list_sheet(told, company, told.city.companies[company as usize].to_string())),
        );
    }
    sheets
}

/// The workbook of one company, by index in [`City::companies`].
pub(crate) fn lists<'a>(told: &Told<'a>, company: u32) -> Vec<Sheet<'a>> {
    let list = list_sheet(told, company, Word::List.text(told.lang));
    let mut sheets = vec![about::sheet(told, &Paper::List { company }), list];
    sheets.extend(hours_sheet(told, Some(company)));
    sheets
}

/// Every company, by index, with how many of its customers are cut.
pub(crate) fn companies(told: &Told<'_>) -> Vec<(u32, u64)> {
    let mut cut: Vec<(u32, u64)> = (0..told.city.companies.len() as u32).map(|company| (company, 0)).collect();
    told.rows(false, |_, ordered| {
        if let Some((_, count)) = cut.get_mut(ordered.customer.company as usize) {
            *count += 1;
        }
    });
    cut
}

impl<'a> Told<'a> {
    /// The balances, each with its policy.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'a Decision, &'a Policy)> {
        let (city, policies) = (self.city, self.policies);
        let own = move |part: &'a Decision| {
            let id = part.area.as_deref()?;
            city.districts.iter().find(|district| &*district.id == id)?.policy.as_deref()
        };
        std::iter::once(self.decision).chain(&self.decision.areas).map(move |part| (part, policies.named(own(part))))
    }

    /// Who is cut, or with `all` everybody, in the order of `orders.csv`.
    fn rows(&self, all: bool, mut row: impl FnMut(&Reasons, Ordered<'a>)) {
        let order = by_district(self.city);
        for (part, policy) in self.parts() {
            let Some(detail) = &part.detail else { continue };
            let reasons = Reasons::of(detail, policy, self.lang);
            let Ok(()) = each(self.city, detail, all, &order, |ordered| {
                row(&reasons, ordered);
                Ok::<(), Infallible>(())
            });
        }
    }

    /// How many customers of a company are cut, and by how much together.
    pub(super) fn cut_of(&self, company: u32) -> (u64, M3) {
        let (mut customers, mut cut) = (0, M3(0));
        self.rows(false, |_, ordered| {
            if ordered.customer.company == company {
                customers += 1;
                cut += ordered.share.cut_m3();
            }
        });
        (customers, cut)
    }

    /// The unit of volumes as headings write it.
    pub(super) fn unit(&self) -> String {
        let unit = self.decision.volume_basis.split('-').next().unwrap_or_default();
        if self.lang == Lang::Zh { unit.replace("m3", "m³") } else { unit.to_owned() }
    }

    fn class(&self, customer: &Customer) -> &'a str {
        let id = self.city.classes.get(customer.class as usize).map_or("", |class| class);
        let mut classes = self.parts().flat_map(|(_, policy)| &policy.classes);
        classes.find(|class| class.id == id).map_or(id, |class| class.label.get(self.lang))
    }

    /// Who a customer is: id, name, district, company, class.
    fn who(&self, customer: &'a Customer) -> [Cell<'a>; 5] {
        let city = self.city;
        let district = city.districts.get(customer.district as usize);
        let district = district.map_or("", |it| if it.name.is_empty() { &it.id } else { &it.name });
        let company = city.companies.get(customer.company as usize).map_or("", |company| company);
        [&*customer.id, &*customer.name, district, company, self.class(customer)].map(Cell::text)
    }

    /// The cells of a row of orders, by [`STOP_LIST`] but for the contact.
    fn cells(&self, reasons: &Reasons, ordered: &Ordered<'a>) -> Vec<Cell<'a>> {
        let share = ordered.share;
        let mut cells = Vec::with_capacity(STOP_LIST.columns.len());
        cells.extend(self.who(ordered.customer));
        cells.extend([share.demand_m3, share.served_m3, share.cut_m3()].map(|volume| Cell::whole(volume.get())));
        let [form, measures, clauses] = reasons.words(share.reason);
        let (from, until) = ordered.off.map(|(from, until)| (rules::clock(from), rules::clock(until))).unzip();
        for text in [form, measures, from.unwrap_or_default(), until.unwrap_or_default(), clauses] {
            cells.push(Cell::text(text));
        }
        if reasons.is_beyond(share.reason) {
            cells.iter_mut().for_each(|cell| cell.style = Style::Warn);
        }
        cells
    }
}

/// Why customers are cut, in words: form, measures and clauses of each reason.
struct Reasons(Vec<([String; 3], bool)>);

impl Reasons {
    fn of(detail: &Detail, policy: &Policy, lang: Lang) -> Self {
        let words = |reason: &Reason| {
            let form = form(reason.form).map_or_else(String::new, |word| word.text(lang));
            let measures = reason.measures.iter().map(|id| measure(id, policy, lang)).collect::<Vec<_>>();
            let beyond = reason.measures.iter().any(|id| id == BEYOND_AUTHORITY);
            let apart = if lang == Lang::Zh { "；" } else { "; " };
            ([form, measures.join(apart), reason.clauses.join(apart)], beyond)
        };
        Self(detail.reasons.iter().map(words).collect())
    }

    fn words(&self, reason: u32) -> [String; 3] {
        self.0.get(reason as usize).map(|(words, _)| words.clone()).unwrap_or_default()
    }

    fn is_beyond(&self, reason: u32) -> bool {
        self.0.get(reason as usize).is_some_and(|(_, beyond)| *beyond)
    }
}

const fn form(form: Form) -> Option<Word> {
    match form {
        Form::None => None,
        Form::Stop => Some(Word::Stop),
        Form::Limit => Some(Word::Limit),
        Form::OffPeak => Some(Word::OffPeak),
    }
}

fn measure(id: &str, policy: &Policy, lang: Lang) -> String {
    match policy.measures.iter().find(|measure| measure.id == id) {
        Some(measure) => measure.label.get(lang).to_owned(),
        None if id == BEYOND_AUTHORITY => Word::BeyondAuthority.text(lang),
        None if id == PINNED => ScreenWord::SettledOutside.text(lang),
        None if id == PAST => Word::Past.text(lang),
        None => id.to_owned(),
    }
}

/// The texts of the cells of `orders.csv`, for each row: what a workbook in this language says.
pub(crate) fn texts(told: &Told<'_>, all: bool) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    told.rows(all, |reasons, ordered| {
        let text = |cell: Cell<'_>| match cell.value {
            Value::Text(text) => super::book::as_written(&text),
            Value::Whole(number) => number.to_string(),
            _ => String::new(),
        };
        rows.push(told.cells(reasons, &ordered).into_iter().map(text).collect());
    });
    rows
}

/// How many rows the longest sheet of orders has, its headings and its sum among them.
pub(crate) fn longest(told: &Told<'_>, all: bool) -> usize {
    let mut rows = 0;
    told.rows(all, |_, _| rows += 1);
    let mut slots = 0;
    for (part, _) in told.parts() {
        let (Some(detail), Some(hours)) = (&part.detail, &part.hours) else { continue };
        let Ok(()) = hourly_orders::each(told.city, detail, &hours.clock, told.day, |_, _, of_one| {
            slots += of_one.len();
            Ok::<(), Infallible>(())
        });
    }
    slots.max(rows) + 2
}

fn headings<'a>(told: &Told<'_>, columns: impl Iterator<Item = usize>) -> Vec<Cell<'a>> {
    let basis = &told.decision.volume_basis;
    let heading = |at: usize| STOP_LIST.columns.get(at).map_or_else(String::new, |c| c.heading(told.lang, basis));
    columns.map(|at| Cell::text(heading(at)).styled(Style::Head)).collect()
}

fn orders_sheet<'a>(told: &Told<'a>, all: bool) -> Sheet<'a> {
    let mut rows = vec![headings(told, 0..CONTACT)];
    told.rows(all, |reasons, ordered| rows.push(told.cells(reasons, &ordered)));
    finish(told, Word::Orders.text(told.lang), rows, &VOLUMES)
}

/// A company's list: its own column says nothing there, and whom to call is what it is for.
fn list_sheet<'a>(told: &Told<'a>, company: u32, name: String) -> Sheet<'a> {
    let columns = (0..=CONTACT).filter(|at| *at != COMPANY);
    let mut rows = vec![headings(told, columns)];
    told.rows(false, |reasons, ordered| {
        let customer = ordered.customer;
        if customer.company != company {
            return;
        }
        let mut cells = told.cells(reasons, &ordered);
        cells.remove(COMPANY);
        let contact = customer.more.as_deref().map_or("", |more| &*more.contact);
        cells.push(Cell::text(contact));
        rows.push(cells);
    });
    finish(told, name, rows, &VOLUMES.map(|at| at - 1))
}

/// By the hour, the slots of every customer that is cut, or of one company's.
fn hours_sheet<'a>(told: &Told<'a>, company: Option<u32>) -> Option<Sheet<'a>> {
    let lang = told.lang;
    told.decision.hours.as_ref()?;
    let unit = told.unit();
    let mut head = headings(told, 0..5);
    let most = Word::MostAnHour { unit };
    head.extend([Word::Date, Word::From, Word::To, Word::HoursOf].map(|word| Cell::text(word.text(lang))));
    head.extend(headings(told, VOLUMES.into_iter().chain([8])));
    head.push(Cell::text(most.text(lang)));
    head.extend(headings(told, [9, 12].into_iter()));
    let mut rows = vec![head.into_iter().map(|cell| cell.styled(Style::Head)).collect::<Vec<_>>()];
    for (part, policy) in told.parts() {
        let (Some(detail), Some(hours)) = (&part.detail, &part.hours) else { continue };
        let reasons = Reasons::of(detail, policy, lang);
        let Ok(()) = hourly_orders::each(told.city, detail, &hours.clock, told.day, |customer, reason, slots| {
            if company.is_some_and(|company| customer.company != company) {
                return Ok::<(), Infallible>(());
            }
            let at = detail.reasons.iter().position(|other| std::ptr::eq(other, reason)).unwrap_or_default() as u32;
            for slot in slots {
                let mut cells = told.who(customer).to_vec();
                cells.push(Cell { value: Value::Date(told.day.date), style: Style::Plain });
                cells.extend([slot.from, slot.to].map(|text| Cell::text(text.to_owned())));
                cells.push(Cell::whole(slot.hours as u64));
                cells.extend([slot.demand, slot.served, slot.cut].map(Cell::milli));
                cells.push(Cell::text(form(slot.form).map_or_else(String::new, |word| word.text(lang))));
                cells.push(slot.limit.map(Cell::milli).unwrap_or_default());
                let [_, measures, clauses] =
                    if slot.form == Form::None { Default::default() } else { reasons.words(at) };
                cells.extend([measures, clauses].map(Cell::text));
                if reasons.is_beyond(at) && slot.form != Form::None {
                    cells.iter_mut().for_each(|cell| cell.style = Style::Warn);
                }
                rows.push(cells);
            }
            Ok(())
        });
    }
    Some(finish(told, Word::Hours.text(lang), rows, &[9, 10, 11]))
}

/// Rows as a sheet: the headings and who it is stay in sight, and the last row adds up what a filter shows.
fn finish<'a>(told: &Told<'a>, name: String, mut rows: Vec<Vec<Cell<'a>>>, sums: &[usize]) -> Sheet<'a> {
    let last = rows.len() - 1;
    if last > 0 {
        let columns = rows.first().map_or(0, Vec::len);
        let mut total: Vec<Cell<'a>> = vec![Cell::default().styled(Style::Total); columns];
        if let Some(first) = total.first_mut() {
            *first = Cell::text(ScreenWord::Total.text(told.lang)).styled(Style::Total);
        }
        for at in sums {
            let sum = sum(&rows, *at);
            if let Some(cell) = total.get_mut(*at) {
                let (whole, rest) = (sum / 1_000, sum % 1_000);
                let subtotal = format!("SUBTOTAL(109,{})", range(*at, 1, last));
                // Thousandths do not add up exactly in a spreadsheet.
                let (formula, value) = match rest {
                    0 => (format!("={subtotal}"), whole.to_string()),
                    rest => (format!("=ROUND({subtotal},3)"), format!("{whole}.{rest:03}")),
                };
                *cell = Cell { value: Value::Formula(formula, value), style: Style::Total };
            }
        }
        rows.push(total);
    }
    let loud = told.decision.is_beyond_authority();
    Sheet { name, rows, frozen: (1, 2), filter: Some(last as u32), landscape: true, loud, ..Sheet::default() }
}

/// The sum of a column, in thousandths.
fn sum(rows: &[Vec<Cell<'_>>], column: usize) -> u128 {
    let thousandths = |row: &Vec<Cell<'_>>| match row.get(column).map(|cell| &cell.value) {
        Some(Value::Whole(number)) => u128::from(*number) * 1_000,
        Some(Value::Decimal(text)) => text.replace('.', "").parse().unwrap_or(0),
        _ => 0,
    };
    rows.iter().map(thousandths).sum()
}
