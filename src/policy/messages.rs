//! What can be wrong with a policy, in both languages.

crate::messages! {
    /// What can be wrong with a policy file.
    PolicyMessage {
        "unknown_policy" = UnknownPolicy { word: String, known: String } =>
            "there is no built-in policy `{word}`", "the built-in ones are: {known}; or give the path of a policy file";
            "没有内置预案 `{word}`", "内置预案有：{known}；也可以给出预案文件的路径";
    }
}
