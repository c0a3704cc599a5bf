//! Every statement of this process in the order in which it was said, for the bench: it says them again without
//! the portal round them.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use crate::db::Value;

static LISTENING: AtomicBool = AtomicBool::new(false);
static SAID: Mutex<Vec<Said>> = Mutex::new(Vec::new());

/// A statement with what was bound to it. `BEGIN` and `COMMIT` are statements too.
#[derive(Clone, Debug)]
pub struct Said {
    pub sql: &'static str,
    pub args: Vec<Value>,
}

pub(crate) fn note(sql: &'static str, args: &[Value]) {
    if LISTENING.load(Ordering::Relaxed) {
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(Said { sql, args: args.to_vec() });
    }
}

pub fn listen() {
    LISTENING.store(true, Ordering::Relaxed);
}

/// What was said since the last time.
pub fn take() -> Vec<Said> {
    std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner))
}
