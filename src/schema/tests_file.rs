//! A file of tests of a policy, `plan.test.toml`.

use serde_json::{Value, json};

use super::DRAFT;
use super::declare::{
    Key, count, cubic_metres, decimal, list, may, must, named, or_else, said, share, shared, some_text, table, text,
    texts, truth, word,
};
use crate::Lang;

/// The schema of a file of tests.
pub(super) fn tests_file(lang: Lang) -> Value {
    let keys = vec![
        may(
            "policy",
            some_text(),
            (
                "The policy that is tested, an id or a path; if left out, the one beside this file.",
                "所测试的预案：编号或路径；省略则为本文件旁的预案。",
            ),
        ),
        may("date", date(), ("The gas day of tests that name none.", "未写日期的测试所用的供气日。")),
        may("city", shared("city"), ("The city that tests are in which name none.", "未写城市的测试所在的城市。")),
        may("cities", named(&shared("city")), ("Cities by name.", "各座城市，以名称为键。")),
        must("test", list(&test(lang)), ("The tests.", "各项测试。")),
    ];
    let mut schema = table(lang, keys);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
        root.insert("title".to_owned(), said(("Tests of a policy of curtail", "curtail 的预案测试"), lang).into());
        root.insert(
            "$defs".to_owned(),
            json!({
                "city": city(lang),
                "row": table(lang, columns()),
                "customer": table(lang, cut()),
                "totals": figures(lang, &crate::trial::TOTALS),
                "balance": figures(lang, &crate::trial::BALANCE),
                "expect_area": table(lang, expect()),
            }),
        );
    }
    schema
}

/// As TOML has it, bare or in quotes.
fn date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
}

fn city(lang: Lang) -> Value {
    let keys = vec![
        must("customers", list(&customer(lang)), ("Who takes gas, and how much.", "用户及其用气量。")),
        may(
            "districts",
            list(&district(lang)),
            (
                "Districts; their order breaks ties; one, `city`, if left out.",
                "区域；同等时以先后为准；省略则只有 `city`。",
            ),
        ),
        may(
            "sources",
            list(&source(lang)),
            (
                "What each source can give; if left out, one that gives what the main urban area asks for.",
                "各气源供应量；省略则为一处，供应量等于主城区需求。",
            ),
        ),
        may(
            "links",
            list(&link(lang)),
            ("The network: one-way links; without it, one pool.", "管网：单向连接；省略则各气源可达各区域。"),
        ),
        may(
            "profiles",
            list(&profile(lang)),
            ("How a day's demand spreads over its hours.", "用气曲线：一日用气在各小时的分布。"),
        ),
        may(
            "pooling",
            or_else(truth(), true.into()),
            ("Whether all companies draw on all sources.", "各企业是否共用全部气源。"),
        ),
    ];
    table(lang, keys)
}

fn customer(lang: Lang) -> Value {
    let keys = vec![
        must("customer_id", some_text(), ("Its id.", "用户编号。")),
        must(
            "class",
            some_text(),
            ("Its class: an id, label or alias of the policy.", "用户类别：预案中的标识、名称或别名。"),
        ),
        must("demand_m3", cubic_metres(), ("In m3 a day.", "日用气量，立方米。")),
        may("name", text(), ("What it is called.", "名称。")),
        may("district", some_text(), ("Its district; the first one if left out.", "所在区域；省略则为第一个区域。")),
        may("company", some_text(), ("Its company; `gas` if left out.", "城燃企业；省略则为 `gas`。")),
        may("floor_m3", cubic_metres(), ("What keeps its plant from harm, in m3 a day.", "保底气量，每日立方米。")),
        may("boiler_t_h", decimal(), ("Its boiler's capacity in t/h of steam.", "锅炉蒸吨数。")),
        may("backup", word(&["none", "coal", "oil", "electric", "other"]), ("Its backup fuel.", "备用燃料。")),
        may("profile", text(), ("Its profile; flat if left out.", "用气曲线；省略则全日均匀。")),
        may("contract", word(&["firm", "interruptible", "peak_shaving"]), ("Its kind of contract.", "合同类型。")),
        may("annual_m3", cubic_metres(), ("Its use in m3 a year.", "年用气量，立方米。")),
        may("tags", texts(), ("Its designations.", "认定标签。")),
        may("site", text(), ("The site that ties rows of one meter together.", "同一表计各行共用的地点。")),
        may("households", cubic_metres(), ("How many households it serves.", "所供居民户数。")),
    ];
    table(lang, keys)
}

fn district(lang: Lang) -> Value {
    let keys = vec![
        must("district", some_text(), ("Its id.", "区域编号。")),
        may("name", text(), ("What it is called.", "名称。")),
        may(
            "urban",
            or_else(truth(), true.into()),
            ("Whether it is a block of the main urban area.", "是否属主城区。"),
        ),
    ];
    table(lang, keys)
}

fn source(lang: Lang) -> Value {
    let keys = vec![
        must("source", some_text(), ("Its name.", "气源名称。")),
        must("volume_m3", cubic_metres(), ("In m3 over the day.", "日供应量，立方米。")),
        may("company", some_text(), ("The company that may draw on it.", "可使用该气源的企业。")),
        may("area", some_text(), ("The outer district that it feeds.", "所供的主城区以外区域。")),
    ];
    table(lang, keys)
}

fn link(lang: Lang) -> Value {
    let keys = vec![
        must(
            "from",
            some_text(),
            ("Where gas enters: a source, a district or a junction.", "起点：气源、区域或节点。"),
        ),
        must("to", some_text(), ("Where gas leaves.", "终点。")),
        must("capacity_m3", cubic_metres(), ("In m3 over the day.", "日输气能力，立方米。")),
    ];
    table(lang, keys)
}

