//! What can be said of a plan without a city.

use crate::policy::{Cut, Measure, Policy};

/// What a plan is by itself. That its levels cover every shortfall once, and that every class has a place, is true of any
/// [`Policy`] that exists: reading it has made sure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanAlone {
    /// Every class, in the order of the plan.
    pub classes: Vec<ClassPlace>,
    /// Where a graver level lets less be cut than a milder one.
    pub weaker: Vec<Weaker>,
}

/// A class in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassPlace {
    /// By index in the policy.
    pub class: usize,
    /// The best tier that takes some of its gas, by index in the policy.
    pub tier: Option<usize>,
    /// The mildest level at which a measure may mean it, by index in the policy (0 for a plan without levels).
    pub touched: Option<usize>,
    /// Whether only measures that take blocks in turn may.
    pub in_turn: bool,
}

/// A measure that does less at a graver level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weaker {
    /// By index in the policy.
    pub measure: usize,
    /// The milder level, at which it does more.
    pub level: usize,
    /// The graver one, at which it does less or is not in force.
    pub graver: usize,
}

/// Looks at a plan by itself.
pub fn plan(policy: &Policy) -> PlanAlone {
    let classes = (0..policy.classes.len()).map(|class| place(policy, class)).collect();
    let mut weaker = Vec::new();
    for (at, measure) in policy.measures.iter().enumerate() {
        let pairs = (0..measure.at.len()).zip(1..measure.at.len());
        let less = pairs.filter(|(level, graver)| is_less(measure, *level, *graver));
        weaker.extend(less.map(|(level, graver)| Weaker { measure: at, level, graver }));
    }
    PlanAlone { classes, weaker }
}

fn place(policy: &Policy, class: usize) -> ClassPlace {
    let takes = |tier: &crate::policy::Tier| tier.ranks.iter().flatten().any(|take| take.who.may_mean(class));
    let first = |in_turn: bool| {
        let measures = policy.measures.iter().filter(|measure| in_turn || !measure.rotates);
        let means = |measure: &Measure| {
            measure.at.iter().position(|action| action.as_ref().is_some_and(|action| action.who.may_mean(class)))
        };
        measures.filter_map(means).min()
    };
    let (alone, touched) = (first(false), first(true));
    ClassPlace {
        class,
        tier: policy.tiers.iter().position(takes),
        touched,
        in_turn: alone.is_none() && touched.is_some(),
    }
}

/// Whether a measure plainly does less at the graver of two levels: it is not in force there, or its limit is lower all year.
fn is_less(measure: &Measure, level: usize, graver: usize) -> bool {
    let action = |level: usize| measure.at.get(level).and_then(Option::as_ref);
    match (action(level).map(|action| &action.cut), action(graver).map(|action| &action.cut)) {
        (Some(_), None) => true,
        (Some(Cut::Limit(milder)), Some(Cut::Limit(graver))) => graver.values().max() < milder.values().min(),
        _ => false,
    }
}
