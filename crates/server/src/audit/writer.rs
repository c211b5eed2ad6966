//! Appends in groups: events that arrive while a group is written form the next one, in one transaction. Every request waits for
//! its group.

use super::chain::Chain;
use super::{AuditDamage, Event};
use crate::store::{AuditHead, Store, StoreError};
use aws_lc_rs::hmac;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Events that may wait for their group.
const WAITING: usize = 4096;
/// Events in one group.
const GROUP: usize = 512;
/// Records read at once to check them.
const PAGE: i64 = 1000;

/// The audit log did not take a record, or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// It could not be written or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was changed.
    #[error(transparent)]
    Damage(#[from] AuditDamage),
    /// The record is not in the store: the store failed for its whole group.
    #[error("the audit record could not be written")]
    NotWritten,
}

type Waiting = (Event, oneshot::Sender<bool>);

/// The way into the audit log.
pub(crate) struct AuditLog {
    queue: mpsc::Sender<Waiting>,
    store: Arc<dyn Store>,
    key: hmac::Key,
}

impl AuditLog {
    /// Continues the chain, or begins it in a `new` store. Needs a running runtime.
    pub(crate) async fn open(
        store: Arc<dyn Store>,
        key: hmac::Key,
        new: bool,
    ) -> Result<Self, AuditError> {
        let chain = match store.audit_head().await? {
            Some(head) => Chain::at(key.clone(), &head)?,
            None if new => {
                let chain = Chain::start(key.clone());
                store
                    .append_audit(Vec::new(), Vec::new(), chain.head())
                    .await?;
                chain
            }
            None => return Err(AuditDamage::Head.into()),
        };
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(write(chain, key.clone(), Arc::clone(&store), waiting));
        Ok(Self { queue, store, key })
    }

    /// Returns when the record is in the store: no response leaves before its record.
    pub(crate) async fn record(&self, event: Event) -> Result<(), AuditError> {
        let (done, written) = oneshot::channel();
        self.queue
            .send((event, done))
            .await
            .map_err(|_| AuditError::NotWritten)?;
        match written.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(AuditError::NotWritten),
        }
    }

    /// Walks the whole chain and gives the number of records in it.
    pub(crate) async fn verify(&self) -> Result<i64, AuditError> {
        // the head first: records appended meanwhile come after it
        let head = self.head().await?;
        let mut chain = Chain::start(self.key.clone());
        while chain.seq() < head.seq {
            let records = self.store.audit_after(chain.seq(), PAGE).await?;
            let known = records.iter().take_while(|record| record.seq <= head.seq);
            if known.clone().next().is_none() {
                break;
            }
            for record in known {
                chain.follow(record)?;
            }
        }
        chain.finish(&head)?;
        let behind = !self.store.audit_after(head.seq, 1).await?.is_empty();
        if behind && self.head().await? == head {
            // the head moves with every record: this one was written by somebody else
            return Err(AuditDamage::Head.into());
        }
        Ok(chain.seq())
    }

    async fn head(&self) -> Result<AuditHead, AuditError> {
        Ok(self.store.audit_head().await?.ok_or(AuditDamage::Head)?)
    }
}

async fn write(
    mut chain: Chain,
    key: hmac::Key,
    store: Arc<dyn Store>,
    mut waiting: mpsc::Receiver<Waiting>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        let mut next = chain.clone();
        let mut used = Vec::new();
        let (records, answers): (Vec<_>, Vec<_>) = group
            .drain(..)
            .map(|(mut event, answer)| {
                used.extend(event.used.take());
                (next.append(event), answer)
            })
            .unzip();
        let written = store.append_audit(records, used, next.head()).await.is_ok();
        if written {
            chain = next;
        } else if let Ok(Some(head)) = store.audit_head().await
            && let Ok(stored) = Chain::at(key.clone(), &head)
        {
            // a commit that reported a failure may have succeeded: read the head
            chain = stored;
        }
        for answer in answers {
            // the request may have been cancelled: the record stays
            answer.send(written).ok();
        }
    }
}
