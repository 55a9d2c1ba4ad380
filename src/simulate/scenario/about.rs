//! What results say of the scenario that they are of.

use super::Scenario;
use crate::Label;
use crate::simulate::{Cause, Draw, Figure, LevelUsed, PolicyUsed, Simulated, Study, WeatherUsed};

impl Scenario {
    /// It, before its first winter; `value` sets it apart in a row of values.
    pub fn simulated(&self, study: &Study<'_>, value: &str) -> Simulated {
        let policy = &self.policies.main;
        let level = |level: &crate::policy::Level| LevelUsed {
            id: level.id.clone(),
            colour: level.colour.clone(),
            colour_name: level.colour_label.clone(),
        };
        Simulated {
            name: self.name.clone(),
            value: value.to_owned(),
            case: self.city.settings.name.clone(),
            customers: (self.customers as u64, self.city.customers.len() as u64),
            policy: PolicyUsed {
                id: policy.id.clone(),
                version: policy.version.clone(),
                digest: policy.digest.clone(),
                name: policy.name.clone(),
            },
            set: self.set.clone(),
            from: self.from,
            until: self.until,
            seed: self.seed,
            weather: WeatherUsed {
                from: self.weather.from,
                days: self.weather.days.len() as u64,
                winters: study.weather_winters() as u64,
                block_days: if let Draw::Blocks(days) = self.draw { Some(days) } else { None },
            },
            levels: policy.levels.iter().map(level).collect(),
            figures: study.figures().iter().map(|figure| (figure.clone(), self.subject(figure))).collect(),
            tally: study.empty(),
        }
    }

    /// What the subject of a figure is called.
    fn subject(&self, figure: &Figure) -> Label {
        let policies = || self.policies.all();
        let same = |text: &str| Label { en: text.to_owned(), zh: text.to_owned() };
        let label = match figure {
            Figure::LevelDays(id) => {
                self.policies.main.levels.iter().find(|level| level.id == *id).map(|it| it.label.clone())
            }
            Figure::Tier(number) => {
                let tiers = || policies().flat_map(|policy| &policy.tiers);
                tiers().find(|tier| tier.number == *number).map(|tier| tier.label.clone())
            }
            Figure::Class(id) => {
                let classes = || policies().flat_map(|policy| &policy.classes);
                classes().find(|class| class.id == *id).map(|class| class.label.clone())
            }
            Figure::District(id) | Figure::Turns(id) => {
                let named = self.city.districts.iter().find(|district| *district.id == **id);
                named.map(|district| same(if district.name.is_empty() { &district.id } else { &district.name }))
            }
            Figure::ColdHours(_, Cause::Measure(id)) => {
                let measures = || policies().flat_map(|policy| &policy.measures);
                measures().find(|measure| measure.id == *id).map(|measure| measure.label.clone())
            }
            _ => None,
        };
        label.unwrap_or_default()
    }
}
