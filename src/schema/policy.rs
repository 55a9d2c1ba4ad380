//! A policy file: a plan that stands on its own, or a proposal on another.

mod proposal;
mod response;

use serde_json::{Value, json};

use super::DRAFT;
use super::declare::{
    Key, count, cubic_metres, decimal, described, entries, list, may, must, named, open_table, or_else, said, share,
    shared, some_of, some_text, table, text, texts, truth, word,
};
use crate::Lang;

/// The schema of a policy file.
pub(super) fn policy(lang: Lang) -> Value {
    let keys = vec![
        must("policy", about(lang), ("What the plan is called and where it comes from.", "预案的名称与来源。")),
        may(
            "roles",
            named(&shared("label")),
            ("The bodies that the plan names, by an id of your choice.", "预案提到的职责主体，标识自定。"),
        ),
        must(
            "classes",
            named(&class(lang)),
            ("The customer classes, by the id that tables and rules use.", "用户类别，以表和规则所用的标识为键。"),
        ),
        must(
            "tiers",
            list(&tier(lang)),
            ("The tiers of the supply order, best protected first.", "保供层级，最受保障者在先。"),
        ),
        may(
            "levels",
            named(&level(lang)),
            (
                "The response levels by id; a plan without them has its measures always in force.",
                "响应级别，以标识为键；不分级的预案各项措施始终有效。",
            ),
        ),
        must(
            "measures",
            named(&measure(lang)),
            ("What may or must be cut, by id.", "措施：可以或必须压减什么，以标识为键。"),
        ),
        must("cut_order", texts(), ("The measures' ids: the first loses gas first.", "各措施的标识：先列者先减。")),
        may(
            "exemptions",
            named(&exemption(lang)),
            ("Whom some measures must not touch, by id.", "豁免：某些措施不得触及的用户，以标识为键。"),
        ),
        may("rotation", rotation(lang), ("Rotation over the blocks of the city.", "主城区各区块的轮换。")),
        may("duties", named(&duty(lang)), ("What is owed, by whom, when; by id.", "职责与时限，以标识为键。")),
        may(
            "response",
            response::response(lang),
            ("Who does what in a response, and how it ends.", "响应由谁办理、如何结束。"),
        ),
    ];
    let plan = table(lang, keys);
    let defs = json!({
        "label": table(lang, label()),
        "note": described(
            table(lang, label()),
            ("Why the rule reads as it does.", "为何如此解读。"),
            lang,
        ),
        "range": range(lang),
        "who": table(lang, selector()),
        "season": table(lang, days()),
        "validity": validity(lang),
        "shares": shares(lang),
        "window": table(lang, window()),
        "hour": { "type": "string", "pattern": "^([01]?[0-9]|2[0-4]):00$" },
    });
    let mut schema = proposal::any_file(plan, defs, lang);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
        root.insert("title".to_owned(), said(("Policy file of curtail", "curtail 的预案文件"), lang).into());
    }
    schema
}

fn label() -> Vec<Key> {
    vec![must("en", text(), ("In English.", "英文。")), must("zh", text(), ("In Chinese.", "简体中文。"))]
}

/// Where a rule comes from, and how faithfully it is rendered.
fn basis() -> Vec<Key> {
    vec![
        may("clause", text(), ("The clause, as the plan numbers it.", "依据的条款，按预案编号。")),
        may(
            "status",
            or_else(word(&["stated", "paraphrased", "reading"]), "stated".into()),
            (
                "How the rule relates to the plan's text: in these terms, in other terms, or a reading of what it leaves open.",
                "规则与预案原文的关系：原文、转述，或对未明之处的解读。",
            ),
        ),
        may("note", shared("note"), ("Why the rule reads as it does.", "为何如此解读。")),
    ]
}

fn with(mut keys: Vec<Key>, more: Vec<Key>) -> Vec<Key> {
    keys.extend(more);
    keys
}

fn about(lang: Lang) -> Value {
    let keys = vec![
        must(
            "id",
            some_text(),
            ("The stable name: letters, digits, `-` and `_`.", "固定名称：字母、数字、`-` 和 `_`。"),
        ),
        must("version", text(), ("The version of this file.", "本文件的版本。")),
        must("name", shared("label"), ("What the plan is called.", "预案名称。")),
        must("source", shared("label"), ("Where the plan comes from, in a sentence.", "预案来源，一句话。")),
        may(
            "in_force",
            shared("validity"),
            ("When the plan may be used; always, if left out.", "预案何时可用；省略则始终有效。"),
        ),
    ];
    table(lang, keys)
}

