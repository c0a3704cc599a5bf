//! Somebody who sends files.

use domain::{
    access::{Area, Level},
    blobs::{Blob, FileName, Refusal},
    kernel::Public,
};
use futures_util::StreamExt;

use super::super::*;
use crate::{
    Result,
    ctx::{Actor, Ctx},
    db::{Command, Tx},
    identity::{
        arrival::{Arrival, welcome},
        sessions,
    },
    testing::{Raw, number_of},
};

pub struct Stage {
    pub ctx: Ctx,
    pub actor: Actor,
    pub who: Uploader,
}

/// What a slice would do in its own command.
struct HandsIn(HandIn, crate::vault::Vault);

impl Command for HandsIn {
    type Out = Result<Vec<Handed>, NotHanded>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        self.0.within(&self.1, tx).await
    }
}

struct Ends(String, domain::kernel::Instant);

impl Command for Ends {
    type Out = u64;

    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        end(tx, "letter", &self.0, self.1).await
    }
}

pub async fn bytes_of(mut opened: Opened) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(piece) = opened.bytes.next().await {
        all.extend_from_slice(&piece?);
    }
    Ok(all)
}

impl Stage {
    pub async fn new(ctx: Ctx) -> Self {
        Self::named(ctx, "maja").await
    }

    pub async fn named(ctx: Ctx, subject: &str) -> Self {
        let arrival = Arrival {
            area: Area::Citizen,
            issuer: "test".into(),
            subject: subject.into(),
            sid: None,
            number: Some(number_of(subject)),
            name: subject.into(),
            birth_date: None,
            level: Level::High,
            fresh_at: None,
            roles: vec![],
            units: vec![],
            id_token: String::new(),
            previous: None,
        };
        let token = welcome(&ctx, arrival).await.unwrap();
        let actor = sessions::find(&ctx, Area::Citizen, &token).await.unwrap().unwrap().actor;
        let who = Uploader::of(&actor).unwrap();
        Self { ctx, actor, who }
    }

    pub async fn begin(&self, kind: &str, name: &str, length: Option<u64>) -> Result<Upload, Refusal> {
        let (kind, declared) = (kind.to_owned(), "application/octet-stream".to_owned());
        let new = New { kind, draft: None, name: FileName::clean(name), declared, length };
        begin(&self.ctx, &self.who, new).await.unwrap()
    }

    pub async fn begun(&self, name: &str, length: usize) -> Upload {
        self.begin("letter", name, Some(length as u64)).await.unwrap()
    }

    /// The rest of it, in pieces of this size, and read back.
    pub async fn sent(&self, upload: Upload, rest: &[u8], step: usize) -> Upload {
        let offset = upload.received();
        let mut appender = Appender::at(&self.ctx, upload, offset, None).await.unwrap();
        for piece in rest.chunks(step) {
            appender.push(piece).await.unwrap();
        }
        finish(&self.ctx, appender.end().await.unwrap()).await.unwrap()
    }

    pub async fn whole(&self, name: &str, bytes: &[u8]) -> Upload {
        let upload = self.begun(name, bytes.len()).await;
        self.sent(upload, bytes, 10_000).await
    }

    /// Nothing at this offset: whether it would be taken.
    pub async fn at(&self, upload: &Upload, offset: u64) -> Result<Upload, Stopped> {
        Appender::at(&self.ctx, upload.clone(), offset, None).await?.end().await
    }

    pub async fn again(&self, upload: &Upload) -> Upload {
        find(&self.ctx, &self.who, &upload.public().unwrap()).await.unwrap().unwrap()
    }

    pub async fn hand_in(&self, files: &[&Public<Blob>], owner: &str) -> Result<Vec<Handed>, NotHanded> {
        let files = files.iter().map(|public| (*public).clone()).collect();
        let (who, at) = (self.who.clone(), self.ctx.now());
        let hand_in = HandIn { who, kind: "letter".into(), owner: owner.into(), files, at };
        self.ctx.db.write(HandsIn(hand_in, self.ctx.vault.clone())).await.unwrap()
    }

    pub async fn end(&self, owner: &str) {
        self.ctx.db.write(Ends(owner.into(), self.ctx.now())).await.unwrap();
    }

    pub fn wait_minutes(&self, minutes: i64) {
        self.ctx.clock.set(self.ctx.now().plus_minutes(minutes));
    }

    pub async fn say(&self, sql: &'static str) {
        self.ctx.db.write(Raw(sql)).await.unwrap();
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        self.ctx.db.one::<(i64,)>(sql, vec![]).await.unwrap().0
    }

    pub async fn objects(&self) -> usize {
        self.ctx.files.list().count().await
    }

    /// Whether these bytes stand anywhere in the store as they are.
    pub async fn lies_readable(&self, bytes: &[u8]) -> bool {
        let objects: Vec<_> = self.ctx.files.list().collect().await;
        let mut found = false;
        for (object, _) in objects.into_iter().map(Result::unwrap) {
            let all = self.ctx.files.get(&object).await.unwrap();
            assert!(!all.is_empty());
            found |= all.windows(bytes.len()).any(|part| part == bytes);
        }
        found
    }
}
