//! Which day a command is about, and what is asked of it: the flags that commands share.

use std::path::PathBuf;

use crate::cli::message::CliMessage;
use crate::decide::whatif::{self, WhatIf};
use crate::units::{Decimal, M3};

/// The day, and what a run takes differently from the case: the policy's values, what blocks have borne, one balance for all.
#[derive(clap::Args, Debug)]
pub(crate) struct Basis {
    /// The gas day, YYYY-MM-DD; today's if left out
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Change one value of the policy for this run; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// What each block has borne this season: a CSV of district, burden and perhaps turns, the days of its turns
    #[arg(long, value_name = "FILE.csv")]
    pub burdens: Option<PathBuf>,
    /// Join the outer districts to the urban balance, the plan's extreme case
    #[arg(long)]
    pub unified: bool,
}

/// The day and what if.
#[derive(clap::Args, Debug)]
pub(crate) struct Question {
    #[command(flatten)]
    pub basis: Basis,
    /// What if the sources gave so many m3 together, each in proportion
    #[arg(long, value_name = "M3", conflicts_with = "shortfall", allow_negative_numbers = true)]
    pub supply: Option<String>,
    /// What if supply were so many percent short of demand
    #[arg(long, value_name = "PCT", allow_negative_numbers = true)]
    pub shortfall: Option<String>,
}

impl Question {
    /// `--supply` or `--shortfall`, read.
    pub(crate) fn what_if(&self) -> Result<Option<WhatIf>, CliMessage> {
        if let Some(text) = &self.supply {
            let volume = text.parse::<u64>().ok().map(M3).filter(|volume| *volume <= M3::MOST_IN_ALL);
            let volume = volume.ok_or_else(|| CliMessage::BadSupply { text: text.clone() })?;
            return Ok(Some(WhatIf::Supply(volume)));
        }
        let Some(text) = &self.shortfall else { return Ok(None) };
        let number = text.trim().strip_suffix(['%', '％']).unwrap_or(text).trim_end();
        let percent = number.parse::<Decimal>().ok().filter(|p| whatif::supply_short_by(M3::ZERO, *p).is_some());
        let percent = percent.ok_or_else(|| CliMessage::BadPercentage { text: text.clone() })?;
        Ok(Some(WhatIf::Shortfall(percent)))
    }
}
