//! A company's list against what the plan gives.

use super::Said;
use crate::record::{Comparison, Head, Versus};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::units::Date;

/// So many customers of each kind are shown, unless `-v` asks for all.
const SHOWN: usize = 10;

/// The whole screen.
pub(crate) fn list(
    compared: &Comparison,
    company: &str,
    customers: usize,
    date: Date,
    head: Head,
    look: Look,
) -> String {
    let lang = look.lang;
    let mut page = Page::new(look.colour);
    let said = Said::ListHead { company: company.to_owned(), date: date.to_string() };
    page.line(&said.text(lang), Style::Bold);
    let said = Said::ListSum {
        customers: customers.to_string(),
        cut: fmt::with_unit(compared.listed, lang),
        computed: fmt::with_unit(compared.computed, lang),
    };
    page.item(&said.text(lang), Style::Plain);
    if compared.agrees() {
        page.item(&Said::ListAgrees.text(lang), Style::Plain);
    }
    for (kind, found) in [
        (Said::ListMissing, &compared.missing),
        (Said::ListExtra, &compared.extra),
        (Said::ListTooSmall, &compared.too_small),
    ] {
        if found.is_empty() {
            continue;
        }
        page.heading(&format!("{} · {}", kind.text(lang), found.len()));
        let header = vec![
            Cell::left(Said::ListCustomer.text(lang)).styled(Style::Dim),
            Cell::right(Said::ListListed.text(lang)).styled(Style::Dim),
            Cell::right(Said::ListComputed.text(lang)).styled(Style::Dim),
        ];
        let shown = if look.verbose { found.len() } else { SHOWN };
        let row = |versus: &Versus| {
            vec![
                Cell::left(versus.customer_id.clone()),
                Cell::right(fmt::volume(versus.listed, lang)),
                Cell::right(fmt::volume(versus.computed, lang)),
            ]
        };
        page.table(std::iter::once(header).chain(found.iter().take(shown).map(row)).collect());
        if found.len() > shown {
            let count = (found.len() - shown).to_string();
            page.item(&Said::ListMore { count }.text(lang), Style::Dim);
        }
    }
    page.blank();
    page.line(&Said::ListRecorded { head: head.short() }.text(lang), Style::Plain);
    page.into_text()
}
