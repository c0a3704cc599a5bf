//! New bounds for a unit, filled in with those in force: what is changed stands out, the rest stays.

use backend::messages::exchange::{self, RulesOfUnit};
use domain::{
    kernel::{CivilDate, Locale},
    messages::{
        UnitRules, UnitRulesForm, may_set_rules,
        unit_rules::{stamp, versions},
    },
};
use leptos::prelude::*;

use super::{
    forms,
    parts::{self, Desk, action},
    settings_words as words,
    unit_rules::version,
};
use crate::{
    i18n::{common, messages_settings as t},
    messages::kept::Kept,
    routes,
    ui::{
        Actions, Button, ButtonKind, Checkbox, Choice, DateEntry, DateLabels, DateValue, ErrorSummary, Field,
        Form, HiddenInput, Kind, Link, LinkButton, MaybeText, Notice, NoticeKind, PageGrid, PageHead,
        RadioGroup, Width,
    },
};

#[component]
pub fn RulesFormPage() -> impl IntoView {
    parts::page(|desk| async move {
        if !may_set_rules(&desk.who.roles) {
            return Ok(None);
        }
        let unit = desk.page.query("unit");
        let Some(unit) = exchange::unit_rules(&desk.ctx, &desk.who, unit.as_deref()).await? else {
            return Ok(None);
        };
        let tried = desk.tried(forms::RULES).await?;
        Ok(Some(question(&desk, &unit, tried)))
    })
}

/// As it opens: what is in force, from tomorrow.
fn opened(now: Option<&UnitRules>, today: CivilDate) -> UnitRulesForm {
    let clock = |minutes: i64| format!("{:02}.{:02}", minutes / 60, minutes % 60);
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let tomorrow = today.plus_days(1).0;
    let from = UnitRulesForm {
        from_day: tomorrow.day().to_string(),
        from_month: tomorrow.month().to_string(),
        from_year: tomorrow.year().to_string(),
        ..UnitRulesForm::default()
    };
    let Some(r) = now else { return from };
    UnitRulesForm {
        exchange: yes(r.exchange_on),
        longest: r.longest.to_string(),
        per_week: r.per_week.to_string(),
        control_hours: r.control_hours.to_string(),
        release_hours: r.release_hours.map(|hours| hours.to_string()).unwrap_or_default(),
        means: r.means.code().to_owned(),
        reads_days: r.reads_days.clone(),
        reads_from: clock(r.reads_from),
        reads_to: clock(r.reads_to),
        duty_phone: r.duty_phone.clone(),
        sami: yes(r.sami),
        source: r.source.clone(),
        ..from
    }
}

fn question(desk: &Desk, unit: &RulesOfUnit, tried: Option<Kept>) -> AnyView {
    let l = desk.l;
    let now = versions(&unit.rules, desk.now().date()).0;
    let tried = tried.unwrap_or_else(|| Kept::new(forms::rules_values(&opened(now, desk.now().date()))));
    let back = routes::staff_letters_rules_of(&unit.slug);
    let link = Link::new(back.clone(), t::rules_title(l, &unit.name));
    let stale = tried.has("message_stale");
    // The mark of what was seen stays through refusals; once it is told that another was first, it is the new one.
    let kept = tried.value("seen");
    let seen = if kept.is_empty() || stale { stamp(&unit.rules) } else { kept };
    let there = stale.then(|| other(desk, unit));
    let slug = unit.slug.clone();
    view! {
        <PageGrid>
            <ErrorSummary title=common::error_summary(l) errors=tried.summary(l, words::wrong)/>
            <PageHead title=t::rules_form(l) tab=tried.tab(l, t::rules_form(l)) lead=t::rules_form_lead(l)
                back=link/>
            {there}
            <Form action=action(forms::RULES)>
                <HiddenInput name="unit" value=slug/>
                <HiddenInput name="seen" value=seen/>
                <Bounds l=l tried=tried.clone()/>
                <Hours l=l tried=tried.clone()/>
                <From l=l tried=tried/>
                <Actions>
                    <Button text=t::rules_save(l)/>
                    <LinkButton href=back text=t::cancel(l) kind=ButtonKind::Quiet/>
                </Actions>
            </Form>
        </PageGrid>
    }
    .into_any()
}

