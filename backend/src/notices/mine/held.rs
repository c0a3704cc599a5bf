//! What is held of whoever is signed in here, whole, and for her alone. It tells what her pages tell: a request that was
//! refused looks like one that waits, a channel that is held like one whose code has not come back, and a mass that was
//! stopped is not there.

use domain::kernel::{Id, Instant};

use super::{Look, looks, words_place};
use crate::{
    Result, args,
    ctx::{Ctx, Visitor},
    held::{Kind, Name, Set, Thing, text},
    notices::{Profile, Recipient, channels, profile, reading::Looker, representing, sessions, wish},
};

/// Id, kind, address, state, when it was added and confirmed.
type ChannelRow = (String, String, Vec<u8>, String, i64, Option<i64>);
/// Role, wish, state, when she wished and when it was verified.
type PartyRow = (String, String, String, Option<i64>, Option<i64>);

pub async fn held(ctx: &Ctx, visitor: &Visitor) -> Result<Vec<Thing>> {
    let mut things = vec![];
    if let Some(her) = sessions::recipient(visitor) {
        let (sealed,): (Vec<u8>,) = ctx.db.one(profile::PROFILE, args![&her]).await?;
        things.push(herself(&Profile::open(ctx, &her, &sealed)?));
        things.extend(channels_of(ctx, &her).await?);
        things.extend(asked(ctx, &her).await?);
        things.extend(registered(ctx, &her).await?);
        things.extend(notices(ctx, &her).await?);
        things.extend(words(ctx, &her).await?);
        for one in representing::own(ctx, visitor).await? {
            things.push(
                Thing::new(Kind::Representative)
                    .text(Name::Name, one.name)
                    .code(Name::Kind, Set::Representative, one.kind.code().to_owned())
                    .on(Name::From, one.from.iso())?
                    .on(Name::Until, one.until.iso())?
                    .at(Name::Closed, one.ended_at.map(Instant::micros)),
            );
        }
    }
    let rows: Vec<(i64, i64, Option<i64>)> = ctx.db.all(SESSIONS_HELD, args![&visitor.session]).await?;
    things.extend(rows.into_iter().map(|(opened, seen, closed)| {
        Thing::new(Kind::Session).at(Name::Opened, opened).at(Name::Seen, seen).at(Name::Closed, closed)
    }));
    Ok(things)
}

fn herself(profile: &Profile) -> Thing {
    let hours = i64::try_from(profile.hours.len()).unwrap_or_default();
    let thing = Thing::new(Kind::Herself)
        .text(Name::Name, profile.name.clone())
        .secret(Name::NationalId, profile.number.clone())
        .text(Name::Telephone, profile.telephone.clone())
        .text(Name::Address, profile.address.clone())
        .yes(Name::Protected, profile.protected)
        .secret(Name::SafeWord, profile.safe_word.clone())
        .code(Name::Meeting, Set::Meeting, profile.meeting.clone())
        .code(Name::Language, Set::Language, profile.locale.clone());
    if hours > 0 { thing.number(Name::Hours, hours) } else { thing }
}

async fn channels_of(ctx: &Ctx, her: &Id<Recipient>) -> Result<Vec<Thing>> {
    let rows: Vec<ChannelRow> = ctx.db.all(CHANNELS_HELD, args![her]).await?;
    let thing = |(id, kind, address, state, added, confirmed): (
        String,
        String,
        Vec<u8>,
        String,
        i64,
        Option<i64>,
    )| {
        let state = if state == "held" { "unconfirmed".to_owned() } else { state };
        Ok(Thing::new(Kind::Channel)
            .code(Name::Kind, Set::Channel, kind)
            .text(Name::Address, channels::opened(ctx, &Id::new(id), &address)?)
            .code(Name::State, Set::ChannelState, state)
            .at(Name::Added, added)
            .at(Name::Confirmed, confirmed))
    };
    rows.into_iter().map(thing).collect()
}

async fn asked(ctx: &Ctx, her: &Id<Recipient>) -> Result<Vec<Thing>> {
    let rows: Vec<(String, Vec<u8>, String, i64)> = ctx.db.all(REQUESTS_HELD, args![her]).await?;
    let thing = |(id, told, state, made): (String, Vec<u8>, String, i64)| {
        let told = wish::opened(ctx, &Id::new(id), &told)?;
        let state = if state == "refused" { "open".to_owned() } else { state };
        Ok(Thing::new(Kind::Ask)
            .text(Name::Whom, told.whom)
            .text(Name::Reference, told.reference)
            .code(Name::Role, Set::Party, told.role)
            .text(Name::Story, told.story)
            .code(Name::State, Set::Asked, state)
            .at(Name::Sent, made))
    };
    rows.into_iter().map(thing).collect()
}

