//! A case in one workbook, to be filled in: a sheet for each table with lists to choose from, and a first one that explains them.

use super::about::Leaf;
use super::book::absolute;
use super::notes::note;
use super::words::Word;
use super::{Cell, Entry, Only, Properties, Rule, Sheet, Style, Value};
use crate::Lang;
use crate::city::read::cells;
use crate::city::read::headings::{
    ACTUALS, CUSTOMERS, Column, DEMAND, DISTRICTS, HOLIDAYS, Kind, LINKS, PROFILES, SUPPLY, Schema, WEATHER,
    split_unit, unit,
};
use crate::policy::Policy;
use crate::units::{Date, M3};

/// The tables, in the order of their sheets.
pub(super) static TABLES: [&Schema; 9] =
    [&CUSTOMERS, &DISTRICTS, &SUPPLY, &DEMAND, &PROFILES, &LINKS, &HOLIDAYS, &ACTUALS, &WEATHER];

/// Lists and bounds hold down to this row.
const FILLED: u32 = 20_000;

/// What the template is made from.
pub(crate) struct Example<'a> {
    /// The tables as CSV, by key, headings first; each has a sheet.
    pub tables: Vec<(&'a str, String)>,
    /// The policy whose classes are to choose from.
    pub policy: &'a Policy,
    /// The case's volume basis.
    pub basis: &'a str,
    /// The keys of the tables that the case does not read until somebody says so.
    pub unread: &'a [&'a str],
    /// The first day.
    pub date: Date,
}

/// The name of a table's sheet.
pub(crate) fn sheet_of(key: &str, lang: Lang) -> String {
    let zh = TABLES.iter().find(|table| table.key == key).and_then(|table| table.sheets.first());
    match (lang, zh) {
        (Lang::Zh, Some(zh)) => (*zh).to_owned(),
        _ => key.to_owned(),
    }
}

/// The workbook.
pub(crate) fn template(example: &Example<'_>, lang: Lang) -> (Vec<Sheet<'static>>, Properties) {
    let choices = Choices::of(example, lang);
    let mut sheets = vec![guide(example, lang)];
    for table in TABLES {
        let rows = example.tables.iter().find(|(key, _)| *key == table.key).map_or("", |(_, text)| text);
        sheets.push(sheet(table, rows, example, &choices, lang));
    }
    sheets.push(choices.sheet(lang));
    let title = Word::TemplateTitle.text(lang);
    let mark = Word::Synthetic.text(lang);
    let foot = example.basis.to_owned();
    (sheets, Properties { title: title.clone(), date: example.date, head: (title, mark), foot })
}

/// The lists to choose from, each in a column of its own.
struct Choices(Vec<(Pick, Vec<String>)>);

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    Class,
    Backup,
    Contract,
    Truth,
    DayKind,
    DayBasis,
    Company,
    Profile,
}

impl Pick {
    /// Of a column.
    fn of(table: &Schema, column: &Column) -> Option<Self> {
        Some(match (table.key, column.en) {
            (_, "class") => Self::Class,
            (_, "backup") => Self::Backup,
            (_, "contract") => Self::Contract,
            (_, "urban") => Self::Truth,
            ("holidays", "kind") => Self::DayKind,
            ("holidays", "basis") => Self::DayBasis,
            (_, "company") => Self::Company,
            ("customers", "profile") => Self::Profile,
            _ => return None,
        })
    }

    /// Whether there are others than those listed.
    const fn is_open(self) -> bool {
        matches!(self, Self::Company | Self::Profile)
    }

    fn name(self, lang: Lang) -> String {
        let column = match self {
            Self::Class => &CUSTOMERS.columns[4],
            Self::Backup => &CUSTOMERS.columns[8],
            Self::Contract => &CUSTOMERS.columns[10],
            Self::Truth => &DISTRICTS.columns[2],
            Self::DayKind => &HOLIDAYS.columns[2],
            Self::DayBasis => &HOLIDAYS.columns[3],
            Self::Company => &CUSTOMERS.columns[3],
            Self::Profile => &CUSTOMERS.columns[9],
        };
        column.heading(lang, "")
    }
}

