//! The file of a demand model.

use serde_json::{Value, json};

use super::DRAFT;
use super::declare::{Key, count, list, may, must, named, or_else, said, table, text};
use crate::Lang;
use crate::forecast::{ClassModel, DayFactors};

/// The schema of a demand model.
pub(super) fn demand_model(lang: Lang) -> Value {
    let keys = vec![
        may(
            "threshold_c",
            or_else(json!({ "type": "number", "exclusiveMinimum": -100, "exclusiveMaximum": 100 }), 18.into()),
            ("Degrees count below this temperature, in degrees Celsius.", "低于此气温（摄氏度）才计采暖度日。"),
        ),
        may("provenance", text(), ("Where the figures come from.", "数据来源说明。")),
        must(
            "classes",
            json!({ "type": "object", "additionalProperties": class(lang), "minProperties": 1 }),
            (
                "A table a class, by an id, label or other name of the plan; classes that are left out take what the customers' table says.",
                "每个用户类别一个表，名称为预案中的编号、名称或别名；未列出的类别按用户表用气。",
            ),
        ),
    ];
    let mut schema = table(lang, keys);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
        root.insert("title".to_owned(), said(("A demand model of curtail", "curtail 的需求模型"), lang).into());
    }
    schema
}

fn class(lang: Lang) -> Value {
    let most = ClassModel::MOST / 1000;
    let volume = |most: u64| json!({ "type": "number", "minimum": 0, "maximum": most });
    let keys = vec![
        must(
            "base_m3",
            volume(most),
            ("What it takes on a warm workday, in m3 a day.", "不采暖工作日的日用气量，m3。"),
        ),
        may(
            "per_degree_m3",
            or_else(volume(most / 10), 0.into()),
            (
                "What it takes more for each degree below the threshold, in m3 a day.",
                "气温每低于阈值一度增加的日用气量，m3。",
            ),
        ),
        may(
            "memory",
            or_else(json!({ "type": "number", "minimum": 0, "exclusiveMaximum": 1 }), 0.into()),
            (
                "How much of a day's effective temperature is the effective temperature of the day before, 0 to below 1.",
                "当日有效气温中前一日有效气温所占的份额，0 至 1（不含 1）。",
            ),
        ),
        may(
            "weekdays",
            json!({ "type": "array", "items": factor(), "minItems": 7, "maxItems": 7 }),
            (
                "Factors from Monday to Sunday; 1 for all if left out. A weekend day that is worked counts as a Friday.",
                "周一至周日的系数；省略均为 1。调休上班日按周五计。",
            ),
        ),
        may(
            "holidays",
            named(&factor()),
            (
                "Factors of holidays by the name that the table of holidays gives them, in the weekday's place.",
                "各节假日的系数，名称与节假日表一致，替代周几的系数。",
            ),
        ),
        may(
            "other_holidays",
            factor(),
            ("The factor of all other holidays; Sunday's if left out.", "其他节假日的系数；省略按周日。"),
        ),
        may(
            "chance",
            list(&factor()),
            (
                "What is left to chance, as factors of which each is as likely as the others; `simulate` draws from them.",
                "随机波动：若干等可能的系数，供 `simulate` 抽取。",
            ),
        ),
        may("fitted", fitted(lang), ("How well it fits the history it was estimated from.", "与历史数据的拟合程度。")),
    ];
    table(lang, keys)
}

fn factor() -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": DayFactors::MOST / 1_000_000 })
}

fn fitted(lang: Lang) -> Value {
    let mut keys = vec![
        may("days", count(), ("The days that were fitted.", "参与拟合的天数。")),
        may("seasons", count(), ("The seasons that they are of.", "所属采暖季数。")),
        may(
            "other_seasons",
            table(lang, deviations()),
            ("On the days of each season, by the model of all others.", "逐季留出：以其余各季的模型推算该季。"),
        ),
    ];
    keys.extend(deviations());
    table(lang, keys)
}

fn deviations() -> Vec<Key> {
    vec![
        must("r2", json!({ "type": "number" }), ("The share of the variance that is explained.", "决定系数。")),
        must(
            "rmse_m3",
            json!({ "type": "integer", "minimum": 0 }),
            ("The root of the mean squared deviation, in m3 a day.", "均方根误差，m3/日。"),
        ),
        must(
            "mape_pct",
            json!({ "type": "number", "minimum": 0 }),
            ("The mean size of the deviation in per cent of what was taken.", "平均绝对百分比误差，%。"),
        ),
        must(
            "bias_m3",
            json!({ "type": "integer" }),
            ("The mean of the model minus the mean of what was taken, in m3 a day.", "模型均值减实际均值，m3/日。"),
        ),
    ]
}
