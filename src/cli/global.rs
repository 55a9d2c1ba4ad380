//! The flags that every command takes: what was typed, resolved once into what is meant.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Lang;
use crate::cli::message::CliMessage;
use crate::cli::today::Now;
use crate::render::encoding::Encoding;

/// The global flags as they were typed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct RawGlobal {
    /// The case's folder
    #[arg(short = 'C', long = "case", value_name = "CASE", default_value = ".", global = true)]
    pub case: PathBuf,
    /// The language: en or zh; the locale's by default
    #[arg(long, value_name = "en|zh", global = true)]
    pub lang: Option<RawLang>,
    /// How data is written: table, json or csv
    #[arg(long, value_name = "FORMAT", default_value = "table", value_delimiter = ',', global = true)]
    pub format: Vec<RawFormat>,
    /// How tables in CSV are encoded: utf-8, or for Excel utf-8-bom or gb18030
    #[arg(long, value_name = "ENCODING", default_value = "utf-8", global = true)]
    pub csv_encoding: Encoding,
    /// When colours are used: auto, always or never; auto honours NO_COLOR
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Colour,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every rank, every problem
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// The time to go by instead of the clock, as the case's clock shows it or with an offset
    #[arg(long, value_name = "TIME", global = true)]
    pub now: Option<String>,
    /// An exercise: every output says so, and it has a record of its own
    #[arg(long, global = true)]
    pub drill: bool,
    /// Print help
    #[arg(short, long, action = clap::ArgAction::Help, global = true)]
    pub help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, action = clap::ArgAction::Version, global = true)]
    pub version: Option<bool>,
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RawLang {
    En,
    Zh,
}

impl From<RawLang> for Lang {
    fn from(lang: RawLang) -> Self {
        match lang {
            RawLang::En => Self::En,
            RawLang::Zh => Self::Zh,
        }
    }
}

/// `--format` as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RawFormat {
    Table,
    Json,
    Csv,
    Md,
    Html,
    Docx,
    Xlsx,
}

/// `--format`, of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
}

/// `--format`, of papers: several may be asked for.
pub(crate) use crate::render::document::Format as Paper;

/// One way in which data is written, or some of papers.
fn formats(typed: &[RawFormat]) -> Result<(Format, Vec<Paper>), CliMessage> {
    let paper = |raw: &RawFormat| match raw {
        RawFormat::Md => Some(Paper::Markdown),
        RawFormat::Html => Some(Paper::Html),
        RawFormat::Docx => Some(Paper::Docx),
        RawFormat::Xlsx => Some(Paper::Xlsx),
        RawFormat::Table | RawFormat::Json | RawFormat::Csv => None,
    };
    // Each once and in one order, however they were typed.
    let is_asked = |it: &Paper| typed.iter().any(|raw| paper(raw) == Some(*it));
    let papers: Vec<Paper> = Paper::ALL.into_iter().filter(is_asked).collect();
    match typed {
        [RawFormat::Table] => Ok((Format::Table, papers)),
        [RawFormat::Json] => Ok((Format::Json, papers)),
        [RawFormat::Csv] => Ok((Format::Csv, papers)),
        all if all.iter().all(|raw| paper(raw).is_some()) => Ok((Format::Table, papers)),
        _ => Err(CliMessage::OneFormat {}),
    }
}

/// `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    Auto,
    Always,
    Never,
}

/// What the global flags mean.
#[derive(Clone, Debug)]
pub(crate) struct Global {
    /// The case's folder.
    pub case: PathBuf,
    /// The language of everything a person reads.
    pub lang: Lang,
    /// How data is written.
    pub format: Format,
    /// How a paper is written; empty where nothing was said of it.
    pub papers: Vec<Paper>,
    /// How tables in CSV are encoded.
    pub csv_encoding: Encoding,
    /// Whether standard output gets colours.
    pub colour: bool,
    /// Nothing on standard error but errors.
    pub quiet: bool,
    /// More on every screen.
    pub verbose: bool,
    /// What the time is.
    pub now: Now,
    /// Whether this is an exercise.
    pub drill: bool,
}

impl RawGlobal {
    /// Resolves the flags against the environment.
    pub(crate) fn resolve(self, env: &Environment) -> Result<Global, CliMessage> {
        let colour = match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => env.colour,
        };
        let (format, papers) = formats(&self.format)?;
        Ok(Global {
            case: self.case,
            lang: self.lang.map_or(env.lang, Lang::from),
            format,
            papers,
            csv_encoding: self.csv_encoding,
            colour,
            quiet: self.quiet,
            verbose: self.verbose,
            now: self.now.as_deref().map_or(Ok(Now::Clock), Now::parse)?,
            drill: self.drill,
        })
    }
}

/// What the machine says about the person at the terminal; asked once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Environment {
    /// The locale's language.
    pub lang: Lang,
    /// Whether standard output shows colours and the person wants them.
    pub colour: bool,
}

impl Environment {
    /// Asks the environment.
    pub(crate) fn ask() -> Self {
        let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(var).or_else(sys_locale::get_locale);
        let dumb = var("TERM").is_some_and(|term| term == "dumb");
        // The consoles of Windows before its Terminal print escape codes as they are.
        let shows = !cfg!(windows) || var("WT_SESSION").is_some() || var("TERM").is_some();
        let wanted = var("NO_COLOR").is_none() && !dumb && shows;
        Self { lang: locale.map_or(Lang::En, |l| lang_of(&l)), colour: wanted && std::io::stdout().is_terminal() }
    }
}

/// The language of a locale such as `zh_CN.UTF-8` or `zh-Hans-CN`.
fn lang_of(locale: &str) -> Lang {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("zh") { Lang::Zh } else { Lang::En }
}

/// The language of help and of complaints about the command line, which must be known before it is parsed:
/// `--lang zh` wherever it stands, else the locale's.
pub(crate) fn lang_before_parsing(args: &[std::ffi::OsString], env: &Environment) -> Lang {
    let mut args = args.iter().map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    let mut lang = env.lang;
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--lang=") {
            Some(value) => Some(value.to_owned()),
            None if arg == "--lang" => args.next().map(|value| value.into_owned()),
            None => None,
        };
        lang = match value.as_deref() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => lang,
        };
    }
    lang
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_names_the_language() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh-Hans-CN", Lang::Zh),
            ("zh", Lang::Zh),
            ("en_US.UTF-8", Lang::En),
            ("C.UTF-8", Lang::En),
            ("zhx", Lang::En),
        ] {
            assert_eq!(lang_of(locale), lang, "{locale}");
        }
    }

    #[test]
    fn the_flag_is_found_before_parsing_and_beats_the_locale() {
        let env = Environment { lang: Lang::En, colour: false };
        let lang = |args: &[&str]| {
            let args: Vec<_> = args.iter().map(Into::into).collect();
            lang_before_parsing(&args, &env)
        };
        assert_eq!(lang(&["curtail", "decide", "--lang", "zh", "--help"]), Lang::Zh);
        assert_eq!(lang(&["curtail", "--lang=zh"]), Lang::Zh);
        assert_eq!(lang(&["curtail", "check", "--lang"]), Lang::En);
        assert_eq!(lang(&["curtail", "--", "--lang", "zh"]), Lang::En);
    }
}
