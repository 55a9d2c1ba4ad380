//! Who comes back first.

use super::Said;
use crate::decide::restore::{Restoration, Step, What};
use crate::policy::Policy;
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;

/// The whole screen.
pub(crate) fn restoration(restoration: &Restoration, order: &str, policy: &Policy, look: Look) -> String {
    let lang = look.lang;
    let mut page = Page::new(look.colour);
    page.line(&Said::RestoreHead { order: order.to_owned() }.text(lang), Style::Bold);
    let basis = policy.response.acts.get(&crate::policy::Act::Restore).map(|act| act.basis.clause.clone());
    if let Some(clause) = basis.filter(|clause| !clause.is_empty()) {
        page.item(&Said::RestoreClause { clause }.text(lang), Style::Dim);
    }
    page.blank();
    if restoration.steps.is_empty() {
        page.item(&Said::RestoreNothing.text(lang), Style::Plain);
    } else {
        let header = [Said::RestoreWhat, Said::RestoreCut, Said::RestoreBack, Said::RestoreCustomers];
        let mut cells = header.iter().map(|said| said.text(lang));
        let first = Cell::left(cells.next().unwrap_or_default()).styled(Style::Dim);
        let header = std::iter::once(first).chain(cells.map(|text| Cell::right(text).styled(Style::Dim))).collect();
        let row = |step: &Step| {
            let style = if step.back_m3.is_zero() { Style::Dim } else { Style::Plain };
            vec![
                Cell::left(name(&step.what, policy, look)).styled(style.clone()),
                Cell::right(fmt::volume(step.cut_m3, lang)).styled(style.clone()),
                Cell::right(fmt::volume(step.back_m3, lang)).styled(style.clone()),
                Cell::right(fmt::grouped(step.customers)).styled(style),
            ]
        };
        page.table(std::iter::once(header).chain(restoration.steps.iter().map(row)).collect());
    }
    page.blank();
    if restoration.missing_m3.is_zero() {
        let spare = fmt::with_unit(restoration.spare_m3, lang);
        page.item(&Said::RestoreSpare { spare }.text(lang), Style::Plain);
    } else {
        let missing = fmt::with_unit(restoration.missing_m3, lang);
        page.item(&Said::RestoreGap { missing }.text(lang), Style::Loud);
    }
    page.into_text()
}

fn name(what: &What, policy: &Policy, look: Look) -> String {
    match what {
        What::Firm(tier) => Said::RestoreFirm { tier: tier.to_string() }.text(look.lang),
        What::Measure(id) => {
            let measure = policy.measures.iter().find(|measure| measure.id == *id);
            measure.map_or_else(|| id.clone(), |measure| measure.label.get(look.lang).to_owned())
        }
    }
}
