//! The rules of a policy, each with the changes that would take it away.

use super::coverage::RuleKind as K;
use crate::policy::selector::{Range, Selector};
use crate::policy::{Band, Cut, Measure, Part, Policy, Seasonal, Sharing, Take, Validity};
use crate::units::Decimal;

/// A change to a policy that takes a rule away.
pub(super) type Change = Box<dyn Fn(&mut Policy)>;

/// A rule, and what would be without it.
pub(super) struct Rule {
    /// Where it stands in the file, as for `--set`.
    pub path: String,
    pub kind: K,
    pub without: Without,
}

/// What shows that tests depend on a rule.
pub(super) enum Without {
    /// Each of these changes alters some decision.
    Changes(Vec<Change>),
    /// Tests on both sides of an end of a level's band, one cubic metre apart: the level, whether it is the band of an
    /// area, whether it is the lower end.
    End { level: usize, area: bool, lower: bool },
    /// A decision at a level.
    Level(usize),
    /// A decision in which the formula gives one block.
    FirstBlock,
    /// Tests on both sides of a further block, one cubic metre apart.
    Step,
}

/// All rules of a policy, in the order of its sections.
pub(super) fn rules(policy: &Policy) -> Vec<Rule> {
    let mut rules = Rules(Vec::new());
    rules.validity("policy.in_force", policy.in_force, |policy| &mut policy.in_force);
    rules.tiers(policy);
    rules.levels(policy);
    rules.cut_order(policy);
    for (at, measure) in policy.measures.iter().enumerate() {
        rules.measure(policy, at, measure);
    }
    rules.exemptions(policy);
    rules.rotation(policy);
    rules.0
}

struct Rules(Vec<Rule>);

impl Rules {
    fn add(&mut self, path: String, kind: K, changes: Vec<Change>) {
        self.0.push(Rule { path, kind, without: Without::Changes(changes) });
    }

    fn one(&mut self, path: String, kind: K, change: impl Fn(&mut Policy) + 'static) {
        self.add(path, kind, vec![Box::new(change)]);
    }

    fn validity(&mut self, path: &str, held: Validity, of: impl Fn(&mut Policy) -> &mut Validity + 'static) {
        if held != Validity::default() {
            self.one(path.to_owned(), K::InForce, move |policy| *of(policy) = Validity::default());
        }
    }

    fn tiers(&mut self, policy: &Policy) {
        let places: Vec<(usize, usize)> = policy
            .tiers
            .iter()
            .enumerate()
            .flat_map(|(tier, t)| (0..t.ranks.len()).map(move |rank| (tier, rank)))
            .collect();
        for (n, (tier, rank)) in places.iter().copied().enumerate() {
            for (at, take) in policy.tiers[tier].ranks[rank].iter().enumerate() {
                let path = format!("tiers.{tier}.ranks.{rank}.takes.{at}");
                // A place in an order is known by its neighbours: who moves up or down one rank must be missed.
                let neighbours = [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|n| places.get(n));
                let change = |(to_tier, to_rank): (usize, usize)| -> Change {
                    Box::new(move |policy| {
                        let take = policy.tiers[tier].ranks[rank].remove(at);
                        policy.tiers[to_tier].ranks[to_rank].push(take);
                    })
                };
                let changes: Vec<Change> = neighbours.copied().map(change).collect();
                if !changes.is_empty() {
                    self.add(path.clone(), K::Place, changes);
                }
                if take.part != Part::Rest {
                    self.one(format!("{path}.part"), K::Part, move |p| take_mut(p, tier, rank, at).part = Part::Rest);
                }
                self.who(&path, &take.who, move |policy| &mut take_mut(policy, tier, rank, at).who);
            }
        }
    }

    fn levels(&mut self, policy: &Policy) {
        for (at, level) in policy.levels.iter().enumerate() {
            self.0.push(Rule { path: format!("levels.{}", level.id), kind: K::Level, without: Without::Level(at) });
            let either = level.band.is_some() && level.area_band.is_some();
            let when = if either { "when.any" } else { "when" };
            for (key, band, area) in [("shortfall", level.band, false), ("area_shortfall", level.area_band, true)] {
                let Some(band) = band else { continue };
                let path = format!("levels.{}.{when}.{key}", level.id);
                if area {
                    self.one(path.clone(), K::Area, move |policy| policy.levels[at].area_band = None);
                }
                for (end, lower) in ends(&band) {
                    let without = Without::End { level: at, area, lower };
                    self.0.push(Rule { path: format!("{path}.{end}"), kind: K::End, without });
                }
            }
        }
    }

