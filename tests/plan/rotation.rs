//! 二(二)4 處置措施: nine blocks by turns.

use crate::check;

/// Four blocks with homes of 15,000 each; works of 40,000 in the last.
fn four_blocks(supply: u64) -> String {
    format!(
        "
    block A
    block B
    block C
    block D
    use a A residential 15_000
    use b B residential 15_000
    use c C residential 15_000
    use d D residential 15_000
    use works D industry 40_000
    source s {supply}"
    )
}

#[test]
fn a_block_more_with_each_5_percent() {
    let rows = [
        ("二(二)4 在缺口超過20%時: 20.001 %", 79_999, "A", 1),
        ("二(二)4 缺口每增加5%: 24.999 %", 75_001, "A", 1),
        ("二(二)4 缺口每增加5%: 25 %", 75_000, "A B", 2),
        ("二(二)4 缺口每增加5%: 25.001 %", 74_999, "A B", 2),
        ("二(二)4 缺口每增加5%: 29.999 %", 70_001, "A B", 2),
        ("二(二)4 缺口每增加5%: 30 %", 70_000, "A B C", 3),
        ("二(二)4 缺口每增加5%: 30.001 %", 69_999, "A B C", 3),
        ("二(二)4 缺口每增加5%: 34.999 %", 65_001, "A B C", 3),
        ("二(二)4 缺口每增加5%: 35 %", 65_000, "A B C D", 4),
        ("二(二)4: 39.999 %, at most the blocks there are", 60_001, "A B C D", 4),
    ];
    for (clause, supply, blocks, k) in rows {
        let (rotating, works) = (15_000 * k, supply - 60_000);
        let firm = 60_000 - rotating;
        let firm = if firm == 0 { String::new() } else { format!("firm tier 1: {firm} of {firm}") };
        let says = format!(
            "I balanced, {supply} of 100_000
            {firm}
            authorised rotate-blocks: {rotating} of {rotating} // may be cut, need not be
            authorised stop-industry-commerce: {works} of 40_000
            rotation {k}: {blocks}
            works: {works} of 40_000"
        );
        check(clause, &four_blocks(supply), &says);
    }
}

