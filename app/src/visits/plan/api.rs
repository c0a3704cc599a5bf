//! The posts of the plan. Each parses, carries out and leads on; what is refused is kept sealed and told on the same
//! page, everything else still typed.

use backend::{
    form_try,
    visits::sessions::{self, Carried, Touched},
};
use domain::{
    kernel::{CivilDate, Public},
    visits::{
        booking::{
            Template,
            plan::PlanRefusal,
            plan_forms::{BlockForm, EndForm, RulesForm, TimeForm},
            plan_several::SeveralForm,
            proposal::WatchForm,
            text::TextForm,
        },
        clearance::forms::FieldError,
    },
};
use leptos::prelude::*;

use super::{
    asked::{self, Typed},
    fields::{Fields, PLAN},
    forms::{
        self, OpenForm, ResumeForm, YesForm, close_fields, end_fields, rules_fields, several_fields,
        text_fields, time_fields, watch_fields,
    },
    parts::{Desk, desk},
};
use crate::{error::WireError, request, routes, visits::failed};

pub(super) type Done = Result<(), WireError>;

/// Only those whose duty it is; the backend asks again, and for the unit too.
pub(super) fn planner() -> Result<Desk, WireError> {
    desk().filter(Desk::may_plan).ok_or_else(hidden)
}

