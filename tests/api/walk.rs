//! Follows the modules of a crate and lists what is public in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::tokens::Token::{self, Group, Mark, Word};
use crate::tokens::{past_angles, split, text, tokens, without_attributes};

/// The path of a module or item, from the crate's root.
type At = Vec<String>;

#[derive(Default)]
struct Module {
    public: bool,
    attributes: String,
    /// By name: the lines of an item and of its parts, each with what stands behind the item's path.
    items: BTreeMap<String, Vec<String>>,
    /// What `use` brings in: name, path, whether it is public.
    uses: Vec<(String, At, bool)>,
    /// Inherent methods and implementations, by the name of their type.
    impls: Vec<(String, Vec<String>)>,
    children: Vec<String>,
}

#[derive(Default)]
struct Crate {
    modules: BTreeMap<At, Module>,
}

/// One line an item, sorted. `besides` are modules of the root that are left out.
pub fn public_api(root: &Path, besides: &[&str]) -> Vec<String> {
    let mut all = Crate::default();
    all.file(root, root.parent().unwrap(), At::new(), besides);
    let mut lines = BTreeSet::new();
    let (mut seen, mut public) = (BTreeSet::new(), BTreeMap::new());
    all.list(&At::new(), &At::new(), &mut seen, &mut lines, &mut public);
    // Methods may stand in any module.
    for (at, module) in &all.modules {
        for (name, members) in &module.impls {
            let Some(shown) = all.resolve(at, name, 0).and_then(|at| public.get(&at)) else { continue };
            lines.extend(members.iter().map(|member| format!("{}{member}", shown.join("::"))));
        }
    }
    lines.into_iter().collect()
}

impl Crate {
    fn file(&mut self, path: &Path, dir: &Path, at: At, besides: &[&str]) {
        let source = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        self.modules.entry(at.clone()).or_default();
        self.items(&tokens(&source), dir, &at, besides);
    }

    fn items(&mut self, tokens: &[Token], dir: &Path, at: &At, besides: &[&str]) {
        let mut rest = tokens;
        while !rest.is_empty() {
            let item = Item::next(&mut rest);
            if item.hidden {
                continue;
            }
            let [Word(kind), Word(name), ..] = item.head() else {
                self.take(at, &item);
                continue;
            };
            if kind == "mod" && !(at.is_empty() && besides.contains(&name.as_str())) {
                let mut child = at.clone();
                child.push(name.clone());
                let module = self.modules.entry(child.clone()).or_default();
                (module.public, module.attributes) = (item.public, item.attributes());
                self.modules.get_mut(at).unwrap().children.push(name.clone());
                match item.tokens.last() {
                    Some(Group('{', inner)) => self.items(inner, &dir.join(name), &child, &[]),
                    _ => {
                        let below = dir.join(name);
                        let file = dir.join(format!("{name}.rs"));
                        let file = if file.exists() { file } else { below.join("mod.rs") };
                        self.file(&file, &below, child, &[]);
                    }
                }
            } else if kind != "mod" {
                self.take(at, &item);
            }
        }
    }

    fn take(&mut self, at: &At, item: &Item<'_>) {
        let module = self.modules.get_mut(at).unwrap();
        let head = item.head();
        match head.first() {
            Some(Word(word)) if word == "use" => {
                let inner = head[1..].strip_suffix(&[Mark(";")]).unwrap_or(&head[1..]);
                imports(inner, at, None, item.public, &mut module.uses);
            }
            Some(Word(word)) if word == "impl" => module.impls.extend(implementation(head)),
            Some(Word(_)) if item.invocation().is_some() => {
                let (name, body) = item.invocation().unwrap();
                let (name, lines) = if name == "messages" {
                    messages(body)
                } else {
                    (format!("{name}!"), vec![format!(": {}", text(body))])
                };
                module.items.insert(name, lines);
            }
            _ if item.public => {
                if let Some((name, lines)) = item.lines() {
                    module.items.insert(name, lines);
                }
            }
            _ => {
                // A private type is known by name, so that its methods are nobody else's.
                if let Some(name) = item.private_type() {
                    module.items.insert(name, Vec::new());
                }
            }
        }
    }

