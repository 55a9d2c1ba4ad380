//! 二(二)2-3: the boilers' limits of 30 % and 50 %, and the stop of 17:00-20:00.

/// A central heating plant of 1,000 beside homes.
fn plant(homes: u64, supply: u64) -> String {
    format!("\nblock A\nuse home A residential {homes}\nuse plant A boiler_central 1000\nsource s {supply}")
}

/// A community boiler of 800 (100 of it in the three hours, when flat) beside homes of 1,200.
fn boiler(extra: &str, supply: u64) -> String {
    format!("\nblock A\nuse home A residential 1200\nuse boiler A boiler_community 800 {extra}\nsource s {supply}")
}

cases! {
    iii_central_one_under_30_percent, "二(二)2 限氣量不超過30%",
    plant(4000, 4701),
    "III balanced, 4701 of 5000
    firm tier 1: 4000 of 4000
    firm tier 5: 700 of 700
    authorised limit-large-central: 1 of 300
    plant: 701 of 1000";

    iii_central_at_30_percent, "二(二)2 限氣量不超過30%",
    plant(4000, 4700),
    "III balanced, 4700 of 5000
    firm tier 1: 4000 of 4000
    firm tier 5: 700 of 700
    authorised limit-large-central: 0 of 300
    plant: 700 of 1000";

    iii_central_one_over_30_percent, "二(二)2 限氣量不超過30%",
    plant(4000, 4699),
    "III beyond_authority, 4699 of 5000
    firm tier 1: 4000 of 4000
    firm tier 5: 699 of 700
    authorised limit-large-central: 0 of 300
    escalate II
    plant: 699 of 1000";

    ii_central_one_under_50_percent, "二(二)3 限氣量不超過50%",
    plant(3000, 3501),
    "II balanced, 3501 of 4000
    firm tier 1: 3000 of 3000
    firm tier 5: 500 of 500
    authorised limit-large-central: 1 of 500
    plant: 501 of 1000";

    ii_central_at_50_percent, "二(二)3 限氣量不超過50%",
    plant(3000, 3500),
    "II balanced, 3500 of 4000
    firm tier 1: 3000 of 3000
    firm tier 5: 500 of 500
    authorised limit-large-central: 0 of 500
    plant: 500 of 1000";

    ii_central_one_over_50_percent, "二(二)3 限氣量不超過50%",
    plant(3000, 3499),
    "II beyond_authority, 3499 of 4000
    firm tier 1: 3000 of 3000
    firm tier 5: 499 of 500
    authorised limit-large-central: 0 of 500
    escalate I
    plant: 499 of 1000";

    // 30 % of 101 is 30.3: what is left is rounded up, to 71.
    iii_limit_of_an_odd_demand, "二(二)2 限氣量不超過30%: never a fraction more",
    "
    block A
    use home A residential 849
    use works A industry 50
    use plant A boiler_central 101
    source s 940
    ",
    "III balanced, 940 of 1000
    firm tier 1: 849 of 849
    firm tier 5: 71 of 71
    authorised limit-large-central: 20 of 30
    authorised stop-industry-commerce: 0 of 50
    works: 0 of 50
    plant: 91 of 101";

    // 50 % of 101 is 50.5: 51 are left.
    ii_limit_of_an_odd_demand, "二(二)3 限氣量不超過50%: never a fraction more",
    "
    block A
    use home A residential 849
    use works A industry 50
    use plant A boiler_central 101
    source s 900
    ",
    "II balanced, 900 of 1000
    firm tier 1: 849 of 849
    firm tier 5: 51 of 51
    authorised limit-large-central: 0 of 50
    authorised stop-industry-commerce: 0 of 50
    works: 0 of 50
    plant: 51 of 101";

    // max(800, 700) stays.
    iii_floor_above_the_limit, "二(二)2 除保爐用氣外",
    "
    block A
    use home A residential 3950
    use works A industry 50
    use plant A boiler_central 1000 floor=800
    source s 4750
    ",
    "III balanced, 4750 of 5000
    firm tier 1: 3950 of 3950
    firm tier 5: 800 of 800
    authorised limit-large-central: 0 of 200
    authorised stop-industry-commerce: 0 of 50
    works: 0 of 50
    plant: 800 of 1000";

    // max(600, 500) stays; at III it would have been max(600, 700).
    ii_floor_above_the_limit, "二(二)3 除保爐用氣外",
    "
    block A
    use home A residential 3000
    use plant A boiler_central 1000 floor=600
    source s 3600
    ",
    "II balanced, 3600 of 4000
    firm tier 1: 3000 of 3000
    firm tier 5: 600 of 600
    authorised limit-large-central: 0 of 400
    plant: 600 of 1000";

    // The floor of 140 counts as today's 40: nothing of the works can be cut, so homes lose 40.
    floor_above_todays_demand, "section 3: a floor above forecast demand counts as D",
    "
    block A
    use home A residential 960
    use works A industry 40 floor=140
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 960 of 960
    firm tier 3: 0 of 40
    escalate I
    works: 0 of 40";

    iii_community_boilers_at_30_percent, "二(二)2 對小區采暖鍋爐根據供需狀況限量供氣或輪換供氣",
    "
    block A
    use home A residential 4000
    use boiler A boiler_community 1000
    source s 4700
    ",
    "III balanced, 4700 of 5000
    firm tier 1: 4000 of 4000
    firm tier 5: 700 of 700
    authorised limit-community-boilers: 0 of 300
    boiler: 700 of 1000";

    ii_community_boilers_at_50_percent, "二(二)3 對小區采暖鍋爐根據供需狀況限量供氣或輪換停氣",
    "
    block A
    use home A residential 3000
    use boiler A boiler_community 1000
    source s 3500
    ",
    "II balanced, 3500 of 4000
    firm tier 1: 3000 of 3000
    firm tier 5: 500 of 500
    authorised limit-community-boilers: 0 of 500
    boiler: 500 of 1000";

    iii_community_boilers_before_central_ones, "section 3: cut order",
    "
    block A
    use home A residential 3000
    use plant A boiler_central 1000
    use boiler A boiler_community 1000
    source s 4600
    ",
    "III balanced, 4600 of 5000
    firm tier 1: 3000 of 3000
    firm tier 5: 700 of 700
    firm tier 5: 700 of 700
    authorised limit-large-central: 200 of 300
    authorised limit-community-boilers: 0 of 300
    plant: 900 of 1000
    boiler: 700 of 1000";

    // 30 % of 800 is 240, of which the stop takes 800 x 3/24 = 100. 120 of the other 140 are served.
    iii_stop_at_exactly_10_t, "二(二)2 對10噸以上小區集中供暖鍋爐采取錯峰使用機制(17:00—20:00停用)",
    boiler("t=10", 1880),
    "III balanced, 1880 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 560 of 560
    authorised limit-community-boilers: 120 of 140
    withheld peak-stop: 0 of 100
    boiler: 680 of 800";

    iii_no_stop_just_under_10_t, "二(二)2 10噸以上",
    boiler("t=9.999", 1880),
    "III balanced, 1880 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 560 of 560
    authorised limit-community-boilers: 120 of 240
    boiler: 680 of 800";

    iii_stop_just_over_10_t, "二(二)2 10噸以上",
    boiler("t=10.001", 1880),
    "III balanced, 1880 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 560 of 560
    authorised limit-community-boilers: 120 of 140
    withheld peak-stop: 0 of 100
    boiler: 680 of 800";

    // 50 % of 800 is 400, of which the stop takes 100.
    ii_stop_at_exactly_5_t, "二(二)3 對5噸以上小區集中供暖鍋爐采取錯峰使用機制(17:00—20:00停用)",
    boiler("t=5", 1700),
    "II balanced, 1700 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 400 of 400
    authorised limit-community-boilers: 100 of 300
    withheld peak-stop: 0 of 100
    boiler: 500 of 800";

    ii_no_stop_just_under_5_t, "二(二)3 5噸以上",
    boiler("t=4.999", 1700),
    "II balanced, 1700 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 400 of 400
    authorised limit-community-boilers: 100 of 400
    boiler: 500 of 800";

    ii_stop_just_over_5_t, "二(二)3 5噸以上",
    boiler("t=5.001", 1700),
    "II balanced, 1700 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 400 of 400
    authorised limit-community-boilers: 100 of 300
    withheld peak-stop: 0 of 100
    boiler: 500 of 800";

    ii_missing_tonnage_is_no_tonnage, "section 3: a missing tonnage counts as 0 t/h",
    boiler("", 1700),
    "II balanced, 1700 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 400 of 400
    authorised limit-community-boilers: 100 of 400
    boiler: 500 of 800";

    // 3.8 % short; all 76 are firm. Level III would let 240 be cut.
    iv_no_stop_of_any_boiler, "二(二)1 names no stop",
    boiler("t=35", 1924),
    "IV beyond_authority, 1924 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 724 of 800
    escalate III
    boiler: 724 of 800";

    // 700 remain when the block of homes and boiler rotates: 100 withheld, 300 at the limit, the other 400 in the block.
    i_stop_stays_at_5_t, "二(二)4 with the measures of level II",
    boiler("t=5", 1580),
    "I balanced, 1580 of 2000
    authorised rotate-blocks: 1200 of 1200
    authorised rotate-blocks: 380 of 400
    authorised limit-community-boilers: 0 of 300
    withheld peak-stop: 0 of 100
    rotation 1: A
    boiler: 380 of 800";

    iii_stop_is_for_community_boilers_alone, "二(二)2 小區集中供暖鍋爐",
    "
    block A
    use home A residential 500
    use plant A boiler_central 1000 t=80
    use office A boiler_public_service 500 t=20
    source s 1880
    ",
    "III balanced, 1880 of 2000
    firm tier 1: 500 of 500
    firm tier 5: 700 of 700
    authorised limit-large-central: 300 of 300
    authorised stop-public-service-boilers: 380 of 500
    office: 380 of 500";

    // Half of its day lies in the three hours: 400, more than the limit's 240. Served: 1,200 + 400; 280 stay in the pipe.
    iii_stop_of_more_than_the_limit, "section 3: a limit never caps a stop",
    boiler("t=12 evening=0.5", 1880),
    "III balanced, 1880 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 400 of 400
    withheld peak-stop: 0 of 400
    unused 280
    boiler: 400 of 800";

    // 0.3 x 800 = 240: the stop takes just the limit.
    iii_stop_of_just_the_limit, "section 3: what the stop withholds counts towards the limit",
    boiler("t=12 evening=0.3", 1880),
    "III balanced, 1880 of 2000
    firm tier 1: 1200 of 1200
    firm tier 5: 560 of 560
    withheld peak-stop: 0 of 240
    unused 120
    boiler: 560 of 800";

    // min(800 x 3/24, 800 - 750) = 50; the limit leaves max(750, 560), so nothing more.
    iii_floor_holds_against_the_stop, "section 3: a floor holds against the stop as well",
    "
    block A
    use home A residential 1100
    use works A industry 100
    use boiler A boiler_community 800 t=10 floor=750
    source s 1900
    ",
    "III balanced, 1900 of 2000
    firm tier 1: 1100 of 1100
    firm tier 5: 750 of 750
    authorised stop-industry-commerce: 50 of 100
    withheld peak-stop: 0 of 50
    works: 50 of 100
    boiler: 750 of 800";

    // 1,001 x 3/24 = 125.125, so 125. The limit leaves ceil(700.7) = 701: 300, less 125. In all 999 + 701 + 175 = 1,875.
    iii_stop_of_an_odd_demand_frees_more_than_needed, "section 3: withheld is rounded down; interface: unused",
    "
    block A
    use home A residential 999
    use boiler A boiler_community 1001 t=10
    source s 1900
    ",
    "III balanced, 1900 of 2000
    firm tier 1: 999 of 999
    firm tier 5: 701 of 701
    authorised limit-community-boilers: 175 of 175
    withheld peak-stop: 0 of 125
    unused 25
    boiler: 876 of 1001";

    // Slices at the limit: 140 and 240; 360 of 380 are served: 132.63 and 227.37, so the large one gets the last.
    iii_stopped_and_unstopped_boilers_share_the_limit, "二(二)2 對10噸以上",
    "
    block A
    use home A residential 400
    use large A boiler_community 800 t=10
    use small A boiler_community 800 t=9
    source s 1880
    ",
    "III balanced, 1880 of 2000
    firm tier 1: 400 of 400
    firm tier 5: 1120 of 1120
    authorised limit-community-boilers: 360 of 380
    withheld peak-stop: 0 of 100
    large: 693 of 800
    small: 787 of 800";
}
