//! What a revision fixed of somebody's day, and what it changes for the rest, in words.

use super::Words;
use crate::Lang;
use crate::decide::revise::ChangeKind;
use crate::explain::{KnownBy, RevisedWhy};
use crate::render::page::{Page, Style};
use crate::render::words::words;
use crate::render::{fmt, rules};

words! {
    FromOrder { at, id } => "The day is decided again from {at}, against the order {id}: what is past is fixed."; "当日自 {at} 起重新决定，修订指令 {id}：此前已成事实。";
    FromNothing { at } => "The day is decided again from {at}, and no order was in force: what is past is fixed."; "当日自 {at} 起重新决定，此前无指令：此前已成事实。";
    Metered { at, demand, taken } => "Before {at} its forecast asked for {demand}; it took {taken}, by figures of its own."; "{at} 之前预测 {demand}；据本户数据，实际用气 {taken}。";
    InPart { at, demand, taken, hours } => "Before {at} its forecast asked for {demand}; it took {taken}, by figures of its own for {hours} h and as ordered in the others."; "{at} 之前预测 {demand}；计用气 {taken}：其中 {hours} 小时有本户数据，其余按指令计。";
    ByDistrict { at, demand, taken } => "Before {at} its forecast asked for {demand}; it took {taken}, its part of its district's figures."; "{at} 之前预测 {demand}；据所在区域数据分摊，计用气 {taken}。";
    AsOrdered { at, demand, taken } => "Before {at} its forecast asked for {demand}; nobody has figures, so it counts as having taken the {taken} that were ordered."; "{at} 之前预测 {demand}；无实际数据，按指令计用气 {taken}。";
    AsForecast { at, demand, taken } => "Before {at} its forecast asked for {demand}; nobody has figures and nothing was ordered, so it counts as having taken {taken}."; "{at} 之前预测 {demand}；无实际数据亦无指令，按预测计用气 {taken}。";
    Together { at, demand, ordered, taken } => "Before {at} the forecast asked for {demand}, {ordered} were to be delivered, and {taken} were taken."; "{at} 之前预测 {demand}，应供 {ordered}，实际用气 {taken}。";
    Above { volume } => "That is {volume} more than was ordered; it is not taken back, and counts against what the sources have left."; "较指令多用 {volume}；不予追回，但计入气源已供量。";
    Below { volume } => "That is {volume} less than was ordered."; "较指令少用 {volume}。";
    Rest { at, left, before, now } => "From {at} on it asks for {left}: by the order in force it would get {before}, and now gets {now}."; "自 {at} 起需求 {left}：按现行指令可用 {before}，现可用 {now}。";
    CutBefore { measures } => "The order in force cuts it by {measures}."; "现行指令的压减依据：{measures}。";
    CutNow { measures } => "Now it is cut by {measures}."; "现压减依据：{measures}。";
    ByClause { measure, clause } => "{measure} (clause {clause})"; "{measure}（条款 {clause}）";
    Added => "Its order is new: it was not cut in these hours before."; "指令新增：此前该时段未压减。";
    Lifted => "Its cut is lifted for the rest of the day."; "余下时段的压减解除。";
    Altered => "Its order is altered."; "指令调整。";
    Unchanged => "Its order stands: among decisions that are equally good, the one is taken that changes the fewest orders."; "指令不变：同等优劣的决定中，取变动最少者。";
    Uncut => "It is not cut in the rest of the day, neither before nor now."; "余下时段前后均不压减。";
    Counts { added, lifted, altered, unchanged } => "Orders among them: {added} added, {lifted} lifted, {altered} altered, {unchanged} unchanged."; "其中指令：新增 {added}，解除 {lifted}，调整 {altered}，不变 {unchanged}。";
    NoOutlook => "What would restore it, and at what shortage it is first touched, is not worked out for the rest of a day."; "对余下时段不推算何以恢复、何时首次波及。";
}

impl Words<'_> {
    pub(super) fn revised(&self, page: &mut Page, why: &RevisedWhy) {
        let (lang, at) = (self.lang, || why.at.clone());
        let mut say = |words: Vec<Word>, style: Style| {
            page.item(&rules::sentences(words.into_iter().map(|word| word.text(lang)), lang), style);
        };
        let head = match why.revises.clone() {
            Some(id) => Word::FromOrder { at: at(), id },
            None => Word::FromNothing { at: at() },
        };
        say(vec![head], Style::Plain);
        let (demand, taken) = (self.volume(why.past_demand), self.volume(why.past_taken));
        let mut past = vec![match why.known {
            Some(KnownBy::Metered) => Word::Metered { at: at(), demand, taken },
            Some(KnownBy::InPart(hours)) => Word::InPart { at: at(), demand, taken, hours: hours.to_string() },
            Some(KnownBy::District) => Word::ByDistrict { at: at(), demand, taken },
            Some(KnownBy::Ordered) => Word::AsOrdered { at: at(), demand, taken },
            Some(KnownBy::Forecast) => Word::AsForecast { at: at(), demand, taken },
            None => Word::Together { at: at(), demand, ordered: self.volume(why.past_ordered), taken },
        }];
        let (above, below) = (why.past_taken.less(why.past_ordered), why.past_ordered.less(why.past_taken));
        past.extend((!above.is_zero()).then(|| Word::Above { volume: self.volume(above) }));
        past.extend((!below.is_zero()).then(|| Word::Below { volume: self.volume(below) }));
        say(past, if above.is_zero() { Style::Plain } else { Style::Warn });
        let (left, before, now) = (self.volume(why.left), self.volume(why.before), self.volume(why.now));
        say(vec![Word::Rest { at: at(), left, before, now }], Style::Plain);
        let mut change = Vec::new();
        let by = |cuts: &[(String, String)]| rules::listed(cuts.iter().map(|cut| self.by_clause(cut)), lang);
        if !why.cut_before.is_empty() {
            change.push(Word::CutBefore { measures: by(&why.cut_before) });
        }
        if !why.cut_now.is_empty() {
            change.push(Word::CutNow { measures: by(&why.cut_now) });
        }
        change.push(match (why.known, why.change) {
            (None, _) => {
                let [added, lifted, altered, unchanged] = why.customers.map(fmt::grouped);
                Word::Counts { added, lifted, altered, unchanged }
            }
            (_, Some(ChangeKind::Added)) => Word::Added,
            (_, Some(ChangeKind::Lifted)) => Word::Lifted,
            (_, Some(ChangeKind::Altered)) => Word::Altered,
            (_, Some(ChangeKind::Unchanged)) => Word::Unchanged,
            (_, None) => Word::Uncut,
        });
        say(change, Style::Plain);
        say(vec![Word::NoOutlook], Style::Dim);
    }

    fn by_clause(&self, (measure, clause): &(String, String)) -> String {
        let measure = self.measure(measure);
        if clause.is_empty() {
            return measure;
        }
        Word::ByClause { measure, clause: clause.clone() }.text(self.lang)
    }
}
