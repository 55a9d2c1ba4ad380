//! The columns of each table: their names in both languages, and what their cells hold.

use std::borrow::Cow;

#[cfg(feature = "cli")]
use crate::Lang;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Text,
    /// An id, which a spreadsheet may have turned into a number.
    Id,
    /// m3 a day.
    Volume,
    /// m3 an hour.
    PerHour,
    /// m3 a year.
    PerYear,
    /// m3 at rest.
    Held,
    /// t/h of steam.
    Tonnage,
    /// m2.
    Area,
    /// A number of things.
    Count,
    /// A share of the whole.
    Share,
    /// A share of the whole in percent.
    Percent,
    /// A clock hour.
    Hour,
    /// A date.
    Date,
    /// A date and a time of day.
    Moment,
    /// Degrees Celsius.
    Degrees,
    /// True or false.
    Truth,
    /// A word of a short list.
    Word,
}

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    /// The name in English.
    pub en: &'static str,
    /// The name in Chinese.
    pub zh: &'static str,
    /// Other names, of either language.
    pub also: &'static [&'static str],
    /// What its cells hold.
    pub kind: Kind,
    /// Whether the table must have it.
    pub required: bool,
}

const fn must(en: &'static str, zh: &'static str, kind: Kind, also: &'static [&'static str]) -> Column {
    Column { en, zh, also, kind, required: true }
}

const fn may(en: &'static str, zh: &'static str, kind: Kind, also: &'static [&'static str]) -> Column {
    Column { en, zh, also, kind, required: false }
}

#[cfg(feature = "cli")]
impl Column {
    /// The heading that we write ourselves: the name in one language, and the unit in brackets. `basis` is the case's volume basis.
    pub(crate) fn heading(&self, lang: Lang, basis: &str) -> String {
        let cubic = basis.split('-').next().unwrap_or(basis);
        let unit = match self.kind {
            Kind::Volume | Kind::Held | Kind::PerYear => cubic.to_owned(),
            Kind::PerHour => format!("{cubic}/h"),
            Kind::Tonnage => "t/h".to_owned(),
            Kind::Area => "m2".to_owned(),
            Kind::Degrees => "℃".to_owned(),
            _ => String::new(),
        };
        let name = match lang {
            Lang::En => self
                .en
                .trim_end_matches("_t_h")
                .replace("_m3", "")
                .replace("_m2", "")
                .trim_end_matches("_c")
                .replace('_', " "),
            Lang::Zh => self.zh.to_owned(),
        };
        match (unit.as_str(), lang) {
            ("", _) => name,
            (unit, Lang::En) => format!("{name} ({unit})"),
            (unit, Lang::Zh) => format!("{name}({})", unit.replace("m3", "m³").replace("m2", "m²")),
        }
    }
}

/// A table of the case.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Its key under `[files]`, and the name of its sheet.
    pub key: &'static str,
    /// Names of its sheet in Chinese.
    pub sheets: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [Column],
}

