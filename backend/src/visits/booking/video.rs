//! A visit on a screen: its room, when its link is shown, and where camera and sound can be tried. The room is no row: it follows
//! from the booking and its time under a key of the vault, so a visit that is moved has another one, and nobody can guess any.

use domain::{
    kernel::{Instant, Public},
    visits::booking::{Booking, SessionKind, Way, on_screen},
};

use crate::{Result, config::Environment, ctx::Ctx, rules::Rules};

/// What is told of a visit on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Video {
    /// From then on the link is there.
    pub opens_at: Instant,
    /// None before that, after the visit, and if the service has no provider: then the unit is asked.
    pub link: Option<String>,
    /// There will be a link here.
    pub has_link: bool,
    pub test: Option<String>,
}

/// Which visit, of what kind, from when to when.
pub struct Screen<'a> {
    pub public: &'a Public<Booking>,
    pub kind: SessionKind,
    pub way: Way,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// None for every other kind of visit. For whoever may see this booking: that is asked before.
pub async fn video(ctx: &Ctx, visit: Screen<'_>) -> Result<Option<Video>> {
    if !on_screen(visit.kind, visit.way) {
        return Ok(None);
    }
    let now = ctx.now();
    let minutes = Rules::on(&ctx.db, now.date()).await?.days("visits.video_open_minutes")?;
    let opens_at = visit.starts_at.plus_minutes(-minutes);
    let template = template(ctx);
    let open = opens_at <= now && now < visit.ends_at;
    let settings = &ctx.settings.video;
    Ok(Some(Video {
        opens_at,
        link: template.as_ref().filter(|_| open).map(|link| link.replace("{room}", &room(ctx, &visit))),
        has_link: template.is_some(),
        test: (!settings.test.is_empty()).then(|| settings.test.clone()).or_else(|| demo(ctx, "test")),
    }))
}

fn template(ctx: &Ctx) -> Option<String> {
    let link = &ctx.settings.video.link;
    if link.is_empty() { demo(ctx, "{room}") } else { Some(link.clone()) }
}

fn demo(ctx: &Ctx, room: &str) -> Option<String> {
    let base = &ctx.settings.server.base_url;
    (ctx.settings.environment == Environment::Demo).then(|| format!("{base}/demo/video/{room}"))
}

fn room(ctx: &Ctx, visit: &Screen<'_>) -> String {
    let value = format!("{}\n{}", visit.public, visit.starts_at.micros());
    let mac = ctx.vault.fingerprint("video_room", &value);
    mac.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
