//! 二(二)1-4 預警特徵: which level answers which shortfall.

use crate::check;

/// Homes 60,000 and works 40,000 in one block: up to level II the works give all that is short.
fn day(supply: u64) -> String {
    format!("\nblock A\nuse home A residential 60_000\nuse works A industry 40_000\nsource s {supply}")
}

/// Below level I homes are firm; at level I they are in the only block, and may be cut, but need not be.
fn says(level: &str, supply: u64) -> String {
    let (homes, rotation) =
        if level == "I" { ("authorised rotate-blocks", "rotation 1: A") } else { ("firm tier 1", "") };
    let works = supply - 60_000;
    format!(
        "{level} balanced, {supply} of 100_000
        {homes}: 60_000 of 60_000
        authorised stop-industry-commerce: {works} of 40_000
        {rotation}
        works: {works} of 40_000"
    )
}

#[test]
fn every_boundary_at_just_under_and_just_over() {
    let rows = [
        ("二(二)1 缺口小於5%", 99_999, "IV"),
        ("二(二)1 缺口小於5%: 4.999 %", 95_001, "IV"),
        ("二(二)2 缺口為5%—10%: 5 %", 95_000, "III"),
        ("二(二)2 缺口為5%—10%: 5.001 %", 94_999, "III"),
        ("二(二)2 缺口為5%—10%: 9.999 %", 90_001, "III"),
        ("二(二)3 缺口為10%—20%: 10 %, the graver level", 90_000, "II"),
        ("二(二)3 缺口為10%—20%: 10.001 %", 89_999, "II"),
        ("二(二)3 缺口為10%—20%: 19.999 %", 80_001, "II"),
        ("二(二)3 缺口為10%—20%: 20 % is not over 20 %", 80_000, "II"),
        ("二(二)4 缺口超過20%: 20.001 %", 79_999, "I"),
    ];
    for (clause, supply, level) in rows {
        check(clause, &day(supply), &says(level, supply));
    }
}

cases! {
    no_shortage, "二(二): nothing is short, so nothing may be cut",
    day(100_000),
    "none no_shortage, 100_000 of 100_000
    firm tier 1: 60_000 of 60_000
    firm tier 5: 40_000 of 40_000";

    more_than_enough, "section 1: A is never above D",
    day(120_000),
    "none no_shortage, 100_000 of 100_000
    firm tier 1: 60_000 of 60_000
    firm tier 5: 40_000 of 40_000";

    // 4,999 / 99,999 is 4.99905 %; 5,000 / 99,999 is 5.00005 %, although 5 % of 99,999 is 4,999.95.
    five_percent_of_an_odd_demand_just_under, "section 1: the level comes from the whole numbers D and A",
    "
    block A
    use home A residential 59_999
    use works A industry 40_000
    source s 95_000
    ",
    "IV balanced, 95_000 of 99_999
    firm tier 1: 59_999 of 59_999
    authorised stop-industry-commerce: 35_001 of 40_000
    works: 35_001 of 40_000";

    five_percent_of_an_odd_demand_just_over, "section 1: the level comes from the whole numbers D and A",
    "
    block A
    use home A residential 59_999
    use works A industry 40_000
    source s 94_999
    ",
    "III balanced, 94_999 of 99_999
    firm tier 1: 59_999 of 59_999
    authorised stop-industry-commerce: 35_000 of 40_000
    works: 35_000 of 40_000";

    // 100 % short: k = 1 + floor(80 / 5) = 17, at most the one block. No floors, so all may be cut.
    no_gas_at_all, "二(二)4 缺口超過20%: 100 %",
    day(0),
    "I balanced, 0 of 100_000
    authorised rotate-blocks: 0 of 60_000
    authorised stop-industry-commerce: 0 of 40_000
    rotation 1: A
    home: 0 of 60_000
    works: 0 of 40_000";
}
