//! Makes a city out of rows, through the same checks wherever the rows come from.

use crate::city::ledger::{At, Ledger, Tables, Words};
use crate::city::rows::{ActualRow, CustomerRow, DemandRow, DistrictRow, HolidayRow, LinkRow, ProfileRow, SupplyRow};
use crate::city::weather::{WeatherDraft, WeatherRow};
use crate::city::{City, CityMessage, Customer, District, More, Settings, SpecialDay, build};
use crate::policy::Policies;
use crate::problem::{Origin, Place, Problems};
use crate::units::{Date, Decimal, M3};

/// Makes a city out of rows. Rows may come in any order, but for districts, whose order breaks ties.
///
/// Each row comes with the place it stands at; the `add_` methods are for rows that no file holds, which are named
/// by their table and their number in it. Nothing is refused before [`CityBuilder::build`], which tells all
/// problems at once.
///
/// ```
/// use curtail::city::{City, DistrictRow, Settings};
/// let mut city = City::builder(Settings::default());
/// city.add_district(DistrictRow { id: "N", name: "North", urban: true, ..Default::default() });
/// ```
#[derive(Debug)]
pub struct CityBuilder {
    pub(crate) settings: Settings,
    pub(crate) ledger: Ledger,
    pub(crate) tables: Tables,
    pub(crate) words: RowWords,
    /// Their district, company, class and profile are numbers of words until the city is built.
    pub(crate) customers: Vec<Customer>,
    pub(crate) districts: Vec<(District, At)>,
    pub(crate) supply: Vec<SupplyDraft>,
    pub(crate) demand: Vec<DemandDraft>,
    /// The customers that demand rows name, one after the other.
    pub(crate) demand_ids: String,
    pub(crate) links: Vec<LinkDraft>,
    pub(crate) profiles: Vec<ProfileDraft>,
    pub(crate) holidays: Vec<HolidayDraft>,
    pub(crate) actuals: Vec<ActualDraft>,
    pub(crate) weather: Vec<WeatherDraft>,
}

/// The words of the rows, by what they name.
#[derive(Debug, Default)]
pub(crate) struct RowWords {
    pub districts: Words,
    pub companies: Words,
    pub classes: Words,
    pub profiles: Words,
    pub sources: Words,
}

/// A row of supply, its names as numbers of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SupplyDraft {
    pub at: At,
    pub date: Date,
    pub source: u32,
    pub volume: M3,
    pub max_h: Option<M3>,
    pub company: Option<u32>,
    pub area: Option<u32>,
}

/// A row of demand, its names as numbers of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DemandDraft {
    pub at: At,
    pub date: Date,
    pub volume: M3,
    /// Where its customer begins in [`CityBuilder::demand_ids`], and how long it is; 0 for a group.
    pub customer: (usize, u32),
    pub district: Option<u32>,
    pub company: Option<u32>,
    pub class: Option<u32>,
}

/// A row of links.
#[derive(Clone, Debug)]
pub(crate) struct LinkDraft {
    pub at: At,
    pub from: Box<str>,
    pub to: Box<str>,
    pub capacity: M3,
    pub capacity_h: Option<M3>,
}

/// A row of profiles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileDraft {
    pub at: At,
    pub profile: u32,
    /// Absent where its cell could not be read, which was told; so is the share.
    pub hour: Option<u64>,
    pub share: Option<Decimal>,
}

/// A row of holidays.
#[derive(Clone, Debug)]
pub(crate) struct HolidayDraft {
    pub at: At,
    pub date: Date,
    pub day: SpecialDay,
}

/// A row of actuals, its district as the number of a word.
#[derive(Clone, Debug)]
pub(crate) struct ActualDraft {
    pub at: At,
    pub date: Date,
    /// As written, whether or not a clock has it.
    pub hour: Option<u64>,
    pub customer: Option<Box<str>>,
    pub district: Option<u32>,
    pub source: Option<Box<str>>,
    pub volume: M3,
    /// Whether it is what the pipes held, and not what was taken or given.
    pub linepack: bool,
}

