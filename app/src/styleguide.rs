//! The style guide: every component in every state, with real markup. Shown in the demo only, in
//! English, for those who build pages.
use backend::ctx::Ctx;
use domain::kernel::Locale;
use leptos::prelude::*;

use crate::{
    files::{Files, Upload},
    request::{self, Page},
    routes,
    ui::*,
};

/// The names of the colours, as in `style/tokens.css`.
const COLOURS: [&str; 18] = [
    "paper",
    "sheet",
    "stone-1",
    "stone-2",
    "stone-3",
    "line",
    "edge",
    "ink-2",
    "ink",
    "spruce",
    "spruce-tint",
    "ember",
    "ember-text",
    "ember-tint",
    "berry",
    "berry-tint",
    "ochre",
    "ochre-tint",
];

/// The page.
#[component]
pub fn Styleguide() -> impl IntoView {
    view! {
        <PageHead title="Parts" lead="Every part in every state. Texts are samples." />
        <div class="stack">
            <Colours />
            <div class="sample-grid">
                <div class="stack"><Buttons /><Tags /><Marks /></div>
                <div class="stack"><Fields /></div>
                <div class="stack"><Notices /><Journey /></div>
                <div class="stack"><MoreFields /></div>
                <div class="stack"><Lists /></div>
                <div class="stack"><Times /><Opening /></div>
                <div class="stack"><Uploads /></div>
            </div>
            <Tables />
            <h2>"Receipt"</h2>
            <Panel kicker="Next visit">
                <p class="panel-large">"Saturday 19 September 11.00–12.00"</p>
                <p>"Lyngmo prison, family room 2"</p>
                <Actions><LinkButton href="#main" text="Show the pass" /></Actions>
            </Panel>
            <Icons />
        </div>
    }
}

#[component]
fn Colours() -> impl IntoView {
    let rows = COLOURS.map(|name| view! { <li class=format!("swatch swatch--{name}")>{name}</li> });
    view! { <ul class="swatches">{rows.into_iter().collect_view()}</ul> }
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <h2>"Buttons"</h2>
        <Form action="/styleguide">
            <Actions>
                <Button text="Continue" />
                <Button text="Save" kind=ButtonKind::Secondary icon=IconName::Print />
                <LinkButton href="#main" text="Cancel" kind=ButtonKind::Quiet />
            </Actions>
        </Form>
        <UnavailableButton text="Not now" reason="Opens on Monday at 08.00." />
    }
}

#[component]
fn Tags() -> impl IntoView {
    view! {
        <h2>"Tags"</h2>
        <p class="samples">
            <Tag text="Checked" kind=TagKind::Done />
            <Tag text="Waiting" kind=TagKind::Waiting />
            <Tag text="Expected" kind=TagKind::Open />
            <Tag text="Your turn" kind=TagKind::Now />
            <Tag text="Expires soon" kind=TagKind::Warn />
            <Tag text="Refused" kind=TagKind::Error />
            <Tag text="Statement" />
            <Count n=3 about="unread" now=true />
            <Count n=14 about="tasks" />
        </p>
    }
}

#[component]
fn Marks() -> impl IntoView {
    view! {
        <h2>"Mark"</h2>
        <p class="samples"><Mark /><Mark large=true /><FallenCairn /></p>
        <CairnSteps steps=vec!["You apply".into(), "The inmate agrees".into(), "We check".into(), "You choose a time".into()] />
    }
}

#[component]
fn Fields() -> impl IntoView {
    let channels = || {
        vec![
            Choice::new("mail", "E-mail").hint("m•••@example.org"),
            Choice::new("sms", "Text message").hint("••• •• 417"),
            Choice::new("post", "Letter").unavailable("We have no address for you."),
        ]
    };
    view! {
        <h2>"Fields"</h2>
        <ErrorSummary title="Put this right to continue" errors=vec![
            FieldError::new("code", "The code has six digits"),
            FieldError::new("birth_month", "The month must be a number from 1 to 12"),
        ] />
        <Field name="email" label="E-mail" hint="We only send that there is news." kind=Kind::Email
            value="maja@example.org" autocomplete="email" />
        <Field name="code" label="Code" error="The code has six digits." width=Width::Short
            kind=Kind::Number value="4821" />
        <RadioGroup name="channel" legend="How do we reach you?" options=channels() value="mail" />
        <DateEntry name="birth" legend="Date of birth" hint="For example 7 3 1994"
            error="The month must be a number from 1 to 12." wrong=DatePart::Month labels=date_labels()
            value=DateValue { day: "12".into(), month: "15".into(), year: "1991".into() } />
    }
}

fn date_labels() -> DateLabels {
    DateLabels { day: "Day".into(), month: "Month".into(), year: "Year".into() }
}

#[component]
fn MoreFields() -> impl IntoView {
    let units = vec![Choice::new("lyngmo", "Lyngmo prison"), Choice::new("storasen", "Storåsen prison")];
    let needs = vec![Choice::new("wheelchair", "Wheelchair"), Choice::new("interpreter", "Interpreter")];
    view! {
        <h2>"More fields"</h2>
        <Select name="unit" label="Unit" options=units placeholder="Choose a unit" />
        <CheckboxGroup name="needs[]" legend="What do you need?" options=needs values=vec!["wheelchair".into()] />
        <Checkbox name="agree" label="I have read the rules" error="Say that you have read the rules." />
        <TextArea name="reason" label="Why is it needed?" hint="The applicant can read this." optional="(optional)"
            value="New placement. <Considered again> after three visits." max=500 left="{n} characters left"
            over="{n} characters too many" />
    }
}

