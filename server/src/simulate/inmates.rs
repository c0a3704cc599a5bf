//! Those inside, at their own end: each reads his feed over the API with a token of his own, says what has come to him, and
//! answers.

use std::collections::HashMap;

use backend::{
    ctx::Ctx,
    demo::inside::{Act, Inmates, There, keys},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::kernel::Instant;
use reqwest::Method;
use serde_json::{Value, json};
use testid::Key;

use super::{Failed, Tally};
use crate::sender;

/// A token is used for half of its two minutes.
const TOKEN_SECONDS: i64 = 60;

pub struct Inside<'a> {
    ctx: &'a Ctx,
    client: &'a reqwest::Client,
    key: Key,
    inmates: Inmates,
    tokens: HashMap<String, (String, Instant)>,
}

impl<'a> Inside<'a> {
    /// All whom the source has a key for; nobody, if the settings let nobody speak for them.
    pub async fn begin(ctx: &'a Ctx, client: &'a reqwest::Client, seed: u64) -> Result<Self, Failed> {
        let keys = match sender::inmates_of(ctx) {
            Ok(source) => keys(ctx, &source).await?,
            Err(_) => vec![],
        };
        let (key, inmates) = (sender::own(ctx)?, Inmates::new(seed, keys));
        Ok(Self { ctx, client, key, inmates, tokens: HashMap::new() })
    }

    pub async fn hour(&mut self, tally: &mut Tally) -> Result<(), Failed> {
        for who in self.inmates.hour() {
            let there = self.there(&who).await?;
            for act in self.inmates.acts(&who, &there) {
                self.act(&who, act, tally).await?;
            }
        }
        Ok(())
    }

    /// Everything that is there for him. He may have left since.
    async fn there(&mut self, who: &str) -> Result<Vec<There>, Failed> {
        let mut there = vec![];
        for (path, threads, letters) in
            [("exchanges", "exchanges", "letters"), ("lawyers", "lawyers", "messages")]
        {
            let feed = self.call(who, Method::GET, path, None).await?.unwrap_or_default();
            for thread in list(&feed[threads]) {
                there.extend(list(&thread[letters]).map(|letter| read(thread, letter, path == "lawyers")));
            }
        }
        Ok(there)
    }

    async fn act(&mut self, who: &str, act: Act, tally: &mut Tally) -> Result<(), Failed> {
        let receipt = |of: &There| match of.lawyers {
            true => format!("lawyers/{}/messages/{}/receipt", of.thread, of.letter),
            false => format!("letters/{}/receipt", of.letter),
        };
        let (path, body) = match &act {
            Act::Gets(of) => (receipt(of), json!({ "state": "delivered" })),
            Act::Opens(of) => (receipt(of), json!({ "state": "read" })),
            Act::Answers { to, key, words } if to.lawyers => (
                format!("lawyers/{}/messages", to.thread),
                json!({ "key": key.as_str(), "body": STANDARD.encode(words) }),
            ),
            Act::Answers { to, key, words } => {
                (format!("exchanges/{}/letters", to.thread), json!({ "key": key.as_str(), "words": words }))
            }
        };
        if self.call(who, Method::POST, &path, Some(body)).await?.is_some() {
            tally.opened += usize::from(matches!(act, Act::Opens(_)));
            tally.answered += usize::from(matches!(act, Act::Answers { .. }));
        }
        Ok(())
    }

    /// None if it is refused as it may be in the course of things: he has left, the exchange has been closed, it has gone on.
    async fn call(
        &mut self,
        who: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Option<Value>, Failed> {
        let token = self.token(who).await?;
        let url = format!("{}/api/v1/inmate/{path}", self.ctx.settings.server.base_url);
        let call = self.client.request(method, url).bearer_auth(token);
        let call = if let Some(body) = body { call.json(&body) } else { call };
        let answer = call.send().await?;
        match answer.status().as_u16() {
            200 | 201 => Ok(Some(answer.json().await?)),
            404 | 409 | 422 => Ok(None),
            status => Err(format!("the API answered {status}").into()),
        }
    }

    async fn token(&mut self, who: &str) -> Result<String, Failed> {
        let now = self.ctx.now();
        if let Some((token, until)) = self.tokens.get(who)
            && now < *until
        {
            return Ok(token.clone());
        }
        let token = sender::inmate_token(self.ctx, self.client, &self.key, who).await?;
        self.tokens.insert(who.to_owned(), (token.clone(), now.plus_seconds(TOKEN_SECONDS)));
        Ok(token)
    }
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn read(thread: &Value, letter: &Value, lawyers: bool) -> There {
    let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
    let state = text(&letter["state"]);
    There {
        thread: text(&thread["id"]),
        letter: text(&letter["id"]),
        from_him: letter["from"] == "inmate",
        delivered: letter["delivered_at"].is_string() || state == "delivered",
        read: letter["read_at"].is_string() || state == "read",
        lawyers,
    }
}
