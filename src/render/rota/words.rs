//! The words of the blocks' calendar, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    Title { case, from, to } => "{case} · turns of the blocks, {from} to {to}"; "{case} · 区块轮换日历，{from} 至 {to}";
    TitleOnly { case } => "{case} · turns of the blocks"; "{case} · 区块轮换日历";
    Since { date } => "Season since {date}"; "本季自 {date} 起";
    // The marks.
    LegendIssued => "[42]  issued: the block lost 42 % of its demand"; "[42]  已下达：该区块当日压减 42%";
    LegendPlanned => "(42)  planned: it would lose 42 %; 0 is a turn on a day on which the rest suffices"; "(42)  计划：预计压减 42%；0 为列入轮换而其他压减已足";
    LegendNone => "·  no turn   ?  nothing is known of the day   -  a past day without an order"; "·  未轮到   ?  当日情况未知   -  已过且无指令";
    Level => "level"; "级别";
    Short => "short %"; "缺口 %";
    // What the plan rests on.
    PlannedFor { percent, dates } => "Planned for a shortfall of {percent} %: {dates}"; "按缺口 {percent}% 计划：{dates}";
    PlannedForecast { dates } => "Planned by the forecast of shortfalls: {dates}"; "按缺口预测计划：{dates}";
    PlannedOwn { dates } => "Planned by the case's own figures: {dates}"; "按案例自身数据计划：{dates}";
    StandingDemand { dates } => "Standing demand, for want of a forecast: {dates}"; "无需求预测，采用用户表的常年用气量：{dates}";
    SourcesOf { day, dates } => "No supply of their own; the sources of {day}, in proportion: {dates}"; "无当日供气数据，按 {day} 各气源比例：{dates}";
    NothingKnown { dates } => "Nothing is known of {dates}: give --forecast or --shortfall, or their supply, and their demand where the case requires a forecast; they burden nobody here"; "{dates} 情况未知：请用 --forecast 或 --shortfall，或补上供气数据，案例要求预测者还须补上需求；此处不计负担";
    NotPlanned { dates } => "{dates}, before these days, has no order yet and is not planned: it burdens nobody here"; "此前的 {dates} 尚无指令且不在计划之内：此处不计负担";
    NoRecord => "There is no record yet: no turn is remembered"; "尚无记录：没有可计入的以往轮换";
    RestGaveWay { dates } => "A block's rest or longest run gives way: {dates}"; "可轮换区块不足，未守最短间隔或最长连续天数：{dates}";
    Extended { dates } => "More blocks than the formula says: {dates}"; "区块多于公式所定：{dates}";
    Beyond { dates } => "Firm gas is cut beyond the level's authority: {dates}"; "压减超出本级授权：{dates}";
    RuleDeparted { set, dates } => "By a departure, {set}: {dates}"; "按变通处置 {set}：{dates}";
    PolicySet { set } => "The policy is changed for this run: {set}"; "本次运行修改了预案：{set}";
    Days { from, to } => "{from} to {to}"; "{from} 至 {to}";
    // Fairness.
    Fairness => "What the blocks bear this season"; "本季各区块负担";
    Block => "block"; "区块";
    Turns => "turns"; "轮次";
    FullDays => "full days"; "折合全天";
    WithPlan => "with plan"; "含计划";
    LongestRun => "longest run"; "最长连续";
    ShortestRest => "shortest rest"; "最短间隔";
    Spread { so_far, after } => "Spread of equivalent full days, most less least: {so_far} so far, {after} with the plan"; "折合全天之差（最多减最少）：目前 {so_far}，含计划 {after}";
    RunAndRest { run, rest } => "Days of the longest run: {run}; of the shortest rest: {rest}; plan included"; "含计划最长连续 {run} 天，最短间隔 {rest} 天";
    Run { run } => "Days of the longest run: {run}, plan included; no block has its turn twice"; "含计划最长连续 {run} 天；没有区块轮到两次";
    Counted => "Turns are days on which a block gave something up; an equivalent full day is its whole demand of a day"; "轮次指区块有压减的天数；折合全天为压减量与当日需求之比";
    PlanIsNoOrder => "A plan orders nothing: each day is decided, approved and issued for itself."; "计划不是指令：每日仍须单独决定、批准和下达。";
    // The picture.
    BoxIssued => "issued"; "已下达";
    BoxPlanned => "planned"; "计划";
    BoxUnknown => "nothing known"; "情况未知";
    BoxNoOrder => "past, without an order"; "已过且无指令";
    CellNote => "In the boxes: how much of its demand the block loses that day"; "格内为该区块当日压减占其需求的比例";
    BorneAfter { turns, days } => "turns {turns} · full days {days}"; "{turns} 次 · 折合 {days} 天";
    // The calendar file.
    EventSummary { block, share } => "{block}: turn to lose gas ({share} of its demand)"; "{block}：轮到减供（占其需求 {share}）";
    EventSummaryPlanned { block, share } => "{block}: planned turn to lose gas ({share} of its demand)"; "{block}：计划轮到减供（占其需求 {share}）";
    EventIssued { case, number, cut, demand, order, clause } => "{case}. Turn {number} of the day by order {order}: {cut} of {demand} ({clause})"; "{case}。当日第 {number} 个轮换区块，指令 {order}：{demand} 中压减 {cut}（{clause}）";
    EventPlanned { case, number, cut, demand, clause } => "{case}. Turn {number} of the day, planned and not ordered: {cut} of {demand} ({clause})"; "{case}。当日第 {number} 个轮换区块，仅为计划，尚未下达：{demand} 中压减 {cut}（{clause}）";
}
