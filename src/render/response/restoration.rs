//! Who comes back first.

use std::io;

use serde_json::{Value, json};

use super::Said;
use crate::city::City;
use crate::decide::restore::{self, Restoration, What};
use crate::decide::revise::clock;
use crate::policy::{Policy, Step};
use crate::record::Head;
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::units::Milli;

/// What is told of a restoration.
pub(crate) struct Restoring<'a> {
    pub restoration: &'a Restoration,
    /// The order, by name.
    pub order: &'a str,
    pub city: &'a City,
    pub policy: &'a Policy,
    /// Its entry in the record, and the head after it.
    pub recorded: Option<(u64, Head)>,
}

impl Restoring<'_> {
    /// The whole screen.
    pub(crate) fn page(&self, look: Look) -> String {
        let (lang, restoration) = (look.lang, self.restoration);
        let mut page = Page::new(look.colour);
        page.line(&Said::RestoreHead { order: self.order.to_owned() }.text(lang), Style::Bold);
        if let Some(at) = restoration.from.map(clock) {
            page.item(&Said::RestoreFrom { at }.text(lang), Style::Plain);
        }
        if let Some(clause) = self.clause() {
            page.item(&Said::RestoreClause { clause }.text(lang), Style::Dim);
        }
        page.blank();
        if restoration.steps.is_empty() {
            page.item(&Said::RestoreNothing.text(lang), Style::Plain);
        } else {
            let by_hour = !restoration.clock.is_empty();
            let columns = [Said::RestoreCut, Said::RestoreBack, Said::RestoreCustomers].into_iter();
            let columns = columns.map(|said| Cell::right(said.text(lang)).styled(Style::Dim));
            let first = Cell::left(Said::RestoreWhat.text(lang)).styled(Style::Dim);
            let hours = by_hour.then(|| Cell::left(Said::RestoreHours.text(lang)).styled(Style::Dim));
            let header = std::iter::once(first).chain(columns).chain(hours).collect();
            let row = |step: &restore::Step| {
                let style = if step.back_m3.is_zero() { Style::Dim } else { Style::Plain };
                let mut row = vec![
                    Cell::left(name(&step.what, self.policy, look)).styled(style.clone()),
                    Cell::right(fmt::volume(step.cut_m3, lang)).styled(style.clone()),
                    Cell::right(fmt::volume(step.back_m3, lang)).styled(style.clone()),
                    Cell::right(fmt::grouped(step.customers)).styled(style.clone()),
                ];
                row.extend(by_hour.then(|| Cell::left(self.hours(&step.hours)).styled(style)));
                row
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
        if let Some((_, head)) = self.recorded {
            page.item(&Said::ListRecorded { head: head.short() }.text(lang), Style::Plain);
        }
        page.into_text()
    }

    /// The clause that says who decides it.
    fn clause(&self) -> Option<String> {
        let act = self.policy.response.acts.get(&Step::Restore)?;
        Some(act.basis.clause.clone()).filter(|clause| !clause.is_empty())
    }

    /// The hours in which something comes back, those on end together: `14:00-16:00, 21:00-08:00`.
    fn hours(&self, volumes: &[Milli]) -> String {
        let clock_of = &self.restoration.clock;
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (hour, _) in volumes.iter().enumerate().filter(|(_, volume)| volume.0 > 0) {
            match runs.last_mut().filter(|(_, until)| *until == hour) {
                Some((_, until)) => *until = hour + 1,
                None => runs.push((hour, hour + 1)),
            }
        }
        let start = self.city.settings.gas_day_start;
        let shown = |at: usize| clock(clock_of.get(at).copied().unwrap_or(start));
        runs.iter().map(|(from, until)| format!("{}-{}", shown(*from), shown(*until))).collect::<Vec<_>>().join(", ")
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> Value {
        let restoration = self.restoration;
        let by_hour = |volumes: &[Milli]| (!restoration.clock.is_empty()).then(|| volumes.to_vec());
        let step = |step: &restore::Step| {
            let (tier, measure) = match &step.what {
                What::Firm(tier) => (Some(*tier), None),
                What::Measure(id) => (None, Some(id.as_str())),
            };
            json!({
                "tier": tier,
                "measure": measure,
                "cut_m3": step.cut_m3,
                "back_m3": step.back_m3,
                "customers": step.customers,
                "hours_m3": by_hour(&step.hours),
            })
        };
        let customers = restoration.customers.iter().map(|it| {
            let parts = it
                .parts
                .iter()
                .map(|part| json!({ "step": part.step, "back_m3": part.back_m3, "hours_m3": by_hour(&part.hours) }));
            json!({
                "customer_id": self.id(it.customer),
                "kept_m3": it.kept_m3,
                "back_m3": it.back_m3,
                "parts": parts.collect::<Vec<_>>(),
            })
        });
        json!({
            "schema": "curtail.restoration/1",
            "order": self.order,
            "from": restoration.from.map(clock),
            "clause": self.clause(),
            "clock": (!restoration.clock.is_empty()).then(|| restoration.clock.iter().map(|at| clock(*at)).collect::<Vec<_>>()),
            "steps": restoration.steps.iter().map(step).collect::<Vec<_>>(),
            "customers": customers.collect::<Vec<_>>(),
            "missing_m3": restoration.missing_m3,
            "spare_m3": restoration.spare_m3,
            "entry": self.recorded.map(|(seq, _)| seq),
            "head": self.recorded.map(|(_, head)| head.to_string()),
        })
    }

    /// One row a customer; by the hour, the first hour in which something comes back.
    pub(crate) fn csv(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(to);
        csv.write_record(["customer_id", "kept_m3", "back_m3", "from"])?;
        for it in &self.restoration.customers {
            let first = it.parts.iter().filter_map(|part| part.hours.iter().position(|volume| volume.0 > 0)).min();
            let from = first.and_then(|hour| self.restoration.clock.get(hour)).copied().or(self.restoration.from);
            let from = from.map_or_else(String::new, clock);
            csv.write_record([self.id(it.customer), &it.kept_m3.to_string(), &it.back_m3.to_string(), &from])?;
        }
        csv.flush()
    }

    fn id(&self, customer: u32) -> &str {
        self.city.customers.get(customer as usize).map_or("", |customer| &customer.id)
    }
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
