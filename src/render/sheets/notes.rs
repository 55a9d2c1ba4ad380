//! What each column of a case's tables takes, in both languages: the notes on the headings of the template, and its first sheet.

use crate::Lang;

/// Of a table and a column by their English names.
pub(super) fn note(table: &str, column: &str, lang: Lang) -> &'static str {
    let (en, zh) = both(table, column);
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

fn both(table: &str, column: &str) -> (&'static str, &'static str) {
    match (table, column) {
        ("customers", "customer_id") => (
            "Must be there. Unlike any other; kept as a text, with its leading noughts and all its digits.",
            "必填。不得重复；按文本保存，前导零和长编号不会丢失。",
        ),
        ("customers", "name") => ("Must be there: what people call the customer.", "必填：用户的名称。"),
        ("customers", "district") => {
            ("Must be there: a district of the sheet of districts, by id or name.", "必填：区域表中的编号或名称。")
        }
        ("customers", "company") => (
            "Must be there: the company that serves it. Write further companies on the sheet of choices.",
            "必填：供气的城燃企业。其他企业请先写到“选项”工作表。",
        ),
        ("customers", "class") => (
            "Must be there: a class of the policy, from the list. Its place in the supply order follows from it.",
            "必填：预案中的用户类别，请从列表选择。供气次序由此而定。",
        ),
        ("customers", "demand_m3") => (
            "Must be there: what it takes on a cold day, in whole m3, 0 to 10^12. Stands in where no forecast is given.",
            "必填：冷天日用气量，整立方米，0 至 10^12。没有当日预测时以此为准。",
        ),
        ("customers", "floor_m3") => (
            "What it needs at least (furnaces, safety), in whole m3 a day, no more than its demand. Nothing is 0.",
            "保底（保炉、安全）气量，整立方米/日，不大于用气量。空白为 0。",
        ),
        ("customers", "boiler_t_h") => (
            "Of a boiler: its capacity in tonnes of steam an hour, decimals allowed. A boiler without one counts as 0 t/h.",
            "锅炉用户：蒸吨（t/h），可有小数。锅炉未填按 0 计。",
        ),
        ("customers", "backup") => {
            ("The backup fuel, from the list. Nothing is none.", "备用能源，请从列表选择。空白为无。")
        }
        ("customers", "profile") => (
            "How its day spreads over the hours: a profile of the sheet of profiles. Nothing is an even day.",
            "一日用气如何分布：用气曲线表中的曲线。空白按全天均匀。",
        ),
        ("customers", "contract") => {
            ("The kind of contract, from the list. Nothing is firm.", "合同类型，请从列表选择。空白为不可中断。")
        }
        ("customers", "annual_m3") => ("What it takes in a year, in whole m3.", "年用气量，整立方米。"),
        ("customers", "tags") => (
            "Designations such as protected, apart by semicolons; which of them mean anything stands in the policy.",
            "认定，如 protected，用分号隔开；哪些有效见预案。",
        ),
        ("customers", "site") => ("Rows of one meter share a site.", "同一计量点的各行填同一用气点。"),
        ("customers", "households") => {
            ("How many households it stands for, a whole number. Nothing is 0.", "所含居民户数，整数。空白为 0。")
        }
        ("customers", "heated_m2") => ("The heated area in whole m2. Nothing is 0.", "供热面积，整平方米。空白为 0。"),
        ("customers", "contact") => ("Whom to call. It is printed on stop lists.", "联系人及电话。会印在停气名单上。"),
        ("districts", "district") => (
            "Must be there. Unlike any other; the order of the rows breaks ties.",
            "必填，不得重复；行的先后用于并列时取舍。",
        ),
        ("districts", "name") => ("Must be there: what people call the district.", "必填：区域的名称。"),
        ("districts", "urban") => (
            "Must be there: yes for a block of the main urban area, no for a district outside it, with a balance of its own.",
            "必填：“是”为主城区的区块；“否”为主城区以外，单独平衡。",
        ),
        ("districts", "policy") => (
            "A policy of its own, a built-in one's id or a path, for a district outside the main urban area.",
            "主城区以外的区域另用的预案：内置编号或文件路径。",
        ),
        ("districts", "linepack_m3") => (
            "Gas in its pipes when the day begins, in whole m3; for days decided by the hour.",
            "日初管存，整立方米；逐小时决策时使用。",
        ),
        ("districts", "linepack_min_m3") => ("The least linepack, in whole m3.", "最低管存，整立方米。"),
        ("districts", "linepack_max_m3") => ("The most linepack, in whole m3.", "最高管存，整立方米。"),
        ("districts", "linepack_draw_m3") => (
            "How much of the linepack may be missing at the end of the day, in whole m3.",
            "日末可少于日初的管存，整立方米。",
        ),
        (_, "date") => {
            ("Must be there: the gas day, named by the date on which it begins.", "必填：供气日，以开始之日为准。")
        }
        ("supply", "source") => {
            ("Must be there: the source. One row a date and source.", "必填：气源。每日每气源一行。")
        }
        ("supply", "volume_m3") => (
            "Must be there: what it can give over the whole gas day, in whole m3, 0 to 10^12.",
            "必填：全日可供气量，整立方米，0 至 10^12。",
        ),
        ("supply", "max_m3_h") => (
            "The most in an hour, in whole m3; for days decided by the hour.",
            "小时最大供气量，整立方米；逐小时决策时使用。",
        ),
        ("supply", "company") => (
            "The company that alone may draw on it, where companies do not pool.",
            "各公司不合并平衡时，有权使用的公司。",
        ),
        ("supply", "area") => {
            ("The outer district that it feeds; nothing is the main urban area.", "所供的外围区域；空白为主城区。")
        }
        ("demand", "customer_id") => (
            "A customer: the row is its own forecast. Without one, the row is the total of the group that the next columns name.",
            "填用户则为该户预测；不填则为后几列所指一组用户的总量。",
        ),
        ("demand", "district") => ("The group's district.", "该组的区域。"),
        ("demand", "company") => ("The group's company.", "该组的城燃企业。"),
        ("demand", "class") => ("The group's class.", "该组的用户类别。"),
        ("demand", "demand_m3") => (
            "Must be there: the forecast in whole m3; of a group, shared among it by the customers' demand.",
            "必填：预测用气量，整立方米；一组总量按各户用气量分摊。",
        ),
        ("links", "from") => (
            "Must be there: where gas enters, a source, a district or a junction of any name. One-way.",
            "必填：起点，气源、区域或任意名称的节点。单向。",
        ),
        ("links", "to") => ("Must be there: where gas leaves.", "必填：终点。"),
        ("links", "capacity_m3") => {
            ("Must be there: the most over a day, in whole m3.", "必填：日输气能力，整立方米。")
        }
        ("links", "capacity_m3_h") => ("The most in an hour, in whole m3.", "小时输气能力，整立方米。"),
        ("profiles", "profile") => ("Must be there: the profile's name, in 24 rows.", "必填：曲线名称，共 24 行。"),
        ("profiles", "hour") => ("Must be there: the clock hour, 0 to 23.", "必填：小时，0 至 23。"),
        ("profiles", "share") => (
            "Must be there: the hour's share of the day, 0 to 1; the 24 add up to 1.",
            "必填：该小时占全日之比，0 至 1；24 行合计为 1。",
        ),
        ("holidays", "name") => ("The holiday's name.", "节假日名称。"),
        ("holidays", "kind") => (
            "Must be there: a day off, or a Saturday or Sunday that is worked, from the list.",
            "必填：放假，或周末上班，请从列表选择。",
        ),
        ("holidays", "basis") => {
            ("Whether it is published or assumed. Nothing is published.", "已公布或假定。空白为公布。")
        }
        ("holidays", "source") => ("Who says so.", "文号或出处。"),
        ("actuals", "hour") => (
            "The clock hour at whose beginning the hour begins, 0 to 23; nothing is the whole day.",
            "起始小时，0 至 23；空白为全日。",
        ),
        ("actuals", "customer_id") => ("A customer whose meter was read.", "已抄表的用户。"),
        ("actuals", "district") => ("Or a district as a whole.", "或整个区域。"),
        ("actuals", "source") => ("Or a source.", "或气源。"),
        ("actuals", "linepack_m3") => (
            "Instead of a volume: what a district's pipes held when the hour began, in whole m3.",
            "替代气量：该小时开始时区域管网的管存，整立方米。",
        ),
        ("weather", "temperature_c") => (
            "Must be there: the mean temperature of the gas day in degrees Celsius, at most two decimals.",
            "必填：供气日平均气温，摄氏度，最多两位小数。",
        ),
        ("weather", "issued") => (
            "When the figure was issued, such as 2026-01-07 16:00: how old a forecast is follows from it.",
            "发布时间，如 2026-01-07 16:00；据此说明预报的新旧。",
        ),
        ("weather", "source") => ("Who issued or measured it.", "发布或观测单位。"),
        ("actuals", "volume_m3") => (
            "What was really taken or given, in whole m3, unless the row tells linepack.",
            "实际气量，整立方米；填管存的行除外。",
        ),
        _ => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sheets::template::TABLES;

    #[test]
    fn every_column_of_every_table_is_explained() {
        for table in TABLES {
            for column in table.columns {
                for lang in [Lang::En, Lang::Zh] {
                    assert!(!note(table.key, column.en, lang).is_empty(), "{} of {}", column.en, table.key);
                }
            }
        }
    }
}
