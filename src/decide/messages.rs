//! What a decision says besides figures, in both languages.

crate::messages! {
    /// What can be wrong with a day, and what a decision warns of.
    DecideMessage {
        "no_demand" = NoDemand { scope: String } =>
            "{scope}: no demand on this day", "give its customers a demand above 0";
            "{scope}：当日没有用气需求", "请为其用户填写大于 0 的需求";
        "no_supply" = NoSupply { scope: String, date: String } =>
            "{scope}: no supply row for {date}", "add the day's sources to supply.csv, or choose another day with --date";
            "{scope}：没有 {date} 的供气数据", "请在 supply.csv 中补上当日气源，或用 --date 另选日期";
        "linepack_missing" = LinepackMissing { volume: String } =>
            "the pipes cannot be filled to what the end of the day demands: {volume} m3 are missing; this comes before all customers", "";
            "日末管存达不到要求，尚缺 {volume} m³；管存要求先于一切用户", "";
        "not_inside_the_day" = NotInside { at: String, start: String } =>
            "{at} does not lie inside the gas day, which begins at {start}", "give a later whole hour, such as 12:00; at its beginning the day is decided without --revise";
            "{at} 不在供气日之内：供气日自 {start} 开始", "请给出其后的整点，如 12:00；供气日开始时无需 --revise";
        "no_such_hour" = NoSuchHour { at: String, date: String } =>
            "the clock does not show {at} on the gas day {date}: it is put forward that night", "give the hour after it";
            "供气日 {date} 的钟表上没有 {at}：当夜拨快", "请给出其后一个整点";
        "order_from_later" = OrderFromLater { id: String, at: String } =>
            "the order in force ({id}) was itself made for {at}, which is later", "revise from {at} or a later hour";
            "现行指令（{id}）本身自 {at} 起生效，时间更晚", "请自 {at} 或更晚的整点重新决定";
        "order_not_at_hand" = OrderNotAtHand { id: String } =>
            "this decision revises the order {id}, which is not in the case's record: nothing was judged", "name that order's decision.json with `--revises`";
            "此决定修订指令 {id}，而案例的记录中没有该指令：未作任何判断", "请用 `--revises` 指明该指令的 decision.json";
        "restorations_not_at_hand" = RestorationsNotAtHand { id: String, restorations: u32 } =>
            "what came back of the order {id} by {restorations} restoration(s) counts in this decision, and is not in the case's record: nothing was judged", "verify it beside the record in which they stand, or in the folder that `log export` writes";
            "此决定已计入指令 {id} 的 {restorations} 次恢复供气，而案例的记录中没有：未作任何判断", "请在载有这些恢复的记录所在处核对，或在 `log export` 写出的目录中核对";
        "notice" = NoticeGiven { measure: String, hours: u32, from: String } =>
            "{measure} needs {hours} h of notice: whom it did not cut before, it cuts from {from} on, and its reach is counted in the hours from then", "";
            "{measure} 须提前 {hours} 小时通知：此前未受其压减者自 {from} 起方可压减，其压减量按其后的小时计", "";
        "source_overdrawn" = SourceOverdrawn { sources: u64 } =>
            "{sources} sources have given more than their volume of the day; nothing of them counts as left", "state what they can still give and use --remaining-supply, if there is more";
            "有 {sources} 个气源已供气量超过其当日气量，按余量为零计", "如仍可供气，请填写余量并使用 --remaining-supply";
        "wrong_length" = WrongLength { what: &'static str, given: usize, wanted: usize } =>
            "the day has {given} values of {what} where the city has {wanted}", "give one value for each, in the city's order";
            "当日 {what} 有 {given} 个值，而城市有 {wanted} 个", "请按城市的次序逐一给出";
        "too_large" = TooLarge { what: &'static str, most: u128 } =>
            "the {what} of this day adds up to more than {most} m3", "check its units";
            "当日 {what} 合计超过 {most} 立方米", "请检查单位";
        "unknown_class_here" = UnknownClassHere { class: String, policy: String } =>
            "class `{class}` is unknown to policy `{policy}`, which decides for its customers here", "use a class of that policy";
            "预案 `{policy}` 没有类别 `{class}`，而此处由它决策", "请使用该预案的类别";
        "needs_lp" = NeedsLp {} =>
            "companies that share a network can only be decided by the linear program, which this build lacks", "build with the feature `lp`, or set `pooling = true`";
            "多家公司共用管网须用线性规划决策，而本程序未包含", "请启用 `lp` 功能构建，或设 `pooling = true`";
        "solver" = Solver { what: String } =>
            "the linear program failed: {what}", "this is a fault of the program or of its solver; please report it with the case";
            "线性规划求解失败：{what}", "这是程序或求解器的缺陷，请连同案例一并报告";
        "neither_holds" = NeitherHolds {} =>
            "the two computations differ and neither passes the checks", "this is a fault of the program; please report it with the case";
            "两种算法结果不一致，且均未通过校核", "这是程序的缺陷，请连同案例一并报告";
        "bad_decision" = BadDecision { what: String } =>
            "not a decision: {what}", "give the decision.json that `decide --out` writes";
            "不是决定文件：{what}", "请给出 `decide --out` 写出的 decision.json";
        "decision_unreadable" = DecisionUnreadable { what: String } =>
            "the decision cannot be read: {what}", "give the decision.json that `decide --out` writes";
            "无法读取决定文件：{what}", "请给出 `decide --out` 写出的 decision.json";
        "another_schema" = AnotherSchema { schema: String, known: &'static str } =>
            "a decision written as `{schema}`, and this program reads `{known}`", "use the version of the program that wrote it, or decide again with `decide --out`";
            "决定文件的格式为 `{schema}`，本程序只读 `{known}`", "请用写出它的程序版本，或用 `decide --out` 重新决定";
        "another_case" = AnotherCase { theirs: String, ours: String } =>
            "a decision of the case `{theirs}`, and this is the case `{ours}`", "name the folder of the case it was made from with `-C`";
            "这是案例 `{theirs}` 的决定，而当前案例是 `{ours}`", "请用 `-C` 指明作出该决定的案例文件夹";
        "without_detail" = WithoutDetail {} =>
            "this decision does not say who gets what", "give the decision.json that `decide --out` writes; what `--format json` prints leaves that out";
            "该决定未列出各用户的供气量", "请给出 `decide --out` 写出的 decision.json；`--format json` 的输出不含此项";
        "inputs_changed" = InputsChanged { tables: String } =>
            "the case is not the one this decision was made from: {tables}", "verify it against the case as it was; the decision itself is not judged";
            "案例与作出该决定时不同：{tables}", "请用当时的案例核对；未对决定本身作出判断";
        "bad_orders" = BadOrders { what: String } =>
            "the orders cannot be read: {what}", "give the orders.csv that `decide --out` writes";
            "无法读取指令表：{what}", "请给出 `decide --out` 写出的 orders.csv";
        "stale_demand" = StaleDemand { customers: usize, volume: u64, source: String } =>
            "{customers} customers ({volume} m3) have no forecast of this day; their standing demand from {source} was used", "";
            "有 {customers} 户（{volume} m³）无当日预测，采用 {source} 中的常年数据", "";
        "missing_tonnage" = MissingTonnage { customers: usize } =>
            "{customers} boilers have no tonnage and count as 0 t/h, so no stop by tonnage reaches them", "";
            "有 {customers} 台锅炉缺少蒸吨数，按 0 蒸吨计，按蒸吨的停用措施不涉及它们", "";
        "floor_above_forecast" = FloorAboveForecast { customers: usize } =>
            "{customers} customers have a floor above the day's forecast; it counts as the forecast", "";
            "有 {customers} 户的保底用气高于当日预测，按当日预测计", "";
        "bottleneck" = Bottleneck { volume: u64 } =>
            "{volume} m3 of supply cannot reach customers who want it: the network or the companies' entitlements stand in the way", "";
            "有 {volume} m³ 气量因管网或公司气源归属所限，无法送达需要的用户", "";
        "bottleneck" = BottleneckByHour { volume: u64 } =>
            "{volume} m3 of supply cannot reach customers in the hours in which they want it: hourly limits of sources, links or linepack stand in the way", "";
            "有 {volume} m³ 气量因气源、管线或管存的小时限制，无法在需要的时段送达用户", "";
        "area_level" = AreaLevel { district: String, share: String, level: String } =>
            "{district} is {share} short of its demand, even with the gas shared as evenly as it can be: that, not the shortfall of the whole, calls for level {level}", "";
            "{district} 的缺口达其需求的 {share}（气量已尽可能均分）：据此而非总缺口启动 {level} 级", "";
        "rest_gave_way" = RestGaveWay {} =>
            "too few rested blocks: a block takes its turn in spite of its rest or longest run", "";
            "可轮换的区块不足：有区块未满间隔或超过最长连续天数即再次轮换", "";
        "blocks_extended" = BlocksExtended { by_formula: usize, used: usize } =>
            "{used} blocks rotate where the formula says {by_formula}: fewer would cut more firm gas", "";
            "按公式应轮换 {by_formula} 个区块，实际轮换 {used} 个：再少会压减更多固定用气", "";
        "not_in_force" = NotInForce { policy: String } =>
            "policy `{policy}` is not in force on this day", "";
            "预案 `{policy}` 在当日不在有效期内", "";
        "area_without_demand" = AreaWithoutDemand { area: String } =>
            "district {area} has no demand on this day; nothing is decided for it", "";
            "区域 {area} 当日没有用气需求，未作决策", "";
        "pinned_above" = PinnedAboveForecast { customers: usize } =>
            "{customers} pinned customers were settled above their forecast; the forecast counts", "";
            "有 {customers} 户的另行核定气量高于预测，按预测计", "";
        "small_orders_kept" = SmallOrdersKept { customers: usize } =>
            "{customers} cuts are below the smallest order, but nobody in their cell can take them over", "";
            "有 {customers} 项压减低于最小指令量，但同组用户无法承接", "";
        "unused" = Unused { volume: u64 } =>
            "{volume} m3 stay unused: the required stop frees more than is short", "";
            "有 {volume} m³ 未被使用：强制停用所腾出的气量多于缺口", "";
        "unused" = UnusedByOrder { volume: u64 } =>
            "{volume} m3 stay unused: they could be delivered, but not to those who come first in the supply order", "";
            "有 {volume} m³ 未被使用：虽可送达，却不能送达次序在先者", "";
        "unconfirmed" = Unconfirmed { rank: u32, exact: u64, lp: String } =>
            "UNCONFIRMED: the two computations differ at rank {rank}: {exact} m3 exactly, {lp} m3 by linear program", "";
            "未经确认：两种算法在第 {rank} 级不一致：精确算法 {exact} m³，线性规划 {lp} m³", "";
        "unconfirmed" = LpFailed { what: String } =>
            "UNCONFIRMED: the linear program failed ({what}); the exact answer passes the checks", "";
            "未经确认：线性规划求解失败（{what}）；精确算法的结果通过校核", "";
        "unconfirmed" = PartsDeliverable { found: u64, most: u64 } =>
            "UNCONFIRMED: how links are best parted among companies is not proved: {found} m3 are found to be deliverable, at most {most} m3 could be", "";
            "未经确认：管段在各企业之间的最优划分未得到证明：已求得可送达 {found} m³，至多可能为 {most} m³", "";
        "unconfirmed" = PartsFirm { found: u64, most: u64 } =>
            "UNCONFIRMED: how links are best parted among companies is not proved: with other blocks or levels {found} m3 of firm gas are found to be served, at most {most} m3 could be", "";
            "未经确认：管段在各企业之间的最优划分未得到证明：试算其他区块或级别时，已求得固定用气供应 {found} m³，至多可能为 {most} m³", "";
        "unconfirmed" = PartsTotal { rank: u32, found: u64, most: u64 } =>
            "UNCONFIRMED: how links are best parted among companies is not proved: the ranks up to {rank} get {found} m3 together, and could get at most {most} m3", "";
            "未经确认：管段在各企业之间的最优划分未得到证明：至第 {rank} 级合计供应 {found} m³，至多可能为 {most} m³", "";
        "unconfirmed" = PartsEven { rank: u32, found: String, most: String } =>
            "UNCONFIRMED: how links are best parted among companies is not proved: in rank {rank} somebody gets {found} % of what is asked for, and an even share could be {most} %", "";
            "未经确认：管段在各企业之间的最优划分未得到证明：第 {rank} 级中有用户仅获需求的 {found} %，均等份额可能为 {most} %", "";
        "forecast_of_day" = ForecastOfDay { source: String } =>
            "forecast of the day, {source}", "";
            "当日预测，{source}", "";
        "forecast_partly" = ForecastPartly { source: String, standing: String, customers: usize, volume: u64 } =>
            "forecast of the day, {source}; but {customers} customers ({volume} m3) by their standing figure, {standing}", "";
            "当日预测，{source}；但有 {customers} 户（{volume} m³）采用常年数据，{standing}", "";
        "forecast_modelled" = ForecastModelled { model: String, temperature: String, source: String, issued: String, hours: u64 } =>
            "by the demand model {model} at {temperature} ℃ ({source}, issued {issued}, {hours} hours before the gas day)", "";
            "按需求模型 {model} 推算，{temperature} ℃（{source}，{issued} 发布，供气日开始前 {hours} 小时）", "";
        "forecast_modelled" = ForecastModelledSince { model: String, temperature: String, source: String, issued: String } =>
            "by the demand model {model} at {temperature} ℃ ({source}, issued {issued}, since the gas day began)", "";
            "按需求模型 {model} 推算，{temperature} ℃（{source}，{issued} 发布，供气日已开始）", "";
        "forecast_modelled" = ForecastModelledUndated { model: String, temperature: String, source: String } =>
            "by the demand model {model} at {temperature} ℃ ({source}, no time of issue)", "";
            "按需求模型 {model} 推算，{temperature} ℃（{source}，未注明发布时间）", "";
        "old_weather" = OldWeather { temperature: String, issued: String, hours: u64, limit: u64 } =>
            "OLD FORECAST: demand rests on {temperature} ℃, issued {issued}, {hours} hours before the gas day begins (more than {limit}): get a newer one", "";
            "预报陈旧：需求依据 {issued} 发布的 {temperature} ℃，早于供气日开始 {hours} 小时（超过 {limit} 小时）：请换用新预报", "";
        "undated_weather" = UndatedWeather { temperature: String, source: String } =>
            "UNDATED FORECAST: demand rests on {temperature} ℃ from {source}, and nobody says when that was issued", "";
            "预报无日期：需求依据 {source} 的 {temperature} ℃，但未注明发布时间", "";
        "short_weather" = ShortWeather { days: u32, of: u32 } =>
            "demand depends on how cold the days before were, and only {days} of the last {of} have a temperature", "";
            "需求与此前各日气温有关，而最近 {of} 天中仅有 {days} 天有气温", "";
        "forecast_none" = ForecastNone { standing: String } =>
            "NOT of the day; standing figures, {standing}", "";
            "非当日预测，采用常年数据，{standing}", "";
        "forecast_given" = ForecastGiven {} =>
            "as given by the calling program", "";
            "由调用程序给出", "";
    }
}
