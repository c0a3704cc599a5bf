//! His end, over the API of the self-service system: what is there for him, that he has got and opened it, and his reply.

use std::collections::HashMap;

use domain::{
    kernel::{Clock, Id, Instant, Public},
    messages::{LetterForm, Means, Refusal},
};

use super::{
    Row,
    lines::{LETTERS_INSIDE, LetterLine, MyLetter},
    mine::{Openness, openness},
    pair::{OF_INMATE, Pair},
    post::Post,
};
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    messages::{Done, ExchangeRow, FormKey, LetterRow, Sent, inside::Inside, once::Once, public},
};

/// One relative of his and what has passed between them.
#[derive(Clone, Debug)]
pub struct InsideExchange {
    pub public: Public<ExchangeRow>,
    pub relative: String,
    pub own_side: String,
    /// How he may write today; none if he may not, and nothing says why.
    pub open: Option<Openness>,
    pub letters: Vec<InsideLetter>,
}

pub type InsideLetter = MyLetter;

#[derive(sqlx::FromRow)]
struct PairRow {
    #[sqlx(flatten)]
    pair: Pair,
    relative: String,
}

/// Three reads. What was let through but not handed over is there only while the exchange is open.
pub async fn feed(ctx: &Ctx, inside: &Inside) -> Result<Vec<InsideExchange>> {
    let today = ctx.now().date();
    let monday = Instant::of_wall(today.monday(), Clock(0));
    let pairs: Vec<PairRow> = ctx.db.all(OF_INMATE, args![inside.inmate(), today]).await?;
    let keys: Vec<(String, Vec<u8>)> = ctx.db.all(KEYS, args![inside.inmate()]).await?;
    let keys: HashMap<String, Vec<u8>> = keys.into_iter().collect();
    let lines: Vec<LetterLine> = ctx.db.all(LETTERS_INSIDE, args![inside.inmate()]).await?;
    let mut of: HashMap<String, Vec<LetterLine>> = HashMap::new();
    for line in lines.into_iter().rev() {
        of.entry(line.exchange_id.clone()).or_default().push(line);
    }
    let mut feed = vec![];
    for PairRow { pair, relative } in pairs {
        let (Some(id), Some(shown)) = (&pair.exchange_id, &pair.exchange_public) else { continue };
        let Some(sealed) = keys.get(&pair.person_id) else { continue };
        let key = ctx.vault.subject_from(&pair.person_id, sealed)?;
        let lines = of.remove(id).unwrap_or_default();
        let sent = lines.iter().filter(|l| l.from_relative == 0 && l.written_at >= monday.0).count();
        let open = openness(&pair, i64::try_from(sent).unwrap_or(i64::MAX), today)?;
        let there =
            lines.into_iter().filter(|l| l.from_relative == 0 || l.state != "released" || open.is_some());
        let letters = there.map(|line| {
            let own = line.from_relative == 0;
            line.letter(&key, own)
        });
        feed.push(InsideExchange {
            public: public(shown)?,
            relative,
            own_side: pair.inmate_side.clone().unwrap_or_default(),
            letters: letters.collect::<Result<_>>()?,
            open,
        });
    }
    Ok(feed)
}

/// He has it, or has opened it. Once more changes nothing.
pub async fn acknowledge(
    ctx: &Ctx,
    inside: &Inside,
    letter: &Public<LetterRow>,
    opened: bool,
) -> Result<Done> {
    let command = Acknowledge {
        ctx: ctx.clone(),
        inside: inside.clone(),
        letter: letter.clone(),
        opened,
        now: ctx.now(),
    };
    ctx.db.write(command).await
}

struct Acknowledge {
    ctx: Ctx,
    inside: Inside,
    letter: Public<LetterRow>,
    opened: bool,
    now: Instant,
}

impl Command for Acknowledge {
    type Out = Done;

    async fn run(&self, tx: &mut Tx) -> Result<Done> {
        let found: Option<Row> = tx.optional(TO_INSIDE, args![&self.letter, self.inside.inmate()]).await?;
        let Some(row) = found else { return Ok(Err(Refusal::Hidden)) };
        let letter = row.letter()?;
        if row.state == "released" && !super::due::is_open(tx, &row, self.now).await? {
            return Ok(Err(Refusal::Hidden));
        }
        let (next, action) = match (self.opened, row.state.as_str()) {
            (true, "read") | (false, "delivered" | "read") => return Ok(Ok(())),
            (true, _) => (letter.read(self.now), "letter_read"),
            (false, _) => (letter.delivered(self.now, Means::Screen), "letter_delivered"),
        };
        let next = match next {
            Ok(next) => next,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !row.save(tx, &next, self.now).await? {
            return Ok(Err(Refusal::Stale));
        }
        let entry: audit::Entry = row.trace(&self.ctx, &Actor::System, action);
        entry.detail(self.inside.source()).save(tx).await?;
        Ok(Ok(()))
    }
}

/// He writes to one of his relatives; checked and controlled as hers are.
pub async fn reply(
    ctx: &Ctx,
    inside: &Inside,
    exchange: &Public<ExchangeRow>,
    form: &LetterForm,
) -> Result<Sent<Public<LetterRow>>> {
    let found: Option<(String, String)> =
        ctx.db.optional(super::wish::OF_INSIDE, args![exchange, inside.inmate()]).await?;
    let (Some((person, inmate)), Some(key)) = (found, FormKey::parse(&form.key)) else {
        return Ok(Err(Refusal::Hidden.into()));
    };
    let once = Once::new(ctx, inside.inmate().as_str(), &key, exchange.as_str(), &form.words);
    let person = Id::new(person);
    let post = Post::new(ctx, Actor::System, person, public(&inmate)?, once, &form.words);
    let post = Post { from_relative: false, detail: inside.source().to_owned(), ..post };
    ctx.db.write(post).await
}

pub const KEYS: &str = "SELECT k.subject_id, k.sealed FROM subject_key k JOIN exchange e ON e.person_id = k.subject_id \
    WHERE e.inmate_id = $1";
pub const TO_INSIDE: &str = "SELECT l.id, l.exchange_id, e.person_id, l.unit_id, l.from_relative, \
    CAST(CASE WHEN l.cut_body IS NULL THEN 0 ELSE 1 END AS BIGINT) AS cut, l.state, l.state_at, l.due_at, l.second, \
    l.second_by, l.means, l.written_at, l.version FROM letter l JOIN exchange e ON e.id = l.exchange_id WHERE l.public_id = $1 \
    AND e.inmate_id = $2 AND l.from_relative = 1 AND l.state IN ('released', 'delivered', 'read')";
