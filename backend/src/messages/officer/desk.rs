//! What the officers of a unit see: the list by when an answer is due, and one conversation with its notes. The look is
//! written first, in the same transaction as the first thing that is read; without it nothing is read.

use domain::{
    access::StaffMember,
    kernel::{Id, Instant, Public, Reference},
    messages::{Thread, may_answer},
};

use super::{Row, body_place, files, mine::Read, state, templates::Template};
use crate::{
    Error, Result, args, audit,
    blobs::FileView,
    ctx::{Actor, Ctx, Staff},
    db::{Command, Tx},
    messages::{
        TemplateRow, ThreadRow,
        drafts::{Draft, DraftRow, Owner},
        public, text, units,
    },
};

/// The code of why an officer looks, as the trail and she herself read it.
const ANSWERING: &str = "answer_question";

/// A line of the list. No words of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub public: Public<ThreadRow>,
    pub reference: Reference,
    pub person: String,
    pub topic: String,
    pub about_reference: Option<String>,
    pub unit_name: String,
    pub state: Thread,
    /// The officer who has it, and whether that is whoever looks.
    pub officer: Option<String>,
    pub yours: bool,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    public_id: String,
    reference: String,
    person: String,
    topic: String,
    about_reference: Option<String>,
    unit_name: String,
    state: String,
    state_at: i64,
    due_at: Option<i64>,
    officer: Option<String>,
    officer_id: Option<String>,
}

impl ListRow {
    fn row(self, staff: &Staff) -> Result<DeskRow> {
        Ok(DeskRow {
            public: public(&self.public_id)?,
            reference: Reference::parse(&self.reference).ok_or(Error::Broken("reference"))?,
            person: self.person,
            topic: self.topic,
            about_reference: self.about_reference,
            unit_name: self.unit_name,
            state: state(&self.state, self.state_at, self.due_at)?,
            yours: self.officer_id.as_deref() == Some(staff.staff.as_str()),
            officer: self.officer,
        })
    }
}

/// What waits, the most urgent first; then what was settled last. One read after the trace of it.
pub async fn desk(ctx: &Ctx, staff: &Staff) -> Result<Vec<DeskRow>> {
    if !may_answer(&staff.roles) {
        return Ok(vec![]);
    }
    let entry = audit::Entry::new(ctx, &Actor::Staff(staff.clone()), "message_list");
    audit::record(ctx, entry.because(ANSWERING)).await?;
    let rows: Vec<ListRow> = ctx.db.all(LIST, args![units(staff)]).await?;
    rows.into_iter().map(|row| row.row(staff)).collect()
}