/// The text without blanks around it. Nearly every cell has none, and looking at its ends is quicker than decoding
/// them.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

fn named(word: Option<&str>) -> Option<&str> {
    word.map(trimmed).filter(|word| !word.is_empty())
}

impl CityBuilder {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            settings,
            ledger: Ledger::default(),
            tables: Tables::default(),
            words: RowWords::default(),
            customers: Vec::new(),
            districts: Vec::new(),
            supply: Vec::new(),
            demand: Vec::new(),
            demand_ids: String::new(),
            links: Vec::new(),
            profiles: Vec::new(),
            holidays: Vec::new(),
            actuals: Vec::new(),
            weather: Vec::new(),
        }
    }

    fn at(&mut self, place: &Place) -> At {
        At { table: self.tables.number(&place.origin), line: place.line }
    }

    /// Adds a customer.
    pub fn customer(&mut self, row: CustomerRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.customer_at(&row, at);
        self
    }

    pub(crate) fn customer_at(&mut self, row: &CustomerRow<'_>, at: At) {
        for volume in [Some(row.demand), Some(row.floor), row.annual].into_iter().flatten() {
            self.check_volume(volume, at);
        }
        for number in [row.households, row.heated_m2] {
            if number > M3::MOST.0 {
                self.ledger.error(self.tables.place(at), CityMessage::CountTooLarge { number });
            }
        }
        if row.floor > row.demand {
            let message = CityMessage::FloorAboveDemand { floor: row.floor.0, demand: row.demand.0 };
            self.ledger.error(self.tables.cell(at, "floor_m3"), message);
        }
        let id = trimmed(row.id);
        let name = if trimmed(row.name).is_empty() { id } else { trimmed(row.name) };
        self.customers.push(Customer {
            id: id.into(),
            name: name.into(),
            district: self.words.districts.number(trimmed(row.district)),
            company: self.words.companies.number(trimmed(row.company)),
            class: self.words.classes.number(trimmed(row.class)),
            profile: named(Some(row.profile)).map(|word| self.words.profiles.number(word)),
            demand: row.demand,
            floor: row.floor,
            backup: row.backup,
            contract: row.contract,
            table: at.table,
            line: at.line,
            more: more(row),
        });
    }

    /// Adds a district.
    pub fn district(&mut self, row: DistrictRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.district_at(&row, at);
        self
    }

    pub(crate) fn district_at(&mut self, row: &DistrictRow<'_>, at: At) {
        let linepack = [row.linepack, row.linepack_min, row.linepack_max, row.linepack_draw];
        for volume in linepack.into_iter().flatten() {
            self.check_volume(volume, at);
        }
        let id = trimmed(row.id);
        let name = if trimmed(row.name).is_empty() { id } else { trimmed(row.name) };
        let district = District {
            id: id.into(),
            name: name.into(),
            urban: row.urban,
            policy: named(row.policy).map(Into::into),
            linepack: row.linepack,
            linepack_min: row.linepack_min,
            linepack_max: row.linepack_max,
            linepack_draw: row.linepack_draw,
            place: self.tables.place(at),
        };
        self.districts.push((district, at));
    }

    /// Adds what a source can give on a day.
    pub fn supply(&mut self, row: SupplyRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.supply_at(&row, at);
        self
    }

    pub(crate) fn supply_at(&mut self, row: &SupplyRow<'_>, at: At) {
        for volume in [Some(row.volume), row.max_h].into_iter().flatten() {
            self.check_volume(volume, at);
        }
        self.supply.push(SupplyDraft {
            at,
            date: row.date,
            source: self.words.sources.number(trimmed(row.source)),
            volume: row.volume,
            max_h: row.max_h,
            company: named(row.company).map(|word| self.words.companies.number(word)),
            area: named(row.area).map(|word| self.words.districts.number(word)),
        });
    }

    /// Adds a forecast of a customer or of a group.
    pub fn demand(&mut self, row: DemandRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.demand_at(&row, at);
        self
    }

    pub(crate) fn demand_at(&mut self, row: &DemandRow<'_>, at: At) {
        self.check_volume(row.volume, at);
        let start = self.demand_ids.len();
        self.demand_ids.push_str(named(row.customer).unwrap_or(""));
        self.demand.push(DemandDraft {
            at,
            date: row.date,
            volume: row.volume,
            customer: (start, (self.demand_ids.len() - start) as u32),
            district: named(row.district).map(|word| self.words.districts.number(word)),
            company: named(row.company).map(|word| self.words.companies.number(word)),
            class: named(row.class).map(|word| self.words.classes.number(word)),
        });
    }

    /// Adds a link of the network.
    pub fn link(&mut self, row: LinkRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.link_at(&row, at);
        self
    }

    pub(crate) fn link_at(&mut self, row: &LinkRow<'_>, at: At) {
        for volume in [Some(row.capacity), row.capacity_h].into_iter().flatten() {
            self.check_volume(volume, at);
        }
        let (from, to) = (trimmed(row.from).into(), trimmed(row.to).into());
        self.links.push(LinkDraft { at, from, to, capacity: row.capacity, capacity_h: row.capacity_h });
    }

    /// Adds an hour of a profile.
    pub fn profile(&mut self, row: ProfileRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.profile_at(row.profile, Some(row.hour.into()), Some(row.share), at);
        self
    }

    pub(crate) fn profile_at(&mut self, name: &str, hour: Option<u64>, share: Option<Decimal>, at: At) {
        let profile = self.words.profiles.number(trimmed(name));
        self.profiles.push(ProfileDraft { at, profile, hour, share });
    }

    /// Adds a holiday, or a weekend day that is worked.
    pub fn holiday(&mut self, row: HolidayRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.holiday_at(&row, at);
        self
    }

    pub(crate) fn holiday_at(&mut self, row: &HolidayRow<'_>, at: At) {
        let (name, source) = (trimmed(row.name).into(), trimmed(row.source).into());
        let day = SpecialDay { kind: row.kind, basis: row.basis, name, source };
        self.holidays.push(HolidayDraft { at, date: row.date, day });
    }

    /// Adds a day's weather.
    pub fn weather(&mut self, row: WeatherRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.weather.push(WeatherDraft::of(&row, at));
        self
    }

    /// Adds a day's weather that no file holds.
    pub fn add_weather(&mut self, row: WeatherRow<'_>) -> &mut Self {
        let place = in_memory("weather", self.weather.len());
        self.weather(row, place)
    }

    /// Adds what was really taken or delivered.
    pub fn actual(&mut self, row: ActualRow<'_>, place: Place) -> &mut Self {
        let at = self.at(&place);
        self.actual_at(&row, row.hour.map(u64::from), at);
        self
    }

    /// Adds what the pipes of a district (by id or name) held at an hour of the clock, read from no file.
    pub fn add_linepack(&mut self, date: Date, hour: u8, district: &str, volume: M3) -> &mut Self {
        let at = self.at(&in_memory("actuals", self.actuals.len()));
        let row = ActualRow { date, hour: Some(hour), customer: None, district: Some(district), source: None, volume };
        self.linepack_at(&row, Some(u64::from(hour)), at);
        self
    }

    /// A row whose volume is what the pipes held.
    pub(crate) fn linepack_at(&mut self, row: &ActualRow<'_>, hour: Option<u64>, at: At) {
        self.actual_at(row, hour, at);
        self.actuals.iter_mut().last().into_iter().for_each(|draft| draft.linepack = true);
    }

    /// `hour` as it is written, which need not be one of the clock.
    pub(crate) fn actual_at(&mut self, row: &ActualRow<'_>, hour: Option<u64>, at: At) {
        self.check_volume(row.volume, at);
        self.actuals.push(ActualDraft {
            at,
            date: row.date,
            hour,
            customer: named(row.customer).map(Into::into),
            district: named(row.district).map(|word| self.words.districts.number(word)),
            // Not among the words of sources: those are the city's.
            source: named(row.source).map(Into::into),
            volume: row.volume,
            linepack: false,
        });
    }

    /// Adds a customer that no file holds.
    pub fn add_customer(&mut self, row: CustomerRow<'_>) -> &mut Self {
        let place = in_memory("customers", self.customers.len());
        self.customer(row, place)
    }

    /// Adds a district that no file holds.
    pub fn add_district(&mut self, row: DistrictRow<'_>) -> &mut Self {
        let place = in_memory("districts", self.districts.len());
        self.district(row, place)
    }

    /// Adds a source's day that no file holds.
    pub fn add_supply(&mut self, row: SupplyRow<'_>) -> &mut Self {
        let place = in_memory("supply", self.supply.len());
        self.supply(row, place)
    }

    /// Adds a forecast that no file holds.
    pub fn add_demand(&mut self, row: DemandRow<'_>) -> &mut Self {
        let place = in_memory("demand", self.demand.len());
        self.demand(row, place)
    }

    /// Adds a link that no file holds.
    pub fn add_link(&mut self, row: LinkRow<'_>) -> &mut Self {
        let place = in_memory("links", self.links.len());
        self.link(row, place)
    }

    /// Adds an hour of a profile that no file holds.
    pub fn add_profile(&mut self, row: ProfileRow<'_>) -> &mut Self {
        let place = in_memory("profiles", self.profiles.len());
        self.profile(row, place)
    }

    /// Adds what was really taken or delivered, that no file holds.
    pub fn add_actual(&mut self, row: ActualRow<'_>) -> &mut Self {
        let place = in_memory("actuals", self.actuals.len());
        self.actual(row, place)
    }

    /// Adds a holiday, or a weekend day that is worked, that no file holds.
    pub fn add_holiday(&mut self, row: HolidayRow<'_>) -> &mut Self {
        let place = in_memory("holidays", self.holidays.len());
        self.holiday(row, place)
    }

    fn check_volume(&mut self, volume: M3, at: At) {
        if volume > M3::MOST {
            self.ledger.error(self.tables.place(at), CityMessage::VolumeTooLarge { volume: volume.0 });
        }
    }

    /// Checks everything and makes the city. `policies` name the classes that each district's customers may have.
    ///
    /// # Errors
    /// All problems at once.
    pub fn build(self, policies: &Policies) -> Result<(City, Problems), Problems> {
        build::city(self, Some(policies))
    }

    /// All problems but those of classes, for a case whose policy cannot be read.
    #[cfg(feature = "files")]
    pub(crate) fn without_policy(self) -> Problems {
        match build::city(self, None) {
            Ok((_, problems)) | Err(problems) => problems,
        }
    }
}

/// A row that no file holds, by its number.
fn in_memory(table: &str, rows_before: usize) -> Place {
    Place::line(Origin::memory(table), u32::try_from(rows_before + 1).unwrap_or(u32::MAX))
}

/// What few customers have, kept apart so that the others stay small.
fn more(row: &CustomerRow<'_>) -> Option<Box<More>> {
    let plain = row.tags.is_empty() && row.site.is_empty() && row.contact.is_empty();
    if plain && row.boiler_t_h.is_none() && row.annual.is_none() && row.households == 0 && row.heated_m2 == 0 {
        return None;
    }
    let tags = row.tags.split([';', '；']).map(str::trim).filter(|tag| !tag.is_empty()).map(Into::into).collect();
    let more = More {
        boiler_t_h: row.boiler_t_h,
        annual: row.annual,
        tags,
        site: trimmed(row.site).into(),
        households: row.households,
        heated_m2: row.heated_m2,
        contact: trimmed(row.contact).into(),
    };
    (more != More::default()).then(|| Box::new(more))
}
