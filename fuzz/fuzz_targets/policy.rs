//! Fuzzes the reader of a policy.
#![no_main]

#[allow(dead_code)]
#[path = "../targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(
    init: targets::forgive_what_is_caught(),
    |data: &[u8]| targets::policy::run(data)
);