fn class(lang: Lang) -> Value {
    let more = vec![
        may("aliases", texts(), ("Other names that tables use.", "各表所用的其他名称。")),
        may(
            "boiler",
            or_else(truth(), false.into()),
            (
                "Whether the class is a boiler, whose tonnage a measure may ask for.",
                "是否为锅炉（措施可能按吨位区分）。",
            ),
        ),
    ];
    table(lang, with(label(), more))
}

fn tier(lang: Lang) -> Value {
    let takes = list(&table(lang, with(selector(), vec![part(lang)])));
    let rank = table(
        lang,
        vec![must(
            "takes",
            takes,
            (
                "Whose gas, and which part of their requirement, stands in this rank.",
                "哪些用户的哪一部分用气列在此序。",
            ),
        )],
    );
    let more = vec![
        must("number", count(), ("Its number: the lower, the better protected.", "层号：越小越受保障。")),
        must("ranks", list(&rank), ("Its ranks, best protected first.", "层内各序，最受保障者在先。")),
    ];
    table(lang, with(with(label(), basis()), more))
}

fn part(lang: Lang) -> Key {
    let first = vec![must(
        "first_m3",
        cubic_metres(),
        ("Up to so many m3 a day of the requirement.", "每日需求中的首若干 m3。"),
    )];
    let part = json!({ "anyOf": [word(&["rest", "others", "floor"]), table(lang, first)] });
    may(
        "part",
        or_else(part, "rest".into()),
        (
            "Which part of what no better rank has taken: all (`rest`), all of customers that no later entry names \
             (`others`), the floor, or the first m3 of the requirement.",
            "更高序未取部分中的哪一部分：全部（`rest`）、后文条目未列名用户的全部（`others`）、保底用气（`floor`），或需求的首若干 m3。",
        ),
    )
}

/// Whom a rule is about: all conditions together.
fn selector() -> Vec<Key> {
    vec![
        may("class", texts(), ("One of these classes, by id.", "属于这些类别之一（以标识列出）。")),
        may("id", texts(), ("One of these customers.", "为这些用户之一。")),
        may("site", texts(), ("One of these sites.", "位于这些用气点之一。")),
        may("district", texts(), ("In one of these districts.", "位于这些区域之一。")),
        may("company", texts(), ("Of one of these companies.", "属于这些企业之一。")),
        may("tag", texts(), ("With one of these tags.", "带有这些标签之一。")),
        may(
            "backup",
            some_of(&word(&["any", "none", "coal", "oil", "electric", "other"])),
            (
                "With one of these backup fuels; `any` is all but `none`.",
                "有这些备用燃料之一；`any` 指除 `none` 外的任何一种。",
            ),
        ),
        may(
            "contract",
            some_of(&word(&["firm", "interruptible", "peak_shaving"])),
            ("With one of these contracts.", "合同为其中之一。"),
        ),
        may(
            "boiler_t_h",
            shared("range"),
            ("With a boiler of this capacity, in t/h of steam.", "锅炉容量在此范围（t/h 蒸汽）。"),
        ),
        may(
            "demand_m3",
            shared("range"),
            ("With this forecast demand, in m3 a day.", "当日预测用气量在此范围（m3）。"),
        ),
        may("annual_m3", shared("range"), ("With this use, in m3 a year.", "年用气量在此范围（m3）。")),
    ]
}

fn range(lang: Lang) -> Value {
    table(
        lang,
        vec![
            may("at_least", decimal(), ("The lower end, itself included.", "下端，含本数。")),
            may("from", decimal(), ("The same as `at_least`.", "同 `at_least`。")),
            may("over", decimal(), ("The lower end, itself excluded.", "下端，不含本数。")),
            may("at_most", decimal(), ("The upper end, itself included.", "上端，含本数。")),
            may("up_to", decimal(), ("The same as `at_most`.", "同 `at_most`。")),
            may("below", decimal(), ("The upper end, itself excluded.", "上端，不含本数。")),
        ],
    )
}

