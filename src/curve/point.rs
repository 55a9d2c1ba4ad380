//! One point of the line: everybody's volume there.

use super::{Curve, Piece};
use crate::decide::Kind;
use crate::decide::along::{Claim, Mix, Rank};
use crate::policy::Standing;
use crate::rational::Rational;
use crate::units::Fraction;

/// One point of a curve, or the limit at an end of a piece. Volumes in m3.
///
/// Volumes are exact, but that a sum whose fraction needs more than 128 bits is one of millionths of a m3.
#[derive(Clone, Copy)]
pub struct Point<'c> {
    pub(super) curve: &'c Curve<'c>,
    pub(super) piece: &'c Piece,
    pub(super) lack: Rational,
}

/// A rank at one point of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RankServed {
    /// Its kind.
    pub kind: Kind,
    /// The tier of a firm rank, as an index in the policy; `None` of one for customers settled outside the plan.
    pub tier: Option<usize>,
    /// The measure of an authorised or withheld rank, as an index in the policy.
    pub measure: Option<usize>,
    /// In m3.
    pub size: u64,
    /// In m3.
    pub served: Fraction,
}

impl<'c> Point<'c> {
    /// The shortfall of the sources, 0 to 1.
    pub fn x(&self) -> Fraction {
        self.lack.over(self.demand()).fraction()
    }

    /// The piece that it belongs to, or is an end of.
    pub fn piece(&self) -> &'c Piece {
        self.piece
    }

    /// The level that answers.
    pub fn standing(&self) -> Standing {
        self.piece.standing
    }

    /// `A`: what can arrive.
    pub fn deliverable(&self) -> Fraction {
        self.arrives().fraction()
    }

    /// The shortfall over demand: what the level is judged by. Above [`Self::x`] behind a bottleneck.
    pub fn ratio(&self) -> Fraction {
        (self.demand() - self.arrives()).over(self.demand()).fraction()
    }

    /// All that is served.
    pub fn served(&self) -> Fraction {
        sum(self.volumes().into_iter().map(|volume| (volume, 1, 1))).fraction()
    }

    /// What firm slices lose.
    pub fn firm_loss(&self) -> Fraction {
        self.firm_lost().fraction()
    }

    /// The ranks that have slices, in supply order.
    pub fn ranks(&self) -> Vec<RankServed> {
        let (state, order) = (self.curve.state(self.piece), self.curve.order(self.curve.state(self.piece)));
        let volumes = self.volumes();
        let served = |at: usize| {
            let of_rank = state.cells.iter().zip(&volumes).filter(|(cell, _)| cell.rank as usize == at);
            sum(of_rank.map(|(_, volume)| (*volume, 1, 1))).fraction()
        };
        let ranks = order.ranks.iter().zip(order.sizes(state.stands.blocks)).enumerate();
        let row = |(at, (rank, size)): (usize, (&Rank, u64))| {
            let Rank { kind, tier, measure } = *rank;
            (size > 0).then(|| RankServed { kind, tier, measure, size, served: served(at) })
        };
        ranks.filter_map(row).collect()
    }

    /// What each class gets, by index in the policy's classes.
    pub fn by_class(&self) -> Vec<Fraction> {
        self.by(self.curve.policy().classes.len(), |part| part.class).into_iter().map(Rational::fraction).collect()
    }

    /// What each tier gets, by index in the policy's tiers; every slice counts in the tier that it has when firm.
    pub fn by_tier(&self) -> Vec<Fraction> {
        self.by(self.curve.policy().tiers.len(), |part| part.tier).into_iter().map(Rational::fraction).collect()
    }

    /// What each district gets, in the order of [`Curve::districts`].
    pub fn by_district(&self) -> Vec<Fraction> {
        let (cells, volumes) = (&self.curve.state(self.piece).cells, self.volumes());
        let of = |district: usize| {
            let here = cells.iter().zip(&volumes).filter(move |(cell, _)| cell.district as usize == district);
            sum(here.map(|(_, volume)| (*volume, 1, 1))).fraction()
        };
        (0..self.curve.districts().len()).map(of).collect()
    }

    fn demand(&self) -> Rational {
        Rational::whole(self.curve.along.demand)
    }

    pub(crate) fn arrives(&self) -> Rational {
        self.piece.segment.deliverable.at(self.lack)
    }

    pub(crate) fn firm_lost(&self) -> Rational {
        let (state, order) = (self.curve.state(self.piece), self.curve.order(self.curve.state(self.piece)));
        let volumes = self.volumes();
        let firm = state.cells.iter().zip(&volumes);
        let firm = firm.filter(|(cell, _)| order.ranks[cell.rank as usize].kind == Kind::Firm);
        sum(firm.map(|(cell, volume)| (Rational::whole(cell.size) - *volume, 1, 1)))
    }

    /// What each cell of the state gets.
    pub(crate) fn volumes(&self) -> Vec<Rational> {
        self.piece.segment.lines.iter().map(|line| line.at(self.lack)).collect()
    }

    /// Sums over all gas that can be served, by what a part of a cell is.
    pub(crate) fn by(&self, count: usize, key: impl Fn(&Mix) -> u32) -> Vec<Rational> {
        let (state, order) = (self.curve.state(self.piece), self.curve.order(self.curve.state(self.piece)));
        let mut terms: Vec<Vec<(Rational, u64, u64)>> = vec![Vec::new(); count];
        for (at, (cell, volume)) in state.cells.iter().zip(self.volumes()).enumerate() {
            let by_hour = self.piece.segment.parts.get(at);
            let mut add = |part: &Mix, volume, size| {
                if let Some(terms) = terms.get_mut(key(part) as usize) {
                    terms.push((volume, part.size, size));
                }
            };
            match order.list(&state.rotating, cell) {
                _ if volume.is_zero() => {}
                None => match by_hour {
                    None => order.mix(&state.rotating, cell).iter().for_each(|part| add(part, volume, cell.size)),
                    // Given as it is, not as a share.
                    Some(lines) => {
                        let parts = order.mix(&state.rotating, cell).iter().zip(lines);
                        parts.for_each(|(part, line)| add(part, line.at(self.lack), part.size));
                    }
                },
                Some(claims) => {
                    for (claim, served) in claims.iter().zip(listed(claims, Rational::whole(cell.size) - volume)) {
                        let mut left = served;
                        for part in &claim.parts {
                            let given = left.min(Rational::whole(part.size));
                            left = left - given;
                            // Given as it is, not as a share.
                            add(part, given, part.size);
                        }
                    }
                }
            }
        }
        terms.into_iter().map(|terms| sum(terms.into_iter())).collect()
    }
}

