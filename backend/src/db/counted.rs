//! How many statements one piece of work reads with: what a page may cost is a test.

use std::{cell::Cell, future::Future};

tokio::task_local! {
    static READS: Cell<usize>;
}

/// One more; nothing where nobody counts.
pub(super) fn read() {
    let _ = READS.try_with(|reads| reads.set(reads.get() + 1));
}

/// What came of the work, and with how many reads outside of commands.
pub async fn reads<T>(work: impl Future<Output = T>) -> (T, usize) {
    let counted = async {
        let out = work.await;
        (out, READS.with(Cell::get))
    };
    READS.scope(Cell::new(0), counted).await
}
