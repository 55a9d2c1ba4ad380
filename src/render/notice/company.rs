//! A company's list: by district and by hour, and customer by customer.

use super::words::Word;
use super::{Desk, alike, figures, words};
use crate::notice::{BlockNotice, CompanyNotice, Row, Standing, Sum};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::fmt;
use crate::units::{M3, Milli};

/// So many districts stand beside each other in a table of hours.
const ABREAST: usize = 5;

/// The list of a company.
pub(crate) fn list(desk: &Desk<'_>, notice: &CompanyNotice<'_>) -> Document {
    let company = desk.company(notice.company);
    let title = match desk.standing {
        Standing::Order | Standing::Ended => Word::OrderOfCompany { company },
        Standing::Warning => Word::WarningOfCompany { company },
        Standing::Proposal => Word::ProposalOfCompany { company },
    };
    let mut paper = desk.paper(desk.say(&title), false);
    let blocks = &mut paper.blocks;
    blocks.extend(desk.loud().into_iter().map(Block::Loud));
    let beyond = desk.decision.totals.beyond_authority_m3;
    if !beyond.is_zero() {
        blocks.push(Block::Loud(desk.say(&Word::Beyond { volume: desk.volume(beyond) })));
    }
    blocks.push(Block::Facts(facts(desk, notice)));
    blocks.push(Block::Heading(desk.say(&Word::ByBlock)));
    blocks.push(Block::Table(by_block(desk, notice)));
    blocks.push(Block::Heading(desk.say(&Word::ByHour)));
    blocks.extend(by_hour(desk, notice).into_iter().map(Block::Table));
    let back: M3 = notice.blocks.iter().flat_map(|block| &block.rows).map(|row| row.back).sum();
    if !back.is_zero() {
        blocks.push(Block::Note(desk.say(&Word::BackNotOffHours { volume: desk.volume(back) })));
    }
    for block in &notice.blocks {
        blocks.push(Block::Heading(desk.say(&Word::ListInBlock { block: desk.district(block.district) })));
        blocks.push(Block::Table(customers(desk, block)));
    }
    if desk.city.settings.office.telephone.is_none() {
        blocks.push(Block::FillIn(desk.say(&Word::CallFillIn), 1));
    }
    match desk.standing {
        Standing::Order => blocks.push(Block::FillIn(desk.say(&Word::SlipOrder), 1)),
        Standing::Warning => blocks.push(Block::FillIn(desk.say(&Word::SlipWarning), 1)),
        Standing::Proposal | Standing::Ended => {}
    }
    blocks.push(Block::Note(desk.say(&Word::Basis { basis: desk.decision.volume_basis.clone() })));
    paper
}

fn facts(desk: &Desk<'_>, notice: &CompanyNotice<'_>) -> Vec<(String, String)> {
    let (from, until) = desk.period();
    let sum = &notice.sum;
    let (volume, demand) = (desk.volume(sum.cut()), desk.volume(sum.demand));
    let share = fmt::percent(sum.cut(), sum.demand);
    let mut facts = vec![
        (Word::Company, desk.company(notice.company)),
        (Word::Period, desk.say(&Word::FromTo { from, until })),
        (Word::ListOf, fmt::grouped(sum.customers)),
        (Word::Households, fmt::grouped(sum.households)),
        (Word::GivesUp, desk.say(&Word::OfForecast { volume, share, demand })),
    ];
    facts.push((Word::Call, super::site::call(desk)));
    facts.into_iter().map(|(name, value)| (desk.say(&name), value)).collect()
}

fn volumes(desk: &Desk<'_>) -> impl Iterator<Item = Column> {
    [Word::DemandHead, Word::MayHead, Word::CutHead].map(|head| figures(desk.say(&head))).into_iter()
}

fn figures_of(sum: &Sum) -> Vec<String> {
    let volumes = [sum.demand, sum.served, sum.cut()].map(M3::get);
    [sum.customers, sum.households].into_iter().chain(volumes).map(fmt::grouped).collect()
}

