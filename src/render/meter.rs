//! How the order of a day was followed, by what was really taken.

use std::io;

use serde_json::{Value, json};

use crate::Lang;
use crate::city::City;
use crate::policy::Policy;
use crate::record::{Act, DistrictTaken, Followed, Head, MeteredDay, Outcome, Tally};
use crate::render::fmt;
use crate::render::page::{Cell, Page, Style};
use crate::render::screen::Look;
use crate::render::words::words;

/// So many customers are shown, unless `-v` asks for all.
const SHOWN: usize = 10;

words! {
    MeterHead { date, order } => "What was taken on {date}, against order {order}"; "{date} 实际用气与指令 {order} 对照";
    MeterSum { orders, followed, partly, not, unknown } => "{orders} orders: {followed} followed, {partly} in part, {not} not, {unknown} unknown"; "指令 {orders} 户：已执行 {followed}，部分执行 {partly}，未执行 {not}，不明 {unknown}";
    MeterOver { over, cut } => "{over} taken over the orders, which cut {cut}"; "指令压减 {cut}，超用 {over}";
    MeterUnknown { volume } => "Of {volume} of the cut it is not known whether it was followed: no figures of a whole day"; "其中 {volume} 的压减是否执行不明：缺少全日数据";
    MeterOvertakes { seq, at } => "Entry {seq} of {at} says what was taken on this day before"; "本日此前已有第 {seq} 条（{at}）";
    MeterRecorded { seq, head } => "Recorded as entry {seq}. Head of the record: {head}"; "已入档，第 {seq} 条。记录链首：{head}";
    MeterNotRecorded => "This is not in the record: --record puts it there"; "尚未入档：用 --record 写入记录";
    MeterNothing => "The order leaves nothing to follow"; "该指令没有需要执行的压减";
    ByCompany => "By company"; "按城燃企业";
    ByMeasure => "By measure"; "按措施";
    ByBlock => "By district"; "按区域";
    Districts => "Districts metered as a whole, all customers"; "整体计量的区域（全部用户）";
    WhoDidNot { count } => "Who did not follow the order, or only in part · {count}"; "未执行或部分执行的用户 · {count}";
    Name => "name"; "名称";
    Orders => "orders"; "指令";
    WasFollowed => "followed"; "已执行";
    Partly => "in part"; "部分";
    NotFollowed => "not"; "未执行";
    NotKnown => "unknown"; "不明";
    Ordered => "cut"; "压减";
    TakenOver => "over"; "超用";
    Allowed => "allowed"; "允许";
    Taken => "taken"; "实际";
    InPart => "some hours only"; "仅部分时段";
    More { count } => "... and {count} more; `-v` lists them all"; "……另有 {count} 户，`-v` 可全部列出";
    Beyond => "beyond authority"; "超出授权";
    BeforeRevision => "not taken before the revision"; "修订前未供";
}

/// What is told.
pub(crate) struct View<'a> {
    pub metered: &'a MeteredDay,
    /// Customer by customer.
    pub followed: &'a [Followed],
    pub policy: &'a Policy,
    pub city: &'a City,
    /// The entry that told of this day until now.
    pub overtakes: Option<Act>,
    /// Its own entry, and the head after it.
    pub recorded: Option<(u64, Head)>,
}

/// The whole screen.
pub(crate) fn page(view: &View<'_>, look: Look) -> String {
    let (lang, metered) = (look.lang, view.metered);
    let (compliance, total) = (&metered.compliance, &metered.compliance.total);
    let mut page = Page::new(look.colour);
    let (date, order) = (metered.date.to_string(), metered.decision.to_string());
    page.line(&Word::MeterHead { date, order }.text(lang), Style::Bold);
    if total.orders == 0 {
        page.item(&Word::MeterNothing.text(lang), Style::Plain);
    } else {
        page.item(&sum(total, lang), if total.over_m3.is_zero() { Style::Plain } else { Style::Warn });
        let (over, cut) = (fmt::with_unit(total.over_m3, lang), fmt::with_unit(total.cut_m3, lang));
        page.item(&Word::MeterOver { over, cut }.text(lang), Style::Plain);
        if !total.unknown_m3.is_zero() {
            let volume = fmt::with_unit(total.unknown_m3, lang);
            page.item(&Word::MeterUnknown { volume }.text(lang), Style::Warn);
        }
        let company = |tally: &Tally| tally.name.clone();
        let measure = |tally: &Tally| measure(&tally.name, view.policy, lang);
        let district = |tally: &Tally| district(&tally.name, view.city);
        tallies(&mut page, Word::ByCompany, &compliance.by_company, company, lang);
        tallies(&mut page, Word::ByMeasure, &compliance.by_measure, measure, lang);
        tallies(&mut page, Word::ByBlock, &compliance.by_district, district, lang);
        not_followed(&mut page, view.followed, look);
    }
    districts(&mut page, &compliance.districts, view.city, lang);
    page.blank();
    if let Some(act) = &view.overtakes {
        let said = Word::MeterOvertakes { seq: act.seq.to_string(), at: act.at.short() };
        page.line(&said.text(lang), Style::Dim);
    }
    let said = match view.recorded {
        Some((seq, head)) => Word::MeterRecorded { seq: seq.to_string(), head: head.short() },
        None => Word::MeterNotRecorded,
    };
    page.line(&said.text(lang), Style::Plain);
    page.into_text()
}

/// So many orders were followed, so many not.
pub(crate) fn sum(total: &Tally, lang: Lang) -> String {
    let said = Word::MeterSum {
        orders: fmt::grouped(total.orders),
        followed: fmt::grouped(total.followed),
        partly: fmt::grouped(total.partly),
        not: fmt::grouped(total.not_followed),
        unknown: fmt::grouped(total.unknown),
    };
    said.text(lang)
}

