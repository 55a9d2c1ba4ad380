//! `curtail notices`: papers of a decision, for each company and each site that is cut.

mod names;
mod source;

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use source::Source;

use crate::cli::exit::{Exit, Failure};
use crate::cli::files;
use crate::cli::global::{Format, Global, Paper};
use crate::cli::message::CliMessage;
use crate::cli::out::Out;
use crate::cli::response::{Who, body, now};
use crate::notice::{Ask, Notices, SiteNotice, Standing, Stranger, notices};
use crate::problem::nearest;
use crate::record::{self, Addressee, By, PaperKind};
use crate::render::document::{self, Block, Document};
use crate::render::notice::{self as render, Desk};
use crate::render::words::Word;

/// `curtail notices`
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE", conflicts_with = "decision")]
    date: Option<String>,
    /// This decision of the record
    #[arg(long, value_name = "ID")]
    decision: Option<String>,
    /// Of a day that is not in the record: what if the sources gave so many m3 together
    #[arg(long, value_name = "M3", conflicts_with_all = ["shortfall", "decision"])]
    supply: Option<String>,
    /// Of a day that is not in the record: what if supply were so many percent short of demand
    #[arg(long, value_name = "PCT", conflicts_with = "decision")]
    shortfall: Option<String>,
    /// Write into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// One file for each site, and not one for all sites of a company
    #[arg(long, requires = "out")]
    each: bool,
    /// Only what this company is told
    #[arg(long, value_name = "COMPANY")]
    company: Option<String>,
    /// Only what this site is told, by its id or a customer's
    #[arg(long, value_name = "SITE", conflicts_with = "company")]
    site: Option<String>,
    /// Note in the record which papers were made
    #[arg(long, requires = "out")]
    record: bool,
    #[command(flatten)]
    who: Who,
}

/// A file in the making: to whom, under which name without an ending, and what it says.
struct Sheet {
    to: Vec<Addressee>,
    stem: String,
    document: Document,
}

pub(crate) fn run(args: &Args, global: &Global, out: &mut Out) -> Result<Exit, Failure> {
    let formats = args.formats(global)?;
    if !args.record && (args.who.by.is_some() || args.who.role.is_some()) {
        // Whoever says who he is means to record it.
        return Err(CliMessage::missing("--record", "notices").into());
    }
    if let Some(dir) = &args.out {
        files::check_folder(dir, &[])?;
    }
    let source = ManuallyDrop::new(Source::of(args, global)?);
    let by = args.record.then(|| args.by(&source)).transpose()?;
    let clock = source.opened.calendar.clock(source.day.date);
    let city = &source.opened.case.city;
    let ask = Ask {
        city,
        policies: &source.opened.case.policies,
        decision: &source.decision,
        clock: &clock,
        earlier: source.earlier.as_ref(),
        back: source.back.as_ref(),
    };
    let stranger = |Stranger(customer): Stranger| Failure::from(source.decided_otherwise(customer));
    let told = ManuallyDrop::new(notices(ask).map_err(stranger)?);
    if told.companies.is_empty() {
        return Err(CliMessage::NobodyToTell { date: source.day.date.to_string() }.into());
    }
    let desk = Desk {
        notices: &told,
        decision: &source.decision,
        city,
        policies: &source.opened.case.policies,
        day: &source.day,
        standing: source.standing,
        recorded: source.recorded.as_ref(),
        over: source.over,
        exercise: global.drill,
        lang: global.lang,
    };
    let sheets = args.sheets(&desk, &told)?;
    let Some(dir) = &args.out else {
        for sheet in &sheets {
            let bytes = document::write(&sheet.document, document::Format::Markdown, global.lang)?;
            out.text(&String::from_utf8_lossy(&bytes))?;
        }
        return Ok(Exit::Done);
    };
    let mut written: Vec<(String, Vec<u8>)> = Vec::new();
    let mut papers = Vec::new();
    let kind = if desk.standing == Standing::Order { PaperKind::Order } else { PaperKind::Warning };
    for sheet in &sheets {
        for format in &formats {
            let name = files::name(&format!("{}.{}", sheet.stem, format.extension()), global);
            let bytes = document::write(&sheet.document, *format, global.lang)?;
            if by.is_some() {
                let to = sheet.to.iter().cloned();
                papers.extend(to.map(|to| record::Paper::new(kind, to, name.clone(), &bytes)));
            }
            written.push((name, bytes));
        }
    }
    let contents = written.iter().map(|(name, bytes)| {
        let content: files::Content<'_> = Box::new(move |to| to.write_all(bytes));
        (name.as_str(), content)
    });
    files::write_together(dir, contents.collect(), global.lang)?;
    let names = written.iter().take(SHOWN).map(|(name, _)| dir.join(name).display().to_string());
    let mut files = crate::render::rules::listed(names, global.lang);
    if written.len() > SHOWN {
        files.push_str(" ...");
    }
    out.text(&format!("{}\n", Word::Written { files }.text(global.lang)))?;
    if let Some((by, dossier)) = by.as_ref().zip(source.dossier.as_ref()) {
        let mut record = source.opened.record.open()?;
        let at = now(source.opened.calendar, global)?;
        let (_, book) = record.noticed(&city.settings.name, at, by, dossier.proposed.id, &papers)?;
        out.text(&format!("{}\n", render::noted(papers.len(), book.head.short(), global.lang)))?;
    }
    Ok(Exit::Done)
}

