//! What a decision says besides figures, in both languages.

crate::messages! {
    /// What can be wrong with a day, and what a decision warns of.
    DecideMessage {
        "no_demand" = NoDemand { scope: String } =>
            "{scope} has no demand on this day", "give its customers a demand above 0";
            "{scope}当日没有用气需求", "请为其用户填写大于 0 的需求";
    }
}
