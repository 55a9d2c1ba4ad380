//! Who does what in a response, and how it ends, in sentences.

use super::{Rules, listed, roles};
use crate::Lang;
use crate::policy::{Ease, Policy, Response, RestoreOrder, Step};
use crate::render::fmt;
use crate::render::page::Style;
use crate::render::words::Word;
use crate::units::Decimal;

/// What an act is called.
pub(crate) fn act(act: Step, lang: Lang) -> String {
    match act {
        Step::Propose => Word::ActPropose,
        Step::Approve => Word::ActApprove,
        Step::Sign => Word::ActSign,
        Step::Issue => Word::ActIssue,
        Step::Lower => Word::ActLower,
        Step::End => Word::ActEnd,
        Step::Depart => Word::ActDepart,
        Step::Restore => Word::ActRestore,
    }
    .text(lang)
}

/// Who does an act that the plan speaks of, and of giving back supply in which order, sentence by sentence.
pub(crate) fn who_acts(policy: &Policy, response: &Response, act: Step, lang: Lang) -> Vec<String> {
    let Some(authority) = response.acts.get(&act) else { return Vec::new() };
    let who = || roles(policy, &authority.by, lang);
    let nobody = authority.by.is_empty();
    let by = match act {
        // Whoever restores, the order is told.
        Step::Restore if nobody => None,
        _ if nobody => Some(Word::ActByNobody { act: self::act(act, lang) }),
        Step::Propose => Some(Word::ProposedBy { who: who() }),
        Step::Approve => Some(Word::ApprovedBy { who: who() }),
        Step::Sign => Some(Word::SignedBy { who: who() }),
        Step::Issue => Some(Word::IssuedBy { who: who() }),
        Step::Lower => Some(Word::LoweredBy { who: who() }),
        Step::End => Some(Word::EndedBy { who: who() }),
        Step::Depart => Some(Word::DepartedBy { who: who() }),
        Step::Restore => Some(Word::SupplyRestoredBy { who: who() }),
    };
    let order = (act == Step::Restore).then(|| restore_order(&response.restore, lang));
    by.map(|word| word.text(lang)).into_iter().chain(order).collect()
}

/// Who comes back first.
pub(crate) fn restore_order(order: &RestoreOrder, lang: Lang) -> String {
    match order {
        RestoreOrder::Reverse => Word::RestoreReverse,
        RestoreOrder::Listed(measures) => Word::RestoreListed { measures: listed(measures, lang) },
    }
    .text(lang)
}

/// When a shortage counts as eased.
pub(crate) fn ease(ease: &Ease, lang: Lang) -> String {
    let (days, margin) = (ease.days.to_string(), fmt::share(ease.margin));
    let eased = match (ease.days, ease.margin == Decimal::ZERO) {
        (1, true) => Word::EasedOneDay,
        (1, false) => Word::EasedOneDayBy { margin },
        (_, true) => Word::EasedDays { days },
        (_, false) => Word::EasedDaysBy { days, margin },
    };
    match ease.hours {
        0 => eased.text(lang),
        hours => Word::EasedForHours { eased: eased.text(lang), hours: hours.to_string() }.text(lang),
    }
}

impl Rules<'_> {
    pub(super) fn response(&mut self) {
        let (policy, lang) = (self.policy, self.lang);
        let response = &policy.response;
        if *response == Response::default() {
            return;
        }
        self.heading(&Word::ResponseActs);
        for (at, authority) in &response.acts {
            self.page.item(&super::sentences(who_acts(policy, response, *at, lang), lang), Style::Plain);
            self.basis(&authority.basis);
        }
        if let Some(ease) = &response.ease {
            self.page.item(&self::ease(ease, lang), Style::Plain);
            self.basis(&ease.basis);
        }
        if !response.warn.is_empty() {
            let shares = listed(response.warn.iter().map(|share| fmt::share(*share)), lang);
            self.page.item(&Word::WarnedAt { shares }.text(lang), Style::Plain);
            self.basis(&response.warn_basis);
        }
    }
}