/// `customers.csv`; the numbers are those of [`customer`].
pub(crate) static CUSTOMERS: Schema = Schema {
    key: "customers",
    sheets: &["用户", "用户表", "客户"],
    columns: &[
        must("customer_id", "用户编号", Kind::Id, &["客户编号", "用户号", "户号", "编号", "用户ID", "id", "customer"]),
        must("name", "用户名称", Kind::Text, &["名称", "客户名称", "单位名称", "用户名", "用户"]),
        must("district", "区域", Kind::Text, &["片区", "区县", "行政区", "所属区域", "所在区域", "分区"]),
        must("company", "城燃企业", Kind::Text, &["公司", "供气企业", "燃气公司", "供气公司", "燃气企业"]),
        must("class", "用户类别", Kind::Text, &["类别", "用户类型", "类型", "用气类别"]),
        must("demand_m3", "用气量", Kind::Volume, &["demand", "日用气量", "需求量", "日需求量", "用气需求", "需求"]),
        may(
            "floor_m3",
            "保底气量",
            Kind::Volume,
            &["floor", "保底用气量", "保炉气量", "保炉用气", "保炉用气量", "安全负荷"],
        ),
        may("boiler_t_h", "锅炉吨位", Kind::Tonnage, &["boiler", "吨位", "蒸吨", "锅炉容量", "锅炉蒸吨"]),
        may("backup", "备用能源", Kind::Word, &["备用燃料", "替代能源", "备用"]),
        may("profile", "用气曲线", Kind::Text, &["负荷曲线", "曲线", "日曲线"]),
        may("contract", "合同类型", Kind::Word, &["供气合同", "合同"]),
        may("annual_m3", "年用气量", Kind::PerYear, &["annual"]),
        may("tags", "标签", Kind::Text, &["标记", "tag"]),
        may("site", "用气点", Kind::Id, &["站点", "场所", "表计"]),
        may("households", "户数", Kind::Count, &["居民户数"]),
        may("heated_m2", "供热面积", Kind::Area, &["供暖面积", "采暖面积", "heated", "heated_area"]),
        may("contact", "联系人", Kind::Text, &["联系方式", "联系电话", "电话"]),
    ],
};

/// `districts.csv`.
pub(crate) static DISTRICTS: Schema = Schema {
    key: "districts",
    sheets: &["区域", "片区", "区域表"],
    columns: &[
        must("district", "区域编号", Kind::Id, &["区域", "片区", "片区编号", "编号", "id"]),
        must("name", "区域名称", Kind::Text, &["名称", "片区名称"]),
        must("urban", "主城区", Kind::Truth, &["是否主城区", "城区"]),
        may("policy", "预案", Kind::Text, &["适用预案"]),
        may("linepack_m3", "管存", Kind::Held, &["linepack", "管存量", "初始管存"]),
        may("linepack_min_m3", "最低管存", Kind::Held, &["linepack_min", "管存下限"]),
        may("linepack_max_m3", "最高管存", Kind::Held, &["linepack_max", "管存上限"]),
        may("linepack_draw_m3", "可用管存", Kind::Held, &["linepack_draw", "可动用管存"]),
    ],
};

/// `supply.csv`.
pub(crate) static SUPPLY: Schema = Schema {
    key: "supply",
    sheets: &["供气", "气源", "供气量"],
    columns: &[
        must("date", "日期", Kind::Date, &["供气日期", "气日", "供气日"]),
        must("source", "气源", Kind::Id, &["气源名称"]),
        must("volume_m3", "供气量", Kind::Volume, &["volume", "supply", "supply_m3", "气量", "日供气量"]),
        may(
            "max_m3_h",
            "小时最大供气量",
            Kind::PerHour,
            &["max", "max_h", "小时上限", "最大小时供气量", "最大小时流量"],
        ),
        may("company", "城燃企业", Kind::Text, &["公司", "供气企业", "燃气公司", "供气公司", "燃气企业"]),
        may("area", "供应区域", Kind::Text, &["供气区域"]),
    ],
};

/// `demand.csv`.
pub(crate) static DEMAND: Schema = Schema {
    key: "demand",
    sheets: &["需求", "需求预测", "用气预测"],
    columns: &[
        must("date", "日期", Kind::Date, &["用气日期", "气日", "预测日期"]),
        may("customer_id", "用户编号", Kind::Id, &["客户编号", "用户号", "户号", "编号", "用户ID", "id", "customer"]),
        may("district", "区域", Kind::Text, &["片区", "区县", "行政区", "所属区域", "所在区域", "分区"]),
        may("company", "城燃企业", Kind::Text, &["公司", "供气企业", "燃气公司", "供气公司", "燃气企业"]),
        may("class", "用户类别", Kind::Text, &["类别", "用户类型", "类型", "用气类别"]),
        must("demand_m3", "用气量", Kind::Volume, &["demand", "预测用气量", "日用气量", "需求量", "日需求量", "需求"]),
    ],
};

