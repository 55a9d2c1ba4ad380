//! What each class of customer amounts to at design cold: gas, customers, where they are, and what they are called.
//!
//! The totals split 20 million m3/d by the shares suggested for a city like this one: homes' cooking and hot water
//! 8 %, wall-hung boilers 22 %, central boilers 22 %, community boilers 18 %, CHP 10 %, industry 9 %, commerce
//! and public service 8 %, vehicles 3 %.

/// How many of each district's customers there are, in the order of the districts; nine blocks.
pub type Spread = [u64; 9];

/// Like the homes.
const HOMES: Spread = [85, 90, 100, 145, 140, 100, 155, 85, 100];
/// Like the factories.
const WORKS: Spread = [50, 20, 60, 60, 150, 190, 230, 30, 210];
/// Like the shops and offices.
const SHOPS: Spread = [115, 125, 105, 165, 105, 65, 175, 75, 70];
/// The large central-heating plants.
const PLANTS: Spread = [85, 95, 105, 130, 150, 105, 150, 80, 100];
/// The heat-and-power plants.
const POWER: Spread = [0, 0, 1, 0, 2, 2, 1, 0, 1];
/// Two rows at the northern edge.
const NORTH: Spread = [0, 0, 0, 0, 1, 0, 0, 0, 1];

/// A kind of customer inside a class: its name, how common it is, the range of its size and its floor.
pub struct Kind {
    /// What its name says.
    pub name: &'static str,
    /// How common it is, against the other kinds of the class.
    pub common: u64,
    /// The range of its size, in any unit that the class's kinds share.
    pub size: (u64, u64),
    /// Its floor, in per mille of its demand at design cold.
    pub floor: u64,
}

const fn kind(name: &'static str, common: u64, low: u64, high: u64, floor: u64) -> Kind {
    Kind { name, common, size: (low, high), floor }
}

/// How a class's demand follows the day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// So many per mille of it follow the cold; the rest is steady.
    Cold(u64),
    /// Steady on workdays; so many per mille on a Saturday and on a Sunday.
    Workdays(u64, u64),
}

