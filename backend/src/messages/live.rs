//! Whether something is new in what is open on a screen. A mark is a number that differs when there is something to be seen
//! that was not there; it holds no words, and nothing moves it that she could not see herself.

use domain::kernel::Public;

use super::ThreadRow;
use crate::{
    Result, args,
    ctx::{Citizen, Ctx},
    custody::inmates::Inmate,
};

/// None: not hers.
pub async fn thread(ctx: &Ctx, who: &Citizen, thread: &Public<ThreadRow>) -> Result<Option<i64>> {
    mark(ctx.db.optional(THREAD, args![thread, &who.person]).await?)
}

/// None: not hers. Nothing yet between the two is a mark too.
pub async fn letters(ctx: &Ctx, who: &Citizen, inmate: &Public<Inmate>) -> Result<Option<i64>> {
    mark(ctx.db.optional(LETTERS, args![inmate, &who.person]).await?)
}

fn mark(found: Option<(i64,)>) -> Result<Option<i64>> {
    Ok(found.map(|(mark,)| mark))
}

pub const THREAD: &str = "SELECT CAST((SELECT COUNT(*) FROM message m WHERE m.thread_id = t.id) * 2 \
    + CASE WHEN t.state = 'closed' THEN 1 ELSE 0 END AS BIGINT) FROM message_thread t \
    WHERE t.public_id = $1 AND t.person_id = $2";
/// His count when they are there for her, hers by how far each has come; that she has read one is no news.
pub const LETTERS: &str = "SELECT CAST((SELECT COALESCE(SUM(CASE WHEN l.from_relative = 0 THEN 10 ELSE 10 + CASE l.state \
    WHEN 'in_control' THEN 0 WHEN 'released' THEN 1 WHEN 'delivered' THEN 2 WHEN 'read' THEN 3 WHEN 'stopped' THEN 4 \
    ELSE 5 END END), 0) FROM letter l JOIN exchange e ON e.id = l.exchange_id WHERE e.person_id = w.id \
    AND e.inmate_id = i.id AND (l.from_relative = 1 OR l.state IN ('delivered', 'read'))) AS BIGINT) \
    FROM person w JOIN inmate i ON i.public_id = $1 WHERE w.id = $2 AND (EXISTS (SELECT 1 FROM exchange x \
    WHERE x.person_id = w.id AND x.inmate_id = i.id) OR EXISTS (SELECT 1 FROM message_relation r \
    WHERE r.person_id = w.id AND r.inmate_id = i.id))";
