//! The districts outside the main urban area, a short block each.

use crate::Lang;
use crate::city::City;
use crate::decide::Decision;
use crate::policy::Policies;
use crate::render::page::{Page, Style};
use crate::render::screen::Scene;
use crate::render::words::Word;
use crate::render::{fmt, rules};

/// All of them.
pub(super) fn blocks(decision: &Decision, policies: &Policies, city: &City, page: &mut Page, lang: Lang) {
    if decision.areas.is_empty() {
        return;
    }
    page.heading(&Word::Areas.text(lang));
    for decision in &decision.areas {
        let id = decision.area.as_deref().unwrap_or_default();
        let district = city.districts.iter().find(|district| &*district.id == id);
        let policy = policies.named(district.and_then(|district| district.policy.as_deref()));
        block(&Scene { decision, policy, city, lang }, id, page);
    }
}

fn block(scene: &Scene<'_>, id: &str, page: &mut Page) {
    let (decision, lang) = (scene.decision, scene.lang);
    let head = Word::AreaHead { name: scene.district(id), level: scene.level_name() };
    let style = scene.level_used().map_or(Style::Bold, |level| Style::Level(level.colour.clone()));
    page.line(&head.text(lang), style);
    let balance = &decision.balance;
    let line = Word::AreaBalance {
        demand: fmt::with_unit(balance.demand_m3, lang),
        deliverable: fmt::with_unit(balance.deliverable_m3, lang),
        shortfall: fmt::with_unit(balance.shortfall_m3, lang),
        share: fmt::percent(balance.shortfall_m3, balance.demand_m3),
    };
    page.item(&line.text(lang), Style::Plain);
    for row in decision.by_class.iter().filter(|row| !row.cut_m3.is_zero()) {
        let volume = fmt::with_unit(row.cut_m3, lang);
        let line =
            Word::AreaCut { class: scene.class(&row.class), volume, share: fmt::percent(row.cut_m3, row.demand_m3) };
        page.item(&line.text(lang), Style::Plain);
    }
    if decision.totals.customers_cut > 0 {
        let customers = fmt::grouped(decision.totals.customers_cut);
        let line = Word::AreaCustomers { customers, households: fmt::grouped(decision.totals.households_cut) };
        page.item(&line.text(lang), Style::Plain);
    }
    scene.beyond(page);
    let bodies = scene.level_used().map(|level| rules::authority(scene.policy, level, lang)).unwrap_or_default();
    if !bodies.is_empty() {
        page.item(&rules::sentences(bodies, lang), Style::Plain);
    }
    for warning in &decision.warnings {
        page.item(warning.label().get(lang), Style::Warn);
    }
}
