//! Networks, companies, and 二(二)4 主城區以外區域.

use crate::{common, text};

#[test]
fn no_demand_is_an_error() {
    let refused = common::decide(&text::town("block A\nuse shut A industry 0\nsource s 100"), Default::default());
    assert!(refused.is_err(), "section 1: D = 0 is an error, but: {refused:?}");
}

#[test]
fn outer_demand_without_a_supply_row_is_an_error() {
    let town = "block A\nouter O\nuse home A residential 10\nuse home-o O residential 10\nsource s 100";
    let refused = common::decide(&text::town(town), Default::default());
    assert!(refused.is_err(), "section 9: demand without a supply row is an error, but: {refused:?}");
    let unified = common::decide(&text::town(&format!("unified\n{town}")), Default::default());
    assert_eq!(unified.map(|outcome| outcome.deliverable), Ok(20));
}

cases! {
    // 1,000 are there; 400 of the 500 for the works can arrive.
    bottleneck_makes_the_level, "section 1: a bottleneck is a shortage like any other",
    "
    block A
    block B
    use home A residential 500
    use works B industry 500
    source s 1000
    link s A 500
    link s B 400
    ",
    "II balanced, 900 of 1000
    firm tier 1: 500 of 500
    authorised stop-industry-commerce: 400 of 500
    works: 400 of 500";

    // The homes' pipe is the narrow one: what the works have could not have reached them. Level I rotates block A.
    bottleneck_before_homes, "section 8: no rank lost what a worse one received and could have reached it",
    "
    block A
    block B
    use home A residential 500
    use works B industry 500
    source s 1000
    link s A 450
    link s B 500
    ",
    "III beyond_authority, 950 of 1000
    firm tier 1: 450 of 500
    authorised stop-industry-commerce: 500 of 500
    escalate I
    home: 450 of 500";

    junction_shared_by_two_blocks, "section 5: gas flows through junctions",
    "
    block A
    block B
    use home A residential 500
    use works B industry 500
    source s 1000
    link s gate 700
    link gate A 500
    link gate B 500
    ",
    "I balanced, 700 of 1000 // 30 %: k = 3, at most 2
    authorised rotate-blocks: 500 of 500
    authorised stop-industry-commerce: 200 of 500
    rotation 2: A B
    works: 200 of 500";

    // A's 150 also feed B: 75 each.
    gas_flows_through_a_district, "section 5: through junctions and districts",
    "
    block A
    block B
    block C
    use works-a A industry 100
    use works-b B industry 100
    use home C residential 800
    source s 1000
    link s A 150
    link A B 100
    link s C 800
    ",
    "III balanced, 950 of 1000
    firm tier 1: 800 of 800
    authorised stop-industry-commerce: 150 of 200
    works-a: 75 of 100
    works-b: 75 of 100";

    // 200 for three works; B's pipe carries 40, so A and C share 160.
    even_as_far_as_the_pipes_allow, "section 5: the least served ratio as high as can be, then the second least",
    "
    block A
    block B
    block C
    use home A residential 1700
    use works-a A industry 100
    use works-b B industry 100
    use works-c C industry 100
    source s 1900
    link s A 2000
    link s B 40
    link s C 1000
    ",
    "III balanced, 1900 of 2000
    firm tier 1: 1700 of 1700
    authorised stop-industry-commerce: 200 of 300
    works-a: 80 of 100
    works-b: 40 of 100
    works-c: 80 of 100";

    // 101 for A and B: 50.5 each; the one more goes to A, the first row.
    rounding_where_flow_allows_it, "section 6: one more where flow still allows it",
    "
    block A
    block B
    block C
    use works-a A industry 100
    use works-b B industry 100
    use works-c C industry 100
    use home C residential 700
    source s 1000
    link s gate 101
    link gate A 100
    link gate B 100
    link s C 1000
    ",
    "III balanced, 901 of 1000
    firm tier 1: 700 of 700
    authorised stop-industry-commerce: 201 of 300
    works-a: 51 of 100
    works-b: 50 of 100";

    // Two thirds of 100 are 66.67 for all three; A's own pipe carries 66, so B and C have 67 each.
    rounding_passes_over_a_full_pipe, "section 6: one more where flow still allows it",
    "
    block A
    block B
    block C
    use home C residential 1700
    use works-a A industry 100
    use works-b B industry 100
    use works-c C industry 100
    source s 1900
    link s A 66
    link s B 200
    link s C 2000
    ",
    "III balanced, 1900 of 2000
    firm tier 1: 1700 of 1700
    authorised stop-industry-commerce: 200 of 300
    works-a: 66 of 100
    works-b: 67 of 100
    works-c: 67 of 100";

    // Two sources; the near one is shut in by its pipe: 300 + 600.
    two_sources_one_behind_a_narrow_pipe, "section 5: each source gives at most its volume",
    "
    block A
    block B
    use home A residential 600
    use works B industry 400
    source far 600
    source near 500
    link far A 600
    link A B 600
    link near B 300
    ",
    "II balanced, 900 of 1000
    firm tier 1: 600 of 600
    authorised stop-industry-commerce: 300 of 400
    works: 300 of 400";

    // Nothing leads to B.
    district_without_a_pipe, "section 5: network, where links.csv is given",
    "
    block A
    block B
    use home A residential 950
    use works B industry 50
    source s 1000
    link s A 1000
    ",
    "III balanced, 950 of 1000
    firm tier 1: 950 of 950
    authorised stop-industry-commerce: 0 of 50
    works: 0 of 50";

    // x has 450 for 600; y's surplus of 500 is not for x.
    companies_draw_on_their_own_sources, "section 5: a company's customers draw on its sources alone",
    "
    apart
    block A
    use home-x A residential 400 co=x
    use works-x A industry 200 co=x
    use home-y A residential 200 co=y
    use works-y A industry 200 co=y
    source sx 450 company=x
    source sy 900 company=y
    ",
    "II balanced, 850 of 1000
    firm tier 1: 600 of 600
    authorised stop-industry-commerce: 250 of 400
    works-x: 50 of 200";

    a_companys_homes_short_beside_anothers_works, "section 5: a company's customers draw on its sources alone",
    "
    apart
    block A
    use home-x A residential 400 co=x
    use works-y A industry 600 co=y
    source sx 380 company=x
    source sy 600 company=y
    ",
    "IV beyond_authority, 980 of 1000
    firm tier 1: 380 of 400
    authorised stop-industry-commerce: 600 of 600
    escalate I
    home-x: 380 of 400";

    // x shares 101 over two blocks, y 51: each company's odd one goes to its first row.
    companies_round_each_for_itself, "section 6: ties by the row order of districts.csv, then company id",
    "
    apart
    block B
    block A
    use home B residential 700 co=x
    use xa A industry 100 co=x
    use xb B industry 100 co=x
    use ya A industry 50 co=y
    use yb B industry 50 co=y
    source sx 801 company=x
    source sy 51 company=y
    ",
    "II balanced, 852 of 1000
    firm tier 1: 700 of 700
    authorised stop-industry-commerce: 152 of 300
    xa: 50 of 100
    xb: 51 of 100
    ya: 25 of 50
    yb: 26 of 50";

    // z has customers and no source.
    company_without_a_source, "section 1: the companies' entitlements",
    "
    apart
    block A
    use home A residential 900 co=x
    use shop A commercial 100 co=z
    source sx 900 company=x
    ",
    "II balanced, 900 of 1000
    firm tier 1: 900 of 900
    authorised stop-industry-commerce: 0 of 100
    shop: 0 of 100";

    outer_district_by_its_own_pool, "二(二)4 主城區以外區域…執行各自保供限供應急方案",
    "
    block A
    outer O
    use home A residential 500
    use works A industry 500
    use home-o O residential 300
    use works-o O industry 100
    source s 900
    source so 370 area=O
    ",
    "II balanced, 900 of 1000
    firm tier 1: 500 of 500
    authorised stop-industry-commerce: 400 of 500
    works: 400 of 500
    area O: III balanced, 370 of 400 // 7.5 %
    firm tier 1: 300 of 300
    authorised stop-industry-commerce: 70 of 100
    works-o: 70 of 100";

    // x and y pool in O, though not in A: 60 of the works' 100 are there, whoever's source gives them.
    outer_district_is_one_pool_of_all_companies, "section 9: one pool of the sources whose area it is",
    "
    apart
    block A
    outer O
    use home A residential 500 co=y
    use home-o O residential 900 co=x
    use works-o O industry 100 co=y
    source s 500 company=y
    source sx 960 company=x area=O
    ",
    "none no_shortage, 500 of 500
    firm tier 1: 500 of 500
    area O: IV balanced, 960 of 1000
    firm tier 1: 900 of 900
    authorised stop-industry-commerce: 60 of 100
    works-o: 60 of 100";

    // 22.5 % short, and the area is no block: no rotation at all.
    outer_district_at_level_i_has_no_blocks, "section 9: rotation is null and rotate-blocks idle",
    "
    block A
    outer O
    use home A residential 500
    use home-o O residential 300
    use works-o O industry 100
    source s 500
    source so 310 area=O
    ",
    "none no_shortage, 500 of 500
    firm tier 1: 500 of 500
    area O: I balanced, 310 of 400
    firm tier 1: 300 of 300
    authorised stop-industry-commerce: 10 of 100
    works-o: 10 of 100";

    // No level could authorise more: for an outer district level I rotates nothing.
    outer_district_beyond_authority, "section 9",
    "
    block A
    outer O
    use home A residential 500
    use home-o O residential 390
    use works-o O industry 10
    source s 500
    source so 385 area=O
    ",
    "none no_shortage, 500 of 500
    firm tier 1: 500 of 500
    area O: IV beyond_authority, 385 of 400
    firm tier 1: 385 of 390
    authorised stop-industry-commerce: 0 of 10
    home-o: 385 of 390
    works-o: 0 of 10";

    // The urban source's pipe to O is ignored, as is O's own source's pipe to A.
    links_that_touch_an_outer_district_are_ignored, "section 9",
    "
    block A
    outer O
    use home A residential 500
    use works A industry 500
    use home-o O residential 400
    source s 2000
    source so 400 area=O
    link s A 900
    link s O 500
    link so A 500
    link O A 500
    ",
    "II balanced, 900 of 1000
    firm tier 1: 500 of 500
    authorised stop-industry-commerce: 400 of 500
    works: 400 of 500
    area O: none no_shortage, 400 of 400
    firm tier 1: 400 of 400";

    // 300 of 1,400 short: 21.4 %. Homes of A rotate, homes of O stay firm; 300 for works of 600, even over both.
    unified_is_one_balance_and_the_outer_district_never_a_block, "二(二)4 極端情況下,由市保供工作組統一指揮調度",
    "
    unified
    block A
    outer O
    use home A residential 500
    use works A industry 500
    use home-o O residential 300
    use works-o O industry 100
    source s 1000
    source so 100 area=O
    ",
    "I balanced, 1100 of 1400
    firm tier 1: 300 of 300
    authorised rotate-blocks: 500 of 500
    authorised stop-industry-commerce: 300 of 600
    rotation 1: A
    works: 250 of 500
    works-o: 50 of 100";

    // The pipe from s to O counts now: it carries 200 of the 300 that O lacks.
    unified_joins_the_links, "section 9: joins its sources, customers and links",
    "
    unified
    block A
    outer O
    use home A residential 500
    use works A industry 500
    use home-o O residential 300
    use works-o O industry 100
    source s 2000
    source so 100 area=O
    link s A 1000
    link s O 200
    link so O 100
    ",
    "III balanced, 1300 of 1400 // 7.1 %
    firm tier 1: 800 of 800
    authorised stop-industry-commerce: 500 of 600
    works-o: 0 of 100";
}
