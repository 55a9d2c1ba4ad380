//! What can be wrong with a city, in both languages.

crate::messages! {
    /// What can be wrong with the rows of a city, wherever they come from.
    CityMessage {
        "and_more" = AndMore { times: usize } =>
            "and {times} more like this", "";
            "还有 {times} 处同类问题", "";

        // References.
        "unknown_district" = UnknownDistrict { word: String, near: String } =>
            "unknown district `{word}`", "did you mean `{near}`?";
            "没有区域 `{word}`", "是不是 `{near}`？";
        "unknown_district" = StrangeDistrict { word: String, known: String } =>
            "unknown district `{word}`", "the districts are: {known}";
            "没有区域 `{word}`", "已有区域：{known}";
        "unknown_class" = UnknownClass { word: String, policy: String, near: String } =>
            "unknown class `{word}`: the policy `{policy}` has no such class", "did you mean `{near}`?";
            "没有用户类别 `{word}`：预案 `{policy}` 中没有这一类", "是不是 `{near}`？";
        "unknown_class" = StrangeClass { word: String, policy: String, known: String, known_zh: String } =>
            "unknown class `{word}`: the policy `{policy}` has no such class", "its classes are: {known}";
            "没有用户类别 `{word}`：预案 `{policy}` 中没有这一类", "已有类别：{known_zh}";
        "unknown_company" = UnknownCompany { word: String, near: String } =>
            "unknown company `{word}`: no customer belongs to it", "did you mean `{near}`?";
            "没有城燃企业 `{word}`：没有用户属于它", "是不是 `{near}`？";
        "unknown_company" = StrangeCompany { word: String, known: String } =>
            "unknown company `{word}`: no customer belongs to it", "the customers' companies are: {known}";
            "没有城燃企业 `{word}`：没有用户属于它", "用户所属的企业有：{known}";
        "unknown_profile" = UnknownProfile { word: String, near: String } =>
            "unknown profile `{word}`", "did you mean `{near}`?";
            "没有用气曲线 `{word}`", "是不是 `{near}`？";
        "unknown_profile" = StrangeProfile { word: String, known: String } =>
            "unknown profile `{word}`", "the profiles are: {known}; leave the cell empty for a flat day";
            "没有用气曲线 `{word}`", "已有曲线：{known}；留空表示全天均匀用气";
        "unknown_profile" = NoProfiles { word: String } =>
            "unknown profile `{word}`: the case has no table of profiles",
            "add `profiles = \"profiles.csv\"` to the case's files, or leave the cell empty for a flat day";
            "没有用气曲线 `{word}`：本案例没有曲线表", "在 case.toml 的 [files] 中加上 `profiles = \"profiles.csv\"`，或将此格留空（全天均匀用气）";
        "unknown_customer" = UnknownCustomer { word: String, near: String } =>
            "unknown customer `{word}`", "did you mean `{near}`?";
            "没有用户 `{word}`", "是不是 `{near}`？";
        "unknown_customer" = StrangeCustomer { word: String } =>
            "unknown customer `{word}`", "take an id of the customers' table, or add the customer there";
            "没有用户 `{word}`", "请使用用户表中的编号，或先在用户表中加上该用户";
        "unknown_policy" = UnknownPolicyOfDistrict { word: String, district: String } =>
            "the policy `{word}` of district `{district}` was not given", "hand it over with the case's other policies";
            "区域 `{district}` 的预案 `{word}` 没有给出", "请与其他预案一并给出";

        // Empty or doubled.
        "no_customers" = NoCustomers {} =>
            "there is no customer", "add a row for each customer";
            "没有任何用户", "每个用户写一行";
        "no_districts" = NoDistricts {} =>
            "there is no district", "add a row for each district";
            "没有任何区域", "每个区域写一行";
        "no_urban_district" = NoUrbanDistrict {} =>
            "no district belongs to the main urban area", "say `true` under `urban` for each of its blocks";
            "没有任何区域属于主城区", "主城区各区域的 `主城区` 一栏写“是”";
        "no_supply" = NoSupply {} =>
            "there is no supply", "add a row for each source and day";
            "没有任何供气数据", "每个气源每天写一行";
        "no_links" = NoLinks {} =>
            "there is no link", "add the network's links, or leave `links` out of the case's files: then every source reaches every district";
            "没有任何管线", "请补上管线，或从 [files] 中去掉 `links`：这样每个气源都能供到每个区域";
        "no_holidays" = NoHolidays {} =>
            "there is no holiday", "add a row for each day off and each weekend day that is worked, or leave `holidays` out of the case's files";
            "没有任何节假日", "每个放假日和每个调休上班日写一行，或从 [files] 中去掉 `holidays`";
        "missing_id" = MissingId { column: &'static str, column_zh: &'static str } =>
            "`{column}` is empty", "every row must have one";
            "`{column_zh}` 为空", "每一行都必须填写";
        "duplicate_customer" = DuplicateCustomer { id: String, first: String } =>
            "customer `{id}` is listed twice", "it stands at {first} already; remove one, or give it an id of its own";
            "用户 `{id}` 重复", "它已出现在 {first}；请删去一行，或改用另一个编号";
        "duplicate_district" = DuplicateDistrict { id: String, first: String } =>
            "district `{id}` is listed twice", "it stands at {first} already; ids and names of districts must all differ";
            "区域 `{id}` 重复", "它已出现在 {first}；各区域的编号和名称都不得相同";
        "duplicate_supply" = DuplicateSupply { source: String, date: String, first: String } =>
            "source `{source}` has two rows on {date}", "the first stands at {first}; keep one row a source and day";
            "气源 `{source}` 在 {date} 有两行", "第一行在 {first}；每个气源每天只留一行";
        "duplicate_link" = DuplicateLink { from: String, to: String, first: String } =>
            "the link from `{from}` to `{to}` is listed twice", "it stands at {first} already; add up the capacities in one row";
            "从 `{from}` 到 `{to}` 的管线重复", "它已出现在 {first}；请合并为一行并将能力相加";
        "duplicate_hour" = DuplicateHour { profile: String, hour: u64, first: String } =>
            "profile `{profile}` has hour {hour} twice", "it stands at {first} already; keep one";
            "用气曲线 `{profile}` 的第 {hour} 时重复", "它已出现在 {first}；请只留一行";
        "duplicate_holiday" = DuplicateHoliday { date: String, first: String } =>
            "{date} is listed twice", "it stands at {first} already; keep one";
            "{date} 重复", "它已出现在 {first}；请只留一行";
        "model_without_weights" = ModelWithoutWeights { class: String, volume: u64 } =>
            "the demand model gives the class `{class}` {volume} m3, but none of its customers has a standing demand to share it by",
            "give its customers a `demand_m3`, or take the class out of the model";
            "需求模型给出类别 `{class}` 的用气 {volume} m³，但该类用户均无常年用气量，无法分摊", "请填写这些用户的用气量，或从模型中去掉该类";
        "duplicate_weather" = DuplicateWeather { date: String, first: String } =>
            "{date} has two temperatures", "the first stands at {first}; keep one";
            "{date} 有两个气温", "第一个在 {first}；请只留一个";
        "no_weather" = NoWeather {} =>
            "there is no day with a temperature", "add a row for each day; a case that has no weather leaves `weather` out of its files";
            "没有任何一天的气温", "请逐日填写；没有气温的案例请从 [files] 中去掉 `weather`";
        "duplicate_forecast" = DuplicateForecast { id: String, date: String, first: String } =>
            "customer `{id}` has two forecasts on {date}", "the first stands at {first}; keep one";
            "用户 `{id}` 在 {date} 有两个预测值", "第一个在 {first}；请只留一行";
        "duplicate_forecast" = DuplicateGroup { date: String, first: String } =>
            "this group has two totals on {date}", "the first stands at {first}; keep one";
            "这一组在 {date} 有两个合计", "第一个在 {first}；请只留一行";

        // Volumes.
        "volume_too_large" = VolumeTooLarge { volume: u64 } =>
            "{volume} m3 is more than any row may say (10^12 m3)", "check the unit";
            "{volume} m3 超出单行上限（10^12 m3）", "请检查单位";
        "total_too_large" = TotalTooLarge { date: String } =>
            "the volumes of {date} add up to more than 10^15 m3", "check the units";
            "{date} 的气量合计超过 10^15 m3", "请检查单位";
        "demand_too_large" = DemandTooLarge {} =>
            "the customers' demands add up to more than 10^15 m3", "check the unit";
            "用户用气量合计超过 10^15 m3", "请检查单位";
        "count_too_large" = CountTooLarge { number: u64 } =>
            "{number} is more than any row may say (10^12)", "check the figure";
            "{number} 超出单行上限（10^12）", "请核对数字";
        "floor_above_demand" = FloorAboveDemand { floor: u64, demand: u64 } =>
            "the floor of {floor} m3 is above the demand of {demand} m3", "lower the floor or raise the demand";
            "保底气量 {floor} m3 高于用气量 {demand} m3", "请降低保底气量或提高用气量";

        // Districts and linepack.
        "urban_policy" = UrbanPolicy { district: String } =>
            "the policy of district `{district}` is not used: the main urban area is under the case's policy",
            "leave the cell empty";
            "区域 `{district}` 的预案不起作用：主城区统一适用本案例的预案", "请将此格留空";
        "linepack_bounds" = LinepackBounds { district: String, least: u64, start: u64, most: u64 } =>
            "the linepack of district `{district}` does not fit: at least {least}, {start} at the start, at most {most} m3",
            "the start must lie between the least and the most";
            "区域 `{district}` 的管存不合理：最低 {least}、初始 {start}、最高 {most} m3", "初始管存应在最低与最高之间";
        "linepack_draw" = LinepackDraw { district: String, draw: u64, start: u64, least: u64 } =>
            "district `{district}` cannot draw {draw} m3 of linepack: it starts with {start} m3 and must keep {least} m3",
            "lower `linepack_draw_m3`";
            "区域 `{district}` 不能动用 {draw} m3 管存：初始 {start} m3，至少保留 {least} m3", "请降低可用管存";

        // Sources.
        "source_without_company" = SourceWithoutCompany { source: String } =>
            "source `{source}` names no company, though pooling is off", "name the company that may draw on it, or set `pooling = true`";
            "气源 `{source}` 没有写明城燃企业，而本案例不统一调配", "请写明可使用它的企业，或设 `pooling = true`";
        "source_changes_company" = SourceChangesCompany { source: String, first: String } =>
            "source `{source}` names another company here", "it must be the one of {first}; use two names for two entitlements";
            "气源 `{source}` 此处写的公司与前面不同", "应与 {first} 一致；两份权益请用两个气源名称";
        "source_changes_area" = SourceChangesArea { source: String, first: String } =>
            "source `{source}` feeds another area here", "it must be the one of {first}; use two names for two areas";
            "气源 `{source}` 此处写的供应区域与前面不同", "应与 {first} 一致；供两个区域请用两个气源名称";
        "area_is_urban" = AreaIsUrban { district: String } =>
            "`{district}` belongs to the main urban area, which all its sources feed together", "leave `area` empty";
            "`{district}` 属于主城区，主城区由其全部气源共同供应", "请将供应区域留空";

        // Actuals.
        "unknown_source" = UnknownSource { word: String, near: String } =>
            "unknown source `{word}`", "did you mean `{near}`?";
            "没有气源 `{word}`", "是不是 `{near}`？";
        "unknown_source" = StrangeSource { word: String, known: String } =>
            "unknown source `{word}`", "the sources are: {known}";
            "没有气源 `{word}`", "已有气源：{known}";
        "actual_of_two" = ActualOfTwo {} =>
            "this row names a source beside a customer or district", "a row is what a customer or a district took, or what a source gave: leave one of them";
            "此行同时写了气源和用户（或区域）", "每行只写用户或区域的用气量，或气源的供气量：请保留其一";
        "actual_of_nobody" = ActualOfNobody {} =>
            "this row does not say whose gas it is", "name a customer, a district or a source";
            "此行没有写明是谁的气量", "请写明用户、区域或气源";
        "linepack_of_district" = LinepackOfDistrict {} =>
            "linepack is read of a district, and this row names a customer or a source", "leave the customer or the source out";
            "管存按区域读数，而此行写了用户或气源", "请去掉用户或气源";
        "linepack_where" = LinepackWhere {} =>
            "this reading of linepack does not say of which district and hour it is", "name the district, and the hour at whose beginning it was read";
            "此管存读数未写明区域和时刻", "请写明区域，以及读数时的整点";
        "duplicate_actual" = DuplicateActual { who: String, first: String } =>
            "`{who}` has two figures for this time; the first is at {first}", "keep one row of the two";
            "`{who}` 在同一时段有两行数据，第一行在 {first}", "请保留其中一行";

        // Links.
        "link_from_nowhere" = LinkFromNowhere { end: String, near: String } =>
            "this link comes from nowhere: `{end}` is no source or district, and no link leads to it",
            "did you mean `{near}`?";
            "管线没有来处：`{end}` 不是气源或区域，也没有管线通到它", "是不是 `{near}`？";
        "link_from_nowhere" = LinkFromStrange { end: String, known: String } =>
            "this link comes from nowhere: `{end}` is no source or district, and no link leads to it",
            "add a link to it, or take one of: {known}";
            "管线没有来处：`{end}` 不是气源或区域，也没有管线通到它", "请补一条通到它的管线，或改用：{known}";
        "link_to_nowhere" = LinkToNowhere { end: String, near: String } =>
            "this link leads nowhere: `{end}` is no source or district, and no link leads on from it",
            "did you mean `{near}`?";
            "管线没有去处：`{end}` 不是气源或区域，也没有管线从它引出", "是不是 `{near}`？";
        "link_to_nowhere" = LinkToStrange { end: String, known: String } =>
            "this link leads nowhere: `{end}` is no source or district, and no link leads on from it",
            "add a link from it, or take one of: {known}";
            "管线没有去处：`{end}` 不是气源或区域，也没有管线从它引出", "请补一条从它引出的管线，或改用：{known}";
        "link_into_source" = LinkIntoSource { end: String } =>
            "this link leads into the source `{end}`", "links are one-way, from sources to districts: turn it round";
            "这条管线通入气源 `{end}`", "管线是单向的，从气源到区域：请将起点与终点对调";
        "link_to_itself" = LinkToItself { end: String } =>
            "this link leads from `{end}` to itself", "remove it";
            "这条管线从 `{end}` 通到它自己", "请删去";
        "link_end_ambiguous" = LinkEndAmbiguous { end: String } =>
            "`{end}` is both a source and a district", "rename the source";
            "`{end}` 既是气源又是区域", "请将气源改名";
        "district_without_link" = DistrictWithoutLink { district: String } =>
            "no link leads to district `{district}`: its customers cannot get gas", "add a link to it";
            "没有管线通到区域 `{district}`：其用户将得不到供气", "请补上通到它的管线";
        "source_without_link" = SourceWithoutLink { source: String } =>
            "no link leaves source `{source}`: its gas cannot go anywhere", "add a link from it";
            "没有管线从气源 `{source}` 引出：它的气无法送出", "请补上从它引出的管线";

        // Profiles.
        "bad_hour" = BadHour { hour: u64 } =>
            "{hour} is no hour of the clock", "hours go from 0 to 23; hour 17 is 17:00 to 18:00";
            "{hour} 不是有效的小时", "小时为 0 至 23；17 表示 17:00 至 18:00";
        "missing_hours" = MissingHours { profile: String, hours: String } =>
            "profile `{profile}` lacks hours, which count as 0: {hours}", "if that is not meant, correct the profile";
            "用气曲线 `{profile}` 缺少以下小时，按 0 计：{hours}", "如非本意，请更正";
        "shares_not_one" = SharesNotOne { profile: String, sum: String } =>
            "the shares of profile `{profile}` add up to {sum}, not 1", "correct them; they may differ from 1 by 0.000001";
            "用气曲线 `{profile}` 的占比合计为 {sum}，不是 1", "请更正；允许相差 0.000001";

        // Forecasts.
        "forecast_disagrees" = ForecastDisagrees { id: String } =>
            "customer `{id}` is not of the district, company or class named beside it", "leave those cells empty: the id is enough";
            "用户 `{id}` 不属于同一行所写的区域、公司或类别", "这几格请留空，只写编号即可";
        "forecast_overlap" = ForecastOverlap { first: String, customer: String } =>
            "this group and the one at {first} share customers (such as `{customer}`), and neither is the more specific",
            "name one more of district, company and class in one of them";
            "这一组与 {first} 的一组有共同用户（如 `{customer}`），而两者同样具体", "请在其中一行多写明区域、公司、类别之一";
        "forecast_without_weights" = ForecastWithoutWeights { volume: u64 } =>
            "{volume} m3 cannot be shared: the customers of this group have no demand in the customers' table",
            "give them a demand there, or a forecast each";
            "{volume} m3 无法分摊：这一组用户在用户表中的用气量均为零", "请在用户表中填写用气量，或逐户给出预测";
        "forecast_without_customers" = ForecastWithoutCustomers { volume: u64 } =>
            "{volume} m3 cannot be shared: nobody belongs to this group", "check the district, company and class named here";
            "{volume} m3 无法分摊：没有用户属于这一组", "请核对此处的区域、公司和类别";
        "demand_group_overridden" = ForecastOverridden { volume: u64, sum: u64, customers: usize } =>
            "this group's customers add up to {sum} m3 instead of {volume} m3: some ({customers}) have a more specific forecast",
            "the more specific rows hold; correct this row if they should add up";
            "这一组用户合计为 {sum} m3，而不是 {volume} m3：其中 {customers} 户另有更具体的预测", "以更具体的行为准；如应相等，请更正此行";
        "no_forecast" = NoForecast { date: String, near: String } =>
            "there is no forecast for {date}, and the case requires one", "forecasts exist for: {near}";
            "{date} 没有需求预测，而本案例要求必须有", "已有预测的日期：{near}";
        "forecast_incomplete" = ForecastIncomplete { date: String, customers: usize, example: String } =>
            "{customers} customers with demand have no forecast for {date}, such as `{example}`, and the case requires one",
            "add rows for them, or one for their group";
            "{date} 有 {customers} 个用户没有需求预测（如 `{example}`），而本案例要求必须有", "请为他们或其所在的组补上预测";

        // Days.
        "workday_on_weekday" = WorkdayOnWeekday { date: String } =>
            "{date} is no Saturday or Sunday, and is worked in any case", "correct the date, or write `holiday` if it is a day off";
            "{date} 不是周六或周日，本来就上班", "请更正日期；如为放假日，请写“放假”";
        "no_supply_on" = NoSupplyOn { date: String, near: String } =>
            "there is no supply for the main urban area on {date}", "add rows for it; the nearest days are: {near}";
            "{date} 没有主城区的供气数据", "请补上；最近的日期有：{near}";
        "no_supply_for_area" = NoSupplyForArea { date: String, district: String } =>
            "district `{district}` has demand but no supply on {date}", "add a row with `{district}` under `area`; its volume may be 0";
            "区域 `{district}` 在 {date} 有需求而没有供气数据", "请加一行，供应区域写 `{district}`；气量可以为 0";
        "source_without_row" = SourceWithoutRow { source: String, date: String } =>
            "source `{source}` has no row on {date} and counts as 0 m3", "add a row to say so, or with its volume";
            "气源 `{source}` 在 {date} 没有数据，按 0 m3 计", "请补上一行";

        // Worth a look.
        "boiler_suggests" = BoilerSuggests { name: String, class: String, class_zh: String, other: String, other_zh: String } =>
            "boiler `{name}` ({class}) looks like it serves a customer of class `{other}`, which the policy exempts",
            "if so, change its class or tag it";
            "锅炉用户 `{name}`（{class_zh}）看似服务于“{other_zh}”类用户，该类受预案豁免", "如果属实，请更改类别或加上标签";
        "missing_tonnage" = MissingTonnage { id: String } =>
            "boiler `{id}` has no tonnage and counts as 0 t/h", "fill in `boiler_t_h`: a measure of the policy depends on it";
            "锅炉用户 `{id}` 没有锅炉吨位，按 0 t/h 计", "请填写锅炉吨位：预案中有措施以此为准";
        "uneven_blocks" = UnevenBlocks { large: String, large_m3: u64, small: String, small_m3: u64 } =>
            "blocks are uneven: `{large}` takes {large_m3} m3 a day, `{small}` only {small_m3} m3",
            "in a rotation their turns weigh very differently; consider other boundaries";
            "各区块需求悬殊：`{large}` 日用气 {large_m3} m3，`{small}` 仅 {small_m3} m3", "轮换停气时各区块负担差别很大；可考虑调整区块划分";
        "zero_demand" = ZeroDemand { id: String } =>
            "customer `{id}` has a demand of 0 m3", "fill in its demand, or ignore this if it takes no gas";
            "用户 `{id}` 的用气量为 0 m3", "请填写用气量；如确实不用气可不处理";
        "district_without_demand" = DistrictWithoutDemand { district: String } =>
            "no customer of district `{district}` has any demand", "check the customers' districts";
            "区域 `{district}` 的用户没有任何用气量", "请核对用户所属区域";
        "supply_without_demand" = SupplyWithoutDemand { source: String, district: String } =>
            "source `{source}` feeds district `{district}`, where nobody has any demand", "check its area";
            "气源 `{source}` 供应的区域 `{district}` 没有任何用气量", "请核对供应区域";
        "supply_without_forecast" = SupplyWithoutForecast { date: String } =>
            "there is supply but no forecast for {date}: the customers' standing demand will be used", "add the day to the forecasts";
            "{date} 有供气数据而没有需求预测：将采用用户表中的用气量", "请补上该日的预测";
        "forecast_without_supply" = ForecastWithoutSupply { date: String } =>
            "there is a forecast but no supply for {date}", "add the day's supply";
            "{date} 有需求预测而没有供气数据", "请补上该日的供气数据";
        "company_without_source" = CompanyWithoutSource { company: String } =>
            "company `{company}` has customers but no source, and pooling is off: they get no gas", "add a source that names it";
            "公司 `{company}` 有用户而没有气源，且不统一调配：其用户将得不到供气", "请加上属于它的气源";
    }
}
