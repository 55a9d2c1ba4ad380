//! The policies inside the binary, and where others are found.

use std::path::Path;

use super::{Policy, PolicyMessage, source};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::tree::{self, FileKind};

/// Id and text of each policy of `policies/`, sorted; `build.rs` lists them.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtins.rs"));

impl Policy {
    /// Reads and checks the text of a policy file. `overrides` are `PATH=VALUE`, applied in order. A proposal may
    /// extend a built-in policy only; [`Policy::parse_in`] lets it name files.
    ///
    /// # Errors
    /// All problems at once, each with its place in `origin` or in the file that it extends.
    pub fn parse(text: &str, origin: &Origin, overrides: &[String]) -> Result<(Self, Problems), Problems> {
        source::read(text, origin, None, overrides)
    }

    /// As [`Policy::parse`], for a text whose `extends` may be the path of a file, relative to `folder`.
    ///
    /// # Errors
    /// As for [`Policy::parse`].
    pub fn parse_in(
        text: &str,
        origin: &Origin,
        folder: &Path,
        overrides: &[String],
    ) -> Result<(Self, Problems), Problems> {
        source::read(text, origin, Some(folder), overrides)
    }

    /// The built-in policy with this id.
    ///
    /// ```
    /// use curtail::policy::Policy;
    ///
    /// for id in Policy::builtins() {
    ///     assert_eq!(Policy::builtin(id)?.id, id);
    /// }
    /// # Ok::<(), curtail::problem::Problems>(())
    /// ```
    ///
    /// # Errors
    /// [`PolicyMessage::UnknownPolicy`].
    pub fn builtin(id: &str) -> Result<Self, Problems> {
        let text = Self::builtin_text(id).ok_or_else(|| unknown(id))?;
        Self::parse(text, &origin(id), &[]).map(|(policy, _)| policy)
    }

    /// An invented plan, for tests of the other rooms.
    #[cfg(test)]
    pub(crate) fn village() -> Self {
        let text = include_str!("../../tests/plans/village.toml");
        Self::parse(text, &Origin::memory("village"), &[]).map_or_else(|problems| panic!("{problems}"), |(it, _)| it)
    }

    /// The ids of the built-in policies, sorted.
    pub fn builtins() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(id, _)| *id)
    }

    /// The text of a built-in policy, comments and all.
    pub fn builtin_text(id: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
    }

    /// The policy with this name: a built-in id, or else the path of a file, relative to `base`.
    ///
    /// # Errors
    /// All problems of the file at once, or that there is no such policy.
    pub fn load(name: &str, base: &Path, overrides: &[String]) -> Result<(Self, Problems), Problems> {
        let (text, origin) = Self::text_of(name, base)?;
        match Self::builtin_text(name) {
            Some(_) => Self::parse(&text, &origin, overrides),
            None => {
                let path = base.join(name);
                Self::parse_in(&text, &origin, path.parent().unwrap_or(base), overrides)
            }
        }
    }

    /// The text of the policy with this name and where it comes from, as for [`Policy::load`].
    ///
    /// # Errors
    /// That there is no such policy, or that its file cannot be read.
    pub fn text_of(name: &str, base: &Path) -> Result<(String, Origin), Problems> {
        if let Some(text) = Self::builtin_text(name) {
            return Ok((text.to_owned(), origin(name)));
        }
        let path = base.join(name);
        if !path.exists() {
            return Err(unknown(name));
        }
        let origin = Origin::file(path.display());
        match std::fs::read(&path) {
            Ok(bytes) => Ok((tree::text(bytes, FileKind::Policy, &origin)?, origin)),
            Err(error) => {
                Err(Problem::error(Place::whole(origin), PolicyMessage::Unreadable { what: error.to_string() }).into())
            }
        }
    }
}

fn origin(id: &str) -> Origin {
    Origin::memory(format!("policies/{id}.toml"))
}

fn unknown(word: &str) -> Problems {
    let known = Policy::builtins().collect::<Vec<_>>().join(", ");
    let message = PolicyMessage::UnknownPolicy { word: word.to_owned(), known };
    Problem::error(Place::whole(Origin::memory("policy")), message).into()
}
