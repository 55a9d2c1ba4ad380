//! Numbers as people read them: whole m3 in English, 万m³ with all four decimals in Chinese, so nothing is rounded.

use unicode_width::UnicodeWidthStr;

use crate::Lang;
use crate::units::{Decimal, M3, Milli};

/// A volume in the language's unit, without its name: `1,234,567`, or `123.4567` (万m³). Exact.
pub(crate) fn volume(volume: M3, lang: Lang) -> String {
    match lang {
        Lang::En => grouped(volume.get()),
        Lang::Zh => format!("{}.{:04}", grouped(volume.get() / 10_000), volume.get() % 10_000),
    }
}

/// A volume with its unit.
pub(crate) fn with_unit(v: M3, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} m3", volume(v, lang)),
        Lang::Zh => format!("{} 万m³", volume(v, lang)),
    }
}

/// A volume of an hour: as [`volume`], and with what is left of a m3 where there is some.
pub(crate) fn volume_milli(v: Milli, lang: Lang) -> String {
    let (whole, rest) = (v.0 / 1_000, v.0 % 1_000);
    let text = volume(M3(whole), lang);
    match (rest, lang) {
        (0, _) => text,
        (_, Lang::En) => format!("{text}.{rest:03}"),
        (_, Lang::Zh) => format!("{text}{rest:03}"),
    }
}

/// A volume of an hour with its unit.
pub(crate) fn with_unit_milli(v: Milli, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} m3", volume_milli(v, lang)),
        Lang::Zh => format!("{} 万m³", volume_milli(v, lang)),
    }
}

/// Whether a spreadsheet would take a text for a formula.
pub(crate) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    format!("{:#}", M3(number))
}

/// A part of a whole in percent; see [`crate::units::percent`].
pub(crate) fn percent(part: M3, whole: M3) -> String {
    crate::units::percent(part.get(), whole.get())
}

/// A fraction of demand in percent, exactly.
pub(crate) fn share(share: Decimal) -> String {
    // A hundred times an exact decimal: shift the point by two places.
    let text = share.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (two, rest) = decimals.split_at(decimals.len().min(2));
    let whole = format!("{whole}{two:0<2}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    if rest.is_empty() { format!("{whole} %") } else { format!("{whole}.{rest} %") }
}

/// A label cut to a width in columns, the cut marked.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + 3 > most {
            break;
        }
        short.push(c);
    }
    short.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_say_so() {
        assert_eq!(shortened("residential heating and hot water", 20), "residential heatin…");
        assert_eq!(shortened("城东集中供热站", 14), "城东集中供热站");
    }

    #[test]
    fn volumes_keep_every_cubic_metre() {
        assert_eq!(volume(M3(20_123_456), Lang::En), "20,123,456");
        assert_eq!(volume(M3(20_123_456), Lang::Zh), "2,012.3456");
        assert_eq!(volume(M3(7), Lang::Zh), "0.0007");
        assert_eq!(volume(M3(0), Lang::En), "0");
        assert_eq!(volume_milli(Milli(1_234_500), Lang::En), "1,234.500");
        assert_eq!(volume_milli(Milli(12_345_678), Lang::Zh), "1.2345678");
        assert_eq!(volume_milli(Milli(50_000_000), Lang::Zh), "5.0000");
    }

    #[test]
    fn percentages_never_pretend_to_be_the_end_of_a_band() {
        assert_eq!(percent(M3(200), M3(1000)), "20.00 %");
        assert_eq!(percent(M3(2_000_001), M3(10_000_000)), ">20.00 %");
        assert_eq!(percent(M3(1_999_999), M3(10_000_000)), "<20.00 %");
        assert_eq!(percent(M3(1), M3(3)), "33.33 %");
        assert_eq!(percent(M3(2), M3(3)), "66.67 %");
        assert_eq!(percent(M3(1), M3(1_000_000)), ">0.00 %");
        assert_eq!(percent(M3(0), M3(0)), "-");
    }

    #[test]
    fn shares_are_written_exactly() {
        for (decimal, text) in
            [("0.05", "5 %"), ("0.3", "30 %"), ("0.125", "12.5 %"), ("1", "100 %"), ("0", "0 %"), ("0.001", "0.1 %")]
        {
            assert_eq!(decimal.parse().map(share), Ok(text.to_owned()));
        }
    }
}
