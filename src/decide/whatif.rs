//! What if supply were something else: a [`Day`] moved along the line of all sources scaled alike.

use serde::{Deserialize, Serialize};

use crate::city::City;
use crate::decide::{Day, Warning};
use crate::problem::{Origin, Place, Problem, Problems};
use crate::units::{Decimal, M3, mul_div};

/// A question put to a day, as `--supply` and `--shortfall` put it.
///
/// ```
/// use curtail::decide::whatif::{WhatIf, supply_short_by};
/// use curtail::units::M3;
/// # let twelve_and_a_half = "12.5".parse()?;
/// assert_eq!(supply_short_by(M3(1001), twelve_and_a_half), Some(M3(876)));
/// let question = WhatIf::Shortfall(twelve_and_a_half);
/// # Ok::<(), curtail::units::NotADecimal>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhatIf {
    /// The scope's sources together give so many m3.
    Supply(M3),
    /// The scope's sources together give `ceil(D x (1 - p/100))`: a shortfall of so many percent, 0 to 100.
    Shortfall(Decimal),
}

crate::messages! {
    /// Why a question cannot be put, and what a decision that answers one says at its head.
    WhatIfMessage {
        "not_a_percentage" = NotAPercentage { percent: Decimal } =>
            "a shortfall of {percent} % cannot be", "give 0 to 100, with at most sixteen decimals";
            "缺口不能是 {percent}%", "请给出 0 到 100，最多十六位小数";
        "no_source_to_scale" = NothingToScale { wanted: M3 } =>
            "the sources give nothing on this day, so they cannot be scaled to {wanted} m3", "give a source of the scope a volume in supply.csv";
            "当日气源供应量为零，无法按比例调整到 {wanted} m3", "请在 supply.csv 为本范围的气源填写供应量";
        "too_much_supply" = TooMuch { wanted: M3 } =>
            "a supply of {wanted} m3 is more than the world uses", "give at most 10^15 m3";
            "供应量 {wanted} m3 过大", "最多 10^15 m3";
        "burdens_unreadable" = BurdensUnreadable { what: String } =>
            "the burdens cannot be read: {what}", "give a CSV in UTF-8 with the columns district and burden, and perhaps turns";
            "无法读取负担表：{what}", "请给出 UTF-8 的 CSV，列为 district（区域）、burden（负担），可另有 turns（轮停日）";
        "burdens_columns" = BurdenColumns {} =>
            "the columns `district` and `burden` are not both there", "give a CSV with the heading district,burden";
            "缺少 `district` 或 `burden` 列", "表头应为 district,burden（或 区域,负担）";
        "unknown_district" = BurdenDistrict { word: String, near: String } =>
            "unknown district `{word}`", "the districts are or are like: {near}";
            "没有区域 `{word}`", "已有或相近的区域：{near}";
        "bad_burden" = BadBurden { value: String } =>
            "`{value}` is not a burden", "give equivalent full days as a decimal number from 0, for example 1.25";
            "`{value}` 不是负担值", "请填写不小于 0 的小数（折合全天数），例如 1.25";
        "bad_turn" = BadTurn { value: String } =>
            "`{value}` is not the date of a turn", "give the days on which the block had its turn, for example 2026-01-07;2026-01-09";
            "`{value}` 不是轮停日", "请填写该区块轮到的日期，例如 2026-01-07;2026-01-09";
        "burden_twice" = BurdenTwice { word: String } =>
            "the district `{word}` has two burdens", "keep one row a district";
            "区域 `{word}` 有两行负担", "每个区域只保留一行";
        "record_unread" = RecordUnread { why: String, why_zh: String } =>
            "the record cannot be read, and departures from the plan that stand in it are NOT followed: {why}", "put the record back from a copy; until then hold the decision against the departures on paper";
            "记录无法读取，其中的变通处置未予执行：{why_zh}", "请用备份恢复记录；在此之前，请对照纸质文书核对变通处置";
        "what_if_unified" = Unified {} =>
            "what-if: the outer districts, their sources and links are joined to the urban balance", "";
            "假设情形：主城区以外的区域及其气源、管线并入统一平衡", "";
        "what_if_supply" = SupplySet { was: M3, is: M3 } =>
            "what-if: supply is set to {is:#} m3 instead of {was:#} m3, each source in proportion", "";
            "假设情形：供应量设为 {is:#} m3（原为 {was:#} m3），各气源按比例调整", "";
        "what_if_shortfall" = ShortfallSet { percent: Decimal, was: M3, is: M3 } =>
            "what-if: supply is set for a shortfall of {percent} %: {is:#} m3 instead of {was:#} m3, each source in proportion", "";
            "假设情形：按缺口 {percent}% 设定供应量为 {is:#} m3（原为 {was:#} m3），各气源按比例调整", "";
    }
}

