//! Estimates a demand model from what was taken: per class the base and the slope, how much of yesterday's cold is remembered, and
//! what weekdays and holidays make of it, by least squares.
//!
//! Whole numbers all the way, so that it is the same on every machine. A part of the model is taken in only where it explains more than
//! chance would (a ratio of variances above 10); what is estimated is rounded to six digits, factors to four decimals, and how well it
//! fits is told of the rounded model, as a reader of its file would work it out.

mod figures;
mod solve;

use std::collections::BTreeMap;

use super::history::{History, season};
use super::model::{ClassModel, Cold, DAYS_BEFORE, DayFactors, Model, ONE};
use super::source::{DemandModel, Deviations, Fit};
use crate::city::{DayKind, Workdays};
use crate::units::Celsius;
use figures::Figures;
use solve::{FACTOR, Sample, Solution, solve};

/// Memories are tried in steps of a hundredth, up to here.
const MOST_MEMORY: usize = 95;

/// So many factors stand for what is left to chance.
const CHANCES: usize = 50;

/// An estimated model, and how it does season by season.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fitted {
    /// The model, as its file will have it.
    pub model: DemandModel,
    /// The years in which the seasons begin.
    pub seasons: Vec<u16>,
    /// For each class of the model, how the model of all other seasons does in each season; empty with one season alone.
    pub outside: Vec<Vec<Deviations>>,
    /// For each class of the model, of every day of the history: the effective temperature's degrees below the threshold in
    /// ten-thousandths, what the model says in m3, and whether it is an ordinary workday that was fitted.
    pub days: Vec<Vec<FittedDay>>,
}

/// A day as a class's model has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FittedDay {
    /// Ten-thousandths of a degree below the threshold.
    pub degrees: u64,
    /// What was taken, in m3.
    pub taken: u64,
    /// What the model says, in m3.
    pub modelled: u64,
    /// What kind of day it is.
    pub kind: FittedKind,
}

/// What kind of day a day of a history is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FittedKind {
    /// It only warms up: yesterday's cold is not known well enough.
    WarmUp,
    /// A day that is worked.
    Workday,
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday.
    Holiday,
}

/// The parts of the calendar that have a factor: seven weekdays, then holidays by name.
struct Calendar {
    /// Of each day, its part.
    parts: Vec<u32>,
    /// The names of holidays; an empty one is of all that have no name.
    holidays: Vec<String>,
}

impl Calendar {
    fn of(history: &History, workdays: &Workdays) -> Self {
        let mut holidays: Vec<String> = Vec::new();
        let mut part = |date| match workdays.on(date) {
            Some(day) if day.kind == DayKind::Holiday => {
                let known = holidays.iter().position(|name| **name == *day.name);
                let at = known.unwrap_or_else(|| {
                    holidays.push(day.name.to_string());
                    holidays.len() - 1
                });
                7 + at as u32
            }
            // A weekend day that is worked instead of another counts as a Friday.
            Some(_) => 4,
            None => date.weekday() as u32,
        };
        let parts = history.days.iter().map(|day| part(day.date)).collect();
        Self { parts, holidays }
    }

    fn count(&self) -> usize {
        7 + self.holidays.len()
    }
}

/// What all classes share.
struct Days<'h> {
    history: &'h History,
    workdays: &'h Workdays,
    calendar: Calendar,
    /// The season of each day, and whether the day is fitted or only warms up.
    season: Vec<usize>,
    fitted: Vec<bool>,
    /// For each memory in hundredths, of each day the ten-thousandths of a degree below the threshold.
    degrees: Vec<Vec<u64>>,
}

