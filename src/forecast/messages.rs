//! What can be wrong with a demand model, in both languages.

crate::messages! {
    /// What can be wrong with a demand model's file, or with the weather that it is applied to.
    ForecastMessage {
        "missing_file" = NoModelFile {} =>
            "there is no such file", "correct the path, or make a demand model with `curtail fit HISTORY --out FILE`";
            "没有这个文件", "请更正路径，或用 `curtail fit HISTORY --out FILE` 生成需求模型";
        "no_classes" = NoClasses {} =>
            "the demand model has no class", "add a table `[classes.NAME]` for each class whose demand follows the weather or the calendar";
            "需求模型中没有任何用户类别", "请为每个随天气或日历变化的类别写一个表 `[classes.类别]`";
        "model_class_twice" = ClassTwice { class: String, first: String } =>
            "the class `{class}` stands here twice, under two of its names", "the first is at {first}; keep one";
            "类别 `{class}` 以两个名称重复出现", "第一次在 {first}；请只留一个";
        "unknown_class" = UnknownClass { word: String, policy: String, near: String } =>
            "unknown class `{word}`: the policy `{policy}` has no such class", "did you mean `{near}`?";
            "没有用户类别 `{word}`：预案 `{policy}` 中没有这一类", "是不是 `{near}`？";
        "unknown_class" = StrangeClass { word: String, policy: String, known: String } =>
            "unknown class `{word}`: the policy `{policy}` has no such class", "its classes are: {known}";
            "没有用户类别 `{word}`：预案 `{policy}` 中没有这一类", "已有类别：{known}";
        "not_a_number" = NotANumber { key: String } =>
            "`{key}` must be a decimal number", "write for example 0.95, without quotation marks";
            "`{key}` 应为小数", "写作例如 0.95，不加引号";
        "too_fine" = NotWhole { key: String } =>
            "`{key}` is not whole", "round it to a whole number";
            "`{key}` 不是整数", "请取整";
        "too_fine" = TooFine { key: String, decimals: u32 } =>
            "`{key}` has more than {decimals} decimals", "round it: a finer figure means nothing here";
            "`{key}` 的小数超过 {decimals} 位", "请四舍五入：更细的数字没有意义";
        "out_of_bounds" = OutOfBounds { key: String, least: String, most: String } =>
            "`{key}` is not between {least} and {most}", "correct the figure or its unit";
            "`{key}` 不在 {least} 与 {most} 之间", "请更正数值或单位";
        "bad_temperature" = BadThreshold { key: String } =>
            "`{key}` is no temperature", "write degrees Celsius between -99.99 and 99.99 with at most two decimals, such as 18";
            "`{key}` 不是气温", "请写摄氏度，-99.99 至 99.99，最多两位小数，例如 18";
        "bad_weekdays" = BadWeekdays { count: usize } =>
            "`weekdays` has {count} factors", "it must have seven, from Monday to Sunday";
            "`weekdays` 有 {count} 个系数", "应为周一至周日共七个";
        "history_twice" = HistoryTwice { date: String, first: String } =>
            "{date} is here twice", "the first stands at {first}; keep one";
            "{date} 重复", "第一次在 {first}；请只留一行";
        "history_gap" = HistoryGap { after: String, date: String, days: u32 } =>
            "between {after} and {date} {days} days are missing", "add a row for each day: inside a season (July to June) yesterday's cold must be known";
            "{after} 与 {date} 之间缺 {days} 天", "请逐日补全：同一季（七月至次年六月）内须知道前一日的气温";
        "history_gap" = HistoryGapOfOne { date: String } =>
            "{date} is missing", "add its row: inside a season (July to June) yesterday's cold must be known";
            "缺 {date}", "请补上该日：同一季（七月至次年六月）内须知道前一日的气温";
        "history_too_large" = HistoryTooLarge { class: String, volume: u64, most: u64 } =>
            "the class `{class}` cannot take {volume} m3 a day", "at most {most}; check the unit in the heading";
            "类别 `{class}` 一日不可能用气 {volume} m³", "上限为 {most}；请检查表头的单位";
        "history_too_short" = HistoryTooShort { days: usize, least: usize, warm_up: u32 } =>
            "{days} days can be fitted, which is too few",
            "give at least {least}; the first {warm_up} days of each season do not count, since the cold before them is not known";
            "可用于拟合的只有 {days} 天，太少",
            "至少需要 {least} 天；每季最初 {warm_up} 天不计，因为此前的气温未知";
        "years_without_holidays" = YearsWithoutHolidays { years: String } =>
            "no holiday of {years} is known: days of Spring Festival there count as any other, and weekdays' factors and errors have them in",
            "give the holidays of these years with --holidays FILE";
            "没有 {years} 年的节假日：其中的春节按平常日计，混入各周日系数和误差", "请用 --holidays FILE 给出这些年份的节假日";
        "history_class_missing" = HistoryWithoutClass { class: String } =>
            "there is no column of the class `{class}`, to which customers of the case belong", "add the column, or leave the class to the customers' table with --without {class}";
            "缺少类别 `{class}` 的列，而案例中有该类用户", "请补上该列，或用 --without {class} 使该类按用户表用气";
        "history_class_twice" = HistoryClassTwice { class: String, first: String } =>
            "the class `{class}` has two columns", "the first is at {first}; remove one";
            "类别 `{class}` 有两列", "第一列在 {first}；请删去一列";
        "history_no_class" = HistoryWithoutClasses {} =>
            "there is no column of any class", "add one for each, its heading the class's name and perhaps its unit: `NAME (m3)`";
            "没有任何用户类别的列", "请为每类加一列，表头写类别名称及单位：`类别(m3)`";
        "history_volume" = NotAHistoryVolume { class: String, value: String } =>
            "`{value}` is no volume of the class `{class}`", "write whole m3 that are not negative; a unit stands in the heading";
            "`{value}` 不是类别 `{class}` 的气量", "请写不小于零的整立方米；单位写在表头";
        "history_volume" = NoHistoryVolume { class: String } =>
            "the class `{class}` has no volume here", "fill it in; write 0 if it took nothing";
            "类别 `{class}` 在此没有气量", "请填写；没有用气则写 0";
        "weather_gap" = WeatherGap { after: String, date: String, days: u32 } =>
            "no temperature is given between {after} and {date}: {days} days are missing", "add a row for each day; this series must have no gap";
            "{after} 与 {date} 之间没有气温：缺 {days} 天", "请逐日补全；此序列不能中断";
        "weather_gap" = WeatherGapOfOne { date: String } =>
            "no temperature is given for {date}", "add a row for it; this series must have no gap";
            "没有 {date} 的气温", "请补上该日；此序列不能中断";
        "no_weather" = NoWeather {} =>
            "there is no day with a temperature", "add a row for each day";
            "没有任何一天的气温", "请逐日填写";
    }
}