fn measure(id: &str, policy: &Policy, lang: Lang) -> String {
    if id == crate::decide::BEYOND_AUTHORITY {
        return Word::Beyond.text(lang);
    }
    if id == crate::decide::PAST {
        return Word::BeforeRevision.text(lang);
    }
    let found = policy.measures.iter().find(|measure| measure.id == id);
    found.map_or_else(|| id.to_owned(), |measure| measure.label.get(lang).to_owned())
}

fn district(id: &str, city: &City) -> String {
    city.district(id).and_then(|at| city.districts.get(at)).map_or_else(|| id.to_owned(), |it| it.name.to_string())
}

fn header(words: impl IntoIterator<Item = Word>, lang: Lang) -> Vec<Cell> {
    let cell = |(at, word): (usize, Word)| {
        let text = word.text(lang);
        if at == 0 { Cell::left(text) } else { Cell::right(text) }.styled(Style::Dim)
    };
    words.into_iter().enumerate().map(cell).collect()
}

fn tallies(page: &mut Page, title: Word, all: &[Tally], name: impl Fn(&Tally) -> String, lang: Lang) {
    page.heading(&title.text(lang));
    let words = [
        Word::Name,
        Word::Orders,
        Word::WasFollowed,
        Word::Partly,
        Word::NotFollowed,
        Word::NotKnown,
        Word::Ordered,
        Word::TakenOver,
    ];
    let row = |tally: &Tally| {
        let counts = [tally.orders, tally.followed, tally.partly, tally.not_followed, tally.unknown];
        let mut row = vec![Cell::left(name(tally))];
        row.extend(counts.map(|count| Cell::right(fmt::grouped(count))));
        row.extend([tally.cut_m3, tally.over_m3].map(|volume| Cell::right(fmt::volume(volume, lang))));
        row
    };
    page.table(std::iter::once(header(words, lang)).chain(all.iter().map(row)).collect());
}

fn not_followed(page: &mut Page, followed: &[Followed], look: Look) {
    let lang = look.lang;
    let mut found: Vec<&Followed> = followed.iter().filter(|it| !it.over_m3.is_zero()).collect();
    if found.is_empty() {
        return;
    }
    found.sort_by(|a, b| b.over_m3.cmp(&a.over_m3).then_with(|| a.customer_id.cmp(&b.customer_id)));
    page.heading(&Word::WhoDidNot { count: fmt::grouped(found.len() as u64) }.text(lang));
    let shown = if look.verbose { found.len() } else { SHOWN };
    let row = |it: &&Followed| {
        let mut row = vec![Cell::left(it.customer_id.clone())];
        let volumes = [it.ordered_m3, it.taken_m3.unwrap_or_default(), it.over_m3];
        row.extend(volumes.map(|volume| Cell::right(fmt::volume(volume, lang))));
        row
    };
    let words = header([Word::Name, Word::Allowed, Word::Taken, Word::TakenOver], lang);
    page.table(std::iter::once(words).chain(found.iter().take(shown).map(row)).collect());
    if found.len() > shown {
        page.item(&Word::More { count: (found.len() - shown).to_string() }.text(lang), Style::Dim);
    }
}

fn districts(page: &mut Page, all: &[DistrictTaken], city: &City, lang: Lang) {
    if all.is_empty() {
        return;
    }
    page.heading(&Word::Districts.text(lang));
    let row = |it: &DistrictTaken| {
        let mut row = vec![Cell::left(district(&it.district, city))];
        let volumes = [it.ordered_m3, it.taken_m3, it.taken_m3.less(it.ordered_m3)];
        row.extend(volumes.map(|volume| Cell::right(fmt::volume(volume, lang))));
        row.push(Cell::left(if it.whole { String::new() } else { Word::InPart.text(lang) }).styled(Style::Warn));
        row
    };
    let mut words = header([Word::Name, Word::Allowed, Word::Taken, Word::TakenOver], lang);
    words.push(Cell::left(String::new()));
    page.table(std::iter::once(words).chain(all.iter().map(row)).collect());
}

/// For programs.
pub(crate) fn json(view: &View<'_>) -> Value {
    json!({
        "schema": "curtail.meter/1",
        "date": view.metered.date.to_string(),
        "decision": view.metered.decision,
        "rows": view.metered.rows,
        "compliance": view.metered.compliance,
        "orders": view.followed,
        "overtakes": view.overtakes.as_ref().map(|act| act.seq),
        "entry": view.recorded.map(|(seq, _)| seq),
        "head": view.recorded.map(|(_, head)| head.to_string()),
    })
}

/// One row an order.
pub(crate) fn csv(view: &View<'_>, to: &mut dyn io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(to);
    csv.write_record([
        "customer_id",
        "company",
        "district",
        "demand_m3",
        "ordered_m3",
        "taken_m3",
        "over_m3",
        "outcome",
    ])?;
    for it in view.followed {
        let outcome = match it.outcome {
            Outcome::Followed => "followed",
            Outcome::Partly => "partly",
            Outcome::NotFollowed => "not_followed",
            Outcome::Unknown => "unknown",
        };
        let taken = it.taken_m3.map(|volume| volume.to_string()).unwrap_or_default();
        let [id, company, district] = [&it.customer_id, &it.company, &it.district].map(|text| plain(text));
        let volumes = [it.demand_m3, it.ordered_m3, it.over_m3].map(|volume| volume.to_string());
        let [demand, ordered, over] = &volumes;
        csv.write_record([&*id, &*company, &*district, demand, ordered, &taken, over, outcome])?;
    }
    csv.flush()
}

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if fmt::is_formula(text) { format!("'{text}").into() } else { text.into() }
}
