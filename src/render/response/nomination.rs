//! How much of the day's nomination is taken.

use super::Said;
use crate::decide::Nomination;
use crate::policy::Basis;
use crate::render::page::{Page, Style};
use crate::render::screen::Look;
use crate::render::{fmt, rules};
use crate::units::{Date, Decimal};

/// The lines below a status; `Err` where the case cannot be read, empty where nothing is known.
pub(crate) fn nomination(date: Date, found: Result<Option<&(Nomination, Basis)>, ()>, look: Look) -> String {
    let lang = look.lang;
    let mut page = Page::new(look.colour);
    match found {
        Err(()) => {
            page.blank();
            page.line(&Said::NominationUnknown.text(lang), Style::Warn);
        }
        Ok(None) => {}
        Ok(Some((nomination, basis))) => {
            page.heading(&Said::NominationOf { date: date.to_string() }.text(lang));
            let (volume, taken) = (nomination.volume_m3, nomination.taken_m3);
            let said = Said::NominationTaken {
                at: rules::clock(nomination.until),
                taken: fmt::with_unit(taken, lang),
                volume: fmt::with_unit(volume, lang),
                share: fmt::percent(taken, volume),
            };
            page.item(&said.text(lang), Style::Plain);
            if let Some(reached) = nomination.reached {
                let (share, clause) = (fmt::share(reached), rules::basis(basis, lang));
                let said = match reached >= Decimal::ONE {
                    true => Said::NominationUsedUp { share, clause },
                    false => Said::NominationReached { share, clause },
                };
                page.item(&said.text(lang), Style::Loud);
            }
            let said = match nomination.used_up_in {
                Some(hour) => {
                    let (from, until) = (rules::clock(hour), rules::clock((hour + 1) % 24));
                    match taken >= volume {
                        true => Said::NominationGone { from, until },
                        false => Said::NominationUntil { from, until },
                    }
                }
                None => Said::NominationLasts { share: fmt::percent(nomination.by_the_end_m3, volume) },
            };
            let style = if nomination.used_up_in.is_some() { Style::Warn } else { Style::Plain };
            page.item(&said.text(lang), style);
        }
    }
    page.into_text()
}
