//! A signed-in visitor and what her browser posts.

use backend::{
    ctx::Ctx,
    visits::booking::testing::{Member, Stage},
};
use domain::kernel::Id;
use reqwest::{Client, Response, header};

use backend::custody::{PublicUnit, put_unit};

/// A unit of its own, beside those of the demo.
pub async fn stage(ctx: &Ctx) -> Stage {
    let unit = PublicUnit {
        slug: "stormen".into(),
        name: "Stormen fengsel".into(),
        level: "high".into(),
        region: "Øst".into(),
        place: "Stormen".into(),
        address: "Gata 1".into(),
        phone: "+47 00 00 00 00".into(),
        email: "stormen@varde.example".into(),
        travel: String::new(),
    };
    Stage::new(ctx, put_unit(ctx, unit).await.expect("a unit")).await
}

/// The whole demo takes its time and writes letters: this says that it is there already.
pub async fn without_demo(ctx: &Ctx) {
    use backend::{audit, ctx::Actor};
    let entry = audit::Entry::new(ctx, &Actor::System, "demo_seeded");
    audit::record(ctx, entry.about("demo", &Id::<()>::new("people"))).await.expect("a row");
}

/// What came back: status and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub text: String,
}

impl Answer {
    async fn of(answer: Response) -> reqwest::Result<Self> {
        let location = answer.headers().get(header::LOCATION).map(|v| v.to_str().expect("text").to_owned());
        let (status, location) = (answer.status().as_u16(), location.unwrap_or_default());
        Ok(Self { status, location, text: answer.text().await? })
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> Option<String> {
        self.all_hidden(name).into_iter().next()
    }

    /// The values of all hidden fields of this name.
    pub fn all_hidden(&self, name: &str) -> Vec<String> {
        let start = format!("name=\"{name}\" value=\"");
        let parts = self.text.split(&start).skip(1);
        parts.filter_map(|part| part.split('"').next().map(str::to_owned)).collect()
    }
}

/// A form of our own page, as her browser posts it.
pub async fn post(
    client: &Client,
    base: &str,
    who: &Member,
    path: &str,
    form: &[(&str, &str)],
) -> reqwest::Result<Answer> {
    let request = client.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin");
    let request = request.header(header::COOKIE, format!("varde_citizen={}", who.cookie));
    Answer::of(request.header(header::ACCEPT, "text/html").form(form).send().await?).await
}

pub async fn get(client: &Client, base: &str, who: &Member, path: &str) -> reqwest::Result<Answer> {
    let request = client.get(format!("{base}{path}")).header(header::ACCEPT, "text/html");
    let request = request.header(header::COOKIE, format!("varde_citizen={}", who.cookie));
    Answer::of(request.send().await?).await
}
