//! TOML with places: what policy files and `case.toml` are read from.
//!
//! The parser keeps each number as it was written, so `0.3` never passes through a float, and each key's and
//! value's line and column, so that every later complaint can point at it. Tables keep the order of the file.

mod edit;
#[cfg_attr(not(feature = "files"), allow(dead_code, reason = "files are read by who has files"))]
mod kind;

pub(crate) use edit::override_origin;
pub(crate) use kind::{FileKind, parse_as, text};

use std::str::FromStr;

use toml::de::{DeTable, DeValue};

use crate::problem::{Origin, Place, Problems, nearest};
use crate::units::{Date, Decimal};

crate::messages! {
    /// What can be wrong with any TOML file, whatever it says.
    TreeMessage {
        "toml_syntax" = Syntax { what: String } =>
            "{what}", "see https://toml.io for how such a file is written";
            "文件格式有误：{what}", "TOML 的写法见 https://toml.io";
        "other_file" = IsWorkbook { wanted: &'static str } =>
            "this is a workbook or an archive, and a TOML file such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这是工作簿或压缩文件，此处应为 TOML 文件，例如 `{wanted}`", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "other_file" = IsTable { wanted: &'static str } =>
            "this is a table such as a CSV, and a TOML file such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这是表格（如 CSV），此处应为 TOML 文件，例如 `{wanted}`", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "other_file" = IsJson { wanted: &'static str } =>
            "this is data in JSON, and a TOML file such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这是 JSON 数据，此处应为 TOML 文件，例如 `{wanted}`", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "other_file" = IsPage { wanted: &'static str } =>
            "this is a page in HTML or XML, and a TOML file such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这是 HTML 或 XML 页面，此处应为 TOML 文件，例如 `{wanted}`", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "other_file" = IsProse { wanted: &'static str } =>
            "this is no TOML, and a TOML file such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这不是 TOML，此处应为 TOML 文件，例如 `{wanted}`", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "other_file" = IsOtherFile { like: &'static str, wanted: &'static str } =>
            "this is a file such as `{like}`, and one such as `{wanted}` belongs here", "give the path of such a file; `curtail init` writes a case with a scenario and a demand model, and `curtail policy show --source` a plan";
            "这是 `{like}` 一类的文件，此处应为 `{wanted}` 一类的文件", "请给出这种文件的路径；`curtail init` 会写出案例、情景和需求模型，`curtail policy show --source` 会写出预案";
        "bad_encoding" = NotUtf8 {} =>
            "this line is not in UTF-8, as a file in TOML must be", "save the file in UTF-8";
            "此行不是 UTF-8 编码，而 TOML 文件须为 UTF-8", "请将文件另存为 UTF-8";
        "unknown_key" = UnknownKey { key: String, near: String } =>
            "unknown key `{key}`", "did you mean `{near}`?";
            "没有这个键：`{key}`", "是不是 `{near}`？";
        "unknown_key" = StrangeKey { key: String, known: String } =>
            "unknown key `{key}`", "the keys here are: {known}";
            "没有这个键：`{key}`", "此处可用的键：{known}";
        "missing_key" = MissingKey { key: String } =>
            "the key `{key}` is missing", "add `{key} = ...` here";
            "缺少键 `{key}`", "请在此处补上 `{key} = ...`";
        "wrong_kind" = WrongKind { key: String, wanted: &'static str, wanted_zh: &'static str } =>
            "`{key}` must be {wanted}", "";
            "`{key}` 应为{wanted_zh}", "";
        "unknown_word" = UnknownWord { key: String, word: String, known: String } =>
            "`{key}` cannot be `{word}`", "it is one of: {known}";
            "`{key}` 不能是 `{word}`", "可用的值：{known}";
        "path_not_found" = NoSuchPath { path: String, part: String, near: String } =>
            "`{path}` names no value: there is no `{part}`", "there is: {near}";
            "`{path}` 没有对应的值：没有 `{part}`", "已有：{near}";
        "path_not_found" = NearPath { path: String, part: String, near: String } =>
            "`{path}` names no value: there is no `{part}`", "did you mean `{near}`?";
            "`{path}` 没有对应的值：没有 `{part}`", "是不是 `{near}`？";
        "bad_override" = BadOverride { text: String } =>
            "`{text}` is not PATH=VALUE", "write for example measures.NAME.LEVEL.limit=0.4";
            "`{text}` 不是 路径=值", "例如 measures.措施名.级别.limit=0.4";
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value begins.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole or decimal number, as written without underscores.
    Number(String),
    /// True or false.
    Bool(bool),
    /// A date or time, as TOML writes it.
    Time(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<(String, Node)>),
}

/// Nodes are alike when they say the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Reads TOML.
///
/// # Errors
/// All syntax errors at once, each with its place.
pub fn parse(text: &str, origin: &Origin) -> Result<Node, Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::of(text, origin);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut problems = Problems::new();
    for error in errors {
        let place = lines.place(error.span().map_or(0, |s| s.start));
        problems.error(place, TreeMessage::Syntax { what: error.message().to_owned() });
    }
    let node = lines.table(table.get_ref(), Place::line(origin.clone(), 1));
    problems.or(node).map(|(node, _)| node)
}

/// Finds line and column of a byte offset.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    origin: &'a Origin,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, origin: &'a Origin) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect(), origin }
    }

    fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let column = self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        Place::at(self.origin.clone(), line as u32, column as u32)
    }

    fn table(&self, table: &DeTable<'_>, place: Place) -> Node {
        let mut entries: Vec<(usize, (String, Node))> = table
            .iter()
            .map(|(key, value)| {
                let (at, name) = (key.span().start, key.get_ref().to_string());
                let node = self.node(value.get_ref(), self.place(at));
                (at, (name, node))
            })
            .collect();
        entries.sort_by_key(|(at, _)| *at);
        Node { place, value: Value::Table(entries.into_iter().map(|(_, entry)| entry).collect()) }
    }

    fn node(&self, value: &DeValue<'_>, place: Place) -> Node {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            // Hexadecimal and its like keep their prefix, so a reader of numbers refuses them.
            DeValue::Integer(number) => Value::Number(number.to_string().replace('_', "")),
            DeValue::Float(number) => Value::Number(number.as_str().replace('_', "")),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(time) => Value::Time(time.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item.get_ref(), self.place(item.span().start))).collect())
            }
            DeValue::Table(table) => return self.table(table, place),
        };
        Node { place, value }
    }
}

