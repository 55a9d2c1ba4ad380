//! A demand model as the text of its file.

use std::fmt::Write;

use super::source::{DemandModel, Deviations, Fit};
use crate::tree::quoted;

impl DemandModel {
    /// The text of its file, which reads back as the same model.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "threshold_c = {}", self.model.threshold);
        let _ = writeln!(text, "provenance = {}", quoted(&self.provenance));
        if self.model.classes.is_empty() {
            text.push_str("\n[classes]\n");
        }
        for class in &self.model.classes {
            let name = quoted(&class.class);
            let _ = writeln!(text, "\n[classes.{name}]");
            let _ = writeln!(text, "base_m3 = {}", decimal(class.base as i64, 3));
            let _ = writeln!(text, "per_degree_m3 = {}", decimal(class.per_degree as i64, 3));
            let _ = writeln!(text, "memory = {}", factor(class.memory));
            let _ = writeln!(text, "weekdays = [{}]", list(&class.days.weekdays));
            let holidays = class.days.holidays.iter();
            let holidays: Vec<String> =
                holidays.map(|(name, value)| format!("{} = {}", quoted(name), factor(*value))).collect();
            if !holidays.is_empty() {
                let _ = writeln!(text, "holidays = {{ {} }}", holidays.join(", "));
            }
            if let Some(other) = class.days.other_holidays {
                let _ = writeln!(text, "other_holidays = {}", factor(other));
            }
            if !class.errors.is_empty() {
                let _ = writeln!(text, "chance = [{}]", list(&class.errors));
            }
            if let Some(Fit { days, seasons, inside, outside }) = self.fits.get(&class.class) {
                let _ = writeln!(text, "\n[classes.{name}.fitted]\ndays = {days}\nseasons = {seasons}");
                deviations(&mut text, inside);
                if let Some(outside) = outside {
                    let _ = writeln!(text, "\n[classes.{name}.fitted.other_seasons]");
                    deviations(&mut text, outside);
                }
            }
        }
        text
    }
}

fn deviations(text: &mut String, of: &Deviations) {
    let _ = writeln!(text, "r2 = {}", decimal(of.r2, 6));
    let _ = writeln!(text, "rmse_m3 = {}", of.rmse);
    let _ = writeln!(text, "mape_pct = {}", decimal(of.mape as i64, 4));
    let _ = writeln!(text, "bias_m3 = {}", of.bias);
}

fn list(factors: &[u64]) -> String {
    factors.iter().map(|value| factor(*value)).collect::<Vec<_>>().join(", ")
}

fn factor(millionths: u64) -> String {
    decimal(millionths as i64, 6)
}

/// A number of so many decimals as short as it can be.
fn decimal(value: i64, decimals: u32) -> String {
    let (sign, size, scale) = (if value < 0 { "-" } else { "" }, value.unsigned_abs(), 10u64.pow(decimals));
    let rest = format!("{:0width$}", size % scale, width = decimals as usize);
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{}", size / scale),
        rest => format!("{sign}{}.{rest}", size / scale),
    }
}
