//! The help in Chinese: a text for every command and every argument, laid over the English definition.

#[cfg(feature = "record")]
mod response;
mod simulate;

/// Without the record its commands have no texts.
#[cfg(not(feature = "record"))]
mod response {
    pub(super) const COMMANDS: &[super::CommandText] = &[];
    pub(super) const ARGS: &[(&str, &str, &str)] = &[];
}

use clap::Command;

/// A command's texts.
struct CommandText {
    /// The words typed, `policy show`; empty for the program itself.
    path: &'static str,
    about: &'static str,
    usage: &'static str,
    after: &'static str,
}

const OWN_COMMANDS: &[CommandText] = &[
    CommandText {
        path: "",
        about: "把成文的天然气限供预案和当日数据变成人人可核对的决定",
        usage: "curtail [选项] <命令>",
        after: "示例：\n  curtail init demo\n  curtail -C demo decide\n  curtail -C demo decide --shortfall 22 --out orders\n\n案例是一个文件夹，内有一座城市的各张表。\n\n退出状态：\n  0  完成\n  1  程序失败（缺陷、磁盘已满）\n  2  命令行或输入有误\n  3  已作决定，但超出本级授权\n  4  不成立：决定（verify）或预案的测试（policy test）",
    },
    CommandText {
        path: "init",
        about: "写出一个完整的小型合成案例，可立即决策",
        usage: "curtail init [选项] <文件夹>",
        after: "示例：\n  curtail init demo --lang zh && curtail -C demo decide",
    },
    CommandText {
        path: "check",
        about: "读取预案和案例，一次报告全部问题",
        usage: "curtail check [选项]",
        after: "示例：\n  curtail -C demo check",
    },
    CommandText {
        path: "decide",
        about: "作出当日决定：显示在屏幕上，加 --out 则写成文件",
        usage: "curtail decide [选项]",
        after: "示例：\n  curtail -C demo decide\n  curtail -C demo decide --date 2026-01-07 --out orders\n  \
            curtail -C demo decide --shortfall 12.5 --set measures.MEASURE.LEVEL.limit=0.4\n  \
            curtail -C demo decide --out orders --xlsx\n  \
            curtail -C demo decide --revise --at 12:00",
    },
    CommandText {
        path: "explain",
        about: "说明某用户、类别、区域、企业、措施或级别为何如此",
        usage: "curtail explain [选项] <对象>",
        after: "示例：\n  curtail -C demo explain 用户编号\n  curtail -C demo explain 用户编号 --against 另一用户\n  \
            curtail -C demo explain level --shortfall 12\n  curtail -C demo explain 用户编号 --decision orders/decision.json",
    },
    CommandText {
        path: "verify",
        about: "对照案例核对一份决定，不用求解器",
        usage: "curtail verify [选项] <文件>",
        after: "示例：\n  curtail -C demo decide --out orders && curtail -C demo verify orders/decision.json --orders orders/orders.csv",
    },
    CommandText {
        path: "hours",
        about: "全日逐小时情况，以及管存降至下限尚有几小时",
        usage: "curtail hours [选项]",
        after: "示例：\n  curtail -C demo hours\n  curtail -C demo hours --date 2026-01-07 --format csv\n  curtail -C demo hours --lang zh --out hours.svg",
    },
    CommandText {
        path: "curve",
        about: "缺口从 0 增至 100% 时谁被压减",
        usage: "curtail curve [选项]",
        after: "示例：\n  curtail -C demo curve\n  curtail -C demo curve --lang zh --out who-loses.svg",
    },
    CommandText {
        path: "fit",
        about: "由历史用气估计用气如何随天气与日历变化",
        usage: "curtail fit [选项] <历史数据>",
        after: "示例：\n  curtail -C demo fit history.csv --holidays holidays.csv --out demand-model.toml --plot fit.svg\n  \
            curtail -C demo fit history.csv --format json\n\n\
            历史数据为 CSV：日期、日平均气温，每个用户类别一列，如 类别(m3)；一季或多季的逐日数据。",
    },
    CommandText {
        path: "policy",
        about: "以可读的规则列出和显示预案",
        usage: "curtail policy [选项] <命令>",
        after: "示例：\n  curtail policy list",
    },
    CommandText {
        path: "policy list",
        about: "列出内置预案",
        usage: "curtail policy list [选项]",
        after: "示例：\n  curtail policy list",
    },
    CommandText {
        path: "policy show",
        about: "以可读的规则显示一份预案，每条附依据",
        usage: "curtail policy show [选项] [编号|路径]",
        after: "示例：\n  curtail policy show PLAN\n  curtail policy show --source > my-plan.toml",
    },
    CommandText {
        path: "policy check",
        about: "一份预案在任何缺口下成立的结论；有案例时按其城市核对",
        usage: "curtail policy check [选项] [编号|路径]",
        after: "示例：\n  curtail -C demo policy check\n  curtail policy check 预案编号",
    },
    CommandText {
        path: "policy test",
        about: "运行预案旁的测试，并列出没有测试涉及的规则",
        usage: "curtail policy test [选项] [编号|路径]...",
        after: "示例：\n  curtail policy test\n  curtail policy test my-plan.toml --min-coverage 90\n\n\
            my-plan.toml 的测试是 my-plan.test.toml。\n\n\
            退出状态：\n  0  全部测试通过\n  2  预案或其测试无法读取\n  4  有测试未通过，或涉及的规则少于 --min-coverage 的要求",
    },
    CommandText {
        path: "policy diff",
        about: "两份预案有何不同：逐条规则比较；有案例时说明哪些用户所受影响不同",
        usage: "curtail policy diff [选项] <A> [B]",
        after: "示例：\n  curtail policy diff 预案编号 my-proposal.toml\n  curtail -C demo policy diff 预案编号 my-proposal.toml\n  \
            curtail -C demo policy diff 预案编号 --set measures.措施名.级别.limit=0.4",
    },
    CommandText {
        path: "policy schema",
        about: "输出预案文件的 JSON Schema，供编辑器使用",
        usage: "curtail policy schema [选项]",
        after: "示例：\n  curtail policy schema --lang zh > policy.schema.json",
    },
    CommandText {
        path: "schema",
        about: "输出某类文件的 JSON Schema，供编辑器和程序使用",
        usage: "curtail schema [选项] <case|policy|decision|tests|demand-model|scenario>",
        after: "示例：\n  curtail schema case --lang zh > case.schema.json",
    },
    CommandText {
        path: "completions",
        about: "输出某种 shell 的补全脚本",
        usage: "curtail completions [选项] <SHELL>",
        after: "示例：\n  curtail completions bash > ~/.local/share/bash-completion/completions/curtail",
    },
    CommandText {
        path: "man",
        about: "输出手册页",
        usage: "curtail man [选项]",
        after: "示例：\n  curtail man > curtail.1 && man ./curtail.1",
    },
];

