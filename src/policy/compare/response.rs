//! Who does what in a response, and how it ends.

use super::{Compare, Rule, What};
use crate::policy::{Authority, Basis, Ease, Response, Step};
use crate::units::Decimal;

pub(super) fn compare(compare: &mut Compare<'_>) {
    for act in Step::OF_A_RESPONSE {
        of_act(compare, act);
    }
    ease(compare);
    warn(compare);
}

fn both<'p>(this: &Compare<'p>) -> [&'p Response; 2] {
    [&this.before.response, &this.after.response]
}

fn of_act(this: &mut Compare<'_>, act: Step) {
    let responses = both(this);
    let [one, other] = responses.map(|response| response.acts.get(&act));
    let (path, rule) = (format!("response.{}", act.id()), Rule::Act(act));
    let bases = [one, other].map(|who| who.map(|who| &who.basis));
    let whole = |response, who: Option<&Authority>| who.map(|_| What::Act(act, response));
    let (Some(one), Some(other)) = (one, other) else {
        if one.is_some() || other.is_some() {
            this.push(path, rule, bases, [whole(responses[0], one), whole(responses[1], other)]);
        }
        return;
    };
    let since = this.found.len();
    this.part(&format!("{path}.by"), rule, bases, (one.by.as_slice(), other.by.as_slice()), What::Roles);
    if act == Step::Restore {
        let [one, other] = responses.map(|response| &response.restore);
        this.part(&format!("{path}.order"), rule, bases, (one, other), What::RestoreOrder);
    }
    this.basis(&path, rule, (&one.basis, &other.basis), since);
}

fn ease(this: &mut Compare<'_>) {
    let [one, other] = both(this).map(|response| response.ease.as_ref());
    let (path, rule) = ("response.ease", Rule::Ease);
    let bases = [one, other].map(|ease: Option<&Ease>| ease.map(|ease| &ease.basis));
    match (one, other) {
        (None, None) => {}
        (Some(one), Some(other)) => {
            let since = this.found.len();
            this.part("response.ease.days", rule, bases, (one.days, other.days), What::Days);
            this.part("response.ease.margin", rule, bases, (one.margin, other.margin), What::Share);
            this.part("response.ease.hours", rule, bases, (one.hours, other.hours), What::Hours);
            this.basis(path, rule, (&one.basis, &other.basis), since);
        }
        _ => this.push(path.to_owned(), rule, bases, [one, other].map(|ease| ease.map(What::Ease))),
    }
}

fn warn(this: &mut Compare<'_>) {
    let [one, other] = both(this).map(|response| (response.warn.as_slice(), &response.warn_basis));
    let (path, rule) = ("response.warn", Rule::Warn);
    let bases = [one, other].map(|(shares, basis): (&[Decimal], &Basis)| (!shares.is_empty()).then_some(basis));
    let said = [one, other].map(|(shares, _)| (!shares.is_empty()).then_some(What::Shares(shares)));
    match &said {
        [None, None] => {}
        [Some(_), Some(_)] => {
            let since = this.found.len();
            this.part("response.warn.at", rule, bases, (one.0, other.0), What::Shares);
            this.basis(path, rule, (one.1, other.1), since);
        }
        _ => this.push(path.to_owned(), rule, bases, said),
    }
}
