//! Papers to try the formats on.

use crate::Lang;
use crate::render::document::{Block, Column, Document, Mark, Table};
use crate::units::Date;

fn columns(headings: &[(&str, bool)]) -> Vec<Column> {
    headings.iter().map(|(heading, figures)| Column { heading: (*heading).to_owned(), figures: *figures }).collect()
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn pairs(texts: &[(&str, &str)]) -> Vec<(String, String)> {
    texts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Every block, and in each a text that would be markup in one of the formats.
pub(super) fn hostile(lang: Lang) -> Document {
    let word = |en: &str, zh: &str| if lang == Lang::En { en.to_owned() } else { zh.to_owned() };
    let rows = [
        ["a|b", "`c` *d* _e_ f_g", "1 234.5"],
        ["=SUM(A1:A9)", "<script>alert('x')</script>", "-1"],
        ["# no heading", "first line\nsecond | line\r\nthird", "0"],
        ["\\", "a\u{202e}b\u{7}c & &lt; &amp;nbsp;", ""],
        ["", "![x](y) [z] ~~w~~ $m$", "12"],
    ];
    Document {
        date: date(),
        title: word("# A title with *stars*,\na line end and <b>", "# 带*星号*、\n换行和 <b> 的标题"),
        under: vec![word("1. Dispatch | of the day", "1. 当日调度"), "===".to_owned(), "---".to_owned()],
        marks: vec![
            (Mark::Order, word("ORDER *1*", "指令 *1*")),
            (Mark::Warning, word("WARNING", "预警")),
            (Mark::Proposal, word("PROPOSAL", "拟办")),
            (Mark::Exercise, word("EXERCISE: <nobody acts>", "演练：<不得执行>")),
        ],
        blocks: vec![
            Block::Heading(word("Heading #", "小标题 #")),
            Block::Text(word("    + indented\n\n> quoted\n2) numbered", "    + 缩进\n\n> 引用\n2) 编号")),
            Block::Loud(word("- Beyond authority: **everything**", "- 超出授权：**全部**")),
            Block::Note(word(
                "***\nA source: http://example.com/a_b?c=d&e=f",
                "***\n来源：http://example.com/a_b?c=d&e=f",
            )),
            Block::Facts(pairs(&[("name | of", "value\n- no point"), ("2.", "</dd>"), ("", "")])),
            Block::List(cells(&["[ ] no box", "\ttab", "5. five", "```", "</li>"])),
            Block::Table(Table {
                columns: columns(&[("Name |", false), ("<th>\nline", false), ("m³/d", true)]),
                rows: rows.iter().map(|row| cells(row)).collect(),
                total: Some(cells(&["*all*", "", "1 245.5"])),
            }),
            Block::Table(Table { columns: columns(&[("only", true)]), ..Table::default() }),
            Block::Table(Table::default()),
            Block::FillIn(word("Why? _____", "原因？_____"), 2),
            Block::FillIn(word("Signed:", "签字："), 0),
        ],
        foot: word("| foot & head: 0123abcd", "| 页脚与记录头：0123abcd"),
    }
}

/// What stands on every page of [`order`].
pub(super) const ORDER_MARKS: [&str; 2] = ["演练：不得执行", "限供指令"];
/// The foot of [`order`].
pub(super) const ORDER_FOOT: &str =
    "由 2026-01-07 的决定编制；记录头 7f3a9c51d2e84b06a1c47730be95f28d64c0e7a1935b8d2f46ce10a7b3d9584e，第 128 条。";
/// The headings of the long table of [`order`].
pub(super) const ORDER_HEADINGS: [&str; 2] = ["用户名称", "执行时段"];

/// A long order in Chinese, for an exercise.
pub(super) fn order() -> Document {
    let rows = (1..=64).map(|number| {
        let (demand, cut) = (9_000 + 437 * number % 5_000, 1_200 + 211 * number % 3_100);
        vec![
            number.to_string(),
            format!("第{number:03}站"),
            ["雁塔片区", "高新片区", "未央片区（含经济技术开发区北部）"][number % 3].to_owned(),
            demand.to_string(),
            cut.to_string(),
            (demand - cut).to_string(),
            if number % 9 == 0 { "07:00—11:00，18:00—22:00" } else { "全日" }.to_owned(),
        ]
    });
    Document {
        date: date(),
        title: "关于天然气限供的指令".to_owned(),
        under: vec!["市天然气供应应急指挥部".to_owned(), "供气日 2026-01-07　第 2 版".to_owned()],
        marks: vec![
            (Mark::Order, "限供指令".to_owned()),
            (Mark::Exercise, "演练：不得执行".to_owned()),
        ],
        blocks: vec![
            Block::Text(
                "因上游来气减少，供气日 2026-01-07 预计缺口 22.4 万m³，达到“橙色”预警条件。经核定，按预案第十二条对下列用户限供，\
                 请各单位按所列时段执行，并于执行后一小时内回报。"
                    .to_owned(),
            ),
            Block::Loud("超出本级授权：对学校供暖的限供须经市人民政府批准，批准前不得执行。".to_owned()),
            Block::Heading("一、执行要点".to_owned()),
            Block::Facts(pairs(&[
                ("供气日", "2026-01-07 08:00 至 2026-01-08 08:00（Asia/Shanghai）"),
                ("缺口", "22.4 万m³/日"),
                ("所用预案", "西部某市天然气供应应急预案（2025 年修订），第 3 版"),
                ("值班电话", "029-0000 0000"),
            ])),
            Block::List(cells(&[
                "居民生活、医院和学校食堂用气不受影响。",
                "燃气热力站按“限后用气”一栏调整负荷，供回水温度不得低于预案附件所列下限；不能执行的，须在 30 分钟内说明原因并提出替代措施。",
            ])),
            Block::Heading("二、用户清单".to_owned()),
            Block::Table(Table {
                columns: columns(&[
                    ("序号", true),
                    ("用户名称", false),
                    ("片区", false),
                    ("需求（m³/日）", true),
                    ("压减（m³/日）", true),
                    ("限后用气（m³/日）", true),
                    ("执行时段", false),
                ]),
                rows: rows.collect(),
                total: Some(cells(&["", "合计", "", "712 345", "176 210", "536 135", ""])),
            }),
            Block::Note("数据来源：当日调度报表；气量按基准状态（20 ℃，101.325 kPa）计。".to_owned()),
            Block::Heading("三、回执".to_owned()),
            Block::FillIn("未能执行的用户及原因：".to_owned(), 3),
            Block::FillIn("签发人、时间：".to_owned(), 1),
        ],
        foot: ORDER_FOOT.to_owned(),
    }
}

/// What stands on every page of [`report`].
pub(super) const REPORT_MARK: &str = "PROPOSAL: not approved, nobody acts on it";
/// The foot of [`report`].
pub(super) const REPORT_FOOT: &str = "From the decision of 2026-01-07, entry 128, head 7f3a9c51d2e84b06.";

/// A report in English with a table that wants a turned page.
pub(super) fn report() -> Document {
    let row = |number: usize| {
        let figures = [9_120, 8_400, 720, 7_900, 500, 64, 3, 11].map(|figure| (figure * number % 9_973).to_string());
        let name =
            if number.is_multiple_of(4) { "中央医院 (Central Hospital), boiler house" } else { "Brickworks" };
        [vec![format!("{name} {number}")], figures.to_vec()].concat()
    };
    Document {
        date: date(),
        title: "Daily report on the curtailment of gas".to_owned(),
        under: vec!["Gas day 2026-01-07: 08:00 to 08:00 (Asia/Shanghai)".to_owned(), "Version 2".to_owned()],
        marks: vec![(Mark::Proposal, REPORT_MARK.to_owned())],
        blocks: vec![
            Block::Text(
                "The shortage is 224,000 m³ a day. It is closed by four measures, in the order in which the plan lists \
                 them; no protected customer loses gas. What follows is the state of the record when this was written."
                    .to_owned(),
            ),
            Block::Loud("Beyond authority: two of the cuts need the approval of the municipal government.".to_owned()),
            Block::Heading("Situation".to_owned()),
            Block::Facts(pairs(&[("Shortage", "224,000 m³ a day"), ("Authority", "the command centre")])),
            Block::List(cells(&["Heating goes on everywhere.", "Three customers have not confirmed yet."])),
            Block::Heading("Customers".to_owned()),
            Block::Table(Table {
                columns: columns(&[
                    ("Customer", false),
                    ("Forecast, m³/d", true),
                    ("Nominated, m³/d", true),
                    ("Cut, m³/d", true),
                    ("Served, m³/d", true),
                    ("Floor, m³/d", true),
                    ("Share, %", true),
                    ("Days before", true),
                    ("Rank", true),
                ]),
                rows: (1..=45).map(row).collect(),
                total: Some(cells(&["Total", "9,120", "8,400", "720", "7,900", "500", "64", "", ""])),
            }),
            Block::Note("Volumes at 20 °C and 101.325 kPa.".to_owned()),
            Block::FillIn("What has been agreed with the customers:".to_owned(), 2),
        ],
        foot: REPORT_FOOT.to_owned(),
    }
}

/// The day of all samples.
pub(super) fn date() -> Date {
    Date::new(2026, 1, 7).unwrap()
}
