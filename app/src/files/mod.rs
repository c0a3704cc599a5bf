//! Files on a page: the form that sends them, what has come and waits to be handed in, and what is wrong with it in the
//! reader's words. Ground: a slice's page places [`Upload`], outside any form of its own, and hands in what stands in
//! [`Files::whole`].
//!
//! ```ignore
//! let files = Files::of(&ctx, &actor, "letter", Some(&draft), page.query("try").as_deref()).await?;
//! view! {
//!     <ErrorSummary title=… errors=files.errors(l)/>
//!     <Upload l=l files=files back=routes::SEND/>
//! }
//! ```
//!
//! Promises that without script a plain form does all of it, one page a step. With it (`upload.js`, fetched by such pages
//! alone) a lost line costs nothing: what has come stays, and it goes on by itself. Says nothing about a file to
//! anybody but its sender.

mod parts;
mod receipt;
mod words;

use backend::{
    Result,
    blobs::{self, FileView, Uploader},
    ctx::{Actor, Ctx},
    form_try,
};
use domain::{
    access::Area,
    blobs::{Rejection, Rule, State},
    kernel::{Instant, Locale, Public},
};

use crate::ui::FieldError;

pub use parts::Upload;
pub use receipt::{Receipt, Received, receipt};
pub use words::{fault, size, state};

/// The field of the plain form.
const FIELD: &str = "file";

/// What a page shows of the files for one thing.
#[derive(Clone, Debug)]
pub struct Files {
    area: Area,
    kind: String,
    draft: String,
    rule: Option<Rule>,
    /// The unfinished and the refused among them.
    pub waiting: Vec<FileView>,
    wrong: Vec<String>,
}

impl Files {
    /// What she has sent for this and not handed in. `tried`: the `try` of the page's address.
    pub async fn of(
        ctx: &Ctx,
        actor: &Actor,
        kind: &str,
        draft: Option<&str>,
        tried: Option<&str>,
    ) -> Result<Self> {
        let area = if actor.staff().is_some() { Area::Staff } else { Area::Citizen };
        let rule = blobs::rule(ctx, kind, ctx.now().date()).await?;
        let waiting = match Uploader::of(actor) {
            Some(who) => blobs::waiting(ctx, &who, kind, draft).await?,
            None => vec![],
        };
        let tried = match tried {
            Some(key) => form_try::find(ctx, actor, blobs::FORM, key).await?.unwrap_or_default(),
            None => form_try::FormTry::default(),
        };
        let wrong = tried.errors.into_iter().map(|error| error.code).collect();
        let (kind, draft) = (kind.to_owned(), draft.unwrap_or_default().to_owned());
        Ok(Self { area, kind, draft, rule, waiting, wrong })
    }

    /// Those that may be handed in.
    pub fn whole(&self) -> impl Iterator<Item = &FileView> {
        self.waiting.iter().filter(|file| file.state.may_be_handed_in())
    }

    /// What was wrong with the form, for the page's summary. The field says it too.
    pub fn errors(&self, l: Locale) -> Vec<FieldError> {
        self.wrong.iter().map(|code| FieldError::new(FIELD, fault(l, code))).collect()
    }

    /// For the style guide: a file in each state.
    pub(crate) fn with_samples(mut self) -> Self {
        let states = [
            State::Uploading,
            State::Received,
            State::Clean,
            State::Infected,
            State::Rejected(Rejection::Encrypted),
        ];
        self.waiting = states.into_iter().filter_map(sample).collect();
        self
    }
}

fn sample(state: State) -> Option<FileView> {
    Some(FileView {
        public: Public::parse("00000000000000000000000000")?,
        name: Some(format!("{}.pdf", state.code())),
        kind: None,
        state,
        received: 1_600_000,
        length: Some(4_500_000),
        sha256: None,
        at: Instant(0),
        from_staff: false,
    })
}
