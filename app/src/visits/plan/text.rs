//! What visitors read in the unit's own words: by topic on the plan, and a new version with its days.

use backend::Result;
use domain::{
    kernel::Locale,
    visits::booking::{
        plan::stamp,
        text::{LONGEST_TEXT, Topic, UnitText, on_day},
    },
};
use leptos::prelude::*;

use super::{
    fields::Fields,
    forms,
    parts::{self, DayField, Desk, form_head},
    rules::optional,
    show::Plan,
};
use crate::{
    i18n::{common, dates, visits_plan as t},
    routes,
    ui::{
        Actions, AsideBlock, Button, ButtonKind, Form, HiddenInput, Link, LinkButton, Notice, NoticeKind,
        PageGrid, SummaryList, SummaryRow, TextArea,
    },
    visits::unit_texts,
};

#[component]
pub fn TextPage() -> impl IntoView {
    parts::page(|desk| async move { ask(desk).await })
}

async fn ask(desk: Desk) -> Result<Option<AnyView>> {
    let topic = desk.page.query("topic").and_then(|code| Topic::parse(&code)).unwrap_or(Topic::Hours);
    let Some(plan) = desk.to_change().await? else { return Ok(None) };
    let versions: Vec<UnitText> = plan.texts.iter().filter(|text| text.topic == topic).cloned().collect();
    let now = on_day(&versions, desk.today());
    let opened = || forms::text_opened(now.first(), desk.today());
    let fields = desk.tried(forms::TEXT).await?.unwrap_or_else(opened);
    Ok(Some(question(&desk, &plan, (topic, &versions), fields)))
}

fn question(desk: &Desk, plan: &Plan, (topic, versions): (Topic, &[UnitText]), fields: Fields) -> AnyView {
    let l = desk.l;
    let back = routes::staff_visiting_of(&plan.unit_slug);
    let way_back = Link::new(back.clone(), t::title(l, &plan.unit_name));
    let head = form_head(l, unit_texts::title(l, topic), t::texts_lead(l), way_back, &fields);
    let stale = fields.is_stale().then(|| {
        let text = t::stale_times_text(l);
        view! { <Notice kind=NoticeKind::Error title=t::stale_text_title(l)><p>{text}</p></Notice> }
    });
    let aside =
        view! { <AsideBlock title=t::texts_aside_title(l)><p>{t::texts_aside_text(l)}</p></AsideBlock> };
    let (unit, seen) = (plan.unit_slug.clone(), forms::still_seen(&fields, stamp(versions)));
    let topic = topic.code().to_owned();
    view! {
        <PageGrid aside=aside.into_any()>
            {head}
            {stale}
            <Form action=forms::action(forms::TEXT)>
                <HiddenInput name="unit" value=unit/>
                <HiddenInput name="seen" value=seen/>
                <HiddenInput name="topic" value=topic/>
                <Languages l=l fields=fields.clone()/>
                <DayField l=l name="from" legend=t::rules_label_from(l) fields=fields.clone()/>
                <DayField l=l name="to" legend=optional(l, t::rules_label_to(l)) hint=t::texts_hint_to(l) fields=fields/>
                <Actions>
                    <Button text=t::texts_preview(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

#[component]
fn Languages(l: Locale, fields: Fields) -> impl IntoView {
    let most = u32::try_from(LONGEST_TEXT).unwrap_or(u32::MAX);
    let area = |of: Locale| {
        let (name, label) = (of.code(), language(l, of));
        let (value, error) = (fields.value(name), fields.error(l, name));
        let optional = if of == Locale::Nb { String::new() } else { t::optional(l) };
        view! { <TextArea name=name label=label optional=optional value=value error=error rows=4 max=most/> }
    };
    Locale::ALL.map(area).into_iter().collect_view()
}

fn language(l: Locale, of: Locale) -> String {
    match of {
        Locale::Nb => t::texts_nb(l),
        Locale::Nn => t::texts_nn(l),
        Locale::En => t::texts_en(l),
        Locale::Se => t::texts_se(l),
    }
}

/// As visitors will read it, language by language, and on which days.
pub(super) fn said(l: Locale, text: &UnitText) -> Vec<SummaryRow> {
    let of = |of: Locale| {
        let (lang, words) = text.said(of);
        (lang == of).then(|| SummaryRow::new(language(l, of), words).lang(of.code()))
    };
    let languages = Locale::ALL.into_iter().filter_map(of);
    let days = SummaryRow::new(t::rules_fact_from(l), days(l, text));
    let topic = SummaryRow::new(t::texts_topic(l), unit_texts::title(l, text.topic));
    [topic].into_iter().chain(languages).chain([days]).collect()
}

fn days(l: Locale, text: &UnitText) -> String {
    let from = dates::plain(l, text.valid_from);
    match text.valid_to {
        Some(to) => format!("{from}\n{}", t::rules_until(l, dates::plain(l, to))),
        None => from,
    }
}

/// On the plan: what holds today, what comes, and the way to write another.
pub(super) fn section(desk: &Desk, plan: &Plan) -> AnyView {
    let l = desk.l;
    let rows = Topic::ALL.into_iter().flat_map(|topic| of_topic(desk, plan, topic)).collect();
    view! {
        <section class="stack" aria-labelledby="texts-title">
            <h2 id="texts-title">{t::texts_title(l)}</h2>
            <SummaryList rows=rows/>
        </section>
    }
    .into_any()
}

fn of_topic(desk: &Desk, plan: &Plan, topic: Topic) -> Vec<SummaryRow> {
    let (l, title) = (desk.l, unit_texts::title(desk.l, topic));
    let versions: Vec<UnitText> = plan.texts.iter().filter(|text| text.topic == topic).cloned().collect();
    let now = on_day(&versions, desk.today());
    let row = match now.first() {
        Some(text) => SummaryRow::new(&title, &text.nb).lang("nb"),
        None => SummaryRow::new(&title, t::texts_none(l)),
    };
    let href = routes::staff_visiting_text(&plan.unit_slug, topic.code());
    let row = if desk.may_plan() { row.change(href, common::change(l), &title) } else { row };
    let coming = versions.iter().filter(|text| text.valid_from > desk.today()).map(|text| {
        let label = format!("{title}, {}", t::times_from(l, dates::plain(l, text.valid_from)));
        SummaryRow::new(label, &text.nb).lang("nb")
    });
    [row].into_iter().chain(coming).collect()
}
