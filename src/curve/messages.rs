//! Why there is no curve.

crate::messages! {
    /// Why there is no curve.
    CurveMessage {
        "no_source_to_scale" = NothingToScale { scope: String, date: String } =>
            "the sources of {scope} give nothing on {date}, so they cannot be scaled", "give a source of the scope a volume in supply.csv";
            "{scope}在 {date} 的气源供应量为零，无法按比例调整", "请在 supply.csv 为本范围的气源填写供应量";
        "no_such_area" = NoSuchArea { word: String, known: String } =>
            "there is no curve of `{word}`", "the balances are: {known}";
            "没有 `{word}` 的曲线", "可选的范围：{known}";
    }
}
