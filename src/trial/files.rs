//! Which tests belong to which policy: those beside it, of the same name but for the ending.

use std::path::Path;

use super::{Suite, TrialMessage as M};
use crate::policy::{Policies, Policy};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::tree::{self, Node, Value};

/// Id and text of the tests of each built-in policy, sorted; `build.rs` lists them.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin_tests.rs"));

/// What the name of a file of tests ends in.
const TESTS: &str = ".test.toml";

impl Suite {
    /// The text of a built-in policy's tests, comments and all.
    pub fn builtin_text(id: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
    }

    /// A policy and its tests, by one name: a built-in policy's id, the path of a policy file (its tests lie beside it,
    /// `plan.test.toml` beside `plan.toml`), or the path of a file of tests, which names its policy by lying beside it or
    /// by `policy = "..."` (a built-in id, or a path from the tests' folder). Paths begin in `base`. What is told beside
    /// the two are warnings.
    ///
    /// # Errors
    /// All problems of the policy, or else all of its tests; that there are no tests; that they are of another policy.
    pub fn load(name: &str, base: &Path) -> Result<(Policies, Self, Problems), Problems> {
        if Policy::builtin_text(name).is_some() {
            let origin = Origin::memory(format!("policies/{name}{TESTS}"));
            let none = || M::NoTestFile { policy: name.to_owned(), path: format!("policies/{name}{TESTS}") };
            let text = Self::builtin_text(name).ok_or_else(|| refused(&origin, none()))?;
            let policies = Policies::of(Policy::builtin(name)?);
            return Self::of(text, &origin, policies, name, Problems::new());
        }
        let path = base.join(name);
        match name.strip_suffix(TESTS) {
            Some(stem) if path.exists() => Self::load_tests(&path, &format!("{stem}.toml"), base),
            _ => {
                let (policy, notes) = Policy::load(name, base, &[])?;
                let path = path.with_extension("test.toml");
                let origin = Origin::file(path.display());
                let none = M::NoTestFile { policy: policy.id.clone(), path: path.display().to_string() };
                if !path.exists() {
                    return Err(refused(&origin, none));
                }
                Self::of(&read(&path, &origin)?, &origin, Policies::of(policy), name, notes)
            }
        }
    }

    fn load_tests(path: &Path, beside: &str, base: &Path) -> Result<(Policies, Self, Problems), Problems> {
        let origin = Origin::file(path.display());
        let text = read(path, &origin)?;
        let named = policy_of(&tree::parse(&text, &origin)?).map(|(named, _)| named);
        let beside_it = base.join(beside).exists().then(|| Policy::load(beside, base, &[])).transpose()?;
        let (policy, notes) = match (named, beside_it) {
            (None, Some(found)) => found,
            (Some(named), Some(found)) if found.0.id == named => found,
            // What the file says itself goes before what lies beside it.
            (Some(named), _) => Policy::load(&named, path.parent().unwrap_or(base), &[])?,
            (None, None) => return Err(refused(&origin, M::WhichPolicy { path: beside.to_owned() })),
        };
        let (suite, more) = Self::parse(&text, &origin, &policy)?;
        Ok((Policies::of(policy), suite, both(notes, more)))
    }

    /// The tests of a policy that was named itself: they may name none but this one, by its id or its file.
    fn of(
        text: &str,
        origin: &Origin,
        policies: Policies,
        name: &str,
        notes: Problems,
    ) -> Result<(Policies, Self, Problems), Problems> {
        if let Some((named, place)) = policy_of(&tree::parse(text, origin)?)
            && named != policies.main.id
            && Path::new(&named).file_name() != Path::new(name).file_name()
        {
            let message = M::OtherPolicy { named, is: policies.main.id };
            return Err(Problem::error(place, message).into());
        }
        let (suite, more) = Self::parse(text, origin, &policies.main)?;
        Ok((policies, suite, both(notes, more)))
    }
}

/// The policy that tests name themselves. Anything but a text is refused by their reader.
fn policy_of(node: &Node) -> Option<(String, Place)> {
    let named = node.get("policy")?;
    match &named.value {
        Value::Text(text) => Some((text.clone(), named.place.clone())),
        _ => None,
    }
}

fn read(path: &Path, origin: &Origin) -> Result<String, Problems> {
    std::fs::read_to_string(path).map_err(|error| refused(origin, M::Unreadable { what: error.to_string() }))
}

fn refused(origin: &Origin, message: M) -> Problems {
    Problem::error(Place::whole(origin.clone()), message).into()
}

fn both(mut notes: Problems, more: Problems) -> Problems {
    notes.extend(more);
    notes
}
