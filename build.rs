//! Lists the policies of `policies/` and their tests for the library to include: a new plan is a new file there, and no
//! line of code.

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
    let (mut ids, mut tests) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(Path::new(&root).join(POLICIES))? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{} is no UTF-8", name.display()))?;
        // `xyz.test.toml` holds the days that a plan is tested by.
        match (name.strip_suffix(".test.toml"), name.strip_suffix(".toml")) {
            (Some(id), _) => tests.push(id.to_owned()),
            (None, Some(id)) => ids.push(id.to_owned()),
            (None, None) => {}
        }
    }
    let out = Path::new(&out);
    fs::write(out.join("builtins.rs"), list(ids, ".toml"))?;
    fs::write(out.join("builtin_tests.rs"), list(tests, ".test.toml"))?;
    Ok(())
}

/// Pairs of an id and the text of its file. Folders list their files in any order.
fn list(mut ids: Vec<String>, ending: &str) -> String {
    ids.sort_unstable();
    let entry = |id: &String| {
        let path = format!("/{POLICIES}/{id}{ending}");
        format!("    ({id:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),\n")
    };
    let entries: String = ids.iter().map(entry).collect();
    format!("&[\n{entries}]\n")
}
