//! Files of demand models, good and bad.

use super::*;
use crate::Lang;
use crate::problem::Origin;

const WHOLE: &str = include_str!("../../tests/forecast/everything.toml");

fn parse(text: &str) -> Result<DemandModel, String> {
    let origin = Origin::file("m.toml");
    DemandModel::parse(text, &origin)
        .map(|(model, _)| model)
        .map_err(|problems| problems.iter().map(|problem| problem.in_words(Lang::En) + "\n").collect())
}

#[test]
fn what_is_written_reads_back_as_the_same() {
    let model = parse(WHOLE).unwrap_or_else(|words| panic!("{words}"));
    assert_eq!(model.to_toml(), WHOLE);
    let homes = &model.model.classes[0];
    assert_eq!((homes.base, homes.per_degree, homes.memory), (1_200_500, 310_125, 350_000));
    assert_eq!(homes.days.holidays["new year"], 1_200_000);
    let fit = model.fits["homes"];
    assert_eq!((fit.days, fit.inside.r2, fit.inside.mape, fit.inside.bias), (605, 981_234, 23_100, -3));
    assert_eq!(fit.outside.map(|outside| outside.r2), Some(-500_000));
    let threshold = parse("[classes.a]\nbase_m3 = 1\n").map(|model| model.model.threshold.to_string());
    assert_eq!(threshold.as_deref(), Ok("18"));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let text = r#"threshold_c = "18"
provenence = "x"
[classes.a]
per_degree_m3 = 1.2345
memory = 1
weekdays = [1, 1, 1]
holidays = { x = 5, y = "much" }
chance = 3
[classes.b]
base_m3 = -1
weekdays = [1, 1, "1", 1, 1, 1, 1]
fitted = { days = 3, seasons = 1, r2 = 0.9, rmse_m3 = 1.5, mape_pct = 1, bias_m3 = 0, mean = 3 }
[classes.c]
base_m3 = 100000001
other_holidays = 4.1
"#;
    let words = parse(text).expect_err("it is wrong");
    insta::assert_snapshot!(words);
    assert!(parse("classes = {}\n").is_err_and(|words| words.contains("has no class")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 256, ..Default::default() })]

    /// Whatever is written, a reader says what is wrong or has a model whose text reads back as the same.
    #[test]
    fn no_text_breaks_the_reader(at in 0usize..WHOLE.len(), cut in 0usize..40, with in "[-0-9.eE\"'=\\[\\]{}, \na-zé热]{0,12}") {
        let (mut from, mut until) = (at, (at + cut).min(WHOLE.len()));
        while !WHOLE.is_char_boundary(from) { from -= 1; }
        while !WHOLE.is_char_boundary(until) { until += 1; }
        let text = format!("{}{with}{}", &WHOLE[..from], &WHOLE[until..]);
        if let Ok(model) = parse(&text) {
            let again = parse(&model.to_toml());
            proptest::prop_assert_eq!(again.map(|again| (again.model, again.fits, again.provenance)), Ok((model.model, model.fits, model.provenance)));
        }
    }
}
