//! Cells as people write them: numbers, dates, truths and words, exactly or not at all.

use crate::city::read::headings::narrow;
use crate::city::{Backup, Contract, DayBasis, DayKind};
use crate::units::{Celsius, Date, Decimal, M3, Moment, NotADecimal};

/// Why a cell cannot be what its column wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing in it.
    Empty,
    /// No number.
    NotANumber,
    /// Below zero.
    Negative,
    /// Not whole.
    Fraction,
    /// `6.1E+17`.
    Scientific,
    /// Above [`M3::MOST`].
    TooLarge,
    /// More digits than are kept.
    TooManyDecimals,
}

/// A whole number of the column's unit times `10^power`, at most 10^12.
pub(crate) fn whole(text: &str, power: i8) -> Result<u64, Fault> {
    // Nearly every cell of a large table is this.
    if power == 0 && (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(text.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0')));
    }
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let number = decimal(text, power)?;
    let unit = Decimal::ONE.atto();
    if !number.atto().is_multiple_of(unit) {
        return Err(Fault::Fraction);
    }
    u64::try_from(number.atto() / unit).ok().filter(|n| *n <= M3::MOST.0).ok_or(Fault::TooLarge)
}

/// An exact decimal of the column's unit times `10^power`.
pub(super) fn decimal(text: &str, power: i8) -> Result<Decimal, Fault> {
    let text = narrow(text);
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    let text = ungrouped(&text).ok_or(Fault::NotANumber)?;
    let text = shifted(&text, power).ok_or(Fault::NotANumber)?;
    text.parse::<Decimal>().map_err(|fault| match fault {
        NotADecimal::Negative => Fault::Negative,
        NotADecimal::Malformed if is_scientific(&text) => Fault::Scientific,
        NotADecimal::Malformed => Fault::NotANumber,
        NotADecimal::TooLong => too_long(&text),
    })
}

fn too_long(text: &str) -> Fault {
    let whole = text.trim_start_matches(['+', '0']).split('.').next().unwrap_or_default();
    match text.starts_with('-') {
        true => Fault::Negative,
        false if whole.len() > 12 => Fault::TooLarge,
        false => Fault::TooManyDecimals,
    }
}

/// Whether it is what a spreadsheet makes of a long number.
pub(super) fn is_scientific(text: &str) -> bool {
    let narrow = narrow(text);
    let Some((mantissa, exponent)) = narrow.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(&mantissa.trim_start_matches(['-', '+']).replacen('.', "", 1)) && digits(exponent.trim_start_matches(['-', '+']))
        && exponent.len() < 5
        // "12E45" without a point or a sign may well be an id.
        && (mantissa.contains('.') || exponent.starts_with(['+', '-']))
}

/// The number without its thousands' separators; `None` if they stand in wrong places.
fn ungrouped(text: &str) -> Option<std::borrow::Cow<'_, str>> {
    if !text.contains(',') {
        return Some(text.into());
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    let grouped = first && groups.all(|g| g.len() == 3) && !decimals.contains(',');
    grouped.then(|| text.replace(',', "").into())
}

/// The number with its point moved `power` digits to the right; anything that is no plain number stays as it is.
fn shifted(text: &str, power: i8) -> Option<String> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let unsigned = text.trim_start_matches(['-', '+']);
    if power == 0 || !plain(unsigned) || !unsigned.bytes().any(|b| b.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let sign = text.get(..text.len() - unsigned.len())?;
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if decimals.contains('.') {
        return None;
    }
    let by = usize::from(power.unsigned_abs());
    if power > 0 {
        let padded = format!("{decimals:0<by$}");
        let (moved, rest) = padded.split_at_checked(by)?;
        Some(format!("{sign}{whole}{moved}.{rest}"))
    } else {
        let width = by + 1;
        let padded = format!("{whole:0>width$}");
        let (rest, moved) = padded.split_at_checked(padded.len() - by)?;
        Some(format!("{sign}{rest}.{moved}{decimals}"))
    }
}

/// `2026-01-07`, `2026/1/7`, `2026.1.7`, `2026年1月7日`, `20260107`, with or without a midnight behind it.
pub(crate) fn date(text: &str) -> Option<Date> {
    let text = narrow(text);
    let midnight = |time: &str| !time.is_empty() && time.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    let text = text.split_once(['T', ' ']).filter(|(_, time)| midnight(time)).map_or(&*text, |(date, _)| date);
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return from_parts(&[text.get(..4)?, text.get(4..6)?, text.get(6..)?]);
    }
    let text = text.strip_suffix('日').or_else(|| text.strip_suffix('号')).unwrap_or(text);
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).map(str::trim).collect();
    from_parts(&parts)
}

