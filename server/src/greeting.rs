//! What the demo says when it is up: where it is, and who one can be there.

use std::fmt::Write as _;

use backend::{config::Environment, ctx::Ctx};
use testid::{Kind, personas};

/// Nothing outside the demo.
pub fn text(ctx: &Ctx) -> Option<String> {
    (ctx.settings.environment == Environment::Demo).then(|| {
        let base = &ctx.settings.server.base_url;
        let mut text = format!("\nVarde's demo is up at {base}. At {base}/sign-in you can be\n");
        for (entrance, kind) in [("outside", Kind::Citizen), ("staff", Kind::Staff)] {
            for persona in personas(kind) {
                let _ = writeln!(text, "  {entrance:<8} {:<20} {}", persona.name, persona.who.en);
            }
        }
        text
    })
}