/// `actuals.csv`.
pub(crate) static ACTUALS: Schema = Schema {
    key: "actuals",
    sheets: &["实际用气", "实际供气", "实际气量", "实绩"],
    columns: &[
        must("date", "日期", Kind::Date, &["用气日期", "气日", "供气日期", "供气日"]),
        may("hour", "小时", Kind::Hour, &["时刻", "钟点", "时段"]),
        may("customer_id", "用户编号", Kind::Id, &["客户编号", "用户号", "户号", "编号", "用户ID", "id", "customer"]),
        may("district", "区域", Kind::Text, &["片区", "区县", "行政区", "所属区域", "所在区域", "分区"]),
        may("source", "气源", Kind::Id, &["气源名称"]),
        must(
            "volume_m3",
            "实际气量",
            Kind::Volume,
            &["volume", "actual", "气量", "实际用气量", "实际供气量", "用气量", "供气量"],
        ),
        may("linepack_m3", "管存", Kind::Held, &["linepack", "管存量", "管存读数"]),
    ],
};

/// `links.csv`.
pub(crate) static LINKS: Schema = Schema {
    key: "links",
    sheets: &["管网", "管线", "管道"],
    columns: &[
        must("from", "起点", Kind::Id, &["上游"]),
        must("to", "终点", Kind::Id, &["下游"]),
        must("capacity_m3", "输气能力", Kind::Volume, &["capacity", "日输气能力", "日能力", "输送能力"]),
        may("capacity_m3_h", "小时输气能力", Kind::PerHour, &["capacity_h", "小时能力"]),
    ],
};

/// `profiles.csv`.
pub(crate) static PROFILES: Schema = Schema {
    key: "profiles",
    sheets: &["用气曲线", "负荷曲线", "曲线"],
    columns: &[
        must("profile", "用气曲线", Kind::Id, &["曲线", "负荷曲线", "日曲线"]),
        must("hour", "小时", Kind::Hour, &["时刻", "钟点", "时段"]),
        must("share", "占比", Kind::Share, &["比例", "份额"]),
    ],
};

/// A company's list of whom it would cut: what `orders.csv` holds, of which a list needs the customer and one volume. The
/// numbers are those of [`super::list`].
pub(crate) static STOP_LIST: Schema = Schema {
    key: "list",
    sheets: &["orders", "名单", "停气名单", "减限量名单", "指令"],
    columns: &[
        must("customer_id", "用户编号", Kind::Id, &["客户编号", "用户号", "户号", "编号", "用户ID", "id", "customer"]),
        may("name", "用户名称", Kind::Text, &["名称", "客户名称", "单位名称", "用户名", "用户"]),
        may("district", "区域", Kind::Text, &["片区", "区县", "行政区", "所属区域", "所在区域", "分区"]),
        may("company", "城燃企业", Kind::Text, &["公司", "供气企业", "燃气公司", "供气公司", "燃气企业"]),
        may("class", "用户类别", Kind::Text, &["类别", "用户类型", "类型", "用气类别"]),
        may("demand_m3", "用气量", Kind::Volume, &["demand", "日用气量", "需求量", "日需求量", "用气需求", "需求"]),
        may("served_m3", "供气量", Kind::Volume, &["served", "保留气量", "保供气量"]),
        may("cut_m3", "压减量", Kind::Volume, &["cut", "减限量", "停气量", "限气量", "压减气量"]),
        may("form", "方式", Kind::Text, &["压减方式"]),
        may("measure", "措施", Kind::Text, &["处置措施"]),
        may("off_from", "停用起", Kind::Text, &["停用开始"]),
        may("off_to", "停用止", Kind::Text, &["停用结束"]),
        may("clause", "依据", Kind::Text, &["条款"]),
        may("contact", "联系人", Kind::Text, &["联系方式", "联系电话", "电话"]),
    ],
};

/// `holidays.csv`.
pub(crate) static HOLIDAYS: Schema = Schema {
    key: "holidays",
    sheets: &["节假日", "节假日表", "放假安排", "放假调休"],
    columns: &[
        must("date", "日期", Kind::Date, &["放假日期"]),
        may("name", "名称", Kind::Text, &["节日", "节假日", "节假日名称", "holiday"]),
        must("kind", "类型", Kind::Word, &["性质", "放假或上班", "type"]),
        may("basis", "依据", Kind::Word, &["公布情况"]),
        may("source", "来源", Kind::Text, &["出处", "文号", "文件"]),
    ],
};