    /// The order of each measure and the next one that loses gas later. A stop takes its hours whatever its place.
    fn cut_order(&mut self, policy: &Policy) {
        let stops = |measure: &Measure| measure.at.iter().flatten().all(|a| matches!(a.cut, Cut::Stop { .. }));
        let order: Vec<usize> =
            policy.measures.iter().enumerate().filter(|(_, measure)| !stops(measure)).map(|(at, _)| at).collect();
        for pair in order.windows(2) {
            let &[first, second] = pair else { continue };
            self.one(format!("cut_order.{second}"), K::Order, move |policy| {
                policy.measures.swap(first, second);
                let swapped = |at: usize| {
                    if at == first {
                        second
                    } else if at == second {
                        first
                    } else {
                        at
                    }
                };
                for exemption in &mut policy.exemptions {
                    exemption.measures.iter_mut().for_each(|at| *at = swapped(*at));
                }
            });
        }
    }

    fn measure(&mut self, policy: &Policy, at: usize, measure: &Measure) {
        let path = format!("measures.{}", measure.id);
        self.validity(&format!("{path}.in_force"), measure.in_force, move |p| &mut p.measures[at].in_force);
        for (n, key) in measure.within.iter().copied().enumerate() {
            self.one(format!("{path}.within.{n}"), K::Within, move |p| p.measures[at].within.retain(|k| *k != key));
        }
        let stop = measure.at.iter().flatten().all(|action| matches!(action.cut, Cut::Stop { .. }));
        if !stop {
            self.one(format!("{path}.sharing"), K::Sharing, move |policy| {
                let sharing = &mut policy.measures[at].sharing;
                *sharing = if *sharing == Sharing::Even { Sharing::List } else { Sharing::Even };
            });
        }
        if measure.smallest_order_m3 > 0 {
            let path = format!("{path}.smallest_order_m3");
            self.one(path, K::SmallestOrder, move |policy| policy.measures[at].smallest_order_m3 = 0);
        }
        for (level, action) in measure.at.iter().enumerate() {
            let Some(action) = action else { continue };
            let id = policy.levels.get(level).map_or("always", |level| &level.id);
            let path = format!("{path}.{id}");
            self.one(path.clone(), K::Measure, move |policy| policy.measures[at].at[level] = None);
            self.cut(&path, at, level, &action.cut);
            if !action.tiers.is_empty() {
                self.one(format!("{path}.tiers"), K::Tiers, move |policy| {
                    if let Some(action) = &mut policy.measures[at].at[level] {
                        action.tiers.clear();
                    }
                });
            }
            self.actions_who(&path, at, level, &action.who);
        }
    }

    fn cut(&mut self, path: &str, at: usize, level: usize, cut: &Cut) {
        let put = move |cut: Cut| -> Change {
            Box::new(move |policy| {
                if let Some(action) = &mut policy.measures[at].at[level] {
                    action.cut = cut.clone();
                }
            })
        };
        match cut {
            Cut::All => {}
            Cut::ToFloor => self.add(format!("{path}.cut"), K::Floor, vec![put(Cut::All)]),
            Cut::Limit(shares) => {
                for (key, changed) in one_by_one("limit", shares, Decimal::ONE) {
                    self.add(format!("{path}.{key}"), K::Limit, vec![put(Cut::Limit(changed))]);
                }
            }
            Cut::Leave(shares) => {
                for (key, changed) in one_by_one("leave", shares, Decimal::ZERO) {
                    self.add(format!("{path}.{key}"), K::Limit, vec![put(Cut::Leave(changed))]);
                }
            }
            Cut::Stop { hours, from, until, required, rebound } if *rebound > Decimal::ZERO => {
                let (hours, from, until, required) = (*hours, *from, *until, *required);
                let stop = Cut::Stop { hours, from, until, required, rebound: Decimal::ZERO };
                self.add(format!("{path}.rebound"), K::Rebound, vec![put(stop)]);
            }
            Cut::Stop { .. } => {}
        }
    }

    fn actions_who(&mut self, path: &str, at: usize, level: usize, who: &Selector) {
        for (key, changes) in conditions(who) {
            let changes = changes.into_iter().map(|change| -> Change {
                Box::new(move |policy| {
                    if let Some(action) = &mut policy.measures[at].at[level] {
                        change(&mut action.who);
                    }
                })
            });
            self.add(format!("{path}.who.{key}"), K::Who, changes.collect());
        }
    }

    fn who(&mut self, path: &str, who: &Selector, of: impl Fn(&mut Policy) -> &mut Selector + Copy + 'static) {
        for (key, changes) in conditions(who) {
            let changes = changes.into_iter().map(|change| -> Change { Box::new(move |policy| change(of(policy))) });
            self.add(format!("{path}.{key}"), K::Who, changes.collect());
        }
    }

