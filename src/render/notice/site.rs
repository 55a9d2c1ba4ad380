//! What a site is told: one paper.

use super::words::Word;
use super::{Desk, alike, figures, words};
use crate::decide::Form;
use crate::decide::revise::ChangeKind;
use crate::notice::{CameBack, Row, SiteNotice, Standing};
use crate::render::document::{Block, Document, Table};
use crate::render::fmt;
use crate::units::{M3, Milli};

/// The paper of a site.
pub(crate) fn paper(desk: &Desk<'_>, site: &SiteNotice<'_>) -> Document {
    let lifts = site.cut().is_zero();
    let name = named(desk, site);
    let title = match desk.standing {
        _ if lifts => Word::LiftedOfSite { name },
        Standing::Order | Standing::Ended => Word::OrderOfSite { name },
        Standing::Warning => Word::WarningOfSite { name },
        Standing::Proposal => Word::ProposalOfSite { name },
    };
    let mut paper = desk.paper(desk.say(&title), lifts);
    let blocks = &mut paper.blocks;
    blocks.extend(desk.loud().into_iter().map(Block::Loud));
    let below = site.floor > site.served && desk.decision.revision.is_none();
    if below {
        let (floor, served) = (desk.volume(site.floor), desk.volume(site.served));
        blocks.push(Block::Loud(desk.say(&Word::BelowFloor { floor, served })));
    }
    blocks.push(Block::Facts(facts(desk, site)));
    if site.rows.len() > 1 {
        blocks.push(Block::Heading(desk.say(&Word::RowsOfMeter)));
        blocks.push(Block::Table(rows(desk, site)));
    }
    if !lifts {
        blocks.push(Block::Heading(desk.say(&Word::HoursOfDay)));
        blocks.push(Block::Table(by_hour(desk, site)));
        let back: M3 = site.rows.iter().map(|row| row.back).sum();
        if !back.is_zero() {
            blocks.push(Block::Note(desk.say(&Word::BackNotByHour { volume: desk.volume(back) })));
        }
        if desk.decision.hours.is_none() {
            blocks.push(Block::Note(desk.say(&Word::ByItsProfile)));
        }
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

fn named(desk: &Desk<'_>, site: &SiteNotice<'_>) -> String {
    let names = site.rows.iter().filter_map(|row| desk.city.customers.get(row.customer as usize));
    let mut names: Vec<&str> = names.map(|customer| customer.name.trim()).filter(|name| !name.is_empty()).collect();
    names.dedup();
    match names.as_slice() {
        [] => site.id.to_owned(),
        names => {
            let name = crate::render::rules::listed(names.iter().take(3), desk.lang);
            desk.say(&Word::NamedSite { name, id: site.id.to_owned() })
        }
    }
}

fn facts(desk: &Desk<'_>, site: &SiteNotice<'_>) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut fact = |name: Word, value: String| {
        if !value.is_empty() {
            facts.push((desk.say(&name), value));
        }
    };
    let lines = |values: Vec<String>| {
        let mut once: Vec<String> = Vec::new();
        values.into_iter().for_each(|value| {
            if !value.is_empty() && !once.contains(&value) {
                once.push(value);
            }
        });
        once.join("\n")
    };
    let of_rows = |value: &dyn Fn(&Row<'_>) -> String| lines(site.rows.iter().map(value).collect());
    let customer = |row: &Row<'_>| desk.city.customers.get(row.customer as usize);
    fact(Word::To, named(desk, site));
    fact(
        Word::Class,
        of_rows(&|row| {
            let class = customer(row).and_then(|it| desk.city.classes.get(it.class as usize)).map_or("", |class| class);
            let label = desk.policy_of(row.part).classes.iter().find(|known| known.id == class);
            label.map_or(class, |known| known.label.get(desk.lang)).to_owned()
        }),
    );
    fact(Word::Block, of_rows(&|row| customer(row).map_or_else(String::new, |it| desk.district(it.district))));
    fact(Word::Company, of_rows(&|row| customer(row).map_or_else(String::new, |it| desk.company(it.company))));
    let contacts = crate::render::rules::listed(&site.contacts, desk.lang);
    fact(Word::Contact, if contacts.is_empty() { desk.say(&Word::NoContact) } else { contacts });
    fact(Word::LevelOf, of_rows(&|row| level(desk, row)));
    fact(Word::What, what(desk, site));
    let off = of_rows(&|row| {
        let off = desk.off(row).filter(|_| !row.cut().is_zero());
        off.map_or_else(String::new, |(from, until)| desk.say(&Word::OffFromTo { from, until }))
    });
    fact(Word::Off, off);
    let (from, until) = desk.period();
    fact(Word::Period, desk.say(&Word::FromTo { from, until }));
    fact(Word::May, desk.volume(site.served));
    if !site.cut().is_zero() {
        let (volume, demand) = (desk.volume(site.cut()), desk.volume(site.demand));
        let share = fmt::percent(site.cut(), site.demand);
        fact(Word::GivesUp, desk.say(&Word::OfForecast { volume, share, demand }));
        fact(Word::MostAnHour, desk.volume_milli(site.most_in_an_hour()));
        fact(Word::Keep, keep(desk, site));
        fact(Word::Why, lines(site.rows.iter().flat_map(|row| desk.why(row)).collect()));
    }
    fact(Word::Changed, changed(desk, site));
    fact(Word::CameBack, came_back(desk, site));
    let households = site.rows.iter().filter_map(|row| customer(row)?.more.as_ref()).map(|more| more.households);
    let households: u64 = households.sum();
    fact(Word::Households, if households == 0 { String::new() } else { fmt::grouped(households) });
    fact(Word::Call, call(desk));
    facts
}

fn level(desk: &Desk<'_>, row: &Row<'_>) -> String {
    let policy = desk.policy_of(row.part);
    let id = row.part.level.as_ref().map_or("", |level| &level.id);
    let known = policy.levels.iter().find(|level| level.id == id);
    known.map_or_else(String::new, |level| level.label.get(desk.lang).to_owned())
}

fn what(desk: &Desk<'_>, site: &SiteNotice<'_>) -> String {
    if site.cut().is_zero() {
        return desk.say(&Word::Lifted);
    }
    let mut forms: Vec<Form> =
        site.rows.iter().filter(|row| !row.cut().is_zero()).filter_map(|row| Some(row.reason?.form)).collect();
    forms.dedup();
    desk.say(&match forms.as_slice() {
        [Form::Stop] if site.served.is_zero() => Word::Stop,
        [Form::Stop] if site.served <= site.floor => Word::StopToFloor,
        [Form::OffPeak] => Word::OffPeak,
        _ => Word::Limit,
    })
}

fn keep(desk: &Desk<'_>, site: &SiteNotice<'_>) -> String {
    if site.floor.is_zero() {
        return desk.say(&Word::KeepNothing);
    }
    let hour = desk.volume_milli(Milli(site.floor.get() * 1_000 / 24));
    desk.say(&Word::KeepVolume { day: desk.volume(site.floor), hour })
}

/// What has changed for all of the meter.
fn changed(desk: &Desk<'_>, site: &SiteNotice<'_>) -> String {
    if site.rows.iter().all(|row| row.change.is_none()) {
        return String::new();
    }
    let before: M3 = site.rows.iter().map(|row| row.before.unwrap_or(row.demand)).sum();
    let was_cut = site.rows.iter().any(|row| row.before.is_some());
    let (now, demand) = (desk.volume(site.served), desk.volume(site.demand));
    let lifted = site.rows.iter().any(|row| row.change == Some(ChangeKind::Lifted)) && site.cut().is_zero();
    let said = desk.volume(before);
    desk.say(&match site.served.cmp(&before) {
        _ if !was_cut => Word::ChangedAdded { demand, now },
        _ if lifted => Word::ChangedLifted { before: said, demand },
        std::cmp::Ordering::Equal => Word::ChangedNot { now },
        std::cmp::Ordering::Less => {
            Word::ChangedLess { before: said, now, less: desk.volume(before.less(site.served)) }
        }
        std::cmp::Ordering::Greater => {
            Word::ChangedMore { before: said, now, more: desk.volume(site.served.less(before)) }
        }
    })
}

/// What came back since the order, and from when on.
fn came_back(desk: &Desk<'_>, site: &SiteNotice<'_>) -> String {
    let mut all = CameBack::new();
    for (from, volume) in site.rows.iter().flat_map(|row| &row.back_from) {
        *all.entry(*from).or_default() += *volume;
    }
    let said = desk.in_order(&all).into_iter().map(|(from, volume)| {
        let volume = desk.volume(volume);
        desk.say(&match from {
            Some(hour) => Word::BackFrom { volume, from: crate::render::rules::clock(hour) },
            None => Word::BackAllDay { volume },
        })
    });
    said.collect::<Vec<_>>().join("\n")
}

pub(super) fn call(desk: &Desk<'_>) -> String {
    let office = &desk.city.settings.office;
    desk.say(&match (office.name.clone(), office.telephone.clone()) {
        (Some(office), Some(telephone)) => Word::CallAt { office, telephone },
        (None, Some(telephone)) => Word::CallTelephone { telephone },
        (Some(office), None) => Word::CallOffice { office },
        (None, None) => Word::CallBelow,
    })
}

fn rows(desk: &Desk<'_>, site: &SiteNotice<'_>) -> Table {
    let heads = [Word::IdHead, Word::NameHead, Word::FormHead];
    let volumes = [Word::DemandHead, Word::MayHead, Word::CutHead];
    let columns = heads.iter().map(|head| words(desk.say(head)));
    let columns = columns.chain(volumes.iter().map(|head| figures(desk.say(head)))).collect();
    let row = |row: &Row<'_>| {
        let customer = desk.city.customers.get(row.customer as usize);
        let (id, name) = customer.map_or(("", ""), |customer| (&customer.id, &customer.name));
        let mut cells = vec![id.to_owned(), name.to_owned(), desk.form(row)];
        cells.extend([row.demand, row.served, row.cut()].map(|volume| fmt::grouped(volume.get())));
        cells
    };
    let mut total = vec![desk.say(&Word::InAll), String::new(), String::new()];
    total.extend([site.demand, site.served, site.cut()].map(|volume| fmt::grouped(volume.get())));
    Table { columns, rows: site.rows.iter().map(row).collect(), total: Some(total) }
}

/// Neighbouring hours in which the same may be taken are one row.
fn by_hour(desk: &Desk<'_>, site: &SiteNotice<'_>) -> Table {
    let mut slots: Vec<(usize, usize, Milli)> = Vec::new();
    for (h, volume) in site.hours.iter().enumerate().skip(desk.notices.first) {
        match slots.last_mut() {
            Some((_, until, same)) if same == volume => *until = h + 1,
            _ => slots.push((h, h + 1, *volume)),
        }
    }
    let an_hour = alike(&slots.iter().map(|(_, _, volume)| *volume).collect::<Vec<_>>());
    let sum = Milli(site.hours.iter().skip(desk.notices.first).map(|volume| volume.0).sum());
    let columns =
        vec![words(desk.say(&Word::Hours)), figures(desk.say(&Word::MayAnHour)), figures(desk.say(&Word::Altogether))];
    let of_slots = slots.iter().map(|(from, until, volume)| Milli(volume.0 * (until - from) as u64));
    let altogether = alike(&of_slots.chain([sum]).collect::<Vec<_>>());
    let rows = slots.iter().zip(an_hour).zip(&altogether).map(|(((from, until, _), an_hour), altogether)| {
        let hours = desk.say(&Word::FromTo { from: desk.hour(*from), until: desk.hour(*until) });
        vec![hours, an_hour, altogether.clone()]
    });
    let rows = rows.collect();
    let total = vec![desk.say(&Word::InAll), String::new(), altogether.last().cloned().unwrap_or_default()];
    Table { columns, rows, total: Some(total) }
}
