//! `curtail policy`: `list` and `show`; its other commands have files of their own.

use clap::Subcommand;
use serde_json::{Value, json};

use crate::Label;
use crate::city::read::Case;
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::{run_case, schema};
use crate::policy::{Authority, Band, Basis, Cut, Policy, Seasonal, Status, Step};
use crate::render::page::{Cell, Page, Style};
use crate::render::rules;
use crate::render::words::Word;
use crate::schema::Kind;
use crate::units::Decimal;

/// `curtail policy`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: PolicyCommand,
}

#[derive(Subcommand, Debug)]
enum PolicyCommand {
    /// List the built-in policies
    #[command(after_help = "Example:\n  curtail policy list")]
    List,
    /// Show a policy as readable rules, each with its clause
    #[command(after_help = "Examples:\n  curtail policy show PLAN\n  curtail policy show --source > my-plan.toml")]
    Show(ShowArgs),
    /// What is true of a policy at every shortfall: with a case, in its city
    #[command(after_help = "Examples:\n  curtail -C demo policy check\n  curtail policy check PLAN")]
    Check(super::policy_check::Args),
    /// Run the tests that lie beside policies, and name the rules that no test depends on
    #[command(
        after_help = "Examples:\n  curtail policy test\n  curtail policy test my-plan.toml --min-coverage 90\n\n\
The tests of my-plan.toml are my-plan.test.toml.\n\n\
Exit status:\n  0  all tests pass\n  2  a policy or its tests cannot be read\n  \
4  a test fails, or fewer rules are exercised than --min-coverage asks for"
    )]
    Test(super::policy_test::Args),
    /// What two policies do not say alike: rule by rule, and with a case whose fate differs
    #[command(
        after_help = "Examples:\n  curtail policy diff PLAN my-proposal.toml\n  curtail -C demo policy diff PLAN my-proposal.toml\n  \
curtail -C demo policy diff PLAN --set measures.MEASURE.LEVEL.limit=0.4"
    )]
    Diff(super::policy_diff::Args),
    /// Print the JSON Schema of policy files, for editors
    #[command(after_help = "Example:\n  curtail policy schema > policy.schema.json")]
    Schema(SchemaArgs),
}

/// `curtail policy schema`
#[derive(clap::Args, Debug)]
struct SchemaArgs {
    /// That of the tests of a policy, *.test.toml, instead
    #[arg(long)]
    tests: bool,
}

/// `curtail policy show`
#[derive(clap::Args, Debug)]
struct ShowArgs {
    /// A built-in policy's id or the path of a policy file; the case's policy if left out
    #[arg(value_name = "ID|PATH")]
    policy: Option<String>,
    /// Print the policy file as it is written
    #[arg(long, conflicts_with = "set")]
    source: bool,
    /// Change one value of the policy for this run; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
}

/// Lists or shows.
pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    match &args.command {
        PolicyCommand::List => list(global, out),
        PolicyCommand::Show(args) => show(args, global, out),
        PolicyCommand::Check(args) => super::policy_check::run(args, global, out),
        PolicyCommand::Test(args) => super::policy_test::run(args, global, out),
        PolicyCommand::Schema(args) => {
            let kind = if args.tests { Kind::Tests } else { Kind::Policy };
            schema::print(kind, "policy schema", global, out)
        }
        PolicyCommand::Diff(args) => super::policy_diff::run(args, global, out),
    }
}

fn list(global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let policies = Policy::builtins().map(Policy::builtin).collect::<Result<Vec<_>, _>>()?;
    let lang = global.lang;
    match global.format {
        Format::Csv => return Err(CliMessage::BadFormat { format: "csv", command: "policy list" }.into()),
        Format::Json => {
            let list: Vec<Value> = policies.iter().map(head_json).collect();
            out.text(&format!("{:#}\n", Value::Array(list)))?;
        }
        Format::Table => {
            let mut page = Page::new(global.colour);
            let head = [Word::PolicyId, Word::PolicyVersion, Word::PolicyName];
            let mut rows = vec![head.map(|word| Cell::left(word.text(lang)).styled(Style::Dim)).to_vec()];
            rows.extend(policies.iter().map(|policy| {
                [policy.id.as_str(), policy.version.as_str(), policy.name.get(lang)].map(Cell::left).to_vec()
            }));
            page.table(rows);
            page.blank();
            for policy in &policies {
                page.item(&format!("{}: {}", policy.id, policy.source.get(lang)), Style::Dim);
            }
            out.text(&page.into_text())?;
        }
    }
    Ok(Exit::Done)
}

fn show(args: &ShowArgs, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let name = match &args.policy {
        Some(name) => name.clone(),
        None => Case::about(&global.case)?.0.policy,
    };
    // A path that somebody types is from where they stand; one in case.toml is from the case's folder.
    let base = if args.policy.is_some() { std::path::Path::new("") } else { global.case.as_path() };
    if args.source {
        let (text, _) = Policy::text_of(&name, base)?;
        out.text(&text)?;
        return Ok(Exit::Done);
    }
    let (policy, notes) = Policy::load(&name, base, &args.set)?;
    run_case::tell_notes(&notes, global);
    match global.format {
        Format::Csv => return Err(CliMessage::BadFormat { format: "csv", command: "policy show" }.into()),
        Format::Json => out.text(&format!("{:#}\n", policy_json(&policy)))?,
        Format::Table => out.text(&rules::page(&policy, global.lang, global.colour))?,
    }
    Ok(Exit::Done)
}