impl Choices {
    fn of(example: &Example<'_>, lang: Lang) -> Self {
        let words = |en: &[&str], zh: &[&str]| {
            let words = if lang == Lang::Zh { zh } else { en };
            words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()
        };
        let classes = example.policy.classes.iter().map(|class| class.label.get(lang).to_owned()).collect();
        let customers = example.tables.iter().find(|(key, _)| *key == "customers").map_or("", |(_, text)| text);
        let (columns, rows) = parsed(&CUSTOMERS, customers);
        let used = |en: &str| {
            let at = columns.iter().position(|column| column.is_some_and(|(at, _)| CUSTOMERS.columns[at].en == en));
            let mut used: Vec<String> = Vec::new();
            for row in &rows {
                let word = at.and_then(|at| row.get(at)).unwrap_or_default();
                if !word.is_empty() && !used.iter().any(|known| known == word) {
                    used.push(word.to_owned());
                }
            }
            used
        };
        Self(vec![
            (Pick::Class, classes),
            (Pick::Backup, words(&["none", "coal", "oil", "electric", "other"], &["无", "煤", "油", "电", "其他"])),
            (Pick::Contract, words(&["firm", "interruptible", "peak_shaving"], &["不可中断", "可中断", "调峰"])),
            (Pick::Truth, words(&["yes", "no"], &["是", "否"])),
            (Pick::DayKind, words(&["holiday", "workday"], &["放假", "上班"])),
            (Pick::DayBasis, words(&["published", "assumed"], &["公布", "假定"])),
            (Pick::Company, used("company")),
            (Pick::Profile, used("profile")),
        ])
    }

    /// The cells of a list; one that others may join goes on.
    fn range(&self, pick: Pick, lang: Lang) -> Option<String> {
        let (at, (_, words)) = self.0.iter().enumerate().find(|(_, (its, _))| *its == pick)?;
        let last = if pick.is_open() { 200 } else { words.len() + 1 };
        Some(absolute(&Word::Choices.text(lang), at, last))
    }

    fn sheet(&self, lang: Lang) -> Sheet<'static> {
        let head = |(pick, _): &(Pick, Vec<String>)| {
            let style = if pick.is_open() { Style::Optional } else { Style::Head };
            Cell::text(pick.name(lang)).styled(style)
        };
        let mut rows: Vec<Vec<Cell<'static>>> = vec![self.0.iter().map(head).collect()];
        let longest = self.0.iter().map(|(_, words)| words.len()).max().unwrap_or_default();
        for at in 0..longest {
            let cell = |(_, words): &(Pick, Vec<String>)| words.get(at).cloned().map_or_else(Cell::default, Cell::text);
            rows.push(self.0.iter().map(cell).collect());
        }
        Sheet { name: Word::Choices.text(lang), rows, frozen: (1, 0), ..Sheet::default() }
    }
}

/// A CSV of ours: for each of its columns the table's column and its unit's power of ten, and the rows.
fn parsed(table: &Schema, text: &str) -> (Vec<Option<(usize, i8)>>, Vec<csv::StringRecord>) {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records().flatten();
    let head = rows.next().unwrap_or_default();
    let columns = head.iter().map(|heading| {
        let (name, stated) = split_unit(heading);
        let at = table.find(&name)?;
        let power = stated.and_then(|text| unit(table.columns.get(at)?.kind, &text)).map_or(0, |unit| unit.power);
        Some((at, power))
    });
    (columns.collect(), rows.collect())
}

/// A table's sheet: all its columns, the rows of the example, and what may be typed below them.
fn sheet(table: &'static Schema, text: &str, example: &Example<'_>, choices: &Choices, lang: Lang) -> Sheet<'static> {
    let head = table.columns.iter().map(|column| {
        let style = if column.required { Style::Head } else { Style::Optional };
        Cell::text(column.heading(lang, example.basis)).styled(style)
    });
    let mut rows: Vec<Vec<Cell<'static>>> = vec![head.collect()];
    let (columns, records) = parsed(table, text);
    for record in &records {
        let mut row = vec![Cell::default(); table.columns.len()];
        for (text, column) in record.iter().zip(&columns) {
            let Some((at, power)) = *column else { continue };
            if let (Some(cell), Some(column)) = (row.get_mut(at), table.columns.get(at)) {
                cell.value = value(table, column, text, power, example.policy, lang);
            }
        }
        rows.push(row);
    }
    let filled = |column: &Column| match column.kind {
        Kind::Id => Entry::Id,
        Kind::Date => Entry::Date,
        Kind::Volume | Kind::PerHour | Kind::PerYear | Kind::Held | Kind::Area | Kind::Count => Entry::Whole,
        _ => Entry::Any,
    };
    let notes = (0..).zip(table.columns).map(|(at, column)| (0, at, note(table.key, column.en, lang).to_owned()));
    let rules = (0..).zip(table.columns).filter_map(|(at, column)| {
        let only = only(table, column, choices, lang)?;
        Some(Rule { rows: (1, FILLED), column: at, only, told: note(table.key, column.en, lang).to_owned() })
    });
    Sheet {
        name: sheet_of(table.key, lang),
        frozen: (1, if table.key == "customers" { 2 } else { 1 }),
        filter: Some(rows.len() as u32 - 1),
        landscape: table.columns.len() > 6,
        notes: notes.collect(),
        rules: rules.collect(),
        filled: table.columns.iter().map(filled).collect(),
        rows,
        ..Sheet::default()
    }
}

