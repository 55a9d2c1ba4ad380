//! What the command line itself can complain about, in both languages.

crate::messages! {
    /// A complaint of the command line, or something it tells on standard error.
    CliMessage {
        "failed" = Failed { what: String } =>
            "{what}", "";
            "{what}", "";
        "usage" = Usage { what: String } =>
            "{what}", "see `curtail --help`";
            "{what}", "用法见 `curtail --help`";
        "unknown_argument" = UnknownArgument { arg: String } =>
            "unexpected argument `{arg}`", "see `curtail --help`";
            "没有这个参数：`{arg}`", "用法见 `curtail --help`";
        "unknown_argument" = NearArgument { arg: String, near: String } =>
            "unexpected argument `{arg}`", "did you mean `{near}`?";
            "没有这个参数：`{arg}`", "是不是 `{near}`？";
        "unknown_command" = UnknownCommand { command: String } =>
            "there is no command `{command}`", "see `curtail --help`";
            "没有这个命令：`{command}`", "命令列表见 `curtail --help`";
        "unknown_command" = NearCommand { command: String, near: String } =>
            "there is no command `{command}`", "did you mean `{near}`?";
            "没有这个命令：`{command}`", "是不是 `{near}`？";
        "bad_value" = BadValue { arg: String, value: String, known: String } =>
            "`{arg}` cannot be `{value}`", "it is one of: {known}";
            "`{arg}` 不能是 `{value}`", "可用的值：{known}";
        "missing_value" = MissingValue { arg: String } =>
            "`{arg}` needs a value", "see `curtail --help`";
            "`{arg}` 后面要有值", "用法见 `curtail --help`";
        "missing_argument" = MissingArgument { arg: String } =>
            "`{arg}` is missing", "see `curtail --help`";
            "缺少 `{arg}`", "用法见 `curtail --help`";
        "conflict" = Conflict { arg: String, other: String } =>
            "`{arg}` and `{other}` do not go together", "leave one of them out";
            "`{arg}` 与 `{other}` 不能同时使用", "请去掉其中一个";
        "bad_date" = BadDate { text: String } =>
            "`{text}` is not a date", "write YYYY-MM-DD, for example 2026-01-07";
            "`{text}` 不是日期", "请写成 YYYY-MM-DD，例如 2026-01-07";
        "bad_time" = BadTime { text: String } =>
            "`{text}` is not a time", "write \"2026-01-07 16:05\" in the case's time zone, or 2026-01-07T16:05:00+08:00";
            "`{text}` 不是时间", "请写成案例所在时区的 \"2026-01-07 16:05\"，或 2026-01-07T16:05:00+08:00";
        "not_a_whole_hour" = NotAWholeHour { text: String } =>
            "`{text}` is not a whole hour of the clock", "write for example --at 12:00";
            "`{text}` 不是整点", "例如 --at 12:00";
        "not_begun" = NotBegun { date: String, from: String } =>
            "the gas day {date} begins at {from}: nothing of it is past", "decide it as a whole, without --revise";
            "供气日 {date} 自 {from} 开始：尚无已过时段", "请不用 --revise，按全日决定";
        "bad_supply" = BadSupply { text: String } =>
            "`{text}` is not a volume in whole m3", "write for example --supply 18600000, at most 10^15";
            "`{text}` 不是整数立方米", "例如 --supply 18600000，最多 10^15";
        "bad_volume" = BadVolume { text: String } =>
            "`{text}` is not a volume in whole m3", "write for example 500, at most 10^15";
            "`{text}` 不是整数立方米", "例如 500，最多 10^15";
        "no_such_customer" = NearCustomer { id: String, near: String } =>
            "there is no customer `{id}`", "did you mean `{near}`?";
            "没有用户 `{id}`", "是不是 `{near}`？";
        "no_such_customer" = NoSuchCustomer { id: String } =>
            "there is no customer `{id}`", "ids stand in the customers' table; `explain NAME` finds one by a part of its name";
            "没有用户 `{id}`", "用户编号见用户表；`explain 名称` 可按名称的一部分查找";
        "no_such_company" = NoSuchCompany { company: String, known: String } =>
            "there is no company `{company}`", "there are: {known}";
            "没有公司 `{company}`", "现有：{known}";
        "bad_percentage" = BadPercentage { text: String } =>
            "`{text}` is not a percentage from 0 to 100", "write for example --shortfall 12.5";
            "`{text}` 不是 0 到 100 的百分数", "例如 --shortfall 12.5";
        "bad_coverage" = BadCoverage { text: String } =>
            "`{text}` is not a percentage from 0 to 100", "write for example --min-coverage 90";
            "`{text}` 不是 0 到 100 的百分数", "例如 --min-coverage 90";
        "too_little_covered" = TooLittleCovered { policy: String, share: String, wanted: String } =>
            "{policy}: {share} of its rules are exercised, less than the {wanted} % that are asked for", "";
            "{policy}：测试涉及其规则的 {share}，低于所要求的 {wanted}%", "";
        "unknown_timezone" = UnknownZone { zone: String, near: String } =>
            "unknown time zone `{zone}`", "did you mean `{near}`? `timezone` in case.toml takes an IANA name";
            "没有时区 `{zone}`", "是不是 `{near}`？case.toml 的 `timezone` 应为 IANA 时区名";
        "bad_format" = BadFormat { format: &'static str, command: &'static str } =>
            "`curtail {command}` has no `--format {format}`", "leave `--format` out, or use `--format json`";
            "`curtail {command}` 没有 `--format {format}`", "请去掉 `--format`，或改用 `--format json`";
        "one_format" = OneFormat {} =>
            "`--format` takes one format, or several of a paper", "write for example --format json, or --format md,html,docx for a report";
            "`--format` 只能取一种格式，文书可取数种", "例如 --format json；报告可用 --format md,html,docx";
        "no_paper" = NoPaper { format: &'static str } =>
            "only reports are written as {format}", "leave `--format` out, or use `--format json`";
            "只有报告可写成 {format}", "请去掉 `--format`，或改用 `--format json`";
        "one_paper" = OnePaper { path: String } =>
            "`{path}` is one file, and `--format` asks for another", "leave `--format` out, or name a folder";
            "`{path}` 是单个文件，与 `--format` 不符", "请去掉 `--format`，或给出文件夹";
        "not_on_screen" = NotOnScreen { format: &'static str } =>
            "a report as {format} goes into a file", "name the file or a folder with --out";
            "{format} 格式的报告须写入文件", "请用 --out 给出文件或文件夹";
        "no_daily_duty" = NoDailyDuty { policy: String } =>
            "`{policy}` owes no daily report, so nothing says from when to when it goes", "say when it ends with --until \"2026-01-08 16:00\"";
            "`{policy}` 没有日报职责，统计期无从确定", "请用 --until \"2026-01-08 16:00\" 给出截止时间";
        "not_at_an_hour" = NotAtAnHour { text: String } =>
            "{text} is not a whole hour: figures are of whole hours", "write for example --until \"2026-01-08 16:00\"";
            "{text} 不是整点：数据按整小时统计", "例如 --until \"2026-01-08 16:00\"";
        "nothing_recorded" = NothingRecorded { from: String, until: String } =>
            "the record has no decision for {from} to {until}", "`log` shows what it has; `decide --record` puts a decision into it";
            "记录中没有 {from} 至 {until} 的决定", "可用 `log` 查看已有内容；`decide --record` 将决定入档";
        "no_response_of" = NoResponseOf { id: String, known: String } =>
            "no response has the order {id}", "responses go by their first order: {known}";
            "没有以 {id} 为指令的应急响应", "应急响应以其首个指令的编号为名：{known}";
        "no_incident" = NoIncident {} =>
            "the record has no decision that calls for a response: there is nothing to report", "`decide --record` puts a decision into it";
            "记录中没有须启动响应的决定，无可报告", "`decide --record` 将决定入档";
        "nothing_to_compare" = NothingToCompare { policy: String } =>
            "there is nothing to compare `{policy}` with", "give a second policy, or --set PATH=VALUE to compare it with itself under other values";
            "没有可与 `{policy}` 比较的对象", "请再给出一份预案，或用 --set 路径=值 与改值后的自身比较";
        "customers_need_a_case" = CustomersNeedACase {} =>
            "`--format csv` lists customers, and there is no case here", "name the case's folder with -C, or leave `--format` out";
            "`--format csv` 逐户列出用户，而此处没有案例", "请用 -C 给出案例文件夹，或去掉 `--format`";
        "other_classes" = OtherClasses { policy: String } =>
            "the city's customers are of classes that `{policy}` does not know, so their fate under it cannot be told", "to compare the rules alone, stand outside the case's folder and leave -C out";
            "`{policy}` 没有本市用户所属的类别，无从比较其境遇", "如只比较规则，请在案例文件夹之外运行，且不用 -C";
        "ambiguous" = Ambiguous { word: String, count: usize, candidates: String } =>
            "`{word}` may mean {count}:{candidates}", "type one of the ids as shown";
            "`{word}` 可能指 {count} 个：{candidates}", "请输入如上编号之一";
        "ambiguous" = AmbiguousMany { word: String, count: usize, candidates: String, more: usize } =>
            "`{word}` may mean {count}:{candidates}\n  ... and {more} more", "type one of the ids as shown, or more of the name";
            "`{word}` 可能指 {count} 个：{candidates}\n  ……另有 {more} 个", "请输入如上编号之一，或更完整的名称";
        "nobody" = Nobody { word: String, near: String } =>
            "nobody and nothing here is called `{word}`", "{near}";
            "没有名为 `{word}` 的用户、类别、区域、企业或措施", "{near}";
        "not_customers" = NotCustomers {} =>
            "`--against` compares two customers of one balance", "name a customer by its id on both sides";
            "`--against` 用于比较同一平衡内的两个用户", "两边都请用用户编号";
        "bad_extension" = BadExtension { path: String } =>
            "`{path}` does not say what to write", "end the file's name in .svg, .csv or .json";
            "由 `{path}` 看不出要写什么", "文件名请以 .svg、.csv 或 .json 结尾";
        "bad_extension" = BadCalendarExtension { path: String } =>
            "`{path}` does not say what to write", "end the file's name in .svg, .ics, .csv or .json";
            "由 `{path}` 看不出要写什么", "文件名请以 .svg、.ics、.csv 或 .json 结尾";
        "no_rotation" = NoRotation { policy: String } =>
            "`{policy}` has no rotation over blocks: there are no turns to plan", "";
            "`{policy}` 没有区块轮换，无从计划", "";
        "bad_period" = EndsBeforeItBegins { from: String, to: String } =>
            "the last day, {to}, comes before the first, {from}", "give --to a day on or after --from";
            "末日 {to} 早于首日 {from}", "--to 应不早于 --from";
        "bad_period" = TooManyDays { days: u32, most: u32 } =>
            "{days} days are more than a calendar shows", "ask for at most {most} days at once";
            "{days} 天超出日历可显示的范围", "每次最多 {most} 天";
        "not_a_folder" = NotAFolder { path: String } =>
            "`{path}` is a file, not a folder", "name a folder, or one that does not exist yet";
            "`{path}` 是文件，不是文件夹", "请给出文件夹，或尚不存在的路径";
        "is_a_folder" = IsAFolder { path: String } =>
            "`{path}` is a folder, and a file of that name is to be written", "remove it or choose another folder";
            "`{path}` 是文件夹，而此处要写入同名文件", "请移走它，或换一个文件夹";
        "not_empty" = NotEmpty { path: String } =>
            "`{path}` is not empty", "`init` writes into a new or an empty folder only";
            "`{path}` 不是空文件夹", "`init` 只写入新建的或空的文件夹";
        "more_problems" = MoreProblems { count: usize } =>
            "... and {count} more; `-v` lists them all", "";
            "……另有 {count} 处，`-v` 可全部列出", "";
        "orders_clash" = Unwritable { path: String } =>
            "cannot write `{path}`; nothing was written", "";
            "无法写入 `{path}`，没有写入任何内容", "";
        "stdout" = StdoutFailed {} =>
            "cannot write to standard output", "";
            "无法写到标准输出", "";
    }
}
