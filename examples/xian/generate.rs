//! Writes the synthetic Xi'an-like case: `cargo run --example generate-xian -- examples/xian`.
//!
//! The same bytes on every machine: one fixed seed, whole-number arithmetic, no clock. `tests/example_xian.rs` holds
//! the committed files to what this writes.

#[path = "generate/mod.rs"]
mod case;

use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("examples/xian"), PathBuf::from);
    std::fs::create_dir_all(folder.join("winters"))?;
    for (name, text) in case::files() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
