//! The words of what can be wrong with a scenario.

crate::messages! {
    /// What can be wrong with a scenario.
    ScenarioMessage {
        "missing_scenario" = Missing {} =>
            "there is no such scenario", "name a scenario's file; `curtail init` writes one to begin with";
            "没有这个情景文件", "请给出情景文件；`curtail init` 会写出一份样例";
        "missing_case" = NoCase { path: String } =>
            "there is no case in `{path}`", "`case` names the folder in which a case.toml lies, from where this file lies";
            "`{path}` 中没有案例", "`case` 应为 case.toml 所在的文件夹，路径从本文件所在处算起";
        "bad_season" = EndsBeforeItBegins { from: String } =>
            "the season ends before it begins, on {from}", "write `from` and `until` as the first and the last day, both of them belong to it";
            "季节在开始日 {from} 之前结束", "`from` 与 `until` 为首日和末日，均计入季节";
        "bad_season" = TooLong { days: u32 } =>
            "a season of {days} days is longer than a year", "write at most 366 days";
            "季节长 {days} 天，超过一年", "最多 366 天";
        "bad_count" = NoWinters {} =>
            "`winters` must be from 1 to 1,000,000,000", "10,000 winters tell a mean to about a hundredth of what it varies by";
            "`winters` 应为 1 到 1,000,000,000", "一万个冬季可使均值的误差约为其波动的百分之一";
        "bad_days" = NoDays { key: &'static str } =>
            "`{key}` must be a number of days, 1 or more", "";
            "`{key}` 应为天数，不小于 1", "";
        "bad_days" = BlocksNeedDays {} =>
            "`draw = \"blocks\"` needs to know how long a block is", "add for example `block_days = 10`: long enough for a cold spell, short enough to mix years";
            "`draw = \"blocks\"` 须说明每段多长", "例如补上 `block_days = 10`：足以容纳一次寒潮，又能混合各年";
        "bad_days" = ReplayHasNoBlocks {} =>
            "winters that are replayed are not made of blocks", "leave `block_days` out, or write `draw = \"blocks\"`";
            "重放历史冬季时不分段", "请去掉 `block_days`，或写 `draw = \"blocks\"`";
        "bad_part" = NotAPart { key: &'static str } =>
            "`{key}` must be from 0 to 1", "0.25 is a quarter";
            "`{key}` 应在 0 到 1 之间", "0.25 即四分之一";
        "bad_volume" = TooMuch { key: &'static str } =>
            "`{key}` is more gas than any city takes", "write whole m3, at most 10^12";
            "`{key}` 超出任何城市的用气量", "请写整数立方米，最多 10^12";
        "bad_temperature" = NotATemperature { key: &'static str } =>
            "`{key}` must be a temperature in degrees Celsius", "write for example -8 or -8.5";
            "`{key}` 应为摄氏温度", "例如 -8 或 -8.5";
        "gives_nothing" = GivesNothing { source: String } =>
            "nothing says what `{source}` gives", "add one of `m3_day`, `contract` or `store`";
            "没有说明气源 `{source}` 供多少气", "请补上 `m3_day`、`contract`、`store` 之一";
        "gives_nothing" = GivesTwice { source: String } =>
            "`{source}` gives gas in two ways", "leave one of `m3_day`, `contract` and `store`; two contracts are two sources";
            "气源 `{source}` 有两种供气方式", "`m3_day`、`contract`、`store` 只留其一；两份合同应写成两个气源";
        "bad_contract" = EmptyContract { source: String } =>
            "the contract of `{source}` has no volumes", "write for example [{{ from = 2026-11-15, m3_day = 5000000 }}]";
            "气源 `{source}` 的合同没有气量", "例如 [{{ from = 2026-11-15, m3_day = 5000000 }}]";
        "bad_contract" = ContractOutOfOrder { from: String } =>
            "the dates of a contract go from the earliest to the latest, and {from} does not", "each date once, in their order";
            "合同各日期应由早到晚，{from} 不在其位", "每个日期只写一次，按先后排列";
        "contract_dates" = ContractBeginsLate { source: String, from: String, first: String } =>
            "the contract of `{source}` begins on {from} and the season on {first}: until then it gives nothing", "correct `from`; or if that is so, say it: begin with {{ from = {first}, m3_day = 0 }}";
            "气源 `{source}` 的合同始于 {from}，而季节始于 {first}：此前不供气", "请更正 `from`；若确实如此，请写明：第一项为 {{ from = {first}, m3_day = 0 }}";
        "contract_dates" = ContractAfterSeason { source: String, from: String } =>
            "a volume of `{source}` begins on {from}, when the season is over", "correct `from`, or leave that volume out";
            "气源 `{source}` 的一项气量始于 {from}，其时季节已结束", "请更正 `from`，或去掉该项";
        "unknown_source" = NearSource { source: String, near: String } =>
            "the case has no source `{source}`", "did you mean `{near}`? If it is new, say so: `new = true`";
            "案例中没有气源 `{source}`", "是不是 `{near}`？若为新增气源，请写 `new = true`";
        "unknown_source" = UnknownSource { source: String, known: String } =>
            "the case has no source `{source}`", "it has: {known}. If it is new, say so: `new = true`";
            "案例中没有气源 `{source}`", "现有：{known}。若为新增气源，请写 `new = true`";
        "known_source" = NotNew { source: String } =>
            "the case has a source `{source}` already", "leave `new`, `feeds`, `company` and `area` out: its table says where its gas goes";
            "案例中已有气源 `{source}`", "请去掉 `new`、`feeds`、`company`、`area`：其去向由案例的表说明";
        "new_source" = FeedsNothing { source: String, known: String } =>
            "the case is a network, and nothing says where `{source}` feeds into it", "add `feeds = ...`, one of: {known}";
            "案例有管网，而没有说明气源 `{source}` 接入何处", "请补上 `feeds = ...`，可用：{known}";
        "new_source" = FeedsUnknown { word: String, known: String } =>
            "no link begins or ends at `{word}`", "`feeds` is one of: {known}";
            "没有管线始于或终于 `{word}`", "`feeds` 可用：{known}";
        "new_source" = NothingToFeed {} =>
            "the case has no network, and its sources feed everybody", "leave `feeds` out";
            "案例没有管网，气源供给全部用户", "请去掉 `feeds`";
        "new_source" = NeedsCompany { source: String, known: String } =>
            "companies keep their gas apart (`pooling = false`), and nothing says whose `{source}` is", "add `company = ...`, one of: {known}";
            "各公司分别供气（`pooling = false`），而没有说明 `{source}` 属于哪家", "请补上 `company = ...`，可用：{known}";
        "new_source" = UnknownCompany { word: String, known: String } =>
            "there is no company `{word}`", "there are: {known}";
            "没有公司 `{word}`", "现有：{known}";
        "new_source" = UnknownArea { word: String, known: String } =>
            "there is no outer district `{word}`", "`area` is a district outside the main urban area: {known}";
            "主城区以外没有区域 `{word}`", "`area` 为主城区以外的区域：{known}";
        "silent_source" = Silent { source: String } =>
            "the scenario does not say what `{source}` gives, so it gives nothing", "add `[sources.\"{source}\"]` if it gives gas";
            "情景没有说明气源 `{source}` 供多少气，按不供气计", "若供气，请补上 `[sources.\"{source}\"]`";
        "no_winter" = NoWinterInWeather { days: u32, from: String, until: String } =>
            "the weather goes from {from} to {until} and holds no whole season of {days} days with the fortnight before it", "give it a longer series, or shorten the season";
            "天气序列自 {from} 至 {until}，其中没有一个完整的 {days} 天季节及其前两周", "请换用更长的序列，或缩短季节";
        "class_without_demand" = ClassWithoutCustomers { class: String } =>
            "the demand model has a class `{class}`, and no customer of the case is of it", "";
            "需求模型中有类别 `{class}`，而案例中没有此类用户", "";
        "no_source" = NoSources {} =>
            "the scenario has no sources", "add `[sources.NAME]` for each source of the case";
            "情景没有气源", "请为案例的每个气源写 `[sources.名称]`";
        "no_limits" = NoLimits {} =>
            "`limits_c` names no temperature", "write for example [18, 16]: below them homes count as cold";
            "`limits_c`没有任何温度", "例如 [18, 16]：低于它们即计为受冻";
        "bad_building" = BadTimeConstant {} =>
            "`time_constant_h` must be from 1 to 1000 hours", "the hours after which a third of the difference to the air outside is left once heating stops; blocks of flats have some 40 to 100";
            "`time_constant_h` 应为 1 到 1000 小时", "停暖后室内外温差降至约三分之一所需的小时数；多层住宅约 40 至 100";
        "bad_building" = GainsBelowZero {} =>
            "`gains_c` is below zero", "the degrees by which people, cooking and the sun warm a home; leave it out for none";
            "`gains_c` 小于零", "人体、炊事和日照使室温升高的度数；没有则不写";
        "bad_building" = NeedsNoHeat {} =>
            "these homes need no heat on the coldest day that they are built for", "`outdoor_c` must be below `indoor_c` less `gains_c`";
            "此类住宅在设计最冷日也不需供热", "`outdoor_c` 应低于 `indoor_c` 减 `gains_c`";
        "no_homes" = NoHomes { class: String } =>
            "no customer of class `{class}` has households, so nobody of it can be cold", "fill the column `households` of its customers, or leave the class out";
            "类别 `{class}` 的用户均无户数，因此无从计算受冻户", "请填写该类用户的 `households` 列，或去掉这一类";
        "bad_price" = NotAPrice { key: &'static str, most: u64 } =>
            "`{key}` must be yuan with at most two decimals, up to {most}", "write for example 3.45, without quotation marks";
            "`{key}` 应为元，最多两位小数，不超过 {most}", "写作例如 3.45，不加引号";
        "class_twice" = ClassTwice { class: String, first: String } =>
            "the class `{class}` stands here twice, under two of its names", "the first is at {first}; keep one";
            "类别 `{class}` 以两个名称重复出现", "第一次在 {first}；请只留一个";
    }
}
