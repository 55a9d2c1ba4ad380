//! Who does what in a response, and how it ends.

use curtail::policy::{Authority, Band, Measure, Policy, Response, RestoreOrder, Status, Step};
use curtail::problem::Origin;
use curtail::units::Decimal;

/// A plan that uses every key.
fn everything() -> String {
    std::fs::read_to_string("tests/plans/everything.toml").unwrap_or_else(|e| panic!("{e}"))
}

fn read(text: &str) -> Policy {
    let (policy, notes) = Policy::parse(text, &Origin::file("plan.toml"), &[]).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(notes.len(), 0, "{notes}");
    policy
}

/// What the plan gets that says this otherwise; the piece must be there.
fn refused(old: &str, new: &str) -> String {
    let text = everything();
    assert!(text.contains(old), "the plan no longer says `{old}`");
    match Policy::parse(&text.replacen(old, new, 1), &Origin::file("plan.toml"), &[]) {
        Ok(_) => panic!("accepted: `{new}`"),
        Err(problems) => problems.to_string(),
    }
}

fn by(policy: &Policy, act: Step) -> Vec<&str> {
    policy.response.acts.get(&act).into_iter().flat_map(|who| &who.by).map(String::as_str).collect()
}

fn status(policy: &Policy, act: Step) -> Option<Status> {
    policy.response.acts.get(&act).map(|who| who.basis.status)
}

/// The ids of measures in the order in which they come back.
fn restored(policy: &Policy) -> Vec<&str> {
    let order = policy.response.restore.of(&policy.measures);
    let back: Vec<&Measure> = order.iter().filter_map(|at| policy.measures.get(*at)).collect();
    back.into_iter().map(|measure| measure.id.as_str()).collect()
}

