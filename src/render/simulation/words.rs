//! The words of simulated winters, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    // The head.
    Title { name, winters, days, from, to } => "{name}: {winters} winters of {days} days, {from} to {to}"; "{name}：{winters} 个冬季，每季 {days} 天，{from} 至 {to}";
    Part { from, until, of } => "Only a part of the run: winters {from} to {until} of {of}; `curtail merge` puts parts together"; "仅为全部 {of} 个冬季中的第 {from} 至 {until} 个；用 `curtail merge` 合并各部分";
    Basis { case, policy, id, version } => "{case} · {policy} ({id}, version {version})"; "{case} · {policy}（{id}，第 {version} 版）";
    Set { set } => "Changed for this run: {set}"; "本次运行作了修改：{set}";
    Blocks { days, winters, from, until, seed } => "Weather: blocks of {days} days from the {winters} winters of {from} to {until}; seed {seed}"; "天气：取自 {from} 至 {until} 的 {winters} 个冬季，每段 {days} 天；种子 {seed}";
    Replay { winters, from, until, seed } => "Weather: the {winters} winters of {from} to {until}, replayed in turn; seed {seed}"; "天气：依次重放 {from} 至 {until} 的 {winters} 个冬季；种子 {seed}";
    Groups { customers, groups } => "{customers} customers, by {groups} groups that no rule of the plan tells apart"; "{customers} 户，按预案无从区分者归为 {groups} 组";
    Errors => "± is 1.96 standard errors: what chance leaves of the mean with so many winters, nineteen times in twenty. P50 to P99 are exact to a thousandth."; "± 为 1.96 倍标准误差：在此冬季数下，二十次中有十九次均值的偏差不超过它。P50 至 P99 精确到千分之一。";
    // Levels.
    Levels => "Levels"; "级别";
    Level => "level"; "级别";
    LevelNamed { level, colour } => "{level} · {colour}"; "{level} · {colour}";
    AnyShortage => "any shortage"; "有缺口";
    WintersWithIt => "winters with it"; "出现的冬季";
    DaysAWinter => "days a winter"; "每季天数";
    // Figures.
    Unserved => "Gas not served, 1,000 m3 a winter"; "每季未供气量，万m³";
    UnservedOnes => "Gas not served, m3 a winter"; "每季未供气量，m³";
    Counted => "Days, people and stores, a winter"; "每季天数、受影响者与储气";
    Turns => "Turns of the blocks, days a winter"; "每季区块轮换天数";
    Homes => "Cold homes, a winter"; "每季受冻住户";
    BelowLimit { limit } => "Below {limit} C"; "低于 {limit} ℃";
    HomesEver => "homes that ever were"; "曾低于此温的户数";
    LongestHours => "longest run, hours"; "最长连续小时数";
    HomeHoursBy { cause } => "home-hours: {cause}"; "户·时：{cause}";
    ByWeather => "the weather alone"; "仅因天气";
    ByBeyond => "beyond authority"; "超出授权的压减";
    CostOfLoss => "gas not served"; "未供气量的价值";
    CostOfStores => "stores"; "储气费用";
    CostOfBoth => "both"; "合计";
    Costs => "Costs, yuan a winter"; "每季费用，元";
    ByTier => "By tier"; "按层次";
    ByClass => "By class"; "按类别";
    ByDistrict => "By district"; "按区域";
    Mean => "mean"; "均值";
    Error => "±"; "±";
    Median => "P50"; "P50";
    Ninety5 => "P95"; "P95";
    Ninety9 => "P99"; "P99";
    Worst => "worst"; "最差";
    InWinter => "in winter"; "所在冬季";
    // Names of figures.
    Lost => "all gas not served"; "未供气量合计";
    Withheld => "withheld by required stops"; "其中因强制错峰停用";
    Beyond => "beyond the level's authority"; "其中超出本级授权";
    BeyondDays => "days beyond authority"; "超出本级授权的天数";
    ShortDays => "days short of gas"; "有缺口的天数";
    LongestShortage => "longest run of them"; "最长连续缺口天数";
    StopDays => "days of required stops"; "强制错峰停用天数";
    HouseholdDays => "household-days, 1,000"; "受影响户·天，万";
    HeatedDays => "heated m2-days, 1,000"; "受影响供热面积，万m²·天";
    HouseholdDaysOnes => "household-days"; "受影响户·天";
    HeatedDaysOnes => "heated m2-days"; "受影响供热面积，m²·天";
    SentOutOnes => "sent out by stores, m3"; "储气送出量，m³";
    SentOut => "sent out by stores, 1,000 m3"; "储气送出量，万m³";
    LongestTurn => "longest run of one block"; "同一区块最长连续轮换天数";
    LevelDays { level } => "days at level {level}"; "{level} 级天数";
    Tier { number, name } => "tier {number}: {name}"; "第 {number} 层：{name}";
    Class { name } => "{name}"; "{name}";
    District { name } => "{name}"; "{name}";
    TurnsOf { name } => "turns of {name}"; "{name} 轮换天数";
    ColdByWeather { limit } => "home-hours below {limit} C by the weather alone"; "低于 {limit} ℃ 户·时：仅因天气";
    ColdByMeasure { limit, measure } => "home-hours below {limit} C by {measure}"; "低于 {limit} ℃ 户·时：因{measure}";
    ColdBeyond { limit } => "home-hours below {limit} C beyond authority"; "低于 {limit} ℃ 户·时：因超出授权的压减";
    ColdHomes { limit } => "homes ever below {limit} C"; "曾低于 {limit} ℃ 的户数";
    LongestCold { limit } => "longest run below {limit} C, hours"; "连续低于 {limit} ℃ 的最长小时数";
    Coldest => "coldest home, degrees below design"; "最冷住户低于设计室温的度数";
    LostValue => "value of gas not served, yuan"; "未供气量的价值，元";
    StoreCost => "cost of stores, yuan"; "储气费用，元";
    Cost => "both together, yuan"; "两者合计，元";
    Share { percent } => "{percent} %"; "{percent}%";
    Nothing => "In none of these winters does anybody lack gas."; "所有冬季均无人缺气。";
    // What else is to be said.
    EnoughWinters { winters, of } => "To know the mean of all gas not served to 5 %, nineteen times in twenty, takes {winters} winters; these are {of}."; "要使未供气量均值的误差不超过 5%（二十次中十九次），需 {winters} 个冬季；本次为 {of} 个。";
    Confirmed { agreed, days } => "A sample of {days} short days was decided by the linear program as well; {agreed} of them agree."; "另抽取 {days} 个缺气日用线性规划再作决定，其中 {agreed} 个一致。";
    Unconfirmed { differ, days } => "UNCONFIRMED: on {differ} of {days} sampled days the linear program found other totals."; "未获证实：抽取的 {days} 日中有 {differ} 日线性规划得出的总量不同。";
    Synthetic => "A simulation tells how often under its assumptions, and not what will be."; "模拟给出的是在所设条件下的频度，并非预报。";
    // One day.
    DayTitle { name, winter, date } => "{name}: winter {winter}, {date}"; "{name}：第 {winter} 号冬季，{date}";
    DayNoLevel { temperature, demand, supplied, sent } => "{temperature} degrees; {demand} m3 asked for, {supplied} m3 given, of it {sent} m3 from stores: no level"; "{temperature} 度；需求 {demand} m³，供给 {supplied} m³，其中储气 {sent} m³：无级别";
    DayLevel { temperature, demand, supplied, sent, level } => "{temperature} degrees; {demand} m3 asked for, {supplied} m3 given, of it {sent} m3 from stores: level {level}"; "{temperature} 度；需求 {demand} m³，供给 {supplied} m³，其中储气 {sent} m³：{level} 级";
    Remembered => "What its blocks have borne before it, this winter"; "该日之前各区块本季的负担";
    Block => "block"; "区块";
    BorneSoFar => "equivalent full days"; "折合全天数";
    TurnsSoFar => "turns"; "轮停次数";
    LastTurn => "the last on"; "最近一次";
    DayAgain => "The day as a case, which anybody can decide again:"; "该日已写成案例，任何人可再作决定：";
    // Two scenarios.
    Compared { first, second, winters } => "{second} against {first}, on the same {winters} winters"; "{second} 与 {first} 相比，同样的 {winters} 个冬季";
    Figure => "a winter"; "每季";
    FirstMean => "A"; "A";
    SecondMean => "B"; "B";
    Differs => "B - A"; "B − A";
    Interval => "± 95 %"; "± 95%";
    LessIn => "less in"; "减少的冬季";
    MoreIn => "more in"; "增加的冬季";
    FirstIs { name } => "A: {name}"; "A：{name}";
    SecondIs { name } => "B: {name}"; "B：{name}";
    InThousands => "Gas in 1,000 m3 a winter, household-days and heated m2-days in 1,000."; "气量为每季万m³，户·天与供热面积以万计。";
    InOnes => "Gas in m3 a winter."; "气量为每季m³。";
    PairsNote => "Each winter is a pair: the same weather and the same luck. A difference is beyond chance where it is larger than its ±."; "每个冬季成对比较：天气与随机数相同。差值大于其 ± 者，非偶然所致。";
    Swept { path, winters } => "{path}, value by value, on the same {winters} winters"; "{path} 逐值比较，同样的 {winters} 个冬季";
    Value => "value"; "取值";
    LostMean => "not served"; "未供气量，万m³";
    LostMeanOnes => "not served"; "未供气量，m³";
    BeyondMeanOnes => "beyond"; "超出授权，m³";
    HouseholdMeanOnes => "household-days"; "户·天";
    SentMeanOnes => "sent out"; "储气送出，m³";
    AgainstFirst => "less first"; "与首值之差";
    ShortDaysMean => "short days"; "缺口天数";
    GravestDays { level } => "days at {level}"; "{level} 级天数";
    BeyondMean => "beyond"; "超出授权，万m³";
    HouseholdMean => "household-days"; "万户·天";
    SentMean => "sent out"; "储气送出，万m³";
}
