//! The calendar as a table: one row a day and block.

use std::io::{self, Write};

use super::{View, full_days, status};
use crate::render::curve::plain;
use crate::rota::Known;
use crate::units::Decimal;

const HEADINGS: [&str; 8] = ["date", "block", "name", "status", "turn", "demand_m3", "cut_m3", "equivalent_days"];

/// Writes it. What is not known is empty: all of an unknown day, and the demand of a block without a turn on a day with an order.
pub(crate) fn write(view: &View<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(to);
    rows.write_record(HEADINGS)?;
    for day in &view.calendar.days {
        let is_known = day.known != Known::Unknown;
        for ((id, name), demand) in view.blocks().zip(&day.demand) {
            let turn = day.turn(id);
            let number = turn.map_or_else(String::new, |(number, _)| number.to_string());
            let cut = turn.map(|(_, turn)| turn.cut_m3).or_else(|| is_known.then(Default::default));
            let borne = turn.map(|(_, turn)| turn.burden()).or_else(|| is_known.then_some(Decimal::ZERO));
            let volume = |volume: Option<crate::units::M3>| volume.map_or_else(String::new, |it| it.get().to_string());
            rows.write_record([
                day.date.to_string(),
                plain(id),
                plain(name),
                status(day).to_owned(),
                number,
                volume(*demand),
                volume(cut),
                borne.map_or_else(String::new, |borne| full_days(borne, 9)),
            ])?;
        }
    }
    rows.flush()
}