    /// Lists a module under the path that it is shown by.
    fn list(
        &self,
        at: &At,
        shown: &At,
        seen: &mut BTreeSet<(At, At)>,
        lines: &mut BTreeSet<String>,
        public: &mut BTreeMap<At, At>,
    ) {
        let Some(module) = self.modules.get(at) else { return };
        if !seen.insert((at.clone(), shown.clone())) {
            return;
        }
        for (name, item) in module.items.iter().filter(|(_, item)| !item.is_empty()) {
            let here = join(shown, name);
            lines.extend(item.iter().map(|line| format!("{}{line}", here.join("::"))));
            public.entry(join(at, name)).or_insert(here);
        }
        for child in &module.children {
            let (below, here) = (join(at, child), join(shown, child));
            if self.modules[&below].public {
                lines.insert(format!("{}: {}mod", here.join("::"), self.modules[&below].attributes));
                self.list(&below, &here, seen, lines, public);
            }
        }
        for (name, path, _) in module.uses.iter().filter(|(.., public)| *public) {
            if name == "*" {
                self.list(path, shown, seen, lines, public);
                continue;
            }
            let (last, parent) = path.split_last().unwrap();
            if let Some(found) = self.resolve(&parent.to_vec(), last, 0) {
                let (item, parent) = found.split_last().unwrap();
                let here = join(shown, name);
                let item = &self.modules[parent].items[item];
                lines.extend(item.iter().map(|line| format!("{}{line}", here.join("::"))));
                public.entry(found).or_insert(here);
            }
        }
    }

    /// Where an item is defined that a module calls by this name.
    fn resolve(&self, at: &At, name: &str, depth: usize) -> Option<At> {
        let module = self.modules.get(at).filter(|_| depth < 10)?;
        if module.items.contains_key(name) {
            return Some(join(at, name));
        }
        let named = module.uses.iter().filter(|(known, ..)| known == name);
        let mut found = named.filter_map(|(_, path, _)| {
            let (last, parent) = path.split_last()?;
            self.resolve(&parent.to_vec(), last, depth + 1)
        });
        let globs = module.uses.iter().filter(|(known, ..)| known == "*");
        found.next().or_else(|| globs.filter_map(|(_, path, _)| self.resolve(path, name, depth + 1)).next())
    }
}

fn join(at: &[String], name: &str) -> At {
    at.iter().cloned().chain([name.to_owned()]).collect()
}

/// An item: its attributes, whether it is public, and its tokens up to its body or semicolon.
struct Item<'t> {
    hidden: bool,
    kept: Vec<String>,
    public: bool,
    /// Behind attributes and visibility.
    from: usize,
    tokens: &'t [Token],
}

impl<'t> Item<'t> {
    fn next(rest: &mut &'t [Token]) -> Self {
        let all = *rest;
        let (mut at, mut hidden, mut kept) = (0, false, Vec::new());
        loop {
            match &all[at..] {
                [Mark("#"), Mark("!"), Group('[', _), ..] => at += 3,
                [Mark("#"), Group('[', inner), ..] => {
                    let attribute = text(inner);
                    hidden |= attribute == "cfg(test)" || attribute == "doc(hidden)";
                    if ["derive(", "non_exhaustive", "cfg("].iter().any(|known| attribute.starts_with(known)) {
                        kept.push(format!("#[{attribute}] "));
                    }
                    at += 2;
                }
                _ => break,
            }
        }
        let mut from = at;
        let is_pub = all.get(at) == Some(&Word("pub".into()));
        let narrow = is_pub
            && matches!(all.get(at + 1), Some(Group('(', inner)) if matches!(&inner[..], [Word(w), ..] if ["crate", "super", "self", "in"].contains(&w.as_str())));
        from += usize::from(is_pub) + usize::from(narrow);
        // `const` and `type` end at a semicolon, whatever braces come before it.
        let by_semicolon = match &all[from.min(all.len())..] {
            [Word(w), Word(next), ..] => {
                ["use", "type", "static"].contains(&w.as_str()) || (w == "const" && next != "fn" && next != "unsafe")
            }
            [Word(w), ..] => w == "use",
            _ => false,
        };
        let ends = |token: &Token| match token {
            Mark(";") => true,
            Group('{', _) => !by_semicolon,
            _ => false,
        };
        let end = all[from.min(all.len())..].iter().position(ends).map_or(all.len(), |end| from + end + 1);
        *rest = &all[end..];
        Self { hidden, kept, public: is_pub && !narrow, from, tokens: &all[..end] }
    }