fn share(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// 二(三)1: the head signs; 2: the office issues; 6: the group lowers and ends. What the plan leaves open is a reading.
#[test]
fn the_plan_of_xian_says_who_acts() {
    let policy = Policy::builtin("xian-2025").unwrap_or_else(|p| panic!("{p}"));
    for (act, who, clause, how) in [
        (Step::Sign, "head", "二(三)1", Status::Stated),
        (Step::Issue, "office", "二(三)2", Status::Stated),
        (Step::Lower, "group", "二(三)6", Status::Stated),
        (Step::End, "group", "二(三)6", Status::Stated),
        (Step::Depart, "group", "三1", Status::Reading),
        (Step::Restore, "group", "二(三)6", Status::Reading),
    ] {
        assert_eq!((by(&policy, act), status(&policy, act)), (vec![who], Some(how)), "{}", act.id());
        assert_eq!(policy.response.acts[&act].basis.clause, clause);
        assert!(policy.response.allows(act, who) && !policy.response.allows(act, "companies"), "{}", act.id());
    }
    let ease = policy.response.ease.as_ref().map(|ease| (ease.days, ease.margin, ease.basis.status));
    assert_eq!(ease, Some((1, Decimal::ZERO, Status::Reading)));
    assert_eq!(policy.response.warn, [share("0.9"), share("0.95"), share("1")]);
    assert_eq!(policy.response.warn_basis.status, Status::Reading);
    // The first that loses gas comes back last.
    let mut cut: Vec<&str> = policy.measures.iter().map(|measure| measure.id.as_str()).collect();
    cut.reverse();
    assert_eq!(restored(&policy), cut);
}

#[test]
fn what_a_plan_says_is_read_and_what_it_leaves_out_asks_for_nobody() {
    let policy = read(&everything());
    assert_eq!(by(&policy, Step::Issue), ["council", "mayor"]);
    assert!(policy.response.allows(Step::Issue, "mayor") && policy.response.allows(Step::Issue, "council"));
    // Those named first, then the others in reverse.
    assert_eq!(policy.response.ease.as_ref().map(|ease| (ease.days, ease.hours)), Some((2, 6)));
    assert_eq!(policy.response.restore, RestoreOrder::Listed(vec!["ovens".to_owned(), "lamps".to_owned()]));
    assert_eq!(restored(&policy), ["ovens", "lamps", "turns", "evening", "kilns"]);
    let notice = policy.measures.iter().map(|measure| (measure.id.as_str(), measure.notice_hours));
    assert_eq!(notice.filter(|(_, hours)| hours.is_some()).collect::<Vec<_>>(), [("lamps", Some(2))]);

    let village = std::fs::read_to_string("tests/plans/village.toml").unwrap_or_else(|e| panic!("{e}"));
    let silent = read(&village);
    assert_eq!(silent.response, Response::default());
    assert!(Step::OF_A_RESPONSE.iter().all(|act| silent.response.allows(*act, "anybody")));
    assert_eq!(restored(&silent), ["slow-works", "close-inns"]);

    // An order alone names nobody; days and margin have defaults.
    let little =
        village + "[response.restore]\norder = [\"close-inns\"]\nclause = \"5\"\n[response.ease]\nclause = \"6\"\n";
    let little = read(&little);
    assert_eq!(by(&little, Step::Restore), [""; 0]);
    assert!(little.response.allows(Step::Restore, "anybody"));
    assert_eq!(restored(&little), ["close-inns", "slow-works"]);
    assert_eq!(little.response.ease.map(|ease| (ease.days, ease.margin)), Some((1, Decimal::ZERO)));
}

#[test]
fn what_is_wrong_with_a_response_is_told_with_place_and_hint() {
    let order = "order = [\"ovens\", \"lamps\"]";
    let warn = "at = [0.90, 0.95, 1.00]";
    let cases = [
        (
            ("[response.sign]\nby = \"mayor\"", "[response.sign]\nby = \"major\""),
            "plan.toml:171:1: unknown role `major`\n  help: the nearest role: `mayor`",
        ),
        (("by = [\"council\", \"mayor\"]", "by = [\"council\", \"baker\"]"), "unknown role `baker`"),
        (("[response.sign]\nby = \"mayor\"", "[response.sign]"), "the key `by` is missing"),
        (("[response.sign]", "[response.signs]"), "unknown key `signs`\n  help: did you mean `sign`?"),
        (("[response.depart]\n", "[response.depart]\norder = \"reverse\"\n"), "unknown key `order`"),
        ((order, "order = [\"ovens\", \"lamp\"]"), "unknown measure `lamp`\n  help: the nearest measure: `lamps`"),
        (
            (order, "order = [\"ovens\", \"lamps\", \"ovens\"]"),
            "measure `ovens` stands twice in the order of restoration\n  help: keep one of the two",
        ),
        (
            (order, "order = \"reversed\""),
            "`order` is neither \"reverse\" nor a list of measures\n  help: write order = \"reverse\"",
        ),
        ((order, "order = [1]"), "`order` is neither \"reverse\" nor a list of measures"),
        (
            ("hours = 6", "hours = 169"),
            "a shortage need not have eased for 169 hours: at most 168, a week\n  help: write a smaller number of hours",
        ),
        (
            ("days = 2", "days = 0"),
            "a shortage cannot have eased on 0 days\n  help: write how many gas days in a row it takes",
        ),
        (("days = 2", "days = 1.5"), "`days` must be a whole number"),
        (
            ("margin = 0.02", "margin = 2"),
            "`margin` is 2, but it is a share of demand\n  help: write a number from 0 to 1",
        ),
        (("margin = 0.02", "margin = -0.02"), "`margin` must be a decimal number, not negative"),
        (
            (warn, "at = [0.90, 0.90, 1.00]"),
            "plan.toml:205:13: the warning at 0.9 does not lie above the one before it, at 0.9\n  help: write the shares",
        ),
        (
            (warn, "at = [90, 95, 100]"),
            "a warning is set at 90, but it is a share of the day's nomination\n  help: write a number above 0 and up to 2",
        ),
        ((warn, "at = [0, 1]"), "a warning is set at 0, but"),
        ((warn, "at = 0.9"), "`at` must be a list of shares"),
        ((warn, "at = [\"0.9\"]"), "`at` must be a decimal number"),
        ((warn, ""), "the key `at` is missing"),
        (("notice_hours = 2", "notice_hours = 1.5"), "`notice_hours` must be a whole number"),
    ];
    for ((old, new), expected) in cases {
        let said = refused(old, new);
        assert!(said.contains(expected) && said.contains("plan.toml:"), "`{new}`: no `{expected}` in:\n{said}");
    }
    // All at once, each for itself.
    let text = everything().replacen("days = 2", "days = 0", 1).replacen(warn, "at = [3, 2, 1]", 1);
    let problems = Policy::parse(&text, &Origin::file("plan.toml"), &[]).map(|_| ()).err();
    let codes: Vec<_> = problems.iter().flat_map(|p| p.iter()).map(|problem| problem.code()).collect();
    assert_eq!(codes, ["no_days", "warn_out_of_range", "warn_not_rising", "warn_not_rising"]);
}

#[test]
fn every_message_about_a_response_is_there_in_chinese() {
    let text = everything()
        .replacen("days = 2", "days = 0", 1)
        .replacen("at = [0.90, 0.95, 1.00]", "at = [3, 1]", 1)
        .replacen("order = [\"ovens\", \"lamps\"]", "order = [\"ovens\", \"ovens\", 1]", 1);
    let problems = Policy::parse(&text, &Origin::file("plan.toml"), &[]).map(|_| ()).err();
    let said: Vec<String> = problems.iter().flat_map(|p| p.iter()).map(|p| p.in_words(curtail::Lang::Zh)).collect();
    let expected = [
        "错误: plan.toml:194:19: 措施 `ovens` 在恢复次序中出现两次\n  办法: 只保留一处",
        "错误: plan.toml:194:28: `order` 既不是 \"reverse\"，也不是措施的列表\n  办法: 请写 order = \"reverse\"，或在方括号内按\
         恢复先后列出措施标识",
        "错误: plan.toml:198:1: 缺口缓解所需天数不能为 0\n  办法: 请写须连续多少个供气日，至少为 1",
        "错误: plan.toml:205:7: 预警值为 3，但它应是日指定气量的比例\n  办法: 请写大于 0、不超过 2 的数，如 90% 写 0.9",
        "错误: plan.toml:205:10: 预警值 1 不高于前一个 3\n  办法: 请由小到大列出，不得重复",
    ];
    assert_eq!(said, expected);
}

/// 二(三)6: "when the shortage has eased": below the level, by the margin that the plan asks for, to the cubic metre.
#[test]
fn a_shortage_has_eased_below_the_level_by_the_margin() {
    let margin = |margin: &str| {
        let old = "margin = 0.02";
        let policy = read(&everything().replacen(old, &format!("margin = {margin}"), 1));
        policy.response.ease.unwrap_or_else(|| panic!("no ease"))
    };
    let band =
        |from: &str, from_closed| Band { from: share(from), from_closed, until: Decimal::ONE, until_closed: true };
    let demand = 1_000_000;
    for (ease, from, closed, supply, eased) in [
        // At 10 % exactly a level "from 10 %" holds, and one "over 10 %" does not.
        (margin("0"), "0.1", true, 900_000, false),
        (margin("0"), "0.1", true, 900_001, true),
        (margin("0"), "0.1", false, 899_999, false),
        (margin("0"), "0.1", false, 900_000, true),
        // Two hundredths below it, whichever way the end is.
        (margin("0.02"), "0.1", true, 919_999, false),
        (margin("0.02"), "0.1", true, 920_000, true),
        (margin("0.02"), "0.1", false, 919_999, false),
        (margin("0.02"), "0.1", false, 920_000, true),
        // A margin wider than the level asks for more supply than demand.
        (margin("0.02"), "0.01", true, 1_009_999, false),
        (margin("0.02"), "0.01", true, 1_010_000, true),
    ] {
        assert_eq!(ease.lowers(band(from, closed), supply, demand), eased, "{} {from} {closed} {supply}", ease.margin);
    }
    for (ease, supply, ends) in [
        (margin("0"), 999_999, false),
        (margin("0"), 1_000_000, true),
        (margin("0.02"), 1_019_999, false),
        (margin("0.02"), 1_020_000, true),
        (margin("1"), 1_999_999, false),
        (margin("1"), 2_000_000, true),
    ] {
        assert_eq!(ease.ends(supply, demand), ends, "{} {supply}", ease.margin);
    }
    // Volumes as large as they can be.
    assert!(margin("1").ends(2_000_000_000_000_000, 1_000_000_000_000_000));
    assert!(!margin("1").ends(1_999_999_999_999_999, 1_000_000_000_000_000));
}

/// No day both calls for a level and lowers it; without a margin the days below a level are just those that lower it.
#[test]
fn no_day_both_calls_for_a_level_and_lowers_it() {
    let policy = Policy::builtin("xian-2025").unwrap_or_else(|p| panic!("{p}"));
    let (Some(plain), Some(wide)) = (&policy.response.ease, &read(&everything()).response.ease) else { panic!() };
    let (demand, mut lowered) = (1_000, 0);
    for band in policy.levels.iter().filter_map(|level| level.band) {
        for supply in 0..=demand {
            let shortfall = demand - supply;
            let calls = band.holds(shortfall, demand);
            let below = !calls && band.from.fraction().compare(shortfall, demand).is_le();
            assert_eq!(plain.lowers(band, supply, demand), below, "{band:?} {supply}");
            assert!(!wide.lowers(band, supply, demand) || below, "{band:?} {supply}");
            lowered += usize::from(wide.lowers(band, supply, demand));
        }
    }
    // From 5, 10 and 20 %, two hundredths below: 0 to 30, 0 to 80 and 0 to 180 of 1,000; below 0 there is no shortfall.
    assert_eq!(lowered, 31 + 81 + 181);
}

/// Whoever else a proposal lets sign, the plan does not say so.
#[test]
fn a_changed_act_is_stated_no_longer_and_a_removed_one_is_gone_everywhere() {
    let proposal = |text: &str| read(&format!("extends = \"xian-2025\"\n{text}"));
    let changed = proposal("[response.sign]\nby = [\"head\", \"group\"]\n");
    let Authority { by: who, basis, .. } = &changed.response.acts[&Step::Sign];
    assert_eq!(who, &["head", "group"]);
    assert_eq!((basis.clause.as_str(), basis.status), ("二(三)1", Status::Reading));
    assert!(basis.note.en.contains("by \"head\" -> [\"head\", \"group\"]"), "{}", basis.note.en);
    assert_eq!(status(&changed, Step::End), Some(Status::Stated));
    let noticed = proposal("[measures.stop-industry-commerce]\nnotice_hours = 4\n");
    let stop = &noticed.measures[noticed.measure("stop-industry-commerce").unwrap_or_default()];
    assert!(stop.at.iter().flatten().all(|action| action.basis.status == Status::Reading));

    let without = proposal("remove = [\"roles.head\", \"response.ease\", \"response.warn\"]\n");
    assert_eq!((by(&without, Step::Sign), without.response.ease.is_none()), (Vec::new(), true));
    assert!(without.response.warn.is_empty() && without.response.allows(Step::Sign, "office"));

    // A measure that goes leaves the order of restoration, too; an order that names nobody is no order.
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap_or_else(|e| panic!("{e}"));
    write("everything.toml", &everything());
    for (gone, order) in [
        ("\"measures.lamps\"", RestoreOrder::Listed(vec!["ovens".to_owned()])),
        ("\"measures.lamps\", \"measures.ovens\"", RestoreOrder::Reverse),
    ] {
        write("mine.toml", &format!("extends = \"everything.toml\"\nremove = [{gone}]\n"));
        let (mine, _) = Policy::load("mine.toml", folder.path(), &[]).unwrap_or_else(|p| panic!("{p}"));
        assert_eq!(mine.response.restore, order, "{gone}");
        assert_eq!(status(&mine, Step::Restore), Some(Status::Reading), "{gone}");
    }
}
