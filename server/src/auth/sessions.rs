//! Sessions by area. The victims' are the compartment's own and touch no other's rows.

use backend::{
    Result,
    ctx::{Actor, Ctx},
    identity::sessions,
    notices,
    oidc::Ended,
};
use domain::access::Area;

pub use backend::identity::sessions::Live;

pub async fn find(ctx: &Ctx, area: Area, token: &str) -> Result<Option<Live>> {
    match area {
        Area::Citizen | Area::Staff => sessions::find(ctx, area, token).await,
        Area::Victim => notices::sessions::find(ctx, token).await,
    }
}

pub async fn ran_out(ctx: &Ctx, area: Area, token: &str) -> Result<Option<Actor>> {
    match area {
        Area::Citizen | Area::Staff => sessions::ran_out(ctx, area, token).await,
        Area::Victim => notices::sessions::ran_out(ctx, token).await,
    }
}

pub async fn close(ctx: &Ctx, area: Area, token: &str) -> Result<Option<String>> {
    match area {
        Area::Citizen | Area::Staff => sessions::close(ctx, area, token).await,
        Area::Victim => notices::sessions::close(ctx, token).await,
    }
}

pub async fn close_from_provider(ctx: &Ctx, area: Area, issuer: &str, ended: &Ended) -> Result<u64> {
    match area {
        Area::Citizen | Area::Staff => sessions::close_from_provider(ctx, issuer, ended).await,
        Area::Victim => notices::sessions::close_from_provider(ctx, issuer, ended).await,
    }
}
