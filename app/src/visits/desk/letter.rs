//! The decision as its reader will open it, before it is made. What is confirmed is what stands here.

use backend::{
    Result,
    decision::{DecisionView, Outcome},
    visits::clearance::{self, Case, LookReason, Stage, Tracked, TrackedPerson},
};
use domain::visits::clearance::Decided;
use leptos::prelude::*;

use super::{
    case::title,
    forms,
    letter_form::{LetterForm, Ready},
    panel::phone,
    parts::{self, Desk, case_path},
};
use crate::{
    i18n::visits_desk as t,
    request, routes,
    ui::{Actions, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, PageHead, Panel},
    visits::mine,
};

#[component]
pub fn LetterPage() -> impl IntoView {
    let id = parts::case_id();
    parts::page(|desk| async move {
        let Some(id) = id.filter(|_| desk.is_officer()) else { return Ok(None) };
        let look = desk.reason().unwrap_or(LookReason::HandleCase);
        let Some(case) = clearance::case(&desk.ctx, &desk.who, &id, look).await? else {
            return Ok(None);
        };
        let key = key(&desk).await?;
        let kept = desk.kept(forms::LETTER, &key).await?;
        let kept = kept.filter(|f| f.value("id") == id.as_str());
        let ready = kept.and_then(|f| LetterForm::of(&f).parse(desk.today()).ok());
        let Some(ready) = ready else {
            request::redirect(&case_path(&id, look));
            return Ok(Some(().into_any()));
        };
        Ok(Some(shown(&desk, &case, look, &ready, key)))
    })
}

/// The key of what was typed; a yes that came after the session had ended leads back to it.
async fn key(desk: &Desk) -> Result<String> {
    let late = desk.tried(forms::DECIDE).await?.map(|f| f.value("kept"));
    Ok(late.or_else(|| desk.page.query("try")).unwrap_or_default())
}

fn shown(desk: &Desk, case: &Case, look: LookReason, ready: &Ready, key: String) -> AnyView {
    let l = desk.l;
    let back = routes::with_try(&case_path(&case.public, look), &key);
    let id = case.public.to_string();
    let confirm =
        if case.reachable { t::letter_confirm_text(l) } else { t::letter_confirm_unreached(l, phone(case)) };
    let letter = mine::decision::all(l, &as_reader(desk, case, ready), None);
    view! {
        <PageHead title=t::letter_title(l) lead=t::letter_lead(l) note=title(desk, case)
            back=Link::new(back.clone(), t::letter_back(l))/>
        <div class="case">
            <div class="case-main letter">{letter}</div>
            <div class="case-side">
                <Panel plain=true>
                    <h2>{t::letter_confirm_title(l)}</h2>
                    <p>{confirm}</p>
                    <Form action=forms::action(forms::DECIDE)>
                        <HiddenInput name="id" value=id/>
                        <HiddenInput name="look" value=look.code()/>
                        <HiddenInput name="kept" value=key/>
                        <Actions>
                            <Button text=t::letter_confirm(l)/>
                            <LinkButton href=back text=t::letter_change(l) kind=ButtonKind::Quiet/>
                        </Actions>
                    </Form>
                </Panel>
            </div>
        </div>
    }
    .into_any()
}

/// The application as the reader will have it once this decision is made, with these people alone.
fn as_reader(desk: &Desk, case: &Case, ready: &Ready) -> Tracked {
    let chosen = case.people.iter().filter(|p| ready.who.contains(&p.clearance));
    let people = chosen.map(|p| TrackedPerson {
        unsettled: false,
        name: p.name.clone(),
        child: p.child,
        decision: Some(view_of(desk, case, ready)),
    });
    Tracked {
        closed: None,
        ends: None,
        holds: false,
        anew: false,
        reconsidered: None,
        carried: None,
        public: case.public.clone(),
        reference: case.reference.clone(),
        inmate_name: case.typed_inmate.clone(),
        submitted_at: case.submitted_at,
        since: desk.page.now,
        stage: Stage::Decided,
        consented_on: case.answered_on,
        police_on: case.police.map(|(_, on)| on),
        answer_by: case.due,
        late: false,
        people: people.collect(),
        looks: vec![],
        relation: case.relation,
        needs: case.needs.clone(),
    }
}

fn view_of(desk: &Desk, case: &Case, ready: &Ready) -> DecisionView {
    let (outcome, measures, reason, milder, valid_to) = match ready.decided.clone() {
        Decided::Granted { measures, reason, valid_to } => {
            let plain = measures.is_empty();
            let outcome = if plain { Outcome::Granted } else { Outcome::GrantedWithMeasures };
            (outcome, measures, reason, None, Some(valid_to))
        }
        Decided::Refused { milder_considered, reason } => {
            (Outcome::Refused, vec![], Some(reason), Some(milder_considered), None)
        }
    };
    DecisionView {
        // Nothing is decided yet.
        public: desk.ctx.chance.public(),
        appeal_days: case.appeal_days,
        appeal_by: (outcome != Outcome::Granted).then(|| desk.today().plus_days(case.appeal_days)),
        outcome,
        measures,
        reason,
        milder,
        valid_to,
        text_locale: ready.text_locale,
        legal_basis: case.legal_basis.clone(),
        level: "local".to_owned(),
        made_at: desk.page.now,
        available_at: desk.page.now,
    }
}
