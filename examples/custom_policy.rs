//! Changes one value of a built-in policy, and sees what the change is. Run: `cargo run --example custom_policy`
#![allow(clippy::print_stdout)]
use std::path::Path;

use curtail::Lang;
use curtail::policy::{Cut, Policy};
use curtail::problem::Problems;

fn main() -> Result<(), Problems> {
    let overrides = ["measures.limit-large-central.II.limit=0.4".to_owned()];
    let (policy, _) = Policy::load("xian-2025", Path::new("."), &overrides)?;
    for measure in &policy.measures {
        for (level, action) in policy.levels.iter().zip(&measure.at) {
            if let Some(Cut::Limit(limit)) = action.as_ref().map(|action| &action.cut) {
                let shares: Vec<String> = limit.values().map(|share| share.to_string()).collect();
                println!("{} at {}: {}", measure.id, level.label.get(Lang::En), shares.join(", "));
            }
        }
    }
    println!("policy as used: {}", policy.digest);
    Ok(())
}