async fn registered(ctx: &Ctx, her: &Id<Recipient>) -> Result<Vec<Thing>> {
    let rows: Vec<PartyRow> = ctx.db.all(PARTIES_HELD, args![her]).await?;
    let thing = |(role, wish, state, wished, verified): PartyRow| {
        Thing::new(Kind::Registration)
            .code(Name::Role, Set::Party, role)
            .code(Name::Wish, Set::Wish, wish)
            .code(Name::State, Set::Registration, state)
            .at(Name::Said, wished)
            .at(Name::Verified, verified)
    };
    Ok(rows.into_iter().map(thing).collect())
}

/// When each came and how it ended, and every try to tell her of it.
async fn notices(ctx: &Ctx, her: &Id<Recipient>) -> Result<Vec<Thing>> {
    let rows: Vec<(String, i64, String, Option<i64>)> = ctx.db.all(NOTICES_HELD, args![her]).await?;
    let mut things = vec![];
    for (id, opened, state, ended) in rows {
        let thing = Thing::new(Kind::Notice).at(Name::Opened, opened).code(Name::State, Set::Notice, state);
        things.push(thing.at(Name::Closed, ended));
        let tries: Vec<(i64, i64, Option<String>)> = ctx.db.all(TRIES_HELD, args![&id]).await?;
        things.extend(tries.into_iter().map(|(place, at, outcome)| {
            let thing = Thing::new(Kind::Sending).at(Name::At, at).number(Name::Place, place);
            thing.code(Name::Outcome, Set::Sending, outcome)
        }));
    }
    Ok(things)
}

async fn words(ctx: &Ctx, her: &Id<Recipient>) -> Result<Vec<Thing>> {
    let rows: Vec<(String, i64, Vec<u8>, i64)> = ctx.db.all(WORDS_HELD, args![her]).await?;
    let thing = |(id, hers, sealed, at): (String, i64, Vec<u8>, i64)| {
        let by = if hers == 1 { "you" } else { "staff" };
        let thing = Thing::new(Kind::Message).code(Name::By, Set::By, by.to_owned()).at(Name::Written, at);
        Ok(thing.text(Name::Words, text(&ctx.vault.open(&words_place(&id), &sealed)?)))
    };
    rows.into_iter().map(thing).collect()
}

/// Who has looked, for the file.
pub async fn looks_held(ctx: &Ctx, visitor: &Visitor) -> Result<serde_json::Value> {
    let line = |look: Look| {
        let (role, why) = match look.who {
            Looker::Staff(role, why) => (role.code(), why.code()),
            Looker::Representative => ("representative", "represents_you"),
        };
        serde_json::json!({ "at": look.at.rfc3339(), "role": role, "unit": look.unit_name, "why": why })
    };
    Ok(looks(ctx, visitor).await?.into_iter().map(line).collect())
}

pub const SESSIONS_HELD: &str = "SELECT s.opened_at, s.seen_at, s.closed_at FROM notice_session s \
    WHERE s.number_hash = (SELECT h.number_hash FROM notice_session h WHERE h.id = $1) ORDER BY s.opened_at DESC, s.id DESC";
pub const CHANNELS_HELD: &str = "SELECT id, kind, address, state, added_at, confirmed_at FROM notice_channel \
    WHERE recipient_id = $1 ORDER BY place, id";
pub const REQUESTS_HELD: &str = "SELECT id, told, state, made_at FROM notice_request WHERE recipient_id = $1 \
    ORDER BY made_at DESC, id DESC";
pub const PARTIES_HELD: &str = "SELECT role, wish, state, wished_at, verified_at FROM notice_party \
    WHERE recipient_id = $1 ORDER BY verified_at DESC, id DESC";
pub const NOTICES_HELD: &str = "SELECT o.id, o.opened_at, o.state, o.ended_at FROM notice_obligation o \
    JOIN notice_matter m ON m.id = o.matter_id JOIN notice_party p ON p.id = m.party_id \
    LEFT JOIN notice_hold h ON h.id = o.hold_id WHERE p.recipient_id = $1 AND COALESCE(h.state, 'settled') = 'settled' \
    AND o.state NOT IN ('not_wanted') AND NOT (o.state = 'closed_by_officer' AND COALESCE(h.what, '') = 'drop') \
    ORDER BY o.opened_at DESC, o.version DESC, o.id DESC";
pub const TRIES_HELD: &str = "SELECT place, intended_at, outcome FROM notice_attempt WHERE obligation_id = $1 \
    ORDER BY intended_at, place, try";
pub const WORDS_HELD: &str =
    "SELECT id, from_her, words, at FROM notice_message WHERE recipient_id = $1 ORDER BY at, id";
