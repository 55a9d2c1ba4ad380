//! Winters on as many threads as there are. Who takes which does not matter: what is counted of them adds up to the same.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::problem::Problems;

/// Winters are handed out so many at a time, or fewer if that leaves threads without work.
const CHUNK: u64 = 16;

/// Goes through winters on so many threads (at least one): each begins with what `begin` makes, and takes in one winter after another.
/// `progress` hears now and then how many are done, from any of them; where it says `false` the work ends early. `None` of work that
/// ended early.
///
/// # Errors
/// What is wrong with the first winter with which something is wrong.
pub(crate) fn in_parallel<A: Send>(
    winters: Range<u64>,
    threads: usize,
    progress: &(dyn Fn(u64) -> bool + Sync),
    begin: impl Fn() -> A + Sync,
    each: impl Fn(&mut A, u64) -> Result<(), Problems> + Sync,
) -> Result<Option<Vec<A>>, Problems> {
    let (from, until) = (winters.start, winters.end.max(winters.start));
    // A thread without a winter would only begin.
    let threads = threads.clamp(1, usize::try_from(until - from).unwrap_or(usize::MAX).max(1));
    let chunk = ((until - from) / (4 * threads as u64)).clamp(1, CHUNK);
    let (next, done, stop) = (AtomicU64::new(from), AtomicU64::new(0), AtomicBool::new(false));
    let failed: Mutex<Option<(u64, Problems)>> = Mutex::new(None);
    let work = || {
        let mut own = begin();
        loop {
            let first = next.fetch_add(chunk, Ordering::Relaxed);
            if first >= until || stop.load(Ordering::Relaxed) {
                return own;
            }
            let last = (first + chunk).min(until);
            for winter in first..last {
                if let Err(problems) = each(&mut own, winter) {
                    stop.store(true, Ordering::Relaxed);
                    if let Ok(mut failed) = failed.lock()
                        && failed.as_ref().is_none_or(|(earlier, _)| winter < *earlier)
                    {
                        *failed = Some((winter, problems));
                    }
                    return own;
                }
            }
            let sum = done.fetch_add(last - first, Ordering::Relaxed) + (last - first);
            if !progress(sum) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    };
    let parts = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        let mut parts = vec![own];
        parts.extend(others.into_iter().filter_map(|other| other.join().ok()));
        parts
    });
    if let Ok(mut failed) = failed.lock()
        && let Some((_, problems)) = failed.take()
    {
        return Err(problems);
    }
    // Ended early, or a thread was lost: what there is is not what was asked for.
    Ok((done.into_inner() == until - from && parts.len() == threads).then_some(parts))
}