/// Command, argument and its text; the command is empty for the flags that all commands take.
const OWN_ARGS: &[(&str, &str, &str)] = &[
    ("", "case", "案例文件夹；默认为当前文件夹"),
    ("", "lang", "语言：en 或 zh；默认按系统区域设置"),
    ("", "format", "数据的输出格式：table、json 或 csv；默认 table"),
    ("", "csv_encoding", "CSV 表格的编码：utf-8，或供 Excel 使用的 utf-8-bom、gb18030；默认 utf-8"),
    ("", "color", "何时使用颜色：auto、always 或 never；auto 时尊重 NO_COLOR"),
    ("", "quiet", "标准错误上只报告错误"),
    ("", "verbose", "显示更多：每一供气次序、每一处问题"),
    ("", "drill", "演练：每份输出均注明，并使用单独的记录"),
    ("", "now", "代替时钟的时间，按案例所在时区书写，或带时差"),
    ("", "help", "显示帮助"),
    ("", "version", "显示版本"),
    ("init", "dir", "要写入的文件夹：新建的或空的"),
    ("init", "xlsx", "各表写入一个工作簿，带下拉列表和说明"),
    ("check", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("decide", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("decide", "supply", "假设各气源合计供应量为此数（m3），各气源按比例调整"),
    ("decide", "shortfall", "假设供应比需求少百分之几"),
    ("decide", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("decide", "solver", "只用一种算法：exact 或 lp；默认两者互相验证"),
    ("decide", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("decide", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    ("decide", "out", "将 decision.json 和 orders.csv 写入此文件夹，按小时决策时另写 orders-hours.csv"),
    ("decide", "revise", "重新决定当日余下时段；修订下达之前，现行指令仍有效"),
    ("decide", "at", "与 --revise 同用：自此整点起，HH:00"),
    ("decide", "remaining_supply", "与 --revise 同用：supply.csv 所列为当日余量，而非全日气量"),
    ("decide", "all", "指令表列出全部用户，而非仅被压减者"),
    ("decide", "xlsx", "与 --out 同用：另写供 Excel、WPS 使用的工作簿 orders.xlsx，含各企业名单"),
    ("decide", "each_company", "与 --xlsx 同用：每家企业的名单单独成一个工作簿 list-企业.xlsx"),
    ("explain", "what", "用户（编号或名称的一部分）、类别、区域、企业、措施，或 level（级别）"),
    ("explain", "against", "与另一用户对照：两者为何不同"),
    ("explain", "decision", "说明此决定文件当时的内容，不重新计算"),
    ("explain", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("explain", "supply", "假设各气源合计供应量为此数（m3），各气源按比例调整"),
    ("explain", "shortfall", "假设供应比需求少百分之几"),
    ("explain", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("explain", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("explain", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    ("explain", "revises", "修订类决定所修订的 decision.json（案例记录中没有时）"),
    ("explain", "revise", "说明当日余下时段的重新决定"),
    ("explain", "at", "与 --revise 同用：自此整点起，HH:00"),
    ("explain", "remaining_supply", "与 --revise 同用：supply.csv 所列为当日余量，而非全日气量"),
    ("verify", "file", "决定文件 decision.json"),
    ("verify", "orders", "同时核对的指令表 orders.csv 或 orders.xlsx"),
    ("verify", "revises", "修订类决定所修订的 decision.json（案例记录中没有时）"),
    ("hours", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("hours", "supply", "假设各气源合计供应量为此数（m3），各气源按比例调整"),
    ("hours", "shortfall", "假设供应比需求少百分之几"),
    ("hours", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("hours", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("hours", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    ("hours", "out", "写入此文件，按扩展名为图、表或数据：.svg、.csv 或 .json"),
    ("curve", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("curve", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("curve", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("curve", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    ("curve", "area", "只看主城区以外的这一区域，按编号或名称"),
    ("curve", "out", "写入此文件，按扩展名为图、表或数据：.svg、.csv 或 .json"),
    ("fit", "history", "历史用气：CSV 或 .xlsx，列为日期、日平均气温，每个用户类别一列"),
    ("fit", "holidays", "历史数据所在年份的节假日：CSV 或 .xlsx；省略则用案例的节假日表"),
    ("fit", "threshold", "低于此气温（摄氏度）才计采暖度数"),
    ("fit", "without", "历史数据中可以没有、模型也不含的用户类别；可多次给出"),
    ("fit", "out", "把需求模型写入此文件：.toml"),
    ("fit", "plot", "把用气与气温的散点图（每类一幅）写入此文件：.svg"),
    ("policy show", "policy", "内置预案的编号或预案文件的路径；省略则为案例的预案"),
    ("policy show", "source", "按原样输出预案文件"),
    ("policy show", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("policy check", "policy", "内置预案的编号或预案文件的路径；省略则为案例的预案"),
    ("policy check", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("policy check", "set", "本次运行修改预案中的一个值；可多次给出"),
    ("policy check", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("policy check", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    ("policy test", "policies", "内置预案的编号，或预案文件、测试文件的路径；省略则为全部内置预案"),
    ("policy test", "min_coverage", "每份预案至少应有百分之几的规则为测试所涉及，否则不成立"),
    ("policy schema", "tests", "改为输出预案测试文件（*.test.toml）的 JSON Schema"),
    ("policy diff", "one", "内置预案的编号或预案文件的路径"),
    ("policy diff", "other", "另一份；省略则与按 --set 改值后的 A 比较"),
    ("policy diff", "date", "供气日，YYYY-MM-DD；省略则为今日"),
    ("policy diff", "set", "修改 B（而非 A）中的一个值；可多次给出"),
    ("policy diff", "burdens", "各区块本季已承担的负担：CSV，列为 district, burden，可另有 turns（轮到的日期）"),
    ("policy diff", "unified", "将主城区以外并入统一平衡（预案所称极端情况）"),
    (
        "schema",
        "what",
        "文件类别：case、policy、decision、tests（预案的测试）、demand-model（需求模型）或 scenario（情景）",
    ),
    ("completions", "shell", "shell：bash、elvish、fish、powershell 或 zsh"),
];

/// The texts of all commands.
fn commands() -> impl Iterator<Item = &'static CommandText> {
    OWN_COMMANDS.iter().chain(simulate::COMMANDS).chain(response::COMMANDS)
}

/// The texts of all arguments.
fn arguments() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    OWN_ARGS.iter().chain(simulate::ARGS).chain(response::ARGS)
}

const WITH_COMMANDS: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The same command line, its help in Chinese.
pub(crate) fn translate(command: Command) -> Command {
    below(command, "")
}

fn below(mut command: Command, path: &str) -> Command {
    if let Some(text) = commands().find(|text| text.path == path) {
        command = command.about(text.about).after_help(text.after);
        command = command.override_usage(text.usage).help_template(WITH_COMMANDS).subcommand_help_heading("命令");
    }
    let args: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in args {
        let text = arguments().find(|(of, arg, _)| *of == path && *arg == id);
        let heading = if path.is_empty() { "全局选项" } else { "选项" };
        command = command.mut_arg(id, |arg| {
            let heading = if arg.is_positional() { "参数" } else { heading };
            let arg = arg.help_heading(heading);
            let values = arg.get_action().takes_values();
            let arg = if values { arg.hide_default_value(true) } else { arg };
            match text {
                Some((_, _, text)) => arg.help(*text),
                None => arg,
            }
        });
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |sub| below(sub, &path));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn walk(command: &Command, path: &str, seen: &mut Vec<(String, Option<String>)>) {
        seen.push((path.to_owned(), None));
        let args = command.get_arguments().map(|arg| (path.to_owned(), Some(arg.get_id().to_string())));
        seen.extend(args);
        for sub in command.get_subcommands() {
            let path = if path.is_empty() { sub.get_name().to_owned() } else { format!("{path} {}", sub.get_name()) };
            walk(sub, &path, seen);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_chinese_text_and_every_text_a_use() {
        let mut seen = Vec::new();
        walk(&crate::cli::Cli::command(), "", &mut seen);
        for (path, arg) in &seen {
            match arg {
                None => assert!(commands().any(|text| text.path == path), "`{path}` has no text"),
                Some(arg) => {
                    assert!(arguments().any(|(of, id, _)| of == path && id == arg), "`{path}` `{arg}` has no text");
                }
            }
        }
        assert_eq!(seen.len(), commands().count() + arguments().count());
    }

    #[test]
    fn every_command_ends_its_help_with_an_example_in_both_languages() {
        fn check(command: &Command, example: [&str; 2]) {
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(example.iter().any(|word| after.starts_with(word)), "{}: {after}", command.get_name());
            command.get_subcommands().for_each(|sub| check(sub, example));
        }
        check(&crate::cli::Cli::command(), ["Example:\n", "Examples:\n"]);
        check(&translate(crate::cli::Cli::command()), ["示例：\n", "示例：\n"]);
    }

    #[test]
    fn the_definitions_are_sound() {
        crate::cli::Cli::command().debug_assert();
        translate(crate::cli::Cli::command()).debug_assert();
    }
}