impl WhatIfMessage {
    /// As a decision carries it.
    pub fn warning(&self) -> Warning {
        use crate::Lang::{En, Zh};
        Warning { code: self.code().to_owned(), text: self.text(En), text_zh: self.text(Zh) }
    }
}

/// `ceil(D x (1 - percent/100))` in m3; `None` unless `percent` is 0 to 100 with at most sixteen decimals.
pub fn supply_short_by(demand: M3, percent: Decimal) -> Option<M3> {
    let share = percent.of_a_hundred().filter(|share| *share <= Decimal::ONE)?;
    Some(M3(share.rest().fraction().ceil_of(demand.get())))
}

/// The day with the scope's sources scaled by one factor, and what the decision must say about it.
///
/// The scope is the main urban area; with `unified` the outer districts too. Each source gets the floor of its
/// share, then one m3 each by largest remainder, ties by name. Hourly limits and the supply of outer areas stay.
///
/// # Errors
/// A percentage that is none, a total out of bounds, or sources without gas to be scaled to some.
pub fn apply(city: &City, day: &mut Day, what: WhatIf, unified: bool) -> Result<WhatIfMessage, Problems> {
    let is = match what {
        WhatIf::Supply(wanted) if wanted > M3::MOST_IN_ALL => return Err(refused(WhatIfMessage::TooMuch { wanted })),
        WhatIf::Supply(wanted) => wanted,
        WhatIf::Shortfall(percent) => {
            let demand = demand_of_scope(city, day, unified);
            supply_short_by(demand, percent).ok_or_else(|| refused(WhatIfMessage::NotAPercentage { percent }))?
        }
    };
    // Sources of a city are sorted by name, so indices break ties as names do.
    let sources = city.sources.iter().enumerate();
    let scope: Vec<usize> = sources
        .filter(|(i, source)| (unified || source.area.is_none()) && day.supply.get(*i).is_some_and(Option::is_some))
        .map(|(i, _)| i)
        .collect();
    let volumes: Vec<M3> = scope.iter().map(|i| day.supply.get(*i).copied().flatten().unwrap_or_default()).collect();
    let was = volumes.iter().copied().sum();
    let scaled = scale(&volumes, is).ok_or_else(|| refused(WhatIfMessage::NothingToScale { wanted: is }))?;
    for (source, volume) in scope.into_iter().zip(scaled) {
        if let Some(slot) = day.supply.get_mut(source) {
            *slot = Some(volume);
        }
    }
    day.what_if = Some(what);
    Ok(match what {
        WhatIf::Supply(_) => WhatIfMessage::SupplySet { was, is },
        WhatIf::Shortfall(percent) => WhatIfMessage::ShortfallSet { percent, was, is },
    })
}

fn refused(message: WhatIfMessage) -> Problems {
    Problem::error(Place::whole(Origin::memory("what-if")), message).into()
}

/// `D` of the scope, in m3.
fn demand_of_scope(city: &City, day: &Day, unified: bool) -> M3 {
    let urban = |district: u32| city.districts.get(district as usize).is_some_and(|d| d.urban);
    let customers = city.customers.iter().zip(&day.demand);
    customers.filter(|(c, _)| unified || urban(c.district)).map(|(_, demand)| *demand).sum()
}