    fn head(&self) -> &'t [Token] {
        &self.tokens[self.from.min(self.tokens.len())..]
    }

    fn attributes(&self) -> String {
        self.kept.concat()
    }

    /// `path::name! { body }`.
    fn invocation(&self) -> Option<(&'t str, &'t [Token])> {
        let head = self.head();
        let at = head.iter().position(|token| *token == Mark("!"))?;
        let plain = head[..at].iter().all(|token| matches!(token, Word(_) | Mark("::")));
        let Some(Word(name)) = head[..at].last().filter(|_| plain && at < 8) else { return None };
        let body =
            head[at + 1..].iter().find_map(|token| if let Group(_, body) = token { Some(body) } else { None })?;
        (!["macro_rules", "const", "fn"].contains(&name.as_str())).then_some((name, body))
    }

    fn private_type(&self) -> Option<String> {
        match self.head() {
            [Word(kind), Word(name), ..] if ["struct", "enum", "trait"].contains(&kind.as_str()) => Some(name.clone()),
            _ => None,
        }
    }

    /// The item's name, and its lines.
    fn lines(&self) -> Option<(String, Vec<String>)> {
        let head = self.head();
        let kinds = ["struct", "enum", "trait", "fn", "type", "const", "static", "union"];
        let at =
            head.iter().position(|t| matches!(t, Word(w) if kinds.contains(&w.as_str()) && !is_const_fn(head, t)))?;
        let (Word(kind), Word(name)) = (&head[at], head.get(at + 1)?) else { return None };
        let (declared, body) = match head.split_last()? {
            (Group('{', body), declared) => (declared, body.as_slice()),
            (Mark(";"), declared) => (declared, &[][..]),
            _ => (head, &[][..]),
        };
        let parts = split(body);
        let mut lines = Vec::new();
        let mut declared = declared.to_vec();
        let mut private = false;
        match kind.as_str() {
            "struct" => {
                let tuple = match declared.last() {
                    Some(Group('(', fields)) => split(fields).into_iter().map(<[Token]>::to_vec).collect(),
                    _ => Vec::new(),
                };
                if matches!(declared.last(), Some(Group('(', _))) {
                    declared.pop();
                }
                for (number, field) in tuple.iter().enumerate() {
                    match field.split_first() {
                        Some((Word(word), kind)) if word == "pub" => lines.push(format!(".{number}: {}", text(kind))),
                        _ => private = true,
                    }
                }
                for part in parts {
                    let mut rest = part;
                    let field = Item::next(&mut rest);
                    match field.public {
                        true => lines.push(format!(".{}", text(field.head()))),
                        false => private = true,
                    }
                }
            }
            "enum" => lines.extend(parts.into_iter().map(|part| {
                let mut rest = part;
                while let [Mark("#"), Group('[', _), after @ ..] = rest {
                    rest = after;
                }
                format!("::{}", text(&without_attributes(rest)))
            })),
            "trait" => {
                let mut rest = body;
                while !rest.is_empty() {
                    let member = Item::next(&mut rest);
                    let shown = signature(member.head());
                    lines.push(format!("::{}: {shown}", name_of(member.head())));
                }
            }
            _ => {}
        }
        let private = if private { " and private fields" } else { "" };
        lines.push(format!(": {}pub {}{private}", self.attributes(), text(&declared)));
        Some((name.clone(), lines))
    }
}

fn is_const_fn(head: &[Token], token: &Token) -> bool {
    let fns = head.iter().position(|t| *t == Word("fn".into()));
    *token == Word("const".into()) && fns.is_some_and(|at| at < 4)
}

