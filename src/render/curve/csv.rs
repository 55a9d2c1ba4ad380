//! A curve as a long, tidy table: one row an end of a piece and a thing that is measured.

use std::io::{self, Write};

use super::view::{Figures, View, float};
use crate::curve::Curve;
use crate::policy::Standing;
use crate::render::fmt;
use crate::units::Fraction;

const HEADINGS: [&str; 12] = [
    "area",
    "piece",
    "end",
    "shortfall_pct",
    "belongs",
    "level",
    "blocks_by_formula",
    "blocks",
    "what",
    "id",
    "cut_m3",
    "exact",
];

/// Writes curves, one below the other.
pub(crate) fn write(curves: &[&Curve<'_>], to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADINGS)?;
    for curve in curves {
        write_one(&View::new(curve), &mut rows)?;
    }
    rows.flush()
}

fn write_one(view: &View<'_>, rows: &mut csv::Writer<&mut dyn Write>) -> io::Result<()> {
    let (curve, policy, city) = (view.curve, view.curve.policy(), view.curve.city());
    let (class_demand, tier_demand, _) = curve.demands();
    let area = curve.area().map_or("", |area| &city.districts[area as usize].id);
    let exact = match curve.steps_by_hour() {
        Some(steps) => format!("false: sampled by the hour every {} %", 100 / steps),
        None => curve.is_exact().to_string(),
    };
    for (number, ends) in (1..).zip(&view.pieces) {
        let piece = ends.piece;
        let level = match piece.standing {
            Standing::At(level) => policy.levels[level].id.as_str(),
            _ => "",
        };
        let blocks: Vec<&str> = piece.blocks.iter().map(|b| &*city.districts[*b as usize].id).collect();
        let sides = [
            ("from", piece.from, piece.from_closed, &ends.start),
            ("until", piece.until, piece.until_closed, &ends.end),
        ];
        for (end, x, belongs, figures) in sides {
            let mut row = |what: &str, id: &str, volume: Fraction| {
                let (number, x) = (number.to_string(), decimal(x, 100, 10));
                let (belongs, k) = (if belongs { "true" } else { "false" }, piece.by_formula.to_string());
                let (blocks, volume) = (blocks.join(";"), decimal(volume, 1, 3));
                let cells = [area, &number, end, &x, belongs, level, &k, &blocks, what, id, &volume, &exact];
                rows.write_record(cells.map(plain))
            };
            let Figures { cut, firm_loss, class_cut, tier_cut, district_cut, .. } = figures;
            row("total", "", *cut)?;
            row("beyond_authority", "", *firm_loss)?;
            for ((class, volume), demand) in policy.classes.iter().zip(class_cut).zip(&class_demand) {
                if *demand > 0 {
                    row("class", &class.id, *volume)?;
                }
            }
            for ((tier, volume), demand) in policy.tiers.iter().zip(tier_cut).zip(&tier_demand) {
                if *demand > 0 {
                    row("tier", &tier.number.to_string(), *volume)?;
                }
            }
            for (district, volume) in curve.districts().iter().zip(district_cut) {
                row("district", &city.districts[*district as usize].id, *volume)?;
            }
        }
    }
    Ok(())
}

/// Text never starts a formula.
pub(crate) fn plain(cell: &str) -> String {
    if fmt::is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A fraction times `factor` with so many decimals, rounded to the nearest.
pub(crate) fn decimal(fraction: Fraction, factor: u128, decimals: u32) -> String {
    let scale = 10u128.pow(decimals);
    let (whole, rest) = crate::units::mul_div(fraction.numerator(), factor * scale, fraction.denominator());
    let up = rest >= fraction.denominator() - rest;
    let units = whole + u128::from(up);
    if units == u128::MAX {
        return format!("{:.0}", float(fraction) * factor as f64);
    }
    let text = format!("{}.{:0width$}", units / scale, units % scale, width = decimals as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
