//! What every store has to do, whichever database it is: one suite, run on each.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{
    AuditHead, Change, Changed, Entity, EntityKind, Revision, Store, StoreError,
    sqlite::SqliteStore,
};
use crate::audit::LinkedRecord;
use crate::config::StoreLocation;
use crate::ephemeral::UsedJti;
use std::sync::Arc;

/// Runs each test of the suite on a new, empty store.
macro_rules! on_every_store {
    ($($test:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $test() {
                let memory = SqliteStore::open(&StoreLocation::Memory).await.unwrap();
                tests::$test(Arc::new(memory)).await;
                let folder = tempfile::tempdir().unwrap();
                let file = StoreLocation::File(folder.path().join("jeton.db"));
                let file = SqliteStore::open(&file).await.unwrap();
                tests::$test(Arc::new(file)).await;
            }
        )+
    };
}

on_every_store!(
    a_new_store_is_empty_and_answers,
    changes_grow_the_version_and_the_revision,
    a_change_that_has_not_seen_the_last_one_is_a_conflict,
    of_several_changes_all_are_made_or_none,
    of_many_at_once_each_revision_is_used_once,
    the_outbox_tells_what_has_changed_since_a_revision,
    a_trimmed_outbox_says_that_it_does_not_reach_back,
    the_last_use_of_a_secret_never_goes_back,
    audit_records_and_their_head_go_together,
    used_jtis_are_kept_with_their_records_until_they_end,
    a_closed_store_fails,
);

fn insert(id: &str, document: &str) -> Change {
    Change::Insert {
        kind: EntityKind::Client,
        id: id.to_owned(),
        document: document.to_owned(),
    }
}

fn update(id: &str, version: i64, document: &str) -> Change {
    Change::Update {
        kind: EntityKind::Client,
        id: id.to_owned(),
        version,
        document: document.to_owned(),
    }
}

fn delete(id: &str, version: i64) -> Change {
    Change::Delete {
        kind: EntityKind::Client,
        id: id.to_owned(),
        version,
    }
}

fn entity(id: &str, version: i64, document: &str) -> Entity {
    Entity {
        kind: EntityKind::Client,
        id: id.to_owned(),
        version,
        document: document.to_owned(),
    }
}

fn conflict(result: &Result<Revision, StoreError>) -> bool {
    result.as_ref().is_err_and(StoreError::is_conflict)
}

async fn get(store: &dyn Store, id: &str) -> Option<Entity> {
    store.entity(EntityKind::Client, id).await.unwrap()
}

async fn entities_since(
    store: &dyn Store,
    since: i64,
) -> (Revision, Vec<(String, Option<Entity>)>) {
    match store.changed_since(Revision(since)).await.unwrap() {
        Changed::Entities { revision, entities } => {
            let mut entities: Vec<_> = entities.into_iter().map(|(_, id, now)| (id, now)).collect();
            entities.sort_by(|a, b| a.0.cmp(&b.0));
            (revision, entities)
        }
        Changed::FellBehind => panic!("the outbox does not reach back to {since}"),
    }
}

mod tests {
    use super::*;

    type Any = Arc<dyn Store>;

    pub(super) async fn a_new_store_is_empty_and_answers(store: Any) {
        store.ping().await.unwrap();
        let contents = store.load().await.unwrap();
        assert_eq!(contents.revision, Revision(0));
        assert!(contents.entities.is_empty());
        assert_eq!(store.audit_head().await.unwrap(), None);
    }

    pub(super) async fn changes_grow_the_version_and_the_revision(store: Any) {
        let document = r#"{"name":"\u00e9 ' \" \\ 🪙"}"#;
        assert_eq!(
            store.commit(vec![insert("a", document)]).await.unwrap(),
            Revision(1)
        );
        assert_eq!(get(&*store, "a").await, Some(entity("a", 1, document)));
        assert_eq!(
            store.commit(vec![update("a", 1, "{}")]).await.unwrap(),
            Revision(2)
        );
        assert_eq!(get(&*store, "a").await, Some(entity("a", 2, "{}")));
        assert_eq!(get(&*store, "A").await, None);
        let contents = store.load().await.unwrap();
        assert_eq!(contents.entities, [entity("a", 2, "{}")]);
        assert_eq!(contents.revision, Revision(2));
        assert_eq!(
            store.commit(vec![delete("a", 2)]).await.unwrap(),
            Revision(3)
        );
        assert_eq!(get(&*store, "a").await, None);
    }