pub(super) fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// Back to `path` with what was typed.
pub(super) async fn keep(desk: &Desk, form: &'static str, fields: &Fields, path: &str) -> Done {
    let key = form_try::keep(&desk.ctx, &desk.actor(), form, fields.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// A refusal stands at the field that puts it right; what another changed stands for the plan itself.
fn at(field: &'static str, refusal: PlanRefusal) -> Vec<FieldError> {
    let field = match refusal {
        PlanRefusal::Stale => PLAN,
        PlanRefusal::WingGone => "wings",
        PlanRefusal::PausedBefore => "from",
        _ => field,
    };
    vec![FieldError { field, code: refusal.code() }]
}

/// Nothing is saved before she has seen what it touches.
pub(super) async fn ask(desk: &Desk, typed: Typed, fields: Fields) -> Done {
    let unit = fields.value("unit");
    let errors = match typed.typed(&fields).change(desk.today()) {
        Err(errors) => errors,
        Ok(change) => {
            let found = sessions::preview(&desk.ctx, &desk.who, &unit, &change).await;
            match found.map_err(failed)?.ok_or_else(hidden)? {
                Ok(found) => return show(desk, typed, fields, &found, false).await,
                Err(refusal) => at(typed.field(), refusal),
            }
        }
    };
    let path = typed.page(&fields);
    keep(desk, typed.form(), &fields.with(&errors), &path).await
}

/// Kept until she says yes, with what she was shown.
async fn show(desk: &Desk, typed: Typed, fields: Fields, found: &Touched, more: bool) -> Done {
    let fields = fields.set("shown", found.shown());
    let key = form_try::keep(&desk.ctx, &desk.actor(), typed.form(), fields.kept()).await.map_err(failed)?;
    request::redirect(&routes::staff_visiting_touched(typed.code(), &key, more));
    Ok(())
}

#[server(endpoint = "staff/visiting/rules")]
pub async fn put_rules(#[server(flatten)] form: RulesForm) -> Done {
    ask(&planner()?, Typed::Rules, rules_fields(&form)).await
}

#[server(endpoint = "staff/visiting/times/add")]
pub async fn add_time(#[server(flatten)] form: TimeForm) -> Done {
    let desk = planner()?;
    let errors = match form.parse(desk.today()) {
        Err(errors) => errors,
        Ok(template) => {
            let done = sessions::add_time(&desk.ctx, &desk.who, &form.unit, template).await;
            match done.map_err(failed)?.ok_or_else(hidden)? {
                Ok(_) => {
                    request::redirect(&format!("{}&done=added", routes::staff_visiting_of(&form.unit)));
                    return Ok(());
                }
                Err(refusal) => at("start", refusal),
            }
        }
    };
    let path = routes::staff_visiting_new_time(&form.unit);
    keep(&desk, forms::ADD, &time_fields(&form).with(&errors), &path).await
}

#[server(endpoint = "staff/visiting/times/end")]
pub async fn end_time(#[server(flatten)] form: EndForm) -> Done {
    let desk = planner()?;
    let public: Public<Template> = Public::parse(&form.time).ok_or_else(hidden)?;
    let time = sessions::time(&desk.ctx, &desk.who, &public).await.map_err(failed)?.ok_or_else(hidden)?;
    ask(&desk, Typed::End, end_fields(&form).set("unit", time.unit_slug)).await
}

#[server(endpoint = "staff/visiting/days/close")]
pub async fn close_day(#[server(flatten)] form: BlockForm) -> Done {
    ask(&planner()?, Typed::Close, close_fields(&form)).await
}

#[server(endpoint = "staff/visiting/times/several")]
pub async fn change_several(#[server(flatten)] form: SeveralForm) -> Done {
    ask(&planner()?, Typed::Several, several_fields(&form)).await
}

#[server(endpoint = "staff/visiting/watch")]
pub async fn put_watch(#[server(flatten)] form: WatchForm) -> Done {
    ask(&planner()?, Typed::Watch, watch_fields(&form)).await
}

#[server(endpoint = "staff/visiting/texts")]
pub async fn put_text(#[server(flatten)] form: TextForm) -> Done {
    ask(&planner()?, Typed::Text, text_fields(&form)).await
}

/// Her yes to what she was shown. What touches more meanwhile is shown first.
#[server(endpoint = "staff/visiting/change")]
pub async fn change(#[server(flatten)] form: YesForm) -> Done {
    let desk = planner()?;
    let kept = match Typed::parse(&form.form) {
        Some(typed) => asked::find(&desk, typed, &form.kept).await.map_err(failed)?.map(|kept| (typed, kept)),
        None => None,
    };
    let Some((typed, fields)) = kept else {
        request::redirect(routes::STAFF_VISITING_TOUCHED);
        return Ok(());
    };
    let plan_form = typed.typed(&fields);
    // A night may have passed since.
    let Ok(change) = plan_form.change(desk.today()) else { return ask(&desk, typed, fields).await };
    let (unit, shown) = (fields.value("unit"), fields.value("shown"));
    let asked = (&plan_form, change.clone());
    let done = sessions::carry_out(&desk.ctx, &desk.who, &unit, asked, &shown).await;
    match done.map_err(failed)?.ok_or_else(hidden)? {
        Ok(Carried::Saved) => {
            request::redirect(&typed.done(&fields, &change));
            Ok(())
        }
        Ok(Carried::Proposed(public)) => {
            request::redirect(&format!("{}?done=proposed", routes::staff_visiting_proposal(&public)));
            Ok(())
        }
        Err(PlanRefusal::More) => {
            let found = sessions::preview(&desk.ctx, &desk.who, &unit, &change).await;
            match found.map_err(failed)?.ok_or_else(hidden)? {
                Ok(found) => show(&desk, typed, fields, &found, true).await,
                Err(_) => ask(&desk, typed, fields).await,
            }
        }
        Err(_) => ask(&desk, typed, fields).await,
    }
}

#[server(endpoint = "staff/visiting/days/open")]
pub async fn open_day(#[server(flatten)] form: OpenForm) -> Done {
    let desk = planner()?;
    let date = CivilDate::parse_iso(&form.date).ok_or_else(hidden)?;
    let done = sessions::open_day(&desk.ctx, &desk.who, &form.unit, date).await;
    let done = done.map_err(failed)?.ok_or_else(hidden)?;
    lead_on(&form.unit, if done.is_ok() { "opened" } else { "begun" }, date);
    Ok(())
}

#[server(endpoint = "staff/visiting/times/resume")]
pub async fn resume(#[server(flatten)] form: ResumeForm) -> Done {
    let desk = planner()?;
    let days = CivilDate::parse_iso(&form.first).zip(CivilDate::parse_iso(&form.last));
    let days = days.ok_or_else(hidden)?;
    let done = sessions::resume(&desk.ctx, &desk.who, &form.unit, days).await;
    let done = done.map_err(failed)?.ok_or_else(hidden)?;
    lead_on(&form.unit, if done.is_ok() { "resumed" } else { "begun" }, days.0);
    Ok(())
}

fn lead_on(unit: &str, done: &str, date: CivilDate) {
    request::redirect(&format!("{}&done={done}&date={}", routes::staff_visiting_of(unit), date.iso()));
}
