//! The words of a revision, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    From { at, id } => "Decided again from {at}: a revision of {id}, which stands until this one is issued"; "自 {at} 起重新决定：修订 {id}；在本决定下达之前，{id} 仍有效";
    FromWithoutOrder { at } => "Decided again from {at}: no order is in force, so everybody had its demand until then"; "自 {at} 起重新决定：当日尚无指令，此前各用户均按需求供气";
    Past { at, hours } => "Before {at} ({hours} h), fixed"; "{at} 之前（{hours} 小时），已过时段";
    PastSum { demand, delivered } => "Forecast {demand}, taken {delivered}"; "预测 {demand}，实际用气 {delivered}";
    Metered { customers } => "Customers by figures of their own: {customers}"; "有本户数据：{customers} 户（单位）";
    InPart { customers } => "Of these with figures for some hours only, in the others as ordered: {customers}"; "其中部分小时无数据、按指令计：{customers} 户（单位）";
    ByDistrict { customers } => "Customers by the figures of their district: {customers}"; "按所在区域的数据：{customers} 户（单位）";
    AsOrdered { customers } => "Customers without figures, counted as ordered: {customers}"; "无数据、按指令计：{customers} 户（单位）";
    AsForecast { customers } => "Customers without figures, counted as forecast: {customers}"; "无数据、按预测计：{customers} 户（单位）";
    CameBack { id, customers, past, rest } => "Came back of {id} since, to {customers} customers: {past} until then, {rest} to come; that counts as ordered"; "{id} 下达后已恢复供气 {customers} 户（单位）：此前 {past}，此后 {rest}，均按指令计";
    Over { customers, volume } => "Customers who took more than ordered: {customers}, {volume} in all"; "超出指令用气：{customers} 户（单位），共 {volume}";
    GivenMore { volume } => "The sources gave {volume} more than customers are known to have taken"; "气源已供量比已知用气量多 {volume}";
    GivenLess { volume } => "The sources gave {volume} less than customers are taken to have used"; "气源已供量比所计用气量少 {volume}";
    SourceGave { source, given, left } => "{source}: gave {given} by its own figures, {left} left"; "{source}：已供 {given}（实际数据），余 {left}";
    SourceShared { source, given, left } => "{source}: gave {given}, its part of what was taken, {left} left"; "{source}：已供 {given}（按用气量分摊），余 {left}";
    SourceStated { source, given, left } => "{source}: gave {given}, {left} left as stated"; "{source}：已供 {given}，余量按给定数 {left}";
    Changes { at } => "Orders from {at} to the end of the day"; "{at} 至日末的指令变化";
    Change => "change"; "变化";
    Customers => "customers"; "户（单位）";
    CutBefore => "cut before"; "原压减";
    CutNow => "cut now"; "现压减";
    Added => "added"; "新增";
    Lifted => "lifted"; "解除";
    Altered => "altered"; "调整";
    Unchanged => "unchanged"; "不变";
    NothingOrdered => "Nobody is cut in the rest of the day, neither before nor now."; "当日余下时段前后均无压减。";
    Changed => "Whose order changes"; "指令有变化的用户";
    Customer => "customer"; "用户";
    May => "may take before"; "原可用气";
    MayNow => "may take now"; "现可用气";
}