    fn exemptions(&mut self, policy: &Policy) {
        for (at, exemption) in policy.exemptions.iter().enumerate() {
            let path = format!("exemptions.{}", exemption.id);
            for (n, measure) in exemption.measures.iter().copied().enumerate() {
                self.one(format!("{path}.measures.{n}"), K::Exemption, move |policy| {
                    policy.exemptions[at].measures.retain(|m| *m != measure);
                });
            }
            self.who(&format!("{path}.who"), &exemption.who, move |policy| &mut policy.exemptions[at].who);
        }
    }

    fn rotation(&mut self, policy: &Policy) {
        let Some(rotation) = &policy.rotation else { return };
        for (key, kind, without) in [("from", K::FirstBlock, Without::FirstBlock), ("step", K::Step, Without::Step)] {
            self.0.push(Rule { path: format!("rotation.{key}"), kind, without });
        }
        if rotation.rest_days > 0 {
            self.one("rotation.rest_days".to_owned(), K::Rest, |policy| {
                policy.rotation.iter_mut().for_each(|rotation| rotation.rest_days = 0);
            });
        }
        if rotation.longest_run_days > 0 {
            self.one("rotation.longest_run_days".to_owned(), K::Rest, |policy| {
                policy.rotation.iter_mut().for_each(|rotation| rotation.longest_run_days = 0);
            });
        }
    }
}

fn take_mut(policy: &mut Policy, tier: usize, rank: usize, at: usize) -> &mut Take {
    &mut policy.tiers[tier].ranks[rank][at]
}

/// The ends of a band that somebody wrote: a band up to all demand has no upper one.
fn ends(band: &Band) -> Vec<(&'static str, bool)> {
    let mut ends = vec![(if band.from_closed { "from" } else { "over" }, true)];
    if band.until < Decimal::ONE || !band.until_closed {
        ends.push((if band.until_closed { "up_to" } else { "below" }, false));
    }
    ends
}

/// The shares with one of them made `instead`, each in turn, and the key of that one.
fn one_by_one(key: &str, shares: &Seasonal<Decimal>, instead: Decimal) -> Vec<(String, Seasonal<Decimal>)> {
    let entries: Vec<_> = shares.entries().copied().collect();
    let only = entries.len() == 1 && entries.iter().all(|(season, _)| season.is_none());
    let changed = (0..entries.len()).map(|at| {
        let key = if only { key.to_owned() } else { format!("{key}.{at}") };
        let change = |(n, (season, value)): (usize, &(_, Decimal))| (*season, if n == at { instead } else { *value });
        (key, Seasonal::by_season(entries.iter().enumerate().map(change).collect()))
    });
    changed.collect()
}

type SelectorChange = Box<dyn Fn(&mut Selector)>;

/// The conditions of a selector beside the class, each with the changes that take it away; an end of a range is known by who
/// stands beyond it and by who stands exactly there.
fn conditions(who: &Selector) -> Vec<(String, Vec<SelectorChange>)> {
    let mut found: Vec<(String, Vec<SelectorChange>)> = Vec::new();
    type List = fn(&mut Selector) -> &mut Vec<String>;
    let lists: [(&str, List); 7] = [
        ("id", |who| &mut who.ids),
        ("site", |who| &mut who.sites),
        ("district", |who| &mut who.districts),
        ("company", |who| &mut who.companies),
        ("tag", |who| &mut who.tags),
        ("backup", |who| &mut who.backups),
        ("contract", |who| &mut who.contracts),
    ];
    for (key, list) in lists {
        if !list(&mut who.clone()).is_empty() {
            found.push((key.to_owned(), vec![Box::new(move |who| list(who).clear())]));
        }
    }
    type Field = fn(&mut Selector) -> &mut Range;
    let ranges: [(&str, Field); 3] = [
        ("boiler_t_h", |who| &mut who.boiler_t_h),
        ("demand_m3", |who| &mut who.demand_m3),
        ("annual_m3", |who| &mut who.annual_m3),
    ];
    type End = fn(&mut Range) -> &mut Option<Decimal>;
    // An end, and the one of the other kind on the same side.
    let ends: [(&str, End, End); 4] = [
        ("at_least", |range| &mut range.at_least, |range| &mut range.over),
        ("over", |range| &mut range.over, |range| &mut range.at_least),
        ("at_most", |range| &mut range.at_most, |range| &mut range.below),
        ("below", |range| &mut range.below, |range| &mut range.at_most),
    ];
    for (key, range) in ranges {
        for (end, this, other) in ends {
            if this(range(&mut who.clone())).is_some() {
                let open: SelectorChange = Box::new(move |who| *this(range(who)) = None);
                let turned: SelectorChange = Box::new(move |who| {
                    let value = this(range(who)).take();
                    *other(range(who)) = value;
                });
                found.push((format!("{key}.{end}"), vec![open, turned]));
            }
        }
    }
    found
}
