//! The posts of the plan. Each parses, carries out and leads on; what is refused is kept sealed and told on the same
//! page, everything else still typed.

use backend::{form_try, visits::sessions};
use domain::{
    kernel::{CivilDate, Public},
    visits::{
        booking::{
            Template,
            plan::PlanRefusal,
            plan_forms::{BlockForm, EndForm, RulesForm, TimeForm},
        },
        clearance::forms::FieldError,
    },
};
use leptos::prelude::*;

use super::{
    fields::{Fields, PLAN},
    forms::{self, OpenForm, close_fields, end_fields, rules_fields, time_fields},
    parts::{Desk, desk},
};
use crate::{error::WireError, request, routes, visits::failed};

type Done = Result<(), WireError>;

/// Only those whose duty it is; the backend asks again, and for the unit too.
fn planner() -> Result<Desk, WireError> {
    desk().filter(Desk::may_plan).ok_or_else(hidden)
}

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

/// Back to `path` with what was typed.
async fn keep(desk: &Desk, form: &'static str, fields: &Fields, path: &str) -> Done {
    let key = form_try::keep(&desk.ctx, &desk.actor(), form, fields.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

/// A refusal stands at the field that puts it right; what another changed stands for the plan itself.
fn at(field: &'static str, refusal: PlanRefusal) -> Vec<FieldError> {
    let field = if refusal == PlanRefusal::Stale { PLAN } else { field };
    vec![FieldError { field, code: refusal.code() }]
}

#[server(endpoint = "staff/visiting/rules")]
pub async fn put_rules(#[server(flatten)] form: RulesForm) -> Done {
    let desk = planner()?;
    let errors = match form.parse(desk.today()) {
        Err(errors) => errors,
        Ok(rules) => {
            let done = sessions::add_rules(&desk.ctx, &desk.who, &form.unit, &form.seen, rules).await;
            match done.map_err(failed)?.ok_or_else(hidden)? {
                Ok(()) => {
                    request::redirect(&format!("{}&done=rules", routes::staff_visiting_of(&form.unit)));
                    return Ok(());
                }
                Err(refusal) => at(PLAN, refusal),
            }
        }
    };
    let path = routes::staff_visiting_rules(&form.unit);
    keep(&desk, forms::RULES, &rules_fields(&form).with(&errors), &path).await
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
    let path = routes::staff_visiting_time(&public);
    let errors = match form.parse(desk.today()) {
        Err(errors) => errors,
        Ok(last) => {
            let seen = CivilDate::parse_iso(&form.seen);
            let done = sessions::end_time(&desk.ctx, &desk.who, &public, seen, last).await;
            match done.map_err(failed)?.ok_or_else(hidden)? {
                Ok(_) => {
                    request::redirect(&format!("{path}?done=ended"));
                    return Ok(());
                }
                Err(refusal) => at("last", refusal),
            }
        }
    };
    keep(&desk, forms::END, &end_fields(&form).with(&errors), &path).await
}

#[server(endpoint = "staff/visiting/days/close")]
pub async fn close_day(#[server(flatten)] form: BlockForm) -> Done {
    let desk = planner()?;
    let errors = match form.parse(desk.today()) {
        Err(errors) => errors,
        Ok(day) => {
            let date = day.date;
            let done = sessions::close_day(&desk.ctx, &desk.who, &form.unit, day).await;
            match done.map_err(failed)?.ok_or_else(hidden)? {
                Ok(_) => {
                    lead_on(&form.unit, "closed", date);
                    return Ok(());
                }
                Err(refusal) => at("on", refusal),
            }
        }
    };
    let path = routes::staff_visiting_close(&form.unit);
    keep(&desk, forms::CLOSE, &close_fields(&form).with(&errors), &path).await
}

#[server(endpoint = "staff/visiting/days/open")]
pub async fn open_day(#[server(flatten)] form: OpenForm) -> Done {
    let desk = planner()?;
    let date = CivilDate::parse_iso(&form.date).ok_or_else(hidden)?;
    let done = sessions::open_day(&desk.ctx, &desk.who, &form.unit, date).await;
    if done.map_err(failed)?.ok_or_else(hidden)?.is_ok() {
        lead_on(&form.unit, "opened", date);
    } else {
        request::redirect(&routes::staff_visiting_of(&form.unit));
    }
    Ok(())
}

fn lead_on(unit: &str, done: &str, date: CivilDate) {
    request::redirect(&format!("{}&done={done}&date={}", routes::staff_visiting_of(unit), date.iso()));
}
