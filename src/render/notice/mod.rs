//! Notices as papers: a company's list, and what each site is told, in one language.

mod company;
mod site;
mod words;

use words::Word;

use crate::Lang;
use crate::city::City;
use crate::decide::revise::ChangeKind;
use crate::decide::{BEYOND_AUTHORITY, Decision, PINNED};
use crate::notice::{CameBack, Notices, Row, Standing};
use crate::policy::{Policies, Policy};
use crate::render::document::{Column, Document, Mark};
use crate::render::words::Word as Screen;
use crate::render::{GasDay, drill, fmt, hours, screen};
use crate::units::{M3, Milli};

pub(crate) use company::list;
pub(crate) use site::paper;

/// Where papers come from, and what they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Desk<'a> {
    pub notices: &'a Notices<'a>,
    pub decision: &'a Decision,
    pub city: &'a City,
    pub policies: &'a Policies,
    pub day: &'a GasDay,
    pub standing: Standing,
    /// Where it stands in the record; `None` if it stands in none.
    pub recorded: Option<&'a Recorded>,
    /// Whether the gas day is over.
    pub over: bool,
    pub exercise: bool,
    pub lang: Lang,
}

/// A decision's place in the record.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// Its name.
    pub id: String,
    /// When it was issued, approved or proposed: the last of them.
    pub at: String,
    /// By whom.
    pub name: String,
    /// The head of the record after that entry.
    pub head: String,
    /// When the response that it belongs to ended.
    pub ended: Option<String>,
}