fn by_block(desk: &Desk<'_>, notice: &CompanyNotice<'_>) -> Table {
    let mut columns = vec![
        words(desk.say(&Word::BlockHead)),
        figures(desk.say(&Word::CustomersHead)),
        figures(desk.say(&Word::HouseholdsHead)),
    ];
    columns.extend(volumes(desk));
    let named = |name: String, sum: &Sum| std::iter::once(name).chain(figures_of(sum)).collect::<Vec<_>>();
    let rows = notice.blocks.iter().map(|block| named(desk.district(block.district), &block.sum));
    Table { columns, rows: rows.collect(), total: Some(named(desk.say(&Word::InAll), &notice.sum)) }
}

/// Some districts beside each other, and so on; all of them together in the last column of the last table.
fn by_hour(desk: &Desk<'_>, notice: &CompanyNotice<'_>) -> Vec<Table> {
    let tables = notice.blocks.chunks(ABREAST).enumerate().map(|(n, blocks)| {
        let last = (n + 1) * ABREAST >= notice.blocks.len();
        let sums: Vec<&Sum> = blocks.iter().map(|block| &block.sum).chain(last.then_some(&notice.sum)).collect();
        let mut columns = vec![words(desk.say(&Word::HourHead))];
        columns.extend(blocks.iter().map(|block| figures(desk.district(block.district))));
        columns.extend(last.then(|| figures(desk.say(&Word::InAll))));
        let hours = desk.notices.first..desk.notices.clock.len();
        let column = |sum: &&Sum| {
            let total = Milli(sum.cut_by_hour.iter().map(|volume| volume.0).sum());
            let own = hours.clone().map(|h| sum.cut_by_hour.get(h).copied().unwrap_or(Milli(0)));
            alike(&own.chain([total]).collect::<Vec<_>>())
        };
        let cells: Vec<Vec<String>> = sums.iter().map(column).collect();
        let row = |name: String, at: usize| {
            let own = cells.iter().map(|column| column[at].clone());
            std::iter::once(name).chain(own).collect::<Vec<_>>()
        };
        let total = row(desk.say(&Word::InAll), hours.len());
        let rows = hours.clone().enumerate().map(|(at, h)| row(desk.hour(h), at)).collect();
        Table { columns, rows, total: Some(total) }
    });
    tables.collect()
}

fn customers(desk: &Desk<'_>, block: &BlockNotice<'_>) -> Table {
    let changes = block.rows.iter().any(|row| row.change.is_some());
    let mut columns: Vec<Column> =
        [Word::IdHead, Word::NameHead, Word::FormHead].map(|head| words(desk.say(&head))).into();
    columns.extend(volumes(desk));
    columns.extend(changes.then(|| figures(desk.say(&Word::BeforeHead))));
    columns.extend([figures(desk.say(&Word::HouseholdsHead)), words(desk.say(&Word::ContactHead))]);
    let row = |row: &Row<'_>| {
        let customer = desk.city.customers.get(row.customer as usize);
        let (id, name) = customer.map_or(("", ""), |customer| (&customer.id, &customer.name));
        let more = customer.and_then(|customer| customer.more.as_ref());
        let mut cells = vec![id.to_owned(), name.to_owned(), desk.form(row)];
        cells.extend([row.demand, row.served, row.cut()].map(|volume| fmt::grouped(volume.get())));
        cells.extend(changes.then(|| fmt::grouped(row.before.unwrap_or(row.demand).get())));
        let households = more.map_or(0, |more| more.households);
        cells.push(if households == 0 { String::new() } else { fmt::grouped(households) });
        cells.push(more.map_or_else(String::new, |more| more.contact.to_string()));
        cells
    };
    let sum = &block.sum;
    let mut total = vec![desk.say(&Word::InAll), String::new(), String::new()];
    total.extend([sum.demand, sum.served, sum.cut()].map(|volume| fmt::grouped(volume.get())));
    total.extend(changes.then(String::new));
    total.extend([fmt::grouped(sum.households), String::new()]);
    Table { columns, rows: block.rows.iter().map(row).collect(), total: Some(total) }
}
