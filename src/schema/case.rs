//! `case.toml`.

use serde_json::{Value, json};

use super::DRAFT;
use super::declare::{Key, may, must, open_table, or_else, said, some_text, table, truth, word};
use crate::Lang;
use crate::city::Settings;
use crate::policy::Policy;

/// The schema of `case.toml`.
pub(super) fn case(lang: Lang) -> Value {
    let keys = vec![
        must("case", settings(lang), ("The case: one city.", "案例：一座城市。")),
        must(
            "files",
            files(lang),
            (
                "The case's tables: paths from this file's folder, to CSV or to a sheet of a workbook (`book.xlsx#sheet`).",
                "案例的各张表：自本文件所在文件夹起算的路径，CSV 或工作簿中的工作表（`book.xlsx#工作表`）。",
            ),
        ),
    ];
    let keys = keys.into_iter().chain([may(
        "office",
        office(lang),
        ("Who speaks on notices, and whom to call about them.", "通知单的发出单位及联系方式。"),
    )]);
    let mut schema = table(lang, keys.collect());
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), DRAFT.into());
        root.insert("title".to_owned(), said(("case.toml of curtail", "curtail 的 case.toml"), lang).into());
    }
    schema
}

fn settings(lang: Lang) -> Value {
    let default = Settings::default();
    let known: Vec<&str> = Policy::builtins().collect();
    let start = json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):00$" });
    let hour = format!("{:02}:00", default.gas_day_start);
    let keys = vec![
        must("name", some_text(), ("What decisions call the case.", "案例名称，见于各项决定。")),
        must(
            "policy",
            json!({ "anyOf": [{ "enum": known }, some_text()] }),
            (
                "The plan: a built-in policy's id, or the path of a policy file from this folder.",
                "预案：内置预案的编号，或自本文件夹起算的预案文件路径。",
            ),
        ),
        may(
            "timezone",
            or_else(some_text(), default.timezone.into()),
            ("The IANA name of the time zone.", "IANA 时区名。"),
        ),
        may(
            "gas_day_start",
            or_else(start, hour.into()),
            ("The clock hour at which a gas day begins.", "供气日开始的整点时刻。"),
        ),
        may(
            "pooling",
            or_else(truth(), default.pooling.into()),
            (
                "Whether all companies draw on all sources; if not, each source names a company.",
                "各企业是否共用全部气源；否则每一气源须注明企业。",
            ),
        ),
        may(
            "hourly",
            or_else(truth(), default.hourly.into()),
            ("Whether each hour of the day is balanced.", "是否逐小时平衡。"),
        ),
        may(
            "demand_required",
            or_else(truth(), default.demand_required.into()),
            ("Whether a day without a forecast of its own is an error.", "没有当日预测是否视为错误。"),
        ),
        may(
            "volume_basis",
            or_else(word(&["Nm3", "Sm3-20C"]), default.volume_basis.into()),
            (
                "The basis of all volumes; printed on every output, never converted.",
                "全部气量的计量状态；随每份输出注明，从不换算。",
            ),
        ),
    ];
    table(lang, keys)
}

fn office(lang: Lang) -> Value {
    let keys = vec![
        may("name", some_text(), ("What the office is called.", "单位名称。")),
        may("telephone", some_text(), ("The telephone of its duty desk.", "值班电话。")),
    ];
    table(lang, keys)
}

fn files(lang: Lang) -> Value {
    let at =
        |must_be: bool, name, doc| if must_be { must(name, some_text(), doc) } else { may(name, some_text(), doc) };
    let keys: Vec<Key> = vec![
        at(true, "customers", ("Who takes gas, and how much.", "用户及其用气量。")),
        at(true, "districts", ("Districts; their order breaks ties.", "区域；同等时以表中先后为准。")),
        at(true, "supply", ("What each source can give, by day.", "各气源逐日供应量。")),
        at(false, "demand", ("Forecasts by day, of customers or of groups.", "逐日用气预测，按用户或分组。")),
        at(
            false,
            "links",
            ("The network: one-way links; without it, one pool.", "管网：单向连接；省略则各气源可达各区域。"),
        ),
        at(false, "profiles", ("How a day's demand spreads over its hours.", "用气曲线：一日用气在各小时的分布。")),
        at(false, "actuals", ("What was really taken or delivered.", "实际用气与供气。")),
        at(false, "weather", ("Temperatures by day, measured and forecast.", "逐日气温，实况与预报。")),
        at(
            false,
            "demand_model",
            (
                "How demand follows the weather, as `curtail fit` writes it: a TOML file.",
                "用气如何随天气变化的需求模型，由 `curtail fit` 写出：TOML 文件。",
            ),
        ),
        at(false, "holidays", ("Holidays and make-up working days.", "节假日与调休工作日。")),
    ];
    // A command may ask for a file of any other name.
    open_table(lang, keys, &some_text())
}