fn level(lang: Lang) -> Value {
    let colour = vec![must(
        "id",
        text(),
        (
            "`blue`, `yellow`, `orange`, `red`, or what the plan says.",
            "`blue`、`yellow`、`orange`、`red`，或预案所定。",
        ),
    )];
    let more = vec![
        may("aliases", texts(), ("Other names.", "其他名称。")),
        must("colour", table(lang, with(colour, label())), ("The warning's colour.", "预警颜色。")),
        must("when", when(lang), ("What triggers the level.", "触发条件。")),
        may(
            "proposed_by",
            texts(),
            ("Who proposes stop lists and limits; ids of roles.", "停气名单和减限量由谁提出（职责主体标识）。"),
        ),
        may("approved_by", texts(), ("Who approves them.", "由谁批准。")),
        may("reported_to", texts(), ("To whom it is reported.", "报告给谁。")),
        may("at_discretion", texts(), ("To whom it may be reported.", "酌情报告给谁。")),
    ];
    table(lang, with(with(label(), basis()), more))
}

/// What triggers a level: one trigger, or several of which one is enough.
fn when(lang: Lang) -> Value {
    let triggers = || {
        vec![
            may(
                "shortfall",
                shared("range"),
                ("The shortfall of the whole balance, as a share of demand.", "整个平衡区的缺口，占需求的比例。"),
            ),
            may(
                "area_shortfall",
                shared("range"),
                ("The shortfall of one area, as a share of its demand.", "单个区域的缺口，占其需求的比例。"),
            ),
        ]
    };
    let any = vec![may(
        "any",
        entries(table(lang, triggers()), 1, 2),
        ("Several triggers, of which one is enough.", "若干触发条件，满足其一即可。"),
    )];
    json!({ "anyOf": [entries(table(lang, triggers()), 1, 1), entries(table(lang, any), 1, 1)] })
}

/// Hours of the day.
fn window() -> Vec<Key> {
    vec![
        must("from", shared("hour"), ("The clock hour at which it begins.", "开始的整点。")),
        must("until", shared("hour"), ("The clock hour at which it ends, up to 24:00.", "结束的整点，至 24:00。")),
    ]
}

/// What a measure says for all levels and a level may say for itself.
fn action() -> Vec<Key> {
    let more = vec![
        may(
            "cut",
            word(&["all", "to-floor", "limit", "leave", "stop"]),
            (
                "What may be cut: all of it, all above the floor, at most a share of demand (`limit`), all but a share \
                 (`leave`), or what falls into some hours, off by requirement (`stop`).",
                "可压减什么：全部、保底以上全部、不超过需求的一定比例（`limit`）、留足一定比例后全部（`leave`），或规定时段停用（`stop`）。",
            ),
        ),
        may("who", shared("who"), ("Whom it is about; `{}` is everybody.", "针对哪些用户；`{}` 指全部。")),
        may(
            "limit",
            shared("shares"),
            ("For `limit`: the share of demand that may be cut.", "用于 `limit`：可压减的需求比例。"),
        ),
        may(
            "leave",
            shared("shares"),
            ("For `leave`: the share of demand that is left.", "用于 `leave`：须留足的需求比例。"),
        ),
        may("window", shared("window"), ("For `stop`: the hours.", "用于 `stop`：停用时段。")),
        may(
            "rebound",
            or_else(share(), 0.into()),
            ("For `stop`: the share that comes back in the hours after.", "用于 `stop`：其后几小时回补的比例。"),
        ),
        may(
            "mode",
            or_else(word(&["required", "as_needed"]), "required".into()),
            ("For `stop`: whether it is required, or used as needed.", "用于 `stop`：必须停用，还是按需启用。"),
        ),
        may(
            "tiers",
            list(&count()),
            ("The only tiers whose gas it reaches; all, if left out.", "仅限这些层级的用气；省略则不限。"),
        ),
    ];
    with(basis(), more)
}

