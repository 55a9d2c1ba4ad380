//! The public API, pinned: what an embedder can name, as `tests/public-api.txt` lists it.
//!
//! A small textual walk over `src/` on stable Rust, not a compiler: it follows `mod` and `pub use` from `lib.rs` and
//! collects public items, fields, variants, methods and trait implementations. The rooms of the binary (`cli`,
//! `render`) are not the product's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "api/tokens.rs"]
mod tokens;
#[path = "api/walk.rs"]
mod walk;

use std::path::Path;

const GOLDEN: &str = "tests/public-api.txt";

#[test]
fn the_public_api_is_the_one_that_was_agreed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lines = walk::public_api(&root.join("src/lib.rs"), &["cli", "render"]);
    let now = lines.into_iter().map(|line| line + "\n").collect::<String>();
    if std::env::var_os("UPDATE_API").is_some() {
        std::fs::write(root.join(GOLDEN), &now).unwrap();
    }
    let agreed = std::fs::read_to_string(root.join(GOLDEN)).unwrap_or_default();
    let missing = |from: &str, of: &str, sign: &str| -> String {
        let of: std::collections::BTreeSet<&str> = of.lines().collect();
        from.lines().filter(|line| !of.contains(line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    let (gone, new) = (missing(&agreed, &now, "-"), missing(&now, &agreed, "+"));
    assert!(
        agreed == now,
        "the public API is not the one of {GOLDEN}:\n{gone}{new}If that is meant, renew the list and commit it: \
         UPDATE_API=1 cargo test --test api"
    );
}

#[test]
fn the_walk_sees_what_is_public_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "lib.rs",
        r#"//! Front page. pub fn no()
        pub mod a; mod hidden; mod cli; pub mod out { pub fn skipped() {} }
        pub use hidden::{Seen as Shown, deep::*};
        /* pub fn /* nested */ neither() {} */
        #[cfg(test)] mod tests { pub fn nor_this() {} }
        #[doc(hidden)] pub fn nor_that() {}
        pub(crate) fn inside() {}
        pub const TEXT: &str = "} pub fn x() {";
        "#,
    );
    write(
        "a.rs",
        "/// Doc.\n#[derive(Clone,\n Debug)] pub struct S<'a> { /// Field.\n pub x: &'a [u8], y: u8, pub m: Map<u8, u8> }
        impl<'a> S<'a> { pub fn get<T: Into<u8>>(&self, c: char) -> Option<(T, u8)> where T: Copy { '{'; None } fn no() {} }
        impl Clone for S<'_> { fn clone(&self) -> Self { todo!() } }
        pub enum E { /// One.\n One, Two { a: u8 }, Three(u8) } pub struct T(pub u8, u8); pub type U = u8;
        pub trait V { const W: u8; fn v(&self) -> u8 { 1 } } struct P; impl P { pub fn p() {} }",
    );
    write("hidden/mod.rs", "pub mod deep; pub struct Seen; pub struct Unseen; impl Seen { pub const fn f(self) {} }");
    write(
        "hidden/deep.rs",
        "use crate::{hidden::{self as up, Seen}, a::E}; impl E { pub fn h() {} } pub fn d() {} impl Seen { pub fn g(&self) {} } fn e() {}",
    );
    let lines = walk::public_api(&dir.path().join("lib.rs"), &["cli", "out"]);
    let expected = [
        "Shown::f: pub const fn f(self)",
        "Shown::g: pub fn g(&self)",
        "Shown: pub struct Seen",
        "TEXT: pub const TEXT: &str = \"} pub fn x() {\"",
        "a::E::One",
        "a::E::Three(u8)",
        "a::E::Two {a: u8}",
        "a::E: pub enum E",
        "a::E::h: pub fn h()",
        "a::S.m: Map<u8, u8>",
        "a::S.x: &'a [u8]",
        "a::S: #[derive(Clone, Debug)] pub struct S<'a> and private fields",
        "a::S: impl Clone for S<'_>",
        "a::S::get: pub fn get<T: Into<u8>>(&self, c: char) -> Option<(T, u8)> where T: Copy",
        "a::T.0: u8",
        "a::T: pub struct T and private fields",
        "a::U: pub type U = u8",
        "a::V::W: const W: u8",
        "a::V::v: fn v(&self) -> u8",
        "a::V: pub trait V",
        "a: mod",
        "d: pub fn d()",
    ];
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(lines, expected);
}