/// How the customers of a class are sized.
#[derive(Clone, Copy)]
pub enum Sized {
    /// By their kind.
    Kinds(&'static [Kind]),
    /// Boilers, by tonnage: (tenths of a t/h, how common).
    Boilers(&'static str, &'static [(u64, u64)]),
    /// One row a district and company, all its households together.
    Blocks(&'static str),
}

/// A class of customers.
pub struct Class {
    /// Its id in the policy.
    pub id: &'static str,
    /// The middle of its customers' ids.
    pub code: &'static str,
    /// Gas of the nine blocks and of the two counties at design cold, in m3/d.
    pub demand: (u64, u64),
    /// Customers in the blocks and in the counties; not used for households.
    pub count: (u64, u64),
    /// Where in the blocks they are.
    pub spread: Spread,
    /// What they are.
    pub sized: Sized,
    /// The name of their daily profile.
    pub profile: &'static str,
    /// How they follow the day.
    pub follows: Follows,
    /// Use in a year, in days of design-cold demand.
    pub days: u64,
}

#[rustfmt::skip]
mod table {
    use super::Follows::{Cold, Workdays};
    use super::Sized::{Blocks, Boilers, Kinds};
    use super::*;

    const fn class((id, code): (&'static str, &'static str), demand: (u64, u64), count: (u64, u64), spread: Spread,
        sized: Sized, profile: &'static str, (follows, days): (Follows, u64)) -> Class {
        Class { id, code, demand, count, spread, sized, profile, follows, days }
    }

    const CENTRAL: &[(u64, u64)] = &[(200, 34), (250, 6), (300, 14), (350, 8), (400, 16), (600, 8), (800, 6), (1000, 3), (1200, 2), (1600, 1), (2000, 1)];
    const COMMUNITY: &[(u64, u64)] = &[(10, 12), (15, 12), (20, 32), (30, 20), (40, 36), (60, 28), (80, 16), (100, 18), (120, 6), (150, 8), (200, 8),
        (250, 2), (300, 2), (400, 2), (650, 1), (800, 1)];
    const OFFICES: &[(u64, u64)] = &[(10, 10), (20, 20), (30, 10), (40, 15), (60, 6), (80, 3), (100, 2)];

    const INDUSTRY: &[Kind] = &[kind("玻璃厂", 4, 60, 260, 600), kind("陶瓷厂", 6, 30, 120, 500), kind("铸造厂", 8, 20, 80, 400), kind("热处理厂", 10, 10, 50, 350),
        kind("制药厂", 8, 20, 90, 200), kind("食品厂", 22, 4, 30, 100), kind("啤酒厂", 2, 30, 90, 150), kind("印染厂", 8, 10, 50, 120), kind("机械厂", 18, 5, 40, 150),
        kind("电子材料厂", 10, 20, 110, 300), kind("包装厂", 12, 3, 20, 0)];
    const COMMERCE: &[Kind] = &[kind("餐饮店", 52, 1, 6, 0), kind("大酒楼", 10, 6, 20, 0), kind("商场", 8, 15, 60, 0), kind("超市", 10, 4, 15, 0), kind("洗浴中心", 10, 8, 40, 0),
        kind("食品加工坊", 7, 3, 12, 0), kind("写字楼", 9, 10, 60, 0)];

    /// In the order of the ids that `customers.csv` lists inside a district.
    pub const CLASSES: [Class; 28] = [
        class(("residential",         "RES"), (1_510_000,  90_000), (0, 0),     HOMES,  Blocks("居民炊事与热水"), "cooking", (Cold(100), 330)),
        class(("residential_heating", "RHT"), (4_150_000, 250_000), (0, 0),     HOMES,  Blocks("居民壁挂炉"), "heating-setback", (Cold(1000), 80)),
        class(("bus",                 "BUS"), (  215_000,   5_000), (46, 2),    HOMES,  Kinds(&[kind("公交加气站", 1, 5, 20, 0)]), "cng", (Workdays(940, 900), 340)),
        class(("taxi",                "TAX"), (  155_000,   5_000), (33, 2),    HOMES,  Kinds(&[kind("出租车加气站", 1, 5, 15, 0)]), "cng", (Cold(0), 345)),
        class(("hospital",            "HOS"), (  140_000,  10_000), (112, 6),   SHOPS,  Kinds(&[kind("医院", 3, 10, 60, 0), kind("卫生服务中心", 4, 2, 8, 0)]), "daytime", (Cold(400), 230)),
        class(("kindergarten",        "KDG"), (   23_000,   2_000), (236, 14),  HOMES,  Kinds(&[kind("幼儿园", 1, 2, 9, 0)]), "daytime", (Workdays(400, 400), 200)),
        class(("nursing_home",        "NUR"), (   18_000,   2_000), (82, 8),    HOMES,  Kinds(&[kind("养老院", 1, 3, 12, 0)]), "cooking", (Cold(400), 230)),
        class(("welfare_home",        "WEL"), (    6_000,       0), (14, 0),    HOMES,  Kinds(&[kind("福利院", 1, 4, 9, 0)]), "cooking", (Cold(400), 230)),
        class(("school",              "SCH"), (  110_000,  10_000), (330, 26),  HOMES,  Kinds(&[kind("中学", 3, 5, 20, 0), kind("小学", 5, 3, 10, 0), kind("大学", 1, 40, 160, 0)]), "daytime", (Workdays(450, 400), 170)),
        class(("government",          "GOV"), (   37_000,   3_000), (96, 8),    SHOPS,  Kinds(&[kind("机关", 1, 3, 12, 0)]), "daytime", (Workdays(350, 300), 180)),
        class(("canteen",             "CAN"), (   57_000,   3_000), (238, 12),  SHOPS,  Kinds(&[kind("单位食堂", 1, 2, 9, 0)]), "daytime", (Workdays(500, 420), 260)),
        class(("airport",             "AIR"), (   30_000,       0), (2, 0),     NORTH,  Kinds(&[kind("机场能源站", 1, 9, 12, 0)]), "heating-flat", (Cold(700), 160)),
        class(("railway_station",     "RLW"), (   20_000,       0), (5, 0),     SHOPS,  Kinds(&[kind("火车站", 1, 4, 12, 0)]), "heating-flat", (Cold(600), 170)),
        class(("coach_station",       "COA"), (   10_000,       0), (10, 0),    HOMES,  Kinds(&[kind("长途客运站", 1, 4, 9, 0)]), "daytime", (Cold(600), 170)),
        class(("hotel",               "HTL"), (  135_000,   5_000), (200, 8),   SHOPS,  Kinds(&[kind("宾馆", 5, 3, 15, 0), kind("大酒店", 1, 15, 50, 0)]), "cooking", (Cold(400), 240)),
        class(("public_service",      "PUB"), (   60_000,       0), (84, 0),    SHOPS,  Kinds(&[kind("体育馆", 2, 5, 25, 0), kind("图书馆", 2, 4, 12, 0), kind("污水处理厂", 1, 8, 30, 0), kind("透析中心", 2, 2, 6, 0)]), "daytime", (Cold(500), 200)),
        class(("passenger_vehicle",   "PAS"), (   77_000,   3_000), (26, 2),    HOMES,  Kinds(&[kind("客运车辆加气站", 1, 5, 15, 0)]), "cng", (Cold(0), 345)),
        class(("sanitation_vehicle",  "SAN"), (   40_000,       0), (20, 0),    HOMES,  Kinds(&[kind("环卫车辆加气站", 1, 5, 10, 0)]), "cng", (Cold(0), 350)),
        class(("national_project",    "NAT"), (  200_000,       0), (8, 0),     WORKS,  Kinds(&[kind("国家重点项目", 1, 10, 30, 250)]), "three-shift", (Cold(0), 345)),
        class(("military",            "MIL"), (   39_000,       0), (6, 0),     HOMES,  Kinds(&[kind("军工企业", 1, 5, 10, 0)]), "three-shift", (Cold(300), 280)),
        class(("boiler_central",      "BCE"), (4_250_000, 150_000), (124, 6),   PLANTS, Boilers("集中供热站", CENTRAL), "heating-flat", (Cold(1000), 85)),
        class(("boiler_community",    "BCO"), (3_470_000, 130_000), (590, 30),  HOMES,  Boilers("社区锅炉", COMMUNITY), "heating-setback", (Cold(1000), 85)),
        class(("boiler_public_service","BPS"),(  350_000,  10_000), (148, 6),   SHOPS,  Boilers("办公楼采暖锅炉", OFFICES), "office-heating", (Cold(1000), 80)),
        class(("chp",                 "CHP"), (1_780_000,       0), (7, 0),     POWER,  Kinds(&[kind("燃气热电厂", 1, 10, 30, 350)]), "heating-flat", (Cold(400), 190)),
        class(("distributed_energy",  "DIS"), (  220_000,       0), (16, 0),    WORKS,  Kinds(&[kind("分布式能源站", 1, 5, 20, 250)]), "daytime", (Cold(300), 230)),
        class(("industry",            "IND"), (1_510_000,  90_000), (500, 40),  WORKS,  Kinds(INDUSTRY), "three-shift", (Workdays(940, 900), 320)),
        class(("commercial",          "COM"), (  490_000,  30_000), (1731, 112),SHOPS,  Kinds(COMMERCE), "daytime", (Cold(250), 290)),
        class(("freight_vehicle",     "FRT"), (   98_000,   2_000), (22, 2),    WORKS,  Kinds(&[kind("货运车辆加气站", 1, 5, 15, 0)]), "cng", (Workdays(920, 850), 320)),
    ];
}

pub use table::CLASSES;
