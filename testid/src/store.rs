//! What a provider remembers, in memory only: requests, codes, sessions, access tokens.
//!
//! Everything expires, and each list has a ceiling, so a flood of requests costs the oldest entry
//! and never the process.

use std::collections::HashMap;

use crate::forgery::Forgery;
use crate::level::Level;
use crate::personas::Persona;
use crate::request::Request;

/// How long the persona page may stand open.
pub(crate) const REQUEST_SECONDS: i64 = 15 * 60;
pub(crate) const CODE_SECONDS: i64 = 60;
pub(crate) const TOKEN_SECONDS: i64 = 10 * 60;
pub(crate) const ID_TOKEN_SECONDS: i64 = 120;
/// ID-porten ends a session after two hours whatever happens.
const SESSION_SECONDS: i64 = 2 * 60 * 60;
const CEILING: usize = 5_000;

/// Who signed in, for which relying party, how surely.
#[derive(Clone, Debug)]
pub(crate) struct SignIn {
    pub(crate) request: Request,
    pub(crate) persona: &'static Persona,
    pub(crate) level: Level,
    pub(crate) auth_time: i64,
    pub(crate) sid: String,
    pub(crate) forgery: Option<Forgery>,
}

/// A code: unspent, or spent and remembered so that a second use ends the session.
#[derive(Debug)]
pub(crate) enum Code {
    Fresh(Box<SignIn>),
    Spent { sid: String },
}

/// What an access token opens.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) subject: String,
    pub(crate) pid: Option<&'static str>,
    pub(crate) locale: &'static str,
    pub(crate) sid: String,
}

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) requests: Shelf<Request>,
    pub(crate) codes: Shelf<Code>,
    pub(crate) access: Shelf<Access>,
    /// By session id.
    pub(crate) sessions: Shelf<Session>,
    pub(crate) pushed: Shelf<Request>,
    /// Assertions of clients that were used, by `jti`.
    pub(crate) assertions: Shelf<()>,
}

/// Somebody signed in here for one relying party.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) client: String,
    pub(crate) subject: String,
    pub(crate) name: &'static str,
}

impl Memory {
    pub(crate) fn begin_session(&mut self, sid: &str, session: Session, now: i64) {
        self.sessions.put(sid.to_owned(), session, now, SESSION_SECONDS);
    }

    /// Ends a session and everything it opened; tells whose it was.
    pub(crate) fn end_session(&mut self, sid: &str) -> Option<Session> {
        let ended = self.sessions.entries.remove(sid);
        self.access.entries.retain(|_, (_, access)| access.sid != sid);
        ended.map(|(_, session)| session)
    }

    /// The sessions that live, by id and name, the newest first.
    pub(crate) fn live(&self, now: i64) -> Vec<(String, &'static str)> {
        let mut live: Vec<_> =
            self.sessions.entries.iter().filter(|(_, (expires, _))| *expires > now).collect();
        live.sort_by_key(|(_, (expires, _))| std::cmp::Reverse(*expires));
        live.into_iter().map(|(sid, (_, session))| (sid.clone(), session.name)).collect()
    }
}

/// Values under unguessable keys, each with its expiry.
pub(crate) struct Shelf<T> {
    entries: HashMap<String, (i64, T)>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { entries: HashMap::new() }
    }
}

impl<T> Shelf<T> {
    pub(crate) fn put(&mut self, key: String, value: T, now: i64, seconds: i64) {
        if self.entries.len() >= CEILING {
            self.entries.retain(|_, (expires, _)| *expires > now);
        }
        if self.entries.len() >= CEILING {
            let oldest = self.entries.iter().min_by_key(|(_, (expires, _))| *expires);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                self.entries.remove(&key);
            }
        }
        self.entries.insert(key, (now.saturating_add(seconds), value));
    }

    pub(crate) fn get(&self, key: &str, now: i64) -> Option<&T> {
        self.entries.get(key).filter(|(expires, _)| *expires > now).map(|(_, value)| value)
    }

    pub(crate) fn take(&mut self, key: &str, now: i64) -> Option<T> {
        self.entries.remove(key).filter(|(expires, _)| *expires > now).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_gone_at_its_expiry_and_once_taken() {
        let mut shelf = Shelf::default();
        shelf.put("a".into(), 1, 100, 60);
        assert_eq!(shelf.get("a", 159), Some(&1));
        assert_eq!(shelf.get("a", 160), None);
        assert_eq!(shelf.take("a", 100), Some(1));
        assert_eq!(shelf.take("a", 100), None);
    }

    #[test]
    fn a_flood_costs_the_oldest_only() {
        let mut shelf = Shelf::default();
        for index in 0..=CEILING {
            let now = i64::try_from(index).unwrap();
            shelf.put(index.to_string(), index, now, 1_000_000);
        }
        assert_eq!(shelf.entries.len(), CEILING);
        assert_eq!(shelf.get("0", 1), None);
        assert_eq!(shelf.get("1", 1), Some(&1));
    }
}
