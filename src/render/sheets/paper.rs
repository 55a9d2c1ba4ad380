//! Any paper as a workbook: what it says on the first sheet, and a sheet for each table.

use super::about::Leaf;
use super::book::range;
use super::{Cell, Properties, Sheet, Style, Value};
use crate::Lang;
use crate::render::document::{Block, Document, Mark, Table};
use crate::render::words::{Word as ScreenWord, words};

words! {
    SeeSheet { name } => "See the sheet {name}."; "见工作表“{name}”。";
    TableNumber { number } => "table {number}"; "表{number}";
    FillIn => "(to be filled in by hand)"; "（请手工填写）";
}

/// The sheets of a paper and what stands on every page.
pub(crate) fn paper(document: &Document, lang: Lang) -> (Vec<Sheet<'static>>, Properties) {
    let mut leaf = Leaf::default();
    leaf.across(document.title.clone(), Style::Title);
    for (mark, text) in &document.marks {
        let style = if *mark == Mark::Order { Style::Label } else { Style::Loud };
        leaf.across(text.clone(), style);
    }
    document.under.iter().for_each(|line| leaf.across(line.clone(), Style::Prose));
    let mut tables = Vec::new();
    let mut heading = None;
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Next(text) => {
                leaf.blank();
                leaf.across(text.clone(), Style::Label);
                heading = Some(text.clone());
            }
            Block::Text(text) => leaf.across(text.clone(), Style::Prose),
            Block::Loud(text) => leaf.across(text.clone(), Style::Loud),
            Block::Note(text) => leaf.across(text.clone(), Style::Note),
            Block::Facts(facts) => facts.iter().for_each(|(name, fact)| leaf.fact(name, fact.clone())),
            Block::List(points) => points.iter().for_each(|point| leaf.across(format!("• {point}"), Style::Prose)),
            Block::Table(table) => {
                let number = (tables.len() + 1).to_string();
                // A heading names the first table below it.
                let name = heading.take().unwrap_or_else(|| Word::TableNumber { number }.text(lang));
                leaf.across(Word::SeeSheet { name: name.clone() }.text(lang), Style::Note);
                tables.push(sheet(name, table, lang));
            }
            Block::FillIn(asked, lines) => {
                leaf.fact(asked, Word::FillIn.text(lang));
                (0..*lines).for_each(|_| leaf.blank());
            }
        }
    }
    leaf.blank();
    leaf.across(document.foot.clone(), Style::Note);
    let mark = document.marks.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" · ");
    let properties = Properties {
        title: document.title.clone(),
        date: document.date,
        head: (document.title.clone(), mark),
        foot: document.foot.clone(),
    };
    let loud = document.marks.iter().any(|(mark, _)| *mark != Mark::Order);
    let first = Sheet { loud, ..leaf.sheet(super::words::Word::About.text(lang)) };
    (std::iter::once(first).chain(tables).collect(), properties)
}

/// A table as a sheet: figures are numbers where they are written as such, and a sum that adds up is a formula.
fn sheet(name: String, table: &Table, lang: Lang) -> Sheet<'static> {
    let head = table.columns.iter().map(|column| Cell::text(column.heading.clone()).styled(Style::Head));
    let mut rows: Vec<Vec<Cell<'static>>> = vec![head.collect()];
    let is_figure = |at: usize| table.columns.get(at).is_some_and(|column| column.figures);
    for row in &table.rows {
        let cell = |(at, text): (usize, &String)| match plain(text).filter(|_| is_figure(at)) {
            Some(number) => Cell { value: number.value(), style: Style::Plain },
            None => Cell::text(text.clone()),
        };
        rows.push(row.iter().enumerate().map(cell).collect());
    }
    let last = rows.len() - 1;
    if let Some(total) = &table.total {
        let cells = total.iter().enumerate().map(|(at, text)| {
            let Some(said) = plain(text).filter(|_| is_figure(at)) else {
                return Cell::text(text.clone()).styled(Style::Total);
            };
            let value = if adds_up(table, at, said) { said.sum(at, last) } else { said.value() };
            Cell { value, style: Style::Total }
        });
        let mut cells: Vec<Cell<'static>> = cells.collect();
        // Whoever reads the sheet again must know the last row from the others.
        if let Some(first) = cells.first_mut().filter(|cell| cell.value == Value::Empty) {
            *first = Cell::text(ScreenWord::Total.text(lang)).styled(Style::Total);
        }
        rows.push(cells);
    }
    let columns = table.columns.len();
    Sheet { name, rows, frozen: (1, 1), filter: Some(last as u32), landscape: columns > 6, ..Sheet::default() }
}