/// Another officer was first: what she left stands above what was typed here.
fn other(desk: &Desk, unit: &RulesOfUnit) -> AnyView {
    let l = desk.l;
    let (now, coming, _) = versions(&unit.rules, desk.now().date());
    let there = now.into_iter().chain(coming).map(|rules| version(l, rules)).collect_view();
    view! {
        <Notice kind=NoticeKind::Error title=t::rules_stale(l)><p>{t::rules_stale_text(l)}</p></Notice>
        {there}
    }
    .into_any()
}

fn number(l: Locale, tried: &Kept, name: &'static str, label: String, hint: MaybeText) -> AnyView {
    view! {
        <Field name=name label=label hint=hint value=tried.value(name)
            error=tried.error(l, words::wrong, name) kind=Kind::Number width=Width::Short/>
    }
    .into_any()
}

#[component]
fn Bounds(l: Locale, tried: Kept) -> impl IntoView {
    let wrong = |field: &str| tried.error(l, words::wrong, field);
    let on = vec![Choice::new("yes", t::rules_on_yes(l)), Choice::new("no", t::rules_on_no(l))];
    let means = vec![Choice::new("screen", t::means_screen(l)), Choice::new("print", t::means_print(l))];
    let release = format!("{} {}", t::rules_label_release(l), t::optional(l));
    view! {
        <RadioGroup name="exchange" legend=t::rules_label_on(l) hint=t::rules_hint_on(l) options=on
            value=tried.value("exchange") error=wrong("exchange")/>
        {number(l, &tried, "longest", t::rules_label_longest(l), MaybeText::default())}
        {number(l, &tried, "per_week", t::rules_label_week(l), t::rules_hint_week(l).into())}
        {number(l, &tried, "control_hours", t::rules_label_hours(l), t::rules_hint_hours(l).into())}
        {number(l, &tried, "release_hours", release, t::rules_hint_release(l).into())}
        <RadioGroup name="means" legend=t::rules_label_means(l) options=means
            value=tried.value("means") error=wrong("means")/>
    }
}

#[component]
fn Hours(l: Locale, tried: Kept) -> impl IntoView {
    let wrong = |field: &str| tried.error(l, words::wrong, field);
    let days = vec![Choice::new("weekdays", t::reads_weekdays(l)), Choice::new("daily", t::reads_daily(l))];
    let sami = tried.value("sami") == "yes";
    view! {
        <RadioGroup name="reads_days" legend=t::rules_label_days(l) options=days
            value=tried.value("reads_days") error=wrong("reads_days")/>
        <Field name="reads_from" label=t::rules_label_from_hour(l) hint=t::rules_hint_clock(l)
            value=tried.value("reads_from") error=wrong("reads_from") width=Width::Short/>
        <Field name="reads_to" label=t::rules_label_to_hour(l) value=tried.value("reads_to")
            error=wrong("reads_to") width=Width::Short/>
        <Field name="duty_phone" label=t::rules_label_phone(l) hint=t::rules_hint_phone(l)
            value=tried.value("duty_phone") error=wrong("duty_phone") width=Width::Half/>
        <Checkbox name="sami" label=t::rules_label_sami(l) hint=t::rules_hint_sami(l) checked=sami/>
    }
}

#[component]
fn From(l: Locale, tried: Kept) -> impl IntoView {
    let part = |part: &str| tried.value(&format!("from_{part}"));
    let value = DateValue { day: part("day"), month: part("month"), year: part("year") };
    let labels = DateLabels { day: common::day(l), month: common::month(l), year: common::year(l) };
    view! {
        <DateEntry name="from" legend=t::rules_label_from(l) hint=t::rules_hint_from(l) labels=labels value=value
            error=tried.error(l, words::wrong, "from")/>
        <Field name="source" label=t::rules_label_source(l) hint=t::rules_hint_source(l)
            value=tried.value("source") error=tried.error(l, words::wrong, "source")/>
    }
}
