//! The level, the blocks that take their turn, and the level that would authorise all cuts.

use super::balance::{bounded, pooled, reached_by};
use super::scope::Check;
use super::{Finding, Found, Rule, Violation, areas, hours, must, same};
use crate::decide::allocate::Cell;
use crate::decide::{Kind, Status};
use crate::policy::Standing;

/// The level follows from the whole numbers `D` and `A`.
pub(super) fn level(check: &mut Check<'_>) -> Found {
    let (rule, policy, told) = (Rule::Level, check.scope.policy(), &check.decision.balance);
    let found = check.decision.level.as_ref();
    let mut standing = policy.standing(told.shortfall_m3.get(), told.demand_m3.get());
    let mut finding = Finding::Holds;
    if let Standing::At(level) = standing {
        // Of a day that is decided again, as if it began now.
        let whole = check.whole.as_deref().unwrap_or(check);
        (standing, finding) = areas::standing(whole, level, found)?;
    }
    let level = if let Standing::At(at) = standing { policy.levels.get(at) } else { None };
    same(rule, || check.at("level"), level.map_or("-", |l| &l.id), found.map_or("-", |l| &l.id))?;
    same(rule, || check.at("level colour"), level.map_or("-", |l| &l.colour), found.map_or("-", |l| &l.colour))?;
    check.standing = standing;
    Ok(finding)
}

/// The blocks are the least burdened, as many as the formula says, and as many more as still spare firm gas.
pub(super) fn rotation(check: &mut Check<'_>) -> Found {
    let rule = Rule::Rotation;
    let told = check.decision.rotation.as_ref();
    let rotates = check.scope.rotates(check.standing);
    same(rule, || check.at("rotation"), rotates, told.is_some())?;
    let (Some(told), Some(rotation)) = (told, &check.scope.policy().rotation) else { return Ok(Finding::Holds) };
    let (order, rested) = order(check);
    let balance = &check.decision.balance;
    let formula = rotation.blocks_by_formula(balance.shortfall_m3.get(), balance.demand_m3.get(), order.len());
    same(rule, || check.at("rotation blocks_by_formula"), formula, told.blocks_by_formula)?;
    let used = told.blocks.len();
    must(
        rule,
        used >= formula && used <= order.len(),
        || check.at("rotation blocks"),
        &formula.to_string(),
        &used.to_string(),
    )?;
    for (district, found) in order.iter().zip(&told.blocks) {
        same(rule, || check.at("rotation blocks"), check.scope.district_id(*district as u32), found.as_str())?;
    }
    same(rule, || check.at("rotation extended"), used > formula, told.extended)?;
    same(rule, || check.at("rotation rest_gave_way"), rested < used, told.rest_gave_way)?;
    let turning = |count: usize| {
        let mut rotating = vec![false; check.scope.districts().len()];
        order[..count].iter().for_each(|district| rotating[*district] = true);
        rotating
    };
    let firm = |count: usize| check.scope.firm(check.standing, &turning(count));
    let rotating = turning(used);
    let finding = match (check.scope.links(), check.scope.entitled()) {
        _ if check.scope.is_hourly() => {
            turns_by_hour(check, &turning, (formula, used, order.len()))?;
            Finding::Holds
        }
        (None, _) => {
            let loss = |count: usize| loss(&firm(count), pooled(check, &firm(count)));
            let least = loss(order.len());
            same(rule, || check.at("rotation: firm gas lost"), least, loss(used))?;
            if used > formula {
                let fewer = loss(used - 1);
                must(rule, fewer > least, || check.at("rotation blocks"), &(used - 1).to_string(), &used.to_string())?;
            }
            Finding::Holds
        }
        (Some(_), entitled) => {
            let lacking =
                || Violation { rule, at: check.at("rotation"), expected: "evidence".into(), found: "-".into() };
            let proof = check.evidence.rotation.as_ref().ok_or_else(lacking)?;
            let all = firm(order.len());
            let least = loss(&all, bounded(check, rule, &proof.with_all, &all, "rotation with_all")?);
            let lost = match entitled {
                None => check.decision.totals.beyond_authority_m3.get(),
                // Ranks that are rounded down each may lose more than all of them together need.
                Some(_) => {
                    let cells = firm(used);
                    loss(&cells, reached_by(check, rule, proof.chosen.as_ref(), &cells, "rotation chosen")?)
                }
            };
            same(rule, || check.at("rotation: firm gas lost"), least, lost)?;
            if used > formula {
                let fewer = firm(used - 1);
                let bound = proof.with_one_fewer.as_ref().ok_or_else(lacking)?;
                let more = loss(&fewer, bounded(check, rule, bound, &fewer, "rotation with_one_fewer")?);
                must(rule, more > least, || check.at("rotation blocks"), &(used - 1).to_string(), &used.to_string())?;
            }
            Finding::Holds
        }
    };
    check.rotating = rotating;
    Ok(finding)
}

/// By the hour: as many blocks as the formula says, and as many more as still spare firm gas, of so many in all.
fn turns_by_hour(
    check: &Check<'_>,
    turning: &dyn Fn(usize) -> Vec<bool>,
    (formula, used, all): (usize, usize, usize),
) -> Result<(), Violation> {
    let rule = Rule::Rotation;
    let lacking = || Violation { rule, at: check.at("rotation"), expected: "evidence".into(), found: "-".into() };
    let proof = check.evidence.hours.as_ref().and_then(|hours| hours.rotation.as_ref()).ok_or_else(lacking)?;
    let firm = |count: usize| {
        let rotating = turning(count);
        (loss(&check.scope.firm(check.standing, &rotating), 0), check.scope.firm_by_hour(check.standing, &rotating))
    };
    let (size, cells) = firm(all);
    let least = size.saturating_sub(hours::bounded(check, rule, &proof.with_all, &cells, "rotation with_all")?);
    let (size, cells) = firm(used);
    let lost = size.saturating_sub(hours::reached(check, rule, &proof.chosen, &cells, "rotation chosen")?);
    same(rule, || check.at("rotation: firm gas lost"), least, lost)?;
    if used > formula {
        let (size, cells) = firm(used - 1);
        let bound = proof.with_one_fewer.as_ref().ok_or_else(lacking)?;
        let more = size.saturating_sub(hours::bounded(check, rule, bound, &cells, "rotation with_one_fewer")?);
        must(rule, more > least, || check.at("rotation blocks"), &(used - 1).to_string(), &used.to_string())?;
    }
    Ok(())
}

