//! A site: the rows of one meter, told on one paper.

use std::collections::BTreeMap;

use super::Row;
use crate::city::City;
use crate::units::{M3, Milli};

/// What a site is told.
#[derive(Clone, Debug)]
pub struct SiteNotice<'a> {
    /// The site's id, else its only customer's.
    pub id: &'a str,
    /// Its rows, cut or not, in the order of their ids.
    pub rows: Vec<Row<'a>>,
    /// What all of it asks for, in m3.
    pub demand: M3,
    /// What all of it may take.
    pub served: M3,
    /// The same by the hour of the gas day; what came back since the order is not in it.
    pub hours: Vec<Milli>,
    /// What keeps its plant from harm, in m3 a day: kept burning while gas for it lasts.
    pub floor: M3,
    /// Whom to call there; each once.
    pub contacts: Vec<&'a str>,
}

impl SiteNotice<'_> {
    /// What it gives up.
    pub fn cut(&self) -> M3 {
        self.demand.less(self.served)
    }

    /// What it may take in the hour in which that is the most.
    pub fn most_in_an_hour(&self) -> Milli {
        self.hours.iter().copied().max().unwrap_or(Milli(0))
    }
}

/// The sites of some rows, in the order of their ids. A site that has nothing to be told is not among them.
pub(super) fn sites<'a>(city: &'a City, rows: &[Row<'a>]) -> Vec<SiteNotice<'a>> {
    let mut sites: BTreeMap<(&str, bool), SiteNotice<'a>> = BTreeMap::new();
    for row in rows {
        let Some(customer) = city.customers.get(row.customer as usize) else { continue };
        let more = customer.more.as_ref();
        let site = more.map_or("", |more| &more.site);
        // A site and a customer without one may have the same id.
        let (id, alone) = if site.is_empty() { (&*customer.id, true) } else { (site, false) };
        let notice = sites.entry((id, alone)).or_insert_with(|| SiteNotice {
            id,
            rows: Vec::new(),
            demand: M3::ZERO,
            served: M3::ZERO,
            hours: Vec::new(),
            floor: M3::ZERO,
            contacts: Vec::new(),
        });
        notice.demand += row.demand;
        notice.served += row.served;
        notice.floor += row.floor;
        notice.hours.resize(row.hours.len().max(notice.hours.len()), Milli(0));
        notice.hours.iter_mut().zip(&row.hours).for_each(|(sum, hour)| sum.0 += hour.0);
        let contact = more.map_or("", |more| more.contact.trim());
        if !contact.is_empty() && !notice.contacts.contains(&contact) {
            notice.contacts.push(contact);
        }
        notice.rows.push(row.clone());
    }
    let mut sites: Vec<SiteNotice<'a>> = sites.into_values().collect();
    sites.iter_mut().for_each(|site| site.rows.sort_by_key(|row| row.customer));
    sites
}
