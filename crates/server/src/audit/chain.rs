//! The chain: each record has a HMAC over the previous link and over itself, and the head has a HMAC too.
//!
//! The key comes from the master key, so that whoever has the database alone can neither change a record nor cut the newest
//! ones off without being seen. What is authenticated is, for each field, its length (8 bytes, big endian) and its bytes; an
//! absent field has the length 2⁶⁴−1.

use super::Event;
use crate::store::AuditHead;
use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use jeton_oauth::base64url;
use serde_json::{Value, json};

/// The link before the first record.
const GENESIS: &str = "jeton audit chain 1";

/// A record with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkedRecord {
    pub(crate) seq: i64,
    pub(crate) at: i64,
    pub(crate) event: String,
    pub(crate) client: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) jti: Option<String>,
    pub(crate) detail: String,
    pub(crate) link: String,
}

/// Where the audit log was changed by somebody else than the authority.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditDamage {
    /// The record with this number was edited, or swapped with another.
    #[error("audit record {0} was changed")]
    Changed(i64),
    /// The record with this number is not there.
    #[error("audit record {0} is missing")]
    Missing(i64),
    /// There are records behind the head, or the head itself was changed or removed.
    #[error("the head of the audit chain was changed or removed")]
    Head,
}

/// A position in the chain, to append to it or to check it.
#[derive(Clone)]
pub(crate) struct Chain {
    key: hmac::Key,
    seq: i64,
    link: String,
}

impl Chain {
    /// Before the first record.
    pub(crate) fn start(key: hmac::Key) -> Self {
        Self {
            key,
            seq: 0,
            link: GENESIS.to_owned(),
        }
    }

    /// After the last record, as the head says; a head that was changed is refused.
    pub(crate) fn at(key: hmac::Key, head: &AuditHead) -> Result<Self, AuditDamage> {
        let chain = Self {
            key,
            seq: head.seq,
            link: head.link.clone(),
        };
        if equal(&chain.head().mac, &head.mac) {
            Ok(chain)
        } else {
            Err(AuditDamage::Head)
        }
    }

    /// Links an event to the last record.
    pub(crate) fn append(&mut self, event: Event) -> LinkedRecord {
        let mut record = LinkedRecord {
            seq: self.seq + 1,
            at: event.at,
            event: event.kind.as_str().to_owned(),
            client: event.client,
            address: event.address,
            jti: event.jti,
            detail: Value::Object(event.detail).to_string(),
            link: String::new(),
        };
        record.link = self.link_of(&record);
        self.seq = record.seq;
        self.link.clone_from(&record.link);
        record
    }

    /// Checks the record that comes next.
    pub(crate) fn follow(&mut self, record: &LinkedRecord) -> Result<(), AuditDamage> {
        if record.seq != self.seq + 1 {
            return Err(AuditDamage::Missing(self.seq + 1));
        }
        if !equal(&self.link_of(record), &record.link) {
            return Err(AuditDamage::Changed(record.seq));
        }
        self.seq = record.seq;
        self.link.clone_from(&record.link);
        Ok(())
    }

    /// Checks that the chain ends where the head says.
    pub(crate) fn finish(&self, head: &AuditHead) -> Result<(), AuditDamage> {
        let end = Self::at(self.key.clone(), head)?;
        if end.seq > self.seq {
            return Err(AuditDamage::Missing(self.seq + 1));
        }
        if end.seq < self.seq || end.link != self.link {
            return Err(AuditDamage::Head);
        }
        Ok(())
    }

    /// The number of the last record.
    pub(crate) const fn seq(&self) -> i64 {
        self.seq
    }

    /// Where the chain ends.
    pub(crate) fn head(&self) -> AuditHead {
        let seq = self.seq.to_string();
        AuditHead {
            seq: self.seq,
            link: self.link.clone(),
            mac: self.mac([Some("head"), Some(&seq), Some(&self.link)]),
        }
    }

    fn link_of(&self, record: &LinkedRecord) -> String {
        let (seq, at) = (record.seq.to_string(), record.at.to_string());
        self.mac([
            Some("record"),
            Some(&self.link),
            Some(&seq),
            Some(&at),
            Some(&record.event),
            record.client.as_deref(),
            record.address.as_deref(),
            record.jti.as_deref(),
            Some(&record.detail),
        ])
    }

