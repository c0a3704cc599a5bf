//! The unit's posts: clearing an organisation and ending that, its people, whom it meets, and the answer to what was asked for.

use backend::{
    custody::inmates::Inmate,
    visits::organisations::{self, Adder, Answered, Registered},
};
use domain::{
    kernel::Public,
    visits::{
        clearance::forms::FieldError,
        organisations::{
            AnswerForm, Organisation, OrganisationPerson, OrganisationTask, PersonForm, RegisterForm,
            TaskForm,
        },
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    api::{PersonPost, typed},
    parts::{Done, hidden, officer, parsed},
};
use crate::{appeals::fields::Fields, forms::Row, identity::here::failed, request, routes};

pub(super) const REGISTER: &str = "staff/organisations/register";
pub(super) const UNCLEAR: &str = "staff/organisations/end";
pub(super) const STAFF_ADD: &str = "staff/organisations/people/add";
pub(super) const STAFF_END: &str = "staff/organisations/people/end";
pub(super) const FIND: &str = "staff/organisations/find";
pub(super) const MEET: &str = "staff/organisations/meet";
pub(super) const MEET_END: &str = "staff/organisations/meet/end";
pub(super) const ANSWER: &str = "staff/organisations/answer";

/// The names that each form sends.
pub const FORMS: &[Row] = &[
    (
        REGISTER,
        &[
            "unit",
            "organisation",
            "name",
            "kind",
            "watch",
            "to_day",
            "to_month",
            "to_year",
            "contact",
            "number",
        ],
    ),
    (UNCLEAR, &["public", "unit"]),
    (STAFF_ADD, &["public", "name", "number", "to_day", "to_month", "to_year"]),
    (STAFF_END, &["public", "person"]),
    (FIND, &["public", "task", "find"]),
    (MEET, &["public", "inmate", "to_day", "to_month", "to_year"]),
    (MEET_END, &["public", "task"]),
    (ANSWER, &["public", "answer", "inmate", "to_day", "to_month", "to_year", "reason"]),
];

/// What somebody looks for is no letter.
const LONGEST_SEARCH: usize = 200;

#[server(endpoint = "staff/organisations/register")]
pub async fn clear_organisation(#[server(flatten)] form: RegisterForm) -> Done {
    let desk = officer()?;
    let done = organisations::register(&desk.ctx, &desk.who, &form).await.map_err(failed)?;
    let errors = match done.map_err(|_| hidden())? {
        Registered::Done(of) => {
            request::redirect(&format!("{}?done=cleared", routes::staff_organisation(&of)));
            return Ok(());
        }
        Registered::Wrong(errors) => errors,
    };
    let RegisterForm { unit, organisation, name, kind, watch, to_day, to_month, to_year, contact, number } =
        form;
    let typed = Fields::new([
        ("unit", unit),
        ("organisation", organisation),
        ("name", name),
        ("kind", kind),
        ("watch", watch),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
        ("contact", contact),
        ("number", number),
    ]);
    desk.keep(REGISTER, routes::STAFF_ORGANISATIONS_NEW, typed, &errors).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnclearPost {
    public: String,
    unit: String,
}

/// What was so before, the page says too.
#[server(endpoint = "staff/organisations/end")]
pub async fn clear_no_more(#[server(flatten)] form: UnclearPost) -> Done {
    let desk = officer()?;
    let of: Public<Organisation> = parsed(&form.public)?;
    let done = organisations::end(&desk.ctx, &desk.who, &of, &form.unit).await.map_err(failed)?;
    done.map_err(|_| hidden())?;
    request::redirect(&format!("{}?done=uncleared", routes::staff_organisation(&of)));
    Ok(())
}

#[server(endpoint = "staff/organisations/people/add")]
pub async fn staff_add_person(#[server(flatten)] form: PersonForm) -> Done {
    let desk = officer()?;
    let of: Public<Organisation> = parsed(&form.public)?;
    let by = Adder::Staff(desk.who.clone());
    let added = organisations::add(&desk.ctx, &by, &of, &form).await.map_err(failed)?;
    match added.map_err(|_| hidden())? {
        Ok(()) => request::redirect(&format!("{}?done=added", routes::staff_organisation(&of))),
        Err(errors) => {
            let path = routes::staff_organisation_people(&of);
            return desk.keep(STAFF_ADD, &path, typed(form), &errors).await;
        }
    }
    Ok(())
}

#[server(endpoint = "staff/organisations/people/end")]
pub async fn staff_end_person(#[server(flatten)] form: PersonPost) -> Done {
    let desk = officer()?;
    let (of, person): (Public<Organisation>, Public<OrganisationPerson>) =
        (parsed(&form.public)?, parsed(&form.person)?);
    let by = Adder::Staff(desk.who.clone());
    let done = organisations::end_person(&desk.ctx, &by, &of, &person).await.map_err(failed)?;
    done.map_err(|_| hidden())?;
    request::redirect(&format!("{}?done=ended", routes::staff_organisation(&of)));
    Ok(())
}

/// For whom somebody looks: to write down whom an organisation meets, or to answer what it asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LookPost {
    public: String,
    task: String,
    find: String,
}

#[server(endpoint = "staff/organisations/find")]
pub async fn find_whom(#[server(flatten)] form: LookPost) -> Done {
    let desk = officer()?;
    let path = if form.task.is_empty() {
        routes::staff_organisation_meet(&parsed::<Organisation>(&form.public)?)
    } else {
        routes::staff_organisation_asked(&parsed::<OrganisationTask>(&form.task)?)
    };
    let text: String = form.find.chars().take(LONGEST_SEARCH).collect();
    let empty = text.trim().is_empty();
    let errors = if empty { vec![FieldError { field: "find", code: "empty" }] } else { vec![] };
    desk.keep(FIND, &path, Fields::new([("find", text)]), &errors).await
}

#[server(endpoint = "staff/organisations/meet")]
pub async fn let_meet(#[server(flatten)] form: TaskForm) -> Done {
    let desk = officer()?;
    let (of, inmate): (Public<Organisation>, Public<Inmate>) = (parsed(&form.public)?, parsed(&form.inmate)?);
    let done =
        organisations::write_task(&desk.ctx, &desk.who, (&of, &inmate), &form).await.map_err(failed)?;
    let Err(errors) = done.map_err(|_| hidden())? else {
        request::redirect(&format!("{}?done=meets", routes::staff_organisation(&of)));
        return Ok(());
    };
    let TaskForm { inmate, to_day, to_month, to_year, .. } = form;
    let typed = Fields::new([
        ("inmate", inmate.clone()),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
    ]);
    let path = format!("{}?inmate={inmate}", routes::staff_organisation_meet(&of));
    desk.keep(MEET, &path, typed, &errors).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MeetEndPost {
    public: String,
    task: String,
}

#[server(endpoint = "staff/organisations/meet/end")]
pub async fn meet_no_more(#[server(flatten)] form: MeetEndPost) -> Done {
    let desk = officer()?;
    let (of, task): (Public<Organisation>, Public<OrganisationTask>) =
        (parsed(&form.public)?, parsed(&form.task)?);
    let done = organisations::end_task(&desk.ctx, &desk.who, &task).await.map_err(failed)?;
    done.map_err(|_| hidden())?;
    request::redirect(&format!("{}?done=met", routes::staff_organisation(&of)));
    Ok(())
}

/// Its own page says what came of it.
#[server(endpoint = "staff/organisations/answer")]
pub async fn answer_organisation(#[server(flatten)] form: AnswerForm) -> Done {
    let desk = officer()?;
    let task: Public<OrganisationTask> = parsed(&form.public)?;
    let page = routes::staff_organisation_asked(&task);
    let done = organisations::answer(&desk.ctx, &desk.who, &task, &form).await.map_err(failed)?;
    match done.map_err(|_| hidden())? {
        Answered::Done => request::redirect(&format!("{page}?done=answered")),
        Answered::Over => request::redirect(&format!("{page}?refused=over")),
        Answered::Wrong(errors) => {
            let AnswerForm { inmate, to_day, to_month, to_year, reason, .. } = form;
            let typed = Fields::new([
                ("inmate", inmate),
                ("to_day", to_day),
                ("to_month", to_month),
                ("to_year", to_year),
                ("reason", reason),
            ]);
            return desk.keep(ANSWER, &page, typed, &errors).await;
        }
    }
    Ok(())
}