impl Node {
    /// An entry of a table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// One line a value, `path = value`, sorted by path: the same for every way of writing the same content.
    pub fn canonical(&self) -> String {
        let mut lines = Vec::new();
        self.lines(&mut String::new(), &mut lines);
        lines.sort();
        lines.concat()
    }

    fn lines(&self, path: &mut String, out: &mut Vec<String>) {
        let mut down = |name: &str, node: &Self| {
            let length = path.len();
            path.push('.');
            path.push_str(name);
            node.lines(path, out);
            path.truncate(length);
        };
        match &self.value {
            Value::Table(entries) => entries.iter().for_each(|(name, node)| down(name, node)),
            Value::List(items) => items.iter().enumerate().for_each(|(i, node)| down(&format!("{i:04}"), node)),
            Value::Text(text) => out.push(format!("{path} = {text:?}\n")),
            Value::Number(number) => {
                let plain = number.parse::<Decimal>().map_or_else(|_| number.clone(), |d| d.to_string());
                out.push(format!("{path} = {plain}\n"));
            }
            Value::Bool(truth) => out.push(format!("{path} = {truth}\n")),
            Value::Time(time) => out.push(format!("{path} = {time}\n")),
        }
    }
}

/// Reads a table key by key, collecting what is wrong, and complains about the keys nobody asked for.
pub struct Reader<'a, 'p> {
    node: &'a Node,
    asked: Vec<&'a str>,
    problems: &'p mut Problems,
}

/// `(English, 中文)` for the kind of value a key wants.
type Wanted = (&'static str, &'static str);

const TEXT: Wanted = ("a text in quotes", "带引号的文字");
const NUMBER: Wanted = ("a decimal number, not negative", "不小于零的小数");
const WHOLE: Wanted = ("a whole number, neither negative nor huge", "不小于零且不过大的整数");
const BOOL: Wanted = ("true or false", " true 或 false");
const LIST: Wanted = ("a list of texts", "文字列表");
const TABLE: Wanted = ("a table", "表");
const DATE: Wanted = ("a date, YYYY-MM-DD", "日期，写作 YYYY-MM-DD");

