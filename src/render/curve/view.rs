//! What every rendering of a curve shows: the figures at the ends of its pieces, worked out once.

use crate::Lang;
use crate::curve::{Curve, Piece, Point};
use crate::policy::Standing;
use crate::rational::Rational;
use crate::render::fmt;
use crate::render::words::Word;
use crate::units::{Fraction, M3};

/// A curve and its figures.
pub(crate) struct View<'c> {
    pub curve: &'c Curve<'c>,
    pub pieces: Vec<Ends<'c>>,
}

/// A piece with the figures at both its ends.
pub(crate) struct Ends<'c> {
    pub piece: &'c Piece,
    pub start: Figures,
    pub end: Figures,
}

/// Figures at a point of the line, in m3. What is cut of each class, tier and district is demand less what is served.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub deliverable: Fraction,
    pub ratio: Fraction,
    pub cut: Fraction,
    pub firm_loss: Fraction,
    pub class_cut: Vec<Fraction>,
    pub tier_cut: Vec<Fraction>,
    pub district_cut: Vec<Fraction>,
}

impl<'c> View<'c> {
    pub fn new(curve: &'c Curve<'c>) -> Self {
        let demand = Demand::of(curve);
        let ends =
            |piece| Ends { piece, start: demand.figures(&curve.start(piece)), end: demand.figures(&curve.end(piece)) };
        Self { curve, pieces: curve.pieces().iter().map(ends).collect() }
    }

    /// Whether it is exact, and if not, how it was come by.
    pub fn how(&self) -> Word {
        match self.curve.steps_by_hour() {
            _ if self.curve.is_exact() => Word::CurveExact,
            Some(steps) => Word::CurveSampledByHour { step: format!("{} %", 100 / steps) },
            None => Word::CurveSampled,
        }
    }

    /// The figures at a shortfall.
    pub fn at(&self, x: Fraction) -> Option<Figures> {
        self.curve.at(x).map(|point| Demand::of(self.curve).figures(&point))
    }

    /// The shortfall from which on (or just above which) something is cut.
    pub fn first(&self, what: impl Fn(&Figures) -> Fraction) -> Option<Fraction> {
        let none = Fraction::new(0, 1);
        self.pieces.iter().find(|ends| what(&ends.start) != none || what(&ends.end) != none).map(|ends| ends.piece.from)
    }

    /// Classes that have demand, who loses gas first first; each with the shortfall from which on it does.
    pub fn classes(&self) -> Vec<(usize, u64, Option<Fraction>)> {
        let demand = Demand::of(self.curve).class;
        let first = |class: usize| self.first(|figures| figures.class_cut[class]);
        let with = demand.into_iter().enumerate().filter(|(_, demand)| *demand > 0);
        let mut classes: Vec<_> = with.map(|(class, demand)| (class, demand, first(class))).collect();
        let at = |first: &Option<Fraction>| first.map_or(Rational::whole(2), Rational::from);
        // Those that begin together: the worse protected have lost more of theirs over the whole line.
        let lost = |class: usize, demand: u64| -> Rational {
            let share = |figures: &Figures| Rational::from(figures.class_cut[class]).over(Rational::whole(demand));
            let mean = |ends: &Ends<'_>| {
                let width = Rational::from(ends.piece.until) - Rational::from(ends.piece.from);
                rough(rough(width) * rough(share(&ends.start).midpoint(share(&ends.end))))
            };
            self.pieces.iter().map(mean).fold(Rational::ZERO, |sum, part| sum + part)
        };
        classes
            .sort_by_cached_key(|(class, demand, first)| (at(first), Rational::ZERO - lost(*class, *demand), *class));
        classes
    }

    /// Stretches in which level and blocks are the same, as ranges of the pieces.
    pub fn runs(&self) -> Vec<std::ops::Range<usize>> {
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for (at, ends) in self.pieces.iter().enumerate() {
            let same = |before: &Ends<'_>| {
                let (a, b) = (before.piece, ends.piece);
                (a.standing, a.by_formula, &a.blocks) == (b.standing, b.by_formula, &b.blocks)
            };
            match runs.last_mut() {
                Some(run) if self.pieces.get(run.start).is_some_and(same) => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// The name of the level in force, in words.
    pub fn level(&self, standing: Standing, lang: Lang) -> String {
        match standing {
            Standing::At(level) => {
                self.curve.policy().levels.get(level).map_or_else(String::new, |level| level.label.get(lang).to_owned())
            }
            Standing::NoShortage => Word::NoShortageShort.text(lang),
            Standing::Always => Word::NoLevelShort.text(lang),
        }
    }

    /// The name of the balance.
    pub fn scope(&self, lang: Lang) -> String {
        let area = self.curve.area().and_then(|area| self.curve.city().districts.get(area as usize));
        area.map_or_else(|| Word::MainUrbanArea.text(lang), |area| area.name.to_string())
    }
}

/// To a millionth, for an order that nothing else settles.
fn rough(number: Rational) -> Rational {
    const MILLION: i128 = 1_000_000;
    Rational::new((number * Rational::new(MILLION, 1)).floor(), MILLION)
}

/// Demand by class, tier and district.
struct Demand {
    all: u64,
    class: Vec<u64>,
    tier: Vec<u64>,
    district: Vec<u64>,
}

impl Demand {
    fn of(curve: &Curve<'_>) -> Self {
        let (class, tier, district) = curve.demands();
        Self { all: curve.demand().get(), class, tier, district }
    }

    fn figures(&self, point: &Point<'_>) -> Figures {
        let cut = |demand: &[u64], served: Vec<Fraction>| -> Vec<Fraction> {
            demand.iter().zip(served).map(|(demand, served)| less(*demand, served)).collect()
        };
        Figures {
            deliverable: point.deliverable(),
            ratio: point.ratio(),
            cut: less(self.all, point.served()),
            firm_loss: point.firm_loss(),
            class_cut: cut(&self.class, point.by_class()),
            tier_cut: cut(&self.tier, point.by_tier()),
            district_cut: cut(&self.district, point.by_district()),
        }
    }
}

fn less(demand: u64, served: Fraction) -> Fraction {
    (Rational::whole(demand) - Rational::from(served)).fraction()
}

/// The nearest whole m3.
pub(crate) fn rounded(volume: Fraction) -> M3 {
    M3(Rational::from(volume).round())
}

/// A share of 0 to 1 in percent, with two decimals; marked where it only rounds to a whole percent.
pub(crate) fn percent(share: Fraction) -> String {
    let (mut part, mut whole) = (share.numerator(), share.denominator());
    while whole > u128::from(u64::MAX >> 20) {
        (part, whole) = (part >> 1, whole >> 1);
    }
    fmt::percent(M3(u64::try_from(part).unwrap_or(u64::MAX)), M3(u64::try_from(whole).unwrap_or(u64::MAX)))
}

/// A fraction as a float, for drawing alone.
pub(crate) fn float(fraction: Fraction) -> f64 {
    fraction.numerator() as f64 / fraction.denominator() as f64
}