/// A date and a time of day, `2026-01-07 16:00` with or without seconds; a date alone is its first minute, so that a forecast never
/// passes for younger than it is.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = narrow(text);
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((&text, "00:00"));
    let parts: Vec<&str> = time.trim().split(':').collect();
    let (hour, minute) = match parts.as_slice() {
        [hour, minute] => (hour, minute),
        [hour, minute, second] if two_digits(second) => (hour, minute),
        _ => return None,
    };
    let plain = two_digits(minute) && (1..=2).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = (hour.parse().ok().filter(|_| plain)?, minute.parse().ok()?);
    Moment::new(date(day)?, hour, minute)
}

fn two_digits(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A temperature in degrees Celsius, with its sign or without.
pub(super) fn temperature(text: &str) -> Option<Celsius> {
    let text = narrow(text);
    text.trim_end_matches(['℃', 'C', 'c']).trim_end_matches('°').trim_end().parse().ok()
}

fn from_parts(parts: &[&str]) -> Option<Date> {
    let [year, month, day] = parts else { return None };
    let short = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let whole = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && short(month) && short(day);
    let date = whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok());
    date.flatten()
}

/// True or false, in either language.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match narrow(text).to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "是" | "真" | "√" => Some(true),
        "false" | "no" | "n" | "0" | "否" | "假" | "不是" | "×" => Some(false),
        _ => None,
    }
}

/// A backup fuel, in either language; nothing is none.
pub(super) fn backup(text: &str) -> Option<Backup> {
    // A million cells say one of these.
    if text.is_empty() || text == "none" {
        return Some(Backup::None);
    }
    match narrow(text).to_lowercase().as_str() {
        "" | "none" | "no" | "无" | "没有" | "-" => Some(Backup::None),
        "coal" | "煤" | "煤炭" | "燃煤" => Some(Backup::Coal),
        "oil" | "油" | "燃油" | "柴油" | "重油" => Some(Backup::Oil),
        "electric" | "electricity" | "电" | "电力" | "电能" => Some(Backup::Electric),
        "other" | "其他" | "其它" => Some(Backup::Other),
        _ => None,
    }
}

/// The backup words, for a message.
pub(super) const BACKUPS: &str = "none (无), coal (煤), oil (油), electric (电), other (其他)";

/// A kind of contract, in either language; nothing is firm.
pub(super) fn contract(text: &str) -> Option<Contract> {
    if text.is_empty() || text == "firm" {
        return Some(Contract::Firm);
    }
    match narrow(text).to_lowercase().replace(['-', ' '], "_").as_str() {
        "" | "firm" | "不可中断" | "固定" | "保证" | "常规" => Some(Contract::Firm),
        "interruptible" | "可中断" => Some(Contract::Interruptible),
        "peak_shaving" | "调峰" => Some(Contract::PeakShaving),
        _ => None,
    }
}

/// The contract words, for a message.
pub(super) const CONTRACTS: &str = "firm (不可中断), interruptible (可中断), peak_shaving (调峰)";

/// Whether a day is free or worked, in either language. 调休 alone may mean either and is refused.
pub(super) fn day_kind(text: &str) -> Option<DayKind> {
    match narrow(text).to_lowercase().as_str() {
        "holiday" | "off" | "放假" | "休" | "休息" | "节假日" | "假日" => Some(DayKind::Holiday),
        "workday" | "work" | "上班" | "班" | "调休上班" | "补班" | "工作日" => Some(DayKind::Workday),
        _ => None,
    }
}

/// The words for days, for a message.
pub(super) const DAY_KINDS: &str = "holiday (放假), workday (上班)";

/// How a day is known, in either language; nothing is published.
pub(super) fn day_basis(text: &str) -> Option<DayBasis> {
    match narrow(text).to_lowercase().as_str() {
        "" | "published" | "公布" | "已公布" | "正式公布" => Some(DayBasis::Published),
        "assumed" | "假定" | "推定" | "预计" | "未公布" => Some(DayBasis::Assumed),
        _ => None,
    }
}

