//! Lists the policies of `policies/` for the library to include: a new plan is a new file there, and no line of code.

#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The folder of the built-in policies; cargo looks at all that is in it.
const POLICIES: &str = "policies";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={POLICIES}");
    println!("cargo:rerun-if-changed=build.rs");
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo names no package folder")?;
    let out = env::var_os("OUT_DIR").ok_or("cargo names no output folder")?;
    let mut ids = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join(POLICIES))? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{} is no UTF-8", name.display()))?;
        // `xyz.test.toml` holds the days that a plan is tested by.
        ids.extend(name.strip_suffix(".toml").filter(|id| !id.ends_with(".test")).map(str::to_owned));
    }
    // Folders list their files in any order.
    ids.sort_unstable();
    let entry = |id: &String| {
        let path = format!("/{POLICIES}/{id}.toml");
        format!("    ({id:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),\n")
    };
    let list: String = ids.iter().map(entry).collect();
    fs::write(Path::new(&out).join("builtins.rs"), format!("&[\n{list}]\n"))?;
    Ok(())
}
