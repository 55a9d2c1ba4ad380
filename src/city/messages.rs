//! What can be wrong with a city, in both languages.

crate::messages! {
    /// What can be wrong with a case folder or with rows handed to a builder.
    CityMessage {
        "unknown_district" = UnknownDistrict { word: String, near: String } =>
            "unknown district `{word}`", "did you mean `{near}`?";
            "没有区域 `{word}`", "是不是 `{near}`？";
    }
}
