//! Nine urban blocks and two outer counties.
//!
//! The names are real; that each of these urban districts and development zones is one rotation block is an assumption.

use std::fmt::Write;

/// A district of the synthetic city.
pub struct District {
    /// Its id in every table.
    pub id: &'static str,
    /// The start of its customers' ids.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it is a block of the main urban area.
    pub urban: bool,
    /// The city-gas companies that serve it, the main one first.
    pub companies: &'static [&'static str],
    /// Gas in its high-pressure pipes at the start of a day, in thousand m3.
    pub linepack_1000_m3: u64,
}

const fn block(
    id: &'static str,
    code: &'static str,
    name: &'static str,
    companies: &'static [&'static str],
    linepack_1000_m3: u64,
) -> District {
    District { id, code, name, urban: true, companies, linepack_1000_m3 }
}

const fn county(id: &'static str, code: &'static str, name: &'static str) -> District {
    District { id, code, name, urban: false, companies: &["bing-gas"], linepack_1000_m3: 20 }
}

/// In the order of `districts.csv`, which breaks ties.
pub const DISTRICTS: [District; 11] = [
    block("xincheng", "XC", "新城区", &["jia-gas"], 90),
    block("beilin", "BL", "碑林区", &["jia-gas"], 95),
    block("lianhu", "LH", "莲湖区", &["jia-gas"], 105),
    block("yanta", "YT", "雁塔区", &["jia-gas", "yi-gas"], 170),
    block("weiyang", "WY", "未央区", &["yi-gas", "jia-gas"], 155),
    block("baqiao", "BQ", "灞桥区", &["bing-gas", "jia-gas"], 110),
    block("gaoxin", "GX", "高新区", &["yi-gas", "bing-gas"], 190),
    block("qujiang", "QJ", "曲江新区", &["jia-gas"], 90),
    block("jingkai", "JK", "经开区", &["yi-gas"], 110),
    county("lantian", "LT", "蓝田县"),
    county("zhouzhi", "ZZ", "周至县"),
];

/// The text of `districts.csv`.
pub fn csv() -> String {
    let mut text = String::from("district,name,urban,linepack_m3,linepack_min_m3,linepack_max_m3,linepack_draw_m3\n");
    for d in &DISTRICTS {
        // Half of what is in the pipes must stay for pressure; a quarter more still fits; a tenth may be missing at night.
        let pack = d.linepack_1000_m3 * 1000;
        let row = (d.id, d.name, d.urban, pack, pack / 2, pack * 5 / 4, pack / 10);
        let _ = writeln!(text, "{},{},{},{},{},{},{}", row.0, row.1, row.2, row.3, row.4, row.5, row.6);
    }
    text
}
