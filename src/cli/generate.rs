//! `curtail completions` and `curtail man`: made from the same definition as the help.

use clap_complete::Shell;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::out::Out;

/// `curtail completions SHELL`
#[derive(clap::Args, Debug)]
pub(crate) struct CompletionArgs {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// `curtail man`
#[derive(clap::Args, Debug)]
pub(crate) struct ManArgs {}

/// Prints a completion script.
pub(crate) fn completions(args: &CompletionArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::definition(global.lang), "curtail", &mut script);
    out.write_with(|to| to.write_all(&script))?;
    Ok(Exit::Done)
}

/// Prints the manual page: the program's own, then each command's.
pub(crate) fn man(_: &ManArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let mut program = super::definition(global.lang);
    program.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(program.clone()).render(&mut page)?;
    for command in program.get_subcommands() {
        let man = clap_mangen::Man::new(command.clone());
        let mut section = Vec::new();
        man.render_name_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_options_section(&mut section)?;
        man.render_extra_section(&mut section)?;
        // Below the program's page the sections of a command are subsections of it.
        let section = String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ");
        let title = format!(".SH \"CURTAIL {}\"\n", command.get_name().to_uppercase());
        page.extend(title.bytes().chain(section.bytes()));
    }
    out.write_with(|to| to.write_all(&page))?;
    Ok(Exit::Done)
}