impl<'a, 'p> Reader<'a, 'p> {
    /// A reader of a table; anything else is a problem and reads as an empty table.
    pub fn new(key: &str, node: &'a Node, problems: &'p mut Problems) -> Self {
        if !matches!(node.value, Value::Table(_)) {
            wrong_kind(problems, node.place.clone(), key, TABLE);
        }
        Self { node, asked: Vec::new(), problems }
    }

    /// Where the table stands.
    pub fn place(&self) -> Place {
        self.node.place.clone()
    }

    /// The problems so far, to add one.
    pub const fn problems(&mut self) -> &mut Problems {
        self.problems
    }

    /// The value of an optional key.
    pub fn optional(&mut self, key: &'static str) -> Option<&'a Node> {
        #[cfg(all(test, feature = "cli"))]
        trace::note(&self.node.place, key, false);
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.node.get(key)
    }

    /// The value of a key that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        #[cfg(all(test, feature = "cli"))]
        trace::note(&self.node.place, key, true);
        let node = self.optional(key);
        if node.is_none() && matches!(self.node.value, Value::Table(_)) {
            self.problems.error(self.node.place.clone(), TreeMessage::MissingKey { key: key.to_owned() });
        }
        node
    }

    /// The value of a key that must be there, whose absence its reader has words of its own for.
    pub(crate) fn awaited(&mut self, key: &'static str) -> Option<&'a Node> {
        #[cfg(all(test, feature = "cli"))]
        trace::note(&self.node.place, key, true);
        self.optional(key)
    }

    /// The text of an optional key.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.optional(key)?;
        self.as_text(key, node)
    }

    /// The text of a key that must be there; empty if it is not.
    pub fn must_text(&mut self, key: &'static str) -> String {
        let node = self.required(key);
        node.and_then(|node| self.as_text(key, node)).unwrap_or_default()
    }

