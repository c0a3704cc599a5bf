//! The posts: she names somebody, draws a new code, ends it; he types the code, says yes or no, ends it. What is not theirs leads to
//! the page of what is not there.

use backend::{
    form_try,
    identity::delegates::{self, DelegationMark, FormKey},
};
use domain::{
    access::Level,
    identity::{DelegateRefusal, EndedBy, InviteCode},
    kernel::Public,
    messages::DelegateForm,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::WireError,
    forms::Row,
    identity::here::{Here, failed, here},
    messages::{appointed::faulty, kept::Kept},
    request, routes,
};

/// Where each form is sent, which is also the name it is kept under.
pub(super) const NAME: &str = "my/clients/delegates";
pub(super) const CODE: &str = "my/clients/delegates/code";
pub(super) const CLIENTS: &str = "my/clients/delegates/clients";
pub(super) const END: &str = "my/clients/delegates/end";
pub(super) const TYPED: &str = "my/lawyers/code";
pub(super) const ANSWER: &str = "my/lawyers/answer";
pub(super) const STOP: &str = "my/lawyers/end";

/// The names each form here sends.
pub const FORMS: &[Row] = &[
    (NAME, &["key", "name", "label", "firm", "clients[]", "valid_to_day", "valid_to_month", "valid_to_year"]),
    (CODE, &["id", "key"]),
    (CLIENTS, &["id", "clients[]"]),
    (END, &["id"]),
    (TYPED, &["code"]),
    (ANSWER, &["id", "answer"]),
    (STOP, &["id"]),
];

type Done = Result<(), WireError>;

fn hidden() -> WireError {
    WireError::Hidden.answered()
}

fn high() -> Result<Here, WireError> {
    here().filter(|here| here.who.level >= Level::High).ok_or_else(hidden)
}

