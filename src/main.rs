//! The `curtail` command. All it does lives in [`curtail::cli`].

fn main() -> std::process::ExitCode {
    curtail::cli::main()
}
