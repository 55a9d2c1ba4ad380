//! What a policy says, in words.

use crate::Lang;
use crate::policy::compare::{Rule, Said, What};
use crate::policy::{Measure, Policy, RankKey, Sharing, Status};
use crate::render::fmt;
use crate::render::rules;
use crate::render::words::Word;
use crate::units::M3;

/// What people call the rule.
pub(super) fn rule(rule: &Rule<'_>, lang: Lang) -> String {
    match rule {
        Rule::Policy => Word::DiffPolicy.text(lang),
        Rule::Role(_, role) => role.label.get(lang).to_owned(),
        Rule::Class(class) => class.label.get(lang).to_owned(),
        Rule::Tier(tier) => {
            let (number, label) = (tier.number.to_string(), tier.label.get(lang).to_owned());
            Word::TierLine { number, label }.text(lang)
        }
        Rule::Level(level) => level.label.get(lang).to_owned(),
        Rule::CutOrder => Word::DiffCutOrder.text(lang),
        Rule::Measure(measure) | Rule::Action(measure, None) => measure.label.get(lang).to_owned(),
        Rule::Action(measure, Some(level)) => {
            let (measure, level) = (measure.label.get(lang).to_owned(), level.label.get(lang).to_owned());
            Word::DiffMeasureAt { measure, level }.text(lang)
        }
        Rule::Exemption(exemption) => exemption.label.get(lang).to_owned(),
        Rule::Rotation => Word::RotationRule.text(lang),
        Rule::Duty(duty) => duty.label.get(lang).to_owned(),
        Rule::Act(act) => rules::act(*act, lang),
        Rule::Ease => Word::EaseRule.text(lang),
        Rule::Warn => Word::WarnRule.text(lang),
    }
}

/// What is said, and on what it stands.
pub(super) fn said(said: &Said<'_>, lang: Lang) -> String {
    let value = value(said.policy, &said.what, lang);
    match said.basis {
        Some(basis) if !basis.clause.is_empty() => {
            Word::DiffWithBasis { value, basis: rules::basis(basis, lang) }.text(lang)
        }
        _ => value,
    }
}

/// What is said.
pub(super) fn value(policy: &Policy, what: &What<'_>, lang: Lang) -> String {
    let or_nothing = |text: String| if text.is_empty() { Word::DiffNothing.text(lang) } else { text };
    match what {
        What::Role(role) => role.label.get(lang).to_owned(),
        What::Class(class) => class.label.get(lang).to_owned(),
        What::Tier(tier) => ranks(policy, &tier.ranks, lang),
        What::Level(level) => {
            let (name, colour) = (level.label.get(lang).to_owned(), level.colour_label.get(lang).to_owned());
            Word::BandLine { level: name, colour, band: rules::when(level, lang) }.text(lang)
        }
        What::Measure(measure) => self::measure(policy, measure, lang),
        What::Action(action) => {
            let (who, cut) = (rules::who(policy, &action.who, lang), rules::cut(&action.cut, lang));
            Word::DiffAction { who, cut }.text(lang)
        }
        What::Exemption(exemption) => rules::exemption(policy, exemption, lang),
        What::Rotation(rotation) => rules::rotation(rotation, lang),
        What::Duty(duty) => rules::duty(policy, duty, None, lang),
        What::Text(text) => or_nothing((*text).to_owned()),
        What::Label(label) => or_nothing(label.get(lang).to_owned()),
        What::Words(words) => or_nothing(rules::listed(words, lang)),
        What::Flag(true) => Word::DiffYes.text(lang),
        What::Flag(false) => Word::DiffNo.text(lang),
        What::Days(1) => Word::DiffOneDay.text(lang),
        What::Days(days) => Word::DiffDays { days: days.to_string() }.text(lang),
        What::Hours(1) => Word::DiffOneHour.text(lang),
        What::Hours(hours) => Word::DiffHours { hours: hours.to_string() }.text(lang),
        What::Volume(volume) => fmt::with_unit(M3(*volume), lang),
        What::Share(share) => fmt::share(*share),
        What::Colour(level) => level.colour_label.get(lang).to_owned(),
        What::When(level) => rules::when(level, lang),
        What::Roles(roles) => or_nothing(rules::roles(policy, roles, lang)),
        What::Ranks(ranks) => self::ranks(policy, ranks, lang),
        What::Takes(takes) => rules::takes(policy, takes, lang),
        What::Who(who) => rules::who(policy, who, lang),
        What::Cut(cut) => rules::cut(cut, lang),
        What::Tiers([]) => Word::DiffAllTiers.text(lang),
        What::Tiers(tiers) => {
            Word::OnlyTiers { tiers: rules::listed(tiers.iter().map(u32::to_string), lang) }.text(lang)
        }
        What::Validity(validity) => rules::validity(*validity, lang),
        What::Within([]) => Word::DiffNoOrder.text(lang),
        What::Within(keys) => {
            let key = |key: &RankKey| match key {
                RankKey::Firm => Word::WithinFirm.text(lang),
                RankKey::Backup => Word::WithinBackup.text(lang),
            };
            rules::sentences(keys.iter().map(key), lang)
        }
        What::Sharing(Sharing::Even) => Word::SharedEvenly.text(lang),
        What::Sharing(Sharing::List) => Word::SharedByList.text(lang),
        What::Due(due) => rules::due(*due, None, lang),
        What::Act(act, response) => rules::sentences(rules::who_acts(policy, response, *act, lang), lang),
        What::RestoreOrder(order) => rules::restore_order(order, lang),
        What::Ease(ease) => rules::ease(ease, lang),
        What::Shares(shares) => rules::listed(shares.iter().map(|share| fmt::share(*share)), lang),
        What::Notice(None) => Word::DiffNothing.text(lang),
        What::Notice(Some(hours)) => Word::NoticeHours { hours: hours.to_string() }.text(lang),
        What::Status(status) => match status {
            Status::Stated => Word::Stated,
            Status::Paraphrased => Word::Paraphrased,
            Status::Reading => Word::Reading,
        }
        .text(lang),
    }
}

fn ranks(policy: &Policy, ranks: &[Vec<crate::policy::Take>], lang: Lang) -> String {
    let line = |rank: &Vec<crate::policy::Take>| Word::RankLine { takes: rules::takes(policy, rank, lang) }.text(lang);
    ranks.iter().map(line).collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
}

fn measure(policy: &Policy, measure: &Measure, lang: Lang) -> String {
    let actions = measure.at.iter().enumerate().filter_map(|(level, action)| Some((level, action.as_ref()?)));
    let lines = actions.map(|(level, action)| rules::action(policy, level, action, lang));
    lines.collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
}