/// `weather.csv`.
pub(crate) static WEATHER: Schema = Schema {
    key: "weather",
    sheets: &["天气", "气温", "天气预报", "气温预报"],
    columns: &[
        must("date", "日期", Kind::Date, &["预报日期", "气日", "供气日"]),
        must(
            "temperature_c",
            "日平均气温",
            Kind::Degrees,
            &["temperature", "mean_temperature", "气温", "温度", "平均气温", "日均气温", "平均温度"],
        ),
        may("issued", "发布时间", Kind::Moment, &["预报时间", "起报时间", "发布", "issued_at"]),
        may("source", "来源", Kind::Text, &["出处", "发布单位", "数据来源"]),
    ],
};

/// A history of what was taken: further columns are classes.
pub(super) static HISTORY: Schema = Schema {
    key: "history",
    sheets: &["历史用气", "历史数据", "历史"],
    columns: &[
        must("date", "日期", Kind::Date, &["用气日期", "气日", "供气日"]),
        must(
            "temperature_c",
            "日平均气温",
            Kind::Degrees,
            &["temperature", "mean_temperature", "气温", "温度", "平均气温", "日均气温", "平均温度"],
        ),
    ],
};

/// A forecast of shortfalls, day by day.
pub(super) static SHORTFALLS: Schema = Schema {
    key: "forecast",
    sheets: &["缺口预测", "预测"],
    columns: &[
        must("date", "日期", Kind::Date, &["供气日期", "气日", "供气日", "预测日期"]),
        must("shortfall_pct", "缺口", Kind::Percent, &["shortfall", "缺口比例", "缺口率", "缺口百分比"]),
    ],
};

impl Schema {
    /// All names of all columns.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().flat_map(|c| [c.en, c.zh].into_iter().chain(c.also.iter().copied()))
    }

    /// The columns' names, as a list for a message.
    pub fn listed(&self) -> String {
        self.columns.iter().map(|c| c.en).collect::<Vec<_>>().join(", ")
    }

    /// The same in Chinese.
    pub fn listed_zh(&self) -> String {
        self.columns.iter().map(|c| c.zh).collect::<Vec<_>>().join("、")
    }

    /// How many columns there must be.
    pub fn required(&self) -> usize {
        self.columns.iter().filter(|column| column.required).count()
    }

    /// How many of a row's cells are headings of this table.
    pub fn known_among<'a>(&self, cells: impl Iterator<Item = &'a str>) -> usize {
        cells.filter(|cell| self.find(&split_unit(cell).0).or_else(|| self.find(cell)).is_some()).count()
    }

    /// The column that a heading (without its unit) names.
    pub fn find(&self, name: &str) -> Option<usize> {
        let wanted = plain(name);
        self.columns.iter().position(|column| {
            let names = [column.en, column.zh].into_iter().chain(column.also.iter().copied());
            names.into_iter().any(|name| plain(name) == wanted)
        })
    }
}

/// A heading without what people vary: width, case, spaces.
fn plain(name: &str) -> String {
    let narrow = narrow(name);
    let words: Vec<&str> = narrow.split([' ', '_', '-', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect();
    words.join("_").replace('³', "3").replace('²', "2").to_lowercase()
}

/// Full-width letters, digits and signs as narrow ones, blanks of all kinds as spaces, ends trimmed.
pub(super) fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text.trim());
    }
    let narrowed: String = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{feff}' | '\u{200b}' => ' ',
            '\u{2212}' => '-',
            _ => c,
        })
        .collect();
    Cow::Owned(narrowed.trim().to_owned())
}

