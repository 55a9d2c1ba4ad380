//! Whether parts of two policies say the same, classes told by id.

use super::{Part, Policy, Selector, Take};

/// Whether two selectors mean the same customers, in whatever order they list them.
pub(super) fn same_who([before, after]: [&Policy; 2], [one, other]: [&Selector; 2]) -> bool {
    let classes = |policy: &Policy, who: &Selector| {
        sorted(who.classes.iter().filter_map(|at| policy.classes.get(*at)).map(|class| class.id.clone()))
    };
    let plain = |who: &Selector| {
        let words = [&who.ids, &who.sites, &who.districts, &who.companies, &who.tags, &who.backups, &who.contracts];
        (words.map(|words| sorted(words.iter().cloned())), who.boiler_t_h, who.demand_m3, who.annual_m3)
    };
    classes(before, one) == classes(after, other) && plain(one) == plain(other)
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words
}

/// Whether two ranks take the same.
pub(super) fn same_takes(policies: [&Policy; 2], [one, other]: [&[Take]; 2]) -> bool {
    let same = |(one, other): (&Take, &Take)| {
        let parts: [Part; 2] = [one.part, other.part];
        parts[0] == parts[1] && same_who(policies, [&one.who, &other.who])
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// Whether two tiers have the same ranks.
pub(super) fn same_ranks(policies: [&Policy; 2], [one, other]: [&[Vec<Take>]; 2]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_takes(policies, [one, other]))
}
