//! What is held of what a person and her case officers wrote to each other. Notes for colleagues are asked for by hand.

use super::body_place;
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    held::{Kind, Name, Set, Thing, text},
    identity::held::subject_key,
    looks::{About, Look, Row},
};

#[derive(sqlx::FromRow)]
struct HeldRow {
    id: String,
    reference: String,
    topic: String,
    unit_name: String,
    state: String,
    opened_at: i64,
    last_at: i64,
}

/// Id, whether it is hers, its words, when it was written and read.
type MessageRow = (String, i64, Vec<u8>, i64, Option<i64>);

pub async fn held(ctx: &Ctx, who: &Citizen) -> Result<Vec<Thing>> {
    let threads: Vec<HeldRow> = ctx.db.all(THREADS_HELD, args![&who.person]).await?;
    if threads.is_empty() {
        return Ok(vec![]);
    }
    let key = subject_key(ctx, who).await?;
    let mut things = vec![];
    for row in threads {
        things.push(
            Thing::new(Kind::Thread)
                .reference(&row.reference)
                .code(Name::Topic, Set::Topic, row.topic)
                .text(Name::Unit, row.unit_name)
                .code(Name::State, Set::Thread, row.state)
                .at(Name::Opened, row.opened_at)
                .at(Name::Last, row.last_at),
        );
        let messages: Vec<MessageRow> = ctx.db.all(MESSAGES_HELD, args![&row.id]).await?;
        for (id, hers, body, written, read) in messages {
            let by = if hers == 1 { "you" } else { "staff" };
            let words = text(&key.open(&body_place(&id), &body)?);
            let message = Thing::new(Kind::Message).code(Name::By, Set::By, by.to_owned());
            things.push(message.at(Name::Written, written).at(Name::Read, read).text(Name::Words, words));
        }
    }
    Ok(things)
}

/// Who has looked at them. Of one about a case the looks stand at the case, with the conversation in their detail.
pub async fn looks(ctx: &Ctx, who: &Citizen) -> Result<Vec<Look>> {
    Row::all(ctx.db.all(SEEN, args![&who.person]).await?, About::Conversation)
}

pub const THREADS_HELD: &str = "SELECT t.id, t.reference, t.topic, u.name AS unit_name, t.state, t.opened_at, t.last_at \
    FROM message_thread t JOIN unit u ON u.id = t.unit_id WHERE t.person_id = $1 ORDER BY t.last_at DESC, t.id DESC";
pub const MESSAGES_HELD: &str = "SELECT id, from_person, body, written_at, read_at FROM message WHERE thread_id = $1 \
    ORDER BY written_at, id";
pub const SEEN: &str = "SELECT a.at, a.role, u.name AS unit_name, a.reason FROM message_thread t JOIN audit a \
    ON ((a.subject_kind = 'message_thread' AND a.subject_id = t.id) OR (a.subject_kind = t.about_kind \
    AND a.subject_id = t.about_id AND a.detail = t.id)) AND a.action = 'look' LEFT JOIN unit u ON u.id = a.unit_id \
    WHERE t.person_id = $1 ORDER BY a.at DESC, a.id DESC";
