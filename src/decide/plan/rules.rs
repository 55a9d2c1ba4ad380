//! What a plan's rules say at a standing on a date, whatever anybody asks for: the measures in force, and which ranks there can be.

use super::super::decision::Kind as SliceKind;
use super::super::kinds::Kind;
use super::super::slices::Rank;
use crate::city::City;
use crate::policy::{Cut, Measure, Part, Policy, RankKey, Standing};
use crate::units::{Date, Decimal, Fraction, Hours};

/// A plan's rules at a standing on a date.
#[derive(Debug)]
pub(in crate::decide) struct Rules<'a> {
    pub standing: Standing,
    /// By index in the policy's measures; `None` where not in force today.
    rules: Vec<Option<Rule<'a>>>,
    /// Every rank there can be, in supply order.
    pub(super) ranks: Vec<Rank>,
    /// How many of them are firm, but for the first: pinned customers'.
    pub(super) firm: usize,
    /// The tier of each firm rank, by index in the policy.
    pub(super) tiers: Vec<usize>,
    /// Whether a measure in force touches rotating blocks only.
    pub(in crate::decide) rotates: bool,
    /// Of each kind of customer twice: where no block rotates, and in a block that does.
    courses: Vec<Course>,
    /// Of each kind, whether it makes a difference that its block rotates.
    turns: Vec<bool>,
}

/// The measures that a kind of customer goes through, from the bottom of its requirement up.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// What withholds gas, whatever the day has.
    pub stops: Vec<Step>,
    /// What authorises cuts.
    pub cuts: Vec<Step>,
    /// The same on a day that is decided as a whole, of a kind whose requirement is of one firm rank, or two; most are.
    pub plain: Option<Plain>,
}

/// A course through a requirement of one firm rank, or of two if the floor is in a better one than the rest. Of two, what belongs to
/// the rest comes first, and then what belongs to the floor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// Whether the floor is in a rank of its own.
    pub floor_apart: bool,
    /// The ranks of what is left, and their tiers by index in the policy.
    pub ranks: [u32; 2],
    pub tiers: [u32; 2],
    pub stops: Vec<(u32, PlainStop)>,
    pub cuts: Vec<PlainStep>,
}

/// A measure that authorises cuts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainStep {
    pub ranks: [u32; 2],
    /// Whether it may cut what belongs to these tiers.
    pub reaches: [bool; 2],
    pub cut: PlainCut,
}

/// A required stop: the share of a day in its hours, what of that stays away, and both multiplied.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainStop {
    pub share: Fraction,
    pub stays: Decimal,
    pub joint: Option<Fraction>,
}

/// How much a measure may cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PlainCut {
    All,
    ToFloor,
    /// What may be left of forecast demand.
    Leave(Fraction),
    /// This share of what is not cut yet, in the hours of a stop as needed.
    Share(Fraction),
}

/// A measure that reaches a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// By index in the policy's measures.
    pub measure: usize,
    /// Of a stop: those of its hours that no stop before it has; the share of a day in them; and what of that stays away, unless the
    /// fraction outgrows 128 bits.
    pub hours: Hours,
    pub share: Fraction,
    pub stays: Option<Fraction>,
}

/// A measure in force.
#[derive(Debug)]
pub(super) struct Rule<'a> {
    /// Its index in the policy.
    pub index: usize,
    pub measure: &'a Measure,
    pub cut: TodaysCut,
    pub tiers: &'a [u32],
    /// Where its ranks begin among all.
    pub first_rank: usize,
    /// The rank of a slice by the firm rank that it would have, without a backup fuel and then with one.
    ranks: Vec<usize>,
}

impl Rule<'_> {
    /// The rank of a slice that would have a firm rank (from 0).
    pub fn rank(&self, firm: u32, backup: bool) -> usize {
        self.ranks[self.ranks.len() / 2 * usize::from(backup) + firm as usize]
    }
}

/// What a measure cuts today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TodaysCut {
    All,
    ToFloor,
    /// What may be left of forecast demand.
    Leave(Fraction),
    /// The clock hours; the share of what it takes that stays away.
    Stop {
        hours: Hours,
        required: bool,
        stays: Decimal,
    },
}

impl TodaysCut {
    fn of(cut: &Cut, date: Date) -> Self {
        match cut {
            Cut::All => Self::All,
            Cut::ToFloor => Self::ToFloor,
            // A limit without a value today authorises nothing; reading a policy has refused such gaps.
            Cut::Limit(limit) => Self::Leave(limit.on(date).unwrap_or_default().rest().fraction()),
            Cut::Leave(share) => Self::Leave(share.on(date).unwrap_or(Decimal::ONE).fraction()),
            Cut::Stop { hours, required, rebound, .. } => {
                Self::Stop { hours: *hours, required: *required, stays: rebound.rest() }
            }
        }
    }
}