async fn lead(here: &Here, form: &'static str, kept: Kept, path: &str) -> Done {
    let key = form_try::keep(&here.ctx, &here.actor(), form, kept.kept()).await.map_err(failed)?;
    request::redirect(&routes::with_try(path, &key));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NamePost {
    key: String,
    name: String,
    label: String,
    firm: String,
    clients: Vec<String>,
    valid_to_day: String,
    valid_to_month: String,
    valid_to_year: String,
}

impl NamePost {
    fn kept(&self) -> Kept {
        Kept::new([
            ("key", self.key.clone()),
            ("name", self.name.clone()),
            ("label", self.label.clone()),
            ("firm", self.firm.clone()),
            ("clients", self.clients.join(" ")),
            ("valid_to_day", self.valid_to_day.clone()),
            ("valid_to_month", self.valid_to_month.clone()),
            ("valid_to_year", self.valid_to_year.clone()),
        ])
    }

    fn read(&self) -> DelegateForm {
        DelegateForm {
            name: self.name.clone(),
            label: self.label.clone(),
            firm: self.firm.clone(),
            clients: self.clients.clone(),
            valid_to: [&self.valid_to_day, &self.valid_to_month, &self.valid_to_year].map(Clone::clone),
        }
    }
}

#[server(endpoint = "my/clients/delegates")]
pub async fn name_delegate(#[server(flatten)] form: NamePost) -> Done {
    let here = high()?;
    let key: FormKey = Public::parse(&form.key).ok_or_else(hidden)?;
    let longest = delegates::longest(&here.ctx).await.map_err(failed)?;
    let new = match form.read().parse(here.page.now.date(), longest) {
        Ok(new) => new,
        // Whoever has no client has no form to put right.
        Err(_) if !has_clients(&here).await? => return Err(hidden()),
        Err(errors) => {
            return lead(&here, NAME, faulty(form.kept(), &errors), routes::MY_DELEGATES_NEW).await;
        }
    };
    match delegates::name(&here.ctx, &here.who, &key, &new).await.map_err(failed)? {
        Ok((public, code)) => shown(&here, &public, &code).await,
        Err(_) => Err(hidden()),
    }
}

async fn has_clients(here: &Here) -> Result<bool, WireError> {
    Ok(!delegates::clients(&here.ctx, &here.who).await.map_err(failed)?.is_empty())
}

/// The code stands in what is kept sealed for her, never in an address.
async fn shown(here: &Here, public: &Public<DelegationMark>, code: &InviteCode) -> Done {
    let kept = Kept::new([("id", public.to_string()), ("code", code.shown())]);
    lead(here, CODE, kept, &routes::my_delegate(public)).await
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CodePost {
    id: String,
    key: String,
}

#[server(endpoint = "my/clients/delegates/code")]
pub async fn renew_delegate_code(#[server(flatten)] form: CodePost) -> Done {
    let here = high()?;
    let id: Public<DelegationMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let key: FormKey = Public::parse(&form.key).ok_or_else(hidden)?;
    match delegates::invite_again(&here.ctx, &here.who, &id, &key).await.map_err(failed)? {
        Ok(code) => shown(&here, &id, &code).await,
        Err(DelegateRefusal::Hidden) => Err(hidden()),
        Err(_) => {
            request::redirect(&routes::my_delegate(&id));
            Ok(())
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientsPost {
    id: String,
    clients: Vec<String>,
}

#[server(endpoint = "my/clients/delegates/clients")]
pub async fn choose_delegate_clients(#[server(flatten)] form: ClientsPost) -> Done {
    let here = high()?;
    let id: Public<DelegationMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let chosen = domain::messages::each_once(&form.clients);
    let clients: Option<Vec<_>> = chosen.iter().map(|client| Public::parse(client)).collect();
    let clients = clients.ok_or_else(hidden)?;
    if clients.is_empty() && delegates::choice(&here.ctx, &here.who, &id).await.map_err(failed)?.is_some() {
        let kept = Kept::new([("id", form.id)]).wrong("clients[]", "choose");
        return lead(&here, CLIENTS, kept, &routes::my_delegate_clients(&id)).await;
    }
    match delegates::choose(&here.ctx, &here.who, &id, &clients).await.map_err(failed)? {
        Err(DelegateRefusal::Hidden) => Err(hidden()),
        _ => {
            request::redirect(&routes::my_delegate(&id));
            Ok(())
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndPost {
    id: String,
}

/// Whatever came of it, its own page says where it stands.
#[server(endpoint = "my/clients/delegates/end")]
pub async fn end_delegate(#[server(flatten)] form: EndPost) -> Done {
    let here = high()?;
    let id: Public<DelegationMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let done = delegates::end(&here.ctx, &here.who, &id, EndedBy::Lawyer).await.map_err(failed)?;
    if done == Err(DelegateRefusal::Hidden) {
        return Err(hidden());
    }
    request::redirect(&routes::my_delegate(&id));
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPost {
    code: String,
}

/// A wrong code, a used one, one that is too old and one's own are answered alike.
#[server(endpoint = "my/lawyers/code")]
pub async fn type_delegate_code(#[server(flatten)] form: TypedPost) -> Done {
    let here = high()?;
    match delegates::open(&here.ctx, &here.who, &form.code).await.map_err(failed)? {
        Ok(id) => {
            request::redirect(&routes::my_lawyer(&id));
            Ok(())
        }
        Err(refusal) => {
            let kept = Kept::new([("code", form.code)]).wrong("code", refusal.code());
            lead(&here, TYPED, kept, routes::MY_LAWYERS).await
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerPost {
    id: String,
    answer: String,
}

#[server(endpoint = "my/lawyers/answer")]
pub async fn answer_delegation(#[server(flatten)] form: AnswerPost) -> Done {
    let here = high()?;
    let id: Public<DelegationMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    let yes = match form.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(hidden()),
    };
    if delegates::answer(&here.ctx, &here.who, &id, yes).await.map_err(failed)?
        == Err(DelegateRefusal::Hidden)
    {
        return Err(hidden());
    }
    match yes {
        true => request::redirect(&routes::my_lawyer(&id)),
        false => lead(&here, TYPED, Kept::done("declined"), routes::MY_LAWYERS).await?,
    }
    Ok(())
}

#[server(endpoint = "my/lawyers/end")]
pub async fn end_delegation(#[server(flatten)] form: EndPost) -> Done {
    let here = high()?;
    let id: Public<DelegationMark> = Public::parse(&form.id).ok_or_else(hidden)?;
    match delegates::end(&here.ctx, &here.who, &id, EndedBy::Delegate).await.map_err(failed)? {
        Ok(()) => lead(&here, TYPED, Kept::done("ended"), routes::MY_LAWYERS).await,
        Err(_) => Err(hidden()),
    }
}
