//! A decision by the hour carries what proves it, and whoever changes it is found out.

use curtail::city::City;
use curtail::decide::{Day, Decision};
use curtail::policy::Policies;
use curtail::verify::{Finding, Rule, verify};

/// Every rule is found to hold; only how long the pipes last is a look ahead that nothing proves.
pub(crate) fn it_holds(policies: &Policies, city: &City, day: &Day, decision: &Decision) {
    let verification = verify(policies, city, day, decision).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(verification.holds(), "{:?}", verification.violated);
    let rules: Vec<Rule> = verification.findings.iter().map(|(rule, _)| *rule).collect();
    assert!(rules.contains(&Rule::Hours) && rules.contains(&Rule::WholeMetres), "{rules:?}");
    for (rule, finding) in verification.findings {
        assert!(finding == Finding::Holds || rule == Rule::ToMinimum, "{rule:?}: {finding:?}");
    }
}
