//! What is kept no longer: each kind by its own rule, with a day and a source, a page a round. What is erased leaves a trace
//! that it was, and no word of it. A decision stays as decisions do; who has blocked whom stays as long as the two.

use domain::kernel::{Id, Instant};

use super::{LetterRow, officer::FILES};
use crate::{
    Result, args, audit, blobs,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    rules::Rules,
};

/// A kind, the rule of its days, what is old of it, and what is erased with it, the rows that point at others first.
struct Kind {
    subject: &'static str,
    rule: &'static str,
    old: &'static str,
    erase: &'static [&'static str],
    /// The kind of the files that belong to it.
    files: Option<&'static str>,
}

const KINDS: [Kind; 5] = [
    Kind {
        subject: "message_thread",
        rule: "messages.keep_thread_days",
        old: OLD_THREADS,
        erase: &[DROP_MESSAGES, DROP_NOTES, DROP_THREAD],
        files: Some(FILES),
    },
    Kind {
        subject: "letter",
        rule: "messages.keep_letter_days",
        old: OLD_LETTERS,
        erase: &[DROP_LETTER_NOTES, DROP_LETTER],
        files: None,
    },
    Kind {
        subject: "counsel_message",
        rule: "messages.keep_counsel_days",
        old: OLD_COUNSEL,
        erase: &[DROP_COUNSEL],
        files: None,
    },
    Kind {
        subject: "exchange_report",
        rule: "messages.keep_report_days",
        old: OLD_REPORTS,
        erase: &[DROP_REPORT],
        files: None,
    },
    Kind {
        subject: "worry",
        rule: "messages.keep_worry_days",
        old: OLD_WORRIES,
        erase: &[DROP_WORRY],
        files: None,
    },
];

/// For the worker. Tells of how much.
pub async fn end_old(ctx: &Ctx) -> Result<usize> {
    let rules = Rules::on(&ctx.db, ctx.now().date()).await?;
    let mut ended = 0;
    for kind in &KINDS {
        let before = ctx.now().plus_days(-rules.days(kind.rule)?);
        ended += ctx.db.write(End { ctx: ctx.clone(), kind, before }).await?;
    }
    Ok(ended)
}

struct End {
    ctx: Ctx,
    kind: &'static Kind,
    before: Instant,
}

impl Command for End {
    type Out = usize;

    async fn run(&self, tx: &mut Tx) -> Result<usize> {
        let old: Vec<(String,)> = tx.all(self.kind.old, args![self.before]).await?;
        for (id,) in &old {
            if let Some(files) = self.kind.files {
                blobs::end(tx, files, id, self.ctx.now()).await?;
            }
            for sql in self.kind.erase {
                tx.later(sql, args![id]).await?;
            }
            let entry = audit::Entry::new(&self.ctx, &Actor::System, "kept_no_longer");
            entry.about(self.kind.subject, &Id::<LetterRow>::new(id.as_str())).save(tx).await?;
        }
        Ok(old.len())
    }
}

/// What waits for an answer is never old; nor is what may bear on an open matter of the same person.
pub const OLD_THREADS: &str = "SELECT t.id FROM message_thread t WHERE t.state <> 'waiting' AND t.last_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o WHERE o.person_id = t.person_id) ORDER BY t.last_at LIMIT 100";
/// What is on its way is never old.
pub const OLD_LETTERS: &str = "SELECT l.id FROM letter l WHERE l.state IN ('stopped', 'delivered', 'read', 'lapsed') \
    AND l.state_at < $1 AND NOT EXISTS (SELECT 1 FROM keeping_open o JOIN exchange e ON e.person_id = o.person_id \
    WHERE e.id = l.exchange_id) ORDER BY l.state_at LIMIT 100";
pub const OLD_COUNSEL: &str =
    "SELECT id FROM counsel_message WHERE written_at < $1 ORDER BY written_at LIMIT 100";
pub const OLD_REPORTS: &str = "SELECT r.id FROM exchange_report r WHERE r.settled_at IS NOT NULL AND r.settled_at < $1 \
    AND NOT EXISTS (SELECT 1 FROM keeping_open o JOIN exchange e ON e.person_id = o.person_id WHERE e.id = r.exchange_id) \
    ORDER BY r.settled_at LIMIT 100";
pub const OLD_WORRIES: &str =
    "SELECT id FROM worry WHERE done_at IS NOT NULL AND done_at < $1 ORDER BY done_at LIMIT 100";
pub const DROP_MESSAGES: &str = "DELETE FROM message WHERE thread_id = $1";
pub const DROP_NOTES: &str = "DELETE FROM message_note WHERE thread_id = $1";
pub const DROP_THREAD: &str = "DELETE FROM message_thread WHERE id = $1";
pub const DROP_LETTER_NOTES: &str = "DELETE FROM letter_note WHERE letter_id = $1";
pub const DROP_LETTER: &str = "DELETE FROM letter WHERE id = $1";
pub const DROP_COUNSEL: &str = "DELETE FROM counsel_message WHERE id = $1";
pub const DROP_REPORT: &str = "DELETE FROM exchange_report WHERE id = $1";
pub const DROP_WORRY: &str = "DELETE FROM worry WHERE id = $1";
