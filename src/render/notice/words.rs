//! The words of notices, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    // What a paper is.
    Order => "ORDER: to be carried out"; "指令：须执行";
    Warning => "WARNING, NOT AN ORDER: be ready, nothing is to be done yet"; "预警（非指令）：请做好准备，尚无须执行";
    Proposal => "PROPOSAL, NOT AN ORDER: approved by nobody, not to be sent on, nobody acts on it"; "建议稿（非指令）：未经批准，不得转发，不得执行";
    LiftedMark => "ORDER LIFTED: gas may be taken again"; "指令解除：恢复用气";
    // Titles.
    OrderOfSite { name } => "Order to reduce gas: {name}"; "停气、减限气指令：{name}";
    WarningOfSite { name } => "Warning of a reduction of gas: {name}"; "停气、减限气预警：{name}";
    ProposalOfSite { name } => "Proposed reduction of gas: {name}"; "停气、减限气建议：{name}";
    LiftedOfSite { name } => "Reduction of gas lifted: {name}"; "停气、减限气解除：{name}";
    OrderOfCompany { company } => "Stop and limit list, ordered: {company}"; "停气、减限气名单（指令）：{company}";
    WarningOfCompany { company } => "Stop and limit list, announced: {company}"; "停气、减限气名单（预警）：{company}";
    ProposalOfCompany { company } => "Stop and limit list, proposed: {company}"; "停气、减限气名单（建议）：{company}";
    NamedSite { name, id } => "{name} ({id})"; "{name}（{id}）";
    // Where it comes from.
    IssuedBy { id, at, name } => "Order {id}, issued {at} by {name}"; "指令 {id}，{at} 由 {name} 下达";
    WarnedBy { id, at, name } => "Decision {id}, approved {at} by {name}; it is no order until it is issued"; "决定 {id}，{at} 由 {name} 批准；下达之前不是指令";
    ProposedBy { id, at, name } => "Decision {id}, proposed {at} by {name}; it waits for approval"; "决定 {id}，{at} 由 {name} 提出，尚待批准";
    NotRecorded => "Decided for this paper alone: it stands in no record"; "仅为本文书所作的决定，未入档";
    Revised { at, id } => "It decides the day again from {at} on; until then order {id} holds"; "自 {at} 起重新决定；在此之前执行指令 {id}";
    RevisedWithout { at } => "It decides the day from {at} on"; "自 {at} 起生效";
    Foot { case, id, head } => "{case} · {id} · head of the record {head}"; "{case} · {id} · 记录链首 {head}";
    FootNotRecorded { case, date } => "{case} · {date} · not in the record"; "{case} · {date} · 未入档";
    DayOver { until } => "This gas day ended at {until}: a copy for the files, nothing to be carried out any more"; "该供气日已于 {until} 结束：本件仅供存档，不再执行";
    // What a site is told.
    To => "to"; "用气点";
    Class => "kind of use"; "用气类别";
    Company => "gas company"; "供气企业";
    Block => "district"; "区域";
    Contact => "to be called there"; "用气点联系人";
    NoContact => "nobody is listed"; "未登记";
    LevelOf => "level"; "响应级别";
    What => "what"; "处置";
    Stop => "stop taking gas"; "停气";
    StopToFloor => "stop, but for the gas that keeps the plant from harm"; "停气，仅留保炉用气";
    Limit => "take no more than is said below"; "限气，不得超过下列限量";
    OffPeak => "take no gas in the hours in which it is off"; "错峰，在停用时段不得用气";
    Lifted => "nothing is reduced any more"; "不再减限";
    Off => "off"; "停用时段";
    OffFromTo { from, until } => "{from} to {until}"; "{from} 至 {until}";
    Period => "from, until"; "起止时间";
    FromTo { from, until } => "{from} to {until}"; "{from} 至 {until}";
    May => "may take in that time"; "期间可用气量";
    GivesUp => "gives up"; "减限气量";
    OfForecast { volume, share, demand } => "{volume}, {share} of the {demand} forecast"; "{volume}，占预测 {demand} 的 {share}";
    MostAnHour => "at most in any hour"; "任一小时最多";
    ByItsProfile => "The day's volume is ordered; its hours follow this customer's usual day."; "所定为全日气量，各小时按该用户用气曲线推算。";
    Keep => "keep burning"; "保炉用气（须保持）";
    KeepNothing => "nothing is listed that must be kept burning"; "未登记须保持的用气";
    KeepVolume { day, hour } => "{day} a day, about {hour} an hour: do not go below it"; "每日 {day}，约每小时 {hour}，不得低于此量";
    BelowFloor { floor, served } => "This is LESS than the {floor} a day that keep the plant from harm ({served} remain): call at once"; "所余 {served} 低于保炉用气 {floor}：请立即联系";
    Why => "by"; "依据";
    Measure { measure, clause } => "{measure}: clause {clause}"; "{measure}：{clause}";
    MeasureBeyond => "gas that no measure of this level takes: it is not there"; "超出本级各项措施授权：无气可供";
    MeasurePinned => "settled outside the plan"; "预案之外另行商定";
    Households => "households behind it"; "涉及居民户数";
    Call => "questions and reports to"; "咨询与反馈";
    CallAt { office, telephone } => "{office}, telephone {telephone}"; "{office}，电话 {telephone}";
    CallTelephone { telephone } => "telephone {telephone}"; "电话 {telephone}";
    CallFillIn => "Whom to call (the case names no telephone: fill it in)"; "联系电话（案例未给出，请填写）";
    CallOffice { office } => "{office}; telephone to be filled in below"; "{office}；电话见下方填写";
    CallBelow => "to be filled in below"; "见下方填写";
    Changed => "what has changed"; "变更";
    ChangedAdded { demand, now } => "not reduced before (forecast {demand}), now {now}"; "此前未减限（预测 {demand}），现为 {now}";
    ChangedLifted { before, demand } => "{before} before, now all of the forecast again: {demand}"; "此前 {before}，现按预测恢复至 {demand}";
    ChangedLess { before, now, less } => "{before} before, now {now}: {less} less"; "此前 {before}，现为 {now}，减少 {less}";
    ChangedMore { before, now, more } => "{before} before, now {now}: {more} more"; "此前 {before}，现为 {now}，增加 {more}";
    ChangedNot { now } => "nothing: {now} as before"; "无：仍为 {now}";
    RowsOfMeter => "The rows of this meter; what it may take is their sum"; "同一计量表下各行；限量为合计";
    HoursOfDay => "Hour by hour"; "逐小时";
    Hours => "hours"; "时段";
    MayAnHour => "may take in each hour, m³"; "每小时可用，m³";
    Altogether => "altogether, m³"; "合计，m³";
    BackNotByHour { volume } => "{volume} that came back since are not in the hours: take them when they are needed"; "其后恢复的 {volume} 未列入各小时，可按需使用";
    SlipOrder => "Received, and carried out from (time, name, signature)"; "收到并自何时执行（时间、姓名、签字）";
    SlipWarning => "Received (time, name, signature)"; "收到（时间、姓名、签字）";
    // A company's list.
    ListOf => "Customers"; "用户数";
    InAll => "In all"; "合计";
    ByBlock => "By district"; "按区域";
    ByHour => "What is given up, hour by hour, m³"; "逐小时减限量，m³";
    ListInBlock { block } => "{block}: who is cut"; "{block}：减限用户";
    BlockHead => "district"; "区域";
    CustomersHead => "customers"; "用户";
    HouseholdsHead => "households"; "居民户数";
    DemandHead => "forecast, m³"; "预测，m³";
    MayHead => "may take, m³"; "可用，m³";
    CutHead => "gives up, m³"; "减限，m³";
    IdHead => "id"; "编号";
    NameHead => "name"; "名称";
    FormHead => "how"; "方式";
    ContactHead => "contact"; "联系人";
    BeforeHead => "before, m³"; "此前，m³";
    HourHead => "hour"; "时段";
    FormStop => "stop"; "停气";
    FormLimit => "limit"; "限气";
    FormOffPeak => "off-peak"; "错峰";
    FormLifted => "lifted"; "解除";
    FormWithOff { form, from, until } => "{form}, off {from}-{until}"; "{form}，{from}—{until} 停用";
    Beyond { volume } => "BEYOND AUTHORITY: {volume} of firm gas are cut that no measure of this level authorises"; "超出授权：固定用气被减 {volume}，本级措施均未授权";
    Basis { basis } => "Volumes in m³ ({basis})."; "气量单位：m³（{basis}）。";
    Volume { volume } => "{volume} m³"; "{volume} m³";
}