fn measure(lang: Lang) -> Value {
    let more = vec![
        may("in_force", shared("validity"), ("When the measure may be used at all.", "该措施何时可用。")),
        may(
            "rotates",
            or_else(truth(), false.into()),
            ("Whether it touches only the blocks chosen by the rotation.", "是否仅限轮到的区块。"),
        ),
        may(
            "within",
            some_of(&word(&["firm", "backup"])),
            (
                "What orders the gas inside the measure, the first key first: the supply order, or who has a backup fuel.",
                "措施内部的次序，先列者先比：保供次序（`firm`），或有无备用燃料（`backup`）。",
            ),
        ),
        may(
            "sharing",
            or_else(word(&["even", "list"]), "even".into()),
            (
                "Who is cut: everybody by the same share, or whole customers one after another.",
                "如何分摊：同等比例（`even`），或按名单逐户停气（`list`）。",
            ),
        ),
        may(
            "smallest_order_m3",
            or_else(cubic_metres(), 0.into()),
            ("Cuts below so many m3 a day are not ordered.", "日压减不足此数（m3）者不下达。"),
        ),
        may(
            "notice_hours",
            count(),
            ("The whole hours of notice that its customers need.", "须提前若干小时通知用户（整数）。"),
        ),
        may("levels", texts(), ("The levels at which it is in force as it stands here.", "按此处规定生效的级别。")),
    ];
    let at_level = described(
        table(lang, action()),
        (
            "What the measure is at one level (`always` in a plan without levels), where it differs.",
            "该措施在某一级别（不分级的预案写 `always`）的不同之处。",
        ),
        lang,
    );
    open_table(lang, with(with(label(), action()), more), &at_level)
}

fn shares(lang: Lang) -> Value {
    let value = || must("value", share(), ("The share of demand.", "占需求的比例。"));
    let always = table(lang, vec![value()]);
    let in_season = table(lang, with(vec![value()], days()));
    json!({ "anyOf": [share(), list(&json!({ "anyOf": [in_season, always] }))] })
}

fn month_day() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$" })
}

/// A part of every year.
fn days() -> Vec<Key> {
    vec![
        must("from", month_day(), ("The first day of each year, month-day.", "每年起始日，月-日。")),
        must("until", month_day(), ("The last day, month-day.", "每年截止日，月-日。")),
    ]
}

fn validity(lang: Lang) -> Value {
    let date = || json!({ "type": "string", "format": "date" });
    let keys = vec![
        may("from", date(), ("The first day.", "首日。")),
        may("until", date(), ("The last day.", "末日。")),
        may("season", shared("season"), ("The part of each year.", "每年的哪一段。")),
    ];
    table(lang, keys)
}

fn exemption(lang: Lang) -> Value {
    let more = vec![
        must("measures", texts(), ("The measures it exempts from, by id.", "不适用哪些措施（以标识列出）。")),
        must("who", shared("who"), ("Whom it exempts.", "豁免哪些用户。")),
    ];
    table(lang, with(with(label(), basis()), more))
}

fn rotation(lang: Lang) -> Value {
    let more = vec![
        must(
            "from",
            decimal(),
            ("The shortfall above which the first block takes its turn.", "超过此缺口比例即轮换第一个区块。"),
        ),
        must("step", decimal(), ("The further shortfall that adds a block.", "缺口每增加多少增加一个区块。")),
        may(
            "rest_days",
            or_else(count(), 0.into()),
            ("Days between two turns of a block.", "同一区块两次轮换的间隔天数。"),
        ),
        may(
            "longest_run_days",
            or_else(count(), 0.into()),
            ("The most days of a turn; 0 for no limit.", "一次轮换最长天数；0 为不限。"),
        ),
    ];
    table(lang, with(basis(), more))
}

fn duty(lang: Lang) -> Value {
    let daily = vec![
        must("period", shared("hour"), ("The hour at which the reported day begins and ends.", "统计日的起止整点。")),
        must("at", shared("hour"), ("The hour at which it is due.", "应报的整点。")),
    ];
    let due = json!({ "anyOf": [
        word(&["at-once"]),
        table(lang, vec![must("daily", table(lang, daily), ("Every day.", "每日。"))]),
        table(lang, vec![must("working_days_after_end", count(), ("So many working days after the end.", "响应结束后若干工作日内。"))]),
        table(lang, vec![must("hours_after", count(), ("So many hours after the event.", "事后若干小时内。"))]),
    ] });
    let more = vec![
        may("owed_by", texts(), ("Who owes it; ids of roles.", "由谁履行（职责主体标识）。")),
        may("owed_to", texts(), ("To whom.", "向谁履行。")),
        must("due", due, ("When it is due.", "时限。")),
    ];
    table(lang, with(with(label(), basis()), more))
}
