//! The network: gate stations, a ring of four junctions, the blocks; and the daily profiles.
//!
//! Capacities are ample but for one cut: the single line out of the southern gate and the two thin halves of the ring
//! that reach the southern junction. On the coldest day the southern source could give 400,000 m3 more than that line
//! carries, and Yanta and Qujiang, which hang on the southern junction, cannot get the difference from the ring.

use std::fmt::Write;

/// What the line out of the southern gate carries in a day, in thousand m3.
pub const SOUTHERN_LINE: u64 = 2_800;

/// From, to, thousand m3 a day, and whether the day's peak hour may take more than a 24th of it.
const LINKS: [(&str, &str, u64, bool); 36] = [
    ("north-pipeline", "north-gate", 9_000, true),
    ("west-pipeline", "west-gate", 6_500, true),
    ("east-lng", "east-gate", 2_000, true),
    ("south-pipeline", "south-gate", 4_000, true),
    ("north-gate", "ring-north", 9_000, true),
    ("west-gate", "ring-west", 6_500, true),
    ("east-gate", "ring-east", 2_000, true),
    ("south-gate", "ring-south", SOUTHERN_LINE, false),
    ("ring-north", "ring-west", 4_500, true),
    ("ring-west", "ring-north", 4_500, true),
    ("ring-north", "ring-east", 5_000, true),
    ("ring-east", "ring-north", 5_000, true),
    ("ring-west", "ring-south", 200, false),
    ("ring-south", "ring-west", 200, false),
    ("ring-east", "ring-south", 200, false),
    ("ring-south", "ring-east", 200, false),
    ("ring-north", "xincheng", 1_600, true),
    ("ring-east", "xincheng", 1_000, true),
    ("ring-west", "beilin", 1_200, true),
    ("ring-east", "beilin", 1_200, true),
    ("ring-north", "lianhu", 1_500, true),
    ("ring-west", "lianhu", 1_500, true),
    ("ring-south", "yanta", 3_000, true),
    ("ring-north", "weiyang", 3_900, true),
    ("ring-east", "baqiao", 3_000, true),
    ("ring-west", "gaoxin", 4_100, true),
    ("ring-south", "qujiang", 1_800, true),
    ("ring-north", "jingkai", 2_600, true),
    // The counties' own stations, and what joins them to the ring in the plan's extreme case.
    ("lantian-station", "lantian-gate", 500, true),
    ("lantian-gate", "lantian", 500, true),
    ("lantian-gate", "ring-east", 100, true),
    ("ring-east", "lantian", 200, true),
    ("zhouzhi-station", "zhouzhi-gate", 600, true),
    ("zhouzhi-gate", "zhouzhi", 600, true),
    ("zhouzhi-gate", "ring-west", 100, true),
    ("ring-west", "zhouzhi", 200, true),
];

/// The text of `links.csv`.
pub fn links_csv() -> String {
    let mut text = String::from("from,to,capacity_m3,capacity_m3_h\n");
    for (from, to, capacity, peaks) in LINKS {
        let capacity = capacity * 1000;
        // A fifth above the mean hour; blank means a 24th of the day.
        let hour = if peaks { (capacity / 20).to_string() } else { String::new() };
        let _ = writeln!(text, "{from},{to},{capacity},{hour}");
    }
    text
}

/// The profiles, clock hour by clock hour from midnight, in parts of ten thousand.
pub const PROFILES: [(&str, [u64; 24]); 8] = [
    // Meals: a small rise at breakfast, noon, and the evening's peak.
    (
        "cooking",
        hours(
            [100, 60, 50, 50, 80, 220, 480, 560, 430, 330, 380, 640],
            [660, 400, 300, 320, 480, 850, 1060, 920, 680, 480, 350, 120],
        ),
    ),
    // Large plants run evenly, a little more before dawn.
    (
        "heating-flat",
        hours(
            [425, 425, 430, 435, 440, 440, 435, 430, 420, 415, 405, 400],
            [395, 395, 395, 400, 405, 410, 415, 415, 415, 415, 420, 420],
        ),
    ),
    // Community boilers and wall-hung boilers are set back at night and run up at dawn and in the evening.
    (
        "heating-setback",
        hours(
            [330, 310, 300, 300, 320, 420, 520, 530, 480, 430, 400, 380],
            [370, 370, 370, 390, 430, 500, 540, 550, 530, 480, 400, 350],
        ),
    ),
    // Offices heat from early morning to the end of work.
    (
        "office-heating",
        hours(
            [180, 180, 180, 180, 250, 480, 700, 760, 720, 640, 580, 550],
            [530, 530, 530, 530, 510, 450, 350, 280, 250, 220, 220, 200],
        ),
    ),
    // Shops, schools and offices.
    (
        "daytime",
        hours(
            [120, 100, 90, 90, 110, 200, 370, 520, 560, 580, 650, 760],
            [740, 560, 520, 520, 560, 660, 720, 620, 420, 260, 160, 110],
        ),
    ),
    // Two shifts, from 06:00 to 22:00.
    (
        "two-shift",
        hours(
            [125, 125, 125, 125, 135, 300, 540, 560, 560, 560, 550, 520],
            [530, 560, 560, 560, 560, 540, 530, 540, 540, 500, 230, 125],
        ),
    ),
    // Three shifts, with a dip at each change.
    (
        "three-shift",
        hours(
            [410, 420, 420, 420, 420, 420, 410, 400, 415, 425, 425, 425],
            [420, 425, 425, 425, 400, 415, 415, 415, 415, 415, 415, 405],
        ),
    ),
    // Filling stations: early morning, noon and the change of drivers in the late afternoon.
    (
        "cng",
        hours(
            [260, 220, 200, 200, 260, 420, 520, 480, 400, 380, 420, 500],
            [520, 440, 420, 460, 560, 580, 520, 480, 480, 480, 440, 360],
        ),
    ),
];

const fn hours(morning: [u64; 12], afternoon: [u64; 12]) -> [u64; 24] {
    let mut day = [0; 24];
    let mut hour = 0;
    while hour < 12 {
        day[hour] = morning[hour];
        day[hour + 12] = afternoon[hour];
        hour += 1;
    }
    day
}

/// The text of `profiles.csv`.
pub fn profiles_csv() -> String {
    let mut text = String::from("profile,hour,share\n");
    for (name, shares) in PROFILES {
        for (hour, share) in shares.iter().enumerate() {
            let _ = writeln!(text, "{name},{hour},0.{share:04}");
        }
    }
    text
}