impl<'a> Rules<'a> {
    /// The rules of a city's policy.
    pub fn new(city: &City, policy: &'a Policy, kinds: &[Kind], standing: Standing, date: Date) -> Self {
        let pinned = Rank { kind: SliceKind::Firm, tier: None, measure: None };
        let mut ranks = vec![pinned];
        let firm = policy.tiers.iter().enumerate().flat_map(|(tier, t)| t.ranks.iter().map(move |_| tier));
        ranks.extend(firm.map(|tier| Rank { kind: SliceKind::Firm, tier: Some(tier), measure: None }));
        let firm = ranks.len() - 1;

        let mut rules: Vec<Option<Rule<'_>>> = policy.measures.iter().map(|_| None).collect();
        let in_force: Vec<_> = policy.in_force(standing, date).collect();
        // Served first is what the last measure of the cut order reaches.
        for (index, measure, action) in in_force.iter().rev() {
            let cut = TodaysCut::of(&action.cut, date);
            let withheld = matches!(cut, TodaysCut::Stop { required: true, .. });
            let first = ranks.len();
            let rank = |backup| move |of| first + sub_rank(&measure.within, of, backup, firm);
            let of_slices = (0..firm).map(rank(false)).chain((0..firm).map(rank(true))).collect();
            rules[*index] = Some(Rule {
                index: *index,
                measure,
                cut,
                tiers: &action.tiers,
                first_rank: ranks.len(),
                ranks: of_slices,
            });
            if !withheld {
                let rank = Rank { kind: SliceKind::Authorised, tier: None, measure: Some(*index) };
                ranks.extend(std::iter::repeat_n(rank, sub_ranks(&measure.within, firm)));
            }
        }
        for rule in rules.iter_mut().enumerate().rev() {
            if let (index, Some(rule)) = rule
                && matches!(rule.cut, TodaysCut::Stop { required: true, .. })
            {
                rule.first_rank = ranks.len();
                rule.ranks.fill(ranks.len());
                ranks.push(Rank { kind: SliceKind::Withheld, tier: None, measure: Some(index) });
            }
        }
        // What a pinned customer does not get is nobody's to give.
        ranks.push(Rank { kind: SliceKind::Withheld, tier: None, measure: None });
        let rotates = rules.iter().flatten().any(|rule| rule.measure.rotates);
        let tiers = ranks[1..=firm].iter().map(|rank| rank.tier.unwrap_or_default()).collect();
        let mut all = Self { standing, rules, ranks, firm, tiers, rotates, courses: Vec::new(), turns: Vec::new() };
        let mut shares = Shares::of(city);
        let both = kinds.iter().flat_map(|kind| [(kind, false), (kind, true)]);
        all.courses = both.map(|(kind, rotating)| all.course(&mut shares, policy, kind, rotating)).collect();
        all.turns = all.courses.chunks(2).map(|both| both.first() != both.last()).collect();
        all
    }

