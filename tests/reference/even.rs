//! Sections 5 and 6 for the reference: what can arrive, each rank's total, evenness inside it, whole cubic metres. Every
//! question is a linear program, solved in exact fractions by the plainest simplex there is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::simplex::{ONE, Q, ZERO, simplex};
use super::{Link, Place, Slice, Town};

/// A district's row, and a company: nobody's name, if all gas is pooled.
pub type Cell<'a> = (usize, &'a str);

/// What a cell asks for, and the bounds of what it gets.
#[derive(Clone)]
pub struct Want<'a> {
    pub cell: Cell<'a>,
    size: Q,
    least: Q,
    most: Q,
}

/// Some wants get together at least so much, and so much more as the ratio goes from 0 to 1.
type Held = (Vec<usize>, Q, Q);

/// One want for each cell.
pub fn wants<'a>(asked: &[(Cell<'a>, u64)]) -> Vec<Want<'a>> {
    let mut sizes = BTreeMap::new();
    asked.iter().filter(|(_, size)| *size > 0).for_each(|(cell, size)| *sizes.entry(*cell).or_insert(0) += size);
    let want = |(cell, size)| Want { cell, size: Q::int(size), least: ZERO, most: Q::int(size) };
    sizes.into_iter().map(want).collect()
}

fn sum(some: &[usize], of: impl Fn(usize) -> Q) -> Q {
    some.iter().fold(ZERO, |sum, w| sum.plus(of(*w)))
}

/// Whole m3, as section 1 rounds.
fn whole(volume: Q) -> u64 {
    volume.plus(Q(1, 1000)).floor() as u64
}

/// Section 5: the most that some of the wants get together (or the highest ratio, if none are named) while every node is
/// in balance for each company, links carry their capacity, bounds are kept and what is held is got; `None` if nothing
/// does all that. The numbers asked for: each company's flow on each link, what each want gets above its least, the ratio.
fn most(town: &Town, wants: &[Want], held: &[Held], goal: Option<&[usize]>) -> Option<Q> {
    let companies: BTreeSet<&str> = wants.iter().map(|want| want.cell.1).collect();
    let links: Vec<&Link> = town.links.iter().flatten().collect();
    let flows: Vec<(&str, &Link)> = companies.iter().flat_map(|c| links.iter().map(|l| (*c, *l))).collect();
    let free: Vec<usize> = (0..wants.len()).filter(|w| wants[*w].least != wants[*w].most).collect();
    let ratio = flows.len() + free.len();
    let least = |some: &[usize]| sum(some, |w| wants[w].least);
    let gets = |some: &[usize], by: i128| -> Vec<(usize, Q)> {
        (0..free.len()).filter(|f| some.contains(&free[*f])).map(|f| (flows.len() + f, Q::int(by))).collect()
    };
    let flow = |which: &dyn Fn(&str, &Link) -> bool, by: i128| -> Vec<(usize, Q)> {
        (0..flows.len()).filter(|f| which(flows[*f].0, flows[*f].1)).map(|f| (f, Q::int(by))).collect()
    };
    let mut nodes: BTreeSet<&String> = town.districts.iter().map(|d| &d.id).collect();
    nodes.extend(town.sources.iter().map(|s| &s.id).chain(links.iter().flat_map(|l| [&l.from, &l.to])));
    let mut rows = Vec::new();
    for (company, node) in companies.iter().flat_map(|c| nodes.iter().map(move |n| (*c, *n))) {
        let cell = |w: &usize| wants[*w].cell.1 == company && town.districts[wants[*w].cell.0].id == *node;
        let here: Vec<usize> = (0..wants.len()).filter(cell).collect();
        let leaves = flow(&|c, link| c == company && link.from == *node, 1);
        let enters = flow(&|c, link| c == company && link.to == *node, -1);
        let own = town.sources.iter().filter(|s| s.id == *node && s.company.as_deref().unwrap_or_default() == company);
        let own = Q::int(own.map(|s| s.volume).sum::<u64>());
        rows.push(([gets(&here, 1), leaves, enters].concat(), own.minus(least(&here))));
    }
    rows.extend(links.iter().map(|link| (flow(&|_, l| std::ptr::eq(l, *link), 1), Q::int(link.capacity))));
    rows.extend(free.iter().map(|w| (gets(&[*w], 1), wants[*w].most.minus(wants[*w].least))));
    rows.push((vec![(ratio, ONE)], ONE));
    let short = |(some, at, per): &Held| ([gets(some, -1), vec![(ratio, *per)]].concat(), least(some).minus(*at));
    rows.extend(held.iter().map(short));
    let sought = goal.map_or_else(|| vec![(ratio, ONE)], |some| gets(some, 1));
    Some(simplex(ratio + 1, &rows, &sought)?.plus(least(goal.unwrap_or_default())))
}

/// The most that can arrive in cells together, in whole m3.
pub fn deliverable(town: &Town, asked: &[(Cell, u64)]) -> u64 {
    let wants = wants(asked);
    let all: Vec<usize> = (0..wants.len()).collect();
    whole(most(town, &wants, &[], Some(&all)).expect("nothing is held"))
}