    fn mac<const N: usize>(&self, fields: [Option<&str>; N]) -> String {
        let mut context = hmac::Context::with_key(&self.key);
        for field in fields {
            let length = field.map_or(u64::MAX, |text| text.len() as u64);
            context.update(&length.to_be_bytes());
            context.update(field.unwrap_or_default().as_bytes());
        }
        base64url::encode(context.sign())
    }
}

impl LinkedRecord {
    /// The row as the store takes it, column by column.
    pub(crate) fn to_row(&self) -> Value {
        json!([
            self.seq,
            self.at,
            self.event,
            self.client,
            self.address,
            self.jti,
            self.detail,
            self.link
        ])
    }
}

fn equal(a: &str, b: &str) -> bool {
    verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{AuditDamage, Chain, LinkedRecord};
    use crate::audit::{Event, Kind};
    use crate::store::AuditHead;
    use aws_lc_rs::hmac;

    fn chain() -> Chain {
        Chain::start(hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]))
    }

    fn written(count: i64) -> (Vec<LinkedRecord>, AuditHead) {
        let mut chain = chain();
        let records = (1..=count)
            .map(|at| {
                let event = Event::new(Kind::TokenIssued, at).client("c");
                chain.append(event.detail("scope", "a"))
            })
            .collect();
        (records, chain.head())
    }

    fn checked(records: &[LinkedRecord], head: &AuditHead) -> Result<(), AuditDamage> {
        let mut chain = chain();
        records.iter().try_for_each(|record| chain.follow(record))?;
        chain.finish(head)
    }

    #[test]
    fn an_untouched_chain_holds() {
        let (records, head) = written(4);
        assert_eq!(checked(&records, &head), Ok(()));
        assert_eq!(chain().finish(&chain().head()), Ok(()));
    }

    #[test]
    fn every_edit_is_found() {
        let edits: [fn(&mut LinkedRecord); 8] = [
            |r| r.at += 1,
            |r| r.event = "token.refused".into(),
            |r| r.client = Some("d".into()),
            |r| r.client = None,
            |r| r.address = Some(String::new()),
            |r| r.jti = Some("x".into()),
            |r| r.detail = "{}".into(),
            |r| r.link = "x".into(),
        ];
        for (number, edit) in edits.into_iter().enumerate() {
            let (mut records, head) = written(4);
            edit(&mut records[1]);
            assert_eq!(
                checked(&records, &head),
                Err(AuditDamage::Changed(2)),
                "edit {number}"
            );
        }
    }

    #[test]
    fn a_removed_record_is_found_wherever_it_was() {
        for removed in 0..4_usize {
            let (mut records, head) = written(4);
            records.remove(removed);
            let missing = i64::try_from(removed).unwrap_or(0) + 1;
            assert_eq!(checked(&records, &head), Err(AuditDamage::Missing(missing)));
        }
        assert_eq!(checked(&[], &written(4).1), Err(AuditDamage::Missing(1)));
    }

    #[test]
    fn swapped_and_renumbered_records_are_found() {
        let (mut records, head) = written(4);
        records.swap(1, 2);
        (records[1].seq, records[2].seq) = (2, 3);
        assert_eq!(checked(&records, &head), Err(AuditDamage::Changed(2)));
    }

    #[test]
    fn the_newest_cannot_be_cut_off_with_a_head_that_fits() {
        let (mut records, mut head) = written(4);
        records.pop();
        head.seq = 3;
        head.link.clone_from(&records[2].link);
        assert_eq!(checked(&records, &head), Err(AuditDamage::Head));
        assert_eq!(chain().finish(&head), Err(AuditDamage::Head));
    }

    #[test]
    fn whoever_has_not_the_key_cannot_write_a_chain() {
        let (records, head) = written(2);
        let mut other = Chain::start(hmac::Key::new(hmac::HMAC_SHA256, &[8; 32]));
        assert_eq!(other.follow(&records[0]), Err(AuditDamage::Changed(1)));
        assert_eq!(other.finish(&head), Err(AuditDamage::Head));
    }
}
