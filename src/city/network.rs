//! The checks of links and profiles.

use std::collections::BTreeMap;

use crate::city::build::{find_district, resolve};
use crate::city::builder::{LinkDraft, ProfileDraft};
use crate::city::ledger::{At, Ledger, Tables, Words};
use crate::city::{CityMessage, District, End, Link, Profile, Source};
use crate::problem::nearest;
use crate::units::{Decimal, M3};

/// The shares of a profile may differ from 1 by this, in units of 10^-18.
const SLACK: u128 = 1_000_000_000_000;

/// The network in the order of its ends' names; `None` without a link.
pub(super) fn links(
    rows: &[LinkDraft],
    sources: &[Source],
    districts: &[District],
    ledger: &mut Ledger,
    tables: &Tables,
) -> Option<Vec<Link>> {
    if rows.is_empty() && tables.has("links") && ledger.has("links") {
        ledger.error(tables.whole("links"), CityMessage::NoLinks {});
    }
    if rows.is_empty() || !ledger.has("districts") || !ledger.has("supply") {
        return None;
    }
    // Junctions are whatever is neither source nor district, numbered in the order of their names.
    let source = |name: &str| sources.binary_search_by(|s| (*s.id).cmp(name)).ok();
    let mut junctions: Vec<&str> = rows.iter().flat_map(|row| [&*row.from, &*row.to]).collect();
    junctions.retain(|name| source(name).is_none() && find_district(districts, name).is_none());
    junctions.sort_unstable();
    junctions.dedup();
    let end = |name: &str| match (source(name), find_district(districts, name)) {
        (Some(at), _) => End::Source(at as u32),
        (None, Some(at)) => End::District(at as u32),
        (None, None) => End::Junction(junctions.binary_search(&name).unwrap_or(0) as u32),
    };
    let ends: Vec<(End, End)> = rows.iter().map(|row| (end(&row.from), end(&row.to))).collect();
    let (mut left, mut reached): (Vec<End>, Vec<End>) = ends.iter().copied().unzip();
    left.sort_unstable();
    reached.sort_unstable();
    let leaves = |end: &End| left.binary_search(end).is_ok();
    let reaches = |end: &End| reached.binary_search(end).is_ok();

    let mut known: Vec<&str> = sources.iter().map(|s| &*s.id).chain(districts.iter().map(|d| &*d.id)).collect();
    let listed = known.join(", ");
    known.extend(districts.iter().map(|d| &*d.name));
    let mut firsts: BTreeMap<(End, End), At> = BTreeMap::new();
    for (row, (from, to)) in rows.iter().zip(&ends) {
        let mut error = |column, message| ledger.error(tables.cell(row.at, column), message);
        for (column, column_zh, name) in [("from", "起点", &row.from), ("to", "终点", &row.to)] {
            if name.is_empty() {
                error(column, CityMessage::MissingId { column, column_zh });
            } else if source(name).is_some() && find_district(districts, name).is_some() {
                error(column, CityMessage::LinkEndAmbiguous { end: name.to_string() });
            }
        }
        if row.from.is_empty() || row.to.is_empty() {
            continue;
        }
        if from == to {
            error("to", CityMessage::LinkToItself { end: row.to.to_string() });
            continue;
        }
        if let End::Source(_) = to {
            error("to", CityMessage::LinkIntoSource { end: row.to.to_string() });
        }
        if let Some(first) = firsts.insert((*from, *to), row.at) {
            let first = tables.place(first).to_string();
            error("from", CityMessage::DuplicateLink { from: row.from.to_string(), to: row.to.to_string(), first });
        }
        let near = |name: &str| nearest(name, known.iter().copied()).map(str::to_owned);
        if matches!(from, End::Junction(_)) && !reaches(from) {
            let end = row.from.to_string();
            error(
                "from",
                match near(&end) {
                    Some(near) => CityMessage::LinkFromNowhere { end, near },
                    None => CityMessage::LinkFromStrange { end, known: listed.clone() },
                },
            );
        }
        if matches!(to, End::Junction(_)) && !leaves(to) {
            let end = row.to.to_string();
            error(
                "to",
                match near(&end) {
                    Some(near) => CityMessage::LinkToNowhere { end, near },
                    None => CityMessage::LinkToStrange { end, known: listed.clone() },
                },
            );
        }
    }
    let mut links: Vec<Link> = rows
        .iter()
        .zip(ends)
        .map(|(row, (from, to))| Link {
            from,
            to,
            names: (row.from.clone(), row.to.clone()),
            capacity: row.capacity.min(M3::MOST),
            capacity_h: row.capacity_h,
        })
        .collect();
    links.sort_by(|a, b| a.names.cmp(&b.names));
    Some(links)
}

