//! What can be wrong with a case folder and its tables, in both languages.

crate::messages! {
    /// What can be wrong with the files of a case: folders, encodings, headings and cells.
    TableMessage {
        // Files.
        "missing_file" = MissingFile { key: String } =>
            "there is no such file", "correct `files.{key}` in case.toml, or put the file there";
            "没有这个文件", "请更正 case.toml 中的 `files.{key}`，或放入该文件";
        "missing_file" = NoSuchFile {} =>
            "there is no such file", "correct the path, or put the file there";
            "没有这个文件", "请更正路径，或放入该文件";
        "model_without_weather" = ModelWithoutWeather {} =>
            "a demand model needs the weather", "add `weather = \"weather.csv\"` under [files], with date, temperature_c, issued and source";
            "需求模型需要天气数据", "请在 [files] 中加上 `weather = \"weather.csv\"`，列为日期、日平均气温、发布时间、来源";
        "missing_case" = MissingCase {} =>
            "there is no case.toml here", "name the case's folder with -C, or start one with `curtail init DIR`";
            "此处没有 case.toml", "请用 -C 指明案例文件夹，或用 `curtail init DIR` 新建一个";
        "file_is_directory" = IsDirectory {} =>
            "this is a directory, not a file", "name the file itself";
            "这是文件夹，不是文件", "请写明文件本身";
        "unreadable_file" = Unreadable { what: String } =>
            "cannot be read: {what}", "check the file's permissions";
            "无法读取：{what}", "请检查文件权限";
        "empty_file" = EmptyFile {} =>
            "the file is empty", "write a line of headings, then a row for each entry";
            "文件是空的", "请先写一行表头，再逐行填写";
        "nul_byte" = NulByte {} =>
            "there is a NUL byte in this line", "the file is damaged or no text: export it again as CSV UTF-8";
            "此行含有 NUL 字节", "文件已损坏或不是文本：请重新导出为 CSV UTF-8";
        "utf16" = Utf16 {} =>
            "the file is in UTF-16 (\"Unicode text\")", "save it as \"CSV UTF-8\"";
            "文件编码为 UTF-16（“Unicode 文本”）", "请另存为“CSV UTF-8”";
        "bad_encoding" = BadEncoding {} =>
            "this line is neither UTF-8 nor GB18030", "save the file as \"CSV UTF-8\"";
            "此行既不是 UTF-8 也不是 GB18030 编码", "请另存为“CSV UTF-8”";
        "not_a_text" = NotAText {} =>
            "this is a workbook or an archive, not a CSV file", "if it is a workbook, give it a name that ends in .xlsx";
            "这是工作簿或压缩文件，不是 CSV 文件", "如果是工作簿，文件名应以 .xlsx 结尾";
        "unclosed_quote" = UnclosedQuote {} =>
            "a quotation mark opened in this row is never closed", "close it, or remove it";
            "此行的引号没有收尾", "请补上或删去引号";
        "old_workbook" = OldWorkbook {} =>
            "workbooks of this kind are not read", "save it as .xlsx";
            "不支持这种工作簿", "请另存为 .xlsx";
        "bad_workbook" = BadWorkbook { what: String } =>
            "cannot be read as a workbook: {what}", "open it in a spreadsheet program and save it again as .xlsx";
            "无法作为工作簿读取：{what}", "请用表格软件打开并重新存为 .xlsx";
        "no_such_sheet" = NoSuchSheet { sheet: String, known: String } =>
            "the workbook has no sheet `{sheet}`", "its sheets are: {known}; name one as `book.xlsx#sheet`";
            "工作簿中没有工作表 `{sheet}`", "已有工作表：{known}；写作 `book.xlsx#工作表`";
        "merged_cells" = MergedCells { range: String } =>
            "the cells {range} are merged", "unmerge them and fill in every cell; if they are a title above the table, remove its row";
            "单元格 {range} 已合并", "请取消合并并逐格填写；如为表格上方的标题，请删去该行";
        "formula_without_value" = FormulaWithoutValue {} =>
            "this formula has no value", "open the workbook, let it calculate, and save it; or paste values";
            "此公式没有计算结果", "请打开工作簿重新计算并保存，或粘贴为数值";
        "cell_error" = CellError { text: String } =>
            "`{text}` is a spreadsheet's error, not a value", "repair the formula in the spreadsheet";
            "`{text}` 是表格的错误标记，不是数值", "请在表格中修正公式";

        // Headings.
        "no_header" = NoHeader { columns: String, columns_zh: String } =>
            "the first row holds no heading that is known", "it must name the columns: {columns}";
            "首行没有可识别的表头", "首行应写列名：{columns_zh}";
        "no_header" = HeadingsBelow { line: u32 } =>
            "the headings stand in row {line}, below something else", "remove what stands above them, a title perhaps, so that they are the first row";
            "表头在第 {line} 行，其上还有其他内容", "请删去表头以上的各行（如标题），使表头成为首行";
        "no_header" = OtherSeparator { mark: &'static str, mark_zh: &'static str } =>
            "the cells are kept apart by {mark}, not by commas", "save it as CSV with commas between the cells, or as .xlsx";
            "各格之间用的是{mark_zh}，不是逗号", "请另存为以逗号分隔的 CSV，或 .xlsx";
        "other_table" = OtherTable { unknown: usize, headings: usize, columns: String, columns_zh: String } =>
            "{unknown} of its {headings} columns are unknown here: this is another table", "give the file with the columns: {columns}";
            "{headings} 列中有 {unknown} 列不属于此处：这是另一张表", "请给出含有以下各列的文件：{columns_zh}";
        "unknown_column" = UnknownColumn { heading: String, near: String } =>
            "unknown column `{heading}`", "did you mean `{near}`?";
            "没有这一列：`{heading}`", "是不是 `{near}`？";
        "unknown_column" = StrangeColumn { heading: String, columns: String, columns_zh: String } =>
            "unknown column `{heading}`", "remove it; the columns here are: {columns}";
            "没有这一列：`{heading}`", "请删去；此表可用的列：{columns_zh}";
        "missing_column" = MissingColumn { column: &'static str, column_zh: &'static str } =>
            "the column `{column}` is missing", "add it to the headings (`{column_zh}` will do too)";
            "缺少列 `{column_zh}`", "请在表头加上（也可写作 `{column}`）";
        "duplicate_column" = DuplicateColumn { column: &'static str, column_zh: &'static str, first: String } =>
            "the column `{column}` stands here twice", "the first is at {first}; remove one";
            "列 `{column_zh}` 出现两次", "第一次在 {first}；请删去一列";
        "nameless_column" = NamelessColumn {} =>
            "there is a value in a column without a heading", "name the column, or empty it";
            "没有表头的列中有内容", "请写上表头，或清空该列";
        "bad_unit" = BadUnit { unit: String, known: String } =>
            "unit `{unit}` is not known here", "use one of: {known}";
            "此处不能用单位 `{unit}`", "可用单位：{known}";
        "other_basis" = OtherBasis { unit: String, basis: String } =>
            "unit `{unit}` is not on the case's volume basis, {basis}", "convert the figures; volumes are never converted silently";
            "单位 `{unit}` 与本案例的体积基准 {basis} 不符", "请先换算数据；程序不会自行换算体积基准";

        // Rows.
        "too_few_cells" = TooFewCells { cells: usize, columns: usize } =>
            "this row has {cells} cells, but there are {columns} columns", "fill it up with empty cells, or look for a missing comma";
            "此行有 {cells} 格，而表头有 {columns} 列", "请补足空格，或检查是否漏了逗号";
        "too_many_cells" = TooManyCells { cells: usize, columns: usize } =>
            "this row has {cells} cells, but there are {columns} columns",
            "put a cell that contains a comma in quotation marks, or remove what is too much";
            "此行有 {cells} 格，而表头有 {columns} 列", "含逗号的格请加引号，或删去多余的格";
        "lonely_cell" = LonelyCell { text: String } =>
            "`{text}` is the only cell of this row that is filled", "fill in the rest, or remove the row if it is a note";
            "此行只填了一格：`{text}`", "请补全该行；如为备注，请删去";
        "total_skipped" = TotalSkipped { word: String } =>
            "this row (`{word}`) was taken for a total and skipped", "";
            "此行（`{word}`）视为合计，已跳过", "";

        // Cells.
        "empty_cell" = EmptyCell { column: &'static str, column_zh: &'static str } =>
            "`{column}` is empty", "fill it in; write 0 for nothing";
            "`{column_zh}` 为空", "请填写；没有则写 0";
        "empty_cell" = EmptyKey { column: &'static str, column_zh: &'static str } =>
            "`{column}` is empty", "every row must have one";
            "`{column_zh}` 为空", "每一行都必须填写";
        "not_a_number" = NotANumber { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` cannot be `{value}`", "write a plain number, such as 12500 or 12,500";
            "`{column_zh}` 不能是 `{value}`", "请写普通数字，如 12500 或 12,500";
        "negative" = Negative { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is negative: `{value}`", "it must be 0 or more";
            "`{column_zh}` 为负数：`{value}`", "应不小于 0";
        "fraction" = Fraction { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is not whole: `{value}`", "round it to a whole number";
            "`{column_zh}` 不是整数：`{value}`", "请取整";
        "fraction" = FractionOfUnit { column: &'static str, column_zh: &'static str, value: String, unit: String } =>
            "`{column}` is not a whole number of m3: `{value}` {unit}", "give it with fewer decimals";
            "`{column_zh}` 折合后不是整立方米：`{value}` {unit}", "请减少小数位";
        "scientific" = Scientific { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is in scientific notation, which may have lost digits: `{value}`",
            "format the column as a number in the spreadsheet, and export it again";
            "`{column_zh}` 为科学计数法，可能已丢失数位：`{value}`", "请在表格中将该列设为数值格式后重新导出";
        "too_large" = TooLarge { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is too large: `{value}`", "a row may say at most 10^12; check the unit";
            "`{column_zh}` 过大：`{value}`", "单行上限为 10^12；请检查单位";
        "too_many_decimals" = TooManyDecimals { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` has too many digits: `{value}`", "give at most fifteen digits before and eighteen after the point";
            "`{column_zh}` 位数过多：`{value}`", "小数点前最多十五位，后最多十八位";
        "mangled_id" = MangledId { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` was turned into a number and lost digits: `{value}`",
            "format the column as text in the spreadsheet, and fill in the ids again";
            "`{column_zh}` 被表格转成了数字，已丢失数位：`{value}`", "请在表格中将该列设为文本格式后重新填写编号";
        "bad_date" = BadDate { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is no date: `{value}`", "write for example 2026-01-07, of a day that exists";
            "`{column_zh}` 不是日期：`{value}`", "写作例如 2026-01-07，且该日须存在";
        "bad_temperature" = BadTemperature { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is no temperature: `{value}`", "write degrees Celsius between -99.99 and 99.99 with at most two decimals, such as -3.4";
            "`{column_zh}` 不是气温：`{value}`", "请写摄氏度，-99.99 至 99.99，最多两位小数，例如 -3.4";
        "bad_temperature" = NowhereOnEarth { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is `{value}`, which no place on earth has ever had", "correct it; if it stands for a day that was not measured, fill in that day from a station nearby";
            "`{column_zh}` 为 `{value}`，世界上没有出现过这样的气温", "请更正；如果它表示当日缺测，请用邻近站的气温补上";
        "bad_moment" = BadMoment { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` is no date and time of day: `{value}`", "write for example 2026-01-07 16:00";
            "`{column_zh}` 不是日期加时刻：`{value}`", "写作例如 2026-01-07 16:00";
        "bad_truth" = BadTruth { column: &'static str, column_zh: &'static str, value: String } =>
            "`{column}` cannot be `{value}`", "write true or false (or 是 or 否)";
            "`{column_zh}` 不能是 `{value}`", "请写“是”或“否”";
        "unknown_word" = UnknownWord { column: &'static str, column_zh: &'static str, value: String, known: String } =>
            "`{column}` cannot be `{value}`", "it is one of: {known}";
            "`{column_zh}` 不能是 `{value}`", "可用的值：{known}";

        // case.toml.
        "bad_gas_day_start" = BadGasDayStart { value: String } =>
            "`gas_day_start` cannot be `{value}`", "it is a whole hour, such as \"08:00\"";
            "`gas_day_start` 不能是 `{value}`", "应为整点，例如 \"08:00\"";
        "empty_setting" = EmptySetting { key: &'static str } =>
            "`{key}` is empty", "fill it in";
            "`{key}` 为空", "请填写";
        // Lists of companies.
        "missing_file" = MissingList {} =>
            "there is no such file", "name the company's list: a CSV or .xlsx of customer_id and cut_m3";
            "没有这个文件", "请给出企业名单：CSV 或 .xlsx，列为用户编号、压减量";
        "list_stranger" = ListNear { id: String, near: String } =>
            "there is no customer `{id}`", "did you mean `{near}`?";
            "没有用户 `{id}`", "是不是 `{near}`？";
        "list_stranger" = ListStranger { id: String } =>
            "there is no customer `{id}`", "take the ids from the customers' table or from orders.csv";
            "没有用户 `{id}`", "请使用用户表或 orders.csv 中的用户编号";
        "list_other_company" = ListOtherCompany { id: String, theirs: String, ours: String } =>
            "`{id}` is a customer of {theirs}, and this is the list of {ours}", "a company lists its own customers only";
            "`{id}` 是 {theirs} 的用户，而这是 {ours} 的名单", "各公司只列自己的用户";
        "list_twice" = ListTwice { id: String, first: u32 } =>
            "`{id}` stands in line {first} already", "leave one row of the two";
            "`{id}` 在第 {first} 行已列出", "请保留其中一行";
        "list_without_volume" = ListWithoutVolume { id: String } =>
            "how much does `{id}` give up?", "fill in `cut_m3`, or `served_m3` for what it keeps";
            "`{id}` 压减多少？", "请填写压减量（cut_m3），或保留的供气量（served_m3）";
        "list_above_demand" = ListAboveDemand { id: String, cut: u64, demand: u64 } =>
            "`{id}` would give up {cut} m3 and its demand of the day is {demand} m3", "nobody gives up more than its demand";
            "`{id}` 压减 {cut} m³，而当日用气需求只有 {demand} m³", "压减量不应超过当日需求";
        // Forecasts of shortfalls.
        "missing_file" = MissingForecast {} =>
            "there is no such file", "give the path of a CSV or .xlsx with the columns date and shortfall_pct";
            "没有这个文件", "请给出含日期（date）和缺口（shortfall_pct）两列的 CSV 或 .xlsx 的路径";
        "shortfall_twice" = ShortfallTwice { date: String, first: u32 } =>
            "{date} stands in line {first} already", "leave one row of the two";
            "{date} 在第 {first} 行已列出", "请保留其中一行";
        "not_a_shortfall" = NotAShortfall { value: String } =>
            "`shortfall_pct` cannot be `{value}`", "give a percentage from 0 to 100, with at most sixteen decimals";
            "缺口（shortfall_pct）不能是 `{value}`", "请填写 0 到 100 的百分数，最多十六位小数";
    }
}