/// Estimates a model: degrees count below the threshold. Holidays are those of the calendar, by name.
pub fn fit(history: &History, workdays: &Workdays, threshold: Celsius, provenance: String) -> Fitted {
    let ranges = history.seasons();
    let mut days = Days {
        history,
        workdays,
        calendar: Calendar::of(history, workdays),
        season: Vec::new(),
        fitted: Vec::new(),
        degrees: Vec::new(),
    };
    for (at, range) in ranges.iter().enumerate() {
        days.season.extend(range.clone().map(|_| at));
        days.fitted.extend((0..range.len()).map(|day| day >= DAYS_BEFORE as usize));
    }
    for hundredth in 0..=MOST_MEMORY {
        let mut degrees = Vec::with_capacity(history.days.len());
        for range in &ranges {
            let mut cold = Cold::new(hundredth as u64 * (ONE / 100));
            degrees.extend(history.days[range.clone()].iter().map(|day| {
                cold.add(day.temperature);
                cold.degrees(threshold)
            }));
        }
        days.degrees.push(degrees);
    }
    let (mut model, mut fits) = (Model::new(threshold), BTreeMap::new());
    let (mut outside, mut told) = (Vec::new(), Vec::new());
    for class in 0..history.classes.len() {
        let whole = days.estimate(class, None);
        let (figures, all) = days.judge(&whole, class, &|_| true);
        let by_season = if ranges.len() > 1 { days.left_out(class, ranges.len()) } else { Vec::new() };
        let fit = Fit {
            days: figures.days() as u32,
            seasons: ranges.len() as u32,
            inside: figures.deviations(),
            outside: (!by_season.is_empty()).then(|| {
                let sum = by_season.iter().fold(Figures::default(), |sum, season| sum.plus(season));
                sum.deviations()
            }),
        };
        fits.insert(whole.class.clone(), fit);
        outside.push(by_season.iter().map(Figures::deviations).collect());
        model.classes.push(ClassModel { errors: chances(&all), ..whole });
        told.push(all);
    }
    let seasons = ranges.iter().map(|range| season(history.days[range.start].date)).collect();
    Fitted { model: DemandModel::new(model, provenance, fits), seasons, outside, days: told }
}