/// What each customer of a stop list keeps when so much is cut from them together.
pub(super) fn listed(claims: &[Claim], cut: Rational) -> impl Iterator<Item = Rational> {
    let mut left = cut;
    claims.iter().map(move |claim| {
        let size = Rational::whole(claim.size);
        let cut = left.min(size);
        left = left - cut;
        size - cut
    })
}

/// The sum of volumes times `part / of`: exact where 128 bits hold it, else in millionths of a m3.
pub(crate) fn sum(terms: impl Iterator<Item = (Rational, u64, u64)> + Clone) -> Rational {
    let share = |(volume, part, of): (Rational, u64, u64)| {
        if part == of { volume } else { volume * Rational::new(i128::from(part), i128::from(of)) }
    };
    let exact = terms.clone().map(share).fold(Rational::ZERO, |sum, volume| sum + volume);
    if !exact.is_lost() {
        return exact;
    }
    const MILLION: i128 = 1_000_000;
    let rough = |(volume, part, of): (Rational, u64, u64)| {
        // The whole part and the rest apart, so that nothing overflows.
        let whole = volume.floor();
        let rest = ((volume - Rational::new(whole, 1)) * Rational::new(MILLION, 1)).floor();
        (whole * MILLION + rest) * i128::from(part) / i128::from(of.max(1))
    };
    Rational::new(terms.map(rough).sum(), MILLION)
}