/// Serves slices in supply order: each rank's total, then evenness inside each rank, then customers.
pub fn serve(town: &Town, slices: &mut [Slice]) {
    let cells = slices.chunk_by_mut(|a, b| (a.place, a.cell) == (b.place, b.cell));
    let cells: Vec<&mut [Slice]> = cells.filter(|cell| cell[0].place != Place::Withheld).collect();
    let size = |cell: &[Slice]| Q::int(cell.iter().map(|slice| slice.size).sum::<u64>());
    let wants = cells.iter().map(|cell| Want { cell: cell[0].cell, size: size(cell), least: ZERO, most: ZERO });
    let mut wants: Vec<Want> = wants.collect();
    let (all, mut short) = ((0..cells.len()).collect::<Vec<usize>>(), Vec::<Held>::new());
    for rank in all.chunk_by(|a, b| cells[*a][0].place == cells[*b][0].place) {
        rank.iter().for_each(|w| wants[*w].most = wants[*w].size);
        let total = most(town, &wants, &short, Some(rank)).expect("what is held was reached");
        if total == sum(rank, |w| wants[w].size) {
            rank.iter().for_each(|w| wants[*w].least = wants[*w].size);
        } else if total == ZERO {
            rank.iter().for_each(|w| wants[*w].most = ZERO);
        } else {
            short.push((rank.to_vec(), total, ZERO));
        }
    }
    let floor = |(rank, total, per): &Held| (rank.clone(), Q::int(whole(*total)), *per);
    let floors: Vec<Held> = short.iter().map(floor).collect();
    for (n, (rank, ..)) in short.iter().enumerate() {
        let each: Vec<Vec<usize>> = rank.iter().map(|w| vec![*w]).collect();
        // Better ranks' rounding can leave no way to a total that is a fraction.
        let even = |held: &Vec<Held>| leximin(town, &wants, &each, &held[n + 1..], held[n].1);
        let even = [&short, &floors].into_iter().find_map(even).expect("floors can be reached");
        round(town, &mut wants, &floors[n..], &even);
    }
    for (cell, want) in cells.into_iter().zip(&wants) {
        split(want.least.floor() as u64, cell, town.lists && matches!(cell[0].place, Place::Authorised(..)));
    }
}

/// The least served ratio of groups of wants as high as it can be, then the second least, and so on: each one's ratio.
pub fn leximin(town: &Town, wants: &[Want], groups: &[Vec<usize>], others: &[Held], total: Q) -> Option<Vec<Q>> {
    let size = |g: usize| sum(&groups[g], |w| wants[w].size);
    let mut fixed: Vec<Option<Q>> = vec![None; groups.len()];
    while fixed.contains(&None) {
        // Each free group goes up with the ratio, or gets what it would where the ratio has got.
        let held = |at: Option<Q>| -> Vec<Held> {
            let due = |g: usize| fixed[g].or(at).map_or((ZERO, size(g)), |at| (size(g).times(at), ZERO));
            let each = (0..groups.len()).map(|g| (groups[g].clone(), due(g).0, due(g).1));
            others.iter().cloned().chain(each).chain([(groups.concat(), total, ZERO)]).collect()
        };
        let ratio = most(town, wants, &held(None), None)?;
        let kept = held(Some(ratio));
        let best = |g: usize| most(town, wants, &kept, Some(&groups[g]));
        let stuck = |g: &usize| fixed[*g].is_none() && (ratio == ONE || best(*g) == Some(size(*g).times(ratio)));
        let stuck: Vec<usize> = (0..groups.len()).filter(stuck).collect();
        stuck.into_iter().for_each(|g| fixed[g] = Some(ratio));
    }
    fixed.into_iter().collect()
}

/// Section 6, between cells: the floor of each, then one more by largest remainder on the grid of 1e-6, ties in the order
/// of cells, where what is held still allows it. The first rank held is the one to round.
fn round(town: &Town, wants: &mut Vec<Want>, held: &[Held], even: &[Q]) {
    let (rank, total, _) = &held[0];
    let mut order = Vec::new();
    for (w, ratio) in rank.iter().zip(even) {
        let share = wants[*w].size.times(*ratio);
        wants[*w].least = Q::int(share.floor());
        order.push((Reverse(share.minus(wants[*w].least).times(Q::int(1_000_000)).plus(Q(1, 2)).floor()), *w));
    }
    order.sort();
    // Once round is enough, but where companies share links.
    for (_, w) in order.iter().cycle().take(order.len() * order.len()) {
        let mut more = wants.clone();
        more[*w].least = wants[*w].least.plus(ONE);
        let fits = wants[*w].least != wants[*w].most && sum(rank, |w| wants[w].least) != *total;
        if fits && most(town, &more, held, None).is_some() {
            *wants = more;
        }
    }
    rank.iter().for_each(|w| wants[*w].most = wants[*w].least);
}

/// Section 6, inside a cell: by largest remainder, ties by id, or whole customers cut by list.
fn split(total: u64, cell: &mut [Slice], by_list: bool) {
    let size: u64 = cell.iter().map(|slice| slice.size).sum();
    if by_list {
        cell.sort_by_key(|slice| (slice.customer.burden, Reverse(slice.size), &slice.customer.id));
        let mut cut = size - total;
        for slice in cell {
            slice.served = slice.size.saturating_sub(cut);
            cut -= slice.size - slice.served;
        }
        return;
    }
    let share = |slice: &Slice| u128::from(slice.size) * u128::from(total);
    cell.iter_mut().for_each(|slice| slice.served = (share(slice) / u128::from(size)) as u64);
    cell.sort_by_key(|slice| (Reverse(share(slice) % u128::from(size)), &slice.customer.id));
    let left = total - cell.iter().map(|slice| slice.served).sum::<u64>();
    cell.iter_mut().take(left as usize).for_each(|slice| slice.served += 1);
}
