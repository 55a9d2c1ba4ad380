//! What can be wrong with the tests of a policy, in both languages.

crate::messages! {
    /// What can be wrong with the tests of a policy.
    TrialMessage {
        "no_tests" = NoTests {} =>
            "the file holds no test", "add a table [[test]]: a shortfall, and what the plan then says";
            "文件中没有测试", "请加入 [[test]]：写明缺口以及预案应有的结果";
        "nothing_expected" = NothingExpected {} =>
            "the test expects nothing, so it can never fail", "add what the plan says, such as expect.level or expect.customers";
            "本测试没有任何预期，永远不会失败", "请写明预案应有的结果，如 expect.level 或 expect.customers";
        "two_supplies" = TwoSupplies {} =>
            "`shortfall` and `supply_m3` exclude each other", "keep one of them";
            "`shortfall` 与 `supply_m3` 不能并用", "只保留其中一个";
        "no_city" = NoCity {} =>
            "the file describes no city", "add [city] with its customers, or several as [cities.NAME]";
            "文件中没有城市", "请加入 [city] 并列出用户，或以 [cities.名称] 写多座城市";
        "which_city" = WhichCity { known: String } =>
            "the test does not say in which city it is", "add `city = \"...\"`; there is: {known}";
            "本测试未写明所在城市", "请加入 `city = \"...\"`；已有：{known}";
        "unknown_city" = UnknownCity { word: String, near: String } =>
            "there is no city `{word}`", "the cities are or are like: {near}";
            "没有城市 `{word}`", "已有或相近的城市：{near}";
        "unknown_level" = UnknownLevel { word: String, near: String } =>
            "the policy has no level `{word}`", "the levels are or are like: {near}";
            "预案没有 `{word}` 这一级别", "已有或相近的级别：{near}";
        "unknown_measure" = UnknownMeasure { word: String, near: String } =>
            "the policy has no measure `{word}`", "the measures are or are like: {near}";
            "预案没有措施 `{word}`", "已有或相近的措施：{near}";
        "unknown_class" = UnknownClass { word: String, near: String } =>
            "the policy has no class `{word}`", "the classes are or are like: {near}";
            "预案没有类别 `{word}`", "已有或相近的类别：{near}";
        "unknown_tier" = UnknownTier { word: String, near: String } =>
            "the policy has no tier {word}", "the tiers are: {near}";
            "预案没有第 {word} 层", "已有的层次：{near}";
        "unknown_district" = UnknownDistrict { word: String, near: String } =>
            "the city has no district `{word}`", "the districts are or are like: {near}";
            "城市没有区域 `{word}`", "已有或相近的区域：{near}";
        "unknown_company" = UnknownCompany { word: String, near: String } =>
            "the city has no company `{word}`", "the companies are or are like: {near}";
            "城市没有企业 `{word}`", "已有或相近的企业：{near}";
        "unknown_customer" = UnknownCustomer { word: String, near: String } =>
            "the city has no customer `{word}`", "the customers are or are like: {near}";
            "城市没有用户 `{word}`", "已有或相近的用户：{near}";
        "not_outer" = NotOuter { word: String } =>
            "`{word}` lies in the main urban area and has no decision of its own", "expect it under by_district, or give the district `urban = false`";
            "`{word}` 属主城区，没有单独的决定", "请写在 by_district 中，或为该区域写 `urban = false`";
        "other_policy" = OtherPolicy { named: String, is: String } =>
            "these tests are of policy `{named}`, not of `{is}`", "take `policy` out, or run the file itself";
            "这些测试属于预案 `{named}`，而非 `{is}`", "请删去 `policy`，或直接运行该测试文件";
        "no_test_file" = NoTestFile { policy: String, path: String } =>
            "policy `{policy}` has no tests", "write them into {path}";
            "预案 `{policy}` 没有测试", "请写在 {path} 中";
        "which_policy" = WhichPolicy { path: String } =>
            "which policy is tested here? there is no {path}", "put the policy there, or write `policy = \"...\"` at the top";
            "这里测试的是哪个预案？没有 {path}", "请将预案放在该处，或在文件开头写 `policy = \"...\"`";
        "unreadable_tests" = Unreadable { what: String } =>
            "the tests cannot be read: {what}", "save the file as UTF-8 text";
            "无法读取测试：{what}", "请存为 UTF-8 文本";
        "area_undecided" = AreaUndecided { word: String } =>
            "nothing is decided for `{word}` in this test: it has no demand, or all is one balance", "take the expectation out, or give it demand";
            "本测试未对 `{word}` 作出决定：它没有需求，或已并入统一平衡", "请删去该预期，或给出需求";
    }
}
