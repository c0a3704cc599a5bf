//! The officers' posts. Each parses, carries out and leads on; what is refused is kept sealed and shown on the same page
//! again. What is not theirs leads to the page of what is not there.

use backend::messages::{
    ThreadRow, Unsent,
    officer::{self, Template},
};
use domain::{kernel::Public, messages::Refusal};
use leptos::prelude::*;

use super::{
    forms::{ANSWER, AnswerPost, IdPost, NOTE, NotePost, STEP, StepPost, TEMPLATE, TemplatePost},
    parts::{Desk, Done, hidden, named, officer},
};
use crate::{
    error::WireError,
    identity::here::failed,
    messages::{
        fields::{CASE, Fault, draft, faults},
        talk::NEWEST,
    },
    request, routes,
};

#[server(endpoint = "staff/messages/answer")]
pub async fn answer_thread(#[server(flatten)] form: AnswerPost) -> Done {
    let (desk, thread) = (officer()?, named::<ThreadRow>(&form.id)?);
    let path = routes::staff_thread(&thread);
    match form.then.as_str() {
        "insert" => return insert(&desk, &form, &path).await,
        "save" => return save(&desk, &thread, &form, &path).await,
        _ => {}
    }
    let fields = form.fields(form.words.clone());
    match officer::answer(&desk.ctx, &desk.who, &thread, &form.read()).await.map_err(failed)? {
        Ok(()) => {
            request::redirect(&format!("{path}?done=answered#{NEWEST}"));
            Ok(())
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(unsent) => desk.lead(ANSWER, fields, &faults(&unsent), &path).await,
    }
}

/// The same form again, with the template's words after what stands there.
async fn insert(desk: &Desk, form: &AnswerPost, path: &str) -> Done {
    let templates = officer::templates(&desk.ctx, &desk.who).await.map_err(failed)?;
    let chosen = templates.iter().find(|template| template.public.as_str() == form.template);
    match chosen {
        Some(template) => {
            let words = with_template(&form.words, template);
            desk.lead(ANSWER, form.fields(words), &[], &format!("{path}?inserted=1")).await
        }
        None => desk.lead(ANSWER, form.fields(form.words.clone()), &[("template", "choose")], path).await,
    }
}

fn with_template(words: &str, template: &Template) -> String {
    if words.trim().is_empty() {
        template.words.clone()
    } else {
        format!("{}\n\n{}", words.trim_end(), template.words)
    }
}

async fn save(desk: &Desk, thread: &Public<ThreadRow>, form: &AnswerPost, path: &str) -> Done {
    let kept = draft(&form.fields(form.words.clone()), &["words", "close"]);
    let done = officer::keep_answer(&desk.ctx, &desk.who, thread, &kept, &form.draft).await;
    done.map_err(failed)?.map_err(|_| hidden())?;
    request::redirect(&format!("{path}?done=saved#words"));
    Ok(())
}

#[server(endpoint = "staff/messages/note")]
pub async fn note_thread(#[server(flatten)] form: NotePost) -> Done {
    let (desk, thread) = (officer()?, named::<ThreadRow>(&form.id)?);
    let (path, fields) = (routes::staff_thread(&thread), form.fields());
    match officer::note(&desk.ctx, &desk.who, &thread, &form.read()).await.map_err(failed)? {
        Ok(()) => {
            request::redirect(&format!("{path}?done=noted"));
            Ok(())
        }
        Err(Unsent::Refused(Refusal::Hidden)) => Err(hidden()),
        Err(unsent) => {
            let faults: Vec<Fault> = faults(&unsent).into_iter().map(|(_, code)| ("note", code)).collect();
            desk.lead(NOTE, fields, &faults, &path).await
        }
    }
}

/// Takes it, gives it away, closes it or takes it up again.
#[server(endpoint = "staff/messages/step")]
pub async fn step_thread(#[server(flatten)] form: StepPost) -> Done {
    let (desk, thread) = (officer()?, named::<ThreadRow>(&form.id)?);
    let path = routes::staff_thread(&thread);
    let version = form.version.parse().map_err(|_| WireError::Malformed.answered())?;
    let step = match form.read() {
        Ok(step) => step,
        Err("step") => return Err(WireError::Malformed.answered()),
        Err(field) => return desk.lead(STEP, form.fields(), &[(field, "choose")], &path).await,
    };
    let moves = matches!(step, officer::Step::MoveTo(_));
    match officer::act(&desk.ctx, &desk.who, &thread, version, step).await.map_err(failed)? {
        // It may be in a unit now that is not hers.
        Ok(()) if moves => request::redirect(&format!("{}?done=moved", routes::STAFF_MESSAGES)),
        Ok(()) => request::redirect(&path),
        Err(Refusal::Hidden) => return Err(hidden()),
        Err(refusal) => return desk.lead(STEP, form.fields(), &[(CASE, refusal.code())], &path).await,
    }
    Ok(())
}

#[server(endpoint = "staff/messages/templates/add")]
pub async fn add_template(#[server(flatten)] form: TemplatePost) -> Done {
    let (desk, fields) = (officer()?, form.fields());
    match officer::add_template(&desk.ctx, &desk.who, &form.read()).await.map_err(failed)? {
        Ok(()) => {
            request::redirect(routes::STAFF_TEMPLATES);
            Ok(())
        }
        Err(Unsent::Refused(_)) => Err(hidden()),
        Err(unsent) => desk.lead(TEMPLATE, fields, &faults(&unsent), routes::STAFF_TEMPLATES).await,
    }
}

#[server(endpoint = "staff/messages/templates/end")]
pub async fn end_template(#[server(flatten)] form: IdPost) -> Done {
    let desk = officer()?;
    let template = named(&form.id)?;
    let done = officer::end_template(&desk.ctx, &desk.who, &template).await.map_err(failed)?;
    done.map_err(|_| hidden())?;
    request::redirect(routes::STAFF_TEMPLATES);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_nothing_away() {
        let public = Public::parse(&"0".repeat(26)).unwrap();
        let template = Template { public, title: "Frist".into(), words: "Svar kommer.".into() };
        let table = [
            ("", "Svar kommer."),
            (" \n", "Svar kommer."),
            ("Hei, Maja.", "Hei, Maja.\n\nSvar kommer."),
            ("Hei.\n", "Hei.\n\nSvar kommer."),
        ];
        for (typed, expected) in table {
            assert_eq!(with_template(typed, &template), expected, "{typed:?}");
        }
    }
}
