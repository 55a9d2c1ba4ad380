//! What can be wrong with a policy, in both languages.

crate::messages! {
    /// What can be wrong with a policy file.
    PolicyMessage {
        "unknown_policy" = UnknownPolicy { word: String, known: String } =>
            "there is no policy `{word}`: it is neither built in nor a file here", "the built-in ones are: {known}; or give the path of a policy file";
            "没有预案 `{word}`：既非内置预案，此处也没有这个文件", "内置预案有：{known}；也可以给出预案文件的路径";
        "unknown_base" = UnknownBase { word: String, by: String, near: String } =>
            "`{by}` extends `{word}`, which is neither built in nor a file beside it", "did you mean `{near}`? A path begins in the folder of the file that names it";
            "`{by}` 以 `{word}` 为基础，但它既非内置预案，旁边也没有这个文件", "是不是 `{near}`？路径自该文件所在文件夹起算";
        "circle_of_bases" = CircleOfBases { chain: String } =>
            "policies extend each other in a circle: {chain}", "let one of them stand on its own, without `extends`";
            "预案互为基础，形成循环：{chain}", "其中须有一份不写 `extends`、自成一体";
        "nothing_to_change" = NothingToChange { key: &'static str } =>
            "`{key}` changes a plan, but this file extends none", "add `extends = \"PLAN\"`: a built-in id, or a path from this file's folder";
            "`{key}` 用于修改预案，但本文件没有基础预案", "请写 `extends = \"预案\"`：内置预案编号，或自本文件夹起算的路径";
        "not_paths" = NotPaths { key: &'static str } =>
            "`{key}` does not hold paths", "write [set] with \"PATH\" = VALUE below it, and remove = [\"PATH\"], such as \"measures.NAME.LEVEL.limit\"";
            "`{key}` 中不是路径", "[set] 下写 \"路径\" = 值，删除写 remove = [\"路径\"]，路径如 \"measures.措施名.级别.limit\"";
        "named_as_its_base" = NamedAsItsBase { id: String } =>
            "the proposal has the id of a plan that it builds on: `{id}`", "name its file otherwise, or give it an `id` of its own in [policy]";
            "修改建议与其所依据的预案同名：`{id}`", "请另取文件名，或在 [policy] 中给出自己的 `id`";
        "named_as_a_built_in" = NamedAsABuiltIn { id: String } =>
            "the proposal has the id of a built-in plan: `{id}`", "name its file otherwise, or give it an `id` of its own in [policy]";
            "修改建议与内置预案同名：`{id}`", "请另取文件名，或在 [policy] 中给出自己的 `id`";
        "no_plan_without" = NoPlanWithout { section: String } =>
            "no plan can be without `{section}`", "remove single entries of it, or write another `{section}` in its place";
            "预案不能没有 `{section}`", "请删去其中个别条目，或另写 `{section}` 代替";
        "last_of_its_rule" = LastOfItsRule { class: String, path: String } =>
            "without the class `{class}`, `{path}` means nobody", "remove that rule too, or give it another `class`";
            "删去类别 `{class}` 后，`{path}` 不再针对任何用户", "请一并删去该规则，或为其另定 `class`";
        "unreadable_policy" = Unreadable { what: String } =>
            "the policy file cannot be read: {what}", "check the path and the file's permissions";
            "无法读取预案文件：{what}", "请检查路径和文件权限";
        "unknown_class" = UnknownClass { word: String, near: String } =>
            "unknown class `{word}`", "the nearest class: {near}; classes are declared under [classes]";
            "没有类别 `{word}`", "最接近的类别：{near}；类别在 [classes] 中声明";
        "unknown_level" = UnknownLevel { word: String, known: String } =>
            "unknown level `{word}`", "the levels of this policy are: {known}";
            "没有响应级别 `{word}`", "本预案的级别有：{known}";
        "unknown_measure" = UnknownMeasure { word: String, near: String } =>
            "unknown measure `{word}`", "the nearest measure: {near}; measures are declared under [measures]";
            "没有措施 `{word}`", "最接近的措施：{near}；措施在 [measures] 中声明";
        "unknown_role" = UnknownRole { word: String, near: String } =>
            "unknown role `{word}`", "the nearest role: {near}; roles are declared under [roles]";
            "没有职责主体 `{word}`", "最接近的主体：{near}；职责主体在 [roles] 中声明";
        "duplicate_name" = DuplicateName { word: String, first: String } =>
            "`{word}` already means `{first}`", "give each class and level labels and aliases of its own";
            "`{word}` 已经指 `{first}`", "各类别、级别的名称和别名不得重复";
        "level_gap" = LevelGap { from: String, until: String } =>
            "no level answers shortfalls from {from} to {until} of demand", "let the levels' bands cover everything above 0 up to 1";
            "缺口比例 {from} 至 {until} 没有对应的响应级别", "各级别的区间须覆盖 0 以上至 1 的全部缺口";
        "level_overlap" = LevelOverlap { a: String, b: String, at: String } =>
            "levels {a} and {b} both answer a shortfall of {at} of demand", "close one end and open the other: from / over, up_to / below";
            "{a} 级与 {b} 级都包含缺口比例 {at}", "一端取闭、另一端取开：from / over、up_to / below";
        "empty_band" = EmptyBand { level: String } =>
            "the band of level {level} is empty", "its lower end must lie below its upper end";
            "{level} 级的区间为空", "下端须小于上端";
        "level_without_trigger" = LevelWithoutTrigger { level: String } =>
            "nothing triggers level {level}", "write `when = {{ shortfall = {{ ... }} }}`, or `when = {{ area_shortfall = {{ ... }} }}` for one area's";
            "{level} 级没有触发条件", "请写 `when = {{ shortfall = {{ ... }} }}`，或按单个区域写 `when = {{ area_shortfall = {{ ... }} }}`";
        "triggers_without_any" = TriggersWithoutAny { level: String } =>
            "level {level} has two triggers side by side", "either is enough: write `when = {{ any = {{ shortfall = {{ ... }}, area_shortfall = {{ ... }} }} }}`";
            "{level} 级并列了两个触发条件", "满足其一即可时，请写 `when = {{ any = {{ shortfall = {{ ... }}, area_shortfall = {{ ... }} }} }}`";
        "area_overlap" = AreaOverlap { a: String, b: String, at: String } =>
            "levels {a} and {b} both answer an area's shortfall of {at} of its demand", "close one end and open the other: from / over, up_to / below";
            "{a} 级与 {b} 级都包含单个区域的缺口比例 {at}", "一端取闭、另一端取开：from / over、up_to / below";
        "area_order" = AreaOrder { mild: String, grave: String } =>
            "level {grave} is graver than {mild}, but answers smaller shortfalls of an area", "let the bands of `area_shortfall` rise with those of `shortfall`";
            "{grave} 级重于 {mild} 级，所对应的单个区域缺口却更小", "`area_shortfall` 的区间须与 `shortfall` 同序递增";
        "level_without_place" = LevelWithoutPlace { level: String } =>
            "level {level} is triggered by areas alone, and no other level says how grave that is", "give the level a `shortfall` too, or `area_shortfall` to a level that has one";
            "{level} 级只由单个区域触发，无从判断其轻重", "请为本级补上 `shortfall`，或为已有 `shortfall` 的级别补上 `area_shortfall`";
        "two_ends" = TwoEnds { a: &'static str, b: &'static str } =>
            "`{a}` and `{b}` exclude each other", "keep one of them";
            "`{a}` 与 `{b}` 不能并用", "只保留其中一个";
        "class_without_tier" = ClassWithoutTier { class: String } =>
            "some gas of class `{class}` has no place in the supply order", "add the class to the last tier's `takes`, without further conditions";
            "类别 `{class}` 的部分用气不在保供次序之中", "请把该类别加入末层的 `takes`，且不附加条件";
        "take_never_reached" = TakeNeverReached { class: String, tier: u32 } =>
            "class `{class}` takes all its gas in a better tier, so its entry in tier {tier} is never reached", "remove one of the two";
            "类别 `{class}` 的用气已全部列入更高层次，第 {tier} 层的条目不会生效", "删去其中一处";
        "floor_below_rest" = FloorBelowRest { class: String, tier: u32 } =>
            "the floor of class `{class}` stands in tier {tier}, below other gas of that class", "put the floor first: it is what must survive";
            "类别 `{class}` 的保底用气列在第 {tier} 层，低于其其他用气", "保底用气须列在前面";
        "tier_order" = TierOrder { number: u32 } =>
            "tier {number} does not follow the one before it", "number the tiers upwards, best protected first";
            "第 {number} 层次序有误", "层次须从最受保障者起依次递增编号";
        "measure_unreached" = MeasureUnreached { measure: String } =>
            "measure `{measure}` is in force at no level", "give it `levels = [...]` or a table for a level";
            "措施 `{measure}` 在任何级别都不生效", "请给出 `levels = [...]` 或某一级别的表";
        "too_many_measures" = TooManyMeasures { count: usize } =>
            "the policy has {count} measures; this program keeps track of at most 128", "join measures that differ by level only";
            "预案有 {count} 项措施，本程序最多支持 128 项", "请合并仅因级别而异的措施";
        "measure_shadowed" = MeasureShadowed { measure: String, by: String } =>
            "measure `{measure}` can never cut anything: `{by}`, earlier in the cut order, takes all that it may", "change the order, or remove one";
            "措施 `{measure}` 永远不会压减任何用气：次序在前的 `{by}` 已全部压减", "调整次序，或删去其一";
        "measure_not_in_order" = MeasureNotInOrder { measure: String } =>
            "measure `{measure}` is missing in `cut_order`", "add it where it should lose gas";
            "`cut_order` 中缺少措施 `{measure}`", "请按压减先后加入";
        "duplicate_measure" = DuplicateMeasure { measure: String } =>
            "measure `{measure}` stands twice in `cut_order`", "keep one of the two";
            "措施 `{measure}` 在 `cut_order` 中出现两次", "只保留一处";
        "duplicate_rank_key" = DuplicateRankKey { word: String } =>
            "`{word}` stands twice in `within`", "keep one of the two: the second splits nothing";
            "`{word}` 在 `within` 中出现两次", "只保留一处：第二处不会再细分";
        "reserved_name" = ReservedName { name: String } =>
            "`{name}` cannot be the name of a measure: orders use it for cuts beyond authority", "choose another name";
            "`{name}` 不能作为措施名：指令用它标示超出授权的压减", "请另取名称";
        "missing_for_cut" = MissingForCut { measure: String, level: String, key: &'static str } =>
            "measure `{measure}` at level {level} lacks `{key}`", "give it in [measures.{measure}] or in [measures.{measure}.{level}]";
            "措施 `{measure}` 在 {level} 级缺少 `{key}`", "请写在 [measures.{measure}] 或 [measures.{measure}.{level}] 中";
        "limit_out_of_range" = LimitOutOfRange { key: &'static str, value: String } =>
            "`{key}` is {value}, but it is a share of demand", "write a number from 0 to 1, such as 0.3 for 30 %";
            "`{key}` 为 {value}，但它应是需求的比例", "请写 0 至 1 之间的数，如 30% 写 0.3";
        "season_gap" = SeasonGap { measure: String, key: &'static str } =>
            "the seasons of `{key}` in measure `{measure}` leave days without a value", "cover the whole year, or add a last entry without `from` and `until`";
            "措施 `{measure}` 的 `{key}` 有的日期没有取值", "请覆盖全年，或在末尾加一条不带起止的取值";
        "impossible_window" = ImpossibleWindow { from: String, until: String } =>
            "no hour lies between {from} and {until}", "write whole clock hours, such as 17:00 and 20:00";
            "{from} 至 {until} 之间没有整点时段", "请写整点，如 17:00 和 20:00";
        "bad_hour" = BadHour { word: String } =>
            "`{word}` is not a whole clock hour", "write it as 00:00 to 24:00";
            "`{word}` 不是整点时刻", "请写作 00:00 至 24:00";
        "bad_season_day" = BadSeasonDay { word: String } =>
            "`{word}` is not a day of the year", "write month and day, such as 11-15";
            "`{word}` 不是一年中的日期", "请写月-日，如 11-15";
        "rotation_without_measure" = RotationWithoutMeasure {} =>
            "the policy has a rotation but no measure with `rotates = true`", "add the measure that the rotation chooses blocks for";
            "预案规定了轮换，却没有 `rotates = true` 的措施", "请补上按区块轮换的措施";
        "measure_without_rotation" = MeasureWithoutRotation { measure: String } =>
            "measure `{measure}` rotates, but the policy has no [rotation]", "say from which shortfall on, and with which step, blocks take their turn";
            "措施 `{measure}` 需要轮换，但预案没有 [rotation]", "请规定自何缺口起、每增加多少增加一个区块";
        "zero_step" = ZeroStep {} =>
            "the rotation's `step` is 0", "say which further shortfall adds a block, such as 0.05";
            "轮换的 `step` 为 0", "请写明缺口每增加多少增加一个区块，如 0.05";
        "rebound_as_needed" = ReboundAsNeeded { measure: String } =>
            "measure `{measure}` stops customers as needed, and says that gas comes back after the stop", "set `rebound = 0`, or `mode = \"required\"`: only what a required stop takes can be said to come back";
            "措施 `{measure}` 为按需停用，却规定停用后回补用气", "请设 `rebound = 0`，或 `mode = \"required\"`：仅强制停用可规定回补";
        "not_yet" = NotYet { what: &'static str, what_zh: &'static str } =>
            "this version does not decide by {what} yet", "a level is triggered by `shortfall` or `area_shortfall`; a stop is `required`";
            "本版本尚不支持{what_zh}", "级别以 `shortfall` 或 `area_shortfall` 触发；错峰停用为 `required`";
        "bad_range" = EmptyRange { key: String } =>
            "no number satisfies the range of `{key}`", "its lower end must lie below its upper end";
            "没有数满足 `{key}` 的范围", "下端须小于上端";
        "bad_id" = BadId { word: String } =>
            "`{word}` cannot be an id", "use letters, digits, `-` and `_`";
            "`{word}` 不能作为标识", "请用字母、数字、`-` 和 `_`";
        "unknown_tier" = UnknownTier { number: String } =>
            "there is no tier {number}", "name a tier of [[tiers]] by its number";
            "没有第 {number} 层", "请填写 [[tiers]] 中的层号";
        "bad_part" = BadPart { word: String } =>
            "`part` cannot be `{word}`", "it is \"rest\", \"others\", \"floor\" or {{ first_m3 = NUMBER }}";
            "`part` 不能是 `{word}`", "可用：\"rest\"、\"others\"、\"floor\" 或 {{ first_m3 = 数量 }}";
        "bad_restore_order" = BadRestoreOrder {} =>
            "`order` is neither \"reverse\" nor a list of measures", "write order = \"reverse\", or the measures' ids in the order in which they come back, in brackets";
            "`order` 既不是 \"reverse\"，也不是措施的列表", "请写 order = \"reverse\"，或在方括号内按恢复先后列出措施标识";
        "restored_twice" = RestoredTwice { measure: String } =>
            "measure `{measure}` stands twice in the order of restoration", "keep one of the two";
            "措施 `{measure}` 在恢复次序中出现两次", "只保留一处";
        "no_days" = NoDays {} =>
            "a shortage cannot have eased on 0 days", "write how many gas days in a row it takes, at least 1";
            "缺口缓解所需天数不能为 0", "请写须连续多少个供气日，至少为 1";
        "too_many_hours" = TooManyHours { hours: u32, most: u32 } =>
            "a shortage need not have eased for {hours} hours: at most {most}, a week", "write a smaller number of hours, or how many gas days in a row it takes, as `days`";
            "缺口缓解须持续的小时数为 {hours}，至多为 {most}（一周）", "请填较小的小时数，或用 `days` 写明须连续多少个供气日";
        "warn_out_of_range" = WarnOutOfRange { value: String } =>
            "a warning is set at {value}, but it is a share of the day's nomination", "write a number above 0 and up to 2, such as 0.9 for 90 %";
            "预警值为 {value}，但它应是日指定气量的比例", "请写大于 0、不超过 2 的数，如 90% 写 0.9";
        "warn_not_rising" = WarnNotRising { value: String, before: String } =>
            "the warning at {value} does not lie above the one before it, at {before}", "write the shares from the smallest to the largest, each once";
            "预警值 {value} 不高于前一个 {before}", "请由小到大列出，不得重复";
        "bad_due" = BadDue {} =>
            "`due` is none of the known forms", "write \"at-once\", {{ daily = {{ period = \"16:00\", at = \"17:00\" }} }}, {{ working_days_after_end = 3 }} or {{ hours_after = 12 }}";
            "`due` 的写法不在已知之列", "可写 \"at-once\"、{{ daily = {{ period = \"16:00\", at = \"17:00\" }} }}、{{ working_days_after_end = 3 }} 或 {{ hours_after = 12 }}";
    }
}