fn profile(lang: Lang) -> Value {
    let shares = json!({ "type": "array", "items": share(), "minItems": 24, "maxItems": 24 });
    let keys = vec![
        must("profile", some_text(), ("Its name.", "曲线名称。")),
        must(
            "shares",
            shares,
            ("The share of each clock hour, from hour 0; together 1.", "各整点小时的占比，自 0 时起；合计为 1。"),
        ),
    ];
    table(lang, keys)
}

fn test(lang: Lang) -> Value {
    let label = table(
        lang,
        vec![must("en", text(), ("In English.", "英文。")), must("zh", text(), ("In Chinese.", "简体中文。"))],
    );
    let mut expected = expect();
    expected.push(may(
        "areas",
        named(&shared("expect_area")),
        ("What must come out in districts outside the main urban area.", "主城区以外各区域应有的结果。"),
    ));
    let percent = json!({ "type": "number", "minimum": 0, "maximum": 100 });
    let keys = vec![
        may("name", json!({ "anyOf": [text(), label] }), ("What the test is about.", "测试的内容。")),
        may("clause", text(), ("The clause that it is about.", "所涉条款。")),
        may("city", some_text(), ("The name of its city.", "所在城市的名称。")),
        may("date", date(), ("The gas day.", "供气日。")),
        may("shortfall", percent, ("How many percent supply is short of demand.", "供应比需求缺百分之几。")),
        may(
            "supply_m3",
            cubic_metres(),
            ("What the sources give together; not beside `shortfall`.", "各气源合计供应量；不与 `shortfall` 并用。"),
        ),
        may("unified", truth(), ("Join the outer districts to the urban balance.", "将主城区以外并入统一平衡。")),
        may(
            "demand",
            named(&cubic_metres()),
            ("Customers whose demand is another that day.", "当日用气量另定的用户。"),
        ),
        may(
            "burdens",
            named(&decimal()),
            ("What blocks have borne this season, in full days.", "各区块本季已承担量，折合全天数。"),
        ),
        may(
            "customer_burdens",
            named(&decimal()),
            ("What customers on a stop list have borne.", "停气名单上各用户已承担量。"),
        ),
        may(
            "turns",
            named(&list(&date())),
            ("The past days on which blocks had their turn.", "各区块以往轮换的日期。"),
        ),
        must("expect", table(lang, expected), ("What must come out; at least one thing.", "应有的结果，至少一项。")),
    ];
    table(lang, keys)
}

fn columns() -> Vec<Key> {
    vec![
        may("demand_m3", cubic_metres(), ("Forecast demand.", "预测需求。")),
        may("served_m3", cubic_metres(), ("What is served of it.", "供应量。")),
        may("cut_m3", cubic_metres(), ("What is not, withheld gas included.", "压减量，含停用。")),
    ]
}

fn figures(lang: Lang, keys: &[&'static str]) -> Value {
    let figure = |key: &&'static str| may(key, cubic_metres(), ("As in the decision.", "同决定中的同名项。"));
    table(lang, keys.iter().map(figure).collect())
}

fn cut() -> Vec<Key> {
    let mut keys = columns();
    keys.extend([
        may("form", word(&["none", "stop", "limit", "off-peak"]), ("How it is cut.", "压减方式。")),
        may("measures", texts(), ("All measures that cut it, in any order.", "压减它的全部措施，不分先后。")),
        may("clauses", texts(), ("The clauses of those measures.", "这些措施的依据条款。")),
    ]);
    keys
}

fn expect() -> Vec<Key> {
    let status = word(&["no_shortage", "balanced", "beyond_authority"]);
    vec![
        may("level", some_text(), ("The level's id, or `none`.", "级别标识，或 `none`。")),
        may(
            "raised_by",
            some_text(),
            ("The area whose shortfall raised the level, or `none`.", "因其缺口而升级的区域，或 `none`。"),
        ),
        may("status", status, ("How the decision went.", "决定的结果。")),
        may(
            "escalate_to",
            some_text(),
            ("The level that would authorise all cuts, or `none`.", "可授权全部压减的级别，或 `none`。"),
        ),
        may(
            "blocks",
            texts(),
            ("All blocks on their turn, in the order of their turn.", "轮换的全部区块，按轮换先后。"),
        ),
        may("blocks_by_formula", count(), ("How many blocks the formula gives.", "按公式应轮换的区块数。")),
        may("extended", truth(), ("Whether more blocks rotate than the formula gives.", "实际轮换是否多于公式。")),
        may(
            "rest_gave_way",
            truth(),
            ("Whether a block rotates in spite of its rest or run.", "是否有区块未满间隔或超过连续天数即轮换。"),
        ),
        may("in_force", texts(), ("All measures in force, in any order.", "生效的全部措施，不分先后。")),
        may("cutting", texts(), ("All measures that take gas, in any order.", "实际压减的全部措施，不分先后。")),
        may("measures", named(&cubic_metres()), ("What measures take, in m3.", "各措施的压减量，立方米。")),
        may("totals", shared("totals"), ("Figures of the totals.", "合计各项。")),
        may("balance", shared("balance"), ("Figures of the balance.", "供需平衡各项。")),
        may("by_class", named(&shared("row")), ("Figures of classes.", "各类别的数值。")),
        may("by_tier", named(&shared("row")), ("Figures of tiers, by number.", "各层次的数值，以层号为键。")),
        may("by_district", named(&shared("row")), ("Figures of districts.", "各区域的数值。")),
        may("by_company", named(&shared("row")), ("Figures of companies.", "各企业的数值。")),
        may("customers", named(&shared("customer")), ("What customers get, and why.", "各用户的供气量及原因。")),
        may("warnings", texts(), ("The codes of all warnings, in any order.", "全部警告的代码，不分先后。")),
    ]
}