/// A heading's name and its unit, if it states one in brackets.
pub(crate) fn split_unit(heading: &str) -> (String, Option<String>) {
    let heading = narrow(heading).into_owned();
    for (open, close) in [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕')] {
        let Some(inner) = heading.strip_suffix(close) else { continue };
        if let Some((name, unit)) = inner.split_once(open) {
            return (name.trim().to_owned(), Some(unit.trim().to_owned()));
        }
    }
    (heading, None)
}

/// A unit: ten to which power, and the volume basis it names, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// A cell of 1 means `10^power` of the column's own unit.
    pub power: i8,
    /// `Nm3` or `Sm3`.
    pub basis: Option<&'static str>,
}

/// What a unit means for a kind of column; `None` if it does not fit there.
pub(crate) fn unit(kind: Kind, text: &str) -> Option<Unit> {
    let text = narrow(text).to_lowercase().replace('³', "3").replace('²', "2").replace("^3", "3").replace("^2", "2");
    // "10^3 m3" has lost its power sign in the line above: that is 103, and no other unit begins so.
    let text = text.replace([' ', '×', '*', '·'], "");
    let (power, rest) = multiple(&text);
    let rest = match rest.split_once(['/', '每']) {
        Some((unit, per)) if per_is(kind, per) => unit,
        Some(_) if kind == Kind::Tonnage => rest,
        Some(_) => return None,
        None => rest,
    };
    let plain = |power| Some(Unit { power, basis: None });
    match kind {
        Kind::Volume | Kind::PerHour | Kind::PerYear | Kind::Held => match rest {
            "m3" | "立方米" | "方" | "立方" | "cubicmetres" | "cubicmeters" => plain(power),
            "nm3" | "标方" | "标准立方米" | "标立方米" => Some(Unit { power, basis: Some("Nm3") }),
            "sm3" => Some(Unit { power, basis: Some("Sm3") }),
            _ => None,
        },
        Kind::Area => matches!(rest, "m2" | "平方米" | "平米" | "㎡").then_some(Unit { power, basis: None }),
        Kind::Count => matches!(rest, "户" | "" | "households").then_some(Unit { power, basis: None }),
        Kind::Tonnage => {
            let tons = ["t/h", "t", "吨", "蒸吨", "吨/时", "吨/小时", "蒸吨/小时", "蒸吨/时"];
            (power == 0 && tons.contains(&rest)).then_some(Unit { power, basis: None })
        }
        Kind::Share => match rest {
            "%" | "百分比" => plain(-2),
            "" => plain(0),
            _ => None,
        },
        Kind::Percent => match rest {
            "%" | "百分比" => plain(0),
            _ => None,
        },
        Kind::Degrees => (power == 0 && matches!(rest, "℃" | "°c" | "c" | "degc" | "摄氏度" | "度"))
            .then_some(Unit { power, basis: None }),
        Kind::Hour => matches!(rest, "h" | "时" | "点" | "hour").then_some(Unit { power: 0, basis: None }),
        Kind::Text | Kind::Id | Kind::Date | Kind::Moment | Kind::Truth | Kind::Word => None,
    }
}

fn multiple(text: &str) -> (i8, &str) {
    let known = [
        ("10^4", 4),
        ("104", 4),
        ("10000", 4),
        ("万", 4),
        ("10^3", 3),
        ("103", 3),
        ("1000", 3),
        ("千", 3),
        ("thousand", 3),
        ("10^6", 6),
        ("106", 6),
        ("百万", 6),
        ("million", 6),
        ("10^8", 8),
        ("108", 8),
        ("亿", 8),
    ];
    let found = known.iter().find_map(|(word, power)| text.strip_prefix(word).map(|rest| (*power, rest)));
    found.unwrap_or((0, text))
}

fn per_is(kind: Kind, per: &str) -> bool {
    match kind {
        Kind::Volume => matches!(per, "d" | "day" | "日" | "天"),
        Kind::PerHour => matches!(per, "h" | "hour" | "时" | "小时"),
        Kind::PerYear => matches!(per, "a" | "year" | "年"),
        _ => false,
    }
}

