//! How ranks, rules, facts and what binds are called.

use super::Words;
use crate::Lang;
use crate::decide::{BEYOND_AUTHORITY, Kind, PAST, PINNED};
use crate::explain::{Binding, Fact};
use crate::render::words::Word;
use crate::render::{fmt, rules};
use crate::units::M3;

impl Words<'_> {
    pub(super) fn volume(&self, volume: M3) -> String {
        fmt::with_unit(volume, self.lang)
    }

    pub(super) fn level(&self, at: usize) -> String {
        self.room.policy.levels.get(at).map_or_else(String::new, |level| level.label.get(self.lang).to_owned())
    }

    pub(super) fn class(&self, at: Option<usize>) -> String {
        let class = at.and_then(|at| self.room.policy.classes.get(at));
        class.map_or_else(String::new, |class| class.label.get(self.lang).to_owned())
    }

    /// A table of the case.
    pub(super) fn table(&self, table: &str) -> String {
        let word = match table {
            "policy" => Word::TablePolicy,
            "case" => Word::TableCase,
            "customers" => Word::TableCustomers,
            "demand" => Word::TableDemand,
            "districts" => Word::TableDistricts,
            "supply" => Word::TableSupply,
            "links" => Word::TableLinks,
            "profiles" => Word::TableProfiles,
            "actuals" => Word::TableActuals,
            "order" => Word::TableOrder,
            other => return other.to_owned(),
        };
        word.text(self.lang)
    }

    /// A measure: its id, which is English, or its label.
    pub(super) fn measure(&self, id: &str) -> String {
        let known = self.room.policy.measures.iter().find(|measure| measure.id == id);
        match known {
            _ if id == PINNED => Word::SettledOutside.text(self.lang),
            _ if id == BEYOND_AUTHORITY => Word::CutBeyond.text(self.lang),
            Some(measure) if self.lang == Lang::Zh => measure.label.zh.clone(),
            _ => id.to_owned(),
        }
    }

    /// The rule that made a rank, in a few words.
    pub(super) fn rule(&self, kind: Kind, tier: Option<u32>, measure: Option<&str>) -> String {
        if measure == Some(PAST) {
            let word = if kind == Kind::Firm { Word::RankTaken } else { Word::RankMissed };
            return word.text(self.lang);
        }
        let measure = measure.map_or_else(String::new, |id| self.measure(id));
        match kind {
            Kind::Firm => Word::RankFirm { tier: tier.map_or_else(String::new, |tier| tier.to_string()) },
            Kind::Authorised => Word::RankAuthorised { measure },
            Kind::Withheld => Word::RankWithheld { measure },
        }
        .text(self.lang)
    }

    pub(super) fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Class(at) => Word::FactClass { class: self.class(Some(*at)) },
            Fact::Floor(volume) => Word::FactFloor { volume: self.volume(*volume) },
            Fact::Tonnage(Some(tonnage)) => Word::FactTonnage { tonnage: tonnage.to_string() },
            Fact::Tonnage(None) => Word::FactNoTonnage,
            Fact::Backup("none") => Word::FactNoBackup,
            Fact::Backup(backup) => Word::FactBackup { backup: self.backup(backup) },
            Fact::Contract(contract) => Word::FactContract { contract: self.contract(contract) },
            Fact::Tags(tags) if tags.is_empty() => Word::FactNoTags,
            Fact::Tags(tags) => Word::FactTags { tags: rules::listed(tags, self.lang) },
            Fact::Profile(profile) if profile.is_empty() => Word::FactFlat,
            Fact::Profile(profile) => Word::FactProfile { profile: profile.clone() },
            Fact::Site(site) if site.is_empty() => Word::FactNoSite,
            Fact::Site(site) => Word::FactSite { site: site.clone() },
            Fact::Id(id) => Word::FactId { id: id.clone() },
            Fact::Annual(volume) => Word::FactAnnual { volume: self.volume(*volume) },
            Fact::Demand(volume) => Word::FactDemand { volume: self.volume(*volume) },
            Fact::District(district) => Word::FactDistrict { district: self.scene.district(district) },
            Fact::Company(company) => Word::FactCompany { company: company.clone() },
            Fact::Block { district, turns: true } => Word::FactTurns { district: self.scene.district(district) },
            Fact::Block { district, turns: false } => Word::FactTurnsNot { district: self.scene.district(district) },
        }
        .text(self.lang)
    }

    fn backup(&self, id: &str) -> String {
        let word = match id {
            "coal" => Word::BackupCoal,
            "oil" => Word::BackupOil,
            "electric" => Word::BackupElectric,
            _ => Word::BackupOther,
        };
        word.text(self.lang)
    }

    fn contract(&self, id: &str) -> String {
        let word = match id {
            "firm" => Word::ContractFirm,
            "interruptible" => Word::ContractInterruptible,
            "peak_shaving" => Word::ContractPeakShaving,
            other => return other.to_owned(),
        };
        word.text(self.lang)
    }

    pub(super) fn bound(&self, ranks: &[u32], by: &Binding) -> Word {
        let rank = rules::listed(ranks.iter().map(ToString::to_string), self.lang);
        match by {
            Binding::Required => Word::BindsRequired { rank },
            by => Word::Binds { rank, walls: self.walls(by) },
        }
    }

    /// What binds, as it stands in a sentence.
    pub(super) fn walls(&self, by: &Binding) -> String {
        match by {
            Binding::Required => Word::WallRequired.text(self.lang),
            Binding::Pool => Word::WallPool.text(self.lang),
            Binding::Shared => Word::WallShared.text(self.lang),
            Binding::Entitlement { company } => Word::WallEntitlement { company: company.clone() }.text(self.lang),
            // Told in words of its own: see `hours`.
            Binding::Hours { .. } => String::new(),
            Binding::Network { links, sources } => {
                let links = links.iter().map(|(from, to, volume)| {
                    let (from, to) = (self.scene.district(from), self.scene.district(to));
                    Word::WallLink { from, to, volume: self.volume(*volume) }
                });
                let sources = sources
                    .iter()
                    .map(|(source, volume)| Word::WallSource { source: source.clone(), volume: self.volume(*volume) });
                rules::listed(links.chain(sources).map(|wall| wall.text(self.lang)), self.lang)
            }
        }
    }
}