impl Days<'_> {
    /// The model of a class by all seasons, or by all but one.
    fn estimate(&self, class: usize, but: Option<usize>) -> ClassModel {
        let volumes = &self.history.classes[class].volumes;
        let is_used = |at: &usize| self.fitted[*at] && but != Some(self.season[*at]);
        let used: Vec<usize> = (0..volumes.len()).filter(is_used).collect();
        let sample = |memory: usize| Sample {
            taken: used.iter().map(|at| volumes[*at].get()).collect(),
            degrees: used.iter().map(|at| self.degrees[memory][*at]).collect(),
            parts: used.iter().map(|at| self.calendar.parts[*at]).collect(),
            count: self.calendar.count(),
        };
        let mut tried: BTreeMap<usize, Solution> = BTreeMap::new();
        let mut start = solve(&sample(0), None, true);
        tried.insert(0, start.clone());
        let mut best = 0;
        for step in [10, 2, 1] {
            let around: Vec<usize> = match step {
                10 => (0..=MOST_MEMORY).step_by(10).collect(),
                2 => (best.max(8) - 8..=(best + 8).min(MOST_MEMORY)).step_by(2).collect(),
                _ => (best.max(1) - 1..=(best + 1).min(MOST_MEMORY)).collect(),
            };
            for memory in around {
                let from = &start;
                start = tried.entry(memory).or_insert_with(|| solve(&sample(memory), Some(from), true)).clone();
            }
            // Of equals the shortest memory.
            best = tried.iter().min_by_key(|(memory, solution)| (solution.squares, **memory)).map_or(0, |(at, _)| *at);
        }
        let explains = |less: &Solution, more: &Solution| {
            (less.squares - more.squares).saturating_mul(used.len() as i128) > more.squares.saturating_mul(10)
        };
        let solution = |memory: usize| tried.get(&memory).unwrap_or(&start);
        if !explains(solution(0), solution(best)) {
            best = 0;
        }
        let mut found = solution(best).clone();
        let steady = solve(&sample(0), None, false);
        if !explains(&steady, &found) {
            (found, best) = (steady, 0);
        }
        self.class_model(class, &found, best, &used)
    }

    /// A solution as the model's file has it.
    fn class_model(&self, class: usize, found: &Solution, memory: usize, used: &[usize]) -> ClassModel {
        let factor = |part: usize| {
            let ten_thousandths = (found.factors[part].max(0) + FACTOR / 20_000) / (FACTOR / 10_000);
            (ten_thousandths as u64 * 100).min(DayFactors::MOST)
        };
        let has = |part: usize| used.iter().any(|at| self.calendar.parts[*at] == part as u32);
        let mut days = DayFactors::default();
        for (part, weekday) in days.weekdays.iter_mut().enumerate().filter(|(part, _)| has(*part)) {
            *weekday = factor(part);
        }
        for (at, name) in self.calendar.holidays.iter().enumerate().filter(|(at, _)| has(7 + at)) {
            match name.as_str() {
                "" => days.other_holidays = Some(factor(7 + at)),
                _ => _ = days.holidays.insert(name.clone(), factor(7 + at)),
            }
        }
        ClassModel {
            class: self.history.classes[class].class.clone(),
            base: six_digits(found.base).min(ClassModel::MOST),
            per_degree: six_digits(found.slope).min(ClassModel::MOST / 10),
            memory: memory as u64 * (ONE / 100),
            days,
            errors: Vec::new(),
        }
    }

    /// How each season goes by the model of the others.
    fn left_out(&self, class: usize, seasons: usize) -> Vec<Figures> {
        let one = |season: usize| {
            let model = self.estimate(class, Some(season));
            self.judge(&model, class, &|at| self.season[at] == season).0
        };
        (0..seasons).map(one).collect()
    }

    /// What a class's model says of every day, and how far off it is on the fitted ones that are asked for.
    fn judge(&self, model: &ClassModel, class: usize, asked: &dyn Fn(usize) -> bool) -> (Figures, Vec<FittedDay>) {
        let degrees = &self.degrees[(model.memory / (ONE / 100)) as usize];
        let mut figures = Figures::default();
        let mut days = Vec::with_capacity(degrees.len());
        for (at, (degrees, taken)) in degrees.iter().zip(&self.history.classes[class].volumes).enumerate() {
            let date = self.history.days[at].date;
            let modelled = model.volume(*degrees, model.days.on(date, self.workdays), ONE);
            let kind = match self.calendar.parts[at] {
                _ if !self.fitted[at] => FittedKind::WarmUp,
                0..=4 => FittedKind::Workday,
                5 | 6 => FittedKind::Weekend,
                _ => FittedKind::Holiday,
            };
            if self.fitted[at] && asked(at) {
                figures.add(taken.get(), modelled);
            }
            days.push(FittedDay { degrees: *degrees, taken: taken.get(), modelled, kind });
        }
        (figures, days)
    }
}

/// Millionths of a m3 as thousandths, rounded to six digits.
fn six_digits(millionths: i128) -> u64 {
    let thousandths = (millionths.max(0) + 500) / 1000;
    let mut step = 1;
    while thousandths / step >= 1_000_000 {
        step *= 10;
    }
    u64::try_from((thousandths + step / 2) / step * step).unwrap_or(u64::MAX)
}

/// What is left to chance: the quotients of what was taken and what the model says, of which each tells as many days; empty if there is
/// nothing left.
fn chances(days: &[FittedDay]) -> Vec<u64> {
    let counts = |day: &&FittedDay| day.kind != FittedKind::WarmUp && day.modelled > 0;
    let quotient = |day: &FittedDay| {
        let millionths = u128::from(day.taken) * u128::from(ONE) / u128::from(day.modelled);
        let rounded = (u64::try_from(millionths).unwrap_or(u64::MAX).saturating_add(50) / 100).saturating_mul(100);
        rounded.min(DayFactors::MOST)
    };
    let mut quotients: Vec<u64> = days.iter().filter(counts).map(quotient).collect();
    quotients.sort_unstable();
    let of = |at: usize| quotients.get((2 * at + 1) * quotients.len() / (2 * CHANCES)).copied();
    let chances: Vec<u64> = (0..CHANCES).filter_map(of).collect();
    if chances.iter().all(|chance| *chance == ONE) { Vec::new() } else { chances }
}
