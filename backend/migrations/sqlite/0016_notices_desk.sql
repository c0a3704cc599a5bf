-- The officer's desk: how a task ended.

-- A task may be opened anew: each time it ended is a row.
CREATE TABLE notice_task_end (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES notice_task (id),
    how TEXT NOT NULL,
    note BLOB,
    by_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notice_task_end_task ON notice_task_end (task_id, at);
