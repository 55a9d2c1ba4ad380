//! What the command line itself can complain about, in both languages.

crate::messages! {
    /// A complaint of the command line, or something it tells on standard error.
    CliMessage {
        "failed" = Failed { what: String } =>
            "{what}", "";
            "{what}", "";
        "usage" = Usage { what: String, see: String } =>
            "{what}", "see `{see}`";
            "{what}", "用法见 `{see}`";
        "unknown_argument" = UnknownArgument { arg: String, see: String } =>
            "unexpected argument `{arg}`", "see `{see}`";
            "没有这个参数：`{arg}`", "用法见 `{see}`";
        "unknown_argument" = NearArgument { arg: String, near: String } =>
            "unexpected argument `{arg}`", "did you mean `{near}`?";
            "没有这个参数：`{arg}`", "是不是 `{near}`？";
        "unknown_command" = UnknownCommand { command: String, see: String } =>
            "there is no command `{command}`", "see `{see}`";
            "没有这个命令：`{command}`", "命令列表见 `{see}`";
        "unknown_command" = NearCommand { command: String, near: String } =>
            "there is no command `{command}`", "did you mean `{near}`?";
            "没有这个命令：`{command}`", "是不是 `{near}`？";
        "bad_value" = BadValue { arg: String, value: String, known: String } =>
            "`{arg}` cannot be `{value}`", "it is one of: {known}";
            "`{arg}` 不能是 `{value}`", "可用的值：{known}";
        "missing_value" = MissingValue { arg: String, see: String } =>
            "`{arg}` needs a value", "see `{see}`";
            "`{arg}` 后面要有值", "用法见 `{see}`";
        "missing_argument" = MissingArgument { arg: String, see: String } =>
            "`{arg}` is missing", "see `{see}`";
            "缺少 `{arg}`", "用法见 `{see}`";
        "missing_value" = OtherNumberOfValues { arg: String, wanted: isize, given: isize, see: String } =>
            "`{arg}` takes {wanted} values, and here are {given}", "see `{see}`";
            "`{arg}` 应有 {wanted} 个值，这里是 {given} 个", "用法见 `{see}`";
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
        "missing_file" = NoMeterFile { path: String } =>
            "{path}: there is no such file", "name a CSV or .xlsx of date, customer_id and volume_m3, or leave it out for the case's own";
            "{path}：没有这个文件", "请给出 CSV 或 .xlsx，列为日期、用户编号、气量；省略则用案例自身的表";
        "nothing_metered" = NothingMetered { date: String } =>
            "nothing is known of what was taken on {date}", "name a file with rows of that day, or give the case one: `actuals = \"actuals.csv\"` under [files]";
            "{date} 没有实际用气数据", "请给出含当日数据的文件，或在 case.toml 的 [files] 中写 `actuals = \"actuals.csv\"`";
        "not_begun" = NotTakenYet { date: String, from: String } =>
            "the gas day {date} begins at {from}: nothing was taken on it yet", "";
            "供气日 {date} 自 {from} 开始：尚无实际用气", "";
        "bad_extension" = WrongExtension { path: String, wanted: &'static str } =>
            "{path}: the file's name must end in .{wanted}", "name it for example x.{wanted}";
            "{path}：文件名应以 .{wanted} 结尾", "例如 x.{wanted}";
        "bad_temperature" = BadTemperature { text: String } =>
            "`{text}` is not a temperature", "write degrees Celsius with at most two decimals, for example --threshold 18";
            "`{text}` 不是气温", "请写摄氏度，最多两位小数，例如 --threshold 18";
        "bad_temperature" = BadThreshold { text: String, most: u32 } =>
            "{text} degrees Celsius are no threshold of heating", "write degrees Celsius from 0 to {most}, for example --threshold 18; 65 degrees Fahrenheit are 18.3 of these";
            "{text} 摄氏度不是采暖的起算温度", "请写摄氏度，0 至 {most}，例如 --threshold 18；65 华氏度即 18.3 摄氏度";
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
            "`--format` 只能取一种格式，文书可取数种", "例如 --format json；报告和通知单可用 --format md,html,docx";
        "no_paper" = NoPaper { format: &'static str } =>
            "only reports and notices are written as {format}", "leave `--format` out, or use `--format json`";
            "只有报告和通知单可写成 {format}", "请去掉 `--format`，或改用 `--format json`";
        "papers_not_on_screen" = PapersNotOnScreen { format: &'static str } =>
            "notices as {format} go into files", "name a folder with --out";
            "{format} 格式的通知单须写入文件", "请用 --out 给出文件夹";
        "not_a_paper" = NotAPaper { format: &'static str } =>
            "notices are papers and not {format}", "write for example --format html,docx; `decide --format {format}` gives the figures";
            "通知单是文书，不写成 {format}", "例如 --format html,docx；数据可用 `decide --format {format}`";
        "proposal_not_noted" = ProposalNotNoted {} =>
            "a proposal is told to nobody, so there is nothing to note", "leave --record out, or have the decision approved first";
            "建议稿不发给任何人，无可登记", "请去掉 --record，或先经批准";
        "nobody_to_tell" = NobodyToTell { date: String } =>
            "on {date} nobody is cut: there is nobody to tell", "";
            "{date} 没有用户被减限，无须通知", "";
        "no_such_site" = NoSuchSite { site: String } =>
            "this decision tells no site `{site}` anything", "sites go by the `site` column, else by the customer's id; who is not cut gets no notice";
            "此决定没有发给用气点 `{site}` 的通知", "用气点以 `site` 列为名，无则以用户编号为名；未被减限者没有通知";
        "no_such_site" = NearSite { site: String, near: String } =>
            "this decision tells no site `{site}` anything", "did you mean `{near}`?";
            "此决定没有发给用气点 `{site}` 的通知", "是不是 `{near}`？";
        "not_in_force" = ReplacedOrder { id: String, by: String } =>
            "{id} is not in force any more: {by} is the order of its day, and papers of {id} would mislead", "`notices --decision {by}`";
            "{id} 已不再有效：当日现行指令为 {by}，再发 {id} 的通知将造成误导", "`notices --decision {by}`";
        "not_in_force" = OvertakenDecision { id: String, by: String } =>
            "{id} was overtaken: {by} is the order of that day, and a warning of {id} would mislead", "`notices --decision {by}`";
            "{id} 已被取代：当日现行指令为 {by}，再发 {id} 的预警将造成误导", "`notices --decision {by}`";
        "response_over" = CopyNotNoted {} =>
            "the response is over: a copy goes out to nobody and is no entry of the record", "leave --record, --by and --role out";
            "应急响应已结束：副本不外发，也不入档", "请去掉 --record、--by 和 --role";
        "decided_otherwise" = OtherPolicy { id: String } =>
            "{id} was decided under another policy than the case has now: its measures and clauses would not fit", "`log export {id}` gives back the case as it was; make the papers there";
            "{id} 决定时的预案与案例现行预案不同，措施与条款将对不上", "用 `log export {id}` 取回当时的案例，在该处制作通知单";
        "decided_otherwise" = OtherCustomers { id: String, customer: String } =>
            "{id} was decided with a customer `{customer}` whom the case has not any more", "`log export {id}` gives back the case as it was; make the papers there";
            "{id} 决定时的用户 `{customer}` 在案例中已不存在", "用 `log export {id}` 取回当时的案例，在该处制作通知单";
        "what_if_paper" = WhatIfOfRecord { id: String } =>
            "{id} of the record is the decision of that day: papers are made of it, and not of a what-if", "leave --supply and --shortfall out, or name another day";
            "该日记录中的决定为 {id}：通知单依其制作，不依假设情形", "请去掉 --supply、--shortfall，或另选日期";
        "never_an_exercise" = NeverAnExercise { command: &'static str } =>
            "`curtail {command}` is the same in an exercise as on a real day", "leave `--drill` out";
            "`curtail {command}` 在演练中与平日无异", "请去掉 `--drill`";
        "exercise_decision" = ExerciseDecision { path: String } =>
            "{path}: a decision of an exercise, and this is no exercise", "add --drill";
            "{path}：这是演练中的决定，而当前并非演练", "请加 --drill";
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
            "`{policy}` 没有本市用户所属的类别，无从比较所受影响", "如只比较规则，请在案例文件夹之外运行，且不用 -C";
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
            "`--against` compares two customers", "name a customer by its id on both sides";
            "`--against` 用于比较两个用户", "两边都请用用户编号";
        "two_balances" = TwoBalances { one: String, other: String } =>
            "`{one}` and `{other}` do not share their gas: at least one of them is in an outer district, which balances by itself", "compare two customers of one area, or explain each without `--against`";
            "`{one}` 与 `{other}` 用的不是同一份气：其中至少一户在各自平衡的外围区域", "请比较同一范围内的两个用户，或去掉 `--against` 分别说明";
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
        "not_a_count" = NotACount { arg: &'static str, text: String, such: &'static str } =>
            "`{arg} {text}` is not a whole number above 0", "write for example {arg} {such}";
            "`{arg} {text}` 不是大于 0 的整数", "例如 {arg} {such}";
        "not_a_count" = TooManyThreads { text: String, most: usize } =>
            "`--threads {text}` are more than {most} threads", "leave it out: as many threads as the machine has cores are fastest";
            "`--threads {text}` 超过 {most} 个线程", "请去掉：线程数与本机核心数相同时最快";
        "not_a_seed" = NotASeed { text: String } =>
            "`--seed {text}` is not a whole number", "write for example --seed 7";
            "`--seed {text}` 不是整数", "例如 --seed 7";
        "bad_shard" = BadShard { text: String } =>
            "`--shard {text}` is not a part of a run", "write the part's number and how many there are, for example --shard 3/8";
            "`--shard {text}` 不是运行的一部分", "请写第几部分/共几部分，例如 --shard 3/8";
        "bad_sweep" = BadSweep { text: String } =>
            "`--sweep {text}` is not a path and its values", "write for example --sweep measures.NAME.LEVEL.limit=0.3,0.4,0.5";
            "`--sweep {text}` 不是路径及其取值", "例如 --sweep measures.措施名.级别.limit=0.3,0.4,0.5";
        "other_winters" = OtherWinters { first: String, second: String } =>
            "`{first}` and `{second}` do not meet the same winters", "give both the same season, the same weather and the same way to draw from it";
            "`{first}` 与 `{second}` 面对的不是同样的冬季", "两者的季节、天气及抽取方式须相同";
        "unfinished" = Unfinished { path: String } =>
            "`{path}` is what a run has done that was not finished", "`--resume` goes on with it; remove the file to begin anew";
            "`{path}` 是一次未完成的运行", "用 `--resume` 继续；要重新开始请删除该文件";
        "no_parquet" = NoParquet {} =>
            "this program was built without Parquet", "build it with `--features parquet`; the same tables are there as CSV";
            "本程序编译时未包含 Parquet", "请加 `--features parquet` 重新编译；同样的表另有 CSV";
        "folder_in_use" = FolderInUse { path: String } =>
            "another run is writing into `{path}`", "wait until it is over, or name another folder with --out";
            "另一次运行正在写入 `{path}`", "请等其结束，或用 --out 另选文件夹";
        "folder_unlocked" = FolderUnlocked { path: String } =>
            "the file system of `{path}` knows no locks: see to it that no other run writes there", "";
            "`{path}` 所在的文件系统不支持加锁：请确保没有其他运行写入该处", "";
        "rows_apart" = RowsApart { path: String } =>
            "`{path}` does not hold, winter by winter, what is counted beside it", "simulate that folder again from the beginning; parts of one run are made all with --each-day, or all without";
            "`{path}` 的逐冬各行与同处的统计不符", "请从头重新模拟该文件夹；同一次运行的各部分应都加 --each-day，或都不加";
        "other_run" = OtherRun { path: String } =>
            "`{path}` is of another run: of other inputs, other winters, or another version of the program", "choose another folder for --out, or remove the file to begin anew";
            "`{path}` 属于另一次运行：输入、冬季或程序版本不同", "请用 --out 另选文件夹，或删除该文件后重新开始";
        "other_run" = OtherRunThere { path: String } =>
            "`{path}` holds the results of another run: of other inputs, other winters, or another version of the program", "choose another folder for --out, or remove this one to begin anew";
            "`{path}` 中是另一次运行的结果：输入、冬季或程序版本不同", "请用 --out 另选文件夹，或删除该文件夹后重新开始";
        "case_there" = CaseThere { path: String } =>
            "`{path}` holds a case, and the simulated day would be written over it", "name a new folder with --out";
            "`{path}` 中已有案例，模拟日会将其覆盖", "请用 --out 指定新的文件夹";
        "not_results" = NotResults { path: String, what: String } =>
            "`{path}` does not hold the results of `curtail simulate`: {what}", "name the folder that `simulate --out` wrote";
            "`{path}` 不是 `curtail simulate` 的结果：{what}", "请给出 `simulate --out` 写出的文件夹";
        "not_results" = NotAPart { path: String } =>
            "`{path}` is a file, not the folder of a part", "name the folder that `simulate --out` wrote";
            "`{path}` 是文件，不是某个部分的文件夹", "请给出 `simulate --out` 写出的文件夹";
        "not_results" = NoResults { path: String } =>
            "there is no `{path}`", "name the folder that `simulate --out` wrote";
            "没有 `{path}`", "请给出 `simulate --out` 写出的文件夹";
        "damaged_results" = DamagedResults { path: String } =>
            "`{path}` is damaged: its sums and its winters do not fit each other", "simulate that part again";
            "`{path}` 已损坏：总量与冬季数对不上", "请重新模拟该部分";
        "parts_apart" = OtherInputs { path: String, first: String } =>
            "`{path}` is of other inputs than `{first}`", "parts of one run share the scenario, its case, its weather, its values and its seed";
            "`{path}` 的输入与 `{first}` 不同", "同一次运行各部分的情景、案例、天气、取值和种子须相同";
        "parts_apart" = OtherVersion { path: String, first: String } =>
            "`{path}` was made by another version of the program than `{first}`", "simulate both with the same version";
            "`{path}` 与 `{first}` 由不同版本的程序得出", "请用同一版本重新模拟";
        "parts_apart" = OtherNumber { path: String, first: String } =>
            "`{path}` is a part of another number of winters than `{first}`", "give all parts the same --winters";
            "`{path}` 与 `{first}` 所属运行的冬季总数不同", "各部分的 --winters 须相同";
        "parts_overlap" = PartsOverlap { one: String, other: String, from: u64, until: u64 } =>
            "`{one}` and `{other}` both hold the winters numbered {from} to {until}, counted from 0", "leave one of them out";
            "`{one}` 与 `{other}` 都含编号 {from} 至 {until} 的冬季（从 0 起编号）", "请去掉其中一个";
        "part_overwritten" = PartOverwritten { path: String } =>
            "`{path}` is one of the parts, and the whole would be written over it", "name another folder with --out";
            "`{path}` 是其中一个部分，合并结果会覆盖它", "请用 --out 另选文件夹";
        "parts_missing" = PartsMissing { from: u64, until: u64 } =>
            "the winters numbered {from} to {until}, counted from 0, are in none of these parts", "add the folder of the part that holds them";
            "各部分都不含编号 {from} 至 {until} 的冬季（从 0 起编号）", "请补上含有它们的文件夹";
        "no_such_day" = NoSuchWinterDay { text: String } =>
            "`--day {text}` is no day of a winter", "write a winter's number, counted from 0, and a date of the season, for example --day 17/2027-01-09";
            "`--day {text}` 不是某个冬季的一日", "请写冬季编号（从 0 起）和季内日期，例如 --day 17/2027-01-09";
        "kept_so_far" = KeptSoFar { path: String } =>
            "what was done until then is kept in `{path}`: with `--resume` the same command goes on from there", "";
            "此前已完成的部分保存在 `{path}`：同一命令加 `--resume` 即可继续", "";
        "thread_lost" = ThreadLost {} =>
            "the simulation ended early", "";
            "模拟提前结束", "";
        "winters_done" = WintersDone { done: String, of: String, left: String } =>
            "{done} of {of} winters, {left} left", "";
            "已完成 {done}/{of} 个冬季，剩余 {left}", "";
        "more_problems" = MoreProblems { count: usize } =>
            "... and {count} more; `-v` lists them all", "";
            "……另有 {count} 处，`-v` 可全部列出", "";
        "orders_clash" = Unwritable { path: String } =>
            "cannot write `{path}`; no file was written", "";
            "无法写入 `{path}`，没有写入任何文件", "";
        "recorded_without_files" = RecordedWithoutFiles { id: String } =>
            "the decision stands in the record as {id}, but its files could not be written; once they can be, ask for them without --record", "";
            "决定已入档，编号 {id}，但文件未能写出；能够写入后，请不加 --record 重新输出文件", "";
        "unwritable" = NoRoom {} =>
            "the disk is full", "make room, or write to another disk; then run the command again";
            "磁盘已满", "请腾出空间，或改用另一磁盘，再运行同一命令";
        "unwritable" = NoPermission {} =>
            "the folder or file may not be written by you", "name a folder that you may write, or have the permission given";
            "没有写入该文件夹或文件的权限", "请改用有写入权限的文件夹，或请管理员授权";
        "unwritable" = ReadOnly {} =>
            "the file system can only be read", "name a folder on another disk, or have this one mounted for writing";
            "该文件系统只读", "请改用另一磁盘上的文件夹，或将其改为可写";
        "sheet_full" = SheetFull { rows: usize, most: usize } =>
            "{rows} rows are more than a sheet can hold, {most}", "leave --all or --xlsx out: a CSV has no end";
            "共 {rows} 行，超过一张工作表的 {most} 行", "请去掉 --all 或 --xlsx：CSV 没有行数限制";
        "stdout" = StdoutFailed {} =>
            "cannot write to standard output", "";
            "无法写到标准输出", "";
    }
}