/// A signature without its body.
fn signature(head: &[Token]) -> String {
    match head.split_last() {
        Some((Group('{', _) | Mark(";"), declared)) => text(declared),
        _ => text(head),
    }
}

/// The name behind `fn`, `const` or `type`.
fn name_of(head: &[Token]) -> String {
    let at = head.iter().position(|t| *t == Word("fn".into()));
    let at = at.or_else(|| head.iter().position(|t| matches!(t, Word(w) if w == "const" || w == "type")));
    match at.and_then(|at| head.get(at + 1)) {
        Some(Word(name)) => name.clone(),
        _ => text(head),
    }
}

/// The type of an `impl`, and the lines of its public members or of the trait it implements.
fn implementation(head: &[Token]) -> Option<(String, Vec<String>)> {
    let (Group('{', body), declared) = head.split_last()? else { return None };
    let mut at = 1;
    if declared.get(1) == Some(&Mark("<")) {
        at = past_angles(declared, 1);
    }
    let before_where = declared.iter().position(|t| *t == Word("where".into())).unwrap_or(declared.len());
    let target =
        declared[at..before_where].iter().rposition(|t| *t == Word("for".into())).map_or(at, |found| at + found + 1);
    let angle =
        declared[target..before_where].iter().position(|t| *t == Mark("<")).map_or(before_where, |a| target + a);
    let Some(Word(name)) = declared[target..angle].iter().rfind(|t| matches!(t, Word(_))) else { return None };
    if target != at {
        return Some((name.clone(), vec![format!(": {}", text(declared))]));
    }
    let (mut rest, mut lines) = (body.as_slice(), Vec::new());
    while !rest.is_empty() {
        let member = Item::next(&mut rest);
        if member.public && !member.hidden {
            let cfg: String = member.kept.iter().filter(|a| a.starts_with("#[cfg")).cloned().collect();
            lines.push(format!("::{}: {cfg}pub {}", name_of(member.head()), signature(member.head())));
        }
    }
    Some((name.clone(), lines))
}

/// The enum that a message table declares: `code = Variant { fields } => words`.
fn messages(body: &[Token]) -> (String, Vec<String>) {
    let body = without_attributes(body);
    let [Word(name), Group('{', entries), ..] = body.as_slice() else { panic!("what table is {body:?}?") };
    let mut lines = vec![format!(": messages! enum {name}")];
    for at in 0..entries.len() {
        if let [Word(code), Mark("="), Word(variant), fields @ Group('{', _), Mark("=>"), ..] = &entries[at..] {
            lines.push(format!("::{variant} {}: {code}", text(std::slice::from_ref(fields))));
        }
    }
    (name.clone(), lines)
}

/// The names that a `use` brings in; `before` is the path in front of a group, if there is any.
fn imports(tree: &[Token], module: &At, before: Option<&At>, public: bool, uses: &mut Vec<(String, At, bool)>) {
    let mut path: Option<At> = before.cloned();
    let mut rest = tree;
    while let Some((first, after)) = rest.split_first() {
        match first {
            Group('{', inner) => {
                split(inner).into_iter().for_each(|part| imports(part, module, path.as_ref(), public, uses));
                return;
            }
            Mark("*") => return uses.push(("*".into(), path.unwrap_or_default(), public)),
            Word(word) => match (word.as_str(), &mut path) {
                ("crate", path) => *path = Some(At::new()),
                ("self", path) => _ = path.get_or_insert_with(|| module.clone()),
                ("super", path) => _ = path.get_or_insert_with(|| module.clone()).pop(),
                ("as", path) => {
                    if let (Some(Word(name)), Some(path)) = (after.first(), path.take()) {
                        uses.push((name.clone(), path, public));
                    }
                    return;
                }
                (word, Some(path)) => path.push(word.to_owned()),
                // A name of the module itself; names of other crates lead nowhere.
                (word, path) => *path = Some(join(module, word)),
            },
            _ => {}
        }
        rest = after;
    }
    if let Some((name, path)) = path.and_then(|path| Some((path.last()?.clone(), path))) {
        uses.push((name, path, public));
    }
}