/// A number as a paper writes it: its digits as one whole number, and how many of them stand behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figure {
    digits: i128,
    decimals: u32,
}

/// `1,234.50` or `-7`; `None` for anything else, a percentage or a range among it.
fn plain(text: &str) -> Option<Figure> {
    let (sign, unsigned) = text.strip_prefix(['-', '\u{2212}']).map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
    let decimals = decimals.unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    let whole = first.to_owned() + &rest.concat();
    let all = whole.clone() + decimals;
    // A spreadsheet keeps fifteen digits; a number that begins with a nought is an id or a clock.
    let leading = whole.len() > 1 && whole.starts_with('0');
    let sound = !whole.is_empty() && digits(&all) && grouped && !leading && all.len() <= 15 && !unsigned.ends_with('.');
    let digits = all.parse::<i128>().ok().filter(|_| sound)?;
    Some(Figure { digits: sign * digits, decimals: decimals.len() as u32 })
}

impl Figure {
    fn text(self) -> String {
        let one = 10i128.pow(self.decimals);
        let (sign, all) = (if self.digits < 0 { "-" } else { "" }, self.digits.abs());
        match self.decimals as usize {
            0 => format!("{sign}{all}"),
            decimals => format!("{sign}{}.{:0>decimals$}", all / one, all % one),
        }
    }

    fn value(self) -> Value<'static> {
        match u64::try_from(self.digits) {
            Ok(whole) if self.decimals == 0 => Value::Whole(whole),
            _ => Value::Decimal(self.text()),
        }
    }

    fn sum(self, column: usize, last: usize) -> Value<'static> {
        let sum = format!("SUBTOTAL(109,{})", range(column, 1, last));
        match self.decimals {
            0 => Value::Formula(format!("={sum}"), self.text()),
            decimals => Value::Formula(format!("=ROUND({sum},{decimals})"), self.text()),
        }
    }
}

/// Whether a column's figures add up to what stands below them.
fn adds_up(table: &Table, column: usize, said: Figure) -> bool {
    let figures = table.rows.iter().map(|row| plain(row.get(column)?));
    let Some(figures) = figures.collect::<Option<Vec<Figure>>>() else { return false };
    let most = figures.iter().map(|figure| figure.decimals).chain([said.decimals]).max().unwrap_or(0);
    let same = |figure: Figure| figure.digits * 10i128.pow(most - figure.decimals);
    !figures.is_empty() && figures.into_iter().map(same).sum::<i128>() == same(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::document::Column;

    #[test]
    fn figures_are_numbers_only_where_they_are_written_as_such() {
        for (text, digits, decimals) in
            [("0", 0, 0), ("1,234", 1234, 0), ("123.4567", 1_234_567, 4), ("-7", -7, 0), ("0.0007", 7, 4)]
        {
            assert_eq!(plain(text), Some(Figure { digits, decimals }), "{text}");
        }
        for text in ["", "-", "21.46 %", "007", "1,23", "1.2.3", "17:00", "1234567890123456", "+1", "5.", "=1"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!(Figure { digits: -7, decimals: 4 }.text(), "-0.0007");
    }

    #[test]
    fn a_sum_is_a_formula_where_it_adds_up_and_a_figure_where_it_does_not() {
        let column = |heading: &str, figures| Column { heading: heading.to_owned(), figures };
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let table = Table {
            columns: vec![column("name", false), column("cut (m3)", true), column("cut %", true)],
            rows: vec![row(["=a", "1,000.5", "10.00 %"]), row(["b", "2", "20.00 %"])],
            total: Some(row(["", "1,002.5", "15.00 %"])),
        };
        let sheet = sheet("t".to_owned(), &table, Lang::En);
        let values: Vec<_> = sheet.rows[3].iter().map(|cell| cell.value.clone()).collect();
        let formula = Value::Formula("=ROUND(SUBTOTAL(109,B2:B3),1)".to_owned(), "1002.5".to_owned());
        assert_eq!(values, [Value::Text("total".into()), formula, Value::Text("15.00 %".into())]);
        let wrong = Table { total: Some(row(["", "1,002", ""])), ..table };
        assert_eq!(super::sheet("t".to_owned(), &wrong, Lang::En).rows[3][1].value, Value::Whole(1002));
    }
}