cases! {
    // 40 % short: five blocks by the formula, four there are. 1 m3 more than the works have: 60,000 homes share
    // 59,999: 14,999.75 each, so three get the one more, in row order.
    formula_above_the_number_of_blocks, "section 4: at most the number of blocks that have demand that day",
    four_blocks(59_999),
    "I balanced, 59_999 of 100_000
    authorised rotate-blocks: 59_999 of 60_000
    authorised stop-industry-commerce: 0 of 40_000
    rotation 4: A B C D
    d: 14_999 of 15_000
    works: 0 of 40_000";

    // 30 % short: works 250, then 50 of block B's 250 alone.
    least_burden_first_then_row_order, "section 4: the least burden so far this season; ties go to the row order",
    "
    block A burden=1
    block C burden=0.5
    block B burden=0.5
    block D burden=0.501
    use a A residential 150
    use b B residential 400
    use c C residential 100
    use d D residential 100
    use works A industry 250
    source s 790
    ",
    "I balanced, 790 of 1000
    firm tier 1: 650 of 650
    authorised rotate-blocks: 100 of 100
    authorised stop-industry-commerce: 40 of 250
    rotation 1: C
    works: 40 of 250";

    blocks_are_listed_in_the_order_of_their_turn, "section 4: which blocks",
    "
    block A burden=1
    block C burden=0.5
    block B burden=0.5
    block D burden=0.499
    use a A residential 150
    use b B residential 400
    use c C residential 100
    use d D residential 100
    use works A industry 250
    source s 700
    ",
    "I balanced, 700 of 1000
    firm tier 1: 150 of 150
    authorised rotate-blocks: 550 of 600 // D 91.67, C 91.67, B 366.67: two more, to C and B
    authorised stop-industry-commerce: 0 of 250
    rotation 3: D C B
    b: 367 of 400
    c: 92 of 100
    d: 91 of 100
    works: 0 of 250";

    // Z has nobody, Y has nobody who wants gas today: neither has a turn, and k = 7 is at most 2.
    blocks_without_demand_have_no_turn, "section 4: those with demand",
    "
    block Z
    block Y
    block A
    block B
    use shut Y industry 0
    use a A residential 500
    use b B residential 500
    source s 500
    ",
    "I balanced, 500 of 1000
    authorised rotate-blocks: 500 of 1000
    rotation 2: A B
    a: 250 of 500
    b: 250 of 500";

    // 210 short. Block A gives 100: 110 of firm gas would be lost. With B there is enough: A and B share 290 of 500.
    more_blocks_until_balance, "二(二)4 直至達到供需相對平衡",
    "
    block A
    block B
    block C
    use a A residential 100
    use b B residential 400
    use c C residential 500
    source s 790
    ",
    "I balanced, 790 of 1000
    firm tier 1: 500 of 500
    authorised rotate-blocks: 290 of 500
    rotation 1 extended: A B
    a: 58 of 100
    b: 232 of 400";

    // Block A just suffices: works 110 and homes 100.
    no_more_blocks_than_balance_needs, "二(二)4 直至達到供需相對平衡",
    "
    block A
    block B
    use a A residential 100
    use b B residential 790
    use works B industry 110
    source s 790
    ",
    "I balanced, 790 of 1000
    firm tier 1: 790 of 790
    authorised rotate-blocks: 0 of 100
    authorised stop-industry-commerce: 0 of 110
    rotation 1: A
    a: 0 of 100
    works: 0 of 110";

    one_m3_more_takes_another_block, "二(二)4 直至達到供需相對平衡",
    "
    block A
    block B
    use a A residential 100
    use b B residential 790
    use works B industry 110
    source s 789
    ",
    "I balanced, 789 of 1000
    authorised rotate-blocks: 789 of 890 // 100 x 789/890 = 88.65, 790 x 789/890 = 700.35
    authorised stop-industry-commerce: 0 of 110
    rotation 1 extended: A B
    a: 89 of 100
    b: 700 of 790
    works: 0 of 110";

    // Firm gas is 500 + 900; no block adds to what may be cut.
    no_block_helps_so_none_is_added, "section 4: the smallest k' with the least loss",
    "
    block A
    block B
    use works A industry 1000 floor=900
    use clinic B hospital 500
    source s 1190
    ",
    "I beyond_authority, 1190 of 1500
    firm tier 1: 500 of 500
    firm tier 3: 690 of 900
    authorised stop-industry-commerce: 0 of 100
    rotation 1: A
    works: 690 of 1000";

    // Loss of firm gas: 110 with A, 10 with A and B, 10 with all three.
    only_blocks_that_help_are_added, "section 4: the smallest k' with the least loss",
    "
    block A
    block B
    block C
    use a A residential 100
    use b B residential 100
    use clinic C hospital 800
    source s 790
    ",
    "I beyond_authority, 790 of 1000
    firm tier 1: 790 of 800
    authorised rotate-blocks: 0 of 200
    rotation 1 extended: A B
    a: 0 of 100
    b: 0 of 100
    clinic: 790 of 800";

    // The shop is protected from rotation, not from the first sentence of all levels.
    hospitals_and_the_like_and_the_protected_are_spared, "二(二)4 盡力保障對醫院、養老院、幼兒園的供氣",
    "
    block A
    use clinic A hospital 200
    use nursery A kindergarten 100
    use elders A nursing_home 100
    use orphans A welfare_home 100
    use special A school 100 protected
    use shop A commercial 100 protected
    use home A residential 300
    source s 750
    ",
    "I balanced, 750 of 1000
    firm tier 1: 600 of 600
    authorised rotate-blocks: 150 of 300
    authorised stop-industry-commerce: 0 of 100
    rotation 1: A
    shop: 0 of 100
    home: 150 of 300";

    // The protected half of the boiler is firm; the limit holds for it as for all.
    protected_boilers_are_limited_but_do_not_rotate, "二(二)4 盡力保障",
    "
    block A
    use clinic A hospital 500
    use boiler A boiler_community 500 protected
    source s 780
    ",
    "I balanced, 780 of 1000
    firm tier 1: 500 of 500
    firm tier 5: 250 of 250
    authorised limit-community-boilers: 30 of 250
    rotation 1: A
    boiler: 280 of 500";

    spared_until_gas_for_firm_slices_runs_out, "section 3: the exemption is absolute until gas for firm slices runs out",
    "
    block A
    use clinic A hospital 900
    use home A residential 100
    source s 780
    ",
    "I beyond_authority, 780 of 1000
    firm tier 1: 780 of 900
    authorised rotate-blocks: 0 of 100
    rotation 1: A
    clinic: 780 of 900
    home: 0 of 100";

    // Tier 4 before tier 1 whatever the backup; in tier 1 the school with a backup before the homes.
    in_a_block_homes_lose_last, "section 2: firm order first and backup second",
    "
    block A
    use school A school 200 backup
    use home A residential 200
    use arms A military 200
    use works A industry 400
    source s 350
    ",
    "I balanced, 350 of 1000
    authorised rotate-blocks: 200 of 200
    authorised rotate-blocks: 150 of 200
    authorised rotate-blocks: 0 of 200
    authorised stop-industry-commerce: 0 of 400
    rotation 1: A
    school: 150 of 200
    arms: 0 of 200
    works: 0 of 400";

    rotation_stops_at_the_floor, "section 3: rotate-blocks goes down to the floor",
    "
    block A
    use home A residential 500 floor=450
    use works A industry 500
    source s 460
    ",
    "I balanced, 460 of 1000
    firm tier 1: 450 of 450
    authorised rotate-blocks: 10 of 50
    authorised stop-industry-commerce: 0 of 500
    rotation 1: A
    home: 460 of 500
    works: 0 of 500";

    rotation_and_a_floor_that_cannot_be_kept, "section 3: rotate-blocks goes down to the floor",
    "
    block A
    use home A residential 500 floor=450
    use works A industry 500
    source s 449
    ",
    "I beyond_authority, 449 of 1000
    firm tier 1: 449 of 450
    authorised rotate-blocks: 0 of 50
    authorised stop-industry-commerce: 0 of 500
    rotation 1: A
    home: 449 of 500
    works: 0 of 500";

    boiler_in_a_block_half_at_its_limit_half_in_the_block, "section 3: slices stand at the first measure that reaches them",
    "
    block A
    use clinic A hospital 1000
    use boiler A boiler_community 1000
    source s 1200
    ",
    "I balanced, 1200 of 2000
    firm tier 1: 1000 of 1000
    authorised rotate-blocks: 200 of 500
    authorised limit-community-boilers: 0 of 500
    rotation 1: A
    boiler: 200 of 1000";

    // Limit: 1,000 - max(300, 500); block: the next 200, down to 300.
    boiler_in_a_block_with_a_floor, "section 3: slices stand at the first measure that reaches them",
    "
    block A
    use clinic A hospital 1000
    use plant A boiler_central 1000 floor=300
    source s 1400
    ",
    "I balanced, 1400 of 2000
    firm tier 1: 1000 of 1000
    firm tier 5: 300 of 300
    authorised rotate-blocks: 100 of 200
    authorised limit-large-central: 0 of 500
    rotation 1: A
    plant: 400 of 1000";

    // Stop: min(700, 600) = 600, all above the floor: nothing is left for limit and block. 1,400 served of 1,500.
    boiler_in_a_block_that_the_stop_takes_to_its_floor, "section 3: a stop that takes more than the limit",
    "
    block A
    use clinic A hospital 1000
    use boiler A boiler_community 1000 t=5 floor=400 evening=0.7
    source s 1500
    ",
    "I balanced, 1500 of 2000
    firm tier 1: 1000 of 1000
    firm tier 5: 400 of 400
    withheld peak-stop: 0 of 600
    rotation 1: A
    unused 100
    boiler: 400 of 1000";

    // Stop 600 is over the limit's 500 but not over the block's 700: the block authorises 100.
    boiler_in_a_block_that_the_stop_takes_over_its_limit, "section 3: a stop that takes more than the limit",
    "
    block A
    use clinic A hospital 1000
    use boiler A boiler_community 1000 t=5 floor=300 evening=0.6
    source s 1350
    ",
    "I balanced, 1350 of 2000
    firm tier 1: 1000 of 1000
    firm tier 5: 300 of 300
    authorised rotate-blocks: 50 of 100
    withheld peak-stop: 0 of 600
    rotation 1: A
    boiler: 350 of 1000";

    // Block B rotates; in block A half of the boiler stays firm. The limits of both share 100 of 1,000.
    boilers_outside_the_block_keep_their_half, "二(二)4 分片區停氣",
    "
    block A burden=1
    block B
    use clinic A hospital 2000
    use boiler-a A boiler_community 1000
    use boiler-b B boiler_community 1000
    source s 3100
    ",
    "I balanced, 3100 of 4000
    firm tier 1: 2000 of 2000
    firm tier 5: 500 of 500
    authorised rotate-blocks: 500 of 500
    authorised limit-community-boilers: 100 of 1000
    rotation 1: B
    boiler-a: 550 of 1000
    boiler-b: 550 of 1000";
}