/// Volumes in proportion that add up to `total`; `None` if nothing is to become something.
pub(super) fn scale(volumes: &[M3], total: M3) -> Option<Vec<M3>> {
    let sum: M3 = volumes.iter().copied().sum();
    if sum.is_zero() {
        return total.is_zero().then(|| volumes.to_vec());
    }
    let share = |v: &M3| mul_div(u128::from(v.get()), u128::from(total.get()), u128::from(sum.get()));
    let (mut scaled, mut remainders) = (Vec::with_capacity(volumes.len()), Vec::with_capacity(volumes.len()));
    for (i, (quotient, remainder)) in volumes.iter().map(share).enumerate() {
        scaled.push(M3(u64::try_from(quotient).unwrap_or(u64::MAX)));
        remainders.push((std::cmp::Reverse(remainder), i));
    }
    remainders.sort_unstable();
    let missing = total.less(scaled.iter().copied().sum()).get();
    // Fewer are missing than there are sources, since each lost less than one.
    for (_, (_, i)) in (0..missing).zip(remainders) {
        scaled[i] += M3(1);
    }
    Some(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn m3(volumes: &[u64]) -> Vec<M3> {
        volumes.iter().copied().map(M3).collect()
    }

    #[test]
    fn sources_are_scaled_by_largest_remainder_and_ties_go_by_name() {
        assert_eq!(scale(&m3(&[1, 1, 1]), M3(2)), Some(m3(&[1, 1, 0])));
        assert_eq!(scale(&m3(&[5, 3, 2]), M3(7)), Some(m3(&[4, 2, 1])));
        assert_eq!(scale(&m3(&[10, 0, 30]), M3(80)), Some(m3(&[20, 0, 60])));
        assert_eq!(scale(&m3(&[10, 30]), M3(0)), Some(m3(&[0, 0])));
        assert_eq!(scale(&m3(&[0, 0]), M3(0)), Some(m3(&[0, 0])));
        assert_eq!(scale(&m3(&[0, 0]), M3(1)), None);
    }

    /// One block with 1000 m3 of demand, an outer district with 100; two urban sources and one of the outer district.
    fn city() -> City {
        use crate::city::{CustomerRow, DistrictRow, Settings, SupplyRow};
        use crate::policy::{Policies, Policy};
        let date = "2026-01-07".parse().unwrap_or_else(|e| panic!("{e}"));
        let mut city = City::builder(Settings::default());
        for (id, urban, demand) in [("block", true, 1000), ("outer", false, 100)] {
            city.add_district(DistrictRow { id, name: id, urban, ..DistrictRow::default() });
            let demand = M3(demand);
            let (class, company) = ("homes", "gas");
            city.add_customer(CustomerRow { id, class, demand, district: id, company, ..CustomerRow::default() });
        }
        for (source, volume, area) in [("a", 600, None), ("b", 300, None), ("c", 100, Some("outer"))] {
            city.add_supply(SupplyRow { date, source, volume: M3(volume), max_h: None, company: None, area });
        }
        let policies = Policies::of(Policy::village());
        city.build(&policies).unwrap_or_else(|e| panic!("{e}")).0
    }

    fn asked(what: WhatIf, unified: bool) -> (Vec<Option<u64>>, Result<String, String>) {
        let city = city();
        let date = "2026-01-07".parse().unwrap_or_else(|e| panic!("{e}"));
        let (mut day, _) = Day::on(&city, date).unwrap_or_else(|e| panic!("{e}"));
        let said = apply(&city, &mut day, what, unified);
        let supply = day.supply.iter().map(|volume| volume.map(M3::get)).collect();
        (supply, said.map(|s| s.code().to_owned()).map_err(|p| p.iter().map(Problem::code).collect()))
    }

    #[test]
    fn outer_areas_keep_their_supply_unless_all_is_one_balance() {
        let some = |volumes: [u64; 3]| volumes.map(Some).to_vec();
        assert_eq!(asked(WhatIf::Supply(M3(450)), false), (some([300, 150, 100]), Ok("what_if_supply".into())));
        assert_eq!(asked(WhatIf::Supply(M3(500)), true), (some([300, 150, 50]), Ok("what_if_supply".into())));
        let tenth = WhatIf::Shortfall(Decimal::whole(10));
        assert_eq!(asked(tenth, false), (some([600, 300, 100]), Ok("what_if_shortfall".into())));
        // A tenth short of 1100 m3 is 990: 594, 297 and 99.
        assert_eq!(asked(tenth, true), (some([594, 297, 99]), Ok("what_if_shortfall".into())));
    }

    #[test]
    fn a_question_that_cannot_be_put_changes_nothing() {
        let as_it_was = vec![Some(600), Some(300), Some(100)];
        for (what, code) in [
            (WhatIf::Shortfall(Decimal::whole(101)), "not_a_percentage"),
            (WhatIf::Supply(M3(M3::MOST_IN_ALL.get() + 1)), "too_much_supply"),
        ] {
            assert_eq!(asked(what, false), (as_it_was.clone(), Err(code.into())));
        }
    }

    #[test]
    fn scaled_volumes_add_up_at_the_bounds() {
        for (volumes, total) in [
            (vec![M3::MOST.get(); 1000], M3::MOST_IN_ALL.get() - 1),
            (vec![1, M3::MOST.get(), 7], 999_999_999_999_937),
            (vec![3; 7], 1),
        ] {
            let scaled = scale(&m3(&volumes), M3(total)).unwrap_or_default();
            assert_eq!(scaled.iter().copied().sum::<M3>(), M3(total));
        }
    }

    #[test]
    fn the_supply_of_a_shortfall_is_rounded_up_exactly() {
        let supply = |demand, percent: &str| {
            let percent = percent.parse().unwrap_or_else(|e| panic!("{e}"));
            supply_short_by(M3(demand), percent).map(M3::get)
        };
        assert_eq!(supply(20_000_000, "20"), Some(16_000_000));
        assert_eq!(supply(1001, "12.5"), Some(876));
        assert_eq!(supply(1_000_000_000_000_000, "0.0000000000000001"), Some(1_000_000_000_000_000));
        assert_eq!(supply(77, "0"), Some(77));
        assert_eq!(supply(77, "100"), Some(0));
        assert_eq!(supply(77, "100.01"), None);
        assert_eq!(supply(77, "0.00000000000000001"), None);
    }
}