    pub(super) async fn a_change_that_has_not_seen_the_last_one_is_a_conflict(store: Any) {
        store.commit(vec![insert("a", "1")]).await.unwrap();
        for change in [
            insert("a", "2"),
            update("a", 0, "2"),
            update("a", 2, "2"),
            update("b", 1, "2"),
            delete("a", 2),
            delete("b", 1),
        ] {
            let result = store.commit(vec![change.clone()]).await;
            assert!(conflict(&result), "{change:?}: {result:?}");
        }
        assert_eq!(get(&*store, "a").await, Some(entity("a", 1, "1")));
        assert_eq!(store.load().await.unwrap().revision, Revision(1));
    }

    pub(super) async fn of_several_changes_all_are_made_or_none(store: Any) {
        store.commit(vec![insert("a", "1")]).await.unwrap();
        let result = store
            .commit(vec![insert("b", "1"), update("a", 9, "2")])
            .await;
        assert!(conflict(&result));
        assert_eq!(get(&*store, "b").await, None);
        let both = vec![insert("b", "1"), update("a", 1, "2"), update("a", 2, "3")];
        assert_eq!(store.commit(both).await.unwrap(), Revision(2));
        assert_eq!(get(&*store, "a").await, Some(entity("a", 3, "3")));
        assert_eq!(get(&*store, "b").await, Some(entity("b", 1, "1")));
    }

