//! Public holidays and make-up workdays: 2025 and 2026 as the State Council's General Office published them, 2027 as the law
//! alone has it.
//!
//! Written out, not computed: what a notice says is data. `tests/example_xian.rs` checks weekdays, runs and counts.

use std::fmt::Write;

/// The notice of 12 November 2024.
const NOTICE_2025: &str = "国办发明电〔2024〕12号";
/// The notice of 4 November 2025.
const NOTICE_2026: &str = "国办发明电〔2025〕7号";
/// The law alone, which knows no make-up workdays: it names the festival days, and moves those of a weekend to the next
/// weekdays. The notice for 2027 will join days to it, and have others worked for them.
const LAW: &str = "《全国年节及纪念日放假办法》（2024年修订）；2027年安排尚未公布";

/// Name, first and last day that are free (month and day), and the weekend days that are worked for them.
type Holiday = (&'static str, (u8, u8), (u8, u8), &'static [(u8, u8)]);

/// Each year with its source, whether that was published, and its holidays.
pub const YEARS: [(u16, &str, bool, &[Holiday]); 3] = [
    (
        2025,
        NOTICE_2025,
        true,
        &[
            ("元旦", (1, 1), (1, 1), &[]),
            ("春节", (1, 28), (2, 4), &[(1, 26), (2, 8)]),
            ("清明节", (4, 4), (4, 6), &[]),
            ("劳动节", (5, 1), (5, 5), &[(4, 27)]),
            ("端午节", (5, 31), (6, 2), &[]),
            ("国庆节、中秋节", (10, 1), (10, 8), &[(9, 28), (10, 11)]),
        ],
    ),
    (
        2026,
        NOTICE_2026,
        true,
        &[
            ("元旦", (1, 1), (1, 3), &[(1, 4)]),
            ("春节", (2, 15), (2, 23), &[(2, 14), (2, 28)]),
            ("清明节", (4, 4), (4, 6), &[]),
            ("劳动节", (5, 1), (5, 5), &[(5, 9)]),
            ("端午节", (6, 19), (6, 21), &[]),
            ("中秋节", (9, 25), (9, 27), &[]),
            ("国庆节", (10, 1), (10, 7), &[(9, 20), (10, 10)]),
        ],
    ),
    (
        2027,
        LAW,
        false,
        &[
            ("元旦", (1, 1), (1, 1), &[]),
            // New Year's Eve to the third day; the 6th and 7th are a weekend.
            ("春节", (2, 5), (2, 10), &[]),
            ("清明节", (4, 5), (4, 5), &[]),
            // The 1st and 2nd are a weekend.
            ("劳动节", (5, 1), (5, 4), &[]),
            ("端午节", (6, 9), (6, 9), &[]),
            ("中秋节", (9, 15), (9, 15), &[]),
            // The 2nd and 3rd are a weekend.
            ("国庆节", (10, 1), (10, 5), &[]),
        ],
    ),
];

/// The text of `holidays.csv`, by date.
pub fn csv() -> String {
    let mut text = String::from("date,name,kind,basis,source\n");
    for (year, source, published, holidays) in YEARS {
        let basis = if published { "published" } else { "assumed" };
        let mut days: Vec<((u8, u8), &str, &str)> = Vec::new();
        for (name, first, last, worked) in holidays {
            let mut day = *first;
            loop {
                days.push((day, name, "holiday"));
                if day == *last {
                    break;
                }
                day = next(day);
            }
            days.extend(worked.iter().map(|day| (*day, *name, "workday")));
        }
        days.sort_unstable();
        for ((month, day), name, kind) in days {
            let _ = writeln!(text, "{year}-{month:02}-{day:02},{name},{kind},{basis},{source}");
        }
    }
    text
}

/// The day after, as far as a holiday may run: from none of the three years' Februaries into March.
const fn next((month, day): (u8, u8)) -> (u8, u8) {
    match (month, day) {
        (1 | 5, 31) => (month + 1, 1),
        _ => (month, day + 1),
    }
}
