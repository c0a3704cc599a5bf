//! Every statement of this process in the order in which it was said, for the bench: it says them again without
//! the portal round them.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::ThreadId,
};

use crate::db::Value;

static LISTENING: AtomicBool = AtomicBool::new(false);
static SAID: Mutex<Vec<Said>> = Mutex::new(Vec::new());

/// A statement with what was bound to it. `BEGIN` and `COMMIT` are statements too.
#[derive(Clone, Debug)]
pub struct Said {
    pub sql: &'static str,
    pub args: Vec<Value>,
    thread: ThreadId,
}

pub(crate) fn note(sql: &'static str, args: &[Value]) {
    if LISTENING.load(Ordering::Relaxed) {
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(Said { sql, args: args.to_vec(), thread: std::thread::current().id() });
    }
}

pub fn listen() {
    LISTENING.store(true, Ordering::Relaxed);
}

/// What was said since the last time.
pub fn take() -> Vec<Said> {
    std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What this thread said since the last time, of what was kept: a transaction that was thrown back and run again is heard
/// once. A test that runs on one thread hears nobody else.
pub fn take_here() -> Vec<Said> {
    let here = std::thread::current().id();
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    let (own, others) = std::mem::take(&mut *said).into_iter().partition(|said| said.thread == here);
    *said = others;
    kept(own)
}

fn kept(own: Vec<Said>) -> Vec<Said> {
    let (mut kept, mut open) = (Vec::new(), None);
    for said in own {
        match said.sql {
            "COMMIT" => open = None,
            begin if begin.starts_with("BEGIN") => {
                if let Some(start) = open {
                    kept.truncate(start);
                }
                open = Some(kept.len());
            }
            _ => kept.push(said),
        }
    }
    kept
}
