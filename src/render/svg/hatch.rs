//! Fills that stay apart in black and white: a tint each, and a hatching of its own.

use std::fmt::Write;

/// How many fills there are.
pub(in crate::render) const FILLS: usize = 13;

/// Tints (light enough for black words on them) with the strokes of a tile 12 wide and high; the last is for all others.
const TILES: [(&str, &str, &str); FILLS] = [
    ("#f4c7b8", "#a5402a", "M-3,3 L3,-3 M0,12 L12,0 M9,15 L15,9"),
    ("#c9dcf2", "#2f5d93", "M0,3 H12 M0,9 H12"),
    ("#fbe3a4", "#96700c", "M-3,9 L3,15 M0,0 L12,12 M9,-3 L15,3"),
    ("#cfe8c6", "#3c7a2d", "M3,0 V12 M9,0 V12"),
    ("#e3cfee", "#6f3f93", "M2,2 h2 M8,8 h2"),
    ("#f6d3e2", "#9c3465", "M-3,3 L3,-3 M0,12 L12,0 M9,15 L15,9 M-3,9 L3,15 M0,0 L12,12 M9,-3 L15,3"),
    ("#c8ebe6", "#1f7a6d", "M0,6 H12"),
    ("#ead9c0", "#7b5a2a", "M0,3 H12 M0,9 H12 M3,0 V12 M9,0 V12"),
    ("#d9dcf7", "#474fa8", "M6,0 V12"),
    ("#e6efb5", "#6c7d12", "M0,9 L3,3 L6,9 L9,3 L12,9"),
    ("#ffdcb8", "#a85c0c", "M3,3 h6 v6 h-6 z"),
    ("#d3e4ea", "#3a6c80", "M2,2 h2 M8,2 h2 M5,8 h2 M11,8 h2"),
    ("#e4e4e4", "#6a6a6a", "M6,6 h1"),
];

/// The tiles, as definitions of a picture.
pub(in crate::render) fn definitions(to: &mut String) {
    for (i, (tint, ink, path)) in TILES.iter().enumerate() {
        let _ = writeln!(
            to,
            "<pattern id=\"f{i}\" width=\"12\" height=\"12\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"12\" height=\"12\" fill=\"{tint}\"/>\
             <path d=\"{path}\" stroke=\"{ink}\" stroke-width=\"1.1\" stroke-opacity=\"0.55\" fill=\"none\"/></pattern>"
        );
    }
}

/// The colour and the ink of a level's band.
pub(in crate::render) fn level(colour: &str) -> (&'static str, &'static str) {
    match colour {
        "blue" => ("#2f74c0", "#ffffff"),
        "yellow" => ("#f5d020", "#000000"),
        "orange" => ("#f08c1e", "#000000"),
        "red" => ("#c62828", "#ffffff"),
        _ => ("#9a9a9a", "#000000"),
    }
}
