//! 一(五) 保供次序: who keeps gas longest when even firm gas is short; who in a measure loses first; who shares a rest.

cases! {
    // 160 short, 100 may be cut (50 of CHP, 50 of the works): the other 60 come from the worst firm tier, furnace gas.
    safety_load_of_chp_before_furnace_gas, "一(五)2-3 安全負荷用氣",
    "
    block A
    use home A residential 500
    use heat A chp 200 floor=150
    use works A industry 300 floor=250
    source s 840
    ",
    "II beyond_authority, 840 of 1000
    firm tier 1: 500 of 500
    firm tier 2: 150 of 150
    firm tier 3: 190 of 250
    authorised reduce-chp: 0 of 50
    authorised stop-industry-commerce: 0 of 50
    escalate I
    heat: 150 of 200
    works: 190 of 300";

    furnace_gas_before_national_projects_and_military, "一(五)3-4 國家重點工程、軍工企業用氣",
    "
    block A
    use home A residential 500
    use arms A military 150
    use dam A national_project 150
    use works A industry 200 floor=200
    source s 840
    ",
    "II beyond_authority, 840 of 1000
    firm tier 1: 500 of 500
    firm tier 3: 200 of 200
    firm tier 4: 140 of 300
    escalate I
    arms: 70 of 150
    dam: 70 of 150";

    vehicles_of_the_public_are_tier_2_and_freight_is_commerce, "一(五)2 載客汽車、環衛車",
    "
    block A
    use home A bus 500
    use coach A passenger_vehicle 200
    use sweeper A sanitation_vehicle 200
    use truck A freight_vehicle 100
    source s 880
    ",
    "II beyond_authority, 880 of 1000
    firm tier 1: 500 of 500
    firm tier 2: 380 of 400
    authorised stop-industry-commerce: 0 of 100
    escalate I
    coach: 190 of 200
    sweeper: 190 of 200
    truck: 0 of 100";

    // 4 % short and no industry: the five ranks of tier 5 lose from the last. Levels III and II reach 15 + 4 + 4 and
    // 15 + 7 + 7, less than the 40 that are short.
    boilers_central_then_community_then_public_service, "section 2: the ranks of tier 5",
    "
    block A
    use home A residential 955
    use plant A boiler_central 15
    use boiler A boiler_community 15
    use office A boiler_public_service 15
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 955 of 955
    firm tier 5: 5 of 15
    firm tier 5: 0 of 15
    firm tier 5: 0 of 15
    escalate I
    plant: 5 of 15
    boiler: 0 of 15
    office: 0 of 15";

    // Level III lets 20 + 24 be cut, enough for 40.
    escalation_to_iii, "section 7: escalate_to",
    "
    block A
    use home A residential 900
    use plant A boiler_central 80
    use works A industry 20
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 900 of 900
    firm tier 5: 60 of 80
    authorised stop-industry-commerce: 0 of 20
    escalate III
    plant: 60 of 80
    works: 0 of 20";

    escalation_to_iii_when_it_is_just_enough, "section 7: escalate_to",
    "
    block A
    use home A residential 900
    use plant A boiler_central 80
    use works A industry 20
    source s 956
    ",
    "IV beyond_authority, 956 of 1000
    firm tier 1: 900 of 900
    firm tier 5: 56 of 80
    authorised stop-industry-commerce: 0 of 20
    escalate III
    plant: 56 of 80
    works: 0 of 20";

    // 45 short: level III falls one short, level II lets 20 + 40 be cut.
    escalation_to_ii, "section 7: escalate_to",
    "
    block A
    use home A residential 900
    use plant A boiler_central 80
    use works A industry 20
    source s 955
    ",
    "IV beyond_authority, 955 of 1000
    firm tier 1: 900 of 900
    firm tier 5: 55 of 80
    authorised stop-industry-commerce: 0 of 20
    escalate II
    plant: 55 of 80
    works: 0 of 20";

    no_level_would_do, "section 7: escalate_to is null where no level suffices",
    "
    block A
    use clinic A hospital 990
    use works A industry 10
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 960 of 990
    authorised stop-industry-commerce: 0 of 10
    clinic: 960 of 990
    works: 0 of 10";

    // Level I by the formula rotates block A alone, 10 m3; that block B would do as well is not asked.
    escalation_takes_k_of_the_formula, "section 7: for a level with rotation, k of section 4",
    "
    block A
    block B
    use home-a A residential 10
    use home-b B residential 980
    use works A industry 10
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 960 of 990
    authorised stop-industry-commerce: 0 of 10
    home-b: 950 of 980 // 950.303; home-a 9.697 gets the one more
    works: 0 of 10";

    backup_loses_first, "section 2: inside one measure, a backup before none",
    "
    block A
    use home A residential 800
    use coal A industry 100 backup
    use gas A industry 100
    source s 950
    ",
    "III balanced, 950 of 1000
    firm tier 1: 800 of 800
    authorised stop-industry-commerce: 100 of 100
    authorised stop-industry-commerce: 50 of 100
    coal: 50 of 100";

    backup_used_up, "section 2: inside one measure, a backup before none",
    "
    block A
    use home A residential 800
    use coal A industry 100 backup
    use gas A industry 100
    source s 900
    ",
    "II balanced, 900 of 1000
    firm tier 1: 800 of 800
    authorised stop-industry-commerce: 100 of 100
    authorised stop-industry-commerce: 0 of 100
    coal: 0 of 100";

    backup_used_up_and_one_more, "section 2: inside one measure, a backup before none",
    "
    block A
    use home A residential 800
    use coal A industry 100 backup
    use gas A industry 100
    source s 899
    ",
    "II balanced, 899 of 1000
    firm tier 1: 800 of 800
    authorised stop-industry-commerce: 99 of 100
    authorised stop-industry-commerce: 0 of 100
    coal: 0 of 100
    gas: 99 of 100";

    backup_does_not_cross_measures, "section 2: the measures' order comes first",
    "
    block A
    use home A residential 800
    use works A industry 100
    use heat A chp 100 backup
    source s 950
    ",
    "III balanced, 950 of 1000
    firm tier 1: 800 of 800
    authorised reduce-chp: 100 of 100
    authorised stop-industry-commerce: 50 of 100
    works: 50 of 100";

    backup_does_not_split_firm_gas, "section 2: tiers 1 to 4 are one rank each",
    "
    block A
    use dual A school 495 backup
    use school A school 495
    use works A industry 10
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 960 of 990
    authorised stop-industry-commerce: 0 of 10
    escalate I
    dual: 480 of 495
    school: 480 of 495
    works: 0 of 10";

    // The floor is firm whatever the backup: coal keeps 40.
    floor_of_who_has_a_backup, "二(二)1 除保爐用氣外",
    "
    block A
    use home A residential 800
    use coal A industry 100 floor=40 backup
    use gas A industry 100
    source s 940
    ",
    "III balanced, 940 of 1000
    firm tier 1: 800 of 800
    firm tier 3: 40 of 40
    authorised stop-industry-commerce: 100 of 100
    authorised stop-industry-commerce: 0 of 60
    coal: 40 of 100";

    // 200 of 300 in three equal cells: 66.67 each; two get one more, in row order, which is not the names' order.
    cells_tie_by_row_order, "section 6: ties by the row order of districts.csv",
    "
    block C
    block A
    block B
    use home C residential 1700
    use works-a A industry 100
    use works-b B industry 100
    use works-c C industry 100
    source s 1900
    ",
    "III balanced, 1900 of 2000
    firm tier 1: 1700 of 1700
    authorised stop-industry-commerce: 200 of 300
    works-a: 67 of 100
    works-b: 66 of 100
    works-c: 67 of 100";

    // Cells 10 and 5 share 14 of 15: 9.33 and 4.67, so 9 and 5. In A: 7 and 3 share 9: 6.3 and 2.7, so 6 and 3.
    cells_then_customers_by_largest_remainder, "section 6: inside a cell by largest remainder",
    "
    block A
    block B
    use home A residential 5
    use large A industry 7
    use small A industry 3
    use other B industry 5
    source s 19
    ",
    "III balanced, 19 of 20 // exactly 5 %
    firm tier 1: 5 of 5
    authorised stop-industry-commerce: 14 of 15
    large: 6 of 7";

    customers_tie_by_id, "section 6: ties by customer_id",
    "
    block A
    use home A residential 85
    use y A industry 5
    use z A industry 5
    use x A industry 5
    source s 95
    ",
    "III balanced, 95 of 100
    firm tier 1: 85 of 85
    authorised stop-industry-commerce: 10 of 15 // 3.33 each
    y: 3 of 5
    z: 3 of 5
    x: 4 of 5";

    // 9,600,001 of 10,000,001: remainders of 0.49999995 and 0.50000005 are both 0.500000, so the first row wins.
    cells_compare_on_a_grid, "section 6: compared on a grid of 1e-6 m3",
    "
    block B
    block A
    use works-a A industry 5_000_013
    use works-b B industry 4_999_988
    source s 9_600_001
    ",
    "IV balanced, 9_600_001 of 10_000_001
    authorised stop-industry-commerce: 9_600_001 of 10_000_001
    works-a: 4_800_012 of 5_000_013
    works-b: 4_799_989 of 4_999_988";

    // The same two in one cell: the larger remainder wins, however little larger.
    customers_compare_exactly, "section 6: inside a cell by largest remainder",
    "
    block A
    use works-b A industry 5_000_013
    use works-a A industry 4_999_988
    source s 9_600_001
    ",
    "IV balanced, 9_600_001 of 10_000_001
    authorised stop-industry-commerce: 9_600_001 of 10_000_001
    works-b: 4_800_013 of 5_000_013
    works-a: 4_799_988 of 4_999_988";
}
