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
    WaitingSaid { id } => "PROPOSAL {id}: recorded, not issued yet. Nobody acts on it."; "建议方案 {id}：已入档，尚未下达，不得执行。";
    OrderMark { id } => "ORDER {id}"; "指令 {id}";
    OrderSaid { id, by, at } => "ORDER {id}, issued by {by}, {at}."; "指令 {id}，由 {by} 于 {at} 下达。";
    ReplacedMark { id } => "REPLACED {id}"; "已被取代 {id}";
    ReplacedSaid { id, by } => "NO LONGER THE ORDER: {id} was replaced by {by}."; "已不再有效：{id} 已被 {by} 取代。";
    ExerciseMark => "EXERCISE · 演练"; "演练 · EXERCISE";
    ExerciseSaid => "EXERCISE: nobody acts on it, whatever else it says."; "演练：无论其余内容如何，均不得执行。";
    NothingMark => "NOTHING TO ORDER"; "无须下达指令";
    NothingSaid => "Nothing is short, and there is nothing to order."; "没有缺口，无须下达指令。";
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
    HeadName => "head of the record"; "记录链首";
    NoHead => "none: this decision does not stand in a record"; "无：本决定未入档";
    ProgramName => "written by"; "生成程序";
    RevisionName => "revision"; "修订";
    CompanyName => "company"; "城燃企业";
    SheetsName => "sheets"; "工作表";
    SheetSaid { name, what } => "{name}: {what}"; "{name}：{what}";
    OrdersAre => "who is cut, by how much, how, under which measure and clause; the last row adds up what the filter shows"; "被压减用户、压减量、方式、措施和依据；末行合计随筛选变化";
    OrdersAreAll => "every customer, cut or not; the last row adds up what the filter shows"; "全部用户，含未压减者；末行合计随筛选变化";
    HoursAre => "in which hours each customer that is cut may take how much"; "被压减用户各时段可用气量";
    SummaryIs => "balance, classes, districts, tiers, companies and ranks, with sums"; "供需平衡，按类别、区域、层级、城燃企业和供气次序的合计";
    ListsAre => "the stop list of each company, to be sent to it"; "各企业名单，供分送";
    ListIs => "the customers of this company that are cut"; "本企业被压减的用户";
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
    // The template of a case.
    TemplateTitle => "A case to fill in"; "案例填报模板";
    Synthetic => "EXAMPLE ROWS: synthetic. No customer, company or figure is real. Replace them with your own."; "示例数据：均为虚构，用户、企业和数字都不真实。请换成自己的数据。";
    HowToStart => "1. `curtail check` reads this workbook and tells everything that is wrong at once, by sheet and cell; `curtail decide` decides the day. Save and close the workbook first."; "一、`curtail check` 读取本工作簿，一次列出全部问题（注明工作表和单元格）；`curtail decide` 作出当日决定。请先保存并关闭工作簿。";
    HowToFill => "2. Fill in one row each. Keep the first row of every sheet: it names the columns. Columns and rows may come in any order; empty columns that may be left out can be deleted; a row that begins with \"total\" is skipped."; "二、逐行填写。请保留各表首行（列名）。行、列次序不限；选填的列可以删去；以“合计”开头的行会被跳过。";
    HowColours => "3. Headings in white on blue must be there; those in blue on light blue may be left out. Point at a heading for its unit and bounds."; "三、蓝底白字的列必填，浅蓝底的列选填。鼠标指向表头可看单位和取值范围。";
    HowLists => "4. Classes, backup fuels, contracts and the like are chosen from lists, which stand on the sheet \"choices\"; districts come from their own sheet. Add companies and profiles to \"choices\" under their light headings."; "四、类别、备用能源、合同类型等从下拉列表选择，列表在“选项”工作表；区域取自区域表。新的城燃企业和用气曲线请加到“选项”的浅色表头之下。";
    HowUnits => "5. Volumes are whole m3 on the volume basis that the headings name. A heading may state another unit, such as demand (10^4 m3), whose figures are then converted exactly."; "五、气量为整立方米，体积基准见表头。表头可改用其他单位，如 用气量(万m3)，程序精确换算。";
    HowIds => "6. Ids are texts: long numbers and leading noughts stay as they are. Paste them as values into columns that are formatted as text."; "六、编号按文本保存：长编号和前导零不会改变。粘贴时请选“仅粘贴值”。";
    HowUnread { sheets } => "7. These sheets are read once case.toml names them (take the # away there): {sheets}. This sheet and the choices are never read."; "七、下列工作表须在 case.toml 中启用（删去行首的 #）后才读取：{sheets}。本说明和“选项”不会被读取。";
    TableOfCustomers => "who takes gas"; "用户情况";
    TableOfDistricts => "where; the blocks of the main urban area, and districts outside it"; "区域：主城区的区块及主城区以外的区域";
    TableOfSupply => "what each source can give on each day"; "各气源每日可供气量";
    TableOfDemand => "the forecast of each day"; "每日用气预测";
    TableOfProfiles => "how a day's demand spreads over the clock hours"; "各小时用气占全日的比例";
    TableOfLinks => "pipes between sources, junctions and districts"; "气源、节点、区域之间的管线";
    TableOfHolidays => "days that are not what their weekday says, for deadlines in working days"; "节假日与调休，用于以工作日计的时限";
    TableOfWeather => "temperatures by day, measured and forecast, for demand from a demand model"; "逐日气温（实况与预报），用于按需求模型推算用气";
    TableOfActuals => "what was really taken or given, for revisions during the day"; "实际用气、供气，用于日内修订";
}

impl Word {
    /// What a table of a case holds, by its key.
    pub(super) fn table(key: &str) -> Self {
        match key {
            "customers" => Self::TableOfCustomers,
            "districts" => Self::TableOfDistricts,
            "supply" => Self::TableOfSupply,
            "demand" => Self::TableOfDemand,
            "profiles" => Self::TableOfProfiles,
            "links" => Self::TableOfLinks,
            "holidays" => Self::TableOfHolidays,
            "weather" => Self::TableOfWeather,
            _ => Self::TableOfActuals,
        }
    }
}
