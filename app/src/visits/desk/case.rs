//! One case on one page: facts and history at the left, what is to be done at the right.

use std::future::Future;

use backend::{
    Result,
    ctx::{Ctx, Staff},
    visits::{
        assisted::handin,
        clearance::{self, Case, Identity, Stage},
        named,
    },
};
use domain::kernel::Locale;
use leptos::prelude::*;

use super::{
    anew,
    facts::{decisions, facts, history},
    fields::Fields,
    forms,
    opening::Opening,
    panel::{self, Kept},
    parts::{self, Desk},
    words,
};
use crate::{
    appeals::to_decide_anew,
    i18n::{common, dates, visits_desk as t},
    routes,
    shell::WithIslands,
    ui::{ErrorSummary, Link, Notice, NoticeKind, PageHead, SummaryList},
};

/// `more`: what others have to say of the case with this public id, to whoever may read it. Asked after the look.
pub(crate) fn case_page<F, R>(more: F) -> impl IntoView
where
    F: FnOnce(Ctx, Staff, String, Locale) -> R + Send + 'static,
    R: Future<Output = Result<Option<AnyView>>> + Send + 'static,
{
    let id = parts::case_id();
    parts::page(|desk| async move {
        let Some(id) = id.filter(|_| desk.may_read()) else { return Ok(None) };
        let Some(reason) = desk.reason() else {
            let path = routes::staff_clearance(&id);
            return Ok(Some(view! { <Opening l=desk.l path=path/> }.into_any()));
        };
        let Some(case) = clearance::case(&desk.ctx, &desk.who, &id, reason).await? else {
            return Ok(None);
        };
        let kept = kept(&desk, &case).await?;
        let named = named::of_case(&desk.ctx, &case.public).await?;
        let named = named.map(|since| t::case_named(desk.l, dates::plain(desk.l, since.date())));
        let handed = handin::of_case(&desk.ctx, &case.public).await?;
        let handed = handed.map(|id| (routes::staff_hand_in(&id), t::case_hand_in(desk.l)));
        let more = more(desk.ctx.clone(), desk.who.clone(), id.to_string(), desk.page.locale).await?;
        let handed = handed.map(|(href, text)| view! { <p><a href=href>{text}</a></p> });
        let more = view! { {named.map(|text| view! { <p>{text}</p> })}{handed}{more} };
        Ok(Some(shown(&desk, &case, kept, more.into_any())))
    })
}

/// The form of this case that was refused, and which one it was.
async fn kept(desk: &Desk, case: &Case) -> Result<Option<Kept>> {
    for form in [forms::ANSWER, forms::POLICE, forms::LETTER, forms::ANEW] {
        let fields = desk.tried(form).await?.filter(|f| f.value("id") == case.public.as_str());
        if let Some(fields) = fields {
            return Ok(Some(Kept { form, fields }));
        }
    }
    Ok(None)
}

/// The name of the case: who wants to visit whom.
pub(super) fn title(desk: &Desk, case: &Case) -> String {
    let applicant = case.people.first().map(|p| p.name.as_str()).unwrap_or_default();
    let inmate = case.inmate.as_ref().map_or(case.typed_inmate.as_str(), |i| i.name.as_str());
    t::case_title(desk.l, applicant, inmate)
}

pub(super) fn note(desk: &Desk, case: &Case) -> String {
    let l = desk.l;
    if case.stage.is_open() {
        t::case_note(l, &case.reference, words::due_line(l, case.due, desk.today()))
    } else {
        t::case_note_closed(l, &case.reference, words::stage(l, case.stage))
    }
}

fn shown(desk: &Desk, case: &Case, kept: Option<Kept>, more: AnyView) -> AnyView {
    let l = desk.l;
    let fields = kept.as_ref().map(|kept| kept.fields.clone()).unwrap_or_default();
    let heading = title(desk, case);
    let mut tab = t::case_tab(l, &case.reference);
    if !fields.summary(l).is_empty() {
        tab = format!("{} {tab}", common::error_prefix(l));
    }
    let back = Link::new(routes::STAFF, t::list_title(l));
    // Only the decision counts what is written.
    let islands =
        (case.stage == Stage::AwaitingDecision && desk.is_officer()).then(|| view! { <WithIslands/> });
    view! {
        <ErrorSummary title=common::error_summary(l) errors=fields.summary(l)/>
        <PageHead title=heading tab=tab note=note(desk, case) back=back/>
        {told(desk, case, &fields)}
        {to_decide_anew(l, case.ruling.as_ref())}
        {anew::under_way(l, case)}
        <div class="case">
            <div class="case-main">
                <h2>{t::case_known(l)}</h2>
                <SummaryList rows=facts(desk, case)/>
                {decisions(desk, case)}
                {more}
                <h2>{t::case_history(l)}</h2>
                {history(desk, case)}
            </div>
            <div class="case-side">{panel::side(desk, case, kept)}</div>
        </div>
        {islands}
    }
    .into_any()
}

/// What was just done, if the case shows it, or that somebody else was first.
fn told(desk: &Desk, case: &Case, fields: &Fields) -> Option<AnyView> {
    let l = desk.l;
    if fields.is_stale() {
        return Some(
            view! { <Notice kind=NoticeKind::Error title=t::stale_title(l)><p>{t::stale_text(l)}</p></Notice> }
                .into_any(),
        );
    }
    let words = match desk.page.query("done")?.as_str() {
        "answer_yes" if case.stage == Stage::AwaitingPolice => t::done_answer_yes(l),
        "answer_no" if case.declined => t::done_answer_no(l),
        "identity" if matches!(case.identity, Identity::Checked(_)) => t::done_identity(l),
        "carried" if case.carried.is_none() => t::done_carried(l),
        "rechecked" if case.recheck_by.is_none() => t::done_rechecked(l),
        "consent_back" if case.people.iter().all(|p| !p.stands) => t::done_consent_back(l),
        "anew" if case.stage == Stage::AwaitingDecision => t::done_anew(l),
        "police" if case.police.is_some() => t::done_police(l),
        "decided" if case.people.iter().any(|p| p.decision.is_some()) => {
            if case.reachable {
                t::done_decided(l)
            } else {
                t::done_decided_unreached(l, panel::phone(case))
            }
        }
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=words/> }.into_any())
}