    pub(super) async fn of_many_at_once_each_revision_is_used_once(store: Any) {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let store = Arc::clone(&store);
                tokio::spawn(async move { store.commit(vec![insert(&n.to_string(), "1")]).await })
            })
            .collect();
        let mut revisions = Vec::new();
        for task in tasks {
            revisions.push(task.await.unwrap().unwrap().0);
        }
        revisions.sort_unstable();
        assert_eq!(revisions, (1..=20).collect::<Vec<_>>());
    }

    pub(super) async fn the_outbox_tells_what_has_changed_since_a_revision(store: Any) {
        store
            .commit(vec![insert("a", "1"), insert("b", "1")])
            .await
            .unwrap();
        store.commit(vec![update("a", 1, "2")]).await.unwrap();
        store
            .commit(vec![delete("b", 1), insert("c", "1")])
            .await
            .unwrap();
        let a = ("a".to_owned(), Some(entity("a", 2, "2")));
        let b = ("b".to_owned(), None);
        let c = ("c".to_owned(), Some(entity("c", 1, "1")));
        let all = (Revision(3), vec![a.clone(), b.clone(), c.clone()]);
        assert_eq!(entities_since(&*store, 0).await, all);
        assert_eq!(
            entities_since(&*store, 1).await,
            (Revision(3), vec![a, b.clone(), c.clone()])
        );
        assert_eq!(entities_since(&*store, 2).await, (Revision(3), vec![b, c]));
        assert_eq!(entities_since(&*store, 3).await, (Revision(3), Vec::new()));
        // a revision that this store has never had
        assert!(matches!(
            store.changed_since(Revision(4)).await.unwrap(),
            Changed::FellBehind
        ));
    }

    pub(super) async fn a_trimmed_outbox_says_that_it_does_not_reach_back(store: Any) {
        for id in ["a", "b", "c"] {
            store.commit(vec![insert(id, "1")]).await.unwrap();
        }
        store.trim_outbox(Revision(2)).await.unwrap();
        assert!(matches!(
            store.changed_since(Revision(1)).await.unwrap(),
            Changed::FellBehind
        ));
        assert_eq!(entities_since(&*store, 2).await.1.len(), 1);
        // never further than there are revisions, and never back
        store.trim_outbox(Revision(99)).await.unwrap();
        store.trim_outbox(Revision(0)).await.unwrap();
        assert!(matches!(
            store.changed_since(Revision(2)).await.unwrap(),
            Changed::FellBehind
        ));
        assert!(entities_since(&*store, 3).await.1.is_empty());
        store.commit(vec![insert("d", "1")]).await.unwrap();
        assert_eq!(entities_since(&*store, 3).await.1.len(), 1);
    }

    pub(super) async fn the_last_use_of_a_secret_never_goes_back(store: Any) {
        let uses = |pairs: &[(&str, i64)]| -> Vec<(String, i64)> {
            pairs
                .iter()
                .map(|(id, at)| ((*id).to_owned(), *at))
                .collect()
        };
        store
            .note_uses(uses(&[("a", 10), ("b", 20)]))
            .await
            .unwrap();
        store.note_uses(uses(&[("a", 9), ("b", 21)])).await.unwrap();
        store.note_uses(Vec::new()).await.unwrap();
        let wanted = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(
            store.uses(wanted).await.unwrap(),
            uses(&[("a", 10), ("b", 21)])
        );
        assert!(store.uses(Vec::new()).await.unwrap().is_empty());
    }

    pub(super) async fn audit_records_and_their_head_go_together(store: Any) {
        let record = |seq: i64| LinkedRecord {
            seq,
            at: seq,
            event: "token.issued".to_owned(),
            client: (seq > 1).then(|| "c'".to_owned()),
            address: None,
            jti: Some("j".to_owned()),
            detail: r#"{"why":"\""}"#.to_owned(),
            link: format!("link-{seq}"),
        };
        let head = |seq: i64| AuditHead {
            seq,
            link: format!("link-{seq}"),
            mac: "mac".to_owned(),
        };
        store
            .append_audit(Vec::new(), Vec::new(), head(0))
            .await
            .unwrap();
        store
            .append_audit(vec![record(1), record(2)], Vec::new(), head(2))
            .await
            .unwrap();
        // a number that is taken: neither the records nor the head
        assert!(
            store
                .append_audit(vec![record(3), record(2)], Vec::new(), head(3))
                .await
                .is_err()
        );
        assert_eq!(store.audit_head().await.unwrap(), Some(head(2)));
        assert_eq!(
            store.audit_after(0, 10).await.unwrap(),
            [record(1), record(2)]
        );
        assert_eq!(store.audit_after(1, 10).await.unwrap(), [record(2)]);
        assert_eq!(store.audit_after(0, 1).await.unwrap(), [record(1)]);
        // and the store goes on afterwards
        store
            .append_audit(vec![record(3)], Vec::new(), head(3))
            .await
            .unwrap();
        assert_eq!(store.audit_head().await.unwrap(), Some(head(3)));
    }

    pub(super) async fn used_jtis_are_kept_with_their_records_until_they_end(store: Any) {
        let head = |seq: i64| AuditHead {
            seq,
            link: "l".to_owned(),
            mac: "m".to_owned(),
        };
        let jti = |client: &str, jti: &str, until| UsedJti::new(client, jti, until);
        let used = vec![jti("a", "1", 100), jti("b", "1", 200), jti("b", "2", 200)];
        store
            .append_audit(Vec::new(), used.clone(), head(0))
            .await
            .unwrap();
        let mut alive = store.used_jtis(99).await.unwrap();
        alive.sort();
        let mut all = used.clone();
        all.sort();
        assert_eq!(alive, all);
        // again, as after a commit of which nobody heard
        store
            .append_audit(Vec::new(), used[..1].to_vec(), head(1))
            .await
            .unwrap();
        assert_eq!(store.used_jtis(100).await.unwrap().len(), 2);
        store.forget_jtis(100).await.unwrap();
        assert_eq!(store.used_jtis(0).await.unwrap().len(), 2);
        store.forget_jtis(200).await.unwrap();
        assert!(store.used_jtis(0).await.unwrap().is_empty());
    }

    pub(super) async fn a_closed_store_fails(store: Any) {
        store.close().await;
        assert!(store.ping().await.is_err());
        assert!(store.commit(vec![insert("a", "1")]).await.is_err());
        assert!(
            store
                .append_audit(
                    Vec::new(),
                    Vec::new(),
                    AuditHead {
                        seq: 0,
                        link: String::new(),
                        mac: String::new()
                    }
                )
                .await
                .is_err()
        );
    }
}
