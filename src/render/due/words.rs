//! The words of what is due, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    Nothing => "Nothing is due."; "目前没有待办事项。";
    Period { from, until } => "{from} to {until}"; "{from} 至 {until}";
    By { date, weekday, time } => "by {weekday} {date} {time}"; "{date}（{weekday}）{time} 前";
    AtOnce { date, weekday, time } => "at once, {weekday} {date} {time}"; "{date}（{weekday}）{time}，立即";
    Uncertain => "This date is not certain: nobody has published a calendar for all days that it counts, or the table of holidays lacks it."; "此日期尚不确定：所计日子中有的尚未公布放假安排，或节假日表中没有。";
    Done { count } => "Done: {count}"; "已完成：{count} 项";
    LastMinute => "due now"; "即刻到期";
    In { span } => "in {span}"; "尚余 {span}";
    Late { span } => "LATE by {span}"; "逾期 {span}";
    Minutes { minutes } => "{minutes} min"; "{minutes} 分钟";
    FullHours { hours } => "{hours} h"; "{hours} 小时";
    Hours { hours, minutes } => "{hours} h {minutes} min"; "{hours} 小时 {minutes} 分钟";
    FullDays { days, hours } => "{days} d {hours} h"; "{days} 天 {hours} 小时";
    Days { days, hours, minutes } => "{days} d {hours} h {minutes} min"; "{days} 天 {hours} 小时 {minutes} 分钟";
    Monday => "Mon"; "周一";
    Tuesday => "Tue"; "周二";
    Wednesday => "Wed"; "周三";
    Thursday => "Thu"; "周四";
    Friday => "Fri"; "周五";
    Saturday => "Sat"; "周六";
    Sunday => "Sun"; "周日";
}