impl Desk<'_> {
    fn say(&self, word: &Word) -> String {
        word.text(self.lang)
    }

    fn volume(&self, volume: M3) -> String {
        self.say(&Word::Volume { volume: fmt::grouped(volume.get()) })
    }

    fn volume_milli(&self, volume: Milli) -> String {
        self.say(&Word::Volume { volume: plain(volume) })
    }

    /// A paper without a text yet; `lifts` if all it says is that an order is lifted.
    fn paper(&self, title: String, lifts: bool) -> Document {
        let (mark, word) = match self.standing {
            Standing::Order if lifts => (Mark::Order, Word::LiftedMark),
            Standing::Order => (Mark::Order, Word::Order),
            Standing::Warning => (Mark::Warning, Word::Warning),
            Standing::Proposal => (Mark::Proposal, Word::Proposal),
            Standing::Ended => (Mark::Past, Word::Ended),
        };
        let mut marks = vec![(mark, self.say(&word))];
        if self.exercise {
            marks.insert(0, (Mark::Exercise, drill::line(self.lang)));
        }
        let title = if self.exercise { drill::of(title, self.lang) } else { title };
        Document { title, date: self.day.date, under: self.under(), marks, blocks: Vec::new(), foot: self.foot() }
    }

    fn under(&self) -> Vec<String> {
        let lang = self.lang;
        let mut under: Vec<String> = self.city.settings.office.name.iter().cloned().collect();
        under.push(screen::gas_day(self.day, lang));
        let used = &self.decision.policy;
        let (case, id, version) = (self.decision.case.clone(), used.id.clone(), used.version.clone());
        let policy = self.policies.main.name.get(lang).to_owned();
        under.push(Screen::CaseAndPolicy { case, policy, id, version }.text(lang));
        under.push(match self.recorded {
            None => self.say(&Word::NotRecorded),
            Some(Recorded { id, at, name, .. }) => {
                let (id, at, name) = (id.clone(), at.clone(), name.clone());
                self.say(&match self.standing {
                    Standing::Order | Standing::Ended => Word::IssuedBy { id, at, name },
                    Standing::Warning => Word::WarnedBy { id, at, name },
                    Standing::Proposal => Word::ProposedBy { id, at, name },
                })
            }
        });
        if let Some(at) = self.recorded.and_then(|recorded| recorded.ended.clone()) {
            under.push(self.say(&Word::ResponseEnded { at }));
        }
        if let Some(revision) = &self.decision.revision {
            let at = revision.at.clone();
            under.push(self.say(&match revision.revises.clone() {
                Some(id) => Word::Revised { at, id },
                None => Word::RevisedWithout { at },
            }));
        }
        under
    }

    fn foot(&self) -> String {
        let case = self.decision.case.clone();
        self.say(&match self.recorded {
            Some(Recorded { id, head, .. }) => Word::Foot { case, id: id.clone(), head: head.clone() },
            None => Word::FootNotRecorded { case, date: self.day.date.to_string() },
        })
    }

    /// What is loud on every paper: that the day is over, and that the figures are not those of the case.
    fn loud(&self) -> Vec<String> {
        let over = self.over.then(|| self.say(&Word::DayOver { until: self.day.until.clone() }));
        let asked = self.decision.warnings.iter().filter(|warning| warning.code.starts_with("what_if"));
        let asked = asked.map(|warning| warning.label().get(self.lang).to_owned());
        let set = self.decision.policy.overrides.iter().cloned();
        let set = set.map(|assignment| Screen::Override { assignment }.text(self.lang));
        over.into_iter().chain(asked).chain(set).collect()
    }

    /// What the clock shows at the beginning and the end of what this is about.
    fn period(&self) -> (String, String) {
        let from = match (&self.decision.revision, self.notices.first) {
            // What begins after midnight begins on the next date, as the day's end does.
            (Some(revision), first) => {
                let hour = self.notices.clock.get(first).copied().unwrap_or_default();
                let start = self.notices.clock.first().copied().unwrap_or_default();
                let date =
                    if hour < start { self.day.until.split(' ').next() } else { self.day.from.split(' ').next() };
                format!("{} {}", date.unwrap_or_default(), revision.at)
            }
            _ => self.day.from.clone(),
        };
        (from, self.day.until.clone())
    }

    /// The name of an hour of the gas day, or of its end.
    fn hour(&self, hour: usize) -> String {
        match self.notices.clock.get(hour) {
            Some(_) => hours::hour_name(self.notices.clock, hour),
            None => self.day.until.split(' ').next_back().unwrap_or_default().to_owned(),
        }
    }

    fn policy_of(&self, part: &Decision) -> &Policy {
        let area = part.area.as_deref().and_then(|area| self.city.districts.iter().find(|it| &*it.id == area));
        self.policies.named(area.and_then(|district| district.policy.as_deref()))
    }

    fn district(&self, at: u32) -> String {
        let Some(district) = self.city.districts.get(at as usize) else { return String::new() };
        if district.name.is_empty() { district.id.to_string() } else { district.name.to_string() }
    }

    fn company(&self, at: u32) -> String {
        self.city.companies.get(at as usize).map_or_else(String::new, ToString::to_string)
    }

    /// How a row is cut, in a word or two.
    fn form(&self, row: &Row<'_>) -> String {
        use crate::decide::Form;
        if row.cut().is_zero() {
            return match (row.change, self.in_order(&row.back_from).last()) {
                // It is lifted once all of it has come back.
                (Some(ChangeKind::Lifted), Some((Some(hour), _))) => {
                    self.say(&Word::FormLiftedFrom { from: crate::render::rules::clock(*hour) })
                }
                (Some(ChangeKind::Lifted), _) => self.say(&Word::FormLifted),
                _ => String::new(),
            };
        }
        let Some(reason) = row.reason else { return String::new() };
        let form = self.say(&match reason.form {
            Form::None => return String::new(),
            Form::Stop => Word::FormStop,
            Form::Limit => Word::FormLimit,
            Form::OffPeak => Word::FormOffPeak,
        });
        let form = match self.off(row) {
            Some((from, until)) => self.say(&Word::FormWithOff { form, from, until }),
            None => form,
        };
        let hours: Vec<String> = self
            .in_order(&row.back_from)
            .into_iter()
            .filter_map(|(from, _)| Some(crate::render::rules::clock(from?)))
            .collect();
        match hours.is_empty() {
            true => form,
            false => self.say(&Word::FormMoreFrom { form, from: crate::render::rules::listed(&hours, self.lang) }),
        }
    }

    /// What came back, in the order in which it did: of all of the gas day first.
    fn in_order(&self, back: &CameBack) -> Vec<(Option<u8>, M3)> {
        let start = self.notices.clock.first().copied().unwrap_or_default();
        let mut all: Vec<(Option<u8>, M3)> = back.iter().map(|(from, volume)| (*from, *volume)).collect();
        all.sort_by_key(|(from, _)| from.map(|hour| (hour + 24 - start) % 24));
        all
    }

    /// The clock hours of a stop.
    fn off(&self, row: &Row<'_>) -> Option<(String, String)> {
        let detail = row.part.detail.as_ref()?;
        let own = || {
            let id = &*self.city.customers.get(row.customer as usize)?.id;
            let at = |hours: &&crate::decide::CustomerHours| {
                detail.customers.get(hours.customer as usize).is_some_and(|share| &*share.customer_id == id)
            };
            detail.hours.iter().filter(|hours| hours.off.is_some()).find(at)?.off
        };
        let (from, until) = row.reason?.off.or_else(own)?;
        Some((crate::render::rules::clock(from), crate::render::rules::clock(until)))
    }

    /// The measures that cut a row, each with its clause, in words.
    fn why(&self, row: &Row<'_>) -> Vec<String> {
        let Some(reason) = row.reason.filter(|_| !row.cut().is_zero()) else { return Vec::new() };
        let policy = self.policy_of(row.part);
        let level = row.part.level.as_ref().and_then(|level| policy.level(&level.id)).unwrap_or(0);
        let words = reason.measures.iter().map(|id| match id.as_str() {
            BEYOND_AUTHORITY => self.say(&Word::MeasureBeyond),
            PINNED => self.say(&Word::MeasurePinned),
            id => {
                let measure = policy.measures.iter().find(|measure| measure.id == id);
                let action = measure.and_then(|measure| measure.at.get(level)?.as_ref());
                let clause = action.map(|action| action.basis.clause.clone()).unwrap_or_default();
                let measure = measure.map_or(id, |measure| measure.label.get(self.lang)).to_owned();
                self.say(&Word::Measure { measure, clause })
            }
        });
        words.collect()
    }
}