/// The words for how a day is known, for a message.
pub(super) const DAY_BASES: &str = "published (公布), assumed (假定)";

/// Whether a row's first word says that it is the sum of the others.
pub(super) fn is_total(text: &str) -> bool {
    let text = narrow(text).to_lowercase();
    let text: String = text.trim_end_matches([':', '：']).split(' ').collect();
    matches!(text.as_str(), "合计" | "总计" | "小计" | "总和" | "total" | "totals" | "sum" | "subtotal" | "grandtotal")
}

/// What a spreadsheet shows instead of a value.
pub(super) fn is_error(text: &str) -> bool {
    matches!(text, "#REF!" | "#N/A" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!")
        || (text.starts_with("####") && text.bytes().all(|b| b == b'#'))
}

/// The text without the apostrophe that kept a spreadsheet from taking it for a formula.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_refused() {
        for (text, power, number) in [
            ("0", 0, 0),
            ("007", 0, 7),
            ("12,500", 0, 12_500),
            ("1,234,567.00", 0, 1_234_567),
            ("１２３", 0, 123),
            ("1.2345", 4, 12_345),
            (".5", 4, 5_000),
            ("3", 4, 30_000),
            ("5000", -2, 50),
            ("1000000000000", 0, 1_000_000_000_000),
            ("-0", 0, 0),
        ] {
            assert_eq!(whole(text, power), Ok(number), "{text}");
        }
        for (text, power, fault) in [
            ("", 0, Fault::Empty),
            ("\u{3000}", 0, Fault::Empty),
            ("-1", 4, Fault::Negative),
            ("1.23456", 4, Fault::Fraction),
            ("5", -2, Fault::Fraction),
            ("1000000000001", 0, Fault::TooLarge),
            ("99999999999999999999", 8, Fault::TooLarge),
            ("6.1E+5", 0, Fault::Scientific),
            ("NaN", 0, Fault::NotANumber),
            ("-inf", 0, Fault::NotANumber),
            ("1,23", 0, Fault::NotANumber),
            ("12,34,567", 0, Fault::NotANumber),
            (",123", 0, Fault::NotANumber),
            ("1.2.3", 4, Fault::NotANumber),
            ("--1", 4, Fault::NotANumber),
            ("0x10", 0, Fault::NotANumber),
            ("五", 0, Fault::NotANumber),
        ] {
            assert_eq!(whole(text, power), Err(fault), "{text}");
        }
        assert_eq!(decimal("0.0000000000000000001", 0), Err(Fault::TooManyDecimals));
    }

    #[test]
    fn moments_and_temperatures_are_read_as_people_write_them() {
        for (text, read) in [
            ("2026-01-07 16:00", Some("2026-01-07 16:00")),
            ("2026/1/7 8:05:00", Some("2026-01-07 08:05")),
            ("2026-01-07T16:00", Some("2026-01-07 16:00")),
            ("2026年1月7日 16:00", Some("2026-01-07 16:00")),
            ("2026-01-07", Some("2026-01-07 00:00")),
            ("2026-01-07 25:00", None),
            ("2026-01-07 8", None),
            ("16:00", None),
        ] {
            assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), read, "{text}");
        }
        for (text, read) in
            [("-3.4", Some("-3.4")), ("−3.40℃", Some("-3.4")), ("２ °C", Some("2")), ("-3.456", None), ("cold", None)]
        {
            assert_eq!(temperature(text).map(|read| read.to_string()).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn ids_that_only_look_scientific_are_ids() {
        assert!(is_scientific("6.10E+17") && is_scientific("6E+17") && is_scientific("1.5e10"));
        assert!(
            !is_scientific("12E45") && !is_scientific("E12") && !is_scientific("1.2.3E+4") && !is_scientific("7EAST")
        );
    }

    #[test]
    fn dates_must_exist() {
        let day = Date::new(2026, 1, 7).ok();
        assert_eq!((date("2026-01-07"), date("2026/1/7 0:00"), date("2026年1月7日")), (day, day, day));
        for text in ["", "2026-02-30", "2026/1/7 08:00", "26/1/7", "46029", "2026-1", "1-7-2026", "2026--7"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