/// So many files are named when they are written.
const SHOWN: usize = 12;

impl Args {
    /// Who notes the papers; a proposal is told to nobody.
    fn by(&self, source: &Source) -> Result<By, Failure> {
        if source.standing == Standing::Ended {
            return Err(CliMessage::CopyNotNoted {}.into());
        }
        let dossier = source.dossier.as_ref().filter(|_| source.standing != Standing::Proposal);
        let dossier = dossier.ok_or(CliMessage::ProposalNotNoted {})?;
        self.who.stated(|word| body(&dossier.proposed.steps, word))
    }

    /// How papers are written: all formats that are asked for, or HTML; on the screen only Markdown.
    fn formats(&self, global: &Global) -> Result<Vec<document::Format>, Failure> {
        match global.format {
            Format::Table => {}
            Format::Json => return Err(CliMessage::NotAPaper { format: "json" }.into()),
            Format::Csv => return Err(CliMessage::NotAPaper { format: "csv" }.into()),
        }
        if let (None, Some(paper)) = (&self.out, global.papers.iter().find(|paper| **paper != Paper::Markdown)) {
            return Err(CliMessage::PapersNotOnScreen { format: paper.extension() }.into());
        }
        match global.papers.as_slice() {
            [] => Ok(vec![document::Format::Html]),
            papers => Ok(papers.to_vec()),
        }
    }

    /// The papers that are asked for, as files.
    fn sheets(&self, desk: &Desk<'_>, told: &Notices<'_>) -> Result<Vec<Sheet>, Failure> {
        let mut names = names::Names::new(desk.recorded.map_or_else(|| desk.day.date.to_string(), |it| it.id.clone()));
        let kind = match desk.standing {
            Standing::Order => "order",
            Standing::Warning => "warning",
            Standing::Proposal => "proposal",
            Standing::Ended => "copy",
        };
        if let Some(wanted) = &self.site {
            let site = find(told, desk, wanted.trim())?;
            let stem = names.stem(&[kind, "site", site.id]);
            return Ok(vec![Sheet { to: vec![to_site(site)], stem, document: render::paper(desk, site) }]);
        }
        let wanted = self.company.as_deref().map(str::trim);
        let company = |at: u32| desk.city.companies.get(at as usize).map_or("", |company| company);
        if let Some(wanted) = wanted.filter(|wanted| !desk.city.companies.iter().any(|known| **known == **wanted)) {
            let known = desk.city.companies.iter().map(|known| known.to_string()).collect::<Vec<_>>().join(", ");
            return Err(CliMessage::NoSuchCompany { company: wanted.to_owned(), known }.into());
        }
        let mut sheets = Vec::new();
        for notice in told.companies.iter().filter(|it| wanted.is_none_or(|wanted| company(it.company) == wanted)) {
            let id = company(notice.company);
            sheets.push(Sheet {
                to: vec![Addressee::Company(id.to_owned())],
                stem: names.stem(&[kind, "company", id]),
                document: render::list(desk, notice),
            });
            if self.each {
                sheets.extend(notice.sites.iter().map(|site| Sheet {
                    to: vec![to_site(site)],
                    stem: names.stem(&[kind, "site", site.id]),
                    document: render::paper(desk, site),
                }));
            } else {
                // What stands on every page of a file must be true of each: whose order is lifted has a file of its own.
                for (what, lifted) in [("sites", false), ("lifted", true)] {
                    let sites = notice.sites.iter().filter(|site| site.cut().is_zero() == lifted);
                    let to = sites.clone().map(to_site).collect();
                    if let Some(document) = in_one(sites.map(|site| render::paper(desk, site))) {
                        sheets.push(Sheet { to, stem: names.stem(&[kind, what, id]), document });
                    }
                }
            }
        }
        if sheets.is_empty() {
            return Err(CliMessage::NobodyToTell { date: desk.day.date.to_string() }.into());
        }
        Ok(sheets)
    }
}

fn to_site(site: &SiteNotice<'_>) -> Addressee {
    Addressee::Site(site.id.to_owned())
}

/// Papers in one file, each on a page of its own; what stands on every page is the same on all of them.
fn in_one(mut papers: impl Iterator<Item = Document>) -> Option<Document> {
    let mut all = papers.next()?;
    for paper in papers {
        let under = paper.under.into_iter().map(Block::Note);
        all.blocks.push(Block::Next(paper.title));
        all.blocks.extend(under);
        all.blocks.extend(paper.blocks);
    }
    Some(all)
}

/// A site by its id, or by that of one of its customers.
fn find<'n, 'a>(told: &'n Notices<'a>, desk: &Desk<'_>, wanted: &str) -> Result<&'n SiteNotice<'a>, Failure> {
    let sites = || told.companies.iter().flat_map(|company| &company.sites);
    let has = |site: &&SiteNotice<'_>| {
        let mut ids = site.rows.iter().filter_map(|row| desk.city.customers.get(row.customer as usize));
        ids.any(|customer| &*customer.id == wanted)
    };
    if let Some(site) = sites().find(|site| site.id == wanted).or_else(|| sites().find(has)) {
        return Ok(site);
    }
    let site = wanted.to_owned();
    Err(match nearest(wanted, sites().map(|site| site.id)) {
        Some(near) => CliMessage::NearSite { site, near: near.to_owned() }.into(),
        None => CliMessage::NoSuchSite { site }.into(),
    })
}
