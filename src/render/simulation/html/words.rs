//! The words of a run's page, in both languages.

use crate::Lang;
use crate::render::words::words;

words! {
    // The head.
    PageTitle { name } => "Winters: {name}"; "冬季推演：{name}";
    SheetTitle { second, first } => "{second} beside {first}"; "“{second}”与“{first}”的比较";
    Winters { winters, from, to } => "{winters} simulated winters, each from {from} to {to}, every day of them decided by the same code as a real day."; "共模拟 {winters} 个冬季，每季自 {from} 至 {to}，逐日由与实际日相同的程序决策。";
    OtherLanguage => "中文"; "English";
    Units => "Volumes are thousand m3 of a winter, household-days are thousands. “±” is what chance leaves of a mean with so many winters, nineteen times in twenty."; "气量为每季万m³，户·天以万计。“±”为在此冬季数下均值的误差范围，二十次中有十九次不超过它。";
    UnitsOnes => "Volumes are m3 of a winter. “±” is what chance leaves of a mean with so many winters, nineteen times in twenty."; "气量为每季m³。“±”为在此冬季数下均值的误差范围，二十次中有十九次不超过它。";
    NameGas { name } => "{name}, thousand m3"; "{name}，万m³";
    NameGasOnes { name } => "{name}, m3"; "{name}，m³";
    Contents => "On this page"; "本页内容";
    // At a glance.
    Glance => "At a glance"; "概览";
    GlanceLead { level, share, days } => "Level {level} is reached in {share} of winters, on {days} days of a winter on average."; "{share} 的冬季会达到 {level} 级，平均每季 {days} 天。";
    GlanceNothing => "In none of these winters is anybody short of gas."; "所有冬季均无缺口。";
    GlanceFigure => "A winter"; "每季";
    Share => "in winters"; "出现的冬季";
    Mean => "mean"; "均值";
    Within => "±"; "±";
    Median => "P50"; "P50";
    P95 => "P95"; "P95";
    P99 => "P99"; "P99";
    Worst => "worst"; "最差";
    // The calendar of levels.
    Calendar => "When each level is reached"; "各级别出现的时间";
    CalendarLead { day, share } => "On no day is a shortage as likely as on {day}: in {share} of winters."; "{day} 出现缺口的可能最大：占冬季的 {share}。";
    CalendarDesc => "One column a day of the season and one row a level, the gravest at the top; the darker, the more winters have that level on that day."; "每列为季内一日，每行为一个级别，最重者在上；颜色越深，当日处于该级别的冬季越多。";
    CalendarScale => "part of winters"; "冬季占比";
    CalendarMore { percent } => "> {percent} %"; "> {percent}%";
    CalendarMonth => "month"; "月份";
    CalendarDays => "days at the level, on average"; "平均天数";
    CalendarLevel { level } => "level {level}"; "{level} 级";
    NoLevel => "no level"; "无级别";
    // Exceedance.
    Exceedance => "How much gas is lost, and how rarely more"; "未供气量及其罕见程度";
    ExceedanceLead { often, rare } => "One winter in two loses more than {often}, one in twenty more than {rare}."; "每两个冬季有一个未供气量超过 {often}，每二十个有一个超过 {rare}。";
    ExceedanceDesc => "Each line rises from the winters that lose least on the left to the rarest on the right: it tells what one winter in so many loses at least."; "各线由左侧未供气量最小的冬季升至右侧最罕见的冬季，表示若干个冬季中有一个至少达到的量。";
    OneIn { n } => "1 in {n}"; "{n} 冬一遇";
    OnceIn => "once in so many winters"; "多少个冬季一遇";
    HowRare => "winters as hard as that"; "达到此程度的冬季";
    AxisGas => "gas not served, thousand m3"; "未供气量，万m³";
    AxisGasOnes => "gas not served, m3"; "未供气量，m³";
    LineLost => "all gas not served"; "未供气量合计";
    LineWithheld => "withheld by required stops"; "因强制错峰停用";
    LineBeyond => "beyond the level's authority"; "超出本级授权";
    // The fan.
    Fan => "How the loss grows over the winter"; "未供气量随季节的累计";
    FanLead { half, share } => "By {half}, half of what an average winter loses is lost; {share} of winters lose nothing at all."; "至 {half}，平均冬季已有一半的未供气量发生；{share} 的冬季全季无缺。";
    FanDesc => "The dark band holds the middle half of winters, the light one all but the mildest and the hardest twentieth; the line is the median, the dashes the mean."; "深色带为居中的一半冬季，浅色带为去掉最轻和最重各二十分之一后的冬季；实线为中位数，虚线为均值。";
    FanSoFar => "Gas not served from the first day of the season on, thousand m3."; "自季节首日起累计的未供气量，万m³。";
    FanSoFarOnes => "Gas not served from the first day of the season on, m3."; "自季节首日起累计的未供气量，m³。";
    FanUntil => "until"; "截至";
    BandMiddle => "P25 to P75"; "P25 至 P75";
    BandWide => "P5 to P95"; "P5 至 P95";
    P5 => "P5"; "P5";
    P25 => "P25"; "P25";
    P75 => "P75"; "P75";
    // Blocks.
    Blocks => "How evenly blocks take their turns"; "区块轮换的公平性";
    BlocksLead { most, least, high, low } => "{most} has {high} turns a winter on average, {least} has {low}."; "平均每季{most}轮换 {high} 次，{least}轮换 {low} 次。";
    BlocksNone => "No block has a turn in any of these winters."; "所有冬季均无区块轮换。";
    BlocksDesc => "One row a block: the dot is its mean number of turns a winter, the bar reaches from P5 to P95, the ring is the worst winter; the dashed line is the mean of all blocks."; "每行一个区块：圆点为每季平均轮换次数，横条为 P5 至 P95，圆圈为最差的冬季；虚线为各区块均值。";
    BlocksBlock => "block"; "区块";
    BlocksTurns => "turns a winter"; "每季轮换次数";
    BlocksAgainst => "against the mean of all"; "与各区块均值之比";
    // Who loses.
    Losers => "Who loses, in mild winters and in hard ones"; "轻重冬季各由谁承担";
    LosersLead { class, share } => "In the hardest twentieth of winters {class} bears {share} of the loss, more than any other class."; "在最重的二十分之一冬季中，{class}承担 {share} 的未供气量，居各类之首。";
    LosersDesc => "Winters from the mildest on the left to the rarest on the right; each layer is what a class loses in winters that lose as much in all."; "由左侧最轻的冬季到右侧最罕见的冬季；每层为总量相近的冬季中一类用户的未供气量。";
    LosersOthers => "all others"; "其他各类";
    LosersClass => "class"; "类别";
    LosersAll => "all winters"; "全部冬季";
    LosersHalf => "hardest half"; "最重的一半";
    LosersTenth => "hardest tenth"; "最重的十分之一";
    LosersTwentieth => "hardest twentieth"; "最重的二十分之一";
    LosersMean => "Gas not served in an average winter of those, thousand m3."; "这些冬季平均每季的未供气量，万m³。";
    LosersMeanOnes => "Gas not served in an average winter of those, m3."; "这些冬季平均每季的未供气量，m³。";
    LosersSum => "all classes"; "合计";
    // Homes.
    Homes => "Who is cold at home"; "谁家受冻";
    HomesLead { limit, homes, rare } => "{homes} homes fall below {limit} C in an average winter, {rare} in one of twenty."; "平均每季有 {homes} 户室温曾低于 {limit} ℃，每二十个冬季有一个达 {rare} 户。";
    HomesDesc => "One bar an indoor temperature: home-hours below it in an average winter, by what causes them, beside the causes to the left."; "每个室温一条：平均每季低于它的户·时，按原因在左侧各原因之外另增的部分。";
    HomesAxis => "home-hours a winter, mean"; "平均每季户·时";
    HomesBelow { limit } => "below {limit} C"; "低于 {limit} ℃";
    HomesNote => "A building loses heat as fast as it is warmer than outside and follows its boiler with one time constant; the boiler heats in proportion to the gas it gets. Hours count as a thermometer with tenths shows them."; "建筑按室内外温差散热，以单一时间常数跟随锅炉；锅炉供热与所得气量成正比。小时数按显示到十分之一度的温度计计。";
    // Costs.
    Costs => "What it costs"; "费用";
    CostsLead { cost, rare } => "An average winter costs {cost} yuan, one in twenty more than {rare} yuan."; "平均每季 {cost} 元，每二十个冬季有一个超过 {rare} 元。";
    CostsNote => "By the values of gas and the prices of stores that the scenario states."; "按情景所给的气量价值与储气价格计算。";
    // Convergence.
    Settling => "How many winters are enough"; "多少个冬季才够";
    SettlingLead { winters, of } => "To know the mean gas not served to 5 % takes {winters} winters; these are {of}."; "要使未供气量均值的误差不超过 5%，需 {winters} 个冬季；本次为 {of} 个。";
    SettlingDesc => "What chance leaves of each mean, in percent of it, while winters are added; below the dashed line it is known to 5 %."; "冬季增加时各均值的误差（占均值的百分比）；虚线以下误差不超过 5%。";
    SettlingAxis => "± in percent of the mean"; "± 占均值的百分比";
    SettlingWinters => "winters"; "冬季数";
    SettlingNow { winters } => "± with {winters}"; "{winters} 个冬季的 ±";
    SettlingTo { percent } => "winters for {percent} %"; "达 {percent}% 所需冬季";
    // Two scenarios.
    CompareLead { saved, within } => "With B a winter loses {saved} less gas than with A (± {within})."; "B 的未供气量平均每季比 A 少 {saved}（± {within}）。";
    CompareLeadMore { more, within } => "With B a winter loses {more} more gas than with A (± {within})."; "B 的未供气量平均每季比 A 多 {more}（± {within}）。";
    CompareNoise => "Between A and B no difference in gas lost is beyond chance."; "A 与 B 在未供气量上的差别未超出偶然范围。";
    ComparePairs { winters } => "Both met the same {winters} winters: the same weather, the same failures, the same chance. Each winter is a pair."; "两者经历同样的 {winters} 个冬季：天气、故障与随机数均相同，逐季成对比较。";
    CompareA { name } => "A: {name}"; "A：{name}";
    CompareB { name } => "B: {name}"; "B：{name}";
    CompareFigure => "a winter, on average"; "平均每季";
    CompareOne => "A"; "A";
    CompareOther => "B"; "B";
    CompareDiffers => "B less A"; "B 减 A";
    CompareSays => "beyond chance"; "超出偶然";
    CompareYesLess => "yes, less"; "是，减少";
    CompareYesMore => "yes, more"; "是，增加";
    CompareNo => "no"; "否";
    ComparePicture => "What changes, in percent of A"; "变化（占 A 的百分比）";
    ComparePictureDesc => "One row a figure: the dot is the mean change from A to B in percent of A, the bar what chance leaves of it. Left of the line is less, right of it more."; "每行一个指标：圆点为由 A 到 B 的平均变化（占 A 的百分比），横条为误差范围。竖线左侧为减少，右侧为增加。";
    CompareWorth { avoided, added } => "The loss avoided is worth {avoided} yuan a winter; supply costs {added} yuan more."; "每季避免的损失价值 {avoided} 元，供气费用增加 {added} 元。";
    CompareBreakEven { even } => "The two break even where a cubic metre that is not lost is worth {even} yuan."; "少缺的气若每立方米价值 {even} 元，则两者相当。";
    CompareNoBreakEven => "No loss is avoided, so there is no value of gas at which the two break even."; "没有避免任何损失，因此不存在相当的气价。";
    CompareWeather => "This is what would happen under the assumptions of the two scenarios. It is no forecast."; "以上为两个情景所设条件下的结果，并非预报。";
}
