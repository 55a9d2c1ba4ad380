//! The words of a response's screens, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    // What a command has done.
    Recorded { id, head } => "Recorded as {id}. Head of the record: {head}"; "已入档，编号 {id}。记录链首：{head}";
    NextApprove { id, by, clause } => "Next: approval by {by} ({clause}): approve {id}"; "下一步：由{by}批准（{clause}）：approve {id}";
    NextSign { id, by, clause } => "Next: signature by {by} ({clause}): sign {id}"; "下一步：由{by}签发（{clause}）：sign {id}";
    NextIssue { id, by, clause } => "Next: issue by {by} ({clause}): issue {id}"; "下一步：由{by}下达（{clause}）：issue {id}";
    NextIssueByAnybody { id } => "Next: issue {id}"; "下一步：下达：issue {id}";
    NextNothing { id } => "{id} calls for no response: nothing is to be ordered"; "{id} 无须启动响应，没有需要下达的指令";
    InForce { id } => "{id} is the order of its day from now on"; "{id} 自即刻起为当日指令";
    StandsUntil { id, old } => "{old} stays the order of the day until {id} is issued"; "在 {id} 下达之前，{old} 仍为当日指令";
    LoweredTo { to, head } => "The response goes on at level {to}. Head of the record: {head}"; "响应级别降为 {to} 级。记录链首：{head}";
    EndedNow { head } => "The response is over. Head of the record: {head}"; "应急响应结束。记录链首：{head}";
    // Where we stand.
    StatusHead { case, now, count, head } => "{case} · {now} · {count} entries, head {head}"; "{case} · {now} · 共 {count} 条，链首 {head}";
    NoResponse => "No response is on"; "当前没有应急响应";
    LastEnded { at } => "The last one ended at {at}"; "上一次响应于 {at} 结束";
    ResponseOn { level, since } => "A response is on at level {level}; it began at {since}"; "应急响应进行中：{level} 级；始于 {since}";
    ResponseOnWithout { since } => "A response is on since {since}"; "应急响应进行中，自 {since}";
    LevelFrom { level, from } => "level {level} from {from}"; "{from} 起为 {level} 级";
    OrderOfToday { id, at, name } => "Order of today: {id}, issued {at} by {name}"; "当日指令：{id}，{at} 由 {name} 下达";
    NoOrderToday { date } => "There is no order for {date}"; "{date} 尚无指令";
    Open => "Waiting"; "待办";
    Waits { id, level, shortfall, at, name } => "{id}: level {level}, {shortfall} short; proposed {at} by {name}"; "{id}：{level} 级，缺口 {shortfall}；{at} 由 {name} 提出";
    WaitsWithout { id, shortfall, at, name } => "{id}: {shortfall} short; proposed {at} by {name}"; "{id}：缺口 {shortfall}；{at} 由 {name} 提出";
    PapersMade { id, orders, warnings, at, name } => "Papers of {id}: orders {orders}, warnings {warnings}; made {at} by {name}"; "{id} 的文书：指令 {orders} 份、预警 {warnings} 份；{at} 由 {name} 制作";
    MeteredDay { date, id, sum, over } => "Taken on {date}, of {id}: {sum}; {over} over"; "{date} 实际用气，对照 {id}：{sum}；超用 {over}";
    NothingWaits => "Nothing waits"; "没有待办事项";
    // The day's nomination.
    NominationOf { date } => "Nomination of {date}"; "{date} 日指定气量";
    NominationTaken { at, taken, volume, share } => "taken by {at}: {taken} of {volume}, {share}"; "至 {at} 已用 {taken}，日指定 {volume}，占 {share}";
    NominationReached { share, clause } => "WARNING: {share} of the day's nomination is taken · {clause}"; "预警：已用气量达到日指定的 {share} · {clause}";
    NominationUsedUp { share, clause } => "WARNING: {share} of the day's nomination is taken: the supplier may close its valve · {clause}"; "预警：已用气量达到日指定的 {share}，上游可能关阀 · {clause}";
    NominationUntil { from, until } => "At this rate all of it is used up between {from} and {until}"; "照此速度，将于 {from}—{until} 用完";
    NominationGone { from, until } => "All of it was used up between {from} and {until}"; "已于 {from}—{until} 用完";
    NominationLasts { share } => "At this rate {share} of it is taken by the end of the day"; "照此速度，至日末将用 {share}";
    NominationUnknown => "The case cannot be read, so nothing is said of the day's nomination: `check` tells what is wrong"; "案例无法读取，日指定用量不明：可用 `check` 查看问题";
    // The log.
    LogHead { case, count, head } => "{case} · {count} entries, head {head}"; "{case} · 共 {count} 条，链首 {head}";
    LogChecked => "The record holds: no entry was changed, moved or taken out, and all that it names is there"; "记录完好：条目未被改动、移位或抽走，所引内容齐全";
    LogCheckedExtract => "This is an export's extract of a record: no entry was changed, moved or taken out up to where it ends; of past decisions only what later days remember is in it"; "这是导出时的记录摘录：截至其末条，条目未被改动、移位或抽走；往日决定只含其后需要的内容";
    LogCheckedSince { seq, at } => "and it goes on from that head, which was entry {seq} of {at}"; "且自该链首（第 {seq} 条，{at}）延续至今";
    Attested => "Names and roles are as stated; account and machine are the computer's: attested, not authenticated"; "姓名与身份为本人申报，账户与主机取自计算机：仅为申明，未经认证";
    EventBegun { case } => "record begun for {case}"; "开始记录：{case}";
    EventBegunExercise { case } => "record of an EXERCISE begun for {case}: nothing in it is real"; "开始演练记录：{case}；其中各事项均非实际发生";
    EventProposed { id, level, cut } => "{id} proposed: level {level}, {cut} cut"; "提出 {id}：{level} 级，压减 {cut}";
    EventProposedWithout { id, cut } => "{id} proposed: {cut} cut"; "提出 {id}：压减 {cut}";
    EventRevision { id, at, level, cut } => "{id} proposed, from {at} on: level {level}, {cut} cut"; "提出 {id}，自 {at} 起：{level} 级，压减 {cut}";
    EventRevisionWithout { id, at, cut } => "{id} proposed, from {at} on: {cut} cut"; "提出 {id}，自 {at} 起：压减 {cut}";
    EventApproved { id } => "{id} approved"; "批准 {id}";
    EventSigned { id } => "{id} signed"; "签发 {id}";
    EventIssued { id } => "{id} issued"; "下达 {id}";
    EventLowered { from, to, reason } => "level lowered from {from} to {to}: {reason}"; "响应由 {from} 级降为 {to} 级：{reason}";
    EventEnded { reason } => "response ended: {reason}"; "响应结束：{reason}";
    EventPinned { customer, volume, from, until, reason } => "departure: {customer} gets {volume} a day, {from} to {until}: {reason}"; "变通处置：{customer} 每日供气 {volume}，{from} 至 {until}：{reason}";
    EventRuleChanged { set, from, until, reason } => "departure: {set}, {from} to {until}: {reason}"; "变通处置：{set}，{from} 至 {until}：{reason}";
    EventResumed { number, reason } => "departure {number} ended: {reason}"; "第 {number} 号变通处置终止：{reason}";
    EventListed { company, date, customers, cut } => "list of {company} for {date}: {customers} customers, {cut}"; "{company} 报送 {date} 名单：{customers} 户，{cut}";
    EventDelivered { duty } => "delivered: {duty}"; "已报送：{duty}";
    EventDeliveredFor { duty, date } => "delivered: {duty} of {date}"; "已报送：{date} 的 {duty}";
    EventNoticed { id, orders, warnings } => "papers of {id}: orders {orders}, warnings {warnings}"; "{id} 的文书：指令 {orders} 份、预警 {warnings} 份";
    EventMetered { date, orders, followed, over } => "taken on {date}: {followed} of {orders} orders followed, {over} over"; "{date} 实际用气：{orders} 户中 {followed} 户已执行，超用 {over}";
    DeliveredNow { head } => "Recorded as delivered. Head of the record: {head}"; "已登记报送。记录链首：{head}";
    // Whether the shortage has eased.
    EasedToEnd { days, clause } => "The shortage has eased ({days}; {clause}): the response may end"; "短缺已缓解（{days}；{clause}）：可结束响应";
    EasedToLower { level, days, clause } => "The shortage has eased ({days}; {clause}): the level may be lowered to {level}"; "短缺已缓解（{days}；{clause}）：可降为 {level} 级";
    EasesToEnd { since, from, hours, clause } => "Eased since {since}; after {hours} hours, from {from} on, the response may end ({clause})"; "自 {since} 起已缓解；满 {hours} 小时，即 {from} 起，可结束响应（{clause}）";
    EasesToLower { since, from, level, hours, clause } => "Eased since {since}; after {hours} hours, from {from} on, the level may be lowered to {level} ({clause})"; "自 {since} 起已缓解；满 {hours} 小时，即 {from} 起，可降为 {level} 级（{clause}）";
    NotEased { clause } => "The shortage has not eased yet ({clause})"; "短缺尚未缓解（{clause}）";
    DayOf { date } => "gas day {date}"; "{date} 供气日";
    DaysFrom { from, until } => "gas days {from} to {until}"; "{from} 至 {until} 供气日";
    // Who comes back.
    RestoreHead { order } => "What comes back of order {order} with the gas there is now"; "按现有气量，指令 {order} 可恢复的供气";
    RestoreFrom { at } => "from {at} on; volumes are of what remains of the day"; "自 {at} 起；气量均指当日余下时段";
    RestoreClause { clause } => "first to last, {clause}"; "按恢复次序，{clause}";
    RestoreNothing => "The order took nothing that can come back"; "该指令没有可恢复的压减";
    RestoreWhat => "taken by"; "压减来源";
    RestoreCut => "taken"; "已压减";
    RestoreBack => "comes back"; "恢复";
    RestoreCustomers => "customers"; "户数";
    RestoreHours => "hours in which it comes back"; "恢复时段";
    RestoreFirm { tier } => "firm gas of tier {tier}, beyond authority"; "第 {tier} 层固定用气（超出授权）";
    RestoreSpare { spare } => "{spare} are left over"; "尚余 {spare}";
    RestoreGap { missing } => "Nothing comes back: {missing} of what the order left are missing. Decide again"; "不能恢复：指令保留的用气尚缺 {missing}，请重新决策";
    EventRestoredFrom { order, back, customers, from } => "{back} given back of order {order} to {customers} customers, from {from} on"; "自 {from} 起恢复指令 {order} 的供气 {back}，共 {customers} 户";
    EventRestored { order, back, customers } => "{back} given back of order {order} to {customers} customers"; "恢复指令 {order} 的供气 {back}，共 {customers} 户";
    // Departures and lists.
    DepartedNow { number, head } => "Departure recorded as number {number}: `decide` follows it. Head of the record: {head}"; "变通处置已入档，编号 {number}，`decide` 将据此决策。记录链首：{head}";
    ResumedNow { number, head } => "Departure {number} is over. Head of the record: {head}"; "第 {number} 号变通处置终止。记录链首：{head}";
    Departures => "Departures from the plan"; "对预案的变通处置";
    DepartureOfCustomer { number, customer, volume, until, name, reason } => "{number}: {customer} gets {volume} a day until {until}; {name}: {reason}"; "{number}：{customer} 每日供气 {volume}，至 {until}；{name}：{reason}";
    DepartureOfRule { number, set, until, name, reason } => "{number}: {set} until {until}; {name}: {reason}"; "{number}：{set}，至 {until}；{name}：{reason}";
    ListHead { company, date } => "List of {company} for {date} against what the plan gives"; "{company} {date} 名单与预案计算结果对照";
    ListSum { customers, cut, computed } => "{customers} customers, {cut} cut; the plan takes {computed}"; "{customers} 户，压减 {cut}；预案计算压减 {computed}";
    ListAgrees => "The list is what the plan gives"; "名单与预案计算结果一致";
    ListMissing => "missing"; "漏列";
    ListExtra => "extra"; "多列";
    ListTooSmall => "too small"; "压减不足";
    ListMore { count } => "... and {count} more; `-v` lists them all"; "……另有 {count} 户，`-v` 可全部列出";
    ListCustomer => "customer"; "用户";
    ListListed => "on the list"; "名单";
    ListComputed => "by the plan"; "预案";
    ListRecorded { head } => "Recorded. Head of the record: {head}"; "已入档。记录链首：{head}";
    Exported { dir, id } => "{dir}: the case as it was for {id}, and the decision"; "{dir}：{id} 当时的案例及该决定";
    ExportedHow { command } => "The same decision: {command}"; "重新得出该决定：{command}";
}