fn label(label: &Label) -> Value {
    json!({ "en": label.en, "zh": label.zh })
}

fn basis(basis: &Basis) -> Value {
    let status = match basis.status {
        Status::Stated => "stated",
        Status::Paraphrased => "paraphrased",
        Status::Reading => "reading",
    };
    json!({ "clause": basis.clause, "status": status, "note": label(&basis.note) })
}

fn band(band: &Band) -> Value {
    json!({
        "from": band.from.to_string(), "from_closed": band.from_closed,
        "until": band.until.to_string(), "until_closed": band.until_closed,
    })
}

fn head_json(policy: &Policy) -> Value {
    json!({
        "id": policy.id,
        "version": policy.version,
        "name": label(&policy.name),
        "source": label(&policy.source),
        "digest": policy.digest,
    })
}

/// Who does what in a response, as data. The order of restoration is given by measure, the first comes back first.
fn response_json(policy: &Policy) -> Value {
    let response = &policy.response;
    let act = |(act, who): (&Step, &Authority)| json!({ "act": act.id(), "by": who.by, "basis": basis(&who.basis) });
    let order = response.restore.of(&policy.measures);
    json!({
        "acts": response.acts.iter().map(act).collect::<Vec<_>>(),
        "ease": response.ease.as_ref().map(|ease| json!({
            "days": ease.days, "margin": ease.margin, "hours": ease.hours, "basis": basis(&ease.basis),
        })),
        "restore_order": order.iter().filter_map(|at| policy.measures.get(*at)).map(|m| &m.id).collect::<Vec<_>>(),
        "warn": (!response.warn.is_empty()).then(|| json!({
            "at": response.warn, "basis": basis(&response.warn_basis),
        })),
    })
}

/// A policy as data. Rules about whom are given in words of both languages, as `policy show` prints them.
fn policy_json(policy: &Policy) -> Value {
    use crate::Lang::{En, Zh};
    let who =
        |who: &crate::policy::Selector| json!({ "en": rules::who(policy, who, En), "zh": rules::who(policy, who, Zh) });
    let action = |level: usize, action: &crate::policy::Action| {
        let texts = |shares: &Seasonal<Decimal>| shares.values().map(|share| share.to_string()).collect();
        let (limits, leaves) = match &action.cut {
            Cut::Limit(limit) => (texts(limit), Vec::new()),
            Cut::Leave(share) => (Vec::new(), texts(share)),
            _ => (Vec::new(), Vec::new()),
        };
        json!({
            "level": policy.levels.get(level).map(|level| level.id.clone()),
            "who": who(&action.who),
            "cut": { "en": rules::cut(&action.cut, En), "zh": rules::cut(&action.cut, Zh) },
            "limits": limits,
            "leaves": leaves,
            "basis": basis(&action.basis),
        })
    };
    let mut value = head_json(policy);
    let more = json!({
        "overrides": policy.overrides,
        "classes": policy.classes.iter().map(|class| json!({
            "id": class.id, "label": label(&class.label), "aliases": class.aliases,
        })).collect::<Vec<_>>(),
        "tiers": policy.tiers.iter().map(|tier| json!({
            "tier": tier.number, "label": label(&tier.label), "basis": basis(&tier.basis),
        })).collect::<Vec<_>>(),
        "levels": policy.levels.iter().map(|level| json!({
            "id": level.id,
            "label": label(&level.label),
            "colour": level.colour,
            "band": level.band.as_ref().map(band),
            "area_band": level.area_band.as_ref().map(band),
            "proposed_by": level.proposed_by,
            "approved_by": level.approved_by,
            "reported_to": level.reported_to,
            "at_discretion": level.discretion,
            "basis": basis(&level.basis),
        })).collect::<Vec<_>>(),
        "measures": policy.measures.iter().map(|measure| json!({
            "id": measure.id,
            "label": label(&measure.label),
            "rotates": measure.rotates,
            "notice_hours": measure.notice_hours,
            "at": measure.at.iter().enumerate()
                .filter_map(|(level, at)| at.as_ref().map(|at| action(level, at))).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "exemptions": policy.exemptions.iter().map(|exemption| json!({
            "id": exemption.id,
            "label": label(&exemption.label),
            "measures": exemption.measures.iter().filter_map(|i| policy.measures.get(*i)).map(|m| &m.id).collect::<Vec<_>>(),
            "who": who(&exemption.who),
            "basis": basis(&exemption.basis),
        })).collect::<Vec<_>>(),
        "rotation": policy.rotation.as_ref().map(|rotation| json!({
            "from": rotation.from.to_string(),
            "step": rotation.step.to_string(),
            "rest_days": rotation.rest_days,
            "longest_run_days": rotation.longest_run_days,
            "basis": basis(&rotation.basis),
        })),
        "duties": policy.duties.iter().map(|duty| json!({
            "id": duty.id,
            "label": label(&duty.label),
            "owed_by": duty.owed_by,
            "owed_to": duty.owed_to,
            "due": { "en": rules::due(duty.due, None, En), "zh": rules::due(duty.due, None, Zh) },
            "basis": basis(&duty.basis),
        })).collect::<Vec<_>>(),
        "response": response_json(policy),
    });
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
}
