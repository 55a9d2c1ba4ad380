//! The work of a run: batch by batch, each kept when it is done.

use std::path::Path;
use std::time::{Duration, Instant};

use super::ask::Asked;
use super::each::{self, Growing};
use super::kept;
use super::progress::Progress;
use crate::cli::exit::Failure;
use crate::cli::global::Global;
use crate::cli::message::CliMessage;
use crate::cli::out::tell;
use crate::decide::{Prepared, Solver};
use crate::simulate::scenario::Scenario;
use crate::simulate::{Ensemble, Results, Simulated, Span};

/// How a run goes about it.
pub(super) struct Run<'a> {
    pub dir: Option<&'a Path>,
    pub resume: bool,
    pub threads: usize,
    /// Whether the days of each winter are told too.
    pub days: bool,
    pub global: &'a Global,
}

/// A batch takes about so long: seldom enough that threads do not wait for each other, often enough that little is lost.
const BATCH: Duration = Duration::from_secs(1);

/// What is done is kept so often.
const KEEP: Duration = Duration::from_secs(3);

impl Run<'_> {
    /// Simulates these winters, and tells whether there was anything to do: a run that is over in its folder is read there.
    pub fn winters(&self, asked: &[Asked], span: Span) -> Result<(Results, bool), Failure> {
        let prepared = |solver: Solver| -> Result<Vec<Prepared<'_>>, Failure> {
            Ok(asked.iter().map(|(_, scenario)| scenario.prepared(solver)).collect::<Result<_, _>>()?)
        };
        let exact = prepared(Solver::Exact)?;
        let studies: Option<Vec<_>> =
            asked.iter().zip(&exact).map(|((_, scenario), prepared)| scenario.study(prepared)).collect();
        let ensemble = Ensemble::new(studies.ok_or(CliMessage::ThreadLost {})?);
        let mut results = Results::nothing(scenarios(asked, &ensemble), &ensemble, span);
        if let Some(done) = self.done(&results)? {
            return Ok((done, false));
        }
        if let Some(before) = self.before(&results)? {
            results = before;
        }
        let simulated = self.simulate(&ensemble, &mut results, span);
        if let (Err(_), Some(dir)) = (&simulated, self.dir.filter(|dir| !dir.join(kept::UNFINISHED).exists())) {
            // Nothing is done yet that a run could go on with.
            each::NAMES.iter().for_each(|(_, _, name)| _ = std::fs::remove_file(dir.join(name)));
        }
        if let (Err(Failure::Broken(_)), Some(dir), false) = (&simulated, self.dir, self.global.quiet) {
            // Such as a full disk: room can be made, and nothing is lost.
            let path = dir.join(kept::UNFINISHED);
            if path.exists() {
                tell(&CliMessage::KeptSoFar { path: path.display().to_string() }.text(self.global.lang));
            }
        }
        simulated?;
        let confirming = prepared(Solver::Confirmed)?;
        results.winters.until = span.until;
        for (study, prepared) in ensemble.studies().iter().zip(&confirming) {
            let sample = study.confirm(prepared, span)?;
            results.confirmed.days += sample.days;
            results.confirmed.agreed += sample.agreed;
        }
        Ok((results, true))
    }

    /// The same run, if the folder holds it whole and is not to be filled anew.
    fn done(&self, wanted: &Results) -> Result<Option<Results>, Failure> {
        let Some(dir) = self.dir else { return Ok(None) };
        if !self.resume {
            return kept::check_replaced(dir, wanted).map(|()| None);
        }
        let path = dir.join(kept::RESULTS);
        let Some(done) = kept::read(&path)? else { return Ok(None) };
        if done.is_of_run(wanted) && done.winters == wanted.winters {
            let missing = path.with_file_name(each::NAMES[1].1);
            if self.days && !missing.exists() {
                return Err(CliMessage::RowsApart { path: missing.display().to_string() }.into());
            }
            return Ok(Some(done));
        }
        Err(CliMessage::OtherRun { path: path.display().to_string() }.into())
    }

    /// What was done of the same run before it was interrupted.
    fn before(&self, wanted: &Results) -> Result<Option<Results>, Failure> {
        let Some(path) = self.dir.map(|dir| dir.join(kept::UNFINISHED)) else { return Ok(None) };
        let shown = || path.display().to_string();
        if !self.resume {
            return if path.exists() { Err(CliMessage::Unfinished { path: shown() }.into()) } else { Ok(None) };
        }
        let Some(before) = kept::read(&path)? else { return Ok(None) };
        let fits = before.winters.from == wanted.winters.from && before.winters.until <= wanted.winters.until;
        if before.is_of_run(wanted) && before.winters.of == wanted.winters.of && fits {
            return Ok(Some(before));
        }
        Err(CliMessage::OtherRun { path: shown() }.into())
    }

    fn simulate(&self, ensemble: &Ensemble<'_>, results: &mut Results, span: Span) -> Result<(), Failure> {
        // What is read from a folder tells how far it went; what begins has done nothing yet.
        let mut reached = if results.outcome().winters() == 0 { span.from } else { results.winters.until };
        let progress = Progress::new(self.global, reached - span.from, span.until - span.from);
        let mut outcome = results.outcome();
        let mut each = self.dir.map(|dir| Growing::begin(dir, results, self.days)).transpose()?;
        let mut size = self.threads as u64 * 4;
        // The first batch is kept at once, so that a run that ends at any moment has begun.
        let mut kept_at: Option<Instant> = None;
        while reached < span.until {
            let (begun, until) = (Instant::now(), (reached + size).min(span.until));
            let tell = |done: u64| {
                progress.tell(reached - span.from + done);
                true
            };
            let batch = match &mut each {
                None => ensemble.run(reached, until, self.threads, &tell)?,
                Some(each) => {
                    let batch = ensemble.run_each(reached, until, self.threads, self.days, &tell)?;
                    batch.map(|(batch, winters)| each.add(results, &winters).map(|()| batch)).transpose()?
                }
            };
            outcome.merge(&batch.ok_or(CliMessage::ThreadLost {})?);
            reached = until;
            let took = begun.elapsed().as_secs_f64().max(1e-3);
            // The clock decides how much is done at once, and never what it comes to.
            size = ((size as f64 * BATCH.as_secs_f64() / took) as u64).clamp(size / 2, size * 8).max(1);
            if let Some(dir) =
                self.dir.filter(|_| kept_at.is_none_or(|at| at.elapsed() >= KEEP) && reached < span.until)
            {
                each.iter_mut().try_for_each(Growing::keep)?;
                results.put(outcome.clone());
                results.winters = Span { until: reached, ..span };
                kept::keep(dir, results, self.global)?;
                kept_at = Some(Instant::now());
            }
        }
        each.iter_mut().try_for_each(Growing::keep)?;
        progress.end();
        results.put(outcome);
        Ok(())
    }
}

/// The scenarios as results tell of them.
fn scenarios(asked: &[Asked], ensemble: &Ensemble<'_>) -> Vec<(Simulated, String)> {
    let one = |((value, scenario), study): (&Asked, &crate::simulate::Study<'_>)| {
        let Scenario { digest, .. } = scenario;
        (scenario.simulated(study, value), digest.clone())
    };
    asked.iter().zip(ensemble.studies()).map(one).collect()
}
