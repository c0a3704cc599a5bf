//! A write as a value: it can run again, and does nothing outside its transaction.

use super::Tx;
use crate::Result;

/// One change of state. It is run inside a transaction that it neither opens nor commits, perhaps more than
/// once; so time, ids and chance are drawn before and stand in its fields.
pub trait Command: Send + Sync + 'static {
    type Out: Send + 'static;

    fn run(&self, tx: &mut Tx) -> impl Future<Output = Result<Self::Out>> + Send;
}
