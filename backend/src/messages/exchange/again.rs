//! A decision to hold back a letter was set aside on appeal: the letter is in control again, with its time to be done, and
//! whoever controls it reads why. It goes on by nothing but her word.

use domain::kernel::{Id, Instant};

use super::LetterRow;
use crate::{
    Result, args, audit,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
};

/// By the letters' inner ids. Twice is once; what has lapsed or was decided anew stays as it is.
pub(crate) async fn control_again(ctx: &Ctx, letters: &[String]) -> Result<()> {
    let command = Again { ctx: ctx.clone(), letters: letters.to_vec(), now: ctx.now() };
    ctx.db.write(command).await
}

struct Again {
    ctx: Ctx,
    letters: Vec<String>,
    now: Instant,
}

impl Command for Again {
    type Out = ();

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        for letter in &self.letters {
            let hours: Option<(i64,)> = tx.optional(HOURS, args![self.now.date(), letter]).await?;
            let due = self.now.plus_minutes(hours.map_or(24, |(hours,)| hours).saturating_mul(60));
            if tx.execute(CONTROL_AGAIN, args![self.now, due, letter]).await? == 1 {
                let entry = audit::Entry::new(&self.ctx, &Actor::System, "letter_controlled_again");
                entry.about("letter", &Id::<LetterRow>::new(letter.as_str())).save(tx).await?;
            }
        }
        Ok(())
    }
}

pub const HOURS: &str = "SELECT m.control_hours FROM message_rule m JOIN letter l ON l.unit_id = m.unit_id \
    WHERE m.valid_from <= $1 AND l.id = $2 ORDER BY m.valid_from DESC LIMIT 1";
pub const CONTROL_AGAIN: &str = "UPDATE letter SET state = 'in_control', state_at = $1, due_at = $2, category = NULL, \
    cut_body = NULL, second = 'none', second_by = NULL, escalated_at = NULL, sender_read_at = NULL, released_at = NULL, ruled_at = NULL, \
    delivered_at = NULL, read_at = NULL, version = version + 1 WHERE id = $3 AND category IS NOT NULL \
    AND state <> 'lapsed' AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.subject_kind = 'letter' \
    AND d.subject_id = letter.id AND d.superseded_at IS NULL)";
