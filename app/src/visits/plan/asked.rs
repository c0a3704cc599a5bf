//! A change on its way: typed, found right, and kept sealed until she has seen what it touches and says yes.

use backend::Result;
use domain::{
    kernel::Public,
    visits::booking::{PlanChange, PlanForm, plan_several::SeveralForm, wings::TimeWingsForm},
};
use serde::de::DeserializeOwned;

use super::{fields::Fields, forms, parts::Desk, wings};
use crate::routes;

/// Which form it was typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Rules,
    End,
    Close,
    Several,
    Watch,
    Text,
    Wings,
}

impl Typed {
    const ALL: [Self; 7] =
        [Self::Rules, Self::End, Self::Close, Self::Several, Self::Watch, Self::Text, Self::Wings];

    /// As addresses name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::End => "end",
            Self::Close => "close",
            Self::Several => "several",
            Self::Watch => "watch",
            Self::Text => "text",
            Self::Wings => "wings",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|typed| typed.code() == code)
    }

    /// The name that it is kept under.
    pub fn form(self) -> &'static str {
        match self {
            Self::Rules => forms::RULES,
            Self::End => forms::END,
            Self::Close => forms::CLOSE,
            Self::Several => forms::SEVERAL,
            Self::Watch => forms::WATCH,
            Self::Text => forms::TEXT,
            Self::Wings => wings::TIME,
        }
    }

    /// The field that puts a refusal right.
    pub fn field(self) -> &'static str {
        match self {
            Self::Rules | Self::Text => super::fields::PLAN,
            Self::End | Self::Several => "last",
            Self::Watch => "at_least",
            Self::Close => "on",
            Self::Wings => "which",
        }
    }

    /// As it was typed.
    pub fn typed(self, fields: &Fields) -> PlanForm {
        match self {
            Self::Rules => PlanForm::Rules(read(fields)),
            Self::End => PlanForm::End(read(fields)),
            Self::Close => PlanForm::Close(read(fields)),
            Self::Several => PlanForm::Several(several(fields)),
            Self::Watch => PlanForm::Watch(read(fields)),
            Self::Text => PlanForm::Text(read(fields)),
            Self::Wings => PlanForm::Wings(of_wings(fields)),
        }
    }

    /// The page of the form.
    pub fn page(self, fields: &Fields) -> String {
        let unit = fields.value("unit");
        match self {
            Self::Rules => routes::staff_visiting_rules(&unit),
            Self::End | Self::Wings => time_page(fields),
            Self::Close => routes::staff_visiting_close(&unit),
            Self::Several => routes::staff_visiting_several(&unit),
            Self::Watch => routes::staff_visiting_watch(&unit),
            Self::Text => routes::staff_visiting_text(&unit, &fields.value("topic")),
        }
    }

    /// Where it leads when it is saved.
    pub fn done(self, fields: &Fields, change: &PlanChange) -> String {
        let plan = routes::staff_visiting_of(&fields.value("unit"));
        match change {
            PlanChange::Rules { .. } => format!("{plan}&done=rules"),
            PlanChange::End { .. } => format!("{}?done=ended", time_page(fields)),
            PlanChange::Wings { .. } => format!("{}?done=wings", time_page(fields)),
            PlanChange::Text { .. } => format!("{plan}&done=text"),
            PlanChange::Watch { .. } => format!("{plan}&done=watch"),
            PlanChange::Several { .. } => format!("{plan}&done=several"),
            PlanChange::Close(day) => format!("{plan}&done=closed&date={}", day.date.iso()),
        }
    }
}

fn time_page(fields: &Fields) -> String {
    let time: Option<Public<domain::visits::booking::Template>> = Public::parse(&fields.value("time"));
    time.map_or_else(|| routes::STAFF_VISITING.to_owned(), |time| routes::staff_visiting_time(&time))
}

/// The chosen times are kept in one text.
fn several(fields: &Fields) -> SeveralForm {
    let times = fields.value("times");
    let rest = fields.clone().without("times");
    SeveralForm { times: times.split_whitespace().map(str::to_owned).collect(), ..read(&rest) }
}

/// The chosen wings are, too.
fn of_wings(fields: &Fields) -> TimeWingsForm {
    let wings = fields.value("wings");
    let rest = fields.clone().without("wings");
    TimeWingsForm { wings: wings.split_whitespace().map(str::to_owned).collect(), ..read(&rest) }
}

/// The form as it was posted; its fields have the names that they are kept by.
fn read<F: DeserializeOwned + Default>(fields: &Fields) -> F {
    let values = serde_json::to_value(&fields.kept().values);
    values.and_then(serde_json::from_value).unwrap_or_default()
}

/// What is kept under this key, if it is hers.
pub(super) async fn find(desk: &Desk, typed: Typed, key: &str) -> Result<Option<Fields>> {
    let kept = backend::form_try::find(&desk.ctx, &desk.actor(), typed.form(), key).await?;
    // One that was sent back to its form waits for nobody's yes.
    Ok(kept.map(Fields::of).filter(|fields| !fields.is_wrong()))
}