    /// What a kind goes through.
    pub(super) fn course(&self, shares: &mut Shares<'_>, policy: &Policy, kind: &Kind, rotating: bool) -> Course {
        let level = match self.standing {
            Standing::At(level) => level,
            Standing::Always | Standing::NoShortage => 0,
        };
        let rules = kind.measures[level].iter().filter_map(|measure| self.of(*measure));
        let rules: Vec<&Rule<'_>> = rules.filter(|rule| rotating || !rule.measure.rotates).collect();
        let mut stopped = Hours::NONE;
        let mut step = |rule: &&Rule<'_>| {
            let (mut own, mut part, mut stays) = (Hours::NONE, Fraction::new(0, 1), None);
            if let TodaysCut::Stop { hours, stays: rest, .. } = &rule.cut {
                own = hours.without(stopped);
                part = shares.in_hours(kind.profile, own);
                stays = part.times(rest.fraction());
                stopped = stopped.with(*hours);
            }
            Step { measure: rule.index, hours: own, share: part, stays }
        };
        let required = |rule: &&&Rule<'_>| matches!(rule.cut, TodaysCut::Stop { required: true, .. });
        let stops: Vec<Step> = rules.iter().filter(required).map(&mut step).collect();
        let cuts: Vec<Step> = rules.iter().filter(|rule| !required(rule)).map(&mut step).collect();
        let plain = self.plain(policy, kind, &stops, &cuts);
        Course { stops, cuts, plain }
    }

    fn plain(&self, policy: &Policy, kind: &Kind, stops: &[Step], cuts: &[Step]) -> Option<Plain> {
        let (firm, floor_apart) = match kind.takes[..] {
            [(firm, Part::Rest | Part::Others)] => ([firm, firm], false),
            [(floor, Part::Floor), (rest, Part::Rest | Part::Others)] if floor < rest => ([rest, floor], true),
            _ => return None,
        };
        let tiers = firm.map(|firm| self.tiers[firm as usize]);
        let stop = |step: &Step| match &self.of(step.measure)?.cut {
            TodaysCut::Stop { stays, .. } => {
                let rank = self.of(step.measure)?.first_rank as u32;
                Some((rank, PlainStop { share: step.share, stays: *stays, joint: step.stays }))
            }
            _ => None,
        };
        let cut = |step: &Step| {
            let rule = self.of(step.measure)?;
            let reaches = tiers.map(|tier| rule.tiers.is_empty() || rule.tiers.contains(&policy.tiers[tier].number));
            let (cut, reaches) = match &rule.cut {
                TodaysCut::Stop { .. } => (PlainCut::Share(step.share), [true; 2]),
                TodaysCut::All => (PlainCut::All, reaches),
                TodaysCut::ToFloor => (PlainCut::ToFloor, reaches),
                TodaysCut::Leave(share) => (PlainCut::Leave(*share), reaches),
            };
            Some(PlainStep { ranks: firm.map(|firm| rule.rank(firm, kind.backup) as u32), reaches, cut })
        };
        let (stops, cuts) = (stops.iter().filter_map(stop).collect(), cuts.iter().filter_map(cut).collect());
        let (ranks, tiers) = (firm.map(|firm| firm + 1), tiers.map(|tier| tier as u32));
        Some(Plain { floor_apart, ranks, tiers, stops, cuts })
    }

    /// What a kind goes through, by its index among those that these rules were made for.
    pub(super) fn course_of(&self, kind: usize, rotating: bool) -> &Course {
        &self.courses[2 * kind + usize::from(rotating)]
    }

    /// Whether the policy says the same on a date at this standing, so that these are its rules.
    pub(in crate::decide) fn hold_on(&self, policy: &Policy, date: Date) -> bool {
        let todays =
            policy.in_force(self.standing, date).map(|(index, _, action)| (index, TodaysCut::of(&action.cut, date)));
        self.rules.iter().flatten().map(|rule| (rule.index, rule.cut.clone())).eq(todays)
    }

    /// Of each kind, whether a measure in force reaches it where no block rotates.
    pub(in crate::decide) fn reaches(&self) -> impl Iterator<Item = bool> + Clone + '_ {
        self.courses.iter().step_by(2).map(|course| !course.stops.is_empty() || !course.cuts.is_empty())
    }

    /// Of a kind that no measure in force reaches where no block rotates: the ranks of its requirement, and whether its floor is in the
    /// second of them, apart from the rest. `None` of a kind that one reaches, or whose requirement is of more parts.
    pub(in crate::decide) fn unreached(&self, kind: usize) -> Option<([u32; 2], bool)> {
        let course = self.course_of(kind, false);
        let plain = course.plain.as_ref().filter(|_| course.stops.is_empty() && course.cuts.is_empty())?;
        Some((plain.ranks, plain.floor_apart))
    }

    /// Whether it makes a difference to a kind that its block rotates.
    pub(super) fn turns(&self, kind: usize) -> bool {
        self.turns[kind]
    }

    /// A measure of the policy by index, if it is in force.
    pub(super) fn of(&self, measure: usize) -> Option<&Rule<'a>> {
        self.rules.get(measure)?.as_ref()
    }
}

/// Shares of a day in some clock hours, each worked out once: many kinds ask for few.
pub(super) struct Shares<'a> {
    city: &'a City,
    known: Vec<(Option<u32>, Hours, Fraction)>,
}

impl<'a> Shares<'a> {
    pub const fn of(city: &'a City) -> Self {
        Self { city, known: Vec::new() }
    }

    fn in_hours(&mut self, profile: Option<u32>, hours: Hours) -> Fraction {
        let known = self.known.iter().find(|(of, within, _)| (*of, *within) == (profile, hours));
        known.map(|(.., share)| *share).unwrap_or_else(|| {
            let share = share(self.city, profile, hours);
            self.known.push((profile, hours, share));
            share
        })
    }
}

/// The share of a day in some clock hours, by a profile or flat.
pub(in crate::decide) fn share(city: &City, profile: Option<u32>, hours: Hours) -> Fraction {
    let Some(profile) = profile.and_then(|p| city.profiles.get(p as usize)) else {
        return Fraction::new(u128::from(hours.count()), 24);
    };
    let sum = |within: &dyn Fn(u8) -> bool| -> u128 {
        (0u8..).zip(&profile.shares).filter(|(hour, _)| within(*hour)).map(|(_, share)| share.atto()).sum()
    };
    Fraction::new(sum(&|hour| hours.has(hour)), sum(&|_| true))
}

/// How many ranks a measure's slices are split into.
fn sub_ranks(within: &[RankKey], firm: usize) -> usize {
    within.iter().map(|key| base(*key, firm)).product()
}

/// Which of a measure's ranks a slice stands in, the best served 0.
fn sub_rank(within: &[RankKey], firm_rank: usize, backup: bool, firm: usize) -> usize {
    within.iter().fold(0, |sub, key| {
        let digit = match key {
            RankKey::Firm => firm_rank,
            RankKey::Backup => usize::from(backup),
        };
        sub * base(*key, firm) + digit
    })
}

const fn base(key: RankKey, firm: usize) -> usize {
    match key {
        RankKey::Firm => firm,
        RankKey::Backup => 2,
    }
}
