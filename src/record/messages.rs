//! What can be wrong with a record or with what somebody wants to add to it, in both languages.

use std::fmt;

crate::messages! {
    /// What can be wrong with a record or with what somebody wants to add to it.
    RecordMessage {
        "no_record" = NoRecord { path: String } =>
            "{path}: there is no record yet", "`decide --record` begins one";
            "{path}：尚无记录", "用 `decide --record` 开始记录";
        "not_a_record" = NotARecord { path: String } =>
            "{path}: not a record of this program", "name the record with `record = \"...\"` under [files] in case.toml, or move the file away";
            "{path}：不是本程序的记录文件", "请在 case.toml 的 [files] 中用 `record = \"...\"` 指明记录文件，或移走该文件";
        "newer_record" = NewerRecord { path: String, version: i64, known: i64 } =>
            "{path}: written by a newer program (format {version}; this one knows up to {known})", "use that version of the program; nothing was changed";
            "{path}：由更新版本的程序写成（格式 {version}，本程序只识别到 {known}）", "请使用新版本程序；文件未作任何改动";
        "another_record" = AnotherRecord { path: String, theirs: String, ours: String } =>
            "{path}: the record of the case `{theirs}`, and this is the case `{ours}`", "each case has a record of its own; if the case was renamed, give it back its name";
            "{path}：这是案例 `{theirs}` 的记录，而当前案例是 `{ours}`", "每个案例各有记录；若案例改过名，请恢复原名";
        "exercise_record" = ExerciseRecord { path: String } =>
            "{path}: the record of an exercise: nothing in it happened on a real day", "add --drill to go on with the exercise, or name the record of real days with `record = \"...\"` under [files] in case.toml";
            "{path}：这是演练记录，其中各事项均非实际发生", "继续演练请加 --drill；或在 case.toml 的 [files] 中用 `record = \"...\"` 指明实际记录";
        "real_record" = RealRecord { path: String } =>
            "{path}: a record of real days: an exercise never opens one", "move the file away, or leave --drill out";
            "{path}：这是实际记录，演练不得打开", "请移走该文件，或去掉 --drill";
        "busy_record" = Busy { path: String } =>
            "{path}: another program is writing to the record and does not finish", "try again; nothing was changed";
            "{path}：另一程序正在写入记录且长时间未结束", "请重试；记录未作任何改动";
        "record_full" = Full { path: String } =>
            "{path}: the disk is full", "make room and try again; nothing was changed";
            "{path}：磁盘已满", "请腾出空间后重试；记录未作任何改动";
        "record_unwritable" = Unwritable { path: String, what: String } =>
            "{path}: the record cannot be written: {what}", "check the disk and the rights to the file and its folder; nothing was changed";
            "{path}：无法写入记录：{what}", "请检查磁盘以及文件及其文件夹的权限；记录未作任何改动";
        "record_unfinished" = Unfinished { path: String } =>
            "{path}: a program was stopped as it wrote to the record, and what it began cannot be undone from here", "have somebody who may write to the file and its folder run `status` once; keep the -journal file beside it";
            "{path}：曾有程序在写入时中断，此处无权撤销其未完成的写入", "请由有权写入该文件及其文件夹的人运行一次 `status`；勿删除旁边的 -journal 文件";
        "record_unsure" = Unsure { path: String, seq: u64, what: String } =>
            "{path}: the disk failed while entry {seq} was being finished ({what}): it may be in the record or not", "see `log` before you do this again";
            "{path}：第 {seq} 条写入收尾时磁盘出错（{what}），该条可能已入档，也可能没有", "重办之前请先用 `log` 查看";
        "record_unopened" = Unopened { path: String, what: String } =>
            "{path}: the record cannot be opened: {what}", "check the rights to the file and its folder";
            "{path}：无法打开记录：{what}", "请检查文件及其文件夹的权限";
        "record_unreadable" = Unreadable { path: String, what: String } =>
            "{path}: the record cannot be read: {what}", "copy the file away before anything else, then try the copy";
            "{path}：无法读取记录：{what}", "请先将文件复制保存，再用副本尝试";
        "broken_chain" = BrokenChain { path: String, seq: u64 } =>
            "{path}: the record was tampered with or damaged: entry {seq} does not follow from those before it", "compare with a copy; the head printed on orders and reports tells which copy is true";
            "{path}：记录遭改动或损坏：第 {seq} 条与之前的条目不相衔接", "请与备份比对；指令和报告上所印链首可辨真伪";
        "export_over" = ExportOver { path: String } =>
            "{path} is there already", "export into a new folder: a case and a record are never written over";
            "{path} 已存在", "请导出到新文件夹：已有的案例和记录不会被覆盖";
        "bad_entry" = BadEntry { path: String, seq: u64, what: String } =>
            "{path}: entry {seq} cannot be read: {what}", "use the version of the program that wrote it";
            "{path}：第 {seq} 条无法读取：{what}", "请使用写入它的程序版本";
        "broken_content" = BrokenContent { path: String, seq: u64, name: String } =>
            "{path}: `{name}` of entry {seq} is missing or is not what was recorded", "compare with a copy of the record";
            "{path}：第 {seq} 条的 `{name}` 缺失或与入档时不符", "请与记录备份比对";
        "unknown_head" = UnknownHead { path: String, head: String, count: u64 } =>
            "{path}: no entry of the {count} has the head {head}: entries were cut off or rewritten since it was printed", "compare with a copy of the record";
            "{path}：{count} 条记录中没有链首 {head}：其后曾被截断或改写", "请与记录备份比对";
        "bad_head" = BadHead { head: String } =>
            "not a head of a record: {head}", "give at least eight of the hexadecimal digits that are printed on an order or a report";
            "不是记录的链首：{head}", "请给出指令或报告所印十六进制数字的至少前八位";
        "bad_decision_id" = BadId { text: String } =>
            "`{text}` is not the id of a decision", "ids look like 2026-01-07-1: the gas day and a number; `status` and `log` list them";
            "`{text}` 不是决定编号", "编号形如 2026-01-07-1：供气日加序号；可用 `status`、`log` 查看";
        "unknown_decision" = UnknownDecision { id: String, known: String } =>
            "the record has no decision {id}", "it has: {known}";
            "记录中没有决定 {id}", "现有：{known}";
        "which_decision" = WhichDecision { known: String } =>
            "which decision?", "give its id; open are: {known}";
            "请指明是哪一个决定", "请给出编号；待办的有：{known}";
        "nothing_open" = NothingOpen {} =>
            "no decision is waiting for this", "`decide --record` proposes one; `status` shows where each stands";
            "没有等待此步骤的决定", "用 `decide --record` 提出决定；用 `status` 查看各决定的进度";
        "order_changed" = OrderChanged { date: String } =>
            "another order of {date} was issued meanwhile, and this revision knows nothing of it", "decide again";
            "{date} 其间已下达另一指令，此修订未顾及", "请重新决定";
        "restored_since" = RestoredSince { order: String } =>
            "gas came back of {order} after this revision was decided, and the revision would take it back unknowingly", "decide what remains of the day again";
            "此修订作出之后，{order} 又有恢复供气；此修订未顾及，会将其收回", "请对当日余下时段重新决定";
        "order_changed" = RestoredMeanwhile { order: String } =>
            "more came back of {order} meanwhile, or another order was issued, and this restoration knows nothing of it", "do it again";
            "其间 {order} 又有恢复，或已下达另一指令，此次恢复未顾及", "请重新办理";
        "order_changed" = AnotherOrder { date: String } =>
            "another order of {date} was issued meanwhile", "do it again";
            "{date} 其间已下达另一指令", "请重新办理";
        "wrong_role" = WrongRole { step: Box<str>, step_zh: Box<str>, role: Box<str>, wanted: Box<str>, wanted_zh: Box<str>, clause: Box<str> } =>
            "`{role}` may not {step}: {clause} asks for {wanted}", "have it done by the body that the policy names, and state it with --role";
            "`{role}`无权{step_zh}：{clause}要求由{wanted_zh}办理", "请由预案指定的主体办理，并用 --role 注明";
        "no_role" = NoRole { step: Box<str>, step_zh: Box<str>, wanted: Box<str>, wanted_zh: Box<str>, clause: Box<str> } =>
            "in which role? {clause} asks for {wanted} to {step}", "state it with --role";
            "以何身份办理？{clause}要求由{wanted_zh}{step_zh}", "请用 --role 注明";
        "unknown_role" = UnknownRole { role: String, known: String, known_zh: String } =>
            "the policy knows no body `{role}`", "it knows: {known}";
            "预案中没有主体 `{role}`", "现有：{known_zh}";
        "not_approved" = NotApproved { id: String, wanted: String, wanted_zh: String, clause: String } =>
            "{id} is not approved: {clause} asks for the approval of {wanted} first", "`approve {id}`";
            "{id} 尚未批准：{clause}要求先经{wanted_zh}批准", "请先执行 `approve {id}`";
        "not_signed" = NotSigned { id: String, wanted: String, wanted_zh: String, clause: String } =>
            "{id} is not signed: {clause} asks for the signature of {wanted} first", "`sign {id}`";
            "{id} 尚未签发：{clause}要求先经{wanted_zh}签发", "请先执行 `sign {id}`";
        "done_already" = DoneAlready { id: Box<str>, step: Box<str>, step_zh: Box<str>, at: Box<str>, name: Box<str> } =>
            "{id}: {name} did this ({step}) at {at}", "nothing is left to do here; `status` shows what is";
            "{id}：{name} 已于 {at} 办理（{step_zh}）", "无须再办；用 `status` 查看待办事项";
        "overtaken" = Overtaken { id: String, by: String } =>
            "{id} was overtaken: {by} is the order of that day", "propose again with `decide --record`";
            "{id} 已被取代：当日现行指令为 {by}", "请用 `decide --record` 重新提出";
        "not_in_force" = NotInForce { id: String } =>
            "{id} is not in force: an order goes out once its decision is issued", "make warnings of it, or `issue {id}` first";
            "{id} 尚未下达：指令须在决定下达之后发出", "可先发预警，或先执行 `issue {id}`";
        "no_papers" = NoPapers {} =>
            "there are no papers to note", "";
            "没有可登记的文书", "";
        "no_level" = NoLevel { id: String } =>
            "{id} calls for no response: there is nothing to approve, to sign or to issue", "";
            "{id} 无须启动响应：没有需要批准、签发或下达的内容", "";
        "unknown_departure" = UnknownDeparture { number: u64, known: String } =>
            "no departure that is in effect has the number {number}", "in effect are: {known}";
            "没有编号为 {number} 且仍有效的变通处置", "有效的有：{known}";
        "unknown_departure" = NoDeparture { number: u64 } =>
            "no departure that is in effect has the number {number}", "none is in effect";
            "没有编号为 {number} 且仍有效的变通处置", "当前没有有效的变通处置";
        "unknown_duty" = UnknownDuty { duty: String, known: String, known_zh: String } =>
            "the policy has no duty `{duty}`", "it has: {known}";
            "预案没有职责 `{duty}`", "请写括号中的编号：{known_zh}";
        "of_which_day" = OfWhichDay { duty: String } =>
            "`{duty}` is owed every day: of which?", "state with --of the date on which the reported period ended";
            "`{duty}` 每日应报：是哪一日的？", "请用 --of 注明统计期截止的日期";
        "of_no_day" = OfNoDay { duty: String } =>
            "`{duty}` is owed once, and not of a day", "leave --of out";
            "`{duty}` 只报一次，不分日期", "请去掉 --of";
        "no_order" = NoOrder { date: String } =>
            "no order for {date} is in force", "`status` shows which are";
            "{date} 没有现行指令", "可用 `status` 查看";
        "ends_before" = EndsBeforeItBegins { from: String, until: String } =>
            "it would end on {until}, before it begins on {from}", "give --until a day on or after --from";
            "截止日 {until} 早于起始日 {from}", "--until 应不早于 --from";
        "list_takes_protected" = ListTakesProtected { customers: String, company: String } =>
            "the list of {company} takes gas that no measure of the day's level authorises: {customers}", "take these customers off the list, or reduce their cut to what is authorised; `explain CUSTOMER` says why";
            "{company} 的名单压减了当日级别措施未授权的用气：{customers}", "请从名单中去掉这些用户，或将压减量降至授权范围；理由见 `explain 用户`";
        "list_without_cuts" = ListNotNeeded { company: String, date: String } =>
            "on {date} the plan takes no gas from the customers of {company}: no list is needed", "";
            "{date} 预案不压减 {company} 的用户，无需名单", "";
        "no_response" = NoResponse {} =>
            "no response is on", "a response begins when its first order is issued";
            "当前没有应急响应", "首个指令下达时响应开始";
        "unknown_level" = UnknownLevel { level: String, known: String } =>
            "the policy has no level `{level}`", "it has: {known}";
            "预案没有 `{level}` 级", "现有：{known}";
        "not_milder" = NotMilder { to: String, now: String } =>
            "level {to} is not milder than {now}, at which the response stands", "a graver level comes with an issued decision; `end` ends the response";
            "{to} 级并不低于当前的 {now} 级", "升级须随决定下达；结束响应用 `end`";
        "not_of_the_record" = NotOfTheRecord { reason: String, reason_zh: String } =>
            "this decision cannot be recorded: {reason}", "record the case's own figures; what-if questions stay out of the record";
            "此决定不能入档：{reason_zh}", "请用案例自身数据入档；假设情形不入记录";
        "policy_changed" = PolicyChanged { path: String } =>
            "{path}: the policy changed while it was decided under", "decide again";
            "{path}：决策期间预案文件发生变化", "请重新决策";
        "policy_outside" = PolicyOutside { path: String } =>
            "{path}: the policy of an outer district cannot be kept with the decision", "put its file into the case's folder, without `extends`";
            "{path}：外围区域的预案无法随决定入档", "请将其文件放入案例文件夹，且不使用 `extends`";
        "unpackable" = Unpackable { what: String } =>
            "the decision cannot be packed for the record: {what}", "this is a fault of the program; please report it with the case";
            "决定无法打包入档：{what}", "这是程序的缺陷，请连同案例一并报告";
        "no_name" = NoName {} =>
            "a name is missing", "state who does this with --by NAME";
            "缺少姓名", "请用 --by 姓名 注明经办人";
        "no_reason" = NoReason {} =>
            "a reason is missing", "state it with --reason TEXT: it stands in the record and on reports";
            "缺少理由", "请用 --reason 理由 注明：将载入记录和报告";
    }
}

/// Why something was not added to a record, or why it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// What was asked for is out of order, by the wrong body, or about nothing that the record knows.
    Refused(RecordMessage),
    /// The file or the machine failed.
    Failed(RecordMessage),
}

impl RecordError {
    /// What is the case.
    pub const fn message(&self) -> &RecordMessage {
        match self {
            Self::Refused(message) | Self::Failed(message) => message,
        }
    }
}

impl From<RecordMessage> for RecordError {
    fn from(message: RecordMessage) -> Self {
        Self::Refused(message)
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().text(crate::Lang::En))
    }
}

impl std::error::Error for RecordError {}
