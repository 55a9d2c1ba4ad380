//! 二(二)1-3 處置措施: what each level lets be cut, sentence by sentence.

/// One customer of each class, 100 m3 each, named as its class: 1,600 in tier 1, 200 in tier 2, 200 in tier 4, 800 in 5.
fn one_of_each(supply: u64) -> String {
    let classes = "residential residential_heating bus taxi hospital kindergarten nursing_home welfare_home school
        government canteen airport railway_station coach_station hotel public_service passenger_vehicle
        sanitation_vehicle national_project military boiler_central boiler_community boiler_public_service chp
        distributed_energy industry commercial freight_vehicle";
    let uses: String = classes.split_whitespace().map(|class| format!("use {class} A {class} 100\n")).collect();
    format!("\nblock A\nsource s {supply}\n{uses}")
}

cases! {
    // Works may go down to 100, the shop to nothing: 300 in all, 40 of them cut. Each keeps 260/300 of its slice:
    // works 173.33, shop 86.67, so the shop gets the one left over.
    iv_industry_and_commerce_down_to_the_floor, "二(二)1 除保爐用氣外,對工業用戶、商業用戶酌情減、限、停氣",
    "
    block A
    use home A residential 600
    use works A industry 300 floor=100
    use shop A commercial 100
    source s 960
    ",
    "IV balanced, 960 of 1000
    firm tier 1: 600 of 600
    firm tier 3: 100 of 100
    authorised stop-industry-commerce: 260 of 300
    works: 273 of 300 // 100 + 173
    shop: 87 of 100";

    iv_down_to_the_last_of_what_is_above_the_floor, "二(二)1 除保爐用氣外",
    "
    block A
    use home A residential 860
    use works A industry 140 floor=100
    source s 960
    ",
    "IV balanced, 960 of 1000
    firm tier 1: 860 of 860
    firm tier 3: 100 of 100
    authorised stop-industry-commerce: 0 of 40
    works: 100 of 140";

    // One m3 more than the works may give: their furnace gas is firm, and worse protected than homes. Levels III and
    // II reach nothing more here; level I reaches the homes of block A.
    iv_one_more_cuts_furnace_gas_beyond_authority, "二(二)1 除保爐用氣外",
    "
    block A
    use home A residential 860
    use works A industry 140 floor=100
    source s 959
    ",
    "IV beyond_authority, 959 of 1000
    firm tier 1: 860 of 860
    firm tier 3: 99 of 100
    authorised stop-industry-commerce: 0 of 40
    escalate I
    works: 99 of 140";

    // 2,700 of 2,800 is 3.57 % short. The three give 100 of 300: two thirds of 100 each, ties by id.
    iv_touches_industry_commerce_freight_alone, "二(二)1 對工業用戶、商業用戶",
    one_of_each(2700),
    "IV balanced, 2700 of 2800
    firm tier 1: 1600 of 1600
    firm tier 2: 200 of 200
    firm tier 4: 200 of 200
    firm tier 5: 100 of 100 // central
    firm tier 5: 100 of 100 // community
    firm tier 5: 100 of 100 // public service
    authorised reduce-chp: 200 of 200
    authorised stop-industry-commerce: 200 of 300
    industry: 66 of 100
    commercial: 67 of 100
    freight_vehicle: 67 of 100";

    // CHP keeps 60, its safety load, in tier 2.
    iv_chp_down_to_its_safety_load, "一(五)2 熱電聯產、分布式能源用戶的安全負荷",
    "
    block A
    use home A residential 900
    use heat A chp 100 floor=60
    source s 960
    ",
    "IV balanced, 960 of 1000
    firm tier 1: 900 of 900
    firm tier 2: 60 of 60
    authorised reduce-chp: 0 of 40
    heat: 60 of 100";

    iv_distributed_energy_loses_after_industry, "一(五)2 分布式能源用戶",
    "
    block A
    use home A residential 900
    use works A industry 30
    use campus A distributed_energy 70 floor=20
    source s 960
    ",
    "IV balanced, 960 of 1000
    firm tier 1: 900 of 900
    firm tier 2: 20 of 20
    authorised reduce-chp: 40 of 50
    authorised stop-industry-commerce: 0 of 30
    works: 0 of 30
    campus: 60 of 70";

    iv_leaves_public_service_boilers_alone, "二(二)1 names no boiler",
    "
    block A
    use home A residential 800
    use office A boiler_public_service 200 floor=20
    source s 960
    ",
    "IV beyond_authority, 960 of 1000
    firm tier 1: 800 of 800
    firm tier 5: 160 of 200
    escalate III // which lets 180 be cut
    office: 160 of 200";

    iii_public_service_boilers_down_to_the_floor, "二(二)2 對公服鍋爐(指機關單位和一般辦公樓供熱鍋爐)限、停氣",
    "
    block A
    use home A residential 800
    use office A boiler_public_service 200 floor=20
    source s 940
    ",
    "III balanced, 940 of 1000
    firm tier 1: 800 of 800
    firm tier 5: 20 of 20
    authorised stop-public-service-boilers: 120 of 180
    office: 140 of 200";

    // 150 short: works 20 to the floor of 80, office all 100, then 30 of the plant's 50.
    ii_industry_then_offices_then_central_boilers, "二(二)3 對工業用戶、商業用戶…對公服鍋爐…對大型集中供暖鍋爐",
    "
    block A
    use home A residential 700
    use works A industry 100 floor=80
    use office A boiler_public_service 100
    use plant A boiler_central 100
    source s 850
    ",
    "II balanced, 850 of 1000
    firm tier 1: 700 of 700
    firm tier 3: 80 of 80
    firm tier 5: 50 of 50
    authorised limit-large-central: 20 of 50
    authorised stop-public-service-boilers: 0 of 100
    authorised stop-industry-commerce: 0 of 20
    works: 80 of 100
    office: 0 of 100
    plant: 70 of 100";

    // 560 short at exactly 20 %: 300 of industry and commerce, 200 of CHP, 60 of the offices' 100.
    ii_of_each_class_in_cut_order, "二(二)3",
    one_of_each(2240),
    "II balanced, 2240 of 2800
    firm tier 1: 1600 of 1600
    firm tier 2: 200 of 200
    firm tier 4: 200 of 200
    firm tier 5: 50 of 50 // central
    firm tier 5: 50 of 50 // community
    authorised limit-large-central: 50 of 50
    authorised limit-community-boilers: 50 of 50
    authorised stop-public-service-boilers: 40 of 100
    authorised reduce-chp: 0 of 200
    authorised stop-industry-commerce: 0 of 300
    boiler_public_service: 40 of 100
    chp: 0 of 100
    distributed_energy: 0 of 100
    industry: 0 of 100
    commercial: 0 of 100
    freight_vehicle: 0 of 100";

    // One m3 less. Hospital, nursing home, kindergarten and welfare home stay firm; all others stand in the block.
    i_of_each_class_keeps_level_ii_and_adds_rotation, "二(二)4",
    one_of_each(2239),
    "I balanced, 2239 of 2800
    firm tier 1: 400 of 400
    authorised rotate-blocks: 1200 of 1200 // tier 1
    authorised rotate-blocks: 200 of 200 // tier 2
    authorised rotate-blocks: 200 of 200 // tier 4
    authorised rotate-blocks: 50 of 50 // central, its other half
    authorised rotate-blocks: 50 of 50 // community, its other half
    authorised limit-large-central: 50 of 50
    authorised limit-community-boilers: 50 of 50
    authorised stop-public-service-boilers: 39 of 100
    authorised reduce-chp: 0 of 200
    authorised stop-industry-commerce: 0 of 300
    rotation 1: A
    boiler_public_service: 39 of 100
    chp: 0 of 100
    distributed_energy: 0 of 100
    industry: 0 of 100
    commercial: 0 of 100
    freight_vehicle: 0 of 100";
}