fn value(table: &Schema, column: &Column, text: &str, power: i8, policy: &Policy, lang: Lang) -> Value<'static> {
    if text.is_empty() {
        return Value::Empty;
    }
    let as_text = || Value::Text(text.to_owned().into());
    match column.kind {
        Kind::Volume | Kind::PerHour | Kind::PerYear | Kind::Held | Kind::Area | Kind::Count | Kind::Hour => {
            cells::whole(text, power).map_or_else(|_| as_text(), Value::Whole)
        }
        Kind::Tonnage | Kind::Share | Kind::Percent | Kind::Degrees => Value::Decimal(text.to_owned()),
        Kind::Date => cells::date(text).map_or_else(as_text, Value::Date),
        // The list holds the words of one language, whatever the example says.
        Kind::Truth => match (cells::truth(text), lang) {
            (Some(true), Lang::En) => Value::Text("yes".into()),
            (Some(false), Lang::En) => Value::Text("no".into()),
            _ => as_text(),
        },
        Kind::Text if Pick::of(table, column) == Some(Pick::Class) => {
            let named = |class: &&crate::policy::Class| class.id == text || class.label.get(lang) == text;
            let class = policy.classes.iter().find(named);
            class.map_or_else(as_text, |class| Value::Text(class.label.get(lang).to_owned().into()))
        }
        Kind::Text | Kind::Id | Kind::Moment | Kind::Word => as_text(),
    }
}

fn only(table: &Schema, column: &Column, choices: &Choices, lang: Lang) -> Option<Only> {
    if let Some(pick) = Pick::of(table, column) {
        return Some(Only::Listed { range: choices.range(pick, lang)?, strict: !pick.is_open() });
    }
    let districts = || Only::Listed { range: absolute(&sheet_of(DISTRICTS.key, lang), 0, 500), strict: true };
    let most = M3::MOST.get();
    match (table.key, column.en, column.kind) {
        ("districts", "district", _) => None,
        (_, "district" | "area", _) => Some(districts()),
        (.., Kind::Hour) => Some(Only::Whole(0, 23)),
        (.., Kind::Volume | Kind::PerHour | Kind::PerYear | Kind::Held | Kind::Area | Kind::Count) => {
            Some(Only::Whole(0, most))
        }
        (.., Kind::Share) => Some(Only::Number(1)),
        (.., Kind::Tonnage) => Some(Only::Number(most)),
        (.., Kind::Date) => Some(Only::Date),
        _ => None,
    }
}

/// The first sheet, which no table is read from.
fn guide(example: &Example<'_>, lang: Lang) -> Sheet<'static> {
    let mut leaf = Leaf::default();
    leaf.across(Word::TemplateTitle.text(lang), Style::Title);
    leaf.across(Word::Synthetic.text(lang), Style::Loud);
    leaf.blank();
    for word in [Word::HowToStart, Word::HowToFill, Word::HowColours, Word::HowLists, Word::HowUnits, Word::HowIds] {
        leaf.across(word.text(lang), Style::Prose);
    }
    let unread: Vec<String> = example.unread.iter().map(|key| sheet_of(key, lang)).collect();
    let apart = if lang == Lang::Zh { "、" } else { ", " };
    leaf.across(Word::HowUnread { sheets: unread.join(apart) }.text(lang), Style::Prose);
    for table in TABLES {
        leaf.blank();
        let name = sheet_of(table.key, lang);
        let what = Word::table(table.key).text(lang);
        leaf.across(Word::SheetSaid { name, what }.text(lang), Style::Label);
        for column in table.columns {
            leaf.fact(&column.heading(lang, example.basis), note(table.key, column.en, lang).to_owned());
        }
    }
    leaf.sheet(Word::About.text(lang))
}