/// The profiles in the order of their names.
pub(super) fn profiles(rows: &[ProfileDraft], words: &Words, ledger: &mut Ledger, tables: &Tables) -> Vec<Profile> {
    // A name that only a customer uses has no row and is no profile.
    let mut names: Vec<&str> = rows.iter().map(|row| words.word(row.profile)).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let number = resolve(words, |word| names.binary_search(&word).ok());
    let blank = || Hours { first: None, broken: !ledger.has("profiles"), shares: [None; 24] };
    let mut hours: Vec<Hours> = names.iter().map(|_| blank()).collect();
    for row in rows {
        let found = number.get(row.profile as usize).copied().flatten().and_then(|at| hours.get_mut(at as usize));
        let Some(profile) = found else {
            let message = CityMessage::MissingId { column: "profile", column_zh: "用气曲线" };
            ledger.error(tables.cell(row.at, "profile"), message);
            continue;
        };
        profile.first = profile.first.or(Some(row.at));
        let (Some(hour), Some(share)) = (row.hour, row.share) else {
            profile.broken = true;
            continue;
        };
        let Some(slot) = usize::try_from(hour).ok().and_then(|hour| profile.shares.get_mut(hour)) else {
            profile.broken = true;
            ledger.error(tables.cell(row.at, "hour"), CityMessage::BadHour { hour });
            continue;
        };
        if let Some((_, first)) = slot {
            let (profile, first) = (words.word(row.profile).to_owned(), tables.place(*first).to_string());
            ledger.error(tables.cell(row.at, "hour"), CityMessage::DuplicateHour { profile, hour, first });
        } else {
            *slot = Some((share, row.at));
        }
    }
    let mut profiles = Vec::with_capacity(names.len());
    for (name, hours) in names.iter().zip(&hours) {
        let missing: Vec<String> =
            (0..24).zip(&hours.shares).filter(|(_, hour)| hour.is_none()).map(|(hour, _)| hour.to_string()).collect();
        let place = hours.first.map_or_else(|| tables.whole("profiles"), |at| tables.place(at));
        let sum: u128 = hours.shares.iter().flatten().map(|(share, _)| share.atto()).sum();
        if hours.broken {
            // What is wrong with it was told.
        } else if !missing.is_empty() {
            let message = CityMessage::MissingHours { profile: (*name).to_owned(), hours: missing.join(", ") };
            ledger.error(place, message);
        } else if sum.abs_diff(Decimal::ONE.atto()) > SLACK {
            let sum = format!("{}.{:06}", sum / Decimal::ONE.atto(), sum % Decimal::ONE.atto() / SLACK);
            ledger.error(place, CityMessage::SharesNotOne { profile: (*name).to_owned(), sum });
        }
        let shares = hours.shares.map(|hour| hour.map_or(Decimal::ZERO, |(share, _)| share));
        profiles.push(Profile { id: (*name).into(), shares });
    }
    profiles
}

/// The rows of one profile.
struct Hours {
    first: Option<At>,
    /// Whether a row of it was refused.
    broken: bool,
    shares: [Option<(Decimal, At)>; 24],
}
