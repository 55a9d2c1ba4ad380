//! The words of workbooks, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    // Names of sheets.
    About => "about"; "说明";
    Orders => "orders"; "指令";
    Hours => "hours"; "分时指令";
    List => "list"; "名单";
    Summary => "summary"; "汇总";
    Choices => "choices"; "选项";
    // What they are.
    OrdersTitle { case, date } => "Curtailment orders of {date} · {case}"; "{date} 减限量指令 · {case}";
    ListTitle { company, date, case } => "Stop list of {company} for {date} · {case}"; "{company} {date} 停气、减限量名单 · {case}";
    ProposalMark => "PROPOSAL"; "建议方案（未批准）";
    ProposalSaid => "PROPOSAL: not approved yet. Nobody acts on it."; "建议方案：尚未批准，不得执行。";
    WaitingMark { id } => "PROPOSAL {id}"; "建议方案 {id}（未下达）";
    WaitingSaid { id } => "PROPOSAL {id}: recorded, not issued yet. Nobody acts on it."; "建议方案 {id}：已登记，尚未下达，不得执行。";
    OrderMark { id } => "ORDER {id}"; "指令 {id}";
    OrderSaid { id, by, at } => "ORDER {id}, issued by {by}, {at}."; "指令 {id}，由 {by} 于 {at} 下达。";
    ReplacedMark { id } => "REPLACED {id}"; "已被取代 {id}";
    ReplacedSaid { id, by } => "NO LONGER THE ORDER: {id} was replaced by {by}."; "已不再有效：{id} 已被 {by} 取代。";
    NothingMark => "NOTHING TO ORDER"; "无须下达指令";
    NothingSaid => "Nothing is short, and there is nothing to order."; "没有缺口，无须下达指令。";
    NobodyCut => "Nobody is cut."; "没有用户被压减。";
    NobodyOfCut { company } => "No customer of {company} is cut."; "{company} 没有用户被压减。";
    ListSum { customers, cut } => "Customers cut: {customers}, giving up {cut} together."; "压减 {customers} 户（单位），共 {cut}。";
    // Names of facts.
    GasDayName => "gas day"; "供气日";
    PolicyName => "policy"; "预案";
    LevelName => "level"; "响应级别";
    DemandName => "demand"; "需求来源";
    BasisName => "volume basis"; "体积基准";
    BasisSaid { basis } => "{basis}; every volume in this workbook is in whole m3 of it, hours to a thousandth"; "{basis}；本工作簿中气量均为该基准下的整立方米，分时气量精确到千分之一立方米";
    DigestName => "policy as used, SHA-256"; "所用预案 SHA-256";
    HeadName => "head of the record"; "记录首部";
    NoHead => "none: this decision does not stand in a record"; "无：本决定未登记";
    ProgramName => "written by"; "生成程序";
    RevisionName => "revision"; "修订";
    CompanyName => "company"; "燃气公司";
    SheetsName => "sheets"; "工作表";
    SheetSaid { name, what } => "{name}: {what}"; "{name}：{what}";
    OrdersAre => "who is cut, by how much, how, under which measure and clause; the last row adds up what the filter shows"; "谁被压减、压减多少、方式、措施和依据；末行合计随筛选变化";
    OrdersAreAll => "every customer, cut or not; the last row adds up what the filter shows"; "全部用户，含未压减者；末行合计随筛选变化";
    HoursAre => "in which hours each customer that is cut may take how much"; "被压减用户各时段可用气量";
    SummaryIs => "balance, classes, districts, tiers, companies and ranks, with sums"; "供需平衡，按类别、区域、层级、企业和供气次序的合计";
    ListsAre => "the stop list of each company, to be sent to it"; "各公司名单，供分送";
    ListIs => "the customers of this company that are cut"; "本公司被压减的用户";
    ReadBack => "The sheets of orders and lists are read back by `curtail verify --orders` and `curtail propose`: keep the first row."; "指令和名单可由 `curtail verify --orders`、`curtail propose` 读回：请保留首行。";
    // Cells of orders.
    Stop => "stop"; "停气";
    Limit => "limit"; "限气";
    OffPeak => "off-peak"; "错峰";
    BeyondAuthority => "beyond authority"; "超出本级授权";
    Past => "past"; "已过时段";
    // Headings that no table of a case has.
    Date => "date"; "日期";
    From => "from"; "起";
    To => "to"; "止";
    HoursOf => "hours (h)"; "时长(h)";
    MostAnHour { unit } => "limit ({unit}/h)"; "小时限量({unit}/h)";
    OfUnit { name, unit } => "{name} ({unit})"; "{name}({unit})";
    // Papers.
    SeeSheet { name } => "See the sheet {name}."; "见工作表“{name}”。";
    PaperTable { number } => "table {number}"; "表{number}";
    FillIn => "to be filled in by hand"; "请手工填写";
}
