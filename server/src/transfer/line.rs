//! One request at a time sends the bytes of an upload, and it is the newest: whoever lost her line need not wait until this
//! server has noticed. The one before is told to stop, keeps what came and makes room; all between are sent away unread.
//! So however many ask at once, one upload has one body read, one chunk in memory and one object in the making.
//!
//! Holds for this process alone. Between processes the offset in the row decides, as it does if one of them dies.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedMutexGuard, watch};

/// The uploads whose bytes come just now.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<HashMap<String, Arc<Line>>>>);

struct Line {
    /// The number of the newest request.
    newest: watch::Sender<u64>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// A request whose turn it is, until it is dropped.
pub struct Turn {
    mine: u64,
    newest: watch::Receiver<u64>,
    held: Option<OwnedMutexGuard<()>>,
    left: Left,
}

/// Forgets a line when nobody is at it any more.
struct Left {
    lines: Lines,
    id: String,
    line: Option<Arc<Line>>,
}

impl Lines {
    /// The newest request for this upload, after the one before has stopped. None: a newer one has come meanwhile.
    pub async fn newest(&self, id: &str) -> Option<Turn> {
        let mut turn = self.queue(id, true);
        turn.wait().await;
        (!turn.is_over()).then_some(turn)
    }

    /// After whoever is at it, without stopping anybody.
    pub async fn after(&self, id: &str) -> Turn {
        let mut turn = self.queue(id, false);
        turn.wait().await;
        turn
    }

    fn queue(&self, id: &str, newest: bool) -> Turn {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Line { newest: watch::Sender::new(0), turn: Arc::default() });
        let line = lines.entry(id.to_owned()).or_insert_with(new).clone();
        if newest {
            line.newest.send_modify(|number| *number += 1);
        }
        let (mine, newest) = (*line.newest.borrow(), line.newest.subscribe());
        Turn {
            mine,
            newest,
            held: None,
            left: Left { lines: self.clone(), id: id.to_owned(), line: Some(line) },
        }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Turn {
    async fn wait(&mut self) {
        if let Some(line) = &self.left.line {
            self.held = Some(line.turn.clone().lock_owned().await);
        }
    }

    fn is_over(&self) -> bool {
        *self.newest.borrow() != self.mine
    }

    /// Comes when a newer request has come, and never if none does.
    pub async fn over(&mut self) {
        let mine = self.mine;
        if self.newest.wait_for(|number| *number != mine).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Left {
    fn drop(&mut self) {
        let mut lines = self.lines.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.line = None;
        if lines.get(&self.id).is_some_and(|line| Arc::strong_count(line) == 1) {
            lines.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Whether it still waits.
    async fn waits<T>(future: &mut (impl Future<Output = T> + Unpin)) -> bool {
        tokio::time::timeout(Duration::from_millis(20), future).await.is_err()
    }

    #[tokio::test]
    async fn the_newest_goes_on_and_all_between_are_sent_away() {
        let lines = Lines::default();
        let mut first = lines.newest("a").await.expect("nobody else");
        let (mut second, mut third) = (Box::pin(lines.newest("a")), Box::pin(lines.newest("a")));
        assert!(waits(&mut second).await && waits(&mut third).await);
        first.over().await;
        assert!(lines.newest("b").await.is_some(), "another upload is another line");
        drop(first);
        assert!(second.await.is_none(), "a newer one has come");
        let mut third = third.await.expect("the newest");
        assert!(waits(&mut Box::pin(third.over())).await);
        drop(third);
        assert_eq!(lines.len(), 0, "nothing is left of them");
    }

    #[tokio::test]
    async fn whoever_only_waits_stops_nobody() {
        let lines = Lines::default();
        let mut first = lines.newest("a").await.expect("nobody else");
        let mut after = Box::pin(lines.after("a"));
        assert!(waits(&mut after).await);
        assert!(waits(&mut Box::pin(first.over())).await);
        drop(first);
        drop(after.await);
        assert_eq!(lines.len(), 0);
    }
}
