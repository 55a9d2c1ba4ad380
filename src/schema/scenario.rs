//! The file of a scenario of winters.

use serde_json::{Value, json};

use super::DRAFT;
use super::declare::{
    Key, cubic_metres, decimal, list, may, must, named, or_else, said, share, some_text, table, texts, truth, word,
};
use crate::Lang;

/// The schema of a scenario.
pub(super) fn scenario(lang: Lang) -> Value {
    let keys = vec![
        must("scenario", table(lang, about()), ("What is simulated.", "模拟什么。")),
        must("weather", table(lang, weather()), ("The weather that winters are drawn from.", "冬季取自怎样的天气。")),
        must("demand", table(lang, demand()), ("How demand follows the weather.", "需求如何随天气变化。")),
        must(
            "sources",
            json!({ "type": "object", "additionalProperties": source(lang), "minProperties": 1 }),
            (
                "A table a source of the case, by its name; a source that is left out gives nothing.",
                "案例的每个气源一个表，以其名称为名；未列出的气源按不供气计。",
            ),
        ),
        may("homes", homes(lang), ("How warm homes stay when their boiler lacks gas.", "锅炉缺气时住房的室温。")),
        may("values", table(lang, values()), ("What gas is worth and stores cost.", "气的价值与储气的费用。")),
    ];
    let mut schema = table(lang, keys);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
        root.insert(
            "title".to_owned(),
            said(("A scenario of curtail simulate", "curtail simulate 的情景"), lang).into(),
        );
    }
    schema
}

fn about() -> Vec<Key> {
    let date = || json!({ "type": "string", "format": "date" });
    vec![
        must("name", some_text(), ("What it is called.", "名称。")),
        must("case", some_text(), ("The case's folder, relative to this file.", "案例文件夹，相对于本文件。")),
        may(
            "policy",
            some_text(),
            (
                "Another policy than the case's: a built-in id, or a path relative to this file.",
                "改用的预案：内置编号，或相对于本文件的路径。",
            ),
        ),
        may("set", texts(), ("Values of the policy, as --set changes them.", "修改预案中的值，同 --set。")),
        may(
            "unified",
            or_else(truth(), false.into()),
            ("Whether outer districts join the main urban area.", "是否将主城区以外并入统一平衡。"),
        ),
        may("network", or_else(truth(), true.into()), ("Whether the case's links count.", "是否计入案例的管网。")),
        must("from", date(), ("The first day of the season.", "季节首日。")),
        must("until", date(), ("Its last day, at most 366 days on.", "季节末日，最多 366 天。")),
        must(
            "winters",
            json!({ "type": "integer", "minimum": 1, "maximum": 1_000_000_000 }),
            ("How many winters.", "多少个冬季。"),
        ),
        may(
            "seed",
            or_else(json!({ "type": "integer", "minimum": 0 }), 1.into()),
            ("What chance begins with.", "随机种子。"),
        ),
    ]
}

fn weather() -> Vec<Key> {
    vec![
        must(
            "file",
            some_text(),
            ("Daily mean temperatures without a gap, relative to this file.", "逐日平均气温，不得缺日，相对于本文件。"),
        ),
        may(
            "draw",
            or_else(word(&["replay", "blocks"]), "blocks".into()),
            ("Winters as they were, or made of blocks of days of several.", "原样重放各冬季，或用各冬季的片段拼成。"),
        ),
        may(
            "block_days",
            json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
            ("How many days a block has.", "每段的天数。"),
        ),
    ]
}

fn demand() -> Vec<Key> {
    vec![must("model", some_text(), ("A demand model, relative to this file.", "需求模型，相对于本文件。"))]
}

