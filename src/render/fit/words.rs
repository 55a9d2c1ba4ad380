//! The words of an estimated demand model, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    Title { history } => "Demand by the weather, estimated from {history}"; "按天气推算用气：由 {history} 估计";
    Case { case } => "{case}"; "{case}";
    Days { days, seasons, from, until } => "{days} days of {seasons} seasons, {from} to {until}"; "{seasons} 个采暖季共 {days} 天，{from} 至 {until}";
    Fitted { fitted, warm_up } => "{fitted} days are fitted; the first {warm_up} of each season only warm up"; "参与拟合 {fitted} 天；每季最初 {warm_up} 天仅用于积累气温";
    Threshold { threshold } => "Degrees count below {threshold} ℃"; "低于 {threshold} ℃ 计采暖度数";
    Unit { basis } => "Volumes in m3 a day ({basis})"; "气量单位：万m³/日（{basis}）";
    // What was estimated.
    Model => "How demand follows the weather and the calendar"; "用气随天气与日历的变化";
    Class => "class"; "用户类别";
    Base => "base"; "基础";
    PerDegree => "per degree"; "每度";
    Memory => "memory"; "记忆";
    Saturday => "Sat"; "周六";
    Sunday => "Sun"; "周日";
    OtherHolidays => "other holidays"; "其他节假日";
    ModelNote => "demand = (base + per degree x degrees below the threshold) x factor of the day; memory: how much of a day's effective temperature is that of the day before"; "用气 =（基础 + 每度 × 低于阈值的度数）× 当日系数；记忆：当日有效气温中前一日所占份额";
    // How well.
    Quality => "How well it fits"; "拟合程度";
    OnFitted => "fitted"; "拟合";
    Others => "other seasons"; "留出检验";
    R2 => "R²"; "R²";
    Rmse => "RMSE"; "均方根误差";
    Mape => "MAPE"; "平均误差率";
    Bias => "bias"; "偏差";
    QualityNote => "other seasons: each season by a model of all the others, as a coming season would be; bias: the model's mean minus what was taken"; "留出检验：以其余各季的模型推算每一季，如同推算将来的一季；偏差：模型均值减实际均值";
    OneSeason => "One season alone: how it would do in another is not known"; "仅有一季：在其他季节的表现未知";
    BySeason => "Other seasons, one by one"; "逐季检验";
    Season { from, to } => "{from}/{to}"; "{from}/{to}";
    // The picture.
    AxisX { threshold } => "effective temperature in ℃, at most {threshold}"; "有效气温（℃），不高于 {threshold}";
    Workday => "workday"; "工作日";
    Weekend => "weekend"; "周末";
    Holiday => "holiday"; "节假日";
    Line => "the model on a workday"; "模型（工作日）";
    Panel { r2, mape } => "R² {r2} · MAPE {mape} %"; "R² {r2} · 平均误差率 {mape}%";
    // What the file says of itself.
    Provenance { history, days, seasons, from, until } => "Estimated by least squares from {history}: {days} days of {seasons} seasons, {from} to {until}"; "由 {history} 以最小二乘法估计：{seasons} 个采暖季共 {days} 天，{from} 至 {until}";
    FileHead => "# Written by `curtail fit`; correct it by hand where you know better. Volumes are m3 a day; what each key means: `curtail schema demand-model`."; "# 由 `curtail fit` 写出；如有更可靠的数据可直接修改。气量为 m3/日；各键含义见 `curtail schema demand-model --lang zh`。";
}
