//! Somebody came back from the provider, verified: the person or member of staff is found or made, and a new
//! session is opened. A session that the browser had before is closed (no fixation, no mix-up of two people).

use domain::{
    access::{Area, Level, Person, Role, Session, StaffMember},
    kernel::{CivilDate, Id, Instant, NationalId, Public},
};

use super::{names::sort_key, sessions::token_hash};
use crate::{
    Error, Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    vault::INSERT_SUBJECT_KEY,
};

/// What the provider vouches for. A citizen without a Norwegian number has a name and a birth date alone.
pub struct Arrival {
    pub area: Area,
    pub issuer: String,
    pub subject: String,
    pub sid: Option<String>,
    pub number: Option<NationalId>,
    pub name: String,
    pub birth_date: Option<CivilDate>,
    pub level: Level,
    /// When she proved who she is, if she was asked to.
    pub fresh_at: Option<Instant>,
    pub roles: Vec<Role>,
    /// Slugs of the units that a member of staff serves; unknown ones are left out.
    pub units: Vec<String>,
    /// The ID token, kept sealed as the hint for signing out at the provider.
    pub id_token: String,
    /// The cookie the browser sent along, if any.
    pub previous: Option<String>,
}

/// Opens the session and gives its token for the cookie.
pub async fn welcome(ctx: &Ctx, arrival: Arrival) -> Result<String> {
    let (now, token) = (ctx.now(), ctx.chance.token());
    let session = ctx.chance.id::<Session>(now);
    let place = super::sessions::token_place(&session);
    let sealed_token = ctx.vault.seal(&ctx.chance, &place, arrival.id_token.as_bytes())?;
    let previous = arrival.previous.as_deref().map(|t| token_hash(ctx, arrival.area, t));
    let hash = token_hash(ctx, arrival.area, &token);
    let fresh = Fresh::draw(ctx, &arrival)?;
    ctx.db
        .write(Welcome { arrival, fresh, session, hash, previous, sealed_token, now, ctx: ctx.clone() })
        .await?;
    Ok(token)
}

/// Everything drawn before the command, in case this is a new person.
struct Fresh {
    id: String,
    public: Public<Person>,
    key_row: Vec<u8>,
    number: Option<(Vec<u8>, Vec<u8>)>,
}

impl Fresh {
    fn draw(ctx: &Ctx, arrival: &Arrival) -> Result<Self> {
        let id = ctx.chance.id::<Person>(ctx.now()).as_str().to_owned();
        let (key, key_row) = ctx.vault.new_subject(&ctx.chance, &id)?;
        let number = arrival.number.as_ref().map(|number| {
            let place = format!("person_number/sealed/{id}");
            let sealed = key.seal(&ctx.chance, &place, number.expose().as_bytes())?;
            Ok::<_, Error>((ctx.vault.fingerprint("national_id", number.expose()), sealed))
        });
        Ok(Self { public: ctx.chance.public(), key_row, number: number.transpose()?, id })
    }
}

struct Welcome {
    arrival: Arrival,
    fresh: Fresh,
    session: Id<Session>,
    hash: Vec<u8>,
    previous: Option<Vec<u8>>,
    sealed_token: Vec<u8>,
    now: Instant,
    ctx: Ctx,
}

impl Command for Welcome {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.close_previous(tx).await?;
        let (person, staff) = match self.arrival.area {
            Area::Staff => (None, Some(self.staff(tx).await?)),
            Area::Citizen => (Some(self.person(tx).await?), None),
            // Her session is the compartment's own.
            Area::Victim => return Err(Error::Broken("an arrival of another area")),
        };
        let a = &self.arrival;
        let (roles, units) = (self.roles(), self.units(tx).await?);
        let values = args![
            &self.session,
            self.hash.as_slice(),
            a.area.code(),
            person.as_ref(),
            staff.as_ref(),
            &a.issuer,
            &a.subject,
            a.sid.as_ref(),
            a.level.code(),
            &roles,
            &units,
            self.sealed_token.as_slice(),
            self.now,
            a.fresh_at
        ];
        tx.later(INSERT_SESSION, values).await?;
        let entry = audit::Entry::new(&self.ctx, &Actor::System, "sign_in").detail(a.area.code());
        let entry = match (&person, &staff) {
            (Some(id), _) => entry.about("person", &Id::<Person>::new(id.as_str())),
            (_, Some(id)) => entry.about("staff", &Id::<StaffMember>::new(id.as_str())),
            _ => entry,
        };
        entry.save(tx).await
    }
}