/// The units that a kind of column takes, for a message.
pub(super) const fn known_units(kind: Kind) -> &'static str {
    match kind {
        Kind::Volume => "m3, 10^3 m3 (千m3), 10^4 m3 (万m3)",
        Kind::Held => "m3, 10^3 m3 (千m3), 10^4 m3 (万m3)",
        Kind::PerHour => "m3/h, 10^3 m3/h (千m3/h), 10^4 m3/h (万m3/h)",
        Kind::PerYear => "m3, 10^3 m3 (千m3), 10^4 m3 (万m3)",
        Kind::Tonnage => "t/h (蒸吨)",
        Kind::Area => "m2, 10^4 m2 (万m2)",
        Kind::Count => "户, 万户",
        Kind::Share | Kind::Percent => "%",
        Kind::Hour => "h",
        Kind::Degrees => "℃ (°C)",
        Kind::Text | Kind::Id | Kind::Date | Kind::Moment | Kind::Truth | Kind::Word => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "cli")]
    #[test]
    fn what_we_write_above_a_column_names_it() {
        for schema in
            [&CUSTOMERS, &DISTRICTS, &SUPPLY, &DEMAND, &ACTUALS, &LINKS, &PROFILES, &HOLIDAYS, &WEATHER, &STOP_LIST]
        {
            for (at, column) in schema.columns.iter().enumerate() {
                for (lang, basis) in
                    [(Lang::En, "Nm3"), (Lang::Zh, "Nm3"), (Lang::En, "Sm3-20C"), (Lang::Zh, "Sm3-20C")]
                {
                    let heading = column.heading(lang, basis);
                    let (name, stated) = split_unit(&heading);
                    assert_eq!(schema.find(&name), Some(at), "{heading} of {}", schema.key);
                    let stated = stated.map(|text| unit(column.kind, &text));
                    assert!(stated.is_none_or(|unit| unit.is_some_and(|unit| unit.power == 0)), "{heading}");
                }
            }
        }
    }

    #[test]
    fn no_name_means_two_columns_of_a_table() {
        for schema in [
            &CUSTOMERS,
            &DISTRICTS,
            &SUPPLY,
            &DEMAND,
            &ACTUALS,
            &LINKS,
            &PROFILES,
            &HOLIDAYS,
            &WEATHER,
            &STOP_LIST,
            &SHORTFALLS,
        ] {
            for (at, column) in schema.columns.iter().enumerate() {
                for name in [column.en, column.zh].iter().chain(column.also) {
                    assert_eq!(schema.find(name), Some(at), "{} of {}", name, schema.key);
                }
            }
        }
    }

    #[test]
    fn headings_are_found_however_they_are_typed() {
        for name in ["Demand_M3", " demand m3", "demand-m³", "ｄｅｍａｎｄ＿ｍ３", "用气量"] {
            assert_eq!(CUSTOMERS.find(name), Some(5), "{name}");
        }
        assert_eq!(CUSTOMERS.find("demands"), None);
    }

    #[test]
    fn units_are_powers_of_ten() {
        let power = |kind, text| unit(kind, text).map(|unit| unit.power);
        assert_eq!(split_unit("用气量（万m³）"), ("用气量".to_owned(), Some("万m³".to_owned())));
        assert_eq!(power(Kind::Volume, "万m³"), Some(4));
        assert_eq!(power(Kind::Volume, "10^4 m^3"), Some(4));
        assert_eq!(power(Kind::Volume, "10³m³/d"), Some(3));
        assert_eq!(power(Kind::PerHour, "万m3/h"), Some(4));
        assert_eq!(power(Kind::Volume, "m3/h"), None);
        assert_eq!(power(Kind::Volume, "kWh"), None);
        assert_eq!(power(Kind::Tonnage, "t/h"), Some(0));
        assert_eq!(power(Kind::Tonnage, "MW"), None);
        assert_eq!(power(Kind::Share, "%"), Some(-2));
        assert_eq!(power(Kind::Count, "万户"), Some(4));
        assert_eq!(unit(Kind::Volume, "Sm3"), Some(Unit { power: 0, basis: Some("Sm3") }));
    }
}
