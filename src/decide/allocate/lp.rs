//! The linear program that defines an allocation (section 5), through `good_lp`.
