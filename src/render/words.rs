//! Every word of a screen, in both languages: whole sentences and whole headings, never fragments.

use crate::Lang;

macro_rules! words {
    ($( $word:ident $( { $($field:ident),* } )? => $en:literal; $zh:literal; )*) => {
        /// A sentence or a heading of a screen. There is no way to write one in one language only.
        #[derive(Clone, Debug)]
        pub(crate) enum Word { $( $word $( { $($field: String),* } )? ),* }

        impl Word {
            /// In one language.
            #[allow(clippy::useless_format)]
            pub(crate) fn text(&self, lang: Lang) -> String {
                match (self, lang) { $(
                    (Self::$word $( { $($field),* } )?, Lang::En) => format!($en),
                    (Self::$word $( { $($field),* } )?, Lang::Zh) => format!($zh),
                )* }
            }
        }
    };
}

#[cfg_attr(
    not(feature = "record"),
    allow(unused_imports, reason = "the record's screens have tables of their own")
)]
pub(crate) use words;

words! {
    // The tests of a policy.
    TrialsOf { name, id, version } => "Tests of {name} ({id}, version {version})"; "{name}（{id}，第 {version} 版）的测试";
    TrialOk { name } => "ok      {name}"; "通过    {name}";
    TrialOkUnder { name, clause } => "ok      {name} · {clause}"; "通过    {name} · {clause}";
    TrialFailed { name } => "FAILED  {name}"; "未通过  {name}";
    TrialFailedUnder { name, clause } => "FAILED  {name} · {clause}"; "未通过  {name} · {clause}";
    TrialMissed { place, what, expected, found } => "{place}: {what}: expected {expected}, found {found}"; "{place}：{what}：应为 {expected}，实为 {found}";
    TrialsPassed { passed, all } => "{passed} of {all} tests pass."; "{all} 项测试中 {passed} 项通过。";
    RulesExercised { exercised, all, share, noticed } => "{exercised} of {all} rules are exercised ({share}): without one of them some decision would be another. {noticed} would make a test fail."; "{all} 条规则中测试涉及 {exercised} 条（{share}）：去掉其一，某项决定即会不同。其中 {noticed} 条会使测试不通过。";
    RulesIdle => "Rules that no test depends on"; "没有测试涉及的规则";
    RulesIdleNote => "If no test can be found for one, it decides nothing as the policy stands."; "若找不到涉及某条规则的测试，则按现行预案该规则不起作用。";
    RulesUnnoticed => "Exercised, but no expectation would notice"; "有测试涉及，但没有预期会察觉";
    HowInForce => "Test a day on which it is not in force."; "测试其不在有效期内的一日。";
    HowPlace => "Test a shortage in which gas runs out just above this rank, and one in which it runs out just below."; "测试气量恰在此次序之前、以及恰在其后用尽的缺口。";
    HowPart => "Test a customer who has more than this part, in a shortage that reaches the rest."; "测试用气多于此部分的用户，且缺口及于其余部分。";
    HowWho => "Test somebody whom this condition alone leaves out; for an end of a range, also somebody who is exactly there."; "测试仅因此条件而不在其列的用户；对区间端点，还须有恰在端点的用户。";
    HowLevel => "Test a shortage of this level."; "测试属于本级的缺口。";
    HowEnd => "Test the last shortage inside and the first one outside, one cubic metre apart, and expect a level."; "测试端点内最后一个和端点外第一个缺口（相差一立方米），并写明预期级别。";
    HowArea => "Test a city in which one area behind a link is short, and the whole is not."; "测试某一区域受管线所限而短缺、全市并不短缺的情形。";
    HowOrder => "Test a shortage that this measure and the one before it close together, at a level that has both."; "测试须由本措施与前一措施共同弥补的缺口，且该级两者均有效。";
    HowMeasure => "Test a shortage of this level that this measure has a part in."; "测试本级中须用到本措施的缺口。";
    HowLimit => "Test a shortage of which the limit leaves nothing more to take."; "测试已压减至此限量的缺口。";
    HowFloor => "Test a customer with a floor, in a shortage that would take it."; "测试有保底用气的用户，且缺口本会及于保底用气。";
    HowTiers => "Test a customer with gas in another tier, too."; "测试在其他层次也有用气的用户。";
    HowRebound => "Test a day on which the stop is used."; "测试停用生效的一日。";
    HowWithin => "Test two customers whom this alone tells apart, in a shortage that takes part of their gas."; "测试仅因此而有先后的两个用户，且缺口只及于其部分用气。";
    HowSharing => "Test two customers of one district who lose part of their gas."; "测试同一区域内各失去部分用气的两个用户。";
    HowSmallestOrder => "Test a cut that is too small to be ordered."; "测试低于最小指令量的压减。";
    HowExemption => "Test somebody who is exempt and would otherwise lose gas."; "测试本应压减而获豁免的用户。";
    HowFirstBlock => "Test a shortage at which one block has its turn."; "测试应轮换一个区块的缺口。";
    HowStep => "Test the last shortage before a further block and the first one with it, one cubic metre apart, and expect the blocks."; "测试增加一个区块之前最后一个和之后第一个缺口（相差一立方米），并写明预期区块。";
    HowRest => "Test a block whose turn would come again too soon or last too long."; "测试间隔过短或连续过久而应跳过的区块。";
    // The head.
    GasDay { date, from, until, zone } => "Gas day {date}: {from} to {until} ({zone})"; "供气日 {date}：{from} 至 {until}（{zone}）";
    GasDayHours { date, from, until, zone, hours } => "Gas day {date}: {from} to {until} ({zone}), {hours} hours"; "供气日 {date}：{from} 至 {until}（{zone}），共 {hours} 小时";
    CaseAndPolicy { case, policy, id, version } => "{case} · {policy} ({id}, version {version})"; "{case} · {policy}（{id}，第 {version} 版）";
    Unit { basis } => "Volumes in m3 a day ({basis})"; "气量单位：万m³/日（{basis}）";
    DemandFrom { source } => "Demand: {source}"; "需求：{source}";
    Override { assignment } => "The policy is changed for this run: {assignment}"; "本次运行修改了预案：{assignment}";
    Digest { digest } => "Policy as used: SHA-256 {digest}"; "所用预案：SHA-256 {digest}";
    // Level.
    LevelIs { level, colour } => " {level} · {colour} "; " {level} · {colour} ";
    NoShortage => " No shortage: every customer gets its forecast demand "; " 无缺口：全部用户按预测需求供气 ";
    NoLevels => " This policy has no levels: its measures are always in force "; " 本预案不分级：各项措施始终有效 ";
    BandOf { band } => "It answers {band}"; "本级对应：{band}";
    // Balance.
    Balance => "Balance"; "供需平衡";
    Demand => "demand"; "需求";
    Supply => "supply"; "气源供应";
    Deliverable => "deliverable"; "可送达";
    Shortfall => "shortfall"; "缺口";
    OfDemand { share } => "{share} of demand"; "占需求 {share}";
    // Measures.
    MeasuresInForce => "Measures in force, the first cut first"; "本级措施（先列者先减）";
    NoMeasures => "No measure is in force."; "没有生效的措施。";
    Basis { clause, status } => "clause {clause}, {status}"; "依据 {clause}，{status}";
    Stated => "stated"; "原文";
    Paraphrased => "paraphrased"; "转述";
    Reading => "a reading"; "解读";
    CutAll => "may be cut to nothing"; "可全部停气";
    CutToFloor => "may be cut to the floor"; "可减至保底用气";
    CutLimit { limit } => "may be cut by at most {limit}"; "压减不超过 {limit}";
    CutLeave { share } => "may be cut to {share} of demand"; "可减至需求的 {share}";
    CutStopAsNeeded { from, until } => "may be off {from}-{until}, as needed"; "{from}—{until} 可按需停用";
    CutStop { from, until } => "off {from}-{until}"; "{from}—{until} 停用";
    // Hours.
    ByHour => "By the hour"; "逐小时";
    Clock => "clock"; "钟点";
    LinepackOf { district } => "linepack {district}"; "管存 {district}";
    HowShort { name, level, shortfall, share } => "{name}: {level}, {shortfall} short ({share})"; "{name}：{level}，缺口 {shortfall}（{share}）";
    ToMinimum => "Hours to the least linepack"; "管存降至下限尚有";
    PackNow => "linepack"; "管存";
    PackLeast => "at least"; "下限";
    WithoutMeasures => "nothing done"; "不采取措施";
    AsDecided => "as decided"; "按决定";
    HoursLeft { hours } => "{hours} h"; "{hours} 小时";
    PackKept => "Counted with a 24th of each source's day an hour, and no refilling. As decided above, no district falls below its least."; "按各气源每小时供应日供气量的二十四分之一、管存不回补计；按上述决定，各区域均不低于下限。";
    NotToday => "not this day"; "本日不会";
    HoursLegend => "█ served  ░ asked for and not served  linepack: from its least to its most  ×× off"; "█ 供应  ░ 需求未供  管存：自下限至上限  ×× 停用";
    WorstHour { hour, demand, served, share } => "Shortest at {hour}: {demand} asked for, {served} served; {share} is not."; "{hour} 缺口最大：需求 {demand}，供应 {served}，未供 {share}。";
    HoursTitle => "The day, hour by hour"; "逐小时的一日";
    AreasFollow { count } => "The main urban area first; the outer districts ({count}) follow below it."; "先列主城区，其后为主城区以外各区域（{count} 个）。";
    HoursUnit { basis } => "Each hour by the clock at which it begins. Served and supplied: m³ an hour; linepack: m³ ({basis})."; "各小时以起始钟点标示。供应与来气：万m³/小时；管存：万m³（{basis}）。";
    HoursAxisY => "m³ an hour"; "万m³/小时";
    HoursAsked => "asked for"; "需求";
    HoursServed => "served"; "供应";
    HoursUnserved => "asked for and not served"; "需求未供";
    HoursGiven => "what the sources give"; "气源来气";
    HoursOff => "off (required stop)"; "停用（强制错峰）";
    HoursLinepack => "linepack"; "管存";
    HoursToLeast => "at its least if nothing is done"; "不采取措施时降至下限";
    HoursMost { volume } => "at most {volume}"; "上限 {volume}";
    HoursLeast { volume } => "at least {volume}"; "下限 {volume}";
    // Tables.
    ByClass => "By class"; "按用户类别";
    ByDistrict => "By district"; "按区域";
    ByTier => "By tier"; "按保供层级";
    ByCompany => "By company"; "按城燃企业";
    ByRank => "By rank, first served first"; "按供气次序（先列者先供）";
    Served => "served"; "供应";
    Cut => "cut"; "压减";
    CutShare => "cut %"; "压减率";
    Class => "class"; "类别";
    District => "district"; "区域";
    Tier => "tier"; "层级";
    Company => "company"; "企业";
    Rank => "rank"; "次序";
    Total => "total"; "合计";
    Bars => "█ served  ░ cut"; "█ 供应  ░ 压减";
    Turn => "rotation"; "轮换";
    TurnNumber { turn } => "turn {turn}"; "第 {turn} 个";
    TierName { number, label } => "{number}  {label}"; "{number}  {label}";
    RankFirm { tier } => "firm, tier {tier}"; "固定，第 {tier} 层";
    RankAuthorised { measure } => "authorised: {measure}"; "可压减：{measure}";
    RankTaken => "past: taken"; "已过时段：已用气";
    RankMissed => "past: not delivered"; "已过时段：未供";
    RankWithheld { measure } => "withheld: {measure}"; "停用：{measure}";
    // Who is touched.
    Touched => "Who is touched"; "影响范围";
    CustomersCut { customers } => "Customers with a cut: {customers}"; "被压减用户：{customers} 户（单位）";
    HouseholdsCut { households } => "Households among them: {households}"; "其中居民：{households} 户";
    BoilersOff { count, from, until } => "Boilers off {from}-{until}: {count}"; "{from}—{until} 停用锅炉：{count} 台（处）";
    CustomersOff { count, from, until } => "Customers off {from}-{until}: {count}"; "{from}—{until} 停用用户：{count} 户（单位）";
    Withheld { volume } => "Withheld by required stops: {volume}"; "错峰停用扣减：{volume}";
    Unused { volume } => "Deliverable gas that nobody takes: {volume}"; "可送达而未用：{volume}";
    // Rotation.
    Rotation => "Blocks on rotation"; "轮换区块";
    BlocksChosen { blocks, formula } => "In turn: {blocks}. The formula asks for {formula}."; "依次为：{blocks}。按公式应轮换 {formula} 个。";
    BlocksExtended { used } => "More than the formula asks for: {used}, since that leaves the least firm gas cut."; "超出公式，实际轮换 {used} 个，使固定用气损失最小。";
    // Beyond authority.
    Beyond => "BEYOND AUTHORITY"; "超出授权";
    BeyondAt { volume, level } => "{volume} of firm gas is cut that {level} authorises nobody to cut."; "有 {volume} 固定用气被压减，{level}未授权任何人压减。";
    BeyondAlways { volume } => "{volume} of firm gas is cut that no measure authorises anybody to cut."; "有 {volume} 固定用气被压减，没有措施授权。";
    BeyondTier { number, label, volume } => "Tier {number}, {label}: {volume}"; "第 {number} 层（{label}）：{volume}";
    EscalateTo { level } => "{level} would authorise all of it."; "升至{level}即可全部获得授权。";
    EscalateNone => "No graver level would authorise all of it: find gas, or have a departure approved."; "升至更高级别也不能全部授权：须增加气源，或另行报批。";
    Unconfirmed => "UNCONFIRMED: two computations differ. Have this checked before anybody acts on it."; "未经确认：两种算法结果不一致。执行前须核查。";
    // Authority and deadlines.
    WhoDecides => "Who decides, who is told"; "审批与报告";
    ProposedBy { who } => "Lists and limits are proposed by {who}."; "停气名单和减限量由{who}提出。";
    ApprovedBy { who } => "Approval: {who}."; "批准：{who}。";
    ReportedTo { who } => "Reported to {who}."; "报告：{who}。";
    Discretion { who } => "At discretion also reported to {who}."; "酌情报告：{who}。";
    WhatIsDue => "What is due when"; "时限";
    DueAtOnce => "at once"; "立即";
    DueDaily { at, first } => "every day at {at}, first on {first}"; "每日 {at} 前，首次 {first}";
    DueEveryDay { at } => "every day at {at}"; "每日 {at} 前";
    DueWorkingDays { days } => "within {days} working days of the end of the response"; "响应结束后 {days} 个工作日内";
    DueHours { hours } => "within {hours} hours"; "{hours} 小时内";
    Duty { what, by, when } => "{what}: {by}, {when}"; "{what}：{by}，{when}";
    DutyTo { what, by, to, when } => "{what}: {by} to {to}, {when}"; "{what}：{by}报{to}，{when}";
    // The end.
    Warnings => "To look at"; "提请注意";
    Areas => "Outside the main urban area, each with its own balance"; "主城区以外（各自平衡）";
    AreaHead { name, level } => "{name}: {level}"; "{name}：{level}";
    AreaBalance { demand, deliverable, shortfall, share } => "Demand {demand}, deliverable {deliverable}, shortfall {shortfall} ({share})."; "需求 {demand}，可送达 {deliverable}，缺口 {shortfall}（{share}）。";
    AreaCut { class, volume, share } => "{class}: {volume} cut, {share}"; "{class}：压减 {volume}，{share}";
    AreaCustomers { customers, households } => "Customers with a cut: {customers}; households among them: {households}."; "被压减用户 {customers} 户（单位），其中居民 {households} 户。";
    NoShortageShort => "no shortage"; "无缺口";
    NoLevelShort => "no levels"; "不分级";
    Proposal => "This is a proposal until it is approved."; "以上为建议方案，批准后方可执行。";
    Written { files } => "Written: {files}"; "已写入：{files}";
    // explain
    ExplainCustomer { name, id, class, district, company } => "{name} ({id}): {class}, {district}, {company}"; "{name}（{id}）：{class}，{district}，{company}";
    ExplainMany { name, customers } => "{name}: {customers} customers"; "{name}：{customers} 户（单位）";
    ExplainGets { served, demand, cut, share } => "Gets {served} of {demand}; cut by {cut} ({share})."; "供应 {served}，需求 {demand}；压减 {cut}（{share}）。";
    ExplainWhole { demand } => "Gets all it asks for, {demand}."; "按需求 {demand} 全额供应。";
    FormStop => "Stop: nothing above the floor."; "停气：仅保留保底用气。";
    FormLimit => "Limit: only a part is served."; "限气：部分供应。";
    FormOffPeak => "Off in the peak hours alone."; "错峰：仅在高峰时段停用。";
    WhyHeading => "Why"; "原因";
    OutlookHeading => "What would change it (level and blocks held, unless said)"; "何以改变（除注明外，级别与区块不变）";
    AgainstHeading => "Why the one and not the other"; "为何是此而非彼";
    WhyLevel { short, share, demand, level, basis } => "{short} are short of {demand} ({share}): {level} ({basis})."; "需求 {demand}，缺口 {short}（{share}）：{level}（{basis}）。";
    LevelAnswers { level, band } => "{level} answers {band}."; "{level}对应：{band}。";
    WhyArea { district, share } => "It is {district} alone, short of {share} of its demand, that calls for this level."; "仅因{district}缺口达其需求的 {share}，而启动本级。";
    WhyNoLevel { short, share, demand } => "{short} are short of {demand} ({share})."; "需求 {demand}，缺口 {short}（{share}）。";
    WhyNoShortage { demand } => "Demand of {demand} can be met: there is no shortage."; "需求 {demand} 可以满足，没有缺口。";
    WhyTurn { blocks } => "It is in a block that takes its turn today ({blocks})."; "位于今日轮换的区块（{blocks}）。";
    WhyNoTurn { blocks } => "It is in no block that takes its turn today ({blocks})."; "不在今日轮换的区块（{blocks}）。";
    BlocksAsFormula { used } => "That is k = {used} today, and no more are needed."; "当日 k = {used}，无须增加。";
    BlocksMoreThanFormula { used, formula } => "The formula gives k = {formula}; {used} take their turn, because with fewer more firm gas would be lost."; "按公式 k = {formula}；实际轮换 {used} 个，因为再少则固定用气损失更大。";
    SliceHead => "what may be cut of it"; "各段用气";
    SliceSize => "asks for"; "需求";
    SliceShare => "share"; "占比";
    SlicePeers => "in rank"; "同序户数";
    SlicePeersShare => "their share"; "同序占比";
    SliceServed => "gets"; "供应";
    MeasureNamed { label, id } => "{label} ({id})"; "{label}（{id}）";
    MeasureReachesNothing => "It takes nothing today."; "当日未涉及任何用气。";
    WhyMeasure { ranks, label, id, basis } => "Rank {ranks}: {id}, {label} ({basis})."; "第 {ranks} 序：{label}（{id}，{basis}）。";
    WhyMeasureFacts { ranks, label, id, basis, facts } => "Rank {ranks}: {id}, {label} ({basis}); it read: {facts}."; "第 {ranks} 序：{label}（{id}，{basis}）；所依事实：{facts}。";
    WhyTier { ranks, label, basis } => "Rank {ranks}: {label} ({basis})."; "第 {ranks} 序：{label}（{basis}）。";
    WhyTierFacts { ranks, label, basis, facts } => "Rank {ranks}: {label} ({basis}); it read: {facts}."; "第 {ranks} 序：{label}（{basis}）；所依事实：{facts}。";
    SettledOutside => "settled outside the plan"; "预案之外商定";
    TablePolicy => "policy"; "预案";
    TableCase => "case.toml"; "case.toml";
    TableCustomers => "customers"; "用户表";
    TableDemand => "demand"; "需求";
    TableDistricts => "districts"; "区域表";
    TableSupply => "supply"; "气源供应";
    TableLinks => "links"; "管网连接";
    TableProfiles => "profiles"; "用气曲线";
    TableActuals => "what was taken before"; "此前实际用气";
    TableOrder => "the order that it revises"; "所修订的指令";
    CutBeyond => "beyond the level's authority"; "超出本级授权";
    BackupCoal => "coal"; "煤";
    BackupOil => "oil"; "燃油";
    BackupElectric => "electric"; "电";
    BackupOther => "other"; "其他";
    ContractFirm => "firm"; "不可中断";
    ContractInterruptible => "interruptible"; "可中断";
    ContractPeakShaving => "peak shaving"; "调峰";
    FactClass { class } => "class {class}"; "类别 {class}";
    FactFloor { volume } => "floor {volume}"; "保底用气 {volume}";
    FactTonnage { tonnage } => "boiler of {tonnage} t/h"; "锅炉 {tonnage} 蒸吨";
    FactNoTonnage => "tonnage missing, counts as 0 t/h"; "缺少蒸吨数，按 0 计";
    FactBackup { backup } => "backup fuel {backup}"; "备用燃料 {backup}";
    FactNoBackup => "no backup fuel"; "无备用燃料";
    FactContract { contract } => "contract {contract}"; "合同类型 {contract}";
    FactTags { tags } => "designation {tags}"; "认定 {tags}";
    FactNoTags => "no designation"; "无认定";
    FactProfile { profile } => "profile {profile}"; "用气曲线 {profile}";
    FactFlat => "a flat day, no profile"; "无用气曲线，按全天均匀";
    FactSite { site } => "site {site}"; "站址 {site}";
    FactNoSite => "no site"; "无站址";
    FactId { id } => "named {id}"; "编号 {id}";
    FactAnnual { volume } => "a use of {volume} a year"; "年用气量 {volume}";
    FactDemand { volume } => "a demand of {volume}"; "当日需求 {volume}";
    FactDistrict { district } => "district {district}"; "区域 {district}";
    FactCompany { company } => "company {company}"; "企业 {company}";
    FactTurns { district } => "{district} takes its turn"; "{district}今日轮换";
    FactTurnsNot { district } => "{district} does not take its turn"; "{district}今日不轮换";
    WhyCell { rank, customers, size, served, share } => "Those of rank {rank} in the same district: {customers}, asking for {size} and getting {served}, {share} each."; "第 {rank} 序同区域：{customers} 户（单位），需求 {size}，供应 {served}，各得 {share}。";
    WhyCellHours { rank, customers, size, served, share } => "Those of rank {rank} in the same district: {customers}, asking for {size} and getting {served} together, {share}; in each hour all of them get the same share of what they ask for in it."; "第 {rank} 序同区域：{customers} 户（单位），合计需求 {size}，供应 {served}（{share}）；每一小时各户按该小时需求的同一比例供应。";
    WhyCellList { rank, customers, size, served, share } => "Those of rank {rank} in the same district: {customers}, asking for {size} and getting {served} together, {share}; whole customers are stopped one after another."; "第 {rank} 序同区域：{customers} 户（单位），合计需求 {size}，供应 {served}（{share}）；按名单逐户停气。";
    OwnHours => "Its hours that are short, m3 an hour"; "短缺的各小时，万m³/小时";
    OwnHour => "hour"; "钟点";
    OwnOff { measure, hours } => "Off {hours} ({measure})."; "{hours} 停用（{measure}）。";
    OwnNever => "No hour of it is short."; "各小时均不短缺。";
    BindsHours { rank, hours, walls } => "In rank {rank}, {hours}, what binds is {walls}."; "第 {rank} 序，{hours}：受限于{walls}。";
    BindsNoWay { rank, hours } => "In rank {rank}, {hours}, no way leads more gas there."; "第 {rank} 序，{hours}：没有通路可再送气。";
    LimitSourcesHour { sources, hours } => "the most that can come in an hour from {sources} ({hours})"; "每小时最大供气量：{sources}（{hours}）";
    LimitSources { sources } => "the day's volume, all of it given, of {sources}"; "全日供气量已尽：{sources}";
    LimitLinks { links, hours } => "the most that can pass in an hour over {links} ({hours})"; "管线每小时能力已满：{links}（{hours}）";
    LimitLeast { districts, hours } => "the linepack at its least in {districts} ({hours})"; "管存降至下限：{districts}（{hours}）";
    LimitMost { districts, hours } => "the linepack at its most in {districts} ({hours})"; "管存升至上限：{districts}（{hours}）";
    LimitEnd { districts } => "the linepack that the end of the day asks for in {districts}"; "日末须保有的管存：{districts}";
    LimitOf { name, volume } => "{name} ({volume})"; "{name}（{volume}）";
    LinkOf { from, to, volume } => "{from} → {to} ({volume})"; "{from} → {to}（{volume}）";
    HourRange { from, until } => "{from}-{until}"; "{from}—{until}";
    TouchedAtOnceHours { share, short, level } => "It is touched even when all sources together, in today's proportions, give all that is asked for: the limits of hours leave {share} short ({short}), {level}."; "即使各气源按当日比例合计供足全部需求，仍受影响：受各小时能力所限缺口为 {share}（{short}，{level}）。";
    CeilingHours { hours, walls } => "Then this binds ({hours}): {walls}."; "届时（{hours}）受限于{walls}。";
    CeilingNoWay { hours } => "Then no way leads more gas there ({hours})."; "届时（{hours}）没有通路可再送气。";
    TouchedAboutBlocks { share, short, level } => "As all sources shrink alike it is first touched at a shortfall of about {share} ({short}), {level}; found by trying shortfalls, because other blocks take their turn on the way."; "各气源同比减少时，缺口约达 {share}（{short}，{level}）起受影响；因其间轮换区块变动，为逐点试算所得。";
    DiffersHours { a, b } => "They want gas in different hours: {a}; against {b}."; "用气时段不同：{a}；对方：{b}。";
    BindsRequired { rank } => "In rank {rank} what binds is the required stop itself, whatever gas there is."; "第 {rank} 序：受限于强制停用本身，与气量无关。";
    Binds { rank, walls } => "In rank {rank} what binds is {walls}."; "第 {rank} 序：受限于{walls}。";
    WallRequired => "the required stop itself"; "强制停用本身";
    WallPool => "the supply of all sources together, which is used up"; "全部气源总量，已用尽";
    WallEntitlement { company } => "the supply that {company} is entitled to"; "{company}的气源";
    WallShared => "the links that companies share and their sources, together"; "各企业共用的管线及其气源";
    WallLink { from, to, volume } => "the full link {from} → {to} ({volume})"; "管线 {from} → {to} 已满（{volume}）";
    WallSource { source, volume } => "the source {source}, used up ({volume})"; "气源 {source} 已尽（{volume}）";
    RestoredAll { more } => "{more} more from all sources in proportion would restore it."; "各气源按比例增供 {more} 即可恢复。";
    RestoredBy { source, more } => "{more} more from {source} alone would."; "仅 {source} 增供 {more} 即可。";
    RestoredByAny { source, more } => "{more} more from any one of these alone would: {source}."; "以下任一气源单独增供 {more} 即可：{source}。";
    RestoredNotBy { source } => "No amount from any one of these alone would: {source}."; "仅以下任一气源增供，多少都不行：{source}。";
    CeilingAt { restored, more, lacking } => "More supply can restore at most {restored} of it, by {more} more from all sources in proportion; {lacking} would still be lacking."; "增供最多可恢复 {restored}（各气源按比例增供 {more}），仍缺 {lacking}。";
    CeilingNone { lacking } => "More supply from the same sources restores none of it; {lacking} would still be lacking."; "现有气源增供不能恢复，仍缺 {lacking}。";
    CeilingLink { walls, missing } => "Then {walls} binds: to serve it in full, and all who come before or with it there, {missing} more would have to pass."; "届时受限于{walls}：要连同此处先序、同序者全额供应，尚须多通过 {missing}。";
    CeilingLinks { walls, missing } => "Then these bind: {walls}. To serve it in full, and all who come before or with it there, {missing} more would have to pass them together."; "届时受限于{walls}：要连同此处先序、同序者全额供应，尚须合计多通过 {missing}。";
    CeilingSources { walls, missing } => "Nothing enters there but from {walls}: {missing} more would have to come in."; "该处仅由{walls}供气：尚须多进入 {missing}。";
    CeilingShared => "The links that companies share stand in the way."; "受限于各企业共用的管线。";
    CeilingEntitled => "The sources that its company may draw on give nothing to scale."; "其所属企业可用的气源没有供应，无从按比例增加。";
    TouchedFrom { share, short, level } => "As all sources shrink alike it is first touched at a shortfall of {share} ({short}), {level}."; "各气源同比减少时，缺口达 {share}（{short}，{level}）起受影响。";
    TouchedAbove { share, short, level } => "As all sources shrink alike it is first touched just above a shortfall of {share} (from {short}), {level}."; "各气源同比减少时，缺口刚超过 {share}（{short} 起，{level}）即受影响。";
    TouchedFromTheStart { level } => "As all sources shrink alike it is touched by the first cubic metre that is short, {level}."; "各气源同比减少时，一有缺口即受影响（{level}）。";
    TouchedAtOnce { share, short, level } => "It is touched even when all sources together, in today's proportions, give all that is asked for: the network leaves {share} short ({short}), {level}."; "即使各气源按当日比例合计供足全部需求，仍受影响：受管网所限缺口为 {share}（{short}，{level}）。";
    TouchedAbout { share, short, level } => "As all sources shrink alike it is first touched at a shortfall of about {share} ({short}), {level}; sampled, because companies share links."; "各气源同比减少时，缺口约达 {share}（{short}，{level}）起受影响；因各企业共用管线，为抽样所得。";
    TouchedNever => "As all sources shrink alike it is never touched."; "各气源同比减少时，始终不受影响。";
    NextMay { level, volume, served } => "The next graver level, {level}, would let {volume} of it be cut or stopped; of today's supply it would get {served}."; "更高一级（{level}）可压减或停用其中 {volume}；按当日供应可得 {served}。";
    NextNone { level } => "The next graver level, {level}, would let none of it be cut."; "更高一级（{level}）不可压减。";
    NextGravest => "No level is graver than today's."; "已是最高级别。";
    GraverAt { level, supply, less } => "A graver level, {level}, holds from a supply of {supply} down, {less} less."; "供应降至 {supply}（减少 {less}）及以下，升为{level}。";
    GraverNever => "No level is graver than this."; "已是最高级别。";
    MilderAt { supply, more } => "A milder level holds from a supply of {supply}, {more} more."; "供应达 {supply}（增加 {more}）起可降低级别。";
    MilderNever => "No supply would bring a milder level."; "增加供应不能降低级别。";
    CaseChanged { tables } => "The case has changed since this was decided ({tables}): what follows is as decided, and what would change it is left out."; "作出决定后案例已变动（{tables}）：以下为当时的决定，不再推算何以改变。";
    DiffersBy { a, b } => "What differs first: {a}; against {b}."; "首先的差别：{a}；对方：{b}。";
    DiffersMoved { volume, to, from } => "So {volume} of the one's gas stand in {to}; with the other's they would stand in {from}."; "因此前者有 {volume} 列入{to}；若同于后者，则列入{from}。";
    RankNamed { rank, rule } => "rank {rank} ({rule})"; "第 {rank} 序（{rule}）";
    RankEmpty { rule } => "a rank that is empty today ({rule})"; "当日无人的一序（{rule}）";
    DiffersNot => "The rules cannot tell them apart, and each gets the same share of what it asks for; whole cubic metres go by largest remainder, so one may get one more."; "规则对二者并无区别，供应占比相同；整立方米按最大余数分配，可能相差一立方米。";
    DiffersUnknown => "No fact of the case as it is now tells them apart."; "按案例现状，二者没有差别。";
    DiffersTurn { rank, a, b, a_size, b_size } => "Rank {rank} stops whole customers, the least burdened first, then the largest: burdens of {a} and {b} full days, sizes of {a_size} and {b_size}."; "第 {rank} 序按名单逐户停气，负担轻者先、气量大者先：负担 {a} 与 {b} 个全日，气量 {a_size} 与 {b_size}。";
    DiffersWalls { rank, a, b } => "In rank {rank} what binds for the one is {a}; for the other {b}."; "第 {rank} 序：前者受限于{a}；后者受限于{b}。";
    DiffersWall { rank, walls } => "In rank {rank} nothing binds for the one; for the other {walls}."; "第 {rank} 序：前者不受限；后者受限于{walls}。";
    DiffersWallOne { rank, walls } => "In rank {rank} what binds for the one is {walls}; for the other nothing."; "第 {rank} 序：前者受限于{walls}；后者不受限。";
    DiffersDistrict { a, b } => "They lie in {a} and {b}, which the network may reach differently."; "分处 {a} 与 {b}，管网可达气量可能不同。";
    DiffersCompany { a, b } => "They belong to {a} and {b}."; "分属 {a} 与 {b}。";
    TheLevel => "The level"; "响应级别";
    // verify
    VerifyHead { date, case, policy } => "Decision of {date}, {case}, policy {policy}"; "{date} 的决定，{case}，预案 {policy}";
    VerifyUnconfirmed => "The decision says of itself that it is UNCONFIRMED."; "该决定自称未经确认。";
    RuleHolds => "holds"; "成立";
    RuleNotProved => "not proved: that takes a solver"; "未能证明：须用求解器";
    RuleNotChecked => "not checked"; "未核对";
    RuleViolated => "VIOLATED"; "不成立";
    ViolatedAt { at, expected, found } => "{at}: expected {expected}, found {found}"; "{at}：应为 {expected}，实为 {found}";
    Memory => "Burdens, turns and settled volumes are taken from the decision itself."; "负担、轮换记录及既定气量取自决定文件本身。";
    DecisionHolds => "The decision holds."; "该决定成立。";
    DecisionHoldsAsFar => "The decision holds as far as it can be checked without a solver."; "在不用求解器可核对的范围内，该决定成立。";
    DecisionFails { rule } => "The decision does not hold: {rule}."; "该决定不成立：{rule}。";
    // check
    CaseIs { name, policy } => "{name}, policy {policy}"; "{name}，预案 {policy}";
    CheckCounts => "The case holds"; "案例内容";
    Customers => "customers"; "用户";
    Households => "households"; "居民户数";
    Districts => "districts, of which blocks of the main urban area"; "区域（其中主城区区块）";
    Companies => "companies"; "城燃企业";
    Sources => "sources"; "气源";
    Links => "links of the network"; "管网连接";
    OnePool => "no network: every source reaches every district"; "未给出管网：各气源可达各区域";
    DaysOfSupply => "days with supply"; "有供应数据的天数";
    DayRange { count, from, until } => "{count}, {from} to {until}"; "{count}，{from} 至 {until}";
    NoDays => "none"; "无";
    CheckGood { warnings } => "No errors; things to look at: {warnings}."; "没有错误；提请注意 {warnings} 处。";
    // init
    InitDone { dir } => "A small synthetic case is in {dir}. Next:"; "已在 {dir} 写入一个小型合成案例。接下来：";
    // policy list, policy show
    PolicyId => "id"; "编号";
    PolicyVersion => "version"; "版本";
    PolicyName => "name"; "名称";
    PolicySource { source } => "Source: {source}"; "来源：{source}";
    PolicyHead { name, id, version } => "{name} ({id}, version {version})"; "{name}（{id}，第 {version} 版）";
    InForceAlways => "In force all the time."; "始终有效。";
    InForceFrom { from } => "In force from {from}."; "自 {from} 起有效。";
    InForceUntil { until } => "In force until {until}."; "有效期至 {until}。";
    InForceSeason { from, until } => "In force each year from {from} to {until} (month-day)."; "每年 {from} 至 {until}（月-日）有效。";
    Levels => "Levels"; "响应分级";
    BandLine { level, colour, band } => "{level}, {colour}: {band}"; "{level}，{colour}：{band}";
    Band { from, lower, what, upper, until } => "{from} {lower} {what} {upper} {until}"; "{from} {lower} {what} {upper} {until}";
    BandOpen { what, from, lower } => "{what} {lower} {from}"; "{what} {lower} {from}";
    ShortfallOfAll => "shortfall"; "缺口";
    ShortfallOfArea => "an area's shortfall"; "单个区域缺口";
    Either { a, b } => "{a} or {b}"; "{a} 或 {b}";
    SupplyOrder => "Supply order, the first served first"; "保供次序（先列者先供）";
    TierLine { number, label } => "Tier {number}: {label}"; "第 {number} 层：{label}";
    RankLine { takes } => "rank: {takes}"; "同序：{takes}";
    TakeRest { who } => "{who}"; "{who}";
    TakeFloor { who } => "the floor of {who}"; "{who}的保底用气";
    TakeOthers { who } => "{who}, if no other entry names them"; "{who}（其他条目未列者）";
    TakeFirst { volume, who } => "the first {volume} m3 a day of {who}"; "{who}每日首 {volume} m3";
    Everybody => "everybody"; "全部用户";
    OfClasses { classes } => "{classes}"; "{classes}";
    WhoWith { who, conditions } => "{who} with {conditions}"; "{who}（{conditions}）";
    WithTags { words } => "the tag {words}"; "标签 {words}";
    WithIds { words } => "the id {words}"; "编号 {words}";
    WithSites { words } => "the site {words}"; "站址 {words}";
    InDistricts { words } => "a place in {words}"; "位于 {words}";
    OfCompanies { words } => "the company {words}"; "企业 {words}";
    WithBackup { words } => "the backup fuel {words}"; "备用燃料 {words}";
    WithContract { words } => "the contract {words}"; "合同 {words}";
    BoilerSize { range } => "a boiler of {range} t/h"; "锅炉吨位 {range} t/h";
    DemandSize { range } => "a demand of {range} m3 a day"; "日用气量 {range} m3";
    AnnualSize { range } => "a use of {range} m3 a year"; "年用气量 {range} m3";
    Measures => "Measures in cut order, the first loses gas first"; "措施（先列者先减）";
    AtLevel { level, who, cut } => "{level}: {who}; {cut}"; "{level}：{who}；{cut}";
    AlwaysOn { who, cut } => "always: {who}; {cut}"; "始终：{who}；{cut}";
    OnlyTiers { tiers } => "Only gas of tier {tiers}."; "仅限第 {tiers} 层用气。";
    OnlyBlocks => "Only in the blocks whose turn it is."; "仅限轮到的区块。";
    WithinBackup => "Who has a backup fuel is cut first."; "有备用燃料者先减。";
    WithinFirm => "Inside it the supply order holds."; "内部按保供次序。";
    SharedEvenly => "Shared evenly."; "同等比例压减。";
    SharedByList => "Whole customers are stopped one after another."; "按名单逐户停气。";
    SmallestOrder { volume } => "Cuts below {volume} m3 a day are not ordered."; "日压减不足 {volume} m3 者不下达。";
    Rebound { share } => "Of what is stopped {share} comes back in the hours after."; "停用量的 {share} 在其后几小时回补。";
    BySeason { value, from, until } => "{value} from {from} to {until}"; "{from} 至 {until} 为 {value}";
    Note { note } => "Note: {note}"; "说明：{note}";
    Exemptions => "Exempt"; "豁免";
    ExemptFrom { label, who, measures } => "{label}: {who}; from {measures}"; "{label}：{who}；不适用 {measures}";
    RotationRule => "Rotation"; "轮换";
    RotationFormula { from, step } => "One block above a shortfall of {from}, and one more for every further {step}."; "缺口超过 {from} 轮换一个区块，每再增加 {step} 增加一个。";
    RestDays { days } => "A block rests {days} days between two turns."; "同一区块两次轮换间隔 {days} 天。";
    LongestRun { days } => "A turn lasts at most {days} days."; "一次轮换最长 {days} 天。";
    Duties => "Duties"; "职责与时限";
    ResponseActs => "Who does what in a response, and how it ends"; "响应由谁办理、如何结束";
    SignedBy { who } => "The order is signed by {who}."; "应急响应指令由{who}签发。";
    IssuedBy { who } => "The signed order is issued by {who}."; "签发后的指令由{who}发出。";
    LoweredBy { who } => "The level is lowered by decision of {who}."; "降低响应级别由{who}决定。";
    EndedBy { who } => "The response ends by decision of {who}."; "停止响应由{who}决定。";
    DepartedBy { who } => "Departures from the plan, for a customer or a measure, are decided by {who}."; "对个别用户或措施另作处置由{who}决定。";
    SupplyRestoredBy { who } => "Supply is restored by decision of {who}."; "恢复供气由{who}决定。";
    RestoreReverse => "Those whose measure is used last come back first."; "后用的措施先恢复。";
    RestoreListed { measures } => "They come back in this order: {measures}; then the others, those whose measure is used last first."; "恢复次序：{measures}；其余措施后用者先恢复。";
    EasedOneDay => "The shortage has eased once it lies below the level on a gas day; to end, once supply covers demand on one."; "任一供气日的缺口降至本级以下，即为缓解；停止响应须供应满足需求。";
    EasedOneDayBy { margin } => "The shortage has eased once it lies below the level by {margin} of demand on a gas day; to end, once supply exceeds demand by so much on one."; "任一供气日的缺口低于本级下限达需求的 {margin}，即为缓解；停止响应须供应超出需求达此比例。";
    EasedDays { days } => "The shortage has eased once it lies below the level on {days} gas days in a row; to end, once supply covers demand on as many."; "连续 {days} 个供气日缺口降至本级以下，即为缓解；停止响应须同样天数供应满足需求。";
    EasedDaysBy { days, margin } => "The shortage has eased once it lies below the level by {margin} of demand on {days} gas days in a row; to end, once supply exceeds demand by so much on as many."; "连续 {days} 个供气日缺口低于本级下限达需求的 {margin}，即为缓解；停止响应须同样天数供应超出需求达此比例。";
    WarnedAt { shares } => "Warnings when so much of the day's nomination is taken: {shares}."; "当日用气达日指定气量的下列比例时预警：{shares}。";
    EaseRule => "when the shortage counts as eased"; "缺口缓解的判断";
    WarnRule => "warnings of the day's nomination"; "日指定气量预警";
    ActByNobody { act } => "The plan asks for nobody in particular: {act}."; "预案未定由谁办理：{act}。";
    ActSign => "signing the order"; "签发指令";
    ActIssue => "issuing the order"; "发出指令";
    ActLower => "lowering the level"; "降低响应级别";
    ActEnd => "ending the response"; "停止响应";
    ActDepart => "departing from the plan"; "另作处置";
    ActRestore => "restoring supply"; "恢复供气";
    NoticeHours { hours } => "Hours of notice: {hours}."; "须提前 {hours} 小时通知。";
    // curve
    MainUrbanArea => "the main urban area"; "主城区";
    CurveOf { scope } => "Who loses gas as supply falls short: {scope}"; "供应缺口从小到大，谁先被压减：{scope}";
    CurveLine { demand, supply } => "All sources are scaled alike, from supply for all of the demand, {demand}, down to nothing; on the day they give {supply}."; "各气源同比例缩减，供应由满足全部需求 {demand} 直至为零；当日气源供应为 {supply}。";
    CurveExact => "Every point at which something changes is exact."; "各转折点均为精确值。";
    CurveSampled => "SAMPLED: companies share links, so the curve was decided at some shortfalls and is drawn straight in between."; "抽样：各企业共用管线，曲线由若干缺口处的决定连成，点间按直线。";
    CurveSampledByHour { step } => "SAMPLED BY THE HOUR: decided hour by hour at every {step} of shortfall, and to the cubic metre where the level or the blocks change; straight in between."; "逐小时抽样：每 {step} 缺口按小时作一次决定，级别或轮换区块变化处精确到立方米；点间按直线。";
    CurveStretches => "Where the level or the blocks change"; "响应级别或轮换区块的变化";
    CurveFrom => "shortfall"; "缺口";
    CurveUntil => ""; "";
    CurveLevel => "level"; "级别";
    CurveBlocks => "blocks"; "区块数";
    CurveBlocksMore { used, by_formula } => "{used}, not {by_formula}"; "{used}（公式 {by_formula}）";
    CurveShort => "short at end"; "末端缺口";
    CurveCutFrom => "off at start"; "起点压减";
    CurveCutUntil => "off at end"; "末端压减";
    CurveBeyond => "unauthorised"; "超出授权";
    CurveByClass => "By class, who loses gas first at the top: what is off, in % of its demand, at a shortfall of ..."; "按用户类别（先被压减者先列）：各缺口处的压减比例（占其需求 %）";
    CurveByTier => "By tier: what is off, in % of its demand, at a shortfall of ..."; "按保供层级：各缺口处的压减比例（占其需求 %）";
    CurveLosesFrom => "from"; "起始缺口";
    CurveAt { x } => "{x}"; "{x}";
    CurveTitle => "Who loses gas as the shortfall grows"; "缺口扩大时谁被压减";
    CurveAbout { case, scope, date, policy } => "{case} · {scope} · {date} · {policy}"; "{case} · {scope} · {date} · {policy}";
    CurveSmall { demand, how } => "Demand {demand} a day. {how}"; "需求 {demand}/日。{how}";
    CurveOthers { count } => "{count} other classes"; "其他 {count} 类";
    CurveAxisX => "supply short of demand, %"; "供应缺口（占需求 %）";
    CurveAxisY => "gas not served, m³ a day"; "压减量，万m³/日";
    CurveBlocksOnTurn => "← blocks on their turn"; "← 轮换区块数";
    CurveLegend => "Class, and the shortfall from which it loses"; "用户类别及起始缺口";
    CurveShortLine => "the shortage itself"; "缺口";
    CurveBeyondBar => "beyond the level's authority"; "超出本级授权";
    // policy check
    ProofOf { scope } => "What is true of the plan at every shortfall: {scope}"; "预案在任何缺口下是否成立：{scope}";
    ProofWholeDays => "CHECKED FOR WHOLE DAYS: hours are not considered. The case is decided hour by hour; profiles, hourly limits and linepack may make it shorter than is said here."; "仅按全日核对，未考虑各小时。本案例逐小时决策；因用气曲线、小时上限和管存，实际可能比此处所述更缺。";
    Proved => "Proved for every shortfall from 0 to 100 %, all sources scaled alike, on volumes before rounding."; "对 0 至 100% 的全部缺口（各气源同比例缩减、取整之前）均已证明。";
    ProofAlone => "The plan by itself, without a city."; "仅就预案本身，不涉及城市。";
    ProofCoverage => "Everything has its place"; "各有其位";
    ProofAnswered => "Every shortfall has a level."; "任何缺口都有对应的响应级别。";
    ProofNoLevels => "The plan has no levels: its measures are always in force."; "本预案不分级：各项措施始终有效。";
    ProofUnanswered { x } => "No level answers {x}."; "缺口 {x} 没有对应的响应级别。";
    ProofPlaced => "Every class of the city has a place in the supply order."; "本市各类用户均列入保供次序。";
    ProofPlacedAlone => "Every class has a place in the supply order."; "各类用户均列入保供次序。";
    ProofUnplaced { classes } => "Without a place in the supply order: {classes}."; "未列入保供次序：{classes}。";
    ProofReaching => "Every measure and every exemption means somebody here."; "各项措施和豁免在此均有对应用户。";
    ProofIdleMeasures { measures } => "Measures that reach nobody here: {measures}."; "在此没有对应用户的措施：{measures}。";
    ProofIdleExemptions { exemptions } => "Exemptions that mean nobody here: {exemptions}."; "在此没有对应用户的豁免：{exemptions}。";
    ProofUnmet { levels } => "Levels that no shortfall of this line comes to: {levels}."; "沿此线不会启用的级别：{levels}。";
    ProofOrder => "The order of protection"; "保供次序";
    ProofOrderKept => "No better rank is ever short of gas that a worse one gets and that could reach it."; "凡后序得到且可送达前序的气，前序从不短缺。";
    ProofOrderUnknown => "Whether ranks keep their order was looked at by the linear program at samples only."; "保供次序仅在抽样点由线性规划保证。";
    ProofBreach { rank, x } => "Rank {rank} is short of gas that a worse one gets: {x}."; "第 {rank} 序短缺，而后序得到本可送达的气：{x}。";
    ProofTiersKept => "No better tier ever loses gas while a worse one still gets some."; "前层从不先于后层减气。";
    ProofInvertedInTurn { tier, worse, x, most, measure } => "Tier {tier} loses gas while tier {worse} still gets some: {x}; at most {most}, by \"{measure}\". The plan declares it: blocks take turns."; "第 {tier} 层减气而第 {worse} 层仍有供气：{x}；最多 {most}，依“{measure}”。此为预案明示的轮换。";
    ProofInverted { tier, worse, x, most, measure } => "Tier {tier} loses gas while tier {worse} still gets some: {x}; at most {most}, by \"{measure}\"."; "第 {tier} 层减气而第 {worse} 层仍有供气：{x}；最多 {most}，依“{measure}”。";
    ProofInvertedPinned { tier, worse, x, most } => "Tier {tier} loses gas while tier {worse} still gets some: {x}; at most {most}, settled outside the plan."; "第 {tier} 层减气而第 {worse} 层仍有供气：{x}；最多 {most}，系预案之外商定。";
    ProofInvertedReach { tier, worse, x, most } => "Tier {tier} loses firm gas while tier {worse} still gets some, which cannot reach it: {x}; at most {most}."; "第 {tier} 层固定用气减气而第 {worse} 层仍有供气（无法调达）：{x}；最多 {most}。";
    ProofRises => "Better off although gas is shorter"; "缺口扩大反而多得气";
    ProofNoRise => "Nobody gets more when gas is shorter, blocks on their turn and stop lists aside."; "除轮换区块和停气名单外，无人因缺口扩大而多得气。";
    ProofAt { x } => "at {x}"; "缺口 {x} 处";
    ProofJustAbove { x } => "just above {x}"; "缺口刚超过 {x} 时";
    ProofRise { x, from, to, customers, volume } => "{x}, from {from} to {to}: {customers} customers get {volume} more together."; "{x}，由{from}转为{to}：{customers} 户共多得 {volume}。";
    ProofRiseBlocks { x, level, before, after, customers, volume } => "{x}, blocks {before} → {after} ({level}): {customers} customers get {volume} more together."; "{x}，轮换区块 {before} → {after} 个（{level}）：{customers} 户共多得 {volume}。";
    ProofRiseByLinks { x, customers, volume } => "{x}: {customers} customers get up to {volume} more together, because links that others leave carry it to them."; "{x}：{customers} 户共最多多得 {volume}，因他处腾出的管线能力。";
    ProofCauses { causes } => "Taken from others by {causes}."; "由以下措施另行减出：{causes}。";
    ProofCausesDeclared { causes } => "Taken from others by {causes}; the plan declares it: blocks take turns."; "由以下措施另行减出：{causes}；预案明示区块轮换。";
    ProofOneBlockMore => "One block more takes its turn: the plan declares it."; "多轮换一个区块：预案明示如此。";
    ProofBlocksMore { more } => "{more} blocks more take their turn: the plan declares it."; "多轮换 {more} 个区块：预案明示如此。";
    ProofFewerBlocks => "Fewer blocks are on their turn, and those that come off it get gas back."; "轮换区块减少，退出轮换者恢复供气。";
    ProofListTurns => "Whole customers are stopped one after another, and others are stopped now: the plan declares it."; "按名单逐户停气，此时改停他户：预案明示如此。";
    ProofReleased => "Gas that lay unused, because a required stop freed too much, is given now."; "原因必须停用而多出、无人使用的气，此时供出。";
    ProofShifted => "The same measures take no more together, but from other customers."; "各项措施合计未多减，但改由其他用户承担。";
    ProofCause { measure, volume } => "\"{measure}\" (+{volume})"; "“{measure}”（+{volume}）";
    ProofCauseFirm { volume } => "cuts of firm gas (+{volume})"; "固定用气减量（+{volume}）";
    ProofClasses { classes } => "Who: {classes}."; "受益者：{classes}。";
    ProofClassRise { class, customers, volume } => "{class} {customers} (+{volume})"; "{class} {customers} 户（+{volume}）";
    ProofLargest { customers } => "Largest: {customers}."; "最大者：{customers}。";
    ProofRiser { name, before, after } => "{name} ({before} → {after})"; "{name}（{before} → {after}）";
    ProofUnused { x, most } => "Gas lies unused, because a required stop frees more than is needed: {x}; at most {most}."; "必须停用腾出的气多于所需，有气无人用：{x}；最多 {most}。";
    ProofStoppedAll { customers, withheld, largest } => "Stopped there: {customers} customers, {withheld} together. Largest: {largest}."; "该处被停用：{customers} 户，共 {withheld}。最大者：{largest}。";
    ProofStopped { name, volume } => "{name} ({volume})"; "{name}（{volume}）";
    ProofAuthority => "What each level can close with this city's customers"; "各级在本市可弥补的缺口";
    ProofNowhere => "nowhere"; "不启用";
    ProofCloses { level, x, share, most } => "{level} ({x}) can close at most {share}: {most}."; "{level}（{x}）最多可弥补 {share}：{most}。";
    ProofGap { x, most, at } => "It cannot close {x}: up to {most} of firm gas is cut without authority, at {at}."; "无法弥补 {x}：固定用气最多有 {most} 超出授权被减（在 {at} 处）。";
    ProofFromTo { from, until } => "{from} to {until}"; "{from} 至 {until}";
    ProofInstead { x, level } => "{x}: {level} could."; "{x}：{level}可以弥补。";
    ProofInsteadNone { x } => "{x}: no graver level could."; "{x}：更高级别也不能弥补。";
    ProofWeaker { measure, level, graver } => "\"{measure}\" does more at {level} than at {graver}, the graver."; "“{measure}”在{level}的力度大于更高的{graver}。";
    ProofClassesAlone => "Who may be cut from which level on"; "各类用户自何级起可被压减";
    ProofClass => "class"; "类别";
    ProofTier => "best tier"; "最高层级";
    ProofTouched => "from"; "起始级别";
    ProofNever => "by no measure"; "任何措施均不涉及";
    ProofInTurn { level } => "{level}, only when its block is on its turn"; "{level}，仅在区块轮到时";
    ProofNeedsCity => "With a city (-C CASE) this command also says whether the order is kept, who is better off with less gas, and what each level can close."; "给出城市案例（-C 案例）时，还可核对保供次序、缺口扩大反而多得气的用户以及各级可弥补的缺口。";
    // policy diff
    DiffOne { name, id, version } => "A: {name} ({id}, version {version})"; "A：{name}（{id}，第 {version} 版）";
    DiffOther { name, id, version } => "B: {name} ({id}, version {version})"; "B：{name}（{id}，第 {version} 版）";
    DiffRules { count } => "Rules that differ: {count}"; "不同的规则：{count} 处";
    DiffNoRules => "A and B say the same in every rule."; "A、B 的各条规则完全相同。";
    DiffSaidByOne { value } => "A: {value}"; "A：{value}";
    DiffSaidByOther { value } => "B: {value}"; "B：{value}";
    DiffWithBasis { value, basis } => "{value} ({basis})"; "{value}（{basis}）";
    DiffMeasureAt { measure, level } => "{measure}, {level}"; "{measure}，{level}";
    DiffPolicy => "the plan as a whole"; "预案整体";
    DiffCutOrder => "the order in which measures are used"; "各措施的先后次序";
    DiffNothing => "nothing"; "无";
    DiffYes => "yes"; "是";
    DiffNo => "no"; "否";
    DiffOneDay => "1 day"; "1 天";
    DiffDays { days } => "{days} days"; "{days} 天";
    DiffAllTiers => "gas of all tiers"; "各层用气";
    DiffAction { who, cut } => "{who}: {cut}"; "{who}：{cut}";
    DiffNoOrder => "no order inside the measure"; "措施内部不分先后";
    DiffFates { scope } => "Whose fate differs: {scope}"; "哪些用户的境遇不同：{scope}";
    DiffFatesExact => "Compared at every shortfall from 0 to 100 %, all sources scaled alike, on volumes before rounding."; "对 0 至 100% 的全部缺口（各气源同比例缩减、取整之前）逐一比较。";
    DiffNoFate => "Everybody gets the same under A and B, at every shortfall."; "任何缺口下，各用户在 A、B 下所得相同。";
    DiffCount { customers, all, better, worse, mixed } => "{customers} of {all} customers: {better} get more under B, {worse} get less, {mixed} more at some shortfalls and less at others."; "{all} 户中有 {customers} 户：B 下多得者 {better} 户，少得者 {worse} 户，因缺口而异者 {mixed} 户。";
    DiffWhere { x } => "Where: {x}."; "缺口范围：{x}。";
    DiffClass => "class"; "类别";
    DiffDistrict => "district"; "区域";
    DiffCustomers => "differ"; "户数";
    DiffBetter => "more under B"; "B 多得";
    DiffWorse => "less under B"; "B 少得";
    DiffMixed => "both"; "因缺口而异";
    DiffMost { unit } => "at most, {unit}"; "最大差合计，{unit}";
    DiffUnit => "m3"; "万m³";
    DiffLargest { count } => "The {count} largest differences"; "差别最大的 {count} 户";
    DiffFate { name, class, district, at, one, other } => "{name} ({class}, {district}), {at}: {one} under A, {other} under B."; "{name}（{class}，{district}），{at}：A 为 {one}，B 为 {other}。";
    DiffMoreRows { count } => "`--format csv` lists all {count}, one a row."; "`--format csv` 逐行列出全部 {count} 户。";
    DiffNeedsCity => "With a city (-C CASE) this command also says whose fate differs, at which shortfalls and by how much."; "给出城市案例（-C 案例）时，还可说明哪些用户在哪些缺口下的境遇不同、相差多少。";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn both_languages_carry_every_figure() {
        let word = Word::BlocksChosen { blocks: "A".into(), formula: "2".into() };
        for lang in [Lang::En, Lang::Zh] {
            let text = word.text(lang);
            assert!(text.contains('A') && text.contains('2'), "{text}");
        }
    }
}