/// That papers were noted in the record.
pub(crate) fn noted(count: usize, head: String, lang: Lang) -> String {
    Word::Noted { count: count.to_string(), head }.text(lang)
}

/// A volume of an hour as a person reads it: its part of a m3 only where there is one.
fn plain(volume: Milli) -> String {
    let (whole, rest) = (fmt::grouped(volume.0 / 1_000), volume.0 % 1_000);
    if rest == 0 { whole } else { format!("{whole}.{rest:03}") }
}

/// A column of such volumes, all with as many decimals: three if one of them has a part of a m3.
fn alike(volumes: &[Milli]) -> Vec<String> {
    let any = volumes.iter().any(|volume| volume.0 % 1_000 > 0);
    let text = |volume: &Milli| {
        let whole = fmt::grouped(volume.0 / 1_000);
        if any { format!("{whole}.{:03}", volume.0 % 1_000) } else { whole }
    };
    volumes.iter().map(text).collect()
}

fn words(heading: String) -> Column {
    Column { heading, figures: false }
}

fn figures(heading: String) -> Column {
    Column { heading, figures: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_number_of_decimals() {
        let of = |volumes: &[u64]| alike(&volumes.iter().map(|own| Milli(*own)).collect::<Vec<_>>());
        assert_eq!(of(&[11_968_000, 1_203_417, 0]), ["11,968.000", "1,203.417", "0.000"]);
        assert_eq!(of(&[11_968_000, 1_203_000]), ["11,968", "1,203"]);
    }
}