impl Welcome {
    /// A person who signs in where another was signed in leaves a trace: it may be the provider that is mistaken.
    async fn close_previous(&self, tx: &mut Tx) -> Result<()> {
        let Some(previous) = &self.previous else { return Ok(()) };
        let values = args![self.now, previous.as_slice()];
        let closed: Option<(String, String, String)> = tx.optional(CLOSE_PREVIOUS, values).await?;
        let a = &self.arrival;
        if let Some((id, _, _)) = closed.filter(|(_, iss, sub)| *iss != a.issuer || *sub != a.subject) {
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "another_person_signed_in");
            let entry = entry.about("session", &Id::<Session>::new(id)).detail(a.area.code());
            entry.save(tx).await?;
        }
        Ok(())
    }

    /// By login first; then by number, so that a second provider finds the same person; else a new one.
    async fn person(&self, tx: &mut Tx) -> Result<String> {
        let a = &self.arrival;
        let known: Option<(Option<String>,)> =
            tx.optional(FIND_LOGIN_PERSON, args![&a.issuer, &a.subject]).await?;
        if let Some((Some(id),)) = known {
            return Ok(id);
        }
        let id = match &self.fresh.number {
            Some((hash, _)) => {
                // Signing in with a number proves it, whoever had typed it before.
                tx.later(PROVE_NUMBER, args![hash.as_slice()]).await?;
                tx.optional::<(String,)>(FIND_NUMBER, args![hash.as_slice()]).await?.map(|(id,)| id)
            }
            None => None,
        };
        let id = match id {
            Some(id) => id,
            None => self.new_person(tx).await?,
        };
        tx.later(INSERT_LOGIN, args![&a.issuer, &a.subject, &id, None::<String>]).await?;
        Ok(id)
    }

    async fn new_person(&self, tx: &mut Tx) -> Result<String> {
        let (a, f) = (&self.arrival, &self.fresh);
        let values = args![&f.id, &f.public, &a.name, sort_key(&a.name), a.birth_date, self.now];
        tx.later(INSERT_PERSON, values).await?;
        tx.later(INSERT_SUBJECT_KEY, args![&f.id, f.key_row.as_slice(), self.now]).await?;
        if let Some((hash, sealed)) = &f.number {
            tx.later(INSERT_NUMBER, args![&f.id, hash.as_slice(), sealed.as_slice()]).await?;
        }
        Ok(f.id.clone())
    }

    async fn staff(&self, tx: &mut Tx) -> Result<String> {
        let a = &self.arrival;
        let known: Option<(Option<String>,)> =
            tx.optional(FIND_LOGIN_STAFF, args![&a.issuer, &a.subject]).await?;
        if let Some((Some(id),)) = known {
            tx.later(RENAME_STAFF, args![&a.name, &id]).await?;
            return Ok(id);
        }
        let id = self.fresh.id.clone();
        tx.later(INSERT_STAFF, args![&id, &self.fresh.public, &a.name, self.now]).await?;
        tx.later(INSERT_LOGIN, args![&a.issuer, &a.subject, None::<String>, &id]).await?;
        Ok(id)
    }

    fn roles(&self) -> String {
        self.arrival.roles.iter().map(|r| r.code()).collect::<Vec<_>>().join(" ")
    }

    async fn units(&self, tx: &mut Tx) -> Result<String> {
        let mut ids = Vec::new();
        for slug in &self.arrival.units {
            ids.extend(tx.optional::<(String,)>(UNIT_BY_SLUG, args![slug]).await?.map(|(id,)| id));
        }
        Ok(ids.join(" "))
    }
}

pub const CLOSE_PREVIOUS: &str = "UPDATE session SET closed_at = $1 WHERE token_hash = $2 AND closed_at IS NULL \
    RETURNING id, issuer, subject";
pub const FIND_LOGIN_PERSON: &str = "SELECT person_id FROM login WHERE issuer = $1 AND subject = $2";
pub const FIND_LOGIN_STAFF: &str = "SELECT staff_id FROM login WHERE issuer = $1 AND subject = $2";
pub const FIND_NUMBER: &str = "SELECT person_id FROM person_number WHERE hash = $1";
pub const PROVE_NUMBER: &str =
    "UPDATE person_number SET typed_at = NULL WHERE hash = $1 AND typed_at IS NOT NULL";
pub const INSERT_LOGIN: &str =
    "INSERT INTO login (issuer, subject, person_id, staff_id) VALUES ($1, $2, $3, $4)";
pub const INSERT_PERSON: &str = "INSERT INTO person (id, public_id, name, sort_name, birth_date, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
pub const INSERT_NUMBER: &str = "INSERT INTO person_number (person_id, hash, sealed) VALUES ($1, $2, $3)";
pub const INSERT_STAFF: &str =
    "INSERT INTO staff_member (id, public_id, name, created_at) VALUES ($1, $2, $3, $4)";
pub const RENAME_STAFF: &str = "UPDATE staff_member SET name = $1 WHERE id = $2";
pub const UNIT_BY_SLUG: &str = "SELECT id FROM unit WHERE slug = $1";
pub const INSERT_SESSION: &str = "INSERT INTO session (id, token_hash, area, person_id, staff_id, issuer, subject, \
    sid, level, roles, units, sealed_token, opened_at, seen_at, fresh_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)";
