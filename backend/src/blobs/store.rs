//! Where the sealed parts lie: a folder by default, or what speaks S3. An object is written once and never again; when a
//! write has been answered it is on the disk.

use std::{path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use domain::kernel::Instant;
use futures_util::{StreamExt, stream::BoxStream};
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, path::Path as Object,
};
use secrecy::ExposeSecret;

use crate::{Error, Result, config::BlobSettings};

/// Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<dyn ObjectStore>);

/// A store that is away is told soon: whoever waits can send the same again.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// By the settings. Speaks to no S3 yet.
    pub fn open(settings: &BlobSettings) -> Result<Self> {
        match settings.bucket() {
            Some(bucket) => Self::bucket(settings, bucket),
            None => Self::at(Path::new(&settings.store)),
        }
    }

    /// A folder, made if it is not there.
    pub fn at(folder: &Path) -> Result<Self> {
        let unfit = Error::Storage("the folder of files cannot be used");
        std::fs::create_dir_all(folder).map_err(|_| unfit)?;
        let local = LocalFileSystem::new_with_prefix(folder).map_err(failed)?;
        Ok(Self(Arc::new(local.with_fsync(true).with_automatic_cleanup(true))))
    }

    fn bucket(settings: &BlobSettings, bucket: &str) -> Result<Self> {
        let open = settings.s3_endpoint.starts_with("http://");
        let options =
            ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(PATIENCE).with_allow_http(open);
        let retry = RetryConfig { max_retries: 2, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&settings.s3_region)
            .with_access_key_id(&settings.s3_access_key)
            .with_secret_access_key(settings.s3_secret_key.expose_secret())
            .with_client_options(options)
            .with_retry(retry);
        if !settings.s3_endpoint.is_empty() {
            builder = builder.with_endpoint(&settings.s3_endpoint);
        }
        Ok(Self(Arc::new(builder.build().map_err(failed)?)))
    }

    /// No folder is made and no line opened, and what is put there is gone with the process: for whoever has no business
    /// with files, such as the watch, and for tests.
    pub fn nowhere() -> Self {
        Self(Arc::new(object_store::memory::InMemory::new()))
    }

    pub(super) async fn put(&self, object: &str, pieces: Vec<Bytes>) -> Result<()> {
        self.0.put(&Object::from(object), PutPayload::from_iter(pieces)).await.map_err(failed).map(|_| ())
    }

    /// Whole: a part is small, and each piece of it would be a trip of its own to the disk.
    pub(super) async fn get(&self, object: &str) -> Result<Bytes> {
        let found = self.0.get(&Object::from(object)).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }

    /// What is gone already is gone.
    pub(super) async fn delete(&self, object: &str) -> Result<()> {
        match self.0.delete(&Object::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Every object and when it was written.
    pub(super) fn list(&self) -> BoxStream<'static, Result<(String, Instant)>> {
        let all = self.0.list(None);
        let told = all.map(|meta| {
            let meta = meta.map_err(failed)?;
            Ok((meta.location.to_string(), Instant(meta.last_modified.timestamp_micros())))
        });
        told.boxed()
    }
}

fn failed(error: object_store::Error) -> Error {
    if matches!(error, object_store::Error::NotFound { .. }) {
        return Error::Broken("a part of a file is missing");
    }
    metrics::counter!("varde_store_failures").increment(1);
    // Paths are ids; what the store says besides may be anything.
    tracing::error!(store = %kind(&error), "the store of files is full, away or refuses");
    Error::Storage("the store of files is full or away")
}

fn kind(error: &object_store::Error) -> &'static str {
    match error {
        object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
            "refuses"
        }
        _ => "fails",
    }
}
