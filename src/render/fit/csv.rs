//! The model as a table: one row a class.

use std::io::{self, Write};

use super::{View, fixed};
use crate::forecast::Deviations;
use crate::render::curve::plain;

const HEADINGS: [&str; 19] = [
    "class",
    "base_m3",
    "per_degree_m3",
    "memory",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "r2",
    "rmse_m3",
    "mape_pct",
    "bias_m3",
    "other_seasons_r2",
    "other_seasons_rmse_m3",
    "other_seasons_mape_pct",
    "other_seasons_bias_m3",
];

/// Writes it; holidays stand in the model's file and in the data.
pub(crate) fn write(view: &View<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADINGS)?;
    for (class, ..) in view.rows() {
        let fit = view.fitted.model.fits.get(&class.class);
        let mut row = vec![
            plain(&class.class),
            fixed(class.base as i64, 3, 3),
            fixed(class.per_degree as i64, 3, 3),
            fixed(class.memory as i64, 6, 6),
        ];
        row.extend(class.days.weekdays.iter().map(|factor| fixed(*factor as i64, 6, 6)));
        row.extend(deviations(fit.map(|fit| &fit.inside)));
        row.extend(deviations(fit.and_then(|fit| fit.outside.as_ref())));
        rows.write_record(row)?;
    }
    rows.flush()
}

fn deviations(of: Option<&Deviations>) -> [String; 4] {
    of.map_or_else(Default::default, |of| {
        [fixed(of.r2, 6, 6), of.rmse.to_string(), fixed(of.mape as i64, 4, 4), of.bias.to_string()]
    })
}
