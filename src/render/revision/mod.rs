//! What a revision of a day changes: on the screen and as `changes.csv`.

mod words;

use std::io::{self, Write};

use words::Word;

use crate::Lang;
use crate::city::City;
use crate::decide::revise::Changed;
use crate::decide::{Change, Revision};
use crate::render::fmt;
use crate::render::orders::field;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::units::M3;

/// The columns of `changes.csv`: the change, what was ordered and taken before the hour, and for the rest of the day the forecast,
/// what the order in force leaves and what the revision gives.
const HEADER: &str = "customer_id,name,district,company,class,change,past_ordered_m3,past_taken_m3,rest_demand_m3,\
    rest_before_m3,rest_now_m3\n";

/// The line that says what is decided.
pub(crate) fn headline(revision: &Revision, lang: Lang) -> String {
    let at = revision.at.clone();
    match revision.revises.clone() {
        Some(id) => Word::From { at, id },
        None => Word::FromWithoutOrder { at },
    }
    .text(lang)
}

/// What is past, and what changes.
pub(crate) fn section(page: &mut Page, revision: &Revision, lang: Lang) {
    let (past, at) = (&revision.past, || revision.at.clone());
    page.heading(&Word::Past { at: at(), hours: past.hours.to_string() }.text(lang));
    let (demand, delivered) = (fmt::with_unit(past.demand_m3, lang), fmt::with_unit(past.delivered_m3, lang));
    page.item(&Word::PastSum { demand, delivered }.text(lang), Style::Plain);
    let assumed = |customers| match revision.revises {
        Some(_) => Word::AsOrdered { customers },
        None => Word::AsForecast { customers },
    };
    let mut count = |count: u64, word: &dyn Fn(String) -> Word, style| {
        if count > 0 {
            page.item(&word(fmt::grouped(count)).text(lang), style);
        }
    };
    count(past.customers_metered, &|customers| Word::Metered { customers }, Style::Plain);
    count(past.customers_metered_in_part, &|customers| Word::InPart { customers }, Style::Plain);
    count(past.customers_by_district, &|customers| Word::ByDistrict { customers }, Style::Plain);
    count(past.customers_assumed, &assumed, Style::Warn);
    if let (Some(of), Some(id)) = (&revision.restored, &revision.revises) {
        let (id, customers) = (id.clone(), fmt::grouped(of.customers));
        let (past, rest) = (fmt::with_unit(of.past_m3, lang), fmt::with_unit(of.rest_m3, lang));
        page.item(&Word::CameBack { id, customers, past, rest }.text(lang), Style::Plain);
    }
    if past.customers_over > 0 {
        let (customers, volume) = (fmt::grouped(past.customers_over), fmt::with_unit(past.over_m3, lang));
        page.item(&Word::Over { customers, volume }.text(lang), Style::Warn);
    }
    for source in &revision.by_source {
        let (given, left) = (fmt::with_unit(source.given_m3, lang), fmt::with_unit(source.left_m3, lang));
        let name = source.source.clone();
        let word = match (revision.remaining_supply, source.metered) {
            (true, _) => Word::SourceStated { source: name, given, left },
            (false, true) => Word::SourceGave { source: name, given, left },
            (false, false) => Word::SourceShared { source: name, given, left },
        };
        page.item(&word.text(lang), Style::Plain);
    }
    let given: M3 = revision.by_source.iter().map(|source| source.given_m3).sum();
    let metered = revision.by_source.iter().any(|source| source.metered);
    if metered && given != past.delivered_m3 {
        let (more, less) = (given.less(past.delivered_m3), past.delivered_m3.less(given));
        let word = match more.is_zero() {
            false => Word::GivenMore { volume: fmt::with_unit(more, lang) },
            true => Word::GivenLess { volume: fmt::with_unit(less, lang) },
        };
        page.item(&word.text(lang), Style::Warn);
    }
    page.heading(&Word::Changes { at: at() }.text(lang));
    let changes = &revision.changes;
    let rows = [
        (Word::Added, &changes.added),
        (Word::Lifted, &changes.lifted),
        (Word::Altered, &changes.altered),
        (Word::Unchanged, &changes.unchanged),
    ];
    if rows.iter().all(|(_, change)| change.customers == 0) {
        return page.item(&Word::NothingOrdered.text(lang), Style::Plain);
    }
    let head = |word: Word| Cell::right(word.text(lang)).styled(Style::Dim);
    let header = vec![
        Cell::left(Word::Change.text(lang)).styled(Style::Dim),
        head(Word::Customers),
        head(Word::CutBefore),
        head(Word::CutNow),
    ];
    let row = |(word, change): (Word, &Change)| {
        vec![
            Cell::left(word.text(lang)),
            Cell::right(fmt::grouped(change.customers)),
            Cell::right(fmt::volume(change.before_m3, lang)),
            Cell::right(fmt::volume(change.now_m3, lang)),
        ]
    };
    page.table(std::iter::once(header).chain(rows.into_iter().map(row)).collect());
}

/// Every customer whose order changes, for `-v`; empty if nobody's does.
pub(crate) fn listed(changes: &[Changed], city: &City, look: Look) -> String {
    let lang = look.lang;
    let changed: Vec<&Changed> = changes.iter().filter(|changed| changed.change.id() != "unchanged").collect();
    let mut page = Page::new(look.colour);
    if changed.is_empty() {
        return page.into_text();
    }
    page.heading(&Word::Changed.text(lang));
    let head = |word: Word| Cell::right(word.text(lang)).styled(Style::Dim);
    let mut table = vec![vec![
        Cell::left(Word::Customer.text(lang)).styled(Style::Dim),
        Cell::left(Word::Change.text(lang)).styled(Style::Dim),
        head(Word::May),
        head(Word::MayNow),
    ]];
    for changed in changed {
        let word = match changed.change.id() {
            "added" => Word::Added,
            "lifted" => Word::Lifted,
            _ => Word::Altered,
        };
        let customer = city.customers.get(changed.customer as usize);
        table.push(vec![
            Cell::left(customer.map_or("", |customer| &*customer.id)),
            Cell::left(word.text(lang)),
            Cell::right(fmt::volume(changed.before_m3, lang)),
            Cell::right(fmt::volume(changed.now_m3, lang)),
        ]);
    }
    page.table(table);
    page.into_text()
}

/// Writes `changes.csv`: whoever is cut before or after the revision.
pub(crate) fn write(city: &City, changes: &[Changed], to: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from(HEADER);
    for changed in changes {
        let Some(customer) = city.customers.get(changed.customer as usize) else { continue };
        let district = city.districts.get(customer.district as usize).map_or("", |district| &*district.id);
        let company = city.companies.get(customer.company as usize).map_or("", |company| company);
        let class = city.classes.get(customer.class as usize).map_or("", |class| class);
        for word in [&*customer.id, &customer.name, district, company, class, changed.change.id()] {
            field(&mut text, word);
            text.push(',');
        }
        let volumes =
            [changed.past_ordered_m3, changed.past_taken_m3, changed.demand_m3, changed.before_m3, changed.now_m3];
        text.push_str(&volumes.map(|volume| volume.get().to_string()).join(","));
        text.push('\n');
    }
    to.write_all(text.as_bytes())
}