    /// A node as a text.
    pub fn as_text(&mut self, key: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => self.wrong(key, node, TEXT),
        }
    }

    /// An optional exact decimal.
    pub fn decimal(&mut self, key: &'static str) -> Option<Decimal> {
        let node = self.optional(key)?;
        self.as_decimal(key, node)
    }

    /// A node as an exact decimal.
    pub fn as_decimal(&mut self, key: &str, node: &Node) -> Option<Decimal> {
        match &node.value {
            Value::Number(number) => number.parse().ok().or_else(|| self.wrong(key, node, NUMBER)),
            _ => self.wrong(key, node, NUMBER),
        }
    }

    /// An optional whole number that fits its type.
    pub fn whole<T: FromStr>(&mut self, key: &'static str) -> Option<T> {
        let node = self.optional(key)?;
        self.as_whole(key, node)
    }

    /// A node as a whole number that fits its type.
    pub fn as_whole<T: FromStr>(&mut self, key: &str, node: &Node) -> Option<T> {
        match &node.value {
            Value::Number(number) => number.parse().ok().or_else(|| self.wrong(key, node, WHOLE)),
            _ => self.wrong(key, node, WHOLE),
        }
    }

    /// The whole numbers of an optional list, each fitting its type.
    pub fn wholes<T: FromStr>(&mut self, key: &'static str) -> Vec<T> {
        let items = self.list(key);
        let number = |node: &Node| match &node.value {
            Value::Number(number) => number.parse().ok(),
            _ => None,
        };
        let read = items.iter().filter_map(|item| number(item).or_else(|| self.wrong(key, item, WHOLE)));
        read.collect()
    }

    /// An optional truth.
    pub fn bool(&mut self, key: &'static str) -> Option<bool> {
        let node = self.optional(key)?;
        match &node.value {
            Value::Bool(truth) => Some(*truth),
            _ => self.wrong(key, node, BOOL),
        }
    }

    /// An optional date, quoted or bare.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let node = self.optional(key)?;
        match &node.value {
            Value::Text(text) | Value::Time(text) => text.parse().ok().or_else(|| self.wrong(key, node, DATE)),
            _ => self.wrong(key, node, DATE),
        }
    }

    /// An optional list of texts, each with its place; one text alone counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<(String, Place)>> {
        let node = self.optional(key)?;
        let items = match &node.value {
            Value::Text(_) => std::slice::from_ref(node),
            Value::List(items) => items.as_slice(),
            _ => return self.wrong(key, node, LIST),
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.place.clone())),
                _ => return self.wrong(key, item, LIST),
            }
        }
        Some(texts)
    }

    /// The items of an optional list.
    pub fn list(&mut self, key: &'static str) -> &'a [Node] {
        match self.optional(key) {
            None => &[],
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                wrong_kind(self.problems, node.place.clone(), key, ("a list of tables", "表的列表"));
                &[]
            }
        }
    }

    /// The entries of an optional table, in the order of the file.
    pub fn entries(&mut self, key: &'static str) -> &'a [(String, Node)] {
        match self.optional(key) {
            None => &[],
            Some(Node { value: Value::Table(entries), .. }) => entries,
            Some(node) => {
                wrong_kind(self.problems, node.place.clone(), key, TABLE);
                &[]
            }
        }
    }

    /// One of the words that `known` lists, with its meaning.
    pub fn word<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        #[cfg(all(test, feature = "cli"))]
        trace::note_words(&self.node.place, key, false, &known.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        let node = self.optional(key)?;
        let text = self.as_text(key, node)?;
        let found = known.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known = known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            let message = TreeMessage::UnknownWord { key: key.to_owned(), word: text, known };
            self.problems.error(node.place.clone(), message);
        }
        found
    }

    /// The remaining entries: those whose keys nobody has asked for yet and that `wanted` accepts. They count as
    /// asked for.
    pub fn others(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<(&'a str, &'a Node)> {
        let others = self.unasked(wanted);
        self.asked.extend(others.iter().map(|(name, _)| *name));
        others
    }

    fn unasked(&self, wanted: impl Fn(&str) -> bool) -> Vec<(&'a str, &'a Node)> {
        match &self.node.value {
            Value::Table(entries) => {
                let named = entries.iter().map(|(name, node)| (name.as_str(), node));
                named.filter(|(name, _)| !self.asked.contains(name) && wanted(name)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Complains about every key that was not asked for.
    pub fn finish(self) {
        let strange = self.unasked(|_| true);
        let asked = &self.asked;
        for (name, node) in strange {
            let message = match nearest(name, asked.iter().copied()) {
                Some(near) => TreeMessage::UnknownKey { key: name.to_owned(), near: near.to_owned() },
                None => TreeMessage::StrangeKey { key: name.to_owned(), known: asked.join(", ") },
            };
            self.problems.error(node.place.clone(), message);
        }
    }

    fn wrong<T>(&mut self, key: &str, node: &Node, wanted: Wanted) -> Option<T> {
        wrong_kind(self.problems, node.place.clone(), key, wanted);
        None
    }
}

/// A text as TOML quotes it.
pub(crate) fn quoted(text: &str) -> String {
    use std::fmt::Write;
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn wrong_kind(problems: &mut Problems, place: Place, key: &str, (wanted, wanted_zh): Wanted) {
    problems.error(place, TreeMessage::WrongKind { key: key.to_owned(), wanted, wanted_zh });
}

#[cfg(all(test, feature = "cli"))]
pub(crate) mod trace;

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        parse(text, &Origin::file("t.toml")).unwrap_or_else(|p| panic!("{p}"))
    }

    #[test]
    fn numbers_and_places_are_kept_as_written() {
        let node = tree("a = 1\n[b]\n  c = 0.30\n");
        let c = node.get("b").and_then(|b| b.get("c")).map(|c| (c.value.clone(), c.place.to_string()));
        assert_eq!(c, Some((Value::Number("0.30".into()), "t.toml:3:3".into())));
    }

    #[test]
    fn all_syntax_errors_come_at_once() {
        let problems = parse("a = \nb = 1\nc = ]\n", &Origin::file("t.toml")).map_err(|p| p.len());
        assert!(matches!(problems, Err(n) if n >= 2), "{problems:?}");
    }

    #[test]
    fn one_value_can_be_overridden_and_only_where_there_is_one() {
        let mut node = tree("[measures.x.low]\nlimit = 0.3\n");
        assert!(node.set("measures.x.low.limit=0.4").is_ok());
        assert!(node.canonical().contains(".measures.x.low.limit = 0.4"), "{}", node.canonical());
        let refused = node.set("measures.y.low.limit=0.4").map_err(|p| p.to_string());
        assert!(matches!(&refused, Err(text) if text.contains("there is no `y`")), "{refused:?}");
        assert!(node.set("nonsense").is_err());
    }

    #[test]
    fn canonical_text_ignores_order_and_spelling_of_numbers() {
        assert_eq!(tree("a = 0.30\nb = 'x'\n").canonical(), tree("b = \"x\"\na = 0.3\n").canonical());
    }
}