fn loss(cells: &[Cell], served: u64) -> u64 {
    cells.iter().map(|cell| cell.size).sum::<u64>().saturating_sub(served)
}

/// Blocks with demand in the order in which they take their turn, and how many of them have rested enough.
fn order(check: &Check<'_>) -> (Vec<usize>, usize) {
    let (scope, day) = (&check.scope, check.scope.day);
    let city = scope.city();
    let mut demand = vec![0u64; scope.districts().len()];
    for (i, district) in scope.customers().iter().zip(scope.district_of()) {
        demand[*district as usize] += day.demand[*i as usize].get();
    }
    let today = day.date.day_number();
    let (rest, run) = scope.policy().rotation.as_ref().map_or((0, 0), |r| (r.rest_days, r.longest_run_days));
    // 0: may take its turn. 1: its rest must give way. 2: it has had its turn for as many days as one may last.
    let reluctance = |district: u32| -> u32 {
        let turned: std::collections::BTreeSet<u32> =
            day.turns.get(&district).into_iter().flatten().map(|d| d.day_number()).collect();
        let before = turned.range(..today);
        let Some(last) = before.clone().next_back() else { return 0 };
        let in_a_row = (1..).take_while(|back| *back <= today && turned.contains(&(today - back))).count();
        if run > 0 && in_a_row >= run as usize {
            return 2;
        }
        u32::from(in_a_row == 0 && today - last <= rest)
    };
    // A turn that has begun is not handed on.
    let begun = scope.begun();
    let turn = |district: &u32| begun.iter().position(|begun| begun == district).unwrap_or(begun.len());
    let mut blocks: Vec<(usize, u32, crate::units::Decimal, usize)> = Vec::new();
    for (at, district) in scope.districts().iter().enumerate() {
        if city.districts[*district as usize].urban && demand[at] > 0 {
            let burden = day.burdens.get(district).copied().unwrap_or_default();
            blocks.push((turn(district), reluctance(*district), burden, at));
        }
    }
    blocks.sort_unstable();
    let rested = blocks.iter().filter(|(_, reluctance, ..)| *reluctance == 0).count();
    (blocks.into_iter().map(|(.., at)| at).collect(), rested)
}

/// The lowest graver level at which no firm slice loses gas; the status.
pub(super) fn escalation(check: &Check<'_>) -> Found {
    let rule = Rule::Escalation;
    let rows = check.decision.by_rank.iter().filter(|row| row.kind == Kind::Firm);
    let lost: u64 = rows.map(|row| row.size_m3.less(row.served_m3).get()).sum();
    let status = match (lost, check.decision.balance.shortfall_m3.get()) {
        (0, 0) => Status::NoShortage,
        (0, _) => Status::Balanced,
        _ => Status::BeyondAuthority,
    };
    same(rule, || check.at("status"), format!("{status:?}"), format!("{:?}", check.decision.status))?;
    let told = check.decision.escalate_to.as_deref().unwrap_or("-");
    let Standing::At(today) = check.standing else {
        same(rule, || check.at("escalate_to"), "-", told)?;
        return Ok(Finding::Holds);
    };
    if lost == 0 {
        same(rule, || check.at("escalate_to"), "-", told)?;
        return Ok(Finding::Holds);
    }
    let policy = check.scope.policy();
    let (order, _) = order(check);
    let mut proofs = check.evidence.escalation.iter();
    let mut by_hour = check.evidence.hours.iter().flat_map(|hours| &hours.escalation);
    for (graver, level) in policy.levels.iter().enumerate().skip(today + 1) {
        let standing = Standing::At(graver);
        let mut rotating = vec![false; check.scope.districts().len()];
        if let Some(rotation) = policy.rotation.as_ref().filter(|_| check.scope.rotates(standing)) {
            let balance = &check.decision.balance;
            let k = rotation.blocks_by_formula(balance.shortfall_m3.get(), balance.demand_m3.get(), order.len());
            order[..k].iter().for_each(|district| rotating[*district] = true);
        }
        let firm = check.scope.firm(standing, &rotating);
        let served = if check.scope.is_hourly() {
            let lacking =
                || Violation { rule, at: check.at("escalation"), expected: "evidence".into(), found: "-".into() };
            let proof = by_hour.next().filter(|proof| proof.level == level.id).ok_or_else(lacking)?;
            let cells = check.scope.firm_by_hour(standing, &rotating);
            hours::reached(check, rule, &proof.firm, &cells, &format!("escalation {}", level.id))?
        } else if check.scope.links().is_none() {
            pooled(check, &firm)
        } else {
            let proof = proofs.next().filter(|proof| proof.level == level.id);
            reached_by(check, rule, proof.map(|proof| &proof.firm), &firm, &format!("escalation {}", level.id))?
        };
        if loss(&firm, served) == 0 {
            same(rule, || check.at("escalate_to"), level.id.as_str(), told)?;
            return Ok(Finding::Holds);
        }
    }
    same(rule, || check.at("escalate_to"), "-", told)?;
    Ok(Finding::Holds)
}
