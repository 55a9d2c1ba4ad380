//! Who loses in a mild winter and who in a hard one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The bits of a winter's loss that tell it from others: an eighth apart at most.
const BITS: u32 = 3;

/// What classes lose in winters of like loss, in whole numbers and so the same for any split of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Written>", try_from = "Vec<Written>")]
pub struct Severities(BTreeMap<u64, Severity>);

/// Winters that lose about the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severity {
    /// How many.
    pub winters: u64,
    /// What they lose together, in m3 by class in the order of the figures.
    pub classes: Vec<u128>,
}

/// How it is written: sums as texts, since they outgrow what other programs take for a number.
#[derive(Serialize, Deserialize)]
struct Written {
    loses_at_least_m3: u64,
    winters: u64,
    classes: Vec<String>,
}

impl From<Severities> for Vec<Written> {
    fn from(severities: Severities) -> Self {
        let written = |(least, severity): (u64, Severity)| Written {
            loses_at_least_m3: least,
            winters: severity.winters,
            classes: severity.classes.iter().map(ToString::to_string).collect(),
        };
        severities.0.into_iter().map(written).collect()
    }
}

impl TryFrom<Vec<Written>> for Severities {
    type Error = String;

    fn try_from(written: Vec<Written>) -> Result<Self, String> {
        let mut severities = BTreeMap::new();
        for Written { loses_at_least_m3: least, winters, classes } in written {
            let number = |text: &String| text.parse().map_err(|_| format!("`{text}` is no sum"));
            let classes = classes.iter().map(number).collect::<Result<_, _>>()?;
            if severities.insert(least, Severity { winters, classes }).is_some() {
                return Err(format!("losses of {least} m3 stand twice"));
            }
        }
        Ok(Self(severities))
    }
}

impl Severities {
    /// Takes in a winter: what it lost in all, and by class.
    pub(crate) fn add(&mut self, lost: u64, classes: &[u64]) {
        let exponent = (u64::BITS - lost.leading_zeros()).saturating_sub(BITS + 1);
        let severity = self.0.entry(lost >> exponent << exponent).or_default();
        severity.winters += 1;
        severity.classes.resize(classes.len(), 0);
        severity.classes.iter_mut().zip(classes).for_each(|(sum, lost)| *sum += u128::from(*lost));
    }

    /// Takes in other winters.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (least, other) in &other.0 {
            let own = self.0.entry(*least).or_default();
            own.winters += other.winters;
            own.classes.resize(other.classes.len(), 0);
            own.classes.iter_mut().zip(&other.classes).for_each(|(own, other)| *own += other);
        }
    }

    /// Whether these can be the sums of so many winters, each step of as many classes.
    pub(crate) fn fits(&self, winters: u64) -> bool {
        let counted = self.0.values().try_fold(0u64, |sum, severity| sum.checked_add(severity.winters));
        let classes = self.0.values().next().map_or(0, |severity| severity.classes.len());
        counted == Some(winters) && self.0.values().all(|severity| severity.classes.len() == classes)
    }

    /// From the mildest winters to the hardest.
    pub fn all(&self) -> impl Iterator<Item = &Severity> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winters_of_like_loss_are_added_up_however_they_are_split() {
        let (mut whole, mut parts) = (Severities::default(), [Severities::default(), Severities::default()]);
        for winter in 0..200u64 {
            let classes = [winter * winter, winter % 5];
            whole.add(classes[0] + classes[1], &classes);
            parts[(winter % 2) as usize].add(classes[0] + classes[1], &classes);
        }
        let [mut merged, other] = parts;
        merged.merge(&other);
        assert_eq!(merged, whole);
        assert!(whole.fits(200) && !whole.fits(199));
        // Each step loses more a winter than the one before, by an eighth at most within a step.
        let means: Vec<f64> =
            whole.all().map(|step| step.classes.iter().sum::<u128>() as f64 / step.winters as f64).collect();
        assert!(means.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(whole.all().map(|step| step.classes[0]).sum::<u128>(), (0..200).map(|n: u128| n * n).sum());
        assert_eq!(Severities::try_from(Vec::<Written>::from(whole.clone())), Ok(whole));
    }
}
