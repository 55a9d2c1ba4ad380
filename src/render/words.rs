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

words! {
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
    CutStop { from, until } => "off {from}-{until}"; "{from}—{until} 停用";
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_carry_every_figure() {
        let word = Word::BlocksChosen { blocks: "A".into(), formula: "2".into() };
        for lang in [Lang::En, Lang::Zh] {
            let text = word.text(lang);
            assert!(text.contains('A') && text.contains('2'), "{text}");
        }
    }
}