/// One conversation as its officers see it.
#[derive(Clone, Debug)]
pub struct DeskThread {
    pub row: DeskRow,
    pub version: i64,
    pub person: Id<domain::access::Person>,
    /// Messages and notes, oldest first.
    pub entries: Vec<Entry>,
    pub draft: Option<Draft>,
    /// Of both sides, oldest first.
    pub files: Vec<FileView>,
    pub templates: Vec<Template>,
    /// Who else of the unit can take it.
    pub colleagues: Vec<Colleague>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Message(DeskMessage),
    /// She never sees it.
    Note(DeskMessage),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskMessage {
    pub from_person: bool,
    /// The member of staff who wrote it.
    pub staff: Option<String>,
    pub words: String,
    pub written_at: Instant,
    pub read_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub public: Public<StaffMember>,
    pub name: String,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: String,
    note: i64,
    from_person: i64,
    staff: Option<String>,
    body: Vec<u8>,
    written_at: i64,
    read_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ChoiceRow {
    template: i64,
    public_id: String,
    title: String,
    words: String,
}

#[derive(sqlx::FromRow)]
struct HeadRow {
    id: String,
    person_id: String,
    version: i64,
    subject_key: Vec<u8>,
    #[sqlx(flatten)]
    list: ListRow,
    #[sqlx(flatten)]
    draft: DraftRow,
}

/// The place of an officer's draft of an answer.
pub(super) fn answer_place(thread: &Public<ThreadRow>) -> String {
    format!("answer/{thread}")
}

/// A conversation of her units; any other is not found. What the person wrote counts as read.
pub async fn thread(ctx: &Ctx, staff: &Staff, thread: &Public<ThreadRow>) -> Result<Option<DeskThread>> {
    if !may_answer(&staff.roles) {
        return Ok(None);
    }
    let look = Look { ctx: ctx.clone(), staff: staff.clone(), thread: thread.clone(), now: ctx.now() };
    let Some(head) = ctx.db.write(look).await? else { return Ok(None) };
    let entries: Vec<EntryRow> = ctx.db.all(ENTRIES, args![&head.id]).await?;
    let choices: Vec<ChoiceRow> = ctx.db.all(CHOICES, args![&head.id, &staff.staff]).await?;
    let files = files::of(ctx, &Id::new(head.id.as_str())).await?;
    let person = Id::new(head.person_id.as_str());
    let key = ctx.vault.subject_from(person.as_str(), &head.subject_key)?;
    let entry = |row: EntryRow| {
        let place = if row.note == 1 { note_place(&row.id) } else { body_place(&row.id) };
        let message = DeskMessage {
            from_person: row.from_person == 1,
            staff: row.staff,
            words: text(&key.open(&place, &row.body)?),
            written_at: Instant(row.written_at),
            read_at: row.read_at.map(Instant),
        };
        Ok(if row.note == 1 { Entry::Note(message) } else { Entry::Message(message) })
    };
    let entries = entries.into_iter().map(entry).collect::<Result<_>>()?;
    let owner = Owner::staff(staff, &person);
    let draft = head.draft.open(ctx, &owner, &head.subject_key, &answer_place(thread))?;
    let (templates, colleagues) = split(choices)?;
    let (row, version) = (head.list.row(staff)?, head.version);
    Ok(Some(DeskThread { row, version, person, entries, draft, files, templates, colleagues }))
}

fn split(rows: Vec<ChoiceRow>) -> Result<(Vec<Template>, Vec<Colleague>)> {
    let (mut templates, mut colleagues) = (vec![], vec![]);
    for row in rows {
        if row.template == 1 {
            let public: Public<TemplateRow> = public(&row.public_id)?;
            templates.push(Template { public, title: row.title, words: row.words });
        } else {
            colleagues.push(Colleague { public: public(&row.public_id)?, name: row.title });
        }
    }
    Ok((templates, colleagues))
}

pub(super) fn note_place(id: &str) -> String {
    format!("message_note/body/{id}")
}

/// Writes the look, then reads the head, in one transaction.
struct Look {
    ctx: Ctx,
    staff: Staff,
    thread: Public<ThreadRow>,
    now: Instant,
}

impl Command for Look {
    type Out = Option<HeadRow>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<HeadRow>> {
        let found: Option<Row> =
            tx.optional(super::act::LOAD, args![units(&self.staff), &self.thread]).await?;
        let Some(row) = found else { return Ok(None) };
        let actor = Actor::Staff(self.staff.clone());
        row.trace(&self.ctx, &actor, "look").because(ANSWERING).save(tx).await?;
        Read { thread: row.id(), from_person: true, now: self.now }.run(tx).await?;
        let place = answer_place(&self.thread);
        tx.one(HEAD, args![&row.id, &self.staff.staff, place]).await.map(Some)
    }
}

macro_rules! lines {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT t.public_id, t.reference, p.name AS person, t.topic, ",
            "(SELECT c.reference FROM message_case c WHERE c.kind = t.about_kind AND c.id = t.about_id) AS about_reference, ",
            "u.name AS unit_name, t.state, t.state_at, t.due_at, o.name AS officer, t.officer_id",
            $more,
            " FROM message_thread t JOIN unit u ON u.id = t.unit_id JOIN person p ON p.id = t.person_id ",
            "LEFT JOIN staff_member o ON o.id = t.officer_id ",
            $rest
        )
    };
}
pub const LIST: &str = lines!(
    "",
    "WHERE t.unit_id IN (SELECT id FROM unit WHERE $1 LIKE '% ' || id || ' %') \
    ORDER BY CASE WHEN t.due_at IS NULL THEN 1 ELSE 0 END, t.due_at, t.last_at DESC, t.id LIMIT 300"
);
pub const HEAD: &str = lines!(
    ", t.id, t.person_id, t.version, k.sealed AS subject_key, d.sealed AS draft, d.earlier AS draft_earlier, \
    d.version AS draft_version, d.updated_at AS draft_at",
    "JOIN subject_key k ON k.subject_id = t.person_id LEFT JOIN message_draft d ON d.owner = $2 AND d.place = $3 \
    WHERE t.id = $1"
);
pub const ENTRIES: &str = "SELECT m.id AS id, CAST(0 AS BIGINT) AS note, m.from_person AS from_person, s.name AS staff, \
    m.body AS body, m.written_at AS written_at, m.read_at AS read_at FROM message m LEFT JOIN staff_member s ON s.id = m.author WHERE m.thread_id = $1 UNION ALL \
    SELECT n.id, CAST(1 AS BIGINT), CAST(0 AS BIGINT), s.name, n.body, n.written_at, CAST(NULL AS BIGINT) FROM message_note n \
    JOIN staff_member s ON s.id = n.staff_id WHERE n.thread_id = $1 ORDER BY written_at, id LIMIT 1000";
pub const CHOICES: &str = "SELECT CAST(1 AS BIGINT) AS template, x.public_id AS public_id, x.title AS title, \
    x.words AS words FROM message_template x \
    JOIN message_thread t ON t.unit_id = x.unit_id WHERE t.id = $1 AND x.ended_at IS NULL UNION ALL \
    SELECT DISTINCT CAST(0 AS BIGINT), s.public_id, s.name, CAST('' AS TEXT) FROM staff_member s JOIN session e ON e.staff_id = s.id \
    JOIN message_thread t ON t.id = $1 WHERE s.id <> $2 AND ' ' || e.units || ' ' LIKE '% ' || t.unit_id || ' %' \
    AND ' ' || e.roles || ' ' LIKE '% case_officer %' ORDER BY template, title, public_id LIMIT 300";