#[component]
fn Notices() -> impl IntoView {
    view! {
        <h2>"Notices"</h2>
        <Notice><p>"Ordinary information. No colour."</p></Notice>
        <Notice kind=NoticeKind::Now title="Your turn."><p>"Answer by 18 September."</p></Notice>
        <Notice kind=NoticeKind::Warn title="You will be signed out in two minutes." />
        <Notice kind=NoticeKind::Error title="Somebody else took the time."><p>"Choose another. All else is saved."</p></Notice>
        <Notice kind=NoticeKind::Done title="Saved." />
    }
}

#[component]
fn Journey() -> impl IntoView {
    view! {
        <h2>"Steps and tracker"</h2>
        <Steps current=2 total=4 text="Step 2 of 4: when" />
        <Tracker label="How far the application has come" steps=vec![
            TrackStep::done("Received").text("Sunday 6 September at 21.14"),
            TrackStep::done("The inmate agreed").text("Tuesday 8 September"),
            TrackStep::here("Police check", "We are here").text("Usually takes two weeks."),
            TrackStep::ahead("Decision").text("You hear the same day."),
        ] />
    }
}

#[component]
fn Lists() -> impl IntoView {
    view! {
        <h2>"Lists"</h2>
        <SummaryList rows=vec![
            SummaryRow::new("Whom you visit", "Jonas Fjellvik"),
            SummaryRow::new("When", "Saturday 19 September\n11.00–12.00").change("#main", "Change", "the time"),
        ] />
        <LinkRows rows=vec![
            LinkRow::new("#main", "New message").text("Came today at 08.20").unread("Unread"),
            LinkRow::new("#main", "Jonas Fjellvik").text("Valid until 9 March 2027"),
        ] />
        <Pager label="Pages" previous=Some(Link::new("#main", "Previous")) next=Some(Link::new("#main", "Next"))
            text="Page 2 of 5" />
        <EmptyState title="No visits yet" text="When you have booked, the visit is here."
            link=Some(Link::new("#main", "Book a visit")) />
    }
}

#[component]
fn Times() -> impl IntoView {
    view! {
        <h2>"Free times"</h2>
        <Hold title="Saturday 19 September at 11 is held." text="8 minutes left, until 14.32" left=8 />
        <Week label="Week 38">
            <Day date="Mon 14 Sept"><p>"Closed: planning day"</p></Day>
            <Day date="Sat 19 Sept">
                <Slot name="time" value="a" time="11.00–12.00" text="Family room, held for you" checked=true held=true />
                <Slot name="time" value="b" time="13.00–14.00" text="Visiting room, 3 free" />
            </Day>
        </Week>
    }
}

#[component]
fn Opening() -> impl IntoView {
    view! {
        <h2>"Opens in place"</h2>
        <Details summary="Why we ask"><p>"The person you visit must agree first."</p></Details>
    }
}

/// Somebody signed in has her own files there, and can send some.
#[component]
fn Uploads() -> impl IntoView {
    let page = request::page();
    let shown = use_context::<Ctx>().map(|ctx| Suspend::new(async move { uploads(&ctx, &page).await }));
    view! { <h2>"Files"</h2><Suspense>{shown}</Suspense> }
}

async fn uploads(ctx: &Ctx, page: &Page) -> Option<AnyView> {
    let tried = page.query("try");
    let files = Files::of(ctx, &page.actor, "letter", None, tried.as_deref()).await.ok()?;
    let files = if page.name().is_some() { files } else { files.with_samples() };
    Some(view! { <Upload l=Locale::En files=files back=routes::STYLEGUIDE /> }.into_any())
}

#[component]
fn Tables() -> impl IntoView {
    let head = || vec![Column::new("Due"), Column::new("Task"), Column::new("About"), Column::corner("With")];
    let row = |due: Cell, task: &'static str, name: &'static str, reference: &'static str| {
        Row::new(vec![due, Cell::link("#main", task), Cell::two(name, reference), Cell::text("Me")])
    };
    view! {
        <h2>"Tables"</h2>
        <DataTable caption="Tasks" head=head() groups=vec![
            TableGroup::new("Overdue", "1", vec![row(Cell::late("2 days over"), "Complaint", "Ruth Tangvald", "K2M9-71DA")]),
            TableGroup::new("Today", "2", vec![
                row(Cell::now("Today at 12"), "Notice", "2 recipients", "V7K3-08RT"),
                row(Cell::text("Today"), "Message", "Lene Aasgaard", "M1B6-44HN"),
            ]),
        ] />
    }
}

#[component]
fn Icons() -> impl IntoView {
    let rows = IconName::ALL.map(|name| view! { <Icon name=name /> });
    view! { <h2>"Icons"</h2><p class="samples">{rows.into_iter().collect_view()}</p> }
}