fn source(lang: Lang) -> Value {
    let day = vec![
        must("from", json!({ "type": "string", "format": "date" }), ("From this day on.", "自该日起。")),
        must("m3_day", cubic_metres(), ("So much a day.", "每日气量。")),
    ];
    let store = vec![
        must(
            "holds_m3",
            cubic_metres(),
            ("What it holds when full, as which a winter begins.", "满储量，冬季开始时为满。"),
        ),
        must("sends_m3_day", cubic_metres(), ("The most that it sends out in a day.", "每日最多送出。")),
        must(
            "refill_m3_day",
            cubic_metres(),
            ("What comes in on a day on which it sends nothing.", "不送出之日的补入量。"),
        ),
    ];
    let cold = vec![
        must("below_c", celsius(), ("On days colder than this.", "气温低于此值的日子。")),
        must("times", decimal(), ("It fails so many times as often.", "故障概率为平时的若干倍。")),
    ];
    let outages = vec![
        must(
            "chance_a_day",
            share(),
            ("How likely it fails on a day on which it works.", "正常供气之日发生故障的概率。"),
        ),
        must(
            "lasts_days",
            json!({ "type": "number", "minimum": 1 }),
            ("How long an outage lasts in the mean.", "故障平均持续天数。"),
        ),
        may(
            "loses",
            or_else(share(), 1.into()),
            ("The part of its gas that is missing meanwhile.", "其间缺少的份额。"),
        ),
        may("cold", table(lang, cold), ("More often in the cold.", "寒冷时更多。")),
    ];
    let keys = vec![
        may("m3_day", cubic_metres(), ("So much on each day.", "每日气量不变。")),
        may("contract", list(&table(lang, day)), ("So much from each of these dates on.", "自各日期起的每日气量。")),
        may(
            "store",
            table(lang, store),
            (
                "A store, such as LNG, that sends out what a day lacks otherwise.",
                "储气（如液化天然气），送出当日所缺。",
            ),
        ),
        may("outages", table(lang, outages), ("How it fails.", "如何发生故障。")),
        may(
            "new",
            or_else(truth(), false.into()),
            ("Whether the scenario adds it to the case.", "是否为情景新增的气源。"),
        ),
        may("feeds", some_text(), ("Where a new one feeds into the network.", "新增气源接入管网何处。")),
        may("company", some_text(), ("Whose a new one is.", "新增气源属于哪家公司。")),
        may("area", some_text(), ("The outer district that a new one feeds.", "新增气源供给的主城区以外区域。")),
    ];
    table(lang, keys)
}

fn celsius() -> Value {
    json!({ "type": "number", "exclusiveMinimum": -100, "exclusiveMaximum": 100 })
}

fn homes(lang: Lang) -> Value {
    let building = vec![
        must(
            "time_constant_h",
            json!({ "type": "number", "exclusiveMinimum": 0 }),
            (
                "In how many hours the indoor temperature falls to 1/e of what it is above its end.",
                "室温与终值之差降至 1/e 所需小时数。",
            ),
        ),
        must("indoor_c", celsius(), ("The indoor temperature that the boiler is laid out for.", "锅炉设计室温。")),
        must(
            "outdoor_c",
            celsius(),
            ("The outdoor temperature at which it just keeps that.", "恰能保持该室温的室外设计温度。"),
        ),
        may(
            "gains_c",
            or_else(celsius(), 0.into()),
            ("By how much people and appliances warm a home.", "人体与电器使室温升高的度数。"),
        ),
    ];
    let keys = vec![
        must(
            "limits_c",
            list(&celsius()),
            ("Indoor temperatures below which homes are counted.", "低于这些室温即予统计。"),
        ),
        must("classes", named(&table(lang, building)), ("A table a class of boilers.", "每类锅炉一个表。")),
    ];
    table(lang, keys)
}

fn values() -> Vec<Key> {
    vec![
        must(
            "lost_yuan_m3",
            named(&decimal()),
            ("What a m3 that is not served is worth, by class, in yuan.", "各类用户每立方米未供气的价值，元。"),
        ),
        may(
            "stored_yuan_m3",
            or_else(decimal(), 0.into()),
            ("What a m3 costs that stores send out, in yuan.", "储气每送出一立方米的费用，元。"),
        ),
        may(
            "season_yuan",
            or_else(decimal(), 0.into()),
            ("What stores cost in a season whatever they send, in yuan.", "储气每季的固定费用，元。"),
        ),
    ]
}
