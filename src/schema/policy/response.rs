//! Who does what in a response, and how it ends.

use serde_json::{Value, json};

use super::super::declare::{list, may, must, or_else, share, table, text, texts, word};
use super::{basis, with};
use crate::Lang;

/// `[response]`.
pub(super) fn response(lang: Lang) -> Value {
    let doc =
        ("Who does it: a role's id, or several of which any may.", "由谁办理：职责主体标识；列出多个时任一均可。");
    let by = || table(lang, with(vec![must("by", texts(), doc)], basis()));
    let order = json!({ "anyOf": [word(&["reverse"]), list(&text())] });
    let restore = vec![
        may("by", texts(), doc),
        may(
            "order",
            or_else(order, "reverse".into()),
            (
                "Which measure's customers come back first: the cut order reversed, or measures by id, the first comes back \
                 first and those not named after them.",
                "哪项措施的用户先恢复：与压减次序相反（`reverse`），或以标识列出，先列者先恢复，未列者在后。",
            ),
        ),
    ];
    let ease = vec![
        may(
            "days",
            or_else(json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }), 1.into()),
            ("So many gas days in a row.", "须连续若干个供气日。"),
        ),
        may(
            "margin",
            or_else(share(), 0.into()),
            (
                "How far the shortfall must lie below the level's lower end, as a share of demand; for ending, by how much \
                 supply must exceed demand.",
                "缺口须低于本级下限多少（占需求的比例）；结束响应时，供应须超出需求多少。",
            ),
        ),
        may(
            "hours",
            or_else(json!({ "type": "integer", "minimum": 0, "maximum": 168 }), 0.into()),
            (
                "For so many hours one decision after the other must have said so before it counts.",
                "各次决定须已连续若干小时均显示缓解，方可计入。",
            ),
        ),
    ];
    let taken = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 2 });
    let warn = vec![must(
        "at",
        list(&taken),
        (
            "The shares of the day's nomination, rising, at which taking so much is warned of.",
            "当日用气达日指定气量的哪些比例时预警，由小到大。",
        ),
    )];
    let keys = vec![
        may("sign", by(), ("Who signs the approved order.", "由谁签发已批准的指令。")),
        may("issue", by(), ("Who issues the signed order.", "由谁下达已签发的指令。")),
        may("lower", by(), ("Who decides that the level is lowered.", "由谁决定降低响应级别。")),
        may("end", by(), ("Who decides that the response ends.", "由谁决定结束响应。")),
        may(
            "depart",
            by(),
            (
                "Who decides that a customer or a measure is dealt with otherwise.",
                "由谁决定对个别用户或措施作变通处置。",
            ),
        ),
        may(
            "restore",
            table(lang, with(restore, basis())),
            ("Who decides that supply is restored, and who comes back first.", "由谁决定恢复供气，谁先恢复。"),
        ),
        may(
            "ease",
            table(lang, with(ease, basis())),
            (
                "When the shortage counts as eased enough to lower the level or end the response.",
                "缺口何时视为缓解、可降低级别或结束响应。",
            ),
        ),
        may(
            "warn",
            table(lang, with(warn, basis())),
            ("When taking the day's nomination is warned of.", "日指定气量的用气预警。"),
        ),
    ];
    table(lang, keys)
}
