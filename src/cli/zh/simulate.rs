//! The Chinese texts of the commands that simulate winters.

use super::CommandText;

pub(super) const COMMANDS: &[CommandText] = &[
    CommandText {
        path: "simulate",
        about: "模拟许多冬季：城市多久缺一次气、谁受影响、什么有用",
        usage: "curtail simulate [选项] <情景文件>\n      curtail simulate [选项] --compare <A> <B>",
        after: "示例：\n  curtail simulate scenario.toml --winters 1000\n  curtail simulate scenario.toml --out results --resume\n  \
            curtail simulate --compare today.toml with-lng.toml --out compared\n  \
            curtail simulate scenario.toml --sweep measures.MEASURE.LEVEL.limit=0.3,0.4,0.5\n  \
            curtail simulate scenario.toml --shard 3/8 --out part-3",
    },
    CommandText {
        path: "merge",
        about: "把一次模拟的各部分合并，结果与一次运行相同",
        usage: "curtail merge [选项] --out <文件夹> <文件夹>...",
        after: "示例：\n  curtail merge part-1 part-2 part-3 --out results",
    },
];

pub(super) const ARGS: &[(&str, &str, &str)] = &[
    ("simulate", "scenario", "情景文件"),
    ("simulate", "winters", "模拟多少个冬季，而不按情景文件"),
    ("simulate", "seed", "另用一个随机种子，而不按情景文件"),
    ("simulate", "threads", "用多少个线程；默认用全部核心"),
    ("simulate", "shard", "只模拟其中一部分，如 3/8；各部分用 merge 合并"),
    ("simulate", "compare", "同样的冬季下比较两个情景"),
    ("simulate", "sweep", "同样的冬季下，让预案的一个值（路径前加 `scenario.` 则为情景的值）依次取这些值"),
    ("simulate", "set", "修改预案中的一个值，路径前加 `scenario.` 则修改情景；可多次给出"),
    (
        "simulate",
        "day",
        "把某个冬季（从 0 起编号）的一日写成 --out 中的案例，用 decide 可得同样的决定，如 17/2027-01-09",
    ),
    ("simulate", "out", "将 results.json 和各表写入此文件夹；完成之前每隔数秒保存已完成的部分"),
    ("simulate", "each_day", "另将每个冬季的每一天写入 --out 中的 winter-days.csv：每个冬季约 10 kB"),
    ("simulate", "parquet", "另将季节、逐日和逐冬各表写成列式的 Parquet；须为含此功能的程序"),
    ("simulate", "resume", "接着此文件夹中被中断的运行继续"),
    ("merge", "parts", "各部分的文件夹，由 `simulate --shard` 写出"),
    ("merge", "parquet", "另将季节、逐日和逐冬各表写成列式的 Parquet；须为含此功能的程序"),
    ("merge", "out", "将全部结果写入此文件夹"),
];
